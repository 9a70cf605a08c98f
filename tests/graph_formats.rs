//! GraphML, GEXF and DOT: what they hold, what they say they lose, that a second trip loses nothing more,
//! files of other programs, and input that is broken or meant to harm.

#[path = "../examples/report/mod.rs"]
mod report;
mod support_brute;
mod support_hostile;

use claimgraph::{
    Answer, Claim, ClaimGraph, Document, Entity, GraphReader, Modality, Period, Quantity, View,
    date,
    format::{Imported, Limits, Losses, ReadError, ReadErrorKind, WriteError},
    reporting::*,
};
use proptest::prelude::*;
use support_brute::worlds;
use support_hostile::{HOSTILE, graph_of, out};

type Written = Result<(String, Losses), WriteError>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Format {
    GraphMl,
    Gexf,
}

const BOTH: [Format; 2] = [Format::GraphMl, Format::Gexf];

impl Format {
    fn write(self, view: &View<'_>) -> Written {
        let mut bytes = Vec::new();
        let outcome = match self {
            Format::GraphMl => view.write_graphml(&mut bytes),
            Format::Gexf => view.write_gexf(&mut bytes),
        };
        assert!(outcome.is_ok() || bytes.is_empty(), "nothing is half-written");
        Ok((String::from_utf8(bytes).unwrap(), outcome?))
    }

    fn read_with(self, reader: &GraphReader, text: &str) -> Result<Imported, ReadError> {
        match self {
            Format::GraphMl => reader.read_graphml(text.as_bytes()),
            Format::Gexf => reader.read_gexf(text.as_bytes()),
        }
    }

    fn read(self, text: &str) -> Result<Imported, ReadError> {
        self.read_with(&GraphReader::new(), text)
    }
}

fn write(format: Format, graph: &ClaimGraph) -> (String, Losses) {
    format.write(&graph.view()).unwrap_or_else(|error| panic!("{format:?}: {error}"))
}

fn read(format: Format, text: &str) -> ClaimGraph {
    let read = format.read(text).unwrap_or_else(|error| panic!("{format:?}: {error}\n{text}"));
    assert!(read.losses.is_empty(), "{}", read.losses);
    read.graph
}

fn dot(view: &View<'_>) -> Result<(String, Losses), WriteError> {
    let mut bytes = Vec::new();
    let losses = view.write_dot(&mut bytes)?;
    Ok((String::from_utf8(bytes).unwrap(), losses))
}

fn count(losses: &Losses, kind: &str) -> u64 {
    losses.of(kind).map_or(0, |loss| loss.count())
}

#[test]
fn the_report_is_written_with_all_its_edges_and_the_rest_is_counted() {
    let graph = report::build().unwrap().graph;
    let both_ends = |claim: &claimgraph::ClaimRef<'_>| {
        claim
            .statement()
            .is_some_and(|s| s.subject().entity().is_some() && s.object().entity().is_some())
    };
    let edges = graph.claims().filter(both_ends).count();
    let no_statement = graph.claims().filter(|claim| claim.statement().is_none()).count();
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        assert_eq!(text.matches("<node id=").count(), graph.entity_count());
        assert_eq!(text.matches("<edge id=").count(), edges);
        assert_eq!(count(&losses, "answer without a statement"), no_statement as u64);
        assert_eq!(
            count(&losses, "claim without two entities") as usize,
            graph.len() - edges - no_statement
        );
        assert_eq!(
            (count(&losses, "link"), count(&losses, "derived figure"), count(&losses, "lineage")),
            (17, 1, 5)
        );
        assert!(count(&losses, "affiliation") > 0);

        let again = read(format, &text);
        assert_eq!((again.entity_count(), again.len()), (graph.entity_count(), edges));
        let (second, _) = write(format, &again);
        assert_eq!(read(format, &second).to_jsonl(), again.to_jsonl());
        // What was answered is gone, so the claims that answered are called otherwise; nothing else changes.
        assert_eq!(second.matches("<edge id=").count(), edges);
    }
}

