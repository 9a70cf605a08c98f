//! Claims that lie in sorted columns, claims that were added since, and claims loaded in one go answer alike,
//! and as a plain list of claims does.

mod support_brute;

use claimgraph::reporting::{Place, State};
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, Document, EntityId, Finding, Findings, Relation, Row, Stance,
    View, date,
    grade::SourceGrades,
    network::PageRankOptions,
    questions::{Activity, DateBasis, Granularity},
};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoEdgesDirected};
use proptest::prelude::*;
use std::fmt::{Display, Write};
use support_brute::{RELS, World, day, worlds};

fn config(cases: u32) -> ProptestConfig {
    let rng_seed = match std::env::var("PROPTEST_RNG_SEED") {
        Ok(_) => ProptestConfig::default().rng_seed,
        Err(_) => proptest::test_runner::RngSeed::Fixed(20_241_124),
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

// ----- every question the crate has, as text

fn list<T: Finding + Display>(out: &mut String, question: &str, found: Findings<'_, T>) {
    writeln!(out, "{question}: {:?} {:?}", found.claims(), found.proof().to_string()).unwrap();
    found.iter().for_each(|finding| writeln!(out, "  {finding}").unwrap());
}

fn counts(out: &mut String, question: &str, activity: &Activity) {
    let each: Vec<_> = activity.periods().collect();
    writeln!(out, "{question}: {each:?} {:?} {:?}", activity.total(), activity.undated()).unwrap();
}

/// What a view answers to everything, in order of the questions.
fn everything(view: &View<'_>) -> String {
    let (graph, mut out) = (view.graph(), String::new());
    let o = &mut out;
    let mut ids: Vec<ClaimId> = view.claims().map(|claim| claim.id()).collect();
    ids.sort_unstable();
    writeln!(o, "{ids:?} {:?}", view.filter()).unwrap();
    list(o, "contested", view.contested());
    list(o, "timeline", view.timeline());
    list(o, "revisions", view.revisions());
    list(o, "derived", view.derived_figures());
    list(o, "quotations", view.quotations());
    list(o, "distinct_events", view.distinct_events());
    list(o, "figure conflicts", view.figure_conflicts());
    list(o, "demands", view.outlook().demands());
    list(o, "threats", view.outlook().threats());
    list(o, "forecasts", view.outlook().forecasts());
    list(o, "conditionals", view.outlook().conditionals());
    for claim in graph.claims() {
        writeln!(o, "{:?} {} {:?}", claim.id(), view.contains(claim.id()), view.roots(claim.id()))
            .unwrap();
        writeln!(
            o,
            "{:?} {:?}",
            claim.targets().collect::<Vec<_>>(),
            claim.answers().map(|a| a.id()).collect::<Vec<_>>()
        )
        .unwrap();
        list(o, "positions", view.positions(claim.id()).unwrap());
        list(o, "corroboration", view.corroboration(claim.id()).unwrap());
        list(o, "rests on", view.downstream_of(claim.id()));
    }
    let entities: Vec<EntityId> = graph.entities().map(|entity| entity.id()).collect();
    for &a in &entities {
        list(o, "about", view.about(a));
        list(o, "about it or a part", view.claims_with_subject_or_part(a));
        list(o, "on it or a part", view.claims_with_object_or_part(a));
        counts(o, "activity", &view.activity(a, Granularity::Month, DateBasis::Reported));
        let sorted = |mut ids: Vec<ClaimId>| {
            ids.sort_unstable();
            ids
        };
        let about = sorted(view.claims_with_subject(a).map(|claim| claim.id()).collect());
        let on = sorted(view.claims_with_object(a).map(|claim| claim.id()).collect());
        writeln!(o, "{about:?} {on:?} {}", view.count_with_subject(a)).unwrap();
        for direction in [petgraph::Outgoing, petgraph::Incoming] {
            let arcs =
                view.edges_directed(a, direction).map(|arc| (arc.source(), arc.target(), arc.id()));
            let mut arcs: Vec<_> = arcs.collect();
            arcs.sort_unstable();
            writeln!(o, "{direction:?} {arcs:?}").unwrap();
        }
        for &b in &entities {
            list(o, "between", view.interactions_between(a, b));
        }
    }
    for rel in &RELS {
        let relation = graph.relation(rel.key).unwrap();
        list(o, "date conflicts", view.date_conflicts(relation));
        for &s in &entities {
            let mut under: Vec<ClaimId> =
                view.claims_with_subject_under(s, relation).map(|claim| claim.id()).collect();
            under.sort_unstable();
            writeln!(o, "{} {under:?}", rel.key).unwrap();
            for &t in entities.iter().take(3) {
                let asked = view.statement(s, relation, t);
                writeln!(o, "{:?} {}", asked.is_asserted(), asked.independence()).unwrap();
                list(o, "backing", asked.backing());
                list(o, "against", asked.against());
                list(o, "stands", asked.positions());
                list(o, "figures", asked.figures());
                list(o, "critical sources", asked.critical_sources());
                let assessed = asked.credibility(&SourceGrades::new());
                writeln!(o, "{assessed} {:?}", assessed.proof().to_string()).unwrap();
            }
        }
    }
    list(o, "watched", view.watch().items());
    list(o, "track records", view.watch().track_records());
    let matrix = view.stance_matrix();
    write!(
        o,
        "{matrix} {} {:?} {}",
        matrix.stance_count(),
        matrix.totals(),
        matrix.blocs(1, 1.0).unwrap()
    )
    .unwrap();
    for matter in matrix.matters() {
        let sides: Vec<_> = matrix
            .speakers()
            .into_iter()
            .map(|speaker| (speaker, matrix.side(speaker, matter)))
            .collect();
        writeln!(o, "{matter} {sides:?}").unwrap();
    }
    for agreement in matrix.agreements(1) {
        writeln!(o, "{agreement:?}").unwrap();
    }
    for (entity, activity) in view.activities(Granularity::Year, DateBasis::Valid) {
        counts(o, &format!("{entity:?}"), &activity);
    }
    for &a in &entities {
        let mut said: Vec<ClaimId> =
            view.clone().speaker_or_part(a).claims().map(|claim| claim.id()).collect();
        said.sort_unstable();
        writeln!(o, "said {said:?} {}", view.ablate(a)).unwrap();
    }
    let earlier = view.clone().as_of(day(12));
    let change = earlier.change_to(view);
    writeln!(o, "{change}").unwrap();
    list(o, "newly contested", change.contested());
    list(o, "newly corroborated", change.corroborated());
    list(o, "other positions", change.positions());
    writeln!(o, "{:?}", view.rolled_up_projection().out_degrees()).unwrap();
    for stance in [Stance::Confirms, Stance::Denies, Stance::Dismisses, Stance::Acknowledges] {
        let mut pairs: Vec<_> = view.responses_with_stance(stance).collect();
        pairs.sort_unstable();
        let several: Vec<_> = view.with_several_responders(stance).collect();
        writeln!(o, "{stance:?} {pairs:?} {several:?}").unwrap();
    }
    let mut arcs: Vec<_> =
        view.edge_references().map(|arc| (arc.source(), arc.target(), arc.id())).collect();
    arcs.sort_unstable();
    let parts = view.components();
    writeln!(o, "{arcs:?} {parts:?} {:?} {:?}", view.cores(), view.projection().collapsed())
        .unwrap();
    let ranks = view.page_rank(PageRankOptions::new()).unwrap();
    let scores: Vec<i64> =
        ranks.scores().iter().map(|score| (score * 1e9).round() as i64).collect();
    writeln!(
        o,
        "{scores:?} {:?}",
        view.communities().modularity().map(|m| (m * 1e9).round() as i64)
    )
    .unwrap();
    out
}

fn views(graph: &ClaimGraph) -> Vec<View<'_>> {
    let view = || graph.view();
    let nk = graph.entity_keyed("agency").unwrap();
    vec![
        view(),
        view().as_of(day(23)),
        view().begun_by(day(10)),
        view().valid_at(day(8)),
        view().excluding_source(nk),
        view().stance(Stance::Asserts).including_retracted(),
    ]
}

/// The same claims, one by one; `sort` says before which places what is there is sorted into the columns, and
/// `ask` whether something is asked each time.
fn one_by_one(world: &World, claims: &[Claim], sort: &[bool], ask: bool) -> ClaimGraph {
    let mut graph = empty(world);
    for (place, claim) in claims.iter().enumerate() {
        if sort[place % sort.len()] {
            graph.compact();
        }
        if ask {
            let known = graph.len();
            let first = graph.entities().next().unwrap().id();
            assert!(graph.contested().len() <= known);
            assert!(graph.view().as_of(day(22)).count_with_subject(first) <= known);
        }
        graph.insert(claim.clone()).unwrap();
    }
    graph
}

fn empty(world: &World) -> ClaimGraph {
    world.build_in(&[], &(0..8).collect::<Vec<_>>()).graph
}

proptest! {
    #![proptest_config(config(14))]

    #[test]
    fn one_by_one_sorted_in_between_or_all_in_one_go_it_is_the_same(
        world in worlds(5..25), sort in prop::collection::vec(any::<bool>(), 1..9),
    ) {
        // Links and lineage are put on at the end by the builder, so they are left out here.
        let world = World { links: Vec::new(), lineages: Vec::new(), ..world };
        let built = world.build();
        let recent = one_by_one(&world, &built.claims, &[false], false);
        let mixed = one_by_one(&world, &built.claims, &sort, true);
        let mut bulk = empty(&world);
        bulk.insert_all(built.claims.clone()).unwrap();
        bulk.compact();
        let answers: Vec<String> = views(&recent).iter().map(everything).collect();
        for graph in [&built.graph, &mixed, &bulk] {
            for (view, expected) in views(graph).iter().zip(&answers) {
                let found = everything(view);
                if found != *expected {
                    let line = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
                    prop_assert!(false, "{:?}", line);
                }
            }
            prop_assert_eq!(graph.to_jsonl(), recent.to_jsonl());
        }
    }
}

// ----- rows against a plain list

#[derive(Clone, Copy, Debug)]
struct Plain {
    subject: usize,
    relation: usize,
    object: usize,
    speaker: usize,
    stance: Stance,
    valid: i8,
    reported: i8,
    answers: Option<usize>,
}

const STATES: usize = 6;

fn on(day: i8) -> Date {
    date(2031, 1 + day / 28, 1 + day % 28)
}

fn plains(most: usize) -> impl Strategy<Value = Vec<Plain>> {
    let stance = prop::sample::select(vec![
        Stance::Asserts,
        Stance::Asserts,
        Stance::Denies,
        Stance::Confirms,
    ]);
    let ends = (0..STATES, 0..3usize, 0..STATES, 0..STATES);
    let days = (0..60i8, 0..9i8);
    let one = (ends, stance, days, prop::option::of(any::<prop::sample::Index>()));
    prop::collection::vec(one, 1..most).prop_map(|rows| {
        let row = |(
            place,
            ((subject, relation, object, speaker), stance, (valid, late), answers),
        ): (usize, _)| {
            let answers: Option<prop::sample::Index> = answers;
            let answers = answers
                .filter(|_| place > 0 && stance != Stance::Asserts)
                .map(|at| at.index(place));
            Plain {
                subject,
                relation,
                object,
                speaker,
                stance,
                valid,
                reported: valid + late,
                answers,
            }
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

fn states() -> (
    ClaimGraph,
    Vec<EntityId>,
    [Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>; 3],
) {
    let mut graph = ClaimGraph::new();
    let ids = (0..STATES).map(|n| graph.add(State, format!("state-{n}")).unwrap().id()).collect();
    let relations =
        ["attacks", "deploys-to", "treaty-with"].map(|key| graph.relation(key).unwrap());
    (graph, ids, relations)
}

fn row(
    plain: &Plain,
    ids: &[EntityId],
    relations: &[Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>; 3],
) -> Row {
    let row = Row::new(ids[plain.speaker], plain.stance)
        .about(ids[plain.subject], relations[plain.relation], ids[plain.object])
        .valid_on(on(plain.valid))
        .reported(on(plain.reported));
    plain.answers.map_or(row, |target| row.answering_row(target))
}

/// Each question to rows, and the answer of a loop over the list.
fn agrees(
    graph: &ClaimGraph,
    list: &[Plain],
    ids: &[EntityId],
    relations: &[Relation<claimgraph::vocabulary::Any, claimgraph::vocabulary::Any>; 3],
) {
    let places = |wanted: &dyn Fn(&Plain) -> bool| -> Vec<usize> {
        (0..list.len()).filter(|&place| wanted(&list[place])).collect()
    };
    let found = |claims: &mut dyn Iterator<Item = claimgraph::ClaimRef<'_>>| -> Vec<usize> {
        let mut found: Vec<usize> = claims.map(|claim| claim.id().index()).collect();
        found.sort_unstable();
        found
    };
    for limit in [None, Some(20), Some(45)] {
        let reads = [
            (graph.view(), None, None),
            (limit.map_or(graph.view(), |day| graph.view().as_of(on(day))), limit, None),
            (limit.map_or(graph.view(), |day| graph.view().begun_by(on(day))), None, limit),
        ];
        for (view, as_of, up_to) in reads {
            let passes = |plain: &Plain| {
                as_of.is_none_or(|day| plain.reported <= day)
                    && up_to.is_none_or(|day| plain.valid <= day)
            };
            assert_eq!(found(&mut view.claims()), places(&passes));
            for (n, &id) in ids.iter().enumerate() {
                let about = places(&|plain| plain.subject == n && passes(plain));
                assert_eq!(found(&mut view.claims_with_subject(id)), about);
                // A loop takes another path than a fold.
                let mut looped = Vec::new();
                for claim in view.claims_with_subject(id) {
                    looped.push(claim.id().index());
                }
                looped.sort_unstable();
                assert_eq!(looped, about);
                assert_eq!(view.count_with_subject(id), about.len());
                assert_eq!(
                    found(&mut view.claims_with_object(id)),
                    places(&|plain| plain.object == n && passes(plain))
                );
                for (r, relation) in relations.iter().enumerate() {
                    let under =
                        places(&|plain| plain.subject == n && plain.relation == r && passes(plain));
                    assert_eq!(found(&mut view.claims_with_subject_under(id, *relation)), under);
                }
            }
            for stance in [Stance::Denies, Stance::Confirms] {
                let mut pairs: Vec<(usize, usize)> = view
                    .responses_with_stance(stance)
                    .map(|(target, by)| (target.index(), by.index()))
                    .collect();
                pairs.sort_unstable();
                let mut expected: Vec<(usize, usize)> = (0..list.len())
                    .filter(|&by| list[by].stance == stance && passes(&list[by]))
                    .filter_map(|by| Some((list[by].answers?, by)))
                    .filter(|&(target, _)| passes(&list[target]))
                    .collect();
                expected.sort_unstable();
                assert_eq!(pairs, expected);
            }
            // Which of them hang together.
            let mut label: Vec<usize> = (0..STATES).collect();
            for plain in list.iter().filter(|plain| plain.stance != Stance::Denies && passes(plain))
            {
                let (a, b) = (label[plain.subject], label[plain.object]);
                label.iter_mut().filter(|label| **label == a).for_each(|label| *label = b);
            }
            let parts = view.components();
            for a in 0..STATES {
                for b in 0..STATES {
                    assert_eq!(
                        parts.same_component(ids[a], ids[b]),
                        label[a] == label[b],
                        "{a} {b}"
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn rows_in_any_order_of_days_answer_as_a_plain_list(
        list in plains(150), sort in prop::collection::vec(prop::bool::weighted(0.1), 1..40), bulk in any::<bool>(),
    ) {
        let (mut graph, ids, relations) = states();
        if bulk {
            let extended = graph.extend(list.iter().map(|plain| row(plain, &ids, &relations)));
            prop_assert_eq!(extended.rejected().len(), 0);
            agrees(&graph, &list, &ids, &relations);
            graph.compact();
        } else {
            for (place, plain) in list.iter().enumerate() {
                if sort[place % sort.len()] {
                    graph.compact();
                }
                let target = plain.answers.and_then(ClaimId::nth);
                let bare = Plain { answers: None, ..*plain };
                let row = row(&bare, &ids, &relations);
                graph.insert(target.map_or(row, |target| row.responding_to(target))).unwrap();
                if place % 31 == 0 {
                    agrees(&graph, &list[..=place], &ids, &relations);
                }
            }
        }
        agrees(&graph, &list, &ids, &relations);
    }
}

/// As many rows, the same in every run.
fn drawn(count: usize) -> Vec<Plain> {
    let mut state = 11u64;
    let mut draw = |bound: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % bound) as usize
    };
    (0..count)
        .map(|place| {
            let stance =
                [Stance::Asserts, Stance::Asserts, Stance::Denies, Stance::Confirms][draw(4)];
            let valid = draw(60) as i8;
            let answers = (stance != Stance::Asserts && place > 0).then(|| draw(place as u64));
            let (subject, relation, object, speaker) = (draw(6), draw(3), draw(6), draw(6));
            Plain {
                subject,
                relation,
                object,
                speaker,
                stance,
                valid,
                reported: valid + draw(9) as i8,
                answers,
            }
        })
        .collect()
}

/// More than fit before a merge comes by itself, and a few after it.
#[test]
fn forty_thousand_rows_one_by_one_answer_as_a_plain_list() {
    let list = drawn(40_000);
    let (mut graph, ids, relations) = states();
    for plain in &list {
        let bare = Plain { answers: None, ..*plain };
        let row = row(&bare, &ids, &relations);
        graph
            .insert(
                plain
                    .answers
                    .and_then(ClaimId::nth)
                    .map_or(row, |target| row.responding_to(target)),
            )
            .unwrap();
    }
    agrees(&graph, &list, &ids, &relations);
}

/// So few that they are sorted in one way, so many that in another, and so many that they are dealt out first; as
/// they are drawn, in order of report day, and all alike.
#[test]
fn sorted_claims_of_a_subject_come_by_relation_report_day_and_number() {
    let asserted = |list: Vec<Plain>| -> Vec<Plain> {
        list.into_iter()
            .map(|plain| Plain { stance: Stance::Asserts, answers: None, ..plain })
            .collect()
    };
    let by_day = |count: usize| {
        let mut list = asserted(drawn(count));
        list.sort_by_key(|plain| plain.reported);
        list
    };
    let alike = |count: usize| vec![asserted(drawn(1))[0]; count];
    let lists = [300, 6_000, 40_000]
        .into_iter()
        .flat_map(|count| [drawn(count), by_day(count), alike(count)]);
    for list in lists {
        let (mut graph, ids, relations) = states();
        let extended = graph.extend(list.iter().map(|plain| row(plain, &ids, &relations)));
        assert!(extended.rejected().is_empty());
        graph.compact();
        for (subject, &id) in ids.iter().enumerate() {
            let found: Vec<_> = graph
                .view()
                .claims_with_subject(id)
                .map(|claim| {
                    (
                        claim.statement().unwrap().relation().key.clone(),
                        claim.reported(),
                        claim.id(),
                    )
                })
                .collect();
            assert_eq!(found.len(), list.iter().filter(|plain| plain.subject == subject).count());
            let groups: Vec<_> = found.chunk_by(|(a, ..), (b, ..)| a == b).collect();
            let under: std::collections::HashSet<usize> = list
                .iter()
                .filter(|plain| plain.subject == subject)
                .map(|plain| plain.relation)
                .collect();
            assert_eq!(groups.len(), under.len(), "each relation in one piece");
            for group in groups {
                assert!(
                    group.is_sorted_by(|(_, day, id), (_, next, after)| (day, id) < (next, after))
                );
            }
        }
    }
}

/// They are dealt out in parts by subject; those without come last.
#[test]
fn claims_without_a_statement_stand_among_forty_thousand_with_one() {
    let list = drawn(40_000);
    let (mut graph, ids, relations) = states();
    let pure = |place: usize| place % 5 == 4;
    let rows = list.iter().enumerate().map(|(place, plain)| match pure(place) {
        true => Row::new(ids[plain.speaker], Stance::Dismisses)
            .answering_row(place - 1)
            .reported(on(plain.reported)),
        false => row(&Plain { stance: Stance::Asserts, answers: None, ..*plain }, &ids, &relations),
    });
    assert!(graph.extend(rows).rejected().is_empty());
    graph.compact();
    for (claim, (place, plain)) in graph.claims().zip(list.iter().enumerate()) {
        let subject = (!pure(place)).then(|| ids[plain.subject]);
        let targets: Vec<usize> = claim.targets().map(|(target, _)| target.index()).collect();
        let expected: Vec<usize> = if pure(place) { vec![place - 1] } else { Vec::new() };
        assert_eq!(
            (claim.id().index(), claim.subject_entity(), targets),
            (place, subject, expected)
        );
        assert_eq!(claim.reported(), on(plain.reported));
    }
    let view = graph.view();
    for (subject, &id) in ids.iter().enumerate() {
        let places =
            (0..list.len()).filter(|&place| !pure(place) && list[place].subject == subject);
        assert_eq!(view.claims_with_subject(id).count(), places.count());
    }
    let answers = view
        .responses_with_stance(Stance::Dismisses)
        .map(|(target, answer)| (target.index(), answer.index()));
    let mut answers: Vec<(usize, usize)> = answers.collect();
    answers.sort_unstable();
    assert_eq!(
        answers,
        (0..list.len()).filter(|&n| pure(n)).map(|n| (n - 1, n)).collect::<Vec<_>>()
    );
}

/// What was learnt of the rows of one document is not taken for another's, however many there are.
#[test]
fn a_row_is_dated_by_its_own_document() {
    let (mut graph, ids, [attacks, ..]) = states();
    let documents: Vec<EntityId> = (0..3_000)
        .map(|n| {
            graph
                .add_document(format!("paper-{n}"), Document::dated(on((n % 97) as i8)))
                .unwrap()
                .id()
        })
        .collect();
    for speaker in [ids[0], ids[1]] {
        let rows = |n: usize| {
            Row::new(speaker, Stance::Asserts).about(ids[2], attacks, ids[3]).read_in(documents[n])
        };
        for _ in 0..2 {
            let extended = graph.extend((0..documents.len()).map(rows));
            assert!(extended.rejected().is_empty());
            for (claim, n) in extended.accepted().map(|claim| graph.claim(claim).unwrap()).zip(0..)
            {
                assert_eq!(claim.document().map(|document| document.id()), Some(documents[n]));
                assert_eq!(
                    (claim.reported(), claim.speaker()),
                    (on((n % 97) as i8), Some(speaker))
                );
            }
        }
    }
}

#[test]
fn a_denial_that_comes_after_the_question_is_found_by_the_next_one() {
    let (mut graph, ids, relations) = states();
    let plain = |speaker, stance, object| Plain {
        subject: 0,
        relation: 0,
        object,
        speaker,
        stance,
        valid: 3,
        reported: 5,
        answers: None,
    };
    let put = |graph: &mut ClaimGraph, plain| graph.insert(row(&plain, &ids, &relations)).unwrap();
    let first = put(&mut graph, plain(1, Stance::Asserts, 2));
    let second = put(&mut graph, plain(1, Stance::Asserts, 3));
    put(&mut graph, plain(4, Stance::Denies, 2));
    let contests = |graph: &ClaimGraph| {
        [first, second].map(|claim| graph.view().contests(claim).unwrap().len())
    };
    assert_eq!(contests(&graph), [1, 0]);
    let refused =
        [row(&plain(4, Stance::Denies, 3), &ids, &relations), Row::new(ids[0], Stance::Denies)];
    assert_eq!(graph.insert_all(refused).unwrap_err().0, 1);
    assert_eq!(contests(&graph), [1, 0], "nothing is left of a refused batch");
    put(&mut graph, plain(4, Stance::Denies, 3));
    assert_eq!(contests(&graph), [1, 1]);
    graph.compact();
    assert_eq!(contests(&graph), [1, 1]);
}

/// Rows of known speakers go a shorter way than claims: one after the other, each is refused with the same fault, or
/// is the same claim on record.
#[test]
fn a_row_is_refused_or_kept_as_the_claim_it_stands_for() {
    let (mut rows, ids, [attacks, deploys_to, treaty_with]) = states();
    let mut claims = states().0;
    let mut refused = 0;
    let mut put = |row: Row| {
        let (one, other) = (rows.insert(row), claims.insert(Claim::from(row)));
        refused += usize::from(one.is_err());
        assert_eq!(
            one.map_err(|error| error.to_string()),
            other.map_err(|error| error.to_string()),
            "{row:?}"
        );
    };
    for &speaker in &ids[..2] {
        put(Row::new(speaker, Stance::Asserts).about(ids[2], attacks, ids[3]).reported(on(1)));
    }
    let (first, none) = (ClaimId::nth(0).unwrap(), ClaimId::nth(100_000).unwrap());
    for &stance in Stance::ALL {
        for statement in
            [None, Some((attacks, ids[3])), Some((treaty_with, ids[4])), Some((deploys_to, ids[5]))]
        {
            for answered in [None, Some(first), Some(none)] {
                for reported in [Some(on(20)), None] {
                    let row = Row::new(ids[0], stance);
                    let row = statement
                        .map_or(row, |(relation, object)| row.about(ids[2], relation, object));
                    let row = answered.map_or(row, |claim| row.responding_to(claim));
                    let row = reported.map_or(row, |day| row.reported(day));
                    put(row);
                    put(row.valid_on(on(20)));
                    put(row.valid_on(on(21)));
                    put(row.valid_throughout(on(3), on(9)));
                    put(row.valid_throughout(on(9), on(3)));
                    put(row.valid_since(on(4)));
                }
            }
        }
    }
    assert!(refused > 500 && rows.len() > 200, "{refused} refused, {} taken", rows.len());
    assert_eq!(rows.to_jsonl(), claims.to_jsonl());
    let told = |graph: &ClaimGraph| {
        let (view, mut out) = (graph.view(), String::new());
        list(&mut out, "timeline", view.timeline());
        list(&mut out, "revisions", view.revisions());
        list(&mut out, "contested", view.contested());
        view.positions(first).iter().for_each(|found| writeln!(out, "{found}").unwrap());
        out
    };
    assert_eq!(told(&rows), told(&claims));
}

/// As long as a relation takes every kind of entity there is, kinds are not looked at. That ends with the first
/// entity of another.
#[test]
fn what_a_relation_takes_is_asked_again_once_there_are_entities_of_another_kind() {
    let (mut graph, ids, [attacks, _, treaty_with]) = states();
    let row = |subject: EntityId, relation, object: EntityId| {
        Row::new(ids[0], Stance::Asserts).about(subject, relation, object).reported(on(1))
    };
    let refused = |graph: &mut ClaimGraph, rows: &[Row]| -> Vec<usize> {
        let one_by_one = rows.iter().map(|&row| graph.clone().insert(row).is_err());
        let one_by_one: Vec<usize> =
            one_by_one.enumerate().filter(|(_, refused)| *refused).map(|(n, _)| n).collect();
        let extended = graph.extend(rows.iter().copied());
        assert_eq!(
            extended.rejected().iter().map(|(position, _)| *position).collect::<Vec<_>>(),
            one_by_one
        );
        one_by_one
    };
    let mut other = ClaimGraph::new();
    let foreign =
        (0..=STATES).map(|n| other.add(State, format!("other-{n}")).unwrap().id()).last().unwrap();
    let rows = [
        row(ids[1], attacks, ids[2]),
        row(ids[1], attacks, foreign),
        row(foreign, treaty_with, ids[1]),
        row(ids[3], treaty_with, ids[4]),
    ];
    assert_eq!(refused(&mut graph, &rows), [1, 2]);
    assert_eq!(refused(&mut graph, &rows), [1, 2]);
    let place = graph.add(Place, "kursk").unwrap().id();
    assert_eq!(place, foreign);
    assert_eq!(refused(&mut graph, &rows), [2]);
    assert_eq!(
        refused(&mut graph, &[row(place, treaty_with, ids[1]), row(ids[1], treaty_with, place)]),
        [0, 1]
    );
}
