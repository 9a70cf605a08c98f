//! The arcs of a view: claims that join two entities. The arcs at one entity are found from its rows; the ends of all
//! arcs are read in blocks of rows.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::store::claim_flags::Marks;
use crate::store::columns::row_iter::{Blocks, ObjectRows, RowId, Rows};
use crate::view::View;
use std::fmt;

/// A claim as an arc from one entity to another.
#[derive(Clone, Copy)]
pub struct Arc<'g> {
    claim: ClaimRef<'g>,
    pub(crate) source: EntityId,
    pub(crate) target: EntityId,
}

impl<'g> Arc<'g> {
    /// Returns the claim.
    pub fn claim(self) -> ClaimRef<'g> {
        self.claim
    }
}

impl fmt::Debug for Arc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} -> {:?} by {:?}", self.source, self.target, self.claim.id())
    }
}

/// The arcs at an entity: first those of claims whose statement begins there, then those of symmetric and inverse
/// claims that are read from their other side.
#[derive(Clone, Debug)]
pub struct Arcs<'v, 'g> {
    view: &'v View<'g>,
    at: EntityId,
    outgoing: bool,
    /// For outgoing arcs: the rows about the entity whose arcs go one way.
    straight: Blocks,
    /// Other rows with the entity as subject, and rows with it as object.
    about: Rows<'g>,
    on: ObjectRows<'g>,
}

impl<'v, 'g> Arcs<'v, 'g> {
    #[inline]
    pub(crate) fn new(view: &'v View<'g>, at: EntityId, outgoing: bool) -> Self {
        let ledger = &view.graph.ledger;
        let mut on = ledger.on(at);
        let rows = ledger.rows().rows_about(at);
        // Arcs that can be turned are looked for only if there are any.
        if outgoing && !ledger.rows().turns_at(at) {
            on.sorted = [].iter();
        }
        let turning = if ledger.rows().turns_from(at) { rows.clone() } else { 0..0 };
        let about = Rows::new(turning, ledger.recent_about(at));
        Self {
            view,
            at,
            outgoing,
            straight: Blocks::new(if outgoing { rows } else { 0..0 }),
            about,
            on,
        }
    }

    /// Returns the entity at the other end of the next arc.
    #[inline]
    pub(crate) fn next_neighbour(&mut self) -> Option<EntityId> {
        if let Some(row) = self.next_straight() {
            return self.view.graph.ledger.rows().head(row).object;
        }
        let outgoing = self.outgoing;
        self.next_other().map(|arc| if outgoing { arc.target } else { arc.source })
    }

    #[inline]
    fn next_straight(&mut self) -> Option<RowId> {
        let view = self.view;
        self.straight.next(|from, count| view.joining(from, count))
    }

    /// Returns the claim as an arc at the entity, if it is an arc and is to be read from this side.
    fn arc(&self, row: RowId, begins_here: bool) -> Option<Arc<'g>> {
        let (view, outgoing) = (self.view, self.outgoing);
        let claim = ClaimRef::at(view.graph, row, begins_here.then_some(self.at));
        let (mut source, mut target) = view.joined(claim).filter(|_| view.passes(claim))?;
        let here = if outgoing { source } else { target };
        if here != self.at && claim.marks().has(Marks::SYMMETRIC) {
            (source, target) = (target, source);
        }
        let here = if outgoing { source } else { target };
        // A claim that joins an entity to itself is in both lists.
        let again = source == target && begins_here != outgoing;
        (here == self.at && !again).then_some(Arc { claim, source, target })
    }

    fn next_other(&mut self) -> Option<Arc<'g>> {
        let rows = self.view.graph.ledger.rows();
        while let Some(row) = self.about.next() {
            // A row that goes one way came before.
            let came =
                self.outgoing && row.index() < rows.sorted() && !rows.marks(row).has(Marks::TURNS);
            if let Some(arc) = if came { None } else { self.arc(row, true) } {
                return Some(arc);
            }
        }
        while let Some(row) = self.on.next() {
            if let Some(arc) = self.arc(row, false) {
                return Some(arc);
            }
        }
        None
    }
}

impl<'g> Iterator for Arcs<'_, 'g> {
    type Item = Arc<'g>;

    #[inline]
    fn next(&mut self) -> Option<Arc<'g>> {
        if let Some(row) = self.next_straight() {
            let claim = ClaimRef::at(self.view.graph, row, Some(self.at));
            let target = claim.object_entity()?;
            return Some(Arc { claim, source: self.at, target });
        }
        self.next_other()
    }
}

impl<'g> View<'g> {
    /// Returns true if the claim is in the view and joins two entities there, as an arc does: its speaker is committed
    /// to it, it is actual and at least probable, and an entity is at each end. If the filter names a stance, modality
    /// or certainty, a claim with it joins as well: a forecast joins in a view of what is expected. A denial never joins.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, claim::Certainty};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "north-korea")?, graph.add(State, "russia")?);
    /// let sent = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24));
    /// let [stated, possible] = [sent.clone(), sent.certainty(Certainty::Possible)].map(|claim| graph.insert(claim));
    /// let (stated, possible) = (stated?, possible?);
    /// assert!(graph.view().joins(stated) && !graph.view().joins(possible));
    /// assert!(graph.view().certainty(Certainty::Possible).joins(possible));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn joins(&self, claim: ClaimId) -> bool {
        self.get(claim).is_some_and(|claim| self.joined(claim).is_some())
    }

    /// Passes both ends of every claim that joins two entities to `take`, as places like those of a
    /// [`Projection`](crate::network::Projection). Each claim is passed once, whichever way its arc leads: a quick
    /// way through all arcs if neither their direction nor their order matters.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(nk).asserts(russia, TREATY_WITH, nk).reported(date(2024, 6, 19)))?;
    /// let mut joined = Vec::new();
    /// graph.view().each_joined(|a, b| joined.push((a, b)));
    /// assert_eq!(joined, [(1, 0)]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[inline]
    pub fn each_joined(&self, mut take: impl FnMut(u32, u32)) {
        let rows = self.graph.ledger.rows();
        // By blocks of rows, whatever they are about: most entities have few.
        let end = rows.without_subject();
        let mut subjects = (0u32..).zip(rows.ends());
        let (mut subject, mut subject_end) = subjects.next().unwrap_or_default();
        for from in (0..end).step_by(64) {
            let block = from..end.min(from + 64);
            let mut joined = self.joining_either(from as u32, block.len() as u32);
            let heads = rows.heads(block).as_slice();
            while joined != 0 {
                let bit = joined.trailing_zeros();
                joined &= joined - 1;
                while from as u32 + bit >= subject_end {
                    let Some(next) = subjects.next() else { break };
                    (subject, subject_end) = next;
                }
                let object = heads.get(bit as usize).and_then(|head| head.object);
                if let Some(object) = object {
                    take(subject, object.place());
                }
            }
        }
        for row in (rows.sorted()..rows.len()).map(RowId::of) {
            let claim = ClaimRef::at(self.graph, row, None);
            if self.passes(claim)
                && let Some((a, b)) = self.joined(claim)
            {
                take(a.place(), b.place());
            }
        }
    }
}
