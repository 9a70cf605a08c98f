//! Bylines, datelines and credits: the wire that a text names as its origin.

use crate::copy::wire::WIRES;
use crate::quotation::{Excerpt, span};
use crate::word::stands_alone;
use claimgraph::EntityId;
use claimgraph::claim::Span;
use claimgraph::sources::Lineage;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// A wire that a text names as its origin: a proposal.
///
/// As JSON: `wire` (its usual name), `form`, `span` (`[start, end]` in bytes) and `text`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Byline<'t> {
    wire: &'static str,
    form: BylineForm,
    span: Span,
    text: &'t str,
}

/// The form in which a wire is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BylineForm {
    /// In brackets or between slashes: "LONDON (Reuters)", "/TASS/", "\[dpa\]".
    Bracketed,
    /// After a word or sign of credit, at the end of its line or bracket: "Source: AP", "Quelle: dpa", "avec AFP", "© AFP".
    Credited,
    /// Alone in its line: "AP".
    OwnLine,
    /// After a dash, at the end of its line or sentence: "— Interfax", "МОСКВА, 24 окт - РИА Новости.".
    AfterDash,
    /// At the beginning of a line, before a dash, a colon or a bar: "AFP - ".
    BeforeDash,
}

/// The bytes at the beginning and at the end of a text in which bylines are sought.
const MARGIN: usize = 400;

/// The words and signs that credit a wire, in small letters. A word ends with a space: it counts only at the beginning of a
/// line, a bracket or a sentence.
const CREDITS: &[&str] = &[
    "source:",
    "sources:",
    "source :",
    "sources :",
    "by ",
    "from ",
    "with ",
    "via ",
    "©",
    "(c)",
    "copyright",
    "reporting by ",
    "with material from ",
    "quelle:",
    "quellen:",
    "von ",
    "mit ",
    "mit material von ",
    "par ",
    "avec ",
    "d'après ",
    "d’après ",
    "fuente:",
    "fuentes:",
    "con ",
    "de ",
    "fonte:",
    "fonti:",
    "bron:",
    "источник:",
    "источники:",
    "по материалам ",
    "джерело:",
    "źródło:",
    "kaynak:",
    "来源：",
    "來源：",
    "출처:",
];

/// Returns the wires that the beginning or the end of a text names as its origin, in their order in the text. A wire that
/// is named in a sentence ("Reuters reported") is not one of them.
///
/// ```
/// use claimgraph_intake::copy::bylines;
/// let text = "LONDON, 4 June (Reuters) - The port closed on Tuesday.\n\nMit Material von dpa/AFP";
/// let found: Vec<String> = bylines(text).iter().map(|byline| byline.to_string()).collect();
/// assert_eq!(found, [
///     "Reuters (bytes 16..23, \"Reuters\")",
///     "Deutsche Presse-Agentur (bytes 73..76, \"dpa\")",
///     "Agence France-Presse (bytes 77..80, \"AFP\")",
/// ]);
/// assert!(bylines("The port closed, Reuters reported on Tuesday.").is_empty());
/// ```
pub fn bylines(text: &str) -> Vec<Byline<'_>> {
    let head = border(text, MARGIN);
    let tail = border(text, text.len().saturating_sub(MARGIN)).max(head);
    let mut names = names(text, 0..head);
    names.extend(self::names(text, tail..text.len()));
    names.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    // Of two names that overlap, the longer one counts.
    names.dedup_by(|later, earlier| later.0.start < earlier.0.end);
    let mut found = Vec::new();
    for group in names.chunk_by(|(a, _), (b, _)| text.get(a.end..b.start).is_some_and(is_list)) {
        let (Some((first, _)), Some((last, _))) = (group.first(), group.last()) else { continue };
        let (Some(before), Some(after)) = (text.get(..first.start), text.get(last.end..)) else {
            continue;
        };
        let Some(form) = BylineForm::between(before, after) else { continue };
        found.extend(group.iter().map(|(range, wire)| Byline {
            wire,
            form,
            span: span(range.clone()),
            text: text.get(range.clone()).unwrap_or_default(),
        }));
    }
    found
}

