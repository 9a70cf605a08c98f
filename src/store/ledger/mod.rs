//! The claims as they are kept, and the lists that lead to them. Knows no names, only handles: what
//! stands behind them is the registry's business.
//!
//! What every claim has stands in sorted [columns](crate::store::columns); recent claims in the
//! [delta](crate::store::columns::delta) until there are enough to merge. What few have (roles, figures, spans) is beside
//! it, a [`Rich`] each. Nothing outside this layer and `readings` knows how a claim is laid out.

pub(crate) mod raw;
pub(crate) mod responses;
pub(crate) mod stance_index;

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
use crate::store::origin_table::{Origins, SpeakerLink};
use crate::store::pieces::Pieces;
use crate::store::response_index::Responses;
use crate::store::stored_claim::{Entry, Plain, Revised, Rich, Time};
use crate::store::time_code::{TimeCode, Times, Timing};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

pub(crate) use crate::store::ledger::raw::Kept;
use crate::store::ledger::responses::of_core;
use crate::store::ledger::stance_index::{DenialsOf, is_noted};

type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Subject and object, where they are entities.
pub(crate) type Ends = (Option<EntityId>, Option<EntityId>);

/// Why these are there: the ledger gives a place in them only to what it keeps there.
const RICH: &str = "a claim has its place among the rich";
const PERIOD: &str = "a claim has the place of its period";

/// A smaller delta than this is not worth a merge.
const LEAST_MERGE: usize = 16_384;

/// What is large is shared by clones until one of them writes to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    rows: Columns,
    delta: Delta,
    /// Whether claims are being added faster than lists are kept: `settle` ends it.
    bulk: bool,
    /// One past the last entity that is a subject or object.
    entities: usize,
    origins: Arc<Origins>,
    times: Times,
    rich: Pieces<Rich>,
    /// Of a plain claim that answers one, which; in order of the answering claims.
    targets: Vec<(ClaimId, ClaimId)>,
    /// Who answers what among the sorted claims, once somebody has asked.
    responses: OnceLock<Responses>,
    by_role: Arc<Map<EntityId, Vec<ClaimId>>>,
    mentions: Arc<Map<ClaimId, Vec<ClaimId>>>,
    /// The claims that deny, in order of insertion, once somebody has asked.
    denials: OnceLock<Vec<ClaimId>>,
    /// Denials by the entities that what they deny is about, once somebody has asked for some.
    denials_of: OnceLock<DenialsOf>,
    retractions: Vec<ClaimId>,
    /// Of a revision without a statement, what it revises in the end, once somebody has asked.
    revised: Map<ClaimId, OnceLock<Revised>>,
    pub(crate) keys: KnownKeys,
    pub(crate) connections: Arc<Connections>,
}

/// Whether it joins by default: see [`View::joined`](crate::View).
#[inline]
pub(crate) fn marked(marks: Marks, has_ends: bool, answers: bool, turns: (bool, bool)) -> Marks {
    let sure = marks.modality() == Modality::Actual && marks.certainty() <= Certainty::Probable;
    let joins = has_ends && sure && marks.stance().joins();
    marks
        .with(Marks::JOINS, joins)
        .with(Marks::ANSWERS, answers)
        .with(Marks::SYMMETRIC, turns.0)
        .with(Marks::INVERSE, turns.1)
}

/// The one claim a plain claim answers, if any; `None` where the claim is not plain.
fn plain_target(rich: &Rich) -> Option<Option<ClaimId>> {
    let named =
        rich.statement.as_ref().is_none_or(|s| s.subject.named().and(s.object.named()).is_some());
    let target = match rich.targets.as_slice() {
        [] => None,
        [(target, Basis::Stated)] => Some(*target),
        _ => return None,
    };
    let Rich {
        statement: _,
        targets: _,
        valid: _,
        polarity,
        roles,
        quantity,
        factor,
        said,
        span,
        words,
        ..
    } = rich;
    let bare = polarity.is_none()
        && roles.is_empty()
        && quantity.is_none()
        && factor.is_none()
        && said.is_none();
    let unquoted =
        span.is_none() && words.is_none() && rich.cue.is_none() && rich.cue_words.is_none();
    (named && bare && unquoted && rich.grade.is_empty()).then_some(target)
}

impl Ledger {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn contains(&self, claim: ClaimId) -> bool {
        claim.index() < self.len()
    }

    /// Where the claim stands.
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

    /// The innermost speaker.
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

