//! The binary snapshot. A written graph comes back with the same handles. A file that was cut, changed or forged is
//! refused with the name of the section. No file makes the reader allocate more memory than the file justifies.
//!
//! This is a binary of its own, because its allocator has a limit.

mod damaged;
mod forged;
#[path = "../../examples/report/mod.rs"]
mod report;
mod round_trips;
#[path = "../support"]
mod support {
    pub mod brute;
    pub mod every_record;
}

use crate::support::brute::{ENTITIES, worlds};
use crate::support::every_record::small;
use cap::Cap;
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, DocumentInfo, Quantity, Stance,
    claim::PlainClaim,
    date,
    format::{ReadError, ReadErrorKind, WriteError},
    questions::WatchKind,
    sources::Lineage,
};
use claimgraph_formats::tables::{Mapping, Reader, affiliate_by_name, parenthesised_parent};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::alloc::System;
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;

/// A false length, if it were believed, would be past this.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, 1 << 30);

fn write(graph: &ClaimGraph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> ClaimGraph {
    ClaimGraph::read_snapshot(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The section and the message of the error.
fn refused(bytes: &[u8]) -> (&'static str, String) {
    let error = ClaimGraph::read_snapshot(bytes).expect_err("it is refused");
    (error.section().unwrap_or_else(|| panic!("no section: {error}")), error.to_string())
}

/// The answers to all questions as text, with the numbers of claims.
fn answers(graph: &ClaimGraph) -> String {
    let mut said = String::new();
    let mut tell = |line: String| said.push_str(&(line + "\n"));
    for claim in graph.claims() {
        tell(format!(
            "{:?} {} {}",
            claim.id(),
            graph.claim_key(claim.id()).unwrap(),
            graph.show(claim.id()).unwrap()
        ));
        tell(format!(
            "{:?} {:?}",
            claim.targets().collect::<Vec<_>>(),
            graph.view().roots(claim.id()).map(|roots| roots.len())
        ));
        let contests = graph.view().contests(claim.id()).unwrap();
        tell(format!(
            "{:?}",
            contests
                .iter()
                .map(|contest| (contest.claim().id(), contest.kind()))
                .collect::<Vec<_>>()
        ));
        tell(format!(
            "{:?}",
            graph.view().responses(claim.id()).iter().map(ToString::to_string).collect::<Vec<_>>()
        ));
    }
    let view = graph.view();
    for entity in graph.entities() {
        let ids = |claims: &mut dyn Iterator<Item = claimgraph::ClaimRef<'_>>| {
            claims.map(|c| c.id()).collect::<Vec<_>>()
        };
        tell(format!("{} {}", entity.key(), view.count_with_subject(entity.id())));
        tell(format!("{:?}", ids(&mut view.claims_with_subject(entity.id()))));
        tell(format!("{:?}", ids(&mut view.claims_with_object(entity.id()))));
        tell(format!(
            "{:?}",
            graph
                .view()
                .mentions_of(entity.id())
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        ));
    }
    for stance in Stance::ALL {
        tell(format!("{stance} {:?}", view.responses_with_stance(*stance).collect::<Vec<_>>()));
    }
    tell(format!("{:?}", graph.contested().iter().map(ToString::to_string).collect::<Vec<_>>()));
    tell(format!(
        "{:?}",
        graph.view().revisions().iter().map(ToString::to_string).collect::<Vec<_>>()
    ));
    tell(format!(
        "{:?}",
        graph.view().timeline().iter().map(ToString::to_string).collect::<Vec<_>>()
    ));
    tell(format!(
        "{:?}",
        graph
            .view()
            .watch()
            .of_kind(WatchKind::Threat)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    ));
    said
}

/// Asserts the same records, numbers and answers. Lists by subject have recent claims last, so recent claims are merged
/// in first.
fn assert_same(graph: &ClaimGraph, back: &ClaimGraph) {
    assert_eq!(back.to_jsonl(), graph.to_jsonl());
    let merged = |graph: &ClaimGraph| {
        let mut graph = graph.clone();
        graph.compact();
        graph
    };
    assert_eq!(answers(&merged(back)), answers(&merged(graph)));
    assert_eq!(write(back), write(graph));
}

/// A file split into sections, so that it can be forged.
struct File {
    version: u32,
    sections: Vec<(String, Vec<u8>)>,
}

const MAGIC: &[u8; 8] = b"\x89CGS\r\n\x1a\n";

fn sum(parts: &[&[u8]]) -> [u8; 4] {
    let mut hasher = crc32fast::Hasher::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().to_le_bytes()
}

impl File {
    fn of(bytes: &[u8]) -> Self {
        assert_eq!(&bytes[..8], MAGIC);
        let version = u32::from_le_bytes(bytes[8..12].try_into().unwrap());
        assert_eq!(bytes[12..16], sum(&[&bytes[..12]]));
        let (mut at, mut sections) = (16, Vec::new());
        while at < bytes.len() {
            let name = String::from_utf8(bytes[at..at + 16].to_vec())
                .unwrap()
                .trim_end_matches('\0')
                .to_owned();
            let length = u64::from_le_bytes(bytes[at + 16..at + 24].try_into().unwrap()) as usize;
            let content = bytes[at + 24..at + 24 + length].to_vec();
            let end = at + 24 + length;
            assert_eq!(bytes[end..end + 4], sum(&[&bytes[at..end]]), "{name}");
            sections.push((name, content));
            at = end + 4;
        }
        Self { version, sections }
    }

    /// The whole file with true checksums and the lengths that `claimed` gives.
    fn bytes(&self, claimed: impl Fn(&str, usize) -> u64) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.version.to_le_bytes());
        bytes.extend(sum(&[&bytes]));
        for (name, content) in &self.sections {
            let from = bytes.len();
            bytes.extend(name.bytes().chain(std::iter::repeat(0)).take(16));
            bytes.extend(claimed(name, content.len()).to_le_bytes());
            bytes.extend(content);
            bytes.extend(sum(&[&bytes[from..]]));
        }
        bytes
    }

    fn whole(&self) -> Vec<u8> {
        self.bytes(|_, length| length as u64)
    }

    fn section(&mut self, name: &str) -> &mut Vec<u8> {
        let found = self.sections.iter_mut().find(|(other, _)| other == name);
        &mut found.unwrap_or_else(|| panic!("no section {name}")).1
    }
}

/// Where each section begins and ends, the preamble first.
fn stretches(bytes: &[u8]) -> Vec<(String, std::ops::Range<usize>)> {
    let mut stretches = vec![("preamble".to_owned(), 0..16)];
    for (name, content) in File::of(bytes).sections {
        let from = stretches.last().unwrap().1.end;
        stretches.push((name, from..from + 28 + content.len()));
    }
    stretches
}
