//! The graph formats of nodes and edges: GraphML and GEXF (written and read), and DOT (written only).

pub mod dot;
mod edge_import;
mod edge_list;
mod element_reader;
mod foreign_edge;
pub mod gexf;
pub mod graphml;
mod xml_reader;
mod xml_writer;
