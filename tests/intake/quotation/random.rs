//! Properties of each passage that is found.

use claimgraph_intake::quotation::{Fit, Location, OffsetUnit, Offsets, Passage, PreparedText};
use proptest::prelude::*;

/// Words, spaces and signs that evening out changes.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "the",
        "The",
        "talks",
        "don’t",
        "don't",
        "3,000",
        "13,000",
        "e\u{301}t\u{e9}",
        "été",
        "ﬁn",
        " ",
        " ",
        "  ",
        "\n",
        "\u{a0}",
        "-",
        "—",
        "“",
        "\"",
        ".",
        "...",
        "…",
        "[x]",
        "\u{ad}",
        "東京",
        "한",
        "a",
        "a",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn passages(location: Location<'_>) -> Vec<Passage<'_>> {
    match location {
        Location::At(passage) => vec![passage],
        Location::Several { passages } => passages,
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn a_passage_reads_back_as_the_words(text in texts(), words in texts()) {
        let prepared = PreparedText::of(&text);
        let Ok(location) = prepared.find(words.as_str()) else { return Ok(()) };
        for passage in passages(location) {
            let span = passage.span();
            prop_assert_eq!(text.get(span.start as usize..span.end as usize), Some(passage.text()));
            match passage.fit() {
                Fit::Exact => prop_assert!(words.contains(passage.text())),
                // The words stand in the passage as a whole: nothing is left of it.
                Fit::Evened { .. } => {
                    let again = PreparedText::of(passage.text()).find(words.as_str());
                    let again = again.map(passages).unwrap_or_default();
                    prop_assert_eq!(again.len(), 1);
                    prop_assert_eq!(again[0].text(), passage.text());
                }
                Fit::InParts { parts, .. } => {
                    prop_assert_eq!(parts.first().map(|part| part.start), Some(span.start));
                    prop_assert_eq!(parts.last().map(|part| part.end), Some(span.end));
                    prop_assert!(parts.windows(2).all(|two| two[0].end <= two[1].start));
                }
                _ => prop_assert!(false, "an unknown fit"),
            }
        }
    }

    #[test]
    fn words_of_the_text_are_found(words in prop::collection::vec("[a-z]{1,4}", 1..20), from in 0usize..20, to in 0usize..20) {
        let (from, to) = (from.min(to) % words.len(), from.max(to) % words.len());
        prop_assume!(from <= to);
        let (text, sought) = (words.join(" "), words[from..=to].join(" "));
        let found = passages(PreparedText::of(&text).find(sought.as_str()).unwrap());
        prop_assert!(!found.is_empty());
        for passage in found {
            prop_assert_eq!(passage.text(), sought.as_str());
        }
    }

    /// Each place is tried, from left to right. No two spaces meet, so that each place is the same letter by letter.
    #[test]
    fn all_places_are_found(text in "( ?[ab]{1,2}){0,12}", words in "[ab]{1,2}( [ab]{1,2}){0,2}") {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c != ' ');
        let (mut expected, mut at) = (Vec::new(), 0);
        while at < text.len() {
            let (before, after) = text.split_at(at);
            let stands = after.strip_prefix(words.as_str()).is_some_and(|rest| {
                !is_letter(before.chars().next_back()) && !is_letter(rest.chars().next())
            });
            if stands {
                expected.push(at as u64);
            }
            at += if stands { words.len() } else { 1 };
        }
        let found = passages(PreparedText::of(&text).find(words.as_str()).unwrap());
        let exact = found.iter().filter(|passage| *passage.fit() == Fit::Exact);
        prop_assert_eq!(exact.map(|passage| passage.span().start).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn offsets_lead_there_and_back(text in "\\PC{0,40}", offset in 0usize..60) {
        let offsets = Offsets::of(&text);
        for unit in [OffsetUnit::Bytes, OffsetUnit::Characters, OffsetUnit::Utf16] {
            match offsets.to_bytes(offset, unit) {
                Ok(bytes) => {
                    prop_assert!(text.is_char_boundary(bytes));
                    prop_assert_eq!(offsets.from_bytes(bytes, unit), Ok(offset));
                }
                Err(error) => prop_assert!(error.to_string().contains(&offset.to_string())),
            }
        }
    }
}
