//! Claims that rest on a claim: its answers, the claims that mention it, the claims drawn from it.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::reached::reached;
use crate::model::vocabulary::base::RESTS_ON;
use crate::view::View;
use crate::view::finding::Findings;
use indexmap::IndexSet;

impl<'g> View<'g> {
    /// Returns the claims that rest on a claim: claims that answer it, mention it, or are linked to it as drawn from
    /// it, and the claims that rest on those. The claim itself is not among them.
    pub fn downstream_of(&self, claim: ClaimId) -> Findings<'g, ClaimRef<'g>> {
        let resting = self.resting_on([claim]).into_iter();
        let resting = resting.filter(|&id| id != claim).filter_map(|id| self.get(id));
        Findings::sorted(self, resting, |claim| claim.id()).beside(vec![claim], Vec::new())
    }

    /// Returns the claims of the view that rest on one of these, in no order. These are among them only if they rest on
    /// others of them.
    pub(crate) fn resting_on(
        &self,
        claims: impl IntoIterator<Item = ClaimId>,
    ) -> IndexSet<ClaimId> {
        let ledger = &self.graph.ledger;
        let onward = |id| {
            let drawn = ClaimRef::new(self.graph, id).into_iter();
            let drawn = drawn.flat_map(|claim| self.linked_from(claim, RESTS_ON));
            let resting = ledger.answers(id).into_iter().chain(ledger.mentions(id).iter().copied());
            resting.chain(drawn).filter(|&id| self.contains(id)).collect::<Vec<_>>()
        };
        let first: IndexSet<ClaimId> = claims.into_iter().collect();
        reached(first.iter().flat_map(|&id| onward(id)), onward)
    }
}
