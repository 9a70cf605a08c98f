//! Which speakers belong to which, and the largest number of them of whom none belongs to another.
//!
//! The speakers are units: a named speaker is one, and so are all speakers whose names are withheld and who are given the
//! same whole. Arcs lead from a part to its whole. The largest number of units of which none leads to another is the
//! smallest number of paths that hold all of them (Dilworth's theorem), and a maximum flow finds those paths: each unit is
//! followed by one other at most. The numbers can only grow when a speaker is added.

#![expect(
    clippy::indexing_slicing,
    reason = "places are those of `units` and of the components, nodes of the flow two for each and two more"
)]

use crate::model::affiliation::{Affiliation, AffiliationKind};
use crate::model::id::{AffiliationId, EntityId};
use crate::model::time::period::Period;
use crate::sources::one_word::{OneWord, Speakers};
use crate::sources::vertex_cut::Vertex;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};
use petgraph::algo::{dinics, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxBuildHasher;

/// More than any number of units.
const BEYOND: u64 = 1 << 32;

type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// A named speaker, or speakers without names who may be one. The first stands for the others.
struct Unit {
    speakers: Vec<Vertex>,
    days: Vec<Period>,
    /// The wholes that are given for all of the speakers without names, the first of them for each by these affiliations.
    wholes: Vec<(EntityId, AffiliationId)>,
    given: Vec<AffiliationId>,
}

impl Unit {
    fn is_named(&self) -> bool {
        self.given.is_empty()
    }
}

/// One step upwards.
#[derive(Clone, Copy)]
struct Up {
    by: AffiliationId,
    /// Whether it leads from a speaker without a name to somebody named of the same whole.
    beside: bool,
}

/// The units, and what lies above them.
pub(crate) struct Hierarchy {
    units: Vec<Unit>,
    /// Speakers of whom nothing is known.
    of_nobody: Vec<Vertex>,
    /// The unit of each node, if it has one; the same unit has the place of its node.
    nodes: DiGraph<Option<usize>, Up>,
}

/// The paths that hold all units: for each unit that follows another, the place of that one, and the steps to it.
struct Paths {
    count: usize,
    followed_by: Map<usize, (usize, Vec<Up>)>,
    affiliations: Vec<AffiliationId>,
}

impl Hierarchy {
    /// Finds what the speakers belong to, on the days on which they spoke, as far as the view knows.
    pub(crate) fn of(view: &View<'_>, speakers: Speakers) -> Self {
        let mut units: Vec<Unit> = Vec::new();
        let mut of_nobody = Vec::new();
        let mut named: Map<EntityId, usize> = Map::default();
        let mut groups: Map<EntityId, usize> = Map::default();
        for (speaker, days) in speakers {
            let mut days: Vec<Period> = days.into_iter().collect();
            days.sort_by(|a, b| a.order().cmp(&b.order()));
            let entity = match speaker {
                Vertex::Party(entity) | Vertex::Relay(entity) => Some(entity),
                Vertex::Unstated(..) => None,
            };
            let withheld = entity.is_some_and(|entity| view.is_name_withheld(entity));
            let place = units.len();
            let wholes = match entity {
                Some(entity) if withheld => view.wholes_of(entity, Some(&days)),
                _ => Vec::new(),
            };
            let given: Vec<AffiliationId> = wholes.iter().map(|&(_, by)| by).take(1).collect();
            match (entity.filter(|_| !withheld), wholes.first()) {
                (Some(entity), _) => _ = named.insert(entity, place),
                (None, None) => {
                    of_nobody.push(speaker);
                    continue;
                }
                (None, Some((whole, _))) => match groups.get(whole) {
                    Some(&group) => {
                        let group: &mut Unit = &mut units[group];
                        group.speakers.push(speaker);
                        group.given.extend(given);
                        group.wholes.retain(|(whole, _)| wholes.iter().any(|(it, _)| it == whole));
                        continue;
                    }
                    None => _ = groups.insert(*whole, place),
                },
            }
            units.push(Unit { speakers: vec![speaker], days, wholes, given });
        }
        let mut nodes = view.climb(&units, &named, false);
        if nodes.edge_weights().any(|up| view.is_dated(up.by)) {
            nodes = view.climb(&units, &named, true);
        }
        Self { units, of_nobody, nodes }
    }

    /// Returns which speakers are taken for which others, so that as many are left as there are at least.
    pub(crate) fn one_word(&self) -> OneWord {
        let mut found = OneWord::default();
        let all = self.paths(true);
        let mut keeps: Vec<usize> = (0..self.units.len()).collect();
        // Of whom nothing is known may be any of the others without a name, and all of them may be one.
        let group = self.units.iter().position(|unit| !unit.is_named());
        let merges =
            group.filter(|_| !self.of_nobody.is_empty() && all.count > self.paths(false).count);
        for (&lower, (upper, steps)) in &all.followed_by {
            let by_name = steps.len() == 1 && steps.iter().all(|up| up.beside);
            match by_name && merges != Some(lower) {
                true => keeps[lower] = *upper,
                false => keeps[*upper] = lower,
            }
            found.affiliations.extend(steps.iter().map(|up| up.by));
            found.affiliations.extend(&self.units[lower].given);
        }
        found.affiliations.extend(&all.affiliations);
        for (place, unit) in self.units.iter().enumerate() {
            let mut kept = place;
            while keeps[kept] != kept {
                kept = keeps[kept];
            }
            let first = self.units[kept].speakers[0];
            for (at, &speaker) in unit.speakers.iter().enumerate() {
                match kept == place {
                    true if at > 0 => found.take(speaker, first),
                    true => {}
                    false => found.leave_out(speaker, first),
                }
            }
            if unit.speakers.len() > 1 {
                found.affiliations.extend(&unit.given);
            }
        }
        let stands = merges.map(|group| self.units[group].speakers[0]);
        let stands = stands.or_else(|| self.of_nobody.first().copied());
        for &speaker in self.of_nobody.iter().filter(|speaker| Some(**speaker) != stands) {
            stands.into_iter().for_each(|other| found.take(speaker, other));
        }
        found
    }

    /// Returns the smallest number of paths that hold all units; without those that have no name, if they do not count.
    fn paths(&self, with_unnamed: bool) -> Paths {
        let counts = |unit: &usize| with_unnamed || self.units[*unit].is_named();
        let components = kosaraju_scc(&self.nodes);
        let mut component = vec![0; self.nodes.node_count()];
        let mut units: Vec<Vec<usize>> = Vec::with_capacity(components.len());
        for (place, nodes) in components.iter().enumerate() {
            nodes.iter().for_each(|node| component[node.index()] = place);
            let mut held: Vec<usize> =
                nodes.iter().filter_map(|node| self.nodes[*node]).filter(counts).collect();
            held.sort_unstable();
            units.push(held);
        }
        let mut paths = Paths { count: 0, followed_by: Map::default(), affiliations: Vec::new() };
        // What belongs to each other is one: the first stands for it.
        for held in &units {
            for pair in held.windows(2) {
                paths.followed_by.insert(pair[0], (pair[1], Vec::new()));
            }
        }
        let (begin, end) = (components.len() * 2, components.len() * 2 + 1);
        let mut net: DiGraph<(), u64> = DiGraph::new();
        (0..=end).for_each(|_| _ = net.add_node(()));
        let mut arcs: Vec<(usize, usize, u64, Option<Up>)> = Vec::new();
        for (place, held) in units.iter().enumerate() {
            arcs.push((place * 2 + 1, place * 2, BEYOND, None));
            if !held.is_empty() {
                arcs.push((begin, place * 2, 1, None));
                arcs.push((place * 2 + 1, end, 1, None));
            }
        }
        for edge in self.nodes.edge_references() {
            let (from, to) = (component[edge.source().index()], component[edge.target().index()]);
            match from == to {
                true => paths.affiliations.push(edge.weight().by),
                false => arcs.push((from * 2, to * 2 + 1, BEYOND, Some(*edge.weight()))),
            }
        }
        let node = NodeIndex::new;
        for &(from, to, capacity, _) in &arcs {
            net.add_edge(node(from), node(to), capacity);
        }
        let (flow, mut load) = dinics(&net, node(begin), node(end));
        let held = units.iter().filter(|held| !held.is_empty()).count();
        paths.count = held.saturating_sub(usize::try_from(flow).unwrap_or(usize::MAX));
        // Each unit of the flow is followed from the one that is followed to the one that follows.
        let mut onward: Vec<Vec<usize>> = vec![Vec::new(); end + 1];
        for (place, &(from, ..)) in arcs.iter().enumerate() {
            if load[place] > 0 {
                onward[from].push(place);
            }
        }
        for arc in std::mem::take(&mut onward[begin]) {
            let (mut at, mut steps) = (arcs[arc].1, Vec::new());
            let lower = units[at / 2].last().copied();
            // The way out to the end is the last one of each node: no path passes a unit that nothing leads to yet.
            while let Some(&arc) = onward[at].last() {
                load[arc] -= 1;
                if load[arc] == 0 {
                    onward[at].pop();
                }
                let (_, to, _, up) = arcs[arc];
                steps.extend(up);
                if to == end {
                    let upper = units[at / 2].first().copied();
                    let both = lower.zip(upper);
                    paths.followed_by.extend(both.map(|(lower, upper)| (lower, (upper, steps))));
                    break;
                }
                at = to;
            }
        }
        paths
    }
}

impl View<'_> {
    fn is_name_withheld(&self, entity: EntityId) -> bool {
        self.graph.entity(entity).is_ok_and(|it| it.is_name_withheld())
    }

    fn is_dated(&self, id: AffiliationId) -> bool {
        self.graph.affiliation(id).is_some_and(|affiliation| affiliation.valid.is_some())
    }

    /// Returns the wholes to which the entity directly belongs, in order of keys. If days are given, it can belong to them
    /// on one of these.
    fn wholes_of(
        &self,
        entity: EntityId,
        days: Option<&[Period]>,
    ) -> Vec<(EntityId, AffiliationId)> {
        let all = self.affiliations_of(entity).filter(|(_, it)| belongs(it, days));
        let mut wholes: Vec<_> = all.map(|(id, it)| (it.whole(), id)).collect();
        wholes.sort_by_cached_key(|&(_, id)| self.graph.affiliation_order(id));
        wholes.sort_by_key(|(whole, _)| self.graph.key_of(*whole));
        wholes.dedup_by_key(|(whole, _)| *whole);
        wholes
    }

    /// Returns the units, and what lies above them. If days do not matter, what lies above is kept once for all units, and
    /// else once for all units that spoke on the same days.
    fn climb(
        &self,
        units: &[Unit],
        named: &Map<EntityId, usize>,
        by_day: bool,
    ) -> DiGraph<Option<usize>, Up> {
        let mut nodes = DiGraph::new();
        units.iter().enumerate().for_each(|(unit, _)| _ = nodes.add_node(Some(unit)));
        let mut days: IndexSet<&[Period]> = IndexSet::default();
        let mut known: Map<(EntityId, usize), NodeIndex> = Map::default();
        let mut open: Vec<(NodeIndex, EntityId, usize)> = Vec::new();
        let mut place = |nodes: &mut DiGraph<_, _>, open: &mut Vec<_>, entity, class| match named
            .get(&entity)
        {
            Some(&unit) => NodeIndex::new(unit),
            None => *known.entry((entity, class)).or_insert_with(|| {
                let node = nodes.add_node(None);
                open.push((node, entity, class));
                node
            }),
        };
        for (unit, it) in units.iter().enumerate() {
            let class = if by_day { days.insert_full(&it.days).0 } else { 0 };
            let on = by_day.then_some(it.days.as_slice());
            let node = NodeIndex::new(unit);
            for &(whole, by) in &it.wholes {
                let to = place(&mut nodes, &mut open, whole, class);
                nodes.add_edge(node, to, Up { by, beside: false });
            }
            let Some(&(whole, _)) = it.wholes.first() else { continue };
            let of_whole = self.graph.affiliated_with(whole).filter(|(id, other)| {
                self.knows_affiliation(*id)
                    && belongs(other, on)
                    && !self.is_name_withheld(other.part())
            });
            let mut beside: Vec<(AffiliationId, EntityId)> =
                of_whole.map(|(id, other)| (id, other.part())).collect();
            beside.sort_by_cached_key(|&(id, _)| self.graph.affiliation_order(id));
            for (by, other) in beside {
                let to = place(&mut nodes, &mut open, other, class);
                nodes.add_edge(node, to, Up { by, beside: true });
            }
        }
        for (&entity, &unit) in named {
            let class = if by_day { days.insert_full(&units[unit].days).0 } else { 0 };
            open.push((NodeIndex::new(unit), entity, class));
        }
        while let Some((node, entity, class)) = open.pop() {
            let on = days.get_index(class).copied().filter(|_| by_day);
            for (whole, by) in self.wholes_of(entity, on) {
                let to = place(&mut nodes, &mut open, whole, class);
                nodes.add_edge(node, to, Up { by, beside: false });
            }
        }
        nodes
    }
}

/// Returns whether the part can act for the whole, on one of the days if any are given.
fn belongs(affiliation: &Affiliation, days: Option<&[Period]>) -> bool {
    let holds = |days: &[Period]| days.iter().any(|day| affiliation.can_hold_in(Some(day)));
    affiliation.kind() != AffiliationKind::LocatedIn && days.is_none_or(holds)
}
