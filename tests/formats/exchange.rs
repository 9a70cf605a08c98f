//! FollowTheMoney, STIX and ClaimReview, written and read back: the report of the examples, random graphs, hostile
//! names. If `CLAIMGRAPH_OUT` is set, the tests leave the files there for the readers of other programs
//! (`scripts/readers/records.py`).

use crate::report;
use crate::support::brute::worlds;
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Date, Entity, Stance,
    claim::Certainty,
    date,
    entity::Name,
    format::{Limits, Losses, ReadError, ReadErrorKind, ReadReport, WriteError},
};
use claimgraph_formats::{claimreview, ftm, stix, wikidata};
use proptest::prelude::*;
use std::path::PathBuf;

type Write = fn(&ClaimGraph, &mut Vec<u8>) -> Result<Losses, WriteError>;

/// Reads with limits, and a day for claims that have none.
type Read = fn(&[u8], (Limits, Date)) -> Result<ReadReport, ReadError>;

struct Format {
    extension: &'static str,
    write: Write,
    read: Read,
}

const FTM: Format = Format {
    extension: "ftm.json",
    write: |graph, output| ftm::write(graph, output),
    read: |input, (limits, day)| ftm::Reader::new().limits(limits).reported(day).read(input),
};

const STIX: Format = Format {
    extension: "stix.json",
    write: |graph, output| stix::write(graph, output),
    read: |input, (limits, day)| stix::Reader::new().limits(limits).reported(day).read(input),
};

const CLAIM_REVIEW: Format = Format {
    extension: "claimreview.json",
    write: |graph, output| claimreview::write(graph, output),
    read: |input, (limits, day)| {
        claimreview::Reader::new().limits(limits).reported(day).read(input)
    },
};

const FORMATS: [Format; 3] = [FTM, STIX, CLAIM_REVIEW];

impl Format {
    fn written(&self, graph: &ClaimGraph) -> (String, Losses) {
        let mut bytes = Vec::new();
        let losses = (self.write)(graph, &mut bytes).unwrap();
        (String::from_utf8(bytes).unwrap(), losses)
    }

    fn read(&self, text: &str) -> ClaimGraph {
        let options = (Limits::default(), date(2040, 1, 1));
        let read = (self.read)(text.as_bytes(), options);
        read.unwrap_or_else(|error| panic!("{}: {error}\n{text}", self.extension)).graph
    }

    fn trip(&self, graph: &ClaimGraph) -> ClaimGraph {
        self.read(&self.written(graph).0)
    }
}

/// Returns the lines that only one of two graphs has.
fn difference(a: &ClaimGraph, b: &ClaimGraph) -> Vec<String> {
    let (a, b) = (a.to_jsonl(), b.to_jsonl());
    let only = |x: &str, y: &str| {
        let known: std::collections::HashSet<&str> = y.lines().collect();
        x.lines().filter(|line| !known.contains(line)).map(str::to_owned).collect::<Vec<_>>()
    };
    [only(&a, &b), only(&b, &a)].concat()
}

