//! What reviews found wrong, each held by a test.

use claimgraph::reporting::*;
use claimgraph::{
    Answer, Claim, ClaimGraph, Date, Id, Period, Quantity,
    claim::{Derivation, NotStated},
    date,
    entity::Affiliation,
    last_parentheses,
    questions::ContestKind,
    vocabulary::{Any, UnitDef, Vocabulary},
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
    let said =
        graph.insert(Claim::by(russia).asserts(nk, PRESENT_IN, russia).reported(DAY)).unwrap();
    let denial =
        Claim::by(nk).denies(nk, PRESENT_IN, russia).with(ADDRESSEE, russia).with(RELATED_TO, said);
    graph.insert(denial.reported(DAY)).unwrap();
    let contested = graph.contested();
    assert_eq!(contested.claims(), [said]);
    assert_eq!(contested.first().unwrap().contests()[0].how(), &ContestKind::FactDenied);
    assert_eq!(graph.statement(nk, PRESENT_IN, russia).against().len(), 1);
}

#[test]
fn a_purpose_denied_contests_that_purpose_only() {
    let (mut graph, nk, russia, _) = world();
    let say = |purpose: &str| {
        Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).with(PURPOSE, purpose).reported(DAY)
    };
    let fighting = graph.insert(say("fighting")).unwrap();
    graph.insert(say("parading")).unwrap();
    graph
        .insert(
            Claim::by(nk).denies(nk, DEPLOYS_TO, russia).with(PURPOSE, "fighting").reported(DAY),
        )
        .unwrap();
    let contested = graph.contested();
    assert_eq!(contested.claims(), [fighting]);
    assert_eq!(contested.first().unwrap().contests()[0].how(), &ContestKind::FacetDenied);
}

#[test]
fn a_demand_is_fulfilled_by_what_came_after_it_whomever_it_was_addressed_to() {
    let (mut graph, nk, russia, forces) = world();
    let old = Claim::by(nk).asserts(forces, WITHDRAWS_FROM, russia).reported(date(2020, 11, 3));
    graph.insert(old).unwrap();
    graph
        .insert(
            Claim::by(nk)
                .demands(forces, WITHDRAWS_FROM, russia)
                .with(ADDRESSEE, russia)
                .reported(DAY),
        )
        .unwrap();
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
    let claim =
        Claim::by(paper).relayed_by(paper).asserts(russia, ATTACKS, russia).read_in(paper, ..);
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
        graph
            .derive(claim, Derivation::new(Quantity::stated(n, "soldiers"), "a rule", []))
            .unwrap();
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
    graph.add_affiliation(claimgraph::entity::Affiliation::part_of(forces, russia)).unwrap();
    graph
        .insert(Claim::by(nk).asserts(nk, ATTACKS, russia).with(ABOUT, forces).reported(DAY))
        .unwrap();
    let asked = graph.statement(nk, ATTACKS, russia).with(ABOUT, russia);
    assert_eq!(asked.clone().is_asserted(), Answer::Yes);
    assert_eq!(asked.without_parts().is_asserted(), Answer::No);
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
        graph
            .insert(Claim::by(nk).demands(forces, WITHDRAWS_FROM, russia).valid(when).reported(DAY))
            .unwrap();
    }
    let mut deadlines: Vec<_> =
        graph.outlook().demands().iter().filter_map(|d| d.deadline()).collect();
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
    assert!(
        serde_json::from_str::<Vocabulary>(twice).is_err_and(|e| e.to_string().contains("twice"))
    );
}

#[test]
fn what_is_not_stated_is_asked_for_in_vain() {
    let (mut graph, nk, russia, forces) = world();
    let say = |graph: &mut ClaimGraph, claim: Claim| graph.insert(claim.reported(DAY)).unwrap();
    say(&mut graph, Claim::by(nk).asserts(forces, PRESENT_IN, russia).with(ABOUT, NotStated));
    let about = graph.statement(forces, PRESENT_IN, russia).with(ABOUT, Any);
    assert!(about.backing().is_empty());
}

