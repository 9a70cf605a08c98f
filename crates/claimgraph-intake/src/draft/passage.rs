//! Words of a draft found in the text of the document.

use super::fault::Fault;
use super::fields::{Notes, Text};
use std::ops::Range;

/// The text of a document in which words are found.
pub(super) struct Passage {
    text: String,
}

/// Where words stand, and as the text has them.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) span: Range<usize>,
    pub(super) words: String,
}

impl Passage {
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// Returns where the words stand: in the passage of the claim first, then anywhere.
    pub(super) fn locate(
        &self,
        words: &Text,
        within: Option<&Found>,
        notes: &mut Notes,
    ) -> Option<Found> {
        let text = &self.text;
        let inside = within.and_then(|within| {
            let at = within.words.find(&words.text)? + within.span.start;
            Some(at)
        });
        let at = inside.or_else(|| text.find(&words.text));
        let Some(at) = at else {
            notes.fault(Fault::new(&words.at, &words.text, "is not in the text of the document"));
            return None;
        };
        Some(Found { span: at..at + words.text.len(), words: words.text.clone() })
    }
}
