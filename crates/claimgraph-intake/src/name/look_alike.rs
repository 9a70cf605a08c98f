//! Letters that look like letters of another script: a Cyrillic "а" within a Latin word.
//!
//! After Unicode Technical Standard 39, sections 4 and 5: two letters look alike if their skeletons are equal.

use crate::name::fault::NameFault;
use serde::Serialize;
use std::fmt;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_security::{MixedScript, skeleton};

/// A letter of a name that looks like a letter of another script.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[non_exhaustive]
pub struct LookAlike {
    /// The byte of the name at which it lies.
    pub at: usize,
    /// The letter.
    pub letter: char,
    /// The letter that it looks like, in the script of the word.
    pub like: char,
}

/// `а (U+0430) at byte 1, like a`.
impl fmt::Display for LookAlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, letter, like } = self;
        write!(f, "{letter} (U+{:04X}) at byte {at}, like {like}", u32::from(*letter))
    }
}

/// Returns a fault for each word with letters that look like letters of its own script, and are not.
pub(crate) fn look_alikes(name: &str) -> Vec<NameFault> {
    let mut start = 0;
    let mut faults = Vec::new();
    for word in name.split_inclusive(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
        faults.extend(in_word(word, start));
        start += word.len();
    }
    faults
}

/// Returns the name with each such letter in the script of its word; `None` if it has none.
#[cfg(feature = "fuzzy")]
pub(crate) fn plain_form(name: &str) -> Option<String> {
    let mut plain: Vec<char> = name.chars().collect();
    let places: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    let mut changed = false;
    for fault in look_alikes(name) {
        let NameFault::LookAlikes { letters, .. } = fault else { continue };
        for letter in letters {
            let place = places.binary_search(&letter.at).ok();
            if let Some(c) = place.and_then(|place| plain.get_mut(place)) {
                (*c, changed) = (letter.like, true);
            }
        }
    }
    changed.then(|| plain.into_iter().collect())
}

fn in_word(word: &str, start: usize) -> Option<NameFault> {
    // Japanese and Korean words have several scripts of their own.
    if word.is_ascii() || word.is_single_script() {
        return None;
    }
    let own = own_script(word)?;
    let letters: Vec<LookAlike> = word
        .char_indices()
        .filter(|(_, c)| !matches!(c.script(), Script::Common | Script::Inherited))
        .filter(|(_, c)| c.script() != own)
        .filter_map(|(at, letter)| {
            Some(LookAlike { at: start + at, letter, like: like(letter, own)? })
        })
        .collect();
    if letters.is_empty() {
        return None;
    }
    let plain = |(at, c)| {
        letters.iter().find(|letter| letter.at == start + at).map_or(c, |letter| letter.like)
    };
    let plain: String = word.char_indices().map(plain).filter(|c| c.is_alphanumeric()).collect();
    let word = word.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(NameFault::LookAlikes { word, letters, plain })
}

/// Returns the script of most letters. Of two scripts with as many, the one that begins the word.
fn own_script(word: &str) -> Option<Script> {
    let scripts: Vec<Script> = word
        .chars()
        .map(|c| c.script())
        .filter(|script| !matches!(script, Script::Common | Script::Inherited))
        .collect();
    let count = |script| scripts.iter().filter(|&&other| other == script).count();
    // `max_by_key` takes the last of equal ones.
    scripts.iter().rev().copied().max_by_key(|&script| count(script))
}

/// Returns the letter of the script that looks like this one. One of the same case is preferred.
fn like(letter: char, script: Script) -> Option<char> {
    let letters = match script {
        Script::Latin => 'A'..='\u{24f}',
        Script::Greek => '\u{370}'..='\u{3ff}',
        Script::Cyrillic => '\u{400}'..='\u{52f}',
        Script::Armenian => '\u{531}'..='\u{587}',
        _ => return None,
    };
    let mut buffer = [0; 4];
    let wanted: String = skeleton(letter.encode_utf8(&mut buffer)).collect();
    let mut alike = letters.filter(|c| {
        c.script() == script && skeleton(c.encode_utf8(&mut [0; 4])).eq(wanted.chars())
    });
    let first = alike.next()?;
    let same_case = |c: &char| c.is_uppercase() == letter.is_uppercase();
    Some(std::iter::once(first).chain(alike).find(same_case).unwrap_or(first))
}
