//! The short answer to a question about a statement.

use crate::model::value::answer::Answer;
use crate::model::value::stance::Bearing;
use crate::questions::statement::StatementQuery;
use crate::view::finding::counted;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The short answer about a statement: whether anybody says so, on how many independent sources, whether anybody is
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
    /// Whether anybody says so.
    pub asserted: Answer,
    /// The number of claims that back it and count: they are current, and certainly of the time that was asked about.
    pub claims_for: usize,
    /// The number of claims that are against it, or against a claim that backs it, certainly or possibly.
    pub claims_against: usize,
    /// The number of independent sources, at least.
    pub sources: usize,
    /// The number of independent sources, at most.
    pub sources_at_most: usize,
    /// Whether anybody is against it, or against the claims that say so.
    pub contested: Answer,
    /// The figures for it that their speakers have not revised, as sorted sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
}

impl fmt::Display for StatementSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.asserted)?;
        if self.asserted.is_yes() {
            f.write_str(", on ")?;
            if self.sources_at_most > self.sources {
                write!(f, "{}, perhaps ", self.sources)?;
            }
            f.write_str(&counted(self.sources_at_most, "independent source"))?;
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
    /// Returns the short answer.
    pub fn summary(&self) -> StatementSummary {
        let against = self.against();
        let contesting: Vec<Answer> =
            against.bearing(Bearing::Contests).map(|it| it.certain()).collect();
        let (figures, independence) = (self.figures(), self.independence());
        let mut figures: Vec<String> = figures.current().map(ToString::to_string).collect();
        figures.sort_unstable();
        figures.dedup();
        StatementSummary {
            asserted: self.is_asserted(),
            claims_for: self.counted_support().len(),
            claims_against: contesting.len(),
            sources: independence.count(),
            sources_at_most: independence.at_most(),
            contested: contesting.into_iter().max().unwrap_or(Answer::No),
            figures,
        }
    }
}
