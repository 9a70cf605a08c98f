//! The native format: JSON Lines, one record a line, UTF-8. `docs/FORMAT.md` describes it.
//!
//! ```text
//! {"claimgraph":{"format":1,"vocabulary":{...}}}
//! {"entity":{"key":"russia","kind":"State","names":[{"text":"Russia","kind":"canonical"}]}}
//! {"claim":{"id":"...","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"..."}],...}}
//! ```

use crate::files::format::error::{ReadError, ReadErrorKind};
use crate::files::format::input::Lines;
use crate::files::format::json::{json_nesting, read_json};
use crate::files::format::limits::Limits;
use crate::files::format::report::ReadReport;
use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::record::export::FORMAT_VERSION;
use crate::graph::record::import::Loader;
use crate::graph::record::plain::PlainLine;
use crate::model::error::Error;
use crate::model::id::ClaimId;
use crate::model::record::Record;
use crate::model::text::{clipped, excerpt};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, BufRead, Write};

/// Reads JSON Lines with limits.
///
/// ```
/// use claimgraph::jsonl::Reader;
/// let text = "{\"claimgraph\":{\"format\":1,\"vocabulary\":{}}}\nnonsense\n{\"entity\":{\"key\":\"x\",\"kind\":\"Thing\"}}\n";
/// let report = Reader::new().read_all(text.as_bytes());
/// assert_eq!((report.graph.entity_count(), report.faults.len()), (1, 1));
/// assert!(Reader::new().read(text.as_bytes()).is_err());   // or all or nothing
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a reader reads nothing until it is given an input"]
pub struct Reader {
    limits: Limits,
}

impl Reader {
    /// Makes a reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the limits.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads all of a file or nothing.
    ///
    /// # Errors
    /// The first line that is wrong, with its column and field if it has them.
    pub fn read(self, mut input: impl BufRead) -> Result<ReadReport, ReadError> {
        File::of(&mut input, Limits { faults: 1, ..self.limits }).report().all()
    }

    /// Reads what can be read and returns all faults. A line that is refused changes nothing. Lines that name
    /// it are refused in turn.
    pub fn read_all(self, mut input: impl BufRead) -> ReadReport {
        File::of(&mut input, self.limits).report()
    }
}

/// A file that is being read. Its input can be any, so it is compiled once.
struct File<'i> {
    lines: Lines<'i>,
    limits: Limits,
    loader: Loader,
    records: u64,
}

impl<'i> File<'i> {
    fn of(input: &'i mut dyn BufRead, limits: Limits) -> Self {
        Self { lines: Lines::new(input, limits), limits, loader: Loader::new(), records: 0 }
    }

    fn report(mut self) -> ReadReport {
        let (mut faults, mut refused) = (Vec::new(), 0);
        loop {
            match self.next_line() {
                Ok(true) => {}
                Ok(false) => break,
                // There is nothing more to read.
                Err(fault) => {
                    faults.push(fault);
                    break;
                }
            }
            let Err(fault) = self.take() else { continue };
            let fatal = fault.is_newer_format() || matches!(fault.kind(), ReadErrorKind::NoHeader);
            faults.push(fault);
            refused += 1;
            if fatal || faults.len() >= self.limits.faults {
                break;
            }
        }
        if self.records == 0 && faults.is_empty() {
            // An input without any record is no file of ours.
            faults.push(ReadError::at(1, ReadErrorKind::NoHeader));
        }
        ReadReport {
            refused,
            records: self.records,
            faults,
            ..ReadReport::new(self.loader.finish(), Default::default())
        }
    }

    /// Reads the next line that is not blank.
    fn next_line(&mut self) -> Result<bool, ReadError> {
        while self.lines.advance()? {
            if self.lines.bytes().iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if self.records >= self.limits.records {
                return Err(self.over("records", self.limits.records));
            }
            self.records += 1;
            return Ok(true);
        }
        Ok(false)
    }

    fn fault(&self, kind: ReadErrorKind) -> ReadError {
        ReadError::at(self.lines.number(), kind)
    }

    fn over(&self, what: &'static str, limit: u64) -> ReadError {
        self.fault(ReadErrorKind::Limit { what, limit })
    }

    fn parse(&self) -> Result<Record, ReadError> {
        let line = self.lines.bytes();
        if self.records == 1
            && let Some(found) = newer_format(line)
        {
            return Err(self.fault(ReadErrorKind::NewerFormat { found, supported: FORMAT_VERSION }));
        }
        // Nothing has recursed so far: what is passed over is not parsed.
        if json_nesting(line) > self.limits.nesting {
            return Err(
                self.over("objects and lists within each other", self.limits.nesting.into())
            );
        }
        read_json(line).map_err(|fault| {
            if self.records == 1 && !is_header(line) {
                return self.fault(ReadErrorKind::NoHeader);
            }
            self.fault(ReadErrorKind::Syntax(clipped(&fault.problem, 120)))
                .in_column(fault.column)
                .in_field(fault.path.map(|path| excerpt(&path)).unwrap_or_default())
        })
    }