/// Writes a file for other programs, if `CLAIMGRAPH_OUT` is set.
fn leave(name: &str, text: &str) {
    if let Some(folder) = std::env::var_os("CLAIMGRAPH_OUT").map(PathBuf::from) {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn the_report_is_the_same_after_the_second_trip_as_after_the_first() {
    let graph = report::build().unwrap().graph;
    for format in &FORMATS {
        let (text, losses) = format.written(&graph);
        leave(&format!("report.{}", format.extension), &text);
        println!("{}: {losses}", format.extension);
        let once = format.read(&text);
        let twice = format.trip(&once);
        assert_eq!(difference(&once, &twice), Vec::<String>::new(), "{}", format.extension);
        assert_eq!(format.written(&graph).0, text, "the same graph gives the same bytes");
    }
}

#[test]
fn stix_brings_the_report_back_whole() {
    let graph = report::build().unwrap().graph;
    let (text, losses) = STIX.written(&graph);
    assert!(losses.is_empty(), "{losses}");
    assert_eq!(STIX.read(&text).to_jsonl(), graph.to_jsonl());
}

#[test]
fn a_denial_or_a_plan_is_not_an_edge_in_follow_the_money_or_stix() {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, Entity::new("nk").named("North Korea")).unwrap();
    let ru = graph.add(State, Entity::new("ru").named("Russia")).unwrap();
    let day = date(2024, 10, 24);
    graph.insert(Claim::by(ru).denies(nk, DEPLOYS_TO, ru).reported(day)).unwrap();
    graph.insert(Claim::by(nk).demands(ru, MEETS, nk).reported(day)).unwrap();
    let (ftm, losses) = FTM.written(&graph);
    assert!(
        !ftm.contains("UnknownLink") && ftm.matches("\"schema\":\"Note\"").count() == 2,
        "{ftm}"
    );
    assert_eq!(losses.of("statement that is not an edge").map(|loss| loss.count()), Some(2));
    let (stix, _) = STIX.written(&graph);
    assert!(
        !stix.contains("\"type\":\"relationship\"")
            && stix.matches("\"type\":\"note\"").count() == 2,
        "{stix}"
    );
}

#[test]
fn a_claim_that_no_view_joins_is_not_an_edge_in_follow_the_money_or_stix() {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, Entity::new("nk").named("North Korea")).unwrap();
    let ru = graph.add(State, Entity::new("ru").named("Russia")).unwrap();
    let mut insert = |claim: Claim| graph.insert(claim.reported(date(2024, 10, 24))).unwrap();
    insert(Claim::by(nk).asserts(nk, MEETS, ru).certainty(Certainty::Probable));
    insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, ru).certainty(Certainty::Possible));
    let withdrawn = insert(Claim::by(nk).asserts(nk, ALLIED_WITH, ru));
    insert(Claim::by(nk).retracts(withdrawn));
    let view = graph.view();
    let joined = graph.claims().filter(|claim| view.joins(claim.id())).count();
    assert_eq!(joined, 1);
    let (ftm, losses) = FTM.written(&graph);
    assert_eq!(ftm.matches("UnknownLink").count(), joined, "{ftm}");
    assert!(ftm.contains("\"role\":[\"meets\"]"), "{ftm}");
    assert_eq!(losses.of("statement that is not an edge").map(|loss| loss.count()), Some(3));
    let (stix, losses) = STIX.written(&graph);
    assert_eq!(stix.matches("\"relationship_type\"").count(), joined, "{stix}");
    assert_eq!(stix.matches("\"type\":\"note\"").count(), 3, "{stix}");
    assert!(losses.is_empty() && STIX.read(&stix).to_jsonl() == graph.to_jsonl(), "{losses}");
    let (review, losses) = CLAIM_REVIEW.written(&graph);
    let possible = "North Korea asserted as possible that North Korea deploys to Russia";
    assert!(review.contains(&format!("\"text\":\"{possible}\"")), "{review}");
    assert_eq!(losses.of("certainty").map(|loss| loss.count()), Some(2));
}

