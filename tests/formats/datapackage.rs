//! The folder of CSV tables: it reads back to the same bytes, may be edited by hand, and is never half-written. Broken
//! ones are refused.

use crate::report;
use crate::support::brute::worlds;
use crate::support::hostile::{HOSTILE, graph_of, out};
use claimgraph::{
    Claim, ClaimGraph, date,
    format::{Limits, ReadError, ReadErrorKind, WriteError},
    reporting::*,
};
use claimgraph_formats::datapackage;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder for one test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(
            std::env::temp_dir()
                .join(format!("claimgraph-package-{}-{number}", std::process::id())),
        )
    }

    fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).unwrap()
    }

    fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        std::fs::write(self.0.join(file), change(self.text(file))).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn written(graph: &ClaimGraph) -> Folder {
    let folder = Folder::new();
    let losses = datapackage::write(graph, &folder.0).unwrap();
    assert!(losses.is_empty());
    folder
}

fn read(folder: &Path) -> Result<ClaimGraph, ReadError> {
    let read = datapackage::Reader::new().read(folder)?;
    assert!(read.losses.is_empty(), "{}", read.losses);
    Ok(read.graph)
}

#[test]
fn the_report_comes_back_to_the_same_bytes() {
    let graph = report::build().unwrap().graph;
    let folder = written(&graph);
    assert_eq!(read(&folder.0).unwrap().to_jsonl(), graph.to_jsonl());
    let rows = |file: &str| folder.text(file).matches("\r\n").count() - 1;
    assert_eq!((rows("claims.csv"), rows("entities.csv")), (graph.len(), graph.entity_count()));
    assert_eq!(
        (rows("links.csv"), rows("derivations.csv"), rows("lineage.csv"), rows("documents.csv")),
        (17, 1, 5, 1)
    );
    // Writing twice gives the same as writing once.
    let before = folder.text("claims.csv");
    assert!(datapackage::write(&graph, &folder.0).unwrap().is_empty());
    assert_eq!(folder.text("claims.csv"), before);
    let left: Vec<_> =
        std::fs::read_dir(&folder.0).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left.len(), 17, "{left:?}");
    out("report.package")
        .into_iter()
        .for_each(|path| drop(datapackage::write(&graph, &path).unwrap()));
}

#[test]
fn a_package_over_a_limit_is_refused_with_its_file() {
    let graph = report::build().unwrap().graph;
    let folder = written(&graph);
    let refused = |change: &dyn Fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        match datapackage::Reader::new().limits(limits).read(&folder.0) {
            Ok(read) => {
                assert_eq!(read.graph.to_jsonl(), graph.to_jsonl());
                None
            }
            Err(error) => {
                let ReadErrorKind::Limit { limit, .. } = error.kind() else { panic!("{error}") };
                Some((error.field().unwrap_or_default().to_owned(), *limit))
            }
        }
    };
    let most = [graph.len(), graph.entity_count()].into_iter().max().unwrap() as u64;
    let description = folder.text("datapackage.json").len() as u64;
    assert_eq!(refused(&|limits| limits.records = 10 * most), None);
    assert_eq!(refused(&|limits| limits.records = 3), Some(("aliases.csv".to_owned(), 3)));
    assert_eq!(refused(&|limits| limits.line_bytes = description), None);
    let over = Some(("datapackage.json".to_owned(), description - 1));
    assert_eq!(refused(&|limits| limits.line_bytes = description - 1), over);
}

#[test]
fn hostile_names_survive_byte_for_byte() {
    for (kind, text, _) in HOSTILE {
        let graph = graph_of(text);
        let folder = written(&graph);
        assert_eq!(
            read(&folder.0).unwrap_or_else(|e| panic!("{kind}: {e}")).to_jsonl(),
            graph.to_jsonl(),
            "{kind}"
        );
    }
    let mut all = ClaimGraph::new();
    for (kind, text, _) in HOSTILE {
        let entity = claimgraph::Entity::new(format!("hostile {kind}")).named(text);
        all.add(State, entity).unwrap();
    }
    let ancient = all.entity_keyed("hostile quotes").unwrap();
    all.insert(
        Claim::by(ancient)
            .asserts(ancient, MEETS, ancient)
            .valid("-0044-03-15")
            .reported(date(2024, 1, 1)),
    )
    .unwrap();
    let folder = written(&all);
    assert_eq!(read(&folder.0).unwrap().to_jsonl(), all.to_jsonl());
    out("hostile.package")
        .into_iter()
        .for_each(|path| drop(datapackage::write(&all, &path).unwrap()));
}

