//! What stands in a statement, as it is handed to the graph; and a statement that nobody asserts.

use crate::model::id::{ClaimId, EntityId};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::relation::{RelationLabel, RoleLabel};

/// What stands somewhere.
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
    /// What it is, for a message.
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

/// What stands in a statement, and whether the text says so. Made by [`Fills`](crate::vocabulary::Fills).
#[derive(Clone, PartialEq, Debug)]
pub struct Argument {
    pub(crate) value: Value,
    pub(crate) basis: Basis,
}

impl Argument {
    pub(crate) fn stated(value: Value) -> Self {
        Self { value, basis: Basis::Stated }
    }

    /// Nobody says who or what: as [`NotStated`](crate::claim::NotStated).
    pub(crate) fn nothing() -> Self {
        Self::stated(Value::Nothing)
    }
}

/// A subject, a relation, an object and roles, said by nobody: a condition, or what is threatened.
///
/// It stands in a role and joins nothing. Questions can ask whether anybody asserts it.
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
/// assert_eq!(graph.outlook().threats().count(), 1);
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
