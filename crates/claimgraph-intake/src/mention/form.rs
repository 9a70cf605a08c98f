//! The forms in which a name may stand in a text, and whether its case matters.

use crate::name::key::{NameKey, even, turned, words_of};

/// The most letters of a name without small letters that is taken for an abbreviation.
const MOST_LETTERS_OF_ABBREVIATION: usize = 5;

/// The most letters of a name that is too short for any case but its own.
const MOST_LETTERS_OF_SHORT_NAME: usize = 3;

/// The case that a mention of a name must have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// Any: the name has several words, or no capital letter at its start.
    Any,
    /// A capital letter at the start: "Turkey", not "turkey".
    Capital,
    /// Its own: "US", not "us".
    Own,
}

impl Case {
    pub(crate) fn of(name: &str, is_abbreviation: bool) -> Self {
        let name = without_article(name);
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        let count = letters().count();
        let has_case = letters().any(|c| c.is_uppercase() || c.is_lowercase());
        let is_short = count <= MOST_LETTERS_OF_SHORT_NAME
            || (count <= MOST_LETTERS_OF_ABBREVIATION && !letters().any(char::is_lowercase));
        if has_case && (is_abbreviation || is_short) {
            Self::Own
        } else if letters().next().is_some_and(char::is_uppercase) && words_of(name).len() < 2 {
            Self::Capital
        } else {
            Self::Any
        }
    }

    /// Returns whether a mention of the name with these words has the case that it must have.
    pub(crate) fn fits(self, name: &str, words: &str) -> bool {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        match self {
            Self::Any => true,
            Self::Capital => {
                words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
            }
            Self::Own => letters(without_article(name)) == letters(words),
        }
    }
}

/// Returns the name without "the" at its start, which a mention leaves out.
fn without_article(name: &str) -> &str {
    let name = name.trim();
    let rest = name.split_at_checked(4).filter(|(article, _)| article.eq_ignore_ascii_case("the "));
    rest.map_or(name, |(_, rest)| rest.trim())
}

/// Returns the text in which names are sought: evened out, with a space for a hyphen. It is as long as the evened text.
pub(crate) fn searched(even: &str) -> String {
    even.replace('-', " ")
}

/// Returns the forms of a name as they are sought: as it is written, as its key, and, for an abbreviation, with stops. Each
/// form has the key of the name or of its other reading.
pub(crate) fn forms(name: &str) -> Vec<String> {
    let Ok(key) = NameKey::of(name) else { return Vec::new() };
    let turned = turned(name);
    let even = searched(&even(name));
    let even = even.trim();
    let mut forms = vec![even.strip_prefix("the ").unwrap_or(even).trim_start().to_owned()];
    forms.extend(
        [Some(&key), turned.as_ref()].into_iter().flatten().map(|key| key.as_str().to_owned()),
    );
    let letters = key.as_str();
    if letters.chars().count() <= MOST_LETTERS_OF_ABBREVIATION
        && letters.chars().all(char::is_alphabetic)
    {
        let stops: String = letters.chars().flat_map(|c| [c, '.']).collect();
        forms.extend([stops.trim_end_matches('.').to_owned(), stops]);
    }
    forms.sort();
    forms.dedup();
    let is_reading = |it: &NameKey| it == &key || Some(it) == turned.as_ref();
    forms.retain(|form| form == key.as_str() || NameKey::of(form).is_ok_and(|it| is_reading(&it)));
    forms
}
