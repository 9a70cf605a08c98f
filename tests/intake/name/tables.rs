//! Published tables of names and offices, read by the reader of tables and looked up by an index of names.

use crate::data;
use claimgraph::entity::NameKind;
use claimgraph::{Answer, ClaimGraph, date};
use claimgraph_formats::tables::{AffiliationMapping, NameMapping, Reader};
use claimgraph_intake::name::NameIndex;
use serde_json::Value;

/// Returns the graph with the names of a table added, and how many rows are refused.
fn read_names(graph: ClaimGraph, mapping: &str, table: &str) -> (ClaimGraph, u64) {
    let mapping: NameMapping = serde_json::from_str(mapping).unwrap();
    let report = Reader::new(mapping).onto(graph).read_all(table.as_bytes());
    (report.graph, report.refused)
}

/// Returns the graph with the names of a table added, all of them.
fn with_names(graph: ClaimGraph, mapping: &str, table: &str) -> ClaimGraph {
    let (graph, refused) = read_names(graph, mapping, table);
    assert_eq!(refused, 0);
    graph
}

fn territories(table: &str) -> ClaimGraph {
    let mapping = r#"{
        "entity": {"text": {"column": "code"}, "kind": "Place", "key-prefix": "territory:"},
        "names": [{"text": {"column": "name"}, "language": {"column": "lang"},
                   "kind": {"column": "alt", "if-missing": "omit",
                            "lookup": {"short": "alias", "variant": "alias", "chagos": "alias"}}}],
        "codes": [{"system": "iso3166-1-alpha-2", "text": {"column": "code"}}]
    }"#;
    with_names(ClaimGraph::new(), mapping, table)
}

#[test]
fn a_territory_is_found_in_each_language_of_a_table() {
    let Some(table) = data::text("territory_names/cldr_territories.tsv.gz") else { return };
    let graph = territories(&table);
    let codes: std::collections::BTreeSet<&str> =
        table.lines().skip(1).filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(graph.entity_count(), codes.len());
    let index = NameIndex::of(&graph);
    for name in [
        "North Korea",
        "north korea",
        "\u{bd81}\u{d55c}",
        "\u{41a}\u{41d}\u{414}\u{420}",
        "Nordkorea",
    ] {
        let found = index.look_up(name);
        assert_eq!(found.one().map(|named| named.key.as_str()), Some("territory:KP"), "{found}");
    }
    let korea = graph.entity(graph.entity_keyed("territory:KP").unwrap()).unwrap();
    let russian = korea.names().iter().find(|name| name.language() == Some("ru")).unwrap();
    assert_eq!(
        (russian.text(), russian.kind()),
        ("\u{41a}\u{41d}\u{414}\u{420}", NameKind::Canonical)
    );
    // Each name of the table leads to its territory, alone or beside others.
    for line in table.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(_), Some(code), Some(_), Some(name)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            panic!("{line}")
        };
        let found = index.look_up(name);
        let key = format!("territory:{code}");
        assert!(found.all().iter().any(|named| named.key == key), "{line}: {found}");
    }
}

/// Returns a table of the objects in a list of JSON, with these members as columns.
fn rows(json: &str, list: &str, members: &[&str]) -> String {
    let json: Value = serde_json::from_str(json).unwrap();
    let row = |object: &Value| {
        let fields = members.iter().map(|member| object[member].as_str().unwrap_or_default());
        fields.collect::<Vec<_>>().join("\t")
    };
    let rows = json[list].as_array().unwrap().iter().map(row);
    std::iter::once(members.join("\t")).chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_country_is_found_by_its_codes_and_a_withdrawn_one_in_its_time() {
    let (Some(present), Some(withdrawn)) = (
        data::text("territory_names/iso3166-1.json"),
        data::text("territory_names/iso3166-3.json"),
    ) else {
        return;
    };
    let members = ["alpha_2", "alpha_3", "name", "official_name", "common_name"];
    let graph = with_names(
        ClaimGraph::new(),
        r#"{
            "entity": {"text": {"column": "alpha_2"}, "kind": "State", "key-prefix": "country:"},
            "names": [{"text": {"column": "name"}, "language": {"constant": "en"}},
                      {"text": {"column": "official_name", "if-missing": "omit"}, "kind": {"constant": "alias"}},
                      {"text": {"column": "common_name", "if-missing": "omit"}, "kind": {"constant": "alias"}},
                      {"text": {"column": "alpha_2"}, "kind": {"constant": "abbreviation"}}],
            "codes": [{"system": "alpha-2", "text": {"column": "alpha_2"}},
                      {"system": "alpha-3", "text": {"column": "alpha_3"}}]
        }"#,
        &rows(&present, "3166-1", &members),
    );
    let graph = with_names(
        graph,
        r#"{
            "entity": {"text": {"column": "alpha_4"}, "kind": "State", "key-prefix": "withdrawn:"},
            "names": [{"text": {"column": "name"},
                       "valid": {"end": {"text": {"column": "withdrawal_date"}, "formats": ["YYYY-MM-DD", "YYYY"]}}}],
            "codes": [{"system": "alpha-4", "text": {"column": "alpha_4"}}]
        }"#,
        &rows(&withdrawn, "3166-3", &["alpha_4", "name", "withdrawal_date"]),
    );
    assert_eq!(graph.entity_count(), 249 + 31);
    let index = NameIndex::of(&graph);
    let key = |scope: claimgraph_intake::name::NameScope<'_>, name: &str| {
        scope.look_up(name).one().map(|named| named.key.clone())
    };
    assert_eq!(key(index.scope(), "CH").as_deref(), Some("country:CH"));
    assert_eq!(key(index.scope(), "Swiss Confederation").as_deref(), Some("country:CH"));
    let code = ("alpha-3".to_owned(), "CHE".to_owned());
    let coded = graph.entities().find(|entity| entity.codes().contains(&code)).unwrap();
    assert_eq!(coded.key(), "country:CH");
    let antilles = |year| key(index.scope().during(date(year, 1, 1)), "Netherlands Antilles");
    assert_eq!(antilles(2005).as_deref(), Some("withdrawn:ANHH"));
    assert_eq!(antilles(2015), None);
}

