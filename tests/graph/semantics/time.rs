//! Time in three values: one claim against all histories that it allows (SEMANTICS 1.9), views by time, contests in time.

use super::*;
use claimgraph::{Date, Id, time::Aspect};

claimgraph::vocabulary! {
    /// Ships and harbours: being there, getting there, and passing by.
    fn harbours;
    relation LIES_AT = "lies-at": Actor => Place, state;
    relation MOORED_AT = "moored-at": Actor => Place, state, implies LIES_AT;
    relation SHELTERS = "shelters": Place => Actor, inverse LIES_AT;
    relation REACHES = "reaches": Actor => Place, implies LIES_AT;
    relation DOCKS_AT = "docks-at": Actor => Place, implies MOORED_AT;
    relation PASSES = "passes": Actor => Place;
}

type Link = claimgraph::Relation<Actor, Place>;

/// A relation of a claim, one that is asked about or denied, and whether the two are states.
const PAIRS: [(Link, Link, bool, bool); 7] = [
    (LIES_AT, LIES_AT, true, true),
    (MOORED_AT, LIES_AT, true, true),
    (REACHES, REACHES, false, false),
    (REACHES, LIES_AT, false, true),
    (DOCKS_AT, LIES_AT, false, true),
    (DOCKS_AT, DOCKS_AT, false, false),
    (PASSES, PASSES, false, false),
];

/// Days that are asked about.
const ASKED: std::ops::RangeInclusive<i32> = -3..=15;

fn on(n: i32) -> Date {
    let n = i8::try_from(n + 15).expect("a day near the story");
    if n <= 31 { date(2031, 5, n) } else { date(2031, 6, n - 31) }
}

fn period(said: Said, counts: bool) -> Period {
    let window = |(first, last): Between| match (first, last) {
        (Some(first), Some(last)) if first == last => Period::on(on(first)),
        (Some(first), Some(last)) => Period::within(on(first)..=on(last)),
        (None, Some(last)) => Period::by(on(last)),
        (Some(first), None) => Period::after(on(first)),
        (None, None) => Period::from_days([None; 4], Aspect::Occurrence),
    };
    let bounds =
        |days: [Option<i32>; 4], aspect| Period::from_days(days.map(|day| day.map(on)), aspect);
    let period = match said {
        Said::On(day) => Period::on(on(day)),
        Said::Within(first, last) => Period::within(on(first)..=on(last)),
        Said::By(day) => Period::by(on(day)),
        Said::After(day) => Period::after(on(day)),
        Said::OneOf(first, last) => bounds([first, None, None, last], Aspect::Occurrence),
        Said::HoldingOn(day) => Period::holding_on(on(day)),
        Said::Until(day) => Period::until(on(day)),
        Said::Since(first, last) => Period::since(window((Some(first), Some(last)))),
        Said::Throughout(first, last) => Period::throughout(on(first)..=on(last)),
        Said::FromTo(start, end) => Period::from_to(window(start), window(end)),
        Said::Bounds((a, b), (c, d)) => bounds([a, b, c, d], Aspect::State),
    };
    if counts { period.cumulative() } else { period }
}

/// A period of these days, for a question.
fn asked(days: Between) -> Period {
    match days {
        (Some(first), Some(last)) if first == last => Period::on(on(first)),
        (Some(first), Some(last)) if (first + last) % 2 == 0 => {
            Period::within(on(first)..=on(last))
        }
        (Some(first), Some(last)) => Period::throughout(on(first)..=on(last)),
        (None, Some(last)) => Period::by(on(last)),
        (Some(first), None) => Period::since(on(first)),
        (None, None) => Period::default(),
    }
}

fn stretches() -> impl Iterator<Item = Between> {
    let ends = || ASKED.map(Some).chain([None]);
    let pairs = ends().flat_map(move |first| ends().map(move |last| (first, last)));
    pairs.filter(|(first, last)| first.zip(*last).is_none_or(|(first, last)| first <= last))
}

