//! FollowTheMoney: names, fragments, times, lists.

use super::*;
use claimgraph::entity::Name;
use claimgraph::reporting::State;
use claimgraph::{Entity, Period};
use claimgraph_formats::ftm;

fn read(text: &str) -> Result<ReadReport, ReadError> {
    ftm::Reader::new().reported(DAY).read(text.as_bytes())
}

/// Reads entities, all of which can be read.
fn whole(text: &str) -> ClaimGraph {
    let report = report(read(text));
    assert_eq!(lost(&report.losses), nothing());
    report.graph
}

fn names(graph: &ClaimGraph, key: &str) -> Vec<String> {
    let entity = graph.entity(graph.entity_keyed(key).unwrap()).unwrap();
    entity.names().iter().map(|name| name.text().to_owned()).collect()
}

#[test]
fn a_value_that_cannot_be_used_is_left_out_with_its_place_and_the_rest_is_read() {
    let text = concat!(
        r#"{"id":"x1","schema":"Company","properties":{"name":["  ","Bee  \n Ltd "],"topics":[null,{"a":1},"fin",["b"]],"email":""}}"#,
        "\n7\n",
        r#"{"schema":"Person","properties":{"name":["Nobody"]}}"#,
        "\n",
        r#"{"id":"x2","properties":{"name":["Cee"]},"more":1}"#,
        "\n",
        r#"{"id":"x3","schema":"Person","properties":["name"],"datasets":[3," set "]}"#,
        "\n",
        r#"{"id":"x4","schema":"Directorship","properties":{"director":["x2",""],"organization":["x1"],"role":["chair"]}}"#,
    );
    let report = report(read(text));
    assert_eq!(
        lost(&report.losses),
        [
            "blank value: line 1, properties.email[0] | line 1, properties.name[0] | line 6, properties.director[1]",
            "value that is not a text: line 1, properties.topics[1] | line 1, properties.topics[3] | line 5, datasets[0]",
            "value that is not an object: line 2 | line 5, properties",
            "text that cannot be a key: line 3, id",
            "member that is not understood: line 4, more",
            "entity without a schema: line 4, schema",
        ]
    );
    let graph = report.graph;
    assert_eq!(names(&graph, "x1"), ["Bee Ltd"]);
    assert_eq!((names(&graph, "x2"), names(&graph, "x3")), (vec!["Cee".to_owned()], vec![]));
    assert_eq!(
        told(&graph),
        [
            "followthemoney asserted that Bee Ltd topics “fin”",
            "followthemoney asserted that Cee Directorship Bee Ltd (id: “x4”; role: “chair”)",
        ]
    );
}

#[test]
fn the_fragments_of_an_entity_are_one() {
    let graph = whole(concat!(
        r#"{"id":"loan","schema":"Debt","properties":{"debtor":["a"]}}"#,
        "\n",
        r#"{"id":"a","schema":"LegalEntity","properties":{"name":["A"],"country":["kr"]}}"#,
        "\n",
        r#"{"id":"loan","schema":"Debt","properties":{"creditor":["b"],"amount":["5"],"currency":["CHF"]}}"#,
        "\n",
        r#"{"id":"b","schema":"Company","properties":{"name":["B"]}}"#,
        "\n",
        r#"{"id":"loan","schema":"Debt","properties":{"creditor":["b"],"date":["2020"]}}"#,
        "\n",
        r#"{"id":"a","schema":"LegalEntity","properties":{"country":["kr"],"alias":["Aa"]}}"#,
    ));
    assert_eq!(
        told(&graph),
        [
            "followthemoney asserted that A Debt B: 5 CHF (in 2020; id: “loan”)",
            "followthemoney asserted that A country “kr”",
        ]
    );
    assert_eq!(names(&graph, "a"), ["A", "Aa"]);
    // A name in two spellings is one, and a further data set is counted.
    let spelt = self::report(read(concat!(
        r#"{"id":"a","schema":"Person","properties":{"name":["Ann","Ann "]}}"#,
        "\n",
        r#"{"id":"l","schema":"UnknownLink","properties":{"subject":["a"],"object":["a"]}}"#,
        "\n",
        r#"{"id":"l","schema":"UnknownLink","properties":{"subject":["a"]},"datasets":["other"]}"#,
    )));
    assert_eq!(names(&spelt.graph, "a"), ["Ann"]);
    assert_eq!(lost(&spelt.losses), ["further data sets: line 2"]);
    // The narrower schema counts, and an edge that never gets an end says nothing.
    let report = report(read(concat!(
        r#"{"id":"a","schema":"LegalEntity"}"#,
        "\n",
        r#"{"id":"a","schema":"Company"}"#,
        "\n",
        r#"{"id":"o","schema":"Ownership","properties":{"percentage":["40"]}}"#,
    )));
    let entity = report.graph.entity(report.graph.entity_keyed("a").unwrap()).unwrap();
    assert_eq!((entity.kind(), report.graph.len()), ("Company", 0));
    assert_eq!(
        lost(&report.losses),
        ["another schema of the same entity: line 2, schema", "edge without ends: line 3"]
    );
}

