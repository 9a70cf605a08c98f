//! The most bytes that each reader of other programs' files has allocated at once, as a multiple of its input, and
//! the bytes of the graph that it makes. The inputs are made up; the lists of digits are the worst that the limits
//! let through.
//!
//! `cargo bench --bench reader_memory`, with `MIB=40` for another size. Not timed: it prints a table.

use cap::Cap;
use claimgraph::date;
use claimgraph::format::{ReadError, ReadReport};
use claimgraph_formats::rdf;
use claimgraph_formats::{claimreview, ftm, stix, wikidata};
use std::alloc::System;
use std::fmt::Write;
use std::process::Command;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

type Read = fn(&[u8]) -> Result<ReadReport, ReadError>;

/// The name of a row, the maker of an input of at least so many bytes, and the reader.
type Row = (&'static str, fn(usize) -> String, Read);

const ROWS: [Row; 7] = [
    ("Wikidata", items, |input| wikidata::Reader::new().read(input)),
    ("STIX", bundle, |input| stix::Reader::new().read(input)),
    ("FollowTheMoney", companies, |input| {
        ftm::Reader::new().reported(date(2024, 12, 31)).read(input)
    }),
    ("ClaimReview", reviews, |input| claimreview::Reader::new().read(input)),
    ("N-Triples", triples, |input| {
        rdf::Reader::new(rdf::RdfFormat::NTriples).reported(date(2024, 12, 31)).read(input)
    }),
    ("Turtle, a list of digits", turtle_list, |input| {
        rdf::Reader::new(rdf::RdfFormat::Turtle).read(input)
    }),
    ("JSON-LD, a list of digits", json_list, |input| {
        rdf::Reader::new(rdf::RdfFormat::JsonLd).read(input)
    }),
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// Returns so many words of three to five syllables.
    fn words(&mut self, count: u64) -> String {
        let word = |dice: &mut Self| -> String {
            let syllables = 3 + dice.below(3);
            let syllable =
                |_| ["ka", "lo", "mi", "ne", "ru", "sta", "ver", "on"][dice.below(8) as usize];
            (0..syllables).map(syllable).collect()
        };
        let words: Vec<String> = (0..count).map(|_| word(self)).collect();
        words.join(" ")
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 1990 + self.below(34), 1 + self.below(12), 1 + self.below(28))
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from(b"0123456789abcdef"[self.below(16) as usize])).collect()
    }

    fn uuid(&mut self) -> String {
        let [a, b, c, d] = [8, 3, 3, 12].map(|digits| self.hex(digits));
        format!("{a}-0000-4{b}-8{c}-{d}")
    }
}

/// Joins objects until they have so many bytes.
fn joined(least: usize, between: &str, mut object: impl FnMut(&mut Dice) -> String) -> String {
    let (mut text, mut dice) = (String::with_capacity(least + (1 << 16)), Dice(7));
    while text.len() < least {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(&object(&mut dice));
    }
    text
}

