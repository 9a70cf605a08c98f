//! The index of all names of a graph.

#[cfg(feature = "fuzzy")]
use crate::name::blocks::Blocks;
use crate::name::fault::{NameFault, name_faults, refusal};
use crate::name::key::{NameKey, turned};
use crate::name::look_up::{LookUp, Named};
use crate::name::scope::NameScope;
use claimgraph::entity::{Affiliation, Name, NameKind};
use claimgraph::vocabulary::Kind;
use claimgraph::{ClaimGraph, EntityId, EntityRef, Error, Period};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::fmt;

/// An index of the names of a graph. It answers for the state of the graph that it was made of or told of.
///
/// An entity without names has its key as its name. No answer depends on the order in which entities or names were added.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    pub(crate) entries: Vec<Entry>,
    by_entity: FxHashMap<EntityId, u32>,
    by_entity_key: FxHashMap<Box<str>, u32>,
    pub(crate) rows: Vec<NameRow>,
    by_key: FxHashMap<Box<str>, Vec<u32>>,
    /// By the reading with the part after the comma in front.
    by_turned: FxHashMap<Box<str>, Vec<u32>>,
    pub(crate) kinds: Vec<IndexedKind>,
    /// The entities that an entity belongs to, and when.
    pub(crate) wholes: FxHashMap<EntityId, Vec<(EntityId, Option<Period>)>>,
    /// Whether an entity that had its key for a name got another name.
    pub(crate) has_past_rows: bool,
    /// How many entities of the graph were read in order.
    read: usize,
    faulty: Vec<FaultyName>,
    #[cfg(feature = "fuzzy")]
    pub(crate) blocks: Blocks,
}

/// An entity in the index.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) entity: EntityId,
    pub(crate) key: Box<str>,
    /// The place of its kind.
    pub(crate) kind: usize,
    /// Whether the graph has a name for it.
    has_names: bool,
}

/// A name of an entity in the index.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct NameRow {
    pub(crate) entry: u32,
    pub(crate) text: Box<str>,
    /// `None` for the key of an entity.
    pub(crate) kind: Option<NameKind>,
    /// When the name was in use, if that is known.
    pub(crate) valid: Option<Box<Period>>,
}

impl NameRow {
    fn of(entry: u32, name: &Name) -> Self {
        let valid = name.valid_period().cloned().map(Box::new);
        Self { entry, text: name.text().into(), kind: Some(name.kind()), valid }
    }

    fn of_key(entry: u32, key: &str) -> Self {
        Self { entry, text: key.into(), kind: None, valid: None }
    }
}

/// A kind of the vocabulary with the kinds above it.
#[derive(Clone, Debug)]
pub(crate) struct IndexedKind {
    pub(crate) key: String,
    pub(crate) above: Vec<String>,
    pub(crate) aliases: Vec<String>,
}

impl IndexedKind {
    /// Returns whether it is this kind or one below it.
    pub(crate) fn is_a(&self, kind: &str) -> bool {
        self.key == kind || self.above.iter().any(|above| above == kind)
    }
}

/// A name of the graph that the index refused, or that looks like another one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct FaultyName {
    /// The key of the entity.
    pub key: String,
    /// The name.
    pub name: String,
    /// Its first fault.
    pub fault: NameFault,
}

/// `russia: the name has no letter and no digit`.
impl fmt::Display for FaultyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.fault)
    }
}

impl NameIndex {
    /// Makes an index of all names of a graph.
    pub fn of(graph: &ClaimGraph) -> Self {
        let mut index = Self::default();
        index.update(graph);
        index
    }

    /// Reads the entities that the graph got since the index was made or updated last, with their affiliations. The
    /// graph must be the one that the index was made of, or a later state of it.
    pub fn update(&mut self, graph: &ClaimGraph) {
        while let Some(entity) = EntityId::nth(self.read).and_then(|id| graph.entity(id).ok()) {
            self.read += 1;
            self.take(graph, entity);
        }
    }

