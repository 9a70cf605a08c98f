//! The rows of a store in a redb database: opens it, reads rows as of one commit, and writes rows in one transaction.

use crate::contents::{add_records, read_columns};
use crate::error::{Damage, StoreError};
use crate::head::Head;
use crate::progress::{Step, Watch, tell};
use crate::row::{Part, Place, Row};
use claimgraph::ClaimGraph;
use claimgraph::record::Loader;
use redb::{
    Builder, ConcurrencyMode, Database, ReadOnlyTable, ReadableDatabase, ReadableTable,
    TableDefinition, TableError,
};
use std::io::{self, BufRead, Read};

type Key = (u8, u64, u32);

const ROWS: TableDefinition<'_, Key, &[u8]> = TableDefinition::new("claimgraph");

/// The memory that the database keeps of its file. The graph is in memory anyway, so that little is read again.
const CACHE: usize = 16 << 20;

/// Returns how a store is opened: one process writes while others read, and every page is checked first. Without the
/// check, a damaged page could stop the program.
pub(crate) fn builder() -> Builder {
    let mut builder = Builder::new();
    builder
        .set_cache_size(CACHE)
        .set_concurrency_mode(ConcurrencyMode::SingleWriter)
        .set_check_integrity_on_open(true);
    builder
}

/// The rows as of one commit.
pub(crate) struct Rows(ReadOnlyTable<Key, &'static [u8]>);

impl Rows {
    /// Returns the rows as of the last commit; `None` if the database is empty.
    pub(crate) fn of(database: &impl ReadableDatabase) -> Result<Option<Self>, StoreError> {
        let transaction = database.begin_read().map_err(StoreError::of)?;
        match transaction.open_table(ROWS) {
            Ok(table) => Ok(Some(Self(table))),
            Err(TableError::TableDoesNotExist(_)) => {
                let tables = transaction.list_tables().map_err(StoreError::of)?.next();
                if tables.is_none() { Ok(None) } else { Err(StoreError::NotAStore) }
            }
            Err(error) => Err(StoreError::of(error)),
        }
    }

    /// Returns the content of a row, and how many pieces there are; `None` if the store does not have the row.
    pub(crate) fn find(&self, place: Place) -> Result<Option<(Vec<u8>, u32)>, StoreError> {
        let Some(bytes) = self.0.get(place.key()).map_err(StoreError::of)? else {
            return Ok(None);
        };
        let row = Row::open(place, bytes.value())?;
        Ok(Some((row.content.to_owned(), row.pieces)))
    }

    fn get(&self, place: Place) -> Result<(Vec<u8>, u32), StoreError> {
        self.find(place)?.ok_or_else(|| StoreError::damaged(place, "it is missing"))
    }

    /// Returns the head, if the version of the store is one that this release reads.
    pub(crate) fn head(&self) -> Result<Head, StoreError> {
        let place = Place::of(Part::Version, 0);
        let (content, _) = self.get(place)?;
        let version = content.try_into().map(u32::from_le_bytes);
        match version {
            Ok(crate::VERSION) => Head::of(&self.get(Head::place())?.0),
            Ok(found) if found > crate::VERSION => {
                Err(StoreError::NewerVersion { found, supported: crate::VERSION })
            }
            _ => Err(StoreError::damaged(place, "it is not a version")),
        }
    }

    /// Returns the records that a commit added; `None` if it wrote columns instead.
    pub(crate) fn records(&self, commit: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut place = Place::of(Part::Records, commit);
        let Some((mut content, pieces)) = self.find(place)? else { return Ok(None) };
        for piece in 1..pieces {
            place.piece = piece;
            content.extend(self.get(place)?.0);
        }
        Ok(Some(content))
    }

    /// Reads the columns of a commit, and its sum.
    pub(crate) fn columns(
        &self,
        commit: u64,
        watch: &mut Watch<'_>,
    ) -> Result<(ClaimGraph, u32), StoreError> {
        let place = Place::of(Part::Columns, commit);
        let (content, pieces) = self.get(place)?;
        let mut input = Columns { rows: self, place, pieces, content, at: 0, failed: None, watch };
        let read = read_columns(place, &mut input);
        input.failed.map_or(read, Err)
    }

    /// Adds the records of the commits after `from` to the graph of that commit, up to the head. Returns `None` if a
    /// commit has none.
    pub(crate) fn caught_up(
        &self,
        graph: ClaimGraph,
        (from, mut sum): (u64, u32),
        head: Head,
        watch: &mut Watch<'_>,
    ) -> Result<Option<ClaimGraph>, StoreError> {
        let mut loader = Loader::by_number(graph);
        let total = head.last.saturating_sub(from);
        for commit in from + 1..=head.last {
            tell(watch, Step::ReadingRecords, commit - from - 1, total)?;
            let Some(content) = self.records(commit)? else { return Ok(None) };
            sum = add_records(&mut loader, Place::of(Part::Records, commit), &content, sum)?;
        }
        tell(watch, Step::ReadingRecords, total, total)?;
        match sum == head.sum {
            true => Ok(Some(loader.finish())),
            false => Err(StoreError::damaged(Head::place(), "it is of another last commit")),
        }
    }

    /// Reads every row, and returns the damaged ones.
    pub(crate) fn damages(&self) -> Result<Vec<Damage>, StoreError> {
        let mut damages = Vec::new();
        for entry in self.0.iter().map_err(StoreError::of)? {
            let (key, bytes) = entry.map_err(StoreError::of)?;
            let row = Row::at_start(bytes.value());
            if row.is_none_or(|row| row.place.key() != key.value()) {
                let problem = "its bytes do not have their checksum";
                damages.push(Damage::new(Place::named(key.value()), problem));
            }
        }
        Ok(damages)
    }

    /// Reads the graph as of the last commit.
    pub(crate) fn load(&self, watch: &mut Watch<'_>) -> Result<(Head, ClaimGraph), StoreError> {
        let head = self.head()?;
        let (graph, sum) = self.columns(head.columns, watch)?;
        let missing =
            || StoreError::damaged(Head::place(), "records of a later commit are missing");
        let graph = self.caught_up(graph, (head.columns, sum), head, watch)?;
        let graph = graph.ok_or_else(missing)?;
        Ok((head, graph))
    }
}

/// The columns as an input, piece by piece.
struct Columns<'r, 'w> {
    rows: &'r Rows,
    place: Place,
    pieces: u32,
    content: Vec<u8>,
    at: usize,
    failed: Option<StoreError>,
    watch: &'r mut Watch<'w>,
}

impl Columns<'_, '_> {
    fn advance(&mut self) -> Result<(), StoreError> {
        self.place.piece += 1;
        tell(self.watch, Step::ReadingColumns, self.place.piece.into(), self.pieces.into())?;
        self.at = 0;
        self.content.clear();
        if self.place.piece < self.pieces {
            self.content = self.rows.get(self.place)?.0;
        }
        Ok(())
    }
}

impl Read for Columns<'_, '_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Columns<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.content.len()
            && self.place.piece < self.pieces
            && let Err(error) = self.advance()
        {
            self.failed = Some(error);
            return Err(io::Error::other("a row could not be read"));
        }
        Ok(self.content.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

/// The rows that a transaction writes and removes.
#[derive(Debug, Default)]
pub(crate) struct Change<'c> {
    /// Content that is written whole.
    pub(crate) contents: Vec<(Part, u64, &'c [u8])>,
    /// Commits below these have no columns and no records any more.
    pub(crate) forget: Option<(u64, u64)>,
}

/// Writes the change and the head, all or nothing, and returns when it is on the disk.
pub(crate) fn write(
    database: &Database,
    change: &Change<'_>,
    head: Head,
    watch: &mut Watch<'_>,
) -> Result<(), StoreError> {
    let transaction = database.begin_write().map_err(StoreError::of)?;
    {
        let mut table = transaction.open_table(ROWS).map_err(StoreError::of)?;
        for &(part, commit, content) in &change.contents {
            for row in Row::cut(part, commit, content) {
                if part == Part::Columns {
                    let (done, total) = (row.place.piece.into(), row.pieces.into());
                    tell(watch, Step::WritingColumns, done, total)?;
                }
                let sealed = row.seal();
                table.insert(row.place.key(), sealed.as_slice()).map_err(StoreError::of)?;
            }
        }
        let content = head.bytes();
        let row = Row { place: Head::place(), pieces: 1, content: &content };
        table.insert(row.place.key(), row.seal().as_slice()).map_err(StoreError::of)?;
        if let Some((columns, records)) = change.forget {
            for (part, first) in [(Part::Columns, columns), (Part::Records, records)] {
                let range = (part as u8, 0, 0)..(part as u8, first, 0);
                table.retain_in(range, |_, _| false).map_err(StoreError::of)?;
            }
        }
    }
    transaction.commit().map_err(StoreError::of)
}
