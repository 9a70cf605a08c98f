//! A process that is killed at any instant: what it had acknowledged is there. `CLAIMGRAPH_KILLS` says how many are killed.

use crate::disk::Chances;
use crate::{add_numbered, empty, numbered};
use claimgraph_store::{Store, StoreError};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const PATH: &str = "CLAIMGRAPH_KILLED_PATH";

/// Is the process that is killed: commits claims one by one, and prints each number once its commit returned.
#[test]
fn a_writer_that_is_killed() {
    let Some(path) = std::env::var_os(PATH) else { return };
    let store = match Store::open(&path) {
        Err(StoreError::NotFound(_)) => Store::create_of(&path, &empty()),
        opened => opened,
    };
    let store = store.unwrap();
    let mut out = std::io::stdout();
    for n in store.reader().len().. {
        store.commit(|graph| add_numbered(graph, n)).unwrap();
        writeln!(out, "committed {n}").unwrap();
        if n % 40 == 39 {
            store.fold().unwrap();
        }
    }
}

/// Starts the writer, kills it after a while, and returns how many claims it had acknowledged. The while begins with the
/// process, or with its first commit.
fn killed_after(path: &Path, wait: Duration, from_first_commit: bool) -> usize {
    let mut writer = Command::new(std::env::current_exe().unwrap());
    writer.args(["kills::a_writer_that_is_killed", "--exact", "--nocapture"]);
    writer.env(PATH, path).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut writer = writer.spawn().unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let mut numbers = lines.map_while(Result::ok).filter_map(|line| {
        line.split_once("committed ").and_then(|(_, number)| number.parse::<usize>().ok())
    });
    let first = if from_first_commit { numbers.next() } else { None };
    std::thread::sleep(wait);
    // SIGKILL, where there are signals.
    writer.kill().unwrap();
    let last = numbers.last().or(first);
    writer.wait().unwrap();
    last.map_or(0, |last| last + 1)
}

#[test]
fn no_kill_loses_an_acknowledged_commit() {
    let kills = std::env::var("CLAIMGRAPH_KILLS").ok().and_then(|kills| kills.parse().ok());
    let kills = kills.unwrap_or(50);
    let folder = tempfile::tempdir().unwrap();
    let (mut chances, mut acknowledged, mut all, mut store_number) = (Chances::new(5), 0, 0, 0);
    let mut path = folder.path().join("0.cg");
    for number in 0..kills {
        let wait = Duration::from_micros(chances.below(60_000) as u64);
        acknowledged = killed_after(&path, wait, number % 2 == 0).max(acknowledged);
        let claims = match Store::open(&path) {
            Ok(store) => {
                let graph = store.reader();
                if !graph.is_empty() {
                    assert!(graph.to_jsonl() == numbered(graph.len()).to_jsonl());
                }
                graph.len()
            }
            // It was killed before there was a file.
            Err(StoreError::NotFound(_)) => 0,
            Err(error) => panic!("with {acknowledged} commits acknowledged: {error}"),
        };
        assert!((acknowledged..=acknowledged + 1).contains(&claims), "{claims} of {acknowledged}");
        acknowledged = claims;
        if claims > 300 {
            all += claims;
            store_number += 1;
            acknowledged = 0;
            path = folder.path().join(format!("{store_number}.cg"));
        }
    }
    println!("{kills} kills, {} commits acknowledged, none lost", all + acknowledged);
    assert!(all + acknowledged >= kills / 2);
}
