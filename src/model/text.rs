//! Text from outside, made fit for a message or a picture: clipped, with control characters escaped.

/// Returns at most 60 characters of a text from outside, fit for a message.
pub(crate) fn excerpt(text: &str) -> String {
    clipped(text, 60)
}

/// Returns at most so many characters. Control and bidirectional ones are escaped, so that no message controls a
/// terminal.
pub(crate) fn clipped(text: &str, most: usize) -> String {
    let mut chars = text.chars();
    let mut short = String::new();
    for c in chars.by_ref().take(most) {
        if c.is_control() || is_bidirectional(c) {
            short.extend(c.escape_unicode())
        } else {
            short.push(c)
        }
    }
    if chars.next().is_some() {
        short.push('\u{2026}');
    }
    short
}

/// Returns a value as JSON. Its keys are texts, and it fails to serialise in no other way.
#[expect(clippy::expect_used, reason = "a default for a broken invariant would be a wrong answer")]
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("the keys of its maps are texts")
}

pub(crate) fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
