//! The JSON Schema of the native records: it is current, accepts every line that is written, and refuses damaged lines.

use crate::report;
use crate::support::brute::worlds;
use claimgraph::record::json_schema;
use proptest::prelude::*;
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/claimgraph.schema.json");

/// If `CLAIMGRAPH_BLESS` is set, the file is written anew.
#[test]
fn the_file_in_the_repository_is_current() {
    if std::env::var_os("CLAIMGRAPH_BLESS").is_some() {
        std::fs::write(FILE, json_schema()).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap();
    assert!(kept == json_schema(), "{FILE} is not current; run this test with CLAIMGRAPH_BLESS=1");
}

/// Checks the part of JSON Schema that our schema uses. If the schema has another keyword, this test fails.
fn is_valid(root: &Value, schema: &Value, value: &Value) -> bool {
    if let Some(all) = schema.as_bool() {
        return all;
    }
    schema.as_object().unwrap().iter().all(|(keyword, of)| match keyword.as_str() {
        "$schema" | "$defs" | "title" | "description" | "format" | "default" => true,
        "$ref" => {
            let name = of.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
            is_valid(root, &root["$defs"][name], value)
        }
        "type" => {
            let is = |name: &Value| match name.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64() || value.is_u64(),
                "boolean" => value.is_boolean(),
                "null" => value.is_null(),
                other => panic!("{other}"),
            };
            of.as_array().map_or_else(|| is(of), |names| names.iter().any(is))
        }
        "properties" => value.as_object().is_none_or(|object| {
            object.iter().all(|(name, member)| {
                of.get(name).is_none_or(|schema| is_valid(root, schema, member))
            })
        }),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            assert_eq!(of, &json!(false));
            object.keys().all(|name| schema["properties"].get(name).is_some())
        }),
        "required" => value.as_object().is_none_or(|object| {
            of.as_array().unwrap().iter().all(|name| object.contains_key(name.as_str().unwrap()))
        }),
        "items" => {
            value.as_array().is_none_or(|items| items.iter().all(|item| is_valid(root, of, item)))
        }
        "prefixItems" => value.as_array().is_none_or(|items| {
            items
                .iter()
                .zip(of.as_array().unwrap())
                .all(|(item, schema)| is_valid(root, schema, item))
        }),
        "minItems" => {
            value.as_array().is_none_or(|items| items.len() as u64 >= of.as_u64().unwrap())
        }
        "maxItems" => {
            value.as_array().is_none_or(|items| items.len() as u64 <= of.as_u64().unwrap())
        }
        "minimum" => value.as_f64().is_none_or(|number| number >= of.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|number| number <= of.as_f64().unwrap()),
        "enum" => of.as_array().unwrap().contains(value),
        "const" => of == value,
        "anyOf" => of.as_array().unwrap().iter().any(|schema| is_valid(root, schema, value)),
        "oneOf" => {
            of.as_array().unwrap().iter().filter(|schema| is_valid(root, schema, value)).count()
                == 1
        }
        // The outside reader checks this in full; here only the shape is checked.
        "pattern" => value.as_str().is_none_or(|text| match of.as_str().unwrap() {
            "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-')
            }
            "^[+-]?[0-9]+([.][0-9]+)?$" => text.parse::<claimgraph::quantity::Amount>().is_ok(),
            _ => text.parse::<claimgraph::Period>().is_ok(),
        }),
        other => panic!("the keyword {other} is not known here"),
    })
}

#[test]
fn every_line_of_the_report_is_valid_and_damaged_ones_are_not() {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let report = report::build().unwrap().graph;
    let (mut lines, mut damaged) = (0, 0);
    for line in report.to_jsonl().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(is_valid(&schema, &schema, &record), "{line}");
        lines += 1;
        let (kind, body) = record.as_object().unwrap().iter().next().unwrap();
        let mut wrong = vec![
            json!({"nonsense": body}),
            json!({kind: 7}),
            json!([record]),
            json!({kind: body, "nonsense": body}),
        ];
        let members = body.as_object().unwrap();
        for name in members.keys() {
            let mut other = members.clone();
            other.insert(name.clone(), json!({"no": ["such", "value"]}));
            wrong.push(json!({kind: other}));
        }
        let mut more = members.clone();
        more.insert("unknown".into(), json!(1));
        wrong.push(json!({kind: more}));
        for wrong in wrong {
            assert!(!is_valid(&schema, &schema, &wrong), "{wrong}");
            damaged += 1;
        }
    }
    assert!(lines > 100 && damaged > 700, "{lines} {damaged}");
}

#[test]
fn lines_in_another_accepted_spelling_are_valid() {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let claim = |more: Value| {
        let mut claim = json!({"stance": "asserts", "statement": {"subject": {"entity": "a"}, "relation": "meets"}});
        claim.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"claim": claim})
    };
    let good = [
        json!({"valid": "2024-06~"}),
        json!({"valid": {"start": {"earliest": "-0044-03-15"}, "words": null}}),
        json!({"quantity": {"unit": "men", "central": "2.5"}, "factor": 2}),
        json!({"span": [0, 7], "grade": {"reliability": "B", "credibility": 2}}),
        json!({"words": null}),
    ];
    for more in good {
        let line = claim(more);
        assert!(
            serde_json::from_value::<claimgraph::record::Record>(line.clone()).is_ok(),
            "{line}"
        );
        assert!(is_valid(&schema, &schema, &line), "{line}");
    }
    let bad = [
        json!({"valid": "in June"}),
        json!({"valid": {"start": {"earliest": "June"}}}),
        json!({"quantity": {"unit": "men", "central": 2.5}}),
        json!({"quantity": {"central": 2}}),
        json!({"span": [0]}),
        json!({"span": [0, 1, 2]}),
        json!({"grade": {"credibility": 7}}),
        json!({"stance": "says"}),
    ];
    for more in bad {
        let line = claim(more);
        assert!(
            serde_json::from_value::<claimgraph::record::Record>(line.clone()).is_err(),
            "{line}"
        );
        assert!(!is_valid(&schema, &schema, &line), "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_of_a_random_graph_is_valid(world in worlds(5..30)) {
        let schema: Value = serde_json::from_str(&json_schema()).unwrap();
        for line in world.build().graph.to_jsonl().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            prop_assert!(is_valid(&schema, &schema, &record), "{}", line);
        }
    }
}
