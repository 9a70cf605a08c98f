//! Cases that a random world shows seldom or never.

use super::*;

#[test]
fn an_inverse_implies_the_same_in_every_step() {
    claimgraph::vocabulary! {
        fn inverses;
        relation CONTAINS = "contains": Place => Actor;
        relation KEEPS = "keeps": Place => Actor, implies CONTAINS;
        relation LODGES_IN = "lodges-in": Actor => Place;
        relation LODGES = "lodges": Place => Actor, inverse LODGES_IN, implies KEEPS;
        relation LODGES_WELL = "lodges-well": Place => Actor, implies LODGES;
    }
    let (mut graph, [a, b, c]) = small();
    graph.extend_vocabulary(&inverses()).expect("no clash");
    let mut expected = Set::new();
    let by = || Claim::by(c);
    for claim in
        [by().asserts(b, LODGES, a), by().asserts(b, LODGES_WELL, a), by().asserts(a, LODGES_IN, b)]
    {
        expected.insert(graph.insert(claim.reported(day(20))).expect("well formed"));
    }
    let backing = |graph: &ClaimGraph, relation| {
        graph.statement(b, relation, a).backing().claims().into_iter().collect::<Set>()
    };
    assert_eq!(backing(&graph, LODGES), expected);
    assert_eq!(backing(&graph, KEEPS), expected, "one step");
    assert_eq!(backing(&graph, CONTAINS), expected, "two steps");
}

#[test]
fn a_part_that_left_and_came_back_is_a_part_then_and_now() {
    let (mut graph, [a, b, c]) = small();
    let forces = graph.add(Military, "forces").expect("a new key");
    let during = |first: i16, last: i16| Period::throughout(date(first, 1, 1)..=date(last, 12, 31));
    let links: Vec<AffiliationId> = [(2000, 2004), (2010, 2014)]
        .map(|(first, last)| {
            graph
                .add_affiliation(Affiliation::part_of(forces, a).valid(during(first, last)))
                .expect("no circle")
        })
        .to_vec();
    assert_ne!(links[0], links[1]);
    let mut claims = [2002, 2007, 2012].map(|year| {
        graph
            .insert(
                Claim::by(c)
                    .asserts(forces, PRESENT_IN, b)
                    .valid(date(year, 6, 1))
                    .reported(date(2020, 1, 1)),
            )
            .expect("well formed")
    });
    claims.sort();
    let found: Set = graph.statement(a, PRESENT_IN, b).backing().claims().into_iter().collect();
    assert_eq!(found, Set::from([claims[0], claims[2]]));
}

#[test]
fn a_denial_that_perhaps_answers_a_claim_still_denies_what_entails_it() {
    let (mut graph, [a, b, c]) = small();
    let sent = graph
        .insert(Claim::by(c).asserts(a, DEPLOYS_TO, b).reported(day(20)))
        .expect("well formed");
    graph
        .insert(
            Claim::by(a).denies(a, PRESENT_IN, b).possibly_responding_to(sent).reported(day(20)),
        )
        .expect("well formed");
    assert_eq!(graph.contested().certain().map(|c| c.claim().id()).collect::<Vec<_>>(), [sent]);
    assert_eq!(
        graph
            .view()
            .contests(sent)
            .expect("on record")
            .iter()
            .map(|c| c.certain())
            .collect::<Vec<_>>(),
        [Answer::Yes]
    );
}

#[test]
fn a_wire_that_also_speaks_for_itself_is_one_party_where_relays_count() {
    let (mut graph, [a, b, c]) = small();
    let wire = graph.add(Wire, "wire").expect("a new key");
    let papers =
        ["paper-1", "paper-2"].map(|key| graph.add_document(key, day(20)).expect("a new key"));
    graph
        .insert(Claim::by(c).relayed_by(wire).asserts(a, PRESENT_IN, b).read_in(papers[0], ..))
        .expect("well formed");
    graph
        .insert(Claim::by(wire).asserts(a, PRESENT_IN, b).read_in(papers[1], ..))
        .expect("well formed");
    let independence = graph.statement(a, PRESENT_IN, b).independence();
    assert_eq!(independence.count(), 2, "the wire and the speaker it quotes");
    let counting = independence.counting_documents();
    assert_eq!((counting.count(), counting.widest_cut()), (1, &[Party::Source(wire.id())][..]));
}

