//! Tables of names and of affiliations: what each row adds, and what a refused row leaves behind.

use super::*;
use claimgraph::Period;
use claimgraph::entity::{AffiliationKind, Name, NameKind};
use claimgraph_formats::tables::{AffiliationMapping, NameMapping};

fn names(json: &str) -> NameMapping {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"))
}

/// Returns a mapping of names with the columns code, name, kind, lang, from and to.
fn dated_names(entity: &str) -> NameMapping {
    names(&format!(
        r#"{{
        "entity": {{"text": {{"column": "code"}}, "kind": "State"{entity}}},
        "names": [{{"text": {{"column": "name"}}, "kind": {{"column": "kind", "if-missing": "omit"}},
                    "language": {{"column": "lang", "if-missing": "omit"}},
                    "valid": {{"start": {{"text": {{"column": "from", "if-missing": "omit"}}, "formats": ["YYYY"]}},
                               "end": {{"text": {{"column": "to", "if-missing": "omit"}}, "formats": ["YYYY"]}}}}}}],
        "codes": [{{"system": "iso", "text": {{"column": "code"}}}}]
    }}"#
    ))
}

const HEADER: &str = "code\tname\tkind\tlang\tfrom\tto\n";

#[test]
fn each_row_adds_its_name_to_the_entity_with_its_kind_language_and_period() {
    let table = format!(
        "{HEADER}BD\tBorduria\t\ten\t\t\nBD\tBordurien\t\tde\t\t\nBD\tGreat Borduria\tformer\ten\t1901\t1938\n"
    );
    let report = Reader::new(dated_names("")).read(table.as_bytes()).unwrap();
    assert_eq!((report.accepted(), report.graph.entity_count()), (3, 1));
    let found = report.graph.entity(report.graph.entity_keyed("BD").unwrap()).unwrap();
    assert_eq!((found.name(), found.kind()), ("Borduria", "State"));
    assert_eq!(found.codes(), [("iso".to_owned(), "BD".to_owned())]);
    assert_eq!(found.names().len(), 3, "the text of the entity is not a name");
    let former = found.names().iter().find(|name| name.kind() == NameKind::Former).unwrap();
    let period = former.valid_period().unwrap();
    assert_eq!(former.text(), "Great Borduria");
    assert_eq!(period.start_earliest(), Some(date(1901, 1, 1)));
    assert_eq!(period.end_latest(), Some(date(1938, 12, 31)));
}

#[test]
fn names_are_added_to_an_entity_that_is_there_whatever_its_kind_below() {
    for (entity, expected) in [
        ("", "Borduria"),
        (r#", "origin": "key""#, "Borduria"),
        (r#", "origin": "name""#, "Borduria"),
    ] {
        let mut graph = ClaimGraph::new();
        graph.add(State, claimgraph::Entity::new("BD").named("Borduria")).unwrap();
        let mut mapping = dated_names(entity);
        mapping.entity.kind = "Actor".into();
        let code = if entity.contains("name") { "BORDURIA" } else { "BD" };
        let table = format!("{HEADER}{code}\tBordurie\talias\tfr\t\t\n");
        let graph = Reader::new(mapping).onto(graph).read(table.as_bytes()).unwrap().graph;
        let found = graph.entity(graph.entity_keyed("BD").unwrap()).unwrap();
        assert_eq!((found.kind(), found.name(), graph.entity_count()), ("State", expected, 1));
        assert!(found.names().contains(&Name::alias("Bordurie").in_language("fr")));
    }
}

#[test]
fn a_refused_row_of_names_adds_nothing_and_says_where() {
    for (row, entity, expected) in [
        (
            "BD\tX\tnickname\ten\t\t",
            "",
            "line 2, column 2 \"kind\", names.0.kind, \"nickname\": expected one of: canonical, alias, abbreviation, metonym, former, adjective, transliteration",
        ),
        (
            "BD\tX\t\ten\t1938\t1901",
            "",
            "line 2, column 5 \"to\", names.0.valid.end, \"1901\": the time ends before it begins",
        ),
        ("BD\t\t\ten\t\t", "", "line 2, column 1 \"name\", names.0.text, \"\": it is missing"),
        (
            "BD\tX\t\ten\t\t",
            r#", "origin": "key""#,
            "line 2, column 0 \"code\", entity, \"BD\": key: unknown entity \"BD\"",
        ),
        (
            "BD\tX\t\ten\t\t",
            r#", "origin": "name""#,
            "line 2, column 0 \"code\", entity, \"BD\": no entity has this name",
        ),
    ] {
        let table = format!("{HEADER}{row}\n");
        let report = Reader::new(dated_names(entity)).read_all(table.as_bytes());
        assert_eq!(report.graph.entity_count(), 0);
        assert_eq!(report.faults[0].to_string(), expected);
    }
    let mut mapping = dated_names("");
    mapping.names[0].valid = Some(TimeField::default());
    let fault = Reader::new(mapping).read(HEADER.as_bytes()).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "the mapping, names.valid: expected either `at`, or `start` or `end` or both"
    );
}

fn offices() -> AffiliationMapping {
    serde_json::from_str(
        r#"{
        "part":  {"text": {"column": "who"}, "kind": "Person"},
        "whole": {"text": {"column": "office"}, "kind": "GovernmentOffice", "key-prefix": "office:"},
        "kind":  {"column": "role", "lookup": {"minister": "holds-office", "adviser": "member-of", "branch": "part-of"}},
        "valid": {"start": {"text": {"column": "from"}}, "end": {"text": {"column": "to"}, "open": [""]}}
    }"#,
    )
    .unwrap()
}

