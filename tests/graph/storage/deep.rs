//! Chains of thousands of elements, made, read, asked and dropped on a stack of 256 KiB.

use claimgraph::entity::Affiliation;
use claimgraph::reporting::*;
use claimgraph::sources::{Lineage, Policy};
use claimgraph::{Claim, ClaimGraph, EntityId, date};

const LONG: usize = 3_000;

struct Chain {
    graph: ClaimGraph,
    force: EntityId,
    town: EntityId,
    agencies: Vec<EntityId>,
}

impl Chain {
    fn new() -> Self {
        let mut graph = ClaimGraph::new();
        let force = graph.add(Military, "force").unwrap().id();
        let town = graph.add(City, "town").unwrap().id();
        let agency = |n| graph.add(Agency, format!("agency-{n}").as_str()).unwrap().id();
        let agencies = (0..LONG).map(agency).collect();
        Self { graph, force, town, agencies }
    }

    fn says(&mut self, who: usize, subject: EntityId) {
        let present = self.graph.relation("present-in").unwrap();
        let claim = Claim::by(self.agencies[who]).asserts(subject, present, self.town);
        self.graph.insert(claim.reported(date(2024, 6, 1))).unwrap();
    }
}

/// Each agency says so, and draws on the next.
fn lineage() -> Chain {
    let mut chain = Chain::new();
    for place in 0..LONG {
        chain.says(place, chain.force);
    }
    for pair in chain.agencies.windows(2) {
        chain.graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap();
    }
    chain
}

/// Each agency confirms what the one before said.
fn confirmations() -> Chain {
    let mut chain = Chain::new();
    chain.says(0, chain.force);
    let mut last = chain.graph.claims().next().unwrap().id();
    for place in 1..LONG {
        let claim = Claim::by(chain.agencies[place]).confirms(last).reported(date(2024, 6, 1));
        last = chain.graph.insert(claim).unwrap();
    }
    chain
}

/// A unit in a unit in a unit, each with a claim.
fn parts() -> Chain {
    let mut chain = Chain::new();
    chain.says(0, chain.force);
    let mut above = chain.force;
    for place in 1..LONG {
        let unit = chain.graph.add(Military, format!("unit-{place}").as_str()).unwrap().id();
        chain.graph.add_affiliation(Affiliation::part_of(unit, above)).unwrap();
        chain.says(place, unit);
        above = unit;
    }
    chain
}

#[test]
fn chains_are_read_asked_and_dropped_on_a_small_stack() {
    for make in [lineage, confirmations, parts] {
        let on_a_small_stack = move || {
            let Chain { graph, .. } = make();
            let graph = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
            let [force, town] = ["force", "town"].map(|key| graph.entity_keyed(key).unwrap());
            let asked = graph.statement(force, PRESENT_IN, town);
            let backing = asked.backing();
            assert_eq!(backing.len(), LONG);
            assert!(backing.iter().map(|it| it.steps().len()).max() <= Some(LONG));
            assert!(asked.independence().count() >= 1);
            assert!(!asked.critical_sources().is_empty());
            assert!(asked.select(&Policy::two_sources()).kept().len() <= LONG);
            let first = backing.first().unwrap().claim().id();
            assert!(graph.view().downstream_of(first).len() < LONG);
            drop(graph.clone());
        };
        let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(on_a_small_stack);
        thread.unwrap().join().unwrap();
    }
}
