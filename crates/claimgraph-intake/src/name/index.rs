//! The index of all names of a graph.

#[cfg(feature = "fuzzy")]
use crate::name::blocks::Blocks;
use crate::name::fault::{NameFault, name_faults, refusal};
use crate::name::key::{NameKey, turned};
use crate::name::look_up::{LookUp, Named};
use crate::name::scope::NameScope;
use claimgraph::entity::NameKind;
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
    /// The entities that belong to a whole, and when.
    pub(crate) parts: FxHashMap<EntityId, Vec<(EntityId, Option<Period>)>>,
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
    is_named: bool,
}

/// A name of an entity in the index.
#[derive(Clone, Debug)]
pub(crate) struct NameRow {
    pub(crate) entry: u32,
    pub(crate) text: Box<str>,
    /// `None` for the key of an entity.
    pub(crate) kind: Option<NameKind>,
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
        let place = match self.by_entity.get(&id) {
            Some(&place) => place,
            // Rows have numbers of 32 bits, as entities have.
            None => {
                let Ok(place) = u32::try_from(self.entries.len()) else { return };
                let kind = self.kind_of(graph, entity.kind());
                self.entries.push(Entry { entity: id, key: key.into(), kind, is_named: false });
                self.by_entity.insert(id, place);
                self.by_entity_key.insert(key.into(), place);
                self.add_row(place, key, None);
                place
            }
        };
        for name in entity.names() {
            self.add_row(place, name.text(), Some(name.kind()));
        }
        if let Some(entry) = self.entries.get_mut(place as usize) {
            entry.is_named = !entity.names().is_empty();
        }
        for (_, affiliation) in graph.affiliations_of(id) {
            let parts = self.parts.entry(affiliation.whole()).or_default();
            let part = (id, affiliation.valid_period().cloned());
            if !parts.contains(&part) {
                parts.push(part);
            }
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

    fn add_row(&mut self, entry: u32, text: &str, kind: Option<NameKind>) {
        let note = |index: &mut Self, fault| {
            let key = index.entries.get(entry as usize).map_or("", |entry| &entry.key).to_owned();
            let faulty = FaultyName { key, name: text.to_owned(), fault };
            if kind.is_some() && !index.faulty.contains(&faulty) {
                index.faulty.push(faulty);
            }
        };
        if let Some(fault) = refusal(text) {
            return note(self, fault);
        }
        let (Ok(key), Ok(row)) = (NameKey::of(text), u32::try_from(self.rows.len())) else {
            return;
        };
        let rows = self.by_key.entry(key.as_str().into()).or_default();
        let is_known = |&row: &u32| {
            let row = self.rows.get(row as usize);
            row.is_some_and(|it| it.entry == entry && it.kind == kind && *it.text == *text)
        };
        if rows.iter().any(is_known) {
            return;
        }
        rows.push(row);
        if let Some(reading) = turned(text) {
            let rows = self.by_turned.entry(reading.as_str().into()).or_default();
            rows.push(row);
        }
        #[cfg(feature = "fuzzy")]
        self.blocks.add(crate::name::loose::Loose::of(text));
        self.rows.push(NameRow { entry, text: text.into(), kind });
        if !text.is_ascii() {
            name_faults(text).into_iter().take(1).for_each(|fault| note(self, fault));
        }
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
        row.kind.is_some() || self.entry(row.entry).is_some_and(|entry| !entry.is_named)
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
