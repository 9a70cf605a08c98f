//! How deep in the thick of it an entity is.

use crate::model::id::EntityId;
use crate::network::projection::{Projection, entity};
use crate::view::View;

/// The core number of every entity: the largest `k` such that it belongs to a set whose members are all
/// joined with at least `k` others of the set (Seidman 1983; peeling as in Batagelj & Zaveršnik 2003).
///
/// Directions do not count, parallel arcs count once, and what joins an entity with itself does not count:
/// networkx's `core_number` of the simple graph.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let [a, b, c, d] = ["a", "b", "c", "d"].map(|key| graph.add(State, key).unwrap());
/// for (x, y) in [(a, b), (b, c), (c, a), (c, a), (a, d)] {
///     graph.insert(Claim::by(a).asserts(x, PROVIDES_AID_TO, y).reported(date(2024, 10, 24)))?;
/// }
/// let cores = graph.view().cores();
/// assert_eq!((cores.of(a), cores.of(d), cores.deepest()), (Some(2), Some(1), 2));
/// assert_eq!(cores.members(2).collect::<Vec<_>>(), [a.id(), b.id(), c.id()]);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoreNumbers(Vec<u32>);

impl CoreNumbers {
    /// The core number of an entity; `None` for one that was added later.
    pub fn of(&self, entity: impl Into<EntityId>) -> Option<usize> {
        self.0.get(entity.into().index()).map(|&core| core as usize)
    }

    /// The largest core number there is (the degeneracy of the graph); 0 where nothing is joined.
    pub fn deepest(&self) -> usize {
        self.0.iter().max().map_or(0, |&core| core as usize)
    }

    /// The `k`-core: the entities whose core number is at least `k`, in order of insertion.
    pub fn members(&self, k: usize) -> impl Iterator<Item = EntityId> {
        (0u32..)
            .zip(&self.0)
            .filter(move |&(_, &core)| core as usize >= k)
            .filter_map(|(place, _)| entity(place))
    }
}

impl View<'_> {
    /// The core numbers by the arcs of the view.
    pub fn cores(&self) -> CoreNumbers {
        self.projection().cores()
    }
}

impl Projection {
    /// The core numbers, in time linear in the arcs: whoever has fewest neighbours left goes first.
    pub fn cores(&self) -> CoreNumbers {
        let simple = self.neighbours();
        let mut left: Vec<u32> = simple.rows().map(|row| row.len() as u32).collect();
        let most = left.iter().max().map_or(0, |&degree| degree as usize);
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); most + 1];
        for (node, &degree) in (0u32..).zip(&left) {
            lists.get_mut(degree as usize).into_iter().for_each(|list| list.push(node));
        }
        let mut gone = vec![false; left.len()];
        let mut k = 0;
        while let Some(list) = lists.get_mut(k) {
            let Some(node) = list.pop() else {
                k += 1;
                continue;
            };
            // It stands in the list of every number of neighbours it has had; the first met is the last
            // entered, and counts.
            if gone.get_mut(node as usize).is_none_or(|gone| std::mem::replace(gone, true)) {
                continue;
            }
            left.get_mut(node as usize).into_iter().for_each(|core| *core = k as u32);
            for &other in simple.row(node) {
                let still = !gone.get(other as usize).copied().unwrap_or(true);
                if let Some(degree) =
                    left.get_mut(other as usize).filter(|degree| still && **degree > k as u32)
                {
                    *degree -= 1;
                    lists.get_mut(*degree as usize).into_iter().for_each(|list| list.push(other));
                }
            }
        }
        CoreNumbers(left)
    }
}
