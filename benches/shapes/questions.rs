//! The questions, each with the size of its answer.

use crate::Asked;
use claimgraph::grade::SourceGrades;
use claimgraph::reporting::*;
use claimgraph::sources::Policy;
use claimgraph::{StatementQuery, View, date};
use claimgraph_analysis as analysis;
use claimgraph_formats as formats;

type Question = fn(&Asked) -> u64;

fn size(length: usize) -> u64 {
    length as u64
}

fn statement<'g>(asked: &'g Asked) -> StatementQuery<'g> {
    asked.graph.statement(asked.ends.0, PRESENT_IN, asked.ends.1)
}

/// Views before and after the last half of the claims.
fn days(asked: &Asked) -> [View<'_>; 2] {
    [asked.graph.view().as_of(date(2024, 6, 15)), asked.graph.view()]
}

pub const QUESTIONS: &[(&str, Question)] = &[
    ("backing", |it| size(statement(it).backing().len())),
    ("against", |it| size(statement(it).against().len())),
    ("summary", |it| size(statement(it).summary().sources)),
    ("figures", |it| size(statement(it).figures().len())),
    ("independence", |it| size(statement(it).independence().count())),
    ("all cuts", |it| size(statement(it).independence().all_cuts(10).len())),
    ("critical sources", |it| size(statement(it).critical_sources().len())),
    ("credibility", |it| {
        size(statement(it).credibility(&SourceGrades::new()).contradiction().count())
    }),
    ("corroboration", |it| size(it.graph.view().corroboration(it.claim).expect("a claim").len())),
    ("policy", |it| size(statement(it).select(&Policy::two_sources()).kept().len())),
    ("responses", |it| size(it.graph.view().responses(it.claim).expect("a claim").len())),
    ("contests", |it| size(it.graph.view().contests(it.claim).expect("a claim").len())),
    ("contested", |it| size(it.graph.contested().len())),
    ("rests on it", |it| size(it.graph.view().downstream_of(it.claim).len())),
    ("mentions", |it| size(it.graph.view().mentions_of(it.ends.0).len())),
    ("figure conflicts", |it| size(it.graph.view().figure_conflicts().len())),
    ("date conflicts", |it| size(it.graph.view().date_conflicts(PRESENT_IN).len())),
    ("revisions", |it| size(it.graph.view().revisions().len())),
    ("derived figures", |it| size(it.graph.view().derived_figures().len())),
    ("timeline", |it| size(it.graph.view().timeline().len())),
    ("distinct events", |it| size(it.graph.view().distinct_events().len())),
    ("statements", |it| size(it.graph.view().statements().len())),
    ("statements, summaries", |it| {
        let statements = it.graph.view().statements();
        statements.iter().map(|it| size(it.summary().claims_for)).sum()
    }),
    ("latest per speaker", |it| size(it.graph.view().latest_per_speaker().claims().count())),
    ("watch", |it| size(it.graph.view().watch().len())),
    ("track records", |it| size(it.graph.view().watch().track_records().len())),
    ("change", |it| {
        let [before, after] = days(it);
        let change = before.change_to(&after);
        size(change.contested().len() + change.corroborated().len() + change.positions().len())
    }),
    ("ablation", |it| {
        let speaker = it.graph.claim(it.claim).expect("a claim").speaker().expect("named");
        size(it.graph.view().ablate(speaker).fallen().len())
    }),
    ("quotations", |it| size(it.graph.view().quotations().len())),
    ("petgraph, components", |it| size(petgraph::algo::tarjan_scc(&&it.graph.view()).len())),
    ("roll-up", |it| size(analysis::rolled_up_projection(&it.graph.view()).node_count())),
    ("stance matrix", |it| size(analysis::stance_matrix(&it.graph.view()).issues().len())),
    ("GraphML", |it| {
        let mut text = Vec::new();
        let _ = formats::graphml::write(&it.graph, &mut text).expect("to memory");
        size(text.len())
    }),
    ("DOT", |it| {
        let mut text = Vec::new();
        let _ = formats::dot::write(&it.graph, &mut text).expect("to memory");
        size(text.len())
    }),
    ("N-Quads", |it| {
        let mut text = Vec::new();
        let _ = formats::rdf::write(&it.graph, formats::rdf::RdfFormat::NQuads, &mut text)
            .expect("to memory");
        size(text.len())
    }),
    ("JSON Lines", |it| size(it.graph.to_jsonl().len())),
    ("merge with itself", |it| {
        let mut graph = it.graph.clone();
        graph.merge(&it.graph).expect("the same");
        size(graph.len())
    }),
    ("clone and drop", |it| size(it.graph.clone().len())),
];
