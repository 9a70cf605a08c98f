//! A view as a graph of entities: petgraph's traits, arcs in flat arrays, components, roll-ups.
//!
//! A [`View`](crate::View) goes in. Out comes what petgraph's algorithms run on (the view itself, by
//! reference), a [`Projection`] that algorithms of one's own run on, its [`Components`], and the claims about
//! an actor and its parts. Page rank, core numbers and communities are in `claimgraph-analysis`, which calls
//! this module.

pub(crate) mod component;
pub(crate) mod petgraph_traits;
pub(crate) mod projection;
pub(crate) mod rollup;
pub(crate) mod visit_map;

pub use crate::network::component::Components;
pub use crate::network::petgraph_traits::{
    AllArcs, Arc, Arcs, Entities, EntityReferences, Neighbours,
};
pub use crate::network::projection::Projection;
pub use crate::network::rollup::RollUp;
pub use crate::network::visit_map::Visited;
