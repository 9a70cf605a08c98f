//! Formats: one file each, reader, writer and the format written down on top.

pub(crate) mod faults;
pub(crate) mod jsonl;
pub(crate) mod losses;
#[cfg(feature = "rdf")]
pub(crate) mod rdf;
#[cfg(feature = "snapshot")]
pub(crate) mod snapshot;
#[cfg(feature = "tables")]
pub(crate) mod tables;
