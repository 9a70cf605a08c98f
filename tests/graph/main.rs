//! Tests of claims, views and questions.

mod algebra;
mod articles;
mod changes;
mod identity;
mod layers;
mod network;
mod questions;
mod refusals;
mod semantics;
mod sources;
mod storage;
mod time;
mod vocabulary;

#[path = "../oracles/whole_graph.rs"]
mod oracle;
#[path = "../../examples/report/mod.rs"]
mod report;
#[path = "../support"]
mod support {
    pub mod brute;
    pub mod small;
}
