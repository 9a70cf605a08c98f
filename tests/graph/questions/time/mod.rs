//! Questions for a time: a claim is certainly of it, possibly, or not (SEMANTICS 1.9, 1.4, 1.5, 3).

use claimgraph::reporting::*;
use claimgraph::{
    Answer::{self, No, Unknown, Yes},
    Claim, ClaimGraph, ClaimId, Date, Id, Modality, Period, Quantity, date,
    jsonl::Reader,
    vocabulary::Any,
};

mod figures;

/// A force, a town, two agencies, a ministry, and a flood.
struct Story {
    graph: ClaimGraph,
    x: Id<Military>,
    town: Id<City>,
    a: Id<Agency>,
    b: Id<Agency>,
    m: Id<Agency>,
    flood: Id<Event>,
}

fn june(day: i8) -> Date {
    date(2023, 6, day)
}

fn days(first: i8, last: i8) -> Period {
    Period::throughout(june(first)..=june(last))
}

fn in_june() -> Period {
    Period::within(june(1)..=june(30))
}

impl Story {
    fn new() -> Self {
        let mut graph = ClaimGraph::new();
        let [a, b, m] = ["a", "b", "m"].map(|key| graph.add(Agency, key).unwrap());
        let (x, town) = (graph.add(Military, "x").unwrap(), graph.add(City, "town").unwrap());
        let flood = graph.add(Event, "flood").unwrap();
        Self { graph, x, town, a, b, m, flood }
    }

    fn put(&mut self, claim: Claim, reported: i8) -> ClaimId {
        self.graph.insert(claim.reported(june(reported))).unwrap()
    }

    fn present(mut self, period: Period, reported: i8) -> Self {
        self.put(Claim::by(self.a).asserts(self.x, PRESENT_IN, self.town).valid(period), reported);
        self
    }

    fn attacked(mut self, period: Period, reported: i8) -> Self {
        self.put(Claim::by(self.a).asserts(self.x, ATTACKS, self.town).valid(period), reported);
        self
    }

    fn deployed(mut self, period: Period, reported: i8) -> Self {
        self.put(Claim::by(self.a).asserts(self.x, DEPLOYS_TO, self.town).valid(period), reported);
        self
    }

    /// "31 dead from 1 to 7 June."
    fn counted(period: Period) -> Self {
        let mut it = Self::new();
        let dead = Quantity::stated(31, "dead");
        let claim = Claim::by(it.a).asserts(it.flood, CAUSES_CASUALTIES, ());
        it.put(claim.quantity(dead).valid(period.cumulative()), 8);
        it
    }

    fn is_present(&self, period: impl Into<Period>) -> Answer {
        self.graph.statement(self.x, PRESENT_IN, self.town).valid(period.into()).is_asserted()
    }

    fn attacks(&self, period: impl Into<Period>) -> Answer {
        self.graph.statement(self.x, ATTACKS, self.town).valid(period.into()).is_asserted()
    }

    /// At least, at most and exactly so many dead, in these days.
    fn dead(&self, number: i32, period: impl Into<Period>) -> [Answer; 3] {
        let asked = self.graph.statement(self.flood, CAUSES_CASUALTIES, ()).valid(period.into());
        let figures = asked.figures();
        [figures.at_least(number), figures.at_most(number), figures.equals(number)]
    }
}

fn year(year: i16) -> Period {
    Period::within(date(year, 1, 1)..=date(year, 12, 31))
}

