//! The kinds of difference between two texts that are the same after evening out.

use crate::even_text::EvenText;
use serde::Serialize;
use std::fmt;

/// A kind of difference that evening out removes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Difference {
    /// White space: its kind and its amount, line ends included.
    Space,
    /// The shape of quotation marks and apostrophes.
    Marks,
    /// The shape of hyphens and dashes.
    Dashes,
    /// Capitals and small letters.
    Case,
    /// Unicode forms of one letter or sign: composed and decomposed, ligatures, full width, "…" and "...".
    Form,
    /// Characters that cannot be seen: soft hyphens, zero-width and bidirectional controls, variation selectors.
    Invisible,
}

impl Difference {
    const ALL: [Self; 6] =
        [Self::Space, Self::Marks, Self::Dashes, Self::Case, Self::Form, Self::Invisible];

    /// Returns the kinds of difference between two texts that are the same after evening out. Each is one whose own
    /// removal is necessary. If any of several would do, it is the Unicode form.
    pub(crate) fn between(one: &str, other: &str) -> Vec<Self> {
        if one == other {
            return Vec::new();
        }
        let differ = |kind: &Self| {
            let [one, other] = [one, other].map(|text| EvenText::except(text, Some(*kind)));
            one.text() != other.text()
        };
        let found: Vec<Self> = Self::ALL.into_iter().filter(differ).collect();
        if found.is_empty() { vec![Self::Form] } else { found }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Space => "white space",
            Self::Marks => "quotation marks",
            Self::Dashes => "dashes",
            Self::Case => "case",
            Self::Form => "Unicode form",
            Self::Invisible => "invisible characters",
        })
    }
}
