//! EDTF (ISO 8601-2:2019, levels 0 and 1, and sets and dates of level 2) as the text form of a [`Period`].
//!
//! A date alone is an occurrence within it: `2024-06` is one day of June. An interval is a state whose
//! start and end lie within the given dates. `[..]` is an occurrence on one of the days of a set, `{..}` a
//! state that touches all of its members. EDTF does not tell states from counts over a stretch; the aspect is
//! kept in [`Period`], not in the text.
//!
//! Four days cannot express marks of doubt, unspecified digits, times of day or gaps in a set. These stay in the
//! period's words, which are the text itself. `docs/formats/graphs.md` of `claimgraph-formats` has the whole rule.

use crate::model::text::excerpt;
use crate::model::time::day::Day;
use crate::model::time::edtf_date::{DateRead, Fault};
use crate::model::time::period::{Aspect, Period};
use crate::model::time::window::{Window, precision};
use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;

/// A text that is not an EDTF period, whose end lies before its start, or that lies outside the calendar.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("\"{text}\" is not a period: {problem}; expected {}", self.expected())]
pub struct PeriodError {
    text: String,
    problem: &'static str,
    beyond: bool,
}

impl PeriodError {
    pub(crate) fn new(text: &str, problem: &'static str) -> Self {
        Self { text: excerpt(text), problem, beyond: false }
    }

    fn of(text: &str, fault: Fault) -> Self {
        match fault {
            Fault::No(problem) => Self::new(text, problem),
            Fault::Beyond => {
                Self { beyond: true, ..Self::new(text, "it is EDTF, and outside the calendar") }
            }
        }
    }

    fn expected(&self) -> &'static str {
        match self.beyond {
            true => "a year from -9999 to 9999",
            false => {
                "EDTF such as 2024-10-24, 2024-06, 2024-06/2024-10, 2024-06/.., 2024-06~ or [2024-09-01..2024-10-24]"
            }
        }
    }

    /// Returns whether it is a date in EDTF, but before the year -9999 or after 9999.
    ///
    /// ```
    /// use claimgraph::Period;
    /// assert!("Y170000002".parse::<Period>().unwrap_err().is_beyond_calendar());
    /// assert!(!"2024-13".parse::<Period>().unwrap_err().is_beyond_calendar());
    /// ```
    pub fn is_beyond_calendar(&self) -> bool {
        self.beyond
    }
}

impl From<std::convert::Infallible> for PeriodError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl Period {
    /// Returns the EDTF text that says exactly these four days, if there is one.
    ///
    /// The aspect and a strict deadline are not part of it. If the words are the EDTF text that the period was
    /// read from, that text is returned.
    ///
    /// ```
    /// use claimgraph::{date, Period};
    /// let period: Period = "2022-02/..".parse().unwrap();
    /// assert_eq!(period, Period::since(Period::within(date(2022, 2, 1)..=date(2022, 2, 28))));
    /// assert_eq!(period.edtf().as_deref(), Some("2022-02/.."));
    /// let about: Period = "2022-02~".parse().unwrap();
    /// assert_eq!((about.words(), about.edtf().as_deref()), (Some("2022-02~"), Some("2022-02~")));
    /// assert_eq!(Period::holding_on(date(2024, 10, 24)).edtf(), None);
    /// ```
    pub fn edtf(&self) -> Option<String> {
        let verbatim = self.words.as_ref().filter(|words| {
            let read = words.parse::<Period>();
            read.is_ok_and(|read| read.words == self.words && self.has_days_of(&read))
        });
        let text = match verbatim {
            Some(words) => return Some(words.clone()),
            None => self.plain_edtf()?,
        };
        text.parse().is_ok_and(|read| self.has_days_of(&read)).then_some(text)
    }

    fn has_days_of(&self, other: &Period) -> bool {
        (self.start, self.end, self.ongoing) == (other.start, other.end, other.ongoing)
    }

    /// Returns the text that says these days, or nearly so.
    fn plain_edtf(&self) -> Option<String> {
        let (start, end) = (self.start, self.end);
        Some(match self.aspect {
            Aspect::Occurrence => match (start.earliest, end.latest) {
                (Some(a), Some(b)) => precision(a, b).unwrap_or_else(|| format!("[{a}..{b}]")),
                (None, Some(b)) => format!("[..{b}]"),
                (Some(a), None) => format!("[{a}..]"),
                (None, None) => return None,
            },
            Aspect::State | Aspect::Cumulative => {
                let side = |w: Window| match (w.earliest, w.latest) {
                    (Some(a), Some(b)) => precision(a, b),
                    _ => Some(String::new()),
                };
                let open = if self.ongoing { ".." } else { "" };
                format!("{}/{}{open}", side(start)?, side(end)?)
            }
        })
    }
}

