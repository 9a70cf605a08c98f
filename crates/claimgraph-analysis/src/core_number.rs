//! Core numbers: how densely the part of the graph around an entity is connected.
//!
//! A projection goes in, [`CoreNumbers`] come out.

use crate::keys::{entity_key, names};
use claimgraph::network::Projection;
use claimgraph::{ClaimGraph, EntityId};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// The core number of every entity: the largest `k` such that the entity belongs to a set whose members are all
/// joined with at least `k` others of the set (Seidman 1983).
///
/// Directions do not count, parallel arcs count once, and an arc from an entity to itself does not count:
/// networkx's `core_number` of the simple graph. The JSON is an object of core numbers by entity key.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::core_numbers;
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, d] = ["a", "b", "c", "d"].map(|key| graph.add(State, key).unwrap());
/// for (x, y) in [(a, b), (b, c), (c, a), (c, a), (a, d)] {
///     graph.insert(Claim::by(a).asserts(x, PROVIDES_AID_TO, y).reported(date(2024, 10, 24)))?;
/// }
/// let cores = core_numbers(&graph.view().projection());
/// assert_eq!((cores.of(a), cores.of(d), cores.deepest()), (Some(2), Some(1), 2));
/// assert_eq!(cores.members(2).collect::<Vec<_>>(), [a.id(), b.id(), c.id()]);
/// assert_eq!(cores.to_string(), "2: a, b, c\n1: d\n");
/// assert_eq!(serde_json::to_string(&cores).unwrap(), r#"{"a":2,"b":2,"c":2,"d":1}"#);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct CoreNumbers<'g> {
    graph: &'g ClaimGraph,
    /// By the place of the entity.
    cores: Vec<u32>,
}

impl CoreNumbers<'_> {
    /// Returns the core number of an entity; `None` for an entity of another graph.
    pub fn of(&self, entity: impl Into<EntityId>) -> Option<usize> {
        self.cores.get(entity.into().index()).map(|&core| core as usize)
    }

    /// Returns the largest core number (the degeneracy of the graph); 0 if nothing is joined.
    pub fn deepest(&self) -> usize {
        self.cores.iter().max().map_or(0, |&core| core as usize)
    }

    /// Returns the `k`-core: the entities whose core number is at least `k`, in order of insertion.
    pub fn members(&self, k: usize) -> impl Iterator<Item = EntityId> {
        self.all().filter(move |&(_, core)| core as usize >= k).map(|(entity, _)| entity)
    }

    fn all(&self) -> impl Iterator<Item = (EntityId, u32)> {
        let places = self.cores.iter().enumerate();
        places.filter_map(|(place, &core)| Some((EntityId::nth(place)?, core)))
    }
}

/// A line for each core number, the largest first, with the names of its entities.
impl fmt::Display for CoreNumbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shells: BTreeMap<u32, Vec<EntityId>> = BTreeMap::new();
        self.all().for_each(|(entity, core)| shells.entry(core).or_default().push(entity));
        let mut shells = shells.into_iter().rev();
        shells.try_for_each(|(core, shell)| writeln!(f, "{core}: {}", names(self.graph, &shell)))
    }
}

impl fmt::Debug for CoreNumbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CoreNumbers").field(&self.cores).finish()
    }
}

impl Serialize for CoreNumbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keyed = self.all().map(|(entity, core)| (entity_key(self.graph, entity), core));
        serializer.collect_map(keyed)
    }
}

/// Returns the core number of every entity, in time linear in the arcs (Batagelj & Zaveršnik 2003): of the
/// entities that are left, one with the fewest neighbours goes first.
pub fn core_numbers<'g>(projection: &Projection<'g>) -> CoreNumbers<'g> {
    let simple = neighbours(projection);
    let mut left: Vec<u32> = simple.rows().map(|row| row.len() as u32).collect();
    let most = left.iter().max().map_or(0, |&degree| degree as usize);
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); most + 1];
    let enter = |lists: &mut Vec<Vec<u32>>, degree: u32, node: u32| {
        if let Some(list) = lists.get_mut(degree as usize) {
            list.push(node);
        }
    };
    for (node, &degree) in (0u32..).zip(&left) {
        enter(&mut lists, degree, node);
    }
    let mut gone = vec![false; left.len()];
    let mut k = 0;
    while let Some(list) = lists.get_mut(k as usize) {
        let Some(node) = list.pop() else {
            k += 1;
            continue;
        };
        // A node is in the list of every number of neighbours that it has had. The entry met first was made
        // last, and counts.
        if gone.get_mut(node as usize).is_none_or(|gone| std::mem::replace(gone, true)) {
            continue;
        }
        if let Some(core) = left.get_mut(node as usize) {
            *core = k;
        }
        for &other in simple.row(node) {
            let stays = gone.get(other as usize).is_some_and(|gone| !gone);
            if let Some(degree) = left.get_mut(other as usize)
                && stays
                && *degree > k
            {
                *degree -= 1;
                enter(&mut lists, *degree, other);
            }
        }
    }
    CoreNumbers { graph: projection.graph(), cores: left }
}

/// Returns which entities are joined, in either direction, each neighbour once and none with itself.
fn neighbours<'g>(projection: &Projection<'g>) -> Projection<'g> {
    let others = projection.arcs().filter(|(source, target)| source != target);
    let both = others.flat_map(|(source, target)| [(source, target), (target, source)]);
    Projection::of_arcs(projection.graph(), both).collapsed()
}
