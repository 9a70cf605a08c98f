//! Tests of files: JSON Lines, and the formats of other programs.

mod additions;
mod any_bytes;
mod batches;
mod datapackage;
mod datasets;
mod exchange;
mod foreign;
mod golden;
mod graph_files;
mod jsonl;
mod lossless;
mod rdf;
#[path = "../../examples/report/mod.rs"]
mod report;
mod schema;
mod stops;
mod tables;
#[path = "../support"]
mod support {
    pub mod batches;
    pub mod brute;
    pub mod every_record;
    pub mod harness;
    pub mod hostile;
    pub mod rdf;
}
