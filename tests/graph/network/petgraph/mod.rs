//! petgraph's algorithms on filtered views. The answers must be the same as on the view's own copy, and as on a plain
//! graph that the test builds from the rows of a random world without the library.
//!
//! Algorithms that cannot take a view are missing here: `bellman_ford` and `find_negative_cycle` (they need weights on
//! the arcs; `spfa` and `johnson` take a function and do the same), `ford_fulkerson` and
//! `dinics` (edge ids must be unique), `maximal_cliques` and the isomorphisms (an adjacency matrix),
//! `greedy_feedback_arc_set` (petgraph's own node indices), `steiner_tree`, `condensation` and `tred` (a
//! graph of petgraph's own). All of them run on `to_petgraph()`. `page_rank` is wrong upstream.

mod views;

use crate::support::brute::{Ask, Built, ENTITIES, RELS, commits, day, worlds};
use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, ClaimId, EntityId, Modality, Stance, View, claim::Certainty, date,
};
use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::dominators::simple_fast;
use petgraph::algo::floyd_warshall::floyd_warshall_path;
use petgraph::algo::{
    all_simple_paths, astar, bidirectional_dijkstra, bridges, connected_components, dijkstra,
    dsatur_coloring, floyd_warshall, has_path_connecting, is_bipartite_undirected,
    is_cyclic_directed, is_cyclic_undirected, johnson, k_shortest_path, kosaraju_scc,
    maximum_matching, min_spanning_tree, spfa, tarjan_scc, toposort,
};
use petgraph::data::{Element, FromElements};
use petgraph::graph::{DiGraph, NodeIndex, UnGraph};
use petgraph::visit::{
    Bfs, Dfs, DfsPostOrder, EdgeFiltered, EdgeRef, GraphProp, GraphRef, IntoEdgeReferences,
    IntoEdges, IntoEdgesDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable,
    NodeCount, NodeFiltered, Reversed, UndirectedAdaptor, Visitable,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::hash::Hash;

/// The same worlds in every run, unless `PROPTEST_RNG_SEED` asks for others.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_241_024),
        fixed => fixed,
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_iters: 2_000, ..given }
}

/// A weight of an arc: the same for parallel arcs, and different enough that paths differ.
fn cost(source: usize, target: usize) -> u32 {
    1 + ((source * 7 + target * 3) % 5) as u32
}

type Pairs = BTreeMap<(usize, usize), u32>;

type Sets = BTreeSet<BTreeSet<usize>>;

/// The answers of the algorithms, with nodes as numbers, without answers that depend on the order of arcs.
#[derive(PartialEq, Debug, Default)]
struct Answers {
    arcs: Vec<(usize, usize)>,
    bfs: BTreeMap<usize, BTreeSet<usize>>,
    dfs: BTreeMap<usize, BTreeSet<usize>>,
    post_order: BTreeMap<usize, BTreeSet<usize>>,
    back: BTreeMap<usize, BTreeSet<usize>>,
    connecting: BTreeSet<(usize, usize)>,
    dijkstra: Pairs,
    two_ended: Pairs,
    astar: Pairs,
    spfa: Pairs,
    johnson: Pairs,
    floyd_warshall: Pairs,
    walks: BTreeMap<(usize, usize, usize), u32>,
    simple_paths: BTreeMap<(usize, usize), Vec<Vec<usize>>>,
    connected: usize,
    tarjan: Sets,
    kosaraju: Sets,
    cyclic: (bool, bool),
    sorted: bool,
    dominators: BTreeMap<(usize, usize), usize>,
    tree: usize,
}

