//! An item of a watch list: what is awaited, by when, and its state.

use crate::graph::claim_ref::{ClaimRef, StatementRef, Term};
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::period::Period;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Modality, Stance};
use crate::model::value::word::words;
use crate::model::vocabulary::base::{ADDRESSEE, CONDITION};
use crate::questions::response::Response;
use crate::questions::watch::development::Awaited;
use crate::questions::watch::outlook::Outlooks;
use crate::view::View;
use crate::view::finding::Finding;
use crate::view::json::{json_form, some};
use crate::view::proof::Proof;
use jiff::civil::Date;
use std::fmt;
use std::sync::Arc;

words! {
    /// The kind of an item of a watch list.
    #[non_exhaustive]
    WatchKind, "kind of item" {
        /// A demand or a call.
        Demand = "demand",
        /// A threat.
        Threat = "threat",
        /// A forecast, a plan or a promise.
        Forecast = "forecast",
        /// Another claim that holds only under a condition.
        Conditional = "conditional",
        /// A condition of another item.
        Condition = "condition",
    }
}

words! {
    /// The state of an item of a watch list.
    #[non_exhaustive]
    WatchState, "state" {
        /// Nothing is settled, and the deadline is not over, or there is none.
        Open = "open",
        /// A claim says that it happened in time.
        Met = "met",
        /// A claim says that it happened after the deadline.
        MetLate = "met-late" / "met late",
        /// A claim denies it.
        Broken = "broken",
        /// Some claims say that it happened, others deny it.
        Disputed = "disputed",
        /// The deadline is over, and no claim says that it happened.
        Overdue = "overdue",
        /// The deadline is over, and no claim says that its condition was met.
        Lapsed = "lapsed",
    }
}

/// A demand, a threat, a forecast, or a condition of one, with its state and the later claims that bear on it.
#[derive(Clone, Debug)]
pub struct WatchItem<'g> {
    view: Arc<View<'g>>,
    claim: ClaimRef<'g>,
    /// The claim that the first one confirms, if that is not in the view, or the same.
    of: ClaimRef<'g>,
    statement: Option<StatementRef<'g>>,
    kind: WatchKind,
    deadlines: Deadlines,
    /// Shared with equal announcements.
    developments: Arc<[Response<'g>]>,
    conditions: Vec<WatchItem<'g>>,
    state: (WatchState, Answer),
    /// Whether only parties of the statement say that it happened.
    by_parties_alone: bool,
    /// Of a condition, whether it is fulfilled on the day of the list.
    fulfilled: Answer,
}

/// How many developments an item lists as text and as JSON.
const LISTED: usize = 1_000;

/// The deadline, read leniently and read strictly.
pub(crate) type Deadlines = (Option<Date>, Option<Date>);

impl<'g> WatchItem<'g> {
    pub(crate) fn new(
        outlooks: &mut Outlooks<'_, 'g>,
        claim: ClaimRef<'g>,
        of: ClaimRef<'g>,
        kind: WatchKind,
        on: Date,
    ) -> Self {
        let (view, statement) = (outlooks.view, of.statement());
        let condition = WatchKind::Condition;
        let conditions = of.role(CONDITION).filter_map(|term| match term {
            Term::Statement(statement) => {
                let deadline = statement.valid();
                let strict = deadline.and_then(Period::strict_deadline);
                let deadlines = (deadline.and_then(Period::end_latest), strict);
                let mut item = Self::awaiting(outlooks, of, condition, Some(statement), deadlines);
                item.fulfilled = item.fulfils(on);
                Some(item)
            }
            _ => None,
        });
        let conditions = conditions.collect();
        let deadlines = if statement.is_some() { view.deadlines(of) } else { (None, None) };
        let awaiting = Self::awaiting(outlooks, of, kind, statement, deadlines);
        let mut item = Self { claim, conditions, ..awaiting };
        // A claim that confirms it is not a development of it.
        if claim.id() != of.id() {
            let others = item.developments.iter().filter(|it| it.claim().id() != claim.id());
            item.developments = others.cloned().collect();
        }
        item.state = item.judged(on);
        item
    }

    fn awaiting(
        outlooks: &mut Outlooks<'_, 'g>,
        of: ClaimRef<'g>,
        kind: WatchKind,
        statement: Option<StatementRef<'g>>,
        deadlines: Deadlines,
    ) -> Self {
        let (view, is_condition) = (outlooks.view, kind == WatchKind::Condition);
        let outlook = statement.map(|statement| {
            outlooks.on(&Awaited { view, of, statement, is_condition, deadlines })
        });
        let (developments, by_parties_alone, state) = match outlook {
            Some((outlook, state)) => {
                (outlook.developments.clone(), outlook.by_parties_alone, state)
            }
            None => (Arc::default(), false, (WatchState::Open, Answer::Yes)),
        };
        Self {
            view: outlooks.shared.clone(),
            claim: of,
            of,
            statement,
            kind,
            deadlines,
            developments,
            conditions: Vec::new(),
            state,
            by_parties_alone,
            fulfilled: Answer::Unknown,
        }
    }

