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
    /// and for a part that is not a matter of degree. If the question gives no time, figures of other times than those of
    /// the `supporters` say nothing against them.
    pub(crate) fn supported_by(
        &self,
        facet: &Facet,
        claim: ClaimRef<'g>,
        supporters: &[ClaimRef<'g>],
    ) -> Option<Answer> {
        match facet {
            Facet::Quantity => self.figure_supported_by(claim, supporters),
            Facet::Time => self.time_supported_by(claim),
            _ => None,
        }
    }

    /// A figure that its speaker has revised says nothing any more.
    fn figure_supported_by(
        &self,
        claim: ClaimRef<'g>,
        supporters: &[ClaimRef<'g>],
    ) -> Option<Answer> {
        let (graph, view) = (self.view.graph, &self.view);
        let asked = self.figure_asked()?;
        let accounts = view.accounts(claim);
        let account =
            accounts.iter().find(|it| it.figure.is_some_and(|_| view.has_current_figure(claim)))?;
        let (said, wanted) = (graph.in_unit(account.figure?), graph.in_unit(asked));
        let days = self.valid.as_ref().map(Period::named_days);
        // A count over a part of the days is a lower bound.
        let given = match days.is_some_and(|days| account.spell.counts_a_part_of(days)) {
            true => Cow::Owned(said.lower_bound()),
            false => said,
        };
        let then = days.map_or(Answer::Yes, |days| account.spell.within(days));
        // The figures of two claims disagree as in conflicts, not only with what is asked.
        let disagrees = |supporter: &ClaimRef<'g>| {
            let accounts = view.accounts(*supporter);
            let compared = accounts.iter().filter(|it| account.is_apart_from(it));
            let mut pairs = compared.filter_map(|it| account.figures_disagree(it));
            pairs.any(|(_, certain)| certain.is_yes())
        };
        let apart = || {
            let of_one_time = supporters.is_empty() || supporters.iter().any(disagrees);
            given.is_apart(&wanted) && then.is_yes() && of_one_time
        };
        match given.supports(&wanted) {
            _ if given.unit() != wanted.unit() || then.is_no() => None,
            Answer::Yes => Some(Answer::Yes),
            _ if apart() => Some(Answer::No),
            _ => Some(Answer::Unknown),
        }
    }

    /// Returns whether the claim gives a figure of another unit than the one that is asked about.
    pub(crate) fn has_another_unit(&self, claim: ClaimRef<'g>) -> bool {
        let graph = self.view.graph;
        let asked = self.figure_asked().map(|asked| graph.in_unit(asked));
        let accounts = self.view.accounts(claim);
        let mut units = accounts.iter().filter_map(|it| it.figure).map(|it| graph.in_unit(it));
        asked.is_some_and(|asked| units.any(|given| given.unit() != asked.unit()))
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
