//! Vocabularies at run time: kinds, relations, roles and units as data.
//!
//! [`vocabulary!`](macro@crate::vocabulary) gives the same facts to the compiler. A graph saves its vocabulary, extends it
//! and merges it with that of another.

pub mod base;
pub(crate) mod definition;
pub(crate) mod fill;
pub(crate) mod implication;
pub(crate) mod kind;
pub(crate) mod macros;
pub(crate) mod relation;
pub mod reporting;
pub(crate) mod slot;
pub(crate) mod transaction;

use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::check_key;
use crate::model::id::{KindId, RelationId, RoleId};
use crate::model::text::excerpt;
pub use crate::model::vocabulary::definition::{KindDef, RelationDef, RoleDef, UnitDef};
use crate::model::vocabulary::definition::{not_an_alias, redeclared, take_aliases};
pub use crate::model::vocabulary::slot::Slot;
use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Kinds, relations, roles and units: the things that claims can be about, and what can be said of them.
///
/// ```
/// use claimgraph::{reporting, vocabulary::{RelationDef, Slot}};
/// let mut vocabulary = reporting::vocabulary();
/// vocabulary.add_relation(RelationDef {
///     implies: vec!["present-in".into()],
///     ..RelationDef::new("patrols", Slot::Kind("Actor".into()), Slot::Kind("Place".into()))
/// })?;
/// assert!(vocabulary.relation("patrols").is_some_and(|r| !r.symmetric));
/// let error = vocabulary.add_relation(RelationDef::new("patrols", Slot::Any, Slot::Text)).unwrap_err();
/// assert!(error.to_string().contains("declared twice"));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub(crate) kinds: IndexMap<String, KindDef>,
    pub(crate) relations: IndexMap<String, RelationDef>,
    pub(crate) roles: IndexMap<String, RoleDef>,
    pub(crate) units: IndexMap<String, UnitDef>,
    pub(crate) kind_aliases: IndexMap<String, KindId>,
    pub(crate) relation_aliases: IndexMap<String, RelationId>,
    pub(crate) role_aliases: IndexMap<String, RoleId>,
    pub(crate) unit_words: IndexMap<String, String>,
    pub(crate) above: Vec<Vec<KindId>>,
    pub(crate) entails: Vec<Vec<(RelationId, bool)>>,
    /// The same the other way round, made on first use.
    pub(crate) entailing: OnceLock<Vec<Vec<(RelationId, bool)>>>,
}

/// Two vocabularies are equal if they define the same, in any order.
impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        (&self.kinds, &self.relations, &self.roles, &self.units)
            == (&other.kinds, &other.relations, &other.roles, &other.units)
    }
}

impl Vocabulary {
    /// Creates an empty vocabulary, for the macro and for reading.
    #[doc(hidden)]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a kind. It lists all kinds above it, which must be declared already.
    ///
    /// # Errors
    /// The key is taken by a kind with another meaning, or a kind above is unknown or not listed.
    pub fn add_kind(&mut self, mut def: KindDef) -> Result<(), Error> {
        check_key(&def.key, FieldPath::Vocabulary)?;
        def.above.sort();
        def.above.dedup();
        def.aliases.sort();
        def.aliases.dedup();
        if let Some(old) = self.kinds.get(&def.key) {
            return if *old == def { Ok(()) } else { Err(redeclared("kind", &def.key, old, &def)) };
        }
        let mut above = Vec::with_capacity(def.above.len());
        for key in &def.above {
            let (place, _, kind) = self
                .kinds
                .get_full(key)
                .ok_or_else(|| Error::unknown(FieldPath::Vocabulary, "kind", key))?;
            if let Some(missing) = kind.above.iter().find(|&k| def.above.binary_search(k).is_err())
            {
                let difference = format!("it is a {key}, and so a {missing} that it does not list");
                return Err(Error::new(
                    FieldPath::Vocabulary,
                    ErrorKind::Redeclared { what: "kind", key: def.key, difference },
                ));
            }
            above.extend(KindId::at(place));
        }
        let place = KindId::at(self.kinds.len())
            .ok_or_else(|| Error::new(FieldPath::Vocabulary, ErrorKind::Full { what: "kinds" }))?;
        above.push(place);
        not_an_alias(&self.kind_aliases, &def.key)?;
        take_aliases(&mut self.kind_aliases, Some(place), &def.aliases, &self.kinds)?;
        self.above.push(above);
        self.kinds.insert(def.key.clone(), def);
        Ok(())
    }

