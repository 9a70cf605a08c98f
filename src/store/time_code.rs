//! The times of claims as four bytes: a day itself, or the place of a period that is kept once. Insertion makes them,
//! and questions read them.

use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::store::stored_claim::Time;
use indexmap::IndexSet;
use std::sync::Arc;

/// The time of a claim in four bytes: a day itself, or the place of the time in a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TimeCode(i32);

/// The place of the time of a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Timing {
    /// The claim does not have a time.
    Never,
    /// The time is one day, as of [`Period::on`].
    Day(Day),
    /// The time is at this place in the table of periods.
    Table(usize),
    /// The time is in the [`Rich`](crate::store::stored_claim::Rich) at this place.
    Rich(usize),
}

impl TimeCode {
    /// All codes of days are below it, and all others are not. It follows the last day at once, so one comparison tells
    /// whether a code is a time without a table.
    pub(crate) const NEVER: TimeCode = TimeCode(Day::LAST + 1);
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

    /// Returns the day, if the time is one day.
    #[inline]
    pub(crate) fn day(self) -> Option<Day> {
        self.is_day().then(|| Day::of_number(self.0))
    }

    #[inline]
    pub(crate) fn is_day(self) -> bool {
        self.0 < Self::NEVER.0
    }

    /// Returns whether the time is one day that is not after `by`.
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

    /// Makes a code of bits from a file. The caller checks it with [`TimeCodes::have`].
    #[inline]
    pub(crate) fn unchecked(bits: i32) -> Self {
        Self(bits)
    }

    /// Returns how far the code is past the first day. The codes up to `NEVER` are a time in themselves; all others,
    /// also those before the first day, are further.
    #[inline]
    pub(crate) fn place(self) -> u32 {
        self.0.wrapping_sub(Day::FIRST).cast_unsigned()
    }
}

/// The codes that stand for a time of a given file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeCodes {
    periods: u32,
    riches: u32,
}

impl TimeCodes {
    /// Returns the codes of days, of this many periods and of this many [`Rich`](crate::store::stored_claim::Rich).
    pub(crate) fn of(periods: usize, riches: usize) -> Self {
        let most = |count: usize, most: i32| count.min(most as usize) as u32;
        Self {
            periods: most(periods, TimeCode::RICH - TimeCode::TABLE),
            riches: most(riches, i32::MAX - TimeCode::RICH),
        }
    }

    pub(crate) fn have(self, code: TimeCode) -> bool {
        let past = |first: i32| code.0.wrapping_sub(first).cast_unsigned();
        code.place() <= TimeCode::NEVER.place()
            || past(TimeCode::TABLE) < self.periods
            || past(TimeCode::RICH) < self.riches
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    /// Periods that are more than one day. Their words come from outside, so that the seed of the hash is secret.
    periods: Arc<IndexSet<Period>>,
}

impl Times {
    /// Returns the code of a time, which is kept if it is a new period; `None` if no numbers are left.
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

    /// Returns the periods that are more than one day, in order of their places.
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
