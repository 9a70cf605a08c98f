//! Pictures as SVG: timelines, figures and revisions go in, the text of a file comes out.

mod canvas;
pub(crate) mod figures;
pub(crate) mod timeline;
