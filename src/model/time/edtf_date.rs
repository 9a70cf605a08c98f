//! One date of EDTF (ISO 8601-2:2019, levels 0 to 2) as the days in which it lies: complete and partial
//! dates, seasons, unspecified digits, marks of doubt, long years, significant digits, times of day.
//!
//! ```text
//! 2024-10-24  2024-10  2024  -0044          days, months, years
//! 2024-10-24T23:20:30Z                      the civil day as written; the zone moves nothing
//! 201X  2024-XX  2024-1X-0X                 X: any digit that is on the calendar
//! 2024-06~  ?2024-06  2024-%06              ? uncertain, ~ approximate, % both
//! 2001-21 .. 2001-41                        seasons, quarters, quadrimesters, halves
//! Y170000002  Y17E7  1950S2                 long years; so many digits are significant
//! ```

use crate::model::time::day::{Day, parse_day};
use crate::model::time::window::Window;
use jiff::civil::Date;

/// The fault of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// It is not EDTF, or no such day is on the calendar.
    No(&'static str),
    /// It is EDTF, and before the year -9999 or after 9999.
    Beyond,
}

/// A date as read: the first and the last day on which it can lie, and whether these say all that was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DateRead {
    pub(crate) days: Window,
    pub(crate) plain: bool,
}

const WRONG: Fault = Fault::No("a date in it is not written as EDTF");
const NOWHERE: Fault = Fault::No("a date in it is not on the calendar");

impl DateRead {
    /// Reads a date. Of a time of day, the day is kept. A time of day and a long year are refused unless the date
    /// is `alone`, which it is not in an interval.
    pub(crate) fn parse(text: &str, alone: bool) -> Result<Self, Fault> {
        if let Some(day) = parse_day(text) {
            return Ok(Self { days: Window::new(Some(day), Some(day)), plain: true });
        }
        match text.as_bytes() {
            [b'Y', ..] if alone => long_year(text.get(1..).unwrap_or_default()),
            bytes if bytes.contains(&b'T') => {
                let (day, time) = text.split_once('T').ok_or(WRONG)?;
                let day = parse_day(day).filter(|_| alone && is_time(time)).ok_or(WRONG)?;
                Ok(Self { days: Window::new(Some(day), Some(day)), plain: false })
            }
            bytes if bytes.contains(&b'S') => {
                let (year, digits) = text.split_once('S').ok_or(WRONG)?;
                let (sign, year) = split_sign(year);
                let four = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
                let four = four && (sign > 0 || year != "0000");
                let year: i64 = year.parse().ok().filter(|_| four).ok_or(WRONG)?;
                significant(sign * year, Some(digits))
            }
            _ => Pattern::parse(text)?.read(),
        }
    }
}

fn split_sign(text: &str) -> (i64, &str) {
    text.strip_prefix('-').map_or((1, text), |rest| (-1, rest))
}

/// Reads the text after the `Y`.
fn long_year(text: &str) -> Result<DateRead, Fault> {
    let (text, digits) =
        text.split_once('S').map_or((text, None), |(year, digits)| (year, Some(digits)));
    let (mantissa, exponent) = text.split_once('E').map_or((text, None), |(m, e)| (m, Some(e)));
    let (sign, mantissa) = split_sign(mantissa);
    let is_number =
        |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) && !t.starts_with('0');
    let long_enough = exponent.is_some() || mantissa.len() > 4;
    if !is_number(mantissa)
        || !long_enough
        || ![exponent, digits].into_iter().flatten().all(is_number)
    {
        return Err(Fault::No(
            "a long year is Y and five digits or more, or Y, digits, E and an exponent",
        ));
    }
    let exponent = exponent.map_or(Ok(0), |e| e.parse::<u32>().map_err(|_| Fault::Beyond))?;
    let power = 10i64.checked_pow(exponent).ok_or(Fault::Beyond)?;
    let year = mantissa
        .parse::<i64>()
        .ok()
        .and_then(|year| year.checked_mul(power))
        .ok_or(Fault::Beyond)?;
    significant(sign * year, digits)
}