    /// Reads the names and affiliations of one entity again. Needed if the entity got a name or an affiliation after the
    /// index read it.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the entity.
    ///
    /// ```
    /// use claimgraph::{reporting::*, ClaimGraph};
    /// use claimgraph_intake::name::NameIndex;
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let mut index = NameIndex::of(&graph);
    /// graph.add_name(russia, "Russian Federation")?;
    /// assert!(index.look_up("Russian Federation").is_unknown());
    /// index.tell(&graph, russia)?;
    /// assert!(index.look_up("Russian Federation").one().is_some());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn tell(&mut self, graph: &ClaimGraph, entity: impl Into<EntityId>) -> Result<(), Error> {
        let entity = graph.entity(entity)?;
        self.take(graph, entity);
        Ok(())
    }

    /// Returns the names of the graph that have a fault, in order of key and name. A name with a fault that
    /// [refuses](NameFault::refuses) it is not in the index.
    pub fn faulty_names(&self) -> Vec<FaultyName> {
        let mut faulty = self.faulty.clone();
        faulty.sort_by(|a, b| (&a.key, &a.name).cmp(&(&b.key, &b.name)));
        faulty
    }

    /// Returns how many names the index has.
    pub fn len(&self) -> usize {
        self.rows.iter().filter(|row| self.is_current(row)).count()
    }

    /// Returns whether the index has no name.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the scope of all names.
    pub fn scope(&self) -> NameScope<'_> {
        NameScope::all(self)
    }

    /// Returns the scope of entities of this kind or a kind below it; see [`NameScope::of_kind`].
    pub fn of_kind<K: Kind>(&self, kind: K) -> NameScope<'_> {
        self.scope().of_kind(kind)
    }

    /// Looks up a name among all names; see [`NameScope::look_up`].
    pub fn look_up(&self, name: &str) -> LookUp {
        self.scope().look_up(name)
    }

    fn take(&mut self, graph: &ClaimGraph, entity: EntityRef<'_>) {
        let (id, key) = (entity.id(), entity.key());
        let has_names = !entity.names().is_empty();
        let known = self.by_entity.get(&id).copied();
        let place = match known {
            Some(place) => place,
            // Rows have numbers of 32 bits, as entities have.
            None => {
                let Ok(place) = u32::try_from(self.entries.len()) else { return };
                let kind = self.kind_of(graph, entity.kind());
                self.entries.push(Entry { entity: id, key: key.into(), kind, has_names });
                self.by_entity.insert(id, place);
                self.by_entity_key.insert(key.into(), place);
                if !has_names {
                    self.add_row(NameRow::of_key(place, key));
                }
                place
            }
        };
        for name in entity.names() {
            let row = NameRow::of(place, name);
            // The graph has each name of an entity once.
            if known.is_none() || !self.has_row(&row) {
                self.add_row(row);
            }
        }
        if let Some(entry) = self.entries.get_mut(place as usize) {
            self.has_past_rows |= has_names && !entry.has_names;
            entry.has_names = has_names;
        }
        let whole = |it: &Affiliation| (it.whole(), it.valid_period().cloned());
        let wholes: Vec<_> = graph.affiliations_of(id).map(|(_, it)| whole(it)).collect();
        if !wholes.is_empty() {
            self.wholes.insert(id, wholes);
        }
    }

    fn kind_of(&mut self, graph: &ClaimGraph, key: &str) -> usize {
        let known = self.kinds.iter().position(|kind| kind.key == key);
        known.unwrap_or_else(|| {
            let def = graph.vocabulary().kind(key);
            let above = def.map(|def| def.above.clone()).unwrap_or_default();
            let aliases = def.map(|def| def.aliases.clone()).unwrap_or_default();
            self.kinds.push(IndexedKind { key: key.to_owned(), above, aliases });
            self.kinds.len() - 1
        })
    }

    fn has_row(&self, row: &NameRow) -> bool {
        let refused = |faulty: &FaultyName| faulty.name == *row.text && faulty.fault.refuses();
        let mut rows = NameKey::of(&row.text).ok().into_iter().flat_map(|key| self.keyed(&key));
        rows.any(|&known| self.rows.get(known as usize) == Some(row))
            || self.faulty.iter().any(|it| refused(it) && *it.key == *self.key_of(row))
    }

    fn key_of(&self, row: &NameRow) -> &str {
        self.entry(row.entry).map_or("", |entry| &entry.key)
    }

    fn add_row(&mut self, row: NameRow) {
        let fault = match refusal(&row.text) {
            None if row.text.is_ascii() => None,
            None => name_faults(&row.text).into_iter().next(),
            refusal => refusal,
        };
        // A key is checked by the graph.
        if let Some(fault) = fault.filter(|_| row.kind.is_some()) {
            let key = self.key_of(&row).to_owned();
            self.faulty.push(FaultyName { key, name: row.text.to_string(), fault });
        }
        let (Ok(key), Ok(number)) = (NameKey::of(&row.text), u32::try_from(self.rows.len())) else {
            return;
        };
        self.by_key.entry(key.as_str().into()).or_default().push(number);
        if let Some(reading) = turned(&row.text) {
            self.by_turned.entry(reading.as_str().into()).or_default().push(number);
        }
        #[cfg(feature = "fuzzy")]
        self.blocks.add(crate::name::loose::Loose::of(&row.text));
        self.rows.push(row);
    }

    /// Returns the rows whose key this is.
    pub(crate) fn keyed(&self, key: &NameKey) -> &[u32] {
        self.by_key.get(key.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Returns the rows that read so with the part after the comma in front.
    pub(crate) fn turned(&self, key: &NameKey) -> &[u32] {
        self.by_turned.get(key.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Returns the entity with this key.
    pub(crate) fn entry_keyed(&self, key: &str) -> Option<u32> {
        self.by_entity_key.get(key).copied()
    }

    pub(crate) fn row(&self, row: u32) -> Option<(&NameRow, &Entry)> {
        let row = self.rows.get(row as usize)?;
        Some((row, self.entry(row.entry)?)).filter(|(row, _)| self.is_current(row))
    }

    pub(crate) fn entry(&self, entry: u32) -> Option<&Entry> {
        self.entries.get(entry as usize)
    }

    /// Returns whether the row is a name. A key is one only if the entity has no other.
    fn is_current(&self, row: &NameRow) -> bool {
        row.kind.is_some() || self.entry(row.entry).is_some_and(|entry| !entry.has_names)
    }

    pub(crate) fn named(&self, entry: &Entry, name: &str, name_kind: Option<NameKind>) -> Named {
        let kind = self.kinds.get(entry.kind).map_or("", |kind| &kind.key);
        Named {
            entity: entry.entity,
            key: entry.key.to_string(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            name_kind,
        }
    }
}
