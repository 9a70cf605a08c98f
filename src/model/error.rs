//! Errors: what was refused, in which part of it, and what was expected.
//! Every check of a value or a claim ends in an [`Error`]. Formats add the line and the column.

use crate::model::text::{clipped, excerpt, with_article};
use crate::model::time::edtf::PeriodError;
use crate::model::value::stance::Stance;
pub use crate::model::value::word::WordError;
use jiff::civil::Date;
use std::fmt;

/// The part of a claim or record that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum FieldPath {
    /// The speaker this many steps outwards, the innermost being 0.
    Speaker(usize),
    /// The subject of the statement.
    Subject,
    /// The relation of the statement.
    Relation,
    /// The object of the statement.
    Object,
    /// The value of a role, by its key.
    Role(String),
    /// The claim answered, counted from 0.
    Target(usize),
    /// The stance.
    Stance,
    /// The quantity.
    Quantity,
    /// The period in which it holds.
    Valid,
    /// The report date.
    Reported,
    /// The day it was said.
    Said,
    /// The document it was read in.
    Document,
    /// The span of the claim.
    Span,
    /// The words that were kept with the claim.
    Words,
    /// The cue: its words or its span.
    Cue,
    /// A quote, counted from 0: its words or one of its spans.
    Quote(usize),
    /// The key of an entity, a document, a kind, a relation, a role or a unit.
    Key,
    /// A name.
    Name,
    /// A lineage link.
    Lineage,
    /// An affiliation.
    Affiliation,
    /// A link between claims.
    Link,
    /// A derived figure.
    Derivation,
    /// A batch.
    Batch,
    /// A review of a claim.
    Review,
    /// A judgement on two entities, or what undoes it.
    Judgement,
    /// The redaction of a claim or an entity.
    Redaction,
    /// A definition of the vocabulary.
    Vocabulary,
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldPath::Speaker(0) => f.write_str("speaker"),
            FieldPath::Speaker(steps) => write!(f, "speaker {steps} outwards"),
            FieldPath::Role(key) => write!(f, "role \"{}\"", excerpt(key)),
            FieldPath::Target(index) => write!(f, "target {index}"),
            FieldPath::Quote(index) => write!(f, "quote {index}"),
            // The other parts are called as they are written.
            part => f.write_str(&format!("{part:?}").to_lowercase()),
        }
    }
}

