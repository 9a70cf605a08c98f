//! Ablation: what falls when a source is left out, and which sources carry an answer.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId, LineageId};
use crate::questions::statement::StatementQuery;
use crate::sources::facet::Facet;
use crate::sources::independence::Independence;
use crate::view::View;
use crate::view::finding::{Finding, Findings, counted};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use indexmap::{IndexMap, IndexSet};
use std::fmt;

/// An answer that is other without a source: on how many independent sources it stands with and without.
#[derive(Clone, Debug)]
pub struct Consequence<'g> {
    claim: ClaimRef<'g>,
    inquiry: StatementQuery<'g>,
    facet: Facet,
    before: Independence<'g>,
    after: Independence<'g>,
}

impl<'g> Consequence<'g> {
    /// Returns the question, as asked of the view with the source.
    pub fn inquiry(&self) -> &StatementQuery<'g> {
        &self.inquiry
    }

    /// Returns which part of what the claim says is asked about.
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// Returns the independence with the source.
    pub fn before(&self) -> &Independence<'g> {
        &self.before
    }

    /// Returns the independence without the source.
    pub fn after(&self) -> &Independence<'g> {
        &self.after
    }

    /// Returns whether no evidence is left at all.
    pub fn falls(&self) -> bool {
        self.before.count() > 0 && self.after.count() == 0
    }
}

impl Finding for Consequence<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let others = self.before.claims().iter().copied().filter(|&claim| claim != self.claim.id());
        std::iter::once(self.claim.id()).chain(others).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_lineages(self.before.proof().lineages());
    }
}

json_form!(Consequence<'_>, |it| {
    question: it.inquiry.to_string(),
    claim: it.claim,
    facet: it.facet,
    before: it.before,
    after: it.after,
});

/// "North Korea is present in Russia: 2 independent sources, then 1".
impl fmt::Display for Consequence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (self.before.count(), self.after.count());
        write!(f, "{}: {}, then ", self.inquiry, counted(before, "independent source"))?;
        if after == 0 { f.write_str("none") } else { write!(f, "{after}") }
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
}

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

    /// Returns claims of others that stay, and answer, mention or were drawn from what falls.
    pub fn resting(&self) -> &Findings<'g, ClaimRef<'g>> {
        &self.resting
    }

    /// Returns the answers that change without it: for what the fallen claims say, the relation between the
    /// parties, each relation that implies, and the figure. Those that fall come first, then those that lose
    /// most.
    pub fn answers(&self) -> &Findings<'g, Consequence<'g>> {
        &self.answers
    }

    /// Returns the claims that fall.
    pub fn claims(&self) -> Vec<ClaimId> {
        self.fallen.claims()
    }

    /// Returns the claims that fall, and the lineage by which they do.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = self.fallen.proof();
        let steps =
            self.fallen.iter().filter_map(|&claim| self.view.descent(claim)).flat_map(|d| d.steps);
        proof.add_lineages(steps.map(|(_, _, lineage)| lineage));
        proof
    }
}

json_form!(Ablation<'_>, |it| {
    source: it.view.graph.key_of(it.source),
    fallen: it.fallen,
    resting: it.resting,
    answers: it.answers,
});

impl fmt::Display for Ablation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.view.graph.name_of(self.source);
        let (fallen, resting) = (counted(self.fallen.len(), "claim"), self.resting.len());
        writeln!(f, "Without {name}: {fallen} lost, {resting} more depend on them")?;
        write!(f, "{}", self.answers)
    }
}

/// A source of an answer, and what is left of the answer without it.
#[derive(Clone, Debug)]
pub struct CriticalSource<'g> {
    graph: &'g ClaimGraph,
    source: EntityId,
    lost: Vec<ClaimId>,
    backing: usize,
    before: usize,
    after: usize,
    lineages: IndexSet<LineageId>,
}

