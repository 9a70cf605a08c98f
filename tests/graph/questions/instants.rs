//! Views as of an instant.

use claimgraph::entity::Affiliation;
use claimgraph::{Claim, ClaimGraph, ClaimId, DocumentInfo, date, reporting::*};

/// A wire of the evening of the 24th in UTC, which is the 25th where it was published; a paper of the 25th without an
/// instant; and a claim that was read in the wire and reported on another day.
fn reports() -> (ClaimGraph, [ClaimId; 3]) {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let at = "2024-10-24T23:00:00Z".parse().unwrap();
    let wire = DocumentInfo::dated(date(2024, 10, 25)).published_at(at);
    let wire = graph.add_document("wire", wire).unwrap();
    let paper = graph.add_document("paper", date(2024, 10, 25)).unwrap();
    let says = || Claim::by(russia).asserts(nk, DEPLOYS_TO, russia);
    let claims = [
        says().read_in(wire, ..),
        says().read_in(paper, ..),
        says().read_in(wire, ..).reported(date(2024, 10, 20)),
    ];
    let claims = claims.map(|claim| graph.insert(claim).unwrap());
    (graph, claims)
}

fn known(graph: &ClaimGraph, instant: &str) -> Vec<ClaimId> {
    let view = graph.view().as_of(instant.parse::<jiff::Timestamp>().unwrap());
    let json = serde_json::to_string(&view.filter()).unwrap();
    let again = graph.view().filtered(&serde_json::from_str(&json).unwrap()).unwrap();
    assert_eq!(again.filter(), view.filter());
    let claims: Vec<ClaimId> = view.claims().map(|claim| claim.id()).collect();
    assert_eq!(again.claims().map(|claim| claim.id()).collect::<Vec<_>>(), claims);
    claims
}

#[test]
fn a_document_is_on_record_from_its_instant_and_everything_else_from_its_day() {
    let (graph, [wire, paper, earlier]) = reports();
    assert_eq!(known(&graph, "2024-10-19T23:59:59Z"), []);
    assert_eq!(known(&graph, "2024-10-20T00:00:00Z"), [earlier]);
    assert_eq!(known(&graph, "2024-10-24T22:59:59Z"), [earlier]);
    assert_eq!(known(&graph, "2024-10-24T23:00:00Z"), [wire, earlier]);
    assert_eq!(known(&graph, "2024-10-25T00:00:00Z"), [wire, paper, earlier]);
    // By days, the wire is of the day that it gives.
    let by_day = graph.view().as_of(date(2024, 10, 24));
    assert_eq!(by_day.claims().map(|claim| claim.id()).collect::<Vec<_>>(), [earlier]);
    // The last call counts.
    let again = by_day.as_of("2024-10-24T23:30:00Z".parse::<jiff::Timestamp>().unwrap());
    assert_eq!(again.claims().count(), 2);
}

#[test]
fn answers_and_affiliations_are_on_record_from_the_instant_too() {
    let (mut graph, [wire, ..]) = reports();
    let (nk, army) = (graph.entity_keyed("nk").unwrap(), graph.add(Military, "army").unwrap());
    let at = "2024-10-25T12:00:00Z".parse().unwrap();
    let late = graph.add_document("late", DocumentInfo::undated().published_at(at)).unwrap();
    graph.add_affiliation(Affiliation::part_of(army, nk).read_in(late)).unwrap();
    graph.insert(Claim::by(army).dismisses(wire).read_in(late, ..)).unwrap();
    let at = |instant: &str| graph.view().as_of(instant.parse::<jiff::Timestamp>().unwrap());
    let (before, after) = (at("2024-10-25T11:59:59Z"), at("2024-10-25T12:00:00Z"));
    assert_eq!((before.contested().len(), after.contested().len()), (0, 1));
    assert_eq!(before.affiliations_of(army).count(), 0);
    assert_eq!(after.affiliations_of(army).count(), 1);
}
