//! Which entity a name means.

use claimgraph::{
    ClaimGraph, Entity, EntityId,
    entity::{Affiliation, Name},
    reporting::*,
};
use claimgraph_intake::name::{LookUp, NameIndex, NameKey};
use proptest::prelude::*;

fn keys(answer: &LookUp) -> Vec<&str> {
    answer.all().iter().map(|named| named.key.as_str()).collect()
}

#[test]
fn spellings_of_one_name_have_one_key() {
    for (a, b) in [
        ("North Korea", " north\u{a0}\tKOREA "),
        ("Straße", "STRASSE"),
        ("the NIS", "N.I.S."),
        ("Kim Jong-un", "KIM JONG UN"),
        ("Kim, Jong Un", "Kim Jong Un"),
        ("V. V. Putin", "V.V. Putin"),
        ("O’Brien", "O'Brien"),
        ("Johnson & Johnson", "Johnson and Johnson"),
        ("Ｐｕｔｉｎ", "Putin"),
        ("Pu\u{ad}tin", "Putin"),
        ("Guinea–Bissau", "Guinea-Bissau"),
    ] {
        assert_eq!(NameKey::of(a), NameKey::of(b), "{a} {b}");
    }
    for (a, b) in [
        ("Perón", "Peron"),
        ("Путин", "Putin"),
        ("Putin Vladimir", "Vladimir Putin"),
        ("Niger", "Nigeria"),
        ("Guinea", "Guinea-Bissau"),
        ("C++", "C"),
    ] {
        assert_ne!(NameKey::of(a), NameKey::of(b), "{a} {b}");
    }
}

#[test]
fn a_key_has_words_with_one_space_between_them() {
    for name in ["the The The", "U. S. of A.", "Ünïcode--Nàme’s", "İstanbul", "ŉ", "ﷺ", "a\u{301}b"]
    {
        let key = NameKey::of(name).unwrap();
        assert!(key.as_str().split(' ').all(|word| !word.is_empty()), "{name}: {key}");
    }
}

fn small() -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let russia =
        Entity::new("russia").named("Russia").metonym("Moscow").alias("Russian Federation");
    let russia = graph.add(State, russia).unwrap();
    let moscow = graph.add(City, Entity::new("moscow-city").named("Moscow")).unwrap();
    graph.add(State, Entity::new("north-korea").named("Korea, North")).unwrap();
    graph.add(Person, Entity::new("putin").named("Putin, Vladimir")).unwrap();
    graph.add(Company, Entity::new("mcdonalds").named("McDonald's")).unwrap();
    graph.add(Person, Entity::new("mcdonald").named("McDonald")).unwrap();
    graph.add(State, "nameless-state").unwrap();
    let niger = Entity::new("niger").named("Niger").adjective("Nigerian").alias("nameless");
    graph.add(State, niger.adjective("Sahelian")).unwrap();
    graph.add(Publisher, Entity::new("nigerian").named("The Nigerian")).unwrap();
    graph.add_affiliation(Affiliation::located_in(moscow, russia)).unwrap();
    graph
}

#[test]
fn a_name_is_found_in_each_strict_reading_and_the_plainest_one_first() {
    let index = NameIndex::of(&small());
    for (name, expected) in [
        ("Russia", vec!["russia"]),
        ("RUSSIA’S", vec!["russia"]),
        ("the Russian Federation’s", vec!["russia"]),
        ("Moscow", vec!["moscow-city", "russia"]),
        ("North Korea", vec!["north-korea"]),
        ("Vladimir Putin", vec!["putin"]),
        ("PUTIN, Vladimir", vec!["putin"]),
        ("Vladimir Putin's", vec!["putin"]),
        // The company before the possessive of the person.
        ("McDonald’s", vec!["mcdonalds"]),
        ("McDonald", vec!["mcdonald"]),
        ("Nameless State", vec!["nameless-state"]),
        // A key only as it is written, if the entity has a name.
        ("moscow-city", vec!["moscow-city"]),
        ("Moscow City", vec![]),
        ("", vec![]),
        ("Russi", vec![]),
        // A name before an adjective.
        ("Nigerian", vec!["nigerian"]),
        ("Sahelian", vec!["niger"]),
    ] {
        assert_eq!(keys(&index.look_up(name)), expected, "{name:?}");
    }
}

