//! What every reader and writer of a format needs: errors with a place, limits, losses.

pub(crate) mod error;
pub(crate) mod loss;

pub use crate::files::format::error::{Limits, ReadError, ReadErrorKind, WriteError};
pub use crate::files::format::loss::{Imported, Loss, Losses};
pub use crate::files::jsonl::Outcome;
