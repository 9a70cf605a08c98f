//! The rules by which a claim is accepted or refused, each written once.
//!
//! The vocabulary and the kinds in use go in. Answers come out to three questions: may this stance have these parts,
//! may an entity of this kind stand at this end of this relation, and can it have happened before it was reported.
//! [`Checker`](crate::graph::check::Checker) asks them and says which rule a claim breaks. The quick way for [plain
//! claims](crate::graph::fast_insert) asks the same rules as tables, which are computed here.

use crate::model::error::ErrorKind;
use crate::model::id::{KindId, RelationId};
use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::value::stance::{Modality, Stance};
use crate::model::vocabulary::{Slot, Vocabulary};
use crate::store::claim_flags::Marks;
use crate::store::entity_table::Registry;
use crate::store::ledger::marked;

/// The parts of a claim that depend on its stance: whether the claim has each of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) stated: bool,
    pub(crate) answering: bool,
    pub(crate) polarity: bool,
    pub(crate) factor: bool,
    pub(crate) direction: bool,
    pub(crate) object_quantity: bool,
}

/// Passes each reason why a claim with this stance cannot have exactly these parts to `fault`.
pub(crate) fn shape_faults(stance: Stance, parts: Parts, mut fault: impl FnMut(ErrorKind)) {
    let Parts { stated, answering, polarity, factor, direction, object_quantity } = parts;
    let mut not_taken = |found| fault(ErrorKind::NotTaken { stance, found });
    if stated && !stance.takes_statement() {
        not_taken("statement of its own");
    }
    if answering && stance.bearing().is_none() {
        not_taken("claims to answer");
    }
    let needed = if !answering && stance.needs_target() {
        Some("at least one claim to answer")
    } else if stance == Stance::Denies && !stated {
        Some("a statement; to wave a claim away, dismiss it")
    } else {
        (!stated && !answering).then_some("a statement or a claim to answer")
    };
    if let Some(expected) = needed {
        fault(ErrorKind::Missing { stance, expected });
    }
    match (polarity, stance == Stance::Assesses) {
        (true, false) => fault(ErrorKind::NotTaken { stance, found: "polarity" }),
        (false, true) => fault(ErrorKind::Missing { stance, expected: "a polarity" }),
        _ => {}
    }
    if factor && stance != Stance::Revises {
        fault(ErrorKind::NotTaken { stance, found: "factor" });
    }
    if direction && stance != Stance::Revises {
        fault(ErrorKind::NotTaken { stance, found: "direction" });
    }
    if object_quantity && !stated {
        let expected = "a statement, of whose object it gives a figure";
        fault(ErrorKind::Missing { stance, expected });
    }
}

/// Returns whether a claim reports something as having happened. In that case it happened by the day of the report.
pub(crate) fn tells(stance: Stance, modality: Modality) -> bool {
    modality == Modality::Actual && stance.commits()
}

/// Returns the first day on which an occurrence that a claim [tells](tells) of happened. A state may begin later.
pub(crate) fn happened(told: bool, period: &Period) -> Option<Day> {
    let happened = told && period.aspect() != Aspect::State && !period.is_inverted();
    period.start.earliest.filter(|_| happened)
}

/// The entities that a slot takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Takes {
    All,
    Below(KindId),
    None,
}

impl Takes {
    pub(crate) fn of(slot: &Slot, vocabulary: &Vocabulary) -> Self {
        match slot {
            Slot::Any => Takes::All,
            Slot::Kind(key) => Takes::kind(key, vocabulary),
            _ => Takes::None,
        }
    }

    pub(crate) fn kind(key: &str, vocabulary: &Vocabulary) -> Self {
        vocabulary.kinds.find(key).map_or(Takes::None, Takes::Below)
    }

    pub(crate) fn takes(self, kind: KindId, vocabulary: &Vocabulary) -> bool {
        match self {
            Takes::All => true,
            Takes::Below(wanted) => vocabulary.is_a(kind, wanted),
            Takes::None => false,
        }
    }
}

/// The marks that follow from the stance and the parts of a plain claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// All marks but those of the relation.
    pub(crate) marks: Marks,
    /// Whether the claim [tells](tells) of something.
    pub(crate) told: bool,
}

impl Shape {
    /// Returns the shape of a plain claim, if it is accepted whatever it answers. A retraction has none, because it
    /// depends on whose claims it answers.
    fn of(stance: Stance, stated: bool, answering: bool) -> Option<Self> {
        let (certainty, modality) = (stance.usual_certainty(), stance.usual_modality());
        let marks = Marks::new(stance, certainty, modality, stance.usual_prominence());
        is_shaped(stance, stated, answering).then(|| Self {
            marks: marked(marks, stated, answering, 0),
            told: tells(stance, modality),
        })
    }
}

