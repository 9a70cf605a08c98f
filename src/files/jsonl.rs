//! The native format: JSON Lines, one record a line, UTF-8. A graph goes in and lines come out, and back.
//! `docs/FORMAT.md` describes the format.
//!
//! ```text
//! {"claimgraph":{"format":4,"vocabulary":{...}}}
//! {"entity":{"key":"russia","kind":"State","names":[{"text":"Russia","kind":"canonical"}]}}
//! {"claim":{"id":"...","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"..."}],...}}
//! ```

use crate::files::format::bounded_input::BoundedInput;
use crate::files::format::error::{ReadError, ReadErrorKind};
use crate::files::format::input::Lines;
use crate::files::format::json::{json_nesting, read_json};
use crate::files::format::report::ReadReport;
use crate::graph::ClaimGraph;
use crate::graph::record::import::Loader;
use crate::model::error::Error;
use crate::model::limits::Limits;
use crate::model::record::FORMAT_VERSION;
use crate::model::record::{ClaimRecord, Record, Text};
use crate::model::text::{clipped, excerpt};
use serde::{Deserialize, Serialize};
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
    /// Returns the first line that is wrong, with its column and field if they are known.
    pub fn read(self, input: impl BufRead) -> Result<ReadReport, ReadError> {
        let mut input = BoundedInput::new(input, self.limits);
        let limits = Limits { faults: 1, ..self.limits };
        File::of(&mut input, limits, Loader::new()).report().all()
    }

    /// Adds the records of a file to a graph, all or nothing. If there is a fault, the graph does not change.
    ///
    /// The lines begin with a header, like any file. They name entities of the graph by their keys and claims of the
    /// graph by their [`ClaimKey`](crate::claim::ClaimKey)s. Claims that the graph has already are added once more. If
    /// a file may have been loaded before, [`read`](Self::read) it and [`merge`](ClaimGraph::merge) the result.
    ///
    /// # Errors
    /// Returns the first line that is wrong.
    ///
    /// ```
    /// use claimgraph::{date, jsonl::Reader, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let text = graph.to_jsonl();
    /// let denial = graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let key = graph.claim_key(denial)?;
    /// let answer = format!(r#"{{"claim":{{"speakers":[{{"source":"russia"}}],"stance":"confirms","targets":[{{"claim":"{key}"}}],"reported":"2024-10-25"}}}}"#);
    /// Reader::new().read_onto(&mut graph, format!("{text}{answer}").as_bytes())?;
    /// assert_eq!(graph.claim(denial)?.responses().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_onto(self, graph: &mut ClaimGraph, input: impl BufRead) -> Result<(), ReadError> {
        let mut input = BoundedInput::new(input, self.limits);
        let limits = Limits { faults: 1, ..self.limits };
        let loader = Loader::onto(graph.clone());
        *graph = File::of(&mut input, limits, loader).report().all()?.graph;
        Ok(())
    }

    /// Reads all valid lines and returns all faults. If a line is refused, it does not change the graph, and lines that
    /// name it are refused too.
    pub fn read_all(self, input: impl BufRead) -> ReadReport {
        let mut input = BoundedInput::new(input, self.limits);
        File::of(&mut input, self.limits, Loader::new()).report()
    }
}

/// A file that is being read, and the graph of its records.
struct File<'i> {
    input: Input<'i>,
    loader: Loader,
}

/// The lines that are not blank. The input is `dyn`, so this code is compiled once.
struct Input<'i> {
    lines: Lines<'i>,
    limits: Limits,
    records: u64,
}

impl<'i> File<'i> {
    fn of(input: &'i mut dyn BufRead, limits: Limits, loader: Loader) -> Self {
        let input = Input { lines: Lines::new(input, limits), limits, records: 0 };
        Self { input, loader: loader.limits(limits) }
    }

    fn report(mut self) -> ReadReport {
        let (mut faults, mut refused) = (Vec::new(), 0);
        loop {
            match self.input.next_line() {
                Ok(true) => {}
                Ok(false) => break,
                // The input failed, so nothing more can be read.
                Err(fault) => {
                    faults.push(fault);
                    break;
                }
            }
            let Err(fault) = self.take() else { continue };
            let fatal = fault.is_newer_format() || matches!(fault.kind(), ReadErrorKind::NoHeader);
            faults.push(fault);
            refused += 1;
            if fatal || faults.len() >= self.input.limits.faults {
                break;
            }
        }
        if self.input.records == 0 && faults.is_empty() {
            // An input without any record is not a file of this format.
            faults.push(ReadError::at(1, ReadErrorKind::NoHeader));
        }
        ReadReport {
            refused,
            records: self.input.records,
            faults,
            ..ReadReport::new(self.loader.finish(), Default::default())
        }
    }

