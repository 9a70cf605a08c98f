//! Figures as the text gives them: exact, about, over, under, between, or a word such as "thousands".
//!
//! A claim carries one; questions compare them in three values.

pub use crate::model::value::amount::{Amount, AmountError};
use crate::model::value::answer::Answer;
use crate::model::value::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// The way in which the central figure was given.
    #[derive(Default)]
    Precision, "precision" {
        /// A plain figure, without "about" or "exactly"; it may be rounded.
        #[default]
        Stated = "stated",
        /// "exactly".
        Exact = "exact",
        /// "about"; no tolerance is invented.
        About = "about",
    }
}

/// One side of a range.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The figure.
    pub amount: Amount,
    /// Whether the figure itself is excluded ("over 600,000").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
}

impl Bound {
    /// Returns the bound of all numbers that this one leaves out.
    fn other_side(self) -> Self {
        Self { strict: !self.strict, ..self }
    }
}

/// A figure with its unit. Units are names; figures of different units never compare.
///
/// Its questions answer in three values:
///
/// ```
/// use claimgraph::{Answer, Quantity};
/// let about = Quantity::about(10_000, "soldiers");
/// assert_eq!(about.at_least(9_000), Answer::Unknown);        // nobody said how roughly
/// assert_eq!(about.within_percent(5).at_least(9_000), Answer::Yes);
/// assert_eq!(Quantity::vague("thousands", "soldiers").at_least(2_000), Answer::Yes);
/// assert_eq!(Quantity::stated(3_000, "soldiers").to_string(), "3,000 soldiers");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) central: Option<Amount>,
    #[serde(default, skip_serializing_if = "is_stated")]
    pub(crate) precision: Precision,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lower: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upper: Option<Bound>,
    pub(crate) unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<String>,
}

fn is_stated(precision: &Precision) -> bool {
    *precision == Precision::Stated
}

/// Words that name a number without giving it, with the least they can mean.
const VAGUE: &[(&str, i64)] = &[
    ("several", 2),
    ("multiple", 2),
    ("numerous", 2),
    ("many", 2),
    ("some", 1),
    ("dozens", 24),
    ("tens", 20),
    ("scores", 40),
    ("hundreds", 200),
    ("thousands", 2_000),
    ("tens of thousands", 20_000),
    ("hundreds of thousands", 200_000),
    ("millions", 2_000_000),
];

impl Quantity {
    pub(crate) fn new(unit: impl Into<String>) -> Self {
        Self {
            central: None,
            precision: Precision::Stated,
            lower: None,
            upper: None,
            unit: unit.into(),
            words: None,
        }
    }

    /// Makes a quantity from its parts, as a file has them. Unchecked, as any other: the graph checks it.
    pub fn from_parts(
        central: Option<Amount>,
        precision: Precision,
        lower: Option<Bound>,
        upper: Option<Bound>,
        unit: impl Into<String>,
    ) -> Self {
        Self { central, precision, lower, upper, ..Self::new(unit) }
    }

    pub(crate) fn centred(
        amount: impl Into<Amount>,
        precision: Precision,
        unit: impl Into<String>,
    ) -> Self {
        Self { central: Some(amount.into()), precision, ..Self::new(unit) }
    }

    /// Creates a plain figure as the text gives it.
    pub fn stated(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self::centred(amount, Precision::Stated, unit)
    }

    /// Creates a figure that the text calls exact.
    pub fn exactly(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self::centred(amount, Precision::Exact, unit)
    }

    /// Creates "about": the central figure, without any tolerance.
    pub fn about(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self::centred(amount, Precision::About, unit)
    }

    /// Creates "at least".
    pub fn no_less_than(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self { lower: Some(Bound { amount: amount.into(), strict: false }), ..Self::new(unit) }
    }

    /// Creates "over".
    pub fn more_than(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self { lower: Some(Bound { amount: amount.into(), strict: true }), ..Self::new(unit) }
    }

    /// Creates "at most" or "up to".
    pub fn no_more_than(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self { upper: Some(Bound { amount: amount.into(), strict: false }), ..Self::new(unit) }
    }

    /// Creates "under".
    pub fn less_than(amount: impl Into<Amount>, unit: impl Into<String>) -> Self {
        Self { upper: Some(Bound { amount: amount.into(), strict: true }), ..Self::new(unit) }
    }

    /// Creates "between" two figures, both included.
    pub fn between(
        lower: impl Into<Amount>,
        upper: impl Into<Amount>,
        unit: impl Into<String>,
    ) -> Self {
        Self::new(unit).bounded(lower, upper)
    }

