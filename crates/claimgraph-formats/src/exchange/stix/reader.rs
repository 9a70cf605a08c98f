//! Reads the objects of a STIX bundle and makes claims of them.

use crate::exchange::import::Import;
use crate::exchange::json_input::{many, members_of, scalar, text_in, value_of};
use crate::exchange::place::Place;
use crate::exchange::stix::SYSTEM;
use crate::exchange::stix::extension::native;
use crate::exchange::stix::object::{Object, Objects, Opened, latest, note_version};
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, check_key, excerpt};
use claimgraph::record::*;
use claimgraph::time::Day;
use claimgraph::{Period, Stance};
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// The properties of every object that are read apart from the others.
const COMMON: &[&str] = &["type", "id", "spec_version", "created", "modified", "created_by_ref"];

/// The properties with further names.
const ALIASES: [&str; 2] = ["aliases", "x_mitre_aliases"];

/// The properties that name an observable, which has no `name`.
const VALUES: [&str; 3] = ["value", "display_name", "path"];

/// The properties that take an object back.
const WITHDRAWN: [&str; 2] = ["revoked", "x_mitre_deprecated"];

/// The properties whose value `false` says the same as their absence.
const USUALLY_FALSE: [&str; 3] = ["revoked", "x_mitre_deprecated", "defanged"];

/// The types of objects that are claims, and not entities.
const CLAIMS: [&str; 3] = ["relationship", "sighting", "opinion"];

pub(super) fn read(text: &str, options: &Options) -> Result<ReadReport, ReadError> {
    let root = Place::default();
    let mut bundle = bundle(text.trim(), &root)?;
    let objects = Objects::of(text, bundle.remove("objects").unwrap_or_default());
    let limit = options.limits.records;
    if objects.iter().count() as u64 > limit {
        return Err(ReadError::new(ReadErrorKind::Limit { what: "records", limit }));
    }
    if let Some(native) = native(&objects, options.limits)? {
        return Ok(native);
    }
    let mut import = Import::new(SYSTEM, options.limits);
    import.other_names(&root, bundle.keys(), &["type", "id", "spec_version"]);
    let member = |name: &str| bundle.get(name).map(|part| value_of(part));
    note_version(member("spec_version").as_ref(), &root, &mut import);
    let id = member("id");
    let id = id.as_ref().and_then(Value::as_str).filter(|id| !id.trim().is_empty());
    let id = id.and_then(|id| import.key(id, &root.at("id")));
    let key = options.key(id.as_deref().unwrap_or("stix"));
    let latest = latest(&objects, &mut import);
    let document = import.voice(&key, &root);
    // The date of the bundle is that of the last change in it.
    let date = latest.iter().filter_map(Object::reported).max();
    import.date_voice(&key, date.or(options.reported));
    let mut reader = Reading {
        import,
        document,
        day: options.reported,
        links: IndexMap::new(),
        named: IndexMap::new(),
    };
    // A claim comes after the claims that it is on.
    let of = |kind: &'static str| latest.iter().filter(move |object| &*object.kind == kind);
    of("relationship").for_each(|object| reader.relationship(&object.open()));
    of("sighting").for_each(|object| reader.sighting(&object.open()));
    of("opinion").for_each(|object| reader.opinion(&object.open()));
    let entities = latest.iter().filter(|object| !CLAIMS.contains(&&*object.kind));
    entities.for_each(|object| reader.domain(&object.open()));
    drop(latest);
    reader.settled().finish(options.reported, "a bundle of STIX objects with types and ids")
}

/// Returns the members of the bundle, or an error that says what was found in its place.
fn bundle<'t>(text: &'t str, root: &Place) -> Result<BTreeMap<String, &'t str>, ReadError> {
    let Some(members) = members_of(text) else {
        return Err(root.wrong("a bundle", &value_of(text)));
    };
    let kind = members.get("type").map(|kind| value_of(kind));
    match kind.as_ref().and_then(Value::as_str) {
        Some("bundle") => Ok(members),
        Some(kind) => {
            let problem =
                format!("expected a bundle, found an object of the type \"{}\"", excerpt(kind));
            Err(root.at("type").syntax(problem))
        }
        None => Err(root.at("type").syntax("expected a bundle, found an object without a type")),
    }
}

pub(super) struct Reading {
    pub(super) import: Import,
    document: String,
    day: Option<Date>,
    /// The claims of relationships, sightings and opinions, by the id of the object.
    pub(super) links: IndexMap<String, Link>,
    named: IndexMap<String, Place>,
}

/// The claims of one relationship, sighting or opinion.
pub(super) struct Link {
    /// The names of its claims.
    pub(super) names: Vec<String>,
    /// The statement of the first one.
    pub(super) statement: Option<StatementRecord>,
}

