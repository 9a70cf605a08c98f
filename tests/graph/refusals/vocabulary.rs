//! Keys, aliases and definitions.

use super::*;

#[test]
fn add_refuses_taken_and_invalid_keys() {
    let mut w = world();
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { found, .. } if found == "State", |g| g.add(Person, "russia"));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_untyped("Person", Entity::new("russia").named("Russell")));
    refuses!(w.graph, FieldPath::Key, ErrorKind::KeyTaken { .. }, |g| g
        .add_untyped("Document", "article"));
    refuses!(w.graph, FieldPath::Key, ErrorKind::Unknown { what: "kind", .. }, |g| g
        .add(Club, "club"));
    refuses!(w.graph, FieldPath::Key, ErrorKind::Unknown { what: "kind", .. }, |g| g
        .add_untyped("Spaceship", "x"));
    for key in [
        "",
        " ",
        " x",
        "x ",
        "a\nb",
        "a\0b",
        "\u{85}",
        "a\u{9b}b",
        &"x".repeat(513),
        &"\u{fc}".repeat(257),
    ] {
        refuses!(w.graph, FieldPath::Key, ErrorKind::BadText { .. }, |g| g.add(State, key));
        refuses!(w.graph, FieldPath::Key, ErrorKind::BadText { .. }, |g| g.add_document(key, DAY));
    }
    for name in ["", "  ", "\n\t", "\u{3000}"] {
        refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
            .add(State, Entity::new("new").named("New").alias(name)));
        refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
            .add(State, Entity::new("nk").named("North").alias(name)));
        refuses!(w.graph, FieldPath::Name, ErrorKind::BadText { .. }, |g| g
            .add_name(w.russia, name));
    }
    let far = foreign();
    refuses!(w.graph, FieldPath::Name, ErrorKind::Unknown { what: "entity", .. }, |g| g
        .add_name(far.state, "name"));
    refuses!(w.graph, FieldPath::Name, ErrorKind::Unknown { .. }, |g| g
        .add_name(far.state.id(), Name::former("name")));
    assert_eq!(
        w.graph.add(State, "russia").unwrap(),
        w.russia,
        "adding the same again is not a fault"
    );
    assert_eq!(w.graph.add(State, "x".repeat(512)).map(|_| ()), Ok(()));
}

#[test]
fn extend_vocabulary_refuses_other_meanings_and_then_adds_nothing() {
    let mut w = world();
    let fresh = |vocabulary: &mut Vocabulary| {
        vocabulary.add_kind(KindDef::new("Planet", ["Place", "Thing"])).unwrap();
        vocabulary.add_role(RoleDef::new("orbit", Slot::Text)).unwrap();
        vocabulary
            .add_relation(RelationDef::new("orbits", Slot::Kind("Planet".into()), Slot::Any))
            .unwrap();
        vocabulary.add_unit(UnitDef::measure("parsecs", ["parsec"])).unwrap();
    };
    type Change = fn(&mut Vocabulary) -> Result<(), Error>;
    let changes: [Change; 7] = [
        |v| v.add_kind(KindDef::new("State", ["Thing"])),
        |v| v.add_role(RoleDef::new("urgency", Slot::Any)),
        |v| v.add_role(RoleDef { at_most: Some(2), ..RoleDef::new("treaty", Slot::Text) }),
        |v| v.add_relation(RelationDef::new("meets", Slot::Any, Slot::Any)),
        |v| v.add_unit(UnitDef::measure("soldiers", [])),
        |v| v.add_unit(UnitDef::count("brigades", ["troops"])),
        |v| v.add_unit(UnitDef::count("troop", [])),
    ];
    for change in changes {
        let mut vocabulary = Vocabulary::new();
        fresh(&mut vocabulary);
        change(&mut vocabulary).unwrap();
        let before = w.graph.vocabulary().clone();
        refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::Redeclared { .. }, |g| g
            .extend_vocabulary(&vocabulary));
        assert_eq!(w.graph.vocabulary(), &before);
        assert!(
            w.graph.relation("orbits").is_err() && w.graph.add_untyped("Planet", "mars").is_err()
        );
        assert!(
            ClaimGraph::with(w.graph.vocabulary()).unwrap().extend_vocabulary(&vocabulary).is_err()
        );
    }
    let same = w.graph.vocabulary().clone();
    assert_eq!(w.graph.extend_vocabulary(&same), Ok(()));
}

