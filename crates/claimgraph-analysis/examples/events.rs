//! A year of events between actors: who did what to whom, month by month, and by which chain of interactions.
//!
//! ```text
//! cargo run --release -p claimgraph-analysis --example events -- [FILE.tsv[.gz]] [--mapping FILE.json]
//!     [--subject NAME] [--object NAME] [--roll-up NAME] [--from NAME] [--to NAME] [--as-of DAY]
//! ```
//!
//! The table has the columns subject, relation, object and date, as ICEWS14 in its text form. Another table needs a
//! mapping, as the guide to tables of claimgraph-formats describes it. Without a file the example runs on a made-up
//! sample and checks its own answers.

use claimgraph::{ClaimGraph, Date, EntityId, Finding, View, format::ReadReport};
use claimgraph_analysis::{claims_with_object_or_part, claims_with_subject_or_part};
use claimgraph_formats::tables::{Mapping, Reader, affiliate_by_name, parenthesised_parent};
use petgraph::algo::astar;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::time::Instant;

const MAPPING: &str = include_str!("mappings/events.json");

const SAMPLE: &str = "\
subject\trelation\tobject\tdate
North_Korea\tThreaten\tSouth_Korea\t2014-01-05
North_Korea\tPraise\tSouth_Korea\t2014-01-20
Military_(North_Korea)\tfight_with_artillery\tSouth_Korea\t2014-03-31
Military_(North_Korea)\tfight_with_artillery\tSouth_Korea\t2014-04-01
North_Korea\tHost_a_visit\tMinistry_(Ruritania)\t2014-03-10
Ministry_(Ruritania)\tMake_a_visit\tBorduria\t2014-03-12
Borduria\tDemand\tSouth_Korea\t2014-03-15
Borduria\tDemand\tSouth_Korea\t2014-03-16
Borduria\tDemand_meeting\tParliament_(Ruritania)\t2014-05-02
Parliament_(Ruritania)\tReject\tBorduria\t2014-05-03
";

struct Options {
    file: Option<PathBuf>,
    mapping: Option<PathBuf>,
    subject: String,
    object: String,
    whole: String,
    from: String,
    to: String,
    as_of: Option<Date>,
}

fn options() -> Result<Options, String> {
    let [subject, object, whole] = ["North Korea", "South Korea", "Russia"].map(str::to_owned);
    let (from, to) = (subject.clone(), object.clone());
    let mut options =
        Options { file: None, mapping: None, subject, object, whole, from, to, as_of: None };
    let mut words = std::env::args().skip(1);
    let (mut rolled_up, mut chained) = (false, false);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--mapping" => options.mapping = Some(value()?.into()),
            "--subject" => options.subject = value()?,
            "--object" => options.object = value()?,
            "--roll-up" => (options.whole, rolled_up) = (value()?, true),
            "--from" => (options.from, chained) = (value()?, true),
            "--to" => (options.to, chained) = (value()?, true),
            "--as-of" => {
                let day = value()?;
                let wrong =
                    |error| format!("--as-of {day}: {error}; expected a day such as 2014-06-30");
                options.as_of = Some(day.parse().map_err(wrong)?);
            }
            option if option.starts_with('-') => return Err(format!("unknown option {option}")),
            file if options.file.is_none() => options.file = Some(file.into()),
            other => return Err(format!("one file at a time; {other} is the second")),
        }
    }
    if options.file.is_none() {
        options.whole = if rolled_up { options.whole } else { "Ruritania".to_owned() };
        options.to = if chained { options.to } else { "Borduria".to_owned() };
    }
    Ok(options)
}

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("events: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let started = Instant::now();
    let mut report = load(&options)?;
    let mut graph = std::mem::take(&mut report.graph);
    let seconds = started.elapsed().as_secs_f64();
    println!("{report}; {} entities, in {seconds:.2} s", graph.entity_count());
    let made = affiliate(&mut graph)?;
    println!("{made} organs and groups are parts of the actor in their parentheses (inferred)\n");

    let as_of = options.as_of.or_else(|| graph.claims().map(|claim| claim.reported()).max());
    let view = as_of.map_or_else(|| graph.view(), |day| graph.view().as_of(day));
    let named = |name: &String| actor(&graph, name);
    let (subject, object, whole) =
        (named(&options.subject)?, named(&options.object)?, named(&options.whole)?);
    let (from, to) = (named(&options.from)?, named(&options.to)?);
    let months = month_by_month(&view, subject, object);
    let demands = demands(&view);
    let parts = roll_up(&view, whole);
    let chain = chain(&view, from, to, as_of);
    let central = most_central(&view);

    if options.file.is_none() && std::env::args().len() == 1 {
        assert_eq!(
            months,
            [("2014-01".to_owned(), 2), ("2014-03".to_owned(), 1), ("2014-04".to_owned(), 1)]
        );
        assert_eq!(
            demands.first().map(|(what, count)| (what.as_str(), *count)),
            Some(("Borduria: Demand: South Korea", 2))
        );
        assert_eq!(
            parts,
            [("Ministry (Ruritania)".to_owned(), 1), ("Parliament (Ruritania)".to_owned(), 1)]
        );
        assert_eq!(chain, ["North Korea", "Ministry (Ruritania)", "Borduria"]);
        assert_eq!(central.first().map(|(name, _)| name.as_str()), Some("South Korea"));
    }
    Ok(())
}

