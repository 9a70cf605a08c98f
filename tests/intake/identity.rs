//! Proposals of who is who.

use claimgraph::identity::{Judgement, Verdict};
use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, DocumentInfo, Entity, date};
use claimgraph_intake::identity::{Proposal, proposals};
use claimgraph_intake::name::NameIndex;
use proptest::prelude::*;

fn proposed(graph: &ClaimGraph) -> Vec<Proposal> {
    proposals(graph, &NameIndex::of(graph))
}

fn pairs(found: &[Proposal]) -> Vec<[&str; 2]> {
    found.iter().map(|it| it.keys.each_ref().map(String::as_str)).collect()
}

fn at() -> jiff::Timestamp {
    "2025-01-01T00:00:00Z".parse().unwrap()
}

#[test]
fn entities_with_one_code_are_paired_with_the_one_of_the_least_key() {
    let mut graph = ClaimGraph::new();
    for (key, code) in [("b", "Q1"), ("a", "Q1"), ("c", "Q1"), ("d", "Q2")] {
        graph.add(Person, Entity::new(key).named(key).code("wikidata", code)).unwrap();
    }
    let found = proposed(&graph);
    assert_eq!(pairs(&found), [["a", "b"], ["a", "c"]]);
    assert_eq!(found[0].to_string(), "a, b: 1.00 (code wikidata Q1)");
}

#[test]
fn names_alone_count_less_if_codes_of_one_system_differ() {
    let mut graph = ClaimGraph::new();
    for (key, code) in [("one", "Q1"), ("two", "Q2")] {
        let entity = Entity::new(key).named("Lloyd Austin").code("wikidata", code);
        graph.add(Person, entity.code("born", "1953")).unwrap();
    }
    let found = proposed(&graph);
    assert_eq!(
        (found[0].score(), found[0].differing_codes.as_slice()),
        (0.5, &["wikidata".to_owned()][..])
    );
    let judgement = found[0].judged(Verdict::Unsure).by("editor").at(at());
    assert_eq!(judgement.score().map(|it| it.plain()).as_deref(), Some("0.5"));
    assert!(judgement.reason().unwrap().ends_with("codes of wikidata differ"));
}

#[test]
fn documents_withheld_names_and_kinds_that_exclude_each_other_are_left_out() {
    let mut graph = ClaimGraph::new();
    graph.add(State, Entity::new("state").named("Georgia")).unwrap();
    graph.add(Person, Entity::new("person").named("Georgia")).unwrap();
    graph.add(Person, Entity::new("hidden").named("Georgia").name_withheld()).unwrap();
    for key in ["first", "second"] {
        graph.add_document(Entity::new(key).named("Wire"), DocumentInfo::undated()).unwrap();
    }
    assert_eq!(pairs(&proposed(&graph)), Vec::<[&str; 2]>::new());
    // A state is an actor, so an actor of that name may be it.
    graph.add(Actor, Entity::new("actor").named("Georgia")).unwrap();
    assert_eq!(pairs(&proposed(&graph)), [["actor", "person"], ["actor", "state"]]);
}

#[test]
fn pairs_that_judgements_join_or_keep_apart_are_not_proposed_again() {
    let mut graph = ClaimGraph::new();
    let ids = ["a", "b", "c"]
        .map(|key| graph.add(Person, Entity::new(key).named("Kim Ok")).unwrap().id());
    assert_eq!(pairs(&proposed(&graph)), [["a", "b"], ["a", "c"], ["b", "c"]]);
    graph.judge(Judgement::same(ids[0], ids[1]).by("editor").at(at())).unwrap();
    assert_eq!(pairs(&proposed(&graph)), [["a", "c"], ["b", "c"]]);
    graph.judge(Judgement::unsure(ids[0], ids[2]).by("editor").at(at())).unwrap();
    assert_eq!(pairs(&proposed(&graph)), [["b", "c"]]);
    // Different from one is different from what is the same as it.
    graph.judge(Judgement::different(ids[0], ids[2]).by("reader").at(at())).unwrap();
    assert_eq!(pairs(&proposed(&graph)), Vec::<[&str; 2]>::new());
}

#[test]
fn facts_in_common_put_a_pair_before_others_of_its_score() {
    let mut graph = ClaimGraph::new();
    let mut add = |key: &str, name: &str| graph.add(Person, Entity::new(key).named(name)).unwrap();
    let [_, _] = [add("a", "Kim Ok"), add("b", "Kim Ok")];
    let [c, d] = [add("c", "Park Jin"), add("d", "Park Jin")];
    let nis = graph.add(Agency, "nis").unwrap();
    let other = graph.add(Agency, "other").unwrap();
    let day = date(2024, 10, 24);
    for (person, with) in [(c, nis), (d, nis), (c, other)] {
        graph.insert(Claim::by(nis).denies(person, MEETS, with).reported(day)).unwrap();
    }
    // The other side of a relation is another fact.
    graph.insert(Claim::by(nis).asserts(other, MEETS, d).reported(day)).unwrap();
    let found = proposed(&graph);
    assert_eq!(pairs(&found), [["c", "d"], ["a", "b"]]);
    assert_eq!([found[0].shared_facts, found[1].shared_facts], [1, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn proposals_do_not_depend_on_order_and_end_when_all_are_taken(
        people in prop::collection::vec((0..4usize, 0..5usize), 1..9),
        by in any::<prop::sample::Index>(),
    ) {
        const NAMES: [&str; 4] = ["Kim Ok", "Ok Kim", "Park Jin", "Jin"];
        let build = |order: &mut dyn Iterator<Item = (usize, &(usize, usize))>| {
            let mut graph = ClaimGraph::new();
            for (number, &(name, code)) in order {
                let entity = Entity::new(format!("p{number}")).named(NAMES[name]);
                let entity = if code < 2 { entity.code("id", code.to_string()) } else { entity };
                graph.add(Person, entity).unwrap();
            }
            graph
        };
        let mut graph = build(&mut people.iter().enumerate());
        let from = by.index(people.len());
        let turned = people.iter().enumerate().skip(from).chain(people.iter().enumerate().take(from));
        let other = build(&mut { turned });
        let json = |graph: &ClaimGraph| serde_json::to_value(proposed(graph)).unwrap();
        prop_assert_eq!(json(&other), json(&graph));
        for proposal in proposed(&graph) {
            graph.judge(proposal.judged(Verdict::Same).by("tool").at(at())).unwrap();
        }
        prop_assert_eq!(proposed(&graph), []);
    }
}
