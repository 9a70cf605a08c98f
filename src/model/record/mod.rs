//! The graph as keyed records: plain data that serde can read and write, with keys in place of handles.
//!
//! Every format reads into these and writes from these. [`Loader`](crate::record::Loader) makes a graph of
//! them, through the same checks as the API. The records of claims own their texts (`ClaimRecord`) or borrow
//! them (`ClaimRecord<Cow<str>>`, or of any text), so that a line is read and written without a copy of each.

mod claim;
mod term;

use crate::model::affiliation::AffiliationKind;
use crate::model::judgement::{Undo, Verdict};
use crate::model::time::day::Day;
use crate::model::time::instant;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::name::Name;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Basis;
use crate::model::vocabulary::Vocabulary;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use crate::model::batch::Batch;
pub use crate::model::record::claim::*;
pub use crate::model::record::term::{Absence, TermRecord, TermValue};
pub use crate::model::redaction::Redaction;
pub use crate::model::review::{Decision, Review};

fn is_stated(basis: &Basis) -> bool {
    *basis == Basis::Stated
}

fn stated() -> Basis {
    Basis::Stated
}

/// One record: a line of the native format.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Record"))]
#[serde(rename_all = "kebab-case", bound(deserialize = "T: Deserialize<'de>"))]
pub enum Record<T = String> {
    /// The header, which is the first record.
    Claimgraph(Box<Header>),
    /// A batch: who put things on record, and when.
    Batch(Box<Batch>),
    /// An entity, perhaps a document.
    Entity(Box<EntityRecord>),
    /// An affiliation: one entity belongs to another.
    Affiliation(Box<AffiliationRecord>),
    /// A claim.
    Claim(Box<ClaimRecord<T>>),
    /// A connection between claims.
    Link(Box<LinkRecord>),
    /// A figure worked out for a claim.
    Derivation(Box<DerivationRecord>),
    /// Where a speaker's word comes from.
    Lineage(Box<LineageRecord>),
    /// A decision on a claim.
    Review(Box<ReviewRecord>),
    /// A verdict on whether two entities are the same.
    Judgement(Box<JudgementRecord>),
    /// The erasure of a claim, in whose place it stands, or of the names of an entity.
    Redaction(Box<RedactionRecord>),
}

/// The version of the format, and the vocabulary that the records use.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the format. Version 1 does not say which relations last.
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
    /// Whether the text withholds its name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub name_withheld: bool,
    /// Whether its name is plural. If it is absent, the kind decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plural: Option<bool>,
    /// Its details as a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentRecord>,
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// The details of a document.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DocumentRecord {
    /// Its date, as `2024-10-24`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
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
    /// The instant of its publication, as `2024-10-24T15:30:00Z`.
    #[serde(default, with = "instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub instant: Option<Timestamp>,
    /// The address at which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The address of a copy in an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_url: Option<String>,
    /// The day on which it was retrieved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Day>,
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
    pub reported: Option<Day>,
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
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
    pub reported: Option<Day>,
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
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
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
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
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// A decision on a claim.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewRecord {
    /// The id of the claim.
    pub claim: String,
    /// The decision.
    pub decision: Decision,
    /// The name of the person or tool.
    pub by: String,
    /// The instant, as `2024-10-24T15:30:00Z`.
    #[serde(default, with = "instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub at: Option<Timestamp>,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A verdict on whether two entities are the same.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct JudgementRecord {
    /// The key of one entity. A writer gives the lesser key first.
    pub one: String,
    /// The key of the other entity.
    pub other: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The name of the author.
    pub by: String,
    /// The instant, as `2024-10-24T15:30:00Z`.
    #[serde(default, with = "instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub at: Option<Timestamp>,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// How sure the author is, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Amount>,
    /// The undoings, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undone: Vec<Undo>,
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// The erasure of a claim, in whose place it stands, or of the names of an entity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RedactionRecord {
    /// The id of the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// The [`ClaimKey`](crate::claim::ClaimKey) that the claim had. If it is absent, the id is the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The day since which the claim is on record. A claim needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Day>,
    /// The key of the entity. A record has either an entity or a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The name of the person or tool.
    pub by: String,
    /// The instant, as `2024-10-24T15:30:00Z`.
    #[serde(default, with = "instant", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub at: Option<Timestamp>,
    /// The reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The key of the batch of the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// The version of the native format that this release writes, and the newest it reads.
