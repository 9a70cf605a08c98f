//! What a vocabulary is made of: kinds, relations, roles and units as plain data.

use crate::model::error::{Error, ErrorKind, FieldPath, excerpt};
use crate::model::vocabulary::kind::SlotConst;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What may stand in a place of a relation or role.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Anything.
    Any,
    /// An entity of this kind or of one below it.
    Kind(String),
    /// A claim.
    Claim,
    /// A text.
    Text,
    /// A quantity.
    Number,
    /// A statement that nobody asserts.
    Statement,
    /// Nothing: the relation has one party.
    Nothing,
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slot::Any => f.write_str("anything"),
            Slot::Kind(key) => write!(f, "a {key}"),
            Slot::Claim => f.write_str("a claim"),
            Slot::Text => f.write_str("a text"),
            Slot::Number => f.write_str("a quantity"),
            Slot::Statement => f.write_str("a statement"),
            Slot::Nothing => f.write_str("nothing"),
        }
    }
}

/// A kind of entities.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KindDef {
    /// The key, as in `State`.
    pub key: String,
    /// The keys of all kinds above it, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<String>,
    /// Former keys under which it is still found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl KindDef {
    /// A kind below `above`; list every kind it is.
    pub fn new<'a>(key: impl Into<String>, above: impl IntoIterator<Item = &'a str>) -> Self {
        let mut above: Vec<String> = above.into_iter().map(str::to_owned).collect();
        above.sort();
        above.dedup();
        Self { key: key.into(), above, aliases: Vec::new() }
    }
}

/// A relation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RelationDef {
    /// The key, as in `deploys-to`.
    pub key: String,
    /// What may be its subject.
    pub subject: Slot,
    /// What may be its object.
    pub object: Slot,
    /// The verb phrase for sentences, where it is not the key with spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it reads the same from either side.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub symmetric: bool,
    /// Whether it is something the two parties do with each other, as opposed to being somewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dealing: bool,
    /// The relation that says the same from the other side and is the one to compare by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inverse: Option<String>,
    /// The relations it implies, with the same arguments in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implies: Vec<String>,
    /// The roles it takes, besides those that every claim may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Codes of the relation elsewhere, as pairs of system and code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<(String, String)>,
    /// Former keys under which it is still found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl RelationDef {
    /// A relation between these; set the other fields as needed.
    pub fn new(key: impl Into<String>, subject: Slot, object: Slot) -> Self {
        Self {
            key: key.into(),
            subject,
            object,
            label: None,
            symmetric: false,
            dealing: false,
            inverse: None,
            implies: Vec::new(),
            roles: Vec::new(),
            codes: Vec::new(),
            aliases: Vec::new(),
        }
    }

    /// For the macro.
    #[doc(hidden)]
    pub fn declared(key: &str, subject: SlotConst, object: SlotConst) -> Self {
        Self::new(key, subject.into(), object.into())
    }

    /// Whether the two mean the same: labels, codes and former keys aside.
    pub(crate) fn means(&self, other: &RelationDef) -> bool {
        let Self {
            key,
            subject,
            object,
            label: _,
            symmetric,
            dealing,
            inverse,
            implies,
            roles,
            codes: _,
            aliases: _,
        } = self;
        (key, subject, object, symmetric, dealing)
            == (&other.key, &other.subject, &other.object, &other.symmetric, &other.dealing)
            && (inverse, implies, roles) == (&other.inverse, &other.implies, &other.roles)
    }

    pub(crate) fn sort(&mut self) {
        for list in [&mut self.implies, &mut self.roles, &mut self.aliases] {
            list.sort();
            list.dedup();
        }
        self.codes.sort();
        self.codes.dedup();
    }
}

/// A named further argument of relations.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleDef {
    /// The key, as in `purpose`.
    pub key: String,
    /// What its values may be.
    pub value: Slot,
    /// How many values a claim may give it; any number if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Whether every claim may have it, whatever its relation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub general: bool,
    /// Former keys under which it is still found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl RoleDef {
    /// A role with such values, any number of them, for the relations that list it.
    pub fn new(key: impl Into<String>, value: Slot) -> Self {
        Self { key: key.into(), value, at_most: None, general: false, aliases: Vec::new() }
    }

    /// For the macro.
    #[doc(hidden)]
    pub fn declared(key: &str, value: SlotConst) -> Self {
        Self::new(key, value.into())
    }
}

/// A unit of quantities, with other words for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitDef {
    /// The name that quantities are stored under.
    pub key: String,
    /// Other words for the same unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// Whether it counts things, so that nothing is below nought.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub count: bool,
}

