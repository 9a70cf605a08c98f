//! Where a claim ultimately comes from, with what that rests on.

use crate::graph::ClaimGraph;
use crate::model::error::Error;
use crate::model::id::ClaimId;
use crate::sources::independence::Root;
use crate::view::View;
use crate::view::finding::Proof;
use std::fmt;
use std::ops::Deref;

/// Where a claim ultimately comes from: a list of [`Root`]s in order of their keys, which it can be used as,
/// with a [`proof`](Roots::proof).
///
/// ```
/// use claimgraph::{date, reporting::*, sources::{Lineage, Root}, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nis, committee) = (graph.add(Agency, "nis")?, graph.add(Agency, "committee")?);
/// let russia = graph.add(State, "russia")?;
/// let link = graph.add_lineage(Lineage::new(committee, nis))?;
/// let claim = graph.insert(Claim::by(committee).asserts(russia, ATTACKS, russia).reported(date(2024, 10, 24)))?;
/// let roots = graph.roots(claim)?;
/// assert_eq!(roots, [Root::Known(nis.id())]);
/// assert_eq!((roots.to_string(), roots.proof().lineages().collect()), ("nis".to_owned(), vec![link]));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Roots<'g> {
    roots: Vec<Root>,
    proof: Proof<'g>,
}

impl<'g> Roots<'g> {
    /// The claim and the lineage by which they were found.
    pub fn proof(&self) -> &Proof<'g> {
        &self.proof
    }
}

impl Deref for Roots<'_> {
    type Target = [Root];

    fn deref(&self) -> &[Root] {
        &self.roots
    }
}

/// The names of the roots.
impl fmt::Display for Roots<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |root: &Root| {
            root.source().map_or("unknown", |source| self.proof.graph.name_of(source))
        };
        f.write_str(&self.roots.iter().map(name).collect::<Vec<_>>().join(", "))
    }
}

impl fmt::Debug for Roots<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.roots.fmt(f)
    }
}

impl PartialEq for Roots<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.roots == other.roots
    }
}

impl PartialEq<[Root]> for Roots<'_> {
    fn eq(&self, other: &[Root]) -> bool {
        self.roots == other
    }
}

impl<const N: usize> PartialEq<[Root; N]> for Roots<'_> {
    fn eq(&self, other: &[Root; N]) -> bool {
        self.roots == other
    }
}

impl IntoIterator for Roots<'_> {
    type Item = Root;
    type IntoIter = std::vec::IntoIter<Root>;

    fn into_iter(self) -> Self::IntoIter {
        self.roots.into_iter()
    }
}

impl<'a> IntoIterator for &'a Roots<'_> {
    type Item = &'a Root;
    type IntoIter = std::slice::Iter<'a, Root>;

    fn into_iter(self) -> Self::IntoIter {
        self.roots.iter()
    }
}

impl ClaimGraph {
    /// Where a claim comes from; see [`View::roots`].
    ///
    /// # Errors
    /// There is no such claim.
    pub fn roots(&self, claim: ClaimId) -> Result<Roots<'_>, Error> {
        self.view().roots(claim)
    }
}

impl<'g> View<'g> {
    /// Where the claim comes from: the end of the believed lineage from the outermost speaker who is
    /// no relay; several where the lineage branches; unknown where the innermost speaker is neither
    /// named nor inferred. What that party quotes in turn is the quoted
    /// source, and no root. In order of keys.
    ///
    /// # Errors
    /// There is no such claim in the graph.
    pub fn roots(&self, claim: ClaimId) -> Result<Roots<'g>, Error> {
        let claim = self.graph.claim(claim)?;
        let mut proof = Proof::of(self);
        proof.claim(claim.id());
        let steps = self.descent(claim).map(|descent| descent.steps).unwrap_or_default();
        steps.into_iter().for_each(|(_, _, lineage)| proof.lineage(lineage));
        Ok(Roots { roots: self.roots_of(claim), proof: proof.settled() })
    }
}
