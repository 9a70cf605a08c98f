//! Whether what was demanded, threatened or forecast happened.

use claimgraph::questions::{Effect, WatchState};
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, EntityId, Quantity, Statement, date, reporting::*,
};

struct World {
    graph: ClaimGraph,
    forces: EntityId,
    russia: EntityId,
    kyiv: EntityId,
    demand: ClaimId,
}

/// On the 1st of June, Kyiv demands that forces of Russia withdraw.
fn world() -> World {
    let mut graph = ClaimGraph::new();
    let forces = graph.add(Military, "forces").unwrap().id();
    let russia = graph.add(State, "russia").unwrap().id();
    let kyiv = graph.add(State, "kyiv").unwrap().id();
    let town = graph.add(City, "town").unwrap().id();
    let affiliation = claimgraph::entity::Affiliation::part_of(forces, russia);
    graph.add_affiliation(affiliation).unwrap();
    let withdraws = graph.relation("withdraws-from").unwrap();
    let demand = Claim::by(kyiv).demands(forces, withdraws, town).with(ADDRESSEE, russia);
    let demand = graph.insert(demand.reported(date(2023, 6, 1))).unwrap();
    World { graph, forces, russia, kyiv, demand }
}

impl World {
    fn withdrawn(&mut self, by: EntityId, when: Option<&str>, day: i8) -> ClaimId {
        let town = self.graph.entity_keyed("town").unwrap();
        let withdraws = self.graph.relation("withdraws-from").unwrap();
        let mut claim = Claim::by(by).asserts(self.forces, withdraws, town);
        if let Some(when) = when {
            claim = claim.valid(when);
        }
        self.graph.insert(claim.reported(date(2023, 6, day))).unwrap()
    }

    fn state(&self) -> (WatchState, Answer) {
        let watch = self.graph.view().watch();
        let item = watch.item(self.demand).unwrap();
        (item.state(), item.certain())
    }
}

#[test]
fn what_began_after_the_announcement_certainly_meets_it() {
    let mut w = world();
    let agency = w.graph.add(Agency, "agency").unwrap().id();
    w.withdrawn(agency, Some("2023-06-04"), 5);
    assert_eq!(w.state(), (WatchState::Met, Answer::Yes));
}

#[test]
fn what_may_have_begun_before_perhaps_meets_it() {
    for when in [Some("2023-06-01"), Some("[..2023-06-04]"), Some("2023-06"), None] {
        let mut w = world();
        let agency = w.graph.add(Agency, "agency").unwrap().id();
        w.withdrawn(agency, when, 5);
        assert_eq!(w.state(), (WatchState::Met, Answer::Unknown), "{when:?}");
    }
}

#[test]
fn what_was_over_before_does_not_count() {
    let mut w = world();
    let agency = w.graph.add(Agency, "agency").unwrap().id();
    w.withdrawn(agency, Some("2023-05-20"), 5);
    assert_eq!(w.state(), (WatchState::Open, Answer::Yes));
}

#[test]
fn a_demand_is_disputed_if_who_demanded_it_denies_that_it_was_met() {
    let mut w = world();
    let met = w.withdrawn(w.russia, Some("2023-06-04"), 5);
    assert_eq!(w.state(), (WatchState::Met, Answer::Yes));
    assert!(w.graph.view().watch().item(w.demand).unwrap().is_met_on_their_own_word());
    let denial = Claim::by(w.kyiv).dismisses(met).reported(date(2023, 6, 6));
    let denial = w.graph.insert(denial).unwrap();
    assert_eq!(w.state(), (WatchState::Disputed, Answer::Yes));
    let watch = w.graph.view().watch();
    let item = watch.item(w.demand).unwrap();
    let breaks = item.developments().iter().find(|it| it.effect() == Some(Effect::Breaks));
    assert_eq!(breaks.map(|it| it.claim().id()), Some(denial));
    assert_eq!(item.has_happened(), Answer::Unknown);
}

#[test]
fn another_speaker_takes_the_mark_away() {
    let mut w = world();
    let agency = w.graph.add(Agency, "agency").unwrap().id();
    w.withdrawn(w.russia, Some("2023-06-04"), 5);
    w.withdrawn(agency, Some("2023-06-04"), 6);
    let watch = w.graph.view().watch();
    let item = watch.item(w.demand).unwrap();
    assert!(!item.is_met_on_their_own_word());
    assert_eq!(item.independence().count(), 2);
}

