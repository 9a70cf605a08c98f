//! Makes a graph of nodes and edges with attributes, for the readers of GraphML and GEXF.
//!
//! A file of this library has the key and kind of each node, and the stance of each edge: they become the entities
//! and claims that they were. A node of another program becomes an entity, a `Thing` unless it has a `kind`, with
//! its label as name. An edge of another program becomes an assertion of the document in its own voice, under the
//! relation that its `relation`, label or kind names, or else `linked-to`.

use crate::field_table::{self, Field, Fields, fields};
use crate::graphs::edge_list::{EDGE, NODE};
use crate::graphs::xml_reader::at;
use crate::reader_options::Options;
use claimgraph::entity::Name;
use claimgraph::format::{
    Losses, ReadError, ReadErrorKind, ReadReport, check_key, clipped, excerpt, parse_day,
};
use claimgraph::record::{ClaimRecord, EntityRecord, Loader, Record};
use claimgraph::vocabulary::{KindDef, RelationDef, Slot, Vocabulary};
use claimgraph::{ClaimGraph, DocumentInfo, Entity, Error, Period, Stance};
use indexmap::{IndexMap, IndexSet};
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

pub(super) struct EdgeGiven {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) label: Option<String>,
    pub(super) directed: bool,
    /// The period, if the file says it outside of the attributes.
    pub(super) valid: Option<Period>,
    pub(super) values: Given,
    pub(super) place: (u64, u64),
}

/// A graph that is being built.
pub(super) struct Incoming {
    loader: Loader,
    options: Options,
    /// The key of each node, by its id in the file.
    keys: IndexMap<String, String>,
    waiting: Vec<EdgeGiven>,
    /// The document of the edges of another program, once there is such an edge.
    document: Option<String>,
    words: IndexSet<String>,
    things: u64,
    pub(super) losses: Losses,
}

fn refused(place: (u64, u64), error: Error) -> ReadError {
    at(place, ReadErrorKind::Refused(error))
}

fn within(found: u64, limit: u64, what: &'static str, place: (u64, u64)) -> Result<(), ReadError> {
    if found <= limit { Ok(()) } else { Err(at(place, ReadErrorKind::Limit { what, limit })) }
}

