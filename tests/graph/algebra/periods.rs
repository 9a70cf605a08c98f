//! Periods against the stretches of days that they allow.

use super::*;
use claimgraph::time::Aspect;

/// The earliest and the latest day of the start, then of the end.
type Bounds = [Option<i32>; 4];

fn period(bounds: Bounds) -> Period {
    Period::from_days(bounds.map(|day| day.map(on)), Aspect::State)
}

/// All stretches that these bounds allow. What is unknown can be up to `margin` days beyond `days`.
fn readings(bounds: Bounds, days: &std::ops::RangeInclusive<i32>, margin: i32) -> Vec<Stretch> {
    let within = |day: i32, first: Option<i32>, last: Option<i32>| {
        first.is_none_or(|first| day >= first) && last.is_none_or(|last| day <= last)
    };
    let [a, b, c, d] = bounds;
    let mut all = stretches(days.start() - margin..=days.end() + margin);
    all.retain(|&(first, last)| within(first, a, b) && within(last, c, d));
    all
}

/// All bounds over these days that allow something.
fn all_bounds(days: std::ops::RangeInclusive<i32>) -> impl Iterator<Item = Bounds> {
    let some: Vec<Option<i32>> = days.map(Some).chain([None]).collect();
    let n = some.len();
    let bounds = (0..n.pow(4))
        .map(move |i| [i / (n * n * n), i / (n * n) % n, i / n % n, i % n].map(|i| some[i]));
    bounds.filter(|[a, b, c, d]| {
        let orderly = |x: &Option<i32>, y: &Option<i32>| x.zip(*y).is_none_or(|(x, y)| x <= y);
        orderly(a, b) && orderly(c, d) && orderly(a, d)
    })
}

#[test]
fn each_pair_of_known_periods_is_in_one_of_the_thirteen_relations_and_the_answers_follow_it() {
    let mut seen = std::collections::BTreeSet::new();
    let all = stretches(DAYS);
    for &one in &all {
        for &other in &all {
            let relation = Allen::of(one, other);
            seen.insert(relation);
            assert_eq!(Allen::of(other, one), relation.converse());
            let [a, b] = [one, other].map(|(first, last)| Period::throughout(on(first)..=on(last)));
            let sure = |so: bool| if so { Yes } else { No };
            assert_eq!(
                a.overlaps(&b),
                sure(relation.shares_a_day()),
                "{one:?} {relation:?} {other:?}"
            );
            assert_eq!(
                a.before(&b),
                sure(matches!(relation, Before | Meets)),
                "{one:?} {relation:?} {other:?}"
            );
            assert_eq!(
                b.before(&a),
                sure(matches!(relation, After | MetBy)),
                "{one:?} {relation:?} {other:?}"
            );
            assert_eq!(
                a.inside(&b),
                sure(relation.lies_inside()),
                "{one:?} {relation:?} {other:?}"
            );
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), Allen::ALL);
}

#[test]
fn a_period_holds_on_a_day_and_has_begun_by_it_as_all_its_readings_say() {
    for bounds in all_bounds(DAYS) {
        let (period, readings) = (period(bounds), readings(bounds, &DAYS, 2));
        for day in DAYS {
            let holds = of_readings(&readings, |(first, last)| (*first..=*last).contains(&day));
            assert_eq!(period.holds_on(on(day)), holds, "{bounds:?} on {day}");
            let begun = of_readings(&readings, |(first, _)| *first <= day);
            assert_eq!(period.begun_by(on(day)), begun, "{bounds:?} by {day}");
            assert!(holds <= begun && begun <= period.begun_by(on(day + 1)), "{bounds:?} {day}");
        }
    }
}

#[test]
fn two_uncertain_periods_overlap_precede_and_enclose_as_all_their_readings_say() {
    let days = 0..=2;
    let all: Vec<(Bounds, Period, Vec<Stretch>)> = all_bounds(days.clone())
        .map(|bounds| (bounds, period(bounds), readings(bounds, &days, 2)))
        .collect();
    for (one, a, mine) in &all {
        for (other, b, theirs) in &all {
            let mut pairs: Vec<(Stretch, Stretch)> = Vec::new();
            pairs.extend(mine.iter().flat_map(|x| theirs.iter().map(move |y| (*x, *y))));
            let overlaps = of_readings(&pairs, |(x, y)| x.0 <= y.1 && y.0 <= x.1);
            assert_eq!((a.overlaps(b), b.overlaps(a)), (overlaps, overlaps), "{one:?} {other:?}");
            let before = of_readings(&pairs, |(x, y)| x.1 < y.0);
            assert_eq!(a.before(b), before, "{one:?} {other:?}");
            assert!(before <= !overlaps && before <= !b.before(a));
            // What is not known of the end of an enclosing period is taken as unbounded.
            if other.iter().all(Option::is_some) {
                let inside = of_readings(&pairs, |(x, y)| x.0 >= y.0 && x.1 <= y.1);
                assert_eq!(a.inside(b), inside, "{one:?} {other:?}");
                assert!(inside <= overlaps);
            }
        }
    }
}

