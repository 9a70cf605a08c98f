//! Tools for readers and writers of formats: errors with a place, limits, losses and a report; the records of a graph
//! in canonical order; a savepoint that undoes a refused row; the records that were added since a clone; input that is
//! read within limits.
//!
//! A reader makes [records](crate::record) of its input and gives them to a
//! [`Loader`](crate::record::Loader), which checks them. A writer takes the [`Records`] of a graph. `Record` and
//! what is in it are exhaustive until 1.0, so a writer that forgets a kind of record does not compile.
//!
//! # A small writer and a small reader
//!
//! The format has lines of `speaker|verb|subject|relation|object|day`, one for each claim about two entities:
//!
//! ```
//! use claimgraph::{date, reporting::*, Claim, ClaimGraph};
//! use claimgraph::format::{Limits, Lines, Losses, ReadError, ReadErrorKind, ReadReport, Records, Savepoint, parse_day};
//! use claimgraph::record::{Record, TermRecord, TermValue};
//! use std::io::{self, BufRead, Write};
//!
//! fn write(graph: &ClaimGraph, mut output: impl Write) -> io::Result<Losses> {
//!     let mut losses = Losses::default();
//!     Records::of(graph).each(|record| match record {
//!         Record::Claimgraph(_) => Ok(()),
//!         Record::Claim(claim) => {
//!             let key = |term: &TermRecord| match &term.value {
//!                 TermValue::Entity(key) => Some(key.clone()),
//!                 _ => None,
//!             };
//!             let said = claim.statement.as_ref().and_then(|said| {
//!                 Some((key(&said.subject)?, &said.relation, key(said.object.as_ref()?)?))
//!             });
//!             let speaker = claim.speakers.last().and_then(|speaker| speaker.source.as_ref());
//!             match (speaker, said, claim.reported) {
//!                 (Some(speaker), Some((subject, relation, object)), Some(day)) => {
//!                     let (verb, day) = (claim.stance.as_str(), claimgraph::Date::from(day));
//!                     writeln!(output, "{speaker}|{verb}|{subject}|{relation}|{object}|{day}")
//!                 }
//!                 _ => Ok(losses.note("claim without two entities", claim.id.as_deref().unwrap_or(""))),
//!             }
//!         }
//!         Record::Entity(entity) if entity.names.is_empty() => Ok(()),
//!         Record::Entity(entity) => Ok(losses.note("name", &entity.key)),
//!         Record::Affiliation(_) | Record::Link(_) | Record::Derivation(_) | Record::Lineage(_)
//!         | Record::Batch(_) | Record::Review(_) | Record::Judgement(_) | Record::Redaction(_) => {
//!             Ok(losses.note("what stands beside claims", ""))
//!         }
//!     })?;
//!     Ok(losses)
//! }
//!
//! fn read(mut input: impl BufRead, limits: Limits) -> Result<ReadReport, ReadError> {
//!     let mut report = ReadReport::default();
//!     let mut lines = Lines::new(&mut input, limits);
//!     while lines.advance()? {
//!         let fault = |kind| ReadError::at(lines.number(), kind);
//!         let text = str::from_utf8(lines.bytes()).unwrap_or_default().trim_end();
//!         let [speaker, "denies", subject, relation, object, day] = text.split('|').collect::<Vec<_>>()[..] else {
//!             return Err(fault(ReadErrorKind::Syntax("six fields and a denial are expected".into())));
//!         };
//!         let day = parse_day(day).ok_or_else(|| fault(ReadErrorKind::Syntax("a day is expected".into())))?;
//!         let mut row = Savepoint::new(&mut report.graph);
//!         let mut put = || {
//!             let [speaker, subject, object] = [speaker, subject, object].map(|key| row.entity("State", key));
//!             let relation = row.graph().relation(relation)?;
//!             row.insert(Claim::by(speaker?).denies(subject?, relation, object?).reported(day))
//!         };
//!         put().map_err(|error| fault(ReadErrorKind::Refused(error)))?;
//!         report.records += 1;
//!     }
//!     Ok(report)
//! }
//!
//! let mut graph = ClaimGraph::new();
//! let [nk, russia] = ["north-korea", "russia"].map(|key| graph.add(State, key).unwrap());
//! graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
//! let mut file = Vec::new();
//! assert!(write(&graph, &mut file)?.is_empty());
//! assert_eq!(String::from_utf8_lossy(&file), "russia|denies|north-korea|deploys-to|russia|2024-10-24\n");
//! assert_eq!(read(&*file, Limits::default())?.graph.to_jsonl(), graph.to_jsonl());
//! assert_eq!(read(&b"a|denies|b"[..], Limits::default()).unwrap_err().line(), Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod additions;
pub(crate) mod bounded_input;
pub(crate) mod error;
pub(crate) mod hidden_text;
pub(crate) mod input;
pub(crate) mod json;
pub(crate) mod loss;
pub(crate) mod records;
pub(crate) mod report;
pub(crate) mod savepoint;

pub use crate::files::format::additions::Additions;
pub use crate::files::format::bounded_input::{BoundedInput, Stop, Watched};
pub use crate::files::format::error::{ReadError, ReadErrorKind, WriteError};
pub use crate::files::format::hidden_text::HiddenText;
pub use crate::files::format::input::{Lines, read_whole, skip_mark};
pub use crate::files::format::json::{JsonFault, json_nesting, read_json};
pub use crate::files::format::loss::{Loss, Losses};
pub use crate::files::format::records::Records;
pub use crate::files::format::report::ReadReport;
pub use crate::files::format::savepoint::Savepoint;
pub use crate::model::limits::Limits;

use crate::model::error::{Error, FieldPath};
use jiff::civil::Date;

/// Returns a text of a file as a message shows it: at most 60 characters. Control characters, and characters that
/// change the direction of writing, are written as escapes.
///
/// ```
/// assert_eq!(claimgraph::format::excerpt("a\nb"), r"a\u{a}b");
/// ```
pub fn excerpt(text: &str) -> String {
    crate::model::text::excerpt(text)
}

/// Returns a text of a file as a message shows it, with at most `most` characters.
pub fn clipped(text: &str, most: usize) -> String {
    crate::model::text::clipped(text, most)
}

/// Checks that a text can be a key: 1 to 512 bytes, no control characters, no white space at its ends.
///
/// # Errors
/// The text cannot be a key.
pub fn check_key(key: &str) -> Result<(), Error> {
    crate::model::id::check_key(key, FieldPath::Key)
}

/// Returns the day of a text such as `2024-10-24` or `-0043-03-15`; `None` for any other form.
///
/// ```
/// use claimgraph::{date, format::parse_day};
/// assert_eq!(parse_day("2024-10-24"), Some(date(2024, 10, 24)));
/// assert_eq!(parse_day("2024-10-24T12:00:00Z"), None);
/// ```
pub fn parse_day(text: &str) -> Option<Date> {
    crate::model::time::day::parse_day(text).map(|day| day.date())
}
