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
    /// Which claim it answers.
    Target {
        /// The claim.
        claim: String,
        /// The claim that it answers.
        answers: String,
        /// Filled in by a reader, concluded, or one reading of several.
        basis: Basis,
    },
    /// How two claims hang together.
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
        let name = |id: ClaimId| graph.claim_name(id);
        let mut found = Vec::new();
        for affiliation in self.affiliations().filter_map(|id| graph.affiliation(id)) {
            if affiliation.basis() != Basis::Stated {
                let (part, whole) = (key(affiliation.part()), key(affiliation.whole()));
                found.push(Inference::Affiliation { part, whole });
            }
        }
        for lineage in self.lineages().filter_map(|id| graph.lineage(id)) {
            if lineage.basis() != Basis::Stated {
                let (speaker, source) = (key(lineage.speaker()), key(lineage.source()));
                found.push(Inference::Lineage { speaker, source });
            }
        }
        let claims: IndexSet<ClaimId> = self.claims().into_iter().collect();
        for claim in claims.iter().filter_map(|&id| ClaimRef::new(graph, id)) {
            let own = name(claim.id());
            for link in claim.chain().iter().filter(|link| link.basis != Basis::Stated) {
                found
                    .push(Inference::Speaker { claim: own.clone(), speaker: link.source.map(key) });
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
            // Only the answers that are a part of this proof.
            let filled_in = claim
                .targets()
                .filter(|(target, basis)| *basis != Basis::Stated && claims.contains(target));
            let mut targets: Vec<Inference> = filled_in
                .map(|(target, basis)| Inference::Target {
                    claim: own.clone(),
                    answers: name(target),
                    basis,
                })
                .collect();
            targets.sort_by_cached_key(ToString::to_string);
            found.append(&mut targets);
            let links = graph.ledger.connections.links_from(claim.id());
            let concluded =
                links.filter(|link| link.basis != Basis::Stated && claims.contains(&link.to));
            let mut links: Vec<Inference> = concluded
                .map(|link| {
                    let role = graph.vocabulary.role_key(link.role).to_owned();
                    Inference::Link { from: own.clone(), role, to: name(link.to) }
                })
                .collect();
            links.sort_by_cached_key(ToString::to_string);
            found.append(&mut links);
            if let Some(derivation) = claim.derivation() {
                found.push(Inference::Figure { claim: own, rule: derivation.rule().to_owned() });
            }
        }
        found.dedup();
        found
    }
}
