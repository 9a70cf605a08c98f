//! petgraph's algorithms on a view, compared with the same on a plain graph.

use super::*;

/// SEMANTICS 1.3, from the claims as they are read back: each arc, and its claim.
fn joined(graph: &ClaimGraph, ids: &Set, named: &Ask) -> Vec<(usize, usize, ClaimId)> {
    let order: BTreeMap<_, usize> =
        graph.entities().enumerate().map(|(i, e)| (e.id(), i)).collect();
    let mut arcs = Vec::new();
    for claim in graph.claims().filter(|claim| ids.contains(&claim.id())) {
        use Stance::*;
        let commits = matches!(
            claim.stance(),
            Asserts | Observes | Estimates | Assesses | Confirms | Acknowledges | Presupposes
        );
        let asked_for = named.stance == Some(claim.stance())
            && matches!(claim.stance(), Projects | Speculates | Demands | CallsFor | Threatens);
        // What is expected are forecasts too, what is wanted demands, what is thought of threats.
        let of_modality = match claim.stance() {
            Projects => Some(Modality::Expected),
            Demands | CallsFor => Some(Modality::Desired),
            Threatens => Some(Modality::Hypothetical),
            _ => None,
        };
        let asked_for = asked_for
            || of_modality.is_some_and(|it| claim.modality() == it && named.modality == Some(it));
        let plain =
            claim.modality() == Modality::Actual || named.modality == Some(claim.modality());
        let sure = matches!(
            claim.certainty(),
            claimgraph::claim::Certainty::Certain | claimgraph::claim::Certainty::Probable
        );
        let Some(statement) = claim.statement().filter(|_| (commits && plain && sure) || asked_for)
        else {
            continue;
        };
        let (Some(a), Some(b)) = (statement.subject().entity(), statement.object().entity()) else {
            continue;
        };
        // A statement from the other side is the same claim and the same arc.
        let (a, b) = if statement.relation().inverse.is_some() { (b, a) } else { (a, b) };
        arcs.push((order[&a], order[&b], claim.id()));
        if statement.relation().symmetric && a != b {
            arcs.push((order[&b], order[&a], claim.id()));
        }
    }
    arcs
}

fn components<N: Copy>(sccs: Vec<Vec<N>>, index: impl Fn(N) -> usize) -> BTreeSet<BTreeSet<usize>> {
    sccs.into_iter().map(|scc| scc.into_iter().map(&index).collect()).collect()
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn algorithms_on_a_view_answer_as_on_a_plain_graph(
        world in worlds(5..25), as_of in as_of(), doc in prop::option::weighted(0.2, 0..2usize), speaker in prop::option::weighted(0.2, 0..8usize),
        stance in prop::option::weighted(0.2, prop::sample::select(Stance::ALL)), modality in prop::option::weighted(0.2, prop::sample::select(Modality::ALL)),
        including_retracted in any::<bool>(),
    ) {
        let built = world.build();
        // The rules do not say what a filter with both does. A stance that joins anyway has a test of its own.
        let stance = stance.filter(|s| !commits(*s));
        let modality = modality.filter(|_| stance.is_none());
        let ask = Ask { as_of, doc: doc.map(|d| d + ENTITIES), speaker, stance, modality, including_retracted, ..Ask::default() };
        let view = ask.view(&built);
        let ids: Set = built.in_view(&ask).map(|row| row.id).collect();
        let arcs = joined(&built.graph, &ids, &ask);
        let nodes: Vec<_> = built.graph.entities().map(|e| e.id()).collect();
        let mut plain: DiGraph<(), ClaimId> = DiGraph::new();
        nodes.iter().for_each(|_| _ = plain.add_node(()));
        for &(a, b, id) in &arcs {
            plain.add_edge(NodeIndex::new(a), NodeIndex::new(b), id);
        }
        let place = |e| view.to_index(e);

        let mut all: Vec<_> = (&view).edge_references().map(|arc| (place(arc.source()), place(arc.target()), arc.id())).collect();
        let mut expected = arcs.clone();
        all.sort();
        expected.sort();
        prop_assert_eq!(&all, &expected);
        let copy = view.to_petgraph();
        let mut copied: Vec<_> = copy.edge_references().map(|e| (e.source().index(), e.target().index(), *e.weight())).collect();
        copied.sort();
        prop_assert_eq!(&copied, &expected);
        prop_assert_eq!(view.projection().out_degrees(), (0..nodes.len()).map(|n| arcs.iter().filter(|(a, ..)| *a == n).count()).collect::<Vec<_>>());

        for (i, &from) in nodes.iter().enumerate() {
            let start = NodeIndex::new(i);
            for (j, &to) in nodes.iter().enumerate() {
                let there = has_path_connecting(&view, from, to, None);
                prop_assert_eq!(there, has_path_connecting(&plain, start, NodeIndex::new(j), None));
            }
            let mut dfs = Dfs::new(&view, from);
            let deep: Vec<usize> = std::iter::from_fn(|| dfs.next(&view)).map(place).collect();
            let mut dfs = Dfs::new(&plain, start);
            let deep_plain: BTreeSet<usize> = std::iter::from_fn(|| dfs.next(&plain)).map(NodeIndex::index).collect();
            prop_assert_eq!(deep.len(), deep_plain.len());
            prop_assert_eq!(deep.into_iter().collect::<BTreeSet<_>>(), deep_plain);

            let steps: BTreeMap<usize, u32> = dijkstra(&plain, start, None, |_| 1).into_iter().map(|(n, d)| (n.index(), d)).collect();
            let found: BTreeMap<usize, u32> = dijkstra(&view, from, None, |_| 1).into_iter().map(|(n, d)| (place(n), d)).collect();
            prop_assert_eq!(&found, &steps);
            let mut bfs = Bfs::new(&view, from);
            let wide: Vec<usize> = std::iter::from_fn(|| bfs.next(&view)).map(place).collect();
            prop_assert!(wide.windows(2).all(|pair| steps[&pair[0]] <= steps[&pair[1]]), "nearer nodes come first");
            prop_assert_eq!(wide.iter().copied().collect::<BTreeSet<_>>(), steps.keys().copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(wide.len(), steps.len());
        }
        let expected = components(kosaraju_scc(&plain), NodeIndex::index);
        prop_assert_eq!(components(kosaraju_scc(&view), place), expected.clone());
        prop_assert_eq!(components(tarjan_scc(&view), place), expected);
    }
}
