//! Undoes the entities, relations and batches that a refused row added. Readers that make entities on first sight use
//! it.

use crate::graph::ClaimGraph;
use crate::graph::insert::IntoClaim;
use crate::model::affiliation::Affiliation;
use crate::model::batch::Batch;
use crate::model::document::DocumentInfo;
use crate::model::entity::Entity;
use crate::model::error::{Error, FieldPath};
use crate::model::id::{AffiliationId, BatchId, ClaimId, EntityId};
use crate::model::vocabulary::definition::RelationDef;
use crate::store::batch_table::BatchTable;
use std::sync::Arc;

/// A mark in a graph. If a row is refused, the additions after the mark are undone.
///
/// A reader that makes entities and relations on first sight adds them through a savepoint, and inserts the claim
/// that names them last. If the claim is refused, or the savepoint is dropped before there is a claim, the entities
/// and relations are removed. If the claim is accepted, the mark moves and they stay.
///
/// ```
/// use claimgraph::{format::Savepoint, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let mut row = Savepoint::new(&mut graph);
/// let russia = row.entity("State", "russia")?;
/// let refused = row.insert(Claim::by(russia).denies(russia, ATTACKS, russia));    // on no day
/// assert!(refused.is_err());
/// drop(row);
/// assert_eq!(graph.entity_count(), 0);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Debug)]
pub struct Savepoint<'g> {
    graph: &'g mut ClaimGraph,
    entities: usize,
    relations: usize,
    /// The batches before one was begun, if one was.
    batches: Option<Arc<BatchTable>>,
}

impl<'g> Savepoint<'g> {
    /// Sets the mark at the present state of the graph.
    pub fn new(graph: &'g mut ClaimGraph) -> Self {
        let (entities, relations) = (graph.registry.len(), graph.vocabulary.relations().len());
        Self { graph, entities, relations, batches: None }
    }

    /// Returns the graph, with the additions since the mark.
    pub fn graph(&self) -> &ClaimGraph {
        self.graph
    }

    /// Returns the entity that has the key already, or adds one of that kind.
    ///
    /// # Errors
    /// The existing entity is not of that kind or of one below it, or the new one is refused.
    pub fn entity(&mut self, kind: &str, entity: impl Into<Entity>) -> Result<EntityId, Error> {
        let entity = entity.into();
        match self.graph.registry.find(&entity.key) {
            Some(known) => self.graph.checker().entity(known, Some(kind), FieldPath::Key),
            None => self.graph.add_untyped(kind, entity),
        }
    }

    /// Returns the entity that has the key.
    ///
    /// # Errors
    /// No entity has the key, or the entity is not of that kind or of one below it.
    pub fn known_entity(&self, kind: &str, key: &str) -> Result<EntityId, Error> {
        let known = self.graph.entity_keyed(key)?;
        self.graph.checker().entity(known, Some(kind), FieldPath::Key)
    }

    /// Returns the document that has the key already, or adds one with these details.
    ///
    /// # Errors
    /// The existing entity is not a document, or the new one is refused.
    pub fn document(
        &mut self,
        entity: impl Into<Entity>,
        document: DocumentInfo,
    ) -> Result<EntityId, Error> {
        let entity = entity.into();
        match self.graph.registry.find(&entity.key) {
            Some(known) => {
                self.graph.checker().entity(known, Some("Document"), FieldPath::Document)
            }
            None => self.graph.add_document(entity, document).map(EntityId::from),
        }
    }

    /// Declares a relation.
    ///
    /// # Errors
    /// The vocabulary has a different relation with this key, or the definition names a kind or role that the
    /// vocabulary does not have.
    pub fn declare_relation(&mut self, definition: RelationDef) -> Result<(), Error> {
        self.graph.vocabulary.add_relation(definition)
    }

    /// Begins a batch. If the row is refused, the batch before it goes on.
    ///
    /// # Errors
    /// As [`ClaimGraph::begin_batch`].
    pub fn begin_batch(&mut self, batch: Batch) -> Result<BatchId, Error> {
        let before = Arc::clone(&self.graph.batches);
        let begun = self.graph.begin_batch(batch)?;
        self.batches.get_or_insert(before);
        Ok(begun)
    }

    /// Puts an affiliation on record and moves the mark behind it.
    ///
    /// ```
    /// use claimgraph::{entity::Affiliation, format::Savepoint, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let mut row = Savepoint::new(&mut graph);
    /// let ann = row.entity("Person", "ann")?;
    /// assert!(row.affiliate(Affiliation::part_of(ann, ann)).is_err());    // a circle
    /// drop(row);
    /// assert_eq!(graph.entity_count(), 0);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`ClaimGraph::add_affiliation`]. If there is an error, the mark does not move.
    pub fn affiliate(&mut self, affiliation: Affiliation) -> Result<AffiliationId, Error> {
        let id = self.graph.add_affiliation(affiliation)?;
        self.keep();
        Ok(id)
    }

    /// Inserts a claim and moves the mark behind it.
    ///
    /// # Errors
    /// As [`ClaimGraph::insert`]. If there is an error, the mark does not move.
    #[inline]
    pub fn insert(&mut self, claim: impl IntoClaim) -> Result<ClaimId, Error> {
        let id = self.graph.insert(claim)?;
        self.keep();
        Ok(id)
    }

    #[inline]
    fn keep(&mut self) {
        (self.entities, self.relations) =
            (self.graph.registry.len(), self.graph.vocabulary.relations().len());
        self.batches = None;
    }
}

impl Drop for Savepoint<'_> {
    fn drop(&mut self) {
        if self.graph.vocabulary.relations().len() > self.relations {
            self.graph.vocabulary.cut_back_relations(self.relations);
            self.graph.rules.forget_relations(self.relations);
        }
        self.graph.registry.cut_back(self.entities);
        if let Some(before) = self.batches.take() {
            self.graph.batches = before;
        }
    }
}
