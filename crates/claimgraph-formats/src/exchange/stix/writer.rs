//! Writes a graph as a STIX 2.1 bundle.

use crate::exchange::stix::shape::{class_of, confidence, country, kind_of, opinion, shape};
use crate::exchange::stix::{SYSTEM, extension, id};
use claimgraph::format::{Losses, Records, WriteError};
use claimgraph::record::*;
use claimgraph::{ClaimGraph, ClaimId, ClaimRef, EntityId, EntityRef};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
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
    graph: &'g ClaimGraph,
    output: &'r mut dyn Write,
    /// The date of entities: the report day of the first claim.
    first: Date,
    records: &'r Records<'g>,
    /// The id of the object of each claim.
    shapes: IndexMap<ClaimId, String>,
    read_in: IndexMap<EntityId, Vec<String>>,
    /// The id of the object of each claim, by the name of the claim.
    by_name: IndexMap<String, String>,
    written: usize,
    losses: Losses,
}

impl<'r, 'g> Writer<'r, 'g> {
    fn new(graph: &'g ClaimGraph, records: &'r Records<'g>, output: &'r mut dyn Write) -> Self {
        let mut days: Vec<Date> = graph.claims().map(ClaimRef::reported).collect();
        days.extend(
            graph.documents().filter_map(|document| document.document().and_then(|d| d.date())),
        );
        let first = days
            .into_iter()
            .filter(|day| day.year() >= 1)
            .min()
            .unwrap_or(Date::constant(1970, 1, 1));
        Self {
            graph,
            output,
            first,
            records,
            shapes: IndexMap::new(),
            read_in: IndexMap::new(),
            by_name: IndexMap::new(),
            written: 0,
            losses: Losses::default(),
        }
    }

    fn all(mut self) -> Result<Losses, WriteError> {
        let own = id("identity", "claimgraph");
        let last = self.records.claims().next_back().map(|(_, name)| name);
        let bundle = id("bundle", &format!("{} {last:?}", self.graph.len()));
        write!(self.output, "{{\"type\":\"bundle\",\"id\":{},\"objects\":[", Value::from(bundle))?;
        let mut definition =
            self.object("extension-definition", &extension(), self.first, self.first);
        definition.extend([
            ("created_by_ref".to_owned(), json!(own)),
            ("name".to_owned(), json!("claimgraph record")),
            (
                "description".to_owned(),
                json!(
                    "The record of the claimgraph format, version 1, that the object stands for."
                ),
            ),
            ("schema".to_owned(), json!("https://docs.rs/claimgraph")),
            ("version".to_owned(), json!("1.0.0")),
            ("extension_types".to_owned(), json!(["property-extension"])),
        ]);
        self.put(definition, None)?;
        for (claim, name) in self.records.claims() {
            let shape = id(shape(claim), name);
            if let Some(document) = claim.document() {
                self.read_in.entry(document.id()).or_default().push(shape.clone());
            }
            self.by_name.insert(name.to_owned(), shape.clone());
            self.shapes.insert(claim.id(), shape);
        }
        let (mut beside, mut affiliations) = (0, 0);
        let mut claims = self.records.claims().map(|(claim, _)| claim);
        self.records.each(|record| {
            let object = match &record {
                Record::Claimgraph(_) => {
                    let mut object = self.object("identity", &own, self.first, self.first);
                    object.insert("name".to_owned(), json!("claimgraph"));
                    object.insert("identity_class".to_owned(), json!("system"));
                    object
                }
                Record::Entity(entity) => {
                    // An entity that was read from STIX becomes an identity, whatever type it had there.
                    if entity.key.starts_with(&format!("{}--", entity.kind)) {
                        self.losses
                            .note("type and id of an object that came from STIX", &entity.key);
                    }
                    self.entity(&entity.key)
                }
                Record::Affiliation(affiliation) => {
                    affiliations += 1;
                    self.affiliation(affiliation, affiliations)
                }
                Record::Claim(_) => {
                    let Some(claim) = claims.next() else { return Ok(()) };
                    let coded = |(system, _): &(String, String)| system == SYSTEM;
                    if claim.statement().is_some_and(|said| said.relation().codes.iter().any(coded))
                    {
                        let name = self.records.name(claim.id());
                        self.losses.note("type of a relationship that came from STIX", name);
                    }
                    self.claim(claim)
                }
                Record::Link(_) | Record::Derivation(_) | Record::Lineage(_) => {
                    let (content, on) = self.beside(&record);
                    let id = id("note", &format!("beside {beside}"));
                    beside += 1;
                    let mut object = self.object("note", &id, self.first, self.first);
                    object.insert("content".to_owned(), json!(content));
                    object.insert("object_refs".to_owned(), json!(on));
                    object
                }
            };
            self.put(object, Some(&record))
        })?;
        self.output.write_all(b"]}\n")?;
        self.output.flush()?;
        Ok(self.losses)
    }

