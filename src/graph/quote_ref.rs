//! Reads quotes back: the words of a speaker that a claim gives, with their spans.

use crate::graph::claim_ref::ClaimRef;
use crate::model::document::Span;
use crate::model::id::EntityId;
use crate::model::quote::Quote;

/// A quote of a claim on record. See [`Quote`] for what it is; [`ClaimRef::quotes`] returns them.
///
/// ```
/// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let article = graph.add_document("article", date(2024, 10, 24))?;
/// let russia = graph.add(State, "russia")?;
/// let denial = Claim::by(russia).denies(russia, ATTACKS, russia).read_in(article, 0..40);
/// let denial = graph.insert(denial.quote(Quote::fragment("fake news").at(9..18).with_marks(6..21)))?;
/// let quote = graph.claim(denial)?.quotes().next().unwrap();
/// assert_eq!((quote.words(), quote.is_fragment()), (Some("fake news"), true));
/// assert_eq!(quote.span().map(|span| span.length()), Some(9));
/// assert_eq!(quote.span_with_marks().map(|span| span.start), Some(6));
/// assert_eq!(quote.claim().id(), denial);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct QuoteRef<'g> {
    claim: ClaimRef<'g>,
    quote: &'g Quote,
}

impl<'g> QuoteRef<'g> {
    /// Returns the claim that gives the quote.
    pub fn claim(self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the words between the marks, as they were given with the claim. If none were given, they are those of the
    /// text, if it is attached.
    pub fn words(self) -> Option<&'g str> {
        let given = self.quote.words.as_deref();
        given.or_else(|| self.claim.text_at(self.quote.span?))
    }

    /// Returns the bytes of the words in the document.
    pub fn span(self) -> Option<Span> {
        self.quote.span
    }

    /// Returns the bytes of the words with their quotation marks.
    pub fn span_with_marks(self) -> Option<Span> {
        self.quote.span_with_marks
    }

    /// Returns whether it is a few words inside a sentence, and not a whole sentence or clause.
    pub fn is_fragment(self) -> bool {
        self.quote.fragment
    }
}

impl<'g> ClaimRef<'g> {
    /// Returns the words of its speaker that the document quotes, in the order of their places. Quotes without a place
    /// come first.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let article = graph.add_document("article", date(2024, 10, 24))?;
    /// let denial = Claim::by(russia).denies(russia, ATTACKS, russia).read_in(article, ..);
    /// let claim = graph.insert(
    ///     denial.quote(Quote::fragment("idle talk").at(31..40)).quote(Quote::fragment("fake news").at(9..18)),
    /// )?;
    /// let words: Vec<_> = graph.claim(claim)?.quotes().filter_map(|quote| quote.words()).collect();
    /// assert_eq!(words, ["fake news", "idle talk"]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn quotes(self) -> impl ExactSizeIterator<Item = QuoteRef<'g>> {
        let quotes: &[Quote] = self.details().map(|details| &*details.quotes).unwrap_or_default();
        quotes.iter().map(move |quote| QuoteRef { claim: self, quote })
    }

    /// Returns the words that were kept and the fragments that were given, in quotation marks: "“fake news” and “idle
    /// talk”". If there are none, it is `None`.
    pub(crate) fn words_quoted(self) -> Option<String> {
        let fragments = self
            .quotes()
            .filter_map(|quote| quote.quote.words.as_deref().filter(|_| quote.is_fragment()));
        let words = self.words().into_iter().chain(fragments);
        let words: Vec<String> = words.map(|words| format!("\u{201c}{words}\u{201d}")).collect();
        (!words.is_empty()).then(|| words.join(" and "))
    }

    /// Returns the innermost speaker that is quoted in its own words: `Some(None)` if the text does not name it, `None` if
    /// no speaker is quoted.
    pub(crate) fn quoted_speaker(self) -> Option<Option<EntityId>> {
        self.chain().iter().rfind(|link| link.direct).map(|link| link.source)
    }

    /// Returns the text at a span of the document, if the text is attached.
    pub(crate) fn text_at(self, span: Span) -> Option<&'g str> {
        self.graph().registry.document(self.document_id()?)?.stretch(span)
    }
}
