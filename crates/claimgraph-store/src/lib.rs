#![doc = include_str!("../README.md")]
#![doc(html_root_url = "https://docs.rs/claimgraph-store/latest")]
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

mod contents;
mod error;
mod file;
mod head;
mod journal;
mod progress;
mod read_store;
mod row;
mod store;
mod survey;

pub use error::{Damage, StoreError};
pub use journal::{Journal, TornLine};
pub use progress::{Progress, Step};
pub use read_store::ReadStore;
pub use store::Store;
pub use survey::{Survey, salvage, salvage_watched, verify, verify_watched};

/// The version of a store that this release writes, and the newest that it reads.
pub const VERSION: u32 = 1;
