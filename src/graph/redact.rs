//! Redaction: the erasure of a claim, or of the names and text of an entity, for legal reasons. Programs call it. It is
//! the one change of what is on record.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::{ClaimKey, KeyIndex};
use crate::graph::claim_ref::ClaimRef;
use crate::graph::entity_ref::EntityRef;
use crate::graph::fast_insert::InsertCache;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId};
use crate::model::redaction::Redaction;
use crate::model::time::day::Day;
use crate::store::batch_table::Item;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

impl ClaimGraph {
    /// Erases claims, and all claims that are equal to them. What stays of a claim is its key, its report day, its batch
    /// and the redaction.
    ///
    /// Its speakers, statement, roles, figures, words, quotes and document are gone, also from every file that is written
    /// from now on, and so is the figure that was derived for it. Answers to it and links stay and lead to its key, so
    /// proofs that name it still stand. It says nothing, so no question counts it. All rows are put on record again, so
    /// many claims at once cost as much as one. Reviews have notes and stay.
    ///
    /// ```
    /// use claimgraph::record::Redaction;
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let day = date(2024, 10, 24);
    /// let claim = graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let answer = graph.insert(Claim::by(russia).dismisses(claim).reported(day))?;
    /// let key = graph.claim_key(claim)?;
    /// let order = Redaction::by("legal desk").at("2025-03-01T09:00:00Z".parse().unwrap());
    /// graph.redact_claims([claim], order)?;
    /// assert!(graph.claim(claim)?.redaction().is_some() && graph.claim(claim)?.statement().is_none());
    /// assert_eq!((graph.claim_key(claim)?, graph.claim(answer)?.targets().len()), (key, 1));
    /// assert!(graph.statement(nk, DEPLOYS_TO, russia).backing().is_empty());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if a claim is unknown, or if the redaction has no agent or no instant. In that case nothing changes.
    pub fn redact_claims(
        &mut self,
        claims: impl IntoIterator<Item = ClaimId>,
        redaction: Redaction,
    ) -> Result<(), Error> {
        redaction.check()?;
        let keys = claims.into_iter().map(|claim| Ok((self.claim_key(claim)?, redaction.clone())));
        let keys = keys.collect::<Result<_, Error>>()?;
        self.redact_keyed(keys);
        Ok(())
    }

    /// Erases all claims with these keys.
    pub(crate) fn redact_keyed(&mut self, keys: Vec<(ClaimKey, Redaction)>) {
        if keys.is_empty() {
            return;
        }
        let keys: FxHashMap<ClaimKey, Redaction> = keys.into_iter().collect();
        let mut redacted = Vec::new();
        for (claim, key) in self.ledger.claims().zip(self.all_keys()) {
            if let Some(redaction) = keys.get(&key) {
                let table = Arc::make_mut(&mut self.redactions);
                table.note_claim(claim, *key.as_bytes(), redaction.clone());
                redacted.push(claim);
            }
        }
        self.forget_redacted(&redacted);
    }

    /// Puts the rows on record again without the content of these claims.
    fn forget_redacted(&mut self, claims: &[ClaimId]) {
        let gone: FxHashSet<ClaimId> = claims.iter().copied().collect();
        let kept = self.ledger.connections.derivations().map(|(claim, _)| claim);
        let kept: Vec<ClaimId> = kept.filter(|claim| !gone.contains(claim)).collect();
        let batches: Vec<_> = kept
            .iter()
            .filter_map(|&claim| self.ledger.connections.place_of_derivation(claim))
            .map(|place| self.batches.of(Item::Derivation, place))
            .collect();
        let redactions = &self.redactions;
        let is_redacted = |claim| redactions.key(claim).is_some();
        self.ledger = self.ledger.replaced(&|entity| entity, &is_redacted);
        Arc::make_mut(&mut self.ledger.connections).keep_derivations(&kept);
        let table = Arc::make_mut(&mut self.batches);
        for (place, batch) in batches.into_iter().enumerate() {
            table.set(Item::Derivation, place, batch);
        }
        self.cache = InsertCache::default();
        self.keyed = KeyIndex::default();
    }

    /// Erases the names, codes and the attached text of an entity. What stays is its key, its kind and, of a document, its
    /// other details. Names and codes that are added to it later are ignored, and a text is refused.
    ///
    /// # Errors
    /// Returns an error if the entity is unknown, or if the redaction has no agent or no instant.
    pub fn redact_entity(
        &mut self,
        entity: impl Into<EntityId>,
        redaction: Redaction,
    ) -> Result<(), Error> {
        redaction.check()?;
        let entity = self.checker().entity(entity.into(), None, FieldPath::Redaction)?;
        self.registry.redact(entity);
        Arc::make_mut(&mut self.redactions).note_entity(entity, redaction);
        Ok(())
    }

    /// Puts a claim on record that was redacted before it came here.
    pub(crate) fn insert_redacted(
        &mut self,
        key: ClaimKey,
        reported: Day,
        redaction: Redaction,
    ) -> Result<ClaimId, Error> {
        redaction.check()?;
        let full = || Error::new(FieldPath::Redaction, ErrorKind::Full { what: "claims" });
        let claim = self.ledger.append_redacted(reported).ok_or_else(full)?;
        Arc::make_mut(&mut self.redactions).note_claim(claim, *key.as_bytes(), redaction);
        Ok(claim)
    }

    /// Marks a claim that is on record without its content as redacted.
    pub(crate) fn mark_redacted(
        &mut self,
        claim: ClaimId,
        key: ClaimKey,
        redaction: Redaction,
    ) -> Result<(), Error> {
        self.checker().known(claim, FieldPath::Redaction)?;
        redaction.check()?;
        Arc::make_mut(&mut self.redactions).note_claim(claim, *key.as_bytes(), redaction);
        Ok(())
    }

    /// Returns the key that a redacted claim had.
    pub(crate) fn key_of_redacted(&self, claim: ClaimId) -> Option<ClaimKey> {
        self.redactions.key(claim).map(ClaimKey::from_bytes)
    }

    pub(crate) fn is_redacted(&self, claim: ClaimId) -> bool {
        self.redactions.of_claim(claim).is_some()
    }
}

impl<'g> ClaimRef<'g> {
    /// Returns the redaction of the claim, if it was erased.
    pub fn redaction(self) -> Option<&'g Redaction> {
        self.graph().redactions.of_claim(self.id())
    }
}

impl<'g> EntityRef<'g> {
    /// Returns the redaction of the entity, if its names were erased.
    pub fn redaction(self) -> Option<&'g Redaction> {
        self.graph.redactions.of_entity(self.id())
    }
}
