//! Demands, threats and forecasts, and the effects of later claims on them: on the report, and on a story of ferries.

use crate::report;
use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, ClaimRef, Entity, EntityId, Finding, Id, Modality, Period,
    Quantity, Stance, Statement, date,
    proof::Step,
    questions::{Effect, WatchKind, WatchState},
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn states(watch: &claimgraph::questions::Watch<'_>) -> Vec<(WatchKind, WatchState, Answer)> {
    watch.iter().map(|item| (item.kind(), item.state(), item.certain())).collect()
}

#[test]
fn on_the_day_of_the_report_everything_is_open() {
    let r = report::build().unwrap();
    let watch = r.graph.view().watch();
    assert_eq!(watch.on(), report::REPORTED);
    let of = |kind| {
        r.numbers(watch.iter().filter(|item| item.kind() == kind).map(|item| item.claim().id()))
    };
    assert_eq!(of(WatchKind::Demand), [41, 47]);
    assert_eq!(of(WatchKind::Threat), [43]);
    assert_eq!(of(WatchKind::Forecast), [5, 6, 10]);
    assert_eq!(of(WatchKind::Conditional), [34]);
    assert!(
        watch.iter().all(|item| (item.state(), item.certain()) == (WatchState::Open, Answer::Yes)),
        "{watch}"
    );
    // The dispatch of k02 was reported together with k05, which adds to it.
    let effects =
        watch.item(r.k(5)).unwrap().developments().iter().map(|d| d.effect()).collect::<Vec<_>>();
    assert_eq!(effects, [Some(Effect::BearsOn); 2], "the two dismissals");
    assert_eq!(r.numbers(watch.due(date(2024, 12, 31)).claims()), [5, 10]);
    assert_eq!(
        r.numbers(watch.due(date(2024, 12, 1)).claims()),
        [10],
        "by the strict reading of 'by December'"
    );
    assert_eq!(watch.due(date(2024, 11, 29)).len(), 0);
    assert!(r.graph.view().as_of(date(2024, 10, 23)).watch().is_empty());
}

#[test]
fn an_unreported_item_is_possibly_overdue_between_the_two_deadlines() {
    let r = report::build().unwrap();
    let on = |day| {
        let watch = r.graph.view().watch_on(day);
        let item = watch.item(r.k(10)).unwrap();
        (item.state(), item.certain(), item.came_true())
    };
    assert_eq!(on(date(2024, 11, 30)), (WatchState::Open, Answer::Yes, Answer::Unknown));
    assert_eq!(on(date(2024, 12, 1)), (WatchState::Overdue, Answer::Unknown, Answer::Unknown));
    assert_eq!(on(date(2025, 1, 1)), (WatchState::Overdue, Answer::Yes, Answer::Unknown));
}

#[test]
fn a_dismissal_bears_on_the_claim_it_dismisses() {
    let r = report::build().unwrap();
    let watch = r.graph.view().watch();
    let completion = watch.item(r.k(10)).unwrap();
    let bearing: Vec<_> =
        completion.developments().iter().map(|d| (d.effect(), d.certain())).collect();
    assert_eq!(
        bearing,
        [(Some(Effect::BearsOn), Answer::Yes); 2],
        "Russia and North Korea, in the same article"
    );
    assert_eq!(r.numbers(completion.developments().iter().map(|d| d.claim().id())), [35, 36]);
}

