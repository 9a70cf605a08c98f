//! The claims and entities that were redacted, and by whom. The graph adds them and reads them back.

use crate::model::id::{ClaimId, EntityId};
use crate::model::redaction::Redaction;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

#[derive(Clone, Debug, Default)]
pub(crate) struct RedactionTable {
    /// With each claim the key that it had, which nothing else tells.
    claims: IndexMap<ClaimId, ([u8; 16], Redaction), FxBuildHasher>,
    entities: IndexMap<EntityId, Redaction, FxBuildHasher>,
}

impl RedactionTable {
    /// Notes that a claim was redacted. Of several redactions the earliest stays.
    pub(crate) fn note_claim(&mut self, claim: ClaimId, key: [u8; 16], redaction: Redaction) {
        let known = self.claims.entry(claim).or_insert_with(|| (key, redaction.clone()));
        known.1 = known.1.clone().min(redaction);
    }

    /// Notes that an entity was redacted. Of several redactions the earliest stays.
    pub(crate) fn note_entity(&mut self, entity: EntityId, redaction: Redaction) {
        let known = self.entities.entry(entity).or_insert_with(|| redaction.clone());
        *known = known.clone().min(redaction);
    }

    /// Returns whether another table says the same of the first so many claims and entities.
    pub(crate) fn agrees(&self, other: &Self, claims: usize, entities: usize) -> bool {
        let are_first = |table: &Self| {
            let of_claims = table.claims.keys().filter(|claim| claim.index() < claims).count();
            let of_entities = table.entities.keys().filter(|it| it.index() < entities).count();
            (of_claims, of_entities)
        };
        are_first(self) == are_first(other)
            && other.claims.iter().all(|(claim, it)| self.claims.get(claim) == Some(it))
            && other.entities.iter().all(|(entity, it)| self.entities.get(entity) == Some(it))
    }

    /// Returns the key that a redacted claim had.
    pub(crate) fn key(&self, claim: ClaimId) -> Option<[u8; 16]> {
        self.claims.get(&claim).map(|(key, _)| *key)
    }

    pub(crate) fn of_claim(&self, claim: ClaimId) -> Option<&Redaction> {
        self.claims.get(&claim).map(|(_, redaction)| redaction)
    }

    pub(crate) fn of_entity(&self, entity: EntityId) -> Option<&Redaction> {
        self.entities.get(&entity)
    }

    /// Returns the redacted claims, in no order.
    pub(crate) fn claims(&self) -> impl Iterator<Item = ClaimId> {
        self.claims.keys().copied()
    }

    /// Returns the redacted entities, in no order.
    pub(crate) fn entities(&self) -> impl Iterator<Item = (EntityId, &Redaction)> {
        self.entities.iter().map(|(&entity, redaction)| (entity, redaction))
    }
}