    pub(crate) fn view(&self) -> &View<'g> {
        &self.view
    }

    /// Returns the kind of the item.
    pub fn kind(&self) -> WatchKind {
        self.kind
    }

    pub(crate) fn of(&self) -> ClaimRef<'g> {
        self.of
    }

    /// Returns the claim that announces it. If that is not in the view, it is a claim that confirms it as a whole. For a
    /// condition, it is the claim that has the condition.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the speaker of that claim; `None` if it is not named.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// Returns the statement that is to come true; `None` if the claim makes none.
    pub fn statement(&self) -> Option<StatementRef<'g>> {
        self.statement
    }

    /// Returns the addressee, if the text names one.
    pub fn addressee(&self) -> Option<Term<'g>> {
        self.of.role(ADDRESSEE).next()
    }

    /// Returns the state.
    pub fn state(&self) -> WatchState {
        self.state.0
    }

    /// Returns `Yes` if the state is certain, and `Unknown` if it is only possible: for example between the strict
    /// and the lenient reading of a deadline.
    pub fn certain(&self) -> Answer {
        self.state.1
    }

    /// Returns whether it came true: `Yes` if a claim certainly says that it happened in time, `No` if a claim
    /// certainly denies it or says that it happened too late, else `Unknown`. A lack of reports does not mean that it
    /// did not happen.
    pub fn came_true(&self) -> Answer {
        let (yes, no) = match self.state.0 {
            WatchState::Met => (true, false),
            WatchState::MetLate | WatchState::Broken => (false, true),
            _ => (false, false),
        };
        Answer::of(yes && self.state.1.is_yes(), no && self.state.1.is_yes())
    }

    /// Returns the later claims that meet it, break it or bear on it, in the order of findings. As text and as JSON, an
    /// item lists the first 1,000 of them, and says how many it leaves out.
    pub fn developments(&self) -> &[Response<'g>] {
        &self.developments
    }

    fn listed(&self) -> &[Response<'g>] {
        self.developments.get(..LISTED).unwrap_or(&self.developments)
    }

    fn left_out(&self) -> usize {
        self.developments.len() - self.listed().len()
    }

    /// Returns its conditions, each with its state.
    pub fn conditions(&self) -> &[WatchItem<'g>] {
        &self.conditions
    }

    /// Returns whether all its conditions are met. If it has none, it is `Yes`. A negated condition ("unless they leave by
    /// 15 June") is met once its time is over and it did not happen: `Unknown` if no claim says either.
    pub fn is_triggered(&self) -> Answer {
        self.conditions.iter().map(|condition| condition.fulfilled).fold(Answer::Yes, Answer::and)
    }

    /// Returns whether the condition is fulfilled on that day.
    fn fulfils(&self, on: Date) -> Answer {
        if !self.statement.is_some_and(StatementRef::is_negated) {
            return match self.state {
                (WatchState::Met, certain) => certain,
                (WatchState::Disputed, _) => Answer::Unknown,
                _ => Answer::No,
            };
        }
        let over = on.yesterday().map_or(Answer::No, |day| self.is_due(day));
        match self.state {
            (WatchState::Met, certain) => !certain,
            (WatchState::MetLate, certain) => certain,
            (WatchState::Broken, certain) => over.and(certain),
            _ => over.and(Answer::Unknown),
        }
    }

    /// Returns whether a claim says that it happened, in time or late: `Yes` if one certainly does and nobody with a stake
    /// denies it, `Unknown` if one perhaps does or it is disputed, else `No`.
    pub fn has_happened(&self) -> Answer {
        match self.state {
            (WatchState::Met | WatchState::MetLate, certain) => certain,
            (WatchState::Disputed, _) => Answer::Unknown,
            _ => Answer::No,
        }
    }

    /// Returns true if claims say that it happened, and all of them are by the parties of the statement, their parts and
    /// officers: a demand is met on the word of the side that had to comply.
    pub fn is_met_on_their_own_word(&self) -> bool {
        self.by_parties_alone
    }

    /// Returns the deadline, read leniently, as its speaker last gave it.
    pub fn deadline(&self) -> Option<Date> {
        self.deadlines.0
    }

    /// Returns the deadline, read strictly. If the text allows one reading only, it is the same as
    /// [`deadline`](Self::deadline).
    pub fn strict_deadline(&self) -> Option<Date> {
        self.deadlines.1.or(self.deadlines.0)
    }

    /// Returns whether its deadline is that day or earlier. It is `Unknown` if that holds for the strict reading
    /// only, and `No` if it has no deadline.
    pub fn is_due(&self, day: Date) -> Answer {
        let by = |deadline: Option<Date>| deadline.is_some_and(|deadline| deadline <= day);
        let (lenient, strict) = (by(self.deadline()), by(self.strict_deadline()));
        Answer::of(lenient, !strict && !lenient)
    }

    /// Returns the state on that day: by the claims that certainly settle it, else by the deadline.
    fn judged(&self, on: Date) -> (WatchState, Answer) {
        let (state, certain) = self.state;
        if state != WatchState::Open && certain.is_yes() {
            return (state, certain);
        }
        let over = on.yesterday().map_or(Answer::No, |day| self.is_due(day));
        match (state, over, self.is_triggered()) {
            (WatchState::Open, Answer::Yes | Answer::Unknown, Answer::No) => {
                (WatchState::Lapsed, over)
            }
            (WatchState::Open, Answer::Yes | Answer::Unknown, triggered) => {
                (WatchState::Overdue, over.and(triggered))
            }
            _ => (state, certain),
        }
    }

    /// Returns the later claims that bear on it or on a condition.
    fn later(&self) -> impl Iterator<Item = &Response<'g>> {
        let conditions = self.conditions.iter().flat_map(|condition| condition.developments.iter());
        self.developments.iter().chain(conditions)
    }
}

