//! Cells of some rows side by side, so that what is asked of each is asked of many at a time.

use super::blocks::{Block, ROWS};
use super::rules::{Rules, Says};
use crate::days::Day;
use crate::marks::Marks;

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

/// The rows of a block, and of the row before them what order goes by.
pub(super) struct Lanes {
    relation: [i32; ROWS + 1],
    reported: [i32; ROWS + 1],
    number: [i32; ROWS + 1],
    time: [i32; ROWS],
    object: [u32; ROWS],
    /// What the marks say of the relation and of the claim.
    says: [Says; ROWS],
}

/// Numbers in an order that the machine compares in.
#[inline]
fn signed(number: u32) -> i32 {
    (number ^ 1 << 31) as i32
}

/// A bit for each of these flags.
#[inline]
fn bits(flags: &[u8; ROWS]) -> Bits {
    // Each flag of eight is shifted to its bit of the highest byte.
    let eights = flags.as_chunks::<8>().0.iter();
    eights.fold(0, |bits, eight| bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x8040_2010_0804_0201) >> 56)
}

impl Lanes {
    fn new() -> Self {
        Self {
            relation: [-1; ROWS + 1],
            reported: [0; ROWS + 1],
            number: [0; ROWS + 1],
            time: [0; ROWS],
            object: [0; ROWS],
            says: [Says::default(); ROWS],
        }
    }

    /// After the last row of this block, if there is one.
    pub(super) fn after(before: Option<Block<'_>>) -> Self {
        let mut lanes = Self::new();
        if let Some(block) = before {
            lanes.put(block);
            lanes.pass(block.rows());
        }
        lanes
    }

    /// Puts the cells of a block side by side.
    #[inline]
    fn put(&mut self, block: Block<'_>) {
        let ([_, relation @ ..], [_, reported @ ..]) = (&mut self.relation, &mut self.reported);
        relation.iter_mut().zip(block.relation()).for_each(|(to, relation)| *to = relation.into());
        reported.iter_mut().zip(block.reported()).for_each(|(to, day)| *to = day);
        let [_, number @ ..] = &mut self.number;
        number.iter_mut().zip(block.claim()).for_each(|(to, claim)| *to = signed(claim));
        self.time.iter_mut().zip(block.time()).for_each(|(to, time)| *to = time);
        self.object.iter_mut().zip(block.object()).for_each(|(to, object)| *to = object);
    }

    /// Goes on to what comes after so many rows.
    #[inline]
    fn pass(&mut self, rows: usize) {
        for lane in [&mut self.relation, &mut self.reported, &mut self.number] {
            let cell = lane.get(rows).copied();
            cell.into_iter().zip(lane.first_mut()).for_each(|(last, before)| *before = last);
        }
    }

    /// A glance at the next block. There are so many entities.
    #[inline(never)]
    pub(super) fn glance(&mut self, rules: &Rules<'_>, block: Block<'_>, entities: usize) -> Glance {
        self.put(block);
        let cells = self.says.iter_mut().zip(block.relation()).zip(block.marks());
        cells.for_each(|((says, relation), marks)| *says = rules.says(relation, Marks::unchecked(marks)));

        let rows = block.rows();
        let there = Bits::MAX << (ROWS - rows.clamp(1, ROWS));
        let falls = bits(&self.falls()) & there;
        let (doubtful, noted) = self.looks(entities);
        self.pass(rows);
        Glance { falls, doubtful: bits(&doubtful) & there, noted: bits(&noted) & there }
    }

    /// Whether each does not come after the one before.
    #[inline]
    fn falls(&self) -> [u8; ROWS] {
        let ([_, relations @ ..], [_, days @ ..], [_, numbers @ ..]) = (&self.relation, &self.reported, &self.number);
        let here = relations.iter().zip(days).zip(numbers);
        let before = self.relation.iter().zip(&self.reported).zip(&self.number);
        let mut falls = [0; ROWS];
        for (falls, (here, before)) in falls.iter_mut().zip(here.zip(before)) {
            let ((relation, day), number) = here;
            let ((relation_before, day_before), number_before) = before;
            let day_falls = (day < day_before) | ((day == day_before) & (number <= number_before));
            *falls = u8::from((relation < relation_before) | ((relation == relation_before) & day_falls));
        }
        falls
    }

    /// Whether each is in doubt, and whether something is noted of it.
    #[inline]
    fn looks(&self, entities: usize) -> ([u8; ROWS], [u8; ROWS]) {
        let entities = signed(u32::try_from(entities).unwrap_or(u32::MAX));
        let (mut doubtful, mut noted) = ([0; ROWS], [0; ROWS]);
        let [_, days @ ..] = &self.reported;
        for ((doubtful, (time, reported)), object) in
            doubtful.iter_mut().zip(self.time.iter().zip(days)).zip(&self.object)
        {
            // That both are in the calendar.
            let timed = (*time >= Day::FIRST) & (time <= reported) & (*reported <= Day::LAST);
            *doubtful = u8::from(!timed | (signed(object.wrapping_sub(1)) >= entities));
        }
        for ((doubtful, noted), says) in doubtful.iter_mut().zip(&mut noted).zip(&self.says) {
            *doubtful |= u8::from(!says.is_right());
            *noted = u8::from(says.is_noted());
        }
        (doubtful, noted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::snapshot::blocks::block_of;
    use crate::graph::ClaimGraph;
    use crate::origins::Origins;
    use crate::reporting::State;
    use crate::times::Times;

    #[test]
    fn a_glance_sees_of_each_row_what_a_look_at_it_does() {
        let mut graph = ClaimGraph::new();
        for key in ["a", "b", "c"] {
            graph.add(State, key).unwrap();
        }
        let rules = Rules::of(&graph, &Origins::default(), &Times::default());
        let mut state = 7u64;
        let mut below = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let days = [i32::MIN, Day::FIRST - 1, Day::FIRST, -1, 0, 1, Day::LAST, Day::LAST + 1, 1 << 28, i32::MAX];
        let mut lanes = Lanes::new();
        let mut before: Option<(u16, i32, u32)> = None;
        let mut block_before = Vec::new();
        for n in 0..400 {
            let rows = if n % 5 == 0 { ROWS } else { 1 + n % ROWS };
            if n % 7 == 3 {
                lanes = Lanes::after(Some(Block::of(&block_before)));
            }
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
                let in_calendar = [time, day].iter().all(|day| (Day::FIRST..=Day::LAST).contains(day));
                let sure = in_calendar && time <= day && (1..=3).contains(&object) && says.is_right();
                expected.falls |= if before.is_some_and(|before| here <= before) { bit } else { 0 };
                expected.doubtful |= if sure { 0 } else { bit };
                expected.noted |= if says.is_noted() { bit } else { 0 };
                before = Some(here);
            }
            let bytes = block_of(&cells);
            assert_eq!(lanes.glance(&rules, Block::of(&bytes), 3), expected);
            block_before = bytes;
        }
    }
}
