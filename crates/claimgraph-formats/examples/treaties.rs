//! Sources that disagree on a date although none denies what another says.
//!
//! ```text
//! cargo run --release -p claimgraph-formats --example treaties -- [FOLDER]
//! ```
//!
//! FOLDER holds `agreements_to_1989.tsv.gz`: treaties as eight data sets list them. Without FOLDER the example runs on a
//! made-up sample and checks its own answers.

use claimgraph::{Finding, questions::ContestKind};
use claimgraph_formats::tables::{Mapping, Reader};
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

const MAPPING: &str = include_str!("mappings/treaties.json");

const SAMPLE: &str = "\
dataset\ttreatyID\tSignature
Red list\tRiver treaty\t1925-02-24
Blue list\tRiver treaty\t1925-02-25
Green list\tRiver treaty\t1925
Red list\tLake treaty\t1931-05-01
Blue list\tLake treaty\t1931-05
Red list\tSea treaty\t1950-01-01
Blue list\tSea treaty\t1950-01-01?
Red list\tHill treaty\t1960-01-01
Blue list\tHill treaty\t1960-01-01
Green list\tHill treaty\t
";

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("treaties: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args_os().skip(1);
    let folder = words.next().map(PathBuf::from);
    if let Some(more) = words.next() {
        return Err(format!("one folder at a time; {} is the second", more.display()).into());
    }
    let mapping: Mapping = serde_json::from_str(MAPPING)?;
    let reader = Reader::new(mapping);
    let loaded = match &folder {
        Some(folder) => {
            let path = folder.join("agreements_to_1989.tsv.gz");
            let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            reader.read(BufReader::new(file))
        }
        None => reader.read(SAMPLE.as_bytes()),
    };
    let report = loaded.map_err(|error| format!("nothing was loaded: {error}"))?;
    println!("{report}");
    let graph = report.graph;

    let signed = graph.relation("was-signed")?;
    let conflicts = graph.view().date_conflicts(signed);
    let of = |reason| {
        conflicts.iter().filter(|c| c.pairs().first().is_some_and(|d| d.kind() == reason)).count()
    };
    println!("{} claims are contested: nobody denies anything", graph.contested().len());
    println!("{} treaties on whose signature the lists do not agree:", conflicts.len());
    println!("  {:4}  cannot both be: no day in common", of(ContestKind::TimesApart));
    println!("  {:4}  can both be: one is less precise", of(ContestKind::OtherPrecision));
    println!("  {:4}  the same day, one less sure of it\n", of(ContestKind::OtherCertainty));
    for conflict in conflicts.irreconcilable().take(5) {
        println!("{conflict}");
    }

    if folder.is_none() {
        assert!(graph.contested().is_empty());
        assert_eq!(conflicts.len(), 3);
        assert_eq!(
            [ContestKind::TimesApart, ContestKind::OtherPrecision, ContestKind::OtherCertainty]
                .map(of),
            [1, 1, 1]
        );
        let river = conflicts.irreconcilable().next().ok_or("the river treaty is in conflict")?;
        assert_eq!(
            river.to_string().lines().nth(1),
            Some(
                "  Red list says on 1925-02-24, Blue list says on 1925-02-25: it happened once, and the two have no day in common"
            )
        );
        assert_eq!(river.claims().len(), 3);
    }
    Ok(())
}
