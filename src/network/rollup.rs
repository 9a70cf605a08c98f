//! Roll-ups: claims about the parts of an actor count for the actor.
//!
//! A view and an actor go in, the claims about the actor and its parts come out, each with the affiliations by
//! which it counts. Projections are rolled up by the same rule.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::affiliation::AffiliationKind;
use crate::model::id::{AffiliationId, ClaimId, EntityId};
use crate::model::time::period::Period;
use crate::network::projection::{Projection, place};
use crate::view::View;
use crate::view::finding::{Finding, Findings};
use crate::view::proof::{Proof, Step};
use indexmap::IndexSet;
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::FxHashMap;
use std::fmt;
use std::rc::Rc;

/// A claim about an actor or a part of it, with the affiliations by which it counts for the actor.
#[derive(Clone, Debug)]
pub struct RollUp<'g> {
    claim: ClaimRef<'g>,
    part: EntityId,
    path: Vec<AffiliationId>,
}

impl<'g> RollUp<'g> {
    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the entity that stands in the claim: the actor asked about, or a part of it.
    pub fn part(&self) -> EntityId {
        self.part
    }

    /// Returns the affiliations from that entity up to the actor; none if the claim names the actor.
    pub fn path(&self) -> &[AffiliationId] {
        &self.path
    }

    /// Returns whether the claim names the actor itself.
    pub fn is_direct(&self) -> bool {
        self.path.is_empty()
    }
}

impl Finding for RollUp<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        vec![self.claim.id()]
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let steps: Vec<Step> = self.path.iter().copied().map(Step::Affiliated).collect();
        proof.add_steps(&steps);
    }
}

impl fmt::Display for RollUp<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.claim)?;
        match self.is_direct() {
            true => Ok(()),
            false => write!(f, " (through {})", self.claim.graph().name_of(self.part)),
        }
    }
}

impl ClaimGraph {
    /// Returns the claims about an actor and its parts; see [`View::claims_with_subject_or_part`].
    pub fn claims_with_subject_or_part(
        &self,
        actor: impl Into<EntityId>,
    ) -> Findings<'_, RollUp<'_>> {
        self.view().claims_with_subject_or_part(actor)
    }

    /// Returns the claims with an actor or its parts as object; see [`View::claims_with_object_or_part`].
    pub fn claims_with_object_or_part(
        &self,
        actor: impl Into<EntityId>,
    ) -> Findings<'_, RollUp<'_>> {
        self.view().claims_with_object_or_part(actor)
    }
}

