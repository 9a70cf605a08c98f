//! Vocabularies: names, synonyms, and the pages of the docs that are made from the declarations.

use crate::support::small::{DAY, world};
use claimgraph::reporting::*;
use claimgraph::{
    Claim, ClaimGraph, base,
    vocabulary::{RelationDef, Slot, UnitDef, Vocabulary},
};
use std::fmt::Write;

#[test]
fn a_relation_renamed_back_to_its_key_can_be_saved() {
    let (mut graph, nk, russia, _) = world();
    graph.insert(Claim::by(nk).asserts(nk, DEPLOYS_TO, russia).reported(DAY)).unwrap();
    let plain = graph.clone();
    graph.rename_relation("deploys-to", "sends").unwrap();
    graph.rename_relation("deploys-to", "deploys-to").unwrap();
    let written = graph.to_jsonl();
    assert_eq!(ClaimGraph::read_jsonl(written.as_bytes()).unwrap().to_jsonl(), written);
    // A name does not change the meaning: the renamed and the plain graph merge in either direction.
    for (one, other) in [(&graph, &plain), (&plain, &graph)] {
        let mut merged = one.clone();
        merged.merge(other).unwrap();
        assert_eq!(merged.len(), 1);
        assert!(merged.relation("sends").is_ok());
    }
}

#[test]
fn synonyms_in_another_order_are_the_same_unit() {
    let mut vocabulary = Vocabulary::new();
    let unit = |synonyms: [&str; 2]| UnitDef {
        key: "metres".into(),
        synonyms: synonyms.map(str::to_owned).to_vec(),
        count: false,
    };
    vocabulary.add_unit(unit(["metre", "m"])).unwrap();
    assert_eq!(vocabulary.add_unit(unit(["m", "metre"])), Ok(()));
    let twice = r#"{"kinds":[{"key":"X","above":["Thing"]},{"key":"X"}]}"#;
    assert!(
        serde_json::from_str::<Vocabulary>(twice).is_err_and(|e| e.to_string().contains("twice"))
    );
}

/// The tables of the docs: what `vocabulary` declares and `below` does not.
fn page(vocabulary: &Vocabulary, below: &Vocabulary) -> String {
    let constant = |key: &str| format!("[`{}`]", key.to_uppercase().replace('-', "_"));
    let slot = |slot: &Slot| match slot {
        Slot::Kind(kind) => format!("[`{kind}`]"),
        other => other.to_string(),
    };
    let list = |items: &[String]| items.join(", ");
    let mut page = String::new();
    let mut table = |title: &str, columns: &str, rows: Vec<Vec<String>>| {
        if rows.is_empty() {
            return;
        }
        let rule = "|---".repeat(columns.matches('|').count() - 1);
        writeln!(page, "## {title}\n\n{columns}\n{rule}|").unwrap();
        rows.iter().for_each(|row| writeln!(page, "| {} |", row.join(" | ")).unwrap());
        page.push('\n');
    };
    let kinds = vocabulary.kinds().filter(|def| below.kind(&def.key).is_none());
    let kinds = kinds.map(|def| {
        let above: Vec<String> = def.above.iter().map(|kind| format!("[`{kind}`]")).collect();
        vec![format!("[`{}`]", def.key), list(&above)]
    });
    table("Kinds", "| kind | is also |", kinds.collect());
    let marks = |def: &RelationDef| {
        let inverse = def.inverse.as_ref().map(|key| format!("inverse of {}", constant(key)));
        let marks = [
            def.interaction.then(|| "interaction".into()),
            def.symmetric.then(|| "symmetric".into()),
            def.state.then(|| "state".into()),
            inverse,
        ];
        list(&marks.into_iter().flatten().collect::<Vec<String>>())
    };
    let relations = vocabulary.relations().filter(|def| below.relation(&def.key).is_none());
    let relations = relations.map(|def| {
        let all = |keys: &[String]| keys.iter().map(|key| constant(key)).collect::<Vec<_>>();
        let codes = def.codes.iter().map(|(system, code)| format!("{system} {code}"));
        vec![
            constant(&def.key),
            format!("`{}`", def.key),
            slot(&def.subject),
            slot(&def.object),
            marks(def),
            list(&all(&def.implies)),
            list(&all(&def.roles)),
            list(&codes.collect::<Vec<_>>()),
        ]
    });
    table(
        "Relations",
        "| relation | key | subject | object | is | implies | roles | codes |",
        relations.collect(),
    );
    let roles = vocabulary.roles().filter(|def| below.role(&def.key).is_none());
    let roles =
        roles.map(|def| vec![constant(&def.key), format!("`{}`", def.key), slot(&def.value)]);
    table("Roles", "| role | key | value |", roles.collect());
    let units = vocabulary.units().filter(|def| below.units().all(|unit| unit.key != def.key));
    let units = units.map(|def| {
        let figures = if def.count { "counts" } else { "measures" };
        vec![def.key.clone(), list(&def.synonyms), figures.to_owned()]
    });
    table("Units", "| unit | other words | it |", units.collect());
    format!("{}\n", page.trim_end())
}

/// Set `CLAIMGRAPH_BLESS` to write the pages anew.
#[test]
fn the_tables_of_the_docs_are_those_of_the_declarations() {
    let pages = [
        ("base", page(&base::vocabulary(), &Vocabulary::empty())),
        ("reporting", page(&vocabulary(), &base::vocabulary())),
    ];
    for (name, page) in pages {
        let file = format!("{}/../docs/vocabulary/{name}.md", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("CLAIMGRAPH_BLESS").is_some() {
            std::fs::write(&file, &page).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap();
        assert!(kept == page, "{file} is not current; run this test with CLAIMGRAPH_BLESS=1");
    }
}
