//! What can be wrong with a file that is read or written: where, what, and what was expected. The same for
//! every format.

use crate::files::format::loss::Losses;
use crate::model::error::Error;
use crate::model::text::clipped;
use std::io;

/// What a reader accepts at most. The defaults are generous for honest files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes in one line; 16 MiB.
    pub line_bytes: u64,
    /// Objects and lists within each other; 16. No record needs more than 12.
    pub nesting: u32,
    /// Records in one file; 1,000,000,000.
    pub records: u64,
    /// Bytes of an input that is no stream of records and has to be held whole; 1 GiB.
    pub document_bytes: u64,
    /// Faults that are collected before reading stops; 1,000.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line_bytes: 16 << 20,
            nesting: 16,
            records: 1_000_000_000,
            document_bytes: 1 << 30,
            faults: 1_000,
        }
    }
}

/// What is wrong with what was read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The input failed.
    #[error("{}", clipped(&.0.to_string(), 200))]
    Io(io::Error),
    /// It is no record.
    #[error("{0}")]
    Syntax(String),
    /// It is a record, and refused.
    #[error("{0}")]
    Refused(Error),
    /// The file was written by a newer release.
    #[error("the file has format {found}, and this release reads up to {supported}")]
    NewerFormat {
        /// The format of the file.
        found: u64,
        /// The newest that is read.
        supported: u32,
    },
    /// The file was written by an older release, in a format that this one does not read.
    #[error("the file has format {found}, and this release reads format {supported} only")]
    OlderFormat {
        /// The format of the file.
        found: u64,
        /// The format that is read.
        supported: u32,
    },
    /// The first line is no header.
    #[error("the first line is no header; expected {{\"claimgraph\":{{\"format\":1,...}}}}")]
    NoHeader,
    /// A second header.
    #[error("the file has a header already")]
    SecondHeader,
    /// It is well-formed, and says what this format's mapping has no place for.
    #[error("{0}")]
    Unsupported(String),
    /// Something was not understood, and the caller wanted nothing to be passed over.
    #[error("not everything could be taken over: {0}")]
    Lossy(Losses),
    /// A snapshot is cut short, was changed, or says what cannot be.
    #[error("section \"{section}\": {problem}")]
    Damaged {
        /// The section in which that is.
        section: &'static str,
        /// What is wrong there.
        problem: String,
    },
    /// A limit was passed.
    #[error("more than {limit} {what}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// How much there may be.
        limit: u64,
    },
}

/// Something wrong with an input: where, and what. One word wide.
///
/// ```
/// use claimgraph::ClaimGraph;
/// let text = "{\"claimgraph\":{\"format\":1,\"vocabulary\":{}}}\n{\"entity\":{\"key\":\"x\",\"kind\":7}}\n";
/// let error = ClaimGraph::read_jsonl(text.as_bytes()).unwrap_err();
/// assert_eq!((error.line(), error.field()), (Some(2), Some("entity.kind")));
/// assert!(error.column().is_some());
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}{}", self.0.place(), self.0.kind)]
pub struct ReadError(Box<Inside>);

#[derive(Debug)]
struct Inside {
    line: Option<u64>,
    column: Option<u64>,
    field: Option<String>,
    kind: ReadErrorKind,
}

impl Inside {
    fn place(&self) -> String {
        let line = self.line.map(|line| format!("line {line}"));
        let column = self.column.map(|column| format!("column {column}"));
        let field = self.field.as_ref().map(|field| format!("field \"{field}\""));
        let place: Vec<String> = [line, column, field].into_iter().flatten().collect();
        if place.is_empty() { String::new() } else { place.join(", ") + ": " }
    }
}

#[allow(dead_code)] // each format uses a part of it
impl ReadError {
    pub(crate) fn new(kind: ReadErrorKind) -> Self {
        Self(Box::new(Inside { line: None, column: None, field: None, kind }))
    }

    /// At this line, counted from 1.
    pub(crate) fn at(line: u64, kind: ReadErrorKind) -> Self {
        Self::new(kind).line_of(line)
    }

    pub(crate) fn line_of(mut self, line: impl Into<Option<u64>>) -> Self {
        self.0.line = line.into();
        self
    }

    /// At this column in bytes, counted from 1; none for 0.
    pub(crate) fn column_of(mut self, column: impl Into<Option<u64>>) -> Self {
        self.0.column = column.into().filter(|&column| column > 0);
        self
    }

    pub(crate) fn field_of(mut self, field: impl Into<Option<String>>) -> Self {
        self.0.field = field.into();
        self
    }

    /// The line, counted from 1, where the fault has one.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The column in bytes, counted from 1, where the fault has one.
    pub fn column(&self) -> Option<u64> {
        self.0.column
    }

    /// The path of the field, such as `claim.quantity.unit`, where the fault has one.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// What is wrong.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.0.kind
    }

    /// The section of a snapshot in which something is wrong.
    pub fn section(&self) -> Option<&'static str> {
        match self.0.kind {
            ReadErrorKind::Damaged { section, .. } => Some(section),
            _ => None,
        }
    }

    /// Whether the file was written by a newer release.
    pub fn is_newer_format(&self) -> bool {
        matches!(self.0.kind, ReadErrorKind::NewerFormat { .. })
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::new(ReadErrorKind::Io(error))
    }
}

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The output failed.
    #[error("{}", clipped(&.0.to_string(), 200))]
    Io(#[from] io::Error),
    /// The format cannot hold this, and leaving it out would make the rest wrong.
    #[error("{format} cannot hold {what}")]
    CannotHold {
        /// The format.
        format: &'static str,
        /// What it cannot hold, and where that stands.
        what: String,
    },
    /// Something would be lost, and the caller wanted nothing to be.
    #[error("not everything can be carried: {0}")]
    Lossy(Losses),
}
