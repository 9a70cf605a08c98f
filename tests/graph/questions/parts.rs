//! Parts of actors: affiliated by name, and counted while they are parts and the view knows it.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, Entity, Period, date, entity::Affiliation};
use claimgraph_analysis::{claims_with_object_or_part, claims_with_subject_or_part};
use claimgraph_formats::tables::parenthesised_parent;

#[test]
fn the_last_parentheses_of_a_name() {
    for (name, whole) in [
        ("Military (North Korea)", Some("North Korea")),
        ("X (Y) (Z)", Some("Z")),
        ("X (Y (Z))", Some("Y (Z)")),
        ("X ( Z ) ", Some("Z")),
        ("Ministère (Côte d'Ivoire)", Some("Côte d'Ivoire")),
        ("X ()", None),
        ("(Z)", None),
        ("X (Y", None),
        ("X Y)", None),
        ("X )Y(", None),
        ("X (Y)) ", None),
        ("X", None),
        ("", None),
        (")", None),
    ] {
        assert_eq!(parenthesised_parent(name), whole, "{name}");
    }
    // 100,000 parentheses do not overflow the stack.
    let deep = format!("X {}{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(parenthesised_parent(&deep).is_some());
}

#[test]
fn affiliating_by_name_reports_what_was_made_and_what_was_not() {
    let mut graph = ClaimGraph::new();
    let korea = graph.add(State, Entity::new("prk").named("North Korea").alias("DPRK")).unwrap();
    let congo = graph.add(State, Entity::new("cod").named("Congo")).unwrap();
    let other = graph.add(State, Entity::new("cog").named("Congo")).unwrap();
    let army = graph.add(Military, "Army (DPRK)").unwrap();
    let unit = graph.add(Military, "Unit (Army (DPRK))").unwrap();
    let police = graph.add(Agency, "Police (Congo)").unwrap();
    let fleet = graph.add(Agency, "Fleet (Atlantis)").unwrap();
    let treaty = graph.add(Treaty, "Treaty (North Korea)").unwrap();
    let seat = graph.add(Agency, "Seat (Pyongyang)").unwrap();
    graph.add(City, "Pyongyang").unwrap();
    let named = graph.affiliate_by_name(parenthesised_parent);
    let pairs: Vec<_> = graph.affiliations().map(|a| (a.part(), a.whole())).collect();
    assert_eq!(
        pairs,
        [(army.id(), korea.id()), (unit.id(), army.id())],
        "an alias leads to the state; a treaty is not an actor"
    );
    assert_eq!(named.made().len(), 2);
    assert_eq!(named.ambiguous(), [(police.id(), "Congo".to_owned())]);
    let unknown = [(fleet.id(), "Atlantis".to_owned()), (seat.id(), "Pyongyang".to_owned())];
    assert_eq!(named.unknown(), unknown, "a city is not an actor");
    let again = graph.affiliate_by_name(parenthesised_parent);
    assert_eq!((again.made().len(), again.known()), (0, 2));
    let _ = (congo, other, treaty);

    // An actor is not made a part of itself, and no circle is closed.
    let mut graph = ClaimGraph::new();
    let a = graph.add(Agency, "A").unwrap();
    let b = graph.add(Agency, "B").unwrap();
    assert_eq!(
        graph.affiliate_by_name(|name| Some(name)),
        claimgraph::entity::AffiliationReport::default()
    );
    let crossed = graph.affiliate_by_name(|name| Some(if name == "A" { "B" } else { "A" }));
    assert_eq!((crossed.made().len(), crossed.circular()), (1, [(b.id(), a.id())].as_slice()));
}

#[test]
fn each_spelling_of_a_whole_is_looked_up_for_itself() {
    for names in [["Police (RUSSIA)", "Army (Russia)"], ["Army (Russia)", "Police (RUSSIA)"]] {
        let mut graph = ClaimGraph::new();
        // It has no name and is found by its key, letter for letter.
        let russia = graph.add_untyped("Actor", "Russia").unwrap();
        let parts = names.map(|name| graph.add_untyped("Actor", name).unwrap());
        let named = graph.affiliate_by_name(parenthesised_parent);
        let made: Vec<_> = named.made().iter().filter_map(|&id| graph.affiliation(id)).collect();
        let army = parts[names.iter().position(|name| name.starts_with("Army")).unwrap()];
        assert_eq!(
            made.iter().map(|a| (a.part(), a.whole())).collect::<Vec<_>>(),
            [(army, russia)],
            "{names:?}"
        );
        assert_eq!(
            named.unknown().iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
            ["RUSSIA"]
        );
    }
}

#[test]
fn a_part_made_by_a_name_in_a_table_is_an_actor_of_the_graph() {
    let (mut graph, nk, ..) = world();
    let place = graph.add(City, "seoul").unwrap();
    let nobody = claimgraph::EntityId::nth(900).unwrap();
    let parts = [place.id(), nobody, nk.id()].map(|part| (part, "russia".to_owned()));
    let named = graph.affiliate_named(parts.into_iter().chain([(nk.id(), "atlantis".to_owned())]));
    assert_eq!((named.made().len(), named.unknown().len()), (1, 3));
    assert_eq!(graph.affiliation(named.made()[0]).map(|made| made.part()), Some(nk.id()));
}

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
    assert!(events.iter().any(|event| event.to_string().ends_with("(through unit)")));
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
