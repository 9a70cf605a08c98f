//! An entity with everything that acts for it or lies in it, as a view knows it, and the ways up.

use crate::model::affiliation::AffiliationKind;
use crate::model::id::{AffiliationId, EntityId};
use crate::view::View;
use indexmap::IndexMap;

/// An entity and its parts, each with the affiliations that lead one step up.
#[derive(Clone, Debug)]
pub(crate) struct Parts(IndexMap<EntityId, Vec<(AffiliationId, EntityId)>>);

impl Parts {
    pub(crate) fn entities(&self) -> impl Iterator<Item = EntityId> {
        self.0.keys().copied()
    }

    /// The affiliations from a part up to the whole, by those that serve; none for the whole itself.
    pub(crate) fn path(
        &self,
        part: EntityId,
        serves: impl Fn(AffiliationId) -> bool,
    ) -> Option<Vec<AffiliationId>> {
        let whole = *self.0.keys().next()?;
        if part == whole {
            return Some(Vec::new());
        }
        self.0.get(&part)?;
        let mut came: IndexMap<EntityId, Option<(AffiliationId, usize)>> =
            IndexMap::from([(part, None)]);
        let mut next = 0;
        while let Some((&entity, _)) = came.get_index(next) {
            if entity == whole {
                let mut path = Vec::new();
                let mut at = next;
                while let Some((_, &Some((id, before)))) = came.get_index(at) {
                    path.push(id);
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            for &(id, above) in
                self.0.get(&entity).into_iter().flatten().filter(|(id, _)| serves(*id))
            {
                came.entry(above).or_insert(Some((id, next)));
            }
            next += 1;
        }
        None
    }
}

impl<'g> View<'g> {
    /// Everything that acts for the entity or lies in it, itself included, as far as this view knows.
    pub(crate) fn parts(&self, whole: EntityId, kinds: &[AffiliationKind]) -> Parts {
        let mut parts = Parts(IndexMap::from([(whole, Vec::new())]));
        let mut next = 0;
        while let Some((&entity, _)) = parts.0.get_index(next) {
            next += 1;
            for (id, affiliation) in self.graph.affiliated_with(entity) {
                if kinds.contains(&affiliation.kind()) && self.knows_affiliation(id) {
                    parts.0.entry(affiliation.part()).or_default().push((id, entity));
                }
            }
        }
        // Of several ways up, the same one is taken whatever was inserted first.
        for ways in parts.0.values_mut().filter(|ways| ways.len() > 1) {
            ways.sort_by_cached_key(|&(id, _)| self.graph.affiliation_order(id));
        }
        parts
    }
}
