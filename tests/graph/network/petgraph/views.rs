//! Filtered views compared with filtered copies.

use super::*;

fn compare(view: &View<'_>, arcs: &[(usize, usize, ClaimId)]) {
    let nodes = view.node_count();
    let other = plain(nodes, arcs);
    let (ours, copied, theirs) = (answers(view), answers(&view.to_petgraph()), answers(&other));
    assert_eq!(ours, theirs);
    assert_eq!(ours, copied);
    assert_eq!(ours.tree + ours.connected, nodes, "a tree has an edge fewer than nodes");
    for shortest in [&ours.two_ended, &ours.astar, &ours.spfa, &ours.johnson, &ours.floyd_warshall]
    {
        assert_eq!(shortest, &ours.dijkstra);
    }

    let without_direction = undirected(UndirectedAdaptor(view));
    let graph = simple(nodes, arcs);
    assert_eq!(without_direction, undirected(&graph));
    assert_eq!(without_direction, undirected(UndirectedAdaptor(&other)));
    let whole = parts(nodes, arcs, None, None);
    // An articulation point is a node whose removal leaves more components.
    let points: BTreeSet<usize> =
        (0..nodes).filter(|&n| parts(nodes, arcs, Some(n), None) > whole).collect();
    assert_eq!(without_direction.articulations, points);
    let pairs: BTreeSet<(usize, usize)> =
        arcs.iter().map(|&(a, b, _)| (a.min(b), a.max(b))).collect();
    let cuts: BTreeSet<(usize, usize)> =
        pairs.into_iter().filter(|&p| parts(nodes, arcs, None, Some(p)) > whole).collect();
    assert_eq!(
        without_direction.bridges, cuts,
        "parallel claims count as one: petgraph looks at neighbours"
    );

    // petgraph's filters on top of ours.
    let few = |n: EntityId| n.index() % 3 != 1;
    let some: Vec<_> = arcs.iter().copied().filter(|(a, b, _)| a % 3 != 1 && b % 3 != 1).collect();
    let (thin, expected) = (NodeFiltered::from_fn(view, few), plain(nodes, &some));
    for start in (0..nodes).filter(|n| n % 3 != 1) {
        let from = view.graph().entities().nth(start).unwrap().id();
        let mut walk = Bfs::new(&thin, from);
        let ours: BTreeSet<usize> =
            std::iter::from_fn(|| walk.next(&thin)).map(EntityId::index).collect();
        let mut walk = Bfs::new(&expected, NodeIndex::new(start));
        assert_eq!(
            ours,
            std::iter::from_fn(|| walk.next(&expected)).map(NodeIndex::index).collect()
        );
    }
    let odd: Vec<_> = arcs.iter().copied().filter(|(_, _, id)| id.index() % 2 == 1).collect();
    let thin = EdgeFiltered::from_fn(view, |arc| arc.claim().id().index() % 2 == 1);
    assert_eq!(tarjan_scc(&thin).len(), tarjan_scc(&plain(nodes, &odd)).len());
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn algorithms_on_a_filtered_view_answer_as_on_a_filtered_copy(
        world in worlds(5..30), as_of in prop::option::weighted(0.3, 20..26u8), up_to in prop::option::weighted(0.3, 0..20u8),
        doc in prop::option::weighted(0.15, 0..2usize), speaker in prop::option::weighted(0.15, 0..8usize),
        relation in prop::option::weighted(0.2, 0..RELS.len()), stance in prop::option::weighted(0.25, prop::sample::select(Stance::ALL)),
        modality in prop::option::weighted(0.25, prop::sample::select(Modality::ALL)), including_retracted in any::<bool>(),
    ) {
        let built = world.build();
        // The rules do not say what a filter with both does.
        let modality = modality.filter(|_| stance.is_none());
        let ask = Ask { as_of, doc: doc.map(|d| d + ENTITIES), speaker, relation, stance, modality, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        let view = match up_to {
            Some(n) => view.begun_by(day(n)),
            None => view,
        };
        compare(&view, &arcs_of(&built, &ask, up_to));
    }
}

/// One arc of each sort: parallel, both ways, to itself, denied, planned, demanded, late.
#[test]
fn every_kind_of_arc_at_once() {
    let mut graph = ClaimGraph::new();
    let [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(|key| graph.add(State, key).unwrap());
    let (early, late) = (date(2024, 1, 1), date(2024, 6, 1));
    let by = || Claim::by(e);
    let mut add = |claim: Claim, day| graph.insert(claim.reported(day)).unwrap();
    let aid = add(by().asserts(a, PROVIDES_AID_TO, b), early);
    let again = add(by().asserts(a, PROVIDES_AID_TO, b), early);
    let met = add(by().asserts(b, MEETS, c), early);
    let own = add(by().asserts(c, PROVIDES_AID_TO, c), early);
    let own_meeting = add(by().asserts(d, MEETS, d), early);
    add(by().denies(a, PROVIDES_AID_TO, d), early);
    let plan = add(by().asserts(c, PROVIDES_AID_TO, d).modality(Modality::Planned), early);
    let demand = add(by().demands(d, PROVIDES_AID_TO, a), early);
    let news = add(by().asserts(c, PROVIDES_AID_TO, a), late);
    let at = |state: claimgraph::Id<State>| state.id().index();
    let both = |x, y, id| [(at(x), at(y), id), (at(y), at(x), id)];
    let mut arcs = vec![
        (at(a), at(b), aid),
        (at(a), at(b), again),
        (at(c), at(c), own),
        (at(d), at(d), own_meeting),
    ];
    arcs.extend(both(b, c, met));
    compare(&graph.view().as_of(early), &arcs);
    compare(&graph.view().modality(Modality::Planned), &[(at(c), at(d), plan)]);
    compare(&graph.view().stance(Stance::Demands), &[(at(d), at(a), demand)]);
    compare(&graph.view().stance(Stance::Denies), &[]);
    arcs.push((at(c), at(a), news));
    compare(&graph.view(), &arcs);
    compare(
        &graph.view().relation(MEETS),
        &[(at(d), at(d), own_meeting), both(b, c, met)[0], both(b, c, met)[1]],
    );
    compare(
        &graph.view().without_relation(MEETS),
        &arcs
            .iter()
            .copied()
            .filter(|arc| arc.2 != met && arc.2 != own_meeting)
            .collect::<Vec<_>>(),
    );
    compare(&ClaimGraph::new().view(), &[]);
}

/// Elements of a spanning tree name nodes by number, so nodes must come in that order.
#[test]
fn a_spanning_tree_names_every_entity_once() {
    let mut graph = ClaimGraph::new();
    let ids = ["a", "b", "c"].map(|key| graph.add(State, key).unwrap());
    graph
        .insert(Claim::by(ids[0]).asserts(ids[2], MEETS, ids[1]).reported(date(2024, 1, 1)))
        .unwrap();
    let view = graph.view();
    let (nodes, edges): (Vec<_>, Vec<_>) =
        min_spanning_tree(&view).partition(|e| matches!(e, Element::Node { .. }));
    assert_eq!((nodes.len(), edges.len()), (3, 1));
    assert!(matches!(
        edges[0],
        Element::Edge { source: 1, target: 2, .. } | Element::Edge { source: 2, target: 1, .. }
    ));
}

/// The largest matching of a view without directions has as many pairs as in the simple graph.
#[test]
fn a_matching_pairs_as_many_as_can_be() {
    let mut graph = ClaimGraph::new();
    let ids: Vec<_> = (0..8).map(|n| graph.add(State, format!("s{n}")).unwrap()).collect();
    let mut arcs = Vec::new();
    for (x, y) in [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (6, 1)] {
        let id = graph
            .insert(Claim::by(ids[0]).asserts(ids[x], MEETS, ids[y]).reported(date(2024, 1, 1)))
            .unwrap();
        arcs.push((x, y, id));
    }
    let expected = maximum_matching(&simple(8, &arcs)).edges().count();
    let view = graph.view();
    assert_eq!(maximum_matching(&view).edges().count(), expected);
    assert_eq!(expected, 3);
}
