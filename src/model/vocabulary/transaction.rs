//! Declarations of many definitions at a time: all or none.

use crate::model::error::{Error, FieldPath};
use crate::model::id::{RelationId, check_key, checked};
use crate::model::vocabulary::definition::redeclared;
use crate::model::vocabulary::{KindDef, RelationDef, Vocabulary};

/// The state of a vocabulary before a change, to go back to if something is refused: the number of everything, and the
/// relations that took on another label, code or former key, and the kinds whose names became plural.
pub(crate) struct Before {
    kinds: [usize; 2],
    roles: [usize; 2],
    relations: [usize; 2],
    units: [usize; 2],
    changed: Vec<(usize, RelationDef)>,
    made_plural: Vec<String>,
}

impl Before {
    fn of(vocabulary: &Vocabulary) -> Self {
        Self {
            kinds: vocabulary.kinds.mark(),
            roles: vocabulary.roles.mark(),
            relations: vocabulary.relations.mark(),
            units: [vocabulary.units.len(), vocabulary.unit_words.len()],
            changed: Vec::new(),
            made_plural: Vec::new(),
        }
    }

    fn restore(self, vocabulary: &mut Vocabulary) {
        let ([kinds, _], [units, unit_words]) = (self.kinds, self.units);
        vocabulary.kinds.cut_back(self.kinds);
        vocabulary.above.truncate(kinds);
        vocabulary.roles.cut_back(self.roles);
        vocabulary.relations.cut_back(self.relations);
        for key in self.made_plural {
            vocabulary.kinds.defs.entry(key).and_modify(|def| def.plural = false);
        }
        vocabulary.units.truncate(units);
        vocabulary.unit_words.truncate(unit_words);
        // What was changed twice goes back to what it was first.
        for (index, def) in self.changed.into_iter().rev() {
            *checked(vocabulary.relations.defs.get_index_mut(index)).1 = def;
        }
    }
}

impl Vocabulary {
    /// Adds definitions, or leaves everything as it was. Implications are worked out last.
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

    /// Adds all definitions that are not there yet.
    pub(crate) fn put_all(&mut self, other: &Vocabulary, before: &mut Before) -> Result<(), Error> {
        // A kind comes after the kinds above it, in whatever order `other` was read.
        let mut kinds: Vec<&KindDef> = other.kinds.iter().collect();
        kinds.sort_by_key(|def| def.above.len());
        let made_plural = kinds.iter().filter(|def| def.plural).map(|def| &def.key);
        let made_plural =
            made_plural.filter(|&key| self.kinds.defs.get(key).is_some_and(|old| !old.plural));
        before.made_plural.extend(made_plural.cloned());
        kinds.into_iter().try_for_each(|def| self.add_kind(def.clone()))?;
        other.roles.iter().try_for_each(|def| self.add_role(def.clone()))?;
        other.units.values().try_for_each(|def| self.add_unit(def.clone()))?;
        self.put_relations(other.relations.iter().cloned().collect(), before)
    }

    fn put_relations(&mut self, defs: Vec<RelationDef>, before: &mut Before) -> Result<(), Error> {
        let known = self.relations.len();
        defs.into_iter().try_for_each(|def| self.put_relation(def, before))?;
        self.relations.iter().skip(known).try_for_each(|def| self.check_relation(def))?;
        self.entail(known)
    }

