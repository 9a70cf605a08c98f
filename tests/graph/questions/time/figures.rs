//! Figures over a stretch of days, and what counts where the day is open: figures, sources, fulfilment.

use super::*;
use claimgraph::grade::{Credibility, SourceGrades};
use claimgraph::sources::{Facet, Verdict};

#[test]
fn a_count_over_a_week_is_a_lower_bound_of_the_count_over_more() {
    let s = Story::counted(days(1, 7));
    let month = || days(1, 30);
    // As of the 5th it is not known, as of the 10th at least so many, before the 1st nothing.
    assert_eq!(s.dead(31, june(5)), [Unknown; 3]);
    assert_eq!(s.dead(31, june(10)), [Yes, Unknown, Unknown]);
    assert_eq!(s.dead(31, month()), [Yes, Unknown, Unknown]);
    assert_eq!(s.dead(31, year(2023)), [Yes, Unknown, Unknown]);
    assert_eq!(s.dead(31, days(1, 7)), [Yes, Yes, Yes]);
    assert_eq!(s.dead(40, days(1, 7)), [No, Yes, No]);
    assert_eq!(s.dead(40, month()), [Unknown; 3]);
    assert_eq!(s.dead(31, days(3, 30)), [Unknown; 3]);
    let asked = |period: Period| s.graph.statement(s.flood, CAUSES_CASUALTIES, ()).valid(period);
    let says = |period: Period| asked(period).is_asserted();
    assert_eq!([says(month()), says(june(7).into()), says(june(5).into())], [Yes, Yes, Unknown]);
    assert_eq!([says(date(2023, 5, 31).into()), says(year(2024))], [No; 2]);
    let says = |quantity: Quantity, period: Period| asked(period).quantity(quantity).is_asserted();
    let exactly = || Quantity::stated(31, "dead");
    assert_eq!([says(exactly(), days(1, 7)), says(exactly(), month())], [Yes, Unknown]);
    let some = || Quantity::no_less_than(30, "dead");
    assert_eq!(
        [says(some(), days(1, 7)), says(some(), month()), says(some(), june(5).into())],
        [Yes, Yes, Unknown]
    );
    assert_eq!(asked(june(5).into()).independence().count(), 0);
}

#[test]
fn a_figure_that_leaves_the_number_open_does_so_where_its_day_is_open_too() {
    let mut s = Story::new();
    let sent = Claim::by(s.a).asserts(s.x, DEPLOYS_TO, s.town).valid(in_june());
    s.put(sent.quantity(Quantity::about(3_000, "soldiers")), 30);
    let asked = |period: Period| {
        let sent = s.graph.statement(s.x, DEPLOYS_TO, s.town).valid(period);
        sent.quantity(Quantity::stated(3_000, "soldiers")).is_asserted()
    };
    assert_eq!(
        [asked(in_june()), asked(june(5).into()), asked(year(2024))],
        [Unknown, Unknown, No]
    );
}

#[test]
fn a_figure_counts_where_its_claim_is_certainly_in_time() {
    let mut s = Story::new();
    let say = |who: Id<Agency>| Claim::by(who).asserts(s.x, DEPLOYS_TO, s.town);
    let (dated, monthly) = (say(s.a).valid(june(5)), say(s.b).valid(in_june()));
    let five = s.put(dated.quantity(Quantity::stated(500, "soldiers")), 9);
    let nine = s.put(monthly.quantity(Quantity::stated(900, "soldiers")), 30);
    let asked = |period: Period| s.graph.statement(s.x, DEPLOYS_TO, Any).valid(period);
    assert_eq!(asked(june(5).into()).figures().claims(), [five]);
    assert_eq!(asked(in_june()).figures().claims(), [five, nine]);
    assert_eq!(
        [asked(june(5).into()).independence().count(), asked(in_june()).independence().count()],
        [1, 2]
    );
    let backing = asked(june(5).into()).backing();
    assert_eq!(backing.claims(), [five, nine], "in the order of questions");
    assert!(backing.possible().map(|b| b.claim().id()).eq([nine]));
    let wide = s.graph.view().including_possible();
    let wide = wide.statement(s.x, DEPLOYS_TO, Any).valid(june(5));
    assert_eq!((wide.figures().claims(), wide.independence().count()), (vec![five, nine], 2));
}

