//! The changes between two days, the claims that lose their support without a source, and both as JSON.

#[path = "report/mod.rs"]
mod report;

use claimgraph::reporting::*;
use claimgraph::{Answer, Claim, Quantity, Stance, date, questions::Direction};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The report of 24 October, and a wire of 2 November.
    let mut r = report::build()?;
    let wire = r.graph.add_document("wire-2024-11-02", date(2024, 11, 2))?;
    let more =
        Claim::by(r.officials).revises(r.claims[1]).quantity(Quantity::stated(12_000, "soldiers"));
    r.graph.insert(more.read_in(wire, ..))?;
    r.graph.insert(
        Claim::by(r.us_intelligence).asserts(r.north_korea, DEPLOYS_TO, r.russia).read_in(wire, ..),
    )?;
    r.graph.insert(
        Claim::by(r.north_korea).denies(r.nk_forces, PRESENT_IN, r.russia).read_in(wire, ..),
    )?;
    r.graph.insert(Claim::by(r.austin).retracts(r.claims[17]).read_in(wire, ..))?;
    r.graph.insert(Claim::by(r.russia).acknowledges(r.claims[1]).read_in(wire, ..))?;

    let (before, after) =
        (r.graph.view().as_of(report::REPORTED), r.graph.view().as_of(date(2024, 11, 2)));
    let change = before
        .change_to(&after)
        .asking("Are North Korean troops in Russia?", |view| {
            view.statement(r.north_korea, PRESENT_IN, r.russia)
        })
        .asking("How many were sent?", |view| view.statement(r.north_korea, DEPLOYS_TO, r.russia))
        .asking("Is there a treaty?", |view| view.statement(r.russia, TREATY_WITH, r.north_korea));
    println!("FROM {} TO 2024-11-02\n{change}", report::REPORTED);

    assert_eq!((change.added().len(), change.removed().len()), (5, 1));
    let revisions = change.revisions();
    assert_eq!(
        revisions.first().map(|r| (r.direction(), r.factor())),
        Some((Direction::Up, Some(4.into())))
    );
    let corroborated = change.corroborated();
    let dispatch = corroborated
        .iter()
        .find(|shift| shift.claim().id() == r.k(2))
        .expect("two services say so");
    assert_eq!((*dispatch.before(), *dispatch.after()), (1, 2));
    let contested = change.contested();
    assert!(contested.iter().any(|shift| shift.claim().id() == r.k(42) && shift.is_new()));
    let positions = change.positions();
    let mut russia = positions.iter().filter(|shift| shift.speaker() == Some(r.russia.id()));
    let [dismisses, accepts] = [Stance::Dismisses, Stance::Acknowledges].map(|s| (s, Answer::Yes));
    assert!(
        russia
            .any(|shift| shift.before().iter().eq([&dismisses])
                && shift.after().iter().eq([&accepts]))
    );
    let answers = change.answers();
    assert_eq!(
        answers.iter().map(|a| a.question()).collect::<Vec<_>>(),
        ["Are North Korean troops in Russia?", "How many were sent?"]
    );

    // The claims known then and the change give the claims known now.
    assert_eq!(change.apply(before.claim_keys()), after.claim_keys());

    // Without South Korean intelligence.
    let without = r.graph.view().excluding_source(r.nis);
    let falls =
        r.graph.view().change_to(&without).asking("Are North Korean troops in Russia?", |view| {
            view.statement(r.north_korea, PRESENT_IN, r.russia)
        });
    let presence = &falls.answers()[0];
    println!("WITHOUT THE NIS {} claims fall\n{presence}\n", falls.removed().len());
    assert_eq!((falls.added().len(), presence.after().asserted), (0, Answer::Yes));
    assert!(presence.after().sources_at_most < presence.before().sources_at_most);

    // As JSON, for another program.
    let json = serde_json::to_string_pretty(&change)?;
    let again: claimgraph::change::ChangeRecord = serde_json::from_str(&json)?;
    assert_eq!((again.added.len(), again.removed.len(), again.revisions.len()), (5, 1, 1));
    println!("AS JSON {} bytes, of format {}", json.len(), again.format);
    Ok(())
}
