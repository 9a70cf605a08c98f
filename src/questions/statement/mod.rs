//! Questions about a statement: the claims for and against it, on how many independent sources it stands.

pub(crate) mod summary;
pub(crate) mod support;
pub(crate) mod variants;

use crate::graph::ClaimGraph;
use crate::graph::check_all::given;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::{StatementRef, Term};
use crate::model::error::FieldPath;
use crate::model::id::{ClaimId, RelationId, RoleId};
use crate::model::statement::Argument;
use crate::model::time::edtf::PeriodError;
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Bearing, Certainty, Modality, Stance};
use crate::model::vocabulary::Slot;
use crate::model::vocabulary::fill::Fills;
use crate::model::vocabulary::relation::{Relation, Role};
use crate::questions::entailment::{Pattern, Proposition, TimeAsked};
use crate::questions::response::Response;
use crate::store::stored_claim::{Held, HeldArgument, HeldStatement};
use crate::view::View;
use crate::view::finding::Findings;
use indexmap::IndexSet;

/// A statement that is asked about. It is a pattern, and it is not on record.
///
/// Claims that entail it count: claims under the relation or one that implies it, about the parties or their parts,
/// with every role and figure that is asked for, at a time that can be the same. By default, only actual claims
/// count, and only if they are certain or probable.
///
/// ```
/// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph, Quantity};
/// let mut graph = ClaimGraph::new();
/// let day = date(2024, 10, 24);
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// let (nis, austin) = (graph.add(Agency, "nis")?, graph.add(Person, "austin")?);
/// let sent = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
///     .quantity(Quantity::stated(3_000, "soldiers")).reported(day))?;
/// graph.insert(Claim::by(austin).confirms(sent).restating(nk, PRESENT_IN, russia).reported(day))?;
///
/// let presence = graph.statement(nk, PRESENT_IN, russia);
/// assert_eq!(presence.backing().len(), 2);
/// assert_eq!(presence.independence().count(), 2);
/// let figure = graph.statement(nk, DEPLOYS_TO, russia).quantity(Quantity::stated(3_000, "soldiers"));
/// assert_eq!(figure.independence().count(), 1);            // Austin confirms the presence, not the 3,000
/// assert_eq!(presence.is_asserted(), Answer::Yes);
/// assert_eq!(graph.statement(russia, PRESENT_IN, nk).is_asserted(), Answer::No);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a statement answers nothing until it is asked"]
pub struct StatementQuery<'g> {
    pub(crate) view: View<'g>,
    pub(crate) relation: Option<RelationId>,
    pub(crate) subject: Option<Held>,
    pub(crate) object: Option<Held>,
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
    pub(crate) given: Vec<RoleId>,
    /// Whether the question has a role or term that this graph does not have: no claim can entail it.
    impossible: bool,
    pub(crate) quantity: Option<Quantity>,
    pub(crate) valid: Option<Period>,
    throughout: bool,
    pub(crate) modality: Option<Modality>,
    pub(crate) weakest: Certainty,
    roll_up: bool,
    pub(crate) once: bool,
}

impl ClaimGraph {
    /// Returns a question about a statement; see [`StatementQuery`].
    pub fn statement<S, O>(
        &self,
        subject: impl Fills<S>,
        relation: Relation<S, O>,
        object: impl Fills<O>,
    ) -> StatementQuery<'_> {
        self.view().statement(subject, relation, object)
    }
}

impl<'g> View<'g> {
    /// Returns a question about a statement, answered from this view; see [`StatementQuery`].
    pub fn statement<S, O>(
        &self,
        subject: impl Fills<S>,
        relation: Relation<S, O>,
        object: impl Fills<O>,
    ) -> StatementQuery<'g> {
        let mut inquiry =
            StatementQuery::new(self.clone(), self.graph.resolve_relation(relation).ok());
        inquiry.subject = inquiry.hold(subject.argument());
        inquiry.object = inquiry.hold(object.argument());
        inquiry
    }

    /// Returns a question about a statement that stands in a role, such as a condition, without its negation and time.
    pub fn inquire(&self, statement: StatementRef<'g>) -> StatementQuery<'g> {
        // The statement may be of another graph, which has other handles.
        let given = given(&statement.to_held());
        let held = self.graph.checker().statement(&given, false);
        let Some(HeldStatement { subject, relation, object, mut roles, .. }) = held else {
            return StatementQuery::new(self.clone(), None);
        };
        roles.retain(|(role, _)| self.graph.is_content(*role));
        StatementQuery {
            subject: Some(subject.value),
            object: Some(object.value),
            roles,
            ..StatementQuery::new(self.clone(), Some(relation))
        }
    }
}

