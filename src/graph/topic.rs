//! Topics and content: a statement without its roles, figure and time, the roles that are a part of what is said, and
//! figures in the unit that the vocabulary names. Whoever compares statements calls it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::Term;
use crate::model::id::{EntityId, RelationId, RoleId};
use crate::model::value::quantity::Quantity;
use crate::model::vocabulary::Slot;
use crate::model::vocabulary::base::{ADDRESSEE, SPOKEN_IN};
use std::borrow::Cow;

/// A relation and its two ends, in the direction of the primary relation. The ends of a symmetric relation are in
/// order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Topic<'g> {
    pub(crate) relation: RelationId,
    pub(crate) ends: [Term<'g>; 2],
}

impl ClaimGraph {
    /// Returns the topic of a primary relation between these ends, from the other side if `turned`.
    pub(crate) fn topic_of<'g>(
        &'g self,
        relation: RelationId,
        subject: Term<'g>,
        object: Term<'g>,
        turned: bool,
    ) -> Topic<'g> {
        let symmetric = self.vocabulary.relations.get(relation).symmetric;
        let turned = match symmetric {
            true => self.place_of(object) < self.place_of(subject),
            false => turned,
        };
        Topic { relation, ends: if turned { [object, subject] } else { [subject, object] } }
    }

    /// Returns a rank and a text by which ends are ordered and named, the same in every graph.
    pub(crate) fn place_of<'g>(&'g self, end: Term<'g>) -> (u8, Cow<'g, str>) {
        match end {
            Term::Entity(entity) => (0, self.key_of(entity).into()),
            Term::Claim(claim) => (1, self.claim_name(claim).into()),
            Term::NotStated => (3, "?".into()),
            // In full, because figures that read alike may differ.
            Term::Quantity(quantity) => (2, format!("{quantity:?}").into()),
            words => (2, self.word(words, false).into()),
        }
    }

    /// Returns the primary relation, and the ends in its direction. Entities at the ends of a symmetric relation are
    /// in the order of their keys.
    pub(crate) fn primary<T>(
        &self,
        relation: RelationId,
        [subject, object]: [T; 2],
        entity: impl Fn(&T) -> Option<EntityId>,
    ) -> (RelationId, [T; 2]) {
        let (relation, turned) = self.vocabulary.primary(relation);
        let symmetric = self.vocabulary.relations.get(relation).symmetric;
        let keys = entity(&object).zip(entity(&subject)).filter(|_| symmetric);
        let unordered =
            keys.is_some_and(|(object, subject)| self.key_of(object) < self.key_of(subject));
        (relation, if turned || unordered { [object, subject] } else { [subject, object] })
    }

    /// Returns whether the role is a part of what is said. A role that tells to whom or where it was said, or that
    /// links claims, is not.
    pub(crate) fn is_content(&self, role: RoleId) -> bool {
        let apart = [ADDRESSEE.0, SPOKEN_IN.0].map(|label| self.resolve_role(label).ok());
        let links = self.vocabulary.roles.get(role).value == Slot::Claim;
        !links && !apart.contains(&Some(role))
    }

    /// Returns whether the claim gives a figure or a role that is a part of what it says.
    pub(crate) fn is_particular(&self, claim: ClaimRef<'_>) -> bool {
        claim.quantity().is_some()
            || claim.held_roles().iter().any(|(role, _)| self.is_content(*role))
    }

    /// Returns the figure with its unit under the name that the vocabulary gives it.
    pub(crate) fn in_unit<'a>(&self, quantity: &'a Quantity) -> Cow<'a, Quantity> {
        match self.vocabulary.unit_of(quantity.unit()) {
            same if same == quantity.unit() => Cow::Borrowed(quantity),
            other => Cow::Owned(quantity.clone().with_unit(&other)),
        }
    }
}