#[test]
fn later_claims_meet_and_break_with_proof() {
    let mut r = report::build().unwrap();
    let november = r.graph.add_document("wire-2024-11-20", date(2024, 11, 20)).unwrap();
    let in_time = Claim::by(r.park).asserts(r.deployment, IS_COMPLETED, ()).valid("2024-11-18");
    let in_time = r.graph.insert(in_time.read_in(november, ..)).unwrap();
    // A part of the forces acts for them. Distribution implies presence; presence is not a withdrawal.
    let guards = r.graph.add(Military, "guards").unwrap();
    r.graph.add_affiliation(claimgraph::entity::Affiliation::part_of(guards, r.nk_forces)).unwrap();
    let leaves = Claim::by(r.park).asserts(guards, WITHDRAWS_FROM, r.russia).valid("2024-11-10");
    let leaves = r.graph.insert(leaves.read_in(november, ..)).unwrap();
    let watch = r.graph.view().watch();
    let item = watch.item(r.k(10)).unwrap();
    assert_eq!(
        (item.state(), item.certain(), item.came_true()),
        (WatchState::Met, Answer::Yes, Answer::Yes)
    );
    assert!(item.claims().contains(&in_time));
    let demand = watch.item(r.k(41)).unwrap();
    let development = demand.developments().iter().find(|d| d.claim().id() == leaves).unwrap();
    // The demand is for an immediate withdrawal; this claim leaves the manner open.
    assert_eq!(
        (development.effect(), development.certain()),
        (Some(Effect::Meets), Answer::Unknown)
    );
    assert!(development.steps().iter().any(|step| matches!(step, Step::Affiliated(_))));
    let proof = watch.proof();
    assert!(proof.claims().contains(&leaves) && proof.affiliations().count() > 0);
}

// ----- ferries

struct Ferries {
    graph: ClaimGraph,
    ministry: Id<GovernmentOffice>,
    institute: Id<Agency>,
    union: Id<Group>,
    port: Id<Agency>,
    line: Id<Event>,
    works: Id<Event>,
}

fn ferries() -> Ferries {
    let mut g = ClaimGraph::new();
    let ministry = g.add(GovernmentOffice, Entity::new("ministry").named("the ministry")).unwrap();
    let institute = g.add(Agency, Entity::new("institute").named("the institute")).unwrap();
    let union = g.add(Group, Entity::new("union").named("the union")).unwrap();
    let port = g.add(Agency, Entity::new("port").named("the port authority")).unwrap();
    let line = g.add(Event, Entity::new("ferry-line").named("the ferry line")).unwrap();
    let works = g.add(Event, Entity::new("quay-works").named("the works on the quay")).unwrap();
    Ferries { graph: g, ministry, institute, union, port, line, works }
}

impl Ferries {
    fn put(&mut self, claim: Claim, day: (i16, i8, i8)) -> ClaimId {
        self.graph.insert(claim.reported(date(day.0, day.1, day.2))).unwrap()
    }

    /// The ministry promises that the works are completed by the end of May; in the strict reading, before May.
    fn promise(&mut self) -> ClaimId {
        let promise = Claim::by(self.ministry)
            .asserts(self.works, IS_COMPLETED, ())
            .modality(Modality::Committed);
        let by_may =
            Period::within(date(2031, 3, 1)..=date(2031, 5, 31)).strictly_by(date(2031, 4, 30));
        self.put(promise.valid(by_may), (2031, 3, 1))
    }

    fn done(&mut self, when: &str, reported: (i16, i8, i8)) -> ClaimId {
        let done = Claim::by(self.port).asserts(self.works, IS_COMPLETED, ()).valid(when);
        self.put(done, reported)
    }
}

fn only(graph: &ClaimGraph) -> (WatchState, Answer) {
    let watch = graph.view().watch();
    assert_eq!(watch.len(), 1, "{watch}");
    watch.iter().map(|item| (item.state(), item.certain())).next().unwrap()
}

#[test]
fn a_promise_is_kept_in_time_perhaps_in_time_or_late() {
    for (when, expected) in [
        ("2031-04-20", (WatchState::Met, Answer::Yes)),
        ("2031-05-20", (WatchState::Met, Answer::Unknown)), // not in the strict reading
        ("2031-06-02", (WatchState::MetLate, Answer::Yes)),
        ("2031-04/2031-06", (WatchState::Met, Answer::Yes)), // begun in April
        ("[2031-05-25..2031-06-05]", (WatchState::Met, Answer::Unknown)),
    ] {
        let mut f = ferries();
        f.promise();
        f.done(when, (2031, 6, 10));
        assert_eq!(only(&f.graph), expected, "{when}");
    }
}

