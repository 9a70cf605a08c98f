//! A change as plain data, to be kept as JSON: claims and entities by key. `docs/CHANGES.md` describes it.

use crate::change::Change;
use crate::graph::claim_ref::ClaimRef;
use crate::model::record::ClaimRecord;
use crate::model::value::amount::Amount;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::Stance;
use crate::questions::contest::Contest;
use crate::questions::position::Position;
use crate::questions::revision::Direction;
use crate::questions::statement::summary::StatementSummary;
use crate::view::filter::Filter;
use serde::{Deserialize, Deserializer, Serialize};

/// The version of the JSON of a change that this release writes, and the newest it reads.
pub const CHANGE_FORMAT_VERSION: u32 = 1;

/// A change as plain data. Claims are named by their [`ClaimKey`](crate::claim::ClaimKey), entities by key.
///
/// ```
/// use claimgraph::{change::ChangeRecord, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let russia = graph.add(State, "russia")?;
/// graph.insert(Claim::by(russia).asserts(russia, MEETS, russia).reported(date(2024, 10, 24)))?;
/// let change = graph.view().as_of(date(2024, 10, 23)).change_to(&graph.view());
/// let json = serde_json::to_string(&change.record()).unwrap();
/// let again: ChangeRecord = serde_json::from_str(&json).unwrap();
/// assert_eq!(again, change.record());
/// assert_eq!((again.added.len(), again.before.as_of.is_some()), (1, true));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangeRecord {
    /// The version of this format.
    #[serde(deserialize_with = "known_version")]
    pub format: u32,
    /// What the earlier view lets through.
    pub before: Filter,
    /// What the later view lets through.
    pub after: Filter,
    /// The claims that only the later view has, as in the native format, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<ClaimRecord>,
    /// The claims that only the earlier view has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<ClaimRecord>,
    /// Claims that are contested in one view, or more surely in one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contested: Vec<ContestRecord>,
    /// Claims that stand on more than one independent source in one view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corroborated: Vec<CorroborationRecord>,
    /// Revisions that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<RevisionRecord>,
    /// Retractions that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retractions: Vec<RetractionRecord>,
    /// Speakers who stand otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<PositionRecord>,
    /// Questions whose answers changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerRecord>,
}

fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(deserializer)?;
    match version <= CHANGE_FORMAT_VERSION && version > 0 {
        true => Ok(version),
        false => Err(serde::de::Error::custom(format!(
            "a change of format {version}; this release reads up to {CHANGE_FORMAT_VERSION}"
        ))),
    }
}

/// A claim that is contested in one view, or more surely in one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestRecord {
    /// The claim.
    pub claim: String,
    /// Whether it was contested.
    pub before: Answer,
    /// Whether it is now.
    pub after: Answer,
    /// The claims that contest it now; of one that nobody contests any more, those that did.
    pub by: Vec<String>,
}

/// A claim that stands on more than one independent source in one view.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorroborationRecord {
    /// The claim.
    pub claim: String,
    /// On how many it stood; none where it was not there.
    pub before: usize,
    /// On how many it stands now.
    pub after: usize,
    /// The claims that back it, where it stands on more than one.
    pub by: Vec<String>,
}

/// A revision of a figure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisionRecord {
    /// The claim that revises.
    pub claim: String,
    /// The claim whose figure is replaced.
    pub old: String,
    /// The claim that gives the new figure.
    pub new: String,
    /// The figure that is replaced, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_figure: Option<Quantity>,
    /// The new figure, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_figure: Option<Quantity>,
    /// Up or down.
    pub direction: Direction,
    /// By which factor, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
}

/// A retraction.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetractionRecord {
    /// The claim that takes back.
    pub claim: String,
    /// What it takes back.
    pub of: Vec<String>,
}

/// A speaker who stands otherwise on a matter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionRecord {
    /// Who; absent where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// A claim that states the matter.
    pub on: String,
    /// The latest positions before.
    pub before: Vec<TakenRecord>,
    /// The latest positions now.
    pub after: Vec<TakenRecord>,
}

