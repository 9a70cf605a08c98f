//! The mapping of a table: plain data, read from JSON, that says which columns make a claim. A
//! [`Reader`](super::Reader) applies it to each row. [The guide](crate::guide::tables) describes it.

use crate::tables::cell::{Cell, IfMissing};
use crate::tables::date_format::DateField;
use claimgraph::quantity::Precision;
use claimgraph::vocabulary::{RelationDef, Slot};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The columns of a table for each part of a claim, and their formats.
///
/// It is a plain value with public fields, and a JSON object in a file. Only `subject`, `relation` and `speaker` are
/// required. Unknown members are refused.
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
    /// The layout of the file; by default tab-separated with a header and without quotes.
    #[serde(default)]
    pub layout: Layout,
    /// The speaker: the innermost one of every claim.
    pub speaker: EntityField,
    /// The subject of the statement.
    pub subject: EntityField,
    /// The relation of the statement.
    pub relation: RelationField,
    /// The object of the statement; `None` if the relation has only a subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ValueField>,
    /// The stance, as the wire name of a [`Stance`](claimgraph::Stance); `asserts` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Cell>,
    /// The polarity of an assessment: `positive`, `negative` or `mixed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Cell>,
    /// The certainty of the speaker, as the wire name of a [`Certainty`](claimgraph::claim::Certainty).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Cell>,
    /// The modality, as the wire name of a [`Modality`](claimgraph::Modality).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Cell>,
    /// The time in which the statement holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<TimeField>,
    /// The report day; that of the document if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<DateField>,
    /// The document that the claim was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentField>,
    /// The quantity of the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<QuantityField>,
    /// The roles of the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleField>,
    /// The words of the speaker that the row quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Cell>,
    /// The words of the document that say it and are not a quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Cell>,
    /// The name of the row within the file, so that later rows can answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Cell>,
    /// The name of the earlier row that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Cell>,
}

impl Mapping {
    /// Makes a mapping of the required parts. Set the other fields as needed.
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
            quote: None,
            words: None,
            name: None,
            answers: None,
        }
    }
}

/// The layout of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Layout {
    /// The character between two fields: one ASCII character; by default a tab.
    pub delimiter: char,
    /// Whether the first line names the columns; by default it does.
    pub header: bool,
    /// Whether a field may be in double quotes; by default not. Within them, delimiters and line ends are text, and two
    /// double quotes are one.
    pub quotes: bool,
    /// Whether rows may have fewer or more fields than the first line. By default, such a row is a fault. If it is
    /// allowed, a mapped column that a row does not have is missing.
    pub ragged: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self { delimiter: '\t', header: true, quotes: false, ragged: false }
    }
}

impl Layout {
    /// Returns the layout of comma-separated files with quotes and a header.
    pub fn csv() -> Self {
        Self { delimiter: ',', quotes: true, ..Self::default() }
    }
}

/// How an entity is found or made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EntityResolution {
    /// The entity with this key, or a new one. The key is the prefix and the text; the name of a new one is the text.
    #[default]
    FirstSight,
    /// The entity with this key (prefix and text), which must exist.
    Key,
    /// The entity of that kind with this name, which must exist and be the only one.
    Name,
}

/// The kind of the entities of a field: one for all rows, a cell of the row, or by the relation of the row.
///
/// As JSON: `"State"`, `{"text": cell}`, or `{"by-relation": {"attacks": "State"}, "otherwise": "Actor"}`.
///
/// ```
/// use claimgraph_formats::tables::{Cell, KindField};
/// let kind: KindField = serde_json::from_str(r#"{"text": {"column": "type"}}"#).unwrap();
/// assert_eq!(kind, KindField::In { text: Cell::column("type") });
/// assert_eq!(serde_json::from_str::<KindField>(r#""State""#).unwrap(), "State".into());
/// assert!(serde_json::from_str::<KindField>(r#"{"by-relation": {}, "else": "Actor"}"#).is_err());
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
#[non_exhaustive]
pub enum KindField {
    /// The same kind in all rows.
    Is(String),
    /// The text of a cell is the key of the kind.
    #[serde(rename_all = "kebab-case")]
    In {
        /// The cell.
        text: Cell,
    },
    /// The relation decides.
    #[serde(rename_all = "kebab-case")]
    ByRelation {
        /// The kinds by the keys of relations.
        by_relation: BTreeMap<String, String>,
        /// The kind for other relations. If it is absent, it is the kind that the relation takes there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<String>,
    },
}

impl From<&str> for KindField {
    fn from(kind: &str) -> Self {
        KindField::Is(kind.to_owned())
    }
}

impl From<String> for KindField {
    fn from(kind: String) -> Self {
        KindField::Is(kind)
    }
}

/// An entity in a table. Its key is the prefix and then the text after the cell's transformations. Keys are compared
/// letter for letter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntityField {
    /// The text.
    pub text: Cell,
    /// The kind of a new entity. An existing one must be of that kind or of one below it.
    pub kind: KindField,
    /// The prefix of the key, such as `"resolution:"` if the text alone is a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key_prefix: String,
    /// Whether the entity is made on first sight or must exist.
    #[serde(default, skip_serializing_if = "is_first_sight")]
    pub origin: EntityResolution,
}

fn is_first_sight(origin: &EntityResolution) -> bool {
    *origin == EntityResolution::FirstSight
}

impl EntityField {
    /// Makes a field whose entities are made on first sight, with that kind.
    pub fn new(text: Cell, kind: impl Into<KindField>) -> Self {
        Self {
            text,
            kind: kind.into(),
            key_prefix: String::new(),
            origin: EntityResolution::FirstSight,
        }
    }
}

