//! Every reader stops early: on white space without end, on gzip that unzips to much more, and when the caller says
//! so. The tests count the bytes that were taken of the input.

use claimgraph::format::{Limits, ReadError, ReadErrorKind, Stop, Watched};
use claimgraph::{ClaimGraph, jsonl};
use claimgraph_formats::gzip::Unzipped;
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_formats::{claimreview, ftm, gexf, graphml, stix, tables, wikidata};
use flate2::{Compression, write::GzEncoder};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;

const MIB: u64 = 1 << 20;

/// A way to read an input with limits.
type ReadWith = fn(&mut dyn BufRead, Limits) -> Result<(), ReadError>;

fn rdf(format: RdfFormat, input: &mut dyn BufRead, limits: Limits) -> Result<(), ReadError> {
    rdf::Reader::new(format).limits(limits).read(input).map(drop)
}

fn table(input: &mut dyn BufRead, limits: Limits) -> Result<(), ReadError> {
    let mapping: tables::Mapping = serde_json::from_str(
        r#"{"speaker": {"text": {"constant": "desk"}, "kind": "Source"},
            "subject": {"text": {"column": "who"}, "kind": "Actor"},
            "relation": {"text": {"constant": "meets"}},
            "object": {"entity": {"text": {"column": "who"}, "kind": "Actor"}},
            "reported": {"text": {"column": "day"}}}"#,
    )
    .unwrap();
    tables::Reader::new(mapping).limits(limits).read(input).map(drop)
}

/// Every reader of a single input, each with starts after which white space may come.
const READERS: [(&str, ReadWith, &[&str]); 16] = [
    (
        "JSON Lines",
        |input, limits| jsonl::Reader::new().limits(limits).read(input).map(drop),
        &["", "{\"claimgraph\":{\"format\":1,\"vocabulary\":{}}}\n"],
    ),
    ("Turtle", |i, l| rdf(RdfFormat::Turtle, i, l), &["", "<a:b> <a:c> <a:d> .\n", "<a:b>"]),
    ("TriG", |i, l| rdf(RdfFormat::TriG, i, l), &["", "<a:b> {"]),
    ("N-Triples", |i, l| rdf(RdfFormat::NTriples, i, l), &["", "<a:b> <a:c> <a:d> .\n"]),
    ("N-Quads", |i, l| rdf(RdfFormat::NQuads, i, l), &[""]),
    (
        "RDF/XML",
        |i, l| rdf(RdfFormat::RdfXml, i, l),
        &["", "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">", "<r:RDF"],
    ),
    ("classic TriG", |i, l| rdf(RdfFormat::ClassicTriG, i, l), &[""]),
    ("JSON-LD", |i, l| rdf(RdfFormat::JsonLd, i, l), &["", "{", "{\"@id\":", "[{},"]),
    (
        "GraphML",
        |i, l| graphml::Reader::new().limits(l).read(i).map(drop),
        &["", "<graphml>", "<graphml ", "<graphml><graph><node id=\"a\"/>"],
    ),
    ("GEXF", |i, l| gexf::Reader::new().limits(l).read(i).map(drop), &["", "<gexf>", "<gexf "]),
    (
        "FollowTheMoney",
        |i, l| ftm::Reader::new().limits(l).read(i).map(drop),
        &["", "[", "{", "{\"id\":"],
    ),
    ("Wikidata", |i, l| wikidata::Reader::new().limits(l).read(i).map(drop), &["", "[", "{"]),
    ("STIX", |i, l| stix::Reader::new().limits(l).read(i).map(drop), &["", "{", "{\"type\":"]),
    ("ClaimReview", |i, l| claimreview::Reader::new().limits(l).read(i).map(drop), &["", "["]),
    ("a table", table, &["", "who\tday\n"]),
    ("a gzipped table", |i, l| table(&mut Unzipped::new(i, l), l), &[]),
];

/// An input of a gigabyte of this byte, after a start. It counts the bytes that are taken.
fn endless<'c>(start: &'c str, byte: u8, taken: &'c Cell<u64>) -> impl BufRead + use<'c> {
    struct Counted<'c, R>(R, &'c Cell<u64>);
    impl<R: Read> Read for Counted<'_, R> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let read = self.0.read(to)?;
            self.1.set(self.1.get() + read as u64);
            Ok(read)
        }
    }
    let input = start.as_bytes().chain(io::repeat(byte).take(1 << 30));
    BufReader::new(Counted(input, taken))
}

