//! The graph as keyed records: plain data that serde can read and write, with keys in place of handles.
//!
//! Every format reads into these and writes from these. [`Loader`](crate::record::Loader) makes a graph of
//! them, through the same checks as the API.

use crate::model::affiliation::AffiliationKind;
use crate::model::document::Span;
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::grade::Grade;
use crate::model::value::name::Name;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Certainty, Modality, Polarity, Prominence, Stance};
use crate::model::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};

fn is_stated(basis: &Basis) -> bool {
    *basis == Basis::Stated
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

fn stated() -> Basis {
    Basis::Stated
}

/// One record: a line of the native format.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// What the file is; the first record.
    Claimgraph(Box<Header>),
    /// An entity, perhaps a document.
    Entity(Box<EntityRecord>),
    /// What belongs to what.
    Affiliation(Box<AffiliationRecord>),
    /// A claim.
    Claim(Box<ClaimRecord>),
    /// A connection between claims.
    Link(Box<LinkRecord>),
    /// A figure worked out for a claim.
    Derivation(Box<DerivationRecord>),
    /// Where a speaker's word comes from.
    Lineage(Box<LineageRecord>),
}

/// The version of the format, and the vocabulary that the records use.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the format; 1 is the only one so far.
    pub format: u32,
    /// The vocabulary.
    #[cfg_attr(feature = "schema", schemars(with = "crate::model::vocabulary::Lists"))]
    pub vocabulary: Vocabulary,
}

/// An entity under its key.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntityRecord {
    /// Its key.
    pub key: String,
    /// The key of its kind.
    pub kind: String,
    /// Its names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Name>,
    /// Its codes elsewhere, as pairs of system and code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<(String, String)>,
    /// Its details as a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentRecord>,
}

/// What is known of a document besides its key.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DocumentRecord {
    /// Its date, as `2024-10-24`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DayText>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The key of its publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// The SHA-256 of its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A civil day, written `2024-10-24`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct DayText(Day);

impl std::fmt::Display for DayText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<jiff::civil::Date> for DayText {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date.into())
    }
}

impl From<DayText> for jiff::civil::Date {
    fn from(day: DayText) -> Self {
        day.0.date()
    }
}

impl From<Day> for DayText {
    fn from(day: Day) -> Self {
        Self(day)
    }
}

impl From<DayText> for Day {
    fn from(day: DayText) -> Self {
        day.0
    }
}

/// That one entity belongs to another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AffiliationRecord {
    /// The key of the part, place, member or holder.
    pub part: String,
    /// In which way it belongs.
    pub kind: AffiliationKind,
    /// The key of the whole.
    pub whole: String,
    /// Stated or inferred.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
    /// The key of the document that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// When it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<Period>,
    /// The day from which it is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<DayText>,
}

/// Where a speaker's word comes from.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LineageRecord {
    /// The key of the speaker.
    pub speaker: String,
    /// The key of the source.
    pub source: String,
    /// Stated or inferred.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
    /// The key of the one document it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The ids of the only claims it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<Vec<String>>,
    /// The id of the claim that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_by: Option<String>,
    /// The day from which it is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<DayText>,
}

/// A connection between two claims.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkRecord {
    /// The id of the claim that has the other in the role.
    pub from: String,
    /// The key of the role.
    pub role: String,
    /// The id of the other claim.
    pub to: String,
    /// Stated or inferred.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// A figure worked out for a claim.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DerivationRecord {
    /// The id of the claim.
    pub claim: String,
    /// The figure.
    pub quantity: Quantity,
    /// How it was worked out.
    pub rule: String,
    /// The ids of the claims it was worked out from.
    pub inputs: Vec<String>,
}

/// One speaker of a chain.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SpeakerRecord {
    /// The key of the speaker; absent where the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Stated or inferred.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
    /// Whether the speaker is quoted in his own words.
    #[serde(default, skip_serializing_if = "is_false")]
    pub direct: bool,
}

/// What stands somewhere: exactly one of `entity`, `claim`, `text`, `quantity`, `statement`, or
/// `absent`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermRecord {
    /// The key of an entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The id of a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// A text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// A statement that nobody asserts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Box<StatementRecord>>,
    /// Why nothing stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absence>,
    /// Stated, or filled in by the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// Why nothing stands somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// The relation has one party.
    Nothing,
    /// The text does not say.
    NotStated,
}

