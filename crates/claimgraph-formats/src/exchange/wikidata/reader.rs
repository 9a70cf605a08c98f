//! Reads Wikidata entities and makes claims of them.

use crate::exchange::day;
use crate::exchange::import::{Import, Origin, key_problem};
use crate::exchange::json_input::{Item, each, many};
use crate::exchange::wikidata::snak::{Snak, Worth, period};
use crate::reader_options::Options;
use claimgraph::Stance;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadErrorKind, ReadReport, parse_day};
use claimgraph::record::*;
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
    sources: IndexMap<String, Origin>,
    /// The ids that the file refers to, each with its first place.
    named: IndexMap<String, Origin>,
    statements: u64,
}

impl Reading {
    fn take(&mut self, item: Item) -> Result<(), ReadError> {
        let object = item.object()?;
        // The response of Special:EntityData holds entities by id.
        if let (Some(Value::Object(entities)), None) = (object.get("entities"), object.get("id")) {
            return entities.iter().try_for_each(|(id, value)| {
                let path = format!("entities.{id}");
                self.one(&Item { value: value.clone(), line: item.line, path })
            });
        }
        self.one(&item)
    }

    fn one(&mut self, item: &Item) -> Result<(), ReadError> {
        let object = item.object()?;
        let id = match object.get("id") {
            Some(Value::String(id)) => id.as_str(),
            Some(other) => return Err(item.wrong("id", "a text", other)),
            None => {
                return Err(
                    item.fault("id", ReadErrorKind::Syntax("an entity needs an \"id\"".into()))
                );
            }
        };
        if let Some(problem) = key_problem(id) {
            return Err(item.fault("id", ReadErrorKind::Syntax(problem)));
        }
        let is_property = object.get("type").and_then(Value::as_str) == Some("property");
        let kind =
            if is_property { self.import.kind("Property", &["Thing"]) } else { self.item_kind() };
        let origin = Origin::of(item, "");
        let mut names = Vec::new();
        for (language, label) in map(item, object, "labels")? {
            let value = label.get("value").and_then(Value::as_str);
            let value =
                value.ok_or_else(|| item.wrong(&format!("labels.{language}"), "a label", label))?;
            names.push(Name::canonical(value).in_language(language));
            if is_property && (language == "en" || !self.labels.contains_key(id)) {
                self.labels.insert(id.to_owned(), value.to_owned());
            }
        }
        for (language, aliases) in map(item, object, "aliases")? {
            for alias in many(Some(aliases)) {
                let value = alias.get("value").and_then(Value::as_str);
                let value = value
                    .ok_or_else(|| item.wrong(&format!("aliases.{language}"), "an alias", alias))?;
                names.push(Name::alias(value).in_language(language));
            }
        }
        let record = self.import.entity(id, &kind, &origin);
        record.kind = kind;
        record.names.extend(names);
        if record.codes.is_empty() {
            record.codes.push(("wikidata".to_owned(), id.to_owned()));
        }
        for (part, what) in [("descriptions", "description"), ("sitelinks", "sitelink")] {
            for (name, _) in map(item, object, part)? {
                self.import.losses.note(what, &format!("{id} {name}"));
            }
        }
        let modified =
            object.get("modified").and_then(Value::as_str).and_then(|at| parse_day(at.get(..10)?));
        let modified = modified.unwrap_or(self.day);
        for (property, statements) in map(item, object, "claims")? {
            for (index, statement) in many(Some(statements)).iter().enumerate() {
                let field = format!("claims.{property}[{index}]");
                self.statement(item, id, statement, &field, modified)?;
            }
        }
        Ok(())
    }

    fn item_kind(&mut self) -> String {
        self.import.kind("Item", &["Actor", "Place", "Source", "Thing"])
    }