impl Reading {
    /// Returns the claim or entity of an id. A reference to a relationship that was not read is left out and counted.
    pub(super) fn reference(&mut self, place: Place, id: &str) -> Option<TermRecord> {
        if id.trim().is_empty() {
            self.import.note("reference to nothing", &place);
            return None;
        }
        let id = self.import.key(id, &place)?;
        if let Some(link) = self.links.get(&id) {
            return link.names.first().map(TermRecord::claim);
        }
        if id.split_once("--").is_some_and(|(kind, _)| CLAIMS.contains(&kind)) {
            self.import.note("reference to a claim that is not in the bundle", &place);
            return None;
        }
        self.named.entry(id.clone()).or_insert(place);
        Some(TermRecord::entity(id))
    }

    /// Returns the entity or claim that an object has to name in a property.
    pub(super) fn end(&mut self, object: &Opened<'_>, name: &str) -> Option<TermRecord> {
        let id = object.required(name, &mut self.import)?;
        self.reference(object.at(name), id)
    }

    pub(super) fn claim_of(&mut self, object: &Opened<'_>) -> ClaimRecord {
        let reported = object.reported().or(self.day);
        let said = object.created.filter(|&day| reported.is_none_or(|reported| day <= reported));
        if object.created.is_some() && said.is_none() {
            self.import.note("creation after the last change", &object.place);
        }
        let by = object.members.get("created_by_ref").filter(|by| !by.is_null());
        let by = by.and_then(|by| match by.as_str() {
            Some(by) => self.reference(object.at("created_by_ref"), by),
            None => {
                self.import.note("value that is not a text", &object.at("created_by_ref"));
                None
            }
        });
        let speaker = by.as_ref().and_then(TermRecord::as_entity).map(SpeakerRecord::new);
        ClaimRecord {
            speakers: speaker.into_iter().collect(),
            document: Some(self.document.clone()),
            reported: reported.map(Day::from),
            said: said.map(Period::on),
            ..ClaimRecord::new(Stance::Asserts)
        }
    }

