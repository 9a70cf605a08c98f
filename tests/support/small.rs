//! A small graph to build on: two states, and an army that is not a part of either.

use claimgraph::reporting::*;
use claimgraph::{ClaimGraph, Date, Id, date};

pub const DAY: Date = date(2024, 10, 24);

pub fn world() -> (ClaimGraph, Id<State>, Id<State>, Id<Military>) {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let forces = graph.add(Military, "forces").unwrap();
    (graph, nk, russia, forces)
}
