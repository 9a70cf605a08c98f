//! Judgements on who is who: the graph keeps each of them, with what undid it. Programs add them here; the folder
//! `identity` computes from them which entities are one.

use crate::graph::ClaimGraph;
use crate::model::batch::Batch;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{EntityId, JudgementId};
use crate::model::judgement::{Judgement, Undo, Verdict};
use crate::model::text::excerpt;
use crate::store::batch_table::Item;
use std::sync::Arc;

impl ClaimGraph {
    /// Puts a judgement on record. If the graph has it already, nothing changes.
    ///
    /// No claim changes: each keeps the entity about which it was made. [`identity`](Self::identity) says who is who, and
    /// [`unified`](Self::unified) answers questions with entities that are the same as one.
    ///
    /// ```
    /// use claimgraph::identity::{Judgement, Undo};
    /// use claimgraph::{reporting::*, Answer, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (a, b) = (graph.add(Person, "l-austin")?, graph.add(Person, "lloyd-austin")?);
    /// let [first, later] = ["2024-10-25T09:00:00Z", "2024-11-01T09:00:00Z"].map(|at| at.parse().unwrap());
    /// let same = graph.judge(Judgement::same(a, b).by("editor").at(first))?;
    /// assert_eq!(graph.identity().same(a, b), Answer::Yes);
    /// graph.undo(same, Undo::by("editor").at(later).because("two namesakes"))?;
    /// assert_eq!(graph.identity().same(a, b), Answer::Unknown);
    /// assert_eq!(graph.identity_as_of(first).same(a, b), Answer::Yes);
    /// assert_eq!(graph.undone(same).count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if an entity is unknown, if both are one entity, if the judgement has no author or no instant, or
    /// if the score is not between 0 and 1. If the verdict is [`Same`](crate::identity::Verdict::Same), there is an error
    /// too if an entity is a document (documents are copies by [`Lineage`](crate::sources::Lineage)), or if neither kind
    /// is at or below the other.
    pub fn judge(&mut self, judgement: Judgement) -> Result<JudgementId, Error> {
        judgement.check()?;
        for entity in judgement.entities {
            self.checker().entity(entity, None, FieldPath::Judgement)?;
        }
        if judgement.verdict == Verdict::Same {
            self.check_can_be_same(judgement.entities)?;
        }
        if let Some(known) = self.judgements.find(&judgement) {
            self.added_again(Item::Judgement, known.index());
            return Ok(known);
        }
        let full = || Error::new(FieldPath::Judgement, ErrorKind::Full { what: "judgements" });
        Arc::make_mut(&mut self.judgements).add(judgement).ok_or_else(full)
    }

    fn check_can_be_same(&self, [one, other]: [EntityId; 2]) -> Result<(), Error> {
        let part = FieldPath::Judgement;
        let wrong = |entity: EntityId, expected: String| {
            let (key, found) = (excerpt(self.key_of(entity)), self.kind_key(entity).to_owned());
            Err(Error::new(part.clone(), ErrorKind::WrongKind { key, found, expected }))
        };
        for entity in [one, other] {
            if self.registry.document(entity).is_some() {
                return wrong(entity, "a kind that is not a document".to_owned());
            }
        }
        let [kind, wanted] = [one, other].map(|entity| self.kind_key(entity));
        let is_below = |entity, key: &str| {
            self.registry.kind(entity).is_some_and(|kind| self.vocabulary.is_below(kind, key))
        };
        match is_below(one, wanted) || is_below(other, kind) {
            true => Ok(()),
            false => wrong(one, format!("{wanted}, as \"{}\" has", excerpt(self.key_of(other)))),
        }
    }

    fn kind_key(&self, entity: EntityId) -> &str {
        self.registry.kind(entity).map_or("", |kind| self.vocabulary.kinds.key(kind))
    }

    /// Undoes a judgement from an instant on. The judgement stays on record. If it is undone several times, the earliest
    /// instant counts.
    ///
    /// # Errors
    /// Returns an error if the judgement is unknown, or if what undoes it has no author or no instant.
    pub fn undo(&mut self, judgement: JudgementId, undo: Undo) -> Result<(), Error> {
        undo.check()?;
        if self.judgement(judgement).is_none() {
            let id = format!("{judgement:?}");
            return Err(Error::unknown(FieldPath::Judgement, "judgement", id));
        }
        Arc::make_mut(&mut self.judgements).undo(judgement, undo);
        Ok(())
    }

    /// Returns a judgement by its handle.
    pub fn judgement(&self, id: JudgementId) -> Option<&Judgement> {
        self.judgements.get(id).map(|(judgement, _)| judgement)
    }

    /// Returns every judgement, undone or not, in order of adding.
    pub fn judgements(&self) -> impl Iterator<Item = (JudgementId, &Judgement)> {
        self.judgement_ids().filter_map(|id| Some((id, self.judgement(id)?)))
    }

    /// Returns the judgements on an entity, undone or not, in order of adding.
    pub fn judgements_on(
        &self,
        entity: impl Into<EntityId>,
    ) -> impl Iterator<Item = (JudgementId, &Judgement)> {
        self.judgements.on(entity.into()).filter_map(|id| Some((id, self.judgement(id)?)))
    }

    /// Returns what undid a judgement, the earliest first.
    pub fn undone(&self, judgement: JudgementId) -> impl Iterator<Item = &Undo> {
        self.judgements.get(judgement).into_iter().flat_map(|(_, undone)| undone)
    }

    pub(crate) fn judgement_ids(&self) -> impl Iterator<Item = JudgementId> + use<> {
        self.judgements.ids()
    }

    /// Returns the batch of a judgement.
    pub fn batch_of_judgement(&self, judgement: JudgementId) -> Option<&Batch> {
        self.batch_of(Item::Judgement, judgement.index())
    }
}
