//! The parts that every claim has, in columns: one row for each claim, in order of subject, relation, report day and
//! number. Recent claims follow in order of insertion, until a merge sorts them in.
//!
//! The subject is implicit in the offsets. Rows move in a merge; `row_of` leads from the stable number of a claim to
//! its row. All lists over the rows are computed from them, most of them when they are first asked for. The parts that
//! few claims have are in the [ledger](crate::store::ledger), which calls this module.

pub(crate) mod build;
pub(crate) mod delta;
pub(crate) mod raw;
pub(crate) mod row_iter;
pub(crate) mod row_lists;
pub(crate) mod turn_and_day_lists;

use crate::model::id::{ClaimId, EntityId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::model::value::stance::Stance;
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::{RowId, bits, number};
use crate::store::time_code::TimeCode;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::store::columns::build::{gathered, order};
pub(crate) use crate::store::columns::raw::Bare;
use crate::store::columns::row_lists::{Lists, rows_by_number};

/// The parts of a claim that have a fixed width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Core {
    pub(crate) head: Head,
    /// The subject, if it is an entity.
    pub(crate) subject: Option<EntityId>,
    pub(crate) origin: OriginId,
    pub(crate) reported: Day,
    /// The relation; `RelationId::NONE` if the claim does not have a statement.
    pub(crate) relation: RelationId,
    pub(crate) marks: Marks,
}

/// The parts that nearly every question reads, side by side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Head {
    /// The object, if it is an entity.
    pub(crate) object: Option<EntityId>,
    pub(crate) time: TimeCode,
    pub(crate) id: ClaimId,
}

/// Why a row exists.
const ROW: &str = "the ledger makes the numbers of rows";

/// Sorted rows, which clones share, and recent rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    sorted: Arc<Sorted>,
    /// The recent rows, whole. An insertion writes to one place, and the columns do not move when room runs out.
    recent: Vec<Core>,
}

/// Sorted rows, and the lists over them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorted {
    heads: Vec<Head>,
    origin: Vec<OriginId>,
    reported: Vec<Day>,
    relation: Vec<RelationId>,
    marks: Vec<Marks>,
    /// For each subject, where its rows begin. Rows without a subject come last.
    offsets: Vec<u32>,
    /// The row of each sorted claim, by number; made on first use.
    row_of: OnceLock<Vec<u32>>,
    /// The rows of each object, and of each origin; made on first use.
    by_object: OnceLock<Lists>,
    by_origin: OnceLock<Lists>,
    /// The subjects, and the objects, of claims whose arcs may be turned (symmetric and inverse ones); made on first
    /// use.
    turning: OnceLock<[Vec<EntityId>; 2]>,
    /// The report days of each subject in order; made on first use.
    days: OnceLock<Vec<Day>>,
    /// The sorted rows in order of report day; made on first use.
    by_day: OnceLock<Vec<u32>>,
}

impl Deref for Columns {
    type Target = Sorted;

    #[inline]
    fn deref(&self) -> &Sorted {
        &self.sorted
    }
}

