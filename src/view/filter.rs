//! A filter as plain data: entities, relations and documents by key, to be stored and applied again.

use crate::graph::ClaimGraph;
use crate::model::error::{Error, FieldPath};
use crate::model::id::{EntityId, LineageId, RelationId};
use crate::model::lineage::{Dependence, Scope};
use crate::model::record::AffiliationRecord;
use crate::model::time::day::Day;
use crate::model::time::instant;
use crate::model::value::stance::{Certainty, Modality, Prominence, Stance};
use crate::view::recorded::Recorded;
use crate::view::{Sieve, View};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The filter of a [`View`], with keys in place of handles. Serialize it, and apply it to any graph
/// that has the keys.
///
/// ```
/// use claimgraph::{date, reporting::*, view::Filter, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let nis = graph.add(Agency, "nis")?;
/// let filter = graph.view().as_of(date(2024, 10, 24)).excluding_source(nis).filter();
/// let json = serde_json::to_string(&filter).unwrap();
/// assert_eq!(json, r#"{"as_of":"2024-10-24","excluding_source":["nis"]}"#);
/// let again: Filter = serde_json::from_str(&json).unwrap();
/// assert_eq!(graph.view().filtered(&again)?.filter(), filter);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Filter {
    /// Only what was on record on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Only what was on record at that instant. If `as_of` is given too, both must hold.
    #[serde(with = "instant", skip_serializing_if = "Option::is_none")]
    pub as_of_instant: Option<Timestamp>,
    /// Only claims that were reported on these days, the first and the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<[Day; 2]>,
    /// Only what certainly or possibly holds on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_at: Option<Day>,
    /// Only what certainly holds on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainly_valid_at: Option<Day>,
    /// Only what has or may have begun by that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun_by: Option<Day>,
    /// Only what has certainly begun by that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainly_begun_by: Option<Day>,
    /// Whether claims that are only possible at the time of a question count.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub including_possible: bool,
    /// Only claims in whose chain one of these stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speaker: Vec<String>,
    /// Only claims in whose chain one of these or a part of one stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speaker_or_part: Vec<String>,
    /// Only claims of which one of these is the innermost speaker.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributed_to: Vec<String>,
    /// Only claims read in one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub document: Vec<String>,
    /// Only statements under one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relation: Vec<String>,
    /// Only claims with one of these stances.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stance: Vec<Stance>,
    /// Only claims with one of these modalities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modality: Vec<Modality>,
    /// Only claims of one of these certainties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certainty: Vec<Certainty>,
    /// Only main claims, or only background.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prominence: Option<Prominence>,
    /// No claims that come from these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluding_source: Vec<String>,
    /// No claims read in these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_document: Vec<String>,
    /// No statements under these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_relation: Vec<String>,
    /// Lineage links that are not believed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_lineage: Vec<LineageKey>,
    /// Whether inferred lineage is ignored.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_stated_lineage: bool,
    /// Affiliations that are not believed, as they stand in files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_affiliation: Vec<AffiliationRecord>,
    /// Whether inferred affiliations are ignored.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_stated_affiliations: bool,
    /// Reasons of dependence that are ignored: claims do not count as one source for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_dependence: Vec<Dependence>,
    /// Also claims that were taken back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub including_retracted: bool,
    /// Whether claims count that their own speakers have revised.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub including_superseded: bool,
    /// Only the latest word of each speaker on each statement.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub latest_per_speaker: bool,
    /// Only claims of batches of one of these agents, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recorded_by: Vec<String>,
    /// Only what was in the graph at that instant.
    #[serde(with = "instant", skip_serializing_if = "Option::is_none")]
    pub recorded_as_of: Option<Timestamp>,
    /// Only claims that were accepted in their latest review.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reviewed: bool,
    /// No claims that were rejected in their latest review.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_rejected: bool,
}

/// The lineage links between two sources, by their keys. If `document` is given, only the links of that document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineageKey {
    /// The key of the speaker.
    pub speaker: String,
    /// The key of the source.
    pub source: String,
    /// The key of the document, if the links apply to one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl ClaimGraph {
    fn lineage_key(&self, id: LineageId) -> Option<LineageKey> {
        let lineage = self.lineage(id)?;
        let document = match lineage.scope() {
            Scope::Document(document) => Some(self.key_of(*document).to_owned()),
            _ => None,
        };
        Some(LineageKey {
            speaker: self.key_of(lineage.speaker()).to_owned(),
            source: self.key_of(lineage.source()).to_owned(),
            document,
        })
    }
}

