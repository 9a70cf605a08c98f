//! Names of entities, and the form by which two spellings are the same name.

use crate::model::time::period::Period;
use crate::model::value::word::words;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

words! {
    /// The relation of a name to its entity.
    #[derive(Default)]
    NameKind, "kind of name" {
        /// The name to show. An entity has at most one for each language.
        Canonical = "canonical",
        /// Another name or spelling.
        #[default]
        Alias = "alias",
        /// A short form: NIS.
        Abbreviation = "abbreviation",
        /// A name of something else that stands for it when it acts: Moscow for Russia.
        Metonym = "metonym",
        /// A name that it had before.
        Former = "former",
        /// The word for what belongs to it: North Korean for North Korea.
        Adjective = "adjective",
        /// The name in the letters of another script: Rossiya for Россия.
        Transliteration = "transliteration",
    }
}

/// A name, its kind, its language, and when it was in use.
///
/// ```
/// use claimgraph::entity::{Name, NameKind};
/// use claimgraph::{date, Period};
/// let name = Name::metonym("Moscow").in_language("en");
/// assert_eq!((name.text(), name.kind(), name.language()), ("Moscow", NameKind::Metonym, Some("en")));
/// assert_eq!(Name::from("Russia").kind(), NameKind::Canonical);
/// let burma = Name::former("Burma").valid(Period::until(date(1989, 6, 18)));
/// assert_eq!(burma.valid_period(), Some(&Period::until(date(1989, 6, 18))));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Name {
    text: String,
    kind: NameKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid: Option<Box<Period>>,
}

impl Name {
    /// Creates a name of this kind.
    pub fn new(text: impl Into<String>, kind: NameKind) -> Self {
        Self { text: text.into(), kind, language: None, valid: None }
    }

    /// Creates the name to show.
    pub fn canonical(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Canonical)
    }

    /// Creates another name or spelling.
    pub fn alias(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Alias)
    }

    /// Creates a short form.
    pub fn abbreviation(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Abbreviation)
    }

    /// Creates a metonym: the name of something else that stands for the entity when it acts ("Moscow" for Russia).
    pub fn metonym(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Metonym)
    }

    /// Creates a name that it had before.
    pub fn former(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Former)
    }

    /// Creates the word for what belongs to the entity ("North Korean" for North Korea).
    pub fn adjective(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Adjective)
    }

    /// Creates the name in the letters of another script.
    pub fn transliteration(text: impl Into<String>) -> Self {
        Self::new(text, NameKind::Transliteration)
    }

    /// Sets the text, and leaves the rest as it is.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Sets the period in which the name was in use. If none is given, that is not known.
    #[must_use]
    pub fn valid(mut self, period: impl Into<Period>) -> Self {
        self.valid = Some(Box::new(period.into()));
        self
    }

    /// Sets the language of the name, as a BCP 47 tag. The tag is kept as given.
    #[must_use]
    pub fn in_language(mut self, tag: impl Into<String>) -> Self {
        self.language = Some(tag.into());
        self
    }

    /// Compares names in the order in which an entity has them: by kind, the canonical ones first.
    pub(crate) fn canonical_first(&self, other: &Self) -> Ordering {
        (self.kind, self).cmp(&(other.kind, other))
    }

    pub(crate) fn as_alias(&self) -> Self {
        Self { kind: NameKind::Alias, ..self.clone() }
    }

    /// Returns the name as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the relation of the name to its entity.
    pub fn kind(&self) -> NameKind {
        self.kind
    }

    /// Returns the language tag, if one was given.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Returns the period in which the name was in use, if one was given.
    pub fn valid_period(&self) -> Option<&Period> {
        self.valid.as_deref()
    }

    fn order(&self) -> impl Ord {
        let valid = self.valid.as_deref().map(Period::order);
        (&self.text, self.kind, &self.language, valid)
    }
}

/// Compares names by text, then by kind, language and period.
impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Converts a text to a canonical name.
impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Name::canonical(text)
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Name::canonical(text)
    }
}

/// Returns the form under which names are found: case folded, white space collapsed. Upper case comes first, so that
/// `ß` meets `SS` and final sigma meets sigma.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            continue;
        }
        // Letter by letter: `str::to_lowercase` would make a word's last sigma a letter of its own.
        folded.extend(word.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spacing_do_not_make_another_name() {
        for (a, b) in [
            ("North Korea", "  north\u{a0}\tKOREA "),
            ("Straße", "STRASSE"),
            ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
            ("Зеленский", "ЗЕЛЕНСКИЙ"),
        ] {
            assert_eq!(folded(a), folded(b));
        }
        assert_ne!(folded("Austin"), folded("Austen"));
        assert_eq!(folded(" \n"), "");
    }
}
