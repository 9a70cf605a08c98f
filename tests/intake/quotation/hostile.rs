//! Words and texts that nobody expects.

use claimgraph_intake::quotation::{Location, PreparedText, QuotationError};

#[test]
fn empty_words_are_refused() {
    for words in ["", " \n\u{a0}", "\u{200b}\u{ad}", "…", "[…] ... ", "[the envoy]", "“…”"]
    {
        assert_eq!(PreparedText::of("a b").find(words), Err(QuotationError::NoWords), "{words:?}");
    }
}

#[test]
fn enormous_words_are_refused() {
    let words = "word ".repeat(20_000);
    let refused = PreparedText::of("a b").find(words.as_str()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the words to be found have 100000 bytes: at most 65536 were expected"
    );
    let parts = "a ... ".repeat(100);
    let refused = PreparedText::of("a b").find(parts.as_str()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the words to be found have 100 parts between ellipses: at most 16 were expected"
    );
}

#[test]
fn more_words_than_are_compared_have_no_nearest_passage() {
    let words = "a b ".repeat(600);
    assert_eq!(PreparedText::of("a b").find(words.as_str()), Ok(Location::Nowhere));
}

#[test]
fn an_empty_text_has_no_words() {
    assert_eq!(PreparedText::of("").find("a"), Ok(Location::Nowhere));
}

/// Each would take minutes if the work grew with the square of the length.
#[test]
fn texts_of_one_letter_take_linear_time() {
    let long = "a".repeat(1 << 20);
    let spaced = "a ".repeat(1 << 19);
    for (text, words) in [
        (&long, "a".repeat(1_000)),
        (&long, "a".repeat(60_000)),
        (&spaced, "a ".repeat(30_000)),
        (&spaced, "a a a ... a a ... a".to_owned()),
        (&spaced, "a ... ".repeat(16)),
        (&spaced, "a b a b a".to_owned()),
        (&"aa a ".repeat(1 << 18), "aa a aa a".repeat(6_000)),
        (&"\u{301}".repeat(1 << 19), "\u{301}\u{301}".to_owned()),
        (&"ﬃ".repeat(1 << 18), "f".repeat(500)),
    ] {
        let prepared = PreparedText::of(text);
        assert!(prepared.find(words.as_str()).is_ok());
    }
}