#[test]
fn a_revision_of_a_demand_or_a_denial_asserts_nothing() {
    let (mut graph, [a, b, c]) = small();
    let by = |n: u8| Period::by(day(n));
    let demand = graph
        .insert(Claim::by(c).demands(a, WITHDRAWS_FROM, b).valid(by(24)).reported(day(20)))
        .expect("well formed");
    graph
        .insert(Claim::by(c).revises(demand).valid(by(26)).reported(day(20)))
        .expect("well formed");
    assert_eq!(graph.statement(a, WITHDRAWS_FROM, b).is_asserted(), Answer::No);
    let denial = graph
        .insert(
            Claim::by(a)
                .denies(a, PRESENT_IN, b)
                .quantity(Quantity::stated(3, "soldiers"))
                .reported(day(20)),
        )
        .expect("well formed");
    graph
        .insert(
            Claim::by(a)
                .revises(denial)
                .quantity(Quantity::stated(2, "soldiers"))
                .reported(day(20)),
        )
        .expect("well formed");
    assert_eq!(graph.statement(a, PRESENT_IN, b).is_asserted(), Answer::No);
}

#[test]
fn a_filter_on_a_stance_that_joins_does_not_make_plans_join() {
    let (mut graph, [a, b, c]) = small();
    graph
        .insert(
            Claim::by(c).asserts(a, DEPLOYS_TO, b).modality(Modality::Planned).reported(day(20)),
        )
        .expect("well formed");
    graph
        .insert(
            Claim::by(c)
                .asserts(a, DEPLOYS_TO, b)
                .certainty(claimgraph::claim::Certainty::Possible)
                .reported(day(20)),
        )
        .expect("well formed");
    assert_eq!(graph.view().to_petgraph().edge_count(), 0);
    assert_eq!(
        graph.view().stance(Stance::Asserts).to_petgraph().edge_count(),
        0,
        "a narrower view has no more arcs"
    );
    assert_eq!(graph.view().modality(Modality::Planned).to_petgraph().edge_count(), 1);
}

#[test]
fn a_view_of_what_is_expected_joins_forecasts_and_no_denial_of_one() {
    let mut graph = ClaimGraph::new();
    let (a, b, c) = (
        graph.add(State, "a").unwrap(),
        graph.add(State, "b").unwrap(),
        graph.add(State, "c").unwrap(),
    );
    let day = date(2023, 6, 5);
    let forecast = graph.insert(Claim::by(c).projects(a, ATTACKS, b).reported(day)).unwrap();
    let denial = Claim::by(b).denies(a, ATTACKS, b).modality(Modality::Expected);
    graph.insert(denial.responding_to(forecast).reported(day)).unwrap();
    let demand = graph.insert(Claim::by(c).demands(b, MEETS, c).reported(day)).unwrap();
    let threat = graph.insert(Claim::by(a).threatens(a, SANCTIONS, c).reported(day)).unwrap();
    let arcs = |modality: Modality| -> Set {
        let view = graph.view().modality(modality);
        (&view).edge_references().map(|arc| arc.id()).collect()
    };
    assert_eq!(arcs(Modality::Expected), Set::from([forecast]));
    assert_eq!(arcs(Modality::Desired), Set::from([demand]));
    assert_eq!(arcs(Modality::Hypothetical), Set::from([threat]));
    assert_eq!(arcs(Modality::Actual), Set::new());
    assert_eq!((&graph.view()).edge_references().count(), 0);
}
