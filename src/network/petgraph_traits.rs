//! petgraph's traits on a view: a view goes in, and petgraph's algorithms run on `&view` without a copy.
//!
//! Nodes are *all* entities of the graph, so a filtered view numbers them densely, as
//! [`NodeCompactIndexable`] promises and some algorithms assume without asking. Arcs are the claims that
//! join two entities in the view; a denial never does. A symmetric claim is an arc both ways with the
//! same [`ClaimId`], so edge ids are not unique. An inverse relation points as its primary does, however
//! it was said. Parallel claims are parallel arcs: algorithms that count paths count each.
//!
//! For one question, walk the view. For several algorithms over the same filter, a copy is faster in sum:
//! [`View::to_petgraph`] for petgraph's, [`View::projection`] for others.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::network::visit_map::Visited;
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::{Blocks, ObjectRows, RowId, Rows};
use crate::view::View;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction};
use std::fmt;

/// A claim as an arc from one entity to another.
#[derive(Clone, Copy)]
pub struct Arc<'g> {
    claim: ClaimRef<'g>,
    source: EntityId,
    target: EntityId,
}

impl<'g> Arc<'g> {
    /// Returns the claim.
    pub fn claim(self) -> ClaimRef<'g> {
        self.claim
    }
}

impl fmt::Debug for Arc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} -> {:?} by {:?}", self.source, self.target, self.claim.id())
    }
}

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
        self.claim.id()
    }
}

/// The arcs at an entity: first those of claims whose statement begins there, then those of symmetric and inverse
/// claims that are read from their other side.
#[derive(Clone, Debug)]
pub struct Arcs<'v, 'g> {
    view: &'v View<'g>,
    at: EntityId,
    outgoing: bool,
    /// For outgoing arcs: the rows about the entity whose arcs go one way.
    straight: Blocks,
    /// Other rows with the entity as subject, and rows with it as object.
    about: Rows<'g>,
    on: ObjectRows<'g>,
}

impl<'v, 'g> Arcs<'v, 'g> {
    #[inline]
    fn new(view: &'v View<'g>, at: EntityId, direction: Direction) -> Self {
        let ledger = &view.graph.ledger;
        let outgoing = direction == Direction::Outgoing;
        let mut on = ledger.on(at);
        let rows = ledger.rows().rows_about(at);
        // Arcs that can be turned are looked for only if there are any.
        if outgoing && !ledger.rows().turns_at(at) {
            on.sorted = [].iter();
        }
        let turning = if ledger.rows().turns_from(at) { rows.clone() } else { 0..0 };
        let about = Rows::new(turning, ledger.recent_about(at));
        Self {
            view,
            at,
            outgoing,
            straight: Blocks::new(if outgoing { rows } else { 0..0 }),
            about,
            on,
        }
    }

    #[inline]
    fn next_straight(&mut self) -> Option<RowId> {
        let view = self.view;
        self.straight.next(|from, count| view.joining(from, count))
    }

    /// Returns the claim as an arc at the entity, if it is an arc and is to be read from this side.
    fn arc(&self, row: RowId, begins_here: bool) -> Option<Arc<'g>> {
        let (view, outgoing) = (self.view, self.outgoing);
        let claim = ClaimRef::at(view.graph, row, begins_here.then_some(self.at));
        let (mut source, mut target) = view.joined(claim).filter(|_| view.passes(claim))?;
        let here = if outgoing { source } else { target };
        if here != self.at && claim.marks().has(Marks::SYMMETRIC) {
            (source, target) = (target, source);
        }
        let here = if outgoing { source } else { target };
        // A claim that joins an entity to itself is in both lists.
        let again = source == target && begins_here != outgoing;
        (here == self.at && !again).then_some(Arc { claim, source, target })
    }

    fn next_other(&mut self) -> Option<Arc<'g>> {
        let rows = self.view.graph.ledger.rows();
        while let Some(row) = self.about.next() {
            // A row that goes one way came before.
            let came =
                self.outgoing && row.index() < rows.sorted() && !rows.marks(row).has(Marks::TURNS);
            if let Some(arc) = if came { None } else { self.arc(row, true) } {
                return Some(arc);
            }
        }
        while let Some(row) = self.on.next() {
            if let Some(arc) = self.arc(row, false) {
                return Some(arc);
            }
        }
        None
    }
}

