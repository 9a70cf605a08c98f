//! Page rank: who is named by those who are named.

use crate::model::error::{Error, ErrorKind};
use crate::model::id::EntityId;
use crate::network::projection::{Projection, entity};
use crate::view::View;

/// How page rank is computed. The defaults are those of networkx: damping 0.85, at most 100 rounds, a
/// tolerance of a millionth per entity.
///
/// ```
/// use claimgraph::network::PageRankOptions;
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
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// The probability of going on along an arc, from 0 to 1; otherwise one goes anywhere.
    #[must_use]
    pub fn damping(mut self, damping: f64) -> Self {
        self.damping = damping;
        self
    }

    /// The most rounds to make.
    #[must_use]
    pub fn rounds(mut self, rounds: usize) -> Self {
        self.rounds = rounds;
        self
    }

    /// It has converged once the scores change by less than this times the number of entities, summed over
    /// all of them. With 0, all rounds are made, unless one changes nothing at all.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    fn check(&self) -> Result<(), Error> {
        let refuse = |what, found: f64, expected| {
            Err(Error::new(
                None,
                ErrorKind::OutOfRange { what, found: found.to_string(), expected },
            ))
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

/// The page rank of every entity: the share of time a reader would spend with it who follows arcs, and now
/// and then goes anywhere. The scores add up to 1.
#[derive(Clone, PartialEq, Debug)]
pub struct PageRank {
    scores: Vec<f64>,
    rounds: usize,
    converged: bool,
}

impl PageRank {
    /// The score of an entity, from 0 to 1; `None` for one that was added later.
    pub fn score(&self, entity: impl Into<EntityId>) -> Option<f64> {
        self.scores.get(entity.into().index()).copied()
    }

    /// The scores of all entities, in order of insertion.
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// The `n` entities with the highest scores, the highest first; of equal ones that added first.
    pub fn top(&self, n: usize) -> Vec<(EntityId, f64)> {
        let mut places: Vec<(u32, f64)> = (0u32..).zip(self.scores.iter().copied()).collect();
        let order = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if n < places.len() {
            places.select_nth_unstable_by(n, order);
            places.truncate(n);
        }
        places.sort_unstable_by(order);
        places.into_iter().filter_map(|(place, score)| Some((entity(place)?, score))).collect()
    }

    /// How many rounds were made.
    pub fn rounds(&self) -> usize {
        self.rounds
    }

    /// Whether the last round changed less than the tolerance.
    pub fn converged(&self) -> bool {
        self.converged
    }
}

impl View<'_> {
    /// The page rank of every entity by the arcs of the view; see [`Projection::page_rank`].
    ///
    /// # Errors
    /// The damping or the tolerance is out of range.
    pub fn page_rank(&self, options: PageRankOptions) -> Result<PageRank, Error> {
        options.check()?;
        self.projection().page_rank(options)
    }
}

