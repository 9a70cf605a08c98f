//! What every reader and writer of a format needs: errors with a place, limits, losses.

pub(crate) mod error;
pub(crate) mod loss;
