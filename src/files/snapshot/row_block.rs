//! Rows in a file: in blocks, each of which has the cells of one column after those of another. So what is looked at
//! together is read together, and cells of one column lie side by side.

use crate::files::snapshot::varlen::{
    claim_number, claim_numbered, entity_number, entity_numbered,
};
use crate::model::id::{ClaimId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::store::claim_flags::Marks;
use crate::store::columns::{Bare, Head};
use crate::store::time_code::TimeCode;
use std::borrow::Cow;
use std::ops::Range;

/// So many rows a block; the last may have fewer.
pub(super) const ROWS: usize = 64;

/// The bytes of a row's cells: its report day, relation, marks, object, time and claim.
const WIDTHS: [usize; 6] = [4, 2, 2, 4, 4, 4];

/// The bytes of a row.
pub(super) const ROW: usize = 20;

/// The bytes of a block.
pub(super) const BLOCK: usize = ROWS * ROW;

/// The cells of a block. Past its rows, they are nought.
#[derive(Clone, Copy)]
pub(super) struct Block<'b> {
    pub(super) reported: &'b [[u8; 4]; ROWS],
    pub(super) relation: &'b [[u8; 2]; ROWS],
    pub(super) marks: &'b [[u8; 2]; ROWS],
    pub(super) object: &'b [[u8; 4]; ROWS],
    pub(super) time: &'b [[u8; 4]; ROWS],
    pub(super) claim: &'b [[u8; 4]; ROWS],
    pub(super) rows: usize,
}

/// Cells of the next column, and what comes after them.
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

/// Puts the columns of fewer rows where those of a whole block are.
#[cold]
fn spread(mut bytes: &[u8], mut whole: &mut [u8]) {
    let rows = bytes.len() / ROW;
    for width in WIDTHS {
        let (cells, rest) = bytes.split_at(bytes.len().min(rows * width));
        let (column, after) = whole.split_at_mut(whole.len().min(ROWS * width));
        column.fill(0);
        column.iter_mut().zip(cells).for_each(|(to, byte)| *to = *byte);
        (bytes, whole) = (rest, after);
    }
}

impl<'b> Block<'b> {
    /// Of bytes that are whole rows, no more than those of a block; if they are fewer, where they are spread.
    #[inline]
    pub(super) fn of(bytes: &'b [u8], spread_in: &'b mut [u8; BLOCK]) -> Option<Self> {
        let rows = bytes.len() / ROW;
        if rows < ROWS {
            spread(bytes, spread_in);
        }
        let bytes = if rows < ROWS { spread_in.as_slice() } else { bytes };
        let (reported, rest) = column(bytes, ROWS);
        let (relation, rest) = column(rest, ROWS);
        let (marks, rest) = column(rest, ROWS);
        let (object, rest) = column(rest, ROWS);
        let (time, rest) = column(rest, ROWS);
        let (claim, _) = column(rest, ROWS);
        Some(Self {
            reported: reported.first_chunk()?,
            relation: relation.first_chunk()?,
            marks: marks.first_chunk()?,
            object: object.first_chunk()?,
            time: time.first_chunk()?,
            claim: claim.first_chunk()?,
            rows,
        })
    }

