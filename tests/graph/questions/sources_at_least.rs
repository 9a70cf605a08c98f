//! On how many sources a statement stands at least and at most.

use claimgraph::entity::Affiliation;
use claimgraph::{Claim, ClaimGraph, Entity, EntityId, date, reporting::*, sources::Party};

struct World {
    graph: ClaimGraph,
    ends: (EntityId, EntityId),
}

fn world() -> World {
    let mut graph = ClaimGraph::new();
    let force = graph.add(Military, "force").unwrap().id();
    let town = graph.add(City, "town").unwrap().id();
    World { graph, ends: (force, town) }
}

impl World {
    fn says(&mut self, who: impl Into<EntityId>) {
        let relation = self.graph.relation("present-in").unwrap();
        let claim = Claim::by(who.into()).asserts(self.ends.0, relation, self.ends.1);
        self.graph.insert(claim.reported(date(2023, 6, 5))).unwrap();
    }

    fn counts(&self) -> (usize, usize) {
        let relation = self.graph.relation("present-in").unwrap();
        let independence = self.graph.statement(self.ends.0, relation, self.ends.1).independence();
        (independence.count(), independence.at_most())
    }
}

#[test]
fn the_word_of_a_state_may_be_that_of_its_ministries() {
    let mut w = world();
    let state = w.graph.add(State, "state").unwrap().id();
    let one = w.graph.add(Agency, "ministry-1").unwrap().id();
    let other = w.graph.add(Agency, "ministry-2").unwrap().id();
    w.graph.add_affiliation(Affiliation::part_of(one, state)).unwrap();
    w.graph.add_affiliation(Affiliation::part_of(other, state)).unwrap();
    w.says(state);
    assert_eq!(w.counts(), (1, 1));
    w.says(one);
    assert_eq!(w.counts(), (1, 2), "a ministry and its state");
    w.says(other);
    assert_eq!(w.counts(), (2, 3), "two ministries and their state");
}

#[test]
fn an_official_stands_for_the_nearest_whole_only() {
    let mut w = world();
    let state = w.graph.add(State, "state").unwrap().id();
    let ministry = w.graph.add(Agency, "ministry").unwrap().id();
    let official = w.graph.add(Person, "official").unwrap().id();
    let club = w.graph.add(Organization, "club").unwrap().id();
    w.graph.add_affiliation(Affiliation::part_of(ministry, state)).unwrap();
    w.graph.add_affiliation(Affiliation::holds_office(official, ministry)).unwrap();
    w.graph.add_affiliation(Affiliation::member_of(official, club)).unwrap();
    w.says(official);
    w.says(state);
    assert_eq!(w.counts(), (1, 2), "through the ministry, which does not speak");
    w.says(club);
    assert_eq!(w.counts(), (2, 3), "the club is nearer than the state");
    w.says(ministry);
    assert_eq!(
        w.counts(),
        (2, 4),
        "the ministry stands for the state, and the official for the club"
    );
}

#[test]
fn two_places_in_one_place_are_not_one_source() {
    let mut w = world();
    let region = w.graph.add(State, "region").unwrap().id();
    let port = w.graph.add(State, "port").unwrap().id();
    w.graph.add_affiliation(Affiliation::located_in(port, region)).unwrap();
    w.says(region);
    w.says(port);
    assert_eq!(w.counts(), (2, 2));
}

#[test]
fn an_affiliation_counts_if_it_can_hold_on_the_day_of_speaking() {
    let mut w = world();
    let ministry = w.graph.add(Agency, "ministry").unwrap().id();
    let former = w.graph.add(Person, "former").unwrap().id();
    let held = Affiliation::holds_office(former, ministry);
    let held = held.valid(date(2019, 1, 1)..=date(2021, 12, 31));
    w.graph.add_affiliation(held).unwrap();
    w.says(ministry);
    w.says(former);
    assert_eq!(w.counts(), (2, 2));
}

#[test]
fn speakers_who_are_not_named_may_be_one_and_are_never_a_named_one() {
    let mut w = world();
    let relation = w.graph.relation("present-in").unwrap();
    for key in ["post", "courier"] {
        let paper = w.graph.add_document(key, date(2023, 6, 5)).unwrap();
        let claim = Claim::by(claimgraph::claim::NotStated).asserts(w.ends.0, relation, w.ends.1);
        w.graph.insert(claim.read_in(paper, ..)).unwrap();
    }
    assert_eq!(w.counts(), (1, 2), "two officials in two papers");
    let gazette = w.graph.add(Publisher, "gazette").unwrap().id();
    w.says(gazette);
    assert_eq!(w.counts(), (2, 3));
}

