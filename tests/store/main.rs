//! A graph in a file: commits that last, readers beside a writer, crashes, damage, and the journal.

mod commits;
mod read_only;

#[path = "../support"]
mod support {
    pub mod batches;
    pub mod every_record;
}

use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, Error, date};

/// Adds claim number `n` of a run, and the states that it names.
fn add_numbered(graph: &mut ClaimGraph, n: usize) -> Result<(), Error> {
    let key = |n: usize| format!("state-{}", n % 7);
    let (from, to) = (graph.add(State, key(n))?, graph.add(State, key(n / 7))?);
    let day = date(2024, 1 + (n % 12) as i8, 1 + (n % 28) as i8);
    graph.insert(Claim::by(from).asserts(from, ATTACKS, to).reported(day)).map(drop)
}

/// Returns the graph after the first `n` claims of the run.
fn numbered(n: usize) -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    (0..n).for_each(|n| add_numbered(&mut graph, n).unwrap());
    graph
}
