//! Two orders of insertion give the same file and the same answers.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, Id, Period, Quantity, claim::NotStated, date};

/// Asserts that both orders give the same file.
fn same_file<T>([a, b]: [(ClaimGraph, T); 2]) -> [(ClaimGraph, T); 2] {
    assert_eq!(a.0.to_jsonl(), b.0.to_jsonl());
    [a, b]
}

#[test]
fn corroborating_sources_are_counted_for_each_claim_in_either_order_of_a_speakers_claims() {
    let day = date(2024, 1, 1);
    let made = [false, true].map(|acknowledged_first| {
        let mut graph = ClaimGraph::new();
        let [a, b, x, y] = ["a", "b", "x", "y"].map(|key| graph.add(State, key).unwrap());
        graph.insert(Claim::by(y).asserts(a, ATTACKS, b).reported(day)).unwrap();
        let said = Claim::by(x).asserts(a, ATTACKS, b).reported(day);
        let also = Claim::by(x).acknowledges_that(a, ATTACKS, b).reported(day);
        let order = if acknowledged_first { [also, said] } else { [said, also] };
        order.into_iter().for_each(|claim| _ = graph.insert(claim).unwrap());
        (graph, ())
    });
    let [(one, ()), (other, ())] = &same_file(made);
    let before = |graph: &ClaimGraph| {
        let mut found: Vec<String> = graph
            .view()
            .as_of(date(2023, 1, 1))
            .change_to(&graph.view())
            .corroborated()
            .iter()
            .map(|shift| shift.to_string())
            .collect();
        found.sort();
        found
    };
    assert_eq!(before(one), before(other));
    assert_eq!(
        before(one).len(),
        2,
        "what was only acknowledged stands on one source: {:?}",
        before(one)
    );
    assert!(one.view().change_to(&other.view()).corroborated().is_empty());
}

#[test]
fn a_confirming_speaker_is_a_party_to_the_matter_only_if_it_is_an_end_of_it() {
    let made = [0, 1].map(|first| {
        let mut graph = ClaimGraph::new();
        let [a, b, v, w] = ["a", "b", "v", "w"].map(|key| graph.add(State, key).unwrap());
        let p = graph.add(Person, "p").unwrap();
        let said = [Claim::by(p).asserts(v, ATTACKS, w), Claim::by(p).asserts(a, ATTACKS, b)]
            .map(|c| c.reported(DAY));
        let ids = [first, 1 - first].map(|n| graph.insert(said[n].clone()).unwrap());
        graph.insert(Claim::by(v).confirms(ids).reported(DAY)).unwrap();
        (graph, [a, b, v, w])
    });
    for (graph, [a, b, v, w]) in same_file(made) {
        let parties = |s, o| graph.statement(s, ATTACKS, o).independence().parties_to_the_matter();
        assert_eq!((parties(a, b), parties(v, w)), (vec![], vec![v.id()]));
        let without = |s, o| {
            graph.statement(s, ATTACKS, o).independence().without_parties_to_the_matter().count()
        };
        assert_eq!((without(a, b), without(v, w)), (2, 1));
        let kept = |s, o| {
            graph
                .statement(s, ATTACKS, o)
                .select(&claimgraph::sources::Policy::two_sources())
                .kept()
                .len()
        };
        assert_eq!((kept(a, b), kept(v, w)), (2, 0));
    }
}

