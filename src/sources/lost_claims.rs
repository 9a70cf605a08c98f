//! The claims that no longer back a statement without a source. A long lineage is shared by the sources on it.

use crate::graph::ClaimGraph;
use crate::model::id::ClaimId;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The claims of speakers with a lineage: those who fall with one source stand together.
#[derive(Debug, Default)]
pub(crate) struct ByLineage {
    claims: Vec<ClaimId>,
    /// How many claims before each place are evidence.
    evidence: Vec<usize>,
}

impl ByLineage {
    pub(crate) fn of(claims: Vec<ClaimId>, is_evidence: impl Fn(ClaimId) -> bool) -> Self {
        let mut count = 0;
        let counted = claims.iter().map(|&claim| {
            count += usize::from(is_evidence(claim));
            count
        });
        let evidence = std::iter::once(0).chain(counted).collect();
        Self { claims, evidence }
    }
}

/// The claims that are lost without a source, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct LostClaims {
    /// Claims in the order of findings.
    own: Vec<ClaimId>,
    all: Arc<ByLineage>,
    /// The place in `all` of those whose speakers fall with the source.
    falling: Range<usize>,
    ordered: OnceLock<Vec<ClaimId>>,
}

impl LostClaims {
    /// Makes the list of these claims, given in the order of findings.
    pub(crate) fn of(own: Vec<ClaimId>) -> Self {
        Self { own, ..Self::default() }
    }

    /// Makes the list of these claims, and of those at these places.
    pub(crate) fn with_falling(
        own: Vec<ClaimId>,
        all: &Arc<ByLineage>,
        falling: Range<usize>,
    ) -> Self {
        Self { own, all: all.clone(), falling, ordered: OnceLock::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.own.len() + self.falling.len()
    }

    /// Returns the claims that are lost for another reason than the lineage of their speakers.
    pub(crate) fn own(&self) -> &[ClaimId] {
        &self.own
    }

    /// Returns the first claim that is evidence and whose speaker falls with the source, and how many such claims there
    /// are.
    pub(crate) fn falling_evidence(&self) -> Option<(ClaimId, usize)> {
        let evidence = &self.all.evidence;
        let (before, through) =
            (*evidence.get(self.falling.start)?, *evidence.get(self.falling.end)?);
        let first = evidence.partition_point(|&count| count <= before).checked_sub(1)?;
        let claim = self.all.claims.get(first)?;
        (through > before).then_some((*claim, through - before))
    }

    /// Returns the claims in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ClaimId> {
        let falling = self.all.claims.get(self.falling.clone()).unwrap_or_default();
        self.own.iter().chain(falling).copied()
    }

    /// Returns the claims in the order of findings.
    pub(crate) fn in_order(&self, graph: &ClaimGraph) -> &[ClaimId] {
        if self.falling.is_empty() {
            return &self.own;
        }
        self.ordered.get_or_init(|| {
            let mut ordered: Vec<ClaimId> = self.iter().collect();
            graph.sort_findings(&mut ordered, |&id| id);
            ordered
        })
    }
}
