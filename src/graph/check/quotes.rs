//! The check of what a claim says about the text of its document: spans, and the words that stand there.

use crate::graph::check::Checker;
use crate::model::claim::{Claim, SpeakerLink};
use crate::model::claim_details::Details;
use crate::model::document::{DocumentInfo, Span};
use crate::model::error::{ErrorKind, FieldPath};

/// Returns the details as they are kept: the quotes in the order of their places, each once.
pub(super) fn settled(details: &Details) -> Details {
    let mut details = details.clone();
    if details.quotes.len() > 1 {
        let mut quotes = std::mem::take(&mut details.quotes).into_vec();
        quotes.sort();
        quotes.dedup();
        details.quotes = quotes.into();
    }
    details
}

impl Checker<'_> {
    /// Checks the spans of the claim, the words that were given with them, and its quotes.
    pub(super) fn quotes(
        &mut self,
        claim: &Claim,
        chain: Option<&[SpeakerLink]>,
        document: Option<&DocumentInfo>,
    ) {
        let named = claim.document.is_some();
        for place in claim.details.places() {
            let before = self.faults.len();
            if let Some(span) = place.span {
                self.span(span, document, named, place.of_span.clone());
            }
            if self.faults.len() > before {
                continue;
            }
            if let Some(kind) = place.length_fault() {
                self.fault(place.of_words, kind);
            } else if let Some(document) = document {
                _ = self.noting(document.check_words(place));
            }
        }
        for (index, quote) in claim.details.quotes.iter().enumerate() {
            quote.fault().into_iter().for_each(|kind| self.fault(FieldPath::Quote(index), kind));
        }
        // The chain as it is kept: a document that stands in it twice is there once.
        let silent = chain.is_some_and(|chain| chain.iter().all(|link| !link.direct));
        if silent && !claim.details.quotes.is_empty() {
            self.fault(FieldPath::Quote(0), ErrorKind::QuoteWithoutSpeaker);
        }
    }

    /// Checks that a span lies in the document. If the document is named and unknown, that is a fault of its own, and
    /// the span adds none.
    fn span(
        &mut self,
        Span { start, end }: Span,
        document: Option<&DocumentInfo>,
        named: bool,
        part: FieldPath,
    ) {
        if end < start {
            self.fault(part, ErrorKind::InvertedSpan { start, end });
        } else if let Some(document) = document {
            _ = self.noting(document.check_span(Span { start, end }, part));
        } else if !named {
            self.fault(part, ErrorKind::SpanWithoutDocument);
        }
    }
}