/// Reads a start and an end with `/` between them: dates, `..` for open, nothing for unknown.
fn interval(a: &str, b: &str) -> Result<(Period, bool), Fault> {
    if a.is_empty() && b.is_empty() {
        return Err(Fault::No("an interval needs an end that is dated or open"));
    }
    let end_of = |part: &str| match part {
        "" | ".." => Ok(DateRead { days: Window::OPEN, plain: true }),
        dated => DateRead::parse(dated, false),
    };
    let (start, end) = (end_of(a)?, end_of(b)?);
    // An open end is kept as ongoing; of the start four days say only that it is not known.
    let plain = start.plain && end.plain && a != "..";
    let (start, end) = (start.days, end.days);
    let end = if end == Window::OPEN { Window::new(start.latest, None) } else { end };
    let start = if start == Window::OPEN { Window::new(None, end.latest) } else { start };
    Ok((Period { ongoing: b == "..", ..Period::of(start, end, Aspect::State) }, plain))
}

/// A member of a set: a date, or a range of dates that may be open on one side.
struct Member {
    first: DateRead,
    last: DateRead,
}

impl Member {
    fn parse(text: &str) -> Result<Self, Fault> {
        let open = DateRead { days: Window::OPEN, plain: true };
        let Some((a, b)) = text.split_once("..") else {
            let date = DateRead::parse(text, false)?;
            return Ok(Self { first: date, last: date });
        };
        if a.is_empty() && b.is_empty() {
            return Err(Fault::No("a range in a set needs at least one end"));
        }
        let end_of =
            |part: &str| if part.is_empty() { Ok(open) } else { DateRead::parse(part, false) };
        let member = Self { first: end_of(a)?, last: end_of(b)? };
        match (member.first.days.earliest, member.last.days.latest) {
            (Some(first), Some(last)) if first > last => Err(Fault::No("it ends before it starts")),
            _ => Ok(member),
        }
    }

    fn starts(&self) -> Option<Day> {
        self.first.days.earliest
    }

    fn ends(&self) -> Option<Day> {
        self.last.days.latest
    }
}

fn members(text: &str) -> Result<Vec<Member>, Fault> {
    text.split(',').map(|member| Member::parse(member.trim_matches(' '))).collect()
}

/// Reads `[..]`: one day of these.
fn one_of(text: &str) -> Result<(Period, bool), Fault> {
    let members = members(text)?;
    let first = members.iter().map(Member::starts).min().flatten();
    let last = members
        .iter()
        .map(Member::ends)
        .try_fold(None, |most, end| end.map(|end| most.max(Some(end))));
    let days = Window::new(first, last.flatten());
    let plain = members.len() == 1
        && text.contains("..")
        && members.iter().all(|m| m.first.plain && m.last.plain);
    Ok((Period::of(days, days, Aspect::Occurrence), plain))
}

/// Reads `{..}`: all of these. If there are several members, nothing is certain about the time between them.
fn all_of(text: &str) -> Result<(Period, bool), Fault> {
    let members = members(text)?;
    let first = members.iter().min_by_key(|member| member.starts());
    let last = members
        .iter()
        .max_by_key(|member| member.ends().map_or((true, None), |end| (false, Some(end))));
    let (Some(first), Some(last)) = (first, last) else {
        return Err(Fault::No("a set has members"));
    };
    let (mut start, mut end) = (first.first.days, last.last.days);
    if end == Window::OPEN {
        end = Window::new(start.latest, None);
    }
    if start == Window::OPEN {
        start = Window::new(None, end.latest);
    }
    if members.len() > 1 {
        end.earliest = start.earliest;
    }
    Ok((Period::of(start, end, Aspect::State), false))
}

