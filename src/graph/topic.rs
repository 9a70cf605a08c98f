//! Topics: a statement without its roles, figure and time, in one form for all who compare statements.

use crate::graph::ClaimGraph;
use crate::graph::statement_ref::Term;
use crate::model::id::RelationId;
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
}
