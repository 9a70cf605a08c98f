//! A figure in words: "about 10,000 troops". Sentences and reports show figures by it.

use crate::model::value::quantity::{Precision, Quantity};
use std::fmt;

impl Quantity {
    /// Returns the number with its unit. If only words are known, they stand in its place.
    pub(crate) fn in_figures(&self) -> String {
        let unit = &self.unit;
        let bounds = match (self.lower, self.upper, &self.words) {
            (Some(l), Some(u), _) => format!("between {} and {}", l.amount, u.amount),
            (Some(b), None, _) if b.strict => format!("over {}", b.amount),
            (Some(b), None, _) => format!("at least {}", b.amount),
            (None, Some(b), _) if b.strict => format!("under {}", b.amount),
            (None, Some(b), _) => format!("at most {}", b.amount),
            (None, None, Some(words)) => format!("\u{201c}{words}\u{201d}"),
            (None, None, None) => "an unknown number of".to_owned(),
        };
        let Some(central) = self.central else { return format!("{bounds} {unit}") };
        let before = match self.precision {
            Precision::Stated => "",
            Precision::Exact => "exactly ",
            Precision::About => "about ",
        };
        match (self.lower, self.upper) {
            (None, None) => format!("{before}{central} {unit}"),
            _ => format!("{before}{central} {unit}, {bounds}"),
        }
    }

    /// Returns the words, if they say more than the number.
    fn other_words(&self) -> Option<&str> {
        let (words, number) = (self.words.as_deref()?, self.in_figures());
        let amount = self.central.map(|central| central.to_string()).unwrap_or_default();
        let is_wordless = self.central.is_none() && self.lower.is_none() && self.upper.is_none();
        let same = |told: &str| words.trim().eq_ignore_ascii_case(told);
        (!is_wordless && !same(&number) && !same(&amount)).then_some(words)
    }
}

/// Writes "3,000 soldiers", "over 600,000 casualties" or "at least 2,000 soldiers, “thousands more”": the number, and the
/// words of the text if they say something else.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_figures())?;
        self.other_words().map_or(Ok(()), |words| write!(f, ", \u{201c}{words}\u{201d}"))
    }
}