fn load(options: &Options) -> Result<ReadReport, Box<dyn Error>> {
    let named =
        |path: &PathBuf, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mapping: Mapping = match &options.mapping {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| named(path, &error))?;
            serde_json::from_str(&text).map_err(|error| named(path, &error))?
        }
        None => serde_json::from_str(MAPPING)?,
    };
    let reader = Reader::new(mapping);
    let loaded = match &options.file {
        Some(path) => {
            let file = File::open(path).map_err(|error| named(path, &error))?;
            reader.read(BufReader::new(file))
        }
        None => reader.read(SAMPLE.as_bytes()),
    };
    loaded.map_err(|error| format!("nothing was loaded: {error}").into())
}

/// Affiliates parts by their names. If an actor occurs only through its organs, it is added, so that they have a
/// whole.
fn affiliate(graph: &mut ClaimGraph) -> Result<usize, claimgraph::Error> {
    let first = affiliate_by_name(graph, parenthesised_parent);
    for (_, name) in first.unknown() {
        graph.add_untyped("Actor", name.as_str())?;
    }
    Ok(first.made().len() + affiliate_by_name(graph, parenthesised_parent).made().len())
}

fn actor(graph: &ClaimGraph, name: &str) -> Result<EntityId, String> {
    graph
        .lookup_untyped(name, Some("Actor"))
        .one()
        .ok_or_else(|| format!("no one actor is called \"{name}\""))
}

