//! Figures that claims give for a statement, and questions about their size.

use crate::graph::claim_ref::ClaimRef;
use crate::model::claim_link::Derivation;
use crate::model::id::ClaimId;
use crate::model::time::period::Period;
use crate::model::value::amount::Amount;
use crate::model::value::answer::Answer;
use crate::model::value::quantity::Quantity;
use crate::questions::account::Account;
use crate::questions::disagreement::Disagreements;
use crate::questions::response::Response;
use crate::questions::statement::StatementQuery;
use crate::view::finding::{Finding, Findings};
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use crate::view::superseded::Superseded;
use std::borrow::Cow;
use std::fmt;

/// A figure that a claim gives.
#[derive(Clone, Debug)]
pub struct Figure<'g> {
    account: Account<'g>,
    quantity: &'g Quantity,
    /// Whether it counts a part of the time that is asked about, so that it is a lower bound.
    of_a_part: bool,
    /// The claim, with the steps that lead from it to the statement.
    backing: Response<'g>,
    /// The revisions of its own speaker.
    revisions: Vec<ClaimId>,
}

impl<'g> Figure<'g> {
    /// Returns the claim that gives it.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.backing.claim()
    }

    /// Returns the figure.
    pub fn quantity(&self) -> &'g Quantity {
        self.quantity
    }

    /// Returns the figure for the time that was asked about. A count over a stretch is a lower bound of the count over a
    /// longer one: "at least 31" for 31.
    ///
    /// Asked of one figure, its questions say what one speaker says of the size. Asked of all
    /// ([`Findings::at_least`]), a figure can rule out what another says.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let storm = graph.add(Event, "storm")?;
    /// let figures = [Quantity::stated(31, "dead"), Quantity::no_less_than(30, "dead"), Quantity::between(28, 35, "dead")];
    /// for (figure, key) in figures.into_iter().zip(["a", "b", "c"]) {
    ///     let agency = graph.add(Agency, key)?;
    ///     graph.insert(Claim::by(agency).asserts(storm, CAUSES_CASUALTIES, ()).quantity(figure).reported(date(2023, 6, 7)))?;
    /// }
    /// let asked = graph.statement(storm, CAUSES_CASUALTIES, ());
    /// let says_so = |figure: &&claimgraph::questions::Figure<'_>| figure.as_asked().at_least(31) == Answer::Yes;
    /// assert_eq!(asked.figures().iter().filter(says_so).count(), 1);
    /// // Somebody says so, and nobody's current figure rules it out.
    /// assert_eq!(asked.figures().at_least(31), Answer::Yes);
    /// // Somebody says so.
    /// assert_eq!(asked.quantity(Quantity::no_less_than(31, "dead")).is_asserted(), Answer::Yes);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn as_asked(&self) -> Cow<'g, Quantity> {
        match self.of_a_part {
            true => Cow::Owned(self.quantity.lower_bound()),
            false => Cow::Borrowed(self.quantity),
        }
    }

    /// Returns whether its own speaker has revised it since.
    pub fn is_superseded(&self) -> bool {
        !self.revisions.is_empty()
    }

    /// Returns the claims by which its own speaker revised it.
    pub fn revisions(&self) -> &[ClaimId] {
        &self.revisions
    }

    /// Returns whether it was derived and is not in the text.
    pub fn is_derived(&self) -> bool {
        let claim = self.account.figured;
        ![claim.quantity(), claim.object_quantity()].contains(&Some(self.quantity))
    }
}

impl Finding for Figure<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let derivation = self.account.figured.derivation().filter(|_| self.is_derived());
        let inputs = derivation.map(Derivation::inputs).unwrap_or_default();
        let others = inputs.iter().chain(&self.revisions).copied();
        std::iter::once(self.claim().id()).chain(others).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.backing.support(proof);
    }
}

json_form!(Figure<'_>, |it| {
    claim: it.claim(),
    quantity: it.quantity,
    derived: it.is_derived(),
    revisions => some(&it.claim().graph().keyed(&it.revisions)),
});

impl fmt::Display for Figure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (claim, derived) = (self.claim(), if self.is_derived() { " (derived)" } else { "" });
        let (past, speaker) = (claim.stance().past(), claim.speaker_name());
        write!(f, "{}{derived}, {past} by {speaker}", self.quantity)?;
        if self.is_superseded() { f.write_str(" (superseded)") } else { Ok(()) }
    }
}

