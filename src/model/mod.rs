//! Plain values: handles, errors, time, quantities, grades, the vocabulary, a claim before it is inserted, records.
//!
//! Nothing here knows a graph. Every other folder uses this one; it uses none of them.

pub(crate) mod affiliation;
pub(crate) mod claim;
pub(crate) mod claim_link;
pub(crate) mod document;
pub(crate) mod entity;
pub mod error;
pub(crate) mod id;
pub(crate) mod lineage;
pub(crate) mod record;
pub(crate) mod statement;
pub(crate) mod text;
pub mod time;
pub(crate) mod value;
pub(crate) mod vocabulary;