/// Shows what the subject and its parts did to the object and its parts, by month and by relation.
fn month_by_month(view: &View<'_>, subject: EntityId, object: EntityId) -> Vec<(String, usize)> {
    let graph = view.graph();
    println!("WHAT {} DID TO {}, MONTH BY MONTH", upper(graph, subject), upper(graph, object));
    let on: std::collections::BTreeSet<_> =
        claims_with_object_or_part(view, object).claims().into_iter().collect();
    let mut months: BTreeMap<String, (usize, usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for event in claims_with_subject_or_part(view, subject)
        .iter()
        .filter(|event| on.contains(&event.claim().id()))
    {
        let claim = event.claim();
        let day =
            claim.valid().and_then(|period| period.start_earliest()).unwrap_or(claim.reported());
        let (count, through, kinds) =
            months.entry(format!("{:04}-{:02}", day.year(), day.month())).or_default();
        *count += 1;
        *through += usize::from(!event.is_direct());
        *kinds
            .entry(claim.statement().map_or("", |statement| &statement.relation().key))
            .or_default() += 1;
    }
    for (month, (count, through, kinds)) in &months {
        let often = top(kinds.iter().map(|(kind, count)| (*kind, *count)), 3);
        let often: Vec<String> =
            often.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        println!("  {month}  {count:4}, {through} of them by its parts: {}", often.join("; "));
    }
    println!();
    months.into_iter().map(|(month, (count, ..))| (month, count)).collect()
}

/// Demands by speaker and addressee, the most frequent first.
fn demands(view: &View<'_>) -> Vec<(String, usize)> {
    println!("WHO DEMANDED WHAT OF WHOM");
    let graph = view.graph();
    let mut demands: BTreeMap<(EntityId, &str, EntityId), usize> = BTreeMap::new();
    for claim in view.claims() {
        let Some(statement) = claim.statement().filter(|s| s.relation().key.starts_with("Demand"))
        else {
            continue;
        };
        if let (Some(subject), Some(object)) =
            (statement.subject().entity(), statement.object().entity())
        {
            *demands.entry((subject, &statement.relation().key, object)).or_default() += 1;
        }
    }
    let named = demands.into_iter().map(|((subject, what, object), count)| {
        (format!("{}: {what}: {}", graph.name_of(subject), graph.name_of(object)), count)
    });
    let most = top(named, 10);
    most.iter().for_each(|(what, count)| println!("  {count:4}  {what}"));
    println!();
    most
}

/// Shows what a state did by its organs: the claims about it and its parts, and which part each claim is about.
fn roll_up(view: &View<'_>, whole: EntityId) -> Vec<(String, usize)> {
    let graph = view.graph();
    let events = claims_with_subject_or_part(view, whole);
    let direct = events.iter().filter(|event| event.is_direct()).count();
    println!(
        "WHAT {} DID, BY ITSELF AND BY ITS PARTS: {} events, {direct} by itself",
        upper(graph, whole),
        events.len()
    );
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for event in events.iter().filter(|event| !event.is_direct()) {
        *parts.entry(graph.name_of(event.part())).or_default() += 1;
    }
    let most = top(parts.into_iter().map(|(name, count)| (name.to_owned(), count)), 10);
    most.iter().for_each(|(name, count)| println!("  {count:4}  {name}"));
    if let Some(last) = events.iter().rfind(|event| !event.is_direct()) {
        println!("  the last of them: {last}");
        let path: Vec<String> = last
            .path()
            .iter()
            .filter_map(|id| graph.affiliation(*id))
            .map(|a| {
                format!("{} is {} {}", graph.name_of(a.part()), a.kind(), graph.name_of(a.whole()))
            })
            .collect();
        println!("  it counts because {}", path.join(", and "));
        assert!(!last.claims().is_empty());
    }
    println!();
    most
}

/// The shortest chain of interactions from one actor to another, by what was known on that day.
fn chain(view: &View<'_>, from: EntityId, to: EntityId, as_of: Option<Date>) -> Vec<String> {
    let graph = view.graph();
    let day = as_of.map(|day| format!(", AS OF {day}")).unwrap_or_default();
    println!("THE SHORTEST CHAIN FROM {} TO {}{day}", upper(graph, from), upper(graph, to));
    let found = astar(view, from, |at| at == to, |_| 1, |_| 0);
    let Some((_, path)) = found else {
        println!("  there is none\n");
        return Vec::new();
    };
    for pair in path.windows(2) {
        let between =
            view.claims_with_subject(pair[0]).find(|claim| claim.object_entity() == Some(pair[1]));
        // A symmetric or inverse relation may have been said from the other side.
        let between = between.or_else(|| {
            view.claims_with_subject(pair[1]).find(|claim| claim.object_entity() == Some(pair[0]))
        });
        match between {
            Some(claim) => println!("  {claim}"),
            None => println!("  {} > {}", graph.name_of(pair[0]), graph.name_of(pair[1])),
        }
    }
    println!();
    path.into_iter().map(|entity| graph.name_of(entity).to_owned()).collect()
}

/// The most central actors.
fn most_central(view: &View<'_>) -> Vec<(String, usize)> {
    println!("THE MOST CENTRAL ACTORS");
    let graph = view.graph();
    let named = centrality(view)
        .into_iter()
        .map(|(entity, score)| (graph.name_of(entity).to_owned(), score));
    let most = top(named, 10);
    most.iter().for_each(|(name, score)| println!("  {score:5}  {name}"));
    most
}

/// How central each actor is: the number of claims that join it to another, from either side. For another measure,
/// such as `claimgraph_analysis::page_rank`, change this function only.
fn centrality(view: &View<'_>) -> Vec<(EntityId, usize)> {
    let mut degrees: BTreeMap<EntityId, usize> = BTreeMap::new();
    for claim in view.claims().filter(|claim| claim.stance().joins()) {
        for end in [claim.subject_entity(), claim.object_entity()].into_iter().flatten() {
            *degrees.entry(end).or_default() += 1;
        }
    }
    degrees.into_iter().collect()
}

/// The largest counts first; equal counts by name.
fn top<T: Ord>(counted: impl Iterator<Item = (T, usize)>, most: usize) -> Vec<(T, usize)> {
    let mut all: Vec<(T, usize)> = counted.collect();
    all.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    all.truncate(most);
    all
}

fn upper(graph: &ClaimGraph, entity: EntityId) -> String {
    graph.name_of(entity).to_uppercase()
}
