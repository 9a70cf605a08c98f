//! Writes triples as JSON-LD: node objects with short names, one named graph for each reifier. It does not use
//! triple terms, because JSON-LD does not have them.
//!
//! The writer of `oxrdfio` (oxjsonld 0.2) cannot replace it: its context holds prefixes only, so every predicate
//! is a full IRI, every value an array of objects with `@value` and `@type`, and the short names are lost.

use crate::rdf::iri::{CG, Coerced, Known, PREFIXES};
use crate::rdf::triple_sink::{Object, Sink, Triple};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The largest integer that every JSON reader reads exactly.
const SAFE: i64 = 1 << 53;

/// The predicates whose values JSON-LD writes as plain text, by IRI.
fn coerced() -> FxHashMap<&'static str, Coerced> {
    Known::ALL.iter().filter_map(|term| Some((term.iri(), term.coerced()?))).collect()
}

/// Returns the context, which is the same in `docs/claimgraph.context.jsonld` and in every file.
pub(super) fn context() -> Value {
    let mut context = Map::from_iter([("@vocab".to_owned(), json!(CG))]);
    context.extend(PREFIXES.iter().map(|&(prefix, space)| (prefix.to_owned(), json!(space))));
    for (iri, coerced) in coerced() {
        let to = match coerced {
            Coerced::Iri => "@id",
            Coerced::Day => "xsd:date",
        };
        context.insert(name_of(iri), json!({ "@id": compact(iri), "@type": to }));
    }
    Value::Object(context)
}

/// Writes one node object for each run of triples of a subject.
pub(super) struct JsonLd<W: Write> {
    output: W,
    subject: Option<String>,
    members: Map<String, Value>,
    nodes: usize,
    coerced: FxHashMap<&'static str, Coerced>,
}

impl<W: Write> JsonLd<W> {
    pub(super) fn new(mut output: W) -> io::Result<Self> {
        write!(output, "{{\"@context\":{},\n\"@graph\":[", context())?;
        Ok(Self { output, subject: None, members: Map::new(), nodes: 0, coerced: coerced() })
    }

    fn turn_to(&mut self, subject: &str) -> io::Result<()> {
        if self.subject.as_deref() == Some(subject) {
            return Ok(());
        }
        self.flush()?;
        self.subject = Some(subject.to_owned());
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(subject) = self.subject.take() else { return Ok(()) };
        let mut members = std::mem::take(&mut self.members);
        members.insert("@id".to_owned(), Value::String(compact(&subject)));
        self.output.write_all(if self.nodes > 0 { b",\n" } else { b"\n" })?;
        self.nodes += 1;
        serde_json::to_writer(&mut self.output, &members).map_err(io::Error::from)
    }
}

/// Returns the IRI with a prefix, if it has one.
fn compact(iri: &str) -> String {
    let found =
        PREFIXES.iter().find_map(|(prefix, space)| Some((prefix, iri.strip_prefix(space)?)));
    found.map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
}

fn add(members: &mut Map<String, Value>, name: String, value: Value) {
    match members.get_mut(&name) {
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => drop(members.insert(name, value)),
    }
}

/// Returns the name of a predicate: its IRI with a prefix. The prefix `cg` is left out, unless the rest is itself a
/// prefix.
fn name_of(predicate: &str) -> String {
    let name = compact(predicate);
    let is_prefix = |local: &str| PREFIXES.iter().any(|(prefix, _)| *prefix == local);
    match name.strip_prefix("cg:") {
        Some(local) if !is_prefix(local) => local.to_owned(),
        _ => name,
    }
}

fn pair(predicate: &str, object: Object<'_>, coerced: Option<Coerced>) -> (String, Value) {
    if let (true, Object::Iri(class)) = (predicate == Known::Type.iri(), object) {
        return ("@type".to_owned(), Value::String(compact(class)));
    }
    let value = match object {
        Object::Iri(iri) if coerced == Some(Coerced::Iri) => json!(compact(iri)),
        Object::Iri(iri) => json!({ "@id": compact(iri) }),
        Object::Text(text) if coerced.is_some() => json!({ "@value": text }),
        Object::Text(text) => json!(text),
        Object::Tagged(text, tag) => json!({ "@value": text, "@language": tag }),
        Object::Typed(text, datatype) => typed(text, &compact(datatype), coerced),
    };
    (name_of(predicate), value)
}

fn typed(text: &str, datatype: &str, coerced: Option<Coerced>) -> Value {
    let number = text.parse::<i64>().ok().filter(|n| n.abs() <= SAFE && n.to_string() == text);
    match (datatype, coerced, number) {
        ("xsd:date", Some(Coerced::Day), _) => json!(text),
        ("xsd:integer", None, Some(number)) => json!(number),
        ("xsd:boolean", None, _) if matches!(text, "true" | "false") => json!(text == "true"),
        _ => json!({ "@value": text, "@type": datatype }),
    }
}

impl<W: Write> Sink for JsonLd<W> {
    fn triple(&mut self, (subject, predicate, object): Triple<'_>) -> io::Result<()> {
        self.turn_to(subject)?;
        let (name, value) = pair(predicate, object, self.coerced.get(predicate).copied());
        add(&mut self.members, name, value);
        Ok(())
    }

    fn proposition(&mut self, reifier: &str, proposition: Triple<'_>) -> io::Result<()> {
        let (subject, predicate, object) = proposition;
        self.turn_to(reifier)?;
        let (name, value) = pair(predicate, object, self.coerced.get(predicate).copied());
        let node = Map::from_iter([("@id".to_owned(), json!(compact(subject))), (name, value)]);
        add(&mut self.members, "@graph".to_owned(), Value::Object(node));
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.output.write_all(b"\n]}\n")?;
        self.output.flush()
    }
}