#[test]
fn earlier_claims_and_repeated_plans_meet_nothing() {
    let mut f = ferries();
    f.done("2031-02-01", (2031, 2, 2));
    f.promise();
    let again =
        Claim::by(f.port).projects(f.works, IS_COMPLETED, ()).valid("[2031-03-10..2031-05-01]");
    f.put(again, (2031, 3, 10));
    let watch = f.graph.view().watch();
    assert_eq!(states(&watch), [(WatchKind::Forecast, WatchState::Open, Answer::Yes); 2]);
    let effects: Vec<_> = watch.iter().flat_map(|i| i.developments()).map(|d| d.effect()).collect();
    assert_eq!(
        effects,
        [Some(Effect::BearsOn)],
        "a later forecast of the same bears on the promise"
    );
}

#[test]
fn a_denial_breaks_certainly_once_the_time_is_over_or_for_all_time_to_come() {
    let denial = |f: &Ferries| Claim::by(f.union).denies(f.works, IS_COMPLETED, ());
    let mut f = ferries();
    f.promise();
    let early = denial(&f);
    f.put(early, (2031, 4, 1));
    assert_eq!(only(&f.graph), (WatchState::Broken, Answer::Unknown), "not yet completed in April");
    let never = denial(&f).modality(Modality::Committed);
    f.put(never, (2031, 4, 2));
    assert_eq!(only(&f.graph), (WatchState::Broken, Answer::Yes), "denied for all time to come");
    let mut f = ferries();
    f.promise();
    let late = denial(&f);
    f.put(late, (2031, 6, 1));
    assert_eq!(only(&f.graph), (WatchState::Broken, Answer::Yes));
    // Another speaker says that it was.
    f.done("2031-04-20", (2031, 6, 2));
    assert_eq!(only(&f.graph), (WatchState::Disputed, Answer::Yes));
    assert_eq!(f.graph.view().watch().iter().next().unwrap().came_true(), Answer::Unknown);
}

#[test]
fn a_denial_for_some_days_breaks_only_if_they_cover_the_time_that_was_left() {
    let (broken, overdue) = (WatchState::Broken, WatchState::Overdue);
    for (days, state) in [
        ("[2031-03-01..2031-05-31]", broken),
        ("[..2031-06-05]", broken),
        ("[2031-03-02..2031-05-31]", overdue), // perhaps on the 1st of March
        ("[2031-03-01..2031-05-30]", overdue), // perhaps on the last day
        ("2031-03-02/2031-05-31", broken),     // not completed on the last day
        ("2031-03-01/2031-05-30", overdue),
    ] {
        let mut f = ferries();
        f.promise();
        let denial = Claim::by(f.union).denies(f.works, IS_COMPLETED, ()).valid(days);
        f.put(denial, (2031, 6, 10));
        assert_eq!(only(&f.graph), (state, Answer::Yes), "{days}");
    }
}

#[test]
fn the_speaker_of_a_promise_may_postpone_it() {
    let mut f = ferries();
    let promise = f.promise();
    let later = Claim::by(f.ministry)
        .revises(promise)
        .valid(Period::within(date(2031, 5, 1)..=date(2031, 9, 30)));
    f.put(later, (2031, 5, 1));
    let watch = f.graph.view().watch_on(date(2031, 7, 1));
    let item = watch.item(promise).unwrap();
    assert_eq!((item.deadline(), item.state()), (Some(date(2031, 9, 30)), WatchState::Open));
    assert_eq!(
        item.developments().iter().map(|d| d.effect()).collect::<Vec<_>>(),
        [Some(Effect::Postpones)]
    );
    // As of the day before, the old deadline holds.
    let before = f.graph.view().as_of(date(2031, 4, 30)).watch_on(date(2031, 7, 1));
    assert_eq!(before.item(promise).map(|item| item.state()), Some(WatchState::Overdue));
    f.done("2031-08-01", (2031, 8, 2));
    assert_eq!(
        f.graph.view().watch().item(promise).map(|item| (item.state(), item.certain())),
        Some((WatchState::Met, Answer::Yes))
    );
}

