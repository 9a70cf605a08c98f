//! Random worlds as they are generated.

use super::*;

/// States, forces, an agency, a person, a city; then two documents.
pub const ENTITIES: usize = 6;

pub const SPEAKERS: usize = 5;

pub const STATES: &[usize] = &[0, 1];

pub const ACTORS: &[usize] = &[0, 1, 2, 3, 4];

pub const PLACES: &[usize] = &[0, 1, 5];

pub fn those(end: End) -> &'static [usize] {
    match end {
        End::Actor => ACTORS,
        End::Place => PLACES,
        End::State => STATES,
    }
}

/// Day `n` of the story. Events lie in 0..20, reports in 20..26.
pub fn day(n: u8) -> Date {
    date(2030, 1, 1 + n as i8)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    State(Stance),
    Answer(Stance),
    Restate(Stance),
    DenyIt,
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub verb: Verb,
    pub by: Option<usize>,
    pub via: Option<usize>,
    pub doc: Option<usize>,
    pub own_voice: bool,
    pub ends: (usize, usize, usize),
    pub target: (usize, usize),
    pub perhaps: bool,
    pub quantity: Option<u8>,
    pub window: Option<(u8, u8, u8)>,
    pub day: u8,
    pub modality: Modality,
    pub certainty: Certainty,
}

#[derive(Clone, Debug)]
pub struct LineageSpec {
    pub from: usize,
    pub to: usize,
    pub scope: u8,
    pub claim: usize,
    pub day: Option<u8>,
    pub inferred: bool,
}

#[derive(Clone, Debug)]
pub struct World {
    pub affiliations: Vec<(usize, AffiliationKind, usize, Option<u8>)>,
    pub lineages: Vec<LineageSpec>,
    pub claims: Vec<Spec>,
    /// Linked claims, by their place among the specs.
    pub links: Vec<(usize, usize)>,
}

pub fn verbs() -> impl Strategy<Value = Verb> {
    use Stance::*;
    let states = prop_oneof![
        6 => Just(Asserts), 6 => Just(Denies),
        9 => prop::sample::select(vec![Observes, Estimates, Assesses, Confirms, Acknowledges, Presupposes, Projects, Speculates, Doubts, Demands, CallsFor, Threatens]),
    ];
    prop_oneof![
        12 => states.prop_map(Verb::State),
        8 => prop::sample::select(vec![Confirms, Confirms, Acknowledges, Acknowledges, Dismisses, Dismisses, Doubts, Retracts, Retracts, Revises]).prop_map(Verb::Answer),
        2 => prop::sample::select(vec![Confirms, Acknowledges]).prop_map(Verb::Restate),
        1 => Just(Verb::DenyIt),
    ]
}

pub fn specs() -> impl Strategy<Value = Spec> {
    let who = (
        prop::option::weighted(0.9, 0..SPEAKERS),
        prop::option::weighted(0.4, 0..SPEAKERS),
        prop::option::weighted(0.7, 0..2usize),
        prop::bool::weighted(0.15),
    );
    let ends =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let ends = (0..RELS.len(), ends).prop_map(|(r, (s, o, _))| {
        (*s.get(those(RELS[r].subject)), r, *o.get(those(RELS[r].object)))
    });
    let parts = (
        prop::option::weighted(0.5, 1..3u8),
        prop::option::weighted(0.3, (0..20u8, 0..20u8, 0..5u8)),
        20..26u8,
    );
    let shades = (
        prop_oneof![6 => Just(Modality::Actual), 1 => Just(Modality::Planned), 1 => Just(Modality::Committed)],
        prop_oneof![6 => Just(Certainty::Certain), 2 => Just(Certainty::Probable), 1 => Just(Certainty::Possible)],
    );
    (verbs(), who, ends, (0..25usize, 0..25usize), prop::bool::weighted(0.2), parts, shades)
        .prop_map(
            |(
                verb,
                (by, via, doc, own_voice),
                ends,
                target,
                perhaps,
                (quantity, window, day),
                (modality, certainty),
            )| {
                Spec {
                    verb,
                    by,
                    via,
                    doc,
                    own_voice,
                    ends,
                    target,
                    perhaps,
                    quantity,
                    window,
                    day,
                    modality,
                    certainty,
                }
            },
        )
}

pub fn worlds(claims: std::ops::Range<usize>) -> impl Strategy<Value = World> {
    let kind = prop::sample::select(vec![
        AffiliationKind::PartOf,
        AffiliationKind::PartOf,
        AffiliationKind::LocatedIn,
        AffiliationKind::LocatedIn,
        AffiliationKind::MemberOf,
        AffiliationKind::HoldsOffice,
    ]);
    let affiliation = (0..ENTITIES, kind, 0..ENTITIES, prop::option::weighted(0.3, 20..26u8));
    let lineage = (
        0..SPEAKERS + 2,
        0..SPEAKERS,
        0..4u8,
        0..25usize,
        prop::option::weighted(0.3, 20..26u8),
        any::<bool>(),
    )
        .prop_map(|(from, to, scope, claim, day, inferred)| LineageSpec {
            from: if from < SPEAKERS { from } else { from - SPEAKERS + ENTITIES },
            to,
            scope,
            claim,
            day,
            inferred,
        });
    let links = prop::collection::vec((0..25usize, 0..25usize), 0..4);
    (
        prop::collection::vec(affiliation, 0..5),
        prop::collection::vec(lineage, 0..4),
        prop::collection::vec(specs(), claims),
        links,
    )
        .prop_map(|(affiliations, lineages, claims, links)| World {
            affiliations,
            lineages,
            claims,
            links,
        })
}
