//! Entities and the names that lead to them. The graph adds and looks them up; claims are not known here.

use crate::model::document::DocumentInfo;
use crate::model::id::{EntityId, KindId};
use crate::model::value::name::{Name, NameKind, folded};
use crate::store::entity_key_index::EntityKeys;
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An entity on record, without its key.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Registered<'r> {
    pub(crate) kind: KindId,
    pub(crate) names: &'r [Name],
    pub(crate) codes: &'r [(String, String)],
    pub(crate) document: Option<&'r DocumentInfo>,
    pub(crate) name_withheld: bool,
    /// Whether the name is plural, if it is said.
    pub(crate) plural: Option<bool>,
}

/// The names, codes and document details that only some entities have.
#[derive(Clone, Debug, Default)]
struct Besides {
    names: Vec<Name>,
    codes: Vec<(String, String)>,
    document: Option<Box<DocumentInfo>>,
    name_withheld: bool,
    plural: Option<bool>,
}

/// All entities. Clones share the parts that neither of them writes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry {
    keys: Arc<EntityKeys>,
    /// The kinds of all entities, side by side, because every insertion of a claim reads them.
    kinds: Arc<Vec<KindId>>,
    /// Each kind that entities have, once.
    used: Vec<KindId>,
    besides: Arc<FxHashMap<EntityId, Besides>>,
    by_name: Arc<IndexMap<String, BTreeSet<EntityId>>>,
    /// For each entity, the one that stands for it. In a graph that is not unified, there are none.
    ones: Arc<Vec<EntityId>>,
    /// The entities that take no names and codes.
    redacted: Arc<BTreeSet<EntityId>>,
}

impl Registry {
    /// Makes a table of entities that have only a key and a kind. The keys lie in `text` one after the other, and
    /// `ends` says where each ends.
    ///
    /// # Errors
    /// Returns the place of an entity whose key another one has too.
    pub(crate) fn of(text: String, ends: Vec<u32>, kinds: Vec<KindId>) -> Result<Self, usize> {
        let (keys, kinds) = (Arc::new(EntityKeys::of(text, ends)?), Arc::new(kinds));
        let mut registry = Self { keys, kinds, ..Self::default() };
        for alike in registry.kinds.chunk_by(|a, b| a == b) {
            registry.used.extend(alike.first().filter(|kind| !registry.used.contains(kind)));
        }
        Ok(registry)
    }

    /// Returns the keys of all entities one after the other, and where each ends.
    pub(crate) fn key_texts(&self) -> (&str, &[u32]) {
        self.keys.texts()
    }

    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn ids(
        &self,
    ) -> impl ExactSizeIterator<Item = EntityId> + DoubleEndedIterator + Clone + use<> {
        EntityIds(0..self.kinds.len())
    }

    pub(crate) fn get(&self, entity: EntityId) -> Option<(&str, Registered<'_>)> {
        let (key, kind) = (self.key(entity)?, self.kind(entity)?);
        let none = Registered {
            kind,
            names: &[],
            codes: &[],
            document: None,
            name_withheld: false,
            plural: None,
        };
        let registered = self.besides.get(&entity).map_or(none, |besides| Registered {
            kind,
            names: &besides.names,
            codes: &besides.codes,
            document: besides.document.as_deref(),
            name_withheld: besides.name_withheld,
            plural: besides.plural,
        });
        Some((key, registered))
    }

    /// Returns the entities that have more than a key and a kind, in their order.
    pub(crate) fn besides(&self) -> impl Iterator<Item = (EntityId, Registered<'_>)> {
        let mut ids: Vec<EntityId> = self.besides.keys().copied().collect();
        ids.sort_unstable();
        ids.into_iter().filter_map(|id| Some((id, self.get(id)?.1)))
    }

    /// Returns whether the first entities are those of this table, by key and kind.
    pub(crate) fn begins_with(&self, other: &Self) -> bool {
        let same_keys = || {
            let ((ours, our_ends), (theirs, their_ends)) = (self.key_texts(), other.key_texts());
            ours.starts_with(theirs) && our_ends.starts_with(their_ends)
        };
        (Arc::ptr_eq(&self.keys, &other.keys) || same_keys())
            && (Arc::ptr_eq(&self.kinds, &other.kinds) || self.kinds.starts_with(&other.kinds))
    }

    /// Returns the entities of an earlier table that have got names, codes or marks since, in their order.
    pub(crate) fn described_since(&self, earlier: &Self) -> Vec<EntityId> {
        if Arc::ptr_eq(&self.besides, &earlier.besides) {
            return Vec::new();
        }
        let none = Besides::default();
        let told = |besides: &Besides| (besides.name_withheld, besides.plural);
        let is_same = |one: &Besides, other: &Besides| {
            told(one) == told(other) && one.names == other.names && one.codes == other.codes
        };
        let is_new = |&(id, now): &(&EntityId, &Besides)| {
            id.index() < earlier.len() && !is_same(earlier.besides.get(id).unwrap_or(&none), now)
        };
        let mut ids: Vec<EntityId> =
            self.besides.iter().filter(is_new).map(|(&id, _)| id).collect();
        ids.sort_unstable();
        ids
    }

