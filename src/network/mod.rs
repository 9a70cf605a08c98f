//! A view as a graph of entities: petgraph's traits, and arcs in flat arrays.
//!
//! A [`View`](crate::View) goes in. Out comes what petgraph's algorithms run on (the view itself, by
//! reference), and a [`Projection`] that algorithms of one's own run on. Components, roll-ups, page rank, core
//! numbers and communities are in `claimgraph-analysis`, which calls this module.

pub(crate) mod petgraph_traits;
pub(crate) mod projection;
pub(crate) mod visit_map;

pub use crate::network::petgraph_traits::{AllArcs, Neighbours};
pub use crate::network::projection::Projection;
pub use crate::network::visit_map::Visited;
pub use crate::view::arc_iter::{Arc, Arcs};
