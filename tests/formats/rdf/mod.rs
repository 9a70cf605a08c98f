//! RDF: a written graph comes back unchanged, a triple is asserted only if a document asserts it, and no input does
//! harm.

mod foreign;
mod hostile;
mod parts;
mod published;
mod round_trips;

use crate::report;
use crate::support::rdf::{HOSTILE, as_key, graphs, long};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Entity, Quantity, Stance, Statement,
    claim::NotStated,
    date,
    entity::Name,
    format::{Limits, ReadError, ReadErrorKind, ReadReport},
};
use claimgraph_formats::rdf::{self, RdfFormat};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::path::PathBuf;

const DAY: claimgraph::Date = date(2024, 10, 24);

fn write(graph: &ClaimGraph, format: RdfFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert!(rdf::write(graph, format, &mut bytes).unwrap().is_empty());
    bytes
}

fn text(graph: &ClaimGraph, format: RdfFormat) -> String {
    String::from_utf8(write(graph, format)).unwrap()
}

fn read(format: RdfFormat, bytes: impl AsRef<[u8]>) -> Result<ReadReport, ReadError> {
    let read = rdf::Reader::new(format).read(bytes.as_ref());
    if let Err(error) = &read {
        let message = error.to_string();
        assert!(message.len() < 1_000 && !message.contains(char::is_control), "{message:?}");
    }
    read
}

/// Writes and reads back in every syntax.
fn comes_back(graph: &ClaimGraph) {
    let before = graph.to_jsonl();
    for &format in RdfFormat::ALL {
        let bytes = write(graph, format);
        let back = read(format, &bytes).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert!(back.losses.is_empty(), "{format:?}: {}", back.losses);
        assert_eq!(back.graph.to_jsonl(), before, "{format:?}");
        assert_eq!(write(&back.graph, format), bytes, "{format:?}");
    }
}

fn random(strategy: impl Strategy<Value = ClaimGraph>, largest: usize) -> ClaimGraph {
    let mut runner = TestRunner::deterministic();
    let drawn = (0..largest).map(|_| strategy.new_tree(&mut runner).unwrap().current());
    drawn.max_by_key(ClaimGraph::len).unwrap()
}