fn said() -> impl Strategy<Value = Said> {
    let day = || 0..=10i32;
    let two = || (day(), day()).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let bound = || prop::option::weighted(0.7, day());
    let window = || two().prop_map(|(a, b)| (Some(a), Some(b)));
    prop_oneof![
        day().prop_map(Said::On),
        two().prop_map(|(a, b)| Said::Within(a, b)),
        day().prop_map(Said::By),
        day().prop_map(Said::After),
        (bound(), bound()).prop_map(|(a, b)| Said::OneOf(a, b)),
        day().prop_map(Said::HoldingOn),
        day().prop_map(Said::Until),
        two().prop_map(|(a, b)| Said::Since(a, b)),
        two().prop_map(|(a, b)| Said::Throughout(a, b)),
        (window(), window()).prop_map(|(a, b)| Said::FromTo(a, b)),
        (bound(), bound(), bound(), bound()).prop_map(|(a, b, c, d)| Said::Bounds((a, b), (c, d))),
    ]
}

/// A claim as it is told, and its pair of relations.
fn tellings() -> impl Strategy<Value = (Telling, Link, Link, bool)> {
    let told = (prop::option::weighted(0.9, said()), prop::bool::weighted(0.2));
    (told, 0..PAIRS.len(), prop::bool::weighted(0.8), -2..=13i32).prop_map(
        |((said, counts), pair, actual, reported)| {
            let (relation, other, state, lasts) = PAIRS[pair];
            let counts = counts && said.is_some();
            (Telling { said, counts, state, actual, reported }, relation, other, lasts)
        },
    )
}

struct One {
    graph: ClaimGraph,
    ship: Id<Actor>,
    port: Id<Place>,
    claim: ClaimId,
    modality: Modality,
}

