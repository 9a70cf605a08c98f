//! Words that are sought, taken apart where they leave something out.

use crate::even_text::{EvenText, is_mark};

/// Words in the parts between ellipses and insertions.
pub(super) struct Sought {
    pub(super) parts: Vec<Part>,
    /// The insertions, without their square brackets.
    pub(super) insertions: Vec<String>,
}

/// Words that stand together.
pub(super) struct Part {
    pub(super) original: String,
    pub(super) even: String,
}

impl Part {
    /// Makes a part, without white space at its ends; `None` if nothing is left.
    pub(super) fn of(words: &str) -> Option<Self> {
        let words = words.trim();
        let even = EvenText::of(words).text().trim_matches(' ').to_owned();
        Some(Self { original: words.to_owned(), even }).filter(|part| !part.even.is_empty())
    }
}

/// A sign in quoted words that something differs from the text.
enum Sign<'w> {
    /// An ellipsis.
    LeftOut,
    /// Something in square brackets.
    Insertion(&'w str),
    /// One letter in square brackets, at the beginning or the end of a word.
    Letter(&'w str),
}

/// The most bytes in brackets.
const BRACKETED: usize = 200;

impl Sought {
    /// Takes words apart. Something is left out at "..." and "…", with or without brackets. Words in square brackets stand
    /// for something else, and a single letter for itself: "[T]roops". White space and quotation marks around the words
    /// are dropped.
    pub(super) fn of(words: &str) -> Self {
        let is_outer = |c: char| c.is_whitespace() || is_mark(c);
        let mut rest = words.trim_matches(is_outer);
        let (mut parts, mut insertions, mut part) = (Vec::new(), Vec::new(), String::new());
        while let Some(first) = rest.chars().next() {
            let within = part.ends_with(char::is_alphanumeric);
            let (sign, length) = match Sign::at(rest, within) {
                Some((sign, length)) => (Some(sign), length),
                None => (None, first.len_utf8()),
            };
            match sign {
                None => part.push(first),
                Some(Sign::Letter(letter)) => part.push_str(letter),
                Some(Sign::LeftOut) => parts.extend(Part::of(&std::mem::take(&mut part))),
                Some(Sign::Insertion(words)) => {
                    parts.extend(Part::of(&std::mem::take(&mut part)));
                    insertions.push(words.to_owned());
                }
            }
            rest = rest.split_at(length).1;
        }
        parts.extend(Part::of(&part));
        Self { parts, insertions }
    }
}

impl<'w> Sign<'w> {
    /// Returns the sign with which the text begins, and its bytes. `within` says that a letter stands before it.
    fn at(text: &'w str, within: bool) -> Option<(Self, usize)> {
        let Some(inside) = text.strip_prefix(['[', '(']) else {
            return Some((Self::LeftOut, ellipsis(text))).filter(|(_, length)| *length > 0);
        };
        let end = inside.bytes().take(BRACKETED).position(|byte| matches!(byte, b']' | b')'))?;
        let (inside, after) = (inside.get(..end)?, inside.get(end + 1..)?);
        let length = end + 2;
        let joins = within || after.starts_with(char::is_alphanumeric);
        let words = inside.trim();
        match words {
            _ if !words.is_empty() && ellipsis(words) == words.len() => {
                Some((Self::LeftOut, length))
            }
            _ if text.starts_with('(') => None,
            _ if joins && words.chars().count() == 1 => Some((Self::Letter(words), length)),
            _ => Some((Self::Insertion(words), length)),
        }
    }
}

/// Returns the bytes of the ellipsis with which the text begins: "…", or at least three dots, which may have single
/// spaces between them. 0 if there is none.
fn ellipsis(text: &str) -> usize {
    let (mut dots, mut length) = (0, 0);
    let mut rest = text;
    loop {
        let spaced = rest.strip_prefix(' ').filter(|_| dots > 0).unwrap_or(rest);
        let (after, more) = match (spaced.strip_prefix('…'), spaced.strip_prefix('.')) {
            (Some(after), _) => (after, 3),
            (_, Some(after)) => (after, 1),
            _ => return if dots >= 3 { length } else { 0 },
        };
        dots += more;
        length += rest.len() - after.len();
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_where_they_leave_something_out() {
        for (words, parts, insertions) in [
            ("a b", vec!["a b"], vec![]),
            ("«a … b»", vec!["a", "b"], vec![]),
            (
                "a ... b [...] c (…) d . . . e [ … ] f....",
                vec!["a", "b", "c", "d", "e", "f"],
                vec![],
            ),
            ("...a", vec!["a"], vec![]),
            ("[the president] said (so) a.b..c", vec!["said (so) a.b..c"], vec!["the president"]),
            ("[T]roops came [sic] here[s]", vec!["Troops came", "heres"], vec!["sic"]),
            ("a [b", vec!["a [b"], vec![]),
            ("…", vec![], vec![]),
            ("[]", vec![], vec![""]),
        ] {
            let sought = Sought::of(words);
            let found: Vec<&str> = sought.parts.iter().map(|part| &*part.original).collect();
            assert_eq!(found, parts, "{words}");
            assert_eq!(sought.insertions, insertions, "{words}");
        }
    }

    #[test]
    fn a_flood_of_brackets_and_dots_takes_linear_time() {
        for flood in ["[", "(", "[.", ".. ", ". ", "…", "[…] "] {
            Sought::of(&flood.repeat(100_000));
        }
    }
}
