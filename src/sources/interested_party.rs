//! Parties to the matter: sources that speak about themselves. A party's word about itself does not corroborate.

use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId};
use crate::sources::independence::Independence;
use crate::view::View;
use crate::view::tops::Tops;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::rc::Rc;

/// The sources of a claim that are parties to the matter.
#[derive(Clone)]
pub(crate) struct Interest {
    /// In no order.
    pub(crate) parties: Rc<[EntityId]>,
    /// Whether the claim comes from them only.
    pub(crate) alone: bool,
}

/// The interests of sources in what claims are about. Whatever is the same for several claims is found once.
pub(crate) struct Interests<'v, 'g> {
    view: &'v View<'g>,
    /// If some of several answered claims are at hand, the others do not count.
    at_hand: FxHashSet<ClaimId>,
    /// The tops of what entities act for: what they are a part of, and whose office they hold.
    tops: Tops<'v, 'g>,
    /// For each claim, the claims whose statements it is about.
    abouts: FxHashMap<ClaimId, Rc<[ClaimId]>>,
    /// The parties at each speaker and below it, by the tops of the matter.
    matters: FxHashMap<Rc<[EntityId]>, Lineage>,
}

/// The parties at a speaker and below it, and whether its whole lineage comes from parties below it.
type Lineage = FxHashMap<EntityId, Interest>;

impl<'v, 'g> Interests<'v, 'g> {
    pub(crate) fn of(view: &'v View<'g>, at_hand: impl Iterator<Item = ClaimId>) -> Self {
        Self {
            view,
            at_hand: at_hand.collect(),
            tops: Tops::of(view, &[AffiliationKind::PartOf, AffiliationKind::HoldsOffice]),
            abouts: FxHashMap::default(),
            matters: FxHashMap::default(),
        }
    }

    /// Returns the sources of the claim that are, or act for, one of the entities it is about. Sources that only pass it
    /// on do not count.
    pub(crate) fn of_claim(&mut self, claim: ClaimRef<'g>) -> Interest {
        let (view, chain) = (self.view, claim.chain());
        let about = self.about(claim.id());
        let about = about.iter().filter_map(|&id| ClaimRef::new(view.graph, id));
        let ends = about.flat_map(|about| [about.subject_entity(), about.object_entity()]);
        let matter = self.tops.above_any(ends.flatten());
        let party = view.party(chain);
        let speakers = || chain.iter().filter_map(|link| link.source);
        let mut parties: IndexSet<EntityId, FxBuildHasher> =
            chain.iter().skip(party).filter_map(|link| link.source).collect();
        parties.retain(|&speaker| self.is_party(speaker, &matter));
        let outermost = chain.get(party).and_then(|link| link.source);
        let below = outermost.filter(|&speaker| view.lineage_ends(speaker).is_some());
        let alone = match below.map(|speaker| self.below(speaker, &matter)) {
            Some(below) => {
                parties.extend(below.parties.iter().copied());
                below.alone || speakers().any(|speaker| parties.contains(&speaker))
            }
            None => {
                let sources = view.descent(claim).steps.into_iter().map(|(_, source, _)| source);
                let sources: IndexSet<EntityId> = sources.collect();
                parties.extend(sources.into_iter().filter(|&it| self.is_party(it, &matter)));
                let all: Vec<EntityId> = parties.iter().copied().collect();
                !all.is_empty() && view.comes_from_any(claim, &all)
            }
        };
        Interest { parties: parties.into_iter().collect(), alone }
    }

