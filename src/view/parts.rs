//! The parts of an entity and the places in it, as a view knows them, with the affiliations that lead from each up to
//! the entity.

use crate::graph::ClaimGraph;
use crate::model::affiliation::{Affiliation, AffiliationKind};
use crate::model::id::{AffiliationId, EntityId};
use crate::model::time::period::Period;
use crate::view::View;
use indexmap::IndexMap;

/// An entity and its parts, each with the affiliations that lead one step up; see [`View::parts`].
#[derive(Clone, Debug)]
pub struct Parts<'g> {
    graph: &'g ClaimGraph,
    whole: EntityId,
    ways: IndexMap<EntityId, Vec<(AffiliationId, EntityId)>>,
}

impl Parts<'_> {
    /// Returns the entity and its parts, the entity first.
    pub fn entities(&self) -> impl Iterator<Item = EntityId> {
        self.ways.keys().copied()
    }

    /// Returns a shortest way from a part up to the whole, by affiliations that can all hold at that time. The way
    /// from the whole to itself has no affiliations. If the entity is not a part at that time, it is `None`.
    pub fn path(&self, part: EntityId, at: Option<&Period>) -> Option<Vec<AffiliationId>> {
        if part == self.whole {
            return Some(Vec::new());
        }
        self.ways.get(&part)?;
        let mut came: IndexMap<EntityId, Option<(AffiliationId, usize)>> =
            IndexMap::from([(part, None)]);
        let mut next = 0;
        while let Some((&entity, _)) = came.get_index(next) {
            if entity == self.whole {
                let mut path = Vec::new();
                let mut at = next;
                while let Some((_, &Some((id, before)))) = came.get_index(at) {
                    path.push(id);
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            for &(id, above) in self.ways.get(&entity).into_iter().flatten() {
                if self.graph.affiliation(id).is_some_and(|a| a.can_hold_in(at)) {
                    came.entry(above).or_insert(Some((id, next)));
                }
            }
            next += 1;
        }
        None
    }
}

impl<'g> View<'g> {
    /// Returns the entity with everything that belongs to it by affiliations of these kinds, directly or through
    /// others, as far as the view knows them.
    ///
    /// ```
    /// use claimgraph::{entity::{Affiliation, AffiliationKind}, reporting::*, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, army, unit) = (graph.add(State, "russia")?, graph.add(Military, "army")?, graph.add(Military, "unit")?);
    /// let upper = graph.add_affiliation(Affiliation::part_of(army, russia))?;
    /// let lower = graph.add_affiliation(Affiliation::part_of(unit, army))?;
    /// let parts = graph.view().parts(russia, &[AffiliationKind::PartOf]);
    /// assert!(parts.entities().eq([russia.id(), army.id(), unit.id()]));
    /// assert_eq!(parts.path(unit.id(), None), Some(vec![lower, upper]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn parts(&self, whole: impl Into<EntityId>, kinds: &[AffiliationKind]) -> Parts<'g> {
        let whole = whole.into();
        let mut ways = IndexMap::from([(whole, Vec::new())]);
        let mut next = 0;
        while let Some((&entity, _)) = ways.get_index(next) {
            next += 1;
            for (id, affiliation) in self.graph.affiliated_with(entity) {
                if kinds.contains(&affiliation.kind()) && self.knows_affiliation(id) {
                    ways.entry(affiliation.part()).or_default().push((id, entity));
                }
            }
        }
        // Of several ways up, the same one is taken whatever was inserted first.
        for ways in ways.values_mut().filter(|ways| ways.len() > 1) {
            ways.sort_by_cached_key(|&(id, _)| self.graph.affiliation_order(id));
        }
        Parts { graph: self.graph, whole, ways }
    }

    /// Returns the affiliations in which the entity is the part and that the view knows.
    pub fn affiliations_of(
        &self,
        part: impl Into<EntityId>,
    ) -> impl Iterator<Item = (AffiliationId, &'g Affiliation)> {
        self.graph.affiliations_of(part).filter(|(id, _)| self.knows_affiliation(*id))
    }
}
