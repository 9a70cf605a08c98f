//! Writes a graph as a STIX 2.1 bundle.

use crate::exchange::stix::shape::{class_of, confidence, country, kind_of, opinion, shape};
use crate::exchange::stix::{SYSTEM, extension, id};
use crate::json_object::pruned;
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::record::*;
use claimgraph::{ClaimGraph, ClaimId, ClaimRef, EntityId, EntityRef, View};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes a graph as one STIX 2.1 bundle: identities, locations, relationships, opinions, notes and reports.
///
/// Each object has its native record as an extension, so this library reads the same graph back. Types and ids of
/// objects that were read from STIX are lost to other readers, and are counted as losses.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity};
/// use claimgraph_formats::stix;
/// let mut graph = ClaimGraph::new();
/// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
/// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
/// let treaty = graph.insert(Claim::by(nk).asserts(nk, TREATY_WITH, russia).reported(date(2024, 6, 19)))?;
/// graph.insert(Claim::by(russia).dismisses(treaty).reported(date(2024, 6, 20)))?;
/// let mut written = Vec::new();
/// assert!(stix::write(&graph, &mut written)?.is_empty());
/// let bundle: serde_json::Value = serde_json::from_slice(&written)?;
/// let types: Vec<&str> = bundle["objects"].as_array().unwrap().iter().filter_map(|o| o["type"].as_str()).collect();
/// assert_eq!(types, ["extension-definition", "identity", "identity", "identity", "relationship", "opinion"]);
/// assert_eq!(stix::Reader::new().read(&*written)?.graph.to_jsonl(), graph.to_jsonl());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The output fails.
pub fn write(graph: &ClaimGraph, mut output: impl Write) -> Result<Losses, WriteError> {
    Writer::new(graph, &Records::of(graph), &mut output).all()
}

struct Writer<'r, 'g> {
    view: View<'g>,
    output: &'r mut dyn Write,
    /// The date of entities: the report day of the first claim.
    first: Date,
    records: &'r Records<'g>,
    /// The id of the object of each claim, by the name of the claim.
    shapes: IndexMap<&'r str, String>,
    read_in: IndexMap<EntityId, Vec<String>>,
    written: usize,
    losses: Losses,
}

/// Returns the id of the library's own identity.
fn own() -> String {
    id("identity", "claimgraph")
}

/// Returns a day as a time. STIX does not have times before the year 1.
fn time(day: Date) -> String {
    format!("{:04}-{:02}-{:02}T00:00:00.000Z", day.year().max(1), day.month(), day.day())
}