    pub(crate) fn key(&self, entity: EntityId) -> Option<&str> {
        self.keys.get(entity.index())
    }

    #[inline]
    pub(crate) fn kind(&self, entity: EntityId) -> Option<KindId> {
        self.kinds.get(entity.index()).copied()
    }

    /// Returns the kinds that have entities, or had some.
    #[inline]
    pub(crate) fn used_kinds(&self) -> &[KindId] {
        &self.used
    }

    /// Returns the kinds of all entities, in their order.
    pub(crate) fn kinds(&self) -> &[KindId] {
        &self.kinds
    }

    pub(crate) fn find(&self, key: &str) -> Option<EntityId> {
        self.keys.find(key).and_then(EntityId::at).map(|entity| self.one_for(entity))
    }

    /// Returns the entity that stands for this one. In a graph that is not unified, it is the entity itself.
    #[inline]
    pub(crate) fn one_for(&self, entity: EntityId) -> EntityId {
        self.ones.get(entity.index()).copied().unwrap_or(entity)
    }

    /// Returns the table in which one entity stands for each group of entities, and has the names and codes of all.
    /// Documents have the publisher that stands for theirs.
    pub(crate) fn unified<'e>(
        &self,
        groups: impl Iterator<Item = (EntityId, &'e [EntityId])>,
    ) -> Self {
        let mut unified = self.clone();
        let mut ones: Vec<EntityId> = self.ids().collect();
        for (one, members) in groups {
            for &member in members.iter().filter(|&&member| member != one) {
                ones[member.index()] = one;
                let Some(besides) = self.besides.get(&member) else { continue };
                unified.add_names(one, besides.names.clone());
                unified.add_codes(one, besides.codes.clone());
            }
        }
        let one_for = |entity: EntityId| ones[entity.index()];
        for besides in Arc::make_mut(&mut unified.besides).values_mut() {
            if let Some(document) = &mut besides.document {
                document.publisher = document.publisher.map(one_for);
            }
        }
        unified.ones = Arc::new(ones);
        unified
    }

    pub(crate) fn document(&self, entity: EntityId) -> Option<&DocumentInfo> {
        self.besides.get(&entity).and_then(|besides| besides.document.as_deref())
    }

    pub(crate) fn document_mut(&mut self, entity: EntityId) -> Option<&mut DocumentInfo> {
        Arc::make_mut(&mut self.besides)
            .get_mut(&entity)
            .and_then(|besides| besides.document.as_deref_mut())
    }

    /// Adds an entity, or returns the one that has the key already; `None` if no numbers are left.
    pub(crate) fn add(&mut self, key: &str, kind: KindId) -> Option<EntityId> {
        let place = match Arc::get_mut(&mut self.keys) {
            Some(keys) => keys.add(key)?,
            // The table is shared with a clone, so it is copied only if the key is new.
            None => match self.keys.find(key) {
                Some(place) => place,
                None => Arc::make_mut(&mut self.keys).add(key)?,
            },
        };
        let entity = EntityId::at(place)?;
        if entity.index() == self.kinds.len() {
            if self.kinds.last() != Some(&kind) && !self.used.contains(&kind) {
                self.used.push(kind);
            }
            Arc::make_mut(&mut self.kinds).push(kind);
        }
        Some(entity)
    }

    /// Keeps the details of the entity as a document, if it is one.
    pub(crate) fn keep_document(&mut self, entity: EntityId, document: Option<DocumentInfo>) {
        if let Some(document) = document {
            Arc::make_mut(&mut self.besides).entry(entity).or_default().document =
                Some(Box::new(document));
        }
    }

    /// Marks the entity as one whose name the text withholds.
    pub(crate) fn withhold_name(&mut self, entity: EntityId) {
        if entity.index() < self.len() {
            Arc::make_mut(&mut self.besides).entry(entity).or_default().name_withheld = true;
        }
    }

    /// Says whether the name of the entity is plural. Plural goes before singular, whichever came first.
    pub(crate) fn set_plural(&mut self, entity: EntityId, plural: bool) {
        if entity.index() < self.len() {
            let besides = Arc::make_mut(&mut self.besides).entry(entity).or_default();
            besides.plural = besides.plural.max(Some(plural));
        }
    }

