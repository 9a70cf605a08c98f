//! Sides: decides the side that a claim takes, and counts the sides that a speaker took.

use crate::keys::claim_key;
use claimgraph::claim::{Certainty, Polarity};
use claimgraph::{ClaimId, ClaimRef, Date, Finding, Stance};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// The side that a speaker takes on an issue: the three values of stance detection, and of a roll call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Says so, confirms it, wants it, praises it; yes.
    For,
    /// Denies it, dismisses the claim that says so, blames it; no.
    Against,
    /// Leaves it open: doubts it, holds it possible, praises and blames; abstention.
    Neutral,
}

impl Side {
    /// Every value, in the order of declaration.
    pub const ALL: &[Side] = &[Side::For, Side::Against, Side::Neutral];

    /// Returns the side that a claim takes on what it speaks of; `None` if it takes none (a threat, a
    /// retraction).
    ///
    /// | stance | side |
    /// |---|---|
    /// | asserts, observes, estimates, confirms, acknowledges, presupposes, revises, projects | for; neutral if the speaker is less than probably sure |
    /// | demands, calls for | for |
    /// | assesses | by its polarity; mixed is neutral |
    /// | denies, dismisses | against; neutral if the speaker is less than probably sure |
    /// | doubts, speculates | neutral |
    /// | threatens, retracts | none |
    pub fn of(claim: ClaimRef<'_>) -> Option<Self> {
        use Stance::*;
        let side = match claim.stance() {
            Demands | CallsFor => return Some(Side::For),
            Doubts | Speculates => return Some(Side::Neutral),
            Threatens | Retracts => return None,
            Denies | Dismisses => Side::Against,
            Assesses => match claim.polarity() {
                Some(Polarity::Negative) => Side::Against,
                Some(Polarity::Mixed) => Side::Neutral,
                _ => Side::For,
            },
            _ => Side::For,
        };
        Some(if claim.certainty() <= Certainty::Probable { side } else { Side::Neutral })
    }

    /// Returns the word used in sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Side::For => "for",
            Side::Against => "against",
            Side::Neutral => "neutral",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A side that a speaker took, with the claim by which it did.
///
/// The JSON has the `day`, the `side`, and the key of the `claim`.
#[derive(Clone, Copy, Debug)]
pub struct SideTaken<'g> {
    claim: ClaimRef<'g>,
    side: Side,
    day: Date,
}

impl<'g> SideTaken<'g> {
    pub(crate) fn new(claim: ClaimRef<'g>, side: Side, day: Date) -> Self {
        Self { claim, side, day }
    }

    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the side.
    pub fn side(&self) -> Side {
        self.side
    }

    /// Returns the day of the utterance, or the day of the report if the former is not known.
    pub fn day(&self) -> Date {
        self.day
    }
}

impl Finding for SideTaken<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        // A dismissal takes its side on the claims it answers.
        let answered = self.claim.targets().filter(|_| self.claim.statement().is_none());
        let mut claims: Vec<ClaimId> = answered.map(|(target, _)| target).collect();
        self.claim.graph().sort_findings(&mut claims, |&id| id);
        claims.insert(0, self.claim.id());
        claims
    }
}

/// "2024-10-24 against: Russia dismissed ...".
impl fmt::Display for SideTaken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.day, self.side, self.claim)
    }
}

impl Serialize for SideTaken<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SideTaken", 3)?;
        fields.serialize_field("day", &self.day.to_string())?;
        fields.serialize_field("side", &self.side)?;
        fields.serialize_field("claim", &claim_key(self.claim.graph(), self.claim.id()))?;
        fields.end()
    }
}

/// The numbers of issues on which a speaker is for, against and neutral. The JSON has a number for each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct SideCounts {
    /// For.
    #[serde(rename = "for")]
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

    /// Returns on how many issues any side was taken.
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
