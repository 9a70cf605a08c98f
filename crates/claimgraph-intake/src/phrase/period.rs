//! Periods as a text prints them: "by December", "since February 2022", "between 1 and 5 June", "last week".

use super::PhraseError;
use super::calendar::{Named, month_of, named, single, year_of};
use super::hour;
use super::relative::{away, moved};
use super::words::{Word, begins_with, words};
use claimgraph::{Date, Period};
use jiff::Span;
use std::ops::RangeInclusive;

/// The day from which a text looks, and whether it looks back, ahead or either way. A date without its year is the nearest
/// in that direction.
///
/// ```
/// use claimgraph::date;
/// use claimgraph_intake::phrase::{period, Outlook};
/// let (back, ahead) = (Outlook::back_from(date(2024, 10, 24)), Outlook::ahead_from(date(2024, 10, 24)));
/// assert_eq!(period("in June", back)?.start_earliest(), Some(date(2024, 6, 1)));
/// assert_eq!(period("in June", ahead)?.start_earliest(), Some(date(2025, 6, 1)));
/// # Ok::<(), claimgraph_intake::phrase::PhraseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outlook {
    pub(super) day: Date,
    pub(super) is_ahead: bool,
    /// Whether the text may look the other way as well.
    is_open: bool,
}

impl Outlook {
    /// Creates the outlook of a text of this day about what has happened.
    pub fn back_from(day: Date) -> Self {
        Self { day, is_ahead: false, is_open: false }
    }

    /// Creates the outlook of a text of this day about what is to happen.
    pub fn ahead_from(day: Date) -> Self {
        Self { day, is_ahead: true, is_open: false }
    }

    /// Creates the outlook of a text of this day that does not say whether it is about what has happened. A date without
    /// its year is the one that has begun. If the one that is not over is nearer, the date has two readings.
    ///
    /// ```
    /// use claimgraph::date;
    /// use claimgraph_intake::phrase::{period, Outlook};
    /// let outlook = Outlook::either_way_from(date(2025, 3, 1));
    /// assert_eq!(period("5 February", outlook)?.start_earliest(), Some(date(2025, 2, 5)));
    /// let error = period("5 April", outlook).unwrap_err();
    /// assert_eq!(error.problem(), "has two readings, on 2024-04-05 and on 2025-04-05");
    /// assert!(period("due on 5 April", outlook).is_ok());
    /// # Ok::<(), claimgraph_intake::phrase::PhraseError>(())
    /// ```
    pub fn either_way_from(day: Date) -> Self {
        Self { day, is_ahead: false, is_open: true }
    }

    /// Returns how many days lie between the day and these.
    fn distance(self, days: &RangeInclusive<Date>) -> i32 {
        let days_to =
            |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
        days_to(*days.end(), self.day).max(days_to(self.day, *days.start())).max(0)
    }