impl UnitDef {
    /// A unit that counts things.
    pub fn count<'a>(key: impl Into<String>, synonyms: impl IntoIterator<Item = &'a str>) -> Self {
        Self { count: true, ..Self::measure(key, synonyms) }
    }

    /// A unit whose figures may lie below nought.
    pub fn measure<'a>(
        key: impl Into<String>,
        synonyms: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut synonyms: Vec<String> = synonyms.into_iter().map(str::to_owned).collect();
        synonyms.sort();
        synonyms.dedup();
        Self { key: key.into(), synonyms, count: false }
    }
}

/// A longer key is refused.
pub(crate) const MOST_BYTES_OF_KEY: usize = 512;

/// Whether all are ASCII without controls, from the space to `~`, without a look at each.
fn are_printable(eight: [u8; 8]) -> bool {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let bytes = u64::from_le_bytes(eight);
    // The first byte that is not has its highest bit set here: below it, nothing is borrowed or carried.
    (bytes | bytes.wrapping_sub(each(b' ')) | bytes.wrapping_add(each(0x7f - b'~'))) & each(0x80)
        == 0
}

/// Whether it is ASCII without controls.
#[inline]
pub(crate) fn is_printable(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// Whether it does not begin or end with a space.
#[inline]
pub(crate) fn has_no_spaces_around(key: &[u8]) -> bool {
    key.first() != Some(&b' ') && key.last() != Some(&b' ')
}

/// A key: 1 to 512 bytes, no control characters, no white space at its ends.
pub(crate) fn check_key(key: &str, part: FieldPath) -> Result<(), Error> {
    let (eights, rest) = key.as_bytes().as_chunks::<8>();
    let printable = eights.iter().all(|&eight| are_printable(eight))
        && rest.iter().all(|&byte| is_printable(byte));
    let plain = printable && has_no_spaces_around(key.as_bytes());
    let problem = if key.is_empty() {
        "it is empty"
    } else if plain && key.len() <= MOST_BYTES_OF_KEY {
        // Nearly all: no need to look for more.
        return Ok(());
    } else if key.len() > MOST_BYTES_OF_KEY {
        "it is longer than 512 bytes"
    } else if key.chars().any(char::is_control) {
        "it holds a control character"
    } else if key.trim() != key {
        "it begins or ends with white space"
    } else {
        return Ok(());
    };
    Err(Error::new(part, ErrorKind::BadText { text: excerpt(key), problem }))
}

pub(crate) fn redeclared(
    what: &'static str,
    key: &str,
    old: &impl Serialize,
    new: &impl Serialize,
) -> Error {
    let json = |definition: Result<String, serde_json::Error>| definition.unwrap_or_default();
    let (old, new) = (json(serde_json::to_string(old)), json(serde_json::to_string(new)));
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let from = (0..=same)
        .rev()
        .find(|&i| old.is_char_boundary(i) && old.get(..i).is_some_and(|s| s.ends_with([',', '{'])))
        .unwrap_or(0);
    let tail = |s: &str| excerpt(s.get(from..).unwrap_or(s));
    let difference = format!("{} against {}", tail(&old), tail(&new));
    Error::new(FieldPath::Vocabulary, ErrorKind::Redeclared { what, key: excerpt(key), difference })
}

pub(crate) fn not_an_alias<I>(aliases: &IndexMap<String, I>, key: &str) -> Result<(), Error> {
    match aliases.contains_key(key) {
        true => Err(Error::new(
            FieldPath::Vocabulary,
            ErrorKind::KeyTaken { key: excerpt(key), found: "former key".into() },
        )),
        false => Ok(()),
    }
}

/// Former keys lead to one definition each; all or none are taken.
pub(crate) fn take_aliases<I: Copy + PartialEq, D>(
    taken: &mut IndexMap<String, I>,
    place: Option<I>,
    aliases: &[String],
    keys: &IndexMap<String, D>,
) -> Result<(), Error> {
    let other = |alias: &&String| {
        taken.get(*alias).is_some_and(|&known| Some(known) != place) || keys.contains_key(*alias)
    };
    if let Some(alias) = aliases.iter().find(other) {
        let found = "name of something else".to_owned();
        return Err(Error::new(
            FieldPath::Vocabulary,
            ErrorKind::KeyTaken { key: excerpt(alias), found },
        ));
    }
    taken.extend(
        place.into_iter().flat_map(|place| aliases.iter().map(move |alias| (alias.clone(), place))),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_are_printable_when_each_is() {
        for byte in 0..=u8::MAX {
            for (place, other) in
                (0..8).flat_map(|place| [b'!', b'a', b'~', b' ', 0xff].map(|other| (place, other)))
            {
                let mut eight = [other; 8];
                eight[place] = byte;
                assert_eq!(
                    are_printable(eight),
                    eight.iter().all(|&byte| is_printable(byte)),
                    "{eight:?}"
                );
            }
        }
    }
}