/// Reads a year of which only the first digits are meant: `1950S2` is some year from 1900 to 1999.
fn significant(year: i64, digits: Option<&str>) -> Result<DateRead, Fault> {
    let size = year.unsigned_abs();
    let rounding = match digits {
        None => 1,
        Some(digits) => {
            let is_number = !digits.is_empty()
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !digits.starts_with('0');
            let meant = digits.parse::<usize>().unwrap_or(usize::MAX);
            let length = size.to_string().len();
            let cut = u32::try_from(length.saturating_sub(meant)).unwrap_or(0);
            10u64.checked_pow(cut).filter(|_| is_number).ok_or(WRONG)?
        }
    };
    let nearest = size - size % rounding;
    let farthest = nearest.saturating_add(rounding - 1);
    let signed = |size: u64| {
        i16::try_from(size).ok().filter(|y| *y <= 9999).map(|y| if year < 0 { -y } else { y })
    };
    let (a, b) = (signed(nearest).ok_or(Fault::Beyond)?, signed(farthest).ok_or(Fault::Beyond)?);
    let (first, last) = (Date::new(a.min(b), 1, 1), Date::new(a.max(b), 12, 31));
    let (first, last) = (first.map_err(|_| Fault::Beyond)?, last.map_err(|_| Fault::Beyond)?);
    Ok(DateRead { days: Window::new(Some(first.into()), Some(last.into())), plain: false })
}

/// Returns whether it is `23:20:30`, perhaps with `Z`, `+04` or `-04:30`: at most 12 hours behind and 14 ahead.
fn is_time(text: &str) -> bool {
    let Some((clock, zone)) = text.split_at_checked(8) else {
        return false;
    };
    let midnight = clock == "24:00:00";
    let clock = match number_pair(clock) {
        Some((hour, minute)) => {
            let second = clock
                .get(6..)
                .and_then(two_digits)
                .filter(|_| clock.as_bytes().get(5) == Some(&b':'));
            midnight || (hour < 24 && minute < 60 && second.is_some_and(|second| second < 60))
        }
        None => false,
    };
    let zone = match zone.split_at_checked(1) {
        None => zone.is_empty(),
        Some(("Z", rest)) => rest.is_empty(),
        Some((sign @ ("+" | "-"), rest)) => {
            let shift = match rest.len() {
                2 => two_digits(rest).map(|hours| (hours, 0)),
                5 => number_pair(rest),
                _ => None,
            };
            shift.is_some_and(|(hours, minutes)| {
                let (shift, behind) = (hours * 60 + minutes, sign == "-");
                minutes < 60
                    && shift <= if behind { 12 * 60 } else { 14 * 60 }
                    && !(behind && shift == 0)
            })
        }
        Some(_) => false,
    };
    clock && zone
}

fn two_digits(text: &str) -> Option<u16> {
    let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// Returns the two numbers of `04:30`, whatever follows.
fn number_pair(text: &str) -> Option<(u16, u16)> {
    let pair = (two_digits(text.get(..2)?)?, two_digits(text.get(3..5)?)?);
    (text.as_bytes().get(2) == Some(&b':')).then_some(pair)
}

/// A year, a month or season, and a day, with digits that may be unspecified.
struct Pattern<'t> {
    negative: bool,
    year: &'t str,
    month: Option<&'t str>,
    day: Option<&'t str>,
    /// Whether it has neither a mark of doubt nor an unspecified digit.
    plain: bool,
}

fn is_mark(c: char) -> bool {
    matches!(c, '?' | '~' | '%')
}

