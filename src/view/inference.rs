//! Inferences: facts that no text states, and on which a proof relies.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::stance::Basis;
use crate::view::proof::Proof;
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A fact that no text states in so many words, by its kind and with its [`Basis`]. Claims and entities are named by key.
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
        /// How it is known.
        basis: Basis,
    },
    /// That somebody's word comes from a source.
    Lineage {
        /// The key of the speaker.
        speaker: String,
        /// The key of the source.
        source: String,
        /// How it is known.
        basis: Basis,
    },
    /// The speaker.
    Speaker {
        /// The claim.
        claim: String,
        /// The key of the speaker.
        speaker: Option<String>,
        /// How it is known.
        basis: Basis,
    },
    /// The subject.
    Subject {
        /// The claim.
        claim: String,
        /// The key of the entity or claim, or the words.
        value: String,
        /// How it is known.
        basis: Basis,
    },
    /// The object.
    Object {
        /// The claim.
        claim: String,
        /// The key of the entity or claim, or the words.
        value: String,
        /// How it is known.
        basis: Basis,
    },
    /// A value of a role, or a part of a statement that stands in a role.
    Role {
        /// The claim.
        claim: String,
        /// The key of the role.
        role: String,
        /// The key of the entity or claim, or the words.
        value: String,
        /// How it is known.
        basis: Basis,
    },
    /// The claim that is answered.
    Target {
        /// The claim.
        claim: String,
        /// The claim that it answers.
        answers: String,
        /// How it is known.
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
        /// How it is known.
        basis: Basis,
    },
    /// A figure that was worked out. Its basis is [`Basis::Inferred`].
    Figure {
        /// The claim that it is a figure of.
        claim: String,
        /// How it was worked out.
        rule: String,
    },
}

impl Inference {
    /// Returns how it is known: resolved, implicit, inferred or possible.
    ///
    /// ```
    /// use claimgraph::{claim::{implicit, Basis}, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (summit, nk) = (graph.add(Event, "summit")?, graph.add(State, "nk")?);
    /// let held = Claim::by(nk).asserts(summit, TAKES_PLACE, ()).with(PARTICIPANT, implicit(nk));
    /// graph.insert(held.reported(date(2024, 6, 30)))?;
    /// let proof = graph.view().mentions_of(nk).proof();
    /// let bases: Vec<Basis> = proof.inferences().iter().map(|it| it.basis()).collect();
    /// assert_eq!(bases, [Basis::Implicit]);
    /// assert!(proof.inferences()[0].to_string().starts_with("participant (implicit): nk in "));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn basis(&self) -> Basis {
        match self {
            Inference::Affiliation { basis, .. }
            | Inference::Lineage { basis, .. }
            | Inference::Speaker { basis, .. }
            | Inference::Subject { basis, .. }
            | Inference::Object { basis, .. }
            | Inference::Role { basis, .. }
            | Inference::Target { basis, .. }
            | Inference::Link { basis, .. } => *basis,
            Inference::Figure { .. } => Basis::Inferred,
        }
    }
}

/// The kind, the basis, and what it is about.
impl fmt::Display for Inference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Inference::Affiliation { part, whole, basis } => {
                write!(f, "affiliation ({basis}): {part} to {whole}")
            }
            Inference::Lineage { speaker, source, basis } => {
                write!(f, "lineage ({basis}): {speaker} from {source}")
            }
            Inference::Speaker { claim, speaker, basis } => {
                let speaker = speaker.as_deref().unwrap_or("somebody not named");
                write!(f, "speaker ({basis}): {speaker} in {claim}")
            }
            Inference::Subject { claim, value, basis } => {
                write!(f, "subject ({basis}): {value} in {claim}")
            }
            Inference::Object { claim, value, basis } => {
                write!(f, "object ({basis}): {value} in {claim}")
            }
            Inference::Role { claim, role, value, basis } => {
                write!(f, "{role} ({basis}): {value} in {claim}")
            }
            Inference::Target { claim, answers, basis } => {
                write!(f, "target ({basis}): {claim} answers {answers}")
            }
            Inference::Link { from, role, to, basis } => {
                write!(f, "link ({basis}): {from} has {to} as {role}")
            }
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
        let affiliations = affiliations.filter(|a| a.basis() != Basis::Stated).map(|a| {
            Inference::Affiliation { part: key(a.part()), whole: key(a.whole()), basis: a.basis() }
        });
        let lineages = self.lineages().filter_map(|id| graph.lineage(id));
        let lineages =
            lineages.filter(|l| l.basis() != Basis::Stated).map(|l| Inference::Lineage {
                speaker: key(l.speaker()),
                source: key(l.source()),
                basis: l.basis(),
            });
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
        found.push(Inference::Speaker { claim: own.clone(), speaker, basis: link.basis });
    }
    let value = |term: Term<'_>| match term {
        Term::Entity(entity) => graph.key_of(entity).to_owned(),
        Term::Claim(claim) => graph.claim_name(claim),
        other => graph.word(other, false),
    };
    if let Some(statement) = claim.statement() {
        let (subject, object) = (statement.subject(), statement.object());
        let basis = statement.subject_basis();
        if basis != Basis::Stated {
            found.push(Inference::Subject { claim: own.clone(), value: value(subject), basis });
        }
        let basis = statement.object_basis();
        if basis != Basis::Stated && object != Term::Nothing {
            found.push(Inference::Object { claim: own.clone(), value: value(object), basis });
        }
    }
    for (role, term, basis) in claim.roles().flat_map(parts_of) {
        if basis != Basis::Stated {
            let (role, value) = (role.to_owned(), value(term));
            found.push(Inference::Role { claim: own.clone(), role, value, basis });
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
        basis: link.basis,
    });
    for mut inferred in [targets.collect::<Vec<_>>(), links.collect()] {
        inferred.sort_by_cached_key(ToString::to_string);
        found.append(&mut inferred);
    }
    let rule = claim.derivation().map(|derivation| derivation.rule().to_owned());
    found.extend(rule.map(|rule| Inference::Figure { claim: own, rule }));
    found
}

/// Returns the value of a role, and the ends and roles of a statement that stands in it.
fn parts_of<'g>(
    (role, term, basis): (&'g str, Term<'g>, Basis),
) -> Vec<(&'g str, Term<'g>, Basis)> {
    let mut parts = vec![(role, term, basis)];
    if let Term::Statement(statement) = term {
        parts.push((role, statement.subject(), statement.subject_basis()));
        if statement.object() != Term::Nothing {
            parts.push((role, statement.object(), statement.object_basis()));
        }
        parts.extend(statement.roles());
    }
    parts
}
