//! Reads one node of a file as a record: keys of IRIs, terms of triples, and affiliations, links, derivations and
//! lineage. Claims themselves are in `claim_reader`.

use crate::rdf::iri::{CG, Known, Space, affiliation_iri, key};
use crate::rdf::node_class::Classes;
use crate::rdf::quad_store::{NodeId, Proposition, Store, Value};
use crate::rdf::said::Said;
use claimgraph::entity::AffiliationKind::{self, HoldsOffice, LocatedIn, MemberOf, PartOf};
use claimgraph::entity::{Name, NameKind};
use claimgraph::format::{Losses, ReadError, excerpt};
use claimgraph::quantity::{Bound, Precision};
use claimgraph::record::*;
use claimgraph::time::Aspect;
use claimgraph::{Period, Quantity};
use jiff::civil::Date;

const AFFILIATIONS: [AffiliationKind; 4] = [PartOf, LocatedIn, MemberOf, HoldsOffice];

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
            return Err(self.store.fault(node, "expected an entity"));
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
            return Err(self.store.fault(node, "expected a relation"));
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
                        named.ok_or_else(|| store.fault(node, "expected the IRI of a unit"))?;
                    said.set(&mut unit, named)?;
                }
                Some(Known::Words) => said.set(&mut words, said.string()?)?,
                _ => self.leave(said),
            }
        }
        let unit = unit.ok_or_else(|| store.fault(node, "a quantity needs a unit"))?;
        let quantity = Quantity::from_parts(central, precision, lower, upper, unit);
        Ok(words.into_iter().fold(quantity, Quantity::in_words))
    }

    /// Reads a name that has more than a text, a kind and a plain language.
    pub(super) fn name(&mut self, node: NodeId) -> Result<Name, ReadError> {
        let (mut text, mut kind, mut language, mut valid) = (None, None, None, None);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Text) => said.set(&mut text, said.string()?)?,
                Some(Known::NameKind) => said.set(&mut kind, said.word::<NameKind>("name")?)?,
                Some(Known::Language) => said.set(&mut language, said.string()?)?,
                Some(Known::Valid) => said.set(&mut valid, self.period(said)?)?,
                // The period says this more exactly.
                Some(Known::Earliest | Known::Latest) => {}
                _ => self.leave(said),
            }
        }
        let text = text.ok_or_else(|| {
            self.store.fault(node, format!("expected a value of {}", Known::Text.iri()))
        })?;
        let name = Name::new(text, kind.unwrap_or_default());
        let name = language.into_iter().fold(name, Name::in_language);
        Ok(valid.into_iter().fold(name, Name::valid))
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
                Some(Known::Words) => said.set(&mut words, said.string()?)?,
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
            _ => {
                Err(self.store.fault(node, "expected a node that reifies one triple of two nodes"))
            }
        }
    }

    pub(super) fn affiliation(&mut self, node: NodeId) -> Result<AffiliationRecord, ReadError> {
        let (part, predicate, whole) = self.pair(node)?;
        let name = self.store.name(predicate);
        let kind = AFFILIATIONS.into_iter().find(|kind| affiliation_iri(*kind) == name);
        let kind = kind.ok_or_else(|| {
            self.store
                .fault(node, format!("expected a kind of affiliation, found {}", excerpt(name)))
        })?;
        let mut record = AffiliationRecord::new(self.entity(part)?, kind, self.entity(whole)?);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Affiliation) => {}
                Some(Known::GeneratedBy) => self.generated(said, &mut record.batch)?,
                Some(Known::Basis) => record.basis = said.word("basis")?,
                Some(Known::PrimarySource) => {
                    said.set(&mut record.document, self.entity(said.node()?)?)?;
                }
                Some(Known::Valid) => said.set(&mut record.valid, self.period(said)?)?,
                Some(Known::Earliest | Known::Latest) => {}
                Some(Known::Reported) => said.set(&mut record.reported, said.day()?)?,
                _ => self.leave(said),
            }
        }
        Ok(record)
    }

    pub(super) fn link(&mut self, node: NodeId) -> Result<LinkRecord, ReadError> {
        let (from, role, to) = self.pair(node)?;
        let role =
            self.role_key(role).ok_or_else(|| self.store.fault(node, "a link needs a role"))?;
        let mut record = LinkRecord::new(self.claim_id(from), role, self.claim_id(to));
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Link) => {}
                Some(Known::GeneratedBy) => self.generated(said, &mut record.batch)?,
                Some(Known::Basis) => record.basis = said.word("basis")?,
                Some(Known::Because) => said.set(&mut record.because, said.string()?)?,
                _ => self.leave(said),
            }
        }
        Ok(record)
    }

    pub(super) fn lineage(&mut self, node: NodeId) -> Result<LineageRecord, ReadError> {
        let store = self.store;
        let (speaker, predicate, source) = self.pair(node)?;
        if predicate != Known::DrawsOn.node() {
            return Err(
                store.fault(node, format!("expected a node that reifies a triple of {CG}drawsOn"))
            );
        }
        let mut record = LineageRecord::new(self.entity(speaker)?, self.entity(source)?);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Lineage) => {}
                Some(Known::GeneratedBy) => self.generated(said, &mut record.batch)?,
                Some(Known::Basis) => record.basis = said.word("basis")?,
                Some(Known::Within) => {
                    said.set(&mut record.document, self.entity(said.node()?)?)?;
                }
                Some(Known::AppliesTo) => {
                    let claim = said.node()?;
                    let claims = record.claims.get_or_insert_default();
                    if claim != Known::Nothing.node() {
                        claims.push(self.claim_id(claim));
                    }
                }
                Some(Known::StatedBy) => {
                    said.set(&mut record.stated_by, self.claim_id(said.node()?))?;
                }
                Some(Known::Reported) => said.set(&mut record.reported, said.day()?)?,
                _ => self.leave(said),
            }
        }
        Ok(record)
    }

    pub(super) fn derivation(&mut self, node: NodeId) -> Result<DerivationRecord, ReadError> {
        let store = self.store;
        let (mut claim, mut quantity, mut rule, mut order) = (None, None, None, None);
        let (mut inputs, mut batch): (Vec<String>, _) = (Vec::new(), None);
        for said in self.properties(node) {
            match said.known() {
                Some(Known::Type) if said.is(Known::Derivation) => {}
                Some(Known::GeneratedBy) => self.generated(said, &mut batch)?,
                Some(Known::DerivedFor) => {
                    said.set(&mut claim, self.claim_id(said.node()?))?;
                }
                Some(Known::HasQuantity) => {
                    said.set(&mut quantity, self.quantity(said.node()?)?)?;
                }
                Some(Known::Rule) => said.set(&mut rule, said.string()?)?,
                Some(Known::DerivedFrom) => inputs.push(self.claim_id(said.node()?)),
                Some(Known::InputOrder) => said.set(&mut order, said.string()?)?,
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
                return Err(store.fault(node, "expected each input once in the order of inputs"));
            }
            inputs = ordered;
        }
        let missing = |what: &str| store.fault(node, format!("a derivation needs {what}"));
        Ok(DerivationRecord {
            claim: claim.ok_or_else(|| missing("a claim"))?,
            quantity: quantity.ok_or_else(|| missing("a quantity"))?,
            rule: rule.ok_or_else(|| missing("a rule"))?,
            inputs,
            batch,
        })
    }
}
