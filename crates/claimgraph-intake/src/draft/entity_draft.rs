//! A draft of an entity: a name and a kind, and a key if it is not made from the name.

use super::Item;
use super::fault::Fault;
use super::fields::{Fields, Members, Notes, Text, text};
use super::nearest::evened;
use super::resolver::entity_named;
use crate::name::resolve::free_key;
use crate::name::{NameFault, NameIndex, NameKey, name_faults};
use claimgraph::entity::{Lookup, Name};
use claimgraph::reporting::Document;
use claimgraph::{ClaimGraph, Entity, EntityId, Id};
use rustc_hash::FxHashMap;

const ENTITY: &Members = &[
    ("name", &["canonical_name", "label", "entity"]),
    ("kind", &["type", "entity_type", "class"]),
    ("key", &["slug"]),
    ("aliases", &["alias", "also_known_as", "names"]),
    ("abbreviations", &["abbreviation", "acronym"]),
    ("metonyms", &["metonym"]),
    ("name_withheld", &["anonymous", "unnamed"]),
];

/// Returns the faults of drafts that could be one entity or two, by their places: the name of one is another name of the
/// other, or both have the same name and it is withheld. A key of its own decides.
pub(super) fn doubts(items: &[Item]) -> FxHashMap<usize, Fault> {
    let read = items.iter().map(Called::of);
    let read: Vec<Option<Called>> = read.collect();
    let drafts =
        || read.iter().enumerate().filter_map(|(place, read)| Some((place, read.as_ref()?)));
    let mut by_name: FxHashMap<(&str, &NameKey), Vec<usize>> = FxHashMap::default();
    for (place, draft) in drafts().filter(|(_, draft)| !draft.has_key) {
        by_name.entry((&draft.kind, &draft.key)).or_default().push(place);
    }
    let mut found = FxHashMap::default();
    let mut doubt = |place: usize, other: usize, problem: &str| {
        let (Some(draft), Some(at)) = (read.get(place).and_then(Option::as_ref), items.get(other))
        else {
            return;
        };
        let fault = Fault::new(&draft.name.at, &draft.name.text, format!("{problem} {}", at.at));
        found.insert(place, fault.expecting("a key for each, or one draft if they are one"));
    };
    for (place, draft) in drafts() {
        let same = |key| by_name.get(&(draft.kind.as_str(), key)).into_iter().flatten().copied();
        for other in draft.others.iter().flat_map(same).filter(|other| *other != place) {
            doubt(other, place, "is another name of");
            doubt(place, other, "has the name of");
        }
        for other in same(&draft.key).filter(|other| *other != place && draft.is_withheld) {
            doubt(place, other, "is withheld, and is also the name of");
            doubt(other, place, "is withheld, and is also the name of");
        }
    }
    found
}

/// The names of a draft.
struct Called {
    name: Text,
    kind: String,
    key: NameKey,
    /// The names beside it that are not its own name too.
    others: Vec<NameKey>,
    has_key: bool,
    is_withheld: bool,
}

impl Called {
    /// Reads the names of a draft. Its faults are told when it is added.
    fn of(Item { at, value }: &Item) -> Option<Self> {
        let notes = &mut Notes::default();
        let fields = Fields::of(at, value, ENTITY, notes)?;
        let name = fields.text("name", notes)?;
        let key = NameKey::of(&name.text).ok()?;
        let others = NAMES.iter().flat_map(|(member, _)| fields.list(member));
        let others =
            others.filter_map(|(at, value)| NameKey::of(&text(&at, value, notes)?.text).ok());
        let others = others.filter(|other| *other != key).collect();
        let kind = fields.text("kind", notes).map(|kind| evened(&kind.text).replace('-', ""));
        let (has_key, is_withheld) =
            (fields.value("key").is_some(), fields.flag("name_withheld", notes));
        Some(Self { name, kind: kind?, key, others, has_key, is_withheld })
    }
}

/// Returns whether claims name an entity, and none of them is of this document.
fn is_of_others(graph: &ClaimGraph, entity: EntityId, document: Id<Document>) -> bool {
    let view = graph.view().including_retracted();
    let mut claims = view
        .claims_with_speaker(entity)
        .chain(view.claims_with_subject(entity))
        .chain(view.claims_with_object(entity))
        .map(|claim| claim.document() == Some(document))
        .peekable();
    claims.peek().is_some() && !claims.any(|is_of_this| is_of_this)
}

/// Adds the entity of a draft, or returns the one that the graph has under its key or name.
///
/// Returns the entity and whether it is new.
pub(super) fn add(
    graph: &mut ClaimGraph,
    Item { at, value }: &Item,
    document: Id<Document>,
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
    // With a name beside it, a key is not looked up as a name.
    let known = match &key {
        Some(key) if name.is_some() => {
            graph.entity_keyed(&key.text).map_or(Lookup::Unknown, Lookup::One)
        }
        _ => entity_named(graph, Some(names), &called.text, Some(&kind)),
    };
    if let Lookup::Ambiguous(entities) = known {
        let keys = entities.iter().filter_map(|&id| Some(graph.entity(id).ok()?.key().to_owned()));
        let problem = format!("is the name of {} entities", entities.len());
        let fault = Fault::new(&called.at, &called.text, problem).expecting("a key");
        notes.fault(fault.near(keys.collect()));
        return None;
    }
    let known = known.one();
    let is_withheld = fields.flag("name_withheld", notes);
    if let Some(known) =
        known.filter(|&known| key.is_none() && is_of_others(graph, known, document))
        && (is_withheld || graph.entity(known).is_ok_and(|known| known.is_name_withheld()))
    {
        let key = graph.entity(known).ok()?.key().to_owned();
        let problem = "is withheld, and is also the name of an entity of another document";
        let fault = Fault::new(&called.at, &called.text, problem);
        notes.fault(fault.expecting("the key of that one, or another key").near(vec![key]));
        return None;
    }
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
    if is_withheld {
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
