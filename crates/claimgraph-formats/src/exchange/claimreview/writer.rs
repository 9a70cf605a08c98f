//! Writes claims as schema.org `Claim`s and `ClaimReview`s.

use crate::exchange::claimreview::rating::{RATING, parts, position};
use crate::exchange::claimreview::{CLAIM, IS_TRUE, SYSTEM, TYPES, own, stance_of, value_of};
use crate::exchange::note_beside;
use crate::json_object::pruned;
use claimgraph::claim::{Basis, Certainty};
use claimgraph::entity::NameKind;
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::time::Day;
use claimgraph::{
    ClaimGraph, ClaimId, ClaimRef, DocumentInfo, EntityId, Id, Modality, Period, Stance, Term,
};
use indexmap::IndexSet;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the claims of a graph as schema.org `Claim`s and answers to them as `ClaimReview`s, as JSON-LD.
///
/// ```
/// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph, Entity};
/// use claimgraph_formats::claimreview;
/// let mut graph = ClaimGraph::new();
/// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
/// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
/// let nis = graph.add(Agency, Entity::new("nis").named("NIS"))?;
/// let dispatch = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// graph.insert(Claim::by(russia).dismisses(dispatch).quote(Quote::fragment("fake news"))
///     .reported(date(2024, 10, 24)))?;
/// let mut written = Vec::new();
/// let losses = claimreview::write(&graph, &mut written)?;
/// assert_eq!(losses.of("structure of a statement").map(|loss| loss.count()), Some(1));
/// let json: serde_json::Value = serde_json::from_slice(&written)?;
/// let review = &json["@graph"][0];
/// assert_eq!(review["claimReviewed"], "North Korea deploys to Russia");
/// assert_eq!(review["reviewRating"]["alternateName"], "dismisses");
/// assert_eq!(review["itemReviewed"]["author"]["name"], "NIS");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails.
pub fn write(graph: &ClaimGraph, mut output: impl Write) -> Result<Losses, WriteError> {
    let output: &mut dyn Write = &mut output;
    let mut writer = Writer { graph, losses: Losses::default(), records: Records::of(graph) };
    let nodes = writer.nodes();
    writer.left_out();
    output.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
    for (place, node) in nodes.iter().enumerate() {
        output.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *output, node).map_err(io::Error::from)?;
    }
    output.write_all(b"]}\n")?;
    output.flush()?;
    Ok(writer.losses)
}

struct Writer<'g> {
    graph: &'g ClaimGraph,
    losses: Losses,
    records: Records<'g>,
}

/// Returns true if a claim is written as a review.
fn reviews(claim: ClaimRef<'_>) -> bool {
    own(claim.stance().as_str()).is_some()
}

/// Returns true if a claim is not written at all.
fn is_left_out(claim: ClaimRef<'_>) -> bool {
    matches!(claim.stance(), Stance::Retracts | Stance::Revises)
}

/// Returns true if the speaker stands for the statement: it is committed to it, as actual and at least probable.
fn stands_for(claim: ClaimRef<'_>) -> bool {
    claim.stance().commits()
        && claim.modality() == Modality::Actual
        && claim.certainty() <= Certainty::Probable
}

/// Returns the text that the claim says is true, if the claim says that of a text.
fn own_text(claim: ClaimRef<'_>) -> Option<&str> {
    let statement = claim.statement()?;
    let code = |(system, code): &(String, String)| system == SYSTEM && code == IS_TRUE;
    let is_true = statement.relation().codes.iter().any(code);
    match (statement.subject(), statement.object()) {
        (Term::Text(text), Term::Nothing) if is_true => Some(text),
        _ => None,
    }
}

/// Returns the statement of a claim as a text. If the speaker does not stand for it, the text is the whole sentence.
fn text(claim: ClaimRef<'_>) -> String {
    if let Some(text) = own_text(claim) {
        return text.to_owned();
    }
    let content = claim.content().filter(|_| stands_for(claim) || reviews(claim));
    content.unwrap_or_else(|| claim.to_string())
}

fn coverage(claim: ClaimRef<'_>) -> Option<String> {
    claim
        .valid()
        .filter(|valid| stands_for(claim) && is_plain(valid))
        .as_ref()
        .and_then(Period::edtf)
}

impl<'g> Writer<'g> {
    fn nodes(&mut self) -> Vec<Value> {
        let claims: Vec<ClaimRef<'g>> = self.records.claims().map(|(claim, _)| claim).collect();
        let answering = claims.iter().filter(|claim| reviews(**claim));
        let reviewed: IndexSet<ClaimId> =
            answering.flat_map(|claim| claim.targets().map(|(target, _)| target)).collect();
        let mut nodes = Vec::new();
        for claim in claims {
            self.account(claim);
            if is_left_out(claim) {
                self.losses.note("retraction or revision", self.records.name(claim.id()));
            } else if reviews(claim) {
                self.reviews(claim, &mut nodes);
            } else if !reviewed.contains(&claim.id()) {
                nodes.push(self.claim(claim));
            }
        }
        nodes
    }

