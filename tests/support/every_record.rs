//! Small graphs with a vocabulary of their own and every kind of record. The files of `tests/data` hold them.

#![allow(dead_code)] // the binary of snapshots uses one of them

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, Date, DocumentInfo, Entity, Period, Quantity, Stance, Statement,
    claim::PlainClaim,
    claim::{Derivation, Link, NotStated, Quote},
    date,
    entity::{Affiliation, Name},
    identity::{Judgement, Undo},
    record::{Batch, Redaction, Review},
    sources::Lineage,
    vocabulary::{RelationDef, RoleDef, Slot, Vocabulary},
};

/// The graph of the snapshots in `tests/data`. A change of it needs new files.
pub fn small() -> ClaimGraph {
    let kind = |kind: &str| Slot::Kind(kind.into());
    let mut words = Vocabulary::new();
    words
        .add_relation(RelationDef {
            symmetric: true,
            ..RelationDef::new("ally", kind("Actor"), kind("Actor"))
        })
        .unwrap();
    words.add_relation(RelationDef::new("visits", kind("Actor"), kind("Place"))).unwrap();
    words.add_relation(RelationDef::new("says", kind("Actor"), Slot::Any)).unwrap();
    words.add_role(RoleDef { general: true, ..RoleDef::new("note", Slot::Any) }).unwrap();
    let mut graph = ClaimGraph::with(&words).unwrap();
    let day = date(2024, 10, 24);
    let who = |key: &str| Entity::new(key).named(key.to_uppercase());
    let a = graph.add_untyped("Actor", who("a").code("iso", "AA")).unwrap();
    let b = graph
        .add_untyped("Actor", who("b").with_name(Name::former("beta").in_language("el")))
        .unwrap();
    let c = graph.add_untyped("Actor", "c").unwrap();
    let place = graph.add_untyped("Place", "somewhere").unwrap();
    let paper = graph
        .add_document(
            "paper",
            DocumentInfo::dated(day).titled("Paper").published_by(c).of_length(500),
        )
        .unwrap();
    let [ally, visits, says] = ["ally", "visits", "says"].map(|key| graph.relation(key).unwrap());
    let note = graph.role("note").unwrap();
    let row = |speaker, stance| PlainClaim::new(speaker, stance).reported(day);
    let first =
        graph.insert(row(a, Stance::Asserts).about(a, ally, b).valid_on(date(2024, 1, 2))).unwrap();
    let visit = graph
        .insert(row(b, Stance::Asserts).about(b, visits, place).valid_since(date(2023, 1, 2)))
        .unwrap();
    graph.insert(row(c, Stance::Denies).about(b, visits, place).responding_to(visit)).unwrap();
    let wave = graph.insert(row(b, Stance::Dismisses).responding_to(first)).unwrap();
    let long = graph.insert(
        Claim::by(a)
            .relayed_by(NotStated)
            .asserts(b, says, "come")
            .quantity(Quantity::between(3, 5, "cups").in_words("a few"))
            .with(note, Statement::new(a, ally, c))
            .valid(Period::by(day).in_words("by now"))
            .said(date(2024, 10, 20))
            .read_in(paper, 3..40)
            .words("come in"),
    );
    let long = long.unwrap();
    graph
        .insert(Claim::by(a).revises([long]).quantity(Quantity::about(7, "cups")).reported(day))
        .unwrap();
    graph.insert(Claim::by(b).retracts([wave]).reported(day)).unwrap();
    graph.insert(Claim::by(a).confirms([first, visit]).reported(day)).unwrap();
    graph.link(Link::part_of(first, long).because("so it seems")).unwrap();
    graph
        .add_derived_figure(
            first,
            Derivation::new(Quantity::stated(12, "cups"), "3 + 4 + 5", [long]),
        )
        .unwrap();
    graph
        .add_affiliation(Affiliation::part_of(a, c).valid(Period::since(day)).read_in(paper))
        .unwrap();
    graph.add_lineage(Lineage::new(b, c).for_claims([visit]).stated_by(first)).unwrap();
    graph
}

/// [`small`], and the parts that few entities and claims have. A change of it needs new files.
pub fn full() -> ClaimGraph {
    let mut graph = small();
    let day = date(2025, 1, 31);
    let [a, b, c] =
        ["a", "b", "c"].map(|key| graph.typed::<Actor>(graph.entity_keyed(key).unwrap()).unwrap());
    let place = graph.typed::<Place>(graph.entity_keyed("somewhere").unwrap()).unwrap();
    let [ally, visits] = ["ally", "visits"].map(|key| graph.relation(key).unwrap());
    let note = graph.role("note").unwrap();
    let hidden = Entity::new("source").alias("a person in the room").name_withheld();
    let hidden = graph.add_untyped("Actor", hidden).unwrap();
    let instant = "2025-01-31T07:30:00.5Z".parse().unwrap();
    let wire = DocumentInfo::undated().published_at(instant).retrieved_on(date(2025, 2, 1));
    let wire = wire.with_url("https://wire.example/7").archived_at("https://archive.example/7");
    let wire = graph
        .add_document("wire", wire.with_text("They left, and \u{201c}will not come back\u{201d}."))
        .unwrap();
    let plan = Claim::by(hidden)
        .relayed_by(b)
        .threatens(b, visits, place)
        .with(note, Statement::new(a, ally, c).negated().valid(Period::by(day)))
        .with(note, "in haste")
        .object_quantity(Quantity::vague("several", "places"))
        .quantity(Quantity::more_than(40, "cups"))
        .said("2025-01~")
        .read_in(wire, 0..9)
        .cue("will", 18..22)
        .quote(Quote::fragment("not come back").at(23..36));
    let plan = graph.insert(plan).unwrap();
    graph.insert(Claim::by(c).revises([plan]).upwards().factor(2).reported(day)).unwrap();
    graph.insert(Claim::by(c).doubts([plan]).background().reported(day)).unwrap();
    graph.insert(Claim::by(a).denies(a, ally, b).valid("2024-03/..").reported(day)).unwrap();
    let ends =
        Period::throughout(Date::constant(-43, 3, 15)..=date(2024, 12, 31)).in_words("for long");
    graph.insert(Claim::by(c).asserts(c, ally, a).valid(ends).reported(day)).unwrap();
    graph
}

