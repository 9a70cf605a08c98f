//! Where a word begins and ends, in scripts with spaces between words and without.

use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// Particles that follow a name in Korean without a space.
const KOREAN_PARTICLES: [&str; 20] = [
    "은", "는", "이", "가", "을", "를", "의", "에", "에서", "에게", "와", "과", "도", "로", "으로",
    "만", "까지", "부터", "측", "측은",
];

/// Returns whether a word may begin and end at these bytes of the text.
pub(crate) fn is_word(text: &str, start: usize, end: usize) -> bool {
    begins(text, start) && ends(text, end)
}

/// Returns whether a word may begin at this byte of the text.
pub(crate) fn begins(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(last), Some(first)) => is_border(last, first),
        _ => true,
    }
}

fn ends(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    if is_border(last, first) {
        return true;
    }
    if last.script() != Script::Hangul || first.script() != Script::Hangul {
        return false;
    }
    let rest = after.split(|c: char| c.script() != Script::Hangul).next().unwrap_or("");
    KOREAN_PARTICLES.contains(&rest)
}

/// Returns whether one word can end and another begin between two characters.
fn is_border(last: char, first: char) -> bool {
    if last.is_ascii() && first.is_ascii() {
        return !(last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric());
    }
    if is_combining_mark(first) {
        return false;
    }
    let is_letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    if !is_letter(last) || !is_letter(first) {
        return true;
    }
    let (last, first) = (last.script(), first.script());
    let has_no_spaces = |script| {
        matches!(
            script,
            Script::Han
                | Script::Hiragana
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
        )
    };
    let is_apart = |script| matches!(script, Script::Katakana | Script::Hangul);
    has_no_spaces(last)
        || has_no_spaces(first)
        || (last != first && (is_apart(last) || is_apart(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether the name may stand where it first stands in the text.
    fn stands(name: &str, text: &str) -> bool {
        let start = text.find(name).unwrap();
        is_word(text, start, start + name.len())
    }

    #[test]
    fn a_name_is_not_a_part_of_a_word() {
        for (name, text) in [
            ("Putin", "(Putin)"),
            ("Putin", "Putin's"),
            ("Putin", "anti-Putin"),
            ("Путин", "«Путин»"),
            ("中国", "我爱中国人"),
            ("東京", "東京で"),
            ("トヨタ", "新トヨタは"),
            ("NATO", "NATO는"),
            ("푸틴", "푸틴은 말했다"),
            ("ไทย", "ประเทศไทย"),
        ] {
            assert!(stands(name, text), "{name} in {text}");
        }
        for (name, text) in [
            ("Niger", "Nigeria"),
            ("ria", "Syria"),
            ("F-16", "F-160"),
            ("Путин", "Путина"),
            ("トヨタ", "トヨタマ"),
            ("푸틴", "푸틴스키"),
            ("Peron", "Peron\u{301}"),
        ] {
            assert!(!stands(name, text), "{name} in {text}");
        }
    }
}
