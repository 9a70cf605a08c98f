//! What is seen of the rows of a block at a glance: what is asked of each is asked of many at a time.

use crate::files::snapshot::row_block::{Block, ROWS};
use crate::files::snapshot::row_rules::{Rules, Says};
use crate::model::time::day::Day;
use crate::store::claim_flags::Marks;
use crate::store::time_code::TimeCode;

/// A bit for each row, the first of which is the highest.
pub(super) type Bits = u64;

/// What is known of each of these rows at a glance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Glance {
    /// It does not come after the row before.
    pub(super) falls: Bits,
    /// It is not seen to be right.
    pub(super) doubtful: Bits,
    /// Something is noted of it.
    pub(super) noted: Bits,
}

/// Numbers as the machine compares many at a time: with a sign.
#[inline]
fn signed(number: u32) -> i32 {
    (number ^ 1 << 31) as i32
}

/// What the order of rows with one subject goes by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    relation: u16,
    reported: i32,
    claim: u32,
}

impl Place {
    #[inline]
    fn of(relation: [u8; 2], reported: [u8; 4], claim: [u8; 4]) -> Self {
        let (relation, reported) = (u16::from_le_bytes(relation), i32::from_le_bytes(reported));
        Self { relation, reported, claim: u32::from_le_bytes(claim) }
    }

    #[inline]
    fn at(block: &Block<'_>, row: usize) -> Option<Self> {
        Some(Self::of(*block.relation.get(row)?, *block.reported.get(row)?, *block.claim.get(row)?))
    }

    /// Of the last row of a block.
    #[inline]
    pub(super) fn of_last(block: &Block<'_>) -> Option<Self> {
        Self::at(block, block.rows.checked_sub(1)?)
    }

    /// Whether it does not come after this one: all of it is compared, so that many are at a time.
    #[inline]
    fn falls(self, before: Self) -> bool {
        let number_falls = signed(self.claim) <= signed(before.claim);
        let day_falls =
            (self.reported < before.reported) | ((self.reported == before.reported) & number_falls);
        (self.relation < before.relation) | ((self.relation == before.relation) & day_falls)
    }
}

/// A bit for each of these flags.
#[inline]
fn bits(flags: &[u8; ROWS]) -> Bits {
    // Each flag of eight is shifted to its bit of the highest byte.
    let eights = flags.as_chunks::<8>().0.iter();
    eights.fold(0, |bits, eight| {
        bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x8040_2010_0804_0201) >> 56
    })
}

impl Glance {
    /// At a block, after a row of this place if there is one. There are so many entities.
    #[inline(never)]
    pub(super) fn at(
        block: &Block<'_>,
        before: Option<Place>,
        rules: &Rules<'_>,
        entities: usize,
    ) -> Self {
        let there = Bits::MAX << (ROWS - block.rows.clamp(1, ROWS));
        let falls = bits(&falls(block, before)) & there;
        let (doubtful, noted) = looks(block, rules, entities);
        Self { falls, doubtful: bits(&doubtful) & there, noted: bits(&noted) & there }
    }
}

/// Whether each row does not come after the one before.
#[inline]
fn falls(block: &Block<'_>, before: Option<Place>) -> [u8; ROWS] {
    let mut falls = [0; ROWS];
    let [first, rest @ ..] = &mut falls;
    *first = u8::from(before.zip(Place::at(block, 0)).is_some_and(|(before, here)| here <= before));
    let ([_, relation @ ..], [_, reported @ ..], [_, claim @ ..]) =
        (block.relation, block.reported, block.claim);
    let here = relation.iter().zip(reported).zip(claim);
    let before = block.relation.iter().zip(block.reported).zip(block.claim);
    for (falls, (here, before)) in rest.iter_mut().zip(here.zip(before)) {
        let [here, before] = [here, before]
            .map(|((&relation, &reported), &claim)| Place::of(relation, reported, claim));
        *falls = u8::from(here.falls(before));
    }
    falls
}

