//! Parties to the matter: sources that speak about themselves. A party's word about itself is no
//! corroboration.

use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId};
use crate::sources::independence::Independence;
use crate::view::View;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;

/// For each entity, what it belongs to; looked up once.
type Houses = FxHashMap<EntityId, IndexSet<EntityId>>;

impl<'g> View<'g> {
    /// The entity and all that it acts for: what it is a part of, and whose office it holds.
    fn acts_for(&self, entity: EntityId) -> IndexSet<EntityId> {
        let mut found = IndexSet::from([entity]);
        let mut next = 0;
        while let Some(&entity) = found.get_index(next) {
            next += 1;
            let acts =
                |kind| matches!(kind, AffiliationKind::PartOf | AffiliationKind::HoldsOffice);
            let above = self
                .graph
                .affiliations_of(entity)
                .filter(|(id, a)| acts(a.kind()) && self.knows_affiliation(*id));
            found.extend(above.map(|(_, affiliation)| affiliation.whole()));
        }
        found
    }

    /// The claims whose statements it is about: its own, or those of the claims it answers; of several, those
    /// that are at hand, where some are.
    fn says_about(&self, claim: ClaimRef<'g>, at_hand: &IndexSet<ClaimId>) -> Vec<ClaimRef<'g>> {
        let (mut met, mut next, mut about) = (IndexSet::from([claim.id()]), 0, Vec::new());
        while let Some(&id) = met.get_index(next) {
            next += 1;
            let Some(at) = ClaimRef::new(self.graph, id) else { continue };
            if at.statement().is_some() {
                about.push(at);
                continue;
            }
            let targets = || at.targets().map(|(target, _)| target);
            let some = targets().any(|target| at_hand.contains(&target));
            met.extend(targets().filter(|target| !some || at_hand.contains(target)));
        }
        about
    }

    /// The sources by whom the claim comes and who are, or act for, one of those it is about. Who only
    /// passes it on is none of them.
    fn interested(
        &self,
        claim: ClaimRef<'g>,
        at_hand: &IndexSet<ClaimId>,
        houses: &mut Houses,
    ) -> Vec<EntityId> {
        let about = self.says_about(claim, at_hand);
        let chain = claim.chain();
        let party = self.graph.party(chain);
        let speaks = chain
            .iter()
            .enumerate()
            .filter(|(place, _)| *place >= party)
            .filter_map(|(_, link)| link.source);
        let steps = self.descent(claim).map(|descent| descent.steps).unwrap_or_default();
        let sources: IndexSet<EntityId> =
            speaks.chain(steps.into_iter().map(|(_, source, _)| source)).collect();
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
    /// Returns the sources that are parties to the matter: the subject or the object of what is said, who acts
    /// for one of them (as a part, or in its office), and other parts of the same whole. In order of keys.
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
        let mut houses = Houses::default();
        let at_hand = self.known.iter().chain(&self.supporters).map(|claim| claim.id()).collect();
        let found: IndexSet<EntityId> = self
            .supporters
            .iter()
            .flat_map(|&claim| self.view.interested(claim, &at_hand, &mut houses))
            .collect();
        let mut found: Vec<EntityId> = found.into_iter().collect();
        found.sort_by_key(|&source| self.view.graph.key_of(source));
        found
    }

    /// Leaves out the claims that come from a party to the matter only: what is left is corroboration by
    /// others.
    #[must_use]
    pub fn without_parties_to_the_matter(self) -> Self {
        let mut houses = Houses::default();
        let view = self.view.clone();
        let at_hand = self.known.iter().chain(&self.supporters).map(|claim| claim.id()).collect();
        let beside = |claim: &ClaimRef<'g>| {
            let interested = view.interested(*claim, &at_hand, &mut houses);
            interested.is_empty() || !view.comes_from_any(*claim, &interested)
        };
        let left = self.supporters.into_iter().filter(beside).collect();
        Self::of(self.view, self.known, left, self.counts_documents)
    }
}
