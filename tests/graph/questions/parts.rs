//! Parts of actors: counted while they are parts and the view knows it.

use crate::support::small::{DAY, world};
use claimgraph::proof::Step;
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, Period, date, entity::Affiliation};
use claimgraph_analysis::{claims_with_object_or_part, claims_with_subject_or_part};

#[test]
fn claims_about_a_part_count_while_it_is_one_and_the_view_knows_it() {
    let mut graph = ClaimGraph::new();
    let (state, other) = (graph.add(State, "state").unwrap(), graph.add(State, "other").unwrap());
    let (army, unit) = (graph.add(Military, "army").unwrap(), graph.add(Military, "unit").unwrap());
    let member = graph.add(Organization, "member").unwrap();
    graph.add_affiliation(Affiliation::part_of(army, state)).unwrap();
    let late = Affiliation::part_of(unit, army)
        .valid(date(2024, 1, 1)..=date(2024, 12, 31))
        .reported(date(2024, 7, 1));
    graph.add_affiliation(late).unwrap();
    graph.add_affiliation(Affiliation::member_of(member, state)).unwrap();
    let mut meet = |who: claimgraph::EntityId, day| {
        let claim =
            Claim::by(other).asserts(who, MEETS, other).valid(day).reported(date(2026, 1, 1));
        graph.insert(claim).unwrap()
    };
    let own = meet(state.id(), date(2024, 1, 1));
    let by_army = meet(army.id(), date(2024, 2, 1));
    let by_unit = meet(unit.id(), date(2024, 3, 1));
    meet(unit.id(), date(2025, 3, 1));
    meet(member.id(), date(2024, 4, 1));
    let events = claims_with_subject_or_part(&graph.view(), state);
    let mut found = events.claims();
    found.sort();
    assert_eq!(found, [own, by_army, by_unit]);
    let path =
        |claim| events.iter().find(|event| event.claim().id() == claim).unwrap().path().len();
    assert_eq!([path(own), path(by_army), path(by_unit)], [0, 1, 2]);
    assert_eq!(events.proof().affiliations().count(), 2);
    assert!(events.iter().any(|event| event.to_string().ends_with(", through unit")));
    // The same for the other end. A view that does not know the unit yet does not count its claims.
    assert_eq!(claims_with_object_or_part(&graph.view(), other).len(), 5);
    let narrowed = graph.view().relation(TREATY_WITH);
    assert!(claims_with_subject_or_part(&narrowed, state).is_empty());
    let mut early = ClaimGraph::new();
    let (whole, part) = (early.add(State, "w").unwrap(), early.add(Military, "p").unwrap());
    early.add_affiliation(Affiliation::part_of(part, whole).reported(date(2024, 7, 1))).unwrap();
    early.insert(Claim::by(whole).asserts(part, MEETS, whole).reported(date(2024, 6, 1))).unwrap();
    assert_eq!(claims_with_subject_or_part(&early.view().as_of(date(2024, 6, 30)), whole).len(), 0);
    assert_eq!(claims_with_subject_or_part(&early.view().as_of(date(2024, 7, 1)), whole).len(), 1);
}

