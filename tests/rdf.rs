//! RDF: what is written comes back as it was, nothing is asserted that nobody asserts, and no input harms.

#[path = "../examples/report/mod.rs"]
mod report;
#[path = "support_brute/mod.rs"]
mod support_brute;
mod support_rdf;

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Entity, Quantity, RdfFormat, RdfReader, Stance, Statement,
    claim::NotStated,
    date,
    entity::Name,
    format::{Imported, Limits, ReadError, ReadErrorKind},
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::path::PathBuf;
use support_rdf::{HOSTILE, as_key, graphs, long};

const DAY: claimgraph::Date = date(2024, 10, 24);

fn write(graph: &ClaimGraph, format: RdfFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert!(graph.write_rdf(format, &mut bytes).unwrap().is_empty());
    bytes
}

fn text(graph: &ClaimGraph, format: RdfFormat) -> String {
    String::from_utf8(write(graph, format)).unwrap()
}

fn read(format: RdfFormat, bytes: impl AsRef<[u8]>) -> Result<Imported, ReadError> {
    let read = ClaimGraph::read_rdf(format, bytes.as_ref());
    if let Err(error) = &read {
        let message = error.to_string();
        assert!(message.len() < 1_000 && !message.contains(char::is_control), "{message:?}");
    }
    read
}

/// There and back in every syntax.
fn comes_back(graph: &ClaimGraph) {
    let before = graph.to_jsonl();
    for &format in RdfFormat::ALL {
        let bytes = write(graph, format);
        let back = read(format, &bytes).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert!(back.losses.is_empty(), "{format:?}: {}", back.losses);
        assert_eq!(back.graph.to_jsonl(), before, "{format:?}");
        assert_eq!(write(&back.graph, format), bytes, "{format:?}");
    }
}

fn random(strategy: impl Strategy<Value = ClaimGraph>, largest: usize) -> ClaimGraph {
    let mut runner = TestRunner::deterministic();
    let drawn = (0..largest).map(|_| strategy.new_tree(&mut runner).unwrap().current());
    drawn.max_by_key(ClaimGraph::len).unwrap()
}

// ----- round trips

#[test]
fn the_report_comes_back_from_every_syntax() {
    comes_back(&report::build().unwrap().graph);
}

#[test]
fn an_empty_graph_comes_back() {
    comes_back(&ClaimGraph::new());
}

/// For the outside readers of `scripts/readers/rdf.py`: writes the report and a random graph to the folder
/// that `CLAIMGRAPH_OUT` names.
#[test]
fn files_for_outside_readers_are_written_where_they_are_wanted() {
    let Some(folder) = std::env::var_os("CLAIMGRAPH_OUT").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let worlds = support_brute::worlds(15..25).prop_map(|world| world.build().graph);
    for (name, graph) in [
        ("report", report::build().unwrap().graph),
        ("random", random(graphs(), 30)),
        ("world", random(worlds, 5)),
    ] {
        for &format in RdfFormat::ALL {
            std::fs::write(
                folder.join(format!("{name}.{}", format.extension())),
                write(&graph, format),
            )
            .unwrap();
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 120, failure_persistence: None, ..Config::default() })]

    #[test]
    fn random_graphs_come_back_from_every_syntax(graph in graphs()) {
        comes_back(&graph);
    }

    #[test]
    fn the_order_of_triples_does_not_matter(graph in graphs(), seed in any::<u64>()) {
        let mut lines: Vec<String> = text(&graph, RdfFormat::NQuads).lines().map(str::to_owned).collect();
        let mut seed = seed | 1;
        for place in (1..lines.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            lines.swap(place, (seed >> 33) as usize % (place + 1));
        }
        // Said twice is said once.
        lines.extend(lines.clone());
        let back = read(RdfFormat::NQuads, lines.join("\n")).unwrap();
        prop_assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    }

    #[test]
    fn blank_nodes_do_as_well_as_named_parts(graph in graphs()) {
        let mut nodes: Vec<String> = Vec::new();
        let mut blanked = String::new();
        for line in text(&graph, RdfFormat::NTriples).lines() {
            let mut rest = line;
            while let Some((before, after)) = rest.split_once("<urn:claimgraph:part:") {
                let (part, after) = after.split_once('>').unwrap();
                let number = nodes.iter().position(|known| known == part).unwrap_or_else(|| {
                    nodes.push(part.to_owned());
                    nodes.len() - 1
                });
                blanked += &format!("{before}_:n{number}");
                rest = after;
            }
            blanked += &format!("{rest}\n");
        }
        // A text that looks like an IRI of ours is none of them.
        prop_assume!(!graph.to_jsonl().contains("<urn:claimgraph:part:"));
        let back = read(RdfFormat::NTriples, blanked).unwrap();
        prop_assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn random_worlds_come_back_from_every_syntax(world in support_brute::worlds(1..25)) {
        comes_back(&world.build().graph);
    }
}

