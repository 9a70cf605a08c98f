//! Page rank: entities to which many arcs of other highly ranked entities lead.
//!
//! A projection goes in, a [`PageRank`] comes out. It is our own code because the `page_rank` of petgraph gives
//! other numbers (petgraph's issue 960).

use crate::keys::entity_key;
use claimgraph::error::ErrorKind;
use claimgraph::network::Projection;
use claimgraph::{ClaimGraph, EntityId, Error};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;
use std::thread;

/// The settings of page rank. The defaults are those of networkx: damping 0.85, at most 100 rounds, a
/// tolerance of a millionth per entity.
///
/// ```
/// use claimgraph_analysis::PageRankOptions;
/// let twenty = PageRankOptions::new().rounds(20).tolerance(0.0);      // exactly twenty rounds
/// assert_eq!(PageRankOptions::default(), PageRankOptions::new());
/// assert_ne!(twenty, PageRankOptions::new());
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PageRankOptions {
    damping: f64,
    rounds: usize,
    tolerance: f64,
}

impl Default for PageRankOptions {
    fn default() -> Self {
        Self { damping: 0.85, rounds: 100, tolerance: 1e-6 }
    }
}

impl PageRankOptions {
    /// Returns the defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the damping factor, from 0 to 1: the probability of following an arc rather than jumping to any
    /// entity.
    #[must_use]
    pub fn damping(mut self, damping: f64) -> Self {
        self.damping = damping;
        self
    }

    /// Sets the most rounds to make.
    #[must_use]
    pub fn rounds(mut self, rounds: usize) -> Self {
        self.rounds = rounds;
        self
    }

    /// Sets the change at which the scores have converged: all changes of a round together are less than this
    /// times the number of entities. With 0, all rounds are made, unless a round changes nothing at all.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    fn check(&self) -> Result<(), Error> {
        let refuse = |what, found: f64, expected| {
            let found = found.to_string();
            Err(Error::new(None, ErrorKind::OutOfRange { what, found, expected }))
        };
        if !(0.0..=1.0).contains(&self.damping) {
            return refuse("damping", self.damping, "a number from 0 to 1");
        }
        if !(self.tolerance.is_finite() && self.tolerance >= 0.0) {
            return refuse("tolerance", self.tolerance, "a finite number not below 0");
        }
        Ok(())
    }
}

/// The page rank of every entity: the share of time that a random walker spends there. The walker follows arcs and
/// sometimes jumps to a random entity. The scores add up to 1.
///
/// The JSON has `rounds`, `converged`, and `scores`, an object of scores by entity key.
#[derive(Clone)]
pub struct PageRank<'g> {
    graph: &'g ClaimGraph,
    scores: Vec<f64>,
    rounds: usize,
    converged: bool,
}

impl PageRank<'_> {
    /// Returns the score of an entity, from 0 to 1; `None` for an entity of another graph.
    pub fn score(&self, entity: impl Into<EntityId>) -> Option<f64> {
        self.scores.get(entity.into().index()).copied()
    }

    /// Returns the scores of all entities, in order of insertion.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// Returns the `n` entities with the highest scores, the highest first; of equal scores, the entity that
    /// was added first comes first.
    pub fn top(&self, n: usize) -> Vec<(EntityId, f64)> {
        let mut places: Vec<(usize, f64)> = self.scores.iter().copied().enumerate().collect();
        let order = |a: &(usize, f64), b: &(usize, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if n < places.len() {
            places.select_nth_unstable_by(n, order);
            places.truncate(n);
        }
        places.sort_unstable_by(order);
        let entity = |(place, score)| Some((EntityId::nth(place)?, score));
        places.into_iter().filter_map(entity).collect()
    }

    /// Returns how many rounds were made.
    pub fn rounds(&self) -> usize {
        self.rounds
    }

    /// Returns whether the last round changed less than the tolerance.
    pub fn converged(&self) -> bool {
        self.converged
    }
}

/// A line for each entity, the highest score first: "0.486486 hub".
impl fmt::Display for PageRank<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |(entity, score): (EntityId, f64)| {
            writeln!(f, "{score:.6} {}", self.graph.name_of(entity))
        };
        self.top(self.scores.len()).into_iter().try_for_each(line)
    }
}

