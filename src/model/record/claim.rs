//! The record of a claim and of its parts. Their texts are owned (`ClaimRecord`) or borrowed, so that a line is read
//! and written without a copy of each.

use crate::model::document::Span;
use crate::model::record::{TermRecord, is_stated, stated};
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::time::spoken;
use crate::model::value::amount::Amount;
use crate::model::value::direction::Direction;
use crate::model::value::grade::Grade;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Certainty, Modality, Polarity, Prominence, Stance};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// One speaker of a chain.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SpeakerRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct SpeakerRecord<T = String> {
    /// The key of the speaker; absent where the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<T>,
    /// Stated or inferred.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
    /// Whether the speaker is quoted in its own words.
    #[serde(default, skip_serializing_if = "is_false")]
    pub direct: bool,
}

/// A role and one value of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RoleRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct RoleRecord<T = String> {
    /// The key of the role.
    pub role: T,
    /// The value.
    pub value: TermRecord<T>,
}

/// A subject, a relation, an object and roles.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "StatementRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct StatementRecord<T = String> {
    /// The subject.
    pub subject: TermRecord<T>,
    /// The key of the relation.
    pub relation: T,
    /// The object; nothing, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<TermRecord<T>>,
    /// Its roles; those of a claim's own statement stand with the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleRecord<T>>,
    /// Whether it is negated: a condition with "unless". The statement of a claim never is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub negated: bool,
    /// When it holds; that of a claim's own statement stands with the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<Period>,
}

/// A claim that is answered.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TargetRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct TargetRecord<T = String> {
    /// The id of the claim.
    pub claim: T,
    /// How the text names the claim: stated, implicit (a default reading), inferred by the analyst, or possible
    /// (another reading).
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub basis: Basis,
}

/// The words that show the stance, and where they stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CueRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct CueRecord<T = String> {
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<T>,
    /// The bytes of the attribution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Words of a speaker that the document quotes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "QuoteRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct QuoteRecord<T = String> {
    /// The words between the marks. If they are absent, `span` is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<T>,
    /// The bytes of the words. It has as many bytes as `words`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The bytes of the whole, with its quotation marks. They enclose those of `span`, and are more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span_with_marks: Option<Span>,
    /// Whether it is a few words inside a sentence, and not a whole sentence or clause.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fragment: bool,
}

/// A claim.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ClaimRecord"))]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct ClaimRecord<T = String> {
    /// The name by which other records refer to the claim. A writer uses its
    /// [`ClaimKey`](crate::claim::ClaimKey). A reader takes any name that is used once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<T>,
    /// The chain of speakers, outermost first, without the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<SpeakerRecord<T>>,
    /// The stance.
    pub stance: Stance,
    /// The sign of an assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    /// The statement of the claim, if it makes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementRecord<T>>,
    /// The claims it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetRecord<T>>,
    /// Further arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleRecord<T>>,
    /// How many or how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// How many or how much the object of the statement is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_quantity: Option<Quantity>,
    /// By which factor it revises a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
    /// Whether it revises a figure `up` or `down`, if the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
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
    pub document: Option<T>,
    /// The bytes of the claim in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Words of the text that were kept and are not a quote. With a span, they stand in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<T>,
    /// The words that show the stance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<CueRecord<T>>,
    /// The words of its speaker that the document quotes. A speaker must be `direct`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<QuoteRecord<T>>,
    /// The day it was on record; the date of the document, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Day>,
    /// When it was said: a day, as `2024-10-24`, or a period as of `valid`.
    #[serde(
        default,
        serialize_with = "spoken::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub said: Option<Period>,
    /// Grades that were given to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The key of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<T>,
}

impl<T> ClaimRecord<T> {
    /// Makes the record of a claim with this stance and nothing else.
    ///
    /// ```
    /// use claimgraph::{ClaimGraph, Stance, date, record::*, reporting::State};
    /// let mut graph = ClaimGraph::new();
    /// graph.add(State, "russia")?;
    /// let russia = || TermRecord::entity("russia");
    /// let denial = ClaimRecord {
    ///     speakers: vec![SpeakerRecord::new("russia")],
    ///     statement: Some(StatementRecord::new(russia(), "attacks", russia())),
    ///     reported: Some(date(2024, 10, 24).into()),
    ///     ..ClaimRecord::new(Stance::Denies)
    /// };
    /// let mut loader = Loader::onto(graph);
    /// let claim = loader.push_claim(denial)?;
    /// assert_eq!(loader.graph().show(claim)?, "russia denied that russia attacks russia");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
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
            object_quantity: None,
            factor: None,
            direction: None,
            valid: None,
            certainty: None,
            modality: None,
            prominence: None,
            document: None,
            span: None,
            words: None,
            cue: None,
            quotes: Vec::new(),
            reported: None,
            said: None,
            grade: None,
            batch: None,
        }
    }
}

impl<T> SpeakerRecord<T> {
    /// Makes the record of a speaker that the text names.
    pub fn new(source: impl Into<T>) -> Self {
        Self { source: Some(source.into()), ..Self::unnamed() }
    }

    /// Makes the record of a speaker that the text does not name.
    pub fn unnamed() -> Self {
        Self { source: None, basis: Basis::Stated, direct: false }
    }
}

impl<T> StatementRecord<T> {
    /// Makes the record of a statement; without an object, the relation has one party.
    pub fn new(
        subject: TermRecord<T>,
        relation: impl Into<T>,
        object: impl Into<Option<TermRecord<T>>>,
    ) -> Self {
        Self {
            subject,
            relation: relation.into(),
            object: object.into(),
            roles: Vec::new(),
            negated: false,
            valid: None,
        }
    }
}

impl<T> RoleRecord<T> {
    /// Makes the record of a role with this value.
    pub fn new(role: impl Into<T>, value: TermRecord<T>) -> Self {
        Self { role: role.into(), value }
    }
}

impl<T> TargetRecord<T> {
    /// Makes the record of a claim that the text names as answered.
    pub fn new(claim: impl Into<T>) -> Self {
        Self { claim: claim.into(), basis: Basis::Stated }
    }
}

/// A text of a record that is borrowed from what is read, unless JSON escapes some of it.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Text<'_>> for String {
    fn from(text: Text<'_>) -> Self {
        text.0.into_owned()
    }
}
