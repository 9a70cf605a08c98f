//! Mentions of 100,000 names in a text of 4 MiB.

use crate::name::{graph_of, names};
use crate::support::{Numbers, measure};
use aho_corasick::{AhoCorasick, MatchKind};
use claimgraph_intake::{mention::MentionFinder, name::NameIndex};
use criterion::Criterion;

/// Returns a text of about four megabytes: made-up words, and a name every twelve words.
fn text(names: &[String]) -> String {
    const WORDS: [&str; 16] = [
        "the",
        "officials",
        "said",
        "that",
        "a",
        "deployment",
        "of",
        "troops",
        "was",
        "not",
        "expected",
        "before",
        "winter,",
        "according",
        "to",
        "sources.\n",
    ];
    let mut numbers = Numbers::new(5);
    let mut text = String::new();
    while text.len() < 4 << 20 {
        for _ in 0..12 {
            text.push_str(WORDS[numbers.below(WORDS.len())]);
            text.push(' ');
        }
        text.push_str(&names[numbers.below(names.len())]);
        text.push_str("’s ");
    }
    text
}

/// Making the finder, and finding the names.
pub fn mentions(criterion: &mut Criterion) {
    let names = names();
    let index = NameIndex::of(&graph_of(&names));
    let text = text(&names);
    let alone = || {
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
        builder.build(&names).unwrap()
    };
    let (finder, automaton) = (MentionFinder::of(&index).unwrap(), alone());
    let make = || u64::from(MentionFinder::of(&index).is_ok());
    let make_alone = || alone().patterns_len() as u64;
    let contenders: [(&str, &dyn Fn() -> u64); 2] =
        [("ours", &make), ("aho-corasick", &make_alone)];
    measure(criterion, "finder of 100,000 names", &contenders);
    let find = || finder.find(&text).len() as u64;
    // It finds names within words too, and knows no entities.
    let find_alone = || automaton.find_iter(&text).count() as u64;
    assert!(find() > 0 && find() <= find_alone());
    let contenders: [(&str, &dyn Fn() -> u64); 2] =
        [("ours", &find), ("aho-corasick", &find_alone)];
    measure(criterion, "mentions in 4 MiB", &contenders);
}
