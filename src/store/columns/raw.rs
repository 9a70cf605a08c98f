//! The columns without their lists, for a file: all rows in one order go out, and columns are made of them again. The
//! snapshot calls it, through the ledger.

use crate::model::id::{ClaimId, OriginId, RelationId};
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

/// Returns whether rows come in order of subject, relation, report day and claim. The offsets say where a subject ends;
/// only there may a row come before the one above it.
pub(crate) fn are_in_order(rows: &Bare<'_>) -> bool {
    let key = |(relation, day, head): (&RelationId, &Day, &Head)| {
        let day = day.number().cast_unsigned() ^ 1 << 31;
        ((relation.index() as u64) << u32::BITS | u64::from(day), head.id)
    };
    let keys = |from: usize| {
        let rest =
            rows.relation[from..].iter().zip(&rows.reported[from..]).zip(&rows.heads[from..]);
        rest.map(|((relation, day), head)| key((relation, day, head)))
    };
    let falls = |before: (u64, ClaimId), here: (u64, ClaimId)| {
        (here.0 < before.0) | ((here.0 == before.0) & (here.1 <= before.1))
    };
    let mut before = (0, ClaimId::FIRST);
    let all: usize =
        keys(0).map(|here| usize::from(falls(std::mem::replace(&mut before, here), here))).sum();
    let mut starts: Vec<usize> = rows.offsets.iter().map(|&start| start as usize).collect();
    starts.dedup();
    let inner = starts.into_iter().filter(|start| (1..rows.heads.len()).contains(start));
    let at_starts = inner.filter(|start| {
        let mut pair = keys(start - 1);
        pair.next().zip(pair.next()).is_some_and(|(before, here)| falls(before, here))
    });
    // The first row is not compared.
    let first = keys(0).next().is_some_and(|here| falls((0, ClaimId::FIRST), here));
    all - usize::from(first) == at_starts.count()
}
