//! Collects the statements that a document makes in its own voice. The writer also asserts them as plain triples.

use crate::rdf::iri::iri;
use crate::rdf::triple_sink::{Object, Sink};
use claimgraph::claim::{Basis, Certainty};
use claimgraph::record::*;
use claimgraph::{Modality, Stance};
use indexmap::IndexSet;
use std::io;

/// A plain triple, and its claim.
struct Plain {
    claim: String,
    subject: String,
    predicate: String,
    object: End,
}

/// A term of a plain triple.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum End {
    Iri(String),
    Text(String),
}

impl End {
    pub(super) fn as_object(&self) -> Object<'_> {
        match self {
            End::Iri(iri) => Object::Iri(iri),
            End::Text(text) => Object::Text(text),
        }
    }
}

/// The plain triples, collected until all claims are known, because a retracted claim is not asserted.
#[derive(Default)]
pub(super) struct OwnVoice {
    plain: Vec<Plain>,
    retractions: Vec<(String, Vec<String>)>,
}

impl OwnVoice {
    /// Collects the triple of a claim with this proposition, if the document asserts it.
    pub(super) fn note(&mut self, record: &ClaimRecord, proposition: Option<(&str, &str, &End)>) {
        let id = || record.id.clone().unwrap_or_default();
        if record.stance == Stance::Retracts {
            let firm = record.targets.iter().filter(|target| target.basis != Basis::Possible);
            self.retractions.push((id(), firm.map(|target| target.claim.clone()).collect()));
        }
        if let Some((subject, predicate, object)) = proposition.filter(|_| is_asserted(record)) {
            let (subject, predicate) = (subject.to_owned(), predicate.to_owned());
            self.plain.push(Plain { claim: id(), subject, predicate, object: object.clone() });
        }
    }

    pub(super) fn write(self, sink: &mut impl Sink) -> io::Result<()> {
        // Answers come after the claims they answer, so the last retraction counts.
        let mut withdrawn: IndexSet<String> = IndexSet::new();
        for (retraction, targets) in self.retractions.into_iter().rev() {
            if !withdrawn.contains(&retraction) {
                withdrawn.extend(targets);
            }
        }
        let mut plain: Vec<Plain> =
            self.plain.into_iter().filter(|p| !withdrawn.contains(&p.claim)).collect();
        plain.sort_by(|a, b| (&a.subject, &a.predicate).cmp(&(&b.subject, &b.predicate)));
        plain.dedup_by(|a, b| {
            (&a.subject, &a.predicate, &a.object) == (&b.subject, &b.predicate, &b.object)
        });
        plain.iter().try_for_each(|p| sink.triple(&p.subject, &p.predicate, p.object.as_object()))
    }
}

/// Returns true if a claim is stated as actual and certain, without a condition, by the document alone and about
/// named parties.
fn is_asserted(record: &ClaimRecord) -> bool {
    let own_voice = match record.speakers.as_slice() {
        [] => true,
        [only] => only.source.is_some() && only.source == record.document,
        _ => false,
    };
    use Stance::*;
    let says_so = matches!(
        record.stance,
        Asserts | Observes | Estimates | Confirms | Acknowledges | Presupposes
    );
    let certain = record.certainty.unwrap_or(record.stance.usual_certainty()) == Certainty::Certain;
    let actual = record.modality.unwrap_or(record.stance.usual_modality()) == Modality::Actual;
    let named = |term: &TermRecord| term.as_entity().is_some() || term.as_claim().is_some();
    let parties = record.statement.as_ref().is_some_and(|statement| {
        let object = statement.object.as_ref();
        named(&statement.subject)
            && object.is_some_and(|object| named(object) || object.as_text().is_some())
    });
    let condition = |role: &RoleRecord| iri(crate::rdf::iri::Space::Role, &role.role) == CONDITION;
    own_voice && says_so && certain && actual && parties && !record.roles.iter().any(condition)
}

const CONDITION: &str = "urn:claimgraph:role:condition";
