//! Files of other programs, and input that is broken or meant to harm.

use super::*;

const NETWORKX: &str = r#"<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d1" for="edge" attr.name="weight" attr.type="double"><default>1.0</default></key>
  <key id="d0" for="node" attr.name="club" attr.type="string" />
  <graph edgedefault="undirected">
    <edge source="0" target="1"><data key="d1">4</data></edge>
    <node id="0"><data key="d0">Mr. Hi</data></node>
    <node id="1"/>
  </graph>
</graphml>"#;

const GEPHI: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2011-09-05"><creator>Gephi 0.8</creator></meta>
  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">
    <attributes class="node"><attribute id="0" title="url" type="string"><default>none</default></attribute></attributes>
    <nodes>
      <node id="a" label="Ministry"><attvalues><attvalue for="0" value="x"/></attvalues><viz:size value="2"/></node>
      <node id="b" label="b"/>
    </nodes>
    <edges>
      <edge id="0" source="a" target="b" label="funds" weight="2.5">
        <spells><spell start="2009-03-01" end="2010-01-31"/><spell start="2010-06-01"/></spells>
      </edge>
      <edge source="b" target="a" type="undirected" start="2011-01-01"/>
    </edges>
  </graph>
</gexf>"#;

#[test]
fn a_graph_of_another_program_is_what_its_document_asserts() {
    let reader = graphml::Reader::new().document("karate-club").reported(date(1977, 1, 1));
    let read = reader.read(NETWORKX.as_bytes()).unwrap();
    let graph = &read.graph;
    assert_eq!((graph.entity_count(), graph.len()), (3, 1));
    let claim = graph.claims().next().unwrap();
    assert!(claim.is_own_voice() && claim.reported() == date(1977, 1, 1));
    let relation = claim.statement().unwrap().relation();
    assert_eq!((relation.key.as_str(), relation.symmetric), ("linked-to", true));
    assert_eq!(
        (
            count(&read.losses, "edge attribute \"weight\""),
            count(&read.losses, "node attribute \"club\"")
        ),
        (1, 1)
    );
    // Without a date nobody knows when it was on record.
    let error = graphml::Reader::new().read(NETWORKX.as_bytes()).unwrap_err();
    assert!(
        matches!(error.kind(), ReadErrorKind::NoReportDay) && error.line() == Some(6),
        "{error}"
    );

    let read = gexf::Reader::new().read(GEPHI.as_bytes()).unwrap();
    let graph = &read.graph;
    assert_eq!((graph.entity_count(), graph.len()), (3, 2));
    assert_eq!(graph.name_of(graph.entity_keyed("a").unwrap()), "Ministry");
    let funds = graph.claims().find(|c| c.statement().unwrap().relation().key == "funds").unwrap();
    assert_eq!(funds.reported(), date(2011, 9, 5));
    let valid = funds.valid().unwrap();
    assert_eq!((valid.start_earliest(), valid.end_latest()), (Some(date(2009, 3, 1)), None));
    assert_eq!(valid.holds_on(date(2009, 2, 1)), Answer::No);
    assert_eq!(count(&read.losses, "element \"viz:size\""), 1);
    assert!(
        count(&read.losses, "edge attribute \"weight\"") == 1 && count(&read.losses, "spell") == 1
    );

    // Claims can be added to the graph that was read.
    for (format, imported) in [(Format::GraphMl, &read.graph), (Format::Gexf, graph)] {
        let (text, losses) = write(format, imported);
        assert!(losses.is_empty());
        assert_eq!(self::read(format, &text).to_jsonl(), imported.to_jsonl());
    }
}

