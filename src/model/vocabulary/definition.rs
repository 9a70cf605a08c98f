//! The definitions that a vocabulary is made of: kinds, relations, roles and units as plain data.

use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::text::{excerpt, json};
use crate::model::vocabulary::slot::Slot;
use crate::model::vocabulary::verb::{self, Mood};
use serde::{Deserialize, Serialize};

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
    /// Whether names of its entities are plural, such as those of groups: "officials".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub plural: bool,
    /// Former keys under which it is still found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl KindDef {
    /// Creates a kind below the kinds of `above`, which lists all of them.
    pub fn new<'a>(key: impl Into<String>, above: impl IntoIterator<Item = &'a str>) -> Self {
        let mut above: Vec<String> = above.into_iter().map(str::to_owned).collect();
        sort(&mut above);
        Self { key: key.into(), above, plural: false, aliases: Vec::new() }
    }

    /// Returns whether the two mean the same: the number of names aside.
    pub(crate) fn means(&self, other: &KindDef) -> bool {
        let Self { key, above, plural: _, aliases } = self;
        (key, above, aliases) == (&other.key, &other.above, &other.aliases)
    }
}

/// A relation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RelationDef {
    /// The key, as in `deploys-to`.
    pub key: String,
    /// The values that may be its subject.
    pub subject: Slot,
    /// The values that may be its object.
    pub object: Slot,
    /// The verb phrase for sentences, if it is not the key with spaces. Its subject is singular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The verb phrase for plural subjects, if the rule of [`plural_verb`](Self::plural_verb) is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plural: Option<String>,
    /// The verb phrase for demands, if the rule of [`base_verb`](Self::base_verb) is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Whether it reads the same from either side.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub symmetric: bool,
    /// Whether it is something that the two parties do with each other, as opposed to being somewhere.
    #[serde(default, rename = "dealing", skip_serializing_if = "std::ops::Not::not")]
    pub interaction: bool,
    /// Whether it lasts, such as being somewhere. Any other relation happens, such as going there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub state: bool,
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
    /// Creates a relation between these. Set the other fields as needed.
    pub fn new(key: impl Into<String>, subject: Slot, object: Slot) -> Self {
        Self {
            key: key.into(),
            subject,
            object,
            label: None,
            plural: None,
            base: None,
            symmetric: false,
            interaction: false,
            state: false,
            inverse: None,
            implies: Vec::new(),
            roles: Vec::new(),
            codes: Vec::new(),
            aliases: Vec::new(),
        }
    }

    /// Returns the verb phrase for sentences: the label, or the key with spaces.
    pub fn verb(&self) -> String {
        self.label.clone().unwrap_or_else(|| self.key.replace('-', " "))
    }

    /// Returns the verb phrase for a plural subject: "are present in" for "is present in".
    ///
    /// If the definition does not give it, it follows from [`verb`](Self::verb) by the rules of English.
    ///
    /// ```
    /// use claimgraph::vocabulary::{RelationDef, Slot};
    /// let mut relation = RelationDef::new("knows", Slot::Any, Slot::Any);
    /// assert_eq!(relation.plural_verb(), "know");
    /// relation.label = Some("is at".into());
    /// assert_eq!((relation.plural_verb(), relation.base_verb()), ("are at".into(), "be at".into()));
    /// ```
    pub fn plural_verb(&self) -> String {
        self.plural.clone().unwrap_or_else(|| verb::plural(&self.verb()))
    }

    /// Returns the verb phrase for what somebody demands: "withdraw from" for "withdraws from".
    ///
    /// If the definition does not give it, it follows from [`verb`](Self::verb) by the rules of English.
    ///
    /// ```
    /// let vocabulary = claimgraph::reporting::vocabulary();
    /// let forms = |key| vocabulary.relation(key).map(|def| [def.verb(), def.plural_verb(), def.base_verb()]);
    /// assert_eq!(forms("present-in"), Some(["is present in", "are present in", "be present in"].map(String::from)));
    /// assert_eq!(forms("understood"), Some(["understood", "understood", "understand"].map(String::from)));
    /// ```
    pub fn base_verb(&self) -> String {
        self.base.clone().unwrap_or_else(|| verb::base(&self.verb()))
    }

    /// Returns the verb phrase of a subject that is plural or not.
    pub(crate) fn verb_in(&self, mood: Mood, plural: bool) -> String {
        let before = match mood {
            Mood::Indicative if plural => return self.plural_verb(),
            Mood::Indicative => return self.verb(),
            Mood::Subjunctive => return self.base_verb(),
            Mood::Infinitive => "to",
            Mood::Planned if plural => "are to",
            Mood::Planned => "is to",
            Mood::Future => "will",
            Mood::Wanted => "should",
            Mood::Conditional => "would",
        };
        format!("{before} {}", self.base_verb())
    }

    /// Returns whether the two mean the same: labels, codes and former keys aside.
    pub(crate) fn means(&self, other: &RelationDef) -> bool {
        let Self {
            key,
            subject,
            object,
            label: _,
            plural: _,
            base: _,
            symmetric,
            interaction,
            state,
            inverse,
            implies,
            roles,
            codes: _,
            aliases: _,
        } = self;
        (key, subject, object) == (&other.key, &other.subject, &other.object)
            && (symmetric, interaction, state)
                == (&other.symmetric, &other.interaction, &other.state)
            && (inverse, implies, roles) == (&other.inverse, &other.implies, &other.roles)
    }

    pub(crate) fn sort(&mut self) {
        sort(&mut self.implies);
        sort(&mut self.roles);
        sort(&mut self.aliases);
        sort(&mut self.codes);
    }
}

/// A named further argument of relations.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleDef {
    /// The key, as in `purpose`.
    pub key: String,
    /// The values that it may have.
    pub value: Slot,
    /// The greatest number of values that a claim may give it; any number if absent.
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
    /// Creates a role with such values, any number of them, for the relations that list it.
    pub fn new(key: impl Into<String>, value: Slot) -> Self {
        Self { key: key.into(), value, at_most: None, general: false, aliases: Vec::new() }
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
    /// Whether it counts things, so that figures cannot be negative.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub count: bool,
}

impl UnitDef {
    /// Creates a unit that counts things.
    pub fn count<'a>(key: impl Into<String>, synonyms: impl IntoIterator<Item = &'a str>) -> Self {
        Self { count: true, ..Self::measure(key, synonyms) }
    }

    /// Creates a unit whose figures may be negative.
    pub fn measure<'a>(
        key: impl Into<String>,
        synonyms: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut synonyms: Vec<String> = synonyms.into_iter().map(str::to_owned).collect();
        sort(&mut synonyms);
        Self { key: key.into(), synonyms, count: false }
    }
}

/// Sorts a list whose order says nothing, and removes what is in it twice.
pub(crate) fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort();
    list.dedup();
}

pub(crate) fn redeclared(
    what: &'static str,
    key: &str,
    old: &impl Serialize,
    new: &impl Serialize,
) -> Error {
    let (old, new) = (json(old), json(new));
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let from = (0..=same)
        .rev()
        .find(|&i| old.is_char_boundary(i) && old.get(..i).is_some_and(|s| s.ends_with([',', '{'])))
        .unwrap_or(0);
    let tail = |s: &str| excerpt(s.get(from..).unwrap_or(s));
    conflict(what, key, format!("{} against {}", tail(&old), tail(&new)))
}

/// Returns an error about a definition that contradicts another one.
pub(crate) fn conflict(what: &'static str, key: &str, difference: String) -> Error {
    Error::new(FieldPath::Vocabulary, ErrorKind::Redeclared { what, key: excerpt(key), difference })
}
