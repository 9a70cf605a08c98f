//! The records that were added to a graph make the earlier graph into the later one.

use crate::support::batches::instant;
use crate::support::every_record::{drawn, full, latest, small};
use claimgraph::format::Additions;
use claimgraph::record::{Batch, Loader, Record, Redaction, Review};
use claimgraph::{Claim, ClaimGraph, Entity, date, reporting::*};

/// Whether something that the earlier graph has was redacted since.
fn is_redacted_since(before: &ClaimGraph, after: &ClaimGraph) -> bool {
    before.entities().any(|entity| {
        let later = after.entity(entity.id()).unwrap();
        entity.redaction().is_none() && later.redaction().is_some()
    })
}

/// Adds what the later graph has more, and returns the result. Redactions of what was there are not additions.
fn caught_up(before: &ClaimGraph, after: &ClaimGraph) -> ClaimGraph {
    let Some(additions) = Additions::between(before, after) else {
        assert!(is_redacted_since(before, after), "it is a clone with additions");
        return after.clone();
    };
    assert!(!is_redacted_since(before, after));
    let mut loader = Loader::by_number(before.clone());
    additions.each(|record| loader.push(record)).unwrap();
    loader.finish()
}

fn assert_same(ours: &ClaimGraph, theirs: &ClaimGraph) {
    let (ours_as_text, theirs_as_text) = (ours.to_jsonl(), theirs.to_jsonl());
    for (line, expected) in ours_as_text.lines().zip(theirs_as_text.lines()) {
        assert_eq!(line, expected);
    }
    assert_eq!(ours_as_text.len(), theirs_as_text.len());
    let shown = |graph: &ClaimGraph| {
        graph.claims().map(|claim| graph.show(claim.id()).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(shown(ours), shown(theirs), "claims have the same handles");
    let keys = |graph: &ClaimGraph| -> Vec<String> {
        graph.entities().map(|entity| entity.key().to_owned()).collect()
    };
    assert_eq!(keys(ours), keys(theirs), "entities have the same handles");
}

#[test]
fn every_record_of_a_graph_is_among_the_additions_to_the_graph_before_it() {
    for graph in [small(), full(), latest(), drawn()] {
        let records: Vec<Record> = graph.records();
        // The graphs after one record, after two, and so on.
        let mut grown = Loader::new();
        let mut steps = Vec::new();
        for record in records {
            grown.push(record).unwrap();
            steps.push(grown.graph().clone());
        }
        let [first, .., last] = steps.as_slice() else { panic!("a graph has records") };
        let mut log = first.clone();
        for step in &steps {
            assert_same(&caught_up(step, last), last);
            log = caught_up(&log, step);
            assert_same(&log, step);
        }
        assert!(Additions::between(last, &last.clone()).is_some_and(|none| none.is_empty()));
    }
}

#[test]
fn claims_that_were_sorted_in_since_are_additions() {
    let mut before = ClaimGraph::new();
    let states = ["a", "b"].map(|key| before.add(State, key).unwrap());
    let claim = |n: usize| {
        let [from, to] = [n % 2, (n / 2) % 2].map(|place| states[place]);
        Claim::by(from).asserts(from, ATTACKS, to).reported(date(2024, 10, 1 + (n % 28) as i8))
    };
    for n in 0..3_000 {
        before.insert(claim(n)).unwrap();
    }
    let mut after = before.clone();
    for n in 3_000..6_000 {
        after.insert(claim(n)).unwrap();
    }
    assert_eq!(Additions::between(&before, &after).unwrap().claims(), 3_000);
    assert_same(&caught_up(&before, &after), &after);
    // Other claims of the same number are not additions.
    let mut other = before.clone();
    for n in 3_000..6_000 {
        other.insert(claim(n + 1)).unwrap();
    }
    assert!(Additions::between(&after, &other).is_none());
}

#[test]
fn names_batches_and_reviews_of_what_was_there_are_additions() {
    let mut before = ClaimGraph::new();
    let russia = before.add(State, "russia").unwrap();
    let said = Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24));
    let claim = before.insert(said).unwrap();
    let mut after = before.clone();
    after.begin_batch(Batch::by_person("desk").at(instant(1))).unwrap();
    after.add(State, Entity::new("russia").named("Russia").code("iso", "RU")).unwrap();
    after.review(claim, Review::accepted().by("editor").at(instant(2))).unwrap();
    after.end_batch();
    assert_same(&caught_up(&before, &after), &after);
}

#[test]
fn a_graph_that_is_not_a_later_clone_has_no_additions() {
    let (full, small) = (full(), small());
    assert!(Additions::between(&full, &small).is_none());
    assert!(Additions::between(&small, &drawn()).is_none());
    assert!(Additions::between(&small, &ClaimGraph::new()).is_none());
    // A claim that changes its batch cannot be said by a record of its own.
    let mut before = ClaimGraph::new();
    let russia = before.add(State, "russia").unwrap();
    let said = || Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24));
    before.insert(said()).unwrap();
    let mut other = ClaimGraph::new();
    other.begin_batch(Batch::by_person("desk").at(instant(1))).unwrap();
    other.add(State, "russia").unwrap();
    other.insert(said()).unwrap();
    let mut after = before.clone();
    after.merge(&other).unwrap();
    assert!(Additions::between(&before, &after).is_none());
}

#[test]
fn a_redaction_of_a_claim_that_was_there_is_not_an_addition() {
    let mut before = ClaimGraph::new();
    let state = before.add(State, "a").unwrap();
    let claim = Claim::by(state).asserts(state, ATTACKS, state).reported(date(2024, 10, 1));
    let claim = before.insert(claim).unwrap();
    let order = Redaction::by("legal desk").at(instant(1));
    let mut after = before.clone();
    after.redact_claims([claim], order.clone()).unwrap();
    assert!(Additions::between(&before, &after).is_none());
    let mut named = before.clone();
    named.redact_entity(state, order).unwrap();
    assert!(Additions::between(&before, &named).is_none());
}
