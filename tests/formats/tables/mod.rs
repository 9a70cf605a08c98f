//! Delimited text by a mapping: every transformation, every fault with its line, column and field, and
//! hostile input.

mod affiliate;
mod columns;
mod faults;
mod inputs;
mod kinds;
mod names;
mod rows;

use claimgraph::{
    ClaimGraph, ClaimRef, Modality, Stance,
    claim::{Certainty, Polarity},
    date,
    format::{Limits, ReadError, ReadErrorKind, ReadReport},
    reporting::*,
    time::Aspect,
};
use claimgraph_formats::tables::{
    Cell, DateField, EntityField, IfMissing, Layout, Mapping, Reader, RelationField, TimeField,
    ValueField,
};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, BufRead, BufReader, Read, Write};

fn mapping(json: &str) -> Mapping {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

/// Returns a mapping of meetings with the columns who, whom and day, and with `more` at its end.
fn meetings(more: &str) -> Mapping {
    mapping(&format!(
        r#"{{
        "speaker": {{"text": {{"constant": "desk"}}, "kind": "Source"}},
        "subject": {{"text": {{"column": "who"}}, "kind": "Actor"}},
        "relation": {{"text": {{"constant": "meets"}}}},
        "object": {{"entity": {{"text": {{"column": "whom"}}, "kind": "Actor"}}}},
        "reported": {{"text": {{"column": "day"}}}}
        {more}
    }}"#
    ))
}

/// Reads what is right onto a graph.
fn load(reader: Reader, graph: &mut ClaimGraph, table: impl BufRead) -> ReadReport {
    let mut report = reader.onto(std::mem::take(graph)).read_all(table);
    *graph = std::mem::take(&mut report.graph);
    report
}

/// Reads onto a copy of a graph, which takes the place of the graph if every row is right.
fn load_all(
    reader: Reader,
    graph: &mut ClaimGraph,
    table: impl BufRead,
) -> Result<ReadReport, ReadError> {
    let mut report = reader.onto(graph.clone()).read(table)?;
    *graph = std::mem::take(&mut report.graph);
    Ok(report)
}

/// The faults of a table, as they are printed.
fn faults(mapping: Mapping, table: impl AsRef<[u8]>) -> Vec<String> {
    let report = Reader::new(mapping).read_all(table.as_ref());
    report.faults.iter().map(ToString::to_string).collect()
}

/// The one claim of a table.
fn one(mapping: Mapping, table: &str, look: impl FnOnce(ClaimRef<'_>)) {
    let report = Reader::new(mapping).read(table.as_bytes()).unwrap();
    assert_eq!((report.records, report.accepted()), (1, 1));
    look(report.graph.claims().next().unwrap());
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const TABLE: &str = "who\twhom\tday\nA\tB\t2024-06-01\nB\tC\t2024-06-02\n";

/// Its faults, as they read.
fn shown(report: &ReadReport) -> String {
    report.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}