#[test]
fn what_a_forecast_adds_to_does_not_meet_it() {
    let mut w = world();
    let agency = w.graph.add(Agency, "agency").unwrap().id();
    let town = w.graph.entity_keyed("town").unwrap();
    let deploys = w.graph.relation("deploys-to").unwrap();
    let sent = Claim::by(agency).asserts(w.forces, deploys, town);
    let sent = sent.quantity(Quantity::stated(3_000, "soldiers")).reported(date(2023, 6, 2));
    let sent = w.graph.insert(sent).unwrap();
    let more = Claim::by(agency).projects(w.forces, deploys, town).with(ADDITIONAL_TO, sent);
    let more =
        more.quantity(Quantity::vague("thousands", "soldiers")).valid("[2023-06-02..2023-12-31]");
    let more = w.graph.insert(more.reported(date(2023, 6, 2))).unwrap();
    let state = |w: &World| w.graph.view().watch().item(more).unwrap().state();
    assert_eq!(state(&w), WatchState::Open);
    // The first ones are confirmed later, without a day.
    let again = Claim::by(w.kyiv).confirms(sent).restating(w.forces, deploys, town);
    w.graph.insert(again.reported(date(2023, 6, 9))).unwrap();
    let watch = w.graph.view().watch();
    assert_eq!(watch.item(more).unwrap().came_true(), Answer::Unknown, "no figure, no day");
}

#[test]
fn what_a_forecast_adds_to_does_not_meet_it_if_another_document_reports_it_that_day() {
    for (linked, expected) in [(true, WatchState::Open), (false, WatchState::Met)] {
        let mut w = world();
        let [one, other] =
            ["one", "other"].map(|key| w.graph.add_document(key, date(2023, 6, 2)).unwrap());
        let town = w.graph.entity_keyed("town").unwrap();
        let deploys = w.graph.relation("deploys-to").unwrap();
        let sent = Claim::by(w.kyiv).asserts(w.forces, deploys, town);
        let sent = w.graph.insert(sent.read_in(one, ..)).unwrap();
        let mut more = Claim::by(w.kyiv).projects(w.forces, deploys, town);
        if linked {
            more = more.with(ADDITIONAL_TO, sent);
        }
        let more = w.graph.insert(more.read_in(other, ..)).unwrap();
        assert_eq!(w.graph.view().watch().item(more).unwrap().state(), expected);
    }
}

#[test]
fn a_claim_of_the_same_place_meets_a_forecast_and_one_of_another_place_does_not() {
    for (place, expected) in [
        (Some("the east"), (WatchState::Met, Answer::Yes)),
        (Some("the west"), (WatchState::Open, Answer::Yes)),
        (None, (WatchState::Met, Answer::Unknown)),
    ] {
        let mut w = world();
        let town = w.graph.entity_keyed("town").unwrap();
        let deploys = w.graph.relation("deploys-to").unwrap();
        let forecast = Claim::by(w.kyiv).projects(w.forces, deploys, town).with(PLACE, "the east");
        let forecast = w.graph.insert(forecast.reported(date(2023, 6, 1))).unwrap();
        let mut sent = Claim::by(w.kyiv).asserts(w.forces, deploys, town).valid("2023-06-04");
        if let Some(place) = place {
            sent = sent.with(PLACE, place);
        }
        w.graph.insert(sent.reported(date(2023, 6, 5))).unwrap();
        let watch = w.graph.view().watch();
        let item = watch.item(forecast).unwrap();
        assert_eq!((item.state(), item.certain()), expected, "{place:?}");
    }
}

#[test]
fn an_unless_is_met_once_its_time_is_over_and_it_did_not_happen() {
    let threat = |leaves: Option<&str>| {
        let mut w = world();
        let town = w.graph.entity_keyed("town").unwrap();
        let withdraws = w.graph.relation("withdraws-from").unwrap();
        let attacks = w.graph.relation("attacks").unwrap();
        let unless = Statement::new(w.forces, withdraws, town).negated().valid("[..2023-06-15]");
        let threat = Claim::by(w.kyiv).threatens(w.kyiv, attacks, town).with(CONDITION, unless);
        let threat = w.graph.insert(threat.reported(date(2023, 6, 1))).unwrap();
        if let Some(day) = leaves {
            let agency = w.graph.add(Agency, "agency").unwrap().id();
            w.withdrawn(agency, Some(day), 25);
        }
        [10, 26].map(|day| {
            w.graph.view().watch_on(date(2023, 6, day)).item(threat).unwrap().is_triggered()
        })
    };
    assert_eq!(threat(None), [Answer::No, Answer::Unknown], "nobody says whether they left");
    assert_eq!(threat(Some("2023-06-12")), [Answer::No; 2], "they left in time");
    assert_eq!(threat(Some("2023-06-20"))[1], Answer::Yes, "they left too late");
}

