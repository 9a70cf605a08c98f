//! The crate's own files: JSON Lines, the JSON Schema of the records, the binary snapshot.

pub(crate) mod format;
#[cfg(feature = "schema")]
pub(crate) mod json_schema;
pub(crate) mod jsonl;
pub(crate) mod snapshot;
