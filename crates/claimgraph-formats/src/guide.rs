//! The pages about the formats: what each file holds, how it is read, what it cannot carry.

#[doc = include_str!("../docs/FORMATS.md")]
pub mod formats {}

#[doc = include_str!("../docs/TABLES.md")]
pub mod tables {}

#[doc = include_str!("../docs/formats/graphs.md")]
pub mod graphs {}

#[doc = include_str!("../docs/formats/records.md")]
pub mod records {}

#[doc = include_str!("../docs/formats/rdf.md")]
pub mod rdf {}
