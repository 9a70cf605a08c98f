//! Many readers beside one writer: each sees a prefix of the commits.

use crate::{add_numbered, empty, numbered};
use claimgraph::ClaimId;
use claimgraph_store::Store;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const OPERATIONS: usize = 1_000_000;
const READERS: usize = 8;
const CLAIMS: usize = 500;

#[test]
fn each_reader_sees_a_prefix_of_the_commits() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create_of(folder.path().join("desk.cg"), &empty()).unwrap();
    let whole = numbered(CLAIMS);
    let ids: Vec<ClaimId> = whole.claims().map(|claim| claim.id()).collect();
    let is_over = AtomicBool::new(false);
    let looks: usize = thread::scope(|scope| {
        let read = || {
            let (mut looks, mut seen, mut before) = (0usize, 0, store.reader());
            while looks < OPERATIONS / READERS || !is_over.load(Ordering::Relaxed) {
                let graph = store.reader();
                looks += 1;
                assert!(graph.len() >= seen, "a commit is gone");
                // Each commit adds one claim, so the graph of so many claims is the graph after so many commits.
                if graph.len() > seen || looks % 1_000 == 0 {
                    seen = graph.len();
                    if let Some(&last) = ids[..seen].last() {
                        assert_eq!(graph.show(last).unwrap(), whole.show(last).unwrap());
                    }
                    // What is not committed yet is not there, and a graph that was taken does not change.
                    assert!(ids.get(seen).is_none_or(|&next| graph.claim(next).is_err()));
                    assert!(ids.get(before.len()).is_none_or(|&next| before.claim(next).is_err()));
                    before = graph;
                }
            }
            looks
        };
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(read)).collect();
        for n in 0..CLAIMS {
            store.commit(|graph| add_numbered(graph, n)).unwrap();
            if n % 100 == 99 {
                store.fold().unwrap();
            }
        }
        is_over.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().unwrap()).sum()
    });
    assert!(looks >= OPERATIONS);
    assert_eq!(store.reader().len(), CLAIMS);
}