#[test]
fn every_reader_stops_after_much_white_space() {
    for (name, read, starts) in READERS {
        for (start, byte) in starts.iter().flat_map(|start| [(start, b'\n'), (start, b' ')]) {
            let taken = Cell::new(0);
            let error = read(&mut endless(start, byte, &taken), Limits::default())
                .expect_err("white space is not a file");
            let case = format!("{name}, {start:?}, {byte}: {error}");
            assert!(taken.get() < 2 * MIB, "{} bytes: {case}", taken.get());
            let is_limit = matches!(error.kind(), ReadErrorKind::Limit { .. });
            // A space is a name of a column.
            assert!(is_limit || error.line().is_some(), "{case}");
            // A smaller limit stops it earlier.
            let mut limits = Limits::default();
            limits.blank_bytes = 1_000;
            let error = read(&mut endless(start, byte, &taken), limits).unwrap_err();
            let ReadErrorKind::Limit { what, limit } = error.kind() else { panic!("{case}") };
            assert_eq!((*what, *limit), ("bytes of white space in a row", 1_000), "{case}");
            assert!(error.line().is_some(), "{case}");
        }
    }
}

#[test]
fn white_space_within_the_limit_is_read() {
    let mut limits = Limits::default();
    limits.blank_bytes = 1_000;
    let text = ClaimGraph::new().to_jsonl() + &"\n".repeat(999);
    assert!(jsonl::Reader::new().limits(limits).read(text.as_bytes()).is_ok());
    let longer = text + "\n";
    let error = jsonl::Reader::new().limits(limits).read(longer.as_bytes()).unwrap_err();
    assert!(error.line().is_some(), "{error}");
}

fn gzipped(bytes: &mut dyn Read) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    io::copy(bytes, &mut packed).unwrap();
    packed.flush().unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_small_gzip_that_unzips_to_much_stops_early() {
    let bomb = gzipped(&mut io::repeat(b'\n').take(256 << 20));
    assert!((bomb.len() as u64) < MIB);
    let limit = |outcome: Result<(), ReadError>| match outcome.unwrap_err().kind() {
        ReadErrorKind::Limit { what, .. } => *what,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        limit(table(&mut bomb.as_slice(), Limits::default())),
        "bytes of white space in a row"
    );
    // Letters instead of white space, in rows.
    let rows = "A\t2024-06-01\n".repeat(20 << 17);
    let text = format!("who\tday\n{rows}");
    let bomb = gzipped(&mut text.as_bytes());
    let mut count = 0;
    let mut unzipped = Unzipped::new(bomb.as_slice(), Limits::default());
    let error = loop {
        match unzipped.fill_buf().map(<[u8]>::len) {
            Ok(0) => panic!("the whole input was unzipped"),
            Ok(length) => {
                count += length as u64;
                unzipped.consume(length);
            }
            Err(error) => break error,
        }
    };
    assert!(count <= 16 * MIB, "{count}");
    let what = "unzipped bytes for each gzipped byte";
    assert_eq!(Stop::of(&error), Some(Stop::Limit { what, limit: 200 }));
    let mut limits = Limits::default();
    (limits.unzipped_ratio, limits.unzipped_bytes) = (u64::MAX, 1_000);
    assert_eq!(limit(table(&mut bomb.as_slice(), limits)), "bytes in an unzipped input");
    limits.unzipped_bytes = u64::MAX;
    let mut whole = Unzipped::new(bomb.as_slice(), limits);
    assert_eq!(io::copy(&mut whole, &mut io::sink()).unwrap(), text.len() as u64);
}

