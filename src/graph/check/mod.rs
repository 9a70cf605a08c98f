//! The full check of a claim before it goes on record.
//!
//! A [`Claim`] goes in. An [`Entry`] for the ledger comes out, or every fault in the order of the parts. The
//! [rules](crate::graph::insert_rules) decide; the check says which of them a claim breaks, and in which part.
//! [`insert`](crate::graph::insert) and [`check_all`](crate::graph::check_all) call it.

mod origin;
mod quotes;

use crate::graph::check::quotes::settled;
use crate::graph::insert_rules::{Parts, Takes, happened, shape_faults, tells};
use crate::model::claim::Claim;
use crate::model::document::DocumentInfo;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::text::excerpt;
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::direction::Direction;
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Stance};
use crate::model::vocabulary::relation::{RelationLabel, RoleLabel};
use crate::model::vocabulary::{Slot, Vocabulary};
use crate::store::claim_flags::Marks;
use crate::store::entity_table::Registry;
use crate::store::ledger::Ledger;
use crate::store::stored_claim::{Entry, HeldArgument, HeldStatement, Rich};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// A check of one claim, or of a part of one: the parts of a graph that it reads, and the faults found so far.
pub(crate) struct Checker<'g> {
    pub(crate) vocabulary: &'g Vocabulary,
    pub(crate) registry: &'g Registry,
    pub(crate) ledger: &'g Ledger,
    pub(crate) faults: Vec<Error>,
}

/// A claim with its handles resolved, and all its faults in the order of its parts.
pub(crate) struct Checked {
    pub(crate) entry: Option<Entry>,
    pub(crate) faults: Vec<Error>,
}

impl<'g> Checker<'g> {
    pub(crate) fn claim(mut self, claim: &Claim) -> Checked {
        let (chain, document) = self.origin(claim);
        let details = &claim.details;
        let parts = Parts {
            stated: claim.statement.is_some(),
            answering: !claim.targets.is_empty(),
            polarity: details.polarity.is_some(),
            factor: details.factor.is_some(),
            direction: details.direction.is_some(),
            object_quantity: details.object_quantity.is_some(),
        };
        shape_faults(claim.stance, parts, |kind| self.fault(FieldPath::Stance, kind));
        let statement = claim.statement.as_ref().and_then(|s| self.statement(s, false));
        if statement.as_ref().is_some_and(|s| s.negated || s.valid.is_some()) {
            let expected = "a denial, and the time beside the statement, with the claim".into();
            let found = "a negated or dated statement";
            self.fault(FieldPath::Relation, ErrorKind::WrongTerm { found, expected });
        }
        let relation = statement.as_ref().map(|s| s.relation);
        let roles = self.roles(&claim.roles, relation, false);
        let (read_in, document) = document.unzip();
        let targets = self.targets(claim, chain.as_deref().unwrap_or_default(), read_in);
        for quantity in details.quantity.iter().chain(&details.object_quantity) {
            self.quantity(quantity, FieldPath::Quantity);
        }
        if details.factor.as_ref().is_some_and(|factor| !factor.is_positive()) {
            self.fault(FieldPath::Quantity, ErrorKind::BadFactor);
        }
        if matches!(details.direction, Some(Direction::Level | Direction::Unknown)) {
            self.fault(FieldPath::Quantity, ErrorKind::BadDirection);
        }
        let reported = claim.reported.or(document.and_then(DocumentInfo::date));
        self.times(claim, reported);
        self.quotes(claim, chain.as_deref(), document);
        let entry = match (chain, roles, targets, reported) {
            (Some(chain), Some(roles), Some(targets), Some(reported)) if self.faults.is_empty() => {
                let marks =
                    Marks::new(claim.stance, claim.certainty, claim.modality, claim.prominence);
                let valid = claim.valid.clone().map(Box::new);
                let rich = Rich { statement, roles, targets, valid, details: settled(details) };
                let of_relation =
                    relation.map_or(0, |relation| Marks::of_relation(self.vocabulary, relation));
                let reported = reported.into();
                Some(Entry { chain, document: read_in, marks, reported, of_relation, rich })
            }
            _ => None,
        };
        Checked { entry, faults: self.faults }
    }

    fn fault(&mut self, part: FieldPath, kind: ErrorKind) {
        self.faults.push(Error::new(part, kind));
    }

    /// Returns what was found, or notes why not.
    fn noting<T>(&mut self, found: Result<T, Error>) -> Option<T> {
        found.map_err(|error| self.faults.push(error)).ok()
    }