    fn put_relation(&mut self, mut def: RelationDef, before: &mut Before) -> Result<(), Error> {
        check_key(&def.key, FieldPath::Vocabulary)?;
        def.sort();
        let Some((index, _, old)) = self.relations.defs.get_full_mut(&def.key) else {
            return self.relations.add(def).map(drop);
        };
        if *old == def {
            return Ok(());
        }
        if !old.means(&def) {
            return Err(redeclared("relation", &def.key, old, &def));
        }
        before.changed.push((index, old.clone()));
        // Labels, codes and former keys are not its meaning. The forms of a verb belong to its label.
        old.label = old.label.take().or(def.label.take());
        if def.label.is_none() || def.label == old.label {
            old.plural = old.plural.take().or(def.plural);
            old.base = old.base.take().or(def.base);
        }
        old.codes.append(&mut def.codes);
        old.aliases.append(&mut def.aliases);
        old.sort();
        let aliases = old.aliases.clone();
        self.relations.take_aliases(checked(RelationId::at(index)), &aliases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::{RoleDef, Slot, UnitDef};

    fn relation(key: &str) -> RelationDef {
        RelationDef::new(key, Slot::Any, Slot::Any)
    }

    /// A definition of each sort, and those that another vocabulary may add to it.
    fn some() -> Vocabulary {
        let mut some = Vocabulary::new();
        some.add_relation(RelationDef { aliases: vec!["former".into()], ..relation("known") })
            .unwrap();
        some.add_relation(RelationDef { implies: vec!["known".into()], ..relation("narrow") })
            .unwrap();
        some
    }

    fn more() -> Vocabulary {
        let kind =
            |key: &str| KindDef { aliases: vec![format!("old-{key}")], ..KindDef::new(key, []) };
        let role = RoleDef { aliases: vec!["old-role".into()], ..RoleDef::new("role", Slot::Any) };
        let relations = vec![
            RelationDef {
                label: Some("knows".into()),
                aliases: vec!["ancient".into()],
                ..relation("known")
            },
            RelationDef {
                implies: vec!["narrow".into()],
                aliases: vec!["old-new".into()],
                ..relation("new")
            },
        ];
        let unit = UnitDef::count("heads", ["head"]);
        Vocabulary::empty().declaring(vec![kind("Kind")], vec![role], relations, vec![unit])
    }

    #[test]
    fn where_one_definition_is_refused_nothing_is_left_of_the_others() {
        let with = |change: fn(&mut Vocabulary)| {
            let mut more = more();
            change(&mut more);
            more
        };
        let wrong: &[fn(&mut Vocabulary)] = &[
            |v| _ = v.kinds.defs.insert("Wrong".into(), KindDef::new("Wrong", ["Nobody"])),
            |v| {
                _ = v
                    .roles
                    .defs
                    .insert("wrong".into(), RoleDef::new("wrong", Slot::Kind("Nobody".into())))
            },
            |v| _ = v.units.insert("skulls".into(), UnitDef::count("skulls", ["head"])),
            |v| {
                _ = v.relations.defs.insert(
                    "wrong".into(),
                    RelationDef { implies: vec!["none".into()], ..relation("wrong") },
                )
            },
            |v| {
                _ = v.relations.defs.insert(
                    "wrong".into(),
                    RelationDef { aliases: vec!["new".into()], ..relation("wrong") },
                )
            },
            |v| {
                _ = v
                    .relations
                    .defs
                    .insert("narrow".into(), RelationDef { symmetric: true, ..relation("narrow") })
            },
        ];
        for (place, change) in wrong.iter().enumerate() {
            let (mut vocabulary, before) = (some(), some());
            assert!(vocabulary.merge(&with(*change)).is_err(), "{place}");
            assert_eq!(format!("{vocabulary:?}"), format!("{before:?}"), "{place}");
            // And so it takes what is right.
            vocabulary.merge(&more()).unwrap();
            let mut expected = before;
            expected.merge(&more()).unwrap();
            assert_eq!(format!("{vocabulary:?}"), format!("{expected:?}"), "{place}");
        }
    }

    #[test]
    fn what_is_known_already_changes_nothing_when_it_comes_again() {
        let mut vocabulary = some();
        vocabulary.merge(&more()).unwrap();
        let known = vocabulary.relation("known").unwrap();
        assert_eq!((known.label.as_deref(), known.aliases.len()), (Some("knows"), 2));
        for key in ["former", "ancient"] {
            assert_eq!(vocabulary.relations.find(key), vocabulary.relations.find("known"));
        }
        let before = format!("{vocabulary:?}");
        vocabulary.merge(&more()).unwrap();
        vocabulary.merge(&vocabulary.clone()).unwrap();
        vocabulary.merge(&Vocabulary::new()).unwrap();
        assert_eq!(format!("{vocabulary:?}"), before);
    }
}
