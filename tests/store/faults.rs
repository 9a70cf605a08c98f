//! A disk that fails at any operation: the error is typed, readers go on, and the file still opens.

use crate::disk::{Chances, Disk, Fault};
use crate::{add_numbered, empty, numbered};
use claimgraph_store::{Store, StoreError};

const BEFORE: usize = 3;
const AFTER: usize = 4;

/// Makes a store of some commits, closed.
fn prepared() -> Vec<u8> {
    let disk = Disk::default();
    let store = Store::open_on(disk.clone(), &empty()).unwrap();
    (0..BEFORE).for_each(|n| store.commit(|graph| add_numbered(graph, n)).unwrap());
    store.close().unwrap();
    disk.bytes()
}

fn assert_of_the_disk(error: &StoreError) {
    assert!(matches!(error, StoreError::Io(_)), "{error:?}");
}

/// Opens, commits, folds and closes. Returns how many commits were acknowledged.
fn run(disk: &Disk) -> usize {
    let store = match Store::open_on(disk.clone(), &empty()) {
        Ok(store) => store,
        Err(error) => {
            assert_of_the_disk(&error);
            return BEFORE;
        }
    };
    let mut acknowledged = BEFORE;
    let mut is_poisoned = false;
    for n in BEFORE..BEFORE + AFTER {
        match store.commit(|graph| add_numbered(graph, n)) {
            Ok(()) => {
                assert!(!is_poisoned, "a commit after a failed one");
                acknowledged = n + 1;
            }
            Err(error) if is_poisoned => assert!(matches!(error, StoreError::Poisoned)),
            Err(error) => {
                assert_of_the_disk(&error);
                is_poisoned = true;
            }
        }
        assert_eq!(store.reader().len(), acknowledged, "readers go on");
        if n == BEFORE + 2 {
            match store.fold() {
                Err(StoreError::Poisoned) => assert!(is_poisoned),
                Err(error) => {
                    assert_of_the_disk(&error);
                    is_poisoned = true;
                }
                Ok(()) => assert!(!is_poisoned),
            }
        }
    }
    if let Err(error) = store.close() {
        assert_of_the_disk(&error);
    }
    acknowledged
}

fn assert_opens(bytes: Vec<u8>, acknowledged: usize, what: &str) {
    let store =
        Store::open_on(Disk::of(bytes), &empty()).unwrap_or_else(|error| panic!("{what}: {error}"));
    let claims = store.reader().len();
    assert!((acknowledged..=acknowledged + 1).contains(&claims), "{what}: {claims} claims");
    assert!(store.reader().to_jsonl() == numbered(claims).to_jsonl(), "{what}: other data");
}

#[test]
fn a_fault_at_any_operation_is_told_and_the_file_still_opens() {
    let bytes = prepared();
    let disk = Disk::of(bytes.clone());
    assert_eq!(run(&disk), BEFORE + AFTER);
    let operations = disk.operations();
    let mut failed = 0;
    for fault in [Fault::Error, Fault::Short, Fault::Full] {
        for operation in 0..operations {
            let what = format!("{fault:?} at operation {operation}");
            let disk = Disk::of(bytes.clone());
            disk.fail_at(operation, fault);
            disk.crash(Chances::new(operation as u64), 1);
            let acknowledged = run(&disk);
            failed += usize::from(acknowledged < BEFORE + AFTER);
            disk.mend();
            assert_opens(disk.bytes(), acknowledged, &what);
            // The power may fail after it.
            let last = disk.images().pop();
            last.into_iter().for_each(|image| assert_opens(image, acknowledged, &what));
        }
    }
    println!("{operations} operations, {failed} runs of which a commit failed");
    assert!(operations > 50 && failed > operations / 2);
}
