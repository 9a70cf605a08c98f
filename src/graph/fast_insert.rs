//! The quick way for plain claims. If a claim certainly keeps the [rules](crate::graph::insert_rules), it goes straight
//! to the ledger. Any other claim is checked in full, and the full check names its faults.
//!
//! [`insert`](ClaimGraph::insert) calls [`quick`](ClaimGraph::quick) with a [`PlainClaim`]. A [`Plain`] for the ledger
//! comes out, or `None`.

use crate::graph::ClaimGraph;
use crate::graph::insert::{EndKinds, Kinds};
use crate::model::id::{ClaimId, EntityId, KindId, OriginId, RelationId};
use crate::model::plain_claim::{Answered, Days, PlainClaim};
use crate::model::time::day::Day;
use crate::model::vocabulary::Vocabulary;
use crate::model::vocabulary::relation::{Label, RelationLabel};
use crate::store::stored_claim::{Plain, Time};
use crate::store::time_code::TimeCode;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Values of recent claims and entities, which the next ones are likely to share.
#[derive(Clone, Debug, Default)]
pub(crate) struct InsertCache {
    /// For each document and speaker: the number of their chain, and the date of the document.
    origins: FxHashMap<Voice, Origin>,
    /// A direct-mapped copy of some of these: the place follows from the voice, and most look-ups end here.
    near: Vec<Option<(Voice, Origin)>>,
    /// The days of some dates. The place follows from month and day, so all dates of one year fit.
    days: Vec<(Date, Day)>,
    /// The kind of the entity that was added last.
    kind: Option<(&'static str, KindId)>,
}

/// A document and the speaker in it.
type Voice = (Option<EntityId>, EntityId);

/// The number of a chain of speakers, and the date of its document.
type Origin = (OriginId, Option<Day>);

/// How many voices have a place in [`InsertCache::near`].
const NEAR: usize = 1024;

impl InsertCache {
    /// Returns the place of a kind. Most entities are of the same kind as the one before them.
    #[inline]
    pub(crate) fn kind(&mut self, key: &'static str, vocabulary: &Vocabulary) -> Option<KindId> {
        match self.kind {
            Some((last, kind)) if last == key => Some(kind),
            _ => {
                self.kind = vocabulary.kinds.find(key).map(|kind| (key, kind));
                self.kind.map(|(_, kind)| kind)
            }
        }
    }

    /// Returns the day of a date. Most claims have a day that another claim had shortly before.
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
        if let Some(day) = self.days.get_mut(place) {
            *day = known;
        }
        known.1
    }

    /// Returns the chain of a voice and the date of its document, if they are known.
    #[inline]
    fn origin(&mut self, voice: Voice) -> Option<Origin> {
        let (document, speaker) = voice;
        // Speakers that were added together get different places, and so do their documents.
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
        if let Some(near) = self.near.get_mut(place) {
            *near = Some((voice, origin));
        }
        Some(origin)
    }
}

impl ClaimGraph {
    /// Returns a claim as the ledger keeps it, if a claim whose ends are of these kinds certainly keeps the rules.
    #[inline]
    pub(crate) fn quick(&mut self, row: &PlainClaim, EndKinds(kinds): EndKinds) -> Option<Plain> {
        let (origin, date) = self.cache.origin((row.document, row.speaker))?;
        let target = match row.answered {
            None => None,
            Some(Answered::Claim(target)) if self.ledger.contains(target) => Some(target),
            Some(_) => return None,
        };
        let shape = self.rules.shape(row.stance, row.statement.is_some(), target.is_some())?;
        let (mut marks, mut statement) = (shape.marks, None);
        if let Some((subject, relation, object)) = row.statement {
            let relation = self.place(relation)?;
            let fit = match kinds? {
                Kinds::Taken => true,
                Kinds::Of(subject, object) => self.rules.fits(relation, subject, object),
            };
            fit.then_some(())?;
            marks = marks.with(self.rules.marks(relation)?, true);
            statement = Some((subject, relation, object));
        }
        let reported = match row.reported {
            Some(reported) => self.cache.day(reported),
            None => date?,
        };
        let time = match row.valid {
            None => TimeCode::NEVER,
            Some(Days::On(day)) => {
                let day = self.cache.day(day);
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
            Label::Key(key) => self.vocabulary.relations.find(key),
        }
    }

    /// Remembers the voice of a claim that was checked in full, so that its next claim can go the quick way.
    pub(crate) fn learn(&mut self, row: &PlainClaim, claim: ClaimId) {
        let (Some(origin), Some(at)) = (self.ledger.origin_of(claim), self.ledger.find(claim))
        else {
            return;
        };
        let read_in =
            self.ledger.document(at).and_then(|document| self.registry.document(document));
        let date = read_in.and_then(|document| document.date()).map(Day::from);
        self.cache.origins.insert((row.document, row.speaker), (origin, date));
    }
}
