//! Batches and reviews: who put a claim on record, and who looked at it afterwards. Programs add them here and read them
//! back.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::entity_ref::EntityRef;
use crate::model::batch::Batch;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{AffiliationId, BatchId, ClaimId, LineageId};
use crate::model::review::{Decision, Review};
use crate::store::batch_table::{Counts, Item};
use crate::store::stored_claim::HeldLink;
use std::sync::Arc;

impl ClaimGraph {
    /// Begins a batch: whatever is added from now on belongs to it. If the graph has the batch already, it is continued.
    ///
    /// Claims, entities, affiliations, lineage, links, derived figures and judgements belong to one batch or to none. If an entity,
    /// affiliation, link or the like is added again in another batch, it belongs to the earlier of the two. Names, codes
    /// and texts that are added to an entity on record belong to none.
    ///
    /// ```
    /// use claimgraph::record::Batch;
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (first, later) = ("2024-10-25T09:00:00Z".parse().unwrap(), "2024-11-01T09:00:00Z".parse().unwrap());
    /// graph.begin_batch(Batch::by_tool("extractor", "2.1").at(first).noted("first pass"))?;
    /// let russia = graph.add(State, "russia")?;
    /// let denial = graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// graph.begin_batch(Batch::by_person("editor").at(later))?;
    /// graph.insert(Claim::by(russia).dismisses(denial).reported(date(2024, 10, 24)))?;
    /// assert_eq!(graph.claim(denial)?.batch().unwrap().agent(), "extractor");
    /// assert_eq!(graph.view().recorded_by("editor").claims().count(), 1);
    /// assert_eq!(graph.view().recorded_as_of(first).claims().count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the batch has no instant, if its key or the name of its agent is not valid, if a person was
    /// given a prompt, or if another batch has the key.
    pub fn begin_batch(&mut self, batch: Batch) -> Result<BatchId, Error> {
        let id = self.add_batch(batch)?;
        self.switch_batch(Some(id));
        Ok(id)
    }

    /// Ends the batch: whatever is added from now on belongs to none.
    pub fn end_batch(&mut self) {
        self.switch_batch(None);
    }

    /// Returns a batch by its handle.
    pub fn batch(&self, batch: BatchId) -> Option<&Batch> {
        self.batches.get(batch)
    }

    /// Returns every batch, in order of adding.
    pub fn batches(&self) -> impl ExactSizeIterator<Item = &Batch> {
        self.batches.all()
    }

    /// Returns the batch of an affiliation.
    pub fn batch_of_affiliation(&self, affiliation: AffiliationId) -> Option<&Batch> {
        self.batch_of(Item::Affiliation, affiliation.index())
    }

    /// Returns the batch of a lineage link.
    pub fn batch_of_lineage(&self, lineage: LineageId) -> Option<&Batch> {
        self.batch_of(Item::Lineage, lineage.index())
    }

    /// Adds a review of a claim, and so of every claim that is equal to it. Earlier reviews are kept; the latest one counts, whatever the order in which they are
    /// added. Of two at the same instant, a rejection counts before an acceptance, and that before a proposal.
    ///
    /// ```
    /// use claimgraph::record::{Decision, Review};
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let denial = graph.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// let (first, later) = ("2024-10-25T09:00:00Z".parse().unwrap(), "2024-11-01T09:00:00Z".parse().unwrap());
    /// graph.review(denial, Review::accepted().by("editor").at(later))?;
    /// graph.review(denial, Review::proposed().by("reader").at(first))?;
    /// assert_eq!(graph.claim(denial)?.decision(), Some(Decision::Accepted));
    /// assert_eq!(graph.view().reviewed().claims().count(), 1);
    /// assert_eq!(graph.view().reviewed().recorded_as_of(first).claims().count(), 0);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the claim is unknown, if the review has no instant, or if the name of its agent is not valid.
    pub fn review(&mut self, claim: ClaimId, review: Review) -> Result<(), Error> {
        self.checker().known(claim, FieldPath::Review)?;
        review.check()?;
        let key = *self.claim_key(claim)?.as_bytes();
        Arc::make_mut(&mut self.batches).review(key, claim, review);
        Ok(())
    }

