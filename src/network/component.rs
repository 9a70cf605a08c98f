//! Which entities hang together, whatever the direction of the arcs.

use crate::model::id::EntityId;
use crate::network::projection::{Projection, entity, number};
use crate::view::View;
use petgraph::visit::NodeCount;

/// The weakly connected components of a view: entities are in one where a path of arcs leads from one to
/// the other, read in either direction. An entity that nothing joins is a component alone.
///
/// Components are numbered from 0 in order of their first entity. Strongly connected ones, where the
/// direction counts, are petgraph's `tarjan_scc(&view)`.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, d] = ["a", "b", "c", "d"].map(|key| graph.add(State, key).unwrap());
/// graph.insert(Claim::by(a).asserts(c, PROVIDES_AID_TO, b).reported(date(2024, 10, 24)))?;
/// let parts = graph.view().components();
/// assert_eq!((parts.count(), parts.sizes()), (3, &[1, 2, 1][..]));
/// assert!(parts.same_component(b, c) && !parts.same_component(a, d));
/// assert_eq!(parts.members(parts.largest().unwrap()).collect::<Vec<_>>(), [b.id(), c.id()]);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Components {
    labels: Vec<u32>,
    sizes: Vec<usize>,
}

/// The smallest node known to be in the same component; paths are halved on the way.
fn root(parents: &mut [u32], mut node: u32) -> u32 {
    while let Some(&parent) = parents.get(node as usize) {
        if parent == node {
            break;
        }
        let above = parents.get(parent as usize).copied().unwrap_or(parent);
        parents.get_mut(node as usize).into_iter().for_each(|place| *place = above);
        node = above;
    }
    node
}

/// A flat union-find in which the smaller node is always the parent.
pub(crate) struct Sets {
    parents: Vec<u32>,
    /// The node that was joined last, and the root it has now: arcs come node by node.
    last: (u32, u32),
}

impl Sets {
    pub(crate) fn new(nodes: usize) -> Self {
        Self { parents: (0u32..).take(nodes).collect(), last: (u32::MAX, u32::MAX) }
    }

    /// Joins two nodes. Those that do not exist are left out.
    #[inline]
    pub(crate) fn join(&mut self, node: u32, other: u32) {
        let (last, mut here) = self.last;
        if node != last {
            if node as usize >= self.parents.len() {
                return;
            }
            here = root(&mut self.parents, node);
        }
        // Most are right below the root already: one look at memory for these.
        if self.parents.get(other as usize).is_some_and(|&parent| parent != here) {
            let there = root(&mut self.parents, other);
            let (first, second) = (here.min(there), here.max(there));
            self.parents.get_mut(second as usize).into_iter().for_each(|parent| *parent = first);
            here = first;
        }
        self.last = (node, here);
    }

    pub(crate) fn parts(self) -> Components {
        let parents = self.parents;
        let (mut labels, mut sizes) = (Vec::with_capacity(parents.len()), Vec::new());
        for (node, &parent) in (0u32..).zip(&parents) {
            // A parent comes before its children, so it has its label.
            let label =
                labels.get(parent as usize).copied().filter(|_| parent != node).unwrap_or_else(
                    || {
                        sizes.push(0);
                        sizes.len() as u32 - 1
                    },
                );
            sizes.get_mut(label as usize).into_iter().for_each(|size| *size += 1);
            labels.push(label);
        }
        Components { labels, sizes }
    }
}

impl Components {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The number of the component an entity is in; `None` for an entity that was added later.
    pub fn of(&self, entity: impl Into<EntityId>) -> Option<usize> {
        self.labels.get(entity.into().index()).map(|&label| label as usize)
    }

    /// How many entities each has, by its number.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The number of the one with most entities, of several the first; `None` in an empty graph.
    pub fn largest(&self) -> Option<usize> {
        let most = self.sizes.iter().max()?;
        self.sizes.iter().position(|size| size == most)
    }

    /// The entities of a component, in order of insertion.
    pub fn members(&self, component: usize) -> impl Iterator<Item = EntityId> {
        let places = (0u32..).zip(&self.labels);
        places
            .filter(move |&(_, &label)| label as usize == component)
            .filter_map(|(place, _)| entity(place))
    }

    /// Whether two entities hang together. One that was added later hangs together with nothing.
    pub fn same_component(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> bool {
        let (a, b) = (
            self.labels.get(number(a.into()) as usize),
            self.labels.get(number(b.into()) as usize),
        );
        a.is_some() && a == b
    }

    pub(crate) fn into_parts(self) -> (Vec<u32>, Vec<usize>) {
        (self.labels, self.sizes)
    }
}

impl View<'_> {
    /// The weakly connected components of the view, straight from its claims.
    pub fn components(&self) -> Components {
        let mut sets = Sets::new(self.node_count());
        self.each_joined(|a, b| sets.join(a, b));
        sets.parts()
    }
}

impl Projection {
    /// The weakly connected components.
    pub fn components(&self) -> Components {
        let mut sets = Sets::new(self.node_count());
        for (node, row) in (0u32..).zip(self.rows()) {
            row.iter().for_each(|&other| sets.join(node, other));
        }
        sets.parts()
    }
}
