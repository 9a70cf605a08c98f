//! Reads the objects of a STIX bundle and makes claims of them.

use crate::exchange::day;
use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, Place, many, numbered, scalar};
use crate::exchange::stix::SYSTEM;
use crate::exchange::stix::extension::native;
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadReport, check_key, parse_day};
use claimgraph::record::*;
use claimgraph::time::Day;
use claimgraph::{Period, Stance};
use indexmap::IndexMap;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The properties of every object that are read apart from the others.
const COMMON: &[&str] =
    &["type", "id", "spec_version", "created", "modified", "created_by_ref", "name"];

/// The properties with further names.
const ALIASES: [&str; 2] = ["aliases", "x_mitre_aliases"];

pub(super) fn read(value: Value, options: &Options) -> Result<ReadReport, ReadError> {
    let root = Item::new(value, None, String::new());
    root.object()?;
    let objects = match root.required("type")? {
        "bundle" => numbered(many(root.value.get("objects")), "objects", options.limits)?,
        _ => vec![root.clone()],
    };
    if let Some(native) = native(&objects)? {
        return Ok(native);
    }
    let id = root.value.get("id").and_then(Value::as_str);
    let mut reader = Reading {
        import: Import::new(SYSTEM),
        document: options.key(id.unwrap_or("stix")),
        day: day(options),
        links: IndexMap::new(),
        named: IndexMap::new(),
        latest: None,
    };
    root.at("id").check_key(&reader.document)?;
    let objects: Vec<Object<'_>> =
        objects.iter().map(|item| reader.object(item)).collect::<Result<_, _>>()?;
    for object in &objects {
        match object.kind {
            "relationship" => reader.relationship(object)?,
            "sighting" => reader.sighting(object)?,
            "opinion" => {}
            _ => reader.domain(object)?,
        }
    }
    // An opinion comes after the claims and entities that it is on.
    let opinions = objects.iter().filter(|object| object.kind == "opinion");
    opinions.into_iter().try_for_each(|object| reader.opinion(object))?;
    reader.finish()
}

pub(super) struct Reading {
    pub(super) import: Import,
    document: String,
    day: Date,
    /// The claims of relationships, by the id of the relationship.
    pub(super) links: IndexMap<String, ClaimRecord>,
    named: IndexMap<String, Place>,
    latest: Option<Date>,
}

/// An object of a bundle, its creator and its dates.
pub(super) struct Object<'i> {
    pub(super) item: &'i Item,
    pub(super) members: &'i Map<String, Value>,
    pub(super) kind: &'i str,
    pub(super) id: &'i str,
    speakers: Vec<SpeakerRecord>,
    pub(super) said: Option<Day>,
    pub(super) reported: Date,
}

impl<'i> Object<'i> {
    pub(super) fn text(&self, name: &str) -> Option<&'i str> {
        self.members.get(name)?.as_str()
    }
}

