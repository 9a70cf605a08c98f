//! The report of reading a file. The readers of every format return it.

use crate::files::format::error::ReadError;
use crate::files::format::loss::Losses;
use crate::graph::ClaimGraph;
use std::fmt;

/// The report of reading a file: the graph, the losses and faults, and the numbers of records.
///
/// A reader that reads all or nothing returns a report without faults.
///
/// ```
/// use claimgraph::jsonl;
/// let text = "{\"claimgraph\":{\"format\":1,\"vocabulary\":{}}}\nnonsense\n{\"entity\":{\"key\":\"x\",\"kind\":\"Thing\"}}\n";
/// let report = jsonl::Reader::new().read_all(text.as_bytes());
/// assert_eq!((report.graph.entity_count(), report.records, report.refused), (1, 3, 1));
/// assert_eq!(report.to_string(), "3 records: 2 accepted, 0 skipped, 1 refused");
/// ```
#[derive(Debug, Default)]
#[non_exhaustive]
#[must_use = "something may have been refused or left out"]
pub struct ReadReport {
    /// The graph of all accepted records.
    pub graph: ClaimGraph,
    /// The parts of the input that the reader did not understand.
    pub losses: Losses,
    /// The faults in order of lines: all of them, or as many as the limits allow. If the input as a whole has a fault,
    /// it is the last.
    pub faults: Vec<ReadError>,
    /// The number of records or rows that were read. Formats that are not read record by record leave it at 0.
    pub records: u64,
    /// The number of them that were skipped, as a mapping says.
    pub skipped: u64,
    /// The number of them that were refused.
    pub refused: u64,
}

impl ReadReport {
    /// Makes a report of a graph and its losses.
    pub fn new(graph: ClaimGraph, losses: Losses) -> Self {
        Self { graph, losses, ..Self::default() }
    }

    /// Returns the number of records or rows that were accepted.
    pub fn accepted(&self) -> u64 {
        self.records.saturating_sub(self.skipped).saturating_sub(self.refused)
    }

    /// Returns the report, or its first fault if there is one.
    ///
    /// # Errors
    /// The first fault.
    pub fn all(mut self) -> Result<Self, ReadError> {
        if self.faults.is_empty() { Ok(self) } else { Err(self.faults.swap_remove(0)) }
    }
}

/// Prints, for example, "90730 records: 90729 accepted, 0 skipped, 1 refused".
impl fmt::Display for ReadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { records, skipped, refused, .. } = self;
        let accepted = self.accepted();
        write!(f, "{records} records: {accepted} accepted, {skipped} skipped, {refused} refused")
    }
}
