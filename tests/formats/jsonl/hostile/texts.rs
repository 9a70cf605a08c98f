//! Hostile text in every place that takes text.

use super::*;

fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\"quoted\" and \\ back\\\\slash",
        "<script>alert(1)</script>",
        "a]]>b",
        "<!-- -->",
        "line\nbreak\r\nand\u{2028}\u{2029}more",
        "\u{1}\u{7}\u{8}\u{1b}[31mred\u{7f}\u{9b}",
        "=cmd()",
        "+1+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\u{202e}gnp.exe\u{202c}",
        "\u{200f}\u{61c}\u{2066}x\u{2069}",
        "nul\0nul",
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f466}",
        "e\u{301}\u{302}\u{303}",
        "Z\u{321}\u{34f}\u{336}",
        "\u{feff}bom",
        "\u{fffe}\u{ffff}\u{10ffff}",
        "\u{e000}",
        "null",
        "{\"entity\":1}",
        "'; DROP TABLE claims; --",
        "{0}%s%n$(id)`id`",
        "x ",
        " x",
        "\u{a0}x\u{3000}",
        "\u{df}\u{130}\u{3a3}\u{3c2}",
        "../../etc/passwd",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("long ".repeat(20_000));
    texts.push("e\u{301}".repeat(10_000));
    texts
}

/// Free text of every sort: names, languages, codes, titles, words, cues, role texts, rules, reasons, and units.
#[test]
fn hostile_text_comes_back_byte_for_byte() {
    for text in hostile_texts() {
        let mut graph = ClaimGraph::new();
        let named = Entity::new("key")
            .with_name(Name::alias(&*text).in_language(&*text))
            .named(&*text)
            .code(&*text, &*text);
        let nk = graph.add(State, named).unwrap();
        let paper = graph
            .add_document("paper", DocumentInfo::dated(DAY).titled(&*text).with_text(&*text))
            .unwrap();
        let said = Claim::by(nk)
            .asserts(nk, MEETS, nk)
            .with(MANNER, &*text)
            .with(ABOUT, &*text)
            .with(CONDITION, Statement::new(nk, HAS_PURPOSE, &*text))
            .quantity(Quantity::vague(&text, &*text))
            .valid(Period::on(DAY).in_words(&*text))
            .words(&*text)
            .cue(&*text, 0..text.len())
            .quote(claimgraph::claim::Quote::whole(&*text).at(0..text.len()))
            .read_in(paper, 0..text.len());
        let said = graph.insert(said).unwrap();
        let other =
            graph.insert(Claim::by(nk).asserts(nk, HAS_PURPOSE, &*text).reported(DAY)).unwrap();
        graph.link(Link::part_of(other, said).because(&*text)).unwrap();
        graph
            .add_derived_figure(
                other,
                Derivation::new(Quantity::stated(1, &*text).in_words(&*text), &*text, [said]),
            )
            .unwrap();

        let written = graph.to_jsonl();
        let unfit = |c: char| c.is_control() && c != '\n';
        assert!(
            !written.contains(unfit) || text.contains(['\u{7f}', '\u{9b}', '\u{85}']),
            "control characters are escaped: {text:?}"
        );
        assert_eq!(
            written.lines().count(),
            graph.to_jsonl().split('\n').count() - 1,
            "a line break within a line"
        );
        let again = read(&written).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(again.to_jsonl(), written);
        let claim = again.claims().find(|claim| claim.is(MEETS)).unwrap();
        assert_eq!((claim.words(), claim.cue()), (Some(&*text), Some(&*text)));
        assert_eq!(claim.quotes().next().and_then(|quote| quote.words()), Some(&*text));
        assert_eq!(claim.role(MANNER).next().and_then(claimgraph::Term::text), Some(&*text));
        assert_eq!(claim.quantity().map(|q| (q.unit(), q.words())), Some((&*text, Some(&*text))));
        assert_eq!(claim.valid().as_ref().and_then(Period::words), Some(&*text));
        let entity = again.entity(again.entity_keyed("key").unwrap()).unwrap();
        assert_eq!((entity.name(), entity.codes()), (&*text, &[(text.clone(), text.clone())][..]));
        assert!(entity.names().iter().all(|name| name.text() == text));
        assert_eq!(
            again.documents().next().and_then(|d| d.document()).and_then(DocumentInfo::title),
            Some(&*text)
        );
        assert!(again.lookup(&text, State).one().is_some(), "{text:?}");
        let _ = (
            again.show(claim.id()).unwrap(),
            format!("{claim:?} {entity:?} {:?}", again.view().responses(claim.id()).unwrap()),
        );
    }
}

