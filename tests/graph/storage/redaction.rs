//! Redaction: what is erased is in no file, and what refers to it stands.

use claimgraph::claim::{Derivation, Link, Quote};
use claimgraph::record::{Batch, Redaction};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, DocumentInfo, Entity, Modality, Period, Quantity, date,
};
use proptest::prelude::*;

fn order() -> Redaction {
    Redaction::by("legal desk").at("2025-03-01T09:00:00Z".parse().unwrap())
}

/// The lines of a graph that are not redactions.
fn without_redactions(graph: &ClaimGraph) -> String {
    let text = graph.to_jsonl();
    let lines = text.lines().filter(|line| !line.starts_with("{\"redaction\""));
    lines.map(|line| format!("{line}\n")).collect()
}

fn snapshot(graph: &ClaimGraph) -> Vec<u8> {
    let mut file = Vec::new();
    graph.write_snapshot(&mut file).unwrap();
    file
}

/// A graph with one claim that has every kind of text, an answer to it, a link to it, and a figure derived from it.
fn rich() -> (ClaimGraph, ClaimId, ClaimId) {
    let mut graph = ClaimGraph::new();
    let [nk, russia] = ["nk", "russia"].map(|key| graph.add(State, key).unwrap());
    let spy = graph.add(Agency, "spy").unwrap();
    let day = date(2024, 10, 24);
    let wire = graph.add_document("wire", DocumentInfo::from(day)).unwrap();
    graph
        .begin_batch(Batch::by_person("clerk").at("2024-10-25T00:00:00Z".parse().unwrap()))
        .unwrap();
    let long = Period::throughout(date(2024, 10, 1)..=date(2024, 10, 20)).in_words("secretperiod");
    let claim = Claim::by(spy)
        .asserts(nk, DEPLOYS_TO, russia)
        .quantity(Quantity::vague("secretfigure", "soldiers"))
        .quote(Quote::fragment("secretquote").at(3..14))
        .cue("secretcue", 20..29)
        .valid(long)
        .read_in(wire, 0..40);
    let claim = graph.insert(claim).unwrap();
    graph.end_batch();
    let answer = graph.insert(Claim::by(russia).dismisses(claim).reported(day)).unwrap();
    let total = graph.insert(Claim::by(russia).asserts(nk, MEETS, russia).reported(day)).unwrap();
    graph.link(Link::part_of(claim, total)).unwrap();
    let derived = Derivation::new(Quantity::stated(1, "soldiers"), "1", [claim]);
    graph.add_derived_figure(total, derived).unwrap();
    (graph, claim, answer)
}

#[test]
fn nothing_of_a_redacted_claim_is_in_any_file() {
    let (mut graph, claim, answer) = rich();
    let before = graph.claim_key(claim).unwrap();
    let answering = graph.claim_key(answer).unwrap();
    // A claim whose period lies in the table that claims share.
    let [russia, nk] = ["russia", "nk"].map(|key| graph.entity_keyed(key).unwrap());
    let [russia, nk] = [russia, nk].map(|id| graph.typed::<State>(id).unwrap());
    let weeks = Period::throughout(date(2024, 9, 1)..=date(2024, 9, 20)).in_words("secretweeks");
    let shared = Claim::by(russia).asserts(russia, MEETS, nk).valid(weeks);
    let shared = graph.insert(shared.reported(date(2024, 10, 24))).unwrap();
    assert!(snapshot(&graph).windows(11).any(|bytes| bytes == b"secretweeks"));
    graph.redact_claims([claim, shared], order()).unwrap();
    let files = [graph.to_jsonl().into_bytes(), snapshot(&graph)];
    for file in &files {
        for secret in
            ["secretweeks", "secretperiod", "secretfigure", "secretquote", "secretcue", "\"spy\"}]"]
        {
            let found = file.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
            assert!(!found, "{secret}");
        }
    }
    for back in [
        graph.clone(),
        ClaimGraph::read_jsonl(&*files[0]).unwrap(),
        ClaimGraph::read_snapshot(&*files[1]).unwrap(),
    ] {
        let gone = back.claim_keyed(before).unwrap();
        assert_eq!(gone.redaction(), Some(&order()));
        assert_eq!(gone.to_string(), "a claim that was redacted");
        assert_eq!(gone.batch().map(Batch::agent), Some("clerk"));
        let answer = back.claim_keyed(answering).unwrap();
        assert_eq!(answer.targets().map(|(target, _)| target).collect::<Vec<_>>(), [gone.id()]);
        assert_eq!(back.to_jsonl(), graph.to_jsonl());
        assert_eq!(back.check_all(), []);
    }
    assert_eq!(graph.claim_key(claim).unwrap(), before);
    let russia = graph.typed::<State>(graph.entity_keyed("russia").unwrap()).unwrap();
    let nk = graph.typed::<State>(graph.entity_keyed("nk").unwrap()).unwrap();
    assert!(graph.statement(nk, DEPLOYS_TO, russia).responses().is_empty());
}