#[test]
fn wholes_are_found_however_a_part_before_spelt_them() {
    for names in [["Police (RUSSIA)", "Army (Russia)"], ["Army (Russia)", "Police (RUSSIA)"]] {
        let mut graph = ClaimGraph::new();
        // Without a name: found by its key, which is as it is.
        let russia = graph.add_untyped("Actor", "Russia").unwrap();
        let parts = names.map(|name| graph.add_untyped("Actor", name).unwrap());
        let named = graph.affiliate_by_name(last_parentheses);
        let made: Vec<_> = named.made().iter().filter_map(|&id| graph.affiliation(id)).collect();
        let army = parts[names.iter().position(|name| name.starts_with("Army")).unwrap()];
        assert_eq!(
            made.iter().map(|a| (a.part(), a.whole())).collect::<Vec<_>>(),
            [(army, russia)],
            "{names:?}"
        );
        assert_eq!(
            named.unknown().iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
            ["RUSSIA"]
        );
    }
}

#[test]
fn a_part_made_by_a_name_in_a_table_is_an_actor_of_the_graph() {
    let (mut graph, nk, ..) = world();
    let place = graph.add(City, "seoul").unwrap();
    let nobody = claimgraph::EntityId::nth(900).unwrap();
    let parts = [place.id(), nobody, nk.id()].map(|part| (part, "russia".to_owned()));
    let named = graph.affiliate_named(parts.into_iter().chain([(nk.id(), "atlantis".to_owned())]));
    assert_eq!((named.made().len(), named.unknown().len()), (1, 3));
    assert_eq!(graph.affiliation(named.made()[0]).map(|made| made.part()), Some(nk.id()));
}

#[test]
fn whose_parts_speak_for_it_is_what_the_view_knows_whichever_setter_came_first() {
    let (mut graph, nk, russia, forces) = world();
    let joined = Affiliation::part_of(forces, russia).reported(date(2020, 6, 15));
    graph.add_affiliation(joined).unwrap();
    let say = |day| Claim::by(forces).asserts(nk, ATTACKS, russia).reported(day);
    let said = graph.insert(say(date(2020, 6, 1))).unwrap();
    let later = graph.insert(say(date(2020, 6, 20))).unwrap();
    let ids =
        |view: claimgraph::View<'_>| view.claims().map(|claim| claim.id()).collect::<Vec<_>>();
    let (before, after) = (date(2020, 6, 10), date(2020, 6, 30));
    for (day, expected) in [(before, vec![]), (after, vec![said, later])] {
        assert_eq!(ids(graph.view().as_of(day).speaker_or_part(russia)), expected);
        assert_eq!(ids(graph.view().speaker_or_part(russia).as_of(day)), expected);
        let filter = graph.view().speaker_or_part(russia).as_of(day).filter();
        let again = serde_json::from_str(&serde_json::to_string(&filter).unwrap()).unwrap();
        assert_eq!(ids(graph.view().filtered(&again).unwrap()), expected);
    }
    // And what it was a part of when it spoke.
    let (mut graph, nk, russia, forces) = world();
    let held = Period::throughout(date(2010, 1, 1)..=date(2015, 12, 31));
    graph.add_affiliation(Affiliation::part_of(forces, russia).valid(held)).unwrap();
    let say = |day| Claim::by(forces).asserts(nk, ATTACKS, russia).reported(day);
    let [said, _] = [date(2012, 6, 1), date(2020, 6, 1)].map(|day| graph.insert(say(day)).unwrap());
    let own = graph.insert(Claim::by(russia).asserts(nk, ATTACKS, russia).reported(DAY)).unwrap();
    assert_eq!(
        graph.view().speaker_or_part(russia).claims().map(|claim| claim.id()).collect::<Vec<_>>(),
        [said, own]
    );
}

#[test]
fn a_date_that_its_speaker_has_revised_is_not_held_against_him() {
    let mut graph = ClaimGraph::new();
    let talks = graph.add(Briefing, "talks").unwrap();
    let [a, b] = ["a", "b"].map(|key| graph.add(Agency, key).unwrap());
    let say = |who, when: &str| {
        Claim::by(who).asserts(talks, BEGINS, ()).valid(when).reported(date(2025, 10, 1))
    };
    let wrong = graph.insert(say(a, "1925-02-24")).unwrap();
    graph.insert(say(b, "1925-02-25")).unwrap();
    assert_eq!(graph.date_conflicts(BEGINS).len(), 1);
    let mut other = graph.clone();
    other
        .insert(Claim::by(b).revises(wrong).valid("1925-02-25").reported(date(2025, 10, 2)))
        .unwrap();
    assert_eq!(other.date_conflicts(BEGINS).len(), 1, "another's revision is no revision of his");
    graph
        .insert(Claim::by(a).revises(wrong).valid("1925-02-25").reported(date(2025, 10, 2)))
        .unwrap();
    assert_eq!(graph.date_conflicts(BEGINS).len(), 0);
    assert_eq!(
        graph.view().as_of(date(2025, 10, 1)).date_conflicts(BEGINS).len(),
        1,
        "as was known the day before"
    );
}

