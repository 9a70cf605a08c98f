//! Corrections: what a revision takes the place of, and what stays the word of others.

use claimgraph::{Answer, Claim, ClaimGraph, ClaimId, Id, Quantity, date, reporting::*};

struct Storm {
    graph: ClaimGraph,
    storm: Id<Event>,
    agency: Id<Agency>,
    first: ClaimId,
    correction: ClaimId,
    confirmation: ClaimId,
}

fn dead(n: i64) -> Quantity {
    Quantity::stated(n, "dead")
}

/// An agency counts 12 dead, a ministry confirms that, and the agency corrects it to 31.
fn storm() -> Storm {
    let mut graph = ClaimGraph::new();
    let storm = graph.add(Event, "storm").unwrap();
    let agency = graph.add(Agency, "agency").unwrap();
    let ministry = graph.add(Agency, "ministry").unwrap();
    let first = Claim::by(agency).asserts(storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    let first = graph.insert(first.valid("2023-06-05").reported(date(2023, 6, 5))).unwrap();
    let confirmation = Claim::by(ministry).confirms(first).reported(date(2023, 6, 6));
    let confirmation = graph.insert(confirmation).unwrap();
    let correction = Claim::by(agency).revises(first).quantity(dead(31));
    let correction = graph.insert(correction.reported(date(2023, 6, 7))).unwrap();
    Storm { graph, storm, agency, first, correction, confirmation }
}

#[test]
fn an_old_figure_stands_on_those_who_confirmed_it() {
    let w = storm();
    let view = w.graph.view();
    let asked = |n| view.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
    let old = asked(12);
    assert_eq!(old.backing().claims(), [w.first, w.confirmation], "the old is listed too");
    assert_eq!(old.independence().claims(), [w.confirmation]);
    assert_eq!((old.is_asserted(), asked(31).is_asserted()), (Answer::Yes, Answer::Yes));
    assert_eq!(asked(31).independence().claims(), [w.correction]);
    assert!(old.backing()[0].to_string().ends_with("; superseded"));
}

#[test]
fn a_confirmed_figure_and_the_corrected_one_are_in_conflict() {
    let w = storm();
    let conflicts = w.graph.view().figure_conflicts();
    assert_eq!(conflicts.len(), 1);
    let pairs: Vec<_> =
        conflicts[0].pairs().iter().map(|it| it.between().map(|c| c.id())).collect();
    assert_eq!(pairs, [[w.confirmation, w.correction]]);
    assert_eq!(conflicts[0].pairs()[0].certain(), Answer::Yes, "both are of the 5th");
}

#[test]
fn a_view_that_includes_superseded_claims_counts_them() {
    let w = storm();
    let view = w.graph.view().including_superseded();
    let old = view.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(12));
    assert_eq!(old.independence().count(), 2);
    assert!(!old.backing()[0].is_superseded());
}

#[test]
fn a_correction_of_a_date_moves_the_claim_in_time() {
    let mut w = storm();
    let moved = Claim::by(w.agency).revises(w.first).valid("2023-06-08").reported(date(2023, 6, 9));
    let moved = w.graph.insert(moved).unwrap();
    let view = w.graph.view();
    let on = |day: i8| {
        let asked = view.statement(w.storm, CAUSES_CASUALTIES, ()).valid(date(2023, 6, day));
        asked.independence().claims().to_vec()
    };
    assert_eq!((on(5), on(8)), (vec![w.confirmation], vec![w.correction, moved]));
    let figures = view.statement(w.storm, CAUSES_CASUALTIES, ()).valid(date(2023, 6, 8)).figures();
    assert_eq!(figures.equals(31), Answer::Yes, "both corrections apply");
    let held = |day: i8| {
        let view = w.graph.view().certainly_valid_at(date(2023, 6, day));
        [w.first, moved].map(|claim| view.contains(claim))
    };
    assert_eq!((held(5), held(8)), ([false, false], [true, true]));
    assert!(w.graph.view().timeline().events().contains(&moved));
    assert!(!w.graph.view().timeline().events().contains(&w.first));
}

#[test]
fn what_somebody_else_says_of_a_claim_is_a_word_beside_it() {
    let mut w = storm();
    let other = w.graph.add(Agency, "other").unwrap();
    let theirs =
        Claim::by(other).revises(w.correction).quantity(dead(40)).reported(date(2023, 6, 8));
    let theirs = w.graph.insert(theirs).unwrap();
    let figures = w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).figures();
    let current: Vec<_> = figures.current().map(|it| it.claim().id()).collect();
    assert_eq!(current, [w.confirmation, w.correction, theirs]);
}

#[test]
fn a_retracted_correction_leaves_the_first_word() {
    let mut w = storm();
    let back = Claim::by(w.agency).retracts(w.correction).reported(date(2023, 6, 8));
    w.graph.insert(back).unwrap();
    let asked = |n| w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(n));
    assert_eq!((asked(12).independence().count(), asked(31).is_asserted()), (2, Answer::No));
}

#[test]
fn a_correction_of_a_correction_supersedes_both() {
    let mut w = storm();
    let last =
        Claim::by(w.agency).revises(w.correction).quantity(dead(33)).reported(date(2023, 6, 8));
    w.graph.insert(last).unwrap();
    let asked =
        |n| w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).quantity(dead(n)).is_asserted();
    assert_eq!(
        [12, 31, 33].map(asked),
        [Answer::Yes, Answer::No, Answer::Yes],
        "12 by the ministry"
    );
    let figures = w.graph.statement(w.storm, CAUSES_CASUALTIES, ()).figures();
    let superseded = figures.iter().filter(|it| it.is_superseded()).count();
    assert_eq!(superseded, 2);
}