impl CriticalSource<'_> {
    /// Returns the source.
    pub fn source(&self) -> EntityId {
        self.source
    }

    /// Returns the claims that no longer back the statement, in the order of questions.
    pub fn lost(&self) -> &[ClaimId] {
        &self.lost
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
    pub fn is_decisive(&self) -> bool {
        self.before > 0 && self.after == 0
    }
}

impl Finding for CriticalSource<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.lost.clone()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_lineages(self.lineages.iter().copied());
    }
}

json_form!(CriticalSource<'_>, |it| {
    source: it.graph.key_of(it.source),
    lost: it.graph.keyed(&it.lost),
    before: it.before,
    after: it.after,
});

/// "National Intelligence Service: 3 of 5 claims fall, 2 independent sources become 1".
impl fmt::Display for CriticalSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, lost) = (self.graph.name_of(self.source), self.lost.len());
        let sources = counted(self.before, "independent source");
        write!(f, "{name}: {lost} of {} claims fall, {sources} ", self.backing)?;
        match (self.before == self.after, self.after) {
            (true, _) => f.write_str("as before"),
            (false, 0) => f.write_str("and with it the answer"),
            (false, after) => write!(f, "become {after}"),
        }
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
    ///     "North Korea deploys to Russia: 1 independent source, then none",
    ///     "North Korea deploys to Russia: 3,000 soldiers: 1 independent source, then none",
    ///     "North Korea is present in Russia: 2 independent sources, then 1",
    /// ]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn ablate(&self, source: impl Into<EntityId>) -> Ablation<'g> {
        let source = source.into();
        let graph = self.graph;
        let mut fallen: Vec<ClaimRef<'g>> =
            self.claims().filter(|&claim| self.comes_from_any(claim, &[source])).collect();
        graph.sort_findings(&mut fallen, |claim| claim.id());
        let left = self.clone().excluding_source(source);
        let mut resting: IndexSet<ClaimId> = IndexSet::new();
        let mut answers: IndexMap<String, Consequence<'g>> = IndexMap::new();
        for &claim in &fallen {
            resting.extend(
                self.downstream_of(claim.id()).claims().into_iter().filter(|&id| left.contains(id)),
            );
            for (facet, inquiry) in self.inquiries_of(claim) {
                // In words it is the same question for the same entities; names may be shared, keys are not.
                let name = inquiry.key();
                if answers.contains_key(&name) {
                    continue;
                }
                let (before, after) =
                    (inquiry.independence(), inquiry.asked_of(left.clone()).independence());
                if before.count() > after.count() {
                    answers.insert(name, Consequence { claim, inquiry, facet, before, after });
                }
            }
        }
        let mut resting: Vec<ClaimRef<'g>> =
            resting.into_iter().filter_map(|id| ClaimRef::new(graph, id)).collect();
        graph.sort_findings(&mut resting, |claim| claim.id());
        let mut answers: Vec<Consequence<'g>> = answers.into_values().collect();
        // Stable: of equal weight, those of earlier claims come first.
        answers
            .sort_by_key(|c| (!c.falls(), std::cmp::Reverse(c.before.count() - c.after.count())));
        let (fallen, resting) = (Findings::of(self, fallen), Findings::of(self, resting));
        Ablation {
            view: self.clone(),
            source,
            fallen,
            resting,
            answers: Findings::of(self, answers),
        }
    }

    /// Returns the questions that a claim answers, if its speaker is committed to it.
    fn inquiries_of(&self, claim: ClaimRef<'g>) -> Vec<(Facet, StatementQuery<'g>)> {
        let Some((modality, statement)) = self.commitment(claim).zip(claim.statement()) else {
            return Vec::new();
        };
        let asked = self.inquire(statement).without_roles().modality(modality);
        let mut found = vec![(Facet::Participants, asked.clone())];
        if let Some(quantity) = claim.quantity().filter(|_| claim.gives_figure()) {
            found.push((Facet::Quantity, asked.clone().quantity(quantity.clone())));
        }
        found.extend(
            self.implied(statement.relation_id())
                .map(|(facet, relation, swapped)| (facet, asked.clone().under(relation, swapped))),
        );
        found
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns the sources that carry the answer: for each whose leaving out loses a claim, what is lost, and
    /// on how many independent sources it then stands. Those with which the answer falls come first, then by
    /// what independence and what backing is lost; of equal ones the first by key.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::Lineage, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (park, nis) = (graph.add(Person, "park")?, graph.add(Agency, "nis")?);
    /// let austin = graph.add(Person, "austin")?;
    /// for who in [park.id(), nis.id(), austin.id()] {
    ///     graph.insert(Claim::by(who).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// }
    /// graph.add_lineage(Lineage::new(park, nis))?;
    /// let critical = graph.statement(nk, DEPLOYS_TO, russia).critical_sources();
    /// let ranked: Vec<_> = critical.iter().map(|c| (c.source(), c.lost().len(), c.before(), c.after())).collect();
    /// assert_eq!(ranked, [(nis.id(), 2, 2, 1), (austin.id(), 1, 2, 1), (park.id(), 1, 2, 2)]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn critical_sources(&self) -> Findings<'g, CriticalSource<'g>> {
        let graph = self.view.graph;
        let backing = self.backing();
        let before = self.independence().count();
        let known: Vec<ClaimRef<'g>> = backing
            .iter()
            .map(|b| b.claim())
            .filter(|claim| claim.stance().adds_evidence())
            .collect();
        // By source, the claims that fall with it, and the lineage by which.
        let mut falling: IndexMap<EntityId, (IndexSet<ClaimId>, IndexSet<LineageId>)> =
            IndexMap::new();
        for claim in backing.iter().map(|backing| backing.claim()) {
            let steps = self.view.descent(claim).map(|descent| descent.steps).unwrap_or_default();
            let chain = claim.chain().iter().filter_map(|link| link.source);
            let sources: IndexSet<EntityId> =
                chain.chain(steps.iter().map(|(_, source, _)| *source)).collect();
            for source in
                sources.into_iter().filter(|&source| self.view.comes_from_any(claim, &[source]))
            {
                let (claims, lineages) = falling.entry(source).or_default();
                claims.insert(claim.id());
                lineages.extend(steps.iter().map(|(_, _, lineage)| *lineage));
            }
        }
        let mut found: Vec<CriticalSource<'g>> = Vec::new();
        for (source, (falls, lineages)) in falling {
            let mut kept: IndexSet<ClaimId> = IndexSet::new();
            let mut in_order: Vec<_> = backing.iter().collect();
            // What answers a claim comes after it.
            in_order.sort_by_key(|backing| backing.claim().id());
            for backing in
                in_order.into_iter().filter(|backing| !falls.contains(&backing.claim().id()))
            {
                let claim = backing.claim();
                let carried = backing.via().is_empty()
                    || claim
                        .targets()
                        .any(|(t, _)| kept.contains(&t) && claim.responds_to(t).is_yes());
                if carried {
                    kept.insert(claim.id());
                }
            }
            let lost = backing.claims().into_iter().filter(|claim| !kept.contains(claim)).collect();
            let of =
                |claim: &ClaimRef<'g>| claim.stance().adds_evidence() && kept.contains(&claim.id());
            let left = known.iter().copied().filter(of).collect();
            let after = Independence::of(
                self.view.clone().excluding_source(source),
                known.clone(),
                left,
                false,
            )
            .count();
            let backing = backing.len();
            found.push(CriticalSource { graph, source, lost, backing, before, after, lineages });
        }
        found.sort_by_key(|c| {
            let loses = (c.before.saturating_sub(c.after), c.lost.len());
            (!c.is_decisive(), std::cmp::Reverse(loses), graph.key_of(c.source))
        });
        Findings::of(&self.view, found)
    }
}
