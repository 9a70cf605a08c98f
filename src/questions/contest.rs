//! Which claims are contested, by whom, and how.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Certainty, Stance};
use crate::questions::statement::support::ContestKind;
use crate::view::View;
use crate::view::finding::{Finding, Findings, Proof, Step};
use indexmap::IndexMap;
use std::fmt;

/// One way in which one claim is contested.
#[derive(Clone, Debug)]
pub struct Contest<'g> {
    by: ClaimRef<'g>,
    of: ClaimId,
    how: ContestKind,
    certain: Answer,
    steps: Vec<Step>,
}

impl<'g> Contest<'g> {
    /// The denial or dismissal.
    pub fn by(&self) -> ClaimRef<'g> {
        self.by
    }

    /// Who contests it; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.by.speaker()
    }

    /// Whether the fact is denied, or a part of it, or the claim dismissed.
    pub fn how(&self) -> &ContestKind {
        &self.how
    }

    /// `Unknown` where it is contested in one reading of the text only.
    pub fn certain(&self) -> Answer {
        self.certain
    }
}

impl Finding for Contest<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.by.id(), self.of]
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.steps.iter().for_each(|step| proof.step(step.clone()));
    }
}

/// "Russia dismisses the claim".
impl fmt::Display for Contest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = self.speaker().map_or("somebody not named", |s| self.by.graph().name_of(s));
        let perhaps = if self.certain.is_yes() { "" } else { " perhaps" };
        write!(f, "{who}{perhaps} {}", self.how)
    }
}

/// A claim that somebody contests.
#[derive(Clone, Debug)]
pub struct Contested<'g> {
    claim: ClaimRef<'g>,
    contests: Vec<Contest<'g>>,
}

impl<'g> Contested<'g> {
    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Who contests it and how.
    pub fn contests(&self) -> &[Contest<'g>] {
        &self.contests
    }

    /// `Unknown` where it is contested in one reading of the text only.
    pub fn certain(&self) -> Answer {
        self.contests.iter().map(Contest::certain).max().unwrap_or(Answer::No)
    }
}

impl Finding for Contested<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        std::iter::once(self.claim.id()).chain(self.contests.iter().map(|c| c.by.id())).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.contests.iter().flat_map(|c| &c.steps).for_each(|step| proof.step(step.clone()));
    }
}

impl fmt::Display for Contested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.claim)?;
        for contest in &self.contests {
            write!(f, "; {contest}")?;
        }
        Ok(())
    }
}

impl<'g> Findings<'g, Contested<'g>> {
    /// Those that are contested in every reading.
    pub fn certain(&self) -> impl Iterator<Item = &Contested<'g>> {
        self.iter().filter(|contested| contested.certain().is_yes())
    }

    /// Those that are contested in one reading only.
    pub fn possible(&self) -> impl Iterator<Item = &Contested<'g>> {
        self.iter().filter(|contested| !contested.certain().is_yes())
    }
}

impl ClaimGraph {
    /// The contested claims; see [`View::contested`].
    pub fn contested(&self) -> Findings<'_, Contested<'_>> {
        self.view().contested()
    }

    /// Who contests a claim and how; see [`View::contests`].
    ///
    /// # Errors
    /// There is no such claim.
    pub fn contests(&self, claim: ClaimId) -> Result<Findings<'_, Contest<'_>>, Error> {
        self.view().contests(claim)
    }
}

impl<'g> View<'g> {
    /// Claims that are dismissed, and claims that entail something denied at a time that can be the
    /// same. Nothing spreads further: what rests on a contested claim is not itself contested. A
    /// retraction, a revision, a doubt or another figure contests nothing.
    ///
    /// ```
    /// use claimgraph::{date, questions::ContestKind, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(nk, PRESENT_IN, russia).reported(day))?;
    /// let contested = graph.contested();
    /// assert_eq!(contested.claims(), [sent]);       // who deploys is present
    /// assert_eq!(contested.first().map(|c| c.contests()[0].how()), Some(&ContestKind::FactDenied));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn contested(&self) -> Findings<'g, Contested<'g>> {
        let mut contested: IndexMap<ClaimId, Vec<Contest<'g>>> = IndexMap::new();
        for target in
            self.graph.ledger.answered().into_iter().filter(|&target| self.contains(target))
        {
            let contests: Vec<Contest<'g>> = self.direct_contests(target).collect();
            if !contests.is_empty() {
                contested.insert(target, contests);
            }
        }
        for (denial, _) in self.denials() {
            let Some(denied) = self.denied(denial) else {
                continue;
            };
            for (claim, steps) in
                self.entailing(&denied, Some(denial.modality()), Certainty::Uncommitted)
            {
                let contests = contested.entry(claim).or_default();
                deny(contests, claim, denial, steps);
            }
        }
        let found = contested.into_iter().filter_map(|(id, mut contests)| {
            self.graph.sort_findings(&mut contests, |c| c.by.id());
            Some(Contested { claim: ClaimRef::new(self.graph, id)?, contests })
        });
        let mut found: Vec<Contested<'g>> = found.collect();
        self.graph.sort_findings(&mut found, |c| c.claim.id());
        Findings::of(self, found)
    }

    /// Who contests one claim and how.
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn contests(&self, claim: ClaimId) -> Result<Findings<'g, Contest<'g>>, Error> {
        let mut contests = self.contests_in_no_order(self.graph.claim(claim)?);
        self.graph.sort_findings(&mut contests, |c| c.by.id());
        Ok(Findings::of(self, contests).beside(vec![claim], Vec::new()))
    }

    pub(crate) fn contests_in_no_order(&self, asked: ClaimRef<'g>) -> Vec<Contest<'g>> {
        let claim = asked.id();
        let mut contests: Vec<Contest<'g>> = self.direct_contests(claim).collect();
        let meant = self.commitment(asked);
        if let Some(said) = self.proposition(asked).filter(|_| meant.is_some()) {
            for denial in
                self.denials_against(&said).filter(|denial| Some(denial.modality()) == meant)
            {
                if let Some(steps) =
                    self.denied(denial).and_then(|denied| self.entails(&said, &denied))
                {
                    deny(&mut contests, claim, denial, steps);
                }
            }
        }
        contests
    }

    fn direct_contests(&self, target: ClaimId) -> impl Iterator<Item = Contest<'g>> {
        let answers = self.graph.ledger.answers(target).into_iter().filter_map(|id| self.get(id));
        answers.filter_map(move |by| {
            let how = match by.stance() {
                Stance::Dismisses => ContestKind::ClaimDismissed,
                Stance::Denies => how_denied(by),
                _ => return None,
            };
            let certain = by.responds_to(target);
            Some(Contest { by, of: target, how, certain, steps: Vec::new() })
        })
    }
}

/// Adds a denial of what a claim entails. One that answers the claim, perhaps in one reading only, is
/// there already, and certain by that.
fn deny<'g>(contests: &mut Vec<Contest<'g>>, of: ClaimId, by: ClaimRef<'g>, steps: Vec<Step>) {
    let answers = by.responds_to(of).is_possible();
    match if answers { contests.iter_mut().find(|known| known.by == by) } else { None } {
        Some(known) => (known.certain, known.steps) = (Answer::Yes, steps),
        None => contests.push(Contest { by, of, how: how_denied(by), certain: Answer::Yes, steps }),
    }
}

pub(crate) fn how_denied(denial: ClaimRef<'_>) -> ContestKind {
    match denial.graph().is_particular(denial) {
        true => ContestKind::FacetDenied,
        false => ContestKind::FactDenied,
    }
}