#[test]
fn hostile_texts_come_back_byte_for_byte_wherever_a_text_may_stand() {
    for hostile in HOSTILE.into_iter().map(str::to_owned).chain([long()]) {
        let mut graph = ClaimGraph::new();
        let mut key = as_key(&hostile);
        key.truncate(
            key.char_indices().map(|(at, _)| at).take_while(|at| *at < 500).last().unwrap_or(0),
        );
        let entity = Entity::new(key.trim().to_owned() + "x")
            .named(hostile.as_str())
            .alias(hostile.as_str());
        let entity = entity.code(hostile.as_str(), hostile.as_str());
        let who = graph.add(State, entity).unwrap();
        for tag in ["en", "en-US"] {
            graph.add_name(who, Name::former(hostile.as_str()).in_language(tag)).unwrap();
        }
        let paper = graph
            .add_document("paper", claimgraph::Document::dated(DAY).titled(hostile.as_str()))
            .unwrap();
        let claim =
            Claim::by(who).asserts(who, HAS_PURPOSE, hostile.as_str()).words(hostile.as_str());
        let claim =
            claim.quantity(Quantity::stated(1, hostile.clone() + "x").in_words(hostile.as_str()));
        graph
            .insert(
                claim
                    .with(MANNER, hostile.as_str())
                    .cue(hostile.as_str(), 1..2)
                    .read_in(paper, 0..1),
            )
            .unwrap();
        comes_back(&graph);
    }
}