impl Projection {
    /// The page rank of every entity (Brin & Page 1998), by power iteration. Parallel arcs weigh by their
    /// number; for each neighbour once, ask [`collapsed`](Self::collapsed). An entity without arcs that
    /// begin there spreads its score over all entities. Entities that nothing joins get the smallest score;
    /// without them all others would be larger by one factor, and in the same order.
    ///
    /// It is the number networkx gives for the same arcs, and the same bits in every run, on one thread or,
    /// with the feature `parallel` and many arcs, on several. petgraph's own
    /// `page_rank` gives another (upstream issue 960).
    ///
    /// ```
    /// use claimgraph::{date, network::PageRankOptions, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, hub] = ["a", "b", "hub"].map(|key| graph.add(State, key).unwrap());
    /// for state in [a, b] {
    ///     graph.insert(Claim::by(a).asserts(state, PROVIDES_AID_TO, hub).reported(date(2024, 10, 24)))?;
    /// }
    /// let ranks = graph.view().page_rank(PageRankOptions::new())?;
    /// assert_eq!(ranks.top(1)[0].0, hub.id());
    /// assert_eq!(ranks.score(a), ranks.score(b));
    /// assert!((ranks.scores().iter().sum::<f64>() - 1.0).abs() < 1e-12);
    /// let refused = graph.view().page_rank(PageRankOptions::new().damping(f64::NAN)).unwrap_err();
    /// assert_eq!(refused.to_string(), "damping is NaN; expected a number from 0 to 1");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// The damping is no number from 0 to 1, or the tolerance is negative or not finite.
    pub fn page_rank(&self, options: PageRankOptions) -> Result<PageRank, Error> {
        options.check()?;
        let (nodes, damping) = (self.node_count(), options.damping);
        let mut ranks =
            PageRank { scores: vec![1.0 / nodes as f64; nodes], rounds: 0, converged: nodes == 0 };
        let mut gathered = vec![0.0; nodes];
        let flow = Flow::over(self);
        while !ranks.converged && ranks.rounds < options.rounds {
            let stranded = flow.spread(&ranks.scores, &mut gathered);
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
        Ok(ranks)
    }
}

/// What flows along the arcs in one round.
struct Flow<'p> {
    arcs: &'p Projection,
    /// The arcs by target, where several threads gather: each entity is then written by one of them.
    #[cfg(feature = "parallel")]
    into: Option<Projection>,
}

impl<'p> Flow<'p> {
    /// Fewer arcs than this are done before other threads have begun.
    #[cfg(feature = "parallel")]
    const WORTH_THREADS: usize = 100_000;

    fn over(arcs: &'p Projection) -> Self {
        Self {
            arcs,
            #[cfg(feature = "parallel")]
            into: (arcs.arc_count() >= Self::WORTH_THREADS && rayon::current_num_threads() > 1)
                .then(|| arcs.reversed()),
        }
    }

    /// Adds to each entity the shares of those that name it, in the order of these; what is left over is
    /// the score of entities that name nobody.
    fn spread(&self, scores: &[f64], gathered: &mut [f64]) -> f64 {
        #[cfg(feature = "parallel")]
        if let Some(into) = &self.into {
            return self.gather(into, scores, gathered);
        }
        let mut stranded = 0.0;
        for (row, &score) in self.arcs.rows().zip(scores) {
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

    /// The same sums in the same order, so the same bits, each entity by itself.
    #[cfg(feature = "parallel")]
    fn gather(&self, into: &Projection, scores: &[f64], gathered: &mut [f64]) -> f64 {
        use rayon::prelude::*;
        const CHUNK: usize = 2048;
        let mut stranded = 0.0;
        let share = |(row, &score): (&[u32], &f64)| {
            if row.is_empty() {
                stranded += score;
            }
            score / row.len() as f64
        };
        let shares: Vec<f64> = self.arcs.rows().zip(scores).map(share).collect();
        gathered.par_chunks_mut(CHUNK).enumerate().for_each(|(chunk, sums)| {
            for (target, sum) in ((chunk * CHUNK) as u32..).zip(sums) {
                let each =
                    into.row(target).iter().filter_map(|&source| shares.get(source as usize));
                *sum = each.fold(*sum, |sum, share| sum + share);
            }
        });
        stranded
    }
}

#[cfg(all(test, feature = "parallel"))]
mod tests {
    use super::*;

    #[test]
    fn one_thread_and_several_give_the_same_bits() {
        let nodes = 5_000u32;
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
        let arcs = Projection::over(nodes as usize, arcs.into_iter());
        let ranks = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                assert_eq!(Flow::over(&arcs).into.is_some(), threads > 1);
                arcs.page_rank(PageRankOptions::new().rounds(20).tolerance(0.0)).unwrap()
            })
        };
        let one = ranks(1);
        assert_eq!(one.rounds(), 20);
        assert_eq!(one, ranks(2));
        assert_eq!(one, ranks(5));
    }
}
