//! Wire copies and parties to the matter, by hand and on the report.

use super::*;

#[test]
fn unnamed_officials_in_two_papers_are_one_if_both_took_it_from_the_wire() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let wire = graph.add(Wire, "wire").unwrap();
    for key in ["post", "courier"] {
        let paper = graph.add_document(key, DAY).unwrap();
        let said = Claim::by(claimgraph::claim::NotStated).relayed_by(wire).asserts(
            tamora,
            graph.relation("meets").unwrap(),
            ostrel,
        );
        graph.insert(said.read_in(paper, ..)).unwrap();
    }
    let asked = |view: View<'_>| {
        let independence = view.statement(tamora, MEETS, ostrel).independence();
        (independence.count(), independence.at_most())
    };
    assert_eq!(asked(graph.view()), (1, 1));
    assert_eq!(asked(graph.view().without_dependence(Dependence::CommonOrigin)), (1, 2));
    let independence = graph.statement(tamora, MEETS, ostrel).independence();
    let dependents = independence.dependents();
    assert_eq!(
        dependents.iter().map(|d| d.reason()).collect::<Vec<_>>(),
        [Dependence::CommonOrigin]
    );
    assert!(
        dependents.to_string().contains("the same content from a common origin"),
        "{dependents}"
    );
}

#[test]
fn a_document_shares_the_syndication_of_its_publisher() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let wire = graph.add(Wire, "wire").unwrap();
    let mut links = Vec::new();
    for key in ["post", "courier", "beacon"] {
        let outlet = graph.add(Publisher, key).unwrap();
        let story = graph
            .add_document(format!("{key}-1"), DocumentInfo::dated(DAY).published_by(outlet))
            .unwrap();
        graph
            .insert(
                Claim::by(story)
                    .asserts(tamora, graph.relation("meets").unwrap(), ostrel)
                    .read_in(story, ..),
            )
            .unwrap();
        links.push(graph.add_lineage(Lineage::new(outlet, wire)).unwrap());
    }
    let whole = graph.statement(tamora, MEETS, ostrel).independence();
    assert_eq!((whole.count(), whole.roots()), (1, [Some(wire.id())].as_slice()));
    let one = graph.view().without_lineage(links[1]);
    assert_eq!(one.statement(tamora, MEETS, ostrel).independence().count(), 2);
    assert_eq!(graph.view().ablate(wire).claims().len(), 3);
}

#[test]
fn a_document_that_draws_on_another_counts_with_it_as_one_text() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let meets = graph.relation("meets").unwrap();
    let [wire, post, courier] =
        ["wire-1", "post-1", "courier-1"].map(|key| graph.add_document(key, DAY).unwrap());
    // Each tells it of speakers that are not named; the wire and the Post also in their own voice.
    for story in [wire, post, courier] {
        let said = Claim::by(claimgraph::claim::NotStated).asserts(tamora, meets, ostrel);
        graph.insert(said.read_in(story, ..)).unwrap();
    }
    for story in [wire, post] {
        graph.insert(Claim::by(story).asserts(tamora, ATTACKS, ostrel).read_in(story, ..)).unwrap();
    }
    let count = |view: View<'_>| {
        let meets = view.statement(tamora, MEETS, ostrel).independence();
        let attacks = view.statement(tamora, ATTACKS, ostrel).independence();
        [meets.at_most(), attacks.at_most()]
    };
    assert_eq!(count(graph.view()), [3, 2]);
    let copy = graph.add_lineage(Lineage::new(post, wire).inferred()).unwrap();
    assert_eq!(count(graph.view()), [2, 1]);
    assert_eq!(count(graph.view().without_lineage(copy)), [3, 2]);
    assert_eq!(count(graph.view().only_stated_lineage()), [3, 2]);
    graph.add_lineage(Lineage::new(courier, post).inferred()).unwrap();
    assert_eq!(count(graph.view()), [1, 1]);
    // The links that make it so are in the proof, so that the proof alone gives the same number.
    let independence = graph.statement(tamora, MEETS, ostrel).independence();
    assert_eq!(independence.proof().lineages().count(), 2);
    let dependents = independence.dependents();
    assert!(dependents.iter().all(|it| it.reason() == Dependence::CommonOrigin));
    assert_eq!(dependents.proof().lineages().count(), 2);
}

#[test]
fn a_claim_that_one_of_two_joined_documents_has_is_not_a_copy() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let [wire, post] = ["wire-1", "post-1"].map(|key| graph.add_document(key, DAY).unwrap());
    graph.add_lineage(Lineage::new(post, wire)).unwrap();
    for (relation, story) in [("meets", wire), ("attacks", post)] {
        let said = Claim::by(claimgraph::claim::NotStated);
        let said = said.asserts(tamora, graph.relation(relation).unwrap(), ostrel);
        graph.insert(said.read_in(story, ..)).unwrap();
    }
    // What only one of the documents says has no copy.
    assert!(graph.statement(tamora, MEETS, ostrel).independence().dependents().is_empty());
}

// ----- the report

