//! Parts that the text leaves unsaid: the basis of each part of a claim, in proofs and mentions.

use claimgraph::claim::{Attribution, Basis, Link, Marked, implicit, resolved};
use claimgraph::entity::Affiliation;
use claimgraph::questions::MentionRole;
use claimgraph::{Claim, ClaimGraph, ClaimId, Statement, date, reporting::*};

const DAY: claimgraph::Date = date(2023, 6, 5);

/// Returns the inferences of a proof, as text, with numbers in place of the keys of the claims.
fn inferences(graph: &ClaimGraph, proof: &claimgraph::Proof<'_>) -> Vec<String> {
    let named = |inference: String| {
        graph.claims().enumerate().fold(inference, |text, (at, claim)| {
            text.replace(&graph.claim_key(claim.id()).unwrap().to_string(), &format!("c{}", at + 1))
        })
    };
    proof.inferences().iter().map(|it| named(it.to_string())).collect()
}

#[test]
fn an_implicit_participant_is_an_inference() {
    let mut g = ClaimGraph::new();
    let (summit, one, other) = (
        g.add(Event, "summit").unwrap(),
        g.add(State, "one").unwrap(),
        g.add(State, "other").unwrap(),
    );
    let held = Claim::by(one).asserts(summit, TAKES_PLACE, ());
    let held = held.with(PARTICIPANT, implicit(one)).with(PARTICIPANT, other);
    g.insert(held.reported(DAY)).unwrap();
    let asked = g.statement(summit, TAKES_PLACE, ()).with(PARTICIPANT, one);
    let proof = asked.backing().proof();
    assert!(proof.uses_inference());
    assert_eq!(inferences(&g, &proof), ["participant (implicit): one in c1"]);
}

/// A claim in which every part has the same basis.
fn all_marked<T>(mark: fn(T) -> Marked<T>) -> fn(T) -> Marked<T> {
    mark
}

#[test]
fn every_part_of_a_claim_keeps_its_basis_and_proves_it() {
    for (basis, ends, claims, statements) in [
        (
            Basis::Resolved,
            all_marked(resolved::<claimgraph::Id<State>>),
            all_marked(resolved::<ClaimId>),
            all_marked(resolved::<&'static str>),
        ),
        (Basis::Implicit, all_marked(implicit), all_marked(implicit), all_marked(implicit)),
    ] {
        let mut g = ClaimGraph::new();
        let (a, b) = (g.add(State, "a").unwrap(), g.add(State, "b").unwrap());
        let first = g.insert(Claim::by(b).asserts(a, DEPLOYS_TO, b).reported(DAY)).unwrap();
        let by = || -> Attribution { Claim::by(ends(a)).relayed_by(b) };
        let condition = Statement::new(a, COOPERATES_WITH, ends(b));
        let threat = by().threatens(ends(a), PROVIDES_AID_TO, ends(b));
        let threat = threat.with(AID_KIND, statements("lethal")).with(CONDITION, condition);
        g.insert(threat.reported(DAY)).unwrap();
        let confirms = Claim::by(a).confirms(claims(first)).reported(DAY);
        let confirms = g.insert(confirms).unwrap();
        g.link(Link::new(first, EVIDENCE_FOR, confirms).with_basis(basis)).unwrap();

        let proof = g.view().mentions_of(b).proof();
        let mut found = inferences(&g, &proof);
        found.sort();
        let mut expected = vec![
            format!("speaker ({basis}): a in c2"),
            format!("subject ({basis}): a in c2"),
            format!("object ({basis}): b in c2"),
            format!("aid-kind ({basis}): \u{201c}lethal\u{201d} in c2"),
            format!("condition ({basis}): b in c2"),
        ];
        expected.sort();
        assert_eq!(found, expected);
        let answered = g.statement(a, DEPLOYS_TO, b).backing().proof();
        let mut found = inferences(&g, &answered);
        found.sort();
        assert_eq!(
            found,
            [
                format!("link ({basis}): c1 has c3 as evidence-for"),
                format!("target ({basis}): c3 answers c1"),
            ]
        );
        // Files keep it.
        let again = ClaimGraph::read_jsonl(g.to_jsonl().as_bytes()).unwrap();
        let b = again.entity_keyed("b").unwrap();
        let mut read = inferences(&again, &again.view().mentions_of(b).proof());
        read.sort();
        assert_eq!(read.len(), expected.len());
        assert!(read.iter().all(|line| line.contains(basis.as_str())), "{read:?}");
    }
}

#[test]
fn a_mention_says_where_the_text_names_the_entity() {
    let mut g = ClaimGraph::new();
    let (a, b) = (g.add(Military, "a").unwrap(), g.add(State, "b").unwrap());
    let sent = Claim::by(a).asserts(resolved(a), DEPLOYS_TO, implicit(b));
    let sent = g.insert(sent.reported(DAY)).unwrap();
    let roles = |entity: claimgraph::EntityId| -> Vec<(MentionRole, Basis)> {
        let mentions = g.view().mentions_of(entity);
        mentions.iter().flat_map(|it| it.roles().map(|(r, b)| (r.clone(), b))).collect()
    };
    assert_eq!(
        roles(a.id()),
        [(MentionRole::Speaker, Basis::Stated), (MentionRole::Subject, Basis::Resolved)]
    );
    assert_eq!(roles(b.id()), [(MentionRole::Object, Basis::Implicit)]);
    let mentions = [a.id(), b.id()].map(|it| g.view().mentions_of(it));
    assert!(mentions[0][0].is_named() && !mentions[1][0].is_named());
    assert!(mentions[1].to_string().trim_end().ends_with("[object, implicit]"), "{}", mentions[1]);
    assert_eq!(mentions[1].in_role(&MentionRole::Object), [sent]);
}

#[test]
fn mentions_within_a_place_say_by_what_it_lies_there() {
    let mut g = ClaimGraph::new();
    let army = g.add(Military, "army").unwrap();
    let (land, region, town) = (
        g.add(State, "land").unwrap(),
        g.add(Region, "region").unwrap(),
        g.add(City, "town").unwrap(),
    );
    let upper = g.add_affiliation(Affiliation::located_in(region, land)).unwrap();
    // The town was ceded.
    let lower =
        Affiliation::located_in(town, region).valid(claimgraph::Period::by(date(2022, 12, 31)));
    let lower = g.add_affiliation(lower).unwrap();
    let office = g.add(Agency, "office").unwrap();
    g.add_affiliation(Affiliation::part_of(office, land)).unwrap();
    let mut at = |place: claimgraph::EntityId, when: &str| {
        let relation = g.relation("present-in").unwrap();
        g.insert(Claim::by(army).asserts(army.id(), relation, place).valid(when).reported(DAY))
            .unwrap()
    };
    let there = at(land.id(), "2022-06-01");
    let before = at(town.id(), "2022-06-01");
    let _after = at(town.id(), "2023-06-01");
    let near = at(region.id(), "2023-06-01");
    g.insert(Claim::by(office).asserts(office, MEETS, army).reported(DAY)).unwrap();
    let found = g.view().mentions_within(land);
    let mut found: Vec<_> =
        found.iter().map(|it| (it.claim().id(), it.entity(), it.within().to_vec())).collect();
    found.sort();
    assert_eq!(
        found,
        [
            (there, land.id(), vec![]),
            (before, town.id(), vec![lower, upper]),
            (near, region.id(), vec![upper])
        ]
    );
    assert_eq!(g.view().mentions_of(land).claims(), [there]);
    let proof = g.view().mentions_within(region).proof();
    assert_eq!(proof.affiliations().collect::<Vec<_>>(), [lower]);
}
