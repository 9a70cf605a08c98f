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
pub(crate) mod table;
pub(crate) mod transaction;
pub(crate) mod verb;

use crate::model::error::{Error, FieldPath};
use crate::model::id::{KindId, RelationId, check_key, checked};
use crate::model::text::{excerpt, with_article};
use crate::model::value::name::folded;
pub use crate::model::vocabulary::definition::{KindDef, RelationDef, RoleDef, UnitDef};
use crate::model::vocabulary::definition::{conflict, redeclared, sort};
pub use crate::model::vocabulary::slot::Slot;
use crate::model::vocabulary::table::{Table, is_same};
use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
    pub(crate) kinds: Table<KindDef>,
    pub(crate) relations: Table<RelationDef>,
    pub(crate) roles: Table<RoleDef>,
    pub(crate) units: IndexMap<String, UnitDef>,
    pub(crate) unit_words: IndexMap<String, String>,
    /// For each kind, itself and the kinds above it, sorted by place.
    pub(crate) above: Vec<Vec<KindId>>,
    pub(crate) entails: Vec<Vec<(RelationId, bool)>>,
    /// The same the other way round, made on first use.
    pub(crate) entailing: OnceLock<Vec<Vec<(RelationId, bool)>>>,
}

/// Two vocabularies are equal if they define the same, in any order. Every graph has the base, so that it does not matter
/// whether a vocabulary lists it.
///
/// ```
/// use claimgraph::{base::*, vocabulary::Vocabulary, ClaimGraph};
/// claimgraph::vocabulary! {
///     fn of_chess;
///     kind Player: Source, Thing;
///     relation BEATS = "beats": Player => Player;
/// }
/// let declared = of_chess();
/// assert_eq!(ClaimGraph::with(&declared)?.vocabulary(), &declared);
/// assert_ne!(declared, Vocabulary::new());
/// # Ok::<(), claimgraph::Error>(())
/// ```
impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        let base = base::known();
        self.kinds.is_same(&other.kinds, &base.kinds)
            && self.relations.is_same(&other.relations, &base.relations)
            && self.roles.is_same(&other.roles, &base.roles)
            && is_same(&self.units, &other.units, &base.units)
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
        sort(&mut def.above);
        sort(&mut def.aliases);
        if let Some((_, old)) = self.kinds.defs.get_key_value(&def.key) {
            if !old.means(&def) {
                return Err(redeclared("kind", &def.key, old, &def));
            }
            // Whether names are plural is not the meaning of a kind.
            let plural = old.plural || def.plural;
            self.kinds.defs.entry(def.key).and_modify(|old| old.plural = plural);
            return Ok(());
        }
        let above: Result<Vec<KindId>, Error> =
            def.above.iter().map(|key| self.kinds.require(key, FieldPath::Vocabulary)).collect();
        let mut above = above?;
        sort(&mut above);
        if let Some((kind, missing)) = self.unlisted(&above) {
            let [kind, missing] = [kind, missing].map(|kind| with_article(self.kinds.key(kind)));
            let difference = format!("it is {kind}, and so {missing} that it does not list");
            return Err(conflict("kind", &def.key, difference));
        }
        // A new kind has the last place, so the list stays sorted.
        above.push(self.kinds.add(def)?);
        self.above.push(above);
        Ok(())
    }

    /// Returns a kind of a sorted list, and a kind above it that the list does not have. A kind comes after those above
    /// it, so the last kind whose list is not checked yet is not above any other of these.
    fn unlisted(&self, listed: &[KindId]) -> Option<(KindId, KindId)> {
        let mut checked: IndexSet<KindId> = IndexSet::with_capacity(listed.len());
        for &kind in listed.iter().rev() {
            if checked.contains(&kind) {
                continue;
            }
            let above = self.above.get(kind.index()).map_or(&[][..], Vec::as_slice);
            let missing = above.iter().find(|above| listed.binary_search(above).is_err());
            if let Some(&missing) = missing {
                return Some((kind, missing));
            }
            checked.extend(above);
        }
        None
    }

    /// Adds a role.
    ///
    /// # Errors
    /// The key is taken by a role with another meaning, or the kind of its values is unknown.
    pub fn add_role(&mut self, mut def: RoleDef) -> Result<(), Error> {
        check_key(&def.key, FieldPath::Vocabulary)?;
        sort(&mut def.aliases);
        if self.roles.contains(&def)? {
            return Ok(());
        }
        self.check_slot(&def.value)?;
        self.roles.add(def).map(drop)
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
        let conflict = |difference: String| conflict("relation", &def.key, difference);
        self.check_slot(&def.subject)?;
        self.check_slot(&def.object)?;
        for role in &def.roles {
            self.roles.require(role, FieldPath::Vocabulary)?;
        }
        if def.symmetric && def.subject != def.object {
            return Err(conflict(format!(
                "it is symmetric, but takes {} and {}",
                def.subject, def.object
            )));
        }
        for key in &def.implies {
            let implied = self.relations.get(self.relations.require(key, FieldPath::Vocabulary)?);
            if !self.fits(&def.subject, &implied.subject)
                || !self.fits(&def.object, &implied.object)
            {
                return Err(conflict(format!(
                    "it implies {key}, which does not take its subject or object"
                )));
            }
        }
        if let Some(key) = &def.inverse {
            let inverse = self.relations.get(self.relations.require(key, FieldPath::Vocabulary)?);
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
        sort(&mut def.synonyms);
        if let Some(old) = self.units.get(&def.key) {
            return if *old == def { Ok(()) } else { Err(redeclared("unit", &def.key, old, &def)) };
        }
        for word in def.synonyms.iter().chain([&def.key]) {
            if let Some(owner) =
                self.unit_words.get(&folded(word)).filter(|owner| **owner != def.key)
            {
                let difference = format!("it is a word for {owner:?} already");
                return Err(conflict("unit", word, difference));
            }
        }
        for word in def.synonyms.iter().chain([&def.key]) {
            self.unit_words.insert(folded(word), def.key.clone());
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
        let place = self.relations.require(key, FieldPath::Vocabulary)?;
        if let Some(taken) = self.relations.find(name).filter(|&taken| taken != place) {
            let found = format!("relation, {:?}", self.relations.get(taken).key);
            return Err(Error::key_taken(FieldPath::Vocabulary, name, found));
        }
        let (_, def) = checked(self.relations.defs.get_index_mut(place.index()));
        // The other forms of the verb are those of the former name.
        (def.label, def.plural, def.base) = (Some(name.replace('-', " ")), None, None);
        if name != def.key {
            def.aliases.push(name.to_owned());
            def.sort();
            self.relations.aliases.insert(name.to_owned(), place);
        }
        Ok(())
    }

    fn check_slot(&self, slot: &Slot) -> Result<(), Error> {
        match slot {
            Slot::Kind(key) if !self.kinds.defs.contains_key(key) => {
                Err(Error::unknown(FieldPath::Vocabulary, "kind", key))
            }
            _ => Ok(()),
        }
    }

    /// Takes over which relations last from another vocabulary, where the two say the same otherwise.
    pub(crate) fn take_states(&mut self, other: &Vocabulary) {
        for def in self.relations.defs.values_mut() {
            let lasting = RelationDef { state: true, ..def.clone() };
            def.state |= other.relation(&def.key).is_some_and(|other| other.means(&lasting));
        }
    }

    /// Returns whether the relation lasts. An inverse lasts if its primary does.
    pub(crate) fn lasts(&self, relation: RelationId) -> bool {
        self.relations.get(self.primary(relation).0).state
    }

    /// Returns whether names of the kind, or of a kind above it, are plural.
    pub(crate) fn is_plural(&self, kind: KindId) -> bool {
        let above = self.above.get(kind.index());
        above.is_some_and(|above| above.iter().any(|&kind| self.kinds.get(kind).plural))
    }

    /// Returns whether the one kind is the other or below it.
    pub(crate) fn is_a(&self, kind: KindId, wanted: KindId) -> bool {
        self.above.get(kind.index()).is_some_and(|above| above.binary_search(&wanted).is_ok())
    }

    /// Returns how many kinds are above this one.
    pub(crate) fn count_above(&self, kind: KindId) -> usize {
        self.above.get(kind.index()).map_or(0, Vec::len)
    }

    /// Returns whether the kind is the one with this key or below it.
    pub(crate) fn is_below(&self, kind: KindId, key: &str) -> bool {
        self.kinds.find(key).is_some_and(|wanted| self.is_a(kind, wanted))
    }

    /// Returns the unit that this word stands for: the one it is a synonym of, or else the word itself. Case and spacing
    /// do not count, as in names.
    ///
    /// ```
    /// let vocabulary = claimgraph::reporting::vocabulary();
    /// assert_eq!(vocabulary.unit_of("Troops "), vocabulary.unit_of("soldiers"));
    /// assert_eq!(vocabulary.unit_of("Green  Bottles"), "green bottles");
    /// ```
    pub fn unit_of<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        // Nearly every unit is written as its key.
        if self.units.contains_key(word) {
            return Cow::Borrowed(word);
        }
        let folded = folded(word);
        match self.unit_words.get(&folded) {
            Some(unit) => Cow::Borrowed(unit),
            None if folded == word => Cow::Borrowed(word),
            None => Cow::Owned(folded),
        }
    }

    pub(crate) fn counts(&self, unit: &str) -> bool {
        self.units.get(unit).is_some_and(|def| def.count)
    }

    /// Returns the kinds, in order of declaration.
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = &KindDef> {
        self.kinds.iter()
    }

    /// Returns the relations, in order of declaration.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = &RelationDef> {
        self.relations.iter()
    }

    /// Returns the roles, in order of declaration.
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &RoleDef> {
        self.roles.iter()
    }

    /// Returns the units, in order of declaration.
    pub fn units(&self) -> impl ExactSizeIterator<Item = &UnitDef> {
        self.units.values()
    }

    /// Returns a kind by its key or a former one.
    pub fn kind(&self, key: &str) -> Option<&KindDef> {
        self.kinds.find(key).map(|place| self.kinds.get(place))
    }

    /// Returns a relation by its key or a former one.
    pub fn relation(&self, key: &str) -> Option<&RelationDef> {
        self.relations.find(key).map(|place| self.relations.get(place))
    }

    /// Returns a role by its key or a former one.
    pub fn role(&self, key: &str) -> Option<&RoleDef> {
        self.roles.find(key).map(|place| self.roles.get(place))
    }

    /// Returns the relations that carry this code of another system, such as `("cameo", "0871")`.
    pub fn relations_coded<'a>(
        &'a self,
        system: &'a str,
        code: &'a str,
    ) -> impl Iterator<Item = &'a RelationDef> {
        self.relations
            .iter()
            .filter(move |def| def.codes.iter().any(|(s, c)| s == system && c == code))
    }

    /// Returns a vocabulary of these definitions, which may name each other in any order. They are checked as a
    /// whole where it is taken over: by [`merge`](Self::merge), or by a graph.
    #[must_use]
    pub fn declaring(
        mut self,
        mut kinds: Vec<KindDef>,
        roles: Vec<RoleDef>,
        mut relations: Vec<RelationDef>,
        units: Vec<UnitDef>,
    ) -> Self {
        kinds.iter_mut().for_each(|def| sort(&mut def.above));
        relations.iter_mut().for_each(RelationDef::sort);
        (self.kinds, self.roles) = (kinds.into_iter().collect(), roles.into_iter().collect());
        self.relations = relations.into_iter().collect();
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
            kinds: sorted(&self.kinds.defs),
            roles: sorted(&self.roles.defs),
            relations: sorted(&self.relations.defs),
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
