//! Minimum vertex cuts in the evidence graph, by maximum flow (Menger's theorem): every vertex is split
//! into an arc of its capacity. The flow itself is petgraph's Dinic.

use crate::ids::{ClaimId, EntityId};
use indexmap::IndexSet;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

/// A vertex between the reader and the statement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) enum Vertex {
    /// Somebody who could be wrong.
    Party(EntityId),
    /// A document, publisher or wire that passes on what others say.
    Relay(EntityId),
    /// Somebody not named, at this place of the chain of this claim.
    Unstated(ClaimId, usize),
}

/// More than any number of parties.
const BEYOND: u64 = 1 << 32;

/// The paths by which evidence reaches the reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    vertices: IndexSet<Vertex>,
    first: IndexSet<usize>,
    last: IndexSet<usize>,
    arcs: IndexSet<(usize, usize)>,
}

impl Network {
    pub(crate) fn arc(&mut self, from: Option<Vertex>, to: Option<Vertex>) {
        let mut place = |vertex: Option<Vertex>| vertex.map(|v| self.vertices.insert_full(v).0);
        match (place(from), place(to)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                self.arcs.insert((a, b));
            }
            (None, Some(b)) => {
                self.first.insert(b);
            }
            (Some(a), None) => {
                self.last.insert(a);
            }
            (None, None) => {}
        }
    }

    pub(crate) fn vertices(&self) -> impl Iterator<Item = Vertex> {
        self.vertices.iter().copied()
    }

    /// The greatest number of paths with no cuttable vertex in common, and the vertices of the minimum
    /// cuts nearest to the reader and nearest to the statement.
    fn flow(&self, cuttable: &dyn Fn(Vertex) -> bool, removed: &[Vertex]) -> (u64, [Vec<Vertex>; 2], Vec<Vertex>) {
        let mut net: DiGraph<(), u64> =
            DiGraph::with_capacity(self.vertices.len() * 2 + 2, self.vertices.len() + self.arcs.len());
        let (reader, statement) = (net.add_node(()), net.add_node(()));
        let ends: Vec<(NodeIndex, NodeIndex)> =
            self.vertices.iter().map(|_| (net.add_node(()), net.add_node(()))).collect();
        let end = |place: usize| ends.get(place).copied().unwrap_or((reader, statement));
        for (place, &vertex) in self.vertices.iter().enumerate() {
            let capacity = match (removed.contains(&vertex), cuttable(vertex)) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => BEYOND,
            };
            net.add_edge(end(place).0, end(place).1, capacity);
        }
        self.first.iter().for_each(|&to| _ = net.add_edge(reader, end(to).0, BEYOND));
        self.last.iter().for_each(|&from| _ = net.add_edge(end(from).1, statement, BEYOND));
        self.arcs.iter().for_each(|&(from, to)| _ = net.add_edge(end(from).1, end(to).0, BEYOND));
        let (flow, used) = petgraph::algo::dinics(&net, reader, statement);
        // The residual graph decides on which side of each cut a vertex lies.
        let side = |from: NodeIndex, forwards: bool| {
            let mut seen = vec![false; net.node_count()];
            let mut stack = vec![from];
            while let Some(node) = stack.pop() {
                let Some(known) = seen.get_mut(node.index()).filter(|known| !**known) else {
                    continue;
                };
                *known = true;
                let load = |edge: petgraph::graph::EdgeIndex| used.get(edge.index()).copied().unwrap_or(0);
                let with = net.edges_directed(node, petgraph::Outgoing);
                let against = net.edges_directed(node, petgraph::Incoming);
                for edge in with {
                    let open = if forwards { load(edge.id()) < *edge.weight() } else { load(edge.id()) > 0 };
                    open.then(|| stack.push(edge.target()));
                }
                for edge in against {
                    let open = if forwards { load(edge.id()) > 0 } else { load(edge.id()) < *edge.weight() };
                    open.then(|| stack.push(edge.source()));
                }
            }
            seen
        };
        let (near, far) = (side(reader, true), side(statement, false));
        let has = |set: &[bool], node: NodeIndex| set.get(node.index()).copied().unwrap_or(false);
        let crossing = |inside: &dyn Fn(NodeIndex) -> bool| -> Vec<Vertex> {
            let splits =
                self.vertices.iter().zip(&ends).filter(|(v, (a, b))| inside(*a) && !inside(*b) && !removed.contains(v));
            splits.map(|(&v, _)| v).collect()
        };
        // Whatever belongs to a minimum cut is used up by every maximum flow.
        let splits =
            self.vertices.iter().enumerate().filter(|(place, _)| used.get(*place).is_some_and(|&load| load > 0));
        let saturated = splits.map(|(_, &vertex)| vertex).collect();
        (flow, [crossing(&|n| has(&near, n)), crossing(&|n| !has(&far, n))], saturated)
    }

    /// A minimum cut: one made of `preferred` vertices if there is one; of several the first in the
    /// given order.
    pub(crate) fn minimum(
        &self,
        cuttable: &dyn Fn(Vertex) -> bool,
        preferred: &dyn Fn(Vertex) -> bool,
        rank: &dyn Fn(Vertex) -> usize,
    ) -> Vec<Vertex> {
        let sorted = |mut cut: Vec<Vertex>| {
            cut.sort_by_key(|&v| rank(v));
            cut
        };
        let (size, [near, far], _) = self.flow(cuttable, &[]);
        let choosy = |v: Vertex| cuttable(v) && preferred(v);
        let (preferred_size, [preferred_near, preferred_far], _) = self.flow(&choosy, &[]);
        let chosen: (&dyn Fn(Vertex) -> bool, Vec<Vertex>, Vec<Vertex>) =
            if preferred_size == size { (&choosy, preferred_near, preferred_far) } else { (cuttable, near, far) };
        let (cuttable, near, far) = (chosen.0, sorted(chosen.1), sorted(chosen.2));
        if near == far || size > 64 {
            return near;
        }
        self.enumerate(cuttable, rank, 1).pop().unwrap_or(near)
    }

    /// The minimum cuts, at most `limit` of them, in the given order of vertices.
    pub(crate) fn enumerate(
        &self,
        cuttable: &dyn Fn(Vertex) -> bool,
        rank: &dyn Fn(Vertex) -> usize,
        limit: usize,
    ) -> Vec<Vec<Vertex>> {
        let (size, _, saturated) = self.flow(cuttable, &[]);
        let mut candidates: Vec<Vertex> = saturated.into_iter().filter(|&v| cuttable(v)).collect();
        candidates.sort_by_key(|&v| rank(v));
        let mut cuts = Vec::new();
        let mut stack = vec![(Vec::new(), 0, size)];
        while let Some((removed, from, left)) = stack.pop() {
            if left == 0 {
                cuts.push(removed);
                if cuts.len() >= limit {
                    break;
                }
                continue;
            }
            let mut further = Vec::new();
            for (place, &vertex) in candidates.iter().enumerate().skip(from) {
                let mut more: Vec<Vertex> = removed.clone();
                more.push(vertex);
                let rest = self.flow(cuttable, &more).0;
                if rest < left {
                    further.push((more, place + 1, rest));
                    if limit == 1 {
                        // One is wanted, and whatever lowers the flow is part of a minimum cut.
                        break;
                    }
                }
            }
            stack.extend(further.into_iter().rev());
        }
        cuts
    }
}
