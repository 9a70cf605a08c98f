//! Formats: one file each, reader, writer and the format written down on top.

#[cfg(feature = "claimreview")]
pub(crate) mod claimreview;
#[cfg(feature = "datapackage")]
mod datapackage;
#[cfg(feature = "dot")]
mod dot;
#[cfg(any(feature = "graphml", feature = "gexf"))]
#[allow(dead_code)] // each format uses a part of it
pub(crate) mod edge_reader;
#[cfg(any(feature = "graphml", feature = "gexf", feature = "dot"))]
#[allow(dead_code)] // each format uses a part of it
mod edges;
#[cfg(any(feature = "graphml", feature = "gexf", feature = "dot", feature = "datapackage"))]
#[allow(dead_code)] // each format uses a part of it
mod flat;
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikidata", feature = "claimreview"))]
#[allow(dead_code)] // each format uses a part of it
pub(crate) mod foreign;
#[cfg(feature = "ftm")]
pub(crate) mod ftm;
#[cfg(feature = "gexf")]
mod gexf;
#[cfg(feature = "graphml")]
mod graphml;
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikidata", feature = "claimreview"))]
#[allow(dead_code)] // each format uses a part of it
pub(crate) mod json;
#[cfg(feature = "rdf")]
pub(crate) mod rdf;
#[cfg(feature = "stix")]
pub(crate) mod stix;
#[cfg(feature = "tables")]
pub(crate) mod tables;
#[cfg(feature = "wikidata")]
pub(crate) mod wikidata;
#[cfg(any(feature = "graphml", feature = "gexf"))]
mod xml;
