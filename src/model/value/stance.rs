//! The closed words of a claim: stance, bearing, certainty, modality, polarity, prominence and basis.
//!
//! [`Stance`] is the one table that drives every question. Stances join FactBank's source-introducing predicates with the
//! verbal classes of PLOVER (`DEMAND`, `THREATEN`, `REJECT`); certainty is FactBank's `CT`, `PR`, `PS`, `Uu`;
//! modality is ERE's realis, refined by PLOVER's contexts.

use crate::model::value::word::words;

words! {
    /// The stance of a speaker: what it does with a statement or a claim.
    ///
    /// | stance | takes | commits | evidence | towards its target | joins |
    /// |---|---|---|---|---|---|
    /// | asserts, observes, estimates, assesses | statement | yes | yes | - | yes |
    /// | confirms | target, statement or both | yes | yes | supports | with own statement |
    /// | acknowledges | target, statement or both | yes | no | supports | with own statement |
    /// | presupposes | statement | yes | no | - | yes |
    /// | projects, speculates | statement | no | no | - | no |
    /// | denies | statement, perhaps a target | to its falsity | no | contests | no |
    /// | dismisses | targets | to nothing | no | contests | no |
    /// | doubts | target or statement | no | no | questions | no |
    /// | demands, calls for, threatens | statement | no | no | - | no |
    /// | revises | targets, perhaps a statement | yes | yes | revises | no |
    /// | retracts | own earlier claim | withdraws | no | withdraws | no |
    ///
    /// ```
    /// use claimgraph::Stance;
    /// assert!(Stance::Confirms.adds_evidence() && !Stance::Acknowledges.adds_evidence());
    /// assert!(Stance::Acknowledges.commits());
    /// assert!(!Stance::Denies.joins() && !Stance::Threatens.commits());
    /// ```
    Stance, "stance" {
        /// Says that the statement is true.
        Asserts = "asserts",
        /// Says so from what it saw or measured.
        Observes = "observes",
        /// Gives a figure or judgement of its own making.
        Estimates = "estimates",
        /// Rates something, with a [`Polarity`].
        Assesses = "assesses",
        /// Says that a claim or statement holds, from evidence of its own.
        Confirms = "confirms",
        /// Accepts it without adding evidence.
        Acknowledges = "acknowledges",
        /// Takes it for granted while saying something else.
        Presupposes = "presupposes",
        /// Expects that it will be so.
        Projects = "projects",
        /// Holds that it may be so.
        Speculates = "speculates",
        /// Says that the statement is false.
        Denies = "denies",
        /// Dismisses claims ("fake news") without a word about the facts.
        Dismisses = "dismisses",
        /// Leaves open whether it is so.
        Doubts = "doubts",
        /// Demands that somebody do it.
        Demands = "demands",
        /// Calls publicly for it to be done.
        CallsFor = "calls-for" / "calls for",
        /// Announces it as a consequence.
        Threatens = "threatens",
        /// Replaces a figure or period of an earlier claim.
        Revises = "revises",
        /// Takes back an earlier claim of its own.
        Retracts = "retracts",
    }
}

words! {
    /// The effect of an answer on the claims it answers.
    #[non_exhaustive]
    Bearing, "bearing" {
        /// Confirms or acknowledges.
        Supports = "supports",
        /// Denies or dismisses.
        Contests = "contests",
        /// Doubts.
        Questions = "questions",
        /// Revises.
        Revises = "revises",
        /// Retracts.
        Withdraws = "withdraws",
    }
}

