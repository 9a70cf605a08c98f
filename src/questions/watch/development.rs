//! The effect of later claims on something demanded, threatened or forecast, and to its conditions.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::id::{ClaimId, RoleId};
use crate::model::time::period::{Aspect, Period};
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Bearing, Certainty, Modality, Stance};
use crate::model::vocabulary::base::{ADDITIONAL_TO, CONDITION, PART_OF_TOTAL};
use crate::questions::entailment::Proposition;
use crate::view::View;
use crate::view::finding::Finding;
use crate::view::json::json_form;
use crate::view::proof::{Proof, Step};
use indexmap::IndexMap;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The effect of a later claim on something awaited.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Effect {
    /// It says that it happened, in time where there is a deadline.
    Meets,
    /// It says that it happened after the deadline.
    MeetsLate,
    /// It denies what was to happen.
    Breaks,
    /// It speaks of it and settles nothing: doubts or dismisses the announcement, plans or expects the
    /// same, or says less than was awaited.
    BearsOn,
    /// The same speaker gives it another time.
    Postpones,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Effect::Meets => "meets it",
            Effect::MeetsLate => "meets it late",
            Effect::Breaks => "breaks it",
            Effect::BearsOn => "bears on it",
            Effect::Postpones => "gives it another time",
        })
    }
}

/// A later claim, and what it does to something awaited.
#[derive(Clone, Debug)]
pub struct Development<'g> {
    claim: ClaimRef<'g>,
    effect: Effect,
    certain: Answer,
    steps: Vec<Step>,
}

impl<'g> Development<'g> {
    /// Returns the later claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns what it does.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Returns `Yes` if it certainly does so, `Unknown` if it only may: it leaves open the day, a figure or a
    /// role, is only held possible, was reported the same day, or denies before the time is over.
    pub fn certain(&self) -> Answer {
        self.certain
    }

    /// Returns the steps from what the claim says to what was awaited; of a denial, from what was awaited to what
    /// is denied.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl Finding for Development<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_steps(&self.steps);
    }
}

json_form!(Development<'_>, |it| {
    claim: it.claim,
    effect: it.effect,
    certain: it.certain,
    steps => it.claim.graph().keyed_steps(&it.steps),
});

impl fmt::Display for Development<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let perhaps = if self.certain.is_yes() { "" } else { "perhaps " };
        write!(f, "{}: {perhaps}{}", self.claim, self.effect)
    }
}

/// The content that is awaited of later claims: a statement, from one day on and until another.
pub(crate) struct Awaited<'a, 'g> {
    pub(crate) view: &'a View<'g>,
    /// The claim that announces it.
    pub(crate) of: ClaimRef<'g>,
    pub(crate) statement: StatementRef<'g>,
    /// Whether it is a condition, and not what is announced itself.
    pub(crate) is_condition: bool,
    /// Read leniently, and strictly where that differs.
    pub(crate) deadlines: (Option<Date>, Option<Date>),
}

