//! The batch of each item of one kind. Items that come one after the other in one batch are a run, and take no room of
//! their own.

use crate::model::id::BatchId;

/// The greatest number of runs. If there are more, the earlier ones are written out, 4 bytes an item.
const MOST_RUNS: usize = 64;

/// The batches of items that are numbered from 0. An addition of an item does not touch it.
#[derive(Clone, Debug, Default)]
pub(crate) struct BatchColumn {
    /// The batches of the first items, one by one.
    dense: Vec<Option<BatchId>>,
    /// Later runs: the first item of each, and its batch.
    runs: Vec<(usize, Option<BatchId>)>,
}

impl BatchColumn {
    /// Returns the batch of an item.
    pub(crate) fn of(&self, item: usize) -> Option<BatchId> {
        match self.dense.get(item) {
            Some(batch) => *batch,
            None => {
                let later = self.runs.partition_point(|(first, _)| *first <= item);
                self.runs[..later].last().and_then(|(_, batch)| *batch)
            }
        }
    }

    /// Returns the items among the first `count` that are of another batch in an earlier column.
    pub(crate) fn changed_since(&self, earlier: &Self, count: usize) -> Vec<usize> {
        let begun =
            |column: &Self| column.runs.iter().take_while(|(first, _)| *first < count).count();
        if self.dense == earlier.dense && self.runs[..begun(self)] == earlier.runs[..begun(earlier)]
        {
            return Vec::new();
        }
        (0..count).filter(|&item| self.of(item) != earlier.of(item)).collect()
    }

    /// Makes the batch that of all items from this one on.
    pub(crate) fn begin(&mut self, first: usize, batch: Option<BatchId>) {
        // A run without items is forgotten.
        self.runs.truncate(self.runs.partition_point(|(begun, _)| *begun < first));
        if self.of(first) == batch && first >= self.dense.len() {
            return;
        }
        self.runs.push((first, batch));
        if self.runs.len() > MOST_RUNS {
            self.write_out(first);
        }
    }

    /// Makes the batch that of one item.
    pub(crate) fn set(&mut self, item: usize, batch: Option<BatchId>) {
        if self.of(item) != batch {
            self.write_out(item + 1);
            self.dense[item] = batch;
        }
    }

    /// Writes out the batches of the first `len` items.
    fn write_out(&mut self, len: usize) {
        let written: Vec<Option<BatchId>> =
            (self.dense.len()..len).map(|item| self.of(item)).collect();
        let last = self.of(len);
        self.dense.extend(written);
        self.runs.retain(|(first, _)| *first > len);
        if last.is_some() && self.dense.len() == len {
            self.runs.insert(0, (len, last));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_has_the_batch_in_which_it_was_added() {
        for shape in 1..400usize {
            let batch = |number: usize| BatchId::numbered((number * shape % 7) as u32);
            let (mut column, mut plain) = (BatchColumn::default(), Vec::new());
            for step in 0..200 {
                column.begin(plain.len(), batch(step));
                let added = step * shape % 5;
                plain.extend(std::iter::repeat_n(batch(step), added));
                if step * shape % 11 == 3 && !plain.is_empty() {
                    let item = step * 31 % plain.len();
                    column.set(item, batch(step + 1));
                    plain[item] = batch(step + 1);
                }
                // The next item belongs to the batch that was begun.
                assert_eq!(column.of(plain.len()), batch(step), "shape {shape}, step {step}");
            }
            let all: Vec<_> = (0..plain.len()).map(|item| column.of(item)).collect();
            assert_eq!(all, plain, "shape {shape}");
            assert!(column.runs.len() <= MOST_RUNS && column.dense.len() <= plain.len());
        }
    }

    #[test]
    fn items_of_one_batch_take_no_room() {
        let mut column = BatchColumn::default();
        column.begin(0, BatchId::numbered(1));
        assert_eq!(column.of(4_000_000), BatchId::numbered(1));
        column.begin(5_000_000, None);
        assert_eq!((column.of(4_999_999), column.of(5_000_000)), (BatchId::numbered(1), None));
        assert_eq!(column.dense.len(), 0);
        assert_eq!(size_of::<Option<BatchId>>(), 4);
    }
}