    /// Puts the line on record.
    fn take(&mut self) -> Result<(), ReadError> {
        let record = self.input.parse()?;
        let is_header = matches!(record, Record::Claimgraph(_));
        if is_header != (self.input.records == 1) {
            let kind =
                if is_header { ReadErrorKind::SecondHeader } else { ReadErrorKind::NoHeader };
            return Err(self.input.fault(kind));
        }
        let name = match &record {
            Record::Claimgraph(_) => "claimgraph",
            Record::Batch(_) => "batch",
            Record::Entity(_) => "entity",
            Record::Affiliation(_) => "affiliation",
            Record::Claim(_) => "claim",
            Record::Link(_) => "link",
            Record::Derivation(_) => "derivation",
            Record::Lineage(_) => "lineage",
            Record::Review(_) => "review",
            Record::Judgement(_) => "judgement",
            Record::Redaction(_) => "redaction",
        };
        self.loader.take(record).map_err(|error| self.input.refused(name, error))
    }
}

impl Input<'_> {
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

    fn parse(&self) -> Result<Record<Text<'_>>, ReadError> {
        let line = self.lines.bytes();
        if self.records == 1
            && let Some(found) = newer_format(line)
        {
            return Err(self.fault(ReadErrorKind::NewerFormat { found, supported: FORMAT_VERSION }));
        }
        // Nothing has recursed so far: what is passed over is not parsed.
        if !self.is_flat() && json_nesting(line) > self.limits.nesting {
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

    /// Returns whether the line has at most as many opening brackets as the limit of nesting allows. Nearly every line
    /// has.
    fn is_flat(&self) -> bool {
        // The counts of a piece fit a byte, so many bytes are compared at a time. `{` is `[` with one more bit.
        let begin =
            |piece: &[u8]| piece.iter().map(|byte| u8::from(byte | 0x20 == b'{')).sum::<u8>();
        let begin = |piece| u64::from(begin(piece));
        self.lines.bytes().chunks(128).map(begin).sum::<u64>() <= u64::from(self.limits.nesting)
    }

    fn refused(&self, name: &str, error: Error) -> ReadError {
        let field = error.part().map(|part| format!("{name}.{part}")).unwrap_or_default();
        self.fault(ReadErrorKind::Refused(error)).in_field(field)
    }
}

/// Returns whether the line starts with an object that has a header's member, whatever is in it and after it.
fn is_header(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Line {
        #[serde(rename = "claimgraph")]
        _header: serde::de::IgnoredAny,
    }
    Line::deserialize(&mut serde_json::Deserializer::from_slice(line)).is_ok()
}

/// Returns the version of a header that is newer than this release, whatever else the header holds.
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

/// A [`Record::Claim`] that is written without a box.
#[derive(Serialize)]
struct ClaimLine<'r, 'g> {
    claim: &'r ClaimRecord<&'g str>,
}

/// Writes a graph as JSON Lines, in canonical order: equal graphs give equal bytes, whatever the order of
/// insertion.
///
/// # Errors
/// Returns an error if the output fails.
pub fn write(graph: &ClaimGraph, mut output: impl Write) -> io::Result<()> {
    write_lines(graph, &mut output)
}

fn write_lines(graph: &ClaimGraph, output: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    let names = graph.canonical_names();
    for record in graph.records_before_claims() {
        line(&record, &mut bytes, output)?;
    }
    for (&id, own) in &names {
        if let Some(redaction) = graph.redaction_record(id, own) {
            line(&Record::<String>::Redaction(Box::new(redaction)), &mut bytes, output)?;
            continue;
        }
        let claim = &graph.named_record(id, own, &names);
        line(&ClaimLine { claim }, &mut bytes, output)?;
    }
    for record in graph.records_after_claims(&names) {
        line(&record, &mut bytes, output)?;
    }
    output.flush()
}

/// Writes one line. `bytes` is a buffer for it.
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
    /// Returns an error if the output fails.
    pub fn write_jsonl(&self, output: impl Write) -> io::Result<()> {
        write(self, output)
    }

    /// Returns the graph as a text of JSON Lines.
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
    /// Returns the first line that is wrong, with its column and field if they are known.
    pub fn read_jsonl(input: impl BufRead) -> Result<Self, ReadError> {
        Reader::new().read(input).map(|report| report.graph)
    }
}
