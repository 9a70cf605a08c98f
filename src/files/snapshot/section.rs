//! Sections: a name, a length, the bytes, a checksum. How they are written, and read without trust.

use crate::files::format::error::{ReadError, ReadErrorKind};
use crate::model::text::clipped;
use crc32fast::Hasher;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::ops::Range;

pub(super) const PREAMBLE: &str = "preamble";
pub(super) const VOCABULARY: &str = "vocabulary";
pub(super) const KEYS: &str = "keys";
pub(super) const KINDS: &str = "kinds";
pub(super) const NAMES: &str = "names";
pub(super) const CODES: &str = "codes";
pub(super) const DOCUMENTS: &str = "documents";
pub(super) const ORIGINS: &str = "origins";
pub(super) const PERIODS: &str = "periods";
pub(super) const SUBJECTS: &str = "subjects";
pub(super) const ORIGIN: &str = "origin";
pub(super) const ROWS: &str = "rows";
pub(super) const TARGETS: &str = "targets";
pub(super) const RICH: &str = "rich";
pub(super) const AFFILIATIONS: &str = "affiliations";
pub(super) const LINEAGE: &str = "lineage";
pub(super) const LINKS: &str = "links";
pub(super) const DERIVATIONS: &str = "derivations";
pub(super) const END: &str = "end";