/// Returns the deadline that a claim gives: the last day of its period, if that is after the report day.
fn announced(claim: ClaimRef<'_>) -> Option<Date> {
    let day = Some(claim.reported());
    let bounded = |period: &Period| period.start_earliest().is_some() && period.end_latest() == day;
    let ahead = |period: &Period| period.end_latest() > day || bounded(period);
    claim.valid().filter(ahead).and_then(|period| period.end_latest())
}

impl<'g> View<'g> {
    /// Returns the deadline of an announcement, as its own speaker last gave it.
    fn deadlines(&self, of: ClaimRef<'g>) -> Deadlines {
        let postponed = self.superseded(of.id()).and_then(|it| it.period.last().copied());
        let postponed = postponed.and_then(|id| ClaimRef::new(self.graph, id));
        let period = postponed.unwrap_or(of).valid();
        let lenient = match postponed {
            None => announced(of),
            Some(_) => period.as_ref().and_then(Period::end_latest),
        };
        (lenient, period.as_ref().and_then(Period::strict_deadline))
    }
}

impl Finding for WatchItem<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let later = self.later().map(|development| development.claim().id());
        std::iter::once(self.claim.id()).chain(later).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_claim(self.of.id());
        self.later().for_each(|development| development.support(proof));
    }
}

json_form!(WatchItem<'_>, |it| {
    kind: it.kind,
    claim: it.claim,
    speaker => it.claim.graph().keyed_entity(it.speaker()),
    statement => it.statement.map(|statement| match it.kind {
        WatchKind::Condition => statement.words(true),
        _ => statement.words_in(it.of.mood(), true),
    }),
    state: it.state(),
    certain: it.certain(),
    met_on_their_own_word => Some(true).filter(|_| it.by_parties_alone),
    deadline => it.deadline().map(|day| day.to_string()),
    strict_deadline => it.strict_deadline().map(|day| day.to_string()),
    developments => some(it.listed()),
    developments_left_out => Some(it.left_out()).filter(|&count| count > 0),
    conditions => some(&it.conditions),
});

/// "demand, open: ...", and a line for each later claim.
impl fmt::Display for WatchItem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let perhaps = self.certain().perhaps();
        let is_condition = self.kind == WatchKind::Condition;
        if let Some(statement) = self.statement.filter(|_| is_condition) {
            let word = if statement.is_negated() { "unless" } else { "if" };
            write!(f, "{word} {}", statement.in_words(true))?;
            match self.state() {
                WatchState::Open => write!(f, ": {perhaps}not met")?,
                state => write!(f, ": {perhaps}{state}")?,
            }
        } else {
            let own = if self.by_parties_alone { " on their own word" } else { "" };
            write!(f, "{}, {perhaps}{}{own}: {}", self.kind, self.state(), self.claim)?;
        }
        if let (Some(lenient), strict) = (self.deadline(), self.strict_deadline()) {
            write!(f, "; deadline {lenient}")?;
            if let Some(strict) = strict.filter(|strict| *strict != lenient) {
                write!(f, ", read strictly {strict}")?;
            }
        }
        let indent = if is_condition { "    " } else { "  " };
        self.listed().iter().try_for_each(|later| write!(f, "\n{indent}{later}"))?;
        if self.left_out() > 0 {
            write!(f, "\n{indent}and {} more", self.left_out())?;
        }
        self.conditions.iter().try_for_each(|condition| write!(f, "\n  {condition}"))
    }
}

impl WatchKind {
    /// Returns the kind of item that a claim announces, if it announces one.
    pub(crate) fn of(claim: ClaimRef<'_>) -> Option<Self> {
        let stance = claim.stance();
        let ahead = [Modality::Planned, Modality::Committed, Modality::Expected];
        let told = stance.commits() && ahead.contains(&claim.modality());
        if stance.is_directive() {
            Some(WatchKind::Demand)
        } else if stance == Stance::Threatens {
            Some(WatchKind::Threat)
        } else if claim.statement().is_some() && (told || stance == Stance::Projects) {
            Some(WatchKind::Forecast)
        } else {
            claim.role(CONDITION).next().map(|_| WatchKind::Conditional)
        }
    }
}
