//! One function for each reader.

use super::{holds, is_refusal, limits, outcome};
use claimgraph::format::{Losses, WriteError};
use claimgraph::{ClaimGraph, Date, date, jsonl};
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_formats::{claimreview, datapackage, ftm, gexf, stix, tables};
use std::path::PathBuf;
use std::process;

/// The report day of claims that have none.
const DAY: Date = date(2024, 10, 24);

/// Reads all lines, and all or none: the outcomes agree.
pub fn json_lines(data: &[u8]) -> bool {
    let reader = jsonl::Reader::new().limits(limits());
    let all = reader.read_all(data);
    all.faults.iter().for_each(is_refusal);
    holds(&all.graph);
    let strict = reader.read(data);
    assert_eq!(strict.is_ok(), all.faults.is_empty());
    let Some(graph) = outcome(strict) else { return false };
    assert_eq!(graph.to_jsonl(), all.graph.to_jsonl());
    true
}

/// Reads the bytes as they are, and with the checksums that belong to them. Without these, hardly any change of a file
/// gets past the first check.
pub fn snapshot(data: &[u8]) -> bool {
    let as_it_is = one_snapshot(data);
    one_snapshot(&with_checksums(data)) || as_it_is
}

fn one_snapshot(bytes: &[u8]) -> bool {
    match ClaimGraph::read_snapshot(bytes) {
        Err(error) => {
            is_refusal(&error);
            return false;
        }
        // The reader does not check the claims of a snapshot. A caller does so by `check_all`.
        Ok(graph) if graph.check_all().is_empty() => holds(&graph),
        Ok(graph) => {
            graph.to_jsonl();
            graph.claims().for_each(|claim| drop(claim.to_string()));
            graph.view().contested();
        }
    }
    true
}

/// Returns a snapshot with each checksum computed from the bytes that it covers: those of the preamble, and those of
/// each section, which has a name of 16 bytes and its length before it.
fn with_checksums(data: &[u8]) -> Vec<u8> {
    let mut bytes = data.to_vec();
    let mut at = 0;
    let mut covered = 12;
    while let Some(part) = bytes.get(at..at + covered) {
        let sum = crc32(part).to_le_bytes();
        at += covered;
        let Some(place) = bytes.get_mut(at..at + 4) else { break };
        place.copy_from_slice(&sum);
        at += 4;
        let Some(length) = bytes.get(at + 16..at + 24) else { break };
        let length = u64::from_le_bytes(length.try_into().unwrap());
        covered = 24 + usize::try_from(length).unwrap().min(data.len());
    }
    bytes
}

/// The checksum of gzip and PNG, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

/// Reads RDF. The graph comes back from the same syntax.
fn rdf(format: RdfFormat, data: &[u8]) -> bool {
    let reader = rdf::Reader::new(format).reported(DAY);
    let Some(graph) = outcome(reader.clone().limits(limits()).read(data)) else {
        return false;
    };
    let mut bytes = Vec::new();
    assert!(rdf::write(&graph, format, &mut bytes).unwrap().is_empty());
    let back = reader.read(&*bytes).unwrap_or_else(|error| panic!("{error}"));
    assert!(back.losses.is_empty(), "{}", back.losses);
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    true
}

pub fn turtle(data: &[u8]) -> bool {
    rdf(RdfFormat::Turtle, data)
}

pub fn n_quads(data: &[u8]) -> bool {
    rdf(RdfFormat::NQuads, data)
}

pub fn trig(data: &[u8]) -> bool {
    rdf(RdfFormat::TriG, data)
}

pub fn rdf_xml(data: &[u8]) -> bool {
    rdf(RdfFormat::RdfXml, data)
}

pub fn json_ld(data: &[u8]) -> bool {
    rdf(RdfFormat::JsonLd, data)
}

/// Reads a file of other programs. The graph can be written again, or the error says why it cannot.
macro_rules! foreign {
    ($name:ident, $format:ident, $write:expr) => {
        pub fn $name(data: &[u8]) -> bool {
            let reader = claimgraph_formats::$format::Reader::new().reported(DAY).limits(limits());
            let Some(graph) = outcome(reader.read(data)) else { return false };
            is_written($write(&graph));
            true
        }
    };
}

