//! Faults and repairs of drafts: where, what was found, what was expected. They are what a model or a person mends by.

use claimgraph::format::{clipped, excerpt};
use serde::Serialize;
use std::fmt;

/// A part of a draft that cannot be used, and from which the right one follows.
///
/// The JSON has the members `at` (a JSON Pointer, RFC 6901), `found`, `problem`, `expected`, `allowed` (all words that may
/// stand there, if they are a closed list) and `nearest` (the likeliest of them, best first). Empty members are left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fault {
    at: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    found: String,
    problem: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    expected: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<String>,
}

impl Fault {
    pub(crate) fn new(at: &str, found: &str, problem: impl Into<String>) -> Self {
        Self {
            at: clipped(at, 200),
            found: excerpt(found),
            problem: problem.into(),
            expected: String::new(),
            allowed: Vec::new(),
            nearest: Vec::new(),
        }
    }

    pub(crate) fn expecting(self, expected: impl Into<String>) -> Self {
        Self { expected: expected.into(), ..self }
    }

    /// Adds all words that may stand there, and finds the nearest.
    pub(crate) fn among<'w>(self, allowed: impl IntoIterator<Item = &'w str>) -> Self {
        let allowed: Vec<String> = allowed.into_iter().map(str::to_owned).collect();
        let nearest = super::nearest::nearest(&self.found, allowed.iter().map(String::as_str));
        let nearest = nearest.into_iter().map(str::to_owned).collect();
        Self { allowed, nearest, ..self }
    }

    pub(crate) fn near(self, nearest: Vec<String>) -> Self {
        Self { nearest, ..self }
    }

    /// Returns the place as a JSON Pointer (RFC 6901).
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Returns what stands there, at most 60 characters of it.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Returns what was expected in its place; empty if the problem says it.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns all words that may stand there, if they are a closed list.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// Returns the likeliest words, keys or passages, the best first. None of them was taken.
    pub fn nearest(&self) -> &[String] {
        &self.nearest
    }
}

/// "/claims/3/relation: "causes_casualty" is not a relation; did you mean "causes-casualties"?"
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", if self.at.is_empty() { "the whole" } else { &self.at })?;
        if !self.found.is_empty() {
            write!(f, "\"{}\" ", self.found)?;
        }
        f.write_str(&self.problem)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        if !self.nearest.is_empty() {
            let quoted: Vec<String> =
                self.nearest.iter().map(|near| format!("\"{near}\"")).collect();
            write!(f, "; did you mean {}?", quoted.join(" or "))?;
        } else if !self.allowed.is_empty() {
            write!(f, "; expected one of {}", self.allowed.join(", "))?;
        }
        Ok(())
    }
}

/// A part of a draft that was read otherwise than it is written, and how.
///
/// The JSON has the members `at`, `found`, `taken` and `because`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Repair {
    at: String,
    found: String,
    taken: String,
    because: &'static str,
}

impl Repair {
    pub(crate) fn new(at: &str, found: &str, taken: &str, because: &'static str) -> Self {
        Self { at: clipped(at, 200), found: excerpt(found), taken: excerpt(taken), because }
    }

    /// Returns the place as a JSON Pointer (RFC 6901).
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Returns what was written, at most 60 characters of it.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Returns what was taken for it, at most 60 characters of it.
    pub fn taken(&self) -> &str {
        &self.taken
    }

    /// Returns the rule by which it was taken.
    pub fn because(&self) -> &str {
        self.because
    }
}

/// "/claims/0/subject: "North Korea" was taken as "north-korea": a name of the entity"
impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, found, taken, because } = self;
        if at.is_empty() {
            return write!(f, "the whole: {because}");
        }
        write!(f, "{at}: \"{found}\" was taken as \"{taken}\": {because}")
    }
}

/// Returns a JSON Pointer one step down, with the step escaped (RFC 6901).
pub(crate) fn below(pointer: &str, step: impl fmt::Display) -> String {
    format!("{pointer}/{}", step.to_string().replace('~', "~0").replace('/', "~1"))
}
