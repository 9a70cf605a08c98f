//! The records of a graph: a graph goes in, its records come out as plain data with keys, in canonical order. The
//! writers of formats use it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::entity_ref::EntityRef;
use crate::graph::record::export::ClaimNames;
use crate::model::id::ClaimId;
use crate::model::record::{AffiliationRecord, ClaimRecord, EntityRecord, Record};

/// The records of a graph in canonical order, and the names of its claims in a file.
///
/// Equal graphs give equal records, whatever the order of insertion. The names are computed once, by
/// [`of`](Self::of): they cost a hash of every claim.
///
/// ```
/// use claimgraph::{date, format::Records, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// let records = Records::of(&graph);
/// let (claim, name) = records.claims().next().unwrap();
/// assert_eq!(records.claim(claim).id.as_deref(), Some(name));
/// assert_eq!(records.entities().map(|entity| entity.key()).collect::<Vec<_>>(), ["north-korea", "russia"]);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Records<'g> {
    graph: &'g ClaimGraph,
    names: ClaimNames,
}

impl<'g> Records<'g> {
    /// Makes the records of a graph, and computes the names of all its claims.
    pub fn of(graph: &'g ClaimGraph) -> Self {
        Self { graph, names: graph.canonical_names() }
    }

    /// Hands out every record in turn, so that a writer never holds them all: header, batches, entities, affiliations,
    /// claims (each after those it answers), links, derivations, lineage, reviews, judgements.
    ///
    /// # Errors
    /// The first error of `take`.
    pub fn each<E>(&self, take: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        self.graph.records_named(&self.names).try_for_each(take)
    }

    /// Returns the name of a claim. If the claim is not in the graph, the name is empty.
    pub fn name(&self, claim: ClaimId) -> &str {
        self.names.get(&claim).map_or("", String::as_str)
    }

    /// Returns each claim with its name, in canonical order. Redacted claims are left out; [`each`](Self::each) has their
    /// records.
    pub fn claims(&self) -> impl DoubleEndedIterator<Item = (ClaimRef<'g>, &str)> {
        let claim = |(&id, name)| Some((ClaimRef::new(self.graph, id)?, String::as_str(name)));
        self.names.iter().filter_map(claim).filter(|(claim, _)| claim.redaction().is_none())
    }

    /// Returns one claim as a record, with its name as `id`.
    pub fn claim(&self, claim: ClaimRef<'_>) -> ClaimRecord {
        let name = |id: ClaimId| self.name(id).to_owned();
        let batch = claim.batch().map(|batch| batch.key().to_owned());
        ClaimRecord { id: Some(name(claim.id())), batch, ..claim.graph().record(claim, &name) }
    }

    /// Returns the entities in canonical order: by key, documents last, and a publisher before the documents it
    /// publishes.
    pub fn entities(&self) -> impl Iterator<Item = EntityRef<'g>> + use<'g> {
        let graph = self.graph;
        let order = graph.publishers_first(graph.registry.ids());
        order.into_iter().filter_map(|id| graph.entity(id).ok())
    }

    /// Returns one entity as a record.
    pub fn entity(&self, entity: EntityRef<'_>) -> Option<EntityRecord> {
        self.graph.entity_record(entity.id())
    }

    /// Returns the affiliations as records, in order of insertion.
    pub fn affiliations(&self) -> impl Iterator<Item = AffiliationRecord> {
        let graph = self.graph;
        graph.affiliation_ids().filter_map(|id| graph.affiliation_on_record(id))
    }

    /// Returns the records beside the claims: links, derivations, lineage, reviews, judgements.
    pub fn beside_claims(&self) -> Vec<Record> {
        self.graph.records_after_claims(&self.names).collect()
    }
}
