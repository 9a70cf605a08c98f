//! The times of Wikibase: a year, month and day with a precision, in the Gregorian or the Julian calendar.

use jiff::ToSpan;
use jiff::civil::Date;

/// A time of Wikibase: year, month and day, as far as its precision says.
#[derive(Clone, Copy, Debug)]
pub(super) struct WikibaseTime {
    year: i32,
    month: i8,
    day: i8,
    precision: i64,
}

impl WikibaseTime {
    /// Reads a time with the precision of a century, decade, year, month or day. Returns `None` for any other
    /// precision, and for times outside the calendar.
    pub(super) fn read(given: &str, precision: i64) -> Option<Self> {
        let (sign, rest) = match given.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, given.strip_prefix('+').unwrap_or(given)),
        };
        let mut parts = rest.split('T').next()?.splitn(3, '-');
        let year: i32 = parts.next()?.parse().ok()?;
        let month: i8 = parts.next()?.parse().ok()?;
        let day: i8 = parts.next()?.parse().ok()?;
        // Wikibase has no year 0: 1 BCE is -1, which is 0000 in ISO 8601.
        let year = if sign < 0 { 1 - year } else { year };
        let known = (7..=11).contains(&precision) && (-9_999..=9_999).contains(&year);
        let fits = match precision {
            11 => (1..=12).contains(&month) && (1..=31).contains(&day),
            10 => (1..=12).contains(&month),
            7 | 8 => year >= 0,
            _ => true,
        };
        (known && fits).then_some(Self { year, month, day, precision })
    }

    pub(super) fn days(self, julian: bool) -> Option<(Date, Date)> {
        let year = i16::try_from(self.year).ok()?;
        match self.precision {
            11 if julian => gregorian(year, self.month, self.day).map(|day| (day, day)),
            11 => Date::new(year, self.month, self.day).ok().map(|day| (day, day)),
            10 => Date::new(year, self.month, 1).ok().map(|day| (day, day.last_of_month())),
            precision => {
                // A century is written as its last year: 1900 or 1850 for the 19th.
                let (first, last) = match precision {
                    9 => (year, year),
                    8 => (year - year % 10, year - year % 10 + 9),
                    _ => {
                        let first = (year - 1).max(0) / 100 * 100;
                        (first + 1, first + 100)
                    }
                };
                Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
            }
        }
    }

    /// Returns the time in EDTF. A Julian day becomes the Gregorian one.
    pub(super) fn edtf(self, gregorian: Option<(Date, Date)>) -> String {
        let four = |year: i32| {
            let sign = if year < 0 { "-" } else { "" };
            format!("{sign}{:04}", year.abs())
        };
        let year = four(self.year);
        match (self.precision, gregorian) {
            (11, Some((day, _))) => {
                format!("{}-{:02}-{:02}", four(day.year().into()), day.month(), day.day())
            }
            (11, None) => format!("{year}-{:02}-{:02}", self.month, self.day),
            (10, _) => format!("{year}-{:02}", self.month),
            (8, _) => format!("{:03}X", self.year / 10),
            (7, _) => match self.days(false) {
                Some((first, last)) => format!("{:04}/{:04}", first.year(), last.year()),
                None => year,
            },
            _ => year,
        }
    }
}

/// Returns the Gregorian day of a day in the Julian calendar. The calendars differ by one day for each leap year
/// of a century that only the Julian calendar has.
fn gregorian(year: i16, month: i8, day: i8) -> Option<Date> {
    let century = i32::from(if month <= 2 { year - 1 } else { year }).div_euclid(100);
    let apart = century - century.div_euclid(4) - 2;
    // Only the Julian calendar has 29 February in every year that ends a century.
    let same = Date::new(year, month, day).ok().or_else(|| {
        ((month, day) == (2, 29)).then(|| Date::new(year, 2, 28).ok()?.checked_add(1.day()).ok())?
    })?;
    same.checked_add(apart.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_julian_day_is_the_gregorian_day_of_its_time() {
        assert_eq!(gregorian(1917, 10, 25), Some(date(1917, 11, 7)));
        assert_eq!(gregorian(1900, 2, 29), Some(date(1900, 3, 13)));
        assert_eq!(gregorian(1900, 2, 28), Some(date(1900, 3, 12)));
        assert_eq!(gregorian(1582, 10, 5), Some(date(1582, 10, 15)));
        assert_eq!(gregorian(1564, 2, 15), Some(date(1564, 2, 25)));
    }

    #[test]
    fn times_are_read_as_precisely_as_they_are_given() {
        let edtf = |given: &str, precision| {
            WikibaseTime::read(given, precision).map(|time| time.edtf(None))
        };
        assert_eq!(edtf("+1952-10-07T00:00:00Z", 11).as_deref(), Some("1952-10-07"));
        assert_eq!(edtf("+1952-10-00T00:00:00Z", 10).as_deref(), Some("1952-10"));
        assert_eq!(edtf("+1952-00-00T00:00:00Z", 9).as_deref(), Some("1952"));
        assert_eq!(edtf("+1952-00-00T00:00:00Z", 8).as_deref(), Some("195X"));
        assert_eq!(edtf("+1900-00-00T00:00:00Z", 7).as_deref(), Some("1801/1900"));
        assert_eq!(edtf("-0044-03-15T00:00:00Z", 11).as_deref(), Some("-0043-03-15"));
        let caesar = WikibaseTime::read("-0044-03-15T00:00:00Z", 11).unwrap();
        assert_eq!(caesar.edtf(caesar.days(true)), "-0043-03-13");
        assert_eq!(edtf("-13798000000-00-00T00:00:00Z", 3), None);
    }
}