    fn statement(
        &mut self,
        item: &Item,
        subject: &str,
        value: &Value,
        field: &str,
        modified: Date,
    ) -> Result<(), ReadError> {
        self.statements += 1;
        let object = value.as_object().ok_or_else(|| item.wrong(field, "a statement", value))?;
        let main = object.get("mainsnak").unwrap_or(&Value::Null);
        let main = Snak::read(main)
            .map_err(|expected| item.wrong(&format!("{field}.mainsnak"), &expected, main))?;
        if main.property == "P31" && main.entity() == Some("Q5") {
            self.humans.insert(subject.to_owned());
        }
        let origin = Origin::of(item, field);
        let mut roles = Vec::new();
        if let Some(id) = object.get("id").and_then(Value::as_str) {
            roles.push(RoleRecord::new(self.import.role("statement-id"), TermRecord::text(id)));
        }
        let mut times: IndexMap<String, Vec<Snak>> = IndexMap::new();
        for (property, snaks) in map(item, object, "qualifiers")? {
            for (index, value) in many(Some(snaks)).iter().enumerate() {
                let place = format!("{field}.qualifiers.{property}[{index}]");
                let snak =
                    Snak::read(value).map_err(|expected| item.wrong(&place, &expected, value))?;
                if ["P580", "P582", "P585"].contains(&snak.property.as_str()) {
                    times.entry(snak.property.clone()).or_default().push(snak);
                } else {
                    roles.push(self.role(&snak.property.clone(), &snak, &origin)?);
                }
            }
        }
        let (valid, left) = period(&times);
        for snak in left {
            roles.push(self.role(&snak.property.clone(), snak, &origin)?);
        }
        let rank = object.get("rank").and_then(Value::as_str).unwrap_or("normal");
        match rank {
            "normal" | "deprecated" => {}
            other => roles.push(RoleRecord::new(self.import.role("rank"), TermRecord::text(other))),
        }
        let (stance, object_term) = match &main.worth {
            Worth::None => (Stance::Denies, TermRecord::absent(Absence::NotStated)),
            _ => (Stance::Asserts, self.term(&main, &origin)?),
        };
        if let Some(language) = &main.language {
            roles.push(RoleRecord::new(self.import.role("language"), TermRecord::text(language)));
        }
        if let Some(note) = &main.note {
            self.import.losses.note(note, &format!("{subject} {}", main.property));
        }
        if key_problem(&main.property).is_some() {
            return Err(item.fault(field, ReadErrorKind::Syntax("a property needs an id".into())));
        }
        let relation = self.import.relation(&main.property, None);
        let claim = ClaimRecord {
            statement: Some(StatementRecord::new(
                TermRecord::entity(subject),
                relation,
                object_term,
            )),
            roles,
            valid,
            document: Some(self.document.clone()),
            reported: Some(DayText::from(modified)),
            ..ClaimRecord::new(stance)
        };
        let references = many(object.get("references"));
        let deprecated = rank == "deprecated";
        let mut made = Vec::new();
        for (index, reference) in references.iter().enumerate() {
            let place = format!("{field}.references[{index}]");
            let mut said = self.reference(item, reference, &place, claim.clone(), modified)?;
            if deprecated {
                said.id = Some(format!("{} {index}", self.statements));
                made.extend(said.id.clone());
            }
            self.import.claim(said, Origin::of(item, &place));
        }
        if deprecated {
            let targets = made.into_iter().map(TargetRecord::new).collect();
            let doubt = ClaimRecord { stance: Stance::Doubts, targets, ..claim };
            self.import.claim(doubt, origin);
        } else if references.is_empty() {
            self.import.claim(claim, origin);
        }
        Ok(())
    }

