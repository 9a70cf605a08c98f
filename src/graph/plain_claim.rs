//! A plain claim in a few words, for those who have millions.

use crate::graph::ClaimGraph;
use crate::model::claim::{Attribution, Claim, Speaker};
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::time::period::Period;
use crate::model::value::stance::{Basis, Stance};
use crate::model::vocabulary::relation::{Relation, RelationLabel};
use jiff::civil::Date;
use std::borrow::Cow;

/// When the statement of a row holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Days {
    /// As [`Period::on`].
    On(Date),
    /// As [`Period::throughout`].
    Throughout(Date, Date),
    /// As [`Period::since`].
    Since(Date),
}

impl Days {
    /// Those of this period, if it is nothing else.
    pub(crate) fn of(period: &Period) -> Option<Self> {
        if let Some(day) = period.single_day() {
            return Some(Days::On(day.date()));
        }
        let first = period.start.earliest?.date();
        let days = period
            .end
            .latest
            .map_or(Days::Since(first), |last| Days::Throughout(first, last.date()));
        (days.period() == *period).then_some(days)
    }

    pub(crate) fn period(self) -> Period {
        match self {
            Days::On(day) => Period::on(day),
            Days::Throughout(first, last) => Period::throughout(first..=last),
            Days::Since(day) => Period::since(Period::on(day)),
        }
    }
}

/// Which claim a row answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answered {
    Claim(ClaimId),
    /// By its position in the same [`extend`](ClaimGraph::extend), counted from zero.
    PlainClaim(usize),
}

/// A plain claim: one speaker, a stance, two entities under a relation or a claim to answer, days and a
/// document. `Copy`, without anything on the heap; what needs more is a [`Claim`].
///
/// It is checked like any claim and is the same claim once it is on record; it is only smaller, and
/// faster to insert.
///
/// ```
/// use claimgraph::{claim::PlainClaim, date, reporting::*, Claim, ClaimGraph, Stance};
/// let mut graph = ClaimGraph::new();
/// let (nis, russia, nk) = (graph.add(Agency, "nis")?, graph.add(State, "russia")?, graph.add(State, "nk")?);
/// let day = date(2024, 10, 18);
/// let rows = [
///     PlainClaim::new(nis, Stance::Asserts).about(nk, DEPLOYS_TO, russia).valid_on(day).reported(day),
///     PlainClaim::new(russia, Stance::Denies).about(nk, DEPLOYS_TO, russia).answering_row(0).reported(day),
///     PlainClaim::new(russia, Stance::Dismisses).reported(day),
/// ];
/// let extended = graph.extend(rows);
/// assert_eq!(extended.accepted().len(), 2);
/// let (position, error) = &extended.rejected()[0];
/// assert_eq!((*position, error.to_string()), (2, graph.check(&Claim::from(rows[2]))[0].to_string()));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a row is on record once it is inserted"]
pub struct PlainClaim {
    pub(crate) speaker: EntityId,
    pub(crate) stance: Stance,
    pub(crate) statement: Option<(EntityId, RelationLabel, EntityId)>,
    pub(crate) answered: Option<Answered>,
    pub(crate) valid: Option<Days>,
    pub(crate) reported: Option<Date>,
    pub(crate) document: Option<EntityId>,
}

impl PlainClaim {
    /// Makes a claim of the innermost speaker and its stance. A document speaks in its own voice.
    #[inline]
    pub fn new(speaker: impl Into<EntityId>, stance: Stance) -> Self {
        Self {
            speaker: speaker.into(),
            stance,
            statement: None,
            answered: None,
            valid: None,
            reported: None,
            document: None,
        }
    }

    /// Sets the statement. A relation that the graph has [resolved](ClaimGraph::relation) is found faster.
    #[inline]
    pub fn about<S, O>(
        mut self,
        subject: impl Into<EntityId>,
        relation: Relation<S, O>,
        object: impl Into<EntityId>,
    ) -> Self {
        self.statement = Some((subject.into(), relation.0, object.into()));
        self
    }

