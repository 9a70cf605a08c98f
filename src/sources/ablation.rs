//! Ablation: the claims and answers that lose their support when a source is left out.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::questions::statement::StatementQuery;
use crate::sources::independence::Independence;
use crate::sources::lost_claims::LostClaims;
use crate::view::finding::{Finding, Findings, counted};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use crate::view::{Sieve, View};
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

/// The change of an answer without a source: the claims that are lost, and the number of independent sources with and
/// without it.
#[derive(Clone, Debug)]
pub struct Consequence<'g> {
    inquiry: Arc<StatementQuery<'g>>,
    source: EntityId,
    lost: LostClaims,
    before: usize,
    after: usize,
}

impl<'g> Consequence<'g> {
    pub(crate) fn new(
        inquiry: Arc<StatementQuery<'g>>,
        source: EntityId,
        lost: LostClaims,
        [before, after]: [usize; 2],
    ) -> Self {
        Self { inquiry, source, lost, before, after }
    }

    /// Returns the question, as asked of the view with the source.
    pub fn inquiry(&self) -> &StatementQuery<'g> {
        &self.inquiry
    }

    /// Returns the source.
    pub fn source(&self) -> EntityId {
        self.source
    }

    /// Returns the claims that no longer back the statement, in the order of findings.
    pub fn lost(&self) -> &[ClaimId] {
        self.lost.in_order(self.inquiry.view.graph)
    }

    /// Returns the number of independent sources with the source.
    pub fn before(&self) -> usize {
        self.before
    }

    /// Returns the number of independent sources without the source.
    pub fn after(&self) -> usize {
        self.after
    }

    /// Returns whether no evidence is left.
    pub fn falls(&self) -> bool {
        self.before > 0 && self.after == 0
    }

    /// Returns what sorts the answers that fall first, then those that lose most.
    pub(crate) fn weight(&self) -> impl Ord + use<> {
        (!self.falls(), Reverse((self.before.saturating_sub(self.after), self.lost.len())))
    }
}

impl Finding for Consequence<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.lost().to_vec()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let view = &self.inquiry.view;
        let lost = self.lost.iter().filter_map(|id| ClaimRef::new(view.graph, id));
        lost.for_each(|claim| proof.add_lineages(view.descent(claim).lineages()));
    }
}

json_form!(Consequence<'_>, |it| {
    question: it.inquiry.to_string(),
    source: it.inquiry.view.graph.key_of(it.source),
    lost: it.inquiry.view.graph.keyed(it.lost()),
    before: it.before,
    after: it.after,
});

/// "North Korea is present in Russia: 2 independent sources, then 1 without National Intelligence Service (3 claims
/// lost)".
impl fmt::Display for Consequence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, then ", self.inquiry, counted(self.before, "independent source"))?;
        match self.after {
            0 => f.write_str("none")?,
            after => write!(f, "{after}")?,
        }
        let name = self.inquiry.view.graph.name_of(self.source);
        write!(f, " without {name} ({} lost)", counted(self.lost.len(), "claim"))
    }
}

impl<'g> Findings<'g, Consequence<'g>> {
    /// Returns the answers for which no evidence is left.
    pub fn falling(&self) -> impl Iterator<Item = &Consequence<'g>> {
        self.iter().filter(|consequence| consequence.falls())
    }
}

/// The claims and answers that rest on a source: see [`View::ablate`].
#[derive(Clone, Debug)]
pub struct Ablation<'g> {
    view: View<'g>,
    source: EntityId,
    fallen: Findings<'g, ClaimRef<'g>>,
    resting: Findings<'g, ClaimRef<'g>>,
    answers: Findings<'g, Consequence<'g>>,
    is_partial: bool,
}

/// So many figures of one statement are asked about.
const FIGURES_ASKED: usize = 16;

impl<'g> Ablation<'g> {
    /// Returns the source.
    pub fn source(&self) -> EntityId {
        self.source
    }

    /// Returns the view without it.
    pub fn left(&self) -> View<'g> {
        self.view.clone().excluding_source(self.source)
    }

    /// Returns the claims that fall with it: it stands in their chain, or all their lineage leads through it.
    pub fn fallen(&self) -> &Findings<'g, ClaimRef<'g>> {
        &self.fallen
    }

    /// Returns claims that do not fall and that answer or mention a fallen claim, or were drawn from one.
    pub fn resting(&self) -> &Findings<'g, ClaimRef<'g>> {
        &self.resting
    }

    /// Returns the answers that change without it: for what the fallen claims say, the relation between the
    /// parties, each relation that it implies, and the figure. Answers that fall come first, then those that lose
    /// most.
    pub fn answers(&self) -> &Findings<'g, Consequence<'g>> {
        &self.answers
    }

    /// Returns whether the fallen claims give more than 16 figures for one statement. Then
    /// [`answers`](Self::answers) has those for the first 16 figures, in the order of findings.
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// Returns the claims that fall.
    pub fn claims(&self) -> Vec<ClaimId> {
        self.fallen.claims()
    }

    /// Returns the claims that fall, and the lineage by which they do.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = self.fallen.proof();
        for &claim in self.fallen.iter() {
            proof.add_lineages(self.view.descent(claim).lineages());
        }
        proof
    }
}

