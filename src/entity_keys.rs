//! The keys of entities: one text, and a table of hashes that leads back into it.

use crate::sorting::{sort_from, width};
#[cfg(feature = "snapshot")]
use rustc_hash::FxHasher;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

/// Keys in the order they were added, each once. Takes the bytes of a key, and about twenty besides.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntityKeys {
    text: String,
    /// Where each key ends; the first starts at zero.
    ends: Vec<u32>,
    /// Once somebody has looked for a key.
    slots: OnceLock<Slots>,
    hasher: RandomState,
}

impl EntityKeys {
    /// The keys that lie in this text one after the other and end there.
    ///
    /// # Errors
    /// The place of a key that is there twice.
    #[cfg(feature = "snapshot")]
    pub(crate) fn of(text: String, ends: Vec<u32>) -> Result<Self, usize> {
        let keys = Self { text, ends, ..Self::default() };
        keys.repeated().map_or(Ok(keys), Err)
    }

    /// The place of a key that is there twice. For that alone the table would be much to make: a bit for each hash tells
    /// those apart that may be alike. Anybody can foresee the hashes, and no more than sort keys.
    #[cfg(feature = "snapshot")]
    fn repeated(&self) -> Option<usize> {
        // So many bits that few others have the same.
        let bits = (width(self.ends.len() as u64) + 4).min(30);
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let hash = |(start, end): (u32, u32)| {
            let mut hasher = FxHasher::default();
            hasher.write(self.text.as_bytes().get(start as usize..end as usize).unwrap_or_default());
            (hasher.finish() & ((1 << bits) - 1)) as u32
        };
        let hashes: Vec<u32> = starts.zip(self.ends.iter().copied()).map(hash).collect();
        let mut seen = vec![0u64; (1 << bits) / 64 + 1];
        let place = |hash: u32| (hash as usize / 64, 1 << (hash % 64));
        let mut again = Vec::new();
        for &hash in &hashes {
            let (word, bit) = place(hash);
            if let Some(seen) = seen.get_mut(word) {
                if *seen & bit != 0 {
                    again.push(hash);
                }
                *seen |= bit;
            }
        }
        seen.fill(0);
        for (word, bit) in again.into_iter().map(place) {
            seen.get_mut(word).into_iter().for_each(|seen| *seen |= bit);
        }
        let is_alike = |hash: u32| {
            let (word, bit) = place(hash);
            seen.get(word).is_some_and(|seen| seen & bit != 0)
        };
        let alike = hashes.iter().zip(0u64..).filter(|(hash, _)| is_alike(**hash));
        let mut alike: Vec<u64> = alike.map(|(&hash, place)| u64::from(hash) << u32::BITS | place).collect();
        alike.sort_unstable();
        let alike = alike.chunk_by(|a, b| a >> u32::BITS == b >> u32::BITS).filter(|alike| alike.len() > 1);
        alike.map(|alike| alike.iter().map(|&hash| hash as u32 as usize)).find_map(|places| {
            let mut places: Vec<usize> = places.collect();
            places.sort_by_key(|&place| self.get(place));
            let twice = places.windows(2).find(|pair| matches!(pair, [a, b] if self.get(*a) == self.get(*b)));
            twice.and_then(|pair| pair.last().copied())
        })
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.end(before))?;
        self.text.get(start..self.end(place)?)
    }

    fn end(&self, place: usize) -> Option<usize> {
        self.ends.get(place).map(|&end| end as usize)
    }

    fn hash(&self, key: &str) -> u32 {
        // One text is hashed: no need for the byte that marks its end.
        let mut hasher = self.hasher.build_hasher();
        hasher.write(key.as_bytes());
        (hasher.finish() >> u32::BITS) as u32
    }

    /// The slots of all keys.
    fn slots(&self) -> &Slots {
        self.slots.get_or_init(|| {
            let keys = (0..self.ends.len()).filter_map(|place| self.get(place));
            Slots::of(keys.zip(1..).map(|(key, number)| taken(self.hash(key), number)).collect())
        })
    }

    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.slots().search(self.hash(key), |place| self.get(place) == Some(key)).ok()
    }

    /// The place of the key, which is new or was there; `None` when there is no room left.
    pub(crate) fn add(&mut self, key: &str) -> Option<usize> {
        let place = self.ends.len();
        let hash = self.hash(key);
        let free = match self.slots().search(hash, |place| self.get(place) == Some(key)) {
            Ok(place) => return Some(place),
            Err(free) => free,
        };
        let (number, end) = (u32::try_from(place + 1).ok()?, u32::try_from(self.text.len() + key.len()).ok()?);
        self.text.push_str(key);
        self.ends.push(end);
        self.slots.get_mut()?.put(free, taken(hash, number), self.ends.len());
        Some(place)
    }

    /// Takes back the key that was added last.
    #[cfg(any(test, feature = "tables"))]
    pub(crate) fn pop(&mut self) {
        let Some(place) = self.ends.len().checked_sub(1) else { return };
        if let Some(hash) = self.get(place).map(|key| self.hash(key))
            && let Some(slots) = self.slots.get_mut()
        {
            slots.remove(taken(hash, place as u32 + 1));
        }
        self.ends.pop();
        self.text.truncate(self.ends.last().map_or(0, |&end| end as usize));
    }
}