#[test]
fn answers_that_only_the_content_allowed_are_read_back_after_it_is_gone() {
    let mut graph = ClaimGraph::new();
    let [nk, russia] = ["nk", "russia"].map(|key| graph.add(State, key).unwrap());
    let day = date(2024, 10, 24);
    let plan = Claim::by(nk)
        .asserts(nk, MEETS, russia)
        .modality(Modality::Planned)
        .valid("2024-11-05")
        .reported(day);
    let plan = graph.insert(plan).unwrap();
    let later = Claim::by(nk).revises([plan]).valid("2024-11-07").reported(day);
    let later = graph.insert(later).unwrap();
    graph.insert(Claim::by(nk).retracts([later]).reported(day)).unwrap();
    let told = graph.insert(Claim::by(nk).asserts(nk, MEETS, russia).reported(day)).unwrap();
    graph.insert(Claim::by(nk).retracts([told]).reported(day)).unwrap();
    graph.redact_claims([plan, told], order()).unwrap();
    assert_eq!(graph.check_all(), []);
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(read.to_jsonl(), graph.to_jsonl());
}

#[test]
fn a_derived_figure_goes_with_its_claim_and_keeps_its_batch_otherwise() {
    let (mut graph, claim, _) = rich();
    let day = date(2024, 10, 24);
    let russia = graph.entity_keyed("russia").unwrap();
    let [one, two] = [1, 2].map(|number| {
        let state = graph.typed::<State>(russia).unwrap();
        let claim = Claim::by(russia).asserts(state, MEETS, state).reported(day);
        graph.insert(claim.said(date(2024, 10, number))).unwrap()
    });
    let figure = |count| Derivation::new(Quantity::stated(count, "talks"), "counted", [claim]);
    graph.add_derived_figure(one, figure(1)).unwrap();
    graph
        .begin_batch(
            Batch::by_person("clerk").keyed("late").at("2024-10-26T00:00:00Z".parse().unwrap()),
        )
        .unwrap();
    graph.add_derived_figure(two, figure(2)).unwrap();
    graph.end_batch();
    graph.redact_claims([one], order()).unwrap();
    let text = graph.to_jsonl();
    let lines: Vec<&str> =
        text.lines().filter(|line| line.starts_with("{\"derivation\"")).collect();
    assert_eq!(lines.len(), 2);
    let batched: Vec<&&str> =
        lines.iter().filter(|line| line.contains("\"batch\":\"late\"")).collect();
    assert!(batched.len() == 1 && batched[0].contains("talks"), "{lines:?}");
}

#[test]
fn equal_claims_are_redacted_together_and_an_unknown_claim_changes_nothing() {
    let mut graph = ClaimGraph::new();
    let russia = graph.add(State, "russia").unwrap();
    let claim = || Claim::by(russia).asserts(russia, MEETS, russia).reported(date(2024, 10, 24));
    let [one, two] = [(); 2].map(|()| graph.insert(claim()).unwrap());
    let before = graph.to_jsonl();
    assert!(graph.redact_claims([one, ClaimId::nth(7).unwrap()], order()).is_err());
    assert!(graph.redact_claims([one], Redaction::by("legal desk")).is_err());
    assert_eq!(graph.to_jsonl(), before);
    graph.redact_claims([one], order()).unwrap();
    assert!([one, two].iter().all(|&id| graph.claim(id).unwrap().redaction().is_some()));
    assert_eq!(
        ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap().to_jsonl(),
        graph.to_jsonl()
    );
    // A claim that is told again is a claim: only what was on record is gone.
    let again = graph.insert(claim()).unwrap();
    assert!(graph.claim(again).unwrap().redaction().is_none());
}

#[test]
fn a_merge_redacts_here_what_was_redacted_there() {
    let (full, claim, _) = rich();
    let mut redacted = full.clone();
    redacted.redact_claims([claim], order().because("first")).unwrap();
    let named = redacted.entity_keyed("spy").unwrap();
    redacted.redact_entity(named, order()).unwrap();
    let mut ours = full.clone();
    ours.add_name(named, "The Spies").unwrap();
    ours.merge(&redacted).unwrap();
    let mut theirs = redacted.clone();
    theirs.merge(&full).unwrap();
    assert_eq!(ours.to_jsonl(), redacted.to_jsonl());
    assert_eq!(theirs.to_jsonl(), redacted.to_jsonl());
    // Of two redactions the earlier one stays.
    let mut later = full.clone();
    let at = "2026-01-01T00:00:00Z".parse().unwrap();
    later.redact_claims([claim], Redaction::by("another").at(at)).unwrap();
    later.merge(&redacted).unwrap();
    assert_eq!(later.to_jsonl(), redacted.to_jsonl());
}

