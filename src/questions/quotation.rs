//! Speakers that are quoted in their own words.

use crate::graph::claim_ref::ClaimRef;
use crate::view::View;
use crate::view::finding::Findings;

impl<'g> View<'g> {
    /// Returns the claims in which somebody is quoted in its own words, with speaker, span and, if the text is at
    /// hand, the words.
    pub fn quotations(&self) -> Findings<'g, ClaimRef<'g>> {
        let mut found: Vec<ClaimRef<'g>> =
            self.claims().filter(|claim| claim.is_quoted()).collect();
        self.graph.sort_findings(&mut found, |claim| claim.id());
        Findings::of(self, found)
    }
}
