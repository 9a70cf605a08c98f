//! Speakers that are quoted in their own words.

use crate::graph::claim_ref::ClaimRef;
use crate::view::View;
use crate::view::finding::Findings;

impl<'g> View<'g> {
    /// Returns the claims in which somebody is quoted in its own words, with speaker, span and, if the text is at
    /// hand, the words.
    pub fn quotations(&self) -> Findings<'g, ClaimRef<'g>> {
        Findings::sorted(self, self.claims().filter(|claim| claim.is_quoted()), |claim| claim.id())
    }
}
