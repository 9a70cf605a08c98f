//! Reads the records of decisions: reviews, judgements and redactions. The [`Loader`] calls it.

use crate::graph::claim_key::ClaimKey;
use crate::graph::record::import::Loader;
use crate::model::error::{Error, FieldPath};
use crate::model::judgement::{Judgement, Undo};
use crate::model::record::*;
use crate::model::time::day::Day;

impl Loader {
    pub(super) fn review(&mut self, record: ReviewRecord) -> Result<(), Error> {
        let ReviewRecord { claim, decision, by, at, note } = record;
        let claim = self.claim_named(&claim, FieldPath::Review)?;
        self.graph.review(claim, Review { at, decision, by, note })
    }

    pub(super) fn redaction(&mut self, record: RedactionRecord) -> Result<(), Error> {
        let RedactionRecord { claim, key, reported, entity, by, at, because, .. } = record;
        let redaction = Redaction { by, at, because };
        match (claim, reported, entity) {
            (Some(id), Some(reported), None) => {
                let key = key.as_deref().unwrap_or(&id).parse()?;
                self.redacted_claim(id, key, reported, redaction)
            }
            (None, None, Some(entity)) => {
                let entity = self.key(&entity, FieldPath::Redaction)?;
                self.graph.redact_entity(entity, redaction)
            }
            _ => {
                let expected = "a claim with its report day, or an entity";
                Err(Error::wrong_term(FieldPath::Redaction, "another redaction", expected))
            }
        }
    }

    /// Puts a redacted claim on record. If the claim is there with its content, it is erased at the end.
    fn redacted_claim(
        &mut self,
        id: String,
        key: ClaimKey,
        reported: Day,
        redaction: Redaction,
    ) -> Result<(), Error> {
        redaction.check()?;
        if let Some(known) = self.claim(&id) {
            let key = self.graph.claim_key(known)?;
            if self.graph.is_redacted(known) {
                return self.graph.mark_redacted(known, key, redaction);
            }
            self.redacted.push((key, redaction));
            return Ok(());
        }
        let claim = self.graph.insert_redacted(key, reported, redaction)?;
        self.claims.insert(id, claim);
        Ok(())
    }

    pub(super) fn judgement(&mut self, record: JudgementRecord) -> Result<(), Error> {
        let key = |key: &str| self.key(key, FieldPath::Judgement);
        let JudgementRecord { one, other, verdict, by, at, because, score, undone, .. } = record;
        let entities = Judgement::new(key(&one)?, verdict, key(&other)?);
        undone.iter().try_for_each(Undo::check)?;
        let id = self.graph.judge(Judgement { by, at, because, score, ..entities })?;
        undone.into_iter().try_for_each(|undo| self.graph.undo(id, undo))
    }
}
