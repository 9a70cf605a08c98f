//! States that vote with each other in the General Assembly, how that changes from decade to decade, and blocs.
//!
//! ```text
//! cargo run --release -p claimgraph-analysis --example blocs -- [FOLDER] [--least N] [--pair NAME NAME]
//! ```
//!
//! The folder holds `votes.tsv[.gz]` (rcid, country, country_code, vote) and `roll_calls.tsv[.gz]` (rcid, ...,
//! date), as in `unvotes`. Without FOLDER, it takes `unvotes` in the folder that `CLAIMGRAPH_DATA` names. Without
//! that too, it runs on a small made-up assembly and checks its own answers.

use claimgraph::{
    ClaimGraph, EntityId, date, reporting,
    vocabulary::{KindDef, RelationDef, Slot},
};
use claimgraph_analysis::{Side, StanceMatrix, stance_matrix};
use claimgraph_formats::tables::{Mapping, Reader};
use flate2::read::MultiGzDecoder;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A vote for a resolution asserts that it should be adopted, a vote against denies it, and an abstention leaves it
/// open.
const MAPPING: &str = r#"{
    "speaker": {"text": {"column": "country"}, "kind": "State"},
    "subject": {"text": {"column": "rcid"}, "kind": "Resolution", "key-prefix": "roll-call:"},
    "relation": {"text": {"constant": "should-be-adopted-by"}},
    "object": {"entity": {"text": {"constant": "General Assembly"}, "kind": "Organization"}},
    "stance": {"column": "vote", "lookup": {"yes": "asserts", "no": "denies", "abstain": "doubts"}},
    "reported": {"text": {"column": "rcid"}}
}"#;

/// Two blocs of three states, and one state between them that moves from one to the other; 40 roll calls over two
/// decades.
fn sample() -> (String, String) {
    let (mut votes, mut calls) =
        ("rcid\tcountry\tcountry_code\tvote\n".to_owned(), "rcid\tdate\n".to_owned());
    for call in 0..40 {
        let year = if call < 20 { 1955 } else { 1965 };
        let _ = writeln!(calls, "{call}\t{year}-03-{:02}", 1 + call % 20);
        let (east, west) = if call % 2 == 0 { ("yes", "no") } else { ("no", "yes") };
        for (country, vote) in [
            ("Ardenia", west),
            ("Borduria", east),
            ("Costaguana", if call % 5 == 0 { "abstain" } else { west }),
            ("Freedonia", west),
            ("Ruritania", east),
            ("Syldavia", if call % 7 == 0 { "abstain" } else { east }),
            ("Zubrowka", if call < 20 { west } else { east }),
        ] {
            let _ = writeln!(votes, "{call}\t{country}\t\t{vote}");
        }
    }
    (votes, calls)
}

fn open(folder: &Path, name: &str) -> Result<Box<dyn BufRead>, String> {
    let plain = folder.join(name);
    let zipped = folder.join(format!("{name}.gz"));
    let path = if plain.exists() { plain } else { zipped };
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(match path.extension().is_some_and(|extension| extension == "gz") {
        true => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        false => Box::new(BufReader::new(file)),
    })
}

/// The day of each roll call, by its number.
fn days(calls: impl BufRead) -> Result<serde_json::Map<String, serde_json::Value>, Box<dyn Error>> {
    let mut lines = calls.lines();
    let header = lines.next().ok_or("the table of roll calls is empty")??;
    let column = |name: &str| {
        header
            .split('\t')
            .position(|cell| cell == name)
            .ok_or_else(|| format!("roll calls have no column {name}"))
    };
    let (number, day) = (column("rcid")?, column("date")?);
    let mut days = serde_json::Map::new();
    for line in lines {
        let line = line?;
        let cell = |place: usize| line.split('\t').nth(place).unwrap_or_default().to_owned();
        days.insert(cell(number), cell(day).into());
    }
    Ok(days)
}

/// Votes as claims, each on the day of its roll call.
fn load(votes: impl Read, calls: impl BufRead) -> Result<ClaimGraph, Box<dyn Error>> {
    let mut mapping: serde_json::Value = serde_json::from_str(MAPPING)?;
    mapping["reported"]["text"]["lookup"] = days(calls)?.into();
    let mapping: Mapping = serde_json::from_value(mapping)?;

    let mut vocabulary = reporting::vocabulary();
    vocabulary.add_kind(KindDef::new("Resolution", ["Thing"]))?;
    let (resolution, assembly) =
        (Slot::Kind("Resolution".into()), Slot::Kind("Organization".into()));
    vocabulary.add_relation(RelationDef::new("should-be-adopted-by", resolution, assembly))?;
    let reader = Reader::new(mapping).onto(ClaimGraph::with(&vocabulary)?);
    Ok(reader.read(BufReader::new(votes))?.graph)
}

