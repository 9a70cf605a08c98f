//! Reads Wikidata entities and makes claims of them.

use crate::exchange::day;
use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, Place, each, many};
use crate::exchange::wikidata::snak::{Snak, Worth, period};
use crate::reader_options::Options;
use claimgraph::Stance;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadReport, check_key, parse_day};
use claimgraph::record::*;
use claimgraph::time::Day;
use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::io::BufRead;

/// The properties by which a reference names its source, the preferred one first.
const SOURCES: [&str; 4] = ["P248", "P854", "P143", "P3452"];

pub(super) fn read(input: &mut dyn BufRead, options: &Options) -> Result<ReadReport, ReadError> {
    let mut reader = Reading {
        import: Import::new("wikidata"),
        document: options.key("wikidata"),
        day: day(options),
        labels: IndexMap::new(),
        humans: IndexSet::new(),
        sources: IndexMap::new(),
        named: IndexMap::new(),
        statements: 0,
    };
    each(input, options.limits, &mut |item| reader.take(item))?;
    reader.finish()
}

struct Reading {
    import: Import,
    document: String,
    day: Date,
    /// The labels of properties, for the relations.
    labels: IndexMap<String, String>,
    humans: IndexSet<String>,
    /// The sources of references, each with its first place.
    sources: IndexMap<String, Place>,
    /// The ids that the file refers to, each with its first place.
    named: IndexMap<String, Place>,
    statements: u64,
}

impl Reading {
    fn take(&mut self, item: Item) -> Result<(), ReadError> {
        let object = item.object()?;
        // The response of Special:EntityData holds entities by id.
        if let (Some(Value::Object(entities)), None) = (object.get("entities"), object.get("id")) {
            return entities.iter().try_for_each(|(id, value)| {
                let path = format!("entities.{id}");
                self.one(&Item::new(value.clone(), item.place.line, path))
            });
        }
        self.one(&item)
    }

    fn one(&mut self, item: &Item) -> Result<(), ReadError> {
        let (object, id) = (item.object()?, item.required("id")?);
        item.at("id").check_key(id)?;
        let is_property = object.get("type").and_then(Value::as_str) == Some("property");
        let kind =
            if is_property { self.import.kind("Property", &["Thing"]) } else { self.item_kind() };
        let mut names = Vec::new();
        for (language, label) in map(&item.place, object, "labels")? {
            let value = text_of(&item.at("labels").at(language), label)?;
            names.push(Name::canonical(value).in_language(language));
            if is_property && (language == "en" || !self.labels.contains_key(id)) {
                self.labels.insert(id.to_owned(), value.to_owned());
            }
        }
        for (language, aliases) in map(&item.place, object, "aliases")? {
            for alias in many(Some(aliases)) {
                let value = text_of(&item.at("aliases").at(language), alias)?;
                names.push(Name::alias(value).in_language(language));
            }
        }
        let record = self.import.entity(id, &kind, &item.place);
        record.kind = kind;
        record.names.extend(names);
        if record.codes.is_empty() {
            record.codes.push(("wikidata".to_owned(), id.to_owned()));
        }
        for (part, what) in [("descriptions", "description"), ("sitelinks", "sitelink")] {
            for (name, _) in map(&item.place, object, part)? {
                self.import.losses.note(what, &format!("{id} {name}"));
            }
        }
        let modified = object.get("modified").and_then(Value::as_str);
        let modified = modified.and_then(|at| parse_day(at.get(..10)?)).unwrap_or(self.day);
        let claims = map(&item.place, object, "claims")?;
        for (property, statements) in claims {
            for (index, statement) in many(Some(statements)).iter().enumerate() {
                let place = item.at("claims").at(&format!("{property}[{index}]"));
                self.statement(&place, id, statement, modified)?;
            }
        }
        Ok(())
    }

    fn item_kind(&mut self) -> String {
        self.import.kind("Item", &["Actor", "Place", "Source", "Thing"])
    }

