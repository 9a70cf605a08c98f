//! A graph comes back from every syntax.

use super::*;

#[test]
fn the_report_comes_back_from_every_syntax() {
    comes_back(&report::build().unwrap().graph);
}

#[test]
fn an_empty_graph_comes_back() {
    comes_back(&ClaimGraph::new());
}

/// Writes the report and a random graph to the folder that `CLAIMGRAPH_OUT` names, for the outside readers of
/// `scripts/readers/rdf.py`.
#[test]
fn files_for_outside_readers_are_written_where_they_are_wanted() {
    let Some(folder) = std::env::var_os("CLAIMGRAPH_OUT").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let worlds = crate::support::brute::worlds(15..25).prop_map(|world| world.build().graph);
    for (name, graph) in [
        ("report", report::build().unwrap().graph),
        ("random", random(graphs(), 30)),
        ("world", random(worlds, 5)),
    ] {
        for &format in RdfFormat::ALL {
            std::fs::write(
                folder.join(format!("{name}.{}", format.extension())),
                write(&graph, format),
            )
            .unwrap();
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 120, failure_persistence: None, ..Config::default() })]

    #[test]
    fn random_graphs_come_back_from_every_syntax(graph in graphs()) {
        comes_back(&graph);
    }

    #[test]
    fn the_order_of_triples_does_not_matter(graph in graphs(), seed in any::<u64>()) {
        let mut lines: Vec<String> = text(&graph, RdfFormat::NQuads).lines().map(str::to_owned).collect();
        let mut seed = seed | 1;
        for place in (1..lines.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            lines.swap(place, (seed >> 33) as usize % (place + 1));
        }
        // A triple that occurs twice counts once.
        lines.extend(lines.clone());
        let back = read(RdfFormat::NQuads, lines.join("\n")).unwrap();
        prop_assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    }

    #[test]
    fn blank_nodes_are_read_like_named_parts(graph in graphs()) {
        let mut nodes: Vec<String> = Vec::new();
        let mut blanked = String::new();
        for line in text(&graph, RdfFormat::NTriples).lines() {
            let mut rest = line;
            while let Some((before, after)) = rest.split_once("<urn:claimgraph:part:") {
                let (part, after) = after.split_once('>').unwrap();
                let number = nodes.iter().position(|known| known == part).unwrap_or_else(|| {
                    nodes.push(part.to_owned());
                    nodes.len() - 1
                });
                blanked += &format!("{before}_:n{number}");
                rest = after;
            }
            blanked += &format!("{rest}\n");
        }
        // A text that looks like one of our IRIs stays a text.
        prop_assume!(!graph.to_jsonl().contains("<urn:claimgraph:part:"));
        let back = read(RdfFormat::NTriples, blanked).unwrap();
        prop_assert_eq!(back.graph.to_jsonl(), graph.to_jsonl());
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn random_worlds_come_back_from_every_syntax(world in crate::support::brute::worlds(1..25)) {
        comes_back(&world.build().graph);
    }
}

#[test]
fn hostile_texts_come_back_byte_for_byte_wherever_a_text_may_stand() {
    for hostile in HOSTILE.into_iter().map(str::to_owned).chain([long()]) {
        let mut graph = ClaimGraph::new();
        let mut key = as_key(&hostile);
        key.truncate(
            key.char_indices().map(|(at, _)| at).take_while(|at| *at < 500).last().unwrap_or(0),
        );
        let entity = Entity::new(key.trim().to_owned() + "x")
            .named(hostile.as_str())
            .alias(hostile.as_str());
        let entity = entity.code(hostile.as_str(), hostile.as_str());
        let who = graph.add(State, entity).unwrap();
        for tag in ["en", "en-US"] {
            graph.add_name(who, Name::former(hostile.as_str()).in_language(tag)).unwrap();
        }
        let paper = graph
            .add_document("paper", claimgraph::DocumentInfo::dated(DAY).titled(hostile.as_str()))
            .unwrap();
        let claim =
            Claim::by(who).asserts(who, HAS_PURPOSE, hostile.as_str()).words(hostile.as_str());
        let claim =
            claim.quantity(Quantity::stated(1, hostile.clone() + "x").in_words(hostile.as_str()));
        graph
            .insert(
                claim
                    .with(MANNER, hostile.as_str())
                    .cue(hostile.as_str(), 1..hostile.len() + 1)
                    .quote(claimgraph::claim::Quote::fragment(hostile.as_str()))
                    .read_in(paper, 0..hostile.len()),
            )
            .unwrap();
        comes_back(&graph);
    }
}

#[test]
fn keys_that_are_iris_of_the_web_stand_for_themselves() {
    let mut graph = ClaimGraph::new();
    let who = graph.add(State, "http://www.wikidata.org/entity/Q159").unwrap();
    let what = graph.add(State, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type").unwrap();
    graph.insert(Claim::by(who).denies(who, ALLIED_WITH, what).reported(DAY)).unwrap();
    let written = text(&graph, RdfFormat::NTriples);
    assert!(written.contains("<<( <http://www.wikidata.org/entity/Q159> <urn:claimgraph:relation:allied-with> <urn:claimgraph:entity:http%3A%2F%2Fwww.w3.org"));
    comes_back(&graph);
}
