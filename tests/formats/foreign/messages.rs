//! Messages and losses of files whose members have hostile names.

use claimgraph::date;
use claimgraph::format::{Losses, ReadReport};
use claimgraph_formats::{ftm, gexf, graphml, stix, wikidata};

fn is_unfit_for_a_terminal(c: char) -> bool {
    let marks = ['\u{61c}', '\u{200e}', '\u{200f}'];
    let (embedding, isolate) = ('\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}');
    c.is_control() || marks.contains(&c) || embedding.contains(&c) || isolate.contains(&c)
}

fn is_harmless(losses: &Losses) -> bool {
    let texts = losses.iter().flat_map(|(kind, loss)| {
        std::iter::once(kind).chain(loss.first().iter().map(String::as_str))
    });
    let shown = losses.to_string();
    texts
        .chain([shown.as_str()])
        .all(|text| text.len() < 4_096 && !text.contains(is_unfit_for_a_terminal))
}

#[test]
fn no_message_and_no_loss_controls_a_terminal_or_is_without_end() {
    let long = "x".repeat(100_000);
    for name in ["\u{1b}[31mred", "\u{202e}gnp", "\u{9b}2J", long.as_str()] {
        let member = serde_json::to_string(name).unwrap();
        let files = [
            format!(
                r#"{{"id":"a","schema":"Person","properties":{{"name":["Ann"],{member}:["x"]}}}}"#
            ),
            format!(r#"{{"id":"a","schema":{member},"properties":{{"name":["Ann"]}}}}"#),
        ];
        let reported = date(2024, 6, 1);
        let mut read: Vec<Result<ReadReport, claimgraph::format::ReadError>> = Vec::new();
        for file in files {
            read.push(ftm::Reader::new().reported(reported).read(file.as_bytes()));
        }
        let bundle = format!(
            r#"{{"type":"bundle","id":"bundle--1","objects":[{{"type":"identity","id":"identity--1","name":"Ann",{member}:1}},{{"type":{member},"id":"x--1"}}]}}"#
        );
        read.push(stix::Reader::new().reported(reported).read(bundle.as_bytes()));
        let items = format!(r#"[{{"type":"item","id":"Q1","claims":{{{member}:1}},{member}:2}}]"#);
        read.push(wikidata::Reader::new().reported(reported).read(items.as_bytes()));
        let escaped = name.replace(['\u{1b}', '\u{9b}'], "\u{202e}");
        let nodes = format!(
            "<graphml><key id='k' for='node' attr.name='{escaped}'/><graph edgedefault='directed'><node id='a'><data key='k'>1</data></node><node id='b'/><edge source='a' target='b'/></graph></graphml>"
        );
        read.push(graphml::Reader::new().reported(reported).read(nodes.as_bytes()));
        let nodes = format!(
            "<gexf><graph defaultedgetype='directed'><nodes><node id='a' {0}='1'/><node id='{escaped}'/></nodes><edges><edge source='a' target='{escaped}'/></edges></graph></gexf>",
            if escaped.starts_with('x') { escaped.as_str() } else { "y" }
        );
        read.push(gexf::Reader::new().reported(reported).read(nodes.as_bytes()));
        for read in read {
            match read {
                Ok(report) => assert!(is_harmless(&report.losses), "{:?}", report.losses),
                Err(error) => {
                    let field = error.field().unwrap_or_default();
                    for text in [error.to_string().as_str(), field] {
                        assert!(text.len() < 4_096, "{} bytes", text.len());
                        assert!(!text.contains(is_unfit_for_a_terminal), "{text:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn losses_of_many_kinds_are_printed_in_part() {
    let elements: String = (0..300).map(|n| format!("<element-number-{n}/>")).collect();
    let file = format!("<graphml>{elements}<graph><node id='a'/></graph></graphml>");
    let report = graphml::Reader::new().reported(date(2024, 6, 1)).read(file.as_bytes()).unwrap();
    assert_eq!((report.losses.iter().len(), report.losses.count()), (300, 300));
    assert!(is_harmless(&report.losses), "{}", report.losses);
    let printed = report.losses.to_string();
    let (shown, left) = printed.rsplit_once("; losses of ").unwrap();
    let left: usize = left.strip_suffix(" more kinds").unwrap().parse().unwrap();
    assert_eq!(shown.split("; ").count() + left, 300);
}
