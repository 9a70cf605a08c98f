//! A view as a graph of entities: petgraph's traits, projections into flat arrays, and measures on them.

pub(crate) mod component;
pub(crate) mod core_number;
pub(crate) mod louvain;
pub(crate) mod page_rank;
pub(crate) mod petgraph_traits;
pub(crate) mod projection;
pub(crate) mod rollup;
pub(crate) mod visit_map;

pub use crate::network::component::Components;
pub use crate::network::core_number::CoreNumbers;
pub use crate::network::louvain::Communities;
pub use crate::network::page_rank::{PageRank, PageRankOptions};
pub use crate::network::petgraph_traits::{
    AllArcs, Arc, Arcs, Entities, EntityReferences, Neighbours,
};
pub use crate::network::projection::Projection;
pub use crate::network::rollup::RollUp;
pub use crate::network::visit_map::Visited;
