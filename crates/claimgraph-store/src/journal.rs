//! [`Journal`]: what is added to a graph, as lines of a text file.

use crate::error::StoreError;
use claimgraph::ClaimGraph;
use claimgraph::format::Additions;
use claimgraph::jsonl::Reader;
use claimgraph::record::{Header, Record};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A text file to which the additions to a graph are appended, a line for each record. It is JSON Lines, and fit for
/// version control.
///
/// A journal names claims by their keys, so that it is read onto any graph that has the claims and entities that it
/// names. Each line is whole or not there. If a program was killed while it appended several lines, some of them may be
/// there. For all or nothing, use a [`Store`](crate::Store).
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_store::Journal;
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("desk.jsonl");
/// let mut graph = ClaimGraph::new();
/// let mut journal = Journal::create(&path, &graph)?;
/// let before = graph.clone();
/// let russia = graph.add(State, "russia")?;
/// graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
/// assert_eq!(journal.append(&before, &graph)?, 2);
///
/// let mut read = ClaimGraph::new();
/// assert_eq!(Journal::read_onto(&path, &mut read)?, None);
/// assert_eq!(read.to_jsonl(), graph.to_jsonl());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Journal {
    file: File,
    /// How many bytes are whole lines.
    length: u64,
    torn: Option<TornLine>,
    is_poisoned: bool,
}

/// The last line of a journal, of which only a part was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TornLine {
    /// The number of the line, counted from 1.
    pub line: u64,
    /// How many bytes of it there are.
    pub bytes: u64,
}

impl Journal {
    /// Makes a journal, whose header has the vocabulary of this graph.
    ///
    /// # Errors
    /// Returns an error if there is a file at the path, or if the disk fails.
    pub fn create(path: impl AsRef<Path>, graph: &ClaimGraph) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(path);
        let file = file.map_err(|error| StoreError::at(path, error))?;
        let mut journal = Self { file, length: 0, torn: None, is_poisoned: false };
        let mut lines = Vec::new();
        line(&Record::Claimgraph(Box::new(Header::new(graph.vocabulary().clone()))), &mut lines)?;
        journal.write(&lines)?;
        Ok(journal)
    }

    /// Opens a journal to append to it. If its last line is torn, the line is cut off; see [`torn`](Self::torn).
    ///
    /// # Errors
    /// Returns an error if the file does not exist, or if the disk fails.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let file = OpenOptions::new().read(true).write(true).open(path);
        let mut file = file.map_err(|error| StoreError::at(path, error))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (whole, torn) = whole_lines(&bytes);
        let length = whole.len() as u64;
        if torn.is_some() {
            file.set_len(length)?;
            file.sync_data()?;
        }
        Ok(Self { file, length, torn, is_poisoned: false })
    }

    /// Returns the torn line that was cut off when the journal was opened, if there was one.
    pub fn torn(&self) -> Option<TornLine> {
        self.torn
    }

    /// Appends what a graph has and an earlier clone of it has not. Returns the number of lines. When the method returns,
    /// they are on the disk.
    ///
    /// # Errors
    /// Returns [`StoreError::NotAnAddition`] if records cannot say the difference, or if the vocabulary has grown: a
    /// journal has the vocabulary with which it began. If the disk fails, the lines are taken back; if that fails too,
    /// each later call returns [`StoreError::Poisoned`].
    pub fn append(&mut self, before: &ClaimGraph, after: &ClaimGraph) -> Result<usize, StoreError> {
        if self.is_poisoned {
            return Err(StoreError::Poisoned);
        }
        let additions = Additions::between(before, after).ok_or(StoreError::NotAnAddition)?;
        if additions.has_new_words() {
            return Err(StoreError::NotAnAddition);
        }
        let (mut lines, mut count) = (Vec::new(), 0);
        additions.by_key().each(|record| {
            count += 1;
            line(&record, &mut lines)
        })?;
        self.write(&lines)?;
        Ok(count)
    }

    fn write(&mut self, lines: &[u8]) -> Result<(), StoreError> {
        let written = self.try_write(lines);
        match written {
            Ok(()) => self.length += lines.len() as u64,
            Err(_) => self.is_poisoned = self.file.set_len(self.length).is_err(),
        }
        written
    }

    fn try_write(&mut self, lines: &[u8]) -> Result<(), StoreError> {
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(lines)?;
        Ok(self.file.sync_data()?)
    }

    /// Adds the records of a journal to a graph, all or nothing. Returns the torn last line, which is left out, if there
    /// is one.
    ///
    /// Claims that the graph has already are added once more, so read a journal once.
    ///
    /// # Errors
    /// Returns an error if the file does not exist, if the disk fails, or if a line is wrong; the error has its number.
    pub fn read_onto(
        path: impl AsRef<Path>,
        graph: &mut ClaimGraph,
    ) -> Result<Option<TornLine>, StoreError> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| StoreError::at(path, error))?;
        let (whole, torn) = whole_lines(&bytes);
        // A journal of which only a part of the header was written has no records.
        if !whole.is_empty() || torn.is_none() {
            Reader::new().read_onto(graph, whole)?;
        }
        Ok(torn)
    }
}

/// Adds a record as a line.
fn line(record: &Record, lines: &mut Vec<u8>) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *lines, record).map_err(std::io::Error::from)?;
    lines.push(b'\n');
    Ok(())
}

/// Returns the lines that are whole, and the torn one after them.
fn whole_lines(bytes: &[u8]) -> (&[u8], Option<TornLine>) {
    let length = memchr::memrchr(b'\n', bytes).map_or(0, |feed| feed + 1);
    let (whole, rest) = bytes.split_at(length);
    let number = memchr::memchr_iter(b'\n', whole).count() as u64 + 1;
    let torn = TornLine { line: number, bytes: rest.len() as u64 };
    (whole, Some(torn).filter(|torn| torn.bytes > 0))
}
