//! A crash at any instant loses nothing that was acknowledged, and leaves a file that opens.

use crate::disk::{Chances, Disk};
use crate::{add_numbered, empty};
use claimgraph::ClaimGraph;
use claimgraph_store::Store;

const COMMITS: usize = 1_000;

/// Opens what a crash left after so many acknowledged commits. They must be there, and at most the one under way.
fn assert_recovered(disk: &Disk, acknowledged: usize, graphs: &[ClaimGraph], is_compared: bool) {
    let store = Store::open_on(disk.clone(), &empty())
        .unwrap_or_else(|error| panic!("after {acknowledged} commits: {error}"));
    let graph = store.reader();
    let (commits, claims) = (store.commits() as usize, graph.len());
    assert_eq!(commits, claims);
    assert!(
        (acknowledged..=acknowledged + 1).contains(&commits),
        "{commits} of {acknowledged} commits are there"
    );
    if is_compared {
        assert!(graph.to_jsonl() == graphs[claims].to_jsonl(), "other claims are there");
    }
}

#[test]
fn no_crash_loses_an_acknowledged_commit() {
    let mut graphs = vec![empty()];
    let mut chances = Chances::new(3);
    let disk = Disk::default();
    let store = Store::open_on(disk.clone(), &empty()).unwrap();
    disk.crash(Chances::new(4), 1);
    let (mut images, mut recoveries) = (0, 0);
    let mut acknowledged = 0;
    for n in 0..=COMMITS {
        for image in disk.images() {
            images += 1;
            let crashed = Disk::of(image);
            // Some programs crash again while they recover.
            let is_twice = chances.below(4) == 0;
            if is_twice {
                crashed.crash(Chances::new(images as u64), 1);
            }
            assert_recovered(&crashed, acknowledged, &graphs, chances.below(64) == 0);
            if is_twice {
                let mut again = crashed.images();
                let again = again.swap_remove(chances.below(again.len()));
                assert_recovered(&Disk::of(again), acknowledged, &graphs, chances.below(16) == 0);
                recoveries += 1;
            }
        }
        if n < COMMITS {
            acknowledged = n;
            let mut next = graphs[n].clone();
            add_numbered(&mut next, n).unwrap();
            graphs.push(next);
            store.commit(|graph| add_numbered(graph, n)).unwrap();
            if n % 50 == 49 {
                // The commit is acknowledged before the fold begins.
                let of_commit = disk.images();
                store.fold().unwrap();
                for image in disk.images() {
                    images += 1;
                    assert_recovered(&Disk::of(image), n + 1, &graphs, false);
                }
                for image in of_commit {
                    images += 1;
                    assert_recovered(&Disk::of(image), n, &graphs, false);
                }
            }
        }
    }
    println!("{images} images of crashes, {recoveries} of crashes while recovering");
    assert!(images + recoveries >= 10_000 && recoveries >= 1_000);
}
