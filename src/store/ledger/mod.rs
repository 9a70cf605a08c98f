//! The claims on record, and the lists that lead to them. A checked claim goes in; its rows and parts come out, as
//! handles without names. The graph inserts and reads here.
//!
//! The parts that every claim has are in sorted [columns](crate::store::columns). Recent claims are in chains
//! ([delta](crate::store::columns::delta)) until there are enough to merge. The parts that few claims have (roles,
//! figures, spans) are in a [`Rich`] each. `graph/` inserts and reads claims through it; views, questions and the
//! snapshot read its rows and lists.

pub(crate) mod raw;
mod replaced;
pub(crate) mod responses;
pub(crate) mod stance_index;

use crate::model::claim::SpeakerLink;
use crate::model::id::{ClaimId, EntityId, OriginId, RelationId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::stance::{Basis, Certainty, Modality};
use crate::store::claim_flags::Marks;
use crate::store::claim_key_cache::KnownKeys;
use crate::store::columns::delta::Delta;
use crate::store::columns::row_iter::{ObjectRows, RecentRows, RowId, Rows};
use crate::store::columns::{Columns, Core, Head};
use crate::store::link_table::Connections;
use crate::store::origin_table::Origins;
use crate::store::pieces::Pieces;
use crate::store::response_index::{Pair, Responses};
use crate::store::stored_claim::{Entry, HeldStatement, Plain, Revised, Rich, Time};
use crate::store::time_code::{TimeCode, Times, Timing};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

pub(crate) use crate::store::ledger::raw::Kept;
use crate::store::ledger::responses::of_core;
use crate::store::ledger::stance_index::{DenialsOf, is_noted};

type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Subject and object, if they are entities.
pub(crate) type Ends = (Option<EntityId>, Option<EntityId>);

// Why these exist: the ledger gives out a place in a list only for an item that it keeps there.
const RICH: &str = "a claim has its place among the rich";
const PERIOD: &str = "a claim has the place of its period";

/// The smallest number of recent claims that are worth a merge, where each is added by itself.
const LEAST_MERGE: usize = 2_048;

/// The same at the end of a load.
const LEAST_LOADED: usize = 512;

/// All claims. Clones share the large parts until one of them writes to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    rows: Columns,
    delta: Delta,
    /// Whether many claims are being added, so that lists are brought up to date at the end (`end_bulk`).
    bulk: bool,
    /// One past the last entity that is a subject or object.
    entities: usize,
    origins: Arc<Origins>,
    times: Times,
    rich: Pieces<Rich>,
    /// The plain claims that answer a claim, each with that claim, in order of the answering claims.
    targets: Vec<(ClaimId, ClaimId)>,
    /// The answers to sorted claims by sorted claims; made on first use.
    responses: OnceLock<Responses>,
    by_role: Arc<Map<EntityId, Vec<ClaimId>>>,
    mentions: Arc<Map<ClaimId, Vec<ClaimId>>>,
    /// The denials, in order of insertion; made on first use.
    denials: OnceLock<Vec<ClaimId>>,
    /// The denials, by subject and object of the denied statement; made on first use.
    denials_of: OnceLock<DenialsOf>,
    retractions: Vec<ClaimId>,
    /// Claims that revise others, in order of insertion, each with the [first word](Self::first_word) of its chain.
    revising: Vec<Pair>,
    /// For each revision without a statement, the claims that it revises in the end; found on first use.
    revised: Map<ClaimId, OnceLock<Revised>>,
    pub(crate) keys: KnownKeys,
    pub(crate) connections: Arc<Connections>,
}

/// Returns the marks with their flags set. For the flag of joining see [`View::joined`](crate::View).
#[inline]
pub(crate) fn marked(marks: Marks, has_ends: bool, answers: bool, of_relation: u16) -> Marks {
    let sure = marks.modality() == Modality::Actual && marks.certainty() <= Certainty::Probable;
    let joins = has_ends && sure && marks.stance().joins();
    marks.with(Marks::JOINS, joins).with(Marks::ANSWERS, answers).with(of_relation, true)
}

