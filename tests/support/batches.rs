//! Random batches and reviews, and graphs whose records are spread over them.

#![allow(dead_code)] // no binary uses all of them

use claimgraph::record::{Batch, Decision, Loader, Record, Review};
use claimgraph::{ClaimGraph, ClaimId};
use proptest::prelude::*;
use proptest::sample::select;

/// The agents of batches and reviews.
pub const AGENTS: [&str; 4] = ["editor", "ex tractor", "a:b%;x", "\u{202e}agent"];

/// Returns the instant of this number: a later one for a greater number.
pub fn instant(number: usize) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_700_000_000 + number as i64 * 86_400).unwrap()
}

/// Batches without a key, in the order of their instants.
pub fn batches(texts: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Vec<Batch>> {
    let maybe = || prop::option::of(texts.clone());
    let batch =
        (select(&AGENTS[..]), prop::option::of(select(&["2.1", "v 0"][..])), maybe(), maybe());
    prop::collection::vec(batch, 0..5).prop_map(|all| {
        let batch = |(place, (agent, version, prompt, note))| {
            let batch = match version {
                Some(version) => {
                    let tool = Batch::by_tool(agent, version);
                    Option::<String>::into_iter(prompt).fold(tool, Batch::prompted)
                }
                None => Batch::by_person(agent),
            };
            Option::<String>::into_iter(note).fold(batch, Batch::noted).at(instant(place))
        };
        all.into_iter().enumerate().map(batch).collect()
    })
}

/// Reviews, each with the number of its claim.
pub fn reviews(
    texts: impl Strategy<Value = String>,
) -> impl Strategy<Value = Vec<(usize, Review)>> {
    let review = (
        0..20usize,
        select(Decision::ALL),
        select(&AGENTS[..]),
        0..4usize,
        prop::option::of(texts),
    );
    let review = review.prop_map(|(claim, decision, agent, at, note)| {
        let review = Review::new(decision).by(agent).at(instant(at));
        (claim, note.into_iter().fold(review, Review::noted))
    });
    prop::collection::vec(review, 0..8)
}

/// Returns the place of the member that names the batch, if records of this kind have one.
fn batch_of(record: &mut Record) -> Option<&mut Option<String>> {
    match record {
        Record::Entity(record) => Some(&mut record.batch),
        Record::Affiliation(record) => Some(&mut record.batch),
        Record::Claim(record) => Some(&mut record.batch),
        Record::Link(record) => Some(&mut record.batch),
        Record::Derivation(record) => Some(&mut record.batch),
        Record::Lineage(record) => Some(&mut record.batch),
        Record::Judgement(record) => Some(&mut record.batch),
        Record::Redaction(record) => Some(&mut record.batch),
        Record::Claimgraph(_) | Record::Batch(_) | Record::Review(_) => None,
    }
}

/// Returns the same graph with each record in the batch that `pick` returns for its place, and with these reviews.
/// `after` is called after each record.
pub fn in_batches(
    graph: &ClaimGraph,
    batches: &[Batch],
    reviews: &[(usize, Review)],
    mut pick: impl FnMut(usize) -> usize,
    mut after: impl FnMut(usize, &ClaimGraph),
) -> ClaimGraph {
    let mut keyed = ClaimGraph::new();
    for batch in batches {
        keyed.begin_batch(batch.clone()).unwrap();
    }
    let keys: Vec<String> = keyed.batches().map(|batch| batch.key().to_owned()).collect();
    let mut loader = Loader::new();
    for (place, mut record) in graph.records().into_iter().enumerate() {
        if let Some(batch) = batch_of(&mut record) {
            *batch = keys.get(pick(place)).cloned();
        }
        let is_header = matches!(record, Record::Claimgraph(_));
        loader.push(record).unwrap();
        for batch in keyed.batches().filter(|_| is_header) {
            loader.push(Record::Batch(Box::new(batch.clone()))).unwrap();
        }
        after(place, loader.graph());
    }
    let mut graph = loader.finish();
    let claims: Vec<ClaimId> = graph.claims().map(|claim| claim.id()).collect();
    for (number, review) in reviews.iter().filter(|_| !claims.is_empty()) {
        graph.review(claims[number % claims.len()], review.clone()).unwrap();
    }
    graph
}
