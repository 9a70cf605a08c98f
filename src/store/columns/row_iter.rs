//! Iterators over rows: first runs of rows in the columns, then recent rows. Views and walks call them.

use crate::model::id::ClaimId;
use crate::store::columns::delta::Recent;
use std::ops::Range;

/// The row of a claim: a row of the columns or, past them, a recent row. It is valid until the next merge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RowId(pub(crate) u32);

impl RowId {
    /// Returns the row of a recent claim. Past the sorted rows, row and number are the same.
    pub(crate) fn of_recent(claim: ClaimId) -> Self {
        Self(number(claim.index()))
    }

    #[inline]
    pub(crate) fn of(index: usize) -> Self {
        Self(number(index))
    }

    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Returns the index as `u32`. There are never more rows than a `ClaimId` counts.
#[inline]
pub(crate) fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a number of a claim has four bytes")
}

/// A run of rows that is filtered 64 rows at a time, because a call of the filter costs more than a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blocks {
    /// The rows among the 64 from `base` on that passed and were not returned yet.
    mask: u64,
    base: u32,
    /// The end of the run. It is low enough that adding 64 stays in range.
    end: u32,
}

impl Blocks {
    #[inline]
    pub(crate) fn new(rows: Range<usize>) -> Self {
        Self { mask: 0, base: number(rows.start).wrapping_sub(64), end: number(rows.end) }
    }

    /// Returns whether no rows are left, filtered or not.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.end == 0
    }

    /// Returns the next row that passes. `ask` takes a first row and a number of rows, at most 64, and returns a bit
    /// for each row that passes.
    #[inline(always)]
    pub(crate) fn next(&mut self, ask: impl Fn(u32, u32) -> u64) -> Option<RowId> {
        while self.mask == 0 {
            let next = self.base.wrapping_add(64);
            if next >= self.end {
                return None;
            }
            self.base = next;
            self.mask = ask(next, (self.end - next).min(64));
        }
        let row = self.base + self.mask.trailing_zeros();
        self.mask &= self.mask - 1;
        Some(RowId(row))
    }

    /// Returns the next run of rows that pass and lie together.
    pub(crate) fn next_run(&mut self, ask: impl Fn(u32, u32) -> u64) -> Option<Range<usize>> {
        let RowId(first) = self.next(ask)?;
        let more = (self.mask >> ((first - self.base) % 64) >> 1).trailing_ones();
        let end = first + 1 + more;
        // The rows of the run come before all that are left.
        self.mask =
            self.mask.checked_shr(end - self.base).map_or(0, |mask| mask << (end - self.base));
        Some(first as usize..end as usize)
    }
}

/// Returns a bit for each of `count` rows, at most 64.
#[inline]
pub(crate) fn all(count: u32) -> u64 {
    u64::MAX >> (64 - count.clamp(1, 64))
}

/// Returns a bit for each cell that holds, for at most 64 cells. They are taken in groups of eight, which do not wait
/// for each other.
#[inline(always)]
pub(crate) fn bits<T>(cells: &[T], holds: impl Fn(&T) -> bool) -> u64 {
    let (eights, rest) = cells.as_chunks::<8>();
    let of = |eight: &[T]| {
        eight.iter().enumerate().fold(0, |mask, (n, cell)| mask | u64::from(holds(cell)) << n)
    };
    let mask = eights.iter().rev().fold(0, |mask, eight| mask << 8 | of(eight));
    match rest {
        [] => mask,
        rest => mask | of(rest) << (8 * eights.len() as u32 % 64),
    }
}

/// Rows with one subject or from one origin: first those that lie together, then recent ones.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'l> {
    sorted: Range<u32>,
    recent: RecentRows<'l>,
}

impl<'l> Rows<'l> {
    #[inline]
    pub(crate) fn new(sorted: Range<usize>, recent: RecentRows<'l>) -> Self {
        Self { sorted: number(sorted.start)..number(sorted.end), recent }
    }
}

impl Iterator for Rows<'_> {
    type Item = RowId;

    #[inline]
    fn next(&mut self) -> Option<RowId> {
        self.sorted.next().map(RowId).or_else(|| self.recent.next())
    }
}

/// Recent rows of one group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecentRows<'l> {
    recent: Recent<'l>,
    /// How many rows come before the first recent one.
    before: u32,
}

impl<'l> RecentRows<'l> {
    #[inline]
    pub(crate) fn new(recent: Recent<'l>, before: usize) -> Self {
        Self { recent, before: number(before) }
    }

    /// Returns the next position; [`END`](crate::store::columns::delta::END) if there is none.
    #[inline]
    pub(crate) fn at(&self) -> u32 {
        self.recent.at()
    }
}

impl Iterator for RecentRows<'_> {
    type Item = RowId;

    #[inline]
    fn next(&mut self) -> Option<RowId> {
        let position = self.recent.next()?;
        Some(RowId(self.before + position))
    }
}

/// Rows with one object.
#[derive(Clone, Debug)]
pub(crate) struct ObjectRows<'l> {
    pub(crate) sorted: std::slice::Iter<'l, u32>,
    pub(crate) recent: RecentRows<'l>,
}

impl Iterator for ObjectRows<'_> {
    type Item = RowId;

    #[inline]
    fn next(&mut self) -> Option<RowId> {
        self.sorted.next().map(|&row| RowId(row)).or_else(|| self.recent.next())
    }
}
