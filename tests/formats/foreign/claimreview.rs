//! ClaimReview: authors, ratings, references by `@id`, texts and days.

use super::*;
use claimgraph::{Claim, reporting::*};
use claimgraph_formats::claimreview;

fn read(json: &str) -> Result<ReadReport, ReadError> {
    claimreview::Reader::new().read(json.as_bytes())
}

/// Returns a review of a claim, with these members in place of the usual ones.
fn review(more: &str, item: &str) -> String {
    let mut members: Vec<String> = [
        r#""@type":"ClaimReview""#,
        r#""datePublished":"2024-03-04""#,
        r#""author":{"@type":"Organization","name":"Checkers"}"#,
        r#""claimReviewed":"It rained.""#,
        r#""reviewRating":{"@type":"Rating","alternateName":"False"}"#,
    ]
    .into_iter()
    .filter(|member| {
        member.starts_with("\"@type")
            || !more.contains(member.split(':').next().unwrap_or_default())
    })
    .map(str::to_owned)
    .collect();
    members.extend([more.to_owned(), item.to_owned()].into_iter().filter(|part| !part.is_empty()));
    format!("{{{}}}", members.join(","))
}

const ITEM: &str = r#""itemReviewed":{"@type":"Claim","author":{"@type":"Person","name":"Ann"},"datePublished":"2024-03-01"}"#;