#[test]
fn empty_texts_are_told_from_absent_ones() {
    let mut graph = ClaimGraph::new();
    let a = graph.add(State, claimgraph::Entity::new("a").code("", "")).unwrap();
    let said = |words: Option<&str>| {
        let claim = Claim::by(a).asserts(a, HAS_PURPOSE, "").reported(date(2024, 1, 1));
        words.into_iter().fold(claim, |claim, words| claim.words(words).cue(words, ..))
    };
    graph.insert(said(None)).unwrap();
    graph.insert(said(Some(""))).unwrap();
    let folder = written(&graph);
    assert!(folder.text("claims.csv").contains("object_text words cue\r\n"));
    assert_eq!(read(&folder.0).unwrap().to_jsonl(), graph.to_jsonl());
}

#[test]
fn the_description_says_what_the_tables_are() {
    let folder = written(&report::build().unwrap().graph);
    let package: serde_json::Value =
        serde_json::from_str(&folder.text("datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 16);
    for resource in resources {
        let header = folder.text(resource["path"].as_str().unwrap());
        let names: Vec<&str> = header.lines().next().unwrap().split(',').collect();
        let fields: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, fields);
    }
    let claims = resources.iter().find(|r| r["name"] == "claims").unwrap();
    assert_eq!(claims["schema"]["primaryKey"], serde_json::json!(["id"]));
    let kind = |name: &str| {
        let fields = claims["schema"]["fields"].as_array().unwrap();
        fields.iter().find(|f| f["name"] == name).unwrap()["type"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (kind("reported"), kind("amount"), kind("ongoing"), kind("relation")),
        ("date".into(), "number".into(), "boolean".into(), "string".into())
    );
}

#[test]
fn a_package_edited_in_a_spreadsheet_is_read() {
    let graph = report::build().unwrap().graph;
    let folder = written(&graph);
    // Other line ends, a byte order mark, another order of rows in the tables beside `claims`, an extra column.
    folder.edit("speakers.csv", |text| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        format!("\u{feff}{}\n", lines.join("\n"))
    });
    folder.edit("aliases.csv", |text| {
        text.replacen("empty\r\n", "empty,note\r\n", 1).replace(",\r\n", ",,mine\r\n")
    });
    let read = datapackage::Reader::new().read(&folder.0).unwrap();
    assert_eq!(read.graph.to_jsonl(), graph.to_jsonl());
    assert_eq!(read.losses.to_string(), "1 column (aliases.csv: note)");
    // A claim that was written by hand.
    folder.edit("entities.csv", |text| text + "moon,Region,,,,,\r\n");
    let read = datapackage::Reader::new().read(&folder.0).unwrap();
    assert_eq!(read.graph.entity_count(), graph.entity_count() + 1);
}

#[test]
fn faults_name_file_line_column_and_field() {
    let graph = report::build().unwrap().graph;
    let refused = |file: &str, change: &dyn Fn(String) -> String| {
        let folder = written(&graph);
        folder.edit(file, change);
        datapackage::Reader::new().read(&folder.0).expect_err("it is broken")
    };
    let error = refused("entities.csv", &|text| text + "\"moon\" x,Region,,,,,\r\n");
    assert!(
        error.to_string().contains("it goes on after the double quote that closes it"),
        "{error}"
    );
    assert_eq!((error.field(), error.value()), (Some("entities.csv"), Some("moon x")));
    let error = refused("claims.csv", &|text| text.replacen(",asserts,", ",says,", 1));
    assert_eq!((error.field(), error.column()), (Some("claims.csv: stance"), Some(3)), "{error}");
    assert!(error.line().is_some_and(|line| line >= 2));
    let error = refused("claims.csv", &|text| text.replacen(",asserts,", ",asserts,,", 1));
    assert!(error.to_string().contains("cells, found"), "{error}");
    let error = refused("entities.csv", &|text| text.replacen(",State,", ",Planet,", 1));
    assert!(
        matches!(error.kind(), ReadErrorKind::Refused(_)) && error.field() == Some("entities.csv"),
        "{error}"
    );
    let error = refused("responses.csv", &|text| text + "nobody,0,nothing,,\r\n");
    assert!(error.to_string().contains("the package has no claim \"nobody\""), "{error}");
    let error = refused("roles.csv", &|text| text.replacen("place,", "place,\u{0}", 1));
    assert!(error.field().is_some_and(|field| field.starts_with("roles.csv")), "{error}");
    let error =
        refused("datapackage.json", &|text| text.replace("\"claims.csv\"", "\"../claims.csv\""));
    assert!(matches!(error.kind(), ReadErrorKind::Unsupported(_)), "{error}");
    let error =
        refused("datapackage.json", &|text| text.replace("\"claimgraph\": {", "\"other\": {"));
    assert!(error.to_string().contains("expected a package of claims"), "{error}");
    let error = refused("datapackage.json", &|text| text.replace("\"format\": 4", "\"format\": 5"));
    assert!(error.is_newer_format(), "{error}");
    let error = refused("datapackage.json", &|text| text[..200].to_owned());
    assert!(error.line().is_some() && error.field() == Some("datapackage.json"), "{error}");
    let missing = written(&graph);
    std::fs::remove_file(missing.0.join("claims.csv")).unwrap();
    let error = datapackage::Reader::new().read(&missing.0).unwrap_err();
    assert!(
        matches!(error.kind(), ReadErrorKind::Io(_)) && error.field() == Some("claims.csv"),
        "{error}"
    );
}

#[test]
fn an_unfinished_folder_is_not_a_package() {
    let graph = report::build().unwrap().graph;
    let folder = written(&graph);
    // A table that cannot be replaced, because a folder has its name.
    std::fs::remove_file(folder.0.join("roles.csv")).unwrap();
    std::fs::create_dir(folder.0.join("roles.csv")).unwrap();
    let error = datapackage::write(&graph, &folder.0).unwrap_err();
    assert!(
        matches!(error, WriteError::Io(_)) && error.to_string().contains("roles.csv"),
        "{error}"
    );
    let error = datapackage::Reader::new().read(&folder.0).unwrap_err();
    assert_eq!(error.field(), Some("datapackage.json"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_graph_comes_back_to_the_same_bytes(world in worlds(5..30)) {
        let graph = world.build().graph;
        let folder = written(&graph);
        prop_assert_eq!(read(&folder.0).unwrap().to_jsonl(), graph.to_jsonl());
    }

    #[test]
    fn a_damaged_table_ends_in_a_graph_or_an_error(at in any::<prop::sample::Index>(), byte in any::<u8>(), file in 0..16usize) {
        let graph = graph_of("x,\"y\"");
        let folder = written(&graph);
        let names = ["batches", "reviews", "entities", "aliases", "codes", "documents", "affiliations", "claims", "speakers", "responses", "roles", "links", "derivations", "lineage", "judgements", "redactions"];
        let path = folder.0.join(format!("{}.csv", names[file]));
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        std::fs::write(&path, bytes).unwrap();
        if let Err(error) = datapackage::Reader::new().read(&folder.0) {
            prop_assert!(error.field().is_some(), "{}", error);
        }
    }
}

/// Each table is cut within its header, after each of its columns.
#[test]
fn a_header_without_a_column_that_the_package_lists_is_refused() {
    let graph = report::build().unwrap().graph;
    let folder = written(&graph);
    for file in ["entities.csv", "claims.csv", "roles.csv", "speakers.csv", "documents.csv"] {
        let whole = folder.text(file);
        let header = whole.lines().next().unwrap().to_owned();
        let columns: Vec<&str> = header.split(',').collect();
        for kept in [0, 1, columns.len() - 1] {
            let cut = columns[..kept].join(",");
            folder.edit(file, |_| cut);
            let error = read(&folder.0).unwrap_err();
            let field = format!("{file}: {}", columns[kept]);
            assert_eq!((error.line(), error.field()), (Some(1), Some(field.as_str())), "{error}");
        }
        folder.edit(file, |_| whole);
    }
    assert_eq!(read(&folder.0).unwrap().to_jsonl(), graph.to_jsonl());
}
