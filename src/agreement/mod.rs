//! Which speaker takes which side on what; which speakers agree; blocs.

pub(crate) mod bloc;
pub(crate) mod matrix;
pub(crate) mod matter;
pub(crate) mod pairwise;
pub(crate) mod side_taken;

pub use crate::agreement::bloc::Blocs;
pub use crate::agreement::matrix::StanceMatrix;
pub use crate::agreement::matter::{Issue, Side};
pub use crate::agreement::pairwise::{Agreement, Comparison};
pub use crate::agreement::side_taken::{SideCounts, SideTaken};
