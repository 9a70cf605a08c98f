//! Inputs that are broken or meant to harm.

use super::*;

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
        // The vocabulary at the start is long and repetitive.
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
            // It is read, and it says nothing that is understood.
            let error = read(format, deep(16)).unwrap_err();
            assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{format:?}: {error}");
            // Unclosed, or closed and then invalid.
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
    std::thread::Builder::new().stack_size(256 << 10).spawn(work).unwrap().join().unwrap();
}

#[test]
fn a_context_whose_terms_are_made_of_each_other_without_end_is_refused() {
    let chain = |count: usize| {
        let terms: Vec<String> = (0..count).map(|n| format!(r#""t{n}":"t{}:""#, n + 1)).collect();
        format!("{{{}}}", terms.join(","))
    };
    let node = |context: &str| {
        format!(
            r#"{{"@context":{context},"@id":"http://e/s","http://e/p":{{"@id":"http://e/o"}}}}"#
        )
    };
    let work = move || {
        for context in [
            chain(17),
            chain(5_000),
            format!("[\"http://remote\", {}]", chain(5_000)),
            format!(r#"{{"a":{{"@id":"http://e/a","@context":{}}}}}"#, chain(5_000)),
            r#"{"a":"b:","b":"c:","c":"a:"}"#.to_owned() + " ",
        ] {
            let error = read(RdfFormat::JsonLd, node(&context)).unwrap_err();
            let limited = matches!(error.kind(), ReadErrorKind::Limit { limit: 16, .. });
            assert!(limited || context.len() < 50, "{error}");
        }
        let escaped = node(&chain(5_000)).replace("@context", "\\u0040c\\u006fntext");
        let error = read(RdfFormat::JsonLd, escaped).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Limit { .. }), "{error}");
        // Within a node, after text that looks like the end of it.
        let nested = format!(r#"{{"http://e/q":["}}\"{{", {}]}}"#, node(&chain(5_000)));
        let error = read(RdfFormat::JsonLd, nested).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Limit { .. }), "{error}");
        // A short chain is read.
        let error = read(RdfFormat::JsonLd, node(&chain(8))).unwrap_err();
        assert!(!matches!(error.kind(), ReadErrorKind::Limit { .. }), "{error}");
    };
    std::thread::Builder::new().stack_size(256 << 10).spawn(work).unwrap().join().unwrap();
}

#[test]
fn xml_that_does_not_end_with_its_root_is_refused() {
    let whole = String::from_utf8(write(&small(), RdfFormat::RdfXml)).unwrap();
    let whole = whole.trim_end();
    assert!(read(RdfFormat::RdfXml, whole).is_ok());
    for end in (0..whole.len()).step_by(37).filter(|&end| whole.is_char_boundary(end)) {
        assert!(read(RdfFormat::RdfXml, &whole[..end]).is_err(), "cut at {end}");
    }
    for text in ["", " \n", "<?xml version=\"1.0\"?>", "<!-- nothing -->"] {
        let error = read(RdfFormat::RdfXml, text).unwrap_err();
        assert!(error.to_string().contains("expected a root element, found none"), "{error}");
    }
    let two = format!("{whole}\n{}", whole.split_once("?>").map_or(whole, |(_, rest)| rest));
    let error = read(RdfFormat::RdfXml, two).unwrap_err();
    assert!(error.to_string().contains("expected one root element, found a second"), "{error}");
}

#[test]
fn xml_with_a_dtd_or_entities_is_refused() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE rdf:RDF [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rdf:RDF \
                xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>";
    let error = read(RdfFormat::RdfXml, bomb).unwrap_err();
    assert!(error.to_string().contains("document type"), "{error}");
}

#[test]
fn limits_hold() {
    let bytes = write(&small(), RdfFormat::NQuads);
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    let with = |change: &dyn Fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        rdf::Reader::new(RdfFormat::NQuads).limits(limits).read(bytes.as_slice())
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
    assert!(rdf::Reader::new(RdfFormat::Turtle).limits(limits).read(endless).is_err());
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
        (format!("{claim} cg:answers c:1 ."), "answers or mentions itself"),
        (
            format!(
                "{claim} cg:answers c:2 . c:2 a cg:Claim ; cg:stance cg:stance-dismisses ; cg:answers c:1 ."
            ),
            "answers or mentions itself",
        ),
        (format!("{claim} cg:answers c:7 ."), "unknown claim"),
        (format!("{claim} cg:said \"tomorrow\" ."), "expected a period"),
        (format!("{claim} cg:spanStart 7 ."), "a start and an end"),
        (format!("{claim} cg:valid \"2024-13\" ."), "EDTF"),
        (format!("{claim} cg:quantity [ cg:central 7 ] ."), "needs a unit"),
        (format!("{claim} cg:quantity [ cg:central \"NaN\" ] ."), "decimal number"),
        (format!("{claim} rdf:reifies <<( e:a e:b e:c )>> ."), "expected a relation"),
        (
            format!("{claim} prov:qualifiedAttribution [ prov:agent e:a ], [ prov:agent e:b ] ."),
            "position",
        ),
        (
            format!(
                "{claim} prov:qualifiedAttribution [ cg:position 1 ; prov:agent _:x ] . _:x prov:agent _:x ."
            ),
            "expected an entity",
        ),
        (
            "<urn:claimgraph:lineage:1> a cg:Lineage ; rdf:reifies <<( e:a cg:partOf e:b )>> ."
                .to_owned(),
            "drawsOn",
        ),
        ("<urn:claimgraph:graph> cg:format 5 .".to_owned(), "format 5"),
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
        // The last response comes first.
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
    std::thread::Builder::new().stack_size(256 << 10).spawn(work).unwrap().join().unwrap();
}