impl fmt::Debug for PageRank<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rounds, converged) = (self.rounds, self.converged);
        write!(f, "PageRank({:?}, rounds {rounds}, converged {converged})", self.scores)
    }
}

/// The scores by key, written as a map.
struct Scores<'a>(&'a PageRank<'a>);

impl Serialize for Scores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scores = self.0.scores.iter().enumerate();
        let keyed = scores
            .filter_map(|(n, score)| Some((entity_key(self.0.graph, EntityId::nth(n)?), score)));
        serializer.collect_map(keyed)
    }
}

impl Serialize for PageRank<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("PageRank", 3)?;
        fields.serialize_field("rounds", &self.rounds)?;
        fields.serialize_field("converged", &self.converged)?;
        fields.serialize_field("scores", &Scores(self))?;
        fields.end()
    }
}

/// Returns the page rank of every entity (Brin & Page 1998), by power iteration.
///
/// Parallel arcs weigh by their number; use [`Projection::collapsed`] to count each neighbour once. An entity at which
/// no arc begins spreads its score over all entities. Entities without arcs get the smallest score. They do not change
/// the order of the others; they scale all other scores by one factor.
///
/// The numbers are those of networkx for the same arcs, and the same bits in every run, whatever the number of
/// threads: with many arcs all processors are used.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{page_rank, PageRankOptions};
/// let mut graph = ClaimGraph::new();
/// let [a, b, hub] = ["a", "b", "hub"].map(|key| graph.add(State, key).unwrap());
/// for state in [a, b] {
///     graph.insert(Claim::by(a).asserts(state, PROVIDES_AID_TO, hub).reported(date(2024, 10, 24)))?;
/// }
/// let projection = graph.view().projection();
/// let ranks = page_rank(&projection, PageRankOptions::new())?;
/// assert_eq!(ranks.top(1)[0].0, hub.id());
/// assert_eq!(ranks.score(a), ranks.score(b));
/// assert!((ranks.scores().iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// assert!(ranks.to_string().ends_with("0.212766 a\n0.212766 b\n"));
/// let json = serde_json::to_value(&ranks).unwrap();
/// assert!(json["converged"].as_bool().unwrap() && json["scores"]["hub"].as_f64() == ranks.score(hub));
/// let refused = page_rank(&projection, PageRankOptions::new().damping(f64::NAN)).unwrap_err();
/// assert_eq!(refused.to_string(), "damping is NaN; expected a number from 0 to 1");
/// # Ok::<(), claimgraph::Error>(())
/// ```
///
/// # Errors
/// The damping is not a number from 0 to 1, or the tolerance is negative or not finite.
pub fn page_rank<'g>(
    projection: &Projection<'g>,
    options: PageRankOptions,
) -> Result<PageRank<'g>, Error> {
    options.check()?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    Ok(ranks(projection, options, if projection.arc_count() < WORTH_THREADS { 1 } else { threads }))
}

/// Fewer arcs than this are done before other threads have begun.
const WORTH_THREADS: usize = 100_000;

fn ranks<'g>(
    projection: &Projection<'g>,
    options: PageRankOptions,
    threads: usize,
) -> PageRank<'g> {
    let (nodes, damping) = (projection.node_count(), options.damping);
    let mut ranks = PageRank {
        graph: projection.graph(),
        scores: vec![1.0 / nodes as f64; nodes],
        rounds: 0,
        converged: nodes == 0,
    };
    let mut gathered = vec![0.0; nodes];
    let shared = (threads > 1).then(|| Shared::over(projection, threads));
    while !ranks.converged && ranks.rounds < options.rounds {
        let stranded = match &shared {
            Some(shared) => shared.gather(projection, &ranks.scores, &mut gathered),
            None => spread(projection, &ranks.scores, &mut gathered),
        };
        let base = (1.0 - damping + damping * stranded) / nodes as f64;
        // Four sums side by side: one would wait for itself at every entity.
        let mut changes = [0.0; 4];
        for (scores, sums) in ranks.scores.chunks_mut(4).zip(gathered.chunks_mut(4)) {
            for ((score, sum), change) in scores.iter_mut().zip(sums).zip(&mut changes) {
                let next = base + damping * *sum;
                *change += (next - *score).abs();
                (*score, *sum) = (next, 0.0);
            }
        }
        let change: f64 = changes.iter().sum();
        ranks.rounds += 1;
        ranks.converged = change < options.tolerance * nodes as f64 || change == 0.0;
    }
    ranks
}

