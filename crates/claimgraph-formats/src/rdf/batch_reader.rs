//! Reads batches, reviews, judgements, redactions, and in which batch something was put on record.

use crate::rdf::iri::{Known, Space, key, verdict_iri};
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::{NodeId, Store};
use crate::rdf::said::Said;
use claimgraph::format::{ReadError, excerpt};
use claimgraph::identity::{Undo, Verdict};
use claimgraph::record::{Batch, JudgementRecord, RedactionRecord, ReviewRecord};

/// The form of an instant, for messages.
pub(super) const INSTANT: &str = "an instant such as 2024-10-24T15:30:00Z";

/// Returns the key of the batch that a triple names. Other activities are not batches.
pub(super) fn batch_key(store: &Store, said: Said<'_>) -> Option<String> {
    let key = key(Space::Batch, store.name(said.value.node()?))?;
    Some(key.into_owned())
}

impl<'s> Draft<'s> {
    /// Reads in which batch something was put on record.
    pub(super) fn generated(
        &mut self,
        said: Said<'s>,
        batch: &mut Option<String>,
    ) -> Result<(), ReadError> {
        match batch_key(self.store, said) {
            Some(key) => said.set(batch, key),
            None => {
                self.leave(said);
                Ok(())
            }
        }
    }

    /// Reads the name of an agent.
    fn agent(&mut self, said: Said<'s>) -> Result<String, ReadError> {
        let agent = said.node()?;
        for said in self.properties(agent) {
            let classes = [Known::AgentClass, Known::Person, Known::SoftwareAgent];
            if said.known() != Some(Known::Type) || !said.is_one_of(&classes) {
                self.leave(said);
            }
        }
        let name = key(Space::Agent, self.store.name(agent));
        let expected = || self.store.fault(agent, "expected the IRI of an agent");
        name.map(String::from).ok_or_else(expected)
    }

