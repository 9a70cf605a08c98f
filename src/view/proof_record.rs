//! A proof as plain data: for programs, and as a small graph of its own. `docs/PROOF.md` describes the shape.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::record::canonical_order::{ClaimNames, sorted};
use crate::model::batch::Batch;
use crate::model::document::Span;
use crate::model::id::{AffiliationId, ClaimId, EntityId, LineageId};
use crate::model::lineage::Scope;
use crate::model::reached::reached;
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
    /// The claims that the answer rests on, in the order of findings.
    pub claims: Vec<ProvenClaim>,
    /// The steps from what the claims say to what was asked.
    #[serde(default)]
    pub steps: Vec<Step<AffiliationRecord, LineageRecord>>,
    /// Facts that no text states: the analyst concluded them, or a reader filled them in.
    #[serde(default)]
    pub inferences: Vec<Inference>,
    /// All that is needed to come to the same answer, as records of the native format, without the header:
    /// batches, entities, affiliations, claims, links, derived figures, lineage, reviews. Claims that the others name
    /// are among them.
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
    /// Its [`ClaimKey`](crate::claim::ClaimKey), with a number behind it if equal claims are told apart.
    pub key: String,
    /// Its sentence.
    pub text: String,
    /// The speakers, outermost first, as in its record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<SpeakerRecord>,
    /// The key of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The bytes of the claim in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The text of the document at these bytes, if it is attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotation: Option<String>,
}

