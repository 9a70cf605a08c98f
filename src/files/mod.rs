//! The crate's own files: JSON Lines, the JSON Schema of the records, the binary snapshot. A graph goes in and a file
//! comes out, and back. Programs call it.

pub mod format;
#[cfg(feature = "schema")]
pub(crate) mod json_schema;
pub mod jsonl;
pub mod snapshot;
