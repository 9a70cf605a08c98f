//! Links between claims, and derived figures. They are added to claims on record, and are not part of them.

use crate::model::claim_link::Derivation;
use crate::model::id::ClaimId;
use crate::store::stored_claim::HeldLink;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashSet};

type Map<V> = IndexMap<ClaimId, V, FxBuildHasher>;

#[derive(Clone, Debug, Default)]
pub(crate) struct Connections {
    links: IndexSet<HeldLink>,
    links_from: Map<Vec<usize>>,
    links_to: Map<Vec<usize>>,
    derivations: Map<Derivation>,
}

impl Connections {
    /// Adds a link, and returns its place and whether it is new.
    pub(crate) fn add_link(&mut self, link: HeldLink) -> (usize, bool) {
        let (from, to) = (link.from, link.to);
        let (place, new) = self.links.insert_full(link);
        if new {
            self.links_from.entry(from).or_default().push(place);
            self.links_to.entry(to).or_default().push(place);
        }
        (place, new)
    }

    pub(crate) fn place_of(&self, link: &HeldLink) -> Option<usize> {
        self.links.get_index_of(link)
    }

    pub(crate) fn place_of_derivation(&self, claim: ClaimId) -> Option<usize> {
        self.derivations.get_index_of(&claim)
    }

    pub(crate) fn links(&self) -> impl ExactSizeIterator<Item = &HeldLink> {
        self.links.iter()
    }

    pub(crate) fn links_from(&self, claim: ClaimId) -> impl Iterator<Item = &HeldLink> {
        self.at(self.links_from.get(&claim))
    }

    pub(crate) fn links_to(&self, claim: ClaimId) -> impl Iterator<Item = &HeldLink> {
        self.at(self.links_to.get(&claim))
    }

    fn at<'c>(&'c self, places: Option<&'c Vec<usize>>) -> impl Iterator<Item = &'c HeldLink> {
        places.into_iter().flatten().filter_map(|&place| self.links.get_index(place))
    }

    pub(crate) fn derive(&mut self, claim: ClaimId, derivation: Derivation) {
        self.derivations.insert(claim, derivation);
    }

    /// Drops the derived figures of all other claims. Those that stay keep their order.
    pub(crate) fn keep_derivations(&mut self, claims: &[ClaimId]) {
        let claims: FxHashSet<ClaimId> = claims.iter().copied().collect();
        self.derivations.retain(|claim, _| claims.contains(claim));
    }

    pub(crate) fn derivation(&self, claim: ClaimId) -> Option<&Derivation> {
        self.derivations.get(&claim)
    }

    pub(crate) fn derivations(&self) -> impl ExactSizeIterator<Item = (ClaimId, &Derivation)> {
        self.derivations.iter().map(|(&claim, derivation)| (claim, derivation))
    }
}
