//! Timelines and figures as SVG.

pub(crate) mod canvas;
pub(crate) mod figures;
pub(crate) mod timeline;

pub use crate::pictures::timeline::{EventRecord, MomentRecord};
