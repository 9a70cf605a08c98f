//! A watch list: what was demanded, threatened and forecast, and what has become of it.

use crate::graph::ClaimGraph;
use crate::graph::claim_ref::{ClaimRef, StatementRef};
use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::questions::outlook::Prospect;
use crate::questions::outlook::development::{Development, Effect};
use crate::view::View;
use crate::view::finding::{Finding, Findings, Proof};
use indexmap::IndexMap;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of open item it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WatchKind {
    /// Demanded or called for.
    Demand,
    /// Threatened.
    Threat,
    /// Forecast, planned or promised.
    Forecast,
    /// Something else that holds only under a condition.
    Conditional,
}

impl fmt::Display for WatchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            WatchKind::Demand => "demand",
            WatchKind::Threat => "threat",
            WatchKind::Forecast => "forecast",
            WatchKind::Conditional => "conditional",
        })
    }
}

/// What has become of an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WatchState {
    /// Nothing is settled, and there is time left, or no deadline.
    Open,
    /// Somebody says that it happened, in time.
    Met,
    /// Somebody says that it happened, after the deadline.
    MetLate,
    /// Somebody denies it.
    Broken,
    /// Some say that it happened, others deny it.
    Disputed,
    /// The deadline is over and nobody says that it happened.
    Overdue,
    /// The deadline is over, and nobody says that its condition was met.
    Lapsed,
}

impl fmt::Display for WatchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            WatchState::Open => "open",
            WatchState::Met => "met",
            WatchState::MetLate => "met late",
            WatchState::Broken => "broken",
            WatchState::Disputed => "disputed",
            WatchState::Overdue => "overdue",
            WatchState::Lapsed => "lapsed",
        })
    }
}

/// A condition of an item.
#[derive(Clone, Debug)]
pub struct WatchedCondition<'g> {
    statement: StatementRef<'g>,
    state: (WatchState, Answer),
    developments: Vec<Development<'g>>,
}

impl<'g> WatchedCondition<'g> {
    /// What would have to be so.
    pub fn statement(&self) -> StatementRef<'g> {
        self.statement
    }

    /// Whether it is met, broken, disputed or open.
    pub fn state(&self) -> WatchState {
        self.state.0
    }

    /// `Unknown` where that is only possible.
    pub fn certain(&self) -> Answer {
        self.state.1
    }

    /// The later claims that meet it, break it or bear on it.
    pub fn developments(&self) -> &[Development<'g>] {
        &self.developments
    }

    fn met(&self) -> Answer {
        match self.state {
            (WatchState::Met, certain) => certain,
            (WatchState::Disputed, _) => Answer::Unknown,
            _ => Answer::No,
        }
    }
}

/// Something demanded, threatened or forecast, with what has become of it.
#[derive(Clone, Debug)]
pub struct WatchItem<'g> {
    prospect: Prospect<'g>,
    kind: WatchKind,
    on: Date,
    developments: Vec<Development<'g>>,
    conditions: Vec<WatchedCondition<'g>>,
    state: (WatchState, Answer),
}