/// The reason for an error.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The key or handle is unknown.
    #[error("unknown {what} \"{key}\"")]
    Unknown {
        /// The sort of thing looked for: "entity", "claim", "relation" ...
        what: &'static str,
        /// The key or handle.
        key: String,
    },
    /// The entity has another kind.
    #[error("\"{key}\" has the kind {}; expected {}", excerpt(found), excerpt(expected))]
    WrongKind {
        /// The key of the entity.
        key: String,
        /// Its kind.
        found: String,
        /// The kind that is expected.
        expected: String,
    },
    /// A value of another sort: a text in place of an entity, for example.
    #[error("found {found}; expected {}", clipped(expected, 120))]
    WrongTerm {
        /// The value given: "a text", "a claim" ...
        found: &'static str,
        /// The value expected.
        expected: String,
    },
    /// The relation does not take the role.
    #[error(
        "\"{}\" does not take this role; it takes {}",
        excerpt(relation),
        clipped(expected, 120)
    )]
    RoleNotTaken {
        /// The relation.
        relation: String,
        /// The roles it takes.
        expected: String,
    },
    /// A role has more values than it may.
    #[error("found {found} values; expected at most {at_most}")]
    TooManyValues {
        /// The number of values given.
        found: usize,
        /// The greatest number allowed.
        at_most: u32,
    },
    /// The stance needs a statement or a target that is missing.
    #[error("a claim that {stance} needs {expected}")]
    Missing {
        /// The stance.
        stance: Stance,
        /// The missing part.
        expected: &'static str,
    },
    /// The stance does not take this part.
    #[error("a claim that {stance} takes no {found}")]
    NotTaken {
        /// The stance.
        stance: Stance,
        /// The part given.
        found: &'static str,
    },
    /// The claim answers itself.
    #[error("a claim cannot answer itself")]
    AnswersItself,
    /// A claim on record that an insertion would have kept in another way; see
    /// [`check_all`](crate::ClaimGraph::check_all).
    #[error("it is not kept as it would have been inserted")]
    KeptOtherwise,
    /// A retraction of another speaker's claim.
    #[error("only a speaker of the claim itself can retract it")]
    NotOwnClaim,
    /// A period whose end lies before its start.
    #[error("the period ends before it starts")]
    InvertedPeriod,
    /// A text that is not a period.
    #[error(transparent)]
    BadPeriod(#[from] PeriodError),
    /// A text that is not one of the words expected.
    #[error(transparent)]
    BadWord(#[from] WordError),
    /// An actual occurrence later than its report date.
    #[error(
        "it happened on {earliest} at the earliest, after it was reported on {reported}; expected a plan or forecast, or an earlier day"
    )]
    AfterReport {
        /// The first day on which it can have happened.
        earliest: Date,
        /// The report day.
        reported: Date,
    },
    /// A claim said after it was reported.
    #[error("it was said on {said}, after it was reported on {reported}")]
    SaidAfterReport {
        /// The first day on which it can have been said.
        said: Date,
        /// The report day.
        reported: Date,
    },
    /// A claim with neither a report date nor a dated document.
    #[error("missing report date; expected one, or a dated document that the claim is read in")]
    NoReportDate,
    /// A quantity whose lower bound is above its upper one.
    #[error("the lower bound is above the upper bound")]
    InvertedQuantity,
    /// A factor of 0 or below.
    #[error("factor must be greater than 0")]
    BadFactor,
    /// A direction of a revision that is neither up nor down.
    #[error("direction must be up or down")]
    BadDirection,
    /// A negative count.
    #[error("a count of \"{unit}\" cannot be negative")]
    NegativeCount {
        /// The unit.
        unit: String,
    },
    /// A span that ends before it starts.
    #[error("the span {start}..{end} ends before it starts")]
    InvertedSpan {
        /// First byte.
        start: u64,
        /// The byte after the last.
        end: u64,
    },
    /// A span past the end of its document.
    #[error("the span ends at byte {end}, and the document has {length} bytes")]
    SpanOutside {
        /// The byte after the last.
        end: u64,
        /// The length of the document in bytes.
        length: u64,
    },
    /// A span that begins or ends inside a character.
    #[error("byte {at} lies inside a character")]
    SpanSplitsCharacter {
        /// The byte.
        at: u64,
    },
    /// A span without a document.
    #[error("a span needs the document it is read in")]
    SpanWithoutDocument,
    /// A quote that has neither words nor a span, or none that are longer than nothing.
    #[error("a quote needs words, or the span of its words")]
    EmptyQuote,
    /// A span with quotation marks that does not enclose the words and more.
    #[error("the span with marks {start}..{end} does not enclose the words and more")]
    MarksNotAround {
        /// The first byte with marks.
        start: u64,
        /// The byte after the last.
        end: u64,
    },
    /// A quote of a claim that has no speaker who is quoted in its own words.
    #[error("a quote needs a speaker that is quoted in its own words")]
    QuoteWithoutSpeaker,
    /// Words that are longer than their span, or words of a quote that are shorter.
    #[error("the words have {words} bytes, and their span has {span}")]
    WordsNotOfSpan {
        /// The length of the words in bytes.
        words: u64,
        /// The length of the span in bytes.
        span: u64,
    },
    /// Words that are not those of the text.
    #[error("\"{words}\" is not what the text has at {start}..{end}: \"{found}\"")]
    OtherWords {
        /// The words that were given.
        words: String,
        /// The text at the span.
        found: String,
        /// The first byte.
        start: u64,
        /// The byte after the last.
        end: u64,
    },
    /// A text whose digest is not the one on record.
    #[error("the text has sha256 {found}, and {expected} is on record")]
    WrongText {
        /// The digest of the text that was given.
        found: String,
        /// The digest on record.
        expected: String,
    },
    /// An entity of a document kind that was never added as a document.
    #[error("\"{key}\" was not added as a document; expected `add_document`")]
    NotReadable {
        /// The key.
        key: String,
    },
    /// A link that would close a circle.
    #[error("the link would close a circle: {}", round(through))]
    Circle {
        /// The keys around the circle.
        through: Vec<String>,
    },
    /// The key is taken by something else.
    #[error("\"{key}\" is already {}", with_article(&excerpt(found)))]
    KeyTaken {
        /// The key.
        key: String,
        /// The thing that has the key already.
        found: String,
    },
    /// A key, name or word that is empty, too long or holds control characters.
    #[error("invalid text \"{text}\": {problem}")]
    BadText {
        /// The text.
        text: String,
        /// The fault of the text.
        problem: &'static str,
    },
    /// The same key declared with another meaning.
    #[error(
        "{what} \"{}\" is declared twice with different meanings: {}",
        excerpt(key),
        clipped(difference, 200)
    )]
    Redeclared {
        /// Kind, relation, role or unit.
        what: &'static str,
        /// The key.
        key: String,
        /// The first difference between the two.
        difference: String,
    },
    /// A wildcard in something that is to be stored.
    #[error("`Any` stands for everything in a question; it cannot be stored")]
    Wildcard,
    /// A statement inside a statement inside a claim.
    #[error("a statement in a role cannot hold another statement")]
    NestedStatement,
    /// A number outside its range.
    #[error("{what} is {found}; expected {expected}")]
    OutOfRange {
        /// The name of the number: "damping", "weight" ...
        what: &'static str,
        /// The number.
        found: String,
        /// The range expected.
        expected: &'static str,
    },
    /// A record has more of something than the limits of its reader allow.
    #[error("more than {limit} {what}")]
    Limit {
        /// The things that are too many.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The graph cannot number more of these.
    #[error("too many {what} for one graph")]
    Full {
        /// The things that are too many.
        what: &'static str,
    },
}

