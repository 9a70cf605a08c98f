//! On how many sources a statement stands at least and at most.

use claimgraph::entity::Affiliation;
use claimgraph::{Claim, ClaimGraph, Entity, EntityId, date, reporting::*};

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
