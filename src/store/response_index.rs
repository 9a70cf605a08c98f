//! The index of answers: for each stance, pairs of a claim and one that answers it, in order of the answered claims.

use crate::model::id::ClaimId;
use crate::model::value::stance::Stance;
use crate::store::counting_sort::{sort_from, width};

/// A claim, and a claim that answers it.
pub(crate) type Pair = (ClaimId, ClaimId);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Responses {
    pairs: Vec<Pair>,
    /// For each stance, where its answers end. Those of the first stance start at 0.
    ends: Vec<u32>,
}

fn packed(&(target, by): &Pair) -> u64 {
    (target.index() as u64) << 32 | by.index() as u64
}

fn unpacked(key: u64) -> Option<Pair> {
    ClaimId::at((key >> 32) as usize).zip(ClaimId::at(key as u32 as usize))
}

impl Responses {
    /// Returns the answers of this stance, in order of target and answer.
    pub(crate) fn of(&self, stance: Stance) -> &[Pair] {
        let end = |n: usize| self.ends.get(n).map(|&end| end as usize);
        let place = stance as usize;
        let from = place.checked_sub(1).map_or(Some(0), end);
        from.zip(end(place)).and_then(|(from, to)| self.pairs.get(from..to)).unwrap_or_default()
    }

    /// Returns all answers to one claim, those of one stance together.
    pub(crate) fn to(&self, target: ClaimId) -> impl Iterator<Item = ClaimId> {
        Stance::ALL.iter().flat_map(move |&stance| self.among(stance, target))
    }

    /// Returns the answers of one stance to one claim.
    pub(crate) fn among(&self, stance: Stance, target: ClaimId) -> impl Iterator<Item = ClaimId> {
        let pairs = self.of(stance);
        let from = pairs.partition_point(|(t, _)| *t < target);
        let rest = &pairs[from..];
        rest.iter().take_while(move |(t, _)| *t == target).map(|(_, by)| *by)
    }

    /// Adds answers.
    pub(crate) fn merge(&mut self, fresh: impl Iterator<Item = (Stance, Pair)>) {
        let mut added: Vec<Vec<u64>> = vec![Vec::new(); Stance::ALL.len()];
        for (stance, pair) in fresh {
            added[stance as usize].push(packed(&pair));
        }
        let count: usize = added.iter().map(Vec::len).sum();
        if count == 0 {
            return;
        }
        let mut pairs = Vec::with_capacity(self.pairs.len() + count);
        let mut ends = Vec::with_capacity(Stance::ALL.len());
        for (&stance, added) in Stance::ALL.iter().zip(&mut added) {
            sort(added);
            let mut sorted = self.of(stance);
            for &key in added.iter() {
                let (before, after) =
                    sorted.split_at(sorted.iter().take_while(|pair| packed(pair) < key).count());
                pairs.extend_from_slice(before);
                pairs.extend(unpacked(key));
                sorted = after;
            }
            pairs.extend_from_slice(sorted);
            ends.push(u32::try_from(pairs.len()).expect("fewer answers than a number counts"));
        }
        (self.pairs, self.ends) = (pairs, ends);
    }
}

/// Sorts packed pairs; mostly they are in order of the answering claims already.
fn sort(keys: &mut Vec<u64>) {
    let answering = |key: &u64| *key as u32;
    let most = keys.iter().copied().max().unwrap_or(0);
    match keys.is_sorted_by_key(answering) {
        true if keys.len() > 1_000 => sort_from(keys, u32::BITS, width(most).max(u32::BITS)),
        _ => keys.sort_unstable(),
    }
}
