//! The effects of later claims on something demanded, threatened or forecast, and on its conditions.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::id::{ClaimId, RoleId};
use crate::model::time::period::{Aspect, Period};
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Bearing, Certainty, Modality, Stance};
use crate::model::value::word::words;
use crate::model::vocabulary::base::{ADDITIONAL_TO, CONDITION, PART_OF, PART_OF_TOTAL};
use crate::questions::entailment::{Entailed, Proposition};
use crate::questions::response::Response;
use crate::view::View;
use crate::view::steps::Steps;
use indexmap::IndexSet;
use jiff::civil::Date;

words! {
    /// The effect of a later claim on something demanded, threatened or forecast.
    #[non_exhaustive]
    Effect, "effect" {
        /// It says that it happened, and in time if there is a deadline.
        Meets = "meets" / "meets it",
        /// It says that it happened after the deadline.
        MeetsLate = "meets-late" / "meets it late",
        /// It denies what was to happen.
        Breaks = "breaks" / "breaks it",
        /// It speaks of it and settles nothing: it doubts or dismisses the announcement, plans or expects the same,
        /// or says less than was awaited.
        BearsOn = "bears-on" / "bears on it",
        /// The speaker of the announcement gives it another time.
        Postpones = "postpones" / "gives it another time",
    }
}

/// A statement that is awaited, from the report day of the announcement on.
pub(crate) struct Awaited<'a, 'g> {
    pub(crate) view: &'a View<'g>,
    /// The claim that announces it.
    pub(crate) of: ClaimRef<'g>,
    pub(crate) statement: StatementRef<'g>,
    /// Whether it is a condition of what is announced.
    pub(crate) is_condition: bool,
    /// The deadline read leniently, and read strictly if that differs.
    pub(crate) deadlines: (Option<Date>, Option<Date>),
}

