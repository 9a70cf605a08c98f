//! A text prepared once, so that words can be found in it.

use crate::difference::Difference;
use crate::even_text::EvenText;
use crate::quotation::error::QuotationError;
use crate::quotation::location::{Location, NearPassage};
use crate::quotation::nearest::WordIndex;
use crate::quotation::passage::{Fit, Passage};
use crate::quotation::sought::{Part, Sought};
use crate::quotation::words::{Hint, Words, span};
use crate::word::{stands_alone, words};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::OnceLock;

/// A text prepared once, so that words can be found in it.
///
/// Preparing takes linear time and about three times the memory of the text. The first search for the nearest passage
/// makes an index of the words too.
#[derive(Debug)]
pub struct PreparedText<'t> {
    text: &'t str,
    even: EvenText,
    index: OnceLock<WordIndex>,
}

/// The parts of the sought words at one place, in bytes of the evened text.
type Place = Vec<Range<usize>>;

impl<'t> PreparedText<'t> {
    /// The most bytes of words that are looked up.
    pub const LONGEST: usize = 64 << 10;
    /// The most parts of words, between ellipses and insertions.
    pub const MOST_PARTS: usize = 16;
    /// The most bytes between two parts, after evening out.
    pub const WIDEST_GAP: usize = 2_000;
    /// The most words for which the nearest passage is sought.
    pub const MOST_COMPARED: usize = 1_000;

    /// Prepares a text.
    pub fn of(text: &'t str) -> Self {
        Self { text, even: EvenText::of(text), index: OnceLock::new() }
    }