/// A position that was taken.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenRecord {
    /// The claim that takes it.
    pub claim: String,
    /// With which stance.
    pub stance: Stance,
    /// `unknown` where it does so in one reading of the text only.
    pub certain: Answer,
}

/// A question whose answer changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRecord {
    /// The question, in the words it was given.
    pub question: String,
    /// How it stood.
    pub before: StatementSummary,
    /// How it stands now.
    pub after: StatementSummary,
}

fn key(claim: ClaimRef<'_>) -> String {
    claim.graph().claim_key(claim.id()).map(|key| key.to_string()).unwrap_or_default()
}

fn record(claim: ClaimRef<'_>) -> Option<ClaimRecord> {
    claim.graph().claim_record(claim.id()).ok()
}

/// In order of their keys.
fn records<'g>(claims: impl Iterator<Item = ClaimRef<'g>>) -> Vec<ClaimRecord> {
    let mut records: Vec<ClaimRecord> = claims.filter_map(record).collect();
    // The key is what the text begins with; of equal claims a symmetric one may be said from either side.
    records.sort_by_cached_key(|record| serde_json::to_string(record).unwrap_or_default());
    records
}

fn keys<'g>(claims: impl Iterator<Item = ClaimRef<'g>>) -> Vec<String> {
    claims.map(key).collect()
}

fn taken(positions: &[Position<'_>]) -> Vec<TakenRecord> {
    let record = |p: &Position<'_>| TakenRecord {
        claim: key(p.claim()),
        stance: p.stance(),
        certain: p.certain(),
    };
    positions.iter().map(record).collect()
}

impl Change<'_> {
    /// The change as plain data: equal changes give equal records, whatever the order of insertion.
    pub fn record(&self) -> ChangeRecord {
        let figure = |claim: ClaimRef<'_>| {
            let derived = || claim.derivation().map(|derivation| derivation.quantity());
            claim.quantity().or_else(derived).cloned()
        };
        ChangeRecord {
            format: CHANGE_FORMAT_VERSION,
            before: self.before().filter(),
            after: self.after().filter(),
            added: records(self.added()),
            removed: records(self.removed()),
            contested: self
                .contested()
                .iter()
                .map(|shift| {
                    let by =
                        if shift.is_over() { shift.contests_before() } else { shift.contests() };
                    ContestRecord {
                        claim: key(shift.claim()),
                        before: shift.before(),
                        after: shift.after(),
                        by: keys(by.iter().map(Contest::by)),
                    }
                })
                .collect(),
            corroborated: self
                .corroborated()
                .iter()
                .map(|shift| CorroborationRecord {
                    claim: key(shift.claim()),
                    before: shift.before(),
                    after: shift.after(),
                    by: keys(shift.backing().iter().map(|backing| backing.claim())),
                })
                .collect(),
            revisions: self
                .revisions()
                .iter()
                .map(|revision| RevisionRecord {
                    claim: key(revision.claim()),
                    old: key(revision.old()),
                    new: key(revision.new_claim()),
                    old_figure: figure(revision.old()),
                    new_figure: figure(revision.new_claim()),
                    direction: revision.direction(),
                    factor: revision.factor(),
                })
                .collect(),
            retractions: self
                .retractions()
                .iter()
                .map(|retraction| RetractionRecord {
                    claim: key(retraction.claim()),
                    of: keys(retraction.of().into_iter()),
                })
                .collect(),
            positions: self
                .positions()
                .iter()
                .map(|shift| PositionRecord {
                    speaker: shift
                        .speaker()
                        .map(|speaker| shift.on().graph().key_of(speaker).to_owned()),
                    on: key(shift.on()),
                    before: taken(shift.before()),
                    after: taken(shift.after()),
                })
                .collect(),
            answers: self
                .answers()
                .iter()
                .map(|shift| AnswerRecord {
                    question: shift.question().to_owned(),
                    before: shift.before().clone(),
                    after: shift.after().clone(),
                })
                .collect(),
        }
    }
}
