//! A statement as a value: subject, relation, object and roles, as a program hands them to the graph.

use crate::model::id::{ClaimId, EntityId};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::relation::{RelationLabel, RoleLabel};

/// A value in a place of a statement.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Value {
    Entity(EntityId),
    Claim(ClaimId),
    Text(String),
    Quantity(Box<Quantity>),
    Statement(Box<Statement>),
    Nothing,
    NotStated,
    Any,
}

impl Value {
    /// Returns the sort of value, for a message.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Value::Entity(_) => "an entity",
            Value::Claim(_) => "a claim",
            Value::Text(_) => "a text",
            Value::Quantity(_) => "a quantity",
            Value::Statement(_) => "a statement",
            Value::Nothing => "nothing",
            Value::NotStated => "\u{201c}not stated\u{201d}",
            Value::Any => "a wildcard",
        }
    }
}

/// A value in a place of a statement, and whether the text states it. [`Fills`](crate::vocabulary::Fills) makes it.
#[derive(Clone, PartialEq, Debug)]
pub struct Argument {
    pub(crate) value: Value,
    pub(crate) basis: Basis,
}

impl Argument {
    pub(crate) fn stated(value: Value) -> Self {
        Self { value, basis: Basis::Stated }
    }

    /// Creates the argument of a place that holds nothing.
    pub(crate) fn nothing() -> Self {
        Self::stated(Value::Nothing)
    }
}

/// A subject, a relation, an object and roles without a speaker: a condition, or the thing threatened.
///
/// It is the value of a role and joins nothing in a view. Questions can ask whether anybody asserts it.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Statement};
/// let mut graph = ClaimGraph::new();
/// let (office, ukraine) = (graph.add(GovernmentOffice, "office")?, graph.add(State, "ukraine")?);
/// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "north-korea")?);
/// let threat = graph.insert(
///     Claim::by(office)
///         .threatens(office, PROVIDES_AID_TO, ukraine)
///         .with(CONDITION, Statement::new(russia, COOPERATES_WITH, nk).with(TREND, "intensifies"))
///         .reported(date(2024, 10, 24)),
/// )?;
/// assert_eq!(graph.view().watch().len(), 1);
/// # let _ = threat;
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    pub(crate) subject: Argument,
    pub(crate) relation: RelationLabel,
    pub(crate) object: Argument,
    pub(crate) roles: Vec<(RoleLabel, Argument)>,
}
