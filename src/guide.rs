//! The pages about the crate as a whole: how it is built, why, by which rules it answers, its file formats, and what a
//! program can rely on.

#[doc = include_str!("../docs/ARCHITECTURE.md")]
pub mod architecture {}

#[doc = include_str!("../docs/DESIGN.md")]
pub mod design {}

#[doc = include_str!("../docs/SEMANTICS.md")]
pub mod semantics {}

#[doc = include_str!("../docs/FORMAT.md")]
pub mod format {}

#[doc = include_str!("../docs/PROOF.md")]
pub mod proof {}

#[doc = include_str!("../docs/CHANGES.md")]
pub mod changes {}

#[doc = include_str!("../docs/PERFORMANCE.md")]
pub mod performance {}

#[doc = include_str!("../docs/JSON.md")]
pub mod json {}

#[doc = include_str!("../docs/STABILITY.md")]
pub mod stability {}

#[doc = include_str!("../SECURITY.md")]
pub mod security {}

#[doc = include_str!("../docs/experiments.md")]
pub mod experiments {}