    /// Adds a role.
    ///
    /// # Errors
    /// The key is taken by a role with another meaning, or the kind of its values is unknown.
    pub fn add_role(&mut self, mut def: RoleDef) -> Result<(), Error> {
        check_key(&def.key, FieldPath::Vocabulary)?;
        def.aliases.sort();
        def.aliases.dedup();
        if let Some(old) = self.roles.get(&def.key) {
            return if *old == def { Ok(()) } else { Err(redeclared("role", &def.key, old, &def)) };
        }
        self.check_slot(&def.value)?;
        let place = RoleId::at(self.roles.len())
            .ok_or_else(|| Error::new(FieldPath::Vocabulary, ErrorKind::Full { what: "roles" }))?;
        not_an_alias(&self.role_aliases, &def.key)?;
        take_aliases(&mut self.role_aliases, Some(place), &def.aliases, &self.roles)?;
        self.roles.insert(def.key.clone(), def);
        Ok(())
    }

    /// Adds a relation. The relations it implies, its inverse and its roles must be declared already.
    ///
    /// # Errors
    /// The key is taken by a relation with another meaning; a kind, role or relation that it names is unknown; a
    /// relation that it implies does not take its subject or object; it is symmetric and takes two different
    /// kinds.
    pub fn add_relation(&mut self, def: RelationDef) -> Result<(), Error> {
        self.add_relations(vec![def])
    }

    pub(crate) fn check_relation(&self, def: &RelationDef) -> Result<(), Error> {
        let conflict = |difference: String| {
            Error::new(
                FieldPath::Vocabulary,
                ErrorKind::Redeclared { what: "relation", key: def.key.clone(), difference },
            )
        };
        self.check_slot(&def.subject)?;
        self.check_slot(&def.object)?;
        for role in &def.roles {
            self.role_place(role)
                .ok_or_else(|| Error::unknown(FieldPath::Vocabulary, "role", role))?;
        }
        if def.symmetric && def.subject != def.object {
            return Err(conflict(format!(
                "it is symmetric, but takes {} and {}",
                def.subject, def.object
            )));
        }
        for key in &def.implies {
            let implied = self
                .relation(key)
                .ok_or_else(|| Error::unknown(FieldPath::Vocabulary, "relation", key))?;
            if !self.fits(&def.subject, &implied.subject)
                || !self.fits(&def.object, &implied.object)
            {
                return Err(conflict(format!(
                    "it implies {key}, which does not take its subject or object"
                )));
            }
        }
        if let Some(key) = &def.inverse {
            let inverse = self
                .relation(key)
                .ok_or_else(|| Error::unknown(FieldPath::Vocabulary, "relation", key))?;
            if inverse.inverse.is_some()
                || !self.fits(&def.subject, &inverse.object)
                || !self.fits(&def.object, &inverse.subject)
            {
                return Err(conflict(format!("{key} cannot be its inverse")));
            }
        }
        Ok(())
    }

    /// Adds a unit.
    ///
    /// # Errors
    /// The name or a synonym of it is taken by another unit.
    pub fn add_unit(&mut self, mut def: UnitDef) -> Result<(), Error> {
        check_key(&def.key, FieldPath::Vocabulary)?;
        def.synonyms.sort();
        def.synonyms.dedup();
        if let Some(old) = self.units.get(&def.key) {
            return if *old == def { Ok(()) } else { Err(redeclared("unit", &def.key, old, &def)) };
        }
        for word in def.synonyms.iter().chain([&def.key]) {
            if let Some(owner) = self.unit_words.get(word) {
                let difference = format!("it is a word for {owner:?} already");
                return Err(Error::new(
                    FieldPath::Vocabulary,
                    ErrorKind::Redeclared { what: "unit", key: excerpt(word), difference },
                ));
            }
        }
        for word in def.synonyms.iter().chain([&def.key]) {
            self.unit_words.insert(word.clone(), def.key.clone());
        }
        self.units.insert(def.key.clone(), def);
        Ok(())
    }

