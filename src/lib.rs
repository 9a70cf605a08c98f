#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../README.md"))]
#![cfg_attr(any(not(doc), doctest), doc = "Who said what about whom, and who denies it.")]
// Where other crates link to if their pages are made before those of this one.
#![doc(html_root_url = "https://docs.rs/claimgraph/latest")]
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

mod files;
mod graph;
mod model;
mod public;
mod store;

pub mod change;
pub mod guide;
pub mod identity;
pub mod network;
pub mod questions;
pub mod sources;
pub mod view;

pub use files::{format, jsonl, snapshot};
pub use model::value::{grade, quantity};
pub use model::vocabulary::{base, reporting};
pub use model::{error, time};
pub use public::{claim, entity, proof, record, vocabulary};

pub use graph::ClaimGraph;
pub use graph::claim_ref::{ClaimRef, Term};
pub use graph::entity_ref::EntityRef;
#[doc(no_inline)]
pub use jiff::civil::{Date, date};
pub use model::claim::Claim;
pub use model::document::DocumentInfo;
pub use model::entity::Entity;
pub use model::error::Error;
pub use model::id::{ClaimId, EntityId};
pub use model::statement::Statement;
pub use model::time::period::Period;
pub use model::value::answer::Answer;
pub use model::value::quantity::Quantity;
pub use model::value::stance::{Modality, Stance};
pub use model::vocabulary::kind::Id;
pub use model::vocabulary::relation::{Relation, Role};
pub use questions::statement::StatementQuery;
pub use view::View;
pub use view::finding::{Finding, Findings};
pub use view::proof::Proof;