    /// Returns the first fault as an error, if there is one.
    pub(crate) fn finish(self) -> Result<(), Error> {
        self.faults.into_iter().next().map_or(Ok(()), Err)
    }

    /// Returns the entity behind a handle, if it is one of this graph and of that kind.
    pub(crate) fn entity(
        &self,
        entity: EntityId,
        kind: Option<&str>,
        part: FieldPath,
    ) -> Result<EntityId, Error> {
        let Some((key, registered)) = self.registry.get(entity) else {
            return Err(Error::unknown(part, "entity", format!("{entity:?}")));
        };
        match kind {
            Some(wanted)
                if !Takes::kind(wanted, self.vocabulary)
                    .takes(registered.kind, self.vocabulary) =>
            {
                let found = self.vocabulary.kinds.key(registered.kind).to_owned();
                let (key, expected) = (excerpt(key), wanted.to_owned());
                Err(Error::new(part, ErrorKind::WrongKind { key, found, expected }))
            }
            _ => Ok(self.registry.one_for(entity)),
        }
    }

    pub(crate) fn statement(
        &mut self,
        statement: &Statement,
        nested: bool,
    ) -> Option<HeldStatement> {
        let relation = self.noting(self.relation(statement.relation))?;
        let def = self.vocabulary.relations.get(relation);
        let subject = self.argument(&statement.subject, &def.subject, FieldPath::Subject, nested);
        let object = self.argument(&statement.object, &def.object, FieldPath::Object, nested);
        let roles = self.roles(&statement.roles, Some(relation), nested);
        if let Some(error) = &statement.bad_period {
            self.fault(FieldPath::Valid, ErrorKind::BadPeriod(error.clone()));
        }
        if statement.valid.as_ref().is_some_and(Period::is_inverted) {
            self.fault(FieldPath::Valid, ErrorKind::InvertedPeriod);
        }
        let (negated, valid) = (statement.negated, statement.valid.clone().map(Box::new));
        let (subject, object, roles) = (subject?, object?, roles?);
        Some(HeldStatement { subject, relation, object, roles, negated, valid })
    }

    pub(crate) fn relation(&self, label: RelationLabel) -> Result<RelationId, Error> {
        self.vocabulary.relations.resolve(label, FieldPath::Relation)
    }

    pub(crate) fn role(&self, label: RoleLabel) -> Result<RoleId, Error> {
        self.vocabulary.roles.resolve(label, FieldPath::Role(label.key().into()))
    }

    fn roles(
        &mut self,
        roles: &[(RoleLabel, Argument)],
        relation: Option<RelationId>,
        nested: bool,
    ) -> Option<Vec<(RoleId, HeldArgument)>> {
        let before = self.faults.len();
        let relation = relation.map(|relation| self.vocabulary.relations.get(relation));
        let mut held = Vec::with_capacity(roles.len());
        let mut counts: FxHashMap<RoleId, usize> = FxHashMap::default();
        for (label, argument) in roles {
            let Some(role) = self.noting(self.role(*label)) else { continue };
            let def = self.vocabulary.roles.get(role);
            let part = FieldPath::Role(def.key.clone());
            if !def.general && !relation.is_some_and(|r| r.roles.contains(&def.key)) {
                let expected = match relation.map(|r| r.roles.as_slice()) {
                    Some([]) | None => "only those that every claim may have".to_owned(),
                    Some(roles) => roles.join(", "),
                };
                let relation =
                    relation.map_or("an answer without a statement", |r| r.key.as_str()).to_owned();
                self.fault(part.clone(), ErrorKind::RoleNotTaken { relation, expected });
            }
            let argument = self.argument(argument, &def.value, part.clone(), nested);
            held.extend(argument.map(|argument| (role, argument)));
            let found = counts.entry(role).or_default();
            *found += 1;
            let found = *found;
            if let Some(at_most) = def.at_most.filter(|&most| found > most as usize) {
                self.fault(part, ErrorKind::TooManyValues { found, at_most });
            }
        }
        // Values of one role keep their order; roles themselves have none.
        held.sort_by_key(|(role, _)| self.vocabulary.roles.key(*role));
        (self.faults.len() == before).then_some(held)
    }

