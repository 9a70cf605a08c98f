//! The test by which a view keeps claims, affiliations and lineage links. Claims are tested one by one or in blocks of
//! rows.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{AffiliationId, ClaimId, EntityId, LineageId};
use crate::model::lineage::{Dependence, Scope};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::time::spell::Spell;
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Basis, Certainty, Modality};
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::{RowId, all};
use crate::view::{Sieve, View};
use indexmap::IndexSet;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The parts that a filter has. Absent parts cost nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate(u8);

impl Gate {
    /// The document, the report day, the sources, batches and reviews.
    const RECORD: u8 = 1;
    /// Stance, modality, certainty, prominence.
    const WORDS: u8 = 2;
    const RELATION: u8 = 4;
    const SPEAKER: u8 = 8;
    const TIME: u8 = 16;
    const WITHDRAWN: u8 = 32;
    /// Beside `TIME`.
    const ONLY_UP_TO: u8 = 64;
    /// Older words of a speaker.
    const LATEST: u8 = 128;

    pub(super) fn of(sieve: &Sieve, graph: &ClaimGraph) -> Self {
        let bit = |bit: u8, set: bool| if set { bit } else { 0 };
        let words = sieve.stance.len() + sieve.modality.len() + sieve.certainty.len() > 0;
        let relations = sieve.relation.len() + sieve.without_relation.len() > 0;
        let speaks =
            sieve.attributed_to.len() + sieve.speaker.len() + sieve.speaker_or_part.len() > 0;
        let other_days = [sieve.valid_at, sieve.certainly_valid_at, sieve.certainly_begun_by];
        // A revision of a time takes a closer look.
        let revised = sieve.begun_by.is_some() && graph.ledger.revising().len() > 0;
        let more_time = other_days.iter().any(Option::is_some) || revised;
        let withdrawn = !sieve.including_retracted && !graph.ledger.retractions().is_empty();
        Self(
            bit(Self::RECORD, sieve.as_of.is_some() || Self::asks_more_of_the_record(sieve))
                | bit(Self::WORDS, words || sieve.prominence.is_some())
                | bit(Self::RELATION, relations)
                | bit(Self::SPEAKER, speaks)
                | bit(Self::TIME, more_time || sieve.begun_by.is_some())
                | bit(Self::ONLY_UP_TO, !more_time && sieve.begun_by.is_some())
                | bit(Self::WITHDRAWN, withdrawn)
                | bit(Self::LATEST, sieve.latest_per_speaker),
        )
    }

    /// Returns whether the filter asks for documents, report days, sources, batches or reviews, besides the day of the
    /// view.
    fn asks_more_of_the_record(sieve: &Sieve) -> bool {
        let lists = sieve.document.len() + sieve.without_document.len();
        let other_days = sieve.between.is_some() || sieve.as_of_instant.is_some();
        other_days || lists + sieve.excluding_source.len() > 0 || sieve.recorded.asks()
    }

    #[inline]
    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

impl<'g> View<'g> {
    /// Returns whether the view keeps every claim.
    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        self.gate.0 == 0
    }

    /// Returns the day of the view if the filter asks for nothing else.
    pub(crate) fn only_as_of(&self) -> Option<Day> {
        let more = Gate::asks_more_of_the_record(&self.sieve);
        self.sieve.as_of.filter(|_| self.gate.0 == Gate::RECORD && !more)
    }

    #[inline]
    pub(crate) fn passes(&self, claim: ClaimRef<'g>) -> bool {
        self.is_open() || self.has_begun(claim).unwrap_or_else(|| self.is_let_through(claim))
    }

    /// Returns whether an event came by the day of the filter; `None` if the filter asks for more or the claim needs a
    /// closer look.
    #[inline]
    fn has_begun(&self, claim: ClaimRef<'g>) -> Option<bool> {
        if self.gate.0 != Gate::TIME | Gate::ONLY_UP_TO {
            return None;
        }
        let (day, by) = (claim.head().time.day()?, self.sieve.begun_by?);
        let state = claim.marks().has(Marks::STATE);
        (day <= by || !state).then(|| day <= by || claim.relation_id().is_none())
    }

    /// Returns a bit for each of `count` sorted rows, at most 64, that passes.
    #[inline]
    pub(crate) fn passing(&self, from: u32, count: u32) -> u64 {
        if self.is_open() {
            return all(count);
        }
        match self.sieve.begun_by.filter(|_| self.gate.0 == Gate::TIME | Gate::ONLY_UP_TO) {
            None => self.passing_filter(from, count),
            Some(by) => {
                let rows = self.graph.ledger.rows();
                let (begun, unsure) = rows.begun(from, count, by);
                // A late day may be that of an answer, which stays.
                let stated = RowId(from + count).index() <= rows.without_subject();
                let rest = if stated { unsure } else { all(count) & !begun };
                if rest == 0 { begun } else { begun | self.passing_rest(rest, from) }
            }
        }
    }

