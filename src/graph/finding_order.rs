//! The order of findings: report day, instant of the document, time of utterance, place in the document,
//! [key](crate::claim::ClaimKey). Times of utterance go by their first possible day, then by their last. What is not
//! known comes first.
//!
//! Questions sort their answers by this order, unless their method documents another one. So no answer depends on the
//! order of insertion. A revision of several claims applies to the first of them in the same order.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::{Basis, Stance};
use crate::store::stored_claim::Revised;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

impl ClaimGraph {
    /// Compares two claims by report day, instant of the document, time of utterance and place in the document.
    fn order(&self, a: ClaimId, b: ClaimId) -> Ordering {
        let (Some(a), Some(b)) = (ClaimRef::new(self, a), ClaimRef::new(self, b)) else {
            return Ordering::Equal;
        };
        let key = |document: Option<EntityId>| document.map(|d| self.key_of(d));
        let documents = || match (a.document_id(), b.document_id()) {
            (a, b) if a == b => Ordering::Equal,
            (a, b) => key(a).cmp(&key(b)),
        };
        a.reported_day()
            .cmp(&b.reported_day())
            .then_with(|| self.published(a).cmp(&self.published(b)))
            .then_with(|| a.spoken().cmp(&b.spoken()))
            .then_with(documents)
            .then_with(|| (a.span(), a.cue_span()).cmp(&(b.span(), b.cue_span())))
    }

    /// Returns the instant at which the document of the claim was published.
    pub(crate) fn published(&self, claim: ClaimRef<'_>) -> Option<Timestamp> {
        self.registry.document(claim.document_id()?)?.instant()
    }

    /// Returns the first of these claims by report day, instant of the document, time of utterance, place in the document
    /// and key.
    pub(crate) fn first_finding(&self, claims: &[ClaimId]) -> Option<ClaimId> {
        let first = *claims.iter().min_by(|&&a, &&b| self.order(a, b))?;
        let mut tied: Vec<ClaimId> = claims
            .iter()
            .copied()
            .filter(|&other| self.order(first, other) == Ordering::Equal)
            .collect();
        self.sort_findings(&mut tied, |&id| id);
        tied.first().copied()
    }

    /// Sorts findings of the caller as answers are sorted: by report day, instant of the document, time of utterance, place
    /// in the document and key of the claim that `id` returns.
    pub fn sort_findings<T>(&self, found: &mut [T], id: impl Fn(&T) -> ClaimId) {
        // Only claims are sorted, so this code is compiled once for all kinds of items. The items then follow.
        let mut order = self.sorted_places(found.iter().map(id).collect());
        for start in 0..order.len() {
            let mut at = start;
            while let Some(from) = order.get_mut(at).map(|from| std::mem::replace(from, at))
                && from != start
            {
                found.swap(at, from);
                at = from;
            }
        }
    }

    /// Returns the places of the claims in the list, in the order of findings.
    fn sorted_places(&self, claims: Vec<ClaimId>) -> Vec<usize> {
        let mut sorted: Vec<(ClaimId, usize)> = claims.into_iter().zip(0..).collect();
        sorted.sort_by(|(a, _), (b, _)| self.order(*a, *b));
        let mut keys = FxHashMap::default();
        for tied in sorted.chunk_by_mut(|(a, _), (b, _)| self.order(*a, *b) == Ordering::Equal) {
            if tied.len() > 1 {
                tied.sort_by_cached_key(|&(id, place)| (self.key_beside(id, &mut keys), id, place));
            }
        }
        sorted.into_iter().map(|(_, place)| place).collect()
    }
}

/// How many confirmations of confirmations are followed to what was revised. They are not remembered.
const MOST_CONFIRMATIONS: usize = 64;

impl<'g> ClaimRef<'g> {
    /// Returns the claims that give the statement, figure and period of a revision without a statement: they stand at
    /// the end of the chain of revisions. A revision of several claims revises the first in the order of findings. A
    /// revision of a confirmation revises what that says.
    pub(crate) fn revised(self) -> Option<Revised> {
        let ledger = &self.graph().ledger;
        ledger.revised(self.id())?;
        let known = |id| ledger.revised(id).map(|cell| cell.get().copied());
        let (mut chain, mut last) = (Vec::new(), self);
        let mut confirmations = 0..MOST_CONFIRMATIONS;
        let mut revised = loop {
            match known(last.id()) {
                None if last.confirms_as_a_whole() && confirmations.next().is_some() => {
                    chain.push(last);
                }
                None => break Revised::itself(last.id()),
                Some(Some(revised)) => break revised,
                Some(None) => chain.push(last),
            }
            let firm = last.targets().filter(|(_, basis)| *basis != Basis::Possible);
            let firm: Vec<ClaimId> = firm.map(|(target, _)| target).collect();
            // Targets come before the claims that answer them, so this ends.
            last = ClaimRef::new(self.graph(), self.graph().first_finding(&firm)?)?;
        };
        for claim in chain.into_iter().rev() {
            if claim.gives_figure() {
                revised.figure = claim.id();
            }
            if claim.valid().is_some() {
                revised.period = claim.id();
            }
            // If another thread was first, the value is the same.
            ledger.revised(claim.id()).into_iter().for_each(|cell| _ = cell.set(revised));
        }
        Some(revised)
    }

    /// Returns whether it confirms or acknowledges claims and has no statement of its own.
    pub(crate) fn confirms_as_a_whole(self) -> bool {
        matches!(self.stance(), Stance::Confirms | Stance::Acknowledges)
            && self.statement().is_none()
    }
}
