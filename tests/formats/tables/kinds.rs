//! Kinds from a column or from the relation, and columns with quoted words.

use super::*;

/// Returns a mapping of two ends and a relation, with these kinds and further members.
fn ends(subject: &str, object: &str, more: &str) -> Mapping {
    mapping(&format!(
        r#"{{
        "speaker": {{"text": {{"constant": "desk"}}, "kind": "Source"}},
        "subject": {{"text": {{"column": "who"}}, "kind": {subject}}},
        "relation": {{"text": {{"column": "what"}}}},
        "object": {{"entity": {{"text": {{"column": "whom"}}, "kind": {object}}}}},
        "reported": {{"text": {{"constant": "2024-06-01"}}}}{more}
    }}"#
    ))
}

fn kinds(graph: &ClaimGraph) -> Vec<(&str, &str)> {
    graph
        .entities()
        .filter(|entity| entity.key() != "desk")
        .map(|entity| (entity.key(), entity.kind()))
        .collect()
}

#[test]
fn a_column_gives_the_kind_of_each_entity() {
    let column = r#"{"text": {"column": "type", "lookup": {"S": "State"}, "keep-others": true}}"#;
    let table = "who\ttype\twhat\twhom\nA\tS\tdeploys-to\tB\nC\tMilitary\tdeploys-to\tB\n";
    let mut graph = ClaimGraph::new();
    let _ = load(Reader::new(ends(column, r#""State""#, "")), &mut graph, table.as_bytes());
    assert_eq!(kinds(&graph), [("A", "State"), ("B", "State"), ("C", "Military")]);
    // The same text is not of two kinds.
    let twice = "who\ttype\twhat\twhom\nA\tS\tdeploys-to\tB\nA\tCity\tdeploys-to\tB\n";
    let found = faults(ends(column, r#""State""#, ""), twice);
    assert_eq!(
        found,
        [r#"line 3, column 0 "who", subject, "A": key: "A" has the kind State; expected City"#]
    );
    let unknown = "who\ttype\twhat\twhom\nA\tPlanet\tdeploys-to\tB\n";
    let found = faults(ends(column, r#""State""#, ""), unknown);
    assert_eq!(found, [r#"line 2, column 0 "who", subject, "A": key: unknown kind "Planet""#]);
}

#[test]
fn the_relation_gives_the_kind() {
    let subject = r#"{"by-relation": {"holds-office": "Person", "treaty-with": "State"}, "otherwise": "Military"}"#;
    let table = "who\twhat\twhom\nA\ttreaty-with\tB\nC\tdeploys-to\tD\n";
    let mut graph = ClaimGraph::new();
    let _ = load(
        Reader::new(ends(subject, r#"{"by-relation": {}}"#, "")),
        &mut graph,
        table.as_bytes(),
    );
    assert_eq!(kinds(&graph), [("A", "State"), ("B", "State"), ("C", "Military"), ("D", "Place")]);
    // The relation takes anything there.
    let found = faults(
        ends(subject, r#"{"by-relation": {}}"#, ""),
        "who\twhat\twhom\nA\tcommits-troops-to\tB\n",
    );
    assert_eq!(
        found,
        [
            r#"line 2, column 2 "whom", object, "B": the relation "commits-troops-to" does not say a kind; expected it in by-relation"#
        ]
    );
}

#[test]
fn quoted_words_are_those_of_the_speaker() {
    let more = r#", "quote": {"column": "quote", "if-missing": "omit"}, "words": {"column": "text", "if-missing": "omit"}"#;
    let table = "who\twhat\twhom\tquote\ttext\nA\tmeets\tB\tWe met.\t\nB\tmeets\tC\t\tthey met\n";
    let mut graph = ClaimGraph::new();
    let _ = load(Reader::new(ends(r#""State""#, r#""State""#, more)), &mut graph, table.as_bytes());
    let quoted: Vec<_> = graph
        .claims()
        .map(|claim| {
            (
                claim.quotes().map(|quote| quote.words().unwrap().to_owned()).collect::<Vec<_>>(),
                claim.words(),
            )
        })
        .collect();
    assert_eq!(quoted, [(vec!["We met.".to_owned()], None), (Vec::new(), Some("they met"))]);
    assert!(graph.claims().next().unwrap().chain().last().unwrap().direct);
}