/// Returns whether a claim with this stance and only these parts is accepted, whatever it answers.
fn is_shaped(stance: Stance, stated: bool, answering: bool) -> bool {
    let mut right = stance != Stance::Retracts;
    shape_faults(stance, Parts { stated, answering, ..Parts::default() }, |_| right = false);
    right
}

/// The most pairs of a relation and a kind in the tables. Claims under further relations are checked in full.
const MOST_ENDS: usize = 1 << 22;

/// The rules as tables, computed from the vocabulary and the kinds in use. They grow with these.
#[derive(Clone, Debug, Default)]
pub(crate) struct InsertRules {
    kinds: usize,
    /// How many relations the vocabulary has. The tables may have fewer.
    relations: usize,
    /// How many kinds have entities.
    used: usize,
    /// For each relation and kind: whether the kind may be the subject, and whether it may be the object.
    ends: Vec<(bool, bool)>,
    /// For each relation: whether every kind that has entities may be both.
    takes_all: Vec<bool>,
    /// For each relation: the marks of a symmetric relation or an inverse.
    marks: Vec<u16>,
    /// The shapes by stance, by whether there is a statement, and by whether a claim is answered.
    shapes: Vec<Option<Shape>>,
}

impl InsertRules {
    /// Brings the tables up to date with the vocabulary and the kinds in use.
    #[inline]
    pub(crate) fn update(&mut self, vocabulary: &Vocabulary, registry: &Registry) {
        let now = (vocabulary.kinds.len(), vocabulary.relations.len(), registry.used_kinds().len());
        if now != (self.kinds, self.relations, self.used) {
            self.follow(vocabulary, registry.used_kinds());
        }
    }

    #[cold]
    fn follow(&mut self, vocabulary: &Vocabulary, used: &[KindId]) {
        if self.shapes.is_empty() {
            let parts = [(false, false), (false, true), (true, false), (true, true)];
            let shapes = Stance::ALL.iter().flat_map(|&stance| {
                parts.map(|(stated, answering)| Shape::of(stance, stated, answering))
            });
            self.shapes = shapes.collect();
        }
        let kinds = vocabulary.kinds.len();
        if kinds != self.kinds {
            self.kinds = kinds;
            self.forget_relations(0);
        }
        self.relations = vocabulary.relations.len();
        let room = MOST_ENDS.saturating_sub(self.ends.len()).checked_div(kinds).unwrap_or(0);
        let mut before = None;
        for relation in vocabulary.relations.places().skip(self.marks.len()).take(room) {
            let def = vocabulary.relations.get(relation);
            let ends = [&def.subject, &def.object].map(|slot| Takes::of(slot, vocabulary));
            // Relations that follow each other often take the same kinds.
            let alike = before.replace(ends) == Some(ends);
            match alike.then(|| self.ends.len().checked_sub(kinds)).flatten() {
                Some(from) => self.ends.extend_from_within(from..),
                None => self.ends.extend(vocabulary.kinds.places().map(|kind| {
                    let [subject, object] = ends.map(|end| end.takes(kind, vocabulary));
                    (subject, object)
                })),
            }
            self.marks.push(Marks::of_relation(vocabulary, relation));
        }
        // Kinds and relations may come one by one, with claims between them: only what is new is worked out.
        let mut takes_all = std::mem::take(&mut self.takes_all);
        let taken = |relation, used: &[KindId]| used.iter().all(|&k| self.fits(relation, k, k));
        let new = used.get(self.used..).unwrap_or(used);
        for (relation, takes) in vocabulary.relations.places().zip(&mut takes_all) {
            *takes &= taken(relation, new);
        }
        let rest = vocabulary.relations.places().skip(takes_all.len());
        takes_all.extend(rest.map(|relation| taken(relation, used)));
        (self.takes_all, self.used) = (takes_all, used.len());
    }

    /// Forgets the relations from this place on.
    pub(crate) fn forget_relations(&mut self, len: usize) {
        self.marks.truncate(len);
        self.relations = self.relations.min(len);
        self.ends.truncate(self.marks.len() * self.kinds);
        self.takes_all.truncate(self.marks.len());
    }

    /// Returns the marks of a relation; `None` if the tables do not have it.
    #[inline]
    pub(crate) fn marks(&self, relation: RelationId) -> Option<u16> {
        self.marks.get(relation.index()).copied()
    }

