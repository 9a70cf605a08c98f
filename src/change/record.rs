//! A change as JSON: written from a [`Change`], read back as a [`ChangeRecord`]. `docs/CHANGES.md` describes it.

use crate::change::Change;
use crate::graph::claim_ref::ClaimRef;
use crate::model::record::ClaimRecord;
use crate::view::filter::Filter;
use crate::view::json::{json_form, some};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The version of the JSON of a change that this release writes, and the newest it reads.
pub const CHANGE_FORMAT_VERSION: u32 = 1;

/// A change read back from JSON. Claims are named by their [`ClaimKey`](crate::claim::ClaimKey), entities by key. The
/// effects on other claims stay the JSON objects of [`Shift`](crate::change::Shift) and
/// [`Revision`](crate::questions::Revision).
///
/// ```
/// use claimgraph::{change::ChangeRecord, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let russia = graph.add(State, "russia")?;
/// graph.insert(Claim::by(russia).asserts(russia, MEETS, russia).reported(date(2024, 10, 24)))?;
/// let change = graph.view().as_of(date(2024, 10, 23)).change_to(&graph.view());
/// let json = serde_json::to_string(&change).unwrap();
/// let again: ChangeRecord = serde_json::from_str(&json).unwrap();
/// assert_eq!(serde_json::to_string(&again).unwrap(), json);
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
    /// The filter of the earlier view.
    pub before: Filter,
    /// The filter of the later view.
    pub after: Filter,
    /// The claims that only the later view has, as in the native format, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<ClaimRecord>,
    /// The claims that only the earlier view has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<ClaimRecord>,
    /// Claims that are contested in one view, or more surely in one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contested: Vec<Map<String, Value>>,
    /// Claims that stand on more than one independent source in one view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corroborated: Vec<Map<String, Value>>,
    /// Revisions that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Map<String, Value>>,
    /// The keys of the retractions that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retractions: Vec<String>,
    /// Speakers whose latest stances differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Map<String, Value>>,
    /// Questions whose answers changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Map<String, Value>>,
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

/// Returns the records of the claims in order of their keys.
fn records<'g>(claims: impl Iterator<Item = ClaimRef<'g>>) -> Option<Vec<ClaimRecord>> {
    let record = |claim: ClaimRef<'_>| claim.graph().claim_record(claim.id()).ok();
    let mut records: Vec<ClaimRecord> = claims.filter_map(record).collect();
    records.sort_by(|a, b| place(a).cmp(&place(b)));
    Some(records).filter(|records| !records.is_empty())
}

/// Returns the parts of a record by which it is sorted. Equal claims have one key, and may be told from either side.
fn place(record: &ClaimRecord) -> impl Ord + '_ {
    let statement = record.statement.as_ref();
    let subject =
        statement.map(|s| [s.subject.as_entity(), s.subject.as_claim(), s.subject.as_text()]);
    (&record.id, subject, statement.map(|s| &s.relation))
}

json_form!(Change<'_>, |it| {
    format: CHANGE_FORMAT_VERSION,
    before: it.before().filter(),
    after: it.after().filter(),
    added => records(it.added()),
    removed => records(it.removed()),
    contested => some(&it.contested()),
    corroborated => some(&it.corroborated()),
    revisions => some(&it.revisions()),
    retractions => some(&it.retractions()),
    positions => some(&it.positions()),
    answers => some(&it.answers()),
});
