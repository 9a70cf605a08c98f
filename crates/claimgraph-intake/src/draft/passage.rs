//! Words of a draft found in the text of its document.

use super::fault::Fault;
use super::fields::{Fields, Members, Notes, Text, text};
use crate::quotation::{Fit, Location, Passage, PreparedText, Words, is_enclosed};
use claimgraph::claim::Span;
use serde_json::Value;
use std::ops::Range;

/// Where words stand, and as the text has them.
#[derive(Clone, Debug)]
pub(super) struct Found<'t> {
    pub(super) span: Span,
    pub(super) words: &'t str,
    /// The parts, if the words leave something out.
    pub(super) parts: Vec<Span>,
}

/// Words, and a hint which of several places is meant.
const WORDS: &Members = &[
    ("words", &["text", "quotation"]),
    ("before", &["followed_by"]),
    ("after", &["preceded_by"]),
    ("nth", &["occurrence"]),
];

/// So many passages are shown where words stand at several.
const SHOWN: usize = 3;

/// Returns where the words of a member stand. If they stand at several places, those in the passage of the claim, or next
/// to it, are meant.
pub(super) fn locate<'t>(
    text: &PreparedText<'t>,
    at: &str,
    value: &Value,
    within: Option<&Found<'_>>,
    notes: &mut Notes,
) -> Option<Found<'t>> {
    let (given, hints) = words(at, value, notes)?;
    locate_words(text, given, hints, within, notes)
}

/// Returns where the words of a speaker stand, without the quotation marks that a model copies with them, and whether the
/// text has them between such marks.
pub(super) fn locate_quote<'t>(
    text: &PreparedText<'t>,
    at: &str,
    value: &Value,
    within: Option<&Found<'_>>,
    notes: &mut Notes,
) -> Option<(Found<'t>, bool)> {
    let (mut given, hints) = words(at, value, notes)?;
    let marks = ['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'];
    let inside = given.text.trim_matches(marks).trim();
    if !inside.is_empty() && inside.len() < given.text.len() {
        notes.repair(at, &given.text, inside, "the words without their quotation marks");
        given.text = inside.to_owned();
    }
    let quoted = given.clone();
    let found = locate_words(text, given, hints, within, notes)?;
    let mut parts = found.parts.iter().filter_map(|part| bytes(*part));
    let is_quote = parts.all(|part| is_enclosed(text.text(), part));
    if !is_quote {
        let because = "the text has no quotation marks around them, so they are not a quote";
        notes.repair(&quoted.at, &quoted.text, "reported words", because);
    }
    Some((found, is_quote))
}

fn locate_words<'t>(
    text: &PreparedText<'t>,
    given: Text,
    hints: Option<Fields<'_>>,
    within: Option<&Found<'_>>,
    notes: &mut Notes,
) -> Option<Found<'t>> {
    let mut words = Words::of(&given.text);
    let near = within.and_then(|within| bytes(within.span));
    let context = |member, notes: &mut Notes| hints.as_ref()?.text(member, notes);
    let (before, after) = (context("before", notes), context("after", notes));
    let number = context("nth", notes);
    if let Some(before) = &before {
        words = words.before(&before.text);
    }
    if let Some(after) = &after {
        words = words.after(&after.text);
    }
    match number.as_ref().map(|number| (number, number.text.parse())) {
        Some((_, Ok(number))) if number > 0 => words = words.nth(number),
        Some((found, _)) => {
            let fault = Fault::new(&found.at, &found.text, "is not the number of a place");
            notes.fault(fault.expecting("1 for the first place, 2 for the second ..."));
            return None;
        }
        None => {}
    }
    if let Some(near) = near.filter(|_| words.hints.is_empty()) {
        words = words.near(near);
    }
    let passage = match text.find(words) {
        Ok(Location::At(passage)) => passage,
        Ok(Location::Several { passages }) => {
            let problem = format!("stands at {} places", passages.len());
            let places =
                passages.iter().take(SHOWN).map(|passage| format!("bytes {}", passage.span()));
            let fault = Fault::new(&given.at, &given.text, problem);
            notes.fault(
                fault
                    .expecting("more of the words, or one of before, after and nth")
                    .near(places.collect()),
            );
            return None;
        }
        Ok(Location::Nearest(near)) => {
            let fault = Fault::new(&given.at, &given.text, "is not in the text of the document");
            notes.fault(
                fault.expecting("words as the text has them").near(vec![near.text().to_owned()]),
            );
            return None;
        }
        Ok(_) => {
            let fault = Fault::new(
                &given.at,
                &given.text,
                "is not in the text of the document, and no passage is near",
            );
            notes.fault(fault.expecting("words as the text has them"));
            return None;
        }
        Err(error) => {
            notes.fault(Fault::new(&given.at, &given.text, error.to_string()));
            return None;
        }
    };
    if let Some(within) = within.map(|within| within.span)
        && (passage.span().start < within.start || passage.span().end > within.end)
    {
        let fault = Fault::new(&given.at, &given.text, "stands outside the passage");
        notes.fault(fault.expecting("words of the passage, or a passage that has them"));
        return None;
    }
    note(&passage, &given, notes);
    let parts = match passage.fit() {
        Fit::InParts { parts, .. } => parts.clone(),
        _ => vec![passage.span()],
    };
    Some(Found { span: passage.span(), words: passage.text(), parts })
}

/// Returns the words of a member: a text, or an object with the words and a hint.
pub(super) fn words<'v>(
    at: &str,
    value: &'v Value,
    notes: &mut Notes,
) -> Option<(Text, Option<Fields<'v>>)> {
    if !value.is_object() {
        return Some((text(at, value, notes)?, None));
    }
    let fields = Fields::of(at, value, WORDS, notes)?;
    let Some(words) = fields.text("words", notes) else {
        notes.fault(Fault::new(&fields.pointer("words"), "", "missing words"));
        return None;
    };
    Some((words, Some(fields)))
}

/// Notes how the text has the words otherwise.
fn note(passage: &Passage<'_>, given: &Text, notes: &mut Notes) {
    let because = match passage.fit() {
        Fit::Exact => return,
        Fit::Evened { .. } => "the words of the text, with other spaces, marks or capitals",
        _ => "the words of the text from the first part to the last",
    };
    notes.repair(&given.at, &given.text, passage.text(), because);
}

/// Returns a span as a range of bytes.
pub(super) fn bytes(span: Span) -> Option<Range<usize>> {
    Some(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?)
}
