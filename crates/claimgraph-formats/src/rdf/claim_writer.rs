//! Writes a claim as triples: the reifier, its proposition, and all the properties of the reifier.

use crate::rdf::asserted_triples::{End, Proposition};
use crate::rdf::iri::{Known, Space, iri, part};
use crate::rdf::triple_sink::Sink;
use crate::rdf::writer::{Writer, relation_iri, word};
use claimgraph::claim::{Basis, Certainty, Polarity, Prominence, Span};
use claimgraph::questions::Direction;
use claimgraph::record::*;
use claimgraph::{Modality, Quantity, Stance};
use indexmap::IndexMap;
use std::io;

/// A node that a claim names, which is written after the claim.
enum Later<'r> {
    Quantity(&'r Quantity),
    Statement(&'r StatementRecord),
    Text(&'r str),
    Quote(&'r QuoteRecord),
    Speaker { position: usize, speaker: &'r SpeakerRecord },
    Argument { position: usize, role: &'r RoleRecord },
}

/// The nodes of a claim that are not written yet.
type Queue<'r> = Vec<(String, Later<'r>)>;

/// Puts a part of a node into the queue, and returns its IRI.
fn push<'r>(queue: &mut Queue<'r>, of: &str, what: &str, later: Later<'r>) -> String {
    let node = part(of, what);
    queue.push((node.clone(), later));
    node
}

impl<S: Sink> Writer<'_, S> {
    pub(super) fn claim(&mut self, record: &ClaimRecord) -> io::Result<()> {
        let claim = iri(Space::Claim, record.id.as_deref().unwrap_or_default());
        let mut queue = Queue::new();
        self.is_a(&claim, Known::Claim)?;
        self.generated(&claim, &record.batch)?;
        if let Some(statement) = &record.statement {
            let said = self.statement(&claim, statement, &mut queue)?;
            self.own_voice.note(record, said);
        }
        self.speakers(&claim, record, &mut queue)?;
        let ClaimRecord { stance, polarity, certainty, modality, prominence, .. } = record;
        self.value(&claim, Known::Stance, "stance", [stance.as_str()])?;
        self.value(&claim, Known::Polarity, "polarity", polarity.map(Polarity::as_str))?;
        self.value(&claim, Known::Certainty, "certainty", certainty.map(Certainty::as_str))?;
        self.value(&claim, Known::Modality, "modality", modality.map(Modality::as_str))?;
        self.value(&claim, Known::Prominence, "prominence", prominence.map(Prominence::as_str))?;
        for target in &record.targets {
            let answered = iri(Space::Claim, &target.claim);
            self.to(&claim, answers(target.basis), &answered)?;
            if record.stance == Stance::Revises && target.basis != Basis::Possible {
                self.to(&claim, Known::RevisionOf, &answered)?;
            }
        }
        self.roles(&claim, &record.roles, &mut queue)?;
        let quantity = record.quantity.as_ref();
        let quantity = quantity.map(|q| push(&mut queue, &claim, "quantity", Later::Quantity(q)));
        self.all_to(&claim, Known::HasQuantity, quantity)?;
        let quantity = record.object_quantity.as_ref();
        let quantity =
            quantity.map(|q| push(&mut queue, &claim, "objectQuantity", Later::Quantity(q)));
        self.all_to(&claim, Known::ObjectQuantity, quantity)?;
        self.amount(&claim, Known::Factor, record.factor)?;
        self.value(&claim, Known::Direction, "direction", record.direction.map(Direction::as_str))?;
        self.whereabouts(&claim, record)?;
        for (place, quote) in record.quotes.iter().enumerate() {
            let what = format!("quote{}", place + 1);
            let node = push(&mut queue, &claim, &what, Later::Quote(quote));
            self.to(&claim, Known::Quote, &node)?;
        }
        self.day(&claim, Known::Reported, record.reported)?;
        record.said.as_ref().map_or(Ok(()), |said| self.said(&claim, said))?;
        if let Some(grade) = &record.grade {
            self.texts(&claim, Known::Reliability, grade.reliability.map(word))?;
            let credibility = grade.credibility.map(u8::from).map(u64::from);
            self.integer(&claim, Known::Credibility, credibility)?;
            self.value(&claim, Known::Likelihood, "likelihood", grade.likelihood.map(word))?;
        }
        record.valid.as_ref().map_or(Ok(()), |valid| self.valid(&claim, valid))?;
        self.later(queue)
    }

    /// Writes the nodes of the queue. Nodes that they name go to the end of the queue.
    fn later(&mut self, mut queue: Queue<'_>) -> io::Result<()> {
        while !queue.is_empty() {
            for (node, later) in std::mem::take(&mut queue) {
                match later {
                    Later::Quantity(quantity) => self.quantity(&node, quantity)?,
                    Later::Quote(quote) => {
                        self.texts(&node, Known::Words, &quote.words)?;
                        self.span(&node, [Known::SpanStart, Known::SpanEnd], quote.span)?;
                        let marks = [Known::MarksStart, Known::MarksEnd];
                        self.span(&node, marks, quote.span_with_marks)?;
                        self.yes(&node, Known::Fragment, quote.fragment)?;
                    }
                    Later::Text(text) => self.texts(&node, Known::Text, [text])?,
                    Later::Statement(statement) => {
                        self.is_a(&node, Known::Statement)?;
                        self.statement(&node, statement, &mut queue)?;
                        self.roles(&node, &statement.roles, &mut queue)?;
                        self.yes(&node, Known::Negated, statement.negated)?;
                        let valid = statement.valid.as_ref();
                        valid.map_or(Ok(()), |valid| self.valid(&node, valid))?;
                    }
                    Later::Speaker { position, speaker } => {
                        self.integer(&node, Known::Position, position as u64)?;
                        let agent = self.entity_named(&speaker.source);
                        let agent = agent.as_deref().unwrap_or(Known::NotStated.iri());
                        self.to(&node, Known::Agent, agent)?;
                        self.basis(&node, Known::Basis, speaker.basis)?;
                        self.yes(&node, Known::Direct, speaker.direct)?;
                    }
                    Later::Argument { position, role } => {
                        self.integer(&node, Known::Position, position as u64)?;
                        self.to(&node, Known::InRole, &iri(Space::Role, &role.role))?;
                        let value = self.end(&node, "value", &role.value, &mut queue);
                        self.sink.triple((&node, Known::Value.iri(), value.as_object()))?;
                        self.basis(&node, Known::Basis, role.value.basis)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes the speakers. A single speaker without particulars is written as the attribution alone. A chain has a
    /// node for each link, the outermost first, and is attributed to the innermost speaker.
    fn speakers<'r>(
        &mut self,
        claim: &str,
        record: &'r ClaimRecord,
        queue: &mut Queue<'r>,
    ) -> io::Result<()> {
        let innermost = record.speakers.last().map_or(&record.document, |last| &last.source);
        self.all_to(claim, Known::AttributedTo, self.entity_named(innermost))?;
        match record.speakers.as_slice() {
            [] | [SpeakerRecord { source: Some(_), basis: Basis::Stated, direct: false }] => Ok(()),
            chain => chain.iter().enumerate().try_for_each(|(place, speaker)| {
                let position = place + 1;
                let later = Later::Speaker { position, speaker };
                let node = push(queue, claim, &format!("speaker{position}"), later);
                self.to(claim, Known::Attribution, &node)
            }),
        }
    }

    fn statement<'r>(
        &mut self,
        reifier: &str,
        statement: &'r StatementRecord,
        queue: &mut Queue<'r>,
    ) -> io::Result<Proposition> {
        // A literal cannot be a subject.
        let subject = match self.end(reifier, "subject", &statement.subject, queue) {
            End::Iri(iri) => iri,
            End::Text(_) => {
                let text = statement.subject.as_text().unwrap_or_default();
                push(queue, reifier, "subject", Later::Text(text))
            }
        };
        let relation = relation_iri(&statement.relation);
        let (object, basis) = match &statement.object {
            Some(object) => (self.end(reifier, "object", object, queue), object.basis),
            None => (End::Iri(Known::Nothing.iri().to_owned()), Basis::Stated),
        };
        self.sink.proposition(reifier, (&subject, &relation, object.as_object()))?;
        self.basis(reifier, Known::SubjectBasis, statement.subject.basis)?;
        self.basis(reifier, Known::ObjectBasis, basis)?;
        Ok((subject, relation, object))
    }

    fn end<'r>(&self, of: &str, what: &str, term: &'r TermRecord, queue: &mut Queue<'r>) -> End {
        End::Iri(match &term.value {
            TermValue::Entity(key) => self.entity_iri(key),
            TermValue::Claim(id) => iri(Space::Claim, id),
            TermValue::Text(text) => return End::Text(text.clone()),
            TermValue::Quantity(quantity) => push(queue, of, what, Later::Quantity(quantity)),
            TermValue::Statement(statement) => push(queue, of, what, Later::Statement(statement)),
            TermValue::Absent(Absence::Nothing) => Known::Nothing.iri().to_owned(),
            _ => Known::NotStated.iri().to_owned(),
        })
    }

    /// Writes the roles. A role with one stated value is a property. Several values have nodes with a position, and
    /// values that are not stated have nodes with a basis.
    fn roles<'r>(
        &mut self,
        of: &str,
        roles: &'r [RoleRecord],
        queue: &mut Queue<'r>,
    ) -> io::Result<()> {
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        roles.iter().for_each(|role| *counts.entry(&role.role).or_default() += 1);
        for (place, role) in roles.iter().enumerate() {
            let alone = counts.get(role.role.as_str()) == Some(&1);
            let number = place + 1;
            if alone && role.value.basis == Basis::Stated {
                let value = self.end(of, &format!("value{number}"), &role.value, queue);
                self.sink.triple((of, &iri(Space::Role, &role.role), value.as_object()))?;
            } else {
                let later = Later::Argument { position: number, role };
                let node = push(queue, of, &format!("argument{number}"), later);
                self.to(of, Known::Argument, &node)?;
            }
        }
        Ok(())
    }

    fn whereabouts(&mut self, claim: &str, record: &ClaimRecord) -> io::Result<()> {
        let document = self.entity_named(&record.document);
        let is_direct = record.speakers.last().is_some_and(|speaker| speaker.direct);
        self.all_to(claim, Known::PrimarySource, &document)?;
        self.all_to(claim, Known::QuotedFrom, document.filter(|_| is_direct))?;
        self.span(claim, [Known::SpanStart, Known::SpanEnd], record.span)?;
        self.texts(claim, Known::Words, &record.words)?;
        let Some(cue) = &record.cue else { return Ok(()) };
        self.span(claim, [Known::CueStart, Known::CueEnd], cue.span)?;
        self.texts(claim, Known::CueWords, &cue.words)
    }

    fn span(&mut self, of: &str, [start, end]: [Known; 2], span: Option<Span>) -> io::Result<()> {
        self.integer(of, start, span.map(|span| span.start))?;
        self.integer(of, end, span.map(|span| span.end))
    }
}

fn answers(basis: Basis) -> Known {
    match basis {
        Basis::Stated => Known::Answers,
        Basis::Resolved => Known::AnswersByReference,
        Basis::Implicit => Known::AnswersImplicitly,
        Basis::Inferred => Known::AnswersByInference,
        Basis::Possible => Known::AnswersPossibly,
    }
}
