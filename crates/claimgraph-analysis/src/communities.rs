//! Communities: groups of entities with more ties among themselves than chance would give.
//!
//! A projection, ties of the caller's, or a stance matrix go in; [`Communities`] come out.

use crate::keys::{entity_key, names};
use crate::louvain::partition;
use claimgraph::error::ErrorKind;
use claimgraph::network::Projection;
use claimgraph::{ClaimGraph, EntityId, Error};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::cmp::Reverse;
use std::fmt;

/// A partition of entities into groups of high modularity.
///
/// Communities have numbers from 0. The JSON has the `modularity` and the `communities`, a list of lists of
/// entity keys.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::communities;
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, x, y, z] = ["a", "b", "c", "x", "y", "z"].map(|key| graph.add(State, key).unwrap());
/// for (one, other) in [(a, b), (b, c), (c, a), (x, y), (y, z), (z, x), (c, x)] {
///     graph.insert(Claim::by(a).asserts(one, PROVIDES_AID_TO, other).reported(date(2024, 10, 24)))?;
/// }
/// let found = communities(&graph.view().projection(), 1.0)?;
/// assert!(found.same_community(x, z) && !found.same_community(c, x));
/// assert_eq!((found.count(), found.modularity()), (2, Some(6.0 / 7.0 - 0.5)));
/// assert_eq!(found.members(0), [a.id(), b.id(), c.id()]);
/// assert_eq!(found.to_string(), "3: a, b, c\n3: x, y, z\n");
/// let json = serde_json::to_value(&found).unwrap();
/// assert_eq!(json["communities"], serde_json::json!([["a", "b", "c"], ["x", "y", "z"]]));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct Communities<'g> {
    graph: &'g ClaimGraph,
    /// The number of the community by the place of the entity; [`NOWHERE`] for entities in none.
    labels: Vec<u32>,
    /// Community by community.
    members: Vec<EntityId>,
    /// Where each community begins among the members, and where the last one ends.
    starts: Vec<usize>,
    modularity: Option<f64>,
}

const NOWHERE: u32 = u32::MAX;

impl<'g> Communities<'g> {
    /// Makes `count` communities of entities with their numbers. Members stay in the order given.
    pub(crate) fn of_members(
        graph: &'g ClaimGraph,
        labelled: Vec<(EntityId, u32)>,
        count: usize,
        modularity: Option<f64>,
    ) -> Self {
        let last = labelled.iter().map(|(entity, _)| entity.index() + 1).max();
        let (mut labels, mut starts) = (vec![NOWHERE; last.unwrap_or(0)], vec![0; count + 1]);
        for &(entity, label) in &labelled {
            if let Some(slot) = labels.get_mut(entity.index()) {
                *slot = label;
            }
            if let Some(start) = starts.get_mut(label as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut members: Vec<EntityId> = labelled.iter().map(|&(entity, _)| entity).collect();
        let mut next = starts.clone();
        for (entity, label) in labelled {
            let Some(at) = next.get_mut(label as usize) else { continue };
            if let Some(slot) = members.get_mut(*at) {
                *slot = entity;
            }
            *at += 1;
        }
        Self { graph, labels, members, starts, modularity }
    }

    /// Numbers the communities by size, the largest first; those of one size stay in order.
    pub(crate) fn largest_first(self) -> Self {
        let mut groups: Vec<&[EntityId]> = self.groups().collect();
        groups.sort_by_key(|group| Reverse(group.len()));
        let numbered = (0u32..).zip(groups);
        let labelled = numbered.flat_map(|(n, group)| group.iter().map(move |&entity| (entity, n)));
        Self::of_members(self.graph, labelled.collect(), self.count(), self.modularity)
    }

    /// Returns how many communities there are. An entity without ties is one alone.
    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the number of the community that an entity is in; `None` for an entity that is not a node.
    pub fn of(&self, entity: impl Into<EntityId>) -> Option<usize> {
        let label = self.labels.get(entity.into().index()).copied();
        label.filter(|&label| label != NOWHERE).map(|label| label as usize)
    }

    /// Returns the entities of a community; none if no community has this number.
    pub fn members(&self, community: usize) -> &[EntityId] {
        let ends = self.starts.get(community).zip(self.starts.get(community + 1));
        ends.and_then(|(&from, &to)| self.members.get(from..to)).unwrap_or_default()
    }

    /// Returns the entities of each community.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = &[EntityId]> {
        (0..self.count()).map(|community| self.members(community))
    }

    /// Returns whether two entities are in one community. Entities that are not nodes belong to no community.
    pub fn same_community(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        a.is_some() && a == b
    }

    /// Returns how much more weight lies inside the communities than chance would put there, as a share of all
    /// weight (Newman & Girvan 2004), at the resolution that was asked for; `None` without any ties.
    pub fn modularity(&self) -> Option<f64> {
        self.modularity
    }
}

/// A line for each community: its size and the names of its entities.
impl fmt::Display for Communities<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.groups()
            .try_for_each(|group| writeln!(f, "{}: {}", group.len(), names(self.graph, group)))
    }
}

impl fmt::Debug for Communities<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes: Vec<usize> = self.groups().map(<[EntityId]>::len).collect();
        write!(f, "Communities({sizes:?}, modularity {:?})", self.modularity)
    }
}

