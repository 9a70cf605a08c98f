//! Projections and activity of views: symmetric, inverse, denied, planned and withdrawn claims.

use super::*;

fn world_views(
    world: &crate::support::brute::World,
    as_of: Option<u8>,
    up_to: Option<u8>,
    seen: &mut dyn FnMut(View<'_>),
) {
    let built = world.build();
    let ask = Ask { as_of, ..Ask::default() };
    let view = ask.view(&built);
    seen(match up_to {
        Some(n) => view.begun_by(day(n)),
        None => view,
    });
}

fn rows(projection: &Projection, view: &View<'_>) -> Vec<(usize, usize)> {
    let all = view.graph().entities().map(|e| e.id());
    all.flat_map(|a| projection.targets(a).map(move |b| (a.index(), b.index()))).collect()
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_projection_has_the_arcs_of_its_view(world in worlds(5..25), as_of in prop::option::of(20..26u8), up_to in prop::option::of(0..20u8)) {
        world_views(&world, as_of, up_to, &mut |view| {
            let projection = view.projection();
            let copy = view.to_petgraph();
            let mut expected: Vec<(usize, usize)> = copy.edge_references().map(|e| (e.source().index(), e.target().index())).collect();
            expected.sort();
            let mut found = rows(&projection, &view);
            assert!(found.is_sorted_by_key(|pair| pair.0));
            found.sort();
            assert_eq!(found, expected);
            assert_eq!((projection.node_count(), projection.arc_count()), (copy.node_count(), copy.edge_count()));
            assert_eq!(projection.out_degrees(), (0..copy.node_count()).map(|n| expected.iter().filter(|p| p.0 == n).count()).collect::<Vec<_>>());
            assert_eq!(projection.in_degrees(), projection.reversed().out_degrees());
            assert_eq!(projection.in_degrees(), (0..copy.node_count()).map(|n| expected.iter().filter(|p| p.1 == n).count()).collect::<Vec<_>>());
            expected.dedup();
            assert_eq!(rows(&projection.collapsed(), &view), expected);
            assert_eq!(components(&view).count(), petgraph::algo::connected_components(&copy));
        });
    }

    #[test]
    fn activity_counts_each_claim_where_it_lies(world in worlds(5..25), as_of in prop::option::of(20..26u8), up_to in prop::option::of(0..20u8)) {
        world_views(&world, as_of, up_to, &mut |view| {
            for (grain, letters) in [(Granularity::Day, 10), (Granularity::Month, 7), (Granularity::Year, 4)] {
                for by in [DateBasis::Valid, DateBasis::Reported] {
                    let all: BTreeMap<EntityId, Activity> = activities(&view, grain, by).into_iter().collect();
                    for entity in view.graph().entities().map(|e| e.id()) {
                        let expected = naive_activity(&view, entity, by, letters);
                        let one = activity(&view, entity, grain, by);
                        assert_eq!(texts(&one, letters), expected);
                        assert_eq!(all.get(&entity).cloned().unwrap_or_else(|| one.clone()), one);
                        assert_eq!(all.contains_key(&entity), !one.total().is_empty());
                    }
                }
            }
        });
    }
}

type Counts = BTreeMap<String, [usize; 3]>;

fn three(tally: ActivityCounts) -> [usize; 3] {
    [tally.subject, tally.object, tally.speaker]
}

fn texts(activity: &Activity, letters: usize) -> Counts {
    let mut found: Counts = activity
        .periods()
        .map(|(d, tally)| (d.to_string()[..letters].to_owned(), three(tally)))
        .collect();
    for (start, tally) in activity.periods() {
        assert_eq!(activity.on(start), tally);
        assert!(letters == 10 || start.day() == 1);
    }
    found.insert("spanning".to_owned(), three(activity.spanning()));
    found.insert("undated".to_owned(), three(activity.undated()));
    found.retain(|_, counts| *counts != [0; 3]);
    found
}

/// Counts by the first letters of the dates.
fn naive_activity(view: &View<'_>, entity: EntityId, by: DateBasis, letters: usize) -> Counts {
    let mut counts = Counts::new();
    for claim in view.claims() {
        let cut = |d: claimgraph::Date| d.to_string()[..letters].to_owned();
        let place = |claim: ClaimRef<'_>| match by {
            DateBasis::Reported => cut(claim.reported()),
            DateBasis::Valid => {
                let period = claim.holding();
                let ends =
                    period.and_then(|p| Some((cut(p.start_earliest()?), cut(p.end_latest()?))));
                ends.map_or(
                    "undated".to_owned(),
                    |(a, b)| if a == b { a } else { "spanning".to_owned() },
                )
            }
        };
        let roles = [
            claim.subject_entity() == Some(entity),
            claim.object_entity() == Some(entity),
            claim.chain().iter().any(|link| link.source == Some(entity)),
        ];
        let count = counts.entry(place(claim)).or_insert([0; 3]);
        roles.iter().zip(count).for_each(|(&there, n)| *n += usize::from(there));
    }
    counts.retain(|_, counts| *counts != [0; 3]);
    counts
}

