//! petgraph's traits on a view: a view goes in, and petgraph's algorithms run on `&view` without a copy.
//!
//! Nodes are *all* entities of the graph, so a filtered view numbers them densely, as [`NodeCompactIndexable`] promises
//! and as some algorithms assume without that bound. Arcs are the claims that join two entities in the view; a denial
//! never does. A symmetric claim is an arc both ways with the same [`ClaimId`], so edge ids are not unique. An inverse
//! relation points as its primary does, however it was said. Parallel claims are parallel arcs: algorithms that count
//! paths count each.
//!
//! For one question, walk the view. For several algorithms over the same filter, a copy is faster in sum:
//! [`View::to_petgraph`] for petgraph's, [`View::projection`] for others.

use crate::graph::ClaimGraph;
use crate::model::id::{ClaimId, EntityId};
use crate::network::visit_map::Visited;
use crate::view::View;
use crate::view::arc_iter::{Arc, Arcs};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction};
use std::iter::Map;
use std::ops::Range;

impl<'g> EdgeRef for Arc<'g> {
    type NodeId = EntityId;
    type EdgeId = ClaimId;
    type Weight = ();

    fn source(&self) -> EntityId {
        self.source
    }

    fn target(&self) -> EntityId {
        self.target
    }

    fn weight(&self) -> &() {
        &()
    }

    fn id(&self) -> ClaimId {
        self.claim().id()
    }
}

/// The neighbours of an entity, one for each arc.
#[derive(Clone, Debug)]
pub struct Neighbours<'v, 'g>(Arcs<'v, 'g>);

impl Iterator for Neighbours<'_, '_> {
    type Item = EntityId;

    #[inline]
    fn next(&mut self) -> Option<EntityId> {
        self.0.next_neighbour()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Every arc of a view, entity by entity.
#[derive(Clone, Debug)]
pub struct AllArcs<'v, 'g> {
    view: &'v View<'g>,
    entities: Entities,
    current: Option<Arcs<'v, 'g>>,
}

impl<'g> Iterator for AllArcs<'_, 'g> {
    type Item = Arc<'g>;

    fn next(&mut self) -> Option<Arc<'g>> {
        loop {
            if let Some(arc) = self.current.as_mut().and_then(Iterator::next) {
                return Some(arc);
            }
            let entity = self.entities.next()?;
            self.current = Some(Arcs::new(self.view, entity, true));
        }
    }
}

impl GraphBase for View<'_> {
    type NodeId = EntityId;
    type EdgeId = ClaimId;
}

impl Data for View<'_> {
    type NodeWeight = ();
    type EdgeWeight = ();
}

impl GraphProp for View<'_> {
    type EdgeType = Directed;
}

impl NodeCount for View<'_> {
    fn node_count(&self) -> usize {
        self.graph.registry.len()
    }
}

impl NodeIndexable for View<'_> {
    fn node_bound(&self) -> usize {
        self.graph.registry.len()
    }

    fn to_index(&self, entity: EntityId) -> usize {
        entity.index()
    }

    fn from_index(&self, index: usize) -> EntityId {
        entity_at(index)
    }
}

/// Returns the entity with this index; the last that there can be if the index is too large. petgraph hands out only
/// indices below `node_bound`.
fn entity_at(index: usize) -> EntityId {
    EntityId::at(index).unwrap_or(EntityId::LAST)
}

/// Every entity, in order of insertion.
type Entities = Map<Range<usize>, fn(usize) -> EntityId>;

impl NodeCompactIndexable for View<'_> {}

impl Visitable for View<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited::for_entities(self.graph.registry.len())
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

impl<'v, 'g> IntoNeighbors for &'v View<'g> {
    type Neighbors = Neighbours<'v, 'g>;

    #[inline]
    fn neighbors(self, entity: EntityId) -> Neighbours<'v, 'g> {
        Neighbours(Arcs::new(self, entity, true))
    }
}

impl<'v, 'g> IntoNeighborsDirected for &'v View<'g> {
    type NeighborsDirected = Neighbours<'v, 'g>;

    fn neighbors_directed(self, entity: EntityId, direction: Direction) -> Neighbours<'v, 'g> {
        Neighbours(Arcs::new(self, entity, direction == Direction::Outgoing))
    }
}

impl<'v, 'g> IntoEdgeReferences for &'v View<'g> {
    type EdgeRef = Arc<'g>;
    type EdgeReferences = AllArcs<'v, 'g>;

    fn edge_references(self) -> AllArcs<'v, 'g> {
        AllArcs { view: self, entities: self.node_identifiers(), current: None }
    }
}

impl<'v, 'g> IntoEdges for &'v View<'g> {
    type Edges = Arcs<'v, 'g>;

    #[inline]
    fn edges(self, entity: EntityId) -> Arcs<'v, 'g> {
        Arcs::new(self, entity, true)
    }
}

impl<'v, 'g> IntoEdgesDirected for &'v View<'g> {
    type EdgesDirected = Arcs<'v, 'g>;

    fn edges_directed(self, entity: EntityId, direction: Direction) -> Arcs<'v, 'g> {
        Arcs::new(self, entity, direction == Direction::Outgoing)
    }
}

impl IntoNodeIdentifiers for &View<'_> {
    type NodeIdentifiers = Entities;

    fn node_identifiers(self) -> Entities {
        (0..self.graph.registry.len()).map(entity_at)
    }
}

/// Every entity with an empty weight. The size is exact: `articulation_points` relies on it.
impl<'v> IntoNodeReferences for &'v View<'_> {
    type NodeRef = (EntityId, &'v ());
    type NodeReferences = Map<Entities, fn(EntityId) -> (EntityId, &'v ())>;

    fn node_references(self) -> Self::NodeReferences {
        self.node_identifiers().map(|entity| (entity, &()))
    }
}

impl View<'_> {
    /// Returns a copy for petgraph: a node for each entity, in order of insertion, and an arc for each claim
    /// that joins two entities. A symmetric claim is an arc both ways.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(russia, DEPLOYS_TO, nk).reported(day))?;      // joins nothing
    /// let copy = graph.view().to_petgraph();
    /// assert_eq!((copy.node_count(), copy.edge_count()), (2, 1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn to_petgraph(&self) -> DiGraph<EntityId, ClaimId> {
        let mut copy = DiGraph::new();
        self.graph.registry.ids().for_each(|entity| {
            copy.add_node(entity);
        });
        for arc in self.edge_references() {
            let [a, b] = [arc.source, arc.target].map(|end| NodeIndex::new(end.index()));
            copy.add_edge(a, b, arc.id());
        }
        copy
    }
}

impl ClaimGraph {
    /// Returns how many entities there are.
    pub fn entity_count(&self) -> usize {
        self.registry.len()
    }
}
