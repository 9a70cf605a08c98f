//! An accepted copy counts with its original, after a round trip through each lossless format too.

use super::texts::{EVENTS, edited};
use claimgraph::{Claim, ClaimGraph, DocumentInfo, claim::NotStated, date, reporting::*};
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_intake::copy::{CopyOptions, copies, stories};

fn graph() -> ClaimGraph {
    let story = EVENTS[0][0];
    let copy = edited("re-headlined", story, "");
    let mut graph = ClaimGraph::new();
    let (grain, velmar) =
        (graph.add(Military, "brigade").unwrap(), graph.add(City, "velmar").unwrap());
    for (key, day, text) in
        [("wire-1", 4, story), ("paper-1", 5, &*copy), ("apart-1", 5, EVENTS[0][1])]
    {
        let info = DocumentInfo::dated(date(2024, 6, day)).with_text(text);
        let document = graph.add_document(key, info).unwrap();
        graph
            .insert(Claim::by(NotStated).asserts(grain, PRESENT_IN, velmar).read_in(document, ..))
            .unwrap();
    }
    graph
}

fn sources(graph: &ClaimGraph) -> usize {
    let [brigade, velmar] = ["brigade", "velmar"].map(|key| graph.entity_keyed(key).unwrap());
    graph.statement(brigade, PRESENT_IN, velmar).independence().at_most()
}

#[test]
fn an_accepted_copy_counts_with_its_original_in_each_lossless_format() {
    let mut graph = graph();
    assert_eq!(sources(&graph), 3);
    let proposals = copies(stories(&graph), &CopyOptions::default());
    assert_eq!(proposals.len(), 1);
    let lineage = proposals[0].lineage(&graph).unwrap();
    let link = graph.add_lineage(lineage).unwrap();
    assert_eq!(sources(&graph), 2);

    let [brigade, velmar] = ["brigade", "velmar"].map(|key| graph.entity_keyed(key).unwrap());
    let cut = graph.view().without_lineage(link);
    assert_eq!(cut.statement(brigade, PRESENT_IN, velmar).independence().at_most(), 3);
    let proof = graph.statement(brigade, PRESENT_IN, velmar).independence().proof();
    assert!(proof.lineages().eq([link]));

    let mut lines = Vec::new();
    graph.write_jsonl(&mut lines).unwrap();
    assert_eq!(sources(&ClaimGraph::read_jsonl(&*lines).unwrap()), 2);
    let mut snapshot = Vec::new();
    graph.write_snapshot(&mut snapshot).unwrap();
    assert_eq!(sources(&ClaimGraph::read_snapshot(&*snapshot).unwrap()), 2);
    let mut turtle = Vec::new();
    assert!(rdf::write(&graph, RdfFormat::Turtle, &mut turtle).unwrap().is_empty());
    let read = rdf::Reader::new(RdfFormat::Turtle).read(&*turtle).unwrap();
    assert_eq!(sources(&read.graph), 2);
}

#[test]
fn a_proposal_for_a_document_of_another_graph_is_refused() {
    let graph = graph();
    let proposals = copies(stories(&graph), &CopyOptions::default());
    assert!(proposals[0].lineage(&ClaimGraph::new()).is_err());
}
