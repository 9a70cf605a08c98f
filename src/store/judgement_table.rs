//! The judgements of a graph on who is who, each with what undid it. The graph adds them and reads them back.

use crate::model::id::{EntityId, JudgementId};
use crate::model::judgement::{Judgement, Undo};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default)]
pub(crate) struct JudgementTable {
    /// In order of adding.
    judgements: IndexMap<Judgement, BTreeSet<Undo>>,
    /// The judgements on each entity.
    on: IndexMap<EntityId, IndexSet<JudgementId>>,
}

impl JudgementTable {
    pub(crate) fn len(&self) -> usize {
        self.judgements.len()
    }

    pub(crate) fn find(&self, judgement: &Judgement) -> Option<JudgementId> {
        self.judgements.get_index_of(judgement).and_then(JudgementId::at)
    }

    /// Adds a judgement that is new; `None` if no numbers are left.
    pub(crate) fn add(&mut self, judgement: Judgement) -> Option<JudgementId> {
        let id = JudgementId::at(self.judgements.len())?;
        for entity in judgement.entities {
            self.on.entry(entity).or_default().insert(id);
        }
        self.judgements.insert(judgement, BTreeSet::new());
        Some(id)
    }

    /// Notes that a judgement was undone. What undid it already is not added again.
    pub(crate) fn undo(&mut self, id: JudgementId, undo: Undo) {
        if let Some((_, undone)) = self.judgements.get_index_mut(id.index()) {
            undone.insert(undo);
        }
    }

    pub(crate) fn get(&self, id: JudgementId) -> Option<(&Judgement, &BTreeSet<Undo>)> {
        self.judgements.get_index(id.index())
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = JudgementId> + use<> {
        (0..self.judgements.len()).filter_map(JudgementId::at)
    }

    /// Returns whether these judgements are the first of this table, whatever undid them since.
    pub(crate) fn begins_with(&self, before: &Self) -> bool {
        let (ours, theirs) = (self.judgements.keys(), before.judgements.keys());
        self.len() >= before.len() && ours.zip(theirs).all(|(ours, theirs)| ours == theirs)
    }

    /// Returns the judgements of an earlier table that something undid since.
    pub(crate) fn undone_since<'t>(
        &'t self,
        before: &'t Self,
    ) -> impl Iterator<Item = JudgementId> {
        let both = self.judgements.values().zip(before.judgements.values()).zip(self.ids());
        both.filter(|((ours, theirs), _)| ours.len() != theirs.len()).map(|(_, id)| id)
    }

    /// Returns the judgements on an entity, in order of adding.
    pub(crate) fn on(&self, entity: EntityId) -> impl Iterator<Item = JudgementId> {
        self.on.get(&entity).into_iter().flatten().copied()
    }
}