    /// Sets the claim it answers.
    #[inline]
    pub fn responding_to(mut self, claim: ClaimId) -> Self {
        self.answered = Some(Answered::Claim(claim));
        self
    }

    /// Sets the claim it answers by its position in the same [`extend`](ClaimGraph::extend), counted from
    /// zero; rejected ones count.
    #[inline]
    pub fn answering_row(mut self, position: usize) -> Self {
        self.answered = Some(Answered::PlainClaim(position));
        self
    }

    /// Sets that it happened or held on that one day: [`Period::on`].
    #[inline]
    pub fn valid_on(mut self, day: Date) -> Self {
        self.valid = Some(Days::On(day));
        self
    }

    /// Sets that it held all through these days, both included: [`Period::throughout`].
    #[inline]
    pub fn valid_throughout(mut self, first: Date, last: Date) -> Self {
        self.valid = Some(Days::Throughout(first, last));
        self
    }

    /// Sets that it has held since that day and had not ended when it was reported: [`Period::since`].
    #[inline]
    pub fn valid_since(mut self, day: Date) -> Self {
        self.valid = Some(Days::Since(day));
        self
    }

    /// Sets the day of the report, if it is not the date of the document.
    #[inline]
    pub fn reported(mut self, day: Date) -> Self {
        self.reported = Some(day);
        self
    }

    /// Sets the document it was read in.
    #[inline]
    pub fn read_in(mut self, document: impl Into<EntityId>) -> Self {
        self.document = Some(document.into());
        self
    }
}

impl PlainClaim {
    /// Returns the plain claim that is all of this claim, if there is one.
    pub(crate) fn of(claim: &Claim) -> Option<Self> {
        // What a claim has must all be looked at here.
        let Claim {
            chain,
            stance,
            polarity: None,
            statement,
            targets,
            roles,
            certainty,
            modality,
            prominence,
            quantity: None,
            factor: None,
            valid,
            bad_period: None,
            reported,
            said: None,
            document,
            span: None,
            words: None,
            cue: None,
            cue_words: None,
            grade,
        } = claim
        else {
            return None;
        };
        let usual = (stance.usual_certainty(), stance.usual_modality(), stance.usual_prominence());
        let usual = usual == (*certainty, *modality, *prominence);
        let ([Speaker { who, basis: Basis::Stated, direct: false }], true) =
            (chain.as_slice(), usual && roles.is_empty() && grade.is_empty())
        else {
            return None;
        };
        Some(Self {
            speaker: entity(who)?,
            stance: *stance,
            statement: match statement {
                None => None,
                Some(Statement { subject, relation, object, roles }) if roles.is_empty() => {
                    Some((entity(subject)?, *relation, entity(object)?))
                }
                Some(_) => return None,
            },
            answered: match targets.as_slice() {
                [] => None,
                [(target, Basis::Stated)] => Some(Answered::Claim(*target)),
                _ => return None,
            },
            valid: match valid {
                None => None,
                Some(period) => Some(Days::of(period)?),
            },
            reported: *reported,
            document: match document {
                None => None,
                Some(document) => Some(entity(document)?),
            },
        })
    }

    /// Returns the kinds of its ends, where both are entities of the graph.
    #[inline]
    pub(crate) fn kinds(&self, graph: &ClaimGraph) -> EndKinds {
        let kinds = |(subject, relation, object): (EntityId, RelationLabel, EntityId)| {
            // Of millions of entities, the kind of each would be far to fetch.
            if matches!(relation, RelationLabel::Place(place) if graph.rules.takes_all(place)) {
                return (subject.max(object).index() < graph.registry.len())
                    .then_some(Kinds::Taken);
            }
            Some(Kinds::Of(graph.registry.kind(subject)?, graph.registry.kind(object)?))
        };
        EndKinds(self.statement.and_then(kinds))
    }
}

/// Returns the entity that the text names.
fn entity(argument: &Argument) -> Option<EntityId> {
    match argument {
        Argument { value: Value::Entity(entity), basis: Basis::Stated } => Some(*entity),
        _ => None,
    }
}

