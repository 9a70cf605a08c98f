//! From text and loose records to a graph: the tests of `claimgraph-intake`.

mod copy;
mod data;
mod drafts;
mod identity;
mod mention;
mod name;
mod quotation;
mod slips;
mod story;