#[test]
fn a_presence_that_held_on_a_day_is_open_long_before_and_long_after() {
    let s = Story::new().present(Period::holding_on(june(5)), 5);
    assert_eq!(s.is_present(june(5)), Yes);
    let asked = |day: Date| s.graph.statement(s.x, PRESENT_IN, s.town).valid(day);
    for day in [date(1900, 1, 1), june(4), june(6), date(2030, 1, 1)] {
        assert_eq!(s.is_present(day), Unknown, "{day}");
        assert_eq!(asked(day).independence().count(), 0, "{day}");
        let wide = s.graph.view().including_possible();
        let wide = wide.statement(s.x, PRESENT_IN, s.town).valid(day);
        assert_eq!((wide.independence().count(), wide.is_asserted()), (1, Unknown), "{day}");
    }
    assert_eq!(asked(june(5)).independence().count(), 1);
    // A question without a time is untouched.
    let plain = s.graph.statement(s.x, PRESENT_IN, s.town);
    assert_eq!((plain.is_asserted(), plain.independence().count()), (Yes, 1));
    assert_eq!(plain.backing().certain().count(), 1);
}

#[test]
fn what_happened_in_june_happened_on_a_day_of_june_that_is_not_known() {
    let s = Story::new().attacked(in_june(), 30);
    for day in [1, 4, 5, 30] {
        assert_eq!(s.attacks(june(day)), Unknown);
    }
    assert_eq!(s.attacks(days(1, 15)), Unknown);
    assert_eq!([s.attacks(in_june()), s.attacks(days(1, 30)), s.attacks(year(2023))], [Yes; 3]);
    assert_eq!(
        [s.attacks(date(2023, 5, 31)), s.attacks(date(2023, 7, 1)), s.attacks(year(2022))],
        [No; 3]
    );
}

#[test]
fn what_happened_in_the_month_of_its_report_happened_by_the_day_of_it() {
    let s = Story::new().attacked(in_june(), 10);
    assert_eq!([s.attacks(days(1, 10)), s.attacks(in_june())], [Yes; 2]);
    assert_eq!(
        [s.attacks(june(10)), s.attacks(june(11)), s.attacks(days(11, 30))],
        [Unknown, No, No]
    );
}

#[test]
fn what_was_sent_by_a_day_may_have_been_sent_in_1950() {
    let s = Story::new().deployed(Period::by(june(24)), 24);
    let sent =
        |period: Period| s.graph.statement(s.x, DEPLOYS_TO, s.town).valid(period).is_asserted();
    assert_eq!([sent(year(1950)), sent(june(24).into()), sent(year(2023))], [Unknown; 3]);
    assert_eq!([sent(Period::by(june(24))), sent(Period::by(june(25)))], [Yes; 2]);
    assert_eq!([sent(june(25).into()), sent(Period::by(june(23)))], [No, Unknown]);
    // Who was sent by then was present by then, and may be present on any day.
    assert_eq!(
        [s.is_present(Period::by(june(24))), s.is_present(june(24)), s.is_present(june(30))],
        [Yes, Unknown, Unknown]
    );
}

#[test]
fn a_day_of_a_state_leaves_the_other_days_open() {
    let s = Story::new().present(june(5).into(), 9);
    assert_eq!([4, 5, 6, 20].map(|day| s.is_present(june(day))), [Unknown, Yes, Unknown, Unknown]);
    assert_eq!(
        [s.is_present(year(2023)), s.is_present(year(2022)), s.is_present(year(2030))],
        [Yes, Unknown, Unknown]
    );
    // The same of what happens: it was that day and no other.
    let s = Story::new().attacked(june(5).into(), 9);
    assert_eq!([4, 5, 6, 20].map(|day| s.attacks(june(day))), [No, Yes, No, No]);
}

#[test]
fn a_month_or_a_year_of_a_state_says_that_it_held_on_some_day_of_it() {
    let s = Story::new().present(in_june(), 30);
    assert_eq!([s.is_present(in_june()), s.is_present(Period::by(june(30)))], [Yes; 2]);
    assert_eq!(
        [s.is_present(june(4)), s.is_present(date(2023, 5, 4)), s.is_present(date(2023, 8, 1))],
        [Unknown; 3]
    );
    let s = Story::new().present(year(2022), 5);
    assert_eq!(
        [s.is_present(year(2022)), s.is_present(year(2023)), s.is_present(date(2022, 3, 1))],
        [Yes, Unknown, Unknown]
    );
}

