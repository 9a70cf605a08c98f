//! A watch list: the demands, threats and forecasts in a view, each with its state on a day.

pub(crate) mod development;
pub(crate) mod item;
pub(crate) mod outlook;
pub(crate) mod track_record;

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::value::stance::Modality;
use crate::model::vocabulary::base::CONDITION;
use crate::questions::watch::item::{WatchItem, WatchKind, WatchState};
use crate::questions::watch::outlook::Outlooks;
use crate::view::View;
use crate::view::finding::Findings;
use crate::view::json::json_form;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;
use std::ops::Deref;

/// The demands, threats and forecasts in a view, each with its state on a day. It is the list of its items.
#[derive(Clone, Debug)]
pub struct Watch<'g> {
    view: View<'g>,
    on: Date,
    items: Findings<'g, WatchItem<'g>>,
}

impl<'g> View<'g> {
    /// Returns the demands, threats and forecasts of the view, and the other claims that hold only under a condition.
    /// Forecasts are projections, and statements that are planned, committed or expected, whoever makes them. Who
    /// confirms as a whole what is not in the view, announces the same. Each
    /// item has its state on the day of the view. If the view has no day, it is the last report day in it.
    /// [`watch_on`](Self::watch_on) takes another day.
    ///
    /// The work is that of the announcements that differ by more than their speaker, times the claims about the same.
    ///
    /// ```
    /// use claimgraph::{date, questions::{Effect, WatchKind, WatchState}, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (seoul, russia) = (graph.add(State, "south-korea")?, graph.add(State, "russia")?);
    /// let forces = graph.add(Military, "forces")?;
    /// graph.insert(Claim::by(seoul).demands(forces, WITHDRAWS_FROM, russia)
    ///     .valid("[2024-10-24..2024-12-31]").reported(date(2024, 10, 24)))?;
    /// let state = |day| graph.view().as_of(day).watch().iter().map(|item| item.state()).next();
    /// assert_eq!(state(date(2024, 12, 31)), Some(WatchState::Open));
    /// assert_eq!(state(date(2025, 1, 1)), Some(WatchState::Overdue));
    ///
    /// graph.insert(Claim::by(russia).asserts(forces, WITHDRAWS_FROM, russia)
    ///     .valid("2024-11-02").reported(date(2024, 11, 3)))?;
    /// let demands = graph.view().watch().of_kind(WatchKind::Demand);
    /// assert_eq!((demands[0].state(), demands[0].deadline()), (WatchState::Met, Some(date(2024, 12, 31))));
    /// assert_eq!(demands[0].developments()[0].effect(), Some(Effect::Meets));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn watch(&self) -> Watch<'g> {
        let last = || self.claims().map(ClaimRef::reported_day).max();
        let instant = self.sieve.as_of_instant;
        let instant = instant.map(|at| TimeZone::UTC.to_datetime(at).date().into());
        let on = self.sieve.as_of.or(instant).or_else(last);
        self.watch_on(on.map_or(Date::MIN, |day| day.date()))
    }

    /// Returns the watch list, with states on the given day.
    pub fn watch_on(&self, day: Date) -> Watch<'g> {
        let watched = self.claims().flat_map(|claim| self.announced_by(claim));
        let mut outlooks = Outlooks::of(self);
        let item = |(claim, of, kind)| WatchItem::new(&mut outlooks, claim, of, kind, day);
        let items: Vec<WatchItem<'g>> = watched.map(item).collect();
        let items = Findings::sorted(self, items, |item| item.claim().id());
        Watch { view: self.clone(), on: day, items }
    }

    /// Returns what the claim announces: the claim, whose announcement it is, and the kind. Who confirms an announcement
    /// that is not in the view, announces the same.
    fn announced_by(&self, claim: ClaimRef<'g>) -> Vec<(ClaimRef<'g>, ClaimRef<'g>, WatchKind)> {
        if let Some(kind) = WatchKind::of(claim) {
            return vec![(claim, claim, kind)];
        }
        if !claim.confirms_as_a_whole() || claim.modality() != Modality::Actual {
            return Vec::new();
        }
        let confirmed = self.repeated(claim).iter().filter(|&&id| !self.contains(id));
        let confirmed = confirmed.filter_map(|&id| ClaimRef::new(self.graph, id));
        let announced = confirmed.filter_map(|of| Some((claim, of, WatchKind::of(of)?)));
        announced.collect()
    }
}

impl<'g> Watch<'g> {
    /// Returns the day of the states.
    pub fn on(&self) -> Date {
        self.on
    }

    /// Returns the item that a claim announces.
    pub fn item(&self, claim: ClaimId) -> Option<&WatchItem<'g>> {
        self.items.iter().find(|item| item.claim().id() == claim)
    }

    fn among(&self, wanted: impl Fn(&WatchItem<'g>) -> bool) -> Findings<'g, WatchItem<'g>> {
        Findings::of(&self.view, self.items.iter().filter(|item| wanted(item)).cloned().collect())
    }

    /// Returns the items of this kind.
    pub fn of_kind(&self, kind: WatchKind) -> Findings<'g, WatchItem<'g>> {
        self.among(|item| item.kind() == kind)
    }

    /// Returns the items of any kind that have a condition.
    pub fn conditional(&self) -> Findings<'g, WatchItem<'g>> {
        self.among(|item| item.of().role(CONDITION).next().is_some())
    }

    /// Returns the items in this state, certainly or possibly.
    pub fn in_state(&self, state: WatchState) -> Findings<'g, WatchItem<'g>> {
        self.among(|item| item.state() == state)
    }

    /// Returns the items that no claim certainly settles and whose deadline is that day or earlier.
    /// [`is_due`](WatchItem::is_due) says for which of them that holds by the strict reading only.
    pub fn due(&self, day: Date) -> Findings<'g, WatchItem<'g>> {
        let by_the_day = [WatchState::Open, WatchState::Overdue, WatchState::Lapsed];
        let settled =
            |item: &WatchItem<'g>| !by_the_day.contains(&item.state()) && item.certain().is_yes();
        self.among(|item| !settled(item) && item.is_due(day).is_possible())
    }

    /// Returns the items whose conditions are all met, certainly or possibly. Items without conditions are not
    /// among them.
    pub fn triggered(&self) -> Findings<'g, WatchItem<'g>> {
        self.among(|item| !item.conditions().is_empty() && item.is_triggered().is_possible())
    }
}

impl<'g> Deref for Watch<'g> {
    type Target = Findings<'g, WatchItem<'g>>;

    fn deref(&self) -> &Self::Target {
        &self.items
    }
}

json_form!(Watch<'_>, |it| {
    on: it.on.to_string(),
    items: it.items,
});

impl fmt::Display for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
