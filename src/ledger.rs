//! The claims as they are kept, and the lists that lead to them. Knows no names, only handles: what
//! stands behind them is the registry's business.
//!
//! What every claim has stands in sorted [columns](crate::columns); recent claims in the
//! [delta](crate::delta) until there are enough to merge. What few have (roles, figures, spans) is beside
//! it, a [`Rich`] each. Nothing outside this layer and `readings` knows how a claim is laid out.

use crate::columns::{Columns, Core, Stretch};
use crate::connections::Connections;
use crate::days::Day;
use crate::delta::{Delta, Recent};
use crate::held::{Entry, Held, Plain, Revised, Rich, Time};
use crate::ids::{ClaimId, EntityId, OriginId, RelationId};
use crate::known_keys::KnownKeys;
use crate::marks::{Marks, Timing};
use crate::origins::Origins;
use crate::periods::Period;
use crate::responses::{Pair, Responses};
use crate::stances::{Basis, Certainty, Modality, Stance};
use crate::times::Times;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Where a claim stands: in this row of the columns, or with its subject known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place(u32);

impl Place {
    /// The core brings its subject.
    pub(crate) const KNOWN: Place = Place(u32::MAX);

    fn row(row: usize) -> Self {
        Self(u32::try_from(row).unwrap_or(u32::MAX))
    }
}

/// The claims that one claim answers.
#[derive(Clone, Debug)]
pub(crate) enum TargetsOf<'l> {
    One(Option<ClaimId>),
    Many(std::slice::Iter<'l, (ClaimId, Basis)>),
}

impl Iterator for TargetsOf<'_> {
    type Item = (ClaimId, Basis);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            TargetsOf::One(target) => target.take().map(|target| (target, Basis::Stated)),
            TargetsOf::Many(targets) => targets.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            TargetsOf::One(target) => (usize::from(target.is_some()), Some(usize::from(target.is_some()))),
            TargetsOf::Many(targets) => targets.size_hint(),
        }
    }
}

impl ExactSizeIterator for TargetsOf<'_> {}

/// A smaller delta than this is not worth a merge.
const LEAST_MERGE: usize = 16_384;

#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    base: Columns,
    delta: Delta,
    /// Whether claims are being added faster than lists are kept: `settle` ends it.
    bulk: bool,
    /// One past the last entity that is a subject or object.
    entities: usize,
    origins: Origins,
    times: Times,
    rich: Vec<Box<Rich>>,
    /// Of a plain claim that answers one, which; in order of the answering claims.
    targets: Vec<(ClaimId, ClaimId)>,
    responses: Responses,
    by_role: Map<EntityId, Vec<ClaimId>>,
    mentions: Map<ClaimId, Vec<ClaimId>>,
    denials: Vec<ClaimId>,
    retractions: Vec<ClaimId>,
    /// Of a revision without a statement, what it revises in the end.
    revised: Map<ClaimId, Revised>,
    pub(crate) keys: KnownKeys,
    pub(crate) connections: Connections,
}

fn note<K: std::hash::Hash + Eq>(lists: &mut Map<K, Vec<ClaimId>>, at: K, claim: ClaimId) {
    let list = lists.entry(at).or_default();
    if list.last() != Some(&claim) {
        list.push(claim);
    }
}

fn targets_of<'l>(rich: &'l [Box<Rich>], plain: &[Pair], core: &Core) -> TargetsOf<'l> {
    if core.marks.timing() == Timing::Rich {
        return TargetsOf::Many(rich.get(core.time as usize).map_or([].iter(), |rich| rich.targets.iter()));
    }
    let place = || plain.binary_search_by_key(&core.id, |(by, _)| *by).ok();
    let place = if core.marks.has(Marks::ANSWERS) { place() } else { None };
    TargetsOf::One(place.and_then(|place| plain.get(place)).map(|(_, target)| *target))
}

