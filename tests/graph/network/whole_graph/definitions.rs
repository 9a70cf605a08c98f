//! The definitions, applied by brute force to random graphs.

use super::*;

/// The whole transition matrix, row by row, times the vector.
fn naive_page_rank(nodes: usize, arcs: &[(usize, usize)], damping: f64, rounds: usize) -> Vec<f64> {
    let out = |a: usize| arcs.iter().filter(|arc| arc.0 == a).count();
    let step = |a: usize, b: usize| match out(a) {
        0 => 1.0 / nodes as f64,
        n => arcs.iter().filter(|arc| **arc == (a, b)).count() as f64 / n as f64,
    };
    let mut scores = vec![1.0 / nodes as f64; nodes];
    for _ in 0..rounds {
        let follow = |b: usize| (0..nodes).map(|a| scores[a] * step(a, b)).sum::<f64>();
        scores = (0..nodes).map(|b| (1.0 - damping) / nodes as f64 + damping * follow(b)).collect();
    }
    scores
}

/// The components: sets of entities that reach each other, ignoring directions.
fn naive_parts(nodes: usize, arcs: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
    let mut parts: Vec<BTreeSet<usize>> = (0..nodes).map(|n| BTreeSet::from([n])).collect();
    for &(a, b) in arcs {
        let joined: BTreeSet<usize> = parts[a].union(&parts[b]).copied().collect();
        for &n in &joined {
            parts[n] = joined.clone();
        }
    }
    parts
}

fn naive_core(nodes: usize, arcs: &[(usize, usize)], node: usize) -> usize {
    let beside = |a: usize, left: &BTreeSet<usize>| {
        left.iter()
            .filter(|&&b| a != b && (arcs.contains(&(a, b)) || arcs.contains(&(b, a))))
            .count()
    };
    let stays = |k: usize| {
        let mut left: BTreeSet<usize> = (0..nodes).collect();
        while let Some(&weak) = left.iter().find(|&&a| beside(a, &left) < k) {
            left.remove(&weak);
        }
        left.contains(&node)
    };
    (0..=nodes).rev().find(|&k| stays(k)).unwrap()
}

/// Newman's formula, pair by pair. A loop has both ends at one node.
fn naive_modularity(
    ties: &[(usize, usize, f64)],
    label: &dyn Fn(usize) -> usize,
    nodes: usize,
    gamma: f64,
) -> f64 {
    let matrix = |a: usize, b: usize| -> f64 {
        ties.iter()
            .map(|&(x, y, w)| w * (f64::from((x, y) == (a, b)) + f64::from((y, x) == (a, b))))
            .sum()
    };
    let degree: Vec<f64> = (0..nodes).map(|a| (0..nodes).map(|b| matrix(a, b)).sum()).collect();
    let total: f64 = degree.iter().sum();
    let all = (0..nodes)
        .flat_map(|a| (0..nodes).map(move |b| (a, b)))
        .filter(|&(a, b)| label(a) == label(b));
    all.map(|(a, b)| matrix(a, b) - gamma * degree[a] * degree[b] / total).sum::<f64>() / total
}

