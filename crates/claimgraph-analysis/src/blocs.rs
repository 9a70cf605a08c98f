//! Blocs: communities of speakers that agree more often than chance would give.
//!
//! A stance matrix goes in, [`Communities`] of speakers come out.

use crate::agreement::Agreement;
use crate::communities::{Communities, of_numbered};
use crate::matrix::StanceMatrix;
use claimgraph::Error;

impl<'g> StanceMatrix<'g> {
    /// Returns the groups in which speakers agree beyond chance: the communities of the ties between every two
    /// that both took a side on at least `least` issues. A tie is as strong as their
    /// [kappa](Agreement::kappa); there is none if the kappa is not above 0.
    ///
    /// The largest group comes first, members are in order of keys: the same for the same claims, whatever the order of
    /// insertion. A speaker with no tie forms a group of one, if it was compared with anyone. For the claims behind a
    /// group, [`compare`](Self::compare) its members.
    ///
    /// `resolution` is usually 1; a higher one gives smaller groups.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// use claimgraph_analysis::stance_matrix;
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
    /// let blocs = stance_matrix(&graph.view()).blocs(2, 1.0)?;
    /// assert_eq!(blocs.groups().collect::<Vec<_>>(), [[a.id(), b.id()], [x.id(), y.id()]]);
    /// assert_eq!(blocs.to_string(), "2: a, b\n2: x, y\n");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    ///
    /// # Errors
    /// The resolution is negative or not finite.
    pub fn blocs(&self, least: usize, resolution: f64) -> Result<Communities<'g>, Error> {
        self.blocs_by(least, resolution, |agreement| agreement.kappa().unwrap_or(0.0).max(0.0))
    }

    /// Returns the groups by ties of another strength, such as plain shares, or 1 for unanimity only.
    ///
    /// # Errors
    /// A strength or the resolution is negative or not finite.
    pub fn blocs_by(
        &self,
        least: usize,
        resolution: f64,
        strength: impl Fn(&Agreement<'g>) -> f64,
    ) -> Result<Communities<'g>, Error> {
        let mut ties: Vec<(u32, u32, f64)> = Vec::new();
        self.each_agreement(least, |a, b, agreement| ties.push((a, b, strength(&agreement))));
        // By rows: rows are in order of keys, entities in that of insertion.
        let speaker = |row: u32| self.rows().get(row as usize).copied();
        Ok(of_numbered(self.graph(), ties, resolution, speaker)?.largest_first())
    }
}
