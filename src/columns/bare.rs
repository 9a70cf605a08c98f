//! The columns bare, for a file: all rows in one order, without a merge, and back.

use super::{Columns, Head};
use crate::days::Day;
use crate::ids::{OriginId, RelationId};
use crate::marks::Marks;
use std::borrow::Cow;
use std::ops::Range;

/// What a file holds of the rows; all else is worked out from it. Borrowed columns have their recent rows
/// at the end: [`Columns::stretches`] says in which order to go through them.
#[derive(Debug)]
pub(crate) struct Bare<'c> {
    pub(crate) heads: Cow<'c, [Head]>,
    pub(crate) origin: Cow<'c, [OriginId]>,
    pub(crate) reported: Cow<'c, [Day]>,
    pub(crate) relation: Cow<'c, [RelationId]>,
    pub(crate) marks: Cow<'c, [Marks]>,
    /// By subject, where its rows begin in the one order; rows without a subject come last.
    pub(crate) offsets: Vec<u32>,
}

impl Columns {
    /// The columns as they stand, for this many entities.
    pub(crate) fn bare(&self, entities: usize) -> Bare<'_> {
        Bare {
            heads: Cow::from(&self.heads),
            origin: Cow::from(&self.origin),
            reported: Cow::from(&self.reported),
            relation: Cow::from(&self.relation),
            marks: Cow::from(&self.marks),
            offsets: self.offsets_among(entities),
        }
    }

    /// The rows in one order, recent ones among the sorted: stretches that lie together.
    pub(crate) fn stretches(&self) -> Vec<Range<usize>> {
        let (mut stretches, mut from) = (Vec::new(), 0);
        for (place, core) in self.places(&self.order()) {
            // Past the columns, position is number.
            let row = core.id.index();
            stretches.extend([from..place, row..row + 1]);
            from = place;
        }
        stretches.push(from..self.sorted());
        stretches.retain(|stretch| !stretch.is_empty());
        stretches
    }

    /// Columns of sorted rows, with the lists over them. The numbers of claims must be those from zero on, each
    /// once.
    pub(crate) fn of_sorted(bare: Bare<'_>, origins: usize) -> Self {
        let entities = bare.offsets.len().saturating_sub(1);
        let mut columns = Self {
            heads: bare.heads.into_owned(),
            origin: bare.origin.into_owned(),
            reported: bare.reported.into_owned(),
            relation: bare.relation.into_owned(),
            marks: bare.marks.into_owned(),
            offsets: bare.offsets,
            ..Self::default()
        };
        columns.index(entities, origins);
        columns
    }
}
