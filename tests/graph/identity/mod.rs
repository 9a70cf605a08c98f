//! Identity: judgements and their undoing, groups, conflicts, and questions about unified graphs.

mod random;

use claimgraph::identity::{Judgement, Undo, Verdict};
use claimgraph::reporting::*;
use claimgraph::sources::Lineage;
use claimgraph::{
    Answer, Claim, ClaimGraph, DocumentInfo, Entity, date,
    entity::{Affiliation, Name},
};

fn instant(day: usize) -> jiff::Timestamp {
    format!("2025-01-{day:02}T00:00:00Z").parse().unwrap()
}

/// A graph of persons with these keys.
fn persons(keys: &[&str]) -> (ClaimGraph, Vec<claimgraph::EntityId>) {
    let mut graph = ClaimGraph::new();
    let ids = keys.iter().map(|&key| graph.add(Person, key).unwrap().id()).collect();
    (graph, ids)
}

#[test]
fn the_latest_judgement_of_each_author_counts_whatever_the_order_of_adding() {
    let (mut graph, ids) = persons(&["a", "b"]);
    let [a, b] = [ids[0], ids[1]];
    graph.judge(Judgement::same(a, b).by("editor").at(instant(3))).unwrap();
    graph.judge(Judgement::different(b, a).by("editor").at(instant(2))).unwrap();
    assert_eq!(graph.identity().same(a, b), Answer::Yes);
    assert_eq!(graph.identity_as_of(instant(2)).same(a, b), Answer::No);
    assert_eq!(graph.identity_as_of(instant(1)).same(a, b), Answer::Unknown);
    // At one instant the more careful verdict counts.
    graph.judge(Judgement::unsure(a, b).by("editor").at(instant(3))).unwrap();
    assert_eq!(graph.identity().same(a, b), Answer::Unknown);
    graph.judge(Judgement::same(a, b).by("editor").at(instant(4))).unwrap();
    assert_eq!(graph.identity().same(a, b), Answer::Yes);
}

#[test]
fn two_authors_who_contradict_each_other_join_nothing() {
    let (mut graph, ids) = persons(&["a", "b"]);
    let same = graph.judge(Judgement::same(ids[0], ids[1]).by("editor").at(instant(1))).unwrap();
    let other = Judgement::different(ids[0], ids[1]).by("reader").at(instant(2));
    let different = graph.judge(other).unwrap();
    let identity = graph.identity();
    assert_eq!(identity.same(ids[0], ids[1]), Answer::Unknown);
    assert_eq!(identity.suspended().collect::<Vec<_>>(), [same]);
    let conflict = identity.conflicts().next().unwrap();
    assert_eq!((conflict.path(), conflict.different()), (&[same][..], different));
    assert_eq!(
        serde_json::to_value(&identity).unwrap(),
        serde_json::json!({"groups": [], "conflicts": [{
            "different": {"one": "a", "other": "b", "verdict": "different", "by": "reader", "at": "2025-01-02T00:00:00Z"},
            "path": [{"one": "a", "other": "b", "verdict": "same", "by": "editor", "at": "2025-01-01T00:00:00Z"}],
        }]})
    );
    graph.undo(different, Undo::by("reader").at(instant(3))).unwrap();
    assert_eq!(graph.identity().same(ids[0], ids[1]), Answer::Yes);
    assert_eq!(graph.identity_as_of(instant(2)).same(ids[0], ids[1]), Answer::Unknown);
}

#[test]
fn the_most_special_kind_stands_for_a_group_and_then_the_least_key() {
    let mut graph = ClaimGraph::new();
    let general = graph.add(Organization, "a").unwrap().id();
    let [agency, other] = ["c", "b"].map(|key| graph.add(Agency, key).unwrap().id());
    graph.judge(Judgement::same(general, agency).by("editor").at(instant(1))).unwrap();
    assert_eq!(graph.identity().canonical(general), agency);
    graph.judge(Judgement::same(general, other).by("editor").at(instant(1))).unwrap();
    let identity = graph.identity();
    assert_eq!(identity.canonical(agency), other);
    assert_eq!(identity.members(other), [general, other, agency]);
    assert_eq!(identity.path(agency, other).map(|path| path.len()), Some(2));
}

#[test]
fn a_judgement_that_cannot_be_is_refused_with_its_reason() {
    let mut graph = ClaimGraph::new();
    let state = graph.add(State, "a").unwrap().id();
    let person = graph.add(Person, "b").unwrap().id();
    let paper = graph.add_document("c", date(2025, 1, 1)).unwrap().id();
    let wire = graph.add_document("d", DocumentInfo::undated()).unwrap().id();
    let refusals = [
        (Judgement::same(state, state).by("editor").at(instant(1)), "one entity twice"),
        (Judgement::same(state, person).by("editor").at(instant(1)), "has the kind"),
        (Judgement::same(paper, wire).by("editor").at(instant(1)), "not a document"),
        (Judgement::different(state, person).at(instant(1)), "it is empty"),
        (Judgement::different(state, person).by("editor"), "no instant"),
        (
            Judgement::unsure(state, person).by("editor").at(instant(1)).scored(2.into()),
            "between 0 and 1",
        ),
    ];
    for (judgement, reason) in refusals {
        let error = graph.judge(judgement).unwrap_err().to_string();
        assert!(error.contains(reason) && error.starts_with("judgement"), "{error}");
    }
    assert_eq!(graph.judgements().count(), 0);
    let kept = graph.judge(Judgement::different(paper, wire).by("editor").at(instant(1))).unwrap();
    assert_eq!(graph.judgement(kept).map(Judgement::verdict), Some(Verdict::Different));
    assert!(graph.undo(kept, Undo::by("editor")).is_err());
    assert_eq!(graph.undone(kept).count(), 0);
}