impl Sorted {
    fn with_capacity(rows: usize) -> Self {
        Self {
            heads: Vec::with_capacity(rows),
            origin: Vec::with_capacity(rows),
            reported: Vec::with_capacity(rows),
            relation: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    #[inline]
    fn push(&mut self, core: &Core) {
        self.heads.push(core.head);
        self.origin.push(core.origin);
        self.reported.push(core.reported);
        self.relation.push(core.relation);
        self.marks.push(core.marks);
    }

    fn copy(&mut self, other: &Self, rows: Range<usize>) {
        fn copy<T: Copy>(to: &mut Vec<T>, from: &[T], rows: &Range<usize>) {
            to.extend_from_slice(&from[rows.clone()]);
        }
        copy(&mut self.heads, &other.heads, &rows);
        copy(&mut self.origin, &other.origin, &rows);
        copy(&mut self.reported, &other.reported, &rows);
        copy(&mut self.relation, &other.relation, &rows);
        copy(&mut self.marks, &other.marks, &rows);
    }
}

impl Columns {
    /// Returns whether the first claims are those of these columns. Sorted rows that both share are not compared.
    pub(crate) fn begins_with(&self, other: &Self) -> bool {
        if Arc::ptr_eq(&self.sorted, &other.sorted) {
            return self.recent.starts_with(&other.recent);
        }
        // Sorted claims have the lowest numbers, and their order does not change when others are sorted in.
        let before = |id: ClaimId| id.index() < other.sorted();
        let ours = (0..self.sorted()).filter(|&row| before(self.heads[row].id));
        let same = |(ours, theirs): (usize, usize)| {
            (self.heads[ours], self.origin[ours], self.relation[ours], self.reported[ours])
                == (
                    other.heads[theirs],
                    other.origin[theirs],
                    other.relation[theirs],
                    other.reported[theirs],
                )
        };
        self.sorted() >= other.sorted()
            && self.len() >= other.len()
            && ours.zip(0..other.sorted()).all(same)
    }

    /// Returns how many rows there are, with recent ones.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.heads.len() + self.recent.len()
    }

    /// Returns how many rows are sorted.
    #[inline]
    pub(crate) fn sorted(&self) -> usize {
        self.heads.len()
    }

    /// Returns a recent row; `None` if the row is sorted.
    #[inline]
    fn recent_at(&self, row: RowId) -> Option<&Core> {
        self.recent.get(row.index().checked_sub(self.heads.len())?)
    }

    /// Returns the head of a row, which nearly every question reads.
    #[inline]
    pub(crate) fn head(&self, row: RowId) -> Head {
        self.heads
            .get(row.index())
            .copied()
            .or_else(|| self.recent_at(row).map(|core| core.head))
            .expect(ROW)
    }

    /// Returns the heads of sorted rows.
    #[inline]
    pub(crate) fn heads(&self, rows: Range<usize>) -> std::slice::Iter<'_, Head> {
        self.heads[rows].iter()
    }

