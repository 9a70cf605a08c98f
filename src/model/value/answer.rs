//! Three-valued answers: yes, no, unknown. Questions about time, figures, assertion, contests and answers to claims use
//! them.

use crate::model::value::word::words;

words! {
    /// Yes, no, or unknown. Of time: *certain, impossible, possible*.
    ///
    /// ```
    /// use claimgraph::{Answer, Quantity};
    /// let dead = Quantity::more_than(600_000, "casualties");
    /// assert_eq!(dead.at_least(500_000), Answer::Yes);
    /// assert_eq!(dead.at_least(650_000), Answer::Unknown);
    /// assert_eq!(dead.at_most(600_000), Answer::No);
    /// ```
    Answer, "answer" {
        /// It cannot be so.
        No = "no",
        /// It may be so.
        Unknown = "unknown",
        /// It is so.
        Yes = "yes",
    }
}

impl Answer {
    /// Returns `Yes` if `yes` holds, else `No` if `no` holds, else `Unknown`.
    pub(crate) fn of(yes: bool, no: bool) -> Self {
        match (yes, no) {
            (true, _) => Answer::Yes,
            (false, true) => Answer::No,
            (false, false) => Answer::Unknown,
        }
    }

    /// Returns whether it is `Yes`.
    pub fn is_yes(self) -> bool {
        self == Answer::Yes
    }

    /// Returns whether it is `No`.
    pub fn is_no(self) -> bool {
        self == Answer::No
    }

    /// Returns whether it may be so: `Yes` or `Unknown`.
    pub fn is_possible(self) -> bool {
        self != Answer::No
    }

    /// Returns "perhaps ", for a sentence, unless it is `Yes`.
    pub(crate) fn perhaps(self) -> &'static str {
        if self.is_yes() { "" } else { "perhaps " }
    }

    /// Returns the weaker of the two (Kleene's strong conjunction).
    ///
    /// ```
    /// use claimgraph::Answer::{No, Unknown, Yes};
    /// assert_eq!(Yes.and(Unknown), Unknown);
    /// assert_eq!(Unknown.and(No), No);
    /// ```
    pub fn and(self, other: Answer) -> Answer {
        self.min(other)
    }
}

/// Returns the opposite. Unknown stays unknown.
impl std::ops::Not for Answer {
    type Output = Answer;

    fn not(self) -> Answer {
        match self {
            Answer::Yes => Answer::No,
            Answer::No => Answer::Yes,
            Answer::Unknown => Answer::Unknown,
        }
    }
}
