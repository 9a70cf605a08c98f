//! The place of a value in a JSON input: the line of its object and the path to it. Faults and losses name it.

use claimgraph::format::{ReadError, ReadErrorKind, excerpt};
use serde_json::Value;
use std::fmt;

/// The place of a value in an input.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Place {
    /// The line in which its object starts, if that has a line of its own.
    pub(crate) line: Option<u64>,
    /// The path to it, such as `objects[3].created`. It is empty if the line is enough.
    pub(crate) path: String,
}

impl Place {
    /// Returns the place of a field of this value.
    pub(crate) fn at(&self, field: &str) -> Self {
        let bare = self.path.is_empty() || field.is_empty() || field.starts_with('[');
        let dot = if bare { "" } else { "." };
        Self { line: self.line, path: format!("{}{dot}{field}", self.path) }
    }

    /// Returns the place of an item of this list, counted from 0.
    pub(crate) fn nth(&self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }

    pub(crate) fn fault(&self, kind: ReadErrorKind) -> ReadError {
        ReadError::new(kind).in_line(self.line).in_field(self.path.clone())
    }

    pub(crate) fn syntax(&self, problem: impl Into<String>) -> ReadError {
        self.fault(ReadErrorKind::Syntax(problem.into()))
    }

    /// Makes an error for a value of the wrong type.
    pub(crate) fn wrong(&self, expected: &str, found: &Value) -> ReadError {
        let found = match found {
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            other => excerpt(&other.to_string()),
        };
        self.syntax(format!("expected {expected}, found {found}"))
    }
}

/// Prints, for example, "line 3, properties.name[1]".
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) if self.path.is_empty() => write!(f, "line {line}"),
            Some(line) => write!(f, "line {line}, {}", self.path),
            None if self.path.is_empty() => f.write_str("the file"),
            None => f.write_str(&self.path),
        }
    }
}
