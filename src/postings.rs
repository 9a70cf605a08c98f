//! The claims at one entity: the fast way to what a graph of millions says about a few.

use crate::ids::EntityId;
use crate::readings::ClaimRef;
use crate::relations::Relation;
use crate::views::View;

impl<'g> View<'g> {
    /// The claims of the view whose statement has this subject, whatever their stance; no parts, no
    /// inference. Grouped by relation and in order of report day inside, with recent insertions last.
    pub fn claims_about(&self, subject: impl Into<EntityId>) -> impl Iterator<Item = ClaimRef<'g>> {
        let ids = self.graph.ledger.with_subject(subject.into()).iter();
        ids.filter_map(|&id| self.get(id))
    }

    /// The claims of the view whose statement has this subject under this very relation.
    pub fn claims_about_under<S, O>(
        &self,
        subject: impl Into<EntityId>,
        relation: Relation<S, O>,
    ) -> impl Iterator<Item = ClaimRef<'g>> {
        let relation = self.graph.resolve_relation(relation).ok();
        let ids = self.graph.ledger.with_subject(subject.into()).iter();
        let claims = ids.filter_map(|&id| self.get(id));
        claims.filter(move |claim| claim.statement().map(|statement| statement.relation_id()) == relation)
    }

    /// The claims of the view whose statement has this object, whatever their stance.
    pub fn claims_on(&self, object: impl Into<EntityId>) -> impl Iterator<Item = ClaimRef<'g>> {
        let ids = self.graph.ledger.with_object(object.into()).iter();
        ids.filter_map(|&id| self.get(id))
    }
}
