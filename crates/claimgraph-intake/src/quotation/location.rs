//! The answer to the question where words stand.

use crate::quotation::passage::Passage;
use crate::quotation::words::{Excerpt, span};
use claimgraph::claim::Span;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// Where words stand in a text.
///
/// As JSON: `location` is `at`, `several`, `nearest` or `nowhere`, beside the members of the passage or of the proposal;
/// several passages are a list `passages`.
///
/// ```
/// use claimgraph_intake::quotation::PreparedText;
/// let text = PreparedText::of("A ship left. A boat left port early today.");
/// let json = |words: &str| serde_json::to_string(&text.find(words).unwrap()).unwrap();
/// assert_eq!(json("a ship"), r#"{"location":"at","span":[0,6],"text":"A ship","fit":"evened","differences":["case"]}"#);
/// assert_eq!(json("A boat ... today"), r#"{"location":"at","span":[13,41],"text":"A boat left port early today","fit":"in-parts","parts":[[13,19],[36,41]]}"#);
/// assert_eq!(
///     json("a boat left port very early"),
///     r#"{"location":"nearest","span":[13,35],"text":"A boat left port early","changes":1,"words":6}"#,
/// );
/// assert_eq!(json("nobody saw it"), r#"{"location":"nowhere"}"#);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "location", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Location<'t> {
    /// At one passage.
    At(Passage<'t>),
    /// At several passages, in their order in the text. A hint can decide between them.
    Several {
        /// The passages.
        passages: Vec<Passage<'t>>,
    },
    /// At none. The nearest passage is a proposal for a person to judge.
    Nearest(NearPassage<'t>),
    /// At none, and no passage is near.
    Nowhere,
}

impl<'t> Location<'t> {
    /// Returns the passage, if the words stand at exactly one. A proposal is not one.
    pub fn passage(&self) -> Option<&Passage<'t>> {
        match self {
            Self::At(passage) => Some(passage),
            _ => None,
        }
    }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(passage) => write!(f, "{passage}"),
            Self::Several { passages } => {
                write!(f, "{} passages", passages.len())?;
                for (place, passage) in passages.iter().take(8).enumerate() {
                    write!(f, "{} {passage}", if place == 0 { ":" } else { ";" })?;
                }
                f.write_str(if passages.len() > 8 { "; and others" } else { "" })
            }
            Self::Nearest(near) => write!(f, "nowhere; the nearest passage is {near}"),
            Self::Nowhere => f.write_str("nowhere"),
        }
    }
}

/// A passage with nearly the words that were sought: a proposal.
///
/// Two measures make it up. *Changes* is the smallest number of words to insert, delete or replace that turns the words
/// into a stretch of the text (Levenshtein distance over words; Sellers 1980). A word is a run of letters and digits,
/// after evening out. *Likeness* is 1 less the changes divided by the number of words sought. Of several stretches with
/// equally few changes it is the one that ends first, and of these the shortest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NearPassage<'t> {
    span: Span,
    text: &'t str,
    changes: usize,
    words: usize,
}

impl<'t> NearPassage<'t> {
    /// The least likeness of a passage that is proposed.
    pub const LEAST_LIKENESS: f64 = 0.5;

    pub(crate) fn new(whole: &'t str, range: Range<usize>, changes: usize, words: usize) -> Self {
        let text = whole.get(range.clone()).unwrap_or_default();
        Self { span: span(range), text, changes, words }
    }

    /// Returns its bytes in the text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the text of the passage.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the number of words that have to be inserted, deleted or replaced.
    pub fn changes(&self) -> usize {
        self.changes
    }

    /// Returns the number of words that were sought.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Returns the likeness, from [`LEAST_LIKENESS`](Self::LEAST_LIKENESS) to 1.
    pub fn likeness(&self) -> f64 {
        1.0 - self.changes as f64 / self.words.max(1) as f64
    }
}

/// "bytes 10..20, "the word", with 1 of 6 words changed".
impl fmt::Display for NearPassage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { span, text, changes, words } = self;
        write!(f, "bytes {span}, {:?}, with {changes} of {words} words changed", Excerpt(text))
    }
}