impl<'g> View<'g> {
    /// Returns the filter of the view as plain data.
    pub fn filter(&self) -> Filter {
        let sieve = &self.sieve;
        let keys = |list: &[EntityId]| {
            list.iter().map(|&e| self.graph.key_if_known(e).to_owned()).collect()
        };
        let relations = |list: &[Option<RelationId>]| {
            list.iter()
                .map(|r| r.map_or("?", |r| self.graph.vocabulary.relations.key(r)).to_owned())
                .collect()
        };
        Filter {
            as_of: sieve.as_of,
            as_of_instant: sieve.as_of_instant,
            between: sieve.between.map(|(first, last)| [first, last]),
            valid_at: sieve.valid_at,
            certainly_valid_at: sieve.certainly_valid_at,
            begun_by: sieve.begun_by,
            certainly_begun_by: sieve.certainly_begun_by,
            including_possible: sieve.including_possible,
            speaker: keys(&sieve.speaker),
            speaker_or_part: keys(&sieve.speaker_or_part),
            attributed_to: keys(&sieve.attributed_to),
            document: keys(&sieve.document),
            relation: relations(&sieve.relation),
            stance: sieve.stance.clone(),
            modality: sieve.modality.clone(),
            certainty: sieve.certainty.clone(),
            prominence: sieve.prominence,
            excluding_source: keys(&sieve.excluding_source),
            without_document: keys(&sieve.without_document),
            without_relation: relations(&sieve.without_relation),
            without_lineage: sieve
                .without_lineage
                .iter()
                .filter_map(|&id| self.graph.lineage_key(id))
                .collect(),
            only_stated_lineage: sieve.only_stated_lineage,
            without_affiliation: sieve
                .without_affiliation
                .iter()
                .filter_map(|&id| Some(self.graph.affiliation_record(self.graph.affiliation(id)?)))
                .collect(),
            only_stated_affiliations: sieve.only_stated_affiliations,
            without_dependence: sieve.without_dependence.clone(),
            including_retracted: sieve.including_retracted,
            including_superseded: sieve.including_superseded,
            latest_per_speaker: sieve.latest_per_speaker,
            recorded_by: sieve.recorded.by.clone(),
            recorded_as_of: sieve.recorded.as_of,
            reviewed: sieve.recorded.accepted,
            without_rejected: sieve.recorded.without_rejected,
        }
    }

    /// Returns the same graph through another filter.
    ///
    /// # Errors
    /// A key is unknown in this graph.
    pub fn filtered(&self, filter: &Filter) -> Result<View<'g>, Error> {
        let graph = self.graph;
        let keys = |list: &[String]| {
            list.iter().map(|key| graph.entity_keyed(key)).collect::<Result<Vec<_>, Error>>()
        };
        let relations = |list: &[String]| {
            let place = |key: &String| {
                graph.vocabulary.relations.find(key).map(|r| Some(graph.vocabulary.primary(r).0))
            };
            let found = list.iter().map(|key| {
                place(key).ok_or_else(|| Error::unknown(FieldPath::Relation, "relation", key))
            });
            found.collect::<Result<Vec<_>, Error>>()
        };
        let mut without_lineage = Vec::new();
        for key in &filter.without_lineage {
            let before = without_lineage.len();
            let links = graph.lineages_of(graph.entity_keyed(&key.speaker)?).map(|(id, _)| id);
            without_lineage.extend(links.filter(|&id| graph.lineage_key(id).as_ref() == Some(key)));
            if without_lineage.len() == before {
                return Err(Error::unknown(
                    FieldPath::Lineage,
                    "lineage",
                    format!("{} > {}", key.speaker, key.source),
                ));
            }
        }
        let mut without_affiliation = Vec::new();
        for record in &filter.without_affiliation {
            let before = without_affiliation.len();
            let of_part = graph.affiliations_of(graph.entity_keyed(&record.part)?);
            let same = of_part.filter(|(_, it)| graph.affiliation_record(it) == *record);
            without_affiliation.extend(same.map(|(id, _)| id));
            if without_affiliation.len() == before {
                let found = format!("{} of {}", record.part, record.whole);
                return Err(Error::unknown(FieldPath::Affiliation, "affiliation", found));
            }
        }
        let sieve = Sieve {
            as_of: filter.as_of,
            as_of_instant: filter.as_of_instant,
            between: filter.between.map(|[first, last]| (first, last)),
            valid_at: filter.valid_at,
            certainly_valid_at: filter.certainly_valid_at,
            begun_by: filter.begun_by,
            certainly_begun_by: filter.certainly_begun_by,
            including_possible: filter.including_possible,
            speaker: keys(&filter.speaker)?,
            speaker_or_part: keys(&filter.speaker_or_part)?,
            attributed_to: keys(&filter.attributed_to)?,
            document: keys(&filter.document)?,
            relation: relations(&filter.relation)?,
            stance: filter.stance.clone(),
            modality: filter.modality.clone(),
            certainty: filter.certainty.clone(),
            prominence: filter.prominence,
            excluding_source: keys(&filter.excluding_source)?,
            without_document: keys(&filter.without_document)?,
            without_relation: relations(&filter.without_relation)?,
            without_lineage,
            only_stated_lineage: filter.only_stated_lineage,
            without_affiliation,
            only_stated_affiliations: filter.only_stated_affiliations,
            without_dependence: filter.without_dependence.clone(),
            including_retracted: filter.including_retracted,
            including_superseded: filter.including_superseded,
            latest_per_speaker: filter.latest_per_speaker,
            recorded: Recorded {
                by: filter.recorded_by.clone(),
                as_of: filter.recorded_as_of,
                accepted: filter.reviewed,
                without_rejected: filter.without_rejected,
            },
        };
        Ok(View::through(graph, sieve))
    }
}
