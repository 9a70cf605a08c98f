//! The claims at one entity, and the answers of one stance: the fast way to a few among millions.

use crate::columns::Stretch;
use crate::delta::Recent;
use crate::ids::{ClaimId, EntityId, RelationId};
use crate::readings::ClaimRef;
use crate::relations::Relation;
use crate::stances::Stance;
use crate::views::View;

/// The claims of a view about one subject; see [`View::claims_about`].
#[derive(Clone, Debug)]
pub struct ClaimsAbout<'v, 'g> {
    view: &'v View<'g>,
    open: bool,
    sorted: Stretch<'g>,
    recent: Recent<'g>,
    /// Of the recent ones, only those under this relation.
    relation: Option<RelationId>,
}

impl<'g> ClaimsAbout<'_, 'g> {
    fn next_recent(&mut self) -> Option<ClaimRef<'g>> {
        let (view, relation) = (self.view, self.relation);
        let under = self.recent.by_ref().filter(|core| relation.is_none_or(|relation| core.relation == relation));
        under.map(|core| ClaimRef::of(view.graph, core)).find(|&claim| view.passes(claim))
    }
}

impl<'g> Iterator for ClaimsAbout<'_, 'g> {
    type Item = ClaimRef<'g>;

    #[inline]
    fn next(&mut self) -> Option<ClaimRef<'g>> {
        let view = self.view;
        while let Some(core) = self.sorted.next() {
            let claim = ClaimRef::of(view.graph, core);
            if self.open || view.passes(claim) {
                return Some(claim);
            }
        }
        self.next_recent()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (if self.open { self.sorted.len() } else { 0 }, None)
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, init: B, mut f: F) -> B {
        let (view, graph) = (self.view, self.view.graph);
        let sorted = self.sorted.clone().map(|core| ClaimRef::of(graph, core));
        let mut sum = match self.open {
            true => sorted.fold(init, &mut f),
            false => sorted.filter(|&claim| view.passes(claim)).fold(init, &mut f),
        };
        while let Some(claim) = self.next_recent() {
            sum = f(sum, claim);
        }
        sum
    }
}

impl<'g> View<'g> {
    /// The claims of the view whose statement has this subject, whatever their stance; no parts, no
    /// inference. Grouped by relation and in order of report day inside, with recent insertions last.
    ///
    /// ```
    /// use claimgraph::{Claim, ClaimGraph, date, reporting::*};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// for day in [date(2024, 6, 19), date(2024, 10, 24)] {
    ///     graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
    /// }
    /// let early = graph.view().as_of(date(2024, 7, 1));
    /// assert_eq!(early.claims_about(russia).count(), 1);
    /// assert!(early.claims_about(russia).all(|claim| claim.object_entity() == Some(nk.id())));
    /// assert_eq!(early.claims_about_under(russia, DEPLOYS_TO).count(), 0);
    /// assert_eq!(early.claims_on(nk).count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[inline]
    pub fn claims_about(&self, subject: impl Into<EntityId>) -> ClaimsAbout<'_, 'g> {
        let (sorted, recent) = self.graph.ledger.about(subject.into());
        ClaimsAbout { view: self, open: self.is_open(), sorted, recent, relation: None }
    }

    /// The claims of the view whose statement has this subject under this very relation, in order of
    /// report day, with recent insertions last. None where the graph does not have the relation.
    #[inline]
    pub fn claims_about_under<S, O>(
        &self,
        subject: impl Into<EntityId>,
        relation: Relation<S, O>,
    ) -> ClaimsAbout<'_, 'g> {
        let relation = self.graph.resolve_relation(relation).unwrap_or(RelationId::NONE);
        let (sorted, recent) = self.graph.ledger.about_under(subject.into(), relation);
        ClaimsAbout { view: self, open: self.is_open(), sorted, recent, relation: Some(relation) }
    }

    /// How many claims of the view have this subject: as [`claims_about`](Self::claims_about) counts. For
    /// a view as of a day, and nothing more, by binary search in an index that the first such question
    /// makes.
    pub fn count_about(&self, subject: impl Into<EntityId>) -> usize {
        let subject = subject.into();
        match self.only_as_of() {
            Some(day) => self.graph.ledger.count_about_by(subject, day),
            None if self.is_open() => self.graph.ledger.count_about(subject),
            None => self.claims_about(subject).count(),
        }
    }

    /// The claims of the view whose statement has this object, whatever their stance, by subject, with
    /// recent insertions last.
    pub fn claims_on(&self, object: impl Into<EntityId>) -> impl Iterator<Item = ClaimRef<'g>> {
        let (rows, recent) = self.graph.ledger.on(object.into());
        let graph = self.graph;
        let sorted = rows.iter().filter_map(|&row| ClaimRef::in_row(graph, row));
        sorted.chain(recent.map(|core| ClaimRef::of(graph, core))).filter(|&claim| self.passes(claim))
    }

    /// The answers of one stance, each with the claim it answers: first those in order of the claims
    /// answered, then recent insertions. Both claims are in the view. What a claim is denied by without
    /// being named is found by [`contested`](Self::contested).
    ///
    /// ```
    /// use claimgraph::{Claim, ClaimGraph, Stance, date, reporting::*};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let day = date(2024, 10, 24);
    /// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let denial = graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, russia).answering(sent).reported(day))?;
    /// assert!(graph.view().answers_by(Stance::Denies).eq([(sent, denial)]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn answers_by(&self, stance: Stance) -> impl Iterator<Item = (ClaimId, ClaimId)> {
        let (sorted, recent) = self.graph.ledger.responses(stance);
        let open = self.is_open();
        let both = move |&(target, by): &(ClaimId, ClaimId)| open || (self.contains(target) && self.contains(by));
        sorted.iter().copied().chain(recent).filter(both)
    }
}
