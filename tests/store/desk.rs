//! The example `desk`, killed at random moments and run again.

use crate::disk::Chances;
use claimgraph::{Claim, ClaimGraph, date, reporting::*};
use claimgraph_store::{Store, StoreError};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

#[allow(dead_code)] // `main`
#[path = "../../crates/claimgraph-store/examples/desk.rs"]
mod program;

const PATH: &str = "CLAIMGRAPH_DESK_FOLDER";
const FILES: usize = 12;

fn files(folder: &Path) -> Vec<String> {
    (0..FILES).map(|n| folder.join(format!("{n}.jsonl")).display().to_string()).collect()
}

/// Is the program that is killed.
#[test]
fn a_desk_that_is_killed() {
    let Some(folder) = std::env::var_os(PATH) else { return };
    let folder = Path::new(&folder);
    program::run(&folder.join("desk.cg"), &files(folder), &mut std::io::stdout()).unwrap();
}

#[test]
fn a_desk_that_is_killed_and_run_again_takes_each_file_once() {
    let folder = tempfile::tempdir().unwrap();
    // Each file has what the one before it has, and five claims more.
    let mut graph = ClaimGraph::new();
    let states = ["a", "b", "c"].map(|key| graph.add(State, key).unwrap());
    for (file, number) in files(folder.path()).into_iter().zip(0usize..) {
        for n in 5 * number..5 * number + 5 {
            let [from, to] = [n % 3, (n + 1) % 3].map(|place| states[place]);
            let day = date(2025, 1 + (n / 28) as i8, 1 + (n % 28) as i8);
            graph.insert(Claim::by(from).asserts(from, ATTACKS, to).reported(day)).unwrap();
        }
        graph.write_jsonl(std::fs::File::create(file).unwrap()).unwrap();
    }
    let path = folder.path().join("desk.cg");
    let (mut chances, mut kills, mut seen) = (Chances::new(6), 0, 0);
    loop {
        let mut desk = Command::new(std::env::current_exe().unwrap());
        desk.args(["desk::a_desk_that_is_killed", "--exact"]).env(PATH, folder.path());
        let mut desk = desk.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Later runs get longer, so that the last one comes to its end.
        std::thread::sleep(Duration::from_micros(chances.below(20_000 + 2_000 * kills) as u64));
        if let Some(status) = desk.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        desk.kill().unwrap();
        desk.wait().unwrap();
        kills += 1;
        let claims = match Store::open(&path) {
            Ok(store) => store.reader().len(),
            Err(StoreError::NotFound(_)) => 0,
            Err(error) => panic!("after {kills} kills: {error}"),
        };
        assert!(claims >= seen && claims % 5 == 0, "{claims} claims, and {seen} before");
        seen = claims;
    }
    println!("killed {kills} times");
    let store = Store::open(&path).unwrap();
    assert!(store.reader().to_jsonl() == graph.to_jsonl());
    // Run once more, it takes nothing.
    let mut out = Vec::new();
    drop(store);
    program::run(&path, &files(folder.path()), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(out.matches(": 0 new claims").count(), FILES, "{out}");
    assert!(out.contains("SINCE 2025-03-03"), "{out}");
}
