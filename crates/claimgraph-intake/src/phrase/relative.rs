//! Days that a phrase names by their distance: "yesterday", "last week", "two months ago", "Tuesday".

use super::calendar::{MONTHS, Named, is, month_of, single, year_of};
use super::number::number;
use super::period::Outlook;
use super::words::{Word, begins_with};
use claimgraph::Date;
use jiff::Span;
use jiff::civil::Weekday;
use std::ops::RangeInclusive;

pub(super) const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Days relative to the outlook, with their distance.
const NEAR: &[(&str, i64)] = &[
    ("today", 0),
    ("tonight", 0),
    ("this morning", 0),
    ("this afternoon", 0),
    ("this evening", 0),
    ("now", 0),
    ("yesterday", -1),
    ("last night", -1),
    ("the day before yesterday", -2),
    ("tomorrow", 1),
    ("the day after tomorrow", 2),
];

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

const UNITS: &[(&str, Unit)] = &[
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

const TURNS: &[(&str, i64)] = &[
    ("last", -1),
    ("the last", -1),
    ("this", 0),
    ("the current", 0),
    ("next", 1),
    ("the next", 1),
    ("coming", 1),
];

/// Words after a stretch of time, and whether it lies behind or ahead.
const AWAY: &[(&str, i64)] = &[("ago", -1), ("from now", 1), ("from today", 1)];

/// Returns the week of a day, from Monday to Sunday.
pub(super) fn week_of(day: Date) -> Option<RangeInclusive<Date>> {
    let monday = i64::from(day.weekday().to_monday_zero_offset());
    let first = moved(day, Span::new().days(-monday))?;
    Some(first..=moved(first, Span::new().days(6))?)
}

pub(super) fn moved(from: Date, span: Span) -> Option<Date> {
    from.checked_add(span).ok()
}

pub(super) fn near(words: &[Word], outlook: Outlook) -> Option<Named> {
    let (distance, used) = begins_with(words, NEAR)?;
    Named::new(single(moved(outlook.day, Span::new().days(distance))), used)
}

/// Returns the days of "last week", "next month", "this year", "last Tuesday", "Tuesday", "last June".
pub(super) fn turned(words: &[Word], outlook: Outlook) -> Option<Named> {
    let turn = begins_with(words, TURNS);
    let (by, at) = turn.unwrap_or_default();
    let rest = words.get(at..)?;
    let today = outlook.day;
    if let Some((weekday, used)) = begins_with(rest, WEEKDAYS) {
        let found = match (turn.map(|(by, _)| by), outlook.is_ahead) {
            (Some(1), _) => today.nth_weekday(1, weekday).ok(),
            (Some(-1), _) => today.nth_weekday(-1, weekday).ok(),
            (Some(0), _) => {
                let from_today = i64::from(weekday.to_monday_zero_offset())
                    - i64::from(today.weekday().to_monday_zero_offset());
                moved(today, Span::new().days(from_today))
            }
            _ if today.weekday() == weekday => Some(today),
            (_, ahead) => today.nth_weekday(if ahead { 1 } else { -1 }, weekday).ok(),
        };
        return Named::new(single(found), at + used);
    }
    turn?;
    if let Some((month, used)) = begins_with(rest, MONTHS) {
        // "last June" is before this month, "next June" after it.
        let years = [-1, 0, 1].map(|by| today.year().saturating_add(by));
        let mut months = years.into_iter().filter_map(|year| month_of(year, month));
        let found = match by {
            -1 => months.rfind(|days| *days.end() < today),
            0 => month_of(today.year(), month),
            _ => months.find(|days| *days.start() > today),
        };
        return Named::new(found, at + used);
    }
    let (unit, used) = begins_with(rest, UNITS)?;
    let days = match unit {
        Unit::Day => single(moved(today, Span::new().days(by))),
        Unit::Week => moved(today, Span::new().days(7 * by)).and_then(week_of),
        Unit::Month => {
            let first = moved(today.first_of_month(), Span::new().months(by));
            first.map(|first| first..=first.last_of_month())
        }
        Unit::Year => year_of(today.year().checked_add(i16::try_from(by).ok()?)?),
    };
    Named::new(days, at + used)
}

/// Returns the days of "three weeks ago", "in three weeks" and "within three weeks", the last of them. A month from now is that month, a year from now that year.
pub(super) fn away(words: &[Word], outlook: Outlook) -> Option<Named> {
    let leads = usize::from(outlook.is_ahead && (is(words, 0, "in") || is(words, 0, "within")));
    let rest = words.get(leads..)?;
    let article = is(rest, 0, "a") || is(rest, 0, "an");
    let (number, used) = match article {
        true => (1, 1),
        false => {
            let (number, used) = number(rest).ok()??;
            let (whole, 0) = number.parts() else { return None };
            (i64::try_from(whole).ok().filter(|number| *number < 10_000)?, used)
        }
    };
    let (unit, more) = begins_with(rest.get(used..)?, UNITS)?;
    let used = used + more;
    let (by, more) = match begins_with(rest.get(used..)?, AWAY) {
        Some((sign, more)) if leads == 0 => (sign * number, more),
        None if leads > 0 => (number, 0),
        _ => return None,
    };
    let today = outlook.day;
    let days = match unit {
        Unit::Day => single(moved(today, Span::new().days(by))),
        Unit::Week => single(moved(today, Span::new().days(7 * by))),
        Unit::Month => {
            let then = moved(today.first_of_month(), Span::new().months(by));
            then.map(|first| first..=first.last_of_month())
        }
        Unit::Year => year_of(today.year().checked_add(i16::try_from(by).ok()?)?),
    };
    Named::new(days, leads + used + more)
}
