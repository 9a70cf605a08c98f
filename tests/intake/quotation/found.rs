//! Where words stand, by hand.

use claimgraph_intake::Difference;
use claimgraph_intake::quotation::{Fit, Location, PreparedText, QuotationError, Words};

const TEXT: &str = "GENEVA — The envoy said on Monday that “the talks haven’t failed”. \
    The talks, she\u{a0}said, would go on\r\nuntil Friday if both sides agreed to an exchange of 13,000 prisoners. \
    The talks had begun in May.";

/// Returns the text of the only passage, and the answer in words.
fn found(words: &str) -> (&str, String) {
    let location = PreparedText::of(TEXT).find(words).unwrap();
    let text = location.passage().map(|passage| passage.text());
    (text.unwrap_or_default(), location.to_string())
}

#[test]
fn words_that_stand_there_letter_by_letter_are_exact() {
    let location = PreparedText::of(TEXT).find("would go on").unwrap();
    assert_eq!(location.passage().map(|passage| passage.fit()), Some(&Fit::Exact));
}

#[test]
fn each_kind_of_difference_is_told() {
    for (words, differences) in [
        ("until  Friday", vec![Difference::Space]),
        ("go on until Friday", vec![Difference::Space]),
        ("\"the talks haven't failed\"", vec![Difference::Marks]),
        ("GENEVA - The envoy", vec![Difference::Dashes]),
        ("The Envoy Said", vec![Difference::Case]),
        ("ｗould go on", vec![Difference::Form]),
        ("would go\u{200b} on", vec![Difference::Invisible]),
        ("geneva -- the", vec![Difference::Dashes, Difference::Case]),
    ] {
        let location = PreparedText::of(TEXT).find(words).unwrap();
        let fit = location.passage().map(|passage| passage.fit().clone());
        assert_eq!(fit, Some(Fit::Evened { differences }), "{words}");
    }
}

#[test]
fn marks_and_ellipses_around_the_words_are_dropped() {
    assert_eq!(found("«would go on …»").0, "would go on");
    assert_eq!(found("'The envoy'").0, "The envoy");
}

#[test]
fn a_part_of_a_word_or_number_is_not_found() {
    for words in ["voy said", "3,000 prisoners", "13", "an exchange of 13,00"] {
        assert_eq!(found(words).0, "", "{words}");
    }
}

#[test]
fn a_place_that_overlaps_a_part_of_a_word_is_found() {
    let location = PreparedText::of("aha ha ha").find("ha ha").unwrap();
    assert_eq!(location.to_string(), "bytes 4..9");
}

#[test]
fn an_ellipsis_leaves_something_out() {
    let (text, told) = found("The talks ... would go on ... Friday");
    assert!(text.starts_with("The talks, she") && text.ends_with("Friday"), "{text}");
    assert_eq!(told, "bytes 75..122, in 3 parts");
}

#[test]
fn an_insertion_stands_for_something_else() {
    let (text, told) = found("[the envoy] said on Monday");
    assert_eq!(
        (text, &*told),
        ("said on Monday", "bytes 21..35, without the insertion \"the envoy\"")
    );
    let (text, _) = found("both [governments] agreed");
    assert_eq!(text, "both sides agreed");
    assert_eq!(found("[W]ould go on").0, "would go on");
}

#[test]
fn parts_that_are_far_apart_do_not_stand_together() {
    let far = format!("first {} last", "word ".repeat(1_000));
    assert!(PreparedText::of(&far).find("first ... last").unwrap().passage().is_none());
    let near = format!("first {} last", "word ".repeat(300));
    assert!(PreparedText::of(&near).find("first ... last").unwrap().passage().is_some());
}

#[test]
fn a_part_that_stands_again_nearer_to_the_next_gives_the_shorter_passage() {
    let text = PreparedText::of("one and one and two, then one and two and two");
    let Location::Several { passages } = text.find("one ... two").unwrap() else {
        panic!("two passages were expected");
    };
    let found: Vec<&str> = passages.iter().map(|passage| passage.text()).collect();
    assert_eq!(found, ["one and two", "one and two"]);
}

#[test]
fn a_later_part_may_stand_too_far_from_one_place_and_near_to_another() {
    // From the first "b" the "c" is too far; from the second it is near enough.
    let text = format!("a b {} b {} c", "w ".repeat(900), "w ".repeat(900));
    let location = PreparedText::of(&text).find("a ... b ... c").unwrap();
    assert_eq!(location.passage().map(|passage| passage.text().len()), Some(text.len()));
}

#[test]
fn a_passage_that_is_the_same_letter_by_letter_comes_before_others() {
    assert_eq!(found("the talks").1, "bytes 44..53");
}

#[test]
fn hints_reach_passages_that_are_not_the_same_letter_by_letter() {
    let text = PreparedText::of(TEXT);
    let start =
        |words: Words<'_>| text.find(words).unwrap().passage().map(|passage| passage.span().start);
    let talks = || Words::of("The talks");
    assert_eq!(text.find(talks()).unwrap().to_string(), "2 passages: bytes 75..84; bytes 180..189");
    assert_eq!(start(talks().before("had begun")), Some(180));
    assert_eq!(start(talks().after("on Monday")), Some(75));
    assert_eq!(start(talks().nth(2)), Some(180));
    assert_eq!(start(talks().near(150..160)), Some(180));
    assert_eq!(start(talks().before("haven't failed")), Some(44));
    assert_eq!(start(talks().after("GENEVA").before("failed")), Some(44));
}

#[test]
fn a_hint_that_no_passage_meets_is_refused_with_the_places() {
    let text = PreparedText::of(TEXT);
    let refused = text.find(Words::of("The talks").nth(4)).unwrap_err();
    assert_eq!(refused.to_string(), "no passage is number 4: the words stand at 3 places");
    let refused = text.find(Words::of("envoy").after("Friday")).unwrap_err();
    assert_eq!(refused.to_string(), "no passage is after \"Friday\": the words stand at 1 place");
    assert!(matches!(refused, QuotationError::NoneAsHinted { places, .. } if places.len() == 1));
}

#[test]
fn the_nearest_passage_is_proposed_and_not_taken() {
    let location =
        PreparedText::of(TEXT).find("both parties agreed to exchange 13,000 prisoners").unwrap();
    assert!(location.passage().is_none());
    let Location::Nearest(near) = location else { panic!("a proposal was expected") };
    assert_eq!(near.text(), "both sides agreed to an exchange of 13,000 prisoners");
    // "parties" replaced; "an" and "of" inserted.
    assert_eq!((near.changes(), near.words()), (3, 8));
    assert!((near.likeness() - 0.625).abs() < 1e-9);
}

#[test]
fn words_with_other_stops_are_proposed_without_a_change() {
    let Location::Nearest(near) = PreparedText::of(TEXT).find("The envoy, said on Monday").unwrap()
    else {
        panic!("a proposal was expected")
    };
    assert_eq!((near.text(), near.changes()), ("The envoy said on Monday", 0));
}

#[test]
fn words_that_have_little_in_common_with_the_text_are_nowhere() {
    assert_eq!(found("a ministry in Lima declined to comment").1, "nowhere");
}

#[test]
fn scripts_without_spaces_are_found_within_a_sentence() {
    let text = PreparedText::of("外交部发言人表示，会谈将继续。");
    assert_eq!(text.find("会谈将").unwrap().to_string(), "bytes 27..36");
    let Location::Nearest(near) = text.find("会谈会继续").unwrap() else {
        panic!("a proposal was expected")
    };
    assert_eq!(near.text(), "会谈将继续");
}
