//! The graph as plain data with keys, and back. Every reader and writer of a file calls it.

pub(crate) mod canonical_order;
pub(crate) mod export;
pub(crate) mod import;
mod import_decisions;
pub(crate) mod merge;
mod record_limits;
