//! The nodes of a JSON-LD document: the objects of its lists, graphs and feeds, and the nodes that an `@id` names.

use crate::exchange::import::Import;
use crate::exchange::json_input::{Items, Lines, items_of, many, members_of, value_of};
use crate::exchange::place::Place;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The members that hold nodes, and do not say anything else.
const HOLDERS: [&str; 4] = ["@graph", "dataFeedElement", "itemListElement", "item"];

/// The text of parsed nodes that is kept at a time, in bytes.
const PARSED: usize = 1 << 22;

/// A node that is parsed.
type Node = Rc<Map<String, Value>>;

/// The nodes of a document. They are parsed when they are needed.
pub(super) struct Nodes<'t> {
    text: &'t str,
    /// The nodes with an `@id`, with their depth in the document.
    by_id: IndexMap<String, (usize, &'t str)>,
    /// The ids that were looked up.
    used: RefCell<IndexSet<String>>,
    /// Nodes that were looked up, by their ids, and the length of their texts.
    parsed: RefCell<(IndexMap<String, Node>, usize)>,
}

impl<'t> Nodes<'t> {
    /// Finds the nodes in a checked text. Members of graphs and feeds that hold no nodes are counted.
    pub(super) fn of(text: &'t str, import: &mut Import) -> Self {
        let mut by_id = IndexMap::new();
        let mut walk = Walk::over(text);
        for (_, node) in walk.by_ref() {
            identify(node, &mut by_id);
        }
        for place in walk.beside {
            import.note("member that is not understood", &place);
        }
        Self { text, by_id, used: RefCell::default(), parsed: RefCell::default() }
    }

    /// Returns each node with its place, in the order of the document.
    pub(super) fn all(&self) -> impl Iterator<Item = (Place, &'t str)> + use<'t> {
        Walk::over(self.text)
    }

    /// Returns the node that a reference names by its `@id`, if the file has it elsewhere.
    pub(super) fn referred(&self, value: &Value) -> Option<Node> {
        let id = match value {
            Value::String(id) => id,
            Value::Object(object) => match object.get("@id")? {
                Value::String(id) => id,
                _ => return None,
            },
            _ => return None,
        };
        let (_, text) = self.by_id.get(id)?;
        self.used.borrow_mut().insert(id.clone());
        let (parsed, length) = &mut *self.parsed.borrow_mut();
        if let Some(node) = parsed.get(id) {
            return Some(Rc::clone(node));
        }
        let Value::Object(node) = value_of(text) else { return None };
        let node = Rc::new(node);
        if *length + text.len() > PARSED {
            parsed.clear();
            *length = 0;
        }
        *length += text.len();
        parsed.insert(id.clone(), Rc::clone(&node));
        Some(node)
    }

    /// Returns the `@id` of a value that names a node of the file and says nothing else.
    pub(super) fn reference<'a>(&self, value: &'a Value) -> Option<&'a str> {
        let id = match value {
            Value::String(id) => Some(id.as_str()),
            Value::Object(object) if object.len() == 1 => object.get("@id")?.as_str(),
            _ => None,
        };
        id.filter(|id| self.by_id.contains_key(*id))
    }

    /// Returns the value, or for a reference the node that its `@id` names. Members of the reference itself count
    /// first.
    pub(super) fn resolved<'a>(&self, value: &'a Value) -> Cow<'a, Value> {
        let Some(node) = self.referred(value) else { return Cow::Borrowed(value) };
        let mut whole = Rc::unwrap_or_clone(node);
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

/// Keeps the node, and those within it, by their ids. Of nodes with one id, the first of the least depth is kept: nodes
/// of their own count before those that stand within others.
fn identify<'t>(node: &'t str, by_id: &mut IndexMap<String, (usize, &'t str)>) {
    let mut open = vec![(0, node)];
    while let Some((depth, part)) = open.pop() {
        let start = open.len();
        if part.starts_with('[') {
            open.extend(items_of(part).filter(is_whole).map(|inner| (depth + 1, inner)));
        } else if let Some(members) = members_of(part) {
            let id = members.get("@id").map(|id| value_of(id));
            if let Some(Value::String(id)) = id
                && members.keys().any(|name| !is_plain(name))
                && by_id.get(&id).is_none_or(|(known, _)| depth < *known)
            {
                by_id.insert(id, (depth, part));
            }
            open.extend(members.into_values().filter(is_whole).map(|inner| (depth + 1, inner)));
        }
        open.get_mut(start..).unwrap_or_default().reverse();
    }
}

