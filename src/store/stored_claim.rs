//! A checked claim: ends and roles as handles, and the parts that only few claims have. The check makes it, and the
//! ledger stores it.

use crate::model::document::Span;
use crate::model::id::{ClaimId, EntityId, OriginId, RelationId, RoleId};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::grade::Grade;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Polarity};
use crate::store::claim_flags::Marks;
use crate::store::numbered;
use crate::store::origin_table::SpeakerLink;
use crate::store::time_code::TimeCode;
use serde::{Deserialize, Serialize};

/// A term with its handles resolved.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Held {
    Entity(#[serde(with = "numbered")] EntityId),
    Claim(#[serde(with = "numbered")] ClaimId),
    Text(Box<str>),
    Quantity(Box<Quantity>),
    Statement(Box<HeldStatement>),
    Nothing,
    NotStated,
}

/// A borrowed term with its handles resolved.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum HeldRef<'l> {
    Entity(EntityId),
    Claim(ClaimId),
    Text(&'l str),
    Quantity(&'l Quantity),
    Statement(&'l HeldStatement),
    Nothing,
    NotStated,
}

impl Held {
    pub(crate) fn borrow(&self) -> HeldRef<'_> {
        match self {
            Held::Entity(entity) => HeldRef::Entity(*entity),
            Held::Claim(claim) => HeldRef::Claim(*claim),
            Held::Text(text) => HeldRef::Text(text),
            Held::Quantity(quantity) => HeldRef::Quantity(quantity),
            Held::Statement(statement) => HeldRef::Statement(statement),
            Held::Nothing => HeldRef::Nothing,
            Held::NotStated => HeldRef::NotStated,
        }
    }
}

impl HeldRef<'_> {
    pub(crate) fn to_held(self) -> Held {
        match self {
            HeldRef::Entity(entity) => Held::Entity(entity),
            HeldRef::Claim(claim) => Held::Claim(claim),
            HeldRef::Text(text) => Held::Text(text.into()),
            HeldRef::Quantity(quantity) => Held::Quantity(Box::new(quantity.clone())),
            HeldRef::Statement(statement) => Held::Statement(Box::new(statement.clone())),
            HeldRef::Nothing => Held::Nothing,
            HeldRef::NotStated => Held::NotStated,
        }
    }
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldArgument {
    pub(crate) held: Held,
    pub(crate) basis: Basis,
}

impl HeldArgument {
    /// Returns the entity that the text names here.
    pub(crate) fn named(&self) -> Option<EntityId> {
        match self.held {
            Held::Entity(entity) if self.basis == Basis::Stated => Some(entity),
            _ => None,
        }
    }

    pub(crate) fn entity(&self) -> Option<EntityId> {
        match self.held {
            Held::Entity(entity) => Some(entity),
            _ => None,
        }
    }
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldStatement {
    pub(crate) subject: HeldArgument,
    #[serde(with = "numbered")]
    pub(crate) relation: RelationId,
    pub(crate) object: HeldArgument,
    #[serde(default, with = "numbered::pairs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
}

/// The parts that only few claims have.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Rich {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) polarity: Option<Polarity>,
    /// The statement's roles are the claim's own; see `roles`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statement: Option<HeldStatement>,
    #[serde(with = "numbered::pairs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<(RoleId, HeldArgument)>,
    /// In order of the claims.
    #[serde(with = "numbered::pairs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) targets: Vec<(ClaimId, Basis)>,
    // What few of these have takes a word in the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quantity: Option<Box<Quantity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) factor: Option<Box<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) valid: Option<Box<Period>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<Day>,
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

/// A claim that was checked and resolved.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) chain: Vec<SpeakerLink>,
    pub(crate) document: Option<EntityId>,
    /// Stance, certainty, modality and prominence.
    pub(crate) marks: Marks,
    pub(crate) reported: Day,
    /// Whether its relation is symmetric, and whether an inverse.
    pub(crate) turns: (bool, bool),
    pub(crate) rich: Rich,
}

/// A claim that was checked and needs no [`Rich`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) origin: OriginId,
    /// All marks.
    pub(crate) marks: Marks,
    pub(crate) statement: Option<(EntityId, RelationId, EntityId)>,
    pub(crate) target: Option<ClaimId>,
    pub(crate) time: TimeCode,
    pub(crate) reported: Day,
}

/// The time of a plain claim.
#[derive(Clone, Debug)]
pub(crate) enum Time {
    Never,
    Day(Day),
    Period(Period),
}

impl From<Period> for Time {
    fn from(period: Period) -> Self {
        period.single_day().map_or(Time::Period(period), Time::Day)
    }
}

/// A connection between two claims that was added to both.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct HeldLink {
    pub(crate) from: ClaimId,
    pub(crate) role: RoleId,
    pub(crate) to: ClaimId,
    pub(crate) basis: Basis,
    pub(crate) because: Option<String>,
}

/// The claims that give the parts of what a chain of revisions says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Revised {
    pub(crate) statement: ClaimId,
    pub(crate) figure: ClaimId,
    pub(crate) period: ClaimId,
}

impl Revised {
    pub(crate) fn itself(claim: ClaimId) -> Self {
        Self { statement: claim, figure: claim, period: claim }
    }
}