#[test]
fn parts_that_speak_are_those_that_the_view_knows_in_either_order_of_setters() {
    let (mut graph, nk, russia, forces) = world();
    let joined = Affiliation::part_of(forces, russia).reported(date(2020, 6, 15));
    graph.add_affiliation(joined).unwrap();
    let say = |day| Claim::by(forces).asserts(nk, ATTACKS, russia).reported(day);
    let said = graph.insert(say(date(2020, 6, 1))).unwrap();
    let later = graph.insert(say(date(2020, 6, 20))).unwrap();
    let ids =
        |view: claimgraph::View<'_>| view.claims().map(|claim| claim.id()).collect::<Vec<_>>();
    let (before, after) = (date(2020, 6, 10), date(2020, 6, 30));
    for (day, expected) in [(before, vec![]), (after, vec![said, later])] {
        assert_eq!(ids(graph.view().as_of(day).speaker_or_part(russia)), expected);
        assert_eq!(ids(graph.view().speaker_or_part(russia).as_of(day)), expected);
        let filter = graph.view().speaker_or_part(russia).as_of(day).filter();
        let again = serde_json::from_str(&serde_json::to_string(&filter).unwrap()).unwrap();
        assert_eq!(ids(graph.view().filtered(&again).unwrap()), expected);
    }
    // The whole is the one that it was a part of when it spoke.
    let (mut graph, nk, russia, forces) = world();
    let held = Period::throughout(date(2010, 1, 1)..=date(2015, 12, 31));
    graph.add_affiliation(Affiliation::part_of(forces, russia).valid(held)).unwrap();
    let say = |day| Claim::by(forces).asserts(nk, ATTACKS, russia).reported(day);
    let [said, _] = [date(2012, 6, 1), date(2020, 6, 1)].map(|day| graph.insert(say(day)).unwrap());
    let own = graph.insert(Claim::by(russia).asserts(nk, ATTACKS, russia).reported(DAY)).unwrap();
    assert_eq!(
        graph.view().speaker_or_part(russia).claims().map(|claim| claim.id()).collect::<Vec<_>>(),
        [said, own]
    );
}

#[test]
fn without_parts_holds_for_roles_too() {
    let (mut graph, nk, russia, forces) = world();
    graph.add_affiliation(claimgraph::entity::Affiliation::part_of(forces, russia)).unwrap();
    graph
        .insert(Claim::by(nk).asserts(nk, ATTACKS, russia).with(ABOUT, forces).reported(DAY))
        .unwrap();
    let asked = graph.statement(nk, ATTACKS, russia).with(ABOUT, russia);
    assert_eq!(asked.clone().is_asserted(), Answer::Yes);
    assert_eq!(asked.without_parts().is_asserted(), Answer::No);
}

#[test]
fn the_way_up_a_tall_hierarchy_is_the_same_whether_or_not_its_affiliations_have_dates() {
    let steps = |dated: bool| {
        let mut graph = ClaimGraph::new();
        let (town, agency) = (graph.add(City, "town").unwrap(), graph.add(Agency, "a").unwrap());
        let units: Vec<_> = (0..20)
            .map(|n| graph.add(Military, format!("unit-{n:02}").as_str()).unwrap())
            .collect();
        for pair in units.windows(2) {
            graph.add_affiliation(Affiliation::part_of(pair[1], pair[0])).unwrap();
        }
        // A shorter way, and one that is as short and comes later in the order of keys.
        let above = Affiliation::part_of(units[15], units[3]);
        let above = if dated { above.valid(date(2024, 1, 1)..=date(2024, 12, 31)) } else { above };
        graph.add_affiliation(above).unwrap();
        graph.add_affiliation(Affiliation::part_of(units[14], units[2])).unwrap();
        for &unit in &units {
            let day = date(2024, 6, 1);
            let claim = Claim::by(agency).asserts(unit, PRESENT_IN, town).valid(day).reported(day);
            graph.insert(claim).unwrap();
        }
        let asked = graph.statement(units[0], PRESENT_IN, town);
        let backing = asked.backing();
        let parts = |steps: &[Step]| -> Vec<String> {
            let part = |step: &Step| match step {
                Step::Affiliated(id) => graph.affiliation(*id).unwrap().part(),
                other => panic!("{other:?} is not a step up"),
            };
            steps.iter().map(|step| graph.entity(part(step)).unwrap().key().to_owned()).collect()
        };
        backing
            .iter()
            .map(|it| (it.claim().subject_entity().unwrap(), parts(it.steps())))
            .collect::<Vec<_>>()
    };
    let shared = steps(false);
    assert_eq!(shared, steps(true));
    let longest = shared.iter().map(|(_, parts)| parts.len()).max();
    assert_eq!(longest, Some(13), "unit 14 is three steps from the top by unit 2");
}
