//! [`ClaimGraph`]: entities, documents and claims go in, and are read back.
//!
//! This file has the graph itself, its vocabulary and its entities. [`insert`] puts claims on record, through
//! [`insert_rules`] and [`check`]. [`annotate`] and [`affiliation_table`] add links, derived figures, affiliations and
//! lineage. [`claim_ref`] and [`entity_ref`] read back. [`record`] has the graph as plain data. Programs call all of
//! it.

pub(crate) mod affiliation_table;
pub(crate) mod annotate;
pub(crate) mod batch_ref;
pub(crate) mod check;
pub(crate) mod check_all;
pub(crate) mod claim_key;
pub(crate) mod claim_ref;
pub(crate) mod claim_ref_details;
mod claim_time;
pub(crate) mod entity_ref;
pub(crate) mod fast_insert;
pub(crate) mod finding_order;
pub(crate) mod insert;
pub(crate) mod insert_rules;
pub(crate) mod judge;
mod link_order;
pub(crate) mod lookup;
pub(crate) mod quote_ref;
pub(crate) mod record;
pub(crate) mod redact;
pub(crate) mod sentence;
pub(crate) mod statement_ref;
pub(crate) mod topic;
pub(crate) mod wording;

use crate::graph::affiliation_table::LinkOrders;
use crate::graph::check::Checker;
use crate::graph::claim_key::KeyIndex;
use crate::graph::fast_insert::InsertCache;
use crate::graph::insert_rules::InsertRules;
use crate::model::affiliation::Affiliation;
use crate::model::document::DocumentInfo;
use crate::model::entity::Entity;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::check_key;
use crate::model::id::{AffiliationId, EntityId, KindId, LineageId};
use crate::model::lineage::Lineage;
use crate::model::text::excerpt;
use crate::model::time::period::Period;
use crate::model::value::name::{Name, folded};
use crate::model::vocabulary::Vocabulary;
use crate::model::vocabulary::base::Document;
use crate::model::vocabulary::kind::{Id, Kind};
use crate::model::vocabulary::relation::{Relation, Role};
use crate::model::vocabulary::slot::Any;
use crate::store::batch_table::{BatchTable, Item};
use crate::store::entity_table::Registry;
use crate::store::judgement_table::JudgementTable;
use crate::store::ledger::Ledger;
use crate::store::redaction_table::RedactionTable;
use indexmap::{IndexMap, IndexSet};
use std::sync::Arc;

/// An append-only set of claims about entities, with the speakers and documents from which the claims come.
///
/// A later claim never changes or closes an earlier one. Questions are methods of the graph and of its
/// [views](crate::View).
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let article = graph.add_document("article", date(2024, 10, 24))?;
/// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "north-korea")?);
/// let treaty = graph.insert(Claim::by(article).asserts(russia, TREATY_WITH, nk).valid("2024-06"))?;
/// assert_eq!(graph.show(treaty)?, "article asserted that russia has a treaty with north-korea (in 2024-06)");
/// assert_eq!(graph.view().as_of(date(2024, 10, 23)).claims().count(), 0);
/// # Ok::<(), claimgraph::Error>(())
/// ```
///
/// # Readers while a writer works
/// A graph is a value. A writer changes a clone and then serves it in place of the old graph. Each reader keeps the
/// graph that it has taken, for as long as it needs it. A clone is cheap, because it shares the sorted columns.
///
/// ```
/// use claimgraph::{ClaimGraph, reporting::State};
/// use std::sync::{Arc, RwLock};
/// let served = RwLock::new(Arc::new(ClaimGraph::new()));
/// let reader = Arc::clone(&served.read().unwrap());
/// let mut next = ClaimGraph::clone(&reader);
/// next.add(State, "russia")?;
/// *served.write().unwrap() = Arc::new(next);
/// assert_eq!((reader.entity_count(), served.read().unwrap().entity_count()), (0, 1));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClaimGraph {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) registry: Registry,
    pub(crate) ledger: Ledger,
    pub(crate) affiliations: IndexSet<Affiliation>,
    /// The affiliations by whole and by part.
    pub(crate) parts: IndexMap<EntityId, Vec<AffiliationId>>,
    pub(crate) wholes: IndexMap<EntityId, Vec<AffiliationId>>,
    pub(crate) lineages: IndexSet<Lineage>,
    /// The lineage links by speaker and by source.
    pub(crate) sources: IndexMap<EntityId, Vec<LineageId>>,
    pub(crate) drawn_from: IndexMap<EntityId, Vec<LineageId>>,
    pub(crate) batches: Arc<BatchTable>,
    pub(crate) judgements: Arc<JudgementTable>,
    pub(crate) redactions: Arc<RedactionTable>,
    pub(crate) orders: LinkOrders,
    pub(crate) rules: InsertRules,
    pub(crate) cache: InsertCache,
    /// The claims by their keys, for the claims that were asked about so far.
    pub(crate) keyed: KeyIndex,
    /// The graph from which this one was unified. Its claims have the keys that they have there.
    pub(crate) made: Option<Arc<ClaimGraph>>,
}

