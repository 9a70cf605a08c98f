//! Documents as values, and spans of their text. The graph keeps the description; claims point into the text.

use crate::model::claim_details::Place;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::EntityId;
use crate::model::text::excerpt;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeFull};
use std::sync::Arc;

/// The description of something that was read: a report, a transcript, a data set.
///
/// The kind of its entity is [`Document`](crate::base::Document) or one below it.
///
/// ```
/// use claimgraph::{date, ClaimGraph, DocumentInfo};
/// let mut graph = ClaimGraph::new();
/// let text = "Ministers met on Tuesday.";
/// let note = graph.add_document("note-1", DocumentInfo::dated(date(2024, 6, 4)).titled("A note").with_text(text))?;
/// assert_eq!(graph.document(note)?.length(), Some(25));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DocumentInfo {
    pub(crate) date: Option<Date>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<EntityId>,
    pub(crate) length: Option<u64>,
    pub(crate) digest: Option<String>,
    pub(crate) text: Option<Arc<str>>,
    pub(crate) instant: Option<Timestamp>,
    pub(crate) url: Option<String>,
    pub(crate) archived_url: Option<String>,
    pub(crate) retrieved: Option<Date>,
}

impl DocumentInfo {
    /// Creates the description of a document with a date. Claims read in it are reported on that day.
    pub fn dated(date: Date) -> Self {
        Self { date: Some(date), ..Self::default() }
    }

    /// Creates the description of a document without a date. Each claim that is read in it must have a report date of
    /// its own.
    pub fn undated() -> Self {
        Self::default()
    }

    /// Sets the title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the publisher.
    #[must_use]
    pub fn published_by(mut self, publisher: impl Into<EntityId>) -> Self {
        self.publisher = Some(publisher.into());
        self
    }

    /// Sets the length in bytes of UTF-8. Spans must lie within it.
    #[must_use]
    pub fn of_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// Sets the SHA-256 of the text, in 64 hexadecimal digits.
    #[must_use]
    pub fn with_digest(mut self, sha256: impl Into<String>) -> Self {
        self.digest = Some(sha256.into());
        self
    }

