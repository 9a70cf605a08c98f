//! Suites of others, run by `.ci/suites`: what a suite says is valid is read, and what it says is not valid is refused.
//! `CLAIMGRAPH_SUITES` names the folder with them. A case that comes out otherwise is listed here with a reason.

use claimgraph::format::{ReadError, ReadErrorKind, ReadReport};
use claimgraph::{Period, date};
use claimgraph_formats::rdf::{self, RdfFormat};
use claimgraph_formats::{claimreview, graphml, stix};
use oxrdf::Term;
use oxrdfio::{RdfFormat as Oxrdf, RdfParser};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The cases of a suite that come out otherwise than it says, each with the reason.
type Listed = &'static [(&'static str, &'static str)];

/// Returns a path in the folder of suites, or says what is skipped.
fn found(suite: &str, path: &str) -> Option<PathBuf> {
    let path = std::env::var_os("CLAIMGRAPH_SUITES").map(|folder| PathBuf::from(folder).join(path));
    match path {
        Some(path) if path.exists() => Some(path),
        Some(path) => {
            println!("\n{suite}: skipped, {} is not there", path.display());
            None
        }
        None => {
            println!("\n{suite}: skipped, CLAIMGRAPH_SUITES is not set");
            None
        }
    }
}

/// Returns the files below a folder whose names have this end, in order.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Returns true if the file was read, or has the right syntax and a content that no claims can be made of.
fn is_syntax(outcome: &Result<ReadReport, ReadError>) -> bool {
    let Err(error) = outcome else { return true };
    matches!(
        error.kind(),
        ReadErrorKind::Unsupported(_) | ReadErrorKind::NoReportDay | ReadErrorKind::Refused(_)
    )
}

/// The cases of a suite that were run.
struct Run {
    suite: &'static str,
    ran: usize,
    others: BTreeMap<String, String>,
}

impl Run {
    fn of(suite: &'static str) -> Self {
        Self { suite, ran: 0, others: BTreeMap::new() }
    }

    /// Counts a case, with what came out if it is not as the suite says.
    fn case(&mut self, name: String, as_it_says: bool, outcome: impl std::fmt::Debug) {
        self.ran += 1;
        if !as_it_says {
            self.others.insert(name, format!("{outcome:?}"));
        }
    }

    /// Prints the counts. Other cases than those listed make the test fail.
    fn end(self, listed: Listed) {
        let Self { suite, ran, others } = self;
        println!("\n{suite}: {ran} ran, {} came out as the suite says", ran - others.len());
        for (name, reason) in listed {
            println!("    {name}: {reason}");
        }
        assert!(ran > 0, "{suite}: no case was found");
        let names: Vec<&str> = others.keys().map(String::as_str).collect();
        let mut expected: Vec<&str> = listed.iter().map(|(name, _)| *name).collect();
        expected.sort_unstable();
        assert_eq!(names, expected, "{others:#?}");
    }
}

#[test]
fn json_is_read_and_refused_as_its_suite_says() {
    let mut run = Run::of("JSONTestSuite");
    let Some(folder) = found(run.suite, "jsontestsuite/test_parsing") else { return };
    for path in files(&folder, ".json") {
        let name = name_of(&path);
        let outcome = claimreview::Reader::new().read(fs::read(&path).unwrap().as_slice());
        let is_read = is_syntax(&outcome);
        // `i_` may be read or refused.
        let as_it_says = match name.as_bytes()[0] {
            b'y' => is_read,
            b'n' => !is_read,
            _ => true,
        };
        run.case(name, as_it_says, outcome.err());
    }
    run.end(&[]);
}

#[test]
fn edtf_is_read_and_refused_as_three_implementations_do() {
    let mut run = Run::of("EDTF");
    let Some(path) = found(run.suite, "edtf/edtf_cases.json") else { return };
    let json: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let cases = json["cases"].as_array().unwrap();
    for case in cases.iter().filter(|case| case["unanimous"] == true) {
        let text = case["edtf"].as_str().unwrap();
        let outcome = text.parse::<Period>();
        // A year that the calendar of the crate does not have is told apart from a wrong text.
        let is_read = outcome.as_ref().map_or_else(|error| error.is_beyond_calendar(), |_| true);
        run.case(text.to_owned(), is_read == case["valid"].as_bool().unwrap(), outcome.err());
    }
    run.end(&[]);
}

