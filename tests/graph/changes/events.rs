//! A month in a year of events, compared with a few lines of Python.

use super::*;

fn events() -> Option<(ClaimGraph, std::path::PathBuf)> {
    let Some(data) = std::env::var_os("CLAIMGRAPH_DATA") else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: CLAIMGRAPH_DATA is not set, so no events are read"
        );
        return None;
    };
    let path = std::path::PathBuf::from(data).join("icews14/icews14.tsv.gz");
    let file = std::io::BufReader::new(std::fs::File::open(&path).unwrap());
    let mapping: claimgraph_formats::tables::Mapping = serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/claimgraph-analysis/examples/mappings/events.json"
    )))
    .unwrap();
    let report = claimgraph_formats::tables::Reader::new(mapping).read(file).unwrap();
    Some((report.graph, path))
}

/// `relation TAB claims added`, as `tests/oracles/changes.py FILE "North_Korea" 2014-03-01 2014-03-31` printed it.
const ADDED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/oracles/changes.tsv"));

#[test]
fn the_claims_a_month_added_about_one_actor_match_pythons_count() {
    let Some((graph, path)) = events() else { return };
    let korea = graph.entity_keyed("North Korea").unwrap();
    let change =
        graph.view().as_of(date(2014, 3, 1)).change_to(&graph.view().as_of(date(2014, 3, 31)));
    assert_eq!(change.removed().len(), 0);
    assert_eq!(change.apply(change.before().claim_keys()), change.after().claim_keys());
    assert_eq!(
        (change.contested().len(), change.corroborated().len()),
        (0, 0),
        "one source, and nobody denies"
    );
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let about = |claim: &claimgraph::ClaimRef<'_>| {
        claim.subject_entity() == Some(korea) || claim.object_entity() == Some(korea)
    };
    for claim in change.added().filter(about) {
        *counted.entry(&claim.statement().unwrap().relation().key).or_default() += 1;
    }
    let lines: String =
        counted.iter().map(|(relation, count)| format!("{relation}\t{count}\n")).collect();
    let all = change.added().len();
    assert_eq!(format!("all\t{all}\n{lines}"), ADDED);
    // The same count now, if there is a Python.
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/oracles/changes.py");
    let run = Command::new("python3")
        .arg(script)
        .arg(&path)
        .args(["North_Korea", "2014-03-01", "2014-03-31"])
        .output();
    match run {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8(output.stdout).unwrap(), ADDED);
        }
        Err(error) => {
            _ = writeln!(
                std::io::stderr(),
                "python3 did not run ({error}); its printed counts were compared"
            )
        }
    }
}