    /// Adds claims of an object. If the object is withdrawn, they are on record from its creation, and taken back.
    pub(super) fn put(&mut self, object: &Opened<'_>, mut claims: Vec<ClaimRecord>, place: &Place) {
        let withdrawn = WITHDRAWN.into_iter().find(|flag| object.has(flag));
        let reported = object.reported().or(self.day).map(Day::from);
        let mut targets = Vec::new();
        for (number, claim) in claims.iter_mut().enumerate() {
            let name = claim.id.get_or_insert_with(|| format!("{} {number}", object.id));
            targets.push(TargetRecord::new(name.clone()));
            if withdrawn.is_some() {
                claim.reported =
                    claim.said.as_ref().and(object.created).map(Day::from).or(claim.reported);
            }
        }
        let retraction = withdrawn.zip(claims.first()).map(|(why, first)| ClaimRecord {
            speakers: first.speakers.clone(),
            document: first.document.clone(),
            targets,
            words: Some(why.trim_start_matches("x_mitre_").to_owned()),
            reported,
            said: reported.map(|day| Period::on(day.date())),
            ..ClaimRecord::new(Stance::Retracts)
        });
        for claim in claims {
            self.import.claim(claim, place.clone());
        }
        if let Some(retraction) = retraction {
            self.import.claim(retraction, object.at(withdrawn.unwrap_or_default()));
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

    fn names(&mut self, object: &Opened<'_>) -> Vec<Name> {
        let mut names: IndexSet<String> = IndexSet::new();
        let has_name = object.members.contains_key("name");
        let value = VALUES.into_iter().find(|name| object.members.contains_key(*name));
        let first = if has_name { Some("name") } else { value };
        for property in first.into_iter().chain(ALIASES) {
            for (index, value) in many(object.members.get(property)).iter().enumerate() {
                let place = || {
                    if ALIASES.contains(&property) {
                        object.at(property).nth(index)
                    } else {
                        object.at(property)
                    }
                };
                match value.as_str() {
                    Some(text) => names.extend(self.import.name(text, &place())),
                    None if value.is_null() => {}
                    None => self.import.note("value that is not a text", &place()),
                }
            }
        }
        let name =
            |(place, text)| if place == 0 { Name::canonical(text) } else { Name::alias(text) };
        names.into_iter().enumerate().map(name).collect()
    }

    fn domain(&mut self, object: &Opened<'_>) {
        let class = text_in(&object.members, "identity_class");
        let kind = match &*object.kind {
            // A document of this library is something else.
            "Document" => "Thing".to_owned(),
            kind => self.kind(kind, class),
        };
        let names = self.names(object);
        let record = self.import.entity(&object.id, &kind, &object.place);
        (record.kind, record.names) = (kind, names);
        let claim = self.claim_of(object);
        let mut claims = Vec::new();
        let is_apart = |property: &str| {
            COMMON.contains(&property) || property == "name" || ALIASES.contains(&property)
        };
        for (property, value) in &object.members {
            // A withdrawn object is taken back, which says more than the flag.
            let is_flag = WITHDRAWN.contains(&property.as_str()) && object.has(property);
            if is_apart(property) || is_flag {
                continue;
            }
            let terms = match property.as_str() {
                "external_references" => self.external(&object.id, value),
                _ => self.terms(object, property, value),
            };
            let relation = self.import.relation(property);
            for term in terms {
                let subject = TermRecord::entity(&object.id);
                let statement = StatementRecord::new(subject, relation.clone(), term);
                claims.push(ClaimRecord { statement: Some(statement), ..claim.clone() });
            }
        }
        if let Some(flag) = WITHDRAWN.into_iter().find(|flag| object.has(flag) && claims.is_empty())
        {
            let subject = TermRecord::entity(&object.id);
            let statement =
                StatementRecord::new(subject, self.import.relation(flag), TermRecord::text("true"));
            return self
                .import
                .claim(ClaimRecord { statement: Some(statement), ..claim }, object.at(flag));
        }
        self.put(object, claims, &object.place);
    }

    /// Takes the codes of an object, and returns the references that say more than a code as texts.
    fn external(&mut self, id: &str, value: &Value) -> Vec<TermRecord> {
        let (mut texts, mut codes) = (Vec::new(), IndexSet::new());
        for reference in many(Some(value)) {
            let part = |name: &str| reference.get(name).and_then(Value::as_str);
            let coded = part("source_name").zip(part("external_id"));
            codes.extend(coded.map(|(source, code)| (source.to_owned(), code.to_owned())));
            if coded.is_none() || reference.as_object().is_none_or(|parts| parts.len() != 2) {
                texts.push(TermRecord::text(reference.to_string()));
            }
        }
        if let Some(record) = self.import.found(id) {
            codes.extend(std::mem::take(&mut record.codes));
            record.codes = codes.into_iter().collect();
        }
        texts
    }

    /// Returns the values of a property: entities and claims if it holds references, else texts.
    pub(super) fn terms(
        &mut self,
        object: &Opened<'_>,
        property: &str,
        value: &Value,
    ) -> Vec<TermRecord> {
        let refers = property.ends_with("_ref") || property.ends_with("_refs");
        let mut terms = Vec::new();
        for (index, value) in many(Some(value)).iter().enumerate() {
            // A phase that says more stays as it is.
            let phase = || {
                value.as_object().filter(|phase| phase.len() == 2)?;
                let part = |name: &str| value.get(name).and_then(Value::as_str);
                Some(format!("{}:{}", part("kill_chain_name")?, part("phase_name")?))
            };
            terms.push(match value {
                Value::Null => continue,
                Value::Bool(false) if USUALLY_FALSE.contains(&property) => continue,
                Value::String(id) if refers => {
                    let place = object.at(property).nth(index);
                    match self.reference(place, id) {
                        Some(term) => term,
                        None => continue,
                    }
                }
                other => {
                    let phase = phase().filter(|_| property == "kill_chain_phases");
                    let text = phase.or_else(|| scalar(other));
                    TermRecord::text(text.unwrap_or_else(|| other.to_string()))
                }
            });
        }
        terms
    }

    /// Returns the id and the properties of an object as roles, without those that are read apart.
    pub(super) fn roles(&mut self, object: &Opened<'_>, apart: &[&str]) -> Vec<RoleRecord> {
        let mut roles = vec![self.import.text_role("id", &object.id)];
        for (property, value) in &object.members {
            let is_flag = WITHDRAWN.contains(&property.as_str());
            let is_told = is_flag && value.is_boolean();
            if COMMON.contains(&property.as_str()) || apart.contains(&property.as_str()) || is_told
            {
                continue;
            }
            for value in self.terms(object, property, value) {
                roles.push(RoleRecord::new(self.import.role(property), value));
            }
        }
        roles
    }

    /// Makes an entity of each id that only references name, and returns everything that was read.
    fn settled(mut self) -> Import {
        for (id, place) in std::mem::take(&mut self.named) {
            if self.import.knows(&id) {
                continue;
            }
            self.import.note("object that is not in the bundle", &place);
            let kind = id.split_once("--").map_or("Thing", |(kind, _)| kind);
            let kind = match kind {
                kind if kind == "Document" || check_key(kind).is_err() => "Thing".to_owned(),
                kind => self.kind(kind, None),
            };
            self.import.entity(&id, &kind, &place);
        }
        self.import
    }
}
