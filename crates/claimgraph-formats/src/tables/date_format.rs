//! Reads days, months and years as tables write them: a text and its formats go in, a day or period comes out.

use crate::tables::cell::{Cell, Seen, wrong};
use claimgraph::Period;
use claimgraph::format::{ReadErrorKind, clipped};
use claimgraph::time::Aspect;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The format of a date. `YYYY`, `YY`, `MM` and `DD` stand for digits, `MMM` and `MMMM` for the short and the full name of
/// a month in English, everything else for itself, as in `YYYY-MM-DD`, `DD MMMM YYYY`, `YYYYMMDD` or `YYYY`. A format without `DD` is a month, one without `MM` a year.
///
/// Three formats are special: `YYYY-YYYY` (the first and the last year), `A..B` (some time from one day, month or
/// year to another, either of which may be left out) and `EDTF`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateFormat(pub String);

/// A date in a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateField {
    /// The text.
    pub text: Cell,
    /// The formats of the text: the first that fits counts. `YYYY-MM-DD` if none is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<DateFormat>,
    /// The first two-digit year of the twentieth century: with 50, `49` is 2049 and `50` is 1950. If it is absent,
    /// two-digit years are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pivot: Option<u8>,
    /// The texts that mean "not ended", such as `9999-12-31` or the empty text. Only an end may have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// The marks at the end of an uncertain date, such as `?` or `~`. The claim is then probable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<String>,
}

impl DateField {
    /// Makes a field with days as `YYYY-MM-DD`.
    pub fn new(text: Cell) -> Self {
        Self { text, formats: Vec::new(), pivot: None, open: Vec::new(), unsure: Vec::new() }
    }

    /// Makes a field with dates in any of these formats.
    pub fn written<'a>(text: Cell, formats: impl IntoIterator<Item = &'a str>) -> Self {
        let formats = formats.into_iter().map(|format| DateFormat(format.to_owned())).collect();
        Self { formats, ..Self::new(text) }
    }

    /// Reads a cell. If a text means both "not ended" and "missing", it means "not ended".
    pub(super) fn read(&self, raw: &[u8]) -> Result<Seen<Dated>, ReadErrorKind> {
        let open = |text: &str| self.open.iter().any(|open| open == text);
        if !self.open.is_empty() && std::str::from_utf8(raw).is_ok_and(|text| open(text.trim())) {
            return Ok(Seen::Is(Dated { open: true, ..Dated::default() }));
        }
        self.text.read(raw)?.try_map(|text| self.date(&text).ok_or_else(|| self.no_date()))
    }

    /// Returns true if a year may have two digits, and there is no pivot for its century.
    pub(super) fn lacks_pivot(&self) -> bool {
        let of_two = |format: &DateFormat| {
            format.0.split(|letter| letter != 'Y').any(|years| years.len() == 2)
        };
        self.pivot.is_none() && self.formats.iter().any(of_two)
    }

    fn no_date(&self) -> ReadErrorKind {
        let formats: Vec<&str> = self.formats.iter().map(|format| format.0.as_str()).collect();
        let expected =
            if formats.is_empty() { "YYYY-MM-DD".to_owned() } else { formats.join(" or ") };
        wrong(format!("it is not a date; expected {}", clipped(&expected, 120)))
    }

    fn date(&self, text: &str) -> Option<Dated> {
        let sure = self
            .unsure
            .iter()
            .filter(|mark| !mark.is_empty())
            .find_map(|mark| text.strip_suffix(mark.as_str()));
        let text = sure.unwrap_or(text);
        let dated = match self.formats.as_slice() {
            [] => pattern("YYYY-MM-DD", text, None),
            formats => formats.iter().find_map(|format| self.in_format(&format.0, text)),
        };
        Some(Dated { unsure: sure.is_some(), ..dated? })
    }

    fn in_format(&self, format: &str, text: &str) -> Option<Dated> {
        match format {
            "YYYY-YYYY" => {
                let (first, last) = text.split_once('-')?;
                let (first, last) = (pattern("YYYY", first, None)?, pattern("YYYY", last, None)?);
                let range = Dated { end: last.start, range: true, ..first };
                (range.start.0 <= range.end.1).then_some(range)
            }
            "A..B" => text.contains("..").then(|| edtf(&format!("[{text}]")))?,
            "EDTF" => edtf(text),
            _ => pattern(format, text, self.pivot),
        }
    }
}

/// The first and the last possible day; `None` if there is no limit.
pub(super) type Days = (Option<Date>, Option<Date>);

/// A date as read: its possible days, or those in which a range starts and ends.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Dated {
    pub(super) start: Days,
    pub(super) end: Days,
    pub(super) range: bool,
    pub(super) open: bool,
    pub(super) unsure: bool,
    /// Whether the text is an interval of EDTF, which is always a state.
    pub(super) interval: bool,
    ongoing: bool,
}

impl Dated {
    /// Returns the day, if it is exactly one.
    pub(super) fn day(self) -> Option<Date> {
        let (first, last) = (self.start.0?, self.end.1?);
        (first == last && !self.open).then_some(first)
    }

    /// Returns the first and the last day of the whole range.
    pub(super) fn extent(self) -> Days {
        (self.start.0, self.end.1)
    }

    /// Returns the period of an event on one day in the range.
    pub(super) fn occurrence(self) -> Period {
        period(self.extent(), self.extent(), Aspect::Occurrence)
    }

