//! Delimited text by a mapping: every transformation, every fault with its line, column and field, and
//! hostile input.

mod columns;
mod faults;
mod inputs;
mod rows;

use claimgraph::{
    Cell, ClaimGraph, ClaimRef, DateField, EntityField, Layout, Modality, RelationField, Stance,
    TableFaultKind, TableLimits, TableMapping, TableReader, TableReport, TimeField, ValueField,
    claim::{Certainty, Polarity},
    date,
    reporting::*,
    time::Aspect,
};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, BufReader, Read, Write};

fn mapping(json: &str) -> TableMapping {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

/// A mapping with the columns `who`, `what`, `whom` and `day`; `more` is appended.
fn meetings(more: &str) -> TableMapping {
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

/// The faults of a table, as they are printed.
fn faults(mapping: TableMapping, table: impl AsRef<[u8]>) -> Vec<String> {
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(mapping).load_valid(&mut graph, table.as_ref());
    report.faults().iter().map(ToString::to_string).collect()
}

/// The one claim of a table.
fn one(mapping: TableMapping, table: &str, look: impl FnOnce(ClaimRef<'_>)) {
    let mut graph = ClaimGraph::new();
    let report = TableReader::new(mapping).load_all(&mut graph, table.as_bytes());
    let report = report.unwrap_or_else(|report| panic!("{:?}", report.faults()));
    assert_eq!((report.rows(), report.claims()), (1, 1));
    look(graph.claims().next().unwrap());
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const TABLE: &str = "who\twhom\tday\nA\tB\t2024-06-01\nB\tC\t2024-06-02\n";

/// Its faults, as text.
fn shown(report: &TableReport) -> String {
    report.faults().iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}
