//! The canonical order of records, and the names of claims in them. Writers of files call it, so that equal graphs give
//! equal records, whatever the order of insertion.

use crate::graph::ClaimGraph;
use crate::graph::claim_key::ClaimKey;
use crate::graph::claim_ref::ClaimRef;
use crate::model::batch::Batch;
use crate::model::id::{ClaimId, EntityId, checked};
use crate::model::lineage::Scope;
use crate::model::reached::reached;
use crate::model::record::Record;
use crate::model::text::json;
use crate::store::batch_table::Item;
use crate::store::counting_sort::sort_from;
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
            // Publishers that are not documents have no depth.
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
        let key = |id: ClaimId| *checked(keys.get(id.index()));
        let mut depths: Vec<u32> = Vec::with_capacity(keys.len());
        for id in self.ledger.claims() {
            let below = self.references(id).map(|id| *checked(depths.get(id.index()))).max();
            depths.push(below.map_or(0, |depth| depth + 1));
        }
        let mut by_key: Vec<EntityId> = self.registry.ids().collect();
        by_key.sort_unstable_by_key(|&entity| self.key_of(entity));
        let mut places: Vec<usize> = vec![0; by_key.len()];
        for (place, entity) in by_key.into_iter().enumerate() {
            *checked(places.get_mut(entity.index())) = place;
        }
        // First by depth and day, which tell most apart, then those that are left by all the rest.
        let day = |claim: ClaimRef<'_>| claim.reported_day().number().wrapping_sub(i32::MIN) as u32;
        let days: Vec<u32> = self.claims().map(day).collect();
        let [depth, day] =
            [&depths, &days].map(|numbers| |id: ClaimId| *checked(numbers.get(id.index())));
        let mut order = by_number(by_number(self.ledger.claims(), day), depth);
        let is_alike = |&a: &ClaimId, &b: &ClaimId| (depth(a), day(a)) == (depth(b), day(b));
        for alike in order.chunk_by_mut(is_alike).filter(|alike| alike.len() > 1) {
            alike.sort_by_cached_key(|&id| {
                let claim = checked(ClaimRef::new(self, id));
                let place = |document: EntityId| *checked(places.get(document.index()));
                let published = self.published(claim);
                (published, claim.spoken(), claim.document_id().map(place), claim.span(), key(id))
            });
        }
        // A key says all that the order goes by, so equal claims stand side by side.
        let is_same = |a: &ClaimId, b: &ClaimId| key(*a) == key(*b);
        let copied: IndexSet<ClaimId> =
            order.chunk_by(is_same).filter(|same| same.len() > 1).flatten().copied().collect();
        if !copied.is_empty() {
            let told_apart = self.by_what_refers_to_them(&keys, copied);
            for same in order.chunk_by_mut(is_same).filter(|same| same.len() > 1) {
                // The earlier batch first, so that a merge takes the earlier one of each pair.
                same.sort_by_cached_key(|&id| {
                    let batch = self.batch_of(Item::Claim, id.index()).map(Batch::order);
                    (batch.is_none(), batch, told_apart.get(id.index()))
                });
            }
        }
        let named = order.chunk_by(is_same).flat_map(|same| {
            same.iter().zip(1usize..).map(|(&id, number)| match number {
                1 => (id, key(id).text()),
                _ => (id, format!("{}-{number}", key(id))),
            })
        });
        let mut names = ClaimNames::with_capacity_and_hasher(keys.len(), FxBuildHasher);
        names.extend(named);
        names
    }

    /// Returns texts that tell equal claims apart: how they were said, their batches, the links, lineage and derived
    /// figures that name them, and the claims that answer or mention them, down to the last answer.
    fn by_what_refers_to_them(
        &self,
        keys: &[ClaimKey],
        copied: IndexSet<ClaimId>,
    ) -> Vec<[u8; 32]> {
        let name = |id: ClaimId| checked(keys.get(id.index())).text();
        let mut beside: IndexMap<ClaimId, Vec<String>> = IndexMap::new();
        let mut note = |id: ClaimId, what: String| beside.entry(id).or_default().push(what);
        for link in self.ledger.connections.links() {
            let role = self.vocabulary.roles.key(link.role);
            let batch = self.batch_of_link(link).map(Batch::key);
            let what = format!("{role} {} {:?} {batch:?}", link.basis, link.because);
            note(link.from, format!("from {what} {}", name(link.to)));
            note(link.to, format!("to {what} {}", name(link.from)));
        }
        for (id, lineage) in self.lineage_ids().zip(self.lineages()) {
            let ends = [lineage.from, lineage.to].map(|end| self.key_of(end));
            let batch = self.batch_of_lineage(id).map(Batch::key);
            let what = format!("lineage {ends:?} {} {batch:?}", lineage.basis);
            lineage.stated_by.into_iter().for_each(|claim| note(claim, format!("states {what}")));
            if let Scope::Claims(claims) = &lineage.scope {
                claims.iter().for_each(|&claim| note(claim, what.clone()));
            }
        }
        for (claim, derivation) in self.ledger.connections.derivations() {
            let batch = self.batch_of_derivation(claim).map(Batch::key);
            let what = format!("derived {} {} {batch:?}", derivation.quantity, derivation.rule);
            derivation
                .inputs
                .iter()
                .for_each(|&input| note(input, format!("gives {what} {}", name(claim))));
            note(claim, what);
        }
        let mut referrers: IndexMap<ClaimId, Vec<ClaimId>> = IndexMap::new();
        for id in self.ledger.claims() {
            self.references(id)
                .for_each(|reference| referrers.entry(reference).or_default().push(id));
        }
        // Equal claims, and what refers to them down to the last answer, which all comes after them.
        let mut wanted = reached(copied, |id| referrers.get(&id).into_iter().flatten().copied());
        wanted.sort_unstable();
        let mut marks: Vec<[u8; 32]> = vec![[0; 32]; keys.len()];
        for &id in wanted.iter().rev() {
            let claim = checked(ClaimRef::new(self, id));
            let mut hash = hmac_sha256::Hash::new();
            hash.update(json(&self.record(claim, &name)));
            hash.update(format!("{:?}", claim.batch().map(Batch::key)));
            if let Some(what) = beside.get_mut(&id) {
                what.sort();
                what.iter().for_each(|what| hash.update(what));
            }
            let above = referrers.get(&id).into_iter().flatten();
            let mut above: Vec<[u8; 32]> =
                above.map(|later| *checked(marks.get(later.index()))).collect();
            above.sort_unstable();
            above.iter().for_each(|mark| hash.update(mark));
            *checked(marks.get_mut(id.index())) = hash.finalize();
        }
        marks
    }
}

/// Sorts claims by a number. Claims of the same number keep their order.
fn by_number(
    claims: impl IntoIterator<Item = ClaimId>,
    number: impl Fn(ClaimId) -> u32,
) -> Vec<ClaimId> {
    let packed = |id: ClaimId| u64::from(number(id)) << u32::BITS | u64::from(id.number());
    let mut packed: Vec<u64> = claims.into_iter().map(packed).collect();
    sort_from(&mut packed, u32::BITS, u64::BITS);
    packed.into_iter().filter_map(|packed| ClaimId::numbered(packed as u32)).collect()
}

/// Sorts records of one kind by the bytes of their lines.
pub(crate) fn sorted(records: impl Iterator<Item = Record>) -> Vec<Record> {
    let mut records: Vec<Record> = records.collect();
    records.sort_by_cached_key(json);
    records
}
