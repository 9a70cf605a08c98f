//! Makes a graph of the quads of a file: vocabulary, batches, entities, affiliations, claims (after those they answer),
//! and then links, derivations, lineage, reviews and judgements. Triples that are not understood are counted as lost.

use crate::foreign_loader::ForeignLoader;
use crate::rdf::batch_reader::{INSTANT, batch_key};
use crate::rdf::iri::{GRAPH, Known, Space, key};
use crate::rdf::node_class::Classes;
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::{NodeId, Proposition, Store, Value};
use crate::rdf::said::Said;
use claimgraph::Error;
use claimgraph::entity::{Name, NameKind};
use claimgraph::format::{Limits, Losses, ReadError, ReadErrorKind, ReadReport, excerpt};
use claimgraph::record::*;
use indexmap::IndexSet;
use jiff::civil::Date;

pub(super) struct Reader<'s> {
    pub(super) store: &'s Store,
    pub(super) classes: &'s Classes,
    pub(super) loader: ForeignLoader,
    /// The report day of statements that have none.
    pub(super) undated: Option<Date>,
    /// Whether each node was read, by its place. The triples of the others are counted as not understood.
    pub(super) seen: Vec<bool>,
    declared: Vec<bool>,
    /// The propositions of all claims, once a plain triple has to be looked up.
    said: Option<IndexSet<&'s Proposition>>,
}

/// The loss of a triple that is not understood.
const NOT_OURS: &str = "triple that is not ours";
/// The loss of a statement that has no day, if the caller gives none.
pub(super) const UNDATED: &str = "statement without a day";

/// The predicates of documents.
const OF_DOCUMENTS: [Known; 9] = [
    Known::DocumentDate,
    Known::Title,
    Known::Publisher,
    Known::Length,
    Known::Instant,
    Known::Url,
    Known::ArchivedUrl,
    Known::Retrieved,
    Known::Sha256,
];

/// The stage of a claim while it is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Unread,
    Waiting,
    Loaded,
}

/// Sets the flag of a node, and returns true if it was set before.
fn mark(flags: &mut [bool], node: NodeId) -> bool {
    flags.get_mut(node).is_none_or(|flag| std::mem::replace(flag, true))
}

pub(super) fn read(
    store: &Store,
    beside: &[NodeId],
    undated: Option<Date>,
    limits: Limits,
) -> Result<ReadReport, ReadError> {
    let classes = Classes::of_store(store);
    let mut reader = Reader {
        store,
        classes: &classes,
        loader: ForeignLoader::new(Loader::new().limits(limits), Losses::default()),
        undated,
        seen: vec![false; store.len()],
        declared: vec![false; store.len()],
        said: None,
    };
    reader.version()?;
    reader.vocabulary()?;
    reader.beside(Known::Batch, Draft::batch, Record::Batch)?;
    classes.entities.iter().try_for_each(|&entity| reader.declare(entity))?;
    reader.beside(Known::Redaction, Draft::redaction, Record::Redaction)?;
    reader.beside(Known::Affiliation, Draft::affiliation, Record::Affiliation)?;
    reader.claims()?;
    reader.beside(Known::Link, Draft::link, Record::Link)?;
    reader.beside(Known::Derivation, Draft::derivation, Record::Derivation)?;
    reader.beside(Known::Lineage, Draft::lineage, Record::Lineage)?;
    reader.beside(Known::Review, Draft::review, Record::Review)?;
    reader.beside(Known::Judgement, Draft::judgement, Record::Judgement)?;
    reader.foreign();
    reader.leftovers();
    for &subject in beside {
        reader.loader.losses.note(NOT_OURS, store.name(subject));
    }
    let is_undated = reader.loader.losses.of(UNDATED).is_some();
    if is_undated && reader.loader.loader.graph().is_empty() {
        return Err(ReadError::new(ReadErrorKind::NoReportDay));
    }
    reader.loader.finish("statements that are reified or in named graphs")
}

