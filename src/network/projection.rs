//! The arcs of a view in two flat arrays, for algorithms that read all of them many times.
//!
//! A view goes in, a [`Projection`] comes out. The algorithms of `claimgraph-analysis` run on it.

use crate::graph::ClaimGraph;
use crate::model::id::EntityId;
use crate::view::View;
use petgraph::visit::{IntoNeighbors, NodeCount};
use std::fmt;

/// The arcs of a view as compressed sparse rows: for each entity, the entities that its arcs lead to.
///
/// It is a copy, made in one pass over the claims of the view, that several algorithms share. Nodes and arcs
/// are those of petgraph's traits on the view: *all* entities of the graph are nodes. A claim that
/// [joins](View) two entities is an arc; a symmetric claim is an arc both ways; parallel claims are parallel
/// arcs. It takes 4 bytes an arc and 8 an entity.
///
/// Algorithms read [`rows`](Self::rows), [`row`](Self::row) and [`arcs`](Self::arcs). There an entity is its
/// *place*: its position in order of insertion, [`EntityId::index`] as `u32`. [`EntityId::nth`] leads back.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let day = date(2024, 10, 24);
/// let (nk, russia, seoul) = (graph.add(State, "nk")?, graph.add(State, "russia")?, graph.add(State, "sk")?);
/// graph.insert(Claim::by(seoul).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
/// graph.insert(Claim::by(seoul).asserts(nk, PROVIDES_AID_TO, russia).reported(day))?;
/// graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, seoul).reported(day))?;       // joins nothing
/// let projection = graph.view().projection();
/// assert_eq!((projection.node_count(), projection.arc_count()), (3, 2));
/// assert_eq!(projection.arcs().collect::<Vec<_>>(), [(0, 1), (0, 1)]);
/// assert_eq!((projection.out_degree(nk), projection.collapsed().out_degree(nk)), (2, 1));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Projection<'g> {
    graph: &'g ClaimGraph,
    /// Where the arcs of each node begin among the targets, and where the last ones end.
    offsets: Vec<usize>,
    targets: Vec<u32>,
}

impl<'g> View<'g> {
    /// Returns the arcs of the view in flat arrays.
    pub fn projection(&self) -> Projection<'g> {
        // The rows lie by subject as they are wanted here.
        let (mut offsets, mut targets) = (Vec::with_capacity(self.node_count() + 1), Vec::new());
        offsets.push(0);
        for entity in self.graph.registry.ids() {
            targets.extend(self.neighbors(entity).map(EntityId::place));
            offsets.push(targets.len());
        }
        targets.shrink_to_fit();
        Projection { graph: self.graph, offsets, targets }
    }
}

impl<'g> Projection<'g> {
    /// Makes a projection from arcs that the caller gives, as pairs of places: source, target. The arcs of a source
    /// stay in the order in which they come. If the graph does not have an end of an arc, the arc is left out.
    ///
    /// ```
    /// use claimgraph::{network::Projection, reporting::*, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, c] = ["a", "b", "c"].map(|key| graph.add(State, key).unwrap());
    /// let projection = Projection::of_arcs(&graph, [(2, 0), (0, 1), (2, 1), (7, 0)]);
    /// assert_eq!(projection.row(2), [0, 1]);
    /// assert_eq!(projection.targets(c).collect::<Vec<_>>(), [a.id(), b.id()]);
    /// assert_eq!(projection.arc_count(), 3);
    /// ```
    pub fn of_arcs(graph: &'g ClaimGraph, arcs: impl IntoIterator<Item = (u32, u32)>) -> Self {
        // A counting sort by source. Arcs that come sorted are not moved.
        let (nodes, arcs) = (graph.registry.len(), arcs.into_iter());
        let (least, _) = arcs.size_hint();
        let (mut sources, mut targets) = (Vec::with_capacity(least), Vec::with_capacity(least));
        let mut offsets = vec![0usize; nodes + 1];
        let mut sorted = true;
        for (source, target) in arcs {
            if target as usize >= nodes || source as usize >= nodes {
                continue;
            }
            // Counted one place further, so that the running sum below gives where each begins.
            if let Some(count) = offsets.get_mut(source as usize + 1) {
                *count += 1;
            }
            sorted &= sources.last().is_none_or(|&before| before <= source);
            sources.push(source);
            targets.push(target);
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        if !sorted {
            let (mut next, mut placed) = (offsets.clone(), vec![0u32; targets.len()]);
            for (source, target) in sources.into_iter().zip(targets) {
                if let Some(at) = next.get_mut(source as usize) {
                    if let Some(slot) = placed.get_mut(*at) {
                        *slot = target;
                    }
                    *at += 1;
                }
            }
            targets = placed;
        }
        targets.shrink_to_fit();
        Self { graph, offsets, targets }
    }

    /// Returns the graph whose entities are the nodes.
    pub fn graph(&self) -> &'g ClaimGraph {
        self.graph
    }

    /// Returns how many entities there are, joined or not.
    pub fn node_count(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Returns how many arcs there are. Parallel arcs are counted separately.
    pub fn arc_count(&self) -> usize {
        self.targets.len()
    }

    /// Returns the places that the arcs of each entity lead to, entity by entity.
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.offsets.windows(2).map(|ends| match ends {
            &[from, to] => self.targets.get(from..to).unwrap_or_default(),
            _ => &[],
        })
    }

