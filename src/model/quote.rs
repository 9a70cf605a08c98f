//! Quotes as values: the words of a speaker that a claim gives, and where they stand. A program hands them in with a
//! claim, and the store keeps them as they are.

use crate::model::document::{Locator, Span};
use crate::model::error::ErrorKind;
use crate::model::record::QuoteRecord;
use serde::{Deserialize, Serialize};

/// Words of a speaker, as a document gives them between quotation marks: a whole clause or a fragment.
///
/// The words are those between the marks. A comma or full stop that belongs to the sentence around the quote may be left
/// out. The words or their span may be unknown, but not both. A claim takes several quotes: see
/// [`Claim::quote`](crate::Claim::quote).
///
/// ```
/// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph, DocumentInfo};
/// let mut graph = ClaimGraph::new();
/// let text = "It is “fake news” and “idle talk”, says Moscow.";
/// let article = graph.add_document("article", DocumentInfo::dated(date(2024, 10, 24)).with_text(text))?;
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// let sent = graph.insert(Claim::by(article).asserts(nk, DEPLOYS_TO, russia).read_in(article, ..))?;
/// let dismissal = graph.insert(
///     Claim::by(russia)
///         .dismisses(sent)
///         .quote(Quote::fragment("fake news").at(9..18).with_marks(6..21))
///         .quote(Quote::fragment(None).at(29..38))
///         .read_in(article, 0..53),
/// )?;
/// let quotes: Vec<_> = graph.claim(dismissal)?.quotes().collect();
/// assert_eq!(quotes[0].span_with_marks().map(|span| span.to_string()).as_deref(), Some("6..21"));
/// assert_eq!(quotes[1].words(), Some("idle talk"), "from the text");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) span: Option<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) span_with_marks: Option<Span>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) fragment: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<Box<str>>,
}

impl Quote {
    fn of(words: Option<&str>, fragment: bool) -> Self {
        Self { span: None, span_with_marks: None, fragment, words: words.map(Into::into) }
    }

    /// Creates a quote of a whole sentence or clause. If the words are not kept, they are `None`, and [`at`](Self::at)
    /// gives their span.
    ///
    /// ```
    /// use claimgraph::claim::Quote;
    /// let kept = Quote::whole("We saw them").at(3..14);
    /// assert_ne!(Quote::whole(None).at(3..14), kept);
    /// ```
    #[must_use]
    pub fn whole<'w>(words: impl Into<Option<&'w str>>) -> Self {
        Self::of(words.into(), false)
    }

    /// Creates a quote of a few words inside a sentence of the document. If the words are not kept, they are `None`, and
    /// [`at`](Self::at) gives their span.
    ///
    /// ```
    /// use claimgraph::claim::Quote;
    /// assert_ne!(Quote::fragment("fake news"), Quote::whole("fake news"));
    /// ```
    #[must_use]
    pub fn fragment<'w>(words: impl Into<Option<&'w str>>) -> Self {
        Self::of(words.into(), true)
    }

    /// Sets the bytes of the words, without the marks.
    ///
    /// `insert` refuses a span whose length is not that of the words. It compares the words with the text of the document
    /// if the text is attached; otherwise [`attach_text`](crate::ClaimGraph::attach_text) compares them.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let article = graph.add_document("article", date(2024, 10, 24))?;
    /// let russia = graph.add(State, "russia")?;
    /// let denial = || Claim::by(russia).denies(russia, ATTACKS, russia).read_in(article, ..);
    /// let refused = graph.insert(denial().quote(Quote::fragment("fake news").at(10..20))).unwrap_err();
    /// assert_eq!(refused.to_string(), "quote 0: the words have 9 bytes, and their span has 10");
    /// graph.insert(denial().quote(Quote::fragment("fake news").at(10..19)))?;
    /// assert!(graph.attach_text(article, "It is all invented.").is_err(), "other words");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn at(mut self, span: impl Into<Locator>) -> Self {
        self.span = span.into().0;
        self
    }

    /// Sets the bytes of the whole, with its quotation marks. They enclose those of the words, and are more.
    ///
    /// If a quote goes on in the next paragraph, one of its marks may be missing.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let article = graph.add_document("article", date(2024, 10, 24))?;
    /// let russia = graph.add(State, "russia")?;
    /// let denial = || Claim::by(russia).denies(russia, ATTACKS, russia).read_in(article, ..);
    /// let quote = || Quote::fragment("fake news").at(10..19);
    /// assert!(graph.insert(denial().quote(quote().with_marks(11..20))).is_err());
    /// assert!(graph.insert(denial().quote(quote().with_marks(9..20))).is_ok());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn with_marks(mut self, span: impl Into<Locator>) -> Self {
        self.span_with_marks = span.into().0;
        self
    }

    /// Returns the fault of a quote that its spans and words have together, without a document.
    pub(crate) fn fault(&self) -> Option<ErrorKind> {
        let nothing = match (self.words.as_deref(), self.span) {
            (None, None) | (Some(""), _) => true,
            (_, Some(span)) => span.start == span.end,
            (Some(_), None) => false,
        };
        if nothing {
            return Some(ErrorKind::EmptyQuote);
        }
        let marks = self.span_with_marks?;
        let Span { start, end } = marks;
        let around = |words: Span| marks != words && start <= words.start && words.end <= end;
        (!self.span.is_some_and(around)).then_some(ErrorKind::MarksNotAround { start, end })
    }

    /// Returns the record of the quote.
    pub(crate) fn record<'q, T: From<&'q str>>(&'q self) -> QuoteRecord<T> {
        QuoteRecord {
            words: self.words.as_deref().map(T::from),
            span: self.span,
            span_with_marks: self.span_with_marks,
            fragment: self.fragment,
        }
    }
}

impl<T: Into<String>> From<QuoteRecord<T>> for Quote {
    fn from(record: QuoteRecord<T>) -> Self {
        let QuoteRecord { words, span, span_with_marks, fragment } = record;
        let words = words.map(|words| words.into().into());
        Self { span, span_with_marks, fragment, words }
    }
}
