//! Records that contradict the rules.

use super::*;

#[test]
fn a_read_is_all_or_nothing_and_read_all_keeps_the_good_lines() {
    let text = file(&[
        &claim(""),
        "nonsense",
        &claim(r#","quantity":{"central":-5,"unit":"soldiers"}"#)
            .replace(r#""id":"c""#, r#""id":"negative""#),
        r#"{"claim":{"id":"d","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"negative"}],"reported":"2024-10-24"}}"#,
        r#"{"claim":{"id":"e","speakers":[{"source":"russia"}],"stance":"dismisses","targets":[{"claim":"c"}],"reported":"2024-10-24"}}"#,
        r#"{"entity":{"key":"z","kind":"Thing","hue":"red"}}"#,
        r#"{"entity":{"key":"z","kind":7}}"#,
    ]);
    assert_eq!(read(&text).unwrap_err().line(), Some(FIRST + 1));
    let outcome = read_all(&text);
    assert_eq!(
        (outcome.graph.len(), outcome.graph.contested().len(), outcome.graph.entity_count()),
        (2, 1, 5)
    );
    let found: Vec<(u64, bool, Option<&str>)> = outcome
        .faults
        .iter()
        .map(|fault| (fault.line().unwrap() - FIRST, fault.column().is_some(), fault.field()))
        .collect();
    let expected = [
        (1, true, None),
        (2, false, Some("claim.quantity")),
        (3, false, Some("claim.target 0")),
        (5, true, Some("entity.hue")),
        (6, true, Some("entity.kind")),
    ];
    assert_eq!(found, expected);
    let good: Vec<&str> = text
        .lines()
        .enumerate()
        .filter(|(i, _)| ![7, 8, 9, 11, 12].contains(i))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(read(good.join("\n")).unwrap().to_jsonl(), outcome.graph.to_jsonl());
}

#[test]
fn ids_that_are_taken_unknown_or_their_own_are_refused() {
    let answer = |id: &str, target: &str| {
        format!(
            r#"{{"claim":{{"id":"{id}","speakers":[{{"source":"russia"}}],"stance":"dismisses","targets":[{{"claim":"{target}"}}],"reported":"2024-10-24"}}}}"#
        )
    };
    let error = refusal(&[&claim(""), &claim("")]);
    assert!(matches!(refused_kind(&error), ErrorKind::KeyTaken { .. }), "{error}");
    let error = refusal(&[&claim(""), &answer("self", "self")]);
    assert_eq!(refused_kind(&error), &ErrorKind::AnswersItself);
    let error = refusal(&[&claim(""), &answer("d", "later")]);
    assert!(matches!(refused_kind(&error), ErrorKind::Unknown { what: "claim", .. }), "{error}");
    // A claim in a role of its own record is unknown at that point.
    let within = r#","roles":[{"role":"part-of","value":{"claim":"c"}}]"#;
    assert!(matches!(refused_kind(&refusal(&[&claim(within)])), ErrorKind::Unknown { .. }));
    for (line, part) in [
        (claim("").replace("\"nis\"", "\"nobody\""), FieldPath::Speaker(0)),
        (claim("").replace("\"nk\"", "\"nobody\""), FieldPath::Subject),
        (
            claim("").replace("{\"entity\":\"russia\"}", "{\"claim\":\"nothing\"}"),
            FieldPath::Object,
        ),
        (claim("").replace("deploys-to", "flies-to"), FieldPath::Relation),
        (claim(r#","document":"nowhere""#), FieldPath::Document),
        (
            claim(r#","roles":[{"role":"hue","value":{"text":"red"}}]"#),
            FieldPath::Role("hue".into()),
        ),
        (
            claim(r#","roles":[{"role":"treaty","value":{"entity":"nothing"}}]"#),
            FieldPath::Role("treaty".into()),
        ),
        (
            r#"{"affiliation":{"part":"nk","kind":"part-of","whole":"nothing"}}"#.into(),
            FieldPath::Affiliation,
        ),
        (r#"{"lineage":{"speaker":"nk","source":"nothing"}}"#.into(), FieldPath::Lineage),
        (
            r#"{"lineage":{"speaker":"nk","source":"nis","claims":["nothing"]}}"#.into(),
            FieldPath::Lineage,
        ),
        (
            r#"{"lineage":{"speaker":"nk","source":"nis","stated_by":"nothing"}}"#.into(),
            FieldPath::Lineage,
        ),
        (r#"{"link":{"from":"nothing","role":"part-of","to":"nothing"}}"#.into(), FieldPath::Link),
        (
            r#"{"derivation":{"claim":"nothing","quantity":{"unit":"x"},"rule":"","inputs":[]}}"#
                .into(),
            FieldPath::Derivation,
        ),
        (
            r#"{"entity":{"key":"d","kind":"Document","document":{"publisher":"nothing"}}}"#.into(),
            FieldPath::Document,
        ),
        (r#"{"entity":{"key":"d","kind":"Spaceship"}}"#.into(), FieldPath::Key),
    ] {
        let error = refusal(&[&line]);
        let ReadErrorKind::Refused(refused) = error.kind() else { panic!("{error}") };
        assert!(refused.is_unknown() && refused.part() == Some(&part), "{error}");
    }
}

#[test]
fn a_retraction_of_what_somebody_else_said_is_refused() {
    let retraction = r#"{"claim":{"speakers":[{"source":"russia"}],"stance":"retracts","targets":[{"claim":"c"}],"reported":"2024-10-24"}}"#;
    assert_eq!(refused_kind(&refusal(&[&claim(""), retraction])), &ErrorKind::NotOwnClaim);
}

#[test]
fn invalid_figures_are_refused() {
    for amount in [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1e2",
        "0.5",
        "-0.5",
        "1E400",
        "\"NaN\"",
        "\"inf\"",
        "\"1e5\"",
        "\"0x10\"",
        "true",
        "[]",
        "null7",
        "18446744073709551616",
        "\"1,000\"",
        "\"\"",
        "\"\u{663}\"",
        "\"-\"",
        "\"1.\"",
        "-9223372036854775809",
    ] {
        for line in [
            claim(&format!(r#","quantity":{{"central":{amount},"unit":"soldiers"}}"#)),
            claim(&format!(r#","quantity":{{"lower":{{"amount":{amount}}},"unit":"soldiers"}}"#)),
            claim(&format!(r#","factor":{amount}"#)),
        ] {
            let error = refusal(&[&line]);
            assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{amount}: {error}");
        }
    }
    let long =
        claim(&format!(r#","quantity":{{"central":"{}","unit":"soldiers"}}"#, "9".repeat(100_000)));
    assert!(matches!(refusal(&[&long]).kind(), ReadErrorKind::Syntax(_)));
    for (quantity, negative) in [
        (r#"{"central":-1,"unit":"soldiers"}"#, true),
        (r#"{"upper":{"amount":-1},"unit":"troops"}"#, true),
        (r#"{"lower":{"amount":"-0.5"},"unit":"soldier"}"#, true),
        (r#"{"lower":{"amount":5},"upper":{"amount":4},"unit":"soldiers"}"#, false),
        (r#"{"lower":{"amount":5,"strict":true},"upper":{"amount":5},"unit":"soldiers"}"#, false),
    ] {
        let error = refusal(&[&claim(&format!(r#","quantity":{quantity}"#))]);
        let kind = refused_kind(&error);
        assert!(
            if negative {
                matches!(kind, ErrorKind::NegativeCount { .. })
            } else {
                *kind == ErrorKind::InvertedQuantity
            },
            "{error}"
        );
    }
}

/// A graph that can be built can be saved and read again.
#[test]
fn the_greatest_and_least_amounts_survive() {
    let amounts = [
        Amount::from(i128::MAX),
        Amount::from(i128::MIN + 1),
        Amount::from(i128::MIN),
        Amount::new(i128::MIN, 18).unwrap(),
        Amount::new(1, 18).unwrap(),
        Amount::from(i64::MIN),
        Amount::from(u64::MAX),
        Amount::ZERO,
    ];
    for amount in amounts {
        let mut graph = ClaimGraph::new();
        let nk = graph.add(State, "nk").unwrap();
        let claim = Claim::by(nk)
            .asserts(nk, MEETS, nk)
            .quantity(Quantity::stated(amount, "degrees"))
            .reported(DAY);
        let claim = graph.insert(claim).unwrap();
        let text = graph.to_jsonl();
        let again = read(&text).unwrap_or_else(|error| panic!("{amount}: {error}"));
        assert_eq!(again.to_jsonl(), text);
        assert_eq!(again.claim(claim).unwrap().quantity(), graph.claim(claim).unwrap().quantity());
    }
}

#[test]
fn impossible_times_are_refused() {
    for (valid, kind) in [
        (r#""2024-06/2024-01""#, true),
        (r#""[2024-06-02..2024-06-01]""#, true),
        (
            r#"{"start":{"earliest":"2024-02-01"},"end":{"latest":"2024-01-01"},"aspect":"state"}"#,
            true,
        ),
        (r#"{"start":{"earliest":"2024-02-02","latest":"2024-02-01"},"aspect":"state"}"#, true),
        (r#""2024-13""#, false),
        (r#""2024-02-30""#, false),
        (r#""yesterday""#, false),
        (r#""99999-01-01""#, false),
        (r#""""#, false),
        ("7", false),
        (r#"{"hue":1}"#, false),
    ] {
        let error = refusal(&[&claim(&format!(r#","valid":{valid}"#))]);
        // Text that is not a period is a fault of the line. A period that ends before it starts may be either fault.
        let inverted = matches!(error.kind(), ReadErrorKind::Refused(refused) if *refused.kind() == ErrorKind::InvertedPeriod);
        assert!(
            matches!(error.kind(), ReadErrorKind::Syntax(_)) || (kind && inverted),
            "{valid}: {error}"
        );
    }
    for day in
        ["2024-02-30", "24-1-1", "", "2024-10-24T00:00", "+999999-01-01", "20241024x", "\u{202e}"]
    {
        for field in ["said", "reported"] {
            let line =
                claim("").replace(r#","reported":"2024-10-24""#, &format!(r#","{field}":"{day}""#));
            let error = refusal(&[&line]);
            assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{day}: {error}");
        }
    }
    let late = refusal(&[&claim(r#","said":"2024-10-25""#)]);
    assert!(matches!(refused_kind(&late), ErrorKind::SaidAfterReport { .. }));
    let early = refusal(&[&claim(r#","valid":"2024-10-25""#)]);
    assert!(matches!(refused_kind(&early), ErrorKind::AfterReport { .. }));
    let dateless = refusal(&[&claim("").replace(r#","reported":"2024-10-24""#, "")]);
    assert_eq!(refused_kind(&dateless), &ErrorKind::NoReportDate);
}

/// Distant days, as report day, in periods and in windows.
fn days_survive(first: claimgraph::Date, last: claimgraph::Date) {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "nk").unwrap();
    let paper = graph.add_document("old", first).unwrap();
    let periods = [
        Period::on(first),
        Period::by(last),
        Period::after(first),
        Period::throughout(first..=last),
        Period::since(first),
        Period::until(last),
        Period::holding_on(last),
        Period::from(first..last),
        Period::within(first..=last),
    ];
    for period in periods {
        graph
            .insert(Claim::by(nk).asserts(nk, MEETS, nk).valid(period).reported(last).said(first))
            .unwrap();
    }
    graph.insert(Claim::by(paper).asserts(nk, MEETS, nk).read_in(paper, ..)).unwrap();
    let text = graph.to_jsonl();
    assert_eq!(read(&text).unwrap().to_jsonl(), text);
    let view = graph.view().as_of(last).valid_at(first);
    let _ = (
        view.claims().count(),
        graph.view().timeline().len(),
        graph.view().begun_by(first).contested().len(),
    );
    graph.claims().for_each(|claim| {
        assert!(claim.holding().is_none_or(|period| !period.to_string().is_empty()))
    });
}

#[test]
fn the_first_and_last_days_of_four_digits_survive() {
    days_survive(date(0, 1, 1), claimgraph::Date::MAX);
}

/// A graph that can be built can be saved and read again.
#[test]
fn a_day_before_the_year_0_survives() {
    days_survive(date(-1, 12, 31), date(2024, 1, 1));
    days_survive(claimgraph::Date::MIN, claimgraph::Date::MAX);
}

#[test]
fn invalid_spans_are_refused() {
    for (span, expected) in [
        ("[0,11]", "outside"),
        ("[5,1]", "inverted"),
        ("[0,18446744073709551615]", "outside"),
        ("[11,11]", "outside"),
    ] {
        for more in [
            format!(r#","document":"article","span":{span}"#),
            format!(r#","document":"article","cue":{{"words":"w","span":{span}}}"#),
        ] {
            let error = refusal(&[&claim(&more)]);
            let kind = refused_kind(&error);
            let fits = match expected {
                "outside" => matches!(kind, ErrorKind::SpanOutside { length: 10, .. }),
                _ => matches!(kind, ErrorKind::InvertedSpan { .. }),
            };
            assert!(fits, "{span}: {error}");
        }
    }
    for span in [
        "[0]",
        "[0,1,2]",
        "[-1,1]",
        "[0.5,1]",
        "[0,18446744073709551616]",
        "{}",
        "\"0..1\"",
        "null,\"span\":[0,1]",
    ] {
        let error = refusal(&[&claim(&format!(r#","document":"article","span":{span}"#))]);
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{span}: {error}");
    }
    assert_eq!(
        refused_kind(&refusal(&[&claim(r#","span":[0,1]"#)])),
        &ErrorKind::SpanWithoutDocument
    );
    // The text is not in the file, so a span that splits a character is found when the text is attached.
    let mut graph = read(file(&[&claim(r#","document":"article","span":[0,2]"#)])).unwrap();
    let article = graph.typed::<Document>(graph.entity_keyed("article").unwrap()).unwrap();
    let before = graph.to_jsonl();
    let error = graph.attach_text(article, "S\u{fc}d-Korea").unwrap_err();
    assert_eq!(
        (error.part(), error.kind()),
        (Some(&FieldPath::Span), &ErrorKind::SpanSplitsCharacter { at: 2 })
    );
    assert_eq!(graph.to_jsonl(), before);
}

#[test]
fn unknown_and_repeated_fields_are_refused() {
    for (line, field) in [
        (claim(r#","hue":1"#), "claim.hue"),
        (claim(r#","quantity":{"unit":"x","hue":1}"#), "claim.quantity.hue"),
        (claim("").replace(r#"{"source":"nis"}"#, r#"{"source":"nis","hue":1}"#), "claim.speakers[0].hue"),
        (claim("").replace(r#"{"entity":"nk"}"#, r#"{"entity":"nk","hue":1}"#), "claim.statement.subject.hue"),
        (claim(r#","grade":{"hue":1}"#), "claim.grade.hue"),
        (
            r#"{"entity":{"key":"x","kind":"Thing","names":[{"text":"X","kind":"alias","hue":1}]}}"#.into(),
            "entity.names[0].hue",
        ),
        (r#"{"link":{"hue":1}}"#.into(), "link.hue"),
    ] {
        let error = refusal(&[&line]);
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
        assert_eq!(error.field(), Some(field), "{error}");
        assert!(error.column().is_some(), "{error}");
    }
    for line in [
        claim(r#","stance":"denies""#),
        r#"{"entity":{"key":"x","key":"y","kind":"Thing"}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"},"entity":{"key":"y","kind":"Thing"}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"},"claim":{}}"#.into(),
        r#"{"hue":{}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"}} {"entity":{"key":"y","kind":"Thing"}}"#.into(),
        r#"{"entity":{"key":"x","kind":"Thing"}}x"#.into(),
        "{}".into(),
        "[]".into(),
        "null".into(),
        "\"entity\"".into(),
        "7".into(),
    ] {
        assert!(matches!(refusal(&[&line]).kind(), ReadErrorKind::Syntax(_)), "{line}");
    }
    // No value, or several values, in one place.
    for term in [
        "{}",
        r#"{"entity":"nk","text":"nk"}"#,
        r#"{"absent":"nothing","claim":"c"}"#,
        r#"{"basis":"implicit"}"#,
    ] {
        let error = refusal(&[&claim("").replace(r#"{"entity":"nk"}"#, term)]);
        let told = "expected exactly one of entity, claim, text, quantity, statement and absent";
        assert!(matches!(error.kind(), ReadErrorKind::Syntax(_)), "{error}");
        assert!(error.to_string().contains(told) && error.column().is_some(), "{error}");
        assert_eq!(error.field(), Some("claim.statement.subject"));
    }
}

/// Equal derivation lines for a claim are accepted. Lines that differ contradict each other.
#[test]
fn a_second_derivation_of_another_figure_is_refused_or_kept_out() {
    let derivation = |figure: u32| {
        format!(
            r#"{{"derivation":{{"claim":"c","quantity":{{"central":{figure},"unit":"men"}},"rule":"r","inputs":[]}}}}"#
        )
    };
    let text = file(&[&claim(""), &derivation(1), &derivation(2)]);
    let outcome = read_all(&text);
    let kept = outcome.graph.claims().next().unwrap().derivation().unwrap().quantity().clone();
    assert!(
        outcome.faults.len() == 1 || kept == Quantity::stated(1, "men"),
        "the second replaced the first silently: {kept}"
    );
}
