//! A question for a time, and a question for a figure, about one claim.

use super::*;
use claimgraph::{Claim, ClaimGraph, Id, reporting::*};

claimgraph::vocabulary! {
    fn ships;
    relation LIES_AT = "lies-at": Actor => Place, state;
    relation CALLS_AT = "calls-at": Actor => Place;
    relation LOADS = "loads": Actor => Place;
    unit "crates" = ["boxes", "Cases"];
}

struct Port {
    graph: ClaimGraph,
    ship: Id<Actor>,
    port: Id<Place>,
}

fn port(claim: impl FnOnce(claimgraph::claim::Attribution, Id<Actor>, Id<Place>) -> Claim) -> Port {
    let mut graph = ClaimGraph::with(&ships()).expect("well formed");
    let ship = graph.add(Actor, "ship").expect("a new key");
    let port = graph.add(Place, "port").expect("a new key");
    let claim = claim(Claim::by(ship), ship, port).reported(on(15));
    graph.insert(claim).expect("well formed");
    Port { graph, ship, port }
}

fn stretch((first, last): Stretch) -> Period {
    Period::throughout(on(first)..=on(last))
}

#[test]
fn a_known_state_is_of_the_asked_days_and_lasts_through_them_as_the_relation_of_the_two_says() {
    let all = stretches(DAYS);
    for &held in &all {
        let p = port(|by, ship, port| by.asserts(ship, LIES_AT, port).valid(stretch(held)));
        for &days in &all {
            let relation = Allen::of(held, days);
            let question = || p.graph.statement(p.ship, LIES_AT, p.port);
            let sure = |so: bool| if so { Yes } else { No };
            assert_eq!(
                question().valid(stretch(days)).is_asserted(),
                sure(relation.shares_a_day()),
                "{held:?} {days:?}"
            );
            let through = relation.converse().lies_inside();
            assert_eq!(
                question().throughout(stretch(days)).is_asserted(),
                sure(through),
                "{held:?} {days:?}"
            );
        }
    }
}

#[test]
fn nothing_holds_in_or_throughout_days_of_which_the_last_comes_before_the_first() {
    let held = Period::throughout(on(*DAYS.start())..=on(*DAYS.end()));
    let p = port(|by, ship, port| by.asserts(ship, LIES_AT, port).valid(held));
    for (first, last) in stretches(DAYS).into_iter().filter(|(first, last)| first < last) {
        let days = || stretch((last, first));
        let question = || p.graph.statement(p.ship, LIES_AT, p.port);
        assert_eq!(question().valid(days()).is_asserted(), No, "{last} to {first}");
        assert_eq!(question().throughout(days()).is_asserted(), No, "{last} to {first}");
    }
}

#[test]
fn what_happened_on_one_of_some_days_is_of_the_asked_days_if_all_or_some_of_these_are() {
    let all = stretches(DAYS);
    for &happened in &all {
        let named = Period::within(on(happened.0)..=on(happened.1));
        let p = port(|by, ship, port| by.asserts(ship, CALLS_AT, port).valid(named));
        let readings: Vec<i32> = (happened.0..=happened.1).collect();
        let ask =
            |days| p.graph.statement(p.ship, CALLS_AT, p.port).valid(stretch(days)).is_asserted();
        for &days in &all {
            let expected = of_readings(&readings, |day| (days.0..=days.1).contains(day));
            assert_eq!(ask(days), expected, "{happened:?} {days:?}");
            // A longer stretch loses no certainty, and a shorter one gains no possibility.
            for longer in [(days.0 - 1, days.1), (days.0, days.1 + 1)] {
                assert!(ask(longer) >= expected, "{happened:?} {days:?}");
            }
        }
    }
}

#[test]
fn a_count_over_a_stretch_is_certain_in_what_holds_the_stretch_and_as_of_its_last_day() {
    let all = stretches(DAYS);
    let figures =
        [(Quantity::stated(3, "crates"), 3, 3), (Quantity::between(2, 4, "crates"), 2, 4)];
    for (counted, (figure, least, most)) in
        all.iter().flat_map(|counted| figures.iter().map(move |figure| (*counted, figure.clone())))
    {
        let p = port(|by, ship, port| {
            by.asserts(ship, LOADS, port).quantity(figure).valid(stretch(counted).cumulative())
        });
        for &days in &all {
            let relation = Allen::of(counted, days);
            let expected = match days.0 == days.1 {
                // One day is asked about as of that day.
                true if counted.1 <= days.1 => Yes,
                true if counted.0 <= days.1 => Unknown,
                true => No,
                false if relation.lies_inside() => Yes,
                false if relation.shares_a_day() => Unknown,
                false => No,
            };
            let question = p.graph.statement(p.ship, LOADS, p.port).valid(stretch(days));
            assert_eq!(question.is_asserted(), expected, "{counted:?} {days:?}");
            // Over more days than were counted, the figure is a lower bound.
            let figures = question.figures();
            let more = if days.0 == days.1 { counted.1 < days.1 } else { relation != Equals };
            let at_most = if more { Unknown } else { Yes };
            let size = (figures.at_least(least), figures.at_most(most));
            assert_eq!(
                size,
                if expected == Yes { (Yes, at_most) } else { (Unknown, Unknown) },
                "{counted:?} {days:?}"
            );
            if expected == Yes {
                let asked = figures[0].as_asked();
                assert_eq!(asked.central().is_some(), !more && least == most);
                assert_eq!(asked.upper().is_some(), !more && least != most);
            }
        }
    }
}

