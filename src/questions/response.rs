//! The claims for and against a claim, a statement or a part of one: the one form in which every question
//! answers that. [`StatementQuery`](crate::StatementQuery) and [`View`](crate::View) make them.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Bearing, Stance};
use crate::model::vocabulary::base::EVIDENCE_FOR;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{json_form, some};
use crate::view::proof::{Proof, Step};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// How a claim stands against something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ContestKind {
    /// It says that the fact is not so.
    FactDenied,
    /// It says that a figure or a role is not so ("not 3,000"), and leaves the rest.
    FacetDenied,
    /// It says that the fact is so, which the claim in question denies.
    FactAsserted,
    /// It dismisses the claim, and says nothing about the fact.
    ClaimDismissed,
    /// It leaves open whether it is so.
    Doubted,
    /// It gives a figure, and no number is both.
    FiguresApart,
    /// It gives a time, and has no day in common with what happened once.
    TimesApart,
}

impl ContestKind {
    /// Returns how a denial stands against what it denies.
    pub(crate) fn of_denial(denial: ClaimRef<'_>) -> Self {
        match denial.graph().is_particular(denial) {
            true => ContestKind::FacetDenied,
            false => ContestKind::FactDenied,
        }
    }

    /// Returns how an answer stands against the claims it answers.
    pub(crate) fn of_answer(answer: ClaimRef<'_>) -> Option<Self> {
        match answer.stance() {
            Stance::Denies => Some(Self::of_denial(answer)),
            Stance::Dismisses => Some(ContestKind::ClaimDismissed),
            Stance::Doubts => Some(ContestKind::Doubted),
            _ => None,
        }
    }
}

impl fmt::Display for ContestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ContestKind::FactDenied => "denies the fact",
            ContestKind::FacetDenied => "denies a part of it",
            ContestKind::FactAsserted => "says that it is so",
            ContestKind::ClaimDismissed => "dismisses the claim",
            ContestKind::Doubted => "doubts it",
            ContestKind::FiguresApart => "no number is both, and the times can be the same",
            ContestKind::TimesApart => "it happened once, and the two have no day in common",
        })
    }
}

/// A claim that bears on what was asked about, and how: for it, against it, or otherwise.
#[derive(Clone, Debug)]
pub struct Response<'g> {
    claim: ClaimRef<'g>,
    bearing: Bearing,
    kind: Option<ContestKind>,
    certain: Answer,
    via: Vec<(ClaimId, Answer)>,
    steps: Vec<Step>,
    asked: Asked<'g>,
}

/// The target of a response.
#[derive(Clone, Debug)]
enum Asked<'g> {
    Claim(ClaimId),
    /// A statement or a part of it; with the claims that back it, where the response is to those.
    Statement(Option<Arc<[Response<'g>]>>),
}

impl<'g> Response<'g> {
    /// Returns a claim that backs a statement, through another one if it confirms that as a whole.
    pub(crate) fn backing(claim: ClaimRef<'g>, via: Option<ClaimId>, steps: Vec<Step>) -> Self {
        let via = via.into_iter().map(|id| (id, Answer::Yes)).collect();
        let (bearing, kind, certain) = (Bearing::Supports, None, Answer::Yes);
        Self { claim, bearing, kind, certain, via, steps, asked: Asked::Statement(None) }
    }

    /// Returns a claim against a statement or a part of it, by what it says.
    pub(crate) fn against(claim: ClaimRef<'g>, kind: ContestKind, steps: Vec<Step>) -> Self {
        let bearing = match kind {
            ContestKind::Doubted => Bearing::Questions,
            _ => Bearing::Contests,
        };
        Self { bearing, kind: Some(kind), ..Self::backing(claim, None, steps) }
    }

    /// Returns what an answer does to the claim it answers; `None` if it does nothing to it.
    pub(crate) fn answer(claim: ClaimRef<'g>, to: ClaimId) -> Option<Self> {
        let (bearing, kind) = (claim.stance().bearing()?, ContestKind::of_answer(claim));
        let certain = claim.responds_to(to);
        let (via, steps) = (vec![(to, certain)], Vec::new());
        Some(Self { claim, bearing, kind, certain, via, steps, asked: Asked::Claim(to) })
    }

    /// Returns the response to a claim, not to a statement.
    pub(crate) fn responding_to(self, to: ClaimId) -> Self {
        Self { asked: Asked::Claim(to), ..self }
    }

    /// Adds a claim that backs the statement, which this one dismisses, doubts or denies.
    pub(crate) fn through(&mut self, claim: ClaimId, all: &Arc<[Response<'g>]>) {
        let certain = self.claim.responds_to(claim);
        let denied = [ContestKind::FactDenied, ContestKind::FacetDenied].map(Some);
        self.certain = match (denied.contains(&self.kind), self.via.is_empty()) {
            (true, _) => Answer::Yes,
            (false, true) => certain,
            (false, false) => self.certain.max(certain),
        };
        self.via.push((claim, certain));
        self.asked = Asked::Statement(Some(all.clone()));
    }

    /// Makes a response to a claim one by what it says too, and so certain.
    pub(crate) fn make_certain(&mut self, steps: Vec<Step>) {
        (self.certain, self.steps) = (Answer::Yes, steps);
    }

    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the speaker of the claim; `None` if it is not named.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// Returns the stance of the claim.
    pub fn stance(&self) -> Stance {
        self.claim.stance()
    }

    /// Returns what the claim does to what was asked about: supports it, contests it, questions it.
    pub fn bearing(&self) -> Bearing {
        self.bearing
    }

    /// Returns how the claim stands against it; `None` if it is not against it.
    pub fn kind(&self) -> Option<ContestKind> {
        self.kind
    }

    /// Returns `Unknown` if it bears on what was asked in one reading of the text only, else `Yes`.
    pub fn certain(&self) -> Answer {
        self.certain
    }

    /// Returns the claims that it answers and through which it bears on what was asked, each with whether it
    /// certainly answers it: for a question about a claim, that claim; for one about a statement, claims that
    /// back the statement. If the claim bears on it by what it says alone, there are none.
    pub fn via(&self) -> &[(ClaimId, Answer)] {
        &self.via
    }

    /// Returns the steps from what the claim says to what was asked; of a denial, from what was asked to what
    /// is denied.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns whether the speaker adds evidence of its own.
    pub fn adds_evidence(&self) -> bool {
        self.claim.stance().adds_evidence()
    }
}

impl Finding for Response<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let via = self.via.iter().map(|(claim, _)| *claim);
        let mut claims: IndexSet<ClaimId> = std::iter::once(self.claim.id()).chain(via).collect();
        match &self.asked {
            Asked::Claim(asked) => _ = claims.insert(*asked),
            Asked::Statement(_) if self.bearing == Bearing::Supports => {
                claims.extend(self.claim.linked_from(EVIDENCE_FOR));
            }
            Asked::Statement(_) => {}
        }
        claims.into_iter().collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_steps(&self.steps);
        let Asked::Statement(Some(backing)) = &self.asked else { return };
        let answered = |claim| self.via.iter().any(|(id, _)| *id == claim);
        // A dismissal is said to be of so many of the claims that say so.
        let counted =
            |b: &Response<'_>| self.kind == Some(ContestKind::ClaimDismissed) && b.via.is_empty();
        for backing in backing.iter().filter(|b| counted(b) || answered(b.claim.id())) {
            proof.add_claim(backing.claim.id());
            backing.via.iter().for_each(|(claim, _)| proof.add_claim(*claim));
            proof.add_steps(&backing.steps);
        }
    }
}