impl<'g> StatementQuery<'g> {
    fn new(view: View<'g>, relation: Option<RelationId>) -> Self {
        Self {
            view,
            relation,
            subject: None,
            object: None,
            roles: Vec::new(),
            given: Vec::new(),
            impossible: false,
            quantity: None,
            valid: None,
            throughout: false,
            modality: Some(Modality::Actual),
            weakest: Certainty::Probable,
            roll_up: true,
            once: false,
        }
    }

    fn hold(&mut self, argument: Argument) -> Option<Held> {
        argument.value.as_ref()?;
        let mut checker = self.view.graph.checker();
        let held = checker.argument(&argument, &Slot::Any, FieldPath::Subject, false);
        self.impossible |= held.is_none();
        held.map(|argument| argument.value)
    }

    /// Keeps only claims that give the role this value. With [`Any`](crate::vocabulary::Any), any value will do.
    pub fn with<V>(mut self, role: Role<V>, value: impl Fills<V>) -> Self {
        let argument = value.argument();
        let (anything, basis) = (argument.value.is_none(), argument.basis);
        match (self.view.graph.resolve_role(role.0).ok(), self.hold(argument)) {
            (Some(place), _) if anything => self.given.push(place),
            (Some(place), Some(value)) => self.roles.push((place, HeldArgument { value, basis })),
            _ => self.impossible = true,
        }
        self
    }

