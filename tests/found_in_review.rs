//! What reviews found wrong, each held by a test.

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Any, Claim, ClaimGraph, Date, Derivation, How, Id, NotStated, Period, Quantity, UnitDef, Vocabulary, date,
};

const DAY: Date = date(2024, 10, 24);

fn world() -> (ClaimGraph, Id<State>, Id<State>, Id<Military>) {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let forces = graph.add(Military, "forces").unwrap();
    (graph, nk, russia, forces)
}

#[test]
fn to_whom_a_denial_is_said_does_not_narrow_it() {
    let (mut graph, nk, russia, _) = world();
    let said = graph.insert(Claim::by(russia).asserts(nk, PRESENT_IN, russia).reported(DAY)).unwrap();
    let denial = Claim::by(nk).denies(nk, PRESENT_IN, russia).with(ADDRESSEE, russia).with(RELATED_TO, said);
    graph.insert(denial.reported(DAY)).unwrap();
    let contested = graph.contested();
    assert_eq!(contested.claims(), [said]);
    assert_eq!(contested.first().unwrap().contests()[0].how(), &How::FactDenied);
    assert_eq!(graph.statement(nk, PRESENT_IN, russia).against().len(), 1);
}

#[test]
fn a_purpose_denied_contests_that_purpose_only() {
    let (mut graph, nk, russia, _) = world();
    let say = |purpose: &str| Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).with(PURPOSE, purpose).reported(DAY);
    let fighting = graph.insert(say("fighting")).unwrap();
    graph.insert(say("parading")).unwrap();
    graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, russia).with(PURPOSE, "fighting").reported(DAY)).unwrap();
    let contested = graph.contested();
    assert_eq!(contested.claims(), [fighting]);
    assert_eq!(contested.first().unwrap().contests()[0].how(), &How::FacetDenied);
}

#[test]
fn a_demand_is_fulfilled_by_what_came_after_it_whomever_it_was_addressed_to() {
    let (mut graph, nk, russia, forces) = world();
    let old = Claim::by(nk).asserts(forces, WITHDRAWS_FROM, russia).reported(date(2020, 11, 3));
    graph.insert(old).unwrap();
    graph.insert(Claim::by(nk).demands(forces, WITHDRAWS_FROM, russia).with(ADDRESSEE, russia).reported(DAY)).unwrap();
    let happened = |graph: &ClaimGraph| graph.outlook().demands().first().unwrap().has_happened();
    assert_eq!(happened(&graph), Answer::No, "an old report without a date is no answer");
    let done = Claim::by(russia).asserts(forces, WITHDRAWS_FROM, russia).valid("2024-11-02");
    graph.insert(done.reported(date(2024, 11, 3))).unwrap();
    assert_eq!(happened(&graph), Answer::Yes);
}

#[test]
fn a_relation_renamed_back_to_its_key_can_be_saved() {
    let (mut graph, nk, russia, _) = world();
    graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(DAY)).unwrap();
    let plain = graph.clone();
    graph.rename_relation("deploys-to", "sends").unwrap();
    graph.rename_relation("deploys-to", "deploys-to").unwrap();
    let written = graph.to_jsonl();
    assert_eq!(ClaimGraph::read_jsonl(written.as_bytes()).unwrap().to_jsonl(), written);
    // A name is no meaning: the renamed and the plain graph merge either way.
    for (one, other) in [(&graph, &plain), (&plain, &graph)] {
        let mut merged = one.clone();
        merged.merge(other).unwrap();
        assert_eq!(merged.len(), 1);
        assert!(merged.relation("sends").is_ok());
    }
}

#[test]
fn a_document_named_twice_in_a_chain_stands_there_once() {
    let (mut graph, _, russia, _) = world();
    let paper = graph.add_document("paper", DAY).unwrap();
    let claim = Claim::by(paper).via(paper).asserts(russia, ATTACKS, russia).read_in(paper, ..);
    let said = graph.insert(claim).unwrap();
    assert!(graph.claim(said).unwrap().is_own_voice());
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(read.to_jsonl(), graph.to_jsonl());
    assert_eq!(read.claims().next().unwrap().chain().len(), 1);
}

#[test]
fn graphs_that_derive_different_figures_do_not_merge() {
    let (mut graph, nk, russia, _) = world();
    let claim = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(DAY)).unwrap();
    let derived = |n: i32| {
        let mut graph = graph.clone();
        graph.derive(claim, Derivation::new(Quantity::stated(n, "soldiers"), "a rule", [])).unwrap();
        graph
    };
    let (mut one, two) = (derived(1), derived(2));
    let before = one.to_jsonl();
    assert!(one.merge(&two).is_err());
    assert_eq!(one.to_jsonl(), before);
    assert_eq!(one.merge(&derived(1)), Ok(()));
}

#[test]
fn without_parts_holds_for_roles_too() {
    let (mut graph, nk, russia, forces) = world();
    graph.add_affiliation(claimgraph::Affiliation::part_of(forces, russia)).unwrap();
    graph.insert(Claim::by(nk).asserts(nk, ATTACKS, russia).with(ABOUT, forces).reported(DAY)).unwrap();
    let asked = graph.statement(nk, ATTACKS, russia).with(ABOUT, russia);
    assert_eq!(asked.clone().whether_asserted(), Answer::Yes);
    assert_eq!(asked.without_parts().whether_asserted(), Answer::No);
}

#[test]
fn periods_that_hold_nowhere_come_before_nothing_and_all_of_june_is_not_one_day_of_it() {
    let june = date(2024, 6, 1)..=date(2024, 6, 30);
    assert_ne!(Period::throughout(june.clone()).inside(&Period::within(june.clone())), Answer::Yes);
    assert_eq!(Period::on(date(2024, 6, 3)).inside(&Period::within(june.clone())), Answer::Yes);
    let inverted = Period::throughout(date(2024, 2, 1)..=date(2024, 1, 1));
    assert_eq!(inverted.before(&Period::within(june)), Answer::No);
}

#[test]
fn a_deadline_is_not_before_its_report() {
    let (mut graph, nk, russia, forces) = world();
    for when in ["2020-01", "2024-10", "2024-12", "2024-10-24"] {
        graph.insert(Claim::by(nk).demands(forces, WITHDRAWS_FROM, russia).valid(when).reported(DAY)).unwrap();
    }
    let mut deadlines: Vec<_> = graph.outlook().demands().iter().filter_map(|d| d.deadline()).collect();
    deadlines.sort();
    assert_eq!(deadlines, [DAY, date(2024, 10, 31), date(2024, 12, 31)]);
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
    assert!(serde_json::from_str::<Vocabulary>(twice).is_err_and(|e| e.to_string().contains("twice")));
}

#[test]
fn what_is_not_stated_is_asked_for_in_vain() {
    let (mut graph, nk, russia, forces) = world();
    let say = |graph: &mut ClaimGraph, claim: Claim| graph.insert(claim.reported(DAY)).unwrap();
    say(&mut graph, Claim::by(nk).asserts(forces, PRESENT_IN, russia).with(ABOUT, NotStated));
    let about = graph.statement(forces, PRESENT_IN, russia).with(ABOUT, Any);
    assert!(about.backing().is_empty());
}
