//! Votes of the General Assembly.

use super::*;

#[test]
fn votes_on_a_resolution_are_counted_by_side() {
    let Some(input) = data("unvotes/votes.tsv.gz") else { return };
    // The statement is that the Assembly should adopt the resolution. A vote for it asserts that, a vote against it
    // denies it, and an abstention leaves it open. The record of the vote does not say this; it is the closest
    // reading in the words of the crate, as `docs/TABLES.md` explains.
    let mapping = mapping(
        r#"{
        "speaker": {"text": {"column": "country"}, "kind": "State"},
        "subject": {"text": {"column": "rcid"}, "kind": "Resolution", "key-prefix": "roll-call:"},
        "relation": {"text": {"constant": "should-be-adopted-by"}},
        "object": {"entity": {"text": {"constant": "General Assembly"}, "kind": "Organization"}},
        "stance": {"column": "vote", "lookup": {"yes": "asserts", "no": "denies", "abstain": "doubts"}},
        "reported": {"text": {"constant": "1991-12-31"}}
    }"#,
    );
    let mut vocabulary = reporting::vocabulary();
    vocabulary.add_kind(KindDef::new("Resolution", ["Thing"])).unwrap();
    let (resolution, assembly) =
        (Slot::Kind("Resolution".into()), Slot::Kind("Organization".into()));
    vocabulary
        .add_relation(RelationDef::new("should-be-adopted-by", resolution, assembly))
        .unwrap();
    let mut graph = ClaimGraph::with(&vocabulary).unwrap();

    // Read as it comes, not into a copy: the file is the larger part of this test's time.
    let report = load(&mut graph, mapping, input);
    assert_eq!((report.accepted(), report.refused), (449_475, 0), "{:?}", report.faults.first());
    let mut stances: BTreeMap<Stance, usize> = BTreeMap::new();
    graph.claims().for_each(|claim| *stances.entry(claim.stance()).or_default() += 1);
    let counted = BTreeMap::from([
        (Stance::Asserts, 352_937),
        (Stance::Denies, 37_053),
        (Stance::Doubts, 59_485),
    ]);
    assert_eq!(stances, counted);
    assert_eq!(graph.entities().filter(|entity| entity.is_a("State")).count(), 172);

    let votes_of = |name: &str| -> BTreeMap<EntityId, Stance> {
        let state = graph.lookup_untyped(name, Some("State")).one().unwrap();
        let claims = graph.claims().filter(move |claim| claim.speaker() == Some(state));
        claims.map(|claim| (claim.subject_entity().unwrap(), claim.stance())).collect()
    };
    let (america, russia) = (votes_of("United States"), votes_of("Russia"));
    let both: Vec<(Stance, Stance)> =
        america.iter().filter_map(|(r, vote)| Some((*vote, *russia.get(r)?))).collect();
    let opposite =
        |&&(a, b): &&(Stance, Stance)| a != b && a != Stance::Doubts && b != Stance::Doubts;
    let same = both.iter().filter(|(a, b)| a == b).count();
    assert_eq!((both.len(), same, both.iter().filter(opposite).count()), (3_665, 662, 1_880));

    // The sides on one resolution, by the questions that any statement has.
    let resolution = graph.entity_keyed("roll-call:3").unwrap();
    let assembly = graph.entity_keyed("General Assembly").unwrap();
    let relation = graph.relation("should-be-adopted-by").unwrap();
    let votes = graph.view().claims_with_subject(resolution).count();
    let yes = graph.view().stance(Stance::Asserts).claims_with_subject(resolution).count();
    let statement = graph.statement(resolution, relation, assembly);
    assert_eq!(statement.backing().len(), yes);
    assert!(yes > 0 && votes > yes);
}
