//! The words of a text, and where one begins and ends.

use std::ops::Range;

/// Returns the bytes of each word, in order: a run of letters and digits, or one letter of a script that is written
/// without spaces.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = letters.find(|&(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while is_joined(first)
            && let Some((at, c)) = letters.next_if(|&(_, c)| is_joined(c))
        {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// Returns whether the range neither begins nor ends inside a word or a number of the text.
pub(crate) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(within), Some(after)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return false;
    };
    !parts_a_word(before.chars().rev(), within.chars())
        && !parts_a_word(after.chars(), within.chars().rev())
}

/// Returns whether the characters on either side of a border, read away from it, belong to one word or number.
fn parts_a_word(
    mut outside: impl Iterator<Item = char>,
    mut inside: impl Iterator<Item = char>,
) -> bool {
    let (Some(out), Some(within)) = (outside.next(), inside.next()) else { return false };
    let separates = |c| matches!(c, '.' | ',' | '\'');
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    (is_joined(out) && is_joined(within))
        || (within.is_numeric() && separates(out) && digit(outside.next()))
        || (out.is_numeric() && separates(within) && digit(inside.next()))
}

/// Returns whether the character is joined with its like into one word.
fn is_joined(c: char) -> bool {
    c.is_alphanumeric() && !is_without_spaces(c)
}

/// Returns whether the character is of a script that is written without spaces between words, or of Korean, whose
/// particles follow a word without a space.
fn is_without_spaces(c: char) -> bool {
    matches!(c,
        // Thai, Lao, Tibetan, Myanmar; Khmer.
        '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        // Hangul, Chinese, Japanese.
        | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "Don't, 3,000 años 東京 x";
        let found: Vec<&str> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["Don", "t", "3", "000", "años", "東", "京", "x"]);
    }

    #[test]
    fn a_part_of_a_word_or_number_does_not_stand_alone() {
        for (text, part, expected) in [
            ("the party", "party", true),
            ("the party", "art", false),
            ("13,000 men", "3,000", false),
            ("13,000 men", "000 men", false),
            ("3,000.5", "3,000", false),
            ("in 2024.", "2024", true),
            ("1, 2, 3", "2", true),
            ("在东京说", "东京", true),
        ] {
            let start = text.find(part).unwrap_or_default();
            assert_eq!(
                stands_alone(text, &(start..start + part.len())),
                expected,
                "{part} in {text}"
            );
        }
    }
}
