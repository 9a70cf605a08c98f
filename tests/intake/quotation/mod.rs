//! Quotations located in a text.

mod found;
mod hostile;
mod random;
