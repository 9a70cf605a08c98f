//! Wire copies: claims that repeat another claim, by the same text, a common origin or the same quotation. Copies count
//! as one source. `Independence` calls it.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::quote_ref::QuoteRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::graph::topic::Topic;
use crate::model::document::Span;
use crate::model::id::{ClaimId, EntityId, LineageId, OriginId, RoleId};
use crate::model::lineage::Dependence;
use crate::model::text::placed;
use crate::model::time::period::Period;
use crate::model::value::name::folded;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Modality, Polarity};
use crate::view::View;
use crate::view::finding::Finding;
use crate::view::json::json_form;
use crate::view::lineage_walk::{Descent, Reach};
use crate::view::proof::{Proof, Step};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// A claim that does not count as a source of its own, and why.
#[derive(Clone, Debug)]
pub struct Dependent<'g> {
    claim: ClaimRef<'g>,
    reason: Dependence,
    original: Option<ClaimRef<'g>>,
    view: Arc<View<'g>>,
    lineages: OnceLock<Vec<LineageId>>,
}

/// So many steps of a lineage are written as text.
const STEPS_NAMED: usize = 16;

impl<'g> Dependent<'g> {
    pub(crate) fn by_lineage(claim: ClaimRef<'g>, view: &Arc<View<'g>>) -> Self {
        let lineages = OnceLock::new();
        Self { claim, reason: Dependence::Lineage, original: None, view: view.clone(), lineages }
    }

    pub(crate) fn copy(
        claim: ClaimRef<'g>,
        original: ClaimRef<'g>,
        reason: Dependence,
        view: &Arc<View<'g>>,
    ) -> Self {
        let lineages = OnceLock::new();
        Self { claim, reason, original: Some(original), view: view.clone(), lineages }
    }

    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns why it does not count.
    pub fn reason(&self) -> Dependence {
        self.reason
    }

    /// Returns the claim it counts with, the first of those that are alike; none for a lineage.
    pub fn original(&self) -> Option<ClaimRef<'g>> {
        self.original
    }

    /// Returns the lineage it comes by. For a common origin, it is the lineage of the documents and relays of both claims;
    /// for other copies it is empty.
    pub fn lineages(&self) -> &[LineageId] {
        self.lineages.get_or_init(|| {
            let walks = match (self.reason, self.original) {
                (Dependence::Lineage, _) => vec![self.view.descent(self.claim)],
                (Dependence::CommonOrigin, Some(original)) => {
                    [self.claim, original].map(|claim| self.view.provenance(claim).1).into()
                }
                _ => Vec::new(),
            };
            let lineages: IndexSet<LineageId> =
                walks.into_iter().flat_map(Descent::lineages).collect();
            lineages.into_iter().collect()
        })
    }
}

impl Finding for Dependent<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        std::iter::once(self.claim.id()).chain(self.original.map(ClaimRef::id)).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_lineages(self.lineages().iter().copied());
    }
}

json_form!(Dependent<'_>, |it| {
    claim: it.claim,
    reason: it.reason,
    original => it.original,
    lineages => it.claim.graph().keyed_steps(
        &it.lineages().iter().copied().map(Step::Lineage).collect::<Vec<_>>(),
    ),
});

/// "the Courier asserted … [courier-1]: counts with that of the Post [post-1], by the same text".
impl fmt::Display for Dependent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.claim.graph();
        let place = |f: &mut fmt::Formatter<'_>, claim: ClaimRef<'_>| match claim.document() {
            Some(document) => f.write_str(&placed(graph.name_of(document))),
            None => Ok(()),
        };
        write!(f, "{}", self.claim)?;
        place(f, self.claim)?;
        if let Some(original) = self.original {
            let who = original.speaker_name();
            write!(f, ": counts with that of {who}")?;
            place(f, original)?;
            return write!(f, ", by {}", self.reason);
        }
        let links = self.view.first_lineages(self.claim, STEPS_NAMED + 1);
        let named = links.iter().take(STEPS_NAMED).filter_map(|&id| graph.lineage(id));
        for (place, lineage) in named.enumerate() {
            let (speaker, source) =
                (graph.name_of(lineage.speaker()), graph.name_of(lineage.source()));
            let before = if place > 0 { ", and" } else { ":" };
            write!(f, "{before} the word of {speaker} comes from {source}")?;
        }
        f.write_str(if links.len() > STEPS_NAMED { ", and so on" } else { "" })
    }
}

