//! A text as the runs of five words that it has: its shingles.

use crate::even_text::EvenText;
use crate::word::words;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The words of a shingle.
pub(super) const WIDTH: usize = 5;
/// Of so many neighbouring shingles, at least one is in the sample.
const WINDOW: usize = 8;
/// The most bytes within one pair of quotation marks.
const LONGEST_QUOTE: usize = 2_000;

/// The shingles of a text by their hashes, without those that lie within quotation marks.
#[derive(Debug)]
pub(super) struct Shingles {
    /// The hash and the first word of each, in order of the text.
    placed: Vec<(u64, usize)>,
    /// The bytes of each word in the original.
    words: Vec<Range<usize>>,
}

impl Shingles {
    pub(super) fn of(text: &str) -> Self {
        let even = EvenText::of(text);
        let quoted = quoted(text);
        let (mut found, mut hashes, mut outside) = (Vec::new(), Vec::new(), Vec::new());
        let mut quotes = quoted.iter().peekable();
        for word in words(even.text()) {
            let mut hasher = DefaultHasher::new();
            even.text().get(word.clone()).hash(&mut hasher);
            let original = even.original(word);
            while quotes.next_if(|quote| quote.end <= original.start).is_some() {}
            outside.push(!quotes.peek().is_some_and(|quote| quote.contains(&original.start)));
            hashes.push(hasher.finish());
            found.push(original);
        }
        let runs = hashes.windows(WIDTH).zip(outside.windows(WIDTH)).enumerate();
        let counted = runs.filter(|(_, (_, outside))| outside.contains(&true));
        let placed = counted.map(|(place, (run, _))| (mixed(run), place)).collect();
        Self { placed, words: found }
    }

    /// Returns how many words the text has.
    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    /// Returns each hash once, in ascending order.
    pub(super) fn set(&self) -> Vec<u64> {
        let mut set: Vec<u64> = self.placed.iter().map(|(hash, _)| *hash).collect();
        set.sort_unstable();
        set.dedup();
        set
    }

    /// Returns the least hash of every eight neighbours, each once: two texts that share twelve words in a row share one of
    /// these (winnowing: Schleimer, Wilkerson and Aiken 2003).
    pub(super) fn sample(&self) -> Vec<u64> {
        let least = |window: &[(u64, usize)]| window.iter().map(|(hash, _)| *hash).min();
        let mut sample: Vec<u64> = match self.placed.len() < WINDOW {
            true => least(&self.placed).into_iter().collect(),
            false => self.placed.windows(WINDOW).filter_map(least).collect(),
        };
        sample.sort_unstable();
        sample.dedup();
        sample
    }

    /// Returns the passages that both texts have, as bytes of each, in the order of this one: runs of words that are as
    /// long as possible. If a run stands in the other text several times, its first place there is given.
    pub(super) fn shared(&self, other: &Self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut places: Vec<(u64, usize)> = other.placed.clone();
        places.sort_unstable();
        let place = |hash: u64| {
            let at = places.partition_point(|(known, _)| *known < hash);
            places.get(at).filter(|(known, _)| *known == hash).map(|(_, word)| *word)
        };
        let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        // The words of the run so far, in this text and in the other.
        let mut run: Option<(Range<usize>, Range<usize>)> = None;
        let mut end = |run: Option<(Range<usize>, Range<usize>)>| {
            let Some((ours, theirs)) = run else { return };
            found.extend(self.bytes(ours).zip(other.bytes(theirs)));
        };
        for &(hash, word) in &self.placed {
            let Some(there) = place(hash) else { continue };
            match &mut run {
                Some((ours, theirs)) if word < ours.end => {
                    // It goes on, or it lies within the run.
                    let goes_on = ours.end + 1 == word + WIDTH && theirs.end + 1 == there + WIDTH;
                    ours.end += usize::from(goes_on);
                    theirs.end += usize::from(goes_on);
                }
                _ => end(run.replace((word..word + WIDTH, there..there + WIDTH))),
            }
        }
        end(run);
        found
    }

    /// Returns the bytes of a range of words.
    fn bytes(&self, words: Range<usize>) -> Option<Range<usize>> {
        let words = self.words.get(words)?;
        Some(words.first()?.start..words.last()?.end)
    }
}

/// Mixes the hashes of words into one.
fn mixed(run: &[u64]) -> u64 {
    let turn =
        |mixed: u64, word: &u64| (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let all = run.iter().fold(0, turn);
    all ^ (all >> 32)
}

/// Returns the stretches within double quotation marks, in order.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    for (at, c) in text.char_indices() {
        if let Some((start, closing)) = open {
            if at - start > LONGEST_QUOTE {
                open = None;
            } else if closing.contains(&c) {
                found.push(start..at);
                open = None;
                continue;
            }
        }
        let closing: &[char] = match c {
            _ if open.is_some() => continue,
            '"' => &['"'],
            '“' => &['”', '"'],
            '„' => &['“', '”', '"'],
            '«' => &['»'],
            '»' => &['«'],
            '「' => &['」'],
            _ => continue,
        };
        open = Some((at, closing));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_do_not_count() {
        let plain = Shingles::of("one two three four five six seven");
        assert_eq!((plain.set().len(), plain.words()), (3, 7));
        let quoted = Shingles::of("one “two three four five six seven eight” nine");
        // All but "two three four five six", and the two after it.
        assert_eq!(quoted.set().len(), 5 - 3);
    }

    #[test]
    fn twelve_words_in_a_row_give_a_common_sample() {
        let run = "a b c d e f g h i j k l";
        let one = Shingles::of(&format!("x y z w v {run} u t s r q"));
        let other = Shingles::of(&format!("{run} m n o p 1 2 3 4 5 6"));
        let sample = one.sample();
        assert!(other.sample().iter().any(|hash| sample.contains(hash)));
    }

    #[test]
    fn shared_passages_are_as_long_as_possible() {
        let (one, other) = ("0 a b c d e f 1 2 g h i j k", "g h i j k. 3 4 A B C D E F 5");
        let shared = Shingles::of(one).shared(&Shingles::of(other));
        let texts: Vec<(&str, &str)> =
            shared.into_iter().map(|(ours, theirs)| (&one[ours], &other[theirs])).collect();
        assert_eq!(texts, [("a b c d e f", "A B C D E F"), ("g h i j k", "g h i j k")]);
    }
}
