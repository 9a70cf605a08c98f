//! Reads the objects of a STIX bundle and makes claims of them.

use crate::exchange::day;
use crate::exchange::import::{Import, Origin, key_problem};
use crate::exchange::json_input::{Item, many, scalar};
use crate::exchange::stix::SYSTEM;
use crate::exchange::stix::extension::native;
use crate::reader_options::Options;
use claimgraph::Stance;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, parse_day};
use claimgraph::record::*;
use indexmap::IndexMap;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The properties of every object that are read apart from the others.
const COMMON: &[&str] =
    &["type", "id", "spec_version", "created", "modified", "created_by_ref", "name"];

pub(super) fn read(value: Value, options: &Options) -> Result<ReadReport, ReadError> {
    let root = Item { value, line: None, path: String::new() };
    let bundle = root.object()?;
    let bundled = match bundle.get("type").and_then(Value::as_str) {
        Some("bundle") => bundle.get("objects"),
        Some(_) => Some(&root.value),
        None => return Err(root.fault("type", ReadErrorKind::Syntax("expected a bundle".into()))),
    };
    let of_bundle = bundle.get("type").and_then(Value::as_str) == Some("bundle");
    let objects: Vec<Item> = many(bundled)
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let path = if of_bundle { format!("objects[{index}]") } else { String::new() };
            Item { value: value.clone(), line: None, path }
        })
        .collect();
    if objects.len() as u64 > options.limits.records {
        return Err(ReadError::new(ReadErrorKind::Limit {
            what: "records",
            limit: options.limits.records,
        }));
    }
    if let Some(native) = native(&objects)? {
        return Ok(native);
    }
    let usual = bundle.get("id").and_then(Value::as_str).unwrap_or("stix");
    let mut reader = Reading {
        import: Import::new(SYSTEM),
        document: options.key(usual),
        day: day(options),
        links: IndexMap::new(),
        named: IndexMap::new(),
        latest: None,
    };
    if let Some(problem) = key_problem(&reader.document) {
        return Err(root.fault("id", ReadErrorKind::Syntax(problem)));
    }
    for object in &objects {
        reader.object(object)?;
    }
    for object in &objects {
        reader.opinion(object)?;
    }
    reader.finish()
}

pub(super) struct Reading {
    pub(super) import: Import,
    document: String,
    day: Date,
    /// The claims of relationships, by the id of the relationship.
    pub(super) links: IndexMap<String, ClaimRecord>,
    named: IndexMap<String, Origin>,
    latest: Option<Date>,
}

/// The creator of an object, and its dates.
pub(super) struct Made {
    speakers: Vec<SpeakerRecord>,
    pub(super) said: Option<DayText>,
    pub(super) reported: Date,
}

impl Reading {
    fn object(&mut self, item: &Item) -> Result<(), ReadError> {
        let object = item.object()?;
        let kind = required(item, object, "type")?;
        let id = required(item, object, "id")?;
        if let Some(problem) = key_problem(id) {
            return Err(item.fault("id", ReadErrorKind::Syntax(problem)));
        }
        let made = self.made(item, object)?;
        match kind {
            "relationship" => self.relationship(item, object, id, &made),
            "sighting" => self.sighting(item, object, id, &made),
            "opinion" => Ok(()),
            _ => self.domain(item, object, id, kind, &made),
        }
    }

