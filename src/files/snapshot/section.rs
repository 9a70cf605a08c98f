//! Sections of a snapshot: a name, a length, the content, a checksum. The writer takes the finished content of a
//! section. The reader returns the content once its checksum holds.

use crate::files::format::error::{ReadError, ReadErrorKind, WriteError};
use crate::model::text::clipped;
use crc32fast::Hasher;
use serde::{Serialize, de::DeserializeOwned};
use std::io::{self, BufRead, ErrorKind, Read, Write};

pub(super) const PREAMBLE: &str = "preamble";
pub(super) const END: &str = "end";

/// How many bytes are read and written at a time.
const PIECE: usize = 1 << 15;

/// How many bytes are turned into cells at a time. They and their cells stay in the nearest cache. Every width of a
/// cell divides the number.
const NEAR: usize = 7_680;

/// The length up to which memory is reserved in advance, beyond the bytes that were read before or are at hand.
const BELIEVED: usize = 1 << 22;

/// How many bytes a name takes; unused ones are zero.
const NAME: usize = 16;

/// Returns the error of a section in which something is wrong.
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
        Self { output, buffer: Vec::with_capacity(PIECE) }
    }

    /// Writes what comes before the sections.
    pub(super) fn preamble(&mut self, magic: [u8; 8], version: u32) -> io::Result<()> {
        let mut hasher = Hasher::new();
        for bytes in [magic.as_slice(), &version.to_le_bytes()] {
            hasher.update(bytes);
            self.output.write_all(bytes)?;
        }
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    fn begin(&mut self, name: &'static str, length: usize) -> io::Result<Hasher> {
        let mut hasher = Hasher::new();
        let header = header(name, length as u64);
        hasher.update(&header);
        self.output.write_all(&header)?;
        Ok(hasher)
    }

    /// Writes a section of bytes.
    pub(super) fn bytes(&mut self, name: &'static str, bytes: &[u8]) -> io::Result<()> {
        let mut hasher = self.begin(name, bytes.len())?;
        for piece in bytes.chunks(PIECE) {
            hasher.update(piece);
            self.output.write_all(piece)?;
        }
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    /// Writes a section of cells of `N` bytes each.
    pub(super) fn column<T: Copy, const N: usize>(
        &mut self,
        name: &'static str,
        cells: &[T],
        bytes: impl Fn(T) -> [u8; N],
    ) -> io::Result<()> {
        let mut hasher = self.begin(name, cells.len() * N)?;
        for piece in cells.chunks(PIECE / N) {
            self.buffer.resize(piece.len() * N, 0);
            let (to, _) = self.buffer.as_chunks_mut::<N>();
            to.iter_mut().zip(piece).for_each(|(to, &cell)| *to = bytes(cell));
            hasher.update(&self.buffer);
            self.output.write_all(&self.buffer)?;
        }
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }

    /// Writes a section of JSON.
    pub(super) fn json(
        &mut self,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<(), WriteError> {
        let bytes = serde_json::to_vec(value).map_err(io::Error::from)?;
        Ok(self.bytes(name, &bytes)?)
    }

    /// Writes the last section, which is empty.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.bytes(END, &[])?;
        self.output.flush()
    }
}

pub(super) struct Reader<R> {
    input: R,
    /// For content that the input does not have at hand.
    buffer: Vec<u8>,
    /// How much content was read.
    read: usize,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), read: 0 }
    }

    fn exactly<const N: usize>(&mut self, name: &'static str) -> Result<[u8; N], ReadError> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes).map_err(|error| failed(name, error))?;
        Ok(bytes)
    }

    /// Reads what comes before the sections; returns the version.
    pub(super) fn preamble(&mut self, magic: [u8; 8]) -> Result<u32, ReadError> {
        let start: [u8; 8] = self.exactly(PREAMBLE)?;
        if start != magic {
            let problem = "the input is not a snapshot, or its first bytes were changed";
            return Err(damaged(PREAMBLE, problem));
        }
        let version: [u8; 4] = self.exactly(PREAMBLE)?;
        let mut hasher = Hasher::new();
        hasher.update(&start);
        hasher.update(&version);
        self.end(PREAMBLE, hasher)?;
        Ok(u32::from_le_bytes(version))
    }

    /// Reads the header of a section; returns the length of its content, and the sum so far.
    fn begin(&mut self, name: &'static str) -> Result<(u64, Hasher), ReadError> {
        let found: [u8; NAME] = self.exactly(name)?;
        let length = u64::from_le_bytes(self.exactly(name)?);
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
        let (found, expected) = (hasher.finalize(), u32::from_le_bytes(self.exactly(name)?));
        match found == expected {
            true => Ok(()),
            false => Err(damaged(
                name,
                format!("its bytes have checksum {found:08x}, and {expected:08x} is on record"),
            )),
        }
    }

    /// Returns for how many bytes of a section to reserve memory before they are read.
    fn believed(&mut self, length: u64) -> usize {
        let at_hand = self.input.fill_buf().unwrap_or_default().len();
        let justified = at_hand.max(self.read).saturating_add(BELIEVED);
        usize::try_from(length).unwrap_or(usize::MAX).min(justified)
    }

    /// Reads a section of bytes.
    pub(super) fn bytes(&mut self, name: &'static str) -> Result<Vec<u8>, ReadError> {
        let (length, mut hasher) = self.begin(name)?;
        let mut bytes = Vec::with_capacity(self.believed(length));
        let read = (&mut self.input)
            .take(length)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(name, error))?;
        if (read as u64) < length {
            return Err(cut_short(name));
        }
        hasher.update(&bytes);
        self.end(name, hasher)?;
        self.read = self.read.saturating_add(read);
        Ok(bytes)
    }

    /// Reads a section of UTF-8.
    pub(super) fn text(&mut self, name: &'static str) -> Result<String, ReadError> {
        String::from_utf8(self.bytes(name)?).map_err(|error| damaged(name, error.to_string()))
    }

    /// Reads a section of JSON.
    pub(super) fn json<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, ReadError> {
        serde_json::from_str(&self.text(name)?).map_err(|error| damaged(name, error.to_string()))
    }

    /// Reads a section of cells of `N` bytes each. `add` puts a piece of them into a column while they are at hand, and
    /// returns what is wrong with them. The checksum is compared first.
    pub(super) fn column<T, const N: usize>(
        &mut self,
        name: &'static str,
        mut add: impl FnMut(&mut Vec<T>, &[[u8; N]]) -> Result<(), &'static str>,
    ) -> Result<Vec<T>, ReadError> {
        let (length, mut hasher) = self.begin(name)?;
        if length % N as u64 != 0 {
            let problem = format!("{length} bytes are not a whole number of cells of {N}");
            return Err(damaged(name, problem));
        }
        let mut cells = Vec::with_capacity(self.believed(length) / N);
        let (mut left, mut added) = (length, Ok(()));
        while left > 0 {
            let room = PIECE / NEAR * NEAR;
            let taken = usize::try_from(left).unwrap_or(room).min(room);
            self.piece(name, taken, |piece| {
                for near in piece.chunks(NEAR) {
                    hasher.update(near);
                    if added.is_ok() {
                        added = add(&mut cells, near.as_chunks::<N>().0);
                    }
                }
            })?;
            left -= taken as u64;
        }
        self.end(name, hasher)?;
        added.map_err(|problem| damaged(name, problem))?;
        self.read = self.read.saturating_add(cells.len() * N);
        cells.shrink_to_fit();
        Ok(cells)
    }

    /// Passes `length` bytes to `take`. If the input has them in memory, they are not copied.
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
        self.buffer.resize(length, 0);
        self.input.read_exact(&mut self.buffer).map_err(|error| failed(name, error))?;
        take(&self.buffer);
        Ok(())
    }

    /// Reads the last section. If more bytes follow, it returns an error.
    pub(super) fn close(mut self) -> Result<(), ReadError> {
        if !self.bytes(END)?.is_empty() {
            return Err(damaged(END, "it holds something, and expected is nothing"));
        }
        match (&mut self.input).take(1).read_to_end(&mut Vec::new())? {
            0 => Ok(()),
            _ => Err(damaged(END, "more bytes come after the end")),
        }
    }
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
