//! No member is dropped without a word: if one is removed or added anywhere in a file, either the graph or the losses
//! change. Members that say how a file is written, or that repeat others, are listed here.

use super::*;
use claimgraph_formats::{claimreview, ftm, stix, wikidata};
use serde_json::{Value, json};

struct Format {
    read: fn(&[u8]) -> Result<ReadReport, ReadError>,
    sample: fn() -> Value,
    /// The members whose absence changes nothing, by the end of their path.
    silent: &'static [&'static str],
    /// The parts that are counted as a whole, with all that is in them.
    whole: &'static [&'static str],
}

const FORMATS: [Format; 4] = [
    Format {
        read: |input| ftm::Reader::new().reported(DAY).read(input),
        sample: follow_the_money,
        silent: &[],
        whole: &[],
    },
    Format {
        read: |input| stix::Reader::new().reported(DAY).read(input),
        sample: bundle,
        // The version says how the file is written.
        silent: &["spec_version"],
        whole: &[],
    },
    Format {
        read: |input| wikidata::Reader::new().reported(DAY).read(input),
        sample: entities,
        silent: &[
            // They say how the file is written.
            ".hash",
            "-order",
            "].type",
            "[0].rank",
            // They repeat what others say: the id, the key of an object, the usual value.
            "numeric-id",
            "entity-type",
            ".datatype",
            "labels.en.language",
            "aliases.en[0].language",
            "value.timezone",
            "value.before",
            "value.after",
            "value.unit",
        ],
        whole: &["descriptions.en", "sitelinks.enwiki"],
    },
    Format {
        read: |input| claimreview::Reader::new().reported(DAY).read(input),
        sample: reviews,
        // The types of works and ratings say how the file is written. What is reviewed is the text of the claim.
        silent: &[
            "@context",
            "reviewRating.@type",
            "itemReviewed.@type",
            "isPartOf.@type",
            "ppearance.@type",
            "ppearance[0].@type",
            "[3].claimReviewed",
            "[4].claimReviewed",
        ],
        whole: &[],
    },
];

