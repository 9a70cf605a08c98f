//! Adds one graph to another. Programs call it.

use crate::graph::ClaimGraph;
use crate::graph::record::import::Loader;
use crate::model::error::Error;
use crate::model::limits::Limits;
use crate::model::record::Record;

impl ClaimGraph {
    /// Adds everything that another graph has: vocabulary, batches, entities, claims, links, affiliations, lineage,
    /// reviews.
    ///
    /// An item that both graphs have is there once afterwards, in the earlier of its batches. If a graph has a claim several times, the larger number
    /// of copies is kept. A second merge changes nothing, so use `graph.merge(&ClaimGraph::read_jsonl(file)?)` for a
    /// file that may have been loaded before.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut ours = ClaimGraph::new();
    /// let russia = ours.add(State, "russia")?;
    /// let mut theirs = ours.clone();
    /// theirs.insert(Claim::by(russia).denies(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
    /// ours.merge(&theirs)?;
    /// ours.merge(&theirs)?;
    /// assert_eq!(ours.len(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the two contradict each other: a key with two kinds, a relation with two meanings, two
    /// derived figures for one claim, two batches with one key, or a lineage that closes a circle. In that
    /// case nothing is added.
    pub fn merge(&mut self, other: &ClaimGraph) -> Result<(), Error> {
        let current = self.batches.current();
        let mut graph = self.clone();
        // What has no batch there gets none here.
        graph.end_batch();
        let mut loader = Loader::onto(graph).limits(Limits::OF_A_GRAPH);
        // What the graph has is called as in its own file, where equal claims are numbered alike.
        loader.claims = self.canonical_names().into_iter().map(|(id, name)| (name, id)).collect();
        for record in other.records() {
            if let Record::Claim(claim) = &record
                && let Some(known) = claim.id.as_deref().and_then(|id| loader.claim(id))
            {
                loader.also_in(known, claim.batch.as_deref())?;
                continue;
            }
            loader.push(record)?;
        }
        *self = loader.finish();
        self.switch_batch(current);
        Ok(())
    }
}
