//! Bytes a claim, counted by the allocator: the graph with all its lists, beside the hand-written arrays and
//! petgraph. Entities, names and texts are counted apart, because they are the same in all three.
//!
//! `cargo bench --bench memory`, with `CLAIMS=1000000` for another number. Not timed: it prints a table.

#[path = "support/mod.rs"]
mod support;

use cap::Cap;
use claimgraph::{ClaimGraph, Stance};
use std::alloc::System;
use support::limit::Limit;
use support::ours::{Ours, dates, vocabulary};
use support::plain::Plain;
use support::workload::Workload;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// Returns the value that is built, and the bytes that stay allocated for it.
fn kept<T>(make: impl FnOnce() -> T) -> (T, usize) {
    let before = ALLOCATOR.allocated();
    let made = make();
    (made, ALLOCATOR.allocated().saturating_sub(before))
}

/// Asks questions until all lists are built: by object, by speaker, and what denials contest.
fn touch(graph: &ClaimGraph, stage: &Ours) {
    let (view, source) = (graph.view(), stage.sources[0]);
    let about = view.claims_with_object(support::ours::entity(0)).count();
    let spoken = view.claims_with_speaker(source).count();
    let said = graph
        .claims()
        .find(|claim| claim.stance() == Stance::Asserts)
        .map(|claim| claim.id())
        .unwrap();
    assert!(about > 0 && spoken > 0 && view.contests(said).is_ok());
}

fn main() {
    let claims =
        std::env::var("CLAIMS").ok().and_then(|claims| claims.parse().ok()).unwrap_or(100_000);
    let workload = Workload::of(claims);
    let (words, days) = (vocabulary(&workload), dates(&workload));
    let bytes = |total: usize| total as f64 / claims as f64;

    let (stage, entities) = kept(|| Ours::stage(&workload, &words, &days));
    let claims_of = &workload.claims;
    let (ours, rows) = kept(move || {
        let ours = stage.load(claims_of);
        touch(&ours.graph, &ours);
        ours
    });
    println!("{claims} plain claims, {} entities", workload.entities.len());
    println!("ours, claims with all lists        {:6.1} bytes a claim", bytes(rows));
    println!("ours, entities, keys, vocabulary   {:6.1}", bytes(entities));
    let (_, counted) = kept(|| {
        ours.graph.view().as_of(days[days.len() / 2]).count_with_subject(support::ours::entity(0))
    });
    println!("ours, once somebody counts by day  {:6.1} more", bytes(counted));

    let stage = Ours::stage(&workload, &words, &days);
    let (grown, rows) = kept(|| {
        let rows: Vec<_> = workload.claims.iter().map(|claim| stage.row(claim)).collect();
        let mut graph = stage.graph.clone();
        rows.into_iter().for_each(|row| _ = graph.insert(row).unwrap());
        touch(&graph, &stage);
        graph
    });
    println!("ours, inserted one by one          {:6.1}", bytes(rows.saturating_sub(entities)));
    drop(grown);

    let (limit, rows) = kept(|| Limit::of(&workload));
    println!("limit, names included              {:6.1}", bytes(rows));
    let (plain, rows) = kept(|| Plain::of(&workload));
    println!("petgraph, names included           {:6.1}", bytes(rows));
    assert_eq!(
        (limit.id.len(), plain.graph.edge_count(), ours.graph.len()),
        (claims, claims, claims)
    );
}
