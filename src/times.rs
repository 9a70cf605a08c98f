//! The times of claims: periods kept once, and one for each day that is a time itself.

use crate::days::Day;
use crate::held::Time;
use crate::marks::Timing;
use crate::periods::Period;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    /// Periods that are more than one day.
    periods: IndexSet<Period, FxBuildHasher>,
    /// The periods of single days, to be lent out.
    days: IndexMap<Day, Period, FxBuildHasher>,
    /// Days that were noted of late.
    seen: Vec<Option<Day>>,
}

const SEEN: usize = 1024;

impl Times {
    /// What stands for the time in its column; `None` when there are no numbers left.
    #[inline]
    pub(crate) fn keep(&mut self, time: Time) -> Option<(u32, Timing)> {
        Some(match time {
            Time::Never => (0, Timing::None),
            Time::Day(day) => {
                self.note(day);
                (day.bits(), Timing::Day)
            }
            Time::Period(period) => (u32::try_from(self.periods.insert_full(period).0).ok()?, Timing::Table),
        })
    }

    #[inline]
    fn note(&mut self, day: Day) {
        let place = day.number().unsigned_abs() as usize % SEEN;
        match self.seen.get_mut(place) {
            Some(seen) if *seen == Some(day) => return,
            Some(seen) => *seen = Some(day),
            None => self.seen.resize(SEEN, None),
        }
        self.days.entry(day).or_insert_with(|| Period::on(day.date()));
    }

    pub(crate) fn day(&self, bits: u32) -> Option<&Period> {
        self.days.get(&Day::of_bits(bits))
    }

    pub(crate) fn period(&self, place: u32) -> Option<&Period> {
        self.periods.get_index(place as usize)
    }
}
