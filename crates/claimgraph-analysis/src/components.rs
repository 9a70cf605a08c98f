//! The weakly connected components of a view or a projection.

use crate::keys::{entity_key, names};
use claimgraph::network::Projection;
use claimgraph::{ClaimGraph, EntityId, View};
use serde::{Serialize, Serializer};
use std::fmt;

/// The weakly connected components: two entities are in one if a path of arcs leads from one to the other, read
/// in either direction. An entity without arcs is a component alone.
///
/// Components are numbered from 0 in order of their first entity. For strongly connected components, in which
/// the direction counts, use petgraph's `tarjan_scc(&view)`.
///
/// The JSON is a list of components, each a list of entity keys in order of insertion.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::components;
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, d] = ["a", "b", "c", "d"].map(|key| graph.add(State, key).unwrap());
/// graph.insert(Claim::by(a).asserts(c, PROVIDES_AID_TO, b).reported(date(2024, 10, 24)))?;
/// let parts = components(&graph.view());
/// assert_eq!((parts.count(), parts.sizes()), (3, &[1, 2, 1][..]));
/// assert!(parts.same_component(b, c) && !parts.same_component(a, d));
/// assert_eq!(parts.members(parts.largest().unwrap()).collect::<Vec<_>>(), [b.id(), c.id()]);
/// assert_eq!(serde_json::to_string(&parts).unwrap(), r#"[["a"],["b","c"],["d"]]"#);
/// assert_eq!(parts.to_string(), "1: a\n2: b, c\n1: d\n");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Components<'g> {
    graph: &'g ClaimGraph,
    labels: Vec<u32>,
    sizes: Vec<usize>,
}

/// Returns the smallest node known to be in the same component. Paths are halved on the way.
fn root(parents: &mut [u32], mut node: u32) -> u32 {
    while let Some(&parent) = parents.get(node as usize) {
        if parent == node {
            break;
        }
        let above = parents.get(parent as usize).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(node as usize) {
            *slot = above;
        }
        node = above;
    }
    node
}

/// A flat union-find in which the smaller node is always the parent.
struct Sets {
    parents: Vec<u32>,
    /// The node that was joined last, and its root. Arcs come node by node, so it is often the next one too.
    last: (u32, u32),
}

impl Sets {
    fn new(nodes: usize) -> Self {
        Self { parents: (0u32..).take(nodes).collect(), last: (u32::MAX, u32::MAX) }
    }

    /// Joins two nodes. A node that does not exist is left out.
    #[inline]
    fn join(&mut self, node: u32, other: u32) {
        let (last, mut here) = self.last;
        if node != last {
            if node as usize >= self.parents.len() {
                return;
            }
            here = root(&mut self.parents, node);
        }
        // Most nodes are right below the root already, and take one access to memory.
        if self.parents.get(other as usize).is_some_and(|&parent| parent != here) {
            let there = root(&mut self.parents, other);
            let (first, second) = (here.min(there), here.max(there));
            if let Some(parent) = self.parents.get_mut(second as usize) {
                *parent = first;
            }
            here = first;
        }
        self.last = (node, here);
    }

    fn components(self, graph: &ClaimGraph) -> Components<'_> {
        let parents = self.parents;
        let (mut labels, mut sizes) = (Vec::<u32>::with_capacity(parents.len()), Vec::new());
        for (node, &parent) in (0u32..).zip(&parents) {
            // A parent comes before its children, so it has its label.
            let label = match labels.get(parent as usize) {
                Some(&label) if parent != node => label,
                _ => {
                    sizes.push(0);
                    sizes.len() as u32 - 1
                }
            };
            if let Some(size) = sizes.get_mut(label as usize) {
                *size += 1;
            }
            labels.push(label);
        }
        Components { graph, labels, sizes }
    }
}

impl Components<'_> {
    /// Returns how many components there are.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// Returns the number of the component that an entity is in; `None` for an entity of another graph.
    pub fn of(&self, entity: impl Into<EntityId>) -> Option<usize> {
        self.labels.get(entity.into().index()).map(|&label| label as usize)
    }

    /// Returns how many entities each component has, by its number.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Returns the number of the component with most entities, the first of several; `None` in an empty graph.
    pub fn largest(&self) -> Option<usize> {
        let most = self.sizes.iter().max()?;
        self.sizes.iter().position(|size| size == most)
    }

    /// Returns the entities of a component, in order of insertion.
    pub fn members(&self, component: usize) -> impl Iterator<Item = EntityId> {
        let places = self.labels.iter().enumerate();
        places
            .filter(move |&(_, &label)| label as usize == component)
            .filter_map(|(place, _)| EntityId::nth(place))
    }

    /// Returns whether two entities are in one component. An entity of another graph is in none.
    pub fn same_component(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        a.is_some() && a == b
    }

    /// Returns all components in one pass.
    fn groups(&self) -> Vec<Vec<EntityId>> {
        let mut groups: Vec<Vec<EntityId>> = vec![Vec::new(); self.sizes.len()];
        for (place, &label) in self.labels.iter().enumerate() {
            if let Some(group) = groups.get_mut(label as usize) {
                group.extend(EntityId::nth(place));
            }
        }
        groups
    }
}

/// Writes a line for each component: its size and the names of its entities.
impl fmt::Display for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = self.groups();
        let mut groups = groups.iter();
        groups.try_for_each(|group| writeln!(f, "{}: {}", group.len(), names(self.graph, group)))
    }
}

impl Serialize for Components<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let key = |&id: &EntityId| entity_key(self.graph, id);
        let groups = self.groups();
        serializer.collect_seq(groups.iter().map(|group| group.iter().map(key).collect::<Vec<_>>()))
    }
}

/// Two sets of components are equal if they divide the same graph in the same way.
impl PartialEq for Components<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.labels == other.labels
    }
}

impl fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Components").field("labels", &self.labels).finish()
    }
}

/// Returns the weakly connected components of a view, straight from its claims: quicker than those of its
/// projection.
pub fn components<'g>(view: &View<'g>) -> Components<'g> {
    let mut sets = Sets::new(view.graph().entity_count());
    view.each_joined(|a, b| sets.join(a, b));
    sets.components(view.graph())
}

/// Returns the weakly connected components of a projection.
pub fn components_of_arcs<'g>(projection: &Projection<'g>) -> Components<'g> {
    let mut sets = Sets::new(projection.node_count());
    projection.arcs().for_each(|(a, b)| sets.join(a, b));
    sets.components(projection.graph())
}
