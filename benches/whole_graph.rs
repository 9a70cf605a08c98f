//! Components and page rank of a whole view, beside arrays written by hand and a plain petgraph graph.
//!
//! 100,000 claims; `CLAIMGRAPH_BENCH=1000000 cargo bench --bench whole_graph` for another number.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{View, network::Projection};
use claimgraph_analysis::{
    PageRankOptions, communities, components, components_of_arcs, core_numbers, page_rank,
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use petgraph::algo::connected_components;
use petgraph::graph::{DiGraph, NodeIndex};
use std::time::Duration;
use support::{Act, Corpus, Row, relations};

const ROUNDS: usize = 20;

/// The floor: the arcs, sorted by their first end, and nothing else.
struct Arrays {
    begin: Vec<u32>,
    named: Vec<u32>,
}

/// Both ends of every arc in order of rows; a symmetric one in both directions.
fn ends(corpus: &Corpus) -> Vec<(u32, u32)> {
    let relations = relations();
    let mut ends = Vec::new();
    for row in &corpus.rows {
        if let Act::Asserts { subject, relation, object } = row.act {
            ends.push((subject as u32, object as u32));
            if relations[relation].1 {
                ends.push((object as u32, subject as u32));
            }
        }
    }
    ends
}

impl Arrays {
    fn of(nodes: usize, ends: &[(u32, u32)]) -> Self {
        let mut begin = vec![0u32; nodes + 1];
        ends.iter().for_each(|end| begin[end.0 as usize + 1] += 1);
        for node in 0..nodes {
            begin[node + 1] += begin[node];
        }
        let (mut free, mut named) = (begin.clone(), vec![0; ends.len()]);
        for &(from, to) in ends {
            named[free[from as usize] as usize] = to;
            free[from as usize] += 1;
        }
        Self { begin, named }
    }

    fn nodes(&self) -> usize {
        self.begin.len() - 1
    }

    fn components(&self) -> usize {
        fn top(above: &mut [u32], mut node: u32) -> u32 {
            while above[node as usize] != node {
                above[node as usize] = above[above[node as usize] as usize];
                node = above[node as usize];
            }
            node
        }
        let mut above: Vec<u32> = (0..self.nodes() as u32).collect();
        let mut left = self.nodes();
        for from in 0..self.nodes() {
            let mut here = top(&mut above, from as u32);
            for &to in &self.named[self.begin[from] as usize..self.begin[from + 1] as usize] {
                if above[to as usize] == here {
                    continue;
                }
                let there = top(&mut above, to);
                if there != here {
                    left -= 1;
                    let (low, high) = (here.min(there), here.max(there));
                    above[high as usize] = low;
                    here = low;
                }
            }
        }
        left
    }

    fn page_rank(&self) -> Vec<f64> {
        let nodes = self.nodes() as f64;
        let (mut now, mut next) = (vec![1.0 / nodes; self.nodes()], vec![0.0; self.nodes()]);
        for _ in 0..ROUNDS {
            let mut loose = 0.0;
            for (ends, &score) in self.begin.windows(2).zip(&now) {
                let named = &self.named[ends[0] as usize..ends[1] as usize];
                if named.is_empty() {
                    loose += score;
                }
                let share = score / named.len() as f64;
                named.iter().for_each(|&to| next[to as usize] += share);
            }
            let base = (0.15 + 0.85 * loose) / nodes;
            next.iter_mut().for_each(|score| *score = base + 0.85 * *score);
            std::mem::swap(&mut now, &mut next);
            next.fill(0.0);
        }
        now
    }
}

fn plain(nodes: usize, corpus: &Corpus) -> DiGraph<(), Row> {
    let mut graph: DiGraph<(), Row> = DiGraph::new();
    (0..nodes).for_each(|_| _ = graph.add_node(()));
    let relations = relations();
    for row in &corpus.rows {
        if let Act::Asserts { subject, relation, object } = row.act {
            let (a, b) = (NodeIndex::new(subject), NodeIndex::new(object));
            graph.add_edge(a, b, *row);
            if relations[relation].1 {
                graph.add_edge(b, a, *row);
            }
        }
    }
    graph
}

/// Page rank as a user would write it, because petgraph's own is wrong.
fn page_rank_over_petgraph(graph: &DiGraph<(), Row>) -> Vec<f64> {
    let nodes = graph.node_count() as f64;
    let degrees: Vec<usize> =
        graph.node_indices().map(|node| graph.neighbors(node).count()).collect();
    let (mut now, mut next) = (vec![1.0 / nodes; degrees.len()], vec![0.0; degrees.len()]);
    for _ in 0..ROUNDS {
        let mut loose = 0.0;
        for node in graph.node_indices() {
            let share = now[node.index()] / degrees[node.index()] as f64;
            if degrees[node.index()] == 0 {
                loose += now[node.index()];
            }
            graph.neighbors(node).for_each(|to| next[to.index()] += share);
        }
        let base = (0.15 + 0.85 * loose) / nodes;
        next.iter_mut().for_each(|score| *score = base + 0.85 * *score);
        std::mem::swap(&mut now, &mut next);
        next.fill(0.0);
    }
    now
}

fn twenty() -> PageRankOptions {
    PageRankOptions::new().rounds(ROUNDS).tolerance(0.0)
}

fn ours(arcs: &Projection<'_>) -> Vec<f64> {
    page_rank(arcs, twenty()).unwrap().scores().to_vec()
}

fn near(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-12));
}

