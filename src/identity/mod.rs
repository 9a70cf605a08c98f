//! Identity: groups of entities that are one, by the judgements on record. A graph and an instant go in, an
//! [`Identity`] comes out. [`UnifiedGraph`] answers questions with entities that are the same as one.
//!
//! # Which judgements count
//! A judgement counts from its instant until it is undone. Of the judgements of one author on two entities, the latest
//! counts. Two entities are the same if judgements of [`Verdict::Same`] lead from one to the other.
//!
//! If judgements lead from one entity to another, and somebody judged the two different, the judgements contradict each
//! other. Then the judgements on the ways between the two join nothing, and [`Identity::conflicts`] lists them. They join
//! again as soon as a judgement of the conflict is undone. No rule depends on the order in which judgements were added.

pub(crate) mod biconnected;
pub(crate) mod conflict;
pub(crate) mod unified;

use crate::graph::ClaimGraph;
use crate::identity::biconnected::blocks;
use crate::model::id::{EntityId, checked};
use crate::model::value::answer::Answer;
use indexmap::{IndexMap, IndexSet};
use jiff::Timestamp;
use petgraph::unionfind::UnionFind;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::VecDeque;
use std::fmt;

pub use crate::identity::conflict::IdentityConflict;
pub use crate::identity::unified::UnifiedGraph;
pub use crate::model::id::JudgementId;
pub use crate::model::judgement::{Judgement, Undo, Verdict};

/// Which entities of a graph are one.
///
/// Entities that are the same form a group. Its *canonical* entity is the one of the most special kind, that is, of the
/// kind with the most kinds above it; of several, it is the one with the least key.
///
/// `Display` gives a line a group, and the JSON `groups` (lists of keys, the canonical one first) and `conflicts`.
///
/// ```
/// use claimgraph::identity::Judgement;
/// use claimgraph::{reporting::*, Answer, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, d] = ["austin", "l-austin", "lloyd", "llyod"].map(|key| graph.add(Person, key).unwrap());
/// let at = "2024-10-25T09:00:00Z".parse().unwrap();
/// for (one, other) in [(a, b), (b, c), (c, d)] {
///     graph.judge(Judgement::same(one, other).by("editor").at(at))?;
/// }
/// assert_eq!(graph.identity().to_string(), "austin = l-austin = lloyd = llyod\n");
/// graph.judge(Judgement::different(a, c).by("reader").at(at))?;
/// let identity = graph.identity();
/// assert_eq!(identity.to_string(), "lloyd = llyod\n");      // what lies between a and c joins nothing
/// assert_eq!((identity.same(c, d), identity.same(a, c)), (Answer::Yes, Answer::Unknown));
/// let conflict = identity.conflicts().next().unwrap();
/// assert_eq!(conflict.to_string(), "austin = l-austin = lloyd, but austin is not lloyd (reader)");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Identity<'g> {
    graph: &'g ClaimGraph,
    /// The entities on which judgements count, in order of their keys.
    judged: IndexSet<EntityId>,
    /// For each of them, the entities that are judged to be the same, by key, and by which judgement.
    same: Vec<Vec<(usize, Edge)>>,
    /// For each of them, its group.
    group: Vec<usize>,
    /// For each group, its canonical entity and all of its entities by key.
    groups: IndexMap<usize, (EntityId, Vec<EntityId>)>,
    /// The pairs that are judged different though judgements lead from one to the other.
    disputed: Vec<Different>,
    /// The groups of entities that are judged different.
    apart: IndexSet<[usize; 2]>,
}

/// A judgement that two entities are the same, and whether it joins them.
#[derive(Clone, Copy, Debug)]
struct Edge {
    judgement: JudgementId,
    joins: bool,
}

/// Two entities, by their places among those judged, and the judgement that they are different.
#[derive(Clone, Copy, Debug)]
struct Different {
    ends: [usize; 2],
    judgement: JudgementId,
}

impl ClaimGraph {
    /// Returns which entities are one, by all judgements that nobody has undone.
    pub fn identity(&self) -> Identity<'_> {
        Identity::of(self, None)
    }

    /// Returns which entities were one at that instant.
    pub fn identity_as_of(&self, instant: Timestamp) -> Identity<'_> {
        Identity::of(self, Some(instant))
    }

    /// Returns the judgements that count at the instant: of each author on each pair, the latest.
    fn standing(&self, as_of: Option<Timestamp>) -> Vec<(JudgementId, &Judgement)> {
        let has_begun = |at: Option<Timestamp>| as_of.is_none_or(|as_of| at <= Some(as_of));
        let mut latest: IndexMap<([EntityId; 2], &str), (JudgementId, &Judgement)> =
            IndexMap::new();
        for (id, judgement) in self.judgements() {
            let is_undone = self.undone(id).any(|undo| has_begun(undo.instant()));
            if is_undone || !has_begun(judgement.instant()) {
                continue;
            }
            let one =
                latest.entry((judgement.entities(), judgement.author())).or_insert((id, judgement));
            if one.1.order() < judgement.order() {
                *one = (id, judgement);
            }
        }
        latest.into_values().collect()
    }
}

