//! EDTF (ISO 8601-2:2019) for periods: day, month, year, interval with open and unknown ends, and one
//! of a set of days `[a..b]`.
//!
//! A date alone is an occurrence within it: `2024-06` is one day of June. An interval is a state whose
//! start and end lie within the given dates. EDTF does not tell states from counts over a stretch; the
//! aspect is kept in [`Period`], not in the text.

use crate::days::{Day, parse_day};
use crate::periods::{Aspect, Period, Window};
use jiff::civil::Date;
use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;

/// Text that is no EDTF period, or a period whose end lies before its start.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "\"{text}\" is not a period: {problem}; expected EDTF such as 2024-10-24, 2024-06, 2024-06/2024-10, 2024-06/.. or [2024-09-01..2024-10-24]"
)]
pub struct PeriodError {
    text: String,
    problem: &'static str,
}

impl PeriodError {
    pub(crate) fn new(text: &str, problem: &'static str) -> Self {
        Self { text: crate::errors::excerpt(text), problem }
    }
}

impl From<std::convert::Infallible> for PeriodError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// The first and last day of a date of any precision.
fn window(text: &str) -> Option<Window> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if let Some(day) = parse_day(text) {
        return Some(Window::new(Some(day), Some(day)));
    }
    let shape_fits = match digits.len() {
        4 => digits.bytes().all(|b| b.is_ascii_digit()),
        7 => digits.bytes().enumerate().all(|(i, b)| if i == 4 { b == b'-' } else { b.is_ascii_digit() }),
        _ => false,
    };
    if !shape_fits {
        return None;
    }
    let (year, month) = digits.split_at_checked(4)?;
    let year: i16 = year.parse().ok()?;
    let year = if text.starts_with('-') { -year } else { year };
    let (first, last) = match month.strip_prefix('-') {
        None => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
        Some(month) => {
            let first = Date::new(year, month.parse().ok()?, 1).ok()?;
            (first, first.last_of_month())
        }
    };
    Some(Window::new(Some(first.into()), Some(last.into())))
}

/// `2024-06-15`, `2024-06` or `2024` for a stretch that is exactly that.
pub(crate) fn precision(first: Day, last: Day) -> Option<String> {
    let (a, b) = (first.date(), last.date());
    let year = |d: Date| {
        if d.year() < 0 { format!("-{:04}", -i32::from(d.year())) } else { format!("{:04}", d.year()) }
    };
    if a == b {
        Some(first.to_string())
    } else if a == a.first_of_year() && b == a.last_of_year() {
        Some(year(a))
    } else if a == a.first_of_month() && b == a.last_of_month() {
        Some(format!("{}-{:02}", year(a), a.month()))
    } else {
        None
    }
}

impl Period {
    /// The EDTF text that says exactly these four days, if there is one. The aspect, the words and a
    /// strict deadline are not part of EDTF.
    ///
    /// ```
    /// use claimgraph::{date, Period};
    /// let period: Period = "2022-02/..".parse().unwrap();
    /// assert_eq!(period, Period::since(Period::within(date(2022, 2, 1)..=date(2022, 2, 28))));
    /// assert_eq!(period.edtf().as_deref(), Some("2022-02/.."));
    /// assert_eq!(Period::holding_on(date(2024, 10, 24)).edtf(), None);
    /// ```
    pub fn edtf(&self) -> Option<String> {
        let (start, end) = (self.start, self.end);
        let text = match self.aspect {
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
        };
        let read: Period = text.parse().ok()?;
        let exact = (read.start, read.end, read.ongoing) == (start, end, self.ongoing);
        exact.then_some(text)
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fail = |problem| PeriodError::new(text, problem);
        let date = |part: &str| {
            window(part).ok_or_else(|| fail("a date in it is not on the calendar, or not written as EDTF"))
        };
        let period = if let Some(set) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            let (a, b) = set.split_once("..").ok_or_else(|| fail("a set needs .. between its ends"))?;
            if a.is_empty() && b.is_empty() {
                return Err(fail("a set needs at least one end"));
            }
            let first = if a.is_empty() { None } else { date(a)?.earliest };
            let last = if b.is_empty() { None } else { date(b)?.latest };
            let days = Window::new(first, last);
            Period::of(days, days, Aspect::Occurrence)
        } else if let Some((a, b)) = text.split_once('/') {
            let end_of = |part: &str| match part {
                "" | ".." => Ok(Window::default()),
                dated => date(dated),
            };
            let (start, end) = (end_of(a)?, end_of(b)?);
            if start == Window::default() && end == Window::default() {
                return Err(fail("an interval needs at least one dated end"));
            }
            let end = if end == Window::default() { Window::new(start.latest, None) } else { end };
            let start = if start == Window::default() { Window::new(None, end.latest) } else { start };
            Period { ongoing: b == "..", ..Period::of(start, end, Aspect::State) }
        } else {
            let days = date(text)?;
            Period::of(days, days, Aspect::Occurrence)
        };
        if period.is_inverted() {
            return Err(fail("it ends before it starts"));
        }
        Ok(period)
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

/// From the four days, or from EDTF text.
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
                let period = Period { ongoing, strict_deadline, words, ..Period::of(start, end, aspect) };
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
        assert_eq!(period("../2024-10-24"), period("/2024-10-24"));
    }

    #[test]
    fn what_edtf_cannot_say_exactly_is_not_printed() {
        let told = Period::holding_on(date(2024, 10, 24)).beginning_within(date(2024, 9, 1)..=date(2024, 10, 24));
        assert_eq!(told.edtf(), None);
        assert_eq!(Period::since(date(2024, 6, 1)).as_reported(date(2024, 10, 24).into(), true).edtf(), None);
    }

    #[test]
    fn no_text_is_read_loosely() {
        for text in [
            "",
            "/",
            "../..",
            "[..]",
            "2024-13",
            "2024-02-30",
            "24-10-2024",
            "2024-6",
            "2024-10/2024-06",
            "[2024-10..2024-06]",
            "2024-06/2024-07/2024-08",
            " 2024",
            "2024-1X",
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
            serde_json::from_str::<Period>(r#"{"start":{"earliest":"2024-02-01"},"end":{"latest":"2024-01-01"}}"#)
                .is_err()
        );
    }
}