impl Reading {
    /// Takes the properties that every object has.
    fn object<'i>(&mut self, item: &'i Item) -> Result<Object<'i>, ReadError> {
        let members = item.object()?;
        let (kind, id) = (item.required("type")?, item.required("id")?);
        item.at("id").check_key(id)?;
        let day = |name: &str| match members.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match value.as_str().and_then(|at| parse_day(at.get(..10)?)) {
                Some(day) => Ok(Some(day)),
                None => Err(item.at(name).wrong("a time such as 2024-10-24T00:00:00Z", value)),
            },
        };
        let (created, modified) = (day("created")?, day("modified")?);
        let reported = modified.or(created).unwrap_or(self.day);
        self.latest = self.latest.max(Some(reported));
        if created.is_some_and(|created| created > reported) {
            self.import.losses.note("creation after the last change", &item.place.path);
        }
        let by = members.get("created_by_ref").and_then(Value::as_str);
        let by = by.map(|by| self.reference(item.at("created_by_ref"), by)).transpose()?;
        let speakers = by.map(SpeakerRecord::new).into_iter().collect();
        let said = created.filter(|&day| day <= reported).map(Day::from);
        Ok(Object { item, members, kind, id, speakers, said, reported })
    }

    pub(super) fn reference(&mut self, place: Place, id: &str) -> Result<String, ReadError> {
        place.check_key(id)?;
        self.named.entry(id.to_owned()).or_insert(place);
        Ok(id.to_owned())
    }

    /// Returns the entity that an object has to name in a property.
    pub(super) fn end(&mut self, object: &Object<'_>, name: &str) -> Result<TermRecord, ReadError> {
        let id = object.item.required(name)?;
        self.reference(object.item.at(name), id).map(TermRecord::entity)
    }

    pub(super) fn claim_of(&self, object: &Object<'_>) -> ClaimRecord {
        ClaimRecord {
            speakers: object.speakers.clone(),
            document: Some(self.document.clone()),
            reported: Some(Day::from(object.reported)),
            said: object.said.map(|day| Period::on(day.date())),
            ..ClaimRecord::new(Stance::Asserts)
        }
    }

    fn kind(&mut self, kind: &str, class: Option<&str>) -> String {
        let own = match (kind, class) {
            ("identity", Some("individual")) => "Person",
            ("identity", Some("organization")) => "Organization",
            ("identity", Some("group" | "class")) => "Group",
            _ => {
                let above: &[&str] = match kind {
                    "identity" | "threat-actor" | "intrusion-set" | "campaign" => {
                        &["Actor", "Source", "Thing"]
                    }
                    "location" => &["Place", "Thing"],
                    _ => &["Thing"],
                };
                return self.import.kind(kind, above);
            }
        };
        own.to_owned()
    }

    fn domain(&mut self, object: &Object<'_>) -> Result<(), ReadError> {
        let (item, id) = (object.item, object.id);
        let kind = self.kind(object.kind, object.text("identity_class"));
        let mut names: Vec<Name> = object.text("name").map(Name::canonical).into_iter().collect();
        for property in ALIASES {
            for alias in many(object.members.get(property)) {
                let alias =
                    alias.as_str().ok_or_else(|| item.at(property).wrong("texts", alias))?;
                if !names.iter().any(|name| name.text() == alias) {
                    names.push(Name::alias(alias));
                }
            }
        }
        if self.import.knows(id) {
            self.import.losses.note("another version of an object", id);
        }
        let record = self.import.entity(id, &kind, &item.place);
        record.kind = kind;
        record.names = names;
        for (property, value) in object.members {
            let read = |of: &[&str]| of.contains(&property.as_str());
            if read(COMMON) || read(&ALIASES) {
                continue;
            }
            let terms = match property.as_str() {
                "external_references" => self.external(id, value),
                _ => self.terms(item, property, value)?,
            };
            for term in terms {
                let relation = self.import.relation(property);
                let claim = ClaimRecord {
                    statement: Some(StatementRecord::new(TermRecord::entity(id), relation, term)),
                    ..self.claim_of(object)
                };
                self.import.claim(claim, item.at(property));
            }
        }
        Ok(())
    }

    /// Takes the codes of an object, and returns the references that say more than a code as texts.
    fn external(&mut self, id: &str, value: &Value) -> Vec<TermRecord> {
        let mut texts = Vec::new();
        for reference in many(Some(value)) {
            let part = |name: &str| reference.get(name).and_then(Value::as_str);
            let coded = part("source_name").zip(part("external_id"));
            if let (Some((source, code)), Some(record)) = (coded, self.import.found(id)) {
                record.codes.push((source.to_owned(), code.to_owned()));
            }
            if coded.is_none() || reference.as_object().is_none_or(|parts| parts.len() != 2) {
                texts.push(TermRecord::text(reference.to_string()));
            }
        }
        texts
    }

    /// Returns the values of a property: entities if it holds references, else texts. The value `false` counts as
    /// absent.
    pub(super) fn terms(
        &mut self,
        item: &Item,
        property: &str,
        value: &Value,
    ) -> Result<Vec<TermRecord>, ReadError> {
        let refers = property.ends_with("_ref") || property.ends_with("_refs");
        let mut terms = Vec::new();
        for (index, value) in many(Some(value)).iter().enumerate() {
            let phase = || {
                let part = |name: &str| value.get(name).and_then(Value::as_str);
                Some(format!("{}:{}", part("kill_chain_name")?, part("phase_name")?))
            };
            terms.push(match value {
                Value::Null | Value::Bool(false) => continue,
                Value::String(id) if refers && check_key(id).is_err() => {
                    let place = item.at(property);
                    self.import.losses.note("reference to nothing", &place.path);
                    continue;
                }
                Value::String(id) if refers => {
                    let place = item.at(property).at(&format!("[{index}]"));
                    TermRecord::entity(self.reference(place, id)?)
                }
                other => {
                    let phase = phase().filter(|_| property == "kill_chain_phases");
                    let text = phase.or_else(|| scalar(other));
                    TermRecord::text(text.unwrap_or_else(|| other.to_string()))
                }
            });
        }
        Ok(terms)
    }

    /// Returns the id and the properties of an object as roles, without those that are read apart.
    pub(super) fn roles(
        &mut self,
        object: &Object<'_>,
        apart: &[&str],
    ) -> Result<Vec<RoleRecord>, ReadError> {
        let mut roles = vec![self.import.text_role("id", object.id)];
        for (property, value) in object.members {
            if COMMON.contains(&property.as_str()) || apart.contains(&property.as_str()) {
                continue;
            }
            for value in self.terms(object.item, property, value)? {
                roles.push(RoleRecord::new(self.import.role(property), value));
            }
        }
        Ok(roles)
    }

    fn finish(mut self) -> Result<ReadReport, ReadError> {
        for (id, place) in std::mem::take(&mut self.named) {
            if self.import.knows(&id) {
                continue;
            }
            if self.links.contains_key(&id) {
                self.import.losses.note("reference to a relationship", &id);
            } else {
                self.import.losses.note("object that is not in the bundle", &id);
            }
            let kind = id.split_once("--").map_or("Thing", |(kind, _)| kind);
            let kind = match kind {
                kind if kind == "Document" || check_key(kind).is_err() => "Thing".to_owned(),
                kind => self.kind(kind, None),
            };
            self.import.entity(&id, &kind, &place);
        }
        // The date of the bundle is that of the last change in it.
        let date = self.latest.unwrap_or(self.day);
        self.import.document(&self.document, Some(date), &Place::default());
        self.import.finish()
    }
}
