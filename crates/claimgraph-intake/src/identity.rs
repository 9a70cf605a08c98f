//! Proposals of who is who: pairs of entities that may be the same, with the reasons. A graph and its names go in, a
//! [`Proposal`] for each pair comes out. A person or a program decides, and puts a [`Judgement`] on record.

use crate::name::{Likeness, NameIndex, Reason};
use claimgraph::identity::{Judgement, Verdict};
use claimgraph::quantity::Amount;
use claimgraph::{Answer, ClaimGraph, EntityId, EntityRef};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// How many similar names of other entities are looked at for each name.
const SIMILAR: usize = 8;

/// A fact about an entity: the relation, whether the entity is the subject, and the other end.
type Fact<'g> = (&'g str, bool, EntityId);

/// Two entities that may be the same, and why.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// The handles of the two, in order of their keys.
    #[serde(skip)]
    pub entities: [EntityId; 2],
    /// Their keys.
    pub keys: [String; 2],
    /// How similar their names are. If they share a code only, it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likeness: Option<Likeness>,
    /// The codes that both have, as pairs of system and code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared_codes: Vec<(String, String)>,
    /// The systems in which they have different codes and none in common.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differing_codes: Vec<String>,
    /// How many facts are said of both: a relation to one third entity, from one side.
    pub shared_facts: usize,
}

impl Proposal {
    /// Returns how likely the two are the same, from 0 to 1: 1 if they share a code, or the score of their names. If
    /// codes of one system differ, it is at most 0.5.
    pub fn score(&self) -> f64 {
        let most = if self.differing_codes.is_empty() { 1.0 } else { 0.5 };
        let by_name = self.likeness.as_ref().map_or(0.0, |likeness| likeness.score);
        if self.shared_codes.is_empty() { by_name.min(most) } else { most }
    }

    /// Returns a judgement on the two, with the score and the reasons. Its author and its instant are for the caller to
    /// set.
    pub fn judged(&self, verdict: Verdict) -> Judgement {
        let [one, other] = self.entities;
        let judgement = Judgement::new(one, verdict, other).because(self.reasons());
        let hundredths = (self.score() * 100.0).round() as i128;
        Amount::new(hundredths, 2).into_iter().fold(judgement, Judgement::scored)
    }

    fn reasons(&self) -> String {
        let codes = self.shared_codes.iter().map(|(system, code)| format!("code {system} {code}"));
        let names = self.likeness.iter().flat_map(|it| it.reasons.iter().map(Reason::to_string));
        let facts = match self.shared_facts {
            0 => None,
            1 => Some("1 fact in common".to_owned()),
            count => Some(format!("{count} facts in common")),
        };
        let apart = self.differing_codes.iter().map(|system| format!("codes of {system} differ"));
        codes.chain(names).chain(facts).chain(apart).collect::<Vec<_>>().join("; ")
    }
}

/// `austin, l-austin: 0.94 (initials fit; 2 facts in common)`.
impl fmt::Display for Proposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, other] = &self.keys;
        write!(f, "{one}, {other}: {:.2} ({})", self.score(), self.reasons())
    }
}

/// Returns the pairs of entities that may be the same: those with a code in common, and those whose names are
/// [likely](crate::name::LIKELY) those of one entity. The highest score comes first, then the most facts in common, then
/// the keys.
///
/// Left out are documents, entities without a name of their own that is known, pairs of which neither kind is at or below
/// the other, and pairs on which a judgement counts or that judgements join. Of several entities with one code, each is
/// paired with the one that has the least key. For each name, the 8 most similar names of other entities are looked at, so
/// the time grows with the number of names.
///
/// ```
/// use claimgraph::identity::Verdict;
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity};
/// use claimgraph_intake::{identity::proposals, name::NameIndex};
/// let mut graph = ClaimGraph::new();
/// let one = graph.add(Person, Entity::new("l-austin").named("Lloyd Austin"))?;
/// let two = graph.add(Person, Entity::new("austin-lloyd").named("Austin, Lloyd"))?;
/// let nis = graph.add(Agency, Entity::new("nis").named("National Intelligence Service"))?;
/// for person in [one, two] {
///     graph.insert(Claim::by(nis).asserts(person, MEETS, nis).reported(date(2024, 10, 24)))?;
/// }
/// let found = proposals(&graph, &NameIndex::of(&graph));
/// assert_eq!(found.len(), 1);
/// assert!(found[0].to_string().ends_with("1 fact in common)"));
/// let judgement = found[0].judged(Verdict::Same).by("editor").at("2024-10-25T09:00:00Z".parse().unwrap());
/// graph.judge(judgement)?;
/// assert_eq!(proposals(&graph, &NameIndex::of(&graph)), []);
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn proposals(graph: &ClaimGraph, index: &NameIndex) -> Vec<Proposal> {
    let entities: Vec<EntityRef<'_>> =
        graph.entities().filter(|it| it.document().is_none() && !it.is_name_withheld()).collect();
    let mut pairs: BTreeMap<[EntityId; 2], Option<Likeness>> = BTreeMap::new();
    for (one, other) in with_one_code(&entities) {
        pairs.entry(ordered(graph, one, other)).or_default();
    }
    for entity in &entities {
        for (other, likeness) in similar(graph, index, *entity) {
            let best = pairs.entry(ordered(graph, entity.id(), other)).or_default();
            if best.as_ref().is_none_or(|best| best.score < likeness.score) {
                *best = Some(likeness);
            }
        }
    }
    let identity = graph.identity();
    let is_open = |[one, other]: [EntityId; 2]| {
        identity.same(one, other) == Answer::Unknown && !is_judged(graph, [one, other])
    };
    let mut facts: FxHashMap<EntityId, FxHashSet<Fact<'_>>> = FxHashMap::default();
    let mut found: Vec<Proposal> = Vec::new();
    for (entities, likeness) in pairs {
        let [Ok(one), Ok(other)] = entities.map(|entity| graph.entity(entity)) else { continue };
        if !are_related(graph, one, other) || !is_open(entities) {
            continue;
        }
        for entity in entities {
            facts.entry(entity).or_insert_with(|| facts_about(graph, entity));
        }
        let [ours, theirs] = entities.map(|entity| facts.get(&entity));
        let shared_facts = ours.zip(theirs).map_or(0, |(a, b)| a.intersection(b).count());
        let (shared_codes, differing_codes) = compare_codes(one, other);
        let keys = [one, other].map(|it| it.key().to_owned());
        found.push(Proposal {
            entities,
            keys,
            likeness,
            shared_codes,
            differing_codes,
            shared_facts,
        });
    }
    found.sort_by(|a, b| {
        let by_score = b.score().total_cmp(&a.score());
        by_score.then(b.shared_facts.cmp(&a.shared_facts)).then_with(|| a.keys.cmp(&b.keys))
    });
    found
}

