//! Proposals of copies, by hand.

use super::texts::{EDITS, EVENTS, edited};
use claimgraph::date;
use claimgraph_intake::copy::{CopyOptions, CopyProposal, Precedence, Story, copies};

fn found(stories: &[Story<'_>]) -> Vec<CopyProposal> {
    copies(stories.iter().cloned(), &CopyOptions::default())
}

/// The pairs of copy and original.
fn pairs(found: &[CopyProposal]) -> Vec<(&str, &str)> {
    found.iter().map(|proposal| (proposal.copy(), proposal.original())).collect()
}

#[test]
fn each_edit_of_a_wire_story_is_proposed() {
    for edit in EDITS {
        for [story, _, _] in EVENTS {
            let other = EVENTS[if story == EVENTS[0][0] { 1 } else { 0 }][1];
            let copy = edited(edit, story, other);
            let stories = [
                Story::new("copy", &copy).dated(date(2024, 6, 5)),
                Story::new("wire", story).dated(date(2024, 6, 4)),
            ];
            assert_eq!(pairs(&found(&stories)), [("copy", "wire")], "{edit}");
        }
    }
}

#[test]
fn reports_of_one_event_that_were_written_apart_are_not_proposed() {
    for event in EVENTS {
        let stories: Vec<Story<'_>> =
            ["a", "b", "c"].iter().zip(event).map(|(key, text)| Story::new(key, text)).collect();
        assert_eq!(pairs(&found(&stories)), []);
    }
}

#[test]
fn shared_passages_are_the_same_words_in_both_texts() {
    let story = EVENTS[1][0];
    let copy = edited("re-ordered", story, "");
    let stories = [
        Story::new("copy", &copy).dated(date(2024, 6, 5)),
        Story::new("wire", story).dated(date(2024, 6, 4)),
    ];
    let proposals = found(&stories);
    let passages = proposals[0].passages();
    assert_eq!(passages.len(), 2, "the two halves: {passages:?}");
    for passage in passages {
        let [ours, theirs] =
            [(passage.in_copy, &*copy), (passage.in_original, story)].map(|(span, text)| {
                text.get(span.start as usize..span.end as usize).unwrap_or_default()
            });
        assert!(ours == theirs && ours.len() > 200, "{ours} / {theirs}");
    }
}

#[test]
fn the_earlier_story_is_the_original_and_else_the_longer_and_else_the_first_by_key() {
    let story = EVENTS[0][0];
    let cut = edited("cut", story, "");
    let (whole, part) = (Story::new("whole", story), Story::new("part", &cut));
    let day = date(2024, 6, 4);
    let noon = "2024-06-04T12:00:00Z".parse().unwrap();
    let cases = [
        ([whole.clone(), part.clone()], "whole", Precedence::Longer),
        ([whole.clone(), part.clone().dated(day)], "part", Precedence::Earlier),
        ([whole.clone().dated(day), part.clone().published_at(noon)], "part", Precedence::Earlier),
        ([whole.clone().dated(day), part.clone().dated(day)], "whole", Precedence::Longer),
    ];
    for (stories, original, precedence) in cases {
        let proposals = found(&stories);
        assert_eq!(proposals.len(), 1);
        assert_eq!((proposals[0].original(), proposals[0].precedence()), (original, precedence));
    }
    let turned = edited("re-ordered", story, "");
    let proposals = found(&[Story::new("b", story), Story::new("a", &turned)]);
    assert_eq!((proposals[0].original(), proposals[0].precedence()), ("a", Precedence::Key));
}

#[test]
fn a_text_that_was_merged_from_two_is_a_copy_of_both() {
    let (one, two) = (EVENTS[0][0], EVENTS[1][0]);
    let merged = edited("merged", one, two);
    let day = |n| date(2024, 6, n);
    let stories = [
        Story::new("one", one).dated(day(1)),
        Story::new("two", two).dated(day(1)),
        Story::new("merged", &merged).dated(day(2)),
    ];
    let proposals = found(&stories);
    let mut originals = pairs(&proposals);
    originals.sort_unstable();
    assert_eq!(originals, [("merged", "one"), ("merged", "two")]);
}

#[test]
fn a_copy_of_a_copy_is_proposed_for_what_it_was_taken_from() {
    let wire = EVENTS[2][0];
    let paper = edited("paraphrased", wire, EVENTS[0][1]);
    let blog = edited("re-headlined", &paper, "");
    let stories = [
        Story::new("blog", &blog).dated(date(2024, 6, 3)),
        Story::new("paper", &paper).dated(date(2024, 6, 2)),
        Story::new("wire", wire).dated(date(2024, 6, 1)),
    ];
    assert_eq!(pairs(&found(&stories)), [("paper", "wire"), ("blog", "paper")]);
}

#[test]
fn the_order_of_the_stories_does_not_matter() {
    let texts: Vec<String> = EDITS
        .iter()
        .flat_map(|edit| EVENTS.map(|[story, other, _]| edited(edit, story, other)))
        .collect();
    let keys: Vec<String> = (0..texts.len()).map(|n| format!("story-{n:02}")).collect();
    let stories: Vec<Story<'_>> =
        keys.iter().zip(&texts).map(|(key, text)| Story::new(key, text)).collect();
    let turned: Vec<Story<'_>> = stories.iter().rev().cloned().collect();
    assert_eq!(found(&stories), found(&turned));
    assert!(!found(&stories).is_empty());
}

#[test]
fn a_proposal_prints_and_serialises() {
    let story = EVENTS[2][0];
    let copy = edited("cut by half", story, "");
    let proposals = found(&[Story::new("wire", story), Story::new("copy", &copy)]);
    assert_eq!(
        proposals[0].to_string(),
        "copy is a copy of wire, which is longer: 100 % of the shorter text in 1 passage"
    );
    let json = serde_json::to_value(&proposals[0]).unwrap();
    let members: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    for member in [
        "copy",
        "original",
        "precedence",
        "overlap",
        "containment",
        "resemblance",
        "shared",
        "passages",
    ] {
        assert!(members.contains(&member), "{json}");
    }
}

#[test]
fn short_empty_and_equal_texts_are_not_proposed() {
    let many = "word ".repeat(5_000);
    let stories = ["", "a b c", "a b c", EVENTS[0][0], EVENTS[0][0], &many, &many];
    let keys: Vec<String> = (0..stories.len()).map(|n| n.to_string()).collect();
    let stories: Vec<Story<'_>> =
        keys.iter().zip(stories).map(|(key, text)| Story::new(key, text)).collect();
    assert_eq!(pairs(&found(&stories)), []);
    // Options that ask for nothing do not make a pair of texts that share nothing.
    let mut options = CopyOptions::default();
    (options.least_overlap, options.least_shared) = (0.0, 0);
    let apart = [Story::new("a", EVENTS[0][0]), Story::new("b", EVENTS[1][0])];
    assert_eq!(copies(apart, &options), []);
}
