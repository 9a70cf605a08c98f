//! Figures: three-valued answers, revisions, and derived figures.

mod report;

use claimgraph::reporting::*;
use claimgraph::{Answer, Error, Modality, Quantity, questions::Direction};

fn main() -> Result<(), Error> {
    let report = report::build()?;
    let graph = &report.graph;

    // "over 600,000": certainly at least half a million, possibly 650,000.
    let losses = graph.statement(report.russia, SUFFERS, "casualties").figures();
    for threshold in [500_000, 600_000, 650_000] {
        println!("at least {threshold}? {}", losses.at_least(threshold));
    }
    assert_eq!(losses.at_least(500_000), Answer::Yes);
    assert_eq!(losses.at_least(650_000), Answer::Unknown);

    // "approximately 10,000" has no tolerance of its own; a question may bring one.
    let committed = graph
        .statement(report.north_korea, COMMITS_TROOPS_TO, report.russia)
        .modality(Modality::Committed)
        .figures();
    let about = committed
        .first()
        .map(|figure| figure.quantity().clone())
        .unwrap_or(Quantity::vague("some", "troops"));
    println!(
        "{about}: at least 9,000? {}; within ten per cent? {}",
        about.at_least(9_000),
        about.within_percent(10).at_least(9_000)
    );
    assert_eq!(about.at_least(9_000), Answer::Unknown);
    assert_eq!(about.within_percent(10).at_least(9_000), Answer::Yes);

    // "doubling previous estimates": the old figure is derived, and is marked as derived.
    for revision in &graph.view().revisions() {
        println!("{revision}");
        assert_eq!(revision.direction(), Direction::Up);
    }
    for figure in &graph.view().derived_figures() {
        println!("{figure}");
    }
    let derived: Vec<String> = graph
        .view()
        .derived_figures()
        .iter()
        .map(|figure| figure.derivation().quantity().to_string())
        .collect();
    assert!(derived.contains(&"about 5,000 troops".to_owned()));
    assert!(derived.contains(&"about 7,000 soldiers".to_owned()));
    Ok(())
}
