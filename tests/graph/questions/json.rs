//! Answers as JSON: keys in place of handles, the same in every graph.

use crate::report;
use claimgraph::grade::SourceGrades;
use claimgraph::reporting::*;
use claimgraph::sources::{Policy, Rule};
use claimgraph::{ClaimGraph, View};
use claimgraph_analysis::{DateBasis, Granularity, activity};
use serde_json::{Value, json};

macro_rules! as_json {
    ($answer:expr) => {
        serde_json::to_value(&$answer).unwrap()
    };
}

/// One answer of each kind, by name.
fn answers(graph: &ClaimGraph) -> Vec<(&'static str, Value)> {
    let view = graph.view();
    let entity = |key: &str| graph.entity_keyed(key).unwrap();
    let [nk, russia, nis] = ["north-korea", "russia", "nis"].map(entity);
    let presence = view.statement(nk, graph.relation("present-in").unwrap(), russia);
    let sent = view.statement(nk, graph.relation("deploys-to").unwrap(), russia);
    let claim = view.claims().nth(1).unwrap().id();
    vec![
        ("responses", as_json!(presence.responses())),
        ("responses to a claim", as_json!(view.responses(claim).unwrap())),
        ("contested", as_json!(view.contested())),
        ("summary", as_json!(presence.summary())),
        ("figures", as_json!(sent.figures())),
        ("revisions", as_json!(view.revisions())),
        ("derived figures", as_json!(view.derived_figures())),
        ("figure conflicts", as_json!(view.figure_conflicts())),
        ("distinct events", as_json!(view.distinct_events())),
        ("timeline", as_json!(view.timeline())),
        ("mentions", as_json!(view.mentions_of(nk))),
        ("mentions within", as_json!(view.mentions_within(russia))),
        ("statements", as_json!(view.statements())),
        ("interactions", as_json!(view.interactions_between(nk, russia))),
        ("quotations", as_json!(view.quotations())),
        ("activity", as_json!(activity(&view, nk, Granularity::Month, DateBasis::Valid))),
        ("watch", as_json!(view.watch())),
        ("track records", as_json!(view.watch().track_records())),
        ("independence", as_json!(presence.independence())),
        ("dependents", as_json!(presence.independence().dependents())),
        ("corroboration", as_json!(view.corroboration(claim).unwrap())),
        ("credibility", as_json!(presence.credibility(&SourceGrades::new()))),
        ("ablation", as_json!(view.ablate(nis))),
        ("critical sources", as_json!(presence.critical_sources())),
        ("selection", as_json!(presence.select(&Policy::new().then(Rule::ExcludeContested)))),
        ("change", as_json!(view.change_to(&view.clone().excluding_source(nis)))),
    ]
}

#[test]
fn every_answer_is_the_same_json_in_a_graph_read_back() {
    let r = report::build().unwrap();
    let again = ClaimGraph::read_jsonl(r.graph.to_jsonl().as_bytes()).unwrap();
    for ((name, one), (_, other)) in answers(&r.graph).into_iter().zip(answers(&again)) {
        assert_eq!(one, other, "{name}");
        assert!(!matches!(one, Value::Null), "{name}");
    }
}

#[test]
fn a_response_says_who_stands_how_to_what() {
    let r = report::build().unwrap();
    let presence = r.graph.statement(r.north_korea, PRESENT_IN, r.russia);
    let key = |k| r.graph.claim_key(r.k(k)).unwrap().to_string();
    let against = as_json!(presence.against());
    assert_eq!(
        against[0],
        json!({
            "claim": key(35), "speaker": "russia", "stance": "dismisses", "bearing": "contests",
            "kind": "claim-dismissed", "certain": "yes",
            "via": against[0]["via"],
            "text": "Russia dismisses 2, perhaps 3, of the 4 claims that say so, as \u{201c}fake news\u{201d} and \u{201c}groundless rumors\u{201d}",
        })
    );
    assert!(against[0]["via"].as_array().unwrap().contains(&json!([key(2), "yes"])));
    let backing = as_json!(presence.backing());
    let steps = backing.as_array().unwrap().iter().find_map(|b| b.get("steps")).unwrap();
    assert!(steps.to_string().contains("present-in"), "{steps}");
}

#[test]
fn only_claims_of_these_days_are_between_them() {
    let r = report::build().unwrap();
    let days = report::REPORTED..=report::REPORTED;
    let among = |view: &View<'_>| view.claims().count();
    assert_eq!(among(&r.graph.view().between(days.clone())), r.graph.len());
    assert_eq!(
        among(
            &r.graph
                .view()
                .between(days.end().tomorrow().unwrap()..=days.end().tomorrow().unwrap())
        ),
        0
    );
    let filter = r.graph.view().between(days).filter();
    assert_eq!(as_json!(filter), json!({"between": ["2024-10-24", "2024-10-24"]}));
    assert_eq!(r.graph.view().filtered(&filter).unwrap().filter(), filter);
}
