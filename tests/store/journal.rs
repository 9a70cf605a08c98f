//! A journal: each line is whole or not there.

use crate::support::every_record::{drawn, full, latest, small};
use crate::{empty, numbered};
use claimgraph::ClaimGraph;
use claimgraph::record::{Loader, Record};
use claimgraph_store::{Journal, StoreError};
use std::fs;

#[test]
fn every_kind_of_record_comes_back_from_a_journal() {
    for graph in [small(), full(), latest(), drawn()] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.jsonl");
        let mut records = graph.records().into_iter();
        let mut grown = Loader::new();
        grown.push(records.next().unwrap()).unwrap();
        let mut first = grown.graph().clone();
        let mut journal = Journal::create(&path, &first).unwrap();
        let mut before = first.clone();
        for (record, number) in records.zip(1..) {
            let erases = matches!(&record, Record::Redaction(it) if it.entity.is_some());
            grown.push(record).unwrap();
            let appended = journal.append(&before, grown.graph());
            // What is erased stands in earlier lines, so the journal begins anew.
            assert_eq!(matches!(appended, Err(StoreError::NotAnAddition)), erases);
            if erases {
                fs::remove_file(&path).unwrap();
                first = grown.graph().clone();
                journal = Journal::create(&path, &first).unwrap();
            }
            assert!(erases || appended.is_ok());
            before = grown.graph().clone();
            if number % 7 == 0 {
                journal = Journal::open(&path).unwrap();
            }
        }
        let mut read = first;
        assert_eq!(Journal::read_onto(&path, &mut read).unwrap(), None);
        assert!(read.to_jsonl() == graph.to_jsonl(), "a record is lost or changed");
    }
}

#[test]
fn a_torn_last_line_is_told_and_left_out_wherever_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.jsonl");
    let mut journal = Journal::create(&path, &empty()).unwrap();
    let mut lines = 1;
    for n in 0..8 {
        lines += journal.append(&numbered(n), &numbered(n + 1)).unwrap();
    }
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), lines);
    let header = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    // Of the header, the first bytes and the last.
    for length in (1..20).chain(header - 5..=bytes.len()) {
        let cut = &bytes[..length];
        fs::write(&path, cut).unwrap();
        let mut graph = empty();
        let torn = Journal::read_onto(&path, &mut graph).unwrap();
        let whole = cut.iter().filter(|byte| **byte == b'\n').count();
        let claims = cut
            .split_inclusive(|byte| *byte == b'\n')
            .filter(|line| line.ends_with(b"\n") && line.starts_with(b"{\"claim\""));
        assert_eq!(graph.len(), claims.count(), "cut at {length}");
        assert_eq!(torn.is_some(), cut.last() != Some(&b'\n'));
        assert_eq!(torn.map(|torn| torn.line), torn.map(|_| whole as u64 + 1));
        // The next line goes after the last whole one.
        if length % 50 == 0 && whole > 0 {
            let mut journal = Journal::open(&path).unwrap();
            assert_eq!(journal.torn(), torn);
            let mut after = graph.clone();
            after.add_untyped("Source", "late").unwrap();
            journal.append(&graph, &after).unwrap();
            let mut read = empty();
            assert_eq!(Journal::read_onto(&path, &mut read).unwrap(), None);
            assert!(read.to_jsonl() == after.to_jsonl());
        }
    }
}

#[test]
fn a_journal_refuses_what_its_lines_cannot_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.jsonl");
    assert!(matches!(Journal::open(&path), Err(StoreError::NotFound(_))));
    let mut journal = Journal::create(&path, &empty()).unwrap();
    assert!(matches!(Journal::create(&path, &empty()), Err(StoreError::Exists(_))));
    let mut renamed = empty();
    renamed.rename_relation("meets", "sees").unwrap();
    let is_refused = |result| matches!(result, Err(StoreError::NotAnAddition));
    assert!(is_refused(journal.append(&empty(), &renamed)));
    assert!(is_refused(journal.append(&empty(), &ClaimGraph::new())));
    assert!(is_refused(journal.append(&numbered(2), &numbered(1))));
    assert_eq!(journal.append(&numbered(2), &numbered(2)).unwrap(), 0);
    journal.append(&empty(), &numbered(1)).unwrap();
    // A wrong line has its number, and the graph stays as it was.
    let mut text = fs::read_to_string(&path).unwrap();
    text.push_str("{\"claim\":7}\n");
    fs::write(&path, &text).unwrap();
    let mut graph = empty();
    let error = Journal::read_onto(&path, &mut graph).unwrap_err();
    assert!(error.to_string().starts_with("line 4"), "{error}");
    assert!(graph.is_empty() && graph.entities().next().is_none());
}
