//! Words to be found in a text, with hints that decide between several passages.

use claimgraph::claim::Span;
use std::fmt;
use std::ops::Range;

/// Words to be found in a text, with hints that decide between several passages.
///
/// Each hint holds of the passage that is found. Hints apply one after the other, in the order in which they are given.
///
/// ```
/// use claimgraph_intake::quotation::{PreparedText, Words};
/// let text = PreparedText::of("No, said Ann. No, said Bob. No, said Eve.");
/// for (words, start) in [
///     (Words::of("no").before("said Bob"), 14),
///     (Words::of("no").after("Bob"), 28),
///     (Words::of("no").nth(1), 0),
///     (Words::of("no").near(27..27), 28),
/// ] {
///     let found = text.find(words)?;
///     assert_eq!(found.passage().map(|passage| passage.span().start), Some(start));
/// }
/// # Ok::<(), claimgraph_intake::quotation::QuotationError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words<'w> {
    pub(crate) text: &'w str,
    pub(crate) hints: Vec<Hint<'w>>,
}

/// A condition that decides between several passages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Hint<'w> {
    Before(&'w str),
    After(&'w str),
    Nth(usize),
    Near(Range<usize>),
}

impl<'w> Words<'w> {
    /// Creates words without a hint.
    pub fn of(text: &'w str) -> Self {
        Self { text, hints: Vec::new() }
    }

    /// Asks for the last passage before this text. If the text stands at several places, each has its own last passage
    /// before it.
    #[must_use]
    pub fn before(self, text: &'w str) -> Self {
        self.hint(Hint::Before(text))
    }

    /// Asks for the first passage after this text. If the text stands at several places, each has its own first passage
    /// after it.
    #[must_use]
    pub fn after(self, text: &'w str) -> Self {
        self.hint(Hint::After(text))
    }

    /// Asks for the passage with this number, counted from 1.
    #[must_use]
    pub fn nth(self, number: usize) -> Self {
        self.hint(Hint::Nth(number))
    }

    /// Asks for the passage with the fewest bytes between it and these.
    #[must_use]
    pub fn near(self, bytes: Range<usize>) -> Self {
        self.hint(Hint::Near(bytes))
    }

    fn hint(mut self, hint: Hint<'w>) -> Self {
        self.hints.push(hint);
        self
    }
}

impl<'w> From<&'w str> for Words<'w> {
    fn from(text: &'w str) -> Self {
        Self::of(text)
    }
}

impl<'w> From<&'w String> for Words<'w> {
    fn from(text: &'w String) -> Self {
        Self::of(text)
    }
}

/// Returns a range as a span.
pub(crate) fn span(range: Range<usize>) -> Span {
    Span { start: range.start as u64, end: range.end as u64 }
}

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(text) => write!(f, "before {:?}", Excerpt(text)),
            Self::After(text) => write!(f, "after {:?}", Excerpt(text)),
            Self::Nth(number) => write!(f, "number {number}"),
            Self::Near(bytes) => write!(f, "near bytes {}", span(bytes.clone())),
        }
    }
}

/// A text of which a message has at most 60 characters.
pub(crate) struct Excerpt<'t>(pub(crate) &'t str);

impl fmt::Debug for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(60) {
            Some((end, _)) => write!(f, "{:?}", format!("{}…", self.0.split_at(end).0)),
            None => write!(f, "{:?}", self.0),
        }
    }
}