foreign!(stix, stix, |graph: &ClaimGraph| stix::write(graph, &mut Vec::new()));
foreign!(follow_the_money, ftm, |graph: &ClaimGraph| ftm::write(graph, &mut Vec::new()));
foreign!(claim_review, claimreview, |graph: &ClaimGraph| claimreview::write(
    graph,
    &mut Vec::new()
));
// There is a reader of Wikidata only.
foreign!(wikidata, wikidata, |_: &ClaimGraph| Ok(Losses::default()));
foreign!(graphml, graphml, |graph: &ClaimGraph| claimgraph_formats::graphml::write(
    graph,
    &mut Vec::new()
));
foreign!(gexf, gexf, |graph: &ClaimGraph| gexf::write(graph, &mut Vec::new()));

fn is_written(outcome: Result<Losses, WriteError>) {
    match outcome {
        Ok(losses) => super::are_messages(&losses),
        Err(error) => super::is_message(&error.to_string()),
    }
}

/// Reads a table by the mapping that stands before the first blank line.
pub fn table(data: &[u8]) -> bool {
    let end = data.windows(2).position(|pair| pair == b"\n\n").unwrap_or(data.len());
    let (mapping, table) = data.split_at(end);
    let Ok(mapping) = serde_json::from_slice::<tables::Mapping>(mapping) else { return false };
    let table = table.get(2..).unwrap_or_default();
    let reader = || tables::Reader::new(mapping.clone()).limits(limits());
    let all = reader().read_all(table);
    super::are_messages(&all.losses);
    all.faults.iter().for_each(is_refusal);
    holds(&all.graph);
    let strict = reader().read(table);
    assert_eq!(strict.is_ok(), all.faults.is_empty());
    let Some(graph) = outcome(strict) else { return false };
    assert_eq!(graph.to_jsonl(), all.graph.to_jsonl());
    true
}

/// The line before a file of a data package.
const FILE: &str = "=== ";

/// The files of a data package.
pub const FILES: [&str; 17] = [
    "datapackage.json",
    "entities.csv",
    "aliases.csv",
    "codes.csv",
    "documents.csv",
    "affiliations.csv",
    "claims.csv",
    "speakers.csv",
    "responses.csv",
    "roles.csv",
    "links.csv",
    "derivations.csv",
    "lineage.csv",
    "batches.csv",
    "reviews.csv",
    "judgements.csv",
    "redactions.csv",
];

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Reads a data package, each file of which follows a line `=== NAME`. Only the names of [`FILES`] are written.
pub fn data_package(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let thread = std::thread::current().id();
    let name = format!("claimgraph-any-bytes-{}-{thread:?}", process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    std::fs::create_dir_all(&folder.0).unwrap();
    for part in text.split(FILE) {
        let Some((name, content)) = part.split_once('\n') else { continue };
        if FILES.contains(&name) {
            std::fs::write(folder.0.join(name), content).unwrap();
        }
    }
    let reader = || datapackage::Reader::new().limits(limits());
    let Some(graph) = outcome(reader().read(&folder.0)) else { return false };
    assert!(datapackage::write(&graph, &folder.0).unwrap().is_empty());
    let back = datapackage::Reader::new().read(&folder.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    true
}

/// Returns a data package as one text that [`data_package`] reads.
#[allow(dead_code)] // only the seeds of the tests use it
pub fn package_of(graph: &ClaimGraph) -> Vec<u8> {
    let folder =
        Folder(std::env::temp_dir().join(format!("claimgraph-package-of-{}", process::id())));
    assert!(datapackage::write(graph, &folder.0).unwrap().is_empty());
    let file = |name: &&str| {
        format!("{FILE}{name}\n{}", std::fs::read_to_string(folder.0.join(name)).unwrap())
    };
    FILES.iter().map(file).collect::<String>().into_bytes()
}