impl Default for ClaimGraph {
    fn default() -> Self {
        Self::new()
    }
}

impl ClaimGraph {
    /// Makes an empty graph with the vocabulary of international reporting.
    pub fn new() -> Self {
        Self::over(crate::model::vocabulary::reporting::vocabulary())
    }

    /// Makes an empty graph with the base vocabulary and this one on top of it.
    ///
    /// # Errors
    /// Returns an error if the vocabulary contradicts itself or the base.
    pub fn with(vocabulary: &Vocabulary) -> Result<Self, Error> {
        let mut base = Vocabulary::new();
        base.merge(vocabulary)?;
        Ok(Self::over(base))
    }

    pub(crate) fn over(vocabulary: Vocabulary) -> Self {
        Self {
            vocabulary,
            registry: Registry::default(),
            ledger: Ledger::default(),
            affiliations: IndexSet::new(),
            parts: IndexMap::new(),
            wholes: IndexMap::new(),
            lineages: IndexSet::new(),
            sources: IndexMap::new(),
            drawn_from: IndexMap::new(),
            batches: Arc::default(),
            judgements: Arc::default(),
            redactions: Arc::default(),
            orders: LinkOrders::default(),
            rules: InsertRules::default(),
            cache: InsertCache::default(),
            keyed: KeyIndex::default(),
            made: None,
        }
    }

    /// Adds the definitions of another vocabulary to that of the graph.
    ///
    /// # Errors
    /// Returns an error if a key has different meanings in the two. In that case nothing is added.
    pub fn extend_vocabulary(&mut self, vocabulary: &Vocabulary) -> Result<(), Error> {
        self.vocabulary.merge(vocabulary)
    }

    /// Renames a relation; see [`Vocabulary::rename_relation`].
    ///
    /// # Errors
    /// Returns an error if the relation is unknown or the name is taken.
    pub fn rename_relation(&mut self, key: &str, name: &str) -> Result<(), Error> {
        self.vocabulary.rename_relation(key, name)
    }