/// What is wrong, and in which section.
pub(super) type InSection<T> = Result<T, (&'static str, String)>;

/// Bytes that are read and written at a time.
const PIECE: usize = 1 << 15;

/// Bytes that are made cells at a time: with these and what goes with them, they stay in the nearest cache.
const NEAR: usize = 7_680;

/// Before the first bytes of a section were read, its length is believed up to here.
const BELIEVED: usize = 1 << 22;

/// A name takes so many bytes, the rest of them zero.
const NAME: usize = 16;

/// Something wrong in a section.
pub(super) fn damaged(section: &'static str, problem: impl AsRef<str>) -> ReadError {
    ReadError::new(ReadErrorKind::Damaged { section, problem: clipped(problem.as_ref(), 300) })
}

fn header(name: &str, length: u64) -> [u8; NAME + 8] {
    let mut header = [0; NAME + 8];
    let bytes = name.bytes().chain(std::iter::repeat(0)).take(NAME).chain(length.to_le_bytes());
    header.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    header
}

pub(super) struct Writer<W> {
    output: W,
    buffer: Vec<u8>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(output: W) -> Self {
        Self { output, buffer: vec![0; PIECE] }
    }

    /// What comes before the sections.
    pub(super) fn preamble(&mut self, magic: [u8; 8], version: u32) -> io::Result<()> {
        let mut hasher = Hasher::new();
        for bytes in [magic.as_slice(), &version.to_le_bytes()] {
            hasher.update(bytes);
            self.output.write_all(bytes)?;
        }
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    /// A section of bytes that are ready.
    pub(super) fn bytes(&mut self, name: &'static str, bytes: &[u8]) -> io::Result<()> {
        let mut hasher = self.begin(name, bytes.len() as u64)?;
        for piece in bytes.chunks(PIECE) {
            hasher.update(piece);
            self.output.write_all(piece)?;
        }
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    fn begin(&mut self, name: &'static str, length: u64) -> io::Result<Hasher> {
        let mut hasher = Hasher::new();
        let header = header(name, length);
        hasher.update(&header);
        self.output.write_all(&header)?;
        Ok(hasher)
    }

    /// A section of cells of `N` bytes each.
    pub(super) fn column<'c, T: Copy + 'c, const N: usize>(
        &mut self,
        name: &'static str,
        parts: impl Iterator<Item = &'c [T]> + Clone,
        little: impl Fn(T) -> [u8; N],
    ) -> io::Result<()> {
        let count: usize = parts.clone().map(<[T]>::len).sum();
        let mut hasher = self.begin(name, count as u64 * N as u64)?;
        let mut buffer = std::mem::take(&mut self.buffer);
        let room = buffer.len() / N * N;
        let mut filled = 0;
        for mut part in parts {
            while !part.is_empty() {
                let free = buffer.get_mut(filled..room).unwrap_or_default();
                let taken = part.len().min(free.len() / N);
                let (now, later) = part.split_at(taken);
                let (cells, _) = free.as_chunks_mut::<N>();
                cells.iter_mut().zip(now).for_each(|(to, &cell)| *to = little(cell));
                part = later;
                filled += taken * N;
                if filled == room {
                    hasher.update(buffer.get(..filled).unwrap_or_default());
                    self.output.write_all(buffer.get(..filled).unwrap_or_default())?;
                    filled = 0;
                }
            }
        }
        hasher.update(buffer.get(..filled).unwrap_or_default());
        self.output.write_all(buffer.get(..filled).unwrap_or_default())?;
        self.buffer = buffer;
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    /// A section of so many cells of `size` bytes, which are put some groups of `group` at a time.
    pub(super) fn groups(
        &mut self,
        name: &'static str,
        (cells, size): (usize, usize),
        group: usize,
        mut put: impl FnMut(Range<usize>, &mut [u8]),
    ) -> io::Result<()> {
        let mut hasher = self.begin(name, cells as u64 * size as u64)?;
        let mut buffer = std::mem::take(&mut self.buffer);
        let near = buffer.len() / (group * size) * group;
        for first in (0..cells).step_by(near) {
            let now = first..cells.min(first + near);
            let bytes = buffer.get_mut(..now.len() * size).unwrap_or_default();
            for (bytes, first) in bytes.chunks_mut(group * size).zip(now.clone().step_by(group)) {
                put(first..now.end.min(first + group), bytes);
            }
            hasher.update(bytes);
            self.output.write_all(bytes)?;
        }
        self.buffer = buffer;
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    pub(super) fn end(mut self, name: &'static str) -> io::Result<()> {
        self.bytes(name, &[])?;
        self.output.flush()
    }
}

pub(super) struct Reader<R> {
    input: R,
    /// For what the input does not have at hand.
    buffer: Vec<u8>,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new() }
    }

    fn exactly(&mut self, name: &'static str, bytes: &mut [u8]) -> Result<(), ReadError> {
        self.input.read_exact(bytes).map_err(|error| failed(name, error))
    }

    /// The version in the preamble.
    pub(super) fn preamble(
        &mut self,
        name: &'static str,
        magic: [u8; 8],
    ) -> Result<u32, ReadError> {
        let (mut start, mut version, mut sum) = ([0; 8], [0; 4], [0; 4]);
        self.exactly(name, &mut start)?;
        if start != magic {
            return Err(damaged(name, "the input is no snapshot, or its first bytes were changed"));
        }
        self.exactly(name, &mut version)?;
        self.exactly(name, &mut sum)?;
        let mut hasher = Hasher::new();
        hasher.update(&start);
        hasher.update(&version);
        check(name, hasher, sum)?;
        Ok(u32::from_le_bytes(version))
    }

    /// The length of the section that comes next, and the sum so far.
    fn begin(&mut self, name: &'static str) -> Result<(u64, Hasher), ReadError> {
        let (mut found, mut length) = ([0; NAME], [0; 8]);
        self.exactly(name, &mut found)?;
        self.exactly(name, &mut length)?;
        let length = u64::from_le_bytes(length);
        let expected = header(name, length);
        if expected.get(..NAME) != Some(&found) {
            let found = String::from_utf8_lossy(&found).trim_end_matches('\0').to_owned();
            return Err(damaged(name, format!("another section stands there: \"{found}\"")));
        }
        let mut hasher = Hasher::new();
        hasher.update(&expected);
        Ok((length, hasher))
    }

    fn end(&mut self, name: &'static str, hasher: Hasher) -> Result<(), ReadError> {
        let mut sum = [0; 4];
        self.exactly(name, &mut sum)?;
        check(name, hasher, sum)
    }

    /// A section as bytes. The room for them grows with what is read.
    pub(super) fn bytes(&mut self, name: &'static str) -> Result<Vec<u8>, ReadError> {
        let (length, mut hasher) = self.begin(name)?;
        let mut bytes = Vec::with_capacity(believed(length));
        let read = (&mut self.input)
            .take(length)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(name, error))?;
        if (read as u64) < length {
            return Err(cut_short(name));
        }
        hasher.update(&bytes);
        self.end(name, hasher)?;
        Ok(bytes)
    }

    /// A section of cells of `N` bytes each. Where `justified` cells of other columns have been read, there is
    /// room for as many; else it grows with what is read.
    pub(super) fn column<T, const N: usize>(
        &mut self,
        name: &'static str,
        justified: usize,
        of: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, ReadError> {
        self.column_with(name, justified, |cells: &mut Vec<T>, read| {
            cells.extend(read.iter().map(|&cell| of(cell)))
        })
    }

    /// As [`column`](Self::column), of which no cell may be odd: what that means, and which are.
    pub(super) fn checked_column<T, const N: usize>(
        &mut self,
        name: &'static str,
        justified: usize,
        (problem, is_odd): (&str, impl Fn(&[u8; N]) -> bool),
        of: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, ReadError> {
        match self.column_and_odd(name, justified, is_odd, of)? {
            (cells, false) => Ok(cells),
            (_, true) => Err(damaged(name, problem)),
        }
    }

    /// As [`column`](Self::column), and whether any cell is odd. These are looked for piece by piece, apart from
    /// the making of cells: two short loops, which take many at a time, over what is at hand.
    pub(super) fn column_and_odd<T, const N: usize>(
        &mut self,
        name: &'static str,
        justified: usize,
        is_odd: impl Fn(&[u8; N]) -> bool,
        of: impl Fn([u8; N]) -> T,
    ) -> Result<(Vec<T>, bool), ReadError> {
        let mut odd = false;
        let cells = self.column_with(name, justified, |cells: &mut Vec<T>, read| {
            odd |= read.iter().fold(false, |odd, cell| odd | is_odd(cell));
            cells.extend(read.iter().map(|&cell| of(cell)));
        })?;
        Ok((cells, odd))
    }

    /// As [`column`](Self::column), with cells added piece by piece, while the checksum is not known yet.
    fn column_with<T, const N: usize>(
        &mut self,
        name: &'static str,
        justified: usize,
        mut add: impl FnMut(&mut Vec<T>, &[[u8; N]]),
    ) -> Result<Vec<T>, ReadError> {
        let (length, hasher) = self.begin(name)?;
        if length % N as u64 != 0 {
            return Err(damaged(
                name,
                format!("{length} bytes are no whole number of cells of {N}"),
            ));
        }
        let count = usize::try_from(length / N as u64).unwrap_or(usize::MAX);
        let mut cells = Vec::with_capacity(count.min(justified.max(believed(length) / N)));
        self.pieces(name, (length, hasher), N, |piece| add(&mut cells, piece.as_chunks::<N>().0))?;
        cells.shrink_to_fit();
        Ok(cells)
    }

    /// The rest of a section that has begun, whole groups of so many bytes at a time, while the checksum is not known
    /// yet.
    fn pieces(
        &mut self,
        name: &'static str,
        (length, mut hasher): (u64, Hasher),
        group: usize,
        mut take: impl FnMut(&[u8]),
    ) -> Result<(), ReadError> {
        let near = NEAR / group * group;
        let (mut left, room) = (length, PIECE / near * near);
        while left > 0 {
            let taken = usize::try_from(left).unwrap_or(room).min(room);
            self.piece(name, taken, |piece| {
                for near in piece.chunks(near) {
                    hasher.update(near);
                    take(near);
                }
            })?;
            left -= taken as u64;
        }
        self.end(name, hasher)
    }

    /// A section of this length, handed over in whole groups of so many bytes, the last of which may be shorter, while the
    /// checksum is not known yet. What they are put into is begun with room for the bytes that are at hand, or that
    /// those `justify` which were read before.
    pub(super) fn groups<T>(
        &mut self,
        name: &'static str,
        (length, group): (usize, usize),
        justify: usize,
        begin: impl FnOnce(usize) -> T,
        mut take: impl FnMut(&mut T, &[u8]),
    ) -> Result<T, ReadError> {
        let (found, hasher) = self.begin(name)?;
        if found != length as u64 {
            return Err(damaged(
                name,
                format!("there are {found} bytes, and expected are {length}"),
            ));
        }
        let at_hand = self.input.fill_buf().unwrap_or_default().len();
        let mut taken = begin(length.min(at_hand.max(justify.saturating_add(BELIEVED))));
        self.pieces(name, (found, hasher), group, |piece| take(&mut taken, piece))?;
        Ok(taken)
    }

    /// Hands over so many bytes, where they lie if the input has them at hand.
    fn piece(
        &mut self,
        name: &'static str,
        length: usize,
        take: impl FnOnce(&[u8]),
    ) -> Result<(), ReadError> {
        let at_hand = match self.input.fill_buf() {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                return Err(failed(name, error));
            }
            at_hand => at_hand.unwrap_or_default(),
        };
        if let Some(piece) = at_hand.get(..length) {
            take(piece);
            self.input.consume(length);
            return Ok(());
        }
        self.buffer.resize(PIECE, 0);
        let piece = self.buffer.get_mut(..length).unwrap_or_default();
        self.input.read_exact(piece).map_err(|error| failed(name, error))?;
        take(piece);
        Ok(())
    }

    /// The last section, behind which nothing comes.
    pub(super) fn close(mut self, name: &'static str) -> Result<(), ReadError> {
        if !self.bytes(name)?.is_empty() {
            return Err(damaged(name, "it holds something, and expected is nothing"));
        }
        let mut byte = [0];
        loop {
            return match self.input.read(&mut byte) {
                Ok(0) => Ok(()),
                Ok(_) => Err(damaged(name, "more bytes come after the end")),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Err(error.into()),
            };
        }
    }
}

fn believed(length: u64) -> usize {
    usize::try_from(length).unwrap_or(BELIEVED).min(BELIEVED)
}

fn cut_short(name: &'static str) -> ReadError {
    damaged(name, "the input ends within it")
}

fn failed(name: &'static str, error: io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::UnexpectedEof => cut_short(name),
        _ => error.into(),
    }
}

fn check(name: &'static str, hasher: Hasher, sum: [u8; 4]) -> Result<(), ReadError> {
    let (found, expected) = (hasher.finalize(), u32::from_le_bytes(sum));
    match found == expected {
        true => Ok(()),
        false => Err(damaged(
            name,
            format!("its bytes have checksum {found:08x}, and {expected:08x} is on record"),
        )),
    }
}
