//! A claim as a sentence, with what became of it in a view: withdrawn, superseded, contested.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::error::Error;
use crate::model::id::ClaimId;
use crate::questions::contest::surest;
use crate::view::View;
use indexmap::IndexSet;
use std::fmt::Write;

impl ClaimGraph {
    /// Returns the claim as a sentence: speakers, stance, content, figure and time, and whether it was withdrawn,
    /// superseded or contested since. See [`View::show`].
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph, Entity, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let paper = graph.add_document("paper", date(2024, 10, 24))?;
    /// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
    /// let russia = graph.add(State, Entity::new("ru").named("Russia"))?;
    /// let nis = graph.add(Agency, Entity::new("nis").named("NIS"))?;
    /// let dispatch = graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).read_in(paper, ..))?;
    /// assert_eq!(graph.show(dispatch)?, "NIS asserted that North Korea deploys to Russia: 3,000 soldiers");
    /// let dismissal = graph.insert(Claim::by(russia).dismisses(dispatch).quote(Quote::fragment("fake news")).read_in(paper, ..))?;
    /// assert_eq!(graph.show(dismissal)?,
    ///     "Russia dismissed as \u{201c}fake news\u{201d} what NIS asserted: North Korea deploys to Russia: 3,000 soldiers");
    /// assert_eq!(graph.show(dispatch)?,
    ///     "NIS asserted that North Korea deploys to Russia: 3,000 soldiers; contested by Russia");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn show(&self, claim: ClaimId) -> Result<String, Error> {
        self.view().show(claim)
    }
}

impl View<'_> {
    /// Returns the claim as a sentence, and whether it was withdrawn, superseded or contested as far as this view knows.
    ///
    /// The sentence alone is the claim's [`Display`](std::fmt::Display). If the claim is not in the view, it is shown too.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Entity, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let blast = graph.add(Event, Entity::new("blast").named("the blast"))?;
    /// let agency = graph.add(Agency, Entity::new("agency").named("the agency"))?;
    /// let dead = |number: i32| Quantity::stated(number, "dead");
    /// let first = graph.insert(
    ///     Claim::by(agency).asserts(blast, CAUSES_CASUALTIES, ()).quantity(dead(12)).reported(date(2023, 6, 5)))?;
    /// graph.insert(Claim::by(agency).revises(first).quantity(dead(31)).reported(date(2023, 6, 7)))?;
    /// let before = graph.view().as_of(date(2023, 6, 5));
    /// assert_eq!(before.show(first)?, "the agency asserted that the blast causes casualties: 12 dead");
    /// assert_eq!(graph.view().show(first)?, format!("{}; superseded", before.show(first)?));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn show(&self, claim: ClaimId) -> Result<String, Error> {
        Ok(self.shown(self.graph.claim(claim)?))
    }

    /// Returns the claim as a sentence, with what became of it.
    pub(crate) fn shown(&self, claim: ClaimRef<'_>) -> String {
        let mut text = claim.to_string();
        if self.is_retracted(claim.id()) {
            text.push_str("; withdrawn");
        }
        if self.superseded(claim.id()).is_some() {
            text.push_str("; superseded");
        }
        let Some(claim) = ClaimRef::new(self.graph, claim.id()) else { return text };
        let mut contests = self.contests_in_no_order(claim);
        self.graph.sort_findings(&mut contests, |contest| contest.claim().id());
        let speakers: IndexSet<&str> =
            contests.iter().map(|contest| contest.claim().speaker_name()).collect();
        if !speakers.is_empty() {
            let perhaps = surest(&contests).perhaps();
            let speakers = Vec::from_iter(speakers).join(", ");
            // Writing to a String does not fail.
            let _ = write!(text, "; {perhaps}contested by {speakers}");
        }
        text
    }
}
