//! What a claim must be before it goes on record. Each check is made once, here.

use crate::model::claim::Claim;
use crate::model::document::{DocumentInfo, Span};
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId, RelationId, RoleId};
use crate::model::statement::{Argument, Statement, Value};
use crate::model::text::excerpt;
use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::value::quantity::Quantity;
use crate::model::value::stance::{Basis, Modality, Stance};
use crate::model::vocabulary::relation::{Label, RelationLabel, RoleLabel};
use crate::model::vocabulary::{Slot, Vocabulary};
use crate::store::claim_flags::Marks;
use crate::store::entity_table::Registry;
use crate::store::ledger::Ledger;
use crate::store::origin_table::SpeakerLink;
use crate::store::stored_claim::{Entry, Held, HeldArgument, HeldStatement, Rich};
use indexmap::IndexMap;

/// Everything a check looks at.
#[derive(Clone, Copy)]
pub(crate) struct Checker<'g> {
    pub(crate) vocabulary: &'g Vocabulary,
    pub(crate) registry: &'g Registry,
    pub(crate) ledger: &'g Ledger,
}

/// The claim resolved, and all that is wrong with it, in the order of its parts.
pub(crate) struct Checked {
    pub(crate) entry: Option<Entry>,
    pub(crate) faults: Vec<Error>,
}

