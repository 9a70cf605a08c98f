//! GraphML, GEXF and DOT: what they hold, which losses they report, second trips that lose nothing more, files of
//! other programs, and input that is broken or meant to harm.

mod foreign;
mod members;
mod read;
mod written;

use crate::report;
use crate::support::brute::worlds;
use crate::support::hostile::{HOSTILE, graph_of, out};
use claimgraph::{
    Answer, Claim, ClaimGraph, DocumentInfo, Entity, Modality, Period, Quantity, View, date,
    format::{Limits, Losses, ReadError, ReadErrorKind, ReadReport, WriteError},
    reporting::*,
};
use claimgraph_formats::{dot, gexf, graphml};
use proptest::prelude::*;

type Written = Result<(String, Losses), WriteError>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Format {
    GraphMl,
    Gexf,
}

const BOTH: [Format; 2] = [Format::GraphMl, Format::Gexf];

impl Format {
    fn write(self, view: &View<'_>) -> Written {
        let mut bytes = Vec::new();
        let outcome = match self {
            Format::GraphMl => graphml::write(view.clone(), &mut bytes),
            Format::Gexf => gexf::write(view.clone(), &mut bytes),
        };
        assert!(outcome.is_ok() || bytes.is_empty(), "nothing is half-written");
        Ok((String::from_utf8(bytes).unwrap(), outcome?))
    }

    fn read(self, text: &str) -> Result<ReadReport, ReadError> {
        match self {
            Format::GraphMl => graphml::Reader::new().read(text.as_bytes()),
            Format::Gexf => gexf::Reader::new().read(text.as_bytes()),
        }
    }
}

fn write(format: Format, graph: &ClaimGraph) -> (String, Losses) {
    format.write(&graph.view()).unwrap_or_else(|error| panic!("{format:?}: {error}"))
}

fn read(format: Format, text: &str) -> ClaimGraph {
    let read = format.read(text).unwrap_or_else(|error| panic!("{format:?}: {error}\n{text}"));
    assert!(read.losses.is_empty(), "{}", read.losses);
    read.graph
}

fn drawn(view: &View<'_>) -> Result<(String, Losses), WriteError> {
    let mut bytes = Vec::new();
    let losses = dot::write(view.clone(), &mut bytes)?;
    Ok((String::from_utf8(bytes).unwrap(), losses))
}

fn count(losses: &Losses, kind: &str) -> u64 {
    losses.of(kind).map_or(0, |loss| loss.count())
}
