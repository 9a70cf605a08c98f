//! Lines are written from texts of the graph and read as texts of the line: they must be the same lines, and the same graph
//! or the same refusal, as by records that own their texts.

use crate::support::brute::worlds;
use claimgraph::record::Record;
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Date, Entity, Modality, Period, Stance, claim::PlainClaim, date,
    format::ReadErrorKind, jsonl, record::Loader,
};
use proptest::prelude::*;

/// The lines as whole records give them.
fn lines_of_records(graph: &ClaimGraph) -> String {
    let line = |record: &Record| serde_json::to_string(record).unwrap() + "\n";
    graph.records().iter().map(line).collect()
}

/// Loads these lines as whole records: the graph and the faults.
fn by_records(text: &str) -> (String, Vec<String>) {
    let (mut loader, mut faults) = (Loader::new(), Vec::new());
    for line in text.lines() {
        match serde_json::from_str::<Record>(line) {
            Ok(record) => faults.extend(loader.push(record).err().map(|error| error.to_string())),
            Err(_) => faults.push("no record".to_owned()),
        }
    }
    (lines_of_records(&loader.finish()), faults)
}

/// Loads them with the reader.
fn by_lines(text: &str) -> (String, Vec<String>) {
    let outcome = jsonl::Reader::new().read_all(text.as_bytes());
    let fault = |kind: &ReadErrorKind| match kind {
        ReadErrorKind::Refused(error) => error.to_string(),
        ReadErrorKind::Syntax(_) => "no record".to_owned(),
        other => other.to_string(),
    };
    (outcome.graph.to_jsonl(), outcome.faults.iter().map(|found| fault(found.kind())).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_graph_is_written_and_read_as_by_whole_records(world in worlds(1..60)) {
        let graph = world.build().graph;
        let text = graph.to_jsonl();
        prop_assert_eq!(&text, &lines_of_records(&graph));
        prop_assert_eq!(by_lines(&text), (text.clone(), Vec::new()));
        prop_assert_eq!(by_records(&text), (text, Vec::new()));
    }
}

/// Actors with names that JSON escapes, a document, and plain claims of every stance, kind of time and kind of
/// speaker.
fn plain() -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let day = |n: i8| date(2024, 10, n);
    let a = graph.add(State, Entity::new("a \"quoted\" \\ näme")).unwrap().id();
    let b = graph.add(State, "b").unwrap().id();
    let paper = graph.add_document("paper", day(24)).unwrap();
    let said = graph
        .insert(PlainClaim::new(a, Stance::Asserts).about(a, ATTACKS, b).reported(day(1)))
        .unwrap();
    let relations = [TREATY_WITH.untyped(), ATTACKS.untyped(), PROVIDES_AID_TO.untyped()];
    for (n, &stance) in Stance::ALL.iter().enumerate() {
        for relation in relations {
            for row in [
                PlainClaim::new(b, stance).about(b, relation, a).valid_on(day(2)).reported(day(3)),
                PlainClaim::new(b, stance)
                    .about(a, relation, b)
                    .valid_throughout(day(1), day(2))
                    .read_in(paper),
                PlainClaim::new(paper, stance)
                    .about(a, relation, b)
                    .valid_since(Date::MIN)
                    .read_in(paper),
                PlainClaim::new(a, stance)
                    .about(b, relation, a)
                    .responding_to(said)
                    .reported(day(4)),
                PlainClaim::new(a, stance).responding_to(said).reported(Date::MAX),
            ] {
                // Not every stance takes all of these.
                let _ = graph.insert(if n % 2 == 0 { row } else { row.reported(day(30)) });
            }
        }
    }
    graph
}

#[test]
fn plain_claims_of_every_stance_are_written_and_read_as_by_whole_records() {
    let mut graph = plain();
    assert!(graph.len() > 150, "{}", graph.len());
    let [a, b] = ["c", "d"].map(|key| graph.add(State, key).unwrap());
    let day = date(2024, 10, 24);
    // Nearly plain claims: planned, with an uncertain time, of two speakers, equal to another.
    let claim = || Claim::by(a).asserts(a, ATTACKS, a).reported(day);
    graph.insert(claim().modality(Modality::Planned)).unwrap();
    graph.insert(claim().valid(Period::within(day..=date(2024, 11, 1)))).unwrap();
    graph.insert(claim().valid("2024-06")).unwrap();
    graph.insert(Claim::by(b).relayed_by(a).asserts(a, ATTACKS, a).reported(day)).unwrap();
    (0..3).for_each(|_| _ = graph.insert(claim()).unwrap());
    let text = graph.to_jsonl();
    assert_eq!(text, lines_of_records(&graph));
    assert_eq!(by_lines(&text), (text.clone(), Vec::new()));
    assert_eq!(by_records(&text), (text.clone(), Vec::new()));

    // As other programs write it: with spaces, and with everything escaped that JSON allows.
    let spaced: String = text
        .lines()
        .map(|line| line.replace("\":", "\" : ").replace(",\"", ", \"") + " \n")
        .collect();
    assert_eq!(by_lines(&spaced), (text.clone(), Vec::new()));
    let escaped = text.replace("\"b\"", "\"\\u0062\"");
    assert!(escaped != text);
    assert_eq!(by_lines(&escaped), (text, Vec::new()));
}

