//! The whole report as a briefing that an editor could use: who says what, on whose word, who opposes it, and what is
//! only planned, threatened or speculated.
//!
//! ```text
//! cargo run --release -p claimgraph --example briefing -- [--out DIR] [--text FILE]
//! ```
//!
//! `--out DIR` also writes the graph as `DIR/report.jsonl`; `--text FILE` shows each quotation from the
//! article, and refuses any other text.

mod report;

use claimgraph::reporting::*;
use claimgraph::{
    Answer, ClaimGraph, ClaimRef, Modality, Quantity,
    questions::{WatchItem, WatchKind},
    sources::Facet,
};
use report::Report;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

#[derive(Default)]
struct Options {
    out: Option<PathBuf>,
    text: Option<PathBuf>,
}

fn options() -> Result<Options, String> {
    let mut options = Options::default();
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        let place = match word.to_str() {
            Some("--out") => &mut options.out,
            Some("--text") => &mut options.text,
            _ => {
                return Err(format!("unknown option {word:?}; expected --out DIR or --text FILE"));
            }
        };
        *place = Some(words.next().ok_or_else(|| format!("{word:?} needs a value"))?.into());
    }
    Ok(options)
}

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("briefing: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let mut report = report::build()?;
    if let Some(file) = &options.text {
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        report.graph.attach_text(report.article, text)?;
    }
    let mut page = Vec::new();
    write_briefing(&report, &mut page)?;
    std::io::stdout().write_all(&page)?;
    if let Some(dir) = &options.out {
        std::fs::create_dir_all(dir)?;
        let file = dir.join("report.jsonl");
        report.graph.write_jsonl(std::io::BufWriter::new(std::fs::File::create(&file)?))?;
        let read = ClaimGraph::read_jsonl(std::io::BufReader::new(std::fs::File::open(&file)?))?;
        assert_eq!(read.to_jsonl(), report.graph.to_jsonl(), "the written file reads back");
        println!("\nWritten to {}.", file.display());
    }
    Ok(())
}

/// The words of the text with their place, if the text is attached; otherwise the sentence of the claim.
fn passage(claim: ClaimRef<'_>) -> String {
    let place = claim.span().map(|span| format!(" [bytes {span}]")).unwrap_or_default();
    match claim.passage() {
        Some(words) => format!("\u{201c}{words}\u{201d}{place}"),
        None => format!("{claim}{place}"),
    }
}

