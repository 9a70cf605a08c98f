//! Reads one node of a file as a record: keys of IRIs, terms of triples, and affiliations, links, derivations and
//! lineage. Claims themselves are in `claim_reader`.

use crate::rdf::iri::{CG, Known, Space, key};
use crate::rdf::node_class::Classes;
use crate::rdf::quad_store::{NodeId, Proposition, Store, Value};
use crate::rdf::said::Said;
use claimgraph::claim::Basis;
use claimgraph::entity::AffiliationKind;
use claimgraph::format::{Losses, ReadError};
use claimgraph::quantity::{Bound, Precision};
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{Period, Quantity};
use jiff::civil::Date;

/// A record that is being built, and the nodes that were found with it.
pub(super) struct Draft<'s> {
    pub(super) store: &'s Store,
    pub(super) classes: &'s Classes,
    /// Entities it names.
    pub(super) entities: Vec<NodeId>,
    /// Claims it names.
    pub(super) claims: Vec<NodeId>,
    /// The nodes that were read.
    pub(super) seen: Vec<NodeId>,
    /// The triples that were not read.
    pub(super) left: Vec<Said<'s>>,
    pub(super) losses: Losses,
}

impl<'s> Draft<'s> {
    pub(super) fn new(store: &'s Store, classes: &'s Classes) -> Self {
        let (entities, claims, seen, left) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { store, classes, entities, claims, seen, left, losses: Losses::default() }
    }

    /// Returns every property of a node, and marks the node as read.
    pub(super) fn properties(&mut self, node: NodeId) -> impl Iterator<Item = Said<'s>> + use<'s> {
        self.seen.push(node);
        self.store.said_of(node)
    }

    pub(super) fn leave(&mut self, said: Said<'s>) {
        self.left.push(said);
    }

    // ----- keys

    /// Returns the key of an entity: the key that an IRI of this library encodes, or else the IRI itself.
    pub(super) fn entity_key(&mut self, node: NodeId) -> Result<String, ReadError> {
        let name = self.store.name(node);
        if let Some(key) = key(Space::Entity, name) {
            return Ok(key.into_owned());
        }
        if self.store.is_blank(node) || name.starts_with("urn:claimgraph:") {
            return Err(self.store.fault(node, "it is not an entity"));
        }
        Ok(name.to_owned())
    }

    /// Returns the key of an entity, and notes that the entity has to be on record.
    pub(super) fn entity(&mut self, node: NodeId) -> Result<String, ReadError> {
        let key = self.entity_key(node)?;
        self.entities.push(node);
        Ok(key)
    }

    pub(super) fn relation_key(&mut self, node: NodeId) -> Result<String, ReadError> {
        let name = self.store.name(node);
        if let Some(key) = key(Space::Relation, name) {
            return Ok(key.into_owned());
        }
        if name.starts_with("urn:claimgraph:") {
            return Err(self.store.fault(node, "it is not a relation"));
        }
        Ok(name.to_owned())
    }

    pub(super) fn role_key(&self, node: NodeId) -> Option<String> {
        key(Space::Role, self.store.name(node)).map(|key| key.into_owned())
    }

    /// Returns the name of a claim while the file is read.
    pub(super) fn claim_id(&mut self, node: NodeId) -> String {
        if self.classes.class(node) == Some(Known::Claim) {
            self.claims.push(node);
        }
        self.store.name(node).to_owned()
    }

    /// Returns the system of a code, which is its datatype.
    pub(super) fn system(&self, value: &Value) -> Option<String> {
        match value {
            Value::Typed(_, datatype) => {
                key(Space::System, self.store.name(*datatype)).map(|system| system.into_owned())
            }
            _ => None,
        }
    }

    // ----- values