    /// The first day of a time that is more than one. No calls: they would cost the loops around it their
    /// registers.
    #[inline]
    pub(crate) fn begins(&self, time: TimeCode) -> Option<Day> {
        let period = match time.timing() {
            Timing::Never | Timing::Day(_) => None,
            Timing::Table(place) => self.times.period(place),
            Timing::Rich(place) => self.rich.get(place).and_then(|rich| rich.valid.as_deref()),
        };
        period?.start.earliest
    }

    /// Every claim, in order of insertion.
    pub(crate) fn claims(&self) -> impl Iterator<Item = ClaimId> + Clone + use<> {
        (0..self.len()).filter_map(ClaimId::at)
    }

    /// The number the next claim would get.
    pub(crate) fn next(&self) -> Option<ClaimId> {
        ClaimId::at(self.len())
    }

    /// The chain and document of a claim, as one.
    pub(crate) fn origin_of(&self, claim: ClaimId) -> Option<OriginId> {
        self.rows.origin(self.find(claim)?)
    }

    /// Puts a checked claim on record; `None` when there are no numbers left.
    pub(crate) fn append(&mut self, entry: Entry) -> Option<ClaimId> {
        let Entry { chain, document, marks, reported, turns, rich } = entry;
        let id = self.next()?;
        let origin = match self.origins.find(&chain, document) {
            Some(origin) => origin,
            None => Arc::make_mut(&mut self.origins).intern(&chain, document)?,
        };
        let ends =
            rich.statement.as_ref().map(|s| (s.subject.entity(), s.relation, s.object.entity()));
        let (subject, relation, object) = ends.unwrap_or((None, RelationId::NONE, None));
        let firm = rich.targets.iter().any(|(_, basis)| *basis != Basis::Possible);
        self.note_stance(id, marks.stance(), ends.is_some(), firm);
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
        let marks = marked(marks, subject.is_some() && object.is_some(), answers, turns);
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
            self.note_stance(id, stance, statement.is_some(), target.is_some());
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

    /// What stands for this time; `None` when there are no numbers left.
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

    /// Follows with the lists, once there is a claim more. Apart: of many that come at once, each would pay for it.
    #[inline(never)]
    fn follow(&mut self) {
        self.link();
        if self.delta.linked() >= LEAST_MERGE.max(self.rows.sorted() / 8) {
            self.merge();
        }
    }

    /// Puts the recent claims into the chains that are not in them.
    fn link(&mut self) {
        for core in self.rows.recent().iter().skip(self.delta.linked()) {
            let targets = of_core(&self.rich, &self.targets, core).map(|(target, _)| target);
            self.delta.link(core, self.entities, targets);
        }
    }

    /// From here on many claims come, and nothing is asked in between but by number.
    pub(crate) fn begin_bulk(&mut self, at_least: usize) {
        self.rows.reserve(at_least);
        self.bulk = true;
    }

    /// All came.
    pub(crate) fn end_bulk(&mut self) {
        self.bulk = false;
        match self.rows.len() - self.rows.sorted() >= LEAST_MERGE {
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

    /// Takes back all claims past the first `len`, none of which was merged, for an insertion of many
    /// that was refused midway.
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

    /// The rows about an entity.
    #[inline]
    pub(crate) fn about(&self, subject: EntityId) -> Rows<'_> {
        Rows::new(self.rows.rows_about(subject), self.recent_about(subject))
    }

    #[inline]
    pub(crate) fn recent_about(&self, subject: EntityId) -> RecentRows<'_> {
        RecentRows::new(self.delta.about(subject), self.rows.sorted())
    }

    /// Those of one subject from this position on.
    pub(crate) fn recent_about_from(&self, at: u32) -> RecentRows<'_> {
        RecentRows::new(self.delta.about_from(at), self.rows.sorted())
    }

    /// The rows with this object.
    #[inline]
    pub(crate) fn on(&self, object: EntityId) -> ObjectRows<'_> {
        let recent = RecentRows::new(self.delta.on(object), self.rows.sorted());
        ObjectRows { sorted: self.rows.rows_on(object).iter(), recent }
    }

    #[inline]
    pub(crate) fn rows(&self) -> &Columns {
        &self.rows
    }

    pub(crate) fn count_with_subject(&self, subject: EntityId) -> usize {
        self.about(subject).count()
    }

    /// How many claims about this subject were reported by that day.
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

    /// Claims in whose chain the entity stands, in order of insertion.
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

    /// The claims that were reported after the one day and not after the other, in no order.
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
