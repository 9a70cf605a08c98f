//! Demands, their deadlines, and claims that bear on them.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, date, entity::Affiliation, questions::WatchKind};

#[test]
fn a_demand_is_fulfilled_by_a_later_report_whatever_its_addressee() {
    let (mut graph, nk, russia, forces) = world();
    let old = Claim::by(nk).asserts(forces, WITHDRAWS_FROM, russia).reported(date(2020, 11, 3));
    graph.insert(old).unwrap();
    graph
        .insert(
            Claim::by(nk)
                .demands(forces, WITHDRAWS_FROM, russia)
                .with(ADDRESSEE, russia)
                .reported(DAY),
        )
        .unwrap();
    let happened = |graph: &ClaimGraph| {
        graph.view().watch().of_kind(WatchKind::Demand).first().unwrap().has_happened()
    };
    assert_eq!(happened(&graph), Answer::No, "an old report without a date does not answer");
    let done = Claim::by(russia).asserts(forces, WITHDRAWS_FROM, russia).valid("2024-11-02");
    graph.insert(done.reported(date(2024, 11, 3))).unwrap();
    assert_eq!(happened(&graph), Answer::Yes);
}

#[test]
fn a_deadline_is_not_before_its_report() {
    let (mut graph, nk, russia, forces) = world();
    for when in ["2020-01", "2024-10", "2024-12", "2024-10-24"] {
        graph
            .insert(Claim::by(nk).demands(forces, WITHDRAWS_FROM, russia).valid(when).reported(DAY))
            .unwrap();
    }
    let mut deadlines: Vec<_> = graph
        .view()
        .watch()
        .of_kind(WatchKind::Demand)
        .iter()
        .filter_map(|d| d.deadline())
        .collect();
    deadlines.sort();
    assert_eq!(deadlines, [DAY, date(2024, 10, 31), date(2024, 12, 31)]);
}

#[test]
fn a_claim_that_says_less_than_was_demanded_is_found_before_and_after_sorting() {
    let mut graph = ClaimGraph::new();
    let (country, region) =
        (graph.add(State, "country").unwrap(), graph.add(State, "region").unwrap());
    let [x, z] = ["x", "z"].map(|key| graph.add(State, key).unwrap());
    graph.add_affiliation(Affiliation::part_of(region, country)).unwrap();
    graph
        .insert(Claim::by(x).calls_for(z, PROVIDES_AID_TO, region).reported(date(2024, 1, 1)))
        .unwrap();
    let aid = |to| Claim::by(z).asserts(z, PROVIDES_AID_TO, to).reported(date(2024, 1, 2));
    let less = graph.insert(aid(country)).unwrap();
    (0..3).for_each(|_| _ = graph.insert(aid(x)).unwrap());
    let found = |graph: &ClaimGraph| {
        let demands = graph.view().watch().of_kind(WatchKind::Demand);
        let bearing = demands.first().unwrap().developments();
        bearing.iter().map(|development| development.claim().id()).collect::<Vec<_>>()
    };
    assert_eq!(found(&graph), [less]);
    graph.compact();
    assert_eq!(found(&graph), [less]);
}
