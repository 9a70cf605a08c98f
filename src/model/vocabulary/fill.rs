//! Values that may stand in a place of a relation or role, checked by the compiler.

use crate::model::id::{ClaimId, EntityId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::time::edtf::PeriodError;
use crate::model::time::period::Period;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::kind::{Id, IsA, Kind};
use crate::model::vocabulary::relation::{Relation, Role};
use crate::model::vocabulary::slot::{Any, AnyClaim, AnyStatement, Nothing, Number, Text};

/// A part that the text leaves open and that no default can fill: "a demand, to whom is not said".
#[derive(Clone, Copy, Debug)]
pub struct NotStated;

/// A part with its basis, if that is not the text alone: `implicit(russia)`.
#[derive(Clone, Copy, Debug)]
pub struct Marked<T> {
    pub(crate) value: T,
    pub(crate) basis: Basis,
}

/// Marks a part that the text leaves out: a speaker, subject, object, role value or claim that is answered. The basis is
/// [`Implicit`](Basis::Implicit).
///
/// ```
/// use claimgraph::{claim::{implicit, Basis}, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// // "North Korea commits 10,000 troops": to whom is not said.
/// let claim = Claim::by(nk).asserts(nk, COMMITS_TROOPS_TO, implicit(russia)).reported(date(2024, 10, 24));
/// let claim = graph.insert(claim)?;
/// assert_eq!(graph.claim(claim)?.statement().map(|s| s.object_basis()), Some(Basis::Implicit));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn implicit<T>(value: T) -> Marked<T> {
    Marked { value, basis: Basis::Implicit }
}

/// Marks a part for which the text has a word and no name: "these forces", "this". The basis is
/// [`Resolved`](Basis::Resolved).
///
/// ```
/// use claimgraph::{claim::resolved, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (forces, russia) = (graph.add(Military, "forces")?, graph.add(State, "russia")?);
/// let claim = Claim::by(russia).asserts(resolved(forces), PRESENT_IN, russia).reported(date(2024, 10, 24));
/// graph.insert(claim)?;
/// let proof = graph.statement(forces, PRESENT_IN, russia).backing().proof();
/// assert!(proof.inferences()[0].to_string().starts_with("subject (resolved): forces in "));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn resolved<T>(value: T) -> Marked<T> {
    Marked { value, basis: Basis::Resolved }
}

/// A value that may stand where a relation or a role takes `K`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where `{K}` is wanted",
    label = "wanted here: `{K}`",
    note = "entities stand for kinds, claims for `AnyClaim`, text for `Text`, a `Quantity` for `Number`, a `Statement` for `AnyStatement`, `()` for `Nothing`"
)]
pub trait Fills<K> {
    /// Returns the value as it is handed to the graph.
    fn argument(self) -> Argument;
}

impl<T: IsA<K>, K: Kind> Fills<K> for Id<T> {
    fn argument(self) -> Argument {
        Argument::stated(Value::Entity(self.id()))
    }
}

/// `insert` checks the kind of an untyped handle.
impl<K: Kind> Fills<K> for EntityId {
    fn argument(self) -> Argument {
        Argument::stated(Value::Entity(self))
    }
}

impl<T> Fills<Any> for Id<T> {
    fn argument(self) -> Argument {
        Argument::stated(Value::Entity(self.id()))
    }
}

impl<K> Fills<K> for NotStated {
    fn argument(self) -> Argument {
        Argument::stated(Value::NotStated)
    }
}

impl<K> Fills<K> for Any {
    fn argument(self) -> Argument {
        Argument { value: None, basis: Basis::Stated }
    }
}

impl<K, T: Fills<K>> Fills<K> for Marked<T> {
    fn argument(self) -> Argument {
        Argument { basis: self.basis, ..self.value.argument() }
    }
}

macro_rules! fills {
    ($($type:ty => [$($slot:ty),+], $make:expr;)+) => {
        $($(impl Fills<$slot> for $type {
            fn argument(self) -> Argument {
                #[allow(clippy::redundant_closure_call)]
                Argument::stated($make(self))
            }
        })+)+
    };
}

fills! {
    EntityId => [Any], Value::Entity;
    ClaimId => [AnyClaim, Any], Value::Claim;
    &str => [Text, Any], |text: &str| Value::Text(text.into());
    String => [Text, Any], |text: String| Value::Text(text.into());
    Quantity => [Number, Any], |quantity| Value::Quantity(Box::new(quantity));
    Statement => [AnyStatement, Any], |statement| Value::Statement(Box::new(statement));
    () => [Nothing, Any], |()| Value::Nothing;
}

impl Statement {
    /// Creates a statement of three parts. The kinds are checked as in a claim.
    pub fn new<S, O>(
        subject: impl Fills<S>,
        relation: Relation<S, O>,
        object: impl Fills<O>,
    ) -> Self {
        Self {
            subject: subject.argument(),
            relation: relation.0,
            object: object.argument(),
            roles: Vec::new(),
            negated: false,
            valid: None,
            bad_period: None,
        }
    }

    /// Adds a further argument.
    #[must_use]
    pub fn with<V>(mut self, role: Role<V>, value: impl Fills<V>) -> Self {
        self.roles.push((role.0, value.argument()));
        self
    }

    /// Negates it: "unless Russia attacks", "if Russia does not attack".
    ///
    /// Questions about a condition ask for the statement without the negation.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Statement};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let unless = Statement::new(nk, COOPERATES_WITH, russia).negated().valid("2023-06-15");
    /// let threat = Claim::by(russia).threatens(russia, ATTACKS, nk).with(CONDITION, unless);
    /// let threat = graph.insert(threat.reported(date(2023, 6, 1)))?;
    /// assert_eq!(graph.show(threat)?,
    ///     "russia threatened to attack nk, unless nk cooperates with russia on 2023-06-15");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.negated = true;
        self
    }

    /// Sets when it holds, as [`Claim::valid`](crate::Claim::valid) does. If the text is not a period, `insert` refuses
    /// the claim.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Period, Statement, Term};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let condition = Statement::new(nk, COOPERATES_WITH, russia).valid(Period::by(date(2023, 6, 15)));
    /// let threat = Claim::by(russia).threatens(russia, ATTACKS, nk).with(CONDITION, condition);
    /// let threat = graph.insert(threat.reported(date(2023, 6, 1)))?;
    /// let Some(Term::Statement(condition)) = graph.claim(threat)?.role(CONDITION).next() else { unreachable!() };
    /// assert_eq!(condition.valid(), Some(&Period::by(date(2023, 6, 15))));
    /// assert!(!condition.is_negated());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn valid(mut self, period: impl TryInto<Period, Error: Into<PeriodError>>) -> Self {
        match period.try_into() {
            Ok(period) => (self.valid, self.bad_period) = (Some(period), None),
            Err(error) => (self.valid, self.bad_period) = (None, Some(error.into())),
        }
        self
    }
}
