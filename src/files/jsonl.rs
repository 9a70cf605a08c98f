//! The native format: JSON Lines, one record a line, UTF-8. `docs/FORMAT.md` describes it.
//!
//! ```text
//! {"claimgraph":{"format":1,"vocabulary":{...}}}
//! {"entity":{"key":"russia","kind":"State","names":[{"text":"Russia","kind":"canonical"}]}}
//! {"claim":{"id":"...","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"..."}],...}}
//! ```

use crate::files::format::error::{Limits, ReadError, ReadErrorKind};
use crate::graph::ClaimGraph;
use crate::graph::record::export::FORMAT_VERSION;
use crate::graph::record::import::Loader;
use crate::model::error::Error;
use crate::model::record::{Record, Text};
use crate::model::text::{clipped, excerpt};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, BufRead, Read, Write};

/// What was read, and what was wrong with the rest.
#[derive(Debug)]
pub struct Outcome {
    /// The graph of all records that were accepted.
    pub graph: ClaimGraph,
    /// The faults, in order of lines.
    pub faults: Vec<ReadError>,
}

/// Reads JSON Lines with limits.
///
/// ```
/// use claimgraph::jsonl::JsonlReader;
/// let text = "{\"claimgraph\":{\"format\":1,\"vocabulary\":{}}}\nnonsense\n{\"entity\":{\"key\":\"x\",\"kind\":\"Thing\"}}\n";
/// let outcome = JsonlReader::new().read_all(text.as_bytes());
/// assert_eq!((outcome.graph.entity_count(), outcome.faults.len()), (1, 1));
/// assert!(JsonlReader::new().read(text.as_bytes()).is_err());   // or all or nothing
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a reader reads nothing until it is given an input"]
pub struct JsonlReader {
    limits: Limits,
}

impl JsonlReader {
    /// A reader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader with these limits.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads a graph, or refuses it at the first fault.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn read(self, mut input: impl BufRead) -> Result<ClaimGraph, ReadError> {
        Lines::of(&mut input, self.limits).graph(Loader::new())
    }

    /// Adds what is read to a graph, or refuses it at the first fault: the graph is then as it was.
    ///
    /// The lines begin with a header, as a file of their own. They name entities of the graph by their keys and claims of
    /// the graph by their [`ClaimKey`](crate::claim::ClaimKey)s. Claims that the graph has are added once more; to load what
    /// may have been loaded before, [`merge`](ClaimGraph::merge) what was [`read`](Self::read).
    ///
    /// # Errors
    /// The first line that is wrong.
    ///
    /// ```
    /// use claimgraph::{date, jsonl::JsonlReader, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let text = graph.to_jsonl();
    /// let denial = graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let key = graph.claim_key(denial)?;
    /// let answer = format!(r#"{{"claim":{{"speakers":[{{"source":"russia"}}],"stance":"confirms","targets":[{{"claim":"{key}"}}],"reported":"2024-10-25"}}}}"#);
    /// JsonlReader::new().read_onto(&mut graph, format!("{text}{answer}").as_bytes())?;
    /// assert_eq!(graph.claim(denial)?.answers().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_onto(
        self,
        graph: &mut ClaimGraph,
        mut input: impl BufRead,
    ) -> Result<(), ReadError> {
        let loader = Loader::onto(graph.clone());
        *graph = Lines::of(&mut input, self.limits).graph(loader)?;
        Ok(())
    }

    /// Reads what can be read and returns all faults. A line that is refused changes nothing; lines that
    /// name it are refused in turn.
    pub fn read_all(self, mut input: impl BufRead) -> Outcome {
        Lines::of(&mut input, self.limits).outcome()
    }
}

/// The lines of any input: what reads them is compiled once.
struct Lines<'i> {
    input: &'i mut dyn BufRead,
    limits: Limits,
    line: u64,
    records: u64,
    buffer: Vec<u8>,
    ended: bool,
}

impl<'i> Lines<'i> {
    fn of(input: &'i mut dyn BufRead, limits: Limits) -> Self {
        Self { input, limits, line: 0, records: 0, buffer: Vec::new(), ended: false }
    }

    fn graph(mut self, mut loader: Loader) -> Result<ClaimGraph, ReadError> {
        while let Some(line) = self.next_line() {
            line.and_then(|()| self.take(&mut loader))?;
        }
        self.close()?;
        Ok(loader.finish())
    }

    fn outcome(mut self) -> Outcome {
        let mut loader = Loader::new();
        let mut faults = Vec::new();
        while let Some(line) = self.next_line() {
            let fault = line.and_then(|()| self.take(&mut loader)).err();
            let fatal = fault.as_ref().is_some_and(|f| {
                f.is_newer_format() || matches!(f.kind(), ReadErrorKind::NoHeader)
            });
            faults.extend(fault);
            if fatal || faults.len() >= self.limits.faults {
                return Outcome { graph: loader.finish(), faults };
            }
        }
        if faults.is_empty() {
            faults.extend(self.close().err());
        }
        Outcome { graph: loader.finish(), faults }
    }

