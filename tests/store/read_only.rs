//! Readers of other handles see whole commits, in their order.

use crate::{add_numbered, empty, numbered};
use claimgraph_store::{Store, StoreError};

#[test]
fn a_reader_beside_a_writer_follows_its_commits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.cg");
    let store = Store::create_of(&path, &empty()).unwrap();
    let mut other = Store::open_read_only(&path).unwrap();
    for n in 0..40 {
        store.commit(|graph| add_numbered(graph, n)).unwrap();
        if n % 10 == 7 {
            store.fold().unwrap();
        }
        if n % 3 == 0 {
            assert!(other.refresh().unwrap() && !other.refresh().unwrap());
            assert_eq!((other.reader().len(), other.commits()), (n + 1, store.commits()));
        }
    }
    // A commit that writes columns has no records.
    store.commit(|graph| (40..6_000).try_for_each(|n| add_numbered(graph, n))).unwrap();
    assert!(other.refresh().unwrap());
    assert!(other.reader().to_jsonl() == numbered(6_000).to_jsonl());
    drop(store);
    assert!(!other.refresh().unwrap());
    // A reader does not hinder the next writer.
    let store = Store::open(&path).unwrap();
    store.commit(|graph| add_numbered(graph, 6_000)).unwrap();
    assert!(other.refresh().unwrap());
    assert_eq!(other.reader().len(), 6_001);
}

#[test]
fn a_graph_that_was_taken_never_changes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create_of(folder.path().join("desk.cg"), &empty()).unwrap();
    let mut taken = Vec::new();
    for n in 0..30 {
        taken.push(store.reader());
        store.commit(|graph| add_numbered(graph, n)).unwrap();
    }
    store.fold().unwrap();
    for (n, graph) in taken.iter().enumerate() {
        assert!(graph.to_jsonl() == numbered(n).to_jsonl(), "the graph after {n} commits");
    }
}

#[test]
fn a_store_that_was_not_closed_is_refused_by_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("desk.cg"), folder.path().join("copy.cg"));
    let store = Store::create_of(&path, &empty()).unwrap();
    store.commit(|graph| add_numbered(graph, 0)).unwrap();
    std::fs::copy(&path, &copy).unwrap();
    assert!(matches!(Store::open_read_only(&copy), Err(StoreError::NotClosed)));
    assert_eq!(Store::open(&copy).unwrap().reader().len(), 1);
    assert_eq!(Store::open_read_only(&copy).unwrap().reader().len(), 1);
}
