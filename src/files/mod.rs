//! The crate's own files: JSON Lines, the JSON Schema of the records, the binary snapshot.

pub mod format;
#[cfg(feature = "schema")]
pub(crate) mod json_schema;
pub mod jsonl;
pub mod snapshot;
