//! How similar two names are, with the reasons.

use crate::name::key::{NameKey, of_owner, turned, words_of};
use crate::name::loose::{Loose, consonants, is_particle, without_accents};
use rapidfuzz::distance::osa::{Args, BatchComparator};
use serde::Serialize;
use std::fmt;

/// The score from which 0.95 of the pairs are one entity, or more, on the labelled pairs of the tests. The README of the
/// crate has the curve.
pub const LIKELY: f64 = 0.85;

/// The least similarity of two words that may be one. Below it, words of different names are as often so similar.
const LEAST_OF_WORDS: f64 = 0.7;

/// A reason why two names are similar, or what differs.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// The texts are equal.
    SameText,
    /// The strict forms are equal: they differ in case, spacing or punctuation.
    SameKey,
    /// One is the other with a possessive, or with the part after its comma in front.
    SameReading,
    /// They have the same letters without accents.
    Accents,
    /// They are similar in Latin letters. Needs the feature `romanised`.
    Romanised,
    /// The name has letters of another script that only look like those of the other name.
    LooksAlike,
    /// The words come in another order.
    WordOrder,
    /// The letters are the same, and divided into words otherwise: "Jong Un", "Jongun".
    Spacing,
    /// An initial fits a word.
    Initials,
    /// Some letters differ.
    Letters {
        /// How many letters are changed, left out, added, or swapped with their neighbour.
        off: usize,
        /// The share of letters that are not, from 0 to 1.
        similarity: f64,
        /// The measure.
        measure: &'static str,
    },
    /// Words that only one of the names has.
    OnlyInOne(Vec<String>),
}

/// `1 letter off: 0.93 by optimal string alignment`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SameText => "the same text",
            Self::SameKey => "the same but for case, spacing or punctuation",
            Self::SameReading => {
                "the same without a possessive or with the part after the comma in front"
            }
            Self::Accents => "accents differ",
            Self::Romanised => "similar in Latin letters",
            Self::LooksAlike => "letters of another script that look alike",
            Self::WordOrder => "another order of words",
            Self::Spacing => "the same letters in other words",
            Self::Initials => "initials fit",
            Self::Letters { off, similarity, measure } => {
                let letters = if *off == 1 { "letter" } else { "letters" };
                return write!(f, "{off} {letters} off: {similarity:.2} by {measure}");
            }
            Self::OnlyInOne(words) => return write!(f, "only in one: {}", words.join(" ")),
        })
    }
}

/// How similar two names are.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[non_exhaustive]
pub struct Likeness {
    /// From 0 to 1. Only names with equal strict forms or readings have 1.
    pub score: f64,
    /// The reasons, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
}

/// `0.96 (accents differ; initials fit)`.
impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons: Vec<String> = self.reasons.iter().map(Reason::to_string).collect();
        write!(f, "{:.2} ({})", self.score, reasons.join("; "))
    }
}

/// Returns how similar two names are. For persons, further names and patronymics count less, so that "Vladimir Putin" and
/// "Vladimir Vladimirovich Putin" are similar. A refused name is similar to none.
///
/// ```
/// use claimgraph_intake::name::{LIKELY, compare_names};
/// let person = compare_names("Vladímir Putin", "PUTIN V.", true);
/// assert_eq!(person.to_string(), "0.92 (accents differ; another order of words; initials fit)");
/// assert!(compare_names("Niger", "Nigeria", false).score < LIKELY);
/// ```
pub fn compare_names(a: &str, b: &str, of_person: bool) -> Likeness {
    match Sought::of(a) {
        Some(sought) if NameKey::of(b).is_ok() => sought.likeness(b, &Loose::of(b), of_person),
        _ => Likeness { score: 0.0, reasons: Vec::new() },
    }
}

/// Returns why two names are the same; `None` if they are not.
pub(crate) fn sameness(a: &str, b: &str) -> Option<Reason> {
    if a == b {
        return Some(Reason::SameText);
    }
    let (a_key, b_key) = (NameKey::of(a).ok()?, NameKey::of(b).ok()?);
    if a_key == b_key {
        return Some(Reason::SameKey);
    }
    let others = [of_owner(b), turned(b), Some(b_key)];
    let readings = [of_owner(a), turned(a), Some(a_key)];
    let is_reading = |reading: &NameKey| others.iter().flatten().any(|other| other == reading);
    readings.iter().flatten().any(is_reading).then_some(Reason::SameReading)
}

/// A name that others are compared with, taken apart once.
pub(crate) struct Sought {
    text: String,
    pub(crate) loose: Loose,
    joined: String,
    /// The words without accents, unless the name is in ASCII.
    plain: String,
    has_accents: bool,
    words: Vec<SoughtWord>,
}

struct SoughtWord {
    text: String,
    consonants: Vec<u8>,
    /// How many letters it has.
    length: usize,
    scorer: BatchComparator<char>,
}

