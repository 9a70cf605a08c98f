//! How a table says its claims: plain data, read from JSON. `docs/TABLES.md` describes it.

use crate::tables::cell::{Cell, IfMissing};
use crate::tables::date_format::DateField;
use claimgraph::quantity::Precision;
use claimgraph::vocabulary::{RelationDef, Slot};
use serde::{Deserialize, Serialize};

/// Which columns of a table say which part of a claim, and how they are written.
///
/// A plain value with public fields, and a JSON object in a file: members that are not known are
/// refused. Only `subject`, `relation` and `speaker` must be there.
///
/// ```
/// use claimgraph_formats::tables::{Cell, EntityField, Mapping, RelationField};
/// let text = r#"{
///   "speaker":  {"text": {"constant": "ICEWS"}, "kind": "Source"},
///   "subject":  {"text": {"column": "subject", "spaces": true}, "kind": "Actor"},
///   "relation": {"text": {"column": 1}},
///   "object":   {"entity": {"text": {"column": 2}, "kind": "Actor"}},
///   "reported": {"text": {"column": "date"}}
/// }"#;
/// let mapping: Mapping = serde_json::from_str(text).expect("it is a mapping");
/// let subject = EntityField::new(Cell::column("subject").spaces(), "Actor");
/// assert_eq!(mapping.subject, subject);
/// let same = Mapping::new(mapping.speaker.clone(), subject, RelationField::known(Cell::number(1)));
/// assert_eq!((same.speaker, same.relation), (mapping.speaker.clone(), mapping.relation.clone()));
/// assert!(serde_json::from_str::<Mapping>(&text.replace("spaces", "spaced")).is_err());
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mapping {
    /// How the file is written; tab-separated with a header and no quotes unless said otherwise.
    #[serde(default)]
    pub layout: Layout,
    /// Who says it: the innermost speaker of every claim.
    pub speaker: EntityField,
    /// What it is said about.
    pub subject: EntityField,
    /// Under which relation.
    pub relation: RelationField,
    /// The other end; none where the relation has one party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ValueField>,
    /// What the speaker does, as the wire name of a [`Stance`](claimgraph::Stance); `asserts` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Cell>,
    /// The sign of an assessment: `positive`, `negative` or `mixed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Cell>,
    /// How sure the speaker is: the wire name of a [`Certainty`](claimgraph::claim::Certainty).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Cell>,
    /// Actual, planned ...: the wire name of a [`Modality`](claimgraph::Modality).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Cell>,
    /// When it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<TimeField>,
    /// The day it was on record; that of the document if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<DateField>,
    /// The document it was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentField>,
    /// How many or how much, beside the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<QuantityField>,
    /// Further arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleField>,
    /// What the row is called within the file, so that later rows can answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Cell>,
    /// The name of the earlier row that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Cell>,
}

impl Mapping {
    /// The parts that every mapping has; set the other fields as needed.
    pub fn new(speaker: EntityField, subject: EntityField, relation: RelationField) -> Self {
        Self {
            layout: Layout::default(),
            speaker,
            subject,
            relation,
            object: None,
            stance: None,
            polarity: None,
            certainty: None,
            modality: None,
            valid: None,
            reported: None,
            document: None,
            quantity: None,
            roles: Vec::new(),
            name: None,
            answers: None,
        }
    }
}

/// How the file is written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Layout {
    /// What stands between two fields: one ASCII character; a tab unless said otherwise.
    pub delimiter: char,
    /// Whether the first line names the columns; yes unless said otherwise.
    pub header: bool,
    /// Whether a field may stand in double quotes, within which delimiters and line ends are text and two
    /// double quotes are one; no unless said otherwise.
    pub quotes: bool,
    /// Whether rows may have fewer or more fields than the first line; a mapped column that a row does not
    /// have is then missing. No unless said otherwise: such a row is a fault.
    pub ragged: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self { delimiter: '\t', header: true, quotes: false, ragged: false }
    }
}

impl Layout {
    /// Comma-separated, with quotes and a header.
    pub fn csv() -> Self {
        Self { delimiter: ',', quotes: true, ..Self::default() }
    }
}

/// Where an entity comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EntityResolution {
    /// The one with this key, or a new one: the key is the prefix and the text, the name the text.
    #[default]
    FirstSight,
    /// The one with this key (prefix and text), which must be there.
    Key,
    /// The one of that kind that bears this name; it must be there and be the only one.
    Name,
}

/// An entity in a table. Its key is the prefix and then the text as the cell's transformations leave it,
/// letter for letter: other letters are another entity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntityField {
    /// The text.
    pub text: Cell,
    /// The kind of a new one; one that is there must be of that kind or one below it.
    pub kind: String,
    /// What the key begins with: `"resolution:"` where the text alone is a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key_prefix: String,
    /// Whether it is made on first sight or must be there.
    #[serde(default, skip_serializing_if = "is_first_sight")]
    pub origin: EntityResolution,
}

fn is_first_sight(origin: &EntityResolution) -> bool {
    *origin == EntityResolution::FirstSight
}

impl EntityField {
    /// Made on first sight, with that kind.
    pub fn new(text: Cell, kind: impl Into<String>) -> Self {
        Self {
            text,
            kind: kind.into(),
            key_prefix: String::new(),
            origin: EntityResolution::FirstSight,
        }
    }
}

