//! The storage of claims and entities: columns, ledger, tables of keys. Checked claims go in as handles, and rows come
//! out. The graph and the snapshot call it. Names of the vocabulary are not known here.
//!
//! If an invariant breaks, the library has a bug, and the program stops. Whatever the invariants require of a file is
//! checked when the file is read.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a default in place of a broken invariant would be a wrong answer"
)]

pub(crate) mod batch_column;
pub(crate) mod batch_table;
pub(crate) mod claim_flags;
pub(crate) mod claim_key_cache;
pub(crate) mod columns;
pub(crate) mod counting_sort;
pub(crate) mod entity_key_index;
pub(crate) mod entity_table;
pub(crate) mod judgement_table;
pub(crate) mod ledger;
pub(crate) mod link_table;
pub(crate) mod origin_table;
pub(crate) mod pieces;
pub(crate) mod redaction_table;
pub(crate) mod response_index;
pub(crate) mod stored_claim;
pub(crate) mod time_code;