#[test]
fn positive_disputed_planned_and_possible_edges_are_told_apart_and_a_denial_is_none() {
    let mut graph = ClaimGraph::new();
    let day = date(2024, 10, 24);
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let mut insert = |claim: Claim| graph.insert(claim.reported(day)).unwrap();
    insert(Claim::by(a).asserts(a, MEETS, b));
    let sent = insert(Claim::by(a).asserts(a, DEPLOYS_TO, b));
    insert(Claim::by(b).dismisses(sent));
    insert(Claim::by(a).demands(b, WITHDRAWS_FROM, a));
    insert(Claim::by(a).asserts(a, PROVIDES_AID_TO, b).modality(Modality::Planned));
    insert(Claim::by(a).speculates(a, SANCTIONS, b));
    insert(Claim::by(b).denies(a, ATTACKS, b));
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        let status = |relation: &str| {
            let mark = format!(">{relation}<");
            let gexf = format!("for=\"relation\" value=\"{relation}\"");
            let from = text
                .find(&mark)
                .or_else(|| text.find(&gexf))
                .unwrap_or_else(|| panic!("{relation}"));
            ["positive", "disputed", "planned", "possible"]
                .into_iter()
                .min_by_key(|word| text[from..].find(*word).unwrap_or(usize::MAX))
        };
        assert_eq!(status("meets"), Some("positive"));
        assert_eq!(status("deploys-to"), Some("disputed"));
        assert_eq!(
            (status("withdraws-from"), status("provides-aid-to")),
            (Some("planned"), Some("planned"))
        );
        assert_eq!(status("sanctions"), Some("possible"));
        assert!(!text.contains(">attacks<") && !text.contains("value=\"attacks\""));
        assert_eq!(
            (count(&losses, "denial"), count(&losses, "answer without a statement")),
            (1, 1)
        );
        assert!(read(format, &text).statement(a, ATTACKS, b).against().is_empty());
    }
    let (picture, losses) = dot(&graph.view()).unwrap();
    for (verb, style) in [
        ("meets", "style=solid, color=black"),
        ("deploys to", "style=solid, color=red"),
        ("withdraws from", "style=dashed"),
        ("sanctions", "style=dotted"),
    ] {
        let line =
            picture.lines().find(|line| line.contains(&format!("label=\"{verb}\""))).unwrap();
        assert!(line.contains(style), "{line}");
    }
    assert!(!picture.contains("attacks") && count(&losses, "denial") == 1);
}

#[test]
fn parallel_claims_are_parallel_edges_and_equal_ones_too() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    for _ in 0..2 {
        graph.insert(Claim::by(a).asserts(a, MEETS, b).reported(date(2024, 10, 24))).unwrap();
        graph.insert(Claim::by(b).asserts(b, MEETS, a).reported(date(2024, 10, 24))).unwrap();
    }
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        assert_eq!((text.matches("<edge id=").count(), losses.is_empty()), (4, true));
        assert_eq!(read(format, &text).to_jsonl(), graph.to_jsonl());
    }
}

#[test]
fn a_narrowed_view_has_the_entities_its_edges_name() {
    let graph = report::build().unwrap().graph;
    let view = graph.view().relation(TREATY_WITH);
    for format in BOTH {
        let (text, losses) = format.write(&view).unwrap();
        let again = read(format, &text);
        assert_eq!(again.len(), 1);
        // Both states, the report and where it was filed from, the treaty, the summit.
        assert!((4..10).contains(&again.entity_count()), "{}", again.entity_count());
        assert_eq!(count(&losses, "claim taken back"), 0);
    }
    let (picture, _) = dot(&view).unwrap();
    assert_eq!((picture.matches(" -> ").count(), picture.matches("tooltip=").count()), (1, 2));
}

