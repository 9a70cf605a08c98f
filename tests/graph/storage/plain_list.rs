//! Rows compared with a plain list of claims.

use super::*;

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

/// Compares each question about rows with a loop over the list.
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
                // A loop takes another code path than a fold.
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
            // Connected components.
            let mut label: Vec<usize> = (0..STATES).collect();
            for plain in list.iter().filter(|plain| plain.stance != Stance::Denies && passes(plain))
            {
                let (a, b) = (label[plain.subject], label[plain.object]);
                label.iter_mut().filter(|label| **label == a).for_each(|label| *label = b);
            }
            let parts = components(&view);
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

/// A number of rows, the same in every run.
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

/// More rows than trigger a merge, and a few after it.
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

/// Three sizes, because small, larger and very large sets are sorted in different ways. Each size is drawn at random, in
/// order of report day, and with all rows alike.
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
            assert_eq!(groups.len(), under.len(), "the claims of each relation lie together");
            for group in groups {
                assert!(
                    group.is_sorted_by(|(_, day, id), (_, next, after)| (day, id) < (next, after))
                );
            }
        }
    }
}

/// Rows are dealt out in parts by subject; rows without a subject come last.
#[test]
fn claims_without_a_statement_stand_among_forty_thousand_with_one() {
    let list = drawn(40_000);
    let (mut graph, ids, relations) = states();
    let pure = |place: usize| place % 5 == 4;
    let rows = list.iter().enumerate().map(|(place, plain)| match pure(place) {
        true => PlainClaim::new(ids[plain.speaker], Stance::Dismisses)
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
