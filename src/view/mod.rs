//! [`View`]: the claims of a graph that pass a filter. A view borrows the graph; its filter is plain data.

pub(crate) mod admission;
pub(crate) mod arc_iter;
pub(crate) mod claim_iter;
pub(crate) mod filter;
pub(crate) mod finding;
pub(crate) mod inference;
pub(crate) mod json;
pub(crate) mod latest;
pub(crate) mod lineage_ends;
pub(crate) mod lineage_walk;
pub(crate) mod moment;
pub(crate) mod parts;
pub(crate) mod proof;
pub(crate) mod proof_record;
pub(crate) mod recorded;
pub(crate) mod steps;
pub(crate) mod superseded;
pub(crate) mod tops;

pub use crate::view::claim_iter::ClaimsWithSubject;
pub use crate::view::filter::{Filter, LineageKey};
use crate::view::lineage_ends::LineageEnds;
pub use crate::view::moment::Moment;
pub use crate::view::parts::Parts;
use crate::view::recorded::Recorded;
use crate::view::superseded::{RepeatedClaims, SupersededClaims};

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{AffiliationId, ClaimId, EntityId, KindId, LineageId, RelationId};
use crate::model::lineage::Dependence;
use crate::model::time::day::Day;
use crate::model::value::stance::{Certainty, Modality, Prominence, Stance};
use crate::model::vocabulary::base::Document;
use crate::model::vocabulary::kind::Id;
use crate::model::vocabulary::relation::Relation;
use indexmap::IndexSet;
use jiff::Timestamp;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

use crate::view::admission::Gate;

/// The claims of a graph that pass a filter; every question of the graph can be asked of it.
///
/// Each setter narrows the view. Several values of one setter are alternatives: `speaker(a).speaker(b)` keeps claims of
/// a or b. A claim must pass all setters that are used.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia, seoul) = (graph.add(State, "nk")?, graph.add(State, "russia")?, graph.add(State, "sk")?);
/// graph.insert(Claim::by(seoul).asserts(nk, DEPLOYS_TO, russia).valid("2024-10-01/..").reported(date(2024, 10, 24)))?;
/// graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 26)))?;
/// let before = graph.view().as_of(date(2024, 10, 25));
/// assert_eq!((before.claims().count(), before.contested().len()), (1, 0));
/// assert_eq!(graph.view().valid_at(date(2024, 9, 1)).speaker(seoul).claims().count(), 0);
/// assert_eq!(graph.contested().len(), 1);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct View<'g> {
    pub(crate) graph: &'g ClaimGraph,
    pub(crate) sieve: Sieve,
    gate: Gate,
    /// The kind of entities that pass on what others say, looked up once.
    relay: Option<KindId>,
    /// The claims that were taken back, as far as this view knows; found when first asked for.
    withdrawn: OnceLock<IndexSet<ClaimId>>,
    /// The claims that their own speakers revised, as far as this view knows; found when first asked for.
    superseded: OnceLock<SupersededClaims>,
    /// The claims whose statements others repeat; found when first asked for.
    repeated: OnceLock<RepeatedClaims>,
    /// Where the lineage of each speaker ends.
    lineage_ends: OnceLock<LineageEnds>,
    /// The speakers that fall with the sources that are left out.
    falling: OnceLock<FxHashSet<EntityId>>,
    /// The claims after which their speakers said something newer; found when first asked for.
    outdated: OnceLock<IndexSet<ClaimId>>,
    /// The parts of the wholes in `speaker_or_part`, as far as this view knows; found when first asked for.
    parts: OnceLock<Vec<Parts<'g>>>,
}