impl<'g> Identity<'g> {
    fn of(graph: &'g ClaimGraph, as_of: Option<Timestamp>) -> Self {
        let mut standing = graph.standing(as_of);
        standing.retain(|(_, judgement)| judgement.verdict() != Verdict::Unsure);
        // Of several authors who say the same of a pair, one stands for all.
        standing.sort_unstable_by_key(|(_, judgement)| judgement.order());
        let mut judged: Vec<EntityId> =
            standing.iter().flat_map(|(_, judgement)| judgement.entities()).collect();
        judged.sort_unstable_by_key(|&entity| graph.key_of(entity));
        judged.dedup();
        let judged: IndexSet<EntityId> = judged.into_iter().collect();
        let mut verdicts: IndexMap<([usize; 2], Verdict), JudgementId> = IndexMap::new();
        for (id, judgement) in standing {
            let mut ends = judgement.entities().map(|it| checked(judged.get_index_of(&it)));
            ends.sort_unstable();
            verdicts.entry((ends, judgement.verdict())).or_insert(id);
        }
        let of = |wanted| {
            let all = verdicts.iter().filter(move |((_, verdict), _)| *verdict == wanted);
            all.map(|(&(ends, _), &judgement)| Different { ends, judgement })
        };
        Self::joined(graph, judged, of(Verdict::Same).collect(), of(Verdict::Different).collect())
    }

    /// Joins what is judged to be the same, as far as it does not contradict what is judged different.
    fn joined(
        graph: &'g ClaimGraph,
        judged: IndexSet<EntityId>,
        same: Vec<Different>,
        different: Vec<Different>,
    ) -> Self {
        let count = judged.len();
        let mut all = UnionFind::<usize>::new(count);
        for it in &same {
            all.union(it.ends[0], it.ends[1]);
        }
        let (disputed, apart): (Vec<Different>, Vec<Different>) =
            different.into_iter().partition(|it| all.equiv(it.ends[0], it.ends[1]));
        let edges: Vec<[usize; 2]> = same.iter().chain(&disputed).map(|it| it.ends).collect();
        let numbers = blocks(count, &edges);
        let in_conflict: IndexSet<usize> = numbers.iter().skip(same.len()).copied().collect();
        let mut groups = UnionFind::<usize>::new(count);
        let mut edges_of: Vec<Vec<(usize, Edge)>> = vec![Vec::new(); count];
        for (it, number) in same.into_iter().zip(&numbers) {
            let joins = !in_conflict.contains(number);
            let ([one, other], edge) = (it.ends, Edge { judgement: it.judgement, joins });
            if joins {
                groups.union(one, other);
            }
            for (from, to) in [(one, other), (other, one)] {
                edges_of.get_mut(from).into_iter().for_each(|list| list.push((to, edge)));
            }
        }
        edges_of.iter_mut().for_each(|list| list.sort_unstable_by_key(|(to, _)| *to));
        let group = groups.into_labeling();
        let mut members: IndexMap<usize, (EntityId, Vec<EntityId>)> = IndexMap::new();
        for (&entity, &group) in judged.iter().zip(&group) {
            members.entry(group).or_insert((entity, Vec::new())).1.push(entity);
        }
        members.retain(|_, (_, entities)| entities.len() > 1);
        for (canonical, entities) in members.values_mut() {
            // The first of those that are equally special, which has the least key.
            let special = |&entity: &EntityId| graph.kinds_above(entity);
            let most = entities.iter().map(special).max();
            *canonical = checked(entities.iter().copied().find(|it| Some(special(it)) == most));
        }
        members.sort_unstable_by_key(|_, (canonical, _)| graph.key_of(*canonical).to_owned());
        let mut identity = Self {
            graph,
            judged,
            same: edges_of,
            group,
            groups: members,
            disputed,
            apart: IndexSet::new(),
        };
        identity.apart = apart.iter().map(|it| identity.pair(it.ends)).collect();
        identity
    }

    fn pair(&self, ends: [usize; 2]) -> [usize; 2] {
        let mut groups = ends.map(|end| checked(self.group.get(end).copied()));
        groups.sort_unstable();
        groups
    }

    fn place(&self, entity: EntityId) -> Option<usize> {
        self.judged.get_index_of(&entity)
    }

    fn group_of(&self, entity: EntityId) -> Option<&(EntityId, Vec<EntityId>)> {
        self.groups.get(self.group.get(self.place(entity)?)?)
    }

