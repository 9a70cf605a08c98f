//! Treaties whose sources date them differently.

use super::*;

fn treaties(
    input: BufReader<File>,
) -> (ClaimGraph, Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>) {
    let mapping = mapping(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/claimgraph-formats/examples/mappings/treaties.json"
    )));
    let mut graph = ClaimGraph::new();
    assert_eq!(load(&mut graph, mapping, input).accepted(), 6_115);
    let signed = graph.relation("was-signed").unwrap();
    (graph, signed)
}

#[test]
fn treaties_whose_signature_dates_differ() {
    let Some(input) = data("treaties/agreements_to_1989.tsv.gz") else { return };
    let (graph, signed) = treaties(input);
    let mut speakers: BTreeMap<EntityId, BTreeSet<EntityId>> = BTreeMap::new();
    for claim in graph.claims() {
        speakers
            .entry(claim.subject_entity().unwrap())
            .or_default()
            .insert(claim.speaker().unwrap());
    }
    assert_eq!(speakers.values().filter(|datasets| datasets.len() > 1).count(), 1_577);

    // There are no denials.
    assert!(graph.contested().is_empty());
    let conflicts = graph.view().date_conflicts(signed);
    assert_eq!(conflicts.len(), 246);
    let worst =
        |reason: ContestKind| conflicts.iter().filter(|c| c.pairs()[0].kind() == reason).count();
    // For 175 treaties two data sets cannot both be right. For 57, one gives a year and the other a day of it. For 14,
    // only one of them marks the day as uncertain.
    assert_eq!(conflicts.irreconcilable().count(), 175);
    assert_eq!(
        (
            worst(ContestKind::TimesApart),
            worst(ContestKind::OtherPrecision),
            worst(ContestKind::OtherCertainty)
        ),
        (175, 57, 14)
    );

    let liquor = graph.entity_keyed("ACRLLW_1925P").unwrap();
    let conflict = conflicts.iter().find(|conflict| conflict.subject() == Some(liquor)).unwrap();
    let said = conflict.to_string();
    let said = said.lines().nth(1).unwrap();
    assert!(
        said.contains("IEADB says on 1925-02-24") && said.contains("HEIDI says on 1925-02-25"),
        "{said}"
    );
    assert!(said.ends_with("it happened once, and the two have no day in common"), "{said}");
    let year = graph.entity_keyed("JOR_1977O").unwrap();
    let wider = conflicts.iter().find(|conflict| conflict.subject() == Some(year)).unwrap();
    assert_eq!(
        (wider.whether_reconcilable(), wider.pairs()[0].kind()),
        (Answer::Unknown, ContestKind::OtherPrecision)
    );

    // The order of insertion does not matter.
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    let again = read.view().date_conflicts(read.relation("was-signed").unwrap());
    assert_eq!(again.to_string(), conflicts.to_string());
    assert_eq!(
        conflicts.proof().claims().len(),
        conflicts.iter().flat_map(Finding::claims).count()
    );
}
