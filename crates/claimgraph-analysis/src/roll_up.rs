//! Roll-ups: claims about the parts of an actor count for the actor.
//!
//! A view and an actor go in, the claims about the actor and its parts come out, each with the affiliations by
//! which it counts. Projections are rolled up by the same rule.

use crate::keys::entity_key;
use claimgraph::entity::{AffiliationId, AffiliationKind};
use claimgraph::network::Projection;
use claimgraph::proof::Step;
use claimgraph::{ClaimId, ClaimRef, EntityId, Finding, Findings, Proof, View};
use indexmap::IndexSet;
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::FxHashMap;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;
use std::rc::Rc;

/// A claim about an actor or a part of it, with the affiliations by which it counts for the actor.
///
/// The JSON has the keys of the `claim` and of the `part`, and the `wholes` on the way up, the actor last.
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
            false => write!(f, ", through {}", self.claim.graph().name_of(self.part)),
        }
    }
}

impl Serialize for RollUp<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let graph = self.claim.graph();
        let path = self.path.iter().filter_map(|&id| graph.affiliation(id));
        let wholes: Vec<&str> = path.map(|a| entity_key(graph, a.whole())).collect();
        let mut object = serializer.serialize_struct("RollUp", 3)?;
        object.serialize_field("claim", &self.claim)?;
        object.serialize_field("part", entity_key(graph, self.part))?;
        object.serialize_field("wholes", &wholes)?;
        object.end()
    }
}

/// Returns the claims of the view whose statement has this actor or a part of it as subject, whatever their
/// stance. A part counts if its affiliation is known in this view and can hold at the time of the claim.
/// Members and office-holders do not count.
///
/// ```
/// use claimgraph::{date, entity::Affiliation, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::claims_with_subject_or_part;
/// let mut graph = ClaimGraph::new();
/// let (russia, nk) = (graph.add(State, "Russia")?, graph.add(State, "North Korea")?);
/// let ministry = graph.add(Agency, "Foreign Affairs")?;
/// let day = date(2014, 3, 1);
/// let visit = graph.insert(Claim::by(nk).asserts(ministry, MEETS, nk).valid(day).reported(day))?;
/// assert_eq!(graph.view().claims_with_subject(russia).count(), 0);
/// let part = graph.add_affiliation(Affiliation::part_of(ministry, russia))?;
/// let view = graph.view();
/// let events = claims_with_subject_or_part(&view, russia);
/// assert_eq!(events.claims(), [visit]);
/// assert_eq!(events.first().map(|e| e.path()), Some([part].as_slice()));
/// let json = serde_json::to_value(&events).unwrap();
/// assert_eq!(json[0]["wholes"], serde_json::json!(["Russia"]));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn claims_with_subject_or_part<'g>(
    view: &View<'g>,
    actor: impl Into<EntityId>,
) -> Findings<'g, RollUp<'g>> {
    rolled_up(view, actor.into(), |part| view.claims_with_subject(part).collect())
}

/// Returns the claims of the view whose statement has this actor or a part of it as object, as
/// [`claims_with_subject_or_part`].
pub fn claims_with_object_or_part<'g>(
    view: &View<'g>,
    actor: impl Into<EntityId>,
) -> Findings<'g, RollUp<'g>> {
    rolled_up(view, actor.into(), |part| view.claims_with_object(part).collect())
}

fn rolled_up<'g>(
    view: &View<'g>,
    whole: EntityId,
    claims: impl Fn(EntityId) -> Vec<ClaimRef<'g>>,
) -> Findings<'g, RollUp<'g>> {
    let parts = view.parts(whole, &[AffiliationKind::PartOf]);
    let mut found = Vec::new();
    for part in parts.entities() {
        for claim in claims(part) {
            if let Some(path) = parts.path(part, claim.holding().as_ref()) {
                found.push(RollUp { claim, part, path });
            }
        }
    }
    view.graph().sort_findings(&mut found, |item| item.claim.id());
    Findings::of(view, found)
}

/// Returns the arcs of the view with the outermost wholes in place of their parts, such as a state in place of its
/// ministries. A part counts as for [`claims_with_subject_or_part`]. A part of several wholes has an arc for each. Arcs
/// between two parts of the same whole are dropped. Parts stay nodes, without arcs.
///
/// ```
/// use claimgraph::{date, entity::Affiliation, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{components_of_arcs, rolled_up_projection};
/// let mut graph = ClaimGraph::new();
/// let (russia, china) = (graph.add(State, "Russia")?, graph.add(State, "China")?);
/// let [police, army] = ["Police", "Army"].map(|name| graph.add(Agency, name));
/// let (police, army, day) = (police?, army?, date(2014, 3, 1));
/// graph.insert(Claim::by(china).asserts(police, MEETS, china).reported(day))?;
/// graph.insert(Claim::by(china).asserts(police, BRIEFS, army).reported(day))?;
/// graph.add_affiliation(Affiliation::part_of(police, russia))?;
/// graph.add_affiliation(Affiliation::part_of(army, russia))?;
/// let arcs = rolled_up_projection(&graph.view());
/// assert_eq!((arcs.arc_count(), arcs.out_degree(russia), arcs.out_degree(police)), (2, 1, 0));   // both ways
/// assert!(components_of_arcs(&arcs).same_component(russia, china));
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn rolled_up_projection<'g>(view: &View<'g>) -> Projection<'g> {
    let (mut known, mut arcs) = (FxHashMap::default(), Vec::new());
    for arc in view.edge_references() {
        let [from, to] =
            [arc.source(), arc.target()].map(|end| outermost(view, end, arc.claim(), &mut known));
        for (&a, &b) in from.iter().flat_map(|a| to.iter().map(move |b| (a, b))) {
            if a != b || arc.source() == arc.target() {
                arcs.push((a.index() as u32, b.index() as u32));
            }
        }
    }
    Projection::of_arcs(view.graph(), arcs)
}

/// Returns the outermost wholes that the entity is a part of at the time of the claim; the entity itself if there
/// are none. Wholes that are the same at every time are kept in `known`.
fn outermost<'g>(
    view: &View<'g>,
    end: EntityId,
    claim: ClaimRef<'g>,
    known: &mut FxHashMap<EntityId, Rc<[EntityId]>>,
) -> Rc<[EntityId]> {
    if let Some(wholes) = known.get(&end) {
        return Rc::clone(wholes);
    }
    let (mut met, mut next, mut dated) = (IndexSet::from([end]), 0, false);
    let mut outermost: IndexSet<EntityId> = IndexSet::new();
    while let Some(&entity) = met.get_index(next) {
        next += 1;
        if let Some(wholes) = known.get(&entity) {
            outermost.extend(wholes.iter().copied());
            continue;
        }
        let above = view.affiliations_of(entity).map(|(_, affiliation)| affiliation);
        let mut ends = true;
        for affiliation in above.filter(|a| a.kind() == AffiliationKind::PartOf) {
            dated |= affiliation.valid_period().is_some();
            if affiliation.can_hold_in(claim.holding().as_ref()) {
                ends = false;
                met.insert(affiliation.whole());
            }
        }
        if ends {
            outermost.insert(entity);
        }
    }
    let wholes: Rc<[EntityId]> = outermost.into_iter().collect();
    // A part of one outermost whole passes only others of it on the way up.
    let alike = if wholes.len() == 1 { met.len() } else { 1 };
    if !dated {
        known.extend(met.into_iter().take(alike).map(|entity| (entity, Rc::clone(&wholes))));
    }
    wholes
}