/// A relation in a table. Its key is the text after the cell's transformations.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RelationField {
    /// The key of the relation.
    pub text: Cell,
    /// The declaration of relations that the vocabulary does not have. If it is absent, they are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<RelationTemplate>,
}

impl RelationField {
    /// Makes a field that accepts only relations of the vocabulary.
    pub fn known(text: Cell) -> Self {
        Self { text, unknown: None }
    }

    /// Makes a field that declares new relations by this template.
    pub fn declaring(text: Cell, template: RelationTemplate) -> Self {
        Self { text, unknown: Some(template) }
    }
}

/// The declaration of new relations of a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RelationTemplate {
    /// The kinds of the subject.
    pub subject: Slot,
    /// The kinds of the object.
    pub object: Slot,
    /// The keys of the symmetric relations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub symmetric: Vec<String>,
    /// Whether the relations are interactions: something that the parties do with each other.
    #[serde(default, rename = "dealing", skip_serializing_if = "std::ops::Not::not")]
    pub interaction: bool,
    /// The keys of the relations that last. Any other relation happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state: Vec<String>,
    /// The roles that the relations take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

impl RelationTemplate {
    /// Makes a template of relations between these, which are not symmetric.
    pub fn between(subject: Slot, object: Slot) -> Self {
        Self {
            subject,
            object,
            symmetric: Vec::new(),
            interaction: false,
            state: Vec::new(),
            roles: Vec::new(),
        }
    }

    pub(super) fn definition(&self, key: &str) -> RelationDef {
        RelationDef {
            symmetric: self.symmetric.iter().any(|symmetric| symmetric == key),
            interaction: self.interaction,
            state: self.state.iter().any(|state| state == key),
            roles: self.roles.clone(),
            ..RelationDef::new(key, self.subject.clone(), self.object.clone())
        }
    }
}

/// The value of an object or a role.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ValueField {
    /// The value is an entity.
    Entity(EntityField),
    /// The value is a text.
    Text(Cell),
    /// The value is a quantity.
    Quantity(QuantityField),
}

/// A quantity in a table: a decimal number with a point, and a unit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuantityField {
    /// The amount.
    pub amount: Cell,
    /// The unit.
    pub unit: Cell,
    /// The precision of the amount: `stated`, `exact` or `about`; `stated` if absent.
    #[serde(default)]
    pub meant: Precision,
}

/// A role in a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoleField {
    /// The key of the role.
    pub role: String,
    /// The value of the role.
    pub value: ValueField,
}

/// The document that a row was read in. It is made on first sight.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentField {
    /// The text from which its key and name are made.
    pub text: Cell,
    /// The prefix of the key.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key_prefix: String,
    /// The date of the document, from the first row that names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateField>,
}

/// The time in which the statement of a row holds: a time (`at`), or a start, an end or both.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TimeField {
    /// A day, a year or a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateField>,
    /// The start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<DateField>,
    /// The end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<DateField>,
    /// The meaning of a day, a year or a range of `at`.
    #[serde(default)]
    pub holds: PeriodReading,
}

impl TimeField {
    /// Makes a time in which an event happened on one day.
    pub fn at(at: DateField) -> Self {
        Self { at: Some(at), ..Self::default() }
    }

    /// Makes the time of a state from one date to another.
    pub fn from_to(start: DateField, end: DateField) -> Self {
        Self { start: Some(start), end: Some(end), ..Self::default() }
    }
}

/// The meaning of a day, a year or a range. An interval of EDTF is always a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PeriodReading {
    /// The event happened on one day of that time.
    #[default]
    Once,
    /// The state held for some of that time.
    SomeTime,
    /// The state held for all of that time. For a range of years, it held from some day of the first to some day of the
    /// last.
    Throughout,
}

impl Mapping {
    /// Returns the first fault of the mapping itself: the part, and what is wrong.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        if let Some(problem) = self.layout.problem() {
            return Some(problem);
        }
        if self.relation.text.if_missing == IfMissing::Omit {
            return Some(("relation", "a relation cannot be omitted; expected refuse or skip-row"));
        }
        let dated = self.document.as_ref().and_then(|document| document.date.as_ref());
        let reports = || self.reported.iter().chain(dated);
        if reports().next().is_none() {
            return Some(("reported", "expected a report date, or a document with a date"));
        }
        let is_open = |field: &DateField| !field.open.is_empty();
        if reports().any(is_open) {
            return Some(("reported", "expected a date without `open`; only an end can be open"));
        }
        if reports().any(DateField::lacks_pivot) {
            return Some(("reported", LACKS_PIVOT));
        }
        Some(("valid", self.valid.as_ref()?.problem()?))
    }
}

impl TimeField {
    /// Returns the first fault of the time itself.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let Self { at, start, end, .. } = self;
        if at.iter().chain(start).chain(end).any(DateField::lacks_pivot) {
            return Some(LACKS_PIVOT);
        }
        if at.iter().chain(start).any(|field| !field.open.is_empty()) {
            return Some("expected `open` at the `end` only");
        }
        let is_time = at.is_some() != (start.is_some() || end.is_some());
        (!is_time).then_some("expected either `at`, or `start` or `end` or both")
    }
}

impl Layout {
    /// Returns the fault of the layout, if it has one.
    pub(super) fn problem(&self) -> Option<(&'static str, &'static str)> {
        let is_bad = !self.delimiter.is_ascii() || matches!(self.delimiter, '\n' | '\r' | '"');
        let problem = "expected one ASCII character as delimiter, other than a line end or a quote";
        is_bad.then_some(("layout", problem))
    }
}

const LACKS_PIVOT: &str = "expected a `pivot`, because a format has years of two digits";