#[test]
fn broken_files_are_refused_with_their_place() {
    // A file of this library has a vocabulary, and each of its nodes a key.
    let graphml = |body: &str| {
        let head = "<graphml><key id=\"v\" for=\"graph\" attr.name=\"vocabulary\"/>";
        format!("{head}\n<graph><data key=\"v\">{{}}</data>\n{body}\n</graph></graphml>")
    };
    let own = |id: &str, more: &str| {
        format!(
            "<node id=\"{id}\"><data key=\"key\">{id}</data><data key=\"kind\">Thing</data>{more}</node>"
        )
    };
    let reader = || graphml::Reader::new().document("x").reported(date(2024, 1, 1));
    let cases = [
        ("<!DOCTYPE graphml [<!ENTITY a \"b\">]><graphml/>".to_owned(), "document type", (1, 1)),
        (graphml(&format!("{}\n {}", own("a", ""), own("a", ""))), "another node", (4, 2)),
        (
            graphml("<edge source=\"a\" target=\"b\"><data key=\"stance\">asserts</data></edge>"),
            "unknown node \"a\"",
            (3, 1),
        ),
        (graphml("<node id=\"a\" id=\"b\"/>"), "", (3, 1)),
        (graphml("<node id=\"&b;\"/>"), "", (3, 1)),
        (
            graphml("<node id=\"a\"><data key=\"label\">&b;</data></node>"),
            "unknown entity \"b\"",
            (3, 32),
        ),
        (graphml("<node id=\"a\"><data key=\"label\">&#1;</data></node>"), "", (3, 32)),
        (graphml("<node id=\"a\">"), "", (4, 1)),
        (graphml(&own(" ", "")), "invalid text", (3, 1)),
        (graphml(&own("a", "<data key=\"names\">[7]</data>")), "", (3, 1)),
        ("<graphml>".to_owned(), "before its elements are closed", (1, 10)),
        ("<gexf/>".to_owned(), "expected the element graphml", (1, 1)),
        ("<graphml/><graphml/>".to_owned(), "expected one outermost", (1, 11)),
        ("x<graphml/>".to_owned(), "outside", (1, 1)),
        (String::new(), "before its elements are closed", (1, 1)),
        (
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><graphml/>".to_owned(),
            "expected the encoding UTF-8",
            (1, 1),
        ),
    ];
    for (text, problem, (line, column)) in cases {
        let error = reader().read(text.as_bytes()).expect_err(&text);
        assert!(error.to_string().contains(problem), "{text}: {error}");
        assert_eq!((error.line(), error.column()), (Some(line), Some(column)), "{text}: {error}");
    }
    let names = graphml(&own("a", "<data key=\"names\">[7]</data>"));
    assert_eq!(reader().read(names.as_bytes()).unwrap_err().field(), Some("names"));
    let stance = "<gexf><meta><description>{\"kinds\":[]}</description></meta><graph><nodes><node id=\"a\"/></nodes><edges>\n<edge source=\"a\" target=\"a\"><attvalues><attvalue for=\"stance\" value=\"says\"/></attvalues></edge></edges></graph></gexf>";
    let reader = gexf::Reader::new().document("x").reported(date(2024, 1, 1));
    let error = reader.read(stance.as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.field()), (Some(2), Some("stance")));
    let not_text = b"<graphml>\xff</graphml>";
    assert!(graphml::Reader::new().read(&not_text[..]).is_err());
}