#[test]
fn content_that_claim_review_cannot_hold_is_in_the_losses() {
    let graph = report::build().unwrap().graph;
    let (_, losses) = CLAIM_REVIEW.written(&graph);
    for kind in [
        "structure of a statement",
        "affiliation",
        "link between claims",
        "entity that neither speaks nor publishes",
    ] {
        assert!(losses.of(kind).is_some(), "{kind}: {losses}");
    }
    let (_, losses) = FTM.written(&graph);
    for kind in
        ["speaker", "stance", "quotation", "link between claims", "affiliation written as an edge"]
    {
        assert!(losses.of(kind).is_some(), "{kind}: {losses}");
    }
    let first = losses.of("speaker").unwrap().first().first().unwrap();
    assert!(graph.to_jsonl().contains(first), "a loss names the claim by its key");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_random_graph_is_the_same_after_the_second_trip_as_after_the_first(world in worlds(5..25)) {
        let graph = world.build().graph;
        for format in &FORMATS {
            let once = format.trip(&graph);
            let twice = format.trip(&once);
            prop_assert_eq!(once.to_jsonl(), twice.to_jsonl(), "{}", format.extension);
        }
        prop_assert_eq!(STIX.trip(&graph).to_jsonl(), graph.to_jsonl());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), json in "[\\[\\]{}\":,a-z0-9@ \n]{0,80}") {
        let options = (Limits::default(), date(2040, 1, 1));
        for input in [bytes.as_slice(), json.as_bytes()] {
            for format in &FORMATS {
                let _ = (format.read)(input, options);
            }
            let _ = wikidata::Reader::new().reported(date(2040, 1, 1)).read(input);
        }
    }

    /// Each file with one value replaced by another.
    #[test]
    fn a_file_with_a_value_out_of_place_is_read_or_refused(place in any::<prop::sample::Index>(), other in prop::sample::select(vec![
        "null", "[]", "{}", "7", "-1e300", "true", "\"\"", "\"x\"", "\"identity--\"", "[[[]]]", "\"9999-99-99T\"", "{\"a\":[1]}",
    ])) {
        let graph = report::build().unwrap().graph;
        for format in &FORMATS {
            let (text, _) = format.written(&graph);
            let values: Vec<(usize, usize)> = text.match_indices("\":").map(|(at, _)| {
                let start = at + 2;
                let rest = &text[start..];
                let end = match rest.strip_prefix('"') {
                    Some(quoted) => quoted.find('"').map_or(1, |end| end + 2),
                    None => rest.find([',', '}', ']']).unwrap_or(0),
                };
                (start, start + end)
            }).collect();
            let (start, end) = *place.get(&values);
            let changed = format!("{}{other}{}", &text[..start], &text[end..]);
            let options = (Limits::default(), date(2040, 1, 1));
            let _ = (format.read)(changed.as_bytes(), options);
        }
    }
}

/// A random graph that is the same in every run, for other programs.
#[test]
fn a_random_graph_for_the_readers_of_other_programs() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let world = worlds(40..41).new_tree(&mut runner).unwrap().current();
    let graph = world.build().graph;
    assert!(graph.len() > 20);
    for format in &FORMATS {
        leave(&format!("random.{}", format.extension), &format.written(&graph).0);
    }
}

/// Quotes, angle brackets, ends of CDATA and comments, line breaks, control characters, spreadsheet formulas, marks
/// of direction, joined and combined characters, noncharacters, and blanks.
const HOSTILE: [&str; 20] = [
    "\"quoted\" and \\ back\\\\slash",
    "<script>alert(1)</script>",
    "a]]>b",
    "<!-- & -->",
    "line\nbreak\r\nand\u{2028}\u{2029}more",
    "\u{1}\u{7}\u{8}\u{1b}[31mred\u{7f}\u{9b}",
    "=cmd()",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\u{202e}gnp.exe\u{202c}",
    "\u{200f}\u{61c}\u{2066}x\u{2069}",
    "nul\0nul",
    "\u{1f469}\u{200d}\u{1f469}",
    "e\u{301}\u{302}",
    "\u{feff}bom",
    "\u{fffe}\u{ffff}\u{10ffff}",
    "kind: State",
    " x ",
];

