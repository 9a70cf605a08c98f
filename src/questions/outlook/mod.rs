//! What is demanded, threatened and forecast, under which condition, by when, and whether any of it is
//! said to have happened.

pub(crate) mod development;
pub(crate) mod track_record;
pub(crate) mod watch;

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::{ClaimRef, StatementRef, Term};
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Modality, Stance};
use crate::model::vocabulary::base::{ADDRESSEE, CONDITION};
use crate::questions::statement::StatementQuery;
use crate::view::View;
use crate::view::finding::{Finding, Findings, Proof};
use jiff::civil::Date;
use std::fmt;

/// Something that is demanded, threatened, planned or forecast.
#[derive(Clone, Debug)]
pub struct Prospect<'g> {
    claim: ClaimRef<'g>,
    view: View<'g>,
}

impl<'g> Prospect<'g> {
    pub(crate) fn view(&self) -> &View<'g> {
        &self.view
    }

    /// The claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Whose it is; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// The statements under which it holds or would be done.
    pub fn conditions(&self) -> impl Iterator<Item = StatementRef<'g>> {
        self.claim.role(CONDITION).filter_map(|term| match term {
            Term::Statement(statement) => Some(statement),
            _ => None,
        })
    }

    /// To whom it is addressed, where the text says so.
    pub fn addressee(&self) -> Option<Term<'g>> {
        self.claim.role(ADDRESSEE).next()
    }

    /// The last day by which it is to happen, where there is one: not before it was reported.
    pub fn deadline(&self) -> Option<Date> {
        let day = Some(self.claim.reported());
        let bounded =
            |period: &Period| period.start_earliest().is_some() && period.end_latest() == day;
        let ahead = |period: &Period| period.end_latest() > day || bounded(period);
        self.claim.valid().filter(ahead).and_then(|period| period.end_latest())
    }

    /// The deadline read strictly, where that differs.
    pub fn strict_deadline(&self) -> Option<Date> {
        self.claim.valid().and_then(|period| period.strict_deadline())
    }

    /// A question about what is demanded, threatened or forecast: who says that it has happened since?
    pub fn fulfilment(&self) -> Option<StatementQuery<'g>> {
        self.claim.statement().map(|statement| self.since(statement).without_role(CONDITION))
    }

    /// A question about the time from the report on.
    fn since(&self, statement: StatementRef<'g>) -> StatementQuery<'g> {
        let day = self.claim.reported();
        self.view.inquire(statement).valid(Period::after(day)).told_since(day)
    }

    /// Does anybody say that it has happened?
    pub fn has_happened(&self) -> Answer {
        self.fulfilment().map_or(Answer::Unknown, |inquiry| inquiry.is_asserted())
    }

    /// Does anybody say that all its conditions have been met since? Unknown also where there are none.
    pub fn conditions_met(&self) -> Answer {
        let answers: Vec<Answer> = self.conditions().map(|c| self.since(c).is_asserted()).collect();
        answers.into_iter().reduce(Answer::and).unwrap_or(Answer::Unknown)
    }
}

impl Finding for Prospect<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }

    /// Who says that it has happened, and that its conditions are met.
    fn support(&self, proof: &mut Proof<'_>) {
        let asked = self
            .fulfilment()
            .into_iter()
            .chain(self.conditions().map(|condition| self.since(condition)));
        // One who says so is enough.
        asked.for_each(|inquiry| {
            inquiry.backing().iter().take(1).for_each(|backing| proof.finding(backing))
        });
    }
}

impl fmt::Display for Prospect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.claim.fmt(f)?;
        match self.has_happened() {
            Answer::Yes => f.write_str("; said to have happened"),
            _ => f.write_str("; nobody says that it has happened"),
        }
    }
}

/// The demands, threats and forecasts of a view.
#[derive(Clone, Debug)]
pub struct Outlook<'g> {
    view: View<'g>,
}

impl<'g> Outlook<'g> {
    fn of(&self, wanted: impl Fn(ClaimRef<'g>) -> bool) -> Findings<'g, Prospect<'g>> {
        let claims = self.view.claims().filter(|&claim| wanted(claim));
        let mut found: Vec<Prospect<'g>> =
            claims.map(|claim| Prospect { claim, view: self.view.clone() }).collect();
        self.view.graph.sort_findings(&mut found, |prospect| prospect.claim.id());
        Findings::of(&self.view, found)
    }

    /// What is demanded or called for.
    pub fn demands(&self) -> Findings<'g, Prospect<'g>> {
        self.of(|claim| claim.stance().is_directive())
    }

    /// What is threatened.
    pub fn threats(&self) -> Findings<'g, Prospect<'g>> {
        self.of(|claim| claim.stance() == Stance::Threatens)
    }

    /// What is forecast, planned or promised: projections, and statements that are planned, committed
    /// or expected, by whoever makes them.
    pub fn forecasts(&self) -> Findings<'g, Prospect<'g>> {
        let ahead = [Modality::Planned, Modality::Committed, Modality::Expected];
        self.of(|claim| {
            let told = claim.stance().commits() || claim.stance() == Stance::Projects;
            claim.statement().is_some()
                && told
                && (claim.stance() == Stance::Projects || ahead.contains(&claim.modality()))
        })
    }

    /// The forecasts, demands and threats whose deadline is that day or earlier.
    pub fn due(&self, day: Date) -> Findings<'g, Prospect<'g>> {
        let all = self.demands().into_iter().chain(self.threats()).chain(self.forecasts());
        let mut due: Vec<Prospect<'g>> = all
            .filter(|prospect| prospect.deadline().is_some_and(|deadline| deadline <= day))
            .collect();
        self.view.graph.sort_findings(&mut due, |prospect| prospect.claim.id());
        Findings::of(&self.view, due)
    }

    /// What holds only under a condition.
    pub fn conditionals(&self) -> Findings<'g, Prospect<'g>> {
        self.of(|claim| claim.role(CONDITION).next().is_some())
    }
}

impl Findings<'_, Prospect<'_>> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.len()
    }
}

impl ClaimGraph {
    /// What is demanded, threatened and forecast; see [`View::outlook`].
    pub fn outlook(&self) -> Outlook<'_> {
        self.view().outlook()
    }
}

impl<'g> View<'g> {
    /// What is demanded, threatened and forecast.
    ///
    /// ```
    /// use claimgraph::{claim::NotStated, date, reporting::*, Answer, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (seoul, russia) = (graph.add(State, "south-korea")?, graph.add(State, "russia")?);
    /// let forces = graph.add(Military, "forces")?;
    /// graph.insert(Claim::by(seoul).demands(forces, WITHDRAWS_FROM, russia)
    ///     .with(ADDRESSEE, NotStated).valid("[2024-10-24..2024-12-31]").reported(day))?;
    /// let demands = graph.outlook().demands();
    /// let demand = demands.first().expect("one demand");
    /// assert_eq!(demand.has_happened(), Answer::No);
    /// assert_eq!(demand.deadline(), Some(date(2024, 12, 31)));
    /// assert_eq!(graph.outlook().due(date(2024, 12, 30)).len(), 0);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn outlook(&self) -> Outlook<'g> {
        Outlook { view: self.clone() }
    }
}
