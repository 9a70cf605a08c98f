//! A proof as plain data: for programs, and as a small graph of its own. `docs/PROOF.md` describes the shape.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::ClaimKey;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::record::canonical_order::sorted;
use crate::graph::record::export::FORMAT_VERSION;
use crate::model::document::Span;
use crate::model::id::{AffiliationId, ClaimId, EntityId, LineageId};
use crate::model::lineage::Scope;
use crate::model::record::{
    AffiliationRecord, ClaimRecord, Header, LineageRecord, Record, SpeakerRecord,
};
use crate::model::value::stance::Stance;
use crate::view::View;
use crate::view::filter::Filter;
use crate::view::inference::Inference;
use crate::view::proof::{Proof, Step};
use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the shape of proofs that this release writes, and the newest it reads.
pub const PROOF_VERSION: u32 = 1;

/// A proof as plain data, with keys in place of handles.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProofRecord {
    /// The version of the shape; a newer one than [`PROOF_VERSION`] is refused.
    #[serde(deserialize_with = "known_version")]
    pub proof: u32,
    /// The filter of the view that was asked.
    #[serde(default)]
    pub policy: Filter,
    /// The claims that the answer rests on, in the order of questions.
    pub claims: Vec<ProvenClaim>,
    /// The steps from what the claims say to what was asked.
    #[serde(default)]
    pub steps: Vec<Step<AffiliationRecord, LineageRecord>>,
    /// Facts that no text states: the analyst concluded them, or a reader filled them in.
    #[serde(default)]
    pub inferences: Vec<Inference>,
    /// All that is needed to come to the same answer, as records of the native format, without the header:
    /// entities, affiliations, claims, links, derived figures, lineage. Claims that the others name are among
    /// them.
    pub records: Vec<Record>,
}

fn known_version<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    match u32::deserialize(from)? {
        version @ 1..=PROOF_VERSION => Ok(version),
        other => Err(serde::de::Error::custom(format_args!(
            "a proof of version {other}; this release reads up to {PROOF_VERSION}"
        ))),
    }
}

/// One claim of a proof: by key, in words, and where it stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProvenClaim {
    /// Its [`ClaimKey`]; with a number behind it where equal claims are told apart.
    pub key: String,
    /// Its sentence.
    pub text: String,
    /// The speakers, outermost first, as in its record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<SpeakerRecord>,
    /// The key of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The bytes of the quotation in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The quotation, where the text of the document is at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotation: Option<String>,
}

/// The claims of a proof and all that they name, each under its name in files.
struct Needed {
    /// A claim stands before those that answer it.
    names: IndexMap<ClaimId, String>,
}

impl ClaimGraph {
    /// These claims, those they refer to, and those from which their figures were worked out.
    fn needed(&self, wanted: impl IntoIterator<Item = ClaimId>) -> Needed {
        let mut found: IndexSet<ClaimId> = wanted.into_iter().collect();
        let mut next = 0;
        while let Some(&id) = found.get_index(next) {
            next += 1;
            found.extend(self.references(id));
            found.extend(
                ClaimRef::new(self, id)
                    .and_then(ClaimRef::derivation)
                    .into_iter()
                    .flat_map(|d| d.inputs.clone()),
            );
        }
        // References point to earlier claims.
        found.sort_unstable();
        let mut depths: IndexMap<ClaimId, usize> = IndexMap::new();
        for &id in &found {
            let below =
                self.references(id).into_iter().filter_map(|r| depths.get(&r).copied()).max();
            depths.insert(id, below.map_or(0, |depth| depth + 1));
        }
        let mut order: Vec<ClaimId> = found.into_iter().collect();
        self.sort_findings(&mut order, |&id| id);
        order.sort_by_key(|id| depths.get(id).copied());
        let keys: Vec<Option<ClaimKey>> = order.iter().map(|&id| self.claim_key(id).ok()).collect();
        let distinct = keys.iter().collect::<IndexSet<_>>().len() == keys.len();
        let named = order
            .iter()
            .zip(&keys)
            .map(|(&id, key)| (id, key.map(|k| k.to_string()).unwrap_or_default()));
        let mut names: IndexMap<ClaimId, String> = named.collect();
        if !distinct {
            // Equal claims lie side by side, and are told apart by their names in the whole file.
            let all = self.canonical_names();
            names.iter_mut().for_each(|(id, name)| {
                all.get(id).cloned().into_iter().for_each(|own| *name = own)
            });
            let place = |id: &ClaimId| all.get_index_of(id);
            names.sort_by(|a, x, b, y| {
                depths
                    .get(a)
                    .cmp(&depths.get(b))
                    .then_with(|| place(a).cmp(&place(b)))
                    .then_with(|| x.cmp(y))
            });
        }
        Needed { names }
    }
}