/// [`third`], and what the newest versions of the formats hold. A change of it needs new files.
pub fn latest() -> ClaimGraph {
    let mut graph = third();
    let [first, later, last] =
        ["2025-02-01T08:00:00Z", "2025-02-02T09:30:00.25Z", "2025-03-01T00:00:00Z"]
            .map(|text| text.parse().unwrap());
    let key = |key| graph.entity_keyed(key).unwrap();
    let (b, c, d) = (key("b"), key("c"), key("d"));
    let same = Judgement::same(d, c).by("extractor").at(first).because("one \"name\"");
    let same = same.scored("0.75".parse().unwrap());
    let by_hand = graph.batches().find(|batch| batch.key() == "by hand").unwrap().clone();
    graph.begin_batch(by_hand).unwrap();
    let same = graph.judge(same).unwrap();
    graph.end_batch();
    graph.judge(Judgement::unsure(d, c).by("editor").at(later)).unwrap();
    graph.judge(Judgement::different(b, c).by("editor").at(later)).unwrap();
    graph.undo(same, Undo::by("reader").at(last)).unwrap();
    graph.undo(same, Undo::by("editor").at(later).because("two of them")).unwrap();
    let says = graph.relation("says").unwrap();
    let day = date(2025, 2, 3);
    let secret = |words| Claim::by(b).asserts(d, says, words).reported(day);
    let gone = ["it is secret", "it is secret", "nor is this"]
        .map(|words| graph.insert(secret(words)).unwrap());
    let [first_copy, _, other] = gone;
    graph.insert(Claim::by(c).dismisses([first_copy, other]).reported(day)).unwrap();
    let order = Redaction::by("legal desk").at(last);
    graph.redact_claims(gone, order.clone().because("a court order")).unwrap();
    assert!(graph.claim(first_copy).unwrap().redaction().is_some());
    let named = graph.add_untyped("Actor", Entity::new("e").named("Somebody")).unwrap();
    graph.redact_entity(named, order).unwrap();
    graph
}

/// [`full`], and what version 3 of the formats holds. A change of it needs new files.
pub fn third() -> ClaimGraph {
    let mut graph = full();
    let b = graph.entity_keyed("b").unwrap();
    let until = Period::until(date(1989, 6, 18)).in_words("until then");
    for name in [
        Name::adjective("Betan").in_language("en"),
        Name::transliteration("vita").valid("1989".parse::<Period>().unwrap()),
        Name::former("beta").in_language("el").valid(until),
    ] {
        graph.add_name(b, name).unwrap();
    }
    let [first, later, last] =
        ["2025-02-01T08:00:00Z", "2025-02-02T09:30:00.25Z", "2025-03-01T00:00:00Z"]
            .map(|text| text.parse().unwrap());
    let batch = Batch::by_tool("extractor", "2.1").prompted("List the \"claims\".").at(first);
    graph.begin_batch(batch.noted("first pass")).unwrap();
    let d = graph.add_untyped("Actor", "d").unwrap();
    let [ally, says] = ["ally", "says"].map(|key| graph.relation(key).unwrap());
    let [a, c] = ["a", "c"].map(|key| graph.entity_keyed(key).unwrap());
    let day = date(2025, 1, 31);
    let said = graph.insert(Claim::by(d).asserts(d, says, "come").reported(day)).unwrap();
    graph.add_affiliation(Affiliation::part_of(d, c)).unwrap();
    graph.begin_batch(Batch::by_person("editor").keyed("by hand").at(later)).unwrap();
    let row = PlainClaim::new(d, Stance::Asserts).about(d, ally, a).reported(day);
    let row = graph.insert(row).unwrap();
    graph.link(Link::part_of(said, row)).unwrap();
    graph
        .add_derived_figure(said, Derivation::new(Quantity::stated(1, "cups"), "1", [row]))
        .unwrap();
    graph.add_lineage(Lineage::new(d, a)).unwrap();
    graph.end_batch();
    graph.review(said, Review::proposed().by("extractor").at(first)).unwrap();
    graph.review(said, Review::rejected().by("editor").at(last).noted("a question")).unwrap();
    graph.review(row, Review::accepted().by("editor").at(later)).unwrap();
    graph
}

/// A graph that drawings hold without a loss: each claim has an entity at each end, and stands for itself.
pub fn drawn() -> ClaimGraph {
    let mut words = Vocabulary::new();
    let actor = || Slot::Kind("Actor".into());
    words.add_relation(RelationDef::new("meets", actor(), actor())).unwrap();
    let mut graph = ClaimGraph::with(&words).unwrap();
    let a = graph.add_untyped("Actor", Entity::new("a").named("A & \"B\"")).unwrap();
    let b = graph.add_untyped("Actor", Entity::new("b <1>")).unwrap();
    let meets = graph.relation("meets").unwrap();
    let day = date(2024, 10, 24);
    let claim = |speaker, stance| PlainClaim::new(speaker, stance).about(a, meets, b).reported(day);
    graph.insert(claim(a, Stance::Asserts).valid_on(date(2024, 10, 2))).unwrap();
    graph.insert(claim(b, Stance::Asserts).valid_since(date(2024, 9, 1))).unwrap();
    graph
}
