//! Which rows: those that lie together in the columns, then recent ones.

use crate::delta::Recent;
use crate::ids::ClaimId;
use std::ops::Range;

/// Where a claim stands: in this row of the columns or, past them, of the delta. Holds until the next
/// merge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RowId(pub(crate) u32);

impl RowId {
    /// Of a claim that was not merged yet: past the sorted rows, row and number are one.
    pub(crate) fn of_recent(claim: ClaimId) -> Self {
        Self(number(claim.index()))
    }

    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Never more rows than a `ClaimId` counts.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Rows with one subject, or from one origin.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'l> {
    sorted: Range<u32>,
    recent: Recent<'l>,
    /// How many rows come before the first recent one.
    before: u32,
}

impl<'l> Rows<'l> {
    #[inline]
    pub(crate) fn new(sorted: Range<usize>, recent: Recent<'l>, before: usize) -> Self {
        Self { sorted: number(sorted.start)..number(sorted.end), recent, before: number(before) }
    }

    /// Only the recent ones.
    pub(crate) fn recent(self) -> Self {
        Self { sorted: 0..0, ..self }
    }

    /// A row of the columns.
    #[inline]
    pub(crate) fn next_sorted(&mut self) -> Option<RowId> {
        self.sorted.next().map(RowId)
    }

    #[inline]
    pub(crate) fn next_recent(&mut self) -> Option<RowId> {
        // Most graphs have few.
        if self.recent.is_empty() {
            return None;
        }
        self.recent.next().map(|position| RowId(self.before + position))
    }

    /// The rows of the columns, at once.
    #[inline]
    pub(crate) fn take_sorted(&mut self) -> Range<u32> {
        std::mem::replace(&mut self.sorted, 0..0)
    }

    pub(crate) fn sorted_len(&self) -> usize {
        self.sorted.len()
    }
}

impl Iterator for Rows<'_> {
    type Item = RowId;

    #[inline]
    fn next(&mut self) -> Option<RowId> {
        self.next_sorted().or_else(|| self.next_recent())
    }
}

/// Rows with one object.
#[derive(Clone, Debug)]
pub(crate) struct ObjectRows<'l> {
    pub(crate) sorted: std::slice::Iter<'l, u32>,
    pub(crate) recent: Rows<'l>,
}

impl Iterator for ObjectRows<'_> {
    type Item = RowId;

    #[inline]
    fn next(&mut self) -> Option<RowId> {
        self.sorted.next().map(|&row| RowId(row)).or_else(|| self.recent.next_recent())
    }
}
