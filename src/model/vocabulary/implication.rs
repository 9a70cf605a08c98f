//! Implications among relations: for each relation, the relations that it implies and the relations that imply it.
//!
//! They are computed when a relation is declared. Questions look them up.

use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{RelationId, checked};
use crate::model::vocabulary::{RelationDef, Slot, Vocabulary};
use indexmap::IndexSet;

/// The most steps along implications: far more than any honest vocabulary has. A chain of 60,000 relations would fill
/// the memory.
const MOST_STEPS: usize = 4_000_000;

/// Returns whether it implies nothing and is not an inverse.
fn is_alone(def: &RelationDef) -> bool {
    def.implies.is_empty() && def.inverse.is_none()
}

/// Returns the relations it entails if it is alone and has no inverse.
fn entailed_alone(relation: RelationId, def: &RelationDef) -> Vec<(RelationId, bool)> {
    let turned = def.symmetric.then_some((relation, true));
    [(relation, false)].into_iter().chain(turned).collect()
}

impl Vocabulary {
    /// Returns whether everything that fits the one fits the other.
    pub(crate) fn fits(&self, narrow: &Slot, wide: &Slot) -> bool {
        match (narrow, wide) {
            (_, Slot::Any) => true,
            (Slot::Kind(a), Slot::Kind(b)) => {
                a == b
                    || self
                        .kinds
                        .defs
                        .get(a)
                        .is_some_and(|kind| kind.above.binary_search(b).is_ok())
            }
            (a, b) => a == b,
        }
    }

    /// Returns for each relation those it entails: itself and all it implies, each with whether the arguments
    /// change sides. Relations are compared by their primary direction. `None` past a limit.
    fn closures(&self) -> Option<Vec<Vec<(RelationId, bool)>>> {
        let mut left = MOST_STEPS;
        let mut inverses: Vec<Vec<RelationId>> = vec![Vec::new(); self.relations.len()];
        for relation in self.relations.places() {
            let (primary, turned) = self.primary(relation);
            if turned {
                checked(inverses.get_mut(primary.index())).push(relation);
            }
        }
        let closure = |relation: RelationId| {
            let def = self.relations.get(relation);
            if is_alone(def) && inverses.get(relation.index()).is_some_and(Vec::is_empty) {
                return Some(entailed_alone(relation, def));
            }
            // Relations as they are declared, either direction, and which way round their arguments are.
            let mut reached = IndexSet::from([(relation, false)]);
            let mut next = 0;
            while let Some(&(relation, swapped)) = reached.get_index(next) {
                next += 1;
                left = left.checked_sub(1)?;
                let def = self.relations.get(relation);
                reached.extend(
                    def.implies
                        .iter()
                        .filter_map(|key| self.relations.find(key))
                        .map(|r| (r, swapped)),
                );
                if def.symmetric {
                    reached.insert((relation, !swapped));
                }
                let (primary, turned) = self.primary(relation);
                reached.insert((primary, swapped != turned));
                let inverses = inverses.get(relation.index()).into_iter().flatten();
                reached.extend(inverses.map(|&inverse| (inverse, !swapped)));
            }
            Some(reached.into_iter().filter(|&(relation, _)| !self.primary(relation).1).collect())
        };
        self.relations.places().map(closure).collect()
    }

    /// Returns what the relations after the first `known` entail, if none of them is an inverse: then the relations
    /// before entail what they did. `None` past a limit.
    fn further_closures(&self, known: usize) -> Option<Vec<Vec<(RelationId, bool)>>> {
        let mut left = MOST_STEPS;
        if !self.relations.iter().skip(known).all(is_alone) {
            left = left.checked_sub(self.entails.iter().map(Vec::len).sum())?;
        }
        let closure = |relation: RelationId| {
            let def = self.relations.get(relation);
            if is_alone(def) {
                return Some(entailed_alone(relation, def));
            }
            let mut new = IndexSet::from([(relation, false)]);
            let (mut before, mut next) = (IndexSet::new(), 0);
            while let Some(&(relation, swapped)) = new.get_index(next) {
                next += 1;
                left = left.checked_sub(1)?;
                let def = self.relations.get(relation);
                if def.symmetric {
                    new.insert((relation, !swapped));
                }
                for implied in def.implies.iter().filter_map(|key| self.relations.find(key)) {
                    if implied.index() >= known {
                        new.insert((implied, swapped));
                        continue;
                    }
                    let entailed = self.entailed(implied);
                    left = left.checked_sub(entailed.len())?;
                    before.extend(entailed.iter().map(|&(one, turned)| (one, swapped != turned)));
                }
            }
            new.extend(before);
            Some(new.into_iter().collect())
        };
        self.relations.places().skip(known).map(closure).collect()
    }

