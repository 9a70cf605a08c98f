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

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn along_any_lineage_the_sources_are_those_without_which_claims_are_lost(
        links in prop::collection::vec((0..9usize, 0..9usize), 0..14), silent in prop::collection::vec(any::<bool>(), 9),
    ) {
        let mut graph = ClaimGraph::new();
        let force = graph.add(Military, "force").unwrap();
        let town = graph.add(City, "town").unwrap();
        let speakers: Vec<EntityId> = (0..9).map(|n| graph.add(Agency, format!("agency-{n}")).unwrap().id()).collect();
        for (&speaker, silent) in speakers.iter().zip(silent) {
            if !silent {
                graph.insert(Claim::by(speaker).asserts(force, PRESENT_IN, town).reported(DAY)).unwrap();
            }
        }
        for (a, b) in links {
            // Always onwards, so that no link closes a circle.
            if a != b {
                let _ = graph.add_lineage(Lineage::new(speakers[a.min(b)], speakers[a.max(b)]));
            }
        }
        let found = critical(&graph);
        let all: BTreeSet<ClaimId> = graph.view().claims().map(|claim| claim.id()).collect();
        for source in speakers {
            let left = graph.view().excluding_source(source).claims().count();
            let lost = found.get(graph.entity(source).unwrap().key()).map_or(0, |row| row.0);
            prop_assert_eq!(lost, all.len() - left);
            prop_assert_eq!(graph.view().ablate(source).fallen().len(), lost);
        }
    }
}

#[test]
fn an_ablation_asks_about_the_first_sixteen_figures_of_a_statement_and_says_so() {
    let ablated = |figures: i64| {
        let mut graph = ClaimGraph::new();
        let force = graph.add(Military, "force").unwrap();
        let town = graph.add(City, "town").unwrap();
        let agency = graph.add(Agency, "agency").unwrap();
        for soldiers in 1..=figures {
            let claim = Claim::by(agency).asserts(force, PRESENT_IN, town).reported(DAY);
            graph.insert(claim.quantity(Quantity::stated(soldiers, "soldiers"))).unwrap();
        }
        let ablation = graph.view().ablate(agency);
        let json = serde_json::to_value(&ablation).unwrap();
        (ablation.answers().len(), ablation.is_partial(), json.get("partial").cloned())
    };
    assert_eq!(ablated(16), (17, false, None));
    assert_eq!(ablated(20), (17, true, Some(true.into())));
}

#[test]
fn a_long_lineage_is_written_as_its_first_steps_and_listed_whole() {
    let mut graph = ClaimGraph::new();
    let force = graph.add(Military, "force").unwrap();
    let town = graph.add(City, "town").unwrap();
    let speakers: Vec<EntityId> =
        (0..20).map(|n| graph.add(Agency, format!("agency-{n}")).unwrap().id()).collect();
    for &speaker in &speakers[..4] {
        graph.insert(Claim::by(speaker).asserts(force, PRESENT_IN, town).reported(DAY)).unwrap();
    }
    for pair in speakers.windows(2) {
        graph.add_lineage(Lineage::new(pair[0], pair[1])).unwrap();
    }
    let dependents = graph.statement(force, PRESENT_IN, town).independence().dependents();
    let lengths: BTreeSet<usize> = dependents.iter().map(|it| it.lineages().len()).collect();
    assert_eq!(lengths, BTreeSet::from([16, 17, 18, 19]));
    for dependent in &dependents {
        let text = dependent.to_string();
        assert_eq!(text.matches("the word of").count(), 16);
        assert_eq!(text.ends_with(", and so on"), dependent.lineages().len() > 16);
    }
}