/// Formats the keys around a circle; of a long one, the first six.
fn round(through: &[String]) -> String {
    let shown: Vec<String> = through.iter().take(6).map(|key| excerpt(key)).collect();
    let more = format!(" > ... ({} in all)", through.len());
    shown.join(" > ") + if through.len() > shown.len() { &more } else { "" }
}

/// An error: the part that was refused, and the reason. One machine word wide.
///
/// ```
/// use claimgraph::{date, error::FieldPath, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let austin = graph.add(Person, "austin")?.id();          // an untyped handle, as from a file
/// let claim = Claim::by(austin).asserts(austin, TREATY_WITH, austin).reported(date(2024, 10, 24));
/// let refused = graph.insert(claim).unwrap_err();
/// assert_eq!((refused.part(), refused.is_wrong_kind()), (Some(&FieldPath::Subject), true));
/// assert_eq!(refused.to_string(), "subject: \"austin\" has the kind Person; expected State");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<(Option<FieldPath>, ErrorKind)>);

const _: () = assert!(size_of::<Result<(), Error>>() == size_of::<usize>());

impl Error {
    /// Returns an error of this kind, in this part of a claim or record if the part is known. Programs that
    /// refuse input for the reasons of this crate use it.
    pub fn new(part: impl Into<Option<FieldPath>>, kind: ErrorKind) -> Self {
        Self(Box::new((part.into(), kind)))
    }

    pub(crate) fn unknown(
        part: impl Into<Option<FieldPath>>,
        what: &'static str,
        key: impl fmt::Display,
    ) -> Self {
        Self::new(part, ErrorKind::Unknown { what, key: excerpt(&key.to_string()) })
    }

    /// Returns an error about a value of another sort than this part takes.
    pub(crate) fn wrong_term(
        part: FieldPath,
        found: &'static str,
        expected: impl Into<String>,
    ) -> Self {
        Self::new(part, ErrorKind::WrongTerm { found, expected: expected.into() })
    }

    /// Returns an error about a key that something else has.
    pub(crate) fn key_taken(part: FieldPath, key: &str, found: impl Into<String>) -> Self {
        Self::new(part, ErrorKind::KeyTaken { key: excerpt(key), found: found.into() })
    }

    /// Returns the part that is wrong, if the error is about one part.
    pub fn part(&self) -> Option<&FieldPath> {
        self.0.0.as_ref()
    }

    /// Returns the reason.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.1
    }

    /// Returns whether a key or handle is unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind(), ErrorKind::Unknown { .. })
    }

    /// Returns whether an entity of the wrong kind, or a value of the wrong sort, was given.
    pub fn is_wrong_kind(&self) -> bool {
        matches!(self.kind(), ErrorKind::WrongKind { .. } | ErrorKind::WrongTerm { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part() {
            Some(part) => write!(f, "{part}: {}", self.kind()),
            None => self.kind().fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

impl From<WordError> for Error {
    fn from(error: WordError) -> Self {
        Self::new(None, error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_carries_no_raw_control_or_bidirectional_character() {
        let hostile = format!("a\u{202e}b\u{7}c{}", "x".repeat(500));
        let message = Error::unknown(FieldPath::Key, "entity", hostile).to_string();
        assert!(message.len() < 150 && !message.contains(['\u{202e}', '\u{7}']), "{message}");
    }
}
