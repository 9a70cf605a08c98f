//! A view's arcs in two flat arrays, for algorithms that read all of them many times.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::EntityId;
use crate::store::columns::row_iter::RowId;
use crate::view::View;
use petgraph::visit::{IntoNeighbors, NodeCount};

/// The arcs of a view as compressed sparse rows: for each entity, in order of insertion, the entities its
/// arcs lead to.
///
/// It is a copy, made in one pass over the claims of the view: later insertions do not show in it, and
/// several algorithms over one filter share it. Nodes and arcs are those of petgraph's traits on the view:
/// *all* entities of the graph are nodes, a claim that [joins](View) two is an arc, a symmetric one an arc
/// both ways, parallel claims are parallel arcs. It takes 4 bytes an arc and 8 an entity.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let day = date(2024, 10, 24);
/// let (nk, russia, seoul) = (graph.add(State, "nk")?, graph.add(State, "russia")?, graph.add(State, "sk")?);
/// graph.insert(Claim::by(seoul).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
/// graph.insert(Claim::by(seoul).asserts(nk, PROVIDES_AID_TO, russia).reported(day))?;
/// graph.insert(Claim::by(nk).denies(nk, DEPLOYS_TO, seoul).reported(day))?;       // joins nothing
/// let arcs = graph.view().projection();
/// assert_eq!((arcs.node_count(), arcs.arc_count(), arcs.collapsed().arc_count()), (3, 2, 1));
/// assert_eq!(arcs.out_degree(nk), 2);
/// assert!(arcs.components().same_component(nk, russia));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Projection {
    /// Where the arcs of each node begin among the targets, and where the last ones end.
    offsets: Vec<usize>,
    targets: Vec<u32>,
}

impl View<'_> {
    /// The arcs of the view in flat arrays: one pass, then as many algorithms as are wanted.
    pub fn projection(&self) -> Projection {
        // The rows lie by subject as they are wanted here.
        let (mut offsets, mut targets) = (Vec::with_capacity(self.node_count() + 1), Vec::new());
        offsets.push(0);
        for entity in self.graph.registry.ids() {
            targets.extend(self.neighbors(entity).map(number));
            offsets.push(targets.len());
        }
        targets.shrink_to_fit();
        Projection { offsets, targets }
    }

    /// The ends of every claim that joins two entities, whichever way it leads, in order of rows.
    pub(crate) fn each_joined(&self, mut take: impl FnMut(u32, u32)) {
        let rows = self.graph.ledger.rows();
        // By blocks of rows, whoever they are about: most have few.
        let end = rows.without_subject();
        let mut subjects = (0u32..).zip(rows.ends());
        let (mut subject, mut subject_end) = subjects.next().unwrap_or_default();
        for from in (0..end).step_by(64) {
            let block = from..end.min(from + 64);
            let mut joined = self.joining_either(from as u32, block.len() as u32);
            let heads = rows.heads(block).as_slice();
            while joined != 0 {
                let place = joined.trailing_zeros();
                joined &= joined - 1;
                while from as u32 + place >= subject_end {
                    let Some(next) = subjects.next() else { break };
                    (subject, subject_end) = next;
                }
                let object = heads.get(place as usize).and_then(|head| head.object);
                object.into_iter().for_each(|object| take(subject, number(object)));
            }
        }
        for row in (rows.sorted()..rows.len()).map(RowId::of) {
            let claim = ClaimRef::at(self.graph, row, None);
            let ends = if self.passes(claim) { self.joined(claim) } else { None };
            ends.into_iter().for_each(|(a, b)| take(number(a), number(b)));
        }
    }
}

/// A handle's place; handles are counted in 32 bits.
pub(crate) fn number(entity: EntityId) -> u32 {
    u32::try_from(entity.index()).unwrap_or(u32::MAX)
}

/// The handle of a place.
pub(crate) fn entity(place: u32) -> Option<EntityId> {
    EntityId::at(place as usize)
}