    /// Puts a batch on record, and leaves the current one as it is.
    pub(crate) fn add_batch(&mut self, batch: Batch) -> Result<BatchId, Error> {
        let batch = batch.settle()?;
        if let Some((id, known)) = self.batches.find(batch.key()) {
            return match *known == batch {
                true => Ok(id),
                false => {
                    let found = "batch with other details";
                    Err(Error::key_taken(FieldPath::Batch, batch.key(), found))
                }
            };
        }
        let full = || Error::new(FieldPath::Batch, ErrorKind::Full { what: "batches" });
        Arc::make_mut(&mut self.batches).add(batch).ok_or_else(full)
    }

    /// Makes the batch that of whatever comes next.
    pub(crate) fn switch_batch(&mut self, batch: Option<BatchId>) {
        if self.batches.current() != batch {
            let counts = self.item_counts();
            Arc::make_mut(&mut self.batches).switch(batch, counts);
        }
    }

    fn item_counts(&self) -> Counts {
        let connections = &self.ledger.connections;
        [
            self.registry.len(),
            self.ledger.len(),
            self.affiliations.len(),
            self.lineages.len(),
            connections.links().len(),
            connections.derivations().len(),
            self.judgements.len(),
        ]
    }

    /// Takes note that something on record was added again in the current batch.
    pub(crate) fn added_again(&mut self, item: Item, number: usize) {
        if let Some(current) = self.batches.current() {
            self.belongs_to(item, number, current);
        }
    }

    /// Puts something into a batch. If it has one, it belongs to the earlier of the two.
    pub(crate) fn belongs_to(&mut self, item: Item, number: usize, batch: BatchId) {
        let known = self.batches.of(item, number);
        let first = known.map_or(batch, |known| self.batches.earlier(known, batch));
        if known != Some(first) {
            Arc::make_mut(&mut self.batches).set(item, number, Some(first));
        }
    }

    pub(crate) fn batch_of(&self, item: Item, number: usize) -> Option<&Batch> {
        self.batches.get(self.batches.of(item, number)?)
    }

    /// Returns the batch with this key.
    pub(crate) fn batch_keyed(&self, key: &str) -> Result<BatchId, Error> {
        let found = self.batches.find(key).map(|(id, _)| id);
        found.ok_or_else(|| Error::unknown(FieldPath::Batch, "batch", key))
    }

    /// Returns the batch of a link.
    pub(crate) fn batch_of_link(&self, link: &HeldLink) -> Option<&Batch> {
        self.batch_of(Item::Link, self.ledger.connections.place_of(link)?)
    }

    /// Returns the batch of the derived figure of a claim.
    pub(crate) fn batch_of_derivation(&self, claim: ClaimId) -> Option<&Batch> {
        self.batch_of(Item::Derivation, self.ledger.connections.place_of_derivation(claim)?)
    }
}

impl<'g> ClaimRef<'g> {
    /// Returns the batch in which the claim was put on record.
    pub fn batch(self) -> Option<&'g Batch> {
        self.graph().batch_of(Item::Claim, self.id().index())
    }

    /// Returns the reviews of the claim and of those that are equal to it, the earliest first.
    pub fn reviews(self) -> impl DoubleEndedIterator<Item = &'g Review> {
        let (graph, claim) = (self.graph(), self.id());
        // Without reviews, no key is computed.
        let key = graph.batches.has_reviews().then(|| graph.claim_key(claim).ok()).flatten();
        let reviews = key.and_then(|key| graph.batches.reviews_of(*key.as_bytes()));
        reviews.into_iter().flatten()
    }

    /// Returns the latest decision on the claim.
    pub fn decision(self) -> Option<Decision> {
        self.reviews().next_back().map(Review::decision)
    }
}

impl<'g> EntityRef<'g> {
    /// Returns the batch in which the entity was first put on record.
    pub fn batch(self) -> Option<&'g Batch> {
        self.graph.batch_of(Item::Entity, self.id().index())
    }
}
