//! The details of a claim: what few claims say beside a statement or the claims they answer. A program hands them in with
//! a claim, and the store keeps them as they are.

use crate::model::document::Span;
use crate::model::error::{ErrorKind, FieldPath};
use crate::model::quote::Quote;
use crate::model::time::period::Period;
use crate::model::time::spoken;
use crate::model::value::amount::Amount;
use crate::model::value::direction::Direction;
use crate::model::value::grade::Grade;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Polarity;
use serde::{Deserialize, Serialize};

/// The parts of a claim that name nothing in a graph and that most claims lack.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) polarity: Option<Polarity>,
    // What few of these have takes a word in the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quantity: Option<Box<Quantity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) object_quantity: Option<Box<Quantity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) factor: Option<Box<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) direction: Option<Direction>,
    #[serde(serialize_with = "spoken::serialize", skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<Box<Period>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) span: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) words: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue_words: Option<Box<str>>,
    /// In order, each once.
    #[serde(skip_serializing_if = "<[Quote]>::is_empty")]
    pub(crate) quotes: Box<[Quote]>,
    #[serde(skip_serializing_if = "Grade::is_empty")]
    pub(crate) grade: Grade,
}

impl Details {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the places in the document, each with the words that were given for it.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let place = |span: Option<Span>, words, of_span, of_words| Place {
            span,
            words,
            is_quote: false,
            of_span,
            of_words,
        };
        let (words, cue) = (self.words.as_deref(), self.cue_words.as_deref());
        let own = place(self.span, words, FieldPath::Span, FieldPath::Words);
        let cue = place(self.cue, cue, FieldPath::Cue, FieldPath::Cue);
        let quotes = self.quotes.iter().enumerate().flat_map(move |(index, quote)| {
            let of = |span, words| {
                let part = || FieldPath::Quote(index);
                Place { is_quote: true, ..place(span, words, part(), part()) }
            };
            [of(quote.span, quote.words.as_deref()), of(quote.span_with_marks, None)]
        });
        [own, cue].into_iter().chain(quotes)
    }
}

/// A place in a document, and words that were given for it.
pub(crate) struct Place<'c> {
    pub(crate) span: Option<Span>,
    pub(crate) words: Option<&'c str>,
    /// Whether the words are all of the span. Otherwise they stand somewhere in it.
    pub(crate) is_quote: bool,
    /// The part that a fault of the span is in.
    pub(crate) of_span: FieldPath,
    /// The part that a fault of the words is in.
    pub(crate) of_words: FieldPath,
}

impl Place<'_> {
    /// Returns the fault of words that cannot be those of the span, whatever the text is.
    pub(crate) fn length_fault(&self) -> Option<ErrorKind> {
        let (words, span) = (self.words?.len() as u64, self.span?.length());
        let fits = if self.is_quote { words == span } else { words <= span };
        (!fits).then_some(ErrorKind::WordsNotOfSpan { words, span })
    }
}