/// Unfit keys are refused; the others come back byte for byte.
#[test]
fn a_hostile_key_comes_back_or_is_refused() {
    for key in hostile_texts() {
        let mut graph = ClaimGraph::new();
        let fit = key.len() <= 512 && !key.contains(char::is_control) && key.trim() == key;
        match graph.add(State, &*key) {
            Ok(id) => {
                assert!(fit, "{key:?}");
                graph.insert(Claim::by(id).asserts(id, MEETS, id).reported(DAY)).unwrap();
                let text = graph.to_jsonl();
                let again = read(&text).unwrap();
                assert_eq!(again.to_jsonl(), text);
                assert_eq!(
                    again.entities().map(|entity| entity.key().to_owned()).collect::<Vec<_>>(),
                    [&*key]
                );
                // Messages that quote the key can be printed safely.
                let error = graph.add(Person, &*key).unwrap_err();
                assert!(
                    error.to_string().len() < 500
                        && !error.to_string().contains(is_unfit_for_a_terminal),
                    "{error}"
                );
            }
            Err(error) => {
                assert!(
                    !fit && matches!(error.kind(), ErrorKind::BadText { .. }),
                    "{key:?}: {error}"
                );
                assert!(
                    error.to_string().len() < 500
                        && !error.to_string().contains(is_unfit_for_a_terminal),
                    "{error}"
                );
            }
        }
        // The same from a file, as the id of a claim, and in every place where a key is looked up.
        let quoted = serde_json::to_string(&key).unwrap();
        let outcome =
            read_all(file(&[&format!(r#"{{"entity":{{"key":{quoted},"kind":"Thing"}}}}"#)]));
        assert_eq!(outcome.faults.is_empty(), fit, "{key:?}");
        assert!(read(file(&[&claim("").replace(r#""c""#, &quoted)])).is_ok(), "an id is any text");
        for (old, part) in
            [("\"nis\"", "speaker"), ("\"nk\"", "subject"), ("\"deploys-to\"", "relation")]
        {
            let error = refusal(&[&claim("").replace(old, &quoted)]);
            assert_eq!(error.field(), Some(&*format!("claim.{part}")), "{error}");
        }
        refusal(&[&claim(&format!(r#","roles":[{{"role":{quoted},"value":{{"text":"x"}}}}]"#))]);
        refusal(&[&claim(&format!(r#","valid":{quoted}"#))]);
        refusal(&[&claim(&format!(r#","certainty":{quoted}"#))]);
        refusal(&[&claim(&format!(r#",{quoted}:1"#))]);
        refusal(&[&claim(&format!(r#","factor":{quoted}"#))
            .replace("\"factor\":\"-1\"", "\"factor\":\"x\"")]);
        refusal(&[&format!(r#"{{{quoted}:1}}"#)]);
        refusal(&[&format!(r#"{{"entity":{{"key":"d","kind":{quoted}}}}}"#)]);
        refusal(&[&format!(
            r#"{{"entity":{{"key":"d","kind":"Document","document":{{"sha256":{quoted}}}}}}}"#
        )]);
    }
}

/// Kinds, relations and roles come from the file too. Their names must not get into a message unescaped or at full
/// length.
#[test]
fn hostile_vocabulary_does_not_get_into_messages() {
    let mut harmful: Vec<String> = Vec::new();
    let mut note = |error: ReadError| {
        let message = error.to_string();
        if !is_harmless(&message) {
            harmful.push(format!(
                "{} bytes: {:?}",
                message.len(),
                message.chars().take(120).collect::<String>()
            ));
        }
    };
    let evil = "\u{202e}\u{2066}live".to_owned();
    let long = "x".repeat(512);
    for name in [evil, long] {
        let q = serde_json::to_string(&name).unwrap();
        let other = serde_json::to_string(&name[..name.len() - 1]).unwrap();
        let kinds = format!(
            r#"[{{"key":{q},"above":["Actor","Source","Thing"]}},{{"key":{other},"above":["Actor","Source","Thing"]}}]"#
        );
        let roles = format!(r#"[{{"key":{q},"value":{{"kind":{q}}},"at_most":1}}]"#);
        let relations = format!(
            r#"[{{"key":{q},"subject":{{"kind":{q}}},"object":{{"kind":{q}}},"roles":[{q}]}},{{"key":"meets","subject":"any","object":"any"}}]"#
        );
        let header = format!(
            r#"{{"claimgraph":{{"format":1,"vocabulary":{{"kinds":{kinds},"roles":{roles},"relations":{relations},"units":[{{"key":{q},"count":true}}]}}}}}}"#
        );
        let entities = format!(
            "{{\"entity\":{{\"key\":\"a\",\"kind\":{q}}}}}\n{{\"entity\":{{\"key\":\"b\",\"kind\":{other}}}}}\n{{\"entity\":{{\"key\":\"l\",\"kind\":\"Place\"}}}}"
        );
        let claim = |relation: &str, subject: &str, more: &str| {
            format!(
                r#"{{"claim":{{"speakers":[{{"source":"a"}}],"stance":"asserts","statement":{{"subject":{subject},"relation":{relation},"object":{{"entity":"a"}}}},"reported":"2024-10-24"{more}}}}}"#
            )
        };
        let a = r#"{"entity":"a"}"#;
        let refused = [
            format!(r#"{{"entity":{{"key":"a","kind":{other}}}}}"#),
            claim(&q, r#"{"entity":"b"}"#, ""),
            claim(&q, r#"{"entity":"l"}"#, ""),
            claim(&q, r#"{"text":"a"}"#, ""),
            claim(&q, a, &format!(r#","roles":[{{"role":{q},"value":{{"text":"x"}}}}]"#)),
            claim(
                &q,
                a,
                &format!(
                    r#","roles":[{{"role":{q},"value":{{"entity":"a"}}}},{{"role":{q},"value":{{"entity":"a"}}}}]"#
                ),
            ),
            claim(
                "\"meets\"",
                a,
                &format!(r#","roles":[{{"role":{q},"value":{{"entity":"a"}}}}]"#),
            ),
            claim(&q, a, &format!(r#","quantity":{{"central":-1,"unit":{q}}}"#)),
        ];
        for line in refused {
            let text = format!("{header}\n{entities}\n{line}\n");
            let error = ClaimGraph::read_jsonl(text.as_bytes()).expect_err(&line);
            assert_eq!(error.line(), Some(5), "{error}");
            note(error);
        }
        // The message that lists the roles of a relation names them.
        let fine = claim(&q, a, r#","roles":[{"role":"manner","value":{"text":"x"}}]"#);
        assert!(read(format!("{header}\n{entities}\n{fine}\n")).is_ok());
        // Circles and contradictions in the header name the definitions involved.
        let circle = format!(
            "{header}\n{{\"entity\":{{\"key\":{q},\"kind\":\"Source\"}}}}\n{{\"lineage\":{{\"speaker\":{q},\"source\":{q}}}}}\n"
        );
        note(ClaimGraph::read_jsonl(circle.as_bytes()).unwrap_err());
        for vocabulary in [
            format!(r#"{{"kinds":[{{"key":{q},"above":["Actor"]}}]}}"#),
            format!(r#"{{"kinds":[{{"key":{q},"above":[{other}]}}]}}"#),
            format!(r#"{{"kinds":[{{"key":"Thing","above":[{q}]}}]}}"#),
            format!(r#"{{"relations":[{{"key":{q},"subject":{{"kind":{q}}},"object":"any"}}]}}"#),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"text","symmetric":true}}]}}"#
            ),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"any","implies":[{other}]}}]}}"#
            ),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"any","implies":[{other}]}},{{"key":{other},"subject":"text","object":"any"}}]}}"#
            ),
            format!(
                r#"{{"relations":[{{"key":{q},"subject":"any","object":"any","inverse":{other}}},{{"key":{other},"subject":"text","object":"any"}}]}}"#
            ),
            format!(
                r#"{{"kinds":[{{"key":{q}}}],"relations":[{{"key":{other},"subject":{{"kind":{q}}},"object":"any","symmetric":true}}]}}"#
            ),
            format!(
                r#"{{"kinds":[{{"key":{other}}},{{"key":{q},"above":["Thing",{other}]}},{{"key":"sub","above":[{q}]}}]}}"#
            ),
            format!(r#"{{"units":[{{"key":{q}}},{{"key":{other},"synonyms":[{q}]}}]}}"#),
            format!(r#"{{"roles":[{{"key":{q},"value":{{"kind":{other}}}}}]}}"#),
            format!(r#"{{"roles":[{{"key":"purpose","value":{{"kind":{q}}}}}]}}"#),
        ] {
            let text = format!(r#"{{"claimgraph":{{"format":1,"vocabulary":{vocabulary}}}}}"#);
            note(ClaimGraph::read_jsonl(text.as_bytes()).expect_err(&vocabulary));
        }
    }
    assert!(harmful.is_empty(), "{harmful:#?}");
}

/// As above, for errors of the API instead of the reader.
#[test]
fn a_circle_of_hostile_keys_is_escaped() {
    let mut graph = ClaimGraph::new();
    let nk = graph.add(State, "\u{202e}kn").unwrap();
    let error = graph.add_lineage(Lineage::new(nk, nk)).unwrap_err();
    assert!(!error.to_string().contains(is_unfit_for_a_terminal), "{:?}", error.to_string());
}