json_form!(Response<'_>, |it| {
    claim: it.claim,
    speaker => it.claim.graph().keyed_entity(it.speaker()),
    stance: it.stance(),
    bearing: it.bearing,
    kind => it.kind,
    certain: it.certain,
    via => some(&it.via).map(|via| {
        let graph = it.claim.graph();
        via.iter()
            .filter_map(|&(id, certain)| Some((ClaimRef::new(graph, id)?, certain)))
            .collect::<Vec<_>>()
    }),
    steps => it.claim.graph().keyed_steps(&it.steps),
    text: it.to_string(),
});

/// "Russia dismisses 1 of the 2 claims that say so, as “fake news”"; of one that is not against it, the sentence
/// of the claim.
impl fmt::Display for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(kind) = self.kind else { return self.claim.fmt(f) };
        let who = self.claim.speaker_name();
        let perhaps = if self.certain.is_yes() { "" } else { "perhaps " };
        match (kind, &self.asked) {
            (ContestKind::ClaimDismissed, Asked::Statement(Some(backing))) => {
                let sure = self.via.iter().filter(|(_, certain)| certain.is_yes()).count();
                let saying = backing.iter().filter(|b| b.via.is_empty()).count();
                write!(f, "{who} dismisses {sure}")?;
                if sure < self.via.len() {
                    write!(f, ", perhaps {},", self.via.len())?;
                }
                write!(f, " of the {saying} claims that say so")?;
            }
            (ContestKind::FiguresApart | ContestKind::TimesApart, _) => {
                return match said_apart(self.claim, kind) {
                    Some(said) => write!(f, "{who} says {said}: {kind}"),
                    None => write!(f, "{who}: {kind}"),
                };
            }
            _ => write!(f, "{who} {perhaps}{kind}")?,
        }
        self.claim.words().map_or(Ok(()), |words| write!(f, ", as \u{201c}{words}\u{201d}"))
    }
}

/// Returns the figure or time of the claim that does not fit.
fn said_apart(claim: ClaimRef<'_>, kind: ContestKind) -> Option<String> {
    match kind {
        ContestKind::FiguresApart => claim.quantity().map(ToString::to_string),
        _ => claim.valid().map(|period| period.to_string()),
    }
}

impl<'g> Findings<'g, Response<'g>> {
    /// Returns the responses with this bearing.
    pub fn bearing(&self, bearing: Bearing) -> impl Iterator<Item = &Response<'g>> {
        self.iter().filter(move |response| response.bearing == bearing)
    }

    /// Returns the latest responses of each speaker; several if one speaker made several on its last day.
    pub fn latest(&self) -> Vec<&Response<'g>> {
        let mut last: IndexMap<Option<EntityId>, (Date, Option<Date>)> = IndexMap::new();
        for response in self {
            let known = last.entry(response.speaker()).or_insert(response.claim.day_spoken());
            *known = (*known).max(response.claim.day_spoken());
        }
        self.iter().filter(|r| last.get(&r.speaker()) == Some(&r.claim.day_spoken())).collect()
    }
}