/// Returns true if the part is an object or a list.
fn is_whole(part: &&str) -> bool {
    part.starts_with(['{', '['])
}

/// A walk over the nodes of a document: those of its lists, graphs and feeds.
struct Walk<'t> {
    lines: Lines<'t>,
    /// The values that are not visited yet, and the lists that are not finished. The last is the next.
    open: Vec<(Place, Open<'t>)>,
    /// The members of feeds and lists that hold no nodes.
    beside: Vec<Place>,
}

enum Open<'t> {
    Value(&'t str),
    List(usize, Items<'t>),
}

impl<'t> Walk<'t> {
    fn over(text: &'t str) -> Self {
        let open = vec![(Place::default(), Open::Value(text.trim()))];
        Self { lines: Lines::of(text), open, beside: Vec::new() }
    }
}

impl<'t> Iterator for Walk<'t> {
    type Item = (Place, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (place, part) = match self.open.pop()? {
                (place, Open::Value(part)) => (place, part),
                (place, Open::List(index, mut items)) => {
                    let Some(part) = items.next() else { continue };
                    let at = place.nth(index);
                    self.open.push((place, Open::List(index + 1, items)));
                    (at, part)
                }
            };
            if part.starts_with('[') {
                self.open.push((place, Open::List(0, items_of(part))));
                continue;
            }
            let place = Place { line: Some(self.lines.line(part)), ..place };
            let members = members_of(part).unwrap_or_default();
            if let Some(holder) = holder(&members) {
                let inner = members.get(holder).copied().unwrap_or_default();
                let others = members.keys().filter(|name| *name != holder && !is_plain(name));
                self.beside.extend(others.map(|name| place.at(name)));
                let at = place.at(holder);
                match inner.starts_with('[') {
                    true => self.open.push((at, Open::List(0, items_of(inner)))),
                    false => {
                        let inner = items_of(inner).map(|inner| (at.clone(), Open::Value(inner)));
                        self.open.extend(inner);
                    }
                }
                continue;
            }
            let start = self.open.len();
            let within = reviews_within(&place, &members);
            self.open.extend(within.into_iter().map(|(at, inner)| (at, Open::Value(inner))));
            // The first of the file is taken first.
            self.open.get_mut(start..).unwrap_or_default().reverse();
            return Some((place, part));
        }
    }
}

/// Returns true if a node has this type.
pub(super) fn is(object: &Map<String, Value>, wanted: &str) -> bool {
    object.get("@type").is_some_and(|kind| is_type(kind, wanted))
}

/// Returns true if a node, which is not parsed yet, has this type.
fn is_one(members: &BTreeMap<String, &str>, wanted: &str) -> bool {
    let kind = members.get("@type").map(|kind| value_of(kind)).unwrap_or_default();
    is_type(&kind, wanted)
}

fn is_type(kind: &Value, wanted: &str) -> bool {
    let plain = |name: &str| name.rsplit(['/', ':', '#']).next() == Some(wanted);
    many(Some(kind)).iter().filter_map(Value::as_str).any(plain)
}

/// Returns the reviews within a page that is not a review or claim itself.
fn reviews_within<'t>(place: &Place, page: &BTreeMap<String, &'t str>) -> Vec<(Place, &'t str)> {
    let mut found = Vec::new();
    if is_one(page, "ClaimReview") || is_one(page, "Claim") {
        return found;
    }
    for name in ["review", "mainEntity", "hasPart", "subjectOf"] {
        let inner = page.get(name).copied().unwrap_or("null");
        for (index, part) in items_of(inner).enumerate() {
            if members_of(part).is_some_and(|inner| is_one(&inner, "ClaimReview")) {
                let at = place.at(name);
                found.push((if index > 0 { at.nth(index) } else { at }, part));
            }
        }
    }
    found
}

/// Returns the member that holds the nodes of a value, if it is a graph, a feed, a list or an item of one.
fn holder(members: &BTreeMap<String, &str>) -> Option<&'static str> {
    let is_holder = |name: &&str| {
        members.contains_key(*name)
            && match *name {
                "@graph" => true,
                "dataFeedElement" => is_one(members, "DataFeed"),
                "itemListElement" => is_one(members, "ItemList"),
                _ => is_one(members, "DataFeedItem") || is_one(members, "ListItem"),
            }
    };
    HOLDERS.into_iter().find(is_holder)
}

/// Returns true for the members that every node may have.
fn is_plain(name: &str) -> bool {
    ["@type", "@id", "@context"].contains(&name)
}