/// A graph with this claim alone; `None` if the graph refuses it: its period is inverted, or a fact lies after its report.
fn one(telling: Telling, relation: Link) -> Option<One> {
    if telling.histories().is_empty() {
        return None;
    }
    let mut graph = ClaimGraph::with(&harbours()).expect("well formed");
    let ship = graph.add(Actor, "ship").expect("a new key");
    let port = graph.add(Place, "port").expect("a new key");
    let modality = if telling.actual { Modality::Actual } else { Modality::Planned };
    let mut claim = Claim::by(ship)
        .asserts(ship, relation, port)
        .modality(modality)
        .reported(on(telling.reported));
    if let Some(said) = telling.said {
        claim = claim.valid(period(said, telling.counts));
    }
    let claim = graph.insert(claim).ok()?;
    Some(One { graph, ship, port, claim, modality })
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_claim_is_in_time_if_it_is_so_in_all_or_some_histories_that_it_allows((telling, relation, other, lasts) in tellings()) {
        let Some(g) = one(telling, relation) else { return Ok(()) };
        let question = g.graph.statement(g.ship, other, g.port).modality(g.modality);
        let mut certain: Vec<Between> = Vec::new();
        for days in stretches() {
            let found = question.clone().valid(asked(days));
            let expected = telling.on_some_day(lasts, days);
            let backing = found.backing();
            prop_assert_eq!(backing.first().map_or(Answer::No, |b| b.in_time()), expected, "{:?} {:?}", telling, days);
            prop_assert_eq!(found.is_asserted(), expected);
            prop_assert_eq!((backing.certain().count(), backing.possible().count()), match expected {
                Answer::Yes => (1, 0),
                Answer::Unknown => (0, 1),
                Answer::No => (0, 0),
            });
            prop_assert_eq!(found.independence().count(), usize::from(expected == Answer::Yes));
            let wide = g.graph.view().including_possible().statement(g.ship, other, g.port).modality(g.modality);
            prop_assert_eq!(wide.valid(asked(days)).independence().count(), usize::from(expected != Answer::No));
            if expected == Answer::Yes {
                certain.push(days);
            }
        }
        // A longer stretch of days loses no certainty.
        let inside = |a: &Between, b: &Between| {
            b.0.is_none_or(|first| a.0.is_some_and(|it| it >= first)) && b.1.is_none_or(|last| a.1.is_some_and(|it| it <= last))
        };
        for short in certain.iter().filter(|_| !telling.counts) {
            prop_assert!(stretches().filter(|long| inside(short, long)).all(|long| certain.contains(&long)));
        }
    }

    #[test]
    fn a_state_holds_throughout_the_days_that_lie_in_all_its_histories((telling, relation, other, lasts) in tellings()) {
        let Some(g) = one(telling, relation) else { return Ok(()) };
        if telling.counts {
            return Ok(());
        }
        // What happens on one day of many is not told apart from what lasts over some of them.
        let one_day = telling.histories().iter().all(|(start, end)| start == end) && (!lasts || telling.state);
        let question = g.graph.statement(g.ship, other, g.port).modality(g.modality);
        for days in stretches() {
            let (found, expected) = (question.clone().throughout(asked(days)).is_asserted(), telling.on_all_days(lasts, days));
            let many = days.0.is_none() || days.0 != days.1;
            if one_day && many && expected == Answer::No {
                prop_assert_ne!(found, Answer::Yes);
            } else {
                prop_assert_eq!(found, expected, "{:?} {:?}", telling, days);
            }
            let some = question.clone().valid(asked(days)).is_asserted();
            prop_assert!(found <= some, "what holds on all days holds on some");
        }
    }

    #[test]
    fn a_view_by_time_keeps_what_is_so_in_some_history_and_certainly_in_all((telling, relation, ..) in tellings()) {
        let Some(g) = one(telling, relation) else { return Ok(()) };
        let (view, keeps) = (|| g.graph.view(), |view: claimgraph::View<'_>| view.contains(g.claim));
        for day in ASKED {
            let then = telling.on_some_day(telling.state, (Some(day), Some(day)));
            prop_assert_eq!(keeps(view().valid_at(on(day))), then != Answer::No, "{:?} {}", telling, day);
            prop_assert_eq!(keeps(view().certainly_valid_at(on(day))), then == Answer::Yes, "{:?} {}", telling, day);
            let begun = telling.begun_by(day);
            prop_assert_eq!(keeps(view().begun_by(on(day))), begun != Answer::No, "{:?} {}", telling, day);
            if !telling.counts {
                prop_assert_eq!(keeps(view().certainly_begun_by(on(day))), begun == Answer::Yes, "{:?} {}", telling, day);
            }
        }
    }

    #[test]
    fn a_period_given_to_a_question_stands_for_its_first_to_last_day((telling, relation, other, _) in tellings(), said in said(), counts in any::<bool>()) {
        let Some(g) = one(telling, relation) else { return Ok(()) };
        let (given, days) = (period(said, counts), said.names());
        let inverted = days.0.zip(days.1).is_some_and(|(first, last)| first > last);
        if !inverted && !given.is_inverted() {
            let ask = |period: Period| g.graph.statement(g.ship, other, g.port).modality(g.modality).valid(period).is_asserted();
            prop_assert_eq!(ask(given), ask(asked(days)), "{:?} {:?}", said, telling);
        }
    }

    #[test]
    fn a_denial_contests_what_lies_in_its_days_certainly_and_what_may_share_one_possibly(
        (telling, relation, other, lasts) in tellings(), denied in prop::option::weighted(0.8, said()),
    ) {
        let Some(mut g) = one(telling, relation) else { return Ok(()) };
        let watch = g.graph.add(Actor, "watch").expect("a new key");
        let mut denial = Claim::by(watch).denies(g.ship, other, g.port).modality(g.modality).reported(on(13));
        if let Some(denied) = denied {
            let period = period(denied, false);
            if period.is_inverted() {
                return Ok(());
            }
            denial = denial.valid(period);
        }
        let Ok(denial) = g.graph.insert(denial) else { return Ok(()) };
        let expected = telling.denied_by(lasts, denied);
        let view = g.graph.view();
        let contests = view.contests(g.claim).expect("on record");
        prop_assert_eq!(contests.first().map_or(Answer::No, |c| c.certain()), expected, "{:?} {:?}", telling, denied);
        prop_assert!(contests.iter().all(|c| c.claim().id() == denial));
        let contested = view.contested();
        prop_assert_eq!(contested.first().map_or(Answer::No, |c| c.certain()), expected);
        prop_assert_eq!((contested.certain().count(), contested.possible().count()), match expected {
            Answer::Yes => (1, 0),
            Answer::Unknown => (0, 1),
            Answer::No => (0, 0),
        });
        // A question for the time of the claim, as said, is denied alike. It has no report day. For a state, it is for the
        // days that it names.
        let mut question = view.statement(g.ship, relation, g.port).modality(g.modality);
        if let Some(said) = telling.said {
            question = question.valid(period(said, telling.counts));
        }
        let against = question.against();
        let asked = match telling.state {
            true => asked_and_denied(telling.said, denied),
            false => Telling { actual: false, ..telling }.denied_by(lasts, denied),
        };
        let found = against.iter().find(|a| a.claim().id() == denial).map_or(Answer::No, |a| a.certain());
        prop_assert_eq!(found, asked, "{:?} {:?}", telling, denied);
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn what_is_certain_at_a_time_is_possible_then(world in worlds(5..25), n in 0..26u8) {
        let built = world.build();
        let claims = |view: claimgraph::View<'_>| -> Set { view.claims().map(|claim| claim.id()).collect() };
        let view = || built.graph.view().including_retracted();
        prop_assert!(claims(view().certainly_valid_at(day(n))).is_subset(&claims(view().valid_at(day(n)))));
        prop_assert!(claims(view().certainly_begun_by(day(n))).is_subset(&claims(view().begun_by(day(n)))));
        prop_assert!(claims(view().certainly_valid_at(day(n))).is_subset(&claims(view().certainly_begun_by(day(n)))));
        prop_assert!(claims(view().valid_at(day(n))).is_subset(&claims(view().begun_by(day(n)))));
        for row in built.rows.iter().filter(|row| row.says.is_some() && row.stance != Stance::Denies) {
            let then = row.telling().on_some_day(row.telling().state, (Some(n.into()), Some(n.into())));
            prop_assert_eq!(view().valid_at(day(n)).contains(row.id), then != Answer::No, "{:?}", row);
            prop_assert_eq!(view().certainly_valid_at(day(n)).contains(row.id), then == Answer::Yes, "{:?}", row);
            let begun = row.telling().begun_by(n.into());
            prop_assert_eq!(view().begun_by(day(n)).contains(row.id), begun != Answer::No, "{:?}", row);
            prop_assert_eq!(view().certainly_begun_by(day(n)).contains(row.id), begun == Answer::Yes, "{:?}", row);
        }
    }

    #[test]
    fn a_question_without_a_time_is_the_same_whether_possible_claims_count_or_not(
        world in worlds(5..25), asked in prop::collection::vec((index(), index(), any::<(bool, bool)>(), any::<bool>()), 4),
    ) {
        let built = world.build();
        for (pick, general, wider, figure) in asked {
            let Some((asked, _)) = question(&built, &pick, &general, wider, figure, None) else { continue };
            let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
            let [plain, wide] = [built.graph.view(), built.graph.view().including_possible()].map(|view| {
                let mut inquiry = view.statement(built.entities[asked.subject], relation, built.entities[asked.object]);
                if let Some(n) = asked.quantity {
                    inquiry = inquiry.quantity(Quantity::stated(n, "soldiers"));
                }
                let in_time: Vec<Answer> = inquiry.backing().iter().map(|b| b.in_time()).collect();
                let independence = inquiry.independence();
                (
                    (in_time, inquiry.backing().claims(), inquiry.against().claims(), inquiry.figures().claims(), inquiry.is_asserted()),
                    (independence.count(), independence.claims().to_vec(), independence.all_cuts(1_000).to_vec()),
                    (inquiry.figures().at_least(2), inquiry.summary().to_string()),
                )
            });
            prop_assert!(plain.0.0.iter().all(|in_time| *in_time == Answer::Yes));
            prop_assert_eq!(plain, wide);
        }
    }

    #[test]
    fn a_filter_by_time_is_stored_and_applied_again(world in worlds(5..15), days in prop::array::uniform4(prop::option::of(0..26u8)), including_possible in any::<bool>()) {
        let built = world.build();
        let mut view = built.graph.view();
        let [valid_at, certainly_valid_at, begun_by, certainly_begun_by] = days.map(|n| n.map(day));
        if let Some(day) = valid_at {
            view = view.valid_at(day);
        }
        if let Some(day) = certainly_valid_at {
            view = view.certainly_valid_at(day);
        }
        if let Some(day) = begun_by {
            view = view.begun_by(day);
        }
        if let Some(day) = certainly_begun_by {
            view = view.certainly_begun_by(day);
        }
        if including_possible {
            view = view.including_possible();
        }
        let filter = view.filter();
        let text = serde_json::to_string(&filter).expect("plain data");
        let read: claimgraph::view::Filter = serde_json::from_str(&text).expect("it was written");
        prop_assert_eq!(&read, &filter);
        let again = built.graph.view().filtered(&read).expect("no keys");
        prop_assert_eq!(again.filter(), filter);
        prop_assert!(again.claims().map(|claim| claim.id()).eq(view.claims().map(|claim| claim.id())));
        prop_assert_eq!(again.is_whole(), days.iter().all(Option::is_none) && !including_possible);
    }

    #[test]
    fn contests_of_a_claim_of_a_view_and_of_a_question_agree(mut world in worlds(8..25), as_of in as_of(), windows in prop::collection::vec((0..20u8, 0..20u8, 0..5u8), 25)) {
        // Most claims give a time here, and many deny something.
        for (n, (spec, window)) in world.claims.iter_mut().zip(windows).enumerate() {
            spec.window = Some(window).filter(|_| n % 5 != 0);
            spec.verb = match spec.verb {
                Verb::State(_) if n % 3 == 0 => Verb::State(Stance::Denies),
                Verb::State(_) => Verb::State(Stance::Asserts),
                other => other,
            };
            spec.ends.1 = [0, 1][n % 2];
            spec.ends.2 = PLACES[spec.ends.2 % PLACES.len()];
        }
        let built = world.build();
        let ask = Ask { as_of, ..Ask::default() };
        let view = ask.view(&built);
        let expected = built.contested(&ask);
        let (repeated, figures) = built.superseded(&ask);
        let contested = view.contested();
        for row in built.in_view(&ask).filter(|row| row.certainty <= claimgraph::claim::Certainty::Probable) {
            let theirs: BTreeMap<ClaimId, bool> = expected.iter().filter(|((claim, _), _)| *claim == row.id).map(|((_, by), (_, sure))| (*by, *sure)).collect();
            let sure = |c: &claimgraph::questions::Response<'_>| (c.claim().id(), c.certain() == Answer::Yes);
            let one: BTreeMap<ClaimId, bool> = view.contests(row.id).expect("on record").iter().map(sure).collect();
            prop_assert_eq!(&one, &theirs, "{:?}", row);
            let of_all = contested.iter().find(|c| c.claim().id() == row.id);
            let of_all: BTreeMap<ClaimId, bool> = of_all.map(|c| c.contests().iter().map(sure).collect()).unwrap_or_default();
            prop_assert_eq!(&of_all, &theirs, "{:?}", row);
            // A question with the content of the claim meets the denials that the claim meets, if it is current.
            let current = row.says.filter(|_| !repeated.contains(&row.spec) && !figures.contains(&row.spec));
            let Some((subject, relation, object)) = current.filter(|_| commits(row.stance) && row.modality == Modality::Actual) else { continue };
            let relation = built.graph.relation(RELS[relation].key).expect("declared");
            let mut inquiry = view.statement(built.entities[subject], relation, built.entities[object]);
            if let Some(n) = row.quantity {
                inquiry = inquiry.quantity(Quantity::stated(n, "soldiers"));
            }
            if let Some(period) = built.graph.claim(row.id).expect("on record").valid() {
                inquiry = inquiry.valid(period.clone());
            }
            let plain = |by: &ClaimId| built.rows.iter().any(|row| row.id == *by && row.stance == Stance::Denies && row.targets.is_empty());
            let against: BTreeMap<ClaimId, bool> = inquiry.against().iter().map(sure).filter(|(by, _)| plain(by)).collect();
            // The question is for the days that it names. The claim may be of other days too.
            let said = |id: &ClaimId| built.rows.iter().find(|row| row.id == *id).and_then(|row| row.said);
            let state = row.says.is_some_and(|(_, relation, _)| RELS[relation].state);
            let of_question = |by: &ClaimId, sure: bool| match asked_and_denied(row.said, said(by)) {
                Answer::No if state => None,
                answer if state => Some(answer == Answer::Yes),
                _ => Some(sure),
            };
            let theirs = theirs.iter().filter(|(by, _)| plain(by)).filter_map(|(by, sure)| Some((*by, of_question(by, *sure)?)));
            prop_assert_eq!(against, theirs.collect::<BTreeMap<_, _>>(), "{:?}", row);
        }
    }
}
