//! The rows of claims: whether each is one that an insertion would have taken.
//!
//! Handles and order are checked for every row. Whether the claim is right is certain for most from a few
//! rules; the others are made claims again and go through the checks of `insert`.

use super::blocks::{BLOCK, Block};
use super::lanes::{Bits, Glance, Lanes};
use super::places::Places;
use super::rules::{Rules, wrong};
use super::sections::{InSection, RICH, ROWS, SUBJECTS};
use super::seen::Seen;
use crate::ids::{ClaimId, KindId, OriginId};
use crate::rowsets::RowId;
use crate::times::Timing;

/// What comes before the rows in a file.
pub(super) struct BesideRows {
    pub(super) offsets: Vec<u32>,
    pub(super) origin: Vec<OriginId>,
    /// Whether all origins are [possible](Rules::possible).
    pub(super) possible: bool,
}

/// Goes along the rows with their subjects.
#[derive(Clone, Copy)]
struct Along<'t> {
    offsets: &'t [u32],
    subject: usize,
    end: usize,
}

impl<'t> Along<'t> {
    /// At this row.
    fn at(row: usize, offsets: &'t [u32]) -> Self {
        let subject = first_from(row + 1, offsets).saturating_sub(1);
        Self { offsets, subject, end: offsets.get(subject + 1).map_or(usize::MAX, |&end| end as usize) }
    }

    /// Goes on to this row, which is not before the one it is at; its subject, past all where it has none.
    #[inline]
    fn subject_of(&mut self, row: usize) -> usize {
        while row >= self.end {
            self.subject += 1;
            self.end = self.offsets.get(self.subject + 1).map_or(usize::MAX, |&end| end as usize);
        }
        self.subject
    }
}

/// The first subject whose rows begin at this row or after it.
fn first_from(row: usize, offsets: &[u32]) -> usize {
    offsets.partition_point(|&first| (first as usize) < row)
}

/// Where these bits are set, the highest first.
fn ones(mut bits: Bits) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.leading_zeros();
        bits &= !(1u64 << 63).checked_shr(place)?;
        Some(place as usize)
    })
}

/// A look at rows that follow each other, a block after the other, while each is at hand.
pub(super) struct Look<'t, 'g> {
    rules: &'t Rules<'g>,
    beside: &'t BesideRows,
    kinds: &'t [KindId],
    /// The next row.
    row: usize,
    /// The first that is wrong.
    wrong: InSection<()>,
    lanes: Lanes,
    /// The next subject.
    subject: usize,
    in_doubt: Along<'t>,
    /// The claims that there are, by their numbers.
    numbers: Places,
    /// Which claim has what else it says where.
    owners: Vec<(usize, ClaimId)>,
    seen: Seen,
}

impl<'t, 'g> Look<'t, 'g> {
    /// At this row and those after it, where the rows before it end with this block.
    pub(super) fn at(row: usize, before: Option<Block<'_>>, rules: &'t Rules<'g>, beside: &'t BesideRows) -> Self {
        let entities = beside.offsets.len().saturating_sub(1);
        let claims = beside.origin.len();
        Self {
            rules,
            beside,
            kinds: rules.graph.registry.kinds().get(..entities).unwrap_or_default(),
            row,
            wrong: Ok(()),
            lanes: Lanes::after(before),
            subject: first_from(row, &beside.offsets),
            in_doubt: Along::at(row, &beside.offsets),
            numbers: Places::below(claims),
            owners: Vec::new(),
            seen: Seen::none(claims),
        }
    }

    /// Goes on with some blocks, unless something was wrong.
    pub(super) fn go_on(&mut self, blocks: &[u8]) {
        for block in blocks.chunks(BLOCK) {
            if self.wrong.is_ok() {
                self.wrong = self.look(Block::of(block));
            }
        }
    }

    /// Looks at the next block.
    fn look(&mut self, block: Block<'_>) -> InSection<()> {
        block.claim().for_each(|claim| self.numbers.add((claim as usize).wrapping_sub(1)));
        let glance = self.lanes.glance(self.rules, block, self.kinds.len());
        for (claim, time, marks) in ones(glance.noted).filter_map(|place| block.noted(place)) {
            self.seen.noted.note(claim, time, marks, self.rules.words(marks));
        }
        self.check_claims(block, glance)?;
        self.check_order(block, glance)?;
        self.row += block.rows();
        Ok(())
    }

