#![doc = include_str!("../README.md")]
//!
//! The crate is an ordinary user of claimgraph: it has no access to how a graph is kept.
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

pub mod copy;
#[cfg(feature = "fuzzy")]
pub mod identity;
#[cfg(feature = "mentions")]
pub mod mention;
pub mod name;
pub mod phrase;
pub mod quotation;

mod difference;
mod draft;
mod even_text;
mod word;

pub use difference::Difference;
pub use draft::{DraftReport, Drafts, Fault, Intake, IntakeReport, Outcome, Repair};