/// Returns the claim that a plain claim answers, if any; `None` if the claim is not plain.
fn plain_target(rich: &Rich) -> Option<Option<ClaimId>> {
    let Rich { statement, roles, targets, valid: _, details } = rich;
    let named =
        statement.as_ref().is_none_or(|s| s.subject.named().and(s.object.named()).is_some());
    let target = match targets.as_slice() {
        [] => None,
        [(target, Basis::Stated)] => Some(*target),
        _ => return None,
    };
    (named && roles.is_empty() && details.is_empty()).then_some(target)
}

impl Ledger {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether the first claims are those of this ledger.
    pub(crate) fn begins_with(&self, other: &Self) -> bool {
        self.rows.begins_with(&other.rows) && self.rich.begins_with(&other.rich)
    }

    pub(crate) fn contains(&self, claim: ClaimId) -> bool {
        claim.index() < self.len()
    }

    /// Returns the row of the claim.
    #[inline]
    pub(crate) fn find(&self, claim: ClaimId) -> Option<RowId> {
        // Past the columns, position is number.
        let row = self.rows.row_of(claim).or_else(|| u32::try_from(claim.index()).ok())?;
        ((row as usize) < self.len()).then_some(RowId(row))
    }

    pub(crate) fn chain(&self, row: RowId) -> &[SpeakerLink] {
        self.rows.origin(row).map_or(&[], |origin| self.origins.chain(origin))
    }

    #[inline]
    pub(crate) fn document(&self, row: RowId) -> Option<EntityId> {
        self.origins.document(self.rows.origin(row)?)
    }

    /// Returns the innermost speaker.
    #[inline]
    pub(crate) fn speaker(&self, row: RowId) -> Option<EntityId> {
        self.origins.speaker(self.rows.origin(row)?)
    }

    #[inline]
    pub(crate) fn rich(&self, row: RowId) -> Option<&Rich> {
        let place = self.rows.head(row).time.rich()?;
        Some(self.rich.get(place).expect(RICH))
    }