impl<'g> Awaited<'_, 'g> {
    /// Returns whether the claim came later. The order of claims of one day is not known. Claims of one document do
    /// not answer each other.
    fn is_later(&self, claim: ClaimRef<'g>) -> Answer {
        let same_day = claim.reported() == self.of.reported();
        let apart = claim.document_id().is_some() && claim.document_id() != self.of.document_id();
        Answer::of(claim.reported() > self.of.reported(), !(same_day && apart))
    }

    /// Returns what was announced, at a time after the report.
    fn announced(&self) -> Proposition<'g> {
        Proposition {
            quantity: self.figure(),
            valid: Some(Period::after(self.of.reported())),
            ..self.statement.proposition()
        }
    }

    /// Returns the claims that say it, or a part of it.
    pub(crate) fn said_so(&self) -> Vec<Response<'g>> {
        let (view, graph) = (self.view, self.view.graph);
        let condition = graph.resolve_role(CONDITION.0).ok();
        let is_asked = |role: RoleId| graph.is_content(role) && Some(role) != condition;
        let roles = self.statement.held_roles().iter().filter(|(role, _)| is_asked(*role));
        let roles: Vec<_> = roles.cloned().collect();
        let announced = self.announced();
        // Figures are compared apart, beside the statement or as its object.
        let object = announced.object.filter(|object| !matches!(object, Term::Quantity(_)));
        let asked = Proposition { object, roles: &[], quantity: None, ..announced.clone() };
        let (pattern, loose) = (
            view.pattern(Proposition { roles: &roles, ..asked.clone() }, true),
            view.pattern(asked, true),
        );
        let implied = graph.vocabulary.entailed(self.statement.relation_id());
        let (linked, mut found) = (self.linked_claims(), Vec::new());
        let candidates = view.candidates_and_less(&loose).into_iter();
        for claim in candidates.filter_map(|id| ClaimRef::new(graph, id)) {
            // What a revision of its own speaker repeats is said by the revision.
            if view.superseded(claim.id()).is_some_and(|it| it.repeated) {
                continue;
            }
            let (is_there, confirming) = (view.passes(claim), self.confirming(claim));
            if !is_there && confirming.is_empty() {
                continue;
            }
            let later = self.is_later(claim);
            let against = claim.stance().bearing() == Some(Bearing::Contests);
            let revises =
                claim.stance() == Stance::Revises && claim.responds_to(self.of.id()).is_possible();
            let apart = linked.contains(&claim.id()) || self.is_of_one_document(claim);
            if claim == self.of || later.is_no() || against || revises || apart {
                continue;
            }
            let Some(said) = view.proposition(claim) else { continue };
            let mut found =
                Found { list: &mut found, claim: is_there.then_some(claim), confirming };
            let entailed = view.entails(&said, &pattern);
            let Some(Entailed { steps, .. }) =
                entailed.clone().or_else(|| view.entails(&said, &loose))
            else {
                // It says a part of what was awaited, and that much of it is so.
                let own = graph.vocabulary.primary(said.relation).0;
                let speaks = implied.iter().any(|(relation, _)| *relation == own)
                    && view.commitment(claim).is_some();
                let part = view.pattern_of_content(said);
                if let Some(Entailed { steps, .. }) =
                    view.entails(&announced, &part).filter(|_| speaks)
                {
                    found.push(self, Effect::BearsOn, Answer::Unknown, steps);
                }
                continue;
            };
            let after = view.begins_after(&said, pattern.relation, self.of.reported_day());
            let committed = view.commitment(claim) == Some(Modality::Actual);
            let figure = self.figure_of(&said);
            if !committed || figure.is_no() || self.contradicts_a_role(claim) {
                found.push(self, Effect::BearsOn, later, steps);
                continue;
            }
            let (effect, in_time) = match self.in_time(claim) {
                Answer::No => (Effect::MeetsLate, Answer::Yes),
                in_time => (Effect::Meets, in_time),
            };
            let whole = Answer::of(entailed.is_some(), false);
            let certain = later.and(after).and(whole).and(is_sure(claim)).and(figure).and(in_time);
            found.push(self, effect, certain, steps);
        }
        found
    }

    /// Returns the claims of the view that confirm or acknowledge the claim as a whole, or that confirm these.
    fn confirming(&self, claim: ClaimRef<'g>) -> Vec<ClaimRef<'g>> {
        let (mut met, mut next) = (IndexSet::from([claim.id()]), 0);
        while let Some(&id) = met.get_index(next) {
            next += 1;
            for answer in self.view.graph.ledger.answers(id) {
                let answer = ClaimRef::new(self.view.graph, answer);
                let confirms =
                    |it: &ClaimRef<'_>| it.confirms_as_a_whole() && it.responds_to(id).is_yes();
                met.extend(answer.filter(confirms).map(ClaimRef::id));
            }
        }
        met.into_iter().skip(1).filter_map(|id| self.view.get(id)).collect()
    }

    /// Returns whether both were read in one document. What a document announces, it does not report.
    fn is_of_one_document(&self, claim: ClaimRef<'g>) -> bool {
        claim.document_id().is_some() && claim.document_id() == self.of.document_id()
    }

    /// Returns the claims in addition to which it was announced, with which it is in one total, or of which it is a part.
    /// They do not meet it.
    pub(crate) fn linked_claims(&self) -> IndexSet<ClaimId> {
        let links = [ADDITIONAL_TO, PART_OF_TOTAL, PART_OF];
        links.into_iter().flat_map(|role| self.view.linked(self.of, role)).collect()
    }

    /// Returns the figure that was announced, beside the statement or as its object.
    pub(crate) fn figure(&self) -> Option<&'g Quantity> {
        let object = match self.statement.object() {
            Term::Quantity(quantity) => Some(quantity),
            _ => None,
        };
        object.or(self.current_quantity().filter(|_| !self.is_condition))
    }

    /// Returns the figure beside the announcement, as its speaker last gave it.
    fn current_quantity(&self) -> Option<&'g Quantity> {
        let superseded = self.view.superseded(self.of.id());
        let revision = superseded.and_then(|it| it.figure.last().copied());
        let revision = revision.and_then(|id| ClaimRef::new(self.view.graph, id));
        revision.and_then(ClaimRef::quantity).or(self.of.quantity())
    }

    /// Returns whether the claim gives the figure that was announced.
    fn figure_of(&self, said: &Proposition<'_>) -> Answer {
        let graph = self.view.graph;
        match (self.figure(), said.quantity) {
            (None, _) => Answer::Yes,
            (Some(_), None) => Answer::Unknown,
            (Some(wanted), Some(given)) => graph.in_unit(given).supports(&graph.in_unit(wanted)),
        }
    }

    /// Returns whether the claim gives another value to a role of what is awaited.
    fn contradicts_a_role(&self, claim: ClaimRef<'g>) -> bool {
        let given = |role: RoleId| {
            let values = claim.held_roles().iter().filter(move |(other, _)| *other == role);
            values.map(|(_, argument)| &argument.value)
        };
        self.statement.held_roles().iter().any(|(role, wanted)| {
            self.view.graph.is_content(*role)
                && given(*role).next().is_some()
                && !given(*role).any(|value| *value == wanted.value)
        })
    }

    /// Returns whether it happened by the deadline: `Yes` if it did by the strict reading, `No` if it did not even by
    /// the lenient one.
    fn in_time(&self, claim: ClaimRef<'g>) -> Answer {
        let Some(deadline) = self.deadlines.0 else { return Answer::Yes };
        let strict = self.deadlines.1.unwrap_or(deadline);
        let revised = self.view.revised(claim);
        let timed = revised.and_then(|it| ClaimRef::new(self.view.graph, it.period));
        let by = |day: Date| match timed.unwrap_or(claim).holding() {
            Some(period) => period.begun_by(day),
            // It had happened by the report day.
            None => Answer::of(claim.reported() <= day, false),
        };
        Answer::of(by(strict).is_yes(), by(deadline).is_no())
    }

    /// Returns the claims that contest that it happened.
    pub(crate) fn against(&self, said_so: &[Response<'g>]) -> Vec<Response<'g>> {
        let mut found = Vec::new();
        for says in said_so.iter().filter(|it| it.meets()) {
            for contest in self.view.contests_in_no_order(says.claim()) {
                let claim = contest.claim();
                let certain = contest.certain().and(self.is_later(claim));
                if certain.is_possible() {
                    let steps = contest.steps_shared();
                    found.push(Response::later(claim, Effect::Breaks, certain, steps));
                }
            }
        }
        found
    }

    /// Returns the denials of something that what is awaited entails.
    pub(crate) fn denied(&self) -> Vec<Response<'g>> {
        let (view, announced) = (self.view, self.announced());
        let denials = view.denials_of(&announced, None, None).filter(|(.., it)| !it.superseded);
        let breaks = denials.filter_map(|(denial, _, entailed)| {
            let (meant, later) = (view.modality_of(&denial), self.is_later(denial.claim));
            let meant_so = [Modality::Actual, self.of.modality()].contains(&meant);
            if later.is_no() || !meant_so {
                return None;
            }
            let covers = match meant {
                Modality::Actual => self.covers_all_time(&view.said_by(&denial)?),
                _ => Answer::Yes,
            };
            let effect = if covers.is_no() { Effect::BearsOn } else { Effect::Breaks };
            let certain = later.and(is_sure(denial.claim));
            let certain = if covers.is_no() { certain } else { certain.and(covers) };
            Some(Response::later(denial.claim, effect, certain, entailed.steps))
        });
        breaks.collect()
    }

    /// Returns whether a denial covers all the time that was left. A denial without a time does if it came after the
    /// deadline, else perhaps. One that names days does only if they are all that were left.
    fn covers_all_time(&self, denied: &Proposition<'g>) -> Answer {
        let reported = denied.told.map(|told| told.reported.date());
        let Some(period) = denied.holding() else {
            let over = self.deadlines.0.zip(reported).is_some_and(|(day, said)| said >= day);
            return Answer::of(over, false);
        };
        let from = period.start_earliest().is_none_or(|first| first <= self.of.reported());
        let happened_once = period.aspect() == Aspect::Occurrence;
        let last = if happened_once { period.end_latest() } else { period.end_earliest() };
        let to = match (last, self.deadlines.0) {
            (None, Some(_)) => Answer::of(happened_once, false),
            (None, None) => Answer::Unknown,
            (Some(last), Some(deadline)) => Answer::of(last >= deadline, last < deadline),
            (Some(_), None) => Answer::No,
        };
        if happened_once && !from { Answer::No } else { to }
    }

    /// Returns the claims that answer the announcement itself. A condition is not answered.
    pub(crate) fn responding_to(&self) -> impl Iterator<Item = Response<'g>> {
        let of = self.of;
        let answers = of.responses().filter(|a| !self.is_condition && self.view.contains(a.id()));
        let own = move |a: ClaimRef<'g>| a.speaker().is_some() && a.speaker() == of.speaker();
        answers.filter_map(move |claim| {
            let effect = match claim.stance().bearing()? {
                Bearing::Withdraws => return None,
                Bearing::Revises if claim.valid().is_some() && own(claim) => Effect::Postpones,
                _ => Effect::BearsOn,
            };
            Some(Response::later(claim, effect, claim.responds_to(of.id()), Steps::default()))
        })
    }
}

/// The developments that were found, a claim if it is in the view, and the claims that confirm it.
struct Found<'a, 'g> {
    list: &'a mut Vec<Response<'g>>,
    claim: Option<ClaimRef<'g>>,
    confirming: Vec<ClaimRef<'g>>,
}

impl<'g> Found<'_, 'g> {
    /// Adds the claim with its effect, and those who confirm it with the same.
    fn push(&mut self, of: &Awaited<'_, 'g>, effect: Effect, certain: Answer, steps: Steps) {
        let own = self.claim.map(|claim| Response::later(claim, effect, certain, steps.clone()));
        self.list.extend(own);
        for &claim in &self.confirming {
            let later = of.is_later(claim);
            let apart = !of.is_of_one_document(claim) && claim.modality() == Modality::Actual;
            if later.is_possible() && apart {
                let certain = certain.and(later).and(is_sure(claim));
                self.list.push(Response::later(claim, effect, certain, steps.clone()));
            }
        }
    }
}

/// Returns `Yes` if the speaker holds it certain or probable, else `Unknown`.
fn is_sure(claim: ClaimRef<'_>) -> Answer {
    Answer::of(claim.certainty() <= Certainty::Probable, false)
}