#[test]
fn limits_hold() {
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        graphml::Reader::new().document("x").reported(date(2024, 1, 1)).limits(limits)
    };
    let over = |outcome: Result<ReadReport, ReadError>, what: &str| {
        let error = outcome.expect_err(what);
        assert!(matches!(error.kind(), ReadErrorKind::Limit { .. }), "{what}: {error}");
    };
    let deep = "<graphml>".to_owned() + &"<graph>".repeat(100_000);
    over(limits(|_| {}).read(deep.as_bytes()), "elements");
    let nested = "<graphml>".to_owned() + &"<graph><node id=\"a\">".repeat(100_000);
    over(limits(|_| {}).read(nested.as_bytes()), "nodes within nodes");
    over(limits(|l| l.records = 1).read(NETWORKX.as_bytes()), "records");
    let long = format!("<graphml><graph><node id=\"{}\"/></graph></graphml>", "a".repeat(100_000));
    let slow = std::io::BufReader::with_capacity(1_000, long.as_bytes());
    over(limits(|l| l.line_bytes = 10_000).read(slow), "bytes in a tag");
    let slow = std::io::BufReader::with_capacity(100, NETWORKX.as_bytes());
    over(limits(|l| l.document_bytes = 300).read(slow), "bytes");
    let words: String =
        (0..2_000).map(|n| format!("<edge source=\"a\" target=\"a\" label=\"r{n}\"/>")).collect();
    let many = format!(
        "<gexf><graph><nodes><node id=\"a\"/></nodes><edges>{words}</edges></graph></gexf>"
    );
    over(gexf::Reader::new().reported(date(2024, 1, 1)).read(many.as_bytes()), "relations");
    let keys: String = (0..101)
        .map(|n| {
            format!("<key id=\"{n}\" for=\"node\" attr.name=\"a{n}\"><default>1</default></key>")
        })
        .collect();
    let many = format!("<graphml>{keys}<graph/></graphml>");
    over(limits(|_| {}).read(many.as_bytes()), "defaults");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_trip_loses_nothing_more(world in worlds(5..30)) {
        let graph = world.build().graph;
        for format in BOTH {
            let (first, _) = write(format, &graph);
            let once = read(format, &first);
            let (second, _) = write(format, &once);
            let twice = read(format, &second);
            prop_assert_eq!(once.to_jsonl(), twice.to_jsonl());
            prop_assert_eq!(first.matches("<edge id=").count(), once.len());
            prop_assert_eq!(second, write(format, &twice).0);
        }
    }

    #[test]
    fn any_bytes_end_in_a_graph_or_an_error(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(), is_gexf in any::<bool>()) {
        let mut bytes = if is_gexf { GEPHI } else { NETWORKX }.as_bytes().to_vec();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let day = date(2024, 1, 1);
        let outcome = match is_gexf {
            true => gexf::Reader::new().reported(day).read(&*bytes),
            false => graphml::Reader::new().reported(day).read(&*bytes),
        };
        if let Err(error) = outcome {
            prop_assert!(error.line().is_some(), "{}", error);
        }
    }
}

#[test]
fn an_element_may_have_many_attributes_and_none_twice() {
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=\"\"")).collect();
    let node = |more: &str| {
        format!("<graphml><graph><node id=\"a\"{attributes}{more}/></graph></graphml>")
    };
    let read = |text: String| graphml::Reader::new().read(text.as_bytes());
    let report = read(node("")).unwrap();
    assert_eq!(report.losses.of("attribute of the element \"node\"").unwrap().count(), 50_000);
    let error = read(node(" a7=\"\"")).unwrap_err();
    assert!(error.to_string().contains("the attribute \"a7\" comes twice"), "{error}");
}

/// 2 to the power of 63 and above does not fit a signed number.
#[test]
fn a_length_of_any_size_comes_back() {
    let mut graph = ClaimGraph::new();
    let day = date(2024, 1, 1);
    for (key, length) in [("long", u64::MAX), ("less", 1 << 63), ("short", 7)] {
        graph.add_document(key, DocumentInfo::dated(day).of_length(length)).unwrap();
    }
    for format in ["graphml", "gexf"] {
        let mut file = Vec::new();
        let (read, losses) = match format {
            "graphml" => {
                let losses = graphml::write(&graph, &mut file).unwrap();
                (graphml::Reader::new().read(file.as_slice()), losses)
            }
            _ => {
                let losses = gexf::write(&graph, &mut file).unwrap();
                (gexf::Reader::new().read(file.as_slice()), losses)
            }
        };
        assert_eq!(losses.count(), 0);
        assert_eq!(read.unwrap().graph.to_jsonl(), graph.to_jsonl(), "{format}");
    }
}
