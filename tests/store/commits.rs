//! All that a commit added is there when the store is opened again.

use crate::support::batches::instant;
use crate::support::every_record::{drawn, full, latest, small};
use crate::{add_numbered, empty, numbered};
use claimgraph::record::{Batch, Loader};
use claimgraph::vocabulary::{RelationDef, Slot};
use claimgraph::{Claim, DocumentInfo, date};
use claimgraph_store::{Progress, Step, Store, StoreError};
use std::ops::ControlFlow;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn commits_are_there_after_reopening() {
    let folder = folder();
    let path = folder.path().join("desk.cg");
    let store = Store::create_of(&path, &empty()).unwrap();
    for n in 0..50 {
        store.commit(|graph| add_numbered(graph, n)).unwrap();
        assert_eq!(store.reader().len(), n + 1);
    }
    assert_eq!(store.commits(), 50);
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!((store.commits(), store.reader().to_jsonl()), (50, numbered(50).to_jsonl()));
}

#[test]
fn every_kind_of_record_survives_one_commit_for_each() {
    for graph in [small(), full(), latest(), drawn()] {
        let folder = folder();
        let path = folder.path().join("desk.cg");
        let mut grown = Loader::new();
        let mut records = graph.records().into_iter();
        grown.push(records.next().unwrap()).unwrap();
        let store = Store::create_of(&path, grown.graph()).unwrap();
        for (record, number) in records.zip(1..) {
            grown.push(record).unwrap();
            store
                .commit(|graph| {
                    *graph = grown.graph().clone();
                    Ok(())
                })
                .unwrap();
            if number % 9 == 0 {
                store.fold().unwrap();
            }
            assert_eq!(store.reader().len(), grown.graph().len());
        }
        store.close().unwrap();
        let read = Store::open(&path).unwrap().reader();
        assert!(read.to_jsonl() == graph.to_jsonl(), "a record is lost or changed");
    }
}

#[test]
fn a_refused_change_leaves_nothing_and_the_writer_goes_on() {
    let folder = folder();
    let path = folder.path().join("desk.cg");
    let store = Store::create_of(&path, &empty()).unwrap();
    let refused = store.commit(|graph| {
        let a = graph.add_untyped("Source", "a")?;
        let meets = graph.relation("meets")?;
        graph.insert(Claim::by(a).denies(a, meets, a))
    });
    assert!(matches!(refused, Err(StoreError::Refused(_))));
    assert_eq!((store.reader().entity_count(), store.commits()), (0, 0));
    // A change that adds nothing is not a commit.
    store.commit(|_| Ok(())).unwrap();
    assert_eq!(store.commits(), 0);
    // A change that panics is not one either.
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.commit(|graph| -> Result<(), claimgraph::Error> {
            graph.add_untyped("Source", "a")?;
            panic!("in a change")
        })
    }));
    assert!(panicked.is_err());
    store.commit(|graph| add_numbered(graph, 0)).unwrap();
    drop(store);
    assert_eq!(Store::open(&path).unwrap().reader().to_jsonl(), numbered(1).to_jsonl());
}

#[test]
fn what_records_cannot_say_is_written_as_columns() {
    let folder = folder();
    let path = folder.path().join("desk.cg");
    let store = Store::create_of(&path, &empty()).unwrap();
    store.commit(|graph| add_numbered(graph, 0)).unwrap();
    // Another name of a relation.
    store.commit(|graph| graph.rename_relation("meets", "sees")).unwrap();
    // Words whose order in a file is not that of their handles.
    let [zeal, awe] = store
        .commit(|graph| {
            let mut words = claimgraph::vocabulary::Vocabulary::new();
            for key in ["zeal", "awe"] {
                words.add_relation(RelationDef::new(key, Slot::Any, Slot::Any))?;
            }
            graph.extend_vocabulary(&words)?;
            Ok([graph.relation("zeal")?, graph.relation("awe")?])
        })
        .unwrap();
    // A claim that changes its batch.
    let mut other = empty();
    other.begin_batch(Batch::by_person("desk").at(instant(1))).unwrap();
    add_numbered(&mut other, 0).unwrap();
    other.rename_relation("meets", "sees").unwrap();
    store.commit(|graph| graph.merge(&other)).unwrap();
    // More claims than there were.
    store.commit(|graph| (1..4_500).try_for_each(|n| add_numbered(graph, n))).unwrap();
    let said = store
        .commit(|graph| {
            let [a, b] = ["speaker-0", "speaker-1"].map(|key| graph.entity_keyed(key));
            let (a, b) = (a?, b?);
            let day = date(2025, 1, 1);
            graph.insert(Claim::by(a).asserts(a, zeal, b).reported(day))?;
            graph.insert(Claim::by(a).asserts(a, awe, b).reported(day))
        })
        .unwrap();
    let shown = store.reader().show(said).unwrap();
    assert!(shown.contains("awe"), "{shown}");
    let text = store.reader().to_jsonl();
    drop(store);
    let store = Store::open(&path).unwrap();
    assert!(store.reader().to_jsonl() == text);
    assert_eq!((store.reader().len(), store.reader().show(said).unwrap()), (4_502, shown));
    assert!(text.contains("sees"));
}