/// The copies among some claims, each with the claim it counts with and the reason.
pub(crate) type Copies = FxHashMap<ClaimId, (ClaimId, Dependence)>;

/// The likeness of two claims of different documents.
#[derive(PartialEq, Eq, Hash)]
enum Mark<'g> {
    /// The digest, who speaks; and where somebody is not named, the sentence or what is said.
    Text(&'g str, usize, Option<Span>, Option<usize>),
    /// A common origin, who speaks, what is said.
    Origin(EntityId, usize, usize),
    /// The words, and whose.
    Words(String, Option<EntityId>),
}

/// The voice of a claim, and what it can have in common with others; the same for all of an origin.
#[derive(Default)]
struct Voice<'g> {
    /// Its speakers without those who only pass on, as one of several.
    speakers: usize,
    named: bool,
    outlet: bool,
    digest: Option<&'g str>,
    origins: Vec<EntityId>,
    /// Whether some lineage is that of single claims, so that others of the origin may differ.
    by_claim: bool,
}

/// The content of a claim, without its speaker and its report day.
#[derive(PartialEq, Eq, Hash)]
struct Content<'g> {
    topic: Option<Topic<'g>>,
    roles: Vec<(RoleId, Term<'g>)>,
    /// In the unit of the vocabulary, without words.
    figure: Option<Quantity>,
    /// The first and the last days of its start and its end.
    valid: Option<[Option<Date>; 4]>,
    /// The claims it answers, if it makes no statement.
    answers: Vec<ClaimId>,
    manner: (Modality, Option<Polarity>),
}

type Interned<T> = IndexSet<T>;

/// The places of the claims with each mark. Marks have texts from outside, so that the seed of the hash is secret.
type Marks<'g> = IndexMap<Mark<'g>, Vec<usize>>;

impl<'g> View<'g> {
    /// Returns which of the claims that are `present` are copies of another. All of `claims` show what belongs
    /// together: two copies of a third are alike even if the third is left out.
    pub(crate) fn copies(&self, claims: &[ClaimRef<'g>], present: &[ClaimRef<'g>]) -> Copies {
        let off = |reason: Dependence| self.sieve.without_dependence.contains(&reason);
        let mut voices: FxHashMap<OriginId, Rc<Voice<'g>>> = FxHashMap::default();
        let (mut speakers, mut contents) = (Interned::default(), Interned::default());
        let mut marks = Marks::default();
        let mut each: Vec<Rc<Voice<'g>>> = Vec::with_capacity(claims.len());
        for &claim in claims {
            let origin = self.graph.ledger.origin_of(claim.id());
            let known = origin.and_then(|origin| voices.get(&origin).cloned());
            let voice = known.unwrap_or_else(|| Rc::new(self.voice_of(claim, &mut speakers)));
            if let Some(origin) = origin.filter(|_| !voice.by_claim) {
                voices.entry(origin).or_insert_with(|| voice.clone());
            }
            each.push(voice);
        }
        // An origin that one document only has in this matter is common to none.
        let mut documents: FxHashMap<EntityId, (Option<EntityId>, bool)> = FxHashMap::default();
        for (claim, voice) in claims.iter().zip(&each) {
            for &origin in &voice.origins {
                let seen = documents.entry(origin).or_insert((claim.document_id(), false));
                seen.1 |= seen.0 != claim.document_id();
            }
        }
        for (place, (&claim, voice)) in claims.iter().zip(&each).enumerate() {
            let mut content = None;
            let mut said =
                || *content.get_or_insert_with(|| contents.insert_full(self.content(claim)).0);
            let mut mark = |mark: Mark<'g>| marks.entry(mark).or_default().push(place);
            if !voice.named
                && !off(Dependence::SameText)
                && let Some(digest) = voice.digest
            {
                if voice.outlet {
                    mark(Mark::Text(digest, voice.speakers, None, None));
                } else {
                    mark(Mark::Text(digest, voice.speakers, None, Some(said())));
                    claim
                        .span()
                        .into_iter()
                        .for_each(|s| mark(Mark::Text(digest, voice.speakers, Some(s), None)));
                }
            }
            if !voice.named && !off(Dependence::CommonOrigin) {
                let common = voice
                    .origins
                    .iter()
                    .filter(|origin| documents.get(*origin).is_some_and(|d| d.1));
                common.for_each(|&origin| mark(Mark::Origin(origin, voice.speakers, said())));
            }
            if !voice.outlet && !off(Dependence::SameQuotation) {
                let passage = || if claim.is_quoted() { claim.passage() } else { None };
                let kept = || claim.words().or_else(passage);
                let quotes = claim.quotes();
                let kept = if quotes.len() == 0 { kept() } else { None };
                let words = quotes.filter_map(QuoteRef::words).chain(kept).map(folded);
                words
                    .filter(|words| !words.is_empty())
                    .for_each(|words| mark(Mark::Words(words, claim.speaker())));
            }
        }
        self.group(claims, marks, present)
    }

