//! The keys of entities: one text, and a table of hashes that leads back into it.

use crate::store::counting_sort::width;
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
    pub(crate) fn of(text: String, ends: Vec<u32>) -> Result<Self, usize> {
        let keys = Self { text, ends, ..Self::default() };
        keys.repeated().map_or(Ok(keys), Err)
    }

    /// The place of a key that is there twice. For that alone the table would be much to make: a bit for each hash tells
    /// those apart that may be alike. Anybody can foresee the hashes, and no more than sort keys.
    fn repeated(&self) -> Option<usize> {
        // So many bits that few others have the same.
        let bits = (width(self.ends.len() as u64) + 4).min(30);
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let hash = |(start, end): (u32, u32)| {
            let mut hasher = FxHasher::default();
            hasher
                .write(self.text.as_bytes().get(start as usize..end as usize).unwrap_or_default());
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
        let mut alike: Vec<u64> =
            alike.map(|(&hash, place)| u64::from(hash) << u32::BITS | place).collect();
        alike.sort_unstable();
        let alike =
            alike.chunk_by(|a, b| a >> u32::BITS == b >> u32::BITS).filter(|alike| alike.len() > 1);
        alike.map(|alike| alike.iter().map(|&hash| hash as u32 as usize)).find_map(|places| {
            let mut places: Vec<usize> = places.collect();
            places.sort_by_key(|&place| self.get(place));
            let twice = places
                .windows(2)
                .find(|pair| matches!(pair, [a, b] if self.get(*a) == self.get(*b)));
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
            Slots::of(keys.map(|key| self.hash(key)).collect())
        })
    }

    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.slots().search(self.hash(key), |place| self.get(place) == Some(key))
    }

    /// The place of the key, which is new or was there; `None` when there is no room left.
    pub(crate) fn add(&mut self, key: &str) -> Option<usize> {
        let place = self.ends.len();
        let hash = self.hash(key);
        if let Some(place) = self.slots().search(hash, |place| self.get(place) == Some(key)) {
            return Some(place);
        }
        let (_, end) =
            (u32::try_from(place).ok()?, u32::try_from(self.text.len() + key.len()).ok()?);
        self.text.push_str(key);
        self.ends.push(end);
        self.slots.get_mut()?.push(hash);
        Some(place)
    }

    /// Takes back the key that was added last.
    #[cfg(any(test, feature = "tables"))]
    pub(crate) fn pop(&mut self) {
        self.slots.get_mut().into_iter().for_each(Slots::pop);
        self.ends.pop();
        self.text.truncate(self.ends.last().map_or(0, |&end| end as usize));
    }
}

/// Eight slots side by side are looked at together.
const GROUP: usize = 8;

/// A byte for each slot of a group: zero where it is free, else some of the hash of its key.
type Tags = u64;

const FREE: Tags = 0;

/// The same byte for all slots of a group.
fn each(byte: u8) -> Tags {
    Tags::from(byte) * (Tags::MAX / 0xff)
}

/// What the slot of a key with this hash says of it: of the bits that tell where the search begins last. Two at least, so
/// that it differs from that of a free slot by more than one.
fn tag(hash: u32) -> u8 {
    ((hash >> 24) as u8).max(2)
}

/// The slots whose byte is zero, in their order. Behind the first there may be some whose byte is one, so among those
/// of a tag may be one of another tag, and none that is free.
fn zeros(tags: Tags) -> impl Iterator<Item = usize> {
    let mut found = tags.wrapping_sub(each(1)) & !tags & each(0x80);
    std::iter::from_fn(move || {
        let slot = (found != 0).then(|| found.trailing_zeros() as usize / 8);
        found &= found.wrapping_sub(1);
        slot
    })
}

/// So many places are put into their slots together: one by one, each slot would be waited for.
const PENDING: usize = 64;

/// Open addressing by groups. The number of groups is a power of two, and a quarter of the slots are free at least.
/// Keys take slots in their order, so that the last can be taken back as if it had never come.
#[derive(Clone, Debug)]
struct Slots {
    /// By place of the key.
    hashes: Vec<u32>,
    tags: Vec<Tags>,
    /// The place of the key of each slot.
    places: Vec<u32>,
    /// The slots of the last keys, whose places are not there yet.
    pending: Vec<usize>,
}

impl Slots {
    /// Those of keys with these hashes.
    fn of(hashes: Vec<u32>) -> Self {
        let groups = Self::groups_for(hashes.len());
        let mut slots = Self {
            hashes: Vec::with_capacity(hashes.len()),
            tags: vec![FREE; groups],
            places: vec![0; groups * GROUP],
            pending: Vec::with_capacity(PENDING),
        };
        hashes.into_iter().for_each(|hash| slots.take(hash));
        slots
    }

    /// How many groups there are for so many keys.
    fn groups_for(keys: usize) -> usize {
        (keys + keys / 3 + 1).next_power_of_two().max(2 * GROUP) / GROUP
    }

    /// The groups where a key with this hash may be, with their tags.
    fn groups(&self, hash: u32) -> impl Iterator<Item = (usize, Tags)> {
        let groups = self.tags.len();
        let group = move |n: usize| (hash as usize).wrapping_add(n) & groups.wrapping_sub(1);
        (0..groups).map(group).filter_map(|group| Some((group, *self.tags.get(group)?)))
    }

