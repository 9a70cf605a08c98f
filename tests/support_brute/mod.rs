//! Random small worlds, and what the rules of `SEMANTICS.md` say about them, worked out in the plainest
//! way: lists that are searched, subsets that are tried.

#![allow(dead_code)] // each test file uses a part of it

use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, Document, EntityId, Id, Modality, Period, Quantity, Stance,
    claim::{Attribution, Certainty, Link, NotStated, Polarity},
    date,
    entity::{Affiliation, AffiliationKind},
    sources::{Lineage, LineageId},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

claimgraph::vocabulary! {
    /// Relations that imply in more than one step, from the other side, and through an inverse.
    pub fn further;
    relation STATIONS_IN = "stations-in": Actor => Place, implies DEPLOYS_TO;
    relation HOSTS = "hosts": Place => Actor, inverse PRESENT_IN;
    relation HARBOURS = "harbours": Place => Actor, implies HOSTS;
    relation FIGHTS_BESIDE = "fights-beside": Actor => Actor, implies ALLIED_WITH;
    relation KNOWS = "knows": Actor => Actor;
    relation BEFRIENDS = "befriends": Actor => Actor, symmetric, implies KNOWS;
    relation PACT_WITH = "pact-with": State => State, symmetric, implies ALLIED_WITH;
}

// ----- the vocabulary once more, by hand

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Actor,
    Place,
    State,
}

pub struct Rel {
    pub key: &'static str,
    pub subject: End,
    pub object: End,
    pub implies: &'static [usize],
    pub symmetric: bool,
    pub inverse: Option<usize>,
}

const fn rel(
    key: &'static str,
    subject: End,
    object: End,
    implies: &'static [usize],
    symmetric: bool,
    inverse: Option<usize>,
) -> Rel {
    Rel { key, subject, object, implies, symmetric, inverse }
}

pub const RELS: [Rel; 11] = [
    rel("present-in", End::Actor, End::Place, &[], false, Some(4)),
    rel("deploys-to", End::Actor, End::Place, &[0], false, None),
    rel("distributed-across", End::Actor, End::Place, &[0], false, None),
    rel("stations-in", End::Actor, End::Place, &[1], false, None),
    rel("hosts", End::Place, End::Actor, &[], false, Some(0)),
    rel("harbours", End::Place, End::Actor, &[4], false, None),
    rel("allied-with", End::Actor, End::Actor, &[], true, None),
    rel("fights-beside", End::Actor, End::Actor, &[6], false, None),
    rel("knows", End::Actor, End::Actor, &[], false, None),
    rel("befriends", End::Actor, End::Actor, &[8], true, None),
    rel("pact-with", End::State, End::State, &[6], true, None),
];

/// All that a relation says, each with whether the ends change sides.
pub fn says(rel: usize) -> BTreeSet<(usize, bool)> {
    let mut found = BTreeSet::from([(rel, false)]);
    loop {
        let mut more = found.clone();
        for &(r, turned) in &found {
            more.extend(RELS[r].implies.iter().map(|&i| (i, turned)));
            if RELS[r].symmetric {
                more.insert((r, !turned));
            }
            more.extend(RELS[r].inverse.map(|i| (i, !turned)));
        }
        if more == found {
            return found;
        }
        found = more;
    }
}

fn same_relation(a: usize, b: usize) -> bool {
    a == b || RELS[a].inverse == Some(b)
}

/// The table of SEMANTICS 1.3, as far as it is needed.
pub fn commits(stance: Stance) -> bool {
    use Stance::*;
    matches!(
        stance,
        Asserts | Observes | Estimates | Assesses | Confirms | Acknowledges | Presupposes | Revises
    )
}

pub fn evidence(stance: Stance) -> bool {
    commits(stance) && stance != Stance::Acknowledges && stance != Stance::Presupposes
}

// ----- what is generated