#[test]
fn rdf_1_1_is_read_and_refused_as_its_suite_says() {
    rdf_suite("RDF 1.1", "rdf-tests/rdf/rdf11", &[]);
}

#[test]
fn rdf_1_2_is_read_and_refused_as_its_suite_says() {
    rdf_suite("RDF 1.2", "rdf-tests/rdf/rdf12", &[]);
}

fn rdf_suite(suite: &'static str, path: &str, listed: Listed) {
    let mut run = Run::of(suite);
    let Some(folder) = found(suite, path) else { return };
    for manifest in files(&folder, "manifest.ttl") {
        let folder = manifest.parent().unwrap();
        for (kind, action) in entries(&manifest) {
            let Some(format) = format_of(&kind) else { continue };
            let file = folder.join(&action);
            let base = format!("https://w3c.github.io/{}", file.display());
            let reader = rdf::Reader::new(format).base(base).reported(date(2024, 10, 24));
            let outcome = reader.read(fs::read(&file).unwrap().as_slice());
            let as_it_says = is_syntax(&outcome) != kind.contains("Negative");
            let within = name_of(folder);
            run.case(format!("{within}/{action}"), as_it_says, outcome.err());
        }
    }
    run.end(listed);
}

/// Returns the syntax of a kind of test such as "TestTurtleNegativeSyntax".
fn format_of(kind: &str) -> Option<RdfFormat> {
    let kind = kind.strip_prefix("Test")?;
    let formats = [
        ("Turtle", RdfFormat::Turtle),
        ("Trig", RdfFormat::TriG),
        ("NTriples", RdfFormat::NTriples),
        ("NQuads", RdfFormat::NQuads),
        ("XML", RdfFormat::RdfXml),
    ];
    formats.into_iter().find(|(name, _)| kind.starts_with(name)).map(|(_, format)| format)
}

/// Returns the kind of each test of a manifest, and its file.
fn entries(manifest: &Path) -> Vec<(String, String)> {
    let text = fs::read(manifest).unwrap();
    let base = "http://suite.example/";
    let parser = RdfParser::from_format(Oxrdf::Turtle).with_base_iri(base).unwrap();
    let mut tests: BTreeMap<String, (Option<String>, Option<String>)> = BTreeMap::new();
    for quad in parser.for_slice(&text) {
        let quad = quad.unwrap_or_else(|error| panic!("{}: {error}", manifest.display()));
        let Term::NamedNode(object) = quad.object else { continue };
        let test = tests.entry(quad.subject.to_string()).or_default();
        match quad.predicate.as_str() {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" => {
                test.0 = object
                    .as_str()
                    .strip_prefix("http://www.w3.org/ns/rdftest#")
                    .map(str::to_owned);
            }
            "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action" => {
                test.1 = object.as_str().strip_prefix(base).map(str::to_owned);
            }
            _ => {}
        }
    }
    tests.into_values().filter_map(|(kind, action)| kind.zip(action)).collect()
}

#[test]
fn stix_bundles_are_read() {
    let mut run = Run::of("STIX samples");
    let Some(folder) = found(run.suite, "cti-stix2-json-schemas/examples") else { return };
    for path in files(&folder, ".json") {
        let reader = stix::Reader::new().reported(date(2024, 10, 24));
        let outcome = reader.read(fs::read(&path).unwrap().as_slice());
        let is_read = outcome.as_ref().is_ok_and(|report| !report.graph.is_empty());
        run.case(name_of(&path), is_read, outcome.err());
    }
    run.end(&[("interop-objectmarking-test.json", "an object alone, and not a bundle")]);
}

#[test]
fn graphml_samples_are_read_unless_they_are_called_invalid() {
    let mut run = Run::of("GraphML samples");
    let Some(folder) = found(run.suite, "graphml") else { return };
    for path in files(&folder, ".graphml") {
        let name = name_of(&path);
        let reader = graphml::Reader::new().reported(date(2024, 10, 24));
        let outcome = reader.read(fs::read(&path).unwrap().as_slice());
        let as_it_says = outcome.is_ok() != name.contains("invalid");
        run.case(name, as_it_says, outcome.err());
    }
    run.end(&[("cattr_bool_bug2.graphml", "no node and no edge, so nothing is understood")]);
}
