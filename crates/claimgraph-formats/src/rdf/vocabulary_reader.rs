//! The vocabulary of a file: what it declares, and the relations that its claims use without declaring them.

use crate::rdf::iri::{Known, Space, key};
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::{NodeId, Value};
use crate::rdf::reader::{Reader, refused};
use claimgraph::format::ReadError;
use claimgraph::record::{FORMAT_VERSION, Header, Record};
use claimgraph::vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary};

impl Reader<'_> {
    pub(super) fn vocabulary(&mut self) -> Result<(), ReadError> {
        let classes = self.classes;
        let kinds = classes.kinds.iter().map(|&node| self.kind(node)).collect::<Result<_, _>>()?;
        let roles = classes.roles.iter().map(|&node| self.role(node)).collect::<Result<_, _>>()?;
        let mut relations = classes
            .relations
            .iter()
            .map(|&node| self.relation(node))
            .collect::<Result<Vec<_>, _>>()?;
        for &node in classes.used.iter().filter(|node| !classes.relations.contains(*node)) {
            let key = Draft::new(self.store, classes).relation_key(node)?;
            relations.push(RelationDef::new(key, Slot::Any, Slot::Any));
        }
        let units = classes.units.iter().map(|&node| self.unit(node)).collect::<Result<_, _>>()?;
        let vocabulary = Vocabulary::empty().declaring(kinds, roles, relations, units);
        let header = Record::Claimgraph(Box::new(Header { format: FORMAT_VERSION, vocabulary }));
        self.loader.push(header).map_err(|error| refused(self.store, Known::Graph.node(), error))
    }

    fn key(&mut self, space: Space, node: NodeId) -> Result<String, ReadError> {
        self.see(node);
        self.other_key(space, node)
    }

    fn other_key(&self, space: Space, node: NodeId) -> Result<String, ReadError> {
        let found = key(space, self.store.name(node)).map(|key| key.into_owned());
        found.ok_or_else(|| self.store.fault(node, format!("it has no IRI of a {space:?}")))
    }

    fn named(
        &self,
        space: Space,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
    ) -> Result<String, ReadError> {
        let named = self.store.as_node(node, predicate, value)?;
        self.other_key(space, named)
    }

    fn text(&self, node: NodeId, predicate: NodeId, value: &Value) -> Result<String, ReadError> {
        Ok(self.store.as_text(node, predicate, value)?.into_owned())
    }

    fn kind(&mut self, node: NodeId) -> Result<KindDef, ReadError> {
        let mut def = KindDef::new(self.key(Space::Kind, node)?, []);
        for (predicate, value) in &self.store.node(node).properties {
            match Known::at(*predicate) {
                Some(Known::Type) if is_one_of(value, &[Known::Kind, Known::RdfsClass]) => {}
                Some(Known::SubClassOf) => {
                    def.above.push(self.named(Space::Kind, node, *predicate, value)?)
                }
                Some(Known::FormerKey) => def.aliases.push(self.text(node, *predicate, value)?),
                _ => self.not_understood(node, *predicate, value),
            }
        }
        Ok(def)
    }

    fn role(&mut self, node: NodeId) -> Result<RoleDef, ReadError> {
        let mut def = RoleDef::new(self.key(Space::Role, node)?, Slot::Any);
        for (predicate, value) in &self.store.node(node).properties {
            match Known::at(*predicate) {
                Some(Known::Type) if is_one_of(value, &[Known::Role, Known::RdfProperty]) => {}
                Some(Known::Range) => def.value = self.slot(node, *predicate, value)?,
                Some(Known::AtMost) => {
                    def.at_most = Some(self.store.as_parsed(node, *predicate, value, "a number")?)
                }
                Some(Known::General) => {
                    def.general = self.store.as_flag(node, *predicate, value)?
                }
                Some(Known::FormerKey) => def.aliases.push(self.text(node, *predicate, value)?),
                _ => self.not_understood(node, *predicate, value),
            }
        }
        Ok(def)
    }

    fn relation(&mut self, node: NodeId) -> Result<RelationDef, ReadError> {
        self.see(node);
        let mut draft = Draft::new(self.store, self.classes);
        let mut def = RelationDef::new(draft.relation_key(node)?, Slot::Any, Slot::Any);
        for (predicate, value) in &self.store.node(node).properties {
            let predicate = *predicate;
            match Known::at(predicate) {
                Some(Known::Type) if *value == Value::Node(Known::SymmetricProperty.node()) => {
                    def.symmetric = true
                }
                Some(Known::Type) if is_one_of(value, &[Known::Relation, Known::RdfProperty]) => {}
                Some(Known::Label) => def.label = Some(self.text(node, predicate, value)?),
                Some(Known::Domain) => def.subject = self.slot(node, predicate, value)?,
                Some(Known::Range) => def.object = self.slot(node, predicate, value)?,
                Some(Known::Dealing) => {
                    def.interaction = self.store.as_flag(node, predicate, value)?
                }
                Some(Known::InverseOf) => {
                    let inverse = self.store.as_node(node, predicate, value)?;
                    def.inverse = Some(draft.relation_key(inverse)?);
                }
                Some(Known::SubPropertyOf) => {
                    let implied = self.store.as_node(node, predicate, value)?;
                    def.implies.push(draft.relation_key(implied)?);
                }
                Some(Known::TakesRole) => {
                    def.roles.push(self.named(Space::Role, node, predicate, value)?)
                }
                Some(Known::FormerKey) => def.aliases.push(self.text(node, predicate, value)?),
                Some(Known::Notation) => match (value, draft.system(value)) {
                    (Value::Typed(code, _), Some(system)) => {
                        def.codes.push((system, code.to_string()))
                    }
                    _ => self.not_understood(node, predicate, value),
                },
                Some(Known::Code) => {
                    let code = self.store.as_node(node, predicate, value)?;
                    self.see(code);
                    def.codes.push((
                        self.only_text(code, Known::System)?,
                        self.only_text(code, Known::Text)?,
                    ));
                }
                _ => self.not_understood(node, predicate, value),
            }
        }
        Ok(def)
    }

    fn unit(&mut self, node: NodeId) -> Result<UnitDef, ReadError> {
        let mut def = UnitDef::measure(self.key(Space::Unit, node)?, []);
        for (predicate, value) in &self.store.node(node).properties {
            match Known::at(*predicate) {
                Some(Known::Type) if is_one_of(value, &[Known::UnitClass]) => {}
                Some(Known::Synonym) => def.synonyms.push(self.text(node, *predicate, value)?),
                Some(Known::Count) => def.count = self.store.as_flag(node, *predicate, value)?,
                _ => self.not_understood(node, *predicate, value),
            }
        }
        Ok(def)
    }

    fn slot(&self, node: NodeId, predicate: NodeId, value: &Value) -> Result<Slot, ReadError> {
        let class = self.store.as_node(node, predicate, value)?;
        Ok(match Known::at(class) {
            Some(Known::Resource) => Slot::Any,
            Some(Known::Claim) => Slot::Claim,
            Some(Known::String) => Slot::Text,
            Some(Known::Quantity) => Slot::Number,
            Some(Known::Statement) => Slot::Statement,
            Some(Known::NoThing) => Slot::Nothing,
            _ => Slot::Kind(self.other_key(Space::Kind, class)?),
        })
    }
}

fn is_one_of(value: &Value, classes: &[Known]) -> bool {
    classes.iter().any(|class| *value == Value::Node(class.node()))
}