#[test]
fn each_row_of_affiliations_holds_in_its_period() {
    let table = "who\toffice\trole\tfrom\tto\nAnn\ttreasury\tminister\t2001-02-03\t2004-05-06\nAnn\tcourt\tadviser\t2004-05-07\t\n";
    let report = Reader::new(offices()).read(table.as_bytes()).unwrap();
    let graph = &report.graph;
    assert_eq!((report.accepted(), graph.len(), graph.entity_count()), (2, 0, 3));
    let ann = graph.entity_keyed("Ann").unwrap();
    let on = |day| -> Vec<(AffiliationKind, &str)> {
        let held = graph.affiliations_of(ann).map(|(_, affiliation)| affiliation);
        let held = held.filter(|it| it.can_hold_in(Some(&Period::on(day))));
        held.map(|it| (it.kind(), graph.name_of(it.whole()))).collect()
    };
    assert_eq!(on(date(2003, 1, 1)), [(AffiliationKind::HoldsOffice, "treasury")]);
    assert_eq!(on(date(2020, 1, 1)), [(AffiliationKind::MemberOf, "court")]);
    assert_eq!(on(date(2000, 1, 1)), []);
}

#[test]
fn a_refused_row_of_affiliations_leaves_no_entity_behind() {
    let table = "who\toffice\trole\tfrom\tto\nAnn\ttreasury\tking\t2001-02-03\t\nAnn\ttreasury\tminister\t2004-02-03\t2001-01-01\nAnn\ttreasury\tminister\t2001-02-03\t2001-02-30\n";
    let report = Reader::new(offices()).read_all(table.as_bytes());
    assert_eq!(
        (report.refused, report.graph.entity_count(), report.graph.affiliations().len()),
        (3, 0, 0)
    );
    // A circle is found last, when both ends are there. They go again, and come again with the next row.
    let mut circle = offices();
    (circle.whole.key_prefix, circle.whole.kind) = (String::new(), "Person".into());
    let pairs = ["Ann\tBen", "Ben\tAnn", "Cid\tCid", "Cid\tBen", "Dee\tDee", "Ann\tDee"];
    let rows = pairs.map(|pair| format!("{pair}\tbranch\t2001-02-03\t\n"));
    let table = format!("who\toffice\trole\tfrom\tto\n{}", rows.concat());
    let before = Reader::new(circle.clone())
        .read_all(table.lines().take(4).collect::<Vec<_>>().join("\n").as_bytes());
    assert!(before.graph.entity_keyed("Cid").is_err());
    let report = Reader::new(circle).read_all(table.as_bytes());
    assert_eq!((report.refused, report.graph.affiliations().len()), (3, 3), "{report}");
    assert_eq!(report.graph.entity_count(), 4);
    assert_eq!(report.faults[0].field(), Some("part"));
}