/// Open addressing with linear probing. Their number is a power of two, and a quarter of them are free at least.
#[derive(Clone, Debug, Default)]
struct Slots(Vec<u64>);

const FREE: u64 = 0;

/// A slot that is taken: half of a hash above a place counted from one.
fn taken(hash: u32, number: u32) -> u64 {
    u64::from(hash) << u32::BITS | u64::from(number)
}

impl Slots {
    /// Those of some keys. They are taken in their order, as slots from all over would be waited for one by one.
    fn of(mut keys: Vec<u64>) -> Self {
        let mut slots = Self(vec![FREE; Self::for_keys(keys.len())]);
        match keys.len() {
            0..1_000 => keys.sort_by_key(|&key| slots.first(key)),
            _ => sort_from(&mut keys, u32::BITS, u32::BITS + width(slots.0.len() as u64 - 1)),
        }
        keys.into_iter().for_each(|key| slots.take(key));
        slots
    }

    /// How many there are for so many keys.
    fn for_keys(keys: usize) -> usize {
        (keys + keys / 3 + 1).next_power_of_two().max(16)
    }

    fn at(&self, place: usize) -> usize {
        place & self.0.len().wrapping_sub(1)
    }

    /// Where the search for a key begins.
    fn first(&self, key: u64) -> usize {
        self.at((key >> u32::BITS) as usize)
    }

    /// The place of the key with this hash that is the one, or else the slot for it.
    fn search(&self, hash: u32, is_it: impl Fn(usize) -> bool) -> Result<usize, usize> {
        let mut at = self.at(hash as usize);
        while let Some(&slot) = self.0.get(at).filter(|&&slot| slot != FREE) {
            let place = (slot as u32 as usize).wrapping_sub(1);
            if (slot >> u32::BITS) as u32 == hash && is_it(place) {
                return Ok(place);
            }
            at = self.at(at + 1);
        }
        Err(at)
    }

    /// Takes the next free slot for a new key.
    fn take(&mut self, key: u64) {
        let mut at = self.first(key);
        while self.0.get(at).is_some_and(|&slot| slot != FREE) {
            at = self.at(at + 1);
        }
        self.0.get_mut(at).into_iter().for_each(|free| *free = key);
    }

    /// Puts a new key into the slot that was found for it. That is the last of so many keys.
    fn put(&mut self, free: usize, key: u64, keys: usize) {
        self.0.get_mut(free).into_iter().for_each(|free| *free = key);
        if self.0.len() < Self::for_keys(keys) {
            let grown = Self(vec![FREE; Self::for_keys(keys)]);
            let before = std::mem::replace(self, grown);
            before.0.into_iter().filter(|&slot| slot != FREE).for_each(|key| self.take(key));
        }
    }