#[test]
fn a_revision_by_somebody_else_or_without_a_time_postpones_nothing() {
    let mut f = ferries();
    let promise = f.promise();
    let (port, ministry) = (f.port, f.ministry);
    let autumn = Period::within(date(2031, 5, 1)..=date(2031, 9, 30));
    f.put(Claim::by(port).revises(promise).valid(autumn), (2031, 5, 1));
    let quays = Quantity::stated(2, "quays");
    f.put(Claim::by(ministry).revises(promise).quantity(quays), (2031, 5, 2));
    let watch = f.graph.view().watch();
    let item = watch.item(promise).unwrap();
    let effects: Vec<_> = item.developments().iter().map(|later| later.effect()).collect();
    assert_eq!(effects, [Some(Effect::BearsOn); 2]);
    assert_eq!(item.deadline(), Some(date(2031, 5, 31)));
}

#[test]
fn a_figure_that_falls_short_or_is_not_given_does_not_meet() {
    let forecast = |f: &Ferries| {
        Claim::by(f.institute)
            .projects(f.port, RECRUITS, f.union)
            .quantity(Quantity::no_less_than(200, "people"))
            .valid("[2031-03-01..2031-12-31]")
    };
    for (given, expected) in [
        (Some(Quantity::stated(250, "people")), (WatchState::Met, Answer::Yes)),
        (Some(Quantity::stated(50, "people")), (WatchState::Open, Answer::Yes)),
        (Some(Quantity::about(200, "people")), (WatchState::Met, Answer::Unknown)),
        (None, (WatchState::Met, Answer::Unknown)),
    ] {
        let mut f = ferries();
        let claim = forecast(&f);
        f.put(claim, (2031, 3, 1));
        let mut hired = Claim::by(f.port).asserts(f.port, RECRUITS, f.union).valid("2031-06-01");
        if let Some(given) = given.clone() {
            hired = hired.quantity(given);
        }
        f.put(hired, (2031, 6, 2));
        assert_eq!(only(&f.graph), expected, "{given:?}");
    }
}

#[test]
fn a_threat_under_a_condition_is_triggered_or_lapses() {
    let mut f = ferries();
    let strike = Claim::by(f.union)
        .threatens(f.union, ATTACKS, f.line)
        .with(CONDITION, Statement::new(f.port, SANCTIONS, f.union))
        .valid("[2031-03-01..2031-04-30]");
    let strike = f.put(strike, (2031, 3, 1));
    let state = |f: &Ferries, day| {
        let watch = f.graph.view().as_of(day).watch();
        let item = watch.item(strike).unwrap();
        (item.state(), item.certain(), item.is_triggered())
    };
    assert_eq!(state(&f, date(2031, 4, 1)), (WatchState::Open, Answer::Yes, Answer::No));
    assert_eq!(state(&f, date(2031, 5, 1)), (WatchState::Lapsed, Answer::Yes, Answer::No));
    let sanctions = Claim::by(f.institute).asserts(f.port, SANCTIONS, f.union).valid("2031-04-10");
    f.put(sanctions, (2031, 4, 11));
    assert_eq!(state(&f, date(2031, 4, 12)), (WatchState::Open, Answer::Yes, Answer::Yes));
    assert_eq!(f.graph.view().watch().triggered().claims(), [strike]);
    assert_eq!(state(&f, date(2031, 5, 1)), (WatchState::Overdue, Answer::Yes, Answer::Yes));
    assert_eq!(f.graph.view().watch_on(date(2031, 5, 1)).due(date(2031, 4, 30)).claims(), [strike]);
    let text = f.graph.view().watch().to_string();
    assert!(text.contains("if the port authority sanctions the union: met"), "{text}");
}

