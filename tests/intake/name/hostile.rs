//! Names that were made to harm or to mislead.

use claimgraph::{ClaimGraph, Entity, reporting::*};
use claimgraph_intake::name::{MOST_NAME_BYTES, NameFault, NameIndex, NameKey, name_faults};

#[test]
fn a_harmful_name_is_refused_with_the_reason() {
    let flood = format!("Putin{}", "\u{301}".repeat(1_000_000));
    for (name, expected) in [
        ("", "the name has no letter and no digit"),
        (" \t\n", "the name has no letter and no digit"),
        ("?!—…", "the name has no letter and no digit"),
        ("\u{200b}\u{3164}", "the name has no letter and no digit"),
        (&"a".repeat(1_000_000), "the name has 1000000 bytes; at most 512 are expected"),
        (&flood, "the name has 2000005 bytes; at most 512 are expected"),
        (
            "Zal\u{301}\u{301}\u{301}\u{301}\u{301}go",
            "a letter has more than 4 marks in a row, from byte 3",
        ),
        ("Pu\u{7}tin", "the name has a control character at byte 2: U+0007"),
        ("Pu\0tin", "the name has a control character at byte 2: U+0000"),
        ("\u{202e}nituP", "the name has a character at byte 0 that turns the text around: U+202E"),
        ("a\u{2067}b", "the name has a character at byte 1 that turns the text around: U+2067"),
    ] {
        let fault = NameKey::of(name).unwrap_err();
        assert_eq!(fault.to_string(), expected);
        assert!(fault.refuses());
        assert_eq!(name_faults(name), [fault]);
    }
    assert!(NameKey::of(&"a".repeat(MOST_NAME_BYTES)).is_ok());
}

#[test]
fn a_name_that_looks_like_another_is_flagged_with_its_letters_and_the_plain_form() {
    for (name, letters, plain) in [
        ("Put\u{456}n", vec!['\u{456}'], "Putin"),
        ("Vladimir Puti\u{578}", vec!['\u{578}'], "Putin"),
        ("M\u{3bf}sc\u{43e}w", vec!['\u{3bf}', '\u{43e}'], "Moscow"),
        ("\u{41c}oscow", vec!['\u{41c}'], "Moscow"),
        ("Мoсква", vec!['o'], "Москва"),
    ] {
        let faults = name_faults(name);
        let [NameFault::LookAlikes { letters: found, plain: found_plain, .. }] = &faults[..] else {
            panic!("{name}: {faults:?}");
        };
        assert_eq!(found.iter().map(|it| it.letter).collect::<Vec<_>>(), letters, "{name}");
        assert!(found.iter().all(|it| name[it.at..].starts_with(it.letter)), "{name}");
        assert_eq!(found_plain, plain);
        assert!(!faults[0].refuses());
    }
}

#[test]
fn a_character_that_cannot_be_seen_is_flagged_and_makes_no_other_name() {
    for name in ["Pu\u{200b}tin", "Pu\u{200d}tin", "\u{feff}Putin", "Putin\u{200f}", "Pu\u{ad}tin"]
    {
        assert!(matches!(name_faults(name)[..], [NameFault::Invisible { .. }]), "{name:?}");
        assert_eq!(NameKey::of(name), NameKey::of("Putin"));
    }
}

#[test]
fn honest_names_of_all_scripts_have_no_fault() {
    for name in [
        "Владимир Путин",
        "Газпром Neft",
        "東京タワー",
        "トヨタ自動車",
        "김정은",
        "ولادیمیر پوتین",
        "نیم\u{200c}فاصله",
        "व्लादिमीर पुतिन",
        "क्\u{200d}ष",
        "វ៉្លាឌីមៀរ ពូទីន",
        "ဗလာဒီမီယာ ပူတင်",
        "Βλαντίμιρ Πούτιν",
        "Nguyễn Phú Trọng",
        "MiG-29",
        "BMW",
        "O’Brien",
        "Ὀδυσσεύς",
        "Şahin",
        "Łódź",
        "ПУ́ТИН",
        "שָׁלוֹם",
    ] {
        assert_eq!(name_faults(name), [], "{name}");
    }
}

#[test]
fn an_index_leaves_refused_names_out_and_lists_them() {
    let mut graph = ClaimGraph::new();
    let entity = Entity::new("putin").named("Putin").alias("Pu\u{2067}tin").alias("Put\u{456}n");
    graph.add(Person, entity).unwrap();
    graph.add(Person, Entity::new("long").named("x".repeat(1_000_000))).unwrap();
    let index = NameIndex::of(&graph);
    let faulty: Vec<(String, bool)> = index
        .faulty_names()
        .into_iter()
        .map(|faulty| (faulty.key, faulty.fault.refuses()))
        .collect();
    assert_eq!(faulty, [("long".into(), true), ("putin".into(), false), ("putin".into(), true)]);
    assert!(index.look_up("Pu\u{2067}tin").is_unknown());
    assert!(index.look_up(&"x".repeat(1_000_000)).is_unknown());
    assert_eq!(index.look_up("Putin").one().unwrap().key, "putin");
}