#[test]
fn the_first_of_two_unnamed_speakers_stands_for_both_in_whatever_order_they_came_in() {
    for days in [[5, 6], [6, 5]] {
        let mut w = world();
        let relation = w.graph.relation("present-in").unwrap();
        let claims = days.map(|day| {
            let claim = Claim::by(claimgraph::claim::NotStated);
            let claim = claim.asserts(w.ends.0, relation, w.ends.1);
            w.graph.insert(claim.reported(date(2023, 6, day))).unwrap()
        });
        let first = if days[0] == 5 { claims[0] } else { claims[1] };
        let independence = w.graph.statement(w.ends.0, relation, w.ends.1).independence();
        let parties: Vec<Party> = independence.cut().iter().map(|it| it.party()).collect();
        assert_eq!(parties, [Party::Unnamed(first)]);
    }
}

#[test]
fn a_view_without_the_affiliation_counts_both() {
    let mut w = world();
    let state = w.graph.add(State, "state").unwrap().id();
    let ministry = w.graph.add(Agency, "ministry").unwrap().id();
    let id = w.graph.add_affiliation(Affiliation::part_of(ministry, state)).unwrap();
    w.says(state);
    w.says(ministry);
    let relation = w.graph.relation("present-in").unwrap();
    let count = |view: claimgraph::View<'_>| {
        view.statement(w.ends.0, relation, w.ends.1).independence().count()
    };
    assert_eq!(count(w.graph.view()), 1);
    let without = w.graph.view().without_affiliation(id);
    assert_eq!(count(without.clone()), 2);
    let again = w.graph.view().filtered(&without.filter()).unwrap();
    assert_eq!(count(again), 2);
    let proof = w.graph.statement(w.ends.0, relation, w.ends.1).independence().proof();
    assert_eq!(proof.affiliations().collect::<Vec<_>>(), [id]);
}

#[test]
fn speakers_whose_names_are_withheld_may_be_one_if_the_same_whole_is_given_for_them() {
    let mut w = world();
    let wholes = ["ministry", "navy"].map(|key| w.graph.add(Agency, key).unwrap().id());
    let official = |w: &mut World, key: &str, whole: Option<EntityId>| {
        let official = w.graph.add(Person, Entity::new(key).name_withheld()).unwrap().id();
        if let Some(whole) = whole {
            w.graph.add_affiliation(Affiliation::holds_office(official, whole)).unwrap();
        }
        w.says(official);
    };
    official(&mut w, "one", Some(wholes[0]));
    official(&mut w, "other", Some(wholes[0]));
    assert_eq!(w.counts(), (1, 2), "two officials of one ministry");
    official(&mut w, "sailor", Some(wholes[1]));
    assert_eq!(w.counts(), (2, 3), "and one of the navy");
    official(&mut w, "somebody", None);
    assert_eq!(w.counts(), (2, 4), "somebody of whom nothing is known may be any of them");
    let minister = w.graph.add(Person, "minister").unwrap().id();
    w.graph.add_affiliation(Affiliation::holds_office(minister, wholes[0])).unwrap();
    w.says(minister);
    assert_eq!(w.counts(), (2, 5), "the minister may be both officials of the ministry");
}

#[test]
fn speakers_without_names_are_one_only_in_the_wholes_that_are_given_for_all_of_them() {
    let mut w = world();
    let [ministry, party] = ["ministry", "party"].map(|key| w.graph.add(Agency, key).unwrap().id());
    let [one, other] = ["one", "other"]
        .map(|key| w.graph.add(Person, Entity::new(key).name_withheld()).unwrap().id());
    w.graph.add_affiliation(Affiliation::holds_office(one, ministry)).unwrap();
    w.graph.add_affiliation(Affiliation::member_of(one, party)).unwrap();
    w.graph.add_affiliation(Affiliation::holds_office(other, ministry)).unwrap();
    w.says(one);
    w.says(party);
    assert_eq!(w.counts(), (1, 2), "the word of the party may be that of its member");
    w.says(other);
    assert_eq!(w.counts(), (2, 3), "the other official belongs to no party");
}

#[test]
fn the_proof_has_the_affiliations_by_which_speakers_may_be_one_and_no_others() {
    let mut w = world();
    let ministry = w.graph.add(Agency, "ministry").unwrap().id();
    let paper = w.graph.add(Publisher, "paper").unwrap().id();
    let mut given = Vec::new();
    w.says(paper);
    for (key, expected) in [("one", 0), ("other", 2)] {
        let official = w.graph.add(Person, Entity::new(key).name_withheld()).unwrap().id();
        let office = Affiliation::holds_office(official, ministry);
        given.push(w.graph.add_affiliation(office).unwrap());
        w.says(official);
        let relation = w.graph.relation("present-in").unwrap();
        let independence = w.graph.statement(w.ends.0, relation, w.ends.1).independence();
        let mut proved: Vec<_> = independence.proof().affiliations().collect();
        proved.sort();
        assert_eq!(proved, given[..expected]);
    }
}

