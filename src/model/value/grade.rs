//! Grades of a source and of what it says: separate scales, never one number.
//!
//! Reliability and credibility are NATO's (AJP-2.1, the "Admiralty code"); likelihood words are those
//! of ICD 203, annex D.2.e.

use crate::model::error::{Error, ErrorKind};
use crate::model::value::amount::Amount;
use crate::model::value::word::{word_texts, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The reliability of a source, judged apart from what it says. Ordered from the best; F, which is not a low grade,
/// comes last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
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

word_texts! {
    Reliability, "reliability" {
        A = "A" / "completely reliable",
        B = "B" / "usually reliable",
        C = "C" / "fairly reliable",
        D = "D" / "not usually reliable",
        E = "E" / "unreliable",
        F = "F" / "reliability cannot be judged",
    }
}

/// The reliability of sources by the keys of their entities, as a judge of sources gives it.
///
/// ```
/// use claimgraph::grade::{Reliability, SourceGrades};
/// let given = SourceGrades::new().with("nis", Reliability::B).with("tass", Reliability::D);
/// assert_eq!(given.get("nis"), Some(Reliability::B));
/// assert_eq!(serde_json::to_string(&given).unwrap(), r#"{"nis":"B","tass":"D"}"#);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceGrades(BTreeMap<String, Reliability>);

impl SourceGrades {
    /// Creates an empty list of grades.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the grade of a source.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, reliability: Reliability) -> Self {
        self.0.insert(key.into(), reliability);
        self
    }

    /// Returns the grade of a source, if it was given.
    pub fn get(&self, key: &str) -> Option<Reliability> {
        self.0.get(key).copied()
    }

    /// Returns whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The credibility of an item, judged apart from its source; in files it is the digit. Ordered from the best; 6, which
/// is not a low grade, comes last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
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

word_texts! {
    Credibility, "credibility" {
        Confirmed = "1" / "confirmed by other sources",
        ProbablyTrue = "2" / "probably true",
        PossiblyTrue = "3" / "possibly true",
        Doubtful = "4" / "doubtful",
        Improbable = "5" / "improbable",
        CannotBeJudged = "6" / "truth cannot be judged",
    }
}

impl From<Credibility> for u8 {
    fn from(credibility: Credibility) -> u8 {
        credibility as u8 + 1
    }
}

impl TryFrom<u8> for Credibility {
    type Error = Error;

    fn try_from(digit: u8) -> Result<Self, Error> {
        let place = usize::from(digit).checked_sub(1);
        place.and_then(|place| Self::ALL.get(place)).copied().ok_or_else(|| {
            let (what, found) = ("credibility", digit.to_string());
            Error::new(None, ErrorKind::OutOfRange { what, found, expected: "1 to 6" })
        })
    }
}

words! {
    /// A likelihood in the words of ICD 203.
    Likelihood, "likelihood" {
        /// 1 to 5 per cent.
        AlmostNoChance = "almost-no-chance" / "almost no chance",
        /// 5 to 20 per cent.
        VeryUnlikely = "very-unlikely" / "very unlikely",
        /// 20 to 45 per cent.
        Unlikely = "unlikely",
        /// 45 to 55 per cent.
        RoughlyEvenChance = "roughly-even-chance" / "roughly even chance",
        /// 55 to 80 per cent.
        Likely = "likely",
        /// 80 to 95 per cent.
        VeryLikely = "very-likely" / "very likely",
        /// 95 to 99 per cent.
        AlmostCertain = "almost-certain" / "almost certain",
    }
}

impl Likelihood {
    /// Returns the word for a percentage; `None` below 1 and above 99, for which the standard has no word.
    ///
    /// The standard gives each cut point to two words. Here it belongs to the one nearer to an even chance: 5 is very
    /// unlikely, 95 very likely, 45 and 55 roughly even.
    ///
    /// ```
    /// use claimgraph::{grade::Likelihood, quantity::Amount};
    /// assert_eq!(Likelihood::of_percent(4), Some(Likelihood::AlmostNoChance));
    /// assert_eq!([45, 55].map(Likelihood::of_percent), [Some(Likelihood::RoughlyEvenChance); 2]);
    /// assert_eq!([95, 96, 100].map(Likelihood::of_percent), [Some(Likelihood::VeryLikely), Some(Likelihood::AlmostCertain), None]);
    /// let half_a_point_more = "55.5".parse::<Amount>().unwrap();
    /// assert_eq!(Likelihood::of_percent(half_a_point_more).map(|l| l.to_string()).as_deref(), Some("likely"));
    /// ```
    pub fn of_percent(percent: impl Into<Amount>) -> Option<Self> {
        let percent = percent.into();
        let within = |word: &&Likelihood| {
            let (low, high) = word.percent();
            (Amount::from(low)..=Amount::from(high)).contains(&percent)
        };
        let distance =
            |word: &&Likelihood| (**word as i8 - Likelihood::RoughlyEvenChance as i8).abs();
        Self::ALL.iter().filter(within).min_by_key(distance).copied()
    }

    /// Returns the other word of the same row, for probability: "probable" for likely.
    pub const fn probability_word(self) -> &'static str {
        self.row().0
    }

    /// Returns the least and the greatest percentage that the word stands for.
    pub const fn percent(self) -> (u8, u8) {
        self.row().1
    }

    /// Returns the other word and the percentages of its row.
    const fn row(self) -> (&'static str, (u8, u8)) {
        match self {
            Likelihood::AlmostNoChance => ("remote", (1, 5)),
            Likelihood::VeryUnlikely => ("highly improbable", (5, 20)),
            Likelihood::Unlikely => ("improbable", (20, 45)),
            Likelihood::RoughlyEvenChance => ("roughly even odds", (45, 55)),
            Likelihood::Likely => ("probable", (55, 80)),
            Likelihood::VeryLikely => ("highly probable", (80, 95)),
            Likelihood::AlmostCertain => ("nearly certain", (95, 99)),
        }
    }
}

/// The grades given to a claim.
///
/// ```
/// use claimgraph::grade::{Credibility, Grade, Reliability};
/// let grade = Grade { reliability: Some(Reliability::B), credibility: Some(Credibility::ProbablyTrue), ..Grade::default() };
/// assert_eq!(grade.to_string(), "B2");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// The reliability of the source, A to F.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// The credibility of the information, 1 to 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credibility: Option<Credibility>,
    /// The likelihood that the speaker gave.
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
            f.write_str(reliability.as_str())?;
        }
        if let Some(credibility) = self.credibility {
            f.write_str(credibility.as_str())?;
        }
        if let Some((low, high)) = self.likelihood.map(Likelihood::percent) {
            let space =
                if self.reliability.is_some() || self.credibility.is_some() { " " } else { "" };
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
