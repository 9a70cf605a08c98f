//! Iterators over the claims at one entity and over the answers of one stance, fast on graphs of millions of claims.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId, RelationId};
use crate::model::value::stance::Stance;
use crate::model::vocabulary::relation::Relation;
use crate::store::columns::Head;
use crate::store::columns::delta::END;
use crate::store::columns::row_iter::{Blocks, RowId};
use crate::store::ledger::Ledger;
use crate::view::View;
use std::borrow::Cow;
use std::ops::Range;

/// The claims of a view about one subject; see [`View::claims_with_subject`].
///
/// (private detail; move to a `//` comment) Rows are yielded in runs of neighbouring rows, so that a loop over claims
/// stays in registers.
#[derive(Clone, Debug)]
pub struct ClaimsWithSubject<'v, 'g> {
    view: &'v View<'g>,
    subject: EntityId,
    run: Run<'g>,
    rest: Rest,
}

/// Rows one after the other.
#[derive(Clone, Debug)]
struct Run<'g> {
    heads: std::slice::Iter<'g, Head>,
    /// The row behind the last.
    end: u32,
}

/// The rows after a run.
#[derive(Clone, Copy, Debug)]
struct Rest {
    /// Sorted rows, of a view that does not let everything through.
    sorted: Blocks,
    /// The position of the next recent row.
    recent: u32,
    /// Of the recent ones, only those under this relation.
    relation: Option<RelationId>,
}

impl Rest {
    /// Returns whether no rows are left, without the call that fetches a run. Most subjects have few claims.
    #[inline]
    fn is_over(&self) -> bool {
        self.sorted.is_empty() && self.recent == END
    }

    /// Returns the next run and the rows after it.
    #[cold]
    fn run<'g>(mut self, view: &View<'g>) -> Option<(Run<'g>, Self)> {
        let rows = view.graph.ledger.rows();
        if let Some(found) = self.sorted.next_run(|from, count| view.passing(from, count)) {
            let end = RowId::of(found.end).0;
            return Some((Run { heads: rows.heads(found), end }, self));
        }
        let row = self.next_recent(view)?;
        Some((Run { heads: rows.heads_at(row), end: row.0 + 1 }, self))
    }

    /// Returns the next recent row that is under the relation and passes.
    #[cold]
    fn next_recent(&mut self, view: &View<'_>) -> Option<RowId> {
        let ledger = &view.graph.ledger;
        let mut rows = ledger.recent_about_from(self.recent);
        let found = rows.find(|&row| {
            let under =
                self.relation.is_none_or(|relation| ledger.rows().relation(row) == relation);
            under && view.passes(ClaimRef::at(view.graph, row, None))
        });
        self.recent = rows.at();
        found
    }
}

impl<'v, 'g> ClaimsWithSubject<'v, 'g> {
    #[inline]
    fn new(
        view: &'v View<'g>,
        subject: EntityId,
        rows: Range<usize>,
        relation: Option<RelationId>,
    ) -> Self {
        let ledger = &view.graph.ledger;
        let end = RowId::of(rows.end).0;
        let (heads, sorted) = match view.is_open() {
            true => (ledger.rows().heads(rows), 0..0),
            false => ([].iter(), rows),
        };
        let recent = ledger.recent_about(subject).at();
        Self {
            view,
            subject,
            run: Run { heads, end },
            rest: Rest { sorted: Blocks::new(sorted), recent, relation },
        }
    }
}

impl<'g> Iterator for ClaimsWithSubject<'_, 'g> {
    type Item = ClaimRef<'g>;

    #[inline]
    fn next(&mut self) -> Option<ClaimRef<'g>> {
        loop {
            if let Some(&head) = self.run.heads.next() {
                let row = RowId(self.run.end.wrapping_sub(1 + self.run.heads.len() as u32));
                return Some(ClaimRef::with_head(self.view.graph, head, row, Some(self.subject)));
            }
            if self.rest.is_over() {
                return None;
            }
            (self.run, self.rest) = self.rest.run(self.view)?;
        }
    }

    /// Folds the runs of an open view in one place: with a second place, the sums no longer stay in registers. Other views
    /// have a place of their own.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, first: B, mut with: F) -> B {
        if !self.rest.sorted.is_empty() {
            return self.fold_filtered(first, with);
        }
        let (graph, subject) = (self.view.graph, Some(self.subject));
        let mut folded = first;
        loop {
            let from = self.run.end.wrapping_sub(self.run.heads.len() as u32);
            folded = self.run.heads.zip(from..).fold(folded, |folded, (&head, row)| {
                with(folded, ClaimRef::with_head(graph, head, RowId(row), subject))
            });
            if self.rest.is_over() {
                return folded;
            }
            let Some(next) = self.rest.run(self.view) else { return folded };
            (self.run, self.rest) = next;
        }
    }
}

