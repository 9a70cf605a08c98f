//! From text and loose records to a graph: the tests of `claimgraph-intake`.

mod data;
mod drafts;
mod name;
mod slips;
mod story;
mod quotation;
