//! The sources on which an answer depends.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::questions::statement::StatementQuery;
use crate::sources::ablation::Consequence;
use crate::view::finding::Findings;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::rc::Rc;

impl<'g> StatementQuery<'g> {
    /// Returns the sources that carry the answer: sources without which a claim no longer backs it, each with the lost
    /// claims and the number of independent sources that are left. Sources without which the answer falls come first,
    /// then those without which most independent sources and most claims are lost; equal ones stand in order of keys.
    ///
    /// The work is that of one [`independence`](Self::independence), and for each source that of the claims that have a
    /// speaker, a source, an original or a whole in common with its own. If these are all claims, and copies or speakers
    /// that may be one are among them, it grows with the square of their number.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, sources::Lineage, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let (park, nis) = (graph.add(Person, "park")?, graph.add(Agency, "nis")?);
    /// let austin = graph.add(Person, "austin")?;
    /// for who in [park.id(), nis.id(), austin.id()] {
    ///     graph.insert(Claim::by(who).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// }
    /// graph.add_lineage(Lineage::new(park, nis))?;
    /// let critical = graph.statement(nk, DEPLOYS_TO, russia).critical_sources();
    /// let ranked: Vec<_> = critical.iter().map(|c| (c.source(), c.lost().len(), c.before(), c.after())).collect();
    /// assert_eq!(ranked, [(nis.id(), 2, 2, 1), (austin.id(), 1, 2, 1), (park.id(), 1, 2, 2)]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn critical_sources(&self) -> Findings<'g, Consequence<'g>> {
        let (view, graph, before) = (&self.view, self.view.graph, self.independence());
        let mut lost: IndexMap<EntityId, Vec<ClaimId>, FxBuildHasher> = IndexMap::default();
        let mut known: FxHashMap<OriginId, Rc<IndexSet<EntityId>>> = FxHashMap::default();
        for claim in self.counted_backing().claims() {
            let Some(backing) = ClaimRef::new(graph, claim) else { continue };
            let origin = graph.ledger.origin_of(claim);
            let same = origin.and_then(|origin| known.get(&origin).cloned());
            let sources = same.unwrap_or_else(|| {
                let (sources, holds_for_all) = view.falls_without(backing);
                let sources = Rc::new(sources);
                if let Some(origin) = origin.filter(|_| holds_for_all) {
                    known.insert(origin, sources.clone());
                }
                sources
            });
            sources.iter().for_each(|&source| lost.entry(source).or_default().push(claim));
        }
        let components = before.components();
        // What a lost revision took the place of stands again.
        let is_sum = before.revised.is_empty() && components.count() == before.count();
        let each = lost.into_iter().map(|(source, lost)| {
            let after = match is_sum {
                true => components.without(view, source, &lost),
                false => {
                    self.asked_of(view.clone().excluding_source(source)).independence().count()
                }
            };
            Consequence::new(self.clone(), source, lost, [before.count(), after])
        });
        let mut found: Vec<Consequence<'g>> = each.collect();
        found.sort_by_key(|it| (it.weight(), graph.key_of(it.source())));
        Findings::of(view, found)
    }
}
