//! Lists of rows by object, by origin and by number of claim. The columns make them on first use.

use crate::store::columns::{Head, number};

/// Returns the row of each claim, by number.
pub(super) fn rows_by_number(heads: &[Head]) -> Vec<u32> {
    let mut row_of = vec![0u32; heads.len()];
    for (row, head) in heads.iter().enumerate() {
        row_of[head.id.index()] = number(row);
    }
    row_of
}

/// Row numbers in groups.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    offsets: Vec<u32>,
    rows: Vec<u32>,
}

impl Lists {
    /// Makes lists of the rows of each group, in order of row. Rows without a group are left out.
    pub(super) fn of(groups: impl Iterator<Item = Option<usize>> + Clone, count: usize) -> Self {
        let mut offsets = vec![0u32; count + 1];
        for group in groups.clone().flatten() {
            offsets[group + 1] += 1;
        }
        let mut sum = 0;
        for at in &mut offsets {
            sum += *at;
            *at = sum;
        }
        let mut rows = vec![0u32; sum as usize];
        // Each cursor starts at its group and ends at the next, so the offsets are the cursors, one on.
        for (row, group) in groups.enumerate() {
            if let Some(group) = group {
                rows[offsets[group] as usize] = number(row);
                offsets[group] += 1;
            }
        }
        offsets.rotate_right(1);
        offsets[0] = 0;
        Self { offsets, rows }
    }

    #[inline]
    pub(super) fn get(&self, group: usize) -> &[u32] {
        let at = |n: usize| self.offsets.get(n).map(|&n| n as usize);
        at(group)
            .zip(at(group + 1))
            .and_then(|(from, to)| self.rows.get(from..to))
            .unwrap_or_default()
    }
}