#[test]
fn who_deployed_on_a_day_is_present_from_then_on_and_open_is_when_that_ended() {
    let s = Story::new().deployed(june(5).into(), 9);
    assert_eq!([4, 5, 20].map(|day| s.is_present(june(day))), [No, Yes, Unknown]);
    let throughout = |first, last| {
        s.graph.statement(s.x, PRESENT_IN, s.town).throughout(days(first, last)).is_asserted()
    };
    assert_eq!([throughout(4, 6), throughout(5, 6), throughout(5, 5)], [No, Unknown, Yes]);
    let s = Story::new().deployed(in_june(), 30);
    let may = date(2023, 5, 31);
    assert_eq!(
        [s.is_present(may), s.is_present(june(4)), s.is_present(in_june()), s.is_present(june(30))],
        [No, Unknown, Yes, Unknown]
    );
}

#[test]
fn what_has_no_date_is_possible_up_to_its_report_and_a_state_after_it_too() {
    let mut s = Story::new();
    s.put(Claim::by(s.a).asserts(s.x, PRESENT_IN, s.town), 9);
    s.put(Claim::by(s.a).asserts(s.x, ATTACKS, s.town), 9);
    assert_eq!([8, 9, 10].map(|day| s.is_present(june(day))), [Unknown; 3]);
    assert_eq!([8, 9, 10].map(|day| s.attacks(june(day))), [Unknown, Unknown, No]);
    assert_eq!(
        [s.attacks(year(1950)), s.attacks(year(2024)), s.is_present(year(2024))],
        [Unknown, No, Unknown]
    );
    assert_eq!([s.attacks(Period::by(june(9))), s.attacks(Period::by(june(8)))], [Yes, Unknown]);
    // An undated deployment began by its report; the presence may go on.
    let mut s = Story::new();
    s.put(Claim::by(s.a).asserts(s.x, DEPLOYS_TO, s.town), 9);
    assert_eq!([8, 10].map(|day| s.is_present(june(day))), [Unknown; 2]);
}

#[test]
fn a_plan_without_a_date_is_possible_on_every_day() {
    let mut s = Story::new();
    let plan =
        |s: &Story| Claim::by(s.a).asserts(s.x, DEPLOYS_TO, s.town).modality(Modality::Planned);
    s.put(plan(&s), 9);
    let planned = |s: &Story, period: Period| {
        s.graph
            .statement(s.x, DEPLOYS_TO, s.town)
            .modality(Modality::Planned)
            .valid(period)
            .is_asserted()
    };
    assert_eq!(
        [june(8), june(10), date(2030, 1, 1)].map(|day| planned(&s, day.into())),
        [Unknown; 3]
    );
    assert_eq!([planned(&s, in_june()), planned(&s, Period::by(june(9)))], [Unknown; 2]);
    // One with a date is not held to its report day.
    let mut s = Story::new();
    s.put(plan(&s).valid(Period::within(june(10)..=june(20))), 5);
    assert_eq!([june(9), june(15), june(21)].map(|day| planned(&s, day.into())), [No, Unknown, No]);
    assert_eq!(
        [planned(&s, in_june()), planned(&s, Period::by(june(15))), planned(&s, year(2024))],
        [Yes, Unknown, No]
    );
    let any = s.graph.statement(s.x, PRESENT_IN, s.town).any_modality();
    assert_eq!(
        [9, 15, 25].map(|day| any.clone().valid(june(day)).is_asserted()),
        [No, Unknown, Unknown]
    );
    assert_eq!(any.valid(in_june()).is_asserted(), Yes);
}