/// Whether each row is in doubt, and whether something is noted of it.
#[inline]
fn looks(block: &Block<'_>, rules: &Rules<'_>, entities: usize) -> ([u8; ROWS], [u8; ROWS]) {
    let mut says = [Says::default(); ROWS];
    for ((says, relation), marks) in says.iter_mut().zip(block.relation).zip(block.marks) {
        *says =
            rules.says(u16::from_le_bytes(*relation), Marks::unchecked(u16::from_le_bytes(*marks)));
    }
    let (entities, never) =
        (signed(u32::try_from(entities).unwrap_or(u32::MAX)), TimeCode::NEVER.bits());
    let (mut doubtful, mut noted) = ([0; ROWS], [0; ROWS]);
    let cells = block.time.iter().zip(block.reported).zip(block.object);
    for (doubtful, ((time, reported), object)) in doubtful.iter_mut().zip(cells) {
        let (time, reported) = (i32::from_le_bytes(*time), i32::from_le_bytes(*reported));
        let is_day = (time >= Day::FIRST) & (time <= reported);
        let timed = (is_day | (time == never)) & (Day::FIRST..=Day::LAST).contains(&reported);
        let object = signed(u32::from_le_bytes(*object).wrapping_sub(1));
        *doubtful = u8::from(!timed | (object >= entities));
    }
    for ((doubtful, noted), says) in doubtful.iter_mut().zip(&mut noted).zip(&says) {
        *doubtful |= u8::from(!says.is_right());
        *noted = u8::from(says.is_noted());
    }
    (doubtful, noted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::snapshot::row_block::{BLOCK, block_of};
    use crate::graph::ClaimGraph;
    use crate::model::vocabulary::reporting::State;
    use crate::store::origin_table::Origins;
    use crate::store::time_code::Times;

    #[test]
    fn a_glance_sees_of_each_row_what_a_look_at_it_does() {
        let mut graph = ClaimGraph::new();
        for key in ["a", "b", "c"] {
            graph.add(State, key).unwrap();
        }
        let rules = Rules::of(&graph, &Origins::default(), &Times::default());
        let mut state = 7u64;
        let mut below = |most: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let days = [
            i32::MIN,
            Day::FIRST - 1,
            Day::FIRST,
            -1,
            0,
            1,
            Day::LAST,
            Day::LAST + 1,
            1 << 27,
            i32::MAX,
        ];
        let mut before: Option<(u16, i32, u32)> = None;
        let mut last = None;
        for n in 0..400 {
            let rows = if n % 5 == 0 { ROWS } else { 1 + n % ROWS };
            let mut cells = Vec::new();
            let mut expected = Glance { falls: 0, doubtful: 0, noted: 0 };
            for row in 0..rows {
                let object = [0, 1, 2, 3, 4, 1 << 31, u32::MAX][below(7) as usize];
                let (time, day) = (days[below(10) as usize], days[below(10) as usize]);
                let number = [1, 2, 3, 1 << 31, u32::MAX][below(5) as usize];
                let relation = below(4) as u16 * 7;
                let marks = below(1 << 16) as u16;
                cells.push((day, relation, marks, object, time, number));

                let bit = 1 << 63 >> row;
                let here = (relation, day, number);
                let says = rules.says(relation, Marks::unchecked(marks));
                let reported = (Day::FIRST..=Day::LAST).contains(&day);
                let timed = (Day::FIRST..=day).contains(&time) || time == TimeCode::NEVER.bits();
                let sure = reported && timed && (1..=3).contains(&object) && says.is_right();
                expected.falls |= if before.is_some_and(|before| here <= before) { bit } else { 0 };
                expected.doubtful |= if sure { 0 } else { bit };
                expected.noted |= if says.is_noted() { bit } else { 0 };
                before = Some(here);
            }
            let (bytes, mut spread_in) = (block_of(&cells), [7; BLOCK]);
            let block = Block::of(&bytes, &mut spread_in).unwrap();
            assert_eq!(Glance::at(&block, last, &rules, 3), expected);
            last = Place::of_last(&block);
        }
    }
}
