//! [`ReadStore`]: a store that is read while another process writes it.

use crate::error::{Damage, StoreError};
use crate::file::{Rows, builder};
use crate::head::Head;
use crate::progress::unwatched;
use crate::store::Store;
use claimgraph::ClaimGraph;
use redb::ReadOnlyDatabase;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// A store that is open for reading. Any number of processes can read while one writes.
///
/// It is redb's mode of one writer, `ConcurrencyMode::SingleWriter`, which came with redb 4.5. It needs locks on parts of
/// a file: Linux, macOS and Windows have them.
///
/// ```
/// use claimgraph::reporting::State;
/// use claimgraph_store::Store;
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("desk.cg");
/// let store = Store::create(&path)?;
/// let mut other = Store::open_read_only(&path)?;
/// store.commit(|graph| graph.add(State, "russia"))?;
/// assert_eq!(other.reader().entity_count(), 0);
/// assert!(other.refresh()?);
/// assert_eq!(other.reader().entity_count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ReadStore {
    database: ReadOnlyDatabase,
    head: Head,
    served: Arc<ClaimGraph>,
}

impl std::fmt::Debug for ReadStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadStore").field("head", &self.head).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a store for reading, also while another process writes it.
    ///
    /// The rows that are read are checked. If a program is built to abort on a panic, a damaged page of the database
    /// can stop it; [`open`](Self::open) checks every page first.
    ///
    /// # Errors
    /// Returns an error if the store does not exist, if it was not closed, if a newer release wrote it, or if it is damaged.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<ReadStore, StoreError> {
        let path = path.as_ref();
        drop(File::open(path).map_err(|error| StoreError::at(path, error))?);
        guarded(|| {
            let database = builder().open_read_only(path).map_err(StoreError::of)?;
            let rows = Rows::of(&database)?.ok_or(StoreError::NotAStore)?;
            let (head, graph) = rows.load(&mut unwatched())?;
            drop(rows);
            Ok(ReadStore { database, head, served: Arc::new(graph) })
        })
    }
}

impl ReadStore {
    /// Returns the graph as of the last [`refresh`](Self::refresh).
    pub fn reader(&self) -> Arc<ClaimGraph> {
        Arc::clone(&self.served)
    }

    /// Returns the number of the commit that readers see.
    pub fn commits(&self) -> u64 {
        self.head.last
    }

    /// Takes over the commits since. Returns whether there were any.
    ///
    /// # Errors
    /// Returns an error if the disk fails or if the store is damaged. Then readers see the same as before.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        let (database, ours) = (&self.database, &self.served);
        let known = self.head;
        let (head, graph) = guarded(|| {
            let rows = Rows::of(database)?.ok_or(StoreError::NotAStore)?;
            let head = rows.head()?;
            if (head.last, head.sum) == (known.last, known.sum) {
                return Ok((head, None));
            }
            let (graph, at) = (ClaimGraph::clone(ours), (known.last, known.sum));
            if head.last > known.last
                && let Some(graph) = rows.caught_up(graph, at, head, &mut unwatched())?
            {
                return Ok((head, Some(graph)));
            }
            // A commit in between wrote columns.
            rows.load(&mut unwatched()).map(|(head, graph)| (head, Some(graph)))
        })?;
        self.head = head;
        let is_new = graph.is_some();
        if let Some(graph) = graph {
            self.served = Arc::new(graph);
        }
        Ok(is_new)
    }
}

/// Turns a panic of the database over a damaged page into an error.
fn guarded<T>(work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let damage = || Damage::new("database", "a page of it cannot be read");
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(StoreError::Damaged(damage())))
}
