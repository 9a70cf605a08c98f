//! One node of a file as a record: keys for IRIs, terms for what stands in a triple, and what stands beside
//! claims. Claims themselves are in `read_claims`.

use crate::rdf::iri::{CG, Known, Space, key};
use crate::rdf::node_class::Classes;
use crate::rdf::quad_store::{NodeId, Proposition, Store, Value};
use claimgraph::claim::Basis;
use claimgraph::entity::AffiliationKind;
use claimgraph::format::{Losses, ReadError};
use claimgraph::quantity::{Bound, Precision};
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{Period, Quantity};
use jiff::civil::Date;

/// A record in the making, and what was met on the way.
pub(super) struct Draft<'s> {
    pub(super) store: &'s Store,
    pub(super) classes: &'s Classes,
    /// Entities it names.
    pub(super) entities: Vec<NodeId>,
    /// Claims it names.
    pub(super) claims: Vec<NodeId>,
    /// Nodes that were read.
    pub(super) seen: Vec<NodeId>,
    /// Triples that were not.
    pub(super) left: Vec<(NodeId, NodeId, &'s Value)>,
    pub(super) losses: Losses,
}

impl<'s> Draft<'s> {
    pub(super) fn new(store: &'s Store, classes: &'s Classes) -> Self {
        let (entities, claims, seen, left) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { store, classes, entities, claims, seen, left, losses: Losses::default() }
    }

    /// A property that has one value.
    pub(super) fn set<T: PartialEq>(
        &self,
        node: NodeId,
        predicate: NodeId,
        slot: &mut Option<T>,
        value: T,
    ) -> Result<(), ReadError> {
        match slot {
            Some(known) if *known != value => Err(self
                .store
                .fault(node, format!("{} has two values", self.store.name(predicate)))),
            _ => {
                *slot = Some(value);
                Ok(())
            }
        }
    }