    /// Keeps only claims whose figure makes this one true: [`is_asserted`](Self::is_asserted) then says whether anybody
    /// says so. Whether nobody's figure rules it out is asked by [`figures`](Self::figures) and `at_least`; the example of
    /// [`Figure::as_asked`](crate::questions::Figure::as_asked) shows both.
    pub fn quantity(mut self, quantity: Quantity) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// Asks whether it was so on some day of this period. The period stands for all of its days, first to last: "2024-06"
    /// for all of June, [`Period::by`] for everything up to a day. If the text is not a period, no claim entails the
    /// question.
    ///
    /// A claim is *certain* to be in time, *possible* or impossible; impossible ones are left out. See
    /// [`in_time`](crate::questions::Response::in_time).
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let claim = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).valid("2024-10-05").reported(date(2024, 10, 24));
    /// graph.insert(claim)?;
    /// let sent = |day: &str| graph.statement(nk, DEPLOYS_TO, russia).valid(day).is_asserted();
    /// assert_eq!(["2024-10-05", "2024-10", "2024-10-06"].map(sent), [Answer::Yes, Answer::Yes, Answer::No]);
    /// // Who deploys begins to be present. When the presence ended is open.
    /// let present = |day: &str| graph.statement(nk, PRESENT_IN, russia).valid(day).is_asserted();
    /// assert_eq!(["2024-10-04", "2024-10-05", "2024-10-20"].map(present), [Answer::No, Answer::Yes, Answer::Unknown]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn valid(mut self, period: impl TryInto<Period, Error: Into<PeriodError>>) -> Self {
        self.valid = period.try_into().ok();
        self.throughout = false;
        self.impossible |= self.valid.is_none();
        self
    }

    /// Asks whether it was so on all days of this period, first to last.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let claim = Claim::by(russia).asserts(nk, PRESENT_IN, russia).valid("2024-10-05/2024-10-20");
    /// graph.insert(claim.reported(date(2024, 10, 24)))?;
    /// let asked = |period: &str| graph.statement(nk, PRESENT_IN, russia).throughout(period).is_asserted();
    /// assert_eq!(asked("2024-10-07/2024-10-09"), Answer::Yes);
    /// assert_eq!(asked("2024-10-07/2024-10-21"), Answer::No);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn throughout(self, period: impl TryInto<Period, Error: Into<PeriodError>>) -> Self {
        Self { throughout: true, ..self.valid(period) }
    }

    /// Keeps only claims of this modality; actual ones by default.
    pub fn modality(mut self, modality: Modality) -> Self {
        self.modality = Some(modality);
        self
    }

    /// Includes claims of every modality: also what is planned, promised or wanted.
    pub fn any_modality(mut self) -> Self {
        self.modality = None;
        self
    }

    /// Keeps only claims at least this certain; probable by default.
    pub fn min_certainty(mut self, certainty: Certainty) -> Self {
        self.weakest = certainty;
        self
    }

    /// Keeps only claims about the parties themselves, not about their parts.
    pub fn without_parts(mut self) -> Self {
        self.roll_up = false;
        self
    }

    /// Says that it happened once: a claim whose date has no day in common with the date asked for contradicts it.
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }

    pub(crate) fn proposition(&self) -> Option<Proposition<'_>> {
        let relation = self.relation.filter(|_| !self.impossible)?;
        let term = |held| Term::of(self.view.graph, held);
        Some(Proposition {
            relation,
            subject: self.subject.as_ref().map(term),
            object: self.object.as_ref().map(term),
            roles: &self.roles,
            given: &self.given,
            quantity: self.quantity.as_ref(),
            valid: self.valid.clone(),
            told: None,
        })
    }

    pub(crate) fn pattern(&self) -> Option<Pattern<'_>> {
        let mut pattern = self.view.pattern(self.proposition()?, self.roll_up);
        if self.throughout {
            pattern.time_asked = TimeAsked::Throughout;
        }
        Some(pattern)
    }

    /// Returns the figure that is asked about, beside the statement or as its object.
    pub(crate) fn figure_asked(&self) -> Option<&Quantity> {
        let object = match &self.object {
            Some(Held::Quantity(quantity)) => Some(&**quantity),
            _ => None,
        };
        self.quantity.as_ref().or(object)
    }

    /// Returns whether anybody says so: `Yes` if a speaker is committed to it. It is `Unknown` if the statement is
    /// only held possible, if it is only possibly so at the time asked about, if a figure leaves open whether it is the one asked for, or if the graph does not have the
    /// relation or a role of the question. Otherwise it is `No`, whether the statement is denied or not.
    pub fn is_asserted(&self) -> Answer {
        let supporting = self.supporting();
        let current = supporting.values().filter(|backing| !backing.is_superseded());
        if let Some(in_time) = current.map(Response::in_time).max() {
            return in_time;
        }
        let graph = self.view.graph;
        if self.proposition().is_none() {
            return Answer::Unknown;
        }
        let figure_open = self.figure_asked().is_some_and(|wanted| {
            let wanted = graph.in_unit(wanted);
            let object = self.object.clone().filter(|held| !matches!(held, Held::Quantity(_)));
            // A figure that is only possible in time leaves it open too.
            let view = self.view.clone().including_possible();
            let without = StatementQuery { view, quantity: None, object, ..self.clone() };
            without.figures().current().any(|figure| {
                let figure = figure.as_asked();
                graph.in_unit(&figure).supports(&wanted) == Answer::Unknown
            })
        });
        let held_possible = || {
            let thought = |c: &ClaimRef<'g>| match c.stance() {
                Stance::Speculates | Stance::Projects => c.modality() == Modality::Actual,
                _ => self.view.commitment(*c) == Some(Modality::Actual),
            };
            let current = |c: &&ClaimRef<'g>| self.view.superseded(c.id()).is_none();
            self.speaking_of_it(false).iter().filter(current).any(thought)
        };
        // Who confirms a claim as a whole may be less certain than is asked.
        let less_certain = || {
            let weakest = Certainty::Uncommitted;
            let less = Self { weakest, ..self.clone() }.supporting();
            less.values().any(|backing| !backing.is_superseded())
        };
        Answer::of(false, !figure_open && !held_possible() && !less_certain())
    }

    /// Returns the claims of any stance and modality that speak of the statement without being committed to it as
    /// actual: plans, demands, threats, forecasts, speculation, and claims that have it in a role, such as a
    /// condition. The time that is asked for still has to be possible.
    pub fn mentions(&self) -> Findings<'g, ClaimRef<'g>> {
        self.speaking_of_it(true)
    }

    fn speaking_of_it(&self, in_roles: bool) -> Findings<'g, ClaimRef<'g>> {
        let Some(pattern) = self.pattern() else { return Findings::of(&self.view, Vec::new()) };
        let backing: IndexSet<ClaimId> = self.backing().claims().into_iter().collect();
        let met = |said: Option<Proposition<'_>>| {
            said.and_then(|said| self.view.entails(&said, &pattern)).map(|entailed| entailed.steps)
        };
        let in_a_role = |claim: ClaimRef<'g>| {
            let mut statements =
                claim.roles().filter(|_| in_roles).filter_map(|(_, value, _)| match value {
                    Term::Statement(statement) => Some(statement.proposition()),
                    _ => None,
                });
            statements.find_map(|said| met(Some(said)))
        };
        let speaks = |claim: ClaimRef<'g>| {
            let against = claim.stance().bearing() == Some(Bearing::Contests);
            let says = !against && !backing.contains(&claim.id());
            let own = if says { met(self.view.proposition(claim)) } else { None };
            Some((claim, own.or_else(|| in_a_role(claim))?))
        };
        let mut among = self.view.candidates(&pattern);
        if in_roles {
            self.view.add_candidates_in_roles(&mut among, &pattern);
        }
        let among = among.into_iter().filter_map(|id| self.view.get(id));
        let found = among.filter_map(speaks);
        let (found, steps): (Vec<_>, Vec<_>) = found.unzip();
        Findings::sorted(&self.view, found, |claim| claim.id()).beside(Vec::new(), steps)
    }
}