/// Whether it joins by default: see [`View::joined`](crate::View).
fn marked(marks: Marks, has_ends: bool, answers: bool, turns: bool) -> Marks {
    let sure = marks.modality() == Modality::Actual && marks.certainty() <= Certainty::Probable;
    let joins = has_ends && sure && marks.stance().joins();
    marks.with(Marks::JOINS, joins).with(Marks::ANSWERS, answers).with(Marks::TURNS, turns)
}

/// The one claim a plain claim answers, if any; `None` where the claim is not plain.
fn plain_target(rich: &Rich) -> Option<Option<ClaimId>> {
    let named = rich.statement.as_ref().is_none_or(|s| s.subject.named().and(s.object.named()).is_some());
    let target = match rich.targets.as_slice() {
        [] => None,
        [(target, Basis::Stated)] => Some(*target),
        _ => return None,
    };
    let Rich { statement: _, targets: _, valid: _, polarity, roles, quantity, factor, said, span, words, .. } = rich;
    let bare = polarity.is_none() && roles.is_empty() && quantity.is_none() && factor.is_none() && said.is_none();
    let unquoted = span.is_none() && words.is_none() && rich.cue.is_none() && rich.cue_words.is_none();
    (named && bare && unquoted && rich.grade.is_empty()).then_some(target)
}

impl Ledger {
    pub(crate) fn len(&self) -> usize {
        self.base.len() + self.delta.len()
    }

    pub(crate) fn contains(&self, claim: ClaimId) -> bool {
        claim.index() < self.len()
    }

    /// The claim, and where it stands.
    #[inline]
    pub(crate) fn find(&self, claim: ClaimId) -> Option<(Core, Place)> {
        match self.base.row_of(claim) {
            Some(row) => Some((self.base.at(row)?, Place::row(row))),
            None => Some((self.delta.get(claim.index() - self.base.len())?, Place::KNOWN)),
        }
    }

    #[inline]
    pub(crate) fn subject(&self, core: &Core, place: Place) -> Option<EntityId> {
        match place.0 {
            u32::MAX => core.subject,
            row => self.base.subject_at(row as usize),
        }
    }

    #[inline]
    pub(crate) fn rich(&self, core: &Core) -> Option<&Rich> {
        match core.marks.timing() {
            Timing::Rich => self.rich.get(core.time as usize).map(|rich| &**rich),
            _ => None,
        }
    }

    pub(crate) fn period(&self, core: &Core) -> Option<&Period> {
        match core.marks.timing() {
            Timing::None => None,
            Timing::Day => self.times.day(core.time),
            Timing::Table => self.times.period(core.time),
            Timing::Rich => self.rich(core)?.valid.as_deref(),
        }
    }

