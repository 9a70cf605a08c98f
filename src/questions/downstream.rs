//! Claims that rest on a claim: its answers, the claims that mention it, the claims drawn from it.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::vocabulary::base::RESTS_ON;
use crate::view::View;
use crate::view::finding::Findings;
use indexmap::IndexSet;

impl<'g> View<'g> {
    /// Returns the claims that rest on a claim: claims that answer it, mention it, or are linked to it as drawn from
    /// it, and the claims that rest on those. The claim itself is not among them.
    pub fn downstream_of(&self, claim: ClaimId) -> Findings<'g, ClaimRef<'g>> {
        let (ledger, mut found, mut next) = (&self.graph.ledger, IndexSet::from([claim]), 0);
        while let Some(&id) = found.get_index(next) {
            next += 1;
            let drawn = ClaimRef::new(self.graph, id).into_iter();
            let drawn = drawn.flat_map(|claim| claim.linked_from(RESTS_ON));
            let resting = ledger.answers(id).into_iter().chain(ledger.mentions(id).iter().copied());
            found.extend(resting.chain(drawn).filter(|&id| self.contains(id)));
        }
        let resting = found.into_iter().skip(1).filter_map(|id| self.get(id));
        Findings::sorted(self, resting, |claim| claim.id()).beside(vec![claim], Vec::new())
    }
}
