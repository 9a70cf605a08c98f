//! The rows of claims: whether each is one that an insertion would have taken.
//!
//! Handles and order are checked for every row. Whether the claim is right is certain for most from a few
//! rules; the others are made claims again and go through the checks of `insert`.

use super::lanes::{Bits, Glance, Lanes, ROWS};
use super::places::Places;
use super::rules::{Cells, Rules, wrong};
use super::sections::{HEADS, InSection, MARKS, ORIGIN, RELATION, REPORTED, RICH, SUBJECTS};
use super::seen::Seen;
use crate::columns::{Bare, Head};
use crate::days::Day;
use crate::ids::{ClaimId, KindId, OriginId, RelationId};
use crate::marks::Marks;
use crate::rowsets::RowId;
use crate::times::Timing;
use std::borrow::Cow;

/// The columns beside the heads.
pub(super) struct BesideHeads {
    pub(super) origin: Vec<OriginId>,
    pub(super) reported: Vec<Day>,
    pub(super) relation: Vec<RelationId>,
    pub(super) marks: Vec<Marks>,
    pub(super) offsets: Vec<u32>,
    /// Whether all origins are [possible](Rules::possible).
    pub(super) possible: bool,
}

impl BesideHeads {
    pub(super) fn with(self, heads: Vec<Head>) -> Bare<'static> {
        Bare {
            heads: Cow::Owned(heads),
            origin: Cow::Owned(self.origin),
            reported: Cow::Owned(self.reported),
            relation: Cow::Owned(self.relation),
            marks: Cow::Owned(self.marks),
            offsets: self.offsets,
        }
    }
}

/// Goes along the rows with their subjects.
#[derive(Clone, Copy)]
struct Along<'t> {
    offsets: &'t [u32],
    subject: usize,
    end: usize,
}

impl<'t> Along<'t> {
    fn new(offsets: &'t [u32]) -> Self {
        Self { offsets, subject: 0, end: offsets.get(1).map_or(usize::MAX, |&end| end as usize) }
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

/// Where these bits are set, the highest first.
fn ones(mut bits: Bits) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.leading_zeros();
        bits &= !(1u64 << 63).checked_shr(place)?;
        Some(place as usize)
    })
}

/// Some rows, cells of which are the heads.
#[derive(Clone, Copy)]
struct Piece<'p> {
    heads: &'p [Head],
    origin: &'p [OriginId],
    reported: &'p [Day],
    relation: &'p [RelationId],
    marks: &'p [Marks],
}

/// A look at all rows, a piece of the heads after the other, while each is at hand.
pub(super) struct Look<'t, 'g> {
    rules: &'t Rules<'g>,
    beside: &'t BesideHeads,
    kinds: &'t [KindId],
    /// The next row.
    row: usize,
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
    pub(super) fn at(rules: &'t Rules<'g>, beside: &'t BesideHeads) -> InSection<Self> {
        let lengths = [
            (ORIGIN, beside.origin.len()),
            (REPORTED, beside.reported.len()),
            (RELATION, beside.relation.len()),
            (MARKS, beside.marks.len()),
        ];
        // If one has another length than the rest, it is that one.
        let mut sorted = lengths.map(|(_, length)| length);
        sorted.sort_unstable();
        let [_, count, ..] = sorted;
        for (name, length) in lengths {
            if length != count {
                return Err((name, format!("there are {length} cells for {count} claims")));
            }
        }
        let registry = &rules.graph.registry;
        let entities = subjects(&beside.offsets, count, registry.len())?;
        Ok(Self {
            rules,
            beside,
            kinds: registry.kinds().get(..entities).unwrap_or_default(),
            row: 0,
            lanes: Lanes::new(),
            subject: 0,
            in_doubt: Along::new(&beside.offsets),
            numbers: Places::below(count),
            owners: Vec::new(),
            seen: Seen::none(count),
        })
    }

    /// Reads the next heads, looks at their rows, and puts them with the others.
    pub(super) fn go_on(&mut self, read: &[[u8; 12]], all: &mut Vec<Head>) -> InSection<()> {
        for read in read.chunks(ROWS) {
            let rows = self.row..self.row + read.len();
            let BesideHeads { origin, reported, relation, marks, .. } = self.beside;
            let cells = || Some((origin.get(rows.clone())?, reported.get(rows.clone())?, relation.get(rows.clone())?));
            let Some(((origin, reported, relation), marks)) = cells().zip(marks.get(rows.clone())) else {
                return Err((HEADS, format!("there are more than {} cells", self.beside.marks.len())));
            };
            self.lanes.put_heads(read, all, &mut self.numbers);
            let heads = all.get(rows.clone()).unwrap_or_default();
            let piece = Piece { heads, origin, reported, relation, marks };
            let glance = self.lanes.glance(self.rules, (reported, relation, marks), self.kinds.len());
            self.check_claims(piece, glance)?;
            self.check_order(piece, glance)?;
            self.row = rows.end;
        }
        Ok(())
    }

