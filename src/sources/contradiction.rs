//! What stands against one part of a statement: who denies it, and whose figure or date cannot hold beside
//! it though he denies nothing.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::questions::conflict::ConflictKind;
use crate::questions::figure::Figure;
use crate::questions::statement::StatementQuery;
use crate::questions::statement::support::ContestKind;
use crate::view::View;
use crate::view::finding::{Finding, Proof, Step};
use std::fmt;

/// A claim that cannot hold beside what was asked, and why.
#[derive(Clone, Debug)]
pub struct Contradiction<'g> {
    claim: ClaimRef<'g>,
    reason: ConflictKind,
    steps: Vec<Step>,
}

impl<'g> Contradiction<'g> {
    pub(crate) fn new(claim: ClaimRef<'g>, reason: ConflictKind) -> Self {
        Self { claim, reason, steps: Vec::new() }
    }

    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Whose claim it is; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// Why the two cannot both hold.
    pub fn reason(&self) -> ConflictKind {
        self.reason
    }
}

impl Finding for Contradiction<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.steps.iter().for_each(|step| proof.step(step.clone()));
    }
}

/// "Kyiv says 12,000 troops: no number is both, and the times can be the same".
impl fmt::Display for Contradiction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = self
            .speaker()
            .map_or("somebody not named", |speaker| self.claim.graph().name_of(speaker));
        match (self.reason, self.claim.quantity(), self.claim.valid()) {
            (ConflictKind::FiguresApart, Some(quantity), _) => {
                write!(f, "{who} says {quantity}: {}", self.reason)
            }
            (ConflictKind::TimesApart, _, Some(period)) => {
                write!(f, "{who} says {period}: {}", self.reason)
            }
            _ => write!(f, "{who} {}", self.reason),
        }
    }
}

/// What a figure or a time says of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bears {
    Supports,
    Contradicts,
    /// It speaks of the same, and leaves open whether it is so.
    Open,
    /// It says nothing of it.
    Silent,
}

impl<'g> StatementQuery<'g> {
    /// Who denies the statement, or the part of it that was asked for.
    pub(crate) fn denied(&self, wanted: ContestKind) -> Vec<Contradiction<'g>> {
        let reason = if wanted == ContestKind::FactDenied {
            ConflictKind::FactDenied
        } else {
            ConflictKind::PartDenied
        };
        let found = self
            .against()
            .into_iter()
            .filter(|against| *against.how() == wanted && against.certain().is_yes());
        found
            .map(|against| Contradiction {
                claim: against.claim(),
                reason,
                steps: against.steps.clone(),
            })
            .collect()
    }
}

impl<'g> View<'g> {
    /// What the figure of a claim says of a figure asked for, of the same statement. One that its speaker has
    /// revised says nothing any more.
    pub(crate) fn figure_bears(
        &self,
        claim: ClaimRef<'g>,
        wanted: &Quantity,
        at: Option<&Period>,
    ) -> Bears {
        let Some(given) = claim.quantity().filter(|_| !self.revised_by_its_speaker(claim)) else {
            return Bears::Silent;
        };
        let (given, wanted) = (self.graph.in_unit(given), self.graph.in_unit(wanted));
        let together = match (claim.holding(), at) {
            (Some(a), Some(b)) => a.overlaps(b).is_possible(),
            _ => true,
        };
        match given.supports(&wanted) {
            _ if given.unit() != wanted.unit() || !together => Bears::Silent,
            Answer::Yes => Bears::Supports,
            _ if given.is_apart(&wanted) => Bears::Contradicts,
            _ => Bears::Open,
        }
    }

    /// The same of a figure that a claim gives, where neither revises the other.
    pub(crate) fn figures_bear(
        &self,
        claim: ClaimRef<'g>,
        asked: ClaimRef<'g>,
        wanted: &Quantity,
    ) -> Bears {
        let at = asked.holding();
        match (self.figure_bears(claim, wanted, at.as_ref()), claim.quantity()) {
            (Bears::Contradicts, Some(given))
                if !Figure::cannot_both_hold((claim, given), (asked, wanted)) =>
            {
                Bears::Open
            }
            (bears, _) => bears,
        }
    }

    /// What the time of a claim says of a time asked for: that it was then, where it lies within it; that it
    /// was not, where it happened once and the two have no day in common.
    pub(crate) fn time_bears(&self, claim: ClaimRef<'g>, wanted: &Period, once: bool) -> Bears {
        let Some(given) = claim.holding() else { return Bears::Silent };
        let days =
            |p: &Period| [p.start_earliest(), p.start_latest(), p.end_earliest(), p.end_latest()];
        let within = given.inside(wanted).is_yes() || days(&given) == days(wanted);
        match given.overlaps(wanted) {
            Answer::No if once => Bears::Contradicts,
            // At another time it may have happened as well.
            Answer::No => Bears::Silent,
            _ if within => Bears::Supports,
            _ => Bears::Open,
        }
    }
}
