//! Who votes with whom: communities of speakers that agree more than others do.

use crate::agreement::matrix::StanceMatrix;
use crate::agreement::pairwise::Agreement;
use crate::graph::ClaimGraph;
use crate::model::error::Error;
use crate::model::id::EntityId;
use crate::network::louvain::Communities;
use std::fmt;

/// Groups of speakers who agree with each other, the largest first, members in order of keys.
///
/// The same for the same claims, whatever the order of insertion.
#[derive(Clone)]
pub struct Blocs<'g> {
    graph: &'g ClaimGraph,
    groups: Vec<Vec<EntityId>>,
    modularity: Option<f64>,
}

impl Blocs<'_> {
    /// The groups.
    pub fn groups(&self) -> &[Vec<EntityId>] {
        &self.groups
    }

    /// How many groups there are.
    pub fn count(&self) -> usize {
        self.groups.len()
    }

    /// The group of one speaker; `None` for one who was not compared with anybody.
    pub fn of(&self, speaker: impl Into<EntityId>) -> Option<usize> {
        let speaker = speaker.into();
        self.groups.iter().position(|group| group.contains(&speaker))
    }

    /// Whether the two are in one group.
    pub fn same_bloc(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> bool {
        self.of(a).zip(self.of(b)).is_some_and(|(a, b)| a == b)
    }

    /// How much more the groups agree within than chance would have it; see
    /// [`Communities::modularity`]. `None` where nobody agrees.
    pub fn modularity(&self) -> Option<f64> {
        self.modularity
    }
}

/// A line for each group.
impl fmt::Display for Blocs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in &self.groups {
            let names: Vec<&str> =
                group.iter().map(|&speaker| self.graph.name_of(speaker)).collect();
            writeln!(f, "{}: {}", group.len(), names.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Blocs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes: Vec<usize> = self.groups.iter().map(Vec::len).collect();
        write!(f, "Blocs({sizes:?}, modularity {:?})", self.modularity)
    }
}

impl<'g> StanceMatrix<'g> {
    /// The groups in which speakers agree beyond chance: [`Communities`] of the ties between every two who
    /// both took a side on at least so many matters, each as strong as their [kappa](Agreement::kappa), none
    /// where that is not above 0.
    ///
    /// A speaker without any such tie is a group of his own if he was compared with anybody. What a group
    /// rests on is [`compare`](Self::compare) of its members.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, x, y] = ["a", "b", "x", "y"].map(|key| graph.add(State, key).unwrap());
    /// let resolutions = ["r1", "r2", "r3"].map(|key| graph.add(Event, key).unwrap());
    /// let day = date(1960, 1, 1);
    /// for (place, &resolution) in resolutions.iter().enumerate() {
    ///     for (speaker, others) in [(a, 0), (b, 0), (x, 1), (y, 1)] {
    ///         let claim = Claim::by(speaker);
    ///         graph.insert(match (place + others) % 2 {
    ///             0 => claim.asserts(resolution, TAKES_PLACE, ()),
    ///             _ => claim.denies(resolution, TAKES_PLACE, ()),
    ///         }.reported(day))?;
    ///     }
    /// }
    /// let blocs = graph.stance_matrix().blocs(2, 1.0)?;
    /// assert_eq!(blocs.groups(), [vec![a.id(), b.id()], vec![x.id(), y.id()]]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// The resolution is negative or not finite; 1 is usual, more of it gives smaller groups.
    pub fn blocs(&self, least: usize, resolution: f64) -> Result<Blocs<'g>, Error> {
        self.blocs_by(least, resolution, |agreement| agreement.kappa().unwrap_or(0.0).max(0.0))
    }

    /// The same with ties of another strength: plain shares, or only unanimity.
    ///
    /// # Errors
    /// A strength or the resolution is negative or not finite.
    pub fn blocs_by(
        &self,
        least: usize,
        resolution: f64,
        strength: impl Fn(&Agreement<'g>) -> f64,
    ) -> Result<Blocs<'g>, Error> {
        // Rows in place of entities: rows are in order of keys, entities in that of insertion.
        let mut ties: Vec<(EntityId, EntityId, f64)> = Vec::new();
        let place = |row: u32| EntityId::at(row as usize);
        self.each_agreement(least, &mut |a, b, agreement| {
            ties.extend(place(a).zip(place(b)).map(|(a, b)| (a, b, strength(&agreement))));
        });
        let communities = Communities::of_ties(ties, resolution)?;
        let speakers = |n: usize| {
            communities.members(n).filter_map(|row| self.speakers.get(row.index()).copied())
        };
        let mut groups: Vec<Vec<EntityId>> =
            (0..communities.count()).map(|n| speakers(n).collect()).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        Ok(Blocs { graph: self.view.graph, groups, modularity: communities.modularity() })
    }
}