/// Returns an object with the members of another one.
fn joined(mut object: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

/// Returns an object of a type, with these dates and the members of `content`.
fn object(kind: &str, id: &str, (created, modified): (Date, Date), content: Value) -> Value {
    let common = json!({
        "type": kind,
        "spec_version": "2.1",
        "id": id,
        "created": time(created),
        "modified": time(modified),
    });
    joined(common, content)
}

impl<'r, 'g> Writer<'r, 'g> {
    fn new(graph: &'g ClaimGraph, records: &'r Records<'g>, output: &'r mut dyn Write) -> Self {
        let dates = graph.documents().filter_map(|document| document.document()?.date());
        let days = graph.claims().map(ClaimRef::reported).chain(dates);
        let first = days.filter(|day| day.year() >= 1).min();
        Self {
            view: graph.view(),
            output,
            first: first.unwrap_or(Date::constant(1970, 1, 1)),
            records,
            shapes: IndexMap::new(),
            read_in: IndexMap::new(),
            written: 0,
            losses: Losses::default(),
        }
    }

    fn all(mut self) -> Result<Losses, WriteError> {
        let last = self.records.claims().next_back().map(|(_, name)| name);
        let bundle = id("bundle", &format!("{} {last:?}", self.view.graph().len()));
        write!(self.output, "{{\"type\":\"bundle\",\"id\":{},\"objects\":[", Value::from(bundle))?;
        let definition = json!({
            "created_by_ref": own(),
            "name": "claimgraph record",
            "description": "The record of the claimgraph format, version 1, that the object stands for.",
            "schema": "https://docs.rs/claimgraph",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        });
        let dates = (self.first, self.first);
        self.put(object("extension-definition", &extension(), dates, definition), None)?;
        for (claim, name) in self.records.claims() {
            let shape = id(shape(&self.view, claim), name);
            if let Some(document) = claim.document() {
                self.read_in.entry(document.id()).or_default().push(shape.clone());
            }
            self.shapes.insert(name, shape);
        }
        let (mut beside, mut affiliations) = (0, 0);
        let mut claims = self.records.claims();
        self.records.each(|record| {
            let object = match &record {
                Record::Claimgraph(_) => {
                    let content = json!({"name": "claimgraph", "identity_class": "system"});
                    object("identity", &own(), dates, content)
                }
                Record::Entity(entity) => {
                    // An entity that was read from STIX becomes an identity, whatever type it had there.
                    if entity.key.starts_with(&format!("{}--", entity.kind)) {
                        let kind = "type and id of an object that came from STIX";
                        self.losses.note(kind, &entity.key);
                    }
                    self.entity(&entity.key)
                }
                Record::Affiliation(affiliation) => {
                    affiliations += 1;
                    self.affiliation(affiliation, affiliations)
                }
                Record::Claim(_) => {
                    let Some((claim, name)) = claims.next() else { return Ok(()) };
                    let coded = |(system, _): &(String, String)| system == SYSTEM;
                    if claim.statement().is_some_and(|said| said.relation().codes.iter().any(coded))
                    {
                        self.losses.note("type of a relationship that came from STIX", name);
                    }
                    self.claim(claim, name)
                }
                Record::Batch(_)
                | Record::Link(_)
                | Record::Derivation(_)
                | Record::Lineage(_)
                | Record::Review(_)
                | Record::Judgement(_)
                | Record::Redaction(_) => {
                    let (content, on) = self.beside(&record);
                    let id = id("note", &format!("beside {beside}"));
                    beside += 1;
                    object("note", &id, dates, json!({"content": content, "object_refs": on}))
                }
            };
            self.put(object, Some(&record))
        })?;
        self.output.write_all(b"]}\n")?;
        self.output.flush()?;
        Ok(self.losses)
    }

    /// Writes an object, without its members that are null or empty: STIX does not allow them.
    fn put(&mut self, mut object: Value, record: Option<&Record>) -> Result<(), WriteError> {
        if let Some(record) = record {
            let carried = serde_json::to_value(record).map_err(io::Error::from)?;
            let carried = joined(carried, json!({"extension_type": "property-extension"}));
            object = joined(object, json!({"extensions": {extension(): carried}}));
        }
        let comma = if self.written == 0 { "\n" } else { ",\n" };
        self.written += 1;
        self.output.write_all(comma.as_bytes())?;
        serde_json::to_writer(&mut self.output, &pruned(object)).map_err(io::Error::from)?;
        Ok(())
    }

    /// Returns the id of an entity's object.
    fn entity_id(&self, key: &str) -> String {
        let graph = self.view.graph();
        let found = graph.entity_keyed(key).and_then(|id| graph.entity(id));
        id(found.map_or("identity", kind_of), key)
    }

    fn id_of(&self, entity: EntityId) -> String {
        self.entity_id(self.view.graph().entity(entity).map_or("", EntityRef::key))
    }

    fn entity(&self, key: &str) -> Value {
        let graph = self.view.graph();
        let Ok(entity) = graph.entity_keyed(key).and_then(|id| graph.entity(id)) else {
            return Value::Null;
        };
        let kind = kind_of(entity);
        let document = entity.document();
        let day = document.and_then(|document| document.date()).filter(|day| day.year() >= 1);
        let day = day.unwrap_or(self.first);
        let name = if entity.name().is_empty() { key } else { entity.name() };
        let title =
            document.and_then(|document| document.title()).filter(|title| !title.is_empty());
        let codes =
            entity.codes().iter().filter(|(system, code)| !system.is_empty() && !code.is_empty());
        let codes = codes.map(|(system, code)| json!({"source_name": system, "external_id": code}));
        let publisher = document.and_then(|document| document.publisher());
        let publisher = publisher.map(|publisher| self.id_of(publisher));
        let read_in = self.read_in.get(&entity.id()).cloned();
        let content = json!({
            "name": title.unwrap_or(name),
            "identity_class": (kind == "identity").then(|| class_of(entity)),
            "country": country(entity).filter(|_| kind == "location"),
            "published": document.map(|_| time(day)),
            "object_refs": document.map(|_| read_in.unwrap_or_else(|| vec![own()])),
            "created_by_ref": publisher.filter(|id| id.starts_with("identity--")),
            "external_references": codes.collect::<Vec<_>>(),
        });
        object(kind, &id(kind, key), (day, day), content)
    }

    fn affiliation(&self, affiliation: &AffiliationRecord, number: usize) -> Value {
        let AffiliationRecord { part, kind, whole, .. } = affiliation;
        let day = affiliation.reported.map_or(self.first, Date::from);
        let id = id("relationship", &format!("affiliation {number}"));
        let content = json!({
            "relationship_type": "related-to",
            "source_ref": self.entity_id(part),
            "target_ref": self.entity_id(whole),
            "description": format!("{part} is {kind} {whole}"),
        });
        object("relationship", &id, (day, day), content)
    }

    /// Returns the id of the object of a claim.
    fn shape_of(&self, claim: ClaimId) -> Option<&String> {
        self.shapes.get(self.records.name(claim))
    }

    fn claim(&self, claim: ClaimRef<'_>, name: &str) -> Value {
        let shape = self.shapes.get(name).cloned().unwrap_or_default();
        let kind = shape.split_once("--").map_or("note", |(kind, _)| kind);
        let speakers: IndexSet<EntityId> =
            claim.chain().iter().filter_map(|link| link.source).collect();
        let mut creators = speakers.iter().map(|&speaker| self.id_of(speaker));
        let name_of = |&speaker: &EntityId| self.view.graph().name_of(speaker);
        let authors: Vec<&str> = speakers.iter().map(name_of).collect();
        let sentence = claim.to_string();
        let targets = claim.targets().filter_map(|(target, _)| self.shape_of(target).cloned());
        let ends = [claim.subject_entity(), claim.object_entity()];
        let ends = ends.map(|end| end.map(|end| self.id_of(end)));
        let content = match kind {
            "relationship" => {
                let [source, target] = ends;
                let valid = claim.valid();
                let start = valid.as_ref().and_then(|valid| valid.start_earliest());
                let stop = valid.as_ref().and_then(|valid| valid.end_latest());
                // STIX requires the stop after the start.
                let stop = stop.filter(|stop| start.is_none_or(|start| start < *stop));
                let known = |day: Option<Date>| day.filter(|day| day.year() >= 1).map(time);
                json!({
                    "relationship_type": "related-to",
                    "source_ref": source,
                    "target_ref": target,
                    "description": sentence,
                    "start_time": known(start),
                    "stop_time": known(stop),
                })
            }
            "opinion" => json!({
                "opinion": opinion(claim.stance()),
                "explanation": sentence,
                "object_refs": targets.collect::<Vec<_>>(),
                "authors": authors,
            }),
            _ => {
                let mut on: IndexSet<String> = ends.into_iter().flatten().chain(targets).collect();
                if on.is_empty() {
                    on.insert(own());
                }
                json!({"content": sentence, "object_refs": on, "authors": authors})
            }
        };
        let reported = claim.reported();
        let said = claim.said().and_then(|said| said.start_earliest().or(said.end_latest()));
        let dates = (said.unwrap_or(reported), reported);
        let common = json!({
            "created_by_ref": creators.find(|id| id.starts_with("identity--")),
            "confidence": confidence(claim),
        });
        object(kind, &shape, dates, joined(content, common))
    }

    /// Returns the text and the objects of the note for a batch, a link, a derivation, a lineage, a review or a
    /// judgement.
    fn beside(&self, record: &Record) -> (String, Vec<String>) {
        let shape = |name: &String| self.shapes.get(name.as_str()).cloned();
        match record {
            Record::Link(link) => {
                let on = [&link.from, &link.to].into_iter().filter_map(shape).collect();
                (format!("the second is {} of the first", link.role), on)
            }
            Record::Derivation(derivation) => {
                let on = std::iter::once(&derivation.claim).chain(&derivation.inputs);
                let text = format!("derived: {} ({})", derivation.quantity, derivation.rule);
                (text, on.filter_map(shape).collect())
            }
            Record::Lineage(lineage) => {
                let on = [&lineage.speaker, &lineage.source].map(|key| self.entity_id(key));
                ("the word of the first comes from the second".to_owned(), on.to_vec())
            }
            Record::Batch(batch) => {
                let at = batch.instant().map(|at| at.to_string()).unwrap_or_default();
                (format!("put on record by {} at {at}", batch.agent()), vec![own()])
            }
            Record::Review(review) => {
                let text = format!("{} by {}", review.decision, review.by);
                (text, shape(&review.claim).into_iter().collect())
            }
            Record::Judgement(judgement) => {
                let on = [&judgement.one, &judgement.other].map(|key| self.entity_id(key));
                let text = format!("{} in the judgement of {}", judgement.verdict, judgement.by);
                (text, on.to_vec())
            }
            Record::Redaction(redaction) => (format!("redacted by {}", redaction.by), vec![own()]),
            Record::Claimgraph(_)
            | Record::Entity(_)
            | Record::Affiliation(_)
            | Record::Claim(_) => (String::new(), Vec::new()),
        }
    }
}
