//! A draft of an entity: a name and a kind, and a key if it is not made from the name.

use super::fault::Fault;
use super::fields::{Fields, Members, Notes, Text, text};
use super::nearest::evened;
use super::resolver::entity_named;
use crate::name::resolve::free_key;
use crate::name::{NameFault, NameIndex, NameKey, name_faults};
use claimgraph::entity::{Lookup, Name};
use claimgraph::{ClaimGraph, Entity, EntityId};
use serde_json::Value;

const ENTITY: &Members = &[
    ("name", &["canonical_name", "label", "entity"]),
    ("kind", &["type", "entity_type", "class"]),
    ("key", &["slug"]),
    ("aliases", &["alias", "also_known_as", "names"]),
    ("abbreviations", &["abbreviation", "acronym"]),
    ("metonyms", &["metonym"]),
    ("name_withheld", &["anonymous", "unnamed"]),
];

/// Adds the entity of a draft, or returns the one that the graph has under its key or name.
///
/// Returns the entity and whether it is new.
pub(super) fn add(
    graph: &mut ClaimGraph,
    at: &str,
    value: &Value,
    names: &mut NameIndex,
    notes: &mut Notes,
) -> Option<(EntityId, bool)> {
    let fields = Fields::of(at, value, ENTITY, notes)?;
    let name = fields.text("name", notes);
    let key = fields.text("key", notes);
    let kind = kind(graph, &fields, notes);
    let Some(called) = name.as_ref().or(key.as_ref()) else {
        notes.fault(Fault::new(&fields.pointer("name"), "", "missing name"));
        return None;
    };
    let kind = kind?;
    names.update(graph);
    let known = entity_named(graph, Some(names), &key.as_ref().unwrap_or(called).text, Some(&kind));
    if let Lookup::Ambiguous(entities) = known {
        let keys = entities.iter().filter_map(|&id| Some(graph.entity(id).ok()?.key().to_owned()));
        let problem = format!("is the name of {} entities", entities.len());
        let fault = Fault::new(&called.at, &called.text, problem).expecting("a key");
        notes.fault(fault.near(keys.collect()));
        return None;
    }
    let known = known.one();
    let key = match (known, &key) {
        (Some(known), _) => graph.entity(known).ok()?.key().to_owned(),
        (None, Some(key)) => key.text.clone(),
        (None, None) => match new_key(graph, &called.text, &kind) {
            Ok(key) => key,
            Err(fault) => {
                notes.fault(Fault::new(&called.at, &called.text, fault.to_string()));
                return None;
            }
        },
    };
    let mut entity = Entity::new(key);
    if let Some(name) = &name {
        check(name, notes);
        entity = entity.named(&*name.text);
    }
    for (member, make) in NAMES {
        for (at, value) in fields.list(member) {
            if let Some(other) = text(&at, value, notes) {
                check(&other, notes);
                entity = entity.with_name(make(other.text));
            }
        }
    }
    if fields.flag("name_withheld", notes) {
        entity = entity.name_withheld();
    }
    if !notes.faults.is_empty() {
        return None;
    }
    match graph.add_untyped(&kind, entity) {
        Ok(id) => {
            // It may have a name more than the index has read.
            let _ = names.tell(graph, id);
            Some((id, known.is_none()))
        }
        Err(error) => {
            notes.fault(Fault::new(&called.at, &called.text, error.kind().to_string()));
            None
        }
    }
}

/// Notes a name that is refused, or that could be taken for another.
fn check(name: &Text, notes: &mut Notes) {
    if let Some(fault) = name_faults(&name.text).into_iter().next() {
        notes.fault(Fault::new(&name.at, &name.text, fault.to_string()));
    }
}

/// A sort of name.
type NameSort = fn(String) -> Name;

/// The lists of further names, and the sort of name that each has.
const NAMES: [(&str, NameSort); 3] =
    [("aliases", Name::alias), ("abbreviations", Name::abbreviation), ("metonyms", Name::metonym)];

fn kind(graph: &ClaimGraph, fields: &Fields<'_>, notes: &mut Notes) -> Option<String> {
    let kinds = || graph.vocabulary().kinds().map(|kind| kind.key.as_str());
    let Some(Text { at, text }) = fields.text("kind", notes) else {
        notes.fault(Fault::new(&fields.pointer("kind"), "", "missing kind").among(kinds()));
        return None;
    };
    if let Some(kind) = graph.vocabulary().kind(&text) {
        return Some(kind.key.clone());
    }
    // "government office" is `GovernmentOffice`.
    let joined = |word: &str| evened(word).replace('-', "");
    let Some(kind) = kinds().find(|kind| joined(kind) == joined(&text)) else {
        notes.fault(Fault::new(&at, &text, "is not a kind").among(kinds()));
        return None;
    };
    notes.repair(&at, &text, kind, "another form of the kind's key");
    Some(kind.to_owned())
}

/// Returns a key made from a name, which no entity has.
pub(super) fn new_key(graph: &ClaimGraph, name: &str, kind: &str) -> Result<String, NameFault> {
    if let Some(fault) = name_faults(name).into_iter().next() {
        return Err(fault);
    }
    Ok(free_key(graph, &NameKey::of(name)?, kind))
}
