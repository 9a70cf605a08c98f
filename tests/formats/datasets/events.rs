//! A year of events (ICEWS14).

use super::*;
use claimgraph_analysis::claims_with_subject_or_part;

fn events() -> Option<ClaimGraph> {
    let input = data("icews14/icews14.tsv.gz")?;
    let mut graph = ClaimGraph::new();
    let mapping = mapping(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/claimgraph-analysis/examples/mappings/events.json"
    )));
    let report = load(&mut graph, mapping, input);
    assert_eq!(
        (report.records, report.accepted(), report.skipped, report.refused),
        (90_730, 90_730, 0, 0)
    );
    Some(graph)
}

#[test]
fn a_year_of_events() {
    let Some(mut graph) = events() else { return };
    // All actors, and the data set itself.
    assert_eq!((graph.len(), graph.entity_count()), (90_730, 7_128 + 1));
    let relations: BTreeSet<&str> =
        graph.claims().filter_map(|c| c.statement()).map(|s| s.relation().key.as_str()).collect();
    assert_eq!(relations.len(), 230);

    let korea = graph.entity_keyed("North Korea").unwrap();
    let view = graph.view();
    assert_eq!(
        (view.claims_with_subject(korea).count(), view.claims_with_object(korea).count()),
        (848, 1_113)
    );
    let march = view.claims_with_subject(korea).filter(|claim| {
        let day = claim.valid().unwrap().start_earliest().unwrap();
        (day.year(), day.month()) == (2014, 3)
    });
    assert_eq!(march.count(), 86);
    let deny = graph.relation("Deny responsibility").unwrap();
    assert_eq!(view.clone().relation(deny).claims().count(), 220);
    let days: BTreeSet<_> = graph.claims().map(|claim| claim.reported()).collect();
    assert_eq!(
        (days.len(), days.first(), days.last()),
        (365, Some(&date(2014, 1, 1)), Some(&date(2014, 12, 31)))
    );

    // All rows are distinct, so every event occurs once.
    assert_eq!(graph.view().distinct_events().len(), 90_730);

    // Russia itself does not occur, but its organs do.
    assert!(graph.entity_keyed("Russia").is_err());
    let russia = graph.add_untyped("State", "Russia").unwrap();
    let named = affiliate_by_name(&mut graph, parenthesised_parent);
    assert!(named.circular().is_empty() && named.ambiguous().is_empty());
    let ministry = graph.entity_keyed("Foreign Affairs (Russia)").unwrap();
    let made = |part: EntityId, whole: EntityId| {
        let pair =
            |id: &_| graph.affiliation(*id).is_some_and(|a| (a.part(), a.whole()) == (part, whole));
        named.made().iter().any(pair)
    };
    assert!(made(ministry, russia));
    let military = graph.entity_keyed("Military (North Korea)").unwrap();
    assert!(made(military, korea));
    assert_eq!(graph.view().claims_with_subject(russia).count(), 0);
    let rolled_up = claims_with_subject_or_part(&graph.view(), russia);
    let parts = graph
        .affiliated_with(russia)
        .map(|(_, a)| graph.view().claims_with_subject(a.part()).count())
        .sum::<usize>();
    assert_eq!(rolled_up.len(), parts);
    assert!(rolled_up.len() > 100 && rolled_up.iter().all(|event| event.path().len() == 1));
    let occurs = |entity| {
        graph.view().claims_with_subject(entity).count()
            + graph.view().claims_with_object(entity).count()
    };
    let forces = graph.entity_keyed("Military (Russia)").unwrap();
    assert_eq!((occurs(ministry), occurs(forces)), (619, 228));
    // Claims about its organs support a statement about the state; the affiliation is a step of the proof.
    let statement = rolled_up.first().unwrap().claim().statement().unwrap();
    let relation = graph.relation(&statement.relation().key).unwrap();
    let object = statement.object().entity().unwrap();
    assert!(
        graph.statement(russia, relation, object).backing().proof().affiliations().next().is_some()
    );
}