impl<'g> ClaimsWithSubject<'_, 'g> {
    /// Folds claim by claim, which is faster if the runs that pass are short.
    #[inline(never)]
    fn fold_filtered<B>(self, first: B, mut with: impl FnMut(B, ClaimRef<'g>) -> B) -> B {
        let (view, subject, mut rest) = (self.view, Some(self.subject), self.rest);
        let from = self.run.end.wrapping_sub(self.run.heads.len() as u32);
        let mut folded = self.run.heads.zip(from..).fold(first, |folded, (&head, row)| {
            with(folded, ClaimRef::with_head(view.graph, head, RowId(row), subject))
        });
        let heads = view.graph.ledger.rows().heads(0..view.graph.ledger.rows().sorted()).as_slice();
        while let Some(row) = rest.sorted.next(|from, count| view.passing(from, count))
            && let Some(&head) = heads.get(row.index())
        {
            folded = with(folded, ClaimRef::with_head(view.graph, head, row, subject));
        }
        while let Some(row) = rest.next_recent(view) {
            folded = with(folded, ClaimRef::at(view.graph, row, subject));
        }
        folded
    }
}

impl Ledger {
    /// Adds the claims under this very relation that have one of these subjects and one of these objects, as far as
    /// these are given. Recent claims may have another subject or object. If neither is given, no claim is added.
    pub(crate) fn gather(
        &self,
        found: &mut impl Extend<ClaimId>,
        subjects: Option<&[EntityId]>,
        relation: RelationId,
        objects: Option<&[EntityId]>,
    ) {
        let rows = self.rows();
        let id = |row: RowId| rows.head(row).id;
        let under = |row: &RowId| rows.relation(*row) == relation;
        let Some(subjects) = subjects else {
            let on = objects.unwrap_or_default().iter().flat_map(|&object| self.on(object));
            found.extend(on.filter(under).map(id));
            return;
        };
        for &subject in subjects {
            let sorted = rows.rows_under(subject, relation);
            let few = objects.filter(|objects| objects.len() < sorted.len());
            match few {
                None => found.extend(sorted.map(|row| id(RowId::of(row)))),
                Some(objects) => {
                    let both =
                        objects.iter().flat_map(|&object| rows.rows_within(sorted.clone(), object));
                    found.extend(both.map(|&row| id(RowId(row))));
                }
            }
            let recent = self.recent_about(subject);
            match objects {
                None => found.extend(recent.filter(under).map(id)),
                Some(objects) => {
                    let on = objects.iter().flat_map(|&object| self.recent_on(object));
                    found.extend(shorter(recent, on).into_iter().filter(under).map(id));
                }
            }
        }
    }
}

/// Returns the rows of the list that ends first. The work goes by the shorter of the two.
fn shorter(
    mut one: impl Iterator<Item = RowId>,
    mut other: impl Iterator<Item = RowId>,
) -> Vec<RowId> {
    let (mut of_one, mut of_other) = (Vec::new(), Vec::new());
    loop {
        match one.next() {
            Some(row) => of_one.push(row),
            None => return of_one,
        }
        match other.next() {
            Some(row) => of_other.push(row),
            None => return of_other,
        }
    }
}

impl ClaimGraph {
    /// Returns every claim in the order of rows, which is the quickest.
    pub(crate) fn claims_by_row(&self) -> impl Iterator<Item = ClaimRef<'_>> {
        (0..self.len()).map(|row| ClaimRef::at(self, RowId::of(row), None))
    }
}

impl<'g> View<'g> {
    /// Returns the claims of the view whose statement has this subject, whatever their stance. Parts of the subject do
    /// not count, and relations that imply others are not followed. Claims are grouped by relation and in order of
    /// report day within a relation; recent insertions come last.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// for day in [date(2024, 6, 19), date(2024, 10, 24)] {
    ///     graph.insert(Claim::by(russia).asserts(russia, TREATY_WITH, nk).reported(day))?;
    /// }
    /// let early = graph.view().as_of(date(2024, 7, 1));
    /// assert_eq!(early.claims_with_subject(russia).count(), 1);
    /// assert!(early.claims_with_subject(russia).all(|claim| claim.object_entity() == Some(nk.id())));
    /// assert_eq!(early.claims_with_subject_under(russia, DEPLOYS_TO).count(), 0);
    /// assert_eq!(early.claims_with_object(nk).count(), 1);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[inline]
    pub fn claims_with_subject(&self, subject: impl Into<EntityId>) -> ClaimsWithSubject<'_, 'g> {
        let subject = self.graph.one_for(subject);
        let rows = self.graph.ledger.rows().rows_about(subject);
        ClaimsWithSubject::new(self, subject, rows, None)
    }

    /// Returns the claims of the view whose statement has this subject under this very relation, in order of report
    /// day, with recent insertions last. If the graph does not have the relation, there are none.
    #[inline]
    pub fn claims_with_subject_under<S, O>(
        &self,
        subject: impl Into<EntityId>,
        relation: Relation<S, O>,
    ) -> ClaimsWithSubject<'_, 'g> {
        let relation = self.graph.resolve_relation(relation).unwrap_or(RelationId::NONE);
        let subject = self.graph.one_for(subject);
        let rows = self.graph.ledger.rows().rows_under(subject, relation);
        ClaimsWithSubject::new(self, subject, rows, Some(relation))
    }

