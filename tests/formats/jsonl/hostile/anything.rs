//! Arbitrary bytes, text and JSON.

use super::*;

fn value() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "claimgraph",
        "entity",
        "affiliation",
        "claim",
        "link",
        "derivation",
        "lineage",
        "key",
        "kind",
        "names",
        "codes",
        "document",
        "id",
        "speakers",
        "source",
        "stance",
        "asserts",
        "denies",
        "retracts",
        "statement",
        "subject",
        "relation",
        "object",
        "roles",
        "role",
        "value",
        "targets",
        "quantity",
        "central",
        "lower",
        "upper",
        "amount",
        "unit",
        "factor",
        "direction",
        "object_quantity",
        "valid",
        "start",
        "end",
        "earliest",
        "aspect",
        "state",
        "reported",
        "said",
        "span",
        "cue",
        "quotes",
        "span_with_marks",
        "fragment",
        "words",
        "grade",
        "nk",
        "russia",
        "nis",
        "article",
        "c",
        "deploys-to",
        "State",
        "Thing",
        "2024-10-24",
        "2024-06/..",
        "text",
        "absent",
        "nothing",
    ]);
    let leaf = prop_oneof![
        4 => word.clone().prop_map(|word| format!("{word:?}")),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => Just("null".to_owned()),
        1 => any::<bool>().prop_map(|flag| flag.to_string()),
        1 => any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(6, 48, 6, move |inner| {
        let field = (word.clone(), inner.clone()).prop_map(|(key, value)| format!("{key:?}:{value}"));
        prop_oneof![
            3 => prop::collection::vec(field, 0..6).prop_map(|fields| format!("{{{}}}", fields.join(","))),
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
        ]
    })
}

fn record() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec![
        "entity",
        "affiliation",
        "claim",
        "link",
        "derivation",
        "lineage",
        "claimgraph",
    ]);
    (kind, value()).prop_map(|(kind, value)| format!("{{\"{kind}\":{value}}}"))
}

/// A valid claim line with one range of it replaced.
fn damaged() -> impl Strategy<Value = String> {
    let line = claim(
        r#","quantity":{"central":3000,"unit":"soldiers"},"valid":"2024-06","document":"article","span":[0,4],"roles":[{"role":"manner","value":{"text":"x"}}]"#,
    );
    (any::<prop::sample::Index>(), 0..12usize, value()).prop_map(move |(at, length, new)| {
        let from = at.index(line.len());
        let to = (from + length).min(line.len());
        format!("{}{new}{}", &line[..from], &line[to..])
    })
}

fn never_panics(bytes: &[u8]) {
    let all = read_all(bytes);
    let strict = read(bytes);
    assert_eq!(strict.is_ok(), all.faults.is_empty());
    if let Ok(graph) = strict {
        assert_eq!(graph.to_jsonl(), all.graph.to_jsonl());
    }
    let written = all.graph.to_jsonl();
    assert_eq!(
        read(&written).unwrap().to_jsonl(),
        written,
        "a graph that was read can be written and read again"
    );
    for claim in all.graph.claims() {
        let _ = (
            claim.to_string(),
            all.graph.view().responses(claim.id()).unwrap().len(),
            all.graph.view().roots(claim.id()).unwrap(),
        );
    }
    let _ = (all.graph.contested().len(), all.graph.view().timeline().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), after_header in any::<bool>()) {
        let mut text = if after_header { format!("{HEADER}\n").into_bytes() } else { Vec::new() };
        text.extend(bytes);
        never_panics(&text);
    }

    #[test]
    fn arbitrary_text_lines_never_panic(lines in prop::collection::vec(any::<String>(), 0..5)) {
        never_panics(format!("{HEADER}\n{}", lines.join("\n")).as_bytes());
    }

    #[test]
    fn arbitrary_json_lines_never_panic(lines in prop::collection::vec(prop_oneof![value(), record(), damaged()], 1..6)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        never_panics(file(&lines).as_bytes());
    }

    #[test]
    fn arbitrary_headers_never_panic(header in prop_oneof![value(), value().prop_map(|v| format!("{{\"claimgraph\":{{\"format\":1,\"vocabulary\":{v}}}}}"))]) {
        never_panics(header.as_bytes());
    }
}
