//! The walk from the outermost party of a claim down the believed lineage: where the claim comes from.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::claim::SpeakerLink;
use crate::model::id::{EntityId, LineageId};
use crate::model::lineage::Scope;
use crate::model::reached::reached;
use crate::view::View;
use indexmap::{IndexMap, IndexSet};

/// The believed lineage below one claim.
pub(crate) struct Descent {
    /// From speaker to source, and by which link.
    pub(crate) steps: Vec<(EntityId, EntityId, LineageId)>,
    /// The speakers at which the walk ends. If the party has no lineage, it is the party itself; `None` if the party is
    /// not named.
    pub(crate) ends: Vec<Option<EntityId>>,
    /// The claims for which the walk is the same.
    pub(crate) holds_for: Reach,
}

impl Descent {
    /// Returns the speakers that all ways down pass, in the order in which they do. If sources draw on each other in a
    /// circle, it is `None`.
    fn on_all_ways(&self) -> Option<Vec<EntityId>> {
        let mut above: IndexMap<EntityId, usize> = IndexMap::new();
        let mut onward: IndexMap<EntityId, Vec<EntityId>> = IndexMap::new();
        for &(from, to, _) in &self.steps {
            above.entry(from).or_default();
            *above.entry(to).or_default() += 1;
            onward.entry(from).or_default().push(to);
        }
        // Each speaker comes after all that lead to it.
        let mut order: Vec<EntityId> =
            above.iter().filter(|(_, above)| **above == 0).map(|(speaker, _)| *speaker).collect();
        let mut next = 0;
        while let Some(speaker) = order.get(next) {
            next += 1;
            for to in onward.get(speaker).into_iter().flatten() {
                let left = above.get_mut(to)?;
                *left -= 1;
                if *left == 0 {
                    order.push(*to);
                }
            }
        }
        if order.len() < above.len() {
            return None;
        }
        let place: IndexMap<EntityId, usize> = order.iter().copied().zip(0..).collect();
        let (mut found, mut farthest) = (Vec::new(), 0);
        for (at, speaker) in order.iter().enumerate() {
            if farthest <= at {
                found.push(*speaker);
            }
            // Where a way ends, it passes nobody further down.
            let ends = self.ends.contains(&Some(*speaker));
            let to = onward.get(speaker).into_iter().flatten();
            let to = to.filter_map(|to| place.get(to)).max().copied().unwrap_or(0);
            farthest = farthest.max(if ends { order.len() } else { to });
        }
        Some(found)
    }

    /// Returns the links of the walk.
    pub(crate) fn lineages(self) -> impl Iterator<Item = LineageId> {
        self.steps.into_iter().map(|(_, _, lineage)| lineage)
    }
}

/// The claims of a speaker that have one lineage, as far as a walk has seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Reach {
    /// All.
    Speaker,
    /// Claims read in the same document.
    Document,
    /// This claim.
    Claim,
}

impl ClaimGraph {
    /// Returns the publisher of a document; `None` for an entity that is not a document.
    pub(crate) fn publisher_of(&self, document: EntityId) -> Option<EntityId> {
        self.registry.document(document)?.publisher()
    }

    /// Returns the speaker, and the publisher if the speaker is a document.
    pub(crate) fn with_publisher(&self, speaker: EntityId) -> impl Iterator<Item = EntityId> {
        [Some(speaker), self.publisher_of(speaker)].into_iter().flatten()
    }
}

impl<'g> View<'g> {
    /// Returns whether the entity passes on what others say.
    pub(crate) fn is_relay(&self, entity: EntityId) -> bool {
        let kind = self.graph.registry.kind(entity).zip(self.relay);
        kind.is_some_and(|(kind, relay)| self.graph.vocabulary.is_a(kind, relay))
    }

    /// Returns the place in the chain of the outermost speaker that is not a relay. If all are relays, it is the
    /// innermost.
    pub(crate) fn party(&self, chain: &[SpeakerLink]) -> usize {
        let speaks = |link: &SpeakerLink| link.source.is_none_or(|source| !self.is_relay(source));
        chain.iter().position(speaks).unwrap_or(chain.len().saturating_sub(1))
    }

    /// Returns the lineage links from this speaker that are believed and apply to the claim. A document without any
    /// takes part in the lineage of its publisher: an outlet's syndication is that of what it prints.
    fn lineage_for(&self, speaker: EntityId, claim: ClaimRef<'g>) -> Vec<(LineageId, EntityId)> {
        let each = self.graph.with_publisher(speaker).map(|s| self.own_lineage_for(s, claim));
        each.into_iter().find(|links| !links.is_empty()).unwrap_or_default()
    }

    fn own_lineage_for(
        &self,
        speaker: EntityId,
        claim: ClaimRef<'g>,
    ) -> Vec<(LineageId, EntityId)> {
        let links = self.graph.lineages_of(speaker).filter_map(|(id, lineage)| {
            let applies = match lineage.scope() {
                Scope::Everywhere => true,
                Scope::Document(document) => claim.document().is_some_and(|d| d.id() == *document),
                // In ascending order.
                Scope::Claims(claims) => claims.binary_search(&claim.id()).is_ok(),
            };
            (applies && self.believes(id)).then_some((id, lineage.source()))
        });
        let mut links: Vec<(LineageId, EntityId)> = links.collect();
        // The same order whatever was inserted first.
        if links.len() > 1 {
            links.sort_by_cached_key(|&(id, _)| self.graph.lineage_order(id));
        }
        links
    }

