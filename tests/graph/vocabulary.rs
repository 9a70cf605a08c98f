//! Names and synonyms of relations and units.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph,
    vocabulary::{UnitDef, Vocabulary},
};

#[test]
fn a_relation_renamed_back_to_its_key_can_be_saved() {
    let (mut graph, nk, russia, _) = world();
    graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(DAY)).unwrap();
    let plain = graph.clone();
    graph.rename_relation("deploys-to", "sends").unwrap();
    graph.rename_relation("deploys-to", "deploys-to").unwrap();
    let written = graph.to_jsonl();
    assert_eq!(ClaimGraph::read_jsonl(written.as_bytes()).unwrap().to_jsonl(), written);
    // A name does not change the meaning: the renamed and the plain graph merge in either direction.
    for (one, other) in [(&graph, &plain), (&plain, &graph)] {
        let mut merged = one.clone();
        merged.merge(other).unwrap();
        assert_eq!(merged.len(), 1);
        assert!(merged.relation("sends").is_ok());
    }
}

#[test]
fn synonyms_in_another_order_are_the_same_unit() {
    let mut vocabulary = Vocabulary::new();
    let unit = |synonyms: [&str; 2]| UnitDef {
        key: "metres".into(),
        synonyms: synonyms.map(str::to_owned).to_vec(),
        count: false,
    };
    vocabulary.add_unit(unit(["metre", "m"])).unwrap();
    assert_eq!(vocabulary.add_unit(unit(["m", "metre"])), Ok(()));
    let twice = r#"{"kinds":[{"key":"X","above":["Thing"]},{"key":"X"}]}"#;
    assert!(
        serde_json::from_str::<Vocabulary>(twice).is_err_and(|e| e.to_string().contains("twice"))
    );
}