/// A filter with its keys resolved. An absent relation is one the vocabulary does not have.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Sieve {
    pub(crate) as_of: Option<Day>,
    /// In place of a day.
    pub(crate) as_of_instant: Option<Timestamp>,
    /// The first and the last day of a report.
    pub(crate) between: Option<(Day, Day)>,
    pub(crate) valid_at: Option<Day>,
    pub(crate) certainly_valid_at: Option<Day>,
    pub(crate) begun_by: Option<Day>,
    pub(crate) certainly_begun_by: Option<Day>,
    /// Whether claims that are only possible in time count.
    pub(crate) including_possible: bool,
    pub(crate) speaker: Vec<EntityId>,
    /// Speakers whose parts count too.
    pub(crate) speaker_or_part: Vec<EntityId>,
    pub(crate) attributed_to: Vec<EntityId>,
    pub(crate) document: Vec<EntityId>,
    pub(crate) relation: Vec<Option<RelationId>>,
    pub(crate) stance: Vec<Stance>,
    pub(crate) modality: Vec<Modality>,
    pub(crate) certainty: Vec<Certainty>,
    pub(crate) prominence: Option<Prominence>,
    pub(crate) excluding_source: Vec<EntityId>,
    pub(crate) without_document: Vec<EntityId>,
    pub(crate) without_relation: Vec<Option<RelationId>>,
    pub(crate) without_lineage: Vec<LineageId>,
    pub(crate) only_stated_lineage: bool,
    pub(crate) without_affiliation: Vec<AffiliationId>,
    pub(crate) only_stated_affiliations: bool,
    pub(crate) without_dependence: Vec<Dependence>,
    pub(crate) including_retracted: bool,
    /// Whether claims count that their own speakers have revised.
    pub(crate) including_superseded: bool,
    /// Whether only the latest word of each speaker on a statement is kept.
    pub(crate) latest_per_speaker: bool,
    pub(crate) recorded: Recorded,
}

impl Sieve {
    /// Returns the same without the filters by time.
    pub(crate) fn untimed(&self) -> Self {
        let (valid_at, certainly_valid_at) = (None, None);
        let (begun_by, certainly_begun_by) = (None, None);
        let latest_per_speaker = false;
        Self {
            valid_at,
            certainly_valid_at,
            begun_by,
            certainly_begun_by,
            latest_per_speaker,
            ..self.clone()
        }
    }
}

impl ClaimGraph {
    /// Returns the whole graph as a view, to be narrowed.
    pub fn view(&self) -> View<'_> {
        View::through(self, Sieve::default())
    }
}

/// The whole graph.
impl<'g> From<&'g ClaimGraph> for View<'g> {
    fn from(graph: &'g ClaimGraph) -> Self {
        graph.view()
    }
}

impl<'g> View<'g> {
    pub(crate) fn through(graph: &'g ClaimGraph, sieve: Sieve) -> Self {
        Self {
            gate: Gate::of(&sieve, graph),
            relay: graph.vocabulary.kinds.find("Relay"),
            graph,
            sieve,
            withdrawn: OnceLock::new(),
            superseded: OnceLock::new(),
            repeated: OnceLock::new(),
            lineage_ends: OnceLock::new(),
            falling: OnceLock::new(),
            outdated: OnceLock::new(),
            parts: OnceLock::new(),
        }
    }

    fn narrowed(self, narrow: impl FnOnce(&mut Sieve)) -> Self {
        let mut sieve = self.sieve;
        narrow(&mut sieve);
        Self::through(self.graph, sieve)
    }

    /// Returns the primary of a relation; `None` if the vocabulary does not have the relation.
    fn primary<S, O>(&self, relation: Relation<S, O>) -> Option<RelationId> {
        let relation = self.graph.resolve_relation(relation).ok()?;
        Some(self.graph.vocabulary.primary(relation).0)
    }

    /// Returns true if nothing narrows it: it is a view of the whole graph.
    pub fn is_whole(&self) -> bool {
        self.sieve == Sieve::default()
    }