#[test]
fn leaving_out_south_korean_intelligence_drops_the_claims_of_its_root() {
    let r = report::build().unwrap();
    let without = r.graph.view().ablate(r.nis);
    let roots = |k: usize| r.graph.view().roots(r.k(k)).unwrap();
    let expected: Vec<usize> =
        (1..=50).filter(|&k| roots(k) == [Some(r.nis.id())] || k == 8).collect();
    assert_eq!(r.numbers(without.claims()), expected);
    assert_eq!(expected.len(), 22);
    assert_eq!(r.numbers(without.left().claims().map(|claim| claim.id())).len(), 28);
    let falling: Vec<String> =
        without.answers().falling().map(|answer| answer.to_string()).collect();
    assert!(
        falling.contains(
            &"North Korea deploys to Russia: 3,000 soldiers: 1 independent source, then none without National Intelligence Service (1 claim lost)"
                .to_owned()
        ),
        "{falling:#?}"
    );
    let weaker: Vec<String> =
        without.answers().iter().filter(|answer| !answer.falls()).map(|a| a.to_string()).collect();
    assert!(
        weaker.contains(
            &"North Korea is present in Russia: 2 independent sources, then 1 without National Intelligence Service (2 claims lost)".to_owned()
        ),
        "{weaker:#?}"
    );
    assert!(r.numbers(without.resting().claims()).iter().all(|k| !expected.contains(k)));
    assert!(
        [35, 36].iter().all(|k| r.numbers(without.resting().claims()).contains(k)),
        "dismissals of claims that fall"
    );
}

#[test]
fn the_article_and_the_service_are_critical_for_the_presence() {
    let r = report::build().unwrap();
    let critical = r.graph.statement(r.north_korea, PRESENT_IN, r.russia).critical_sources();
    let ranked: Vec<_> = critical.iter().map(|c| (c.source(), c.lost().len(), c.after())).collect();
    assert_eq!(ranked[0], (r.article.id(), 5, 0));
    // Without the service, the officials and Park fall too. Who acknowledged the officials' claim said it.
    assert_eq!(ranked[1], (r.nis.id(), 2, 1));
    assert!(ranked.contains(&(r.austin.id(), 1, 1)));
    assert!(critical.proof().lineages().count() > 0);
}

// ----- parties to the matter

#[test]
fn an_office_holder_and_a_sister_agency_are_parties_and_a_member_is_not() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let navy = graph.add(Military, "navy").unwrap();
    let (minister, member) =
        (graph.add(Person, "minister").unwrap(), graph.add(Person, "member").unwrap());
    graph.add_affiliation(Affiliation::part_of(navy, tamora)).unwrap();
    graph.add_affiliation(Affiliation::holds_office(minister, tamora)).unwrap();
    graph.add_affiliation(Affiliation::member_of(member, tamora)).unwrap();
    for who in [minister, member] {
        graph.insert(Claim::by(who).asserts(navy, ATTACKS, ostrel).reported(DAY)).unwrap();
    }
    let independence = graph.statement(navy, ATTACKS, ostrel).independence();
    assert_eq!(
        (independence.count(), independence.parties_to_the_matter()),
        (2, vec![minister.id()])
    );
    let beside = independence.without_parties_to_the_matter();
    assert_eq!((beside.count(), beside.widest_cut()), (1, &[Party::Source(member.id())][..]));
}

#[test]
fn cuts_list_parties_that_are_not_named_in_the_order_of_findings() {
    // Two claims of nobody in particular, each passed on by two: the later one may be inserted first.
    let days = |order: [i8; 2]| {
        let mut graph = ClaimGraph::new();
        let (a, b) = two_states(&mut graph);
        let [x, y] = ["x", "y"].map(|key| graph.add(Agency, key).unwrap());
        for day in order {
            for who in [x, y] {
                let said = Claim::by(claimgraph::claim::NotStated).relayed_by(who);
                graph.insert(said.asserts(a, ATTACKS, b).reported(date(2031, 1, day))).unwrap();
            }
        }
        let cuts = graph.statement(a, ATTACKS, b).independence().minimal_cuts(4, 99);
        let day = |party: &Party| match party {
            Party::Source(source) => graph.name_of(*source).to_owned(),
            Party::Unnamed(claim) => graph.claim(*claim).unwrap().reported().to_string(),
        };
        cuts.iter().map(|cut| cut.iter().map(day).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let cuts = days([1, 2]);
    assert!(cuts.len() > 1, "{cuts:?}");
    assert_eq!(cuts, days([2, 1]));
}

#[test]
fn a_wire_inside_the_chains_of_two_speakers_is_a_party_only_if_documents_count() {
    let mut graph = ClaimGraph::new();
    let (tamora, ostrel) = two_states(&mut graph);
    let wire = graph.add(Wire, "wire").unwrap();
    for (within, outside) in [("navy", "mayor"), ("army", "envoy")] {
        let within = graph.add(Agency, within).unwrap();
        let outside = graph.add(Person, outside).unwrap();
        let said = Claim::by(within).relayed_by(wire).relayed_by(outside);
        let meets = graph.relation("meets").unwrap();
        graph.insert(said.asserts(tamora, meets, ostrel).reported(DAY)).unwrap();
    }
    let independence = graph.statement(tamora, MEETS, ostrel).independence();
    assert_eq!(independence.at_most(), 2);
    assert_eq!(independence.counting_documents().widest_cut(), [Party::Source(wire.id())]);
}
