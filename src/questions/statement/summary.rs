//! How a statement stands in a view: what a question answers in short.

use crate::model::value::answer::Answer;
use crate::model::value::stance::Bearing;
use crate::questions::statement::StatementQuery;
use crate::view::finding::counted;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a statement stands: whether somebody says so, on how many independent sources, whether somebody is
/// against it, and with which figures.
///
/// ```
/// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// graph.insert(Claim::by(russia).asserts(nk, PRESENT_IN, russia).reported(date(2024, 10, 24)))?;
/// let standing = graph.statement(nk, PRESENT_IN, russia).summary();
/// assert_eq!((standing.asserted, standing.sources, standing.contested), (Answer::Yes, 1, Answer::No));
/// assert_eq!(standing.to_string(), "yes, on 1 independent source");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StatementSummary {
    /// Does anybody say so?
    pub asserted: Answer,
    /// On how many independent sources.
    pub sources: usize,
    /// Is anybody against it, or against the claims that say so?
    pub contested: Answer,
    /// The figures that are given for it and that their speakers have not revised, as sentences; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
}

impl fmt::Display for StatementSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.asserted)?;
        if self.asserted.is_yes() {
            write!(f, ", on {}", counted(self.sources, "independent source"))?;
        }
        match self.contested {
            Answer::Yes => f.write_str(", contested")?,
            Answer::Unknown => f.write_str(", perhaps contested")?,
            Answer::No => {}
        }
        match self.figures.is_empty() {
            true => Ok(()),
            false => write!(f, ": {}", self.figures.join("; ")),
        }
    }
}

impl StatementQuery<'_> {
    /// Returns the answer in short.
    pub fn summary(&self) -> StatementSummary {
        let against = self.against();
        let contesting = against.bearing(Bearing::Contests);
        let figures = self.figures();
        let mut figures: Vec<String> = figures.current().map(ToString::to_string).collect();
        figures.sort_unstable();
        figures.dedup();
        StatementSummary {
            asserted: self.is_asserted(),
            sources: self.independence().count(),
            contested: contesting.map(|o| o.certain()).max().unwrap_or(Answer::No),
            figures,
        }
    }
}