    /// Returns the head of one row as a list, whether the row is sorted or recent.
    pub(crate) fn heads_at(&self, row: RowId) -> std::slice::Iter<'_, Head> {
        match self.recent_at(row) {
            Some(core) => std::slice::from_ref(&core.head).iter(),
            None => self.heads(row.index()..row.index() + 1),
        }
    }

    #[inline]
    pub(crate) fn marks(&self, row: RowId) -> Marks {
        let recent = || self.recent_at(row).map(|core| core.marks);
        self.marks.get(row.index()).copied().or_else(recent).expect(ROW)
    }

    /// Returns the relation of a row; `RelationId::NONE` if the claim does not have a statement.
    #[inline]
    pub(crate) fn relation(&self, row: RowId) -> RelationId {
        let recent = || self.recent_at(row).map(|core| core.relation);
        self.relation.get(row.index()).copied().or_else(recent).expect(ROW)
    }

    #[inline]
    pub(crate) fn reported(&self, row: RowId) -> Day {
        let recent = || self.recent_at(row).map(|core| core.reported);
        self.reported.get(row.index()).copied().or_else(recent).expect(ROW)
    }

    /// Returns two sets of bits over `count` sorted rows, at most 64: rows whose time is one day, not after `by`; and
    /// rows that need a closer look, because their time is not one day, or because a state may have begun before its day.
    #[inline]
    pub(crate) fn begun(&self, from: u32, count: u32, by: Day) -> (u64, u64) {
        let rows = from as usize..(from + count) as usize;
        let states = bits(&self.marks[rows.clone()], |marks| marks.has(Marks::STATE));
        let heads = self.heads(rows).as_slice();
        let begun = bits(heads, |head| head.time.is_day_by(by));
        (begun, bits(heads, |head| !head.time.is_day()) | states & !begun)
    }

    /// Returns the head and the marks of every sorted row.
    pub(crate) fn sorted_marked(&self) -> impl Iterator<Item = (Head, Marks)> {
        self.heads.iter().copied().zip(self.marks.iter().copied())
    }

    /// Returns the claims of sorted rows that have one of these stances, in order of row.
    pub(crate) fn with_stances(
        &self,
        stances: [Stance; 2],
    ) -> impl Iterator<Item = (ClaimId, Stance)> {
        /// How many rows are examined together.
        const SOME: usize = 256;
        let [a, b] = stances.map(|stance| stance as u16);
        let is_one = move |marks: &Marks| {
            let stance = marks.bits() & Marks::STANCE;
            (stance == a) | (stance == b)
        };
        let pieces = self.marks.chunks(SOME).zip(self.heads.chunks(SOME));
        let pieces = pieces
            .filter(move |(marks, _)| marks.iter().fold(false, |any, marks| any | is_one(marks)));
        pieces.flat_map(move |(marks, heads)| {
            let found = marks.iter().zip(heads).filter(move |(marks, _)| is_one(marks));
            found.map(|(marks, head)| (head.id, marks.stance()))
        })
    }

    /// Returns a bit for each of `count` sorted rows, at most 64: whether it joins two entities by itself.
    #[inline]
    pub(crate) fn joins(&self, from: u32, count: u32) -> u64 {
        let marks = &self.marks[from as usize..(from + count) as usize];
        bits(marks, |marks| marks.has(Marks::JOINS))
    }

    /// Returns two sets of bits over `count` sorted rows, at most 64, that join two entities by themselves, one way:
    /// rows whose time is one day, not after `by`; and rows whose time needs a closer look.
    #[inline]
    pub(crate) fn joining(&self, from: u32, count: u32, by: Option<Day>) -> (u64, u64) {
        let rows = from as usize..(from + count) as usize;
        let marks = &self.marks[rows];
        let joining =
            bits(marks, |marks| marks.bits() & (Marks::JOINS | Marks::TURNS) == Marks::JOINS);
        let Some(by) = by else { return (joining, 0) };
        let (begun, unsure) = self.begun(from, count, by);
        (joining & begun, joining & unsure)
    }

    #[inline]
    pub(crate) fn origin(&self, row: RowId) -> Option<OriginId> {
        self.origin
            .get(row.index())
            .copied()
            .or_else(|| self.recent_at(row).map(|core| core.origin))
    }

    /// Returns the subject, if it is an entity. If the row is sorted, this takes a search.
    pub(crate) fn subject(&self, row: RowId) -> Option<EntityId> {
        match self.recent_at(row) {
            Some(core) => core.subject,
            None => self.subject_at(row.index()),
        }
    }

    /// Returns the recent rows, whole.
    pub(crate) fn recent(&self) -> &[Core] {
        &self.recent
    }

    /// Adds a recent row.
    #[inline]
    pub(crate) fn add(&mut self, core: Core) {
        self.recent.push(core);
    }

    /// Makes room for `more` rows.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.recent.reserve(more);
    }

    /// Takes back all rows past the first `len`, none of which is sorted.
    pub(crate) fn cut_back(&mut self, len: usize) {
        self.recent.truncate(len.saturating_sub(self.sorted()));
    }

    /// Returns the rows with this subject.
    #[inline]
    pub(crate) fn rows_about(&self, subject: EntityId) -> Range<usize> {
        let at = |n: usize| self.offsets.get(n).map(|&n| n as usize);
        match (at(subject.index()), at(subject.index() + 1)) {
            (Some(from), Some(to)) => from..to,
            _ => 0..0,
        }
    }

    /// Returns the rows with this subject under this relation.
    #[inline]
    pub(crate) fn rows_under(&self, subject: EntityId, relation: RelationId) -> Range<usize> {
        let rows = self.rows_about(subject);
        let relations = &self.relation[rows.clone()];
        let from = relations.partition_point(|&r| r < relation);
        let to = from + relations[from..].partition_point(|&r| r == relation);
        rows.start + from..rows.start + to
    }

    /// Returns the rows among these sorted ones that have this object, in order of row.
    pub(crate) fn rows_within(&self, rows: Range<usize>, object: EntityId) -> &[u32] {
        let on = self.rows_on(object);
        let at = |end: usize| on.partition_point(|&row| (row as usize) < end);
        &on[at(rows.start)..at(rows.end)]
    }

    /// Returns the rows with this object, in order of row.
    pub(crate) fn rows_on(&self, object: EntityId) -> &[u32] {
        let lists = || {
            Lists::of(
                self.heads.iter().map(|head| head.object.map(EntityId::index)),
                self.subjects(),
            )
        };
        self.by_object.get_or_init(lists).get(object.index())
    }

    pub(crate) fn rows_from(&self, origin: OriginId) -> &[u32] {
        let by_origin = self.by_origin.get_or_init(|| {
            let most = self.origin.iter().max().map_or(0, |origin| origin.index() + 1);
            Lists::of(self.origin.iter().map(|origin| Some(origin.index())), most)
        });
        by_origin.get(origin.index())
    }

    /// Returns the row of a sorted claim. If the claim is recent, it is `None`, and no list is made.
    #[inline]
    pub(crate) fn row_of(&self, claim: ClaimId) -> Option<u32> {
        if claim.index() >= self.heads.len() {
            return None;
        }
        self.row_of.get_or_init(|| rows_by_number(&self.heads)).get(claim.index()).copied()
    }

    fn subject_at(&self, row: usize) -> Option<EntityId> {
        // The last offset that is not past the row. Rows past all offsets do not have a subject.
        let after = self.offsets.partition_point(|&offset| offset as usize <= row);
        let subject = after.checked_sub(1)?;
        (subject + 1 < self.offsets.len()).then(|| EntityId::at(subject)).flatten()
    }

    /// Returns how many entities were known as subjects at the last merge.
    fn subjects(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Returns the place of a row in the order; it is not before `from`.
    fn place(&self, core: &Core, from: usize) -> usize {
        let rows = match core.subject {
            Some(subject) if subject.index() < self.subjects() => self.rows_about(subject),
            // The subject is newer than all others: its row goes after theirs and before those without a subject.
            Some(_) => return self.without_subject().max(from),
            None => self.without_subject()..self.sorted(),
        };
        let (mut low, mut high) = (rows.start.max(from), rows.end);
        // Numbers only grow, so the new row comes last among equals.
        while low < high {
            let middle = low + (high - low) / 2;
            let before =
                (self.relation[middle], self.reported[middle]) <= (core.relation, core.reported);
            if before { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Returns for each subject where its sorted rows end.
    pub(crate) fn ends(&self) -> impl Iterator<Item = u32> {
        self.offsets.iter().skip(1).copied()
    }

    /// Returns where the sorted rows without a subject begin. All rows before that have a statement.
    pub(crate) fn without_subject(&self) -> usize {
        self.offsets.last().map_or(0, |&end| end as usize)
    }

    /// Puts all rows in one order.
    pub(crate) fn merge(&mut self, entities: usize) {
        let offsets = self.offsets_among(entities);
        let recent = std::mem::take(&mut self.recent);
        self.sorted = Arc::new(self.in_one_order(recent, offsets));
    }

    /// Returns the sorted rows and these in one order, with these offsets and without lists.
    fn in_one_order(&self, recent: Vec<Core>, offsets: Vec<u32>) -> Sorted {
        let rows =
            if self.sorted() == 0 { gathered(recent, &offsets) } else { self.merged_in(&recent) };
        Sorted { offsets, ..rows }
    }

    /// Returns for each subject where its rows begin once all rows are in one order.
    fn offsets_among(&self, entities: usize) -> Vec<u32> {
        let mut offsets = vec![0u32; entities + 1];
        for (place, window) in self.offsets.windows(2).enumerate() {
            offsets[place + 1] = window[1] - window[0];
        }
        for subject in self.recent.iter().filter_map(|core| core.subject) {
            offsets[subject.index() + 1] += 1;
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        offsets
    }

    /// Returns the sorted rows with recent ones merged in.
    fn merged_in(&self, recent: &[Core]) -> Sorted {
        let mut merged = Sorted::with_capacity(self.sorted() + recent.len());
        let mut from = 0;
        for position in order(recent) {
            let core = &recent[position as usize];
            let place = self.place(core, from);
            merged.copy(self, from..place);
            from = place;
            merged.push(core);
        }
        merged.copy(self, from..self.sorted());
        merged
    }
}
