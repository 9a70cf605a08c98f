//! The ways to deny a claim: the fact, a figure, or only the claim that was made.

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Entity, Error, Quantity, claim::Quote, date, questions::ContestKind,
};

fn main() -> Result<(), Error> {
    let mut graph = ClaimGraph::new();
    let paper = graph.add_document("paper", date(2024, 10, 24))?;
    let north = graph.add(State, Entity::new("north").named("the North"))?;
    let east = graph.add(State, Entity::new("east").named("the East"))?;
    let service = graph.add(Agency, Entity::new("service").named("the service"))?;
    let embassy = graph.add(Agency, Entity::new("embassy").named("the embassy"))?;

    let dispatch = graph.insert(
        Claim::by(service)
            .asserts(north, DEPLOYS_TO, east)
            .quantity(Quantity::stated(3_000, "soldiers"))
            .read_in(paper, ..),
    )?;
    // Three ways to oppose it.
    graph.insert(
        Claim::by(east).dismisses(dispatch).quote(Quote::fragment("fake news")).read_in(paper, ..),
    )?;
    graph.insert(Claim::by(north).denies(north, PRESENT_IN, east).read_in(paper, ..))?;
    let not_so_many = Claim::by(embassy)
        .denies(north, DEPLOYS_TO, east)
        .quantity(Quantity::stated(3_000, "soldiers"));
    graph.insert(not_so_many.read_in(paper, ..))?;

    for contest in graph.view().contests(dispatch)? {
        println!("{contest}");
    }
    let ways: Vec<(&str, ContestKind)> = graph
        .view()
        .contests(dispatch)?
        .iter()
        .filter_map(|c| Some((graph.name_of(c.speaker()?), c.kind()?)))
        .collect();
    assert_eq!(ways.len(), 3);
    assert!(
        ways.contains(&("the East", ContestKind::ClaimDismissed)),
        "says nothing about the fact"
    );
    assert!(
        ways.contains(&("the North", ContestKind::FactDenied)),
        "who is not there was not sent there"
    );
    assert!(ways.contains(&("the embassy", ContestKind::FacetDenied)), "not 3,000; possibly fewer");

    // None of these is an edge, and none removes the claim.
    assert_eq!(graph.view().to_petgraph().edge_count(), 1);
    assert_eq!(graph.statement(north, DEPLOYS_TO, east).backing().claims(), [dispatch]);
    Ok(())
}