    /// Returns the graph it is a view of.
    pub fn graph(&self) -> &'g ClaimGraph {
        self.graph
    }

    /// Keeps only claims, answers, retractions, affiliations and lineage that were on record on that day, the day
    /// included, or at that instant.
    ///
    /// At an instant, a document that has an instant of its own is on record from then on. Everything else is on record
    /// from the beginning of its report day, in UTC.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, DocumentInfo};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let [morning, noon, evening] = ["09:00", "12:00", "18:00"].map(|time| format!("2024-10-24T{time}:00Z").parse().unwrap());
    /// for (key, instant) in [("first", morning), ("second", evening)] {
    ///     let wire = graph.add_document(key, DocumentInfo::undated().published_at(instant))?;
    ///     graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).read_in(wire, ..))?;
    /// }
    /// assert_eq!(graph.view().as_of(date(2024, 10, 24)).claims().count(), 2);
    /// assert_eq!(graph.view().as_of(noon).claims().count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn as_of(self, moment: impl Into<Moment>) -> Self {
        let moment = moment.into();
        self.narrowed(|sieve| {
            (sieve.as_of, sieve.as_of_instant) = match moment {
                Moment::Day(day) => (Some(day.into()), None),
                Moment::Instant(instant) => (None, Some(instant)),
            };
        })
    }

    /// Keeps only claims that were reported on these days. Unlike [`as_of`](Self::as_of) it asks nothing of answers,
    /// retractions, affiliations and lineage.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// for day in 1..=9 {
    ///     graph.insert(Claim::by(russia).asserts(russia, MEETS, russia).reported(date(2024, 10, day)))?;
    /// }
    /// assert_eq!(graph.view().between(date(2024, 10, 3)..=date(2024, 10, 5)).claims().count(), 3);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn between(self, days: std::ops::RangeInclusive<Date>) -> Self {
        let (first, last) = days.into_inner();
        self.narrowed(|sieve| sieve.between = Some((first.into(), last.into())))
    }

    /// Keeps only claims whose content certainly or possibly holds on that day. Answers without a statement of their own
    /// stay.
    #[must_use]
    pub fn valid_at(self, day: Date) -> Self {
        self.narrowed(|sieve| sieve.valid_at = Some(day.into()))
    }

    /// Keeps only claims whose period certainly includes that day. The filter looks at time only: speculation passes.
    /// Claims without a statement pass.
    #[must_use]
    pub fn certainly_valid_at(self, day: Date) -> Self {
        self.narrowed(|sieve| sieve.certainly_valid_at = Some(day.into()))
    }

    /// Keeps only claims whose content has, or may have, begun by that day. Events stay once they happened.
    #[must_use]
    pub fn begun_by(self, day: Date) -> Self {
        self.narrowed(|sieve| sieve.begun_by = Some(day.into()))
    }

    /// Keeps only claims whose content has certainly begun by that day. Claims without a statement pass.
    #[must_use]
    pub fn certainly_begun_by(self, day: Date) -> Self {
        self.narrowed(|sieve| sieve.certainly_begun_by = Some(day.into()))
    }

    /// Counts claims that are only possible at the time that a question asks about. By default, independence, figures,
    /// corroboration, credibility and fulfilment count claims that are certainly then. A question without a time has the
    /// same answer either way.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).valid("2024-10").reported(date(2024, 11, 2));
    /// graph.insert(sent)?;
    /// let on_the_fifth = |view: claimgraph::View<'_>| {
    ///     view.statement(nk, DEPLOYS_TO, russia).valid(date(2024, 10, 5)).independence().count()
    /// };
    /// assert_eq!(on_the_fifth(graph.view()), 0);                      // it was some day of October
    /// assert_eq!(on_the_fifth(graph.view().including_possible()), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn including_possible(self) -> Self {
        self.narrowed(|sieve| sieve.including_possible = true)
    }

    /// Keeps only claims in whose chain this speaker stands.
    #[must_use]
    pub fn speaker(self, speaker: impl Into<EntityId>) -> Self {
        let speaker = self.graph.one_for(speaker);
        self.narrowed(|sieve| sieve.speaker.push(speaker))
    }

    /// Keeps only claims in whose chain this speaker stands, or something that is a part of it: what a state's
    /// agencies and offices say counts for the state. Members do not. A part counts where its affiliation is
    /// known in this view and can hold on the day it speaks.
    #[must_use]
    pub fn speaker_or_part(self, speaker: impl Into<EntityId>) -> Self {
        let speaker = self.graph.one_for(speaker);
        self.narrowed(|sieve| sieve.speaker_or_part.push(speaker))
    }

    /// Keeps only claims of which this is the innermost speaker: a document's own voice, for a document.
    #[must_use]
    pub fn attributed_to(self, speaker: impl Into<EntityId>) -> Self {
        let speaker = self.graph.one_for(speaker);
        self.narrowed(|sieve| sieve.attributed_to.push(speaker))
    }

    /// Keeps only claims read in this document.
    #[must_use]
    pub fn document(self, document: Id<Document>) -> Self {
        self.narrowed(|sieve| sieve.document.push(document.id()))
    }

    /// Keeps only statements under this relation.
    #[must_use]
    pub fn relation<S, O>(self, relation: Relation<S, O>) -> Self {
        let relation = self.primary(relation);
        self.narrowed(|sieve| sieve.relation.push(relation))
    }

    /// Keeps only claims with this stance. If a stance that does not join by default is named (a demand), its claims
    /// join their ends in this view. Denials and dismissals never join.
    #[must_use]
    pub fn stance(self, stance: Stance) -> Self {
        self.narrowed(|sieve| sieve.stance.push(stance))
    }

    /// Keeps only claims with this modality. Plans and hypotheses join nothing unless they are named here.
    #[must_use]
    pub fn modality(self, modality: Modality) -> Self {
        self.narrowed(|sieve| sieve.modality.push(modality))
    }

    /// Keeps only claims of this certainty.
    #[must_use]
    pub fn certainty(self, certainty: Certainty) -> Self {
        self.narrowed(|sieve| sieve.certainty.push(certainty))
    }

    /// Keeps only claims that the documents are about, or only claims that they mention in passing or take for granted.
    #[must_use]
    pub fn prominence(self, prominence: Prominence) -> Self {
        self.narrowed(|sieve| sieve.prominence = Some(prominence))
    }

    /// Leaves out every claim that comes from this source, by the chain or by believed lineage. Confirmations and
    /// acknowledgements of such claims stay in the view, and still say what they confirmed.
    #[must_use]
    pub fn excluding_source(self, source: impl Into<EntityId>) -> Self {
        let source = self.graph.one_for(source);
        self.narrowed(|sieve| sieve.excluding_source.push(source))
    }

    /// Leaves out claims read in this document.
    #[must_use]
    pub fn without_document(self, document: Id<Document>) -> Self {
        self.narrowed(|sieve| sieve.without_document.push(document.id()))
    }

    /// Leaves out statements under this relation.
    #[must_use]
    pub fn without_relation<S, O>(self, relation: Relation<S, O>) -> Self {
        let relation = self.primary(relation);
        self.narrowed(|sieve| sieve.without_relation.push(relation))
    }

    /// Stops believing this lineage link.
    #[must_use]
    pub fn without_lineage(self, link: LineageId) -> Self {
        self.narrowed(|sieve| sieve.without_lineage.push(link))
    }

    /// Ignores lineage that an analyst inferred.
    #[must_use]
    pub fn only_stated_lineage(self) -> Self {
        self.narrowed(|sieve| sieve.only_stated_lineage = true)
    }

    /// Stops believing this affiliation.
    #[must_use]
    pub fn without_affiliation(self, affiliation: AffiliationId) -> Self {
        self.narrowed(|sieve| sieve.without_affiliation.push(affiliation))
    }

    /// Ignores affiliations that an analyst inferred.
    #[must_use]
    pub fn only_stated_affiliations(self) -> Self {
        self.narrowed(|sieve| sieve.only_stated_affiliations = true)
    }

    /// Stops counting claims as one source for this reason. Without [`Dependence::SameText`], three papers with one
    /// text can count as three sources.
    /// Without [`Dependence::Lineage`] no lineage is believed.
    #[must_use]
    pub fn without_dependence(self, reason: Dependence) -> Self {
        self.narrowed(|sieve| sieve.without_dependence.push(reason))
    }

    /// Includes claims that their own speakers have retracted.
    #[must_use]
    pub fn including_retracted(self) -> Self {
        self.narrowed(|sieve| sieve.including_retracted = true)
    }

    /// Counts claims that their own speakers have revised, as if the revisions were further claims.
    #[must_use]
    pub fn including_superseded(self) -> Self {
        self.narrowed(|sieve| sieve.including_superseded = true)
    }

    /// Keeps only the latest word of each speaker on each statement. Claims of one named innermost speaker are compared
    /// if they have the same relation, ends, roles of content and modality, and if their times can be the same, count
    /// from the same start or are not given. Those of the last report day stay, and if there are several, all of them.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (storm, ministry) = (graph.add(Event, "storm")?, graph.add(Agency, "ministry")?);
    /// for (day, dead) in [(5, 12), (7, 31)] {
    ///     graph.insert(Claim::by(ministry).asserts(storm, CAUSES_CASUALTIES, ())
    ///         .quantity(Quantity::stated(dead, "dead")).reported(date(2023, 6, day)))?;
    /// }
    /// let figures = graph.view().latest_per_speaker().statement(storm, CAUSES_CASUALTIES, ()).figures();
    /// assert_eq!(figures.iter().map(|f| f.quantity().to_string()).collect::<Vec<_>>(), ["31 dead"]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn latest_per_speaker(self) -> Self {
        self.narrowed(|sieve| sieve.latest_per_speaker = true)
    }

    /// Returns the claims that pass, in order of insertion.
    pub fn claims(&self) -> impl DoubleEndedIterator<Item = ClaimRef<'g>> + Clone {
        (0..self.graph.len()).filter_map(|index| self.get(ClaimId::at(index)?))
    }

    /// Returns whether the claim is in the view.
    pub fn contains(&self, claim: ClaimId) -> bool {
        self.get(claim).is_some()
    }

    pub(crate) fn get(&self, claim: ClaimId) -> Option<ClaimRef<'g>> {
        ClaimRef::new(self.graph, claim).filter(|&claim| self.passes(claim))
    }
}
