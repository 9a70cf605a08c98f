//! Days that a phrase names by the calendar: "24 October 2024", "June", "last week", "Tuesday", "the third quarter of 2024".

use super::PhraseError;
use super::period::Outlook;
use super::relative::{WEEKDAYS, away, near, turned, week_of};
use super::words::{Word, begins_with};
use claimgraph::{Date, Period};
use std::ops::RangeInclusive;

pub(super) const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Seasons, with their number in EDTF (21 is spring).
const SEASONS: &[(&str, i8)] =
    &[("spring", 21), ("summer", 22), ("autumn", 23), ("fall", 23), ("winter", 24)];

const WINTER: i8 = 24;

const ORDINALS: &[(&str, i8)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
];

#[derive(Clone, Copy)]
enum Part {
    Early,
    Middle,
    Late,
    FirstHalf,
    SecondHalf,
}

const PARTS: &[(&str, Part)] = &[
    ("early", Part::Early),
    ("early in", Part::Early),
    ("the beginning of", Part::Early),
    ("the start of", Part::Early),
    ("beginning of", Part::Early),
    ("start of", Part::Early),
    ("mid", Part::Middle),
    ("mid -", Part::Middle),
    ("middle of", Part::Middle),
    ("the middle of", Part::Middle),
    ("late", Part::Late),
    ("late in", Part::Late),
    ("the end of", Part::Late),
    ("end of", Part::Late),
    ("the first half of", Part::FirstHalf),
    ("first half of", Part::FirstHalf),
    ("the second half of", Part::SecondHalf),
    ("second half of", Part::SecondHalf),
];

/// Days, how many words name them, and whether the words alone say which.
pub(super) struct Named {
    pub(super) days: RangeInclusive<Date>,
    pub(super) used: usize,
    pub(super) is_full: bool,
    /// Whether they name two days of a month.
    pub(super) is_range: bool,
    /// Whether they say more than the days: an hour, or "about".
    pub(super) is_loose: bool,
}

