//! Where a claim comes from: from its outermost party down the believed lineage.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{EntityId, KindId, LineageId};
use crate::model::lineage::Scope;
use crate::store::origin_table::SpeakerLink;
use crate::view::View;
use indexmap::IndexSet;

/// The believed lineage below one claim: steps from speaker to source, and where they end.
pub(crate) struct Descent {
    pub(crate) steps: Vec<(EntityId, EntityId, LineageId)>,
    /// Where the walk ends; the party itself where it has no lineage.
    pub(crate) ends: Vec<EntityId>,
    /// For whom else the walk is the same.
    pub(crate) holds_for: Reach,
}

/// Which claims of a speaker have one lineage, as far as was walked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Reach {
    /// All.
    Speaker,
    /// Lineage read in the same document.
    Document,
    /// This one.
    Claim,
}

impl ClaimGraph {
    /// Whether the entity passes on what others say.
    pub(crate) fn is_relay(&self, entity: EntityId) -> bool {
        self.is_of(self.relay_kind(), entity)
    }

    /// The kind of those who pass on, to be looked up once for many.
    pub(crate) fn relay_kind(&self) -> Option<KindId> {
        self.vocabulary.kind_place("Relay")
    }

    pub(crate) fn is_of(&self, relay: Option<KindId>, entity: EntityId) -> bool {
        self.registry
            .kind(entity)
            .zip(relay)
            .is_some_and(|(kind, relay)| self.vocabulary.is_a(kind, relay))
    }

    /// Returns the place in the chain of the outermost speaker that is not a relay. If all are relays, it is the
    /// innermost.
    pub(crate) fn party(&self, chain: &[SpeakerLink]) -> usize {
        self.party_beside(self.relay_kind(), chain)
    }

    pub(crate) fn party_beside(&self, relay: Option<KindId>, chain: &[SpeakerLink]) -> usize {
        let speaks =
            |link: &SpeakerLink| link.source.is_none_or(|source| !self.is_of(relay, source));
        chain.iter().position(speaks).unwrap_or(chain.len().saturating_sub(1))
    }
}

impl<'g> View<'g> {
    /// The lineage links from this speaker that are believed and apply to the claim. A document that has
    /// none takes part in its publisher's: an outlet's syndication is that of what it prints.
    fn lineage_for(&self, speaker: EntityId, claim: ClaimRef<'g>) -> Vec<(LineageId, EntityId)> {
        let own = self.own_lineage_for(speaker, claim);
        let publisher =
            || self.graph.registry.document(speaker).and_then(|document| document.publisher());
        match own.is_empty().then(publisher).flatten() {
            Some(publisher) => self.own_lineage_for(publisher, claim),
            None => own,
        }
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

    fn reach_of_lineage(&self, speaker: EntityId) -> Reach {
        let publisher =
            self.graph.registry.document(speaker).and_then(|document| document.publisher());
        let speakers = [Some(speaker), publisher].into_iter().flatten();
        let reach = speakers.flat_map(|s| self.graph.lineages_of(s)).map(|(_, lineage)| {
            match lineage.scope() {
                Scope::Everywhere => Reach::Speaker,
                Scope::Document(_) => Reach::Document,
                Scope::Claims(_) => Reach::Claim,
            }
        });
        reach.max().unwrap_or(Reach::Speaker)
    }

    pub(crate) fn descent(&self, claim: ClaimRef<'g>) -> Option<Descent> {
        let chain = claim.chain();
        let from = chain.get(self.graph.party(chain))?.source?;
        Some(self.descent_avoiding(claim, from, &[]))
    }

    /// The walk from `from`, never through one of `avoided`. Ends are those that are reached.
    fn descent_avoiding(
        &self,
        claim: ClaimRef<'g>,
        from: EntityId,
        avoided: &[EntityId],
    ) -> Descent {
        let mut reached = IndexSet::from([from]);
        let mut descent =
            Descent { steps: Vec::new(), ends: Vec::new(), holds_for: Reach::Speaker };
        let mut next = 0;
        let mut barred = false;
        while let Some(&speaker) = reached.get_index(next) {
            next += 1;
            let mut ends = true;
            descent.holds_for = descent.holds_for.max(self.reach_of_lineage(speaker));
            for (id, source) in self.lineage_for(speaker, claim) {
                ends = false;
                barred |= avoided.contains(&source);
                if !avoided.contains(&source) {
                    descent.steps.push((speaker, source, id));
                    reached.insert(source);
                }
            }
            if ends {
                descent.ends.push(speaker);
            }
        }
        // A publisher whose source draws on the document itself goes round in a circle.
        if descent.ends.is_empty() && !barred {
            descent.ends.push(from);
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

    /// Where what stands in the document can come from: its publisher, the relays of the chain, and whatever
    /// these draw on; not the document itself. And whether that is so for this claim only.
    pub(crate) fn provenance(&self, claim: ClaimRef<'g>) -> (IndexSet<EntityId>, bool) {
        let relays =
            claim.chain().iter().filter_map(|link| link.source).filter(|&s| self.graph.is_relay(s));
        let document = claim.document_id();
        let publisher =
            document.and_then(|d| self.graph.registry.document(d)).and_then(|d| d.publisher());
        let mut found: IndexSet<EntityId> =
            document.into_iter().chain(publisher).chain(relays).collect();
        let (mut next, mut by_claim) = (0, false);
        while let Some(&speaker) = found.get_index(next) {
            next += 1;
            by_claim |= self.reach_of_lineage(speaker) == Reach::Claim;
            found.extend(self.lineage_for(speaker, claim).into_iter().map(|(_, source)| source));
        }
        if let Some(document) = document {
            found.shift_remove(&document);
        }
        (found, by_claim)
    }
}
