//! The strict form of a name, by which two spellings are the same name.

use crate::even_text::EvenText;
use crate::name::fault::{NameFault, refusal};
use serde::Serialize;
use std::fmt;
use unicode_normalization::char::is_combining_mark;

/// The strict form of a name. Two names with one key are one name.
///
/// These make no difference: case (full case folding), compatibility forms (NFKC), white space, kinds of dashes and
/// apostrophes, characters that cannot be seen, punctuation, a hyphen in place of a space, stops in an abbreviation, and
/// "the" at the start. Accents, scripts and the order of words do.
///
/// ```
/// use claimgraph_intake::name::NameKey;
/// let key = |name| NameKey::of(name).unwrap();
/// assert_eq!(key("Kim Jong-un"), key("KIM Jong Un"));
/// assert_eq!(key("the U.S."), key("US"));
/// assert_eq!(key("Coté d’Ivoire").as_str(), "coté divoire");
/// assert_ne!(key("Perón"), key("Peron"));
/// assert!(NameKey::of("—").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct NameKey(String);

impl NameKey {
    /// Makes the key of a name.
    ///
    /// # Errors
    /// Returns the fault for which the name is refused; see [`NameFault::refuses`].
    pub fn of(name: &str) -> Result<Self, NameFault> {
        match refusal(name) {
            Some(fault) => Err(fault),
            None => Ok(Self::of_words(&words_of(name))),
        }
    }

    /// Returns the words of the name with a space between them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of_words<W: AsRef<str>>(words: &[W]) -> Self {
        let mut key = String::new();
        let mut after_letter = false;
        for word in words.iter().map(AsRef::as_ref) {
            let is_letter = is_single_letter(word);
            // Letters with stops or spaces between them are one abbreviation.
            let joins = is_letter && after_letter;
            if !key.is_empty() && !joins {
                key.push(' ');
            }
            key.push_str(word);
            after_letter = is_letter;
        }
        Self(key)
    }
}

impl fmt::Display for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the reading of the name without a possessive at its end: "Russia's", "the soldiers'".
pub(crate) fn of_owner(name: &str) -> Option<NameKey> {
    // Nearly all names have no mark, and a mark of another script becomes this one.
    if name.is_ascii() && !name.contains(['\'', '"', '`']) {
        return None;
    }
    let even = even(name);
    let even = even.trim_end();
    let plural = || even.strip_suffix('\'').filter(|owner| owner.ends_with('s'));
    let words = words(even.strip_suffix("'s").or_else(plural)?);
    (!words.is_empty()).then(|| NameKey::of_words(&words))
}

/// Returns the reading of the name with the part after its only comma in front: "Putin, Vladimir", "Korea, North".
pub(crate) fn turned(name: &str) -> Option<NameKey> {
    // Nearly all names have no comma, and a comma of another script becomes this one.
    if name.is_ascii() && !name.contains(',') {
        return None;
    }
    let even = even(name);
    let (last, first) = even.split_once(',')?;
    let (last, mut first) = (words(last), words(first));
    if first.is_empty() || last.is_empty() || even.matches(',').count() > 1 {
        return None;
    }
    first.extend(last);
    Some(NameKey::of_words(&first))
}

/// Returns the words of a name.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    // Only case matters then to what `words` reads.
    if name.is_ascii() && !name.contains(['\'', '"', '`']) {
        return words(&name.to_ascii_lowercase());
    }
    words(&even(name))
}

/// Returns the name evened out.
pub(crate) fn even(name: &str) -> String {
    EvenText::of(name).text().to_owned()
}

/// Returns the words of an evened text, without "the" at the start. An apostrophe within a word is left out, and `&` is
/// "and".
fn words(even: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = even.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if is_word_letter(c) => word.push(c),
            '+' | '#' if !word.is_empty() => word.push(c),
            '\'' if !word.is_empty() && chars.peek().is_some_and(|&next| is_word_letter(next)) => {}
            _ => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
                if c == '&' {
                    words.push("and".to_owned());
                }
            }
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    // All of them, so that the key of a key is the same.
    while words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    words
}

fn is_word_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Returns whether the word is one letter, as an initial is.
pub(crate) fn is_single_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && !chars.any(|c| !is_combining_mark(c))
}