#[test]
fn what_is_reviewed_is_said_and_the_name_of_a_work_is_where_it_was_said() {
    for kind in ["CreativeWork", "Claim"] {
        let item = format!(
            r#""itemReviewed":{{"@type":"{kind}","author":{{"@type":"Person","name":"Ann"}},"datePublished":"2024-03-01","name":"a speech"}}"#
        );
        let report = report(read(&review("", &item)));
        assert_eq!(lost(&report.losses), nothing(), "{kind}");
        let said = report.graph.claims().find(|claim| claim.stance() == Stance::Asserts).unwrap();
        assert_eq!(said.to_string(), "Ann asserted that “It rained.” is true");
        let work = report.graph.entity(said.document().unwrap()).unwrap();
        assert_eq!((work.key(), work.document().unwrap().title()), ("a speech", Some("a speech")));
    }
    // A claim without any other text is what its name says; a work is not.
    let named = |kind: &str| {
        let item = format!(
            r#""itemReviewed":{{"@type":"{kind}","name":"It snowed.","datePublished":"2024-03-01"}}"#
        );
        report(read(&review(r#""claimReviewed":null"#, &item)))
    };
    assert_eq!(
        told(&named("Claim").graph),
        [
            "Checkers dismissed as “False” what somebody not named asserted: “It snowed.” is true",
            "somebody not named asserted that “It snowed.” is true",
        ]
    );
    let error = read(&review(
        r#""claimReviewed":null"#,
        r#""itemReviewed":{"@type":"CreativeWork","name":"x"}"#,
    ));
    assert!(
        error.unwrap_err().to_string().contains("claim without a text (line 1, itemReviewed.text)")
    );
    // What is reviewed counts, and another text of the claim is counted.
    let other = report(read(&review(
        "",
        r#""itemReviewed":{"@type":"Claim","text":"It poured.","datePublished":"2024-03-01"}"#,
    )));
    assert_eq!(
        lost(&other.losses),
        ["text that differs from claimReviewed: line 1, itemReviewed.text"]
    );
    assert!(told(&other.graph)[1].contains("It rained."));
}

#[test]
fn an_author_that_cannot_be_used_is_not_stated() {
    for (author, losses) in [
        (r#"{"@type":"Person","name":""}"#, 2),
        (r#"{"@type":"Person"}"#, 1),
        ("7", 1),
        (r#"[" ",{"@type":"Person","name":{}}]"#, 2),
    ] {
        let item = format!(
            r#""itemReviewed":{{"@type":"Claim","author":{author},"datePublished":"2024-03-01"}}"#
        );
        let report = report(read(&review("", &item)));
        assert_eq!(report.losses.count(), losses, "{author}: {}", report.losses);
        assert!(
            report
                .losses
                .iter()
                .all(|(_, loss)| loss.first()[0].starts_with("line 1, itemReviewed.author")),
            "{}",
            report.losses
        );
        assert_eq!(
            told(&report.graph),
            [
                "Checkers denied as “False” that “It rained.” is true, answering somebody not named",
                "somebody not named asserted that “It rained.” is true",
            ]
        );
    }
    let spaced = review(r#""author":{"@type":"Organization","name":"\tThe \n Checkers "}"#, ITEM);
    let graph = report(read(&spaced)).graph;
    assert!(graph.entity_keyed("The Checkers").is_ok());
}

#[test]
fn a_rating_is_read_as_text_number_or_list_and_one_bad_rating_refuses_nothing() {
    let rated = |rating: &str| {
        let text =
            format!("[{},{}]", review(&format!("\"reviewRating\":{rating}"), ITEM), review("", ""));
        let report = report(read(&text));
        let stance =
            report.graph.claims().map(|claim| (claim.stance(), claim.words().map(str::to_owned)));
        let mut found: Vec<(Stance, Option<String>)> = stance
            .filter(|(stance, words)| {
                *stance != Stance::Asserts && words.as_deref() != Some("False")
            })
            .collect();
        (found.pop(), lost(&report.losses))
    };
    let words = |stance, words: &str| Some((stance, Some(words.to_owned())));
    assert_eq!(rated("\"Fake\""), (words(Stance::Denies, "Fake"), nothing()));
    assert_eq!(rated("5"), (Some((Stance::Confirms, None)), nothing()));
    assert_eq!(
        rated(r#"[{"alternateName":"True"},"Wrong"]"#),
        (
            words(Stance::Confirms, "True"),
            vec!["further rating: line 1, [0].reviewRating[1]".to_owned()]
        )
    );
    assert_eq!(
        rated("[[]]"),
        (
            Some((Stance::Doubts, None)),
            vec!["review without a rating, read as a doubt: line 1, [0].reviewRating".to_owned()]
        )
    );
    assert_eq!(
        rated(r#"{"alternateName":"Fake","ratingValue":{},"stars":1}"#),
        (
            words(Stance::Denies, "Fake"),
            vec![
                "member that is not understood: line 1, [0].reviewRating.stars".to_owned(),
                "value that is not a text: line 1, [0].reviewRating.ratingValue".to_owned()
            ]
        )
    );
    // The value of a rating is kept beside its words, and written again.
    let valued = review(
        r#""reviewRating":{"ratingValue":"2","worstRating":1,"bestRating":"7","alternateName":"False"}"#,
        ITEM,
    );
    let graph = report(read(&valued)).graph;
    let denial = graph.claims().find(|claim| claim.stance() == Stance::Denies).unwrap();
    assert!(denial.to_string().contains("rating: “2 (1 to 7)”"), "{denial}");
    let mut written = Vec::new();
    let _ = claimreview::write(&graph, &mut written).unwrap();
    assert_eq!(
        report(claimreview::Reader::new().read(&*written)).graph.to_jsonl(),
        graph.to_jsonl()
    );
    let contradicted =
        review(r#""reviewRating":{"ratingValue":1,"alternateName":"confirms"}"#, ITEM);
    assert_eq!(
        lost(&report(read(&contradicted)).losses),
        ["value of a rating that its word contradicts: line 1, reviewRating.ratingValue"]
    );
}

#[test]
fn a_reference_by_id_is_the_node_of_that_id() {
    let text = format!(
        r##"{{"@context":"https://schema.org","@graph":[
        {},
        {{"@type":"Organization","@id":"#o","name":"Fact Ltd","url":"https://fact.example","alternateName":"Fact"}},
        {{"@type":"Claim","@id":"#c","text":"It rained.","author":{{"@id":"#p"}},"datePublished":"2024-03-01","appearance":"#w"}},
        {{"@type":"Person","@id":"#p","name":"Ann"}},
        {{"@type":"WebPage","@id":"#w","name":"A page","publisher":{{"@id":"#o"}}}},
        {{"@type":"Rating","@id":"#r","alternateName":"True"}},
        {{"@type":"Person","@id":"#unused","name":"Zoe"}}]}}"##,
        review(
            r##""author":{"@id":"#o"},"reviewRating":{"@id":"#r"}"##,
            r##""itemReviewed":{"@id":"#c"}"##
        )
    );
    let report = report(read(&text));
    assert_eq!(
        lost(&report.losses),
        ["node that is not a Claim or ClaimReview: line 8, @graph[6]"]
    );
    assert_eq!(
        told(&report.graph),
        [
            "Ann asserted that “It rained.” is true",
            "Fact Ltd confirmed as “True” what Ann asserted: “It rained.” is true",
        ]
    );
    let page = report.graph.entity(report.graph.entity_keyed("#w").unwrap()).unwrap();
    let publisher = page.document().unwrap().publisher().unwrap();
    assert_eq!(report.graph.name_of(publisher), "Fact Ltd");
    // A node that stands within another one counts too.
    let first =
        review(r##""author":{"@type":"Person","@id":"#z","identifier":"z1","name":"Zoe"}"##, "");
    let second = review(r##""claimReviewed":"It snowed.","author":{"@id":"#z"}"##, "");
    let nested = self::report(read(&format!("[{first},{second}]")));
    assert_eq!(lost(&nested.losses), nothing());
    assert_eq!(nested.graph.entities().map(|entity| entity.key()).collect::<Vec<_>>(), ["z1"]);
    // A node that refers to itself ends.
    let round = review(r##""isPartOf":{"@id":"#x"}"##, "");
    let round = format!(
        r##"[{round},{{"@type":"Article","@id":"#x","name":"x","publisher":{{"@id":"#x"}}}}]"##
    );
    assert_eq!(self::report(read(&round)).graph.len(), 1);
}

#[test]
fn a_claim_without_a_date_is_on_record_with_the_first_review_that_answers_it() {
    let claim = r##"{"@type":"Claim","@id":"#c","text":"It rained.","author":{"@type":"Person","name":"Ann"}}"##;
    let answer = |day: &str| {
        review(&format!("\"datePublished\":\"{day}\""), r##""itemReviewed":{"@id":"#c"}"##)
    };
    let text = format!("[{},{claim},{}]", answer("2024-03-04"), answer("2024-02-03T10:00"));
    let report = report(read(&text));
    assert_eq!(lost(&report.losses), nothing());
    let said = report.graph.claims().find(|claim| claim.stance() == Stance::Asserts).unwrap();
    assert_eq!(said.reported(), date(2024, 2, 3));
    // Without any date, the caller has to give one.
    let undated = review(r#""datePublished":"March""#, "");
    let error = read(&undated).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::NoReportDay), "{error}");
    let dated = claimreview::Reader::new().reported(DAY).read(undated.as_bytes()).unwrap();
    assert_eq!(dated.graph.claims().next().unwrap().reported(), DAY);
    assert_eq!(lost(&dated.losses), ["time that cannot be used: line 1, datePublished"]);
}

#[test]
fn feeds_and_lists_are_read_to_their_nodes_and_a_review_counts_once() {
    let feed = format!(
        r#"{{"@type":"DataFeed","dateModified":"2024-01-01","dataFeedElement":[
        {{"@type":"DataFeedItem","item":[{one},{one}]}},{{"@type":"DataFeedItem","item":{two}}},{{"@type":"DataFeedItem","item":null,"x":1}}]}}"#,
        one = review("", ITEM),
        two = review(r#""claimReviewed":"It snowed.""#, ""),
    );
    let report = report(read(&feed));
    assert_eq!(report.graph.len(), 3);
    assert_eq!(
        lost(&report.losses),
        [
            "member that is not understood: line 1, dateModified | line 2, dataFeedElement[2].x",
            "review that comes twice: line 2, dataFeedElement[0].item[1]",
        ]
    );
    let error = read(r#"{"@type":"Recipe","name":"Soup"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing is understood; expected nodes of the type ClaimReview or Claim; found \
         1 node that is not a Claim or ClaimReview (line 1)"
    );
}

#[test]
fn each_part_of_the_time_of_a_claim_is_taken_on_its_own() {
    for (coverage, edtf, losses) in [
        ("2024", "2024", 0),
        ("2024-01-02T10:00:00Z/2024-02-03T11:00", "2024-01-02/2024-02-03", 0),
        ("2024-01-02T10:00/..", "2024-01-02/..", 0),
        ("2024-01-02/soon", "2024-01-02/", 1),
        ("once", "", 1),
    ] {
        let item = format!(
            r#""itemReviewed":{{"@type":"Claim","datePublished":"2024-03-01","temporalCoverage":"{coverage}"}}"#
        );
        let report = report(read(&review("", &item)));
        let said = report.graph.claims().find(|claim| claim.stance() == Stance::Asserts).unwrap();
        assert_eq!(said.valid().and_then(|valid| valid.edtf()).unwrap_or_default(), edtf);
        assert_eq!(report.losses.count(), losses, "{coverage}: {}", report.losses);
    }
}

#[test]
fn a_claim_of_this_library_keeps_its_words_beside_an_answer_in_other_words() {
    let mut graph = ClaimGraph::new();
    let [ann, bob] = ["ann", "bob"].map(|key| graph.add(State, key).unwrap());
    let met = graph.insert(Claim::by(ann).asserts(ann, MEETS, bob).reported(DAY)).unwrap();
    let denial = Claim::by(bob).denies(ann, ATTACKS, bob).responding_to(met).reported(DAY);
    graph.insert(denial).unwrap();
    let mut written = Vec::new();
    let _ = claimreview::write(&graph, &mut written).unwrap();
    let back = report(claimreview::Reader::new().read(&*written));
    assert!(
        told(&back.graph).iter().any(|said| said == "ann asserted that “ann meets bob” is true"),
        "{:#?}",
        told(&back.graph)
    );
}

#[test]
fn a_list_of_one_is_its_value_and_a_page_may_have_its_reviews_within() {
    let one = review(
        r#""claimReviewed":["It rained."],"datePublished":["2024-03-04",7]"#,
        r#""itemReviewed":[{"@type":["Claim"],"text":["It rained."],"datePublished":["2024-03-01"]}]"#,
    );
    let page = report(read(&format!(r#"{{"@type":"NewsArticle","review":[{one}]}}"#)));
    assert_eq!(
        lost(&page.losses),
        [
            "further value: line 1, review.datePublished[1]",
            "node that is not a Claim or ClaimReview: line 1",
        ]
    );
    assert_eq!(
        told(&page.graph),
        [
            "Checkers denied as “False” that “It rained.” is true, answering somebody not named",
            "somebody not named asserted that “It rained.” is true",
        ]
    );
}

#[test]
fn an_author_has_each_of_many_names_once() {
    let names: Vec<String> = (0..9_000).chain(0..9_000).map(|n| format!("\"n{n}\"")).collect();
    let author = format!(
        r#""author":{{"@type":"Person","name":"n7","alternateName":[{}]}}"#,
        names.join(",")
    );
    let item = format!(r#""itemReviewed":{{"@type":"Claim",{author}}}"#);
    let report = report(read(&review("", &item)));
    let ann = report.graph.entity(report.graph.entity_keyed("n7").unwrap()).unwrap();
    assert_eq!(ann.names().len(), 9_000);
}

/// Each of many claims names its author by a reference.
#[test]
fn a_node_that_many_references_name_is_read_once() {
    let many = 3_000;
    let claims: Vec<String> = (0..many)
        .map(|n| format!(r#"{{"@type":"Claim","text":"t{n}","datePublished":"2024-03-01","author":{{"@id":"_:a"}}}}"#))
        .collect();
    let names: Vec<String> = (0..many).map(|n| format!("\"n{n}\"")).collect();
    let author = format!(
        r#"{{"@id":"_:a","@type":"Person","name":"Ann","email":"x","alternateName":[{}]}}"#,
        names.join(",")
    );
    let report = report(read(&format!(r#"{{"@graph":[{author},{}]}}"#, claims.join(","))));
    assert_eq!((report.graph.len(), report.graph.entity_count()), (many, 1));
    let lost = report.losses.of("member that is not understood").unwrap();
    assert_eq!(lost.count(), 1, "the loss of the author is counted once");
}

#[test]
fn reviews_of_reviews_are_read_in_whatever_order_they_come() {
    let many = 2_000;
    let review = |n: usize| {
        let item = match n {
            0 => {
                r#"{"@type":"Claim","text":"It rained.","author":{"@type":"Person","name":"Ann"}}"#
                    .to_owned()
            }
            n => format!(r#"{{"@id":"r{}","@type":"ClaimReview"}}"#, n - 1),
        };
        review("", &format!(r#""@id":"r{n}","itemReviewed":{item}"#))
    };
    let read_in = |numbers: &mut dyn Iterator<Item = usize>| {
        let all: Vec<String> = numbers.map(review).collect();
        let report = report(read(&format!("[{}]", all.join(","))));
        assert_eq!(report.losses.of("reviewed claim that is not in the file"), None);
        report.graph
    };
    let graph = read_in(&mut (0..many));
    assert_eq!(graph.len(), many + 1);
    assert_eq!(read_in(&mut (0..many).rev()).to_jsonl(), graph.to_jsonl());
}