impl<'g> Iterator for Arcs<'_, 'g> {
    type Item = Arc<'g>;

    #[inline]
    fn next(&mut self) -> Option<Arc<'g>> {
        if let Some(row) = self.next_straight() {
            let claim = ClaimRef::at(self.view.graph, row, Some(self.at));
            let target = claim.object_entity()?;
            return Some(Arc { claim, source: self.at, target });
        }
        self.next_other()
    }
}

/// The entities at the other ends of the arcs at an entity, each as often as there are arcs.
#[derive(Clone, Debug)]
pub struct Neighbours<'v, 'g>(Arcs<'v, 'g>);

impl Iterator for Neighbours<'_, '_> {
    type Item = EntityId;

    #[inline]
    fn next(&mut self) -> Option<EntityId> {
        if let Some(row) = self.0.next_straight() {
            return self.0.view.graph.ledger.rows().head(row).object;
        }
        let outgoing = self.0.outgoing;
        self.0.next_other().map(|arc| if outgoing { arc.target } else { arc.source })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Every entity, in order of insertion.
#[derive(Clone, Debug)]
pub struct Entities(std::ops::Range<usize>);

impl Iterator for Entities {
    type Item = EntityId;

    fn next(&mut self) -> Option<EntityId> {
        self.0.next().and_then(EntityId::at)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Entities {}

/// Every entity with its handle as weight. The size is exact: `articulation_points` relies on it.
#[derive(Clone, Debug)]
pub struct EntityReferences<'v, 'g> {
    view: &'v View<'g>,
    ids: std::ops::Range<usize>,
}

impl<'v> Iterator for EntityReferences<'v, '_> {
    type Item = (EntityId, &'v ());

    fn next(&mut self) -> Option<Self::Item> {
        let _ = self.view;
        self.ids.next().and_then(EntityId::at).map(|id| (id, &()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for EntityReferences<'_, '_> {}

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
            self.current = Some(Arcs::new(self.view, entity, Direction::Outgoing));
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
        // petgraph hands out only indices below `node_bound`.
        EntityId::at(index).unwrap_or(EntityId::LAST)
    }
}

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
        Neighbours(Arcs::new(self, entity, Direction::Outgoing))
    }
}

impl<'v, 'g> IntoNeighborsDirected for &'v View<'g> {
    type NeighborsDirected = Neighbours<'v, 'g>;

    fn neighbors_directed(self, entity: EntityId, direction: Direction) -> Neighbours<'v, 'g> {
        Neighbours(Arcs::new(self, entity, direction))
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
        Arcs::new(self, entity, Direction::Outgoing)
    }
}

impl<'v, 'g> IntoEdgesDirected for &'v View<'g> {
    type EdgesDirected = Arcs<'v, 'g>;

    fn edges_directed(self, entity: EntityId, direction: Direction) -> Arcs<'v, 'g> {
        Arcs::new(self, entity, direction)
    }
}

impl IntoNodeIdentifiers for &View<'_> {
    type NodeIdentifiers = Entities;

    fn node_identifiers(self) -> Entities {
        Entities(0..self.graph.registry.len())
    }
}

impl<'v, 'g> IntoNodeReferences for &'v View<'g> {
    type NodeRef = (EntityId, &'v ());
    type NodeReferences = EntityReferences<'v, 'g>;

    fn node_references(self) -> EntityReferences<'v, 'g> {
        EntityReferences { view: self, ids: 0..self.graph.registry.len() }
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
        for claim in self.claims() {
            let Some((subject, object)) = self.joined(claim) else {
                continue;
            };
            let (a, b) = (NodeIndex::new(subject.index()), NodeIndex::new(object.index()));
            copy.add_edge(a, b, claim.id());
            if claim.marks().has(Marks::SYMMETRIC) && a != b {
                copy.add_edge(b, a, claim.id());
            }
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