#[test]
fn a_redacted_entity_takes_no_names_and_no_text() {
    let mut graph = ClaimGraph::new();
    let spy = Entity::new("spy").named("John Doe").code("passport", "1");
    let spy = graph.add(Person, spy).unwrap();
    let wire = graph.add_document("wire", DocumentInfo::undated().with_text("text")).unwrap();
    graph.redact_entity(spy, order()).unwrap();
    graph.redact_entity(wire, order()).unwrap();
    graph.add_name(spy, "Jane Doe").unwrap();
    graph.add(Person, Entity::new("spy").named("John Doe").code("passport", "1")).unwrap();
    assert!(
        graph.lookup("John Doe", Person).is_unknown()
            && graph.lookup("Jane Doe", Person).is_unknown()
    );
    let entity = graph.entity(spy).unwrap();
    assert_eq!((entity.names().len(), entity.codes().len(), entity.name()), (0, 0, "spy"));
    assert_eq!(graph.document(wire).unwrap().text(), None);
    assert!(graph.attach_text(wire, "text").is_err());
    let back = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(back.to_jsonl(), graph.to_jsonl());
    assert!(back.entity(spy).unwrap().redaction().is_some());
}

proptest! {
    #[test]
    fn a_graph_without_its_redacted_claims_is_the_graph_of_the_others(
        claims in prop::collection::vec((0..4usize, 0..4usize, 0..4usize, 0..3usize, any::<bool>()), 1..30),
        later in prop::collection::vec((0..4usize, 0..4usize, 0..4usize, 0..3usize), 0..10),
    ) {
        let fill = |wanted: &dyn Fn(bool) -> bool| {
            let mut graph = ClaimGraph::new();
            let ids = ["a", "b", "c", "d"].map(|key| graph.add(Person, key).unwrap());
            let mut gone = Vec::new();
            for &(speaker, one, other, kind, is_gone) in &claims {
                if !wanted(is_gone) {
                    continue;
                }
                // Another day, so that no kept claim is equal to a redacted one.
                let day = date(2024, 10, if is_gone { 1 } else { 2 });
                let claim = Claim::by(ids[speaker]);
                let claim = match kind {
                    0 => claim.asserts(ids[one], MEETS, ids[other]),
                    1 => claim.denies(ids[one], MEETS, ids[other]).valid("2024-09/.."),
                    _ => claim.asserts(ids[one], MEETS, ids[other]).quantity(Quantity::stated(3, "talks")),
                };
                let id = graph.insert(claim.reported(day)).unwrap();
                gone.extend(is_gone.then_some(id));
            }
            (graph, ids, gone)
        };
        let (mut graph, ids, gone) = fill(&|_| true);
        let (mut wanted, ..) = fill(&|is_gone| !is_gone);
        if claims.len() % 2 == 0 {
            graph.compact();
        }
        graph.redact_claims(gone.iter().copied(), order()).unwrap();
        prop_assert_eq!(without_redactions(&graph), wanted.to_jsonl());
        // The graph goes on as any other.
        for &(speaker, one, other, kind) in &later {
            for graph in [&mut graph, &mut wanted] {
                let claim = Claim::by(ids[speaker]).asserts(ids[one], MEETS, ids[other]);
                graph.insert(claim.reported(date(2024, 11, 1 + kind as i8))).unwrap();
            }
        }
        prop_assert_eq!(without_redactions(&graph), wanted.to_jsonl());
        for one in ids {
            for other in ids {
                let count = |graph: &ClaimGraph| {
                    let asked = graph.statement(one, MEETS, other);
                    (asked.backing().len(), asked.against().len(), asked.independence().count())
                };
                prop_assert_eq!(count(&graph), count(&wanted));
            }
            prop_assert_eq!(graph.view().count_with_subject(one), wanted.view().count_with_subject(one));
            prop_assert_eq!(graph.view().speaker(one).claims().count(), wanted.view().speaker(one).claims().count());
        }
        prop_assert_eq!(graph.len(), wanted.len() + gone.len());
        let read = ClaimGraph::read_snapshot(&*snapshot(&graph)).unwrap();
        prop_assert_eq!(read.to_jsonl(), graph.to_jsonl());
    }
}