fn state(graph: &ClaimGraph, name: &str) -> Result<EntityId, String> {
    graph
        .lookup_untyped(name, Some("State"))
        .one()
        .ok_or_else(|| format!("no state is called {name}"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut folder, mut least, mut pair): (
        Option<PathBuf>,
        Option<usize>,
        Option<(String, String)>,
    ) = (None, None, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--least" => least = Some(value()?.parse()?),
            "--pair" => pair = Some((value()?, value()?)),
            option if option.starts_with('-') => {
                return Err(format!("unknown option {option}").into());
            }
            path => folder = Some(path.into()),
        }
    }
    let folder = folder.or_else(|| {
        std::env::var_os("CLAIMGRAPH_DATA").map(|data| Path::new(&data).join("unvotes"))
    });
    let graph = match &folder {
        Some(folder) => load(open(folder, "votes.tsv")?, open(folder, "roll_calls.tsv")?)?,
        None => {
            println!("No folder given and CLAIMGRAPH_DATA not set: a small assembly of its own.");
            let (votes, calls) = sample();
            load(votes.as_bytes(), calls.as_bytes())?
        }
    };
    let (a, b) = match (pair, &folder) {
        (Some(pair), _) => pair,
        (None, Some(_)) => ("United States".to_owned(), "Russia".to_owned()),
        (None, None) => ("Ardenia".to_owned(), "Zubrowka".to_owned()),
    };
    let (a, b) = (state(&graph, &a)?, state(&graph, &b)?);

    let start = Instant::now();
    let matrix = stance_matrix(&graph.view());
    let built = start.elapsed();
    let least = least.unwrap_or(if folder.is_some() { 300 } else { 10 });
    let pairs = matrix.agreements(least);
    println!(
        "{} votes of {} states on {} issues: {} (matrix {built:.1?}, {} pairs {:.1?})",
        graph.len(),
        matrix.speakers().len(),
        matrix.issues().len(),
        matrix.totals(),
        pairs.len(),
        start.elapsed() - built,
    );
    assert_eq!(
        matrix.totals().total(),
        matrix.stance_count(),
        "everybody votes once on each issue"
    );

    let whole = matrix.agreement(a, b);
    println!("\n{whole}");
    let decades = matrix.agreement_by_years(a, b, 10.try_into()?);
    for (days, agreement) in &decades {
        println!("  {}s {agreement}", days.start().year());
    }
    // Each issue was voted on once, so the decades add up.
    let sums =
        decades.iter().fold((0, 0), |(both, same), (_, d)| (both + d.both(), same + d.same()));
    assert_eq!(sums, (whole.both(), whole.same()));
    assert_eq!(matrix.compare(a, b).len(), whole.both(), "one comparison for each issue");

    let mut closest = pairs.clone();
    closest.sort_by(|x, y| y.kappa().unwrap_or(0.0).total_cmp(&x.kappa().unwrap_or(0.0)));
    println!("\nMost and least agreement beyond chance, of those with {least} common votes:");
    for agreement in closest.iter().take(3).chain(closest.iter().rev().take(3)) {
        println!("  {:+.2} {agreement}", agreement.kappa().unwrap_or(0.0));
    }

    for days in matrix.stretches(10.try_into()?) {
        let decade = matrix.within(days.clone());
        let blocs = decade.blocs(least / 5, 1.0)?;
        println!("\n{}s: modularity {:.3}", days.start().year(), blocs.modularity().unwrap_or(0.0));
        print!("{blocs}");
    }

    match folder {
        None => own_answers(&graph, &matrix),
        Some(_) if whole.both() == 3_665 && graph.len() == 449_475 => {
            assert_eq!((whole.same(), whole.opposite()), (662, 1_880));
            Ok(())
        }
        Some(_) => Ok(()),
    }
}

/// Checks the answers for the sample assembly.
fn own_answers(graph: &ClaimGraph, matrix: &StanceMatrix<'_>) -> Result<(), Box<dyn Error>> {
    let of = |name| state(graph, name);
    let (ardenia, ruritania, zubrowka) = (of("Ardenia")?, of("Ruritania")?, of("Zubrowka")?);
    let decades = matrix.agreement_by_years(ardenia, zubrowka, 10.try_into()?);
    let counted: Vec<(usize, usize, usize)> =
        decades.iter().map(|(_, d)| (d.both(), d.same(), d.opposite())).collect();
    assert_eq!(counted, [(20, 20, 0), (20, 0, 20)], "Zubrowka changes blocs");
    let (fifties, sixties) = (
        matrix.within(date(1950, 1, 1)..=date(1959, 12, 31)).blocs(10, 1.0)?,
        matrix.within(date(1960, 1, 1)..=date(1969, 12, 31)).blocs(10, 1.0)?,
    );
    assert_eq!((fifties.count(), sixties.count()), (2, 2));
    assert!(
        fifties.same_community(zubrowka, ardenia) && !fifties.same_community(zubrowka, ruritania)
    );
    assert!(
        sixties.same_community(zubrowka, ruritania) && !sixties.same_community(zubrowka, ardenia)
    );
    let syldavia = matrix.agreement(ruritania, of("Syldavia")?);
    assert_eq!((syldavia.both(), syldavia.same(), syldavia.opposite()), (40, 34, 0));
    assert_eq!(
        syldavia.count(Side::For, Side::Neutral) + syldavia.count(Side::Against, Side::Neutral),
        6
    );
    // An agreement rests on two votes for each issue.
    assert_eq!(matrix.compare(ardenia, zubrowka).proof().claims().len(), 80);
    println!("\nAll as expected.");
    Ok(())
}