    /// Reads the next line that is not blank.
    fn next_line(&mut self) -> Option<Result<(), ReadError>> {
        while !self.ended {
            self.line += 1;
            self.buffer.clear();
            // One more than the limit, to tell a line of the limit from one over it.
            let read = (&mut self.input)
                .take(self.limits.line_bytes.saturating_add(1))
                .read_until(b'\n', &mut self.buffer);
            let length = match read {
                Ok(0) => {
                    self.ended = true;
                    return None;
                }
                Ok(length) => length as u64,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(ReadError::at(self.line, ReadErrorKind::Io(error))));
                }
            };
            if length > self.limits.line_bytes {
                self.ended = true;
                return Some(Err(self.over("bytes in a line", self.limits.line_bytes)));
            }
            if self.line == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.drain(..3);
            }
            if self.buffer.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.records += 1;
            if self.records > self.limits.records {
                self.ended = true;
                return Some(Err(self.over("records", self.limits.records)));
            }
            return Some(Ok(()));
        }
        None
    }

    fn over(&self, what: &'static str, limit: u64) -> ReadError {
        ReadError::at(self.line, ReadErrorKind::Limit { what, limit })
    }

    fn parse(&self) -> Result<Record<Text<'_>>, ReadError> {
        if self.records == 1
            && let Some(found) = newer_format(&self.buffer)
        {
            return Err(ReadError::at(
                self.line,
                ReadErrorKind::NewerFormat { found, supported: FORMAT_VERSION },
            ));
        }
        // Nothing has recursed so far: what is passed over is not parsed.
        if !self.is_flat() && nesting(&self.buffer) > self.limits.nesting {
            return Err(
                self.over("objects and lists within each other", self.limits.nesting.into())
            );
        }
        match from_json(&self.buffer) {
            Ok(record) => Ok(record),
            Err(_) if self.records == 1 && !is_header(&self.buffer) => {
                Err(ReadError::at(self.line, ReadErrorKind::NoHeader))
            }
            Err((path, error)) => Err(self.syntax(&error, path.map(|path| excerpt(&path)))),
        }
    }

    /// Whether no more objects and lists begin in the line than may lie within each other: nearly always.
    fn is_flat(&self) -> bool {
        let begins = |byte: &&u8| matches!(byte, b'{' | b'[');
        self.buffer.iter().filter(begins).count() as u64 <= u64::from(self.limits.nesting)
    }

    fn syntax(&self, error: &serde_json::Error, field: Option<String>) -> ReadError {
        let kind = ReadErrorKind::Syntax(clipped(&problem(error), 120));
        ReadError::at(self.line, kind).column_of(u64::try_from(error.column()).ok()).field_of(field)
    }

    /// Puts the line on record.
    fn take(&self, loader: &mut Loader) -> Result<(), ReadError> {
        let record = self.parse()?;
        let is_header = matches!(record, Record::Claimgraph(_));
        if is_header != (self.records == 1) {
            let kind =
                if is_header { ReadErrorKind::SecondHeader } else { ReadErrorKind::NoHeader };
            return Err(ReadError::at(self.line, kind));
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
        loader.take(record).map_err(|error| self.refused(name, error))
    }

    fn refused(&self, name: &str, error: Error) -> ReadError {
        let field = error.part().map(|part| format!("{name}.{part}"));
        ReadError::at(self.line, ReadErrorKind::Refused(error)).field_of(field)
    }

    /// An input without any record is no file of ours.
    fn close(&self) -> Result<(), ReadError> {
        match self.records {
            0 => Err(ReadError::at(1, ReadErrorKind::NoHeader)),
            _ => Ok(()),
        }
    }
}

/// The value as which the bytes read, or what is wrong and the path of the member in which it is. All formats
/// read records by this one way.
pub(crate) fn from_json<'t, T: Deserialize<'t>>(
    bytes: &'t [u8],
) -> Result<T, (Option<String>, serde_json::Error)> {
    // Only what is wrong is read with an eye on where.
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        (Some(path).filter(|path| path != "."), error.into_inner())
    })?;
    deserializer.end().map_err(|error| (None, error))?;
    Ok(value)
}

/// What is wrong, without the "at line 1 column n" in which the message ends: that is said apart.
pub(crate) fn problem(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map(|(problem, _)| problem.to_owned()).unwrap_or(message)
}

/// How deep objects and lists go, before anything recurses into them.
fn nesting(line: &[u8]) -> u32 {
    let (mut depth, mut deepest, mut text, mut escaped) = (0u32, 0u32, false, false);
    for &byte in line {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            b'{' | b'[' if !text => {
                depth = depth.saturating_add(1);
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
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

/// Writes one line, in room for its bytes.
fn line(record: &impl Serialize, bytes: &mut Vec<u8>, output: &mut dyn Write) -> io::Result<()> {
    bytes.clear();
    serde_json::to_writer(&mut *bytes, record)?;
    bytes.push(b'\n');
    output.write_all(bytes)
}

impl ClaimGraph {
    /// Writes the graph as JSON Lines, in canonical order: equal graphs give equal bytes, whatever the
    /// order of insertion.
    ///
    /// # Errors
    /// The output fails.
    pub fn write_jsonl(&self, mut output: impl Write) -> io::Result<()> {
        self.write_lines(&mut output)
    }

    fn write_lines(&self, output: &mut dyn Write) -> io::Result<()> {
        let mut bytes = Vec::new();
        let names = self.canonical_names();
        self.each_before_claims(&mut |record| line(&record, &mut bytes, output))?;
        for record in names.keys().filter_map(|&id| self.named_record::<&str>(id, &names)) {
            line(&record, &mut bytes, output)?;
        }
        self.each_after_claims(&names, &mut |record| line(&record, &mut bytes, output))?;
        output.flush()
    }

    /// The graph as JSON Lines in memory.
    pub fn to_jsonl(&self) -> String {
        let mut bytes = Vec::new();
        // Writing to memory does not fail, and JSON is UTF-8.
        let _ = self.write_jsonl(&mut bytes);
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads a graph from JSON Lines, with the default [`Limits`]; all or nothing.
    ///
    /// # Errors
    /// The first line that is wrong, with its column and field where it has them.
    pub fn read_jsonl(input: impl BufRead) -> Result<Self, ReadError> {
        JsonlReader::new().read(input)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} claims, {} faults", self.graph.len(), self.faults.len())
    }
}
