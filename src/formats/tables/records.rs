//! The rows of a delimited text, one at a time, in buffers that are used again.

use crate::formats::tables::faults::{TableFault, TableFaultKind};
use crate::formats::tables::mapping::Layout;
use std::io::{self, BufRead, Read};

/// What a table reader accepts at most. The defaults are generous for honest files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TableLimits {
    /// Bytes in one field; 1 MiB.
    pub field_bytes: usize,
    /// Bytes in all fields of a row; 16 MiB.
    pub row_bytes: usize,
    /// Fields in a row; 10,000.
    pub fields: usize,
    /// Rows in one input; 1,000,000,000.
    pub rows: u64,
    /// Faults that are kept; 1,000. Further ones are counted.
    pub faults: usize,
}

impl Default for TableLimits {
    fn default() -> Self {
        Self {
            field_bytes: 1 << 20,
            row_bytes: 16 << 20,
            fields: 10_000,
            rows: 1_000_000_000,
            faults: 1_000,
        }
    }
}

/// The rows of an input. csv-core finds the fields; the buffers, their limits and the lines are ours, as
/// the `csv` crate grows a record without bound and numbers lines after blank ones wrongly.
pub(in crate::formats) struct Records<R> {
    input: R,
    parser: csv_core::Reader,
    limits: TableLimits,
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    line: u64,
    started: u64,
}

/// One row: its fields as bytes.
#[derive(Clone, Copy)]
pub(in crate::formats) struct Fields<'r> {
    text: &'r [u8],
    ends: &'r [usize],
    pub(in crate::formats) line: u64,
}

impl<'r> Fields<'r> {
    pub(in crate::formats) fn len(self) -> usize {
        self.ends.len()
    }

    pub(in crate::formats) fn get(self, number: usize) -> Option<&'r [u8]> {
        let end = *self.ends.get(number)?;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end)
    }
}

impl<R: BufRead> Records<R> {
    pub(in crate::formats) fn new(input: R, layout: &Layout, limits: TableLimits) -> Self {
        let delimiter = u8::try_from(layout.delimiter).unwrap_or(b'\t');
        let parser =
            csv_core::ReaderBuilder::new().delimiter(delimiter).quoting(layout.quotes).build();
        let (text, ends) = (vec![0; 1 << 10], vec![0; 64]);
        Self { input, parser, limits, text, ends, fields: 0, line: 1, started: 1 }
    }