impl Named {
    pub(super) fn new(days: Option<RangeInclusive<Date>>, used: usize) -> Option<Self> {
        days.map(|days| Self { days, used, is_full: false, is_range: false, is_loose: false })
    }
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn single(day: Option<Date>) -> Option<RangeInclusive<Date>> {
    day.map(|day| day..=day)
}

pub(super) fn month_of(year: i16, month: i8) -> Option<RangeInclusive<Date>> {
    let first = day(year, month, 1)?;
    Some(first..=first.last_of_month())
}

pub(super) fn year_of(year: i16) -> Option<RangeInclusive<Date>> {
    Some(day(year, 1, 1)?..=day(year, 12, 31)?)
}

pub(super) fn is(words: &[Word], at: usize, text: &str) -> bool {
    words.get(at).is_some_and(|word| word.text == text)
}

/// Returns the year that a word is: four figures.
fn year(words: &[Word], at: usize) -> Option<i16> {
    let word = words.get(at)?;
    let four = word.text.len() == 4 && word.text.bytes().all(|c| c.is_ascii_digit());
    // "1990s" is not a year.
    let decade = words.get(at + 1).is_some_and(|next| next.glued && next.text == "s");
    word.text.parse().ok().filter(|_| four && !decade)
}

/// Returns the day of a month at this place, with its ending: "24", "24th".
fn day_of_month(words: &[Word], at: usize) -> Option<(i8, usize)> {
    let number: i8 = words.get(at)?.text.parse().ok().filter(|day| (1..=31).contains(day))?;
    let ending = words
        .get(at + 1)
        .is_some_and(|next| next.glued && matches!(next.text.as_str(), "st" | "nd" | "rd" | "th"));
    Some((number, 1 + usize::from(ending)))
}

/// Returns the days that the words at the front name.
///
/// # Errors
/// Returns an error if a date in figures has two readings, or if the calendar does not have the day.
pub(super) fn named(words: &[Word], outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    if let Some(found) = in_figures(words)? {
        return Ok(Some(found));
    }
    if let Some(found) = after_weekday(words, outlook)? {
        return Ok(Some(found));
    }
    if let Some(((), used)) = begins_with(words, WEEK_OF) {
        return week(words.get(used..).unwrap_or_default(), used, outlook);
    }
    let relative =
        || near(words, outlook).or_else(|| turned(words, outlook)).or_else(|| away(words, outlook));
    let found = part(words, outlook).or_else(relative).or_else(|| quarter(words, outlook));
    let found = match found {
        Some(found) => Some(found),
        None => season(words, outlook)?,
    };
    match found {
        Some(found) => Ok(Some(found)),
        None => by_month(words, outlook),
    }
}

/// Words before a day that stand for its week.
const WEEK_OF: &[(&str, ())] =
    &[("the week of", ()), ("week of", ()), ("the week beginning", ()), ("week beginning", ())];

/// Returns the week of a day: "the week of 3 March".
fn week(rest: &[Word], used: usize, outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let found = named(rest, outlook)?.filter(|found| found.days.start() == found.days.end());
    Ok(found.and_then(|found| Named::new(week_of(*found.days.start()), used + found.used)))
}

/// Returns the day of a date that stands after its weekday: "Sunday, 9 March 2025".
fn after_weekday(words: &[Word], outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let Some((weekday, used)) = begins_with(words, WEEKDAYS) else { return Ok(None) };
    let rest = words.get(used..).unwrap_or_default();
    let found = match in_figures(rest)? {
        Some(found) => Some(found),
        None => by_month(rest, outlook)?,
    };
    let Some(found) = found.filter(|found| found.days.start() == found.days.end()) else {
        return Ok(None);
    };
    if found.days.start().weekday() != weekday {
        let written = words.first().map_or("", |word| word.text.as_str());
        let problem = format!("is not the weekday of {}", found.days.start());
        return Err(PhraseError::new(
            written,
            problem,
            "the weekday of the date, or the date alone",
        ));
    }
    Ok(Some(Named { used: used + found.used, ..found }))
}

/// Returns the day of a date in figures: "24-10-2024", "24.10.2024", "2024/10/24".
fn in_figures(words: &[Word]) -> Result<Option<Named>, PhraseError> {
    let Some(first) = words.first().filter(|word| word.is_figure()) else { return Ok(None) };
    let dotted: Vec<&str> = first.text.split('.').collect();
    let (numbers, used, mark) =
        match (dotted.as_slice(), words.get(1), words.get(2), words.get(3), words.get(4)) {
            (&[a, b, c], ..) => ([a, b, c], 1, "."),
            (_, Some(one), Some(b), Some(two), Some(c))
                if one.text == two.text
                    && matches!(one.text.as_str(), "-" | "/")
                    && b.is_figure()
                    && c.is_figure() =>
            {
                ([first.text.as_str(), b.text.as_str(), c.text.as_str()], 5, one.text.as_str())
            }
            _ => return Ok(None),
        };
    let text = numbers.join(mark);
    let [Ok(a), Ok(b), Ok(c)] = numbers.map(str::parse::<i16>) else { return Ok(None) };
    let small = |number: i16| i8::try_from(number).unwrap_or(i8::MAX);
    let found = match numbers.map(str::len) {
        [4, ..] => day(a, small(b), small(c)),
        [.., 4] => {
            let (day_first, month_first) = (day(c, small(b), small(a)), day(c, small(a), small(b)));
            match (day_first, month_first) {
                // With full stops, the day is first.
                (Some(one), Some(other)) if one != other && mark != "." => {
                    let problem = format!("has two readings, {one} and {other}");
                    return Err(PhraseError::new(&text, problem, "one of them"));
                }
                (day_first, month_first) => day_first.or(month_first),
            }
        }
        _ => {
            return Err(PhraseError::new(
                &text,
                "has no year of four figures",
                "a date as 2024-10-24",
            ));
        }
    };
    let Some(found) = found else {
        return Err(PhraseError::new(
            &text,
            "is not a day of the calendar",
            "a date as 2024-10-24",
        ));
    };
    Ok(Named::new(single(Some(found)), used).map(|named| Named { is_full: true, ..named }))
}

/// Returns the days of "early June 2023", "the end of 2024". Ten days are early or in the middle of a month, four months
/// of a year.
fn part(words: &[Word], outlook: Outlook) -> Option<Named> {
    let (part, at) = begins_with(words, PARTS)?;
    let rest = words.get(at..)?;
    let whole = turned(rest, outlook).or_else(|| by_month(rest, outlook).ok()?)?;
    let (first, last) = (*whole.days.start(), *whole.days.end());
    let months = first.month() == 1 && last.month() == 12 && first.year() == last.year();
    let in_year = |from: i8, to: i8| {
        Some(day(first.year(), from, 1)?..=day(first.year(), to, 1)?.last_of_month())
    };
    let one_month = (first.year(), first.month()) == (last.year(), last.month())
        && first.day() == 1
        && first != last;
    let in_month = |from: i8, to: i8| {
        Some(
            day(first.year(), first.month(), from)?
                ..=day(first.year(), first.month(), to.min(last.day()))?,
        )
    };
    let days = match (part, months, one_month) {
        (Part::Early, true, _) => in_year(1, 4),
        (Part::Middle, true, _) => in_year(5, 8),
        (Part::Late, true, _) => in_year(9, 12),
        (Part::FirstHalf, true, _) => in_year(1, 6),
        (Part::SecondHalf, true, _) => in_year(7, 12),
        (Part::Early, _, true) => in_month(1, 10),
        (Part::Middle, _, true) => in_month(11, 20),
        (Part::Late, _, true) => in_month(21, 31),
        (Part::FirstHalf, _, true) => in_month(1, 15),
        (Part::SecondHalf, _, true) => in_month(16, 31),
        // Of a week, it is somewhere in it.
        _ => Some(whole.days),
    };
    Named::new(days, at + whole.used)
}

/// Returns the days of "Q3 2024" and "the third quarter of 2024".
fn quarter(words: &[Word], outlook: Outlook) -> Option<Named> {
    let the = usize::from(is(words, 0, "the"));
    let (number, mut at) = match begins_with(words.get(the..)?, ORDINALS) {
        Some((number, used)) if is(words, the + used, "quarter") => (number, the + used + 1),
        _ if is(words, 0, "q") => {
            (words.get(1)?.text.parse().ok().filter(|n| (1..=4).contains(n))?, 2)
        }
        _ => return None,
    };
    at += usize::from(is(words, at, "of"));
    let found = year(words, at);
    let months =
        |year: i16| Some(day(year, number * 3 - 2, 1)?..=day(year, number * 3, 1)?.last_of_month());
    let days = found.map_or_else(|| outlook.nearest(months), months);
    Named::new(days, at + usize::from(found.is_some()))
}

/// Returns the days of "summer 2024", "winter 2023/24" and "the summer", as EDTF has seasons.
///
/// # Errors
/// Returns an error if a winter has one year: it may begin or end in it.
fn season(words: &[Word], outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let the = usize::from(is(words, 0, "the"));
    let rest = words.get(the..).unwrap_or_default();
    let Some((season, used)) = begins_with(rest, SEASONS) else { return Ok(None) };
    let at = the + used + usize::from(is(words, the + used, "of"));
    let days = |year: i16| {
        let period: Period = format!("{year:04}-{season}").parse().ok()?;
        Some(period.start_earliest()?..=period.end_latest()?)
    };
    let Some(found) = year(words, at) else {
        return Ok(Named::new(outlook.nearest(days), at));
    };
    let mut used = at + 1;
    if season == WINTER {
        if !is_next_year(words, used, found) {
            let (before, after) = (found.saturating_sub(1), found.saturating_add(1));
            let text = format!("winter {found}");
            let problem =
                format!("has two readings, winter {before}/{found} and winter {found}/{after}");
            return Err(PhraseError::new(&text, problem, "one of them"));
        }
        used += 2;
    }
    Ok(Named::new(days(found), used))
}

/// Returns whether the next year follows: "/24", "-2024".
fn is_next_year(words: &[Word], at: usize, year: i16) -> bool {
    let next = i32::from(year) + 1;
    (is(words, at, "/") || is(words, at, "-"))
        && (is(words, at + 1, &next.to_string())
            || is(words, at + 1, &format!("{:02}", next % 100)))
}

/// Returns the days of "24 October 2024", "October 24", "1-5 June", "June", "2024", "the 1990s".
fn by_month(words: &[Word], outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let at = usize::from(is(words, 0, "the"));
    if let Some(found) = year(words, at) {
        return Ok(Named::new(year_of(found), at + 1).map(|named| Named { is_full: true, ..named }));
    }
    if let Some(decade) =
        words.get(at).filter(|word| word.text.len() == 4 && word.text.ends_with('0'))
        && is(words, at + 1, "s")
        && let Ok(first) = decade.text.parse::<i16>()
    {
        let days = day(first, 1, 1).zip(day(first.saturating_add(9), 12, 31));
        return Ok(Named::new(days.map(|(first, last)| first..=last), at + 2));
    }
    let rest = words.get(at..).unwrap_or_default();
    // Day, perhaps to another day, then the month; or the month, then the day.
    let (month, first, last, mut used) = match (day_of_month(rest, 0), begins_with(rest, MONTHS)) {
        (Some((first, mut used)), _) => {
            let mut last = first;
            if matches!(rest.get(used).map(|word| word.text.as_str()), Some("-" | "and" | "to"))
                && let Some((until, more)) = day_of_month(rest, used + 1)
            {
                (last, used) = (until, used + 1 + more);
            }
            used += usize::from(is(rest, used, "of"));
            match begins_with(rest.get(used..).unwrap_or_default(), MONTHS) {
                Some((month, more)) => (month, Some(first), Some(last), used + more),
                None => return Ok(None),
            }
        }
        (None, Some((month, mut used))) => {
            let found = day_of_month(rest, used);
            let (first, mut last) = (found.map(|(day, _)| day), found.map(|(day, _)| day));
            used += found.map_or(0, |(_, more)| more);
            if first.is_some()
                && matches!(rest.get(used).map(|word| word.text.as_str()), Some("-" | "and" | "to"))
                && let Some((until, more)) = day_of_month(rest, used + 1)
            {
                (last, used) = (Some(until), used + 1 + more);
            }
            (month, first, last, used)
        }
        (None, None) => return Ok(None),
    };
    used += usize::from(first.is_none() && is(rest, used, "of"));
    let in_year = year(rest, used);
    let of = |year: i16| match (first, last) {
        (Some(first), Some(last)) => Some(day(year, month, first)?..=day(year, month, last)?),
        _ => month_of(year, month),
    };
    let Some(days) = in_year.map_or_else(|| outlook.nearest(of), of) else {
        let found: Vec<&str> = rest.iter().take(used + 1).map(|word| word.text.as_str()).collect();
        let problem = "is not a day of the calendar";
        return Err(PhraseError::new(&found.join(" "), problem, "a day that the month has"));
    };
    let used = at + used + usize::from(in_year.is_some());
    let named = Named::new(Some(days), used);
    Ok(named.map(|named| Named { is_full: in_year.is_some(), is_range: first != last, ..named }))
}
