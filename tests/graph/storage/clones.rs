//! A graph and its clone share what they have in common, and neither sees what is added to the other.

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, EntityId, Quantity, Stance, Statement,
    claim::{Link, PlainClaim},
    date,
    entity::Name,
    vocabulary::{RoleDef, Slot, Vocabulary},
};

const DAY: claimgraph::Date = date(2024, 10, 24);

fn told(by: EntityId, about: EntityId, stance: Stance) -> PlainClaim {
    PlainClaim::new(by, stance).about(about, ATTACKS, by).reported(DAY)
}

/// Returns the graph's answers to every question for which it builds lists.
fn asked(graph: &ClaimGraph) -> String {
    let mut said = graph.to_jsonl();
    for entity in graph.entities() {
        let about = graph.view().mentions_of(entity.id());
        said +=
            &format!("{} {} {about}", entity.key(), graph.view().count_with_subject(entity.id()));
        said += &format!("{:?}", graph.entity_keyed(entity.key()).ok());
    }
    for claim in graph.claims() {
        said += &graph.claim_key(claim.id()).unwrap().to_string();
        said += &format!("{:?}", graph.view().contests(claim.id()).unwrap().len());
        said += &format!("{:?}", claim.responses().map(|answer| answer.id()).collect::<Vec<_>>());
    }
    said + &format!("{}{}", graph.contested(), graph.view().revisions())
}

fn graph_of(claims: usize) -> (ClaimGraph, [EntityId; 3]) {
    let mut words = Vocabulary::new();
    words.add_role(RoleDef { general: true, ..RoleDef::new("note", Slot::Any) }).unwrap();
    let mut graph = ClaimGraph::new();
    graph.extend_vocabulary(&words).unwrap();
    let states = ["a", "b", "c"].map(|key| graph.add(State, key).unwrap().id());
    let row = |n: usize| {
        let stance = if n % 5 == 4 { Stance::Denies } else { Stance::Asserts };
        let row = told(states[n % 3], states[n * 7 % 3], stance);
        if n % 5 == 4 { row.responding_to(ClaimId::nth(n - 1).unwrap()) } else { row }
    };
    graph.insert_all((0..claims).map(row)).unwrap();
    (graph, states)
}

/// Adds some of everything, which differs by `key`.
fn add_to(graph: &mut ClaimGraph, [a, b, c]: [EntityId; 3], key: &str) {
    let (note, before) = (graph.role("note").unwrap(), graph.len());
    let own = graph.add(State, key).unwrap().id();
    graph.add_name(a, Name::alias(format!("{key} of a"))).unwrap();
    for n in 0..90 {
        graph.insert(told(own, b, Stance::Denies)).unwrap();
        let held = Claim::by(own).asserts(own, ATTACKS, c).words(format!("{key} {n}"));
        let held = held.with(note, Statement::new(a, ATTACKS, b)).reported(DAY);
        let long = graph.insert(held.quantity(Quantity::about(n, "soldiers"))).unwrap();
        graph.insert(Claim::by(own).retracts([long]).reported(DAY)).unwrap();
    }
    let [first, second] = [before, before + 1].map(|n| ClaimId::nth(n).unwrap());
    graph.link(Link::part_of(first, second).because(key)).unwrap();
}

#[test]
fn a_graph_and_its_clone_do_not_see_what_is_added_to_the_other() {
    for (claims, merged) in [(10, false), (255, true), (256, false), (300, true)] {
        let (mut graph, states) = graph_of(claims);
        if merged {
            graph.compact();
        }
        let before = asked(&graph);
        let mut clone = graph.clone();
        add_to(&mut clone, states, "clone");
        assert!(asked(&graph) == before);
        let of_clone = asked(&clone);
        add_to(&mut graph, states, "original");
        assert!(asked(&clone) == of_clone);
        assert_eq!((graph.len(), clone.len()), (claims + 270, claims + 270));
        assert!(graph.entity_keyed("clone").is_err() && clone.entity_keyed("original").is_err());
        // Each as if the other had never been.
        let (mut alone, states) = graph_of(claims);
        add_to(&mut alone, states, "original");
        assert!(alone.to_jsonl() == graph.to_jsonl());
        clone.compact();
        assert!(graph.to_jsonl() == alone.to_jsonl());
    }
}
