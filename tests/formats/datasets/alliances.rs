//! Alliances by the years in which they hold.

use super::*;

#[test]
fn alliances_valid_in_a_year() {
    let Some(input) = data("alliances/atop_directed_dyad_intervals.tsv.gz") else { return };
    let mapping = mapping(
        r#"{
        "speaker": {"text": {"constant": "ATOP"}, "kind": "Source"},
        "subject": {"text": {"column": "state1"}, "kind": "State"},
        "relation": {"text": {"column": "obligation"},
                     "unknown": {"subject": {"kind": "State"}, "object": {"kind": "State"}, "dealing": true}},
        "object": {"entity": {"text": {"column": "state2"}, "kind": "State"}},
        "valid": {"start": {"text": {"column": "first_year"}, "formats": ["YYYY"]},
                  "end": {"text": {"column": "last_year"}, "formats": ["YYYY"], "open": ["2018"]}},
        "reported": {"text": {"constant": "2018-12-31"}}
    }"#,
    );
    let mut graph = ClaimGraph::new();
    assert_eq!(load(&mut graph, mapping, input).accepted(), 22_116);
    assert_eq!(graph.entities().filter(|entity| entity.is_a("State")).count(), 207);
    let russia = graph.lookup_untyped("Russia", Some("State")).one().unwrap();
    let korea = graph.lookup_untyped("North Korea", Some("State")).one().unwrap();
    let defense = graph.relation("defense").unwrap();
    let partners = |day| -> BTreeSet<&str> {
        let view = graph.view().certainly_valid_at(day);
        let claims = view
            .claims_with_subject_under(russia, defense)
            .filter_map(|claim| claim.object_entity());
        claims.map(|state| graph.name_of(state)).collect()
    };
    let expected = [
        "Bulgaria",
        "Czechoslovakia",
        "Finland",
        "German Democratic Republic",
        "Hungary",
        "Mongolia",
        "North Korea",
        "Poland",
        "Romania",
    ];
    assert_eq!(partners(date(1985, 7, 1)), BTreeSet::from(expected));
    let allied = |day, how| match how {
        Answer::Yes => graph
            .view()
            .certainly_valid_at(day)
            .claims_with_subject_under(russia, defense)
            .any(|c| c.object_entity() == Some(korea)),
        _ => graph
            .view()
            .valid_at(day)
            .claims_with_subject_under(russia, defense)
            .any(|c| c.object_entity() == Some(korea)),
    };
    // 1961 to 1996, by years: it began in 1961 and ended in 1996.
    assert!(
        !allied(date(1960, 12, 31), Answer::Unknown) && !allied(date(1997, 1, 1), Answer::Unknown)
    );
    assert!(allied(date(1961, 6, 1), Answer::Unknown) && !allied(date(1961, 6, 1), Answer::Yes));
    assert!(allied(date(1962, 1, 1), Answer::Yes) && allied(date(1995, 12, 31), Answer::Yes));
    // It had not ended when the data end.
    let consultation = graph.relation("consul").unwrap();
    let ongoing = graph.view().claims_with_subject_under(russia, consultation).any(|claim| {
        claim.object_entity() == Some(korea)
            && claim.valid().is_some_and(|period| period.is_ongoing())
    });
    assert!(ongoing);
}
