//! The keys of entities: one text, and a table of hashes that leads back into it.

#[cfg(feature = "snapshot")]
use crate::sorting::{sort_from, width};
use std::hash::{BuildHasher, Hasher, RandomState};

/// Keys in the order they were added, each once. Takes the bytes of a key, and about twenty besides.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntityKeys {
    text: String,
    /// Where each key ends; the first starts at zero.
    ends: Vec<u32>,
    /// Open addressing with linear probing: half of a hash above a place counted from one; zero is free.
    slots: Vec<u64>,
    hasher: RandomState,
}

const FREE: u64 = 0;

impl EntityKeys {
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

    /// Where the search for a hash begins, and goes on after a slot. The number of slots is a power of two.
    fn slot(&self, at: usize) -> usize {
        at & self.slots.len().wrapping_sub(1)
    }

    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.search(self.hash(key), |place| self.get(place) == Some(key)).ok()
    }

    /// The place of a key with this hash that is the one, or else the slot for it.
    fn search(&self, hash: u32, is_it: impl Fn(usize) -> bool) -> Result<usize, usize> {
        let mut at = self.slot(hash as usize);
        // Half of the slots are free, so this ends.
        while let Some(&slot) = self.slots.get(at).filter(|&&slot| slot != FREE) {
            let place = (slot as u32 as usize).wrapping_sub(1);
            if (slot >> u32::BITS) as u32 == hash && is_it(place) {
                return Ok(place);
            }
            at = self.slot(at + 1);
        }
        Err(at)
    }

    /// The place of the key, which is new or was there; `None` when there is no room left.
    pub(crate) fn add(&mut self, key: &str) -> Option<usize> {
        if self.slots.len() <= self.ends.len() * 2 {
            self.grow(self.ends.len() + 1);
        }
        let hash = self.hash(key);
        match self.search(hash, |place| self.get(place) == Some(key)) {
            Ok(place) => Some(place),
            Err(free) => self.put(key, hash, free),
        }
    }

    /// The place of a new key.
    fn put(&mut self, key: &str, hash: u32, free: usize) -> Option<usize> {
        let place = self.ends.len();
        let (number, end) = (u32::try_from(place + 1).ok()?, u32::try_from(self.text.len() + key.len()).ok()?);
        self.text.push_str(key);
        self.ends.push(end);
        *self.slots.get_mut(free)? = u64::from(hash) << u32::BITS | u64::from(number);
        Some(place)
    }

    /// Adds keys, or says which of them was there before. They are put into the table in order of slots, as slots
    /// from all over would be waited for one by one; so `pop` is not for them.
    ///
    /// # Errors
    /// The position of a key that was there before. Then some may be in the table, and the keys are of no use.
    #[cfg(feature = "snapshot")]
    pub(crate) fn add_new(&mut self, keys: &[&str]) -> Result<(), usize> {
        let before = self.ends.len();
        self.grow(before + keys.len());
        let mut slots: Vec<u64> = Vec::with_capacity(keys.len());
        for (position, key) in keys.iter().enumerate() {
            let number = u32::try_from(before + position + 1).map_err(|_| position)?;
            let end = u32::try_from(self.text.len() + key.len()).map_err(|_| position)?;
            self.text.push_str(key);
            self.ends.push(end);
            slots.push(u64::from(self.hash(key)) << u32::BITS | u64::from(number));
        }
        match slots.len() {
            0..1_000 => slots.sort_by_key(|slot| self.slot((slot >> u32::BITS) as usize)),
            _ => sort_from(&mut slots, u32::BITS, u32::BITS + width(self.slots.len() as u64 - 1)),
        }
        for slot in slots {
            let place = (slot as u32 as usize).wrapping_sub(1);
            let hash = (slot >> u32::BITS) as u32;
            let Err(free) = self.search(hash, |other| self.get(other) == self.get(place)) else {
                return Err(place.saturating_sub(before));
            };
            self.slots.get_mut(free).into_iter().for_each(|free| *free = slot);
        }
        Ok(())
    }

    /// For so many more, of so many bytes together.
    #[cfg(feature = "snapshot")]
    pub(crate) fn reserve(&mut self, more: usize, bytes: usize) {
        self.text.reserve(bytes);
        self.ends.reserve(more);
        self.grow(self.ends.len() + more);
    }

    /// Makes at least two slots for each of so many keys.
    fn grow(&mut self, keys: usize) {
        let count = (keys * 2 + 1).next_power_of_two().max(16);
        if count <= self.slots.len() {
            return;
        }
        let mut taken: Vec<u64> = std::mem::replace(&mut self.slots, vec![FREE; count]);
        taken.retain(|&slot| slot != FREE);
        // In order of place, for the sake of `pop`.
        taken.sort_unstable_by_key(|&slot| slot as u32);
        for slot in taken {
            let mut at = self.slot((slot >> u32::BITS) as usize);
            while self.slots.get(at).is_some_and(|&slot| slot != FREE) {
                at = self.slot(at + 1);
            }
            self.slots.get_mut(at).into_iter().for_each(|free| *free = slot);
        }
    }

    /// Takes back the key that was added last. No other was put behind its slot since, so that is free again.
    #[cfg(any(test, feature = "tables"))]
    pub(crate) fn pop(&mut self) {
        let Some(place) = self.ends.len().checked_sub(1) else { return };
        let Some(hash) = self.get(place).map(|key| self.hash(key)) else { return };
        let number = u64::from(hash) << u32::BITS | (place as u64 + 1);
        let mut at = self.slot(hash as usize);
        while let Some(slot) = self.slots.get_mut(at).filter(|slot| **slot != FREE) {
            if *slot == number {
                *slot = FREE;
                break;
            }
            at = self.slot(at + 1);
        }
        self.ends.pop();
        self.text.truncate(self.ends.last().map_or(0, |&end| end as usize));
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
    #[cfg(feature = "snapshot")]
    fn many_at_a_time_are_found_like_those_that_came_alone() {
        for count in [3, 900, 5_000] {
            let names: Vec<String> = (0..count).map(|n| format!("{}", n * 7)).collect();
            let some: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut keys = EntityKeys::default();
            assert_eq!((keys.add("first"), keys.add_new(&some), keys.add("last")), (Some(0), Ok(()), Some(count + 1)));
            assert!(some.iter().zip(1..).all(|(key, place)| keys.find(key) == Some(place)));
            assert_eq!((keys.find("first"), keys.find("last"), keys.find("1")), (Some(0), Some(count + 1), None));
            keys.pop();
            assert_eq!((keys.find("last"), keys.find(some[count - 1])), (None, Some(count)));
            let mut twice = some.clone();
            twice[count - 1] = some[1];
            assert_eq!(EntityKeys::default().add_new(&twice), Err(count - 1));
            assert_eq!(keys.add_new(&["new", some[2]]), Err(1));
        }
    }
}
