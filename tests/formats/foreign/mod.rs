//! Records of other programs as they are found: with values that cannot be used, members that nobody knows, versions,
//! fragments and references. All that can be read is read, and all that is left out is counted with its place.

mod claimreview;
mod ftm;
mod members;
mod messages;
mod stix;
mod wikidata;

use claimgraph::{
    ClaimGraph, Stance, date,
    format::{Losses, ReadError, ReadErrorKind, ReadReport},
};

const DAY: claimgraph::Date = date(2024, 6, 1);

/// Returns the losses, one line for each kind: the kind, and its places.
fn lost(losses: &Losses) -> Vec<String> {
    let line = |(kind, loss): (&str, &claimgraph::format::Loss)| {
        assert_eq!(loss.count() as usize, loss.first().len(), "{kind}: few enough to be shown");
        format!("{kind}: {}", loss.first().join(" | "))
    };
    losses.iter().map(line).collect()
}

/// Returns the sentences of the claims, in order.
fn told(graph: &ClaimGraph) -> Vec<String> {
    let mut told: Vec<String> = graph.claims().map(|claim| claim.to_string()).collect();
    told.sort();
    told
}

fn report(read: Result<ReadReport, ReadError>) -> ReadReport {
    read.unwrap_or_else(|error| panic!("{error}"))
}

fn nothing() -> Vec<String> {
    Vec::new()
}
