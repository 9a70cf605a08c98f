//! The JSON Lines reader on input that is broken, huge, deep or meant to harm.

use claimgraph::{
    Claim, ClaimGraph, ClaimId, Document, Entity, EntityId, Period, Quantity, Statement,
    claim::{Derivation, Link},
    date,
    entity::{Affiliation, Name},
    error::{ErrorKind, FieldPath},
    format::{Limits, Outcome, ReadError, ReadErrorKind},
    jsonl::JsonlReader,
    quantity::Amount,
    reporting::*,
    sources::{Lineage, Root},
    vocabulary::Any,
};
use proptest::prelude::*;
use std::process::Stdio;
use std::time::{Duration, Instant};

const DAY: claimgraph::Date = date(2024, 10, 24);
const HEADER: &str = r#"{"claimgraph":{"format":1,"vocabulary":{}}}"#;
const SMALL_STACK: usize = 256 << 10;
/// Far beyond what work in proportion to the input takes, also without optimisation and beside other
/// tests; far below what work in proportion to its square takes.
const PATIENCE: Duration = Duration::from_secs(90);

/// A graph with a bit of everything, small enough to be tried byte by byte.
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
    let paper =
        graph.add_document("paper", Document::dated(DAY).with_text("S\u{fc}d says so")).unwrap();
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
    graph.derive(rest, Derivation::new(Quantity::stated(7, "men"), "7", [said])).unwrap();
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