    /// Returns the claims whose statements the claim is about: itself, or the claims it answers.
    fn about(&mut self, claim: ClaimId) -> Rc<[ClaimId]> {
        if ClaimRef::new(self.view.graph, claim).is_some_and(|it| it.statement().is_some()) {
            return Rc::from([claim]);
        }
        // A claim answers claims that came before it.
        let mut open = vec![claim];
        while let Some(&id) = open.last() {
            let claim = ClaimRef::new(self.view.graph, id);
            let silent = claim.filter(|claim| claim.statement().is_none());
            let targets: IndexSet<ClaimId> =
                silent.into_iter().flat_map(ClaimRef::targets).map(|(target, _)| target).collect();
            let known = targets.iter().copied().filter(|target| self.at_hand.contains(target));
            let known: Vec<ClaimId> = known.collect();
            let targets = if known.is_empty() { targets.into_iter().collect() } else { known };
            let before = open.len();
            open.extend(targets.iter().copied().filter(|it| !self.abouts.contains_key(it)));
            if open.len() == before {
                let mut of = targets.iter().filter_map(|target| self.abouts.get(target));
                let about: Rc<[ClaimId]> = match (silent, targets.as_slice()) {
                    (None, _) => Rc::from([id]),
                    (Some(_), [_]) => of.next().cloned().unwrap_or_default(),
                    (Some(_), _) => {
                        let all = of.flat_map(|about| about.iter().copied());
                        all.collect::<IndexSet<ClaimId>>().into_iter().collect()
                    }
                };
                self.abouts.insert(id, about);
                open.pop();
            }
        }
        self.abouts.get(&claim).cloned().unwrap_or_default()
    }

    /// Returns whether the source and an end of the matter act for the same.
    fn is_party(&mut self, source: EntityId, matter: &[EntityId]) -> bool {
        self.tops.above(source).iter().any(|top| matter.binary_search(top).is_ok())
    }

    /// Returns the parties at the speaker and below it, and whether its whole lineage comes from parties below it. Its
    /// lineage is the same for all its claims.
    fn below(&mut self, speaker: EntityId, matter: &Rc<[EntityId]>) -> Interest {
        let view = self.view;
        let mut lineage = self.matters.remove(matter).unwrap_or_default();
        for speaker in view.sources_first([speaker], |it| lineage.contains_key(&it)) {
            let sources = view.sources_of_all(speaker).unwrap_or_default();
            let is_party = self.is_party(speaker, matter);
            let below = || sources.iter().filter_map(|source| lineage.get(source));
            let parties = match sources.as_slice() {
                // A long lineage shares one list.
                [_] if !is_party => below().map(|it| it.parties.clone()).next(),
                _ => None,
            };
            let parties = parties.unwrap_or_else(|| {
                let all = below().flat_map(|it| it.parties.iter().copied());
                let own = is_party.then_some(speaker).into_iter();
                own.chain(all).collect::<IndexSet<EntityId>>().into_iter().collect()
            });
            let barred = |(source, it): (&EntityId, &Interest)| {
                it.alone || it.parties.first() == Some(source)
            };
            let alone = !sources.is_empty() && sources.iter().zip(below()).all(barred);
            lineage.insert(speaker, Interest { parties, alone });
        }
        let unknown = Interest { parties: Rc::default(), alone: false };
        let found = lineage.get(&speaker).cloned().unwrap_or(unknown);
        self.matters.insert(matter.clone(), lineage);
        found
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
        let interested = self.interested();
        let parties = interested.iter().flat_map(|(_, it)| it.parties.iter().copied());
        let mut found: Vec<EntityId> = parties.collect::<IndexSet<_>>().into_iter().collect();
        found.sort_by_key(|&source| self.view.graph.key_of(source));
        found
    }

    /// Leaves out claims that come only from parties to the matter.
    #[must_use]
    pub fn without_parties_to_the_matter(self) -> Self {
        let others = self.interested().into_iter().filter(|(_, interest)| !interest.alone);
        let left = others.map(|(claim, _)| claim).collect();
        Self::of(self.view, self.known, left, Vec::new(), self.counts_documents)
    }

    /// Returns each claim that adds evidence with the interest of its sources.
    fn interested(&self) -> Vec<(ClaimRef<'g>, Interest)> {
        let at_hand = self.known.iter().chain(&self.supporters).map(|claim| claim.id());
        let mut interests = Interests::of(&self.view, at_hand);
        self.supporters.iter().map(|&claim| (claim, interests.of_claim(claim))).collect()
    }
}