/// A role and one value of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleRecord {
    /// The key of the role.
    pub role: String,
    /// The value.
    pub value: TermRecord,
}

/// A subject, a relation, an object and roles.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementRecord {
    /// The subject.
    pub subject: TermRecord,
    /// The key of the relation.
    pub relation: String,
    /// The object; nothing, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<TermRecord>,
    /// Its roles; those of a claim's own statement stand with the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleRecord>,
}

/// A claim that is answered.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetRecord {
    /// The id of the claim.
    pub claim: String,
    /// Whether the text names it, or it is a default or a possible reading.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
}

/// The words that show the stance, and where they stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CueRecord {
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The bytes of the attribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A claim.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimRecord {
    /// What other records call it. On writing, its [`ClaimKey`](crate::claim::ClaimKey); on reading, any name
    /// that is used once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The chain of speakers, outermost first, without the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<SpeakerRecord>,
    /// The stance.
    pub stance: Stance,
    /// The sign of an assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    /// What it says itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementRecord>,
    /// The claims it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetRecord>,
    /// Further arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleRecord>,
    /// How many or how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// By which factor it revises a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
    /// When it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<Period>,
    /// How sure the speaker is; by default what is usual for the stance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// Actual, planned ...; by default what is usual for the stance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
    /// Main or background; by default main, and background for what is presupposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prominence: Option<Prominence>,
    /// The key of the document it was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The bytes of the quotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Words of the text that were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The words that show the stance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<CueRecord>,
    /// The day it was on record; the date of the document, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<DayText>,
    /// The day it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<DayText>,
    /// Grades that were given to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

impl ClaimRecord {
    /// Makes a record that has nothing but a stance; set the other fields as needed.
    pub fn new(stance: Stance) -> Self {
        Self {
            id: None,
            speakers: Vec::new(),
            stance,
            polarity: None,
            statement: None,
            targets: Vec::new(),
            roles: Vec::new(),
            quantity: None,
            factor: None,
            valid: None,
            certainty: None,
            modality: None,
            prominence: None,
            document: None,
            span: None,
            words: None,
            cue: None,
            reported: None,
            said: None,
            grade: None,
        }
    }
}

impl EntityRecord {
    /// Makes a record of a key and a kind.
    pub fn new(key: impl Into<String>, kind: impl Into<String>) -> Self {
        let (names, codes) = (Vec::new(), Vec::new());
        Self { key: key.into(), kind: kind.into(), names, codes, document: None }
    }
}

impl SpeakerRecord {
    /// Makes a record of a speaker whom the text names, in indirect speech; of nobody, if the text does not say.
    pub fn new(source: impl Into<Option<String>>) -> Self {
        Self { source: source.into(), basis: Basis::Stated, direct: false }
    }
}

impl TargetRecord {
    /// Makes a record of a claim that the text answers.
    pub fn new(claim: impl Into<String>) -> Self {
        Self { claim: claim.into(), basis: Basis::Stated }
    }
}

impl StatementRecord {
    /// Makes a record of a statement without roles.
    pub fn new(subject: TermRecord, relation: impl Into<String>, object: TermRecord) -> Self {
        Self { subject, relation: relation.into(), object: Some(object), roles: Vec::new() }
    }
}

impl RoleRecord {
    /// Makes a record of a role and one value of it.
    pub fn new(role: impl Into<String>, value: TermRecord) -> Self {
        Self { role: role.into(), value }
    }
}

impl TermRecord {
    /// Makes a record of an entity, by its key.
    pub fn entity(key: impl Into<String>) -> Self {
        Self { entity: Some(key.into()), ..Self::default() }
    }

    /// Makes a record of a claim, by its id.
    pub fn claim(id: impl Into<String>) -> Self {
        Self { claim: Some(id.into()), ..Self::default() }
    }

    /// Makes a record of a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    /// Makes a record of a quantity.
    pub fn quantity(quantity: Quantity) -> Self {
        Self { quantity: Some(quantity), ..Self::default() }
    }

    /// Makes a record of a statement that nobody asserts.
    pub fn statement(statement: StatementRecord) -> Self {
        Self { statement: Some(Box::new(statement)), ..Self::default() }
    }

    /// Makes a record of nothing, and why.
    pub fn absent(why: Absence) -> Self {
        Self { absent: Some(why), ..Self::default() }
    }
}