impl<'g> WatchItem<'g> {
    fn new(prospect: Prospect<'g>, kind: WatchKind, on: Date) -> Self {
        let developments = prospect.developments();
        let condition = |statement: StatementRef<'g>| {
            let developments = prospect.developments_of(statement);
            WatchedCondition { statement, state: settled(&developments), developments }
        };
        let conditions = prospect.conditions().map(condition).collect();
        let mut item = Self {
            prospect,
            kind,
            on,
            developments,
            conditions,
            state: (WatchState::Open, Answer::Yes),
        };
        item.state = item.judged();
        item
    }

    /// Demand, threat, forecast.
    pub fn kind(&self) -> WatchKind {
        self.kind
    }

    /// What was demanded, threatened or forecast.
    pub fn prospect(&self) -> &Prospect<'g> {
        &self.prospect
    }

    /// The claim that announces it.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.prospect.claim()
    }

    /// Whose it is; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.prospect.speaker()
    }

    /// What has become of it.
    pub fn state(&self) -> WatchState {
        self.state.0
    }

    /// `Yes` where that is certain; `Unknown` where it is only possible, such as between the strict and
    /// the lenient reading of a deadline.
    pub fn certain(&self) -> Answer {
        self.state.1
    }

    /// The later claims that meet it, break it or bear on it, in the order of questions.
    pub fn developments(&self) -> &[Development<'g>] {
        &self.developments
    }

    /// Its conditions, and what has become of each.
    pub fn conditions(&self) -> &[WatchedCondition<'g>] {
        &self.conditions
    }

    /// Are all its conditions met? `Yes` where it has none.
    pub fn is_triggered(&self) -> Answer {
        self.conditions.iter().map(WatchedCondition::met).fold(Answer::Yes, Answer::and)
    }

    /// The last day by which it is to happen, read leniently and as its speaker last gave it.
    pub fn deadline(&self) -> Option<Date> {
        self.prospect.current_deadline().0
    }

    /// Whether its time is over on that day, the deadline included: `Unknown` where it is by the strict
    /// reading only. `No` where it has no deadline.
    pub fn is_due(&self, day: Date) -> Answer {
        let (lenient, strict) = self.prospect.current_deadline();
        let by = |deadline: Option<Date>| deadline.is_some_and(|deadline| deadline <= day);
        Answer::of(by(lenient), !by(strict) && !by(lenient))
    }

    /// Settled by claims; else by the day.
    fn judged(&self) -> (WatchState, Answer) {
        let (state, certain) = settled(&self.developments);
        if state != WatchState::Open && certain.is_yes() {
            return (state, certain);
        }
        let (lenient, strict) = self.prospect.current_deadline();
        let over = |deadline: Option<Date>| deadline.is_some_and(|deadline| deadline < self.on);
        let over = Answer::of(over(lenient), !over(strict) && !over(lenient));
        match (state, over, self.is_triggered()) {
            // What may have happened may have.
            (WatchState::Open, Answer::Yes | Answer::Unknown, Answer::No) => {
                (WatchState::Lapsed, over)
            }
            (WatchState::Open, Answer::Yes | Answer::Unknown, triggered) => {
                (WatchState::Overdue, over.and(triggered))
            }
            _ => (state, certain),
        }
    }
}

/// What the claims make of it: the certain ones if there are any, else the possible ones.
fn settled(developments: &[Development<'_>]) -> (WatchState, Answer) {
    for certain in [Answer::Yes, Answer::Unknown] {
        let has = |effect: Effect| {
            developments.iter().any(|d| d.effect() == effect && d.certain() == certain)
        };
        let (met, late, broken) = (has(Effect::Meets), has(Effect::MeetsLate), has(Effect::Breaks));
        let state = match (met || late, broken) {
            (true, true) => WatchState::Disputed,
            (true, false) if met => WatchState::Met,
            (true, false) => WatchState::MetLate,
            (false, true) => WatchState::Broken,
            (false, false) => continue,
        };
        return (state, certain);
    }
    (WatchState::Open, Answer::Yes)
}

impl Finding for WatchItem<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let conditions = self.conditions.iter().flat_map(|condition| &condition.developments);
        let later =
            self.developments.iter().chain(conditions).map(|development| development.claim().id());
        std::iter::once(self.claim().id()).chain(later).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        let conditions = self.conditions.iter().flat_map(|condition| &condition.developments);
        self.developments
            .iter()
            .chain(conditions)
            .for_each(|development| development.support(proof));
    }
}

/// "demand, open: ...", and a line for each later claim.
impl fmt::Display for WatchItem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let perhaps = |certain: Answer| if certain.is_yes() { "" } else { "perhaps " };
        write!(f, "{}, {}{}: {}", self.kind, perhaps(self.certain()), self.state(), self.claim())?;
        if let (Some(lenient), strict) = self.prospect.current_deadline() {
            write!(f, " [by {lenient}")?;
            if let Some(strict) = strict.filter(|strict| *strict != lenient) {
                write!(f, ", strictly by {strict}")?;
            }
            f.write_str("]")?;
        }
        for development in &self.developments {
            write!(f, "\n  {development}")?;
        }
        for condition in &self.conditions {
            let graph = self.claim().graph();
            let mut sentence = self.claim().sentence(condition.statement);
            let roles = condition
                .statement
                .roles()
                .map(|(role, value, _)| format!("{role}: {}", graph.word(value, true)));
            let roles: Vec<String> = roles.collect();
            if !roles.is_empty() {
                sentence = format!("{sentence} ({})", roles.join("; "));
            }
            let state = match condition.state() {
                WatchState::Open => "not met".to_owned(),
                state => state.to_string(),
            };
            write!(f, "\n  if {sentence}: {}{state}", perhaps(condition.certain()))?;
            for development in &condition.developments {
                write!(f, "\n    {development}")?;
            }
        }
        Ok(())
    }
}