    pub(crate) fn period(&self, row: RowId) -> Option<Cow<'_, Period>> {
        match self.rows.head(row).time.timing() {
            Timing::Never => None,
            Timing::Day(day) => Some(Cow::Owned(Period::on_day(day))),
            Timing::Table(place) => Some(Cow::Borrowed(self.times.period(place).expect(PERIOD))),
            Timing::Rich(place) => {
                self.rich.get(place).expect(RICH).valid.as_deref().map(Cow::Borrowed)
            }
        }
    }

    /// Returns the first day of a period. It makes no calls, which would cost the loops around it their registers.
    #[inline]
    pub(crate) fn begins(&self, time: TimeCode) -> Option<Day> {
        let period = match time.timing() {
            Timing::Never | Timing::Day(_) => None,
            Timing::Table(place) => self.times.period(place),
            Timing::Rich(place) => self.rich.get(place).and_then(|rich| rich.valid.as_deref()),
        };
        period?.start.earliest
    }

    /// Returns every claim, in order of insertion.
    pub(crate) fn claims(&self) -> impl Iterator<Item = ClaimId> + Clone + use<> {
        (0..self.len()).filter_map(ClaimId::at)
    }

    /// Returns the number the next claim would get.
    pub(crate) fn next(&self) -> Option<ClaimId> {
        ClaimId::at(self.len())
    }

    /// Returns the chain and document of a claim, as one.
    pub(crate) fn origin_of(&self, claim: ClaimId) -> Option<OriginId> {
        self.rows.origin(self.find(claim)?)
    }

    /// Puts a checked claim on record; `None` when there are no numbers left.
    pub(crate) fn append(&mut self, entry: Entry) -> Option<ClaimId> {
        let Entry { chain, document, marks, reported, of_relation, rich } = entry;
        let id = self.next()?;
        let origin = match self.origins.find(&chain, document) {
            Some(origin) => origin,
            None => Arc::make_mut(&mut self.origins).intern(&chain, document)?,
        };
        let ends = rich.statement.as_ref().map(HeldStatement::ends);
        let (subject, relation, object) = ends.unwrap_or((None, RelationId::NONE, None));
        let firm = rich.targets.iter().find(|(_, basis)| *basis != Basis::Possible);
        self.note_stance(id, marks, ends.is_some(), firm.map(|(target, _)| *target));
        self.note_denial(id, marks.stance(), (subject, object));
        let answers = !rich.targets.is_empty();
        let time = match plain_target(&rich) {
            Some(target) => {
                self.targets.extend(target.map(|target| (id, target)));
                let time = rich.valid.map_or(Time::Never, |period| Time::from(*period));
                self.times.keep(time)?
            }
            None => {
                self.note_mentions(id, &rich);
                self.rich.push(rich);
                TimeCode::in_rich(self.rich.len() - 1)?
            }
        };
        let marks = marked(marks, subject.is_some() && object.is_some(), answers, of_relation);
        self.push(Core {
            head: Head { object, time, id },
            subject,
            origin,
            reported,
            relation,
            marks,
        });
        Some(id)
    }

    /// Puts a checked claim on record that needs nothing of its own; `None` when there are no numbers
    /// left.
    #[inline]
    pub(crate) fn append_plain(&mut self, plain: Plain) -> Option<ClaimId> {
        let id = self.next()?;
        let Plain { origin, marks, statement, target, time, reported } = plain;
        let (subject, relation, object) = statement
            .map_or((None, RelationId::NONE, None), |(subject, relation, object)| {
                (Some(subject), relation, Some(object))
            });
        if let Some(target) = target {
            self.targets.push((id, target));
        }
        if is_noted(marks) {
            let stance = marks.stance();
            self.note_stance(id, marks, statement.is_some(), target);
            self.note_denial(id, stance, (subject, object));
        }
        self.push(Core {
            head: Head { object, time, id },
            subject,
            origin,
            reported,
            relation,
            marks,
        });
        Some(id)
    }

    /// Returns the code of a time, which is kept if it is a new period; `None` if no numbers are left.
    pub(crate) fn keep_time(&mut self, time: Time) -> Option<TimeCode> {
        self.times.keep(time)
    }

    #[inline]
    fn push(&mut self, core: Core) {
        self.keys.make_room(core.head.id);
        let past = |entity: Option<EntityId>| entity.map_or(0, |entity| entity.index() + 1);
        self.entities = self.entities.max(past(core.subject)).max(past(core.head.object));
        self.rows.add(core);
        if !self.bulk {
            self.follow();
        }
    }

    /// Brings the lists up to date after one more claim. It is a function of its own, because each claim of a bulk load
    /// would pay for it.
    #[inline(never)]
    fn follow(&mut self) {
        self.link();
        // A merge costs as much as all rows, so that their number has to grow by a share of it.
        if self.delta.linked() >= LEAST_MERGE.max(self.rows.sorted() / 4) {
            self.merge();
        }
    }

    /// Adds those recent claims to the chains that are not in them yet.
    fn link(&mut self) {
        for core in self.rows.recent().iter().skip(self.delta.linked()) {
            let targets = of_core(&self.rich, &self.targets, core).map(|(target, _)| target);
            self.delta.link(core, self.entities, targets);
        }
    }

    /// Begins a bulk load. Until it ends, claims are found by their numbers only.
    pub(crate) fn begin_bulk(&mut self, at_least: usize) {
        self.rows.reserve(at_least);
        self.bulk = true;
    }

    /// Ends a bulk load: brings the lists up to date.
    pub(crate) fn end_bulk(&mut self) {
        self.bulk = false;
        match self.rows.len() - self.rows.sorted() >= LEAST_LOADED.max(self.rows.sorted() / 64) {
            true => self.merge(),
            false => self.link(),
        }
    }

    /// Sorts recent claims into the columns.
    pub(crate) fn merge(&mut self) {
        if self.rows.recent().is_empty() {
            return;
        }
        self.merge_responses();
        self.rows.merge(self.entities);
        self.delta = Delta::default();
        self.targets.shrink_to_fit();
    }

    /// Takes back all claims past the first `len`. None of them was merged. An insertion of many claims calls it if
    /// one is refused.
    pub(crate) fn cut_back(&mut self, len: usize) {
        if len >= self.rows.len() {
            return;
        }
        let sorted = self.rows.sorted();
        let rich =
            self.rows.recent().iter().skip(len - sorted).find_map(|core| core.head.time.rich());
        self.rich.truncate(rich.unwrap_or(self.rich.len()));
        self.targets.truncate(self.targets.partition_point(|(by, _)| by.index() < len));
        self.rows.cut_back(len);
        if self.delta.linked() > len - sorted {
            self.delta = Delta::default();
            self.link();
        }
        self.keys.cut_back(len);
        self.forget_noted(len);
    }

    /// Returns the rows about an entity.
    #[inline]
    pub(crate) fn about(&self, subject: EntityId) -> Rows<'_> {
        Rows::new(self.rows.rows_about(subject), self.recent_about(subject))
    }

    #[inline]
    pub(crate) fn recent_about(&self, subject: EntityId) -> RecentRows<'_> {
        RecentRows::new(self.delta.about(subject), self.rows.sorted())
    }

    /// Returns the recent rows of one subject from this position on.
    pub(crate) fn recent_about_from(&self, at: u32) -> RecentRows<'_> {
        RecentRows::new(self.delta.about_from(at), self.rows.sorted())
    }

    /// Returns the rows with this object.
    #[inline]
    pub(crate) fn on(&self, object: EntityId) -> ObjectRows<'_> {
        ObjectRows { sorted: self.rows.rows_on(object).iter(), recent: self.recent_on(object) }
    }

    /// Returns the recent rows with this object.
    #[inline]
    pub(crate) fn recent_on(&self, object: EntityId) -> RecentRows<'_> {
        RecentRows::new(self.delta.on(object), self.rows.sorted())
    }

    #[inline]
    pub(crate) fn rows(&self) -> &Columns {
        &self.rows
    }

    pub(crate) fn count_with_subject(&self, subject: EntityId) -> usize {
        self.about(subject).count()
    }

    /// Returns how many claims about this subject were reported by that day.
    pub(crate) fn count_about_by(&self, subject: EntityId, day: Day) -> usize {
        self.rows.count_by(subject, day)
            + self.recent_about(subject).filter(|&row| self.rows.reported(row) <= day).count()
    }

    pub(crate) fn with_subject(&self, entity: EntityId) -> impl Iterator<Item = ClaimId> {
        self.about(entity).map(|row| self.rows.head(row).id)
    }

    pub(crate) fn with_object(&self, entity: EntityId) -> impl Iterator<Item = ClaimId> {
        self.on(entity).map(|row| self.rows.head(row).id)
    }

    /// Returns the claims in whose chain the entity stands, in order of insertion.
    pub(crate) fn with_speaker(&self, entity: EntityId) -> Vec<ClaimId> {
        let mut origins: Vec<OriginId> = self.origins.with_speaker(entity).collect();
        origins.sort_unstable();
        origins.dedup();
        let mut found = Vec::new();
        for origin in origins {
            found.extend(
                self.rows.rows_from(origin).iter().map(|&row| self.rows.head(RowId(row)).id),
            );
            let recent = RecentRows::new(self.delta.from(origin), self.rows.sorted());
            found.extend(recent.map(|row| self.rows.head(row).id));
        }
        found.sort_unstable();
        found
    }

    /// Returns the claims that were reported after `after` and not after `by`, in no order.
    pub(crate) fn reported_within(
        &self,
        after: Day,
        by: Option<Day>,
    ) -> impl Iterator<Item = ClaimId> {
        let id = |row: RowId| self.rows.head(row).id;
        let sorted = self.rows.rows_reported(after, by).iter().map(move |&row| id(RowId(row)));
        let recent = (self.rows.sorted()..self.len()).map(RowId::of);
        let within = move |row: &RowId| {
            let day = self.rows.reported(*row);
            day > after && by.is_none_or(|by| day <= by)
        };
        sorted.chain(recent.filter(within).map(id))
    }
}
