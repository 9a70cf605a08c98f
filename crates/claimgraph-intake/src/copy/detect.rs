//! The search for copies among many texts.

use crate::copy::proposal::{CopyProposal, Precedence, SharedPassage};
use crate::copy::shingles::Shingles;
use crate::copy::story::Story;
use crate::quotation::span;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::HashSet;

/// The earliest stories that are kept for each shingle of the sample.
const KEPT: usize = 64;
/// The stories that are compared with one in full.
const COMPARED: usize = 16;

/// The least that two texts must have in common for one to be proposed as a copy of the other.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CopyOptions {
    /// The least share of the shorter text that the other has too: 0.3 unless it is set.
    pub least_overlap: f64,
    /// The fewest shingles that both have: 20 unless it is set, about a sentence or two.
    pub least_shared: usize,
}

impl Default for CopyOptions {
    fn default() -> Self {
        Self { least_overlap: 0.3, least_shared: 20 }
    }
}

/// Returns proposals: which of these stories are copies of which. They come in the order of the copies, earliest first.
///
/// A story is a copy of one that precedes it. The earlier one precedes; if the times are the same or not known, the one with
/// more words; else the first key. A story with a day only counts as of the end of that day, in UTC, and one without a
/// time as later than all others.
///
/// For each story, the one that shares most with it is proposed. Others are proposed if what they share with it beyond
/// that is enough by itself, as in a text that was merged from two. So copies of copies form chains, and the proposals
/// grow with the number of stories only. If two texts are the same byte by byte, the second is not proposed, because
/// their digests say so. It may be missed as an original.
///
/// Two texts are compared if they share twelve words in a row outside quotation marks. If more than 64 stories have these
/// words, only the first 64 are compared. The time is in the order of `n log n` for `n` words.
pub fn copies<'t>(
    stories: impl IntoIterator<Item = Story<'t>>,
    options: &CopyOptions,
) -> Vec<CopyProposal> {
    let mut candidates: Vec<Candidate<'t>> = stories.into_iter().map(Candidate::of).collect();
    candidates.sort_by(|a, b| a.order().cmp(&b.order()));
    // Texts are from outside, so that the seed of the hash is secret.
    let mut known: HashSet<&str> = HashSet::new();
    candidates.retain(|candidate| known.insert(candidate.story.text));
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut found = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        let mut common: FxHashMap<usize, usize> = FxHashMap::default();
        for &hash in &candidate.sample {
            let earlier = having.entry(hash).or_default();
            earlier.iter().for_each(|&story| *common.entry(story).or_default() += 1);
            if earlier.len() < KEPT {
                earlier.push(number);
            }
        }
        let mut likely: Vec<(usize, usize)> = common.into_iter().collect();
        likely.sort_unstable_by_key(|&(story, count)| (Reverse(count), story));
        let likely = likely.iter().take(COMPARED).filter_map(|&(story, _)| candidates.get(story));
        found.extend(candidate.originals(likely, options));
    }
    found
}

/// A story with what is compared of it.
struct Candidate<'t> {
    story: Story<'t>,
    words: usize,
    set: Vec<u64>,
    sample: Vec<u64>,
}

impl<'t> Candidate<'t> {
    fn of(story: Story<'t>) -> Self {
        let shingles = Shingles::of(story.text);
        let (words, set, sample) = (shingles.words(), shingles.set(), shingles.sample());
        Self { story, words, set, sample }
    }

    /// Returns by what stories precede each other.
    fn order(&self) -> (bool, Option<Timestamp>, Reverse<usize>, &'t str) {
        (self.story.moment.is_none(), self.story.moment, Reverse(self.words), self.story.key)
    }

    /// Returns the originals of this story among some that precede it, the one that shares most first.
    fn originals<'c>(
        &self,
        earlier: impl Iterator<Item = &'c Self>,
        options: &CopyOptions,
    ) -> Vec<CopyProposal>
    where
        't: 'c,
    {
        let is_enough = |shared: usize, other: &Self| {
            let shorter = self.set.len().min(other.set.len());
            shared >= options.least_shared.max(1)
                && shared as f64 >= options.least_overlap * shorter as f64
        };
        let with_shared = earlier.map(|other| (other, common(&self.set, &other.set)));
        let mut likely: Vec<(&Self, Vec<u64>)> =
            with_shared.filter(|(other, shared)| is_enough(shared.len(), other)).collect();
        // The sort is stable: of two that share equally much, the earlier one comes first.
        likely.sort_by_key(|(other, _)| other.order());
        likely.sort_by_key(|(_, shared)| Reverse(shared.len()));
        let (mut found, mut covered) = (Vec::new(), Vec::new());
        for (other, shared) in likely {
            let beyond = shared.len() - common(&shared, &covered).len();
            if is_enough(beyond, other) {
                covered.extend(&shared);
                covered.sort_unstable();
                covered.dedup();
                found.push(self.proposal(other, shared.len()));
            }
        }
        found
    }

    fn proposal(&self, original: &Self, shared: usize) -> CopyProposal {
        let passages = Shingles::of(self.story.text).shared(&Shingles::of(original.story.text));
        CopyProposal {
            copy: self.story.key.to_owned(),
            original: original.story.key.to_owned(),
            precedence: match () {
                () if self.story.moment != original.story.moment => Precedence::Earlier,
                () if self.words != original.words => Precedence::Longer,
                () => Precedence::Key,
            },
            shared,
            of_copy: self.set.len(),
            of_original: original.set.len(),
            passages: passages
                .into_iter()
                .map(|(ours, theirs)| SharedPassage {
                    in_copy: span(ours),
                    in_original: span(theirs),
                })
                .collect(),
        }
    }
}

/// Returns what two ascending lists have in common.
fn common(one: &[u64], other: &[u64]) -> Vec<u64> {
    let mut rest = other.iter().peekable();
    let is_there = |hash: &&u64| {
        while rest.next_if(|other| other < hash).is_some() {}
        rest.peek() == Some(hash)
    };
    one.iter().filter(is_there).copied().collect()
}
