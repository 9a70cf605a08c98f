//! The names that have letters in common: three in a row, or the first of a word.

use crate::name::loose::Loose;
use rustc_hash::FxHashMap;

/// For each three letters in a row, the rows that have them. Spaces count as letters at both ends of a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    rows: FxHashMap<u64, Vec<u32>>,
    names: Vec<LooseName>,
}

/// The loose name of a row, and how many of its letters are in the blocks.
#[derive(Clone, Debug)]
struct LooseName {
    loose: Loose,
    size: u16,
}

impl Blocks {
    /// Adds the next row with its loose name.
    pub(crate) fn add(&mut self, loose: Loose) {
        let Ok(row) = u32::try_from(self.names.len()) else { return };
        let grams = grams(&loose);
        let size = u16::try_from(grams.len()).unwrap_or(u16::MAX);
        self.names.push(LooseName { loose, size });
        for gram in grams {
            self.rows.entry(gram).or_default().push(row);
        }
    }

    /// Returns each row that has something in common with the loose name, with the share: twice what is common by all.
    pub(crate) fn similar(&self, loose: &Loose) -> Vec<(u32, f32)> {
        let grams = grams(loose);
        let mut counts = vec![0_u16; self.names.len()];
        for row in grams.iter().filter_map(|gram| self.rows.get(gram)).flatten() {
            if let Some(count) = counts.get_mut(*row as usize) {
                *count += 1;
            }
        }
        let share = |(row, (&count, name)): (u32, (&u16, &LooseName))| {
            let all = grams.len() as f32 + f32::from(name.size);
            (count > 0).then(|| (row, 2.0 * f32::from(count) / all))
        };
        (0..).zip(counts.iter().zip(&self.names)).filter_map(share).collect()
    }

    /// Returns the loose name of a row.
    pub(crate) fn loose(&self, row: u32) -> Option<&Loose> {
        self.names.get(row as usize).map(|name| &name.loose)
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
