//! A damaged file is told or does no harm; what is not damaged is kept.

use crate::disk::{Chances, Disk};
use crate::{empty, numbered};
use claimgraph::ClaimGraph;
use claimgraph_store::{Store, StoreError, salvage, verify, verify_watched};
use std::ops::ControlFlow;
use std::path::Path;

const COMMITS: usize = 6;

/// Writes a store of some commits and a fold, and closes it.
fn small_store() -> Vec<u8> {
    let disk = Disk::default();
    let store = Store::open_on(disk.clone(), &empty()).unwrap();
    for n in 0..COMMITS {
        store.commit(|graph| crate::add_numbered(graph, n)).unwrap();
        if n == 3 {
            store.fold().unwrap();
        }
    }
    store.close().unwrap();
    disk.bytes()
}

/// Returns the graph of a file as text, or the error of opening it.
fn opened(bytes: Vec<u8>) -> Result<String, StoreError> {
    Store::open_on(Disk::of(bytes), &empty()).map(|store| store.reader().to_jsonl())
}

/// Returns the places that are read when the file is opened. A change elsewhere changes nothing.
fn places_read(bytes: &[u8]) -> Vec<usize> {
    let disk = Disk::of(bytes.to_vec());
    drop(Store::open_on(disk.clone(), &empty()).unwrap());
    disk.places_read(bytes.len())
}

#[test]
fn every_flipped_byte_is_told_or_harmless() {
    let (bytes, expected) = (small_store(), numbered(COMMITS).to_jsonl());
    let places = places_read(&bytes);
    let (mut told, mut chance) = (0, Chances::new(1));
    for &place in &places {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << chance.below(8);
        match opened(flipped) {
            Ok(text) => assert!(text == expected, "byte {place}: other data"),
            Err(_) => told += 1,
        }
    }
    println!("{} bytes of {} are read, {told} of them told", places.len(), bytes.len());
    assert!(told > 1_000 && places.len() > 10_000);
}

#[test]
fn every_cut_is_told_or_harmless() {
    let (bytes, expected) = (small_store(), numbered(COMMITS).to_jsonl());
    for length in 1..bytes.len() {
        if let Ok(text) = opened(bytes[..length].to_vec()) {
            assert!(text == expected, "cut at {length}: other data");
        }
    }
}

/// Verifies and salvages a file. Returns how many commits are kept, and whether the file is whole.
fn salvaged(folder: &Path, bytes: &[u8]) -> (Option<u64>, bool) {
    let (from, to) = (folder.join("damaged.cg"), folder.join("kept.cg"));
    std::fs::write(&from, bytes).unwrap();
    let survey = verify(&from).unwrap();
    let _ = std::fs::remove_file(&to);
    match salvage(&from, &to) {
        Ok(kept) => assert_eq!(kept, survey),
        Err(error) => {
            assert!(error.damage().is_some() && survey.kept.is_none(), "{error}");
            return (None, false);
        }
    }
    assert!(std::fs::read(&from).unwrap() == bytes, "the file was changed");
    let kept = survey.kept.unwrap();
    let store = Store::open(&to).unwrap();
    assert!(store.reader().to_jsonl() == numbered(kept as usize).to_jsonl());
    assert_eq!(survey.claims, store.reader().len());
    (Some(kept), survey.is_whole())
}

#[test]
fn salvage_keeps_what_is_not_damaged_and_verify_tells_what_is() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = small_store();
    assert_eq!(salvaged(folder.path(), &bytes), (Some(COMMITS as u64), true));
    let stopped = verify_watched(folder.path().join("damaged.cg"), |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    let (mut chance, mut all, mut fewer) = (Chances::new(2), 0, 0);
    for &place in places_read(&bytes).iter().step_by(211) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << chance.below(8);
        let is_told = opened(flipped.clone()).is_err();
        let (kept, is_whole) = salvaged(folder.path(), &flipped);
        assert!(!(is_told && is_whole), "byte {place}: verify does not tell");
        // One damaged row takes at most the two commits since the last fold.
        assert!(kept >= Some(COMMITS as u64 - 2), "byte {place}: {kept:?}");
        if kept == Some(COMMITS as u64) { all += 1 } else { fewer += 1 }
    }
    println!("{all} damaged files kept all, {fewer} kept fewer");
    assert!(all > fewer);
}

#[test]
fn salvage_of_a_file_that_holds_nothing_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    for bytes in [vec![], vec![7; 9_000]] {
        std::fs::write(&from, bytes).unwrap();
        assert!(salvage(&from, &to).is_err() && !to.exists());
    }
    assert!(matches!(verify(folder.path().join("none")), Err(StoreError::NotFound(_))));
}

/// Puts a row into a store, as a release would.
fn put(path: &Path, part: u8, content: &[u8]) {
    let mut row = b"\x89CGR\r\n\x1a\n".to_vec();
    row.push(part);
    row.extend([0; 12]);
    row.extend(1u32.to_le_bytes());
    row.extend((content.len() as u32).to_le_bytes());
    let sum = crc32fast::hash(&[&row[..], content].concat());
    row.extend(sum.to_le_bytes());
    row.extend(content);
    let rows: redb::TableDefinition<'_, (u8, u64, u32), &[u8]> =
        redb::TableDefinition::new("claimgraph");
    let database = redb::Database::open(path).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(rows).unwrap().insert((part, 0, 0), row.as_slice()).unwrap();
    transaction.commit().unwrap();
}

#[test]
fn a_store_of_a_newer_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.cg");
    Store::create_of(&path, &ClaimGraph::new()).unwrap().close().unwrap();
    put(&path, 0, &claimgraph_store::VERSION.to_le_bytes());
    Store::open(&path).unwrap().close().unwrap();
    put(&path, 0, &(claimgraph_store::VERSION + 1).to_le_bytes());
    let is_newer = |error| matches!(error, StoreError::NewerVersion { found: 2, supported: 1 });
    assert!(is_newer(Store::open(&path).unwrap_err()));
    assert!(is_newer(Store::open_read_only(&path).unwrap_err()));
    assert!(is_newer(verify(&path).unwrap_err()));
    assert!(is_newer(salvage(&path, folder.path().join("other")).unwrap_err()));
    for wrong in [&b""[..], b"\0\0\0\0", b"12345"] {
        put(&path, 0, wrong);
        assert!(Store::open(&path).unwrap_err().damage().is_some());
    }
}