    /// Works out the implications of the relations after the first `known`. Relations may be added one by one.
    pub(crate) fn entail(&mut self, known: usize) -> Result<(), Error> {
        let is_inverse = |def: &RelationDef| def.inverse.is_some();
        // What was only listed has nothing worked out yet.
        let is_further =
            self.entails.len() == known && !self.relations.iter().skip(known).any(is_inverse);
        let known = if is_further { known } else { 0 };
        let found = if is_further { self.further_closures(known) } else { self.closures() };
        let full = ErrorKind::Full { what: "implications among relations" };
        let found = found.ok_or_else(|| Error::new(FieldPath::Vocabulary, full))?;
        self.entails.truncate(known);
        self.entails.extend(found);
        self.entailing.take();
        Ok(())
    }

    /// Removes the relations after the first `len`, none of which implies anything.
    pub(crate) fn cut_back_relations(&mut self, len: usize) {
        self.relations.defs.truncate(len);
        self.relations.aliases.retain(|_, place| place.index() < len);
        self.entails.truncate(len);
        self.entailing.take();
    }

    /// Returns the relation to compare by, and whether the arguments change sides on the way.
    pub(crate) fn primary(&self, relation: RelationId) -> (RelationId, bool) {
        let inverse = self.relations.get(relation).inverse.as_deref();
        match inverse.and_then(|key| self.relations.find(key)) {
            Some(primary) => (primary, true),
            None => (relation, false),
        }
    }

    /// Returns the relations that a statement under this relation entails, in their primary direction, and
    /// whether subject and object change sides.
    pub(crate) fn entailed(&self, relation: RelationId) -> &[(RelationId, bool)] {
        self.entails.get(relation.index()).map_or(&[], Vec::as_slice)
    }