#[test]
fn a_damaged_gzip_says_that_the_compression_is_damaged() {
    let mut text = String::from("who\tday\n");
    (0..2_000).for_each(|n| text += &format!("A{}\t2024-06-01\n", n * n));
    let whole = gzipped(&mut text.as_bytes());
    assert!(table(&mut whole.as_slice(), Limits::default()).is_ok());
    let mut sum = whole.clone();
    let checksum = sum.len() - 6;
    sum[checksum] ^= 1;
    for damaged in [&whole[..whole.len() / 2], &whole[..whole.len() - 3], &sum, &whole[..5]] {
        let error = table(&mut &*damaged, Limits::default()).unwrap_err();
        assert!(error.to_string().contains("the gzip compression is damaged or cut"), "{error}");
    }
}

#[test]
fn every_reader_stops_when_the_caller_says_so() {
    for (name, read, starts) in READERS {
        for start in starts {
            let taken = Cell::new(0);
            let mut told = Vec::new();
            let input = endless(start, b'\n', &taken);
            let mut watched = Watched::new(input, 1_000, |bytes| {
                told.push(bytes);
                if bytes < 10_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            let error = read(&mut watched, Limits::default()).expect_err(name);
            assert!(matches!(error.kind(), ReadErrorKind::Stopped), "{name}: {error}");
            assert!(told.len() >= 2 && told.is_sorted(), "{name}: {told:?}");
            assert!(told.last().is_some_and(|last| (10_000..12_000).contains(last)), "{told:?}");
        }
    }
}

#[test]
fn a_graph_is_as_it_was_when_the_caller_stops_the_reading() {
    let mut graph = ClaimGraph::new();
    let before = graph.to_jsonl();
    let mut text = before.clone();
    (0..1_000).for_each(|n| {
        text += &format!("{{\"entity\":{{\"key\":\"e{n}\",\"kind\":\"State\"}}}}\n");
    });
    let mut watch = |_| ControlFlow::Break(());
    let half = text.len() as u64 - 2_000;
    let input = Watched::new(text.as_bytes(), half, &mut watch);
    let error = jsonl::Reader::new().read_onto(&mut graph, input).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Stopped) && error.line().is_some(), "{error}");
    assert_eq!(graph.to_jsonl(), before);
    jsonl::Reader::new().read_onto(&mut graph, text.as_bytes()).unwrap();
    assert_eq!(graph.entity_count(), 1_000);
}

#[test]
fn the_default_limits_are_those_of_the_security_page() {
    let page = include_str!("../../SECURITY.md");
    let limits = Limits::default();
    let thousands = |number: u64| {
        let digits = number.to_string();
        let groups = digits.as_bytes().rchunks(3).rev();
        groups.map(|group| str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(",")
    };
    for (limit, default) in [
        ("bytes in a line", format!("{} MiB", limits.line_bytes >> 20)),
        ("bytes in a field", format!("{} MiB", limits.field_bytes >> 20)),
        ("fields in a row", thousands(limits.fields)),
        ("objects and lists within each other", limits.nesting.to_string()),
        ("records", thousands(limits.records)),
        (
            "bytes of a document that is held as a whole",
            format!("{} GiB", limits.document_bytes >> 30),
        ),
        ("bytes of white space in a row", format!("{} MiB", limits.blank_bytes >> 20)),
        ("bytes of what is unzipped", format!("{} TiB", limits.unzipped_bytes >> 40)),
        ("what one byte unzips to, after 16 MiB", format!("{} bytes", limits.unzipped_ratio)),
        ("names of an entity", thousands(limits.names)),
        ("speakers in a chain", thousands(limits.speakers)),
        ("claims that a claim answers", thousands(limits.targets)),
        ("roles of a claim", thousands(limits.roles)),
        ("faults that a report keeps", thousands(limits.faults as u64)),
    ] {
        assert!(page.contains(&format!("| {limit} | {default} |")), "{limit}: {default}");
    }
}
