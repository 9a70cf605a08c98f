//! Writes claims as schema.org `Claim`s and `ClaimReview`s.

use crate::exchange::claimreview::{IS_TRUE, SYSTEM, TYPES, own, stance_of, value_of};
use crate::exchange::note_beside;
use claimgraph::claim::{Basis, Certainty};
use claimgraph::entity::NameKind;
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::{ClaimGraph, ClaimId, ClaimRef, EntityId, Id, Modality, Period, Stance, Term};
use indexmap::IndexSet;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes the claims of a graph as schema.org `Claim`s and answers to them as `ClaimReview`s, as JSON-LD.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity};
/// use claimgraph_formats::claimreview;
/// let mut graph = ClaimGraph::new();
/// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
/// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
/// let nis = graph.add(Agency, Entity::new("nis").named("NIS"))?;
/// let dispatch = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// graph.insert(Claim::by(russia).dismisses(dispatch).words("fake news").reported(date(2024, 10, 24)))?;
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
    write_nodes(graph, &mut output)
}

fn write_nodes(graph: &ClaimGraph, output: &mut dyn Write) -> Result<Losses, WriteError> {
    let mut writer = Writer { graph, losses: Losses::default(), records: Records::of(graph) };
    let nodes = writer.nodes();
    writer.left_out();
    output.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
    for (place, node) in nodes.iter().enumerate() {
        output.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        output.write_all(&serde_json::to_vec(node).map_err(io::Error::from)?)?;
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

fn insert(object: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    object.insert(name.to_owned(), value.into());
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
                self.losses.note("retraction or revision", &self.name(claim));
            } else if reviews(claim) {
                self.reviews(claim, &mut nodes);
            } else if !reviewed.contains(&claim.id()) {
                nodes.push(self.claim(claim));
            }
        }
        nodes
    }

    fn name(&self, claim: ClaimRef<'_>) -> String {
        self.records.name(claim.id()).to_owned()
    }

    fn urn(&self, claim: ClaimRef<'_>) -> String {
        format!("urn:claimgraph:claim:{}", self.name(claim))
    }

    /// Returns the text that the claim says is true, if the claim says that of a text.
    fn own_text(claim: ClaimRef<'g>) -> Option<&'g str> {
        let statement = claim.statement()?;
        let code = |(system, code): &(String, String)| system == SYSTEM && code == IS_TRUE;
        let is_true = statement.relation().codes.iter().any(code);
        match (statement.subject(), statement.object()) {
            (Term::Text(text), Term::Nothing) if is_true => Some(text),
            _ => None,
        }
    }

    /// Returns the statement of a claim as a text.
    fn text(claim: ClaimRef<'g>) -> String {
        if let Some(text) = Self::own_text(claim) {
            return text.to_owned();
        }
        let commits = claim.stance().commits() && claim.modality() == Modality::Actual;
        match claim.statement() {
            Some(_) if commits || reviews(claim) => claim.content().unwrap_or_default(),
            _ => claim.to_string(),
        }
    }

    fn claim(&mut self, claim: ClaimRef<'g>) -> Value {
        let mut object = Map::new();
        insert(&mut object, "@type", "Claim");
        insert(&mut object, "@id", self.urn(claim));
        insert(&mut object, "text", Self::text(claim));
        insert(&mut object, "datePublished", claim.reported().to_string());
        if let Some(author) = self.author(claim) {
            insert(&mut object, "author", author);
        }
        if let Some(document) = claim.document().map(Id::id) {
            insert(&mut object, "firstAppearance", self.document(document));
        }
        let appearances: Vec<EntityId> = claim
            .roles()
            .filter(|(role, ..)| *role == "appearance")
            .filter_map(|(_, term, _)| term.entity())
            .collect();
        let appearances =
            appearances.into_iter().filter(|&id| self.is_document(id)).collect::<Vec<_>>();
        let appearances: Vec<Value> =
            appearances.into_iter().map(|document| self.document(document)).collect();
        if !appearances.is_empty() {
            insert(&mut object, "appearance", appearances);
        }
        if let Some(edtf) = self.coverage(claim) {
            insert(&mut object, "temporalCoverage", edtf);
        }
        Value::Object(object)
    }

    fn coverage(&self, claim: ClaimRef<'_>) -> Option<String> {
        let actual = claim.modality() == Modality::Actual && claim.stance().commits();
        claim.valid().filter(|valid| actual && is_plain(valid)).as_ref().and_then(Period::edtf)
    }

    fn reviews(&mut self, claim: ClaimRef<'g>, nodes: &mut Vec<Value>) {
        let targets = claim.targets().filter_map(|(target, _)| self.graph.claim(target).ok());
        let mut targets: Vec<Option<ClaimRef<'g>>> = targets.map(Some).collect();
        if targets.len() > 1 {
            self.losses.note("that one answer is to several claims", &self.name(claim));
        }
        if targets.is_empty() {
            targets.push(None);
        }
        for (place, target) in targets.into_iter().enumerate() {
            let target = target.filter(|target| !is_left_out(*target));
            let mut object = Map::new();
            let urn = self.urn(claim);
            insert(&mut object, "@type", "ClaimReview");
            insert(
                &mut object,
                "@id",
                if place == 0 { urn } else { format!("{urn}:{}", place + 1) },
            );
            let text = match (Self::own_text(claim), target) {
                (Some(text), _) => text.to_owned(),
                (None, Some(target)) => Self::text(target),
                (None, None) => Self::text(claim),
            };
            insert(&mut object, "claimReviewed", text);
            insert(&mut object, "datePublished", claim.reported().to_string());
            if let Some(author) = self.author(claim) {
                insert(&mut object, "author", author);
            }
            if let Some(document) = claim.document().map(Id::id) {
                insert(&mut object, "isPartOf", self.document(document));
            }
            insert(&mut object, "reviewRating", self.rating(claim));
            match target {
                Some(target) if reviews(target) => {
                    let reference = json!({"@type": "ClaimReview", "@id": self.urn(target)});
                    insert(&mut object, "itemReviewed", reference);
                }
                Some(target) => {
                    let inner = self.claim(target);
                    insert(&mut object, "itemReviewed", inner);
                }
                None => {}
            }
            nodes.push(Value::Object(object));
        }
    }

    fn rating(&mut self, claim: ClaimRef<'_>) -> Value {
        let (stance, words) = (claim.stance(), claim.words());
        let value = value_of(stance);
        let place = f64::from(value - 1) / 4.0;
        let tells = words.filter(|words| own(words.trim().to_lowercase().as_str()).is_none());
        let tells = tells.filter(|words| stance_of(Some(words), Some(place)) == Some(stance));
        let explanation = claim
            .roles()
            .filter(|(role, ..)| *role == "explanation")
            .find_map(|(_, term, _)| term.text());
        let (name, explanation) = match (tells, words) {
            (Some(words), _) => (words, explanation),
            (None, words) => (stance.as_str(), words),
        };
        let mut rating = Map::new();
        insert(&mut rating, "@type", "Rating");
        insert(&mut rating, "ratingValue", value);
        insert(&mut rating, "bestRating", 5);
        insert(&mut rating, "worstRating", 1);
        insert(&mut rating, "alternateName", name);
        if let Some(explanation) = explanation {
            insert(&mut rating, "ratingExplanation", explanation);
        }
        Value::Object(rating)
    }

    /// Returns the innermost speaker. If the document speaks, there is no author.
    fn author(&mut self, claim: ClaimRef<'_>) -> Option<Value> {
        let source =
            claim.speaker().filter(|&source| Some(source) != claim.document().map(Id::id))?;
        Some(if self.is_document(source) { self.document(source) } else { self.party(source) })
    }

    fn is_document(&self, entity: EntityId) -> bool {
        self.graph.entity(entity).is_ok_and(|entity| entity.document().is_some())
    }

    fn party(&mut self, id: EntityId) -> Value {
        let Ok(entity) = self.graph.entity(id) else { return Value::Null };
        let is = |kind: &str| entity.is_a(kind);
        let of_state =
            ["Agency", "GovernmentOffice", "Legislature", "Military"].iter().any(|kind| is(kind));
        let kind = match TYPES.iter().find(|(_, kind)| is(kind) && *kind != "Organization") {
            Some((name, _)) => name,
            None if of_state => "GovernmentOrganization",
            None => "Organization",
        };
        let mut object = Map::new();
        insert(&mut object, "@type", kind);
        insert(&mut object, "identifier", entity.key());
        let shown = entity.names().iter().find(|name| name.kind() == NameKind::Canonical);
        let shown = shown.or(entity.names().first());
        insert(&mut object, "name", shown.map_or(entity.key(), |name| name.text()));
        let others: IndexSet<&str> = entity.names().iter().map(|name| name.text()).collect();
        let others: Vec<&str> = others
            .into_iter()
            .filter(|&name| Some(name) != shown.map(|shown| shown.text()))
            .collect();
        if !others.is_empty() {
            insert(&mut object, "alternateName", others);
        }
        Value::Object(object)
    }

    fn document(&mut self, id: EntityId) -> Value {
        let Ok(entity) = self.graph.entity(id) else { return Value::Null };
        let mut object = Map::new();
        insert(&mut object, "@type", "CreativeWork");
        insert(&mut object, "identifier", entity.key());
        if entity.key().starts_with("http://") || entity.key().starts_with("https://") {
            insert(&mut object, "url", entity.key());
        }
        let Some(document) = entity.document() else { return Value::Object(object) };
        if let Some(title) = document.title() {
            insert(&mut object, "name", title);
        }
        if let Some(date) = document.date() {
            insert(&mut object, "datePublished", date.to_string());
        }
        if let Some(publisher) = document.publisher() {
            let publisher =
                if self.is_document(publisher) { Value::Null } else { self.party(publisher) };
            insert(&mut object, "publisher", publisher);
        }
        Value::Object(object)
    }

    /// Counts the parts of a claim that the nodes do not have.
    fn account(&mut self, claim: ClaimRef<'g>) {
        let name = self.name(claim);
        let review = reviews(claim);
        let document = claim.document().map(Id::id);
        let passed_on = claim.chain().iter().filter(|link| link.source != document).count() > 1;
        let unstated =
            claim.chain().last().is_some_and(|link| link.source.is_none()) && document.is_some();
        let known = |role: &str| if review { role == "explanation" } else { role == "appearance" };
        let structured = claim.statement().is_some() && Self::own_text(claim).is_none();
        let usual = claim.stance().usual_prominence();
        let lost = [
            ("structure of a statement", structured),
            ("stance", !review && claim.stance() != Stance::Asserts),
            ("chain of speakers", passed_on),
            ("that the speaker is not stated", unstated),
            ("basis", claim.targets().any(|(_, basis)| basis != Basis::Stated)),
            (
                "quotation",
                claim.span().is_some()
                    || claim.cue().is_some()
                    || (!review && claim.words().is_some()),
            ),
            ("day it was said", claim.said().is_some()),
            (
                "certainty",
                claim.certainty() != Certainty::Certain || claim.grade() != Default::default(),
            ),
            ("modality", claim.modality() != Modality::Actual),
            ("prominence", claim.prominence() != usual),
            (
                "role",
                claim.roles().any(|(role, ..)| !known(role)) && Self::own_text(claim).is_some(),
            ),
            ("period", claim.valid().is_some() && (review || self.coverage(claim).is_none())),
        ];
        lost.iter().filter(|(_, lost)| *lost).for_each(|(kind, _)| self.losses.note(kind, &name));
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
        let mut left: Vec<&str> = self
            .graph
            .entities()
            .filter(|entity| !told.contains(&entity.id()))
            .map(|entity| entity.key())
            .collect();
        left.sort_unstable();
        left.into_iter()
            .for_each(|key| self.losses.note("entity that neither speaks nor publishes", key));
        for entity in self.graph.entities().filter(|entity| told.contains(&entity.id())) {
            let plain =
                TYPES.iter().any(|(_, kind)| *kind == entity.kind()) || entity.kind() == "Document";
            let details =
                entity.document().is_some_and(|d| d.length().is_some() || d.digest().is_some());
            let names = entity.names().iter().filter(|name| name.language().is_some());
            let lost = [
                ("kind", !plain),
                ("code", !entity.codes().is_empty()),
                ("digest of a document", details),
            ];
            let lost = lost.iter().filter(|(_, lost)| *lost).map(|(kind, _)| *kind);
            lost.chain(names.map(|_| "language of a name"))
                .for_each(|kind| self.losses.note(kind, entity.key()));
        }
        for affiliation in self.graph.affiliations() {
            self.losses.note("affiliation", &self.records.affiliation(affiliation).part);
        }
        note_beside(&self.records, &mut self.losses);
    }
}

/// Returns true if EDTF says all of the period.
fn is_plain(period: &Period) -> bool {
    let read: Option<Period> = period.edtf().and_then(|edtf| edtf.parse().ok());
    read.as_ref() == Some(period)
}
