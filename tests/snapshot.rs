//! The binary snapshot: what is written comes back, number by number; what was cut, changed or forged is
//! refused with its section; and nothing in a file makes the reader take room that the file does not justify.

#[path = "../examples/report/mod.rs"]
mod report;
mod support_brute;

use cap::Cap;
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Document, Entity, Period, Quantity, Row, Stance, Statement,
    TableMapping, TableReader,
    claim::{Derivation, Link, NotStated},
    date,
    entity::{Affiliation, Name},
    format::{ReadError, ReadErrorKind, WriteError},
    sources::Lineage,
    vocabulary::{RelationDef, RoleDef, Slot, Vocabulary},
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::alloc::System;
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use support_brute::{ENTITIES, worlds};

/// A length that is believed would be past this.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, 1 << 30);

fn write(graph: &ClaimGraph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> ClaimGraph {
    ClaimGraph::read_snapshot(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The section and the message of the refusal.
fn refused(bytes: &[u8]) -> (&'static str, String) {
    let error = ClaimGraph::read_snapshot(bytes).expect_err("it is refused");
    (error.section().unwrap_or_else(|| panic!("no section: {error}")), error.to_string())
}

/// All that questions say, as text, with the numbers of claims.
fn answers(graph: &ClaimGraph) -> String {
    let mut said = String::new();
    let mut tell = |line: String| said.push_str(&(line + "\n"));
    for claim in graph.claims() {
        tell(format!(
            "{:?} {} {}",
            claim.id(),
            graph.claim_key(claim.id()).unwrap(),
            graph.show(claim.id()).unwrap()
        ));
        tell(format!(
            "{:?} {:?}",
            claim.targets().collect::<Vec<_>>(),
            graph.roots(claim.id()).map(|roots| roots.len())
        ));
        let contests = graph.view().contests(claim.id()).unwrap();
        tell(format!(
            "{:?}",
            contests.iter().map(|contest| (contest.by().id(), contest.how())).collect::<Vec<_>>()
        ));
        tell(format!(
            "{:?}",
            graph.positions(claim.id()).iter().map(ToString::to_string).collect::<Vec<_>>()
        ));
    }
    let view = graph.view();
    for entity in graph.entities() {
        let ids = |claims: &mut dyn Iterator<Item = claimgraph::ClaimRef<'_>>| {
            claims.map(|c| c.id()).collect::<Vec<_>>()
        };
        tell(format!("{} {}", entity.key(), view.count_with_subject(entity.id())));
        tell(format!("{:?}", ids(&mut view.claims_with_subject(entity.id()))));
        tell(format!("{:?}", ids(&mut view.claims_with_object(entity.id()))));
        tell(format!(
            "{:?}",
            graph.about(entity.id()).iter().map(ToString::to_string).collect::<Vec<_>>()
        ));
    }
    for stance in Stance::ALL {
        tell(format!("{stance} {:?}", view.responses_with_stance(*stance).collect::<Vec<_>>()));
    }
    tell(format!("{:?}", graph.contested().iter().map(ToString::to_string).collect::<Vec<_>>()));
    tell(format!("{:?}", graph.revisions().iter().map(ToString::to_string).collect::<Vec<_>>()));
    tell(format!("{:?}", graph.timeline().iter().map(ToString::to_string).collect::<Vec<_>>()));
    tell(format!(
        "{:?}",
        graph.outlook().threats().iter().map(ToString::to_string).collect::<Vec<_>>()
    ));
    said
}

/// The same records, numbers and answers. Lists by subject have recent claims last, so these are merged first.
fn assert_same(graph: &ClaimGraph, back: &ClaimGraph) {
    assert_eq!(back.to_jsonl(), graph.to_jsonl());
    let merged = |graph: &ClaimGraph| {
        let mut graph = graph.clone();
        graph.compact();
        graph
    };
    assert_eq!(answers(&merged(back)), answers(&merged(graph)));
    assert_eq!(write(back), write(graph));
}

// ----- a small graph that has some of everything

fn small() -> ClaimGraph {
    let kind = |kind: &str| Slot::Kind(kind.into());
    let mut words = Vocabulary::new();
    words
        .add_relation(RelationDef {
            symmetric: true,
            ..RelationDef::new("ally", kind("Actor"), kind("Actor"))
        })
        .unwrap();
    words.add_relation(RelationDef::new("visits", kind("Actor"), kind("Place"))).unwrap();
    words.add_relation(RelationDef::new("says", kind("Actor"), Slot::Any)).unwrap();
    words.add_role(RoleDef { general: true, ..RoleDef::new("note", Slot::Any) }).unwrap();
    let mut graph = ClaimGraph::with(&words).unwrap();
    let day = date(2024, 10, 24);
    let who = |key: &str| Entity::new(key).named(key.to_uppercase());
    let a = graph.add_untyped("Actor", who("a").code("iso", "AA")).unwrap();
    let b = graph
        .add_untyped("Actor", who("b").with_name(Name::former("beta").in_language("el")))
        .unwrap();
    let c = graph.add_untyped("Actor", "c").unwrap();
    let place = graph.add_untyped("Place", "somewhere").unwrap();
    let paper = graph
        .add_document("paper", Document::dated(day).titled("Paper").published_by(c).of_length(500))
        .unwrap();
    let [ally, visits, says] = ["ally", "visits", "says"].map(|key| graph.relation(key).unwrap());
    let note = graph.role("note").unwrap();
    let row = |speaker, stance| Row::new(speaker, stance).reported(day);
    let first =
        graph.insert(row(a, Stance::Asserts).about(a, ally, b).valid_on(date(2024, 1, 2))).unwrap();
    let visit = graph
        .insert(row(b, Stance::Asserts).about(b, visits, place).valid_since(date(2023, 1, 2)))
        .unwrap();
    graph.insert(row(c, Stance::Denies).about(b, visits, place).responding_to(visit)).unwrap();
    let wave = graph.insert(row(b, Stance::Dismisses).responding_to(first)).unwrap();
    let long = graph.insert(
        Claim::by(a)
            .relayed_by(NotStated)
            .asserts(b, says, "come")
            .quantity(Quantity::between(3, 5, "cups").in_words("a few"))
            .with(note, Statement::new(a, ally, c))
            .valid(Period::by(day).in_words("by now"))
            .said(date(2024, 10, 20))
            .read_in(paper, 3..40)
            .words("come in"),
    );
    let long = long.unwrap();
    graph
        .insert(Claim::by(a).revises([long]).quantity(Quantity::about(7, "cups")).reported(day))
        .unwrap();
    graph.insert(Claim::by(b).retracts([wave]).reported(day)).unwrap();
    graph.insert(Claim::by(a).confirms([first, visit]).reported(day)).unwrap();
    graph.link(Link::part_of(first, long).because("so it seems")).unwrap();
    graph
        .derive(first, Derivation::new(Quantity::stated(12, "cups"), "3 + 4 + 5", [long]))
        .unwrap();
    graph
        .add_affiliation(Affiliation::part_of(a, c).valid(Period::since(day)).read_in(paper))
        .unwrap();
    graph.add_lineage(Lineage::new(b, c).for_claims([visit]).stated_by(first)).unwrap();
    graph
}

/// A file taken apart, so that it can be forged.
struct File {
    version: u32,
    sections: Vec<(String, Vec<u8>)>,
}

const MAGIC: &[u8; 8] = b"\x89CGS\r\n\x1a\n";

fn sum(parts: &[&[u8]]) -> [u8; 4] {
    let mut hasher = crc32fast::Hasher::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().to_le_bytes()
}

impl File {
    fn of(bytes: &[u8]) -> Self {
        assert_eq!(&bytes[..8], MAGIC);
        let version = u32::from_le_bytes(bytes[8..12].try_into().unwrap());
        assert_eq!(bytes[12..16], sum(&[&bytes[..12]]));
        let (mut at, mut sections) = (16, Vec::new());
        while at < bytes.len() {
            let name = String::from_utf8(bytes[at..at + 16].to_vec())
                .unwrap()
                .trim_end_matches('\0')
                .to_owned();
            let length = u64::from_le_bytes(bytes[at + 16..at + 24].try_into().unwrap()) as usize;
            let content = bytes[at + 24..at + 24 + length].to_vec();
            let end = at + 24 + length;
            assert_eq!(bytes[end..end + 4], sum(&[&bytes[at..end]]), "{name}");
            sections.push((name, content));
            at = end + 4;
        }
        Self { version, sections }
    }

    /// With true checksums; the lengths as `claimed` says.
    fn bytes(&self, claimed: impl Fn(&str, usize) -> u64) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.version.to_le_bytes());
        bytes.extend(sum(&[&bytes]));
        for (name, content) in &self.sections {
            let from = bytes.len();
            bytes.extend(name.bytes().chain(std::iter::repeat(0)).take(16));
            bytes.extend(claimed(name, content.len()).to_le_bytes());
            bytes.extend(content);
            bytes.extend(sum(&[&bytes[from..]]));
        }
        bytes
    }

    fn whole(&self) -> Vec<u8> {
        self.bytes(|_, length| length as u64)
    }

    fn section(&mut self, name: &str) -> &mut Vec<u8> {
        let found = self.sections.iter_mut().find(|(other, _)| other == name);
        &mut found.unwrap_or_else(|| panic!("no section {name}")).1
    }
}

