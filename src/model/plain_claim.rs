//! A plain claim in a few words, for programs that have millions of them. `PlainClaim::of` decides whether a [`Claim`]
//! is plain; every [`PlainClaim`] is a [`Claim`]. Insertion calls it.

use crate::model::claim::{Attribution, Claim, Speaker};
use crate::model::id::{ClaimId, EntityId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::time::period::Period;
use crate::model::value::stance::{Basis, Stance};
use crate::model::vocabulary::relation::{Relation, RelationLabel};
use jiff::civil::Date;

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
    /// Returns the days of a period, if the period says nothing else.
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
    /// By its position in the same [`extend`](crate::ClaimGraph::extend), counted from zero.
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

    /// Sets the statement. A relation that the graph has [resolved](crate::ClaimGraph::relation) is found faster.
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

    /// Sets the claim it answers by its position in the same [`extend`](crate::ClaimGraph::extend), counted from 0.
    /// Rejected claims are counted too.
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
            statement,
            targets,
            roles,
            certainty,
            modality,
            prominence,
            valid,
            bad_period: None,
            bad_said: None,
            reported,
            document,
            details,
        } = claim
        else {
            return None;
        };
        let usual = (stance.usual_certainty(), stance.usual_modality(), stance.usual_prominence());
        let usual = usual == (*certainty, *modality, *prominence);
        let ([Speaker { who, basis: Basis::Stated, direct: false }], true) =
            (chain.as_slice(), usual && roles.is_empty() && details.is_empty())
        else {
            return None;
        };
        Some(Self {
            speaker: entity(who)?,
            stance: *stance,
            statement: match statement {
                None => None,
                Some(Statement {
                    subject,
                    relation,
                    object,
                    roles,
                    negated: false,
                    valid: None,
                    bad_period: None,
                }) if roles.is_empty() => Some((entity(subject)?, *relation, entity(object)?)),
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
}

/// Returns the entity that the text names.
fn entity(argument: &Argument) -> Option<EntityId> {
    argument.value.as_ref()?.entity().filter(|_| argument.basis == Basis::Stated)
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
            negated: false,
            valid: None,
            bad_period: None,
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