fn read_all(text: impl AsRef<[u8]>) -> Outcome {
    let outcome = JsonlReader::new().read_all(text.as_ref());
    outcome.faults.iter().for_each(harmless);
    assert!(
        outcome.faults.windows(2).all(|pair| pair[0].line() <= pair[1].line()),
        "faults in order of lines"
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

/// Nobody's screen or log is written to by whoever made the file.
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
    graph.add_document("article", Document::dated(DAY).of_length(10)).unwrap();
    format!("{}{}\n", graph.to_jsonl(), lines.join("\n"))
}

/// Seven lines stand before the first of those.
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

/// Runs one test of this file in a process of its own, on a small stack, and gives up on it where it
/// takes longer than work in proportion to its input can. A stack that overflows ends the process, and
/// a process can be stopped.
fn apart(test: &str, work: fn()) {
    if std::env::var_os("CLAIMGRAPH_APART").is_some() {
        return std::thread::Builder::new()
            .stack_size(SMALL_STACK)
            .spawn(work)
            .unwrap()
            .join()
            .unwrap();
    }
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--test-threads=1"])
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

// ----- broken files

#[test]
fn every_truncation_is_refused_or_is_a_shorter_file() {
    let text = small().to_jsonl();
    let bytes = text.as_bytes();
    assert_eq!(read(bytes).unwrap().to_jsonl(), text);
    for length in 0..bytes.len() {
        let cut = &bytes[..length];
        let at_a_line_end = length > 0 && (bytes[length - 1] == b'\n' || bytes[length] == b'\n');
        let outcome = read(cut);
        assert_eq!(outcome.is_ok(), at_a_line_end, "{length}: {:?}", outcome.err());
        let lines = cut.iter().filter(|&&byte| byte == b'\n').count() as u64;
        if let Err(error) = outcome {
            assert_eq!(error.line(), Some(lines + 1), "{error}");
        }
        let all = read_all(cut);
        assert_eq!(all.faults.is_empty(), at_a_line_end);
    }
}

#[test]
fn every_flipped_byte_is_refused_or_read_as_what_it_says() {
    let text = small().to_jsonl();
    let header = text.find('\n').unwrap();
    // The vocabulary is long and much of it alike: every fifth byte of it will do.
    for place in (0..header).step_by(5).chain(header..text.len()) {
        let old = text.as_bytes()[place];
        for new in [0, b'"', b'\n', b'0', 0xff, old ^ 1] {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = new;
            if let Ok(graph) = read(&bytes) {
                // Whatever it was read as, it is written and read again as the same.
                let again = graph.to_jsonl();
                assert_eq!(read(&again).unwrap().to_jsonl(), again, "byte {place} as {new:#x}");
            }
            let _ = read_all(&bytes);
        }
    }
}

#[test]
fn invalid_utf8_is_a_fault_of_its_line() {
    for bad in [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80"] {
        let mut text = format!("{HEADER}\n{{\"entity\":{{\"key\":\"").into_bytes();
        text.extend(bad);
        text.extend(
            b"\",\"kind\":\"Thing\"}}\n{\"entity\":{\"key\":\"good\",\"kind\":\"Thing\"}}\n",
        );
        let error = read(&text).unwrap_err();
        assert!(
            matches!((error.line(), error.kind()), (Some(2), ReadErrorKind::Syntax(_))),
            "{error}"
        );
        assert!(error.column().is_some(), "{error}");
        let outcome = read_all(&text);
        assert_eq!((outcome.graph.entity_count(), outcome.faults.len()), (1, 1));
    }
    // A lone surrogate, escaped.
    let error = read(format!("{HEADER}\n{}\n", r#"{"entity":{"key":"\ud800","kind":"Thing"}}"#))
        .unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
}

// ----- headers

#[test]
fn headers_missing_second_or_newer_are_told_apart() {
    for nothing in ["", "\n\n  \n", "\u{feff}", "\u{feff}\n"] {
        assert!(
            matches!(read(nothing).unwrap_err().kind(), ReadErrorKind::NoHeader),
            "{nothing:?}"
        );
        let outcome = read_all(nothing);
        assert!(
            matches!(outcome.faults[..], [ref fault] if matches!(fault.kind(), ReadErrorKind::NoHeader))
        );
    }
    let entity = r#"{"entity":{"key":"x","kind":"Thing"}}"#;
    let error = read(format!("\n{entity}\n{entity}")).unwrap_err();
    assert!(matches!((error.line(), error.kind()), (Some(2), ReadErrorKind::NoHeader)), "{error}");
    assert_eq!(
        read_all(format!("{entity}\n{entity}")).faults.len(),
        1,
        "without a header nothing else is worth reading"
    );

    let twice = format!("{HEADER}\n{entity}\n{HEADER}\n");
    let error = read(&twice).unwrap_err();
    assert!(
        matches!((error.line(), error.kind()), (Some(3), ReadErrorKind::SecondHeader)),
        "{error}"
    );
    assert_eq!(read_all(&twice).graph.entity_count(), 1);

    for format in ["2", "4294967296", "18446744073709551615"] {
        for rest in ["", r#","vocabulary":{}"#, r#","vocabulary":{"hues":[{"key":7}]},"more":[1]"#]
        {
            let text =
                format!("{{\"claimgraph\":{{\"format\":{format}{rest}}}}}\n{{\"hue\":{{}}}}\n");
            let error = read(&text).unwrap_err();
            assert!(error.is_newer_format() && error.line() == Some(1), "{error}");
            assert!(
                matches!(error.kind(), ReadErrorKind::NewerFormat { supported: 1, found } if found.to_string() == format)
            );
            assert_eq!(read_all(&text).faults.len(), 1, "one fault says it all");
        }
    }
    for format in ["0.5", "-1", "\"1\"", "null", "1e400", "18446744073709551616", "[1]"] {
        let error =
            read(format!("{{\"claimgraph\":{{\"format\":{format},\"vocabulary\":{{}}}}}}\n"))
                .unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{format}: {error}");
    }
    // No such version was ever written.
    assert!(read(r#"{"claimgraph":{"format":0,"vocabulary":{}}}"#).is_err(), "format 0");
    // A byte order mark and Windows line ends do no harm.
    assert!(read(format!("\u{feff}{HEADER}\r\n{entity}\r\n\r\n")).is_ok());
}

// ----- limits

fn limits(change: impl FnOnce(&mut Limits)) -> JsonlReader {
    let mut limits = Limits::default();
    change(&mut limits);
    JsonlReader::new().limits(limits)
}

#[test]
fn limits_hold() {
    let entity =
        |number: usize| format!("{{\"entity\":{{\"key\":\"e{number}\",\"kind\":\"Thing\"}}}}\n");
    let many: String = (0..100).map(entity).collect();
    let text = format!("{HEADER}\n{many}");

    // A line that never ends is not read to its end.
    let huge = std::io::Read::chain(
        HEADER.as_bytes(),
        std::io::Read::chain(&b"\n"[..], std::io::repeat(b'x')),
    );
    let reader = limits(|l| l.line_bytes = 1_000);
    let error = reader.read(std::io::BufReader::new(huge)).unwrap_err();
    assert!(
        matches!(
            (error.line(), error.kind()),
            (Some(2), ReadErrorKind::Limit { limit: 1_000, .. })
        ),
        "{error}"
    );
    let outcome =
        reader.read_all(format!("{text}{}\n{}", "x".repeat(2_000), entity(1_000)).as_bytes());
    assert_eq!(
        (outcome.graph.entity_count(), outcome.faults.len()),
        (100, 1),
        "what comes after such a line is not read"
    );
    harmless(&outcome.faults[0]);
    let longest = text.lines().map(|line| line.len() as u64 + 1).max().unwrap();
    assert!(limits(|l| l.line_bytes = longest).read(text.as_bytes()).is_ok());
    assert!(limits(|l| l.line_bytes = longest - 1).read(text.as_bytes()).is_err());
    assert!(limits(|l| l.line_bytes = 0).read(text.as_bytes()).is_err());
    assert!(limits(|l| l.line_bytes = u64::MAX).read(text.as_bytes()).is_ok());

    assert!(limits(|l| l.records = 101).read(text.as_bytes()).is_ok());
    let error = limits(|l| l.records = 100).read(text.as_bytes()).unwrap_err();
    assert!(
        matches!(
            (error.line(), error.kind()),
            (Some(101), ReadErrorKind::Limit { limit: 100, .. })
        ),
        "{error}"
    );
    let outcome = limits(|l| l.records = 50).read_all(text.as_bytes());
    assert_eq!((outcome.graph.entity_count(), outcome.faults.len()), (49, 1));
    assert!(limits(|l| l.records = 0).read(text.as_bytes()).is_err());

    let faulty = format!("{HEADER}\n{}", "nonsense\n".repeat(5_000));
    assert_eq!(read_all(&faulty).faults.len(), 1_000);
    assert_eq!(limits(|l| l.faults = 3).read_all(faulty.as_bytes()).faults.len(), 3);
    assert_eq!(limits(|l| l.faults = 1).read_all(faulty.as_bytes()).faults.len(), 1);
}

#[test]
fn an_input_that_fails_is_a_fault() {
    struct Failing(usize);
    impl std::io::Read for Failing {
        fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
            let text = HEADER.as_bytes();
            let left = text
                .get(self.0..)
                .filter(|left| !left.is_empty())
                .ok_or(std::io::Error::other("gone\u{202e}\u{7}"))?;
            let count = left.len().min(to.len());
            to[..count].copy_from_slice(&left[..count]);
            self.0 += count;
            Ok(count)
        }
    }
    let error = ClaimGraph::read_jsonl(std::io::BufReader::new(Failing(0))).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Io(_)), "{error}");
    let outcome = JsonlReader::new().read_all(std::io::BufReader::new(Failing(0)));
    assert!(
        matches!(outcome.faults[..], [ref fault] if matches!(fault.kind(), ReadErrorKind::Io(_)))
    );
}

// ----- records that contradict the rules

#[test]
fn a_read_is_all_or_nothing_and_read_all_keeps_the_good_lines() {
    let text = file(&[
        &claim(""),
        "nonsense",
        &claim(r#","quantity":{"central":-5,"unit":"soldiers"}"#)
            .replace(r#""id":"c""#, r#""id":"negative""#),
        r#"{"claim":{"id":"d","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"negative"}],"reported":"2024-10-24"}}"#,
        r#"{"claim":{"id":"e","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"c"}],"reported":"2024-10-24"}}"#,
        r#"{"entity":{"key":"z","kind":"Thing","hue":"red"}}"#,
        r#"{"entity":{"key":"z","kind":7}}"#,
    ]);
    assert_eq!(read(&text).unwrap_err().line(), Some(FIRST + 1));
    let outcome = read_all(&text);
    assert_eq!(
        (outcome.graph.len(), outcome.graph.contested().len(), outcome.graph.entity_count()),
        (2, 1, 5)
    );
    let found: Vec<(u64, bool, Option<&str>)> = outcome
        .faults
        .iter()
        .map(|fault| (fault.line().unwrap() - FIRST, fault.column().is_some(), fault.field()))
        .collect();
    let expected = [
        (1, true, None),
        (2, false, Some("claim.quantity")),
        (3, false, Some("claim.target 0")),
        (5, true, Some("entity.hue")),
        (6, true, Some("entity.kind")),
    ];
    assert_eq!(found, expected);
    let good: Vec<&str> = text
        .lines()
        .enumerate()
        .filter(|(i, _)| ![7, 8, 9, 11, 12].contains(i))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(read(good.join("\n")).unwrap().to_jsonl(), outcome.graph.to_jsonl());
}

#[test]
fn ids_that_are_taken_unknown_or_their_own_are_refused() {
    let answer = |id: &str, target: &str| {
        format!(
            r#"{{"claim":{{"id":"{id}","speakers":[{{"source":"russia"}}],"stance":"dismisses","targets":[{{"claim":"{target}"}}],"reported":"2024-10-24"}}}}"#
        )
    };
    let error = refusal(&[&claim(""), &claim("")]);
    assert!(matches!(refused_kind(&error), ErrorKind::KeyTaken { .. }), "{error}");
    let error = refusal(&[&claim(""), &answer("self", "self")]);
    assert_eq!(refused_kind(&error), &ErrorKind::AnswersItself);
    let error = refusal(&[&claim(""), &answer("d", "later")]);
    assert!(matches!(refused_kind(&error), ErrorKind::Unknown { what: "claim", .. }), "{error}");
    // A claim in its own role is unknown at that point.
    let within = r#","roles":[{"role":"part-of","value":{"claim":"c"}}]"#;
    assert!(matches!(refused_kind(&refusal(&[&claim(within)])), ErrorKind::Unknown { .. }));
    for (line, part) in [
        (claim("").replace("\"nis\"", "\"nobody\""), FieldPath::Speaker(0)),
        (claim("").replace("\"nk\"", "\"nobody\""), FieldPath::Subject),
        (
            claim("").replace("{\"entity\":\"russia\"}", "{\"claim\":\"nothing\"}"),
            FieldPath::Object,
        ),
        (claim("").replace("deploys-to", "flies-to"), FieldPath::Relation),
        (claim(r#","document":"nowhere""#), FieldPath::Document),
        (
            claim(r#","roles":[{"role":"hue","value":{"text":"red"}}]"#),
            FieldPath::Role("hue".into()),
        ),
        (
            claim(r#","roles":[{"role":"treaty","value":{"entity":"nothing"}}]"#),
            FieldPath::Role("treaty".into()),
        ),
        (
            r#"{"affiliation":{"part":"nk","kind":"part-of","whole":"nothing"}}"#.into(),
            FieldPath::Affiliation,
        ),
        (r#"{"lineage":{"speaker":"nk","source":"nothing"}}"#.into(), FieldPath::Lineage),
        (
            r#"{"lineage":{"speaker":"nk","source":"nis","claims":["nothing"]}}"#.into(),
            FieldPath::Lineage,
        ),
        (
            r#"{"lineage":{"speaker":"nk","source":"nis","stated_by":"nothing"}}"#.into(),
            FieldPath::Lineage,
        ),
        (r#"{"link":{"from":"nothing","role":"part-of","to":"nothing"}}"#.into(), FieldPath::Link),
        (
            r#"{"derivation":{"claim":"nothing","quantity":{"unit":"x"},"rule":"","inputs":[]}}"#
                .into(),
            FieldPath::Derivation,
        ),
        (
            r#"{"entity":{"key":"d","kind":"Document","document":{"publisher":"nothing"}}}"#.into(),
            FieldPath::Document,
        ),
        (r#"{"entity":{"key":"d","kind":"Spaceship"}}"#.into(), FieldPath::Key),
    ] {
        let error = refusal(&[&line]);
        let ReadErrorKind::Refused(refused) = error.kind() else { panic!("{error}") };
        assert!(refused.is_unknown() && refused.part() == Some(&part), "{error}");
    }
}

#[test]
fn a_retraction_of_what_somebody_else_said_is_refused() {
    let retraction = r#"{"claim":{"speakers":[{"source":"russia"}],"stance":"retracts","targets":[{"claim":"c"}],"reported":"2024-10-24"}}"#;
    assert_eq!(refused_kind(&refusal(&[&claim(""), retraction])), &ErrorKind::NotOwnClaim);
}

#[test]
fn figures_that_are_none_are_refused() {
    for amount in [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1e2",
        "0.5",
        "-0.5",
        "1E400",
        "\"NaN\"",
        "\"inf\"",
        "\"1e5\"",
        "\"0x10\"",
        "true",
        "[]",
        "null7",
        "18446744073709551616",
        "\"1,000\"",
        "\"\"",
        "\"\u{663}\"",
        "\"-\"",
        "\"1.\"",
        "-9223372036854775809",
    ] {
        for line in [
            claim(&format!(r#","quantity":{{"central":{amount},"unit":"soldiers"}}"#)),
            claim(&format!(r#","quantity":{{"lower":{{"amount":{amount}}},"unit":"soldiers"}}"#)),
            claim(&format!(r#","factor":{amount}"#)),
        ] {
            let error = refusal(&[&line]);
            assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{amount}: {error}");
        }
    }
    let long =
        claim(&format!(r#","quantity":{{"central":"{}","unit":"soldiers"}}"#, "9".repeat(100_000)));
    assert!(matches!(refusal(&[&long]).kind(), ReadErrorKind::Syntax(_)));
    for (quantity, negative) in [
        (r#"{"central":-1,"unit":"soldiers"}"#, true),
        (r#"{"upper":{"amount":-1},"unit":"troops"}"#, true),
        (r#"{"lower":{"amount":"-0.5"},"unit":"soldier"}"#, true),
        (r#"{"lower":{"amount":5},"upper":{"amount":4},"unit":"soldiers"}"#, false),
        (r#"{"lower":{"amount":5,"strict":true},"upper":{"amount":5},"unit":"soldiers"}"#, false),
    ] {
        let error = refusal(&[&claim(&format!(r#","quantity":{quantity}"#))]);
        let kind = refused_kind(&error);
        assert!(
            if negative {
                matches!(kind, ErrorKind::NegativeCount { .. })
            } else {
                *kind == ErrorKind::InvertedQuantity
            },
            "{error}"
        );
    }
}

/// What can be inserted can be saved and read again.
#[test]
fn the_greatest_and_least_amounts_survive() {
    let amounts = [
        Amount::from(i128::MAX),
        Amount::from(i128::MIN + 1),
        Amount::from(i128::MIN),
        Amount::new(i128::MIN, 18).unwrap(),
        Amount::new(1, 18).unwrap(),
        Amount::from(i64::MIN),
        Amount::from(u64::MAX),
        Amount::ZERO,
    ];
    for amount in amounts {
        let mut graph = ClaimGraph::new();
        let nk = graph.add(State, "nk").unwrap();
        let claim = Claim::by(nk)
            .asserts(nk, MEETS, nk)
            .quantity(Quantity::stated(amount, "degrees"))
            .reported(DAY);
        let claim = graph.insert(claim).unwrap();
        let text = graph.to_jsonl();
        let again = read(&text).unwrap_or_else(|error| panic!("{amount}: {error}"));
        assert_eq!(again.to_jsonl(), text);
        assert_eq!(again.claim(claim).unwrap().quantity(), graph.claim(claim).unwrap().quantity());
    }
}

#[test]
fn times_that_cannot_be_are_refused() {
    for (valid, kind) in [
        (r#""2024-06/2024-01""#, true),
        (r#""[2024-06-02..2024-06-01]""#, true),
        (
            r#"{"start":{"earliest":"2024-02-01"},"end":{"latest":"2024-01-01"},"aspect":"state"}"#,
            true,
        ),
        (r#"{"start":{"earliest":"2024-02-02","latest":"2024-02-01"},"aspect":"state"}"#, true),
        (r#""2024-13""#, false),
        (r#""2024-02-30""#, false),
        (r#""yesterday""#, false),
        (r#""99999-01-01""#, false),
        (r#""""#, false),
        ("7", false),
        (r#"{"hue":1}"#, false),
    ] {
        let error = refusal(&[&claim(&format!(r#","valid":{valid}"#))]);
        // Text that is no period is a fault of the line; one that ends before it starts may be either.
        let inverted = matches!(error.kind(), ReadErrorKind::Refused(refused) if *refused.kind() == ErrorKind::InvertedPeriod);
        assert!(
            matches!(error.kind(), ReadErrorKind::Syntax(_)) || (kind && inverted),
            "{valid}: {error}"
        );
    }
    for day in
        ["2024-02-30", "24-1-1", "", "2024-10-24T00:00", "+999999-01-01", "20241024x", "\u{202e}"]
    {
        for field in ["said", "reported"] {
            let line =
                claim("").replace(r#","reported":"2024-10-24""#, &format!(r#","{field}":"{day}""#));
            let error = refusal(&[&line]);
            assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{day}: {error}");
        }
    }
    let late = refusal(&[&claim(r#","said":"2024-10-25""#)]);
    assert!(matches!(refused_kind(&late), ErrorKind::SaidAfterReport { .. }));
    let early = refusal(&[&claim(r#","valid":"2024-10-25""#)]);
    assert!(matches!(refused_kind(&early), ErrorKind::AfterReport { .. }));
    let dateless = refusal(&[&claim("").replace(r#","reported":"2024-10-24""#, "")]);
    assert_eq!(refused_kind(&dateless), &ErrorKind::NoReportDate);
}

/// Days far off, as report day, in periods and windows.
fn days_survive(first: claimgraph::Date, last: claimgraph::Date) {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "nk").unwrap();
    let paper = graph.add_document("old", first).unwrap();
    let periods = [
        Period::on(first),
        Period::by(last),
        Period::after(first),
        Period::throughout(first..=last),
        Period::since(first),
        Period::until(last),
        Period::holding_on(last),
        Period::from(first..last),
        Period::within(first..=last),
    ];
    for period in periods {
        graph
            .insert(Claim::by(nk).asserts(nk, MEETS, nk).valid(period).reported(last).said(first))
            .unwrap();
    }
    graph.insert(Claim::by(paper).asserts(nk, MEETS, nk).read_in(paper, ..)).unwrap();
    let text = graph.to_jsonl();
    assert_eq!(read(&text).unwrap().to_jsonl(), text);
    let view = graph.view().as_of(last).valid_at(first);
    let _ = (
        view.claims().count(),
        graph.timeline().len(),
        graph.view().begun_by(first).contested().len(),
    );
    graph.claims().for_each(|claim| {
        assert!(claim.holding().is_none_or(|period| !period.to_string().is_empty()))
    });
}

#[test]
fn the_first_and_last_days_of_four_digits_survive() {
    days_survive(date(0, 1, 1), claimgraph::Date::MAX);
}

/// What can be inserted can be saved and read again.
#[test]
fn a_day_before_the_year_nought_survives() {
    days_survive(date(-1, 12, 31), date(2024, 1, 1));
    days_survive(claimgraph::Date::MIN, claimgraph::Date::MAX);
}

#[test]
fn spans_that_are_no_stretch_are_refused() {
    for (span, expected) in [
        ("[0,11]", "outside"),
        ("[5,1]", "inverted"),
        ("[0,18446744073709551615]", "outside"),
        ("[11,11]", "outside"),
    ] {
        for more in [
            format!(r#","document":"article","span":{span}"#),
            format!(r#","document":"article","cue":{{"words":"w","span":{span}}}"#),
        ] {
            let error = refusal(&[&claim(&more)]);
            let kind = refused_kind(&error);
            let fits = match expected {
                "outside" => matches!(kind, ErrorKind::SpanOutside { length: 10, .. }),
                _ => matches!(kind, ErrorKind::InvertedSpan { .. }),
            };
            assert!(fits, "{span}: {error}");
        }
    }
    for span in [
        "[0]",
        "[0,1,2]",
        "[-1,1]",
        "[0.5,1]",
        "[0,18446744073709551616]",
        "{}",
        "\"0..1\"",
        "null,\"span\":[0,1]",
    ] {
        let error = refusal(&[&claim(&format!(r#","document":"article","span":{span}"#))]);
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{span}: {error}");
    }
    assert_eq!(
        refused_kind(&refusal(&[&claim(r#","span":[0,1]"#)])),
        &ErrorKind::SpanWithoutDocument
    );
    // The text is not in the file: a span that splits a character is found when the text comes.
    let mut graph = read(file(&[&claim(r#","document":"article","span":[0,2]"#)])).unwrap();
    let article = graph.typed::<Document>(graph.entity_keyed("article").unwrap()).unwrap();
    let before = graph.to_jsonl();
    let error = graph.attach_text(article, "S\u{fc}d-Korea").unwrap_err();
    assert_eq!(
        (error.part(), error.kind()),
        (Some(&FieldPath::Quotation), &ErrorKind::SpanSplitsCharacter { at: 2 })
    );
    assert_eq!(graph.to_jsonl(), before);
}

#[test]
fn unknown_and_repeated_fields_are_refused() {
    for (line, field) in [
        (claim(r#","hue":1"#), "claim.hue"),
        (claim(r#","quantity":{"unit":"x","hue":1}"#), "claim.quantity.hue"),
        (claim("").replace(r#"{"source":"nis"}"#, r#"{"source":"nis","hue":1}"#), "claim.speakers[0].hue"),
        (claim("").replace(r#"{"entity":"nk"}"#, r#"{"entity":"nk","hue":1}"#), "claim.statement.subject.hue"),
        (claim(r#","grade":{"hue":1}"#), "claim.grade.hue"),
        (
            r#"{"entity":{"key":"x","kind":"Thing","names":[{"text":"X","kind":"alias","hue":1}]}}"#.into(),
            "entity.names[0].hue",
        ),
        (r#"{"link":{"hue":1}}"#.into(), "link.hue"),
    ] {
        let error = refusal(&[&line]);
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
        assert_eq!(error.field(), Some(field), "{error}");
        assert!(error.column().is_some(), "{error}");
    }
    for line in [
        claim(r#","stance":"denies""#),
        r#"{"entity":{"key":"x","key":"y","kind":"Thing"}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"},"entity":{"key":"y","kind":"Thing"}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"},"claim":{}}"#.into(),
        r#"{"hue":{}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"}} {"entity":{"key":"y","kind":"Thing"}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"}}x"#.into(),
        "{}".into(),
        "[]".into(),
        "null".into(),
        "\"entity\"".into(),
        "7".into(),
    ] {
        assert!(matches!(refusal(&[&line]).kind(), ReadErrorKind::Syntax(_)), "{line}");
    }
    // Nothing, or several things, in one place.
    for term in [
        "{}",
        r#"{"entity":"nk","text":"nk"}"#,
        r#"{"absent":"nothing","claim":"c"}"#,
        r#"{"basis":"implicit"}"#,
    ] {
        let error = refusal(&[&claim("").replace(r#"{"entity":"nk"}"#, term)]);
        assert!(matches!(refused_kind(&error), ErrorKind::WrongTerm { .. }), "{error}");
    }
}

/// One derivation line for a claim is as good as another; two that differ contradict each other.
#[test]
fn a_second_derivation_of_another_figure_is_refused_or_kept_out() {
    let derivation = |figure: u32| {
        format!(
            r#"{{"derivation":{{"claim":"c","quantity":{{"central":{figure},"unit":"men"}},"rule":"r","inputs":[]}}}}"#
        )
    };
    let text = file(&[&claim(""), &derivation(1), &derivation(2)]);
    let outcome = read_all(&text);
    let kept = outcome.graph.claims().next().unwrap().derivation().unwrap().quantity().clone();
    assert!(
        outcome.faults.len() == 1 || kept == Quantity::stated(1, "men"),
        "the second replaced the first without a word: {kept}"
    );
}

// ----- depth

#[test]
fn deep_brackets_are_refused_on_a_small_stack() {
    apart("deep_brackets_are_refused_on_a_small_stack", deep_brackets);
}

fn deep_brackets() {
    let brackets =
        |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let deep = [
        brackets("[", "]"),
        brackets("{\"a\":", "}"),
        "[".repeat(100_000),
        "{\"claim\":".repeat(100_000),
        brackets("[{\"a\":", "}]"),
    ];
    for deep in &deep {
        for line in [
            deep.clone(),
            claim(&format!(r#","hue":{deep}"#)),
            claim(&format!(r#","valid":{deep}"#)),
            claim(&format!(r#","factor":{deep}"#)),
            claim(&format!(r#","roles":[{{"role":"about","value":{deep}}}]"#)),
            format!(r#"{{"entity":{{"key":{deep}}}}}"#),
            format!(r#"{{"entity":{{"key":"x","kind":"Thing","codes":{deep}}}}}"#),
        ] {
            assert!(read(file(&[&line])).is_err());
            assert_eq!(read_all(file(&[&line])).faults.len(), 1);
        }
        for header in [
            deep.clone(),
            format!(r#"{{"claimgraph":{deep}}}"#),
            format!(r#"{{"claimgraph":{{"vocabulary":{deep},"format":1}}}}"#),
            format!(r#"{{"claimgraph":{{"hue":{deep},"format":1}}}}"#),
            format!(r#"{{"claimgraph":{{"format":1,"vocabulary":{{"kinds":{deep}}}}}}}"#),
            format!(r#"{{"hue":{deep}}}"#),
        ] {
            assert!(read(&header).is_err());
        }
    }
    // A newer file may well hold what this release does not know, at any depth.
    let newer = format!(r#"{{"claimgraph":{{"hue":{},"format":2}}}}"#, brackets("[", "]"));
    assert!(read(&newer).unwrap_err().is_newer_format());
}

/// Records that are what the format asks for at every level, and deeper than anybody writes them.
#[test]
fn statements_within_statements_are_refused_on_a_small_stack() {
    apart("statements_within_statements_are_refused_on_a_small_stack", deep_statements);
}

fn deep_statements() {
    let statement = |depth: usize, close: bool| {
        let open = r#"{"statement":{"relation":"meets","subject":"#.repeat(depth);
        let inner = if close { r#"{"entity":"nk"}"# } else { "" };
        format!(
            "{open}{inner}{}",
            if close { r#","object":{"entity":"nk"}}}"#.repeat(depth) } else { String::new() }
        )
    };
    for depth in [2, 5, 10, 20, 30, 40, 50, 55, 60, 61, 62, 63, 64, 65, 100, 100_000] {
        for close in [true, false] {
            let line = claim("").replace(r#"{"entity":"nk"}"#, &statement(depth, close));
            assert!(read(file(&[&line])).is_err(), "{depth}");
            let role = claim(&format!(
                r#","roles":[{{"role":"condition","value":{}}}]"#,
                statement(depth, close)
            ));
            assert!(read(file(&[&role])).is_err(), "{depth}");
        }
    }
}

// ----- long chains

const LONG: usize = 100_000;

/// A file of one assertion and a chain of answers, each to the one before it.
fn chain_of(stance: &str, more: &str) -> String {
    let mut lines: Vec<String> = vec![claim("").replace(r#""id":"c""#, r#""id":"0""#)];
    lines.extend((1..LONG).map(|number| {
        let target = number - 1;
        format!(
            r#"{{"claim":{{"id":"{number}","speakers":[{{"source":"nis"}}],"stance":"{stance}","targets":[{{"claim":"{target}"}}],"reported":"2024-10-24"{more}}}}}"#
        )
    }));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    file(&lines)
}

fn loaded(text: String) -> ClaimGraph {
    let graph = read(text).unwrap();
    assert_eq!(graph.len(), LONG);
    graph
}

/// Loads a chain, writes it, drops it.
fn survives(text: String) {
    let graph = loaded(text);
    let written = graph.to_jsonl();
    assert_eq!(written.lines().count(), LONG + FIRST as usize - 1);
    drop(graph.clone());
}

/// The first and last claim of a chain, and the entities of its statement.
fn ends(graph: &ClaimGraph) -> (ClaimId, ClaimId, EntityId, EntityId) {
    let ids: Vec<ClaimId> = graph.claims().map(|claim| claim.id()).collect();
    (
        ids[0],
        ids[LONG - 1],
        graph.entity_keyed("nk").unwrap(),
        graph.entity_keyed("russia").unwrap(),
    )
}

#[test]
fn a_long_chain_of_retractions_is_loaded_and_written() {
    apart("a_long_chain_of_retractions_is_loaded_and_written", || {
        survives(chain_of("retracts", ""));
    });
}

#[test]
fn a_long_chain_of_confirmations_is_loaded_and_written() {
    apart("a_long_chain_of_confirmations_is_loaded_and_written", || {
        survives(chain_of("confirms", ""));
    });
}

#[test]
fn a_long_chain_of_revisions_is_loaded_and_written() {
    apart("a_long_chain_of_revisions_is_loaded_and_written", || {
        survives(chain_of("revises", r#","quantity":{"central":7,"unit":"soldiers"}"#));
    });
}

/// Whether one claim at the bottom of a chain of retractions stands.
#[test]
fn one_claim_under_a_long_chain_of_retractions_is_asked_about() {
    apart("one_claim_under_a_long_chain_of_retractions_is_asked_about", || {
        let graph = loaded(chain_of("retracts", ""));
        let (first, last, ..) = ends(&graph);
        // An odd number of retractions, each taking back the one before it.
        assert!(graph.view().is_retracted(first) && !graph.view().is_retracted(last));
        assert_eq!(graph.positions(last).unwrap().len(), 1);
        assert_eq!(graph.roots(first).unwrap().len(), 1);
        assert!(!graph.show(last).unwrap().is_empty() && graph.claim_key(last).is_ok());
        assert_eq!(graph.view().including_retracted().claims().count(), LONG);
    });
}

/// Every second claim of the chain stands. Each is asked about once, and that must not walk the chain
/// to its end each time.
#[test]
fn all_claims_of_a_long_chain_of_retractions_are_asked_about() {
    apart("all_claims_of_a_long_chain_of_retractions_are_asked_about", || {
        let graph = loaded(chain_of("retracts", ""));
        assert_eq!(graph.view().claims().count(), LONG / 2);
    });
}

#[test]
fn a_long_chain_of_retractions_is_asked_whether_it_contests() {
    apart("a_long_chain_of_retractions_is_asked_whether_it_contests", || {
        let graph = loaded(chain_of("retracts", ""));
        assert_eq!(graph.contested().len(), 0);
    });
}

#[test]
fn questions_about_a_long_chain_of_confirmations() {
    apart("questions_about_a_long_chain_of_confirmations", || {
        let graph = loaded(chain_of("confirms", ""));
        let (first, last, nk, russia) = ends(&graph);
        let statement = graph.statement(nk, DEPLOYS_TO, russia);
        assert_eq!(statement.backing().len(), LONG);
        assert_eq!(statement.independence().count(), 1);
        assert!(statement.against().is_empty() && statement.is_asserted().is_yes());
        assert_eq!(graph.positions(first).unwrap().len(), 2);
        assert_eq!(graph.positions(last).unwrap().len(), 1);
        assert!(graph.contested().is_empty() && !graph.view().is_retracted(first));
        assert_eq!(graph.roots(last).unwrap().len(), 1);
        assert_eq!((graph.about(nk).len(), graph.about(russia).len()), (1, 1));
        assert_eq!(graph.view().downstream_of(first).len(), LONG - 1);
        assert!(graph.claim_key(last).is_ok() && !graph.show(last).unwrap().is_empty());
    });
}

#[test]
fn the_ends_of_a_long_chain_of_revisions_are_asked_about() {
    apart("the_ends_of_a_long_chain_of_revisions_are_asked_about", || {
        let graph = loaded(chain_of("revises", r#","quantity":{"central":7,"unit":"soldiers"}"#));
        let (first, last, nk, _) = ends(&graph);
        assert!(!graph.view().is_retracted(first) && graph.contested().is_empty());
        assert_eq!(graph.roots(last).unwrap().len(), 1);
        assert_eq!(graph.about(nk).len(), 1);
        assert_eq!(graph.view().contests(last).unwrap().len(), 0);
        assert!(graph.claim_key(last).is_ok() && !graph.show(last).unwrap().is_empty());
    });
}

/// What a revision says is found by walking down to what it revises: for all of a chain that must not
/// be one walk for each.
#[test]
fn a_long_chain_of_revisions_backs_its_statement() {
    apart("a_long_chain_of_revisions_backs_its_statement", || {
        let graph = loaded(chain_of("revises", r#","quantity":{"central":7,"unit":"soldiers"}"#));
        let (first, _, nk, russia) = ends(&graph);
        assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).backing().len(), LONG);
        assert_eq!(graph.positions(first).unwrap().len(), LONG);
    });
}

/// A chain by dismissals: each dismisses the dismissal before it.
#[test]
fn a_long_chain_of_dismissals_is_asked_about() {
    apart("a_long_chain_of_dismissals_is_asked_about", || {
        let graph = loaded(chain_of("dismisses", ""));
        let (first, last, nk, russia) = ends(&graph);
        assert_eq!(graph.contested().len(), LONG - 1);
        assert_eq!(
            (graph.positions(first).unwrap().len(), graph.positions(last).unwrap().len()),
            (2, 1)
        );
        assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).against().len(), 1);
    });
}

/// One claim and very many that dismiss, confirm or link to it.
#[test]
fn a_claim_that_everybody_answers() {
    apart("a_claim_that_everybody_answers", || {
        let mut lines: Vec<String> = vec![claim("")];
        for number in 1..LONG {
            let stance = if number % 2 == 0 { "dismisses" } else { "confirms" };
            lines.push(format!(r#"{{"claim":{{"id":"{number}","speakers":[{{"source":"nis"}}],"stance":"{stance}","targets":[{{"claim":"c"}}],"reported":"2024-10-24","words":"{number}"}}}}"#));
        }
        let graph = loaded(file(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
        let (first, _, nk, russia) = ends(&graph);
        assert_eq!(graph.positions(first).unwrap().len(), LONG);
        assert_eq!(graph.contested().len(), 1);
        let statement = graph.statement(nk, DEPLOYS_TO, russia);
        assert_eq!(
            (statement.backing().len(), statement.independence().count()),
            (LONG / 2 + 1, 1)
        );
        assert_eq!(graph.to_jsonl().lines().count(), LONG + 6);
    });
}

#[test]
fn a_claim_that_everybody_opposes_is_asked_who_is_against_it() {
    apart("a_claim_that_everybody_opposes_is_asked_who_is_against_it", || {
        let mut lines: Vec<String> = vec![claim("")];
        lines.extend((1..LONG).map(|number| {
            format!(r#"{{"claim":{{"id":"{number}","speakers":[{{"source":"nis"}}],"stance":"dismisses","targets":[{{"claim":"c"}}],"reported":"2024-10-24","words":"{number}"}}}}"#)
        }));
        let graph = loaded(file(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
        let (_, _, nk, russia) = ends(&graph);
        assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).against().len(), LONG - 1);
    });
}

/// Entities `e000000` to `e099999` after the reporting header.
fn with_entities(kind: &str, lines: impl Iterator<Item = String>) -> String {
    let mut text = ClaimGraph::new().to_jsonl();
    for number in 0..LONG {
        text.push_str(&format!(
            "{{\"entity\":{{\"key\":\"e{number:06}\",\"kind\":\"{kind}\"}}}}\n"
        ));
    }
    lines.for_each(|line| {
        text.push_str(&line);
        text.push('\n');
    });
    text
}

fn part_of(part: usize, whole: usize) -> String {
    format!(r#"{{"affiliation":{{"part":"e{part:06}","kind":"part-of","whole":"e{whole:06}"}}}}"#)
}

fn word_from(speaker: usize, source: usize) -> String {
    format!(r#"{{"lineage":{{"speaker":"e{speaker:06}","source":"e{source:06}"}}}}"#)
}

/// Each line joins a new part to the end of what is there: nothing has to be walked.
#[test]
fn a_long_chain_of_parts_is_loaded() {
    apart("a_long_chain_of_parts_is_loaded", || {
        let text = with_entities("State", (1..LONG).map(|n| part_of(n - 1, n)));
        let graph = read(text).unwrap();
        assert_eq!(graph.affiliations().len(), LONG - 1);
        let written = graph.to_jsonl();
        assert_eq!(written.lines().count(), 2 * LONG);
    });
}

#[test]
fn a_long_chain_of_parts_is_loaded_from_its_top() {
    apart("a_long_chain_of_parts_is_loaded_from_its_top", || {
        let text = with_entities("State", (1..LONG).map(|n| part_of(n, n - 1)));
        assert_eq!(read(text).unwrap().affiliations().len(), LONG - 1);
    });
}

#[test]
fn a_long_chain_of_sources_is_loaded() {
    apart("a_long_chain_of_sources_is_loaded", || {
        let text = with_entities("State", (1..LONG).map(|n| word_from(n - 1, n)));
        assert_eq!(read(text).unwrap().lineages().len(), LONG - 1);
    });
}

#[test]
fn a_long_chain_of_sources_is_loaded_from_its_end() {
    apart("a_long_chain_of_sources_is_loaded_from_its_end", || {
        let text = with_entities("State", (1..LONG).map(|n| word_from(n, n - 1)));
        assert_eq!(read(text).unwrap().lineages().len(), LONG - 1);
    });
}

#[test]
fn many_links_are_loaded() {
    apart("many_links_are_loaded", || {
        let mut lines = vec![claim("").replace(r#""id":"c""#, r#""id":"0""#)];
        for number in 1..LONG {
            lines.push(
                claim("").replace(r#""id":"c""#, &format!(r#""words":"{number}","id":"{number}""#)),
            );
        }
        for number in 1..LONG {
            lines.push(format!(
                r#"{{"link":{{"from":"{number}","role":"part-of","to":"{}"}}}}"#,
                number - 1
            ));
        }
        let text = file(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let graph = read(text).unwrap();
        let (first, ..) = ends(&graph);
        assert_eq!(graph.claim(first).unwrap().linked_from(PART_OF).count(), 1);
        assert_eq!(graph.to_jsonl().lines().count(), LONG * 2 + 5);
    });
}

/// A chain that is short enough to be loaded in any way, and long enough to break a recursion.
const SHORTER: usize = 100_000;

/// Asks about the whole at the top of a chain of parts, and about the word of the first of a chain of
/// speakers.
#[test]
fn questions_over_a_chain_of_parts_and_sources() {
    apart("questions_over_a_chain_of_parts_and_sources", || {
        let mut graph = ClaimGraph::new();
        let states: Vec<_> =
            (0..SHORTER).map(|n| graph.add(State, format!("e{n}")).unwrap()).collect();
        for pair in states.windows(2) {
            graph.add_affiliation(Affiliation::part_of(pair[0], pair[1])).unwrap();
            graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap();
        }
        let (first, last) = (states[0], states[SHORTER - 1]);
        let said =
            graph.insert(Claim::by(first).asserts(first, MEETS, first).reported(DAY)).unwrap();
        graph.insert(Claim::by(last).denies(last, MEETS, last).reported(DAY)).unwrap();
        let backing = graph.statement(last, MEETS, Any).backing();
        assert_eq!(backing.claims(), [said]);
        assert_eq!(
            backing.proof().affiliations().collect::<std::collections::BTreeSet<_>>().len(),
            SHORTER - 1
        );
        assert_eq!(graph.roots(said).unwrap(), [Root::Known(last.id())]);
        let independence = graph.statement(first, MEETS, first).independence();
        assert_eq!(independence.count(), 1);
        assert_eq!(independence.counting_documents().count(), 1);
        assert_eq!(graph.contested().claims(), [said]);
        assert_eq!(graph.view().excluding_source(last).claims().count(), 0);
        assert_eq!(graph.interactions_between(last, last).len(), 1);
        let text = graph.to_jsonl();
        assert_eq!(read(&text).unwrap().to_jsonl(), text);
    });
}

/// A circle is told in a short message, however long it is.
#[test]
fn the_message_of_a_long_circle_is_short() {
    on_small_stack(|| {
        let mut graph = ClaimGraph::new();
        let states: Vec<_> =
            (0..1_000).map(|n| graph.add(State, format!("e{n}")).unwrap()).collect();
        for pair in states.windows(2) {
            graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap();
        }
        let error = graph.add_lineage(Lineage::new(states[999], states[0])).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Circle { .. }));
        assert!(error.to_string().len() < 500, "{} bytes", error.to_string().len());
    });
}

// ----- hostile text

fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\"quoted\" and \\ back\\\\slash",
        "<script>alert(1)</script>",
        "a]]>b",
        "<!-- -->",
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
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f466}",
        "e\u{301}\u{302}\u{303}",
        "Z\u{321}\u{34f}\u{336}",
        "\u{feff}bom",
        "\u{fffe}\u{ffff}\u{10ffff}",
        "\u{e000}",
        "null",
        "{\"entity\":1}",
        "'; DROP TABLE claims; --",
        "{0}%s%n$(id)`id`",
        "x ",
        " x",
        "\u{a0}x\u{3000}",
        "\u{df}\u{130}\u{3a3}\u{3c2}",
        "../../etc/passwd",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("long ".repeat(20_000));
    texts.push("e\u{301}".repeat(10_000));
    texts
}

/// Free text of every sort: names, languages, codes, titles, words, cues, role texts, rules, reasons, units.
#[test]
fn hostile_text_comes_back_byte_for_byte() {
    for text in hostile_texts() {
        let mut graph = ClaimGraph::new();
        let named = Entity::new("key")
            .with_name(Name::alias(&*text).in_language(&*text))
            .named(&*text)
            .code(&*text, &*text);
        let nk = graph.add(State, named).unwrap();
        let paper = graph
            .add_document("paper", Document::dated(DAY).titled(&*text).with_text(&*text))
            .unwrap();
        let said = Claim::by(nk)
            .asserts(nk, MEETS, nk)
            .with(MANNER, &*text)
            .with(ABOUT, &*text)
            .with(CONDITION, Statement::new(nk, HAS_PURPOSE, &*text))
            .quantity(Quantity::vague(&text, &*text))
            .valid(Period::on(DAY).in_words(&*text))
            .words(&*text)
            .cue(&*text, 0..text.len())
            .read_in(paper, 0..text.len());
        let said = graph.insert(said).unwrap();
        let other =
            graph.insert(Claim::by(nk).asserts(nk, HAS_PURPOSE, &*text).reported(DAY)).unwrap();
        graph.link(Link::part_of(other, said).because(&*text)).unwrap();
        graph
            .derive(
                other,
                Derivation::new(Quantity::stated(1, &*text).in_words(&*text), &*text, [said]),
            )
            .unwrap();

        let written = graph.to_jsonl();
        let unfit = |c: char| c.is_control() && c != '\n';
        assert!(
            !written.contains(unfit) || text.contains(['\u{7f}', '\u{9b}', '\u{85}']),
            "control characters are escaped: {text:?}"
        );
        assert_eq!(
            written.lines().count(),
            graph.to_jsonl().split('\n').count() - 1,
            "a line break within a line"
        );
        let again = read(&written).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(again.to_jsonl(), written);
        let claim = again.claims().find(|claim| claim.is(MEETS)).unwrap();
        assert_eq!((claim.words(), claim.cue()), (Some(&*text), Some(&*text)));
        assert_eq!(claim.role(MANNER).next().and_then(claimgraph::Term::text), Some(&*text));
        assert_eq!(claim.quantity().map(|q| (q.unit(), q.words())), Some((&*text, Some(&*text))));
        assert_eq!(claim.valid().and_then(Period::words), Some(&*text));
        let entity = again.entity(again.entity_keyed("key").unwrap()).unwrap();
        assert_eq!((entity.name(), entity.codes()), (&*text, &[(text.clone(), text.clone())][..]));
        assert!(entity.names().iter().all(|name| name.text() == text));
        assert_eq!(
            again.documents().next().and_then(|d| d.document()).and_then(Document::title),
            Some(&*text)
        );
        assert!(again.lookup(&text, State).one().is_some(), "{text:?}");
        let _ = (
            again.show(claim.id()).unwrap(),
            format!("{claim:?} {entity:?} {:?}", again.positions(claim.id()).unwrap()),
        );
    }
}

/// Keys are names that must be fit to be one, and come back byte for byte where they are.
#[test]
fn a_hostile_key_comes_back_or_is_refused() {
    for key in hostile_texts() {
        let mut graph = ClaimGraph::new();
        let fit = key.len() <= 512 && !key.contains(char::is_control) && key.trim() == key;
        match graph.add(State, &*key) {
            Ok(id) => {
                assert!(fit, "{key:?}");
                graph.insert(Claim::by(id).asserts(id, MEETS, id).reported(DAY)).unwrap();
                let text = graph.to_jsonl();
                let again = read(&text).unwrap();
                assert_eq!(again.to_jsonl(), text);
                assert_eq!(
                    again.entities().map(|entity| entity.key().to_owned()).collect::<Vec<_>>(),
                    [&*key]
                );
                // Messages that quote the key are fit to be printed.
                let error = graph.add(Person, &*key).unwrap_err();
                assert!(
                    error.to_string().len() < 500
                        && !error.to_string().contains(is_unfit_for_a_terminal),
                    "{error}"
                );
            }
            Err(error) => {
                assert!(
                    !fit && matches!(error.kind(), ErrorKind::BadText { .. }),
                    "{key:?}: {error}"
                );
                assert!(
                    error.to_string().len() < 500
                        && !error.to_string().contains(is_unfit_for_a_terminal),
                    "{error}"
                );
            }
        }
        // The same from a file; also as the id of a claim and wherever a key is looked up.
        let quoted = serde_json::to_string(&key).unwrap();
        let outcome =
            read_all(file(&[&format!(r#"{{"entity":{{"key":{quoted},"kind":"Thing"}}}}"#)]));
        assert_eq!(outcome.faults.is_empty(), fit, "{key:?}");
        assert!(read(file(&[&claim("").replace(r#""c""#, &quoted)])).is_ok(), "an id is any text");
        for (old, part) in
            [("\"nis\"", "speaker"), ("\"nk\"", "subject"), ("\"deploys-to\"", "relation")]
        {
            let error = refusal(&[&claim("").replace(old, &quoted)]);
            assert_eq!(error.field(), Some(&*format!("claim.{part}")), "{error}");
        }
        refusal(&[&claim(&format!(r#","roles":[{{"role":{quoted},"value":{{"text":"x"}}}}]"#))]);
        refusal(&[&claim(&format!(r#","valid":{quoted}"#))]);
        refusal(&[&claim(&format!(r#","certainty":{quoted}"#))]);
        refusal(&[&claim(&format!(r#",{quoted}:1"#))]);
        refusal(&[&claim(&format!(r#","factor":{quoted}"#))
            .replace("\"factor\":\"-1\"", "\"factor\":\"x\"")]);
        refusal(&[&format!(r#"{{{quoted}:1}}"#)]);
        refusal(&[&format!(r#"{{"entity":{{"key":"d","kind":{quoted}}}}}"#)]);
        refusal(&[&format!(
            r#"{{"entity":{{"key":"d","kind":"Document","document":{{"sha256":{quoted}}}}}}}"#
        )]);
    }
}

/// Kinds, relations and roles come from the file too: what they are called must not get into a message
/// unescaped, or at any length.
#[test]
fn hostile_vocabulary_does_not_get_into_messages() {
    let mut harmful: Vec<String> = Vec::new();
    let mut note = |error: ReadError| {
        let message = error.to_string();
        if !is_harmless(&message) {
            harmful.push(format!(
                "{} bytes: {:?}",
                message.len(),
                message.chars().take(120).collect::<String>()
            ));
        }
    };
    let evil = "\u{202e}\u{2066}live".to_owned();
    let long = "x".repeat(512);
    for name in [evil, long] {
        let q = serde_json::to_string(&name).unwrap();
        let other = serde_json::to_string(&name[..name.len() - 1]).unwrap();
        let kinds = format!(
            r#"[{{"key":{q},"above":["Actor","Source","Thing"]}},{{"key":{other},"above":["Actor","Source","Thing"]}}]"#
        );
        let roles = format!(r#"[{{"key":{q},"value":{{"kind":{q}}},"at_most":1}}]"#);
        let relations = format!(
            r#"[{{"key":{q},"subject":{{"kind":{q}}},"object":{{"kind":{q}}},"roles":[{q}]}},{{"key":"meets","subject":"any","object":"any"}}]"#
        );
        let header = format!(
            r#"{{"claimgraph":{{"format":1,"vocabulary":{{"kinds":{kinds},"roles":{roles},"relations":{relations},"units":[{{"key":{q},"count":true}}]}}}}}}"#
        );
        let entities = format!(
            "{{\"entity\":{{\"key\":\"a\",\"kind\":{q}}}}}\n{{\"entity\":{{\"key\":\"b\",\"kind\":{other}}}}}\n{{\"entity\":{{\"key\":\"l\",\"kind\":\"Place\"}}}}"
        );
        let claim = |relation: &str, subject: &str, more: &str| {
            format!(
                r#"{{"claim":{{"speakers":[{{"source":"a"}}],"stance":"asserts","statement":{{"subject":{subject},"relation":{relation},"object":{{"entity":"a"}}}},"reported":"2024-10-24"{more}}}}}"#
            )
        };
        let a = r#"{"entity":"a"}"#;
        let refused = [
            format!(r#"{{"entity":{{"key":"a","kind":{other}}}}}"#),
            claim(&q, r#"{"entity":"b"}"#, ""),
            claim(&q, r#"{"entity":"l"}"#, ""),
            claim(&q, r#"{"text":"a"}"#, ""),
            claim(&q, a, &format!(r#","roles":[{{"role":{q},"value":{{"text":"x"}}}}]"#)),
            claim(
                &q,
                a,
                &format!(
                    r#","roles":[{{"role":{q},"value":{{"entity":"a"}}}},{{"role":{q},"value":{{"entity":"a"}}}}]"#
                ),
            ),
            claim(
                "\"meets\"",
                a,
                &format!(r#","roles":[{{"role":{q},"value":{{"entity":"a"}}}}]"#),
            ),
            claim(&q, a, &format!(r#","quantity":{{"central":-1,"unit":{q}}}"#)),
        ];
        for line in refused {
            let text = format!("{header}\n{entities}\n{line}\n");
            let error = ClaimGraph::read_jsonl(text.as_bytes()).expect_err(&line);
            assert_eq!(error.line(), Some(5), "{error}");
            note(error);
        }
        // Another role of the relation is named in the message that lists what it takes.
        let fine = claim(&q, a, r#","roles":[{"role":"manner","value":{"text":"x"}}]"#);
        assert!(read(format!("{header}\n{entities}\n{fine}\n")).is_ok());
        // Circles and contradictions in the header name what they are about.
        let circle = format!(
            "{header}\n{{\"entity\":{{\"key\":{q},\"kind\":\"Source\"}}}}\n{{\"lineage\":{{\"speaker\":{q},\"source\":{q}}}}}\n"
        );
        note(ClaimGraph::read_jsonl(circle.as_bytes()).unwrap_err());
        for vocabulary in [
            format!(r#"{{"kinds":[{{"key":{q},"above":["Actor"]}}]}}"#),
            format!(r#"{{"kinds":[{{"key":{q},"above":[{other}]}}]}}"#),
            format!(r#"{{"kinds":[{{"key":"Thing","above":[{q}]}}]}}"#),
            format!(r#"{{"relations":[{{"key":{q},"subject":{{"kind":{q}}},"object":"any"}}]}}"#),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"text","symmetric":true}}]}}"#
            ),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"any","implies":[{other}]}}]}}"#
            ),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"any","implies":[{other}]}},{{"key":{other},"subject":"text","object":"any"}}]}}"#
            ),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"any","inverse":{other}}},{{"key":{other},"subject":"text","object":"any"}}]}}"#
            ),
            format!(
                r#"{{"kinds":[{{"key":{q}}}],"relations":[{{"key":{other},"subject":{{"kind":{q}}},"object":"any","symmetric":true}}]}}"#
            ),
            format!(
                r#"{{"kinds":[{{"key":{other}}},{{"key":{q},"above":["Thing",{other}]}},{{"key":"sub","above":[{q}]}}]}}"#
            ),
            format!(r#"{{"units":[{{"key":{q}}},{{"key":{other},"synonyms":[{q}]}}]}}"#),
            format!(r#"{{"roles":[{{"key":{q},"value":{{"kind":{other}}}}}]}}"#),
            format!(r#"{{"roles":[{{"key":"purpose","value":{{"kind":{q}}}}}]}}"#),
        ] {
            let text = format!(r#"{{"claimgraph":{{"format":1,"vocabulary":{vocabulary}}}}}"#);
            note(ClaimGraph::read_jsonl(text.as_bytes()).expect_err(&vocabulary));
        }
    }
    assert!(harmful.is_empty(), "{harmful:#?}");
}

/// As above, for errors that come from the API and not through the reader.
#[test]
fn a_circle_of_hostile_keys_is_escaped() {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "\u{202e}kn").unwrap();
    let error = graph.add_lineage(Lineage::new(nk, nk)).unwrap_err();
    assert!(!error.to_string().contains(is_unfit_for_a_terminal), "{:?}", error.to_string());
}

// ----- anything at all

fn value() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "claimgraph",
        "entity",
        "affiliation",
        "claim",
        "link",
        "derivation",
        "lineage",
        "key",
        "kind",
        "names",
        "codes",
        "document",
        "id",
        "speakers",
        "source",
        "stance",
        "asserts",
        "denies",
        "retracts",
        "statement",
        "subject",
        "relation",
        "object",
        "roles",
        "role",
        "value",
        "targets",
        "quantity",
        "central",
        "lower",
        "upper",
        "amount",
        "unit",
        "factor",
        "valid",
        "start",
        "end",
        "earliest",
        "aspect",
        "state",
        "reported",
        "said",
        "span",
        "cue",
        "words",
        "grade",
        "nk",
        "russia",
        "nis",
        "article",
        "c",
        "deploys-to",
        "State",
        "Thing",
        "2024-10-24",
        "2024-06/..",
        "text",
        "absent",
        "nothing",
    ]);
    let leaf = prop_oneof![
        4 => word.clone().prop_map(|word| format!("{word:?}")),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => Just("null".to_owned()),
        1 => any::<bool>().prop_map(|flag| flag.to_string()),
        1 => any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        let field = (word.clone(), inner.clone()).prop_map(|(key, value)| format!("{key:?}:{value}"));
        prop_oneof![
            3 => prop::collection::vec(field, 0..6).prop_map(|fields| format!("{{{}}}", fields.join(","))),
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
        ]
    })
}

fn record() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec![
        "entity",
        "affiliation",
        "claim",
        "link",
        "derivation",
        "lineage",
        "claimgraph",
    ]);
    (kind, value()).prop_map(|(kind, value)| format!("{{\"{kind}\":{value}}}"))
}

/// A valid claim line with one stretch of it replaced.
fn damaged() -> impl Strategy<Value = String> {
    let line = claim(
        r#","quantity":{"central":3000,"unit":"soldiers"},"valid":"2024-06","document":"article","span":[0,4],"roles":[{"role":"manner","value":{"text":"x"}}]"#,
    );
    (any::<prop::sample::Index>(), 0..12usize, value()).prop_map(move |(at, length, new)| {
        let from = at.index(line.len());
        let to = (from + length).min(line.len());
        format!("{}{new}{}", &line[..from], &line[to..])
    })
}

fn never_panics(bytes: &[u8]) {
    let all = read_all(bytes);
    let strict = read(bytes);
    assert_eq!(strict.is_ok(), all.faults.is_empty());
    if let Ok(graph) = strict {
        assert_eq!(graph.to_jsonl(), all.graph.to_jsonl());
    }
    let written = all.graph.to_jsonl();
    assert_eq!(
        read(&written).unwrap().to_jsonl(),
        written,
        "what was read is written and read again"
    );
    for claim in all.graph.claims() {
        let _ = (
            claim.to_string(),
            all.graph.positions(claim.id()).unwrap().len(),
            all.graph.roots(claim.id()).unwrap(),
        );
    }
    let _ = (all.graph.contested().len(), all.graph.timeline().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), after_header in any::<bool>()) {
        let mut text = if after_header { format!("{HEADER}\n").into_bytes() } else { Vec::new() };
        text.extend(bytes);
        never_panics(&text);
    }

    #[test]
    fn arbitrary_text_lines_never_panic(lines in prop::collection::vec(any::<String>(), 0..5)) {
        never_panics(format!("{HEADER}\n{}", lines.join("\n")).as_bytes());
    }

    #[test]
    fn arbitrary_json_lines_never_panic(lines in prop::collection::vec(prop_oneof![value(), record(), damaged()], 1..6)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        never_panics(file(&lines).as_bytes());
    }

    #[test]
    fn arbitrary_headers_never_panic(header in prop_oneof![value(), value().prop_map(|v| format!("{{\"claimgraph\":{{\"format\":1,\"vocabulary\":{v}}}}}"))]) {
        never_panics(header.as_bytes());
    }
}