/// States, forces, an agency, a person, a city; then two documents.
pub const ENTITIES: usize = 6;
const SPEAKERS: usize = 5;
const STATES: &[usize] = &[0, 1];
const ACTORS: &[usize] = &[0, 1, 2, 3, 4];
const PLACES: &[usize] = &[0, 1, 5];

fn those(end: End) -> &'static [usize] {
    match end {
        End::Actor => ACTORS,
        End::Place => PLACES,
        End::State => STATES,
    }
}

/// Day `n` of the story; what it is about lies in 0..20, reports in 20..26.
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
    /// Claims that the text connects, by their place among the specs.
    pub links: Vec<(usize, usize)>,
}

fn verbs() -> impl Strategy<Value = Verb> {
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

fn specs() -> impl Strategy<Value = Spec> {
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

// ----- the world as a graph, and as plain rows beside it

/// The first and the last day in which it can lie.
pub type Window = (Option<u8>, Option<u8>);

#[derive(Clone, Debug)]
pub struct Row {
    pub spec: usize,
    pub id: ClaimId,
    /// Outermost first; the document leads.
    pub chain: Vec<Option<usize>>,
    pub doc: Option<usize>,
    pub stance: Stance,
    pub says: Option<(usize, usize, usize)>,
    /// Other claims by their place among the specs, and whether firmly.
    pub targets: Vec<(usize, bool)>,
    pub quantity: Option<u8>,
    pub window: Option<Window>,
    pub day: u8,
    pub modality: Modality,
    pub certainty: Certainty,
}

pub struct Built {
    pub graph: ClaimGraph,
    pub entities: Vec<EntityId>,
    pub docs: Vec<Id<Document>>,
    pub rows: Vec<Row>,
    /// As they were handed in.
    pub claims: Vec<Claim>,
    pub affiliations: Vec<(usize, AffiliationKind, usize, Option<u8>)>,
    /// Handle, from, to, scope, day, inferred.
    pub lineages: Vec<(LineageId, usize, usize, Scoped, Option<u8>, bool)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scoped {
    Everywhere,
    Doc(usize),
    Claim(usize),
}

fn period((a, b, kind): (u8, u8, u8)) -> (Period, Window) {
    let (a, b) = (a.min(b), a.max(b));
    match kind {
        0 => (Period::on(day(a)), (Some(a), Some(a))),
        1 => (Period::throughout(day(a)..=day(b)), (Some(a), Some(b))),
        2 => (Period::by(day(a)), (None, Some(a))),
        3 => (Period::holding_on(day(a)), (None, None)),
        _ => (Period::since(day(a)), (Some(a), None)),
    }
}

/// A window for a question, as a period and as two days.
pub fn asked_window((a, b): (u8, u8)) -> (Period, Window) {
    period((a, b, 1))
}

const DOC_DAYS: [u8; 2] = [21, 24];

impl World {
    pub fn build(&self) -> Built {
        let order: Vec<usize> = (0..self.claims.len()).collect();
        self.build_in(&order, &(0..ENTITIES + 2).collect::<Vec<_>>())
    }

    /// Inserts entities and claims in these orders. Claims that answer something not on record are left out.
    pub fn build_in(&self, order: &[usize], entity_order: &[usize]) -> Built {
        let mut graph = ClaimGraph::new();
        graph.extend_vocabulary(&further()).expect("no clash");
        let mut placed: BTreeMap<usize, EntityId> = BTreeMap::new();
        let mut docs: BTreeMap<usize, Id<Document>> = BTreeMap::new();
        for &e in entity_order {
            let key =
                ["alta", "brena", "alta-forces", "agency", "speaker", "city", "doc-1", "doc-2"][e];
            let id = match e {
                0 | 1 => graph.add(State, key).map(Id::id),
                2 => graph.add(Military, key).map(Id::id),
                3 => graph.add(Agency, key).map(Id::id),
                4 => graph.add(Person, key).map(Id::id),
                5 => graph.add(City, key).map(Id::id),
                _ => graph.add_document(key, day(DOC_DAYS[e - ENTITIES])).map(|d| {
                    docs.insert(e, d);
                    d.id()
                }),
            };
            placed.insert(e, id.expect("a new key"));
        }
        let entities: Vec<EntityId> = placed.into_values().collect();
        let docs: Vec<Id<Document>> = docs.into_values().collect();
        let mut affiliations = Vec::new();
        for &(part, kind, whole, on) in &self.affiliations {
            let mut affiliation = Affiliation::new(entities[part], kind, entities[whole]);
            if let Some(on) = on {
                affiliation = affiliation.reported(day(on));
            }
            if graph.add_affiliation(affiliation).is_ok() {
                affiliations.push((part, kind, whole, on));
            }
        }
        let mut built = Built {
            graph,
            entities,
            docs,
            rows: Vec::new(),
            claims: Vec::new(),
            affiliations,
            lineages: Vec::new(),
        };
        for (place, &spec) in order.iter().enumerate() {
            // Sometimes what is there is sorted into the columns, so that both kinds of rows are asked.
            if (order.len() + 7 * place).is_multiple_of(9) {
                built.graph.compact();
            }
            if let Some((claim, mut row)) = built.claim(spec, &self.claims[spec])
                && let Ok(id) = built.graph.insert(claim.clone())
            {
                built.claims.push(claim);
                row.id = id;
                built.rows.push(row);
            }
        }
        for &(from, to) in &self.links {
            if let (Some(from), Some(to)) = (built.row(from), built.row(to)) {
                // To itself is refused.
                let _ = built.graph.link(Link::new(from.id, RELATED_TO, to.id));
            }
        }
        for l in &self.lineages {
            let claim = built
                .rows
                .iter()
                .min_by_key(|r| (r.spec + 100 - l.claim) % 100)
                .map(|r| (r.spec, r.id));
            let mut lineage = Lineage::new(built.entities[l.from], built.entities[l.to]);
            let scope = match (l.scope, claim) {
                (0, _) | (3, None) => Scoped::Everywhere,
                (3, Some((spec, id))) => {
                    lineage = lineage.for_claims([id]);
                    Scoped::Claim(spec)
                }
                (scope, _) => {
                    lineage = lineage.within(built.docs[usize::from(scope) - 1]);
                    Scoped::Doc(ENTITIES + usize::from(scope) - 1)
                }
            };
            // Within a dated document it is on record from that day.
            let mut on = match scope {
                Scoped::Doc(d) => Some(DOC_DAYS[d - ENTITIES]),
                _ => None,
            };
            if let Some(d) = l.day {
                lineage = lineage.reported(day(d));
                on = Some(d);
            }
            if l.inferred {
                lineage = lineage.inferred();
            }
            if let Ok(id) = built.graph.add_lineage(lineage)
                && !built.lineages.iter().any(|known| known.0 == id)
            {
                built.lineages.push((id, l.from, l.to, scope, on, l.inferred));
            }
        }
        built
    }
}

impl Built {
    pub fn row(&self, spec: usize) -> Option<&Row> {
        self.rows.iter().find(|row| row.spec == spec)
    }

    pub fn place(&self, entity: EntityId) -> usize {
        self.entities.iter().position(|e| *e == entity).expect("an entity of this world")
    }

    fn claim(&self, place: usize, spec: &Spec) -> Option<(Claim, Row)> {
        let answers = !matches!(spec.verb, Verb::State(_));
        let target = match answers {
            true => Some(self.row(spec.target.0.checked_rem(place)?)?),
            false => None,
        };
        // Who speaks: whoever takes something back said it himself.
        let retracts = spec.verb == Verb::Answer(Stance::Retracts);
        let (mut by, mut via) = (spec.by, spec.via);
        if retracts {
            (by, via) = (target.and_then(|t| t.chain.last().copied().flatten()), None);
        }
        let own_voice = spec.own_voice && spec.doc.is_some() && !retracts;
        let doc = spec.doc.map(|d| d + ENTITIES);
        if own_voice {
            (by, via) = (doc, None);
        }
        via = via.filter(|v| Some(*v) != by);
        let mut voice: Attribution = match by {
            Some(by) => Claim::by(self.entities[by]),
            None => Claim::by(NotStated),
        };
        if let Some(via) = via {
            voice = voice.relayed_by(self.entities[via]);
        }
        let mut chain: Vec<Option<usize>> =
            doc.filter(|_| by != doc).map(Some).into_iter().collect();
        chain.extend(via.map(Some));
        chain.push(by);

        let mut row = Row {
            spec: place,
            id: self.graph.claims().next().map(|c| c.id()).unwrap_or(any_claim()),
            chain,
            doc: doc.or(by.filter(|b| *b >= ENTITIES)),
            stance: Stance::Asserts,
            says: None,
            targets: target.map(|t| (t.spec, true)).into_iter().collect(),
            quantity: None,
            window: None,
            day: spec.day.max(target.map_or(0, |t| t.day)),
            modality: Modality::Actual,
            certainty: spec.certainty,
        };
        let named = |(s, r, o): (usize, usize, usize)| {
            (
                self.entities[s],
                self.graph.relation(RELS[r].key).expect("declared"),
                self.entities[o],
            )
        };
        let mut claim = match spec.verb {
            Verb::State(stance) => {
                row.stance = stance;
                row.says = Some(spec.ends);
                let (s, r, o) = named(spec.ends);
                let mut claim = match stance {
                    Stance::Asserts => voice.asserts(s, r, o),
                    Stance::Observes => voice.observes(s, r, o),
                    Stance::Estimates => voice.estimates(s, r, o),
                    Stance::Assesses => voice.assesses(Polarity::Mixed, s, r, o),
                    Stance::Confirms => voice.confirms_that(s, r, o),
                    Stance::Acknowledges => voice.acknowledges_that(s, r, o),
                    Stance::Presupposes => voice.presupposes(s, r, o),
                    Stance::Projects => voice.projects(s, r, o),
                    Stance::Speculates => voice.speculates(s, r, o),
                    Stance::Denies => voice.denies(s, r, o),
                    Stance::Doubts => voice.doubts_that(s, r, o),
                    Stance::Demands => voice.demands(s, r, o),
                    Stance::CallsFor => voice.calls_for(s, r, o),
                    _ => voice.threatens(s, r, o),
                };
                row.modality = stance.usual_modality();
                if commits(stance) {
                    row.modality = spec.modality;
                    claim = claim.modality(spec.modality);
                }
                if let Some(n) = spec.quantity {
                    row.quantity = Some(n);
                    claim = claim.quantity(Quantity::stated(n, "soldiers"));
                }
                if let Some(window) = spec.window {
                    let (period, window) = period(window);
                    row.window = Some(window);
                    claim = claim.valid(period);
                }
                claim
            }
            Verb::Answer(stance) => {
                let target = target?;
                row.stance = stance;
                match stance {
                    Stance::Confirms => voice.confirms(target.id),
                    Stance::Acknowledges => voice.acknowledges(target.id),
                    Stance::Dismisses => {
                        let mut claim = voice.dismisses(target.id);
                        let other = self.row(spec.target.1.checked_rem(place)?);
                        if let Some(other) = other.filter(|_| spec.perhaps) {
                            row.day = row.day.max(other.day);
                            if other.spec != target.spec {
                                row.targets.push((other.spec, false));
                            }
                            claim = claim.possibly_responding_to(other.id);
                        }
                        claim
                    }
                    Stance::Doubts => voice.doubts(target.id),
                    Stance::Retracts => voice.retracts(target.id),
                    _ => {
                        // What revises something that is no actual fact is left alone: the rules do not say.
                        let plain = |t: &Row| {
                            commits(t.stance)
                                && t.modality == Modality::Actual
                                && (t.says.is_some() || t.stance == Stance::Revises)
                        };
                        if !plain(target) {
                            return None;
                        }
                        row.quantity = Some(3);
                        voice.revises(target.id).quantity(Quantity::stated(3, "soldiers"))
                    }
                }
            }
            Verb::Restate(stance) => {
                row.stance = stance;
                row.says = Some(spec.ends);
                let (s, r, o) = named(spec.ends);
                let target = target?.id;
                if stance == Stance::Confirms {
                    voice.confirms(target).restating(s, r, o)
                } else {
                    voice.acknowledges(target).restating(s, r, o)
                }
            }
            Verb::DenyIt => {
                // A denial in answer to a claim is of what that claim says.
                let target =
                    target.filter(|t| commits(t.stance) && t.modality == Modality::Actual)?;
                row.stance = Stance::Denies;
                row.says = Some(target.says?);
                let (s, r, o) = named(target.says?);
                voice.denies(s, r, o).responding_to(target.id)
            }
        };
        claim = claim.reported(day(row.day));
        row.certainty = match row.stance {
            stance if commits(stance) => spec.certainty,
            stance => stance.usual_certainty(),
        };
        claim = claim.certainty(row.certainty);
        if let Some(doc) = spec.doc {
            claim = claim.read_in(self.docs[doc], ..);
        }
        Some((claim, row))
    }

    // ----- the rules

    fn on_record(&self, row: &Row, ask: &Ask) -> bool {
        ask.as_of.is_none_or(|day| row.day <= day) && ask.doc.is_none_or(|doc| row.doc == Some(doc))
    }

    /// SEMANTICS 1.3: taken back by its own outermost or innermost speaker, and that not taken back.
    pub fn is_retracted(&self, row: &Row, ask: &Ask) -> bool {
        self.rows.iter().any(|r| {
            r.stance == Stance::Retracts
                && r.targets.contains(&(row.spec, true))
                && self.on_record(r, ask)
                && !self.is_retracted(r, ask)
        })
    }

    pub fn in_view<'a>(&'a self, ask: &'a Ask) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| {
            self.on_record(row, ask)
                && ask.speaker.is_none_or(|speaker| row.chain.contains(&Some(speaker)))
                && ask.relation.is_none_or(|relation| {
                    row.says.is_some_and(|(_, r, _)| {
                        same_relation(r, relation) || same_relation(relation, r)
                    })
                })
                && ask.stance.is_none_or(|stance| row.stance == stance)
                && ask.modality.is_none_or(|modality| row.modality == modality)
                && (ask.including_retracted || !self.is_retracted(row, ask))
        })
    }

    /// The entity and what belongs to it in that way, as far as is known.
    fn within(&self, whole: usize, kind: AffiliationKind, as_of: Option<u8>) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([whole]);
        loop {
            let more: Vec<usize> = self
                .affiliations
                .iter()
                .filter(|(part, k, w, on)| {
                    *k == kind
                        && found.contains(w)
                        && !found.contains(part)
                        && as_of.is_none_or(|day| on.is_none_or(|on| on <= day))
                })
                .map(|(part, ..)| *part)
                .collect();
            if more.is_empty() {
                return found;
            }
            found.extend(more);
        }
    }

    /// What a claim says. A revision says what it revises, with another figure.
    pub fn proposition(&self, row: &Row) -> Option<Proposition> {
        if row.stance == Stance::Revises {
            let revised = self.proposition(self.row(row.targets.first()?.0)?)?;
            return Some(Proposition { quantity: row.quantity, ..revised });
        }
        let (subject, relation, object) = row.says?;
        Some(Proposition { subject, relation, object, quantity: row.quantity, window: row.window })
    }

    /// SEMANTICS 1.4.
    pub fn entails(
        &self,
        said: &Proposition,
        asked: &Proposition,
        roll_up: bool,
        as_of: Option<u8>,
    ) -> bool {
        let together = match (said.window, asked.window) {
            (Some(a), Some(b)) => {
                let over = |x: Window, y: Window| matches!((x.1, y.0), (Some(end), Some(start)) if end < start);
                !over(a, b) && !over(b, a)
            }
            _ => true,
        };
        let counts = |said: usize, asked: usize, end: End| {
            let kind = if end == End::Place {
                AffiliationKind::LocatedIn
            } else {
                AffiliationKind::PartOf
            };
            said == asked || (roll_up && self.within(asked, kind, as_of).contains(&said))
        };
        let ends = says(said.relation).into_iter().filter(|(r, _)| *r == asked.relation).any(
            |(r, turned)| {
                let (s, o) =
                    if turned { (said.object, said.subject) } else { (said.subject, said.object) };
                counts(s, asked.subject, RELS[r].subject) && counts(o, asked.object, RELS[r].object)
            },
        );
        let figure = asked.quantity.is_none()
            || (same_relation(said.relation, asked.relation) && said.quantity == asked.quantity);
        together && ends && figure
    }

    /// SEMANTICS 1.5: claim, denial or dismissal, how (0 fact, 1 facet, 2 dismissed), surely.
    pub fn contested(&self, ask: &Ask) -> BTreeMap<(ClaimId, ClaimId), (u8, bool)> {
        let mut found: BTreeMap<(ClaimId, ClaimId), (u8, bool)> = BTreeMap::new();
        let view: Vec<&Row> = self.in_view(ask).collect();
        for by in &view {
            let how = match by.stance {
                Stance::Dismisses => 2,
                Stance::Denies => u8::from(by.quantity.is_some()),
                _ => continue,
            };
            for claim in &view {
                let direct =
                    by.targets.iter().find(|(t, _)| *t == claim.spec).map(|(_, firm)| *firm);
                let entailed = by.stance == Stance::Denies
                    && commits(claim.stance)
                    && claim.modality == Modality::Actual
                    && self.proposition(by).zip(self.proposition(claim)).is_some_and(
                        |(denied, said)| self.entails(&said, &denied, true, ask.as_of),
                    );
                if direct.is_some() || entailed {
                    found.insert((claim.id, by.id), (how, entailed || direct == Some(true)));
                }
            }
        }
        found
    }

    /// SEMANTICS 1.4: who backs it.
    pub fn backing(&self, asked: &Proposition, roll_up: bool, ask: &Ask) -> BTreeSet<ClaimId> {
        let sure =
            |row: &&Row| row.modality == Modality::Actual && row.certainty <= Certainty::Probable;
        let view: Vec<&Row> = self.in_view(ask).filter(sure).collect();
        let mut found: BTreeSet<usize> = view
            .iter()
            .filter(|row| {
                commits(row.stance)
                    && self
                        .proposition(row)
                        .is_some_and(|said| self.entails(&said, asked, roll_up, ask.as_of))
            })
            .map(|row| row.spec)
            .collect();
        loop {
            let more: BTreeSet<usize> = view
                .iter()
                .filter(|row| {
                    row.says.is_none()
                        && (row.stance == Stance::Confirms
                            || (row.stance == Stance::Acknowledges && asked.quantity.is_none()))
                })
                .filter(|row| row.targets.iter().any(|(t, firm)| *firm && found.contains(t)))
                .map(|row| row.spec)
                .collect();
            if more.is_subset(&found) {
                return view
                    .iter()
                    .filter(|row| found.contains(&row.spec))
                    .map(|row| row.id)
                    .collect();
            }
            found.extend(more);
        }
    }

    /// SEMANTICS 1.1 and 1.2: the smallest sets of parties without which nothing reaches the reader.
    pub fn cuts(
        &self,
        supporters: &[&Row],
        ask: &Ask,
        counting: bool,
    ) -> Option<(usize, BTreeSet<BTreeSet<Vertex>>)> {
        let mut arcs: BTreeSet<(Vertex, Vertex)> = BTreeSet::new();
        // Where relays count they are parties like any other.
        let relay = |e: usize| if counting { Vertex::Party(e) } else { Vertex::Relay(e) };
        for row in supporters {
            let vertex = |place: usize| {
                row.chain[place].map_or(Vertex::Unnamed(row.id, place), Vertex::Party)
            };
            let mut at = Vertex::Reader;
            let mut first = 0;
            if row.chain[0].is_some_and(|e| e >= ENTITIES) {
                let document = relay(row.chain[0].unwrap_or(0));
                arcs.insert((at, document));
                at = document;
                first = usize::from(row.chain.len() > 1);
            }
            if at != vertex(first) {
                arcs.insert((at, vertex(first)));
            }
            let onwards = |mut at: Vertex, from: usize, arcs: &mut BTreeSet<(Vertex, Vertex)>| {
                for place in from..row.chain.len() {
                    arcs.insert((at, vertex(place)));
                    at = vertex(place);
                }
                arcs.insert((at, Vertex::Statement));
            };
            let believed = |from: usize| -> Vec<usize> {
                let links = self.lineages.iter().filter(|(id, f, _, scope, on, inferred)| {
                    *f == from
                        && match scope {
                            Scoped::Everywhere => true,
                            Scoped::Doc(doc) => row.doc == Some(*doc),
                            Scoped::Claim(spec) => row.spec == *spec,
                        }
                        && ask.as_of.is_none_or(|day| on.is_none_or(|on| on <= day))
                        && !(ask.only_stated && *inferred)
                        && ask.without != Some(*id)
                });
                links.map(|(_, _, to, ..)| *to).collect()
            };
            let mut walk: Vec<usize> = row.chain[first].into_iter().collect();
            let mut seen: BTreeSet<usize> = BTreeSet::new();
            if walk.is_empty() {
                onwards(vertex(first), first + 1, &mut arcs);
            }
            while let Some(speaker) = walk.pop() {
                if !seen.insert(speaker) {
                    continue;
                }
                let sources = believed(speaker);
                for &source in &sources {
                    arcs.insert((Vertex::Party(speaker), Vertex::Party(source)));
                    walk.push(source);
                }
                if sources.is_empty() {
                    let further = (first + 1..row.chain.len())
                        .find(|&place| row.chain[place] == Some(speaker));
                    onwards(Vertex::Party(speaker), further.unwrap_or(first) + 1, &mut arcs);
                }
            }
        }
        let parties: Vec<Vertex> = arcs
            .iter()
            .flat_map(|&(a, b)| [a, b])
            .filter(|v| matches!(v, Vertex::Party(_) | Vertex::Unnamed(..)))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if parties.len() > 10 {
            return None;
        }
        let mut best: (usize, BTreeSet<BTreeSet<Vertex>>) = (usize::MAX, BTreeSet::new());
        for mask in 0u32..1 << parties.len() {
            let size = mask.count_ones() as usize;
            let wrong: BTreeSet<Vertex> = parties
                .iter()
                .enumerate()
                .filter(|(i, _)| mask >> i & 1 == 1)
                .map(|(_, v)| *v)
                .collect();
            if size <= best.0 && !reaches(&arcs, &wrong) {
                if size < best.0 {
                    best = (size, BTreeSet::new());
                }
                best.1.insert(wrong);
            }
        }
        Some(best)
    }
}

