//! The format of a file, by its name.

use claimgraph_formats::rdf::RdfFormat;
use std::path::Path;
use std::str::FromStr;

/// The formats that the command reads or writes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum FormatKind {
    Jsonl,
    Snapshot,
    Rdf(RdfFormat),
    GraphMl,
    Gexf,
    Dot,
    FollowTheMoney,
    Stix,
    Wikidata,
    ClaimReview,
    Csv,
    Tsv,
    Folder,
}

/// A format, and whether the file is gzipped.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FileFormat {
    pub kind: FormatKind,
    pub gzipped: bool,
}

/// The ends of names other than those of RDF. A longer end comes before a shorter one that it ends with.
const ENDS: [(&str, FormatKind); 12] = [
    ("ftm.json", FormatKind::FollowTheMoney),
    ("ftm.ijson", FormatKind::FollowTheMoney),
    ("stix.json", FormatKind::Stix),
    ("wikidata.json", FormatKind::Wikidata),
    ("claimreview.json", FormatKind::ClaimReview),
    ("jsonl", FormatKind::Jsonl),
    ("cgs", FormatKind::Snapshot),
    ("graphml", FormatKind::GraphMl),
    ("gexf", FormatKind::Gexf),
    ("dot", FormatKind::Dot),
    ("csv", FormatKind::Csv),
    ("tsv", FormatKind::Tsv),
];

/// Parses the end of a file name, such as `jsonl` or `nq.gz`; `folder` means a folder of tables.
impl FromStr for FileFormat {
    type Err = String;

    fn from_str(end: &str) -> Result<Self, String> {
        let lower = format!(".{}", end.to_ascii_lowercase());
        let (name, gzipped) = match lower.strip_suffix(".gz") {
            Some(inner) => (inner, true),
            None => (lower.as_str(), false),
        };
        if name == ".folder" && !gzipped {
            return Ok(Self { kind: FormatKind::Folder, gzipped });
        }
        let ends = |of: &str| name.strip_suffix(of).is_some_and(|before| before.ends_with('.'));
        let own = ENDS.iter().find(|(of, _)| ends(of)).map(|(_, kind)| *kind);
        let kind = match own {
            Some(kind) => kind,
            None => FormatKind::Rdf(name.parse().map_err(|_| {
                let others: Vec<&str> = ENDS.iter().map(|(of, _)| *of).collect();
                format!(
                    "unknown format; expected one of {}, ttl, trig, nt, nq, rdf, classic.trig, jsonld, each with \
                     or without .gz, or folder",
                    others.join(", ")
                )
            })?),
        };
        Ok(Self { kind, gzipped })
    }
}

impl FileFormat {
    /// Returns the format of a path: a folder, or the end of the name. If the name has no dot, the path is a folder.
    pub fn of(path: &Path) -> Result<Self, String> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() || !name.contains('.') {
            return Ok(Self { kind: FormatKind::Folder, gzipped: false });
        }
        name.parse()
    }
}
