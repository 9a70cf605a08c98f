//! The records that were added to a graph since an earlier clone of it. Programs that keep a log of a graph use it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::batch::Batch;
use crate::model::claim_link::Derivation;
use crate::model::id::{AffiliationId, ClaimId, EntityId, JudgementId, LineageId};
use crate::model::record::{ClaimRecord, Header, Record, ReviewRecord};
use crate::model::review::Review;
use crate::store::batch_table::Item;
use crate::store::stored_claim::HeldLink;

/// The additions to a graph since an earlier clone of it, as records that name claims by their numbers.
///
/// [`Loader::by_number`](crate::record::Loader::by_number) adds the records to the earlier graph. Entities and claims
/// get the handles that they have in the later one. If an entity got another name, its whole record is among the
/// additions. Texts that were attached to documents are not. The cost is that of the additions and of the parts that
/// the two graphs do not share.
///
/// ```
/// use claimgraph::{date, format::Additions, record::Loader, reporting::*, Claim, ClaimGraph};
/// let mut before = ClaimGraph::new();
/// let russia = before.add(State, "russia")?;
/// let mut after = before.clone();
/// let nk = after.add(State, "north-korea")?;
/// after.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
///
/// let additions = Additions::between(&before, &after).expect("one is a clone of the other");
/// let mut loader = Loader::by_number(before.clone());
/// additions.each(|record| loader.push(record))?;
/// assert_eq!((additions.claims(), loader.finish().to_jsonl()), (1, after.to_jsonl()));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Debug)]
pub struct Additions<'g> {
    graph: &'g ClaimGraph,
    /// How many claims there were before.
    claims: usize,
    by_key: bool,
    has_new_words: bool,
    batches: Vec<&'g Batch>,
    entities: Vec<EntityId>,
    affiliations: Vec<AffiliationId>,
    links: Vec<&'g HeldLink>,
    derivations: Vec<(ClaimId, &'g Derivation)>,
    lineages: Vec<LineageId>,
    reviews: Vec<(ClaimId, &'g Review)>,
    judgements: Vec<JudgementId>,
    /// How many entities there were before.
    known_entities: usize,
}

impl<'g> Additions<'g> {
    /// Compares a graph with an earlier clone of it. Returns `None` if the later graph is not the earlier one with
    /// additions that records can carry, for example if a claim has changed its batch or was redacted.
    pub fn between(before: &ClaimGraph, graph: &'g ClaimGraph) -> Option<Self> {
        // Without `..`, so that a part that a graph gets later is not forgotten here.
        let ClaimGraph {
            vocabulary,
            registry,
            ledger,
            affiliations,
            lineages,
            batches,
            parts: _,
            wholes: _,
            sources: _,
            drawn_from: _,
            judgements,
            redactions,
            orders: _,
            rules: _,
            cache: _,
            keyed: _,
            made: _,
        } = before;
        let (links, derivations) = (ledger.connections.links(), ledger.connections.derivations());
        let is_grown = graph.registry.begins_with(registry)
            && graph.ledger.begins_with(ledger)
            && graph.batches.begins_with(batches)
            && graph.judgements.begins_with(judgements)
            // What is erased must not stay in what was written earlier.
            && graph.redactions.agrees(redactions, ledger.len(), registry.len())
            && graph.affiliations.len() >= affiliations.len()
            && graph.lineages.len() >= lineages.len()
            && graph.ledger.connections.links().len() >= links.len()
            && graph.ledger.connections.derivations().len() >= derivations.len();
        // The places of those that have changed their batch, and of the new ones.
        let told = |item: Item, before: usize, now: usize| {
            let changed = graph.batches.changed_since(batches, item, before);
            changed.into_iter().chain(before..now)
        };
        let claims = ledger.len();
        if !is_grown || told(Item::Claim, claims, claims).next().is_some() {
            return None;
        }
        let all_links: Vec<&HeldLink> = graph.ledger.connections.links().collect();
        let all_derivations: Vec<_> = graph.ledger.connections.derivations().collect();
        let mut entities = graph.registry.described_since(registry);
        entities.extend(
            told(Item::Entity, registry.len(), graph.registry.len()).filter_map(EntityId::at),
        );
        entities.sort_unstable();
        entities.dedup();
        Some(Self {
            graph,
            claims,
            by_key: false,
            has_new_words: graph.vocabulary != *vocabulary,
            batches: graph.batches.all().skip(batches.all().len()).collect(),
            entities,
            affiliations: told(Item::Affiliation, affiliations.len(), graph.affiliations.len())
                .filter_map(AffiliationId::at)
                .collect(),
            links: told(Item::Link, links.len(), all_links.len())
                .filter_map(|place| all_links.get(place).copied())
                .collect(),
            derivations: told(Item::Derivation, derivations.len(), all_derivations.len())
                .filter_map(|place| all_derivations.get(place).copied())
                .collect(),
            lineages: told(Item::Lineage, lineages.len(), graph.lineages.len())
                .filter_map(LineageId::at)
                .collect(),
            reviews: graph.batches.reviews_since(batches).collect(),
            known_entities: registry.len(),
            judgements: {
                let mut changed: Vec<JudgementId> =
                    told(Item::Judgement, judgements.len(), graph.judgements.len())
                        .filter_map(JudgementId::at)
                        .chain(graph.judgements.undone_since(judgements))
                        .collect();
                changed.sort_unstable();
                changed.dedup();
                changed
            },
        })
    }

    /// Makes the records name claims by their [keys](crate::claim::ClaimKey), as lines that
    /// [`read_onto`](crate::jsonl::Reader::read_onto) reads. A claim that the graph has several times is then named as the
    /// first of them.
    #[must_use]
    pub fn by_key(self) -> Self {
        Self { by_key: true, ..self }
    }

    /// Returns whether the vocabulary has grown.
    pub fn has_new_words(&self) -> bool {
        self.has_new_words
    }

    /// Returns how many claims were added.
    pub fn claims(&self) -> usize {
        self.graph.len() - self.claims
    }

    /// Returns whether nothing was added.
    pub fn is_empty(&self) -> bool {
        let beside = self.links.len() + self.derivations.len() + self.lineages.len();
        let counts = [self.batches.len(), self.entities.len(), self.affiliations.len(), beside];
        let about = self.reviews.len() + self.judgements.len();
        !self.has_new_words && self.claims() + about + counts.iter().sum::<usize>() == 0
    }

    /// Hands out every record in turn: the header if the vocabulary has grown, batches, entities, affiliations, claims,
    /// links, derivations, lineage, reviews, judgements. Items of a kind come in order of insertion.
    ///
    /// # Errors
    /// The first error of `take`.
    pub fn each<E>(&self, mut take: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        let graph = self.graph;
        let name = |id: ClaimId| match self.by_key {
            true => graph.claim_name(id),
            false => id.number().to_string(),
        };
        if self.has_new_words {
            take(Record::Claimgraph(Box::new(Header::new(graph.vocabulary.clone()))))?;
        }
        for &batch in &self.batches {
            take(Record::Batch(Box::new(batch.clone())))?;
        }
        for record in self.entities.iter().filter_map(|&id| graph.entity_record(id)) {
            take(Record::Entity(Box::new(record)))?;
        }
        for (entity, record) in graph.entity_redactions() {
            if entity.index() >= self.known_entities {
                take(Record::Redaction(Box::new(record)))?;
            }
        }
        for record in self.affiliations.iter().filter_map(|&id| graph.affiliation_on_record(id)) {
            take(Record::Affiliation(Box::new(record)))?;
        }
        for claim in graph.claims_from(self.claims) {
            if graph.is_redacted(claim.id()) {
                // It needs a name of its own, and equal claims have one key.
                let own = format!("{}-{}", name(claim.id()), claim.id().number());
                let record = graph.redaction_record(claim.id(), &own);
                record.map_or(Ok(()), |record| take(Record::Redaction(Box::new(record))))?;
                continue;
            }
            let batch = claim.batch().map(|batch| batch.key().to_owned());
            take(Record::Claim(Box::new(ClaimRecord { batch, ..graph.record(claim, &name) })))?;
        }
        for &link in &self.links {
            take(Record::Link(Box::new(graph.link_record(link, &name))))?;
        }
        for &(claim, derivation) in &self.derivations {
            take(Record::Derivation(Box::new(graph.derivation_record(claim, derivation, &name))))?;
        }
        for record in self.lineages.iter().filter_map(|&id| graph.lineage_on_record(id, &name)) {
            take(Record::Lineage(Box::new(record)))?;
        }
        for &(claim, review) in &self.reviews {
            let Review { at, decision, by, note } = review.clone();
            let record = ReviewRecord { claim: name(claim), decision, by, at, note };
            take(Record::Review(Box::new(record)))?;
        }
        for record in self.judgements.iter().filter_map(|&id| graph.judgement_record(id)) {
            take(Record::Judgement(Box::new(record)))?;
        }
        Ok(())
    }
}

impl ClaimGraph {
    /// Returns the claims from this place on, in order of insertion.
    fn claims_from(&self, first: usize) -> impl Iterator<Item = ClaimRef<'_>> {
        let ids = (first..self.len()).filter_map(ClaimId::at);
        ids.filter_map(|id| ClaimRef::new(self, id))
    }
}
