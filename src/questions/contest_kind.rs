//! The ways in which a claim opposes something, or two claims oppose each other.

use crate::graph::claim_ref::ClaimRef;
use crate::model::value::stance::Stance;
use crate::model::value::word::words;

words! {
    /// The way in which a claim opposes something, or two claims oppose each other.
    #[non_exhaustive]
    ContestKind, "kind of contest" {
        /// It says that the fact is not so.
        FactDenied = "fact-denied" / "denies the fact",
        /// It says that a figure or a role is wrong ("not 3,000"), and leaves the rest.
        FacetDenied = "facet-denied" / "denies a part of it",
        /// It says that the fact is so, and the claim in question denies it.
        FactAsserted = "fact-asserted" / "says that it is so",
        /// It dismisses the claim without a word about the fact.
        ClaimDismissed = "claim-dismissed" / "dismisses the claim",
        /// It leaves open whether it is so.
        Doubted = "doubted" / "doubts it",
        /// The two figures cannot both hold at one time.
        FiguresApart = "figures-apart" / "the two figures cannot both be right at one time",
        /// The two times have no day in common, and it happened once.
        TimesApart = "times-apart" / "it happened once, and the two have no day in common",
        /// One time is wider than the other, or overlaps it. Both can be right.
        OtherPrecision = "other-precision" / "both can be right, on the days they have in common",
        /// The time is the same, and one speaker is surer of it than the other.
        OtherCertainty = "other-certainty" / "the time is the same, and one is surer of it",
    }
}

impl ContestKind {
    /// Returns how a claim opposes what it answers or denies; `None` if it does not.
    pub(crate) fn of(claim: ClaimRef<'_>) -> Option<Self> {
        match claim.stance() {
            Stance::Denies if claim.graph().is_particular(claim) => Some(ContestKind::FacetDenied),
            Stance::Denies => Some(ContestKind::FactDenied),
            Stance::Dismisses => Some(ContestKind::ClaimDismissed),
            Stance::Doubts => Some(ContestKind::Doubted),
            _ => None,
        }
    }

    /// Returns whether an answer of this stance opposes the claims that it answers.
    pub(crate) fn opposes(stance: Stance) -> bool {
        matches!(stance, Stance::Denies | Stance::Dismisses | Stance::Doubts)
    }

    /// Returns the figure or the time that the claim gives, in words: "Seoul says 3,000 soldiers".
    pub(crate) fn said_by(self, claim: ClaimRef<'_>) -> String {
        let period = claim.valid().map(|period| period.to_string());
        let said = match self {
            ContestKind::FiguresApart => claim.quantity().map(ToString::to_string),
            ContestKind::OtherCertainty => period.map(|p| format!("{p}, {}", claim.certainty())),
            _ => period,
        };
        let who = claim.speaker_name();
        let says = claim.graph().does(claim.speaker(), "says");
        said.map_or(who.to_owned(), |said| format!("{who} {says} {said}"))
    }

    /// Returns whether only one side can be right about the fact.
    pub fn is_conflict(self) -> bool {
        use ContestKind::*;
        !matches!(self, ClaimDismissed | Doubted | OtherPrecision | OtherCertainty)
    }
}
