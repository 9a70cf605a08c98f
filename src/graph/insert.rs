//! Insertion of claims: one by one, all or none, or all that are valid. A [`Claim`] or a [`PlainClaim`] goes in; its
//! handle comes out, or the first of its faults. Programs and every reader of files call it.

use crate::graph::ClaimGraph;
use crate::graph::check::Checked;
use crate::graph::claim_key::KeyIndex;
use crate::model::claim::Claim;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId};
use crate::model::plain_claim::{Answered, PlainClaim};
use crate::model::vocabulary::relation::RelationLabel;
use std::borrow::Cow;

/// How many claims are read before the first of them is checked.
const AHEAD: usize = 64;

fn full() -> Error {
    Error::new(None, ErrorKind::Full { what: "claims" })
}

/// Returns how many claims to make room for, by the iterator's lower bound.
fn expected(claims: &impl Iterator) -> usize {
    claims.size_hint().0.min(1 << 24)
}

/// A graph to which many claims are added at a time. When it is dropped, the graph's lists cover all its claims, even
/// if the caller's iterator panics.
struct Bulk<'g> {
    graph: &'g mut ClaimGraph,
    /// How many claims there were before, if all new ones are to be taken back.
    back_to: Option<usize>,
}

impl<'g> Bulk<'g> {
    fn of(graph: &'g mut ClaimGraph, expected: usize, back_to: Option<usize>) -> Self {
        graph.ledger.begin_bulk(expected);
        Self { graph, back_to }
    }
}

impl Drop for Bulk<'_> {
    fn drop(&mut self) {
        if let Some(before) = self.back_to {
            self.graph.ledger.cut_back(before);
            self.graph.keyed = KeyIndex::default();
        }
        self.graph.ledger.end_bulk();
    }
}

impl ClaimGraph {
    /// Puts a [`Claim`] or a [`PlainClaim`] on record. Everything is checked first. If the claim is refused, the graph
    /// does not change.
    ///
    /// # Errors
    /// Returns the first fault in the order of the parts. [`check`](Self::check) returns all faults.
    pub fn insert(&mut self, claim: impl IntoClaim) -> Result<ClaimId, Error> {
        self.rules.update(&self.vocabulary, &self.registry);
        let kinds = claim.kinds(self);
        claim.put(kinds, self)
    }

    /// Puts all of these claims on record, or none.
    ///
    /// A [`Claim`] cannot answer another claim of the same call, because that one has no [`ClaimId`] yet. A
    /// [`PlainClaim`] can: it names the other by its position in the list.
    ///
    /// # Errors
    /// Returns the position of the first claim that is refused, and its fault.
    pub fn insert_all<C: IntoClaim>(
        &mut self,
        claims: impl IntoIterator<Item = C>,
    ) -> Result<Vec<ClaimId>, (usize, Error)> {
        let before = self.ledger.len();
        let claims = claims.into_iter();
        let mut bulk = Bulk::of(self, expected(&claims), Some(before));
        let put = |(position, mut claim): (usize, C)| {
            claim.place(|n| (n < position).then(|| ClaimId::nth(before + n)).flatten());
            bulk.graph.insert(claim).map_err(|error| (position, error))
        };
        let inserted: Vec<ClaimId> = claims.enumerate().map(put).collect::<Result<_, _>>()?;
        bulk.back_to = None;
        Ok(inserted)
    }

    /// Puts all valid claims on record and reports the others. Use it to load many claims.
    ///
    /// Each claim is checked as by [`insert`](Self::insert). If a claim is rejected, the graph does not change. The
    /// iterator is read up to 64 claims ahead.
    pub fn extend<C: IntoClaim>(&mut self, claims: impl IntoIterator<Item = C>) -> BatchReport {
        let before = self.ledger.len();
        let mut rejected: Vec<(usize, Error)> = Vec::new();
        let mut claims = claims.into_iter();
        self.rules.update(&self.vocabulary, &self.registry);
        let bulk = Bulk::of(self, expected(&claims), None);
        let graph = &mut *bulk.graph;
        // Two short loops over many claims let the processor fetch from memory for several claims at once. In one long
        // loop each claim would wait for its own data.
        let (mut ahead, mut kinds) = (Vec::with_capacity(AHEAD), Vec::with_capacity(AHEAD));
        let mut position = 0;
        loop {
            claims.by_ref().take(AHEAD).for_each(|claim| ahead.push(claim));
            if ahead.is_empty() {
                break;
            }
            kinds.clear();
            kinds.extend(ahead.iter().map(|claim: &C| claim.kinds(graph)));
            for (claim, kinds) in ahead.iter_mut().zip(kinds.iter().copied()) {
                claim.place(|n| {
                    let place = rejected.partition_point(|(rejected, _)| *rejected < n);
                    let taken = rejected.get(place).is_some_and(|(rejected, _)| *rejected == n);
                    (n < position && !taken).then(|| ClaimId::nth(before + n - place)).flatten()
                });
                if let Err(error) = claim.put(kinds, graph) {
                    rejected.push((position, error));
                }
                position += 1;
            }
            ahead.clear();
        }
        drop(bulk);
        BatchReport { accepted: before..self.ledger.len(), rejected }
    }

    /// Sorts recent claims into the columns, where questions find them fastest. This happens by itself when there are
    /// enough of them. A program that has inserted its last claim can call it at once.
    pub fn compact(&mut self) {
        self.ledger.merge();
    }