/// Adds to each entity the shares of those that name it, in the order of these. Returns what is left over: the
/// score of entities that name nobody.
fn spread(arcs: &Projection<'_>, scores: &[f64], gathered: &mut [f64]) -> f64 {
    let mut stranded = 0.0;
    for (row, &score) in arcs.rows().zip(scores) {
        if row.is_empty() {
            stranded += score;
            continue;
        }
        let share = score / row.len() as f64;
        for &target in row {
            if let Some(sum) = gathered.get_mut(target as usize) {
                *sum += share;
            }
        }
    }
    stranded
}

/// The work of a round, dealt out to threads.
struct Shared<'g> {
    /// The arcs by target, so that each entity is written by one thread.
    into: Projection<'g>,
    /// How many entities each thread takes, one after the other: about as many arcs each.
    stretches: Vec<usize>,
}

impl<'g> Shared<'g> {
    fn over(arcs: &Projection<'g>, threads: usize) -> Self {
        let (into, mut stretches) = (arcs.reversed(), Vec::new());
        let (mut taken, mut passed) = (0, 0);
        for (node, row) in into.rows().enumerate() {
            passed += row.len();
            let dealt = stretches.len() + 1;
            if dealt < threads && passed * threads >= arcs.arc_count() * dealt {
                stretches.push(node + 1 - taken);
                taken = node + 1;
            }
        }
        stretches.push(into.node_count() - taken);
        Self { into, stretches }
    }

    /// Adds the same shares in the same order as [`spread`], so the same bits, each entity by itself.
    fn gather(&self, arcs: &Projection<'_>, scores: &[f64], gathered: &mut [f64]) -> f64 {
        let mut stranded = 0.0;
        let share = |(row, &score): (&[u32], &f64)| {
            if row.is_empty() {
                stranded += score;
            }
            score / row.len() as f64
        };
        let shares: Vec<f64> = arcs.rows().zip(scores).map(share).collect();
        let fill = |from: usize, sums: &mut [f64]| {
            for (target, sum) in (from as u32..).zip(sums) {
                let named = self.into.row(target).iter();
                let each = named.filter_map(|&source| shares.get(source as usize));
                *sum = each.fold(0.0, |sum, share| sum + share);
            }
        };
        let all_ran = thread::scope(|scope| {
            let (mut rest, mut from, mut all_ran) = (&mut *gathered, 0, true);
            for &len in &self.stretches {
                let Some((sums, later)) = rest.split_at_mut_checked(len) else { return false };
                let (here, fill) = (from, &fill);
                (rest, from) = (later, from + len);
                let spawned = thread::Builder::new().spawn_scoped(scope, move || fill(here, sums));
                all_ran &= spawned.is_ok();
            }
            all_ran
        });
        // If the system has no more threads, this one does it all.
        if !all_ran {
            fill(0, gathered);
        }
        stranded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimgraph::reporting::State;

    #[test]
    fn one_thread_and_several_give_the_same_bits() {
        let nodes = 5_000u32;
        let mut graph = ClaimGraph::new();
        for n in 0..nodes {
            graph.add(State, format!("s{n}")).unwrap();
        }
        let mut state = 7u64;
        let mut draw = |bound: u32| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32 % bound
        };
        // Some name nobody, some are named by many, and some twice by one.
        let arcs: Vec<(u32, u32)> =
            (0..120_000).map(|_| (draw(nodes - 500), draw(nodes).min(draw(nodes)))).collect();
        let arcs = Projection::of_arcs(&graph, arcs);
        let twenty = PageRankOptions::new().rounds(20).tolerance(0.0);
        let one = ranks(&arcs, twenty, 1);
        assert_eq!(one.rounds(), 20);
        for threads in [2, 5, 16] {
            assert_eq!(Shared::over(&arcs, threads).stretches.iter().sum::<usize>(), 5_000);
            assert_eq!(one.scores(), ranks(&arcs, twenty, threads).scores());
        }
        assert_eq!(one.scores(), page_rank(&arcs, twenty).unwrap().scores());
    }
}
