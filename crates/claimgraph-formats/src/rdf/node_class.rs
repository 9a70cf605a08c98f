//! Sorts the nodes of a file by their class, in one pass before any node is read.

use crate::rdf::iri::{Known, Space, key};
use crate::rdf::quad_store::{NodeId, Store, Value};
use indexmap::{IndexMap, IndexSet};

/// The nodes of each class, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Classes {
    of: Vec<Option<Known>>,
    nodes: IndexMap<Known, Vec<NodeId>>,
    /// Nodes of a kind of entity.
    pub(super) entities: Vec<NodeId>,
    /// Reifiers and graphs without a property of our vocabulary.
    pub(super) foreign: Vec<NodeId>,
    /// Predicates that claims use, declared or not.
    pub(super) used: IndexSet<NodeId>,
    /// Nodes that are named as speaker, agent or publisher.
    pub(super) speakers: IndexSet<NodeId>,
    /// Nodes that are named as source or document.
    pub(super) documents: IndexSet<NodeId>,
}

impl Classes {
    pub(super) fn of_store(store: &Store) -> Self {
        let mut classes = Self::default();
        for (node, held) in store.subjects() {
            let mut is_entity = false;
            for (predicate, value) in &held.properties {
                let Value::Node(object) = value else { continue };
                match Known::at(*predicate) {
                    Some(Known::Type) => match class(*object) {
                        Some(class) => classes.put(node, class),
                        None => is_entity |= key(Space::Kind, store.name(*object)).is_some(),
                    },
                    Some(
                        Known::AttributedTo | Known::Agent | Known::Creator | Known::Publisher,
                    ) => {
                        classes.speakers.insert(*object);
                    }
                    Some(Known::PrimarySource | Known::Source | Known::Within) => {
                        classes.documents.insert(*object);
                    }
                    _ => {}
                }
            }
            let class = classes.class(node);
            match class {
                None if is_entity => classes.entities.push(node),
                None if !held.propositions.is_empty()
                    || store.values(node, Known::Subject).next().is_some() =>
                {
                    classes.foreign.push(node);
                    let reified = store.values(node, Known::Predicate);
                    classes.used.extend(reified.filter_map(Value::node));
                }
                _ => {}
            }
            if matches!(class, None | Some(Known::Claim | Known::Statement)) {
                classes.used.extend(held.propositions.iter().map(|said| said.predicate));
            }
        }
        classes
    }

    pub(super) fn class(&self, node: NodeId) -> Option<Known> {
        self.of.get(node).copied().flatten()
    }

    /// Returns the nodes of a class.
    pub(super) fn all(&self, class: Known) -> &[NodeId] {
        self.nodes.get(&class).map(Vec::as_slice).unwrap_or_default()
    }

    /// Puts a node into its class. The first class counts; a second one is counted as a triple that is not understood.
    fn put(&mut self, node: NodeId, class: Known) {
        if self.of.len() <= node {
            self.of.resize(node + 1, None);
        }
        if let Some(slot @ None) = self.of.get_mut(node) {
            *slot = Some(class);
            self.nodes.entry(class).or_default().push(node);
        }
    }
}

/// Returns the class of a node, if it is one that decides how the node is read.
pub(super) fn class(node: NodeId) -> Option<Known> {
    use Known::*;
    Known::at(node).filter(|class| {
        matches!(
            class,
            Claim
                | Statement
                | Quantity
                | Kind
                | Role
                | Relation
                | UnitClass
                | Affiliation
                | Link
                | Lineage
                | Derivation
                | Batch
                | Review
                | Judgement
                | Redaction
                | Graph
        )
    })
}
