//! How claims go on record: one by one, all or none, or as many as are right. In goes a [`Claim`] or a [`PlainClaim`];
//! out comes its handle, or the first of its faults.

use crate::graph::ClaimGraph;
use crate::graph::check::Checked;
use crate::graph::claim_key::KeyIndex;
use crate::model::claim::Claim;
use crate::model::error::{Error, ErrorKind, FieldPath};
use crate::model::id::{ClaimId, EntityId};
use crate::model::plain_claim::{Answered, PlainClaim};
use crate::model::vocabulary::relation::RelationLabel;
use std::borrow::Cow;

/// So many claims are read before the first of them is checked.
const AHEAD: usize = 64;

fn full() -> Error {
    Error::new(None, ErrorKind::Full { what: "claims" })
}

/// How many will come, as far as that can be believed.
fn expected(claims: &impl Iterator) -> usize {
    claims.size_hint().0.min(1 << 24)
}

/// A graph to which many claims are added at a time. However that ends, also where the caller's iterator panics, its
/// lists then lead to what it holds.
struct Bulk<'g> {
    graph: &'g mut ClaimGraph,
    /// Where all that came is taken back, how many claims there were.
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
    /// Puts a [`Claim`] or a [`PlainClaim`] on record. Everything is checked first; a refusal changes nothing.
    ///
    /// # Errors
    /// The first fault in the order of the parts; [`check`](Self::check) gives all.
    pub fn insert(&mut self, claim: impl IntoClaim) -> Result<ClaimId, Error> {
        self.rules.update(&self.vocabulary, &self.registry);
        let kinds = claim.kinds(self);
        claim.put(kinds, self)
    }

    /// Puts all of these claims on record, or none. A claim may answer one that comes before it in the
    /// list once it is known by its number, so lists that refer to themselves are inserted one by one;
    /// a [`PlainClaim`] can answer by position.
    ///
    /// # Errors
    /// The position of the first claim refused, and its fault.
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

    /// Puts on record what is right and says what is not: the way to load many. Each is checked as by
    /// [`insert`](Self::insert); what is rejected leaves no trace. The iterator is read a few claims ahead.
    pub fn extend<C: IntoClaim>(&mut self, claims: impl IntoIterator<Item = C>) -> BatchReport {
        let before = self.ledger.len();
        let mut rejected: Vec<(usize, Error)> = Vec::new();
        let mut claims = claims.into_iter();
        self.rules.update(&self.vocabulary, &self.registry);
        let bulk = Bulk::of(self, expected(&claims), None);
        let graph = &mut *bulk.graph;
        // What the caller and the checks fetch from far off is fetched for many claims at a time: one by one, each
        // would be waited for. Two short loops have more on the way at once than one.
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

    /// Sorts what was inserted of late into the columns, where questions find it fastest. That happens by
    /// itself when there is enough of it; a program that is done inserting can ask for it.
    pub fn compact(&mut self) {
        self.ledger.merge();
    }

    /// Returns everything wrong with a claim, without inserting it.
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

    /// Returns the kinds of the ends of a plain claim, where both are entities of the graph.
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

    /// Puts a plain claim on record by the quick way, or checks the whole of it and remembers its voice.
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

/// What came of an [`extend`](ClaimGraph::extend).
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

    /// Returns the others: the position in what was handed in, counted from zero, and the first fault.
    pub fn rejected(&self) -> &[(usize, Error)] {
        &self.rejected
    }
}

mod sealed {
    use crate::graph::ClaimGraph;
    use crate::model::error::Error;
    use crate::model::id::{ClaimId, KindId};

    /// The kinds of subject and object, where both are entities of the graph.
    #[allow(unnameable_types)]
    #[derive(Clone, Copy, Debug)]
    pub struct EndKinds(pub(crate) Option<Kinds>);

    /// The kinds of two entities.
    #[derive(Clone, Copy, Debug)]
    pub(crate) enum Kinds {
        /// Any, and the relation takes them all.
        Taken,
        Of(KindId, KindId),
    }

    #[allow(unnameable_types)] // a trait nobody else implements
    pub trait Sealed {
        /// Returns the kinds of its ends, if it is certain to be plain.
        fn kinds(&self, graph: &ClaimGraph) -> EndKinds;

        /// Puts it on record; its ends are of these kinds.
        fn put(&self, kinds: EndKinds, graph: &mut ClaimGraph) -> Result<ClaimId, Error>;

        /// Settles what is known by its position in a batch.
        fn place(&mut self, found: impl Fn(usize) -> Option<ClaimId>);
    }
}

use sealed::Sealed;
pub(crate) use sealed::{EndKinds, Kinds};

/// What [`insert`](ClaimGraph::insert) takes: a [`Claim`] or a [`PlainClaim`].
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
