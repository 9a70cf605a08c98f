//! Inferences: facts that no text states, and on which a proof relies.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::Basis;
use crate::view::proof::Proof;
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A fact that no text states, by its kind. Claims are named by key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Inference {
    /// That one belongs to another.
    Affiliation {
        /// The key of the part.
        part: String,
        /// The key of the whole.
        whole: String,
    },
    /// That somebody's word comes from a source.
    Lineage {
        /// The key of the speaker.
        speaker: String,
        /// The key of the source.
        source: String,
    },
    /// The speaker.
    Speaker {
        /// The claim.
        claim: String,
        /// The key of the speaker.
        speaker: Option<String>,
    },
    /// The subject.
    Subject {
        /// The claim.
        claim: String,
        /// Filled in by a reader, concluded, or one reading of several.
        basis: Basis,
    },
    /// The object.
    Object {
        /// The claim.
        claim: String,
        /// Filled in by a reader, concluded, or one reading of several.
        basis: Basis,
    },
    /// The claim that is answered.
    Target {
        /// The claim.
        claim: String,
        /// The claim that it answers.
        answers: String,
        /// Filled in by a reader, concluded, or one reading of several.
        basis: Basis,
    },
    /// A link between two claims.
    Link {
        /// The claim that has the other in a role.
        from: String,
        /// The key of the role.
        role: String,
        /// The other claim.
        to: String,
    },
    /// A figure that was worked out.
    Figure {
        /// The claim that it is a figure of.
        claim: String,
        /// How it was worked out.
        rule: String,
    },
}

/// The kind, and what it is about.
impl fmt::Display for Inference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Inference::Affiliation { part, whole } => write!(f, "affiliation: {part} to {whole}"),
            Inference::Lineage { speaker, source } => write!(f, "lineage: {speaker} from {source}"),
            Inference::Speaker { claim, speaker } => {
                write!(
                    f,
                    "speaker: {} of {claim}",
                    speaker.as_deref().unwrap_or("somebody not named")
                )
            }
            Inference::Subject { claim, basis } => write!(f, "subject ({basis}): of {claim}"),
            Inference::Object { claim, basis } => write!(f, "object ({basis}): of {claim}"),
            Inference::Target { claim, answers, basis } => {
                write!(f, "target ({basis}): {claim} answers {answers}")
            }
            Inference::Link { from, role, to } => write!(f, "link: {from} has {to} as {role}"),
            Inference::Figure { claim, rule } => write!(f, "figure: {rule}, of {claim}"),
        }
    }
}

impl Proof<'_> {
    /// Returns the facts on which the proof relies and that no text states, each by its kind.
    pub fn inferences(&self) -> Vec<Inference> {
        let graph = self.graph;
        let key = |entity: EntityId| graph.key_of(entity).to_owned();
        let affiliations = self.affiliations().filter_map(|id| graph.affiliation(id));
        let affiliations = affiliations
            .filter(|a| a.basis() != Basis::Stated)
            .map(|a| Inference::Affiliation { part: key(a.part()), whole: key(a.whole()) });
        let lineages = self.lineages().filter_map(|id| graph.lineage(id));
        let lineages = lineages
            .filter(|l| l.basis() != Basis::Stated)
            .map(|l| Inference::Lineage { speaker: key(l.speaker()), source: key(l.source()) });
        let all: IndexSet<ClaimId> = self.claims().into_iter().collect();
        let claims = all.iter().filter_map(|&id| ClaimRef::new(graph, id));
        let in_claims = claims.flat_map(|claim| inferred_in(claim, &all));
        let mut found: Vec<Inference> = affiliations.chain(lineages).chain(in_claims).collect();
        found.dedup();
        found
    }
}

/// Returns the inferences in one claim. Answers and links count if they lead to `others` of the proof.
fn inferred_in(claim: ClaimRef<'_>, others: &IndexSet<ClaimId>) -> Vec<Inference> {
    let (graph, own) = (claim.graph(), claim.graph().claim_name(claim.id()));
    let mut found = Vec::new();
    for link in claim.chain().iter().filter(|link| link.basis != Basis::Stated) {
        let speaker = link.source.map(|source| graph.key_of(source).to_owned());
        found.push(Inference::Speaker { claim: own.clone(), speaker });
    }
    if let Some(statement) = claim.statement() {
        let (subject, object) = (statement.subject_basis(), statement.object_basis());
        if subject != Basis::Stated {
            found.push(Inference::Subject { claim: own.clone(), basis: subject });
        }
        if object != Basis::Stated && !matches!(statement.object(), Term::Nothing) {
            found.push(Inference::Object { claim: own.clone(), basis: object });
        }
    }
    let counts = |id: ClaimId, basis: Basis| basis != Basis::Stated && others.contains(&id);
    let targets = claim.targets().filter(|&(target, basis)| counts(target, basis));
    let targets = targets.map(|(target, basis)| Inference::Target {
        claim: own.clone(),
        answers: graph.claim_name(target),
        basis,
    });
    let links = graph.ledger.connections.links_from(claim.id());
    let links = links.filter(|link| counts(link.to, link.basis)).map(|link| Inference::Link {
        from: own.clone(),
        role: graph.vocabulary.roles.key(link.role).to_owned(),
        to: graph.claim_name(link.to),
    });
    for mut inferred in [targets.collect::<Vec<_>>(), links.collect()] {
        inferred.sort_by_cached_key(ToString::to_string);
        found.append(&mut inferred);
    }
    let rule = claim.derivation().map(|derivation| derivation.rule().to_owned());
    found.extend(rule.map(|rule| Inference::Figure { claim: own, rule }));
    found
}