#[test]
fn a_vocabulary_refuses_impossible_definitions() {
    let mut vocabulary = claimgraph::reporting::vocabulary();
    let kind = |key: &str| Slot::Kind(key.to_owned());
    let relation =
        |key: &str| RelationDef::new(key, Slot::Kind("Actor".into()), Slot::Kind("Place".into()));
    let wire = |vocabulary: &Vocabulary| serde_json::to_string(vocabulary).unwrap();
    let before = wire(&vocabulary);
    let refused = [
        vocabulary.add_kind(KindDef::new("Moon", ["Planet"])),
        vocabulary.add_kind(KindDef::new("Moon", ["State"])), // therefore also an Actor, which is not listed
        vocabulary.add_kind(KindDef::new("", ["Thing"])),
        vocabulary.add_role(RoleDef::new("orbit", kind("Planet"))),
        vocabulary.add_role(RoleDef::new("a\nb", Slot::Any)),
        vocabulary.add_relation(RelationDef::new("orbits", kind("Planet"), Slot::Any)),
        vocabulary.add_relation(RelationDef::new("orbits", Slot::Any, kind("Planet"))),
        vocabulary.add_relation(RelationDef::new(" orbits", Slot::Any, Slot::Any)),
        vocabulary.add_relation(RelationDef { roles: vec!["orbit".into()], ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { implies: vec!["circles".into()], ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { implies: vec!["meets".into()], ..relation("orbits") }),
        vocabulary.add_relation(RelationDef { symmetric: true, ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { inverse: Some("circles".into()), ..relation("orbits") }),
        vocabulary
            .add_relation(RelationDef { inverse: Some("present-in".into()), ..relation("orbits") }),
        vocabulary.add_unit(UnitDef::count("", [])),
        vocabulary.add_unit(UnitDef::count("brigades", ["troops"])),
    ];
    for outcome in refused {
        let error = outcome.expect_err("refused");
        assert_eq!(error.part(), Some(&FieldPath::Vocabulary), "{error}");
    }
    assert_eq!(wire(&vocabulary), before);
}

/// A refused relation must not take the alias of another.
#[test]
fn a_refused_relation_takes_no_alias_away() {
    let mut vocabulary = Vocabulary::new();
    let aliased = |key: &str, object: Slot| RelationDef {
        aliases: vec!["former".into()],
        ..RelationDef::new(key, Slot::Any, object)
    };
    vocabulary.add_relation(aliased("first", Slot::Any)).unwrap();
    assert!(vocabulary.add_relation(aliased("second", Slot::Kind("Nowhere".into()))).is_err());
    assert_eq!(vocabulary.relation("former").map(|def| def.key.as_str()), Some("first"));
}

/// The meaning of a name must not change if something else is declared.
#[test]
fn an_alias_that_is_taken_is_refused() {
    let mut vocabulary = Vocabulary::new();
    let aliased = |key: &str| RelationDef {
        aliases: vec!["former".into()],
        ..RelationDef::new(key, Slot::Any, Slot::Any)
    };
    vocabulary.add_relation(aliased("first")).unwrap();
    let second = vocabulary.add_relation(aliased("second"));
    assert_eq!(
        vocabulary.relation("former").map(|def| def.key.as_str()),
        Some("first"),
        "{second:?}"
    );
}

#[test]
fn rename_relation_refuses_unknown_relations_and_taken_or_invalid_names() {
    let mut w = world();
    refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::Unknown { what: "relation", .. }, |g| g
        .rename_relation("orbits", "circles"));
    refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::KeyTaken { .. }, |g| g
        .rename_relation("meets", "attacks"));
    for name in ["", " x", "a\u{7}b", &"x".repeat(513)] {
        refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::BadText { .. }, |g| g
            .rename_relation("meets", name));
    }
    w.graph.rename_relation("meets", "encounters").unwrap();
    refuses!(w.graph, FieldPath::Vocabulary, ErrorKind::KeyTaken { .. }, |g| g
        .rename_relation("attacks", "encounters"));
}
