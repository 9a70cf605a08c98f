//! The columns without their lists, for a file: all rows in one order go out, and columns are made of them again. The
//! snapshot calls it, through the ledger.

use crate::model::id::{OriginId, RelationId};
use crate::model::time::day::Day;
use crate::store::claim_flags::Marks;
use crate::store::columns::{Columns, Head, Sorted};
use std::borrow::Cow;
use std::sync::Arc;

/// The columns that a file holds. All lists are computed from them.
#[derive(Debug)]
pub(crate) struct Bare<'c> {
    pub(crate) heads: Cow<'c, [Head]>,
    pub(crate) origin: Cow<'c, [OriginId]>,
    pub(crate) reported: Cow<'c, [Day]>,
    pub(crate) relation: Cow<'c, [RelationId]>,
    pub(crate) marks: Cow<'c, [Marks]>,
    /// For each subject, where its rows begin. Rows without a subject come last.
    pub(crate) offsets: Vec<u32>,
}

impl Columns {
    /// Returns the columns for this many entities. They are borrowed; if there are recent rows, they are a copy with
    /// these among the others.
    pub(crate) fn bare(&self, entities: usize) -> Bare<'_> {
        let offsets = self.offsets_among(entities);
        if self.recent.is_empty() {
            return Bare {
                heads: Cow::from(&self.heads),
                origin: Cow::from(&self.origin),
                reported: Cow::from(&self.reported),
                relation: Cow::from(&self.relation),
                marks: Cow::from(&self.marks),
                offsets,
            };
        }
        let Sorted { heads, origin, reported, relation, marks, offsets, .. } =
            self.in_one_order(self.recent.clone(), offsets);
        Bare {
            heads: Cow::from(heads),
            origin: Cow::from(origin),
            reported: Cow::from(reported),
            relation: Cow::from(relation),
            marks: Cow::from(marks),
            offsets,
        }
    }

    /// Makes columns of sorted rows. The numbers of claims must be those from 0 on, each once.
    pub(crate) fn of_sorted(bare: Bare<'_>) -> Self {
        let sorted = Sorted {
            heads: bare.heads.into_owned(),
            origin: bare.origin.into_owned(),
            reported: bare.reported.into_owned(),
            relation: bare.relation.into_owned(),
            marks: bare.marks.into_owned(),
            offsets: bare.offsets,
            ..Sorted::default()
        };
        Self { sorted: Arc::new(sorted), recent: Vec::new() }
    }
}

/// Returns whether rows come in order of subject, relation and report day. The offsets say where a subject ends; only
/// there may a row come before the one above it.
pub(crate) fn are_in_order(rows: &Bare<'_>) -> bool {
    /// Counts the rows that come before the one above them, without a branch.
    fn falls(relation: &[RelationId], reported: &[Day]) -> usize {
        let relations = relation.iter().zip(relation.iter().skip(1));
        let days = reported.iter().zip(reported.iter().skip(1));
        let fall = relations.zip(days).map(|((above, relation), (day_above, day))| {
            u32::from((above > relation) | ((above == relation) & (day_above > day)))
        });
        fall.sum::<u32>() as usize
    }
    let (relation, reported) = (&*rows.relation, &*rows.reported);
    let (mut at_starts, mut before) = (0, 0);
    for start in rows.offsets.iter().map(|&start| start as usize) {
        // Where several subjects begin at one row, all but the last have no rows.
        if start > before && start < relation.len() {
            let row = |at: usize| (relation[at], reported[at]);
            at_starts += usize::from(row(start - 1) > row(start));
        }
        before = start;
    }
    falls(relation, reported) == at_starts
}