    fn urn(&self, claim: ClaimRef<'_>) -> String {
        format!("{CLAIM}{}", self.records.name(claim.id()))
    }

    fn claim(&self, claim: ClaimRef<'_>) -> Value {
        let appearances = claim.roles().filter(|(role, ..)| *role == "appearance");
        let appearances = appearances.filter_map(|(_, term, _)| term.entity());
        let appearances: Vec<Value> = appearances.filter_map(|id| self.document(id)).collect();
        pruned(json!({
            "@type": "Claim",
            "@id": self.urn(claim),
            "text": text(claim),
            "datePublished": Day::from(claim.reported()).to_string(),
            "author": self.author(claim),
            "firstAppearance": claim.document().and_then(|document| self.document(document.id())),
            "appearance": appearances,
            "temporalCoverage": coverage(claim),
        }))
    }

    fn reviews(&mut self, claim: ClaimRef<'_>, nodes: &mut Vec<Value>) {
        let targets = claim.targets().filter_map(|(target, _)| self.graph.claim(target).ok());
        let mut targets: Vec<Option<ClaimRef<'_>>> = targets.map(Some).collect();
        if targets.len() > 1 {
            let name = self.records.name(claim.id());
            self.losses.note("answer to several claims", name);
        }
        if targets.is_empty() {
            targets.push(None);
        }
        for (place, target) in targets.into_iter().enumerate() {
            let target = target.filter(|target| !is_left_out(*target));
            let urn = self.urn(claim);
            let reviewed = own_text(claim).map(str::to_owned);
            let item = target.map(|target| match reviews(target) {
                true => json!({"@type": "ClaimReview", "@id": self.urn(target)}),
                false => self.claim(target),
            });
            nodes.push(pruned(json!({
                "@type": "ClaimReview",
                "@id": if place == 0 { urn } else { format!("{urn}:{}", place + 1) },
                "claimReviewed": reviewed.unwrap_or_else(|| text(target.unwrap_or(claim))),
                "datePublished": Day::from(claim.reported()).to_string(),
                "author": self.author(claim),
                "isPartOf": claim.document().and_then(|document| self.document(document.id())),
                "reviewRating": rating(claim),
                "itemReviewed": item,
            })));
        }
    }

    /// Returns the innermost speaker. If the document speaks, there is no author.
    fn author(&self, claim: ClaimRef<'_>) -> Option<Value> {
        let source =
            claim.speaker().filter(|&source| Some(source) != claim.document().map(Id::id))?;
        self.document(source).or_else(|| self.party(source))
    }

    fn party(&self, id: EntityId) -> Option<Value> {
        let entity = self.graph.entity(id).ok()?;
        let is = |kind: &str| entity.is_a(kind);
        let of_state =
            ["Agency", "GovernmentOffice", "Legislature", "Military"].iter().any(|kind| is(kind));
        let kind = match TYPES.iter().find(|(_, kind)| is(kind) && *kind != "Organization") {
            Some((name, _)) => name,
            None if of_state => "GovernmentOrganization",
            None => "Organization",
        };
        let shown = entity.names().iter().find(|name| name.kind() == NameKind::Canonical);
        let shown = shown.or(entity.names().first()).map_or(entity.key(), |name| name.text());
        let mut others: IndexSet<&str> = entity.names().iter().map(|name| name.text()).collect();
        others.shift_remove(shown);
        Some(pruned(json!({
            "@type": kind,
            "identifier": entity.key(),
            "name": shown,
            "alternateName": others,
        })))
    }

    /// Returns the node of an entity that is a document; `None` for any other entity.
    fn document(&self, id: EntityId) -> Option<Value> {
        let entity = self.graph.entity(id).ok()?;
        let document = entity.document()?;
        let is_address = ["http://", "https://"].iter().any(|web| entity.key().starts_with(web));
        let named = |id: &EntityId| self.graph.entity(*id).is_ok_and(|e| e.document().is_none());
        let publisher = document.publisher().filter(named);
        Some(pruned(json!({
            "@type": "CreativeWork",
            "identifier": entity.key(),
            "url": is_address.then(|| entity.key()),
            "name": document.title(),
            "datePublished": document.date().map(|date| Day::from(date).to_string()),
            "publisher": publisher.and_then(|publisher| self.party(publisher)),
        })))
    }