    /// Returns the days of the nearest year that has begun, or that is not over.
    pub(super) fn nearest(
        self,
        days: impl Fn(i16) -> Option<RangeInclusive<Date>>,
    ) -> Option<RangeInclusive<Date>> {
        // A 29th of February is at most eight years away.
        let year = |by: i16| self.day.year().checked_add(if self.is_ahead { by } else { -by });
        let near = (-1..=8).filter_map(|by| days(year(by)?));
        match self.is_ahead {
            true => near.into_iter().find(|days| *days.end() >= self.day),
            false => near.into_iter().find(|days| *days.start() <= self.day),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Lead {
    By,
    Before,
    Until,
    Since,
    Starting,
    After,
    Between,
    From,
    Throughout,
    Within,
    AsOf,
    In,
}

const LEADS: &[(&str, Lead)] = &[
    ("by", Lead::By),
    ("no later than", Lead::By),
    ("not later than", Lead::By),
    ("within", Lead::Within),
    ("within the", Lead::Within),
    ("before", Lead::Before),
    ("prior to", Lead::Before),
    ("ahead of", Lead::Before),
    ("earlier than", Lead::Before),
    ("until", Lead::Until),
    ("till", Lead::Until),
    ("up to", Lead::Until),
    ("through", Lead::Until),
    ("since", Lead::Since),
    ("ever since", Lead::Since),
    ("to begin", Lead::Starting),
    ("to begin in", Lead::Starting),
    ("to begin on", Lead::Starting),
    ("to start", Lead::Starting),
    ("to start in", Lead::Starting),
    ("to start on", Lead::Starting),
    ("starting", Lead::Starting),
    ("starting in", Lead::Starting),
    ("starting on", Lead::Starting),
    ("beginning in", Lead::Starting),
    ("beginning on", Lead::Starting),
    ("effective", Lead::Starting),
    ("after", Lead::After),
    ("following", Lead::After),
    ("later than", Lead::After),
    ("between", Lead::Between),
    ("from", Lead::From),
    ("throughout", Lead::Throughout),
    ("all through", Lead::Throughout),
    ("as of", Lead::AsOf),
    ("in", Lead::In),
    ("on", Lead::In),
    ("for", Lead::In),
    ("during", Lead::In),
    ("over", Lead::In),
    ("as early as", Lead::In),
];

/// Words before a time that is to come.
const DUE: &[(&str, ())] = &[
    ("due", ()),
    ("is due", ()),
    ("will", ()),
    ("set", ()),
    ("is set", ()),
    ("planned", ()),
    ("scheduled", ()),
    ("expected", ()),
    ("is expected", ()),
    ("is scheduled", ()),
    ("is planned", ()),
];

/// Words that leave a time loose.
const ABOUT: &[(&str, ())] = &[
    ("about", ()),
    ("or about", ()),
    ("around", ()),
    ("or around", ()),
    ("circa", ()),
    ("c", ()),
    ("ca", ()),
    ("approximately", ()),
    ("roughly", ()),
    ("~", ()),
];

/// Words between two times.
const TO: &[(&str, ())] = &[("to", ()), ("until", ()), ("till", ()), ("through", ()), ("-", ())];

const AND: &[(&str, ())] = &[("and", ()), ("or", ())];

/// Reads a period as a text prints it, or as EDTF (ISO 8601-2).
///
/// A date without its year, a weekday and "last week" go by the outlook. "By December" is by its last day and, read
/// strictly, by the day before its first. "Early", "mid" and "late" are ten days of a month and four months of a year.
/// "About" a day, a month or a year is one more on either side. An hour gives its day; without a day, it is of the day of
/// the outlook. If the words alone do not say the days, they are kept.
///
/// ```
/// use claimgraph::{date, Period};
/// use claimgraph_intake::phrase::{period, Outlook};
/// let outlook = Outlook::back_from(date(2024, 10, 24));
/// assert_eq!(period("24-10-2024", outlook)?, Period::on(date(2024, 10, 24)));
/// let early = Period::within(date(2023, 6, 1)..=date(2023, 6, 10));
/// assert_eq!(period("early June 2023", outlook)?, early.in_words("early June 2023"));
/// let since = Period::since(Period::within(date(2022, 2, 1)..=date(2022, 2, 28)));
/// assert_eq!(period("since February 2022", outlook)?, since.in_words("since February 2022"));
/// let about = Period::within(date(2015, 1, 1)..=date(2017, 12, 31));
/// assert_eq!(period("circa 2016", outlook)?, about.in_words("circa 2016"));
/// assert!(period("05/06/2024", outlook).is_err());      // May or June?
/// # Ok::<(), claimgraph_intake::phrase::PhraseError>(())
/// ```
///
/// # Errors
/// Returns an error if the phrase names no time, has two readings, or names a day that the calendar does not have.
pub fn period(phrase: &str, outlook: Outlook) -> Result<Period, PhraseError> {
    let printed = phrase.trim();
    if let Some(period) = edtf(printed)? {
        return Ok(period);
    }
    let (period, days) = read(printed, Outlook { is_open: false, ..outlook })?;
    if !outlook.is_open {
        return Ok(period);
    }
    let ahead = read(printed, Outlook::ahead_from(outlook.day)).ok();
    match ahead.filter(|(_, ahead)| outlook.distance(ahead) < outlook.distance(&days)) {
        Some((_, ahead)) => {
            let [back, ahead] = [days, ahead].map(Period::within);
            let problem = format!("has two readings, {back} and {ahead}");
            let expected = "the date in full, or whether it has happened";
            Err(PhraseError::new(printed, problem, expected))
        }
        None => Ok(period),
    }
}

/// Reads a period whose words alone say the days, whatever the date of the text.
///
/// # Errors
/// Returns an error as [`period`] does, and if the days depend on the date of the text.
pub(crate) fn dateless(phrase: &str) -> Result<Period, PhraseError> {
    let from = |year: i16, month: i8| Date::new(year, month, 5).map(Outlook::back_from);
    let readings = [from(1950, 1), from(2051, 9)].map(|outlook| {
        let outlook =
            outlook.map_err(|error| PhraseError::new(phrase, error.to_string(), "a day"))?;
        period(phrase, outlook)
    });
    match readings {
        [Ok(one), Ok(other)] if one == other => Ok(one),
        [Err(error), _] => Err(error),
        _ => {
            let problem = "needs the date of the document to go by";
            Err(PhraseError::new(phrase, problem, "a time with its year"))
        }
    }
}

/// Reads EDTF; nothing if the text is not EDTF.
///
/// # Errors
/// Returns an error if others have two years where EDTF has a month or a season.
fn edtf(printed: &str) -> Result<Option<Period>, PhraseError> {
    let Ok(period) = printed.parse::<Period>() else { return Ok(None) };
    match month_or_years(printed) {
        Some((problem, expected)) => Err(PhraseError::new(printed, problem, expected)),
        None => Ok(Some(period)),
    }
}

/// Reads a period in words, and returns the days from the first that is named to the last.
fn read(printed: &str, outlook: Outlook) -> Result<(Period, RangeInclusive<Date>), PhraseError> {
    let expected = "a time, as \"24 October 2024\", \"by December\" or 2024-10";
    let bad = |found: &str, problem: &str| PhraseError::new(found, problem, expected);
    if printed.ends_with(['?', '%']) {
        return Err(PhraseError::new(printed, "is in doubt", "EDTF, as 2024-06?"));
    }
    let all = words(printed).ok_or_else(|| bad(printed, "is too long for a time"))?;
    let rest = |at: usize| all.get(at..).unwrap_or_default();
    let unknown = |at: usize| {
        let found = rest(at).first().and_then(|word| printed.get(word.place.start..));
        bad(found.unwrap_or(printed), "does not name a time")
    };
    let due = begins_with(&all, DUE).map_or(0, |(_, used)| used);
    let (lead, used) = begins_with(rest(due), LEADS).unwrap_or((Lead::In, 0));
    // "Since" looks back, whatever the text is about.
    let is_ahead = (outlook.is_ahead || due > 0) && lead != Lead::Since;
    let outlook = Outlook { is_ahead, ..outlook };
    // "In two weeks" is one time: there "in" belongs to it.
    let is_away = used == 1 && away(rest(due), outlook).is_some();
    let begin = if is_away { due } else { due + used };
    let mut first = dated(rest(begin), outlook)?.ok_or_else(|| unknown(begin))?;
    let mut at = begin + first.used;
    let joint = match lead {
        Lead::Between => AND,
        Lead::In => &[AND, TO].concat(),
        _ => TO,
    };
    let mut second = None;
    if let Some(((), used)) = begins_with(rest(at), joint) {
        let found = later(rest(at + used), &first, outlook)?.ok_or_else(|| unknown(at + used))?;
        at += used + found.used;
        // "1 May to 3 June 2024": the first is of the year of the second.
        if found.is_full && !first.is_full {
            let until = Outlook::back_from(*found.days.end());
            first = dated(rest(begin), until)?.ok_or_else(|| unknown(begin))?;
        }
        second = Some(found);
    }
    if lead == Lead::From && second.is_none() {
        at += begins_with(rest(at), &[("on", ()), ("onwards", ()), ("onward", ())])
            .map_or(0, |(_, used)| used);
    }
    if at < all.len() {
        return Err(unknown(at));
    }
    let says_all = |named: &Named| named.is_full && !named.is_loose;
    let says_all = says_all(&first) && second.as_ref().is_none_or(says_all);
    let days = first.days.clone();
    let last = second.as_ref().map_or(*days.end(), |second| *second.days.end());
    let whole = *days.start()..=last;
    let period = match second {
        Some(second) => {
            between(lead, days, second.days).ok_or_else(|| bad(printed, "ends before it starts"))?
        }
        // "between 1 and 5 March": the month has both ends.
        None if lead == Lead::Between && first.is_range => Period::within(days),
        None if lead == Lead::From && first.is_range => {
            let (start, end) = days.into_inner();
            Period::from_to(Period::on(start), Period::on(end))
        }
        None if is_away && lead == Lead::Within => Period::within(outlook.day..=last),
        None => led(lead, days).ok_or_else(|| bad(printed, "has one end of a range"))?,
    };
    let says_all = says_all && lead == Lead::In && due == 0;
    Ok((if says_all { period } else { period.in_words(printed) }, whole))
}

/// Returns the days that the words at the front name, with their hour, and with one more on either side after "about".
fn dated(words: &[Word], outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let rest = |at: usize| words.get(at..).unwrap_or_default();
    let about = begins_with(words, ABOUT).map_or(0, |(_, used)| used);
    let hour = hour::before_day(rest(about));
    let at = about + hour;
    if hour > 0 && rest(at).is_empty() {
        let today = Named::new(single(Some(outlook.day)), at);
        return Ok(today.map(|named| Named { is_loose: true, ..named }));
    }
    let Some(found) = named(rest(at), outlook)? else { return Ok(None) };
    let is_day = found.days.start() == found.days.end();
    let after = if is_day { hour::after_day(rest(at + found.used)) } else { 0 };
    let is_loose = about > 0 || hour > 0 || after > 0;
    let used = at + found.used + after;
    let days = if about > 0 { one_more(&found.days) } else { Some(found.days.clone()) };
    Ok(days.map(|days| Named { days, used, is_loose, ..found }))
}

/// Returns the days with one more day, month or year on either side, or as many days again.
fn one_more(days: &RangeInclusive<Date>) -> Option<RangeInclusive<Date>> {
    let (first, last) = (*days.start(), *days.end());
    let by = |span: Span| Some(moved(first, -span)?..=moved(last, span)?);
    if year_of(first.year()).as_ref() == Some(days) {
        return by(Span::new().years(1));
    }
    if month_of(first.year(), first.month()).as_ref() == Some(days) {
        return Some(
            moved(first, Span::new().months(-1))?
                ..=moved(first, Span::new().months(1))?.last_of_month(),
        );
    }
    by(Span::new().days(1 + first.until(last).ok()?.get_days()))
}

/// Returns why a text such as "2023-24" or "2010-11" is not read, and what was expected: EDTF has it as a season or a
/// month, others as two years.
fn month_or_years(text: &str) -> Option<(String, &'static str)> {
    let (first, next) = text.split_once('-')?;
    let (year, next): (u32, u32) = (first.parse().ok()?, next.parse().ok()?);
    if text.len() != 7 || (year + 1) % 100 != next {
        return None;
    }
    let years = format!("{year} to {}", year + 1);
    match next {
        21..=41 => Some((
            format!("has two readings, a season of {year} and {years}"),
            "the years in full, as 2023/2024",
        )),
        1..=12 => Some((
            format!("has two readings, a month of {year} and {years}"),
            "the years in full, as 2010/2011, or the month in words",
        )),
        _ => None,
    }
}

/// Returns the second time of two. A day alone is of the month of the first; a month without its year is not before it.
fn later(rest: &[Word], first: &Named, outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let after_first = match first.is_full {
        true => Outlook::ahead_from(*first.days.start()),
        false => outlook,
    };
    dated(rest, after_first)
}

fn between(
    lead: Lead,
    first: RangeInclusive<Date>,
    second: RangeInclusive<Date>,
) -> Option<Period> {
    let (start, end) = (*first.start(), *second.end());
    if start > end {
        return None;
    }
    Some(match lead {
        Lead::From | Lead::Throughout => {
            Period::from_to(Period::within(first), Period::within(second))
        }
        _ => Period::within(start..=end),
    })
}

fn led(lead: Lead, days: RangeInclusive<Date>) -> Option<Period> {
    let (first, last) = (*days.start(), *days.end());
    let before = || first.checked_sub(Span::new().days(1)).ok();
    Some(match lead {
        Lead::By if first == last => Period::by(last),
        Lead::By => Period::by(last).strictly_by(before()?),
        Lead::Before => Period::by(before()?),
        Lead::Until => Period::until(last),
        Lead::Since | Lead::Starting | Lead::From => Period::since(Period::within(days)),
        Lead::After => Period::after(last.checked_add(Span::new().days(1)).ok()?),
        Lead::Between => return None,
        Lead::Throughout => Period::throughout(days),
        Lead::AsOf => Period::holding_on(last),
        Lead::Within | Lead::In => Period::within(days),
    })
}
