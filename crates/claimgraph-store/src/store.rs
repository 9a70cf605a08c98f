//! [`Store`]: one file, one writer, many readers.

use crate::contents::{add_records, columns_of, is_alike, read_columns, records_of};
use crate::error::StoreError;
use crate::file::{Change, Rows, builder, write};
use crate::head::Head;
use crate::progress::{Progress, Step, Watch, tell, unwatched};
use crate::row::{Part, Place};
use claimgraph::format::Additions;
use claimgraph::record::Loader;
use claimgraph::{ClaimGraph, Error};
use redb::Database;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// The fewest claims of one commit for which columns are written in place of records.
const LEAST_COLUMNS: usize = 4_096;

/// A claim graph in a file. One handle writes; [readers](Self::reader) take the graph as of the last commit.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim};
/// use claimgraph_store::Store;
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("desk.cg");
/// let store = Store::create(&path)?;
/// let russia = store.commit(|graph| graph.add(State, "russia"))?;
/// let before = store.reader();
/// store.commit(|graph| {
///     graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))
/// })?;
/// assert_eq!((before.len(), store.reader().len()), (0, 1));
/// store.close()?;
/// assert_eq!(Store::open(&path)?.reader().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Store {
    served: RwLock<Arc<ClaimGraph>>,
    writer: Mutex<Writer>,
}

/// The part of a store that one thread at a time uses.
#[derive(Debug)]
struct Writer {
    database: Database,
    head: Head,
    /// Whether a commit failed. The file may have it or not, so nothing is written after it.
    is_poisoned: bool,
}

