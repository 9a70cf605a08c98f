//! Inserting claims one by one, beside petgraph's plain graph with an edge struct for each claim.

#[path = "support/mod.rs"]
mod support;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use std::time::Duration;
use support::{Act, Corpus, Row, SIZES};

/// The code of a user who keeps claims in petgraph: unchecked, one edge for each claim.
fn plain(corpus: &Corpus) -> DiGraph<u32, Row> {
    let mut graph: DiGraph<u32, Row> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..corpus.entities as u32).map(|i| graph.add_node(i)).collect();
    for row in &corpus.rows {
        let (from, to) = match row.act {
            Act::Asserts { subject, object, .. } => (nodes[subject], nodes[object]),
            Act::Confirms(target) | Act::Dismisses(target) => {
                graph.edge_endpoints(EdgeIndex::new(target)).unwrap()
            }
        };
        graph.add_edge(from, to, *row);
    }
    graph
}

fn insert(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("insert");
    group
        .sample_size(15)
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_secs(1));
    for size in SIZES {
        let corpus = Corpus::of(size);
        let (stage, entities, sources) = corpus.stage();
        let (mut ours, theirs) = (stage.clone(), plain(&corpus));
        corpus.fill(&mut ours, &entities, &sources);
        assert_eq!(ours.len(), theirs.edge_count());
        let asserted =
            theirs.edge_weights().filter(|row| matches!(row.act, Act::Asserts { .. })).count();
        assert_eq!(ours.claims().filter(|claim| claim.statement().is_some()).count(), asserted);

        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("claimgraph", size), |bencher| {
            let run = |mut graph| {
                corpus.fill(&mut graph, &entities, &sources);
                graph
            };
            bencher.iter_batched(|| stage.clone(), run, BatchSize::PerIteration);
        });
        group.bench_function(BenchmarkId::new("petgraph, unchecked", size), |bencher| {
            bencher.iter_with_large_drop(|| plain(&corpus));
        });
    }
    group.finish();
}

criterion_group!(benches, insert);
criterion_main!(benches);