#[test]
fn a_period_over_the_end_of_a_month_is_spanning_by_month_and_counted_by_year() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    for valid in [
        "2024-02-29",
        "2024-02-28/2024-03-01",
        "2023-12-31/2024-01-01",
        "2024",
        "2024-02-29/..",
        "1969-12-31",
    ] {
        graph
            .insert(Claim::by(b).asserts(a, MEETS, b).valid(valid).reported(date(2025, 1, 1)))
            .unwrap();
    }
    let counted = |grain| {
        texts(
            &activity(&graph.view(), a, grain, DateBasis::Valid),
            if grain == Granularity::Month { 7 } else { 4 },
        )
    };
    let of = |pairs: &[(&str, usize)]| -> Counts {
        pairs.iter().map(|(k, n)| (k.to_string(), [*n, 0, 0])).collect()
    };
    assert_eq!(
        counted(Granularity::Month),
        of(&[("1969-12", 1), ("2024-02", 1), ("spanning", 3), ("undated", 1)])
    );
    assert_eq!(
        counted(Granularity::Year),
        of(&[("1969", 1), ("2024", 3), ("spanning", 1), ("undated", 1)])
    );
}

#[test]
fn a_speaker_twice_in_a_chain_counts_once() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap());
    graph
        .insert(
            Claim::by(a)
                .relayed_by(b)
                .relayed_by(a)
                .asserts(a, MEETS, a)
                .reported(date(2024, 10, 24)),
        )
        .unwrap();
    let view = graph.view();
    let one = activity(&view, a, Granularity::Day, DateBasis::Reported);
    assert_eq!(three(one.on(date(2024, 10, 24))), [1, 1, 1]);
    let all = activities(&view, Granularity::Day, DateBasis::Reported);
    assert_eq!(all.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [a.id(), b.id()]);
    assert_eq!(all[0].1, one);
}

// ----- refusals, and empty answers

#[test]
fn numbers_out_of_range_are_refused_and_nothing_panics() {
    let (graph, ids) = graph_of(3, &[(0, 1)]);
    let view = graph.view();
    for damping in [f64::NAN, f64::INFINITY, -0.1, 1.1] {
        let error =
            page_rank(&view.projection(), PageRankOptions::new().damping(damping)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::OutOfRange { what: "damping", .. }), "{error}");
    }
    for tolerance in [f64::NAN, f64::INFINITY, -1e-9] {
        assert!(
            page_rank(&view.projection(), PageRankOptions::new().tolerance(tolerance)).is_err()
        );
    }
    for resolution in [f64::NAN, f64::INFINITY, -1.0] {
        assert!(communities(&view.projection(), resolution).is_err());
        assert!(communities_of_ties(&graph, [(ids[0], ids[1], 1.0)], resolution).is_err());
    }
    // A handle of a larger graph, far beyond the entities of this one.
    let mut larger = ClaimGraph::new();
    let far = (0..2_000).map(|n| larger.add(State, format!("far {n}").as_str()).unwrap().id());
    let far = far.last().unwrap();
    let error = communities_of_ties(&graph, [(ids[0], far, 1.0)], 1.0).unwrap_err();
    assert!(error.to_string().contains("unknown entity"), "{error}");
    let never = page_rank(&view.projection(), PageRankOptions::new().rounds(0)).unwrap();
    assert_eq!(
        (never.rounds(), never.converged(), never.scores()),
        (0, false, &[1.0 / 3.0; 3][..])
    );
    assert_eq!(
        communities(&view.projection(), 0.0).unwrap().count(),
        2,
        "the largest number is accepted"
    );

    // An entity added later, and a graph without entities.
    let (parts, cores, ranks, blocs) = (
        components(&view),
        core_numbers(&view.projection()),
        never,
        communities(&view.projection(), 1.0).unwrap(),
    );
    let mut graph = graph.clone();
    let later = graph.add(State, "later").unwrap();
    assert_eq!(
        (parts.of(later), cores.of(later), ranks.score(later), blocs.of(later)),
        (None, None, None, None)
    );
    assert!(!parts.same_component(later, later) && !blocs.same_community(later, later));
    let empty = ClaimGraph::new();
    assert_eq!((components(&empty.view()).count(), components(&empty.view()).largest()), (0, None));
    assert_eq!(
        (
            core_numbers(&empty.view().projection()).deepest(),
            communities(&empty.view().projection(), 1.0).unwrap().count()
        ),
        (0, 0)
    );
    assert_eq!(page_rank(&empty.view().projection(), PageRankOptions::new()).unwrap().top(5), []);
    assert_eq!(communities_of_ties(&graph, [(ids[0], ids[0], 0.0); 0], 1.0).unwrap().count(), 0);
}