#[test]
fn keys_that_are_iris_of_the_web_stand_for_themselves() {
    let mut graph = ClaimGraph::new();
    let who = graph.add(State, "http://www.wikidata.org/entity/Q159").unwrap();
    let what = graph.add(State, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type").unwrap();
    graph.insert(Claim::by(who).denies(who, ALLIED_WITH, what).reported(DAY)).unwrap();
    let written = text(&graph, RdfFormat::NTriples);
    assert!(written.contains("<<( <http://www.wikidata.org/entity/Q159> <urn:claimgraph:relation:allied-with> <urn:claimgraph:entity:http%3A%2F%2Fwww.w3.org"));
    comes_back(&graph);
}

// ----- what is asserted

/// Plain triples of relations, from the default graph.
fn asserted(graph: &ClaimGraph) -> BTreeSet<String> {
    let relation = |line: &&str| {
        line.split(' ').nth(1).is_some_and(|p| p.starts_with("<urn:claimgraph:relation:"))
    };
    let plain: BTreeSet<String> =
        text(graph, RdfFormat::NQuads).lines().filter(relation).map(str::to_owned).collect();
    // The same in the twin, where a named graph would stand before the dot.
    let twin = text(graph, RdfFormat::ClassicTriG);
    let back = read(RdfFormat::ClassicTriG, &twin).unwrap();
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    plain
}

#[test]
fn only_the_documents_own_voice_asserts() {
    let mut graph = ClaimGraph::new();
    let paper = graph.add_document("paper", DAY).unwrap();
    let (a, b, c) = (
        graph.add(State, "a").unwrap(),
        graph.add(State, "b").unwrap(),
        graph.add(City, "c").unwrap(),
    );
    let own = || Claim::by(paper);
    for claim in [
        Claim::by(a).asserts(a, DEPLOYS_TO, b).read_in(paper, ..),
        Claim::by(a).denies(a, DEPLOYS_TO, b).read_in(paper, ..),
        own().denies(a, ATTACKS, b),
        own().projects(a, ATTACKS, b),
        own().asserts(a, ATTACKS, b).modality(claimgraph::Modality::Planned),
        own().asserts(a, ATTACKS, b).certainty(claimgraph::claim::Certainty::Possible),
        own().asserts(a, ATTACKS, b).with(CONDITION, Statement::new(b, ATTACKS, a)),
        own().asserts(NotStated, ATTACKS, b),
        Claim::by(NotStated).asserts(a, ATTACKS, b).read_in(paper, ..),
    ] {
        graph.insert(claim).unwrap();
    }
    assert_eq!(asserted(&graph), BTreeSet::new());
    graph.insert(own().asserts(a, PRESENT_IN, c)).unwrap();
    let said = graph.insert(own().asserts(a, ALLIED_WITH, b)).unwrap();
    let plain = |relation: &str, object: &str| {
        format!(
            "<urn:claimgraph:entity:a> <urn:claimgraph:relation:{relation}> <urn:claimgraph:entity:{object}> ."
        )
    };
    let both = [plain("allied-with", "b"), plain("present-in", "c")];
    assert_eq!(asserted(&graph), BTreeSet::from(both.clone()));
    // What was taken back is no longer said; unless that was taken back in turn.
    let retraction = graph.insert(own().retracts(said)).unwrap();
    assert_eq!(asserted(&graph), BTreeSet::from([both[1].clone()]));
    graph.insert(own().retracts(retraction)).unwrap();
    assert_eq!(asserted(&graph), BTreeSet::from(both));
}

#[test]
fn a_plain_triple_that_nobody_says_is_counted_and_not_taken_for_a_claim() {
    let graph = report::build().unwrap().graph;
    let more = "<urn:claimgraph:entity:putin> <urn:claimgraph:relation:attacks> <urn:claimgraph:entity:rome> .\n\
                <urn:claimgraph:entity:putin> <http://xmlns.com/foaf/0.1/mbox> <mailto:a@example.org> .\n\
                <http://example.org/s> <http://example.org/p> <http://example.org/o> .\n";
    let back = read(RdfFormat::NTriples, text(&graph, RdfFormat::NTriples) + more).unwrap();
    assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    let losses = back.losses.of("triple that is not ours").unwrap();
    assert_eq!(losses.count(), 3);
    assert_eq!(
        losses.first(),
        ["urn:claimgraph:entity:putin", "urn:claimgraph:entity:putin", "http://example.org/s"]
    );
}

// ----- RDF of others

const FOREIGN: &str = r#"
PREFIX ex: <http://example.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
ex:moon ex:madeOf ex:cheese ~ ex:c1 {| prov:wasAttributedTo ex:wallace ; dcterms:source ex:film |} .
ex:film dcterms:date "1989-11-04" ; dcterms:title "A Grand Day Out" .
ex:wallace rdfs:label "Wallace"@en .
ex:c2 a rdf:Statement ; rdf:subject ex:moon ; rdf:predicate ex:age ; rdf:object "old" ;
  dcterms:creator ex:gromit ; dcterms:created "1989-11-05T10:00:00Z" .
<< _:someone ex:knows ex:moon ~ ex:c3 >> prov:wasAttributedTo ex:gromit .
ex:c4 rdf:reifies <<( ex:a ex:b ex:c )>> .
"#;

#[test]
fn reified_statements_of_others_become_claims() {
    let back = read(RdfFormat::Turtle, FOREIGN).unwrap();
    let shown: BTreeSet<String> = back
        .graph
        .claims()
        .map(|claim| claim.to_string().replace("http://example.org/", ""))
        .collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(
        shown.iter().any(|claim| claim.contains("Wallace asserted that moon madeOf cheese")),
        "{shown:?}"
    );
    assert!(shown.iter().any(|claim| claim.contains("gromit asserted that moon age")), "{shown:?}");
    assert_eq!(back.losses.of("statement about what has no name").unwrap().count(), 1);
    assert_eq!(
        back.losses.of("statement without a day").unwrap().first(),
        ["http://example.org/c4"]
    );
    // What was taken over is ours from now on.
    comes_back(&back.graph);
    let dated = RdfReader::new(RdfFormat::Turtle).undated_on(DAY).read(FOREIGN.as_bytes()).unwrap();
    assert_eq!(dated.graph.len(), 3);
}

#[test]
fn named_graphs_of_others_become_claims_of_whom_they_are_attributed_to() {
    let text = r#"PREFIX ex: <http://example.org/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        ex:assertion { ex:a ex:likes ex:b . ex:b ex:likes "tea"@en }
        ex:assertion prov:wasAttributedTo ex:nanopublisher ; prov:generatedAtTime "2024-10-24T00:00:00Z"^^xsd:dateTime ."#;
    let back = read(RdfFormat::TriG, text).unwrap();
    assert_eq!(back.graph.len(), 2);
    let speaker = back.graph.entity_keyed("http://example.org/nanopublisher").unwrap();
    assert!(
        back.graph
            .claims()
            .all(|claim| claim.speaker() == Some(speaker) && claim.reported() == DAY)
    );
    assert_eq!(back.losses.count(), 1);
    assert_eq!(back.losses.of("language or datatype of a text").unwrap().count(), 1);
}

#[test]
fn a_file_by_hand_needs_no_declarations() {
    let text = r#"PREFIX cg: <urn:claimgraph:ns:> PREFIX entity: <urn:claimgraph:entity:> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX relation: <urn:claimgraph:relation:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        entity:nk relation:deploys-to entity:russia ~ <urn:x:1> {|
            a cg:Claim ; cg:stance cg:stance-asserts ; cg:reported "2024-10-24"^^xsd:date ;
            prov:qualifiedAttribution [ cg:position 2 ; prov:agent entity:nis ], [ cg:position 1 ; prov:agent entity:press ] ;
            cg:quantity [ cg:central 3000 ; cg:unit <urn:claimgraph:unit:soldiers> ; a cg:Quantity ]
        |} .
        <urn:x:2> a cg:Claim ; cg:stance cg:stance-dismisses ; cg:answers <urn:x:1> ; cg:reported "2024-10-24" ;
            prov:wasAttributedTo entity:russia ."#;
    let back = read(RdfFormat::Turtle, text).unwrap();
    assert!(back.losses.is_empty(), "{}", back.losses);
    let shown: Vec<String> = back.graph.claims().map(|claim| claim.to_string()).collect();
    assert_eq!(
        shown,
        [
            "nis, according to press, asserted that nk deploys to russia: 3,000 soldiers",
            "russia dismissed what nis, according to press, asserted: nk deploys to russia: 3,000 soldiers"
        ]
    );
    assert_eq!(back.graph.claims().next().map(|claim| claim.stance()), Some(Stance::Asserts));
}

