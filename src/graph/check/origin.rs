//! Checks of the speakers of a claim, of its document, and of the claims that it answers. The
//! [`Checker`](crate::graph::check::Checker) calls them.

use crate::graph::check::Checker;
use crate::model::claim::Claim;
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId};
use crate::model::statement::{Argument, Value};
use crate::model::text::excerpt;
use crate::model::value::stance::{Basis, Stance};
use crate::store::origin_table::SpeakerLink;
use indexmap::IndexMap;

impl<'g> Checker<'g> {
    /// Returns the chain of speakers, outermost first, and the document in which the claim was read.
    pub(crate) fn origin(
        self,
        claim: &Claim,
        faults: &mut Vec<Error>,
    ) -> (Option<Vec<SpeakerLink>>, Option<(EntityId, &'g DocumentInfo)>) {
        // A document that speaks in its own voice is read in itself.
        let outermost = claim
            .chain
            .last()
            .filter(|speaker| matches!(speaker.who.value, Some(Value::Entity(e)) if self.registry.document(e).is_some()));
        let read_in = claim.document.as_ref().or(outermost.map(|speaker| &speaker.who));
        let document = read_in.and_then(|doc| self.document(doc, faults));
        (self.chain(claim, document.map(|(id, _)| id), faults), document)
    }

    fn document(
        self,
        argument: &Argument,
        faults: &mut Vec<Error>,
    ) -> Option<(EntityId, &'g DocumentInfo)> {
        let Some(Value::Entity(entity)) = argument.value else {
            let (found, expected) = (argument.name(), "a Document".to_owned());
            faults.push(Error::new(FieldPath::Document, ErrorKind::WrongTerm { found, expected }));
            return None;
        };
        if let Err(error) = self.entity(entity, Some("Document"), FieldPath::Document) {
            faults.push(error);
            return None;
        }
        let document = self.registry.document(entity);
        if document.is_none() {
            let key = self.registry.get(entity).map(|(key, _)| excerpt(key)).unwrap_or_default();
            faults.push(Error::new(FieldPath::Document, ErrorKind::NotReadable { key }));
        }
        document.map(|doc| (entity, doc))
    }

    /// Returns the chain of speakers, outermost first; the document stands before all others.
    fn chain(
        self,
        claim: &Claim,
        document: Option<EntityId>,
        faults: &mut Vec<Error>,
    ) -> Option<Vec<SpeakerLink>> {
        let before = faults.len();
        let mut chain = Vec::with_capacity(claim.chain.len() + 1);
        for (steps, speaker) in claim.chain.iter().enumerate() {
            let part = FieldPath::Speaker(steps);
            let source = match speaker.who.value {
                Some(Value::Entity(entity)) => self.entity(entity, Some("Source"), part).map(Some),
                Some(Value::NotStated) => Ok(None),
                _ => {
                    let (found, expected) = (speaker.who.name(), "a Source".to_owned());
                    Err(Error::new(part, ErrorKind::WrongTerm { found, expected }))
                }
            };
            match source {
                Ok(source) => {
                    chain.push(SpeakerLink { source, basis: speaker.basis, direct: speaker.direct })
                }
                Err(error) => faults.push(error),
            }
        }
        if let Some(document) =
            document.filter(|&doc| chain.last().is_none_or(|link| link.source != Some(doc)))
        {
            chain.push(SpeakerLink { source: Some(document), basis: Basis::Stated, direct: false });
        }
        chain.reverse();
        // "The article says that the article says" is said once; the link nearer to what is said stays.
        while let [first, second, ..] = chain.as_slice()
            && first.source.is_some()
            && first.source == second.source
        {
            chain.remove(0);
        }
        (faults.len() == before).then_some(chain)
    }

    pub(super) fn targets(
        self,
        claim: &Claim,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
        faults: &mut Vec<Error>,
    ) -> Option<Vec<(ClaimId, Basis)>> {
        let before = faults.len();
        let mut targets: IndexMap<ClaimId, Basis> = IndexMap::with_capacity(claim.targets.len());
        for (index, &(target, basis)) in claim.targets.iter().enumerate() {
            let part = FieldPath::Target(index);
            if Some(target) == self.ledger.next() {
                faults.push(Error::new(part, ErrorKind::AnswersItself));
                continue;
            }
            if !self.known(target, part.clone(), faults) {
                continue;
            }
            if claim.stance == Stance::Retracts && !self.is_own(chain, document, target) {
                faults.push(Error::new(part, ErrorKind::NotOwnClaim));
            }
            // The firmer of two readings counts.
            let known = targets.entry(target).or_insert(basis);
            *known = (*known).min(basis);
        }
        targets.sort_unstable_keys();
        (faults.len() == before).then(|| targets.into_iter().collect())
    }

    /// Returns whether the innermost speaker of the chain is one of the target's own speakers, or published it.
    fn is_own(self, chain: &[SpeakerLink], document: Option<EntityId>, target: ClaimId) -> bool {
        let Some(row) = self.ledger.find(target) else {
            return false;
        };
        let (theirs, read_in) = (self.ledger.chain(row), self.ledger.document(row));
        let Some(speaker) = chain.last().and_then(|link| link.source) else {
            return false;
        };
        let publisher = |doc: Option<EntityId>| {
            doc.and_then(|d| self.registry.document(d)).and_then(DocumentInfo::publisher)
        };
        let outermost = theirs.iter().find(|link| link.source != read_in).or(theirs.first());
        let own = [outermost, theirs.last()]
            .into_iter()
            .flatten()
            .any(|link| link.source == Some(speaker));
        let own_voice = Some(speaker) == document && theirs.len() == 1;
        own || publisher(read_in) == Some(speaker)
            || (own_voice
                && publisher(document).is_some()
                && publisher(document) == publisher(read_in))
    }
}
