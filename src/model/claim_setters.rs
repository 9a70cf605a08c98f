//! Setters of a [`Claim`] for the parts that few claims have.

use crate::model::claim::Claim;
use crate::model::time::edtf::PeriodError;
use crate::model::time::period::Period;

impl Claim {
    /// Sets when it was said: what [`valid`](Self::valid) takes.
    ///
    /// If the text is not a period, or if the first possible day lies after the report, `insert` refuses the claim.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Period};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let denial = Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24));
    /// let claim = graph.insert(denial.clone().said(Period::by(date(2024, 10, 24))))?;
    /// assert_eq!(graph.claim(claim)?.said().and_then(|said| said.end_latest()), Some(date(2024, 10, 24)));
    /// assert!(graph.insert(denial.said("2024-11")).is_err());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn said(mut self, period: impl TryInto<Period, Error: Into<PeriodError>>) -> Self {
        match period.try_into() {
            Ok(period) => (self.details.said, self.bad_said) = (Some(Box::new(period)), None),
            Err(error) => (self.details.said, self.bad_said) = (None, Some(error.into())),
        }
        self
    }
}