    /// Returns the period of a state that held for some of the range.
    pub(super) fn some_time(self) -> Period {
        self.occurrence().lasting()
    }

    /// Returns the period of a state that held for all of the range.
    pub(super) fn throughout(self) -> Period {
        if !self.range {
            let (first, last) = self.extent();
            return period((first, first), (last, last), Aspect::State);
        }
        let period = period(self.start, self.end, Aspect::State);
        if self.ongoing { period.ongoing() } else { period }
    }
}

/// Returns the period that starts within the first days and ends within the last.
pub(super) fn period(start: Days, end: Days, aspect: Aspect) -> Period {
    Period::from_days([start.0, start.1, end.0, end.1], aspect)
}

fn edtf(text: &str) -> Option<Dated> {
    let period: Period = text.parse().ok()?;
    let interval = period.aspect() == Aspect::State;
    let [start_earliest, start_latest, end_earliest, end_latest] = period.days();
    let (start, end) = ((start_earliest, start_latest), (end_earliest, end_latest));
    let ongoing = period.is_ongoing();
    Some(Dated { start, end, range: interval, interval, ongoing, ..Dated::default() })
}

/// The names of the months in English. Three letters are the short name.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the month whose name stands at the front of a text, and the text after it.
fn named_month(text: &str, is_short: bool) -> Option<(i8, &str)> {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(letters)?;
    let is_it = |month: &str| {
        let month = if is_short { month.get(..3) } else { Some(month) };
        month.is_some_and(|month| month.eq_ignore_ascii_case(name))
    };
    let place = MONTHS.into_iter().position(is_it)?;
    Some((i8::try_from(place + 1).ok()?, rest))
}

/// Reads `text` by a format of `Y`, `M`, `D` and other characters, each of which stands for itself. `MMM` and `MMMM` are
/// names of months.
fn pattern(format: &str, text: &str, pivot: Option<u8>) -> Option<Dated> {
    let (mut year, mut years, mut month, mut day) = (0u16, 0u8, None::<i8>, None::<i8>);
    let mut rest = text.chars();
    let mut wanted = format;
    while let Some(next) = wanted.chars().next() {
        if let Some(after) = wanted.strip_prefix("MMM") {
            let long = after.strip_prefix('M');
            let (found, left) = named_month(rest.as_str(), long.is_none())?;
            (month, rest, wanted) = (Some(found), left.chars(), long.unwrap_or(after));
            continue;
        }
        wanted = wanted.get(next.len_utf8()..)?;
        let found = rest.next()?;
        let digit = || found.to_digit(10).and_then(|digit| i8::try_from(digit).ok());
        match next {
            'Y' => {
                year = year.checked_mul(10)?.checked_add(u16::try_from(digit()?).ok()?)?;
                years = years.saturating_add(1);
            }
            'M' => month = Some(month.unwrap_or(0).checked_mul(10)?.checked_add(digit()?)?),
            'D' => day = Some(day.unwrap_or(0).checked_mul(10)?.checked_add(digit()?)?),
            literal if literal == found => {}
            _ => return None,
        }
    }
    if rest.next().is_some() {
        return None;
    }
    let year = match years {
        4 => i16::try_from(year).ok()?,
        2 => i16::try_from(year).ok()? + if year >= u16::from(pivot?) { 1900 } else { 2000 },
        _ => return None,
    };
    let (first, last) = match (month, day) {
        (Some(month), Some(day)) => {
            let day = Date::new(year, month, day).ok()?;
            (day, day)
        }
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            (first, first.last_of_month())
        }
        (None, None) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
        (None, Some(_)) => return None,
    };
    let days = (Some(first), Some(last));
    Some(Dated { start: days, end: days, ..Dated::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_is_read_by_its_format_and_by_no_other() {
        let day = |format, text| pattern(format, text, Some(50)).and_then(Dated::day);
        assert_eq!(day("DD/MM/YYYY", "03/12/1990"), Some(date(1990, 12, 3)));
        assert_eq!(day("YYYYMMDD", "20140228"), Some(date(2014, 2, 28)));
        assert_eq!(day("DD MMMM YYYY", "05 January 2024"), Some(date(2024, 1, 5)));
        assert_eq!(day("DD-MMM-YY", "05-SEP-49"), Some(date(2049, 9, 5)));
        assert_eq!(day("MMMMDDYYYY", "May052024"), Some(date(2024, 5, 5)));
        for wrong in ["05 Jan 2024", "05 Januar 2024", "05 2024", "05 January2024"] {
            assert_eq!(day("DD MMMM YYYY", wrong), None, "{wrong}");
        }
        assert_eq!(day("DD MMM YYYY", "05 January 2024"), None);
        assert_eq!(day("DD.MM.YY", "01.02.49"), Some(date(2049, 2, 1)));
        assert_eq!(day("DD.MM.YY", "01.02.50"), Some(date(1950, 2, 1)));
        for wrong in ["20140229", "2014022", "201402281", "2014-228", "２０１４０２２８"] {
            assert_eq!(pattern("YYYYMMDD", wrong, None), None, "{wrong}");
        }
        assert_eq!(pattern("DD.MM.YY", "01.02.50", None), None, "no pivot");
        assert_eq!(pattern("YYYY-DD", "1990-01", None), None, "a day of no month");
        assert_eq!(pattern("YYYYYYYYYY", "1234567890", None), None);
    }
}
