//! Minimum vertex cuts in the evidence graph, by maximum flow (Menger's theorem): every vertex is split into an arc of
//! its capacity. petgraph's Dinic computes the flow; the cuts are read from the residual graph.

#![expect(
    clippy::indexing_slicing,
    reason = "places are those of `vertices`, nodes two for each and two more"
)]

use crate::model::id::{ClaimId, EntityId};
use crate::sources::residual::{BEYOND, Residual, Sides};
use indexmap::IndexSet;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

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

impl Vertex {
    fn can_be_wrong(self) -> bool {
        !matches!(self, Vertex::Relay(_))
    }
}

type Set<T> = IndexSet<T, FxBuildHasher>;

/// The paths by which evidence reaches the reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    /// In the order in which cuts name them; of several cuts the first by that order is taken.
    pub(super) vertices: Set<Vertex>,
    pub(super) first: Set<usize>,
    pub(super) last: Set<usize>,
    pub(super) arcs: Set<(usize, usize)>,
}

impl Network {
    /// Makes a network of these vertices, without paths.
    pub(crate) fn over(vertices: Vec<Vertex>) -> Self {
        Self { vertices: vertices.into_iter().collect(), ..Self::default() }
    }

    pub(crate) fn arc(&mut self, from: Option<Vertex>, to: Option<Vertex>) {
        let mut place = |vertex: Option<Vertex>| vertex.map(|v| self.vertices.insert_full(v).0);
        match (place(from), place(to)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => _ = self.arcs.insert((a, b)),
            (None, Some(b)) => _ = self.first.insert(b),
            (Some(a), None) => _ = self.last.insert(a),
            (None, None) => {}
        }
    }

    /// Returns the vertices of each cut.
    fn named(&self, cuts: Vec<Vec<usize>>) -> Vec<Vec<Vertex>> {
        let vertices =
            |cut: Vec<usize>| cut.into_iter().map(|place| self.vertices[place]).collect();
        cuts.into_iter().map(vertices).collect()
    }

    /// Returns the vertices that stand alone on a path between reader and statement: they are in every cut.
    fn alone(&self) -> FxHashSet<usize> {
        self.first.iter().copied().filter(|place| self.last.contains(place)).collect()
    }

    /// Returns a minimum cut: one made of `preferred` vertices if there is one; of several the first.
    pub(crate) fn minimum(&self, preferred: &dyn Fn(Vertex) -> bool) -> Vec<Vertex> {
        let choosy = |vertex: Vertex| vertex.can_be_wrong() && preferred(vertex);
        let alone = self.alone();
        let all = self.residual(&Vertex::can_be_wrong, &alone, BEYOND);
        let possible = alone.iter().all(|&place| choosy(self.vertices[place]));
        let fewer = !self.vertices.iter().copied().all(choosy);
        let chosen = (possible && fewer).then(|| self.residual(&choosy, &alone, all.size + 1));
        let chosen = chosen.filter(|chosen| chosen.size == all.size);
        let cuts = self.cuts(&chosen.unwrap_or(all), 1);
        self.named(cuts).into_iter().next().unwrap_or_default()
    }

    /// Returns the minimum cuts in order, at most `limit` of them.
    pub(crate) fn enumerate(&self, limit: usize) -> Vec<Vec<Vertex>> {
        self.named(self.cuts(&self.residual(&Vertex::can_be_wrong, &self.alone(), BEYOND), limit))
    }

    /// Returns the vertices of which each is in a minimum cut: those that the flow uses up, if nothing open leads from
    /// their way in to their way out and back.
    pub(crate) fn in_minimum_cuts(&self) -> FxHashSet<Vertex> {
        let alone = self.alone();
        let residual = self.residual(&Vertex::can_be_wrong, &alone, BEYOND);
        let mut open: DiGraph<(), ()> = DiGraph::with_capacity(residual.ahead.len(), 0);
        (0..residual.ahead.len()).for_each(|_| _ = open.add_node(()));
        for (from, ahead) in residual.ahead.iter().enumerate() {
            ahead.iter().for_each(|&to| {
                open.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
            });
        }
        let mut part = vec![0; residual.ahead.len()];
        for (place, nodes) in petgraph::algo::kosaraju_scc(&open).iter().enumerate() {
            nodes.iter().for_each(|node| part[node.index()] = place);
        }
        let apart = |place: &&usize| part[**place * 2] != part[**place * 2 + 1];
        let used_up = residual.used_up.iter().filter(apart);
        used_up.chain(&alone).map(|&place| self.vertices[place]).collect()
    }

