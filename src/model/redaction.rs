//! A redaction: somebody's erasure of a claim or of the names of an entity. Programs make it and hand it to the graph.

use crate::model::batch::check_agent;
use crate::model::error::{Error, FieldPath};
use jiff::Timestamp;

/// The agent that erased something, the instant, and the reason.
///
/// ```
/// use claimgraph::record::Redaction;
/// let at = "2025-03-01T09:00:00Z".parse().unwrap();
/// let redaction = Redaction::by("legal desk").at(at).because("a court order");
/// assert_eq!((redaction.agent(), redaction.instant(), redaction.reason()), ("legal desk", Some(at), Some("a court order")));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Redaction {
    // In this order they are sorted: of several, the first one stays.
    pub(crate) at: Option<Timestamp>,
    pub(crate) by: String,
    pub(crate) because: Option<String>,
}

impl Redaction {
    /// Creates a redaction by a person or a tool.
    pub fn by(name: impl Into<String>) -> Self {
        Self { at: None, by: name.into(), because: None }
    }

    /// Sets the instant. A redaction needs one.
    #[must_use]
    pub fn at(mut self, instant: Timestamp) -> Self {
        self.at = Some(instant);
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.because = Some(reason.into());
        self
    }

    /// Returns the name of the person or tool.
    pub fn agent(&self) -> &str {
        &self.by
    }

    /// Returns the instant. Every redaction of a graph has one.
    pub fn instant(&self) -> Option<Timestamp> {
        self.at
    }

    /// Returns the reason.
    pub fn reason(&self) -> Option<&str> {
        self.because.as_deref()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        check_agent(&self.by, self.at, FieldPath::Redaction)
    }
}
