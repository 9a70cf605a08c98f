//! Reads a node of class `cg:Claim` as a claim record.

use crate::rdf::iri::{Known, Space, key};
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::{NodeId, Value};
use crate::rdf::said::Said;
use claimgraph::Stance;
use claimgraph::claim::{Basis, Span};
use claimgraph::format::{ReadError, excerpt};
use claimgraph::grade::{Credibility, Grade};
use claimgraph::record::*;
use indexmap::IndexSet;
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};

/// The parts of a claim that can be combined only once all of the claim is read.
#[derive(Default)]
struct Parts {
    stance: Option<Stance>,
    attributed: Option<NodeId>,
    links: IndexSet<NodeId>,
    arguments: IndexSet<NodeId>,
    span: [Option<u64>; 2],
    cue: [Option<u64>; 2],
    cue_words: Option<String>,
    quotes: IndexSet<NodeId>,
    bases: [Option<Basis>; 2],
}

/// The roles that are properties, and the triples that they were read from.
#[derive(Default)]
struct Roles<'s> {
    records: Vec<RoleRecord>,
    seen: IndexSet<(NodeId, &'s Value)>,
}

impl<'s> Draft<'s> {
    pub(super) fn claim(&mut self, node: NodeId) -> Result<ClaimRecord, ReadError> {
        let store = self.store;
        let (mut record, mut parts) = (ClaimRecord::new(Stance::Asserts), Parts::default());
        let mut roles = Roles::default();
        for said in self.properties(node) {
            match said.known() {
                Some(known) => self.known(known, said, &mut record, &mut parts)?,
                None => self.role(said, &mut roles, false)?,
            }
        }
        record.stance = parts.stance.ok_or_else(|| store.fault(node, "a claim needs a stance"))?;
        record.speakers = self.speakers(&parts)?;
        record.statement = self.statement(node, parts.bases, false)?;
        record.roles = roles.records;
        self.arguments(&parts.arguments, &mut record.roles, false)?;
        record.span = self.span(node, parts.span)?;
        let cue = CueRecord { words: parts.cue_words, span: self.span(node, parts.cue)? };
        record.cue = Some(cue).filter(|cue| cue.words.is_some() || cue.span.is_some());
        let quotes = parts.quotes.iter().map(|&quote| self.quote(quote));
        record.quotes = quotes.collect::<Result<_, _>>()?;
        record.id = Some(store.name(node).to_owned());
        Ok(record)
    }

    fn known(
        &mut self,
        known: Known,
        said: Said<'s>,
        record: &mut ClaimRecord,
        parts: &mut Parts,
    ) -> Result<(), ReadError> {
        let number = || said.parsed::<u64>("a number of bytes");
        let [span_start, span_end] = &mut parts.span;
        let [cue_start, cue_end] = &mut parts.cue;
        let [subject_basis, object_basis] = &mut parts.bases;
        match known {
            Known::Type if said.is(Known::Claim) => Ok(()),
            Known::GeneratedBy => self.generated(said, &mut record.batch),
            Known::Stance => said.set(&mut parts.stance, said.word("stance")?),
            Known::Polarity => said.set(&mut record.polarity, said.word("polarity")?),
            Known::Certainty => said.set(&mut record.certainty, said.word("certainty")?),
            Known::Modality => said.set(&mut record.modality, said.word("modality")?),
            Known::Prominence => said.set(&mut record.prominence, said.word("prominence")?),
            Known::SubjectBasis => said.set(subject_basis, said.word("basis")?),
            Known::ObjectBasis => said.set(object_basis, said.word("basis")?),
            Known::Answers => self.target(said, Basis::Stated, record),
            Known::AnswersByReference => self.target(said, Basis::Resolved, record),
            Known::AnswersImplicitly => self.target(said, Basis::Implicit, record),
            Known::AnswersByInference => self.target(said, Basis::Inferred, record),
            Known::AnswersPossibly => self.target(said, Basis::Possible, record),
            Known::AttributedTo => said.set(&mut parts.attributed, said.node()?),
            Known::Attribution => {
                parts.links.insert(said.node()?);
                Ok(())
            }
            Known::Argument => {
                parts.arguments.insert(said.node()?);
                Ok(())
            }
            Known::HasQuantity => said.set(&mut record.quantity, self.quantity(said.node()?)?),
            Known::ObjectQuantity => {
                said.set(&mut record.object_quantity, self.quantity(said.node()?)?)
            }
            Known::Factor => said.set(&mut record.factor, said.parsed("a decimal number")?),
            Known::Direction => said.set(&mut record.direction, said.word("direction")?),
            Known::Valid => said.set(&mut record.valid, self.period(said)?),
            Known::PrimarySource => said.set(&mut record.document, self.entity(said.node()?)?),
            Known::SpanStart => said.set(span_start, number()?),
            Known::SpanEnd => said.set(span_end, number()?),
            Known::CueStart => said.set(cue_start, number()?),
            Known::CueEnd => said.set(cue_end, number()?),
            Known::Quote => {
                parts.quotes.insert(said.node()?);
                Ok(())
            }
            Known::CueWords => said.set(&mut parts.cue_words, said.string()?),
            Known::Words => said.set(&mut record.words, said.string()?),
            Known::Reported => said.set(&mut record.reported, said.day()?),
            Known::Said => said.set(&mut record.said, self.period(said)?),
            Known::Reliability | Known::Credibility | Known::Likelihood => {
                let grade = record.grade.get_or_insert_default();
                grade_of(known, said, grade)
            }
            // Other triples say this more exactly.
            Known::RevisionOf | Known::QuotedFrom | Known::Earliest | Known::Latest => Ok(()),
            _ => {
                self.leave(said);
                Ok(())
            }
        }
    }