impl Projection {
    /// The one place where the arrays are made: a counting sort by source, which leaves the arcs of a
    /// source in the order they come in. What comes sorted by source is not moved. Ends past `nodes` do
    /// not exist and are left out.
    pub(crate) fn over(nodes: usize, arcs: impl Iterator<Item = (u32, u32)>) -> Self {
        let (least, _) = arcs.size_hint();
        let (mut sources, mut targets) = (Vec::with_capacity(least), Vec::with_capacity(least));
        let mut offsets = vec![0usize; nodes + 1];
        let mut sorted = true;
        for (source, target) in arcs {
            if target as usize >= nodes || source as usize >= nodes {
                continue;
            }
            // One further, so that the running sum below gives where each begins.
            offsets.get_mut(source as usize + 1).into_iter().for_each(|count| *count += 1);
            sorted &= sources.last().is_none_or(|&before| before <= source);
            sources.push(source);
            targets.push(target);
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        if !sorted {
            let (mut next, mut placed) = (offsets.clone(), vec![0u32; targets.len()]);
            for (source, target) in sources.into_iter().zip(targets) {
                if let Some(place) = next.get_mut(source as usize) {
                    placed.get_mut(*place).into_iter().for_each(|slot| *slot = target);
                    *place += 1;
                }
            }
            targets = placed;
        }
        targets.shrink_to_fit();
        Self { offsets, targets }
    }

    /// How many entities there are, joined or not.
    pub fn node_count(&self) -> usize {
        self.offsets.len() - 1
    }

    /// How many arcs there are, parallel ones counted each.
    pub fn arc_count(&self) -> usize {
        self.targets.len()
    }

    /// The targets of each node, node by node.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.offsets.windows(2).map(|ends| match ends {
            &[from, to] => self.targets.get(from..to).unwrap_or_default(),
            _ => &[],
        })
    }

    pub(crate) fn row(&self, node: u32) -> &[u32] {
        let ends = self.offsets.get(node as usize).zip(self.offsets.get(node as usize + 1));
        ends.and_then(|(&from, &to)| self.targets.get(from..to)).unwrap_or_default()
    }

    /// The ends of each arc, by source.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        (0u32..)
            .zip(self.rows())
            .flat_map(|(source, row)| row.iter().map(move |&target| (source, target)))
    }

    /// The entities that the arcs of this one lead to, each as often as there are arcs; none for a handle
    /// of another graph that is out of range.
    pub fn targets(&self, source: impl Into<EntityId>) -> impl Iterator<Item = EntityId> {
        self.row(number(source.into())).iter().filter_map(|&target| entity(target))
    }

    /// How many arcs begin at the entity.
    pub fn out_degree(&self, entity: impl Into<EntityId>) -> usize {
        self.row(number(entity.into())).len()
    }

    /// How many arcs begin at each entity, in order of insertion.
    pub fn out_degrees(&self) -> Vec<usize> {
        self.rows().map(<[u32]>::len).collect()
    }

    /// How many arcs end at each entity, in order of insertion. For one entity, [`reversed`](Self::reversed)
    /// and [`out_degree`](Self::out_degree).
    pub fn in_degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.node_count()];
        for &target in &self.targets {
            degrees.get_mut(target as usize).into_iter().for_each(|degree| *degree += 1);
        }
        degrees
    }

    /// Every arc the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self::over(self.node_count(), self.pairs().map(|(source, target)| (target, source)))
    }

    /// Each neighbour once: parallel arcs become one, in order of targets. An arc then says that some
    /// claim joins the two, and no longer how many do.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (a, b) = (graph.add(State, "a")?, graph.add(State, "b")?);
    /// for day in [1, 2, 3] {
    ///     graph.insert(Claim::by(a).asserts(a, MEETS, b).reported(date(2024, 10, day)))?;
    /// }
    /// let arcs = graph.view().projection();
    /// assert_eq!((arcs.out_degree(b), arcs.collapsed().out_degree(b)), (3, 1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    #[must_use]
    pub fn collapsed(&self) -> Self {
        // Turned twice, every row is in order of targets.
        let mut ordered = self.reversed().reversed();
        let (mut kept, mut offsets) =
            (Vec::with_capacity(ordered.targets.len()), Vec::with_capacity(self.offsets.len()));
        offsets.push(0);
        for row in ordered.rows() {
            let from = kept.len();
            for &target in row {
                if kept.len() == from || kept.last() != Some(&target) {
                    kept.push(target);
                }
            }
            offsets.push(kept.len());
        }
        kept.shrink_to_fit();
        ordered.targets = kept;
        ordered.offsets = offsets;
        ordered
    }

    /// Who is joined with whom, in either direction, each neighbour once and nobody with himself.
    pub(crate) fn neighbours(&self) -> Self {
        let others = self.pairs().filter(|(source, target)| source != target);
        let both = others.flat_map(|(source, target)| [(source, target), (target, source)]);
        Self::over(self.node_count(), both).collapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_come_out_by_source_in_the_order_they_went_in() {
        let given = [(2, 1), (0, 3), (2, 0), (0, 3), (9, 0), (1, 9)];
        let arcs = Projection::over(4, given.into_iter());
        assert_eq!(arcs.pairs().collect::<Vec<_>>(), [(0, 3), (0, 3), (2, 1), (2, 0)]);
        assert_eq!((arcs.out_degrees(), arcs.in_degrees()), (vec![2, 0, 2, 0], vec![1, 1, 0, 2]));
        assert_eq!(arcs.collapsed().pairs().collect::<Vec<_>>(), [(0, 3), (2, 0), (2, 1)]);
        assert_eq!(arcs.reversed().pairs().collect::<Vec<_>>(), [(0, 2), (1, 2), (3, 0), (3, 0)]);
        // Sorted ones are not moved, and give the same.
        assert_eq!(Projection::over(4, arcs.pairs()), arcs);
    }

    #[test]
    fn without_nodes_there_is_nothing() {
        let none = Projection::over(0, [(0, 0)].into_iter());
        assert_eq!((none.node_count(), none.arc_count(), none.collapsed().node_count()), (0, 0, 0));
    }
}
