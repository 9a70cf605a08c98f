//! Lists that the columns make on first use, beside the lists of rows: the ends of arcs that may be turned, and the
//! order of report days. Walks and comparisons of views call them.

use crate::model::id::EntityId;
use crate::model::time::day::Day;
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::RowId;
use crate::store::columns::{Columns, number};
use crate::store::counting_sort::{sort_from, width};

impl Columns {
    /// Returns whether a claim with this subject may be an arc that leads to it.
    #[inline]
    pub(crate) fn turns_from(&self, subject: EntityId) -> bool {
        let [subjects, _] = self.turning();
        !subjects.is_empty() && subjects.binary_search(&subject).is_ok()
    }

    /// Returns whether a claim with this object may be an arc that leads away from it.
    #[inline]
    pub(crate) fn turns_at(&self, object: EntityId) -> bool {
        let [_, objects] = self.turning();
        !objects.is_empty() && objects.binary_search(&object).is_ok()
    }

    /// Returns how many claims about this subject were reported by that day.
    pub(crate) fn count_by(&self, subject: EntityId, day: Day) -> usize {
        let days = self.days.get_or_init(|| {
            let mut days = self.reported.clone();
            for window in self.offsets.windows(2) {
                days[window[0] as usize..window[1] as usize].sort_unstable();
            }
            days
        });
        days.get(self.rows_about(subject))
            .map_or(0, |days| days.partition_point(|&reported| reported <= day))
    }

    /// Returns the sorted rows that were reported after `after` and not after `by`, in order of day.
    pub(crate) fn rows_reported(&self, after: Day, by: Option<Day>) -> &[u32] {
        let by_day = self.by_day.get_or_init(|| {
            let days = &self.reported;
            let first = days.iter().min().map_or(0, |day| day.number());
            let since = |day: &Day| u64::from(day.number().abs_diff(first));
            let most = days.iter().map(since).max().unwrap_or(0);
            let mut keys: Vec<u64> =
                days.iter().zip(0u64..).map(|(day, row)| since(day) << u32::BITS | row).collect();
            sort_from(&mut keys, u32::BITS, u32::BITS + width(most));
            keys.into_iter().map(|key| number((key & u64::from(u32::MAX)) as usize)).collect()
        });
        let at = |day: Day| by_day.partition_point(|&row| self.reported(RowId(row)) <= day);
        by_day.get(at(after)..by.map_or(by_day.len(), at)).unwrap_or_default()
    }

    /// Returns the ends of arcs that may be turned.
    fn turning(&self) -> &[Vec<EntityId>; 2] {
        /// How many rows are examined together.
        const SOME: usize = 1024;
        self.turning.get_or_init(|| {
            let mut rows: Vec<usize> = Vec::new();
            for (some, from) in self.marks.chunks(SOME).zip((0..).step_by(SOME)) {
                if some.iter().fold(0, |bits, marks| bits | marks.bits()) & Marks::TURNS != 0 {
                    rows.extend(
                        (from..)
                            .zip(some)
                            .filter(|(_, marks)| marks.has(Marks::TURNS))
                            .map(|(row, _)| row),
                    );
                }
            }
            let subjects = rows.iter().filter_map(|&row| self.subject_at(row)).collect();
            let objects = rows.iter().filter_map(|&row| self.heads.get(row)?.object).collect();
            [subjects, objects].map(|mut list: Vec<EntityId>| {
                list.sort_unstable();
                list.dedup();
                list.shrink_to_fit();
                list
            })
        })
    }
}