    /// Returns for each vertex that a maximum flow uses up the least and the greatest of the places of those with whom
    /// paths begin, that reach it or the flow before it by what is open: their word could take the place of what flows
    /// there. `place` returns the place of such a vertex.
    pub(crate) fn reached_by(
        &self,
        place: &dyn Fn(Vertex) -> Option<usize>,
    ) -> FxHashMap<Vertex, (usize, usize)> {
        let alone = self.alone();
        let mut residual = self.residual(&Vertex::can_be_wrong, &alone, BEYOND);
        // What flows through those that stand alone flows through nobody else.
        for &place in &alone {
            residual.used_up.push(place);
            residual.ahead[place * 2 + 1].push(place * 2);
        }
        let touches = |(from, to): &&(usize, usize)| alone.contains(from) || alone.contains(to);
        for &(from, to) in self.arcs.iter().filter(touches) {
            residual.ahead[from * 2 + 1].push(to * 2);
        }
        let mut first: Vec<(usize, usize)> = Vec::with_capacity(self.first.len());
        for &start in &self.first {
            // Nobody falls with a speaker that has no place, and it falls with nobody.
            first.push((place(self.vertices[start]).unwrap_or(usize::MAX), start * 2));
        }
        first.sort_unstable();
        let least = residual.reached_from(first.iter().copied());
        let greatest = residual.reached_from(first.iter().rev().copied());
        let both = |node: usize| least[node].zip(greatest[node]);
        let mut along: Vec<Option<(usize, usize)>> = vec![None; least.len()];
        let mut found = FxHashMap::default();
        for &vertex in &residual.used_up {
            let (mut at, mut nodes) = (Some(vertex * 2), Vec::new());
            while let Some(node) = at.filter(|&node| along[node].is_none()) {
                nodes.push(node);
                at = residual.comes_from[node];
            }
            let mut known = at.and_then(|node| along[node]);
            for node in nodes.into_iter().rev() {
                known = match (known, both(node)) {
                    (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                    (known, own) => known.or(own),
                };
                along[node] = known;
            }
            found.extend(known.map(|known| (self.vertices[vertex], known)));
        }
        found
    }

    /// Returns the minimum cuts, with the vertices that stand alone.
    ///
    /// Each minimum cut is where the flow leaves a set of nodes that nothing open leads out of. Choosing
    /// a vertex puts its way in on the reader's side, with all that is open from there, and its way out
    /// on the statement's.
    fn cuts(&self, residual: &Residual, limit: usize) -> Vec<Vec<usize>> {
        let candidates = &residual.used_up;
        let count = self.vertices.len() * 2 + 2;
        let mut sides = Sides { near: vec![false; count], far: vec![false; count] };
        let apart = sides.grow(residual, count - 2, count - 1);
        let nearest = candidates.iter().filter(|&&n| sides.near[n * 2] && !sides.near[n * 2 + 1]);
        let farthest = candidates.iter().filter(|&&n| !sides.far[n * 2] && sides.far[n * 2 + 1]);
        let mut cuts: Vec<Vec<usize>> = Vec::new();
        let mut stack = Vec::new();
        if apart && nearest.clone().eq(farthest) {
            // The nearest to the reader is the farthest: there is no other.
            cuts.push(nearest.copied().collect());
        } else if apart {
            stack.push((Vec::new(), 0, sides));
        }
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
                    cuts.push(more);
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
        for cut in &mut cuts {
            cut.extend(self.alone());
            cut.sort_unstable();
        }
        cuts.sort_unstable();
        cuts
    }

    /// Returns the minimal cuts of at most `up_to` vertices, at most `limit` of them, smaller ones first: sets that
    /// cut all paths, and no part of which does.
    pub(crate) fn minimal(&self, up_to: usize, limit: usize) -> Vec<Vec<Vertex>> {
        let mut onward = vec![Vec::new(); self.vertices.len()];
        self.arcs.iter().for_each(|&(from, to)| onward[from].push(to));
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
                        if self
                            .residual(&Vertex::can_be_wrong, &set(&chosen), left as u64 + 1)
                            .size
                            <= left as u64 =>
                    {
                        let cuttable = |place: &usize| self.vertices[*place].can_be_wrong();
                        for place in path.into_iter().filter(cuttable) {
                            let mut more = chosen.clone();
                            more.push(place);
                            more.sort_unstable();
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
        cuts.iter_mut().for_each(|cut| cut.sort_unstable());
        cuts.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        cuts.truncate(limit);
        self.named(cuts)
    }

    /// Returns a shortest path from the reader to the statement, past the removed vertices.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::checked;

    /// A small network drawn by a number, and the same as plain lists.
    struct Drawn {
        network: Network,
        vertices: Vec<Vertex>,
        first: Vec<usize>,
        last: Vec<usize>,
        arcs: Vec<(usize, usize)>,
        preferred: Vec<bool>,
    }

    fn drawn(seed: u64) -> Drawn {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut one_in = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33).is_multiple_of(n)
        };
        let count = (seed % 7) as usize;
        let places = || 0..count;
        let first: Vec<usize> = places().filter(|_| one_in(3)).collect();
        let last: Vec<usize> = places().filter(|_| one_in(3)).collect();
        let mut arcs = Vec::new();
        for from in places() {
            arcs.extend(places().filter(|to| *to != from && one_in(3)).map(|to| (from, to)));
        }
        let vertices: Vec<Vertex> = places()
            .map(|place| {
                let entity = checked(EntityId::at(place));
                // Who stands alone on a path can be wrong.
                let alone = first.contains(&place) && last.contains(&place);
                if one_in(4) && !alone { Vertex::Relay(entity) } else { Vertex::Party(entity) }
            })
            .collect();
        let preferred = places().map(|_| !one_in(3)).collect();
        let mut network = Network::over(vertices.clone());
        let at = |place: usize| Some(vertices[place]);
        first.iter().for_each(|&to| network.arc(None, at(to)));
        last.iter().for_each(|&from| network.arc(at(from), None));
        arcs.iter().for_each(|&(from, to)| network.arc(at(from), at(to)));
        Drawn { network, vertices, first, last, arcs, preferred }
    }

    impl Drawn {
        fn is_cut(&self, without: &[usize]) -> bool {
            let open = |place: &usize| !without.contains(place);
            let mut reached: Vec<usize> = self.first.iter().copied().filter(open).collect();
            let mut next = 0;
            while let Some(&place) = reached.get(next) {
                next += 1;
                for &(_, to) in self.arcs.iter().filter(|(from, to)| *from == place && open(to)) {
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            !reached.iter().any(|place| self.last.contains(place))
        }

        /// All sets that cut every path and no part of which does, smaller ones first.
        fn minimal_cuts(&self) -> Vec<Vec<usize>> {
            let wrong = |place: &usize| matches!(self.vertices[*place], Vertex::Party(_));
            let sets = (0..1u32 << self.vertices.len())
                .map(|set| (0..self.vertices.len()).filter(|n| (set >> n) & 1 == 1).collect());
            let mut cuts: Vec<Vec<usize>> =
                sets.filter(|set: &Vec<usize>| set.iter().all(wrong) && self.is_cut(set)).collect();
            cuts.sort_by_key(|cut| (cut.len(), cut.clone()));
            let mut minimal: Vec<Vec<usize>> = Vec::new();
            for cut in cuts {
                if !minimal.iter().any(|known| known.iter().all(|place| cut.contains(place))) {
                    minimal.push(cut);
                }
            }
            minimal
        }
    }

    #[test]
    fn cuts_are_those_found_by_trying_every_set() {
        for seed in 0..4_000 {
            let it = drawn(seed);
            let expected = it.minimal_cuts();
            if expected.is_empty() {
                // On every path that evidence takes, there is somebody who can be wrong.
                continue;
            }
            let named = |cuts: &[Vec<usize>]| it.network.named(cuts.to_vec());
            let least = expected[0].len();
            let smallest: Vec<Vec<usize>> =
                expected.iter().filter(|cut| cut.len() == least).cloned().collect();
            assert_eq!(it.network.enumerate(100), named(&smallest), "{seed}");
            let members = named(&smallest).into_iter().flatten().collect::<FxHashSet<_>>();
            assert_eq!(it.network.in_minimum_cuts(), members, "{seed}");
            for limit in 1..=2 {
                let some = it.network.enumerate(limit);
                assert_eq!(some.len(), limit.min(smallest.len()), "{seed}");
                assert!(some.iter().all(|cut| named(&smallest).contains(cut)), "{seed}");
            }
            for up_to in 0..=7 {
                let few: Vec<Vec<usize>> =
                    expected.iter().filter(|cut| cut.len() <= up_to).cloned().collect();
                assert_eq!(it.network.minimal(up_to, 100), named(&few), "{seed} {up_to}");
            }
            let limited = it.network.minimal(7, 1);
            assert_eq!(limited.len(), 1, "{seed}");
            // The first, of those of preferred vertices if there are any.
            let prefers = |cut: &&Vec<usize>| cut.iter().all(|place| it.preferred[*place]);
            let wanted = smallest.iter().find(prefers).or(smallest.first());
            let preferred = |vertex: Vertex| {
                it.vertices.iter().zip(&it.preferred).any(|(v, liked)| *v == vertex && *liked)
            };
            let wanted = named(wanted.map(std::slice::from_ref).unwrap_or_default());
            let found = it.network.minimum(&preferred);
            assert_eq!(found, wanted.into_iter().next().unwrap_or_default(), "{seed}");
        }
    }
}
