//! From text and loose records to a graph: the tests of `claimgraph-intake`.

mod slips;
mod story;
mod name;