#[test]
fn a_person_who_passes_on_two_agencies_is_not_taken_for_one_of_them() {
    let mut w = world();
    let relation = w.graph.relation("present-in").unwrap();
    let ministry = w.graph.add(Agency, "ministry").unwrap().id();
    let person = w.graph.add(Person, "person").unwrap().id();
    for key in ["one", "other"] {
        let agency = w.graph.add(Agency, key).unwrap().id();
        if key == "one" {
            w.graph.add_affiliation(Affiliation::part_of(agency, ministry)).unwrap();
        }
        let claim = Claim::by(agency).relayed_by(person).asserts(w.ends.0, relation, w.ends.1);
        w.graph.insert(claim.reported(date(2023, 6, 5))).unwrap();
    }
    let independence = w.graph.statement(w.ends.0, relation, w.ends.1).independence();
    let parties: Vec<_> =
        independence.cut().iter().map(|it| (it.party().source(), it.may_be_one_with())).collect();
    assert_eq!(parties, [(Some(person), [].as_slice())]);
}

/// Whether the word of one may be that of the other, by the rule of `docs/SEMANTICS.md`: `wholes` are those to which each
/// agency directly belongs, `withheld` says of whom the name is not known.
fn may_be_one(wholes: &[Vec<usize>], withheld: &[bool], a: usize, b: usize) -> bool {
    let above = |from: usize| {
        let mut found = wholes[from].clone();
        let mut at = 0;
        while at < found.len() {
            for &whole in &wholes[found[at]] {
                if !found.contains(&whole) {
                    found.push(whole);
                }
            }
            at += 1;
        }
        found
    };
    let first = |of: usize| wholes[of].iter().min().copied();
    // Somebody without a name may be anybody named who directly belongs to the same whole, and belongs where that one does.
    let could_be = |of: usize| {
        let whole = first(of);
        let same = (0..wholes.len()).filter(move |&it| {
            !withheld[it] && whole.is_some_and(|whole| wholes[it].contains(&whole))
        });
        same.collect::<Vec<_>>()
    };
    match (withheld[a], withheld[b]) {
        (true, true) => first(a).zip(first(b)).is_none_or(|(one, other)| one == other),
        (true, false) => {
            let others = could_be(a);
            first(a).is_some()
                && (above(a).contains(&b)
                    || others.contains(&b)
                    || others.iter().any(|&other| above(other).contains(&b)))
        }
        (false, true) => may_be_one(wholes, withheld, b, a),
        (false, false) => above(a).contains(&b) || above(b).contains(&a),
    }
}

/// The size of the largest set of speakers of whom no two may be one.
fn largest(speakers: &[usize], one: &dyn Fn(usize, usize) -> bool) -> usize {
    let sets = 0..1_u32 << speakers.len();
    let distinct = sets.filter(|set| {
        let chosen: Vec<usize> =
            (0..speakers.len()).filter(|at| set & (1 << at) != 0).map(|at| speakers[at]).collect();
        chosen.iter().enumerate().all(|(at, &a)| chosen[..at].iter().all(|&b| !one(a, b)))
    });
    distinct.map(u32::count_ones).max().unwrap_or(0) as usize
}

const AGENCIES: usize = 7;

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    /// Sources are counted as the largest set of speakers of whom no two may be one. The lower number is never above the
    /// higher, and one more speaker never lowers either.
    #[test]
    fn a_speaker_more_never_lowers_a_number(
        affiliations in proptest::collection::vec((0..AGENCIES, 0..AGENCIES, 0..3_u8), 0..10),
        withheld in proptest::collection::vec(proptest::bool::weighted(0.4), AGENCIES),
        order in proptest::sample::subsequence((0..AGENCIES).collect::<Vec<_>>(), 1..=AGENCIES),
        turn in 0..AGENCIES,
    ) {
        let mut w = world();
        let agencies: Vec<EntityId> = (0..AGENCIES).map(|at| {
            let entity = Entity::new(format!("agency-{at}"));
            let entity = if withheld[at] { entity.name_withheld() } else { entity };
            w.graph.add(Agency, entity).unwrap().id()
        }).collect();
        let mut wholes = vec![Vec::new(); AGENCIES];
        for (part, whole, kind) in affiliations {
            let affiliation = match kind {
                0 => Affiliation::part_of(agencies[part], agencies[whole]),
                1 => Affiliation::member_of(agencies[part], agencies[whole]),
                _ => Affiliation::holds_office(agencies[part], agencies[whole]),
            };
            // One whole is given for a speaker without a name.
            let one = !withheld[part] || wholes[part].is_empty();
            if one && part != whole && w.graph.add_affiliation(affiliation).is_ok() {
                wholes[part].push(whole);
            }
        }
        let mut speakers = Vec::new();
        let (mut least, mut most) = (0, 0);
        for at in order.iter().cycle().skip(turn).take(order.len()).copied() {
            w.says(agencies[at]);
            speakers.push(at);
            let (count, at_most) = w.counts();
            proptest::prop_assert!(count <= at_most && at_most == speakers.len());
            proptest::prop_assert!(count >= least && at_most >= most, "{count} after {least}");
            let one = |a: usize, b: usize| may_be_one(&wholes, &withheld, a, b);
            let expected = largest(&speakers, &one);
            proptest::prop_assert_eq!(count, expected, "{:?} of {:?}", speakers, wholes);
            (least, most) = (count, at_most);
        }
    }
}