#[test]
fn a_spell_is_when_a_claim_may_hold_and_open_where_nobody_knows() {
    let mut graph = ClaimGraph::new();
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let mut spell = |period: Period| {
        graph
            .insert(Claim::by(a).asserts(a, MEETS, b).valid(period).reported(date(2024, 10, 24)))
            .unwrap();
        let (text, _) = Format::Gexf.write(&graph.view()).unwrap();
        let claim = graph.claims().last().unwrap().id();
        let id = graph.claim_key(claim).unwrap().to_string();
        let edge = &text[text.find(&format!("<edge id=\"{id}\"")).unwrap()..];
        let edge = &edge[..edge.find("</edge>").unwrap()];
        edge.find("<spell ").map(|at| edge[at..].lines().next().unwrap().to_owned())
    };
    assert_eq!(
        spell("2024-06".parse().unwrap()).unwrap(),
        r#"<spell start="2024-06-01" end="2024-06-30"/>"#
    );
    assert_eq!(spell("2022-02/..".parse().unwrap()).unwrap(), r#"<spell start="2022-02-01"/>"#);
    assert_eq!(spell("/2024-10-24".parse().unwrap()).unwrap(), r#"<spell end="2024-10-24"/>"#);
    assert_eq!(spell("-0044-03-15/2000".parse().unwrap()).unwrap(), r#"<spell end="2000-12-31"/>"#);
    assert_eq!(spell(Period::holding_on(date(2024, 10, 24))), None);
}

#[test]
fn hostile_names_survive_or_are_refused_where_the_format_cannot_hold_them() {
    for (kind, text, fits) in HOSTILE {
        let graph = graph_of(text);
        for format in BOTH {
            let written = format.write(&graph.view());
            let Ok((file, _)) = written else {
                assert!(!fits, "{format:?} refuses {kind}");
                let Err(WriteError::CannotHold { what, .. }) = written else { panic!("{kind}") };
                assert!(what.starts_with("U+"), "{what}");
                continue;
            };
            assert!(fits, "{format:?} holds {kind}");
            let again = read(format, &file);
            let entity = again
                .entity(
                    graph
                        .entities()
                        .find(|e| e.key().starts_with("key"))
                        .and_then(|e| again.entity_keyed(e.key()).ok())
                        .unwrap(),
                )
                .unwrap();
            assert_eq!(entity.name(), text, "{format:?}: {kind}");
            assert_eq!(
                entity.codes(),
                [(String::new(), String::new()), (text.to_owned(), text.to_owned())]
            );
            let claim = again.claims().next().unwrap();
            assert_eq!((claim.words(), claim.cue()), (Some(text), Some(text)));
            assert_eq!(claim.role(MANNER).next().and_then(claimgraph::Term::text), Some(text));
            assert_eq!(claim.quantity().map(|q| (q.unit(), q.words())), Some((text, Some(text))));
            assert_eq!(claim.valid().and_then(Period::words), Some(text));
            assert_eq!(
                again.documents().next().and_then(|d| d.document()).and_then(Document::title),
                Some(text)
            );
            assert_eq!(read(format, &write(format, &again).0).to_jsonl(), again.to_jsonl());
        }
        assert_eq!(dot(&graph.view()).is_ok(), fits, "{kind}");
    }
}

#[test]
fn files_for_outside_readers() {
    let mut hostile = report::build().unwrap().graph;
    let russia: claimgraph::Id<State> =
        hostile.typed(hostile.entity_keyed("russia").unwrap()).unwrap();
    for (kind, text, _) in HOSTILE.iter().filter(|(_, _, fits)| *fits) {
        let entity =
            hostile.add(State, Entity::new(format!("hostile {kind}")).named(*text)).unwrap();
        let claim = Claim::by(russia)
            .asserts(entity, MEETS, russia)
            .words(*text)
            .reported(date(2024, 10, 24));
        hostile.insert(claim).unwrap();
    }
    for (name, graph) in [("report", report::build().unwrap().graph), ("hostile", hostile)] {
        for (format, ending) in [(Format::GraphMl, "graphml"), (Format::Gexf, "gexf")] {
            let (text, _) = write(format, &graph);
            out(&format!("{name}.{ending}"))
                .into_iter()
                .for_each(|path| std::fs::write(path, &text).unwrap());
        }
        let (picture, _) = dot(&graph.view()).unwrap();
        out(&format!("{name}.dot"))
            .into_iter()
            .for_each(|path| std::fs::write(path, &picture).unwrap());
        out(&format!("{name}.jsonl"))
            .into_iter()
            .for_each(|path| std::fs::write(path, graph.to_jsonl()).unwrap());
    }
    let schema = claimgraph::json_schema();
    out("claimgraph.schema.json")
        .into_iter()
        .for_each(|path| std::fs::write(path, &schema).unwrap());
}

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
    let reader = GraphReader::new().document("karate-club", date(1977, 1, 1));
    let read = reader.read_graphml(NETWORKX.as_bytes()).unwrap();
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
    let error = ClaimGraph::read_graphml(NETWORKX.as_bytes()).unwrap_err();
    assert!(
        matches!(error.kind(), ReadErrorKind::Unsupported(_)) && error.line() == Some(6),
        "{error}"
    );

    let read = ClaimGraph::read_gexf(GEPHI.as_bytes()).unwrap();
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

    // And it can go on from here.
    for (format, imported) in [(Format::GraphMl, &read.graph), (Format::Gexf, graph)] {
        let (text, losses) = write(format, imported);
        assert!(losses.is_empty());
        assert_eq!(self::read(format, &text).to_jsonl(), imported.to_jsonl());
    }
}

#[test]
fn broken_files_are_refused_with_their_place() {
    let graphml = |body: &str| format!("<graphml>\n<graph>\n{body}\n</graph></graphml>");
    let reader = GraphReader::new().document("x", date(2024, 1, 1));
    let cases = [
        ("<!DOCTYPE graphml [<!ENTITY a \"b\">]><graphml/>".to_owned(), "document type", (1, 1)),
        (graphml("<node id=\"a\"/>\n <node id=\"a\"/>"), "another node", (4, 2)),
        (graphml("<edge source=\"a\" target=\"b\"/>"), "no node \"a\"", (3, 1)),
        (graphml("<node/>"), "needs the attribute \"id\"", (3, 1)),
        (graphml("<node id=\"a\" id=\"b\"/>"), "", (3, 1)),
        (graphml("<node id=\"&b;\"/>"), "", (3, 1)),
        (
            graphml("<node id=\"a\"><data key=\"label\">&b;</data></node>"),
            "no entity \"b\"",
            (3, 32),
        ),
        (graphml("<node id=\"a\"><data key=\"label\">&#1;</data></node>"), "", (3, 32)),
        (graphml("<node id=\"a\">"), "", (4, 1)),
        (graphml("<node id=\" \"/>"), "is no key", (3, 1)),
        (
            graphml(
                "<node id=\"a\"><data key=\"key\">a</data><data key=\"names\">[7]</data></node>",
            ),
            "",
            (3, 1),
        ),
        ("<graphml>".to_owned(), "in the middle", (1, 10)),
        ("<gexf/>".to_owned(), "graphml is expected", (1, 1)),
        ("<graphml/><graphml/>".to_owned(), "one outermost", (1, 11)),
        ("x<graphml/>".to_owned(), "outside", (1, 1)),
        (String::new(), "in the middle", (1, 1)),
        (
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><graphml/>".to_owned(),
            "UTF-8 is expected",
            (1, 1),
        ),
    ];
    for (text, problem, (line, column)) in cases {
        let error = reader.read_graphml(text.as_bytes()).expect_err(&text);
        assert!(error.to_string().contains(problem), "{text}: {error}");
        assert_eq!((error.line(), error.column()), (Some(line), Some(column)), "{text}: {error}");
    }
    let names = "<graphml><graph><node id=\"a\">\n<data key=\"key\">a</data><data key=\"names\">[7]</data></node></graph></graphml>";
    assert_eq!(reader.read_graphml(names.as_bytes()).unwrap_err().field(), Some("names"));
    let stance = "<gexf><graph><nodes><node id=\"a\"/></nodes><edges>\n<edge source=\"a\" target=\"a\"><attvalues><attvalue for=\"stance\" value=\"says\"/></attvalues></edge></edges></graph></gexf>";
    let error = reader.read_gexf(stance.as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.field()), (Some(2), Some("stance")));
    let not_text = b"<graphml>\xff</graphml>";
    assert!(reader.read_graphml(&not_text[..]).is_err());
}

#[test]
fn limits_hold() {
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        GraphReader::new().document("x", date(2024, 1, 1)).limits(limits)
    };
    let over = |outcome: Result<Imported, ReadError>, what: &str| {
        let error = outcome.expect_err(what);
        assert!(matches!(error.kind(), ReadErrorKind::Limit { .. }), "{what}: {error}");
    };
    let deep = "<graphml>".to_owned() + &"<graph>".repeat(100_000);
    over(limits(|_| {}).read_graphml(deep.as_bytes()), "elements");
    let nested = "<graphml>".to_owned() + &"<graph><node id=\"a\">".repeat(100_000);
    over(limits(|_| {}).read_graphml(nested.as_bytes()), "nodes within nodes");
    over(limits(|l| l.records = 1).read_graphml(NETWORKX.as_bytes()), "records");
    let long = format!("<graphml><graph><node id=\"{}\"/></graph></graphml>", "a".repeat(100_000));
    let slow = std::io::BufReader::with_capacity(1_000, long.as_bytes());
    over(limits(|l| l.line_bytes = 10_000).read_graphml(slow), "bytes in a tag");
    let slow = std::io::BufReader::with_capacity(100, NETWORKX.as_bytes());
    over(limits(|l| l.document_bytes = 300).read_graphml(slow), "bytes");
    let words: String =
        (0..2_000).map(|n| format!("<edge source=\"a\" target=\"a\" label=\"r{n}\"/>")).collect();
    let many = format!(
        "<gexf><graph><nodes><node id=\"a\"/></nodes><edges>{words}</edges></graph></gexf>"
    );
    over(limits(|_| {}).read_gexf(many.as_bytes()), "relations");
}