fn write_briefing(r: &Report, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let graph = &r.graph;
    let article = graph.document(r.article)?;
    writeln!(
        out,
        "BRIEFING  on the report of {}",
        article.date().map(|d| d.to_string()).unwrap_or_default()
    )?;
    writeln!(
        out,
        "{} claims by {} speakers, {} entities\n",
        graph.len(),
        speakers(graph),
        graph.entity_count()
    )?;

    let presence = graph.statement(r.north_korea, PRESENT_IN, r.russia);
    writeln!(out, "ARE NORTH KOREAN TROOPS IN RUSSIA?")?;
    writeln!(out, "  {}", presence.independence())?;
    for backing in &presence.backing() {
        let evidence = if backing.adds_evidence() { "" } else { "; adds no evidence" };
        writeln!(out, "  + {backing}{evidence}")?;
    }
    for opposition in &presence.against() {
        writeln!(out, "  - {opposition}")?;
    }
    let denials = graph.view().stance(claimgraph::Stance::Denies).claims().count();
    writeln!(out, "  Denials of the fact itself: {denials}\n")?;
    assert_eq!((presence.independence().count(), denials), (2, 0));

    writeln!(out, "HOW MANY?")?;
    let sent = graph.statement(r.north_korea, DEPLOYS_TO, r.russia);
    let committed =
        graph.statement(r.north_korea, COMMITS_TROOPS_TO, r.russia).modality(Modality::Committed);
    for (what, inquiry) in [("sent", &sent), ("committed", &committed)] {
        for figure in &inquiry.figures() {
            let alone = inquiry.clone().quantity(figure.quantity().clone()).independence();
            writeln!(out, "  {what}: {figure}; {alone}")?;
        }
    }
    for planned in &sent.clone().modality(Modality::Planned).figures() {
        writeln!(out, "  planned besides: {planned}")?;
    }
    for revision in &graph.view().revisions() {
        writeln!(out, "  {revision}")?;
    }
    for figure in &graph.view().derived_figures() {
        writeln!(out, "  {figure}")?;
    }
    let parts = graph.view().corroboration(r.k(2))?;
    let figure = parts.facet(&Facet::Quantity).ok_or("the dispatch gives a figure")?;
    writeln!(out, "  who else gives the figure of the dispatch: {}\n", figure.speakers().len())?;
    assert!(figure.backing().is_empty(), "Austin confirms the presence, not the 3,000");

    writeln!(out, "CONTESTED")?;
    let contested = graph.contested();
    writeln!(
        out,
        "  {} claims, and {} more in a wider reading of \u{201c}these claims\u{201d}",
        contested.certain().count(),
        contested.possible().count()
    )?;
    if let Some(first) = contested.first() {
        writeln!(out, "  such as: {first}")?;
    }
    assert_eq!((contested.certain().count(), contested.possible().count()), (20, 4));

    writeln!(out, "\nRUSSIA AND NORTH KOREA")?;
    for dealing in
        &graph.view().begun_by(report::REPORTED).interactions_between(r.russia, r.north_korea)
    {
        writeln!(out, "  {}", graph.show(dealing.id())?)?;
    }

    writeln!(out, "\nDEMANDS, THREATS, FORECASTS")?;
    let watch = graph.view().watch();
    for kind in [WatchKind::Demand, WatchKind::Threat, WatchKind::Forecast] {
        watch.of_kind(kind).iter().try_for_each(|item| writeln!(out, "  {item}"))?;
    }
    let happened = |item: &WatchItem<'_>| Some(item.has_happened());
    let threats = watch.of_kind(WatchKind::Threat);
    assert!(threats.iter().all(|threat| happened(threat) == Some(Answer::No)));

    writeln!(out, "\nSPECULATION")?;
    for claim in graph.view().certainty(claimgraph::claim::Certainty::Possible).claims() {
        writeln!(out, "  {}", graph.show(claim.id())?)?;
    }

    writeln!(out, "\nTIMELINE")?;
    for moment in &graph.view().timeline() {
        writeln!(out, "  {}", moment.to_string().lines().next().unwrap_or_default())?;
        for event in moment.events() {
            writeln!(out, "    {}", graph.show(event.id())?)?;
        }
    }

    writeln!(out, "\nIN THEIR OWN WORDS")?;
    for quotation in &graph.view().quotations() {
        writeln!(out, "  {quotation}")?;
    }
    if article.text().is_some() {
        writeln!(out, "\nEVERY CLAIM IN THE WORDS OF THE TEXT")?;
        for (number, &claim) in r.claims.iter().enumerate() {
            writeln!(out, "  k{:02} {}", number + 1, passage(graph.claim(claim)?))?;
        }
    }

    writeln!(out, "\nWITHOUT SOUTH KOREAN INTELLIGENCE")?;
    let without = graph.view().excluding_source(r.nis);
    let left = without.statement(r.north_korea, PRESENT_IN, r.russia);
    writeln!(
        out,
        "  {} of {} claims are left; for the presence: {}",
        without.claims().count(),
        graph.len(),
        left.independence()
    )?;
    let figure = without
        .statement(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(3_000, "soldiers"));
    writeln!(out, "  for the 3,000: {}", figure.independence())?;

    writeln!(out, "\nPROOF OF THE FIRST ANSWER")?;
    write!(out, "{}", presence.backing().proof())?;
    Ok(())
}

fn speakers(graph: &ClaimGraph) -> usize {
    graph.claims().filter_map(ClaimRef::speaker).collect::<std::collections::HashSet<_>>().len()
}
