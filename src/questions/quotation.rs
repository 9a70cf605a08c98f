//! Claims with a quotation.

use crate::graph::claim_ref::ClaimRef;
use crate::view::View;
use crate::view::finding::Findings;

impl<'g> View<'g> {
    /// Returns the claims in which a speaker is quoted directly, each with the speaker and the span. If the text is
    /// attached, the claim has the words too.
    pub fn quotations(&self) -> Findings<'g, ClaimRef<'g>> {
        Findings::sorted(self, self.claims().filter(|claim| claim.is_quoted()), |claim| claim.id())
    }
}