/// Where each section begins and ends, the preamble first.
fn stretches(bytes: &[u8]) -> Vec<(String, std::ops::Range<usize>)> {
    let mut stretches = vec![("preamble".to_owned(), 0..16)];
    for (name, content) in File::of(bytes).sections {
        let from = stretches.last().unwrap().1.end;
        stretches.push((name, from..from + 28 + content.len()));
    }
    stretches
}

// ----- what is written comes back

#[test]
fn the_report_comes_back_with_its_numbers_and_answers() {
    let graph = report::build().unwrap().graph;
    assert_same(&graph, &read(&write(&graph)));
    assert_same(&small(), &read(&write(&small())));
    assert_same(&ClaimGraph::new(), &read(&write(&ClaimGraph::new())));
}

#[test]
fn a_text_that_was_attached_stays_out() {
    let mut graph = ClaimGraph::new();
    let text = "Ministers met on Tuesday, with a remarkable word.";
    let note =
        graph.add_document("note", Document::dated(date(2024, 6, 4)).with_text(text)).unwrap();
    let bytes = write(&graph);
    assert!(!bytes.windows(10).any(|window| window == b"remarkable"));
    let mut back = read(&bytes);
    assert_eq!(back.document(note).unwrap().text(), None);
    back.attach_text(note, text).unwrap();
    assert_eq!(back.document(note).unwrap().digest(), graph.document(note).unwrap().digest());
}

#[test]
fn a_graph_that_was_read_goes_on_as_the_other() {
    let mut graph = small();
    let mut back = read(&write(&graph));
    for graph in [&mut graph, &mut back] {
        let [a, b] = ["a", "b"].map(|key| graph.entity_keyed(key).unwrap());
        let ally = graph.relation("ally").unwrap();
        let first = ClaimId::nth(0).unwrap();
        graph
            .insert(Row::new(a, Stance::Asserts).about(b, ally, a).reported(date(2020, 1, 1)))
            .unwrap();
        graph
            .insert(Row::new(b, Stance::Confirms).responding_to(first).reported(date(2020, 1, 1)))
            .unwrap();
        // Equal to what is there, so it is not there twice.
        let c = graph.entity_keyed("c").unwrap();
        graph
            .add_lineage(Lineage::new(b, c).for_claims([ClaimId::nth(1).unwrap()]).stated_by(first))
            .unwrap();
        assert_eq!(graph.lineages().len(), 1);
    }
    assert_same(&graph, &back);
}

