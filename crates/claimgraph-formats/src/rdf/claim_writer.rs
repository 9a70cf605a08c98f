//! Writes a claim as triples: the reifier, its proposition, and all the properties of the reifier.

use crate::rdf::asserted_triples::End;
use crate::rdf::iri::{Known, Space, iri, part};
use crate::rdf::triple_sink::Sink;
use crate::rdf::writer::{Writer, word};
use claimgraph::claim::Basis;
use claimgraph::grade::Grade;
use claimgraph::record::*;
use claimgraph::{Quantity, Stance};
use std::io;

/// A node that a claim names, which is written after the claim.
enum Later<'r> {
    Quantity(&'r Quantity),
    Statement(&'r StatementRecord),
    Text(&'r str),
    Speaker { position: usize, speaker: &'r SpeakerRecord },
    Argument { position: usize, role: &'r RoleRecord },
}

/// The nodes of a claim that are not written yet.
#[derive(Default)]
struct Queue<'r> {
    nodes: Vec<(String, Later<'r>)>,
}

impl<'r> Queue<'r> {
    fn push(&mut self, of: &str, what: &str, later: Later<'r>) -> String {
        let node = part(of, what);
        self.nodes.push((node.clone(), later));
        node
    }
}

impl<S: Sink> Writer<'_, S> {
    pub(super) fn claim(&mut self, record: &ClaimRecord) -> io::Result<()> {
        let claim = iri(Space::Claim, record.id.as_deref().unwrap_or_default());
        let mut queue = Queue::default();
        self.is_a(&claim, Known::Claim)?;
        let said = record
            .statement
            .as_ref()
            .map(|statement| self.statement(&claim, statement, &mut queue))
            .transpose()?;
        self.own_voice.note(record, said.as_ref().map(|(s, p, o)| (s.as_str(), p.as_str(), o)));
        self.speakers(&claim, record, &mut queue)?;
        self.value(&claim, Known::Stance, "stance", record.stance.as_str())?;
        record
            .polarity
            .map_or(Ok(()), |p| self.value(&claim, Known::Polarity, "polarity", p.as_str()))?;
        record
            .certainty
            .map_or(Ok(()), |c| self.value(&claim, Known::Certainty, "certainty", c.as_str()))?;
        record
            .modality
            .map_or(Ok(()), |m| self.value(&claim, Known::Modality, "modality", m.as_str()))?;
        record
            .prominence
            .map_or(Ok(()), |p| self.value(&claim, Known::Prominence, "prominence", p.as_str()))?;
        for target in &record.targets {
            let answered = iri(Space::Claim, &target.claim);
            self.to(&claim, answers(target.basis), &answered)?;
            if record.stance == Stance::Revises && target.basis != Basis::Possible {
                self.to(&claim, Known::RevisionOf, &answered)?;
            }
        }
        self.roles(&claim, &record.roles, &mut queue)?;
        if let Some(quantity) = &record.quantity {
            let node = queue.push(&claim, "quantity", Later::Quantity(quantity));
            self.to(&claim, Known::HasQuantity, &node)?;
        }
        record.factor.map_or(Ok(()), |factor| self.amount(&claim, Known::Factor, factor))?;
        self.whereabouts(&claim, record)?;
        self.day(&claim, Known::Reported, record.reported)?;
        self.day(&claim, Known::Said, record.said)?;
        if let Some(grade) = &record.grade {
            self.grade(&claim, grade)?;
        }
        record.valid.as_ref().map_or(Ok(()), |valid| self.valid(&claim, valid))?;
        self.later(queue)
    }

    /// Writes the nodes of the queue. Nodes that they name go to the end of the queue.
    fn later(&mut self, mut queue: Queue<'_>) -> io::Result<()> {
        while !queue.nodes.is_empty() {
            for (node, later) in std::mem::take(&mut queue.nodes) {
                match later {
                    Later::Quantity(quantity) => self.quantity(&node, quantity)?,
                    Later::Text(text) => self.text(&node, Known::Text, text)?,
                    Later::Statement(statement) => {
                        self.is_a(&node, Known::Statement)?;
                        self.statement(&node, statement, &mut queue)?;
                        self.roles(&node, &statement.roles, &mut queue)?;
                    }
                    Later::Speaker { position, speaker } => {
                        self.integer(&node, Known::Position, position as u64)?;
                        let agent = speaker.source.as_ref().map(|key| self.entity_iri(key));
                        self.to(
                            &node,
                            Known::Agent,
                            agent.as_deref().unwrap_or(Known::NotStated.iri()),
                        )?;
                        self.basis(&node, Known::Basis, speaker.basis)?;
                        self.yes(&node, Known::Direct, speaker.direct)?;
                    }
                    Later::Argument { position, role } => {
                        self.integer(&node, Known::Position, position as u64)?;
                        self.to(&node, Known::InRole, &iri(Space::Role, &role.role))?;
                        let value = self.end(&node, "value", &role.value, &mut queue);
                        self.sink.triple(&node, Known::Value.iri(), value.as_object())?;
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
        let innermost = match record.speakers.last() {
            Some(speaker) => speaker.source.as_ref(),
            None => record.document.as_ref(),
        };
        if let Some(source) = innermost {
            self.to(claim, Known::AttributedTo, &self.entity_iri(source))?;
        }
        match record.speakers.as_slice() {
            [] | [SpeakerRecord { source: Some(_), basis: Basis::Stated, direct: false }] => Ok(()),
            chain => chain.iter().enumerate().try_for_each(|(place, speaker)| {
                let position = place + 1;
                let later = Later::Speaker { position, speaker };
                let node = queue.push(claim, &format!("speaker{position}"), later);
                self.to(claim, Known::Attribution, &node)
            }),
        }
    }

    fn statement<'r>(
        &mut self,
        reifier: &str,
        statement: &'r StatementRecord,
        queue: &mut Queue<'r>,
    ) -> io::Result<(String, String, End)> {
        // A literal cannot be a subject.
        let subject = match self.end(reifier, "subject", &statement.subject, queue) {
            End::Iri(iri) => iri,
            End::Text(_) => queue.push(
                reifier,
                "subject",
                Later::Text(statement.subject.as_text().unwrap_or_default()),
            ),
        };
        let relation = self.relation_iri(&statement.relation);
        let object = match &statement.object {
            Some(object) => self.end(reifier, "object", object, queue),
            None => End::Iri(Known::Nothing.iri().to_owned()),
        };
        self.sink.proposition(reifier, &subject, &relation, object.as_object())?;
        self.basis(reifier, Known::SubjectBasis, statement.subject.basis)?;
        statement
            .object
            .as_ref()
            .map_or(Ok(()), |object| self.basis(reifier, Known::ObjectBasis, object.basis))?;
        Ok((subject, relation, object))
    }

    fn end<'r>(&self, of: &str, what: &str, term: &'r TermRecord, queue: &mut Queue<'r>) -> End {
        End::Iri(match &term.value {
            TermValue::Entity(key) => self.entity_iri(key),
            TermValue::Claim(id) => iri(Space::Claim, id),
            TermValue::Text(text) => return End::Text(text.clone()),
            TermValue::Quantity(quantity) => queue.push(of, what, Later::Quantity(quantity)),
            TermValue::Statement(statement) => queue.push(of, what, Later::Statement(statement)),
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
        for (place, role) in roles.iter().enumerate() {
            let alone = roles.iter().filter(|other| other.role == role.role).count() == 1;
            let number = place + 1;
            if alone && role.value.basis == Basis::Stated {
                let value = self.end(of, &format!("value{number}"), &role.value, queue);
                self.sink.triple(of, &iri(Space::Role, &role.role), value.as_object())?;
            } else {
                let node = queue.push(
                    of,
                    &format!("argument{number}"),
                    Later::Argument { position: number, role },
                );
                self.to(of, Known::Argument, &node)?;
            }
        }
        Ok(())
    }

    fn whereabouts(&mut self, claim: &str, record: &ClaimRecord) -> io::Result<()> {
        if let Some(document) = &record.document {
            let document = self.entity_iri(document);
            self.to(claim, Known::PrimarySource, &document)?;
            if record.speakers.last().is_some_and(|speaker| speaker.direct) {
                self.to(claim, Known::QuotedFrom, &document)?;
            }
        }
        if let Some(span) = record.span {
            self.integer(claim, Known::SpanStart, span.start)?;
            self.integer(claim, Known::SpanEnd, span.end)?;
        }
        record.words.as_ref().map_or(Ok(()), |words| self.text(claim, Known::Words, words))?;
        let cue = record.cue.as_ref();
        if let Some(span) = cue.and_then(|cue| cue.span) {
            self.integer(claim, Known::CueStart, span.start)?;
            self.integer(claim, Known::CueEnd, span.end)?;
        }
        cue.and_then(|cue| cue.words.as_ref())
            .map_or(Ok(()), |words| self.text(claim, Known::CueWords, words))
    }

    fn grade(&mut self, claim: &str, grade: &Grade) -> io::Result<()> {
        grade
            .reliability
            .map_or(Ok(()), |letter| self.text(claim, Known::Reliability, &word(letter)))?;
        grade.credibility.map_or(Ok(()), |digit| {
            self.integer(claim, Known::Credibility, u8::from(digit).into())
        })?;
        grade
            .likelihood
            .map_or(Ok(()), |l| self.value(claim, Known::Likelihood, "likelihood", &word(l)))
    }
}

fn answers(basis: Basis) -> Known {
    match basis {
        Basis::Stated => Known::Answers,
        Basis::Implicit => Known::AnswersImplicitly,
        Basis::Inferred => Known::AnswersByInference,
        Basis::Possible => Known::AnswersPossibly,
    }
}
