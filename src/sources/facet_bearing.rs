//! The bearing of one claim on one part of another: whether its figure or its time fits, and which claims deny it.
//! Used by corroboration.

use crate::graph::claim_ref::ClaimRef;
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::questions::figure::Figure;
use crate::questions::response::{ContestKind, Response};
use crate::questions::statement::StatementQuery;
use crate::view::View;

/// The bearing of a figure or a time on another.
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
    /// Returns the claims that deny the statement, or the part of it that was asked for.
    pub(crate) fn denied(&self, wanted: ContestKind) -> Vec<Response<'g>> {
        let against = self.against().into_iter();
        against
            .filter(|against| against.kind() == Some(wanted) && against.certain().is_yes())
            .map(|against| Response::against(against.claim(), wanted, against.steps().to_vec()))
            .collect()
    }
}

impl<'g> View<'g> {
    /// Returns the bearing of the figure of a claim on a figure asked for, of the same statement. One that its
    /// speaker has revised says nothing any more.
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

    /// Returns the bearing of the time of a claim on a time asked for: that it was then, where it lies within it;
    /// that it was not, where it happened once and the two have no day in common.
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