    /// Returns the text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns where words stand in the text.
    ///
    /// Words stand where the text has the same words after both are evened out: whatever their white space, quotation
    /// marks, dashes, capitals and Unicode form. They do not begin or end inside a word or a number: "3,000" does not
    /// stand in "13,000". Places do not overlap. If some places are the same letter by letter, others do not count.
    ///
    /// If the words stand nowhere as they are, they are taken apart. "..." and "…", also in brackets, leave something out;
    /// words in square brackets stand for something else. The parts then stand in their order, with at most
    /// [`WIDEST_GAP`](Self::WIDEST_GAP) bytes between two. If one such place contains another, only the shorter counts.
    /// Quotation marks around the words are dropped.
    ///
    /// If that finds nothing, the answer is the nearest passage, or that there is none. Words with more than
    /// [`MOST_COMPARED`](Self::MOST_COMPARED) words have no nearest passage.
    ///
    /// If a stretch repeats itself more than 256 times in the words, places that overlap a place inside a word may be
    /// missed.
    ///
    /// ```
    /// use claimgraph_intake::quotation::{Fit, PreparedText};
    /// let text = PreparedText::of("\u{201e}Die Truppen\u{a0}sind, soweit bekannt, am Montag an der Grenze eingetroffen.\u{201c}");
    /// let found = text.find("Die Truppen sind [\u{2026}] eingetroffen")?;
    /// let passage = found.passage().expect("the words stand there");
    /// assert!(matches!(passage.fit(), Fit::InParts { parts, .. } if parts.len() == 2));
    /// assert_eq!(found.to_string(), "bytes 3..74, in 2 parts, with other white space");
    /// assert_eq!(text.find("Die Truppe")?.to_string(), "nowhere; the nearest passage is bytes 3..6, \"Die\", with 1 of 2 words changed");
    /// # Ok::<(), claimgraph_intake::quotation::QuotationError>(())
    /// ```
    ///
    /// # Errors
    /// The words are empty, too long or in too many parts, or no passage is as a hint says.
    pub fn find<'w>(&self, words: impl Into<Words<'w>>) -> Result<Location<'t>, QuotationError> {
        let Words { text: sought, hints } = words.into();
        if sought.len() > Self::LONGEST {
            let (bytes, limit) = (sought.len(), Self::LONGEST);
            return Err(QuotationError::TooLong { bytes, limit });
        }
        let whole = Part::of(sought).ok_or(QuotationError::NoWords)?;
        let found = self.passages(std::slice::from_ref(&whole), &[]);
        if !found.is_empty() {
            return self.chosen(found, &hints);
        }
        let Sought { parts, insertions } = Sought::of(sought);
        if parts.len() > Self::MOST_PARTS {
            let (parts, limit) = (parts.len(), Self::MOST_PARTS);
            return Err(QuotationError::TooManyParts { parts, limit });
        }
        if parts.is_empty() {
            return Err(QuotationError::NoWords);
        }
        match self.passages(&parts, &insertions) {
            found if found.is_empty() => Ok(self.nearest(&parts)),
            found => self.chosen(found, &hints),
        }
    }

    /// Returns the passages with these parts, in their order.
    fn passages(&self, parts: &[Part], insertions: &[String]) -> Vec<Passage<'t>> {
        let places = self.places_of_all(parts);
        places.iter().filter_map(|place| self.passage(place, parts, insertions)).collect()
    }

    fn passage(
        &self,
        place: &[Range<usize>],
        parts: &[Part],
        insertions: &[String],
    ) -> Option<Passage<'t>> {
        let ranges: Vec<Range<usize>> =
            place.iter().map(|range| self.even.original(range.clone())).collect();
        let mut differences: Vec<Difference> = Vec::new();
        for (range, part) in ranges.iter().zip(parts) {
            differences.extend(Difference::between(&part.original, self.text.get(range.clone())?));
        }
        differences.sort_unstable();
        differences.dedup();
        let fit = match ranges.as_slice() {
            [_] if insertions.is_empty() && differences.is_empty() => Fit::Exact,
            [_] if insertions.is_empty() => Fit::Evened { differences },
            ranges => Fit::InParts {
                parts: ranges.iter().cloned().map(span).collect(),
                insertions: insertions.to_vec(),
                differences,
            },
        };
        let whole = ranges.first()?.start..ranges.last()?.end;
        Some(Passage::new(self.text, whole, fit))
    }

    /// Returns the shortest places at which all parts stand in their order, each near to the one before.
    fn places_of_all(&self, parts: &[Part]) -> Vec<Place> {
        // From the last part to the first, each range with the number of the one that follows it.
        let mut levels: Vec<Vec<(Range<usize>, usize)>> = Vec::new();
        for part in parts.iter().rev() {
            let ranges = self.places(&part.even).into_iter();
            let Some(after) = levels.last() else {
                levels.push(ranges.map(|range| (range, 0)).collect());
                continue;
            };
            let (mut level, mut next): (Vec<(Range<usize>, usize)>, usize) = (Vec::new(), 0);
            for range in ranges {
                next += after.iter().skip(next).take_while(|(it, _)| it.start < range.end).count();
                let Some((follower, _)) = after.get(next) else { break };
                if follower.start - range.end > Self::WIDEST_GAP {
                    continue;
                }
                // The later of two that go on alike is the shorter.
                level.pop_if(|(_, follower)| *follower == next);
                level.push((range, next));
            }
            levels.push(level);
        }
        let firsts = levels.last().map_or(0, Vec::len);
        let chain = |first: usize| {
            let mut place = first;
            let steps = levels.iter().rev().filter_map(|level| {
                let (range, next) = level.get(place)?;
                place = *next;
                Some(range.clone())
            });
            steps.collect()
        };
        (0..firsts).map(chain).collect()
    }

    /// Returns the places at which evened words stand alone.
    fn places(&self, even: &str) -> Vec<Range<usize>> {
        let text = self.even.text();
        let finder = Finder::new(even);
        // Two occurrences that overlap are at least so far apart.
        let period = period(even.as_bytes());
        let step = if even.len() / period.max(1) > 256 { even.len() } else { period };
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let range = from + at..from + at + even.len();
            if self.even.keeps_units(range.clone()) && stands_alone(text, &range) {
                from = range.end;
                found.push(range);
            } else {
                from = range.start + step;
            }
        }
        found
    }

    /// Returns the passage that is as all hints say. Passages that are the same letter by letter come first.
    fn chosen(
        &self,
        found: Vec<Passage<'t>>,
        hints: &[Hint<'_>],
    ) -> Result<Location<'t>, QuotationError> {
        let places = || found.iter().map(Passage::span).collect();
        let exact = found.iter().filter(|passage| *passage.fit() == Fit::Exact);
        let mut fails = None;
        for mut passages in [exact.collect::<Vec<_>>(), found.iter().collect()] {
            for hint in hints {
                let before = passages.len();
                passages = self.as_hinted(passages, hint);
                if before > 0 && passages.is_empty() {
                    fails = Some(hint);
                }
            }
            match passages.as_slice() {
                [] => {}
                [passage] => return Ok(Location::At((*passage).clone())),
                _ => {
                    return Ok(Location::Several {
                        passages: passages.into_iter().cloned().collect(),
                    });
                }
            }
        }
        let hint = fails.map(Hint::to_string).unwrap_or_default();
        Err(QuotationError::NoneAsHinted { hint, places: places() })
    }

    /// Returns the passages that are as the hint says.
    fn as_hinted<'p>(
        &self,
        passages: Vec<&'p Passage<'t>>,
        hint: &Hint<'_>,
    ) -> Vec<&'p Passage<'t>> {
        let contexts = |text: &str| {
            let places = Part::of(text).map(|part| self.places(&part.even)).unwrap_or_default();
            places.into_iter().map(|range| span(self.even.original(range)))
        };
        let mut chosen: Vec<&Passage<'t>> = match *hint {
            Hint::Before(text) => contexts(text)
                .filter_map(|context| {
                    let upto = passages.partition_point(|it| it.span().end <= context.start);
                    passages.get(upto.checked_sub(1)?).copied()
                })
                .collect(),
            Hint::After(text) => contexts(text)
                .filter_map(|context| {
                    let next = passages.partition_point(|it| it.span().start < context.end);
                    passages.get(next).copied()
                })
                .collect(),
            Hint::Nth(number) => {
                number.checked_sub(1).and_then(|at| passages.get(at)).copied().into_iter().collect()
            }
            Hint::Near(ref bytes) => {
                let near = span(bytes.clone());
                let gap = |it: &&Passage<'t>| {
                    let it = it.span();
                    it.start.saturating_sub(near.end).max(near.start.saturating_sub(it.end))
                };
                let least = passages.iter().map(gap).min();
                passages.into_iter().filter(|it| Some(gap(it)) == least).collect()
            }
        };
        chosen.dedup();
        chosen
    }

    /// Returns the nearest passage, if one is near enough.
    fn nearest(&self, parts: &[Part]) -> Location<'t> {
        let sought: Vec<&str> = parts
            .iter()
            .flat_map(|part| words(&part.even).filter_map(|range| part.even.get(range)))
            .take(Self::MOST_COMPARED + 1)
            .collect();
        if sought.is_empty() || sought.len() > Self::MOST_COMPARED {
            return Location::Nowhere;
        }
        let index = self.index.get_or_init(|| WordIndex::of(self.even.text()));
        let near = index.nearest(&sought).map(|near| {
            let range = self.even.original(near.range);
            NearPassage::new(self.text, range, near.changes, sought.len())
        });
        let near = near.filter(|near| near.likeness() >= NearPassage::LEAST_LIKENESS);
        near.map_or(Location::Nowhere, Location::Nearest)
    }
}

/// Returns the shortest distance at which the bytes can overlap themselves (Knuth, Morris, Pratt 1977).
fn period(bytes: &[u8]) -> usize {
    // For each beginning, the length of its longest proper beginning that is also its end.
    let mut borders: Vec<usize> = vec![0];
    let mut border = 0;
    for &byte in bytes.iter().skip(1) {
        while border > 0 && bytes.get(border) != Some(&byte) {
            border = borders.get(border - 1).copied().unwrap_or(0);
        }
        border += usize::from(bytes.get(border) == Some(&byte));
        borders.push(border);
    }
    bytes.len() - border
}