/// Returns a name as a reader of other programs' files evens it out.
fn even(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_hostile_name_comes_back_evened_out_or_byte_for_byte() {
    for text in HOSTILE {
        let mut graph = ClaimGraph::new();
        let named = Entity::new("nk").named(text).alias(format!("{text}2"));
        let nk = graph.add(State, named).unwrap();
        let ru = graph.add(State, Entity::new("ru").with_name(Name::canonical(text))).unwrap();
        let claim = graph
            .insert(Claim::by(nk).asserts(nk, ALLIED_WITH, ru).reported(date(2024, 10, 24)))
            .unwrap();
        graph
            .insert(Claim::by(ru).dismisses(claim).words(text).reported(date(2024, 10, 24)))
            .unwrap();
        for format in &FORMATS {
            let read = format.trip(&graph);
            let text = if format.extension == STIX.extension { text } else { &even(text) };
            for key in ["nk", "ru"] {
                let entity = read.entity(read.entity_keyed(key).unwrap()).unwrap();
                assert!(
                    entity.names().iter().any(|name| name.text() == text),
                    "{} {text:?}",
                    format.extension
                );
            }
        }
        let read = CLAIM_REVIEW.trip(&graph);
        assert!(read.claims().any(|claim| claim.words() == Some(text)), "{text:?}");
    }
}

#[test]
fn a_hostile_key_comes_back_byte_for_byte_where_a_graph_takes_it() {
    for text in HOSTILE {
        let mut graph = ClaimGraph::new();
        let Ok(nk) = graph.add(State, text) else { continue };
        graph
            .insert(Claim::by(nk).asserts(nk, ALLIED_WITH, nk).reported(date(2024, 10, 24)))
            .unwrap();
        for format in &FORMATS {
            assert!(
                format.trip(&graph).entity_keyed(text).is_ok(),
                "{} {text:?}",
                format.extension
            );
        }
    }
}

#[test]
fn broken_json_is_a_fault_with_its_line_and_column() {
    for format in &FORMATS {
        let broken = "{\"id\":\"a\",\n \"schema\":,}";
        let error = (format.read)(broken.as_bytes(), (Limits::default(), date(2024, 1, 1)));
        let error = error.unwrap_err();
        assert_eq!((error.line(), error.column()), (Some(2), Some(11)), "{error}");
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
    }
    let lines = "{\"id\":\"a\",\"schema\":\"Person\"}\n  {\"id\":,}";
    let error = ftm::Reader::new().read(lines.as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(2), Some(9)), "{error}");
}

#[test]
fn limits_hold_and_deep_nesting_is_refused() {
    let mut limits = Limits::default();
    limits.document_bytes = 10;
    limits.line_bytes = 10;
    let options = (limits, date(2024, 1, 1));
    let graph = report::build().unwrap().graph;
    for format in &FORMATS {
        let error = (format.read)(format.written(&graph).0.as_bytes(), options).unwrap_err();
        assert!(
            matches!(error.kind(), ReadErrorKind::Limit { .. }),
            "{}: {error}",
            format.extension
        );
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        for read in FORMATS.iter().map(|format| format.read) {
            assert!(read(deep.as_bytes(), (Limits::default(), date(2024, 1, 1))).is_err());
        }
        assert!(wikidata::Reader::new().read(deep.as_bytes()).is_err());
    }
    let many =
        |name: &str| (0..100).map(|n| format!("\"{name}{n}\"")).collect::<Vec<_>>().join(",");
    let edge = format!(
        "{{\"id\":\"e\",\"schema\":\"UnknownLink\",\"properties\":{{\"subject\":[{}],\"object\":[{}]}}}}",
        many("s"),
        many("o")
    );
    let error = ftm::Reader::new().read(edge.as_bytes()).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Limit { limit: 1_000, .. }), "{error}");
}

#[test]
fn follow_the_money_entities_are_written_as_they_were_read() {
    let lines = [
        r#"{"id":"a","schema":"Company","properties":{"name":["A","A Ltd"],"alias":["Ay"],"leiCode":["X1"],"country":["de","fr"],"addressEntity":["q"]}}"#,
        r#"{"id":"b","schema":"Person","properties":{"name":["B"],"birthDate":["1970"]}}"#,
        r#"{"id":"o","schema":"Ownership","properties":{"owner":["b"],"asset":["a"],"percentage":["25"],"startDate":["2001-02"],"endDate":["2003"]}}"#,
        r#"{"id":"p","schema":"Payment","properties":{"payer":["b"],"beneficiary":["a"],"amount":["12.50"],"currency":["CHF"],"date":["2002-01-31","2002-02-28"],"purpose":["rent"]}}"#,
        r#"{"id":"d","schema":"Directorship","properties":{"director":["b"],"organization":["a"],"startDate":["2001-02-03"],"role":["chair"]},"datasets":["other"]}"#,
        r#"{"id":"f","schema":"Family","properties":{"person":["b","b2"],"relative":["c"],"relationship":["brother"]}}"#,
        r#"{"id":"s","schema":"Sanction","properties":{"entity":["a"],"authority":["UN"]}}"#,
        r#"{"id":"v","schema":"Vessel","properties":{"name":["Star"],"imoNumber":["IMO 1"],"flag":["pa"]}}"#,
    ];
    let graph = FTM.read(&lines.join("\n"));
    let (text, losses) = FTM.written(&graph);
    assert!(losses.is_empty(), "{losses}");
    let parsed = |text: &str| -> Vec<serde_json::Value> {
        let mut all: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        all.sort_by_key(|value| value["id"].to_string());
        all
    };
    let written = parsed(&text);
    for line in parsed(&lines.join("\n")) {
        // A second name comes back as an alias, an edge with two ends as two edges, and amounts as numbers.
        if ["a", "f", "p"].contains(&line["id"].as_str().unwrap()) {
            continue;
        }
        let same = written.iter().find(|written| written["id"] == line["id"]).unwrap();
        assert_eq!((&same["schema"], &same["properties"]), (&line["schema"], &line["properties"]));
    }
    assert_eq!(written.iter().filter(|entity| entity["id"] == "f").count(), 2);
    let owns = graph.view().relation(graph.relation("Ownership").unwrap());
    let owns = owns.claims().next().unwrap();
    assert_eq!(owns.valid().unwrap().edtf().as_deref(), Some("2001-02/2003"));
    assert_eq!(FTM.trip(&graph).to_jsonl(), graph.to_jsonl());
}