#[test]
fn recent_claims_are_written_as_if_they_were_merged() {
    let mut graph = ClaimGraph::new();
    let states: Vec<_> =
        (0..60).map(|n| graph.add(State, format!("state-{n}")).unwrap().id()).collect();
    let relation = graph.relation("allied-with").unwrap();
    let day =
        |n: usize| date(2000 + (n * 7919 % 20) as i16, 1 + (n % 12) as i8, 1 + (n * 31 % 28) as i8);
    let row = |n: usize| {
        let (a, b) = (states[n * 37 % 60], states[(n * 11 + 5) % 59]);
        let row = Row::new(b, if n % 7 == 3 { Stance::Denies } else { Stance::Asserts })
            .about(a, relation, b);
        let row = row.reported(day(n));
        if n % 7 == 3 { row.responding_to(ClaimId::nth(n / 2).unwrap()) } else { row }
    };
    assert!(graph.extend((0..20_000).map(row)).rejected().is_empty());
    for n in 20_000..20_400 {
        let later = graph.add(State, format!("later-{n}")).unwrap().id();
        graph.insert(row(n)).unwrap();
        graph
            .insert(
                Claim::by(later)
                    .asserts(later, ALLIED_WITH, states[0])
                    .words("ally")
                    .reported(day(n)),
            )
            .unwrap();
        graph
            .insert(Claim::by(later).dismisses(ClaimId::nth(n - 3).unwrap()).reported(day(n)))
            .unwrap();
    }
    let recent = write(&graph);
    let back = read(&recent);
    let mut merged = graph.clone();
    merged.compact();
    assert_eq!(write(&merged), recent);
    assert_eq!(write(&back), recent);
    for at_hand in [1_000, 40_000] {
        let pieces = BufReader::with_capacity(at_hand, recent.as_slice());
        assert_eq!(write(&ClaimGraph::read_snapshot(pieces).unwrap()), recent);
    }
    for &state in &states {
        let ids = |graph: &ClaimGraph| {
            graph.view().claims_with_subject(state).map(|c| c.id()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&back), ids(&merged));
    }
    assert_eq!(back.to_jsonl(), graph.to_jsonl());
}

/// The same worlds in every run, unless `PROPTEST_RNG_SEED` asks for others.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = match given.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_241_024),
        fixed => fixed,
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_time: 5_000, ..given }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn any_graph_comes_back_whatever_the_order_it_was_made_in(
        world in worlds(3..25), order in Just((0..25usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let built = world.build();
        assert_same(&built.graph, &read(&write(&built.graph)));
        let order: Vec<usize> = order.into_iter().filter(|&n| n < world.claims.len()).collect();
        let other = world.build_in(&order, &(0..ENTITIES + 2).rev().collect::<Vec<_>>()).graph;
        let back = read(&write(&other));
        assert_same(&other, &back);
        if other.to_jsonl() == built.graph.to_jsonl() {
            prop_assert_eq!(back.to_jsonl(), built.graph.to_jsonl());
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in any::<prop::sample::Index>()) {
        prop_assert!(ClaimGraph::read_snapshot(bytes.as_slice()).is_err());
        let mut file = write(&small());
        file.truncate(cut.index(file.len()));
        file.extend(bytes);
        prop_assert!(ClaimGraph::read_snapshot(file.as_slice()).is_err());
    }
}

#[test]
fn a_year_of_events_comes_back() {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        let _ = writeln!(
            io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so icews14/icews14.tsv.gz is not read"
        );
        return;
    };
    let mut graph = ClaimGraph::new();
    let mapping: TableMapping =
        serde_json::from_str(include_str!("../examples/mappings/events.json")).unwrap();
    let input = io::BufReader::new(
        std::fs::File::open(PathBuf::from(data).join("icews14/icews14.tsv.gz")).unwrap(),
    );
    let report = TableReader::new(mapping).load_all(&mut graph, input).unwrap();
    assert_eq!(report.refused(), 0);
    let _ = graph.affiliate_by_name(claimgraph::last_parentheses);
    graph.compact();
    let bytes = write(&graph);
    let back = read(&bytes);
    assert_eq!((back.len(), write(&back) == bytes), (90_730, true));
    assert!(back.to_jsonl() == graph.to_jsonl());
    let korea = graph.entity_keyed("North Korea").unwrap();
    let about = |graph: &ClaimGraph| {
        graph.view().claims_with_subject(korea).map(|c| c.id()).collect::<Vec<_>>()
    };
    assert_eq!((about(&back).len(), about(&back)), (848, about(&graph)));
    let deny = back.relation("Deny responsibility").unwrap();
    assert_eq!(back.view().relation(deny).claims().count(), 220);
}

// ----- what was cut or changed is refused

#[test]
fn a_file_that_is_cut_anywhere_is_refused_with_the_section() {
    let file = write(&small());
    for (name, stretch) in stretches(&file) {
        for end in stretch {
            let (section, message) = refused(&file[..end]);
            assert_eq!(
                (section, message.contains("ends within it")),
                (name.as_str(), true),
                "{end}: {message}"
            );
        }
    }
    let more = [file.as_slice(), &[0]].concat();
    assert_eq!(refused(&more).0, "end");
}

#[test]
fn a_file_with_any_byte_changed_is_refused_with_the_section() {
    let file = write(&small());
    for (name, stretch) in stretches(&file) {
        for place in stretch {
            for change in [1, 0x80, 0xff] {
                let mut changed = file.clone();
                changed[place] ^= change;
                assert_eq!(refused(&changed).0, name, "byte {place}");
            }
        }
    }
}

#[test]
fn sections_in_another_order_are_refused() {
    let mut file = File::of(&write(&small()));
    for n in 1..file.sections.len() {
        file.sections.swap(n - 1, n);
        let expected = file.sections[n].0.clone();
        assert_eq!(refused(&file.whole()).0, expected);
        file.sections.swap(n - 1, n);
        let gone = file.sections.remove(n - 1);
        assert_eq!(refused(&file.whole()).0, gone.0);
        file.sections.insert(n - 1, gone);
    }
}

#[test]
fn a_newer_version_is_an_error_of_its_own() {
    let mut file = File::of(&write(&small()));
    file.version = 7;
    let error = ClaimGraph::read_snapshot(file.whole().as_slice()).unwrap_err();
    assert!(error.is_newer_format());
    assert_eq!(error.to_string(), "the file has format 7, and this release reads up to 1");
    file.version = 0;
    assert_eq!(refused(&file.whole()).0, "preamble");
}

#[test]
fn a_file_of_version_1_still_opens() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/version-1.cgs");
    if std::env::var_os("CLAIMGRAPH_WRITE_GOLDEN").is_some() {
        std::fs::write(path, write(&small())).unwrap();
    }
    let back = read(&std::fs::read(path).unwrap());
    assert_same(&small(), &back);
}

