//! A folder of CSV tables with a Frictionless `datapackage.json`, for spreadsheets, pandas, Neo4j and other
//! bulk loaders. Programs call [`write()`] with a graph, and [`Reader`] to read the folder back without loss.
//!
//! ```text
//! datapackage.json   what the tables are: columns, types, keys; the vocabulary
//! entities.csv       aliases.csv  codes.csv  documents.csv  affiliations.csv
//! claims.csv         speakers.csv  responses.csv  roles.csv
//! links.csv          derivations.csv  lineage.csv
//! ```
//!
//! CSV is RFC 4180 in UTF-8, with a header. A cell holds the unchanged text: nothing is put before `=`, `+`, `-`
//! or `@`, so a spreadsheet should import texts as texts. An empty cell is an absent value. If a text is present
//! and empty, the column `empty` of the row names its cell. Lists and nested objects are JSON.
//! [The guide](crate::guide::graphs) describes the tables.

mod reader;
mod schema;
mod writer;

pub use crate::datapackage::reader::Reader;
pub use crate::datapackage::writer::write;
