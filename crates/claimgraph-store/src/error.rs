//! The errors of a store: what was wrong, and in which row of the file.

use claimgraph::Error;
use claimgraph::format::{ReadError, WriteError};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A damaged part of a store: the row, and the problem.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Damage {
    /// The row, such as "record of commit 7".
    pub row: String,
    /// The problem.
    pub problem: String,
}

impl Damage {
    pub(crate) fn new(row: impl fmt::Display, problem: impl fmt::Display) -> Self {
        Self { row: row.to_string(), problem: problem.to_string() }
    }
}

/// Prints, for example, "record of commit 7: its bytes have another checksum".
impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.row, self.problem)
    }
}

/// An error of a store or a journal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The disk refused to read or write.
    #[error("the disk failed: {0}")]
    Io(#[from] io::Error),
    /// The path does not lead to a file.
    #[error("there is no store at {}", .0.display())]
    NotFound(PathBuf),
    /// There is a file at the path already.
    #[error("there is a file at {} already", .0.display())]
    Exists(PathBuf),
    /// Another process, or another handle of this one, has the store open.
    #[error("the store is open elsewhere; only one handle can write")]
    AlreadyOpen,
    /// The file is a database of another program.
    #[error("the file is not a store of claims")]
    NotAStore,
    /// The file was left by a program that was killed, and a reader does not repair it.
    #[error("the store was not closed; open it for writing first")]
    NotClosed,
    /// The file was written by a newer release.
    #[error("the store has version {found}, and this release reads up to {supported}")]
    NewerVersion {
        /// The version of the file.
        found: u32,
        /// The newest version that this release reads.
        supported: u32,
    },
    /// The file is damaged. [`verify`](crate::verify) says where, and [`salvage`](crate::salvage) keeps the rest.
    #[error("the store is damaged: {0}")]
    Damaged(Damage),
    /// An earlier commit failed, so the handle does not write any more. Readers go on. Open the store again.
    #[error("an earlier commit failed; open the store again to write")]
    Poisoned,
    /// The difference between two graphs is not one that lines of a journal can say.
    #[error("the graph is not the earlier one with additions in the same vocabulary")]
    NotAnAddition,
    /// The graph refused a change.
    #[error(transparent)]
    Refused(#[from] Error),
    /// JSON Lines could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// JSON Lines could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The caller stopped the work.
    #[error("the caller stopped the work")]
    Stopped,
    /// The database beneath refused for another reason.
    #[error("the database failed: {0}")]
    Database(String),
}

impl StoreError {
    pub(crate) fn damaged(row: impl fmt::Display, problem: impl fmt::Display) -> Self {
        Self::Damaged(Damage::new(row, problem))
    }

    /// Returns the damage, if the store is damaged.
    pub fn damage(&self) -> Option<&Damage> {
        match self {
            Self::Damaged(damage) => Some(damage),
            _ => None,
        }
    }

    /// Turns an error of the database into one of the store.
    pub(crate) fn of(error: impl Into<redb::Error>) -> Self {
        match error.into() {
            // It does not begin like a database.
            redb::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => Self::NotAStore,
            redb::Error::Io(error) => Self::Io(error),
            redb::Error::PreviousIo => Self::Io(io::Error::other("an earlier access failed")),
            redb::Error::DatabaseAlreadyOpen => Self::AlreadyOpen,
            redb::Error::RepairAborted => Self::NotClosed,
            redb::Error::Corrupted(problem) => Self::damaged("database", problem),
            error => Self::Database(error.to_string()),
        }
    }

    /// Returns the error of a path at which there is a file, or not.
    pub(crate) fn at(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path.to_owned()),
            io::ErrorKind::AlreadyExists => Self::Exists(path.to_owned()),
            _ => Self::Io(error),
        }
    }
}