fn answers<G>(g: G) -> Answers
where
    G: GraphRef + GraphProp + Visitable + NodeCount + NodeCompactIndexable,
    G: IntoNodeReferences + IntoNodeIdentifiers + IntoEdgeReferences + IntoEdgesDirected,
    G::NodeId: Eq + Hash,
    G::NodeWeight: Clone,
    G::EdgeWeight: Clone + PartialOrd,
{
    let place = |node| g.to_index(node);
    let mut found = Answers::default();
    let price = |edge: G::EdgeRef| cost(g.to_index(edge.source()), g.to_index(edge.target()));
    found.arcs = g.edge_references().map(|e| (place(e.source()), place(e.target()))).collect();
    found.arcs.sort();
    let arcs: BTreeSet<(usize, usize)> = found.arcs.iter().copied().collect();
    let nodes: Vec<G::NodeId> = g.node_identifiers().collect();
    assert_eq!(
        nodes.iter().map(|&n| place(n)).collect::<Vec<_>>(),
        (0..g.node_count()).collect::<Vec<_>>()
    );
    found.cyclic = (is_cyclic_directed(g), is_cyclic_undirected(g));
    for &a in &nodes {
        let from = place(a);
        let steps: BTreeMap<usize, u32> =
            dijkstra(g, a, None, |_| 1u32).into_iter().map(|(n, d)| (place(n), d)).collect();
        let mut walk = Bfs::new(g, a);
        let order: Vec<usize> = std::iter::from_fn(|| walk.next(g)).map(place).collect();
        assert!(
            order.windows(2).all(|pair| steps[&pair[0]] <= steps[&pair[1]]),
            "nearer nodes come first"
        );
        found.bfs.insert(from, order.into_iter().collect());
        let mut walk = Dfs::new(g, a);
        found.dfs.insert(from, std::iter::from_fn(|| walk.next(g)).map(place).collect());
        let mut walk = DfsPostOrder::new(g, a);
        let order: Vec<usize> = std::iter::from_fn(|| walk.next(g)).map(place).collect();
        let rank = |n: usize| order.iter().position(|&m| m == n).unwrap();
        assert!(
            found.cyclic.0 || arcs.iter().all(|&(s, t)| !order.contains(&s) || rank(t) < rank(s))
        );
        found.post_order.insert(from, order.into_iter().collect());
        let turned = Reversed(g);
        let mut walk = Dfs::new(turned, a);
        found.back.insert(from, std::iter::from_fn(|| walk.next(turned)).map(place).collect());

        found
            .dijkstra
            .extend(dijkstra(g, a, None, price).into_iter().map(|(n, d)| ((from, place(n)), d)));
        for k in 1..4 {
            let paths = k_shortest_path(g, a, None, k, price);
            found.walks.extend(paths.into_iter().map(|(n, d)| ((k, from, place(n)), d)));
        }
        let near = spfa(g, a, price).unwrap().distances;
        found.spfa.extend(
            near.into_iter()
                .enumerate()
                .filter(|(_, d)| *d < u32::MAX)
                .map(|(n, d)| ((from, n), d)),
        );
        let above = simple_fast(g, a);
        for &b in &nodes {
            found
                .dominators
                .extend(above.immediate_dominator(b).map(|d| ((from, place(b)), place(d))));
        }
        for &b in &nodes {
            let pair = (from, place(b));
            if has_path_connecting(g, a, b, None) {
                found.connecting.insert(pair);
            }
            // From a node to itself, petgraph returns the shortest circle instead of 0.
            let there = if a == b { Some(0) } else { bidirectional_dijkstra(g, a, b, price) };
            found.two_ended.extend(there.map(|d| (pair, d)));
            if let Some((sum, path)) = astar(g, a, |n| n == b, price, |_| 0) {
                let path: Vec<usize> = path.into_iter().map(place).collect();
                assert!(path.windows(2).all(|pair| arcs.contains(&(pair[0], pair[1]))));
                assert_eq!(path.windows(2).map(|pair| cost(pair[0], pair[1])).sum::<u32>(), sum);
                found.astar.insert(pair, sum);
            }
            let paths = all_simple_paths::<Vec<_>, _, RandomState>(g, a, b, 0, Some(2));
            let mut paths: Vec<Vec<usize>> =
                paths.map(|path| path.into_iter().map(place).collect()).collect();
            paths.sort();
            found.simple_paths.insert(pair, paths);
        }
    }
    let known = |pairs: &mut dyn Iterator<Item = ((G::NodeId, G::NodeId), u32)>| -> Pairs {
        pairs.filter(|(_, d)| *d < u32::MAX).map(|((a, b), d)| ((place(a), place(b)), d)).collect()
    };
    let far = johnson(g, |edge| i64::from(price(edge))).unwrap();
    found.johnson =
        known(&mut far.into_iter().map(|(pair, d)| (pair, u32::try_from(d).unwrap_or(u32::MAX))));
    found.floyd_warshall = known(&mut floyd_warshall(g, price).unwrap().into_iter());
    assert_eq!(
        known(&mut floyd_warshall_path(g, price).unwrap().0.into_iter()),
        found.floyd_warshall
    );
    found.connected = connected_components(g);
    let sets = |sccs: Vec<Vec<G::NodeId>>| {
        sccs.into_iter().map(|scc| scc.into_iter().map(place).collect()).collect()
    };
    (found.tarjan, found.kosaraju) = (sets(tarjan_scc(g)), sets(kosaraju_scc(g)));
    if let Ok(order) = toposort(g, None) {
        let order: Vec<usize> = order.into_iter().map(place).collect();
        let rank = |n: usize| order.iter().position(|&m| m == n).unwrap();
        assert!(arcs.iter().all(|&(s, t)| rank(s) < rank(t)));
        found.sorted = true;
    }
    let tree = min_spanning_tree(g);
    found.tree = UnGraph::<G::NodeWeight, G::EdgeWeight>::from_elements(tree).edge_count();
    found
}

/// Answers that do not depend on directions, from an undirected graph.
#[derive(PartialEq, Debug, Default)]
struct Undirected {
    articulations: BTreeSet<usize>,
    bridges: BTreeSet<(usize, usize)>,
    bipartite: Vec<bool>,
    reach: BTreeMap<usize, BTreeSet<usize>>,
}