fn reaches(arcs: &BTreeSet<(Vertex, Vertex)>, wrong: &BTreeSet<Vertex>) -> bool {
    let mut seen = BTreeSet::from([Vertex::Reader]);
    loop {
        let more: Vec<Vertex> = arcs
            .iter()
            .filter(|(a, b)| seen.contains(a) && !seen.contains(b) && !wrong.contains(b))
            .map(|(_, b)| *b)
            .collect();
        if more.is_empty() {
            return seen.contains(&Vertex::Statement);
        }
        seen.extend(more);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Vertex {
    Reader,
    Statement,
    Relay(usize),
    Party(usize),
    Unnamed(ClaimId, usize),
}

#[derive(Clone, Debug)]
pub struct Proposition {
    pub subject: usize,
    pub relation: usize,
    pub object: usize,
    pub quantity: Option<u8>,
    pub window: Option<Window>,
}

/// A view, as plain data.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub as_of: Option<u8>,
    pub doc: Option<usize>,
    pub speaker: Option<usize>,
    pub relation: Option<usize>,
    pub stance: Option<Stance>,
    pub modality: Option<Modality>,
    pub including_retracted: bool,
    pub only_stated: bool,
    pub without: Option<LineageId>,
}

impl Ask {
    pub fn view<'g>(&self, built: &'g Built) -> claimgraph::View<'g> {
        let mut view = built.graph.view();
        if let Some(n) = self.as_of {
            view = view.as_of(day(n));
        }
        if let Some(doc) = self.doc {
            view = view.document(built.docs[doc - ENTITIES]);
        }
        if let Some(speaker) = self.speaker {
            view = view.speaker(built.entities[speaker]);
        }
        if let Some(relation) = self.relation {
            view = view.relation(built.graph.relation(RELS[relation].key).expect("declared"));
        }
        if let Some(stance) = self.stance {
            view = view.stance(stance);
        }
        if let Some(modality) = self.modality {
            view = view.modality(modality);
        }
        if self.including_retracted {
            view = view.including_retracted();
        }
        if self.only_stated {
            view = view.only_stated_lineage();
        }
        match self.without {
            Some(link) => view.without_lineage(link),
            None => view,
        }
    }
}