    pub(crate) fn argument(
        &mut self,
        argument: &Argument,
        slot: &Slot,
        part: FieldPath,
        nested: bool,
    ) -> Option<HeldArgument> {
        let before = self.faults.len();
        let Some(value) = &argument.value else {
            self.fault(part, ErrorKind::Wildcard);
            return None;
        };
        match value {
            Value::Entity(entity) => {
                let kind = match slot {
                    Slot::Kind(kind) => Some(kind.as_str()),
                    _ => None,
                };
                _ = self.noting(self.entity(*entity, kind, part.clone()));
            }
            Value::Claim(claim) => _ = self.noting(self.known(*claim, part.clone())),
            Value::Quantity(quantity) => self.quantity(quantity, part.clone()),
            _ => {}
        }
        let mut held = value.try_map(|statement| {
            if nested {
                self.fault(part.clone(), ErrorKind::NestedStatement);
                return None;
            }
            self.statement(statement, true)
        })?;
        if let Value::Entity(entity) = &mut held {
            *entity = self.registry.one_for(*entity);
        }
        let fits = matches!(
            (value, slot),
            (_, Slot::Any)
                | (Value::NotStated, _)
                | (Value::Entity(_), Slot::Kind(_))
                | (Value::Claim(_), Slot::Claim)
                | (Value::Text(_), Slot::Text)
                | (Value::Quantity(_), Slot::Number)
                | (Value::Statement(_), Slot::Statement)
                | (Value::Nothing, Slot::Nothing)
        );
        if !fits && self.faults.len() == before {
            let expected = slot.to_string();
            self.fault(part, ErrorKind::WrongTerm { found: argument.name(), expected });
        }
        let basis = argument.basis;
        (self.faults.len() == before).then_some(HeldArgument { value: held, basis })
    }

    pub(crate) fn known(&self, claim: ClaimId, part: FieldPath) -> Result<(), Error> {
        match self.ledger.contains(claim) {
            true => Ok(()),
            false => Err(Error::unknown(part, "claim", format!("{claim:?}"))),
        }
    }

    pub(crate) fn quantity(&mut self, quantity: &Quantity, part: FieldPath) {
        let unit = quantity.unit();
        if unit.trim().is_empty() {
            let (text, problem) = (excerpt(unit), "a quantity needs a unit");
            self.fault(part.clone(), ErrorKind::BadText { text, problem });
        }
        if quantity.is_inverted() {
            self.fault(part.clone(), ErrorKind::InvertedQuantity);
        }
        if quantity.has_negative() && self.vocabulary.counts(&self.vocabulary.unit_of(unit)) {
            self.fault(part, ErrorKind::NegativeCount { unit: excerpt(unit) });
        }
    }

    /// Returns whether the claim revises what its speaker did not tell as a fact: a plan, a forecast. A redacted claim may
    /// have been one.
    fn revises_a_plan(&self, claim: &Claim) -> bool {
        let firm = claim.targets.iter().find(|(_, basis)| *basis != Basis::Possible);
        let firm = firm.filter(|_| claim.stance == Stance::Revises);
        let row = firm.and_then(|(id, _)| self.ledger.find(self.ledger.first_word(*id)));
        row.is_some_and(|row| {
            let marks = self.ledger.rows().marks(row);
            self.ledger.says_nothing(row) || !tells(marks.stance(), marks.modality())
        })
    }

    fn times(&mut self, claim: &Claim, reported: Option<Date>) {
        if let Some(error) = &claim.bad_period {
            self.fault(FieldPath::Valid, ErrorKind::BadPeriod(error.clone()));
        }
        if claim.valid.as_ref().is_some_and(Period::is_inverted) {
            self.fault(FieldPath::Valid, ErrorKind::InvertedPeriod);
        }
        let said = claim.details.said.as_deref();
        if let Some(error) = &claim.bad_said {
            self.fault(FieldPath::Said, ErrorKind::BadPeriod(error.clone()));
        }
        if said.is_some_and(Period::is_inverted) {
            self.fault(FieldPath::Said, ErrorKind::InvertedPeriod);
        }
        let Some(reported) = reported else {
            self.fault(FieldPath::Reported, ErrorKind::NoReportDate);
            return;
        };
        let told = tells(claim.stance, claim.modality);
        let earliest = claim.valid.as_ref().and_then(|period| happened(told, period));
        let earliest = earliest.map(Day::date).filter(|&day| day > reported);
        if let Some(earliest) = earliest.filter(|_| !self.revises_a_plan(claim)) {
            self.fault(FieldPath::Valid, ErrorKind::AfterReport { earliest, reported });
        }
        let said = said.and_then(Period::start_earliest);
        if let Some(said) = said.filter(|&said| said > reported) {
            self.fault(FieldPath::Said, ErrorKind::SaidAfterReport { said, reported });
        }
    }
}
