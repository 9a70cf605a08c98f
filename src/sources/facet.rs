//! The parts of a statement, and how one of them stands.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of what a claim says.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Facet {
    /// The relation between the parties: an actor did something to another or somewhere.
    Participants,
    /// A relation that the claim's own implies, such as being present where one deploys.
    Implied(String),
    /// How many.
    Quantity,
    /// The purpose.
    Purpose,
    /// Another role.
    Role(String),
    /// When.
    Time,
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Facet::Participants => f.write_str("participants"),
            Facet::Implied(relation) => write!(f, "implied: {relation}"),
            Facet::Quantity => f.write_str("quantity"),
            Facet::Purpose => f.write_str("purpose"),
            Facet::Role(role) => f.write_str(role),
            Facet::Time => f.write_str("time"),
        }
    }
}

/// How one part of a claim or statement stands with others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// Somebody supports it, and nobody contradicts it.
    Supported,
    /// Somebody contradicts it, and nobody supports it.
    Contradicted,
    /// Some support it, and some contradict it.
    Disputed,
    /// Somebody speaks of it, and leaves open whether it is so.
    Open,
    /// Nobody says anything of it.
    Silent,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
            Verdict::Disputed => "disputed",
            Verdict::Open => "open",
            Verdict::Silent => "silent",
        })
    }
}