/// Returns the first border of a character from this byte on, or the end.
fn border(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Returns each name of a wire within these bytes.
fn names(text: &str, within: Range<usize>) -> Vec<(Range<usize>, &'static str)> {
    let part = text.get(within.clone()).unwrap_or_default();
    let lower = part.to_lowercase();
    let mut found = Vec::new();
    for wire in WIRES {
        for written in wire.written {
            // If small letters have other lengths, the text is searched as it is.
            let small = written.to_lowercase();
            let long = written.chars().count() > 5 && lower.len() == part.len();
            let (part, written) = if long { (&*lower, &*small) } else { (part, *written) };
            let places = part.match_indices(written).map(|(at, name)| {
                let start = within.start + at;
                start..start + name.len()
            });
            let alone = places.filter(|range| stands_alone(text, range));
            found.extend(alone.map(|range| (range, wire.name)));
        }
    }
    found
}

/// Returns whether the text between two names makes them a list.
fn is_list(between: &str) -> bool {
    matches!(
        between.trim(),
        "," | "/" | "-" | "–" | "&" | "+" | "and" | "und" | "et" | "y" | "e" | "и"
    )
}

impl BylineForm {
    /// Returns the form of names between these texts; `None` if they are not a byline.
    fn between(before: &str, after: &str) -> Option<Self> {
        let is_gap = |c: char| c.is_whitespace() && c != '\n';
        let (before, after) = (before.trim_end_matches(is_gap), after.trim_start_matches(is_gap));
        let is_dash = |c| matches!(c, '-' | '–' | '—' | '―' | '−');
        let (starts, ends) = (
            before.is_empty() || before.ends_with('\n'),
            after.is_empty() || after.starts_with(['\n', '\r']),
        );
        let stops = after
            .strip_prefix('.')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        let closes = after.starts_with([')', ']', '/']);
        if closes && before.ends_with(['(', '[', '/']) {
            return Some(Self::Bracketed);
        }
        if (ends || stops || closes) && is_credit(before) {
            return Some(Self::Credited);
        }
        match () {
            () if starts && ends => Some(Self::OwnLine),
            () if before.ends_with(is_dash) && (ends || stops) => Some(Self::AfterDash),
            () if starts && after.starts_with(|c| is_dash(c) || matches!(c, ':' | '|')) => {
                Some(Self::BeforeDash)
            }
            () => None,
        }
    }
}

/// Returns whether the text ends with a word or sign of credit, perhaps before a year.
fn is_credit(before: &str) -> bool {
    let near = before.split_at(border(before, before.len().saturating_sub(100))).1;
    let line = near.rsplit('\n').next().unwrap_or_default().to_lowercase();
    let is_year = |c: char| c.is_ascii_digit() || c.is_whitespace();
    let credited = line.trim_end_matches(is_year);
    let with_space = format!("{credited} ");
    CREDITS.iter().any(|credit| match credit.ends_with(' ') {
        // Within a sentence it is a word like any other.
        true => with_space.strip_suffix(credit).is_some_and(|rest| {
            let last = rest.trim_end().chars().next_back();
            last.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ',' | ';'))
        }),
        false => {
            credited.strip_suffix(credit).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        }
    })
}

impl<'t> Byline<'t> {
    /// Returns the usual name of the wire.
    pub fn wire(&self) -> &'static str {
        self.wire
    }

    /// Returns the form in which it is named.
    pub fn form(&self) -> BylineForm {
        self.form
    }

    /// Returns the bytes of the name.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the name as it is written.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the lineage that records the proposal: the document draws on the wire, as it says itself.
    pub fn lineage(&self, document: impl Into<EntityId>, wire: impl Into<EntityId>) -> Lineage {
        Lineage::new(document, wire)
    }
}

/// "Reuters (bytes 16..23, "Reuters")".
impl fmt::Display for Byline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (bytes {}, {:?})", self.wire, self.span, Excerpt(self.text))
    }
}