    /// Counts the parts of a claim that the nodes do not have.
    fn account(&mut self, claim: ClaimRef<'g>) {
        let name = self.records.name(claim.id());
        let review = reviews(claim);
        let document = claim.document().map(Id::id);
        let passed_on = claim.chain().iter().filter(|link| link.source != document).count() > 1;
        let unstated =
            claim.chain().last().is_some_and(|link| link.source.is_none()) && document.is_some();
        let known = |role: &str| match review {
            true => role == "explanation" || role == RATING,
            false => role == "appearance",
        };
        let structured = claim.statement().is_some() && own_text(claim).is_none();
        let usual = claim.stance().usual_prominence();
        let lost = [
            ("structure of a statement", structured),
            ("stance", !review && claim.stance() != Stance::Asserts),
            ("chain of speakers", passed_on),
            ("speaker that is not stated", unstated),
            ("basis", claim.targets().any(|(_, basis)| basis != Basis::Stated)),
            (
                "quotation",
                claim.span().is_some()
                    || claim.cue().is_some()
                    || claim.quotes().len() > 0
                    || (!review && claim.words().is_some()),
            ),
            ("time of utterance", claim.said().is_some()),
            (
                "certainty",
                claim.certainty() != Certainty::Certain || claim.grade() != Default::default(),
            ),
            ("modality", claim.modality() != Modality::Actual),
            ("prominence", claim.prominence() != usual),
            ("role", claim.roles().any(|(role, ..)| !known(role)) && own_text(claim).is_some()),
            ("period", claim.valid().is_some() && (review || coverage(claim).is_none())),
        ];
        lost.iter().filter(|(_, lost)| *lost).for_each(|(kind, _)| self.losses.note(kind, name));
    }

    /// Counts the records that are not written at all.
    fn left_out(&mut self) {
        let mut told: IndexSet<EntityId> = IndexSet::new();
        for claim in self.graph.claims() {
            told.extend(claim.speaker());
            told.extend(claim.document().map(Id::id));
        }
        let publishers =
            self.graph.documents().filter_map(|document| document.document()?.publisher());
        told.extend(publishers);
        for entity in self.records.entities() {
            if !told.contains(&entity.id()) {
                self.losses.note("entity that neither speaks nor publishes", entity.key());
                continue;
            }
            let plain =
                TYPES.iter().any(|(_, kind)| *kind == entity.kind()) || entity.kind() == "Document";
            let details =
                entity.document().is_some_and(|d| d.length().is_some() || d.digest().is_some());
            let document = entity.document();
            let has = |part: fn(&DocumentInfo) -> bool| document.is_some_and(part);
            let names = entity.names().iter().filter(|name| name.language().is_some());
            let lost = [
                ("kind", !plain),
                ("code", !entity.codes().is_empty()),
                ("withheld name", entity.is_name_withheld()),
                ("number of a name", entity.stated_plural().is_some()),
                ("digest of a document", details),
                ("instant of a document", has(|it| it.instant().is_some())),
                ("address of a document", has(|it| it.url().or(it.archived_url()).is_some())),
                ("day of retrieval", has(|it| it.retrieved().is_some())),
            ];
            let lost = lost.iter().filter(|(_, lost)| *lost).map(|(kind, _)| *kind);
            lost.chain(names.map(|_| "language of a name"))
                .for_each(|kind| self.losses.note(kind, entity.key()));
        }
        for affiliation in self.records.affiliations() {
            self.losses.note("affiliation", &affiliation.part);
        }
        note_beside(self.graph, &self.records, &mut self.losses);
    }
}

fn rating(claim: ClaimRef<'_>) -> Value {
    let stance = claim.stance();
    let quotes: Vec<&str> = claim.quotes().filter_map(|quote| quote.words()).collect();
    let quotes = (!quotes.is_empty()).then(|| quotes.join(", "));
    let words = claim.words().or(quotes.as_deref());
    let value = value_of(stance);
    let place = f64::from(value - 1) / 4.0;
    let tells = words.filter(|words| own(words.trim().to_lowercase().as_str()).is_none());
    let tells = tells.filter(|words| stance_of(Some(words), Some(place)) == Some(stance));
    let mut explanations = claim.roles().filter(|(role, ..)| *role == "explanation");
    let explanation = explanations.find_map(|(_, term, _)| term.text());
    // A rating that was read is written as it was, if it still says the same.
    let mut read = claim.roles().filter(|(role, ..)| *role == RATING);
    if let Some(read) = read.find_map(|(_, term, _)| parts(term.text()?))
        && stance_of(tells, position(read)) == Some(stance)
    {
        let [value, worst, best] = read.map(|part| Some(part).filter(|part| *part != "?"));
        return pruned(json!({
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": worst,
            "bestRating": best,
            "alternateName": tells,
            "ratingExplanation": if tells.is_some() { explanation } else { words },
        }));
    }
    pruned(json!({
        "@type": "Rating",
        "ratingValue": value,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": tells.unwrap_or(stance.as_str()),
        "ratingExplanation": if tells.is_some() { explanation } else { words },
    }))
}

/// Returns true if EDTF says all of the period.
fn is_plain(period: &Period) -> bool {
    let read: Option<Period> = period.edtf().and_then(|edtf| edtf.parse().ok());
    read.as_ref() == Some(period)
}
