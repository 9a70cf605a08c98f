//! Which claims plain ones answer: those that are listed, beside those that say by their marks that they answer.

use crate::files::snapshot::bit_set::Places;
use crate::files::snapshot::row_rules::wrong;
use crate::files::snapshot::section::{InSection, TARGETS};
use crate::model::id::ClaimId;
use crate::store::response_index::Pair;

/// What is wrong with a claim that answers, and is not where it should be.
const OUT_OF_PLACE: &str = "it answers a single claim, and does not stand in its place";

/// Plain claims that answer one, and which.
pub(super) struct Answers {
    targets: Vec<Pair>,
    /// Claims that are listed and were not met.
    to_meet: Places,
}

impl Answers {
    /// Those listed, in order of the answering claims. All are below this number of claims.
    pub(super) fn of(targets: Vec<Pair>, claims: usize) -> InSection<Self> {
        let mut to_meet = Places::below(claims);
        let mut before = None;
        for &(by, target) in &targets {
            if before.replace(by).is_some_and(|before| before >= by) {
                return wrong(TARGETS, by, OUT_OF_PLACE);
            }
            if target >= by {
                return wrong(TARGETS, by, "it answers a claim that comes after it");
            }
            to_meet.add(by.index());
        }
        Ok(Self { targets, to_meet })
    }

    /// Meets a plain claim that says that it answers one.
    #[inline]
    pub(super) fn meet(&mut self, claim: ClaimId) -> InSection<()> {
        match self.to_meet.take(claim.index()) {
            true => Ok(()),
            false => wrong(TARGETS, claim, OUT_OF_PLACE),
        }
    }

    /// All of them, if each was met.
    pub(super) fn finish(self) -> InSection<Vec<Pair>> {
        match self.to_meet.first().and_then(ClaimId::nth) {
            None => Ok(self.targets),
            Some(claim) => wrong(TARGETS, claim, "it is not one that answers a single claim"),
        }
    }
}