impl<'g> View<'g> {
    /// Returns the claims of the view whose statement has this actor or a part of it as subject, whatever their
    /// stance. A part counts if its affiliation is known in this view and can hold at the time of the claim.
    /// Members and office-holders do not count.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "Russia")?, graph.add(State, "North Korea")?);
    /// let ministry = graph.add(Agency, "Foreign Affairs (Russia)")?;
    /// let day = date(2014, 3, 1);
    /// let visit = graph.insert(Claim::by(nk).asserts(ministry, MEETS, nk).valid(day).reported(day))?;
    /// assert_eq!(graph.view().claims_with_subject(russia).count(), 0);
    /// let made = graph.affiliate_by_name(|name| Some(name.strip_suffix(')')?.split_once(" (")?.1));
    /// let events = graph.claims_with_subject_or_part(russia);
    /// assert_eq!(events.claims(), [visit]);
    /// assert_eq!(events.first().map(|e| e.path()), Some(made.made()));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn claims_with_subject_or_part(
        &self,
        actor: impl Into<EntityId>,
    ) -> Findings<'g, RollUp<'g>> {
        self.rolled_up(actor.into(), |view, part| view.graph.ledger.with_subject(part).collect())
    }

    /// Returns the claims of the view whose statement has this actor or a part of it as object, as
    /// [`claims_with_subject_or_part`](Self::claims_with_subject_or_part).
    pub fn claims_with_object_or_part(
        &self,
        actor: impl Into<EntityId>,
    ) -> Findings<'g, RollUp<'g>> {
        self.rolled_up(actor.into(), |view, part| view.graph.ledger.with_object(part).collect())
    }

    /// Returns the arcs of the view with the outermost wholes in place of their parts: for states on behalf of
    /// which their organs act. A part counts as for
    /// [`claims_with_subject_or_part`](Self::claims_with_subject_or_part). A part of several wholes has an arc
    /// for each. Arcs between two parts of the same whole are dropped. Parts stay nodes, without arcs.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, china) = (graph.add(State, "Russia")?, graph.add(State, "China")?);
    /// let [police, army] = ["Police (Russia)", "Army (Russia)"].map(|name| graph.add(Agency, name));
    /// let (police, army, day) = (police?, army?, date(2014, 3, 1));
    /// graph.insert(Claim::by(china).asserts(police, MEETS, china).reported(day))?;
    /// graph.insert(Claim::by(china).asserts(police, BRIEFS, army).reported(day))?;
    /// graph.affiliate_by_name(|name| Some(name.strip_suffix(')')?.split_once(" (")?.1));
    /// let arcs = graph.view().rolled_up_projection();
    /// assert_eq!((arcs.arc_count(), arcs.out_degree(russia), arcs.out_degree(police)), (2, 1, 0));   // both ways
    /// assert!(arcs.components().same_component(russia, china));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn rolled_up_projection(&self) -> Projection<'g> {
        let (mut known, mut arcs) = (FxHashMap::default(), Vec::new());
        for arc in self.edge_references() {
            let [from, to] = [arc.source(), arc.target()]
                .map(|end| self.outermost(end, arc.claim(), &mut known));
            for (&a, &b) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b))) {
                if a != b || arc.source() == arc.target() {
                    arcs.push((place(a), place(b)));
                }
            }
        }
        Projection::of_arcs(self.graph, arcs)
    }

    /// Returns the outermost wholes that the entity is a part of at the time of the claim; the entity itself if
    /// there are none. Wholes that are the same at every time are kept in `known`.
    fn outermost(
        &self,
        end: EntityId,
        claim: ClaimRef<'g>,
        known: &mut FxHashMap<EntityId, Rc<[EntityId]>>,
    ) -> Rc<[EntityId]> {
        if let Some(wholes) = known.get(&end) {
            return Rc::clone(wholes);
        }
        let (mut met, mut next, mut dated) = (IndexSet::from([end]), 0, false);
        let mut outermost = Vec::new();
        while let Some(&entity) = met.get_index(next) {
            next += 1;
            let before = outermost.len();
            outermost.push(entity);
            for (id, affiliation) in self.graph.affiliations_of(entity) {
                if affiliation.kind() != AffiliationKind::PartOf || !self.knows_affiliation(id) {
                    continue;
                }
                dated |= affiliation.valid_period().is_some();
                if self.serves(id, claim.holding().as_ref()) {
                    outermost.truncate(before);
                    met.insert(affiliation.whole());
                }
            }
        }
        let wholes = Rc::from(outermost);
        if !dated {
            known.insert(end, Rc::clone(&wholes));
        }
        wholes
    }

    /// Returns whether the affiliation can hold at that time.
    fn serves(&self, id: AffiliationId, at: Option<&Period>) -> bool {
        let period = self.graph.affiliation(id).and_then(|affiliation| affiliation.valid_period());
        period.zip(at).is_none_or(|(a, b)| a.overlaps(b).is_possible())
    }

    fn rolled_up(
        &self,
        whole: EntityId,
        claims: impl Fn(&Self, EntityId) -> Vec<ClaimId>,
    ) -> Findings<'g, RollUp<'g>> {
        let parts = self.parts(whole, &[AffiliationKind::PartOf]);
        let mut found = Vec::new();
        for part in parts.entities() {
            // The path is the same for all claims unless an affiliation of the part holds for a time only.
            let undated = |id: AffiliationId| {
                self.graph.affiliation(id).is_some_and(|a| a.valid_period().is_none())
            };
            let always = parts.path(part, undated);
            for claim in claims(self, part).into_iter().filter_map(|id| self.get(id)) {
                let at = claim.holding();
                let serves = |id: AffiliationId| self.serves(id, at.as_ref());
                if let Some(path) = always.clone().or_else(|| parts.path(part, serves)) {
                    found.push(RollUp { claim, part, path });
                }
            }
        }
        self.graph.sort_findings(&mut found, |item| item.claim.id());
        Findings::of(self, found)
    }
}