// ----- inputs that are broken or meant to harm

fn small() -> ClaimGraph {
    let mut graph = ClaimGraph::with(&claimgraph::vocabulary::Vocabulary::new()).unwrap();
    let mut vocabulary = claimgraph::vocabulary::Vocabulary::new();
    vocabulary
        .add_relation(claimgraph::vocabulary::RelationDef::new(
            "near",
            claimgraph::vocabulary::Slot::Any,
            claimgraph::vocabulary::Slot::Any,
        ))
        .unwrap();
    graph.extend_vocabulary(&vocabulary).unwrap();
    let near = graph.relation("near").unwrap();
    let (a, b) = (graph.add(Actor, "a").unwrap(), graph.add(Actor, "b").unwrap());
    let paper = graph.add_document("paper", DAY).unwrap();
    let said = Claim::by(a)
        .asserts(a, near, b)
        .quantity(Quantity::about(7, "men"))
        .valid("2024-06")
        .read_in(paper, 0..4);
    let said = graph.insert(said).unwrap();
    graph
        .insert(
            Claim::by(b).relayed_by(a).dismisses(said).words("no \"<<( news").read_in(paper, ..),
        )
        .unwrap();
    graph
        .insert(Claim::by(paper).asserts(a, near, b).with(CONDITION, Statement::new(a, near, b)))
        .unwrap();
    graph
}

#[test]
fn truncations_and_flipped_bytes_end_in_a_graph_or_an_error() {
    for &format in RdfFormat::ALL {
        let bytes = write(&small(), format);
        // The vocabulary at the start is long and much of it alike.
        let from = bytes.len() * 3 / 4;
        for place in (0..from).step_by(211).chain((from..bytes.len()).step_by(7)) {
            let _ = read(format, &bytes[..place]);
            let mut flipped = bytes.clone();
            for new in [0, b'"', b'<', b'>', 0xff, flipped[place] ^ 1] {
                flipped[place] = new;
                if let Ok(back) = read(format, &flipped) {
                    let again = write(&back.graph, RdfFormat::NQuads);
                    assert_eq!(
                        read(RdfFormat::NQuads, again).unwrap().graph.to_jsonl(),
                        back.graph.to_jsonl()
                    );
                }
            }
        }
        for garbage in [
            "\u{0}\u{1}\u{2}",
            "<<<<<<",
            ">>>>>>",
            "{\"@context\":",
            "\"\"\"",
            "<?xml version='1.0'?><a",
            "%",
            "@@@@",
            "_:",
        ] {
            let _ = read(format, garbage);
            let _ = read(format, garbage.repeat(1_000));
        }
        assert!(read(format, [0xff, 0xfe, 0x3c, 0x00]).is_err(), "{format:?}");
    }
}

