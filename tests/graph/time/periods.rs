//! Periods inside and before one another.

use claimgraph::reporting::{ATTACKS, State};
use claimgraph::{Answer, Claim, ClaimGraph, Period, date};

#[test]
fn periods_without_days_come_before_nothing_and_all_of_june_is_not_one_day_of_it() {
    let june = date(2024, 6, 1)..=date(2024, 6, 30);
    assert_ne!(Period::throughout(june.clone()).inside(&Period::within(june.clone())), Answer::Yes);
    assert_eq!(Period::on(date(2024, 6, 3)).inside(&Period::within(june.clone())), Answer::Yes);
    let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    assert_eq!(inverted.before(&Period::within(june)), Answer::No);
}

#[test]
fn a_plain_day_on_which_something_was_said_is_written_as_text_and_another_period_is_not() {
    let day = date(2024, 6, 3);
    let record = |said: Period| {
        let mut graph = ClaimGraph::new();
        let state = graph.add(State, "state").unwrap();
        let claim = Claim::by(state).asserts(state, ATTACKS, state).said(said).reported(day);
        graph.insert(claim).unwrap();
        graph.to_jsonl()
    };
    let text = r#""said":"2024-06-03""#;
    assert!(record(Period::on(day)).contains(text));
    for other in [
        Period::by(day),
        Period::after(day),
        Period::until(day),
        Period::throughout(day..=day),
        Period::within(date(2024, 6, 2)..=day),
        Period::on(day).in_words("today"),
        Period::on(day).ongoing(),
        Period::on(day).strictly_by(day),
    ] {
        assert!(!record(other.clone()).contains(text), "{other:?}");
    }
}
