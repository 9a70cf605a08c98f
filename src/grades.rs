//! Grades of a source and of what it says: separate scales, never one number.
//!
//! Reliability and credibility are NATO's (AJP-2.1, the "Admiralty code"); likelihood words are those
//! of ICD 203, annex D.2.e.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How reliable a source is, judged apart from what it says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged; not a low grade.
    F,
}

/// How credible an item is, judged apart from its source; on the wire the digit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Credibility {
    /// 1: confirmed by other sources.
    Confirmed,
    /// 2: probably true.
    ProbablyTrue,
    /// 3: possibly true.
    PossiblyTrue,
    /// 4: doubtful.
    Doubtful,
    /// 5: improbable.
    Improbable,
    /// 6: truth cannot be judged; not a low grade.
    CannotBeJudged,
}

impl From<Credibility> for u8 {
    fn from(credibility: Credibility) -> u8 {
        credibility as u8 + 1
    }
}

/// A number that is no grade.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0} is not an information credibility; expected 1 to 6")]
pub struct CredibilityError(u8);

impl TryFrom<u8> for Credibility {
    type Error = CredibilityError;

    fn try_from(digit: u8) -> Result<Self, CredibilityError> {
        use Credibility::*;
        Ok(match digit {
            1 => Confirmed,
            2 => ProbablyTrue,
            3 => PossiblyTrue,
            4 => Doubtful,
            5 => Improbable,
            6 => CannotBeJudged,
            other => return Err(CredibilityError(other)),
        })
    }
}

/// A likelihood in the words of ICD 203.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// 1 to 5 per cent.
    AlmostNoChance,
    /// 5 to 20 per cent.
    VeryUnlikely,
    /// 20 to 45 per cent.
    Unlikely,
    /// 45 to 55 per cent.
    RoughlyEvenChance,
    /// 55 to 80 per cent.
    Likely,
    /// 80 to 95 per cent.
    VeryLikely,
    /// 95 to 99 per cent.
    AlmostCertain,
}

impl Likelihood {
    /// The percentages the word stands for.
    pub const fn percent(self) -> (u8, u8) {
        match self {
            Likelihood::AlmostNoChance => (1, 5),
            Likelihood::VeryUnlikely => (5, 20),
            Likelihood::Unlikely => (20, 45),
            Likelihood::RoughlyEvenChance => (45, 55),
            Likelihood::Likely => (55, 80),
            Likelihood::VeryLikely => (80, 95),
            Likelihood::AlmostCertain => (95, 99),
        }
    }
}

/// The grades given to a claim, each where somebody gave one.
///
/// ```
/// use claimgraph::{Credibility, Grade, Reliability};
/// let grade = Grade { reliability: Some(Reliability::B), credibility: Some(Credibility::ProbablyTrue), ..Grade::default() };
/// assert_eq!(grade.to_string(), "B2");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Of the source, A to F.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// Of the information, 1 to 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credibility: Option<Credibility>,
    /// The likelihood the speaker gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Likelihood>,
}

impl Grade {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Grade::default()
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reliability) = self.reliability {
            write!(f, "{reliability:?}")?;
        }
        if let Some(credibility) = self.credibility {
            write!(f, "{}", u8::from(credibility))?;
        }
        if let Some((low, high)) = self.likelihood.map(Likelihood::percent) {
            let space = if self.reliability.is_some() || self.credibility.is_some() { " " } else { "" };
            write!(f, "{space}{low}-{high} %")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credibility_goes_as_a_digit_and_nothing_else_comes_back() {
        for digit in 1..=6u8 {
            assert_eq!(Credibility::try_from(digit).map(u8::from), Ok(digit));
        }
        assert!(serde_json::from_str::<Credibility>("0").is_err());
        assert!(serde_json::from_str::<Credibility>("7").is_err());
    }
}
