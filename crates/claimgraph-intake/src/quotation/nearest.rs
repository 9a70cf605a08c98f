//! The stretch of a text with nearly the words that are sought.

use crate::word::words;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The words of a text by number, each with its place.
#[derive(Debug)]
pub(super) struct WordIndex {
    /// Words are from outside, so that the seed of the hash is secret.
    known: IndexSet<Box<str>>,
    words: Vec<(usize, Range<usize>)>,
}

/// A stretch of a text, as bytes, and the changes that lead to it.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Nearest {
    pub(super) range: Range<usize>,
    pub(super) changes: usize,
}

impl WordIndex {
    pub(super) fn of(text: &str) -> Self {
        let mut known = IndexSet::new();
        let mut found = Vec::new();
        for range in words(text) {
            let word = text.get(range.clone()).unwrap_or_default();
            let number = known.get_index_of(word);
            found.push((number.unwrap_or_else(|| known.insert_full(Box::from(word)).0), range));
        }
        Self { known, words: found }
    }

    /// Returns the stretch that the fewest changes of whole words lead to: the one that ends first, and of these the
    /// shortest. `None` if the text has no words.
    pub(super) fn nearest(&self, sought: &[&str]) -> Option<Nearest> {
        let numbers: Vec<Option<usize>> =
            sought.iter().map(|&word| self.known.get_index_of(word)).collect();
        let mut column = Column::new(&numbers);
        let (mut last, mut changes) = (None, sought.len());
        for (place, (number, _)) in self.words.iter().enumerate() {
            let found = column.advance(*number, true);
            if found < changes {
                (last, changes) = (Some(place), found);
            }
        }
        let last = last?;
        let turned: Vec<Option<usize>> = numbers.into_iter().rev().collect();
        let mut column = Column::new(&turned);
        let upto = self.words.get(..=last)?;
        let (_, first) =
            upto.iter().rev().find(|(number, _)| column.advance(*number, false) == changes)?;
        let (_, last) = upto.last()?;
        Some(Nearest { range: first.start..last.end, changes })
    }
}

/// A column of the table of distances between the beginnings of the sought words and what ends at one word of the text, in
/// differences of one bit (Myers 1999; in blocks as in Hyyrö 2003).
struct Column {
    /// For each word, where it stands among the sought ones.
    places: FxHashMap<usize, Vec<u64>>,
    /// The rows at which the distance rises and falls, 64 of them each.
    blocks: Vec<(u64, u64)>,
    /// The bit of the last row.
    last: u64,
    distance: usize,
}

impl Column {
    fn new(sought: &[Option<usize>]) -> Self {
        let count = sought.len().div_ceil(64);
        let mut places: FxHashMap<usize, Vec<u64>> = FxHashMap::default();
        for (row, number) in sought.iter().enumerate() {
            let Some(number) = number else { continue };
            let bits = places.entry(*number).or_insert_with(|| vec![0; count]);
            if let Some(block) = bits.get_mut(row / 64) {
                *block |= 1 << (row % 64);
            }
        }
        let last = 1 << (sought.len().saturating_sub(1) % 64);
        Self { places, blocks: vec![(u64::MAX, 0); count], last, distance: sought.len() }
    }

    /// Goes on by one word of the text and returns the distance of all sought words: to the best stretch that ends here if
    /// it may begin anywhere, else to the stretch from the beginning.
    fn advance(&mut self, word: usize, anywhere: bool) -> usize {
        let places = self.places.get(&word).map(Vec::as_slice).unwrap_or_default();
        let mut places = places.iter().copied().chain(std::iter::repeat(0));
        let (mut rises, mut falls) = (u64::from(!anywhere), 0);
        let count = self.blocks.len();
        for (number, (up, down)) in self.blocks.iter_mut().enumerate() {
            let equal = places.next().unwrap_or(0);
            let vertical = equal | *down;
            let equal = equal | falls;
            let horizontal = ((equal & *up).wrapping_add(*up) ^ *up) | equal;
            let rise = *down | !(horizontal | *up);
            let fall = *up & horizontal;
            let top = if number + 1 == count { self.last } else { 1 << 63 };
            let (rise_in, fall_in) = ((rise << 1) | rises, (fall << 1) | falls);
            *up = fall_in | !(vertical | rise_in);
            *down = rise_in & vertical;
            (rises, falls) = (u64::from(rise & top != 0), u64::from(fall & top != 0));
        }
        self.distance = self.distance + usize::from(rises == 1) - usize::from(falls == 1);
        self.distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of distances as Sellers wrote it, for every stretch.
    fn by_table(text: &[&str], sought: &[&str]) -> Option<(Range<usize>, usize)> {
        let distance = |stretch: &[&str]| {
            let mut row: Vec<usize> = (0..=stretch.len()).collect();
            for (i, word) in sought.iter().enumerate() {
                let mut before = row.clone();
                before[0] = i + 1;
                for (j, other) in stretch.iter().enumerate() {
                    let replaced = row[j] + usize::from(word != other);
                    before[j + 1] = replaced.min(before[j] + 1).min(row[j + 1] + 1);
                }
                row = before;
            }
            row[stretch.len()]
        };
        let mut best: Option<(Range<usize>, usize)> = None;
        for end in 1..=text.len() {
            for start in (0..end).rev() {
                let found = distance(&text[start..end]);
                if found < best.as_ref().map_or(sought.len(), |(_, changes)| *changes) {
                    best = Some((start..end, found));
                }
            }
        }
        best
    }

    #[test]
    fn the_nearest_stretch_is_that_of_the_whole_table() {
        let mut state = 5_u64;
        let mut draw = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % bound
        };
        let letters = ["a", "b", "c", "d", "e", "f"];
        for _ in 0..300 {
            let (text, sought) = (draw(24), 1 + draw(9));
            let text: Vec<&str> = (0..text).map(|_| letters[draw(6)]).collect();
            let sought: Vec<&str> = (0..sought).map(|_| letters[draw(6)]).collect();
            assert_same(&text, &sought);
        }
        // Of more than 64 words.
        let long: Vec<&str> = (0..170).map(|_| letters[draw(6)]).collect();
        let mut sought: Vec<&str> = long[20..150].to_vec();
        for place in [3, 60, 64, 65, 127] {
            sought[place] = "x";
        }
        sought.remove(30);
        assert_same(&long, &sought);
    }

    fn assert_same(text: &[&str], sought: &[&str]) {
        let found = WordIndex::of(&text.join(" ")).nearest(sought);
        let expected = by_table(text, sought)
            .map(|(range, changes)| Nearest { range: range.start * 2..range.end * 2 - 1, changes });
        assert_eq!(found, expected, "{sought:?} in {text:?}");
    }
}
