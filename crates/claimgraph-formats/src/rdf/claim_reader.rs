//! A node of class `cg:Claim` as a claim.

use crate::rdf::iri::{Known, Space, key};
use crate::rdf::node_reader::Draft;
use crate::rdf::quad_store::{NodeId, Value};
use claimgraph::Stance;
use claimgraph::claim::{Basis, Span};
use claimgraph::format::{ReadError, excerpt};
use claimgraph::grade::{Credibility, Grade};
use claimgraph::record::*;
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};

/// What has to be put together once all of a claim is read.
#[derive(Default)]
struct Parts {
    stance: Option<Stance>,
    attributed: Option<NodeId>,
    links: Vec<NodeId>,
    arguments: Vec<NodeId>,
    span: [Option<u64>; 2],
    cue: [Option<u64>; 2],
    cue_words: Option<String>,
    bases: [Option<Basis>; 2],
}

impl<'s> Draft<'s> {
    pub(super) fn claim(&mut self, node: NodeId) -> Result<ClaimRecord, ReadError> {
        let store = self.store;
        let (mut record, mut parts) = (ClaimRecord::new(Stance::Asserts), Parts::default());
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            match Known::at(predicate) {
                Some(known) => self.known(node, known, value, &mut record, &mut parts)?,
                None => self.direct_role(node, predicate, value, &mut record.roles)?,
            }
        }
        record.stance = parts.stance.ok_or_else(|| store.fault(node, "a claim needs a stance"))?;
        record.speakers = self.speakers(&parts)?;
        record.statement = self.statement(node, parts.bases, false)?;
        self.arguments(&parts.arguments, &mut record.roles, false)?;
        record.span = self.span(node, parts.span)?;
        let cue = CueRecord { words: parts.cue_words, span: self.span(node, parts.cue)? };
        record.cue = Some(cue).filter(|cue| cue.words.is_some() || cue.span.is_some());
        record.id = Some(store.name(node).to_owned());
        Ok(record)
    }

    fn known(
        &mut self,
        node: NodeId,
        known: Known,
        value: &'s Value,
        record: &mut ClaimRecord,
        parts: &mut Parts,
    ) -> Result<(), ReadError> {
        let (store, predicate) = (self.store, known.node());
        let text = || store.as_text(node, predicate, value).map(|text| text.into_owned());
        let number = || store.as_parsed::<u64>(node, predicate, value, "a number of bytes");
        let [span_start, span_end] = &mut parts.span;
        let [cue_start, cue_end] = &mut parts.cue;
        let [subject_basis, object_basis] = &mut parts.bases;
        match known {
            Known::Type if *value == Value::Node(Known::Claim.node()) => Ok(()),
            Known::Stance => self.set(
                node,
                predicate,
                &mut parts.stance,
                store.as_word(node, predicate, value, "stance")?,
            ),
            Known::Polarity => self.set(
                node,
                predicate,
                &mut record.polarity,
                store.as_word(node, predicate, value, "polarity")?,
            ),
            Known::Certainty => self.set(
                node,
                predicate,
                &mut record.certainty,
                store.as_word(node, predicate, value, "certainty")?,
            ),
            Known::Modality => self.set(
                node,
                predicate,
                &mut record.modality,
                store.as_word(node, predicate, value, "modality")?,
            ),
            Known::Prominence => self.set(
                node,
                predicate,
                &mut record.prominence,
                store.as_word(node, predicate, value, "prominence")?,
            ),
            Known::SubjectBasis => {
                self.set(node, predicate, subject_basis, self.basis(node, predicate, value)?)
            }
            Known::ObjectBasis => {
                self.set(node, predicate, object_basis, self.basis(node, predicate, value)?)
            }
            Known::Answers => self.target(node, predicate, value, Basis::Stated, record),
            Known::AnswersImplicitly => {
                self.target(node, predicate, value, Basis::Implicit, record)
            }
            Known::AnswersByInference => {
                self.target(node, predicate, value, Basis::Inferred, record)
            }
            Known::AnswersPossibly => self.target(node, predicate, value, Basis::Possible, record),
            Known::AttributedTo => self.set(
                node,
                predicate,
                &mut parts.attributed,
                store.as_node(node, predicate, value)?,
            ),
            Known::Attribution => {
                push_new(&mut parts.links, store.as_node(node, predicate, value)?)
            }
            Known::Argument => {
                push_new(&mut parts.arguments, store.as_node(node, predicate, value)?)
            }
            Known::HasQuantity => {
                let figure = store.as_node(node, predicate, value)?;
                let figure = self.quantity(figure)?;
                self.set(node, predicate, &mut record.quantity, figure)
            }
            Known::Factor => {
                let factor = store.as_parsed(node, predicate, value, "a decimal number")?;
                self.set(node, predicate, &mut record.factor, factor)
            }
            Known::Valid => {
                let valid = self.period(node, predicate, value)?;
                self.set(node, predicate, &mut record.valid, valid)
            }
            Known::PrimarySource => {
                let document = store.as_node(node, predicate, value)?;
                let document = self.entity(document)?;
                self.set(node, predicate, &mut record.document, document)
            }
            Known::SpanStart => self.set(node, predicate, span_start, number()?),
            Known::SpanEnd => self.set(node, predicate, span_end, number()?),
            Known::CueStart => self.set(node, predicate, cue_start, number()?),
            Known::CueEnd => self.set(node, predicate, cue_end, number()?),
            Known::CueWords => self.set(node, predicate, &mut parts.cue_words, text()?),
            Known::Words => self.set(node, predicate, &mut record.words, text()?),
            Known::Reported => self.set(
                node,
                predicate,
                &mut record.reported,
                store.as_day(node, predicate, value)?,
            ),
            Known::Said => {
                self.set(node, predicate, &mut record.said, store.as_day(node, predicate, value)?)
            }
            Known::Reliability | Known::Credibility | Known::Likelihood => {
                let grade = record.grade.get_or_insert_default();
                self.grade(node, known, value, grade)
            }
            // What other triples say more exactly.
            Known::RevisionOf | Known::QuotedFrom | Known::Earliest | Known::Latest => Ok(()),
            _ => {
                self.leave(node, predicate, value);
                Ok(())
            }
        }
    }

    fn grade(
        &self,
        node: NodeId,
        known: Known,
        value: &'s Value,
        grade: &mut Grade,
    ) -> Result<(), ReadError> {
        let (store, predicate) = (self.store, known.node());
        match known {
            Known::Reliability => {
                let letter = store.as_text(node, predicate, value)?;
                let letter = StrDeserializer::<WordError>::new(&letter);
                let letter = Deserialize::deserialize(letter)
                    .map_err(|_| store.fault(node, "a reliability is A to F"))?;
                self.set(node, predicate, &mut grade.reliability, letter)
            }
            Known::Credibility => {
                let digit: u8 =
                    store.as_parsed(node, predicate, value, "a credibility from 1 to 6")?;
                let digit = Credibility::try_from(digit)
                    .map_err(|error| store.fault(node, error.to_string()))?;
                self.set(node, predicate, &mut grade.credibility, digit)
            }
            _ => self.set(
                node,
                predicate,
                &mut grade.likelihood,
                store.as_word(node, predicate, value, "likelihood")?,
            ),
        }
    }

    fn target(
        &mut self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
        basis: Basis,
        record: &mut ClaimRecord,
    ) -> Result<(), ReadError> {
        let claim = self.store.as_node(node, predicate, value)?;
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

    /// The links of the chain by their position, or the one who is named without a chain.
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
            for (predicate, value) in self.properties(link) {
                let predicate = *predicate;
                match Known::at(predicate) {
                    Some(Known::Position) => {
                        let place =
                            store.as_parsed(link, predicate, value, "a position counted from 1")?;
                        self.set(link, predicate, &mut position, place)?;
                    }
                    Some(Known::Agent) => self.set(
                        link,
                        predicate,
                        &mut agent,
                        store.as_node(link, predicate, value)?,
                    )?,
                    Some(Known::Basis) => speaker.basis = self.basis(link, predicate, value)?,
                    Some(Known::Direct) => {
                        speaker.direct = store.as_flag(link, predicate, value)?
                    }
                    _ => self.leave(link, predicate, value),
                }
            }
            let agent = agent.filter(|agent| *agent != Known::NotStated.node());
            speaker.source = agent.map(|agent| self.entity(agent)).transpose()?;
            // A chain of one needs no position.
            let position = position.or((parts.links.len() == 1).then_some(1));
            let position =
                position.ok_or_else(|| store.fault(link, "a link of a chain needs a position"))?;
            chain.push((position, speaker));
        }
        chain.sort_by_key(|(position, _)| *position);
        if let Some(twice) = chain.iter().zip(chain.iter().skip(1)).find(|(a, b)| a.0 == b.0) {
            let link = parts.links.first().copied().unwrap_or_default();
            return Err(store
                .fault(link, format!("two links of the chain have the position {}", twice.0.0)));
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

    /// A statement that nobody asserts; there is none within another.
    fn inner_statement(&mut self, node: NodeId) -> Result<StatementRecord, ReadError> {
        let (mut roles, mut arguments, mut bases) = (Vec::new(), Vec::new(), [None, None]);
        for (predicate, value) in self.properties(node) {
            let predicate = *predicate;
            let [subject_basis, object_basis] = &mut bases;
            match Known::at(predicate) {
                Some(Known::Type) if *value == Value::Node(Known::Statement.node()) => {}
                Some(Known::SubjectBasis) => {
                    *subject_basis = Some(self.basis(node, predicate, value)?)
                }
                Some(Known::ObjectBasis) => {
                    *object_basis = Some(self.basis(node, predicate, value)?)
                }
                Some(Known::Argument) => {
                    push_new(&mut arguments, self.store.as_node(node, predicate, value)?)?
                }
                Some(_) => self.leave(node, predicate, value),
                None => match self.role_key(predicate) {
                    Some(role) => self.role(node, predicate, value, role, &mut roles, true)?,
                    None => self.leave(node, predicate, value),
                },
            }
        }
        self.arguments(&arguments, &mut roles, true)?;
        let statement = self.statement(node, bases, true)?;
        let mut statement =
            statement.ok_or_else(|| self.store.fault(node, "a statement stands for no triple"))?;
        statement.roles = roles;
        Ok(statement)
    }

    fn direct_role(
        &mut self,
        node: NodeId,
        predicate: NodeId,
        value: &'s Value,
        roles: &mut Vec<RoleRecord>,
    ) -> Result<(), ReadError> {
        match self.role_key(predicate) {
            Some(role) => self.role(node, predicate, value, role, roles, false),
            None => {
                self.leave(node, predicate, value);
                Ok(())
            }
        }
    }

    fn role(
        &mut self,
        node: NodeId,
        predicate: NodeId,
        value: &Value,
        role: String,
        roles: &mut Vec<RoleRecord>,
        inner: bool,
    ) -> Result<(), ReadError> {
        let role = RoleRecord::new(role, self.term(node, predicate, value, inner)?);
        // A file may say a triple twice.
        if !roles.contains(&role) {
            roles.push(role);
        }
        Ok(())
    }

    /// Values with a position or a basis, in their order, after those without.
    fn arguments(
        &mut self,
        nodes: &[NodeId],
        roles: &mut Vec<RoleRecord>,
        inner: bool,
    ) -> Result<(), ReadError> {
        let store = self.store;
        let mut found: Vec<(u64, RoleRecord)> = Vec::with_capacity(nodes.len());
        for &node in nodes {
            let (mut position, mut role, mut term, mut basis) = (None, None, None, None);
            for (predicate, value) in self.properties(node) {
                let predicate = *predicate;
                match Known::at(predicate) {
                    Some(Known::Position) => {
                        let place =
                            store.as_parsed(node, predicate, value, "a position counted from 1")?;
                        self.set(node, predicate, &mut position, place)?;
                    }
                    Some(Known::InRole) => {
                        let named = store.as_node(node, predicate, value)?;
                        let named = self
                            .role_key(named)
                            .ok_or_else(|| store.fault(named, "it is no role"))?;
                        self.set(node, predicate, &mut role, named)?;
                    }
                    Some(Known::Value) => {
                        let value = self.term(node, predicate, value, inner)?;
                        self.set(node, predicate, &mut term, value)?;
                    }
                    Some(Known::Basis) => {
                        self.set(node, predicate, &mut basis, self.basis(node, predicate, value)?)?
                    }
                    _ => self.leave(node, predicate, value),
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
                return Err(self
                    .store
                    .fault(of, "a triple term stands where a node should reify it"));
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
                return Err(store.fault(of, "a statement within a statement holds no further one"));
            }
            (_, Some(Known::Statement)) => {
                return Ok(TermRecord::statement(self.inner_statement(node)?));
            }
            _ => {}
        }
        if key(Space::Claim, name).is_some() {
            // Named and nowhere described: the loader refuses it.
            return Ok(TermRecord::claim(name));
        }
        let is_part = store.is_blank(node) || name.starts_with("urn:claimgraph:part:");
        if let Some(text) = store.values(node, Known::Text).next().filter(|_| is_part) {
            self.seen.push(node);
            let text = store.as_text(node, Known::Text.node(), text)?.into_owned();
            return Ok(TermRecord::text(text));
        }
        if is_part {
            let problem = format!("{} is no claim, quantity, statement or text", excerpt(name));
            return Err(store.fault(of, problem));
        }
        Ok(TermRecord::entity(self.entity(node)?))
    }
}

fn push_new(nodes: &mut Vec<NodeId>, node: NodeId) -> Result<(), ReadError> {
    if !nodes.contains(&node) {
        nodes.push(node);
    }
    Ok(())
}