/// Every partition of so many nodes, as labels.
fn partitions(nodes: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for _ in 0..nodes {
        let longer = |labels: Vec<usize>| {
            let fresh = labels.iter().max().map_or(0, |m| m + 1);
            (0..=fresh).map(move |label| labels.iter().copied().chain([label]).collect::<Vec<_>>())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn page_rank_is_the_matrix_applied_again_and_again((nodes, pairs) in arcs(), damping in 0.0..=1.0f64, rounds in 0..12usize) {
        let (graph, ids) = graph_of(nodes, &pairs);
        let ranks = page_rank(&graph.view().projection(), PageRankOptions::new().damping(damping).rounds(rounds).tolerance(0.0)).unwrap();
        close(ranks.scores(), &naive_page_rank(nodes, &pairs, damping, rounds), 1e-12);
        prop_assert!((ranks.scores().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let mut order: Vec<(EntityId, f64)> = ids.iter().map(|&id| (id, ranks.score(id).unwrap())).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for n in [0, 1, 3, nodes, nodes + 1] {
            prop_assert_eq!(ranks.top(n), order[..n.min(nodes)].to_vec());
        }
        // The order of the claims does not change a bit.
        let (turned, _) = graph_of(nodes, &pairs.iter().rev().copied().collect::<Vec<_>>());
        let again = page_rank(&turned.view().projection(), PageRankOptions::new().damping(damping).rounds(rounds).tolerance(0.0)).unwrap();
        prop_assert_eq!(ranks.scores(), again.scores());
    }

    #[test]
    fn entities_that_nothing_joins_change_scores_by_one_factor((nodes, pairs) in arcs()) {
        let options = PageRankOptions::new().rounds(2_000).tolerance(1e-15);
        let (small, large) = (graph_of(nodes, &pairs).0, graph_of(nodes + 3, &pairs).0);
        let (few, many) = (page_rank(&small.view().projection(), options).unwrap(), page_rank(&large.view().projection(), options).unwrap());
        let share: f64 = many.scores()[..nodes].iter().sum();
        let scaled: Vec<f64> = many.scores()[..nodes].iter().map(|score| score / share).collect();
        close(&scaled, few.scores(), 1e-9);
    }

    #[test]
    fn components_hold_entities_that_reach_each_other((nodes, pairs) in arcs()) {
        let (graph, ids) = graph_of(nodes, &pairs);
        let (parts, expected) = (components(&graph.view()), naive_parts(nodes, &pairs));
        prop_assert_eq!(&parts, &components_of_arcs(&graph.view().projection()));
        prop_assert_eq!(parts.count(), expected.iter().collect::<BTreeSet<_>>().len());
        for (a, &id) in ids.iter().enumerate() {
            let members: Vec<EntityId> = expected[a].iter().map(|&b| ids[b]).collect();
            prop_assert_eq!(parts.members(parts.of(id).unwrap()).collect::<Vec<_>>(), members);
            prop_assert_eq!(parts.sizes()[parts.of(id).unwrap()], expected[a].len());
            for (b, &other) in ids.iter().enumerate() {
                prop_assert_eq!(parts.same_component(id, other), expected[a].contains(&b));
            }
        }
        let largest = expected.iter().map(BTreeSet::len).max().unwrap();
        let first = expected.iter().position(|part| part.len() == largest).unwrap();
        prop_assert_eq!(parts.largest(), parts.of(ids[first]));
        let firsts: Vec<usize> = (0..parts.count()).map(|c| parts.members(c).next().unwrap().index()).collect();
        prop_assert!(firsts.is_sorted());
    }

    #[test]
    fn core_numbers_match_repeated_pruning((nodes, pairs) in arcs()) {
        let (graph, ids) = graph_of(nodes, &pairs);
        let cores = core_numbers(&graph.view().projection());
        let expected: Vec<usize> = (0..nodes).map(|node| naive_core(nodes, &pairs, node)).collect();
        prop_assert_eq!(ids.iter().map(|&id| cores.of(id).unwrap()).collect::<Vec<_>>(), expected.clone());
        prop_assert_eq!(Some(cores.deepest()), expected.iter().copied().max());
        for k in 0..4 {
            let members: Vec<EntityId> = ids.iter().zip(&expected).filter(|(_, core)| **core >= k).map(|(id, _)| *id).collect();
            prop_assert_eq!(cores.members(k).collect::<Vec<_>>(), members);
        }
    }

    #[test]
    fn communities_are_connected_and_their_modularity_is_newmans((nodes, pairs) in arcs(), gamma in 0.2..2.0f64) {
        let (graph, ids) = graph_of(nodes, &pairs);
        let found = communities(&graph.view().projection(), gamma).unwrap();
        let label = |n: usize| found.of(ids[n]).unwrap();
        let ties: Vec<(usize, usize, f64)> = pairs.iter().map(|&(a, b)| (a, b, 1.0)).collect();
        prop_assert_eq!(found.modularity().is_none(), pairs.is_empty());
        if let Some(modularity) = found.modularity() {
            prop_assert!((modularity - naive_modularity(&ties, &label, nodes, gamma)).abs() < 1e-12);
            prop_assert!(modularity >= naive_modularity(&ties, &|n| n, nodes, gamma) - 1e-12, "no worse than single nodes");
            for (node, other) in pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]) {
                let moved = |n: usize| if n == node { label(other) } else { label(n) };
                prop_assert!(naive_modularity(&ties, &moved, nodes, gamma) <= modularity + 1e-9, "{node} to {other}");
            }
            if nodes <= 6 {
                let best = partitions(nodes).into_iter().map(|p| naive_modularity(&ties, &|n| p[n], nodes, gamma));
                prop_assert!(modularity <= best.fold(f64::MIN, f64::max) + 1e-12);
            }
        }
        let inside: Vec<(usize, usize)> = pairs.iter().copied().filter(|&(a, b)| label(a) == label(b)).collect();
        let whole = naive_parts(nodes, &inside);
        let mut firsts = Vec::new();
        for community in 0..found.count() {
            let members: Vec<usize> = found.members(community).iter().map(|id| id.index()).collect();
            prop_assert_eq!(&whole[members[0]].iter().copied().collect::<Vec<_>>(), &members);
            prop_assert!(members.iter().all(|&n| label(n) == community));
            firsts.push(members[0]);
        }
        prop_assert!(firsts.is_sorted());
        // The same ties in another order, given by the caller, give the same result.
        let turned = ties.iter().rev().map(|&(a, b, w)| (ids[b], ids[a], w));
        let again = communities_of_ties(&graph, turned, gamma).unwrap();
        prop_assert_eq!(again.modularity(), found.modularity());
        for &(a, b) in &pairs {
            prop_assert_eq!(again.same_community(ids[a], ids[b]), found.same_community(ids[a], ids[b]));
        }
        for &id in &ids {
            let named = pairs.iter().any(|&(a, b)| ids[a] == id || ids[b] == id);
            prop_assert_eq!(again.of(id).is_some(), named);
        }
    }

    #[test]
    fn weights_of_any_size_give_communities_or_an_error(
        ties in prop::collection::vec((0..8usize, 0..8usize, prop_oneof![Just(0.0), 0.0..1.0, Just(f64::MIN_POSITIVE), Just(5e-324), Just(1e300), Just(f64::MAX), Just(f64::NAN), Just(-1.0)]), 0..20),
    ) {
        let (graph, ids) = graph_of(8, &[]);
        let sum: f64 = ties.iter().map(|tie| tie.2).sum();
        let found = communities_of_ties(&graph, ties.iter().map(|&(a, b, w)| (ids[a], ids[b], w)), 1.0);
        let bad = ties.iter().any(|tie| tie.2.is_nan() || tie.2 < 0.0) || !(4.0 * sum).is_finite();
        prop_assert_eq!(found.is_err(), bad);
        if let Ok(found) = found {
            prop_assert!(found.modularity().is_none_or(|q| (-0.500_001..=1.0).contains(&q)), "{:?}", found.modularity());
            prop_assert_eq!(found.groups().map(<[EntityId]>::len).sum::<usize>(), ids.iter().filter(|&&id| found.of(id).is_some()).count());
        }
    }
}
