//! Claims in sorted columns, claims added since, and claims loaded at once give the same answers, and the same as a plain
//! list of claims.

mod clones;
mod deep;
mod insertion_orders;
mod insertion_ways;
mod invariants;
mod plain_list;
mod readers;
mod redaction;
mod rows;

use crate::support::brute::{RELS, World, day, worlds};
use claimgraph::reporting::{Place, State};
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, DocumentInfo, EntityId, Finding, Findings, Relation, Stance,
    View, claim::PlainClaim, date, grade::SourceGrades, questions::WatchKind,
};
use claimgraph_analysis::{
    Activity, DateBasis, Granularity, PageRankOptions, activities, activity,
    claims_with_object_or_part, claims_with_subject_or_part, communities, components, core_numbers,
    page_rank, rolled_up_projection, stance_matrix,
};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoEdgesDirected};
use proptest::prelude::*;
use std::fmt::{Display, Write};

fn config(cases: u32) -> ProptestConfig {
    let rng_seed = match std::env::var("PROPTEST_RNG_SEED") {
        Ok(_) => ProptestConfig::default().rng_seed,
        Err(_) => proptest::test_runner::RngSeed::Fixed(20_241_124),
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

fn list<T: Finding + Display>(out: &mut String, question: &str, found: Findings<'_, T>) {
    writeln!(out, "{question}: {:?} {:?}", found.claims(), found.proof().to_string()).unwrap();
    found.iter().for_each(|finding| writeln!(out, "  {finding}").unwrap());
}

#[derive(Clone, Copy, Debug)]
struct Plain {
    subject: usize,
    relation: usize,
    object: usize,
    speaker: usize,
    stance: Stance,
    valid: i8,
    reported: i8,
    answers: Option<usize>,
}

const STATES: usize = 6;

fn on(day: i8) -> Date {
    date(2031, 1 + day / 28, 1 + day % 28)
}

fn states() -> (
    ClaimGraph,
    Vec<EntityId>,
    [Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>; 3],
) {
    let mut graph = ClaimGraph::new();
    let ids = (0..STATES).map(|n| graph.add(State, format!("state-{n}")).unwrap().id()).collect();
    let relations =
        ["attacks", "deploys-to", "treaty-with"].map(|key| graph.relation(key).unwrap());
    (graph, ids, relations)
}

fn row(
    plain: &Plain,
    ids: &[EntityId],
    relations: &[Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>; 3],
) -> PlainClaim {
    let row = PlainClaim::new(ids[plain.speaker], plain.stance)
        .about(ids[plain.subject], relations[plain.relation], ids[plain.object])
        .valid_on(on(plain.valid))
        .reported(on(plain.reported));
    plain.answers.map_or(row, |target| row.answering_row(target))
}
