//! Batches and reviews: who put something on record, what was in a graph at an instant, and what a merge makes of two.

use crate::support::batches::{AGENTS, batches, in_batches, instant, reviews};
use crate::support::rdf::plain_graphs;
use claimgraph::entity::Affiliation;
use claimgraph::error::{ErrorKind, FieldPath};
use claimgraph::format::Savepoint;
use claimgraph::record::{Batch, Decision, Review};
use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, ClaimId, ClaimRef, Entity, View, date};
use proptest::prelude::*;
use proptest::test_runner::Config;

const DAY: claimgraph::Date = date(2024, 10, 24);

macro_rules! json {
    ($value:expr) => {
        serde_json::to_string(&$value).unwrap()
    };
}

/// A claim, its batch (0 is none), and perhaps a decision and its instant.
type Added = (usize, usize, Option<(usize, usize)>);

fn claims(view: &View<'_>) -> Vec<ClaimId> {
    view.claims().map(|claim| claim.id()).collect()
}

/// The answers of a view as text: claims, contested claims, statements, and entities.
fn answers(view: &View<'_>) -> [String; 4] {
    let graph = view.graph();
    let claims = claims(view);
    let key = |&claim: &ClaimId| graph.claim_key(claim).unwrap().to_string();
    let keys: Vec<String> = claims.iter().map(key).collect();
    let entities: Vec<_> = view.entities().map(|entity| entity.key().to_owned()).collect();
    [
        format!("{keys:?}"),
        json!(view.contested()),
        json!(view.statements()),
        format!("{entities:?}"),
    ]
}

proptest! {
    #![proptest_config(Config { cases: 60, failure_persistence: None, ..Config::default() })]

    /// Records come in batches of growing instants, and a copy is kept of the graph at the end of each.
    #[test]
    fn a_view_of_an_instant_answers_as_the_graph_did_then(
        graph in plain_graphs(),
        batches in batches("[a-z ]{0,8}"),
        lengths in prop::collection::vec(1..12usize, 6),
    ) {
        let last = |place: usize| {
            let mut ends = lengths.iter().scan(0, |end, length| { *end += length; Some(*end) });
            ends.position(|end| place < end).unwrap_or(6).min(batches.len().saturating_sub(1))
        };
        let mut copies: Vec<(usize, ClaimGraph)> = Vec::new();
        let whole = in_batches(&graph, &batches, &[], last, |place, graph| {
            if last(place) != last(place + 1) {
                copies.push((last(place), graph.clone()));
            }
        });
        for (batch, copy) in &copies {
            let then = whole.view().recorded_as_of(instant(*batch));
            prop_assert_eq!(answers(&then), answers(&copy.view()));
        }
        let before = whole.view().recorded_as_of(instant(0) - jiff::SignedDuration::from_secs(1));
        prop_assert_eq!(before.claims().count() > 0, batches.is_empty() && !whole.is_empty());
    }

    #[test]
    fn filters_by_agent_and_by_decision_are_as_the_records_say(
        graph in plain_graphs(),
        batches in batches("[a-z ]{0,8}"),
        reviews in reviews("[a-z ]{0,8}"),
        picks in prop::collection::vec(0..5usize, 40),
        at in 0..5usize,
    ) {
        let graph = in_batches(&graph, &batches, &reviews, |place| picks[place % 40], |_, _| {});
        let all = graph.view().including_retracted();
        let which = |keeps: &dyn Fn(ClaimRef<'_>) -> bool| -> Vec<ClaimId> {
            graph.claims().filter(|claim| keeps(*claim)).map(|claim| claim.id()).collect()
        };
        for agent in AGENTS {
            let by_agent = |claim: ClaimRef<'_>| {
                claim.batch().is_some_and(|batch| batch.agent() == agent)
            };
            prop_assert_eq!(claims(&all.clone().recorded_by(agent)), which(&by_agent));
        }
        // The greatest review up to the instant counts: later first, then the stricter one.
        let decided = |claim: ClaimRef<'_>, at: Option<usize>| {
            let known = claim.reviews().filter(|it| at.is_none_or(|at| it.instant() <= Some(instant(at))));
            known.map(|it| (it.instant(), it.decision())).max().map(|(_, decision)| decision)
        };
        let accepted = |claim: ClaimRef<'_>| decided(claim, None) == Some(Decision::Accepted);
        prop_assert_eq!(claims(&all.clone().reviewed()), which(&accepted));
        let kept = |claim: ClaimRef<'_>| decided(claim, None) != Some(Decision::Rejected);
        prop_assert_eq!(claims(&all.clone().without_rejected()), which(&kept));
        let then = |claim: ClaimRef<'_>| {
            let had = claim.batch().is_none_or(|batch| batch.instant() <= Some(instant(at)));
            had && decided(claim, Some(at)) == Some(Decision::Accepted)
        };
        let view = all.recorded_as_of(instant(at)).reviewed();
        prop_assert_eq!(claims(&view), which(&then));
        let again = graph.view().filtered(&serde_json::from_str(&json!(view.filter())).unwrap());
        prop_assert_eq!(claims(&again.unwrap()), claims(&view));
    }

    #[test]
    fn a_merge_does_not_depend_on_the_order(
        parts in prop::collection::vec(
            prop::collection::vec((0..4usize, 0..5usize, prop::option::of((0..3usize, 0..3usize))), 0..8),
            3,
        ),
    ) {
        let graph = |claims: &[Added]| {
            let mut graph = ClaimGraph::new();
            for &(claim, batch, review) in claims {
                match batch {
                    0 => graph.end_batch(),
                    batch => drop(graph.begin_batch(Batch::by_person(AGENTS[batch % 2]).at(instant(batch))).unwrap()),
                }
                let keys = ["a", "b", "c", "d"];
                let who = graph.add(State, keys[claim]).unwrap();
                let other = graph.add(State, keys[(claim + batch) % 4]).unwrap();
                if claim < (claim + batch) % 4 {
                    let _ = graph.add_affiliation(Affiliation::member_of(who, other));
                }
                let said = Claim::by(who).denies(who, ATTACKS, who).reported(DAY);
                let said = graph.insert(said).unwrap();
                if let Some((decision, at)) = review {
                    let review = Review::new(Decision::ALL[decision]).by("editor").at(instant(at));
                    graph.review(said, review).unwrap();
                }
            }
            graph.end_batch();
            graph
        };
        let merged = |one: &ClaimGraph, other: &ClaimGraph| {
            let mut merged = one.clone();
            merged.merge(other).unwrap();
            merged
        };
        let [a, b, c] = [0, 1, 2].map(|part| graph(&parts[part]));
        let both = merged(&a, &b);
        prop_assert_eq!(both.to_jsonl(), merged(&b, &a).to_jsonl());
        prop_assert_eq!(merged(&both, &c).to_jsonl(), merged(&a, &merged(&b, &c)).to_jsonl());
        prop_assert_eq!(merged(&both, &a).to_jsonl(), both.to_jsonl());
        // Nothing is lost: each agent and each review is there.
        prop_assert!(a.batches().all(|batch| both.batches().any(|it| it == batch)));
    }
}

