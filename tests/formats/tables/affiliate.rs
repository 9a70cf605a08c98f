//! Affiliations that names show.

use super::*;
use claimgraph::{Entity, EntityId};
use claimgraph_formats::tables::{
    AffiliationReport, affiliate_by_name, affiliate_named, parenthesised_parent,
};

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
    let named = affiliate_by_name(&mut graph, parenthesised_parent);
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
    let again = affiliate_by_name(&mut graph, parenthesised_parent);
    assert_eq!((again.made().len(), again.known()), (0, 2));
    let _ = (congo, other, treaty);

    // An actor is not made a part of itself, and no circle is closed.
    let mut graph = ClaimGraph::new();
    let a = graph.add(Agency, "A").unwrap();
    let b = graph.add(Agency, "B").unwrap();
    assert_eq!(affiliate_by_name(&mut graph, |name| Some(name)), AffiliationReport::default());
    let crossed = affiliate_by_name(&mut graph, |name| Some(if name == "A" { "B" } else { "A" }));
    assert_eq!((crossed.made().len(), crossed.circular()), (1, [(b.id(), a.id())].as_slice()));
}

#[test]
fn each_spelling_of_a_whole_is_looked_up_for_itself() {
    for names in [["Police (RUSSIA)", "Army (Russia)"], ["Army (Russia)", "Police (RUSSIA)"]] {
        let mut graph = ClaimGraph::new();
        // It has no name and is found by its key, letter for letter.
        let russia = graph.add_untyped("Actor", "Russia").unwrap();
        let parts = names.map(|name| graph.add_untyped("Actor", name).unwrap());
        let named = affiliate_by_name(&mut graph, parenthesised_parent);
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
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "nk").unwrap();
    graph.add(State, "russia").unwrap();
    let place = graph.add(City, "seoul").unwrap();
    let nobody = EntityId::nth(900).unwrap();
    let parts = [place.id(), nobody, nk.id()].map(|part| (part, "russia".to_owned()));
    let named =
        affiliate_named(&mut graph, parts.into_iter().chain([(nk.id(), "atlantis".to_owned())]));
    assert_eq!((named.made().len(), named.unknown().len()), (1, 3));
    assert_eq!(graph.affiliation(named.made()[0]).map(|made| made.part()), Some(nk.id()));
}
