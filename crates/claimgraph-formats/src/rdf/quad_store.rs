//! The quads of a file, by subject. RDF has no order, so all quads are stored before the first node is read.

use crate::rdf::iri::Known;
use crate::rdf::said::Said;
use crate::rdf::triple_sink::unescaped;
use claimgraph::format::{ReadError, ReadErrorKind, excerpt};
use indexmap::IndexMap;
use indexmap::map::raw_entry_v1::{RawEntryApiV1, RawEntryMut};
use oxrdf::{GraphName, Literal, NamedOrBlankNode, Quad, Term, Triple};
use std::borrow::Cow;

/// The place of an IRI or blank node in the store. Known terms come first, in their order.
pub(super) type NodeId = usize;

/// The object of a triple.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Value {
    Node(NodeId),
    Text(Box<str>),
    Tagged(Box<str>, Box<str>),
    Typed(Box<str>, NodeId),
    /// A triple term that is not reified, or is part of another.
    Triple,
}

impl Value {
    pub(super) fn node(&self) -> Option<NodeId> {
        match self {
            Value::Node(node) => Some(*node),
            _ => None,
        }
    }
}

/// A subject, a predicate and an object, asserted or not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Proposition {
    pub(super) subject: NodeId,
    pub(super) predicate: NodeId,
    pub(super) object: Value,
}

impl Proposition {
    /// Returns the nodes at its ends.
    pub(super) fn ends(&self) -> impl Iterator<Item = NodeId> {
        std::iter::once(self.subject).chain(self.object.node())
    }
}

/// All the properties of a node.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) properties: Vec<(NodeId, Value)>,
    /// The propositions that it reifies, or holds as a named graph.
    pub(super) propositions: Vec<Proposition>,
}

#[derive(Clone, Debug)]
pub(super) struct Store {
    nodes: IndexMap<Box<str>, Node>,
    last: NodeId,
    /// Recently named nodes, each at the place computed from the end of its name. Most files repeat a few terms, and
    /// comparing with the last one at the place is faster than the keyed hash of the map.
    recent: Vec<NodeId>,
}

/// The number of recent nodes: a power of two.
const RECENT: usize = 4096;

