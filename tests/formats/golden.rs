//! The files of `tests/data`, one for each format that loses nothing. A later release reads them as the graphs that they
//! were written from, and writes the same bytes.
//!
//! `CLAIMGRAPH_WRITE_GOLDEN=1` writes them anew. Do so for a new version of a format only, under a new name.

use crate::support::every_record::{drawn, full, latest, third};
use claimgraph::ClaimGraph;
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_formats::{datapackage, gexf, graphml};
use std::fs;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// Returns whether the files are to be written anew.
fn anew() -> bool {
    std::env::var_os("CLAIMGRAPH_WRITE_GOLDEN").is_some()
}

/// Checks that a file is read as the graph, and that the graph is written as the file.
fn stands(
    name: &str,
    graph: &ClaimGraph,
    write: impl Fn(&ClaimGraph, &mut Vec<u8>),
    read: impl Fn(&[u8]) -> ClaimGraph,
) {
    let mut written = Vec::new();
    write(graph, &mut written);
    if anew() {
        fs::write(data(name), &written).unwrap();
    }
    let file = fs::read(data(name)).unwrap();
    assert_eq!(read(&file).to_jsonl(), graph.to_jsonl(), "{name}");
    let mut again = Vec::new();
    write(&read(&file), &mut again);
    assert!(again == file && written == file, "{name} is written with other bytes");
}

#[test]
fn json_lines_of_this_version_are_read_and_written_with_the_same_bytes() {
    stands(
        "version-4.jsonl",
        &latest(),
        |graph, file| graph.write_jsonl(file).unwrap(),
        |file| ClaimGraph::read_jsonl(file).unwrap(),
    );
}

#[test]
fn json_lines_of_older_versions_are_read_as_the_same_graph() {
    for (version, graph) in [(1, full()), (2, full()), (3, third())] {
        let file = fs::read(data(&format!("version-{version}.jsonl"))).unwrap();
        let header = format!(r#"{{"claimgraph":{{"format":{version},"#);
        assert!(file.starts_with(header.as_bytes()));
        assert_eq!(ClaimGraph::read_jsonl(&*file).unwrap().to_jsonl(), graph.to_jsonl());
    }
}

// N-Triples are N-Quads without graphs, and TriG is Turtle with them.
const RDF: [RdfFormat; 5] = {
    use RdfFormat::{ClassicTriG, JsonLd, NQuads, RdfXml, Turtle};
    [Turtle, NQuads, RdfXml, ClassicTriG, JsonLd]
};

fn read_rdf(format: RdfFormat, file: &[u8]) -> ClaimGraph {
    let read = rdf::Reader::new(format).read(file).unwrap();
    assert!(read.losses.is_empty(), "{}", read.losses);
    read.graph
}

#[test]
fn rdf_is_read_and_written_with_the_same_bytes() {
    for format in RDF {
        stands(
            &format!("version-4.{}", format.extension()),
            &latest(),
            |graph, file| assert!(rdf::write(graph, format, file).unwrap().is_empty()),
            |file| read_rdf(format, file),
        );
    }
}

#[test]
fn rdf_of_an_older_version_is_read_as_the_same_graph() {
    for (version, graph) in [(2, full()), (3, third())] {
        for format in RDF {
            let name = format!("version-{version}.{}", format.extension());
            let file = fs::read(data(&name)).unwrap();
            assert_eq!(read_rdf(format, &file).to_jsonl(), graph.to_jsonl(), "{name}");
        }
    }
}

#[test]
fn drawings_are_read_and_written_with_the_same_bytes() {
    stands(
        "version-2.graphml",
        &drawn(),
        |graph, file| assert!(graphml::write(graph, file).unwrap().is_empty()),
        |file| graphml::Reader::new().read(file).unwrap().graph,
    );
    stands(
        "version-2.gexf",
        &drawn(),
        |graph, file| assert!(gexf::write(graph, file).unwrap().is_empty()),
        |file| gexf::Reader::new().read(file).unwrap().graph,
    );
}

fn read_package(folder: &Path) -> ClaimGraph {
    let read = datapackage::Reader::new().read(folder).unwrap();
    assert!(read.losses.is_empty(), "{}", read.losses);
    read.graph
}

#[test]
fn a_data_package_is_read_and_written_with_the_same_bytes() {
    let folder = data("version-4.package");
    if anew() {
        assert!(datapackage::write(&latest(), &folder).unwrap().is_empty());
    }
    let read = read_package(&folder);
    assert_eq!(read.to_jsonl(), latest().to_jsonl());
    let again = std::env::temp_dir().join(format!("claimgraph-golden-{}", std::process::id()));
    assert!(datapackage::write(&read, &again).unwrap().is_empty());
    let mut compared = 0;
    for file in fs::read_dir(&folder).unwrap() {
        let name = file.unwrap().file_name();
        let [old, new] = [&folder, &again].map(|folder| fs::read(folder.join(&name)).unwrap());
        assert!(old == new, "{name:?} is written with other bytes");
        compared += 1;
    }
    fs::remove_dir_all(&again).unwrap();
    assert_eq!(compared, 17);
}

#[test]
fn a_data_package_of_an_older_version_is_read_as_the_same_graph() {
    for (version, graph) in [(2, full()), (3, third())] {
        let package = read_package(&data(&format!("version-{version}.package")));
        assert_eq!(package.to_jsonl(), graph.to_jsonl());
    }
}

/// The keys of the claims of [`full`], in the order of insertion.
const KEYS: [&str; 13] = [
    "1dc2eb242311c6f4426f9dd7a83744e9",
    "de3a16ace131f3b950b0343a9b521b70",
    "c8fbf5f26925133fbb1041256866969b",
    "6739af92a300216a12245f09ba519ef5",
    "61922b6915429e0d09dd1359c593cf0b",
    "68fac9ec1532dfff5387b203098834d5",
    "9bb7fd75a65e317a500511b94d58c53b",
    "953be998cbbebdc29ed1bbbb6b0b85a6",
    "8b8f9dd75657c4898ec172762c026d29",
    "4758922e6471fe0291fb4fc72a203f0e",
    "6392c2fa7ad340180803ac364a9f0278",
    "7b012d935a3c40cce286760793cbc5c7",
    "acc0a7dba60cd8bd3003dd82fafe72f2",
];

#[test]
fn claims_keep_their_keys_from_one_release_to_the_next() {
    let graph = full();
    let keys: Vec<String> =
        graph.claims().map(|claim| graph.claim_key(claim.id()).unwrap().to_string()).collect();
    assert_eq!(keys, KEYS);
}