    /// Returns a bit for each of the rows of this mask that passes.
    #[inline(never)]
    fn passing_rest(&self, mut rest: u64, from: u32) -> u64 {
        let mut passing = 0;
        while rest != 0 {
            let n = rest.trailing_zeros();
            rest &= rest - 1;
            passing |= u64::from(self.passes(ClaimRef::at(self.graph, RowId(from + n), None))) << n;
        }
        passing
    }

    #[inline(never)]
    fn passing_filter(&self, from: u32, count: u32) -> u64 {
        self.each_row(from, count, |claim| self.passes(claim))
    }

    /// Returns a bit for each of the rows whose claim holds.
    fn each_row(&self, from: u32, count: u32, holds: impl Fn(ClaimRef<'g>) -> bool) -> u64 {
        let claim = |n: u32| ClaimRef::at(self.graph, RowId(from + n), None);
        (0..count).fold(0, |mask, n| mask | u64::from(holds(claim(n))) << n)
    }

    /// Returns a bit for each row that passes and joins two entities, from the subject to the object only.
    #[inline]
    pub(crate) fn joining(&self, from: u32, count: u32) -> u64 {
        let only_up_to = self.gate.0 == Gate::TIME | Gate::ONLY_UP_TO;
        if !self.is_open() && !only_up_to {
            return self.joining_filter(from, count);
        }
        let (sure, unsure) = self.graph.ledger.rows().joining(from, count, self.sieve.begun_by);
        if unsure == 0 { sure } else { sure | unsure & self.passing_filter(from, count) }
    }

    /// Returns a bit for each row that passes and joins two entities, either way or both.
    #[inline]
    pub(crate) fn joining_either(&self, from: u32, count: u32) -> u64 {
        if self.gate.has(Gate::WORDS) {
            let joins = |claim| self.passes(claim) && self.joined(claim).is_some();
            return self.each_row(from, count, joins);
        }
        let joins = self.graph.ledger.rows().joins(from, count);
        if joins == 0 { 0 } else { joins & self.passing(from, count) }
    }

    #[inline(never)]
    fn joining_filter(&self, from: u32, count: u32) -> u64 {
        if self.gate.has(Gate::WORDS) {
            return self.each_row(from, count, |claim| {
                let straight = !claim.marks().has(Marks::TURNS) && self.passes(claim);
                straight && self.joined(claim).is_some()
            });
        }
        let (joins, _) = self.graph.ledger.rows().joining(from, count, None);
        if joins == 0 { 0 } else { joins & self.passing_filter(from, count) }
    }

    #[inline(never)]
    fn is_let_through(&self, claim: ClaimRef<'g>) -> bool {
        let gate = self.gate;
        (!gate.has(Gate::RECORD) || self.on_record(claim))
            && (!gate.has(Gate::WORDS) || self.has_words(claim))
            && (!gate.has(Gate::RELATION) || self.has_relation(claim))
            && (!gate.has(Gate::SPEAKER) || self.has_speaker(claim))
            && (!gate.has(Gate::TIME) || self.in_time(claim))
            && (!gate.has(Gate::WITHDRAWN) || !self.is_retracted(claim.id()))
            && (!gate.has(Gate::LATEST) || !self.is_outdated(claim.id()))
    }

    fn has_words(&self, claim: ClaimRef<'g>) -> bool {
        let sieve = &self.sieve;
        fn among<T: PartialEq>(wanted: &[T], value: &T) -> bool {
            wanted.is_empty() || wanted.contains(value)
        }
        among(&sieve.stance, &claim.stance())
            && among(&sieve.modality, &claim.modality())
            && among(&sieve.certainty, &claim.certainty())
            && sieve.prominence.is_none_or(|wanted| wanted == claim.prominence())
    }

    /// Returns whether the relation passes. A relation and its inverse count as one.
    fn has_relation(&self, claim: ClaimRef<'g>) -> bool {
        let sieve = &self.sieve;
        let primary = |relation| Some(self.graph.vocabulary.primary(relation).0);
        let relations: Vec<_> = self.relations(claim).into_iter().map(primary).collect();
        let wanted =
            sieve.relation.is_empty() || relations.iter().any(|r| sieve.relation.contains(r));
        let unwanted = relations.iter().all(|r| sieve.without_relation.contains(r));
        wanted && (relations.is_empty() || !unwanted)
    }

    fn has_speaker(&self, claim: ClaimRef<'g>) -> bool {
        let sieve = &self.sieve;
        let voice =
            || claim.speaker().is_some_and(|speaker| sieve.attributed_to.contains(&speaker));
        let speaks =
            |source| sieve.speaker.contains(&source) || self.path_to_whole(source, claim).is_some();
        let any = || claim.chain().iter().filter_map(|link| link.source).any(speaks);
        let anybody = sieve.speaker.is_empty() && sieve.speaker_or_part.is_empty();
        (sieve.attributed_to.is_empty() || voice()) && (anybody || any())
    }

    /// Returns the affiliations by which the speaker spoke for one of the wholes whose parts' word counts; none if it is
    /// such a whole itself.
    fn path_to_whole(&self, source: EntityId, claim: ClaimRef<'g>) -> Option<Vec<AffiliationId>> {
        let wholes = self.sieve.speaker_or_part.iter();
        let parts = self
            .parts
            .get_or_init(|| wholes.map(|&w| self.parts(w, &[AffiliationKind::PartOf])).collect());
        let spoke = claim.said().unwrap_or_else(|| Period::on(claim.reported()));
        parts.iter().find_map(|parts| parts.path(source, Some(&spoke)))
    }

    /// Returns the affiliations by which speakers of the claim spoke for such wholes.
    pub(crate) fn speaking_for_wholes(&self, claim: ClaimRef<'g>) -> Vec<AffiliationId> {
        let sources = claim.chain().iter().filter_map(|link| link.source);
        sources.filter_map(|source| self.path_to_whole(source, claim)).flatten().collect()
    }

    /// Returns whether the report day, the document and the sources of the claim pass.
    pub(crate) fn on_record(&self, claim: ClaimRef<'g>) -> bool {
        let leaves_out = !self.sieve.excluding_source.is_empty();
        let day = claim.reported_day();
        self.sieve.between.is_none_or(|(first, last)| first <= day && day <= last)
            && self.was_read(claim)
            && self.is_recorded_by(claim)
            && !(leaves_out && self.comes_from_excluded(claim))
    }

    /// Returns whether the claim was on record on the day of the view, in a document of the view.
    fn was_read(&self, claim: ClaimRef<'g>) -> bool {
        let sieve = &self.sieve;
        sieve.as_of.is_none_or(|day| claim.reported_day() <= day)
            && sieve.as_of_instant.is_none_or(|instant| {
                self.was_known(claim.reported(), claim.document_id(), instant)
            })
            && claim
                .document_id()
                .map_or(sieve.document.is_empty(), |document| self.reads(document))
            && (!sieve.recorded.asks() || self.was_recorded(claim))
    }

    #[inline]
    fn in_time(&self, claim: ClaimRef<'g>) -> bool {
        let sieve = &self.sieve;
        if claim.relation_id().is_none() && !claim.repeats() {
            return true;
        }
        // An event of one day certainly happened on that day.
        let plain = claim.relation_id().is_some() && self.superseded(claim.id()).is_none();
        let event = plain && !claim.marks().has(Marks::STATE);
        if let Some(day) = claim.head().time.day().filter(|_| event) {
            let then = |asked: Option<Day>| asked.is_none_or(|asked| asked == day);
            let begun = |asked: Option<Day>| asked.is_none_or(|asked| day <= asked);
            return then(sieve.valid_at)
                && then(sieve.certainly_valid_at)
                && begun(sieve.begun_by)
                && begun(sieve.certainly_begun_by);
        }
        let fits = |spell: Spell| {
            let holds = |day: Day| spell.within(Window::new(Some(day), Some(day)));
            let begun = |day: Day| spell.begins_by(day);
            sieve.valid_at.is_none_or(|day| holds(day).is_possible())
                && sieve.certainly_valid_at.is_none_or(|day| holds(day).is_yes())
                && sieve.begun_by.is_none_or(|day| begun(day).is_possible())
                && sieve.certainly_begun_by.is_none_or(|day| begun(day).is_yes())
        };
        match plain {
            true => fits(claim.spell()),
            false => self.current_spells(claim).into_iter().any(fits),
        }
    }

    /// Returns whether a claim counts that is of the time of a question certainly, or only possibly.
    pub(crate) fn counts(&self, in_time: Answer) -> bool {
        in_time.is_yes() || self.sieve.including_possible
    }

    /// Returns whether a speaker of the claim has taken it back, as far as this view knows. A retraction that
    /// was itself taken back does not count.
    pub fn is_retracted(&self, claim: ClaimId) -> bool {
        !self.graph.ledger.retractions().is_empty()
            && self.withdrawn.get_or_init(|| self.find_withdrawn()).contains(&claim)
    }

    /// Returns the claims that were taken back, as far as this view knows; `None` if the view keeps them.
    pub(crate) fn withdrawn(&self) -> Option<&IndexSet<ClaimId>> {
        let asks = self.gate.has(Gate::WITHDRAWN);
        asks.then(|| self.withdrawn.get_or_init(|| self.find_withdrawn()))
    }

    /// Returns the claims that were taken back. Later retractions take back earlier ones, so the last is settled first. A
    /// retraction by a source that the view leaves out still counts: leaving out a source supports nothing.
    fn find_withdrawn(&self) -> IndexSet<ClaimId> {
        let mut withdrawn = IndexSet::new();
        for &id in self.graph.ledger.retractions().iter().rev() {
            let Some(retraction) =
                ClaimRef::new(self.graph, id).filter(|&claim| self.was_read(claim))
            else {
                continue;
            };
            if !withdrawn.contains(&id) {
                let firm = retraction.targets().filter(|(_, basis)| *basis != Basis::Possible);
                withdrawn.extend(firm.map(|(target, _)| target));
            }
        }
        withdrawn
    }

    /// Returns the two entities that the claim joins in this view, in the direction of the primary relation. An actual
    /// statement joins if its speaker is committed to it, it is certain or probable, and it has entities at both ends.
    /// Other statements join if the filter names them. A denial never joins.
    #[inline]
    pub(crate) fn joined(&self, claim: ClaimRef<'g>) -> Option<(EntityId, EntityId)> {
        let marks = claim.marks();
        let joins = if self.gate.has(Gate::WORDS) {
            self.joins_by_words(claim)
        } else {
            marks.has(Marks::JOINS)
        };
        if !joins {
            return None;
        }
        let (subject, object) = (claim.subject_entity()?, claim.object_entity()?);
        let turned = marks.has(Marks::INVERSE);
        Some(if turned { (object, subject) } else { (subject, object) })
    }

    fn joins_by_words(&self, claim: ClaimRef<'g>) -> bool {
        let sieve = &self.sieve;
        let stance = claim.stance();
        // A projection is named by its stance, and by the modality of all projections.
        let usual = claim.modality() != Modality::Actual
            && claim.modality() == stance.usual_modality()
            && sieve.modality.contains(&claim.modality());
        let named = (sieve.stance.contains(&stance) || usual)
            && stance.bearing().is_none()
            && !stance.joins();
        let modality = match sieve.modality.is_empty() {
            true => claim.modality() == Modality::Actual || named,
            false => true,
        };
        let certain =
            claim.certainty() <= Certainty::Probable || named || !sieve.certainty.is_empty();
        (stance.joins() || named) && modality && certain
    }

    /// Returns whether the affiliation is on record in this view.
    pub(crate) fn knows_affiliation(&self, id: AffiliationId) -> bool {
        let affiliation = self.graph.affiliation(id);
        affiliation.is_some_and(|a| {
            let stated = !self.sieve.only_stated_affiliations || a.basis() == Basis::Stated;
            let believed = stated && !self.sieve.without_affiliation.contains(&id);
            let known = self.known_by(a.report_date(), a.document());
            let recorded = self.sieve.recorded.had(|| self.graph.batch_of_affiliation(id));
            believed && known && recorded && a.document().is_none_or(|d| self.reads(d))
        })
    }

    /// Returns whether the lineage link is on record in this view, and believed.
    pub(crate) fn believes(&self, id: LineageId) -> bool {
        let Some(lineage) = self.graph.lineage(id) else {
            return false;
        };
        let basis = !self.sieve.only_stated_lineage || lineage.basis() == Basis::Stated;
        let cut = self.sieve.without_lineage.contains(&id)
            || self.sieve.without_dependence.contains(&Dependence::Lineage);
        let document = match lineage.scope() {
            Scope::Document(document) => Some(*document),
            _ => None,
        };
        let recorded = self.sieve.recorded.had(|| self.graph.batch_of_lineage(id));
        basis && self.known_by(lineage.report_date(), document) && recorded && !cut
    }

    /// Returns whether something was on record at the time of the view, if it has a report day and was perhaps read in a
    /// document.
    fn known_by(&self, reported: Option<Date>, document: Option<EntityId>) -> bool {
        let Some(reported) = reported else { return true };
        let Sieve { as_of, as_of_instant, .. } = &self.sieve;
        as_of.is_none_or(|day| Day::from(reported) <= day)
            && as_of_instant.is_none_or(|instant| self.was_known(reported, document, instant))
    }

    /// Returns whether it was on record at the instant: since the instant of the document on whose day it was reported, or
    /// else since the beginning of its report day.
    fn was_known(&self, reported: Date, document: Option<EntityId>, instant: Timestamp) -> bool {
        let document = document.and_then(|document| self.graph.registry.document(document));
        let published = document.filter(|document| document.date() == Some(reported));
        match published.and_then(|document| document.instant()) {
            Some(published) => published <= instant,
            None => reported <= TimeZone::UTC.to_datetime(instant).date(),
        }
    }

    fn reads(&self, document: EntityId) -> bool {
        let sieve = &self.sieve;
        (sieve.document.is_empty() || sieve.document.contains(&document))
            && !sieve.without_document.contains(&document)
    }
}
