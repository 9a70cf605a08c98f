//! Groups that deal among themselves more than chance would have it.

use crate::model::error::{Error, ErrorKind};
use crate::model::id::EntityId;
use crate::network::component::{Components, Sets};
use crate::network::projection::{Projection, entity, number};
use crate::view::View;

/// A partition of entities into communities of high modularity, by the Louvain method (Blondel et al.
/// 2008): entities move, in order of insertion, to the neighbouring community that gains most; communities
/// become nodes; and again, until neither an entity nor a community gains by moving. Of equally good
/// communities the first is taken, so that the same ties give the same partition in every run.
///
/// After each round, a community that fell apart is cut into its connected parts (the fault of Louvain's
/// that Traag et al. 2019 describe), which never lowers the modularity. So every community hangs together.
///
/// The best partition is not promised: nobody finds it in reasonable time. Communities are numbered from 0
/// in order of their first entity.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, x, y, z] = ["a", "b", "c", "x", "y", "z"].map(|key| graph.add(State, key).unwrap());
/// for (one, other) in [(a, b), (b, c), (c, a), (x, y), (y, z), (z, x), (c, x)] {
///     graph.insert(Claim::by(a).asserts(one, PROVIDES_AID_TO, other).reported(date(2024, 10, 24)))?;
/// }
/// let blocs = graph.view().communities();
/// assert_eq!((blocs.count(), blocs.sizes()), (2, &[3, 3][..]));
/// assert!(blocs.same_community(x, z) && !blocs.same_community(c, x));
/// assert_eq!(blocs.modularity(), Some(6.0 / 7.0 - 0.5));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Communities {
    /// By entity; [`NOWHERE`] for those that are not among the nodes.
    labels: Vec<u32>,
    sizes: Vec<usize>,
    modularity: Option<f64>,
}

const NOWHERE: u32 = u32::MAX;

/// The most passes over the nodes of one level. A dozen are usual; with weights so small that they have no
/// digits left, no comparison of gains can be trusted to come to an end.
const SWEEPS: usize = 1_000;

impl Communities {
    /// The communities of a weighted undirected graph of the caller's: who agrees with whom in a voting
    /// matrix, say. Its nodes are the entities named; ties between the same two, either way round, add up,
    /// and a weight of nothing is no tie. The order of the ties makes no difference.
    ///
    /// `resolution` is 1 for plain modularity; more of it gives smaller communities (Reichardt & Bornholdt
    /// 2006).
    ///
    /// ```
    /// use claimgraph::{network::Communities, reporting::*, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, x, y] = ["a", "b", "x", "y"].map(|key| graph.add(State, key).unwrap().id());
    /// let agreement = [(a, b, 0.9), (x, y, 0.8), (a, x, 0.1), (b, y, 0.2)];
    /// let blocs = Communities::of_ties(agreement, 1.0)?;
    /// assert!(blocs.same_community(a, b) && blocs.same_community(x, y) && !blocs.same_community(a, x));
    /// assert!(Communities::of_ties([(a, b, f64::NAN)], 1.0).is_err());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// A weight or the resolution is negative or not finite, or four times all weights together is not finite.
    pub fn of_ties<A, B>(
        ties: impl IntoIterator<Item = (A, B, f64)>,
        resolution: f64,
    ) -> Result<Self, Error>
    where
        A: Into<EntityId>,
        B: Into<EntityId>,
    {
        check("resolution", resolution)?;
        let (mut held, mut nodes, mut total) = (Vec::new(), 0, 0.0);
        for (a, b, weight) in ties {
            check("weight", weight)?;
            let (a, b) = (number(a.into()), number(b.into()));
            nodes = nodes.max(a.max(b) as usize + 1);
            total += weight;
            held.push((a, b, weight));
        }
        // Twice the sum is what the method works with, added up in another order.
        check("sum of all weights, four times,", 4.0 * total)?;
        let mut named = vec![false; nodes];
        for place in held.iter().flat_map(|&(a, b, _)| [a, b]) {
            named.get_mut(place as usize).into_iter().for_each(|named| *named = true);
        }
        Ok(Self::found(nodes, held, resolution)
            .without(|place| !named.get(place).copied().unwrap_or(false)))
    }

