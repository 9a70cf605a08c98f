//! The report as built, compared with an analyst's reading of it. The reading lies beside the folder that
//! `CLAIMGRAPH_DATA` names. Without it the tests print what they skip.

use crate::report;
use claimgraph::{
    ClaimGraph, Modality, Stance,
    claim::{Certainty, Prominence},
};
use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

fn seed(file: &str) -> Option<String> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        // Written past the test runner, which hides what a passing test prints with `eprintln!`.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so {file} is not compared"
        );
        return None;
    };
    let path = PathBuf::from(data).join("../seed").join(file);
    Some(
        std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
}

#[test]
fn every_claim_agrees_with_the_reading_of_the_text() {
    let Some(lines) = seed("claims.jsonl") else { return };
    let mut report = report::build().unwrap();
    report.graph.attach_text(report.article, seed("article.txt").unwrap()).unwrap();
    let acts = seed("acts.tsv").unwrap();
    let modes: HashMap<&str, &str> = acts
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .map(|columns| (columns[0], columns[4]))
        .collect();
    let article = report.graph.document(report.article).unwrap().text().unwrap();
    let mut seen = 0;
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| row[field].as_str().unwrap();
        let id = text("id");
        let claim = report.graph.claim(report.k(id[1..].parse().unwrap())).unwrap();
        // Spans, and the words at these spans.
        let span = claim.span().unwrap();
        assert_eq!(
            [span.start, span.end],
            [row["by"][0].as_u64().unwrap(), row["by"][1].as_u64().unwrap()],
            "{id}"
        );
        assert_eq!(claim.passage().unwrap(), text("x"), "{id}");
        // Stances, such as "assess positive (direct quote)".
        let stance = match text("st").split([' ', ',']).next().unwrap() {
            "assert" if id == "K07" => Stance::Revises,
            "assert" => Stance::Asserts,
            "presuppose" => Stance::Presupposes,
            "estimate" => Stance::Estimates,
            "project" => Stance::Projects,
            "observe" => Stance::Observes,
            "confirm" => Stance::Confirms,
            "speculate" => Stance::Speculates,
            "assess" => Stance::Assesses,
            "reject-claim" => Stance::Dismisses,
            "demand" => Stance::Demands,
            "threaten" => Stance::Threatens,
            "call-for" => Stance::CallsFor,
            "acknowledge" => Stance::Acknowledges,
            other => panic!("{id}: {other}"),
        };
        assert_eq!(claim.stance(), stance, "{id}");
        // Quotes, with the marks around them.
        let mode = modes[text("a")];
        assert_eq!(claim.is_quoted(), mode.contains("quote"), "{id}: {mode}");
        let fragments = mode.contains("fragments");
        assert_eq!(claim.quotes().len(), if fragments { 2 } else { claim.is_quoted().into() });
        for quote in claim.quotes() {
            let marked = quote.span_with_marks().unwrap();
            let marked = &article[marked.start as usize..marked.end as usize];
            let words = marked.trim_start_matches('\u{201c}').trim_end_matches([',', '\u{201d}']);
            assert_eq!(marked.matches(['\u{201c}', '\u{201d}']).count(), 2, "{id}");
            assert_eq!((quote.words(), quote.is_fragment()), (Some(words), fragments), "{id}");
        }
        let modality = match text("re") {
            "actual" | "estimated" => Modality::Actual,
            "planned" => Modality::Planned,
            "committed" => Modality::Committed,
            "expected" => Modality::Expected,
            "desired" => Modality::Desired,
            "hypothetical" => Modality::Hypothetical,
            other => panic!("{id}: {other}"),
        };
        assert_eq!(claim.modality(), modality, "{id}");
        let certainty = match text("f").get(..3).unwrap() {
            "CT+" | "CT-" => Certainty::Certain,
            "PR+" => Certainty::Probable,
            "PS+" => Certainty::Possible,
            "n/a" => Certainty::Uncommitted,
            other => panic!("{id}: {other}"),
        };
        assert_eq!(claim.certainty(), certainty, "{id}");
        let background = text("kind") == "background";
        assert_eq!(claim.prominence() == Prominence::Background, background, "{id}");
        // Speakers between the document and the innermost one. The briefing speaks for the service; that is inferred.
        let named = text("c").matches(" > ").count();
        let inferred = matches!(id, "K23" | "K24" | "K25");
        assert_eq!(claim.depth(), named + usize::from(inferred), "{id}: {}", text("c"));
        seen += 1;
    }
    assert_eq!(seen, 50);
}

#[test]
fn another_text_is_refused_and_changes_nothing() {
    let mut report = report::build().unwrap();
    let refused = report.graph.attach_text(report.article, "Another text.").unwrap_err();
    assert!(refused.to_string().contains("sha256"), "{refused}");
    assert_eq!(report.graph.document(report.article).unwrap().text(), None);
}

#[test]
fn the_saved_report_reads_back_and_writes_the_same_bytes() {
    let report = report::build().unwrap();
    let written = report.graph.to_jsonl();
    let read = ClaimGraph::read_jsonl(written.as_bytes()).unwrap();
    assert_eq!(read.to_jsonl(), written);
    assert_eq!((read.len(), read.entity_count()), (50, 33));
    assert_eq!(read.contested().to_string(), report.graph.contested().to_string());
    assert_eq!(read.view().timeline().to_string(), report.graph.view().timeline().to_string());
}

#[test]
fn the_text_is_not_in_the_file() {
    let Some(text) = seed("article.txt") else { return };
    let mut report = report::build().unwrap();
    report.graph.attach_text(report.article, text.as_str()).unwrap();
    let written = report.graph.to_jsonl();
    for sentence in text.split(". ").filter(|sentence| sentence.len() > 60) {
        assert!(!written.contains(sentence));
    }
}

#[test]
fn answers_are_the_same_whatever_the_order_of_insertion() {
    let report = report::build().unwrap();
    // In the canonical file, claims stand in another order than they were inserted.
    let read = ClaimGraph::read_jsonl(report.graph.to_jsonl().as_bytes()).unwrap();
    let presence = |graph: &ClaimGraph| {
        let (nk, russia) =
            (graph.entity_keyed("north-korea").unwrap(), graph.entity_keyed("russia").unwrap());
        let relation = graph.relation("present-in").unwrap();
        let inquiry = graph.statement(nk, relation, russia);
        format!("{}\n{}\n{}", inquiry.backing(), inquiry.independence(), inquiry.backing().proof())
    };
    assert_eq!(presence(&report.graph), presence(&read));
}
