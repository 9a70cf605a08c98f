//! The sources on which an answer depends, where they pass on each other's words.

use super::*;

/// Returns for each source how many claims are lost without it, and on how many sources the answer stands with and without it.
fn critical(graph: &ClaimGraph) -> BTreeMap<String, (usize, usize, usize)> {
    let (force, town) = (graph.entity_keyed("force").unwrap(), graph.entity_keyed("town").unwrap());
    let present = graph.relation("present-in").unwrap();
    let asked = graph.statement(force, present, town);
    let found = asked.critical_sources();
    for source in &found {
        let without = graph.view().excluding_source(source.source());
        let left = without.statement(force, present, town).independence().count();
        assert_eq!(source.after(), left, "as the view without it says");
    }
    let key = |id| graph.entity(id).unwrap().key().to_owned();
    let row =
        |it: &claimgraph::sources::Consequence<'_>| (it.lost().len(), it.before(), it.after());
    found.iter().map(|it| (key(it.source()), row(it))).collect()
}

#[test]
fn a_source_of_a_smallest_cut_takes_one_away_and_any_other_none() {
    let mut graph = ClaimGraph::new();
    let force = graph.add(Military, "force").unwrap();
    let town = graph.add(City, "town").unwrap();
    let [a, b, x, y] = ["a", "b", "x", "y"].map(|key| graph.add(Agency, key).unwrap().id());
    // "x" passes on what "a" and "b" say. "a" says it too, and "y" passes on "a".
    for by in [
        Claim::by(a).relayed_by(x),
        Claim::by(b).relayed_by(x),
        Claim::by(a),
        Claim::by(a).relayed_by(y),
    ] {
        graph.insert(by.asserts(force, PRESENT_IN, town).reported(DAY)).unwrap();
    }
    let rows = [("a", (3, 2, 1)), ("b", (1, 2, 1)), ("x", (2, 2, 1)), ("y", (1, 2, 2))];
    let rows = rows.map(|(key, row)| (key.to_owned(), row));
    assert_eq!(critical(&graph), BTreeMap::from(rows));
}

#[test]
fn a_source_that_others_draw_on_beside_another_leaves_their_claims() {
    let mut graph = ClaimGraph::new();
    let force = graph.add(Military, "force").unwrap();
    let town = graph.add(City, "town").unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|key| graph.add(Agency, key).unwrap().id());
    for by in [a, b, c] {
        let claim = Claim::by(by).asserts(force, PRESENT_IN, town).reported(DAY);
        graph.insert(claim).unwrap();
    }
    graph.add_lineage(Lineage::new(c, a)).unwrap();
    graph.add_lineage(Lineage::new(c, b)).unwrap();
    let found = critical(&graph);
    let lost = |key: &str| found[key].0;
    assert_eq!((lost("a"), lost("b"), lost("c")), (1, 1, 1));
}
