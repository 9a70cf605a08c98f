//! The full check of a claim before it goes on record.
//!
//! A [`Claim`] goes in. An [`Entry`] for the ledger comes out, or every fault in the order of the parts. The
//! [rules](crate::graph::insert_rules) decide; the check says which of them a claim breaks, and in which part.
//! [`insert`](crate::graph::insert) and [`check_all`](crate::graph::check_all) call it.

mod origin;

use crate::graph::insert_rules::{Parts, Takes, happened, shape_faults, tells};
use crate::model::claim::Claim;
use crate::model::document::{DocumentInfo, Span};
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::text::excerpt;
use crate::model::time::day::Day;
use crate::model::time::period::Period;
use crate::model::value::quantity::Quantity;
use crate::model::vocabulary::relation::{RelationLabel, RoleLabel};
use crate::model::vocabulary::{Slot, Vocabulary};
use crate::store::claim_flags::Marks;
use crate::store::entity_table::Registry;
use crate::store::ledger::Ledger;
use crate::store::stored_claim::{Entry, HeldArgument, HeldStatement, Rich};
use rustc_hash::FxHashMap;

/// The parts of a graph that a check reads.
#[derive(Clone, Copy)]
pub(crate) struct Checker<'g> {
    pub(crate) vocabulary: &'g Vocabulary,
    pub(crate) registry: &'g Registry,
    pub(crate) ledger: &'g Ledger,
}

/// A claim with its handles resolved, and all its faults in the order of its parts.
pub(crate) struct Checked {
    pub(crate) entry: Option<Entry>,
    pub(crate) faults: Vec<Error>,
}

impl<'g> Checker<'g> {
    pub(crate) fn claim(self, claim: &Claim) -> Checked {
        let mut faults = Vec::new();
        let (chain, document) = self.origin(claim, &mut faults);
        let parts = Parts {
            stated: claim.statement.is_some(),
            answering: !claim.targets.is_empty(),
            polarity: claim.polarity.is_some(),
            factor: claim.factor.is_some(),
        };
        shape_faults(claim.stance, parts, |kind| {
            faults.push(Error::new(FieldPath::Stance, kind));
        });
        let statement =
            claim.statement.as_ref().and_then(|s| self.statement(s, false, &mut faults));
        let relation = statement.as_ref().map(|s| s.relation);
        let roles = self.roles(&claim.roles, relation, false, &mut faults);
        let targets = self.targets(
            claim,
            chain.as_deref().unwrap_or_default(),
            document.map(|(id, _)| id),
            &mut faults,
        );
        if let Some(quantity) = &claim.quantity {
            self.quantity(quantity, FieldPath::Quantity, &mut faults);
        }
        if claim.factor.is_some_and(|factor| !factor.is_positive()) {
            faults.push(Error::new(FieldPath::Quantity, ErrorKind::BadFactor));
        }
        let reported = claim.reported.or(document.and_then(|(_, doc)| doc.date()));
        self.times(claim, reported, &mut faults);
        for (span, part) in [(claim.span, FieldPath::Quotation), (claim.cue, FieldPath::Cue)] {
            if let Some(span) = span {
                let named = claim.document.is_some();
                self.span(span, document.map(|(_, doc)| doc), named, part, &mut faults);
            }
        }
        let entry = match (chain, roles, targets, reported) {
            (Some(chain), Some(roles), Some(targets), Some(reported)) if faults.is_empty() => {
                let marks =
                    Marks::new(claim.stance, claim.certainty, claim.modality, claim.prominence);
                let rich = Rich {
                    polarity: claim.polarity,
                    statement,
                    roles,
                    targets,
                    quantity: claim.quantity.clone().map(Box::new),
                    factor: claim.factor.map(Box::new),
                    valid: claim.valid.clone().map(Box::new),
                    said: claim.said.map(Day::from),
                    span: claim.span,
                    words: claim.words.as_deref().map(Box::from),
                    cue: claim.cue,
                    cue_words: claim.cue_words.as_deref().map(Box::from),
                    grade: claim.grade,
                };
                let turns =
                    relation.map(|relation| self.vocabulary.turns(relation)).unwrap_or_default();
                let document = document.map(|(id, _)| id);
                Some(Entry { chain, document, marks, reported: reported.into(), turns, rich })
            }
            _ => None,
        };
        Checked { entry, faults }
    }

