//! The canonical order of records, and the names of claims in them. Writers of files call it, so that equal graphs give
//! equal records, whatever the order of insertion.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::ClaimKey;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::lineage::Scope;
use crate::model::record::Record;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// The name of each claim in a file, in the order in which the claims are written.
pub(crate) type ClaimNames = IndexMap<ClaimId, String, FxBuildHasher>;

impl ClaimGraph {
    /// Returns the entities by key, documents last, and each publisher before the documents it publishes.
    pub(crate) fn publishers_first(
        &self,
        ids: impl IntoIterator<Item = EntityId>,
    ) -> Vec<EntityId> {
        let mut ids: Vec<EntityId> = ids.into_iter().collect();
        // A publisher was there when its document was added, so one pass in that order settles all.
        ids.sort_unstable();
        let mut depths: FxHashMap<EntityId, u32> = FxHashMap::default();
        for &id in &ids {
            let below = |publisher: EntityId| depths.get(&publisher).copied().unwrap_or(0);
            let depth =
                self.registry.document(id).map(|document| 1 + document.publisher.map_or(0, below));
            depth.map(|depth| depths.insert(id, depth));
        }
        ids.sort_by_key(|id| (depths.get(id).copied().unwrap_or(0), self.key_of(*id)));
        ids
    }

    /// Returns the name of each claim in a file, in the order in which the claims are written: by depth of reference,
    /// then in the order of findings. The name is the key. Equal claims after the first get a number too.
    pub(crate) fn canonical_names(&self) -> ClaimNames {
        let keys = self.all_keys();
        let key = |id: ClaimId| keys.get(id.index()).copied();
        let mut depths: Vec<u32> = Vec::with_capacity(keys.len());
        for id in self.ledger.claims() {
            let below = self
                .references(id)
                .into_iter()
                .filter_map(|r| depths.get(r.index()).copied())
                .max();
            depths.push(below.map_or(0, |depth| depth + 1));
        }
        let mut by_key: Vec<EntityId> = self.registry.ids().collect();
        by_key.sort_unstable_by_key(|&entity| self.key_of(entity));
        let mut places: Vec<usize> = vec![0; by_key.len()];
        for (place, entity) in by_key.into_iter().enumerate() {
            if let Some(at) = places.get_mut(entity.index()) {
                *at = place;
            }
        }
        // First by what is one number and tells most apart, then those that are left by all the rest.
        let first = |id: ClaimId| {
            let day =
                ClaimRef::new(self, id)?.reported_day().number().wrapping_sub(i32::MIN) as u32;
            Some((u64::from(*depths.get(id.index())?) << u32::BITS | u64::from(day), id))
        };
        let mut order: Vec<(u64, ClaimId)> = self.ledger.claims().filter_map(first).collect();
        order.sort_unstable();
        for alike in order.chunk_by_mut(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1) {
            alike.sort_by_cached_key(|&(_, id)| {
                let claim = ClaimRef::new(self, id);
                let said = claim.and_then(|claim| claim.rich()).and_then(|rich| rich.said);
                let document = claim
                    .and_then(ClaimRef::document_id)
                    .and_then(|d| places.get(d.index()).copied());
                (said, document, claim.and_then(ClaimRef::span), key(id))
            });
        }
        let mut order: Vec<ClaimId> = order.into_iter().map(|(_, id)| id).collect();
        // A key says all that the order goes by, so equal claims stand side by side.
        let is_same = |a: &ClaimId, b: &ClaimId| key(*a) == key(*b);
        let copied: IndexSet<ClaimId> =
            order.chunk_by(is_same).filter(|same| same.len() > 1).flatten().copied().collect();
        if !copied.is_empty() {
            let told_apart = self.by_what_refers_to_them(&keys, copied);
            for same in order.chunk_by_mut(is_same).filter(|same| same.len() > 1) {
                same.sort_by_key(|id| told_apart.get(id.index()));
            }
        }
        let named = order.chunk_by(is_same).flat_map(|same| {
            same.iter().zip(1usize..).filter_map(|(&id, number)| {
                let key = key(id)?;
                Some((id, if number == 1 { key.to_string() } else { format!("{key}-{number}") }))
            })
        });
        let mut names = ClaimNames::with_capacity_and_hasher(keys.len(), FxBuildHasher);
        names.extend(named);
        names
    }

