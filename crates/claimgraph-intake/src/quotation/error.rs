//! Why words or offsets cannot be looked up.

use crate::quotation::offsets::OffsetUnit;
use claimgraph::claim::Span;

/// Why words cannot be looked up.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuotationError {
    /// The words are empty, or have nothing but white space, ellipses and quotation marks.
    #[error("the words to be found are empty: at least one letter, digit or sign was expected")]
    NoWords,
    /// The words are too long for a quotation.
    #[error("the words to be found have {bytes} bytes: at most {limit} were expected")]
    TooLong {
        /// Their bytes.
        bytes: usize,
        /// The most bytes.
        limit: usize,
    },
    /// The words leave out something at too many places.
    #[error(
        "the words to be found have {parts} parts between ellipses: at most {limit} were expected"
    )]
    TooManyParts {
        /// Their parts.
        parts: usize,
        /// The most parts.
        limit: usize,
    },
    /// No passage is as the hint says.
    #[error("no passage is {hint}: the words stand at {}", counted(places.len()))]
    NoneAsHinted {
        /// The hint in words: `after "Later"`.
        hint: String,
        /// The bytes of each passage with the words.
        places: Vec<Span>,
    },
}

/// Why an offset does not lead to a place in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OffsetError {
    /// The offset is past the end of the text.
    #[error("offset {offset} is past the end: the text has {length} {unit}")]
    PastEnd {
        /// The offset.
        offset: usize,
        /// The length of the text in the unit of the offset.
        length: usize,
        /// The unit of the offset.
        unit: OffsetUnit,
    },
    /// The offset lies inside a character.
    #[error("offset {offset} in {unit} lies inside a character: it begins at {start}")]
    InsideCharacter {
        /// The offset.
        offset: usize,
        /// The offset at which the character begins.
        start: usize,
        /// The unit of the offset.
        unit: OffsetUnit,
    },
}

fn counted(places: usize) -> String {
    if places == 1 { "1 place".to_owned() } else { format!("{places} places") }
}
