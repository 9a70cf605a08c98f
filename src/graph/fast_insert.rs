//! The short way for rows: what is certainly right goes straight to the ledger. Whatever is not certain
//! takes the long way, where the checks and their faults are.

use crate::graph::ClaimGraph;
use crate::graph::plain_claim::{Answered, Days, EndKinds, Kinds, PlainClaim};
use crate::model::id::{ClaimId, EntityId, KindId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::model::value::stance::{Modality, Stance};
use crate::model::vocabulary::relation::{Label, RelationLabel};
use crate::model::vocabulary::{Slot, Vocabulary};
use crate::store::claim_flags::Marks;
use crate::store::entity_table::Registry;
use crate::store::ledger::marked;
use crate::store::stored_claim::{Plain, Time};
use crate::store::time_code::TimeCode;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// What rows are checked against, worked out from the vocabulary and from rows that went the long way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shortcuts {
    kinds: usize,
    /// How many of the kinds there are entities of.
    used: usize,
    /// By relation and kind, whether the kind may be the subject and the object.
    ends: Vec<(bool, bool)>,
    /// By relation, whether every kind that there are entities of may be both.
    takes_all: Vec<bool>,
    /// By relation, the marks of what is symmetric or an inverse.
    turns: Vec<u16>,
    /// By stance, whether it has a statement and whether it answers a claim, what goes with that.
    shapes: Vec<Option<Shape>>,
    /// By document and speaker, the chain they make and the date of the document.
    origins: FxHashMap<Voice, Origin>,
    /// Some of these again, each at one place that follows from the voice: most are found there.
    near: Vec<Option<(Voice, Origin)>>,
    /// The kind that was named last.
    kind: Option<(&'static str, KindId)>,
    /// The days of some dates, by day and month: those of a year each at a place of its own.
    days: Vec<(Date, Day)>,
}

/// A document and who speaks in it.
type Voice = (Option<EntityId>, EntityId);

/// Where its claims come from, and the date of the document.
type Origin = (OriginId, Option<Day>);

/// So many voices are near.
const NEAR: usize = 1024;

/// What goes with a stance and the parts of a claim.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// All but those of the relation.
    marks: Marks,
    /// It tells of something as having happened.
    told: bool,
}

impl Shape {
    /// If a claim can be so.
    fn of(stance: Stance, stated: bool, answering: bool) -> Option<Self> {
        let (certainty, modality) = (stance.usual_certainty(), stance.usual_modality());
        let prominence = stance.usual_prominence();
        let marks = Marks::new(stance, certainty, modality, prominence);
        is_shaped(stance, stated, answering).then(|| Self {
            marks: marked(marks, stated, answering, (false, false)),
            told: modality == Modality::Actual && stance.commits(),
        })
    }

    fn all() -> impl Iterator<Item = Option<Self>> {
        let parts = [(false, false), (false, true), (true, false), (true, true)];
        Stance::ALL.iter().flat_map(move |&stance| {
            parts.map(|(stated, answers)| Self::of(stance, stated, answers))
        })
    }
}

impl Shortcuts {
    /// Follows the vocabulary and the kinds that are used, which grow.
    #[inline]
    pub(crate) fn update(&mut self, vocabulary: &Vocabulary, registry: &Registry) {
        let now = (vocabulary.kinds.len(), vocabulary.relations.len(), registry.used_kinds().len());
        if now != (self.kinds, self.turns.len(), self.used) {
            self.follow(vocabulary, registry.used_kinds());
        }
    }

    #[cold]
    fn follow(&mut self, vocabulary: &Vocabulary, used: &[KindId]) {
        if self.shapes.is_empty() {
            self.shapes = Shape::all().collect();
        }
        let kinds = vocabulary.kinds().len();
        if kinds != self.kinds {
            self.kinds = kinds;
            self.forget_relations(0);
        }
        let mut before: Option<(&Slot, &Slot)> = None;
        for (place, def) in vocabulary.relations().enumerate().skip(self.turns.len()) {
            // The kind that an entity there must be of, if not any.
            let wanted = |slot: &Slot| match slot {
                Slot::Any => Some(None),
                Slot::Kind(key) => vocabulary.kind_place(key).map(Some),
                _ => None,
            };
            let fits = |wanted: Option<Option<KindId>>, kind: Option<KindId>| {
                let is_a = |wanted| kind.is_some_and(|kind| vocabulary.is_a(kind, wanted));
                wanted.is_some_and(|wanted| wanted.is_none_or(is_a))
            };
            // Many relations in a row take the same.
            let ends = (&def.subject, &def.object);
            let alike = before.replace(ends) == Some(ends);
            match alike.then(|| self.ends.len().checked_sub(kinds)).flatten() {
                Some(from) => self.ends.extend_from_within(from..),
                None => {
                    let (subject, object) = (wanted(ends.0), wanted(ends.1));
                    let kinds = (0..kinds).map(KindId::at);
                    self.ends.extend(kinds.map(|kind| (fits(subject, kind), fits(object, kind))));
                }
            }
            let (symmetric, inverse) = RelationId::at(place)
                .map(|relation| vocabulary.turns(relation))
                .unwrap_or_default();
            self.turns.push(
                Marks::NONE.with(Marks::SYMMETRIC, symmetric).with(Marks::INVERSE, inverse).bits(),
            );
        }
        if used.len() != self.used {
            self.used = used.len();
            self.takes_all.clear();
        }
        // Only of the new ones: relations may come one by one, with claims between them.
        let new = (self.takes_all.len()..self.turns.len()).filter_map(RelationId::at);
        let new: Vec<bool> =
            new.map(|relation| used.iter().all(|&kind| self.fits(relation, kind, kind))).collect();
        self.takes_all.extend(new);
    }