#[test]
fn a_count_over_a_week_does_not_contradict_a_greater_one_over_the_month() {
    let s = Story::counted(days(1, 7));
    let verdict = |number: i32, period: Period| {
        let asked = s.graph.statement(s.flood, CAUSES_CASUALTIES, ()).valid(period);
        let asked = asked.quantity(Quantity::stated(number, "dead"));
        asked.corroboration().facet(&Facet::Quantity).unwrap().verdict()
    };
    assert_eq!(
        [40, 31].map(|n| verdict(n, days(1, 7))),
        [Verdict::Contradicted, Verdict::Supported]
    );
    let month = [40, 12].map(|n| verdict(n, days(1, 30)));
    assert_eq!(month, [Verdict::Open, Verdict::Contradicted]);
}

#[test]
fn two_sources_confirm_a_month_and_one_of_them_a_day() {
    let mut s = Story::new().attacked(june(5).into(), 9);
    s.put(Claim::by(s.b).asserts(s.x, ATTACKS, s.town).valid(in_june()), 30);
    let grades = SourceGrades::new();
    let credibility = |view: claimgraph::View<'_>, period: Period| {
        view.statement(s.x, ATTACKS, s.town).valid(period).credibility(&grades).credibility()
    };
    assert_eq!(credibility(s.graph.view(), in_june()), Credibility::Confirmed);
    assert_ne!(credibility(s.graph.view(), june(5).into()), Credibility::Confirmed);
    let wide = s.graph.view().including_possible();
    assert_eq!(credibility(wide, june(5).into()), Credibility::Confirmed);
    let asked = |period: Period| s.graph.statement(s.x, ATTACKS, s.town).valid(period);
    let speakers = |period: Period| {
        asked(period).corroboration().facet(&Facet::Time).unwrap().speakers().len()
    };
    assert_eq!([speakers(in_june()), speakers(june(5).into())], [2, 1]);
}

#[test]
fn a_denial_of_a_day_is_only_possibly_against_what_happened_in_the_month() {
    let mut s = Story::new().attacked(in_june(), 30);
    let grades = SourceGrades::new();
    let credibility = |s: &Story| {
        let asked = s.graph.statement(s.x, ATTACKS, s.town).valid(in_june());
        asked.credibility(&grades).credibility()
    };
    let before = credibility(&s);
    s.put(Claim::by(s.m).denies(s.x, ATTACKS, s.town).valid(june(5)), 30);
    s.put(Claim::by(s.b).denies(s.x, ATTACKS, s.town).valid(date(2023, 5, 5)), 30);
    assert_eq!(credibility(&s), before);
    let against = |period: Period| {
        let asked = s.graph.statement(s.x, ATTACKS, s.town).valid(period).against();
        asked.iter().map(|a| a.certain()).collect::<Vec<_>>()
    };
    assert_eq!([against(in_june()), against(june(5).into())], [vec![Unknown], vec![Yes]]);
    assert_eq!(against(june(6).into()), []);
    s.put(Claim::by(s.m).denies(s.x, ATTACKS, s.town).valid(days(1, 30)), 30);
    assert_ne!(credibility(&s), before);
}

#[test]
fn a_demand_is_fulfilled_by_what_certainly_happened_after_it() {
    let fulfilled = |period: Option<Period>| {
        let mut s = Story::new();
        s.put(Claim::by(s.m).demands(s.x, WITHDRAWS_FROM, s.town).valid(Period::by(june(15))), 5);
        let left = Claim::by(s.a).asserts(s.x, WITHDRAWS_FROM, s.town);
        s.put(period.map_or(left.clone(), |period| left.valid(period)), 20);
        let watch = s.graph.view().watch();
        watch.first().unwrap().has_happened()
    };
    let within = |first, last| Some(Period::within(june(first)..=june(last)));
    assert_eq!([within(6, 12), within(1, 12), within(1, 4)].map(fulfilled), [Yes, Unknown, No]);
    assert_eq!(fulfilled(None), Unknown, "it had left by the 20th");
}
