//! Provenance inside named graphs: in a nanopublication, one graph has the statements and another says whose they are
//! and of which day. Such triples describe the graph or reifier that they are about.

use crate::rdf::iri::Known;
use crate::rdf::node_class::class;
use crate::rdf::quad_store::{Node, NodeId, Proposition, Store, Value};
use indexmap::{IndexMap, IndexSet};

/// The namespace of nanopublications.
const NANOPUB: &str = "http://www.nanopub.org/nschema#";

/// The predicates that describe a reified statement.
const REIFIED: [Known; 3] = [Known::Subject, Known::Predicate, Known::Object];

/// The predicates that say whose a statement is.
pub(super) const VOICES: [Known; 2] = [Known::AttributedTo, Known::Creator];
/// The predicates that say where a statement stands.
pub(super) const SOURCES: [Known; 2] = [Known::PrimarySource, Known::Source];
/// The predicates that say of which day a statement is.
pub(super) const DAYS: [Known; 4] =
    [Known::GeneratedAt, Known::DocumentDate, Known::Issued, Known::Created];

/// The parts of a nanopublication.
#[derive(Default)]
struct Nanopublication {
    assertions: Vec<NodeId>,
    beside: Vec<NodeId>,
}

fn is_one_of(predicate: NodeId, terms: &[Known]) -> bool {
    terms.iter().any(|term| term.node() == predicate)
}

impl Store {
    /// Makes properties of the triples in named graphs that describe graphs and reifiers. Returns the subjects of the
    /// triples beside the statements of nanopublications, which are not statements themselves.
    pub(super) fn settle_provenance(&mut self) -> Vec<NodeId> {
        let is_own = |node: &Node| {
            let mut types =
                node.properties.iter().filter(|(known, _)| *known == Known::Type.node());
            types.any(|(_, value)| value.node().is_some_and(|node| class(node).is_some()))
        };
        let graphs: Vec<NodeId> = self
            .subjects()
            .filter(|(_, node)| !node.propositions.is_empty() && !is_own(node))
            .map(|(graph, _)| graph)
            .collect();
        let is_statement = |said: &Proposition| {
            let is_class = said.object == Value::Node(Known::RdfStatement.node());
            is_one_of(said.predicate, &REIFIED)
                || (said.predicate == Known::Type.node() && is_class)
        };
        graphs.iter().for_each(|&graph| self.lift(graph, is_statement));
        let described: IndexSet<NodeId> = self
            .subjects()
            .filter(|(_, node)| {
                !node.propositions.is_empty()
                    || node.properties.iter().any(|(known, _)| *known == Known::Subject.node())
            })
            .map(|(node, _)| node)
            .collect();
        let predicates = [&VOICES[..], &SOURCES, &DAYS].concat();
        for &graph in &graphs {
            self.lift(graph, |said| {
                is_one_of(said.predicate, &predicates) && described.contains(&said.subject)
            });
        }
        let mut beside = Vec::new();
        for (publication, parts) in self.nanopublications(&graphs) {
            beside.extend(self.settle_publication(publication, &parts));
        }
        beside
    }

    /// Moves the triples of a graph that fit to the properties of their subjects.
    fn lift(&mut self, graph: NodeId, fits: impl Fn(&Proposition) -> bool) {
        for said in self.retain_propositions(graph, |said| !fits(said)) {
            self.add_property(said.subject, said.predicate, said.object);
        }
    }

    /// Takes the heads of nanopublications apart, and returns their parts by publication.
    fn nanopublications(&mut self, graphs: &[NodeId]) -> IndexMap<NodeId, Nanopublication> {
        let mut found: IndexMap<NodeId, Nanopublication> = IndexMap::new();
        let term = |name: &str| self.find(&format!("{NANOPUB}{name}"));
        let [assertion, provenance, information, class] =
            ["hasAssertion", "hasProvenance", "hasPublicationInfo", "Nanopublication"].map(term);
        if assertion.is_none() {
            return found;
        }
        for &graph in graphs {
            self.retain_propositions(graph, |said| {
                let predicate = Some(said.predicate);
                if said.predicate == Known::Type.node() && said.object.node() == class {
                    return class.is_none();
                }
                let Some(part) = said.object.node() else { return true };
                if predicate == assertion {
                    found.entry(said.subject).or_default().assertions.push(part);
                } else if predicate == provenance || predicate == information {
                    found.entry(said.subject).or_default().beside.push(part);
                } else {
                    return true;
                }
                false
            });
        }
        found
    }

    /// Takes the triples beside the statements of a nanopublication. If the statements have no day, they get that of
    /// the publication.
    fn settle_publication(&mut self, publication: NodeId, parts: &Nanopublication) -> Vec<NodeId> {
        let mut beside = Vec::new();
        let mut days = Vec::new();
        for &graph in &parts.beside {
            for said in self.retain_propositions(graph, |_| false) {
                if said.subject == publication && is_one_of(said.predicate, &DAYS) {
                    days.push(said);
                } else {
                    beside.push(said.subject);
                }
            }
        }
        let is_dated = |store: &Self, node: NodeId| {
            DAYS.iter().any(|day| store.values(node, *day).next().is_some())
        };
        let undated: Vec<NodeId> =
            parts.assertions.iter().copied().filter(|&node| !is_dated(self, node)).collect();
        if undated.is_empty() {
            beside.extend(days.iter().map(|said| said.subject));
        }
        for assertion in undated {
            for Proposition { predicate, object, .. } in &days {
                self.add_property(assertion, *predicate, object.clone());
            }
        }
        beside
    }
}
