//! The arcs of a network of evidence that a maximum flow leaves open. petgraph's Dinic computes the flow.

#![expect(
    clippy::indexing_slicing,
    reason = "places are those of `vertices`, nodes two for each and two more"
)]

use crate::sources::vertex_cut::{Network, Vertex};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

/// More than any number of parties.
pub(super) const BEYOND: u64 = 1 << 32;

/// The residual graph of a maximum flow. Vertex `n` goes in at node `2n` and out at `2n + 1`.
pub(super) struct Residual {
    /// The greatest number of paths with no cuttable vertex in common.
    pub(super) size: u64,
    /// From each node, where more could flow to; and the same backwards.
    pub(super) ahead: Vec<Vec<usize>>,
    pub(super) back: Vec<Vec<usize>>,
    /// The vertices that can be cut and that the flow uses up, in order. Every minimum cut is made of them.
    pub(super) used_up: Vec<usize>,
    /// For each node, one from which the flow comes.
    pub(super) comes_from: Vec<Option<usize>>,
}

/// The nodes that are certainly on the reader's side of a cut, and those on the statement's.
#[derive(Clone)]
pub(super) struct Sides {
    pub(super) near: Vec<bool>,
    pub(super) far: Vec<bool>,
}

impl Network {
    /// Returns the arcs that a maximum flow leaves open, if these vertices can be cut and those are removed. The flow stops
    /// at `most`.
    pub(super) fn residual(
        &self,
        cuttable: &dyn Fn(Vertex) -> bool,
        removed: &FxHashSet<usize>,
        most: u64,
    ) -> Residual {
        let count = self.vertices.len();
        let mut net: DiGraph<(), u64> =
            DiGraph::with_capacity(count * 2 + 2, count + self.arcs.len());
        (0..count * 2 + 3).for_each(|_| _ = net.add_node(()));
        let node = NodeIndex::new;
        let (reader, statement, source) = (count * 2, count * 2 + 1, count * 2 + 2);
        for (place, &vertex) in self.vertices.iter().enumerate() {
            let capacity = match (removed.contains(&place), cuttable(vertex)) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => BEYOND,
            };
            net.add_edge(node(place * 2), node(place * 2 + 1), capacity);
        }
        let left = |place: &&usize| !removed.contains(*place);
        self.first
            .iter()
            .filter(left)
            .for_each(|&to| _ = net.add_edge(node(reader), node(to * 2), BEYOND));
        self.last
            .iter()
            .filter(left)
            .for_each(|&from| _ = net.add_edge(node(from * 2 + 1), node(statement), BEYOND));
        for &(from, to) in self.arcs.iter().filter(|(from, to)| left(&from) && left(&to)) {
            net.add_edge(node(from * 2 + 1), node(to * 2), BEYOND);
        }
        net.add_edge(node(source), node(reader), most);
        let (size, load) = petgraph::algo::dinics(&net, node(source), node(statement));
        let (mut ahead, mut back) =
            (vec![Vec::new(); count * 2 + 2], vec![Vec::new(); count * 2 + 2]);
        let mut comes_from = vec![None; count * 2 + 2];
        let mut open = |from: usize, to: usize| {
            ahead[from].push(to);
            back[to].push(from);
        };
        for edge in net.edge_references().filter(|edge| edge.source() != node(source)) {
            let load = load[edge.id().index()];
            let (from, to) = (edge.source().index(), edge.target().index());
            if load < *edge.weight() {
                open(from, to);
            }
            if load > 0 {
                open(to, from);
                comes_from[to] = Some(from);
            }
        }
        // The arcs of the vertices come first.
        let used = |place: &usize| {
            load[*place] > 0 && !removed.contains(place) && cuttable(self.vertices[*place])
        };
        Residual { size, ahead, back, used_up: (0..count).filter(used).collect(), comes_from }
    }
}

impl Residual {
    /// Returns for each node the first of these places from whose node it is open to it, other than by the reader.
    pub(super) fn reached_from(
        &self,
        starts: impl Iterator<Item = (usize, usize)>,
    ) -> Vec<Option<usize>> {
        let reader = self.ahead.len() - 2;
        let mut found = vec![None; self.ahead.len()];
        for (place, start) in starts {
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                if node != reader && found[node].is_none() {
                    found[node] = Some(place);
                    open.extend(&self.ahead[node]);
                }
            }
        }
        found
    }
}

impl Sides {
    /// Puts `near` and all that is open from there on the reader's side, and `far` and all from where it
    /// is open to there on the statement's. Whether no node is on both; if one is, the sides are spoilt.
    pub(super) fn grow(&mut self, residual: &Residual, near: usize, far: usize) -> bool {
        fn reach(from: usize, open: &[Vec<usize>], mine: &mut [bool], theirs: &[bool]) -> bool {
            let mut stack = vec![from];
            while let Some(node) = stack.pop() {
                if std::mem::replace(&mut mine[node], true) {
                    continue;
                }
                if theirs[node] {
                    return false;
                }
                stack.extend(&open[node]);
            }
            true
        }
        reach(near, &residual.ahead, &mut self.near, &self.far)
            && reach(far, &residual.back, &mut self.far, &self.near)
    }
}