#[test]
fn what_has_gone_on_since_a_year_is_certain_up_to_its_report() {
    let mut s = Story::new();
    let (holt, town) =
        (s.graph.add(Person, "holt").unwrap(), s.graph.add(State, "torvik").unwrap());
    s.put(Claim::by(s.a).asserts(holt, HEADS, town).valid(Period::since(year(2021))), 5);
    let heads = |period: Period| s.graph.statement(holt, HEADS, town).valid(period).is_asserted();
    assert_eq!(
        [2020, 2021, 2022, 2023, 2024].map(|y| heads(year(y))),
        [No, Yes, Yes, Yes, Unknown]
    );
    assert_eq!(
        [date(2021, 6, 1), june(5), june(6)].map(|day| heads(day.into())),
        [Unknown, Yes, Unknown]
    );
    let throughout =
        |period: Period| s.graph.statement(holt, HEADS, town).throughout(period).is_asserted();
    assert_eq!([2020, 2021, 2022, 2023].map(|y| throughout(year(y))), [No, Unknown, Yes, Unknown]);
    assert_eq!(throughout(days(1, 5)), Yes);
}

#[test]
fn a_state_that_ended_is_over_the_day_after_and_when_it_began_is_open() {
    let s = Story::new().present(Period::until(june(5)), 9);
    assert_eq!([4, 5, 6].map(|day| s.is_present(june(day))), [Unknown, Yes, No]);
    assert_eq!(
        [s.is_present(Period::by(june(4))), s.is_present(Period::by(june(5)))],
        [Unknown, Yes]
    );
    // By a day is everything up to it.
    let s = Story::new().attacked(june(5).into(), 9);
    assert_eq!([4, 5, 30].map(|day| s.attacks(Period::by(june(day)))), [No, Yes, Yes]);
}

#[test]
fn an_alliance_is_a_state_from_either_side() {
    let mut s = Story::new();
    let [torvik, dalen] = ["torvik", "dalen"].map(|key| s.graph.add(State, key).unwrap());
    s.put(Claim::by(s.a).asserts(torvik, ALLIED_WITH, dalen).valid(june(5)), 9);
    s.put(Claim::by(s.a).asserts(torvik, MEETS, dalen).valid(june(5)), 9);
    for (one, other) in [(torvik, dalen), (dalen, torvik)] {
        let on = |day| {
            let (allied, met) =
                (s.graph.statement(one, ALLIED_WITH, other), s.graph.statement(one, MEETS, other));
            [allied.valid(june(day)).is_asserted(), met.valid(june(day)).is_asserted()]
        };
        assert_eq!([4, 5, 6].map(on), [[Unknown, No], [Yes, Yes], [Unknown, No]]);
    }
}

#[test]
fn a_confirmation_is_of_the_time_of_what_it_confirms() {
    let mut s = Story::new();
    let say = |who: Id<Agency>| Claim::by(who).asserts(s.x, ATTACKS, s.town);
    let (on_the_fifth, some_day) = (say(s.a).valid(june(5)), say(s.b).valid(in_june()));
    let dated = s.put(on_the_fifth, 9);
    let monthly = s.put(some_day, 9);
    let confirm = |s: &Story, target| Claim::by(s.m).confirms(target);
    s.put(confirm(&s, monthly), 12);
    let asked = |s: &Story, period: Period| {
        let asked = s.graph.statement(s.x, ATTACKS, s.town).valid(period);
        let backing = asked.backing();
        (backing.certain().count(), backing.possible().count(), asked.independence().count())
    };
    assert_eq!(asked(&s, june(5).into()), (1, 2, 1));
    assert_eq!(asked(&s, june(6).into()), (0, 2, 0));
    assert_eq!(asked(&s, in_june()), (3, 0, 3));
    assert_eq!(asked(&s, june(10).into()), (0, 0, 0), "the report was on the 9th");
    // A confirmation of both is of the surer time.
    s.put(confirm(&s, monthly).responding_to(dated), 13);
    assert_eq!(asked(&s, june(5).into()), (2, 2, 2));
}