    /// Returns the claims for which the lineage of the speaker is the same.
    pub(crate) fn reach_of_lineage(&self, speaker: EntityId) -> Reach {
        let links = self.graph.with_publisher(speaker).flat_map(|s| self.graph.lineages_of(s));
        let reach = links.map(|(_, lineage)| match lineage.scope() {
            Scope::Everywhere => Reach::Speaker,
            Scope::Document(_) => Reach::Document,
            Scope::Claims(_) => Reach::Claim,
        });
        reach.max().unwrap_or(Reach::Speaker)
    }

    /// Returns the lineage of the claim from its outermost party down.
    pub(crate) fn descent(&self, claim: ClaimRef<'g>) -> Descent {
        self.descent_avoiding(claim, &[])
    }

    /// Returns the first links of the lineage of the claim, at most so many.
    pub(crate) fn first_lineages(&self, claim: ClaimRef<'g>, most: usize) -> Vec<LineageId> {
        let (chain, mut found) = (claim.chain(), IndexSet::new());
        let party = chain.get(self.party(chain)).and_then(|link| link.source);
        let (mut met, mut next): (IndexSet<EntityId>, usize) = (party.into_iter().collect(), 0);
        while let Some(&speaker) = met.get_index(next).filter(|_| found.len() < most) {
            next += 1;
            for (id, source) in self.lineage_for(speaker, claim) {
                found.insert(id);
                met.insert(source);
            }
        }
        found.into_iter().take(most).collect()
    }

    /// Returns the lineage of the claim without the steps that lead to one of `avoided`.
    fn descent_avoiding(&self, claim: ClaimRef<'g>, avoided: &[EntityId]) -> Descent {
        let chain = claim.chain();
        let party = chain.get(self.party(chain)).and_then(|link| link.source);
        match party {
            Some(party) => self.walk(claim, [party], avoided).1,
            None => Descent { steps: Vec::new(), ends: vec![None], holds_for: Reach::Speaker },
        }
    }

    /// Walks down from these speakers. Returns everybody that the walk meets, and the walk.
    fn walk(
        &self,
        claim: ClaimRef<'g>,
        from: impl IntoIterator<Item = EntityId>,
        avoided: &[EntityId],
    ) -> (IndexSet<EntityId>, Descent) {
        let (mut steps, mut ends, mut holds_for) = (Vec::new(), Vec::new(), Reach::Speaker);
        let mut barred = false;
        let met = reached(from, |speaker| {
            holds_for = holds_for.max(self.reach_of_lineage(speaker));
            let links = self.lineage_for(speaker, claim);
            if links.is_empty() {
                ends.push(Some(speaker));
            }
            let before = steps.len();
            for (id, source) in links {
                match avoided.contains(&source) {
                    true => barred = true,
                    false => steps.push((speaker, source, id)),
                }
            }
            steps.iter().skip(before).map(|&(_, source, _)| source).collect::<Vec<_>>()
        });
        // A publisher whose source draws on the document itself goes round in a circle.
        if ends.is_empty() && !barred {
            ends.extend(met.first().copied().map(Some));
        }
        (met, Descent { steps, ends, holds_for })
    }

    /// Returns whether the claim falls with these sources: one stands in its chain, or all its lineage goes
    /// through them.
    pub(crate) fn comes_from_any(&self, claim: ClaimRef<'g>, sources: &[EntityId]) -> bool {
        let chain = claim.chain();
        chain.iter().any(|link| link.source.is_some_and(|source| sources.contains(&source)))
            || self.descent_avoiding(claim, sources).ends.is_empty()
    }

    /// Returns the sources without each of which the claim falls, and whether other claims of its chain in its document
    /// fall with the same.
    pub(crate) fn falls_without(&self, claim: ClaimRef<'g>) -> (IndexSet<EntityId>, bool) {
        let chain = claim.chain().iter().filter_map(|link| link.source);
        let mut found: IndexSet<EntityId> = chain.collect();
        let descent = self.descent(claim);
        match descent.on_all_ways() {
            Some(sources) => found.extend(sources),
            // In a circle, each is tried.
            None => {
                let mut sources: IndexSet<EntityId> =
                    descent.steps.iter().map(|&(_, source, _)| source).collect();
                sources.retain(|source| self.comes_from_any(claim, &[*source]));
                found.extend(sources);
            }
        }
        (found, descent.holds_for < Reach::Claim)
    }

    /// Returns where the words of the claim can come from: its document, the publisher, the relays of the chain, and
    /// whatever these draw on. Also returns the walk to them.
    pub(crate) fn provenance(&self, claim: ClaimRef<'g>) -> (IndexSet<EntityId>, Descent) {
        let document = claim.document_id().into_iter();
        let relays =
            claim.chain().iter().filter_map(|link| link.source).filter(|&s| self.is_relay(s));
        let published = document.flat_map(|d| self.graph.with_publisher(d));
        self.walk(claim, published.chain(relays), &[])
    }
}