    pub(super) fn made(
        &mut self,
        item: &Item,
        object: &Map<String, Value>,
    ) -> Result<Made, ReadError> {
        let day = |name: &str| match object.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match value.as_str().and_then(|at| parse_day(at.get(..10)?)) {
                Some(day) => Ok(Some(day)),
                None => Err(item.wrong(name, "a time such as 2024-10-24T00:00:00Z", value)),
            },
        };
        let (created, modified) = (day("created")?, day("modified")?);
        let reported = modified.or(created).unwrap_or(self.day);
        self.latest = self.latest.max(Some(reported));
        if created.is_some_and(|created| created > reported) {
            self.import.losses.note("creation after the last change", &item.path);
        }
        let speakers = match object.get("created_by_ref").and_then(Value::as_str) {
            Some(by) => vec![SpeakerRecord::new(self.reference(item, "created_by_ref", by)?)],
            None => Vec::new(),
        };
        Ok(Made {
            speakers,
            said: created.filter(|&day| day <= reported).map(DayText::from),
            reported,
        })
    }

    pub(super) fn reference(
        &mut self,
        item: &Item,
        field: &str,
        id: &str,
    ) -> Result<String, ReadError> {
        if let Some(problem) = key_problem(id) {
            return Err(item.fault(field, ReadErrorKind::Syntax(problem)));
        }
        self.named.entry(id.to_owned()).or_insert_with(|| Origin::of(item, field));
        Ok(id.to_owned())
    }

    pub(super) fn claim_of(&self, made: &Made) -> ClaimRecord {
        ClaimRecord {
            speakers: made.speakers.clone(),
            document: Some(self.document.clone()),
            reported: Some(DayText::from(made.reported)),
            said: made.said,
            ..ClaimRecord::new(Stance::Asserts)
        }
    }

    fn kind(&mut self, kind: &str, class: Option<&str>) -> String {
        match (kind, class) {
            ("identity", Some("individual")) => "Person".to_owned(),
            ("identity", Some("organization")) => "Organization".to_owned(),
            ("identity", Some("group" | "class")) => "Group".to_owned(),
            ("identity", _) => self.import.kind(kind, &["Actor", "Source", "Thing"]),
            ("threat-actor" | "intrusion-set" | "campaign", _) => {
                self.import.kind(kind, &["Actor", "Source", "Thing"])
            }
            ("location", _) => self.import.kind(kind, &["Place", "Thing"]),
            _ => self.import.kind(kind, &["Thing"]),
        }
    }

    fn domain(
        &mut self,
        item: &Item,
        object: &Map<String, Value>,
        id: &str,
        kind: &str,
        made: &Made,
    ) -> Result<(), ReadError> {
        let class = object.get("identity_class").and_then(Value::as_str);
        let kind = self.kind(kind, class);
        let mut names: Vec<Name> =
            object.get("name").and_then(Value::as_str).map(Name::canonical).into_iter().collect();
        let canonical = names.first().map(|name| name.text().to_owned());
        for property in ["aliases", "x_mitre_aliases"] {
            for alias in many(object.get(property)) {
                let alias = alias.as_str().ok_or_else(|| item.wrong(property, "texts", alias))?;
                if canonical.as_deref() != Some(alias)
                    && !names.iter().any(|name| name.text() == alias)
                {
                    names.push(Name::alias(alias));
                }
            }
        }
        if self.import.knows(id) {
            self.import.losses.note("another version of an object", id);
        }
        let record = self.import.entity(id, &kind, &Origin::of(item, ""));
        record.kind = kind;
        record.names = names;
        for (property, value) in object {
            if COMMON.contains(&property.as_str())
                || ["aliases", "x_mitre_aliases"].contains(&property.as_str())
            {
                continue;
            }
            if property == "external_references" {
                self.external(id, made, value, &Origin::of(item, property));
                continue;
            }
            for term in self.terms(item, property, value)? {
                let relation = self.import.relation(property, None);
                let claim = ClaimRecord {
                    statement: Some(StatementRecord::new(TermRecord::entity(id), relation, term)),
                    ..self.claim_of(made)
                };
                self.import.claim(claim, Origin::of(item, property));
            }
        }
        Ok(())
    }

    fn external(&mut self, id: &str, made: &Made, value: &Value, origin: &Origin) {
        for reference in many(Some(value)) {
            let part = |name: &str| reference.get(name).and_then(Value::as_str);
            let coded = part("source_name").zip(part("external_id"));
            if let (Some((source, code)), Some(record)) = (coded, self.import.found(id)) {
                record.codes.push((source.to_owned(), code.to_owned()));
            }
            let simple = coded.is_some()
                && reference.as_object().is_some_and(|reference| reference.len() == 2);
            if !simple {
                let relation = self.import.relation("external_references", None);
                let object = TermRecord::text(reference.to_string());
                let claim = ClaimRecord {
                    statement: Some(StatementRecord::new(TermRecord::entity(id), relation, object)),
                    ..self.claim_of(made)
                };
                self.import.claim(claim, origin.clone());
            }
        }
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
            let phase = |value: &Value| {
                let part = |name: &str| value.get(name).and_then(Value::as_str);
                Some(format!("{}:{}", part("kill_chain_name")?, part("phase_name")?))
            };
            match value {
                Value::Null | Value::Bool(false) => {}
                Value::String(id) if refers && key_problem(id).is_some() => {
                    self.import
                        .losses
                        .note("reference that names nothing", &format!("{}.{property}", item.path));
                }
                Value::String(id) if refers => {
                    terms.push(TermRecord::entity(self.reference(
                        item,
                        &format!("{property}[{index}]"),
                        id,
                    )?));
                }
                Value::Object(_) if property == "kill_chain_phases" && phase(value).is_some() => {
                    terms.push(TermRecord::text(phase(value).unwrap_or_default()));
                }
                other => {
                    terms.push(TermRecord::text(scalar(other).unwrap_or_else(|| other.to_string())))
                }
            }
        }
        Ok(terms)
    }

    pub(super) fn roles(
        &mut self,
        item: &Item,
        object: &Map<String, Value>,
        id: &str,
        apart: &[&str],
    ) -> Result<Vec<RoleRecord>, ReadError> {
        let mut roles = vec![RoleRecord::new(self.import.role("id"), TermRecord::text(id))];
        for (property, value) in object {
            if COMMON.contains(&property.as_str()) || apart.contains(&property.as_str()) {
                continue;
            }
            for value in self.terms(item, property, value)? {
                roles.push(RoleRecord::new(self.import.role(property), value));
            }
        }
        Ok(roles)
    }

    fn finish(mut self) -> Result<ReadReport, ReadError> {
        for (id, origin) in &self.named {
            if self.import.knows(id) {
                continue;
            }
            if self.links.contains_key(id) {
                self.import.losses.note("reference to a relationship", id);
            } else {
                self.import.losses.note("object that is named and not in the bundle", id);
            }
            let kind = id.split_once("--").map_or("Thing", |(kind, _)| kind);
            let kind = match key_problem(kind) {
                None if kind == "identity" => self.import.kind(kind, &["Actor", "Source", "Thing"]),
                None if kind != "Thing" && kind != "Document" => self.import.kind(kind, &["Thing"]),
                _ => "Thing".to_owned(),
            };
            self.import.entity(id, &kind, origin);
        }
        // The date of the bundle is that of the last change in it.
        let date = self.latest.unwrap_or(self.day);
        self.import.document(&self.document, Some(date), &Origin::default());
        self.import.finish()
    }
}

pub(super) fn required<'v>(
    item: &Item,
    object: &'v Map<String, Value>,
    name: &str,
) -> Result<&'v str, ReadError> {
    match object.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(other) => Err(item.wrong(name, "a text that is not empty", other)),
        None => Err(item.fault(name, ReadErrorKind::Syntax(format!("an object needs \"{name}\"")))),
    }
}