    /// Returns all faults of a claim, without inserting it.
    ///
    /// ```
    /// use claimgraph::{reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let austin = graph.add(Person, "austin")?.id();
    /// let claim = Claim::by(austin).asserts(austin, TREATY_WITH, austin).quantity(Quantity::stated(-1, "soldiers"));
    /// let faults: Vec<String> = graph.check(&claim).iter().map(|fault| fault.to_string()).collect();
    /// assert_eq!(faults.len(), 4);          // subject, object, quantity, report date
    /// assert_eq!(graph.len(), 0);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn check(&self, claim: &Claim) -> Vec<Error> {
        self.checker().claim(claim).faults
    }

    /// Returns the kinds of the ends of a plain claim, if both are entities of the graph.
    #[inline]
    fn end_kinds(&self, plain: &PlainClaim) -> EndKinds {
        let kinds = |(subject, relation, object): (EntityId, RelationLabel, EntityId)| {
            // Of millions of entities, the kind of each would be far to fetch.
            if matches!(relation, RelationLabel::Place(place) if self.rules.takes_all(place)) {
                return (subject.max(object).index() < self.registry.len()).then_some(Kinds::Taken);
            }
            Some(Kinds::Of(self.registry.kind(subject)?, self.registry.kind(object)?))
        };
        EndKinds(plain.statement.and_then(kinds))
    }

    /// Puts a plain claim on record the quick way, or else checks it in full and remembers its voice.
    pub(crate) fn put_plain<'c>(
        &mut self,
        plain: &PlainClaim,
        kinds: EndKinds,
        whole: impl FnOnce() -> Cow<'c, Claim>,
    ) -> Result<ClaimId, Error> {
        if let Some(Answered::PlainClaim(position)) = plain.answered {
            return Err(Error::unknown(
                FieldPath::Target(0),
                "row on record",
                position.to_string(),
            ));
        }
        if let Some(kept) = self.quick(plain, kinds) {
            return self.ledger.append_plain(kept).ok_or_else(full);
        }
        let claim = self.put_checked(&whole())?;
        self.learn(plain, claim);
        Ok(claim)
    }

    pub(crate) fn put_checked(&mut self, claim: &Claim) -> Result<ClaimId, Error> {
        let Checked { entry, faults } = self.checker().claim(claim);
        match entry {
            Some(entry) => self.ledger.append(entry).ok_or_else(full),
            None => Err(faults.into_iter().next().unwrap_or_else(full)),
        }
    }
}

/// The result of [`extend`](ClaimGraph::extend): the claims that were accepted, and the faults of the others.
#[derive(Clone, PartialEq, Debug, Default)]
#[must_use = "some claims may have been rejected"]
pub struct BatchReport {
    pub(crate) accepted: std::ops::Range<usize>,
    pub(crate) rejected: Vec<(usize, Error)>,
}

impl BatchReport {
    /// Returns the claims that were put on record, in order.
    #[expect(clippy::expect_used, reason = "each of these numbers was given to a claim")]
    pub fn accepted(&self) -> impl ExactSizeIterator<Item = ClaimId> + use<> {
        self.accepted.clone().map(|n| ClaimId::nth(n).expect("a claim has this number"))
    }

    /// Returns the claims that were rejected: for each its position in the input, counted from 0, and its first fault.
    pub fn rejected(&self) -> &[(usize, Error)] {
        &self.rejected
    }
}

mod sealed {
    use crate::graph::ClaimGraph;
    use crate::model::error::Error;
    use crate::model::id::{ClaimId, KindId};

    /// The kinds of subject and object, if both are entities of the graph.
    #[allow(unnameable_types)]
    #[derive(Clone, Copy, Debug)]
    pub struct EndKinds(pub(crate) Option<Kinds>);

    /// The kinds of two entities.
    #[derive(Clone, Copy, Debug)]
    pub(crate) enum Kinds {
        /// Any kinds: the relation takes them all.
        Taken,
        Of(KindId, KindId),
    }

    #[allow(unnameable_types)] // a trait nobody else implements
    pub trait Sealed {
        /// Returns the kinds of the ends, if the claim is certain to be plain.
        fn kinds(&self, graph: &ClaimGraph) -> EndKinds;

        /// Puts the claim on record; its ends are of these kinds.
        fn put(&self, kinds: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error>;

        /// Replaces the position of another claim in the batch by that claim's handle.
        fn place(&mut self, found: impl Fn(usize) -> Option<ClaimId>);
    }
}

use sealed::Sealed;
pub(crate) use sealed::{EndKinds, Kinds};

/// A claim that [`insert`](ClaimGraph::insert) takes: a [`Claim`] or a [`PlainClaim`].
pub trait IntoClaim: Sealed {}

impl IntoClaim for Claim {}

impl Sealed for Claim {
    fn kinds(&self, _: &ClaimGraph) -> EndKinds {
        EndKinds(None)
    }

    fn put(&self, _: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error> {
        match PlainClaim::of(self) {
            Some(plain) => graph.put_plain(&plain, graph.end_kinds(&plain), || Cow::Borrowed(self)),
            None => graph.put_checked(self),
        }
    }

    fn place(&mut self, _: impl Fn(usize) -> Option<ClaimId>) {}
}

impl IntoClaim for PlainClaim {}

impl Sealed for PlainClaim {
    #[inline]
    fn kinds(&self, graph: &ClaimGraph) -> EndKinds {
        graph.end_kinds(self)
    }

    #[inline]
    fn put(&self, kinds: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error> {
        graph.put_plain(self, kinds, || Cow::Owned((*self).into()))
    }

    #[inline]
    fn place(&mut self, found: impl Fn(usize) -> Option<ClaimId>) {
        if let Some(Answered::PlainClaim(position)) = self.answered {
            self.answered = found(position).map(Answered::Claim).or(self.answered);
        }
    }
}