impl Serialize for Communities<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let key = |&entity: &EntityId| entity_key(self.graph, entity);
        let keyed: Vec<Vec<&str>> =
            self.groups().map(|group| group.iter().map(key).collect()).collect();
        let mut fields = serializer.serialize_struct("Communities", 2)?;
        fields.serialize_field("modularity", &self.modularity)?;
        fields.serialize_field("communities", &keyed)?;
        fields.end()
    }
}

fn check(what: &'static str, number: f64) -> Result<(), Error> {
    if number.is_finite() && number >= 0.0 {
        return Ok(());
    }
    let expected = "a finite number not below 0";
    Err(Error::new(None, ErrorKind::OutOfRange { what, found: number.to_string(), expected }))
}

/// Returns the communities of entities by the Louvain method. The tie between two entities is as strong as the
/// number of arcs between them, both directions together: a symmetric claim is two arcs. With
/// [`Projection::collapsed`] it is one for each direction in which any claim joins them.
///
/// All entities are nodes. Communities are numbered in order of their first entity, members are in order of insertion.
/// The same arcs give the same communities in every run. The partition need not be the best one: finding that takes
/// unreasonable time.
///
/// `resolution` is 1 for plain modularity; a higher one gives smaller communities (Reichardt & Bornholdt 2006).
///
/// # Errors
/// The resolution is negative or not finite.
pub fn communities<'g>(
    projection: &Projection<'g>,
    resolution: f64,
) -> Result<Communities<'g>, Error> {
    check("resolution", resolution)?;
    let ties = projection.arcs().map(|(source, target)| (source, target, 1.0)).collect();
    let found = partition(projection.node_count(), ties, resolution);
    let labelled = found.labels.iter().enumerate();
    let labelled = labelled.filter_map(|(place, &label)| Some((EntityId::nth(place)?, label)));
    let (graph, count) = (projection.graph(), found.count);
    Ok(Communities::of_members(graph, labelled.collect(), count, found.modularity))
}

/// Returns the communities of a weighted undirected graph of the caller's. Its nodes are the entities named.
/// Ties between the same two entities, either way round, add up, and a weight of 0 is not a tie. The order of
/// the ties makes no difference. Otherwise as [`communities`].
///
/// ```
/// use claimgraph::{reporting::*, ClaimGraph};
/// use claimgraph_analysis::communities_of_ties;
/// let mut graph = ClaimGraph::new();
/// let [a, b, x, y] = ["a", "b", "x", "y"].map(|key| graph.add(State, key).unwrap().id());
/// let agreement = [(a, b, 0.9), (x, y, 0.8), (a, x, 0.1), (b, y, 0.2)];
/// let blocs = communities_of_ties(&graph, agreement, 1.0)?;
/// assert!(blocs.same_community(a, b) && blocs.same_community(x, y) && !blocs.same_community(a, x));
/// assert!(communities_of_ties(&graph, [(a, b, f64::NAN)], 1.0).is_err());
/// # Ok::<(), claimgraph::Error>(())
/// ```
///
/// # Errors
/// A weight or the resolution is negative or not finite, four times all weights together is not finite, or an entity is
/// not one of the graph.
pub fn communities_of_ties<'g, A, B>(
    graph: &'g ClaimGraph,
    ties: impl IntoIterator<Item = (A, B, f64)>,
    resolution: f64,
) -> Result<Communities<'g>, Error>
where
    A: Into<EntityId>,
    B: Into<EntityId>,
{
    let place = |entity: EntityId| graph.entity(entity).map(|_| entity.index() as u32);
    let ties = ties.into_iter();
    let ties = ties.map(|(a, b, weight)| Ok((place(a.into())?, place(b.into())?, weight)));
    let ties = ties.collect::<Result<Vec<_>, Error>>()?;
    of_numbered(graph, ties, resolution, |place| EntityId::nth(place as usize))
}

/// Returns the communities of ties between numbers that stand for entities. Only the numbers named are nodes.
pub(crate) fn of_numbered<'g>(
    graph: &'g ClaimGraph,
    mut ties: Vec<(u32, u32, f64)>,
    resolution: f64,
    entity: impl Fn(u32) -> Option<EntityId>,
) -> Result<Communities<'g>, Error> {
    check("resolution", resolution)?;
    ties.iter().try_for_each(|tie| check("weight", tie.2))?;
    // Twice the sum is what the method works with, added up in another order.
    let total: f64 = ties.iter().map(|tie| tie.2).sum();
    check("sum of all weights, four times,", 4.0 * total)?;
    let mut named: Vec<u32> = ties.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    named.sort_unstable();
    named.dedup();
    let node = |number: u32| named.partition_point(|&other| other < number) as u32;
    ties.iter_mut().for_each(|tie| (tie.0, tie.1) = (node(tie.0), node(tie.1)));
    let found = partition(named.len(), ties, resolution);
    let labelled = named.iter().zip(&found.labels);
    let labelled = labelled.filter_map(|(&number, &label)| Some((entity(number)?, label)));
    Ok(Communities::of_members(graph, labelled.collect(), found.count, found.modularity))
}
