//! Reads the rows of a delimited text, one at a time, into buffers that are reused. Tables and data packages use it.

use crate::gzip::Unzipped;
use crate::tables::mapping::Layout;
use crate::tables::quote_check::QuoteCheck;
use claimgraph::format::{BoundedInput, Limits, ReadError, ReadErrorKind};
use std::io::{self, BufRead};

/// The rows of an input. csv-core finds the fields. The buffers, limits and line numbers are our own, because the
/// `csv` crate grows a record without limit and gives wrong line numbers after blank lines.
pub(crate) struct Rows<R> {
    input: R,
    parser: csv_core::Reader,
    limits: Limits,
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    line: u64,
    started: u64,
    /// The check of quotes, if fields may be in quotes.
    quotes: Option<QuoteCheck>,
}

/// One row: its fields as bytes.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'r> {
    text: &'r [u8],
    ends: &'r [usize],
    pub(crate) line: u64,
}

impl<'r> Fields<'r> {
    pub(crate) fn len(self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(self, number: usize) -> Option<&'r [u8]> {
        let end = *self.ends.get(number)?;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end)
    }
}

impl<R: BufRead> Rows<R> {
    pub(crate) fn new(input: R, layout: &Layout, limits: Limits) -> Self {
        let delimiter = u8::try_from(layout.delimiter).unwrap_or(b'\t');
        let parser =
            csv_core::ReaderBuilder::new().delimiter(delimiter).quoting(layout.quotes).build();
        let (text, ends) = (vec![0; 1 << 10], vec![0; 64]);
        let quotes = layout.quotes.then(|| QuoteCheck::new(delimiter));
        Self { input, parser, limits, text, ends, fields: 0, line: 1, started: 1, quotes }
    }

    /// Returns the fault of the row last read, if one of its fields has text after the quote that closes it. `names`
    /// are the names of the columns.
    pub(crate) fn fault(&mut self, names: &[String]) -> Option<ReadError> {
        let torn = self.quotes.as_mut()?.take()?;
        let place = usize::try_from(torn.field).ok();
        let value = place.and_then(|place| self.fields().get(place)).unwrap_or_default();
        let problem = "it goes on after the double quote that closes it; expected two double quotes for one within quotes";
        let name = place.and_then(|place| names.get(place));
        let fault = ReadError::at(torn.line, ReadErrorKind::Syntax(problem.to_owned()));
        Some(fault.in_cell(Some(torn.field), name.map(String::as_str), value))
    }

    /// Returns the row last read.
    pub(crate) fn fields(&self) -> Fields<'_> {
        let ends = self.ends.get(..self.fields).unwrap_or_default();
        Fields { text: &self.text, ends, line: self.started }
    }

    /// Reads the next row that is not blank. Returns false at the end of the input. After an error there is nothing
    /// more to read.
    pub(crate) fn advance(&mut self) -> Result<bool, ReadError> {
        let (mut written, mut ended, mut inside, mut closed) = (0, 0, false, false);
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ReadError::at(self.line, error.into())),
            };
            if !inside {
                let blank = buffer.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                if blank > 0 {
                    let taken = buffer.get(..blank).unwrap_or_default();
                    self.line += feeds(taken);
                    if let Some(quotes) = &mut self.quotes {
                        quotes.pass(taken);
                    }
                    self.input.consume(blank);
                    continue;
                }
                (inside, self.started) = (!buffer.is_empty(), self.line);
            }
            let text = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(ended..).unwrap_or_default();
            // A line end closes the last row, unless it is inside quotes that are never closed.
            let closing = buffer.is_empty() && inside && !closed;
            let given = if closing { b"\n" } else { buffer };
            let (result, read, wrote, found) = self.parser.read_record(given, text, ends);
            if closing {
                closed = read > 0;
                if closed && matches!(result, csv_core::ReadRecordResult::InputEmpty) {
                    let problem = "the double quote that opens a field is not closed before the end of the input";
                    let kind = ReadErrorKind::Syntax(problem.to_owned());
                    return Err(ReadError::at(self.started, kind));
                }
            } else {
                let taken = buffer.get(..read).unwrap_or_default();
                self.line += feeds(taken);
                if let Some(quotes) = &mut self.quotes {
                    quotes.pass(taken);
                }
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
                    self.within(written, self.limits.line_bytes, "bytes in a row")?;
                    self.text.resize(doubled(self.text.len(), self.limits.line_bytes), 0);
                }
                csv_core::ReadRecordResult::OutputEndsFull => {
                    self.within(ended, self.limits.fields, "fields in a row")?;
                    self.ends.resize(doubled(self.ends.len(), self.limits.fields), 0);
                }
                csv_core::ReadRecordResult::Record => {
                    self.fields = ended;
                    self.within(ended, self.limits.fields, "fields in a row")?;
                    self.within(written, self.limits.line_bytes, "bytes in a row")?;
                    if written as u64 > self.limits.field_bytes {
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

    fn within(&self, found: usize, limit: u64, what: &'static str) -> Result<(), ReadError> {
        if found as u64 <= limit {
            return Ok(());
        }
        Err(ReadError::at(self.started, ReadErrorKind::Limit { what, limit }))
    }
}

/// Returns twice the room, and at most one more than the limit, which tells a field of the limit from one over it.
fn doubled(room: usize, limit: u64) -> usize {
    let most = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
    room.saturating_mul(2).min(most)
}

fn feeds(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Returns an input as text, within limits. It is unzipped if it begins with gzip's two bytes or the caller says that
/// it is gzipped.
pub(super) fn open<'i>(
    input: &'i mut dyn BufRead,
    gzipped: bool,
    limits: Limits,
) -> Result<Box<dyn BufRead + 'i>, ReadError> {
    let start = input.fill_buf().map_err(|error| ReadError::at(1, error.into()))?;
    if !gzipped && !start.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(BoundedInput::new(input, limits)));
    }
    Ok(Box::new(BoundedInput::new(Unzipped::new(input, limits), limits)))
}
