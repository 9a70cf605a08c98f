//! JSON Lines, the canonical format.

mod hostile;
mod plain;