    /// Returns the relations, as declared, under which a statement entails one under this primary relation, and whether
    /// subject and object change sides.
    pub(crate) fn entailing(&self, relation: RelationId) -> &[(RelationId, bool)] {
        let all = self.entailing.get_or_init(|| {
            let mut entailing = vec![Vec::new(); self.entails.len()];
            for (declared, entailed) in self.relations.places().zip(&self.entails) {
                for (relation, swapped) in entailed {
                    checked(entailing.get_mut(relation.index())).push((declared, *swapped));
                }
            }
            entailing
        });
        all.get(relation.index()).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_alone_entails_what_it_does_among_others() {
        let symmetric =
            RelationDef { symmetric: true, ..RelationDef::new("a", Slot::Any, Slot::Any) };
        let mut alone = Vocabulary::new();
        alone.add_relation(symmetric).unwrap();
        alone.add_relation(RelationDef::new("b", Slot::Any, Slot::Nothing)).unwrap();
        assert_eq!(Some(&alone.entails), alone.closures().as_ref());
        let unknown = || Slot::Kind("Nobody".into());
        let wrong = RelationDef {
            aliases: vec!["see".into()],
            ..RelationDef::new("c", unknown(), Slot::Any)
        };
        for refused in [
            wrong,
            RelationDef {
                aliases: vec!["a".into()],
                ..RelationDef::new("c", Slot::Any, Slot::Any)
            },
        ] {
            assert!(alone.add_relation(refused).is_err());
            assert_eq!((alone.relations().len(), alone.entails.len()), (2, 2));
            assert_eq!(alone.relations.find("see"), None);
        }
        // What names others is looked at with them.
        let implies = |key: &str| RelationDef {
            implies: vec!["a".into()],
            ..RelationDef::new(key, Slot::Any, Slot::Any)
        };
        let inverse = RelationDef {
            inverse: Some("b".into()),
            ..RelationDef::new("d", Slot::Nothing, Slot::Any)
        };
        for def in [implies("c"), inverse, RelationDef::new("e", Slot::Any, Slot::Any)] {
            alone.add_relation(def).unwrap();
            assert_eq!(Some(&alone.entails), alone.closures().as_ref());
        }
    }

    #[test]
    fn an_inverse_brings_along_what_it_implies() {
        let any = |key: &str| RelationDef::new(key, Slot::Any, Slot::Any);
        let mut vocabulary = Vocabulary::new();
        let inverse = RelationDef {
            inverse: Some("owns".into()),
            implies: vec!["near".into()],
            ..any("belongs-to")
        };
        let near = RelationDef { symmetric: true, ..any("near") };
        vocabulary.add_relations(vec![any("owns"), inverse, near, any("other")]).unwrap();
        let at = |key: &str| vocabulary.relations.find(key).unwrap();
        let (owns, near, other) = (at("owns"), at("near"), at("other"));
        assert_eq!(vocabulary.entailed(other), [(other, false)]);
        assert_eq!(vocabulary.entailed(near), [(near, false), (near, true)]);
        let mut entailed = vocabulary.entailed(owns).to_vec();
        entailed.sort_unstable();
        assert_eq!(entailed, [(owns, false), (near, false), (near, true)]);
    }

    #[test]
    fn what_was_only_listed_entails_too_once_something_is_added() {
        let any = |key: &str| RelationDef::new(key, Slot::Any, Slot::Any);
        let symmetric = RelationDef { symmetric: true, ..any("a") };
        let mut listed =
            Vocabulary::empty().declaring(vec![], vec![], vec![symmetric, any("b")], vec![]);
        listed.add_relation(any("c")).unwrap();
        let [a, b, c] = ["a", "b", "c"].map(|key| listed.relations.find(key).unwrap());
        assert_eq!(listed.entailed(a), [(a, false), (a, true)]);
        assert_eq!([listed.entailed(b), listed.entailed(c)], [[(b, false)], [(c, false)]]);
    }

    #[test]
    fn relations_entail_the_same_when_they_are_added_one_by_one() {
        let names: Vec<String> = (0..40).map(|number| format!("r{number:02}")).collect();
        let def = |number: usize| RelationDef {
            symmetric: number % 7 == 3,
            inverse: (number % 11 == 10).then(|| names[number - 1].clone()),
            implies: [number / 2, number * 5 % 13]
                .into_iter()
                .filter(|&implied| implied < number)
                .map(|implied| names[implied].clone())
                .collect(),
            ..RelationDef::new(&*names[number], Slot::Any, Slot::Any)
        };
        let sorted = |vocabulary: &Vocabulary| {
            let mut entails = vocabulary.entails.clone();
            entails.iter_mut().for_each(|entailed| entailed.sort_unstable());
            entails
        };
        let (mut alone, mut together) = (Vocabulary::new(), Vocabulary::new());
        (0..names.len()).for_each(|number| alone.add_relation(def(number)).unwrap());
        together.add_relations((0..names.len()).map(def).collect()).unwrap();
        assert_eq!(sorted(&alone), sorted(&together));
        assert!(alone.entails.iter().any(|entailed| entailed.len() > 6));
    }

    #[test]
    fn a_chain_of_relations_is_refused_where_its_implications_pass_the_limit() {
        let mut vocabulary = Vocabulary::new();
        let chain = (0..10_000).map(|number: u32| RelationDef {
            implies: number.checked_sub(1).map(|before| format!("r{before}")).into_iter().collect(),
            ..RelationDef::new(format!("r{number}"), Slot::Any, Slot::Any)
        });
        let error = chain.map(|def| vocabulary.add_relation(def)).find_map(Result::err).unwrap();
        assert!(matches!(error.kind(), ErrorKind::Full { .. }), "{error}");
        let steps: usize = vocabulary.entails.iter().map(Vec::len).sum();
        assert!((3_900_000..=MOST_STEPS).contains(&steps), "{steps}");
    }
}
