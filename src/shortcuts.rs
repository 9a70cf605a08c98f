//! The short way for rows: what is certainly right goes straight to the ledger. Whatever is not certain
//! takes the long way, where the checks and their faults are.

use crate::days::Day;
use crate::graph::ClaimGraph;
use crate::held::{Plain, Time};
use crate::ids::{ClaimId, EntityId, KindId, OriginId, RelationId};
use crate::marks::Marks;
use crate::relations::{Label, RelationLabel};
use crate::rows::{Answered, Days, EndKinds, Row};
use crate::stances::{Modality, Prominence, Stance};
use crate::vocabulary::{Slot, Vocabulary};
use rustc_hash::FxHashMap;

/// What rows are checked against, worked out from the vocabulary and from rows that went the long way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shortcuts {
    kinds: usize,
    /// By relation and kind, whether the kind may be the subject and the object.
    ends: Vec<(bool, bool)>,
    /// By relation, whether it is symmetric, and whether an inverse.
    turns: Vec<(bool, bool)>,
    /// By document and speaker, the chain they make and the date of the document.
    origins: FxHashMap<(Option<EntityId>, EntityId), (OriginId, Option<Day>)>,
}

impl Shortcuts {
    /// Follows the vocabulary, which grows.
    pub(crate) fn update(&mut self, vocabulary: &Vocabulary) {
        let (kinds, relations) = (vocabulary.kinds().len(), vocabulary.relations().len());
        if kinds != self.kinds {
            self.kinds = kinds;
            self.forget_relations(0);
        }
        let known = self.turns.len();
        if known == relations {
            return;
        }
        for (place, def) in vocabulary.relations().enumerate().skip(known) {
            let wanted = |slot: &Slot| match slot {
                Slot::Kind(key) => vocabulary.kind_place(key),
                _ => None,
            };
            let fits = |slot: &Slot, kind: Option<KindId>| {
                *slot == Slot::Any || kind.zip(wanted(slot)).is_some_and(|(kind, wanted)| vocabulary.is_a(kind, wanted))
            };
            let kinds = (0..kinds).map(KindId::at);
            self.ends.extend(kinds.map(|kind| (fits(&def.subject, kind), fits(&def.object, kind))));
            self.turns.push(RelationId::at(place).map(|relation| vocabulary.turns(relation)).unwrap_or_default());
        }
    }

    /// There are only so many relations any more.
    pub(crate) fn forget_relations(&mut self, len: usize) {
        self.turns.truncate(len);
        self.ends.truncate(self.turns.len() * self.kinds);
    }

    /// Whether the relation is symmetric, and whether an inverse; `None` where that was not worked out.
    #[inline]
    pub(crate) fn turns(&self, relation: RelationId) -> Option<(bool, bool)> {
        self.turns.get(relation.index()).copied()
    }

    /// Whether an entity of this kind may be the subject, and the object.
    #[cfg(feature = "snapshot")]
    pub(crate) fn may_be(&self, relation: RelationId, kind: KindId) -> [bool; 2] {
        let ends = self.ends.get(relation.index() * self.kinds + kind.index());
        ends.map_or([false; 2], |&(subject, object)| [subject, object])
    }

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
    pub(crate) fn shortcut(&mut self, row: &Row, EndKinds(kinds): EndKinds) -> Option<(Plain, Time)> {
        self.shortcuts.update(&self.vocabulary);
        let &(origin, date) = self.shortcuts.origins.get(&(row.document, row.speaker))?;
        let target = match row.answered {
            None => None,
            Some(Answered::Claim(target)) if self.ledger.contains(target) => Some(target),
            Some(_) => return None,
        };
        let stance = row.stance;
        if !is_shaped(stance, row.statement.is_some(), target.is_some()) {
            return None;
        }
        let (mut turns, mut statement) = ((false, false), None);
        if let Some((subject, relation, object)) = row.statement {
            let relation = self.place(relation)?;
            kinds.filter(|&(subject, object)| self.shortcuts.fits(relation, subject, object))?;
            turns = self.shortcuts.turns(relation)?;
            statement = Some((subject, relation, object));
        }
        let reported = row.reported.map(Day::from).or(date)?;
        let modality = stance.usual_modality();
        let time = match row.valid {
            None => Time::Never,
            Some(Days::On(day)) => {
                let (day, told) = (Day::from(day), modality == Modality::Actual && stance.commits());
                (!told || day <= reported).then_some(Time::Day(day))?
            }
            Some(days @ Days::Throughout(first, last)) if first <= last => Time::from(days.period()),
            Some(Days::Throughout(..)) => return None,
            Some(days @ Days::Since(_)) => Time::from(days.period()),
        };
        let prominence = if stance == Stance::Presupposes { Prominence::Background } else { Prominence::Main };
        let marks = Marks::new(stance, stance.usual_certainty(), modality, prominence);
        Some((Plain { origin, marks, turns, statement, target, reported }, time))
    }

    #[inline]
    fn place(&self, label: RelationLabel) -> Option<RelationId> {
        match label {
            Label::Place(place) => Some(place),
            Label::Key(key) => self.vocabulary.relation_place(key),
        }
    }

    /// A row went on record the long way: the next from there can go the short one.
    pub(crate) fn learn(&mut self, row: &Row, claim: ClaimId) {
        let (Some(origin), Some(at)) = (self.ledger.origin_of(claim), self.ledger.find(claim)) else { return };
        let read_in = self.ledger.document(at).and_then(|document| self.registry.document(document));
        let date = read_in.and_then(|document| document.date()).map(Day::from);
        self.shortcuts.origins.insert((row.document, row.speaker), (origin, date));
    }
}