    pub(super) fn quantity(&mut self, node: NodeId) -> Result<Quantity, ReadError> {
        let store = self.store;
        let (mut unit, mut central, mut precision) = (None, None, Precision::default());
        let (mut lower, mut upper, mut words) = (None, None, None);
        for said in self.properties(node) {
            let amount = || said.parsed("a decimal number");
            let bound = |strict| amount().map(|amount| Bound { amount, strict });
            match said.known() {
                Some(Known::Type) if said.is(Known::Quantity) => {}
                Some(Known::Central) => said.set(&mut central, amount()?)?,
                Some(Known::Precision) => precision = said.word("precision")?,
                Some(Known::Lower) => said.set(&mut lower, bound(false)?)?,
                Some(Known::LowerExclusive) => said.set(&mut lower, bound(true)?)?,
                Some(Known::Upper) => said.set(&mut upper, bound(false)?)?,
                Some(Known::UpperExclusive) => said.set(&mut upper, bound(true)?)?,
                Some(Known::Unit) => {
                    let named = said.node()?;
                    let named = key(Space::Unit, store.name(named));
                    let named =
                        named.ok_or_else(|| store.fault(node, "its unit has no IRI of a unit"))?;
                    said.set(&mut unit, named)?;
                }
                Some(Known::Words) => {
                    let text = said.string()?;
                    said.set(&mut words, text)?;
                }
                _ => self.leave(said),
            }
        }
        let unit = unit.ok_or_else(|| store.fault(node, "a quantity needs a unit"))?;
        let quantity = Quantity::from_parts(central, precision, lower, upper, unit);
        Ok(words.into_iter().fold(quantity, Quantity::in_words))
    }

    /// Reads a period from EDTF, or from a node with the four days.
    pub(super) fn period(&mut self, said: Said<'s>) -> Result<Period, ReadError> {
        let store = self.store;
        let Value::Node(node) = *said.value else {
            return said.parsed("a period in EDTF, such as 2024-06");
        };
        let (mut days, mut strict_deadline, mut words) = ([None; 4], None, None::<String>);
        let (mut aspect, mut ongoing) = (Aspect::default(), false);
        for said in self.properties(node) {
            let day = || said.day().map(Date::from);
            let [start_earliest, start_latest, end_earliest, end_latest] = &mut days;
            match said.known() {
                Some(Known::Aspect) => aspect = said.word("aspect")?,
                Some(Known::StartEarliest) => said.set(start_earliest, day()?)?,
                Some(Known::StartLatest) => said.set(start_latest, day()?)?,
                Some(Known::EndEarliest) => said.set(end_earliest, day()?)?,
                Some(Known::EndLatest) => said.set(end_latest, day()?)?,
                Some(Known::Ongoing) => ongoing = said.flag()?,
                Some(Known::StrictDeadline) => said.set(&mut strict_deadline, day()?)?,
                Some(Known::Words) => {
                    let text = said.string()?;
                    said.set(&mut words, text)?;
                }
                _ => self.leave(said),
            }
        }
        let mut period = Period::from_days(days, aspect);
        if ongoing {
            period = period.ongoing();
        }
        period = strict_deadline.into_iter().fold(period, Period::strictly_by);
        period = words.into_iter().fold(period, Period::in_words);
        if period.is_inverted() {
            Err(store.fault(node, "the period ends before it starts"))
        } else {
            Ok(period)
        }
    }

    // ----- beside claims

    /// Returns the subject, predicate and object of the one triple that a node reifies.
    pub(super) fn pair(&mut self, node: NodeId) -> Result<(NodeId, NodeId, NodeId), ReadError> {
        match self.store.one_proposition(node)? {
            Some(Proposition { subject, predicate, object: Value::Node(object) }) => {
                Ok((*subject, *predicate, *object))
            }
            _ => Err(self.store.fault(node, "it does not stand for a triple of two nodes")),
        }
    }