#[test]
fn rolled_up_arcs_join_the_outermost_wholes_of_their_day() {
    use claimgraph::{
        Date, Period,
        entity::{Affiliation, AffiliationKind},
    };

    /// The wholes, computed from the affiliations one by one.
    fn tops(graph: &ClaimGraph, at: EntityId, day: Date, as_of: Date) -> BTreeSet<EntityId> {
        let known = graph
            .affiliations_of(at)
            .map(|(_, a)| a)
            .filter(|a| a.report_date().is_none_or(|on| on <= as_of));
        let serving = known.filter(|a| {
            a.kind() == AffiliationKind::PartOf
                && a.valid_period().is_none_or(|p| p.holds_on(day).is_possible())
        });
        let above: BTreeSet<EntityId> =
            serving.flat_map(|a| tops(graph, a.whole(), day, as_of)).collect();
        if above.is_empty() { BTreeSet::from([at]) } else { above }
    }

    let mut seen = 0u64;
    let mut below = |bound: usize| {
        seen = seen.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seen >> 33) as usize % bound
    };
    let day = |n: usize| date(2024, 1, 1 + n as i8);
    let (mut within, mut several) = (0, 0);
    for round in 0..60 {
        let mut graph = ClaimGraph::new();
        let ids: Vec<EntityId> =
            (0..9).map(|n| graph.add(State, format!("s{n}")).unwrap().id()).collect();
        for part in 0..8 {
            for _ in 0..below(3) {
                let whole = ids[part + 1 + below(8 - part)];
                let link = match below(4) {
                    0 => Affiliation::member_of(ids[part], whole),
                    _ => Affiliation::part_of(ids[part], whole),
                };
                let first = below(28);
                let link = match round % 3 {
                    0 => link,
                    _ => {
                        link.valid(Period::throughout(day(first)..=day(first + below(28 - first))))
                    }
                };
                graph
                    .add_affiliation(if below(3) == 0 { link.reported(day(29)) } else { link })
                    .unwrap();
            }
        }
        for _ in 0..40 {
            let (a, b) = (ids[below(9)], ids[below(9)]);
            let relation = if below(3) == 0 { MEETS.untyped() } else { ATTACKS.untyped() };
            let claim = Claim::by(a).asserts(a, relation, b).valid(day(below(28)));
            graph.insert(claim.reported(day(28))).unwrap();
        }
        for as_of in [day(30), day(28)] {
            let view = graph.view().as_of(as_of);
            let mut expected: Vec<(EntityId, EntityId)> = Vec::new();
            for claim in view.claims() {
                let (a, b) = (claim.subject_entity().unwrap(), claim.object_entity().unwrap());
                let when = claim.valid_from_day().unwrap().date();
                let [from, to] = [a, b].map(|end| tops(&graph, end, when, as_of));
                several += usize::from(from.len() * to.len() > 1);
                let ways = if claim.is(MEETS) && a != b { vec![false, true] } else { vec![false] };
                for turned in ways {
                    for (&a_top, &b_top) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b)))
                    {
                        match a_top != b_top || a == b {
                            true if turned => expected.push((b_top, a_top)),
                            true => expected.push((a_top, b_top)),
                            false => within += 1,
                        }
                    }
                }
            }
            let arcs = rolled_up_projection(&view);
            let mut found: Vec<(EntityId, EntityId)> =
                ids.iter().flat_map(|&a| arcs.targets(a).map(move |b| (a, b))).collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "round {round}");
            assert_eq!(arcs.node_count(), 9);
        }
    }
    assert!(within > 50 && several > 50, "{within} {several}");
}
