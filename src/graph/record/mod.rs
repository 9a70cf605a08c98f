//! Records in and out: what the graph holds as plain data with keys, and back.

pub(crate) mod canonical_order;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod line_order;