#[test]
fn a_batch_ends_with_the_change_that_begins_it() {
    let folder = folder();
    let store = Store::create_of(folder.path().join("desk.cg"), &empty()).unwrap();
    store
        .commit(|graph| {
            graph.begin_batch(Batch::by_person("desk").at(instant(1)))?;
            add_numbered(graph, 0)
        })
        .unwrap();
    store.commit(|graph| add_numbered(graph, 1)).unwrap();
    let graph = store.reader();
    let batches: Vec<bool> = graph.claims().map(|claim| claim.batch().is_some()).collect();
    assert_eq!(batches, [true, false]);
}

#[test]
fn texts_of_documents_are_not_kept() {
    let folder = folder();
    let store = Store::create_of(folder.path().join("desk.cg"), &empty()).unwrap();
    let document = store
        .commit(|graph| {
            let info = DocumentInfo::dated(date(2024, 10, 24)).with_text("Troops came.");
            graph.add_document("article", info)
        })
        .unwrap();
    let graph = store.reader();
    assert_eq!(graph.document(document).unwrap().text(), None);
    assert_eq!(graph.document(document).unwrap().length(), Some(12));
}

#[test]
fn a_fold_keeps_everything_and_is_stopped_without_a_trace() {
    let folder = folder();
    let path = folder.path().join("desk.cg");
    let store = Store::create_of(&path, &empty()).unwrap();
    for round in 0..5 {
        for n in 0..20 {
            store.commit(|graph| add_numbered(graph, 20 * round + n)).unwrap();
        }
        let stopped = store.fold_watched(|_| ControlFlow::Break(()));
        assert!(matches!(stopped, Err(StoreError::Stopped)));
        assert_eq!(store.commits_since_fold(), 20);
        store.fold().unwrap();
        store.fold().unwrap();
        assert_eq!(store.commits_since_fold(), 0);
    }
    let expected = numbered(100).to_jsonl();
    assert!(store.reader().to_jsonl() == expected);
    drop(store);
    let mut steps = Vec::new();
    let store = Store::open_watched(&path, |Progress { step, done, total, .. }| {
        assert!(done <= total);
        steps.push(step);
        ControlFlow::Continue(())
    });
    let store = store.unwrap();
    assert!(store.reader().to_jsonl() == expected);
    assert_eq!((store.commits(), steps.contains(&Step::ReadingColumns)), (100, true));
    drop(store);
    let stopped = Store::open_watched(&path, |progress| match progress.step {
        Step::ReadingColumns => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    assert!(matches!(stopped, Err(StoreError::Stopped)));
}

#[test]
fn json_lines_go_in_and_come_out() {
    let folder = folder();
    let path = folder.path().join("desk.cg");
    let text = full().to_jsonl();
    let store = Store::import(&path, text.as_bytes()).unwrap();
    let mut out = Vec::new();
    store.export(&mut out).unwrap();
    assert!(out == text.as_bytes());
    let other = folder.path().join("other.cg");
    assert!(matches!(Store::import(&other, &b"nonsense"[..]), Err(StoreError::Read(_))));
    assert!(!other.exists());
}

#[test]
fn a_path_is_refused_that_has_a_file_or_none_or_another_one() {
    let folder = folder();
    let path = folder.path().join("desk.cg");
    assert!(matches!(Store::open(&path), Err(StoreError::NotFound(_))));
    assert!(matches!(Store::open_read_only(&path), Err(StoreError::NotFound(_))));
    let store = Store::create_of(&path, &empty()).unwrap();
    assert!(matches!(Store::create(&path), Err(StoreError::Exists(_))));
    assert!(matches!(Store::open(&path), Err(StoreError::AlreadyOpen)));
    drop(store);
    // A store that cannot be made leaves no file.
    let unmade = folder.path().join("unmade.cg");
    std::fs::create_dir(folder.path().join("unmade.cg.unfinished")).unwrap();
    assert!(matches!(Store::create(&unmade), Err(StoreError::Io(_))) && !unmade.exists());
    // An empty file is a store that was not finished.
    std::fs::write(&unmade, "").unwrap();
    std::fs::remove_dir(folder.path().join("unmade.cg.unfinished")).unwrap();
    assert!(Store::open(&unmade).unwrap().reader().is_empty());
    let text = folder.path().join("text");
    std::fs::write(&text, "a text that is not a store of claims\n".repeat(9_000)).unwrap();
    assert!(Store::open(&text).is_err());
    let other = folder.path().join("other");
    let database = redb::Database::create(&other).unwrap();
    let words: redb::TableDefinition<'_, u64, u64> = redb::TableDefinition::new("words");
    let transaction = database.begin_write().unwrap();
    transaction.open_table(words).unwrap().insert(1, 2).unwrap();
    transaction.commit().unwrap();
    drop(database);
    assert!(matches!(Store::open(&other), Err(StoreError::NotAStore)));
}