    /// Makes the claim of the source of a reference.
    fn reference(
        &mut self,
        item: &Item,
        value: &Value,
        field: &str,
        mut claim: ClaimRecord,
        modified: Date,
    ) -> Result<ClaimRecord, ReadError> {
        let object = value.as_object().ok_or_else(|| item.wrong(field, "a reference", value))?;
        let origin = Origin::of(item, field);
        let mut snaks = Vec::new();
        for (property, list) in map(item, object, "snaks")? {
            for (index, value) in many(Some(list)).iter().enumerate() {
                let place = format!("{field}.snaks.{property}[{index}]");
                snaks.push(
                    Snak::read(value).map_err(|expected| item.wrong(&place, &expected, value))?,
                );
            }
        }
        let named = |wanted: &str| {
            snaks.iter().position(|snak| snak.property == wanted && snak.source().is_some())
        };
        let source = SOURCES.into_iter().find_map(named);
        if let Some(key) = source.and_then(|place| snaks.get(place)).and_then(Snak::source) {
            match key_problem(key) {
                Some(_) => self.import.losses.note("source that cannot be a key", key),
                None => {
                    self.sources.entry(key.to_owned()).or_insert_with(|| origin.clone());
                    claim.speakers.push(SpeakerRecord::new(key.to_owned()));
                }
            }
        }
        let retrieved =
            snaks.iter().position(|snak| snak.property == "P813" && snak.day().is_some());
        let day = retrieved.and_then(|place| snaks.get(place)).and_then(Snak::day);
        // A day before the start of the period cannot be the report day.
        let begins = claim.valid.as_ref().and_then(|valid| valid.start_earliest());
        let day = day.filter(|&day| day <= modified && begins.is_none_or(|begins| begins <= day));
        if let Some(day) = day {
            claim.reported = Some(DayText::from(day));
        }
        for (place, snak) in snaks.iter().enumerate() {
            if Some(place) == source || (Some(place) == retrieved && day.is_some()) {
                continue;
            }
            claim.roles.push(self.role(&format!("reference {}", snak.property), snak, &origin)?);
        }
        Ok(claim)
    }

    fn role(&mut self, name: &str, snak: &Snak, origin: &Origin) -> Result<RoleRecord, ReadError> {
        if snak.language.is_some() {
            self.import.losses.note("language of a qualifier", name);
        }
        if let Some(note) = &snak.note {
            self.import.losses.note(note, name);
        }
        let value = self.term(snak, origin)?;
        Ok(RoleRecord::new(self.import.role(name), value))
    }

    fn term(&mut self, snak: &Snak, origin: &Origin) -> Result<TermRecord, ReadError> {
        Ok(match &snak.worth {
            Worth::Entity(id) if key_problem(id).is_none() => {
                self.named.entry(id.clone()).or_insert_with(|| origin.clone());
                TermRecord::entity(id)
            }
            Worth::Entity(id) | Worth::Text(id) => TermRecord::text(id),
            Worth::Quantity(quantity) => TermRecord::quantity((**quantity).clone()),
            Worth::Unknown => TermRecord::absent(Absence::NotStated),
            Worth::None => TermRecord::absent(Absence::Nothing),
        })
    }

    fn finish(mut self) -> Result<ReadReport, ReadError> {
        let kind = self.item_kind();
        let property = self.import.kind("Property", &["Thing"]);
        for (key, origin) in self.named.iter().chain(&self.sources) {
            let is_property = key
                .strip_prefix('P')
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
            let made = self.import.entity(key, if is_property { &property } else { &kind }, origin);
            // Only items and properties have their id as a code, because a source may be an address.
            if made.codes.is_empty() && !key.contains(':') {
                made.codes.push(("wikidata".to_owned(), key.clone()));
            }
        }
        for human in &self.humans {
            self.import
                .found(human)
                .into_iter()
                .for_each(|record| record.kind = "Person".to_owned());
        }
        for source in self.sources.keys() {
            if let Some(record) = self.import.found(source).filter(|record| record.kind != "Person")
            {
                record.kind = "Document".to_owned();
                record.document.get_or_insert_default();
            }
        }
        let whole = Origin::default();
        self.import.document(&self.document, None, &whole);
        let labels = self.labels;
        self.import.label(|key| labels.get(key).cloned());
        self.import.finish()
    }
}

/// Returns the members of an object in an object. If it is absent, null or an empty list (which is how PHP writes
/// an empty object), there are none.
fn map<'v>(
    item: &Item,
    object: &'v Map<String, Value>,
    name: &str,
) -> Result<Vec<(&'v str, &'v Value)>, ReadError> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) if list.is_empty() => Ok(Vec::new()),
        Some(Value::Object(map)) => {
            Ok(map.iter().map(|(key, value)| (key.as_str(), value)).collect())
        }
        Some(other) => Err(item.wrong(name, "an object", other)),
    }
}
