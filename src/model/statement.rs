//! A statement as a value: subject, relation, object and roles, as a program hands them to the graph.

use crate::model::id::{ClaimId, EntityId};
use crate::model::numbered;
use crate::model::time::edtf::PeriodError;
use crate::model::time::period::Period;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::relation::{RelationLabel, RoleLabel};
use serde::{Deserialize, Serialize};

/// A value in a place of a statement. `S` is a statement that stands in a role: a [`Statement`] in a claim that is handed
/// in, a `HeldStatement` in one that was checked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Value<S = Statement> {
    Entity(#[serde(with = "numbered")] EntityId),
    Claim(#[serde(with = "numbered")] ClaimId),
    Text(Box<str>),
    Quantity(Box<Quantity>),
    Statement(Box<S>),
    Nothing,
    NotStated,
}

impl<S> Value<S> {
    /// Returns the entity, if the value is one.
    pub(crate) fn entity(&self) -> Option<EntityId> {
        match self {
            Value::Entity(entity) => Some(*entity),
            _ => None,
        }
    }

    /// Returns the claim, if the value is one.
    pub(crate) fn claim(&self) -> Option<ClaimId> {
        match self {
            Value::Claim(claim) => Some(*claim),
            _ => None,
        }
    }

    /// Returns the same value with the statement in it replaced, or `None` if the statement has no replacement.
    pub(crate) fn try_map<T>(&self, statement: impl FnOnce(&S) -> Option<T>) -> Option<Value<T>> {
        Some(match self {
            Value::Entity(entity) => Value::Entity(*entity),
            Value::Claim(claim) => Value::Claim(*claim),
            Value::Text(text) => Value::Text(text.clone()),
            Value::Quantity(quantity) => Value::Quantity(quantity.clone()),
            Value::Statement(given) => Value::Statement(Box::new(statement(given)?)),
            Value::Nothing => Value::Nothing,
            Value::NotStated => Value::NotStated,
        })
    }
}

/// A value in a place of a statement, and whether the text states it. [`Fills`](crate::vocabulary::Fills) makes it.
#[derive(Clone, PartialEq, Debug)]
pub struct Argument {
    /// Anything, if absent. Only questions have such places.
    pub(crate) value: Option<Value>,
    pub(crate) basis: Basis,
}

impl Argument {
    pub(crate) fn stated(value: Value) -> Self {
        Self { value: Some(value), basis: Basis::Stated }
    }

    /// Returns the sort of value, for a message.
    pub(crate) fn name(&self) -> &'static str {
        match &self.value {
            Some(Value::Entity(_)) => "an entity",
            Some(Value::Claim(_)) => "a claim",
            Some(Value::Text(_)) => "a text",
            Some(Value::Quantity(_)) => "a quantity",
            Some(Value::Statement(_)) => "a statement",
            Some(Value::Nothing) => "nothing",
            Some(Value::NotStated) => "\u{201c}not stated\u{201d}",
            None => "a wildcard",
        }
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
    pub(crate) negated: bool,
    pub(crate) valid: Option<Period>,
    pub(crate) bad_period: Option<PeriodError>,
}
