//! The values that a place of a relation or role takes: as data, and as markers for the compiler.

use crate::model::text::with_article;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The values that a place of a relation or role takes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Anything.
    Any,
    /// An entity of this kind or of one below it.
    Kind(String),
    /// A claim.
    Claim,
    /// A text.
    Text,
    /// A quantity.
    Number,
    /// A statement that nobody asserts.
    Statement,
    /// Nothing: the relation has one party.
    Nothing,
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slot::Any => f.write_str("anything"),
            Slot::Kind(key) => f.write_str(&with_article(key)),
            Slot::Claim => f.write_str("a claim"),
            Slot::Text => f.write_str("a text"),
            Slot::Number => f.write_str("a quantity"),
            Slot::Statement => f.write_str("a statement"),
            Slot::Nothing => f.write_str("nothing"),
        }
    }
}

/// Marks a place that takes anything. If a question has it as a value, any value matches.
///
/// ```
/// use claimgraph::{date, reporting::*, vocabulary::Any, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// assert_eq!(graph.statement(Any, DEPLOYS_TO, russia).backing().len(), 1);   // who deploys to Russia?
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Any;
/// Marks a place that takes a claim.
#[derive(Clone, Copy, Debug)]
pub struct AnyClaim;
/// Marks a place that takes a text.
#[derive(Clone, Copy, Debug)]
pub struct Text;
/// Marks a place that takes a [`Quantity`](crate::Quantity).
#[derive(Clone, Copy, Debug)]
pub struct Number;
/// Marks a place that takes a [`Statement`](crate::Statement) that nobody asserts: a condition.
#[derive(Clone, Copy, Debug)]
pub struct AnyStatement;
/// Marks a place that stays empty, as in "the war began".
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

/// A kind or marker as [`vocabulary!`](macro@crate::vocabulary) declares it for a relation or role.
pub trait Slotted {
    /// Returns the slot that it stands for, as data.
    fn slot() -> Slot;
}

macro_rules! markers {
    ($($marker:ident => $slot:ident),+) => {
        $(impl Slotted for $marker {
            fn slot() -> Slot {
                Slot::$slot
            }
        })+
    };
}

markers!(Any => Any, AnyClaim => Claim, Text => Text, Number => Number, AnyStatement => Statement, Nothing => Nothing);
