//! Writes what stands beside entities and claims: batches, affiliations, links, lineage, derived figures, reviews and judgements.

use crate::rdf::iri::{Known, Space, affiliation_iri, iri, part, verdict_iri};
use crate::rdf::triple_sink::{Object, Sink};
use crate::rdf::writer::Writer;
use claimgraph::quantity::Amount;
use claimgraph::record::*;
use std::io;

impl<S: Sink> Writer<'_, S> {
    /// Writes a batch as an activity of an agent (PROV-O, sections 3.1 and 3.3).
    pub(super) fn batch(&mut self, batch: &Batch) -> io::Result<()> {
        let node = iri(Space::Batch, batch.key());
        self.is_a(&node, Known::Batch)?;
        self.is_a(&node, Known::Activity)?;
        let class = if batch.is_tool() { Known::SoftwareAgent } else { Known::Person };
        self.agent(&node, batch.agent(), class)?;
        self.texts(&node, Known::AgentVersion, batch.version())?;
        self.texts(&node, Known::Prompt, batch.prompt())?;
        self.instant(&node, Known::EndedAt, batch.instant())?;
        self.texts(&node, Known::Comment, batch.note())
    }

    /// Writes by whom a batch, review or judgement is.
    fn agent(&mut self, of: &str, name: &str, class: Known) -> io::Result<()> {
        let agent = iri(Space::Agent, name);
        self.to(of, Known::AssociatedWith, &agent)?;
        // An agent has many batches and reviews, and its class once.
        match self.agents.insert((agent.clone(), class.iri())) {
            true => self.is_a(&agent, class),
            false => Ok(()),
        }
    }

    /// Writes in which batch something was put on record.
    pub(super) fn generated(&mut self, node: &str, batch: &Option<String>) -> io::Result<()> {
        self.all_to(node, Known::GeneratedBy, batch.as_ref().map(|key| iri(Space::Batch, key)))
    }

    pub(super) fn review(&mut self, record: &ReviewRecord) -> io::Result<()> {
        self.reviews += 1;
        let node = iri(Space::Review, &self.reviews.to_string());
        self.is_a(&node, Known::Review)?;
        self.to(&node, Known::Reviews, &iri(Space::Claim, &record.claim))?;
        self.value(&node, Known::Decision, "decision", [record.decision.as_str()])?;
        self.agent(&node, &record.by, Known::AgentClass)?;
        self.instant(&node, Known::AtTime, record.at)?;
        self.texts(&node, Known::Comment, &record.note)
    }

    /// Writes a judgement as a statement that is reified and not asserted, because it may be undone.
    pub(super) fn judgement(&mut self, record: &JudgementRecord) -> io::Result<()> {
        self.judgements += 1;
        let node = iri(Space::Judgement, &self.judgements.to_string());
        let (one, other) = (self.entity_iri(&record.one), self.entity_iri(&record.other));
        let said = (one.as_str(), verdict_iri(record.verdict), Object::Iri(&other));
        self.is_a(&node, Known::Judgement)?;
        self.generated(&node, &record.batch)?;
        self.sink.proposition(&node, said)?;
        self.agent(&node, &record.by, Known::AgentClass)?;
        self.instant(&node, Known::AtTime, record.at)?;
        self.texts(&node, Known::Because, &record.because)?;
        self.texts(&node, Known::Score, record.score.map(Amount::plain))?;
        for (undo, place) in record.undone.iter().zip(1usize..) {
            let undone = part(&node, &format!("undone:{place}"));
            self.to(&node, Known::InvalidatedBy, &undone)?;
            self.agent(&undone, undo.author(), Known::AgentClass)?;
            self.instant(&undone, Known::AtTime, undo.instant())?;
            self.texts(&undone, Known::Because, undo.reason())?;
        }
        Ok(())
    }

    /// Writes the redaction of a claim or an entity. A redacted claim has no other triples.
    pub(super) fn redaction(&mut self, record: &RedactionRecord) -> io::Result<()> {
        self.redactions += 1;
        let node = iri(Space::Redaction, &self.redactions.to_string());
        self.is_a(&node, Known::Redaction)?;
        self.generated(&node, &record.batch)?;
        let claim = record.claim.as_ref().map(|claim| iri(Space::Claim, claim));
        self.all_to(&node, Known::Redacts, claim)?;
        self.texts(&node, Known::ClaimKey, &record.key)?;
        self.all_to(&node, Known::Redacts, self.entity_named(&record.entity))?;
        self.day(&node, Known::Reported, record.reported)?;
        self.agent(&node, &record.by, Known::AgentClass)?;
        self.instant(&node, Known::AtTime, record.at)?;
        self.texts(&node, Known::Because, &record.because)
    }

    pub(super) fn affiliation(&mut self, record: &AffiliationRecord) -> io::Result<()> {
        self.affiliations += 1;
        let node = iri(Space::Affiliation, &self.affiliations.to_string());
        let (part, whole) = (self.entity_iri(&record.part), self.entity_iri(&record.whole));
        let said = (part.as_str(), affiliation_iri(record.kind), Object::Iri(&whole));
        self.is_a(&node, Known::Affiliation)?;
        self.generated(&node, &record.batch)?;
        self.sink.proposition(&node, said)?;
        self.basis(&node, Known::Basis, record.basis)?;
        self.all_to(&node, Known::PrimarySource, self.entity_named(&record.document))?;
        self.day(&node, Known::Reported, record.reported)?;
        record.valid.as_ref().map_or(Ok(()), |valid| self.valid(&node, valid))
    }

    pub(super) fn link(&mut self, record: &LinkRecord) -> io::Result<()> {
        self.links += 1;
        let node = iri(Space::Link, &self.links.to_string());
        let (from, to) = (iri(Space::Claim, &record.from), iri(Space::Claim, &record.to));
        let role = iri(Space::Role, &record.role);
        self.is_a(&node, Known::Link)?;
        self.generated(&node, &record.batch)?;
        self.sink.proposition(&node, (&from, &role, Object::Iri(&to)))?;
        self.basis(&node, Known::Basis, record.basis)?;
        self.texts(&node, Known::Because, &record.because)
    }

    pub(super) fn lineage(&mut self, record: &LineageRecord) -> io::Result<()> {
        self.lineages += 1;
        let node = iri(Space::Lineage, &self.lineages.to_string());
        let (speaker, source) = (self.entity_iri(&record.speaker), self.entity_iri(&record.source));
        self.is_a(&node, Known::Lineage)?;
        self.generated(&node, &record.batch)?;
        self.sink.proposition(&node, (&speaker, Known::DrawsOn.iri(), Object::Iri(&source)))?;
        self.basis(&node, Known::Basis, record.basis)?;
        self.all_to(&node, Known::Within, self.entity_named(&record.document))?;
        let claims = record.claims.iter().flatten().map(|claim| iri(Space::Claim, claim));
        self.all_to(&node, Known::AppliesTo, claims)?;
        if record.claims.as_ref().is_some_and(Vec::is_empty) {
            self.to(&node, Known::AppliesTo, Known::Nothing.iri())?;
        }
        let stated_by = record.stated_by.as_ref().map(|claim| iri(Space::Claim, claim));
        self.all_to(&node, Known::StatedBy, stated_by)?;
        self.day(&node, Known::Reported, record.reported)
    }

    pub(super) fn derivation(&mut self, record: &DerivationRecord) -> io::Result<()> {
        let claim = iri(Space::Claim, &record.claim);
        let (node, figure) = (part(&claim, "derived"), part(&claim, "derived:quantity"));
        self.is_a(&node, Known::Derivation)?;
        self.generated(&node, &record.batch)?;
        self.to(&node, Known::DerivedFor, &claim)?;
        self.to(&node, Known::HasQuantity, &figure)?;
        self.texts(&node, Known::Rule, [&record.rule])?;
        let inputs: Vec<String> =
            record.inputs.iter().map(|input| iri(Space::Claim, input)).collect();
        self.all_to(&node, Known::DerivedFrom, &inputs)?;
        // Triples have no order; IRIs have no spaces.
        if !inputs.is_sorted_by(|a, b| a < b) {
            self.texts(&node, Known::InputOrder, [inputs.join(" ")])?;
        }
        self.quantity(&figure, &record.quantity)
    }
}
