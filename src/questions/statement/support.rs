//! Who backs a statement and who is against it: the findings of an [`StatementQuery`](crate::StatementQuery).

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::Stance;
use crate::view::finding::{Finding, Proof, Step};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A claim that backs a statement.
#[derive(Clone, Debug)]
pub struct Backing<'g> {
    pub(crate) claim: ClaimRef<'g>,
    pub(crate) through: Option<ClaimId>,
    pub(crate) steps: Vec<Step>,
}

impl<'g> Backing<'g> {
    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Who backs it; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// With which stance.
    pub fn stance(&self) -> Stance {
        self.claim.stance()
    }

    /// The claim that it confirms or acknowledges as a whole, and through which it backs the statement.
    pub fn through(&self) -> Option<ClaimId> {
        self.through
    }

    /// Whether the speaker adds evidence of his own.
    pub fn adds_evidence(&self) -> bool {
        self.claim.stance().adds_evidence()
    }

    /// The steps from what the claim says to the statement.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl Finding for Backing<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let claim = self.claim;
        let evidence = claim.linked_from(crate::model::vocabulary::base::EVIDENCE_FOR);
        [Some(claim.id()), self.through].into_iter().flatten().chain(evidence).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.steps.iter().for_each(|step| proof.step(step.clone()));
    }
}

impl fmt::Display for Backing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.claim.fmt(f)
    }
}

/// How a claim stands against something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ContestKind {
    /// It says that the fact is not so.
    FactDenied,
    /// It says that a figure or a role is not so ("not 3,000"), and leaves the rest.
    FacetDenied,
    /// It waves the claim away, and says nothing about the fact.
    ClaimDismissed,
    /// It leaves open whether it is so.
    Doubted,
}

impl fmt::Display for ContestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ContestKind::FactDenied => "denies the fact",
            ContestKind::FacetDenied => "denies a part of it",
            ContestKind::ClaimDismissed => "dismisses the claim",
            ContestKind::Doubted => "doubts it",
        })
    }
}

/// A claim against a statement.
#[derive(Clone, Debug)]
pub struct Opposition<'g> {
    pub(crate) claim: ClaimRef<'g>,
    pub(crate) how: ContestKind,
    pub(crate) through: Vec<(ClaimId, Answer)>,
    /// The claims that back the statement.
    pub(crate) backing: Arc<[Backing<'g>]>,
    pub(crate) steps: Vec<Step>,
}

impl<'g> Opposition<'g> {
    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Who is against it.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// Whether the fact is denied or only claims are dismissed or doubted.
    pub fn how(&self) -> &ContestKind {
        &self.how
    }

    /// The claims that back the statement and are dismissed or doubted.
    pub fn through(&self) -> Vec<ClaimId> {
        self.through
            .iter()
            .filter(|(_, certain)| certain.is_yes())
            .map(|(claim, _)| *claim)
            .collect()
    }

    /// Those that are dismissed or doubted in another reading of the text only.
    pub fn perhaps_through(&self) -> Vec<ClaimId> {
        self.through
            .iter()
            .filter(|(_, certain)| !certain.is_yes())
            .map(|(claim, _)| *claim)
            .collect()
    }

    /// `Unknown` where it bears on the statement in one reading of the text only.
    pub fn certain(&self) -> Answer {
        let through = self.through.iter().map(|(_, certain)| *certain).max();
        if matches!(self.how, ContestKind::FactDenied | ContestKind::FacetDenied) {
            Answer::Yes
        } else {
            through.unwrap_or(Answer::Yes)
        }
    }
}

impl Finding for Opposition<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        std::iter::once(self.claim.id())
            .chain(self.through.iter().map(|(claim, _)| *claim))
            .collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.steps.iter().for_each(|step| proof.step(step.clone()));
        let concerned = |b: &&Backing<'_>| match self.how {
            // It is said of how many claims that say so.
            ContestKind::ClaimDismissed => {
                b.through.is_none() || self.through.iter().any(|(id, _)| *id == b.claim.id())
            }
            _ => self.through.iter().any(|(id, _)| *id == b.claim.id()),
        };
        self.backing.iter().filter(concerned).for_each(|backing| {
            proof.claim(backing.claim.id());
            backing.through.into_iter().for_each(|through| proof.claim(through));
            backing.support(proof);
        });
    }
}

impl fmt::Display for Opposition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let speaker =
            self.speaker().map_or("somebody not named", |s| self.claim.graph().name_of(s));
        let perhaps = if self.certain().is_yes() { "" } else { "perhaps " };
        match self.how {
            ContestKind::ClaimDismissed => {
                let (sure, all) = (self.through().len(), self.through.len());
                let entailing = self.backing.iter().filter(|b| b.through.is_none()).count();
                let most = if sure < all { format!(", perhaps {all},") } else { String::new() };
                write!(f, "{speaker} dismisses {sure}{most} of the {entailing} claims that say so")?
            }
            ContestKind::Doubted => write!(f, "{speaker} {perhaps}doubts it")?,
            _ => write!(f, "{speaker} {perhaps}{}", self.how)?,
        }
        self.claim.words().map_or(Ok(()), |words| write!(f, ", as \u{201c}{words}\u{201d}"))
    }
}
