//! Writes and reads 100,000 claims in every format. The peer is the library for its syntax: it writes and reads the
//! same content without a graph, as quads, XML events, JSON values or rows.

#[path = "support/mod.rs"]
mod support;

use claimgraph::format::{ReadError, ReadReport};
use claimgraph::{ClaimGraph, date};
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_formats::{datapackage, ftm, gexf, graphml, stix};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use oxrdf::Quad;
use oxrdfio::{RdfFormat as Oxrdf, RdfParser, RdfSerializer};
use quick_xml::events::Event;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::Corpus;

const CLAIMS: usize = 100_000;

/// Measures the four rows of a format. `parse` turns the bytes into the library's own values, and `print` turns
/// them back into bytes.
fn rows<P>(
    criterion: &mut Criterion,
    (name, graph): (&str, &ClaimGraph),
    write: impl Fn(&ClaimGraph, &mut Vec<u8>),
    read: impl Fn(&[u8]) -> Result<ReadReport, ReadError>,
    parse: impl Fn(&[u8]) -> P,
    print: impl Fn(&P) -> Vec<u8>,
) {
    let written = |graph: &ClaimGraph| {
        let mut bytes = Vec::new();
        write(graph, &mut bytes);
        bytes
    };
    let bytes = written(graph);
    let parsed = parse(&bytes);
    // Except for white space, the bytes are the same.
    assert!(print(&parsed).len().abs_diff(bytes.len()) <= bytes.len() / 20, "{name}");
    assert!(read(&bytes).unwrap().graph.len() > CLAIMS / 2, "{name}");

    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5))
        .warm_up_time(Duration::from_secs(1));
    group.throughput(Throughput::Elements(CLAIMS as u64));
    group.bench_function("write", |b| b.iter_with_large_drop(|| written(graph)));
    group.bench_function("write, bare", |b| b.iter_with_large_drop(|| print(&parsed)));
    // Claim keys are computed when they are first needed, and kept.
    group.bench_function("write, with the keys", |b| {
        b.iter_batched_ref(
            || Corpus::of(CLAIMS).graph().0,
            |graph| written(graph),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("read", |b| b.iter_with_large_drop(|| read(&bytes).unwrap()));
    group.bench_function("read, bare", |b| b.iter_with_large_drop(|| parse(&bytes)));
    group.finish();
}

// ----- the libraries

fn quads(bytes: &[u8]) -> Vec<Quad> {
    RdfParser::from_format(Oxrdf::NQuads).for_reader(bytes).map(Result::unwrap).collect()
}

fn print_quads(quads: &[Quad]) -> Vec<u8> {
    let mut serializer = RdfSerializer::from_format(Oxrdf::NQuads).for_writer(Vec::new());
    quads.iter().for_each(|quad| serializer.serialize_quad(quad).unwrap());
    serializer.finish().unwrap()
}

fn events(bytes: &[u8]) -> Vec<Event<'static>> {
    let (mut reader, mut buffer, mut events) =
        (quick_xml::Reader::from_reader(bytes), Vec::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Eof => return events,
            event => events.push(event.into_owned()),
        }
        buffer.clear();
    }
}

fn print_events(events: &[Event<'static>]) -> Vec<u8> {
    let mut writer = quick_xml::Writer::new(Vec::new());
    events.iter().for_each(|event| writer.write_event(event.borrow()).unwrap());
    writer.into_inner()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

fn print_lines(values: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in values {
        serde_json::to_writer(&mut bytes, value).unwrap();
        bytes.push(b'\n');
    }
    bytes
}

fn tables(folder: &Path) -> Vec<(PathBuf, Vec<csv::StringRecord>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let table = |path: PathBuf| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        (path, reader.records().map(Result::unwrap).collect())
    };
    files.filter(|path| path.extension().is_some_and(|end| end == "csv")).map(table).collect()
}

fn print_tables(tables: &[(PathBuf, Vec<csv::StringRecord>)], folder: &Path) {
    for (path, records) in tables {
        let mut writer =
            csv::WriterBuilder::new().from_path(folder.join(path.file_name().unwrap())).unwrap();
        records.iter().for_each(|record| writer.write_record(record).unwrap());
        writer.flush().unwrap();
    }
}

// ----- the formats

fn formats(criterion: &mut Criterion) {
    let (graph, ..) = Corpus::of(CLAIMS).graph();
    rows(
        criterion,
        ("nquads", &graph),
        |graph, bytes| drop(rdf::write(graph, RdfFormat::NQuads, bytes).unwrap()),
        |bytes| rdf::Reader::new(RdfFormat::NQuads).read(bytes),
        quads,
        |quads| print_quads(quads),
    );
    rows(
        criterion,
        ("graphml", &graph),
        |graph, bytes| drop(graphml::write(graph, bytes).unwrap()),
        |bytes| graphml::Reader::new().read(bytes),
        events,
        |events| print_events(events),
    );
    rows(
        criterion,
        ("gexf", &graph),
        |graph, bytes| drop(gexf::write(graph, bytes).unwrap()),
        |bytes| gexf::Reader::new().read(bytes),
        events,
        |events| print_events(events),
    );
    rows(
        criterion,
        ("ftm", &graph),
        |graph, bytes| drop(ftm::write(graph, bytes).unwrap()),
        |bytes| ftm::Reader::new().reported(date(2024, 10, 24)).read(bytes),
        lines,
        |values| print_lines(values),
    );
    rows(
        criterion,
        ("stix", &graph),
        |graph, bytes| drop(stix::write(graph, bytes).unwrap()),
        |bytes| stix::Reader::new().read(bytes),
        |bytes| serde_json::from_slice::<Value>(bytes).unwrap(),
        |value| serde_json::to_vec(value).unwrap(),
    );
    // The output is a folder, so there are no bytes to count.
    let folders = ["package", "bare"].map(|name| {
        std::env::temp_dir().join(format!("claimgraph-bench-{}", std::process::id())).join(name)
    });
    folders.iter().for_each(|folder| std::fs::create_dir_all(folder).unwrap());
    let [package, bare] = &folders;
    rows(
        criterion,
        ("datapackage", &graph),
        |graph, _| drop(datapackage::write(graph, package).unwrap()),
        |_| datapackage::Reader::new().read(package),
        |_| tables(package),
        |tables| {
            print_tables(tables, bare);
            Vec::new()
        },
    );
    package.parent().map(std::fs::remove_dir_all).transpose().unwrap();
}

criterion_group!(benches, formats);
criterion_main!(benches);