#[test]
fn a_threat_is_perhaps_triggered_if_a_party_denies_its_condition() {
    let mut f = ferries();
    let strike = Claim::by(f.union)
        .threatens(f.union, ATTACKS, f.line)
        .with(CONDITION, Statement::new(f.port, SANCTIONS, f.union));
    let strike = f.put(strike, (2031, 3, 1));
    let sanctions = Claim::by(f.institute).asserts(f.port, SANCTIONS, f.union).valid("2031-04-10");
    let sanctions = f.put(sanctions, (2031, 4, 11));
    let denial = Claim::by(f.port).dismisses(sanctions);
    f.put(denial, (2031, 4, 12));
    let watch = f.graph.view().watch();
    let item = watch.item(strike).unwrap();
    assert_eq!(item.conditions()[0].state(), WatchState::Disputed);
    assert_eq!(item.is_triggered(), Answer::Unknown);
    assert_eq!(watch.triggered().claims(), [strike]);
}

#[test]
fn each_speaker_has_a_record() {
    let mut f = ferries();
    let forecast = |who: Id<Agency>, what: Id<Event>| {
        Claim::by(who).projects(what, IS_COMPLETED, ()).valid("[2031-03-01..2031-05-31]")
    };
    let (institute, port, works, line) = (f.institute, f.port, f.works, f.line);
    for (who, what) in [(institute, works), (institute, line), (port, line)] {
        f.put(forecast(who, what), (2031, 3, 1));
    }
    let open =
        Claim::by(institute).projects(port, MEETS, institute).valid("[2031-03-01..2031-12-31]");
    f.put(open, (2031, 3, 1));
    let overdue =
        Claim::by(institute).projects(port, BRIEFS, institute).valid("[2031-03-01..2031-04-30]");
    f.put(overdue, (2031, 3, 1));
    f.done("2031-05-01", (2031, 5, 2));
    let ministry = f.ministry;
    f.put(Claim::by(ministry).denies(line, IS_COMPLETED, ()), (2031, 6, 1));
    let records = f.graph.view().watch().track_records();
    let lines: Vec<String> = records.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "the institute: 4 forecasts; 1 came true, 1 did not, 1 open, 1 undecided",
            "the port authority: 1 forecast; 0 came true, 1 did not, 0 open, 0 undecided",
        ]
    );
    let speakers: Vec<_> = records.iter().map(|record| record.speaker()).collect();
    assert_eq!(speakers, [Some(institute.id()), Some(port.id())]);
    let did_not = records.first().unwrap().did_not().next().unwrap();
    assert_eq!(did_not.developments()[0].effect(), Some(Effect::Breaks));
    assert!(!records.proof().claims().is_empty());
}

#[test]
fn a_retracted_promise_is_no_longer_watched() {
    let mut f = ferries();
    let promise = f.promise();
    let ministry = f.ministry;
    f.put(Claim::by(ministry).retracts(promise), (2031, 4, 1));
    assert!(f.graph.view().watch().is_empty());
    assert_eq!(f.graph.view().as_of(date(2031, 3, 31)).watch().len(), 1);
}

#[test]
fn a_claim_that_says_less_than_was_announced_bears_on_it() {
    let mut r = report::build().unwrap();
    let wire = r.graph.add_document("wire-2024-11-20", date(2024, 11, 20)).unwrap();
    // Deploying implies presence, so presence says less.
    let seen =
        Claim::by(r.park).asserts(r.north_korea, PRESENT_IN, r.russia).valid(date(2024, 11, 19));
    let seen = r.graph.insert(seen.read_in(wire, ..)).unwrap();
    let watch = r.graph.view().watch();
    let item = watch.item(r.k(5)).unwrap();
    let development = item.developments().iter().find(|d| d.claim().id() == seen).unwrap();
    assert_eq!(
        (development.effect(), development.certain()),
        (Some(Effect::BearsOn), Answer::Unknown)
    );
    assert!(development.steps().iter().any(|step| matches!(step, Step::Implied { .. })));
    assert_eq!((item.state(), item.certain()), (WatchState::Open, Answer::Yes));
}

