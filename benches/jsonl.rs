//! Writing and reading JSON Lines, beside bare serde_json of the same records.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{ClaimGraph, record::Loader, record::Record};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::time::Duration;
use support::{Corpus, SIZES};

fn bare_write(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        serde_json::to_writer(&mut bytes, record).unwrap();
        bytes.push(b'\n');
    }
    bytes
}

fn bare_read(text: &[u8]) -> Vec<Record> {
    let lines = text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

fn write(graph: &ClaimGraph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.write_jsonl(&mut bytes).unwrap();
    bytes
}

fn load(records: Vec<Record>) -> ClaimGraph {
    let mut loader = Loader::new();
    records.into_iter().for_each(|record| loader.push(record).unwrap());
    loader.finish()
}

fn jsonl(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("jsonl");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(2))
        .warm_up_time(Duration::from_secs(1));
    for size in SIZES {
        let (graph, ..) = Corpus::of(size).graph();
        let (records, text) = (graph.records(), write(&graph));
        assert_eq!(bare_write(&records), text);
        assert_eq!(bare_read(&text), records);
        assert_eq!(write(&ClaimGraph::read_jsonl(text.as_slice()).unwrap()), text);
        assert_eq!(write(&load(records.clone())), text);

        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("write", size), |b| {
            b.iter_with_large_drop(|| write(&graph))
        });
        group.bench_function(BenchmarkId::new("write, keys not known", size), |b| {
            b.iter_batched(
                || Corpus::of(size).graph().0,
                |graph| (write(&graph), graph),
                BatchSize::PerIteration,
            );
        });
        group.bench_function(BenchmarkId::new("write, records only", size), |b| {
            b.iter_with_large_drop(|| graph.records())
        });
        group.bench_function(BenchmarkId::new("write, bare serde_json", size), |b| {
            b.iter_with_large_drop(|| bare_write(&records))
        });
        group.bench_function(BenchmarkId::new("read", size), |b| {
            b.iter_with_large_drop(|| ClaimGraph::read_jsonl(text.as_slice()).unwrap());
        });
        group.bench_function(BenchmarkId::new("read, loading only", size), |b| {
            b.iter_batched(|| records.clone(), load, BatchSize::PerIteration);
        });
        group.bench_function(BenchmarkId::new("read, bare serde_json", size), |b| {
            b.iter_with_large_drop(|| bare_read(&text))
        });
    }
    group.finish();
}

criterion_group!(benches, jsonl);
criterion_main!(benches);