#[test]
fn a_document_does_not_report_what_it_announces() {
    let mut w = world();
    let town = w.graph.entity_keyed("town").unwrap();
    let withdraws = w.graph.relation("withdraws-from").unwrap();
    let diary = w.graph.add_document("diary", claimgraph::DocumentInfo::undated()).unwrap();
    let agency = w.graph.add(Agency, "agency").unwrap();
    let more = Claim::by(w.kyiv).demands(w.forces, withdraws, town).read_in(diary, ..);
    let more = w.graph.insert(more.reported(date(2023, 6, 1))).unwrap();
    let left = Claim::by(agency).asserts(w.forces, withdraws, town).valid("2023-06-04");
    w.graph.insert(left.read_in(diary, ..).reported(date(2023, 6, 5))).unwrap();
    let watch = w.graph.view().watch();
    let state = |demand| watch.item(demand).unwrap().state();
    assert_eq!((state(more), state(w.demand)), (WatchState::Open, WatchState::Met));
}

#[test]
fn what_was_corrected_meets_nothing_and_who_confirms_it_meets_it() {
    use claimgraph::{EntityId, Quantity, questions::WatchState};
    struct World {
        graph: ClaimGraph,
        demand: claimgraph::ClaimId,
    }
    let day = |day: i8| date(2023, 6, day);
    let soldiers = |n: i64| Quantity::stated(n, "soldiers");
    let world = || -> (World, [EntityId; 3], claimgraph::ClaimId) {
        let mut graph = ClaimGraph::new();
        let state = graph.add(State, "state").unwrap();
        let army = graph.add(Military, "army").unwrap();
        let town = graph.add(City, "town").unwrap();
        let agency = graph.add(Agency, "agency").unwrap();
        let minister = graph.add(Person, "minister").unwrap();
        let demand = Claim::by(state).demands(army, WITHDRAWS_FROM, town).quantity(soldiers(1_000));
        let demand = graph.insert(demand.reported(day(10))).unwrap();
        let done = Claim::by(agency).asserts(army, WITHDRAWS_FROM, town).quantity(soldiers(1_000));
        let done = graph.insert(done.valid(day(12)).reported(day(15))).unwrap();
        (World { graph, demand }, [agency.id(), minister.id(), army.id()], done)
    };
    let state = |view: claimgraph::View<'_>, demand| {
        let watch = view.watch();
        let item = watch.iter().find(|it| it.claim().id() == demand).unwrap();
        (item.state(), item.certain())
    };
    let (w, [agency, ..], _) = world();
    assert_eq!(state(w.graph.view(), w.demand), (WatchState::Met, Answer::Yes));
    assert_eq!(
        state(w.graph.view().excluding_source(agency), w.demand).0,
        WatchState::Open,
        "nobody else says so"
    );
    // It was over before the day of the demand.
    let (mut w, [agency, ..], done) = world();
    w.graph.insert(Claim::by(agency).revises(done).valid(day(9)).reported(day(16))).unwrap();
    assert_eq!(state(w.graph.view(), w.demand).0, WatchState::Open);
    // Fewer than demanded.
    let (mut w, [agency, ..], done) = world();
    let fewer = Claim::by(agency).revises(done).quantity(soldiers(400)).reported(day(16));
    w.graph.insert(fewer).unwrap();
    assert_eq!(state(w.graph.view(), w.demand).0, WatchState::Open);
    assert_eq!(state(w.graph.view().as_of(day(15)), w.demand).0, WatchState::Met);
    // A confirmation says it, with its source and without.
    let (mut w, [agency, minister, _], done) = world();
    w.graph.insert(Claim::by(minister).confirms(done).reported(day(16))).unwrap();
    assert_eq!(
        state(w.graph.view().excluding_source(agency), w.demand),
        (WatchState::Met, Answer::Yes)
    );
}

#[test]
fn it_is_not_on_their_own_word_if_somebody_else_confirms_it() {
    let mut graph = ClaimGraph::new();
    let state = graph.add(State, "state").unwrap();
    let army = graph.add(Military, "army").unwrap();
    let town = graph.add(City, "town").unwrap();
    let observer = graph.add(Agency, "observer").unwrap();
    let demand = Claim::by(state).demands(army, WITHDRAWS_FROM, town);
    let demand = graph.insert(demand.reported(date(2023, 6, 10))).unwrap();
    let done = Claim::by(army).asserts(army, WITHDRAWS_FROM, town).valid(date(2023, 6, 12));
    let done = graph.insert(done.reported(date(2023, 6, 15))).unwrap();
    let alone = |graph: &ClaimGraph| {
        let watch = graph.view().watch();
        let item = watch.iter().find(|it| it.claim().id() == demand).unwrap();
        item.is_met_on_their_own_word()
    };
    assert!(alone(&graph));
    graph.insert(Claim::by(observer).confirms(done).reported(date(2023, 6, 16))).unwrap();
    assert!(!alone(&graph));
}

