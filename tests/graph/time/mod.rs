//! Periods and their text.

mod edtf;
mod periods;