    /// Returns the entity behind a handle, if it is one of this graph and of that kind.
    pub(crate) fn entity(
        self,
        entity: EntityId,
        kind: Option<&str>,
        part: FieldPath,
    ) -> Result<EntityId, Error> {
        let (key, registered) = self
            .registry
            .get(entity)
            .ok_or_else(|| Error::unknown(part.clone(), "entity", format!("{entity:?}")))?;
        let Some(wanted) = kind else {
            return Ok(entity);
        };
        if Takes::kind(wanted, self.vocabulary).takes(registered.kind, self.vocabulary) {
            return Ok(entity);
        }
        let found = self.vocabulary.kinds.key(registered.kind).to_owned();
        let kind = ErrorKind::WrongKind { key: excerpt(key), found, expected: wanted.to_owned() };
        Err(Error::new(part, kind))
    }

    pub(crate) fn statement(
        self,
        statement: &Statement,
        nested: bool,
        faults: &mut Vec<Error>,
    ) -> Option<HeldStatement> {
        let relation = match self.relation(statement.relation) {
            Ok(relation) => relation,
            Err(error) => {
                faults.push(error);
                return None;
            }
        };
        let def = self.vocabulary.relations.get(relation);
        let subject =
            self.argument(&statement.subject, &def.subject, FieldPath::Subject, nested, faults);
        let object =
            self.argument(&statement.object, &def.object, FieldPath::Object, nested, faults);
        let roles = self.roles(&statement.roles, Some(relation), nested, faults);
        Some(HeldStatement { subject: subject?, relation, object: object?, roles: roles? })
    }

    pub(crate) fn relation(self, label: RelationLabel) -> Result<RelationId, Error> {
        self.vocabulary.relations.resolve(label, FieldPath::Relation)
    }

    pub(crate) fn role(self, label: RoleLabel) -> Result<RoleId, Error> {
        self.vocabulary.roles.resolve(label, FieldPath::Role(label.key().into()))
    }

    fn roles(
        self,
        roles: &[(RoleLabel, Argument)],
        relation: Option<RelationId>,
        nested: bool,
        faults: &mut Vec<Error>,
    ) -> Option<Vec<(RoleId, HeldArgument)>> {
        let before = faults.len();
        let mut held = Vec::with_capacity(roles.len());
        let mut counts: FxHashMap<RoleId, usize> = FxHashMap::default();
        for (label, argument) in roles {
            let role = match self.role(*label) {
                Ok(role) => role,
                Err(error) => {
                    faults.push(error);
                    continue;
                }
            };
            let def = self.vocabulary.roles.get(role);
            let part = FieldPath::Role(def.key.clone());
            let relation = relation.map(|relation| self.vocabulary.relations.get(relation));
            if !def.general && !relation.is_some_and(|r| r.roles.contains(&def.key)) {
                let expected = match relation.map(|r| r.roles.as_slice()) {
                    Some([]) | None => "only those that every claim may have".to_owned(),
                    Some(roles) => roles.join(", "),
                };
                let relation =
                    relation.map_or("an answer without a statement", |r| r.key.as_str()).to_owned();
                faults
                    .push(Error::new(part.clone(), ErrorKind::RoleNotTaken { relation, expected }));
            }
            if let Some(argument) =
                self.argument(argument, &def.value, part.clone(), nested, faults)
            {
                held.push((role, argument));
            }
            let found = counts.entry(role).or_default();
            *found += 1;
            let found = *found;
            if let Some(at_most) = def.at_most.filter(|&most| found > most as usize) {
                faults.push(Error::new(part, ErrorKind::TooManyValues { found, at_most }));
            }
        }
        // Values of one role keep their order; roles themselves have none.
        held.sort_by_key(|(role, _)| self.vocabulary.roles.key(*role));
        (faults.len() == before).then_some(held)
    }