#[test]
fn unnamed_confirmations_are_copies_if_they_confirm_the_same_claims() {
    let made = [true, false].map(|common_first| {
        let mut graph = ClaimGraph::new();
        let [a, b, c, p] = ["a", "b", "c", "p"].map(|key| graph.add(State, key).unwrap());
        let house = graph.add(Publisher, "house").unwrap();
        let papers = ["d1", "d2", "d3"].map(|key| {
            graph
                .add_document(key, claimgraph::DocumentInfo::dated(DAY).published_by(house))
                .unwrap()
        });
        let said = [(a, b), (a, c), (b, c)]
            .map(|(s, o)| Claim::by(p).asserts(s, ATTACKS, o).reported(DAY));
        let [one, two, three] = said.clone();
        let ids = match common_first {
            true => graph.insert_all([one, two, three]).unwrap(),
            false => graph.insert_all([three, two, one]).unwrap().into_iter().rev().collect(),
        };
        let confirm = |claims: [usize; 2], paper: Id<claimgraph::base::Document>| {
            Claim::by(NotStated).confirms(claims.map(|n| ids[n])).read_in(paper, ..)
        };
        for (claims, paper) in [([0, 1], papers[0]), ([0, 2], papers[1]), ([1, 0], papers[2])] {
            graph.insert(confirm(claims, paper)).unwrap();
        }
        (graph, (a, b))
    });
    for (graph, (a, b)) in same_file(made) {
        // p, and two claims that differ; the third says the same as the first.
        let independence = graph.statement(a, ATTACKS, b).independence();
        assert_eq!((independence.at_most(), independence.dependents().len()), (3, 1));
    }
}

#[test]
fn a_revision_of_two_claims_applies_to_the_first_in_the_order_of_findings() {
    let made = [0, 1].map(|first| {
        let (mut graph, nk, russia, forces) = world();
        let said = [(nk, date(2024, 1, 1)), (russia, date(2024, 1, 2))]
            .map(|(at, day)| Claim::by(nk).asserts(forces, DEPLOYS_TO, at).reported(day));
        let ids = [first, 1 - first].map(|n| graph.insert(said[n].clone()).unwrap());
        let five = Claim::by(nk).revises(ids).quantity(Quantity::stated(5, "soldiers"));
        graph.insert(five.reported(date(2024, 1, 3))).unwrap();
        (graph, ())
    });
    for (graph, ()) in same_file(made) {
        let again = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
        for graph in [&graph, &again] {
            let entity = |key| graph.entity_keyed(key).unwrap();
            let deployed = |at| graph.statement(entity("forces"), DEPLOYS_TO.untyped(), entity(at));
            let figure = |at| deployed(at).figures().at_least(1);
            assert_eq!((figure("nk"), figure("russia")), (Answer::Yes, Answer::Unknown));
        }
    }
}

#[test]
fn lists_are_in_the_same_order_whatever_was_inserted_first() {
    let made = [0, 1].map(|first| {
        let (mut graph, nk, russia, _) = world();
        let [x, y] = ["x", "y"].map(|key| graph.add(State, key).unwrap());
        let soldiers = |n| Quantity::stated(n, "soldiers");
        let say = |n, day| {
            Claim::by(nk)
                .asserts(nk, DEPLOYS_TO, russia)
                .quantity(soldiers(n))
                .reported(date(2024, 1, day))
        };
        let base = graph.insert(say(1, 1)).unwrap();
        let threat =
            Claim::by(nk).threatens(nk, ATTACKS, russia).valid(Period::by(date(2024, 2, 1)));
        let threat = graph.insert(threat.reported(date(2024, 1, 1))).unwrap();
        for n in [first, 1 - first] {
            graph.insert(say([20, 30][n], [20, 30][n] as i8).with(ADDITIONAL_TO, base)).unwrap();
            graph.add_lineage(claimgraph::sources::Lineage::new(nk, [x, y][n])).unwrap();
            let later = Claim::by(nk).revises(threat).valid(Period::by(date(2024, [3, 9][n], 1)));
            graph.insert(later.reported(date(2024, 1, 2))).unwrap();
        }
        (graph, (nk, russia))
    });
    let shown = same_file(made).map(|(graph, (nk, russia))| {
        let figures: Vec<String> =
            graph.view().derived_figures().iter().map(|figure| figure.to_string()).collect();
        let dependents = graph.statement(nk, DEPLOYS_TO, russia).independence();
        let dependents: Vec<String> =
            dependents.dependents().iter().map(|dependent| dependent.to_string()).collect();
        let deadline = graph
            .view()
            .watch()
            .of_kind(claimgraph::questions::WatchKind::Threat)
            .first()
            .map(|threat| (threat.deadline(), threat.strict_deadline()));
        (figures, dependents, deadline)
    });
    assert_eq!(shown[0], shown[1]);
    assert_eq!((shown[0].0.len(), shown[0].1.is_empty()), (2, false));
}
