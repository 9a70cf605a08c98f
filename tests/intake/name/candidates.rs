//! Entities with similar names, ranked with the reasons.

use claimgraph::{ClaimGraph, Entity, entity::Affiliation, reporting::*};
use claimgraph_intake::name::{NameIndex, compare_names};
use proptest::prelude::*;

#[test]
fn each_reason_is_said() {
    for (a, b, expected) in [
        ("Putin", "Putin", "1.00 (the same text)"),
        ("Putin", "PUTIN", "1.00 (the same but for case, spacing or punctuation)"),
        (
            "Putin, Vladimir",
            "Vladimir Putin",
            "1.00 (the same without a possessive or with the part after the comma in front)",
        ),
        ("Perón", "Peron", "0.99 (accents differ)"),
        ("Putin Vladimir", "Vladimir Putin", "0.99 (another order of words)"),
        ("Kim Jong Un", "Kim Jongun", "0.97 (the same letters in other words)"),
        ("J. Smith", "John Smith", "0.94 (initials fit)"),
        ("Bashar al-Assad", "Bashar Assad", "0.98 (only in one: al)"),
        ("Путин", "Putin", "0.97 (similar in Latin letters)"),
        ("Zelensky", "Zelenskyy", "0.86 (1 letter off: 0.89 by optimal string alignment)"),
        ("Ahmadinejad", "Ahmadinejda", "0.88 (1 letter off: 0.91 by optimal string alignment)"),
        ("Resolution 1701", "Resolution 1702", "0.71 (only in one: 1701 1702)"),
        ("Guinea", "Guinea-Bissau", "0.67 (only in one: bissau)"),
        ("", "Putin", "0.00 ()"),
    ] {
        assert_eq!(compare_names(a, b, false).to_string(), expected, "{a} | {b}");
    }
    let further = compare_names("Vladimir Putin", "Vladimir Vladimirovich Putin", true);
    assert_eq!(further.to_string(), "0.89 (only in one: vladimirovich)");
}

fn small() -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let niger = graph.add(State, Entity::new("niger").named("Niger")).unwrap();
    graph.add(State, Entity::new("nigeria").named("Nigeria").metonym("Abuja")).unwrap();
    graph.add(City, Entity::new("niamey").named("Niamey")).unwrap();
    let bazoum = graph.add(Person, Entity::new("bazoum").named("Mohamed Bazoum")).unwrap();
    graph.add(Person, Entity::new("bazoumana").named("Mohamed Bazoumana")).unwrap();
    graph.add(Person, Entity::new("putin").named("Vladimir Putin").alias("Putin")).unwrap();
    graph.add_affiliation(Affiliation::member_of(bazoum, niger)).unwrap();
    graph
}

#[test]
fn exact_names_come_first_and_each_entity_once() {
    let graph = small();
    let index = NameIndex::of(&graph);
    let keys = |name: &str| -> Vec<String> {
        index.candidates(name, 9).into_iter().map(|it| it.named.key).collect()
    };
    assert_eq!(keys("Niger")[..2], ["niger", "nigeria"]);
    assert_eq!(keys("Nigeria")[..2], ["nigeria", "niger"]);
    assert_eq!(keys("Putn"), ["putin"]);
    assert_eq!(keys(""), [""; 0]);
    assert_eq!(keys("xyzzy"), [""; 0]);
    assert_eq!(index.candidates("Niger", 1).len(), 1);
    assert_eq!(index.candidates("Niger", 0).len(), 0);
}

#[test]
fn a_filter_applies_before_the_ranking() {
    let graph = small();
    let index = NameIndex::of(&graph);
    let best = |scope: claimgraph_intake::name::NameScope<'_>, name: &str| {
        scope.candidates(name, 1).pop().map(|it| it.named.key)
    };
    assert_eq!(best(index.scope(), "Nigerien"), Some("nigeria".into()));
    assert_eq!(best(index.of_kind(City), "Niamay"), Some("niamey".into()));
    assert_eq!(best(index.of_kind(City), "Abuja"), None);
    let niger = graph.entity_keyed("niger").unwrap();
    assert_eq!(best(index.scope().within(niger), "M. Bazoumana"), Some("bazoum".into()));
}

#[test]
fn a_look_alike_finds_the_name_that_it_imitates() {
    let index = NameIndex::of(&small());
    let found = index.candidates("Put\u{456}n", 1).pop().unwrap();
    assert_eq!(
        found.to_string(),
        r#"putin (Person) by the alias "Putin": 0.99 (letters of another script that look alike; the same text)"#
    );
    assert!(found.is_likely());
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["key"], "putin");
    assert_eq!(json["reasons"], serde_json::json!(["looks-alike", "same-text"]));
}

const WORDS: [&str; 10] =
    ["Kim", "Jong", "Un", "Il", "Putin", "Poutine", "Vladimir", "Владимир", "V.", "Küm"];

fn names() -> impl Strategy<Value = Vec<String>> {
    let name = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4);
    prop::collection::vec(name.prop_map(|words| words.join(" ")), 1..400)
}

fn index_of<'n>(names: impl Iterator<Item = (usize, &'n String)>) -> NameIndex {
    let mut graph = ClaimGraph::new();
    for (place, name) in names {
        graph.add(Person, Entity::new(format!("e{place}")).named(name.as_str())).unwrap();
    }
    NameIndex::of(&graph)
}

#[test]
fn namesakes_are_in_order_of_their_keys_whatever_came_first() {
    let names = vec!["Kim Jong".to_owned(); 300];
    let forwards = index_of(names.iter().enumerate());
    let backwards = index_of(names.iter().enumerate().rev());
    for index in [forwards, backwards] {
        for sought in ["Kim Jong", "Kim Jonng"] {
            let candidates = index.candidates(sought, 4);
            let keys: Vec<&str> = candidates.iter().map(|it| it.named.key.as_str()).collect();
            assert_eq!(keys, ["e0", "e1", "e10", "e100"], "{sought}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn candidates_do_not_depend_on_the_order_and_begin_with_the_exact_ones(
        names in names(),
        sought in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4),
        most in 1..20_usize,
    ) {
        let forwards = index_of(names.iter().enumerate());
        let backwards = index_of(names.iter().enumerate().rev());
        let sought = sought.join(" ");
        let candidates = forwards.candidates(&sought, most);
        let json = |candidates| serde_json::to_string(candidates).unwrap();
        prop_assert_eq!(json(&candidates), json(&backwards.candidates(&sought, most)));
        let exact = forwards.look_up(&sought);
        for (one, candidate) in exact.all().iter().zip(&candidates) {
            prop_assert_eq!(&one.key, &candidate.named.key);
            prop_assert_eq!(candidate.likeness.score, 1.0);
        }
        prop_assert!(candidates.is_sorted_by(|a, b| a.likeness.score >= b.likeness.score));
    }
}