fn items(least: usize) -> String {
    let snak = |dice: &mut Dice, property: &str, kind: u64| {
        let value = match kind {
            0 => format!(
                r#""time","value":{{"time":"+{}T00:00:00Z","timezone":0,"before":0,"after":0,"precision":11,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}}"#,
                dice.day()
            ),
            1 => format!(r#""string","value":"{}""#, dice.words(3)),
            _ => format!(
                r#""wikibase-entityid","value":{{"entity-type":"item","id":"Q{}"}}"#,
                dice.below(30_000)
            ),
        };
        format!(
            r#"{{"snaktype":"value","property":"{property}","hash":"{}","datavalue":{{"type":{value}}}}}"#,
            dice.hex(40)
        )
    };
    let mut number = 0;
    let items = joined(least, ",\n", |dice| {
        number += 1;
        let mut item = format!(
            r#"{{"type":"item","id":"Q{number}","modified":"2024-05-06T01:02:03Z","labels":{{"en":{{"language":"en","value":"{}"}},"de":{{"language":"de","value":"{}"}}}},"claims":{{"#,
            dice.words(2),
            dice.words(2)
        );
        for property in 0..2 + dice.below(8) {
            let property = format!("P{}", property * 40 + dice.below(40));
            let kind = dice.below(4);
            let main = snak(dice, &property, kind);
            let comma = if item.ends_with('{') { "" } else { "," };
            _ = write!(
                item,
                r#"{comma}"{property}":[{{"mainsnak":{main},"type":"statement","id":"Q{number}${}","rank":"normal""#,
                dice.uuid()
            );
            if dice.below(3) == 0 {
                _ = write!(item, r#","qualifiers":{{"P580":[{}]}}"#, snak(dice, "P580", 0));
            }
            if dice.below(2) == 0 {
                _ = write!(
                    item,
                    r#","references":[{{"snaks":{{"P248":[{}],"P813":[{}]}}}}]"#,
                    snak(dice, "P248", 2),
                    snak(dice, "P813", 0)
                );
            }
            item.push_str("}]");
        }
        item + "}}"
    });
    format!("[\n{items}\n]\n")
}

fn bundle(least: usize) -> String {
    let mut ids: Vec<String> = Vec::new();
    let objects = joined(least, ",\n", |dice| {
        let dates = format!(
            r#""created":"{}T12:00:00.000Z","modified":"2024-0{}-11T01:02:03.000Z","created_by_ref":"identity--00000000-0000-4000-8000-000000000001""#,
            dice.day(),
            1 + dice.below(9)
        );
        let words = 5 + dice.below(60);
        let description = dice.words(words);
        let reference = format!(
            r#"{{"source_name":"{}","description":"{}","url":"https://example.org/{}"}}"#,
            dice.words(2),
            dice.words(8),
            dice.words(1)
        );
        if ids.len() < 10 || dice.below(3) == 0 {
            let kind = ["malware", "tool", "intrusion-set"][dice.below(3) as usize];
            let id = format!("{kind}--{}", dice.uuid());
            ids.push(id.clone());
            return format!(
                r#"{{"type":"{kind}","id":"{id}",{dates},"name":"{}","description":"{description}","aliases":["{}","{}"],"external_references":[{reference},{{"source_name":"list","external_id":"T{}"}}],"x_platforms":["Linux","Windows"]}}"#,
                dice.words(2),
                dice.words(1),
                dice.words(2),
                dice.below(9_999)
            );
        }
        let mut end = || ids[dice.below(ids.len() as u64) as usize].clone();
        let (source, target) = (end(), end());
        format!(
            r#"{{"type":"relationship","id":"relationship--{}",{dates},"source_ref":"{source}","relationship_type":"uses","target_ref":"{target}","description":"{description}","external_references":[{reference}]}}"#,
            dice.uuid()
        )
    });
    format!("{{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[\n{objects}\n]}}\n")
}

fn companies(least: usize) -> String {
    let mut ids: Vec<String> = Vec::new();
    joined(least, "\n", |dice| {
        let id = dice.hex(40);
        let properties = if ids.len() < 10 || dice.below(2) == 0 {
            ids.push(id.clone());
            format!(
                r#""Company","properties":{{"name":["{}"],"jurisdiction":["gb"],"registrationNumber":["{}"],"incorporationDate":["{}"],"address":["{}"]}}"#,
                dice.words(3),
                dice.below(1 << 30),
                dice.day(),
                dice.words(6)
            )
        } else {
            let mut end = || ids[dice.below(ids.len() as u64) as usize].clone();
            let (owner, asset) = (end(), end());
            format!(
                r#""Ownership","properties":{{"owner":["{owner}"],"asset":["{asset}"],"startDate":["{}"],"percentage":["{}"],"role":["{}"]}}"#,
                dice.day(),
                dice.below(100),
                dice.words(2)
            )
        };
        format!(r#"{{"id":"{id}","schema":{properties},"datasets":["registry"]}}"#)
    })
}

fn reviews(least: usize) -> String {
    let items = joined(least, ",\n", |dice| {
        let (reviewer, length, rating) = (dice.below(80), 8 + dice.below(25), 1 + dice.below(5));
        let words = ["False", "True", "Half true"][dice.below(3) as usize];
        format!(
            r#"{{"@type":"DataFeedItem","item":[{{"@context":"https://schema.org","@type":"ClaimReview","url":"https://check{reviewer}.example/{}","datePublished":"2024-0{}-11","author":{{"@type":"Organization","name":"Checkers {reviewer}","url":"https://check{reviewer}.example/"}},"claimReviewed":"{}","itemReviewed":{{"@type":"Claim","author":{{"@type":"Person","name":"{}"}},"datePublished":"{}","appearance":[{{"@type":"CreativeWork","url":"https://post.example/{}"}}]}},"reviewRating":{{"@type":"Rating","ratingValue":"{rating}","bestRating":"5","worstRating":"1","alternateName":"{words}"}}}}]}}"#,
            dice.hex(24),
            1 + dice.below(9),
            dice.words(length),
            dice.words(1),
            dice.day(),
            dice.hex(24)
        )
    });
    format!(
        "{{\"@context\":\"https://schema.org\",\"@type\":\"DataFeed\",\"dataFeedElement\":[\n{items}\n]}}\n"
    )
}

fn triples(least: usize) -> String {
    joined(least, "", |dice| {
        let (subject, number) = (dice.below(100_000), dice.below(1 << 40));
        format!(
            "<https://example.org/thing/{subject}> <https://example.org/says/{}> \"{} {number}\" .\n",
            dice.below(40),
            dice.words(4)
        )
    })
}

fn turtle_list(least: usize) -> String {
    format!(
        "<http://a.example/s> <http://a.example/p> ({}) .\n",
        joined(least, " ", |_| "1".repeat(31))
    )
}

fn json_list(least: usize) -> String {
    let list = joined(least, ",", |_| format!("{:>15}", 1));
    format!("{{\"@id\":\"http://a.example/s\",\"http://a.example/p\":{{\"@list\":[{list}]}}}}\n")
}

/// Reads one input, and prints its row.
fn measure((name, make, read): Row, least: usize) {
    let input = make(least);
    let before = ALLOCATOR.allocated();
    let made = ALLOCATOR.max_allocated();
    let outcome = read(input.as_bytes());
    let most = ALLOCATOR.max_allocated();
    assert!(most > made, "{name}: making the input took more than reading it");
    let times = |bytes: usize| bytes as f64 / input.len() as f64;
    let kept = ALLOCATOR.allocated().saturating_sub(before);
    let peak = times(most - before);
    let what = match &outcome {
        Ok(report) => format!("{:6.1}  {} claims", times(kept), report.graph.len()),
        Err(error) => format!("     -  {error}"),
    };
    println!("{name:28} {:8.1} MB {peak:6.1} {what}", input.len() as f64 / 1e6);
}

fn main() {
    let mib = std::env::var("MIB").ok().and_then(|mib| mib.parse().ok()).unwrap_or(40);
    // The allocator counts the peak of a process, so each row has a process of its own.
    if let Some(row) = std::env::var("ROW").ok().and_then(|row| row.parse::<usize>().ok()) {
        return ROWS.get(row).copied().into_iter().for_each(|row| measure(row, mib << 20));
    }
    println!("{:28} {:>11} {:>6} {:>6}", "", "input", "peak", "graph");
    let program = std::env::current_exe().unwrap();
    for (row, (name, ..)) in ROWS.iter().enumerate() {
        let run = Command::new(&program).env("ROW", row.to_string()).status().unwrap();
        assert!(run.success(), "{name}");
    }
}
