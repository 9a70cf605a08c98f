//! Invariants of `docs/ARCHITECTURE.md` that no other test holds.

use super::config;
use crate::support::brute::worlds;
use claimgraph::base::RESTS_ON;
use claimgraph::reporting::{ATTACKS, State};
use claimgraph::{Claim, ClaimGraph, ClaimId, claim::Link, date};
use proptest::prelude::*;

/// Everything that a claim itself says, in words, as a record and as its key.
fn said(graph: &ClaimGraph, claims: &[ClaimId]) -> Vec<String> {
    let said = claims.iter().map(|&claim| {
        let (key, record) = (graph.claim_key(claim).unwrap(), graph.claim_record(claim).unwrap());
        format!("{claim:?} {key} {} {record:?}", graph.claim(claim).unwrap())
    });
    said.collect()
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn an_accepted_claim_is_never_changed(one in worlds(5..25), other in worlds(5..25)) {
        let mut graph = one.build().graph;
        let claims: Vec<ClaimId> = graph.claims().map(|claim| claim.id()).collect();
        let before = said(&graph, &claims);
        let count = graph.len();
        // If the other world contradicts this one, nothing of it is kept.
        if graph.merge(&other.build().graph).is_err() {
            prop_assert_eq!(graph.len(), count);
        }
        prop_assert_eq!(&said(&graph, &claims), &before);
        graph.compact();
        prop_assert_eq!(&said(&graph, &claims), &before);
    }
}

#[test]
fn claims_linked_in_a_ring_are_each_met_once() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap());
    let day = |n| date(2024, 1, n);
    let ring = [1, 2, 3]
        .map(|n| graph.insert(Claim::by(a).asserts(a, ATTACKS, b).reported(day(n))).unwrap());
    for n in 0..3 {
        graph.link(Link::new(ring[n], RESTS_ON, ring[(n + 1) % 3])).unwrap();
    }
    let mut met = graph.view().downstream_of(ring[0]).claims();
    met.sort_unstable();
    assert_eq!(met, ring[1..]);
}
