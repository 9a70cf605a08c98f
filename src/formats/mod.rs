//! Formats: one file each, reader, writer and the format written down on top.

pub(crate) mod jsonl;
#[cfg(feature = "tables")]
pub(crate) mod tables;
