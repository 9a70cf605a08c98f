//! Whether words of a text stand inside quotation marks.

use crate::even_text::is_mark;
use std::ops::Range;

/// Returns whether the bytes of a text stand inside quotation marks, from their first letter to their last.
///
/// Marks are counted from the beginning of the paragraph. A quotation may go on in the next paragraph without a closing
/// mark, if that paragraph opens one of its own. A single closing mark is often an apostrophe, and closes nothing.
pub(crate) fn is_enclosed(text: &str, bytes: Range<usize>) -> bool {
    let Some(words) = text.get(bytes.clone()) else { return false };
    let start = bytes.start + (words.len() - words.trim_start_matches(is_mark).len());
    let end = bytes.start + words.trim_end_matches(is_mark).len();
    let paragraph = text.get(..start).and_then(|before| Some(before.rfind("\n\n")? + 2));
    let from = paragraph.unwrap_or(0);
    let mut open: Option<char> = None;
    let mut before = ' ';
    for (at, c) in text.get(from..end).unwrap_or_default().char_indices() {
        if open.is_some_and(|open| closes(open, c)) {
            open = None;
            if from + at >= start {
                return false;
            }
        } else if open.is_none() && opens(c, before) {
            open = Some(c);
        }
        if open.is_none() && from + at >= start {
            return false;
        }
        before = c;
    }
    open.is_some()
}

/// Returns whether a mark opens a quotation behind another character.
fn opens(mark: char, before: char) -> bool {
    match mark {
        '"'
        | '\u{ff02}'
        | '«'
        | '»'
        | '\u{201c}'..='\u{201f}'
        | '\u{300c}'
        | '\u{300e}'
        | '\u{301d}' => true,
        '\'' | '`' | '\u{2018}' | '\u{201a}' | '\u{2039}' | '\u{203a}' => !before.is_alphanumeric(),
        _ => false,
    }
}

/// Returns whether a mark closes the quotation that another opened.
fn closes(open: char, mark: char) -> bool {
    match open {
        '\u{201c}' => matches!(mark, '\u{201d}' | '"'),
        '\u{201e}' | '\u{201f}' => matches!(mark, '\u{201c}' | '\u{201d}' | '"'),
        '«' => mark == '»',
        '»' => mark == '«',
        '\u{300c}' => mark == '\u{300d}',
        '\u{300e}' => mark == '\u{300f}',
        '\u{301d}' => matches!(mark, '\u{301e}' | '\u{301f}'),
        '\u{2039}' => mark == '\u{203a}',
        '\u{203a}' => mark == '\u{2039}',
        '\'' | '`' | '\u{2018}' | '\u{201a}' => false,
        same => mark == same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inside_marks_are_told_from_others() {
        for (text, words, expected) in [
            ("Sshe said \u{201c}no ships left\u{201d} today.", "no ships", true),
            ("Sshe said \u{201c}no ships left\u{201d} today.", "today", false),
            ("Sshe said \"no ships left\" today.", "ships left", true),
            ("Sshe said \"no ships left\" today.", "left\" today", false),
            ("\"No,\" she said, \"no ships.\"", "she said", false),
            ("\"No,\" she said, \"no ships.\"", "no ships.", true),
            ("\u{201e}Nein\u{201c}, sagte er.", "Nein", true),
            ("\u{201e}Nein\u{201c}, sagte er.", "sagte", false),
            ("\u{ab}Non\u{bb}, dit-il.", "Non", true),
            ("The troops\u{2019} arrival was \u{2018}a drill\u{2019}.", "a drill", true),
            ("The troops\u{2019} arrival was denied.", "denied", false),
            ("\u{201c}One.\n\n\u{201c}Two,\u{201d} she said.", "Two", true),
            ("\u{201c}One.\n\nTwo, she said.", "Two", false),
            ("No ships left.", "ships", false),
            ("Sshe said \u{201c}it\u{201d}.", "\u{201c}it\u{201d}", true),
        ] {
            let start = text.find(words).unwrap();
            assert_eq!(
                is_enclosed(text, start..start + words.len()),
                expected,
                "{words} in {text}"
            );
        }
    }
}
