//! Civil days as a plain number, so that they sort and pack; the calendar itself is jiff's.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A civil day as a number, for those who read many: days since 1970-01-01, without a zone. The range is
/// jiff's: years -9999 to 9999.
///
/// ```
/// use claimgraph::{Day, date};
/// let day = Day::from(date(1970, 1, 31));
/// assert_eq!((day.number(), day.date()), (30, date(1970, 1, 31)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    /// Days since 1970-01-01; negative before it.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day of the calendar.
    pub fn date(self) -> Date {
        let hours = SignedDuration::from_hours(i64::from(self.0) * 24);
        EPOCH.checked_add(hours).unwrap_or(Date::MAX)
    }

    /// The day before, or the same at the start of the calendar.
    pub(crate) fn previous(self) -> Self {
        self.date().yesterday().map_or(self, Self::from)
    }

    pub(crate) fn first_of_month(self) -> Self {
        self.date().first_of_month().into()
    }

    pub(crate) fn first_of_year(self) -> Self {
        self.date().first_of_year().into()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        let hours = date.duration_since(EPOCH).as_hours();
        // 9999 years are under four million days.
        Self(i32::try_from(hours / 24).unwrap_or_default())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        let sign = if date.year() < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        parse_day(&text).ok_or_else(|| {
            serde::de::Error::invalid_value(serde::de::Unexpected::Str(&text), &"a day such as 2024-10-24")
        })
    }
}

/// `2024-10-24`, and nothing looser than that.
pub(crate) fn parse_day(text: &str) -> Option<Day> {
    let strict = match text.strip_prefix('-') {
        Some(rest) => rest.len() == 10,
        None => text.len() == 10,
    };
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !strict || !plain {
        return None;
    }
    let negative = text.starts_with('-');
    let mut parts = text.trim_start_matches('-').splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let year = if negative { -year } else { year };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(Day::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_go_to_dates_and_back_at_both_ends_of_the_calendar() {
        for d in [Date::MIN, date(-1, 12, 31), date(1969, 12, 31), EPOCH, date(2024, 2, 29), Date::MAX] {
            assert_eq!(Day::from(d).date(), d);
        }
        assert_eq!(Day::from(date(1970, 1, 2)).0, 1);
        assert_eq!(Day::from(Date::MIN).previous().date(), Date::MIN);
        assert_eq!(Day::from(date(2024, 3, 1)).previous().date(), date(2024, 2, 29));
    }

    #[test]
    fn only_a_whole_calendar_day_parses() {
        assert_eq!(parse_day("2024-10-24"), Some(Day::from(date(2024, 10, 24))));
        assert_eq!(parse_day("-0044-03-15"), Some(Day::from(date(-44, 3, 15))));
        for wrong in
            ["2024-10", "2024-13-01", "2023-02-29", "24-10-2024", "2024-10-24T00:00", "2024-1-024", "", "--044-03-15"]
        {
            assert_eq!(parse_day(wrong), None, "{wrong}");
        }
    }
}
