//! A view as a graph of entities: petgraph's traits, projections into flat arrays, and measures on them.

pub(crate) mod component;
pub(crate) mod core_number;
pub(crate) mod louvain;
pub(crate) mod page_rank;
pub(crate) mod petgraph_traits;
pub(crate) mod projection;
pub(crate) mod rollup;
pub(crate) mod visit_map;