#[test]
fn a_fault_of_syntax_names_line_and_column() {
    for (format, text) in [
        (RdfFormat::NQuads, "<a:b> <a:c> <a:d> .\n<a:b> <a:c> \"x .\n"),
        (RdfFormat::Turtle, "<a:b> <a:c> <a:d> .\n<a:b> <a:c> !\n"),
        (RdfFormat::JsonLd, "{\"@id\": \"a:b\",\n \"a:c\" 7}"),
    ] {
        let error = read(format, text).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
        assert!(error.line() == Some(2) && error.column().is_some(), "{format:?}: {error}");
    }
}

#[test]
fn depth_is_limited_before_anything_recurses() {
    let deep = |count: usize| {
        let open = "<<( <a:s> <a:p> ".repeat(count);
        format!("<a:s> <a:p> {open} <a:o> {} .", ")>>".repeat(count))
    };
    let work = move || {
        for format in [
            RdfFormat::Turtle,
            RdfFormat::TriG,
            RdfFormat::NTriples,
            RdfFormat::NQuads,
            RdfFormat::ClassicTriG,
        ] {
            let error = read(format, deep(200_000)).unwrap_err();
            assert!(matches!(error.kind(), ReadErrorKind::Limit { limit: 16, .. }), "{error}");
            assert!(read(format, deep(16)).unwrap().losses.count() == 1, "{format:?}");
            // Unclosed, or closed and then wrong.
            assert!(read(format, "<a:s> <a:p> <<( <a:s> <a:p> ".repeat(100_000)).is_err());
        }
        for brackets in ["[ <a:p> ", "( "] {
            let _ = read(RdfFormat::Turtle, format!("<a:s> <a:p> {}", brackets.repeat(100_000)));
        }
        let error = read(RdfFormat::JsonLd, "[".repeat(1_000_000)).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Limit { .. }), "{error}");
        let xml = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:a='a:'>";
        let error =
            read(RdfFormat::RdfXml, xml.to_owned() + &"<rdf:Description><a:p>".repeat(200_000))
                .unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Limit { .. }), "{error}");
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap().join().unwrap();
}

#[test]
fn xml_has_no_dtd_and_no_entities() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE rdf:RDF [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rdf:RDF \
                xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>";
    let error = read(RdfFormat::RdfXml, bomb).unwrap_err();
    assert!(error.to_string().contains("DTD"), "{error}");
}

#[test]
fn limits_hold() {
    let bytes = write(&small(), RdfFormat::NQuads);
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    let with = |change: &dyn Fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        RdfReader::new(RdfFormat::NQuads).limits(limits).read(bytes.as_slice())
    };
    assert!(with(&|limits| limits.records = lines).is_ok());
    assert!(with(&|limits| limits.document_bytes = bytes.len() as u64).is_ok());
    for error in [
        with(&|limits| limits.records = lines - 1),
        with(&|limits| limits.document_bytes = bytes.len() as u64 - 1),
    ] {
        assert!(matches!(error.unwrap_err().kind(), ReadErrorKind::Limit { .. }));
    }
    let endless = std::io::Read::chain(&b"# "[..], std::io::repeat(b'x'));
    let limits = {
        let mut limits = Limits::default();
        limits.document_bytes = 1 << 20;
        limits
    };
    assert!(RdfReader::new(RdfFormat::Turtle).limits(limits).read(endless).is_err());
}

