//! Formats: one file each, reader, writer and the format written down on top.

#[cfg(feature = "claimreview")]
pub(crate) mod claimreview;
pub(crate) mod faults;
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikidata", feature = "claimreview"))]
#[allow(dead_code)] // each format uses a part of it
pub(crate) mod foreign;
#[cfg(feature = "ftm")]
pub(crate) mod ftm;
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikidata", feature = "claimreview"))]
#[allow(dead_code)] // each format uses a part of it
pub(crate) mod json;
pub(crate) mod jsonl;
pub(crate) mod losses;
#[cfg(feature = "stix")]
pub(crate) mod stix;
#[cfg(feature = "tables")]
pub(crate) mod tables;
#[cfg(feature = "wikidata")]
pub(crate) mod wikidata;
