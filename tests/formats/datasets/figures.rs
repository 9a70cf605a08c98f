//! Dated figures of one unit.

use super::*;

#[test]
fn dated_figures_of_one_unit() {
    let Some(input) = data("since_until/wiki_valid.txt.gz") else { return };
    let rating = mapping(
        r#"{
        "layout": {"header": false},
        "speaker": {"text": {"constant": "Wikidata"}, "kind": "Source"},
        "subject": {"text": {"column": 0}, "kind": "Thing"},
        "relation": {"text": {"constant": "counts"}},
        "object": {"quantity": {"amount": {"column": 2}, "unit": {"column": 1, "lookup": {"P1082": "people", "P1087": "points"}}}},
        "valid": {"at": {"text": {"column": 4}, "formats": ["YYYY", "YYYY-MM-DD"]}, "holds": "some-time"},
        "reported": {"text": {"constant": "2018-12-31"}}
    }"#,
    );
    let graph = ClaimGraph::new();
    let report = Reader::new(rating).onto(graph).read_all(input);
    // Of 14,374 rows those of the two properties that are quantities.
    assert_eq!(
        (report.records, report.accepted()),
        (14_374, 4_034 + 4_014),
        "{report} {:?}",
        report.faults.first()
    );
    let graph = report.graph;
    let player = graph.entity_keyed("Q515979").unwrap();
    let points: Vec<String> = graph
        .view()
        .claims_with_subject(player)
        .map(|claim| claim.quantity().unwrap().to_string())
        .collect();
    assert_eq!(points.len(), 36);
    assert!(
        points.iter().any(|figure| figure.contains("2,356") || figure.contains("2356")),
        "{points:?}"
    );
}
