//! Keys in place of handles, for the JSON of answers.

use claimgraph::{ClaimGraph, ClaimId, EntityId};

/// Returns the key of an entity; nothing for an entity of another graph.
pub(crate) fn entity_key(graph: &ClaimGraph, entity: EntityId) -> &str {
    graph.entity(entity).map(|entity| entity.key()).unwrap_or_default()
}

/// Returns the key of a claim as text; nothing for a claim of another graph.
pub(crate) fn claim_key(graph: &ClaimGraph, claim: ClaimId) -> String {
    graph.claim_key(claim).map(|key| key.to_string()).unwrap_or_default()
}

/// Returns the names of entities as a list.
pub(crate) fn names(graph: &ClaimGraph, entities: &[EntityId]) -> String {
    let names: Vec<&str> = entities.iter().map(|&entity| graph.name_of(entity)).collect();
    names.join(", ")
}