    /// Refuses rows of one subject that are not in order of relation, report day and number.
    fn check_order(&mut self, block: Block<'_>, glance: Glance) -> InSection<()> {
        // Where a subject ends and the next begins, it may fall.
        let falls = glance.falls & !self.firsts(block.rows());
        match ones(falls).next().and_then(|place| block.row(place)) {
            None => Ok(()),
            Some(row) => wrong(ROWS, row.head.id, "it does not come after the one before it"),
        }
    }

    /// Of the next rows, so many, those that are the first of a subject, or of those without.
    fn firsts(&mut self, rows: usize) -> Bits {
        let (mut firsts, end) = (0, self.row + rows);
        let offsets = self.beside.offsets.get(self.subject..).unwrap_or_default();
        for first in offsets.iter().map(|&first| first as usize).take_while(|first| *first < end) {
            firsts |= 1 << 63 >> (first - self.row);
            self.subject += 1;
        }
        firsts
    }

    /// Refuses handles and days that stand for nothing, and remembers claims that are to be looked at again.
    fn check_claims(&mut self, block: Block<'_>, glance: Glance) -> InSection<()> {
        let stated = self.beside.offsets.last().map_or(0, |&end| end as usize);
        match self.beside.possible && self.row + block.rows() <= stated {
            true => ones(glance.doubtful).try_for_each(|place| self.doubt(block, place)),
            false => (0..block.rows()).try_for_each(|place| self.doubt(block, place)),
        }
    }

    /// Looks more closely at one of the rows of this block.
    #[inline(never)]
    fn doubt(&mut self, block: Block<'_>, place: usize) -> InSection<()> {
        let row = self.row + place;
        let Some((cells, &origin)) = block.row(place).zip(self.beside.origin.get(row)) else { return Ok(()) };
        let subject = self.kinds.get(self.in_doubt.subject_of(row)).copied();
        if !self.rules.is_right(subject, cells, origin, self.kinds) {
            self.rules.check_handles(cells, origin, self.kinds.len())?;
            if let Timing::Rich(place) = cells.head.time.timing() {
                self.owners.push((place, cells.head.id));
            }
            self.seen.unsure.push(RowId::of(row));
        }
        Ok(())
    }

    /// With the rows after these, which were looked at apart.
    pub(super) fn and(mut self, after: Self) -> Self {
        if self.wrong.is_ok() {
            self.wrong = after.wrong;
        }
        self.numbers.add_all(&after.numbers);
        self.owners.extend(after.owners);
        self.seen.append(after.seen);
        self
    }

    /// What was seen, where so many claims say more.
    pub(super) fn finish(mut self, rich: usize) -> InSection<Seen> {
        self.wrong?;
        // As many rows as claims: if one number is past the last or there twice, another is nowhere.
        if let Some(claim) = self.numbers.missing() {
            return Err((ROWS, format!("no row is that of claim {}: another's number is wrong", claim + 1)));
        }
        self.owners.sort_unstable();
        if !self.owners.iter().map(|(place, _)| *place).eq(0..rich) || !self.owners.is_sorted_by_key(|(_, id)| *id) {
            return Err((RICH, "not each belongs to a claim, in order of claims".to_owned()));
        }
        self.seen.owners = self.owners.into_iter().map(|(_, id)| id).collect();
        Ok(self.seen)
    }
}

impl BesideRows {
    /// Refuses offsets that are not some of these rows.
    pub(super) fn check(&self, entities: usize) -> InSection<()> {
        let ends = self.offsets.first().zip(self.offsets.last());
        let within = ends.is_some_and(|(&first, &last)| first == 0 && last as usize <= self.origin.len());
        if !within || !self.offsets.is_sorted() || self.offsets.len() > entities + 1 {
            return Err((SUBJECTS, "the offsets do not rise from zero to a row, one for each entity".to_owned()));
        }
        Ok(())
    }
}
