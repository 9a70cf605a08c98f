//! Periods inside and before one another.

use claimgraph::{Answer, Period, date};

#[test]
fn periods_without_days_come_before_nothing_and_all_of_june_is_not_one_day_of_it() {
    let june = date(2024, 6, 1)..=date(2024, 6, 30);
    assert_ne!(Period::throughout(june.clone()).inside(&Period::within(june.clone())), Answer::Yes);
    assert_eq!(Period::on(date(2024, 6, 3)).inside(&Period::within(june.clone())), Answer::Yes);
    let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    assert_eq!(inverted.before(&Period::within(june)), Answer::No);
}