    fn found(nodes: usize, ties: Vec<(u32, u32, f64)>, resolution: f64) -> Self {
        let finest = Ties::over(nodes, ties);
        let each = |nodes: usize| (0u32..).take(nodes).collect::<Vec<u32>>();
        let (mut labels, mut level) = (each(nodes), finest.clone());
        let mut modularity = level.modularity(resolution);
        for _ in 0..SWEEPS {
            // Entities move, then communities as wholes, and again, as that opens ways for entities.
            let (moved, sizes) = finest.whole(&finest.settled(&labels, resolution)).into_parts();
            level = finest.contracted(&moved, sizes.len());
            labels = moved;
            loop {
                let (joined, sizes) =
                    level.whole(&level.settled(&each(level.nodes()), resolution)).into_parts();
                if sizes.len() == level.nodes() {
                    break;
                }
                labels.iter_mut().for_each(|label| *label = at(&joined, *label).unwrap_or(*label));
                level = level.contracted(&joined, sizes.len());
            }
            let before = std::mem::replace(&mut modularity, level.modularity(resolution));
            if modularity.zip(before).is_none_or(|(after, before)| after - before < 1e-12) {
                break;
            }
        }
        let mut sizes = vec![0; level.nodes()];
        for &label in &labels {
            sizes.get_mut(label as usize).into_iter().for_each(|size| *size += 1);
        }
        Self { labels, sizes, modularity }
    }

    /// Without the entities that are no nodes; each of those is a community alone.
    fn without(mut self, absent: impl Fn(usize) -> bool) -> Self {
        let (mut numbers, mut sizes) = (vec![NOWHERE; self.sizes.len()], Vec::new());
        for (place, label) in self.labels.iter_mut().enumerate() {
            let Some(number) = numbers.get_mut(*label as usize).filter(|_| !absent(place)) else {
                *label = NOWHERE;
                continue;
            };
            if *number == NOWHERE {
                *number = sizes.len() as u32;
                sizes.push(0);
            }
            *label = *number;
            sizes.get_mut(*number as usize).into_iter().for_each(|size| *size += 1);
        }
        self.sizes = sizes;
        self
    }

    /// How many there are; an entity without ties is one alone.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The number of the community an entity is in; `None` for one that is no node.
    pub fn of(&self, entity: impl Into<EntityId>) -> Option<usize> {
        at(&self.labels, number(entity.into()))
            .filter(|&label| label != NOWHERE)
            .map(|label| label as usize)
    }

    /// How many entities each has, by its number.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The entities of a community, in order of insertion.
    pub fn members(&self, community: usize) -> impl Iterator<Item = EntityId> {
        let inside = move |label: u32| label != NOWHERE && label as usize == community;
        (0u32..)
            .zip(&self.labels)
            .filter(move |&(_, &label)| inside(label))
            .filter_map(|(place, _)| entity(place))
    }

    /// Whether two entities are in one community. What is no node is in none.
    pub fn same_community(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        a.is_some() && a == b
    }

    /// How much more weight lies inside the communities than chance would put there, as a share of all
    /// weight (Newman & Girvan 2004), at the resolution that was asked for; `None` without any ties.
    pub fn modularity(&self) -> Option<f64> {
        self.modularity
    }
}

fn check(what: &'static str, number: f64) -> Result<(), Error> {
    if number.is_finite() && number >= 0.0 {
        return Ok(());
    }
    let expected = "a finite number not below 0";
    Err(Error::new(None, ErrorKind::OutOfRange { what, found: number.to_string(), expected }))
}

fn at<T: Copy>(values: &[T], place: u32) -> Option<T> {
    values.get(place as usize).copied()
}

fn add(values: &mut [f64], place: u32, weight: f64) {
    values.get_mut(place as usize).into_iter().for_each(|value| *value += weight);
}

/// A weighted undirected graph, each tie at both of its ends.
#[derive(Clone, Debug)]
struct Ties {
    others: Projection,
    /// Beside each of the targets.
    weights: Vec<f64>,
    /// What ties a node to itself.
    loops: Vec<f64>,
    /// The weight at each node; a loop has two ends there.
    degrees: Vec<f64>,
    /// The sum of the degrees: twice the weight of all ties.
    total: f64,
}

impl Ties {
    fn over(nodes: usize, mut ties: Vec<(u32, u32, f64)>) -> Self {
        ties.retain(|tie| tie.2 > 0.0);
        ties.iter_mut().for_each(|tie| *tie = (tie.0.min(tie.1), tie.0.max(tie.1), tie.2));
        // By weight too: sums of the same numbers in another order differ in the last bits.
        ties.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        ties.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        let (mut loops, mut degrees) = (vec![0.0; nodes], vec![0.0; nodes]);
        for &(a, b, weight) in &ties {
            add(&mut degrees, a, weight);
            add(&mut degrees, b, weight);
            if a == b {
                add(&mut loops, a, weight);
            }
        }
        let total = degrees.iter().sum();
        ties.retain(|tie| tie.0 != tie.1);
        let mut ends: Vec<(u32, u32, f64)> =
            ties.iter().map(|&(a, b, weight)| (b, a, weight)).collect();
        ends.append(&mut ties);
        ends.sort_unstable_by_key(|end| (end.0, end.1));
        let others = Projection::over(nodes, ends.iter().map(|end| (end.0, end.1)));
        let weights = ends.into_iter().map(|end| end.2).collect();
        Self { others, weights, loops, degrees, total }
    }

    fn nodes(&self) -> usize {
        self.degrees.len()
    }

