//! Rows in a file: in blocks, each of which has the cells of one column after those of another. So what is looked at
//! together is read together, and cells of one column lie side by side.

use super::packing::{claim_number, claim_numbered, entity_number, entity_numbered};
use crate::columns::{Bare, Head};
use crate::days::Day;
use crate::ids::{ClaimId, OriginId, RelationId};
use crate::marks::Marks;
use crate::times::TimeCode;
use std::borrow::Cow;
use std::ops::Range;

/// So many rows a block; the last may have fewer.
pub(super) const ROWS: usize = 64;

/// The bytes of a row.
pub(super) const ROW: usize = 20;

/// The bytes of a block.
pub(super) const BLOCK: usize = ROWS * ROW;

/// The cells of a block.
#[derive(Clone, Copy)]
pub(super) struct Block<'b> {
    reported: &'b [[u8; 4]],
    relation: &'b [[u8; 2]],
    marks: &'b [[u8; 2]],
    object: &'b [[u8; 4]],
    time: &'b [[u8; 4]],
    claim: &'b [[u8; 4]],
}

/// Cells of the next column, and what comes after it.
#[inline]
fn column<const N: usize>(bytes: &[u8], rows: usize) -> (&[[u8; N]], &[u8]) {
    let (column, rest) = bytes.split_at(bytes.len().min(rows * N));
    (column.as_chunks().0, rest)
}

/// The same to write to.
#[inline]
fn column_mut<const N: usize>(bytes: &mut [u8], rows: usize) -> (&mut [[u8; N]], &mut [u8]) {
    let (column, rest) = bytes.split_at_mut(bytes.len().min(rows * N));
    (column.as_chunks_mut().0, rest)
}

impl<'b> Block<'b> {
    /// Of bytes that are whole rows.
    #[inline]
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        let rows = bytes.len() / ROW;
        let (reported, rest) = column(bytes, rows);
        let (relation, rest) = column(rest, rows);
        let (marks, rest) = column(rest, rows);
        let (object, rest) = column(rest, rows);
        let (time, rest) = column(rest, rows);
        let (claim, _) = column(rest, rows);
        Self { reported, relation, marks, object, time, claim }
    }

    pub(super) fn rows(&self) -> usize {
        self.claim.len()
    }

    #[inline]
    pub(super) fn reported(self) -> impl Iterator<Item = i32> + 'b {
        self.reported.iter().map(|&cell| i32::from_le_bytes(cell))
    }

    #[inline]
    pub(super) fn relation(self) -> impl Iterator<Item = u16> + 'b {
        self.relation.iter().map(|&cell| u16::from_le_bytes(cell))
    }

    #[inline]
    pub(super) fn marks(self) -> impl Iterator<Item = u16> + 'b {
        self.marks.iter().map(|&cell| u16::from_le_bytes(cell))
    }

    /// The number of an entity, or nought.
    #[inline]
    pub(super) fn object(self) -> impl Iterator<Item = u32> + 'b {
        self.object.iter().map(|&cell| u32::from_le_bytes(cell))
    }

    #[inline]
    pub(super) fn time(self) -> impl Iterator<Item = i32> + 'b {
        self.time.iter().map(|&cell| i32::from_le_bytes(cell))
    }

    /// The number of a claim, which nought is not.
    #[inline]
    pub(super) fn claim(self) -> impl Iterator<Item = u32> + 'b {
        self.claim.iter().map(|&cell| u32::from_le_bytes(cell))
    }

    /// The row at this place.
    pub(super) fn row(self, place: usize) -> Option<Row> {
        let head = head(self.object().nth(place)?, self.time().nth(place)?, self.claim().nth(place)?);
        let (reported, marks) = (Day::of_number(self.reported().nth(place)?), self.marks().nth(place)?);
        Some(Row { head, reported, relation: relation(self.relation().nth(place)?), marks: Marks::unchecked(marks) })
    }

    /// Of the row at this place, the claim, its time and marks.
    #[inline]
    pub(super) fn noted(self, place: usize) -> Option<(ClaimId, TimeCode, Marks)> {
        let claim = claim_numbered(u32::from_le_bytes(*self.claim.get(place)?)).unwrap_or(ClaimId::FIRST);
        let time = TimeCode::from_bits(i32::from_le_bytes(*self.time.get(place)?));
        Some((claim, time, Marks::unchecked(u16::from_le_bytes(*self.marks.get(place)?))))
    }
}

/// A row of a block.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) head: Head,
    pub(super) reported: Day,
    pub(super) relation: RelationId,
    pub(super) marks: Marks,
}

/// What stands for a claim whose number is nought is the first.
#[inline]
fn head(object: u32, time: i32, claim: u32) -> Head {
    let id = claim_numbered(claim).unwrap_or(ClaimId::FIRST);
    Head { object: entity_numbered(object), time: TimeCode::from_bits(time), id }
}

#[inline]
fn relation(number: u16) -> RelationId {
    RelationId::at(number.into()).unwrap_or(RelationId::NONE)
}

