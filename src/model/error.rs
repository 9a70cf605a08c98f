//! What can be wrong with what was given, where, and what was expected.

use crate::model::text::{clipped, excerpt};
use crate::model::time::edtf::PeriodError;
use crate::model::value::stance::Stance;
pub use crate::model::value::word::WordError;
use jiff::civil::Date;
use std::fmt;

/// The part of a claim or record in which something is wrong.
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
    /// The span of the quotation.
    Quotation,
    /// The span of the cue.
    Cue,
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
            FieldPath::Subject => f.write_str("subject"),
            FieldPath::Relation => f.write_str("relation"),
            FieldPath::Object => f.write_str("object"),
            FieldPath::Stance => f.write_str("stance"),
            FieldPath::Quantity => f.write_str("quantity"),
            FieldPath::Valid => f.write_str("valid"),
            FieldPath::Reported => f.write_str("reported"),
            FieldPath::Said => f.write_str("said"),
            FieldPath::Document => f.write_str("document"),
            FieldPath::Quotation => f.write_str("quotation"),
            FieldPath::Cue => f.write_str("cue"),
            FieldPath::Key => f.write_str("key"),
            FieldPath::Name => f.write_str("name"),
            FieldPath::Lineage => f.write_str("lineage"),
            FieldPath::Affiliation => f.write_str("affiliation"),
            FieldPath::Link => f.write_str("link"),
            FieldPath::Derivation => f.write_str("derivation"),
            FieldPath::Vocabulary => f.write_str("vocabulary"),
        }
    }
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nothing is known under this key or handle.
    #[error("no {what} \"{key}\" is known")]
    Unknown {
        /// What was looked for: "entity", "claim", "relation" ...
        what: &'static str,
        /// The key or handle.
        key: String,
    },
    /// An entity of another kind stands there.
    #[error("\"{key}\" is a {}, and a {} is expected", excerpt(found), excerpt(expected))]
    WrongKind {
        /// The key of the entity.
        key: String,
        /// Its kind.
        found: String,
        /// The kind that is expected.
        expected: String,
    },
    /// Something else than an entity stands there, or an entity where something else is expected.
    #[error("{found} stands there, and {} is expected", clipped(expected, 120))]
    WrongTerm {
        /// What stands there: "a text", "a claim" ...
        found: &'static str,
        /// What is expected.
        expected: String,
    },
    /// A relation that does not take the role.
    #[error("\"{}\" takes no such role; it takes {}", excerpt(relation), clipped(expected, 120))]
    RoleNotTaken {
        /// The relation.
        relation: String,
        /// The roles it takes.
        expected: String,
    },
    /// More values for a role than it may have.
    #[error("{found} values are given, and at most {at_most} expected")]
    TooManyValues {
        /// How many there are.
        found: usize,
        /// How many there may be.
        at_most: u32,
    },
    /// A stance that needs a statement or a target has neither.
    #[error("a claim that {stance} needs {expected}")]
    Missing {
        /// The stance.
        stance: Stance,
        /// What it needs.
        expected: &'static str,
    },
    /// A stance that takes no statement, or answers nothing, was given one.
    #[error("a claim that {stance} takes no {found}")]
    NotTaken {
        /// The stance.
        stance: Stance,
        /// What it was given.
        found: &'static str,
    },
    /// The claim answers itself.
    #[error("a claim cannot answer itself")]
    AnswersItself,
    /// A retraction of what somebody else said.
    #[error("only a speaker of the claim itself can retract it")]
    NotOwnClaim,
    /// A period whose end lies before its start.
    #[error("the period ends before it starts")]
    InvertedPeriod,
    /// Text that is no period.
    #[error(transparent)]
    BadPeriod(#[from] PeriodError),
    /// Text that is not one of the words expected.
    #[error(transparent)]
    BadWord(#[from] WordError),
    /// An actual occurrence that lies after the day it was reported.
    #[error(
        "it happened on {earliest} at the earliest, after it was reported on {reported}; expected a plan or forecast, or an earlier day"
    )]
    AfterReport {
        /// The first day on which it can have happened.
        earliest: Date,
        /// The report day.
        reported: Date,
    },
    /// Said after it was reported.
    #[error("it was said on {said}, after it was reported on {reported}")]
    SaidAfterReport {
        /// The day it was said.
        said: Date,
        /// The report day.
        reported: Date,
    },
    /// A claim without a report day, read in no dated document.
    #[error("no report date is given, and no dated document to take it from")]
    NoReportDate,
    /// A quantity whose lower bound is above its upper one.
    #[error("the lower bound is above the upper bound")]
    InvertedQuantity,
    /// A factor that is nought or below.
    #[error("a factor is above nought")]
    BadFactor,
    /// A count below nought.
    #[error("a count of \"{unit}\" cannot be below nought")]
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
    /// A span, but no document it is a span of.
    #[error("a span needs the document it is read in")]
    SpanWithoutDocument,
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
    /// Links that would lead back to where they start.
    #[error("it would close a circle: {}", round(through))]
    Circle {
        /// The keys around the circle.
        through: Vec<String>,
    },
    /// The key is taken by something else.
    #[error("\"{key}\" is already a {}", excerpt(found))]
    KeyTaken {
        /// The key.
        key: String,
        /// What it is the key of.
        found: String,
    },
    /// A key that is empty, too long or holds control characters.
    #[error("\"{text}\" is no key or name: {problem}")]
    BadText {
        /// The text.
        text: String,
        /// What is wrong with it.
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
        /// Where the two differ.
        difference: String,
    },
    /// A wildcard in something that is to be stored.
    #[error("`Any` stands for everything in a question; it cannot be stored")]
    Wildcard,
    /// A statement inside a statement inside a claim.
    #[error("a statement in a role cannot hold another statement")]
    NestedStatement,
    /// A number that something is to be computed with lies outside what it may be.
    #[error("the {what} is {found}, and {expected} is expected")]
    OutOfRange {
        /// Which number: "damping", "weight" ...
        what: &'static str,
        /// The number.
        found: String,
        /// What is expected.
        expected: &'static str,
    },
    /// More of something than the graph can number.
    #[error("the graph holds no more {what}")]
    Full {
        /// What there is too much of.
        what: &'static str,
    },
}