#[test]
fn everything_added_belongs_to_the_batch_that_was_begun() {
    let mut graph = ClaimGraph::new();
    let before = graph.add(State, "before").unwrap();
    let claim = |graph: &mut ClaimGraph| {
        graph.insert(Claim::by(before).denies(before, ATTACKS, before).reported(DAY)).unwrap()
    };
    let none = claim(&mut graph);
    let tool = Batch::by_tool("extractor", "2.1").prompted("List the claims.").at(instant(2));
    let tool = graph.begin_batch(tool).unwrap();
    let (state, one) = (graph.add(State, "state").unwrap(), claim(&mut graph));
    let belongs = graph.add_affiliation(Affiliation::member_of(state, before)).unwrap();
    graph.end_batch();
    let after = claim(&mut graph);
    let key = |claim: ClaimId| graph.claim(claim).unwrap().batch().map(|batch| batch.key());
    let tool = graph.batch(tool).unwrap();
    assert_eq!([none, one, after].map(key), [None, Some(tool.key()), None]);
    assert_eq!(graph.entity(state).unwrap().batch(), Some(tool));
    assert_eq!(graph.entity(before).unwrap().batch(), None);
    assert_eq!(graph.batch_of_affiliation(belongs), Some(tool));
    // The key of a claim does not depend on its batch.
    assert_eq!(graph.claim_key(none), graph.claim_key(one));
    let then = graph.view().recorded_as_of(instant(1));
    assert_eq!(then.claims().count(), 2, "whatever has no batch was always there");
    assert_eq!(then.speaker_or_part(before).claims().count(), 2);
}