impl<'g> Checker<'g> {
    pub(crate) fn claim(self, claim: &Claim) -> Checked {
        let mut faults = Vec::new();
        let (chain, document) = self.origin(claim, &mut faults);
        self.shape(claim, &mut faults);
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

    /// The chain of speakers, outermost first, and the document it was read in.
    pub(crate) fn origin(
        self,
        claim: &Claim,
        faults: &mut Vec<Error>,
    ) -> (Option<Vec<SpeakerLink>>, Option<(EntityId, &'g DocumentInfo)>) {
        // A document that speaks in its own voice is read in itself.
        let outermost = claim
            .chain
            .last()
            .filter(|speaker| matches!(speaker.who.value, Value::Entity(e) if self.registry.document(e).is_some()));
        let read_in = claim.document.as_ref().or(outermost.map(|speaker| &speaker.who));
        let document = read_in.and_then(|doc| self.document(doc, faults));
        (self.chain(claim, document.map(|(id, _)| id), faults), document)
    }

    /// The entity behind a handle, if it is one of this graph and of that kind.
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
        match self.vocabulary.kind_place(wanted) {
            Some(kind) if self.vocabulary.is_a(registered.kind, kind) => Ok(entity),
            _ => {
                let found = self.vocabulary.kind_key(registered.kind).to_owned();
                Err(Error::new(
                    part,
                    ErrorKind::WrongKind { key: excerpt(key), found, expected: wanted.to_owned() },
                ))
            }
        }
    }

    fn document(
        self,
        argument: &Argument,
        faults: &mut Vec<Error>,
    ) -> Option<(EntityId, &'g DocumentInfo)> {
        let Value::Entity(entity) = argument.value else {
            faults.push(Error::new(
                FieldPath::Document,
                ErrorKind::WrongTerm {
                    found: argument.value.name(),
                    expected: "a Document".into(),
                },
            ));
            return None;
        };
        if let Err(error) = self.entity(entity, Some("Document"), FieldPath::Document) {
            faults.push(error);
            return None;
        }
        let document = self.registry.document(entity);
        if document.is_none() {
            let key = self.registry.get(entity).map(|(key, _)| excerpt(key)).unwrap_or_default();
            faults.push(Error::new(FieldPath::Document, ErrorKind::NotReadable { key }));
        }
        document.map(|doc| (entity, doc))
    }

    /// The chain outermost first, the document before all others.
    fn chain(
        self,
        claim: &Claim,
        document: Option<EntityId>,
        faults: &mut Vec<Error>,
    ) -> Option<Vec<SpeakerLink>> {
        let before = faults.len();
        let mut chain = Vec::with_capacity(claim.chain.len() + 1);
        for (steps, speaker) in claim.chain.iter().enumerate() {
            let part = FieldPath::Speaker(steps);
            let source = match speaker.who.value {
                Value::Entity(entity) => self.entity(entity, Some("Source"), part).map(Some),
                Value::NotStated => Ok(None),
                ref other => Err(Error::new(
                    part,
                    ErrorKind::WrongTerm { found: other.name(), expected: "a Source".into() },
                )),
            };
            match source {
                Ok(source) => {
                    chain.push(SpeakerLink { source, basis: speaker.basis, direct: speaker.direct })
                }
                Err(error) => faults.push(error),
            }
        }
        if let Some(document) =
            document.filter(|&doc| chain.last().is_none_or(|link| link.source != Some(doc)))
        {
            chain.push(SpeakerLink { source: Some(document), basis: Basis::Stated, direct: false });
        }
        chain.reverse();
        // "The article says that the article says" is said once; the link nearer to what is said stays.
        while let [first, second, ..] = chain.as_slice()
            && first.source.is_some()
            && first.source == second.source
        {
            chain.remove(0);
        }
        (faults.len() == before).then_some(chain)
    }

    fn shape(self, claim: &Claim, faults: &mut Vec<Error>) {
        let stance = claim.stance;
        let mut fault = |kind| faults.push(Error::new(FieldPath::Stance, kind));
        let (stated, answering) = (claim.statement.is_some(), !claim.targets.is_empty());
        if stated && !stance.takes_statement() {
            fault(ErrorKind::NotTaken { stance, found: "statement of its own" });
        }
        if answering && stance.bearing().is_none() {
            fault(ErrorKind::NotTaken { stance, found: "claims to answer" });
        }
        if !answering && stance.needs_target() {
            fault(ErrorKind::Missing { stance, expected: "at least one claim to answer" });
        } else if stance == Stance::Denies && !stated {
            fault(ErrorKind::Missing {
                stance,
                expected: "a statement; to wave a claim away, dismiss it",
            });
        } else if !stated && !answering {
            fault(ErrorKind::Missing { stance, expected: "a statement or a claim to answer" });
        }
        if claim.polarity.is_some() != (stance == Stance::Assesses) {
            let kind = match claim.polarity {
                Some(_) => ErrorKind::NotTaken { stance, found: "polarity" },
                None => ErrorKind::Missing { stance, expected: "a polarity" },
            };
            fault(kind);
        }
        if claim.factor.is_some() && stance != Stance::Revises {
            fault(ErrorKind::NotTaken { stance, found: "factor" });
        }
    }

    fn statement(
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
        let def = self.vocabulary.relation_def(relation)?;
        let subject =
            self.argument(&statement.subject, &def.subject, FieldPath::Subject, nested, faults);
        let object =
            self.argument(&statement.object, &def.object, FieldPath::Object, nested, faults);
        let roles = self.roles(&statement.roles, Some(relation), nested, faults);
        Some(HeldStatement { subject: subject?, relation, object: object?, roles: roles? })
    }

    pub(crate) fn relation(self, label: RelationLabel) -> Result<RelationId, Error> {
        match label {
            Label::Place(place) if self.vocabulary.relation_def(place).is_some() => Ok(place),
            Label::Place(place) => {
                Err(Error::unknown(FieldPath::Relation, "relation", format!("{place:?}")))
            }
            Label::Key(key) => self
                .vocabulary
                .relation_place(key)
                .ok_or_else(|| Error::unknown(FieldPath::Relation, "relation", key)),
        }
    }

    pub(crate) fn role(self, label: RoleLabel) -> Result<RoleId, Error> {
        match label {
            Label::Place(place) if self.vocabulary.role_def(place).is_some() => Ok(place),
            Label::Place(place) => {
                Err(Error::unknown(FieldPath::Role(String::new()), "role", format!("{place:?}")))
            }
            Label::Key(key) => self
                .vocabulary
                .role_place(key)
                .ok_or_else(|| Error::unknown(FieldPath::Role(key.into()), "role", key)),
        }
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
        let mut counts: IndexMap<RoleId, usize> = IndexMap::new();
        for (label, argument) in roles {
            let role = match self.role(*label) {
                Ok(role) => role,
                Err(error) => {
                    faults.push(error);
                    continue;
                }
            };
            let Some(def) = self.vocabulary.role_def(role) else {
                continue;
            };
            let part = FieldPath::Role(def.key.clone());
            let relation = relation.and_then(|r| self.vocabulary.relation_def(r));
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
        held.sort_by_key(|(role, _)| self.vocabulary.role_key(*role));
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
        let held = match &argument.value {
            Value::Entity(entity) => {
                let kind = match slot {
                    Slot::Kind(kind) => Some(kind.as_str()),
                    _ => None,
                };
                if let Err(error) = self.entity(*entity, kind, part.clone()) {
                    faults.push(error);
                }
                Held::Entity(*entity)
            }
            Value::Claim(claim) => {
                self.known(*claim, part.clone(), faults);
                Held::Claim(*claim)
            }
            Value::Text(text) => Held::Text(text.as_str().into()),
            Value::Quantity(quantity) => {
                self.quantity(quantity, part.clone(), faults);
                Held::Quantity(quantity.clone())
            }
            Value::Statement(_) if nested => {
                faults.push(Error::new(part, ErrorKind::NestedStatement));
                return None;
            }
            Value::Statement(statement) => {
                Held::Statement(Box::new(self.statement(statement, true, faults)?))
            }
            Value::Nothing => Held::Nothing,
            Value::NotStated => Held::NotStated,
            Value::Any => {
                faults.push(Error::new(part, ErrorKind::Wildcard));
                return None;
            }
        };
        let fits = matches!(
            (&held, slot),
            (_, Slot::Any)
                | (Held::NotStated, _)
                | (Held::Entity(_), Slot::Kind(_))
                | (Held::Claim(_), Slot::Claim)
                | (Held::Text(_), Slot::Text)
                | (Held::Quantity(_), Slot::Number)
                | (Held::Statement(_), Slot::Statement)
                | (Held::Nothing, Slot::Nothing)
        );
        if !fits && faults.len() == before {
            faults.push(Error::new(
                part,
                ErrorKind::WrongTerm { found: argument.value.name(), expected: slot.to_string() },
            ));
        }
        (faults.len() == before).then_some(HeldArgument { held, basis: argument.basis })
    }

    fn known(self, claim: ClaimId, part: FieldPath, faults: &mut Vec<Error>) -> bool {
        let known = self.ledger.contains(claim);
        if !known {
            faults.push(Error::unknown(part, "claim", format!("{claim:?}")));
        }
        known
    }

    fn targets(
        self,
        claim: &Claim,
        chain: &[SpeakerLink],
        document: Option<EntityId>,
        faults: &mut Vec<Error>,
    ) -> Option<Vec<(ClaimId, Basis)>> {
        let before = faults.len();
        let mut targets: IndexMap<ClaimId, Basis> = IndexMap::with_capacity(claim.targets.len());
        for (index, &(target, basis)) in claim.targets.iter().enumerate() {
            let part = FieldPath::Target(index);
            if Some(target) == self.ledger.next() {
                faults.push(Error::new(part, ErrorKind::AnswersItself));
                continue;
            }
            if !self.known(target, part.clone(), faults) {
                continue;
            }
            if claim.stance == Stance::Retracts && !self.is_own(chain, document, target) {
                faults.push(Error::new(part, ErrorKind::NotOwnClaim));
            }
            // The firmer of two readings counts.
            let known = targets.entry(target).or_insert(basis);
            *known = (*known).min(basis);
        }
        targets.sort_unstable_keys();
        (faults.len() == before).then(|| targets.into_iter().collect())
    }

    /// Whether the innermost speaker of the chain is one of the target's own speakers, or published it.
    fn is_own(self, chain: &[SpeakerLink], document: Option<EntityId>, target: ClaimId) -> bool {
        let Some(row) = self.ledger.find(target) else {
            return false;
        };
        let (theirs, read_in) = (self.ledger.chain(row), self.ledger.document(row));
        let Some(speaker) = chain.last().and_then(|link| link.source) else {
            return false;
        };
        let publisher = |doc: Option<EntityId>| {
            doc.and_then(|d| self.registry.document(d)).and_then(DocumentInfo::publisher)
        };
        let outermost = theirs.iter().find(|link| link.source != read_in).or(theirs.first());
        let own = [outermost, theirs.last()]
            .into_iter()
            .flatten()
            .any(|link| link.source == Some(speaker));
        let own_voice = Some(speaker) == document && theirs.len() == 1;
        own || publisher(read_in) == Some(speaker)
            || (own_voice
                && publisher(document).is_some()
                && publisher(document) == publisher(read_in))
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
        let happened = |period: &&Period| {
            let told = claim.modality == Modality::Actual && claim.stance.commits();
            told && period.aspect() != Aspect::State && !period.is_inverted()
        };
        let earliest = claim.valid.as_ref().filter(happened).and_then(Period::start_earliest);
        if let Some(earliest) = earliest.filter(|&day| day > reported) {
            faults
                .push(Error::new(FieldPath::Valid, ErrorKind::AfterReport { earliest, reported }));
        }
        if let Some(said) = claim.said.filter(|&said| said > reported) {
            faults.push(Error::new(FieldPath::Said, ErrorKind::SaidAfterReport { said, reported }));
        }
    }

    /// A document that is named and unknown is a fault of its own.
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