    /// Returns whether the relation is known to take every kind that has entities, as subject and as object.
    #[inline]
    pub(crate) fn takes_all(&self, relation: RelationId) -> bool {
        self.takes_all.get(relation.index()).is_some_and(|&all| all)
    }

    #[inline]
    pub(crate) fn shape(&self, stance: Stance, stated: bool, answering: bool) -> Option<Shape> {
        *self.shapes.get(stance as usize * 4 + usize::from(stated) * 2 + usize::from(answering))?
    }

    /// Returns whether the relation takes a subject and an object of these kinds.
    #[inline]
    pub(crate) fn fits(&self, relation: RelationId, subject: KindId, object: KindId) -> bool {
        let at = |kind: KindId| self.ends.get(relation.index() * self.kinds + kind.index());
        at(subject).is_some_and(|ends| ends.0) && at(object).is_some_and(|ends| ends.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ClaimGraph;
    use crate::model::claim::Claim;
    use crate::model::vocabulary::reporting::{Place, Source, State};
    use crate::model::vocabulary::{KindDef, RelationDef};

    #[test]
    fn which_relations_take_all_kinds_is_known_of_each_however_they_come_and_go() {
        fn agrees(rules: &mut InsertRules, graph: &ClaimGraph) {
            let (vocabulary, used) = (&graph.vocabulary, graph.registry.used_kinds());
            rules.update(vocabulary, &graph.registry);
            let takes_all = |slot: &Slot| match slot {
                Slot::Any => true,
                Slot::Kind(key) => {
                    let wanted = vocabulary.kinds.find(key).unwrap();
                    used.iter().all(|&kind| vocabulary.is_a(kind, wanted))
                }
                _ => false,
            };
            for (place, def) in vocabulary.relations().enumerate() {
                // Where there are no entities, nothing is asked.
                let expected = used.is_empty() || takes_all(&def.subject) && takes_all(&def.object);
                assert_eq!(
                    rules.takes_all(RelationId::at(place).unwrap()),
                    expected,
                    "{}",
                    def.key
                );
            }
        }
        let slots = || {
            [
                Slot::Any,
                Slot::Kind("Place".into()),
                Slot::Any,
                Slot::Text,
                Slot::Kind("Actor".into()),
            ]
        };
        let (mut graph, mut rules) = (ClaimGraph::new(), InsertRules::default());
        agrees(&mut rules, &graph);
        graph.add(State, "state").unwrap();
        agrees(&mut rules, &graph);
        let before = graph.vocabulary.relations.len();
        let mut add = |graph: &mut ClaimGraph, name: &str, slot: Slot| {
            graph.vocabulary.add_relation(RelationDef::new(name, Slot::Any, slot)).unwrap();
            agrees(&mut rules, graph);
        };
        slots()
            .into_iter()
            .enumerate()
            .for_each(|(n, slot)| add(&mut graph, &format!("one-{n}"), slot));
        graph.add(Place, "place").unwrap();
        slots()
            .into_iter()
            .enumerate()
            .for_each(|(n, slot)| add(&mut graph, &format!("two-{n}"), slot));
        graph.vocabulary.cut_back_relations(before + 2);
        rules.forget_relations(before + 2);
        for (n, slot) in slots().into_iter().rev().enumerate() {
            graph
                .vocabulary
                .add_relation(RelationDef::new(format!("three-{n}"), slot, Slot::Any))
                .unwrap();
            agrees(&mut rules, &graph);
        }
    }

    #[test]
    fn the_tables_stay_small_in_a_large_vocabulary_and_claims_are_inserted_all_the_same() {
        let mut vocabulary = Vocabulary::new();
        let number = 5_000;
        let kinds = (0..number).map(|n| KindDef::new(format!("K{n}"), ["Thing"])).collect();
        let relations =
            (0..number).map(|n| RelationDef::new(format!("r{n}"), Slot::Any, Slot::Any)).collect();
        let own = Vocabulary::empty().declaring(kinds, Vec::new(), relations, Vec::new());
        vocabulary.merge(&own).unwrap();
        let mut graph = ClaimGraph::over(vocabulary);
        let speaker = graph.add(Source, "speaker").unwrap();
        let thing = graph.add_untyped("K4999", "thing").unwrap();
        for relation in ["r0", "r4999"] {
            let relation = graph.relation(relation).unwrap();
            let claim = Claim::by(speaker).asserts(thing, relation, thing);
            graph.insert(claim.reported(jiff::civil::date(2024, 1, 1))).unwrap();
        }
        assert_eq!(graph.len(), 2);
        assert!(graph.rules.ends.len() <= MOST_ENDS, "{}", graph.rules.ends.len());
    }
}
