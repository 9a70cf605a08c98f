//! The definitions of one sort: kinds, roles or relations, by place and by key. The vocabulary has one table of each.

use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{KindId, RelationId, RoleId, checked};
use crate::model::numbered::Numbered;
use crate::model::vocabulary::definition::{KindDef, RelationDef, RoleDef, redeclared};
use crate::model::vocabulary::relation::Label;
use indexmap::IndexMap;
use serde::Serialize;

/// A definition with a key and perhaps former keys.
pub(crate) trait Definition: PartialEq + Serialize {
    /// The handle of its place.
    type Place: Numbered + PartialEq + std::fmt::Debug;
    /// The sort of definition, for messages: one and many.
    const SORT: [&'static str; 2];

    fn key(&self) -> &str;

    fn aliases(&self) -> &[String];
}

macro_rules! definitions {
    ($($def:ident: $place:ident, $sort:expr;)+) => {
        $(impl Definition for $def {
            type Place = $place;
            const SORT: [&'static str; 2] = $sort;

            fn key(&self) -> &str {
                &self.key
            }

            fn aliases(&self) -> &[String] {
                &self.aliases
            }
        })+
    };
}

definitions! {
    KindDef: KindId, ["kind", "kinds"];
    RoleDef: RoleId, ["role", "roles"];
    RelationDef: RelationId, ["relation", "relations"];
}

/// Definitions in order of declaration, and the former keys that lead to them.
#[derive(Clone, Debug)]
pub(crate) struct Table<D: Definition> {
    pub(super) defs: IndexMap<String, D>,
    pub(super) aliases: IndexMap<String, D::Place>,
}

impl<D: Definition> Default for Table<D> {
    fn default() -> Self {
        Self { defs: IndexMap::new(), aliases: IndexMap::new() }
    }
}

/// Returns whether two lists have the same definitions in any order, if each has those of the base too.
pub(super) fn is_same<D: PartialEq>(
    one: &IndexMap<String, D>,
    other: &IndexMap<String, D>,
    base: &IndexMap<String, D>,
) -> bool {
    let holds = |list: &IndexMap<String, D>, key: &str, def: &D| {
        list.get(key).or_else(|| base.get(key)) == Some(def)
    };
    one.iter().all(|(key, def)| holds(other, key, def))
        && other.iter().all(|(key, def)| holds(one, key, def))
}

impl<D: Definition> FromIterator<D> for Table<D> {
    /// Lists the definitions without a check.
    fn from_iter<T: IntoIterator<Item = D>>(defs: T) -> Self {
        let defs = defs.into_iter().map(|def| (def.key().to_owned(), def)).collect();
        Self { defs, aliases: IndexMap::new() }
    }
}

impl<D: Definition> Table<D> {
    /// Returns whether both have the same definitions in any order, if each has those of the base too.
    pub(super) fn is_same(&self, other: &Self, base: &Self) -> bool {
        is_same(&self.defs, &other.defs, &base.defs)
    }

    pub(crate) fn len(&self) -> usize {
        self.defs.len()
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = D::Place> + Clone + use<D> {
        (0..).take(self.len()).map(|number| checked(D::Place::of_number(number)))
    }

    pub(crate) fn iter(&self) -> indexmap::map::Values<'_, String, D> {
        self.defs.values()
    }

    /// Returns the place of the definition with this key or former key.
    pub(crate) fn find(&self, key: &str) -> Option<D::Place> {
        let place = self.defs.get_index_of(key).and_then(|place| u32::try_from(place).ok());
        place.and_then(D::Place::of_number).or_else(|| self.aliases.get(key).copied())
    }

    /// Returns the place of the definition with this key or former key.
    ///
    /// # Errors
    /// If the vocabulary lacks the definition, the error is about this part of a claim or record.
    pub(crate) fn require(&self, key: &str, part: FieldPath) -> Result<D::Place, Error> {
        self.find(key).ok_or_else(|| Error::unknown(part, D::SORT[0], key))
    }

    /// Returns the place that a label stands for.
    ///
    /// # Errors
    /// If the vocabulary lacks the definition, the error is about this part of a claim or record.
    pub(crate) fn resolve(
        &self,
        label: Label<D::Place>,
        part: FieldPath,
    ) -> Result<D::Place, Error> {
        match label {
            Label::Key(key) => self.require(key, part),
            Label::Place(place) if (place.to_number() as usize) < self.len() => Ok(place),
            Label::Place(place) => Err(Error::unknown(part, D::SORT[0], format!("{place:?}"))),
        }
    }

    /// Returns the definition at a place that was checked when it came in.
    pub(crate) fn get(&self, place: D::Place) -> &D {
        checked(self.defs.get_index(place.to_number() as usize)).1
    }

    /// Returns the key of the definition at a place that was checked when it came in.
    pub(crate) fn key(&self, place: D::Place) -> &str {
        self.get(place).key()
    }

    /// Returns whether the definition is there.
    ///
    /// # Errors
    /// Returns an error if the key has another definition.
    pub(super) fn contains(&self, def: &D) -> Result<bool, Error> {
        match self.defs.get(def.key()) {
            Some(old) if old != def => Err(redeclared(D::SORT[0], def.key(), old, def)),
            old => Ok(old.is_some()),
        }
    }

    /// Adds a definition with a new key.
    ///
    /// # Errors
    /// Returns an error if a key is taken, or if all places are taken.
    pub(super) fn add(&mut self, def: D) -> Result<D::Place, Error> {
        let place = u32::try_from(self.len()).ok().and_then(D::Place::of_number);
        let full = ErrorKind::Full { what: D::SORT[1] };
        let place = place.ok_or_else(|| Error::new(FieldPath::Vocabulary, full))?;
        if self.aliases.contains_key(def.key()) {
            return Err(Error::key_taken(FieldPath::Vocabulary, def.key(), "former key"));
        }
        self.take_aliases(place, def.aliases())?;
        self.defs.insert(def.key().to_owned(), def);
        Ok(place)
    }

    /// Takes former keys, each for one definition; all or none.
    pub(super) fn take_aliases(
        &mut self,
        place: D::Place,
        aliases: &[String],
    ) -> Result<(), Error> {
        let other = |alias: &&String| {
            self.aliases.get(*alias).is_some_and(|known| *known != place)
                || self.defs.contains_key(*alias)
        };
        if let Some(alias) = aliases.iter().find(other) {
            return Err(Error::key_taken(FieldPath::Vocabulary, alias, "name of something else"));
        }
        self.aliases.extend(aliases.iter().map(|alias| (alias.clone(), place)));
        Ok(())
    }

    /// Returns how many definitions and former keys there are, to go back to.
    pub(super) fn mark(&self) -> [usize; 2] {
        [self.len(), self.aliases.len()]
    }

    pub(super) fn cut_back(&mut self, [defs, aliases]: [usize; 2]) {
        self.defs.truncate(defs);
        self.aliases.truncate(aliases);
    }
}
