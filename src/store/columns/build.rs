//! Sorts the rows of a bulk load into columns. Rows in order of insertion go in, sorted columns come out. The merge of
//! recent rows calls it.

use crate::model::id::{ClaimId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::store::claim_flags::Marks;
use crate::store::columns::{Core, Head, Sorted, number};
use crate::store::counting_sort::{sort_from, width};
use crate::store::time_code::TimeCode;

/// How many rows are dealt out at a time; they stay in the cache.
const CHUNK: usize = 16_384;

/// The largest number of parts: more could not be written to at the same time from the cache.
const PARTS: usize = 1024;

/// How many subjects have an entry in the list of parts, which stays in the cache. If there are more, subjects that
/// follow each other share an entry.
const SUBJECTS: usize = 32_768;

/// How many rows a part has, so that it stays in the cache.
const ROWS: usize = 4096;

/// Returns the rows in order. `offsets` says for each subject where its rows begin in that order. The rows are sorted
/// part by part, because a part fits the cache; to fetch single rows from all over memory would be slow.
pub(super) fn gathered(rows: Vec<Core>, offsets: &[u32]) -> Sorted {
    let mut gathered = Sorted::with_capacity(rows.len());
    let dealt = Dealt::of(rows, offsets);
    let mut part = Vec::new();
    for place in 0..dealt.parts {
        part.clear();
        dealt.part(place).for_each(|rows| part.extend_from_slice(rows));
        gathered.push_all(&part, &order(&part));
    }
    gathered
}

impl Sorted {
    /// Adds the rows in this order, with one loop for all columns.
    fn push_all(&mut self, rows: &[Core], order: &[u32]) {
        fn more<T: Copy>(column: &mut Vec<T>, count: usize, nothing: T) -> &mut [T] {
            let before = column.len();
            column.resize(before + count, nothing);
            &mut column[before..]
        }
        let count = order.len();
        let heads = more(&mut self.heads, count, NO_CORE.head);
        let origin = more(&mut self.origin, count, NO_CORE.origin);
        let reported = more(&mut self.reported, count, NO_CORE.reported);
        let relation = more(&mut self.relation, count, NO_CORE.relation);
        let marks = more(&mut self.marks, count, NO_CORE.marks);
        let cells = heads.iter_mut().zip(origin).zip(reported).zip(relation).zip(marks);
        for (&position, ((((head, origin), reported), relation), marks)) in order.iter().zip(cells)
        {
            let row = &rows[position as usize];
            (*head, *origin, *reported) = (row.head, row.origin, row.reported);
            (*relation, *marks) = (row.relation, row.marks);
        }
    }
}

/// Rows dealt out into parts. The rows of one subject are in one part; parts are in order of subject, and rows without
/// a subject are last. Within each chunk, the rows of a part stand together, in their old order.
struct Dealt {
    rows: Vec<Core>,
    parts: usize,
    /// For each chunk and part, where the part begins in the chunk; and where the last part ends.
    starts: Vec<u16>,
}

impl Dealt {
    /// Deals rows out into parts. The more rows a subject has, the fewer other subjects are in its part.
    fn of(mut rows: Vec<Core>, offsets: &[u32]) -> Self {
        let each = number(rows.len() / PARTS + 1).max(number(ROWS));
        let shared = width((offsets.len() / SUBJECTS) as u64);
        // No subject begins past the last row, so the numbers of parts are below `PARTS`.
        let part_of: Vec<u16> =
            offsets.iter().step_by(1 << shared).map(|from| (from / each) as u16).collect();
        let none = part_of.last().copied().unwrap_or(0);
        let parts = usize::from(none) + 1;
        let mut starts = Vec::with_capacity(rows.len().div_ceil(CHUNK) * (parts + 1));
        let (mut those_of, mut dealt) =
            (Vec::with_capacity(CHUNK), vec![NO_CORE; rows.len().min(CHUNK)]);
        for chunk in rows.chunks_mut(CHUNK) {
            let part = |core: &Core| {
                core.subject.and_then(|subject| part_of.get(subject.index() >> shared)).copied()
            };
            those_of.clear();
            those_of.extend(chunk.iter().map(|core| part(core).unwrap_or(none)));
            let mut cursors = [0u16; PARTS];
            for &part in &those_of {
                cursors[usize::from(part)] += 1;
            }
            let mut sum = 0;
            for cursor in cursors.iter_mut().take(parts) {
                (sum, *cursor) = (sum + *cursor, sum);
                starts.push(*cursor);
            }
            starts.push(sum);
            for (core, &part) in chunk.iter().zip(&those_of) {
                let cursor = &mut cursors[usize::from(part)];
                dealt[usize::from(*cursor)] = *core;
                *cursor += 1;
            }
            chunk.copy_from_slice(&dealt[..chunk.len()]);
        }
        Self { rows, parts, starts }
    }

    /// Returns the rows of a part, in slices.
    fn part(&self, place: usize) -> impl Iterator<Item = &[Core]> {
        let starts = self.starts.chunks(self.parts + 1);
        self.rows.chunks(CHUNK).zip(starts).map(move |(chunk, starts)| {
            &chunk[usize::from(starts[place])..usize::from(starts[place + 1])]
        })
    }
}

/// A row that fills room until another is written there.
const NO_CORE: Core = Core {
    head: Head { object: None, time: TimeCode::NEVER, id: ClaimId::FIRST },
    subject: None,
    origin: OriginId::FIRST,
    reported: Day::EPOCH,
    relation: RelationId::NONE,
    marks: Marks::NONE,
};

/// Returns the subject of a row as a number, and `none` if the row does not have one.
fn subject_of(core: &Core, none: u64) -> u64 {
    core.subject.map_or(none, |subject| subject.index() as u64)
}

/// Returns the positions of rows in order of subject (none last), relation, report day and position.
///
/// If the three fit into one number above the position, they are packed and sorted by counting. If the rows come in
/// order of report day, the position stands for the day.
pub(super) fn order(rows: &[Core]) -> Vec<u32> {
    let (mut least, mut none, mut relation, mut first, mut last) =
        (u64::MAX, 0, 0, i32::MAX, i32::MIN);
    let (mut before, mut in_order) = (i32::MIN, true);
    for core in rows {
        let subject = core.subject.map_or(u64::MAX, |subject| subject.index() as u64);
        (least, none) = (least.min(subject), none.max(subject.wrapping_add(1)));
        relation = relation.max(core.relation.index() as u64);
        let day = core.reported.number();
        (first, last) = (first.min(day), last.max(day));
        in_order &= before <= day;
        before = day;
    }
    let least = least.min(none);
    let since = |day: i32| if in_order { 0 } else { u64::from(day.abs_diff(first)) };
    let (day_bits, relation_bits) = (width(since(last)), width(relation));
    let (subject_bits, position_bits) = (width(none - least), width(rows.len() as u64));
    let bits = subject_bits + relation_bits + day_bits;
    if bits + position_bits > u64::BITS || rows.len() < 1_000 {
        let key = |core: &Core| (subject_of(core, none), core.relation, core.reported);
        let mut keys: Vec<_> = rows.iter().map(key).zip(0u32..).collect();
        keys.sort_unstable();
        return keys.into_iter().map(|(_, position)| position).collect();
    }
    let key = |(core, position): (&Core, u64)| {
        let key = ((subject_of(core, none) - least) << relation_bits
            | core.relation.index() as u64)
            << day_bits;
        (key | since(core.reported.number())) << position_bits | position
    };
    let mut keys: Vec<u64> = rows.iter().zip(0u64..).map(key).collect();
    sort_from(&mut keys, position_bits, position_bits + bits);
    let mask = (1u64 << position_bits) - 1;
    // A new vector: in the memory of the keys, they would be converted one at a time.
    keys.iter().map(|key| (key & mask) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::EntityId;

    #[test]
    fn rows_dealt_out_come_in_the_order_of_a_plain_sort() {
        // Of 70,000 subjects some are told apart together.
        for (entities, rows) in [(1, 9_000), (5, 20_000), (70_000, 40_000), (70_000, 900)] {
            let mut number = 0u64;
            let mut below = |bound: usize| {
                number = number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (number >> 33) as usize % bound
            };
            let often = |subject: usize| subject * subject / entities;
            let cores: Vec<Core> = (0..rows)
                .map(|place| Core {
                    head: Head { id: ClaimId::nth(place).unwrap(), ..NO_CORE.head },
                    // Early ones more often, and every tenth has none.
                    subject: EntityId::at(often(below(entities))).filter(|_| place % 10 > 0),
                    relation: RelationId::at(below(40)).unwrap(),
                    reported: Day::from(jiff::civil::date(2024, 1, 1 + below(30) as i8)),
                    ..NO_CORE
                })
                .collect();
            let mut offsets = vec![0u32; entities + 1];
            cores
                .iter()
                .filter_map(|core| core.subject)
                .for_each(|subject| offsets[subject.index() + 1] += 1);
            (0..entities).for_each(|subject| offsets[subject + 1] += offsets[subject]);
            let mut sorted = cores.clone();
            sorted.sort_by_key(|core| {
                (core.subject.is_none(), core.subject, core.relation, core.reported)
            });
            let gathered = gathered(cores, &offsets);
            let ids = |heads: &[Head]| heads.iter().map(|head| head.id).collect::<Vec<_>>();
            assert_eq!(
                ids(&gathered.heads),
                sorted.iter().map(|core| core.head.id).collect::<Vec<_>>()
            );
            assert_eq!(
                gathered.relation,
                sorted.iter().map(|core| core.relation).collect::<Vec<_>>()
            );
            assert_eq!(
                gathered.reported,
                sorted.iter().map(|core| core.reported).collect::<Vec<_>>()
            );
        }
    }
}
