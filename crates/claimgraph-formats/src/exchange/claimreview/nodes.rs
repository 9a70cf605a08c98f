//! The nodes of a JSON-LD document: the objects of its lists, graphs and feeds, and the nodes that an `@id` names.

use crate::exchange::json_input::many;
use crate::exchange::place::Place;
use claimgraph::format::{Limits, ReadError, ReadErrorKind};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::RefCell;

/// The members that hold nodes, and do not say anything else.
const HOLDERS: [&str; 4] = ["@graph", "dataFeedElement", "itemListElement", "item"];

/// The nodes of a document.
pub(super) struct Nodes<'v> {
    pub(super) all: Vec<(Place, &'v Value)>,
    /// The members of a feed or list that hold no nodes.
    pub(super) beside: Vec<Place>,
    by_id: IndexMap<&'v str, &'v Map<String, Value>>,
    /// The ids that were looked up.
    used: RefCell<IndexSet<&'v str>>,
}

impl<'v> Nodes<'v> {
    pub(super) fn of(value: &'v Value, limits: Limits) -> Result<Self, ReadError> {
        let mut nodes = Self {
            all: Vec::new(),
            beside: Vec::new(),
            by_id: IndexMap::new(),
            used: RefCell::default(),
        };
        let mut open = vec![(Place::default(), value)];
        while let Some((place, value)) = open.pop() {
            let start = open.len();
            if let Value::Array(list) = value {
                open.extend(
                    list.iter().enumerate().map(|(index, value)| (place.nth(index), value)),
                );
            } else if let Some((holder, object)) = holder(value) {
                for (index, inner) in many(object.get(holder)).iter().enumerate() {
                    let at = place.at(holder);
                    let is_list = object.get(holder).is_some_and(Value::is_array);
                    open.push((if is_list { at.nth(index) } else { at }, inner));
                }
                let others = object.keys().filter(|name| *name != holder && !is_plain(name));
                nodes.beside.extend(others.map(|name| place.at(name)));
            } else {
                open.extend(reviews_within(&place, value));
                nodes.all.push((place, value));
            }
            // The first of the file is taken first.
            open.get_mut(start..).unwrap_or_default().reverse();
            let limit = limits.records;
            if (nodes.all.len() + open.len()) as u64 > limit {
                return Err(ReadError::new(ReadErrorKind::Limit { what: "records", limit }));
            }
        }
        // Nodes of their own count before those that stand within others.
        let mut inner: Vec<&Value> = nodes.all.iter().map(|(_, node)| *node).collect();
        let mut next = 0;
        while let Some(value) = inner.get(next).copied() {
            next += 1;
            match value {
                Value::Array(list) => inner.extend(list),
                Value::Object(object) => {
                    if let Some(id) = object.get("@id").and_then(Value::as_str)
                        && object.keys().any(|name| !is_plain(name))
                    {
                        nodes.by_id.entry(id).or_insert(object);
                    }
                    inner.extend(object.values());
                }
                _ => {}
            }
        }
        Ok(nodes)
    }

    /// Returns the node that a reference names by its `@id`, if the file has it elsewhere.
    pub(super) fn referred(&self, value: &Value) -> Option<&'v Map<String, Value>> {
        let id = match value {
            Value::String(id) => Some(id),
            Value::Object(object) => match object.get("@id") {
                Some(Value::String(id)) => Some(id),
                _ => None,
            },
            _ => None,
        };
        let (id, node) = self.by_id.get_key_value(id?.as_str())?;
        self.used.borrow_mut().insert(id);
        Some(node)
    }

    /// Returns the `@id` of a value that names a node of the file and says nothing else.
    pub(super) fn reference<'a>(&self, value: &'a Value) -> Option<&'a str> {
        let id = match value {
            Value::String(id) => Some(id.as_str()),
            Value::Object(object) if object.len() == 1 => object.get("@id")?.as_str(),
            _ => None,
        };
        id.filter(|id| self.by_id.contains_key(id))
    }

    /// Returns the value, or for a reference the node that its `@id` names. Members of the reference itself count
    /// first.
    pub(super) fn resolved<'a>(&self, value: &'a Value) -> Cow<'a, Value> {
        let Some(node) = self.referred(value) else { return Cow::Borrowed(value) };
        let mut whole = node.clone();
        if let Value::Object(object) = value {
            whole.extend(object.clone());
        }
        Cow::Owned(Value::Object(whole))
    }

    /// Returns true if another node refers to this one.
    pub(super) fn is_used(&self, object: &Map<String, Value>) -> bool {
        let id = object.get("@id").and_then(Value::as_str);
        id.is_some_and(|id| self.used.borrow().contains(id))
    }
}

/// Returns true if a node has this type.
pub(super) fn is(object: &Map<String, Value>, wanted: &str) -> bool {
    let plain = |name: &str| name.rsplit(['/', ':', '#']).next() == Some(wanted);
    many(object.get("@type")).iter().filter_map(Value::as_str).any(plain)
}

/// Returns the reviews within a page that is not a review or claim itself.
fn reviews_within<'v>(place: &Place, page: &'v Value) -> Vec<(Place, &'v Value)> {
    let is_page = |object: &&Map<String, Value>| !is(object, "ClaimReview") && !is(object, "Claim");
    let Some(object) = page.as_object().filter(is_page) else { return Vec::new() };
    let mut found = Vec::new();
    for name in ["review", "mainEntity", "hasPart", "subjectOf"] {
        for (index, value) in many(object.get(name)).iter().enumerate() {
            if value.as_object().is_some_and(|inner| is(inner, "ClaimReview")) {
                let at = place.at(name);
                found.push((if index > 0 { at.nth(index) } else { at }, value));
            }
        }
    }
    found
}

/// Returns the member of a value that holds its nodes, if it is a graph, a feed, a list or an item of one.
fn holder(value: &Value) -> Option<(&'static str, &Map<String, Value>)> {
    let object = value.as_object()?;
    let is_holder = |name: &&str| {
        object.contains_key(*name)
            && match *name {
                "@graph" => true,
                "dataFeedElement" => is(object, "DataFeed"),
                "itemListElement" => is(object, "ItemList"),
                _ => is(object, "DataFeedItem") || is(object, "ListItem"),
            }
    };
    Some((HOLDERS.into_iter().find(is_holder)?, object))
}

/// Returns true for the members that every node may have.
fn is_plain(name: &str) -> bool {
    ["@type", "@id", "@context"].contains(&name)
}