/// What was demanded, threatened and forecast in a view, and what has become of it by a day.
#[derive(Clone, Debug)]
pub struct Watch<'g> {
    view: View<'g>,
    on: Date,
    items: Vec<WatchItem<'g>>,
}

impl ClaimGraph {
    /// What was demanded, threatened and forecast, and what has become of it; see [`View::watch`].
    pub fn watch(&self) -> Watch<'_> {
        self.view().watch()
    }
}

impl<'g> View<'g> {
    /// What was demanded, threatened and forecast, and what has become of it by the day of the view; where
    /// it has none, by the last day of a report in it. [`watch_on`](Self::watch_on) takes another day.
    ///
    /// ```
    /// use claimgraph::{date, questions::WatchState, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (seoul, russia) = (graph.add(State, "south-korea")?, graph.add(State, "russia")?);
    /// let forces = graph.add(Military, "forces")?;
    /// graph.insert(Claim::by(seoul).projects(forces, WITHDRAWS_FROM, russia)
    ///     .valid("[2024-10-24..2024-12-31]").reported(date(2024, 10, 24)))?;
    /// let state = |day| graph.view().as_of(day).watch().iter().map(|item| item.state()).next();
    /// assert_eq!(state(date(2024, 12, 31)), Some(WatchState::Open));
    /// assert_eq!(state(date(2025, 1, 1)), Some(WatchState::Overdue));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn watch(&self) -> Watch<'g> {
        let last = || self.claims().map(ClaimRef::reported_day).max();
        let on = self.sieve.as_of.or_else(last);
        self.watch_on(on.map_or(Date::MIN, |day| day.date()))
    }

    /// What has become of it by that day.
    pub fn watch_on(&self, day: Date) -> Watch<'g> {
        let outlook = self.outlook();
        let lists = [
            (WatchKind::Demand, outlook.demands()),
            (WatchKind::Threat, outlook.threats()),
            (WatchKind::Forecast, outlook.forecasts()),
            (WatchKind::Conditional, outlook.conditionals()),
        ];
        let mut items: IndexMap<ClaimId, WatchItem<'g>> = IndexMap::new();
        for (kind, prospects) in lists {
            for prospect in prospects {
                let id = prospect.claim().id();
                items.entry(id).or_insert_with(|| WatchItem::new(prospect, kind, day));
            }
        }
        let mut items: Vec<WatchItem<'g>> = items.into_values().collect();
        self.graph.sort_findings(&mut items, |item| item.claim().id());
        Watch { view: self.clone(), on: day, items }
    }
}

impl<'g> Watch<'g> {
    /// The day by which it is judged.
    pub fn on(&self) -> Date {
        self.on
    }

    /// Every item, in the order of questions.
    pub fn iter(&self) -> std::slice::Iter<'_, WatchItem<'g>> {
        self.items.iter()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item that a claim announces.
    pub fn item(&self, claim: ClaimId) -> Option<&WatchItem<'g>> {
        self.items.iter().find(|item| item.claim().id() == claim)
    }

    fn among(&self, wanted: impl Fn(&WatchItem<'g>) -> bool) -> Findings<'g, WatchItem<'g>> {
        Findings::of(&self.view, self.items.iter().filter(|item| wanted(item)).cloned().collect())
    }

    /// All items as findings, for their claims and proof.
    pub fn items(&self) -> Findings<'g, WatchItem<'g>> {
        self.among(|_| true)
    }

    /// The items in this state, certainly or possibly.
    pub fn in_state(&self, state: WatchState) -> Findings<'g, WatchItem<'g>> {
        self.among(|item| item.state() == state)
    }

    /// The items that no claim settles for certain and whose deadline is that day or earlier;
    /// [`is_due`](WatchItem::is_due) says which are so by the strict reading only.
    pub fn due(&self, day: Date) -> Findings<'g, WatchItem<'g>> {
        let settled = |item: &WatchItem<'g>| {
            let by_claims = !matches!(
                item.state(),
                WatchState::Open | WatchState::Overdue | WatchState::Lapsed
            );
            by_claims && item.certain().is_yes()
        };
        self.among(|item| !settled(item) && item.is_due(day).is_possible())
    }

    /// The items whose conditions are all met, certainly or possibly. Those without conditions are not
    /// among them.
    pub fn triggered(&self) -> Findings<'g, WatchItem<'g>> {
        self.among(|item| !item.conditions.is_empty() && item.is_triggered().is_possible())
    }

    pub(crate) fn view(&self) -> &View<'g> {
        &self.view
    }
}

impl fmt::Display for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().try_for_each(|item| writeln!(f, "{item}"))
    }
}