    fn statement(
        &mut self,
        place: &Place,
        subject: &str,
        value: &Value,
        modified: Date,
    ) -> Result<(), ReadError> {
        self.statements += 1;
        let object = value.as_object().ok_or_else(|| place.wrong("a statement", value))?;
        let main = object.get("mainsnak").unwrap_or(&Value::Null);
        let main =
            Snak::read(main).map_err(|expected| place.at("mainsnak").wrong(&expected, main))?;
        if main.property == "P31" && main.entity() == Some("Q5") {
            self.humans.insert(subject.to_owned());
        }
        let mut roles = Vec::new();
        if let Some(id) = object.get("id").and_then(Value::as_str) {
            roles.push(self.import.text_role("statement-id", id));
        }
        let rank = object.get("rank").and_then(Value::as_str).unwrap_or("normal");
        let mut times: IndexMap<String, Vec<Snak>> = IndexMap::new();
        for snak in snaks(place, object, "qualifiers")? {
            if ["P580", "P582", "P585"].contains(&snak.property.as_str()) {
                times.entry(snak.property.clone()).or_default().push(snak);
            } else {
                roles.push(self.role(&snak.property, &snak, place));
            }
        }
        let (valid, left) = period(&times);
        for snak in left {
            roles.push(self.role(&snak.property, snak, place));
        }
        if !["normal", "deprecated"].contains(&rank) {
            roles.push(self.import.text_role("rank", rank));
        }
        if let Some(language) = &main.language {
            roles.push(self.import.text_role("language", language));
        }
        let (stance, object_term) = match &main.worth {
            Worth::None => (Stance::Denies, TermRecord::absent(Absence::NotStated)),
            _ => (Stance::Asserts, self.term(&main, place)),
        };
        if let Some(note) = &main.note {
            self.import.losses.note(note, &format!("{subject} {}", main.property));
        }
        if check_key(&main.property).is_err() {
            return Err(place.syntax("a property needs an id"));
        }
        let relation = self.import.relation(&main.property);
        let subject = TermRecord::entity(subject);
        let claim = ClaimRecord {
            statement: Some(StatementRecord::new(subject, relation, object_term)),
            roles,
            valid,
            document: Some(self.document.clone()),
            reported: Some(Day::from(modified)),
            ..ClaimRecord::new(stance)
        };
        let references = many(object.get("references"));
        let deprecated = rank == "deprecated";
        let mut made = Vec::new();
        for (index, reference) in references.iter().enumerate() {
            let place = place.at("references").at(&format!("[{index}]"));
            let mut said = self.reference(&place, reference, claim.clone(), modified)?;
            if deprecated {
                said.id = Some(format!("{} {index}", self.statements));
                made.extend(said.id.clone());
            }
            self.import.claim(said, place);
        }
        if deprecated {
            let targets = made.into_iter().map(TargetRecord::new).collect();
            let doubt = ClaimRecord { stance: Stance::Doubts, targets, ..claim };
            self.import.claim(doubt, place.clone());
        } else if references.is_empty() {
            self.import.claim(claim, place.clone());
        }
        Ok(())
    }

    /// Makes the claim of the source of a reference.
    fn reference(
        &mut self,
        place: &Place,
        value: &Value,
        mut claim: ClaimRecord,
        modified: Date,
    ) -> Result<ClaimRecord, ReadError> {
        let object = value.as_object().ok_or_else(|| place.wrong("a reference", value))?;
        let mut snaks = snaks(place, object, "snaks")?;
        let named = |wanted: &str| {
            snaks.iter().position(|snak| snak.property == wanted && snak.source().is_some())
        };
        if let Some(found) = SOURCES.into_iter().find_map(named) {
            let source = snaks.remove(found);
            let key = source.source().unwrap_or_default();
            if check_key(key).is_ok() {
                self.sources.entry(key.to_owned()).or_insert_with(|| place.clone());
                claim.speakers.push(SpeakerRecord::new(key.to_owned()));
            } else {
                self.import.losses.note("source that cannot be a key", key);
            }
        }
        // A day before the start of the period cannot be the report day.
        let begins = claim.valid.as_ref().and_then(|valid| valid.start_earliest());
        let fits = |day: &Date| *day <= modified && begins.is_none_or(|begins| begins <= *day);
        let retrieved = |snak: &Snak| snak.property == "P813" && snak.day().is_some();
        if let Some(found) = snaks.iter().position(retrieved)
            && let Some(day) = snaks.get(found).and_then(Snak::day).filter(fits)
        {
            claim.reported = Some(Day::from(day));
            snaks.remove(found);
        }
        for snak in &snaks {
            claim.roles.push(self.role(&format!("reference {}", snak.property), snak, place));
        }
        Ok(claim)
    }

