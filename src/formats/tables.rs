//! Delimited text: comma- or tab-separated, gzipped or not, by a mapping that is data.
//! `docs/TABLES.md` describes it.

mod cells;
mod columns;
mod dates;
mod faults;
mod mapping;
pub(in crate::formats) mod records;
mod rows;

pub use crate::formats::tables::cells::{Cell, Column, IfMissing};
pub use crate::formats::tables::dates::{DateField, DateFormat};
pub use crate::formats::tables::faults::{TableFault, TableFaultKind};
pub use crate::formats::tables::mapping::{
    DocumentField, EntityField, Holds, Layout, Meant, Origin, QuantityField, RelationField,
    RelationTemplate, RoleField, TableMapping, TimeField, ValueField,
};
pub use crate::formats::tables::records::TableLimits;

use crate::formats::tables::columns::Header;
use crate::formats::tables::records::{Input, Records};
use crate::formats::tables::rows::Columns;
use crate::graph::ClaimGraph;
use std::fmt;
use std::io::BufRead;

/// What came of reading a table.
#[derive(Debug, Default)]
#[must_use = "some rows may have been refused"]
pub struct TableReport {
    rows: u64,
    claims: u64,
    skipped: u64,
    refused: u64,
    faults: Vec<TableFault>,
}

impl TableReport {
    /// How many rows were read, the header not counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many of them became claims; where nothing was kept, how many would have.
    pub fn claims(&self) -> u64 {
        self.claims
    }

    /// How many were passed over as the mapping says.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// How many were refused.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// The faults, in order of lines: all, or as many as the limits let be kept. One that is in no row, as
    /// of the mapping or the input, is the last.
    pub fn faults(&self) -> &[TableFault] {
        &self.faults
    }
}

/// "90730 rows: 90729 claims, 0 skipped, 1 refused".
impl fmt::Display for TableReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, claims, skipped, refused, .. } = self;
        write!(f, "{rows} rows: {claims} claims, {skipped} skipped, {refused} refused")
    }
}

/// Called after every so many rows.
struct Progress<'p> {
    every: u64,
    call: &'p mut dyn FnMut(&TableReport),
}

/// Reads a table into a graph, row by row: the file is never in memory as a whole.
///
/// Entities are made on first sight; names, kinds and dates are resolved once for each text. A row that
/// is refused leaves nothing behind.
///
/// ```
/// use claimgraph::{ClaimGraph, TableMapping, TableReader};
/// let mapping: TableMapping = serde_json::from_str(r#"{
///   "speaker":  {"text": {"constant": "desk"}, "kind": "Source"},
///   "subject":  {"text": {"column": "who"}, "kind": "Actor"},
///   "relation": {"text": {"constant": "meets"}},
///   "object":   {"entity": {"text": {"column": "whom"}, "kind": "Actor"}},
///   "valid":    {"at": {"text": {"column": "day"}}},
///   "reported": {"text": {"column": "day"}}
/// }"#).expect("it is a mapping");
/// let table = "who\twhom\tday\nA\tB\t2024-06-01\nA\tC\t2024-06-31\n";
///
/// let mut graph = ClaimGraph::new();
/// let report = TableReader::new(mapping.clone()).load_all(&mut graph, table.as_bytes()).unwrap_err();
/// assert_eq!(
///     report.faults()[0].to_string(),
///     "line 3, column 2 \"day\", valid.at, \"2024-06-31\": it is no date; expected YYYY-MM-DD"
/// );
/// assert_eq!((graph.len(), graph.entity_count()), (0, 0));         // nothing is kept
///
/// let report = TableReader::new(mapping).load_valid(&mut graph, table.as_bytes());
/// assert_eq!(report.to_string(), "2 rows: 1 claims, 0 skipped, 1 refused");
/// assert_eq!((graph.len(), graph.entity_count()), (1, 3));         // desk, A and B; no C
/// ```
#[must_use = "a reader reads nothing until it is given an input"]
pub struct TableReader<'p> {
    mapping: TableMapping,
    limits: TableLimits,
    gzipped: bool,
    progress: Option<Progress<'p>>,
}