#[test]
fn n3_is_refused_by_name() {
    let error = "report.n3".parse::<RdfFormat>().unwrap_err().to_string();
    assert!(error.contains("N3 is neither read nor written"), "{error}");
    for &format in RdfFormat::ALL {
        assert_eq!(format!("x.{}", format.extension()).parse(), Ok(format));
    }
}

/// Documents that each have the next one as publisher, whatever their order in the file.
#[test]
fn a_long_chain_of_publishers_is_read_and_written_by_every_format() {
    let number = 5_000;
    let document = |n: usize| {
        let node = format!("<urn:claimgraph:entity:d{n}>");
        let publisher =
            format!("<http://purl.org/dc/terms/publisher> <urn:claimgraph:entity:d{}>", n + 1);
        let publisher = if n + 1 < number { format!("; {publisher} ") } else { String::new() };
        format!(
            "{node} a <urn:claimgraph:kind:Document>, <urn:claimgraph:ns:Document> {publisher}.\n"
        )
    };
    let upwards: String = (0..number).map(document).collect();
    let downwards: String = (0..number).rev().map(document).collect();
    let graph = read(RdfFormat::Turtle, upwards).unwrap().graph;
    assert_eq!(graph.entity_count(), number);
    assert_eq!(read(RdfFormat::Turtle, downwards).unwrap().graph.to_jsonl(), graph.to_jsonl());
    for &format in RdfFormat::ALL {
        let back = read(format, write(&graph, format)).unwrap().graph;
        assert_eq!(back.to_jsonl(), graph.to_jsonl(), "{format:?}");
    }
    // A circle of publishers has no first one.
    let round = document(number - 1)
        .replace(" .", "; <http://purl.org/dc/terms/publisher> <urn:claimgraph:entity:d0> .");
    let circle: String = (0..number - 1).map(document).collect();
    assert!(read(RdfFormat::Turtle, circle + &round).is_err());
}

#[test]
fn a_claim_with_many_roles_is_read_and_written_by_every_format() {
    let mut graph = small();
    let (a, paper) = (graph.entity_keyed("a").unwrap(), graph.entity_keyed("paper").unwrap());
    let near = graph.relation("near").unwrap();
    let mut claim = Claim::by(a).asserts(a, near, a).read_in(paper, ..);
    for number in 0..5_000 {
        claim = claim.with(ABOUT, format!("topic {number}").as_str());
    }
    graph.insert(claim).unwrap();
    for &format in RdfFormat::ALL {
        let back = read(format, write(&graph, format)).unwrap().graph;
        assert_eq!(back.to_jsonl(), graph.to_jsonl(), "{format:?}");
    }
}

#[test]
fn faults_of_xml_and_of_contexts_have_a_line() {
    let xml = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n\n<rdf:Description rdf:about='http://e/a b'/>\n\n\n</rdf:RDF>\n";
    let json =
        "{\n \"@context\": {\"a\":\n {\"@id\": 7}},\n \"@id\": \"http://e/s\",\n\n\n \"a\": 1}\n";
    for (format, text) in [(RdfFormat::RdfXml, xml), (RdfFormat::JsonLd, json)] {
        let error = read(format, text).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
        assert_eq!(error.line(), Some(3), "{error}");
    }
}

#[test]
fn brackets_of_lists_and_blank_nodes_have_a_limit() {
    for (open, close) in [("( ", ") "), ("[ <a:p> ", "] ")] {
        let nested = |depth: usize| {
            let inner = if open == "( " { "" } else { "<a:o> " };
            format!("<a:s> <a:p> {}{inner}{} .", open.repeat(depth), close.repeat(depth))
        };
        let error = read(RdfFormat::Turtle, nested(1_025)).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Limit { limit: 1_024, .. }), "{error}");
        let error = read(RdfFormat::Turtle, nested(1_024)).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{error}");
        // Brackets that are closed do not count, and neither do those in texts.
        let many = format!("{} <a:s> <a:p> \"{}\" .", nested(2).repeat(2_000), "(".repeat(9_000));
        let error = read(RdfFormat::Turtle, many).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{error}");
    }
}

#[test]
fn an_element_of_xml_has_a_limit_of_attributes() {
    let element = |number: usize| {
        let attributes: String = (0..number).map(|n| format!(" e:a{n}='v'")).collect();
        let space = "xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'";
        format!("<r:RDF {space}><r:Description{attributes}/><r:Description{attributes}/></r:RDF>")
    };
    let error = read(RdfFormat::RdfXml, element(1_001)).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Limit { limit: 1_000, .. }), "{error}");
    let error = read(RdfFormat::RdfXml, element(1_000)).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{error}");
}

#[test]
fn a_list_of_digits_without_end_is_refused_before_it_fills_the_memory() {
    let turtle = |items: usize| format!("<a:b> <a:c> ({}) .", " 1".repeat(items));
    let json = |items: usize| format!(r#"{{"a:b":{{"@list":[1{}]}}}}"#, ",1".repeat(items));
    for (format, text) in [(RdfFormat::Turtle, turtle(400_000)), (RdfFormat::JsonLd, json(400_000))]
    {
        let error = rdf::Reader::new(format).read(text.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("of this size"), "{error}");
    }
    // An honest list is read to its end: nothing in it is understood.
    for (format, text) in [(RdfFormat::Turtle, turtle(20_000)), (RdfFormat::JsonLd, json(20_000))] {
        let error = rdf::Reader::new(format).read(text.as_bytes()).unwrap_err();
        assert!(!error.to_string().contains("of this size"), "{error}");
    }
}