#[test]
fn each_part_of_a_time_is_taken_on_its_own() {
    let valid = |properties: &str| {
        let text = format!(
            r#"{{"id":"p","schema":"Person"}}
            {{"id":"m","schema":"Membership","properties":{{"member":["p"],"organization":["p"],{properties}}}}}"#
        );
        let graph = whole(&text);
        let claim = graph.claims().next().unwrap();
        let roles: Vec<String> = claim
            .roles()
            .filter(|(role, ..)| *role != "id")
            .map(|(role, value, _)| format!("{role} {}", value.text().unwrap_or_default()))
            .collect();
        (claim.valid().and_then(|valid| valid.edtf()).unwrap_or_default(), roles.join(", "))
    };
    let found = |edtf: &str, roles: &str| (edtf.to_owned(), roles.to_owned());
    assert_eq!(valid(r#""startDate":["2011-02-03T04:05:06"]"#), found("2011-02-03/", ""));
    assert_eq!(valid(r#""endDate":["2011-02-03 04:05"]"#), found("/2011-02-03", ""));
    let unusable = valid(r#""startDate":["2011"],"endDate":["soon"]"#);
    assert_eq!(unusable, found("2011/", "endDate soon"));
    let inverted = valid(r#""startDate":["2011"],"endDate":["2001"]"#);
    assert_eq!(inverted, found("2011/", "endDate 2001"));
    let two = valid(r#""startDate":["2011","2012"],"endDate":["2014"]"#);
    assert_eq!(two, found("/2014", "startDate 2011, startDate 2012"));
    let set = valid(r#""date":["2011","2013-05","late"]"#);
    assert_eq!(set, found("{2011,2013-05}", "date late"));
}

#[test]
fn a_list_may_go_over_lines_and_has_to_end() {
    let list = "\u{feff}[\n  {\"id\": \"a\",\n   \"schema\": \"Person\"},\n  {\"id\": \"b\", \"schema\":\n \"Person\"}\n]\n";
    assert_eq!(whole(list).entity_count(), 2);
    let error = read(list.trim_end().trim_end_matches(']')).unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(6), Some(1)));
    assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
    assert!(error.to_string().ends_with("expected \"]\", found the end of the input"), "{error}");
    let error = read("[{\"id\":\"a\",\"schema\":\"Person\"}\n {\"id\":\"b\"}]").unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(2), Some(2)), "{error}");
}

#[test]
fn the_caption_names_an_entity_that_has_no_name() {
    let graph = whole(concat!(
        r#"{"id":"a","schema":"Vessel","caption":"Sea Star","properties":{}}"#,
        "\n",
        r#"{"id":"b","schema":"Vessel","caption":"Bee","properties":{"name":["Bee"],"alias":["Bea"]}}"#,
    ));
    assert_eq!(names(&graph, "a"), ["Sea Star"]);
    assert_eq!(names(&graph, "b"), ["Bee", "Bea"]);
}

#[test]
fn the_key_of_a_data_set_gives_way_to_an_entity_of_that_key() {
    let graph = whole(concat!(
        r#"{"id":"followthemoney","schema":"Person","properties":{"country":["kr"]}}"#,
        "\n",
        r#"{"id":"x","schema":"Person","properties":{"country":["fr"]},"datasets":["x"]}"#,
    ));
    let documents: Vec<&str> = graph.documents().map(|document| document.key()).collect();
    assert_eq!(documents, ["followthemoney (document)", "x (document)"]);
}

#[test]
fn a_claim_without_a_day_needs_one_from_the_caller() {
    let edge = |more: &str| {
        format!(
            "{{\"id\":\"a\",\"schema\":\"Person\"}}\n{{\"id\":\"l\",\"schema\":\"UnknownLink\",\"properties\":{{\"subject\":[\"a\"],\"object\":[\"a\"]{more}}}}}"
        )
    };
    let error = ftm::Reader::new().read(edge("").as_bytes()).unwrap_err();
    assert!(
        matches!(error.kind(), ReadErrorKind::NoReportDay) && error.line() == Some(2),
        "{error}"
    );
    let dated = edge(r#","retrievedAt":["2020-03-04T05:06:07"]"#);
    let graph = report(ftm::Reader::new().read(dated.as_bytes())).graph;
    assert_eq!(graph.claims().next().unwrap().reported(), date(2020, 3, 4));
}

#[test]
fn a_file_of_which_nothing_is_understood_is_an_error() {
    let error = read("{\"name\":\"A\"}\n[1]\n").unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{error}");
    assert_eq!(
        error.to_string(),
        "nothing is understood; expected entities of FollowTheMoney with an id and a schema; found \
         1 member that is not understood (line 1, name); 1 text that cannot be a key (line 1, id); \
         1 value that is not an object (line 2)"
    );
}

#[test]
fn a_reference_to_an_edge_names_its_claim_and_makes_no_entity() {
    let report = report(read(concat!(
        r#"{"id":"n","schema":"Note","properties":{"name":["N"],"entity":["l","a"]}}"#,
        "\n",
        r#"{"id":"a","schema":"Person","properties":{"name":["A"]}}"#,
        "\n",
        r#"{"id":"k","schema":"Similar","properties":{"candidate":["a"],"match":["l"]}}"#,
        "\n",
        r#"{"id":"m","schema":"UnknownLink","properties":{"subject":["a"],"object":["l"]}}"#,
        "\n",
        r#"{"id":"l","schema":"UnknownLink","properties":{"subject":["a"],"object":["a"],"role":["knows"]}}"#,
    )));
    let keys: Vec<&str> = report.graph.entities().map(|entity| entity.key()).collect();
    assert_eq!(keys, ["n", "a", "k", "followthemoney"]);
    assert_eq!(
        lost(&report.losses),
        ["reference to an edge that is not read yet: line 4, properties.object"]
    );
    let named = report.graph.claims().filter(|claim| {
        let object = claim.statement().map(|said| said.object());
        matches!(object, Some(claimgraph::Term::Claim(_)))
    });
    assert_eq!(named.count(), 2);
}

#[test]
fn an_adjective_is_a_weak_alias_and_the_period_of_a_name_is_lost() {
    let mut graph = ClaimGraph::new();
    let burma = Name::former("Burma").valid(Period::until(DAY));
    let myanmar = Entity::new("myanmar").named("Myanmar").with_name(burma);
    graph.add(State, myanmar.adjective("Burmese").transliterated("Mranma")).unwrap();
    let mut bytes = Vec::new();
    let losses = ftm::write(&graph, &mut bytes).unwrap();
    for kind in [
        "period of a name",
        "adjective written as a weak alias",
        "transliteration written as an alias",
    ] {
        assert!(losses.of(kind).is_some(), "{kind}: {losses}");
    }
    let text = String::from_utf8(bytes).unwrap();
    for part in
        [r#""weakAlias":["Burmese"]"#, r#""alias":["Mranma"]"#, r#""previousName":["Burma"]"#]
    {
        assert!(text.contains(part), "{text}");
    }
}