    fn role(&mut self, name: &str, snak: &Snak, place: &Place) -> RoleRecord {
        if snak.language.is_some() {
            self.import.losses.note("language of a qualifier", name);
        }
        if let Some(note) = &snak.note {
            self.import.losses.note(note, name);
        }
        let value = self.term(snak, place);
        RoleRecord::new(self.import.role(name), value)
    }

    fn term(&mut self, snak: &Snak, place: &Place) -> TermRecord {
        match &snak.worth {
            Worth::Entity(id) if check_key(id).is_ok() => {
                self.named.entry(id.clone()).or_insert_with(|| place.clone());
                TermRecord::entity(id)
            }
            Worth::Entity(id) | Worth::Text(id) => TermRecord::text(id),
            Worth::Quantity(quantity) => TermRecord::quantity((**quantity).clone()),
            Worth::Unknown => TermRecord::absent(Absence::NotStated),
            Worth::None => TermRecord::absent(Absence::Nothing),
        }
    }

    fn finish(mut self) -> Result<ReadReport, ReadError> {
        let kind = self.item_kind();
        let property = self.import.kind("Property", &["Thing"]);
        for (key, place) in self.named.iter().chain(&self.sources) {
            let is_property = key
                .strip_prefix('P')
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
            let made = self.import.entity(key, if is_property { &property } else { &kind }, place);
            // Only items and properties have their id as a code, because a source may be an address.
            if made.codes.is_empty() && !key.contains(':') {
                made.codes.push(("wikidata".to_owned(), key.clone()));
            }
        }
        for human in &self.humans {
            if let Some(record) = self.import.found(human) {
                record.kind = "Person".to_owned();
            }
        }
        for source in self.sources.keys() {
            if let Some(record) = self.import.found(source).filter(|record| record.kind != "Person")
            {
                record.kind = "Document".to_owned();
                record.document.get_or_insert_default();
            }
        }
        self.import.document(&self.document, None, &Place::default());
        let labels = self.labels;
        self.import.label(|key| labels.get(key).cloned());
        self.import.finish()
    }
}

/// Returns the value of a label or alias.
fn text_of<'v>(place: &Place, value: &'v Value) -> Result<&'v str, ReadError> {
    let text = value.get("value").and_then(Value::as_str);
    text.ok_or_else(|| place.wrong("a text in a language", value))
}

/// Returns the snaks in an object, which has them by property.
fn snaks(place: &Place, object: &Map<String, Value>, name: &str) -> Result<Vec<Snak>, ReadError> {
    let mut snaks = Vec::new();
    for (property, list) in map(place, object, name)? {
        for (index, value) in many(Some(list)).iter().enumerate() {
            snaks.push(Snak::read(value).map_err(|expected| {
                place.at(name).at(&format!("{property}[{index}]")).wrong(&expected, value)
            })?);
        }
    }
    Ok(snaks)
}

/// Returns the members of an object in an object. If it is absent, null or an empty list (which is how PHP writes
/// an empty object), there are none.
fn map<'v>(
    place: &Place,
    object: &'v Map<String, Value>,
    name: &str,
) -> Result<impl Iterator<Item = (&'v str, &'v Value)> + use<'v>, ReadError> {
    let members = match object.get(name) {
        Some(Value::Object(members)) => Some(members),
        None | Some(Value::Null) => None,
        Some(Value::Array(list)) if list.is_empty() => None,
        Some(other) => return Err(place.at(name).wrong("an object", other)),
    };
    Ok(members.into_iter().flatten().map(|(key, value)| (key.as_str(), value)))
}