    pub(crate) fn targets(&self, core: &Core) -> TargetsOf<'_> {
        targets_of(&self.rich, &self.targets, core)
    }

    /// Every claim, in order of insertion.
    pub(crate) fn claims(&self) -> impl Iterator<Item = ClaimId> + Clone + use<> {
        (0..self.len()).filter_map(ClaimId::at)
    }

    /// The number the next claim would get.
    pub(crate) fn next(&self) -> Option<ClaimId> {
        ClaimId::at(self.len())
    }

    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    pub(crate) fn origins_mut(&mut self) -> &mut Origins {
        &mut self.origins
    }

    /// Puts a checked claim on record; `None` when there are no numbers left.
    pub(crate) fn append(&mut self, entry: Entry) -> Option<ClaimId> {
        let Entry { chain, document, marks, reported, turns, rich } = entry;
        let id = self.next()?;
        let origin = self.origins.intern(&chain, document)?;
        let ends = rich.statement.as_ref().map(|s| (s.subject.entity(), s.relation, s.object.entity()));
        let (subject, relation, object) = ends.unwrap_or((None, RelationId::NONE, None));
        let firm = rich.targets.iter().find(|(_, basis)| *basis != Basis::Possible).map(|(target, _)| *target);
        self.note_stance(id, marks.stance(), ends.is_some(), firm, rich.quantity.is_some(), rich.valid.is_some());
        let answers = !rich.targets.is_empty();
        let (time, timing) = match plain_target(&rich) {
            Some(target) => {
                self.targets.extend(target.map(|target| (id, target)));
                let time = rich.valid.map_or(Time::Never, |period| Time::from(*period));
                self.times.keep(time)?
            }
            None => {
                self.note_mentions(id, &rich);
                self.rich.push(Box::new(rich));
                (u32::try_from(self.rich.len() - 1).ok()?, Timing::Rich)
            }
        };
        let marks = marked(marks, subject.is_some() && object.is_some(), answers, turns).timed(timing);
        self.push(Core { id, subject, object, origin, reported, time, relation, marks });
        Some(id)
    }

    /// Puts a checked claim on record that needs nothing of its own; `None` when there are no numbers
    /// left.
    pub(crate) fn append_plain(&mut self, plain: Plain, time: Time) -> Option<ClaimId> {
        let id = self.next()?;
        let Plain { origin, marks, turns, statement, target, reported } = plain;
        self.note_stance(id, marks.stance(), statement.is_some(), target, false, !matches!(time, Time::Never));
        self.targets.extend(target.map(|target| (id, target)));
        let (time, timing) = self.times.keep(time)?;
        let marks = marked(marks, statement.is_some(), target.is_some(), turns).timed(timing);
        let (subject, relation, object) = statement
            .map_or((None, RelationId::NONE, None), |(subject, relation, object)| {
                (Some(subject), relation, Some(object))
            });
        self.push(Core { id, subject, object, origin, reported, time, relation, marks });
        Some(id)
    }

    /// What denials, retractions and revisions are kept in beside.
    fn note_stance(
        &mut self,
        claim: ClaimId,
        stance: Stance,
        stated: bool,
        firm: Option<ClaimId>,
        gives_figure: bool,
        gives_period: bool,
    ) {
        match stance {
            Stance::Denies => self.denials.push(claim),
            Stance::Retracts => self.retractions.push(claim),
            Stance::Revises if !stated => {
                let Some(target) = firm else { return };
                let below = self.revised.get(&target).copied().unwrap_or(Revised::itself(target));
                let figure = if gives_figure { claim } else { below.figure };
                let period = if gives_period { claim } else { below.period };
                self.revised.insert(claim, Revised { statement: below.statement, figure, period });
            }
            _ => {}
        }
    }

    /// The entities in roles, and the claims that are spoken of.
    fn note_mentions(&mut self, claim: ClaimId, rich: &Rich) {
        for argument in rich.statement.iter().flat_map(|s| [&s.subject, &s.object]) {
            if let Held::Claim(mentioned) = &argument.held {
                self.mentions.entry(*mentioned).or_default().push(claim);
            }
        }
        for (_, argument) in &rich.roles {
            match &argument.held {
                Held::Claim(mentioned) => self.mentions.entry(*mentioned).or_default().push(claim),
                Held::Entity(entity) => note(&mut self.by_role, *entity, claim),
                Held::Statement(statement) => {
                    let inner = statement.roles.iter().map(|(_, argument)| argument);
                    let inner = inner.chain([&statement.subject, &statement.object]);
                    inner.filter_map(|argument| argument.entity()).for_each(|entity| {
                        note(&mut self.by_role, entity, claim);
                    });
                }
                _ => {}
            }
        }
    }

    #[inline]
    fn push(&mut self, core: Core) {
        self.keys.make_room(core.id);
        let ends = [core.subject, core.object].into_iter().flatten().map(|entity| entity.index() + 1);
        self.entities = ends.fold(self.entities, usize::max);
        self.delta.push(core);
        if !self.bulk {
            self.link();
            if self.delta.len() >= LEAST_MERGE.max(self.base.len() / 8) {
                self.merge();
            }
        }
    }

    fn link(&mut self) {
        let (rich, targets) = (&self.rich, &self.targets);
        self.delta.link(|core, take| targets_of(rich, targets, core).for_each(|(target, _)| take(target)));
    }

    /// From here on many claims come, and nothing is asked in between but by number.
    pub(crate) fn begin_bulk(&mut self) {
        self.bulk = true;
    }

    /// All came.
    pub(crate) fn end_bulk(&mut self) {
        self.bulk = false;
        match self.delta.len() >= LEAST_MERGE {
            true => self.merge(),
            false => self.link(),
        }
    }

    /// Sorts recent claims into the columns.
    pub(crate) fn merge(&mut self) {
        let fresh = self.delta.cores();
        let Some(first) = fresh.first() else { return };
        let stance = |id: ClaimId| fresh.get(id.index() - first.id.index()).map(|core| core.marks.stance());
        let tail = self.targets.partition_point(|(by, _)| *by < first.id);
        let plain = self.targets.get(tail..).unwrap_or_default().iter();
        let plain = plain.filter_map(|&(by, target)| Some((stance(by)?, (target, by))));
        let rich = fresh.iter().filter(|core| core.marks.timing() == Timing::Rich);
        let rich = rich.flat_map(|core| {
            let targets = targets_of(&self.rich, &self.targets, core);
            targets.map(|(target, _)| (core.marks.stance(), (target, core.id)))
        });
        self.responses.merge(plain.chain(rich));
        self.base = self.base.merge(fresh, self.entities, self.origins.len());
        self.delta = Delta::default();
        self.targets.shrink_to_fit();
        self.denials.shrink_to_fit();
    }

    /// Takes back all claims past the first `len`, none of which was merged, for an insertion of many
    /// that was refused midway.
    pub(crate) fn cut_back(&mut self, len: usize) {
        let Some(keep) = len.checked_sub(self.base.len()).filter(|keep| *keep < self.delta.len()) else {
            return;
        };
        let cut = self.delta.cores().get(keep..).unwrap_or_default();
        let rich = cut.iter().find(|core| core.marks.timing() == Timing::Rich).map(|core| core.time as usize);
        self.rich.truncate(rich.unwrap_or(self.rich.len()));
        self.targets.truncate(self.targets.partition_point(|(by, _)| by.index() < len));
        let (rich, targets) = (&self.rich, &self.targets);
        self.delta.cut_back(keep, |core, take| targets_of(rich, targets, core).for_each(|(target, _)| take(target)));
        self.keys.cut_back(len);
        fn shorten<K>(lists: &mut Map<K, Vec<ClaimId>>, len: usize) {
            lists.retain(|_, list| {
                list.truncate(list.partition_point(|claim| claim.index() < len));
                !list.is_empty()
            });
        }
        shorten(&mut self.by_role, len);
        shorten(&mut self.mentions, len);
        self.revised.retain(|claim, _| claim.index() < len);
        self.retractions.truncate(self.retractions.partition_point(|claim| claim.index() < len));
        self.denials.truncate(self.denials.partition_point(|claim| claim.index() < len));
    }

    /// The sorted claims about an entity, and the recent ones.
    #[inline]
    pub(crate) fn about(&self, subject: EntityId) -> (Stretch<'_>, Recent<'_>) {
        (self.base.stretch(self.base.rows_about(subject), Some(subject)), self.delta.about(subject))
    }

    /// The same under one relation; of the recent ones all.
    #[inline]
    pub(crate) fn about_under(&self, subject: EntityId, relation: RelationId) -> (Stretch<'_>, Recent<'_>) {
        (self.base.stretch(self.base.rows_under(subject, relation), Some(subject)), self.delta.about(subject))
    }

    /// The rows with this object, and the recent claims.
    #[inline]
    pub(crate) fn on(&self, object: EntityId) -> (&[u32], Recent<'_>) {
        (self.base.rows_on(object), self.delta.on(object))
    }

    #[inline]
    pub(crate) fn row(&self, row: u32) -> Option<(Core, Place)> {
        Some((self.base.at(row as usize)?, Place(row)))
    }

    /// The columns, without what was added since.
    #[inline]
    pub(crate) fn base(&self) -> &Columns {
        &self.base
    }

    pub(crate) fn count_about(&self, subject: EntityId) -> usize {
        self.base.rows_about(subject).len() + self.delta.about(subject).count()
    }

    /// How many claims about this subject were reported by that day.
    pub(crate) fn count_about_by(&self, subject: EntityId, day: Day) -> usize {
        self.base.count_by(subject, day) + self.delta.about(subject).filter(|core| core.reported <= day).count()
    }

    pub(crate) fn with_subject(&self, entity: EntityId) -> impl Iterator<Item = ClaimId> {
        let (sorted, recent) = self.about(entity);
        sorted.chain(recent).map(|core| core.id)
    }

    pub(crate) fn with_object(&self, entity: EntityId) -> impl Iterator<Item = ClaimId> {
        let (rows, recent) = self.on(entity);
        let sorted = rows.iter().filter_map(|&row| self.base.id.get(row as usize).copied());
        sorted.chain(recent.map(|core| core.id))
    }

    /// How many claims have the entity as subject or object; one twice where it is both.
    pub(crate) fn count_at(&self, entity: EntityId) -> usize {
        let ((sorted, recent), (rows, others)) = (self.about(entity), self.on(entity));
        sorted.len() + recent.count() + rows.len() + others.count()
    }

    /// Claims in whose chain the entity stands, in order of insertion.
    pub(crate) fn with_speaker(&self, entity: EntityId) -> Vec<ClaimId> {
        let mut origins: Vec<OriginId> = self.origins.with_speaker(entity).collect();
        origins.sort_unstable();
        origins.dedup();
        let mut found = Vec::new();
        for origin in origins {
            found.extend(self.base.rows_from(origin).iter().filter_map(|&row| self.base.id.get(row as usize)));
            found.extend(self.delta.from(origin).map(|core| core.id));
        }
        found.sort_unstable();
        found
    }

    /// Claims in which the entity stands in a role, or in a statement in a role.
    pub(crate) fn with_role(&self, entity: EntityId) -> &[ClaimId] {
        self.by_role.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Claims that answer this one, in order of insertion.
    pub(crate) fn answers(&self, claim: ClaimId) -> Vec<ClaimId> {
        let mut found: Vec<ClaimId> = self.responses.to(claim).collect();
        found.extend(self.delta.answers.get(&claim).into_iter().flatten());
        found.sort_unstable();
        found
    }

    /// Claims that revise this one.
    pub(crate) fn revisions(&self, claim: ClaimId) -> impl Iterator<Item = ClaimId> {
        let revises = |id: &ClaimId| self.find(*id).is_some_and(|(core, _)| core.marks.stance() == Stance::Revises);
        let recent = self.delta.answers.get(&claim).into_iter().flatten().copied().filter(revises);
        self.responses.among(Stance::Revises, claim).chain(recent)
    }

    /// The claims that are answered by any, in order of insertion.
    pub(crate) fn answered(&self) -> Vec<ClaimId> {
        let sorted = Stance::ALL.iter().flat_map(|&stance| self.responses.of(stance)).map(|(target, _)| *target);
        let mut found: Vec<ClaimId> = sorted.chain(self.delta.answers.keys().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Who answers what with this stance: the sorted ones, and the recent ones in order of insertion.
    pub(crate) fn responses(&self, stance: Stance) -> (&[Pair], impl Iterator<Item = Pair>) {
        let recent = self.delta.cores().iter();
        let recent = recent.filter(move |core| core.marks.has(Marks::ANSWERS) && core.marks.stance() == stance);
        let recent = recent.flat_map(|core| self.targets(core).map(|(target, _)| (target, core.id)));
        (self.responses.of(stance), recent)
    }

    /// Claims that have this one as subject, object or role value.
    pub(crate) fn mentions(&self, claim: ClaimId) -> &[ClaimId] {
        self.mentions.get(&claim).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn denials(&self) -> &[ClaimId] {
        &self.denials
    }

    pub(crate) fn retractions(&self) -> &[ClaimId] {
        &self.retractions
    }

    /// What a revision without a statement of its own revises in the end.
    pub(crate) fn revised(&self, revision: ClaimId) -> Option<Revised> {
        self.revised.get(&revision).copied()
    }
}
