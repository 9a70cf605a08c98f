//! Civil days as plain numbers, so that they sort and pack. jiff does the calendar.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A civil day as a number, for programs that read many: days since 1970-01-01, without a zone.
///
/// The range is jiff's: years -9999 to 9999.
///
/// ```
/// use claimgraph::{date, time::Day};
/// let day = Day::from(date(1970, 1, 31));
/// assert_eq!((day.number(), day.date()), (30, date(1970, 1, 31)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    pub(crate) const EPOCH: Day = Day(0);

    /// Returns the days since 1970-01-01; negative before it.
    #[inline]
    pub fn number(self) -> i32 {
        self.0
    }

    /// Returns the day with this [`number`](Self::number).
    #[inline]
    pub(crate) fn of_number(number: i32) -> Self {
        Self(number)
    }

    /// The number of the first day of the calendar, -9999-01-01.
    pub(crate) const FIRST: i32 = -4_371_587;

    /// The number of its last day, 9999-12-31.
    pub(crate) const LAST: i32 = 2_932_896;

    /// Returns the date.
    pub fn date(self) -> Date {
        let hours = SignedDuration::from_hours(i64::from(self.0) * 24);
        EPOCH.checked_add(hours).unwrap_or(Date::MAX)
    }

    /// Returns the day before. At the start of the calendar it is the same day.
    pub(crate) fn previous(self) -> Self {
        self.date().yesterday().map_or(self, Self::from)
    }
}

impl From<Date> for Day {
    /// Counts the days of the proleptic Gregorian calendar, in years that begin with March: a leap day is the
    /// last of its year. It takes a few steps less than durations do.
    #[inline]
    fn from(date: Date) -> Self {
        /// By month, the days of its year that come before it.
        const BEFORE: [i32; 16] =
            [0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 0, 0, 0];
        /// Eras of 400 years that bring every year of the calendar above zero, and the days of one.
        const ERAS: (i32, i32) = (25, 146_097);
        /// From the first of March of the year 0 to 1970.
        const TO_EPOCH: i32 = 719_468;
        let month = date.month().unsigned_abs();
        let year = i32::from(date.year()) - i32::from(month <= 2) + 400 * ERAS.0;
        let (years, centuries) = (year.unsigned_abs(), year.unsigned_abs() / 100);
        let days = 365 * years + years / 4 - centuries + centuries / 4;
        let before = BEFORE.get(usize::from(month % 16)).copied().unwrap_or(0);
        Self(days.cast_signed() + before + i32::from(date.day()) - 1 - TO_EPOCH - ERAS.0 * ERAS.1)
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        day.date()
    }
}

impl Day {
    /// Writes `2024-10-24`, with a sign before the year 0. It avoids the formatter, which takes most of the time when
    /// millions are written.
    fn text(self, buffer: &mut [u8; 11]) -> &str {
        let date = self.date();
        let (year, month, day) =
            (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
        let [thousand, hundred] = [year / 1000, year / 100].map(|n| n % 10);
        let digits = [thousand, hundred, year / 10 % 10, year % 10]
            .map(|n| b'0' + u8::try_from(n).unwrap_or(0));
        let [y, e, a, r] = digits;
        let pair = |n: u8| [b'0' + n / 10, b'0' + n % 10];
        let ([m, o], [d, i]) = (pair(month), pair(day));
        *buffer = [b'-', y, e, a, r, b'-', m, o, b'-', d, i];
        let from = usize::from(date.year() >= 0);
        buffer.get(from..).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(&mut [0; 11]))
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text(&mut [0; 11]))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day such as 2024-10-24")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
                parse_day(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Reads `2024-10-24`, and nothing looser than that. `-0000` is not a year.
pub(crate) fn parse_day(text: &str) -> Option<Day> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let &[y, e, a, r, b'-', m, o, b'-', d, t] = <&[u8; 10]>::try_from(digits.as_bytes()).ok()?
    else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'))
        })
    };
    let [month, day] = [[m, o], [d, t]].map(|pair| i8::try_from(number(&pair)?).ok());
    let year = number(&[y, e, a, r]).filter(|year| sign > 0 || *year > 0)?;
    Date::new(sign * year, month?, day?).ok().map(Day::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_go_to_dates_and_back_at_both_ends_of_the_calendar() {
        for d in
            [Date::MIN, date(-1, 12, 31), date(1969, 12, 31), EPOCH, date(2024, 2, 29), Date::MAX]
        {
            assert_eq!(Day::from(d).date(), d);
        }
        for d in std::iter::successors(Some(Date::MIN), |d| {
            d.checked_add(SignedDuration::from_hours(24 * 97)).ok()
        }) {
            assert_eq!(i64::from(Day::from(d).0) * 24, d.duration_since(EPOCH).as_hours(), "{d}");
        }
        for d in [Date::MIN, Date::MAX].map(Day::from) {
            let beyond = d.0 + d.0.signum();
            let all = Day::FIRST..=Day::LAST;
            assert_eq!((all.contains(&d.0), all.contains(&beyond)), (true, false));
        }
        assert_eq!(Day::from(date(1970, 1, 2)).0, 1);
        assert_eq!(Day::from(Date::MIN).previous().date(), Date::MIN);
        assert_eq!(Day::from(date(2024, 3, 1)).previous().date(), date(2024, 2, 29));
    }

    #[test]
    fn only_a_whole_calendar_day_parses() {
        assert_eq!(parse_day("2024-10-24"), Some(Day::from(date(2024, 10, 24))));
        assert_eq!(parse_day("-0044-03-15"), Some(Day::from(date(-44, 3, 15))));
        for wrong in [
            "2024-10",
            "2024-13-01",
            "2023-02-29",
            "24-10-2024",
            "2024-10-24T00:00",
            "2024-1-024",
            "",
            "--044-03-15",
            "-0000-03-15",
        ] {
            assert_eq!(parse_day(wrong), None, "{wrong}");
        }
    }
}
