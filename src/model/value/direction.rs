//! Whether a revision goes up or down.

use crate::model::value::word::words;

words! {
    /// The direction in which a figure was revised.
    Direction, "direction" {
        /// Upwards.
        Up = "up",
        /// Downwards.
        Down = "down",
        /// It stayed the same.
        Level = "level",
        /// It is not known.
        Unknown = "unknown",
    }
}
