//! The details of a claim: what few claims say beside a statement or the claims they answer. A program hands them in with
//! a claim, and the store keeps them as they are.

use crate::model::document::Span;
use crate::model::time::period::Period;
use crate::model::time::spoken;
use crate::model::value::amount::Amount;
use crate::model::value::direction::Direction;
use crate::model::value::grade::Grade;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Polarity;
use serde::{Deserialize, Serialize};

/// The parts of a claim that name nothing in a graph and that most claims lack.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) polarity: Option<Polarity>,
    // What few of these have takes a word in the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quantity: Option<Box<Quantity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) object_quantity: Option<Box<Quantity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) factor: Option<Box<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) direction: Option<Direction>,
    #[serde(serialize_with = "spoken::serialize", skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<Box<Period>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) span: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue_words: Option<Box<str>>,
    #[serde(skip_serializing_if = "Grade::is_empty")]
    pub(crate) grade: Grade,
}

impl Details {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