#[test]
fn inputs_and_outputs_that_fail_or_come_in_drops_are_no_fault_of_the_file() {
    /// What is left, how often it can be read, and whether it was interrupted since it was read last.
    struct Drops<'b>(&'b [u8], Option<usize>, bool);
    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.2 = !self.2;
            if self.2 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            match &mut self.1 {
                Some(0) => return Err(io::Error::other("the disk is gone")),
                Some(left) => *left -= 1,
                None => {}
            }
            let length = buffer.len().min(3);
            self.0.read(&mut buffer[..length])
        }
    }
    let file = write(&small());
    for at_hand in [1, 2, 13, 8_192, 1 << 20] {
        let drops = |left| BufReader::with_capacity(at_hand, Drops(&file, left, false));
        assert_same(&small(), &ClaimGraph::read_snapshot(drops(None)).unwrap());
        for after in [0, 1, 5, 100, 1_000] {
            let error = ClaimGraph::read_snapshot(drops(Some(after))).unwrap_err();
            assert!(matches!(error.kind(), ReadErrorKind::Io(_)), "{error}");
        }
        let mut whole = BufReader::with_capacity(at_hand, file.as_slice());
        assert_same(&small(), &ClaimGraph::read_snapshot(&mut whole).unwrap());
    }
    let mut room = [0u8; 1_000];
    assert!(matches!(small().write_snapshot(room.as_mut_slice()), Err(WriteError::Io(_))));
}

// ----- what was forged is refused

#[test]
fn lengths_and_counts_that_are_not_true_take_no_room() {
    let whole = File::of(&write(&small()));
    for (forged, _) in &whole.sections {
        for length in [1 << 30, 3 << 40, u64::MAX, u64::MAX / 24 * 24] {
            let bytes = whole.bytes(|name, own| if name == forged { length } else { own as u64 });
            assert_eq!(refused(&bytes).0, forged);
        }
    }
    for name in ["keys", "origins", "periods", "rich"] {
        for count in [u32::MAX, 1 << 28, 1_000] {
            let mut file = File::of(&write(&small()));
            file.section(name)[..4].copy_from_slice(&count.to_le_bytes());
            assert_eq!(refused(&file.whole()).0, name);
        }
    }
}

/// A column of origins as long as it says, with its checksum, and then nothing: room for rows would be five times its own.
#[test]
fn a_long_column_does_not_justify_all_that_others_would_take() {
    let origins = 200u64 << 20;
    let small = File::of(&write(&small()));
    let before = small.sections.iter().position(|(name, _)| name == "origin").unwrap();
    let head = File { version: 1, sections: small.sections[..before].to_vec() }.whole();
    let header: Vec<u8> = [b"origin".as_slice(), &[0; 10], &origins.to_le_bytes()].concat();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&header);
    let zeros = vec![0; 1 << 20];
    (0..origins >> 20).for_each(|_| hasher.update(&zeros));
    let sum = hasher.finalize().to_le_bytes();
    let section = |name: &str, length: u64| {
        let mut header = name.as_bytes().to_vec();
        header.resize(16, 0);
        header.extend(length.to_le_bytes());
        header
    };
    let no_targets = {
        let header = section("targets", 0);
        [header.as_slice(), &self::sum(&[&header])].concat()
    };
    let rest = [
        (section("targets", origins * 2), "targets"),
        ([no_targets, section("rows", origins / 4 * 20)].concat(), "rows"),
    ];
    for (rest, name) in rest {
        let file =
            head.chain(&*header).chain(io::repeat(0).take(origins)).chain(&sum[..]).chain(&*rest);
        let error =
            ClaimGraph::read_snapshot(BufReader::with_capacity(1 << 16, file)).err().unwrap();
        assert_eq!(error.section(), Some(name), "{error}");
        assert!(error.to_string().contains("ends within it"), "{error}");
    }
}

