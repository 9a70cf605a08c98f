//! What an answer rests on, and how lists of findings are shown.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{AffiliationId, ClaimId, LineageId};
use crate::model::value::stance::Basis;
use crate::view::filter::Filter;
use crate::view::{Sieve, View};
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

/// What an answer rests on: claims, steps from what they say to what was asked, affiliations, lineage, and
/// what the view let through. In the order of questions, then of keys: the same in every run and for every
/// order of insertion.
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
    lineages: IndexSet<LineageId>,
    pub(crate) policy: Sieve,
}

impl<'g> Proof<'g> {
    /// Of an answer of this view.
    pub(crate) fn of(view: &View<'g>) -> Self {
        Self::under(view.graph, view.sieve.clone())
    }

    fn under(graph: &'g ClaimGraph, policy: Sieve) -> Self {
        Self {
            graph,
            claims: IndexSet::new(),
            steps: IndexSet::new(),
            lineages: IndexSet::new(),
            policy,
        }
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

    /// What a finding is about and what it rests on.
    pub(crate) fn finding(&mut self, finding: &dyn Finding) {
        finding.claims().into_iter().for_each(|claim| self.claim(claim));
        finding.support(self);
    }

    /// All that another answer rests on.
    pub(crate) fn absorb(&mut self, other: &Proof<'_>) {
        self.claims.extend(&other.claims);
        self.steps.extend(other.steps.iter().cloned());
        self.lineages.extend(&other.lineages);
    }

    /// In an order that no insertion decides.
    pub(crate) fn settled(mut self) -> Self {
        let graph = self.graph;
        let mut claims: Vec<ClaimId> = self.claims.into_iter().collect();
        graph.sort_findings(&mut claims, |&claim| claim);
        self.claims = claims.into_iter().collect();
        self.steps.sort_by_cached_key(|step| match step {
            Step::Implied { from, to } => (0, Some((from.clone(), to.clone())), None),
            Step::OtherSide => (1, None, None),
            Step::Affiliated(id) => (2, None, Some(graph.affiliation_order(*id))),
        });
        self.lineages.sort_by_cached_key(|&id| graph.lineage_order(id));
        self
    }

    /// What the view that was asked lets through.
    pub fn policy(&self) -> Filter {
        View::through(self.graph, self.policy.clone()).filter()
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

    /// Whether anything in it was inferred by an analyst or filled in by a reader, not stated by a text; see
    /// [`inferences`](Proof::inferences).
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
                        let (part, whole) =
                            (self.graph.name_of(a.part()), self.graph.name_of(a.whole()));
                        writeln!(f, "- {part}: {} {whole}{}", a.kind(), inferred(a.basis()))?;
                    }
                }
            }
        }
        for lineage in self.lineages.iter().filter_map(|&id| self.graph.lineage(id)) {
            let (speaker, source) =
                (self.graph.name_of(lineage.speaker()), self.graph.name_of(lineage.source()));
            writeln!(
                f,
                "- the word of {speaker} comes from {source}{}",
                inferred(lineage.basis())
            )?;
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
        write!(
            f,
            "Proof {{ claims: {:?}, steps: {:?}, lineages: {:?} }}",
            self.claims, self.steps, self.lineages
        )
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
    /// What the view lets through that was asked.
    policy: Sieve,
    /// What the answer as a whole rests on besides its findings: the claim asked about, how it was met.
    beside: (Vec<ClaimId>, Vec<Step>),
}

impl<'g, T> Findings<'g, T> {
    /// Makes an answer of one's own of these items, in the order given. Its proof has the claims of each item
    /// and the filter of the view.
    pub fn of(view: &View<'g>, items: Vec<T>) -> Self {
        Self { graph: view.graph, items, policy: view.sieve.clone(), beside: Default::default() }
    }

    /// The whole answer rests on these too.
    pub(crate) fn beside(mut self, claims: Vec<ClaimId>, steps: Vec<Step>) -> Self {
        self.beside = (claims, steps);
        self
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
        let main: IndexSet<ClaimId> =
            self.items.iter().filter_map(|item| item.claims().into_iter().next()).collect();
        main.into_iter().collect()
    }

    /// What the answer rests on.
    pub fn proof(&self) -> Proof<'g> {
        let mut proof = Proof::under(self.graph, self.policy.clone());
        let (claims, steps) = &self.beside;
        claims.iter().for_each(|&claim| proof.claim(claim));
        steps.iter().for_each(|step| proof.step(step.clone()));
        self.items.iter().for_each(|item| proof.finding(item));
        proof.settled()
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
