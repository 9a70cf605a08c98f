//! Delimited text, comma- or tab-separated, gzipped or not. A table and a [`Mapping`] go in, a graph comes out. A
//! [`NameMapping`] reads names, an [`AffiliationMapping`] offices and memberships.
//! [The guide](crate::guide::tables) describes the mapping.

mod affiliate;
mod affiliation_loader;
mod affiliation_mapping;
mod bound_column;
mod cell;
pub(crate) mod csv_reader;
mod date_format;
mod entity_column;
mod mapping;
mod name_loader;
mod name_mapping;
mod quote_check;
mod row_loader;
mod table_mapping;
mod time_column;
mod value_column;

pub use crate::tables::affiliate::{
    AffiliationReport, affiliate_by_name, affiliate_named, parenthesised_parent,
};
pub use crate::tables::affiliation_mapping::AffiliationMapping;
pub use crate::tables::cell::{Cell, Column, IfMissing};
pub use crate::tables::date_format::{DateField, DateFormat};
pub use crate::tables::mapping::{
    DocumentField, EntityField, EntityResolution, KindField, Layout, Mapping, PeriodReading,
    QuantityField, RelationField, RelationTemplate, RoleField, TimeField, ValueField,
};
pub use crate::tables::name_mapping::{CodeField, NameField, NameMapping};
pub use crate::tables::table_mapping::TableMapping;

use crate::tables::bound_column::Header;
use crate::tables::csv_reader::{Rows, open};
use claimgraph::ClaimGraph;
use claimgraph::format::{Limits, ReadError, ReadErrorKind, ReadReport, excerpt};
use std::fmt;
use std::io::BufRead;

/// Reads a table as a stream: the file is never in memory as a whole.
///
/// Entities are made on first sight; names, kinds and dates are resolved once for each text. If a row is refused,
/// everything it added is undone.
///
/// ```
/// use claimgraph_formats::tables::{Mapping, Reader};
/// let mapping: Mapping = serde_json::from_str(r#"{
///   "speaker":  {"text": {"constant": "desk"}, "kind": "Source"},
///   "subject":  {"text": {"column": "who"}, "kind": "Actor"},
///   "relation": {"text": {"constant": "meets"}},
///   "object":   {"entity": {"text": {"column": "whom"}, "kind": "Actor"}},
///   "valid":    {"at": {"text": {"column": "day"}}},
///   "reported": {"text": {"column": "day"}}
/// }"#).expect("it is a mapping");
/// let table = "who\twhom\tday\nA\tB\t2024-06-01\nA\tC\t2024-06-31\n";
///
/// let fault = Reader::new(mapping.clone()).read(table.as_bytes()).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "line 3, column 2 \"day\", valid.at, \"2024-06-31\": it is not a date; expected YYYY-MM-DD"
/// );
///
/// let report = Reader::new(mapping).read_all(table.as_bytes());
/// assert_eq!(report.to_string(), "2 records: 1 accepted, 0 skipped, 1 refused");
/// assert_eq!((report.graph.len(), report.graph.entity_count()), (1, 3));    // desk, A and B; no C
/// ```
#[must_use = "a reader reads nothing until it is given an input"]
pub struct Reader {
    mapping: TableMapping,
    graph: ClaimGraph,
    limits: Limits,
    gzipped: bool,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("mapping", &self.mapping)
            .field("limits", &self.limits)
            .field("gzipped", &self.gzipped)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// Makes a reader with this mapping, the default limits and an empty graph. A [`Mapping`] makes a claim of each row, a
    /// [`NameMapping`] an entity with its names, an [`AffiliationMapping`] an affiliation.
    pub fn new(mapping: impl Into<TableMapping>) -> Self {
        let (graph, limits) = (ClaimGraph::new(), Limits::default());
        let mapping = mapping.into();
        Self { mapping, graph, limits, gzipped: false }
    }

    /// Sets the graph that the rows are added to.
    pub fn onto(mut self, graph: ClaimGraph) -> Self {
        self.graph = graph;
        self
    }

    /// Sets the limits. `line_bytes` holds for each row, and rows count as records.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets that the input is gzipped. By default, an input is gzipped if it begins with gzip's two bytes.
    pub fn gzipped(mut self) -> Self {
        self.gzipped = true;
        self
    }

    /// Reads the whole table, or nothing if it has a fault.
    ///
    /// # Errors
    /// A row is refused, the mapping is wrong, or the input fails. The error is the first fault.
    pub fn read(mut self, mut input: impl BufRead) -> Result<ReadReport, ReadError> {
        let mut report = ReadReport::new(std::mem::take(&mut self.graph), Default::default());
        self.rows(&mut input, &mut report, &mut |_, fault| Err(fault))?;
        Ok(report)
    }

    /// Reads the rows without a fault and reports the others. If the mapping is wrong or the input fails, the reading
    /// ends: the graph keeps the rows before, and the fault is the last of the report.
    pub fn read_all(mut self, mut input: impl BufRead) -> ReadReport {
        let mut report = ReadReport::new(std::mem::take(&mut self.graph), Default::default());
        let most = self.limits.faults;
        let ended = self.rows(&mut input, &mut report, &mut |report, fault| {
            report.refused += 1;
            if report.faults.len() < most {
                report.faults.push(fault);
            }
            Ok(())
        });
        report.faults.extend(ended.err());
        report
    }

    /// Reads the rows, and hands each refused one to `refused`.
    fn rows(
        &mut self,
        input: &mut dyn BufRead,
        report: &mut ReadReport,
        refused: &mut dyn FnMut(&mut ReadReport, ReadError) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut rows =
            Rows::new(open(input, self.gzipped, self.limits)?, self.mapping.layout(), self.limits);
        let mut header = Header::new(self.mapping.layout().ragged);
        let mut width = None;
        let syntax =
            |line: u64, problem: String| ReadError::at(line, ReadErrorKind::Syntax(problem));
        if self.mapping.layout().header {
            if !rows.advance()? {
                return Err(syntax(1, "expected a header".to_owned()));
            }
            if let Some(fault) = rows.fault(&[]) {
                return Err(fault);
            }
            let row = rows.fields();
            for number in 0..row.len() {
                let name = std::str::from_utf8(row.get(number).unwrap_or_default());
                let name = name.map_err(|_| syntax(row.line, "it is not UTF-8".to_owned()))?;
                header.names.push(name.trim().to_owned());
            }
            width = Some(row.len());
        }
        let mut columns = self.mapping.columns(&report.graph, &header)?;
        for (number, name) in header.unmapped() {
            let place = format!("column {number} \"{}\"", excerpt(name));
            report.losses.note("column that the mapping does not name", &place);
        }
        while rows.advance()? {
            let torn = rows.fault(&header.names);
            let row = rows.fields();
            let limit = self.limits.records;
            if report.records >= limit {
                return Err(ReadError::at(row.line, ReadErrorKind::Limit { what: "rows", limit }));
            }
            report.records += 1;
            let (found, expected) = (row.len(), *width.get_or_insert(row.len()));
            if header.ragged && found > expected {
                let place = format!("line {}, column {expected}", row.line);
                report.losses.note("field without a column", &place);
            }
            let outcome = if let Some(torn) = torn {
                Err(torn)
            } else if found == expected || header.ragged {
                columns.load(&mut report.graph, row)
            } else {
                let problem = format!("expected {expected} fields, found {found}");
                Err(syntax(row.line, problem))
            };
            match outcome {
                Ok(true) => {}
                Ok(false) => report.skipped += 1,
                Err(fault) => refused(report, fault)?,
            }
        }
        Ok(())
    }
}
