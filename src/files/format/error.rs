//! The errors of reading and writing a file: the place, the problem, and what was expected. Readers and writers of
//! every format return them.

use crate::files::format::bounded_input::Stop;
use crate::files::format::loss::Losses;
use crate::model::error::Error;
use crate::model::text::{clipped, excerpt};
use std::io;

/// The kind of a [`ReadError`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The input failed.
    #[error("{}", clipped(&.0.to_string(), 200))]
    Io(io::Error),
    /// The text cannot be read as a value of the expected type.
    #[error("{0}")]
    Syntax(String),
    /// The graph refused what was read.
    #[error("{0}")]
    Refused(Error),
    /// The file was written by a newer release.
    #[error("the file has format {found}, and this release reads up to {supported}")]
    NewerFormat {
        /// The format of the file.
        found: u64,
        /// The newest format that this release reads.
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
    /// The first line is not a header.
    #[error("the first line is not a header; expected {{\"claimgraph\":{{\"format\":1,...}}}}")]
    NoHeader,
    /// The file has a second header.
    #[error("the file has a header already")]
    SecondHeader,
    /// The input is well-formed, and the mapping of the format has no place for it.
    #[error("{0}")]
    Unsupported(String),
    /// A claim needs a report day, and neither the file nor the options of the reader have one.
    #[error("no report day; expected one in the file, or one that `Reader::reported` sets")]
    NoReportDay,
    /// The mapping of a table contradicts itself or the header of the table.
    #[error("{0}")]
    Mapping(String),
    /// The reader did not understand a part of the input, and the caller required it to understand everything.
    #[error("not everything could be taken over: {0}")]
    Lossy(Losses),
    /// A snapshot is cut short, was changed, or contradicts itself.
    #[error("section \"{section}\": {problem}")]
    Damaged {
        /// The section of the snapshot.
        section: &'static str,
        /// The problem.
        problem: String,
    },
    /// The caller stopped the reading, by a [`Watched`](crate::format::Watched) input.
    #[error("the caller stopped the reading")]
    Stopped,
    /// The input passes a limit.
    #[error("more than {limit} {what}")]
    Limit {
        /// The unit of the limit, such as "bytes in a line".
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

/// An error in an input, with its place. It takes one word of memory.
///
/// ```
/// use claimgraph::{ClaimGraph, format::{ReadError, ReadErrorKind}};
/// let text = "{\"claimgraph\":{\"format\":1,\"vocabulary\":{}}}\n{\"entity\":{\"key\":\"x\",\"kind\":7}}\n";
/// let error = ClaimGraph::read_jsonl(text.as_bytes()).unwrap_err();
/// assert_eq!((error.line(), error.field()), (Some(2), Some("entity.kind")));
/// assert!(error.column().is_some());
///
/// // A reader of your own format makes errors like this:
/// let own = ReadError::at(3, ReadErrorKind::Syntax("a day is expected".into())).in_field("date");
/// assert_eq!(own.to_string(), "line 3, field \"date\": a day is expected");
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}{}", self.place(), self.0.kind)]
pub struct ReadError(Box<Inside>);

#[derive(Debug)]
struct Inside {
    line: Option<u64>,
    column: Option<u64>,
    field: Option<String>,
    cell: Option<Cell>,
    kind: ReadErrorKind,
}

/// The text of a cell of a table, and the name of its column in the header.
#[derive(Debug)]
struct Cell {
    header: Option<String>,
    value: String,
}

impl ReadError {
    /// Makes an error without a place.
    pub fn new(kind: ReadErrorKind) -> Self {
        Self(Box::new(Inside { line: None, column: None, field: None, cell: None, kind }))
    }

    /// Makes an error in a line, counted from 1.
    pub fn at(line: u64, kind: ReadErrorKind) -> Self {
        Self::new(kind).in_line(line)
    }

    /// Sets the line, counted from 1.
    #[must_use]
    pub fn in_line(mut self, line: impl Into<Option<u64>>) -> Self {
        self.0.line = line.into();
        self
    }

    /// Sets the column in bytes, counted from 1. If it is 0, the error has no column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<Option<u64>>) -> Self {
        self.0.column = column.into().filter(|&column| column > 0);
        self
    }

    /// Sets the path of the field, such as `claim.quantity.unit`. If it is empty, the error has no field.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        let field = clipped(&field.into(), 300);
        self.0.field = Some(field).filter(|field| !field.is_empty());
        self
    }

    /// Sets the cell of a table: the number of its column, counted from 0, the name of the column in the header, and
    /// the bytes of the cell, of which an excerpt is kept.
    #[must_use]
    pub fn in_cell(mut self, column: Option<u64>, header: Option<&str>, value: &[u8]) -> Self {
        self.0.column = column;
        // Bytes that are not UTF-8 are shown as replacement characters. Only the bytes that can be shown are converted.
        let value = excerpt(&String::from_utf8_lossy(value.get(..300).unwrap_or(value)));
        self.0.cell = Some(Cell { header: header.map(str::to_owned), value });
        self
    }

    fn place(&self) -> String {
        let Inside { line, column, field, cell, kind } = &*self.0;
        let mut parts: Vec<String> = Vec::new();
        match (line, kind) {
            (None, ReadErrorKind::Mapping(_)) => parts.push("the mapping".to_owned()),
            (line, _) => parts.extend(line.map(|line| format!("line {line}"))),
        }
        let header = cell.as_ref().and_then(|cell| cell.header.as_deref());
        let header = header.map(|header| format!(" \"{}\"", excerpt(header))).unwrap_or_default();
        parts.extend(column.map(|column| format!("column {column}{header}")));
        // In a table, the path names a part of the mapping.
        let is_mapped = cell.is_some() || matches!(kind, ReadErrorKind::Mapping(_));
        let shown = |field: &String| match is_mapped {
            true => excerpt(field),
            false => format!("field \"{field}\""),
        };
        parts.extend(field.as_ref().map(shown));
        parts.extend(cell.as_ref().map(|cell| format!("\"{}\"", cell.value)));
        if parts.is_empty() { String::new() } else { parts.join(", ") + ": " }
    }

    /// Returns the line, counted from 1, if the error is in a line.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// Returns the column in bytes, counted from 1, if the error is in a column. In a table that is read by a mapping,
    /// it is the number of the column, counted from 0 as in the mapping.
    pub fn column(&self) -> Option<u64> {
        self.0.column
    }

    /// Returns the name of the column in the header of a table, if the error is in a column with a name.
    pub fn header(&self) -> Option<&str> {
        self.0.cell.as_ref()?.header.as_deref()
    }

    /// Returns the path of the field, such as `claim.quantity.unit`, if the error is in a field. In a table, it is the
    /// part of the mapping that reads the cell, such as `valid.start`.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Returns the text of the cell of a table, at most 60 characters of it.
    pub fn value(&self) -> Option<&str> {
        self.0.cell.as_ref().map(|cell| cell.value.as_str())
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.0.kind
    }

    /// Returns the section of a snapshot, if the error is in one.
    pub fn section(&self) -> Option<&'static str> {
        match self.0.kind {
            ReadErrorKind::Damaged { section, .. } => Some(section),
            _ => None,
        }
    }

    /// Returns true if the file was written by a newer release.
    pub fn is_newer_format(&self) -> bool {
        matches!(self.0.kind, ReadErrorKind::NewerFormat { .. })
    }
}

/// Returns [`ReadErrorKind::Io`], or the reason why the input was stopped.
impl From<io::Error> for ReadErrorKind {
    fn from(error: io::Error) -> Self {
        Stop::of(&error).map_or_else(|| ReadErrorKind::Io(error), ReadErrorKind::from)
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::new(error.into())
    }
}

/// An error in writing a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The output failed.
    #[error("{}", clipped(&.0.to_string(), 200))]
    Io(#[from] io::Error),
    /// The format cannot hold a value, and leaving it out would make the rest wrong.
    #[error("{format} cannot hold {what}")]
    CannotHold {
        /// The format.
        format: &'static str,
        /// The value that it cannot hold, and its place.
        what: String,
    },
    /// Something would be lost, and the caller required that nothing is.
    #[error("not everything can be carried: {0}")]
    Lossy(Losses),
}
