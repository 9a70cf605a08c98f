//! Denials and the claims they contest; statements and roles that no text states.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{Claim, ClaimGraph, claim::NotStated, questions::ContestKind, vocabulary::Any};

#[test]
fn an_addressee_does_not_narrow_a_denial() {
    let (mut graph, nk, russia, _) = world();
    let said =
        graph.insert(Claim::by(russia).asserts(nk, PRESENT_IN, russia).reported(DAY)).unwrap();
    let denial =
        Claim::by(nk).denies(nk, PRESENT_IN, russia).with(ADDRESSEE, russia).with(RELATED_TO, said);
    graph.insert(denial.reported(DAY)).unwrap();
    let contested = graph.contested();
    assert_eq!(contested.claims(), [said]);
    assert_eq!(contested.first().unwrap().contests()[0].how(), &ContestKind::FactDenied);
    assert_eq!(graph.statement(nk, PRESENT_IN, russia).against().len(), 1);
}

#[test]
fn a_purpose_denied_contests_that_purpose_only() {
    let (mut graph, nk, russia, _) = world();
    let say = |purpose: &str| {
        Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).with(PURPOSE, purpose).reported(DAY)
    };
    let fighting = graph.insert(say("fighting")).unwrap();
    graph.insert(say("parading")).unwrap();
    graph
        .insert(
            Claim::by(nk).denies(nk, DEPLOYS_TO, russia).with(PURPOSE, "fighting").reported(DAY),
        )
        .unwrap();
    let contested = graph.contested();
    assert_eq!(contested.claims(), [fighting]);
    assert_eq!(contested.first().unwrap().contests()[0].how(), &ContestKind::FacetDenied);
}

#[test]
fn a_role_that_is_not_stated_matches_no_question() {
    let (mut graph, nk, russia, forces) = world();
    let say = |graph: &mut ClaimGraph, claim: Claim| graph.insert(claim.reported(DAY)).unwrap();
    say(&mut graph, Claim::by(nk).asserts(forces, PRESENT_IN, russia).with(ABOUT, NotStated));
    let about = graph.statement(forces, PRESENT_IN, russia).with(ABOUT, Any);
    assert!(about.backing().is_empty());
}