    pub(crate) fn graph(&self) -> &'g ClaimGraph {
        self.graph
    }

    /// Returns the entity that stands for all that are the same as this one. If none is, it is the entity itself.
    pub fn canonical(&self, entity: impl Into<EntityId>) -> EntityId {
        let entity = entity.into();
        self.group_of(entity).map_or(entity, |(canonical, _)| *canonical)
    }

    /// Returns all entities that are the same as this one, in order of their keys. The entity is one of them.
    pub fn members(&self, entity: impl Into<EntityId>) -> Vec<EntityId> {
        let entity = entity.into();
        self.group_of(entity).map_or_else(|| vec![entity], |(_, members)| members.clone())
    }

    /// Returns each group of entities that are the same: its canonical entity, and all entities in order of their keys.
    /// The groups are in order of the keys of their canonical entities.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = (EntityId, &[EntityId])> {
        self.groups.values().map(|(canonical, members)| (*canonical, members.as_slice()))
    }

    /// Returns whether two entities are the same. The answer is [`Answer::No`] if a judgement says so of them or of what
    /// is the same as them, and [`Answer::Unknown`] if nobody judged, if the authors are unsure, or if judgements are in
    /// conflict.
    pub fn same(&self, one: impl Into<EntityId>, other: impl Into<EntityId>) -> Answer {
        let ends = [one.into(), other.into()];
        if ends.first() == ends.last() {
            return Answer::Yes;
        }
        let [Some(one), Some(other)] = ends.map(|end| self.place(end)) else {
            return Answer::Unknown;
        };
        let pair = self.pair([one, other]);
        match (pair.first() == pair.last(), self.apart.contains(&pair)) {
            (true, _) => Answer::Yes,
            (false, true) => Answer::No,
            (false, false) => Answer::Unknown,
        }
    }

    /// Returns the judgements by which two entities are the same: the shortest way from one to the other. If they are not
    /// the same, it is `None`.
    pub fn path(
        &self,
        one: impl Into<EntityId>,
        other: impl Into<EntityId>,
    ) -> Option<Vec<JudgementId>> {
        let (one, other) = (one.into(), other.into());
        if one == other {
            return Some(Vec::new());
        }
        self.way(self.place(one)?, self.place(other)?, |edge| edge.joins)
    }

    /// Returns the shortest way along judgements that pass. Of ways of one length it is the first by the keys of the
    /// entities on it, from the start.
    fn way(
        &self,
        from: usize,
        to: usize,
        passes: impl Fn(&Edge) -> bool,
    ) -> Option<Vec<JudgementId>> {
        let mut before: FxHashMap<usize, (usize, JudgementId)> = FxHashMap::default();
        let mut next = VecDeque::from([from]);
        while let Some(at) = next.pop_front().filter(|&at| at != to) {
            for (end, edge) in self.same.get(at)? {
                if *end != from && passes(edge) && !before.contains_key(end) {
                    before.insert(*end, (at, edge.judgement));
                    next.push_back(*end);
                }
            }
        }
        let (mut at, mut way) = (to, Vec::new());
        while at != from {
            let (earlier, judgement) = before.get(&at)?;
            way.push(*judgement);
            at = *earlier;
        }
        way.reverse();
        Some(way)
    }

    /// Returns each contradiction: two entities that are judged different, and the shortest way of judgements by which
    /// they are the same. A way is searched for when it is its turn.
    pub fn conflicts(&self) -> impl Iterator<Item = IdentityConflict<'g>> {
        let conflict = |different: &Different| {
            let [one, other] = different.ends;
            let way = self.way(one, other, |_| true)?;
            let entities = different.ends.map(|end| checked(self.judged.get_index(end).copied()));
            Some(IdentityConflict::new(self.graph, entities, way, different.judgement))
        };
        self.disputed.iter().filter_map(conflict)
    }

    /// Returns the judgements that two entities are the same and that join nothing, because they are in conflict with
    /// others, in order of adding.
    pub fn suspended(&self) -> impl Iterator<Item = JudgementId> {
        let all = self.same.iter().flatten().filter(|(_, edge)| !edge.joins);
        let mut found: Vec<JudgementId> = all.map(|(_, edge)| edge.judgement).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter()
    }
}

impl ClaimGraph {
    /// Returns how many kinds are above that of an entity.
    fn kinds_above(&self, entity: EntityId) -> usize {
        self.registry.kind(entity).map_or(0, |kind| self.vocabulary.count_above(kind))
    }
}

/// Writes a line a group: `austin = lloyd-austin`, the canonical key first.
impl fmt::Display for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.keyed_groups().try_for_each(|keys| writeln!(f, "{}", keys.join(" = ")))
    }
}

impl Identity<'_> {
    /// Returns the keys of each group, the canonical one first.
    fn keyed_groups(&self) -> impl Iterator<Item = Vec<&str>> {
        self.groups().map(|(canonical, members)| {
            let others = members.iter().copied().filter(move |&it| it != canonical);
            [canonical].into_iter().chain(others).map(|it| self.graph.key_of(it)).collect()
        })
    }
}

impl Serialize for Identity<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(None)?;
        object.serialize_entry("groups", &self.keyed_groups().collect::<Vec<_>>())?;
        object.serialize_entry("conflicts", &self.conflicts().collect::<Vec<_>>())?;
        object.end()
    }
}
