//! The times of claims: a day each, or a period that is kept once.

use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::store::stored_claim::Time;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// The time of a claim in four bytes: a day itself, or where the time is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TimeCode(i32);

/// Where the time of a claim is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Timing {
    /// It has none.
    Never,
    /// It is one day, [`Period::on`].
    Day(Day),
    /// In the table of periods.
    Table(usize),
    /// With all else that only few claims have.
    Rich(usize),
}

impl TimeCode {
    /// All codes but those of days are past these, so that one look tells. The calendar has under four million days
    /// before and after 1970.
    const DAYS: i32 = 1 << 26;
    pub(crate) const NEVER: TimeCode = TimeCode(1 << 27);
    const TABLE: i32 = 1 << 28;
    const RICH: i32 = 1 << 29;

    #[inline]
    pub(crate) fn of_day(day: Day) -> Self {
        Self(day.number())
    }

    /// `None` when there are no numbers left.
    pub(crate) fn in_table(place: usize) -> Option<Self> {
        let code = i32::try_from(place).ok()?.checked_add(Self::TABLE)?;
        (code < Self::RICH).then_some(Self(code))
    }

    /// `None` when there are no numbers left.
    pub(crate) fn in_rich(place: usize) -> Option<Self> {
        Some(Self(i32::try_from(place).ok()?.checked_add(Self::RICH)?))
    }

    /// The day, if it is one.
    #[inline]
    pub(crate) fn day(self) -> Option<Day> {
        self.is_day().then(|| Day::of_number(self.0))
    }

    #[inline]
    pub(crate) fn is_day(self) -> bool {
        self.0 < Self::DAYS
    }

    /// Whether it is a day, and not after this one.
    #[inline]
    pub(crate) fn is_day_by(self, by: Day) -> bool {
        self.0 <= by.number()
    }

    #[inline]
    pub(crate) fn rich(self) -> Option<usize> {
        usize::try_from(self.0.checked_sub(Self::RICH)?).ok()
    }

    #[inline]
    pub(crate) fn timing(self) -> Timing {
        let place = |from: i32| (self.0 - from).cast_unsigned() as usize;
        match self.0 {
            i32::MIN..Self::TABLE => self.day().map_or(Timing::Never, Timing::Day),
            Self::TABLE..Self::RICH => Timing::Table(place(Self::TABLE)),
            Self::RICH.. => Timing::Rich(place(Self::RICH)),
        }
    }

    #[inline]
    pub(crate) fn bits(self) -> i32 {
        self.0
    }

    /// Takes bits from a file, which [`TimeCodes::have`] must have.
    #[inline]
    pub(crate) fn unchecked(bits: i32) -> Self {
        Self(bits)
    }

    /// Whether it is a day of the calendar, or none.
    #[inline]
    pub(crate) fn is_in_itself(self) -> bool {
        (Day::FIRST..=Day::LAST).contains(&self.0) | (self == Self::NEVER)
    }
}

/// The codes that stand for a time in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeCodes {
    periods: u32,
    riches: u32,
}

impl TimeCodes {
    /// Of days, and of so many periods and so many [`Rich`](crate::store::stored_claim::Rich).
    pub(crate) fn of(periods: usize, riches: usize) -> Self {
        let most = |count: usize, most: i32| count.min(most as usize) as u32;
        Self {
            periods: most(periods, TimeCode::RICH - TimeCode::TABLE),
            riches: most(riches, i32::MAX - TimeCode::RICH),
        }
    }

    pub(crate) fn have(self, code: TimeCode) -> bool {
        let past = |first: i32| code.0.wrapping_sub(first).cast_unsigned();
        code.is_in_itself()
            || past(TimeCode::TABLE) < self.periods
            || past(TimeCode::RICH) < self.riches
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    /// Periods that are more than one day.
    periods: Arc<IndexSet<Period, FxBuildHasher>>,
}

impl Times {
    /// What stands for the time in its column; `None` when there are no numbers left.
    #[inline]
    pub(crate) fn keep(&mut self, time: Time) -> Option<TimeCode> {
        Some(match time {
            Time::Never => TimeCode::NEVER,
            Time::Day(day) => TimeCode::of_day(day),
            Time::Period(period) => TimeCode::in_table(match self.periods.get_index_of(&period) {
                Some(place) => place,
                None => Arc::make_mut(&mut self.periods).insert_full(period).0,
            })?,
        })
    }

    /// The periods that are more than one day, in order of their places.
    pub(crate) fn periods(&self) -> impl ExactSizeIterator<Item = &Period> {
        self.periods.iter()
    }

    #[inline]
    pub(crate) fn period(&self, place: usize) -> Option<&Period> {
        self.periods.get_index(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    #[test]
    fn a_code_says_where_the_time_is() {
        for day in [Date::MIN, date(1969, 12, 31), date(1970, 1, 1), Date::MAX].map(Day::from) {
            assert_eq!(TimeCode::of_day(day).timing(), Timing::Day(day));
            assert_eq!(TimeCode::of_day(day).rich(), None);
        }
        assert_eq!(TimeCode::NEVER.timing(), Timing::Never);
        assert_eq!(TimeCode::in_table(7).map(TimeCode::timing), Some(Timing::Table(7)));
        assert_eq!(TimeCode::in_rich(7).map(TimeCode::timing), Some(Timing::Rich(7)));
        assert_eq!(TimeCode::in_rich(7).and_then(TimeCode::rich), Some(7));
        assert_eq!(
            (TimeCode::NEVER.rich(), TimeCode::in_table(1 << 28), TimeCode::in_rich(1 << 31)),
            (None, None, None)
        );
    }
}
