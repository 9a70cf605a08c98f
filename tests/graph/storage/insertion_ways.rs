//! Claims inserted one by one, sorted in between, or loaded at once: every question of the crate has the same answer.

use super::*;

fn counts(out: &mut String, question: &str, activity: &Activity) {
    let each: Vec<_> = activity.periods().collect();
    writeln!(out, "{question}: {each:?} {:?} {:?}", activity.total(), activity.undated()).unwrap();
}

/// The answers of a view to every question, in order of the questions.
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
    list(o, "demands", view.watch().of_kind(WatchKind::Demand));
    list(o, "threats", view.watch().of_kind(WatchKind::Threat));
    list(o, "forecasts", view.watch().of_kind(WatchKind::Forecast));
    list(o, "conditionals", view.watch().conditional());
    for claim in graph.claims() {
        writeln!(o, "{:?} {} {:?}", claim.id(), view.contains(claim.id()), view.roots(claim.id()))
            .unwrap();
        writeln!(
            o,
            "{:?} {:?}",
            claim.targets().collect::<Vec<_>>(),
            claim.responses().map(|a| a.id()).collect::<Vec<_>>()
        )
        .unwrap();
        list(o, "positions", view.responses(claim.id()).unwrap());
        list(o, "corroboration", view.corroboration(claim.id()).unwrap());
        list(o, "rests on", view.downstream_of(claim.id()));
    }
    let entities: Vec<EntityId> = graph.entities().map(|entity| entity.id()).collect();
    for &a in &entities {
        list(o, "about", view.mentions_of(a));
        list(o, "about it or a part", claims_with_subject_or_part(view, a));
        list(o, "on it or a part", claims_with_object_or_part(view, a));
        counts(o, "activity", &activity(view, a, Granularity::Month, DateBasis::Reported));
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
                list(o, "stands", asked.responses());
                list(o, "figures", asked.figures());
                list(o, "critical sources", asked.critical_sources());
                let assessed = asked.credibility(&SourceGrades::new());
                writeln!(o, "{assessed} {:?}", assessed.proof().to_string()).unwrap();
            }
        }
    }
    list(o, "watched", (*view.watch()).clone());
    list(o, "track records", view.watch().track_records());
    let matrix = stance_matrix(view);
    write!(
        o,
        "{matrix} {} {:?} {}",
        matrix.stance_count(),
        matrix.totals(),
        matrix.blocs(1, 1.0).unwrap()
    )
    .unwrap();
    for issue in matrix.issues() {
        let sides: Vec<_> = matrix
            .speakers()
            .into_iter()
            .map(|speaker| (speaker, matrix.side(speaker, issue)))
            .collect();
        writeln!(o, "{issue} {sides:?}").unwrap();
    }
    for agreement in matrix.agreements(1) {
        writeln!(o, "{agreement:?}").unwrap();
    }
    for (entity, activity) in activities(view, Granularity::Year, DateBasis::Valid) {
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
    writeln!(o, "{:?}", rolled_up_projection(view).out_degrees()).unwrap();
    for stance in [Stance::Confirms, Stance::Denies, Stance::Dismisses, Stance::Acknowledges] {
        let mut pairs: Vec<_> = view.responses_with_stance(stance).collect();
        pairs.sort_unstable();
        let several: Vec<_> = view.with_several_responders(stance).collect();
        writeln!(o, "{stance:?} {pairs:?} {several:?}").unwrap();
    }
    let mut arcs: Vec<_> =
        view.edge_references().map(|arc| (arc.source(), arc.target(), arc.id())).collect();
    arcs.sort_unstable();
    let parts = components(view);
    writeln!(
        o,
        "{arcs:?} {parts:?} {:?} {:?}",
        core_numbers(&view.projection()),
        view.projection().collapsed()
    )
    .unwrap();
    let ranks = page_rank(&view.projection(), PageRankOptions::new()).unwrap();
    let scores: Vec<i64> =
        ranks.scores().iter().map(|score| (score * 1e9).round() as i64).collect();
    writeln!(
        o,
        "{scores:?} {:?}",
        communities(&view.projection(), 1.0)
            .unwrap()
            .modularity()
            .map(|m| (m * 1e9).round() as i64)
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

/// Inserts the same claims one by one. Before the places in `sort` the recent claims are sorted in; with `ask` a question
/// is asked each time.
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
    fn claims_one_by_one_sorted_in_between_or_at_once_give_the_same_answers(
        world in worlds(5..25), sort in prop::collection::vec(any::<bool>(), 1..9),
    ) {
        // The builder adds links and lineage at the end, so they are left out here.
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