fn read(text: &str) -> Result<(Period, bool), Fault> {
    let between =
        |open: char, close: char| text.strip_prefix(open).and_then(|t| t.strip_suffix(close));
    if let Some(set) = between('[', ']') {
        return one_of(set);
    }
    if let Some(set) = between('{', '}') {
        return all_of(set);
    }
    if let Some((a, b)) = text.split_once('/') {
        return interval(a, b);
    }
    let date = DateRead::parse(text, true)?;
    Ok((Period::of(date.days, date.days, Aspect::Occurrence), date.plain))
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let (period, plain) = read(text).map_err(|fault| PeriodError::of(text, fault))?;
        if period.is_inverted() {
            return Err(PeriodError::new(text, "it ends before it starts"));
        }
        // An end within a year may not be before the start in it: then less is possible than is written.
        let told = || {
            let again = period.plain_edtf().and_then(|text| read(&text).ok());
            again.is_some_and(|(again, _)| again.has_days_of(&period))
        };
        let told = plain && (period.aspect == Aspect::Occurrence || told());
        Ok(if told { period } else { period.in_words(text) })
    }
}

impl TryFrom<&str> for Period {
    type Error = PeriodError;

    fn try_from(text: &str) -> Result<Self, PeriodError> {
        text.parse()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default)]
    start: Window,
    #[serde(default)]
    end: Window,
    #[serde(default)]
    aspect: Aspect,
    #[serde(default)]
    ongoing: bool,
    #[serde(default)]
    strict_deadline: Option<Day>,
    #[serde(default)]
    words: Option<String>,
}

/// Reads the four days, or EDTF text.
impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Period;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a period: EDTF text, or its start, end and aspect")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Period, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Period, A::Error> {
                let Fields { start, end, aspect, ongoing, strict_deadline, words } =
                    Fields::deserialize(MapAccessDeserializer::new(map))?;
                let period =
                    Period { ongoing, strict_deadline, words, ..Period::of(start, end, aspect) };
                if period.is_inverted() {
                    return Err(A::Error::custom("the period ends before it starts"));
                }
                Ok(period)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn what_is_printed_reads_back_and_what_is_read_prints() {
        for text in [
            "2024-10-24",
            "2024-06",
            "2024",
            "-0044-03",
            "-0044",
            "2024-06/2024-10",
            "2024-06-01/2024-06-30",
            "/2024-10-24",
            "2022-02/..",
            "2022-02/",
            "[2024-09-01..2024-10-24]",
            "[..2024-12-31]",
            "[2024-01-01..]",
            "2024/2024",
        ] {
            assert_eq!(period(text).edtf().as_deref(), Some(text));
        }
        let (open, unknown) = (period("../2024-10-24"), period("/2024-10-24"));
        assert_eq!(
            (open.start, open.end, open.words()),
            (unknown.start, unknown.end, Some("../2024-10-24"))
        );
    }

    #[test]
    fn what_edtf_cannot_say_exactly_is_not_printed() {
        let told = Period::holding_on(date(2024, 10, 24))
            .beginning_within(date(2024, 9, 1)..=date(2024, 10, 24));
        assert_eq!(told.edtf(), None);
        assert_eq!(
            Period::since(date(2024, 6, 1)).as_reported(date(2024, 10, 24).into(), true).edtf(),
            None
        );
    }

    #[test]
    fn no_text_is_read_loosely() {
        for text in [
            "",
            "/",
            "[..]",
            "{..}",
            "[]",
            "2024-13",
            "2024-02-30",
            "24-10-2024",
            "2024-6",
            "2024-10/2024-06",
            "[2024-10..2024-06]",
            "2024-06/2024-07/2024-08",
            " 2024",
            "2024-4X",
            "[2024",
            "２０２４",
            "2024-06-",
            "-",
            "--0044",
        ] {
            let error = text.parse::<Period>().err().map(|e| e.to_string());
            assert!(error.is_some_and(|e| e.contains("expected EDTF")), "{text}");
        }
    }

    #[test]
    fn a_period_of_four_days_survives_json_and_edtf_is_read_there_too() {
        let told = Period::holding_on(date(2024, 10, 24)).in_words("now");
        let wire = serde_json::to_string(&told).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Period>(&wire).ok(), Some(told), "{wire}");
        assert_eq!(serde_json::from_str::<Period>("\"2024-06\"").ok(), Some(period("2024-06")));
        assert!(
            serde_json::from_str::<Period>(
                r#"{"start":{"earliest":"2024-02-01"},"end":{"latest":"2024-01-01"}}"#
            )
            .is_err()
        );
    }
}