/// Writes these rows as a block.
pub(super) fn put(columns: &Bare<'_>, rows: Range<usize>, bytes: &mut [u8]) {
    fn each<'c, T: Copy + 'c, const N: usize>(
        cells: &mut [[u8; N]],
        from: Option<&'c [T]>,
        little: impl Fn(T) -> [u8; N],
    ) {
        cells.iter_mut().zip(from.unwrap_or_default()).for_each(|(to, &cell)| *to = little(cell));
    }
    let count = rows.len();
    let (reported, rest) = column_mut(bytes, count);
    let (relation, rest) = column_mut(rest, count);
    let (marks, rest) = column_mut(rest, count);
    let (object, rest) = column_mut(rest, count);
    let (time, rest) = column_mut(rest, count);
    let (claim, _) = column_mut(rest, count);
    each(reported, columns.reported.get(rows.clone()), |day: Day| day.number().to_le_bytes());
    each(relation, columns.relation.get(rows.clone()), |relation| (relation.index() as u16).to_le_bytes());
    each(marks, columns.marks.get(rows.clone()), |marks| marks.bits().to_le_bytes());
    let heads = columns.heads.get(rows);
    each(object, heads, |head| entity_number(head.object).to_le_bytes());
    each(time, heads, |head| head.time.bits().to_le_bytes());
    each(claim, heads, |head| claim_number(head.id).to_le_bytes());
}

/// The columns of the rows that were read.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) heads: Vec<Head>,
    pub(super) reported: Vec<Day>,
    pub(super) relation: Vec<RelationId>,
    pub(super) marks: Vec<Marks>,
}

impl Columns {
    /// None, with room for so many rows.
    pub(super) fn for_rows(rows: usize) -> Self {
        Self {
            heads: Vec::with_capacity(rows),
            reported: Vec::with_capacity(rows),
            relation: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
        }
    }

    /// Adds the rows of a block.
    #[inline]
    pub(super) fn add(&mut self, block: Block<'_>) {
        let heads = block.object().zip(block.time()).zip(block.claim());
        self.heads.extend(heads.map(|((object, time), claim)| head(object, time, claim)));
        self.reported.extend(block.reported().map(Day::of_number));
        self.relation.extend(block.relation().map(relation));
        self.marks.extend(block.marks().map(Marks::unchecked));
    }

    /// With the columns that come before them in the file.
    pub(super) fn beside(self, origin: Vec<OriginId>, offsets: Vec<u32>) -> Bare<'static> {
        Bare {
            heads: Cow::Owned(self.heads),
            origin: Cow::Owned(origin),
            reported: Cow::Owned(self.reported),
            relation: Cow::Owned(self.relation),
            marks: Cow::Owned(self.marks),
            offsets,
        }
    }
}

/// A block of these cells: day, relation, marks, object, time and claim.
#[cfg(test)]
pub(super) fn block_of(rows: &[(i32, u16, u16, u32, i32, u32)]) -> Vec<u8> {
    let column = |little: &dyn Fn(&(i32, u16, u16, u32, i32, u32)) -> Vec<u8>| rows.iter().flat_map(little).collect();
    let columns: [Vec<u8>; 6] = [
        column(&|row| row.0.to_le_bytes().to_vec()),
        column(&|row| row.1.to_le_bytes().to_vec()),
        column(&|row| row.2.to_le_bytes().to_vec()),
        column(&|row| row.3.to_le_bytes().to_vec()),
        column(&|row| row.4.to_le_bytes().to_vec()),
        column(&|row| row.5.to_le_bytes().to_vec()),
    ];
    columns.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_a_block_are_written_and_read_in_their_places() {
        for rows in [0, 1, 63, 64] {
            let number = |row: usize, n: usize| (row * 7 + n) as u32;
            let cells: Vec<_> = (0..rows)
                .map(|row| {
                    let half = |n| number(row, n) as u16;
                    (
                        -(number(row, 1) as i32),
                        half(2),
                        half(3) * 9,
                        number(row, 4) % 3,
                        number(row, 5) as i32,
                        number(row, 6),
                    )
                })
                .collect();
            let bytes = block_of(&cells);
            assert_eq!(bytes.len(), rows * ROW);
            let block = Block::of(&bytes);
            let mut columns = Columns::for_rows(rows);
            columns.add(block);
            for (place, &(day, of, marks, object, time, claim)) in cells.iter().enumerate() {
                let row = block.row(place).unwrap();
                let head = (entity_number(row.head.object), row.head.time.bits(), claim_number(row.head.id));
                assert_eq!(head, (object, time, claim));
                let rest = (row.reported.number(), row.relation, row.marks.bits());
                assert_eq!(rest, (day, relation(of), marks));
                let noted = block.noted(place).unwrap();
                assert_eq!(noted, (row.head.id, row.head.time, row.marks));
                let read =
                    (columns.heads[place], columns.reported[place], columns.relation[place], columns.marks[place]);
                assert_eq!(read, (row.head, row.reported, row.relation, row.marks));
            }
            assert!(block.row(rows).is_none() && block.noted(rows).is_none());
            let mut written = vec![0; rows * ROW];
            put(&columns.beside(Vec::new(), Vec::new()), 0..rows, &mut written);
            assert_eq!(written, bytes);
        }
    }
}
