//! The sources that the lineage of a speaker cannot do without: a tree in which each speaker stands below the first
//! source that all its ways down pass (its immediate dominator). Whoever stands below a source falls with it.
//!
//! The lineage is that of speakers for whom it is the same in all their claims, so that it does not go in a circle. It is
//! walked once, sources before the speakers that draw on them. The common source of several is found by jumps of growing
//! length (E. W. Myers, "An applicative random-access stack", 1983), so that a tree costs n log n.

#![expect(clippy::indexing_slicing, reason = "places are those of `nodes`")]

use crate::model::id::EntityId;
use crate::view::View;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The place of the evidence, which all ways lead to.
const EVIDENCE: usize = 0;

/// A speaker. Its place is after that of the node below which it stands.
#[derive(Clone)]
struct Node {
    below: usize,
    depth: usize,
    /// A node further up.
    jump: usize,
    /// Its place in an order in which all that stand below a node follow it.
    order: usize,
    /// How many stand below it, and itself.
    size: usize,
}

/// Which speakers fall with which sources.
pub(crate) struct LineageTree {
    places: FxHashMap<EntityId, usize>,
    nodes: Vec<Node>,
}

impl LineageTree {
    /// Makes the tree of these speakers and of all that they draw on. Speakers whose lineage is not the same for all their
    /// claims are not in it.
    pub(crate) fn of(view: &View<'_>, speakers: impl Iterator<Item = EntityId>) -> Self {
        let evidence = Node { below: EVIDENCE, depth: 0, jump: EVIDENCE, order: 0, size: 1 };
        let mut tree = Self { places: FxHashMap::default(), nodes: vec![evidence] };
        for speaker in view.sources_first(speakers, |_| false) {
            let sources = view.sources_of_all(speaker).unwrap_or_default();
            let known = sources.iter().filter_map(|source| tree.places.get(source).copied());
            let below = known.reduce(|a, b| tree.common(a, b)).unwrap_or(EVIDENCE);
            tree.push(speaker, below);
        }
        for place in (1..tree.nodes.len()).rev() {
            let Node { below, size, .. } = tree.nodes[place];
            tree.nodes[below].size += size;
        }
        let mut free = vec![1; tree.nodes.len()];
        for place in 1..tree.nodes.len() {
            let Node { below, size, .. } = tree.nodes[place];
            let order = free[below];
            free[below] += size;
            free[place] = order + 1;
            tree.nodes[place].order = order;
        }
        tree
    }

    fn push(&mut self, speaker: EntityId, below: usize) {
        let above = &self.nodes[below];
        let farther = &self.nodes[above.jump];
        let even = above.depth + self.nodes[farther.jump].depth == 2 * farther.depth;
        let jump = if even { farther.jump } else { below };
        let node = Node { below, depth: above.depth + 1, jump, order: 0, size: 1 };
        self.places.insert(speaker, self.nodes.len());
        self.nodes.push(node);
    }

    /// Returns the lowest node above or at both.
    fn common(&self, mut a: usize, mut b: usize) -> usize {
        if self.nodes[a].depth < self.nodes[b].depth {
            std::mem::swap(&mut a, &mut b);
        }
        let depth = self.nodes[b].depth;
        while self.nodes[a].depth > depth {
            let jump = self.nodes[a].jump;
            a = if self.nodes[jump].depth >= depth { jump } else { self.nodes[a].below };
        }
        while a != b {
            let (left, right) = (&self.nodes[a], &self.nodes[b]);
            (a, b) = match left.jump == right.jump {
                true => (left.below, right.below),
                false => (left.jump, right.jump),
            };
        }
        a
    }

    /// Returns all that are in the tree.
    pub(crate) fn speakers(&self) -> impl Iterator<Item = EntityId> {
        self.places.keys().copied()
    }

    /// Returns the place of a speaker in an order in which those who fall with a source follow it.
    pub(crate) fn order(&self, speaker: EntityId) -> Option<usize> {
        self.places.get(&speaker).map(|&place| self.nodes[place].order)
    }

    /// Returns the places of those who fall with the source. If it is not in the tree, there are none.
    pub(crate) fn falling_with(&self, source: EntityId) -> Range<usize> {
        let node = self.places.get(&source).map(|&place| &self.nodes[place]);
        node.map_or(0..0, |node| node.order..node.order + node.size)
    }
}
