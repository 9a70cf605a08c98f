//! Entities found by a name, or added.

use claimgraph::{ClaimGraph, Entity, reporting::*};
use claimgraph_intake::name::{NameIndex, ResolveError, Resolved};

fn resolve(index: &mut NameIndex, graph: &mut ClaimGraph, name: &str, kind: &str) -> Resolved {
    index.resolve_or_create(graph, name, kind).unwrap()
}

#[test]
fn the_same_call_twice_adds_one_entity() {
    let mut graph = ClaimGraph::new();
    let mut index = NameIndex::of(&graph);
    for name in [
        "Kim Jong-un",
        "the NIS",
        "Владимир Путин",
        "東京",
        "Putin, Vladimir",
        "U.S.",
        "McDonald’s",
    ] {
        let first = resolve(&mut index, &mut graph, name, "Actor");
        assert!(matches!(first, Resolved::Added(_)), "{name}");
        let count = graph.entities().count();
        let again = resolve(&mut index, &mut graph, name, "Actor");
        assert!(matches!(again, Resolved::Found(_)), "{name}");
        assert_eq!(first.one().map(|one| one.entity), again.one().map(|one| one.entity));
        assert_eq!(graph.entities().count(), count);
        // A new index finds it too.
        let one = resolve(&mut NameIndex::of(&graph), &mut graph, name, "Actor");
        assert_eq!(again, one);
    }
    let keys: Vec<&str> = graph.entities().map(|entity| entity.key()).collect();
    assert_eq!(
        keys,
        ["kim-jong-un", "nis", "владимир-путин", "東京", "putin-vladimir", "us", "mcdonalds"]
    );
}

#[test]
fn a_taken_key_is_not_taken_twice() {
    let mut graph = ClaimGraph::new();
    // Its key is in the way, and its name is another one.
    graph.add(City, Entity::new("georgia").named("Georgia City")).unwrap();
    graph.add(City, Entity::new("georgia-person").named("Other")).unwrap();
    let mut index = NameIndex::of(&graph);
    for (kind, key) in [("State", "georgia-state"), ("Person", "georgia-person-2")] {
        let added = resolve(&mut index, &mut graph, "Georgia", kind);
        assert_eq!(added.one().unwrap().key, key);
        assert_eq!(graph.name_of(added.one().unwrap().entity), "Georgia");
    }
}

#[test]
fn an_ambiguous_name_adds_nothing() {
    let mut graph = ClaimGraph::new();
    for key in ["john-smith-1", "john-smith-2"] {
        graph.add(Person, Entity::new(key).named("John Smith")).unwrap();
    }
    let mut index = NameIndex::of(&graph);
    let answer = resolve(&mut index, &mut graph, "John Smith", "Person");
    let Resolved::Ambiguous(all) = &answer else { panic!("{answer}") };
    assert_eq!(
        all.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(),
        ["john-smith-1", "john-smith-2"]
    );
    assert_eq!(graph.entities().count(), 2);
    // Of another kind, there is none.
    assert!(matches!(resolve(&mut index, &mut graph, "John Smith", "Company"), Resolved::Added(_)));
}

#[test]
fn entities_that_the_index_has_not_seen_are_found() {
    let mut graph = ClaimGraph::new();
    let mut index = NameIndex::of(&graph);
    graph.add(State, Entity::new("ru").named("Russia")).unwrap();
    assert_eq!(resolve(&mut index, &mut graph, "Russia", "State").one().unwrap().key, "ru");
}

#[test]
fn a_refused_name_adds_nothing() {
    let mut graph = ClaimGraph::new();
    let mut index = NameIndex::of(&graph);
    for name in ["", "\u{202e}x", "Put\u{456}n", "Pu\u{200b}tin"] {
        let refused = index.resolve_or_create(&mut graph, name, "Person");
        assert!(matches!(refused, Err(ResolveError::Name(_))), "{name:?}");
    }
    let refused = index.resolve_or_create(&mut graph, "Putin", "No kind");
    assert!(matches!(refused, Err(ResolveError::Graph(_))));
    assert_eq!(graph.entities().count(), 0);
}

#[test]
fn an_index_of_another_graph_is_refused() {
    let mut graph = ClaimGraph::new();
    graph.add(Person, Entity::new("putin").named("Putin")).unwrap();
    let mut index = NameIndex::of(&graph);
    let refused = index.resolve_or_create(&mut ClaimGraph::new(), "Putin", "Person");
    assert!(matches!(refused, Err(ResolveError::OtherGraph { .. })));
}
