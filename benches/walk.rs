//! Walking a view with petgraph, beside petgraph's own graph filtered by the same day.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{EntityId, View};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, EdgeFiltered, Walker};
use std::time::Duration;
use support::{Act, Corpus, Row, SIZES, midsummer, relations};

fn plain(corpus: &Corpus) -> DiGraph<u32, Row> {
    let mut graph: DiGraph<u32, Row> = DiGraph::new();
    let nodes: Vec<NodeIndex> =
        (0..(corpus.entities + corpus.sources) as u32).map(|i| graph.add_node(i)).collect();
    let relations = relations();
    for row in &corpus.rows {
        if let Act::Asserts { subject, relation, object } = row.act {
            graph.add_edge(nodes[subject], nodes[object], *row);
            if relations[relation].1 {
                graph.add_edge(nodes[object], nodes[subject], *row);
            }
        }
    }
    graph
}

fn reached(view: &View<'_>, hub: EntityId) -> Vec<usize> {
    Bfs::new(view, hub).iter(view).map(EntityId::index).collect()
}

fn walk(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("walk");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1));
    for size in SIZES {
        let corpus = Corpus::of(size);
        let (graph, entities, _) = corpus.graph();
        let (view, theirs) = (graph.view().as_of(midsummer()), plain(&corpus));
        let known = |row: &Row| row.reported <= midsummer();
        let (hub, node) = (entities[0], NodeIndex::new(0));

        let search = || {
            let filtered = EdgeFiltered::from_fn(&theirs, |edge| known(edge.weight()));
            Bfs::new(&filtered, node).iter(&filtered).map(NodeIndex::index).collect::<Vec<usize>>()
        };
        let (mut ours, mut other) = (reached(&view, hub), search());
        ours.sort_unstable();
        other.sort_unstable();
        assert_eq!(ours, other);
        let filter =
            || theirs.filter_map(|_, &node| Some(node), |_, row| known(row).then_some(*row));
        let (copy, peer) = (view.to_petgraph(), filter());
        assert_eq!((copy.node_count(), copy.edge_count()), (peer.node_count(), peer.edge_count()));

        group.bench_function(BenchmarkId::new("Bfs, view", size), |b| {
            b.iter(|| reached(&view, hub).len())
        });
        group.bench_function(BenchmarkId::new("Bfs, petgraph filtered", size), |b| {
            b.iter(|| search().len())
        });
        group.bench_function(BenchmarkId::new("Bfs, copy of the view", size), |b| {
            b.iter(|| Bfs::new(&copy, node).iter(&copy).count());
        });
        group.bench_function(BenchmarkId::new("to_petgraph, view", size), |b| {
            b.iter_with_large_drop(|| view.to_petgraph())
        });
        group.bench_function(BenchmarkId::new("filter_map, petgraph", size), |b| {
            b.iter_with_large_drop(filter)
        });
    }
    group.finish();
}

criterion_group!(benches, walk);
criterion_main!(benches);