pub fn as_of() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(0.5, 19..27u8)
}

/// A question that the world is likely to have something to say about: one of its statements, under a
/// relation that it says, about whoever or wherever.
pub fn question(
    built: &Built,
    pick: &prop::sample::Index,
    general: &prop::sample::Index,
    wider: (bool, bool),
    figure: bool,
    window: Option<(u8, u8)>,
) -> Option<(Proposition, Option<Period>)> {
    let mut said: Vec<Proposition> =
        built.rows.iter().filter_map(|row| built.proposition(row)).collect();
    // What others answer is asked about more often.
    let answers = built
        .rows
        .iter()
        .filter(|row| matches!(row.stance, Stance::Confirms | Stance::Acknowledges));
    let answered: Vec<Proposition> = answers
        .flat_map(|row| &row.targets)
        .filter_map(|(target, _)| built.proposition(built.row(*target)?))
        .collect();
    said.extend(answered.iter().cycle().take(answered.len() * 4).cloned());
    let told =
        built.rows.iter().filter(|row| commits(row.stance) && row.modality == Modality::Actual);
    said.extend(told.filter_map(|row| built.proposition(row)));
    if said.is_empty() {
        return None;
    }
    let from = pick.get(&said);
    let mut reach: Vec<(usize, bool)> = says(from.relation).into_iter().collect();
    reach.extend([(from.relation, false); 2]);
    let &(relation, turned) = general.get(&reach);
    let (s, o) = if turned { (from.object, from.subject) } else { (from.subject, from.object) };
    let up = |e: usize, wider: bool, end: End| {
        let kind =
            if end == End::Place { AffiliationKind::LocatedIn } else { AffiliationKind::PartOf };
        let whole = built
            .affiliations
            .iter()
            .find(|(p, k, w, _)| wider && *p == e && *k == kind && those(end).contains(w));
        whole.map_or(e, |(_, _, w, _)| *w)
    };
    let (subject, object) =
        (up(s, wider.0, RELS[relation].subject), up(o, wider.1, RELS[relation].object));
    let (period, window) = window.map(asked_window).unzip();
    let quantity = if figure { from.quantity } else { None };
    Some((Proposition { subject, relation, object, quantity, window }, period))
}

/// A handle to stand in a row until the claim is on record.
fn any_claim() -> ClaimId {
    let mut graph = ClaimGraph::new();
    let state = graph.add(State, "x").expect("a new key");
    graph
        .insert(Claim::by(state).asserts(state, ATTACKS, state).reported(day(1)))
        .expect("well formed")
}