    /// Returns texts that tell equal claims apart: how they were said, the links, lineage and derived figures that name
    /// them, and the claims that answer or mention them, down to the last answer.
    fn by_what_refers_to_them(
        &self,
        keys: &[ClaimKey],
        copied: IndexSet<ClaimId>,
    ) -> Vec<[u8; 32]> {
        let name = |id: ClaimId| keys.get(id.index()).map(ClaimKey::to_string).unwrap_or_default();
        let mut beside: IndexMap<ClaimId, Vec<String>> = IndexMap::new();
        let mut note = |id: ClaimId, what: String| beside.entry(id).or_default().push(what);
        for link in self.ledger.connections.links() {
            let role = self.vocabulary.role_key(link.role);
            let what = format!("{role} {} {:?}", link.basis, link.because);
            note(link.from, format!("from {what} {}", name(link.to)));
            note(link.to, format!("to {what} {}", name(link.from)));
        }
        for lineage in self.lineages() {
            let what = format!(
                "lineage {} {} {}",
                self.key_of(lineage.from),
                self.key_of(lineage.to),
                lineage.basis
            );
            lineage.stated_by.into_iter().for_each(|claim| note(claim, format!("states {what}")));
            if let Scope::Claims(claims) = &lineage.scope {
                claims.iter().for_each(|&claim| note(claim, what.clone()));
            }
        }
        for (claim, derivation) in self.ledger.connections.derivations() {
            let what = format!("derived {} {}", derivation.quantity, derivation.rule);
            derivation
                .inputs
                .iter()
                .for_each(|&input| note(input, format!("gives {what} {}", name(claim))));
            note(claim, what);
        }
        let mut referrers: IndexMap<ClaimId, Vec<ClaimId>> = IndexMap::new();
        for id in self.ledger.claims() {
            self.references(id)
                .into_iter()
                .for_each(|reference| referrers.entry(reference).or_default().push(id));
        }
        // Equal claims, and what refers to them down to the last answer, which all comes after them.
        let mut wanted = copied;
        let mut next = 0;
        while let Some(id) = wanted.get_index(next) {
            next += 1;
            wanted
                .extend(referrers.get(id).into_iter().flatten().copied().collect::<Vec<ClaimId>>());
        }
        wanted.sort_unstable();
        let mut marks: Vec<[u8; 32]> = vec![[0; 32]; keys.len()];
        for &id in wanted.iter().rev() {
            let Some(claim) = ClaimRef::new(self, id) else { continue };
            let mut hash = hmac_sha256::Hash::new();
            hash.update(serde_json::to_vec(&self.record(claim, &name)).unwrap_or_default());
            if let Some(what) = beside.get_mut(&id) {
                what.sort();
                what.iter().for_each(|what| hash.update(what));
            }
            let above = referrers
                .get(&id)
                .into_iter()
                .flatten()
                .filter_map(|r| marks.get(r.index()).copied());
            let mut above: Vec<[u8; 32]> = above.collect();
            above.sort_unstable();
            above.iter().for_each(|mark| hash.update(mark));
            if let Some(mark) = marks.get_mut(id.index()) {
                *mark = hash.finalize();
            }
        }
        marks
    }
}

/// Sorts records of one kind by the bytes of their lines.
pub(crate) fn sorted(records: impl Iterator<Item = Record>) -> Vec<Record> {
    let mut records: Vec<Record> = records.collect();
    records.sort_by_cached_key(|record| serde_json::to_string(record).unwrap_or_default());
    records
}
