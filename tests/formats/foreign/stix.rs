//! STIX: versions, revocations, sightings of nothing, references to claims, dates.

use super::*;
use claimgraph_formats::{ftm, graphml, stix};

/// Returns a bundle of these objects, each of which gets a date unless it has one.
fn bundle(objects: &[&str]) -> String {
    let at = r#""created":"2020-01-01T00:00:00Z","modified":"2020-01-02T00:00:00Z""#;
    let dated = |object: &&str| match object.contains("\"created\"") {
        true => (*object).to_owned(),
        false => object.replacen('}', &format!(",{at}}}"), 1),
    };
    let objects: Vec<String> = objects.iter().map(dated).collect();
    format!(
        "{{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[\n{}\n]}}",
        objects.join(",\n")
    )
}

fn read(objects: &[&str]) -> ReadReport {
    report(stix::Reader::new().read(bundle(objects).as_bytes()))
}

const TOOL: &str = r#"{"type":"tool","id":"tool--1","name":"Tee"}"#;
const GROUP: &str = r#"{"type":"intrusion-set","id":"intrusion-set--1","name":"Gee"}"#;

/// Returns a relationship from the group to the tool, changed in this year, with more members.
fn uses(year: u16, more: &str) -> String {
    format!(
        r#"{{"type":"relationship","id":"relationship--1","created":"2019-01-01T00:00:00Z","modified":"{year}-01-01T00:00:00Z",
        "relationship_type":"uses","source_ref":"intrusion-set--1","target_ref":"tool--1"{more}}}"#
    )
}

