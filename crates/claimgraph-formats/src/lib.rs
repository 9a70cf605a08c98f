#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

#[cfg(feature = "tables")]
pub mod datapackage;
#[cfg(any(feature = "exchange", feature = "graphs", feature = "rdf"))]
mod even_text;
#[cfg(feature = "exchange")]
mod exchange;
#[cfg(any(feature = "graphs", feature = "tables"))]
mod field_table;
#[cfg(any(feature = "exchange", feature = "graphs", feature = "rdf"))]
mod foreign_loader;
#[cfg(feature = "graphs")]
mod graphs;
pub mod guide;
#[cfg(feature = "gzip")]
pub mod gzip;
#[cfg(any(feature = "exchange", feature = "tables"))]
mod json_object;
#[cfg(feature = "rdf")]
pub mod rdf;
#[cfg(any(feature = "exchange", feature = "graphs"))]
mod reader_options;
#[cfg(feature = "tables")]
pub mod tables;

#[cfg(feature = "exchange")]
pub use exchange::{claimreview, ftm, stix, wikidata};
#[cfg(feature = "graphs")]
pub use graphs::{dot, gexf, graphml};