#[test]
fn contradictions_are_refused_with_the_node_they_are_at() {
    let prefixes = "PREFIX cg: <urn:claimgraph:ns:> PREFIX c: <urn:claimgraph:claim:> PREFIX e: <urn:claimgraph:entity:> \
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n";
    let claim = "c:1 a cg:Claim ; prov:wasAttributedTo e:a ; cg:reported \"2024-10-24\" ; cg:stance cg:stance-dismisses ; ";
    for (wrong, expected) in [
        ("c:1 a cg:Claim .".to_owned(), "needs a stance"),
        (format!("{claim} cg:stance cg:stance-denies ."), "two values"),
        (format!("{claim} cg:stance cg:certainty-possible ."), "expected a term of the vocabulary"),
        (format!("{claim} cg:answers c:1 ."), "circle"),
        (
            format!(
                "{claim} cg:answers c:2 . c:2 a cg:Claim ; cg:stance cg:stance-dismisses ; cg:answers c:1 ."
            ),
            "circle",
        ),
        (format!("{claim} cg:answers c:7 ."), "no claim"),
        (format!("{claim} cg:said \"tomorrow\" ."), "expected a day"),
        (format!("{claim} cg:spanStart 7 ."), "a start and an end"),
        (format!("{claim} cg:valid \"2024-13\" ."), "EDTF"),
        (format!("{claim} cg:quantity [ cg:central 7 ] ."), "needs a unit"),
        (format!("{claim} cg:quantity [ cg:central \"NaN\" ] ."), "decimal number"),
        (format!("{claim} rdf:reifies <<( e:a e:b e:c )>> ."), "no relation"),
        (
            format!("{claim} prov:qualifiedAttribution [ prov:agent e:a ], [ prov:agent e:b ] ."),
            "position",
        ),
        (
            format!(
                "{claim} prov:qualifiedAttribution [ cg:position 1 ; prov:agent _:x ] . _:x prov:agent _:x ."
            ),
            "no entity",
        ),
        (
            "<urn:claimgraph:lineage:1> a cg:Lineage ; rdf:reifies <<( e:a cg:partOf e:b )>> ."
                .to_owned(),
            "drawsOn",
        ),
        ("<urn:claimgraph:graph> cg:format 2 .".to_owned(), "format 2"),
    ] {
        let error = read(RdfFormat::Turtle, format!("{prefixes}{wrong}"))
            .map(|back| back.graph.to_jsonl())
            .unwrap_err();
        assert!(error.to_string().contains(expected), "{wrong}: {error}");
        assert!(error.is_newer_format() || error.field().is_some(), "{error}");
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_answers_needs_no_deep_stack() {
    let work = || {
        let mut text = String::from(
            "PREFIX cg: <urn:claimgraph:ns:> PREFIX c: <urn:claimgraph:claim:> PREFIX e: <urn:claimgraph:entity:> PREFIX prov: <http://www.w3.org/ns/prov#>\n",
        );
        // The last answer comes first.
        for number in (1..100_000).rev() {
            text += &format!(
                "c:{number} a cg:Claim ; prov:wasAttributedTo e:a ; cg:reported \"2024-10-24\" ; cg:stance cg:stance-dismisses ; cg:answers c:{} .\n",
                number - 1
            );
        }
        text += "c:0 a cg:Claim ; prov:wasAttributedTo e:a ; cg:reported \"2024-10-24\" ; cg:stance cg:stance-asserts ; \
            <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( e:a <http://example.org/p> e:b )>> .";
        assert_eq!(read(RdfFormat::Turtle, text).unwrap().graph.len(), 100_000);
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap().join().unwrap();
}

// ----- what is published

#[test]
fn the_published_vocabulary_defines_every_term_that_is_written() {
    let published = std::fs::read_to_string("docs/claimgraph.ttl").unwrap();
    let graphs = [report::build().unwrap().graph, random(graphs(), 30)];
    for graph in &graphs {
        let written = text(graph, RdfFormat::NTriples);
        let terms: BTreeSet<&str> = written
            .split("<urn:claimgraph:ns:")
            .skip(1)
            .filter_map(|after| after.split('>').next())
            .collect();
        for term in terms {
            assert!(
                published.contains(&format!("\ncg:{term} ")),
                "{term} is not in docs/claimgraph.ttl"
            );
        }
    }
    assert!(read(RdfFormat::Turtle, &published).is_ok());
}

#[test]
fn the_published_context_is_the_one_that_files_repeat() {
    let published = std::fs::read_to_string("docs/claimgraph.context.jsonld").unwrap();
    let written = text(&ClaimGraph::new(), RdfFormat::JsonLd);
    let context =
        |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["@context"].clone();
    assert_eq!(context(&published), context(&written));
}

#[test]
fn n3_is_refused_by_name() {
    let error = "report.n3".parse::<RdfFormat>().unwrap_err().to_string();
    assert!(error.contains("N3 is neither read nor written"), "{error}");
    for &format in RdfFormat::ALL {
        assert_eq!(format!("x.{}", format.extension()).parse(), Ok(format));
    }
}