json_form!(Ablation<'_>, |it| {
    source: it.view.graph.key_if_known(it.source),
    fallen: it.fallen,
    resting: it.resting,
    answers: it.answers,
    partial => Some(true).filter(|_| it.is_partial),
});

impl fmt::Display for Ablation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.view.graph.name_of(self.source);
        let (fallen, resting) = (counted(self.fallen.len(), "claim"), self.resting.len());
        let depend = if resting == 1 { "depends" } else { "depend" };
        let lost = if self.fallen.len() == 1 { "it" } else { "them" };
        writeln!(f, "Without {name}: {fallen} lost, {resting} more {depend} on {lost}")?;
        write!(f, "{}", self.answers)
    }
}

impl<'g> View<'g> {
    /// Returns what rests on a source: the claims that fall without it, and the answers that change.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
    /// let russia = graph.add(State, Entity::new("russia").named("Russia"))?;
    /// let (nis, austin) = (graph.add(Agency, "nis")?, graph.add(Person, "austin")?);
    /// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(austin).confirms(sent).restating(nk, PRESENT_IN, russia).reported(day))?;
    /// let ablation = graph.view().ablate(nis);
    /// assert_eq!(ablation.claims(), [sent]);
    /// let answers: Vec<String> = ablation.answers().iter().map(|answer| answer.to_string()).collect();
    /// assert_eq!(answers, [
    ///     "North Korea deploys to Russia: 1 independent source, then none without nis (1 claim lost)",
    ///     "North Korea deploys to Russia: 3,000 soldiers: 1 independent source, then none without nis (1 claim lost)",
    ///     "North Korea is present in Russia: 2 independent sources, then 1 without nis (1 claim lost)",
    /// ]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn ablate(&self, source: impl Into<EntityId>) -> Ablation<'g> {
        let source = self.graph.one_for(source);
        let sieve = Sieve { excluding_source: vec![source], ..self.sieve.clone() };
        let without = View::through(self.graph, sieve);
        let fallen = self.claims().filter(|&claim| without.comes_from_excluded(claim));
        let fallen = Findings::sorted(self, fallen, |claim| claim.id());
        let left = self.clone().excluding_source(source);
        let mut resting = self.resting_on(fallen.claims());
        resting.retain(|&id| left.contains(id));
        let mut answers: IndexMap<String, Consequence<'g>> = IndexMap::new();
        let mut figures: IndexMap<String, usize> = IndexMap::new();
        for &claim in fallen.iter() {
            for inquiry in self.inquiries_of(claim) {
                // In words it is the same question for the same entities; names may be shared, keys are not.
                let key = inquiry.key();
                if answers.contains_key(&key) {
                    continue;
                }
                if inquiry.figure_asked().is_some() {
                    let plain = inquiry.clone().without_particulars().key();
                    let asked = figures.entry(plain).or_default();
                    *asked += 1;
                    if *asked > FIGURES_ASKED {
                        continue;
                    }
                }
                let (backing, before) =
                    (inquiry.counted_backing().claims(), inquiry.independence());
                answers.insert(key, inquiry.without(source, &left, &backing, &before));
            }
        }
        let is_partial = figures.values().any(|&asked| asked > FIGURES_ASKED);
        let resting = resting.into_iter().filter_map(|id| ClaimRef::new(self.graph, id));
        let resting = Findings::sorted(self, resting, |claim| claim.id());
        let answers = answers.into_values().filter(|answer| answer.before > answer.after);
        let mut answers: Vec<Consequence<'g>> = answers.collect();
        // Stable: of equal weight, answers of earlier claims come first.
        answers.sort_by_key(Consequence::weight);
        let answers = Findings::of(self, answers);
        Ablation { view: self.clone(), source, fallen, resting, answers, is_partial }
    }

    /// Returns the questions that a claim answers, if its speaker is committed to it.
    fn inquiries_of(&self, claim: ClaimRef<'g>) -> Vec<StatementQuery<'g>> {
        let Some((modality, statement)) = self.commitment(claim).zip(claim.statement()) else {
            return Vec::new();
        };
        let asked = self.inquire(statement).without_roles().modality(modality);
        let figure = claim.quantity().filter(|_| claim.gives_figure());
        let figure = figure.map(|figure| asked.clone().quantity(figure.clone()));
        let implied = self.implied(statement.relation_id());
        let implied = implied.map(|(_, relation, swapped)| asked.clone().under(relation, swapped));
        [asked.clone()].into_iter().chain(figure).chain(implied).collect()
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns what becomes of the answer in the view without the source, given the claims that back it and on how many
    /// sources it stands.
    fn without(
        &self,
        source: EntityId,
        left: &View<'g>,
        backing: &[ClaimId],
        before: &Independence<'g>,
    ) -> Consequence<'g> {
        let left = self.asked_of(left.clone());
        let kept = left.counted_support();
        let stay = |claim: &ClaimRef<'g>| kept.contains_key(&claim.id());
        let supporters = before.supporters.iter().copied().filter(stay).collect();
        let after =
            Independence::of(left.view, before.known.clone(), supporters, Vec::new(), false)
                .count();
        let lost = backing.iter().copied().filter(|claim| !kept.contains_key(claim)).collect();
        let lost = LostClaims::of(lost);
        let inquiry = Arc::new(self.clone());
        Consequence { inquiry, source, lost, before: before.count(), after }
    }
}
