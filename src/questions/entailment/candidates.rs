//! Claims by relation and ends: the claims that can entail a pattern or state a topic. They are found by subject,
//! object or both, and never by a pass over all claims of an entity.

use crate::graph::claim_ref::ClaimRef;
use crate::graph::statement_ref::Term;
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::questions::entailment::{End, Pattern};
use crate::view::View;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Claims, each once.
pub(crate) type ClaimSet = IndexSet<ClaimId, FxBuildHasher>;

impl End<'_> {
    /// Returns the entities that may be here; `None` if others may too.
    fn entities(&self) -> Option<Vec<EntityId>> {
        match self {
            End::Within(parts) => Some(parts.entities().collect()),
            End::Term(Term::Entity(entity)) => Some(vec![*entity]),
            _ => None,
        }
    }

    /// Returns the entity that is named here.
    fn entity(&self) -> Option<EntityId> {
        match self {
            End::Within(parts) => parts.entities().next(),
            End::Term(Term::Entity(entity)) => Some(*entity),
            _ => None,
        }
    }

    fn claim(&self) -> Option<ClaimId> {
        match self {
            End::Term(Term::Claim(claim)) => Some(*claim),
            _ => None,
        }
    }
}

impl View<'_> {
    /// Returns the claims whose statement can meet the pattern, and those that revise them.
    pub(crate) fn candidates(&self, pattern: &Pattern<'_>) -> ClaimSet {
        let ledger = &self.graph.ledger;
        let mut found = ClaimSet::default();
        let (subjects, objects) = (pattern.subject.entities(), pattern.object.entities());
        let claims = [&pattern.subject, &pattern.object].into_iter().filter_map(|end| end.claim());
        match claims.map(|claim| ledger.mentions(claim)).min_by_key(|mentions| mentions.len()) {
            Some(mentions) => found.extend(mentions),
            None if subjects.is_none() && objects.is_none() => found.extend(ledger.claims()),
            None => {
                self.gather(
                    &mut found,
                    pattern.relation,
                    (subjects.as_deref(), objects.as_deref()),
                );
            }
        }
        self.add_revisions(&mut found);
        found
    }

    /// Adds the claims that revise these, or that revise a confirmation of them.
    pub(crate) fn add_revisions(&self, found: &mut ClaimSet) {
        let ledger = &self.graph.ledger;
        if ledger.revising().len() == 0 {
            return;
        }
        let mut next = 0;
        while let Some(&id) = found.get_index(next) {
            next += 1;
            found.extend(ledger.revisions(id));
            // A confirmation can be revised too.
            let answers = ledger.answers(id).into_iter();
            let answers = answers.filter_map(|id| ClaimRef::new(self.graph, id));
            found.extend(answers.filter(|it| it.confirms_as_a_whole()).map(ClaimRef::id));
        }
    }

    /// Adds the claims that have a statement in a role which can meet the pattern.
    pub(crate) fn add_candidates_in_roles(&self, found: &mut ClaimSet, pattern: &Pattern<'_>) {
        let ledger = &self.graph.ledger;
        match pattern.subject.entities().or_else(|| pattern.object.entities()) {
            Some(entities) => {
                entities.into_iter().for_each(|entity| found.extend(ledger.with_role(entity)));
            }
            None => found.extend(ledger.claims()),
        }
    }

    /// Adds the claims under any relation that entails this one, about these ends, from either side.
    fn gather(
        &self,
        found: &mut ClaimSet,
        relation: RelationId,
        ends: (Option<&[EntityId]>, Option<&[EntityId]>),
    ) {
        for &(relation, swapped) in self.graph.vocabulary.entailing(relation) {
            let (subjects, objects) = if swapped { (ends.1, ends.0) } else { ends };
            self.graph.ledger.gather(found, subjects, relation, objects);
        }
    }

    /// Returns the claims whose statement can meet the pattern, or say a part of it: claims under a relation that it
    /// implies, about its ends or about what these are parts of.
    pub(crate) fn candidates_and_less(&self, pattern: &Pattern<'_>) -> ClaimSet {
        let mut found = self.candidates(pattern);
        let above = |end: &End<'_>| {
            end.entity().map(|entity| self.graph.above(entity).into_iter().collect::<Vec<_>>())
        };
        let (subjects, objects) = (above(&pattern.subject), above(&pattern.object));
        if subjects.is_some() || objects.is_some() {
            for &(implied, swapped) in self.graph.vocabulary.entailed(pattern.relation) {
                let ends = (subjects.as_deref(), objects.as_deref());
                self.gather(&mut found, implied, if swapped { (ends.1, ends.0) } else { ends });
            }
        }
        found
    }
}