/// The same claim with all the room for more. A row that answers another of its batch by position
/// answers nothing here.
impl From<PlainClaim> for Claim {
    fn from(row: PlainClaim) -> Self {
        let entity = |entity: EntityId| Argument::stated(Value::Entity(entity));
        let mut claim = Attribution::of(entity(row.speaker), row.stance);
        claim.statement = row.statement.map(|(subject, relation, object)| Statement {
            subject: entity(subject),
            relation,
            object: entity(object),
            roles: Vec::new(),
        });
        if let Some(Answered::Claim(target)) = row.answered {
            claim.targets.push((target, Basis::Stated));
        }
        claim.valid = row.valid.map(Days::period);
        claim.reported = row.reported;
        claim.document = row.document.map(entity);
        claim
    }
}

/// What came of an [`extend`](ClaimGraph::extend).
#[derive(Clone, PartialEq, Debug, Default)]
#[must_use = "some claims may have been rejected"]
pub struct BatchReport {
    pub(crate) accepted: std::ops::Range<usize>,
    pub(crate) rejected: Vec<(usize, Error)>,
}

impl BatchReport {
    /// Returns the claims that were put on record, in order.
    pub fn accepted(&self) -> impl ExactSizeIterator<Item = ClaimId> + use<> {
        ClaimIds(self.accepted.clone())
    }

    /// Returns the others: the position in what was handed in, counted from zero, and the first fault.
    pub fn rejected(&self) -> &[(usize, Error)] {
        &self.rejected
    }
}

#[derive(Clone, Debug)]
struct ClaimIds(std::ops::Range<usize>);

impl Iterator for ClaimIds {
    type Item = ClaimId;

    fn next(&mut self) -> Option<ClaimId> {
        self.0.next().and_then(ClaimId::nth)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ClaimIds {}

mod sealed {
    use crate::graph::ClaimGraph;
    use crate::model::error::Error;
    use crate::model::id::{ClaimId, KindId};

    /// The kinds of subject and object, where both are entities of the graph.
    #[allow(unnameable_types)]
    #[derive(Clone, Copy, Debug)]
    pub struct EndKinds(pub(crate) Option<Kinds>);

    /// The kinds of two entities.
    #[derive(Clone, Copy, Debug)]
    pub(crate) enum Kinds {
        /// Any, and the relation takes them all.
        Taken,
        Of(KindId, KindId),
    }

    #[allow(unnameable_types)] // a trait nobody else implements
    pub trait Sealed {
        /// The kinds of its ends, if it is short enough for the short way.
        fn kinds(&self, graph: &ClaimGraph) -> EndKinds;

        /// Puts it on record; its ends are of these kinds.
        fn put(&self, kinds: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error>;

        /// Settles what is known by its position in a batch.
        fn place(&mut self, found: impl Fn(usize) -> Option<ClaimId>);
    }
}

use sealed::Sealed;
pub(crate) use sealed::{EndKinds, Kinds};

/// What [`insert`](ClaimGraph::insert) takes: a [`Claim`] or a [`PlainClaim`].
pub trait IntoClaim: Sealed {}

impl IntoClaim for Claim {}

impl Sealed for Claim {
    fn kinds(&self, _: &ClaimGraph) -> EndKinds {
        EndKinds(None)
    }

    fn put(&self, _: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error> {
        match PlainClaim::of(self) {
            Some(plain) => graph.put_plain(&plain, plain.kinds(graph), || Cow::Borrowed(self)),
            None => graph.put_checked(self),
        }
    }

    fn place(&mut self, _: impl Fn(usize) -> Option<ClaimId>) {}
}

impl IntoClaim for PlainClaim {}

impl Sealed for PlainClaim {
    #[inline]
    fn kinds(&self, graph: &ClaimGraph) -> EndKinds {
        PlainClaim::kinds(self, graph)
    }

    #[inline]
    fn put(&self, kinds: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error> {
        graph.put_plain(self, kinds, || Cow::Owned((*self).into()))
    }

    #[inline]
    fn place(&mut self, found: impl Fn(usize) -> Option<ClaimId>) {
        if let Some(Answered::PlainClaim(position)) = self.answered {
            self.answered = found(position).map(Answered::Claim).or(self.answered);
        }
    }
}