    pub(super) fn affiliation(
        &mut self,
        node: NodeId,
        part: String,
        kind: AffiliationKind,
        whole: String,
    ) -> Result<AffiliationRecord, ReadError> {
        let mut record = AffiliationRecord {
            part,
            kind,
            whole,
            basis: Basis::Stated,
            document: None,
            valid: None,
            reported: None,
        };
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Affiliation) => {}
                Some(Known::Basis) => record.basis = said.word("basis")?,
                Some(Known::PrimarySource) => {
                    let document = said.node()?;
                    let document = self.entity(document)?;
                    said.set(&mut record.document, document)?;
                }
                Some(Known::Valid) => {
                    let valid = self.period(said)?;
                    said.set(&mut record.valid, valid)?;
                }
                Some(Known::Earliest | Known::Latest) => {}
                Some(Known::Reported) => {
                    said.set(&mut record.reported, said.day()?)?;
                }
                _ => self.leave(said),
            }
        }
        Ok(record)
    }

    pub(super) fn link(&mut self, node: NodeId) -> Result<LinkRecord, ReadError> {
        let (from, role, to) = self.pair(node)?;
        let role =
            self.role_key(role).ok_or_else(|| self.store.fault(node, "a link needs a role"))?;
        let (from, to) = (self.claim_id(from), self.claim_id(to));
        let mut record = LinkRecord { from, role, to, basis: Basis::Stated, because: None };
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Link) => {}
                Some(Known::Basis) => record.basis = said.word("basis")?,
                Some(Known::Because) => {
                    let because = said.string()?;
                    said.set(&mut record.because, because)?;
                }
                _ => self.leave(said),
            }
        }
        Ok(record)
    }

    pub(super) fn lineage(&mut self, node: NodeId) -> Result<LineageRecord, ReadError> {
        let store = self.store;
        let (speaker, predicate, source) = self.pair(node)?;
        if predicate != Known::DrawsOn.node() {
            return Err(store.fault(node, format!("it does not stand for a triple of {CG}drawsOn")));
        }
        let (speaker, source) = (self.entity(speaker)?, self.entity(source)?);
        let (basis, document, claims, stated_by, reported) =
            (Basis::Stated, None, None, None, None);
        let mut record =
            LineageRecord { speaker, source, basis, document, claims, stated_by, reported };
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Lineage) => {}
                Some(Known::Basis) => record.basis = said.word("basis")?,
                Some(Known::Within) => {
                    let document = said.node()?;
                    let document = self.entity(document)?;
                    said.set(&mut record.document, document)?;
                }
                Some(Known::AppliesTo) => {
                    let claim = said.node()?;
                    let claims = record.claims.get_or_insert_default();
                    if claim != Known::Nothing.node() {
                        claims.push(self.claim_id(claim));
                    }
                }
                Some(Known::StatedBy) => {
                    let claim = said.node()?;
                    let claim = self.claim_id(claim);
                    said.set(&mut record.stated_by, claim)?;
                }
                Some(Known::Reported) => {
                    said.set(&mut record.reported, said.day()?)?;
                }
                _ => self.leave(said),
            }
        }
        Ok(record)
    }

    pub(super) fn derivation(&mut self, node: NodeId) -> Result<DerivationRecord, ReadError> {
        let store = self.store;
        let (mut claim, mut quantity, mut rule, mut order) = (None, None, None, None);
        let mut inputs: Vec<String> = Vec::new();
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Derivation) => {}
                Some(Known::DerivedFor) => {
                    let derived = said.node()?;
                    let derived = self.claim_id(derived);
                    said.set(&mut claim, derived)?;
                }
                Some(Known::HasQuantity) => {
                    let figure = said.node()?;
                    let figure = self.quantity(figure)?;
                    said.set(&mut quantity, figure)?;
                }
                Some(Known::Rule) => {
                    let text = said.string()?;
                    said.set(&mut rule, text)?;
                }
                Some(Known::DerivedFrom) => {
                    let input = said.node()?;
                    inputs.push(self.claim_id(input));
                }
                Some(Known::InputOrder) => {
                    let text = said.string()?;
                    said.set(&mut order, text)?;
                }
                _ => self.leave(said),
            }
        }
        inputs.sort();
        inputs.dedup();
        if let Some(order) = order {
            let ordered: Vec<String> = order.split(' ').map(str::to_owned).collect();
            let mut names = ordered.clone();
            names.sort();
            names.dedup();
            if names != inputs {
                return Err(store.fault(node, "its order of inputs is not one of its inputs"));
            }
            inputs = ordered;
        }
        let missing = |what: &str| store.fault(node, format!("a derivation needs {what}"));
        Ok(DerivationRecord {
            claim: claim.ok_or_else(|| missing("a claim"))?,
            quantity: quantity.ok_or_else(|| missing("a quantity"))?,
            rule: rule.ok_or_else(|| missing("a rule"))?,
            inputs,
        })
    }
}
