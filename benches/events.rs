//! Loading gzipped delimited text: a year of events through a mapping, names and checks included. The peer is a
//! bare loop of the `csv` crate that puts names into a `HashMap`.
//!
//! `cargo bench --bench events`. With `CLAIMGRAPH_DATA` it reads ICEWS14 from there, 90,730 rows. Without, it
//! reads as many made-up rows of the same shape.

#[path = "support/mod.rs"]
mod support;

use claimgraph::ClaimGraph;
use claimgraph_formats::tables::{Mapping, Reader};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::Write;
use std::time::Duration;
use support::real_events;
use support::workload::Workload;

const ROWS: usize = 90_730;

/// The bytes of a gzipped table: subject, relation, object, date.
fn table() -> Vec<u8> {
    if let Some(table) = real_events() {
        return table;
    }
    let workload = Workload::of(ROWS);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    writeln!(packed, "subject\trelation\tobject\tdate").unwrap();
    for claim in &workload.claims {
        let name = |n: u32| &workload.entities[n as usize];
        let (month, day) = (claim.valid / 28 % 12 + 1, claim.valid % 28 + 1);
        let relation = &workload.relations[usize::from(claim.relation)];
        writeln!(
            packed,
            "{}\t{relation}\t{}\t2014-{month:02}-{day:02}",
            name(claim.subject),
            name(claim.object)
        )
        .unwrap();
    }
    packed.finish().unwrap()
}

fn ours(packed: &[u8]) -> ClaimGraph {
    let mapping: Mapping = serde_json::from_str(include_str!(
        "../crates/claimgraph-analysis/examples/mappings/events.json"
    ))
    .unwrap();
    let report = Reader::new(mapping).gzipped().read(packed).unwrap();
    assert_eq!(report.accepted(), ROWS as u64);
    report.graph
}

/// Four numbers a row, and the names of the numbers.
fn bare(packed: &[u8]) -> (Vec<[u32; 4]>, HashMap<String, u32>) {
    fn number(names: &mut HashMap<String, u32>, name: &str) -> u32 {
        let next = names.len() as u32;
        match names.get(name) {
            Some(&number) => number,
            None => *names.entry(name.to_owned()).or_insert(next),
        }
    }
    let mut names = HashMap::new();
    let mut rows = Vec::new();
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(GzDecoder::new(packed));
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).unwrap() {
        let mut cells = record.iter();
        rows.push([(); 4].map(|()| number(&mut names, cells.next().unwrap())));
    }
    (rows, names)
}

fn events(criterion: &mut Criterion) {
    let packed = table();
    let graph = ours(&packed);
    let (rows, _) = bare(&packed);
    assert_eq!((graph.len(), rows.len()), (ROWS, ROWS));
    let mut group = criterion.benchmark_group("load gzipped events");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("ours", |bencher| bencher.iter_with_large_drop(|| ours(&packed)));
    group.bench_function("bare csv", |bencher| bencher.iter_with_large_drop(|| bare(&packed)));
    group.finish();
}

criterion_group!(benches, events);
criterion_main!(benches);
