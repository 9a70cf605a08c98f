//! A graph in which entities that are the same are one. Programs make it of a graph and ask it any question.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::identity::Identity;
use crate::model::affiliation::Affiliation;
use crate::model::error::Error;
use crate::model::id::{AffiliationId, ClaimId, LineageId};
use crate::model::lineage::Lineage;
use crate::store::batch_table::Item;
use crate::view::View;
use jiff::Timestamp;
use std::sync::Arc;

/// A graph in which the [canonical](Identity::canonical) entity stands in the place of all that are the same.
///
/// All claims are there, under the handles and the keys that they have in the graph from which it was
/// [made](Self::made). So a question has the answer that it would have if each claim had been made about the canonical
/// entity, and its proof names the claims as they were made. Handles and keys of all entities lead to the canonical
/// one, which also has the names and codes of the others. A unified graph costs a copy of the columns, and the time to
/// insert all claims again.
///
/// ```
/// use claimgraph::identity::Judgement;
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let [nis, wire] = ["nis", "wire"].map(|key| graph.add(Organization, key).unwrap());
/// let (russia, nk, dprk) = (graph.add(State, "russia")?, graph.add(State, "nk")?, graph.add(State, "dprk")?);
/// let day = date(2024, 10, 24);
/// graph.insert(Claim::by(nis).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
/// let second = graph.insert(Claim::by(wire).asserts(dprk, DEPLOYS_TO, russia).reported(day))?;
/// graph.judge(Judgement::same(nk, dprk).by("editor").at("2024-10-25T09:00:00Z".parse().unwrap()))?;
///
/// assert_eq!(graph.statement(nk, DEPLOYS_TO, russia).backing().len(), 1);
/// let unified = graph.unified();
/// assert_eq!(unified.view().statement(nk, DEPLOYS_TO, russia).backing().len(), 2);
/// assert_eq!(unified.made().show(second)?, "wire asserted that dprk deploys to russia");
/// assert_eq!(unified.graph().claim_key(second)?, graph.claim_key(second)?);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct UnifiedGraph {
    graph: ClaimGraph,
    made: Arc<ClaimGraph>,
    left_out: (Vec<AffiliationId>, Vec<LineageId>),
}

impl ClaimGraph {
    /// Returns the graph with entities as one that are the same by all judgements that nobody has undone.
    pub fn unified(&self) -> UnifiedGraph {
        UnifiedGraph::of(&self.identity())
    }

    /// Returns the graph with entities as one that were the same at that instant.
    pub fn unified_as_of(&self, instant: Timestamp) -> UnifiedGraph {
        UnifiedGraph::of(&self.identity_as_of(instant))
    }
}

impl UnifiedGraph {
    fn of(identity: &Identity<'_>) -> Self {
        let made = Arc::new(identity.graph().clone());
        let registry = made.registry.unified(identity.groups());
        let ledger = made
            .ledger
            .replaced(&|entity| registry.one_for(entity), &|claim| made.is_redacted(claim));
        let mut graph = ClaimGraph {
            registry,
            ledger,
            batches: Arc::new(made.batches.without_links_of_entities()),
            judgements: Arc::clone(&made.judgements),
            redactions: Arc::clone(&made.redactions),
            made: Some(Arc::clone(&made)),
            ..ClaimGraph::over(made.vocabulary.clone())
        };
        let current = made.batches.current();
        let affiliations = graph.take_affiliations(&made);
        let lineages = graph.take_lineages(&made);
        graph.switch_batch(current);
        Self { graph, made, left_out: (affiliations, lineages) }
    }

    /// Returns the graph in which the canonical entities stand.
    pub fn graph(&self) -> &ClaimGraph {
        &self.graph
    }

    /// Returns a view of all its claims.
    pub fn view(&self) -> View<'_> {
        self.graph.view()
    }

    /// Returns the graph from which it was made. Its claims are about the entities about which they were made.
    pub fn made(&self) -> &ClaimGraph {
        &self.made
    }

    /// Returns a claim as it was made.
    ///
    /// # Errors
    /// Returns an error if the graph does not have the claim.
    pub fn as_made(&self, claim: ClaimId) -> Result<ClaimRef<'_>, Error> {
        self.made.claim(claim)
    }

    /// Returns the affiliations that are left out, because their ends are one entity now or because they would close a
    /// circle. The handles are those of the graph from which it was made.
    pub fn affiliations_left_out(&self) -> &[AffiliationId] {
        let (affiliations, _) = &self.left_out;
        affiliations
    }

    /// Returns the lineage links that are left out, for the same reasons.
    pub fn lineages_left_out(&self) -> &[LineageId] {
        let (_, lineages) = &self.left_out;
        lineages
    }
}

impl ClaimGraph {
    /// Takes over the affiliations of another graph, and returns those that do not fit. They come in the order of their
    /// keys, so that those that are left out do not depend on the order of insertion.
    fn take_affiliations(&mut self, made: &ClaimGraph) -> Vec<AffiliationId> {
        let mut all: Vec<AffiliationId> = made.affiliation_ids().collect();
        all.sort_by_cached_key(|&id| made.affiliation_order(id));
        let mut left_out = Vec::new();
        for (id, it) in all.into_iter().filter_map(|id| Some((id, made.affiliation(id)?))) {
            let [part, whole] = [it.part, it.whole].map(|entity| self.one_for(entity));
            let affiliation = Affiliation { part, whole, ..it.clone() };
            self.switch_batch(made.batches.of(Item::Affiliation, id.index()));
            if part == whole || self.add_affiliation(affiliation).is_err() {
                left_out.push(id);
            }
        }
        left_out
    }

    /// Takes over the lineage of another graph, and returns the links that do not fit.
    fn take_lineages(&mut self, made: &ClaimGraph) -> Vec<LineageId> {
        let mut all: Vec<LineageId> = made.lineage_ids().collect();
        all.sort_by_cached_key(|&id| made.lineage_order(id));
        let mut left_out = Vec::new();
        for (id, it) in all.into_iter().filter_map(|id| Some((id, made.lineage(id)?))) {
            let [from, to] = [it.from, it.to].map(|entity| self.one_for(entity));
            let lineage = Lineage { from, to, ..it.clone() };
            self.switch_batch(made.batches.of(Item::Lineage, id.index()));
            if from == to || self.add_lineage(lineage).is_err() {
                left_out.push(id);
            }
        }
        left_out
    }
}
