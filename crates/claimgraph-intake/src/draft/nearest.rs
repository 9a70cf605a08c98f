//! The words of a list that are nearest to another word. They are shown and never taken.

/// At most so many are shown.
const MOST: usize = 3;

/// Longer words are not compared.
#[cfg(feature = "fuzzy")]
const LONGEST: usize = 200;

/// Words less alike than this are not shown: of ten letters, four may differ.
#[cfg(feature = "fuzzy")]
const ALIKE: f64 = 0.6;

/// Returns a word with case, spaces, underscores and hyphens evened out: "Deploys to" and "deploys_to" are one.
pub(super) fn evened(word: &str) -> String {
    let parts =
        word.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '\u{2010}'..='\u{2015}'));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    parts.join("-")
}

/// Returns the nearest words, the best first, ties in order of the words.
///
/// The measure is that of [similar names](crate::name::compare_names): optimal string alignment, of the evened words, as a
/// share of their letters.
#[cfg(feature = "fuzzy")]
pub(super) fn nearest<'w>(word: &str, among: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    use rapidfuzz::distance::osa::{Args, BatchComparator};
    let wanted = evened(word);
    if wanted.is_empty() {
        return Vec::new();
    }
    let comparator = BatchComparator::new(wanted.chars());
    let args = Args::default().score_cutoff(ALIKE);
    let scored = among.filter(|word| word.len() <= LONGEST).filter_map(|word| {
        let alike = comparator.normalized_similarity_with_args(evened(word).chars(), &args)?;
        Some((alike, word))
    });
    let mut scored: Vec<(f64, &str)> = scored.collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup();
    scored.into_iter().take(MOST).map(|(_, word)| word).collect()
}

/// Returns the words that begin as the word does.
#[cfg(not(feature = "fuzzy"))]
pub(super) fn nearest<'w>(word: &str, among: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    let wanted = evened(word);
    let start: String = wanted.chars().take(5).collect();
    let mut found: Vec<&str> =
        among.filter(|word| !start.is_empty() && evened(word).starts_with(&start)).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found
}
