//! Answers that are lists: the trait of their items, and the list.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::time::day::Day;
use crate::model::time::window::Window;
use crate::view::proof::Proof;
use crate::view::steps::Steps;
use crate::view::{Sieve, View};
use indexmap::IndexSet;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// One item of an answer. Programs can have findings of their own, and lists of them with
/// [`Findings::of`].
pub trait Finding: fmt::Display {
    /// Returns the claims the item is about, the main one first.
    fn claims(&self) -> Vec<ClaimId>;

    /// Adds to the proof what the item rests on besides `claims`. The default adds nothing.
    fn support(&self, proof: &mut Proof<'_>) {
        let _ = proof;
    }
}

/// An answer that is a list. It is a slice of its findings, has the claims and the proof of all of them, prints
/// a line for each, and serialises as a list with keys in place of handles.
///
/// Unless a method says otherwise, the findings of this crate are in order of report day, instant of the document, time
/// of utterance, place in the document and key ([`sort_findings`](ClaimGraph::sort_findings)).
#[derive(Clone)]
pub struct Findings<'g, T> {
    pub(crate) graph: &'g ClaimGraph,
    pub(crate) items: Vec<T>,
    /// The view that was asked.
    policy: Sieve,
    /// The rest of the proof of the whole answer, besides its findings: the claim asked about, how it was met.
    beside: (Vec<ClaimId>, Vec<Steps>),
}

impl<'g, T> Findings<'g, T> {
    /// Returns findings of a view, in the order given.
    pub fn of(view: &View<'g>, items: Vec<T>) -> Self {
        Self { graph: view.graph, items, policy: view.sieve.clone(), beside: Default::default() }
    }

    /// Returns findings of a view, in the order of findings by the claim that `claim` returns.
    pub(crate) fn sorted(
        view: &View<'g>,
        items: impl IntoIterator<Item = T>,
        claim: impl Fn(&T) -> ClaimId,
    ) -> Self {
        let mut items: Vec<T> = items.into_iter().collect();
        view.graph.sort_findings(&mut items, claim);
        Self::of(view, items)
    }

    /// Adds what the whole answer rests on.
    pub(crate) fn beside(mut self, claims: Vec<ClaimId>, steps: Vec<Steps>) -> Self {
        self.beside = (claims, steps);
        self
    }
}

impl<T> Deref for Findings<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'g, T: Finding> Findings<'g, T> {
    /// Returns the main claim of each finding, each claim once.
    pub fn claims(&self) -> Vec<ClaimId> {
        let main: IndexSet<ClaimId> =
            self.items.iter().filter_map(|item| item.claims().into_iter().next()).collect();
        main.into_iter().collect()
    }

    /// Returns what the answer rests on.
    pub fn proof(&self) -> Proof<'g> {
        self.proof_of(&self.items)
    }

    /// Returns what these of the findings rest on: a part of the [`proof`](Self::proof).
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let day = date(2024, 10, 24);
    /// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let there = graph.insert(Claim::by(nk).asserts(nk, PRESENT_IN, russia).reported(day))?;
    /// let backing = graph.statement(nk, PRESENT_IN, russia).backing();
    /// assert_eq!(backing.proof().claims().len(), 2);
    /// let own = backing.iter().find(|it| it.claim().id() == there).unwrap();
    /// let proof = backing.proof_of([own]);
    /// assert_eq!((proof.claims(), proof.steps().len()), (vec![there], 0));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn proof_of<'f>(&self, findings: impl IntoIterator<Item = &'f T>) -> Proof<'g>
    where
        T: 'f,
    {
        let mut proof = Proof::under(self.graph, self.policy.clone());
        let (claims, steps) = &self.beside;
        claims.iter().for_each(|&claim| proof.add_claim(claim));
        steps.iter().for_each(|steps| proof.add_steps(steps.as_slice()));
        findings.into_iter().for_each(|item| proof.add_finding(item));
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

impl<T: Serialize> Serialize for Findings<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(&self.items)
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

impl<'g> ClaimRef<'g> {
    /// Returns the name of the speaker, for a sentence.
    pub(crate) fn speaker_name(self) -> &'g str {
        self.graph().speaker_name(self.speaker())
    }

    /// Returns the days by which of several claims of a speaker the latest is found.
    pub(crate) fn day_spoken(self) -> (Day, Option<Window>) {
        (self.reported_day(), self.spoken())
    }
}

/// Returns "1 claim", "2 claims".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