    /// Refuses rows of one subject that are not in order of relation, report day and number.
    fn check_order(&mut self, Piece { heads, .. }: Piece<'_>, glance: Glance) -> InSection<()> {
        // Where a subject ends and the next begins, it may fall.
        let falls = glance.falls & !self.firsts(self.row + heads.len());
        match ones(falls).next().and_then(|place| heads.get(place)) {
            None => Ok(()),
            Some(head) => wrong(HEADS, head.id, "it does not come after the one before it"),
        }
    }

    /// Of the next rows up to this one, those that are the first of a subject, or of those without.
    fn firsts(&mut self, end: usize) -> Bits {
        let mut firsts = 0;
        let offsets = self.beside.offsets.get(self.subject..).unwrap_or_default();
        for first in offsets.iter().map(|&first| first as usize).take_while(|first| *first < end) {
            firsts |= 1 << 63 >> (first - self.row);
            self.subject += 1;
        }
        firsts
    }

    /// Refuses handles and days that stand for nothing, and remembers claims that are to be looked at again. Notes
    /// what is noted of some.
    fn check_claims(&mut self, piece: Piece<'_>, glance: Glance) -> InSection<()> {
        let Piece { heads, marks, .. } = piece;
        for place in ones(glance.noted) {
            let cells = heads.get(place).zip(marks.get(place));
            cells.into_iter().for_each(|(head, &marks)| self.seen.noted.note(head, marks, self.rules.words(marks)));
        }
        let stated = self.beside.offsets.last().map_or(0, |&end| end as usize);
        match self.beside.possible && self.row + heads.len() <= stated {
            true => ones(glance.doubtful).try_for_each(|place| self.doubt(piece, place)),
            false => (0..heads.len()).try_for_each(|place| self.doubt(piece, place)),
        }
    }

    /// Looks more closely at one of these rows.
    #[inline(never)]
    fn doubt(&mut self, piece: Piece<'_>, place: usize) -> InSection<()> {
        let row = self.row + place;
        let Piece { heads, origin, reported, relation, marks } = piece;
        let cells = || Some((heads.get(place)?, origin.get(place)?, reported.get(place)?, relation.get(place)?));
        let Some(((&head, &origin, &reported, &relation), &marks)) = cells().zip(marks.get(place)) else {
            return Ok(());
        };
        let subject = self.kinds.get(self.in_doubt.subject_of(row)).copied();
        let cells = Cells { subject, head, origin, reported, relation, marks };
        if !self.rules.is_right(cells, self.kinds) {
            self.rules.check_handles(cells, self.kinds.len())?;
            if let Timing::Rich(place) = head.time.timing() {
                self.owners.push((place, head.id));
            }
            self.seen.unsure.push(RowId::of(row));
        }
        Ok(())
    }

    /// What was seen, where so many claims say more.
    pub(super) fn finish(mut self, rich: usize) -> InSection<Seen> {
        if self.row != self.beside.marks.len() {
            return Err((HEADS, format!("there are {} cells for {} claims", self.row, self.beside.marks.len())));
        }
        // As many rows as claims: if one number is past the last or there twice, another is nowhere.
        if let Some(claim) = self.numbers.missing() {
            return Err((HEADS, format!("no row is that of claim {}: another's number is wrong", claim + 1)));
        }
        self.owners.sort_unstable();
        if !self.owners.iter().map(|(place, _)| *place).eq(0..rich) || !self.owners.is_sorted_by_key(|(_, id)| *id) {
            return Err((RICH, "not each belongs to a claim, in order of claims".to_owned()));
        }
        self.seen.owners = self.owners.into_iter().map(|(_, id)| id).collect();
        Ok(self.seen)
    }
}

/// The offsets are some: how many entities they are of.
fn subjects(offsets: &[u32], rows: usize, entities: usize) -> InSection<usize> {
    let ends = offsets.first().zip(offsets.last());
    let within = ends.is_some_and(|(&first, &last)| first == 0 && last as usize <= rows);
    let count = offsets.len().wrapping_sub(1);
    if !within || !offsets.is_sorted() || count > entities {
        return Err((SUBJECTS, "the offsets do not rise from zero to a row, one for each entity".to_owned()));
    }
    Ok(count)
}