    /// There are only so many relations any more.
    pub(crate) fn forget_relations(&mut self, len: usize) {
        self.turns.truncate(len);
        self.ends.truncate(self.turns.len() * self.kinds);
        self.takes_all.truncate(self.turns.len());
    }

    /// The marks of what is symmetric or an inverse; `None` where that was not worked out.
    #[inline]
    pub(crate) fn turns(&self, relation: RelationId) -> Option<u16> {
        self.turns.get(relation.index()).copied()
    }

    /// Whether the relation is known to take a subject and an object of any kind that there are entities of.
    #[inline]
    pub(crate) fn takes_all(&self, relation: RelationId) -> bool {
        self.takes_all.get(relation.index()).is_some_and(|&all| all)
    }

    #[inline]
    fn shape(&self, stance: Stance, stated: bool, answering: bool) -> Option<Shape> {
        *self.shapes.get(stance as usize * 4 + usize::from(stated) * 2 + usize::from(answering))?
    }

    /// The place of a kind: of many entities, most are of the kind of the one before.
    #[inline]
    pub(crate) fn kind(&mut self, key: &'static str, vocabulary: &Vocabulary) -> Option<KindId> {
        match self.kind {
            Some((last, kind)) if last == key => Some(kind),
            _ => {
                self.kind = vocabulary.kind_place(key).map(|kind| (key, kind));
                self.kind.map(|(_, kind)| kind)
            }
        }
    }

    /// The day of a date. Of claims that come more or less in order, most are of days that others were of.
    #[inline]
    fn day(&mut self, date: Date) -> Day {
        let place = usize::from(date.month().unsigned_abs() % 16) * 32
            + usize::from(date.day().unsigned_abs() % 32);
        match self.days.get(place) {
            Some(&(known, day)) if known == date => day,
            _ => self.day_from_afar(place, date),
        }
    }

    #[inline(never)]
    fn day_from_afar(&mut self, place: usize, date: Date) -> Day {
        let known = (date, Day::from(date));
        self.days.resize(16 * 32, known);
        self.days.get_mut(place).into_iter().for_each(|day| *day = known);
        known.1
    }

    /// The chain of a voice, and the date of its document, if that was learnt.
    #[inline]
    fn origin(&mut self, voice: Voice) -> Option<Origin> {
        let (document, speaker) = voice;
        // Speakers that were added together are apart, and so are their documents.
        let document = document.map_or(0, EntityId::number).wrapping_mul(0x9E37_79B1) >> 16;
        let place = document.wrapping_add(speaker.number()) as usize % NEAR;
        match self.near.get(place) {
            Some(&Some((near, origin))) if near == voice => Some(origin),
            _ => self.origin_from_afar(place, voice),
        }
    }

    #[inline(never)]
    fn origin_from_afar(&mut self, place: usize, voice: Voice) -> Option<Origin> {
        let origin = *self.origins.get(&voice)?;
        self.near.resize(NEAR, None);
        self.near.get_mut(place).into_iter().for_each(|near| *near = Some((voice, origin)));
        Some(origin)
    }

    /// Whether the relation takes a subject and an object of these kinds.
    #[inline]
    pub(crate) fn fits(&self, relation: RelationId, subject: KindId, object: KindId) -> bool {
        let at = |kind: KindId| self.ends.get(relation.index() * self.kinds + kind.index());
        at(subject).is_some_and(|ends| ends.0) && at(object).is_some_and(|ends| ends.1)
    }
}