fn whole_graph(criterion: &mut Criterion) {
    let size = std::env::var("CLAIMGRAPH_BENCH").map_or(100_000, |number| number.parse().unwrap());
    let corpus = Corpus::of(size);
    let (graph, _, _) = corpus.graph();
    let nodes = graph.entity_count();
    let ends = ends(&corpus);
    let (view, limit, peer): (View<'_>, Arrays, _) =
        (graph.view(), Arrays::of(nodes, &ends), plain(nodes, &corpus));
    let arcs = view.projection();

    assert_eq!((arcs.node_count(), arcs.arc_count()), (nodes, limit.named.len()));
    assert_eq!(components_of_arcs(&arcs).count(), limit.components());
    assert_eq!(components(&view).count(), connected_components(&peer));
    near(&ours(&arcs), &limit.page_rank());
    near(&page_rank_over_petgraph(&peer), &limit.page_rank());

    let mut group = criterion.benchmark_group("whole_graph");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1));
    let name = |what: &str| BenchmarkId::new(what, size);
    group
        .bench_function(name("projection, view"), |b| b.iter_with_large_drop(|| view.projection()));
    group.bench_function(name("projection, arrays"), |b| {
        b.iter_with_large_drop(|| Arrays::of(nodes, &ends))
    });
    group.bench_function(name("components, view"), |b| b.iter(|| components(&view).count()));
    group.bench_function(name("components, projection"), |b| {
        b.iter(|| components_of_arcs(&arcs).count())
    });
    group.bench_function(name("components, arrays"), |b| b.iter(|| limit.components()));
    group.bench_function(name("components, petgraph"), |b| b.iter(|| connected_components(&peer)));
    group.bench_function(name("components, petgraph on the view"), |b| {
        b.iter(|| connected_components(&view))
    });
    group.bench_function(name("page rank, view"), |b| {
        b.iter(|| page_rank(&view.projection(), twenty()).unwrap())
    });
    group.bench_function(name("page rank, projection"), |b| {
        b.iter(|| page_rank(&arcs, twenty()).unwrap())
    });
    group.bench_function(name("page rank, arrays"), |b| b.iter(|| limit.page_rank()));
    group
        .bench_function(name("page rank, petgraph"), |b| b.iter(|| page_rank_over_petgraph(&peer)));
    group.bench_function(name("cores, projection"), |b| b.iter(|| core_numbers(&arcs).deepest()));
    group.bench_function(name("communities, projection"), |b| {
        b.iter(|| communities(&arcs, 1.0).unwrap().modularity())
    });
    group.finish();
}

criterion_group!(benches, whole_graph);
criterion_main!(benches);
