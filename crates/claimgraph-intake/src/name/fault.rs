//! Faults of a name: why it is refused, or what in it deserves a second look.

use crate::name::look_alike::{LookAlike, look_alikes};
use serde::Serialize;
use unicode_normalization::char::canonical_combining_class;
use unicode_script::{Script, UnicodeScript};

/// The most bytes of a name.
pub const MOST_NAME_BYTES: usize = 512;

/// The most marks in a row over or under one letter, by Unicode Technical Standard 39, section 5.4.
const MOST_MARKS: usize = 4;

/// A fault of a name. A name with some faults is refused; the others only warn. Places are bytes of the name.
///
/// ```
/// use claimgraph_intake::name::{NameFault, name_faults};
/// assert_eq!(name_faults("Putin"), []);
/// assert_eq!(name_faults("?!"), [NameFault::Empty]);
/// // The second letter is Cyrillic.
/// let faults = name_faults("P\u{443}tin");
/// assert_eq!(faults[0].to_string(), "\"P\u{443}tin\" has letters of another script: \u{443} (U+0443) at byte 1, like y; \
///                                    it looks like \"Pytin\"");
/// assert!(!faults[0].refuses());
/// ```
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error, Serialize)]
#[serde(rename_all = "kebab-case", tag = "fault")]
#[non_exhaustive]
pub enum NameFault {
    /// It has no letter and no digit.
    #[error("the name has no letter and no digit")]
    Empty,
    /// It is too long.
    #[error("the name has {bytes} bytes; at most {MOST_NAME_BYTES} are expected")]
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
    /// It has a control character that is not white space.
    #[error("the name has a control character at byte {at}: U+{:04X}", u32::from(*.character))]
    Control {
        /// The place.
        at: usize,
        /// The character.
        character: char,
    },
    /// It has a character that changes the direction of the text around it.
    #[error("the name has a character at byte {at} that turns the text around: U+{:04X}", u32::from(*.character))]
    Directional {
        /// The place.
        at: usize,
        /// The character.
        character: char,
    },
    /// A letter has too many marks.
    #[error("a letter has more than {MOST_MARKS} marks in a row, from byte {at}")]
    TooManyMarks {
        /// The place of the first mark.
        at: usize,
    },
    /// It has a character that cannot be seen, in a place where no script needs it.
    #[error("the name has a character at byte {at} that cannot be seen: U+{:04X}", u32::from(*.character))]
    Invisible {
        /// The place.
        at: usize,
        /// The character.
        character: char,
    },
    /// A word has letters of another script that look like letters of its own.
    #[error("{word:?} has letters of another script: {}; it looks like {plain:?}", listed(.letters))]
    LookAlikes {
        /// The word.
        word: String,
        /// Each such letter.
        letters: Vec<LookAlike>,
        /// The word in one script.
        plain: String,
    },
}

fn listed(letters: &[LookAlike]) -> String {
    letters.iter().map(LookAlike::to_string).collect::<Vec<_>>().join(", ")
}

impl NameFault {
    /// Returns whether a name with this fault is refused: it gets no key, and an index leaves it out.
    pub fn refuses(&self) -> bool {
        !matches!(self, Self::Invisible { .. } | Self::LookAlikes { .. })
    }
}

/// Returns the faults of a name. If one of them refuses it, that one comes first and alone.
///
/// The rules follow Unicode Technical Standard 39 (security mechanisms). A zero-width joiner or non-joiner after a letter
/// that is not Latin, Greek or Cyrillic is not a fault, because Persian and the scripts of India need it.
pub fn name_faults(name: &str) -> Vec<NameFault> {
    if let Some(fault) = refusal(name) {
        return vec![fault];
    }
    // Nothing in ASCII can warn.
    if name.is_ascii() {
        return Vec::new();
    }
    let mut faults: Vec<NameFault> =
        invisible(name).map(|(at, character)| NameFault::Invisible { at, character }).collect();
    faults.extend(look_alikes(name));
    faults
}

/// Returns the fault for which the name is refused, if there is one.
pub(crate) fn refusal(name: &str) -> Option<NameFault> {
    if name.len() > MOST_NAME_BYTES {
        return Some(NameFault::TooLong { bytes: name.len() });
    }
    let (mut marks, mut first_mark) = (0, 0);
    for (at, character) in name.char_indices() {
        if character.is_control() && !character.is_whitespace() {
            return Some(NameFault::Control { at, character });
        }
        if matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            return Some(NameFault::Directional { at, character });
        }
        if canonical_combining_class(character) == 0 {
            (marks, first_mark) = (0, at + character.len_utf8());
        } else {
            marks += 1;
        }
        if marks > MOST_MARKS {
            return Some(NameFault::TooManyMarks { at: first_mark });
        }
    }
    let is_seen = |c: char| c.is_alphanumeric() && !is_invisible(c);
    (!name.chars().any(is_seen)).then_some(NameFault::Empty)
}

fn invisible(name: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = None;
    name.char_indices().filter(move |&(_, c)| {
        let needed = matches!(c, '\u{200c}' | '\u{200d}') && before.is_some_and(joins);
        before = Some(c);
        !needed && is_invisible(c)
    })
}

/// Returns whether the character is not shown. The characters that turn the direction are refused before.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns whether the letter is of a script in which a joiner changes how letters look.
fn joins(letter: char) -> bool {
    !matches!(
        letter.script(),
        Script::Latin | Script::Greek | Script::Cyrillic | Script::Common | Script::Inherited
    ) || canonical_combining_class(letter) == 9
}
