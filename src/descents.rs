//! Where a claim comes from: from its outermost party down the believed lineage.

use crate::affiliations::AffiliationKind;
use crate::graph::ClaimGraph;
use crate::ids::{AffiliationId, EntityId, LineageId};
use crate::lineage::Scope;
use crate::origins::ChainLink;
use crate::readings::ClaimRef;
use crate::views::View;
use indexmap::{IndexMap, IndexSet};

/// The believed lineage below one claim: steps from speaker to source, and where they end.
pub(crate) struct Descent {
    pub(crate) steps: Vec<(EntityId, EntityId, LineageId)>,
    /// Where the walk ends; the party itself where it has no lineage.
    pub(crate) ends: Vec<EntityId>,
}

impl ClaimGraph {
    /// Whether the entity passes on what others say.
    pub(crate) fn is_relay(&self, entity: EntityId) -> bool {
        self.entity(entity).is_ok_and(|entity| entity.is_a("Relay"))
    }

    /// The place in the chain of the outermost speaker who is no relay; of the innermost if all are.
    pub(crate) fn party(&self, chain: &[ChainLink]) -> usize {
        let speaks = |link: &ChainLink| link.source.is_none_or(|source| !self.is_relay(source));
        chain.iter().position(speaks).unwrap_or(chain.len().saturating_sub(1))
    }
}

impl<'g> View<'g> {
    /// The lineage links from this speaker that are believed and apply to the claim.
    fn lineage_for(&self, speaker: EntityId, claim: ClaimRef<'g>) -> impl Iterator<Item = (LineageId, EntityId)> {
        self.graph.lineages_of(speaker).filter_map(move |(id, lineage)| {
            let applies = match lineage.scope() {
                Scope::Everywhere => true,
                Scope::Document(document) => claim.document().is_some_and(|d| d.id() == *document),
                Scope::Claims(claims) => claims.contains(&claim.id()),
            };
            (applies && self.believes(id)).then_some((id, lineage.source()))
        })
    }

    pub(crate) fn descent(&self, claim: ClaimRef<'g>) -> Option<Descent> {
        let chain = claim.chain();
        let from = chain.get(self.graph.party(chain))?.source?;
        Some(self.descent_avoiding(claim, from, &[]))
    }

    /// The walk from `from`, never through one of `avoided`. Ends are those that are reached.
    fn descent_avoiding(&self, claim: ClaimRef<'g>, from: EntityId, avoided: &[EntityId]) -> Descent {
        let mut reached = IndexSet::from([from]);
        let mut descent = Descent { steps: Vec::new(), ends: Vec::new() };
        let mut next = 0;
        while let Some(&speaker) = reached.get_index(next) {
            next += 1;
            let mut ends = true;
            for (id, source) in self.lineage_for(speaker, claim) {
                ends = false;
                if !avoided.contains(&source) {
                    descent.steps.push((speaker, source, id));
                    reached.insert(source);
                }
            }
            if ends {
                descent.ends.push(speaker);
            }
        }
        descent
    }

    /// Whether the claim falls with these sources: one stands in its chain, or all its lineage goes
    /// through them.
    pub(crate) fn comes_from_any(&self, claim: ClaimRef<'g>, sources: &[EntityId]) -> bool {
        let chain = claim.chain();
        if chain.iter().any(|link| link.source.is_some_and(|source| sources.contains(&source))) {
            return true;
        }
        match chain.get(self.graph.party(chain)).and_then(|link| link.source) {
            Some(from) => self.descent_avoiding(claim, from, sources).ends.is_empty(),
            None => false,
        }
    }

    /// Everything that acts for the entity or lies in it, itself included, as far as this view knows.
    pub(crate) fn parts(&self, whole: EntityId, kinds: &[AffiliationKind]) -> Parts {
        let mut parts = Parts(IndexMap::from([(whole, Vec::new())]));
        let mut next = 0;
        while let Some((&entity, _)) = parts.0.get_index(next) {
            next += 1;
            for (id, affiliation) in self.graph.affiliated_with(entity) {
                if kinds.contains(&affiliation.kind()) && self.knows_affiliation(id) {
                    parts.0.entry(affiliation.part()).or_default().push((id, entity));
                }
            }
        }
        // Of several ways up, the same one is taken whatever was inserted first.
        for ways in parts.0.values_mut().filter(|ways| ways.len() > 1) {
            ways.sort_by_cached_key(|&(id, _)| self.graph.affiliation(id).map(|a| self.graph.sortable(a)));
        }
        parts
    }
}

/// An entity and its parts, each with the affiliations that lead one step up.
#[derive(Clone, Debug)]
pub(crate) struct Parts(IndexMap<EntityId, Vec<(AffiliationId, EntityId)>>);

impl Parts {
    pub(crate) fn entities(&self) -> impl Iterator<Item = EntityId> {
        self.0.keys().copied()
    }

    /// The affiliations from a part up to the whole, by those that serve; none for the whole itself.
    pub(crate) fn path(&self, part: EntityId, serves: impl Fn(AffiliationId) -> bool) -> Option<Vec<AffiliationId>> {
        let whole = *self.0.keys().next()?;
        self.0.get(&part)?;
        let mut came: IndexMap<EntityId, Option<(AffiliationId, usize)>> = IndexMap::from([(part, None)]);
        let mut next = 0;
        while let Some((&entity, _)) = came.get_index(next) {
            if entity == whole {
                let mut path = Vec::new();
                let mut at = next;
                while let Some((_, &Some((id, before)))) = came.get_index(at) {
                    path.push(id);
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            for &(id, above) in self.0.get(&entity).into_iter().flatten().filter(|(id, _)| serves(*id)) {
                came.entry(above).or_insert(Some((id, next)));
            }
            next += 1;
        }
        None
    }
}
