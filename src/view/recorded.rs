//! The part of a filter that asks who put something on record, when, and what reviewers decided.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::entity_ref::EntityRef;
use crate::model::batch::Batch;
use crate::model::id::ClaimId;
use crate::model::review::{Decision, Review};
use crate::model::vocabulary::relation::Role;
use crate::model::vocabulary::slot::AnyClaim;
use crate::store::stored_claim::HeldLink;
use crate::view::View;
use jiff::Timestamp;

/// The part of a filter that asks for batches and reviews.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Recorded {
    /// The agents of the batches that count; any if there are none.
    pub(crate) by: Vec<String>,
    pub(crate) as_of: Option<Timestamp>,
    pub(crate) accepted: bool,
    pub(crate) without_rejected: bool,
}

impl Recorded {
    /// Returns whether it asks for anything.
    pub(crate) fn asks(&self) -> bool {
        self.as_of.is_some() || self.accepted || self.without_rejected || !self.by.is_empty()
    }

    /// Returns whether something of this batch was on record at the instant. If it has no batch, it always was.
    pub(crate) fn had<'g>(&self, batch: impl FnOnce() -> Option<&'g Batch>) -> bool {
        let Some(instant) = self.as_of else { return true };
        batch().and_then(Batch::instant).is_none_or(|since| since <= instant)
    }
}

impl<'g> View<'g> {
    /// Narrows the view to claims of batches of this person or tool, by its name. Claims that belong to no batch are left
    /// out.
    ///
    /// Like a filter by speaker, it is one of claims: affiliations and lineage that others put on record still count.
    #[must_use]
    pub fn recorded_by(mut self, agent: impl Into<String>) -> Self {
        self.sieve.recorded.by.push(agent.into());
        Self::through(self.graph, self.sieve)
    }

    /// Narrows the view to what was in the graph at that instant: claims, affiliations, lineage, links and reviews.
    /// An item that belongs to no batch was always there.
    ///
    /// [`as_of`](Self::as_of) asks when something was reported; this asks when it was put into the graph. A derived figure
    /// is there with its claim. Nodes of petgraph's traits are all entities; [`entities`](Self::entities) lists those of
    /// the instant.
    #[must_use]
    pub fn recorded_as_of(mut self, instant: Timestamp) -> Self {
        self.sieve.recorded.as_of = Some(instant);
        Self::through(self.graph, self.sieve)
    }

    /// Narrows the view to claims that were accepted in their latest [review](crate::ClaimGraph::review).
    #[must_use]
    pub fn reviewed(mut self) -> Self {
        self.sieve.recorded.accepted = true;
        Self::through(self.graph, self.sieve)
    }

    /// Leaves out claims that were rejected in their latest [review](crate::ClaimGraph::review).
    #[must_use]
    pub fn without_rejected(mut self) -> Self {
        self.sieve.recorded.without_rejected = true;
        Self::through(self.graph, self.sieve)
    }

    /// Returns the entities that were in the graph at the instant of [`recorded_as_of`](Self::recorded_as_of), in order of
    /// insertion. Without that filter, these are all entities.
    pub fn entities(&self) -> impl Iterator<Item = EntityRef<'g>> {
        self.graph.entities().filter(|entity| self.sieve.recorded.had(|| entity.batch()))
    }

    /// Returns whether a link was in the graph at the instant of the view.
    fn had_link(&self, link: &HeldLink) -> bool {
        self.sieve.recorded.had(|| self.graph.batch_of_link(link))
    }

    /// Returns the claims that stand in this role, given with the claim or by a link that the view knows.
    pub(crate) fn linked(
        &self,
        claim: ClaimRef<'g>,
        role: Role<AnyClaim>,
    ) -> impl Iterator<Item = ClaimId> {
        claim.linked_by(role, |link| self.had_link(link))
    }

    /// Returns the claims that have this one in the role, by themselves or by a link that the view knows.
    pub(crate) fn linked_from(
        &self,
        claim: ClaimRef<'g>,
        role: Role<AnyClaim>,
    ) -> impl Iterator<Item = ClaimId> {
        claim.linked_from_by(role, |link| self.had_link(link))
    }

    /// Returns the latest decision on a claim, as far as this view knows.
    fn decided(&self, claim: ClaimRef<'g>) -> Option<Decision> {
        let as_of = self.sieve.recorded.as_of;
        let is_known = |review: &&Review| as_of.is_none() || review.instant() <= as_of;
        claim.reviews().rev().find(is_known).map(Review::decision)
    }

    /// Returns whether the claim was in the graph at the instant of the view, and reviewed as the view asks.
    pub(crate) fn was_recorded(&self, claim: ClaimRef<'g>) -> bool {
        let recorded = &self.sieve.recorded;
        recorded.had(|| claim.batch())
            && (!recorded.accepted || self.decided(claim) == Some(Decision::Accepted))
            && (!recorded.without_rejected || self.decided(claim) != Some(Decision::Rejected))
    }

    /// Returns whether an agent of the filter put the claim on record.
    pub(crate) fn is_recorded_by(&self, claim: ClaimRef<'g>) -> bool {
        let by = &self.sieve.recorded.by;
        by.is_empty()
            || claim.batch().is_some_and(|batch| by.iter().any(|agent| agent == batch.agent()))
    }
}