    /// Everything said of a node, which counts as read.
    pub(super) fn properties(&mut self, node: NodeId) -> &'s [(NodeId, Value)] {
        self.seen.push(node);
        &self.store.node(node).properties
    }

    pub(super) fn leave(&mut self, node: NodeId, predicate: NodeId, value: &'s Value) {
        self.left.push((node, predicate, value));
    }

    // ----- keys

    /// The key of an entity: of our IRIs what they encode, else the IRI itself.
    pub(super) fn entity_key(&mut self, node: NodeId) -> Result<String, ReadError> {
        let name = self.store.name(node);
        if let Some(key) = key(Space::Entity, name) {
            return Ok(key.into_owned());
        }
        if self.store.is_blank(node) || name.starts_with("urn:claimgraph:") {
            return Err(self.store.fault(node, "it is no entity"));
        }
        Ok(name.to_owned())
    }

    /// The key of an entity that has to be on record.
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
            return Err(self.store.fault(node, "it is no relation"));
        }
        Ok(name.to_owned())
    }

    pub(super) fn role_key(&self, node: NodeId) -> Option<String> {
        key(Space::Role, self.store.name(node)).map(|key| key.into_owned())
    }

    /// What a claim is called while the file is read.
    pub(super) fn claim_id(&mut self, node: NodeId) -> String {
        if self.classes.class(node) == Some(Known::Claim) {
            self.claims.push(node);
        }
        self.store.name(node).to_owned()
    }

    /// The system of a code, which is its datatype.
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
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            let amount = || store.as_parsed(node, predicate, value, "a decimal number");
            let bound = |strict| amount().map(|amount| Bound { amount, strict });
            match Known::at(predicate) {
                Some(Known::Type) if *value == Value::Node(Known::Quantity.node()) => {}
                Some(Known::Central) => self.set(node, predicate, &mut central, amount()?)?,
                Some(Known::Precision) => {
                    precision = store.as_word(node, predicate, value, "precision")?
                }
                Some(Known::Lower) => self.set(node, predicate, &mut lower, bound(false)?)?,
                Some(Known::LowerExclusive) => {
                    self.set(node, predicate, &mut lower, bound(true)?)?
                }
                Some(Known::Upper) => self.set(node, predicate, &mut upper, bound(false)?)?,
                Some(Known::UpperExclusive) => {
                    self.set(node, predicate, &mut upper, bound(true)?)?
                }
                Some(Known::Unit) => {
                    let named = store.as_node(node, predicate, value)?;
                    let named = key(Space::Unit, store.name(named));
                    let named =
                        named.ok_or_else(|| store.fault(node, "its unit has no IRI of a unit"))?;
                    self.set(node, predicate, &mut unit, named)?;
                }
                Some(Known::Words) => {
                    let text = store.as_text(node, predicate, value)?.into_owned();
                    self.set(node, predicate, &mut words, text)?;
                }
                _ => self.leave(node, predicate, value),
            }
        }
        let unit = unit.ok_or_else(|| store.fault(node, "a quantity needs a unit"))?;
        let quantity = Quantity::from_parts(central, precision, lower, upper, unit);
        Ok(words.into_iter().fold(quantity, Quantity::in_words))
    }

    /// EDTF, or a node with the four days.
    pub(super) fn period(
        &mut self,
        of: NodeId,
        predicate: NodeId,
        value: &'s Value,
    ) -> Result<Period, ReadError> {
        let store = self.store;
        let Value::Node(node) = value else {
            return store.as_parsed(of, predicate, value, "a period in EDTF, such as 2024-06");
        };
        let node = *node;
        let (mut days, mut strict_deadline, mut words) = ([None; 4], None, None::<String>);
        let (mut aspect, mut ongoing) = (Aspect::default(), false);
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            let day = || store.as_day(node, predicate, value).map(Date::from);
            let [start_earliest, start_latest, end_earliest, end_latest] = &mut days;
            match Known::at(predicate) {
                Some(Known::Aspect) => aspect = store.as_word(node, predicate, value, "aspect")?,
                Some(Known::StartEarliest) => self.set(node, predicate, start_earliest, day()?)?,
                Some(Known::StartLatest) => self.set(node, predicate, start_latest, day()?)?,
                Some(Known::EndEarliest) => self.set(node, predicate, end_earliest, day()?)?,
                Some(Known::EndLatest) => self.set(node, predicate, end_latest, day()?)?,
                Some(Known::Ongoing) => ongoing = store.as_flag(node, predicate, value)?,
                Some(Known::StrictDeadline) => {
                    self.set(node, predicate, &mut strict_deadline, day()?)?
                }
                Some(Known::Words) => {
                    let text = store.as_text(node, predicate, value)?.into_owned();
                    self.set(node, predicate, &mut words, text)?;
                }
                _ => self.leave(node, predicate, value),
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

    pub(super) fn basis(
        &self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
    ) -> Result<Basis, ReadError> {
        self.store.as_word(node, predicate, value, "basis")
    }

    // ----- beside claims

    /// The two ends of what joins two nodes.
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
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            match Known::at(predicate) {
                Some(Known::Type) if *value == Value::Node(Known::Affiliation.node()) => {}
                Some(Known::Basis) => record.basis = self.basis(node, predicate, value)?,
                Some(Known::PrimarySource) => {
                    let document = self.store.as_node(node, predicate, value)?;
                    let document = self.entity(document)?;
                    self.set(node, predicate, &mut record.document, document)?;
                }
                Some(Known::Valid) => {
                    let valid = self.period(node, predicate, value)?;
                    self.set(node, predicate, &mut record.valid, valid)?;
                }
                Some(Known::Earliest | Known::Latest) => {}
                Some(Known::Reported) => {
                    self.set(
                        node,
                        predicate,
                        &mut record.reported,
                        self.store.as_day(node, predicate, value)?,
                    )?;
                }
                _ => self.leave(node, predicate, value),
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
        for (predicate, value) in self.properties(node) {
            match Known::at(*predicate) {
                Some(Known::Type) if *value == Value::Node(Known::Link.node()) => {}
                Some(Known::Basis) => record.basis = self.basis(node, *predicate, value)?,
                Some(Known::Because) => {
                    let because = self.store.as_text(node, *predicate, value)?.into_owned();
                    self.set(node, *predicate, &mut record.because, because)?;
                }
                _ => self.leave(node, *predicate, value),
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
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            match Known::at(predicate) {
                Some(Known::Type) if *value == Value::Node(Known::Lineage.node()) => {}
                Some(Known::Basis) => record.basis = self.basis(node, predicate, value)?,
                Some(Known::Within) => {
                    let document = store.as_node(node, predicate, value)?;
                    let document = self.entity(document)?;
                    self.set(node, predicate, &mut record.document, document)?;
                }
                Some(Known::AppliesTo) => {
                    let claim = store.as_node(node, predicate, value)?;
                    let claims = record.claims.get_or_insert_default();
                    if claim != Known::Nothing.node() {
                        claims.push(self.claim_id(claim));
                    }
                }
                Some(Known::StatedBy) => {
                    let claim = store.as_node(node, predicate, value)?;
                    let claim = self.claim_id(claim);
                    self.set(node, predicate, &mut record.stated_by, claim)?;
                }
                Some(Known::Reported) => {
                    self.set(
                        node,
                        predicate,
                        &mut record.reported,
                        store.as_day(node, predicate, value)?,
                    )?;
                }
                _ => self.leave(node, predicate, value),
            }
        }
        Ok(record)
    }

    pub(super) fn derivation(&mut self, node: NodeId) -> Result<DerivationRecord, ReadError> {
        let store = self.store;
        let (mut claim, mut quantity, mut rule, mut order) = (None, None, None, None);
        let mut inputs: Vec<String> = Vec::new();
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            match Known::at(predicate) {
                Some(Known::Type) if *value == Value::Node(Known::Derivation.node()) => {}
                Some(Known::DerivedFor) => {
                    let derived = store.as_node(node, predicate, value)?;
                    let derived = self.claim_id(derived);
                    self.set(node, predicate, &mut claim, derived)?;
                }
                Some(Known::HasQuantity) => {
                    let figure = store.as_node(node, predicate, value)?;
                    let figure = self.quantity(figure)?;
                    self.set(node, predicate, &mut quantity, figure)?;
                }
                Some(Known::Rule) => {
                    let text = store.as_text(node, predicate, value)?.into_owned();
                    self.set(node, predicate, &mut rule, text)?;
                }
                Some(Known::DerivedFrom) => {
                    let input = store.as_node(node, predicate, value)?;
                    inputs.push(self.claim_id(input));
                }
                Some(Known::InputOrder) => {
                    let text = store.as_text(node, predicate, value)?.into_owned();
                    self.set(node, predicate, &mut order, text)?;
                }
                _ => self.leave(node, predicate, value),
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