    /// Takes back all entities past the first `len`.
    pub(crate) fn cut_back(&mut self, len: usize) {
        while let Some(entity) =
            self.len().checked_sub(1).filter(|&last| last >= len).and_then(EntityId::at)
        {
            Arc::make_mut(&mut self.keys).pop();
            Arc::make_mut(&mut self.kinds).pop();
            let Some(besides) = Arc::make_mut(&mut self.besides).remove(&entity) else { continue };
            for name in besides.names {
                self.forget_name(entity, &name);
            }
        }
    }

    pub(crate) fn add_codes(&mut self, entity: EntityId, codes: Vec<(String, String)>) {
        if entity.index() < self.len() && !codes.is_empty() && !self.is_redacted(entity) {
            let besides = Arc::make_mut(&mut self.besides).entry(entity).or_default();
            if codes.len() > 8 {
                besides.codes.extend(codes);
                besides.codes.sort();
                besides.codes.dedup();
                return;
            }
            for code in codes {
                if let Err(place) = besides.codes.binary_search(&code) {
                    besides.codes.insert(place, code);
                }
            }
        }
    }

    /// Forgets the names, codes and text of an entity. Names and codes that are added later are ignored.
    pub(crate) fn redact(&mut self, entity: EntityId) {
        Arc::make_mut(&mut self.redacted).insert(entity);
        let Some(besides) = Arc::make_mut(&mut self.besides).get_mut(&entity) else { return };
        let names = std::mem::take(&mut besides.names);
        besides.codes.clear();
        if let Some(document) = &mut besides.document {
            document.text = None;
        }
        if besides.document.is_none() && !besides.name_withheld && besides.plural.is_none() {
            Arc::make_mut(&mut self.besides).remove(&entity);
        }
        for name in names {
            self.forget_name(entity, &name);
        }
    }

    fn forget_name(&mut self, entity: EntityId, name: &Name) {
        let name = folded(name.text());
        let Some(list) = Arc::make_mut(&mut self.by_name).get_mut(&name) else { return };
        list.remove(&entity);
        if list.is_empty() {
            Arc::make_mut(&mut self.by_name).swap_remove(&name);
        }
    }

    pub(crate) fn is_redacted(&self, entity: EntityId) -> bool {
        self.redacted.contains(&entity)
    }

    /// Adds names. A second canonical name in the same language is kept as an alias.
    pub(crate) fn add_names(&mut self, entity: EntityId, names: Vec<Name>) {
        if entity.index() >= self.len() || names.is_empty() || self.is_redacted(entity) {
            return;
        }
        let besides = Arc::make_mut(&mut self.besides).entry(entity).or_default();
        let mut new: Vec<Name> = Vec::new();
        // The first canonical name in each language, of the new names.
        let mut firsts: IndexMap<Option<String>, Name> = IndexMap::new();
        for name in names {
            let list = Arc::make_mut(&mut self.by_name).entry(folded(name.text())).or_default();
            list.insert(entity);
            let is_known = |name: &Name| {
                besides.names.binary_search_by(|known| known.canonical_first(name)).is_ok()
            };
            if is_known(&name) {
                continue;
            }
            let mut name = name;
            if name.kind() == NameKind::Canonical {
                let canonical = besides.names.iter();
                let mut canonical = canonical.take_while(|one| one.kind() == NameKind::Canonical);
                let has_first = canonical.any(|known| known.language() == name.language());
                let language = name.language().map(str::to_owned);
                match firsts.get(&language) {
                    Some(first) if *first == name => continue,
                    None if !has_first => drop(firsts.insert(language, name.clone())),
                    _ => name = name.as_alias(),
                }
            }
            if !is_known(&name) {
                new.push(name);
            }
        }
        if new.len() > 8 {
            besides.names.extend(new);
            besides.names.sort_by(Name::canonical_first);
            besides.names.dedup();
            return;
        }
        // Names that come one by one need no sorting of all.
        for name in new {
            let place = besides.names.binary_search_by(|known| known.canonical_first(&name));
            if let Err(place) = place {
                besides.names.insert(place, name);
            }
        }
    }

    /// Returns the entities of any kind that have this name or key, in order of their keys.
    pub(crate) fn named(&self, name: &str) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = self
            .by_name
            .get(&folded(name))
            .into_iter()
            .flatten()
            .map(|&it| self.one_for(it))
            .collect();
        found.extend(self.find(name.trim()).filter(|entity| !found.contains(entity)));
        found.sort_by_key(|&entity| self.key(entity));
        found.dedup();
        found
    }
}

/// Handles of entities in the order they were added.
#[derive(Clone, Debug)]
pub(crate) struct EntityIds(std::ops::Range<usize>);

impl Iterator for EntityIds {
    type Item = EntityId;

    fn next(&mut self) -> Option<EntityId> {
        self.0.next().and_then(EntityId::at)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for EntityIds {
    fn next_back(&mut self) -> Option<EntityId> {
        self.0.next_back().and_then(EntityId::at)
    }
}

impl ExactSizeIterator for EntityIds {}
