//! Inputs that stop before their end: after too much white space, or when the caller says so. The readers of every
//! format turn the stop into an error of its kind.

use crate::files::format::error::ReadErrorKind;
use crate::model::limits::Limits;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// The reason why an input stops before its end. It travels in an [`io::Error`] through parsers that own the input.
///
/// ```
/// use claimgraph::format::{ReadErrorKind, Stop};
/// let error = std::io::Error::from(Stop::Limit { what: "bytes", limit: 7 });
/// assert!(matches!(ReadErrorKind::from(error), ReadErrorKind::Limit { what: "bytes", limit: 7 }));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// The input passes a limit.
    #[error("more than {limit} {what}")]
    Limit {
        /// The unit of the limit, such as "bytes in a line".
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The callback of a [`Watched`] input returned [`ControlFlow::Break`].
    #[error("the caller stopped the reading")]
    ByCaller,
}

impl Stop {
    /// Returns the stop that an error of an input carries, if it carries one.
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref()).copied()
    }
}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> Self {
        io::Error::other(stop)
    }
}

impl From<Stop> for ReadErrorKind {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Limit { what, limit } => ReadErrorKind::Limit { what, limit },
            Stop::ByCaller => ReadErrorKind::Stopped,
        }
    }
}

/// The most bytes that are ready at a time, so that a text in memory is read in pieces too.
const PIECE: usize = 1 << 16;

/// Returns the bytes that are ready, at most one piece of them.
fn piece(input: &mut impl BufRead) -> io::Result<&[u8]> {
    let ready = input.fill_buf()?;
    Ok(ready.get(..PIECE).unwrap_or(ready))
}

/// Copies the bytes that are ready.
fn copy(input: &mut impl BufRead, to: &mut [u8]) -> io::Result<usize> {
    let read = input.fill_buf()?.read(to)?;
    input.consume(read);
    Ok(read)
}

/// An input that stops after more white space in a row than [`Limits::blank_bytes`]. The readers of text put one
/// around their input.
#[derive(Debug)]
pub struct BoundedInput<R> {
    input: R,
    blank: u64,
    most: u64,
}

impl<R: BufRead> BoundedInput<R> {
    /// Bounds an input.
    pub fn new(input: R, limits: Limits) -> Self {
        Self { input, blank: 0, most: limits.blank_bytes }
    }
}

impl<R: BufRead> Read for BoundedInput<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        copy(self, to)
    }
}

impl<R: BufRead> BufRead for BoundedInput<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.blank > self.most {
            return Err(
                Stop::Limit { what: "bytes of white space in a row", limit: self.most }.into()
            );
        }
        piece(&mut self.input)
    }

    fn consume(&mut self, count: usize) {
        // The buffer is filled already, so this call reads nothing.
        let ready = self.input.fill_buf().unwrap_or_default();
        let passed = ready.get(..count).unwrap_or(ready);
        let end = passed.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        let before = if end == passed.len() { self.blank } else { 0 };
        self.blank = before + end as u64;
        self.input.consume(count);
    }
}

/// An input that tells how many bytes were read of it, and by which the caller can stop the reading. Any reader can
/// be given one. If the caller stops the reading, the error is [`ReadErrorKind::Stopped`].
///
/// A reader that reads all or nothing returns no graph then. The readers of RDF, STIX and ClaimReview need the whole
/// input before they make a graph of it, and cannot be stopped after that.
///
/// ```
/// use claimgraph::{ClaimGraph, format::{ReadErrorKind, Watched}};
/// use std::ops::ControlFlow;
/// let text = ClaimGraph::new().to_jsonl();
/// let input = Watched::new(text.as_bytes(), 1_000, |bytes| {
///     if bytes < 5_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
/// });
/// let error = ClaimGraph::read_jsonl(input).unwrap_err();
/// assert!(matches!(error.kind(), ReadErrorKind::Stopped));
/// ```
pub struct Watched<R, F> {
    input: R,
    every: u64,
    bytes: u64,
    told: u64,
    is_stopped: bool,
    call: F,
}

impl<R, F> std::fmt::Debug for Watched<R, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watched").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl<R: BufRead, F: FnMut(u64) -> ControlFlow<()>> Watched<R, F> {
    /// Watches an input. `call` is called after at least `every` further bytes, with the number of bytes so far.
    pub fn new(input: R, every: u64, call: F) -> Self {
        Self { input, every: every.max(1), bytes: 0, told: 0, is_stopped: false, call }
    }
}

impl<R: BufRead, F: FnMut(u64) -> ControlFlow<()>> Read for Watched<R, F> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        copy(self, to)
    }
}

impl<R: BufRead, F: FnMut(u64) -> ControlFlow<()>> BufRead for Watched<R, F> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.bytes - self.told >= self.every {
            self.told = self.bytes;
            self.is_stopped |= (self.call)(self.bytes).is_break();
        }
        if self.is_stopped {
            return Err(Stop::ByCaller.into());
        }
        let ready = self.input.fill_buf()?;
        let most = usize::try_from(self.every).unwrap_or(PIECE).min(PIECE);
        Ok(ready.get(..most).unwrap_or(ready))
    }

    fn consume(&mut self, count: usize) {
        self.bytes += count as u64;
        self.input.consume(count);
    }
}
