//! Reads the vocabulary of a file: its declarations, and the relations that its claims use without a declaration.

use crate::rdf::iri::{Known, Space, key};
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::NodeId;
use crate::rdf::reader::{Reader, refused};
use crate::rdf::said::Said;
use claimgraph::format::{ReadError, check_key};
use claimgraph::record::{Header, Record};
use claimgraph::vocabulary::{KindDef, RelationDef, RoleDef, Slot, UnitDef, Vocabulary};

impl<'s> Reader<'s> {
    pub(super) fn vocabulary(&mut self) -> Result<(), ReadError> {
        let classes = self.classes;
        let kinds = self.each(Known::Kind, Self::kind)?;
        let roles = self.each(Known::Role, Self::role)?;
        let mut relations = self.each(Known::Relation, Self::relation)?;
        let undeclared = |node: &&NodeId| classes.class(**node) != Some(Known::Relation);
        for &node in classes.used.iter().filter(undeclared) {
            // A claim with a predicate that cannot be a key is refused or counted later.
            let key = Draft::new(self.store, classes).relation_key(node);
            let key = key.ok().filter(|key| check_key(key).is_ok());
            relations.extend(key.map(|key| RelationDef::new(key, Slot::Any, Slot::Any)));
        }
        let units = self.each(Known::UnitClass, Self::unit)?;
        let vocabulary = Vocabulary::empty().declaring(kinds, roles, relations, units);
        let header = Record::Claimgraph(Box::new(Header::new(vocabulary)));
        self.loader
            .loader
            .push(header)
            .map_err(|error| refused(self.store, Known::Graph.node(), error))
    }

    /// Reads the nodes of a class as definitions.
    fn each<T>(
        &mut self,
        class: Known,
        read: fn(&mut Self, NodeId) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        self.classes.all(class).iter().map(|&node| read(self, node)).collect()
    }

    fn key(&mut self, space: Space, node: NodeId) -> Result<String, ReadError> {
        self.see(node);
        self.other_key(space, node)
    }

    fn other_key(&self, space: Space, node: NodeId) -> Result<String, ReadError> {
        let found = key(space, self.store.name(node)).map(|key| key.into_owned());
        found.ok_or_else(|| self.store.fault(node, format!("expected the IRI of a {space:?}")))
    }

    fn named(&self, space: Space, said: Said<'_>) -> Result<String, ReadError> {
        self.other_key(space, said.node()?)
    }

    fn kind(&mut self, node: NodeId) -> Result<KindDef, ReadError> {
        let mut def = KindDef::new(self.key(Space::Kind, node)?, []);
        for said in self.store.said_of(node) {
            match said.known() {
                Some(Known::Type) if said.is_one_of(&[Known::Kind, Known::RdfsClass]) => {}
                Some(Known::SubClassOf) => def.above.push(self.named(Space::Kind, said)?),
                Some(Known::Plural) => def.plural |= said.flag()?,
                Some(Known::FormerKey) => def.aliases.push(said.string()?),
                _ => self.not_understood(said),
            }
        }
        Ok(def)
    }

    fn role(&mut self, node: NodeId) -> Result<RoleDef, ReadError> {
        let mut def = RoleDef::new(self.key(Space::Role, node)?, Slot::Any);
        for said in self.store.said_of(node) {
            match said.known() {
                Some(Known::Type) if said.is_one_of(&[Known::Role, Known::RdfProperty]) => {}
                Some(Known::Range) => def.value = self.slot(said)?,
                Some(Known::AtMost) => def.at_most = Some(said.parsed("a number")?),
                Some(Known::General) => def.general = said.flag()?,
                Some(Known::FormerKey) => def.aliases.push(said.string()?),
                _ => self.not_understood(said),
            }
        }
        Ok(def)
    }

    fn relation(&mut self, node: NodeId) -> Result<RelationDef, ReadError> {
        self.see(node);
        let mut draft = Draft::new(self.store, self.classes);
        let mut def = RelationDef::new(draft.relation_key(node)?, Slot::Any, Slot::Any);
        for said in self.store.said_of(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::SymmetricProperty) => def.symmetric = true,
                Some(Known::Type) if said.is_one_of(&[Known::Relation, Known::RdfProperty]) => {}
                Some(Known::Label) => def.label = Some(said.string()?),
                Some(Known::PluralVerb) => def.plural = Some(said.string()?),
                Some(Known::BaseVerb) => def.base = Some(said.string()?),
                Some(Known::Domain) => def.subject = self.slot(said)?,
                Some(Known::Range) => def.object = self.slot(said)?,
                Some(Known::Dealing) => def.interaction = said.flag()?,
                Some(Known::State) => def.state = said.flag()?,
                Some(Known::InverseOf) => {
                    def.inverse = Some(draft.relation_key(said.node()?)?);
                }
                Some(Known::SubPropertyOf) => def.implies.push(draft.relation_key(said.node()?)?),
                Some(Known::TakesRole) => def.roles.push(self.named(Space::Role, said)?),
                Some(Known::FormerKey) => def.aliases.push(said.string()?),
                Some(Known::Code | Known::Notation) => self.code(said, &mut def.codes)?,
                _ => self.not_understood(said),
            }
        }
        Ok(def)
    }

    fn unit(&mut self, node: NodeId) -> Result<UnitDef, ReadError> {
        let mut def = UnitDef::measure(self.key(Space::Unit, node)?, []);
        for said in self.store.said_of(node) {
            match said.known() {
                Some(Known::Type) if said.is_one_of(&[Known::UnitClass]) => {}
                Some(Known::Synonym) => def.synonyms.push(said.string()?),
                Some(Known::Count) => def.count = said.flag()?,
                _ => self.not_understood(said),
            }
        }
        Ok(def)
    }

    fn slot(&self, said: Said<'_>) -> Result<Slot, ReadError> {
        let class = said.node()?;
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