#[test]
fn a_fact_checkers_page_is_read_and_written_the_same() {
    let page = r#"[{"@context":"https://schema.org","@type":"ClaimReview","url":"https://check.example/1","datePublished":"2024-10-25T10:00",
      "author":{"@type":"Organization","name":"Checkers","url":"https://check.example"},"claimReviewed":"Troops were sent.",
      "reviewRating":{"@type":"Rating","ratingValue":"4","bestRating":"5","worstRating":"1","alternateName":"Rather so"},
      "itemReviewed":{"@type":"Claim","author":{"@type":"Person","name":"Ann","sameAs":"https://ann.example"},"datePublished":"2024-10-20",
        "firstAppearance":{"@type":"CreativeWork","url":"https://post.example/1"},"appearance":["https://post.example/2"]}},
     {"@type":"ClaimReview","claimReviewed":"Nobody said this.","author":{"@type":"Organization","name":"Checkers","url":"https://check.example"},
      "reviewRating":{"@type":"Rating","alternateName":"Pants on Fire"}},
     {"@type":"ClaimReview","claimReviewed":"Unclear.","reviewRating":{"@type":"Rating","ratingValue":2,"bestRating":3}}]"#;
    let graph = CLAIM_REVIEW.read(page);
    let stances: Vec<Stance> = graph.claims().map(|claim| claim.stance()).collect();
    assert_eq!(stances.len(), 4);
    for (stance, count) in
        [(Stance::Asserts, 1), (Stance::Confirms, 1), (Stance::Denies, 1), (Stance::Doubts, 1)]
    {
        assert_eq!(stances.iter().filter(|&&found| found == stance).count(), count, "{stance}");
    }
    let confirmed = graph.claims().find(|claim| claim.stance() == Stance::Confirms).unwrap();
    assert_eq!((confirmed.words(), confirmed.reported()), (Some("Rather so"), date(2024, 10, 25)));
    assert_eq!(graph.name_of(confirmed.speaker().unwrap()), "Checkers");
    // Ann, the speaker, and the checkers.
    assert_eq!(graph.view().responses(confirmed.targets().next().unwrap().0).unwrap().len(), 2);
    assert_eq!(difference(&CLAIM_REVIEW.trip(&graph), &graph), Vec::<String>::new());
}

#[test]
fn a_document_from_before_christ_keeps_its_day() {
    let mut graph = ClaimGraph::new();
    let day = date(-43, 3, 13);
    let letter = graph.add_document("letter", day).unwrap();
    let rome = graph.add(State, "rome").unwrap();
    graph.insert(Claim::by(letter).asserts(rome, ALLIED_WITH, rome)).unwrap();
    for format in &FORMATS {
        let read = format.trip(&graph);
        let letter = read.entity(read.entity_keyed("letter").unwrap()).unwrap();
        assert_eq!(letter.document().unwrap().date(), Some(day), "{}", format.extension);
        assert_eq!(read.claims().next().unwrap().reported(), day, "{}", format.extension);
    }
}
