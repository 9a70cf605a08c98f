//! Reads Wikidata entities: their names, and their statements one by one.

use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, day_of, many, text_in};
use crate::exchange::json_stream::each;
use crate::exchange::place::Place;
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{ReadError, ReadReport};
use claimgraph::time::Day;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};
use std::io::BufRead;

/// The members of an entity that are read, or that repeat what others say.
const READ: [&str; 9] = [
    "type",
    "id",
    "labels",
    "aliases",
    "descriptions",
    "sitelinks",
    "modified",
    "claims",
    "statements",
];

pub(super) fn read(input: &mut dyn BufRead, options: &Options) -> Result<ReadReport, ReadError> {
    let mut import = Import::new("wikidata", options.limits);
    let document = import.voice(&options.key("wikidata"), &Place::default());
    let mut reader = Reading {
        import,
        document,
        labels: IndexMap::new(),
        humans: IndexSet::new(),
        sources: IndexMap::new(),
        named: IndexMap::new(),
        seen: IndexSet::new(),
        statements: 0,
    };
    each(input, options.limits, &mut |item| {
        reader.take(&item);
        Ok(())
    })?;
    reader.settled().finish(options.reported, "entities of Wikibase with ids")
}

pub(super) struct Reading {
    pub(super) import: Import,
    /// The mark of Wikidata as a document.
    pub(super) document: String,
    /// The labels of properties, for the relations.
    labels: IndexMap<String, String>,
    pub(super) humans: IndexSet<String>,
    /// The sources of references, each with its first place.
    pub(super) sources: IndexMap<String, Place>,
    /// The ids that the file refers to, each with its first place.
    pub(super) named: IndexMap<String, Place>,
    /// The ids of the statements so far.
    pub(super) seen: IndexSet<String>,
    pub(super) statements: u64,
}

impl Reading {
    fn take(&mut self, item: &Item) {
        // The answers of Special:EntityData and wbgetentities hold entities by id.
        let object = item.value.as_object();
        let answer = object.filter(|object| !object.contains_key("id"));
        let Some((object, Value::Object(entities))) =
            answer.and_then(|object| Some((object, object.get("entities")?)))
        else {
            return self.one(&item.value, &item.place);
        };
        self.import.others(&item.place, object, &["entities", "success"]);
        for (id, value) in entities {
            self.one(value, &item.place.at("entities").at(id));
        }
    }

    fn one(&mut self, value: &Value, place: &Place) {
        let Some(object) = value.as_object() else {
            return self.import.note("value that is not an object", place);
        };
        if object.contains_key("missing") {
            return self.import.note("page that is missing", place);
        }
        let Some(id) = text_in(object, "id") else {
            return self.import.note("entity without an id", &place.at("id"));
        };
        let Some(id) = self.import.key(id, &place.at("id")) else { return };
        self.import.others(place, object, &READ);
        let is_property = object.get("type").and_then(Value::as_str) == Some("property");
        let kind =
            if is_property { self.import.kind("Property", &["Thing"]) } else { self.item_kind() };
        let names = self.names(object, place, is_property.then_some(id.as_str()));
        let record = self.import.entity(&id, &kind, place);
        record.kind = kind;
        record.names.extend(names);
        if record.codes.is_empty() {
            record.codes.push(("wikidata".to_owned(), id.clone()));
        }
        for (part, what) in [("descriptions", "description"), ("sitelinks", "sitelink")] {
            for (name, _) in self.map(place, object, part) {
                self.import.note(what, &place.at(part).at(name));
            }
        }
        let modified = object.get("modified").filter(|modified| !modified.is_null());
        let day = modified.and_then(Value::as_str).and_then(day_of);
        if modified.is_some() && day.is_none() {
            self.import.note("time that cannot be used", &place.at("modified"));
        }
        // Files of media have `statements` in place of `claims`.
        for member in ["claims", "statements"] {
            for (property, statements) in self.map(place, object, member) {
                for (index, statement) in many(Some(statements)).iter().enumerate() {
                    let place = place.at(member).at(property).nth(index);
                    self.statement(&place, &id, property, statement, day.map(Day::from));
                }
            }
        }
    }

    /// Returns the labels and aliases of an entity. `property` is its id if it is a property.
    fn names(
        &mut self,
        object: &Map<String, Value>,
        place: &Place,
        property: Option<&str>,
    ) -> Vec<Name> {
        let mut names = Vec::new();
        for (member, name) in
            [("labels", Name::canonical as fn(String) -> Name), ("aliases", Name::alias)]
        {
            for (language, values) in self.map(place, object, member) {
                for (index, value) in many(Some(values)).iter().enumerate() {
                    let place = place.at(member).at(language);
                    let place = if values.is_array() { place.nth(index) } else { place };
                    let Some(text) = self.text_of(&place, value, language) else { continue };
                    if let Some(id) = property.filter(|_| member == "labels")
                        && (language == "en" || !self.labels.contains_key(id))
                    {
                        self.labels.insert(id.to_owned(), text.clone());
                    }
                    names.push(name(text).in_language(language));
                }
            }
        }
        names
    }

    /// Returns the value of a label or alias.
    fn text_of(&mut self, place: &Place, value: &Value, language: &str) -> Option<String> {
        let Some(text) = value.get("value").and_then(Value::as_str) else {
            self.import.note("value that is not a text in a language", place);
            return None;
        };
        if let Some(object) = value.as_object() {
            self.import.others(place, object, &["value", "language"]);
        }
        if value.get("language").is_some_and(|own| own.as_str() != Some(language)) {
            self.import.note("another language of a text", &place.at("language"));
        }
        self.import.name(text, place)
    }

    fn item_kind(&mut self) -> String {
        self.import.kind("Item", &["Actor", "Place", "Source", "Thing"])
    }

    /// Returns the members of an object in an object. If it is absent, null or an empty list (which is how PHP writes
    /// an empty object), there are none.
    pub(super) fn map<'v>(
        &mut self,
        place: &Place,
        object: &'v Map<String, Value>,
        name: &str,
    ) -> impl Iterator<Item = (&'v str, &'v Value)> + use<'v> {
        let members = match object.get(name) {
            Some(Value::Object(members)) => Some(members),
            None | Some(Value::Null) => None,
            Some(Value::Array(list)) if list.is_empty() => None,
            Some(_) => {
                self.import.note("value that is not an object", &place.at(name));
                None
            }
        };
        members.into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// Makes an entity of each id that only references name, settles kinds and labels, and returns everything that was
    /// read.
    fn settled(mut self) -> Import {
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
        let labels = self.labels;
        self.import.label(|key| labels.get(key).cloned());
        self.import
    }
}