    /// Returns the vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn checker(&self) -> Checker<'_> {
        let Self { vocabulary, registry, ledger, .. } = self;
        Checker { vocabulary, registry, ledger, faults: Vec::new() }
    }

    // ----- entities and documents

    /// Adds an entity of this kind, or returns the one that has the key already.
    ///
    /// # Errors
    /// Returns an error if an entity of another kind has the key, if the kind is not in the vocabulary, or if the key
    /// is not valid.
    pub fn add<K: Kind>(&mut self, kind: K, entity: impl Into<Entity>) -> Result<Id<K>, Error> {
        let _ = kind;
        let kind = self.cache.kind(K::KEY, &self.vocabulary);
        let kind = kind.ok_or_else(|| Error::unknown(FieldPath::Key, "kind", K::KEY))?;
        self.register(kind, entity.into(), None).map(Id::new)
    }

    /// Adds an entity whose kind is known only at run time.
    ///
    /// # Errors
    /// Returns the same errors as [`add`](Self::add).
    pub fn add_untyped(
        &mut self,
        kind: &str,
        entity: impl Into<Entity>,
    ) -> Result<EntityId, Error> {
        let kind = self.vocabulary.kinds.require(kind, FieldPath::Key)?;
        self.register(kind, entity.into(), None)
    }

    pub(crate) fn register(
        &mut self,
        kind: KindId,
        entity: Entity,
        document: Option<DocumentInfo>,
    ) -> Result<EntityId, Error> {
        check_key(&entity.key, FieldPath::Key)?;
        entity.names.iter().try_for_each(check_name)?;
        let (full, before) = (
            || Error::new(FieldPath::Key, ErrorKind::Full { what: "entities" }),
            self.registry.len(),
        );
        let id = self.registry.add(&entity.key, kind).ok_or_else(full)?;
        if id.index() == before {
            self.registry.keep_document(id, document);
        } else if let Some((_, registered)) = self.registry.get(id)
            && (registered.kind != kind || !same_document(registered.document, document.as_ref()))
        {
            let found = match registered.kind == kind {
                true => "document with other details".to_owned(),
                false => self.vocabulary.kinds.key(registered.kind).to_owned(),
            };
            return Err(Error::key_taken(FieldPath::Key, &entity.key, found));
        }
        if id.index() < before {
            self.added_again(Item::Entity, id.index());
        }
        self.registry.add_names(id, entity.names);
        self.registry.add_codes(id, entity.codes);
        if entity.name_withheld {
            self.registry.withhold_name(id);
        }
        if let Some(plural) = entity.plural {
            self.registry.set_plural(id, plural);
        }
        Ok(id)
    }

    /// Adds a document in which claims are read: `add_document("key", date(..))`, or with its details.
    ///
    /// # Errors
    /// Returns an error if the key is taken, if the publisher is unknown, if the digest is not valid, or if the text
    /// does not have that digest.
    pub fn add_document(
        &mut self,
        entity: impl Into<Entity>,
        document: impl Into<DocumentInfo>,
    ) -> Result<Id<Document>, Error> {
        self.add_document_untyped(Document::KEY, entity, document).map(Id::new)
    }

    /// Adds a document of a kind below `Document`.
    ///
    /// # Errors
    /// Returns the errors of [`add_document`](Self::add_document), and one if the kind is not below `Document`.
    pub fn add_document_untyped(
        &mut self,
        kind: &str,
        entity: impl Into<Entity>,
        document: impl Into<DocumentInfo>,
    ) -> Result<EntityId, Error> {
        let kind = self.vocabulary.kinds.require(kind, FieldPath::Key)?;
        let entity = entity.into();
        let document = self.settled(kind, &entity.key, document.into())?;
        self.register(kind, entity, Some(document))
    }

    /// Returns the document as it is stored, if an entity of this kind may be one.
    pub(crate) fn settled(
        &self,
        kind: KindId,
        key: &str,
        document: DocumentInfo,
    ) -> Result<DocumentInfo, Error> {
        if !self.vocabulary.is_below(kind, Document::KEY) {
            let found = self.vocabulary.kinds.key(kind).to_owned();
            let kind =
                ErrorKind::WrongKind { key: excerpt(key), found, expected: Document::KEY.into() };
            return Err(Error::new(FieldPath::Key, kind));
        }
        let document = document.settle()?;
        if let Some(publisher) = document.publisher {
            self.checker().entity(publisher, Some("Source"), FieldPath::Document)?;
        }
        Ok(document)
    }

    /// Gives an entity one more name.
    ///
    /// # Errors
    /// Returns an error if the entity is unknown, if the name is blank, or if its period is inverted.
    pub fn add_name(
        &mut self,
        entity: impl Into<EntityId>,
        name: impl Into<Name>,
    ) -> Result<(), Error> {
        let (entity, name) = (entity.into(), name.into());
        self.checker().entity(entity, None, FieldPath::Name)?;
        check_name(&name)?;
        self.registry.add_names(entity, vec![name]);
        Ok(())
    }

    /// Returns the typed handle of an entity of this kind.
    ///
    /// # Errors
    /// Returns an error if the entity is unknown or of another kind.
    pub fn typed<K: Kind>(&self, entity: EntityId) -> Result<Id<K>, Error> {
        self.checker().entity(entity, Some(K::KEY), FieldPath::Key).map(Id::new)
    }

    /// Returns the entity with this key.
    ///
    /// # Errors
    /// Returns an error if the graph does not have such an entity.
    pub fn entity_keyed(&self, key: &str) -> Result<EntityId, Error> {
        self.registry.find(key).ok_or_else(|| Error::unknown(FieldPath::Key, "entity", key))
    }

    /// Returns the details of a document.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the document.
    pub fn document(&self, document: Id<Document>) -> Result<&DocumentInfo, Error> {
        self.registry
            .document(document.id())
            .ok_or_else(|| Error::unknown(FieldPath::Document, "document", format!("{document:?}")))
    }

    /// Returns the relation with this key. Its ends are checked when a claim is inserted.
    ///
    /// # Errors
    /// Returns an error if the vocabulary does not have the relation.
    pub fn relation(&self, key: &str) -> Result<Relation<Any, Any>, Error> {
        self.vocabulary.relations.require(key, FieldPath::Relation).map(Relation::placed)
    }

    /// Returns the role with this key. Its values are checked when a claim is inserted.
    ///
    /// # Errors
    /// Returns an error if the vocabulary does not have the role.
    pub fn role(&self, key: &str) -> Result<Role<Any>, Error> {
        self.vocabulary.roles.require(key, FieldPath::Role(excerpt(key))).map(Role::placed)
    }

    // ----- claims

    /// Returns how many claims there are.
    pub fn len(&self) -> usize {
        self.ledger.len()
    }

    /// Returns whether there are no claims.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Returns whether the details are the same. Texts are not compared, because they are not saved.
fn same_document(a: Option<&DocumentInfo>, b: Option<&DocumentInfo>) -> bool {
    let details = |document: &DocumentInfo| DocumentInfo { text: None, ..document.clone() };
    a.map(details) == b.map(details)
}

pub(crate) fn check_name(name: &Name) -> Result<(), Error> {
    if name.valid_period().is_some_and(Period::is_inverted) {
        return Err(Error::new(FieldPath::Name, ErrorKind::InvertedPeriod));
    }
    match folded(name.text()).is_empty() {
        true => Err(Error::new(
            FieldPath::Name,
            ErrorKind::BadText { text: excerpt(name.text()), problem: "it is blank" },
        )),
        false => Ok(()),
    }
}