#[test]
fn a_denial_of_other_days_does_not_dispute_that_it_was_met() {
    let mut w = world();
    let agency = w.graph.add(Agency, "agency").unwrap().id();
    w.withdrawn(agency, Some("2023-06-12"), 13);
    assert_eq!(w.state(), (WatchState::Met, Answer::Yes));
    let deny = |w: &World, when: Option<&str>| {
        let town = w.graph.entity_keyed("town").unwrap();
        let withdraws = w.graph.relation("withdraws-from").unwrap();
        let denial = Claim::by(w.kyiv).denies(w.forces, withdraws, town);
        when.map_or(denial.clone(), |when| denial.valid(when)).reported(date(2023, 6, 20))
    };
    for (when, state) in [
        (Some("2023-06-14"), WatchState::Met),
        (Some("2023-06-13/2023-06-16"), WatchState::Met),
        (Some("2023-06-12"), WatchState::Disputed),
        (Some("2023-06-10/2023-06-16"), WatchState::Disputed),
        (None, WatchState::Disputed),
    ] {
        let mut with = World { graph: w.graph.clone(), ..w };
        let denial = with.graph.insert(deny(&w, when)).unwrap();
        assert_eq!(with.state().0, state, "{when:?}");
        let watch = with.graph.view().watch();
        let item = watch.item(with.demand).unwrap();
        let effect = item.developments().iter().find(|it| it.claim().id() == denial);
        let wanted = if state == WatchState::Met { Effect::BearsOn } else { Effect::Breaks };
        assert_eq!(effect.and_then(|it| it.effect()), Some(wanted), "{when:?}");
    }
}

#[test]
fn a_denial_of_some_of_the_days_that_were_left_breaks_nothing() {
    let w = world();
    for (when, state) in [
        (Some("2023-06-14"), WatchState::Open),
        (Some("2023-05-01/2023-06-14"), WatchState::Open),
        (None, WatchState::Broken),
    ] {
        let mut graph = w.graph.clone();
        let town = graph.entity_keyed("town").unwrap();
        let withdraws = graph.relation("withdraws-from").unwrap();
        let denial = Claim::by(w.russia).denies(w.forces, withdraws, town);
        let denial = when.map_or(denial.clone(), |when| denial.valid(when));
        graph.insert(denial.reported(date(2023, 6, 20))).unwrap();
        assert_eq!(graph.view().watch().item(w.demand).unwrap().state(), state, "{when:?}");
    }
}

#[test]
fn who_confirms_a_plan_announces_it_without_the_one_who_did_first() {
    use claimgraph::{Modality, questions::WatchKind};
    let mut w = world();
    let [a, m] = ["a", "m"].map(|key| w.graph.add(Agency, key).unwrap().id());
    let town = w.graph.entity_keyed("town").unwrap();
    let deploys = w.graph.relation("deploys-to").unwrap();
    let day = |day| date(2023, 6, day);
    let plan = Claim::by(a).asserts(w.forces, deploys, town).modality(Modality::Planned);
    let plan = plan.valid("[2023-06-05..2023-06-20]").reported(day(2));
    let plan = w.graph.insert(plan).unwrap();
    let confirms = w.graph.insert(Claim::by(m).confirms(plan).reported(day(4))).unwrap();
    let forecasts = |graph: &ClaimGraph, without: bool| -> Vec<(ClaimId, WatchState)> {
        let view = graph.view();
        let view = if without { view.excluding_source(a) } else { view };
        let items = view.watch().of_kind(WatchKind::Forecast);
        let items = items.iter().inspect(|it| assert_eq!(it.deadline(), Some(day(20))));
        items.map(|item| (item.claim().id(), item.state())).collect()
    };
    assert_eq!(forecasts(&w.graph, false), [(plan, WatchState::Open)]);
    assert_eq!(forecasts(&w.graph, true), [(confirms, WatchState::Open)]);
    let done = Claim::by(w.kyiv).asserts(w.forces, deploys, town).valid("2023-06-10");
    w.graph.insert(done.reported(day(11))).unwrap();
    assert_eq!(forecasts(&w.graph, true), [(confirms, WatchState::Met)]);
    let watch = w.graph.view().excluding_source(a).watch();
    assert_eq!(watch.item(confirms).unwrap().developments().len(), 1);
    // The same if the speaker of the plan takes it back.
    w.graph.insert(Claim::by(a).retracts(plan).reported(day(12))).unwrap();
    assert_eq!(forecasts(&w.graph, false), [(confirms, WatchState::Met)]);
}
