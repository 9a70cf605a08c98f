//! The parts of a statement, how one of them stands, and the bearing of a claim on one of them: whether its figure or its
//! time fits.

use crate::graph::claim_ref::ClaimRef;
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::word::words;
use crate::questions::statement::StatementQuery;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A part of what a claim says.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Facet {
    /// The relation between the parties: an actor did something to another or somewhere.
    Participants,
    /// A relation that the claim's own implies, such as being present where one deploys.
    Implied(String),
    /// How many.
    Quantity,
    /// A role, such as the purpose, by its key.
    Role(String),
    /// When.
    Time,
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Facet::Participants => f.write_str("participants"),
            Facet::Implied(relation) => write!(f, "implied: {relation}"),
            Facet::Quantity => f.write_str("quantity"),
            Facet::Role(role) => f.write_str(role),
            Facet::Time => f.write_str("time"),
        }
    }
}

words! {
    /// How one part of a claim or statement stands with others.
    #[non_exhaustive]
    Verdict, "verdict" {
        /// Somebody supports it, and nobody contradicts it.
        Supported = "supported",
        /// Somebody contradicts it, and nobody supports it.
        Contradicted = "contradicted",
        /// Some support it, and some contradict it.
        Disputed = "disputed",
        /// Somebody speaks of it, and leaves open whether it is so.
        Open = "open",
        /// Nobody says anything of it.
        Silent = "silent",
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns whether a claim on the statement supports the part: yes, no, or open. `None` if it says nothing of the part,
    /// and for a part that is not a matter of degree. `own` is the claim that the question was made of.
    pub(crate) fn supported_by(
        &self,
        facet: &Facet,
        claim: ClaimRef<'g>,
        own: Option<ClaimRef<'g>>,
    ) -> Option<Answer> {
        match facet {
            Facet::Quantity => self.figure_supported_by(claim, own),
            Facet::Time => self.time_supported_by(claim),
            _ => None,
        }
    }

    /// A figure that its speaker has revised says nothing any more.
    fn figure_supported_by(
        &self,
        claim: ClaimRef<'g>,
        own: Option<ClaimRef<'g>>,
    ) -> Option<Answer> {
        let graph = self.view.graph;
        let asked = self.figure_asked()?;
        let said = claim.quantity().filter(|_| !self.view.revised_by_its_speaker(claim))?;
        let (said, wanted) = (graph.in_unit(said), graph.in_unit(asked));
        let (days, spell) = (self.valid.as_ref().map(Period::named_days), claim.spell());
        let together = days.is_none_or(|days| spell.within(days).is_possible());
        // A count over a part of the days is a lower bound.
        let given = match days.is_some_and(|days| spell.counts_a_part_of(days)) {
            true => Cow::Owned(said.lower_bound()),
            false => said,
        };
        // Two figures of which one revises the other can both be right.
        let apart = || given.is_apart(&wanted) && own.is_none_or(|own| claim.cannot_both_hold(own));
        match given.supports(&wanted) {
            _ if given.unit() != wanted.unit() || !together => None,
            Answer::Yes => Some(Answer::Yes),
            _ if apart() => Some(Answer::No),
            _ => Some(Answer::Unknown),
        }
    }

    /// Returns whether it was then. It was not if it happened once, and then at another time.
    fn time_supported_by(&self, claim: ClaimRef<'g>) -> Option<Answer> {
        claim.valid()?;
        let (said, pattern) = (self.view.proposition(claim)?, self.pattern()?);
        match self.view.speaks_of_time(&said, &pattern) {
            Answer::No if self.once => Some(Answer::No),
            // At another time it may have happened as well.
            Answer::No => None,
            answer => Some(answer),
        }
    }
}
