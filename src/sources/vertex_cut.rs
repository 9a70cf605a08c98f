//! Minimum vertex cuts in the evidence graph, by maximum flow (Menger's theorem): every vertex is split
//! into an arc of its capacity. The flow itself is petgraph's Dinic; what is open after it gives the cuts.

#![expect(
    clippy::indexing_slicing,
    reason = "places are those of `vertices`, nodes two for each and two more"
)]

use crate::model::id::{ClaimId, EntityId};
use indexmap::IndexSet;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::{FxBuildHasher, FxHashSet};

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

type Set<T> = IndexSet<T, FxBuildHasher>;

/// The paths by which evidence reaches the reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    vertices: Set<Vertex>,
    first: Set<usize>,
    last: Set<usize>,
    arcs: Set<(usize, usize)>,
}

/// The request for a cut: of which vertices it may be made, and which come first.
pub(crate) struct Wanted<'a> {
    pub(crate) cuttable: &'a dyn Fn(Vertex) -> bool,
    pub(crate) rank: &'a dyn Fn(Vertex) -> usize,
}

/// The residual graph of a maximum flow. Vertex `n` goes in at node `2n` and out at `2n + 1`.
struct Residual {
    /// The greatest number of paths with no cuttable vertex in common.
    size: u64,
    /// From each node, where more could flow to; and the same backwards.
    ahead: Vec<Vec<usize>>,
    back: Vec<Vec<usize>>,
    /// The vertices that the flow uses up: those of every minimum cut are among them.
    used_up: Vec<usize>,
}

/// The nodes that are certainly on the reader's side of a cut, and those on the statement's.
#[derive(Clone)]
struct Sides {
    near: Vec<bool>,
    far: Vec<bool>,
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

    fn vertex(&self, place: usize) -> Vertex {
        self.vertices[place]
    }

    fn residual(&self, cuttable: &dyn Fn(Vertex) -> bool, removed: &FxHashSet<usize>) -> Residual {
        let count = self.vertices.len();
        let mut net: DiGraph<(), u64> =
            DiGraph::with_capacity(count * 2 + 2, count + self.arcs.len());
        (0..count * 2 + 2).for_each(|_| _ = net.add_node(()));
        let node = NodeIndex::new;
        let (reader, statement) = (count * 2, count * 2 + 1);
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
        let (size, load) = petgraph::algo::dinics(&net, node(reader), node(statement));
        let (mut ahead, mut back) =
            (vec![Vec::new(); count * 2 + 2], vec![Vec::new(); count * 2 + 2]);
        let mut open = |from: usize, to: usize| {
            ahead[from].push(to);
            back[to].push(from);
        };
        for edge in net.edge_references() {
            let load = load[edge.id().index()];
            let (from, to) = (edge.source().index(), edge.target().index());
            if load < *edge.weight() {
                open(from, to);
            }
            if load > 0 {
                open(to, from);
            }
        }
        // The arcs of the vertices come first.
        let used = |place: &usize| load[*place] > 0 && !removed.contains(place);
        Residual { size, ahead, back, used_up: (0..count).filter(used).collect() }
    }

    /// Returns the vertices that stand alone on a path between reader and statement: they are in every cut.
    fn alone(&self) -> FxHashSet<usize> {
        self.first.iter().copied().filter(|place| self.last.contains(place)).collect()
    }

    /// A minimum cut: one made of `preferred` vertices if there is one; of several the first in the
    /// given order.
    pub(crate) fn minimum(
        &self,
        wanted: &Wanted<'_>,
        preferred: &dyn Fn(Vertex) -> bool,
    ) -> Vec<Vertex> {
        let choosy = |v: Vertex| (wanted.cuttable)(v) && preferred(v);
        let alone = self.alone();
        let all = self.residual(wanted.cuttable, &alone);
        let possible = alone.iter().all(|&place| choosy(self.vertex(place)));
        let chosen =
            (possible && !self.vertices().all(choosy)).then(|| self.residual(&choosy, &alone));
        let cuts = match chosen.filter(|chosen| chosen.size == all.size) {
            Some(chosen) => self.cuts(&chosen, &Wanted { cuttable: &choosy, rank: wanted.rank }, 1),
            None => self.cuts(&all, wanted, 1),
        };
        self.with_alone(cuts, wanted).into_iter().next().unwrap_or_default()
    }

    /// The minimum cuts, at most `limit` of them, in the given order of vertices.
    pub(crate) fn enumerate(&self, wanted: &Wanted<'_>, limit: usize) -> Vec<Vec<Vertex>> {
        let residual = self.residual(wanted.cuttable, &self.alone());
        self.with_alone(self.cuts(&residual, wanted, limit), wanted)
    }

    fn with_alone(&self, mut cuts: Vec<Vec<Vertex>>, wanted: &Wanted<'_>) -> Vec<Vec<Vertex>> {
        for cut in &mut cuts {
            cut.extend(self.alone().into_iter().map(|place| self.vertex(place)));
            cut.sort_by_key(|&vertex| (wanted.rank)(vertex));
        }
        cuts.sort_by_key(|cut| cut.iter().map(|&vertex| (wanted.rank)(vertex)).collect::<Vec<_>>());
        cuts
    }

