//! Declarations: many at a time, all or none.

use crate::definitions::{check_key, not_an_alias, redeclared, take_aliases};
use crate::errors::{Error, ErrorKind, Part};
use crate::ids::RelationId;
use crate::vocabulary::{KindDef, RelationDef, Vocabulary};

/// What a vocabulary held before, to go back to when something is refused: how much of everything, and the
/// relations that took on another label, code or former key.
pub(crate) struct Before {
    kinds: usize,
    roles: usize,
    relations: usize,
    units: usize,
    kind_aliases: usize,
    role_aliases: usize,
    relation_aliases: usize,
    unit_words: usize,
    changed: Vec<(usize, RelationDef)>,
}

impl Before {
    fn of(vocabulary: &Vocabulary) -> Self {
        Self {
            kinds: vocabulary.kinds.len(),
            roles: vocabulary.roles.len(),
            relations: vocabulary.relations.len(),
            units: vocabulary.units.len(),
            kind_aliases: vocabulary.kind_aliases.len(),
            role_aliases: vocabulary.role_aliases.len(),
            relation_aliases: vocabulary.relation_aliases.len(),
            unit_words: vocabulary.unit_words.len(),
            changed: Vec::new(),
        }
    }

    fn restore(self, vocabulary: &mut Vocabulary) {
        vocabulary.kinds.truncate(self.kinds);
        vocabulary.above.truncate(self.kinds);
        vocabulary.roles.truncate(self.roles);
        vocabulary.relations.truncate(self.relations);
        vocabulary.units.truncate(self.units);
        vocabulary.kind_aliases.truncate(self.kind_aliases);
        vocabulary.role_aliases.truncate(self.role_aliases);
        vocabulary.relation_aliases.truncate(self.relation_aliases);
        vocabulary.unit_words.truncate(self.unit_words);
        // What was changed twice goes back to what it was first.
        for (place, def) in self.changed.into_iter().rev() {
            vocabulary.relations.get_index_mut(place).into_iter().for_each(|(_, changed)| *changed = def.clone());
        }
    }
}

impl Vocabulary {
    /// Puts definitions on record, or leaves everything as it was. What they entail is worked out last.
    pub(crate) fn all_or_none(
        &mut self,
        put: impl FnOnce(&mut Self, &mut Before) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut before = Before::of(self);
        let outcome = put(self, &mut before);
        if outcome.is_err() {
            before.restore(self);
        }
        outcome
    }

    /// Adds relations that may name each other, all or none.
    pub(crate) fn add_relations(&mut self, defs: Vec<RelationDef>) -> Result<(), Error> {
        self.all_or_none(|vocabulary, before| vocabulary.put_relations(defs, before))
    }

    /// Puts all on record that is not yet.
    pub(crate) fn put_all(&mut self, other: &Vocabulary, before: &mut Before) -> Result<(), Error> {
        // A kind comes after the kinds above it, in whatever order `other` was read.
        let mut kinds: Vec<&KindDef> = other.kinds.values().collect();
        kinds.sort_by_key(|def| def.above.len());
        for def in kinds {
            if self.kinds.get(&def.key) != Some(def) {
                self.add_kind(def.clone())?;
            }
        }
        for def in other.roles.values() {
            if self.roles.get(&def.key) != Some(def) {
                self.add_role(def.clone())?;
            }
        }
        for def in other.units.values() {
            if self.units.get(&def.key) != Some(def) {
                self.add_unit(def.clone())?;
            }
        }
        let relations = other.relations.values().filter(|def| self.relations.get(&def.key) != Some(def));
        let relations = relations.cloned().collect();
        self.put_relations(relations, before)
    }

    fn put_relations(&mut self, defs: Vec<RelationDef>, before: &mut Before) -> Result<(), Error> {
        let known = self.relations.len();
        defs.into_iter().try_for_each(|def| self.put_relation(def, before))?;
        self.relations.values().skip(known).try_for_each(|def| self.check_relation(def))?;
        self.entail(known)
    }

    fn put_relation(&mut self, mut def: RelationDef, before: &mut Before) -> Result<(), Error> {
        check_key(&def.key, Part::Vocabulary)?;
        def.sort();
        if let Some((place, _, old)) = self.relations.get_full_mut(&def.key) {
            if *old == def {
                return Ok(());
            }
            if !old.means(&def) {
                return Err(redeclared("relation", &def.key, old, &def));
            }
            before.changed.push((place, old.clone()));
            // Labels, codes and former keys are not its meaning.
            old.label = old.label.take().or(def.label);
            old.codes.append(&mut def.codes);
            old.aliases.append(&mut def.aliases);
            old.sort();
            let aliases = old.aliases.clone();
            return take_aliases(&mut self.relation_aliases, RelationId::at(place), &aliases, &self.relations);
        }
        let full = || Error::new(Part::Vocabulary, ErrorKind::Full { what: "relations" });
        // The last number stands for "no relation" in a packed row.
        let place =
            RelationId::at(self.relations.len() + 1).and(RelationId::at(self.relations.len())).ok_or_else(full)?;
        not_an_alias(&self.relation_aliases, &def.key)?;
        let aliases = def.aliases.clone();
        self.relations.insert(def.key.clone(), def);
        take_aliases(&mut self.relation_aliases, Some(place), &aliases, &self.relations)
    }
}
