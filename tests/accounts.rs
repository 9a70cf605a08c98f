//! Parts of actors by name, events counted once, and accounts that do not agree.

use claimgraph::{
    Answer, Claim, ClaimGraph, Entity, Finding, Quantity, date,
    entity::Affiliation,
    last_parentheses,
    questions::ConflictKind,
    reporting::*,
    vocabulary::{RelationDef, Slot},
};

const DAY: claimgraph::Date = date(2024, 6, 1);

#[test]
fn the_last_parentheses_of_a_name() {
    for (name, whole) in [
        ("Military (North Korea)", Some("North Korea")),
        ("X (Y) (Z)", Some("Z")),
        ("X (Y (Z))", Some("Y (Z)")),
        ("X ( Z ) ", Some("Z")),
        ("Ministère (Côte d'Ivoire)", Some("Côte d'Ivoire")),
        ("X ()", None),
        ("(Z)", None),
        ("X (Y", None),
        ("X Y)", None),
        ("X )Y(", None),
        ("X (Y)) ", None),
        ("X", None),
        ("", None),
        (")", None),
    ] {
        assert_eq!(last_parentheses(name), whole, "{name}");
    }
    // Not deep, and no overflow: 100,000 parentheses.
    let deep = format!("X {}{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(last_parentheses(&deep).is_some());
}

#[test]
fn parts_by_name_say_what_was_made_and_what_was_not() {
    let mut graph = ClaimGraph::new();
    let korea = graph.add(State, Entity::new("prk").named("North Korea").alias("DPRK")).unwrap();
    let congo = graph.add(State, Entity::new("cod").named("Congo")).unwrap();
    let other = graph.add(State, Entity::new("cog").named("Congo")).unwrap();
    let army = graph.add(Military, "Army (DPRK)").unwrap();
    let unit = graph.add(Military, "Unit (Army (DPRK))").unwrap();
    let police = graph.add(Agency, "Police (Congo)").unwrap();
    let fleet = graph.add(Agency, "Fleet (Atlantis)").unwrap();
    let treaty = graph.add(Treaty, "Treaty (North Korea)").unwrap();
    let seat = graph.add(Agency, "Seat (Pyongyang)").unwrap();
    graph.add(City, "Pyongyang").unwrap();
    let named = graph.affiliate_by_name(last_parentheses);
    let pairs: Vec<_> = graph.affiliations().map(|a| (a.part(), a.whole())).collect();
    assert_eq!(
        pairs,
        [(army.id(), korea.id()), (unit.id(), army.id())],
        "an alias leads there; a treaty is no actor"
    );
    assert_eq!(named.made().len(), 2);
    assert_eq!(named.ambiguous(), [(police.id(), "Congo".to_owned())]);
    let unknown = [(fleet.id(), "Atlantis".to_owned()), (seat.id(), "Pyongyang".to_owned())];
    assert_eq!(named.unknown(), unknown, "a city is no actor");
    let again = graph.affiliate_by_name(last_parentheses);
    assert_eq!((again.made().len(), again.known()), (0, 2));
    let _ = (congo, other, treaty);

    // Nobody is a part of himself, and no circle is closed.
    let mut graph = ClaimGraph::new();
    let a = graph.add(Agency, "A").unwrap();
    let b = graph.add(Agency, "B").unwrap();
    assert_eq!(
        graph.affiliate_by_name(|name| Some(name)),
        claimgraph::entity::AffiliationReport::default()
    );
    let crossed = graph.affiliate_by_name(|name| Some(if name == "A" { "B" } else { "A" }));
    assert_eq!((crossed.made().len(), crossed.circular()), (1, [(b.id(), a.id())].as_slice()));
}

#[test]
fn what_a_part_did_counts_while_it_was_one_and_as_far_as_the_view_knows() {
    let mut graph = ClaimGraph::new();
    let (state, other) = (graph.add(State, "state").unwrap(), graph.add(State, "other").unwrap());
    let (army, unit) = (graph.add(Military, "army").unwrap(), graph.add(Military, "unit").unwrap());
    let member = graph.add(Organization, "member").unwrap();
    graph.add_affiliation(Affiliation::part_of(army, state)).unwrap();
    let late = Affiliation::part_of(unit, army)
        .valid(date(2024, 1, 1)..=date(2024, 12, 31))
        .reported(date(2024, 7, 1));
    graph.add_affiliation(late).unwrap();
    graph.add_affiliation(Affiliation::member_of(member, state)).unwrap();
    let mut meet = |who: claimgraph::EntityId, day| {
        let claim =
            Claim::by(other).asserts(who, MEETS, other).valid(day).reported(date(2026, 1, 1));
        graph.insert(claim).unwrap()
    };
    let own = meet(state.id(), date(2024, 1, 1));
    let by_army = meet(army.id(), date(2024, 2, 1));
    let by_unit = meet(unit.id(), date(2024, 3, 1));
    meet(unit.id(), date(2025, 3, 1));
    meet(member.id(), date(2024, 4, 1));
    let events = graph.claims_with_subject_or_part(state);
    let mut found = events.claims();
    found.sort();
    assert_eq!(found, [own, by_army, by_unit]);
    let path =
        |claim| events.iter().find(|event| event.claim().id() == claim).unwrap().path().len();
    assert_eq!([path(own), path(by_army), path(by_unit)], [0, 1, 2]);
    assert_eq!(events.proof().affiliations().count(), 2);
    assert!(events.iter().any(|event| event.to_string().ends_with("(through unit)")));
    // The other end, and a view that does not know of the unit yet: nor of the claims.
    assert_eq!(graph.view().claims_with_object_or_part(other).len(), 5);
    let narrowed = graph.view().relation(TREATY_WITH);
    assert!(narrowed.claims_with_subject_or_part(state).is_empty());
    let mut early = ClaimGraph::new();
    let (whole, part) = (early.add(State, "w").unwrap(), early.add(Military, "p").unwrap());
    early.add_affiliation(Affiliation::part_of(part, whole).reported(date(2024, 7, 1))).unwrap();
    early.insert(Claim::by(whole).asserts(part, MEETS, whole).reported(DAY)).unwrap();
    assert_eq!(early.view().as_of(date(2024, 6, 30)).claims_with_subject_or_part(whole).len(), 0);
    assert_eq!(early.view().as_of(date(2024, 7, 1)).claims_with_subject_or_part(whole).len(), 1);
}

#[test]
fn an_event_is_one_from_either_side_and_whoever_reports_it() {
    let mut graph = ClaimGraph::new();
    let mut hosts = graph.vocabulary().clone();
    let actor = || Slot::Kind("Actor".to_owned());
    hosts.add_relation(RelationDef::new("visits", actor(), actor())).unwrap();
    let hosting = RelationDef {
        inverse: Some("visits".to_owned()),
        ..RelationDef::new("hosts", actor(), actor())
    };
    hosts.add_relation(hosting).unwrap();
    graph.extend_vocabulary(&hosts).unwrap();
    let (visits, hosts) = (graph.relation("visits").unwrap(), graph.relation("hosts").unwrap());
    let (a, b) = (graph.add(State, "a").unwrap(), graph.add(State, "b").unwrap());
    let say = |claim: Claim| claim.valid(DAY).reported(DAY);
    for claim in [
        say(Claim::by(a).asserts(a, visits, b)),
        say(Claim::by(b).asserts(b, hosts, a)),
        say(Claim::by(b).observes(a, visits, b)),
        say(Claim::by(b).asserts(a, hosts, b)),
        say(Claim::by(a).asserts(a, MEETS, b)),
        say(Claim::by(b).asserts(b, MEETS, a)),
        Claim::by(b).asserts(b, MEETS, a).reported(DAY),
        // None of these is said to have happened.
        say(Claim::by(b).denies(a, visits, b)),
        say(Claim::by(b).demands(a, visits, b)),
        say(Claim::by(b).asserts(a, visits, b).modality(claimgraph::Modality::Planned)),
    ] {
        graph.insert(claim).unwrap();
    }
    let mut sizes: Vec<usize> =
        graph.distinct_events().iter().map(|event| event.reports().len()).collect();
    sizes.sort();
    assert_eq!(sizes, [1, 1, 2, 3]);
    assert_eq!(graph.view().attributed_to(a).distinct_events().len(), 2);
    let read = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
    assert_eq!(read.distinct_events().to_string(), graph.distinct_events().to_string());
}

#[test]
fn dates_conflict_where_they_cannot_both_be() {
    let mut graph = ClaimGraph::new();
    let talks = ["t0", "t1", "t2", "t3", "t4"].map(|key| graph.add(Briefing, key).unwrap());
    let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
    let mut begins = |who, n: usize, when: &str| {
        let claim =
            Claim::by(who).asserts(talks[n], BEGINS, ()).valid(when).reported(date(2025, 1, 1));
        graph.insert(claim).unwrap()
    };
    begins(a, 0, "2024-06-01");
    begins(b, 0, "2024-06-02");
    begins(a, 1, "2024-06-01");
    begins(b, 1, "2024-06");
    begins(a, 2, "2024-06-01");
    begins(b, 2, "2024-06-01");
    // A speaker is not held against himself.
    begins(a, 3, "2024-06-01");
    begins(a, 3, "2024-06-02");
    begins(a, 4, "[2024-06-01..2024-06-10]");
    begins(b, 4, "[2024-06-05..2024-06-20]");
    let conflicts = graph.date_conflicts(BEGINS);
    let found: Vec<_> = conflicts
        .iter()
        .map(|c| {
            (
                graph.name_of(c.subject().unwrap()),
                c.disagreements()[0].reason(),
                c.whether_reconcilable(),
            )
        })
        .collect();
    let mut found = found;
    found.sort_by_key(|(name, ..)| *name);
    assert_eq!(
        found,
        [
            ("t0", ConflictKind::TimesApart, Answer::No),
            ("t1", ConflictKind::OtherPrecision, Answer::Unknown),
            ("t4", ConflictKind::OtherPrecision, Answer::Unknown)
        ]
    );
    assert!(ConflictKind::TimesApart.is_conflict() && !ConflictKind::OtherPrecision.is_conflict());
    assert!(graph.contested().is_empty());
    // Asked as something that happens more than once, or in another view, it is none.
    assert!(graph.date_conflicts(IS_COMPLETED).is_empty());
    assert!(graph.view().attributed_to(a).date_conflicts(BEGINS).is_empty());
    assert_eq!(graph.date_conflicts(BEGINS).irreconcilable().next().unwrap().claims().len(), 2);
}

#[test]
fn figures_conflict_unless_they_are_revised_or_can_both_hold() {
    let mut graph = ClaimGraph::new();
    let (nk, russia) = (graph.add(State, "nk").unwrap(), graph.add(State, "russia").unwrap());
    let (a, b) = (graph.add(Agency, "a").unwrap(), graph.add(Agency, "b").unwrap());
    let sent = |who, figure: Quantity| {
        Claim::by(who).asserts(nk, DEPLOYS_TO, russia).quantity(figure).reported(DAY)
    };
    let first = graph.insert(sent(a, Quantity::exactly(3_000, "soldiers"))).unwrap();
    graph.insert(sent(b, Quantity::no_less_than(1_000, "troops"))).unwrap();
    graph.insert(sent(b, Quantity::exactly(7, "casualties"))).unwrap();
    graph.insert(sent(b, Quantity::exactly(50, "soldiers")).with(PLACE, "the east")).unwrap();
    assert!(graph.figure_conflicts().is_empty(), "a bound, another unit, another place");
    graph.insert(sent(b, Quantity::exactly(12_000, "troops"))).unwrap();
    let conflicts = graph.figure_conflicts();
    let disagreement = conflicts.first().unwrap().disagreements()[0];
    assert_eq!((conflicts.len(), disagreement.reason()), (1, ConflictKind::FiguresApart));
    let said = disagreement.to_string();
    assert!(
        said.contains("a says exactly 3,000 soldiers")
            && said.ends_with("the times can be the same"),
        "{said}"
    );
    // The speaker gives another figure himself: his old one no longer counts.
    let revised =
        Claim::by(a).revises(first).quantity(Quantity::exactly(12_000, "soldiers")).reported(DAY);
    graph.insert(revised).unwrap();
    assert!(graph.figure_conflicts().is_empty());
}
