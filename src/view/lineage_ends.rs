//! Where the lineage of each speaker ends, worked out once for all claims whose lineage is the same.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::EntityId;
use crate::model::lineage::Lineage;
use crate::view::View;
use crate::view::lineage_walk::Reach;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::sync::Arc;

/// The speakers at which a walk down the lineage ends.
pub(crate) type Ends = Arc<[Option<EntityId>]>;

/// The ends for each speaker that has a lineage; `None` if they are not the same for all claims, or if the lineage goes in
/// a circle.
pub(crate) type LineageEnds = FxHashMap<EntityId, Option<Ends>>;

/// A speaker whose sources are looked at one by one.
struct Open {
    speaker: EntityId,
    sources: Vec<EntityId>,
    next: usize,
    /// Whether its ends are the same for all claims, as far as is known.
    same: bool,
}

impl ClaimGraph {
    /// Returns the speakers that draw on a source.
    fn drawing(&self) -> IndexSet<EntityId, FxBuildHasher> {
        let links = self.lineage_ids().filter_map(|id| self.lineage(id));
        links.map(Lineage::speaker).collect()
    }
}

impl<'g> View<'g> {
    /// Returns where the lineage of the speaker ends, if that is the same for all its claims. Without a lineage, it is the
    /// speaker.
    pub(crate) fn lineage_ends(&self, speaker: EntityId) -> Option<Ends> {
        let sources = self.sources_of_all(speaker)?;
        if sources.is_empty() {
            return Some(Arc::from([Some(speaker)]));
        }
        let known = self.lineage_ends.get_or_init(|| self.find_lineage_ends());
        match known.get(&speaker) {
            Some(ends) => ends.clone(),
            // A document takes part in the lineage of its publisher.
            None => known.get(&self.graph.publisher_of(speaker)?)?.clone(),
        }
    }

    /// Returns the sources of the speaker in all its claims; `None` if some claims have others.
    pub(crate) fn sources_of_all(&self, speaker: EntityId) -> Option<Vec<EntityId>> {
        if self.graph.drawn_from.is_empty() {
            return Some(Vec::new());
        }
        if self.reach_of_lineage(speaker) != Reach::Speaker {
            return None;
        }
        let each = self.graph.with_publisher(speaker).map(|speaker| {
            let links = self.graph.lineages_of(speaker).filter(|(id, _)| self.believes(*id));
            links.map(|(_, link)| link.source()).collect::<Vec<_>>()
        });
        Some(each.into_iter().find(|sources| !sources.is_empty()).unwrap_or_default())
    }

    /// Returns whether the claim falls with the sources that the view leaves out: one stands in its chain, or all its
    /// lineage goes through them.
    pub(crate) fn comes_from_excluded(&self, claim: ClaimRef<'g>) -> bool {
        let (excluded, chain) = (&self.sieve.excluding_source, claim.chain());
        let party = chain.get(self.party(chain)).and_then(|link| link.source);
        match party.filter(|&party| self.lineage_ends(party).is_some()) {
            Some(party) => {
                chain.iter().any(|link| link.source.is_some_and(|it| excluded.contains(&it)))
                    || self.falls(party, self.falling.get_or_init(|| self.find_falling()))
            }
            None => self.comes_from_any(claim, excluded),
        }
    }

    /// Returns whether all sources of the speaker are left out or are among those who fall. Without a source, it does not
    /// fall.
    fn falls(&self, speaker: EntityId, falling: &FxHashSet<EntityId>) -> bool {
        let sources = self.sources_of_all(speaker).unwrap_or_default();
        let out = |source| self.sieve.excluding_source.contains(source) || falling.contains(source);
        !sources.is_empty() && sources.iter().all(out)
    }

    /// Returns the speakers whose lineage is the same for all their claims and goes through what the view leaves out.
    fn find_falling(&self) -> FxHashSet<EntityId> {
        let mut falling = FxHashSet::default();
        for speaker in self.sources_first(self.graph.drawing(), |_| false) {
            if self.falls(speaker, &falling) {
                falling.insert(speaker);
            }
        }
        falling
    }

    /// Returns these speakers and all that they draw on, sources before those that draw on them, without those that are
    /// known. Speakers whose lineage is not the same for all their claims, or goes in a circle, are left out.
    pub(crate) fn sources_first(
        &self,
        speakers: impl IntoIterator<Item = EntityId>,
        is_known: impl Fn(EntityId) -> bool,
    ) -> IndexSet<EntityId, FxBuildHasher> {
        let mut found = IndexSet::default();
        let is_open = |found: &IndexSet<EntityId, FxBuildHasher>, it: EntityId| {
            !found.contains(&it) && !is_known(it) && self.lineage_ends(it).is_some()
        };
        for speaker in speakers {
            let mut open = vec![speaker];
            while let Some(&speaker) = open.last() {
                let before = open.len();
                if is_open(&found, speaker) {
                    let sources = self.sources_of_all(speaker).unwrap_or_default();
                    open.extend(sources.into_iter().filter(|&it| is_open(&found, it)));
                    if open.len() > before {
                        continue;
                    }
                    found.insert(speaker);
                }
                open.pop();
            }
        }
        found
    }

    fn find_lineage_ends(&self) -> LineageEnds {
        let speakers = self.graph.drawing();
        let mut known = LineageEnds::default();
        let open = |speaker| {
            let sources = self.sources_of_all(speaker);
            let same = sources.is_some();
            Open { speaker, sources: sources.unwrap_or_default(), next: 0, same }
        };
        for speaker in speakers {
            if known.contains_key(&speaker) {
                continue;
            }
            let mut path = vec![open(speaker)];
            let mut on_path: FxHashSet<EntityId> = FxHashSet::from_iter([speaker]);
            while let Some(last) = path.last_mut() {
                if let Some(&source) = last.sources.get(last.next) {
                    last.next += 1;
                    if on_path.contains(&source) {
                        last.same = false;
                    } else if !known.contains_key(&source) {
                        on_path.insert(source);
                        path.push(open(source));
                    }
                    continue;
                }
                let ends = Some(&*last).filter(|it| it.same).and_then(|it| it.ends(&known));
                on_path.remove(&last.speaker);
                known.insert(last.speaker, ends);
                path.pop();
            }
        }
        known
    }
}

impl Open {
    /// Returns the ends of all its sources together; `None` if one of them has none that are the same for all claims.
    fn ends(&self, known: &LineageEnds) -> Option<Ends> {
        let of = |source: &EntityId| known.get(source).and_then(Option::as_ref);
        match self.sources.as_slice() {
            [] => Some(Arc::from([Some(self.speaker)])),
            // A long chain shares one list.
            [source] => of(source).cloned(),
            sources => {
                let mut ends: IndexSet<Option<EntityId>, FxBuildHasher> = IndexSet::default();
                for source in sources {
                    ends.extend(of(source)?.iter().copied());
                }
                Some(ends.into_iter().collect())
            }
        }
    }
}
