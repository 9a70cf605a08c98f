//! A graph in a file: commits that last, readers beside a writer, crashes, damage, and the journal.

mod commits;
mod crashes;
mod damage;
mod desk;
mod disk;
mod faults;
mod journal;
mod kills;
mod read_only;
mod readers;

#[path = "../support"]
mod support {
    pub mod batches;
    pub mod every_record;
}

use claimgraph::vocabulary::{RelationDef, Slot, Vocabulary};
use claimgraph::{Claim, ClaimGraph, Error, date};

/// Returns a graph without claims, whose vocabulary is small, so that its columns are.
fn empty() -> ClaimGraph {
    let mut words = Vocabulary::new();
    words.add_relation(RelationDef::new("meets", Slot::Any, Slot::Any)).unwrap();
    ClaimGraph::with(&words).unwrap()
}

/// Adds claim number `n` of a run, and the speakers that it names.
fn add_numbered(graph: &mut ClaimGraph, n: usize) -> Result<(), Error> {
    let mut speaker = |n: usize| graph.add_untyped("Source", format!("speaker-{}", n % 7));
    let (from, to) = (speaker(n)?, speaker(n / 7)?);
    let meets = graph.relation("meets")?;
    let day = date(2024, 1 + (n % 12) as i8, 1 + (n % 28) as i8);
    graph.insert(Claim::by(from).asserts(from, meets, to).reported(day)).map(drop)
}

/// Returns the graph after the first `n` claims of the run.
fn numbered(n: usize) -> ClaimGraph {
    let mut graph = empty();
    (0..n).for_each(|n| add_numbered(&mut graph, n).unwrap());
    graph
}
