//! Makes a graph of nodes and edges with attributes, for the readers of GraphML and GEXF.
//!
//! A file of this library has a vocabulary, the key and kind of each node, and the stance of each edge: they become
//! the entities and claims that they were, and a fault in one of them refuses the file. A node of another program
//! becomes an entity, a `Thing` unless it has a `kind`, with its label as name. An edge of another program becomes an
//! assertion of the document in its own voice, under the relation that its `relation`, label or kind names, or else
//! `linked-to`. A part of another program's node or edge that cannot be used is left out and counted with its line.

use crate::even_text;
use crate::field_table::{self, Field, Fields, fields};
use crate::foreign_loader::ForeignLoader;
use crate::graphs::edge_list::{EDGE, NODE};
use crate::graphs::foreign_edge::{ForeignEdge, ForeignEdges};
use crate::graphs::xml_reader::at;
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{
    Losses, ReadError, ReadErrorKind, ReadReport, check_key, clipped, excerpt, parse_day,
};
use claimgraph::record::{ClaimRecord, EntityRecord, Loader, Record};
use claimgraph::vocabulary::{KindDef, Vocabulary};
use claimgraph::{ClaimGraph, Error, Period, Stance};
use indexmap::{IndexMap, IndexSet};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The most kinds and relations that a file of another program may add.
const FOREIGN_WORDS: u64 = 1_000;

/// The members of a record that an edge says by its place and its label.
const STATEMENT: &[Field] = fields! {
    source = "statement.subject.entity": Entity,
    relation = "statement.relation": Text,
    target = "statement.object.entity": Entity,
};

/// The attributes of one node or edge as read, by name.
pub(super) type Given = IndexMap<String, String>;

/// A line and a column.
pub(super) type At = (u64, u64);

pub(super) struct EdgeGiven {
    pub(super) id: Option<String>,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) label: Option<String>,
    pub(super) directed: bool,
    /// The period, if the file says it outside of the attributes.
    pub(super) valid: Option<Period>,
    pub(super) values: Given,
    pub(super) place: At,
}

/// A graph that is being built.
pub(super) struct Incoming {
    loader: ForeignLoader,
    options: Options,
    /// The key of each node, by its id in the file.
    keys: IndexMap<String, String>,
    /// The keys that are not the ids of their nodes.
    evened: IndexSet<String>,
    /// The edges of this library that come before their nodes.
    waiting: Vec<EdgeGiven>,
    /// The edges of other programs. They are loaded at the end, when all nodes and relations are known.
    foreign: ForeignEdges,
    words: IndexSet<String>,
    things: u64,
    has_vocabulary: bool,
}

fn refused(place: At, error: Error) -> ReadError {
    at(place, ReadErrorKind::Refused(error))
}

pub(super) fn within(
    found: u64,
    limit: u64,
    what: &'static str,
    place: At,
) -> Result<(), ReadError> {
    if found <= limit { Ok(()) } else { Err(at(place, ReadErrorKind::Limit { what, limit })) }
}

/// Returns a place as the losses name it.
pub(super) fn line((line, _): At, whose: &str) -> String {
    if whose.is_empty() { format!("line {line}") } else { format!("line {line}, {whose}") }
}

