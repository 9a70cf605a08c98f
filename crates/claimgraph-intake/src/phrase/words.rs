//! A phrase as words, figures and signs, each with its place. The readers of quantities and periods walk over it.

use std::ops::Range;

/// So many words of a phrase are read. A longer one is a sentence.
const MOST: usize = 64;

/// One word, figure or sign, in lower case.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// The bytes of the phrase.
    pub(super) place: Range<usize>,
    /// Whether it follows the one before it without a space: the "k" of "3k".
    pub(super) glued: bool,
}

impl Word {
    pub(super) fn is_figure(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The sort of a character.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Letter,
    Figure,
    Sign,
    Between,
}

fn sort(c: char) -> Sort {
    match c {
        '0'..='9' => Sort::Figure,
        '-'
        | '\u{2010}'..='\u{2015}'
        | '/'
        | '%'
        | '$'
        | '€'
        | '£'
        | '≥'
        | '≤'
        | '<'
        | '>'
        | '='
        | '~'
        | '+' => Sort::Sign,
        // ½ and other signs that are numbers.
        c if c.is_numeric() => Sort::Sign,
        c if c.is_alphabetic() => Sort::Letter,
        _ => Sort::Between,
    }
}

/// Returns the words of a phrase, or `None` if it has too many of them. Commas, brackets and quotation marks fall away.
pub(super) fn words(phrase: &str) -> Option<Vec<Word>> {
    let mut found: Vec<Word> = Vec::new();
    let mut chars = phrase.char_indices().peekable();
    let mut before = Sort::Between;
    while let Some((start, c)) = chars.next() {
        let kind = sort(c);
        let mut text: String = match c {
            '\u{2010}'..='\u{2015}' => "-".to_owned(),
            _ => c.to_lowercase().collect(),
        };
        let mut end = start + c.len_utf8();
        if matches!(kind, Sort::Letter | Sort::Figure) {
            while let Some(&(at, next)) = chars.peek() {
                let rest = phrase.get(at + next.len_utf8()..).unwrap_or_default();
                let goes_on = sort(next) == kind
                    || joins(kind, next, rest)
                    || next == ' ' && kind == Sort::Figure && is_group(&text, rest);
                if !goes_on {
                    break;
                }
                text.extend(next.to_lowercase());
                end = at + next.len_utf8();
                chars.next();
            }
        }
        if kind != Sort::Between {
            found.push(Word { text, place: start..end, glued: before != Sort::Between });
            if found.len() > MOST {
                return None;
            }
        }
        before = kind;
    }
    Some(found)
}

/// Returns whether a mark inside a word or a figure belongs to it: "3,000", "14:30", "o'clock".
fn joins(kind: Sort, mark: char, rest: &str) -> bool {
    match kind {
        Sort::Figure => {
            matches!(mark, ',' | '.' | ':' | '\'' | '\u{2019}' | '\u{a0}' | '\u{2009}' | '\u{202f}')
                && rest.starts_with(|c: char| c.is_ascii_digit())
        }
        Sort::Letter => matches!(mark, '\'' | '\u{2019}') && rest.starts_with(char::is_alphabetic),
        _ => false,
    }
}

/// Returns whether a plain space groups the figures on either side of it: "3 000", "12 500 000".
fn is_group(before: &str, rest: &str) -> bool {
    let mut groups = before.split(' ');
    let begins = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    begins
        && before.bytes().all(|c| c.is_ascii_digit() || c == b' ')
        && rest.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// Returns how many words at the front are one of these phrases, the longest first.
pub(super) fn begins_with<T: Copy>(words: &[Word], table: &[(&str, T)]) -> Option<(T, usize)> {
    let fits = |phrase: &str| {
        let mut count = 0;
        for (place, part) in phrase.split(' ').enumerate() {
            count += 1;
            words.get(place).filter(|word| word.text == part)?;
        }
        Some(count)
    };
    let found = table.iter().filter_map(|&(phrase, meaning)| Some((meaning, fits(phrase)?)));
    found.max_by_key(|&(_, count)| count)
}
