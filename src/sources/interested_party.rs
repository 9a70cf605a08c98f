//! Parties to the matter: sources that speak about themselves. A party's word about itself does not corroborate.

use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId};
use crate::model::reached::reached;
use crate::sources::independence::Independence;
use crate::view::View;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;

/// Each entity with all that it acts for, looked up once.
type Houses = FxHashMap<EntityId, IndexSet<EntityId>>;

impl<'g> View<'g> {
    /// Returns the entity and all that it acts for: what it is a part of, and whose office it holds.
    fn acts_for(&self, entity: EntityId) -> IndexSet<EntityId> {
        let acts = |kind| matches!(kind, AffiliationKind::PartOf | AffiliationKind::HoldsOffice);
        reached([entity], |entity| {
            let above = self.affiliations_of(entity).filter(|(_, a)| acts(a.kind()));
            above.map(|(_, affiliation)| affiliation.whole())
        })
    }

    /// Returns the claims whose statements the claim is about: itself, or the claims it answers. If some of several
    /// answered claims are at hand, the others do not count.
    fn says_about(&self, claim: ClaimRef<'g>, at_hand: &IndexSet<ClaimId>) -> Vec<ClaimRef<'g>> {
        let states = |claim: &ClaimRef<'g>| claim.statement().is_some();
        let met = reached([claim.id()], |id| {
            let silent = ClaimRef::new(self.graph, id).filter(|claim| !states(claim));
            let targets: Vec<ClaimId> =
                silent.into_iter().flat_map(ClaimRef::targets).map(|(target, _)| target).collect();
            let known: Vec<ClaimId> =
                targets.iter().copied().filter(|target| at_hand.contains(target)).collect();
            if known.is_empty() { targets } else { known }
        });
        met.into_iter().filter_map(|id| ClaimRef::new(self.graph, id)).filter(states).collect()
    }

    /// Returns the sources of the claim that are, or act for, one of the entities it is about. Sources that only pass it
    /// on do not count.
    fn interested(
        &self,
        claim: ClaimRef<'g>,
        at_hand: &IndexSet<ClaimId>,
        houses: &mut Houses,
    ) -> Vec<EntityId> {
        let about = self.says_about(claim, at_hand);
        let chain = claim.chain();
        let speakers = chain.iter().skip(self.party(chain)).filter_map(|link| link.source);
        let lineage = self.descent(claim).steps.into_iter().map(|(_, source, _)| source);
        let sources: IndexSet<EntityId> = speakers.chain(lineage).collect();
        let ends = about.iter().flat_map(|about| [about.subject_entity(), about.object_entity()]);
        let mut matter: IndexSet<EntityId> = IndexSet::new();
        for end in ends.flatten() {
            matter.extend(houses.entry(end).or_insert_with(|| self.acts_for(end)).iter().copied());
        }
        let interested = |source: &EntityId| {
            houses
                .entry(*source)
                .or_insert_with(|| self.acts_for(*source))
                .iter()
                .any(|house| matter.contains(house))
        };
        sources.into_iter().filter(interested).collect()
    }
}

impl<'g> Independence<'g> {
    /// Returns the sources that are parties to the matter, in order of keys: the subject or object of the statement,
    /// their parts and office-holders, and other parts of the same whole.
    ///
    /// ```
    /// use claimgraph::{date, entity::Affiliation, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (ministry, nis) = (graph.add(Agency, "ministry")?, graph.add(Agency, "nis")?);
    /// graph.add_affiliation(Affiliation::part_of(ministry, russia))?;
    /// for who in [ministry, nis] {
    ///     graph.insert(Claim::by(who).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// }
    /// let independence = graph.statement(nk, DEPLOYS_TO, russia).independence();
    /// assert_eq!((independence.count(), independence.parties_to_the_matter()), (2, vec![ministry.id()]));
    /// assert_eq!(independence.without_parties_to_the_matter().count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn parties_to_the_matter(&self) -> Vec<EntityId> {
        let parties = self.interested().into_iter().flat_map(|(_, parties)| parties);
        let mut found: Vec<EntityId> = parties.collect::<IndexSet<_>>().into_iter().collect();
        found.sort_by_key(|&source| self.view.graph.key_of(source));
        found
    }

    /// Leaves out claims that come only from parties to the matter.
    #[must_use]
    pub fn without_parties_to_the_matter(self) -> Self {
        let others = self.interested().into_iter().filter(|(claim, parties)| {
            parties.is_empty() || !self.view.comes_from_any(*claim, parties)
        });
        let left = others.map(|(claim, _)| claim).collect();
        Self::of(self.view, self.known, left, Vec::new(), self.counts_documents)
    }

    /// Returns each claim that adds evidence with its sources that are parties to the matter.
    fn interested(&self) -> Vec<(ClaimRef<'g>, Vec<EntityId>)> {
        let mut houses = Houses::default();
        let at_hand = self.known.iter().chain(&self.supporters).map(|claim| claim.id()).collect();
        let parties = |&claim| (claim, self.view.interested(claim, &at_hand, &mut houses));
        self.supporters.iter().map(parties).collect()
    }
}
