//! The direction of a revision, the parts that it revises, and its text.

use claimgraph::questions::Direction::{self, Down, Level, Unknown, Up};
use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, ClaimGraph, ClaimId, Date, Modality, Quantity, date};

const DAY: Date = date(2024, 10, 24);

/// A graph with one claim, made by `first`, and its revision, made by `second`.
fn revised(first: impl Fn(Claim) -> Claim, second: impl Fn(Claim) -> Claim) -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let old = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(DAY);
    let old: ClaimId = graph.insert(first(old)).unwrap();
    graph.insert(second(Claim::by(russia).revises(old).reported(DAY))).unwrap();
    graph
}

fn told(graph: &ClaimGraph) -> (Direction, String) {
    let revisions = graph.view().revisions();
    let revision = revisions.first().unwrap();
    (revision.direction(), revision.to_string())
}

#[test]
fn the_direction_goes_by_the_factor_then_the_figures_then_the_word() {
    let dead = |amount: i64| Quantity::stated(amount, "dead");
    let least = |amount: i64| Quantity::no_less_than(amount, "dead");
    let most = |amount: i64| Quantity::no_more_than(amount, "dead");
    let cases = [
        (dead(12), dead(31), Up, "31 dead, up from 12 dead by a factor of 2.583333"),
        (dead(12), dead(12), Level, "12 dead in place of 12 dead"),
        (dead(0), dead(0), Level, "0 dead in place of 0 dead"),
        (dead(0), dead(5), Up, "5 dead, up from 0 dead"),
        (dead(12), least(13), Up, "at least 13 dead, up from 12 dead"),
        (dead(12), most(11), Down, "at most 11 dead, down from 12 dead"),
        (least(12), dead(15), Unknown, "15 dead in place of at least 12 dead"),
        (most(12), least(12), Unknown, "at least 12 dead in place of at most 12 dead"),
        (most(12), Quantity::more_than(12, "dead"), Up, "over 12 dead, up from at most 12 dead"),
        (
            least(12),
            Quantity::stated(15, "tonnes"),
            Unknown,
            "15 tonnes in place of at least 12 dead",
        ),
    ];
    for (old, new, direction, text) in cases {
        let graph = revised(|c| c.quantity(old.clone()), |c| c.quantity(new.clone()));
        assert_eq!(told(&graph), (direction, text.to_owned()));
        // The word decides only what the figures leave open.
        let graph = revised(|c| c.quantity(old.clone()), |c| c.quantity(new.clone()).downwards());
        let expected = if direction == Unknown { Down } else { direction };
        assert_eq!(told(&graph).0, expected, "{text}");
    }
    let graph = revised(|c| c, |c| c.factor(2).downwards());
    assert_eq!(told(&graph), (Up, "up by a factor of 2".to_owned()));
}

#[test]
fn only_the_parts_that_were_revised_are_printed() {
    let dead = |amount: i64| Quantity::stated(amount, "dead");
    let of_time = revised(|c| c.valid("2021"), |c| c.valid("2021/2023-06-06"));
    assert_eq!(told(&of_time), (Unknown, "2021/2023-06-06 in place of 2021".to_owned()));
    let both = revised(
        |c| c.valid("2021").quantity(dead(12)),
        |c| c.valid("2022").quantity(dead(24)).upwards(),
    );
    let text = "24 dead, up from 12 dead by a factor of 2; 2022 in place of 2021";
    assert_eq!(told(&both), (Up, text.to_owned()));
    let (new, old) =
        (revised(|c| c, |c| c.valid("2022")), revised(|c| c.quantity(dead(9)), |c| c.upwards()));
    assert_eq!(told(&new).1, "2022 in place of a time not given");
    assert_eq!(told(&old).1, "a figure not given, up from 9 dead");
    let revisions = of_time.view().revisions();
    let json = serde_json::to_value(revisions.first().unwrap()).unwrap();
    assert_eq!((json.get("old_figure"), json["direction"].as_str()), (None, Some("unknown")));
    assert!(json.get("old_period").is_some() && json.get("new_period").is_some());
    assert!(both.to_jsonl().contains(r#""direction":"up""#));
}

#[test]
fn a_direction_is_up_or_down_and_of_a_revision() {
    let graph = revised(|c| c, |c| c.upwards());
    let lines = graph.to_jsonl();
    assert!(ClaimGraph::read_jsonl(lines.as_bytes()).is_ok());
    for word in ["level", "unknown", "sideways"] {
        let lines = lines.replace(r#""direction":"up""#, &format!(r#""direction":"{word}""#));
        assert!(ClaimGraph::read_jsonl(lines.as_bytes()).is_err(), "{word}");
    }
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "nk").unwrap();
    let claim = Claim::by(nk).asserts(nk, ATTACKS, nk).reported(DAY).upwards();
    assert_eq!(
        graph.insert(claim).unwrap_err().to_string(),
        "stance: a claim that asserts takes no direction"
    );
    let upwards = revised(|c| c, |c| c.upwards());
    let shown = upwards.claims().last().unwrap().to_string();
    assert_eq!(shown, "russia revised upwards what russia asserted: nk deploys to russia");
}

#[test]
fn a_plan_can_be_put_off_to_a_day_that_is_to_come() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let day = |day: i8| date(2023, 7, day);
    let reported = date(2023, 6, 5);
    let plan = Claim::by(a).asserts(a, MEETS, b).modality(Modality::Planned).valid(day(5));
    let plan = graph.insert(plan.reported(reported)).unwrap();
    let put_off = |of| Claim::by(a).revises(of).valid(day(6)).reported(reported);
    let later = graph.insert(put_off(plan)).unwrap();
    let again = Claim::by(a).revises(later).valid(day(7)).reported(reported);
    let again = graph.insert(again).unwrap();
    let planned = |on: i8| {
        let asked = graph.statement(a, MEETS, b).modality(Modality::Planned);
        asked.valid(day(on)).is_asserted()
    };
    assert_eq!([5, 6, 7].map(planned), [Answer::No, Answer::No, Answer::Yes]);
    assert_eq!(graph.view().watch().item(plan).unwrap().deadline(), Some(day(7)));
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(read.to_jsonl(), graph.to_jsonl());
    assert!(graph.check_all().is_empty());
    // A fact cannot have happened after it was reported, whoever corrects it.
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let met = Claim::by(a).asserts(a, MEETS, b).valid(date(2023, 6, 1)).reported(reported);
    let met = graph.insert(met).unwrap();
    assert!(graph.insert(Claim::by(a).revises(met).valid(day(6)).reported(reported)).is_err());
    let _ = again;
}

#[test]
fn answers_to_answers_say_what_they_are_about() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let reported = date(2023, 6, 5);
    let said = graph.insert(Claim::by(a).asserts(a, MEETS, b).reported(reported)).unwrap();
    let confirms = graph.insert(Claim::by(b).confirms(said).reported(reported)).unwrap();
    let again = graph.insert(Claim::by(a).confirms(confirms).reported(reported)).unwrap();
    assert_eq!(graph.claim(again).unwrap().to_string(), "a confirmed what b confirmed: a meets b");
}
