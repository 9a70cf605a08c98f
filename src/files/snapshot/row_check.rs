//! The rows of claims: whether each is one that an insertion would have taken.
//!
//! Handles and order are checked for every row. Whether the claim is right is certain for most from a few
//! rules; the others are made claims again and go through the checks of `insert`.

use crate::files::snapshot::bit_set::Places;
use crate::files::snapshot::block_check::{Bits, Glance, Place};
use crate::files::snapshot::row_block::{Block, claim};
use crate::files::snapshot::row_rules::{Rules, wrong};
use crate::files::snapshot::section::{InSection, RICH, ROWS, SUBJECTS};
use crate::files::snapshot::targets::Answers;
use crate::model::id::{ClaimId, KindId, OriginId};
use crate::model::value::stance::Stance;
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::RowId;
use crate::store::ledger::NOTED;
use crate::store::response_index::Pair;
use crate::store::time_code::{TimeCode, Timing};

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

/// A look at all rows, a block after the other, while each is at hand.
pub(super) struct Look<'t, 'g> {
    rules: &'t Rules<'g>,
    beside: &'t BesideRows,
    kinds: &'t [KindId],
    /// The next row.
    row: usize,
    /// Where the row before it stands.
    before: Option<Place>,
    /// The next subject.
    subject: usize,
    in_doubt: Along<'t>,
    /// The claims that there are, by their numbers.
    numbers: Places,
    answers: Answers,
    /// Claims of stances that are [noted](NOTED).
    noted: Vec<(ClaimId, Stance)>,
    /// Rows that take the long way.
    unsure: Vec<RowId>,
    /// Which claim has what else it says where.
    owners: Vec<(usize, ClaimId)>,
}

/// What the ledger keeps beside the rows.
pub(super) struct Seen {
    /// Plain claims that answer one, and which.
    pub(super) targets: Vec<Pair>,
    /// Claims of stances that are [noted](NOTED), in their order.
    pub(super) noted: Vec<(ClaimId, Stance)>,
    /// Rows that take the long way.
    pub(super) unsure: Vec<RowId>,
    /// Whose each [`Rich`](crate::store::stored_claim::Rich) is.
    pub(super) owners: Vec<ClaimId>,
}

impl<'t, 'g> Look<'t, 'g> {
    /// At the first row.
    pub(super) fn of(rules: &'t Rules<'g>, beside: &'t BesideRows, answers: Answers) -> Self {
        let entities = beside.offsets.len().saturating_sub(1);
        let claims = beside.origin.len();
        Self {
            rules,
            beside,
            kinds: rules.graph.registry.kinds().get(..entities).unwrap_or_default(),
            row: 0,
            before: None,
            subject: 0,
            in_doubt: Along::new(&beside.offsets),
            numbers: Places::below(claims),
            answers,
            noted: Vec::new(),
            unsure: Vec::new(),
            owners: Vec::new(),
        }
    }

    /// Goes on with the next block.
    pub(super) fn go_on(&mut self, block: &Block<'_>) -> InSection<()> {
        // Nought is no number, and is not seen.
        block.claim.iter().for_each(|&cell| {
            self.numbers.add((u32::from_le_bytes(cell) as usize).wrapping_sub(1))
        });
        let glance = Glance::at(block, self.before, self.rules, self.kinds.len());
        ones(glance.noted).try_for_each(|place| self.note(block, place))?;
        self.check_claims(block, glance)?;
        self.check_order(block, glance)?;
        self.row += block.rows;
        self.before = Place::of_last(block);
        Ok(())
    }

    /// Notes what is noted of one of the rows of this block.
    #[inline]
    fn note(&mut self, block: &Block<'_>, place: usize) -> InSection<()> {
        let cells = block.claim.get(place).zip(block.time.get(place)).zip(block.marks.get(place));
        let Some(((&id, &time), &marks)) = cells else { return Ok(()) };
        let (claim, marks) = (claim(id), Marks::unchecked(u16::from_le_bytes(marks)));
        if marks.has(Marks::ANSWERS)
            && TimeCode::from_bits(i32::from_le_bytes(time)).rich().is_none()
        {
            self.answers.meet(claim)?;
        }
        if NOTED.contains(&marks.stance()) {
            self.noted.push((claim, marks.stance()));
        }
        Ok(())
    }

    /// Refuses rows of one subject that are not in order of relation, report day and number.
    fn check_order(&mut self, block: &Block<'_>, glance: Glance) -> InSection<()> {
        // Where a subject ends and the next begins, it may fall.
        let falls = glance.falls & !self.firsts(block.rows);
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
    fn check_claims(&mut self, block: &Block<'_>, glance: Glance) -> InSection<()> {
        let stated = self.beside.offsets.last().map_or(0, |&end| end as usize);
        match self.beside.possible && self.row + block.rows <= stated {
            true => ones(glance.doubtful).try_for_each(|place| self.doubt(block, place)),
            false => (0..block.rows).try_for_each(|place| self.doubt(block, place)),
        }
    }

    /// Looks more closely at one of the rows of this block.
    #[inline(never)]
    fn doubt(&mut self, block: &Block<'_>, place: usize) -> InSection<()> {
        let row = self.row + place;
        let Some((cells, &origin)) = block.row(place).zip(self.beside.origin.get(row)) else {
            return Ok(());
        };
        let subject = self.kinds.get(self.in_doubt.subject_of(row)).copied();
        if !self.rules.is_right(subject, cells, origin, self.kinds) {
            self.rules.check_handles(cells, origin, self.kinds.len())?;
            if let Timing::Rich(place) = cells.head.time.timing() {
                self.owners.push((place, cells.head.id));
            }
            self.unsure.push(RowId::of(row));
        }
        Ok(())
    }

    /// What was seen, where so many claims say more.
    pub(super) fn finish(mut self, rich: usize) -> InSection<Seen> {
        // As many rows as claims: if one number is past the last or there twice, another is nowhere.
        if let Some(claim) = self.numbers.missing() {
            return Err((
                ROWS,
                format!("no row is that of claim {}: another's number is wrong", claim + 1),
            ));
        }
        self.owners.sort_unstable();
        if !self.owners.iter().map(|(place, _)| *place).eq(0..rich)
            || !self.owners.is_sorted_by_key(|(_, id)| *id)
        {
            return Err((RICH, "not each belongs to a claim, in order of claims".to_owned()));
        }
        self.noted.sort_unstable_by_key(|(claim, _)| *claim);
        let owners = self.owners.into_iter().map(|(_, id)| id).collect();
        Ok(Seen { targets: self.answers.finish()?, noted: self.noted, unsure: self.unsure, owners })
    }
}

impl BesideRows {
    /// Refuses offsets that are not some of these rows.
    pub(super) fn check(&self, entities: usize) -> InSection<()> {
        let ends = self.offsets.first().zip(self.offsets.last());
        let within =
            ends.is_some_and(|(&first, &last)| first == 0 && last as usize <= self.origin.len());
        if !within || !self.offsets.is_sorted() || self.offsets.len() > entities + 1 {
            return Err((
                SUBJECTS,
                "the offsets do not rise from zero to a row, one for each entity".to_owned(),
            ));
        }
        Ok(())
    }
}
