//! Periods as a text prints them: "by December", "since February 2022", "between 1 and 5 June", "last week".

use super::PhraseError;
use super::calendar::{Named, named};
use super::words::{Word, begins_with, words};
use claimgraph::{Date, Period};
use jiff::Span;
use std::ops::RangeInclusive;

/// The day from which a text looks, and whether it looks back or ahead. A date without its year is the nearest in that
/// direction.
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
}

impl Outlook {
    /// Creates the outlook of a text of this day about what has happened.
    pub fn back_from(day: Date) -> Self {
        Self { day, is_ahead: false }
    }

    /// Creates the outlook of a text of this day about what is to happen.
    pub fn ahead_from(day: Date) -> Self {
        Self { day, is_ahead: true }
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
    About,
    AsOf,
    In,
}

const LEADS: &[(&str, Lead)] = &[
    ("by", Lead::By),
    ("no later than", Lead::By),
    ("not later than", Lead::By),
    ("within", Lead::In),
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
    ("about", Lead::About),
    ("around", Lead::About),
    ("circa", Lead::About),
    ("c", Lead::About),
    ("ca", Lead::About),
    ("approximately", Lead::About),
    ("~", Lead::About),
    ("as of", Lead::AsOf),
    ("in", Lead::In),
    ("on", Lead::In),
    ("during", Lead::In),
    ("over", Lead::In),
    ("in about", Lead::About),
    ("in around", Lead::About),
    ("as early as", Lead::In),
];

/// Words between two times.
const TO: &[(&str, ())] = &[("to", ()), ("until", ()), ("till", ()), ("through", ()), ("-", ())];

const AND: &[(&str, ())] = &[("and", ()), ("or", ())];

/// Reads a period as a text prints it, or as EDTF (ISO 8601-2).
///
/// A date without its year, a weekday and "last week" go by the outlook. "By December" is by its last day and, read
/// strictly, by the day before its first. "Early", "mid" and "late" are ten days of a month and four months of a year.
/// If the words alone do not say the days, they are kept.
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
/// assert!(period("05/06/2024", outlook).is_err());      // May or June?
/// # Ok::<(), claimgraph_intake::phrase::PhraseError>(())
/// ```
///
/// # Errors
/// Returns an error if the phrase names no time, has two readings, or names a day that the calendar does not have.
pub fn period(phrase: &str, outlook: Outlook) -> Result<Period, PhraseError> {
    let printed = phrase.trim();
    if let Ok(period) = printed.parse::<Period>() {
        return match season_or_years(printed) {
            Some(problem) => {
                Err(PhraseError::new(printed, problem, "the years in full, as 2023/2024"))
            }
            None => Ok(period),
        };
    }
    let expected = "a time, as \"24 October 2024\", \"by December\" or 2024-10";
    let bad = |found: &str, problem: &str| PhraseError::new(found, problem, expected);
    if printed.ends_with(['?', '%']) {
        return Err(PhraseError::new(printed, "is in doubt", "EDTF, as 2024-06?"));
    }
    let all = words(printed).ok_or_else(|| bad(printed, "is too long for a time"))?;
    let (lead, at) = begins_with(&all, LEADS).unwrap_or((Lead::In, 0));
    let rest = |at: usize| all.get(at..).unwrap_or_default();
    let unknown = |at: usize| {
        let found = rest(at).first().and_then(|word| printed.get(word.place.start..));
        bad(found.unwrap_or(printed), "does not name a time")
    };
    // "Since" looks back, whatever the text is about.
    let outlook = Outlook { is_ahead: outlook.is_ahead && lead != Lead::Since, ..outlook };
    let begin = at;
    let mut first = named(rest(at), outlook)?.ok_or_else(|| unknown(at))?;
    let mut at = at + first.used;
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
            first = named(rest(begin), until)?.ok_or_else(|| unknown(begin))?;
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
    let is_full = first.is_full && second.as_ref().is_none_or(|second| second.is_full);
    let days = first.days.clone();
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
        None => led(lead, days).ok_or_else(|| bad(printed, "has one end of a range"))?,
    };
    Ok(if is_full && lead == Lead::In { period } else { period.in_words(printed) })
}

/// Returns why a text such as "2023-24" is not read: EDTF has it as a season, others as two years.
fn season_or_years(text: &str) -> Option<String> {
    let (year, next) = text.split_once('-')?;
    let (year, next): (u32, u32) = (year.parse().ok()?, next.parse().ok()?);
    let is_next = text.len() == 7 && (year + 1) % 100 == next;
    (is_next && (21..=41).contains(&next))
        .then(|| format!("has two readings, a season of {year} and {year} to {}", year + 1))
}

/// Returns the second time of two. A day alone is of the month of the first; a month without its year is not before it.
fn later(rest: &[Word], first: &Named, outlook: Outlook) -> Result<Option<Named>, PhraseError> {
    let after_first = match first.is_full {
        true => Outlook::ahead_from(*first.days.start()),
        false => outlook,
    };
    named(rest, after_first)
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
        Lead::About | Lead::In => Period::within(days),
    })
}