impl fmt::Debug for TableReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableReader")
            .field("mapping", &self.mapping)
            .field("limits", &self.limits)
            .field("gzipped", &self.gzipped)
            .finish_non_exhaustive()
    }
}

impl<'p> TableReader<'p> {
    /// A reader by this mapping, with the default limits.
    pub fn new(mapping: TableMapping) -> Self {
        Self { mapping, limits: TableLimits::default(), gzipped: false, progress: None }
    }

    /// A reader with these limits.
    pub fn limits(mut self, limits: TableLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The input is gzipped. Without this it is where it begins with gzip's two bytes.
    pub fn gzipped(mut self) -> Self {
        self.gzipped = true;
        self
    }

    /// Calls this after every so many rows, with what has been read so far.
    pub fn progress(mut self, every: u64, call: &'p mut dyn FnMut(&TableReport)) -> Self {
        self.progress = Some(Progress { every: every.max(1), call });
        self
    }

    /// Reads all of the table or nothing. It is read into a copy of the graph, so that a refusal leaves the
    /// graph as it was, entities and vocabulary too; a graph that is large already is better served by
    /// [`load_valid`](Self::load_valid).
    ///
    /// # Errors
    /// The report with its faults, where a row was refused, the mapping is wrong, or the input fails.
    pub fn load_all(
        self,
        graph: &mut ClaimGraph,
        mut input: impl BufRead,
    ) -> Result<TableReport, TableReport> {
        let mut copy = graph.clone();
        let report = self.load(&mut copy, &mut input);
        match report.faults.is_empty() && report.refused == 0 {
            true => {
                *graph = copy;
                Ok(report)
            }
            false => Err(report),
        }
    }

    /// Reads what is right and reports the rest. A wrong mapping and a failing input end the reading; what
    /// was read before stays.
    pub fn load_valid(self, graph: &mut ClaimGraph, mut input: impl BufRead) -> TableReport {
        self.load(graph, &mut input)
    }

    fn load(mut self, graph: &mut ClaimGraph, input: &mut dyn BufRead) -> TableReport {
        let mut report = TableReport::default();
        if let Err(fault) = self.read(graph, input, &mut report) {
            report.faults.push(fault);
        }
        report
    }

    fn read(
        &mut self,
        graph: &mut ClaimGraph,
        input: &mut dyn BufRead,
        report: &mut TableReport,
    ) -> Result<(), TableFault> {
        let input = Input::open(input, self.gzipped)?;
        let mut records = Records::new(input, &self.mapping.layout, self.limits);
        let mut header = Header { names: Vec::new(), ragged: self.mapping.layout.ragged };
        let mut width = None;
        if self.mapping.layout.header {
            if !records.advance()? {
                return Err(TableFault::at(
                    1,
                    TableFaultKind::Mapping { problem: "expected a header".to_owned() },
                ));
            }
            let row = records.fields();
            for number in 0..row.len() {
                let name = std::str::from_utf8(row.get(number).unwrap_or_default());
                let name = name.map_err(|_| TableFault::at(row.line, TableFaultKind::NotUtf8))?;
                header.names.push(name.trim().to_owned());
            }
            width = Some(row.len());
        }
        let mut columns = Columns::new(&self.mapping, graph, &header)?;
        while records.advance()? {
            let row = records.fields();
            if report.rows >= self.limits.rows {
                let kind = TableFaultKind::Limit { what: "rows", limit: self.limits.rows };
                return Err(TableFault::at(row.line, kind));
            }
            report.rows += 1;
            let expected = *width.get_or_insert(row.len());
            let outcome = match row.len() == expected || header.ragged {
                true => columns.load(graph, row),
                false => Err(TableFault::at(
                    row.line,
                    TableFaultKind::Ragged { found: row.len(), expected },
                )),
            };
            match outcome {
                Ok(true) => report.claims += 1,
                Ok(false) => report.skipped += 1,
                Err(fault) => {
                    report.refused += 1;
                    if report.faults.len() < self.limits.faults {
                        report.faults.push(fault);
                    }
                }
            }
            if let Some(Progress { every, call }) = &mut self.progress
                && report.rows.is_multiple_of(*every)
            {
                call(report);
            }
        }
        Ok(())
    }
}