pub const FORMAT_VERSION: u32 = 4;

impl Header {
    /// Makes the header of a file of today's format.
    pub fn new(vocabulary: Vocabulary) -> Self {
        Self { format: FORMAT_VERSION, vocabulary }
    }
}

impl EntityRecord {
    /// Makes the record of an entity that has a key and a kind and nothing else.
    pub fn new(key: impl Into<String>, kind: impl Into<String>) -> Self {
        let (names, codes) = (Vec::new(), Vec::new());
        let (key, kind) = (key.into(), kind.into());
        Self {
            key,
            kind,
            names,
            codes,
            name_withheld: false,
            plural: None,
            document: None,
            batch: None,
        }
    }
}

impl DocumentRecord {
    /// Makes the record of a document with a date and nothing else.
    pub fn dated(date: impl Into<Day>) -> Self {
        Self { date: Some(date.into()), ..Self::default() }
    }
}

impl AffiliationRecord {
    /// Makes the record of an affiliation that the text states.
    pub fn new(part: impl Into<String>, kind: AffiliationKind, whole: impl Into<String>) -> Self {
        let (part, whole) = (part.into(), whole.into());
        Self {
            part,
            kind,
            whole,
            basis: stated(),
            document: None,
            valid: None,
            reported: None,
            batch: None,
        }
    }
}

impl RedactionRecord {
    /// Makes the record of a redaction, without what it is of.
    pub(crate) fn of(redaction: Redaction) -> Self {
        let Redaction { at, by, because } = redaction;
        let (claim, key, reported, entity, batch) = (None, None, None, None, None);
        Self { claim, key, reported, entity, by, at, because, batch }
    }
}

impl From<RedactionRecord> for Redaction {
    fn from(record: RedactionRecord) -> Self {
        Self { at: record.at, by: record.by, because: record.because }
    }
}

impl LineageRecord {
    /// Makes the record of a lineage that the text states, whatever the speaker says.
    pub fn new(speaker: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            speaker: speaker.into(),
            source: source.into(),
            basis: Basis::Stated,
            document: None,
            claims: None,
            stated_by: None,
            reported: None,
            batch: None,
        }
    }
}

impl LinkRecord {
    /// Makes the record of a link that the text states.
    pub fn new(from: impl Into<String>, role: impl Into<String>, to: impl Into<String>) -> Self {
        let (from, role, to) = (from.into(), role.into(), to.into());
        Self { from, role, to, basis: Basis::Stated, because: None, batch: None }
    }
}

impl DerivationRecord {
    /// Makes the record of a figure that was worked out from these claims.
    pub fn new(
        claim: impl Into<String>,
        quantity: Quantity,
        rule: impl Into<String>,
        inputs: Vec<String>,
    ) -> Self {
        Self { claim: claim.into(), quantity, rule: rule.into(), inputs, batch: None }
    }
}

impl<T> Record<T> {
    /// Returns the key of the batch to which the record belongs, if it names one.
    pub(crate) fn batch(&self) -> Option<&str>
    where
        T: AsRef<str>,
    {
        match self {
            Record::Entity(record) => record.batch.as_deref(),
            Record::Affiliation(record) => record.batch.as_deref(),
            Record::Claim(record) => record.batch.as_ref().map(AsRef::as_ref),
            Record::Link(record) => record.batch.as_deref(),
            Record::Derivation(record) => record.batch.as_deref(),
            Record::Lineage(record) => record.batch.as_deref(),
            Record::Judgement(record) => record.batch.as_deref(),
            Record::Redaction(record) => record.batch.as_deref(),
            Record::Claimgraph(_) | Record::Batch(_) | Record::Review(_) => None,
        }
    }
}
