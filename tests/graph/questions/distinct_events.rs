//! Events are counted once, whichever side and whichever speaker reports them.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Id, Period, date,
    vocabulary::{RelationDef, Slot},
};

#[test]
fn an_event_is_counted_once_from_either_side_and_for_all_reports() {
    let mut graph = ClaimGraph::new();
    let mut hosts = graph.vocabulary().clone();
    let actor = || Slot::Kind("Actor".to_owned());
    hosts.add_relation(RelationDef::new("visits", actor(), actor())).unwrap();
    let hosting = RelationDef {
        inverse: Some("visits".to_owned()),
        ..RelationDef::new("hosts", actor(), actor())
    };
    hosts.add_relation(hosting).unwrap();
    graph.extend_vocabulary(&hosts).unwrap();
    let (visits, hosts) = (graph.relation("visits").unwrap(), graph.relation("hosts").unwrap());
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let say = |claim: Claim| claim.valid(date(2024, 6, 1)).reported(date(2024, 6, 1));
    for claim in [
        say(Claim::by(a).asserts(a, visits, b)),
        say(Claim::by(b).asserts(b, hosts, a)),
        say(Claim::by(b).observes(a, visits, b)),
        say(Claim::by(b).asserts(a, hosts, b)),
        say(Claim::by(a).asserts(a, MEETS, b)),
        say(Claim::by(b).asserts(b, MEETS, a)),
        Claim::by(b).asserts(b, MEETS, a).reported(date(2024, 6, 1)),
        // No speaker says that these happened.
        say(Claim::by(b).denies(a, visits, b)),
        say(Claim::by(b).demands(a, visits, b)),
        say(Claim::by(b).asserts(a, visits, b).modality(claimgraph::Modality::Planned)),
    ] {
        graph.insert(claim).unwrap();
    }
    let mut sizes: Vec<usize> =
        graph.view().distinct_events().iter().map(|event| event.reports().len()).collect();
    sizes.sort();
    // The undated meeting is the dated one.
    assert_eq!(sizes, [1, 3, 3]);
    assert_eq!(graph.view().attributed_to(a).distinct_events().len(), 2);
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(
        read.view().distinct_events().to_string(),
        graph.view().distinct_events().to_string()
    );
}

#[test]
fn an_event_is_counted_once_whatever_the_words_of_its_day_and_with_an_undated_confirmation() {
    let (mut graph, nk, russia, forces) = world();
    let say = |who: Id<State>| Claim::by(who).asserts(nk, ATTACKS, russia).reported(DAY);
    let said = graph.insert(say(nk).valid(DAY)).unwrap();
    graph.insert(say(russia).valid(Period::on(DAY).in_words("last Friday"))).unwrap();
    let confirmed = Claim::by(forces).confirms(said).restating(nk, ATTACKS, russia).reported(DAY);
    graph.insert(confirmed).unwrap();
    let counts = |graph: &ClaimGraph| {
        graph.view().distinct_events().iter().map(|event| event.reports().len()).collect::<Vec<_>>()
    };
    assert_eq!(counts(&graph), [3]);
    // A confirmation of reports with two days, without a day of its own, can be of either, in either order.
    for reports in [[DAY, date(2024, 10, 1)], [date(2024, 10, 1), DAY]] {
        let (mut graph, nk, russia, forces) = world();
        let said = reports.map(|day| {
            graph
                .insert(Claim::by(nk).asserts(nk, ATTACKS, russia).reported(DAY).valid(day))
                .unwrap()
        });
        graph
            .insert(Claim::by(forces).confirms(said).restating(nk, ATTACKS, russia).reported(DAY))
            .unwrap();
        assert_eq!(counts(&graph), [1, 1]);
        let events = graph.view().distinct_events();
        assert!(events.iter().all(|event| event.possible_reports().len() == 1));
    }
    // With another day or other parties, it is another event. Without a day, it can be either.
    graph.insert(say(russia).valid(date(2024, 10, 23))).unwrap();
    graph.insert(say(russia)).unwrap();
    graph
        .insert(Claim::by(forces).confirms(said).restating(russia, ATTACKS, nk).reported(DAY))
        .unwrap();
    let mut found = counts(&graph);
    found.sort_unstable();
    assert_eq!(found, [1, 1, 3]);
}

#[test]
fn a_report_without_a_time_belongs_to_the_event_that_can_have_happened_by_then() {
    let (mut graph, nk, russia, forces) = world();
    let day = |day: i8| date(2024, 6, day);
    let mut meets = |who: claimgraph::EntityId, valid: Option<i8>, reported: i8| {
        let meets = graph.relation("meets").unwrap();
        let claim = Claim::by(who).asserts(nk.id(), meets, russia.id()).reported(day(reported));
        let claim = match valid {
            Some(it) => claim.valid(Period::on(day(it))),
            None => claim,
        };
        graph.insert(claim).unwrap()
    };
    let (nk_id, russia_id, forces_id) = (nk.id(), russia.id(), forces.id());
    let first = meets(nk_id, Some(5), 5);
    let same = meets(russia_id, None, 6);
    let before = meets(forces_id, None, 4);
    let second = meets(nk_id, Some(10), 12);
    let open = meets(russia_id, None, 11);
    let events = graph.view().distinct_events();
    let mut found: Vec<(Vec<_>, Vec<_>)> = events
        .iter()
        .map(|event| {
            let ids = |claims: &[claimgraph::ClaimRef<'_>]| claims.iter().map(|c| c.id()).collect();
            (ids(event.reports()), ids(event.possible_reports()))
        })
        .collect();
    found.sort();
    let mut expected =
        vec![(vec![first, same], vec![open]), (vec![before], vec![]), (vec![second], vec![open])];
    expected.sort();
    assert_eq!(found, expected);
    let earlier = graph.view().as_of(day(11)).distinct_events().len();
    assert_eq!(earlier, 2, "by the 11th, only the first is dated");
}