#[test]
fn a_figure_as_object_is_compared_as_one_beside_the_statement() {
    let mut f = ferries();
    let (institute, works) = (f.institute, f.works);
    let forecast =
        Claim::by(institute).projects(works, COUNTS, Quantity::no_less_than(40, "boats"));
    f.put(forecast.valid("[2031-03-01..2031-12-31]"), (2031, 3, 1));
    let counted = |n: u32| {
        Claim::by(institute)
            .asserts(works, COUNTS, Quantity::stated(n, "boats"))
            .valid("2031-06-01")
    };
    f.put(counted(30), (2031, 6, 2));
    assert_eq!(only(&f.graph), (WatchState::Open, Answer::Yes));
    f.put(counted(41), (2031, 6, 3));
    assert_eq!(only(&f.graph), (WatchState::Met, Answer::Yes));
}

// ----- random worlds

#[test]
fn equal_demands_of_one_day_differ_by_the_stakes_of_their_speakers() {
    let mut graph = ClaimGraph::new();
    let day = |n| date(2031, 6, n);
    let (seoul, paris) = (graph.add(State, "seoul").unwrap(), graph.add(State, "paris").unwrap());
    let (nis, rome) = (graph.add(Agency, "nis").unwrap(), graph.add(Agency, "rome").unwrap());
    let (forces, russia) =
        (graph.add(Military, "forces").unwrap(), graph.add(State, "russia").unwrap());
    graph.add_affiliation(claimgraph::entity::Affiliation::part_of(nis, seoul)).unwrap();
    for speaker in [seoul, paris] {
        graph
            .insert(Claim::by(speaker).demands(forces, WITHDRAWS_FROM, russia).reported(day(1)))
            .unwrap();
    }
    let left = graph
        .insert(
            Claim::by(rome)
                .asserts(forces, WITHDRAWS_FROM, russia)
                .valid("2031-06-03")
                .reported(day(4)),
        )
        .unwrap();
    graph.insert(Claim::by(nis).dismisses(left).reported(day(5))).unwrap();
    let watch = graph.view().watch();
    let state = |speaker: EntityId| {
        let item = watch.iter().find(|item| item.speaker() == Some(speaker)).unwrap();
        (item.state(), item.developments().len())
    };
    // A part of Seoul contests that they left. Paris has no stake in its word.
    assert_eq!(state(paris.id()), (WatchState::Met, 1));
    assert_eq!(state(seoul.id()), (WatchState::Disputed, 2));
}