fn follow_the_money() -> Value {
    json!([
        {"id": "a", "schema": "Company", "caption": "A Ltd", "datasets": ["set"], "target": true, "properties": {
            "alias": ["Aa"], "leiCode": ["X1"], "country": ["kr"], "addressEntity": ["b"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["B"], "birthDate": ["1970"]}},
        {"id": "p", "schema": "Payment", "properties": {"payer": ["a"], "beneficiary": ["b"], "amount": ["5"],
            "currency": ["CHF"], "date": ["2020"], "purpose": ["rent"], "retrievedAt": ["2021-01-01"]}},
        {"id": "d", "schema": "Document", "properties": {"title": ["T"], "publishedAt": ["2020-01-01"], "fileSize": ["7"]}},
    ])
}

fn bundle() -> Value {
    let at = "2020-01-01T00:00:00Z";
    json!({"type": "bundle", "id": "bundle--1", "spec_version": "2.0", "objects": [
        {"type": "identity", "spec_version": "2.1", "id": "identity--1", "created": at, "modified": "2020-01-03T00:00:00Z", "name": "I",
            "identity_class": "organization", "lang": "en"},
        {"type": "tool", "id": "tool--1", "created_by_ref": "identity--1", "created": at, "modified": "2020-01-02T00:00:00Z",
            "name": "T", "aliases": ["Tt"], "external_references": [{"source_name": "s", "external_id": "1", "url": "u"}],
            "kill_chain_phases": [{"kill_chain_name": "k", "phase_name": "p"}], "is_family": false},
        {"type": "relationship", "id": "relationship--1", "created": at, "modified": "2020-01-02T00:00:00Z",
            "relationship_type": "uses", "source_ref": "identity--1", "target_ref": "tool--1", "name": "n",
            "start_time": at, "stop_time": "2021-01-01T00:00:00Z", "revoked": true},
        {"type": "sighting", "id": "sighting--1", "created": at, "modified": "2020-01-02T00:00:00Z", "sighting_of_ref": "tool--1",
            "count": 2, "where_sighted_refs": ["identity--1"], "first_seen": at, "last_seen": at},
        {"type": "opinion", "id": "opinion--1", "created": at, "modified": "2020-01-02T00:00:00Z", "opinion": "agree",
            "explanation": "e", "object_refs": ["relationship--1", "tool--1"]},
        {"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "10.0.0.1"},
    ]})
}

fn entities() -> Value {
    let item = |id: &str| json!({"id": id, "numeric-id": 5, "entity-type": "item"});
    let entity = |property: &str, id: &str| {
        json!({"snaktype": "value", "property": property, "hash": "h", "datatype": "wikibase-item",
            "datavalue": {"type": "wikibase-entityid", "value": item(id)}})
    };
    let value = |property: &str, kind: &str, value: Value| json!({"snaktype": "value", "property": property, "datavalue": {"type": kind, "value": value}});
    let time = |property: &str, time: &str| {
        value(
            property,
            "time",
            json!({"time": time, "precision": 11, "timezone": 0, "before": 0, "after": 0,
            "calendarmodel": "http://www.wikidata.org/entity/Q1985786"}),
        )
    };
    json!([
        {"type": "property", "id": "P39", "labels": {"en": {"language": "en", "value": "holds"}}},
        {"type": "item", "id": "Q1", "modified": "2022-01-01T00:00:00Z", "lastrevid": 4,
            "labels": {"en": {"language": "en", "value": "One"}},
            "aliases": {"en": [{"language": "en", "value": "Uno"}]},
            "descriptions": {"en": {"language": "en", "value": "a thing"}},
            "sitelinks": {"enwiki": {"site": "enwiki", "title": "One"}},
            "claims": {
                "P39": [{"id": "Q1$1", "type": "statement", "rank": "normal", "mainsnak": entity("P39", "Q2"),
                    "qualifiers": {"P580": [time("P580", "+1900-01-01T00:00:00Z")], "P582": [{"snaktype": "novalue", "property": "P582"}],
                        "P2": [value("P2", "monolingualtext", json!({"text": "t", "language": "en"}))]},
                    "qualifiers-order": ["P580", "P582", "P2"],
                    "references": [{"hash": "h", "snaks": {"P248": [entity("P248", "Q3")], "P813": [time("P813", "+2021-01-01T00:00:00Z")]},
                        "snaks-order": ["P248", "P813"]}]},
                    {"id": "Q1$2", "type": "statement", "rank": "deprecated", "mainsnak": {"snaktype": "somevalue", "property": "P39"}},
                    {"id": "Q1$3", "type": "statement", "rank": "preferred", "mainsnak": entity("P39", "Q4")}],
                "P2": [{"id": "Q1$4", "mainsnak": value("P2", "quantity", json!({"amount": "+5", "unit": "1", "lowerBound": "+4", "upperBound": "+6"}))},
                    {"id": "Q1$5", "mainsnak": value("P2", "globecoordinate", json!({"latitude": 1.5, "longitude": 2, "globe": "http://www.wikidata.org/entity/Q405", "precision": 0.1}))},
                    {"id": "Q1$6", "mainsnak": value("P2", "string", json!("s"))}]}},
    ])
}

fn reviews() -> Value {
    let author = json!({"@type": "Organization", "@id": "https://a.example", "name": "A", "url": "https://b.example", "sameAs": ["https://c.example"], "alternateName": "Aa", "logo": "l"});
    json!({"@context": "https://schema.org", "@graph": [
        {"@type": "ClaimReview", "@id": "#r1", "url": "https://r.example/1", "datePublished": "2024-03-04", "author": {"@id": "https://a.example"},
            "claimReviewed": "It rained.", "inLanguage": "en",
            "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "Fake", "ratingExplanation": "No rain."},
            "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann"}, "datePublished": "2024-03-01", "name": "a talk",
                "firstAppearance": {"@type": "WebPage", "url": "https://w.example", "headline": "H", "publisher": "P"},
                "appearance": [{"@type": "WebPage", "url": "https://x.example"}], "temporalCoverage": "2024"}},
        author,
        {"@type": "Claim", "@id": "#c", "text": "It snowed.", "author": {"@type": "Person", "name": "Bob"}, "datePublished": "2024-03-01"},
        {"@type": "ClaimReview", "isPartOf": {"@type": "Article", "name": "Art", "datePublished": "2024-03-05"}, "datePublished": "2024-03-05",
            "author": "Checkers", "claimReviewed": "It snowed.", "reviewRating": "True", "itemReviewed": {"@id": "#c"}},
        {"@type": "ClaimReview", "datePublished": "2024-03-05", "author": "Others", "claimReviewed": "It rained.", "reviewRating": "True", "itemReviewed": {"@type": "ClaimReview", "@id": "#r1"}},
    ]})
}

/// The place of a value: the names and numbers that lead to it.
type Path = Vec<String>;

fn shown(path: &Path) -> String {
    let part =
        |part: &String| if part.starts_with('[') { part.clone() } else { format!(".{part}") };
    path.iter().map(part).collect()
}