fn undirected<G>(g: G) -> Undirected
where
    G: GraphRef + GraphProp + Visitable + NodeCompactIndexable,
    G: IntoNodeReferences + IntoNodeIdentifiers + IntoEdgeReferences + IntoEdges,
    G::NodeId: Eq + Hash + Debug,
    G::NodeWeight: Clone,
    G::EdgeWeight: Clone + PartialOrd,
{
    let place = |node| g.to_index(node);
    let ends = |a: usize, b: usize| (a.min(b), a.max(b));
    let (colours, _) = dsatur_coloring(g);
    for edge in g.edge_references().filter(|edge| edge.source() != edge.target()) {
        assert_ne!(colours[&edge.source()], colours[&edge.target()]);
    }
    Undirected {
        articulations: articulation_points(g).into_iter().map(place).collect(),
        bridges: bridges(g).map(|edge| ends(place(edge.source()), place(edge.target()))).collect(),
        bipartite: g.node_identifiers().map(|node| is_bipartite_undirected(g, node)).collect(),
        reach: g
            .node_identifiers()
            .map(|node| {
                let mut walk = Dfs::new(g, node);
                (place(node), std::iter::from_fn(|| walk.next(g)).map(place).collect())
            })
            .collect(),
    }
}

/// The arcs of the view, from the rows of the world alone.
fn arcs_of(built: &Built, ask: &Ask, up_to: Option<u8>) -> Vec<(usize, usize, ClaimId)> {
    let mut arcs = Vec::new();
    for row in built.in_view(ask) {
        let Some((subject, relation, object)) = row.says else { continue };
        // A claim that has certainly not begun by then is left out.
        let by = |day: u8| row.telling().begun_by(i32::from(day));
        let begun = up_to.is_none_or(|day| by(day) != Answer::No);
        let open = matches!(
            row.stance,
            Stance::Projects
                | Stance::Speculates
                | Stance::Demands
                | Stance::CallsFor
                | Stance::Threatens
        );
        // Forecasts are what is expected, demands what is wanted, threats what is thought of.
        let usual = match row.stance {
            Stance::Projects => Some(Modality::Expected),
            Stance::Demands | Stance::CallsFor => Some(Modality::Desired),
            Stance::Threatens => Some(Modality::Hypothetical),
            _ => None,
        };
        let of_modality = usual.is_some_and(|it| row.modality == it && ask.modality == Some(it));
        let named = open && ask.stance == Some(row.stance) || of_modality;
        let plain = row.modality == Modality::Actual || ask.modality == Some(row.modality);
        let sure = row.certainty <= Certainty::Probable;
        if !begun
            || !((commits(row.stance) && row.stance != Stance::Revises && plain && sure) || named)
        {
            continue;
        }
        // `hosts` is declared as the inverse of `present-in`, and points the same way.
        let turned = RELS[relation].key == "hosts";
        let (a, b) = if turned { (object, subject) } else { (subject, object) };
        arcs.push((built.entities[a].index(), built.entities[b].index(), row.id));
        if RELS[relation].symmetric && a != b {
            arcs.push((built.entities[b].index(), built.entities[a].index(), row.id));
        }
    }
    arcs
}

fn plain(nodes: usize, arcs: &[(usize, usize, ClaimId)]) -> DiGraph<(), ClaimId> {
    let mut graph = DiGraph::new();
    (0..nodes).for_each(|_| _ = graph.add_node(()));
    for &(a, b, id) in arcs {
        graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), id);
    }
    graph
}

/// Each pair once, because petgraph's `maximum_matching` and others work on pairs and not on arcs.
fn simple(nodes: usize, arcs: &[(usize, usize, ClaimId)]) -> UnGraph<(), ()> {
    let pairs: BTreeSet<(usize, usize)> =
        arcs.iter().map(|&(a, b, _)| (a.min(b), a.max(b))).collect();
    let mut graph = UnGraph::new_undirected();
    (0..nodes).for_each(|_| _ = graph.add_node(()));
    for (a, b) in pairs {
        graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), ());
    }
    graph
}

/// The number of components without this node, or without the arcs of this pair.
fn parts(
    nodes: usize,
    arcs: &[(usize, usize, ClaimId)],
    without: Option<usize>,
    cut: Option<(usize, usize)>,
) -> usize {
    let mut labels: Vec<usize> = (0..nodes).collect();
    for &(a, b, _) in arcs {
        let gone = without == Some(a) || without == Some(b) || cut == Some((a.min(b), a.max(b)));
        let (old, new) = (labels[a], labels[b]);
        labels.iter_mut().filter(|label| !gone && **label == old).for_each(|label| *label = new);
    }
    (0..nodes).filter(|n| Some(*n) != without).map(|n| labels[n]).collect::<BTreeSet<_>>().len()
}