impl Incoming {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            loader: ForeignLoader::new(Loader::new().limits(options.limits), Losses::default()),
            options: options.clone(),
            keys: IndexMap::new(),
            evened: IndexSet::new(),
            waiting: Vec::new(),
            foreign: ForeignEdges::default(),
            words: IndexSet::new(),
            things: 0,
            has_vocabulary: false,
        }
    }

    /// Counts something that is left out at a line.
    pub(super) fn note(&mut self, what: &str, whose: &str, place: At) {
        self.loader.losses.note(what, &line(place, whose));
    }

    /// Takes the vocabulary of the graph, as JSON.
    pub(super) fn vocabulary(&mut self, json: &str, place: At) -> Result<(), ReadError> {
        let syntax = |error: serde_json::Error| {
            at(place, ReadErrorKind::Syntax(clipped(&error.to_string(), 200)))
        };
        let vocabulary: Vocabulary = serde_json::from_str(json).map_err(syntax)?;
        self.has_vocabulary = true;
        self.change(place, |graph| graph.extend_vocabulary(&vocabulary))
    }

    /// Takes the day of the file. A text that is not a day is counted.
    pub(super) fn dated(&mut self, day: &str, place: At) {
        match parse_day(day.trim()) {
            Some(day) => self.options.reported = self.options.reported.or(Some(day)),
            None => self.note("time that is not a day", "lastmodifieddate", place),
        }
    }

    /// Changes the graph itself. A loader knows the names of claims, and no edge names a claim, so the loader can be
    /// finished and made again.
    fn change<T>(
        &mut self,
        place: At,
        change: impl FnOnce(&mut ClaimGraph) -> Result<T, Error>,
    ) -> Result<(), ReadError> {
        let mut graph = std::mem::take(&mut self.loader.loader).finish();
        let outcome = change(&mut graph);
        self.loader.loader = Loader::onto(graph).limits(self.options.limits);
        outcome.map(drop).map_err(|error| refused(place, error))
    }

    /// Declares a word of another program's file as a kind or relation.
    pub(super) fn declare(
        &mut self,
        word: &str,
        place: At,
        add: impl FnOnce(&mut Vocabulary) -> Result<(), Error>,
    ) -> Result<(), ReadError> {
        self.words.insert(word.to_owned());
        let what = "kinds and relations without a vocabulary";
        within(self.words.len() as u64, FOREIGN_WORDS, what, place)?;
        let mut vocabulary = Vocabulary::new();
        add(&mut vocabulary).map_err(|error| refused(place, error))?;
        self.change(place, |graph| graph.extend_vocabulary(&vocabulary))
    }

    fn count(&mut self, place: At) -> Result<(), ReadError> {
        self.things += 1;
        within(self.things, self.options.limits.records, "nodes and edges", place)
    }

    pub(super) fn node(
        &mut self,
        id: String,
        label: Option<String>,
        values: Given,
        place: At,
    ) -> Result<(), ReadError> {
        self.count(place)?;
        let strict = self.has_vocabulary && values.contains_key("key");
        let own = values.contains_key("key");
        let is_document =
            values.get("is_document").is_some_and(|flag| flag == "true" || flag == "1");
        let only: Option<&[&str]> = if own { None } else { Some(&["kind"]) };
        let mut members = self.members((NODE, only), values, ("node", &id), (strict, place))?;
        members.entry("key").or_insert_with(|| Value::String(id.clone()));
        let no_key = |kind: &Value| kind.as_str().is_none_or(|kind| check_key(kind).is_err());
        if !own && members.get("kind").is_some_and(no_key) {
            members.remove("kind");
            self.note("kind that cannot be a key", &id, place);
        }
        let usual = if is_document { "Document" } else { "Thing" };
        members.entry("kind").or_insert_with(|| Value::String(usual.to_owned()));
        let record = self.record::<EntityRecord>(NODE, members, &id, (strict, place))?;
        let Some(mut record) = record else { return Ok(()) };
        if !strict {
            let Some(key) = even_text::key(&record.key) else {
                self.note("node with an id that cannot be a key", &id, place);
                return Ok(());
            };
            record.key = key;
        }
        if is_document {
            record.document.get_or_insert_default();
        }
        if let Some(label) = label.filter(|label| !own && *label != id && record.names.is_empty()) {
            match even_text::name(&label) {
                Some(label) => record.names.push(Name::canonical(label)),
                None => self.note("blank label", &id, place),
            }
        }
        if self.loader.loader.graph().vocabulary().kind(&record.kind).is_none() {
            self.declare(&record.kind, place, |vocabulary| {
                vocabulary.add_kind(KindDef::new(&*record.kind, ["Thing"]))
            })?;
        }
        if record.key != id {
            self.evened.insert(record.key.clone());
        }
        if self.keys.insert(id.clone(), record.key.clone()).is_some() {
            if strict {
                return Err(at(
                    place,
                    ReadErrorKind::Syntax("another node has this id".to_owned()),
                ));
            }
            self.note("node that comes twice", &id, place);
        }
        if strict {
            let pushed = self.loader.loader.push(Record::Entity(Box::new(record)));
            return pushed.map_err(|error| refused(place, error));
        }
        self.loader.entity(record, &line(place, &id));
        Ok(())
    }

    /// Takes an edge, which may come before its nodes.
    pub(super) fn edge(&mut self, edge: EdgeGiven) -> Result<(), ReadError> {
        self.count(edge.place)?;
        let stance = edge.values.get("stance");
        if stance.is_none() || !self.has_vocabulary {
            return self.foreign_edge(edge);
        }
        if self.keys.contains_key(&edge.source) && self.keys.contains_key(&edge.target) {
            return self.load(edge);
        }
        self.waiting.push(edge);
        Ok(())
    }

    /// Takes an edge of another program, and counts the values that are not read.
    fn foreign_edge(&mut self, mut edge: EdgeGiven) -> Result<(), ReadError> {
        let whose = format!("{} to {}", edge.source, edge.target);
        let is_stance = |text: &String| Stance::ALL.iter().any(|stance| stance.as_str() == text);
        let own = edge.values.get("stance").is_some_and(is_stance);
        let given = edge.values.get("relation").or(edge.label.as_ref()).cloned();
        let relation = given.and_then(|given| {
            let key = even_text::key(&given).filter(|key| key.len() < 480);
            if key.is_none() {
                self.note("edge label that cannot be a key", &whose, edge.place);
            }
            key
        });
        let label = edge.label.as_ref().filter(|_| !own && edge.values.contains_key("relation"));
        if label.is_some_and(|label| Some(label) != edge.values.get("relation")) {
            self.note("label of an edge with a relation", &whose, edge.place);
        }
        let flag = edge.values.get("symmetric").is_some_and(|flag| flag == "true");
        let is_symmetric = !edge.directed || flag;
        let only: Option<&[&str]> = if own { None } else { Some(&["relation", "symmetric"]) };
        let values = std::mem::take(&mut edge.values);
        let members = self.members((EDGE, only), values, ("edge", &whose), (false, edge.place))?;
        self.foreign.push(ForeignEdge::new(edge, relation, is_symmetric, own.then_some(members)));
        Ok(())
    }

    /// Loads an edge of this library.
    fn load(&mut self, edge: EdgeGiven) -> Result<(), ReadError> {
        let place = edge.place;
        let key = |id: &str| {
            let unknown = || {
                let problem = format!("unknown node \"{}\"", excerpt(id));
                at(place, ReadErrorKind::Syntax(problem))
            };
            self.keys.get(id).cloned().ok_or_else(unknown)
        };
        let (source, target) = (key(&edge.source)?, key(&edge.target)?);
        let whose = format!("{} to {}", edge.source, edge.target);
        let given = edge.values.get("relation").or(edge.label.as_ref()).cloned();
        let relation = given.unwrap_or_else(|| "linked-to".to_owned());
        let members = self.members((EDGE, None), edge.values, ("edge", &whose), (true, place))?;
        let members = stated(members, source, relation, target)
            .map_err(|(name, problem)| wrong(place, name, &problem))?;
        let Some(mut record) = self.record::<ClaimRecord>(EDGE, members, &whose, (true, place))?
        else {
            return Ok(());
        };
        record.valid = record.valid.or(edge.valid);
        let pushed = self.loader.loader.push_claim(record);
        pushed.map(drop).map_err(|error| refused(place, error))
    }

    pub(super) fn finish(mut self, expected: &str) -> Result<ReadReport, ReadError> {
        for edge in std::mem::take(&mut self.waiting) {
            self.load(edge)?;
        }
        std::mem::take(&mut self.foreign).load(&mut self)?;
        self.loader.finish(expected)
    }

    // ----- for the edges of other programs

    pub(super) fn graph(&self) -> &ClaimGraph {
        self.loader.loader.graph()
    }

    /// Returns the key of a node, by its id as it is or evened out.
    pub(super) fn key_of(&self, id: &str) -> Option<String> {
        let even = || even_text::key(id).filter(|key| self.evened.contains(key));
        self.keys.get(id).cloned().or_else(even)
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    /// Loads a claim of an edge with these members between two entities, with what more there is to say.
    pub(super) fn assert(
        &mut self,
        members: Map<String, Value>,
        (source, relation, target): (String, String, String),
        (whose, place): (&str, At),
        more: impl FnOnce(&mut ClaimRecord),
    ) -> Result<(), ReadError> {
        let Ok(mut members) = stated(members, source, relation, target) else {
            self.note("edge that is not understood", whose, place);
            return Ok(());
        };
        let stance = Value::String(Stance::Asserts.as_str().to_owned());
        members.entry("stance").or_insert(stance);
        if let Some(mut record) =
            self.record::<ClaimRecord>(EDGE, members, whose, (false, place))?
        {
            more(&mut record);
            self.loader.claim(record, &line(place, whose));
        }
        Ok(())
    }

    pub(super) fn entity(&mut self, record: EntityRecord, place: At) {
        self.loader.entity(record, &line(place, ""));
    }

    // ----- attributes

    /// Returns the values as members of a record, and counts the others as lost. Only some values of another program
    /// are taken, because it may use the same name for something else.
    fn members(
        &mut self,
        (fields, only): (Fields, Option<&[&str]>),
        values: Given,
        (what, whose): (&str, &str),
        (strict, place): (bool, At),
    ) -> Result<Map<String, Value>, ReadError> {
        let mut members = Map::new();
        for (name, text) in values {
            let meant = only.is_none_or(|only| only.contains(&name.as_str()));
            match field_table::each(fields).find(|field| field.name == name && meant) {
                None if name == "label" => {}
                None => {
                    self.note(&format!("{what} attribute \"{}\"", excerpt(&name)), whose, place)
                }
                Some(field) if field.path.is_empty() => {}
                Some(field) => {
                    let Err(problem) = field_table::put(&mut members, field, text) else {
                        continue;
                    };
                    if strict {
                        return Err(wrong(place, name, &problem));
                    }
                    self.note_attribute(&name, whose, place);
                }
            }
        }
        Ok(members)
    }

    /// Returns the members as a record. If the file is not of this library, an attribute that cannot be used is left
    /// out and counted.
    fn record<T: DeserializeOwned>(
        &mut self,
        fields: Fields,
        mut members: Map<String, Value>,
        whose: &str,
        (strict, place): (bool, At),
    ) -> Result<Option<T>, ReadError> {
        loop {
            match field_table::record(members.clone(), fields) {
                Ok(record) => return Ok(Some(record)),
                Err((name, problem)) if strict => return Err(wrong(place, name, &problem)),
                Err((name, _)) => {
                    self.note_attribute(&name, whose, place);
                    let field = field_table::each(fields).find(|field| field.name == name);
                    let top =
                        field.map_or("", |field| field.path.split('.').next().unwrap_or_default());
                    if members.remove(top).is_none() {
                        return Ok(None);
                    }
                }
            }
        }
    }

    fn note_attribute(&mut self, name: &str, whose: &str, place: At) {
        self.note("attribute that cannot be used", &format!("{whose}, {name}"), place);
    }
}

/// Puts the ends and the relation of an edge into its members.
fn stated(
    mut members: Map<String, Value>,
    source: String,
    relation: String,
    target: String,
) -> Result<Map<String, Value>, (String, String)> {
    for (field, text) in STATEMENT.iter().zip([source, relation, target]) {
        field_table::put(&mut members, field, text)
            .map_err(|problem| (field.name.to_owned(), problem))?;
    }
    Ok(members)
}

fn wrong(place: At, field: String, problem: &str) -> ReadError {
    at(place, ReadErrorKind::Syntax(clipped(problem, 200))).in_field(field)
}