impl<'g> Awaited<'_, 'g> {
    /// Everything later that speaks of it, the strongest effect of each claim, in the order of questions.
    pub(crate) fn developments(&self) -> Vec<Development<'g>> {
        let mut found: IndexMap<ClaimId, Development<'g>> = IndexMap::new();
        for development in
            self.said_so().into_iter().chain(self.denied()).chain(self.responding_to())
        {
            found.entry(development.claim.id()).or_insert(development);
        }
        let mut found: Vec<Development<'g>> = found.into_values().collect();
        self.view.graph.sort_findings(&mut found, |development| development.claim.id());
        found
    }

    /// Whether the claim came later: of those of the same day nobody knows, and what one document says
    /// together does not answer itself.
    fn is_later(&self, claim: ClaimRef<'g>) -> Answer {
        let same_day = claim.reported() == self.of.reported();
        let apart = claim.document_id().is_some() && claim.document_id() != self.of.document_id();
        Answer::of(claim.reported() > self.of.reported(), !(same_day && apart))
    }

    fn onwards(&self) -> Period {
        Period::after(self.of.reported())
    }

    /// Claims that say it, or say of it less than was awaited.
    fn said_so(&self) -> Vec<Development<'g>> {
        let (view, graph) = (self.view, self.view.graph);
        let condition = graph.resolve_role(CONDITION.0).ok();
        let is_asked = |role: RoleId| graph.is_content(role) && Some(role) != condition;
        let roles: Vec<_> = self
            .statement
            .held_roles()
            .iter()
            .filter(|(role, _)| is_asked(*role))
            .cloned()
            .collect();
        let announced = Proposition {
            quantity: self.figure(),
            valid: Some(self.onwards()),
            ..self.statement.proposition()
        };
        // Figures are compared apart, wherever they stand.
        let object = announced.object.filter(|object| !matches!(object, Term::Quantity(_)));
        let asked = Proposition { object, roles: &[], quantity: None, ..announced.clone() };
        let (pattern, loose) = (
            view.pattern(Proposition { roles: &roles, ..asked.clone() }, true),
            view.pattern(asked, true),
        );
        let mut found = Vec::new();
        for claim in view.candidates_and_less(&loose).into_iter().filter_map(|id| view.get(id)) {
            let later = self.is_later(claim);
            let against = claim.stance().bearing() == Some(Bearing::Contests);
            let revises =
                claim.stance() == Stance::Revises && claim.responds_to(self.of.id()).is_possible();
            if claim == self.of || later.is_no() || against || revises || self.is_linked_to(claim) {
                continue;
            }
            let Some(said) = view.proposition(claim) else { continue };
            let entailed = view.entails(&said, &pattern);
            let Some(steps) = entailed.clone().or_else(|| view.entails(&said, &loose)) else {
                // It says less than was awaited, and that much of it is so.
                let less = || view.entails(&announced, &view.pattern_of_content(said.clone()));
                let is_implied = graph.vocabulary.entailed(self.statement.relation_id()).iter();
                let own = graph.vocabulary.primary(said.relation).0;
                let speaks = is_implied.into_iter().any(|(relation, _)| *relation == own)
                    && view.commitment(claim).is_some();
                let steps = if speaks { less() } else { None };
                found.extend(steps.map(|steps| Development {
                    claim,
                    effect: Effect::BearsOn,
                    certain: Answer::Unknown,
                    steps,
                }));
                continue;
            };
            let committed = view.commitment(claim) == Some(Modality::Actual);
            let figure = self.figure_of(&said);
            let in_time = self.in_time(claim);
            let development = match committed && !figure.is_no() && !self.contradicts_a_role(claim)
            {
                true => {
                    let whole = Answer::of(entailed.is_some(), false);
                    let sure = Answer::of(claim.certainty() <= Certainty::Probable, false);
                    let effect = if in_time.is_no() { Effect::MeetsLate } else { Effect::Meets };
                    let in_time = if in_time.is_no() { Answer::Yes } else { in_time };
                    let certain =
                        [whole, sure, figure, in_time].into_iter().fold(later, Answer::and);
                    Development { claim, effect, certain, steps }
                }
                false => Development { claim, effect: Effect::BearsOn, certain: later, steps },
            };
            found.push(development);
        }
        found
    }

    /// If something is announced in addition to a claim, or as a part of it, that claim does not meet it.
    fn is_linked_to(&self, claim: ClaimRef<'g>) -> bool {
        let links = [ADDITIONAL_TO, PART_OF_TOTAL];
        links.into_iter().any(|role| self.of.linked(role).any(|id| id == claim.id()))
    }

    /// The figure that was announced, beside the statement or as its object.
    fn figure(&self) -> Option<&'g Quantity> {
        let object = match self.statement.object() {
            Term::Quantity(quantity) => Some(quantity),
            _ => None,
        };
        object.or(self.of.quantity().filter(|_| !self.is_condition))
    }

    /// Whether the figure that was announced is given.
    fn figure_of(&self, said: &Proposition<'_>) -> Answer {
        let graph = self.view.graph;
        match (self.figure(), said.quantity) {
            (None, _) => Answer::Yes,
            (Some(_), None) => Answer::Unknown,
            (Some(wanted), Some(given)) => graph.in_unit(given).supports(&graph.in_unit(wanted)),
        }
    }

    /// Whether the claim gives some role of what is awaited another value.
    fn contradicts_a_role(&self, claim: ClaimRef<'g>) -> bool {
        let graph = self.view.graph;
        let wanted = self.statement.held_roles().iter().filter(|(role, _)| graph.is_content(*role));
        wanted.into_iter().any(|(role, wanted)| {
            let mut given = claim
                .held_roles()
                .iter()
                .filter(|(r, _)| r == role)
                .map(|(_, argument)| &argument.value)
                .peekable();
            given.peek().is_some() && !given.any(|value| *value == wanted.value)
        })
    }

    /// Whether it happened by the deadline: certainly by the strict one, or not even by the lenient one.
    fn in_time(&self, claim: ClaimRef<'g>) -> Answer {
        let Some(deadline) = self.deadlines.0 else { return Answer::Yes };
        let strict = self.deadlines.1.unwrap_or(deadline);
        let by = |day: Date| match claim.holding() {
            Some(period) => period.begun_by(day),
            // It had happened when it was told.
            None => Answer::of(claim.reported() <= day, false),
        };
        Answer::of(by(strict).is_yes(), by(deadline).is_no())
    }

    /// Denials of something that what is awaited entails.
    fn denied(&self) -> Vec<Development<'g>> {
        let view = self.view;
        let said = Proposition {
            quantity: self.figure(),
            valid: Some(self.onwards()),
            ..self.statement.proposition()
        };
        let meant = |denial: &ClaimRef<'g>| {
            denial.modality() == Modality::Actual || denial.modality() == self.of.modality()
        };
        let mut found = Vec::new();
        for claim in view.denials_against(&said).filter(meant) {
            let later = self.is_later(claim);
            let steps = view
                .denied(claim)
                .filter(|_| later.is_possible())
                .and_then(|d| view.entails(&said, &d));
            let Some(steps) = steps else { continue };
            let sure = Answer::of(claim.certainty() <= Certainty::Probable, false);
            let certain = later.and(self.covers_all_time(claim)).and(sure);
            found.push(Development { claim, effect: Effect::Breaks, certain, steps });
        }
        found
    }

    /// Whether the denial is about all the time that was left: that it will not happen, or, once the
    /// deadline is over, that it has not.
    fn covers_all_time(&self, denial: ClaimRef<'g>) -> Answer {
        if denial.modality() != Modality::Actual {
            return Answer::Yes;
        }
        let Some(deadline) = self.deadlines.0 else { return Answer::Unknown };
        let reaches = match denial.valid() {
            None => denial.reported() >= deadline,
            Some(period) if period.aspect() == Aspect::Occurrence => {
                period.start_earliest().is_none_or(|first| first <= self.of.reported())
                    && period.end_latest().is_none_or(|last| last >= deadline)
            }
            Some(_) => {
                let holding = denial.holding();
                holding
                    .and_then(|period| period.end_earliest())
                    .is_some_and(|last| last >= deadline)
            }
        };
        Answer::of(reaches, false)
    }

    /// Claims that answer the announcement itself.
    fn responding_to(&self) -> Vec<Development<'g>> {
        if self.is_condition {
            return Vec::new();
        }
        let answers = self.of.responses().filter(|answer| self.view.contains(answer.id()));
        let own = |answer: ClaimRef<'g>| {
            answer.speaker().is_some() && answer.speaker() == self.of.speaker()
        };
        let development = |claim: ClaimRef<'g>| {
            let effect = match claim.stance() {
                Stance::Dismisses
                | Stance::Doubts
                | Stance::Denies
                | Stance::Confirms
                | Stance::Acknowledges => Effect::BearsOn,
                Stance::Revises if claim.valid().is_some() && own(claim) => Effect::Postpones,
                Stance::Revises => Effect::BearsOn,
                _ => return None,
            };
            Some(Development {
                claim,
                effect,
                certain: claim.responds_to(self.of.id()),
                steps: Vec::new(),
            })
        };
        answers.filter_map(development).collect()
    }
}
