//! Setters of a [`Claim`] for the parts that few claims have.

use crate::model::claim::Claim;
use crate::model::quote::Quote;
use crate::model::time::edtf::PeriodError;
use crate::model::time::period::Period;
use crate::model::value::direction::Direction;
use crate::model::value::quantity::Quantity;

impl Claim {
    /// Sets how many or how much the object of the statement is. A claim may have a [`quantity`](Self::quantity) too.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, sites) = (graph.add(State, "nk")?, graph.add(Facility, "facilities")?);
    /// let claim = graph.insert(Claim::by(nk).asserts(nk, DISTRIBUTED_ACROSS, sites)
    ///     .object_quantity(Quantity::vague("multiple", "facilities")).reported(date(2024, 10, 24)))?;
    /// assert_eq!(graph.show(claim)?,
    ///     "nk asserted that nk is distributed across facilities (at least 2 facilities, \u{201c}multiple\u{201d})");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn object_quantity(mut self, quantity: Quantity) -> Self {
        self.details.object_quantity = Some(Box::new(quantity));
        self
    }

    /// Marks a revision as upwards, as the text says it. A [`factor`](Self::factor) says more.
    ///
    /// ```
    /// use claimgraph::{date, questions::Direction, reporting::*, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let day = date(2024, 10, 24);
    /// let old = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia)
    ///     .quantity(Quantity::no_less_than(12, "soldiers")).reported(day))?;
    /// graph.insert(Claim::by(russia).revises(old).upwards()
    ///     .quantity(Quantity::stated(15, "soldiers")).reported(day))?;
    /// let revisions = graph.view().revisions();
    /// let revision = revisions.first().unwrap();
    /// assert_eq!(revision.direction(), Direction::Up);
    /// assert_eq!(revision.to_string(), "15 soldiers, up from at least 12 soldiers");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn upwards(mut self) -> Self {
        self.details.direction = Some(Direction::Up);
        self
    }

    /// Marks a revision as downwards, as the text says it.
    ///
    /// ```
    /// use claimgraph::{date, questions::Direction, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let day = date(2024, 10, 24);
    /// let old = graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// let new = graph.insert(Claim::by(russia).revises(old).downwards().reported(day))?;
    /// assert_eq!(graph.claim(new)?.direction(), Some(Direction::Down));
    /// assert!(graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).downwards().reported(day)).is_err());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn downwards(mut self) -> Self {
        self.details.direction = Some(Direction::Down);
        self
    }

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

    /// Adds words of its speaker that the document quotes. A claim takes several.
    ///
    /// They are those of the innermost speaker that is marked as [`quoted`](crate::claim::Attribution::quoted). If none
    /// is, this marks the innermost speaker. Words of the text that are not a quote go to [`words`](Self::words).
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let russia = graph.add(State, "russia")?;
    /// let denial = Claim::by(russia).denies(russia, ATTACKS, russia).quote(Quote::fragment("fake news"));
    /// let denial = graph.insert(denial.reported(date(2024, 10, 24)))?;
    /// assert!(graph.claim(denial)?.is_quoted());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn quote(mut self, quote: Quote) -> Self {
        let mut quotes = std::mem::take(&mut self.details.quotes).into_vec();
        quotes.push(quote);
        self.details.quotes = quotes.into();
        if !self.chain.iter().any(|speaker| speaker.direct)
            && let Some(innermost) = self.chain.first_mut()
        {
            innermost.direct = true;
        }
        self
    }
}
