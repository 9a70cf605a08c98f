//! A review: somebody's decision on whether a claim is encoded as it should be. Programs make it and hand it to the
//! graph.

use crate::model::batch::check_agent;
use crate::model::error::{Error, FieldPath};
use crate::model::value::word::words;
use jiff::Timestamp;

words! {
    /// The decision of a reviewer. Of two decisions at the same instant, the later one in this list counts.
    Decision, "decision" {
        /// The claim is put up for review.
        Proposed = "proposed",
        /// The claim stands.
        Accepted = "accepted",
        /// The claim should not have been put on record so.
        Rejected = "rejected",
    }
}

/// A decision on a claim, the agent that made it, the instant, and a note.
///
/// ```
/// use claimgraph::record::{Decision, Review};
/// let at = "2024-10-25T09:00:00Z".parse().unwrap();
/// let review = Review::rejected().by("editor").at(at).noted("the text has a question mark");
/// assert_eq!((review.decision(), review.agent(), review.instant()), (Decision::Rejected, "editor", Some(at)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Review {
    // In this order reviews are sorted: the last one counts.
    pub(crate) at: Option<Timestamp>,
    pub(crate) decision: Decision,
    pub(crate) by: String,
    pub(crate) note: Option<String>,
}

impl Review {
    /// Creates a review with this decision.
    pub fn new(decision: Decision) -> Self {
        Self { at: None, decision, by: String::new(), note: None }
    }

    /// Creates a review that puts the claim up for a decision.
    pub fn proposed() -> Self {
        Self::new(Decision::Proposed)
    }

    /// Creates a review that accepts the claim.
    pub fn accepted() -> Self {
        Self::new(Decision::Accepted)
    }

    /// Creates a review that rejects the claim.
    pub fn rejected() -> Self {
        Self::new(Decision::Rejected)
    }

    /// Sets the person or tool that decides. A review needs one.
    #[must_use]
    pub fn by(mut self, name: impl Into<String>) -> Self {
        self.by = name.into();
        self
    }

    /// Sets the instant of the decision. A review needs one.
    #[must_use]
    pub fn at(mut self, instant: Timestamp) -> Self {
        self.at = Some(instant);
        self
    }

    /// Sets a note.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Returns the decision.
    pub fn decision(&self) -> Decision {
        self.decision
    }

    /// Returns the name of the person or tool that decided.
    pub fn agent(&self) -> &str {
        &self.by
    }

    /// Returns the instant of the decision. Every review of a graph has one.
    pub fn instant(&self) -> Option<Timestamp> {
        self.at
    }

    /// Returns the note.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        check_agent(&self.by, self.at, FieldPath::Review)
    }
}