/// Which word of one name goes with which of the other.
struct Alignment {
    score: f64,
    /// Pairs of places, with the similarity.
    pairs: Vec<(usize, usize, f64)>,
}

impl SoughtWord {
    /// Returns how well a word fits, from 0 to 1.
    fn fit(&self, other: &str, is_romanised: bool) -> f64 {
        if self.text == other {
            return 1.0;
        }
        let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let same_first = self.text.chars().next() == other.chars().next();
        if is_initial(&self.text) || is_initial(other) {
            let fits = same_first && is_initial(&self.text) != is_initial(other);
            return if fits { INITIAL } else { 0.0 };
        }
        if has_digit(&self.text) || has_digit(other) {
            return 0.0;
        }
        let length = other.chars().count();
        let (shorter, longer) = (self.length.min(length), self.length.max(length));
        // So many letters are off at least.
        let can_fit = shorter as f64 >= longer as f64 * LEAST_OF_WORDS;
        let args = Args::default().score_cutoff(LEAST_OF_WORDS);
        let measured = || self.scorer.normalized_similarity_with_args(other.chars(), &args);
        let similarity = can_fit.then(measured).flatten().unwrap_or(0.0);
        if is_romanised && self.consonants.len() > 1 && self.consonants == consonants(other) {
            return similarity.max(SAME_CONSONANTS);
        }
        similarity * if same_first { 1.0 } else { OTHER_FIRST_LETTER }
    }
}

impl Sought {
    /// Takes a name apart; `None` if it is refused.
    pub(crate) fn of(name: &str) -> Option<Self> {
        NameKey::of(name).ok()?;
        let loose = Loose::of(name);
        let word = |text: &str| SoughtWord {
            text: text.to_owned(),
            consonants: consonants(text),
            length: text.chars().count(),
            scorer: BatchComparator::new(text.chars().collect::<Vec<_>>()),
        };
        let words = loose.words().into_iter().map(word).collect();
        let (spelt, plain) = spelt(name);
        let joined = loose.text.replace(' ', "");
        let has_accents = spelt != plain;
        Some(Self { text: name.to_owned(), joined, loose, plain, has_accents, words })
    }

    /// Returns the score alone, by which names are ranked.
    pub(crate) fn score(&self, loose: &Loose, of_person: bool) -> f64 {
        if self.loose.text == loose.text {
            return 1.0;
        }
        let score = self.align(loose, of_person).score;
        if score < SPACED && self.is_joined(loose) { SPACED } else { score }
    }

    fn is_joined(&self, loose: &Loose) -> bool {
        self.joined.chars().eq(loose.text.chars().filter(|c| *c != ' '))
    }

    /// Pairs words, those that fit best first.
    fn align(&self, loose: &Loose, of_person: bool) -> Alignment {
        let words = &*loose.words();
        let is_romanised = self.loose.is_romanised || loose.is_romanised;
        let mut fits: Vec<(usize, usize, f64)> = Vec::new();
        for (own_place, own) in self.words.iter().enumerate() {
            for (place, other) in words.iter().enumerate() {
                let fit = own.fit(other, is_romanised);
                fits.extend((fit > 0.0).then_some((own_place, place, fit)));
            }
        }
        fits.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
        for fit in fits {
            if pairs.iter().all(|pair| pair.0 != fit.0 && pair.1 != fit.1) {
                pairs.push(fit);
            }
        }
        let score = self.weigh(words, &pairs, of_person);
        Alignment { score, pairs }
    }

    fn weigh(&self, words: &[&str], pairs: &[(usize, usize, f64)], of_person: bool) -> f64 {
        let weight = |word: &str| match is_particle(word) {
            true => PARTICLE_WEIGHT,
            false => word.chars().count() as f64,
        };
        let (mut fitting, mut own_rest, mut other_rest, mut least) = (0.0, 0.0, 0.0, 1.0_f64);
        own_rest += self.words.iter().map(|word| weight(&word.text)).sum::<f64>();
        other_rest += words.iter().map(|word| weight(word)).sum::<f64>();
        let all = own_rest + other_rest;
        let mut whole_words = 0;
        for &(own, other, fits) in pairs {
            let (Some(own), Some(other)) = (self.words.get(own), words.get(other)) else {
                continue;
            };
            let (own_weight, other_weight) = (weight(&own.text), weight(other));
            (own_rest, other_rest) = (own_rest - own_weight, other_rest - other_weight);
            fitting += (own_weight + other_weight) * fits;
            least = least.min(fits);
            whole_words += usize::from(!is_initial(&own.text) && !is_initial(other));
        }
        let rest = own_rest + other_rest;
        // Further names are names that only one of the two gives. If both give others, they are of two persons.
        let is_further = of_person && whole_words > 1 && own_rest.min(other_rest) < 1.0;
        let counted = if is_further { all - rest * (1.0 - FURTHER_NAMES) } else { all };
        // Initials say little without a word beside them.
        let score = if whole_words == 0 { 0.5 } else { 1.0 } * fitting / counted.max(1.0);
        // One word that does not fit well weighs as much as all together.
        score * (1.0 - WORST_WORD) + score * least * WORST_WORD
    }

