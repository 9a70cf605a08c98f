//! A watch list: threats with their conditions, demands and forecasts with their deadlines, the effects of later
//! claims on them, and how each speaker's forecasts turned out.

#[path = "report/mod.rs"]
mod report;

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, Quantity, date,
    questions::{Effect, WatchState},
};

fn main() -> Result<(), claimgraph::Error> {
    let mut r = report::build()?;
    let day_of_report = r.graph.view().watch();
    println!("ON {}\n{day_of_report}", day_of_report.on());
    assert!(day_of_report.iter().all(|item| item.state() == WatchState::Open));
    let due = r.numbers(day_of_report.due(date(2024, 12, 31)).claims());
    assert_eq!(
        due,
        [5, 10],
        "thousands more by the year's end, and the deployment complete by December"
    );
    let by_december = day_of_report.item(r.k(10)).expect("a forecast");
    assert_eq!(
        by_december.is_due(date(2024, 12, 1)),
        Answer::Unknown,
        "by December: before it, or in it"
    );

    // Later claims.
    let november = r.graph.add_document("wire-2024-11-20", date(2024, 11, 20))?;
    let january = r.graph.add_document("wire-2025-01-10", date(2025, 1, 10))?;
    let completed = Claim::by(r.nis).asserts(r.deployment, IS_COMPLETED, ()).valid("2024-11-18");
    let completed = r.graph.insert(completed.read_in(november, ..))?;
    let closer = Claim::by(r.presidential_office)
        .asserts(r.russia, COOPERATES_WITH, r.north_korea)
        .with(TREND, "intensifies")
        .valid("2024-11-15");
    r.graph.insert(closer.read_in(november, ..))?;
    let more = Claim::by(r.officials)
        .asserts(r.north_korea, DEPLOYS_TO, r.russia)
        .quantity(Quantity::stated(1_500, "soldiers"))
        .valid("2024-12-20");
    r.graph.insert(more.read_in(january, ..))?;
    let stays = Claim::by(r.nk_authorities).denies(r.nk_forces, WITHDRAWS_FROM, r.russia);
    r.graph.insert(stays.read_in(january, ..))?;

    let watch = r.graph.view().as_of(date(2025, 1, 10)).watch();
    println!("ON {}\n{watch}", watch.on());
    let state = |number: usize| watch.item(r.k(number)).map(|item| (item.state(), item.certain()));
    // Completed before the strict deadline.
    assert_eq!(state(10), Some((WatchState::Met, Answer::Yes)));
    let item = watch.item(r.k(10)).expect("a forecast");
    let meets: Vec<_> =
        item.developments().iter().filter(|d| d.effect() == Some(Effect::Meets)).collect();
    assert_eq!(
        meets.iter().map(|d| (d.claim().id(), d.certain())).collect::<Vec<_>>(),
        [(completed, Answer::Yes)]
    );
    // 1,500 are not "thousands more".
    assert_eq!(state(5), Some((WatchState::Overdue, Answer::Yes)));
    // The demand has no deadline, so a denial only possibly breaks it.
    assert_eq!(state(41), Some((WatchState::Broken, Answer::Unknown)));
    // The condition of the threat is met. No claim says that the threat was carried out.
    assert_eq!(r.numbers(watch.triggered().claims()), [43]);
    assert_eq!(state(43), Some((WatchState::Open, Answer::Yes)));

    let records = watch.track_records();
    println!("TRACK RECORDS\n{records}");
    let nis = records
        .iter()
        .find(|record| record.speaker() == Some(r.nis.id()))
        .expect("the service forecasts");
    assert_eq!((nis.came_true().count(), nis.open().count()), (1, 1));
    println!("WHAT THE FIRST RESTS ON\n{}", records.proof());
    Ok(())
}