impl<'s> Reader<'s> {
    pub(super) fn push(&mut self, node: NodeId, record: Record) -> Result<(), ReadError> {
        self.loader.loader.push(record).map_err(|error| refused(self.store, node, error))
    }

    /// Marks a node as read.
    pub(super) fn see(&mut self, node: NodeId) {
        mark(&mut self.seen, node);
    }

    fn version(&mut self) -> Result<(), ReadError> {
        let Some(node) = self.store.find(GRAPH) else { return Ok(()) };
        self.see(node);
        for said in self.store.said_of(node) {
            match said.known() {
                Some(Known::Type) => {}
                Some(Known::Format) => {
                    let found: u64 = said.parsed("a version number")?;
                    if found > FORMAT_VERSION.into() {
                        let kind = ReadErrorKind::NewerFormat { found, supported: FORMAT_VERSION };
                        return Err(ReadError::new(kind));
                    }
                }
                _ => self.not_understood(said),
            }
        }
        Ok(())
    }

    // ----- entities

    /// Records an entity, and its publishers before it.
    pub(super) fn declare(&mut self, entity: NodeId) -> Result<(), ReadError> {
        // A node is marked on the way up, so that the path ends where nodes are declared or it comes round.
        let mut path = Vec::new();
        let mut next = Some(entity);
        while let Some(entity) = next.filter(|&entity| !mark(&mut self.declared, entity)) {
            path.push(entity);
            next = self.store.values(entity, Known::Publisher).next().and_then(Value::node);
        }
        for entity in path.into_iter().rev() {
            let record = self.entity(entity)?;
            if self.is_own(entity) {
                self.push(entity, Record::Entity(Box::new(record)))?;
            } else {
                self.loader.entity(record, self.store.name(entity));
            }
        }
        Ok(())
    }

    /// Returns true if the entity has a kind of this library. The triples of such an entity have to be right.
    fn is_own(&self, node: NodeId) -> bool {
        let store = self.store;
        let mut classes = store.values(node, Known::Type).filter_map(Value::node);
        classes.any(|class| key(Space::Kind, store.name(class)).is_some())
    }

    /// Reads an entity. If it is not of this library, a triple that cannot be used is left out and counted.
    fn entity(&mut self, node: NodeId) -> Result<EntityRecord, ReadError> {
        self.see(node);
        let mut draft = Draft::new(self.store, self.classes);
        let mut record = EntityRecord::new(draft.entity_key(node)?, "");
        let mut document = DocumentRecord::default();
        let is_own = self.is_own(node);
        let mut types = self.store.values(node, Known::Type).filter_map(Value::node);
        let is_document = types.any(|class| class == Known::Document.node())
            || (!is_own && self.classes.documents.contains(&node));
        for said in self.store.said_of(node) {
            let read = match said.known() {
                Some(Known::Type) if said.is(Known::Document) => Ok(()),
                Some(known) if !is_document && OF_DOCUMENTS.contains(&known) => {
                    self.not_understood(said);
                    Ok(())
                }
                Some(known) => self.described(known, said, &mut record, &mut document),
                None => {
                    self.not_understood(said);
                    Ok(())
                }
            };
            match read {
                Err(error) if is_own => return Err(error),
                Err(_) => self.not_usable(said),
                Ok(()) => {}
            }
        }
        if record.kind.is_empty() {
            let is_speaker = self.classes.speakers.contains(&node);
            record.kind = if is_document {
                "Document"
            } else if is_speaker {
                "Source"
            } else {
                "Thing"
            }
            .to_owned();
        }
        record.document = is_document.then_some(document);
        Ok(record)
    }

