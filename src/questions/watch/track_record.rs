//! Track records: how the forecasts of each speaker turned out.

use crate::model::id::{ClaimId, EntityId};
use crate::model::value::answer::Answer;
use crate::questions::watch::Watch;
use crate::questions::watch::item::{WatchItem, WatchKind, WatchState};
use crate::view::finding::{Finding, Findings, counted};
use crate::view::json::json_form;
use crate::view::proof::Proof;
use indexmap::IndexMap;
use std::fmt;

/// The forecasts, plans and promises of one speaker, and how they turned out.
#[derive(Clone, Debug)]
pub struct TrackRecord<'g> {
    speaker: Option<EntityId>,
    items: Vec<WatchItem<'g>>,
}

impl<'g> TrackRecord<'g> {
    /// Returns the speaker; `None` if it is not named.
    pub fn speaker(&self) -> Option<EntityId> {
        self.speaker
    }

    /// Returns the forecasts of the speaker, in the order of findings.
    pub fn items(&self) -> &[WatchItem<'g>] {
        &self.items
    }

    /// Returns the forecasts that certainly came true.
    pub fn came_true(&self) -> impl Iterator<Item = &WatchItem<'g>> {
        self.items.iter().filter(|item| item.came_true().is_yes())
    }

    /// Returns the forecasts that are certainly denied or met too late.
    pub fn did_not(&self) -> impl Iterator<Item = &WatchItem<'g>> {
        self.items.iter().filter(|item| item.came_true().is_no())
    }

    /// Returns the forecasts that are open: no claim settles them, and the deadline is not over, or there is none.
    pub fn open(&self) -> impl Iterator<Item = &WatchItem<'g>> {
        self.items.iter().filter(|item| item.state() == WatchState::Open)
    }

    /// Returns the other forecasts. The deadline is over, or may be, and no claim settles them; or they only may have
    /// happened; or some claims say that they happened and others deny it; or their condition was not met.
    pub fn undecided(&self) -> impl Iterator<Item = &WatchItem<'g>> {
        self.items
            .iter()
            .filter(|item| item.came_true() == Answer::Unknown && item.state() != WatchState::Open)
    }
}

impl Finding for TrackRecord<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.items.iter().flat_map(Finding::claims).collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        self.items.iter().for_each(|item| item.support(proof));
    }
}

json_form!(TrackRecord<'_>, |it| {
    speaker => it.items.first().and_then(|item| item.claim().graph().keyed_entity(it.speaker)),
    came_true: it.came_true().map(WatchItem::claim).collect::<Vec<_>>(),
    did_not: it.did_not().map(WatchItem::claim).collect::<Vec<_>>(),
    open: it.open().map(WatchItem::claim).collect::<Vec<_>>(),
    undecided: it.undecided().map(WatchItem::claim).collect::<Vec<_>>(),
});

/// "NIS: 3 forecasts; 1 came true, 0 did not, 1 open, 1 undecided".
impl fmt::Display for TrackRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.items.first().map_or("", |item| item.claim().speaker_name());
        write!(
            f,
            "{name}: {}; {} came true, {} did not, {} open, {} undecided",
            counted(self.items.len(), "forecast"),
            self.came_true().count(),
            self.did_not().count(),
            self.open().count(),
            self.undecided().count()
        )
    }
}

impl<'g> Watch<'g> {
    /// Returns the track record of each speaker, in order of the keys of speakers. Speakers without a name come last.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (seoul, russia) = (graph.add(State, "south-korea")?, graph.add(State, "russia")?);
    /// let forces = graph.add(Military, "forces")?;
    /// graph.insert(Claim::by(seoul).projects(forces, WITHDRAWS_FROM, russia)
    ///     .valid("[2024-10-24..2024-12-31]").reported(date(2024, 10, 24)))?;
    /// graph.insert(Claim::by(russia).asserts(forces, WITHDRAWS_FROM, russia)
    ///     .valid("2024-12-02").reported(date(2024, 12, 3)))?;
    /// let records = graph.view().watch().track_records();
    /// assert_eq!(records.first().map(|record| record.came_true().count()), Some(1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn track_records(&self) -> Findings<'g, TrackRecord<'g>> {
        let graph = self.view.graph;
        let mut by_speaker: IndexMap<Option<EntityId>, Vec<WatchItem<'g>>> = IndexMap::new();
        for item in self.iter().filter(|item| item.kind() == WatchKind::Forecast) {
            by_speaker.entry(item.speaker()).or_default().push(item.clone());
        }
        let mut records: Vec<TrackRecord<'g>> =
            by_speaker.into_iter().map(|(speaker, items)| TrackRecord { speaker, items }).collect();
        records.sort_by_key(|record| {
            (record.speaker.is_none(), record.speaker.map(|s| graph.key_of(s)))
        });
        Findings::of(&self.view, records)
    }
}
