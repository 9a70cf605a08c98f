//! The words of the guard of an input to the reader while the parser owns the input.

use claimgraph::format::ReadErrorKind;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The place for the fault that the guard finds while the parser owns the input.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    pub(super) fault: Rc<RefCell<Option<(u64, ReadErrorKind)>>>,
    pub(super) line: Rc<Cell<Option<u64>>>,
    pub(super) bytes: Rc<Cell<u64>>,
}

impl Verdict {
    /// Returns how many bytes the parser has read.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Returns the fault and its line, if there is one.
    pub(super) fn take(&self) -> Option<(u64, ReadErrorKind)> {
        self.fault.borrow_mut().take()
    }

    /// Returns the line of a fault that the parser does not place. A parser of XML gets one line at a time, and this is
    /// the last one. A parser of JSON-LD places all faults but those of contexts, and this is the line in which the
    /// last context ends.
    pub(super) fn line(&self) -> Option<u64> {
        self.line.get()
    }
}