#[test]
fn one_event_is_one_whatever_words_its_day_was_given_in_and_whoever_confirms_it_without_a_day() {
    let (mut graph, nk, russia, forces) = world();
    let say = |who: Id<State>| Claim::by(who).asserts(nk, ATTACKS, russia).reported(DAY);
    let said = graph.insert(say(nk).valid(DAY)).unwrap();
    graph.insert(say(russia).valid(Period::on(DAY).in_words("last Friday"))).unwrap();
    let confirmed = Claim::by(forces).confirms(said).restating(nk, ATTACKS, russia).reported(DAY);
    graph.insert(confirmed).unwrap();
    let counts = |graph: &ClaimGraph| {
        graph.distinct_events().iter().map(|event| event.reports().len()).collect::<Vec<_>>()
    };
    assert_eq!(counts(&graph), [3]);
    // Whoever confirms reports of two days, and gives none, speaks of no day, whichever of them was there first.
    for reports in [[DAY, date(2024, 10, 1)], [date(2024, 10, 1), DAY]] {
        let (mut graph, nk, russia, forces) = world();
        let said = reports.map(|day| {
            graph
                .insert(Claim::by(nk).asserts(nk, ATTACKS, russia).reported(DAY).valid(day))
                .unwrap()
        });
        graph
            .insert(Claim::by(forces).confirms(said).restating(nk, ATTACKS, russia).reported(DAY))
            .unwrap();
        assert_eq!(counts(&graph), [1, 1, 1]);
    }
    // Of another day, of no day, of other parties: another event.
    graph.insert(say(russia).valid(date(2024, 10, 23))).unwrap();
    graph.insert(say(russia)).unwrap();
    graph
        .insert(Claim::by(forces).confirms(said).restating(russia, ATTACKS, nk).reported(DAY))
        .unwrap();
    let mut found = counts(&graph);
    found.sort_unstable();
    assert_eq!(found, [1, 1, 1, 3]);
}

/// Both ways to insert make the same file.
fn same_file<T>([a, b]: [(ClaimGraph, T); 2]) -> [(ClaimGraph, T); 2] {
    assert_eq!(a.0.to_jsonl(), b.0.to_jsonl());
    [a, b]
}

#[test]
fn what_says_less_than_was_awaited_is_found_wherever_the_claims_lie() {
    let mut graph = ClaimGraph::new();
    let (country, region) =
        (graph.add(State, "country").unwrap(), graph.add(State, "region").unwrap());
    let [x, z] = ["x", "z"].map(|key| graph.add(State, key).unwrap());
    graph.add_affiliation(Affiliation::part_of(region, country)).unwrap();
    graph
        .insert(Claim::by(x).calls_for(z, PROVIDES_AID_TO, region).reported(date(2024, 1, 1)))
        .unwrap();
    let aid = |to| Claim::by(z).asserts(z, PROVIDES_AID_TO, to).reported(date(2024, 1, 2));
    let less = graph.insert(aid(country)).unwrap();
    (0..3).for_each(|_| _ = graph.insert(aid(x)).unwrap());
    let found = |graph: &ClaimGraph| {
        let demands = graph.outlook();
        let bearing = demands.demands().first().unwrap().developments();
        bearing.iter().map(|development| development.claim().id()).collect::<Vec<_>>()
    };
    assert_eq!(found(&graph), [less]);
    graph.compact();
    assert_eq!(found(&graph), [less]);
}