    /// Creates a figure from a word: "thousands" is at least 2,000, "dozens" at least 24. If the word is not in
    /// the list ("high"), the figure has no bounds. The word is kept.
    pub fn vague(word: &str, unit: impl Into<String>) -> Self {
        let least = VAGUE.iter().find(|(known, _)| known.eq_ignore_ascii_case(word.trim()));
        Self {
            lower: least.map(|&(_, amount)| Bound { amount: amount.into(), strict: false }),
            words: Some(word.to_owned()),
            ..Self::new(unit)
        }
    }

    /// Sets bounds around the central figure, as Wikidata and survey results give them.
    #[must_use]
    pub fn bounded(mut self, lower: impl Into<Amount>, upper: impl Into<Amount>) -> Self {
        self.lower = Some(Bound { amount: lower.into(), strict: false });
        self.upper = Some(Bound { amount: upper.into(), strict: false });
        self
    }

    /// Keeps the words of the text.
    #[must_use]
    pub fn in_words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// Reads "about" with a tolerance: the range of `percent` around the central figure. Other figures stay as
    /// they are.
    #[must_use]
    pub fn within_percent(&self, percent: u8) -> Self {
        let range =
            self.central.filter(|_| self.precision == Precision::About).and_then(|central| {
                let part = central.checked_mul(Amount::new(i128::from(percent), 2)?)?;
                let ends = [central.checked_sub(part)?, central.checked_add(part)?];
                Some((ends.into_iter().min()?, ends.into_iter().max()?))
            });
        match range {
            Some((lower, upper)) => self.clone().bounded(lower, upper),
            None => self.clone(),
        }
    }

    /// Returns the central figure, if one was given.
    pub fn central(&self) -> Option<Amount> {
        self.central
    }

    /// Returns the way in which the central figure was given.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Returns the lower bound, if one was given.
    pub fn lower(&self) -> Option<Bound> {
        self.lower
    }

    /// Returns the upper bound, if one was given.
    pub fn upper(&self) -> Option<Bound> {
        self.upper
    }

    /// Returns the unit as written.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Returns the words of the text, if they were kept.
    pub fn words(&self) -> Option<&str> {
        self.words.as_deref()
    }

    pub(crate) fn with_unit(mut self, unit: &str) -> Self {
        self.unit = unit.to_owned();
        self
    }

    /// Returns whether the upper bound is below the lower one, so that no number fits.
    pub fn is_inverted(&self) -> bool {
        fits_none(self.lower, self.upper)
    }

    /// Returns whether any figure in it is negative.
    pub fn has_negative(&self) -> bool {
        let given = [self.central, self.lower.map(|b| b.amount), self.upper.map(|b| b.amount)];
        given.into_iter().flatten().any(Amount::is_negative)
    }

    /// Returns the least and the greatest number it can be, as far as they are known. "About" a positive figure is
    /// anything greater than 0.
    pub(crate) fn interval(&self) -> (Option<Bound>, Option<Bound>) {
        if self.lower.is_some() || self.upper.is_some() {
            return (self.lower, self.upper);
        }
        let positive = Some(Bound { amount: Amount::ZERO, strict: true });
        match self.central {
            None => (None, None),
            Some(c) if self.precision != Precision::About => {
                let side = Some(Bound { amount: c, strict: false });
                (side, side)
            }
            Some(c) if c.is_positive() => (positive, None),
            Some(c) if c.is_negative() => (None, positive),
            Some(_) => (None, None),
        }
    }

    /// Returns the figure as a lower bound: at least as many as it can be.
    pub(crate) fn lower_bound(&self) -> Quantity {
        let (lower, _) = self.interval();
        Self { central: None, lower, upper: None, ..self.clone() }
    }

    /// Returns whether it is at least `threshold`.
    pub fn at_least(&self, threshold: impl Into<Amount>) -> Answer {
        self.is_above(Bound { amount: threshold.into(), strict: false })
    }

    /// Returns whether it is over `threshold`.
    pub fn exceeds(&self, threshold: impl Into<Amount>) -> Answer {
        self.is_above(Bound { amount: threshold.into(), strict: true })
    }

    /// Returns whether it keeps this lower bound.
    fn is_above(&self, bound: Bound) -> Answer {
        let (lower, upper) = self.interval();
        Answer::of(fits_none(lower, Some(bound.other_side())), fits_none(Some(bound), upper))
    }

    /// Returns whether it is at most `threshold`.
    pub fn at_most(&self, threshold: impl Into<Amount>) -> Answer {
        !self.exceeds(threshold)
    }