    fn target(
        &mut self,
        said: Said<'s>,
        basis: Basis,
        record: &mut ClaimRecord,
    ) -> Result<(), ReadError> {
        let claim = said.node()?;
        let claim = self.claim_id(claim);
        record.targets.push(TargetRecord { claim, basis });
        Ok(())
    }

    fn span(&self, node: NodeId, ends: [Option<u64>; 2]) -> Result<Option<Span>, ReadError> {
        match ends {
            [Some(start), Some(end)] => Ok(Some(Span { start, end })),
            [None, None] => Ok(None),
            _ => Err(self.store.fault(node, "a span needs a start and an end")),
        }
    }

    fn quote(&mut self, node: NodeId) -> Result<QuoteRecord, ReadError> {
        let (mut words, mut fragment) = (None, None);
        let (mut span, mut marks) = ([None; 2], [None; 2]);
        for said in self.properties(node) {
            let number = || said.parsed::<u64>("a number of bytes");
            let ([start, end], [marks_start, marks_end]) = (&mut span, &mut marks);
            match said.known() {
                Some(Known::Words) => said.set(&mut words, said.string()?)?,
                Some(Known::SpanStart) => said.set(start, number()?)?,
                Some(Known::SpanEnd) => said.set(end, number()?)?,
                Some(Known::MarksStart) => said.set(marks_start, number()?)?,
                Some(Known::MarksEnd) => said.set(marks_end, number()?)?,
                Some(Known::Fragment) => said.set(&mut fragment, said.flag()?)?,
                _ => self.leave(said),
            }
        }
        let (span, span_with_marks) = (self.span(node, span)?, self.span(node, marks)?);
        Ok(QuoteRecord { words, span, span_with_marks, fragment: fragment.unwrap_or(false) })
    }

    /// Returns the speakers of the chain by their position, or the one speaker that is named without a chain.
    fn speakers(&mut self, parts: &Parts) -> Result<Vec<SpeakerRecord>, ReadError> {
        let store = self.store;
        if parts.links.is_empty() {
            let source = parts.attributed.map(|agent| self.entity(agent)).transpose()?;
            return Ok(source.map(SpeakerRecord::new).into_iter().collect());
        }
        let mut chain: Vec<(u64, SpeakerRecord)> = Vec::with_capacity(parts.links.len());
        for &link in &parts.links {
            let (mut position, mut agent) = (None, None);
            let mut speaker = SpeakerRecord::unnamed();
            for said in self.properties(link) {
                match said.known() {
                    Some(Known::Position) => {
                        said.set(&mut position, said.parsed("a position counted from 1")?)?
                    }
                    Some(Known::Agent) => said.set(&mut agent, said.node()?)?,
                    Some(Known::Basis) => speaker.basis = said.word("basis")?,
                    Some(Known::Direct) => speaker.direct = said.flag()?,
                    _ => self.leave(said),
                }
            }
            let agent = agent.filter(|agent| *agent != Known::NotStated.node());
            speaker.source = agent.map(|agent| self.entity(agent)).transpose()?;
            // A chain of one does not need a position.
            let position = position.or((parts.links.len() == 1).then_some(1));
            let position =
                position.ok_or_else(|| store.fault(link, "a link of a chain needs a position"))?;
            chain.push((position, speaker));
        }
        chain.sort_by_key(|(position, _)| *position);
        if let Some(twice) = chain.iter().zip(chain.iter().skip(1)).find(|(a, b)| a.0 == b.0) {
            let link = parts.links.first().copied().unwrap_or_default();
            return Err(store.fault(
                link,
                format!("two links of the chain have the position {}; expected one", twice.0.0),
            ));
        }
        Ok(chain.into_iter().map(|(_, speaker)| speaker).collect())
    }