#[test]
fn sources_that_corroborate_are_counted_for_each_claim_whichever_of_a_speaker_came_first() {
    let day = date(2024, 1, 1);
    let made = [false, true].map(|acknowledged_first| {
        let mut graph = ClaimGraph::new();
        let [a, b, x, y] = ["a", "b", "x", "y"].map(|key| graph.add(State, key).unwrap());
        graph.insert(Claim::by(y).asserts(a, ATTACKS, b).reported(day)).unwrap();
        let said = Claim::by(x).asserts(a, ATTACKS, b).reported(day);
        let also = Claim::by(x).acknowledges_that(a, ATTACKS, b).reported(day);
        let order = if acknowledged_first { [also, said] } else { [said, also] };
        order.into_iter().for_each(|claim| _ = graph.insert(claim).unwrap());
        (graph, ())
    });
    let [(one, ()), (other, ())] = &same_file(made);
    let before = |graph: &ClaimGraph| {
        let mut found: Vec<String> = graph
            .view()
            .as_of(date(2023, 1, 1))
            .change_to(&graph.view())
            .corroborated()
            .iter()
            .map(|shift| shift.to_string())
            .collect();
        found.sort();
        found
    };
    assert_eq!(before(one), before(other));
    assert_eq!(
        before(one).len(),
        2,
        "what was only acknowledged stands on one source: {:?}",
        before(one)
    );
    assert!(one.change_to(other).corroborated().is_empty());
}

#[test]
fn who_confirms_two_things_is_a_party_to_that_which_is_about_him() {
    let made = [0, 1].map(|first| {
        let mut graph = ClaimGraph::new();
        let [a, b, v, w] = ["a", "b", "v", "w"].map(|key| graph.add(State, key).unwrap());
        let p = graph.add(Person, "p").unwrap();
        let said = [Claim::by(p).asserts(v, ATTACKS, w), Claim::by(p).asserts(a, ATTACKS, b)]
            .map(|c| c.reported(DAY));
        let ids = [first, 1 - first].map(|n| graph.insert(said[n].clone()).unwrap());
        graph.insert(Claim::by(v).confirms(ids).reported(DAY)).unwrap();
        (graph, [a, b, v, w])
    });
    for (graph, [a, b, v, w]) in same_file(made) {
        let parties = |s, o| graph.statement(s, ATTACKS, o).independence().parties_to_the_matter();
        assert_eq!((parties(a, b), parties(v, w)), (vec![], vec![v.id()]));
        let without = |s, o| {
            graph.statement(s, ATTACKS, o).independence().without_parties_to_the_matter().count()
        };
        assert_eq!((without(a, b), without(v, w)), (2, 1));
        let kept = |s, o| {
            graph
                .statement(s, ATTACKS, o)
                .select(&claimgraph::sources::Policy::two_sources())
                .kept()
                .len()
        };
        assert_eq!((kept(a, b), kept(v, w)), (2, 0));
    }
}

#[test]
fn unnamed_confirmations_are_copies_where_they_confirm_all_the_same() {
    let made = [true, false].map(|common_first| {
        let mut graph = ClaimGraph::new();
        let [a, b, c, p] = ["a", "b", "c", "p"].map(|key| graph.add(State, key).unwrap());
        let house = graph.add(Publisher, "house").unwrap();
        let papers = ["d1", "d2", "d3"].map(|key| {
            graph.add_document(key, claimgraph::Document::dated(DAY).published_by(house)).unwrap()
        });
        let said = [(a, b), (a, c), (b, c)]
            .map(|(s, o)| Claim::by(p).asserts(s, ATTACKS, o).reported(DAY));
        let [one, two, three] = said.clone();
        let ids = match common_first {
            true => graph.insert_all([one, two, three]).unwrap(),
            false => graph.insert_all([three, two, one]).unwrap().into_iter().rev().collect(),
        };
        let confirm = |claims: [usize; 2], paper: Id<claimgraph::Document>| {
            Claim::by(NotStated).confirms(claims.map(|n| ids[n])).read_in(paper, ..)
        };
        for (claims, paper) in [([0, 1], papers[0]), ([0, 2], papers[1]), ([1, 0], papers[2])] {
            graph.insert(confirm(claims, paper)).unwrap();
        }
        (graph, (a, b))
    });
    for (graph, (a, b)) in same_file(made) {
        // p, and two that do not say the same; the third says what the first does.
        let independence = graph.statement(a, ATTACKS, b).independence();
        assert_eq!((independence.count(), independence.dependents().len()), (3, 1));
    }
}