    /// Reads one triple about an entity or document.
    fn described(
        &mut self,
        known: Known,
        said: Said<'s>,
        record: &mut EntityRecord,
        document: &mut DocumentRecord,
    ) -> Result<(), ReadError> {
        let store = self.store;
        match known {
            Known::Type => {
                match said.value.node().and_then(|class| key(Space::Kind, store.name(class))) {
                    Some(kind) if record.kind.is_empty() || record.kind == kind => {
                        record.kind = kind.into_owned()
                    }
                    Some(_) => {
                        let problem = "the entity has two kinds; expected one";
                        return Err(store.fault(said.node, problem));
                    }
                    None => self.not_understood(said),
                }
            }
            Known::Name => {
                let mut draft = Draft::new(store, self.classes);
                record.names.push(draft.name(said.node()?)?);
                self.take(draft)?;
            }
            Known::Code | Known::Notation => self.code(said, &mut record.codes)?,
            Known::GeneratedBy => match batch_key(store, said) {
                Some(key) => said.set(&mut record.batch, key)?,
                None => self.not_understood(said),
            },
            Known::NameWithheld => record.name_withheld |= said.flag()?,
            Known::Plural => record.plural = record.plural.max(Some(said.flag()?)),
            Known::DocumentDate => said.set(&mut document.date, said.day()?)?,
            Known::Title => said.set(&mut document.title, said.string()?)?,
            Known::Publisher => {
                let publisher = Draft::new(store, self.classes).entity_key(said.node()?)?;
                said.set(&mut document.publisher, publisher)?;
            }
            Known::Length => said.set(&mut document.length, said.parsed("a length in bytes")?)?,
            Known::Instant => said.set(&mut document.instant, said.parsed(INSTANT)?)?,
            Known::Url => said.set(&mut document.url, said.string()?)?,
            Known::ArchivedUrl => said.set(&mut document.archived_url, said.string()?)?,
            Known::Retrieved => said.set(&mut document.retrieved, said.day()?)?,
            Known::Sha256 => said.set(&mut document.sha256, said.string()?)?,
            known => {
                let name = name_kind(known).and_then(|kind| named(store, kind, said.value));
                match name {
                    Some(name) => record.names.push(name),
                    None => self.not_understood(said),
                }
            }
        }
        Ok(())
    }

    /// Reads a code: a notation whose datatype is its system, or a node with a system and a text.
    pub(super) fn code(
        &mut self,
        said: Said<'s>,
        codes: &mut Vec<(String, String)>,
    ) -> Result<(), ReadError> {
        if said.known() == Some(Known::Code) {
            let code = said.node()?;
            self.see(code);
            codes.push((self.only_text(code, Known::System)?, self.only_text(code, Known::Text)?));
        } else if let Value::Typed(code, datatype) = said.value
            && let Some(system) = key(Space::System, self.store.name(*datatype))
        {
            codes.push((system.into_owned(), code.to_string()));
        } else {
            self.not_understood(said);
        }
        Ok(())
    }

    fn only_text(&self, node: NodeId, predicate: Known) -> Result<String, ReadError> {
        match self.store.first(node, predicate) {
            Some(said) => said.string(),
            None => Err(self.store.fault(node, format!("expected a value of {}", predicate.iri()))),
        }
    }

    // ----- claims