    /// Returns the number of claims of [`claims_with_subject`](Self::claims_with_subject). If the view has no filter
    /// but `as_of`, the first call makes an index, and each call is a binary search.
    pub fn count_with_subject(&self, subject: impl Into<EntityId>) -> usize {
        let subject = self.graph.one_for(subject);
        match self.only_as_of() {
            Some(day) => self.graph.ledger.count_about_by(subject, day),
            None if self.is_open() => self.graph.ledger.count_with_subject(subject),
            None => self.claims_with_subject(subject).count(),
        }
    }

    /// Returns the claims of the view whose statement has this object, whatever their stance, by subject, with
    /// recent insertions last.
    pub fn claims_with_object(
        &self,
        object: impl Into<EntityId>,
    ) -> impl Iterator<Item = ClaimRef<'g>> {
        let rows = self.graph.ledger.on(self.graph.one_for(object));
        rows.map(|row| ClaimRef::at(self.graph, row, None)).filter(|&claim| self.passes(claim))
    }

    /// Returns the claims of the view in whose chain this speaker stands, in order of insertion. A document is in the
    /// chain of each claim that was read in it.
    pub fn claims_with_speaker(
        &self,
        speaker: impl Into<EntityId>,
    ) -> impl Iterator<Item = ClaimRef<'g>> {
        self.graph
            .ledger
            .with_speaker(self.graph.one_for(speaker))
            .into_iter()
            .filter_map(|id| self.get(id))
    }

    /// Returns the answers of one stance, each with the claim it answers: first in order of the claims
    /// answered, then recent insertions. Both claims are in the view. Denials that do not name the claim are not
    /// included; see [`contested`](Self::contested).
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Stance};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let day = date(2024, 10, 24);
    /// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let denial = graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, russia).responding_to(sent).reported(day))?;
    /// assert!(graph.view().responses_with_stance(Stance::Denies).eq([(sent, denial)]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn responses_with_stance(
        &self,
        stance: Stance,
    ) -> impl Iterator<Item = (ClaimId, ClaimId)> {
        let (sorted, recent) = self.graph.ledger.responses(stance);
        let open = self.is_open();
        let both = move |&(target, by): &(ClaimId, ClaimId)| {
            open || (self.contains(target) && self.contains(by))
        };
        sorted.iter().copied().chain(recent).filter(both)
    }

    /// Returns the claims that two or more speakers answer with this stance, each with the number of speakers,
    /// in order of insertion. The innermost speakers count; speakers that are not named count as one. Claims and
    /// answers are in the view. For how many of the speakers are independent, see
    /// [`independence_of`](Self::independence_of).
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Stance};
    /// let mut graph = ClaimGraph::new();
    /// let (russia, nk) = (graph.add(State, "russia")?, graph.add(State, "nk")?);
    /// let day = date(2024, 10, 24);
    /// let sent = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// for state in [russia, nk, nk] {
    ///     graph.insert(Claim::by(state).confirms(sent).reported(day))?;
    /// }
    /// assert!(graph.view().with_several_responders(Stance::Confirms).eq([(sent, 2)]));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn with_several_responders(
        &self,
        stance: Stance,
    ) -> impl Iterator<Item = (ClaimId, usize)> {
        let ledger = &self.graph.ledger;
        let (sorted, recent) = ledger.responses(stance);
        let mut recent = recent.peekable();
        let pairs = match recent.peek() {
            None => Cow::Borrowed(sorted),
            Some(_) => {
                let mut all: Vec<(ClaimId, ClaimId)> =
                    sorted.iter().copied().chain(recent).collect();
                all.sort_unstable();
                Cow::Owned(all)
            }
        };
        let open = self.is_open();
        let mut speakers: Vec<Option<EntityId>> = Vec::new();
        let speaker = |by: ClaimId| ledger.find(by).and_then(|row| ledger.speaker(row));
        let several = |answers: &[(ClaimId, ClaimId)]| {
            let &[(target, first), (_, second), ref others @ ..] = answers else { return None };
            if open && others.is_empty() {
                return (speaker(first) != speaker(second)).then_some((target, 2));
            }
            if !open && !self.contains(target) {
                return None;
            }
            speakers.clear();
            let counted = answers.iter().filter(|(_, by)| open || self.contains(*by));
            speakers.extend(counted.map(|&(_, by)| speaker(by)));
            speakers.sort_unstable();
            speakers.dedup();
            (speakers.len() > 1).then_some((target, speakers.len()))
        };
        let found = pairs.chunk_by(|(a, _), (b, _)| a == b).filter_map(several);
        found.collect::<Vec<_>>().into_iter()
    }
}