impl Stance {
    /// Returns the word for a sentence: "asserts", "calls for".
    pub const fn word(self) -> &'static str {
        match self {
            Stance::CallsFor => "calls for",
            other => other.as_str(),
        }
    }

    /// Returns the word for a report of it: "asserted", "called for".
    pub const fn past(self) -> &'static str {
        use Stance::*;
        match self {
            Asserts => "asserted",
            Observes => "observed",
            Estimates => "estimated",
            Assesses => "assessed",
            Confirms => "confirmed",
            Acknowledges => "acknowledged",
            Presupposes => "presupposed",
            Projects => "projected",
            Speculates => "speculated",
            Denies => "denied",
            Dismisses => "dismissed",
            Doubts => "doubted",
            Demands => "demanded",
            CallsFor => "called for",
            Threatens => "threatened",
            Revises => "revised",
            Retracts => "retracted",
        }
    }

    /// Returns whether the speaker holds the statement to be true.
    pub const fn commits(self) -> bool {
        use Stance::*;
        matches!(
            self,
            Asserts
                | Observes
                | Estimates
                | Assesses
                | Confirms
                | Acknowledges
                | Presupposes
                | Revises
        )
    }

    /// Returns whether the speaker's word is evidence of its own.
    pub const fn adds_evidence(self) -> bool {
        self.commits() && !matches!(self, Stance::Acknowledges | Stance::Presupposes)
    }

    /// Returns whether an actual statement under this stance joins its subject and object in a view that does not
    /// filter by stance. A denial, dismissal, doubt or revision never joins them.
    pub const fn joins(self) -> bool {
        self.commits() && !matches!(self, Stance::Revises)
    }

    /// Returns its effect on the claims it answers, if it can answer any.
    pub const fn bearing(self) -> Option<Bearing> {
        use Stance::*;
        match self {
            Confirms | Acknowledges => Some(Bearing::Supports),
            Denies | Dismisses => Some(Bearing::Contests),
            Doubts => Some(Bearing::Questions),
            Revises => Some(Bearing::Revises),
            Retracts => Some(Bearing::Withdraws),
            _ => None,
        }
    }

    /// Returns whether a claim with this stance must answer at least one claim.
    pub const fn needs_target(self) -> bool {
        matches!(self, Stance::Dismisses | Stance::Revises | Stance::Retracts)
    }

    /// Returns whether a claim with this stance may carry a statement of its own.
    pub const fn takes_statement(self) -> bool {
        !matches!(self, Stance::Dismisses | Stance::Retracts)
    }

    /// Returns whether it asks somebody to act (a directive).
    pub const fn is_directive(self) -> bool {
        matches!(self, Stance::Demands | Stance::CallsFor)
    }

    /// Returns the certainty of a claim that gives none.
    pub const fn usual_certainty(self) -> Certainty {
        use Stance::*;
        match self {
            Estimates | Projects => Certainty::Probable,
            Speculates => Certainty::Possible,
            Doubts | Demands | CallsFor | Threatens => Certainty::Uncommitted,
            _ => Certainty::Certain,
        }
    }

    /// Returns the modality of a claim that gives none.
    pub const fn usual_modality(self) -> Modality {
        use Stance::*;
        match self {
            Projects => Modality::Expected,
            Demands | CallsFor => Modality::Desired,
            Threatens => Modality::Hypothetical,
            _ => Modality::Actual,
        }
    }

    /// Returns the prominence a claim has when none is given: a presupposed claim stays in the background.
    pub const fn usual_prominence(self) -> Prominence {
        match self {
            Stance::Presupposes => Prominence::Background,
            _ => Prominence::Main,
        }
    }
}

words! {
    /// The certainty of the innermost speaker (FactBank's axis, with the polarity in the stance).
    ///
    /// Ordered from the surest: `Certain < Probable < Possible < Uncommitted`.
    Certainty, "certainty" {
        /// FactBank `CT`.
        Certain = "certain",
        /// FactBank `PR`.
        Probable = "probable",
        /// FactBank `PS`.
        Possible = "possible",
        /// FactBank `Uu`: the speaker does not commit.
        Uncommitted = "uncommitted",
    }
}

words! {
    /// The reality of a statement: it is so, or it is only planned, wanted or imagined.
    Modality, "modality" {
        /// It happened or holds.
        Actual = "actual",
        /// It is planned.
        Planned = "planned",
        /// Somebody has committed to it.
        Committed = "committed",
        /// It is expected.
        Expected = "expected",
        /// It is wanted.
        Desired = "desired",
        /// It holds only under a condition, or in thought.
        Hypothetical = "hypothetical",
    }
}

words! {
    /// The sign of an assessment.
    Polarity, "polarity" {
        /// Praise.
        Positive = "positive",
        /// Blame.
        Negative = "negative",
        /// Both.
        Mixed = "mixed",
    }
}

words! {
    /// The weight of a claim in its document: its subject, or something mentioned in passing.
    Prominence, "prominence" {
        /// The document reports it.
        Main = "main",
        /// The document takes it for granted or mentions it in passing.
        Background = "background",
    }
}

words! {
    /// The origin of a part of a claim.
    Basis, "basis" {
        /// The text says it.
        Stated = "stated",
        /// The text has a word for it ("these forces"), and a reader chose what it refers to.
        Resolved = "resolved",
        /// The text leaves it out, and a reader fills it in by default.
        Implicit = "implicit",
        /// The analyst concluded it.
        Inferred = "inferred",
        /// Another reading of the text. An answer that rests on it is `Unknown`.
        Possible = "possible",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_fails_to_commit_adds_evidence_or_joins() {
        for &stance in Stance::ALL {
            assert!(stance.commits() || (!stance.adds_evidence() && !stance.joins()), "{stance}");
            assert!(stance.takes_statement() || stance.needs_target(), "{stance}");
        }
    }
}
