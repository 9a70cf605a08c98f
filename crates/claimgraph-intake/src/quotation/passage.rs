//! A passage of a text in which words stand, and how they stand there.

use crate::difference::Difference;
use crate::quotation::words::{Excerpt, span};
use claimgraph::claim::Span;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// A passage of a text in which words stand.
///
/// As JSON: `span` (`[start, end]` in bytes), `text`, and `fit` with its particulars.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Passage<'t> {
    span: Span,
    text: &'t str,
    #[serde(flatten)]
    fit: Fit,
}

/// How words stand in a passage. As JSON, `fit` is `exact`, `evened` or `in-parts`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "fit", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fit {
    /// Letter by letter.
    Exact,
    /// With differences that do not change the words.
    Evened {
        /// The kinds of difference, in a fixed order.
        differences: Vec<Difference>,
    },
    /// In several parts, because the words leave something out or put something in. The passage is all from the first
    /// part to the last.
    InParts {
        /// The bytes of each part.
        parts: Vec<Span>,
        /// The insertions in square brackets, which stand for something else in the text or for nothing.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        insertions: Vec<String>,
        /// The kinds of difference within the parts.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        differences: Vec<Difference>,
    },
}

impl<'t> Passage<'t> {
    /// Creates a passage at a range of the text. If the text does not have the range, it is empty.
    pub(crate) fn new(whole: &'t str, range: Range<usize>, fit: Fit) -> Self {
        Self { text: whole.get(range.clone()).unwrap_or_default(), span: span(range), fit }
    }

    /// Returns its bytes in the text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the text of the passage.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns how the words stand there.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }
}

/// "bytes 10..20", "bytes 10..20, with other white space and case", "bytes 10..90, in 2 parts".
impl fmt::Display for Passage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bytes {}{}", self.span, self.fit)
    }
}

impl fmt::Display for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let differences = match self {
            Self::Exact => return Ok(()),
            Self::Evened { differences } => differences,
            Self::InParts { parts, insertions, differences } => {
                match parts.len() {
                    1 => {}
                    parts => write!(f, ", in {parts} parts")?,
                }
                for insertion in insertions {
                    write!(f, ", without the insertion {:?}", Excerpt(insertion))?;
                }
                differences
            }
        };
        let last = differences.len().saturating_sub(1);
        for (place, difference) in differences.iter().enumerate() {
            f.write_str(match place {
                0 => ", with other ",
                _ if place == last => " and ",
                _ => ", ",
            })?;
            write!(f, "{difference}")?;
        }
        Ok(())
    }
}