    /// The row last read.
    pub(in crate::formats) fn fields(&self) -> Fields<'_> {
        let ends = self.ends.get(..self.fields).unwrap_or_default();
        Fields { text: &self.text, ends, line: self.started }
    }

    /// Reads the next row that is not blank; `false` at the end. After an error nothing more is to be read.
    pub(in crate::formats) fn advance(&mut self) -> Result<bool, TableFault> {
        let (mut written, mut ended, mut inside, mut closed) = (0, 0, false, false);
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(TableFault::at(self.line, TableFaultKind::Io(error))),
            };
            if !inside {
                let blank = buffer.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                if blank > 0 {
                    self.line += feeds(buffer.get(..blank).unwrap_or_default());
                    self.input.consume(blank);
                    continue;
                }
                (inside, self.started) = (!buffer.is_empty(), self.line);
            }
            let text = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(ended..).unwrap_or_default();
            // A line end closes the last row, unless it stands in quotes that nothing closes.
            let closing = buffer.is_empty() && inside && !closed;
            let given = if closing { b"\n" } else { buffer };
            let (result, read, wrote, found) = self.parser.read_record(given, text, ends);
            if closing {
                closed = read > 0;
                if closed && matches!(result, csv_core::ReadRecordResult::InputEmpty) {
                    return Err(TableFault::at(self.started, TableFaultKind::Unclosed));
                }
            } else {
                self.line += feeds(buffer.get(..read).unwrap_or_default());
                self.input.consume(read);
            }
            (written, ended) = (written + wrote, ended + found);
            match result {
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull => {
                    let open = ended
                        .checked_sub(1)
                        .and_then(|last| self.ends.get(last))
                        .copied()
                        .unwrap_or(0);
                    self.within(
                        written.saturating_sub(open),
                        self.limits.field_bytes,
                        "bytes in a field",
                    )?;
                    self.within(written, self.limits.row_bytes, "bytes in a row")?;
                    // One more than the limit, to tell a text of the limit from one over it.
                    self.text.resize(
                        (self.text.len() * 2).min(self.limits.row_bytes.saturating_add(1)),
                        0,
                    );
                }
                csv_core::ReadRecordResult::OutputEndsFull => {
                    self.within(ended, self.limits.fields, "fields in a row")?;
                    self.ends
                        .resize((self.ends.len() * 2).min(self.limits.fields.saturating_add(1)), 0);
                }
                csv_core::ReadRecordResult::Record => {
                    self.fields = ended;
                    self.within(ended, self.limits.fields, "fields in a row")?;
                    self.within(written, self.limits.row_bytes, "bytes in a row")?;
                    if written > self.limits.field_bytes {
                        let row = self.fields();
                        let longest =
                            (0..row.len()).filter_map(|n| row.get(n)).map(<[u8]>::len).max();
                        self.within(
                            longest.unwrap_or(0),
                            self.limits.field_bytes,
                            "bytes in a field",
                        )?;
                    }
                    return Ok(true);
                }
                csv_core::ReadRecordResult::End => return Ok(false),
            }
        }
    }

    fn within(&self, found: usize, limit: usize, what: &'static str) -> Result<(), TableFault> {
        match found > limit {
            true => {
                let limit = u64::try_from(limit).unwrap_or(u64::MAX);
                Err(TableFault::at(self.started, TableFaultKind::Limit { what, limit }))
            }
            false => Ok(()),
        }
    }
}

fn feeds(bytes: &[u8]) -> u64 {
    // Counts of bytes fit 64 bits.
    u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX)
}

/// An input as text, whether it is gzipped or not.
pub(super) enum Input<R> {
    Plain(R),
    #[cfg(feature = "gzip")]
    Gzipped(Box<io::BufReader<flate2::bufread::MultiGzDecoder<R>>>),
}

impl<R: BufRead> Input<R> {
    /// Looks at the first two bytes unless the caller knows that it is gzipped.
    pub(super) fn open(mut input: R, gzipped: bool) -> Result<Self, TableFault> {
        let failed = |error| TableFault::at(1, TableFaultKind::Io(error));
        if gzipped || input.fill_buf().map_err(failed)?.starts_with(&[0x1f, 0x8b]) {
            return unzip(input);
        }
        Ok(Input::Plain(input))
    }
}

#[cfg(feature = "gzip")]
fn unzip<R: BufRead>(input: R) -> Result<Input<R>, TableFault> {
    let decoder = flate2::bufread::MultiGzDecoder::new(input);
    Ok(Input::Gzipped(Box::new(io::BufReader::with_capacity(1 << 16, decoder))))
}

#[cfg(not(feature = "gzip"))]
fn unzip<R: BufRead>(_: R) -> Result<Input<R>, TableFault> {
    Err(TableFault::at(1, TableFaultKind::Gzipped))
}

impl<R: BufRead> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::Plain(input) => input.read(buffer),
            #[cfg(feature = "gzip")]
            Input::Gzipped(input) => input.read(buffer),
        }
    }
}

impl<R: BufRead> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Input::Plain(input) => input.fill_buf(),
            #[cfg(feature = "gzip")]
            Input::Gzipped(input) => input.fill_buf(),
        }
    }

    fn consume(&mut self, bytes: usize) {
        match self {
            Input::Plain(input) => input.consume(bytes),
            #[cfg(feature = "gzip")]
            Input::Gzipped(input) => input.consume(bytes),
        }
    }
}