    /// Returns the copies among the claims that are `present`, given the places of all claims with one mark.
    fn group(&self, claims: &[ClaimRef<'g>], marks: Marks<'g>, present: &[ClaimRef<'g>]) -> Copies {
        let mut alike = UnionFind::new(claims.len());
        let mut reasons: FxHashMap<usize, Dependence> = FxHashMap::default();
        for (mark, places) in marks {
            let reason = match mark {
                Mark::Text(..) => Dependence::SameText,
                Mark::Origin(..) => Dependence::CommonOrigin,
                Mark::Words(..) => Dependence::SameQuotation,
            };
            let Some(&first) = places.first() else { continue };
            let document = |place: usize| claims.get(place).and_then(|claim| claim.document_id());
            // Within one document, two who say the same are two.
            if places.iter().all(|&place| document(place) == document(first)) {
                continue;
            }
            for place in places {
                alike.union(first, place);
                let known = reasons.entry(place).or_insert(reason);
                *known = reason.min(*known);
            }
        }
        let present: FxHashSet<ClaimId> = present.iter().map(|claim| claim.id()).collect();
        let mut groups: FxHashMap<usize, Vec<(ClaimId, Dependence)>> = FxHashMap::default();
        for (place, claim) in claims.iter().enumerate() {
            if let Some(&reason) = reasons.get(&place).filter(|_| present.contains(&claim.id())) {
                groups.entry(alike.find_mut(place)).or_default().push((claim.id(), reason));
            }
        }
        let mut copies = Copies::default();
        for group in groups.into_values() {
            let claims: Vec<ClaimId> = group.iter().map(|(claim, _)| *claim).collect();
            let Some(original) = self.graph.first_finding(&claims) else { continue };
            let others = group.into_iter().filter(|(claim, _)| *claim != original);
            copies.extend(others.map(|(claim, reason)| (claim, (original, reason))));
        }
        copies
    }

    fn voice_of(
        &self,
        claim: ClaimRef<'g>,
        speakers: &mut Interned<Vec<Option<EntityId>>>,
    ) -> Voice<'g> {
        let passes_on = |source: EntityId| self.is_relay(source);
        let own = claim
            .chain()
            .iter()
            .map(|link| link.source)
            .filter(|source| !source.is_some_and(passes_on));
        // A named speaker is one party, whatever the document.
        let named = own.clone().next().is_some() && own.clone().all(|source| source.is_some());
        let outlet = claim.speaker().is_some_and(passes_on);
        if named {
            return Voice { named, outlet, ..Voice::default() };
        }
        let digest = claim
            .document_id()
            .and_then(|d| self.graph.registry.document(d))
            .and_then(|d| d.digest());
        let (origins, walk) = self.provenance(claim);
        let (origins, by_claim) = (origins.into_iter().collect(), walk.holds_for == Reach::Claim);
        let speakers = speakers.insert_full(own.collect()).0;
        Voice { speakers, named, outlet, digest, origins, by_claim }
    }

    fn content(&self, claim: ClaimRef<'g>) -> Content<'g> {
        let said = claim.statement();
        let topic = said.map(|statement| {
            let (relation, turned) = self.graph.vocabulary.primary(statement.relation_id());
            self.graph.topic_of(relation, statement.subject(), statement.object(), turned)
        });
        let roles = said.map(StatementRef::held_roles).unwrap_or_default().iter();
        let figure = claim.quantity().map(|quantity| self.graph.in_unit(quantity).into_owned());
        let days =
            |p: &Period| [p.start_earliest(), p.start_latest(), p.end_earliest(), p.end_latest()];
        Content {
            topic,
            roles: roles
                .filter(|(role, _)| self.graph.is_content(*role))
                .map(|(role, value)| (*role, Term::of(self.graph, &value.value)))
                .collect(),
            figure: figure.map(|figure| Quantity { words: None, ..figure }),
            valid: claim.period().as_deref().map(days),
            answers: match said {
                None => claim.targets().map(|(target, _)| target).collect(),
                Some(_) => Vec::new(),
            },
            manner: (claim.modality(), claim.polarity()),
        }
    }
}
