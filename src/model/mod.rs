//! Plain values: handles, errors, time, quantities, grades, the vocabulary, a claim before it is inserted, records.
//!
//! A program makes these values and hands them to the graph; the graph checks them and hands some of them back. Nothing
//! here knows a graph: every other folder uses this one, and it uses none of them.

pub(crate) mod affiliation;
pub(crate) mod batch;
pub(crate) mod claim;
pub(crate) mod claim_details;
pub(crate) mod claim_link;
pub(crate) mod claim_setters;
pub(crate) mod document;
pub(crate) mod entity;
pub mod error;
pub(crate) mod id;
pub(crate) mod judgement;
pub(crate) mod limits;
pub(crate) mod lineage;
pub(crate) mod numbered;
pub(crate) mod plain_claim;
pub(crate) mod quote;
pub(crate) mod reached;
pub(crate) mod record;
pub(crate) mod redaction;
pub(crate) mod review;
pub(crate) mod statement;
pub(crate) mod text;
pub mod time;
pub(crate) mod value;
pub(crate) mod vocabulary;
