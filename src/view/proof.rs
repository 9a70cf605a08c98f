//! Proofs: the claims and steps that an answer rests on. Findings put in claims and [`Step`]s; out comes a
//! [`Proof`], for people by its `Display` and for programs by [`proof_record`](super::proof_record).

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{AffiliationId, ClaimId, LineageId};
use crate::model::text::placed;
use crate::model::value::stance::Basis;
use crate::view::filter::Filter;
use crate::view::finding::Finding;
use crate::view::{Sieve, View};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One step from what a claim says to what was asked. `A` and `L` name an affiliation and a lineage link: by
/// handle in a [`Proof`], by record in a [`ProofRecord`](crate::proof::ProofRecord).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Step<A = AffiliationId, L = LineageId> {
    /// One relation implies another.
    Implied {
        /// The key of what the claim says.
        from: String,
        /// The key of what was asked.
        to: String,
    },
    /// A symmetric or inverse relation, read from the other side.
    OtherSide,
    /// A part acts for its whole, or lies in it.
    Affiliated(A),
    /// The word of a speaker comes from a source.
    Lineage(L),
}

impl Step {
    /// Returns the step with records in place of handles; `None` for a handle of another graph.
    pub(crate) fn keyed<A, L>(
        &self,
        affiliation: impl Fn(AffiliationId) -> Option<A>,
        lineage: impl Fn(LineageId) -> Option<L>,
    ) -> Option<Step<A, L>> {
        Some(match self {
            Step::Implied { from, to } => Step::Implied { from: from.clone(), to: to.clone() },
            Step::OtherSide => Step::OtherSide,
            Step::Affiliated(id) => Step::Affiliated(affiliation(*id)?),
            Step::Lineage(id) => Step::Lineage(lineage(*id)?),
        })
    }
}

/// The proof of an answer: claims, steps from what they say to what was asked, affiliations, lineage, and
/// what the view let through. Claims are in the order of findings and steps in order of keys: the same in every
/// run and for every order of insertion.
///
/// Its `Display` is for people; [`record`](Proof::record) and serde give it to programs, as
/// `docs/PROOF.md` describes. [`records`](Proof::records) is a graph that holds no more than what is needed to
/// come to the same answer.
///
/// ```
/// use claimgraph::{date, record::Loader, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// graph.insert(Claim::by(russia).asserts(nk, TREATY_WITH, russia).reported(date(2024, 10, 24)))?;
/// let backing = graph.statement(nk, PRESENT_IN, russia).backing();
/// let proof = backing.proof();
/// assert_eq!(proof.claims(), [sent]);
/// assert!(proof.to_string().contains("deploys-to implies present-in"));
///
/// let mut loader = Loader::new();
/// proof.records().into_iter().try_for_each(|record| loader.push(record))?;
/// let small = loader.finish();
/// let (nk, russia) = (small.entity_keyed("nk")?, small.entity_keyed("russia")?);
/// let again = small.statement(nk, small.relation("present-in")?, russia).backing();
/// assert_eq!((small.len(), again.to_string()), (1, backing.to_string()));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Proof<'g> {
    pub(crate) graph: &'g ClaimGraph,
    claims: IndexSet<ClaimId>,
    steps: IndexSet<Step>,
    pub(crate) policy: Sieve,
}

impl<'g> Proof<'g> {
    /// Returns an empty proof of an answer of this view.
    pub(crate) fn of(view: &View<'g>) -> Self {
        Self::under(view.graph, view.sieve.clone())
    }

    pub(crate) fn under(graph: &'g ClaimGraph, policy: Sieve) -> Self {
        Self { graph, claims: IndexSet::new(), steps: IndexSet::new(), policy }
    }

    /// Adds a claim that the answer rests on.
    pub fn add_claim(&mut self, claim: ClaimId) {
        self.claims.insert(claim);
    }

