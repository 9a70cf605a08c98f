//! Denials and the claims they contest; statements and roles that no text states.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId,
    claim::{Bearing, NotStated},
    questions::ContestKind,
    vocabulary::Any,
};

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
    assert_eq!(contested.first().unwrap().contests()[0].kind(), Some(ContestKind::FactDenied));
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
    assert_eq!(contested.first().unwrap().contests()[0].kind(), Some(ContestKind::FacetDenied));
}

#[test]
fn a_role_that_is_not_stated_matches_no_question() {
    let (mut graph, nk, russia, forces) = world();
    let say = |graph: &mut ClaimGraph, claim: Claim| graph.insert(claim.reported(DAY)).unwrap();
    say(&mut graph, Claim::by(nk).asserts(forces, PRESENT_IN, russia).with(ABOUT, NotStated));
    let about = graph.statement(forces, PRESENT_IN, russia).with(ABOUT, Any);
    assert!(about.backing().is_empty());
}

#[test]
fn an_assertion_is_against_a_denial_and_another_denial_is_for_it() {
    let (mut graph, nk, russia, forces) = world();
    let mut put = |claim: Claim| graph.insert(claim.reported(DAY)).unwrap();
    let asserted = put(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia));
    let denial = put(Claim::by(nk).denies(nk, PRESENT_IN, russia));
    let other = put(Claim::by(forces).denies(nk, PRESENT_IN, russia));
    let narrower = put(Claim::by(russia).denies(nk, DEPLOYS_TO, russia));
    let bearing = |claim: ClaimId, wanted: Bearing| -> Vec<ClaimId> {
        let responses = graph.view().responses(claim).unwrap();
        responses.bearing(wanted).map(|response| response.claim().id()).collect()
    };
    // Who deploys is present; who is not sent there may be there all the same.
    assert_eq!(bearing(denial, Bearing::Contests), [asserted]);
    let mut supports = bearing(denial, Bearing::Supports);
    supports.sort();
    assert_eq!(supports, [denial, other]);
    assert_eq!(bearing(narrower, Bearing::Contests), [asserted]);
    let mut supports = bearing(narrower, Bearing::Supports);
    supports.sort();
    assert_eq!(supports, [denial, other, narrower]);
    // A denial is not itself contested by that.
    assert!(graph.view().contests(denial).unwrap().is_empty());
    let kinds: Vec<_> =
        graph.view().responses(denial).unwrap().iter().filter_map(|r| r.kind()).collect();
    assert_eq!(kinds, [ContestKind::FactAsserted]);
}