#[test]
fn what_happened_on_one_of_some_days_holds_overlaps_and_precedes_as_each_of_these_days() {
    let all = stretches(-1..=3);
    let occurrence = |(first, last): Stretch| Period::within(on(first)..=on(last));
    for &one in &all {
        let (a, mine) = (occurrence(one), one.0..=one.1);
        let mine: Vec<i32> = mine.collect();
        for day in DAYS {
            assert_eq!(a.holds_on(on(day)), of_readings(&mine, |it| *it == day), "{one:?} {day}");
            assert_eq!(a.begun_by(on(day)), of_readings(&mine, |it| *it <= day), "{one:?} {day}");
        }
        for &other in &all {
            let b = occurrence(other);
            let mut pairs: Vec<(i32, i32)> = Vec::new();
            pairs.extend(mine.iter().flat_map(|x| (other.0..=other.1).map(move |y| (*x, y))));
            assert_eq!(a.overlaps(&b), of_readings(&pairs, |(x, y)| x == y), "{one:?} {other:?}");
            assert_eq!(a.before(&b), of_readings(&pairs, |(x, y)| x < y), "{one:?} {other:?}");
            let stretch = Period::throughout(on(other.0)..=on(other.1));
            let within = of_readings(&mine, |it| (other.0..=other.1).contains(it));
            assert_eq!(a.inside(&stretch), within, "{one:?} {other:?}");
            assert_eq!(a.inside(&b), within, "{one:?} {other:?}");
        }
        for day in DAYS {
            let (after, by) = (Period::after(on(day)), Period::by(on(day)));
            assert_eq!(a.inside(&after), of_readings(&mine, |it| *it >= day), "{one:?} {day}");
            assert_eq!(a.inside(&by), of_readings(&mine, |it| *it <= day), "{one:?} {day}");
            // A state of one day is one of the days of a window, or is not.
            let state = Period::throughout(on(day)..=on(day));
            assert_eq!(
                state.inside(&a),
                of_readings(&[day], |it| mine.contains(it)),
                "{one:?} {day}"
            );
        }
    }
}

#[test]
fn an_inverted_period_holds_nowhere_and_is_beside_everything() {
    for (first, last) in stretches(-1..=3).into_iter().filter(|(a, b)| a < b) {
        let inverted = Period::throughout(on(last)..=on(first));
        assert!(inverted.is_inverted());
        for day in DAYS {
            assert_eq!(inverted.holds_on(on(day)), No);
            let day = Period::on(on(day));
            assert_eq!((inverted.overlaps(&day), day.overlaps(&inverted)), (No, No));
            assert_eq!((inverted.before(&day), day.before(&inverted)), (No, No));
        }
    }
}

#[test]
fn knowing_more_of_a_period_never_turns_an_answer_over() {
    let days = 0..=3;
    for bounds in all_bounds(days) {
        let wide = period(bounds);
        for (place, day) in (0..4).flat_map(|place| (0..=3).map(move |day| (place, day))) {
            let mut closer = bounds;
            closer[place] = match (bounds[place], place % 2) {
                (Some(known), 0) => Some(known.max(day)),
                (Some(known), _) => Some(known.min(day)),
                (None, _) => Some(day),
            };
            let narrow = period(closer);
            if narrow.is_inverted() {
                continue;
            }
            for day in -1..=4 {
                for (rough, fine) in [
                    (wide.holds_on(on(day)), narrow.holds_on(on(day))),
                    (wide.begun_by(on(day)), narrow.begun_by(on(day))),
                ] {
                    assert!(rough == Unknown || rough == fine, "{bounds:?} {closer:?} {day}");
                }
            }
        }
    }
}

#[test]
fn each_constructor_gives_its_days_and_its_aspect() {
    let days = |period: &Period| period.days();
    let [d, e] = [on(1), on(4)];
    let (one, other) = (Some(d), Some(e));
    let june = || Period::within(d..=e);
    for (period, four, aspect) in [
        (Period::on(d), [one; 4], Aspect::Occurrence),
        (june(), [one, other, one, other], Aspect::Occurrence),
        (Period::by(d), [None, one, None, one], Aspect::Occurrence),
        (Period::after(d), [one, None, one, None], Aspect::Occurrence),
        (Period::holding_on(d), [None, one, one, None], Aspect::State),
        (Period::until(d), [None, one, one, one], Aspect::State),
        (Period::since(d), [one, one, one, None], Aspect::State),
        (Period::since(june()), [one, other, other, None], Aspect::State),
        (Period::throughout(d..=e), [one, one, other, other], Aspect::State),
        (Period::from(d..=e), [one, one, other, other], Aspect::State),
        (Period::from(d..on(5)), [one, one, other, other], Aspect::State),
        (Period::from_to(d, june()), [one, one, one, other], Aspect::State),
        (june().lasting(), [one, other, one, other], Aspect::State),
        (june().cumulative(), [one, other, one, other], Aspect::Cumulative),
        (
            Period::until(e).beginning_within(d..=on(2)),
            [one, Some(on(2)), other, other],
            Aspect::State,
        ),
    ] {
        assert_eq!((days(&period), period.aspect()), (four, aspect), "{period:?}");
        let since = days(&period)[3].is_none() && aspect == Aspect::State && four[0].is_some();
        assert_eq!(period.is_ongoing(), since, "{period:?}");
        assert_eq!((period.strict_deadline(), period.words()), (None, None));
        let worded = period.clone().strictly_by(d).in_words("then").ongoing();
        assert_eq!((worded.strict_deadline(), worded.words()), (one, Some("then")));
        assert!(worded.is_ongoing() && days(&worded) == four);
    }
}