#[test]
fn a_look_up_by_kind_answers_as_the_graph_does() {
    let graph = small();
    let index = NameIndex::of(&graph);
    let kinds: Vec<&str> = graph.vocabulary().kinds().map(|kind| kind.key.as_str()).collect();
    let names =
        ["Moscow", "russia", "moscow-city", "Nothing", "nameless-state", "McDonald", "Sahelian"];
    for kind in kinds.into_iter().map(Some).chain([None, Some("No kind")]) {
        for name in names {
            let expected = match graph.lookup_untyped(name, kind) {
                claimgraph::entity::Lookup::Unknown => vec![],
                claimgraph::entity::Lookup::One(one) => vec![one],
                claimgraph::entity::Lookup::Ambiguous(all) => all,
            };
            let scope = kind.into_iter().fold(index.scope(), |it, kind| it.of_kind_untyped(kind));
            let answer = scope.look_up(name);
            let found: Vec<EntityId> = answer.all().iter().map(|named| named.entity).collect();
            assert_eq!(found, expected, "{name} {kind:?}");
        }
    }
}

#[test]
fn a_scope_reaches_the_parts_of_parts() {
    let mut graph = small();
    let [russia, city] = ["russia", "moscow-city"].map(|key| graph.entity_keyed(key).unwrap());
    let kremlin = graph.add(Facility, Entity::new("kremlin").named("Kremlin")).unwrap();
    graph.add(Facility, Entity::new("kremlin-of-kazan").named("Kremlin")).unwrap();
    graph.add_affiliation(Affiliation::located_in(kremlin, city)).unwrap();
    let index = NameIndex::of(&graph);
    assert_eq!(keys(&index.look_up("Kremlin")), ["kremlin", "kremlin-of-kazan"]);
    assert_eq!(keys(&index.scope().within(russia).look_up("Kremlin")), ["kremlin"]);
    assert_eq!(keys(&index.scope().within(russia).of_kind(State).look_up("Kremlin")), [""; 0]);
    assert_eq!(keys(&index.scope().within(russia).look_up("Russia")), ["russia"]);
}

#[test]
fn an_answer_has_keys_and_prints() {
    let index = NameIndex::of(&small());
    let answer = index.look_up("Moscow");
    assert_eq!(
        answer.to_string(),
        r#"ambiguous: moscow-city (City) by the canonical "Moscow", russia (State) by the metonym "Moscow""#
    );
    let json = serde_json::to_value(index.of_kind(City).look_up("Moscow")).unwrap();
    let expected = serde_json::json!({"one": {
        "key": "moscow-city", "kind": "City", "name": "Moscow", "name_kind": "canonical"
    }});
    assert_eq!(json, expected);
}

const NAMES: [&str; 8] =
    ["Moscow", "Putin, V.", "V. Putin", "Putin’s", "the Putins", "Kim", "KIM", "Ким"];

type Plan = Vec<(u8, Vec<usize>)>;

fn planned(plan: &Plan, order: impl Iterator<Item = usize>) -> (ClaimGraph, NameIndex) {
    let mut graph = ClaimGraph::new();
    let mut index = NameIndex::default();
    for place in order {
        let (kind, names) = &plan[place];
        let entity = Entity::new(format!("e{place}"));
        let entity = names.iter().fold(entity, |it, &name| {
            let name =
                if name % 3 == 0 { Name::metonym(NAMES[name]) } else { Name::alias(NAMES[name]) };
            it.with_name(name)
        });
        let kind = ["State", "City", "Person"][usize::from(*kind)];
        graph.add_untyped(kind, entity).unwrap();
        // Told one by one in this order.
        index.update(&graph);
    }
    (graph, index)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_answer_depends_on_the_order_of_insertion(
        plan in prop::collection::vec((0..3_u8, prop::collection::vec(0..NAMES.len(), 0..3)), 0..8)
    ) {
        let (_, forwards) = planned(&plan, 0..plan.len());
        let (graph, backwards) = planned(&plan, (0..plan.len()).rev());
        let at_once = NameIndex::of(&graph);
        for name in NAMES.into_iter().chain(["e0", "e 0"]) {
            for kind in ["Thing", "Place", "Actor", "Person"] {
                let answers = [&forwards, &backwards, &at_once].map(|index| {
                    let answer = index.scope().of_kind_untyped(kind).look_up(name);
                    serde_json::to_string(&answer).unwrap()
                });
                prop_assert_eq!(&answers[0], &answers[1]);
                prop_assert_eq!(&answers[1], &answers[2]);
            }
        }
    }
}
