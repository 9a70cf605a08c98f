//! The periods of single days, to be lent out: each is made when it is first asked for, and stays.

use crate::model::time::day::Day;
use crate::model::time::period::Period;
use std::fmt;
use std::sync::OnceLock;

/// Days whose places differ in the last byte.
type Days = [OnceLock<Box<Period>>; 256];
/// The same in the last two.
type ManyDays = [OnceLock<Box<Days>>; 256];

/// A tree over the days of the calendar, of which there are fewer than 128 times 256 times 256. In place of a table
/// by hash it can be added to while parts of it are lent out.
#[derive(Clone, Default)]
pub(crate) struct DayPeriods {
    all: OnceLock<Box<[OnceLock<Box<ManyDays>>; 128]>>,
}

fn none<T, const N: usize>() -> Box<[OnceLock<T>; N]> {
    Box::new(std::array::from_fn(|_| OnceLock::new()))
}

impl DayPeriods {
    /// [`Period::on`] that day; `None` past the calendar.
    pub(crate) fn on(&self, day: Day) -> Option<&Period> {
        let place =
            day.number().checked_sub(Day::FIRST).and_then(|place| u32::try_from(place).ok())?;
        let [_, first, second, third] = place.to_be_bytes().map(usize::from);
        let many = self.all.get_or_init(none).get(first).filter(|_| day.number() <= Day::LAST)?;
        let days = many.get_or_init(none).get(second)?;
        let period = days.get_or_init(none).get(third)?;
        Some(period.get_or_init(|| Box::new(Period::on(day.date()))))
    }
}

impl fmt::Debug for DayPeriods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DayPeriods").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    #[test]
    fn every_day_of_the_calendar_has_its_period_and_no_other_has() {
        let periods = DayPeriods::default();
        let some = (0..40).map(|n| date(1600 + 13 * n, 1 + n as i8 % 12, 1 + n as i8 % 28));
        for day in some.chain([Date::MIN, Date::MAX, date(1969, 12, 31), date(1970, 1, 1)]) {
            let (first, again) = (periods.on(Day::from(day)), periods.on(Day::from(day)));
            assert_eq!(
                (first, first.map(std::ptr::from_ref)),
                (Some(&Period::on(day)), again.map(std::ptr::from_ref))
            );
        }
        let past = [Day::FIRST - 1, Day::LAST + 1, i32::MIN, i32::MAX].map(Day::of_number);
        assert_eq!(past.map(|day| periods.on(day)), [None; 4]);
    }
}