/// Whether a claim with this stance, and nothing but these parts, has the shape of a claim. Of stances that
/// need more, or a look at what they answer, nothing is said.
#[inline]
pub(crate) fn is_shaped(stance: Stance, stated: bool, answering: bool) -> bool {
    let special = matches!(stance, Stance::Assesses | Stance::Retracts);
    let taken = (!stated || stance.takes_statement()) && (!answering || stance.bearing().is_some());
    let needed = (answering || !stance.needs_target()) && (stated || stance != Stance::Denies);
    !special && taken && needed && (stated || answering)
}

impl ClaimGraph {
    /// What the ledger keeps of a row whose ends are of these kinds, if the row is certainly right.
    #[inline]
    pub(crate) fn shortcut(
        &mut self,
        row: &PlainClaim,
        EndKinds(kinds): EndKinds,
    ) -> Option<Plain> {
        let (origin, date) = self.shortcuts.origin((row.document, row.speaker))?;
        let target = match row.answered {
            None => None,
            Some(Answered::Claim(target)) if self.ledger.contains(target) => Some(target),
            Some(_) => return None,
        };
        let shape = self.shortcuts.shape(row.stance, row.statement.is_some(), target.is_some())?;
        let (mut marks, mut statement) = (shape.marks, None);
        if let Some((subject, relation, object)) = row.statement {
            let relation = self.place(relation)?;
            let fit = match kinds? {
                Kinds::Taken => true,
                Kinds::Of(subject, object) => self.shortcuts.fits(relation, subject, object),
            };
            fit.then_some(())?;
            marks = marks.with(self.shortcuts.turns(relation)?, true);
            statement = Some((subject, relation, object));
        }
        let reported = match row.reported {
            Some(reported) => self.shortcuts.day(reported),
            None => date?,
        };
        let time = match row.valid {
            None => TimeCode::NEVER,
            Some(Days::On(day)) => {
                let day = self.shortcuts.day(day);
                (!shape.told || day <= reported).then_some(TimeCode::of_day(day))?
            }
            Some(Days::Throughout(first, last)) if first > last => return None,
            Some(days @ (Days::Throughout(..) | Days::Since(_))) => {
                self.ledger.keep_time(Time::from(days.period()))?
            }
        };
        Some(Plain { origin, marks, statement, target, time, reported })
    }

    #[inline]
    fn place(&self, label: RelationLabel) -> Option<RelationId> {
        match label {
            Label::Place(place) => Some(place),
            Label::Key(key) => self.vocabulary.relation_place(key),
        }
    }

    /// A row went on record the long way: the next from there can go the short one.
    pub(crate) fn learn(&mut self, row: &PlainClaim, claim: ClaimId) {
        let (Some(origin), Some(at)) = (self.ledger.origin_of(claim), self.ledger.find(claim))
        else {
            return;
        };
        let read_in =
            self.ledger.document(at).and_then(|document| self.registry.document(document));
        let date = read_in.and_then(|document| document.date()).map(Day::from);
        self.shortcuts.origins.insert((row.document, row.speaker), (origin, date));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::RelationDef;
    use crate::model::vocabulary::reporting::{Place, State};

    #[test]
    fn which_relations_take_all_kinds_is_known_of_each_however_they_come_and_go() {
        fn agrees(shortcuts: &mut Shortcuts, graph: &ClaimGraph) {
            let (vocabulary, used) = (&graph.vocabulary, graph.registry.used_kinds());
            shortcuts.update(vocabulary, &graph.registry);
            let takes_all = |slot: &Slot| match slot {
                Slot::Any => true,
                Slot::Kind(key) => {
                    let wanted = vocabulary.kind_place(key).unwrap();
                    used.iter().all(|&kind| vocabulary.is_a(kind, wanted))
                }
                _ => false,
            };
            for (place, def) in vocabulary.relations().enumerate() {
                // Where there are no entities, nothing is asked.
                let expected = used.is_empty() || takes_all(&def.subject) && takes_all(&def.object);
                assert_eq!(
                    shortcuts.takes_all(RelationId::at(place).unwrap()),
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
        let (mut graph, mut shortcuts) = (ClaimGraph::new(), Shortcuts::default());
        agrees(&mut shortcuts, &graph);
        graph.add(State, "state").unwrap();
        agrees(&mut shortcuts, &graph);
        let before = graph.vocabulary.relations.len();
        let mut add = |graph: &mut ClaimGraph, name: &str, slot: Slot| {
            graph.vocabulary.add_relation(RelationDef::new(name, Slot::Any, slot)).unwrap();
            agrees(&mut shortcuts, graph);
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
        shortcuts.forget_relations(before + 2);
        for (n, slot) in slots().into_iter().rev().enumerate() {
            graph
                .vocabulary
                .add_relation(RelationDef::new(format!("three-{n}"), slot, Slot::Any))
                .unwrap();
            agrees(&mut shortcuts, &graph);
        }
    }
}
