//! The head of a store: which commit is the last one, and of which commits there are columns.

use crate::error::StoreError;
use crate::row::{Part, Place};

/// The head as of the last commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Head {
    /// The last commit. Commits are counted from 0, which makes the store.
    pub(crate) last: u64,
    /// The commit of the newest columns. The records of later commits come on top of them.
    pub(crate) columns: u64,
    /// The commit of the columns before those, which are kept until the next fold, or the same commit.
    pub(crate) before: u64,
    /// The [sum](crate::contents::sum) of the last commit.
    pub(crate) sum: u32,
}

impl Head {
    /// Returns the place of the row.
    pub(crate) fn place() -> Place {
        Place::of(Part::Head, 0)
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        [self.last, self.columns, self.before, self.sum.into()].map(u64::to_le_bytes).concat()
    }

    pub(crate) fn of(content: &[u8]) -> Result<Self, StoreError> {
        let head = match content.as_chunks::<8>() {
            (&[last, columns, before, sum], []) => {
                let [last, columns, before] = [last, columns, before].map(u64::from_le_bytes);
                let sum = u32::try_from(u64::from_le_bytes(sum)).ok();
                sum.map(|sum| Self { last, columns, before, sum })
            }
            _ => None,
        };
        head.filter(|head| head.before <= head.columns && head.columns <= head.last)
            .ok_or_else(|| StoreError::damaged(Self::place(), "its numbers are not in order"))
    }
}
