//! Sides that were taken, one by one and counted.

use crate::agreement::matter::Side;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::time::day::Day;
use crate::view::finding::Finding;
use jiff::civil::Date;
use std::fmt;

/// A side that a speaker took, and the claim by which he did.
#[derive(Clone, Copy, Debug)]
pub struct SideTaken<'g> {
    claim: ClaimRef<'g>,
    side: Side,
    day: Day,
}

impl<'g> SideTaken<'g> {
    pub(crate) fn new(claim: ClaimRef<'g>, side: Side, day: Day) -> Self {
        Self { claim, side, day }
    }

    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// The side.
    pub fn side(&self) -> Side {
        self.side
    }

    /// The day of the utterance, or of the report where that is not known.
    pub fn day(&self) -> Date {
        self.day.date()
    }
}

impl Finding for SideTaken<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        // A dismissal takes its side on what it answers.
        let answered = self.claim.targets().filter(|_| self.claim.statement().is_none());
        let mut answered: Vec<ClaimId> = answered.map(|(target, _)| target).collect();
        self.claim.graph().sort_findings(&mut answered, |&id| id);
        answered.insert(0, self.claim.id());
        answered
    }
}

/// "2024-10-24 against: Russia dismissed ...".
impl fmt::Display for SideTaken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.day(), self.side, self.claim)
    }
}

/// How many matters somebody is for, against and neutral on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub struct SideCounts {
    /// For.
    pub for_it: usize,
    /// Against.
    pub against: usize,
    /// Neutral.
    pub neutral: usize,
    /// Two sides on the last day.
    pub unclear: usize,
}

impl SideCounts {
    pub(crate) fn count(&mut self, side: Option<Side>) {
        let counter = match side {
            Some(Side::For) => &mut self.for_it,
            Some(Side::Against) => &mut self.against,
            Some(Side::Neutral) => &mut self.neutral,
            None => &mut self.unclear,
        };
        *counter += 1;
    }

    /// On how many matters any side was taken.
    pub fn total(self) -> usize {
        self.for_it + self.against + self.neutral + self.unclear
    }
}

impl fmt::Display for SideCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for, {} against, {} neutral", self.for_it, self.against, self.neutral)?;
        if self.unclear == 0 { Ok(()) } else { write!(f, ", {} unclear", self.unclear) }
    }
}
