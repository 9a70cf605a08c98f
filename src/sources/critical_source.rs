//! The sources on which an answer depends.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId, OriginId};
use crate::questions::statement::StatementQuery;
use crate::sources::ablation::Consequence;
use crate::sources::independence::Independence;
use crate::sources::lineage_tree::LineageTree;
use crate::sources::lost_claims::{ByLineage, LostClaims};
use crate::view::finding::Findings;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// The claims that are lost without each source, and who falls with whom.
struct LostBySource {
    by_source: Vec<(EntityId, LostClaims)>,
    tree: LineageTree,
}

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
        let lost = self.lost_by_source(&before);
        let components = before.components();
        // What a lost revision took the place of stands again.
        let is_sum = before.revised.is_empty() && components.count() == before.count();
        let inquiry = Arc::new(self.clone());
        let each = lost.by_source.into_iter().map(|(source, claims)| {
            let after = match is_sum {
                true => components.without(view, source, &claims, &lost.tree),
                false => {
                    self.asked_of(view.clone().excluding_source(source)).independence().count()
                }
            };
            Consequence::new(inquiry.clone(), source, claims, [before.count(), after])
        });
        let mut found: Vec<Consequence<'g>> = each.collect();
        found.sort_by_key(|it| (it.weight(), graph.key_of(it.source())));
        Findings::of(view, found)
    }

    /// Returns the claims that back the statement and fall with each source.
    fn lost_by_source(&self, independence: &Independence<'g>) -> LostBySource {
        let (view, graph) = (&self.view, self.view.graph);
        let backing = self.counted_backing().claims();
        let backing: Vec<ClaimRef<'g>> =
            backing.into_iter().filter_map(|id| ClaimRef::new(graph, id)).collect();
        let party = |claim: &ClaimRef<'g>| {
            let chain = claim.chain();
            chain.get(view.party(chain)).and_then(|link| link.source)
        };
        let tree = LineageTree::of(view, backing.iter().filter_map(party));
        let mut own: IndexMap<EntityId, Vec<ClaimId>, FxBuildHasher> = IndexMap::default();
        let mut known: FxHashMap<OriginId, Rc<IndexSet<EntityId>>> = FxHashMap::default();
        let mut placed: Vec<(usize, ClaimId)> = Vec::new();
        for claim in backing {
            let id = claim.id();
            if let Some(place) = party(&claim).and_then(|party| tree.order(party)) {
                placed.push((place, id));
                let speakers = claim.chain().iter().filter_map(|link| link.source);
                let apart = speakers.filter(|&it| !tree.falling_with(it).contains(&place));
                for speaker in apart.collect::<IndexSet<EntityId>>() {
                    own.entry(speaker).or_default().push(id);
                }
                continue;
            }
            let origin = graph.ledger.origin_of(id);
            let same = origin.and_then(|origin| known.get(&origin).cloned());
            let sources = same.unwrap_or_else(|| {
                let (sources, holds_for_all) = view.falls_without(claim);
                let sources = Rc::new(sources);
                if let Some(origin) = origin.filter(|_| holds_for_all) {
                    known.insert(origin, sources.clone());
                }
                sources
            });
            sources.iter().for_each(|&source| own.entry(source).or_default().push(id));
        }
        placed.sort_by_key(|&(place, _)| place);
        let evidence: FxHashSet<ClaimId> =
            independence.supporters.iter().map(|claim| claim.id()).collect();
        let falling = placed.iter().map(|&(_, claim)| claim).collect();
        let falling = Arc::new(ByLineage::of(falling, |claim| evidence.contains(&claim)));
        let place_of = |order: usize| placed.partition_point(|&(place, _)| place < order);
        tree.speakers().for_each(|source| _ = own.entry(source).or_default());
        let with_falling = |(source, own)| {
            let all = tree.falling_with(source);
            let among = place_of(all.start)..place_of(all.end);
            (source, LostClaims::with_falling(own, &falling, among))
        };
        let by_source = own.into_iter().map(with_falling).filter(|(_, lost)| lost.len() > 0);
        LostBySource { by_source: by_source.collect(), tree }
    }
}
