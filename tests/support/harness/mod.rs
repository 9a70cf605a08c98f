//! Functions of any bytes, one for each reader, for values, for operations on a graph and for the intake. Each asserts what holds
//! whatever the bytes are. `tests/formats/any_bytes` calls them with changed seeds, and `fuzz/` with the inputs of a
//! fuzzer.

mod intake;
mod operations;
mod readers;
mod values;

pub use intake::{drafts, names, phrases, quotations};
pub use operations::operations;
pub use readers::*;
pub use values::{period, quantity};

use claimgraph::ClaimGraph;
use claimgraph::format::{Limits, Losses, ReadError, ReadErrorKind, ReadReport};

/// A function of any bytes. It returns whether the bytes were read, so that seeds that are refused are noticed.
pub type Target = fn(&[u8]) -> bool;

/// All functions, by the name of their target.
pub const TARGETS: [(&str, Target); 22] = [
    ("json_lines", json_lines),
    ("snapshot", snapshot),
    ("turtle", turtle),
    ("n_quads", n_quads),
    ("trig", trig),
    ("rdf_xml", rdf_xml),
    ("json_ld", json_ld),
    ("stix", stix),
    ("follow_the_money", follow_the_money),
    ("claim_review", claim_review),
    ("wikidata", wikidata),
    ("graphml", graphml),
    ("gexf", gexf),
    ("table", table),
    ("data_package", data_package),
    ("period", period),
    ("quantity", quantity),
    ("operations", operations),
    ("drafts", drafts),
    ("names", names),
    ("quotations", quotations),
    ("phrases", phrases),
];

/// Returns the function of a target.
pub fn target(name: &str) -> Target {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} is not a target")).1
}

/// The most bytes of a message.
const LONGEST: usize = 4 << 10;

/// Returns limits so tight that short inputs pass them.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.line_bytes = 40 << 10;
    limits.field_bytes = 4 << 10;
    limits.fields = 64;
    limits.nesting = 14;
    limits.records = 2_000;
    limits.document_bytes = 64 << 10;
    limits.blank_bytes = 500;
    limits.unzipped_bytes = 1 << 20;
    limits.names = 12;
    limits.speakers = 12;
    limits.targets = 12;
    limits.roles = 12;
    limits.faults = 20;
    limits
}

/// Asserts that a message is short and has no raw control character.
fn is_message(text: &str) {
    assert!(text.len() <= LONGEST, "{} bytes: {text}", text.len());
    assert!(!text.contains(char::is_control), "{text:?}");
}

/// Asserts that a refusal names a line, a field or a section, or else a limit or an option.
fn is_refusal(error: &ReadError) {
    is_message(&error.to_string());
    let placed = error.line().is_some() || error.field().is_some() || error.section().is_some();
    let whole = matches!(
        error.kind(),
        ReadErrorKind::Limit { .. }
            | ReadErrorKind::NewerFormat { .. }
            | ReadErrorKind::OlderFormat { .. }
            | ReadErrorKind::NoReportDay
            | ReadErrorKind::Mapping(_)
            | ReadErrorKind::Unsupported(_)
    );
    assert!(placed || whole, "no place: {error:?}");
}

fn are_messages(losses: &Losses) {
    is_message(&losses.to_string());
    for (kind, loss) in losses.iter() {
        is_message(kind);
        loss.first().iter().for_each(|id| is_message(id));
    }
}

/// Asserts that a graph obeys the rules of insertion, and comes back from its own formats with the same bytes.
fn holds(graph: &ClaimGraph) {
    assert_eq!(graph.check_all(), []);
    let lines = graph.to_jsonl();
    let back = ClaimGraph::read_jsonl(lines.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back.to_jsonl(), lines);
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes).unwrap();
    let back = ClaimGraph::read_snapshot(&*bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(back.to_jsonl(), lines);
}

/// Asserts what holds of the outcome of a reader, and returns the graph, if there is one.
fn outcome(read: Result<ReadReport, ReadError>) -> Option<ClaimGraph> {
    match read {
        Ok(report) => {
            are_messages(&report.losses);
            report.faults.iter().for_each(is_refusal);
            holds(&report.graph);
            Some(report.graph)
        }
        Err(error) => {
            is_refusal(&error);
            None
        }
    }
}
