//! Origins of claims: each chain of speakers with the document in which it was read, kept once. Insertion adds them,
//! and claims hold their numbers.

use crate::model::claim::SpeakerLink;
use crate::model::id::{EntityId, OriginId};
use rustc_hash::FxHashMap;

/// The end of a list of links or origins.
const END: u32 = u32::MAX;

/// Chains in one array, outermost first, and for each entity the links at which it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    links: Vec<SpeakerLink>,
    /// The start of each origin's chain among the links.
    starts: Vec<u32>,
    documents: Vec<Option<EntityId>>,
    speakers: Vec<Option<EntityId>>,
    /// The first origin of each hash. The next origin with the same hash is in `same`.
    found: FxHashMap<u64, u32>,
    same: Vec<u32>,
    /// For each entity its last link; for each link the one before it of the same entity, and its origin.
    last: Vec<u32>,
    before: Vec<u32>,
    owner: Vec<OriginId>,
}

fn fold(chain: &[SpeakerLink], document: Option<EntityId>) -> u64 {
    let number = |entity: Option<EntityId>| entity.map_or(0, |entity| entity.index() as u64 + 1);
    chain.iter().fold(number(document), |sum, link| {
        let link = number(link.source) << 4 | (link.basis as u64) << 1 | u64::from(link.direct);
        sum.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ link
    })
}

impl Origins {
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(crate) fn chain(&self, origin: OriginId) -> &[SpeakerLink] {
        let at = |n: usize| self.starts.get(n).map_or(self.links.len(), |&start| start as usize);
        &self.links[at(origin.index())..at(origin.index() + 1)]
    }

    #[inline]
    pub(crate) fn document(&self, origin: OriginId) -> Option<EntityId> {
        self.documents.get(origin.index()).copied().flatten()
    }

    #[inline]
    pub(crate) fn speaker(&self, origin: OriginId) -> Option<EntityId> {
        self.speakers.get(origin.index()).copied().flatten()
    }

    /// Returns the chains with their documents, in order of their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&[SpeakerLink], Option<EntityId>)> {
        (0..self.len())
            .filter_map(OriginId::at)
            .map(|origin| (self.chain(origin), self.document(origin)))
    }

    /// Returns the number of this chain and document, if they are there.
    pub(crate) fn find(
        &self,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
    ) -> Option<OriginId> {
        let first = self.found.get(&fold(chain, document)).copied();
        let mut alike = std::iter::successors(first, |&at| {
            Some(self.same[at as usize]).filter(|&next| next != END)
        });
        alike.find_map(|at| {
            let origin = OriginId::at(at as usize).expect("a number that was given out");
            (self.chain(origin) == chain && self.document(origin) == document).then_some(origin)
        })
    }

    /// Returns the number of this chain and document, which are added if they are new; `None` if no numbers are left.
    pub(crate) fn intern(
        &mut self,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
    ) -> Option<OriginId> {
        if let Some(origin) = self.find(chain, document) {
            return Some(origin);
        }
        let origin = OriginId::at(self.starts.len())?;
        let start = u32::try_from(self.links.len())
            .ok()
            .filter(|_| self.links.len() + chain.len() < END as usize)?;
        self.starts.push(start);
        self.documents.push(document);
        self.speakers.push(chain.last().and_then(|link| link.source));
        self.same
            .push(self.found.insert(fold(chain, document), start_number(origin)).unwrap_or(END));
        for link in chain {
            let number = self.links.len();
            self.links.push(*link);
            self.owner.push(origin);
            let place = link.source.map(EntityId::index);
            if let Some(place) = place.filter(|&place| place >= self.last.len()) {
                self.last.resize(place + 1, END);
            }
            // `number` is below `END`, as checked.
            let before =
                place.map_or(END, |place| std::mem::replace(&mut self.last[place], number as u32));
            self.before.push(before);
        }
        Some(origin)
    }

    /// Returns the origins in whose chain the entity stands, in no order. If it stands in a chain twice, the origin
    /// comes twice.
    pub(crate) fn with_speaker(&self, entity: EntityId) -> impl Iterator<Item = OriginId> {
        let step = |at: u32| (at != END).then_some(at);
        let first = self.last.get(entity.index()).copied().and_then(step);
        let links = std::iter::successors(first, move |&at| {
            self.before.get(at as usize).copied().and_then(step)
        });
        links.filter_map(|at| self.owner.get(at as usize).copied())
    }
}

fn start_number(origin: OriginId) -> u32 {
    origin.number() - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::stance::Basis;

    #[test]
    fn a_chain_is_kept_once_and_found_by_each_of_its_speakers() {
        let entity = |n| EntityId::at(n).unwrap();
        let mut origins = Origins::default();
        let mut made = Vec::new();
        for a in 0..40 {
            for b in 0..40 {
                let link = |n, direct| SpeakerLink {
                    source: Some(entity(n)),
                    basis: Basis::Stated,
                    direct,
                };
                let chain = [link(a, false), link(b, a > b)];
                made.push((origins.intern(&chain, Some(entity(a))).unwrap(), chain));
                let other = origins.intern(&chain, None).unwrap();
                assert_ne!(made.last().unwrap().0, other);
            }
        }
        assert_eq!(origins.len(), 2 * 40 * 40);
        for (origin, chain) in made {
            assert_eq!(origins.chain(origin), chain);
            assert_eq!(origins.intern(&chain, chain[0].source), Some(origin));
            assert_eq!(origins.speaker(origin), chain[1].source);
        }
        let mut seven: Vec<OriginId> = origins.with_speaker(entity(7)).collect();
        seven.sort();
        seven.dedup();
        assert_eq!(seven.len(), 2 * (40 + 40 - 1));
        assert_eq!(origins.with_speaker(entity(99)).count(), 0);
    }
}
