//! What is wrong with a row: where, what stood there, and what was expected.

use crate::model::error::Error;
use crate::model::text::{clipped, excerpt};
use std::io;

/// What is wrong with a row, a file or a mapping.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableFaultKind {
    /// The mapping contradicts itself or the header.
    #[error("{problem}")]
    Mapping {
        /// What was expected.
        problem: String,
    },
    /// The input failed.
    #[error("{}", clipped(&.0.to_string(), 200))]
    Io(io::Error),
    /// The input is gzipped, and this build cannot read that.
    #[error("the input is gzipped; expected plain text, or a build with the feature `gzip`")]
    Gzipped,
    /// More or fewer fields than the first line has.
    #[error("the row has {found} fields, and {expected} are expected")]
    Ragged {
        /// How many the row has.
        found: usize,
        /// How many the first line has.
        expected: usize,
    },
    /// A double quote opens a field of the row, and none closes it: all that follows would be one text.
    #[error("a double quote opens a field, and none closes it before the end of the input")]
    Unclosed,
    /// Nothing stands there.
    #[error("it is missing")]
    Missing,
    /// The bytes are no UTF-8.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// The text is not among those that the mapping looks up.
    #[error("it is not among the codes of the mapping: {expected}")]
    NotListed {
        /// The codes, a few of many.
        expected: String,
    },
    /// The text is none of the words that stand there.
    #[error("expected one of: {expected}")]
    NotAWord {
        /// The words.
        expected: String,
    },
    /// The text is no date.
    #[error("it is no date; expected {expected}")]
    NotADate {
        /// How a date is written here.
        expected: String,
    },
    /// The text is no day, and one day is needed.
    #[error("a report date is one day, and this is a longer time")]
    NotADay,
    /// It ended before it began.
    #[error("it ends before it begins")]
    Inverted,
    /// The text is no number.
    #[error("it is no number; expected digits such as 1200 or -0.5")]
    NotANumber,
    /// Several entities bear the name.
    #[error("{count} entities bear this name; expected one")]
    Ambiguous {
        /// How many.
        count: usize,
    },
    /// No earlier row that was kept is called so.
    #[error("no earlier row that was kept is called so")]
    NoSuchRow,
    /// An earlier row is called so.
    #[error("an earlier row is called so")]
    NameTaken,
    /// The graph refused it.
    #[error("{0}")]
    Refused(Error),
    /// A limit was passed; the rest of the input is not read.
    #[error("more than {limit} {what}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// How much there may be.
        limit: u64,
    },
}

/// The column a fault stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) number: usize,
    pub(super) header: Option<String>,
}

/// A row that was refused, or an input that could not be read: where, what stood there, and what was
/// expected. One word wide.
#[derive(Debug, thiserror::Error)]
#[error("{}{}", self.prefix(), self.0.kind)]
pub struct TableFault(Box<Inside>);

#[derive(Debug)]
struct Inside {
    line: Option<u64>,
    column: Option<Place>,
    field: Option<String>,
    value: Option<String>,
    kind: TableFaultKind,
}

impl TableFault {
    pub(super) fn at(line: impl Into<Option<u64>>, kind: TableFaultKind) -> Self {
        Self(Box::new(Inside { line: line.into(), column: None, field: None, value: None, kind }))
    }

    pub(super) fn of(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    pub(super) fn found(mut self, column: Option<Place>, value: &[u8]) -> Self {
        self.0.column = column;
        // Bytes that are no UTF-8 are shown as replacement characters; no more of them than are shown.
        let shown = value.get(..300).unwrap_or(value);
        self.0.value = Some(excerpt(&String::from_utf8_lossy(shown)));
        self
    }

    fn prefix(&self) -> String {
        let mut text = match self.0.line {
            Some(line) => format!("line {line}"),
            None => "the mapping".to_owned(),
        };
        if let Some(column) = &self.0.column {
            text += &format!(", column {}", column.number);
            if let Some(header) = &column.header {
                text += &format!(" \"{}\"", excerpt(header));
            }
        }
        if let Some(field) = &self.0.field {
            text += &format!(", {}", excerpt(field));
        }
        if let Some(value) = &self.0.value {
            text += &format!(", \"{value}\"");
        }
        text + ": "
    }

    /// The line on which the row begins, counted from 1 by line feeds; `None` where the mapping itself is
    /// wrong.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The number of the column, counted from 0, where the fault is in one.
    pub fn column(&self) -> Option<usize> {
        self.0.column.as_ref().map(|column| column.number)
    }

    /// The name of the column in the header, where there is one.
    pub fn header(&self) -> Option<&str> {
        self.0.column.as_ref().and_then(|column| column.header.as_deref())
    }

    /// The part of the mapping that reads it: `subject`, `valid.start`, `roles.place` ...
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// What stands in the column, at most 60 characters of it.
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// What is wrong.
    pub fn kind(&self) -> &TableFaultKind {
        &self.0.kind
    }
}
