//! Quantities and dates as a text prints them: "at least 12 dead", "early June 2023", "by December". Drafts have them.
//!
//! English words are read, and figures as any language of the Latin script groups them. What has two readings is
//! refused with both of them, and never guessed.

mod calendar;
mod hour;
mod number;
mod period;
mod quantity;
mod relative;
mod words;

pub(crate) use period::dateless;
pub use period::{Outlook, period};
pub use quantity::quantity;

use claimgraph::format::excerpt;
use std::fmt;

/// A phrase that is not understood: what was found, and what was expected.
///
/// ```
/// use claimgraph_intake::phrase::quantity;
/// let error = quantity("3.000 soldiers", &claimgraph::reporting::vocabulary()).unwrap_err();
/// assert_eq!(error.to_string(), "\"3.000\" has two readings, 3 and 3000; expected one of them, as 3,000 or 3.0");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PhraseError {
    found: String,
    problem: String,
    expected: String,
}

impl PhraseError {
    fn new(found: &str, problem: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { found: excerpt(found), problem: problem.into(), expected: expected.into() }
    }

    /// Returns the part of the phrase that is not understood, at most 60 characters of it.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Returns what is wrong with it: "has two readings, 3 and 3000".
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// Returns what was expected in its place.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" {}; expected {}", self.found, self.problem, self.expected)
    }
}

impl std::error::Error for PhraseError {}