/// Returns every value of a document with its place.
fn all(value: &Value) -> Vec<(Path, &Value)> {
    let mut found = vec![(Path::new(), value)];
    let mut next = 0;
    while next < found.len() {
        let (path, value) = found[next].clone();
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), value)).collect()
            }
            Value::Array(list) => {
                list.iter().enumerate().map(|(n, value)| (format!("[{n}]"), value)).collect()
            }
            _ => Vec::new(),
        };
        found.extend(
            inner.into_iter().map(|(name, value)| ([path.clone(), vec![name]].concat(), value)),
        );
        next += 1;
    }
    found
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step.strip_prefix('[') {
        Some(number) => &mut value[number.trim_end_matches(']').parse::<usize>().unwrap()],
        None => &mut value[step.as_str()],
    })
}

/// Returns what a reader makes of a document: the graph and the losses, or the fault.
fn made(format: &Format, document: &Value) -> (String, String) {
    match (format.read)(document.to_string().as_bytes()) {
        Ok(report) => (report.graph.to_jsonl(), format!("{:?}", report.losses)),
        Err(error) => (error.to_string(), String::new()),
    }
}

#[test]
fn a_member_that_is_removed_changes_the_graph_or_the_losses() {
    for format in &FORMATS {
        let sample = (format.sample)();
        let whole = made(format, &sample);
        assert!(whole.0.starts_with("{\"claimgraph\""), "{}", whole.0);
        let mut unnoticed = Vec::new();
        for (path, _) in all(&sample).into_iter().skip(1) {
            let mut changed = sample.clone();
            let (last, before) = path.split_last().unwrap();
            match at(&mut changed, before) {
                Value::Object(members) => drop(members.remove(last)),
                Value::Array(list) => drop(list.remove(last[1..last.len() - 1].parse().unwrap())),
                _ => unreachable!("only objects and lists have members"),
            }
            let path = shown(&path);
            let ends = |end: &&str| path.ends_with(*end) || path.contains(&format!("{end}["));
            let within = |part: &&str| path.contains(&format!("{part}."));
            let is_silent = format.silent.iter().any(ends) || format.whole.iter().any(within);
            if !is_silent && made(format, &changed) == whole {
                unnoticed.push(path);
            }
        }
        assert_eq!(unnoticed, nothing());
    }
}

#[test]
fn a_member_that_nobody_knows_is_counted_wherever_it_stands() {
    for format in &FORMATS {
        let sample = (format.sample)();
        let whole = made(format, &sample);
        let mut unnoticed = Vec::new();
        for (path, value) in all(&sample) {
            let mut changed = sample.clone();
            match at(&mut changed, &path) {
                Value::Object(members) => drop(members.insert("zzz".to_owned(), json!("z"))),
                Value::Array(list) => list.push(json!({"zzz": ["z"]})),
                _ => continue,
            }
            let path = shown(&path);
            let ends = |end: &&str| path.ends_with(*end);
            let is_silent = format.silent.iter().any(ends) || format.whole.iter().any(ends);
            if !is_silent && made(format, &changed) == whole {
                unnoticed.push(format!("{path} {value}"));
            }
        }
        assert_eq!(unnoticed, nothing());
    }
}

#[test]
fn one_value_out_of_place_does_not_refuse_a_file() {
    for format in &FORMATS {
        let sample = (format.sample)();
        for (path, _) in all(&sample).into_iter().skip(1) {
            for other in [
                json!(null),
                json!([]),
                json!({}),
                json!(7),
                json!(" "),
                json!([[null, {"a": 1}]]),
                json!(true),
                json!("\u{1}x"),
                json!("2020-13-45"),
            ] {
                let mut changed = sample.clone();
                *at(&mut changed, &path) = other.clone();
                let read = (format.read)(changed.to_string().as_bytes());
                let path = shown(&path);
                let Err(error) = read else { continue };
                // Without its objects or type, a file is something else.
                assert!(
                    path.matches('.').count() <= 1 && !path.contains('['),
                    "{path} {other}: {error}"
                );
            }
        }
    }
}

#[test]
fn a_member_that_comes_again_is_counted_or_read() {
    for format in &FORMATS {
        let sample = (format.sample)();
        let whole = made(format, &sample);
        for name in ["id", "labels", "@id", "name", "created", "claims", "properties", "author"] {
            let text = sample.to_string();
            let Some(at) = text.find(&format!("\"{name}\":")) else { continue };
            let twice = format!("{}\"{name}\":{{\"x\":1}},{}", &text[..at], &text[at..]);
            let again = match (format.read)(twice.as_bytes()) {
                Ok(report) => (report.graph.to_jsonl(), format!("{:?}", report.losses)),
                Err(error) => (error.to_string(), String::new()),
            };
            assert_ne!(again, whole, "{name}");
        }
    }
}