    /// Loads all claims, each after the claims that it answers or mentions. It uses its own stack and does not recurse.
    fn claims(&mut self) -> Result<(), ReadError> {
        let mut stages: Vec<Stage> = vec![Stage::Unread; self.store.len()];
        let mut stack: Vec<(NodeId, Box<ClaimRecord>, Vec<NodeId>)> = Vec::new();
        for &claim in self.classes.all(Known::Claim) {
            let mut next = Some(claim);
            while let Some(node) = next.take() {
                match stages.get_mut(node) {
                    Some(stage @ Stage::Unread) => {
                        *stage = Stage::Waiting;
                        let (record, below) = self.draft(node)?;
                        stack.push((node, record, below));
                    }
                    Some(Stage::Waiting) => {
                        let problem = "the claim answers or mentions itself through other claims";
                        return Err(self.store.fault(node, problem));
                    }
                    Some(Stage::Loaded) | None => {}
                }
                // A complete claim is recorded; an incomplete one waits for the next claim that it needs.
                while let Some((_, _, below)) = stack.last_mut() {
                    below.retain(|node| stages.get(*node) != Some(&Stage::Loaded));
                    next = below.last().copied();
                    if next.is_some() {
                        break;
                    }
                    if let Some((node, record, _)) = stack.pop() {
                        self.loader
                            .loader
                            .push_claim(*record)
                            .map_err(|error| refused(self.store, node, error))?;
                        stages.get_mut(node).into_iter().for_each(|stage| *stage = Stage::Loaded);
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads a claim as a record, records the entities it names, and returns the claims that have to come before.
    fn draft(&mut self, node: NodeId) -> Result<(Box<ClaimRecord>, Vec<NodeId>), ReadError> {
        let mut draft = Draft::new(self.store, self.classes);
        let record = Box::new(draft.claim(node)?);
        let below = self.take(draft)?;
        Ok((record, below))
    }

    /// Takes over the nodes that a draft found, and returns the claims it named.
    pub(super) fn take(&mut self, draft: Draft<'s>) -> Result<Vec<NodeId>, ReadError> {
        let Draft { entities, claims, seen, left, losses, .. } = draft;
        entities.into_iter().try_for_each(|entity| self.declare(entity))?;
        seen.into_iter().for_each(|node| self.see(node));
        left.into_iter().for_each(|said| self.not_understood(said));
        self.loader.losses.absorb(losses);
        Ok(claims)
    }

    // ----- beside claims

    /// Reads the nodes of a class as records.
    fn beside<T>(
        &mut self,
        class: Known,
        read: fn(&mut Draft<'s>, NodeId) -> Result<T, ReadError>,
        record: fn(Box<T>) -> Record,
    ) -> Result<(), ReadError> {
        for &node in self.classes.all(class) {
            let mut draft = Draft::new(self.store, self.classes);
            let read = read(&mut draft, node)?;
            self.take(draft)?;
            self.push(node, record(Box::new(read)))?;
        }
        Ok(())
    }

    // ----- what is left

    /// Counts a triple that is not ours, unless it repeats the proposition of a claim.
    pub(super) fn not_understood(&mut self, said: Said<'_>) {
        let store = self.store;
        let all = self.said.get_or_insert_with(|| {
            store.subjects().flat_map(|(_, held)| &held.propositions).collect()
        });
        let Said { node, predicate, value, .. } = said;
        let plain = Proposition { subject: node, predicate, object: value.clone() };
        if !all.contains(&plain) {
            self.loader.losses.note(NOT_OURS, store.name(node));
        }
    }

    /// Counts a triple whose value cannot be used.
    pub(super) fn not_usable(&mut self, said: Said<'_>) {
        let store = self.store;
        let place = format!("{} {}", store.name(said.node), store.name(said.predicate));
        self.loader.losses.note("value that cannot be used", &place);
    }

    fn leftovers(&mut self) {
        let store = self.store;
        for (node, _) in store.subjects() {
            if self.seen.get(node) != Some(&true) {
                store.said_of(node).for_each(|said| self.not_understood(said));
            }
        }
    }
}

pub(super) fn refused(store: &Store, node: NodeId, error: Error) -> ReadError {
    ReadError::new(ReadErrorKind::Refused(error)).in_field(excerpt(store.name(node)))
}

fn name_kind(known: Known) -> Option<NameKind> {
    Some(match known {
        Known::Label | Known::PrefLabel => NameKind::Canonical,
        Known::AltLabel => NameKind::Alias,
        Known::Abbreviation => NameKind::Abbreviation,
        Known::Metonym => NameKind::Metonym,
        Known::FormerName => NameKind::Former,
        Known::Adjective => NameKind::Adjective,
        Known::Transliteration => NameKind::Transliteration,
        _ => return None,
    })
}

fn named(store: &Store, kind: NameKind, value: &Value) -> Option<Name> {
    match value {
        Value::Tagged(text, tag) => Some(Name::new(text.to_string(), kind).in_language(&**tag)),
        value => store.text_of(value).map(|text| Name::new(text, kind)),
    }
}