impl Store {
    /// Makes a store that has the vocabulary of international reporting, and no claims. While it is made, it has the
    /// name of the path and `.unfinished`.
    ///
    /// # Errors
    /// Returns an error if there is a file at the path, or if the disk fails.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::create_of(path, &ClaimGraph::new())
    }

    /// Makes a store that has this graph.
    ///
    /// # Errors
    /// Returns the errors of [`create`](Self::create).
    pub fn create_of(path: impl AsRef<Path>, graph: &ClaimGraph) -> Result<Self, StoreError> {
        let path = path.as_ref();
        // An empty file takes the name, so that a file of another is never replaced.
        let made = OpenOptions::new().write(true).create_new(true).open(path);
        drop(made.map_err(|error| StoreError::at(path, error))?);
        let filled = Self::fill(path, graph);
        if filled.is_err() {
            // Else it would be taken for a store without claims.
            let _ = std::fs::remove_file(path);
        }
        filled
    }

    /// Replaces an empty file by a store. The store is made under another name, because a database that is half made
    /// does not open.
    fn fill(path: &Path, graph: &ClaimGraph) -> Result<Self, StoreError> {
        let mut new = path.as_os_str().to_owned();
        new.push(".unfinished");
        // A killed program may have left one.
        drop(File::create(&new)?);
        let database = builder().create(&new).map_err(StoreError::of)?;
        let made = Self::begin(database, graph).and_then(Self::close);
        if let Err(error) = made.and_then(|()| Ok(std::fs::rename(&new, path)?)) {
            let _ = std::fs::remove_file(&new);
            return Err(error);
        }
        sync_folder(path)?;
        let database = builder().open(path).map_err(StoreError::of)?;
        Self::of(database, graph, &mut unwatched())
    }

    /// Makes a store of a file of JSON Lines.
    ///
    /// # Errors
    /// Returns the errors of [`create`](Self::create), and one if a line is wrong. In that case no file is made.
    pub fn import(path: impl AsRef<Path>, input: impl BufRead) -> Result<Self, StoreError> {
        Self::create_of(path, &ClaimGraph::read_jsonl(input)?)
    }

    /// Opens a store. Every page of it is checked.
    ///
    /// If a program was killed while it made the store, the file is empty. Then it becomes a store without claims.
    ///
    /// # Errors
    /// Returns an error if the store does not exist, if it is open elsewhere, if a newer release wrote it, or if it is damaged.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_watched(path, unwatched())
    }

    /// Opens a store, and tells how far the work is. The callback can stop it.
    ///
    /// # Errors
    /// Returns the errors of [`open`](Self::open), and [`StoreError::Stopped`].
    pub fn open_watched(
        path: impl AsRef<Path>,
        mut watch: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let length = path.metadata().map_err(|error| StoreError::at(path, error))?.len();
        if length == 0 {
            return Self::fill(path, &ClaimGraph::new());
        }
        tell(&mut watch, Step::Checking, 0, 1)?;
        let database = builder().open(path).map_err(StoreError::of)?;
        tell(&mut watch, Step::Checking, 1, 1)?;
        Self::of(database, &ClaimGraph::new(), &mut watch)
    }

    /// Opens a store on a storage of the caller's, or makes one of the graph there.
    ///
    /// # Errors
    /// Returns the errors of [`open`](Self::open).
    #[cfg(feature = "simulation")]
    #[doc(hidden)]
    pub fn open_on(
        storage: impl redb::StorageBackend,
        graph: &ClaimGraph,
    ) -> Result<Self, StoreError> {
        let database = builder().create_with_backend(storage).map_err(StoreError::of)?;
        Self::of(database, graph, &mut unwatched())
    }

    /// Serves the database, or writes the graph if it is empty.
    fn of(
        database: Database,
        graph: &ClaimGraph,
        watch: &mut Watch<'_>,
    ) -> Result<Self, StoreError> {
        let Some(rows) = Rows::of(&database)? else { return Self::begin(database, graph) };
        let (head, graph) = rows.load(watch)?;
        Ok(Self::serving(database, head, graph))
    }

    /// Writes the first commit.
    fn begin(database: Database, graph: &ClaimGraph) -> Result<Self, StoreError> {
        let (columns, sum) = columns_of(graph, 0, true)?;
        let (graph, _) = read_columns(Place::of(Part::Columns, 0), columns.as_slice())?;
        let version = crate::VERSION.to_le_bytes();
        let contents = vec![(Part::Version, 0, version.as_slice()), (Part::Columns, 0, &columns)];
        let head = Head { last: 0, columns: 0, before: 0, sum };
        write(&database, &Change { contents, forget: None }, head, &mut unwatched())?;
        Ok(Self::serving(database, head, graph))
    }

    fn serving(database: Database, head: Head, graph: ClaimGraph) -> Self {
        Self {
            served: RwLock::new(Arc::new(graph)),
            writer: Mutex::new(Writer { database, head, is_poisoned: false }),
        }
    }

    /// Returns the graph as of the last commit. It never changes: take another one to see later commits. The cost is
    /// that of counting one more owner.
    pub fn reader(&self) -> Arc<ClaimGraph> {
        Arc::clone(&self.served.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the number of the last commit. The commit that made the store has number 0.
    pub fn commits(&self) -> u64 {
        self.writer().head.last
    }

    /// Returns how many commits came since the columns were written. Their records are read when the store is opened.
    pub fn commits_since_fold(&self) -> u64 {
        let head = self.writer().head;
        head.last - head.columns
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        // A change that panicked has changed a clone, so the writer is whole.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the graph. When the method returns, what the change added is on the disk. If it returns an error, nothing
    /// of the change is in the graph.
    ///
    /// Changes run one after the other. A change that adds nothing writes nothing. A batch ends with the change that
    /// begins it. A change that commits to the same store waits for itself. Texts that are attached to documents are not kept. Handles that the change got are those of the store.
    ///
    /// # Errors
    /// Returns [`StoreError::Refused`] if the change returns an error. If the disk fails, the error is that of the disk,
    /// and each later commit returns [`StoreError::Poisoned`]: whether the file has the failed commit is known when it
    /// is opened again.
    pub fn commit<T>(
        &self,
        change: impl FnOnce(&mut ClaimGraph) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer();
        writer.check()?;
        let now = self.reader();
        let mut draft = ClaimGraph::clone(&now);
        let given = change(&mut draft)?;
        draft.end_batch();
        let commit = writer.head.last + 1;
        let additions = Additions::between(&now, &draft);
        if additions.as_ref().is_some_and(Additions::is_empty) {
            return Ok(given);
        }
        let most = now.len().max(LEAST_COLUMNS);
        let additions = additions.filter(|additions| additions.claims() <= most);
        let before = writer.head.sum;
        let replay = |it| replayed(&now, &draft, &it, (commit, before));
        let next = match additions.map(replay).transpose()?.flatten() {
            Some(Replayed { records, sum, graph: next }) => {
                let contents = vec![(Part::Records, commit, records.as_slice())];
                let head = Head { last: commit, sum, ..writer.head };
                writer.write(&Change { contents, forget: None }, head, &mut unwatched())?;
                next
            }
            // There are no records that say all of it, or the columns are smaller than the records.
            None => writer.write_columns(&draft, commit, &mut unwatched())?,
        };
        self.serve(next);
        Ok(given)
    }

    /// Writes the columns as of now, so that the store opens without reading records. The columns before them, and the
    /// records since, stay until the next fold, for [`salvage`](crate::salvage).
    ///
    /// # Errors
    /// Returns an error if the disk fails; see [`commit`](Self::commit).
    pub fn fold(&self) -> Result<(), StoreError> {
        self.fold_watched(unwatched())
    }

    /// Folds, and tells how far the work is. The callback can stop it; then the store is as it was.
    ///
    /// # Errors
    /// Returns the errors of [`fold`](Self::fold), and [`StoreError::Stopped`].
    pub fn fold_watched(
        &self,
        mut watch: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        writer.check()?;
        let Head { last, columns, .. } = writer.head;
        if last > columns {
            let folded = writer.write_columns(&self.reader(), last, &mut watch)?;
            self.serve(folded);
        }
        Ok(())
    }

    fn serve(&self, graph: ClaimGraph) {
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(graph);
    }

    /// Writes the graph as JSON Lines.
    ///
    /// # Errors
    /// Returns an error if the output fails.
    pub fn export(&self, output: impl Write) -> Result<(), StoreError> {
        Ok(self.reader().write_jsonl(output)?)
    }

    /// Closes the store. A store that is dropped is closed too, without a word of an error.
    ///
    /// # Errors
    /// Returns an error if the disk fails. What was acknowledged is on the disk all the same.
    pub fn close(self) -> Result<(), StoreError> {
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        writer.database.close().map_err(StoreError::of)
    }
}

impl Writer {
    fn check(&self) -> Result<(), StoreError> {
        if self.is_poisoned { Err(StoreError::Poisoned) } else { Ok(()) }
    }

    /// Writes a change. If the disk fails, the writer is poisoned.
    fn write(
        &mut self,
        change: &Change<'_>,
        head: Head,
        watch: &mut Watch<'_>,
    ) -> Result<(), StoreError> {
        match write(&self.database, change, head, watch) {
            Ok(()) => {
                self.head = head;
                Ok(())
            }
            // The transaction was not committed, so nothing is in doubt.
            Err(StoreError::Stopped) => Err(StoreError::Stopped),
            Err(error) => {
                self.is_poisoned = true;
                Err(error)
            }
        }
    }

    /// Writes columns as of a commit, and forgets those before the last ones. Returns the graph that they hold.
    fn write_columns(
        &mut self,
        graph: &ClaimGraph,
        commit: u64,
        watch: &mut Watch<'_>,
    ) -> Result<ClaimGraph, StoreError> {
        let (columns, sum) = columns_of(graph, self.head.sum, commit > self.head.last)?;
        let (graph, _) = read_columns(Place::of(Part::Columns, commit), columns.as_slice())?;
        let before = self.head.columns;
        let contents = vec![(Part::Columns, commit, columns.as_slice())];
        let change = Change { contents, forget: Some((before, before + 1)) };
        self.write(&change, Head { last: commit, columns: commit, before, sum }, watch)?;
        Ok(graph)
    }
}

/// The records that a commit writes, and the graph that it makes of the graph before.
struct Replayed {
    records: Vec<u8>,
    sum: u32,
    graph: ClaimGraph,
}

/// Returns the records of additions, and the graph that they make of the graph before. Readers are served that graph,
/// so what they see is what the file holds. Returns `None` if it is not the graph that was changed.
fn replayed(
    now: &ClaimGraph,
    draft: &ClaimGraph,
    additions: &Additions<'_>,
    (commit, before): (u64, u32),
) -> Result<Option<Replayed>, StoreError> {
    let records = records_of(additions, before)?;
    let mut loader = Loader::by_number(now.clone());
    let sum = add_records(&mut loader, Place::of(Part::Records, commit), &records, before);
    let graph = loader.finish();
    let sum = sum.ok().filter(|_| is_alike(&graph, draft));
    Ok(sum.map(|sum| Replayed { records, sum, graph }))
}

/// Makes the name of a new file durable, where folders are files.
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
