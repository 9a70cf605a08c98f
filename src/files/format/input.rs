//! Reads an input within limits, as a whole or line by line, for the readers of formats.

use crate::files::format::error::{ReadError, ReadErrorKind};
use crate::model::limits::Limits;
use std::io::{self, BufRead, Read};

/// The byte order mark, which some programs put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Skips the byte order mark at the start of an input, if there is one.
///
/// # Errors
/// The input fails.
pub fn skip_mark(input: &mut dyn BufRead) -> io::Result<()> {
    if input.fill_buf()?.starts_with(MARK) {
        input.consume(MARK.len());
    }
    Ok(())
}

/// Reads an input as a whole, without its byte order mark.
///
/// # Errors
/// The input fails, or it has more than `most` bytes.
pub fn read_whole(input: &mut dyn Read, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    // One byte more than the limit tells an input of exactly the limit from a longer one.
    if let Err(error) = input.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        let feeds = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        return Err(ReadError::from(error).in_line(feeds + 1));
    }
    if bytes.len() as u64 > most {
        let kind = ReadErrorKind::Limit { what: "bytes in a document", limit: most };
        return Err(ReadError::new(kind));
    }
    if bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    Ok(bytes)
}

/// The lines of an input, one at a time, each within a limit.
///
/// ```
/// use claimgraph::format::{Limits, Lines};
/// let mut input = "\u{feff}first\nsecond".as_bytes();
/// let mut lines = Lines::new(&mut input, Limits::default());
/// assert!(lines.advance()?);
/// assert_eq!((lines.number(), lines.bytes()), (1, b"first\n".as_slice()));
/// assert!(lines.advance()? && !lines.advance()?);
/// # Ok::<(), claimgraph::format::ReadError>(())
/// ```
pub struct Lines<'i> {
    input: &'i mut dyn BufRead,
    most: u64,
    number: u64,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("number", &self.number).finish_non_exhaustive()
    }
}

impl<'i> Lines<'i> {
    /// Reads lines of at most `limits.line_bytes`.
    pub fn new(input: &'i mut dyn BufRead, limits: Limits) -> Self {
        Self { input, most: limits.line_bytes, number: 0, buffer: Vec::new() }
    }

    /// Reads the next line. Returns false at the end of the input. After an error there is nothing more to read.
    ///
    /// # Errors
    /// The input fails, or the line is longer than the limit.
    pub fn advance(&mut self) -> Result<bool, ReadError> {
        self.number += 1;
        self.buffer.clear();
        let read = (&mut self.input)
            .take(self.most.saturating_add(1))
            .read_until(b'\n', &mut self.buffer)
            .map_err(|error| ReadError::at(self.number, error.into()))?;
        if self.number == 1 && self.buffer.starts_with(MARK) {
            self.buffer.drain(..MARK.len());
        }
        if read as u64 > self.most {
            let kind = ReadErrorKind::Limit { what: "bytes in a line", limit: self.most };
            return Err(ReadError::at(self.number, kind));
        }
        Ok(read > 0)
    }

    /// Returns the line last read, with its line feed.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// Returns the number of the line last read, counted from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns the bytes read of the last line, and the rest of the input.
    pub fn into_rest(self) -> (Vec<u8>, &'i mut dyn BufRead) {
        (self.buffer, self.input)
    }
}
