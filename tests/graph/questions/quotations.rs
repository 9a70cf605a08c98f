//! Quotations: several fragments of a claim, several claims of a quotation, and spans that are those of the words.

#![allow(clippy::reversed_empty_ranges)] // a span that ends before it starts must be refused

use claimgraph::claim::{Attribution, NotStated, Quote, Span};
use claimgraph::error::{ErrorKind, FieldPath};
use claimgraph::questions::Quotation;
use claimgraph::reporting::*;
use claimgraph::sources::Dependence;
use claimgraph::{
    Claim, ClaimGraph, ClaimId, Date, DocumentInfo, Entity, Error, Finding, Id, date,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

const DAY: Date = date(2031, 3, 5);

/// The spelling has marks and letters of several bytes.
const TEXT: &str = "\
Tamora’s envoy said: “We saw the ships, and they are Ostrel’s.” \
Ostrel called it “idle talk” and “a fable,” and its ally spoke of “idle talk” too.";

struct World {
    graph: ClaimGraph,
    paper: Id<Document>,
    tamora: Id<State>,
    ostrel: Id<State>,
    ally: Id<State>,
    envoy: Id<Person>,
}

fn world() -> World {
    let mut graph = ClaimGraph::new();
    let paper = graph.add_document(Entity::new("paper").named("the paper"), DAY).unwrap();
    let state = |graph: &mut ClaimGraph, key: &str| graph.add(State, key).unwrap();
    let [tamora, ostrel, ally] = ["tamora", "ostrel", "ally"].map(|key| state(&mut graph, key));
    let envoy = graph.add(Person, "envoy").unwrap();
    World { graph, paper, tamora, ostrel, ally, envoy }
}

/// The bytes of the n-th occurrence of these words, counted from 0.
fn place(words: &str, n: usize) -> Range<usize> {
    let start = TEXT.match_indices(words).nth(n).unwrap().0;
    start..start + words.len()
}

/// A quote of these words of the text, with one mark of three bytes on either side.
fn quoted(words: Option<&str>, at: Range<usize>, fragment: bool) -> Quote {
    let quote = if fragment { Quote::fragment(words) } else { Quote::whole(words) };
    quote.at(at.clone()).with_marks(at.start - 3..at.end + 3)
}

impl World {
    fn says(
        &mut self,
        by: impl Into<Attribution>,
        quotes: impl IntoIterator<Item = Quote>,
    ) -> ClaimId {
        let claim = by.into().asserts(self.ostrel, OPERATES_IN, self.tamora);
        let claim = quotes.into_iter().fold(claim, Claim::quote);
        self.graph.insert(claim.read_in(self.paper, ..)).unwrap()
    }

    fn quotations(&self) -> Vec<String> {
        self.graph.view().quotations().iter().map(ToString::to_string).collect()
    }
}

/// The fault of a claim on a paper of 40 bytes that is not at hand, by the parts of a quote.
fn fault(quote: Quote) -> Option<(FieldPath, ErrorKind)> {
    let mut w = world();
    let short = w.graph.add_document("short", DocumentInfo::dated(DAY).of_length(40)).unwrap();
    let claim = Claim::by(w.ostrel).denies(w.ostrel, OPERATES_IN, w.tamora);
    let claim = claim.quote(quote).read_in(short, ..);
    let before = w.graph.to_jsonl();
    let error = w.graph.insert(claim).err()?;
    assert_eq!(w.graph.to_jsonl(), before);
    Some((error.part().unwrap().clone(), error.kind().clone()))
}

#[test]
fn a_dismissal_carries_two_fragments_each_with_its_own_spans() {
    let mut w = world();
    let seen = w.says(Claim::by(w.envoy), []);
    let dismissal = Claim::by(w.ostrel)
        .dismisses(seen)
        .quote(quoted(Some("idle talk"), place("idle talk", 0), true))
        .quote(
            Quote::fragment("a fable").at(place("a fable", 0)).with_marks(place("“a fable,”", 0)),
        );
    let dismissal = w.graph.insert(dismissal.read_in(w.paper, place("Ostrel called", 0))).unwrap();
    let claim = w.graph.claim(dismissal).unwrap();
    assert!(claim.is_quoted());
    assert_eq!(
        claim.quotes().map(|quote| quote.words().unwrap()).collect::<Vec<_>>(),
        ["idle talk", "a fable"]
    );
    assert_eq!(
        claim.to_string(),
        "ostrel dismissed as “idle talk” and “a fable” what envoy asserted: ostrel conducts operations in tamora"
    );
    let found = w.graph.view().quotations();
    let [talk, fable] = &*found else { panic!("{found:?}") };
    for (quotation, words, marked) in
        [(talk, "idle talk", "“idle talk”"), (fable, "a fable", "“a fable,”")]
    {
        let [at, with_marks] = [words, marked].map(|words| {
            let Range { start, end } = place(words, 0);
            Some(Span { start: start as u64, end: end as u64 })
        });
        assert_eq!(
            (quotation.speaker(), quotation.document()),
            (Some(w.ostrel.id()), Some(w.paper))
        );
        assert_eq!((quotation.words(), quotation.is_fragment()), (Some(words), true));
        assert_eq!((quotation.span(), quotation.span_with_marks()), (at, with_marks));
        assert_eq!(quotation.claims(), [dismissal]);
    }
    w.graph.attach_text(w.paper, TEXT).unwrap();
}

#[test]
fn a_quotation_over_three_claims_is_one_with_the_words_that_one_of_them_gives() {
    let mut w = world();
    let words = "We saw the ships, and they are Ostrel’s.";
    let at = place(words, 0);
    let plain = || Quote::whole(None).at(at.clone());
    let said = [
        w.says(Claim::by(w.envoy), [plain()]),
        w.says(Claim::by(w.envoy).quoted(), [quoted(None, at.clone(), false)]),
        w.says(Claim::by(w.envoy), [quoted(Some(words), at.clone(), true)]),
    ];
    // The same words elsewhere, of another speaker and of another document are others.
    let other = w.graph.add_document("other", DAY).unwrap();
    w.says(Claim::by(w.tamora), [plain()]);
    w.says(Claim::by(w.envoy), [Quote::whole(words)]);
    w.paper = other;
    w.says(Claim::by(w.envoy), [plain()]);
    let found = w.graph.view().quotations();
    assert_eq!(found.len(), 4);
    let shared = found.iter().find(|it| it.carried().len() == 3).unwrap();
    let mut carried: Vec<ClaimId> = shared.carried().iter().map(|claim| claim.id()).collect();
    carried.sort();
    assert_eq!(carried, said);
    assert_eq!((shared.words(), shared.is_fragment()), (Some(words), false), "two say it is whole");
    // What is without a place is first; then the other document, by its key.
    let order: Vec<_> =
        found.iter().map(|it| (it.document().unwrap(), it.span().is_some())).collect();
    let paper = shared.document().unwrap();
    assert_eq!(order, [(other, true), (paper, false), (paper, true), (paper, true)]);
}

#[test]
fn two_speakers_of_one_fragment_are_two_quotations_in_the_order_of_the_text() {
    let mut w = world();
    let (talk, more) = (place("idle talk", 0), place("a fable", 0));
    let fable = || Quote::fragment("a fable").at(more.clone()).with_marks(place("“a fable,”", 0));
    let fragments = || [fable(), quoted(None, talk.clone(), true)];
    for who in [w.ostrel, w.ally] {
        w.says(Claim::by(who), fragments());
    }
    w.graph.attach_text(w.paper, TEXT).unwrap();
    let at = |of: &str| {
        let Range { start, end } = place(of, 0);
        format!("[the paper, bytes {start}..{end}]")
    };
    let mut told = w.quotations();
    told[..2].sort();
    told[2..].sort();
    let line = |who: &str, words: &str| format!("{who}: “{words}” {}", at(words));
    let expected = [
        ("ally", "idle talk"),
        ("ostrel", "idle talk"),
        ("ally", "a fable"),
        ("ostrel", "a fable"),
    ];
    assert_eq!(told, expected.map(|(who, words)| line(who, words)));
    let json = serde_json::to_value(w.graph.view().quotations()).unwrap();
    let first = json.as_array().unwrap().iter().find(|it| it["speaker"] == "ally").unwrap();
    assert_eq!(first["document"], "paper");
    assert_eq!(first["words"], "idle talk", "from the text");
    assert_eq!(first["span"], serde_json::json!([talk.start, talk.end]));
    assert_eq!(first["span_with_marks"], serde_json::json!([talk.start - 3, talk.end + 3]));
    assert_eq!((&first["fragment"], first["claims"].as_array().unwrap().len()), (&true.into(), 1));
}

#[test]
fn the_speaker_is_the_innermost_that_is_quoted() {
    let mut w = world();
    let quote = || [Quote::whole("We saw the ships")];
    let by = |who: Id<Person>| Claim::by(NotStated).relayed_by(who);
    w.says(by(w.envoy), quote());
    w.says(by(w.envoy).quoted(), quote());
    w.says(Claim::by(w.ally).quoted().relayed_by(w.envoy).quoted(), quote());
    let mut told = w.quotations();
    told.sort();
    assert_eq!(
        told,
        ["ally", "envoy", "somebody not named"]
            .map(|who| format!("{who}: “We saw the ships” [the paper]"))
    );
}

#[test]
fn a_claim_that_is_quoted_as_it_stands_is_whole_at_its_own_place() {
    let mut w = world();
    let at = place("We saw the ships", 0);
    let claim = Claim::by(w.envoy).quoted().asserts(w.ostrel, OPERATES_IN, w.tamora);
    let claim = w.graph.insert(claim.read_in(w.paper, at.clone())).unwrap();
    let told = w.graph.view().quotations();
    let [quotation] = &*told else { panic!("{told:?}") };
    assert_eq!((quotation.words(), quotation.is_fragment()), (None, false));
    assert_eq!(
        (quotation.span(), quotation.span_with_marks()),
        (w.graph.claim(claim).unwrap().span(), None)
    );
    assert_eq!(
        quotation.to_string(),
        format!(
            "envoy asserted that ostrel conducts operations in tamora [the paper, bytes {}..{}]",
            at.start, at.end
        )
    );
    assert_eq!(w.graph.claim(claim).unwrap().quotes().len(), 0);
    w.graph.attach_text(w.paper, TEXT).unwrap();
    let told = w.graph.view().quotations();
    assert_eq!(told[0].words(), Some("We saw the ships"));
}

#[test]
fn a_quote_without_marks_and_one_without_a_document_are_quotations_too() {
    let mut w = world();
    w.says(Claim::by(w.envoy), [Quote::fragment(None).at(place("the ships", 0))]);
    for _ in 0..2 {
        let claim = Claim::by(w.envoy).denies(w.ostrel, OPERATES_IN, w.tamora);
        w.graph.insert(claim.quote(Quote::fragment("no ships")).reported(DAY)).unwrap();
    }
    let told = w.graph.view().quotations();
    // Nobody knows that two claims without a document were read in one place.
    assert_eq!(told.iter().map(|it| it.carried().len()).collect::<Vec<_>>(), [1, 1, 1]);
    assert_eq!(told.iter().filter(|it| it.document().is_none()).count(), 2);
    assert_eq!(told.iter().filter(|it| it.words().is_none()).count(), 1);
}

#[test]
fn one_claim_gives_a_quotation_once() {
    let mut w = world();
    let at = || place("idle talk", 0);
    let twice =
        [quoted(None, at(), true), quoted(None, at(), true), Quote::whole("idle talk").at(at())];
    let claim = w.says(Claim::by(w.ostrel), twice);
    assert_eq!(w.graph.claim(claim).unwrap().quotes().len(), 2, "equal quotes are one");
    let told = w.graph.view().quotations();
    assert_eq!((told.len(), told[0].claims()), (1, vec![claim]));
    assert!(w.graph.check_all().is_empty());
}

#[test]
fn views_leave_out_quotations_of_claims_that_they_exclude() {
    let mut w = world();
    for who in [w.ostrel, w.ally] {
        w.says(Claim::by(who), [Quote::fragment("idle talk")]);
    }
    let left = w.graph.view().excluding_source(w.ally).quotations();
    assert_eq!(left.iter().map(|it| it.speaker()).collect::<Vec<_>>(), [Some(w.ostrel.id())]);
    assert_eq!(left.proof().claims().len(), 1);
}

// ----- what is refused

#[test]
fn lengths_are_compared_before_the_text_is_at_hand() {
    let quote = |words, at: Range<usize>| fault(Quote::fragment(words).at(at));
    let part = FieldPath::Quote(0);
    assert_eq!(quote(Some("idle talk"), 3..12), None);
    assert_eq!(quote(Some("Süd"), 3..7), None, "lengths are in bytes");
    let other = |words, span| Some((part.clone(), ErrorKind::WordsNotOfSpan { words, span }));
    assert_eq!(quote(Some("idle talk"), 3..13), other(9, 10));
    assert_eq!(quote(Some("Süd"), 3..6), other(4, 3));
    assert_eq!(
        quote(Some("idle talk"), 12..3),
        Some((part.clone(), ErrorKind::InvertedSpan { start: 12, end: 3 }))
    );
    assert_eq!(
        quote(None, 3..41),
        Some((part.clone(), ErrorKind::SpanOutside { end: 41, length: 40 }))
    );
    for (words, at) in [(Some(""), 3..3), (None, 3..3), (Some("idle talk"), 3..3)] {
        let (found, kind) = quote(words, at).unwrap();
        assert_eq!(found, part);
        assert!(matches!(kind, ErrorKind::EmptyQuote | ErrorKind::WordsNotOfSpan { .. }), "{kind}");
    }
    for quote in [Quote::whole(None), Quote::whole(""), Quote::fragment(None).with_marks(3..9)] {
        assert_eq!(fault(quote).unwrap().1, ErrorKind::EmptyQuote);
    }
    // A cue and kept words stand in their spans, and need not be all of them.
    let mut w = world();
    let claim = || Claim::by(w.ostrel).denies(w.ostrel, OPERATES_IN, w.tamora);
    assert_eq!(w.graph.check(&claim().cue("said", 3..9).read_in(w.paper, ..)), []);
    let refused = |claim: Claim, part| {
        let faults = w.graph.check(&claim);
        let kind = ErrorKind::WordsNotOfSpan { words: 4, span: 3 };
        assert_eq!(faults, [Error::new(part, kind)]);
    };
    refused(claim().cue("said", 3..6).read_in(w.paper, ..), FieldPath::Cue);
    refused(claim().words("said").read_in(w.paper, 3..6), FieldPath::Words);
    assert_eq!(w.graph.insert(claim().words("said").read_in(w.paper, ..)).err(), None);
}

#[test]
fn marks_enclose_the_words_and_more() {
    let quote =
        |marks: Range<usize>| fault(Quote::fragment("idle talk").at(13..22).with_marks(marks));
    for around in [10..25, 10..22, 13..25, 12..23] {
        assert_eq!(quote(around), None);
    }
    for (start, end) in [(13, 22), (14, 25), (10, 21), (30, 40), (0, 10)] {
        let not = ErrorKind::MarksNotAround { start, end };
        assert_eq!(quote(start as usize..end as usize), Some((FieldPath::Quote(0), not)));
    }
    assert!(matches!(quote(10..41).unwrap().1, ErrorKind::SpanOutside { .. }));
    let without_place = fault(Quote::fragment("idle talk").with_marks(10..25)).unwrap();
    assert!(matches!(without_place.1, ErrorKind::MarksNotAround { .. }));
    let message = Error::new(FieldPath::Quote(1), ErrorKind::MarksNotAround { start: 3, end: 9 });
    assert_eq!(
        message.to_string(),
        "quote 1: the span with marks 3..9 does not enclose the words and more"
    );
}

#[test]
fn a_span_of_a_quote_needs_a_document() {
    let w = world();
    let claim = Claim::by(w.ostrel).denies(w.ostrel, OPERATES_IN, w.tamora).reported(DAY);
    let claim = claim.quote(Quote::fragment("idle talk")).quote(Quote::whole(None).at(3..9));
    let expected = Error::new(FieldPath::Quote(1), ErrorKind::SpanWithoutDocument);
    assert_eq!(w.graph.check(&claim), [expected]);
}

#[test]
fn words_that_the_text_does_not_have_are_refused_whichever_comes_first() {
    let talk = || place("idle talk", 0);
    type Made = fn(Claim, Range<usize>) -> Claim;
    let cases: [(Made, FieldPath); 4] = [
        (|claim, at| claim.quote(Quote::fragment("idle walk").at(at)), FieldPath::Quote(0)),
        (
            |claim, at| {
                claim.quote(Quote::fragment("no place")).quote(Quote::fragment("dle talk,").at(at))
            },
            FieldPath::Quote(1),
        ),
        (|claim, at| claim.cue("walk", at), FieldPath::Cue),
        (|claim, _| claim.words("walk"), FieldPath::Words),
    ];
    for (made, part) in cases {
        let mut w = world();
        let claim = Claim::by(w.ostrel).denies(w.ostrel, OPERATES_IN, w.tamora);
        let claim = made(claim.read_in(w.paper, talk()), talk());
        // The text comes later: it is refused, and the document stays without one.
        w.graph.insert(claim.clone()).unwrap();
        let before = w.graph.to_jsonl();
        let error = w.graph.attach_text(w.paper, TEXT).unwrap_err();
        assert_eq!(error.part(), Some(&part), "{error}");
        assert!(
            matches!(error.kind(), ErrorKind::OtherWords { found, .. } if found == "idle talk"),
            "{error}"
        );
        assert_eq!(w.graph.to_jsonl(), before);
        assert_eq!(w.graph.document(w.paper).unwrap().text(), None);
        // The text is at hand: the claim is refused.
        let mut w = world();
        w.graph.attach_text(w.paper, TEXT).unwrap();
        let before = w.graph.to_jsonl();
        assert_eq!(w.graph.insert(claim), Err(error));
        assert_eq!(w.graph.to_jsonl(), before);
    }
}

#[test]
fn a_span_of_a_quote_that_splits_a_character_is_found_with_the_text() {
    let mut w = world();
    let mark = place("“idle", 0).start;
    w.says(
        Claim::by(w.ostrel),
        [Quote::fragment("idle talk").at(place("idle talk", 0)).with_marks(mark + 1..mark + 15)],
    );
    let error = w.graph.attach_text(w.paper, TEXT).unwrap_err();
    let at = mark as u64 + 1;
    assert_eq!(
        (error.part(), error.kind()),
        (Some(&FieldPath::Quote(0)), &ErrorKind::SpanSplitsCharacter { at })
    );
}

#[test]
fn words_of_a_quote_of_two_papers_are_a_copy() {
    let mut w = world();
    let other = w.graph.add_document("other", DAY).unwrap();
    let says = |w: &mut World, words: [&str; 2]| {
        w.says(Claim::by(NotStated), words.map(Quote::fragment));
    };
    says(&mut w, ["idle talk", "a fable"]);
    w.paper = other;
    says(&mut w, ["Idle  talk", "a legend"]);
    let independence = w.graph.statement(w.ostrel, OPERATES_IN, w.tamora).independence();
    let reasons: Vec<_> = independence.dependents().iter().map(|it| it.reason()).collect();
    assert_eq!((independence.count(), reasons), (1, vec![Dependence::SameQuotation]));
}

#[test]
fn a_record_is_refused_as_a_claim_is() {
    let mut w = world();
    w.says(Claim::by(w.ostrel), [Quote::fragment("idle talk").at(3..12).with_marks(0..15)]);
    let lines = w.graph.to_jsonl();
    let quotes = r#""quotes":[{"words":"idle talk","span":[3,12],"span_with_marks":[0,15],"fragment":true}]"#;
    assert!(lines.contains(quotes), "{lines}");
    let direct = r#"{"source":"ostrel","direct":true}"#;
    for (from, to, error) in [
        ("[3,12]", "[3,11]", "quote 0: the words have 9 bytes, and their span has 8"),
        ("[3,12]", "[12,3]", "quote 0: the span 12..3 ends before it starts"),
        (
            "[0,15]",
            "[3,12]",
            "quote 0: the span with marks 3..12 does not enclose the words and more",
        ),
        (
            r#""words":"idle talk","span":[3,12],"span_with_marks":[0,15],"#,
            "",
            "quote 0: a quote needs words, or the span of its words",
        ),
        (
            direct,
            r#"{"source":"ostrel"}"#,
            "quote 0: a quote needs a speaker that is quoted in its own words",
        ),
        (r#""fragment":true"#, r#""part":true"#, "unknown field"),
    ] {
        let wrong = lines.replacen(from, to, 1);
        assert_ne!(wrong, lines, "{from}");
        let found = ClaimGraph::read_jsonl(wrong.as_bytes()).unwrap_err().to_string();
        assert!(found.contains(error), "{found}");
    }
}

#[test]
fn files_without_quotes_read_as_before() {
    let rest = concat!(
        r#"{"entity":{"key":"ostrel","kind":"State"}}"#,
        "\n",
        r#"{"entity":{"key":"paper","kind":"Document","document":{"date":"2031-03-05"}}}"#,
        "\n",
        r#"{"claim":{"id":"a","speakers":[{"source":"ostrel","direct":true}],"stance":"denies","#,
        r#""statement":{"subject":{"entity":"ostrel"},"relation":"attacks","object":{"entity":"ostrel"}},"#,
        r#""document":"paper","span":[4,30],"words":"idle talk, a fable","#,
        r#""cue":{"words":"called","span":[0,9]}}}"#,
    );
    for format in [1, 2] {
        let vocabulary = serde_json::to_string(&vocabulary()).unwrap();
        let header = format!(r#"{{"claimgraph":{{"format":{format},"vocabulary":{vocabulary}}}}}"#);
        let file = format!("{header}\n{rest}");
        let graph =
            ClaimGraph::read_jsonl(file.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        let claim = graph.claims().next().unwrap();
        assert_eq!((claim.words(), claim.quotes().len()), (Some("idle talk, a fable"), 0));
        assert_eq!(graph.view().quotations().len(), 1);
        assert!(!graph.to_jsonl().contains("quotes"));
    }
}

// ----- random claims

/// Document, speaker, and quotes: a place, the words, whether it is a fragment.
type Made = (usize, usize, Vec<(Option<usize>, Option<usize>, bool)>);

/// Document, speaker, place or words of an expected quotation.
type Key = (usize, usize, Option<usize>, Option<usize>);

fn made() -> impl Strategy<Value = Vec<Made>> {
    let quote =
        (prop::option::weighted(0.8, 0..3usize), prop::option::of(0..3usize), any::<bool>());
    prop::collection::vec((0..2usize, 0..2usize, prop::collection::vec(quote, 0..3)), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotations_are_those_of_every_pair_of_quotes_whatever_the_order(
        (made, order) in made().prop_flat_map(|made| {
            let places: Vec<usize> = (0..made.len()).collect();
            (Just(made), Just(places).prop_shuffle())
        })
    ) {
        const WORDS: [&str; 3] = ["one", "two", "six"];
        let mut told: Vec<Vec<String>> = Vec::new();
        for order in [(0..made.len()).collect(), order] {
            let mut w = world();
            let other = w.graph.add_document("other", DAY).unwrap();
            let mut expected: BTreeMap<Key, BTreeSet<usize>> = BTreeMap::new();
            let mut claims = vec![None; made.len()];
            for n in order {
                let (document, speaker, quotes) = &made[n];
                let said = date(2031, 1, 1 + n as i8);
                let by = [w.ostrel, w.ally][*speaker];
                let mut claim = Claim::by(by).asserts(w.ostrel, OPERATES_IN, w.tamora).said(said);
                for &(at, words, fragment) in quotes.iter().filter(|(at, words, _)| at.or(*words).is_some()) {
                    let words_given = words.map(|n| WORDS[n]);
                    let quote = if fragment { Quote::fragment(words_given) } else { Quote::whole(words_given) };
                    claim = claim.quote(match at {
                        Some(at) => quote.at(at * 2..at * 2 + 3),
                        None => quote,
                    });
                    let key = (*document, *speaker, at, words.filter(|_| at.is_none()));
                    expected.entry(key).or_default().insert(n);
                }
                let claim = claim.read_in([w.paper, other][*document], ..);
                claims[n] = Some(w.graph.insert(claim).unwrap());
            }
            let number = |id: ClaimId| claims.iter().position(|claim| *claim == Some(id)).unwrap();
            let view = w.graph.view();
            let found = view.quotations();
            let of = |it: &Quotation<'_>| {
                let document = usize::from(it.document() == Some(other));
                let speaker = usize::from(it.speaker() == Some(w.ally.id()));
                let at = it.span().map(|span| span.start as usize / 2);
                let words = WORDS.iter().position(|words| it.words() == Some(words));
                let key = (document, speaker, at, words.filter(|_| at.is_none()));
                (key, it.claims().into_iter().map(number).collect::<BTreeSet<usize>>())
            };
            prop_assert_eq!(found.iter().map(of).collect::<BTreeMap<_, _>>(), expected.clone());
            prop_assert_eq!(found.len(), expected.len());
            let order = |it: &Quotation<'_>| (it.document() != Some(other), it.span());
            prop_assert!(found.is_sorted_by_key(order));
            told.push(found.iter().map(ToString::to_string).collect());
            let read = ClaimGraph::read_jsonl(w.graph.to_jsonl().as_bytes()).unwrap();
            prop_assert_eq!(read.view().quotations().to_string(), found.to_string());
        }
        prop_assert_eq!(&told[0], &told[1]);
    }
}