#[test]
fn views_by_time_keep_what_is_certain_or_possible_then() {
    let mut s = Story::new().present(june(5).into(), 9);
    let attack = s.put(Claim::by(s.b).asserts(s.x, ATTACKS, s.town).valid(in_june()), 20);
    let undated = s.put(Claim::by(s.b).asserts(s.x, WITHDRAWS_FROM, s.town), 20);
    let presence = s.graph.claims().next().unwrap().id();
    let ids =
        |view: claimgraph::View<'_>| -> Vec<ClaimId> { view.claims().map(|c| c.id()).collect() };
    let view = || s.graph.view();
    assert_eq!(ids(view().valid_at(june(5))), [presence, attack, undated]);
    assert_eq!(ids(view().certainly_valid_at(june(5))), [presence]);
    assert_eq!(ids(view().valid_at(june(21))), [presence]);
    assert_eq!(ids(view().begun_by(june(4))), [presence, attack, undated]);
    assert_eq!(ids(view().begun_by(date(2023, 5, 31))), [presence, undated]);
    assert_eq!(ids(view().certainly_begun_by(june(5))), [presence]);
    assert_eq!(ids(view().certainly_begun_by(june(20))), [presence, attack, undated]);
}

#[test]
fn a_denial_contests_in_the_time_that_both_give() {
    let contested = |claim: Option<Period>, denial: Option<Period>| {
        let mut s = Story::new();
        let dated = |claim: Claim, period: Option<Period>| match period {
            Some(period) => claim.valid(period),
            None => claim,
        };
        let said = Claim::by(s.a).asserts(s.x, ATTACKS, s.town);
        let said = s.put(dated(said, claim), 30);
        let denied = Claim::by(s.m).denies(s.x, ATTACKS, s.town);
        s.put(dated(denied, denial), 30);
        let contests = s.graph.view().contests(said).unwrap();
        let contested = s.graph.contested();
        let answer = contests.first().map_or(No, |c| c.certain());
        assert_eq!(contested.first().map_or(No, |c| c.certain()), answer);
        // Without a time, the question is denied whatever the day.
        assert_eq!(s.graph.statement(s.x, ATTACKS, s.town).against().len(), 1);
        answer
    };
    let on = |day| Some(Period::on(june(day)));
    let some = |first, last| Some(Period::within(june(first)..=june(last)));
    assert_eq!([contested(None, None), contested(on(5), None), contested(None, on(5))], [Yes; 3]);
    assert_eq!(
        [
            contested(on(5), some(1, 30)),
            contested(on(5), on(5)),
            contested(some(3, 9), Some(days(1, 10)))
        ],
        [Yes; 3]
    );
    assert_eq!(
        [contested(some(1, 30), on(5)), contested(some(1, 15), Some(days(10, 20)))],
        [Unknown; 2]
    );
    assert_eq!([contested(on(5), on(6)), contested(on(5), Some(days(10, 20)))], [No; 2]);
    assert_eq!(
        [contested(Some(Period::by(june(9))), on(5)), contested(on(5), Some(Period::by(june(9))))],
        [Unknown, Yes]
    );
}

#[test]
fn a_state_read_from_a_file_of_format_1_is_a_state() {
    let s = Story::new().present(june(5).into(), 9).deployed(june(7).into(), 9);
    let text = s.graph.to_jsonl();
    let (header, records) = text.split_once('\n').unwrap();
    assert!(header.contains(r#""format":4"#) && header.contains(r#""state":true"#));
    let header = header.replace(r#""format":4"#, r#""format":1"#);
    let header = header.replace(r#","state":true"#, "").replace(r#""state":true,"#, "");
    assert!(!header.contains("\"state\""), "format 1 does not have it");
    let old = Reader::new().read(format!("{header}\n{records}").as_bytes()).unwrap().graph;
    let (x, town) = (old.entity_keyed("x").unwrap(), old.entity_keyed("town").unwrap());
    let present = |day| old.statement(x, PRESENT_IN, town).valid(june(day)).is_asserted();
    assert_eq!([4, 5, 6, 7, 20].map(present), [Unknown, Yes, Unknown, Yes, Unknown]);
    let sent = |day| old.statement(x, DEPLOYS_TO, town).valid(june(day)).is_asserted();
    assert_eq!([6, 7, 8].map(sent), [No, Yes, No]);
    assert_eq!(old.to_jsonl(), text, "it is written in the format of today");
}
