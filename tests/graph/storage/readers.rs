//! Readers on threads, while another thread builds the next graph and puts it in the place of the one before.

use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, Date, Stance, date};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

const DAY: Date = date(2024, 10, 24);
const READERS: usize = 8;
const GRAPHS: usize = 40;

/// Adds a round of claims: an attack on each of two states, and a denial of each.
fn add_round(graph: &mut ClaimGraph, round: usize) {
    let attacker = graph.add(State, format!("attacker-{round}")).unwrap();
    for key in ["north", "south"] {
        let state = graph.add(State, key).unwrap();
        let claim = Claim::by(state).asserts(attacker, ATTACKS, state).reported(DAY);
        let told = graph.insert(claim).unwrap();
        let denial = Claim::by(attacker).denies(attacker, ATTACKS, state).responding_to(told);
        graph.insert(denial.reported(DAY)).unwrap();
    }
}

/// Asks for every kind of list that is built at the first question. Returns the number of rounds, which all of them
/// agree on.
fn rounds(graph: &ClaimGraph) -> usize {
    let rounds = graph.len() / 4;
    let view = graph.view();
    for key in ["north", "south"].iter().filter(|_| rounds > 0) {
        let state = graph.entity_keyed(key).unwrap();
        assert_eq!(view.claims_with_object(state).count(), 2 * rounds);
        assert_eq!(view.claims_with_speaker(state).count(), rounds);
    }
    assert_eq!(graph.entity_count(), if rounds > 0 { rounds + 2 } else { 0 });
    assert_eq!(view.responses_with_stance(Stance::Denies).count(), 2 * rounds);
    assert_eq!(view.contested().len(), 2 * rounds);
    for claim in graph.claims() {
        let key = graph.claim_key(claim.id()).unwrap();
        assert_eq!(graph.claim_keyed(key).map(|found| found.id()), Some(claim.id()));
    }
    rounds
}

#[test]
fn each_of_eight_readers_sees_one_whole_graph_while_others_are_swapped_in() {
    let current = Mutex::new(Arc::new(ClaimGraph::new()));
    // Readers and builder meet after each swap, so that the readers ask a new graph at the same time.
    let swapped = Barrier::new(READERS + 1);
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                let mut kept = Vec::new();
                for least in 1..=GRAPHS {
                    swapped.wait();
                    let graph = Arc::clone(&current.lock().unwrap());
                    // The builder may have gone on by one graph.
                    assert!((least..=least + 1).contains(&rounds(&graph)));
                    kept.push((rounds(&graph), graph));
                }
                // A graph stays as it was, whatever came after it.
                for (seen, graph) in kept {
                    assert_eq!(rounds(&graph), seen);
                }
            });
        }
        scope.spawn(|| {
            for round in 0..GRAPHS {
                let mut next = ClaimGraph::clone(&current.lock().unwrap());
                add_round(&mut next, round);
                *current.lock().unwrap() = Arc::new(next);
                swapped.wait();
            }
        });
    });
    assert_eq!(rounds(&current.lock().unwrap()), GRAPHS);
}
