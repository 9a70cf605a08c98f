//! The edges of other programs. They are loaded at the end of a file, so that the result does not depend on their
//! order: then it is known which relations have edges with and without a direction, and which keys the nodes have.

use crate::graphs::edge_import::{At, EdgeGiven, Incoming};
use crate::graphs::xml_reader::at;
use claimgraph::Period;
use claimgraph::format::{ReadError, ReadErrorKind};
use claimgraph::record::{DocumentRecord, EntityRecord};
use claimgraph::time::Day;
use claimgraph::vocabulary::{RelationDef, Slot};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

/// The relation of an edge without a name.
const USUAL: &str = "linked-to";

/// An edge of another program.
pub(super) struct ForeignEdge {
    id: Option<String>,
    source: String,
    target: String,
    relation: String,
    is_symmetric: bool,
    valid: Option<Period>,
    /// The attributes, if the edge has those of this library.
    members: Option<Box<Map<String, Value>>>,
    place: At,
}

impl ForeignEdge {
    pub(super) fn new(
        edge: EdgeGiven,
        relation: Option<String>,
        is_symmetric: bool,
        members: Option<Map<String, Value>>,
    ) -> Self {
        let EdgeGiven { id, source, target, valid, place, .. } = edge;
        let relation = relation.unwrap_or_else(|| USUAL.to_owned());
        Self {
            id,
            source,
            target,
            relation,
            is_symmetric,
            valid,
            members: members.map(Box::new),
            place,
        }
    }
}

/// The edges of other programs in a file.
#[derive(Default)]
pub(super) struct ForeignEdges(Vec<ForeignEdge>);

impl ForeignEdges {
    pub(super) fn push(&mut self, edge: ForeignEdge) {
        self.0.push(edge);
    }

    /// Loads the edges, each as an assertion of the document.
    pub(super) fn load(self, graph: &mut Incoming) -> Result<(), ReadError> {
        let relations = self.relations(graph)?;
        let mut document: Option<String> = None;
        let mut seen: IndexSet<(String, String, String)> = IndexSet::new();
        for edge in self.0 {
            let ForeignEdge { id, source, target, relation, is_symmetric, valid, members, place } =
                edge;
            let whose = format!("{source} to {target}");
            let (Some(from), Some(to)) = (graph.key_of(&source), graph.key_of(&target)) else {
                graph.note("edge to a node that is not in the file", &whose, place);
                continue;
            };
            if id.is_some_and(|id| !seen.insert((id, source, target))) {
                graph.note("edge that comes twice", &whose, place);
                continue;
            }
            let Some((key, loses)) = relations.get(&(relation, is_symmetric)) else { continue };
            if let Some(what) = loses {
                graph.note(what, &whose, place);
            }
            // An edge with the attributes of this library may have its own speaker. Otherwise the document speaks.
            let members = members.map(|members| *members).unwrap_or_default();
            if !["document", "speakers"].iter().any(|name| members.contains_key(*name))
                && document.is_none()
            {
                document = Some(made(graph, place)?);
            }
            let document = document.clone();
            graph.assert(members, (from, key.clone(), to), (&whose, place), |record| {
                record.valid = record.valid.take().or(valid);
                if record.document.is_none() && record.speakers.is_empty() {
                    record.document = document;
                }
            })?;
        }
        Ok(())
    }

    /// Declares the relations of the edges. Returns the key of each, by its name and whether its edges have no
    /// direction, and what is lost under it. If some edges of a name have a direction and some have none, those
    /// without have a relation of their own.
    fn relations(&self, graph: &mut Incoming) -> Result<Relations, ReadError> {
        let mut first: IndexMap<(String, bool), At> = IndexMap::new();
        for edge in &self.0 {
            first.entry((edge.relation.clone(), edge.is_symmetric)).or_insert(edge.place);
        }
        let (mut relations, mut keys) = (Relations::new(), IndexSet::new());
        for ((name, is_symmetric), place) in &first {
            let known = graph.graph().vocabulary().relation(name).map(|known| known.symmetric);
            let is_new = known.is_none() || keys.contains(name);
            let is_mixed = first.contains_key(&(name.clone(), !is_symmetric));
            let loses = match known.filter(|_| !is_new) {
                Some(false) if *is_symmetric => Some("undirected edge under a directed relation"),
                Some(true) if !is_symmetric => Some("directed edge under an undirected relation"),
                _ => None,
            };
            let key = match is_new && is_mixed && *is_symmetric {
                true => format!("{name} (undirected)"),
                false => name.clone(),
            };
            if graph.graph().vocabulary().relation(&key).is_none() {
                let symmetric = *is_symmetric;
                let def =
                    RelationDef { symmetric, ..RelationDef::new(&*key, Slot::Any, Slot::Any) };
                graph.declare(&key, *place, |vocabulary| vocabulary.add_relation(def))?;
            }
            keys.insert(key.clone());
            relations.insert((name.clone(), *is_symmetric), (key, loses));
        }
        Ok(relations)
    }
}

/// The key of each relation, and what is lost under it.
type Relations = IndexMap<(String, bool), (String, Option<&'static str>)>;

/// Makes the document that asserts the edges. Its key gives way to a node of that key.
fn made(graph: &mut Incoming, place: At) -> Result<String, ReadError> {
    let date = graph.options().reported.ok_or_else(|| at(place, ReadErrorKind::NoReportDay))?;
    let mut key = graph.options().key("graph");
    while graph.graph().entity_keyed(&key).is_ok() {
        key.push_str(" (document)");
    }
    let mut record = EntityRecord::new(&*key, "Document");
    record.document =
        Some(DocumentRecord { date: Some(Day::from(date)), ..DocumentRecord::default() });
    graph.entity(record, place);
    Ok(key)
}