/// The keys around a circle, a few of a long one.
fn round(through: &[String]) -> String {
    let shown: Vec<String> = through.iter().take(6).map(|key| excerpt(key)).collect();
    let more = if through.len() > shown.len() {
        format!(" > ... ({} in all)", through.len())
    } else {
        String::new()
    };
    shown.join(" > ") + &more
}

/// What was refused, in which part, and why. One word wide.
///
/// ```
/// use claimgraph::{date, error::{ErrorKind, FieldPath}, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let austin = graph.add(Person, "austin")?.id();          // an untyped handle, as from a file
/// let russia = graph.add(State, "russia")?;
/// let claim = Claim::by(austin).asserts(austin, TREATY_WITH, russia).reported(date(2024, 10, 24));
/// let refused = graph.insert(claim).unwrap_err();
/// assert_eq!(refused.part(), Some(&FieldPath::Subject));
/// assert!(matches!(refused.kind(), ErrorKind::WrongKind { found, .. } if found == "Person"));
/// assert_eq!(refused.to_string(), "subject: \"austin\" is a Person, and a State is expected");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<(Option<FieldPath>, ErrorKind)>);

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

    /// The part that is wrong, where the fault has a part.
    pub fn part(&self) -> Option<&FieldPath> {
        self.0.0.as_ref()
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.1
    }

    /// Whether a key or handle is unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind(), ErrorKind::Unknown { .. })
    }

    /// Whether something of the wrong kind stands somewhere.
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
    fn an_error_is_one_word_wide() {
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn a_message_carries_no_raw_control_or_bidirectional_character() {
        let hostile = format!("a\u{202e}b\u{7}c{}", "x".repeat(500));
        let message = Error::unknown(FieldPath::Key, "entity", hostile).to_string();
        assert!(message.len() < 150 && !message.contains(['\u{202e}', '\u{7}']), "{message}");
    }
}
