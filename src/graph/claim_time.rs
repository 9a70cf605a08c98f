//! Reads back the days on which a claim holds, as they are known from the way it was told.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::insert_rules::tells;
use crate::model::id::RelationId;
use crate::model::time::spell::{Spell, Told};
use crate::model::value::stance::Stance;

impl ClaimRef<'_> {
    /// Returns what is known of the time besides the period: the report day, and whether it was told as a fact. A revision
    /// tells what it revises.
    pub(crate) fn told(self) -> Told {
        let tells = |claim: Self| tells(claim.stance(), claim.modality());
        let revised = (self.stance() == Stance::Revises).then(|| self.revised()).flatten();
        let says = revised.and_then(|it| ClaimRef::new(self.graph(), it.statement)).unwrap_or(self);
        Told { reported: self.reported_day(), actual: tells(self) && tells(says) }
    }

    /// Returns the days on which the statement holds, as known on the report day. A denial is of all days that it names.
    pub(crate) fn spell(self) -> Spell {
        self.spell_under(self.relation_id())
    }

    /// Returns the same for the period of this claim and a statement under that relation.
    pub(crate) fn spell_under(self, relation: Option<RelationId>) -> Spell {
        let period = self.period();
        let lasts = relation.is_some_and(|relation| self.graph().vocabulary.lasts(relation));
        match self.stance() {
            Stance::Denies => Spell::of_denial(period.as_deref()),
            _ => Spell::of(period.as_deref(), Some(self.told()), lasts),
        }
    }
}