    /// Sets the instant of publication. A document without a date gets the day of the instant in UTC; a date that was
    /// given stays, because it is the date where the document was published.
    ///
    /// Reports of one day are in the order of the instants of their documents.
    ///
    /// ```
    /// use claimgraph::{date, ClaimGraph, DocumentInfo};
    /// let instant = "2024-10-24T23:30:00-04:00".parse()?;
    /// let mut graph = ClaimGraph::new();
    /// let (wire, paper) = (DocumentInfo::undated(), DocumentInfo::dated(date(2024, 10, 24)));
    /// let wire = graph.add_document("wire", wire.published_at(instant))?;
    /// let paper = graph.add_document("paper", paper.published_at(instant))?;
    /// assert_eq!(graph.document(wire)?.instant(), Some(instant));
    /// assert_eq!(graph.document(wire)?.date(), Some(date(2024, 10, 25)));
    /// assert_eq!(graph.document(paper)?.date(), Some(date(2024, 10, 24)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn published_at(mut self, instant: Timestamp) -> Self {
        self.instant = Some(instant);
        self.dated_by_instant()
    }

    /// Gives a document without a date the day of its instant.
    pub(crate) fn dated_by_instant(mut self) -> Self {
        self.date = self.date.or(self.instant.map(|at| TimeZone::UTC.to_datetime(at).date()));
        self
    }

    /// Sets the address at which it was read.
    ///
    /// ```
    /// use claimgraph::DocumentInfo;
    /// let page = DocumentInfo::undated().with_url("https://news.example/1");
    /// assert_eq!(page.url(), Some("https://news.example/1"));
    /// ```
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the address of a copy in an archive.
    ///
    /// ```
    /// use claimgraph::DocumentInfo;
    /// let page = DocumentInfo::undated().archived_at("https://archive.example/1");
    /// assert_eq!(page.archived_url(), Some("https://archive.example/1"));
    /// ```
    #[must_use]
    pub fn archived_at(mut self, url: impl Into<String>) -> Self {
        self.archived_url = Some(url.into());
        self
    }

    /// Sets the day on which it was retrieved.
    ///
    /// ```
    /// use claimgraph::{date, DocumentInfo};
    /// let page = DocumentInfo::undated().retrieved_on(date(2024, 10, 26));
    /// assert_eq!(page.retrieved(), Some(date(2024, 10, 26)));
    /// ```
    #[must_use]
    pub fn retrieved_on(mut self, day: Date) -> Self {
        self.retrieved = Some(day);
        self
    }

    /// Sets the text. Length and digest are taken from it and saved; the text stays in memory only.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<Arc<str>>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Returns the date.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// Returns the instant of publication.
    pub fn instant(&self) -> Option<Timestamp> {
        self.instant
    }

    /// Returns the address at which it was read.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the address of a copy in an archive.
    pub fn archived_url(&self) -> Option<&str> {
        self.archived_url.as_deref()
    }

    /// Returns the day on which it was retrieved.
    pub fn retrieved(&self) -> Option<Date> {
        self.retrieved
    }

    /// Returns the title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the publisher.
    pub fn publisher(&self) -> Option<EntityId> {
        self.publisher
    }

    /// Returns the length in bytes.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the SHA-256 of the text, in lower-case hexadecimal digits.
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// Returns the text, if it was given to this graph in memory.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Fills length and digest from the text, and checks what was given.
    pub(crate) fn settle(mut self) -> Result<Self, Error> {
        if let Some(digest) = &mut self.digest {
            digest.make_ascii_lowercase();
            if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
                let problem = "a SHA-256 digest has 64 hexadecimal digits";
                return Err(Error::new(
                    FieldPath::Document,
                    ErrorKind::BadText { text: excerpt(digest), problem },
                ));
            }
        }
        if let Some(text) = self.text.clone() {
            self.check_text(&text)?;
            self.length = Some(text.len() as u64);
            self.digest = Some(sha256(text.as_bytes()));
        }
        Ok(self)
    }

    /// Checks that a text is the one on record.
    pub(crate) fn check_text(&self, text: &str) -> Result<(), Error> {
        let found = sha256(text.as_bytes());
        let length = text.len() as u64;
        let expected = match (&self.digest, self.length) {
            (Some(digest), _) if *digest != found => digest.clone(),
            (_, Some(on_record)) if on_record != length => {
                format!("a text of {on_record} bytes, not {length},")
            }
            _ => return Ok(()),
        };
        Err(Error::new(FieldPath::Document, ErrorKind::WrongText { found, expected }))
    }

    /// Checks that a span lies in this document.
    pub(crate) fn check_span(&self, span: Span, part: FieldPath) -> Result<(), Error> {
        if let Some(length) = self.length.filter(|&length| span.end > length) {
            return Err(Error::new(part, ErrorKind::SpanOutside { end: span.end, length }));
        }
        if let Some(text) = &self.text {
            let splits = [span.start, span.end]
                .into_iter()
                .find(|&at| usize::try_from(at).is_ok_and(|at| !text.is_char_boundary(at)));
            if let Some(at) = splits {
                return Err(Error::new(part, ErrorKind::SpanSplitsCharacter { at }));
            }
        }
        Ok(())
    }

    /// Returns the text at a span, if the text is attached and has the span.
    pub(crate) fn stretch(&self, span: Span) -> Option<&str> {
        let text = self.text()?;
        text.get(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?)
    }

    /// Checks that the words of a place are those of the text, if the text is attached. Words of a quote are the whole
    /// span; other words stand anywhere in it.
    pub(crate) fn check_words(&self, place: Place<'_>) -> Result<(), Error> {
        let (Some(span), Some(words)) = (place.span, place.words) else { return Ok(()) };
        match self.stretch(span) {
            Some(text) if (place.is_quote && text != words) || !text.contains(words) => {
                let [words, found] = [words, text].map(excerpt);
                let Span { start, end } = span;
                Err(Error::new(place.of_words, ErrorKind::OtherWords { words, found, start, end }))
            }
            _ => Ok(()),
        }
    }
}

/// `add_document("key", date(..))` is short for `add_document("key", DocumentInfo::dated(date(..)))`.
impl From<Date> for DocumentInfo {
    fn from(date: Date) -> Self {
        DocumentInfo::dated(date)
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A stretch of a document: bytes of its UTF-8 text, the end not included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(from = "(u64, u64)", into = "(u64, u64)")]
pub struct Span {
    /// The first byte.
    pub start: u64,
    /// The byte after the last.
    pub end: u64,
}

impl Span {
    /// Returns the number of bytes.
    ///
    /// ```
    /// use claimgraph::claim::Span;
    /// assert_eq!(Span { start: 10, end: 19 }.length(), 9);
    /// ```
    pub fn length(self) -> u64 {
        self.end.saturating_sub(self.start)
    }
}

impl From<(u64, u64)> for Span {
    fn from((start, end): (u64, u64)) -> Self {
        Span { start, end }
    }
}

impl From<Span> for (u64, u64) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A place in a document: a range of bytes, or `..` for the document as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Locator(pub(crate) Option<Span>);

impl From<Range<usize>> for Locator {
    fn from(range: Range<usize>) -> Self {
        Self(Some(Span { start: range.start as u64, end: range.end as u64 }))
    }
}

impl From<Span> for Locator {
    fn from(span: Span) -> Self {
        Self(Some(span))
    }
}

impl From<RangeFull> for Locator {
    fn from(_: RangeFull) -> Self {
        Self(None)
    }
}