/// Returns the place among the recent nodes for a name.
fn place(name: &str) -> usize {
    let end = name.as_bytes().last_chunk().map_or(0, |end| u64::from_le_bytes(*end));
    let mixed = (end ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize & (RECENT - 1)
}

impl Known {
    /// Returns the known term at a place.
    pub(super) fn at(node: NodeId) -> Option<Known> {
        Known::ALL.get(node).copied()
    }

    pub(super) fn node(self) -> NodeId {
        self as NodeId
    }
}

impl Store {
    pub(super) fn new() -> Self {
        let terms = Known::ALL.iter().map(|term| (Box::from(term.iri()), Node::default()));
        Self { nodes: terms.collect(), last: 0, recent: vec![0; RECENT] }
    }

    fn named(&mut self, name: &str) -> NodeId {
        let place = place(name);
        if let Some(&node) = self.recent.get(place)
            && self.name(node) == name
        {
            return node;
        }
        let node = match self.nodes.raw_entry_mut_v1().from_key(name) {
            RawEntryMut::Occupied(known) => known.index(),
            RawEntryMut::Vacant(new) => {
                let node = new.index();
                new.insert(name.into(), Node::default());
                node
            }
        };
        self.recent.get_mut(place).into_iter().for_each(|recent| *recent = node);
        node
    }

    /// Returns the number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the place of a subject. Most quads have the same subject as the one before.
    fn subject(&mut self, subject: &NamedOrBlankNode) -> NodeId {
        let blank;
        let name = match subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(node) => {
                blank = format!("_:{}", node.as_str());
                &blank
            }
        };
        if self.name(self.last) == name {
            return self.last;
        }
        self.last = self.named(name);
        self.last
    }

    fn value(&mut self, term: Term) -> Value {
        match term {
            Term::NamedNode(node) => Value::Node(self.named(node.as_str())),
            Term::BlankNode(node) => Value::Node(self.named(&format!("_:{}", node.as_str()))),
            Term::Literal(literal) => self.literal(literal),
            Term::Triple(_) => Value::Triple,
        }
    }

    fn literal(&mut self, literal: Literal) -> Value {
        if let Some(tag) = literal.language() {
            return Value::Tagged(literal.value().into(), tag.into());
        }
        let datatype = self.named(literal.datatype().as_str());
        if datatype == Known::String.node() {
            return Value::Text(literal.destruct().0.into());
        }
        Value::Typed(literal.destruct().0.into(), datatype)
    }

    /// Stores the nodes of a triple term. They do not count as the subject of the last quad.
    fn proposition(&mut self, triple: Triple) -> Proposition {
        let last = self.last;
        let subject = self.subject(&triple.subject);
        self.last = last;
        let predicate = self.named(triple.predicate.as_str());
        Proposition { subject, predicate, object: self.value(triple.object) }
    }

    pub(super) fn add(&mut self, quad: Quad) {
        let Quad { subject, predicate, object, graph_name } = quad;
        let graph = match graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(node) => Some(NamedOrBlankNode::from(node)),
            GraphName::BlankNode(node) => Some(NamedOrBlankNode::from(node)),
        };
        let is_reified =
            predicate.as_str() == Known::Reifies.iri() && matches!(object, Term::Triple(_));
        if let Some(graph) = graph.filter(|_| !is_reified) {
            let proposition = self.proposition(Triple { subject, predicate, object });
            let graph = self.subject(&graph);
            return self.at_mut(graph, |node| node.propositions.push(proposition));
        }
        let subject = self.subject(&subject);
        if is_reified && let Term::Triple(triple) = object {
            let proposition = self.proposition(*triple);
            return self.at_mut(subject, |node| node.propositions.push(proposition));
        }
        let (predicate, object) = (self.named(predicate.as_str()), self.value(object));
        self.add_property(subject, predicate, object);
    }

    fn at_mut(&mut self, node: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some((_, node)) = self.nodes.get_index_mut(node) {
            change(node);
        }
    }

    /// Takes the propositions of a node, and puts back those that are kept.
    pub(super) fn retain_propositions(
        &mut self,
        node: NodeId,
        mut keep: impl FnMut(&Proposition) -> bool,
    ) -> Vec<Proposition> {
        let Some((_, node)) = self.nodes.get_index_mut(node) else { return Vec::new() };
        let all = std::mem::take(&mut node.propositions);
        let (kept, taken) = all.into_iter().partition(|said| keep(said));
        node.propositions = kept;
        taken
    }

    pub(super) fn add_property(&mut self, node: NodeId, predicate: NodeId, value: Value) {
        self.at_mut(node, |node| {
            // Most nodes have few properties, and a file may have many nodes.
            if node.properties.len() < 4 {
                node.properties.reserve_exact(1);
            }
            node.properties.push((predicate, value));
        });
    }

    // ----- reading

    pub(super) fn name(&self, node: NodeId) -> &str {
        self.nodes.get_index(node).map_or("", |(name, _)| name)
    }

    pub(super) fn is_blank(&self, node: NodeId) -> bool {
        self.name(node).starts_with("_:")
    }

    pub(super) fn node(&self, node: NodeId) -> &Node {
        const NONE: &Node = &Node { properties: Vec::new(), propositions: Vec::new() };
        self.nodes.get_index(node).map_or(NONE, |(_, node)| node)
    }

    pub(super) fn find(&self, name: &str) -> Option<NodeId> {
        self.nodes.get_index_of(name)
    }

    /// Returns every node that has properties.
    pub(super) fn subjects(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        let said = |node: &Node| !node.properties.is_empty() || !node.propositions.is_empty();
        self.nodes.values().enumerate().filter(move |(_, node)| said(node))
    }

    /// Returns the values of one property.
    pub(super) fn values(&self, node: NodeId, predicate: Known) -> impl Iterator<Item = &Value> {
        let wanted = predicate.node();
        self.node(node)
            .properties
            .iter()
            .filter(move |(known, _)| *known == wanted)
            .map(|(_, value)| value)
    }

    /// Returns the one proposition of a node, if it has one.
    pub(super) fn one_proposition(&self, node: NodeId) -> Result<Option<&Proposition>, ReadError> {
        match self.node(node).propositions.as_slice() {
            [] => Ok(None),
            [first, rest @ ..] if rest.iter().all(|other| other == first) => Ok(Some(first)),
            all => {
                Err(self
                    .fault(node, format!("the node reifies {} triples; expected one", all.len())))
            }
        }
    }

    /// Makes an error at a node.
    pub(super) fn fault(&self, node: NodeId, problem: impl Into<String>) -> ReadError {
        ReadError::new(ReadErrorKind::Unsupported(problem.into()))
            .in_field(excerpt(self.name(node)))
    }

    // ----- values

    /// Returns every property of a node.
    pub(super) fn said_of(&self, node: NodeId) -> impl Iterator<Item = Said<'_>> {
        self.node(node).properties.iter().map(move |(predicate, value)| Said {
            store: self,
            node,
            predicate: *predicate,
            value,
        })
    }

    /// Returns the first value of a node under a predicate.
    pub(super) fn first(&self, node: NodeId, predicate: Known) -> Option<Said<'_>> {
        self.said_of(node).find(|said| said.predicate == predicate.node())
    }

    pub(super) fn text_of<'v>(&self, value: &'v Value) -> Option<Cow<'v, str>> {
        match value {
            Value::Text(text) => Some(Cow::Borrowed(text)),
            Value::Typed(text, datatype) if *datatype == Known::EscapedText.node() => {
                unescaped(text)
            }
            _ => None,
        }
    }
}
