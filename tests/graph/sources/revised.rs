//! Sources and corroboration of what was revised, and of figures of other days.

use super::*;
use claimgraph::Findings;
use claimgraph::sources::Corroboration;

fn dead(number: i64) -> Quantity {
    Quantity::stated(number, "dead")
}

fn day(day: i8) -> Date {
    date(2023, 6, day)
}

fn figure<'g>(parts: &Findings<'g, Corroboration<'g>>) -> (Verdict, usize) {
    let figure = parts.facet(&Facet::Quantity).expect("it is asked for");
    (figure.verdict(), figure.independence().count())
}

#[test]
fn figures_of_other_days_do_not_dispute_a_question_without_a_time() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
    let says = |who, number, valid: i8| {
        let claim = Claim::by(who).asserts(storm, CAUSES_CASUALTIES, ());
        claim.quantity(dead(number)).valid(day(valid)).reported(day(20))
    };
    graph.insert(says(a, 12, 5)).unwrap();
    graph.insert(says(b, 31, 6)).unwrap();
    let asked = |number| graph.statement(storm, CAUSES_CASUALTIES, ()).quantity(dead(number));
    assert!(graph.view().figure_conflicts().is_empty());
    assert_eq!(figure(&asked(12).corroboration()), (Verdict::Supported, 1));
    assert_eq!(figure(&asked(31).corroboration()), (Verdict::Supported, 1));
    assert_eq!(figure(&asked(12).valid(day(5)).corroboration()), (Verdict::Supported, 1));
    assert_eq!(figure(&asked(12).valid(day(6)).corroboration()), (Verdict::Contradicted, 0));
    // Nobody says so.
    assert_eq!(figure(&asked(20).corroboration()), (Verdict::Contradicted, 0));
    // Of the same day, they cannot both be right.
    graph.insert(says(b, 40, 5)).unwrap();
    let asked = |number| graph.statement(storm, CAUSES_CASUALTIES, ()).quantity(dead(number));
    assert_eq!(figure(&asked(12).corroboration()), (Verdict::Disputed, 1));
    assert_eq!(figure(&asked(31).corroboration()), (Verdict::Supported, 1));
}

#[test]
fn a_figure_that_its_speaker_revised_adds_nothing_to_its_corroboration() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
    let says = |who, number| {
        let claim = Claim::by(who).asserts(storm, CAUSES_CASUALTIES, ());
        claim.quantity(dead(number)).reported(day(5))
    };
    let first = graph.insert(says(a, 12)).unwrap();
    graph.insert(says(b, 12)).unwrap();
    let corroborated = |graph: &ClaimGraph| figure(&graph.view().corroboration(first).unwrap());
    assert_eq!(corroborated(&graph), (Verdict::Supported, 2));
    let revision = Claim::by(a).revises(first).quantity(dead(31)).reported(day(6));
    graph.insert(revision).unwrap();
    assert_eq!(corroborated(&graph), (Verdict::Supported, 1));
    let parts = graph.view().corroboration(first).unwrap();
    let parties = parts.facet(&Facet::Participants).unwrap();
    assert_eq!(parties.independence().count(), 2, "that there were dead, both still say");
}

#[test]
fn no_cut_brings_back_what_was_revised() {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let [a, b, k] = ["a", "z", "k"].map(|key| graph.add(Agency, key).unwrap().id());
    let first = Claim::by(b).relayed_by(a).asserts(storm, CAUSES_CASUALTIES, ());
    let first = graph.insert(first.quantity(dead(12)).reported(day(5))).unwrap();
    let revision = Claim::by(b).relayed_by(k).revises(first).quantity(dead(31));
    graph.insert(revision.reported(day(6))).unwrap();
    let asked = |view: View<'_>| {
        let sources = view.statement(storm, CAUSES_CASUALTIES, ()).independence();
        (sources.count(), sources.widest_cut().to_vec(), sources.claims().len())
    };
    // Without `k` the first figure would stand again.
    assert_eq!(asked(graph.view()), (1, vec![Party::Source(b)], 1));
    assert_eq!(asked(graph.view().excluding_source(k)).0, 1);
    assert_eq!(asked(graph.view().excluding_source(b)).0, 0);
    // If `k` says so too, it takes two: who is left out with `k`, and who said it first.
    let own = Claim::by(k).asserts(storm, CAUSES_CASUALTIES, ()).reported(day(7));
    graph.insert(own).unwrap();
    assert_eq!(asked(graph.view()).0, 2);
    // Asked for the new figure, the old one is not evidence.
    let sources = graph.statement(storm, CAUSES_CASUALTIES, ()).quantity(dead(31)).independence();
    assert_eq!((sources.count(), sources.widest_cut()), (1, &[Party::Source(k)][..]));
}
