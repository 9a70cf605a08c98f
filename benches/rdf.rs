//! N-Quads of 100,000 claims written and read, beside oxrdfio doing the same with the bare quads of the file.

#[path = "support/mod.rs"]
mod support;

use claimgraph::{ClaimGraph, RdfFormat};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use oxrdf::Quad;
use oxrdfio::{RdfFormat as Oxrdf, RdfParser, RdfSerializer};
use std::time::Duration;
use support::Corpus;

const CLAIMS: usize = 100_000;

fn write(graph: &ClaimGraph) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert!(graph.write_rdf(RdfFormat::NQuads, &mut bytes).unwrap().is_empty());
    bytes
}

fn bare_write(quads: &[Quad]) -> Vec<u8> {
    let mut serializer = RdfSerializer::from_format(Oxrdf::NQuads).for_writer(Vec::new());
    quads.iter().for_each(|quad| serializer.serialize_quad(quad).unwrap());
    serializer.finish().unwrap()
}

fn bare_read(bytes: &[u8]) -> Vec<Quad> {
    RdfParser::from_format(Oxrdf::NQuads).for_reader(bytes).map(Result::unwrap).collect()
}

fn rdf(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rdf");
    group.sample_size(10).measurement_time(Duration::from_secs(5)).warm_up_time(Duration::from_secs(1));
    let (graph, ..) = Corpus::of(CLAIMS).graph();
    let bytes = write(&graph);
    let quads = bare_read(&bytes);
    assert_eq!(bare_write(&quads), bytes);
    let back = ClaimGraph::read_rdf(RdfFormat::NQuads, bytes.as_slice()).unwrap();
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());

    group.throughput(Throughput::Elements(CLAIMS as u64));
    group.bench_function(BenchmarkId::new("write", CLAIMS), |b| b.iter_with_large_drop(|| write(&graph)));
    group.bench_function(BenchmarkId::new("write, bare oxrdfio", CLAIMS), |b| {
        b.iter_with_large_drop(|| bare_write(&quads));
    });
    group.bench_function(BenchmarkId::new("read", CLAIMS), |b| {
        b.iter_with_large_drop(|| ClaimGraph::read_rdf(RdfFormat::NQuads, bytes.as_slice()).unwrap());
    });
    group.bench_function(BenchmarkId::new("read, bare oxrdfio", CLAIMS), |b| {
        b.iter_with_large_drop(|| bare_read(&bytes));
    });
    group.finish();
}

criterion_group!(benches, rdf);
criterion_main!(benches);