    // ----- statements

    fn statement(
        &mut self,
        node: NodeId,
        bases: [Option<Basis>; 2],
        inner: bool,
    ) -> Result<Option<StatementRecord>, ReadError> {
        let store = self.store;
        let Some(said) = store.one_proposition(node)? else { return Ok(None) };
        let [subject_basis, object_basis] = bases;
        let mut subject = self.node_term(node, said.subject, inner)?;
        subject.basis = subject_basis.unwrap_or(Basis::Stated);
        let mut object = self.term(node, said.predicate, &said.object, inner)?;
        object.basis = object_basis.unwrap_or(Basis::Stated);
        let relation = self.relation_key(said.predicate)?;
        Ok(Some(StatementRecord::new(subject, relation, object)))
    }

    /// Reads a statement that is not asserted. A statement cannot hold a further one.
    fn inner_statement(&mut self, node: NodeId) -> Result<StatementRecord, ReadError> {
        let (mut roles, mut arguments) = (Roles::default(), IndexSet::new());
        let mut bases = [None, None];
        let (mut negated, mut valid) = (None, None);
        for said in self.properties(node) {
            let [subject_basis, object_basis] = &mut bases;
            match said.known() {
                Some(Known::Type) if said.is(Known::Statement) => {}
                Some(Known::SubjectBasis) => *subject_basis = Some(said.word("basis")?),
                Some(Known::ObjectBasis) => *object_basis = Some(said.word("basis")?),
                Some(Known::Argument) => drop(arguments.insert(said.node()?)),
                Some(Known::Negated) => said.set(&mut negated, said.flag()?)?,
                Some(Known::Valid) => said.set(&mut valid, self.period(said)?)?,
                Some(Known::Earliest | Known::Latest) => {}
                Some(_) => self.leave(said),
                None => self.role(said, &mut roles, true)?,
            }
        }
        self.arguments(&arguments, &mut roles.records, true)?;
        let statement = self.statement(node, bases, true)?;
        let mut statement = statement
            .ok_or_else(|| self.store.fault(node, "a statement needs a triple that it reifies"))?;
        (statement.roles, statement.negated) = (roles.records, negated.unwrap_or(false));
        statement.valid = valid;
        Ok(statement)
    }

    /// Reads a role whose key is the predicate.
    fn role(
        &mut self,
        said: Said<'s>,
        roles: &mut Roles<'s>,
        inner: bool,
    ) -> Result<(), ReadError> {
        let Some(role) = self.role_key(said.predicate) else {
            self.leave(said);
            return Ok(());
        };
        // A file may say a triple twice.
        if roles.seen.insert((said.predicate, said.value)) {
            let value = self.term(said.node, said.predicate, said.value, inner)?;
            roles.records.push(RoleRecord::new(role, value));
        }
        Ok(())
    }

