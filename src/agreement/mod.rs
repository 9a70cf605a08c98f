//! Which speaker takes which side on what; which speakers agree; blocs.

pub(crate) mod bloc;
pub(crate) mod matrix;
pub(crate) mod matter;
pub(crate) mod pairwise;
pub(crate) mod side_taken;
