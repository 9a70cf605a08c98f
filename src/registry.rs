//! Entities and the names that lead to them. Knows no claims.

use crate::documents::Document;
use crate::ids::{EntityId, KindId};
use crate::names::{Name, NameKind, folded};
use indexmap::IndexMap;

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Registered {
    pub(crate) kind: KindId,
    pub(crate) names: Vec<Name>,
    pub(crate) codes: Vec<(String, String)>,
    pub(crate) document: Option<Box<Document>>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Registry {
    entities: IndexMap<String, Registered>,
    /// The kinds again, close together: they are looked at for every claim.
    kinds: Vec<KindId>,
    by_name: IndexMap<String, Vec<EntityId>>,
}

impl Registry {
    pub(crate) fn len(&self) -> usize {
        self.entities.len()
    }

    pub(crate) fn ids(&self) -> impl ExactSizeIterator<Item = EntityId> + DoubleEndedIterator + Clone + use<> {
        EntityIds(0..self.entities.len())
    }

    pub(crate) fn get(&self, entity: EntityId) -> Option<(&str, &Registered)> {
        self.entities.get_index(entity.index()).map(|(key, registered)| (key.as_str(), registered))
    }

    #[inline]
    pub(crate) fn kind(&self, entity: EntityId) -> Option<KindId> {
        self.kinds.get(entity.index()).copied()
    }

    pub(crate) fn find(&self, key: &str) -> Option<EntityId> {
        self.entities.get_index_of(key).and_then(EntityId::at)
    }

    pub(crate) fn document(&self, entity: EntityId) -> Option<&Document> {
        self.entities.get_index(entity.index()).and_then(|(_, registered)| registered.document.as_deref())
    }

    pub(crate) fn document_mut(&mut self, entity: EntityId) -> Option<&mut Document> {
        self.entities.get_index_mut(entity.index()).and_then(|(_, registered)| registered.document.as_deref_mut())
    }

    /// For so many more.
    #[cfg(feature = "snapshot")]
    pub(crate) fn reserve(&mut self, more: usize) {
        self.entities.reserve(more);
        self.kinds.reserve(more);
    }

    /// A new entity; `None` when there are no numbers left.
    pub(crate) fn add(&mut self, key: String, kind: KindId, document: Option<Document>) -> Option<EntityId> {
        let entity = EntityId::at(self.entities.len())?;
        let document = document.map(Box::new);
        self.kinds.push(kind);
        self.entities.insert(key, Registered { kind, names: Vec::new(), codes: Vec::new(), document });
        Some(entity)
    }

    /// Takes back the entities that were added since there were so many.
    #[cfg(feature = "tables")]
    pub(crate) fn cut_back(&mut self, len: usize) {
        self.kinds.truncate(len);
        while self.entities.len() > len {
            let Some((entity, (_, registered))) = EntityId::at(self.entities.len() - 1).zip(self.entities.pop()) else {
                return;
            };
            for name in registered.names {
                let name = folded(name.text());
                let Some(list) = self.by_name.get_mut(&name) else { continue };
                list.retain(|other| *other != entity);
                if list.is_empty() {
                    self.by_name.swap_remove(&name);
                }
            }
        }
    }

    pub(crate) fn add_codes(&mut self, entity: EntityId, codes: Vec<(String, String)>) {
        if let Some((_, registered)) = self.entities.get_index_mut(entity.index()).filter(|_| !codes.is_empty()) {
            registered.codes.extend(codes);
            registered.codes.sort();
            registered.codes.dedup();
        }
    }

    /// Adds names. A second canonical name in the same language is kept as an alias.
    pub(crate) fn add_names(&mut self, entity: EntityId, names: Vec<Name>) {
        let Some((_, registered)) = self.entities.get_index_mut(entity.index()).filter(|_| !names.is_empty()) else {
            return;
        };
        let canonical = |name: &&Name| name.kind() == NameKind::Canonical;
        let language = |name: &Name| name.language().map(str::to_owned);
        let mut taken: IndexMap<Option<String>, String> =
            registered.names.iter().filter(canonical).map(|name| (language(name), name.text().to_owned())).collect();
        for name in names {
            let list = self.by_name.entry(folded(name.text())).or_default();
            if let Err(place) = list.binary_search(&entity) {
                list.insert(place, entity);
            }
            let first = taken.get(&language(&name)).filter(|_| name.kind() == NameKind::Canonical);
            match first {
                Some(text) if text == name.text() => {}
                Some(_) => registered.names.push(name.as_alias()),
                None => {
                    if name.kind() == NameKind::Canonical {
                        taken.insert(language(&name), name.text().to_owned());
                    }
                    registered.names.push(name);
                }
            }
        }
        registered.names.sort_by(|a, b| (a.kind(), a).cmp(&(b.kind(), b)));
        registered.names.dedup();
    }

    /// Entities that bear this name in any kind, or have it as key, in order of their keys.
    pub(crate) fn named(&self, name: &str) -> Vec<EntityId> {
        let mut found = self.by_name.get(&folded(name)).cloned().unwrap_or_default();
        found.extend(self.find(name.trim()).filter(|entity| !found.contains(entity)));
        found.sort_by_key(|&entity| self.get(entity).map(|(key, _)| key));
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
