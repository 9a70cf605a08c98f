//! schema.org `ClaimReview` and `Claim`, as JSON-LD of the shape that fact-checkers publish: an object, a
//! list of them, a `@graph` or a feed. Written and read; as plain JSON, without JSON-LD processing.
//!
//! | schema.org | claim graph |
//! |---|---|
//! | `Claim` | claim of its `author`: the text is true (relation `is-true`, the text as subject) |
//! | `ClaimReview` | its `author`'s answer to the claim in `itemReviewed` |
//! | `reviewRating` | the stance, see below; `alternateName` as the words, else `ratingExplanation`; value and range as role `rating` |
//! | `claimReviewed` | what the claimant said; of a review without `itemReviewed`, the statement |
//! | `itemReviewed` that is a work; `name` of a `Claim` beside `claimReviewed` | the document in which it was said |
//! | `@id` alone, or beside other members | the node of that id in the same file |
//! | `DataFeed`, `ItemList` | the nodes of its items |
//! | `datePublished` | the report day |
//! | `author` | speaker: `identifier` (else `@id`, `url`, `sameAs`, `name`) as key, the others as codes; `name`, `alternateName`; `@type` as kind |
//! | `firstAppearance`, else the first `appearance`; a review's `isPartOf`, else `url` | the document |
//! | further `appearance` | role `appearance` |
//! | `temporalCoverage` | when it is valid |
//! | no `author` | the document speaks; without one, an unnamed speaker |
//!
//! A rating is read by its words: the stances of this library (`confirms`, `acknowledges`, `doubts`,
//! `dismisses`, `denies`), words for true (*confirms*) and words for false (*denies*). If the words are none of
//! these, the position of the value between the worst and the best counts: up to a quarter is *denies*, from
//! three quarters is *confirms*, between them is *doubts*. A denial restates the text. The writer gives the five
//! stances the values 5, 4, 3, 2 and 1.
//!
//! The writer gives each statement as a sentence. If the speaker does not stand for the statement (a demand, a
//! plan, a forecast, a mere possibility), the writer gives the whole sentence, because it is true that it was said. Entities
//! that neither speak nor publish, affiliations, links, retractions and revisions are counted as lost.

mod nodes;
mod party;
mod rating;
mod reader;
mod review;
mod writer;

pub use crate::exchange::claimreview::writer::write;

use crate::exchange::json_input::document;

crate::reader_options::reader! {
    /// Reads schema.org `ClaimReview`s and `Claim`s from JSON-LD. A claim without a date is on record with the first
    /// review that answers it. If a review has no date, a report day has to be given. The key of a document has no
    /// effect.
    ///
    /// Names are evened out. Members and nodes that cannot be used or are not understood are left out and counted with
    /// the line of their node and with their path. An author that cannot be used is not stated.
    ///
    /// ```
    /// use claimgraph::Stance;
    /// use claimgraph_formats::claimreview;
    /// let json = r#"{"@context":"https://schema.org","@type":"ClaimReview","datePublished":"2024-10-25",
    ///   "author":{"@type":"Organization","name":"Checkers"},"claimReviewed":"The earth is flat.",
    ///   "reviewRating":{"@type":"Rating","ratingValue":1,"bestRating":5,"worstRating":1,"alternateName":"False"},
    ///   "itemReviewed":{"@type":"Claim","datePublished":"2024-10-20","author":{"@type":"Person","name":"Ann"}}}"#;
    /// let graph = claimreview::Reader::new().read(json.as_bytes())?.graph;
    /// let review = graph.claims().find(|claim| claim.stance() == Stance::Denies).unwrap();
    /// assert_eq!(review.to_string(), "Checkers denied as \u{201c}False\u{201d} that \
    ///     \u{201c}The earth is flat.\u{201d} is true, answering Ann; rating: \u{201c}1 (1 to 5)\u{201d}");
    /// # Ok::<(), claimgraph::format::ReadError>(())
    /// ```
    by |input, options| document(input, options, reader::read)
}

use claimgraph::Stance;

/// The relation that says of a text that it is true.
const IS_TRUE: &str = "is-true";
const SYSTEM: &str = "schema";
/// The start of the `@id` of a claim or review that this library wrote.
const CLAIM: &str = "urn:claimgraph:claim:";
/// The stances of reviews, with the value of each.
const RATINGS: [(Stance, u8); 5] = [
    (Stance::Denies, 1),
    (Stance::Dismisses, 2),
    (Stance::Doubts, 3),
    (Stance::Acknowledges, 4),
    (Stance::Confirms, 5),
];

const FALSE: &[&str] = &[
    "false",
    "mostly false",
    "pants on fire",
    "pants on fire!",
    "four pinocchios",
    "incorrect",
    "wrong",
    "inaccurate",
    "not true",
    "untrue",
    "fake",
    "fabricated",
    "hoax",
    "falsch",
    "faux",
    "falso",
    "false.",
];
const TRUE: &[&str] = &[
    "true",
    "mostly true",
    "correct",
    "accurate",
    "verified",
    "correct attribution",
    "wahr",
    "vrai",
    "verdadero",
];

/// Returns the stance of this library that has the word.
fn own(word: &str) -> Option<Stance> {
    RATINGS.iter().map(|&(stance, _)| stance).find(|stance| stance.as_str() == word)
}

/// Returns the stance of a rating, by its words or its position between the worst (0) and the best (1).
fn stance_of(word: Option<&str>, place: Option<f64>) -> Option<Stance> {
    let word = word.map(|word| word.trim().to_lowercase());
    let says = |list: &[&str]| word.as_deref().is_some_and(|word| list.contains(&word));
    if let Some(own) = word.as_deref().and_then(own) {
        Some(own)
    } else if says(FALSE) {
        Some(Stance::Denies)
    } else if says(TRUE) {
        Some(Stance::Confirms)
    } else {
        place.map(|place| match place {
            place if place <= 0.25 => Stance::Denies,
            place if place >= 0.75 => Stance::Confirms,
            _ => Stance::Doubts,
        })
    }
}

/// Returns the rating value of a stance.
fn value_of(stance: Stance) -> u8 {
    RATINGS.iter().find(|(known, _)| *known == stance).map_or(3, |&(_, value)| value)
}

/// The schema.org types of speakers, and their kinds.
const TYPES: &[(&str, &str)] = &[
    ("Person", "Person"),
    ("Country", "State"),
    ("GovernmentOrganization", "Agency"),
    ("Corporation", "Company"),
    ("NewsMediaOrganization", "Publisher"),
    ("Organization", "Organization"),
];