#[test]
fn an_item_lists_a_thousand_developments_and_counts_the_rest() {
    let mut graph = ClaimGraph::new();
    let (forces, russia) =
        (graph.add(Military, "forces").unwrap(), graph.add(State, "russia").unwrap());
    graph
        .insert(
            Claim::by(russia).demands(forces, WITHDRAWS_FROM, russia).reported(date(2031, 6, 1)),
        )
        .unwrap();
    for place in 0..1_002 {
        let speaker = graph.add(Agency, format!("agency-{place}").as_str()).unwrap();
        let left = Claim::by(speaker).asserts(forces, WITHDRAWS_FROM, russia);
        graph.insert(left.reported(date(2031, 6, 2))).unwrap();
    }
    let watch = graph.view().watch();
    let item = &watch[0];
    assert_eq!(item.developments().len(), 1_002);
    let json = serde_json::to_value(item).unwrap();
    assert_eq!(json["developments"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(json["developments_left_out"], 2);
    assert!(item.to_string().ends_with("\n  and 2 more"));
}

fn config() -> ProptestConfig {
    let rng_seed = match ProptestConfig::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_310_301),
        fixed => fixed,
    };
    ProptestConfig { cases: 300, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// The claim, and those that it confirms, in any number of steps.
fn with_confirmed(claim: ClaimRef<'_>) -> Vec<ClaimRef<'_>> {
    let mut found = vec![claim];
    let mut next = 0;
    while let Some(&claim) = found.get(next) {
        next += 1;
        if matches!(claim.stance(), Stance::Confirms | Stance::Acknowledges)
            && claim.statement().is_none()
        {
            found
                .extend(claim.targets().filter_map(|(target, _)| claim.graph().claim(target).ok()));
        }
    }
    found
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_certainly_happened_is_what_the_outlook_says_and_comes_later(
        world in crate::support::brute::worlds(10..25), as_of in prop::option::of(20..27u8)
    ) {
        let built = world.build();
        let view = as_of.map_or_else(|| built.graph.view(), |n| built.graph.view().as_of(crate::support::brute::day(n)));
        let watch = view.watch();
        let outlook = view.watch();
        let announced: std::collections::BTreeSet<ClaimId> =
            [outlook.of_kind(WatchKind::Demand), outlook.of_kind(WatchKind::Threat), outlook.of_kind(WatchKind::Forecast), outlook.conditional()]
                .iter().flat_map(|list| list.claims()).collect();
        prop_assert_eq!(watch.iter().map(|item| item.claim().id()).collect::<std::collections::BTreeSet<_>>(), announced);
        for item in watch.iter() {
            // Who confirms what is not in the view announces what that announced.
            let announced = with_confirmed(item.claim());
            let first = announced.iter().map(|claim| claim.reported()).min().unwrap();
            for development in item.developments() {
                let later = development.claim();
                prop_assert!(view.contains(later.id()) && later.id() != item.claim().id());
                let answers = later.targets().any(|(target, _)| announced.iter().any(|it| it.id() == target));
                prop_assert!(answers || later.reported() >= first);
                let happened = matches!(development.effect(), Some(Effect::Meets | Effect::MeetsLate));
                if happened && development.certain().is_yes() {
                    prop_assert!(later.reported() > first);
                    prop_assert_eq!(item.has_happened(), Answer::Yes, "{}", item);
                }
                if development.effect() == Some(Effect::Breaks) {
                    let against = [claimgraph::Stance::Denies, claimgraph::Stance::Dismisses];
                    prop_assert!(with_confirmed(later).iter().any(|it| against.contains(&it.stance())));
                }
            }
            // A development of that kind settles a state, or the day does.
            let has = |effect| item.developments().iter().any(|d| d.effect() == Some(effect) && d.certain() == item.certain());
            match item.state() {
                WatchState::Met => prop_assert!(has(Effect::Meets)),
                WatchState::MetLate => prop_assert!(has(Effect::MeetsLate)),
                WatchState::Broken => prop_assert!(has(Effect::Breaks)),
                WatchState::Overdue | WatchState::Lapsed => prop_assert!(item.is_due(watch.on()).is_possible()),
                _ => {}
            }
        }
    }

    #[test]
    fn an_announcement_that_shares_its_outlook_is_judged_as_one_that_does_not(
        world in crate::support::brute::worlds(10..25)
    ) {
        let mut graph = world.build().graph;
        let told = |graph: &ClaimGraph| -> Vec<String> {
            graph.view().as_of(crate::support::brute::day(26)).watch().iter().map(ToString::to_string).collect()
        };
        let shared = told(&graph);
        // An announcement that is answered has an outlook of its own, even if the answer came later than the view.
        let announced: Vec<ClaimId> = graph.view().watch().iter().map(|item| item.claim().id()).collect();
        let late = graph.add(Agency, "late").unwrap();
        for claim in announced {
            graph.insert(Claim::by(late).dismisses(claim).reported(crate::support::brute::day(27))).unwrap();
        }
        prop_assert_eq!(shared, told(&graph));
    }
}
