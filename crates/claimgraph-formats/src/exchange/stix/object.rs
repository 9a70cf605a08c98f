//! The objects of a bundle: the members that every object has, and the versions of each.

use crate::exchange::import::Import;
use crate::exchange::json_input::{Items, Lines, day_of, items_of, scalar, text_in, value_of};
use crate::exchange::place::Place;
use claimgraph::Date;
use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::ops::Deref;

/// The versions of STIX that are read.
const VERSIONS: [&str; 2] = ["2.0", "2.1"];

/// An object of a bundle: its text, and the members that every object has.
pub(super) struct Object<'t> {
    text: &'t str,
    pub(super) kind: Box<str>,
    pub(super) id: String,
    pub(super) place: Place,
    pub(super) created: Option<Date>,
    pub(super) modified: Option<Date>,
    /// The instant of the version, to the last digit of its fraction.
    version: Option<Timestamp>,
}

/// An object with all of its members, which are in memory while it is read.
pub(super) struct Opened<'o> {
    object: &'o Object<'o>,
    pub(super) members: Map<String, Value>,
}

impl<'o> Deref for Opened<'o> {
    type Target = Object<'o>;

    fn deref(&self) -> &Object<'o> {
        self.object
    }
}

impl<'t> Object<'t> {
    /// Reads the members that every object has. An object without a type or id is left out and counted.
    fn new(text: &'t str, place: Place, import: &mut Import) -> Option<Self> {
        let Value::Object(members) = value_of(text) else {
            import.note("value that is not an object", &place);
            return None;
        };
        let missing = ["type", "id"].into_iter().find(|name| text_in(&members, name).is_none());
        if let Some(name) = missing {
            import.note("object without a type or id", &place.at(name));
            return None;
        }
        let kind = text_in(&members, "type")?.trim().into();
        let id = import.key(text_in(&members, "id")?, &place.at("id"))?;
        note_version(members.get("spec_version"), &place, import);
        let mut day = |name: &str| match members.get(name) {
            None | Some(Value::Null) => None,
            Some(value) => value.as_str().and_then(day_of).or_else(|| {
                import.note("time that cannot be used", &place.at(name));
                None
            }),
        };
        let (created, modified) = (day("created"), day("modified"));
        let instant = |name| members.get(name)?.as_str()?.trim().parse().ok();
        let version = instant("modified").or_else(|| instant("created"));
        Some(Object { text, kind, id, place, created, modified, version })
    }

    /// Returns the object with all of its members.
    pub(super) fn open(&self) -> Opened<'_> {
        let members = match value_of(self.text) {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        Opened { object: self, members }
    }

    pub(super) fn at(&self, name: &str) -> Place {
        self.place.at(name)
    }

    /// Returns the day from which the object is on record, if it has one.
    pub(super) fn reported(&self) -> Option<Date> {
        self.modified.or(self.created)
    }
}

impl Opened<'_> {
    /// Returns a text that the object must have. If it has none, that is counted.
    pub(super) fn required(&self, name: &str, import: &mut Import) -> Option<&str> {
        let text = text_in(&self.members, name);
        if text.is_none() {
            import.note("object without a member that it needs", &self.at(name));
        }
        text.map(str::trim)
    }

    /// Returns true if the flag is set.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.members.get(flag) == Some(&Value::Bool(true))
    }
}

/// Counts the version of STIX if it is not one that is read.
pub(super) fn note_version(version: Option<&Value>, place: &Place, import: &mut Import) {
    let version = version.filter(|version| !version.is_null());
    if version.is_some_and(|version| {
        !scalar(version).is_some_and(|version| VERSIONS.contains(&version.as_str()))
    }) {
        import.note("version of STIX that is not known", &place.at("spec_version"));
    }
}

/// The objects of a bundle as texts.
pub(super) struct Objects<'t> {
    lines: Lines<'t>,
    list: Items<'t>,
}

impl<'t> Objects<'t> {
    /// Finds the objects in a list, which is a part of the text.
    pub(super) fn of(text: &'t str, list: &'t str) -> Self {
        Self { lines: Lines::of(text), list: items_of(list) }
    }

    /// Returns each object with its place.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'t str, Place)> {
        let mut lines = self.lines.clone();
        let object =
            move |(number, text): (usize, &'t str)| (text, Self::place(number, lines.line(text)));
        self.list.clone().enumerate().map(object)
    }

    pub(super) fn place(number: usize, line: u64) -> Place {
        Place { line: Some(line), path: format!("objects[{number}]") }
    }
}

/// Returns the latest version of each object. The earlier ones, and objects that come twice, are counted.
pub(super) fn latest<'t>(objects: &Objects<'t>, import: &mut Import) -> Vec<Object<'t>> {
    let mut latest: IndexMap<String, Object<'t>> = IndexMap::new();
    for (text, place) in objects.iter() {
        let Some(object) = Object::new(text, place, import) else { continue };
        match latest.get_mut(&object.id) {
            None => {
                latest.insert(object.id.clone(), object);
            }
            Some(known) if object.version == known.version => {
                import.note("object that comes twice", &object.place);
            }
            Some(known) => {
                let earlier = match object.version > known.version {
                    true => std::mem::replace(known, object),
                    false => object,
                };
                import.note("earlier version of an object", &earlier.place);
            }
        }
    }
    latest.into_values().collect()
}
