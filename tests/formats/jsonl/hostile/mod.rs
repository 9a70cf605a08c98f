//! The JSON Lines reader on input that is broken, huge, deep or meant to harm.

mod anything;
mod broken;
mod chains;
mod contradictions;
mod depth;
mod many;
mod texts;

use claimgraph::{
    Claim, ClaimGraph, ClaimId, DocumentInfo, Entity, EntityId, Period, Quantity, Statement,
    claim::{Derivation, Link},
    date,
    entity::{Affiliation, Name},
    error::{ErrorKind, FieldPath},
    format::{Limits, ReadError, ReadErrorKind, ReadReport},
    jsonl,
    quantity::Amount,
    reporting::*,
    sources::Lineage,
    vocabulary::Any,
};
use proptest::prelude::*;
use std::process::Stdio;
use std::time::{Duration, Instant};

const DAY: claimgraph::Date = date(2024, 10, 24);

const HEADER: &str = r#"{"claimgraph":{"format":1,"vocabulary":{}}}"#;

const SMALL_STACK: usize = 256 << 10;

/// Far more than linear work takes, even without optimisation and beside other tests, and far less than quadratic
/// work takes.
const PATIENCE: Duration = Duration::from_secs(90);

/// A graph with a bit of everything, small enough to try every byte.
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
    vocabulary.add_unit(claimgraph::vocabulary::UnitDef::count("men", [])).unwrap();
    graph.extend_vocabulary(&vocabulary).unwrap();
    let near = graph.relation("near").unwrap();
    let paper = graph
        .add_document("paper", DocumentInfo::dated(DAY).with_text("S\u{fc}d says so"))
        .unwrap();
    let a = graph.add(Actor, Entity::new("a").named("\u{c4}").code("w", "Q1")).unwrap();
    let b = graph.add(Actor, "b").unwrap();
    let said = Claim::by(a)
        .asserts(a, near, b)
        .quantity(Quantity::about(7, "men"))
        .valid("2024-06")
        .read_in(paper, 0..4);
    let said = graph.insert(said).unwrap();
    graph
        .insert(
            Claim::by(b)
                .relayed_by(a)
                .dismisses(said)
                .words("no")
                .read_in(paper, ..)
                .cue("says", 5..9),
        )
        .unwrap();
    let rest = Claim::by(b)
        .asserts(a, near, "x")
        .with(CONDITION, Statement::new(a, near, b))
        .reported(DAY);
    let rest = graph.insert(rest).unwrap();
    graph.link(Link::part_of(rest, said).because("so")).unwrap();
    graph
        .add_derived_figure(rest, Derivation::new(Quantity::stated(7, "men"), "7", [said]))
        .unwrap();
    graph.add_affiliation(Affiliation::part_of(a, b).read_in(paper)).unwrap();
    graph.add_lineage(Lineage::new(b, a).for_claims([rest])).unwrap();
    graph
}

fn read(text: impl AsRef<[u8]>) -> Result<ClaimGraph, ReadError> {
    let outcome = ClaimGraph::read_jsonl(text.as_ref());
    if let Err(error) = &outcome {
        harmless(error);
    }
    outcome
}

fn read_all(text: impl AsRef<[u8]>) -> ReadReport {
    let outcome = jsonl::Reader::new().read_all(text.as_ref());
    outcome.faults.iter().for_each(harmless);
    assert!(
        outcome.faults.windows(2).all(|pair| pair[0].line() <= pair[1].line()),
        "faults come in the order of lines"
    );
    outcome
}

fn is_unfit_for_a_terminal(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_harmless(message: &str) -> bool {
    message.len() < 500 && !message.contains(is_unfit_for_a_terminal)
}

/// A message must not let the author of a file write to a screen or log.
fn harmless(error: &ReadError) {
    let message = error.to_string();
    assert!(is_harmless(&message), "{} bytes: {message:?}", message.len());
}

/// A file of these records after a header with the reporting vocabulary, two states, a person, an agency.
fn file(lines: &[&str]) -> String {
    let mut graph = ClaimGraph::new();
    graph.add(State, "nk").unwrap();
    graph.add(State, "russia").unwrap();
    graph.add(Agency, "nis").unwrap();
    graph.add(City, "city").unwrap();
    graph.add_document("article", DocumentInfo::dated(DAY).of_length(10)).unwrap();
    format!("{}{}\n", graph.to_jsonl(), lines.join("\n"))
}

/// Seven lines come before the first of those records.
const FIRST: u64 = 7;

fn refusal(lines: &[&str]) -> ReadError {
    let text = file(lines);
    let error = read(&text).expect_err(lines.last().unwrap());
    assert_eq!(error.line(), Some(FIRST + lines.len() as u64 - 1), "{error}");
    let outcome = read_all(&text);
    assert_eq!(outcome.faults.len(), 1, "{:?}", outcome.faults);
    assert_eq!(outcome.faults[0].to_string(), error.to_string());
    error
}

fn refused_kind(error: &ReadError) -> &ErrorKind {
    match error.kind() {
        ReadErrorKind::Refused(refused) => refused.kind(),
        other => panic!("{other:?}"),
    }
}

fn claim(more: &str) -> String {
    format!(
        r#"{{"claim":{{"id":"c","speakers":[{{"source":"nis"}}],"stance":"asserts","statement":{{"subject":{{"entity":"nk"}},"relation":"deploys-to","object":{{"entity":"russia"}}}},"reported":"2024-10-24"{more}}}}}"#
    )
}

fn on_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(SMALL_STACK).spawn(work).unwrap().join().unwrap()
}

/// Runs one test, by its module and name, in a process of its own with a small stack. A stack that overflows ends only
/// that process. If the test takes longer than linear work can, the process is stopped.
fn apart(module: &str, test: &str, work: fn()) {
    if std::env::var_os("CLAIMGRAPH_APART").is_some() {
        return std::thread::Builder::new()
            .stack_size(SMALL_STACK)
            .spawn(work)
            .unwrap()
            .join()
            .unwrap();
    }
    let (_, module) = module.split_once("::").unwrap();
    let test = format!("{module}::{test}");
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args([&test, "--exact", "--test-threads=1"])
        .env("CLAIMGRAPH_APART", "1")
        .env("RUST_BACKTRACE", "0");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("not done after {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let outcome = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&outcome.stderr) + String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success(), "{said}");
    assert!(said.contains("1 passed"), "no such test: {test}");
}
