//! The names that have letters in common: three in a row, or the first of a word.

use crate::name::loose::Loose;
use rustc_hash::FxHashMap;

/// For each three letters in a row, the rows that have them. Spaces count as letters at both ends of a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    rows: FxHashMap<u64, Vec<u32>>,
    names: Vec<Loose>,
    /// How many of them each name has.
    sizes: Vec<u16>,
}

/// The steps in which shares are counted.
const STEPS: u16 = 1_000;

impl Blocks {
    /// Adds the name of the next row.
    pub(crate) fn add(&mut self, loose: Loose) {
        let Ok(row) = u32::try_from(self.names.len()) else { return };
        let grams = grams(&loose);
        self.sizes.push(u16::try_from(grams.len()).unwrap_or(u16::MAX));
        self.names.push(loose);
        for gram in grams {
            self.rows.entry(gram).or_default().push(row);
        }
    }

    /// Returns the admitted rows that have most in common with the loose name, each with the share in steps: twice what
    /// is common by all that both have. There are at least so many, unless fewer have anything in common. Rows with the
    /// least share are all there, so that none of them comes before another.
    pub(crate) fn most_similar(
        &self,
        loose: &Loose,
        most: usize,
        admits: impl Fn(u32) -> bool,
    ) -> Vec<(u32, u16)> {
        let grams = grams(loose);
        let mut shares = vec![0_u16; self.names.len()];
        for row in grams.iter().filter_map(|gram| self.rows.get(gram)).flatten() {
            if let Some(count) = shares.get_mut(*row as usize) {
                *count += 1;
            }
        }
        let mut rows_with = vec![0_usize; usize::from(STEPS) + 1];
        for (row, (share, size)) in (0..).zip(shares.iter_mut().zip(&self.sizes)) {
            if *share == 0 {
                continue;
            }
            let all = grams.len() as f32 + f32::from(*size);
            let steps = f32::from(STEPS) * 2.0 * f32::from(*share) / all;
            // A row without a share is left out.
            *share = if admits(row) { (steps as u16).clamp(1, STEPS) } else { 0 };
            if let Some(rows) = rows_with.get_mut(usize::from(*share)) {
                *rows += 1;
            }
        }
        let mut found = 0;
        let least = (1..=STEPS).rev().find(|&share| {
            found += rows_with.get(usize::from(share)).copied().unwrap_or(0);
            found >= most
        });
        let least = least.unwrap_or(1);
        (0..).zip(shares).filter(|&(_, share)| share >= least).collect()
    }

    /// Returns the loose name of a row.
    pub(crate) fn loose(&self, row: u32) -> Option<&Loose> {
        self.names.get(row as usize)
    }
}

/// Returns the letters of each place, packed: a letter has 21 bits.
fn grams(loose: &Loose) -> Vec<u64> {
    let mut grams = Vec::new();
    for word in loose.words() {
        let mut last = [0, u64::from(' ')];
        for c in word.chars().chain(Some(' ')).map(u64::from) {
            let [first, second] = last;
            // The first of them is the first letter by itself, by which an initial finds it.
            grams.push(first << 42 | second << 21 | c);
            last = [second, c];
        }
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}