#[test]
fn the_latest_version_of_an_object_counts_and_a_repetition_is_not_a_version() {
    let (old, new) = (uses(2020, r#","description":"old""#), uses(2022, r#","description":"new""#));
    for order in [[&old, &new, &new], [&new, &old, &new]] {
        let report = read(&[TOOL, GROUP, order[0], order[1], order[2]]);
        assert_eq!(
            told(&report.graph),
            ["bundle--1 asserted that Gee uses Tee (description: “new”; id: “relationship--1”)"]
        );
        let earlier = if order[0] == &old { 2 } else { 3 };
        assert_eq!(
            lost(&report.losses),
            [
                format!("earlier version of an object: line {}, objects[{earlier}]", 2 * earlier),
                "object that comes twice: line 8, objects[4]".to_owned()
            ]
        );
    }
    let renamed = r#"{"type":"tool","id":"tool--1","name":"Tea","created":"2020-01-01T00:00:00Z","modified":"2021-01-01T00:00:00Z"}"#;
    let report = read(&[renamed, TOOL]);
    assert_eq!(report.graph.name_of(report.graph.entity_keyed("tool--1").unwrap()), "Tea");
    assert_eq!(lost(&report.losses), ["earlier version of an object: line 3, objects[1]"]);
}

#[test]
fn nothing_stands_of_an_object_that_its_latest_version_revokes() {
    let sighting = r#"{"type":"sighting","id":"sighting--1","sighting_of_ref":"tool--1","where_sighted_refs":["intrusion-set--1"],"revoked":true}"#;
    let report_object = r#"{"type":"report","id":"report--1","name":"Rep","revoked":true,"object_refs":["tool--1"]}"#;
    let gone = uses(2021, r#","revoked":true"#);
    let report = read(&[TOOL, GROUP, &uses(2020, ""), &gone, sighting, report_object]);
    assert_eq!(lost(&report.losses), ["earlier version of an object: line 4, objects[2]"]);
    let view = report.graph.view();
    let standing = report.graph.claims().filter(|claim| view.joins(claim.id())).count();
    assert_eq!(standing, 0, "{:#?}", told(&report.graph));
    let retracted: Vec<Stance> = report.graph.claims().map(|claim| claim.stance()).collect();
    assert_eq!(retracted.iter().filter(|stance| **stance == Stance::Retracts).count(), 3);
    let mut file = Vec::new();
    let _ = graphml::write(&report.graph, &mut file).unwrap();
    assert!(!String::from_utf8(file).unwrap().contains("<edge"));
}

#[test]
fn a_sighting_of_count_0_is_a_denial() {
    let seen = |count: &str| {
        let sighting = format!(
            r#"{{"type":"sighting","id":"sighting--1","sighting_of_ref":"tool--1","where_sighted_refs":["intrusion-set--1"]{count}}}"#
        );
        read(&[TOOL, GROUP, &sighting])
    };
    let never = seen(",\"count\":0");
    assert_eq!(
        told(&never.graph),
        ["bundle--1 denied that Gee sighting of Tee (id: “sighting--1”)"]
    );
    let mut file = Vec::new();
    let _ = ftm::write(&never.graph, &mut file).unwrap();
    assert!(!String::from_utf8(file).unwrap().contains("UnknownLink"));
    let thrice = seen(",\"count\":3");
    assert_eq!(
        told(&thrice.graph),
        ["bundle--1 asserted that Gee sighting of Tee: 3 sightings (id: “sighting--1”)"]
    );
    assert_eq!(seen("").graph.claims().next().unwrap().stance(), Stance::Asserts);
}

#[test]
fn a_reference_to_a_relationship_names_the_claim_and_makes_no_entity() {
    let note = r#"{"type":"note","id":"note--1","content":"c","object_refs":["relationship--1","relationship--9","tool--1"]}"#;
    let opinion =
        r#"{"type":"opinion","id":"opinion--1","opinion":"agree","object_refs":["sighting--1"]}"#;
    let sighting = r#"{"type":"sighting","id":"sighting--1","sighting_of_ref":"tool--1","observed_data_refs":["relationship--1"]}"#;
    let report = read(&[note, opinion, TOOL, GROUP, sighting, &uses(2020, "")]);
    let kinds: Vec<&str> = report.graph.entities().map(|entity| entity.kind()).collect();
    assert_eq!(kinds, ["note", "tool", "intrusion-set", "Document"]);
    assert_eq!(
        lost(&report.losses),
        ["reference to a claim that is not in the bundle: line 2, objects[0].object_refs[1]"]
    );
    let about = |relation: &str| {
        let of = |claim: &claimgraph::ClaimRef<'_>| {
            claim.statement().is_some_and(|said| said.relation().key == relation)
        };
        report.graph.claims().filter(of).map(|claim| claim.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(about("object_refs").len(), 2);
    let confirmed = report.graph.claims().find(|claim| claim.stance() == Stance::Confirms).unwrap();
    assert_eq!(confirmed.targets().count(), 1);
}

#[test]
fn objects_and_members_that_cannot_be_used_are_left_out_with_their_places() {
    let report = read(&[
        r#"{"type":"tool","id":"tool--1","name":" Tee ","aliases":["T",7," "],"spec_version":"3.0","created_by_ref":9}"#,
        "7",
        r#"{"type":"tool","name":"none"}"#,
        r#"{"type":"relationship","id":"relationship--1","relationship_type":"uses","source_ref":"tool--1"}"#,
        r#"{"type":"opinion","id":"opinion--1","opinion":"maybe","object_refs":["tool--1"]}"#,
        r#"{"type":"opinion","id":"opinion--2","opinion":"agree","object_refs":[]}"#,
        r#"{"type":"tool","id":"tool--2","name":"","created":"soon","modified":"2020-01-02"}"#,
    ]);
    assert_eq!(
        lost(&report.losses),
        [
            "version of STIX that is not known: line 2, objects[0].spec_version",
            "value that is not an object: line 3, objects[1]",
            "object without a type or id: line 4, objects[2].id",
            "time that cannot be used: line 8, objects[6].created",
            "object without a member that it needs: line 5, objects[3].target_ref",
            "relationship without two ends: line 5, objects[3]",
            "opinion that is not known: line 6, objects[4].opinion",
            "opinion on nothing: line 7, objects[5]",
            "value that is not a text: line 2, objects[0].aliases[1] | line 2, objects[0].created_by_ref",
            "blank name: line 2, objects[0].aliases[2] | line 8, objects[6].name",
        ]
    );
    let names: Vec<&str> = report.graph.entities().map(|entity| entity.name()).collect();
    assert_eq!(names, ["Tee", "tool--2", "bundle--1"]);
}

#[test]
fn a_number_keeps_all_of_its_digits_and_a_start_stays_without_its_end() {
    let more = r#","start_time":"2020-05-01T00:00:00Z","stop_time":"2019-05-01T00:00:00Z","x_count":98765432109876543210987,"x_share":0.10,"x_known":false"#;
    let report = read(&[TOOL, GROUP, &uses(2021, more)]);
    let claim = report.graph.claims().next().unwrap();
    assert_eq!(claim.valid().unwrap().edtf().as_deref(), Some("2020-05-01/"));
    let roles: Vec<String> = claim
        .roles()
        .map(|(role, value, _)| format!("{role} {}", value.text().unwrap_or_default()))
        .collect();
    assert_eq!(
        roles,
        [
            "id relationship--1",
            "stop_time 2019-05-01T00:00:00Z",
            "x_count 98765432109876543210987",
            "x_known false",
            "x_share 0.10"
        ]
    );
}

#[test]
fn an_observable_without_a_name_is_named_by_its_value() {
    let report = read(&[r#"{"type":"domain-name","id":"domain-name--1","value":"c2.example"}"#]);
    let domain = report.graph.entity_keyed("domain-name--1").unwrap();
    assert_eq!(report.graph.name_of(domain), "c2.example");
}

#[test]
fn a_file_that_is_not_a_bundle_is_refused_by_its_type() {
    let fault = |text: &str| {
        let error = stix::Reader::new().read(text.as_bytes()).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        fault("{\"id\":\"tool--1\",\n \"type\":\"tool\"}"),
        "line 2, column 9, field \"type\": expected a bundle, found an object of the type \"tool\""
    );
    assert_eq!(fault("[{\"type\":\"tool\"}]"), "expected a bundle, found a list");
    assert_eq!(fault("{}"), "field \"type\": expected a bundle, found an object without a type");
    let report = report(stix::Reader::new().read(&br#"{"type":"bundle","id":"bundle--1"}"#[..]));
    assert!(report.graph.is_empty() && report.losses.is_empty());
    assert!(fault(r#"{"type":"bundle","objects":[{"type":"tool"}]}"#).starts_with(
        "nothing is understood; expected a bundle of STIX objects with types and ids; found"
    ));
}

#[test]
fn an_object_without_dates_needs_a_day_and_never_gets_that_of_today() {
    let text = r#"{"type":"bundle","id":"bundle--1","objects":[{"type":"tool","id":"tool--1","tool_types":["x"]}]}"#;
    let error = stix::Reader::new().read(text.as_bytes()).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::NoReportDay), "{error}");
    assert_eq!(error.field(), Some("objects[0]"));
    let report = report(stix::Reader::new().reported(DAY).read(text.as_bytes()));
    assert_eq!(report.graph.claims().next().unwrap().reported(), DAY);
    // Beside objects with dates, it is as old as the bundle.
    let observable = r#"{"type":"tool","id":"tool--2","created":null,"tool_types":["x"]}"#;
    let report = read(&[TOOL, observable]);
    assert_eq!(report.graph.claims().next().unwrap().reported(), date(2020, 1, 2));
}

#[test]
fn stix_2_1_opinions_sightings_and_revocations_are_read() {
    let at = r#""created":"2020-01-01T00:00:00Z","modified":"2021-02-03T04:05:06Z""#;
    let bundle = format!(
        r#"{{"type":"bundle","id":"bundle--x","objects":[
        {{"type":"opinion","id":"opinion--1",{at},"created_by_ref":"identity--b","opinion":"strongly-disagree","explanation":"no","object_refs":["relationship--1"]}},
        {{"type":"relationship","id":"relationship--1",{at},"created_by_ref":"identity--a","relationship_type":"attributed-to","source_ref":"campaign--1","target_ref":"threat-actor--1","revoked":true}},
        {{"type":"identity","id":"identity--a",{at},"name":"A","identity_class":"organization"}},
        {{"type":"identity","id":"identity--b",{at},"name":"B","identity_class":"individual"}},
        {{"type":"campaign","id":"campaign--1",{at},"name":"C","kill_chain_phases":[{{"kill_chain_name":"k","phase_name":"p"}}],"external_references":[{{"source_name":"src","external_id":"C1"}}]}},
        {{"type":"threat-actor","id":"threat-actor--1",{at},"name":"T","aliases":["T2"],"object_marking_refs":["marking-definition--1"]}},
        {{"type":"marking-definition","id":"marking-definition--1","created":"2020-01-01T00:00:00Z","definition_type":"statement","definition":{{"statement":"c"}}}},
        {{"type":"sighting","id":"sighting--1",{at},"sighting_of_ref":"threat-actor--1","count":3,"first_seen":"2020-05-01T00:00:00Z","last_seen":"2020-06-01T00:00:00Z"}}]}}"#
    );
    let read = stix::Reader::new().read(bundle.as_bytes()).unwrap();
    assert!(read.losses.is_empty(), "{}", read.losses);
    let graph = read.graph;
    let attributed = graph.view().including_retracted();
    let attributed = attributed.relation(graph.relation("attributed-to").unwrap());
    let attributed = attributed.claims().find(|claim| claim.stance() == Stance::Asserts).unwrap();
    assert_eq!(attributed.reported(), date(2020, 1, 1));
    let answers: Vec<(Stance, &str)> = attributed
        .responses()
        .map(|claim| (claim.stance(), graph.name_of(claim.speaker().unwrap())))
        .collect();
    assert!(
        answers.contains(&(Stance::Denies, "B")) && answers.contains(&(Stance::Retracts, "A")),
        "{answers:?}"
    );
    let campaign = graph.entity(graph.entity_keyed("campaign--1").unwrap()).unwrap();
    assert_eq!(campaign.codes(), [("src".to_owned(), "C1".to_owned())]);
    let said: Vec<String> = graph.claims().map(|claim| claim.to_string()).collect();
    assert!(
        said.iter().any(|said| said.contains("C kill_chain_phases \u{201c}k:p\u{201d}")),
        "{said:#?}"
    );
    assert!(said.iter().any(|said| said.contains("sighting of T: 3 sightings")), "{said:#?}");
    let mut written = Vec::new();
    let losses = stix::write(&graph, &mut written).unwrap();
    assert!(losses.of("type and id of an object that came from STIX").is_some());
    assert_eq!(report(stix::Reader::new().read(&*written)).graph.to_jsonl(), graph.to_jsonl());
}
