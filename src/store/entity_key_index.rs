//! The keys of entities: one text, and a table of hashes that leads back into it.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

/// Keys in the order they were added, each once. A key takes its bytes and about ten more.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntityKeys {
    text: String,
    /// The end of each key; the first starts at 0.
    ends: Vec<u32>,
    /// The places of all keys by hash; made when a key is first looked up.
    table: OnceLock<HashTable<u32>>,
    /// Its seed is secret, so that nobody can choose keys that collide.
    hasher: RandomState,
}

/// One text is hashed, so the byte that marks its end is not needed.
fn hash(mut hasher: impl Hasher, key: &str) -> u64 {
    hasher.write(key.as_bytes());
    hasher.finish()
}

fn key<'t>(text: &'t str, ends: &[u32], place: usize) -> Option<&'t str> {
    let end = |place: usize| ends.get(place).map(|&end| end as usize);
    let start = place.checked_sub(1).map_or(Some(0), end)?;
    text.get(start..end(place)?)
}

impl EntityKeys {
    /// Makes the table of keys that lie in `text` one after the other; `ends` says where each ends.
    ///
    /// # Errors
    /// Returns the place of a key that is there twice.
    pub(crate) fn of(text: String, ends: Vec<u32>) -> Result<Self, usize> {
        let keys = Self { text, ends, ..Self::default() };
        keys.repeated().map_or(Ok(keys), Err)
    }

    /// Returns the place of a key that is there twice. Each key sets a bit by its hash, and there are so many bits that
    /// few keys share one; only those are compared, which is quicker than to make the table. They are sorted, so chosen
    /// collisions do not make it slow.
    fn repeated(&self) -> Option<usize> {
        let words = (self.ends.len() / 4 + 1).next_power_of_two();
        let bit = |hash: u64| ((hash >> 6) as usize & (words - 1), 1u64 << (hash % 64));
        let hashes: Vec<u64> = self.all().map(|key| hash(FxHasher::default(), key)).collect();
        let (mut once, mut twice) = (vec![0; words], vec![0; words]);
        for &hash in &hashes {
            let (word, bit) = bit(hash);
            twice[word] |= once[word] & bit;
            once[word] |= bit;
        }
        let shares = |&(hash, _): &(u64, usize)| twice[bit(hash).0] & bit(hash).1 != 0;
        let mut shared: Vec<(u64, usize)> = hashes.into_iter().zip(0..).filter(shares).collect();
        let key = |place: usize| self.get(place);
        shared.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| key(a.1).cmp(&key(b.1))));
        let pair = shared.windows(2).find(|pair| key(pair[0].1) == key(pair[1].1))?;
        Some(pair[1].1)
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        key(&self.text, &self.ends, place)
    }

    /// Returns the keys one after the other, and where each ends.
    pub(crate) fn texts(&self) -> (&str, &[u32]) {
        (&self.text, &self.ends)
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            self.text.get(std::mem::replace(&mut start, end as usize)..end as usize)
        })
    }

    fn table(&self) -> &HashTable<u32> {
        self.table.get_or_init(|| {
            let mut table = HashTable::with_capacity(self.ends.len());
            for (place, key) in (0..).zip(self.all()) {
                let hash = hash(self.hasher.build_hasher(), key);
                table.insert_unique(hash, place, |_| hash);
            }
            table
        })
    }

    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.find_hashed(hash(self.hasher.build_hasher(), key), key)
    }

    fn find_hashed(&self, hash: u64, key: &str) -> Option<usize> {
        let is_it = |&place: &u32| self.get(place as usize) == Some(key);
        self.table().find(hash, is_it).map(|&place| place as usize)
    }

    /// Adds the key if it is new, and returns its place; `None` if no room is left.
    pub(crate) fn add(&mut self, key: &str) -> Option<usize> {
        let hash_of_key = hash(self.hasher.build_hasher(), key);
        if let Some(place) = self.find_hashed(hash_of_key, key) {
            return Some(place);
        }
        let place = u32::try_from(self.ends.len()).ok()?;
        let end = u32::try_from(self.text.len() + key.len()).ok()?;
        self.text.push_str(key);
        self.ends.push(end);
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        let hash_at = |&place: &u32| {
            let key =
                self::key(text, ends, place as usize).expect("a place of the table has a key");
            hash(hasher.build_hasher(), key)
        };
        let table = self.table.get_mut().expect("the search made the table");
        table.insert_unique(hash_of_key, place, hash_at);
        Some(place as usize)
    }

    /// Takes back the key that was added last.
    pub(crate) fn pop(&mut self) {
        let Some(last) = self.ends.len().checked_sub(1) else { return };
        if let Some(mut table) = self.table.take() {
            let hash = hash(self.hasher.build_hasher(), self.get(last).expect("the last key"));
            let entry = table.find_entry(hash, |&place| place as usize == last);
            entry.expect("the table has all keys").remove();
            self.table = OnceLock::from(table);
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