    /// Frees the slot of a key. Those behind it that would no longer be found come nearer.
    #[cfg(any(test, feature = "tables"))]
    fn remove(&mut self, key: u64) {
        let is_there = |slot: &&u64| **slot != FREE;
        let mut hole = self.first(key);
        while self.0.get(hole).filter(is_there).is_some_and(|&slot| slot != key) {
            hole = self.at(hole + 1);
        }
        let mut at = self.at(hole + 1);
        while let Some(&slot) = self.0.get(at).filter(is_there) {
            let past = |from: usize| self.at(at.wrapping_sub(from));
            if past(self.first(slot)) >= past(hole) {
                self.0.get_mut(hole).into_iter().for_each(|to| *to = slot);
                hole = at;
            }
            at = self.at(at + 1);
        }
        self.0.get_mut(hole).into_iter().for_each(|slot| *slot = FREE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_until_they_are_taken_back() {
        let mut keys = EntityKeys::default();
        assert_eq!((keys.find("0"), keys.get(0), keys.len()), (None, None, 0));
        let name = |n: usize| format!("{n}");
        for round in 0..3 {
            let kept = keys.len();
            for n in kept..3_000 {
                assert_eq!((keys.find(&name(n)), keys.add(&name(n)), keys.add(&name(n))), (None, Some(n), Some(n)));
            }
            let mut grown = keys.clone();
            (3_000..9_000).for_each(|n| _ = grown.add(&name(n)));
            (0..8_000).for_each(|_| grown.pop());
            for n in 0..9_000 {
                assert_eq!(keys.find(&name(n)), (n < 3_000).then_some(n), "{round}");
                assert_eq!(grown.find(&name(n)), (n < 1_000).then_some(n), "{round}");
            }
            (0..2_000 - 500 * round).for_each(|_| keys.pop());
            assert_eq!(keys.get(keys.len() - 1), Some(name(keys.len() - 1).as_str()));
            assert_eq!(keys.get(keys.len()), None);
        }
        (0..4_000).for_each(|_| keys.pop());
        assert_eq!((keys.len(), keys.find("7")), (0, None));
    }

    #[test]
    fn a_slot_is_freed_wherever_it_lies_in_a_row_that_goes_round_the_end() {
        // Hashes of the last two slots of 16 and of the first.
        let keys: Vec<u64> = [14, 15, 14, 15, 0, 30, 16].into_iter().zip(1..).map(|(h, n)| taken(h, n)).collect();
        for removed in 0..keys.len() {
            let mut slots = Slots::of(keys.clone());
            slots.remove(keys[removed]);
            for (place, key) in keys.iter().enumerate() {
                let found = slots.search((key >> u32::BITS) as u32, |at| at == place).ok();
                assert_eq!(found, (place != removed).then_some(place), "{place} once {removed} is gone");
            }
            assert_eq!(slots.0.iter().filter(|&&slot| slot != FREE).count(), keys.len() - 1);
        }
    }

    #[test]
    #[cfg(feature = "snapshot")]
    fn many_at_a_time_are_found_like_those_that_came_alone() {
        for count in [0, 3, 900, 5_000] {
            let names: Vec<String> = (0..count).map(|n| format!("{}", n * 7)).collect();
            let of = |names: &[String]| {
                let ends = names.iter().scan(0, |end, name| {
                    *end += name.len() as u32;
                    Some(*end)
                });
                EntityKeys::of(names.concat(), ends.collect())
            };
            let keys = of(&names).unwrap();
            let (mut cut, mut more) = (keys.clone(), keys.clone());
            assert!(names.iter().zip(0..).all(|(key, place)| keys.find(key) == Some(place)));
            assert_eq!((keys.find("1"), more.add("1"), more.find("1")), (None, Some(count), Some(count)));
            assert!(names.iter().zip(0..).all(|(key, place)| more.add(key) == Some(place)));
            let Some(last) = names.last() else { continue };
            cut.pop();
            assert_eq!((cut.find(last), cut.add("1"), keys.find(last)), (None, Some(count - 1), Some(count - 1)));
            for (first, second) in [(0, count - 1), (1, 2)] {
                let mut twice = names.clone();
                twice[second] = twice[first].clone();
                assert_eq!(of(&twice).unwrap_err(), second);
            }
        }
    }
}
