#![doc = include_str!("../README.md")]
//!
//! Views and projections of claimgraph go in, answers come out; programs call the functions at the root. The
//! crate is an ordinary user of claimgraph: it has no access to how a graph is kept.
#![doc(test(attr(deny(warnings))))]
#![deny(missing_docs, missing_debug_implementations)]
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]
#![deny(clippy::todo, clippy::dbg_macro, clippy::print_stdout, clippy::print_stderr)]
// No panic on any input. In unit tests a panic is the answer.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![cfg_attr(not(test), deny(clippy::unreachable, clippy::indexing_slicing))]

mod activity;
mod agreement;
mod blocs;
mod communities;
mod components;
mod core_number;
mod draft;
mod issue;
mod keys;
mod louvain;
mod matrix;
mod page_rank;
mod pictures;
mod roll_up;
mod side;

pub use activity::{Activity, ActivityCounts, DateBasis, Granularity, activities, activity};
pub use agreement::{Agreement, Comparison};
pub use communities::{Communities, communities, communities_of_ties};
pub use components::{Components, components, components_of_arcs};
pub use core_number::{CoreNumbers, core_numbers};
pub use draft::{stance_matrix, stance_matrix_by, stance_matrix_on};
pub use issue::Issue;
pub use matrix::StanceMatrix;
pub use page_rank::{PageRank, PageRankOptions, page_rank};
pub use pictures::figures::{figures_svg, revisions_svg};
pub use pictures::timeline::timeline_svg;
pub use roll_up::{
    RollUp, claims_with_object_or_part, claims_with_subject_or_part, rolled_up_projection,
};
pub use side::{Side, SideCounts, SideTaken};
