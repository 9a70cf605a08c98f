//! The quads of a file, by subject. RDF has no order, so all of them are held before the first is understood.

use crate::rdf::iri::Known;
use crate::rdf::triple_sink::unescaped;
use claimgraph::format::{ReadError, ReadErrorKind, excerpt};
use claimgraph::record::DayText;
use indexmap::IndexMap;
use indexmap::map::raw_entry_v1::{RawEntryApiV1, RawEntryMut};
use oxrdf::{GraphName, Literal, NamedOrBlankNode, Quad, Term, Triple};
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use std::borrow::Cow;
use std::str::FromStr;

/// The place of an IRI or blank node in the store. Known terms come first, in their order.
pub(super) type NodeId = usize;

/// What stands third.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Value {
    Node(NodeId),
    Text(Box<str>),
    Tagged(Box<str>, Box<str>),
    Typed(Box<str>, NodeId),
    /// A triple term that is not reified, or stands in another.
    Triple,
}

/// A subject, a predicate and an object that nobody need assert.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Proposition {
    pub(super) subject: NodeId,
    pub(super) predicate: NodeId,
    pub(super) object: Value,
}

/// All that is said of a node.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) properties: Vec<(NodeId, Value)>,
    /// What it reifies, or holds as a named graph.
    pub(super) propositions: Vec<Proposition>,
}

#[derive(Clone, Debug)]
pub(super) struct Store {
    nodes: IndexMap<Box<str>, Node>,
    last: NodeId,
    /// Nodes that were named of late, each where the end of its name leads. Most terms of a file are few, and
    /// a hash that nobody can foresee takes longer than to look whether it is the same again.
    recent: Vec<NodeId>,
}

/// A power of two.
const RECENT: usize = 4096;

/// Where a name is looked for first.
fn place(name: &str) -> usize {
    let end = name.as_bytes().last_chunk().map_or(0, |end| u64::from_le_bytes(*end));
    let mixed = (end ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize & (RECENT - 1)
}

impl Known {
    /// The term at a place.
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

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Most quads have the subject of the one before.
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

    /// Nodes of a triple term need not be the subject of the next quad.
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
        if let Some(graph) = graph {
            let proposition = self.proposition(Triple { subject, predicate, object });
            let graph = self.subject(&graph);
            return self.at_mut(graph, |node| node.propositions.push(proposition));
        }
        let subject = self.subject(&subject);
        if predicate.as_str() == Known::Reifies.iri()
            && let Term::Triple(triple) = object
        {
            let proposition = self.proposition(*triple);
            return self.at_mut(subject, |node| node.propositions.push(proposition));
        }
        let (predicate, object) = (self.named(predicate.as_str()), self.value(object));
        self.at_mut(subject, |node| node.properties.push((predicate, object)));
    }

    fn at_mut(&mut self, node: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some((_, node)) = self.nodes.get_index_mut(node) {
            change(node);
        }
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

    /// Every node that something is said of.
    pub(super) fn subjects(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        let said = |node: &Node| !node.properties.is_empty() || !node.propositions.is_empty();
        self.nodes.values().enumerate().filter(move |(_, node)| said(node))
    }

    /// The values of one property.
    pub(super) fn values(&self, node: NodeId, predicate: Known) -> impl Iterator<Item = &Value> {
        let wanted = predicate.node();
        self.node(node)
            .properties
            .iter()
            .filter(move |(known, _)| *known == wanted)
            .map(|(_, value)| value)
    }

    /// The one thing that a node stands for.
    pub(super) fn one_proposition(&self, node: NodeId) -> Result<Option<&Proposition>, ReadError> {
        match self.node(node).propositions.as_slice() {
            [] => Ok(None),
            [first, rest @ ..] if rest.iter().all(|other| other == first) => Ok(Some(first)),
            all => {
                Err(self.fault(node, format!("it stands for {} triples; expected one", all.len())))
            }
        }
    }

    /// A fault at a node.
    pub(super) fn fault(&self, node: NodeId, problem: impl Into<String>) -> ReadError {
        ReadError::new(ReadErrorKind::Unsupported(problem.into()))
            .in_field(excerpt(self.name(node)))
    }

    fn wrong(&self, node: NodeId, predicate: NodeId, value: &Value, expected: &str) -> ReadError {
        let found = match value {
            Value::Node(node) => excerpt(self.name(*node)),
            Value::Text(text) | Value::Tagged(text, _) | Value::Typed(text, _) => {
                format!("\"{}\"", excerpt(text))
            }
            Value::Triple => "a triple term".to_owned(),
        };
        self.fault(
            node,
            format!("{} is {found}; expected {expected}", excerpt(self.name(predicate))),
        )
    }

    // ----- values as what they should be; `node` and `predicate` are for the fault

    pub(super) fn as_node(
        &self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
    ) -> Result<NodeId, ReadError> {
        match value {
            Value::Node(found) => Ok(*found),
            other => Err(self.wrong(node, predicate, other, "an IRI or a blank node")),
        }
    }

    pub(super) fn as_text<'v>(
        &self,
        node: NodeId,
        predicate: NodeId,
        value: &'v Value,
    ) -> Result<Cow<'v, str>, ReadError> {
        self.text_of(value).ok_or_else(|| self.wrong(node, predicate, value, "a text"))
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

    fn lexical<'v>(&self, value: &'v Value) -> Option<&'v str> {
        match value {
            Value::Text(text) | Value::Typed(text, _) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_day(
        &self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
    ) -> Result<DayText, ReadError> {
        let day = self.lexical(value).and_then(|text| DayText::deserialize(words(text)).ok());
        day.ok_or_else(|| self.wrong(node, predicate, value, "a day such as 2024-10-24"))
    }

    /// Numbers, and what else is parsed.
    pub(super) fn as_parsed<T: FromStr>(
        &self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
        expected: &str,
    ) -> Result<T, ReadError> {
        let parsed = self.lexical(value).and_then(|text| text.parse().ok());
        parsed.ok_or_else(|| self.wrong(node, predicate, value, expected))
    }

    pub(super) fn as_flag(
        &self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
    ) -> Result<bool, ReadError> {
        match self.lexical(value) {
            Some("true" | "1") => Ok(true),
            Some("false" | "0") => Ok(false),
            _ => Err(self.wrong(node, predicate, value, "true or false")),
        }
    }

    /// A value of a closed list: `cg:stance-asserts`.
    pub(super) fn as_word<'v, T: Deserialize<'v>>(
        &'v self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
        list: &str,
    ) -> Result<T, ReadError> {
        let word = match value {
            Value::Node(found) => self.name(*found).strip_prefix(crate::rdf::iri::CG),
            _ => None,
        };
        let word = word.and_then(|word| word.strip_prefix(list)?.strip_prefix('-'));
        let read = word.and_then(|word| T::deserialize(words(word)).ok());
        read.ok_or_else(|| {
            self.wrong(
                node,
                predicate,
                value,
                &format!("a term of the vocabulary, cg:{list}-\u{2026}"),
            )
        })
    }
}

fn words(text: &str) -> StrDeserializer<'_, WordError> {
    StrDeserializer::new(text)
}