    /// The neighbours of each node with the weights, node by node.
    fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = (u32, f64)> + Clone> {
        let mut rest = self.weights.as_slice();
        self.others.rows().map(move |row| {
            let (weights, later) = rest.split_at_checked(row.len()).unwrap_or_default();
            rest = later;
            row.iter().copied().zip(weights.iter().copied())
        })
    }

    /// Moves single nodes from where they are, as long as that gains anything.
    fn settled(&self, start: &[u32], resolution: f64) -> Vec<u32> {
        let mut labels = start.to_vec();
        let (mut masses, mut toward) = (vec![0.0; self.nodes()], vec![0.0; self.nodes()]);
        labels
            .iter()
            .zip(&self.degrees)
            .for_each(|(&label, &degree)| add(&mut masses, label, degree));
        let mut around: Vec<u32> = Vec::new();
        // What is less than this is rounding; without it two nodes could change places for ever.
        let least = self.total * 1e-12;
        for _ in 0..SWEEPS {
            let mut moved = false;
            for (node, row) in (0u32..).zip(self.rows()) {
                let (Some(own), Some(degree)) = (at(&labels, node), at(&self.degrees, node)) else {
                    continue;
                };
                for (other, weight) in row {
                    let Some(label) = at(&labels, other) else { continue };
                    if at(&toward, label) == Some(0.0) {
                        around.push(label);
                    }
                    add(&mut toward, label, weight);
                }
                add(&mut masses, own, -degree);
                let gain = |label| {
                    let (weight, mass) =
                        (at(&toward, label).unwrap_or(0.0), at(&masses, label).unwrap_or(0.0));
                    weight - resolution * degree * (mass / self.total)
                };
                let stay = gain(own);
                let better = around
                    .iter()
                    .map(|&label| (gain(label), label))
                    .filter(|(gain, _)| *gain > stay + least);
                let best = better
                    .reduce(|a, b| if b.0 > a.0 || (b.0 == a.0 && b.1 < a.1) { b } else { a });
                let chosen = best.map_or(own, |(_, label)| label);
                add(&mut masses, chosen, degree);
                labels.get_mut(node as usize).into_iter().for_each(|label| *label = chosen);
                moved |= chosen != own;
                for label in around.drain(..) {
                    toward.get_mut(label as usize).into_iter().for_each(|weight| *weight = 0.0);
                }
            }
            if !moved {
                break;
            }
        }
        labels
    }

    /// The connected parts of the communities.
    fn whole(&self, labels: &[u32]) -> Components {
        let inside = self.others.pairs().filter(|&(a, b)| at(labels, a) == at(labels, b));
        let mut sets = Sets::new(self.nodes());
        inside.for_each(|(a, b)| sets.join(a, b));
        sets.parts()
    }

    /// A node for each label; what ties nodes of one label ties the new node to itself.
    fn contracted(&self, labels: &[u32], count: usize) -> Self {
        let label = |node| at(labels, node).unwrap_or(NOWHERE);
        let mut ties: Vec<(u32, u32, f64)> = Vec::new();
        for ((node, row), &own) in (0u32..).zip(self.rows()).zip(&self.loops) {
            ties.extend(
                row.filter(|&(other, _)| node < other)
                    .map(|(other, w)| (label(node), label(other), w)),
            );
            ties.push((label(node), label(node), own));
        }
        Self::over(count, ties)
    }

    /// Of the partition in which each node is a community.
    fn modularity(&self, resolution: f64) -> Option<f64> {
        (self.total > 0.0).then(|| {
            let shares = self.loops.iter().zip(&self.degrees);
            shares
                .map(|(own, degree)| {
                    2.0 * own / self.total - resolution * (degree / self.total).powi(2)
                })
                .sum()
        })
    }
}

impl View<'_> {
    /// The communities by the arcs of the view; see [`Projection::communities`]. At another resolution:
    /// [`Projection::communities_at`].
    pub fn communities(&self) -> Communities {
        self.projection().communities()
    }
}

impl Projection {
    /// The communities of entities, where the tie between two is as strong as the number of arcs between
    /// them, both directions together: a symmetric claim is two arcs. [`collapsed`](Self::collapsed) first
    /// makes it one for each direction in which any claim joins them.
    pub fn communities(&self) -> Communities {
        self.communities_by(1.0)
    }

    /// The communities at a resolution other than 1: above it smaller ones, below it larger ones.
    ///
    /// # Errors
    /// The resolution is negative or not finite.
    pub fn communities_at(&self, resolution: f64) -> Result<Communities, Error> {
        check("resolution", resolution)?;
        Ok(self.communities_by(resolution))
    }

    fn communities_by(&self, resolution: f64) -> Communities {
        let ties = self.pairs().map(|(source, target)| (source, target, 1.0)).collect();
        Communities::found(self.node_count(), ties, resolution)
    }
}