/// Returns the two in order of their keys.
fn ordered(graph: &ClaimGraph, one: EntityId, other: EntityId) -> [EntityId; 2] {
    let key = |entity| graph.entity(entity).map_or("", |it| it.key());
    if key(one) <= key(other) { [one, other] } else { [other, one] }
}

/// Returns for each code the pairs of its entities: the one with the least key, and each of the others.
fn with_one_code(entities: &[EntityRef<'_>]) -> Vec<(EntityId, EntityId)> {
    let mut by_code: FxHashMap<&(String, String), Vec<EntityRef<'_>>> = FxHashMap::default();
    for entity in entities {
        for code in entity.codes() {
            by_code.entry(code).or_default().push(*entity);
        }
    }
    let mut pairs = Vec::new();
    for mut alike in by_code.into_values() {
        alike.sort_by_key(|entity| entity.key());
        if let [first, others @ ..] = alike.as_slice() {
            pairs.extend(others.iter().map(|other| (first.id(), other.id())));
        }
    }
    pairs
}

/// Returns the entities that have a name which is likely that of this entity.
fn similar(
    graph: &ClaimGraph,
    index: &NameIndex,
    entity: EntityRef<'_>,
) -> Vec<(EntityId, Likeness)> {
    let mut found = Vec::new();
    for name in entity.names() {
        // The entity itself is one of them.
        for candidate in index.candidates(name.text(), SIMILAR + 1) {
            let other = candidate.named.entity;
            let is_open = graph.entity(other).is_ok_and(|it| !it.is_name_withheld());
            if other != entity.id() && candidate.is_likely() && is_open {
                found.push((other, candidate.likeness));
            }
        }
    }
    found
}

/// Returns whether the kind of one is that of the other or above it, and neither is a document.
fn are_related(graph: &ClaimGraph, one: EntityRef<'_>, other: EntityRef<'_>) -> bool {
    let is_above = |above: &str, kind: &str| {
        let definition = graph.vocabulary().kind(kind);
        definition.is_some_and(|it| it.above.iter().any(|it| it == above))
    };
    let (a, b) = (one.kind(), other.kind());
    one.document().is_none()
        && other.document().is_none()
        && (a == b || is_above(a, b) || is_above(b, a))
}

/// Returns whether a judgement on the two is on record that nobody has undone.
fn is_judged(graph: &ClaimGraph, [one, other]: [EntityId; 2]) -> bool {
    let on_both = graph.judgements_on(one).filter(|(_, it)| it.entities().contains(&other));
    on_both.into_iter().any(|(id, _)| graph.undone(id).next().is_none())
}

/// Returns the facts that claims tell of an entity and a second one. Denials count as well as assertions: either is about the two.
fn facts_about(graph: &ClaimGraph, entity: EntityId) -> FxHashSet<Fact<'_>> {
    let view = graph.view();
    let as_subject = view.claims_with_subject(entity).filter_map(|claim| {
        Some((claim.statement()?.relation().key.as_str(), true, claim.object_entity()?))
    });
    let as_object = view.claims_with_object(entity).filter_map(|claim| {
        Some((claim.statement()?.relation().key.as_str(), false, claim.subject_entity()?))
    });
    as_subject.chain(as_object).collect()
}

/// Returns the codes in common, and the systems of which both have codes and none in common.
fn compare_codes(one: EntityRef<'_>, other: EntityRef<'_>) -> (Vec<(String, String)>, Vec<String>) {
    let theirs: FxHashSet<&(String, String)> = other.codes().iter().collect();
    let shared: Vec<(String, String)> =
        one.codes().iter().filter(|code| theirs.contains(code)).cloned().collect();
    let is_shared = |system: &str| shared.iter().any(|(of, _)| of == system);
    let systems: FxHashSet<&str> =
        other.codes().iter().map(|(system, _)| system.as_str()).collect();
    let mut differing: Vec<String> = one
        .codes()
        .iter()
        .map(|(system, _)| system.as_str())
        .filter(|system| systems.contains(system) && !is_shared(system))
        .map(str::to_owned)
        .collect();
    differing.sort();
    differing.dedup();
    (shared, differing)
}