    /// Each minimum cut is where the flow leaves a set of nodes that nothing open leads out of. Choosing
    /// a vertex puts its way in on the reader's side, with all that is open from there, and its way out
    /// on the statement's.
    fn cuts(&self, residual: &Residual, wanted: &Wanted<'_>, limit: usize) -> Vec<Vec<Vertex>> {
        let cuttable = |place: &usize| (wanted.cuttable)(self.vertex(*place));
        let mut candidates: Vec<usize> =
            residual.used_up.iter().copied().filter(cuttable).collect();
        candidates.sort_by_key(|&place| (wanted.rank)(self.vertex(place)));
        let count = self.vertices.len() * 2 + 2;
        let mut sides = Sides { near: vec![false; count], far: vec![false; count] };
        let apart = sides.grow(residual, count - 2, count - 1);
        let nearest = candidates.iter().filter(|&&n| sides.near[n * 2] && !sides.near[n * 2 + 1]);
        let farthest = candidates.iter().filter(|&&n| !sides.far[n * 2] && sides.far[n * 2 + 1]);
        if apart && nearest.clone().eq(farthest) {
            // The nearest to the reader is the farthest: there is no other.
            return vec![nearest.map(|&place| self.vertex(place)).collect()];
        }
        let mut cuts = Vec::new();
        let mut stack = if apart { vec![(Vec::new(), 0, sides)] } else { Vec::new() };
        while let Some((chosen, from, sides)) = stack.pop() {
            let is_last = chosen.len() as u64 + 1 >= residual.size;
            let mut further = Vec::new();
            for (at, &place) in candidates.iter().enumerate().skip(from) {
                let mut sides = sides.clone();
                if !sides.grow(residual, place * 2, place * 2 + 1) {
                    continue;
                }
                let mut more: Vec<usize> = chosen.clone();
                more.push(place);
                if is_last {
                    cuts.push(more.into_iter().map(|place| self.vertex(place)).collect());
                } else {
                    further.push((more, at + 1, sides));
                }
                // Where one is wanted, whatever can be chosen belongs to a minimum cut.
                if limit == 1 || cuts.len() >= limit {
                    break;
                }
            }
            if cuts.len() >= limit {
                break;
            }
            stack.extend(further.into_iter().rev());
        }
        cuts
    }

    /// The minimal cuts of at most `up_to` vertices, at most `limit` of them, smaller ones first: sets that
    /// cut all paths, and no part of which does.
    pub(crate) fn minimal(
        &self,
        wanted: &Wanted<'_>,
        up_to: usize,
        limit: usize,
    ) -> Vec<Vec<Vertex>> {
        let mut onward = vec![Vec::new(); self.vertices.len()];
        self.arcs.iter().for_each(|&(from, to)| onward[from].push(to));
        let cuttable = |place: &usize| (wanted.cuttable)(self.vertex(*place));
        let rank = |place: &usize| (wanted.rank)(self.vertex(*place));
        let set = |places: &[usize]| places.iter().copied().collect::<FxHashSet<usize>>();
        let mut cuts: Vec<Vec<usize>> = Vec::new();
        let mut level: Set<Vec<usize>> = Set::from_iter([self.alone().into_iter().collect()]);
        let up_to = up_to.checked_sub(self.alone().len()).map_or(0, |left| left + 1);
        for left in (0..up_to).rev() {
            let mut next: Set<Vec<usize>> = Set::default();
            for chosen in level {
                match self.path(&onward, &chosen) {
                    // Whoever holds a smaller cut as well is not minimal.
                    None if cuts
                        .iter()
                        .any(|cut| cut.iter().all(|place| chosen.contains(place))) => {}
                    None => cuts.push(chosen),
                    Some(_) if left == 0 => {}
                    // A path has to be cut somewhere, and what is left has to be enough for all of them.
                    Some(path)
                        if self.residual(wanted.cuttable, &set(&chosen)).size <= left as u64 =>
                    {
                        for place in path.into_iter().filter(cuttable) {
                            let mut more = chosen.clone();
                            more.push(place);
                            more.sort_by_key(rank);
                            next.insert(more);
                        }
                    }
                    Some(_) => {}
                }
            }
            if cuts.len() >= limit {
                break;
            }
            level = next;
        }
        cuts.iter_mut().for_each(|cut| cut.sort_by_key(rank));
        cuts.sort_by_key(|cut| (cut.len(), cut.iter().map(rank).collect::<Vec<_>>()));
        cuts.truncate(limit);
        cuts.into_iter()
            .map(|cut| cut.into_iter().map(|place| self.vertex(place)).collect())
            .collect()
    }

    /// A shortest path from the reader to the statement, past the removed vertices.
    fn path(&self, onward: &[Vec<usize>], removed: &[usize]) -> Option<Vec<usize>> {
        let mut came: Vec<Option<Option<usize>>> = vec![None; self.vertices.len()];
        let mut queue: Vec<(usize, Option<usize>)> =
            self.first.iter().map(|&place| (place, None)).collect();
        let mut next = 0;
        while let Some(&(place, before)) = queue.get(next) {
            next += 1;
            if came[place].is_some() || removed.contains(&place) {
                continue;
            }
            came[place] = Some(before);
            if self.last.contains(&place) {
                let back = |at: &usize| came[*at].flatten();
                return Some(std::iter::successors(Some(place), back).collect());
            }
            queue.extend(onward[place].iter().map(|&to| (to, Some(place))));
        }
        None
    }
}

impl Sides {
    /// Puts `near` and all that is open from there on the reader's side, and `far` and all from where it
    /// is open to there on the statement's. Whether no node is on both; if one is, the sides are spoilt.
    fn grow(&mut self, residual: &Residual, near: usize, far: usize) -> bool {
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
