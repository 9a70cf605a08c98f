//! Published files, from the folder that `CLAIMGRAPH_DATA` names. Without it the tests print what they skip. The
//! figures are facts about those files.

mod alliances;
mod events;
mod figures;
mod ftm;
mod stix;
mod treaties;
mod votes;
mod wikidata;

use claimgraph::{
    Answer, ClaimGraph, ClaimRef, EntityId, Finding, Relation, Stance, Term, date,
    format::ReadReport,
    quantity::Amount,
    questions::ContestKind,
    reporting,
    vocabulary::{KindDef, RelationDef, Slot},
};
use claimgraph_formats::tables::{Mapping, Reader, affiliate_by_name, parenthesised_parent};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

fn data(file: &str) -> Option<BufReader<File>> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        // Written past the test runner, which hides what a passing test prints with `eprintln!`.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so {file} is not read"
        );
        return None;
    };
    let path = PathBuf::from(data).join(file);
    Some(BufReader::new(
        File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    ))
}

fn mapping(json: &str) -> Mapping {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}"))
}

fn load(graph: &mut ClaimGraph, mapping: Mapping, input: BufReader<File>) -> ReadReport {
    let report = Reader::new(mapping).onto(std::mem::take(graph)).read(input);
    let mut report = report.unwrap_or_else(|error| panic!("{error}"));
    *graph = std::mem::take(&mut report.graph);
    report
}

fn unpacked(file: &str) -> Option<impl BufRead> {
    Some(BufReader::new(flate2::read::GzDecoder::new(data(file)?)))
}

fn of_kind(graph: &ClaimGraph, kind: &str) -> usize {
    graph.entities().filter(|entity| entity.kind() == kind).count()
}

fn of_relation<'g>(graph: &'g ClaimGraph, relation: &'g str) -> impl Iterator<Item = ClaimRef<'g>> {
    graph
        .claims()
        .filter(move |claim| claim.statement().is_some_and(|s| s.relation().key == relation))
}