    /// The row at this place.
    pub(super) fn row(&self, place: usize) -> Option<Row> {
        let Self { reported, relation: of, marks, object, time, claim, rows } = *self;
        (place < rows).then_some(())?;
        let reported = Day::of_number(i32::from_le_bytes(*reported.get(place)?));
        let marks = Marks::unchecked(u16::from_le_bytes(*marks.get(place)?));
        let head = head(*object.get(place)?, *time.get(place)?, *claim.get(place)?);
        Some(Row { head, reported, relation: relation(*of.get(place)?), marks })
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
pub(super) fn claim(cell: [u8; 4]) -> ClaimId {
    claim_numbered(u32::from_le_bytes(cell)).unwrap_or(ClaimId::FIRST)
}

#[inline]
fn head(object: [u8; 4], time: [u8; 4], id: [u8; 4]) -> Head {
    let time = TimeCode::from_bits(i32::from_le_bytes(time));
    Head { object: entity_numbered(u32::from_le_bytes(object)), time, id: claim(id) }
}

#[inline]
fn relation(cell: [u8; 2]) -> RelationId {
    RelationId::at(u16::from_le_bytes(cell).into()).unwrap_or(RelationId::NONE)
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
    each(relation, columns.relation.get(rows.clone()), |relation| {
        (relation.index() as u16).to_le_bytes()
    });
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
    /// None, with room for blocks of so many rows.
    pub(super) fn for_rows(rows: usize) -> Self {
        let rows = rows.next_multiple_of(ROWS);
        Self {
            heads: Vec::with_capacity(rows),
            reported: Vec::with_capacity(rows),
            relation: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
        }
    }

    /// Adds the rows of a block.
    #[inline]
    pub(super) fn add(&mut self, block: &Block<'_>) {
        let Block { reported, relation: of, marks, object, time, claim, rows } = *block;
        let heads = object.iter().zip(time).zip(claim);
        self.heads.extend(heads.map(|((&object, &time), &claim)| head(object, time, claim)));
        self.reported.extend(reported.iter().map(|&cell| Day::of_number(i32::from_le_bytes(cell))));
        self.relation.extend(of.iter().map(|&cell| relation(cell)));
        self.marks.extend(marks.iter().map(|&cell| Marks::unchecked(u16::from_le_bytes(cell))));
        if rows < ROWS {
            let all = self.heads.len() - (ROWS - rows);
            self.heads.truncate(all);
            self.reported.truncate(all);
            self.relation.truncate(all);
            self.marks.truncate(all);
        }
    }

    /// With the columns that come before them in the file.
    pub(super) fn beside(mut self, origin: Vec<OriginId>, offsets: Vec<u32>) -> Bare<'static> {
        self.heads.shrink_to_fit();
        self.reported.shrink_to_fit();
        self.relation.shrink_to_fit();
        self.marks.shrink_to_fit();
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
    let mut bytes = Vec::new();
    rows.iter().for_each(|row| bytes.extend(row.0.to_le_bytes()));
    rows.iter().for_each(|row| bytes.extend(row.1.to_le_bytes()));
    rows.iter().for_each(|row| bytes.extend(row.2.to_le_bytes()));
    rows.iter().for_each(|row| bytes.extend(row.3.to_le_bytes()));
    rows.iter().for_each(|row| bytes.extend(row.4.to_le_bytes()));
    rows.iter().for_each(|row| bytes.extend(row.5.to_le_bytes()));
    bytes
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
            let mut spread_in = [7; BLOCK];
            let block = Block::of(&bytes, &mut spread_in).unwrap();
            let mut columns = Columns::for_rows(rows);
            columns.add(&block);
            for (place, &(day, of, marks, object, time, claim)) in cells.iter().enumerate() {
                let row = block.row(place).unwrap();
                let head = (
                    entity_number(row.head.object),
                    row.head.time.bits(),
                    claim_number(row.head.id),
                );
                assert_eq!(head, (object, time, claim));
                let rest = (row.reported.number(), row.relation, row.marks.bits());
                assert_eq!(rest, (day, relation(of.to_le_bytes()), marks));
                let read = (
                    columns.heads[place],
                    columns.reported[place],
                    columns.relation[place],
                    columns.marks[place],
                );
                assert_eq!(read, (row.head, row.reported, row.relation, row.marks));
            }
            assert!(block.row(rows).is_none());
            assert!(block.claim.iter().skip(rows).all(|cell| *cell == [0; 4]));
            let mut written = vec![0; rows * ROW];
            put(&columns.beside(Vec::new(), Vec::new()), 0..rows, &mut written);
            assert_eq!(written, bytes);
        }
    }
}
