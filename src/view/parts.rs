//! The parts of an entity and the places in it, as a view knows them, with the affiliations that lead from each up to
//! the entity.

use crate::graph::ClaimGraph;
use crate::model::affiliation::{Affiliation, AffiliationKind};
use crate::model::id::{AffiliationId, EntityId};
use crate::model::time::period::Period;
use crate::view::View;
use crate::view::steps::{Way, WaysUp};
use indexmap::IndexMap;
use std::sync::{Arc, OnceLock};

/// An entity and its parts, each with the affiliations that lead one step up; see [`View::parts`].
#[derive(Clone, Debug)]
pub struct Parts<'g> {
    graph: &'g ClaimGraph,
    whole: EntityId,
    ways: IndexMap<EntityId, Vec<(AffiliationId, EntityId)>>,
    /// The way up of each part; `None` if it is not the same at all times.
    at_all_times: OnceLock<Option<Arc<WaysUp>>>,
}

impl Parts<'_> {
    /// Returns the entity and its parts, the entity first.
    pub fn entities(&self) -> impl Iterator<Item = EntityId> {
        self.ways.keys().copied()
    }

    /// Returns a shortest way from a part up to the whole, by affiliations that can all hold at that time. The way
    /// from the whole to itself has no affiliations. If the entity is not a part at that time, it is `None`.
    pub fn path(&self, part: EntityId, at: Option<&Period>) -> Option<Vec<AffiliationId>> {
        self.way(part, at).map(|way| way.affiliations())
    }

    /// Returns the same way, shared with other parts if it is long.
    pub(crate) fn way(&self, part: EntityId, at: Option<&Period>) -> Option<Way> {
        if part == self.whole {
            return Some(Way::Listed(Vec::new()));
        }
        self.ways.get(&part)?;
        match self.at_all_times.get_or_init(|| self.ways_at_all_times()) {
            Some(ways) => Way::from(part, ways),
            None => self.path_at(part, at).map(Way::Listed),
        }
    }

    /// Returns the way up of each part; `None` if an affiliation has a period.
    fn ways_at_all_times(&self) -> Option<Arc<WaysUp>> {
        let mut found = WaysUp::default();
        // Each part comes after all that are nearer to the whole.
        for (&part, ways) in self.ways.iter().skip(1) {
            let mut nearest: Option<(AffiliationId, EntityId, usize)> = None;
            for &(id, above) in ways {
                if self.graph.affiliation(id)?.valid.is_some() {
                    return None;
                }
                let steps = match found.0.get(&above) {
                    _ if above == self.whole => 1,
                    Some(&(.., steps)) => steps + 1,
                    None => continue,
                };
                nearest =
                    nearest.filter(|&(.., least)| least <= steps).or(Some((id, above, steps)));
            }
            found.0.insert(part, nearest?);
        }
        Some(Arc::new(found))
    }

    fn path_at(&self, part: EntityId, at: Option<&Period>) -> Option<Vec<AffiliationId>> {
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
        let whole = self.graph.one_for(whole);
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
        Parts { graph: self.graph, whole, ways, at_all_times: OnceLock::new() }
    }

    /// Returns the affiliations in which the entity is the part and that the view knows.
    pub fn affiliations_of(
        &self,
        part: impl Into<EntityId>,
    ) -> impl Iterator<Item = (AffiliationId, &'g Affiliation)> {
        self.graph.affiliations_of(part).filter(|(id, _)| self.knows_affiliation(*id))
    }
}