    /// Adds all definitions of another vocabulary. Equal definitions are one. If any definition differs, nothing
    /// is added.
    ///
    /// # Errors
    /// The same key means different things in the two.
    pub fn merge(&mut self, other: &Vocabulary) -> Result<(), Error> {
        self.all_or_none(|vocabulary, before| vocabulary.put_all(other, before))
    }

    /// Gives a relation another name to be found and shown by. The key stays the same, because other graphs know it.
    ///
    /// # Errors
    /// The relation is unknown, or the name is taken.
    pub fn rename_relation(&mut self, key: &str, name: &str) -> Result<(), Error> {
        check_key(name, FieldPath::Vocabulary)?;
        let place = self
            .relation_place(key)
            .ok_or_else(|| Error::unknown(FieldPath::Vocabulary, "relation", key))?;
        if let Some(taken) = self.relation_place(name).filter(|&taken| taken != place) {
            let found = format!("relation, {:?}", self.relation_key(taken));
            return Err(Error::new(
                FieldPath::Vocabulary,
                ErrorKind::KeyTaken { key: excerpt(name), found },
            ));
        }
        if let Some((_, def)) = self.relations.get_index_mut(place.index()) {
            def.label = Some(name.replace('-', " "));
            if name != def.key {
                def.aliases.push(name.to_owned());
                def.sort();
                self.relation_aliases.insert(name.to_owned(), place);
            }
        }
        Ok(())
    }

    fn check_slot(&self, slot: &Slot) -> Result<(), Error> {
        match slot {
            Slot::Kind(key) if !self.kinds.contains_key(key) => {
                Err(Error::unknown(FieldPath::Vocabulary, "kind", key))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn kind_place(&self, key: &str) -> Option<KindId> {
        self.kinds
            .get_index_of(key)
            .and_then(KindId::at)
            .or_else(|| self.kind_aliases.get(key).copied())
    }

    pub(crate) fn relation_place(&self, key: &str) -> Option<RelationId> {
        self.relations
            .get_index_of(key)
            .and_then(RelationId::at)
            .or_else(|| self.relation_aliases.get(key).copied())
    }

    pub(crate) fn role_place(&self, key: &str) -> Option<RoleId> {
        self.roles
            .get_index_of(key)
            .and_then(RoleId::at)
            .or_else(|| self.role_aliases.get(key).copied())
    }

    pub(crate) fn kind_key(&self, kind: KindId) -> &str {
        self.kinds.get_index(kind.index()).map_or("?", |(key, _)| key)
    }

    pub(crate) fn relation_key(&self, relation: RelationId) -> &str {
        self.relations.get_index(relation.index()).map_or("?", |(key, _)| key)
    }

    pub(crate) fn role_key(&self, role: RoleId) -> &str {
        self.roles.get_index(role.index()).map_or("?", |(key, _)| key)
    }

    pub(crate) fn relation_def(&self, relation: RelationId) -> Option<&RelationDef> {
        self.relations.get_index(relation.index()).map(|(_, def)| def)
    }

    pub(crate) fn role_def(&self, role: RoleId) -> Option<&RoleDef> {
        self.roles.get_index(role.index()).map(|(_, def)| def)
    }

    /// Returns whether the relation is symmetric, and whether it is an inverse: whether a statement under it can
    /// be read from the other side, and how.
    pub(crate) fn turns(&self, relation: RelationId) -> (bool, bool) {
        (self.relation_def(relation).is_some_and(|def| def.symmetric), self.primary(relation).1)
    }

    /// Returns whether the one kind is the other or below it.
    pub(crate) fn is_a(&self, kind: KindId, wanted: KindId) -> bool {
        self.above.get(kind.index()).is_some_and(|above| above.contains(&wanted))
    }

    /// Returns the unit that this word stands for: the one it is a synonym of, or else the word itself.
    pub fn unit_of<'a>(&'a self, word: &'a str) -> &'a str {
        self.unit_words.get(word).map_or(word, String::as_str)
    }

    pub(crate) fn counts(&self, unit: &str) -> bool {
        self.units.get(unit).is_some_and(|def| def.count)
    }

    /// Returns the kinds, in order of declaration.
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = &KindDef> {
        self.kinds.values()
    }

    /// Returns the relations, in order of declaration.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = &RelationDef> {
        self.relations.values()
    }

    /// Returns the roles, in order of declaration.
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &RoleDef> {
        self.roles.values()
    }

    /// Returns the units, in order of declaration.
    pub fn units(&self) -> impl ExactSizeIterator<Item = &UnitDef> {
        self.units.values()
    }

    /// Returns a kind by its key or a former one.
    pub fn kind(&self, key: &str) -> Option<&KindDef> {
        self.kind_place(key).and_then(|k| self.kinds.get_index(k.index())).map(|(_, def)| def)
    }

    /// Returns a relation by its key or a former one.
    pub fn relation(&self, key: &str) -> Option<&RelationDef> {
        self.relation_place(key).and_then(|r| self.relation_def(r))
    }

    /// Returns a role by its key or a former one.
    pub fn role(&self, key: &str) -> Option<&RoleDef> {
        self.role_place(key).and_then(|r| self.role_def(r))
    }

    /// Returns the relations that carry this code of another system, such as `("cameo", "0871")`.
    pub fn relations_coded<'a>(
        &'a self,
        system: &'a str,
        code: &'a str,
    ) -> impl Iterator<Item = &'a RelationDef> {
        self.relations
            .values()
            .filter(move |def| def.codes.iter().any(|(s, c)| s == system && c == code))
    }

