//! Deep nesting on a small stack.

use super::*;

#[test]
fn deep_brackets_are_refused_on_a_small_stack() {
    apart(module_path!(), "deep_brackets_are_refused_on_a_small_stack", deep_brackets);
}

fn deep_brackets() {
    let brackets =
        |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let deep = [
        brackets("[", "]"),
        brackets("{\"a\":", "}"),
        "[".repeat(100_000),
        "{\"claim\":".repeat(100_000),
        brackets("[{\"a\":", "}]"),
    ];
    for deep in &deep {
        for line in [
            deep.clone(),
            claim(&format!(r#","hue":{deep}"#)),
            claim(&format!(r#","valid":{deep}"#)),
            claim(&format!(r#","factor":{deep}"#)),
            claim(&format!(r#","roles":[{{"role":"about","value":{deep}}}]"#)),
            format!(r#"{{"entity":{{"key":{deep}}}}}"#),
            format!(r#"{{"entity":{{"key":"x","kind":"Thing","codes":{deep}}}}}"#),
        ] {
            assert!(read(file(&[&line])).is_err());
            assert_eq!(read_all(file(&[&line])).faults.len(), 1);
        }
        for header in [
            deep.clone(),
            format!(r#"{{"claimgraph":{deep}}}"#),
            format!(r#"{{"claimgraph":{{"vocabulary":{deep},"format":1}}}}"#),
            format!(r#"{{"claimgraph":{{"hue":{deep},"format":1}}}}"#),
            format!(r#"{{"claimgraph":{{"format":1,"vocabulary":{{"kinds":{deep}}}}}}}"#),
            format!(r#"{{"hue":{deep}}}"#),
        ] {
            assert!(read(&header).is_err());
        }
    }
    // A newer file may hold members that this release does not know, at any depth.
    let newer = format!(r#"{{"claimgraph":{{"hue":{},"format":5}}}}"#, brackets("[", "]"));
    assert!(read(&newer).unwrap_err().is_newer_format());
}

/// Records that are valid at every level, but nested deeper than any real file.
#[test]
fn statements_within_statements_are_refused_on_a_small_stack() {
    apart(
        module_path!(),
        "statements_within_statements_are_refused_on_a_small_stack",
        deep_statements,
    );
}

fn deep_statements() {
    let statement = |depth: usize, close: bool| {
        let open = r#"{"statement":{"relation":"meets","subject":"#.repeat(depth);
        let inner = if close { r#"{"entity":"nk"}"# } else { "" };
        format!(
            "{open}{inner}{}",
            if close { r#","object":{"entity":"nk"}}}"#.repeat(depth) } else { String::new() }
        )
    };
    for depth in [2, 5, 10, 20, 30, 40, 50, 55, 60, 61, 62, 63, 64, 65, 100, 100_000] {
        for close in [true, false] {
            let line = claim("").replace(r#"{"entity":"nk"}"#, &statement(depth, close));
            assert!(read(file(&[&line])).is_err(), "{depth}");
            let role = claim(&format!(
                r#","roles":[{{"role":"condition","value":{}}}]"#,
                statement(depth, close)
            ));
            assert!(read(file(&[&role])).is_err(), "{depth}");
        }
    }
}
