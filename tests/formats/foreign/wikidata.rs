//! Wikidata: times, statements without a value, repeated statements, members that nobody knows.

use super::*;
use claimgraph_formats::wikidata;

fn item(id: &str, more: &str) -> String {
    format!(
        r#"{{"type":"item","id":"{id}","labels":{{"en":{{"language":"en","value":"Name of {id}"}}}}{more}}}"#
    )
}

fn read(text: &str) -> ReadReport {
    report(wikidata::Reader::new().reported(DAY).read(text.as_bytes()))
}

fn to_item(property: &str, id: &str) -> String {
    format!(
        r#"{{"snaktype":"value","property":"{property}","datavalue":{{"type":"wikibase-entityid","value":{{"id":"{id}"}}}}}}"#
    )
}

fn at(property: &str, time: &str, precision: u8) -> String {
    format!(
        r#"{{"snaktype":"value","property":"{property}","datavalue":{{"type":"time","value":{{"time":"{time}T00:00:00Z","timezone":0,"before":0,"after":0,"precision":{precision},"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}}}}}}"#
    )
}

fn none(property: &str) -> String {
    format!(r#"{{"snaktype":"novalue","property":"{property}"}}"#)
}

fn unknown(property: &str) -> String {
    format!(r#"{{"snaktype":"somevalue","property":"{property}"}}"#)
}

/// Returns the period of a statement with these qualifiers, and the qualifiers that stayed roles.
fn held(qualifiers: &[(&str, &[String])]) -> (String, String) {
    let qualifiers: Vec<String> = qualifiers
        .iter()
        .map(|(name, snaks)| format!("\"{name}\":[{}]", snaks.join(",")))
        .collect();
    let text = item(
        "Q1",
        &format!(
            r#","claims":{{"P39":[{{"id":"Q1$1","mainsnak":{},"qualifiers":{{{}}}}}]}}"#,
            to_item("P39", "Q1"),
            qualifiers.join(",")
        ),
    );
    let report = read(&text);
    assert_eq!(lost(&report.losses), nothing());
    let claim = report.graph.claims().next().unwrap();
    let roles = claim.roles().filter(|(role, ..)| *role != "statement-id");
    let roles: Vec<String> = roles
        .map(|(role, value, _)| format!("{role} {}", value.text().unwrap_or("not stated")))
        .collect();
    (claim.valid().and_then(|valid| valid.edtf()).unwrap_or_default(), roles.join(", "))
}

#[test]
fn each_part_of_a_time_is_taken_on_its_own() {
    let found = |edtf: &str, roles: &str| (edtf.to_owned(), roles.to_owned());
    let start = || at("P580", "+2001-00-00", 9);
    let end = || at("P582", "+2004-05-06", 11);
    assert_eq!(held(&[("P580", &[start()]), ("P582", &[none("P582")])]), found("2001/..", ""));
    assert_eq!(held(&[("P580", &[none("P580")]), ("P582", &[end()])]), found("../2004-05-06", ""));
    let unknown_end = held(&[("P580", &[start()]), ("P582", &[unknown("P582")])]);
    assert_eq!(unknown_end, found("2001/", "P582 not stated"));
    let early = held(&[("P580", &[start()]), ("P582", &[at("P582", "+1999-01-01", 11)])]);
    assert_eq!(early, found("2001/", "P582 1999-01-01"));
    let two_starts =
        held(&[("P580", &[start(), at("P580", "+2002-00-00", 9)]), ("P582", &[end()])]);
    assert_eq!(two_starts, found("/2004-05-06", "P580 2001, P580 2002"));
    let points = held(&[(
        "P585",
        &[at("P585", "+2001-07-18", 11), at("P585", "+2003-06-00", 10), unknown("P585")],
    )]);
    assert_eq!(points, found("{2001-07-18,2003-06}", "P585 not stated"));
    let beside = held(&[("P580", &[unknown("P580")]), ("P585", &[at("P585", "+2003-06-00", 10)])]);
    assert_eq!(beside, found("2003-06/2003-06", "P580 not stated"));
}

#[test]
fn a_day_before_christ_is_edtf_in_both_calendars() {
    for (calendar, text) in [("Q1985727", "-0099-07-12"), ("Q1985786", "-0099-07-10")] {
        let born = at("P569", "-0100-07-12", 11).replace("Q1985727", calendar);
        let text_of = |graph: &ClaimGraph| {
            let said = graph.claims().next().unwrap().statement().unwrap().object();
            said.text().unwrap().to_owned()
        };
        let report = read(&item("Q1", &format!(r#","claims":{{"P569":[{{"mainsnak":{born}}}]}}"#)));
        assert_eq!(text_of(&report.graph), text);
        assert!(text.parse::<claimgraph::Period>().is_ok());
    }
}

#[test]
fn a_deprecated_no_value_is_a_doubt_about_a_denial() {
    let childless = |rank: &str, references: &str| {
        let text = item(
            "Q1",
            &format!(
                r#","claims":{{"P40":[{{"rank":"{rank}","mainsnak":{}{references}}}]}}"#,
                none("P40")
            ),
        );
        told(&read(&text).graph)
    };
    assert_eq!(
        childless("normal", ""),
        ["wikidata denied that Name of Q1 P40 somebody or something not named"]
    );
    assert_eq!(
        childless("deprecated", ""),
        [
            "somebody not named denied that Name of Q1 P40 somebody or something not named",
            "wikidata doubted what somebody not named denied: Name of Q1 P40 somebody or something not named",
        ]
    );
    let sourced = format!(r#","references":[{{"snaks":{{"P248":[{}]}}}}]"#, to_item("P248", "Q9"));
    assert_eq!(
        childless("deprecated", &sourced),
        [
            "Q9 denied that Name of Q1 P40 somebody or something not named",
            "wikidata doubted what Q9 denied: Name of Q1 P40 somebody or something not named",
        ]
    );
}

#[test]
fn the_statements_of_files_are_read_and_a_repeated_statement_is_one() {
    let statement = |id: &str, target: &str| {
        format!(
            r#"{{"id":"{id}","rank":"normal","type":"statement","mainsnak":{}}}"#,
            to_item("P180", target)
        )
    };
    let reference = format!(r#"{{"snaks":{{"P248":[{}]}},"hash":"h"}}"#, to_item("P248", "Q9"));
    let twice = statement("M1$2", "Q6").replacen(
        '{',
        &format!("{{\"references\":[{reference},{reference}],"),
        1,
    );
    let file = format!(
        r#"{{"type":"mediainfo","id":"M1","labels":[],"statements":{{"P180":[{},{}]}}}}"#,
        statement("M1$1", "Q5"),
        twice
    );
    let report = read(&format!("[{file},\n{file}]"));
    assert_eq!(
        told(&report.graph),
        [
            "Q9 asserted that M1 P180 Q6 (statement id: “M1$2”)",
            "wikidata asserted that M1 P180 Q5 (statement id: “M1$1”)"
        ]
    );
    assert_eq!(
        lost(&report.losses),
        [
            "reference that comes twice: line 1, [0].statements.P180[1].references[1]",
            "statement that comes twice: line 2, [1].statements.P180[0] | line 2, [1].statements.P180[1]",
        ]
    );
}

#[test]
fn members_that_cannot_be_used_are_left_out_with_their_places() {
    let text = item(
        "Q1",
        &format!(
            r#","aliases":{{"en":[{{"language":"en","value":"One "}},{{"language":"de","value":" "}},7]}},"modified":"now","lastrevid":5,"claims":{{
        "P1":[7,{{"mainsnak":{{"snaktype":"value","property":"P1"}}}},{{"mainsnak":{},"more":1,"qualifiers":{{"P2":[{{}},{}]}},"references":[7]}}],
        "P3":[{{"mainsnak":{{"snaktype":"value","property":"P3","datavalue":{{"type":"quantity","value":{{"amount":"+5","unit":"1","lowerBound":"+4"}}}}}}}}]}}"#,
            to_item("P1", "Q2"),
            to_item("P2", "Q3").replace("\"id\"", "\"extra\":1,\"id\""),
        ),
    );
    let report = read(&text);
    assert_eq!(
        lost(&report.losses),
        [
            "member that is not understood: line 1, lastrevid | line 1, claims.P1[2].more | line 1, claims.P1[2].qualifiers.P2[1].datavalue.value.extra",
            "another language of a text: line 1, aliases.en[1].language",
            "blank name: line 1, aliases.en[1]",
            "value that is not a text in a language: line 1, aliases.en[2]",
            "time that cannot be used: line 1, modified",
            "value that is not an object: line 1, claims.P1[0] | line 1, claims.P1[2].references[0]",
            "snak that is not understood: expected a snak with a value: line 1, claims.P1[1].mainsnak",
            "snak that is not understood: expected a snak with a property: line 1, claims.P1[2].qualifiers.P2[0]",
            "bounds of a quantity: line 1, claims.P3[0].mainsnak.datavalue.value",
        ]
    );
    assert_eq!(report.graph.len(), 2);
}

#[test]
fn a_missing_page_is_counted_and_the_rest_of_the_answer_is_read() {
    let text = format!(
        r#"{{"entities":{{"Q7":{{"id":"Q7","missing":""}},"-1":{{"site":"enwiki","title":"Nope","missing":""}},"Q1":{}}},"success":1}}"#,
        item("Q1", "")
    );
    let report = read(&text);
    assert_eq!(
        lost(&report.losses),
        ["page that is missing: line 1, entities.-1 | line 1, entities.Q7"]
    );
    assert_eq!(
        report.graph.entities().map(|entity| entity.name()).collect::<Vec<_>>(),
        ["Name of Q1", "wikidata"]
    );
}

#[test]
fn a_list_that_is_cut_off_and_a_claim_without_a_day_are_faults() {
    let statement = format!(r#","claims":{{"P1":[{{"mainsnak":{}}}]}}"#, to_item("P1", "Q2"));
    let cut = format!("[\n{},\n{},\n", item("Q1", ""), item("Q2", ""));
    let error = wikidata::Reader::new().reported(DAY).read(cut.as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(4), Some(1)), "{error}");
    let error = wikidata::Reader::new().read(item("Q1", &statement).as_bytes()).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::NoReportDay), "{error}");
    assert_eq!((error.line(), error.field()), (Some(1), Some("claims.P1[0]")));
    let dated = item("Q1", &format!(r#","modified":"2020-01-02T03:04:05Z"{statement}"#));
    let graph = report(wikidata::Reader::new().read(dated.as_bytes())).graph;
    assert_eq!(graph.claims().next().unwrap().reported(), date(2020, 1, 2));
    let error = wikidata::Reader::new().read(&b"{\"batchcomplete\":\"\"}"[..]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("nothing is understood; expected entities of Wikibase with ids")
    );
}

#[test]
fn a_demonym_is_an_adjective_and_a_claim() {
    let demonym = |id: &str, text: &str, rank: &str| {
        let value =
            format!(r#"{{"type":"monolingualtext","value":{{"text":"{text}","language":"en"}}}}"#);
        let snak = format!(r#"{{"snaktype":"value","property":"P1549","datavalue":{value}}}"#);
        format!(r#"{{"id":"{id}","mainsnak":{snak},"rank":"{rank}"}}"#)
    };
    let (good, bad) =
        (demonym("Q1$1", "Korean", "normal"), demonym("Q1$2", "Corean", "deprecated"));
    let report = read(&item("Q1", &format!(r#","claims":{{"P1549":[{good},{bad}]}}"#)));
    assert_eq!(lost(&report.losses), nothing());
    let graph = report.graph;
    let entity = graph.entity(graph.entity_keyed("Q1").unwrap()).unwrap();
    let name = claimgraph::entity::Name::adjective("Korean").in_language("en");
    assert!(entity.names().contains(&name));
    assert_eq!(entity.names().len(), 2, "a deprecated demonym is not a name");
    assert_eq!(graph.lookup_untyped("korean", None).one(), Some(entity.id()));
    assert!(graph.claims().count() >= 2);
}
