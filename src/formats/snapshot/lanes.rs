//! Cells of some rows side by side, so that what is asked of each is asked of many at a time.

use super::packing::{claim_numbered, entity_numbered};
use super::places::Places;
use super::rules::{Rules, Says};
use crate::columns::Head;
use crate::days::Day;
use crate::ids::{ClaimId, RelationId};
use crate::marks::Marks;
use crate::times::TimeCode;

/// So many rows at most.
pub(super) const ROWS: usize = 64;

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

/// Some rows, and of the row before the first what order goes by.
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
    pub(super) fn new() -> Self {
        Self {
            relation: [-1; ROWS + 1],
            reported: [0; ROWS + 1],
            number: [0; ROWS + 1],
            time: [0; ROWS],
            object: [0; ROWS],
            says: [Says::default(); ROWS],
        }
    }

    /// Reads the heads of the rows that come next, `ROWS` or fewer, and puts them with the others and their numbers
    /// with those seen.
    #[inline]
    pub(super) fn put_heads(&mut self, read: &[[u8; 12]], all: &mut Vec<Head>, seen: &mut Places) {
        let [_, numbers @ ..] = &mut self.number;
        let lanes = numbers.iter_mut().zip(&mut self.time).zip(&mut self.object);
        all.extend(lanes.zip(read).map(|(((number, time), object), &[a, b, c, d, e, f, g, h, i, j, k, l])| {
            let (other, day) = (u32::from_le_bytes([a, b, c, d]), i32::from_le_bytes([e, f, g, h]));
            let id = u32::from_le_bytes([i, j, k, l]);
            (*object, *time, *number) = (other, day, signed(id));
            // Nought is no number: what stands for it here is not seen.
            seen.add((id as usize).wrapping_sub(1));
            let id = claim_numbered(id).unwrap_or(ClaimId::FIRST);
            Head { object: entity_numbered(other), time: TimeCode::from_bits(day), id }
        }));
    }

    /// A glance at the rows whose heads were put here, with their other cells. There are so many entities.
    #[inline(never)]
    pub(super) fn glance(
        &mut self,
        rules: &Rules<'_>,
        (reported, relation, marks): (&[Day], &[RelationId], &[Marks]),
        entities: usize,
    ) -> Glance {
        let [_, days @ ..] = &mut self.reported;
        days.iter_mut().zip(reported).for_each(|(to, day)| *to = day.number());
        let [_, relations @ ..] = &mut self.relation;
        relations.iter_mut().zip(relation).for_each(|(to, relation)| *to = relation.index() as i32);
        let cells = self.says.iter_mut().zip(relation).zip(marks);
        cells.for_each(|((says, &relation), &marks)| *says = rules.says(relation, marks));

        let rows = marks.len();
        let there = Bits::MAX << (ROWS - rows.clamp(1, ROWS));
        let falls = bits(&self.falls()) & there;
        let (doubtful, noted) = self.looks(entities);
        for lane in [&mut self.relation, &mut self.reported, &mut self.number] {
            let cell = lane.get(rows).copied();
            cell.into_iter().zip(lane.first_mut()).for_each(|(last, before)| *before = last);
        }
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
        let (mut lanes, mut all, mut seen) = (Lanes::new(), Vec::new(), Places::below(3));
        let mut before: Option<(RelationId, i32, u32)> = None;
        for rows in (0..400).map(|n| if n % 5 == 0 { ROWS } else { 1 + n % ROWS }) {
            let (mut read, mut reported, mut relation, mut marks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            let mut expected = Glance { falls: 0, doubtful: 0, noted: 0 };
            for row in 0..rows {
                let object = [0, 1, 2, 3, 4, 1 << 31, u32::MAX][below(7) as usize];
                let (time, day) = (days[below(10) as usize], days[below(10) as usize]);
                let number = [1, 2, 3, 1 << 31, u32::MAX][below(5) as usize];
                let relation_here = RelationId::at(below(4) as usize * 7).unwrap();
                let marks_here = Marks::unchecked(below(1 << 16) as u16);
                read.push(std::array::from_fn(|n| {
                    [object.to_le_bytes(), time.to_le_bytes(), u32::to_le_bytes(number)].concat()[n]
                }));
                reported.push(Day::of_number(day));
                relation.push(relation_here);
                marks.push(marks_here);

                let bit = 1 << 63 >> row;
                let here = (relation_here, day, number);
                let says = rules.says(relation_here, marks_here);
                let in_calendar = [time, day].iter().all(|day| (Day::FIRST..=Day::LAST).contains(day));
                let sure = in_calendar && time <= day && (1..=3).contains(&object) && says.is_right();
                expected.falls |= if before.is_some_and(|before| here <= before) { bit } else { 0 };
                expected.doubtful |= if sure { 0 } else { bit };
                expected.noted |= if says.is_noted() { bit } else { 0 };
                before = Some(here);
            }
            lanes.put_heads(&read, &mut all, &mut seen);
            let glance = lanes.glance(&rules, (&reported, &relation, &marks), 3);
            assert_eq!(glance, expected);
            assert_eq!(all.len(), rows);
            all.clear();
        }
    }
}
