//! Views as networks.

mod petgraph;
mod stance_matrix;
mod whole_graph;
