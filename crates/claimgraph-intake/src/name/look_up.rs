//! The answer to a look-up by name.

use claimgraph::EntityId;
use claimgraph::entity::NameKind;
use serde::Serialize;
use std::fmt;

/// An entity, and the name by which it was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct Named {
    /// The handle of the entity.
    #[serde(skip)]
    pub entity: EntityId,
    /// The key of the entity.
    pub key: String,
    /// The key of its kind.
    pub kind: String,
    /// The name, as the graph has it.
    pub name: String,
    /// The relation of the name to the entity. If it was found by its key, it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_kind: Option<NameKind>,
}

/// `russia (State) by the metonym "Moscow"`.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.key, self.kind)?;
        match self.name_kind {
            Some(kind) => write!(f, " by the {kind} {:?}", self.name),
            None => f.write_str(" by its key"),
        }
    }
}

/// The answer to a look-up by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookUp {
    /// No entity that was asked for has the name.
    Unknown,
    /// Exactly one entity has it.
    One(Named),
    /// Several entities have it, in order of their keys.
    Ambiguous(Vec<Named>),
}

impl LookUp {
    pub(crate) fn of(mut found: Vec<Named>) -> Self {
        match (found.pop(), found.is_empty()) {
            (None, _) => Self::Unknown,
            (Some(one), true) => Self::One(one),
            (Some(last), false) => {
                found.push(last);
                Self::Ambiguous(found)
            }
        }
    }

    /// Returns the entity, if there is exactly one.
    pub fn one(&self) -> Option<&Named> {
        match self {
            Self::One(one) => Some(one),
            _ => None,
        }
    }

    /// Returns all entities that have the name, in order of their keys.
    pub fn all(&self) -> &[Named] {
        match self {
            Self::Unknown => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Ambiguous(all) => all,
        }
    }

    /// Returns whether no entity has the name.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Returns whether several entities have the name.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Ambiguous(_))
    }
}

/// `unknown`, `one: russia (State) by the canonical "Russia"`, or `ambiguous: ..., ...`.
impl fmt::Display for LookUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown"),
            Self::One(one) => write!(f, "one: {one}"),
            Self::Ambiguous(all) => {
                let all: Vec<String> = all.iter().map(Named::to_string).collect();
                write!(f, "ambiguous: {}", all.join(", "))
            }
        }
    }
}