/// Returns the actors of a dictionary as two tables: their names, and their roles with their days.
fn actor_tables(dictionary: &str) -> (String, String) {
    let mut names = "actor\tname\tkind\n".to_owned();
    let mut roles = "actor\trole\tfrom\tto\n".to_owned();
    let mut actor = "";
    for line in dictionary.lines().map(|line| line.split('#').next().unwrap_or_default()) {
        let (name, codes) = line.split_once('[').map_or((line, None), |(name, rest)| {
            (name, rest.split_once(']').map(|(code, _)| code))
        });
        let name = name.trim().trim_end_matches('_');
        let (kind, name) = match name.strip_prefix('+') {
            Some(name) => ("alias", name.trim()),
            None => ("canonical", name),
        };
        if !name.is_empty() {
            actor = if kind == "canonical" { name } else { actor };
            names += &format!("{actor}\t{name}\t{kind}\n");
        }
        let Some((code, days)) =
            codes.map(|codes| codes.trim().split_once(' ').unwrap_or((codes, "")))
        else {
            continue;
        };
        let days = days.trim();
        let (from, to) =
            match (days.strip_prefix('>'), days.strip_prefix('<'), days.split_once('-')) {
                (Some(from), _, _) => (from.trim(), ""),
                (_, Some(to), _) => ("", to.trim()),
                (_, _, Some(both)) => both,
                _ => ("", ""),
            };
        if kind == "canonical" || name.is_empty() {
            roles += &format!("{actor}\t{code}\t{from}\t{to}\n");
        }
    }
    (names, roles)
}

#[test]
fn an_actor_is_found_by_each_synonym_with_its_roles_as_of_a_day() {
    let Some(dictionary) = data::text("cameo/Phoenix.Countries.actors.txt.gz") else { return };
    let (names, roles) = actor_tables(&dictionary);
    let actor = r#"{"text": {"column": "actor"}, "kind": "Actor", "key-prefix": "actor:"}"#;
    let (graph, refused) = read_names(
        ClaimGraph::new(),
        &format!(
            r#"{{"entity": {actor},
                "names": [{{"text": {{"column": "name", "spaces": true}}, "kind": {{"column": "kind"}}}}]}}"#
        ),
        &names,
    );
    // Two names of the dictionary have a control character.
    assert_eq!(refused, 2);
    let mapping: AffiliationMapping = serde_json::from_str(&format!(
        r#"{{"part": {actor}, "whole": {{"text": {{"column": "role"}}, "kind": "Actor", "key-prefix": "role:"}},
            "kind": {{"constant": "holds-office"}},
            "valid": {{"start": {{"text": {{"column": "from", "if-missing": "omit"}}, "formats": ["YYMMDD", "YYYYMMDD"], "pivot": 20}},
                       "end": {{"text": {{"column": "to"}}, "formats": ["YYMMDD", "YYYYMMDD"], "pivot": 20, "open": [""]}}}}}}"#
    ))
    .unwrap();
    let report = Reader::new(mapping).onto(graph).read_all(roles.as_bytes());
    let graph = &report.graph;
    // Six are of the two names, and six have days that are not written as others are.
    assert_eq!((report.accepted(), report.refused), (28_377, 12), "{report}");
    let index = NameIndex::of(graph);
    let putin = index.look_up("Vladimir Vladimirovich Putin");
    let putin = putin.one().unwrap_or_else(|| panic!("{putin}")).entity;
    let on = |day| -> Vec<String> {
        let held = graph.affiliations_of(putin).map(|(_, held)| held);
        let held = held
            .filter(|held| held.valid_period().is_some_and(|it| it.holds_on(day) == Answer::Yes));
        held.map(|held| graph.entity(held.whole()).unwrap().key().to_owned()).collect()
    };
    assert_eq!(on(date(1980, 1, 1)), ["role:RUSELI"]);
    assert_eq!(on(date(2005, 1, 1)), ["role:RUSGOV"]);
}