#[test]
fn a_merge_takes_judgements_and_what_undid_them_from_both_graphs() {
    let (mut ours, ids) = persons(&["a", "b"]);
    let same = ours.judge(Judgement::same(ids[0], ids[1]).by("editor").at(instant(1))).unwrap();
    let mut theirs = ours.clone();
    theirs.undo(same, Undo::by("editor").at(instant(3))).unwrap();
    ours.undo(same, Undo::by("reader").at(instant(2))).unwrap();
    let mut both = ours.clone();
    both.merge(&theirs).unwrap();
    theirs.merge(&ours).unwrap();
    assert_eq!(both.to_jsonl(), theirs.to_jsonl());
    assert_eq!(both.undone(same).map(Undo::author).collect::<Vec<_>>(), ["reader", "editor"]);
}

#[test]
fn a_unified_graph_counts_one_speaker_under_two_keys_once() {
    let mut graph = ClaimGraph::new();
    let [nis, spy, wire] =
        ["nis", "spy-agency", "wire"].map(|key| graph.add(Agency, key).unwrap().id());
    let nk = graph.add(State, Entity::new("nk").named("North Korea")).unwrap();
    let dprk = graph.add(State, Entity::new("dprk").named("DPRK")).unwrap();
    let russia = graph.add(State, "russia").unwrap();
    let day = date(2024, 10, 24);
    for speaker in [nis, spy, wire] {
        let claim = Claim::by(speaker).asserts(nk, DEPLOYS_TO, russia).reported(day);
        graph.insert(claim).unwrap();
    }
    let denial = graph.insert(Claim::by(russia).denies(dprk, DEPLOYS_TO, russia).reported(day));
    for (one, other) in [(nis, spy), (nk.id(), dprk.id())] {
        graph.judge(Judgement::same(one, other).by("editor").at(instant(1))).unwrap();
    }
    let asked = graph.statement(nk, DEPLOYS_TO, russia);
    assert_eq!((asked.independence().count(), asked.against().len()), (3, 0));
    let unified = graph.unified();
    // Either handle, either key and either name lead to the one entity.
    for subject in [nk, dprk] {
        let asked = unified.view().statement(subject, DEPLOYS_TO, russia);
        assert_eq!(asked.independence().count(), 2);
        assert_eq!(asked.against().claims(), [denial.clone().unwrap()]);
        assert_eq!(unified.view().count_with_subject(subject), 4);
    }
    assert_eq!(unified.graph().entity_keyed("nk").unwrap(), dprk.id());
    assert_eq!(unified.graph().lookup("North Korea", State).one(), Some(dprk));
    let names = unified.graph().entity(nk).unwrap().names().iter().map(Name::text);
    assert_eq!(names.collect::<Vec<_>>(), ["DPRK", "North Korea"]);
    assert_eq!(unified.view().speaker(spy).claims().count(), 2);
    assert_eq!(unified.view().excluding_source(spy).claims().count(), 2);
    assert_eq!(unified.graph().entities().count(), 4);
    assert_eq!(
        graph.unified_as_of("2025-01-01T00:00:00Z".parse().unwrap()).graph().entities().count(),
        4
    );
    assert_eq!(
        graph.unified_as_of("2024-12-31T00:00:00Z".parse().unwrap()).graph().entities().count(),
        6
    );
    assert_eq!(unified.as_made(denial.unwrap()).unwrap().subject_entity(), Some(dprk.id()));
}

#[test]
fn links_that_a_join_closes_to_a_circle_are_left_out_and_told() {
    let (mut graph, ids) = persons(&["a", "b", "c", "d"]);
    let kept = graph.add_affiliation(Affiliation::part_of(ids[0], ids[1])).unwrap();
    let circle = graph.add_affiliation(Affiliation::part_of(ids[1], ids[2])).unwrap();
    let own = graph.add_lineage(Lineage::new(ids[0], ids[2])).unwrap();
    graph.add_lineage(Lineage::new(ids[3], ids[0])).unwrap();
    graph.judge(Judgement::same(ids[0], ids[2]).by("editor").at(instant(1))).unwrap();
    let unified = graph.unified();
    assert_eq!(unified.affiliations_left_out(), [circle]);
    assert_eq!(unified.lineages_left_out(), [own]);
    assert_eq!((unified.graph().affiliations().len(), unified.graph().lineages().len()), (1, 1));
    let _ = kept;
}
