//! What follows from a statement under one relation for others: implied, symmetric and inverse ones.

use crate::ids::RelationId;
use crate::vocabulary::{Slot, Vocabulary};
use indexmap::IndexSet;

impl Vocabulary {
    /// Whether everything that fits the one fits the other.
    pub(crate) fn fits(&self, narrow: &Slot, wide: &Slot) -> bool {
        match (narrow, wide) {
            (_, Slot::Any) => true,
            (Slot::Kind(a), Slot::Kind(b)) => a == b || self.kinds.get(a).is_some_and(|k| k.above.contains(b)),
            (a, b) => a == b,
        }
    }

    /// For each relation, what it entails: itself and all it implies, each with whether the arguments
    /// change sides. Relations are compared by their primary direction. `None` past a limit.
    pub(crate) fn closures(&self) -> Option<Vec<Vec<(RelationId, bool)>>> {
        // Far more than any honest vocabulary has; a chain of 60,000 would fill the memory.
        let mut left: usize = 4_000_000;
        (0..self.relations.len())
            .map(|place| {
                let own = RelationId::at(place)?;
                let mut found = IndexSet::from([self.primary(own)]);
                // An inverse may itself imply things besides its primary direction.
                let implied = self.relation_def(own).map(|def| def.implies.as_slice()).unwrap_or_default();
                found.extend(implied.iter().filter_map(|key| self.relation_place(key)).map(|r| self.primary(r)));
                let mut next = 0;
                while let Some(&(relation, swapped)) = found.get_index(next) {
                    next += 1;
                    let Some((_, def)) = self.relations.get_index(relation.index()) else {
                        continue;
                    };
                    for implied in def.implies.iter().filter_map(|key| self.relation_place(key)) {
                        let (implied, turned) = self.primary(implied);
                        found.insert((implied, swapped != turned));
                    }
                    if def.symmetric {
                        found.insert((relation, !swapped));
                    }
                }
                left = left.checked_sub(found.len())?;
                Some(found.into_iter().collect())
            })
            .collect()
    }

    /// The relation to compare by, and whether the arguments change sides on the way.
    pub(crate) fn primary(&self, relation: RelationId) -> (RelationId, bool) {
        let inverse = self.relation_def(relation).and_then(|def| def.inverse.as_deref());
        match inverse.and_then(|key| self.relation_place(key)) {
            Some(primary) => (primary, true),
            None => (relation, false),
        }
    }

    /// What a statement under this relation entails: relations in their primary direction, and whether
    /// subject and object change sides.
    pub(crate) fn entailed(&self, relation: RelationId) -> &[(RelationId, bool)] {
        self.entails.get(relation.index()).map_or(&[], Vec::as_slice)
    }
}
