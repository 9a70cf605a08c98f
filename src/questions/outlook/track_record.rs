//! How each speaker's forecasts turned out.

use crate::model::id::{ClaimId, EntityId};
use crate::questions::outlook::watch::{Watch, WatchItem, WatchKind, WatchState};
use crate::view::finding::{Finding, Findings, Proof};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a forecast turned out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outturn {
    /// Somebody certainly says that it happened in time.
    CameTrue,
    /// Somebody certainly denies it, or says that it happened too late.
    DidNot,
    /// There is time left, or no deadline, and nobody says anything that settles it.
    Open,
    /// Its time is over, or may be, and nobody says so or otherwise; or it may have happened or not; or
    /// some say so and others deny it; or its condition was not met.
    Undecided,
}

impl WatchItem<'_> {
    /// How it turned out. What the day alone says decides nothing: that nobody reports it does not mean
    /// that it did not happen.
    pub fn outturn(&self) -> Outturn {
        match (self.state(), self.certain().is_yes()) {
            (WatchState::Open, _) => Outturn::Open,
            (WatchState::Met, true) => Outturn::CameTrue,
            (WatchState::MetLate | WatchState::Broken, true) => Outturn::DidNot,
            _ => Outturn::Undecided,
        }
    }
}

/// The forecasts, plans and promises of one speaker, and how they turned out.
#[derive(Clone, Debug)]
pub struct TrackRecord<'g> {
    speaker: Option<EntityId>,
    items: Vec<WatchItem<'g>>,
}

impl<'g> TrackRecord<'g> {
    /// Whose; `None` where nobody knows.
    pub fn speaker(&self) -> Option<EntityId> {
        self.speaker
    }

    /// His forecasts, in the order of questions.
    pub fn items(&self) -> &[WatchItem<'g>] {
        &self.items
    }

    /// Those that turned out so.
    pub fn that(&self, outturn: Outturn) -> impl Iterator<Item = &WatchItem<'g>> {
        self.items.iter().filter(move |item| item.outturn() == outturn)
    }

    /// How many turned out so.
    pub fn count(&self, outturn: Outturn) -> usize {
        self.that(outturn).count()
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

/// "NIS: 3 forecasts; 1 came true, 0 did not, 1 open, 1 undecided".
impl fmt::Display for TrackRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.items.first().map(|item| item.claim().graph());
        let name = self
            .speaker
            .zip(graph)
            .map_or("somebody not named", |(speaker, graph)| graph.name_of(speaker));
        let plural = if self.items.len() == 1 { "" } else { "s" };
        write!(
            f,
            "{name}: {} forecast{plural}; {} came true, {} did not, {} open, {} undecided",
            self.items.len(),
            self.count(Outturn::CameTrue),
            self.count(Outturn::DidNot),
            self.count(Outturn::Open),
            self.count(Outturn::Undecided)
        )
    }
}

impl<'g> Watch<'g> {
    /// How each speaker's forecasts, plans and promises turned out, in order of the speakers' keys; those
    /// not named last.
    ///
    /// ```
    /// use claimgraph::{date, questions::Outturn, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (seoul, russia) = (graph.add(State, "south-korea")?, graph.add(State, "russia")?);
    /// let forces = graph.add(Military, "forces")?;
    /// graph.insert(Claim::by(seoul).projects(forces, WITHDRAWS_FROM, russia)
    ///     .valid("[2024-10-24..2024-12-31]").reported(date(2024, 10, 24)))?;
    /// graph.insert(Claim::by(russia).asserts(forces, WITHDRAWS_FROM, russia)
    ///     .valid("2024-12-02").reported(date(2024, 12, 3)))?;
    /// let records = graph.watch().track_records();
    /// assert_eq!(records.first().map(|record| record.count(Outturn::CameTrue)), Some(1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn track_records(&self) -> Findings<'g, TrackRecord<'g>> {
        let graph = self.view().graph;
        let mut by_speaker: IndexMap<Option<EntityId>, Vec<WatchItem<'g>>> = IndexMap::new();
        for item in self.iter().filter(|item| item.kind() == WatchKind::Forecast) {
            by_speaker.entry(item.speaker()).or_default().push(item.clone());
        }
        let mut records: Vec<TrackRecord<'g>> =
            by_speaker.into_iter().map(|(speaker, items)| TrackRecord { speaker, items }).collect();
        records.sort_by_key(|record| {
            (record.speaker.is_none(), record.speaker.map(|s| graph.key_of(s)))
        });
        Findings::of(self.view(), records)
    }
}