    /// Returns whether it is `number`. A plain figure counts as exact.
    pub fn equals(&self, number: impl Into<Amount>) -> Answer {
        let number = number.into();
        self.at_least(number).and(self.at_most(number))
    }

    /// Returns whether this figure makes `wanted` true: yes if every number it can be is one that `wanted` can
    /// be, no if none is, otherwise unknown. If `wanted` is "about", the same central figure agrees with it.
    ///
    /// ```
    /// use claimgraph::{Answer, Quantity};
    /// let stated = Quantity::stated(3_000, "soldiers");
    /// assert_eq!(stated.supports(&Quantity::vague("thousands", "soldiers")), Answer::Yes);
    /// assert_eq!(stated.supports(&Quantity::about(3_000, "soldiers")), Answer::Yes);
    /// assert_eq!(Quantity::about(3_000, "soldiers").supports(&stated), Answer::Unknown);
    /// assert_eq!(stated.supports(&Quantity::stated(3_000, "horses")), Answer::Unknown);
    /// ```
    pub fn supports(&self, wanted: &Quantity) -> Answer {
        if self.unit != wanted.unit {
            return Answer::Unknown;
        }
        let no_bounds = wanted.lower.is_none() && wanted.upper.is_none();
        if wanted.central.is_some() && wanted.precision == Precision::About && no_bounds {
            return match self.central == wanted.central {
                true => Answer::Yes,
                false if self.interval() == (None, None) => Answer::Unknown,
                false => Answer::of(false, self.is_apart(wanted)),
            };
        }
        let figure = |q: &Quantity| (q.central, q.precision, q.lower, q.upper);
        let known = wanted.central.is_some() || wanted.lower.is_some() || wanted.upper.is_some();
        if figure(self) == figure(wanted) && (known || self.words == wanted.words) {
            return Answer::Yes;
        }
        let (lower, upper) = wanted.interval();
        let above = lower.map_or(Answer::Yes, |bound| self.is_above(bound));
        let below = upper.map_or(Answer::Yes, |bound| !self.is_above(bound.other_side()));
        match above.and(below) {
            Answer::Yes if lower.is_none() && upper.is_none() => Answer::Unknown,
            answer => answer,
        }
    }

    /// Returns whether every number that it can be is greater than any that the other can be.
    pub(crate) fn exceeds_all_of(&self, other: &Quantity) -> bool {
        let (least, most) = (self.interval().0, other.interval().1);
        least.zip(most).is_some_and(|(least, most)| least.amount >= most.amount)
    }

    /// Returns whether the two figures conflict: no number can be both. Figures of different units never conflict.
    pub fn is_apart(&self, other: &Quantity) -> bool {
        let (mine, theirs) = (self.interval(), other.interval());
        self.unit == other.unit && (fits_none(theirs.0, mine.1) || fits_none(mine.0, theirs.1))
    }
}

/// Returns whether no number keeps both a lower and an upper bound.
fn fits_none(lower: Option<Bound>, upper: Option<Bound>) -> bool {
    lower.zip(upper).is_some_and(|(lower, upper)| {
        lower.amount > upper.amount
            || (lower.amount == upper.amount && (lower.strict || upper.strict))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{No, Unknown, Yes};

    #[test]
    fn over_is_strict_and_about_invents_no_tolerance() {
        let over = Quantity::more_than(600_000, "casualties");
        assert_eq!(
            [
                over.at_least(600_000),
                over.equals(600_000),
                over.at_least(650_000),
                over.exceeds(600_000)
            ],
            [Yes, No, Unknown, Yes]
        );
        let about = Quantity::about(10_000, "troops");
        assert_eq!(
            [about.at_least(0), about.at_least(1), about.at_most(0), about.equals(10_000)],
            [Yes, Unknown, No, Unknown]
        );
        assert_eq!(Quantity::about(-5, "degrees").at_least(1), No);
    }

    #[test]
    fn figures_conflict_only_when_no_number_is_both() {
        let stated = |n: i32| Quantity::stated(n, "dead");
        assert!(stated(12).is_apart(&stated(19)));
        assert!(!stated(12).is_apart(&Quantity::about(19, "dead")));
        assert!(Quantity::more_than(12, "dead").is_apart(&stated(12)));
        assert!(!stated(12).is_apart(&Quantity::stated(19, "hurt")));
    }

    #[test]
    fn a_figure_without_bounds_supports_nothing() {
        let high = Quantity::vague("high", "casualties");
        assert_eq!(high.supports(&Quantity::stated(5, "casualties")), Unknown);
        assert_eq!(Quantity::stated(5, "casualties").supports(&high), Unknown);
    }
}