    /// Returns how similar a name with this loose form is, with the reasons.
    pub(crate) fn likeness(&self, name: &str, loose: &Loose, of_person: bool) -> Likeness {
        let can_be_same = self.is_joined(loose) || has_readings(&self.text) || has_readings(name);
        if can_be_same && let Some(reason) = sameness(&self.text, name) {
            return Likeness { score: 1.0, reasons: vec![reason] };
        }
        let words = loose.words();
        let mut alignment = self.align(loose, of_person);
        let mut reasons = Vec::new();
        let mut score = alignment.score;
        if self.loose.text != loose.text && score < SPACED && self.is_joined(loose) {
            (score, alignment.pairs) = (SPACED, Vec::new());
            reasons.push(Reason::Spacing);
        }
        self.explain(&words, &alignment, reasons.is_empty(), &mut reasons);
        let (spelt, plain) = spelt(name);
        if (self.loose.is_romanised || loose.is_romanised) && self.plain != plain {
            reasons.insert(0, Reason::Romanised);
            score -= 0.03;
        }
        if self.has_accents || spelt != plain {
            reasons.insert(0, Reason::Accents);
        }
        score = score.clamp(0.0, NOT_SAME);
        Likeness { score: (score * 10_000.0).round() / 10_000.0, reasons }
    }

    fn explain(
        &self,
        words: &[&str],
        alignment: &Alignment,
        divided_alike: bool,
        reasons: &mut Vec<Reason>,
    ) {
        let mut pairs = alignment.pairs.clone();
        pairs.sort_unstable_by_key(|pair| pair.0);
        if !pairs.is_sorted_by_key(|pair| pair.1) {
            reasons.push(Reason::WordOrder);
        }
        let (mut off, mut longest, mut has_initials) = (0, 0, false);
        for &(own, other, fits) in &pairs {
            let (Some(own), Some(other)) = (self.words.get(own), words.get(other)) else {
                continue;
            };
            let length = own.text.chars().count().max(other.chars().count());
            longest += length;
            if fits == INITIAL && (own.text.chars().count() == 1 || other.chars().count() == 1) {
                has_initials = true;
            } else if fits < 1.0 {
                off += own.scorer.distance(other.chars());
            }
        }
        if has_initials {
            reasons.push(Reason::Initials);
        }
        if off > 0 {
            let similarity = 1.0 - off as f64 / longest as f64;
            let similarity = (similarity * 10_000.0).round() / 10_000.0;
            reasons.push(Reason::Letters { off, similarity, measure: MEASURE });
        }
        let own = self.words.iter().enumerate();
        let own = own.filter(|(place, _)| pairs.iter().all(|pair| pair.0 != *place));
        let other = words.iter().enumerate();
        let other = other.filter(|(place, _)| pairs.iter().all(|pair| pair.1 != *place));
        let only: Vec<String> = own
            .map(|(_, word)| word.text.clone())
            .chain(other.map(|(_, word)| (*word).to_owned()))
            .collect();
        if divided_alike && !only.is_empty() {
            reasons.push(Reason::OnlyInOne(only));
        }
    }
}

/// Returns the words of a name, and the same without accents. If the name is in ASCII, they are left out.
fn spelt(name: &str) -> (String, String) {
    let spelt = if name.is_ascii() { String::new() } else { words_of(name).join(" ") };
    let plain = without_accents(&spelt);
    (spelt, plain)
}

fn has_readings(name: &str) -> bool {
    !name.is_ascii() || name.contains([',', '\'', '"', '`'])
}

fn is_initial(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

const MEASURE: &str = "optimal string alignment";
/// The highest score of names that are not the same.
pub(crate) const NOT_SAME: f64 = 0.99;
/// The score of the same letters in other words.
const SPACED: f64 = 0.97;
/// How well words of different scripts with the same consonants fit.
const SAME_CONSONANTS: f64 = 0.9;
/// How well an initial fits.
const INITIAL: f64 = 0.9;
/// The share that is left of the similarity of words that begin with different letters.
const OTHER_FIRST_LETTER: f64 = 0.9;
/// The weight of a particle, in letters.
const PARTICLE_WEIGHT: f64 = 0.5;
/// The share of their weight that further names of a person count.
const FURTHER_NAMES: f64 = 0.25;
/// The share of the score that the worst pair of words decides.
const WORST_WORD: f64 = 0.3;