impl<'t> Pattern<'t> {
    /// Reads the components. Each may have a mark before it, for itself, and one after it, for itself and all before.
    fn parse(text: &'t str) -> Result<Self, Fault> {
        let unmarked = |part: &'t str| {
            let part = part.strip_prefix(is_mark).unwrap_or(part);
            part.strip_suffix(is_mark).unwrap_or(part)
        };
        let before = text.strip_prefix(is_mark).unwrap_or(text);
        let (negative, rest) =
            before.strip_prefix('-').map_or((false, before), |rest| (true, rest));
        // A mark before the sign is the year's.
        let rest_is_marked = rest.starts_with(is_mark) && (negative || before.len() < text.len());
        let mut parts = rest.splitn(3, '-');
        let year = unmarked(parts.next().unwrap_or_default());
        let (month, day) = (parts.next().map(unmarked), parts.next().map(unmarked));
        let digits = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_digit() || b == b'X')
        };
        let shaped =
            digits(year, 4) && [month, day].into_iter().flatten().all(|part| digits(part, 2));
        if !shaped || rest_is_marked || (negative && year == "0000") {
            return Err(WRONG);
        }
        let plain = !text.contains(|c| is_mark(c) || c == 'X');
        Ok(Self { negative, year, month, day, plain })
    }

    fn read(self) -> Result<DateRead, Fault> {
        let season = self.month.and_then(two_digits).filter(|month| (21..=41).contains(month));
        let days = match (season, self.day) {
            (Some(season), None) => {
                let (first, last) =
                    (self.year_from(false).ok_or(NOWHERE)?, self.year_from(true).ok_or(NOWHERE)?);
                Window::new(Some(season_of(first, season)?.0), Some(season_of(last, season)?.1))
            }
            (Some(_), Some(_)) => return Err(NOWHERE),
            (None, _) => {
                let first = self.edge(false).ok_or(NOWHERE)?;
                Window::new(Some(first), Some(self.edge(true).ok_or(NOWHERE)?))
            }
        };
        let exact_season = season.is_none_or(|season| season >= 33);
        Ok(DateRead { days, plain: self.plain && exact_season })
    }

    /// Returns the years that fit, from the first or from the last.
    fn years(&self, from_last: bool) -> impl Iterator<Item = i16> {
        let ascending = from_last == self.negative;
        let (pattern, negative) = (self.year, self.negative);
        // No year outside of these fits: each `X` is 0 in the first and 9 in the last.
        let bound = |any: i16| {
            pattern.bytes().take(4).fold(0i16, |year, digit| match digit {
                b'0'..=b'9' => year * 10 + i16::from(digit - b'0'),
                _ => year * 10 + any,
            })
        };
        let (first, last) = (bound(0), bound(9));
        let matching = (first..=last).map(move |n| if ascending { n } else { first + (last - n) });
        let fits = move |year: &i16| {
            fits(pattern, u32::from(year.unsigned_abs()), 4) && !(negative && *year == 0)
        };
        matching.filter(fits).map(move |year| if negative { -year } else { year })
    }

    fn year_from(&self, from_last: bool) -> Option<i16> {
        self.years(from_last).next()
    }

    /// The first or last day of the calendar that fits.
    fn edge(&self, last: bool) -> Option<Day> {
        let order = |n: i8, most: i8| if last { most + 1 - n } else { n };
        let fits_in = |pattern: Option<&str>, n: i8| {
            pattern.is_none_or(|p| fits(p, u32::from(n.unsigned_abs()), 2))
        };
        self.years(last)
            .find_map(|year| {
                let mut months =
                    (1..=12).map(|n| order(n, 12)).filter(|&month| fits_in(self.month, month));
                months.find_map(|month| {
                    let mut days =
                        (1..=31).map(|n| order(n, 31)).filter(|&day| fits_in(self.day, day));
                    days.find_map(|day| Date::new(year, month, day).ok())
                })
            })
            .map(Day::from)
    }
}

/// Whether the number has these digits, an `X` standing for any.
fn fits(pattern: &str, number: u32, length: usize) -> bool {
    let mut rest = number;
    let fits = pattern.bytes().rev().all(|digit| {
        let own = rest % 10;
        rest /= 10;
        digit == b'X' || u32::from(digit) == u32::from(b'0') + own
    });
    fits && pattern.len() == length
}

/// The days of a season or other part of a year, by whole months. Seasons without a hemisphere are taken as
/// northern, as other readers of EDTF do; a winter of the north and a summer of the south begin in December
/// and end in the next year.
fn season_of(year: i16, season: u16) -> Result<(Day, Day), Fault> {
    let (from, months): (i8, i8) = match season {
        21 | 25 | 31 => (3, 3),
        22 | 26 | 32 => (6, 3),
        23 | 27 | 29 => (9, 3),
        24 | 28 | 30 => (12, 3),
        33..=36 => (1 + 3 * i8::try_from(season - 33).unwrap_or(0), 3),
        37..=39 => (1 + 4 * i8::try_from(season - 37).unwrap_or(0), 4),
        _ => (1 + 6 * i8::try_from(season.saturating_sub(40)).unwrap_or(0), 6),
    };
    let end = from + months - 1;
    let (end_year, end) = if end > 12 { (year.saturating_add(1), end - 12) } else { (year, end) };
    let first = Date::new(year, from, 1).map_err(|_| Fault::Beyond)?;
    let last = Date::new(end_year, end, 1).map_err(|_| Fault::Beyond)?.last_of_month();
    Ok((first.into(), last.into()))
}
