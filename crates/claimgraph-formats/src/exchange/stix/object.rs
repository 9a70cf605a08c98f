//! The objects of a bundle: the members that every object has, and the versions of each.

use crate::exchange::import::Import;
use crate::exchange::json_input::{Item, day_of, scalar, text_in};
use crate::exchange::place::Place;
use claimgraph::Date;
use indexmap::IndexMap;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// The versions of STIX that are read.
const VERSIONS: [&str; 2] = ["2.0", "2.1"];

/// An object of a bundle, and its dates.
pub(super) struct Object<'i> {
    pub(super) members: &'i Map<String, Value>,
    pub(super) kind: &'i str,
    pub(super) id: String,
    pub(super) place: &'i Place,
    pub(super) created: Option<Date>,
    pub(super) modified: Option<Date>,
}

impl<'i> Object<'i> {
    /// Reads the members that every object has. An object without a type or id is left out and counted.
    fn new(item: &'i Item, import: &mut Import) -> Option<Self> {
        let place = &item.place;
        let Some(members) = item.value.as_object() else {
            import.note("value that is not an object", place);
            return None;
        };
        let missing = ["type", "id"].into_iter().find(|name| text_in(members, name).is_none());
        if let Some(name) = missing {
            import.note("object without a type or id", &place.at(name));
            return None;
        }
        let kind = text_in(members, "type")?.trim();
        let id = import.key(text_in(members, "id")?, &place.at("id"))?;
        note_version(members, place, import);
        let mut day = |name: &str| match members.get(name) {
            None | Some(Value::Null) => None,
            Some(value) => value.as_str().and_then(day_of).or_else(|| {
                import.note("time that cannot be used", &place.at(name));
                None
            }),
        };
        let (created, modified) = (day("created"), day("modified"));
        Some(Object { members, kind, id, place, created, modified })
    }

    pub(super) fn at(&self, name: &str) -> Place {
        self.place.at(name)
    }

    /// Returns a text that the object must have. If it has none, that is counted.
    pub(super) fn required(&self, name: &str, import: &mut Import) -> Option<&'i str> {
        let text = text_in(self.members, name);
        if text.is_none() {
            import.note("object without a member that it needs", &self.at(name));
        }
        text.map(str::trim)
    }

    /// Returns the day from which the object is on record, if it has one.
    pub(super) fn reported(&self) -> Option<Date> {
        self.modified.or(self.created)
    }

    /// Returns true if the flag is set.
    pub(super) fn has(&self, flag: &str) -> bool {
        self.members.get(flag) == Some(&Value::Bool(true))
    }

    /// Returns the instant of the version, to the last digit of its fraction.
    fn version(&self) -> Option<Timestamp> {
        let instant = |name| self.members.get(name)?.as_str()?.trim().parse().ok();
        instant("modified").or_else(|| instant("created"))
    }
}

/// Counts the version of STIX if it is not one that is read.
pub(super) fn note_version(members: &Map<String, Value>, place: &Place, import: &mut Import) {
    let version = members.get("spec_version").filter(|version| !version.is_null());
    if version.is_some_and(|version| {
        !scalar(version).is_some_and(|version| VERSIONS.contains(&version.as_str()))
    }) {
        import.note("version of STIX that is not known", &place.at("spec_version"));
    }
}

/// Returns the latest version of each object. The earlier ones, and objects that come twice, are counted.
pub(super) fn latest<'i>(items: &'i [Item], import: &mut Import) -> Vec<Object<'i>> {
    let mut latest: IndexMap<String, Object<'i>> = IndexMap::new();
    for item in items {
        let Some(object) = Object::new(item, import) else { continue };
        match latest.get_mut(&object.id) {
            None => {
                latest.insert(object.id.clone(), object);
            }
            Some(known) if object.version() == known.version() => {
                import.note("object that comes twice", object.place);
            }
            Some(known) => {
                let earlier = match object.version() > known.version() {
                    true => std::mem::replace(known, object),
                    false => object,
                };
                import.note("earlier version of an object", earlier.place);
            }
        }
    }
    latest.into_values().collect()
}