    fn object(&self, kind: &str, id: &str, created: Date, modified: Date) -> Map<String, Value> {
        // STIX has no times before the year 1.
        let time = |day: Date| {
            format!("{:04}-{:02}-{:02}T00:00:00.000Z", day.year().max(1), day.month(), day.day())
        };
        let parts = [
            ("type", json!(kind)),
            ("spec_version", json!("2.1")),
            ("id", json!(id)),
            ("created", json!(time(created))),
            ("modified", json!(time(modified))),
        ];
        parts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn put(
        &mut self,
        mut object: Map<String, Value>,
        record: Option<&Record>,
    ) -> Result<(), WriteError> {
        if let Some(record) = record {
            let Value::Object(mut carried) =
                serde_json::to_value(record).map_err(io::Error::from)?
            else {
                return Ok(());
            };
            carried.insert("extension_type".to_owned(), json!("property-extension"));
            object.insert(
                "extensions".to_owned(),
                Value::Object(Map::from_iter([(extension(), Value::Object(carried))])),
            );
        }
        let comma = if self.written == 0 { "\n" } else { ",\n" };
        self.written += 1;
        self.output.write_all(comma.as_bytes())?;
        serde_json::to_writer(&mut self.output, &object).map_err(io::Error::from)?;
        Ok(())
    }

    /// Returns the id of an entity's object.
    fn entity_id(&self, key: &str) -> String {
        let found = self.graph.entity_keyed(key).and_then(|id| self.graph.entity(id));
        id(found.map_or("identity", kind_of), key)
    }

    fn id_of(&self, entity: EntityId) -> String {
        self.entity_id(self.graph.entity(entity).map_or("", EntityRef::key))
    }

    fn entity(&self, key: &str) -> Map<String, Value> {
        let Ok(entity) = self.graph.entity_keyed(key).and_then(|id| self.graph.entity(id)) else {
            return Map::new();
        };
        let kind = kind_of(entity);
        let day = entity.document().and_then(|document| document.date()).unwrap_or(self.first);
        let day = if day.year() >= 1 { day } else { self.first };
        let mut object = self.object(kind, &id(kind, key), day, day);
        let mut insert = |name: &str, value: Value| object.insert(name.to_owned(), value);
        let name = if entity.name().is_empty() { key } else { entity.name() };
        let title = entity
            .document()
            .and_then(|document| document.title())
            .filter(|title| !title.is_empty());
        insert("name", json!(title.unwrap_or(name)));
        match kind {
            "identity" => {
                insert("identity_class", json!(class_of(entity)));
            }
            "location" => {
                insert("country", json!(country(entity).unwrap_or_default()));
            }
            _ => {
                let published =
                    self.object("", "", day, day).get("created").cloned().unwrap_or_default();
                insert("published", published);
                let mut on = self.read_in.get(&entity.id()).cloned().unwrap_or_default();
                if on.is_empty() {
                    on.push(id("identity", "claimgraph"));
                }
                insert("object_refs", json!(on));
                if let Some(publisher) = entity.document().and_then(|document| document.publisher())
                {
                    let publisher = self.id_of(publisher);
                    if publisher.starts_with("identity--") {
                        insert("created_by_ref", json!(publisher));
                    }
                }
            }
        }
        let code = |(system, code): &(String, String)| {
            let fits = !system.is_empty() && !code.is_empty();
            fits.then(|| json!({"source_name": system, "external_id": code}))
        };
        let codes: Vec<Value> = entity.codes().iter().filter_map(code).collect();
        if !codes.is_empty() {
            object.insert("external_references".to_owned(), Value::Array(codes));
        }
        object
    }

    fn affiliation(&self, affiliation: &AffiliationRecord, number: usize) -> Map<String, Value> {
        let day = affiliation.reported.map_or(self.first, Date::from);
        let id = id("relationship", &format!("affiliation {number}"));
        let mut object = self.object("relationship", &id, day, day);
        let sentence =
            format!("{} is {} {}", affiliation.part, affiliation.kind, affiliation.whole);
        object.extend([
            ("relationship_type".to_owned(), json!("related-to")),
            ("source_ref".to_owned(), json!(self.entity_id(&affiliation.part))),
            ("target_ref".to_owned(), json!(self.entity_id(&affiliation.whole))),
            ("description".to_owned(), json!(sentence)),
        ]);
        object
    }

    fn claim(&self, claim: ClaimRef<'_>) -> Map<String, Value> {
        let shape = self.shapes.get(&claim.id()).cloned().unwrap_or_default();
        let kind = shape.split_once("--").map_or("note", |(kind, _)| kind);
        let reported = claim.reported();
        let mut object = self.object(kind, &shape, claim.said().unwrap_or(reported), reported);
        let mut insert = |name: &str, value: Value| object.insert(name.to_owned(), value);
        let speakers: IndexSet<EntityId> =
            claim.chain().iter().filter_map(|link| link.source).collect();
        let speakers: Vec<EntityId> = speakers.into_iter().collect();
        let outermost = speakers
            .iter()
            .map(|&speaker| self.id_of(speaker))
            .find(|id| id.starts_with("identity--"));
        if let Some(creator) = outermost {
            insert("created_by_ref", json!(creator));
        }
        let sentence = claim.to_string();
        let authors: Vec<&str> =
            speakers.iter().map(|&speaker| self.graph.name_of(speaker)).collect();
        if let Some(confidence) = confidence(claim) {
            insert("confidence", json!(confidence));
        }
        match kind {
            "relationship" => {
                insert("relationship_type", json!("related-to"));
                let ends =
                    [("source_ref", claim.subject_entity()), ("target_ref", claim.object_entity())];
                for (name, end) in ends {
                    end.into_iter().for_each(|end| drop(insert(name, json!(self.id_of(end)))));
                }
                insert("description", json!(sentence));
                let days = claim.valid().map(|valid| (valid.start_earliest(), valid.end_latest()));
                let (start, stop) = days.unwrap_or_default();
                let times = [("start_time", start), ("stop_time", stop)];
                // STIX requires the stop after the start.
                let apart = start.zip(stop).is_none_or(|(start, stop)| start < stop);
                for (name, day) in
                    times.into_iter().filter(|(name, _)| apart || *name == "start_time")
                {
                    let time = |day: Date| {
                        self.object("", "", day, day).get("created").cloned().unwrap_or_default()
                    };
                    day.filter(|day| day.year() >= 1)
                        .into_iter()
                        .for_each(|day| drop(insert(name, time(day))));
                }
            }
            "opinion" => {
                let on: Vec<&String> =
                    claim.targets().filter_map(|(target, _)| self.shapes.get(&target)).collect();
                insert("opinion", json!(opinion(claim.stance())));
                insert("explanation", json!(sentence));
                insert("object_refs", json!(on));
                insert("authors", json!(authors));
            }
            _ => {
                insert("content", json!(sentence));
                let ends = [claim.subject_entity(), claim.object_entity()];
                let mut on: IndexSet<String> =
                    ends.into_iter().flatten().map(|end| self.id_of(end)).collect();
                on.extend(
                    claim.targets().filter_map(|(target, _)| self.shapes.get(&target).cloned()),
                );
                if on.is_empty() {
                    on.insert(id("identity", "claimgraph"));
                }
                insert("object_refs", json!(on));
                insert("authors", json!(authors));
            }
        }
        // STIX does not allow empty lists.
        object.retain(|name, value| {
            name != "authors" || value.as_array().is_some_and(|list| !list.is_empty())
        });
        object
    }

    /// Returns the text and the objects of the note for a link, a derivation or a lineage.
    fn beside(&self, record: &Record) -> (String, Vec<String>) {
        let shape = |name: &String| self.by_name.get(name).cloned();
        match record {
            Record::Link(link) => {
                let on = [&link.from, &link.to].into_iter().filter_map(shape).collect();
                (format!("the second is {} of the first", link.role), on)
            }
            Record::Derivation(derivation) => {
                let on = std::iter::once(&derivation.claim)
                    .chain(&derivation.inputs)
                    .filter_map(shape)
                    .collect();
                (format!("derived: {} ({})", derivation.quantity, derivation.rule), on)
            }
            Record::Lineage(lineage) => {
                let on = [&lineage.speaker, &lineage.source]
                    .into_iter()
                    .map(|key| self.entity_id(key))
                    .collect();
                ("the word of the first comes from the second".to_owned(), on)
            }
            _ => (String::new(), Vec::new()),
        }
    }
}