    /// The place of the key with this hash that is the one.
    #[inline]
    fn search(&self, hash: u32, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        for (group, tags) in self.groups(hash) {
            for slot in zeros(tags ^ each(tag(hash))).map(|slot| group * GROUP + slot) {
                let place = self
                    .places
                    .get(slot)
                    .map(|&place| place as usize)
                    .filter(|&place| is_it(place));
                if let Some(place) =
                    place.or_else(|| self.pending_place(slot).filter(|&place| is_it(place)))
                {
                    return Some(place);
                }
            }
            if zeros(tags).next().is_some() {
                break;
            }
        }
        None
    }

    /// The place of the key that has taken this slot of late.
    fn pending_place(&self, slot: usize) -> Option<usize> {
        let nth = self.pending.iter().position(|&pending| pending == slot)?;
        Some(self.settled() + nth)
    }

    /// How many keys have their places in their slots.
    fn settled(&self) -> usize {
        self.hashes.len() - self.pending.len()
    }

    /// A new key, the last, in the next free slot.
    #[inline]
    fn take(&mut self, hash: u32) {
        let free = self.groups(hash).find_map(|(group, tags)| Some((group, zeros(tags).next()?)));
        let Some((group, slot)) = free else { return };
        self.tags
            .get_mut(group)
            .into_iter()
            .for_each(|tags| *tags |= Tags::from(tag(hash)) << (8 * slot));
        self.hashes.push(hash);
        self.pending.push(group * GROUP + slot);
        if self.pending.len() == PENDING {
            let first = self.settled() as u32;
            for (slot, place) in self.pending.drain(..).zip(first..) {
                self.places.get_mut(slot).into_iter().for_each(|free| *free = place);
            }
        }
    }

    /// A new key, the last; if need be with more slots.
    #[inline]
    fn push(&mut self, hash: u32) {
        if self.tags.len() < Self::groups_for(self.hashes.len() + 1) {
            let mut hashes = std::mem::take(&mut self.hashes);
            hashes.push(hash);
            *self = Self::of(hashes);
        } else {
            self.take(hash);
        }
    }

    /// Frees the slot of the last key.
    #[cfg(any(test, feature = "tables"))]
    fn pop(&mut self) {
        let Some(hash) = self.hashes.pop() else { return };
        let place = self.hashes.len() as u32;
        let slot = self.pending.pop().or_else(|| {
            let taken =
                |(group, tags)| zeros(tags ^ each(tag(hash))).map(move |slot| group * GROUP + slot);
            self.groups(hash).flat_map(taken).find(|&slot| self.places.get(slot) == Some(&place))
        });
        if let Some(slot) = slot {
            self.tags
                .get_mut(slot / GROUP)
                .into_iter()
                .for_each(|tags| *tags &= !(0xff << (8 * (slot % GROUP))));
        }
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
                assert_eq!(
                    (keys.find(&name(n)), keys.add(&name(n)), keys.add(&name(n))),
                    (None, Some(n), Some(n))
                );
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
    fn slots_are_as_if_a_key_that_is_taken_back_had_never_come() {
        // Hashes of the last group and of the first two, with and without the same tag, the least among them.
        let hashes = (0..190)
            .map(|n: u32| [31, 31, 63, 1 << 24, 1 << 25 | 1, 3 << 24, u32::MAX][n as usize % 7]);
        let hashes: Vec<u32> = hashes.collect();
        for kept in 0..hashes.len() {
            let (mut slots, mut fewer) =
                (Slots::of(hashes.clone()), Slots::of(hashes[..kept].to_vec()));
            (kept..hashes.len()).for_each(|_| slots.pop());
            if slots.tags.len() == fewer.tags.len() {
                assert_eq!((&slots.hashes, &slots.tags), (&fewer.hashes, &fewer.tags));
            }
            (0..kept).for_each(|_| fewer.pop());
            assert!(fewer.tags.iter().all(|&tags| tags == FREE));
            let mut again = slots.clone();
            for (place, &hash) in hashes.iter().enumerate() {
                let found = |slots: &Slots| slots.search(hash, |at| at == place);
                assert_eq!(found(&slots), (place < kept).then_some(place), "{place} of {kept}");
                if place >= kept {
                    again.push(hash);
                }
                assert_eq!(found(&again), Some(place), "{place} after {kept}");
            }
            assert_eq!(again.tags, Slots::of(hashes.clone()).tags);
        }
    }

    #[test]
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
            assert_eq!(
                (keys.find("1"), more.add("1"), more.find("1")),
                (None, Some(count), Some(count))
            );
            assert!(names.iter().zip(0..).all(|(key, place)| more.add(key) == Some(place)));
            let Some(last) = names.last() else { continue };
            cut.pop();
            assert_eq!(
                (cut.find(last), cut.add("1"), keys.find(last)),
                (None, Some(count - 1), Some(count - 1))
            );
            for (first, second) in [(0, count - 1), (1, 2)] {
                let mut twice = names.clone();
                twice[second] = twice[first].clone();
                assert_eq!(of(&twice).unwrap_err(), second);
            }
        }
    }
}
