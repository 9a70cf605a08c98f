//! Collects the entities of a file by their ids. FollowTheMoney may say an entity in several fragments; their
//! properties are put together.

use crate::exchange::ftm::key_of;
use crate::exchange::ftm::schema::{Holds, Known, known};
use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, many, scalar};
use crate::exchange::place::Place;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use std::rc::Rc;

/// The members that are read.
const READ: [&str; 5] = ["id", "schema", "properties", "datasets", "caption"];

/// A value of a property, and the data set that it comes from.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) dataset: Rc<str>,
}

/// An entity, put together of its fragments.
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) key: String,
    /// The name of its schema: the narrowest one that its fragments have.
    pub(super) schema: String,
    pub(super) known: Option<&'static Known>,
    pub(super) caption: Option<String>,
    /// The data set of the first fragment.
    pub(super) dataset: Rc<str>,
    pub(super) properties: IndexMap<String, IndexSet<Given>>,
    pub(super) place: Place,
}

impl Entity {
    pub(super) fn place_of(&self, property: &str) -> Place {
        self.place.at("properties").at(property)
    }

    /// Returns the values of a property.
    pub(super) fn all(&self, property: &str) -> impl Iterator<Item = &str> {
        let values = self.properties.get(property).into_iter().flatten();
        let texts: IndexSet<&str> = values.map(|given| given.text.as_str()).collect();
        texts.into_iter()
    }

    /// Returns the value of a property that has one value.
    pub(super) fn single(&self, property: &str) -> Option<&str> {
        let mut all = self.all(property);
        all.next().filter(|_| all.next().is_none())
    }

    /// Returns the properties of its ends, if it is an edge.
    pub(super) fn ends(&self) -> Option<(&'static str, &'static str)> {
        self.known.and_then(|known| known.ends)
    }

    pub(super) fn holds(&self, property: &str) -> Holds {
        self.known.and_then(|schema| schema.holds(property)).unwrap_or(Holds::Text)
    }

    pub(super) fn is_a(&self, schema: &str) -> bool {
        self.known.is_some_and(|known| known.is_a(schema))
    }
}

/// The entities of a file by their keys. The values of each are a plain list until it is read, because most entities
/// have few, and a file may have many entities.
#[derive(Default)]
pub(super) struct Entities {
    all: IndexMap<String, (Entity, Values)>,
    /// The names of properties and data sets, each once.
    words: IndexSet<Rc<str>>,
}

/// The values of an entity, each with its property.
type Values = Vec<(Rc<str>, Given)>;

impl Entities {
    /// Returns the keys of the entities that are edges.
    pub(super) fn edge_keys(&self) -> impl Iterator<Item = &String> {
        self.all.iter().filter(|(_, (entity, _))| entity.ends().is_some()).map(|(key, _)| key)
    }

    /// Returns the entities, the edges first.
    pub(super) fn into_all(self) -> impl Iterator<Item = Entity> {
        let (edges, nodes): (Vec<_>, Vec<_>) =
            self.all.into_values().partition(|(entity, _)| entity.ends().is_some());
        edges.into_iter().chain(nodes).map(|(mut entity, values)| {
            for (property, given) in values {
                entity.properties.entry(property.to_string()).or_default().insert(given);
            }
            entity
        })
    }

    /// Takes one fragment. Parts that cannot be used are left out and counted.
    pub(super) fn take(&mut self, item: &Item, usual: &str, import: &mut Import) {
        let place = &item.place;
        let Some(object) = item.value.as_object() else {
            return import.note("value that is not an object", place);
        };
        import.others(place, object, &READ);
        let id = object.get("id").and_then(scalar).unwrap_or_default();
        let key = key_of(id.trim());
        let Some(key) = import.key(&key, &place.at("id")) else { return };
        let schema = object.get("schema").and_then(scalar).map(|schema| schema.trim().to_owned());
        let schema = schema.filter(|schema| !schema.is_empty()).unwrap_or_else(|| {
            import.note("entity without a schema", &place.at("schema"));
            "Thing".to_owned()
        });
        let found = known(&schema);
        if found.is_none() {
            import.note("unknown schema", &place.at("schema"));
        }
        let dataset = dataset_of(object.get("datasets"), usual, place, import);
        let dataset = self.word(&dataset);
        let values = self.values_of(object.get("properties"), &dataset, place, import);
        let caption = object.get("caption").and_then(Value::as_str).map(str::to_owned);
        if caption.is_none() && object.get("caption").is_some_and(|caption| !caption.is_null()) {
            import.note("value that is not a text", &place.at("caption"));
        }
        let Some((entity, known)) = self.all.get_mut(&key) else {
            let (id, place) = (id.trim().to_owned(), place.clone());
            let (key, properties) = (key.clone(), IndexMap::new());
            let known = found;
            let made =
                Entity { id, key: key.clone(), schema, known, caption, dataset, properties, place };
            self.all.insert(key, (made, values));
            return;
        };
        if entity.schema != schema {
            import.note("another schema of the same entity", &place.at("schema"));
            if found.is_some_and(|found| found.is_a(&entity.schema)) {
                (entity.schema, entity.known) = (schema, found);
            }
        }
        entity.caption = entity.caption.take().or(caption);
        known.extend(values);
    }

    /// Returns a word that is in memory once.
    fn word(&mut self, text: &str) -> Rc<str> {
        if let Some(word) = self.words.get(text) {
            return Rc::clone(word);
        }
        let word: Rc<str> = text.into();
        self.words.insert(Rc::clone(&word));
        word
    }

    /// Returns the values of each property. Null and blank values are left out.
    fn values_of(
        &mut self,
        value: Option<&Value>,
        dataset: &Rc<str>,
        place: &Place,
        import: &mut Import,
    ) -> Values {
        let place = place.at("properties");
        let members = match value {
            Some(Value::Object(members)) => members,
            None | Some(Value::Null) => return Vec::new(),
            Some(_) => {
                import.note("value that is not an object", &place);
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        for (property, values) in members {
            let word = self.word(property);
            for (index, value) in many(Some(values)).iter().enumerate() {
                let at = || place.at(property).nth(index);
                match scalar(value) {
                    Some(text) if text.trim().is_empty() => import.note("blank value", &at()),
                    Some(text) => {
                        let given = Given { text, dataset: Rc::clone(dataset) };
                        found.push((Rc::clone(&word), given));
                    }
                    None if value.is_null() => {}
                    None => import.note("value that is not a text", &at()),
                }
            }
        }
        found
    }
}

/// Returns the data set of a fragment: the first that it names, or else the usual one.
fn dataset_of(value: Option<&Value>, usual: &str, place: &Place, import: &mut Import) -> String {
    let place = place.at("datasets");
    let mut keys: IndexSet<String> = IndexSet::new();
    for (index, value) in many(value).iter().enumerate() {
        match value.as_str() {
            Some(text) => keys.extend(import.key(&key_of(text.trim()), &place.nth(index))),
            None => import.note("value that is not a text", &place.nth(index)),
        }
    }
    if keys.len() > 1 {
        import.note("further data sets", &place);
    }
    keys.into_iter().next().unwrap_or_else(|| usual.to_owned())
}