impl Proof<'_> {
    fn needed(&self) -> Needed {
        let stated = self.lineages().filter_map(|id| self.graph.lineage(id)?.stating_claim());
        let mut wanted: Vec<ClaimId> = self.claims().into_iter().chain(stated).collect();
        loop {
            let needed = self.graph.needed(wanted.iter().copied());
            // A claim that comes along and was taken back is to stay so.
            let answers = needed.names.keys().flat_map(|&id| self.graph.ledger.answers(id));
            let retracts = |id: &ClaimId| {
                let stance = ClaimRef::new(self.graph, *id).map(ClaimRef::stance);
                stance == Some(Stance::Retracts) && !needed.names.contains_key(id)
            };
            let more: Vec<ClaimId> = answers.filter(retracts).collect();
            if more.is_empty() {
                return needed;
            }
            wanted.extend(more);
        }
    }

    /// A lineage link as it bears on these claims.
    fn lineage_in(&self, needed: &Needed, id: LineageId) -> Option<LineageRecord> {
        let name = |id: ClaimId| needed.names.get(&id).cloned().unwrap_or_default();
        let mut lineage = self.graph.lineage(id)?.clone();
        if let Scope::Claims(claims) = &mut lineage.scope {
            claims.retain(|claim| needed.names.contains_key(claim));
        }
        lineage.stated_by = lineage.stated_by.filter(|claim| needed.names.contains_key(claim));
        Some(self.graph.lineage_record(&lineage, &name))
    }

    /// Returns a graph that holds what the answer rests on and no more: a header, the entities that stand in
    /// it, the affiliations and lineage that were used, the claims and those they name, their links among each
    /// other and their derived figures. Read by a [`Loader`](crate::record::Loader), it gives the same answer
    /// to the same question.
    pub fn records(&self) -> Vec<Record> {
        let header = Header { format: FORMAT_VERSION, vocabulary: self.graph.vocabulary.clone() };
        let mut records = vec![Record::Claimgraph(Box::new(header))];
        records.append(&mut self.body(&self.needed()));
        records
    }

    fn body(&self, needed: &Needed) -> Vec<Record> {
        let (graph, names) = (self.graph, &needed.names);
        let name = |id: ClaimId| names.get(&id).cloned().unwrap_or_default();
        let affiliations: Vec<AffiliationId> = self.affiliations().collect();
        let kept = affiliations.iter().filter_map(|&id| graph.affiliation(id));
        let affiliations = sorted(
            kept.clone().map(|a| Record::Affiliation(Box::new(graph.affiliation_record(a)))),
        );
        let mut believed: IndexSet<LineageId> =
            self.lineages().chain(self.policy.without_lineage.iter().copied()).collect();
        if !self.policy.excluding_source.is_empty() {
            // What comes from a source that is left out is told by lineage.
            let view = View::through(graph, self.policy.clone());
            let claims = names.keys().filter_map(|&id| ClaimRef::new(graph, id));
            for claim in claims {
                believed.extend(view.descent(claim).lineages());
            }
        }
        let lineages: Vec<LineageRecord> =
            believed.iter().filter_map(|&id| self.lineage_in(needed, id)).collect();
        let claims: Vec<ClaimRecord> = names
            .iter()
            .filter_map(|(&id, own)| {
                let record = graph.record(ClaimRef::new(graph, id)?, &name);
                Some(ClaimRecord { id: Some(own.clone()), ..record })
            })
            .collect();

        let mut entities: IndexSet<EntityId> = IndexSet::new();
        for &id in names.keys() {
            entities.extend(graph.entities_in(id));
        }
        entities
            .extend(kept.flat_map(|a| [Some(a.part()), Some(a.whole()), a.document()]).flatten());
        for lineage in believed.iter().filter_map(|&id| graph.lineage(id)) {
            entities.extend([lineage.speaker(), lineage.source()]);
            if let Scope::Document(document) = lineage.scope() {
                entities.insert(*document);
            }
        }
        let sieve = &self.policy;
        let filtered = [
            &sieve.speaker,
            &sieve.attributed_to,
            &sieve.document,
            &sieve.excluding_source,
            &sieve.without_document,
        ];
        entities.extend(filtered.into_iter().flatten());
        let publishers =
            |id: &EntityId| graph.registry.document(*id).and_then(|document| document.publisher);
        let published: Vec<EntityId> = entities.iter().filter_map(publishers).collect();
        entities.extend(published);
        let mut next = 0;
        while let Some(id) = entities.get_index(next) {
            next += 1;
            publishers(id).map(|publisher| entities.insert(publisher));
        }
        let entities: Vec<Record> = graph
            .publishers_first(entities)
            .into_iter()
            .filter_map(|id| graph.entity_record(id))
            .map(|e| Record::Entity(Box::new(e)))
            .collect();

        let connections = &graph.ledger.connections;
        let links = names
            .keys()
            .flat_map(|&id| connections.links_from(id))
            .filter(|link| names.contains_key(&link.to));
        let links =
            sorted(links.map(|link| Record::Link(Box::new(graph.link_record(link, &name)))));
        let derived = names.keys().filter_map(|&id| Some((id, connections.derivation(id)?)));
        let derived =
            sorted(derived.map(|(id, d)| {
                Record::Derivation(Box::new(graph.derivation_record(id, d, &name)))
            }));
        let claims = claims.into_iter().map(|claim| Record::Claim(Box::new(claim)));
        let lineages =
            sorted(lineages.into_iter().map(|lineage| Record::Lineage(Box::new(lineage))));
        [entities, affiliations, claims.collect(), links, derived, lineages].concat()
    }

    /// Returns the proof as plain data.
    ///
    /// ```
    /// use claimgraph::{date, proof::ProofRecord, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
    /// let proof = graph.view().as_of(date(2024, 10, 25)).statement(nk, PRESENT_IN, russia).backing().proof();
    /// let json = serde_json::to_string(&proof).unwrap();
    /// assert!(json.starts_with(r#"{"proof":1,"policy":{"as_of":"2024-10-25"},"claims":[{"key":"#), "{json}");
    /// let again: ProofRecord = serde_json::from_str(&json).unwrap();
    /// assert_eq!(again, proof.record());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn record(&self) -> ProofRecord {
        let needed = self.needed();
        let claim = |id: ClaimId| {
            let claim = ClaimRef::new(self.graph, id)?;
            Some(ProvenClaim {
                key: needed.names.get(&id).cloned().unwrap_or_default(),
                text: claim.to_string(),
                speakers: self.graph.speakers(claim.chain(), None),
                document: claim
                    .document_id()
                    .map(|document| self.graph.key_of(document).to_owned()),
                span: claim.span(),
                quotation: claim.quotation().map(str::to_owned),
            })
        };
        let step = |step: &Step| {
            step.keyed(
                |id| Some(self.graph.affiliation_record(self.graph.affiliation(id)?)),
                |id| self.lineage_in(&needed, id),
            )
        };
        ProofRecord {
            proof: PROOF_VERSION,
            policy: self.policy(),
            claims: self.claims().into_iter().filter_map(claim).collect(),
            steps: self.steps().filter_map(step).collect(),
            inferences: self.inferences(),
            records: self.body(&needed),
        }
    }
}

impl Serialize for Proof<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.record().serialize(to)
    }
}