#[test]
fn an_entity_that_is_added_again_belongs_to_the_earlier_batch() {
    for order in [[1, 2], [2, 1]] {
        let mut graph = ClaimGraph::new();
        for batch in order {
            graph.begin_batch(Batch::by_person("editor").at(instant(batch))).unwrap();
            graph.add(State, "state").unwrap();
        }
        let state = graph.entity(graph.entity_keyed("state").unwrap()).unwrap();
        assert_eq!(state.batch().unwrap().instant(), Some(instant(1)));
    }
}

#[test]
fn a_retraction_counts_from_the_instant_at_which_it_was_put_on_record() {
    let mut graph = ClaimGraph::new();
    graph.begin_batch(Batch::by_person("editor").at(instant(1))).unwrap();
    let state = graph.add(State, "state").unwrap();
    let said = Claim::by(state).denies(state, ATTACKS, state).reported(DAY);
    let said = graph.insert(said).unwrap();
    graph.begin_batch(Batch::by_person("editor").at(instant(2))).unwrap();
    let retraction = graph.insert(Claim::by(state).retracts([said]).reported(DAY)).unwrap();
    let kept = |view: View<'_>| view.contains(said);
    assert!(kept(graph.view().recorded_as_of(instant(1))) && !kept(graph.view()));
    // A retraction that should not have been put on record takes nothing back.
    graph.review(retraction, Review::rejected().by("editor").at(instant(3))).unwrap();
    assert!(kept(graph.view().without_rejected()) && !kept(graph.view()));
}

#[test]
fn a_refused_row_takes_its_batch_back() {
    let mut graph = ClaimGraph::new();
    graph.begin_batch(Batch::by_person("editor").at(instant(1))).unwrap();
    let state = graph.add(State, "state").unwrap();
    let denial = || Claim::by(state).denies(state, ATTACKS, state);
    let lines = graph.to_jsonl();
    let mut row = Savepoint::new(&mut graph);
    row.begin_batch(Batch::by_person("other").at(instant(2))).unwrap();
    row.entity("State", Entity::new("new")).unwrap();
    assert!(row.insert(denial()).is_err(), "it has no day");
    drop(row);
    assert_eq!(graph.to_jsonl(), lines);
    let said = graph.insert(denial().reported(DAY)).unwrap();
    assert_eq!(graph.claim(said).unwrap().batch().unwrap().agent(), "editor");
    let mut row = Savepoint::new(&mut graph);
    row.begin_batch(Batch::by_person("other").at(instant(2))).unwrap();
    let said = row.insert(denial().reported(DAY)).unwrap();
    drop(row);
    assert_eq!(graph.claim(said).unwrap().batch().unwrap().agent(), "other");
}

#[test]
fn batches_and_reviews_that_say_too_little_are_refused() {
    let mut graph = ClaimGraph::new();
    let person = || Batch::by_person("editor");
    let refused = |graph: &mut ClaimGraph, batch: Batch| {
        let lines = graph.to_jsonl();
        let error = graph.begin_batch(batch).unwrap_err();
        assert_eq!((error.part(), graph.to_jsonl()), (Some(&FieldPath::Batch), lines));
        error.to_string()
    };
    let message = refused(&mut graph, person());
    assert_eq!(message, "batch: found no instant; expected one, such as 2024-10-24T15:30:00Z");
    refused(&mut graph, person().prompted("List the claims.").at(instant(1)));
    for bad in ["", " editor", "a\nb"] {
        refused(&mut graph, Batch::by_person(bad).at(instant(1)));
        refused(&mut graph, Batch::by_tool("tool", bad).at(instant(1)));
        if !bad.is_empty() {
            refused(&mut graph, person().keyed(bad).at(instant(1)));
        }
    }
    let first = graph.begin_batch(person().keyed("one").at(instant(1))).unwrap();
    assert_eq!(graph.begin_batch(person().keyed("one").at(instant(1))), Ok(first));
    let message = refused(&mut graph, person().keyed("one").at(instant(2)));
    assert_eq!(message, "batch: \"one\" is already a batch with other details");
    let state = graph.add(State, "state").unwrap();
    let said = Claim::by(state).denies(state, ATTACKS, state).reported(DAY);
    let said = graph.insert(said).unwrap();
    let accepted = || Review::accepted().by("editor");
    for review in [accepted(), Review::accepted().at(instant(1))] {
        assert_eq!(graph.review(said, review).unwrap_err().part(), Some(&FieldPath::Review));
    }
    let unknown = graph.review(ClaimId::nth(7).unwrap(), accepted().at(instant(1))).unwrap_err();
    assert!(matches!(unknown.kind(), ErrorKind::Unknown { what: "claim", .. }), "{unknown}");
}