    /// Puts the line on record.
    fn take(&mut self) -> Result<(), ReadError> {
        // No header with a relation, which a first claim needs, is as flat as these lines are: its nesting is the limit.
        let plain = if self.records > 1 { PlainLine::read(self.lines.bytes()) } else { None };
        match plain.and_then(|record| self.loader.push_plain(&record)) {
            Some(put) => put.map(drop).map_err(|error| self.refused("claim", error)),
            None => self.load(self.parse()?),
        }
    }

    fn load(&mut self, record: Record) -> Result<(), ReadError> {
        let is_header = matches!(record, Record::Claimgraph(_));
        if is_header != (self.records == 1) {
            let kind =
                if is_header { ReadErrorKind::SecondHeader } else { ReadErrorKind::NoHeader };
            return Err(self.fault(kind));
        }
        let name = match &record {
            Record::Claimgraph(_) => "claimgraph",
            Record::Entity(_) => "entity",
            Record::Affiliation(_) => "affiliation",
            Record::Claim(_) => "claim",
            Record::Link(_) => "link",
            Record::Derivation(_) => "derivation",
            Record::Lineage(_) => "lineage",
        };
        self.loader.push(record).map_err(|error| self.refused(name, error))
    }

    fn refused(&self, name: &str, error: Error) -> ReadError {
        let field = error.part().map(|part| format!("{name}.{part}")).unwrap_or_default();
        self.fault(ReadErrorKind::Refused(error)).in_field(field)
    }
}

/// Whether the line starts with an object that has a header's member, whatever is in it and after it.
fn is_header(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Line {
        #[serde(rename = "claimgraph")]
        _header: serde::de::IgnoredAny,
    }
    Line::deserialize(&mut serde_json::Deserializer::from_slice(line)).is_ok()
}

/// The version in a header that says it is newer than ours, whatever else is in it.
fn newer_format(line: &[u8]) -> Option<u64> {
    #[derive(Deserialize)]
    struct Version {
        format: u64,
    }
    #[derive(Deserialize)]
    struct Line {
        claimgraph: Version,
    }
    let found = serde_json::from_slice::<Line>(line).ok()?.claimgraph.format;
    (found > u64::from(FORMAT_VERSION)).then_some(found)
}

/// Writes a graph as JSON Lines, in canonical order: equal graphs give equal bytes, whatever the order of
/// insertion.
///
/// # Errors
/// The output fails.
pub fn write(graph: &ClaimGraph, mut output: impl Write) -> io::Result<()> {
    write_lines(graph, &mut output)
}

fn write_lines(graph: &ClaimGraph, output: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    let names = graph.canonical_names();
    graph.each_before_claims(&mut |record| line(&record, &mut bytes, output))?;
    for (&id, own) in &names {
        let name = |id: ClaimId| Cow::from(names.get(&id).map_or("", String::as_str));
        let plain =
            ClaimRef::new(graph, id).and_then(|claim| graph.plain_record(claim, false, name));
        if let Some(claim) = plain {
            line(&PlainLine::of(claim, own), &mut bytes, output)?;
        } else if let Some(record) = graph.claim_record(id, own, &names) {
            line(&record, &mut bytes, output)?;
        }
    }
    graph.each_after_claims(&names, &mut |record| line(&record, &mut bytes, output))?;
    output.flush()
}

/// Writes one line, in room for its bytes.
fn line(record: &impl Serialize, bytes: &mut Vec<u8>, output: &mut dyn Write) -> io::Result<()> {
    bytes.clear();
    serde_json::to_writer(&mut *bytes, record)?;
    bytes.push(b'\n');
    output.write_all(bytes)
}

impl ClaimGraph {
    /// Writes the graph as JSON Lines, in canonical order; short for [`jsonl::write`](crate::jsonl::write).
    ///
    /// # Errors
    /// The output fails.
    pub fn write_jsonl(&self, output: impl Write) -> io::Result<()> {
        write(self, output)
    }

    /// Returns the graph as JSON Lines in memory.
    pub fn to_jsonl(&self) -> String {
        let mut bytes = Vec::new();
        // Writing to memory does not fail, and JSON is UTF-8.
        let _ = self.write_jsonl(&mut bytes);
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads a graph from JSON Lines, all or nothing, with the default [`Limits`]; short for
    /// [`jsonl::Reader`](crate::jsonl::Reader).
    ///
    /// # Errors
    /// The first line that is wrong, with its column and field if it has them.
    pub fn read_jsonl(input: impl BufRead) -> Result<Self, ReadError> {
        Reader::new().read(input).map(|report| report.graph)
    }
}
