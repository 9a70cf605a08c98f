//! Interactions of two entities: two entities go in, the claims that report what they do with each other come out.

use crate::graph::claim_ref::{ClaimRef, Term};
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{ClaimId, EntityId};
use crate::view::View;
use crate::view::finding::Findings;
use crate::view::steps::Steps;
use indexmap::IndexMap;

impl<'g> View<'g> {
    /// Returns the claims that report what two entities, or their parts, do with each other, from either side.
    /// Counted are actual claims whose speakers are committed to them, under relations that are declared as
    /// interactions, and claims that have one of those as their object (a treaty formalises an alliance). Answers to
    /// claims are not among them.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let treaty = graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
    /// graph.insert(Claim::by(russia).asserts(nk, PRESENT_IN, russia).reported(day))?;   // not a dealing
    /// assert_eq!(graph.view().interactions_between(nk, russia).claims(), [treaty]);
    /// assert_eq!(graph.view().interactions_between(russia, nk).claims(), [treaty]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn interactions_between(
        &self,
        a: impl Into<EntityId>,
        b: impl Into<EntityId>,
    ) -> Findings<'g, ClaimRef<'g>> {
        let kinds = [AffiliationKind::PartOf];
        let (a, b) = (self.parts(a.into(), &kinds), self.parts(b.into(), &kinds));
        let mut found: IndexMap<ClaimId, (ClaimRef<'g>, Steps)> = IndexMap::new();
        for part in a.entities() {
            let claims = self.claims_with_subject(part).chain(self.claims_with_object(part));
            for claim in claims.filter(|claim| claim.is_fact()) {
                let interaction = claim.statement().filter(|s| s.relation().interaction);
                let (Some(_), Some(subject), Some(object)) =
                    (interaction, claim.subject_entity(), claim.object_entity())
                else {
                    continue;
                };
                let at = claim.holding();
                let at = at.as_ref();
                let along = |x: EntityId, y: EntityId| a.way(x, at).zip(b.way(y, at));
                let paths = along(subject, object).or_else(|| along(object, subject));
                if let Some((left, right)) = paths {
                    let steps = Steps::of(Vec::new(), vec![left, right]);
                    found.insert(claim.id(), (claim, steps));
                }
            }
        }
        let interactions: Vec<ClaimId> = found.keys().copied().collect();
        for interaction in interactions {
            for &id in self.graph.ledger.mentions(interaction) {
                let about = |claim: &ClaimRef<'g>| {
                    claim.is_fact() && claim.object().and_then(Term::claim) == Some(interaction)
                };
                if let Some(claim) = self.get(id).filter(about) {
                    found.entry(id).or_insert((claim, Steps::default()));
                }
            }
        }
        let (claims, steps): (Vec<_>, Vec<_>) = found.into_values().unzip();
        Findings::sorted(self, claims, |claim| claim.id()).beside(Vec::new(), steps)
    }
}