/// A relation in a table: its key as the cell's transformations leave it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RelationField {
    /// The key of the relation.
    pub text: Cell,
    /// What a relation that the vocabulary does not have is declared as; it is refused if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<RelationTemplate>,
}

impl RelationField {
    /// Only relations of the vocabulary.
    pub fn known(text: Cell) -> Self {
        Self { text, unknown: None }
    }

    /// New relations are declared so.
    pub fn declaring(text: Cell, template: RelationTemplate) -> Self {
        Self { text, unknown: Some(template) }
    }
}

/// What relations are declared as that a table brings along.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RelationTemplate {
    /// What may be the subject.
    pub subject: Slot,
    /// What may be the object.
    pub object: Slot,
    /// The keys of those that read the same from either side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symmetric: Vec<String>,
    /// Whether it is something that the parties do with each other.
    #[serde(default, rename = "dealing", skip_serializing_if = "std::ops::Not::not")]
    pub interaction: bool,
    /// The roles they take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

impl RelationTemplate {
    /// Between these, from one side only.
    pub fn between(subject: Slot, object: Slot) -> Self {
        Self { subject, object, symmetric: Vec::new(), interaction: false, roles: Vec::new() }
    }

    pub(super) fn definition(&self, key: &str) -> RelationDef {
        RelationDef {
            symmetric: self.symmetric.iter().any(|symmetric| symmetric == key),
            interaction: self.interaction,
            roles: self.roles.clone(),
            ..RelationDef::new(key, self.subject.clone(), self.object.clone())
        }
    }
}

/// What stands as object or in a role.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ValueField {
    /// An entity.
    Entity(EntityField),
    /// A text.
    Text(Cell),
    /// A quantity.
    Quantity(QuantityField),
}

/// A quantity in a table: a decimal number with a point, and a unit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuantityField {
    /// The number.
    pub amount: Cell,
    /// The unit.
    pub unit: Cell,
    /// How exact the number is meant: `stated`, `exact` or `about`; `stated` if absent.
    #[serde(default)]
    pub meant: Precision,
}

/// A further argument in a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoleField {
    /// The key of the role.
    pub role: String,
    /// Its value.
    pub value: ValueField,
}

/// The document a row was read in, made on first sight.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentField {
    /// The text from which its key and name are made.
    pub text: Cell,
    /// What the key begins with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key_prefix: String,
    /// Its date, as the first row says that names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateField>,
}

/// When the statement of a row holds: a time (`at`), or a start, an end or both.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TimeField {
    /// A day, a year or a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateField>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<DateField>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<DateField>,
    /// What a day, a year or a range of `at` means.
    #[serde(default)]
    pub holds: PeriodReading,
}

impl TimeField {
    /// An event of one day in that time.
    pub fn at(at: DateField) -> Self {
        Self { at: Some(at), ..Self::default() }
    }

    /// A state from one time to another.
    pub fn from_to(start: DateField, end: DateField) -> Self {
        Self { start: Some(start), end: Some(end), ..Self::default() }
    }
}

/// What a day, a year or a range means. An interval of EDTF says itself that it is a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PeriodReading {
    /// It happened on one day of that time.
    #[default]
    Once,
    /// It held some of that time.
    SomeTime,
    /// It held all of that time. Of a range of years: from some day of the first to some day of the last.
    Throughout,
}

impl Mapping {
    /// What is wrong with the mapping itself: the part, and what was expected.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        let refusing = |cell: &Cell| cell.if_missing != IfMissing::Omit;
        if !self.layout.delimiter.is_ascii() || matches!(self.layout.delimiter, '\n' | '\r' | '"') {
            return Some((
                "layout",
                "a delimiter is one ASCII character, and no line end or double quote",
            ));
        }
        if !refusing(&self.relation.text) {
            return Some(("relation", "a relation cannot be omitted"));
        }
        if self.document.as_ref().is_some_and(|document| document.date.is_none())
            && self.reported.is_none()
        {
            return Some(("reported", "a report date, or a document with a date"));
        }
        if self.document.is_none() && self.reported.is_none() {
            return Some(("reported", "a report date, or a document with a date"));
        }
        let open =
            |field: &Option<DateField>| field.as_ref().is_some_and(|field| !field.open.is_empty());
        if open(&self.reported)
            || self.document.as_ref().is_some_and(|document| open(&document.date))
        {
            return Some(("reported", "no `open`: only an end can be open"));
        }
        let dated = self.document.as_ref().and_then(|document| document.date.as_ref());
        if self.reported.iter().chain(dated).any(DateField::lacks_pivot) {
            return Some(("reported", "a `pivot`, as a year has two digits"));
        }
        let time = self.valid.as_ref()?;
        if time.at.iter().chain(&time.start).chain(&time.end).any(DateField::lacks_pivot) {
            return Some(("valid", "a `pivot`, as a year has two digits"));
        }
        if open(&time.at) || open(&time.start) {
            return Some(("valid", "`open` of the `end` only"));
        }
        match (&time.at, &time.start, &time.end) {
            (Some(_), None, None) => None,
            (None, Some(_), _) | (None, _, Some(_)) => None,
            _ => Some(("valid", "either `at`, or `start` or `end` or both")),
        }
    }
}
