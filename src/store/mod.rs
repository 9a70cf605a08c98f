//! Claims and entities as they are kept: columns, ledger, tables of keys. Nothing here knows a name of the vocabulary.
//!
//! A broken invariant is a bug here and stops the program. What a file has to say for the invariants to hold is checked
//! when it is read.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a default in place of a broken invariant would be a wrong answer"
)]

pub(crate) mod claim_flags;
pub(crate) mod claim_key_cache;
pub(crate) mod columns;
pub(crate) mod counting_sort;
pub(crate) mod entity_key_index;
pub(crate) mod entity_table;
pub(crate) mod ledger;
pub(crate) mod link_table;
pub(crate) mod numbered;
pub(crate) mod origin_table;
pub(crate) mod pieces;
pub(crate) mod response_index;
pub(crate) mod stored_claim;
pub(crate) mod time_code;
