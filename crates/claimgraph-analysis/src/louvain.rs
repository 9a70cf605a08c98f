//! The Louvain method (Blondel et al. 2008): weighted ties between numbered nodes go in, a partition comes out.
//!
//! In a round, each node moves, in order, to the neighbouring community that gains the most modularity. Then each
//! community becomes one node, and the next round begins. The method ends when no move gains anything. If several
//! communities are equally good, the first is taken, so the same ties give the same partition in every run. After each
//! round, a community that fell apart is cut into its connected parts (Traag et al. 2019 describe this fault of the
//! method). That never lowers the modularity. So every community is connected.
//!
//! It is our own code because petgraph has no Louvain.

/// The most passes over the nodes of one level. A dozen are usual; with weights so small that they have no digits
/// left, no comparison of gains can be trusted to come to an end.
const SWEEPS: usize = 1_000;

/// A community for each node, numbered from 0 in order of their first nodes.
pub(crate) struct Partition {
    pub(crate) labels: Vec<u32>,
    pub(crate) count: usize,
    /// `None` without any ties.
    pub(crate) modularity: Option<f64>,
}

/// Returns a partition of high modularity. Weights and resolution are finite and not negative.
pub(crate) fn partition(nodes: usize, ties: Vec<(u32, u32, f64)>, resolution: f64) -> Partition {
    let finest = Ties::over(nodes, ties);
    let (mut labels, mut level) = (each(nodes), finest.clone());
    let mut modularity = level.modularity(resolution);
    for _ in 0..SWEEPS {
        // Nodes move, then communities as wholes, and again, as that opens ways for nodes.
        let (moved, count) = finest.connected(&finest.settled(&labels, resolution));
        level = finest.contracted(&moved, count);
        labels = moved;
        loop {
            let (joined, count) = level.connected(&level.settled(&each(level.nodes()), resolution));
            if count == level.nodes() {
                break;
            }
            for label in &mut labels {
                *label = at(&joined, *label).unwrap_or(*label);
            }
            level = level.contracted(&joined, count);
        }
        let before = std::mem::replace(&mut modularity, level.modularity(resolution));
        if modularity.zip(before).is_none_or(|(after, before)| after - before < 1e-12) {
            break;
        }
    }
    Partition { labels, count: level.nodes(), modularity }
}

/// Returns a community for each node.
fn each(nodes: usize) -> Vec<u32> {
    (0u32..).take(nodes).collect()
}

fn at<T: Copy>(values: &[T], place: u32) -> Option<T> {
    values.get(place as usize).copied()
}

fn add(values: &mut [f64], place: u32, weight: f64) {
    if let Some(value) = values.get_mut(place as usize) {
        *value += weight;
    }
}

/// A weighted undirected graph, each tie at both of its ends.
#[derive(Clone, Debug)]
struct Ties {
    /// The neighbours of each node with the weights, node by node.
    others: Vec<(u32, f64)>,
    /// Where each node's begin, and where the last ones end.
    offsets: Vec<usize>,
    /// The ties of a node to itself.
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
        let mut offsets = vec![0; nodes + 1];
        for (place, &(node, ..)) in ends.iter().enumerate() {
            if let Some(offset) = offsets.get_mut(node as usize + 1) {
                *offset = place + 1;
            }
        }
        let mut before = 0;
        for offset in &mut offsets {
            before = before.max(*offset);
            *offset = before;
        }
        let others = ends.into_iter().map(|(_, other, weight)| (other, weight)).collect();
        Self { others, offsets, loops, degrees, total }
    }

    fn nodes(&self) -> usize {
        self.degrees.len()
    }

    fn row(&self, node: u32) -> &[(u32, f64)] {
        let ends = at(&self.offsets, node).zip(at(&self.offsets, node + 1));
        ends.and_then(|(from, to)| self.others.get(from..to)).unwrap_or_default()
    }

    /// Moves single nodes from where they are, as long as that gains anything.
    fn settled(&self, start: &[u32], resolution: f64) -> Vec<u32> {
        let mut labels = start.to_vec();
        let (mut masses, mut toward) = (vec![0.0; self.nodes()], vec![0.0; self.nodes()]);
        for (&label, &degree) in labels.iter().zip(&self.degrees) {
            add(&mut masses, label, degree);
        }
        let mut around: Vec<u32> = Vec::new();
        // A gain below this is rounding; without it two nodes could change places for ever.
        let least = self.total * 1e-12;
        for _ in 0..SWEEPS {
            let mut moved = false;
            for (node, &degree) in (0u32..).zip(&self.degrees) {
                let Some(own) = at(&labels, node) else { continue };
                for &(other, weight) in self.row(node) {
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
                if let Some(label) = labels.get_mut(node as usize) {
                    *label = chosen;
                }
                moved |= chosen != own;
                for label in around.drain(..) {
                    if let Some(weight) = toward.get_mut(label as usize) {
                        *weight = 0.0;
                    }
                }
            }
            if !moved {
                break;
            }
        }
        labels
    }

    /// Returns the connected parts of the communities, numbered in order of their first nodes, and how many
    /// there are.
    fn connected(&self, labels: &[u32]) -> (Vec<u32>, usize) {
        let mut parts: Vec<Option<u32>> = vec![None; self.nodes()];
        let (mut count, mut open) = (0, Vec::new());
        for start in each(self.nodes()) {
            open.push(start);
            let before = count;
            while let Some(node) = open.pop() {
                let Some(part @ None) = parts.get_mut(node as usize) else { continue };
                *part = Some(before);
                count = before + 1;
                let inside = self.row(node).iter().map(|tie| tie.0);
                open.extend(inside.filter(|&other| {
                    at(labels, other) == at(labels, node) && at(&parts, other) == Some(None)
                }));
            }
        }
        (parts.into_iter().map(Option::unwrap_or_default).collect(), count as usize)
    }

    /// Returns a graph with a node for each label. Ties between nodes of one label tie the new node to itself.
    fn contracted(&self, labels: &[u32], count: usize) -> Self {
        let mut ties: Vec<(u32, u32, f64)> = Vec::new();
        for ((node, &label), &own) in (0u32..).zip(labels).zip(&self.loops) {
            let later = self.row(node).iter().filter(|&&(other, _)| node < other);
            ties.extend(later.filter_map(|&(other, w)| Some((label, at(labels, other)?, w))));
            ties.push((label, label, own));
        }
        Self::over(count, ties)
    }

    /// Returns the modularity of the partition in which each node is a community.
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