    /// Reads values with a position or a basis, in their order, after those without.
    fn arguments(
        &mut self,
        nodes: &IndexSet<NodeId>,
        roles: &mut Vec<RoleRecord>,
        inner: bool,
    ) -> Result<(), ReadError> {
        let store = self.store;
        let mut found: Vec<(u64, RoleRecord)> = Vec::with_capacity(nodes.len());
        for &node in nodes {
            let (mut position, mut role, mut term, mut basis) = (None, None, None, None);
            for said in self.properties(node) {
                match said.known() {
                    Some(Known::Position) => {
                        said.set(&mut position, said.parsed("a position counted from 1")?)?
                    }
                    Some(Known::InRole) => {
                        let named = said.node()?;
                        let named = self
                            .role_key(named)
                            .ok_or_else(|| store.fault(named, "expected a role"))?;
                        said.set(&mut role, named)?;
                    }
                    Some(Known::Value) => {
                        let value = self.term(node, said.predicate, said.value, inner)?;
                        said.set(&mut term, value)?;
                    }
                    Some(Known::Basis) => said.set(&mut basis, said.word("basis")?)?,
                    _ => self.leave(said),
                }
            }
            let role = role.ok_or_else(|| store.fault(node, "an argument needs a role"))?;
            let mut value: TermRecord =
                term.ok_or_else(|| store.fault(node, "an argument needs a value"))?;
            value.basis = basis.unwrap_or(Basis::Stated);
            found.push((position.unwrap_or(u64::MAX), RoleRecord { role, value }));
        }
        found.sort_by_key(|(position, _)| *position);
        roles.extend(found.into_iter().map(|(_, role)| role));
        Ok(())
    }

    // ----- terms

    pub(super) fn term(
        &mut self,
        of: NodeId,
        predicate: NodeId,
        value: &Value,
        inner: bool,
    ) -> Result<TermRecord, ReadError> {
        let text = match value {
            Value::Node(node) => return self.node_term(of, *node, inner),
            Value::Triple => {
                return Err(self.store.fault(of, "expected a node that reifies the triple term"));
            }
            value => self.store.text_of(value),
        };
        let text = match (text, value) {
            (Some(text), _) => text.into_owned(),
            (None, Value::Tagged(text, _) | Value::Typed(text, _) | Value::Text(text)) => {
                self.losses.note("language or datatype of a text", self.store.name(of));
                text.to_string()
            }
            (None, _) => {
                return Err(self
                    .store
                    .fault(of, format!("{} has no value", self.store.name(predicate))));
            }
        };
        Ok(TermRecord::text(text))
    }

    fn node_term(
        &mut self,
        of: NodeId,
        node: NodeId,
        inner: bool,
    ) -> Result<TermRecord, ReadError> {
        let store = self.store;
        let (class, name) = (self.classes.class(node), store.name(node));
        match (Known::at(node), class) {
            (Some(Known::Nothing), _) => return Ok(TermRecord::absent(Absence::Nothing)),
            (Some(Known::NotStated), _) => return Ok(TermRecord::absent(Absence::NotStated)),
            (_, Some(Known::Claim)) => return Ok(TermRecord::claim(self.claim_id(node))),
            (_, Some(Known::Quantity)) => return Ok(TermRecord::quantity(self.quantity(node)?)),
            (_, Some(Known::Statement)) if inner => {
                return Err(store.fault(of, "expected at most one statement within another"));
            }
            (_, Some(Known::Statement)) => {
                return Ok(TermRecord::statement(self.inner_statement(node)?));
            }
            _ => {}
        }
        if key(Space::Claim, name).is_some() {
            // The claim is named and not described anywhere: the loader refuses it.
            return Ok(TermRecord::claim(name));
        }
        let is_part = store.is_blank(node) || name.starts_with("urn:claimgraph:part:");
        if let Some(said) = store.first(node, Known::Text).filter(|_| is_part) {
            self.seen.push(node);
            return Ok(TermRecord::text(said.string()?));
        }
        if is_part {
            let problem =
                format!("expected a claim, quantity, statement or text, found {}", excerpt(name));
            return Err(store.fault(of, problem));
        }
        Ok(TermRecord::entity(self.entity(node)?))
    }
}

fn grade_of(known: Known, said: Said<'_>, grade: &mut Grade) -> Result<(), ReadError> {
    match known {
        Known::Reliability => {
            let letter = said.text()?;
            let letter = Deserialize::deserialize(StrDeserializer::<WordError>::new(&letter));
            let letter = letter
                .map_err(|_| said.store.fault(said.node, "expected a reliability from A to F"))?;
            said.set(&mut grade.reliability, letter)
        }
        Known::Credibility => {
            let digit: u8 = said.parsed("a credibility from 1 to 6")?;
            let digit = Credibility::try_from(digit)
                .map_err(|error| said.store.fault(said.node, error.to_string()))?;
            said.set(&mut grade.credibility, digit)
        }
        _ => said.set(&mut grade.likelihood, said.word("likelihood")?),
    }
}
