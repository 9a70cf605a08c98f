//! Collects the statements that a document makes in its own voice. The writer also asserts them as plain triples.

use crate::rdf::triple_sink::{Object, Sink};
use claimgraph::claim::Certainty;
use claimgraph::format::Records;
use claimgraph::record::*;
use claimgraph::{ClaimGraph, Modality, Stance};
use std::collections::BTreeSet;
use std::io;

/// The object of a plain triple.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
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

/// The subject, the predicate and the object of a proposition.
pub(super) type Proposition = (String, String, End);

/// The plain triples of a graph.
pub(super) struct OwnVoice {
    /// The names of the claims that were taken back.
    withdrawn: BTreeSet<String>,
    plain: BTreeSet<Proposition>,
}

impl OwnVoice {
    pub(super) fn new(graph: &ClaimGraph, records: &Records<'_>) -> Self {
        let view = graph.view();
        let withdrawn = records.claims().filter(|(claim, _)| !view.contains(claim.id()));
        let withdrawn = withdrawn.map(|(_, name)| name.to_owned()).collect();
        Self { withdrawn, plain: BTreeSet::new() }
    }

    /// Collects the proposition of a claim, if the document asserts it.
    pub(super) fn note(&mut self, record: &ClaimRecord, proposition: Proposition) {
        let is_withdrawn = record.id.as_ref().is_some_and(|id| self.withdrawn.contains(id));
        if !is_withdrawn && is_asserted(record) {
            self.plain.insert(proposition);
        }
    }

    pub(super) fn write(&self, sink: &mut impl Sink) -> io::Result<()> {
        let mut plain = self.plain.iter();
        plain.try_for_each(|(s, p, object)| sink.triple((s, p, object.as_object())))
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
    let stance = record.stance;
    let says_so = stance.joins() && stance != Stance::Assesses;
    let certain = record.certainty.unwrap_or(stance.usual_certainty()) == Certainty::Certain;
    let actual = record.modality.unwrap_or(stance.usual_modality()) == Modality::Actual;
    let named = |term: &TermRecord| term.as_entity().is_some() || term.as_claim().is_some();
    let parties = record.statement.as_ref().is_some_and(|statement| {
        let object = statement.object.as_ref();
        named(&statement.subject)
            && object.is_some_and(|object| named(object) || object.as_text().is_some())
    });
    let is_condition = |role: &RoleRecord| role.role == "condition";
    own_voice && says_so && certain && actual && parties && !record.roles.iter().any(is_condition)
}