    /// Adds steps from what the claims say to what was asked.
    pub fn add_steps<'s>(&mut self, steps: impl IntoIterator<Item = &'s Step>) {
        self.steps.extend(steps.into_iter().cloned());
    }

    pub(crate) fn add_lineages(&mut self, lineages: impl IntoIterator<Item = LineageId>) {
        self.steps.extend(lineages.into_iter().map(Step::Lineage));
    }

    /// Adds the claims of a finding and what it rests on.
    pub fn add_finding(&mut self, finding: &dyn Finding) {
        self.claims.extend(finding.claims());
        finding.support(self);
    }

    /// Adds all that another answer rests on.
    pub(crate) fn absorb(&mut self, other: &Proof<'_>) {
        self.claims.extend(&other.claims);
        self.steps.extend(other.steps.iter().cloned());
    }

    /// Returns it in an order that no insertion decides.
    pub(crate) fn settled(mut self) -> Self {
        let graph = self.graph;
        let mut claims: Vec<ClaimId> = self.claims.into_iter().collect();
        graph.sort_findings(&mut claims, |&claim| claim);
        self.claims = claims.into_iter().collect();
        self.steps.sort_by_cached_key(|step| {
            step.keyed(|id| Some(graph.affiliation_order(id)), |id| Some(graph.lineage_order(id)))
        });
        self
    }

    /// Returns the filter of the view that was asked.
    pub fn policy(&self) -> Filter {
        View::through(self.graph, self.policy.clone()).filter()
    }

    /// Returns the claims it rests on.
    pub fn claims(&self) -> Vec<ClaimId> {
        self.claims.iter().copied().collect()
    }

    /// Returns the steps from what the claims say to what was asked, lineage last.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.steps.iter()
    }

    /// Returns the affiliations it uses.
    pub fn affiliations(&self) -> impl Iterator<Item = AffiliationId> {
        self.steps.iter().filter_map(|step| match step {
            Step::Affiliated(id) => Some(*id),
            _ => None,
        })
    }

    /// Returns the lineage links it uses.
    pub fn lineages(&self) -> impl Iterator<Item = LineageId> {
        self.steps.iter().filter_map(|step| match step {
            Step::Lineage(id) => Some(*id),
            _ => None,
        })
    }

    /// Returns whether anything in it was inferred by an analyst or filled in by a reader, not stated by a
    /// text; see [`inferences`](Proof::inferences).
    pub fn uses_inference(&self) -> bool {
        !self.inferences().is_empty()
    }
}

fn inferred(basis: Basis) -> &'static str {
    if basis == Basis::Inferred { " (inferred)" } else { "" }
}

impl fmt::Display for Proof<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for claim in self.claims.iter().filter_map(|&id| ClaimRef::new(self.graph, id)) {
            write!(f, "- {claim}")?;
            if let Some(document) = claim.document() {
                let name = self.graph.name_of(document);
                match claim.span() {
                    Some(span) => f.write_str(&placed(&format!("{name}, bytes {span}")))?,
                    None => f.write_str(&placed(name))?,
                }
            }
            writeln!(f)?;
        }
        for step in &self.steps {
            match step {
                Step::Implied { from, to } => writeln!(f, "- {from} implies {to}")?,
                Step::OtherSide => writeln!(f, "- the relation is read from the other side")?,
                Step::Affiliated(id) => {
                    if let Some(a) = self.graph.affiliation(*id) {
                        let (part, whole) =
                            (self.graph.name_of(a.part()), self.graph.name_of(a.whole()));
                        writeln!(f, "- {part}: {} {whole}{}", a.kind(), inferred(a.basis()))?;
                    }
                }
                Step::Lineage(id) => {
                    if let Some(lineage) = self.graph.lineage(*id) {
                        let [speaker, source] = [lineage.speaker(), lineage.source()]
                            .map(|entity| self.graph.name_of(entity));
                        let inferred = inferred(lineage.basis());
                        writeln!(f, "- the word of {speaker} comes from {source}{inferred}")?;
                    }
                }
            }
        }
        match self.policy() {
            everything if everything == Filter::default() => Ok(()),
            filter => writeln!(
                f,
                "- read through the filter {}",
                serde_json::to_string(&filter).unwrap_or_default()
            ),
        }
    }
}

impl fmt::Debug for Proof<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proof {{ claims: {:?}, steps: {:?} }}", self.claims, self.steps)
    }
}
