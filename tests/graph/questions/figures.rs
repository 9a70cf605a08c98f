//! Figures beside a statement or as its object, in units, and revised by their own speakers.

use claimgraph::base::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, Date, Quantity, date, vocabulary,
    vocabulary::{Any, Number},
};

vocabulary! {
    fn firms;
    kind Firm: Actor, Source, Thing;
    unit "staff" = ["employees"];
    /// The number of people that a firm employs.
    relation EMPLOYS = "employs": Firm => Number;
    /// The firm hires people; the number stands beside the statement.
    relation HIRES = "hires": Firm => claimgraph::vocabulary::Nothing;
}

const DAY: Date = date(2024, 3, 1);

fn firm() -> (ClaimGraph, claimgraph::Id<Firm>, claimgraph::Id<Firm>) {
    let mut graph = ClaimGraph::with(&firms()).unwrap();
    let (acme, rival) = (graph.add(Firm, "acme").unwrap(), graph.add(Firm, "rival").unwrap());
    (graph, acme, rival)
}

#[test]
fn a_figure_as_object_is_a_figure() {
    let (mut graph, acme, rival) = firm();
    let own = graph
        .insert(
            Claim::by(acme).asserts(acme, EMPLOYS, Quantity::stated(500, "staff")).reported(DAY),
        )
        .unwrap();
    let other = graph
        .insert(
            Claim::by(rival)
                .asserts(acme, EMPLOYS, Quantity::stated(900, "employees"))
                .reported(DAY),
        )
        .unwrap();
    let employs = graph.statement(acme, EMPLOYS, Any);
    assert_eq!(employs.figures().claims().len(), 2);
    assert_eq!(employs.figures().at_least(400), Answer::Yes);
    assert_eq!(employs.figures().conflicting().len(), 1);
    // By the unit or its synonym, as object or beside the statement.
    for asked in [
        graph.statement(acme, EMPLOYS, Quantity::stated(500, "employees")),
        graph.statement(acme, EMPLOYS, Any).quantity(Quantity::stated(500, "staff")),
    ] {
        assert_eq!(asked.backing().claims(), [own]);
    }
    assert_eq!(
        graph.statement(acme, EMPLOYS, Quantity::no_less_than(600, "staff")).backing().claims(),
        [other]
    );
    graph
        .insert(
            Claim::by(rival)
                .denies(acme, EMPLOYS, Quantity::stated(500, "employees"))
                .reported(DAY),
        )
        .unwrap();
    assert_eq!(graph.contested().claims(), [own], "not 500; no other number is given");
}

#[test]
fn a_speakers_own_revision_replaces_its_old_figure() {
    let (mut graph, acme, rival) = firm();
    let say = |n: i32| {
        Claim::by(acme)
            .asserts(acme, HIRES, ())
            .quantity(Quantity::stated(n, "staff"))
            .reported(DAY)
    };
    let old = graph.insert(say(500)).unwrap();
    graph
        .insert(
            Claim::by(acme)
                .revises(old)
                .quantity(Quantity::stated(900, "staff"))
                .reported(date(2024, 3, 2)),
        )
        .unwrap();
    let figures = graph.statement(acme, HIRES, ()).figures();
    assert_eq!(figures.len(), 2, "both stay on record");
    assert_eq!(figures.current().count(), 1);
    assert_eq!(
        [figures.at_least(600), figures.equals(500), figures.exceeds(899)],
        [Answer::Yes, Answer::No, Answer::Yes]
    );
    // As of the day before, the old figure holds.
    let before = graph.view().as_of(DAY).statement(acme, HIRES, ()).figures();
    assert_eq!(before.at_least(600), Answer::No);
    // A revision by another speaker replaces nothing.
    let other = graph
        .insert(
            Claim::by(rival).revises(old).quantity(Quantity::stated(100, "staff")).reported(DAY),
        )
        .unwrap();
    let figures = graph.statement(acme, HIRES, ()).figures();
    assert!(figures.current().any(|figure| figure.claim().id() == other));
    assert_eq!(figures.at_least(600), Answer::Unknown);
}

#[test]
fn figures_of_different_units_are_asked_apart() {
    let (mut graph, acme, rival) = firm();
    for quantity in [Quantity::more_than(600, "staff"), Quantity::stated(100, "robots")] {
        graph.insert(Claim::by(rival).asserts(acme, EMPLOYS, quantity).reported(DAY)).unwrap();
    }
    let figures = || graph.statement(acme, EMPLOYS, Any).figures();
    assert_eq!(figures().at_least(500), Answer::Unknown, "the unit is not given");
    assert_eq!(figures().in_unit("employees").at_least(500), Answer::Yes);
    assert_eq!(figures().in_unit("robots").at_most(100), Answer::Yes);
    assert_eq!(figures().in_unit("cats").at_least(0), Answer::Unknown, "no claim gives a figure");
}

#[test]
fn a_figure_without_a_unit_is_refused() {
    let (mut graph, acme, _) = firm();
    let error = graph
        .insert(Claim::by(acme).asserts(acme, EMPLOYS, Quantity::stated(5, " ")).reported(DAY))
        .unwrap_err();
    assert_eq!(error.part(), Some(&claimgraph::error::FieldPath::Object));
}

#[test]
fn a_figure_that_was_confirmed_is_not_derived_when_its_source_is_left_out() {
    use claimgraph::reporting::{Agency, DEPLOYS_TO, Person, State};
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let (service, minister) =
        (graph.add(Agency, "service").unwrap(), graph.add(Person, "minister").unwrap());
    let day = date(2024, 10, 24);
    let sent = Claim::by(service).asserts(nk, DEPLOYS_TO, russia);
    let sent = sent.quantity(Quantity::stated(3_000, "soldiers")).reported(day);
    let sent = graph.insert(sent).unwrap();
    graph.insert(Claim::by(minister).confirms(sent).reported(day)).unwrap();
    let view = graph.view().excluding_source(service);
    let figures = view.statement(nk, DEPLOYS_TO, russia).figures();
    assert_eq!(figures.len(), 1);
    assert!(!figures[0].is_derived());
    assert_eq!(figures[0].to_string(), "3,000 soldiers, confirmed by minister");
}

#[test]
fn a_revision_of_the_figure_repeats_the_figure_of_the_object_from_the_text() {
    use claimgraph::reporting::{Agency, DISTRIBUTED_ACROSS, Facility, Military};
    let mut graph = ClaimGraph::new();
    let (force, sites) =
        (graph.add(Military, "force").unwrap(), graph.add(Facility, "sites").unwrap());
    let agency = graph.add(Agency, "agency").unwrap();
    let first = Claim::by(agency).asserts(force, DISTRIBUTED_ACROSS, sites);
    let first = first.quantity(Quantity::stated(3_000, "soldiers")).reported(DAY);
    let first = graph.insert(first.object_quantity(Quantity::stated(4, "sites"))).unwrap();
    let revision = Claim::by(agency).revises(first).quantity(Quantity::stated(5_000, "soldiers"));
    let revision = graph.insert(revision.reported(DAY)).unwrap();
    let figures = graph.statement(force, DISTRIBUTED_ACROSS, sites).object_figures();
    let repeated = figures.iter().find(|figure| figure.claim().id() == revision).unwrap();
    assert_eq!(repeated.quantity(), &Quantity::stated(4, "sites"));
    assert!(!repeated.is_derived());
}