impl Incoming {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            loader: Loader::new(),
            options: options.clone(),
            keys: IndexMap::new(),
            waiting: Vec::new(),
            document: None,
            words: IndexSet::new(),
            things: 0,
            losses: Losses::default(),
        }
    }

    /// Takes the vocabulary of the graph, as JSON.
    pub(super) fn vocabulary(&mut self, json: &str, place: (u64, u64)) -> Result<(), ReadError> {
        let syntax = |error: serde_json::Error| {
            at(place, ReadErrorKind::Syntax(clipped(&error.to_string(), 200)))
        };
        let vocabulary: Vocabulary = serde_json::from_str(json).map_err(syntax)?;
        self.change(place, |graph| graph.extend_vocabulary(&vocabulary))
    }

    /// Takes the day of the file.
    pub(super) fn dated(&mut self, day: &str) {
        self.options.reported = self.options.reported.or_else(|| parse_day(day));
    }

    /// Changes the graph itself. A loader knows the names of claims, and no edge names a claim, so the loader can be
    /// finished and made again.
    fn change<T>(
        &mut self,
        place: (u64, u64),
        change: impl FnOnce(&mut ClaimGraph) -> Result<T, Error>,
    ) -> Result<(), ReadError> {
        let mut graph = std::mem::take(&mut self.loader).finish();
        let outcome = change(&mut graph);
        self.loader = Loader::onto(graph);
        outcome.map(drop).map_err(|error| refused(place, error))
    }

    /// Declares a word of another program's file as a kind or relation.
    fn declare(
        &mut self,
        word: &str,
        place: (u64, u64),
        add: impl FnOnce(&mut Vocabulary) -> Result<(), Error>,
    ) -> Result<(), ReadError> {
        self.words.insert(word.to_owned());
        let what = "kinds and relations without a vocabulary";
        within(self.words.len() as u64, FOREIGN_WORDS, what, place)?;
        let mut vocabulary = Vocabulary::new();
        add(&mut vocabulary).map_err(|error| refused(place, error))?;
        self.change(place, |graph| graph.extend_vocabulary(&vocabulary))
    }

    fn count(&mut self, place: (u64, u64)) -> Result<(), ReadError> {
        self.things += 1;
        within(self.things, self.options.limits.records, "nodes and edges", place)
    }

    pub(super) fn node(
        &mut self,
        id: String,
        label: Option<String>,
        values: Given,
        place: (u64, u64),
    ) -> Result<(), ReadError> {
        self.count(place)?;
        let own = values.contains_key("key");
        let is_document =
            values.get("is_document").is_some_and(|flag| flag == "true" || flag == "1");
        let only: Option<&[&str]> = if own { None } else { Some(&["kind"]) };
        let mut members = self.members((NODE, only), values, ("node", &id), place)?;
        members.entry("key").or_insert_with(|| Value::String(id.clone()));
        let no_key = |kind: &Value| kind.as_str().is_none_or(|kind| check_key(kind).is_err());
        if !own && members.get("kind").is_some_and(no_key) {
            members.remove("kind");
            self.losses.note("kind that cannot be a key", &id);
        }
        let usual = if is_document { "Document" } else { "Thing" };
        members.entry("kind").or_insert_with(|| Value::String(usual.to_owned()));
        let mut record: EntityRecord = record_of(NODE, members, place)?;
        if is_document {
            record.document.get_or_insert_default();
        }
        let label = label.filter(|label| !own && *label != record.key && record.names.is_empty());
        record.names.extend(label.map(Name::canonical));
        if self.loader.graph().vocabulary().kind(&record.kind).is_none() {
            self.declare(&record.kind, place, |vocabulary| {
                vocabulary.add_kind(KindDef::new(&*record.kind, ["Thing"]))
            })?;
        }
        if self.keys.insert(id, record.key.clone()).is_some() {
            return Err(at(place, ReadErrorKind::Syntax("another node has this id".to_owned())));
        }
        self.loader.push(Record::Entity(Box::new(record))).map_err(|error| refused(place, error))
    }

    /// Takes an edge, which may come before its nodes.
    pub(super) fn edge(&mut self, edge: EdgeGiven) -> Result<(), ReadError> {
        self.count(edge.place)?;
        if self.keys.contains_key(&edge.source) && self.keys.contains_key(&edge.target) {
            return self.load(edge);
        }
        self.waiting.push(edge);
        Ok(())
    }

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
        let own = edge.values.contains_key("stance");
        let given = edge.values.get("relation").or(edge.label.as_ref()).cloned();
        let symmetric =
            !edge.directed || edge.values.get("symmetric").is_some_and(|flag| flag == "true");
        let only: Option<&[&str]> = if own { None } else { Some(&["relation", "symmetric"]) };
        let whose = format!("{} to {}", edge.source, edge.target);
        let mut members = self.members((EDGE, only), edge.values, ("edge", &whose), place)?;
        let relation = self.relation(given, symmetric, &whose, place)?;
        for (field, text) in STATEMENT.iter().zip([source, relation, target]) {
            field_table::put(&mut members, field, text)
                .map_err(|problem| wrong(place, field.name.to_owned(), &problem))?;
        }
        let stance = Value::String(Stance::Asserts.as_str().to_owned());
        members.entry("stance").or_insert(stance);
        let mut record: ClaimRecord = record_of(EDGE, members, place)?;
        record.valid = record.valid.or(edge.valid);
        if !own {
            record.document = Some(self.document(place)?);
        }
        self.loader.push_claim(record).map(drop).map_err(|error| refused(place, error))
    }

    /// Returns the key of a relation, which is declared if it is new.
    fn relation(
        &mut self,
        given: Option<String>,
        symmetric: bool,
        whose: &str,
        place: (u64, u64),
    ) -> Result<String, ReadError> {
        let fit = |key: &String| check_key(key).is_ok();
        if given.as_ref().is_some_and(|key| !fit(key)) {
            self.losses.note("edge label that cannot be a key", whose);
        }
        let key = given.filter(fit).unwrap_or_else(|| "linked-to".to_owned());
        if let Some(known) = self.loader.graph().vocabulary().relation(&key) {
            if symmetric && !known.symmetric {
                self.losses.note("undirected edge under a directed relation", whose);
            }
            return Ok(key);
        }
        let definition = RelationDef { symmetric, ..RelationDef::new(&*key, Slot::Any, Slot::Any) };
        self.declare(&key, place, |vocabulary| vocabulary.add_relation(definition))?;
        Ok(key)
    }

    /// Returns the document that asserts the edges of another program.
    fn document(&mut self, place: (u64, u64)) -> Result<String, ReadError> {
        if let Some(key) = &self.document {
            return Ok(key.clone());
        }
        let key = self.options.key("graph");
        let Some(date) = self.options.reported else {
            let problem =
                "neither the edge nor the file has a report day; set one with Reader::reported";
            return Err(at(place, ReadErrorKind::Unsupported(problem.to_owned())));
        };
        let entity = Entity::new(&*key);
        self.change(place, |graph| graph.add_document(entity, DocumentInfo::dated(date)))?;
        self.document = Some(key.clone());
        Ok(key)
    }

    pub(super) fn finish(mut self) -> Result<ReadReport, ReadError> {
        for edge in std::mem::take(&mut self.waiting) {
            self.load(edge)?;
        }
        Ok(ReadReport::new(self.loader.finish(), self.losses))
    }

    /// Returns the values as members of a record, and counts the others as lost. Only some values of another program
    /// are taken, because it may use the same name for something else.
    fn members(
        &mut self,
        (fields, only): (Fields, Option<&[&str]>),
        values: Given,
        (what, whose): (&str, &str),
        place: (u64, u64),
    ) -> Result<Map<String, Value>, ReadError> {
        let mut members = Map::new();
        for (name, text) in values {
            let meant = only.is_none_or(|only| only.contains(&name.as_str()));
            match field_table::each(fields).find(|field| field.name == name && meant) {
                None if name == "label" => {}
                None => self.losses.note(&format!("{what} attribute \"{name}\""), whose),
                Some(field) if field.path.is_empty() => {}
                Some(field) => field_table::put(&mut members, field, text)
                    .map_err(|problem| wrong(place, name, &problem))?,
            }
        }
        Ok(members)
    }
}

fn record_of<T: serde::de::DeserializeOwned>(
    fields: Fields,
    members: Map<String, Value>,
    place: (u64, u64),
) -> Result<T, ReadError> {
    let record = field_table::record(members, fields);
    record.map_err(|(name, problem)| wrong(place, name, &problem))
}

fn wrong(place: (u64, u64), field: String, problem: &str) -> ReadError {
    at(place, ReadErrorKind::Syntax(clipped(problem, 200))).in_field(field)
}