#[test]
fn a_claim_with_every_part_survives() {
    let mut graph = ClaimGraph::new();
    let day = date(2024, 10, 24);
    let a = graph.add(State, "a").unwrap();
    let desk = graph.add(Publisher, "desk").unwrap();
    let paper = graph
        .add_document("paper", Document::dated(day).published_by(desk).of_length(100))
        .unwrap();
    let claim = Claim::by(a)
        .quoted()
        .relayed_by(desk)
        .inferred()
        .estimates(claimgraph::claim::implicit(a), SUFFERS, paper)
        .with(PLACE, claimgraph::claim::NotStated)
        .quantity(Quantity::between(
            "2.5".parse::<claimgraph::quantity::Amount>().unwrap(),
            1_000_000,
            "men",
        ))
        .valid(
            Period::throughout(date(2022, 2, 1)..=day).cumulative().strictly_by(date(2024, 1, 1)),
        )
        .reliability(claimgraph::grade::Reliability::B)
        .credibility(claimgraph::grade::Credibility::ProbablyTrue)
        .likelihood(claimgraph::grade::Likelihood::Likely)
        .said(date(2024, 10, 20))
        .background()
        .read_in(paper, 3..9);
    graph.insert(claim).unwrap();
    for format in BOTH {
        let (text, losses) = write(format, &graph);
        assert!(losses.is_empty(), "{losses}");
        assert_eq!(read(format, &text).to_jsonl(), graph.to_jsonl());
    }
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
    fn any_bytes_end_in_a_graph_or_an_error(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(), gexf in any::<bool>()) {
        let mut bytes = if gexf { GEPHI } else { NETWORKX }.as_bytes().to_vec();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let reader = GraphReader::new().document("x", date(2024, 1, 1));
        let outcome = if gexf { reader.read_gexf(&*bytes) } else { reader.read_graphml(&*bytes) };
        if let Err(error) = outcome {
            prop_assert!(error.line().is_some(), "{}", error);
        }
    }
}