    /// Returns the places that the arcs of the entity at this place lead to; none if the graph does not have the
    /// entity.
    #[inline]
    pub fn row(&self, place: u32) -> &[u32] {
        let ends = self.offsets.get(place as usize).zip(self.offsets.get(place as usize + 1));
        ends.and_then(|(&from, &to)| self.targets.get(from..to)).unwrap_or_default()
    }

    /// Returns the source and the target of each arc as places, in order of sources.
    #[inline]
    pub fn arcs(&self) -> impl Iterator<Item = (u32, u32)> {
        (0u32..)
            .zip(self.rows())
            .flat_map(|(source, row)| row.iter().map(move |&target| (source, target)))
    }

    /// Returns the entities that the arcs of this one lead to, each as often as there are arcs; none if the
    /// graph did not have the entity.
    pub fn targets(&self, source: impl Into<EntityId>) -> impl Iterator<Item = EntityId> {
        self.row(self.graph.one_for(source).place())
            .iter()
            .filter_map(|&target| EntityId::at(target as usize))
    }

    /// Returns how many arcs begin at the entity.
    pub fn out_degree(&self, entity: impl Into<EntityId>) -> usize {
        self.row(self.graph.one_for(entity).place()).len()
    }

    /// Returns how many arcs begin at each entity, in order of insertion.
    pub fn out_degrees(&self) -> Vec<usize> {
        self.rows().map(<[u32]>::len).collect()
    }

    /// Returns how many arcs end at each entity, in order of insertion. For one entity, use
    /// [`reversed`](Self::reversed) and [`out_degree`](Self::out_degree).
    pub fn in_degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.node_count()];
        for &target in &self.targets {
            if let Some(degree) = degrees.get_mut(target as usize) {
                *degree += 1;
            }
        }
        degrees
    }

    /// Returns every arc the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self::of_arcs(self.graph, self.arcs().map(|(source, target)| (target, source)))
    }

    /// Returns a projection in which parallel arcs are one, in order of targets. An arc then says that some claim joins
    /// the two, and not how many do.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (a, b) = (graph.add(State, "a")?, graph.add(State, "b")?);
    /// for day in [1, 2, 3] {
    ///     graph.insert(Claim::by(a).asserts(a, MEETS, b).reported(date(2024, 10, day)))?;
    /// }
    /// let projection = graph.view().projection();
    /// assert_eq!((projection.out_degree(b), projection.collapsed().out_degree(b)), (3, 1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn collapsed(&self) -> Self {
        // Turned twice, every row is in order of targets.
        let ordered = self.reversed().reversed();
        let (mut targets, mut offsets) =
            (Vec::with_capacity(ordered.targets.len()), Vec::with_capacity(self.offsets.len()));
        offsets.push(0);
        for row in ordered.rows() {
            let from = targets.len();
            for &target in row {
                if targets.len() == from || targets.last() != Some(&target) {
                    targets.push(target);
                }
            }
            offsets.push(targets.len());
        }
        targets.shrink_to_fit();
        Self { graph: self.graph, offsets, targets }
    }
}

/// Two projections are equal if they are of the same graph and have the same arcs.
impl PartialEq for Projection<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph)
            && (&self.offsets, &self.targets) == (&other.offsets, &other.targets)
    }
}

impl fmt::Debug for Projection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Projection");
        shown.field("offsets", &self.offsets).field("targets", &self.targets).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::reporting::State;

    fn graph_of(nodes: usize) -> ClaimGraph {
        let mut graph = ClaimGraph::new();
        for n in 0..nodes {
            graph.add(State, format!("s{n}")).unwrap();
        }
        graph
    }

    #[test]
    fn arcs_come_out_by_source_in_the_order_they_went_in() {
        let graph = graph_of(4);
        let given = [(2, 1), (0, 3), (2, 0), (0, 3), (9, 0), (1, 9)];
        let arcs = Projection::of_arcs(&graph, given);
        assert_eq!(arcs.arcs().collect::<Vec<_>>(), [(0, 3), (0, 3), (2, 1), (2, 0)]);
        assert_eq!((arcs.out_degrees(), arcs.in_degrees()), (vec![2, 0, 2, 0], vec![1, 1, 0, 2]));
        assert_eq!(arcs.collapsed().arcs().collect::<Vec<_>>(), [(0, 3), (2, 0), (2, 1)]);
        assert_eq!(arcs.reversed().arcs().collect::<Vec<_>>(), [(0, 2), (1, 2), (3, 0), (3, 0)]);
        // Sorted ones are not moved, and give the same.
        assert_eq!(Projection::of_arcs(&graph, arcs.arcs()), arcs);
    }

    #[test]
    fn a_graph_without_entities_has_no_arcs() {
        let graph = ClaimGraph::new();
        let none = Projection::of_arcs(&graph, [(0, 0)]);
        assert_eq!((none.node_count(), none.arc_count(), none.collapsed().node_count()), (0, 0, 0));
    }
}
