//! The record of a term: a subject, an object or the value of a role. Every format reads terms into it and writes them
//! from it.

use crate::model::record::{StatementRecord, is_stated};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use serde::{Deserialize, Serialize};

/// A term of a claim (a subject, an object or the value of a role), and whether the text states it.
///
/// The JSON is an object with exactly one of `entity`, `claim`, `text`, `quantity`, `statement` and `absent`,
/// and perhaps `basis`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(try_from = "TermMembers<T>", bound(deserialize = "T: Deserialize<'de>"))]
pub struct TermRecord<T = String> {
    /// The term itself.
    #[serde(flatten)]
    pub value: TermValue<T>,
    /// Stated, or filled in by the reader.
    #[serde(skip_serializing_if = "is_stated")]
    pub basis: Basis,
}

/// A term without its basis.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermValue<T = String> {
    /// The key of an entity.
    Entity(T),
    /// The id of a claim.
    Claim(T),
    /// A text.
    Text(T),
    /// A quantity.
    Quantity(Box<Quantity>),
    /// A statement that nobody asserts.
    Statement(Box<StatementRecord<T>>),
    /// Nothing stands there, and why.
    Absent(Absence),
}

impl<T> From<TermValue<T>> for TermRecord<T> {
    fn from(value: TermValue<T>) -> Self {
        Self { value, basis: Basis::Stated }
    }
}

impl<T> TermRecord<T> {
    /// Makes the term of an entity, by its key.
    pub fn entity(key: impl Into<T>) -> Self {
        TermValue::Entity(key.into()).into()
    }

    /// Makes the term of a claim, by its id.
    pub fn claim(id: impl Into<T>) -> Self {
        TermValue::Claim(id.into()).into()
    }

    /// Makes the term of a text.
    pub fn text(text: impl Into<T>) -> Self {
        TermValue::Text(text.into()).into()
    }

    /// Makes the term of a quantity.
    pub fn quantity(quantity: Quantity) -> Self {
        TermValue::Quantity(Box::new(quantity)).into()
    }

    /// Makes the term of a statement that nobody asserts.
    pub fn statement(statement: StatementRecord<T>) -> Self {
        TermValue::Statement(Box::new(statement)).into()
    }

    /// Makes the term of a place where nothing stands.
    pub fn absent(absence: Absence) -> Self {
        TermValue::Absent(absence).into()
    }

    /// Sets whether the text says so.
    #[must_use]
    pub fn with_basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }
}

impl<T: AsRef<str>> TermRecord<T> {
    /// Returns the key, if an entity stands there.
    pub fn as_entity(&self) -> Option<&str> {
        match &self.value {
            TermValue::Entity(key) => Some(key.as_ref()),
            _ => None,
        }
    }

    /// Returns the id, if a claim stands there.
    pub fn as_claim(&self) -> Option<&str> {
        match &self.value {
            TermValue::Claim(id) => Some(id.as_ref()),
            _ => None,
        }
    }

    /// Returns the statement, if one stands there that nobody asserts.
    pub fn as_statement(&self) -> Option<&StatementRecord<T>> {
        match &self.value {
            TermValue::Statement(statement) => Some(statement),
            _ => None,
        }
    }

    /// Returns the text, if a text stands there.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            TermValue::Text(text) => Some(text.as_ref()),
            _ => None,
        }
    }
}

/// A term of a claim: exactly one of `entity`, `claim`, `text`, `quantity`, `statement` and `absent`.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
struct TermMembers<T> {
    /// The key of an entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<T>,
    /// The id of a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claim: Option<T>,
    /// A text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<T>,
    /// A quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quantity: Option<Box<Quantity>>,
    /// A statement that nobody asserts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<Box<StatementRecord<T>>>,
    /// Why nothing stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    absent: Option<Absence>,
    /// Stated, or filled in by the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
}

impl<T> TryFrom<TermMembers<T>> for TermRecord<T> {
    type Error = &'static str;

    fn try_from(members: TermMembers<T>) -> Result<Self, Self::Error> {
        let TermMembers { entity, claim, text, quantity, statement, absent, basis } = members;
        let values = [
            entity.map(TermValue::Entity),
            claim.map(TermValue::Claim),
            text.map(TermValue::Text),
            quantity.map(TermValue::Quantity),
            statement.map(TermValue::Statement),
            absent.map(TermValue::Absent),
        ];
        let mut values = values.into_iter().flatten();
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(Self { value, basis: basis.unwrap_or(Basis::Stated) }),
            _ => Err("expected exactly one of entity, claim, text, quantity, statement and absent"),
        }
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for TermRecord<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TermRecord".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        TermMembers::<T>::json_schema(generator)
    }
}

/// Why nothing stands somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// The relation has one party.
    Nothing,
    /// The text does not say.
    NotStated,
}
