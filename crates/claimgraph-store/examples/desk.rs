//! A small desk: keeps claims in a store, takes more of them from files, and says what changed since yesterday.
//!
//! ```sh
//! cargo run --release -p claimgraph-store --example desk -- desk.cg MONDAY.jsonl TUESDAY.jsonl
//! ```
//!
//! Each file is one commit. If the program is killed, run it again: a file that was taken is not taken twice, and one
//! that was not is taken now. Without arguments it works on a temporary store and a few made-up claims.

use claimgraph::{Claim, ClaimGraph, Date, date, reporting::*};
use claimgraph_store::{Progress, Store, StoreError};
use indicatif::{ProgressBar, ProgressStyle};
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// How many commits there may be since the last fold. More take too long to open.
const MOST_COMMITS: u64 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => made_up(),
        [store, files @ ..] => run(Path::new(store), files, &mut std::io::stdout()),
    }
}

/// Opens or makes the store, takes the files, and prints what changed.
pub fn run(path: &Path, files: &[String], out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let opened = with_bar(|watch| Store::open_watched(path, watch));
    let store = match opened {
        Err(StoreError::NotFound(_)) => Store::create(path)?,
        opened => opened?,
    };
    writeln!(out, "{}: {} claims", path.display(), store.reader().len())?;
    for file in files {
        let read = ClaimGraph::read_jsonl(BufReader::new(File::open(file)?))
            .map_err(|error| format!("{file}: {error}"))?;
        let before = store.reader().len();
        store.commit(|graph| graph.merge(&read))?;
        writeln!(out, "took {file}: {} new claims", store.reader().len() - before)?;
    }
    if store.commits_since_fold() > MOST_COMMITS {
        with_bar(|watch| store.fold_watched(watch))?;
    }
    report(&store.reader(), out)?;
    store.close()?;
    Ok(())
}

/// Prints what changed between the last day on record and the day before.
fn report(graph: &ClaimGraph, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let Some(today) = graph.claims().map(|claim| claim.reported()).max() else {
        writeln!(out, "no claims yet")?;
        return Ok(());
    };
    let yesterday: Date = today.yesterday()?;
    let change = graph.view().as_of(yesterday).change_to(&graph.view().as_of(today));
    writeln!(out, "\nSINCE {yesterday}\n{change}")?;
    Ok(())
}

/// Shows a bar while the work goes on, if it goes on for long.
fn with_bar<T>(
    work: impl FnOnce(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:40}] {pos} of {len}") {
        bar.set_style(style);
    }
    let done = work(&mut |progress: Progress| {
        bar.set_message(progress.step.to_string());
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    done
}

/// Runs twice on a temporary store, with claims of two days.
fn made_up() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut graph = ClaimGraph::new();
    let [harbour, mill] = ["harbour-board", "mill-owners"].map(|key| graph.add(Organization, key));
    let (harbour, mill) = (harbour?, mill?);
    let (town, paper) = (graph.add(City, "upper-mill")?, graph.add(Publisher, "valley-post")?);
    let opened = Claim::by(harbour).asserts(mill, PRESENT_IN, town).reported(date(2025, 3, 3));
    let opened = graph.insert(opened)?;
    let file = |name: &str| folder.path().join(name).display().to_string();
    let days = [file("monday.jsonl"), file("tuesday.jsonl")];
    graph.write_jsonl(File::create(&days[0])?)?;
    graph.insert(Claim::by(mill).denies(mill, PRESENT_IN, town).reported(date(2025, 3, 4)))?;
    graph.insert(Claim::by(paper).confirms([opened]).reported(date(2025, 3, 4)))?;
    graph.write_jsonl(File::create(&days[1])?)?;
    let store = folder.path().join("desk.cg");
    run(&store, &days[..1], &mut std::io::stdout())?;
    println!("\nTHE NEXT DAY\n");
    run(&store, &days, &mut std::io::stdout())
}