    pub(crate) fn argument(
        self,
        argument: &Argument,
        slot: &Slot,
        part: FieldPath,
        nested: bool,
        faults: &mut Vec<Error>,
    ) -> Option<HeldArgument> {
        let before = faults.len();
        let Some(value) = &argument.value else {
            faults.push(Error::new(part, ErrorKind::Wildcard));
            return None;
        };
        match value {
            Value::Entity(entity) => {
                let kind = match slot {
                    Slot::Kind(kind) => Some(kind.as_str()),
                    _ => None,
                };
                faults.extend(self.entity(*entity, kind, part.clone()).err());
            }
            Value::Claim(claim) => _ = self.known(*claim, part.clone(), faults),
            Value::Quantity(quantity) => self.quantity(quantity, part.clone(), faults),
            _ => {}
        }
        let held = value.try_map(|statement| {
            if nested {
                faults.push(Error::new(part.clone(), ErrorKind::NestedStatement));
                return None;
            }
            self.statement(statement, true, faults)
        })?;
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
        if !fits && faults.len() == before {
            let expected = slot.to_string();
            faults
                .push(Error::new(part, ErrorKind::WrongTerm { found: argument.name(), expected }));
        }
        (faults.len() == before).then_some(HeldArgument { value: held, basis: argument.basis })
    }

    pub(super) fn known(self, claim: ClaimId, part: FieldPath, faults: &mut Vec<Error>) -> bool {
        let known = self.ledger.contains(claim);
        if !known {
            faults.push(Error::unknown(part, "claim", format!("{claim:?}")));
        }
        known
    }

    pub(crate) fn quantity(self, quantity: &Quantity, part: FieldPath, faults: &mut Vec<Error>) {
        if quantity.unit().trim().is_empty() {
            let problem = "a quantity needs a unit";
            faults.push(Error::new(
                part.clone(),
                ErrorKind::BadText { text: excerpt(quantity.unit()), problem },
            ));
        }
        if quantity.is_inverted() {
            faults.push(Error::new(part.clone(), ErrorKind::InvertedQuantity));
        }
        if quantity.has_negative()
            && self.vocabulary.counts(self.vocabulary.unit_of(quantity.unit()))
        {
            faults.push(Error::new(
                part,
                ErrorKind::NegativeCount { unit: excerpt(quantity.unit()) },
            ));
        }
    }

    fn times(self, claim: &Claim, reported: Option<jiff::civil::Date>, faults: &mut Vec<Error>) {
        if let Some(error) = &claim.bad_period {
            faults.push(Error::new(FieldPath::Valid, ErrorKind::BadPeriod(error.clone())));
        }
        if claim.valid.as_ref().is_some_and(Period::is_inverted) {
            faults.push(Error::new(FieldPath::Valid, ErrorKind::InvertedPeriod));
        }
        let Some(reported) = reported else {
            faults.push(Error::new(FieldPath::Reported, ErrorKind::NoReportDate));
            return;
        };
        let told = tells(claim.stance, claim.modality);
        let earliest = claim.valid.as_ref().and_then(|period| happened(told, period));
        if let Some(earliest) = earliest.map(Day::date).filter(|&day| day > reported) {
            faults
                .push(Error::new(FieldPath::Valid, ErrorKind::AfterReport { earliest, reported }));
        }
        if let Some(said) = claim.said.filter(|&said| said > reported) {
            faults.push(Error::new(FieldPath::Said, ErrorKind::SaidAfterReport { said, reported }));
        }
    }

    /// Checks that a span lies in the document. If the document is named and unknown, that is a fault of its own, and
    /// the span adds none.
    fn span(
        self,
        span: Span,
        document: Option<&DocumentInfo>,
        named: bool,
        part: FieldPath,
        faults: &mut Vec<Error>,
    ) {
        if span.end < span.start {
            faults.push(Error::new(
                part,
                ErrorKind::InvertedSpan { start: span.start, end: span.end },
            ));
        } else if let Some(document) = document {
            faults.extend(document.check_span(span, part).err());
        } else if !named {
            faults.push(Error::new(part, ErrorKind::SpanWithoutDocument));
        }
    }
}
