//! How far long work has come. The caller can stop it.

use crate::error::StoreError;
use std::fmt;
use std::ops::ControlFlow;

/// A part of long work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Step {
    /// The database checks its pages.
    Checking,
    /// The columns are read.
    ReadingColumns,
    /// The records of later commits are read.
    ReadingRecords,
    /// The columns are written.
    WritingColumns,
}

/// Prints, for example, "reading columns".
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Checking => "checking",
            Step::ReadingColumns => "reading columns",
            Step::ReadingRecords => "reading records",
            Step::WritingColumns => "writing columns",
        })
    }
}

/// How far a part of long work has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// The part.
    pub step: Step,
    /// How many units of it are done: thousandths of the pages, bytes of columns, or commits.
    pub done: u64,
    /// How many units it has.
    pub total: u64,
}

/// The callback of long work. If it returns [`ControlFlow::Break`], the work stops with [`StoreError::Stopped`].
pub(crate) type Watch<'w> = dyn FnMut(Progress) -> ControlFlow<()> + 'w;

/// Returns a callback that lets the work go on.
pub(crate) fn unwatched() -> impl FnMut(Progress) -> ControlFlow<()> {
    |_| ControlFlow::Continue(())
}

/// Tells the caller how far the work has come.
pub(crate) fn tell(
    watch: &mut Watch<'_>,
    step: Step,
    done: u64,
    total: u64,
) -> Result<(), StoreError> {
    match watch(Progress { step, done, total }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(StoreError::Stopped),
    }
}
