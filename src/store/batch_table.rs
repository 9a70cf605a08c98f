//! The batches of a graph, the batch of each thing on record, and the reviews of claims. The graph and the snapshot call
//! it.

use crate::model::batch::Batch;
use crate::model::id::{BatchId, ClaimId};
use crate::model::review::Review;
use crate::store::batch_column::BatchColumn;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::collections::BTreeSet;

/// A kind of thing that belongs to batches. Things of one kind are numbered from 0, in order of adding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Item {
    Entity,
    Claim,
    Affiliation,
    Lineage,
    Link,
    Derivation,
    Judgement,
}

/// How many kinds there are.
const KINDS: usize = 7;

/// How many things of each kind there are, in the order of [`Item`].
pub(crate) type Counts = [usize; KINDS];

#[derive(Clone, Debug, Default)]
pub(crate) struct BatchTable {
    /// By key, in order of adding.
    batches: IndexMap<String, Batch>,
    /// The batch of whatever comes next.
    current: Option<BatchId>,
    columns: [BatchColumn; KINDS],
    /// By the key of the claim: equal claims have the same reviews. With each, one claim that has the key.
    reviews: IndexMap<[u8; 16], (ClaimId, BTreeSet<Review>), FxBuildHasher>,
}

impl BatchTable {
    /// Adds a batch, or returns the one with its key; `None` if no numbers are left.
    pub(crate) fn add(&mut self, batch: Batch) -> Option<BatchId> {
        let place = match self.batches.get_index_of(batch.key()) {
            Some(place) => place,
            None => self.batches.insert_full(batch.key().to_owned(), batch).0,
        };
        BatchId::at(place)
    }

    pub(crate) fn get(&self, batch: BatchId) -> Option<&Batch> {
        self.batches.get_index(batch.index()).map(|(_, batch)| batch)
    }

    pub(crate) fn find(&self, key: &str) -> Option<(BatchId, &Batch)> {
        let (place, _, batch) = self.batches.get_full(key)?;
        Some((BatchId::at(place)?, batch))
    }

    /// Returns every batch, in order of adding.
    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = &Batch> {
        self.batches.values()
    }

    /// Returns the table without the batches of affiliations and lineage, for a graph that adds them anew.
    pub(crate) fn without_links_of_entities(&self) -> Self {
        let mut table = self.clone();
        for item in [Item::Affiliation, Item::Lineage] {
            table.columns[item as usize] = BatchColumn::default();
        }
        table
    }

    pub(crate) fn current(&self) -> Option<BatchId> {
        self.current
    }

    /// Makes the batch that of whatever comes next.
    pub(crate) fn switch(&mut self, batch: Option<BatchId>, counts: Counts) {
        self.current = batch;
        for (column, count) in self.columns.iter_mut().zip(counts) {
            column.begin(count, batch);
        }
    }

    /// Returns the batch of one thing.
    pub(crate) fn of(&self, item: Item, number: usize) -> Option<BatchId> {
        self.columns[item as usize].of(number)
    }

    /// Returns the numbers of the batches of the first `count` things of a kind, 0 being none. The last one stands for all
    /// that come after it.
    pub(crate) fn numbers(&self, item: Item, count: usize) -> Vec<u32> {
        let number = |place| self.of(item, place).map_or(0, BatchId::number);
        let mut numbers: Vec<u32> = (0..count).map(number).collect();
        while let [.., before, last] = *numbers
            && before == last
        {
            numbers.pop();
        }
        if numbers == [0] { Vec::new() } else { numbers }
    }

    /// Takes over the batches of all `count` things of a kind, as [`numbers`](Self::numbers) gives them. There must be
    /// such batches.
    pub(crate) fn take_numbers(&mut self, item: Item, numbers: &[u32], count: usize) {
        let column = &mut self.columns[item as usize];
        for (place, &number) in numbers.iter().enumerate() {
            column.begin(place, BatchId::numbered(number));
        }
        column.begin(count, None);
    }

    /// Returns whether the first batches are those of this table.
    pub(crate) fn begins_with(&self, earlier: &Self) -> bool {
        self.batches.len() >= earlier.batches.len()
            && earlier.batches.values().eq(self.batches.values().take(earlier.batches.len()))
    }

    /// Returns which of the first `count` things of a kind were of another batch in an earlier table.
    pub(crate) fn changed_since(&self, earlier: &Self, item: Item, count: usize) -> Vec<usize> {
        self.columns[item as usize].changed_since(&earlier.columns[item as usize], count)
    }

    /// Returns the reviews that an earlier table does not have, each with one of the claims that it is of.
    pub(crate) fn reviews_since(&self, earlier: &Self) -> impl Iterator<Item = (ClaimId, &Review)> {
        self.reviews.iter().flat_map(move |(key, (claim, all))| {
            let known = earlier.reviews_of(*key);
            let is_new = move |review: &&Review| known.is_none_or(|known| !known.contains(*review));
            all.iter().filter(is_new).map(move |review| (*claim, review))
        })
    }

    /// Makes the batch that of one thing, whatever it was.
    pub(crate) fn set(&mut self, item: Item, number: usize, batch: Option<BatchId>) {
        self.columns[item as usize].set(number, batch);
    }

    /// Returns the one of two batches that a thing belongs to if it was added in both: the earlier one.
    pub(crate) fn earlier(&self, one: BatchId, other: BatchId) -> BatchId {
        let order = |batch| self.get(batch).map(Batch::order);
        if order(other) < order(one) { other } else { one }
    }

    /// Adds a review of the claims with this key, one of which is `claim`. A review that they have is not added again.
    pub(crate) fn review(&mut self, key: [u8; 16], claim: ClaimId, review: Review) {
        self.reviews.entry(key).or_insert_with(|| (claim, BTreeSet::new())).1.insert(review);
    }

    pub(crate) fn has_reviews(&self) -> bool {
        !self.reviews.is_empty()
    }

    /// Returns the reviews of the claims with this key, the last one being the one that counts.
    pub(crate) fn reviews_of(&self, key: [u8; 16]) -> Option<&BTreeSet<Review>> {
        self.reviews.get(&key).map(|(_, reviews)| reviews)
    }

    /// Returns all reviews, each with one of the claims that it is of, in no order.
    pub(crate) fn reviews(&self) -> impl Iterator<Item = (ClaimId, &Review)> {
        self.reviews
            .values()
            .flat_map(|(claim, all)| all.iter().map(move |review| (*claim, review)))
    }
}
