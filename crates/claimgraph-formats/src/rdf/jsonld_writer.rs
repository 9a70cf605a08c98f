//! Writes triples as JSON-LD: node objects with short names, one named graph for each reifier. It does not use
//! triple terms, because JSON-LD does not have them.
//!
//! The writer of `oxrdfio` (oxjsonld 0.2) cannot replace it: its context holds prefixes only, so every predicate
//! is a full IRI, every value an array of objects with `@value` and `@type`, and the short names are lost.

use crate::rdf::iri::{CG, PREFIXES};
use crate::rdf::triple_sink::{Object, Sink};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The largest integer that every JSON reader reads exactly.
const SAFE: i64 = 1 << 53;

/// The predicates whose value is an IRI and is written as plain text.
const LINKS: [&str; 31] = [
    "prov:wasAttributedTo",
    "prov:qualifiedAttribution",
    "prov:agent",
    "prov:hadPrimarySource",
    "prov:wasRevisionOf",
    "prov:wasQuotedFrom",
    "prov:wasDerivedFrom",
    "dcterms:publisher",
    "stance",
    "polarity",
    "certainty",
    "modality",
    "prominence",
    "basis",
    "subjectBasis",
    "objectBasis",
    "answers",
    "answersImplicitly",
    "answersByInference",
    "answersPossibly",
    "argument",
    "inRole",
    "quantity",
    "cg:unit",
    "precision",
    "aspect",
    "likelihood",
    "within",
    "appliesTo",
    "statedBy",
    "derivedFor",
];

/// The predicates whose value is a day.
const DAYS: [&str; 10] = [
    "dcterms:date",
    "earliest",
    "latest",
    "reported",
    "said",
    "startEarliest",
    "startLatest",
    "endEarliest",
    "endLatest",
    "strictDeadline",
];

/// Returns the context, which is the same in `docs/claimgraph.context.jsonld` and in every file.
pub(super) fn context() -> Value {
    let mut context = Map::from_iter([("@vocab".to_owned(), json!(CG))]);
    context.extend(PREFIXES.iter().map(|&(prefix, space)| (prefix.to_owned(), json!(space))));
    let mut coerce = |names: &[&str], to: &str| {
        for name in names {
            let id = if name.contains(':') { (*name).to_owned() } else { format!("cg:{name}") };
            context.insert((*name).to_owned(), json!({ "@id": id, "@type": to }));
        }
    };
    coerce(&LINKS, "@id");
    coerce(&DAYS, "xsd:date");
    Value::Object(context)
}

/// Writes one node object for each run of triples of a subject.
pub(super) struct JsonLd<W: Write> {
    output: W,
    subject: Option<String>,
    members: Map<String, Value>,
    nodes: usize,
}

impl<W: Write> JsonLd<W> {
    pub(super) fn new(mut output: W) -> io::Result<Self> {
        write!(output, "{{\"@context\":{},\n\"@graph\":[", context())?;
        Ok(Self { output, subject: None, members: Map::new(), nodes: 0 })
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

fn pair(predicate: &str, object: Object<'_>) -> (String, Value) {
    if predicate == crate::rdf::iri::Known::Type.iri() {
        let class = match object {
            Object::Iri(iri) => compact(iri),
            Object::Text(text) | Object::Tagged(text, _) | Object::Typed(text, _) => {
                text.to_owned()
            }
        };
        return ("@type".to_owned(), Value::String(class));
    }
    let name = compact(predicate);
    // The prefix is left out, unless the name is itself a prefix.
    let is_prefix = |local: &str| PREFIXES.iter().any(|(prefix, _)| *prefix == local);
    let name = match name.strip_prefix("cg:") {
        Some(local) if !is_prefix(local) => local.to_owned(),
        _ => name,
    };
    let value = match object {
        Object::Iri(iri) if LINKS.contains(&name.as_str()) => Value::String(compact(iri)),
        Object::Iri(iri) => json!({ "@id": compact(iri) }),
        Object::Text(text) if is_coerced(&name) => json!({ "@value": text }),
        Object::Text(text) => json!(text),
        Object::Tagged(text, tag) => json!({ "@value": text, "@language": tag }),
        Object::Typed(text, datatype) => typed(&name, text, &compact(datatype)),
    };
    (name, value)
}

fn is_coerced(name: &str) -> bool {
    LINKS.contains(&name) || DAYS.contains(&name)
}

fn typed(name: &str, text: &str, datatype: &str) -> Value {
    let number =
        || text.parse::<i64>().ok().filter(|n| (-SAFE..=SAFE).contains(n) && n.to_string() == text);
    match datatype {
        "xsd:date" if DAYS.contains(&name) => json!(text),
        "xsd:integer" if !is_coerced(name) && number().is_some() => json!(number()),
        "xsd:boolean" if !is_coerced(name) && matches!(text, "true" | "false") => {
            json!(text == "true")
        }
        _ => json!({ "@value": text, "@type": datatype }),
    }
}

impl<W: Write> Sink for JsonLd<W> {
    fn triple(&mut self, subject: &str, predicate: &str, object: Object<'_>) -> io::Result<()> {
        self.turn_to(subject)?;
        let (name, value) = pair(predicate, object);
        add(&mut self.members, name, value);
        Ok(())
    }

    fn proposition(
        &mut self,
        reifier: &str,
        subject: &str,
        predicate: &str,
        object: Object<'_>,
    ) -> io::Result<()> {
        self.turn_to(reifier)?;
        let (name, value) = pair(predicate, object);
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