#[test]
fn a_figure_is_compared_in_the_unit_of_which_its_word_is_a_synonym() {
    let words = ["crates", "boxes", "Cases", " CRATES ", "cases"];
    for said in words {
        let p = port(|by, ship, port| {
            by.asserts(ship, LOADS, port).quantity(Quantity::stated(3, said))
        });
        let question = || p.graph.statement(p.ship, LOADS, p.port);
        for asked in words {
            for n in 2..=4 {
                let so = if n == 3 { Yes } else { No };
                assert_eq!(
                    question().quantity(Quantity::stated(n, asked)).is_asserted(),
                    so,
                    "{said} {asked} {n}"
                );
                assert_eq!(question().figures().in_unit(asked).equals(n), so, "{said} {asked} {n}");
            }
        }
        // Of another unit it is not known.
        assert_eq!(question().quantity(Quantity::stated(3, "barrels")).is_asserted(), Unknown);
        assert_eq!(question().figures().in_unit("barrels").len(), 0);
    }
}

#[test]
fn two_counts_are_in_conflict_if_the_one_of_fewer_days_is_certainly_the_greater() {
    let unit = "crates";
    // Each with the numbers that it can be, in halves.
    let figures: [(Quantity, std::ops::RangeInclusive<i32>); 6] = [
        (Quantity::stated(1, unit), 2..=2),
        (Quantity::stated(2, unit), 4..=4),
        (Quantity::more_than(2, unit), 5..=99),
        (Quantity::no_less_than(2, unit), 4..=99),
        (Quantity::no_more_than(2, unit), 0..=4),
        (Quantity::less_than(2, unit), 0..=3),
    ];
    let mut graph = ClaimGraph::with(&ships()).expect("well formed");
    let ship = graph.add(Actor, "ship").expect("a new key");
    let port = graph.add(Place, "port").expect("a new key");
    let mut told = Vec::new();
    for (days, (figure, numbers)) in stretches(0..=2)
        .into_iter()
        .flat_map(|days| figures.iter().map(move |figure| (days, figure)))
    {
        let speaker = graph.add(Actor, format!("speaker-{}", told.len())).expect("a new key");
        let claim = Claim::by(speaker).asserts(ship, LOADS, port).quantity(figure.clone());
        let claim = claim.valid(stretch(days).cumulative()).reported(on(15));
        told.push((graph.insert(claim).expect("well formed"), days, numbers.clone()));
    }
    let mut expected = std::collections::BTreeSet::new();
    for (place, (one, held, mine)) in told.iter().enumerate() {
        for (other, days, theirs) in &told[place + 1..] {
            let conflict = match Allen::of(*held, *days) {
                Equals => mine.end() < theirs.start() || theirs.end() < mine.start(),
                inside if inside.lies_inside() => mine.start() > theirs.end(),
                outside if outside.converse().lies_inside() => theirs.start() > mine.end(),
                _ => false,
            };
            if conflict {
                expected.insert((*one, *other));
            }
        }
    }
    let conflicts = graph.view().figure_conflicts();
    let mut found = std::collections::BTreeSet::new();
    for pair in conflicts.iter().flat_map(|conflict| conflict.pairs()) {
        let [a, b] = pair.between().map(|claim| claim.id());
        assert_eq!(pair.certain(), Yes);
        found.insert((a.min(b), a.max(b)));
    }
    assert_eq!(found, expected);
}

#[test]
fn two_figures_of_stretches_are_in_conflict_if_the_days_are_the_same_and_perhaps_if_they_share_one()
{
    let all = stretches(0..=3);
    for (&held, &days) in all.iter().flat_map(|held| all.iter().map(move |days| (held, days))) {
        let mut graph = ClaimGraph::with(&ships()).expect("well formed");
        let ship = graph.add(Actor, "ship").expect("a new key");
        let port = graph.add(Place, "port").expect("a new key");
        for (n, days) in [(1, held), (2, days)] {
            let claim = Claim::by(ship).asserts(ship, LIES_AT, port).valid(stretch(days));
            let claim = claim.quantity(Quantity::stated(n, "crates")).reported(on(15));
            graph.insert(claim).expect("well formed");
        }
        let conflicts = graph.view().figure_conflicts();
        let found: Vec<Answer> =
            conflicts.iter().flat_map(|it| it.pairs()).map(|pair| pair.certain()).collect();
        let expected = match Allen::of(held, days) {
            Equals => vec![Yes],
            relation if relation.shares_a_day() => vec![Unknown],
            _ => vec![],
        };
        assert_eq!(found, expected, "{held:?} {days:?}");
    }
}
