//! One row of the file: a place, and bytes that carry a checksum over both. The database beneath verifies its own
//! checksums only if it repairs, so a row is checked whenever it is read.
//!
//! A row also says what it is in its own bytes, so that [`salvage`](crate::salvage) finds it without the database.

use crate::error::StoreError;
use std::fmt;

/// The first bytes of a row. They are not ASCII and have both line endings, as no text has.
pub(crate) const MAGIC: [u8; 8] = *b"\x89CGR\r\n\x1a\n";

/// The bytes before the content: magic, part, commit, piece, pieces, length, checksum.
const HEADER: usize = 8 + 1 + 8 + 4 + 4 + 4 + 4;

/// The most content of one row. With its header and that of a page it fits a page of 256 KiB.
pub(crate) const PIECE: usize = (1 << 18) - 512;

/// The parts of a store.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Part {
    /// The version of the store.
    Version = 0,
    /// Which commit is the last one, and where the columns are.
    Head = 1,
    /// The columns as of a commit: a snapshot.
    Columns = 2,
    /// The records that a commit added.
    Records = 3,
}

impl Part {
    fn numbered(number: u8) -> Option<Self> {
        [Part::Version, Part::Head, Part::Columns, Part::Records].get(usize::from(number)).copied()
    }
}

/// The place of a row: what the bytes are, of which commit, and which piece of how many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Place {
    pub(crate) part: Part,
    pub(crate) commit: u64,
    pub(crate) piece: u32,
}

impl Place {
    /// Returns the place of the first piece.
    pub(crate) fn of(part: Part, commit: u64) -> Self {
        Self { part, commit, piece: 0 }
    }

    /// Returns the name of the row that has this key.
    pub(crate) fn named((part, commit, piece): (u8, u64, u32)) -> String {
        match Part::numbered(part) {
            Some(part) => Self { part, commit, piece }.to_string(),
            None => format!("row {part} {commit} {piece}"),
        }
    }

    pub(crate) fn key(self) -> (u8, u64, u32) {
        (self.part as u8, self.commit, self.piece)
    }
}

/// Prints, for example, "columns of commit 5, piece 2". Pieces are counted from 1.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Version => return f.write_str("version"),
            Part::Head => return f.write_str("head"),
            Part::Columns => write!(f, "columns of commit {}", self.commit)?,
            Part::Records => write!(f, "records of commit {}", self.commit)?,
        }
        match self.piece {
            0 => Ok(()),
            piece => write!(f, ", piece {}", u64::from(piece) + 1),
        }
    }
}

/// The content of a row, and how many pieces there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'b> {
    pub(crate) place: Place,
    pub(crate) pieces: u32,
    pub(crate) content: &'b [u8],
}

impl<'b> Row<'b> {
    /// Returns the row as bytes with a checksum.
    pub(crate) fn seal(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.content.len());
        bytes.extend(MAGIC);
        bytes.push(self.place.part as u8);
        bytes.extend(self.place.commit.to_le_bytes());
        bytes.extend(self.place.piece.to_le_bytes());
        bytes.extend(self.pieces.to_le_bytes());
        bytes.extend((self.content.len() as u32).to_le_bytes());
        let sum = sum(&bytes, self.content);
        bytes.extend(sum.to_le_bytes());
        bytes.extend(self.content);
        bytes
    }

    /// Reads the row that stands at the start of the bytes, if its checksum holds. There may be bytes after it.
    pub(crate) fn at_start(bytes: &'b [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_first_chunk::<{ HEADER - 4 }>()?;
        let (expected, rest) = rest.split_first_chunk::<4>()?;
        let fields = header.strip_prefix(&MAGIC)?;
        let (part, fields) = fields.split_first()?;
        let (commit, fields) = fields.split_first_chunk::<8>()?;
        let (numbers, _) = fields.as_chunks::<4>();
        let &[piece, pieces, length] = numbers else { return None };
        let content = rest.get(..u32::from_le_bytes(length) as usize)?;
        let place = Place {
            part: Part::numbered(*part)?,
            commit: u64::from_le_bytes(*commit),
            piece: u32::from_le_bytes(piece),
        };
        let holds = sum(header, content) == u32::from_le_bytes(*expected);
        holds.then_some(Self { place, pieces: u32::from_le_bytes(pieces), content })
    }

    /// Reads the row that is expected at a place.
    pub(crate) fn open(place: Place, bytes: &'b [u8]) -> Result<Self, StoreError> {
        let row = Self::at_start(bytes)
            .ok_or_else(|| StoreError::damaged(place, "its bytes do not have their checksum"))?;
        if row.place != place || row.content.len() + HEADER != bytes.len() {
            return Err(StoreError::damaged(place, format!("it holds \"{}\"", row.place)));
        }
        Ok(row)
    }

    /// Cuts content into rows.
    pub(crate) fn cut(part: Part, commit: u64, content: &'b [u8]) -> impl Iterator<Item = Self> {
        let pieces = content.len().div_ceil(PIECE).max(1) as u32;
        // Without content there is one row all the same.
        let chunks = content.chunks(PIECE).chain(content.is_empty().then_some(content));
        chunks.zip(0..).map(move |(content, piece)| Self {
            place: Place { part, commit, piece },
            pieces,
            content,
        })
    }
}

/// Returns the checksum of a header and the content after it.
fn sum(header: &[u8], content: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(header);
    hasher.update(content);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_flipped_bit_or_a_missing_end_is_refused() {
        let place = Place { part: Part::Records, commit: 7, piece: 2 };
        let sealed = Row { place, pieces: 3, content: b"a claim" }.seal();
        assert_eq!(Row::open(place, &sealed).unwrap().content, b"a claim");
        for byte in 0..sealed.len() {
            for bit in 0..8 {
                let mut flipped = sealed.clone();
                flipped[byte] ^= 1 << bit;
                assert!(Row::open(place, &flipped).is_err(), "byte {byte}, bit {bit}");
            }
            assert!(Row::open(place, &sealed[..byte]).is_err(), "cut at {byte}");
        }
        let other = Place { commit: 8, ..place };
        let error = Row::open(other, &sealed).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the store is damaged: records of commit 8, piece 3: it holds \"records of commit 7, piece 3\""
        );
    }

    #[test]
    fn content_is_cut_into_rows_and_comes_back() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let content: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let rows: Vec<Row<'_>> = Row::cut(Part::Columns, 4, &content).collect();
            assert!(rows.iter().all(|row| row.pieces as usize == rows.len()));
            assert_eq!(
                rows.iter().flat_map(|row| row.content).copied().collect::<Vec<_>>(),
                content
            );
        }
    }
}
