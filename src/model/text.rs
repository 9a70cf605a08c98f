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

/// Returns a noun with its article: "an Agency", "a State", "a Unit".
pub(crate) fn with_article(noun: &str) -> String {
    let folded = noun.to_ascii_lowercase();
    let is_spoken = |start: &str| folded.starts_with(start);
    let vowel = folded.starts_with(['a', 'e', 'i', 'o', 'u']);
    let an = vowel && !["uni", "use", "eu", "one"].into_iter().any(is_spoken);
    format!("{} {noun}", if an { "an" } else { "a" })
}

/// Returns particulars in one pair of brackets: " (planned; by 2024-10-24)". If one of them has brackets itself, they
/// follow without any.
pub(crate) fn bracketed(particulars: &[String]) -> String {
    let told = particulars.join("; ");
    match told.contains(['(', ')', '[', ']']) {
        _ if told.is_empty() => told,
        true => format!("; {told}"),
        false => format!(" ({told})"),
    }
}

/// Returns a place in square brackets: " [the article, bytes 2..9]". If it has brackets itself, it follows without any.
pub(crate) fn placed(place: &str) -> String {
    match place.contains(['(', ')', '[', ']']) {
        true => format!("; in {place}"),
        false => format!(" [{place}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_the_article_that_is_spoken() {
        for (noun, expected) in [
            ("Agency", "an Agency"),
            ("Event", "an Event"),
            ("Organization", "an Organization"),
            ("State", "a State"),
            ("Unit", "a Unit"),
            ("", "a "),
        ] {
            assert_eq!(with_article(noun), expected);
        }
    }
}
