//! What an answer rests on, and how lists of findings are shown.

use crate::graph::ClaimGraph;
use crate::ids::{AffiliationId, ClaimId, LineageId};
use crate::readings::ClaimRef;
use crate::stances::Basis;
use indexmap::IndexSet;
use std::fmt;

/// One step from what a claim says to what was asked.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Step {
    /// One relation implies another.
    Implied {
        /// What the claim says.
        from: String,
        /// What was asked.
        to: String,
    },
    /// A symmetric or inverse relation, read from the other side.
    OtherSide,
    /// A part acts for its whole, or lies in it.
    Affiliated(AffiliationId),
}

/// What an answer rests on: claims, affiliations, lineage, implications; in an order that is the same
/// in every run.
///
/// ```
/// use claimgraph::{Claim, ClaimGraph, date, reporting::*};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
/// let proof = graph.statement(nk, PRESENT_IN, russia).backing().proof();
/// assert_eq!(proof.claims(), [sent]);
/// assert!(proof.to_string().contains("deploys-to implies present-in"));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Proof<'g> {
    graph: &'g ClaimGraph,
    claims: IndexSet<ClaimId>,
    steps: IndexSet<Step>,
    lineages: IndexSet<LineageId>,
}

impl<'g> Proof<'g> {
    pub(crate) fn new(graph: &'g ClaimGraph) -> Self {
        Self { graph, claims: IndexSet::new(), steps: IndexSet::new(), lineages: IndexSet::new() }
    }

    pub(crate) fn claim(&mut self, claim: ClaimId) {
        self.claims.insert(claim);
    }

    pub(crate) fn step(&mut self, step: Step) {
        self.steps.insert(step);
    }

    pub(crate) fn lineage(&mut self, lineage: LineageId) {
        self.lineages.insert(lineage);
    }

    /// The claims it rests on.
    pub fn claims(&self) -> Vec<ClaimId> {
        self.claims.iter().copied().collect()
    }

    /// The steps from what the claims say to what was asked.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.steps.iter()
    }

    /// The affiliations it uses.
    pub fn affiliations(&self) -> impl Iterator<Item = AffiliationId> {
        self.steps.iter().filter_map(|step| match step {
            Step::Affiliated(id) => Some(*id),
            _ => None,
        })
    }

    /// The lineage links it uses.
    pub fn lineages(&self) -> impl ExactSizeIterator<Item = LineageId> {
        self.lineages.iter().copied()
    }

    /// Whether anything in it was inferred by an analyst or filled in by a reader, not stated by a text.
    pub fn uses_inference(&self) -> bool {
        let affiliations =
            self.affiliations().filter_map(|id| self.graph.affiliation(id)).any(|a| a.basis() == Basis::Inferred);
        let lineages = self.lineages().filter_map(|id| self.graph.lineage(id)).any(|l| l.basis() == Basis::Inferred);
        let chains = self.claims.iter().filter_map(|&id| ClaimRef::new(self.graph, id));
        let filled_in = |claim: ClaimRef<'_>| {
            claim.statement().is_some_and(|s| [s.subject_basis(), s.object_basis()].iter().any(|b| *b != Basis::Stated))
        };
        affiliations
            || lineages
            || self.claims.iter().filter_map(|&id| ClaimRef::new(self.graph, id)).any(filled_in)
            || chains.flat_map(ClaimRef::chain).any(|link| link.basis == Basis::Inferred)
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
                    Some(span) => write!(f, " [{name}, bytes {span}]")?,
                    None => write!(f, " [{name}]")?,
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
                        let (part, whole) = (self.graph.name_of(a.part()), self.graph.name_of(a.whole()));
                        writeln!(f, "- {part}: {} {whole}{}", a.kind().words(), inferred(a.basis()))?;
                    }
                }
            }
        }
        for lineage in self.lineages.iter().filter_map(|&id| self.graph.lineage(id)) {
            let (speaker, source) = (self.graph.name_of(lineage.speaker()), self.graph.name_of(lineage.source()));
            writeln!(f, "- the word of {speaker} comes from {source}{}", inferred(lineage.basis()))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Proof<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proof {{ claims: {:?}, steps: {:?}, lineages: {:?} }}", self.claims, self.steps, self.lineages)
    }
}

/// One item of an answer.
pub trait Finding: fmt::Display {
    /// The claims the item is about, the main one first.
    fn claims(&self) -> Vec<ClaimId>;

    /// Adds what the item rests on. The claims themselves are there already.
    #[doc(hidden)]
    fn support(&self, proof: &mut Proof<'_>) {
        let _ = proof;
    }
}

/// An answer that is a list: iterate it, count it, ask for its claims or its proof, or print it, a line
/// for each finding.
///
/// Findings are ordered by report day, day of utterance, place in the document and key.
#[derive(Clone)]
pub struct Findings<'g, T> {
    pub(crate) graph: &'g ClaimGraph,
    pub(crate) items: Vec<T>,
}

impl<'g, T> Findings<'g, T> {
    pub(crate) fn new(graph: &'g ClaimGraph, items: Vec<T>) -> Self {
        Self { graph, items }
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The first finding.
    pub fn first(&self) -> Option<&T> {
        self.items.first()
    }

    /// The last finding.
    pub fn last(&self) -> Option<&T> {
        self.items.last()
    }
}

impl<'g, T: Finding> Findings<'g, T> {
    /// The main claim of each finding, each claim once.
    pub fn claims(&self) -> Vec<ClaimId> {
        let main: IndexSet<ClaimId> = self.items.iter().filter_map(|item| item.claims().into_iter().next()).collect();
        main.into_iter().collect()
    }

    /// What the answer rests on.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = Proof::new(self.graph);
        for item in &self.items {
            item.claims().into_iter().for_each(|claim| proof.claim(claim));
            item.support(&mut proof);
        }
        proof
    }
}

impl<T: Finding> fmt::Display for Findings<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().try_for_each(|item| writeln!(f, "{item}"))
    }
}

impl<T: fmt::Debug> fmt::Debug for Findings<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}

impl<T> IntoIterator for Findings<'_, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Findings<'_, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// A claim is a finding of its own.
impl Finding for ClaimRef<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.id()]
    }
}