impl Proof<'_> {
    /// Returns the names in files of all claims that the answer needs: the claims of the proof, claims that state its
    /// lineage, what these refer to or were worked out from, and retractions. A claim stands before those that answer it.
    fn names(&self) -> ClaimNames {
        let graph = self.graph;
        let stating = self.lineages().filter_map(|id| graph.lineage(id)?.stating_claim());
        let retracts = |id: &ClaimId| {
            ClaimRef::new(graph, *id).is_some_and(|claim| claim.stance() == Stance::Retracts)
        };
        let mut found = reached(self.claims().into_iter().chain(stating), |id| {
            let inputs = graph.ledger.connections.derivation(id).into_iter();
            let inputs = inputs.flat_map(|derivation| derivation.inputs.iter().copied());
            let retractions = graph.ledger.answers(id).into_iter().filter(retracts);
            graph.references(id).chain(inputs).chain(retractions)
        });
        // References point to earlier claims.
        found.sort_unstable();
        let mut depths: IndexMap<ClaimId, usize> = IndexMap::new();
        for &id in &found {
            let below = graph.references(id).filter_map(|r| depths.get(&r).copied()).max();
            depths.insert(id, below.map_or(0, |depth| depth + 1));
        }
        let mut order: Vec<ClaimId> = found.iter().copied().collect();
        graph.sort_findings(&mut order, |&id| id);
        order.sort_by_key(|id| depths.get(id).copied());
        let names: ClaimNames =
            order.into_iter().map(|id| (id, graph.claim_name_if_known(id))).collect();
        if names.values().collect::<IndexSet<_>>().len() == names.len() {
            return names;
        }
        // Equal claims are told apart by their names in the whole file.
        graph.canonical_names().into_iter().filter(|(id, _)| found.contains(id)).collect()
    }

    /// Returns a lineage link as far as it bears on these claims.
    fn lineage_among(&self, names: &ClaimNames, id: LineageId) -> Option<LineageRecord> {
        let mut lineage = self.graph.lineage(id)?.clone();
        if let Scope::Claims(claims) = &mut lineage.scope {
            claims.retain(|claim| names.contains_key(claim));
        }
        lineage.stated_by = lineage.stated_by.filter(|claim| names.contains_key(claim));
        Some(self.graph.lineage_record(&lineage, &|id| self.name_among(names, id)))
    }

    /// Returns the name of a claim in these records.
    fn name_among(&self, names: &ClaimNames, claim: ClaimId) -> String {
        names.get(&claim).cloned().unwrap_or_else(|| self.graph.claim_name_if_known(claim))
    }

    /// Returns a graph that holds what the answer rests on and no more: a header, the entities that stand in
    /// it, the affiliations and lineage that were used, the claims and those they name, their links among each
    /// other and their derived figures. Read by a [`Loader`](crate::record::Loader), it gives the same answer
    /// to the same question.
    pub fn records(&self) -> Vec<Record> {
        let header = Header::new(self.graph.vocabulary.clone());
        let mut records = vec![Record::Claimgraph(Box::new(header))];
        records.append(&mut self.body(&self.names()));
        records
    }

    fn body(&self, names: &ClaimNames) -> Vec<Record> {
        let (graph, sieve) = (self.graph, &self.policy);
        let name = |id: ClaimId| self.name_among(names, id);
        let view = View::through(graph, sieve.clone());
        let mut affiliations: IndexSet<AffiliationId> = self.affiliations().collect();
        let mut believed: IndexSet<LineageId> =
            self.lineages().chain(sieve.without_lineage.iter().copied()).collect();
        for claim in names.keys().filter_map(|&id| ClaimRef::new(graph, id)) {
            // Lineage tells what comes from a source that is left out, affiliations who speaks for a whole.
            if !sieve.excluding_source.is_empty() {
                believed.extend(view.descent(claim).lineages());
            }
            affiliations.extend(view.speaking_for_wholes(claim));
        }
        let on_record = affiliations.iter().filter_map(|&id| graph.affiliation_on_record(id));
        let affiliations = affiliations.iter().filter_map(|&id| graph.affiliation(id));

        let mut entities: IndexSet<EntityId> =
            names.keys().flat_map(|&id| graph.entities_in(id)).collect();
        for affiliation in affiliations.clone() {
            entities.extend([affiliation.part(), affiliation.whole()]);
            entities.extend(affiliation.document());
        }
        for lineage in believed.iter().filter_map(|&id| graph.lineage(id)) {
            entities.extend([lineage.speaker(), lineage.source()]);
            if let Scope::Document(document) = lineage.scope() {
                entities.insert(*document);
            }
        }
        let filtered = [
            &sieve.speaker,
            &sieve.speaker_or_part,
            &sieve.attributed_to,
            &sieve.document,
            &sieve.excluding_source,
            &sieve.without_document,
        ];
        entities.extend(filtered.into_iter().flatten());
        let entities = reached(entities, |document| graph.publisher_of(document));
        let entities = graph.publishers_first(entities).into_iter();
        let entities = entities.filter_map(|id| graph.entity_record(id));

        let key = |id: ClaimId| graph.claim_name(id);
        let among: IndexSet<String> = names.keys().map(|&id| key(id)).collect();
        let connections = &graph.ledger.connections;
        let links = names.keys().flat_map(|&id| connections.links_from(id));
        let links = links.filter(|link| names.contains_key(&link.to));
        let derived = names.keys().filter_map(|&id| Some((id, connections.derivation(id)?)));
        let lineages = believed.iter().filter_map(|&id| {
            let batch = graph.batch_of_lineage(id).map(|batch| batch.key().to_owned());
            Some(LineageRecord { batch, ..self.lineage_among(names, id)? })
        });
        let reviews = graph.review_records(&key);
        let reviews = reviews.filter(|review| among.contains(review.claim.as_str()));
        let claims = names.iter().filter_map(|(&id, own)| {
            if let Some(redaction) = graph.redaction_record(id, own) {
                return Some(Record::Redaction(Box::new(redaction)));
            }
            let claim = ClaimRef::new(graph, id)?;
            let batch = claim.batch().map(|batch| batch.key().to_owned());
            let id = Some(own.clone());
            Some(Record::Claim(Box::new(ClaimRecord { id, batch, ..graph.record(claim, &name) })))
        });
        let records = [
            entities.map(|entity| Record::Entity(Box::new(entity))).collect(),
            sorted(on_record.map(|it| Record::Affiliation(Box::new(it)))),
            claims.collect(),
            sorted(links.map(|link| Record::Link(Box::new(graph.link_record(link, &name))))),
            sorted(derived.map(|(id, derivation)| {
                Record::Derivation(Box::new(graph.derivation_record(id, derivation, &name)))
            })),
            sorted(lineages.map(|lineage| Record::Lineage(Box::new(lineage)))),
            sorted(reviews.map(|review| Record::Review(Box::new(review)))),
        ]
        .concat();
        let mut batches: Vec<&Batch> = graph.batches().collect();
        let named: IndexSet<&str> = records.iter().filter_map(Record::batch).collect();
        batches.retain(|batch| named.contains(batch.key()));
        batches.sort_by_key(|batch| batch.key());
        let batches = batches.into_iter().map(|batch| Record::Batch(Box::new(batch.clone())));
        batches.chain(records).collect()
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
        let names = self.names();
        let claim = |id: ClaimId| {
            let claim = ClaimRef::new(self.graph, id)?;
            Some(ProvenClaim {
                key: self.name_among(&names, id),
                text: claim.to_string(),
                speakers: self.graph.speakers(claim.chain(), None),
                document: claim
                    .document_id()
                    .map(|document| self.graph.key_of(document).to_owned()),
                span: claim.span(),
                quotation: claim.passage().map(str::to_owned),
            })
        };
        let step = |step: &Step| {
            step.keyed(
                |id| Some(self.graph.affiliation_record(self.graph.affiliation(id)?)),
                |id| self.lineage_among(&names, id),
            )
        };
        ProofRecord {
            proof: PROOF_VERSION,
            policy: self.policy(),
            claims: self.claims().into_iter().filter_map(claim).collect(),
            steps: self.steps().filter_map(step).collect(),
            inferences: self.inferences(),
            records: self.body(&names),
        }
    }
}

impl Serialize for Proof<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.record().serialize(to)
    }
}
