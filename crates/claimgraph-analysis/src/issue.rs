//! Issues: the statements, topics and questions on which speakers take sides.
//!
//! The content of a claim goes in; a stance matrix has a column for each issue.

use crate::keys::entity_key;
use claimgraph::questions::Content;
use claimgraph::{ClaimGraph, EntityId, Modality, Term};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt;

/// The identity of an issue.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Key<'g> {
    /// Subject, key of the primary relation, object: a statement that says no more.
    Parties(EntityId, &'g str, Option<EntityId>, Modality),
    /// The JSON of any other statement.
    Content(Box<str>),
    Topic(EntityId),
    /// The name that the caller gave.
    Asked(Box<str>),
}

/// A statement, a topic or a question on which speakers take sides.
///
/// The JSON of a statement is that of its [`Content`]. The JSON of a topic is `{"topic": KEY}`, that of a
/// question `{"question": NAME}`.
#[derive(Clone)]
pub struct Issue<'g> {
    graph: &'g ClaimGraph,
    pub(crate) key: Key<'g>,
    content: Option<Content<'g>>,
}

impl<'g> Issue<'g> {
    /// Makes the issue of a statement.
    pub(crate) fn statement(graph: &'g ClaimGraph, content: Content<'g>) -> Self {
        let relation = content.relation().key.as_str();
        let key = match (content.subject(), content.object()) {
            (Term::Entity(subject), Term::Entity(object)) if content.is_plain() => {
                Key::Parties(subject, relation, Some(object), content.modality())
            }
            (Term::Entity(subject), Term::Nothing) if content.is_plain() => {
                Key::Parties(subject, relation, None, content.modality())
            }
            _ => Key::Content(serde_json::to_string(&content).unwrap_or_default().into()),
        };
        Self { graph, key, content: Some(content) }
    }

    /// Makes an issue of a topic.
    pub(crate) fn topic(graph: &'g ClaimGraph, topic: EntityId) -> Self {
        Self { graph, key: Key::Topic(topic), content: None }
    }

    /// Makes an issue of a question under its name.
    pub(crate) fn asked(graph: &'g ClaimGraph, name: &str) -> Self {
        Self { graph, key: Key::Asked(name.into()), content: None }
    }

    /// Returns what the statement says; `None` in a matrix by topics or questions.
    pub fn content(&self) -> Option<&Content<'g>> {
        self.content.as_ref()
    }

    /// Returns the subject of the statement, if that is an entity.
    pub fn subject(&self) -> Option<EntityId> {
        self.content()?.subject().entity()
    }

    /// Returns the key of the statement's relation, the primary one of an inverse.
    pub fn relation(&self) -> Option<&'g str> {
        Some(self.content()?.relation().key.as_str())
    }

    /// Returns the object of the statement, if that is an entity.
    pub fn object(&self) -> Option<EntityId> {
        self.content()?.object().entity()
    }

    /// Returns the topic, in a matrix by topics.
    pub fn as_topic(&self) -> Option<EntityId> {
        match self.key {
            Key::Topic(topic) => Some(topic),
            _ => None,
        }
    }

    /// Returns what issues are sorted by: the keys of entities and relation first, the same in every graph.
    pub(crate) fn sort_key(&self) -> impl Ord + use<'_, 'g> {
        let key = |entity: Option<EntityId>| entity.map(|entity| entity_key(self.graph, entity));
        let rest = match &self.key {
            Key::Parties(.., modality) => (Some(*modality), None),
            Key::Content(text) | Key::Asked(text) => (None, Some(text)),
            Key::Topic(_) => (None, None),
        };
        (key(self.as_topic()), key(self.subject()), self.relation(), key(self.object()), rest)
    }
}

/// The statement in words, without who says it; the name of the topic or the question.
impl fmt::Display for Issue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.content, &self.key) {
            (Some(content), _) => write!(f, "{content}"),
            (None, Key::Topic(topic)) => f.write_str(self.graph.name_of(*topic)),
            (None, Key::Asked(name)) => f.write_str(name),
            (None, Key::Parties(..) | Key::Content(_)) => Ok(()),
        }
    }
}

impl fmt::Debug for Issue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issue({self})")
    }
}

impl PartialEq for Issue<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.key == other.key
    }
}

impl Serialize for Issue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(content) = &self.content {
            return content.serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        match &self.key {
            Key::Topic(topic) => map.serialize_entry("topic", entity_key(self.graph, *topic))?,
            _ => map.serialize_entry("question", &self.to_string())?,
        }
        map.end()
    }
}
