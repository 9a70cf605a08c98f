//! The visit map of petgraph's walks: entities go in, and whether they were met before comes out.
//!
//! Every walk of petgraph's on a view calls it.

use crate::model::id::EntityId;
use petgraph::visit::VisitMap;
use rustc_hash::FxHashSet;

/// The entities that a walk of petgraph's has visited.
#[derive(Clone, Debug, Default)]
pub struct Visited {
    blocks: Vec<u64>,
    /// Visited entities that the graph did not have when the map was made.
    beyond: FxHashSet<EntityId>,
}

impl Visited {
    /// Returns a map for `count` entities, none of which is visited.
    pub(crate) fn for_entities(count: usize) -> Self {
        Self { blocks: vec![0; count.div_ceil(64)], ..Self::default() }
    }

    #[inline]
    fn place(entity: EntityId) -> (usize, u64) {
        (entity.index() / 64, 1 << (entity.index() % 64))
    }

    // A function of its own, because a walk that never comes here would pay for it.
    #[cold]
    #[inline(never)]
    fn visit_beyond(&mut self, entity: EntityId) -> bool {
        self.beyond.insert(entity)
    }

    #[cold]
    #[inline(never)]
    fn is_visited_beyond(&self, entity: &EntityId) -> bool {
        self.beyond.contains(entity)
    }
}

impl VisitMap<EntityId> for Visited {
    #[inline]
    fn visit(&mut self, entity: EntityId) -> bool {
        let (block, bit) = Self::place(entity);
        let Some(bits) = self.blocks.get_mut(block) else { return self.visit_beyond(entity) };
        let fresh = *bits & bit == 0;
        *bits |= bit;
        fresh
    }

    #[inline]
    fn is_visited(&self, entity: &EntityId) -> bool {
        let (block, bit) = Self::place(*entity);
        self.blocks
            .get(block)
            .map_or_else(|| self.is_visited_beyond(entity), |bits| bits & bit != 0)
    }

    fn unvisit(&mut self, entity: EntityId) -> bool {
        let (block, bit) = Self::place(entity);
        let Some(bits) = self.blocks.get_mut(block) else { return self.beyond.remove(&entity) };
        let was = *bits & bit != 0;
        *bits &= !bit;
        was
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ClaimGraph;
    use crate::model::vocabulary::reporting::State;
    use petgraph::visit::{Dfs, NodeIndexable, Visitable};

    #[test]
    fn an_entity_the_graph_does_not_have_is_visited_once_and_takes_no_room_for_those_before_it() {
        let mut graph = ClaimGraph::new();
        let here = graph.add(State, "here").unwrap().id();
        let view = graph.view();
        let far = view.from_index(usize::MAX);
        assert_eq!(far, view.from_index(u32::MAX as usize - 1));
        let mut visited = view.visit_map();
        for entity in [here, far] {
            assert!(
                !visited.is_visited(&entity) && !visited.unvisit(entity) && visited.visit(entity)
            );
            assert!(visited.is_visited(&entity) && !visited.visit(entity));
            assert!(
                visited.unvisit(entity) && !visited.is_visited(&entity) && visited.visit(entity)
            );
        }
        assert_eq!(visited.blocks.len(), 1);
        view.reset_map(&mut visited);
        assert!(!visited.is_visited(&here) && !visited.is_visited(&far));
        let mut walk = Dfs::new(&view, far);
        assert_eq!((walk.next(&view), walk.next(&view)), (Some(far), None));
    }
}