#[test]
fn a_nearly_plain_line_is_read_or_refused_like_a_whole_record() {
    let graph = plain();
    let start = graph.to_jsonl();
    let line = r#"{"claim":{"id":"x","speakers":[{"source":"b"}],"stance":"asserts","statement":{"subject":{"entity":"b"},"relation":"attacks","object":{"entity":"b"}},"valid":{"start":{"earliest":"2024-10-02","latest":"2024-10-02"},"end":{"earliest":"2024-10-02","latest":"2024-10-02"},"aspect":"occurrence"},"document":"paper","reported":"2024-10-24"}}"#;
    let changes = [
        ("", ""),
        (r#""id":"x","#, ""),
        (r#""id":"x""#, r#""id":null"#),
        (r#""id":"x""#, r#""id":"""#),
        (r#""id":"x""#, r#""id":7"#),
        (r#""speakers":[{"source":"b"}],"#, ""),
        (r#"[{"source":"b"}]"#, "null"),
        (r#"[{"source":"b"}]"#, "[]"),
        (r#"[{"source":"b"}]"#, "[{}]"),
        (r#"[{"source":"b"}]"#, r#"[["b"]]"#),
        (r#"[{"source":"b"}]"#, r#"[["b","inferred"]]"#),
        (r#"[{"source":"b"}]"#, r#"[{"source":null}]"#),
        (r#"[{"source":"b"}]"#, r#"[{"source":"nobody"}]"#),
        (r#"[{"source":"b"}]"#, r#"[{"source":"b","direct":true}]"#),
        (r#"[{"source":"b"}]"#, r#"[{"source":"b"},{"source":"b"}]"#),
        (r#""stance":"asserts","#, ""),
        (r#""stance":"asserts""#, r#""stance":"shouts""#),
        (r#""stance":"asserts""#, r#""stance":"dismisses""#),
        (r#""stance":"asserts""#, r#""stance":"confirms""#),
        (r#""stance":"asserts""#, r#""stance":"assesses""#),
        (r#""stance":"asserts""#, r#""stance":"asserts","stance":"denies""#),
        (r#""stance":"asserts""#, r#""stance":"asserts","certainty":"possible""#),
        (r#""stance":"asserts""#, r#""stance":"asserts","targets":null"#),
        (r#""stance":"asserts""#, r#""stance":"asserts","targets":[]"#),
        (r#""stance":"asserts""#, r#""stance":"confirms","targets":[{"claim":"x"}]"#),
        (r#""stance":"asserts""#, r#""stance":"confirms","targets":[{"claim":"nothing"}]"#),
        (
            r#""stance":"asserts""#,
            r#""stance":"confirms","targets":[{"claim":"nothing","basis":"possible"}]"#,
        ),
        (r#""stance":"asserts""#, r#""stance":"asserts","mood":"angry""#),
        (r#","object":{"entity":"b"}"#, ""),
        (r#""object":{"entity":"b"}"#, r#""object":{"text":"b"}"#),
        (r#""object":{"entity":"b"}"#, r#""object":{"entity":"b","text":"b"}"#),
        (r#""object":{"entity":"b"}"#, r#""object":{}"#),
        (r#""object":{"entity":"b"}"#, r#""object":{"entity":"b","basis":"inferred"}"#),
        (r#""object":{"entity":"b"}"#, r#""object":{"entity":"nobody"}"#),
        (r#""object":{"entity":"b"}"#, r#""object":["b"]"#),
        (r#""attacks""#, r#""visits""#),
        (r#""attacks""#, r#""treaty-with""#),
        (r#""latest":"2024-10-02"}"#, r#""latest":"2024-10-01"}"#),
        (r#""2024-10-02""#, r#""2024-13-02""#),
        (r#""aspect":"occurrence""#, r#""aspect":"state""#),
        (r#""aspect":"occurrence""#, r#""aspect":"occurrence","words":"of late""#),
        (r#""document":"paper""#, r#""document":"b""#),
        (r#""document":"paper""#, r#""document":"nothing""#),
        (r#""document":"paper","#, ""),
        (r#","reported":"2024-10-24""#, ""),
        (r#""reported":"2024-10-24""#, r#""reported":"2024-10-01""#),
        (r#""reported":"2024-10-24""#, r#""reported":null"#),
        (r#""reported":"2024-10-24""#, r#""reported":20241024"#),
        (r#"{"claim":{"#, r#"{"link":{},"claim":{"#),
        (r#"}}}"#, r#"}}},"#),
    ];
    let list = r#"{"claim":["y",[["b"]],"asserts",null,[["b"],"attacks",["b"]]]}"#.to_owned();
    let changed = changes.into_iter().map(|(from, to)| line.replace(from, to));
    // A plain record in a list does not have the members of a whole one.
    let other = r#"{"claim":["z",[["b"]],"asserts",[["b"],"attacks",["b"]]]}"#.to_owned();
    for line in changed.chain([list, other]) {
        let text = format!("{start}{line}\n");
        assert_eq!(by_lines(&text), by_records(&text), "{line}");
        // The same line again, with the same id.
        let text = format!("{text}{line}\n");
        assert_eq!(by_lines(&text), by_records(&text), "{line}");
    }
}

#[test]
fn a_term_with_no_value_or_two_is_refused_where_it_stands() {
    let start = plain().to_jsonl();
    for object in [r#"{}"#, r#"{"basis":"inferred"}"#, r#"{"entity":"b","text":"b"}"#] {
        let claim = format!(
            r#"{{"claim":{{"stance":"asserts","statement":{{"subject":{{"entity":"b"}},"relation":"attacks","object":{object}}}}}}}"#
        );
        let text = format!("{start}{claim}\n");
        let error = jsonl::Reader::new().read(text.as_bytes()).unwrap_err();
        assert_eq!(error.field(), Some("claim.statement.object"), "{error}");
        let expected =
            "expected exactly one of entity, claim, text, quantity, statement and absent";
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.line(), Some(start.lines().count() as u64 + 1));
    }
}