/// Written into a file without a buffer, each piece costs a call.
#[test]
fn a_snapshot_is_written_in_few_pieces() {
    struct Calls(usize, usize);
    impl Write for Calls {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            (self.0, self.1) = (self.0 + 1, self.1 + bytes.len());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut graph = ClaimGraph::new();
    let a = graph.add(State, "a").unwrap().id();
    let told = (0..20_000)
        .map(|_| Row::new(a, Stance::Asserts).about(a, ATTACKS, a).reported(date(2024, 1, 1)));
    assert!(graph.extend(told).rejected().is_empty());
    let mut calls = Calls(0, 0);
    graph.write_snapshot(&mut calls).unwrap();
    // For each section three, and a call for each 32 KiB begun.
    assert!(calls.0 < 100 && calls.1 > 20_000 * 24, "{} calls for {} bytes", calls.0, calls.1);
    let mut file = Vec::new();
    graph.write_snapshot(&mut file).unwrap();
    assert_eq!(read(&file).len(), 20_000);
}

/// Every byte of the columns and tables changed, with true checksums: refused with a section, or a graph that
/// answers every question and comes back.
#[test]
fn no_forged_byte_leads_to_a_graph_that_panics() {
    let file = write(&small());
    let (mut taken, mut refused) = (0, 0);
    for section in 1..File::of(&file).sections.len() {
        for place in 0..File::of(&file).sections[section].1.len() {
            for change in [1u8, 2, 0x10, 0x80, 0xff] {
                let mut forged = File::of(&file);
                forged.sections[section].1[place] ^= change;
                match ClaimGraph::read_snapshot(forged.whole().as_slice()) {
                    Ok(graph) => {
                        taken += 1;
                        answers(&graph);
                        assert_same(&graph, &read(&write(&graph)));
                        // All of it could have been inserted.
                        assert_eq!(
                            ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap().len(),
                            graph.len()
                        );
                    }
                    Err(error) => {
                        refused += 1;
                        assert!(
                            error.section().is_some() && error.to_string().len() < 400,
                            "{error}"
                        );
                    }
                }
            }
        }
    }
    assert!(taken > 100 && refused > 1_000, "{taken} taken, {refused} refused");
}

/// Where a column begins in a block of as many rows, and how wide a cell is.
fn column(name: &str, rows: usize) -> (usize, usize) {
    match name {
        "reported" => (0, 4),
        "relation" => (rows * 4, 2),
        "marks" => (rows * 6, 2),
        "object" => (rows * 8, 4),
        "time" => (rows * 12, 4),
        "claim" => (rows * 16, 4),
        _ => panic!("no column {name}"),
    }
}

impl File {
    fn rows(&mut self) -> usize {
        self.section("rows").len() / 20
    }

    /// The bytes of a cell: blocks have 64 rows, the last of them what is left.
    fn cell(&mut self, name: &str, row: usize) -> &mut [u8] {
        let before = row / 64 * 64;
        let (start, width) = column(name, (self.rows() - before).min(64));
        let at = before * 20 + start + (row - before) * width;
        &mut self.section("rows")[at..at + width]
    }

    fn put(&mut self, name: &str, row: usize, number: u32) {
        let cell = self.cell(name, row);
        let width = cell.len();
        cell.copy_from_slice(&number.to_le_bytes()[..width]);
    }

    fn get(&mut self, name: &str, row: usize) -> u32 {
        self.cell(name, row).iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
    }
}

fn set(bytes: &mut [u8], at: usize, number: u32) {
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
}

fn half(bytes: &mut [u8], at: usize, number: u16) {
    bytes[at..at + 2].copy_from_slice(&number.to_le_bytes());
}

/// The row of the claim with this number, counted from 1.
fn row_of(file: &mut File, claim: u32) -> usize {
    (0..file.rows()).find(|&row| file.get("claim", row) == claim).unwrap()
}

/// The bits of a claim's marks, changed.
fn mark(file: &mut File, claim: u32, change: impl Fn(u16) -> u16) {
    let row = row_of(file, claim);
    let bits = file.get("marks", row) as u16;
    file.put("marks", row, change(bits).into());
}

type Forgery = (&'static str, &'static str, &'static str, fn(&mut File));

/// Kinds of which there is one entity count as those of which there are many, in the file and after it.
#[test]
fn the_kinds_of_a_graph_that_was_read_are_those_of_the_one_that_was_written() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
    let somewhere = graph.add(Place, "somewhere").unwrap().id();
    let day = date(2024, 10, 18);
    let treaty = |subject, object| {
        Row::new(a, Stance::Asserts).about(subject, TREATY_WITH, object).valid_on(day).reported(day)
    };
    assert!(graph.extend([treaty(a, b), treaty(b, a), treaty(a, b)]).rejected().is_empty());
    graph.compact();
    let bytes = write(&graph);
    for mut graph in [read(&bytes), graph] {
        let refused = graph.insert(treaty(somewhere, a)).unwrap_err().to_string();
        assert!(refused.contains("somewhere"), "{refused}");
        assert_eq!(graph.extend([treaty(a, b), treaty(a, somewhere)]).rejected().len(), 1);
    }
    // One of the states becomes a place.
    let mut file = File::of(&bytes);
    file.section("kinds").copy_within(4..6, 2);
    let error = ClaimGraph::read_snapshot(file.whole().as_slice()).unwrap_err();
    assert!(error.section() == Some("rows") && error.to_string().contains("Place"), "{error}");
}

/// Where every kind fits every relation, rows are seen to be right by fewer looks; they are the same.
#[test]
fn what_insert_would_refuse_is_refused_where_all_are_of_one_kind_too() {
    let mut graph = ClaimGraph::new();
    let [a, b, c] = ["a", "b", "c"].map(|key| graph.add(State, key).unwrap().id());
    let day = date(2024, 10, 18);
    let told = |subject, object| {
        Row::new(c, Stance::Asserts)
            .about(subject, ATTACKS, object)
            .valid_on(day)
            .reported(date(2024, 10, 20))
    };
    assert!(graph.extend([told(a, b), told(b, c), told(b, a), told(c, a)]).rejected().is_empty());
    graph.compact();
    let bytes = write(&graph);
    assert_same(&graph, &read(&bytes));
    let forgeries: &[Forgery] = &[
        ("an object that is not there", "rows", "object", |f| f.put("object", 2, 6)),
        ("no object", "rows", "", |f| f.put("object", 2, 0)),
        ("told before it happened", "rows", "valid", |f| f.put("time", 2, 40_000)),
        ("a day past the calendar", "rows", "calendar", |f| f.put("time", 2, 2_932_897)),
        ("a report day past the calendar", "rows", "calendar", |f| f.put("reported", 1, 2_932_897)),
        ("both past the calendar", "rows", "calendar", |f| {
            f.put("time", 2, 2_932_897);
            f.put("reported", 1, 2_932_897);
        }),
        ("a day before the calendar", "rows", "calendar", |f| {
            f.put("time", 2, (-4_371_588i32).cast_unsigned());
        }),
        ("no number instead of the first", "rows", "no row is that of claim 1", |f| {
            let row = row_of(f, 1);
            f.put("claim", row, 0);
        }),
        ("an origin that is not there", "origin", "not there", |f| set(f.section("origin"), 4, 9)),
        ("a relation that is not there", "rows", "not there", |f| f.put("relation", 1, 999)),
        ("one that joins and does not say so", "rows", "not kept", |f| {
            mark(f, 2, |bits| bits ^ 1 << 11)
        }),
        ("one that is symmetric and is not", "rows", "not kept", |f| {
            mark(f, 2, |bits| bits ^ 1 << 13)
        }),
        ("one that answers nothing", "targets", "claim 2: it answers a single claim", |f| {
            mark(f, 2, |bits| bits ^ 1 << 12)
        }),
        ("a number twice", "rows", "", |f| f.put("claim", 2, 1)),
        ("an object without a subject", "rows", "", |f| set(f.section("subjects"), 12, 3)),
    ];
    for (what, section, says, forge) in forgeries {
        let mut file = File::of(&bytes);
        forge(&mut file);
        let error = ClaimGraph::read_snapshot(file.whole().as_slice()).err();
        let error = error.unwrap_or_else(|| panic!("{what} is taken"));
        let message = error.to_string();
        assert!(error.section() == Some(section) && message.contains(says), "{what}: {message}");
    }
}

#[test]
fn what_insert_would_refuse_is_refused() {
    let forgeries: &[Forgery] = &[
        ("a kind that is not there", "kinds", "is not there", |f| half(f.section("kinds"), 2, 999)),
        ("a kind that speaks no more", "rows", "speaker", |f| {
            // `Thing` is the first kind; nothing that speaks.
            half(f.section("kinds"), 0, 0);
        }),
        ("two entities with one key", "keys", "one key", |f| {
            let keys = f.section("keys");
            let at = 4 + 2 * 5;
            keys[at + 1] = keys[at];
        }),
        ("two keys with one letter between them", "keys", "key 1 is no UTF-8", |f| {
            f.section("keys")[4 + 2 * 5..][..2].copy_from_slice("é".as_bytes());
        }),
        ("a key that is no text", "keys", "key 2 is no UTF-8", |f| {
            f.section("keys")[4 + 2 * 5 + 1] = 0xff
        }),
        ("an empty key", "keys", "entity 1: ", |f| {
            f.section("keys").remove(4 + 2 * 5);
            half(f.section("keys"), 4, 0);
        }),
        ("keys longer than all of them", "keys", "bytes", |f| half(f.section("keys"), 4, 2)),
        ("keys shorter than all of them", "keys", "bytes", |f| half(f.section("keys"), 4, 0)),
        ("a key that is none", "keys", "control", |f| f.section("keys")[4 + 2 * 5] = 7),
        ("a key with a space before it", "keys", "white space", |f| {
            f.section("keys")[4 + 2 * 5] = b' '
        }),
        ("a name of nobody", "names", "not there", |f| set(f.section("names"), 0, 77)),
        ("a blank name", "names", "blank", |f| f.section("names")[4 + 4 + 1 + 4] = b' '),
        ("names in another order", "names", "in their order", |f| {
            // Of the second: B, then its former name.
            let names = f.section("names");
            let second = 4 + 4 + 1 + 4 + 1;
            let (first, rest) = names[second + 8..].split_at(1 + 4 + 1);
            let turned = [&names[..second + 8], rest, first].concat();
            *names = turned;
        }),
        ("names of one entity twice", "names", "does not follow", |f| {
            let first = f.section("names")[..4 + 4 + 1 + 4 + 1].to_vec();
            f.section("names").extend(first);
        }),
        ("codes of nobody", "codes", "not there", |f| set(f.section("codes"), 0, 6)),
        ("a document that is a place", "documents", "Document", |f| {
            *f.section("documents") = br#"[{"entity":4,"date":"2024-10-24"}]"#.to_vec();
        }),
        ("a document twice", "documents", "does not follow", |f| {
            *f.section("documents") = br#"[{"entity":5},{"entity":5}]"#.to_vec();
        }),
        ("a document that its own publisher is", "documents", "entity", |f| {
            *f.section("documents") = br#"[{"entity":5,"publisher":5}]"#.to_vec();
        }),
        ("a publisher that is a place", "documents", "Source", |f| {
            *f.section("documents") = br#"[{"entity":5,"publisher":4}]"#.to_vec();
        }),
        ("an origin of nobody", "origins", "no entity 88", |f| set(f.section("origins"), 12, 88)),
        ("an object that is not there", "rows", "object", |f| f.put("object", 0, 6)),
        ("a time that is none", "rows", "time", |f| {
            f.put("time", 0, 0x7000_0000u32.wrapping_neg())
        }),
        ("a period that is not there", "rows", "period", |f| f.put("time", 0, (1 << 28) + 9)),
        ("a part that is not there", "rich", "belongs to a claim", |f| {
            f.put("time", 0, (1 << 29) + 9)
        }),
        ("a number past the last", "rows", "number", |f| f.put("claim", 0, 1_000)),
        ("no number", "rows", "number", |f| f.put("claim", 0, 0)),
        ("a number twice", "rows", "number", |f| {
            let first = f.get("claim", 0);
            f.put("claim", 1, first);
        }),
        ("offsets that fall", "subjects", "rise", |f| set(f.section("subjects"), 4, 7)),
        ("offsets past the rows", "subjects", "rise", |f| {
            let end = f.section("subjects").len() - 4;
            set(f.section("subjects"), end, 99);
        }),
        ("offsets of more entities than there are", "subjects", "rise", |f| {
            let last = f.section("subjects").last_chunk::<4>().copied().unwrap();
            (0..9).for_each(|_| f.section("subjects").extend(last));
        }),
        ("an origin that is not there", "origin", "origin", |f| set(f.section("origin"), 0, 55)),
        ("a day past the calendar", "rows", "calendar", |f| f.put("reported", 0, 9_000_000)),
        ("a relation that is not there", "rows", "relation", |f| f.put("relation", 0, 400)),
        ("bits that stand for nothing", "rows", "stand for nothing", |f| {
            mark(f, 1, |bits| bits | 1 << 15)
        }),
        ("a row too few", "rows", "expected are", |f| {
            let rows = f.rows();
            f.section("rows").truncate((rows - 1) * 20);
        }),
        ("an origin too many", "rows", "expected are", |f| f.section("origin").extend([0; 4])),
        ("a denial without a statement", "rows", "a claim that denies", |f| {
            mark(f, 4, |bits| bits & !31 | 9)
        }),
        ("an assertion that answers", "rows", "a claim that asserts", |f| {
            mark(f, 3, |bits| bits & !31)
        }),
        ("one that joins and does not say so", "rows", "not kept", |f| {
            mark(f, 1, |bits| bits ^ 1 << 11)
        }),
        ("one that is symmetric and does not say so", "rows", "not kept", |f| {
            mark(f, 1, |bits| bits ^ 1 << 13)
        }),
        ("told before it happened", "rows", "valid", |f| {
            let row = row_of(f, 1);
            f.put("time", row, 40_000);
        }),
        ("rows in another order", "rows", "after the one before", |f| {
            // Claims about the second entity come under three relations.
            let (a, b) = (row_of(f, 2), row_of(f, 5));
            let (at_a, at_b) = (f.get("relation", a), f.get("relation", b));
            f.put("relation", a, at_b);
            f.put("relation", b, at_a);
        }),
        ("an object that the relation does not take", "rows", "a Place is expected", |f| {
            // The first claim becomes one about a visit: its object is no place.
            let (from, to) = (row_of(f, 1), row_of(f, 2));
            let visits = f.get("relation", to);
            f.put("relation", from, visits);
            mark(f, 1, |bits| bits & !(1 << 13));
        }),
        ("an answer to itself", "targets", "comes after", |f| set(f.section("targets"), 4, 3)),
        ("an answer to what is not there", "targets", "not there", |f| {
            set(f.section("targets"), 4, 33)
        }),
        ("an answer by one that answers nothing", "targets", "single claim", |f| {
            set(f.section("targets"), 0, 2);
            set(f.section("targets"), 4, 1);
        }),
        ("an answer too many", "targets", "claim 2: it is not one that answers", |f| {
            let targets = f.section("targets");
            *targets = [&[2, 0, 0, 0, 1, 0, 0, 0], targets.as_slice()].concat();
        }),
        ("an answer too few", "targets", "claim 4: it answers a single claim", |f| {
            f.section("targets").truncate(8)
        }),
        ("answers in another order", "targets", "in its place", |f| {
            f.section("targets").rotate_left(8)
        }),
        ("a part twice", "rich", "", |f| {
            let rich = f.section("rich").clone();
            f.section("rich").extend(&rich[4..]);
        }),
        ("a part of nobody", "affiliations", "no entity 90", |f| {
            *f.section("affiliations") =
                br#"[{"part":90,"kind":"part-of","whole":1,"basis":"stated"}]"#.to_vec();
        }),
        ("a part of itself", "affiliations", "circle", |f| {
            *f.section("affiliations") =
                br#"[{"part":1,"kind":"part-of","whole":1,"basis":"stated"}]"#.to_vec();
        }),
        ("a part twice", "affiliations", "already", |f| {
            let row = r#"{"part":1,"kind":"part-of","whole":2,"basis":"stated"}"#;
            *f.section("affiliations") = format!("[{row},{row}]").into_bytes();
        }),
        ("a lineage without a claim", "lineage", "no claim 99", |f| {
            *f.section("lineage") =
                br#"[{"speaker":1,"source":2,"basis":"stated","claims":[99]}]"#.to_vec();
        }),
        ("a link without a role", "links", "no role", |f| {
            *f.section("links") = br#"[{"from":1,"role":999,"to":2,"basis":"stated"}]"#.to_vec();
        }),
        ("a link to itself", "links", "itself", |f| {
            let link = String::from_utf8(f.section("links").clone()).unwrap();
            *f.section("links") = link.replace("\"to\":5", "\"to\":1").into_bytes();
        }),
        ("a figure for one that gives one", "derivations", "figure", |f| {
            let row = String::from_utf8(f.section("derivations").clone()).unwrap();
            *f.section("derivations") = row.replace("\"claim\":1", "\"claim\":5").into_bytes();
        }),
        ("documents that are no text", "documents", "utf-8", |f| {
            *f.section("documents") = b"[\xff]".to_vec()
        }),
        ("a document without details", "documents", "JSON", |f| {
            *f.section("documents") = b"JSON".to_vec()
        }),
        ("a document that is none", "rich", "not added as a document", |f| {
            *f.section("documents") = b"[]".to_vec()
        }),
        ("a publisher that is not there", "documents", "entity", |f| {
            *f.section("documents") = br#"[{"entity":5,"publisher":70}]"#.to_vec();
        }),
        ("a vocabulary that contradicts itself", "vocabulary", "", |f| {
            let words = String::from_utf8(f.section("vocabulary").clone()).unwrap();
            *f.section("vocabulary") =
                words.replace(r#""key":"visits""#, r#""key":"ally""#).into_bytes();
        }),
        ("something in the end", "end", "nothing", |f| f.section("end").push(0)),
    ];
    let mut wrong: Vec<String> = Vec::new();
    for (what, section, says, forge) in forgeries {
        let mut file = File::of(&write(&small()));
        forge(&mut file);
        match ClaimGraph::read_snapshot(file.whole().as_slice()) {
            Ok(_) => wrong.push(format!("{what} is taken")),
            Err(error) => {
                let message = error.to_string();
                let named = error.section() == Some(section);
                if !named || !(message.contains(says) || *says == "JSON") {
                    wrong.push(format!("{what}: {message}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The last was reported first: in the order of the rows, it would revise what is not known to revise anything.
#[test]
fn what_was_retracted_or_revised_comes_back_in_the_order_in_which_it_was_said() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
    let about = |count: i64| {
        Claim::by(a).asserts(a, ATTACKS, b).quantity(Quantity::about(count, "soldiers"))
    };
    let first = graph.insert(about(10).reported(date(2024, 1, 1))).unwrap();
    let revise = |of: ClaimId, count: i64| {
        Claim::by(a).revises([of]).quantity(Quantity::about(count, "soldiers"))
    };
    let second = graph.insert(revise(first, 20).reported(date(2024, 3, 1))).unwrap();
    let third = graph.insert(revise(second, 30).reported(date(2024, 2, 1))).unwrap();
    let other = graph.insert(about(7).reported(date(2024, 1, 2))).unwrap();
    graph.insert(Claim::by(a).retracts([other]).reported(date(2024, 3, 1))).unwrap();
    let said = |graph: &ClaimGraph| graph.statement(a, ATTACKS, b).backing().claims();
    assert_eq!(said(&graph), [first, third, second]);
    let back = read(&write(&graph));
    assert_same(&graph, &back);
    assert_eq!(said(&back), said(&graph));
}

/// Rows are looked at in blocks; where one ends, the order goes on.
#[test]
fn rows_in_another_order_are_refused_wherever_they_are() {
    let mut graph = ClaimGraph::new();
    let [a, b] = ["a", "b"].map(|key| graph.add(State, key).unwrap().id());
    let told = |n: usize| {
        let day = date(1714, 1, 1).checked_add(jiff::Span::new().days(n as i32)).unwrap();
        Row::new(b, Stance::Asserts).about(a, ATTACKS, b).reported(day)
    };
    assert!(graph.extend((0..6_000).map(told)).rejected().is_empty());
    let bytes = write(&graph);
    for row in (1..6_000).filter(|row| row % 500 == 0 || row % 64 < 2) {
        let mut file = File::of(&bytes);
        let (before, here) = (file.get("reported", row - 1), file.get("reported", row));
        file.put("reported", row - 1, here);
        file.put("reported", row, before);
        let error = ClaimGraph::read_snapshot(file.whole().as_slice()).err();
        let message = error.unwrap_or_else(|| panic!("row {row} is taken")).to_string();
        assert!(message.contains("does not come after the one before it"), "{row}: {message}");
    }
}

/// In the first and last rows of blocks and of what is read at a time, however the bytes come.
#[test]
fn claims_and_forgeries_in_any_row_are_seen() {
    let mut graph = ClaimGraph::new();
    let states: Vec<_> =
        (0..300).map(|n| graph.add(State, format!("state-{n}")).unwrap().id()).collect();
    let day = date(2024, 10, 18);
    let told = |n: usize| {
        let row =
            Row::new(states[n % 7], if n % 9 == 5 { Stance::Denies } else { Stance::Asserts });
        let row = row
            .about(states[n * 31 % 300], ATTACKS, states[n * 17 % 299])
            .reported(day)
            .valid_on(day);
        if n % 9 == 5 { row.responding_to(ClaimId::nth(n / 2).unwrap()) } else { row }
    };
    assert!(graph.extend((0..20_000).map(told)).rejected().is_empty());
    graph
        .insert(
            Claim::by(states[3])
                .asserts(states[299], ATTACKS, states[4])
                .words("at last")
                .reported(day),
        )
        .unwrap();
    graph.compact();
    let bytes = write(&graph);
    let (at_hand, in_drops) =
        (read(&bytes), ClaimGraph::read_snapshot(BufReader::new(bytes.as_slice())).unwrap());
    for back in [&at_hand, &in_drops] {
        assert!(write(back) == bytes);
        let denials = |graph: &ClaimGraph| {
            graph.view().responses_with_stance(Stance::Denies).collect::<Vec<_>>()
        };
        assert!(denials(back) == denials(&graph));
        assert_eq!(denials(back).len(), 20_000 / 9);
        let rich = ClaimId::nth(20_000).unwrap();
        assert_eq!(back.show(rich).unwrap(), graph.show(rich).unwrap());
    }
    for row in [0, 63, 64, 383, 384, 1_535, 1_536, 19_967, 19_968, 19_999] {
        let forgeries = [
            ("object", 301, "object"),
            ("claim", 0, ""),
            ("time", 2_932_897, "calendar"),
            ("marks", 0xffff, "nothing"),
        ];
        for (column, cell, says) in forgeries {
            let mut file = File::of(&bytes);
            file.put(column, row, cell);
            let forged = file.whole();
            let refusal = |read: Result<ClaimGraph, ReadError>| {
                read.err().unwrap_or_else(|| panic!("{row}: {column}")).to_string()
            };
            let at_hand = refusal(ClaimGraph::read_snapshot(forged.as_slice()));
            let in_drops = refusal(ClaimGraph::read_snapshot(BufReader::new(forged.as_slice())));
            assert_eq!(at_hand, in_drops);
            assert!(at_hand.contains(says), "{row}: {at_hand}");
        }
    }
}
