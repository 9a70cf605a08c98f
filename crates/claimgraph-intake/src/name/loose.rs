//! The loose form of a name, by which names are similar: without accents, and in Latin letters with the feature
//! `romanised`.

use crate::name::key::words_of;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The most words of a name that are compared.
pub(crate) const MOST_WORDS: usize = 12;

/// The loose form of a name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Loose {
    /// The words with a space between them.
    pub(crate) text: String,
    /// Whether a word of it was in other letters than Latin ones.
    pub(crate) is_romanised: bool,
}

impl Loose {
    pub(crate) fn of(name: &str) -> Self {
        let mut loose = Self::default();
        for word in words_of(name) {
            let plain = without_accents(&word);
            let word = romanised(&plain);
            loose.is_romanised |= word != plain;
            for part in word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
                loose.text.extend(Some(' ').filter(|_| !loose.text.is_empty()));
                loose.text.push_str(part);
            }
        }
        loose
    }

    /// Returns the words that are compared.
    pub(crate) fn words(&self) -> Vec<&str> {
        self.text.split_terminator(' ').take(MOST_WORDS).collect()
    }
}

/// Returns the text without accents and points. Marks that are vowels, as in the scripts of India, stay.
pub(crate) fn without_accents(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let is_accent = |c: &char| matches!(canonical_combining_class(*c), 10..=36 | 200..);
    text.nfd().filter(|c| !is_accent(c)).nfc().collect()
}

#[cfg(feature = "romanised")]
fn romanised(word: &str) -> String {
    if word.is_ascii() { word.to_owned() } else { any_ascii::any_ascii(word).to_ascii_lowercase() }
}

#[cfg(not(feature = "romanised"))]
fn romanised(word: &str) -> String {
    word.to_owned()
}

/// Returns the classes of consonants of a word in Latin letters, those of Soundex (U.S. National Archives), without
/// vowels, and each once in a row. Words of one sound in different scripts have the same ones more often than the same
/// letters.
pub(crate) fn consonants(word: &str) -> Vec<u8> {
    let class = |letter| match letter {
        b'b' | b'f' | b'p' | b'v' | b'w' => Some(1),
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => Some(2),
        b'd' | b't' => Some(3),
        b'l' => Some(4),
        b'm' | b'n' => Some(5),
        b'r' => Some(6),
        _ => None,
    };
    let mut classes: Vec<u8> = word.bytes().filter_map(class).collect();
    classes.dedup();
    classes
}

/// Returns whether the word joins the parts of a name and says little by itself.
pub(crate) fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 27] = [
        "al", "and", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do",
        "dos", "du", "el", "ibn", "of", "ten", "ter", "the", "ul", "van", "von", "y", "zu", "zum",
    ];
    PARTICLES.binary_search(&word).is_ok()
}
