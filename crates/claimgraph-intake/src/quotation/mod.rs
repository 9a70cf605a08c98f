//! Quotations located in a text: where do these words stand?
//!
//! [`PreparedText`] prepares a text once and finds words in it. A [`Location`] is the answer: one passage, several, none,
//! or the nearest passage as a proposal. [`Offsets`] turns offsets in characters or UTF-16 into bytes and back.
//!
//! ```
//! use claimgraph_intake::quotation::{Location, PreparedText, Words};
//! let text = "The minister said: \u{201c}We don\u{2019}t know.\u{201d} Later she said: \u{201c}We know.\u{201d}";
//! let prepared = PreparedText::of(text);
//!
//! // The article has other apostrophes and capitals.
//! let location = prepared.find("we don't know")?;
//! let passage = location.passage().expect("the words stand there");
//! assert_eq!(passage.text(), "We don\u{2019}t know");
//! assert_eq!(location.to_string(), "bytes 22..37, with other quotation marks and case");
//!
//! // Two passages; a hint decides.
//! assert!(matches!(prepared.find("know")?, Location::Several { passages } if passages.len() == 2));
//! let last = prepared.find(Words::of("know").after("Later"))?;
//! assert_eq!(last.passage().map(|passage| passage.span().start), Some(64));
//!
//! // A proposal is never taken for the passage.
//! let near = prepared.find("we do not really know")?;
//! assert!(near.passage().is_none());
//! # Ok::<(), claimgraph_intake::quotation::QuotationError>(())
//! ```

mod enclosed;
mod error;
mod location;
mod nearest;
mod offsets;
mod passage;
mod prepared_text;
mod sought;
mod words;

pub(crate) use enclosed::is_enclosed;
pub use error::{OffsetError, QuotationError};
pub use location::{Location, NearPassage};
pub use offsets::{OffsetUnit, Offsets};
pub use passage::{Fit, Passage};
pub use prepared_text::PreparedText;
pub use words::Words;
pub(crate) use words::{Excerpt, span};