#[test]
fn a_revision_of_two_claims_speaks_of_the_first_in_the_order_of_questions() {
    let made = [0, 1].map(|first| {
        let (mut graph, nk, russia, forces) = world();
        let said = [(nk, date(2024, 1, 1)), (russia, date(2024, 1, 2))]
            .map(|(at, day)| Claim::by(nk).asserts(forces, DEPLOYS_TO, at).reported(day));
        let ids = [first, 1 - first].map(|n| graph.insert(said[n].clone()).unwrap());
        let five = Claim::by(nk).revises(ids).quantity(Quantity::stated(5, "soldiers"));
        graph.insert(five.reported(date(2024, 1, 3))).unwrap();
        (graph, ())
    });
    for (graph, ()) in same_file(made) {
        let again = ClaimGraph::read_jsonl(graph.to_jsonl().as_bytes()).unwrap();
        for graph in [&graph, &again] {
            let entity = |key| graph.entity_keyed(key).unwrap();
            let deployed = |at| graph.statement(entity("forces"), DEPLOYS_TO.untyped(), entity(at));
            let figure = |at| deployed(at).figures().at_least(1);
            assert_eq!((figure("nk"), figure("russia")), (Answer::Yes, Answer::Unknown));
        }
    }
}

#[test]
fn lists_are_in_the_same_order_whatever_was_inserted_first() {
    let made = [0, 1].map(|first| {
        let (mut graph, nk, russia, _) = world();
        let [x, y] = ["x", "y"].map(|key| graph.add(State, key).unwrap());
        let soldiers = |n| Quantity::stated(n, "soldiers");
        let say = |n, day| {
            Claim::by(nk)
                .asserts(nk, DEPLOYS_TO, russia)
                .quantity(soldiers(n))
                .reported(date(2024, 1, day))
        };
        let base = graph.insert(say(1, 1)).unwrap();
        let threat =
            Claim::by(nk).threatens(nk, ATTACKS, russia).valid(Period::by(date(2024, 2, 1)));
        let threat = graph.insert(threat.reported(date(2024, 1, 1))).unwrap();
        for n in [first, 1 - first] {
            graph.insert(say([20, 30][n], [20, 30][n] as i8).with(ADDITIONAL_TO, base)).unwrap();
            graph.add_lineage(claimgraph::sources::Lineage::new(nk, [x, y][n])).unwrap();
            let later = Claim::by(nk).revises(threat).valid(Period::by(date(2024, [3, 9][n], 1)));
            graph.insert(later.reported(date(2024, 1, 2))).unwrap();
        }
        (graph, (nk, russia))
    });
    let shown = same_file(made).map(|(graph, (nk, russia))| {
        let figures: Vec<String> =
            graph.derived_figures().iter().map(|figure| figure.to_string()).collect();
        let dependents = graph.statement(nk, DEPLOYS_TO, russia).independence();
        let dependents: Vec<String> =
            dependents.dependents().iter().map(|dependent| dependent.to_string()).collect();
        let deadline = graph.outlook().threats().first().map(|threat| threat.current_deadline());
        (figures, dependents, deadline)
    });
    assert_eq!(shown[0], shown[1]);
    assert_eq!((shown[0].0.len(), shown[0].1.is_empty()), (2, false));
}

#[test]
fn a_caller_that_panics_midway_leaves_a_graph_that_answers() {
    use claimgraph::{Row, Stance};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    let (mut graph, nk, russia, _) = world();
    let row = Row::new(nk, Stance::Asserts).about(nk, ATTACKS, russia).reported(DAY);
    let rows = || (0..100).map(|n| if n < 70 { row } else { panic!("no more") });
    assert!(catch_unwind(AssertUnwindSafe(|| graph.extend(rows()))).is_err());
    let kept = graph.len();
    assert!(kept > 0);
    graph.insert(row).unwrap();
    assert_eq!(
        (
            graph.len(),
            graph.view().count_with_subject(nk),
            graph.view().claims_with_object(russia).count()
        ),
        (kept + 1, kept + 1, kept + 1)
    );
    assert!(catch_unwind(AssertUnwindSafe(|| graph.insert_all(rows()))).is_err());
    assert_eq!(
        (graph.len(), graph.view().count_with_subject(nk)),
        (kept + 1, kept + 1),
        "all of them or none"
    );
}