    /// Returns a vocabulary of these definitions, which may name each other in any order. They are checked as a
    /// whole where it is taken over: by [`merge`](Self::merge), or by a graph.
    #[must_use]
    pub fn declaring(
        mut self,
        kinds: Vec<KindDef>,
        roles: Vec<RoleDef>,
        relations: Vec<RelationDef>,
        units: Vec<UnitDef>,
    ) -> Self {
        self.kinds = kinds.into_iter().map(|d| (d.key.clone(), d)).collect();
        self.roles = roles.into_iter().map(|d| (d.key.clone(), d)).collect();
        let sorted = relations.into_iter().map(|mut d| {
            d.sort();
            (d.key.clone(), d)
        });
        self.relations = sorted.collect();
        self.units = units.into_iter().map(|d| (d.key.clone(), d)).collect();
        self
    }
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Lists {
    #[serde(default)]
    kinds: Vec<KindDef>,
    #[serde(default)]
    roles: Vec<RoleDef>,
    #[serde(default)]
    relations: Vec<RelationDef>,
    #[serde(default)]
    units: Vec<UnitDef>,
}

/// Writes lists, each sorted by key.
impl Serialize for Vocabulary {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn sorted<T: Clone>(map: &IndexMap<String, T>) -> Vec<T> {
            let mut pairs: Vec<(&String, &T)> = map.iter().collect();
            pairs.sort_by_key(|&(key, _)| key);
            pairs.into_iter().map(|(_, def)| def.clone()).collect()
        }
        let lists = Lists {
            kinds: sorted(&self.kinds),
            roles: sorted(&self.roles),
            relations: sorted(&self.relations),
            units: sorted(&self.units),
        };
        lists.serialize(serializer)
    }
}

/// Reads the lists and checks them as a whole, with the base vocabulary beneath them.
impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lists = Lists::deserialize(deserializer)?;
        let keys = lists
            .kinds
            .iter()
            .map(|d| ("kind", &d.key))
            .chain(lists.roles.iter().map(|d| ("role", &d.key)));
        let keys = keys.chain(lists.relations.iter().map(|d| ("relation", &d.key)));
        let mut seen = IndexSet::new();
        if let Some((what, key)) =
            keys.chain(lists.units.iter().map(|d| ("unit", &d.key))).find(|&key| !seen.insert(key))
        {
            return Err(serde::de::Error::custom(format!(
                "{what} \"{}\" is declared twice",
                excerpt(key)
            )));
        }
        let read =
            Vocabulary::empty().declaring(lists.kinds, lists.roles, lists.relations, lists.units);
        let mut vocabulary = Vocabulary::new();
        vocabulary.merge(&read).map_err(serde::de::Error::custom)?;
        Ok(vocabulary)
    }
}
