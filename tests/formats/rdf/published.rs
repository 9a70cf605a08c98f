//! The published vocabulary and context in `docs/`.

use super::*;

#[test]
fn the_published_vocabulary_defines_every_term_that_is_written() {
    let published = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/claimgraph-formats/docs/claimgraph.ttl"
    ))
    .unwrap();
    let graphs = [report::build().unwrap().graph, random(graphs(), 30)];
    for graph in &graphs {
        let written = text(graph, RdfFormat::NTriples);
        let terms: BTreeSet<&str> = written
            .split("<urn:claimgraph:ns:")
            .skip(1)
            .filter_map(|after| after.split('>').next())
            .collect();
        for term in terms {
            assert!(
                published.contains(&format!("\ncg:{term} ")),
                "{term} is not in docs/claimgraph.ttl"
            );
        }
    }
    // It is well-formed, and has no statement.
    let error = read(RdfFormat::Turtle, &published).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{error}");
}

#[test]
fn the_published_context_is_the_one_that_files_repeat() {
    let published = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/claimgraph-formats/docs/claimgraph.context.jsonld"
    ))
    .unwrap();
    let written = text(&ClaimGraph::new(), RdfFormat::JsonLd);
    let context =
        |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["@context"].clone();
    assert_eq!(context(&published), context(&written));
}