    pub(super) fn batch(&mut self, node: NodeId) -> Result<Batch, ReadError> {
        let (mut by, mut version, mut prompt, mut note, mut at) = (None, None, None, None, None);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is_one_of(&[Known::Batch, Known::Activity]) => {}
                Some(Known::AssociatedWith) => said.set(&mut by, self.agent(said)?)?,
                Some(Known::AgentVersion) => said.set(&mut version, said.string()?)?,
                Some(Known::Prompt) => said.set(&mut prompt, said.string()?)?,
                Some(Known::EndedAt) => said.set(&mut at, said.parsed(INSTANT)?)?,
                Some(Known::Comment) => said.set(&mut note, said.string()?)?,
                _ => self.leave(said),
            }
        }
        let store = self.store;
        let by: String = by.ok_or_else(|| store.fault(node, "a batch needs an agent"))?;
        let key = key(Space::Batch, store.name(node));
        let key = key.ok_or_else(|| store.fault(node, "expected the IRI of a batch"))?;
        let batch = match version {
            Some(version) => Batch::by_tool(by, version),
            None => Batch::by_person(by),
        };
        let batch = prompt.into_iter().fold(batch.keyed(key), Batch::prompted);
        let batch = note.into_iter().fold(batch, Batch::noted);
        Ok(at.into_iter().fold(batch, Batch::at))
    }

    pub(super) fn review(&mut self, node: NodeId) -> Result<ReviewRecord, ReadError> {
        let (mut claim, mut decision, mut by, mut at) = (None, None, None, None);
        let mut note = None;
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Review) => {}
                Some(Known::Reviews) => said.set(&mut claim, self.claim_id(said.node()?))?,
                Some(Known::Decision) => said.set(&mut decision, said.word("decision")?)?,
                Some(Known::AssociatedWith) => said.set(&mut by, self.agent(said)?)?,
                Some(Known::AtTime) => said.set(&mut at, said.parsed(INSTANT)?)?,
                Some(Known::Comment) => said.set(&mut note, said.string()?)?,
                _ => self.leave(said),
            }
        }
        let missing = |what: &str| self.store.fault(node, format!("a review needs {what}"));
        Ok(ReviewRecord {
            claim: claim.ok_or_else(|| missing("a claim"))?,
            decision: decision.ok_or_else(|| missing("a decision"))?,
            by: by.ok_or_else(|| missing("an agent"))?,
            at,
            note,
        })
    }

    pub(super) fn judgement(&mut self, node: NodeId) -> Result<JudgementRecord, ReadError> {
        let (one, predicate, other) = self.pair(node)?;
        let name = self.store.name(predicate);
        let verdict = Verdict::ALL.iter().copied().find(|verdict| verdict_iri(*verdict) == name);
        let expected = || format!("expected a verdict on two entities, found {}", excerpt(name));
        let verdict = verdict.ok_or_else(|| self.store.fault(node, expected()))?;
        let (one, other) = (self.entity(one)?, self.entity(other)?);
        let (mut by, mut at, mut because, mut score) = (None, None, None, None);
        let (mut undone, mut batch) = (Vec::new(), None);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Judgement) => {}
                Some(Known::GeneratedBy) => self.generated(said, &mut batch)?,
                Some(Known::AssociatedWith) => said.set(&mut by, self.agent(said)?)?,
                Some(Known::AtTime) => said.set(&mut at, said.parsed(INSTANT)?)?,
                Some(Known::Because) => said.set(&mut because, said.string()?)?,
                Some(Known::Score) => said.set(&mut score, said.parsed("a number such as 0.9")?)?,
                Some(Known::InvalidatedBy) => undone.push(self.undo(said.node()?)?),
                _ => self.leave(said),
            }
        }
        undone.sort();
        let by = by.ok_or_else(|| self.store.fault(node, "a judgement needs an agent"))?;
        Ok(JudgementRecord { one, other, verdict, by, at, because, score, undone, batch })
    }

    pub(super) fn redaction(&mut self, node: NodeId) -> Result<RedactionRecord, ReadError> {
        let (mut of, mut reported, mut by, mut at) = (None, None, None, None);
        let (mut because, mut batch, mut own) = (None, None, None);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Redaction) => {}
                Some(Known::ClaimKey) => said.set(&mut own, said.string()?)?,
                Some(Known::GeneratedBy) => self.generated(said, &mut batch)?,
                Some(Known::Redacts) => said.set(&mut of, said.node()?)?,
                Some(Known::Reported) => said.set(&mut reported, said.day()?)?,
                Some(Known::AssociatedWith) => said.set(&mut by, self.agent(said)?)?,
                Some(Known::AtTime) => said.set(&mut at, said.parsed(INSTANT)?)?,
                Some(Known::Because) => said.set(&mut because, said.string()?)?,
                _ => self.leave(said),
            }
        }
        let missing = |what: &str| self.store.fault(node, format!("a redaction needs {what}"));
        let of = of.ok_or_else(|| missing("a claim or an entity"))?;
        let by = by.ok_or_else(|| missing("an agent"))?;
        // A redacted claim has no class, so its IRI tells what it is.
        let id = key(Space::Claim, self.store.name(of));
        let claim = id.is_some().then(|| self.claim_id(of));
        let entity = if claim.is_some() { None } else { Some(self.entity(of)?) };
        let key = own.or(id.map(String::from));
        Ok(RedactionRecord { claim, key, reported, entity, by, at, because, batch })
    }

    /// Reads what undid a judgement.
    fn undo(&mut self, node: NodeId) -> Result<Undo, ReadError> {
        let (mut by, mut at, mut because) = (None, None, None);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::AssociatedWith) => said.set(&mut by, self.agent(said)?)?,
                Some(Known::AtTime) => said.set(&mut at, said.parsed(INSTANT)?)?,
                Some(Known::Because) => said.set(&mut because, said.string()?)?,
                _ => self.leave(said),
            }
        }
        let by: String =
            by.ok_or_else(|| self.store.fault(node, "what undoes a judgement needs an agent"))?;
        let undo = at.into_iter().fold(Undo::by(by), Undo::at);
        Ok(because.into_iter().fold(undo, Undo::because))
    }
}