impl<'g> Findings<'g, Figure<'g>> {
    /// Keeps only the figures in this unit or a synonym of it. Figures of different units never compare.
    #[must_use]
    pub fn in_unit(mut self, unit: &str) -> Self {
        let wanted = self.graph.vocabulary.unit_of(unit).into_owned();
        self.items.retain(|figure| self.graph.vocabulary.unit_of(figure.quantity.unit()) == wanted);
        self
    }

    /// Returns the current figures that cannot be compared with another current one, because their units differ. If there
    /// are any, questions about the size of all figures are [`Unknown`](Answer::Unknown); [`in_unit`](Self::in_unit)
    /// keeps those of one unit.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (storm, paper) = (graph.add(Event, "storm")?, graph.add_document("paper", date(2023, 6, 7))?);
    /// for (count, unit) in [(31, "Dead"), (31, "dead "), (80, "wounded")] {
    ///     graph.insert(Claim::by(paper).asserts(storm, CAUSES_CASUALTIES, ())
    ///         .quantity(Quantity::stated(count, unit)).read_in(paper, ..))?;
    /// }
    /// let figures = graph.statement(storm, CAUSES_CASUALTIES, ()).figures();
    /// assert_eq!((figures.incomparable().len(), figures.at_least(30)), (3, Answer::Unknown));
    /// let dead = figures.in_unit("dead");
    /// assert_eq!((dead.len(), dead.incomparable().len(), dead.equals(31)), (2, 0, Answer::Yes));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn incomparable(&self) -> Vec<&Figure<'g>> {
        let unit = |figure: &Figure<'g>| self.graph.vocabulary.unit_of(figure.quantity.unit());
        let mut units = self.current().map(unit);
        let first = units.next();
        match units.all(|unit| Some(&unit) == first.as_ref()) {
            true => Vec::new(),
            false => self.current().collect(),
        }
    }

    /// Returns the figures that their own speakers have not revised since.
    pub fn current(&self) -> impl Iterator<Item = &Figure<'g>> {
        self.iter().filter(|figure| !figure.is_superseded())
    }

    /// Returns `Yes` if some current figure makes it sure and none rules it out, and `No` if some figure rules it out
    /// and none makes it sure. If the figures conflict, or have different units, it is `Unknown`.
    fn ask(&self, question: impl Fn(&Quantity) -> Answer) -> Answer {
        if !self.incomparable().is_empty() {
            return Answer::Unknown;
        }
        let answers: Vec<Answer> =
            self.current().map(|figure| question(&figure.as_asked())).collect();
        let (yes, no) = (answers.contains(&Answer::Yes), answers.contains(&Answer::No));
        Answer::of(yes && !no, no && !yes)
    }

    /// Returns whether it is at least this many, by the figures that their speakers have not revised: `Yes` if somebody
    /// says so and nobody's figure rules it out. Whether anybody says so is asked by
    /// [`StatementQuery::quantity`] and [`is_asserted`](StatementQuery::is_asserted); the answer of each speaker is in
    /// [`Figure::as_asked`]. If the figures may have different units, narrow them by [`in_unit`](Self::in_unit) first.
    pub fn at_least(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.at_least(threshold))
    }

    /// Returns whether it is at most this many.
    pub fn at_most(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.at_most(threshold))
    }

    /// Returns whether it is more than this many.
    pub fn exceeds(&self, threshold: impl Into<Amount>) -> Answer {
        let threshold = threshold.into();
        self.ask(|quantity| quantity.exceeds(threshold))
    }

    /// Returns whether it is this many.
    pub fn equals(&self, number: impl Into<Amount>) -> Answer {
        let number = number.into();
        self.ask(|quantity| quantity.equals(number))
    }

    /// Returns the pairs of current figures that cannot both hold, or perhaps not: of the same unit, for times that can
    /// be the same. They are the conflicts of [`View::figure_conflicts`](crate::View::figure_conflicts) among these figures.
    pub fn conflicting(&self) -> Disagreements<'g> {
        let accounts = self.current().map(|figure| &figure.account);
        Disagreements::among(accounts, true, Account::is_apart_from, Account::figures_disagree)
    }
}

impl<'g> StatementQuery<'g> {
    /// Returns the figures that the claims that back the statement give. A figure of an implied relation does not
    /// count: how many were sent is not how many are there.
    pub fn figures(&self) -> Findings<'g, Figure<'g>> {
        self.figures_by(|account| account.figure, true)
    }

    /// Returns the figures of the object that the claims that back the statement give: "multiple training facilities".
    /// They are apart from [`figures`](Self::figures), which are those of the subject. A revision of a figure is one of the
    /// subject's.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (force, sites) = (graph.add(Military, "force")?, graph.add(Facility, "sites")?);
    /// graph.insert(Claim::by(force).asserts(force, DISTRIBUTED_ACROSS, sites)
    ///     .quantity(Quantity::stated(3_000, "soldiers")).object_quantity(Quantity::vague("multiple", "facilities"))
    ///     .reported(date(2024, 10, 24)))?;
    /// let asked = graph.statement(force, DISTRIBUTED_ACROSS, sites);
    /// assert_eq!(asked.figures().in_unit("facilities").len(), 0);
    /// assert_eq!(asked.object_figures().at_least(2), Answer::Yes);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn object_figures(&self) -> Findings<'g, Figure<'g>> {
        self.figures_by(|account| account.statement.object_quantity(), false)
    }

    fn figures_by(
        &self,
        figure: impl Fn(&Account<'g>) -> Option<&'g Quantity>,
        revised: bool,
    ) -> Findings<'g, Figure<'g>> {
        let mut backing = self.backing();
        backing.items.retain(|backing| self.view.counts(backing.in_time()));
        let days = self.valid.as_ref().map(Period::named_days);
        let mut figures = Vec::new();
        for backing in backing.iter().filter(|backing| !backing.is_implied()) {
            for account in self.view.accounts(backing.claim()) {
                let Some(quantity) = figure(&account) else { continue };
                let account = match revised {
                    true => account,
                    false => {
                        Account { figure: Some(quantity), figured: account.statement, ..account }
                    }
                };
                let superseded = self.view.superseded(backing.claim().id()).filter(|_| revised);
                let revisions = superseded.map(Superseded::all).unwrap_or_default();
                let of_a_part = days.is_some_and(|days| account.spell.counts_a_part_of(days));
                let backing = backing.clone();
                figures.push(Figure { account, quantity, of_a_part, backing, revisions });
            }
        }
        Findings::of(&self.view, figures)
    }
}
