//! Checks of the speakers of a claim, of its document, and of the claims that it answers. The
//! [`Checker`](crate::graph::check::Checker) calls them.

use crate::graph::check::Checker;
use crate::model::claim::{Claim, Speaker, SpeakerLink};
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId, checked};
use crate::model::statement::{Argument, Value};
use crate::model::text::excerpt;
use crate::model::value::stance::{Basis, Stance};
use indexmap::IndexMap;

impl<'g> Checker<'g> {
    /// Returns the chain of speakers, outermost first, and the document in which the claim was read.
    pub(super) fn origin(
        &mut self,
        claim: &Claim,
    ) -> (Option<Vec<SpeakerLink>>, Option<(EntityId, &'g DocumentInfo)>) {
        // A document that speaks in its own voice is read in itself.
        let speaks = |argument: &&Argument| matches!(argument.value, Some(Value::Entity(entity)) if self.registry.document(entity).is_some());
        let outermost = claim.chain.last().map(|speaker| &speaker.who).filter(speaks);
        let read_in = claim.document.as_ref().or(outermost);
        let document = read_in.and_then(|document| self.document(document));
        (self.chain(claim, document.map(|(id, _)| id)), document)
    }

    fn document(&mut self, argument: &Argument) -> Option<(EntityId, &'g DocumentInfo)> {
        let Some(Value::Entity(entity)) = argument.value else {
            let wrong = Error::wrong_term(FieldPath::Document, argument.name(), "a Document");
            self.faults.push(wrong);
            return None;
        };
        self.noting(self.entity(entity, Some("Document"), FieldPath::Document))?;
        let document = self.registry.document(entity);
        if document.is_none() {
            let key = excerpt(checked(self.registry.key(entity)));
            self.fault(FieldPath::Document, ErrorKind::NotReadable { key });
        }
        document.map(|document| (entity, document))
    }

    /// Returns the chain of speakers, outermost first; the document stands before all others.
    fn chain(&mut self, claim: &Claim, document: Option<EntityId>) -> Option<Vec<SpeakerLink>> {
        let before = self.faults.len();
        let mut chain = Vec::with_capacity(claim.chain.len() + 1);
        for (steps, Speaker { who, basis, direct }) in claim.chain.iter().enumerate() {
            let part = FieldPath::Speaker(steps);
            let source = match who.value {
                Some(Value::Entity(entity)) => self.entity(entity, Some("Source"), part).map(Some),
                Some(Value::NotStated) => Ok(None),
                _ => Err(Error::wrong_term(part, who.name(), "a Source")),
            };
            let source = self.noting(source);
            chain.extend(source.map(|source| SpeakerLink {
                source,
                basis: *basis,
                direct: *direct,
            }));
        }
        if document.is_some() && chain.last().is_none_or(|link| link.source != document) {
            chain.push(SpeakerLink { source: document, basis: Basis::Stated, direct: false });
        }
        // "The article says that the article says" is said once; the link nearer to what is said stays.
        while let [.., second, first] = chain.as_slice()
            && first.source.is_some()
            && first.source == second.source
        {
            chain.pop();
        }
        chain.reverse();
        (self.faults.len() == before).then_some(chain)
    }

    pub(super) fn targets(
        &mut self,
        claim: &Claim,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
    ) -> Option<Vec<(ClaimId, Basis)>> {
        let before = self.faults.len();
        let mut targets: IndexMap<ClaimId, Basis> = IndexMap::with_capacity(claim.targets.len());
        for (index, &(target, basis)) in claim.targets.iter().enumerate() {
            let part = FieldPath::Target(index);
            if Some(target) == self.ledger.next() {
                self.fault(part, ErrorKind::AnswersItself);
                continue;
            }
            if self.noting(self.known(target, part.clone())).is_none() {
                continue;
            }
            if claim.stance == Stance::Retracts && !self.is_own(chain, document, target) {
                self.fault(part, ErrorKind::NotOwnClaim);
            }
            // The firmer of two readings counts.
            let known = targets.entry(target).or_insert(basis);
            *known = (*known).min(basis);
        }
        targets.sort_unstable_keys();
        (self.faults.len() == before).then(|| targets.into_iter().collect())
    }

    /// Returns whether the innermost speaker of the chain is one of the target's own speakers, or published it. Nobody can
    /// tell of a redacted claim, so it may be anybody's.
    fn is_own(&self, chain: &[SpeakerLink], document: Option<EntityId>, target: ClaimId) -> bool {
        let Some(row) = self.ledger.find(target) else {
            return false;
        };
        if self.ledger.says_nothing(row) {
            return true;
        }
        let (theirs, read_in) = (self.ledger.chain(row), self.ledger.document(row));
        let Some(speaker) = chain.last().and_then(|link| link.source) else {
            return false;
        };
        let publisher = |doc: Option<EntityId>| {
            doc.and_then(|d| self.registry.document(d)).and_then(DocumentInfo::publisher)
        };
        let outermost = theirs.iter().find(|link| link.source != read_in).or(theirs.first());
        let mut ends = [outermost, theirs.last()].into_iter().flatten();
        let own = ends.any(|link| link.source == Some(speaker));
        let own_voice = Some(speaker) == document && theirs.len() == 1;
        own || publisher(read_in) == Some(speaker)
            || (own_voice
                && publisher(document).is_some()
                && publisher(document) == publisher(read_in))
    }
}
