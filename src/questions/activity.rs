//! How much is said about an entity, and by it, from month to month.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::day::Day;
use crate::view::View;
use crate::view::json::json_form;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// How long the periods are in which claims are counted, by the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Granularity {
    /// One day.
    Day,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Granularity {
    fn start(self, day: Day) -> Day {
        match self {
            Granularity::Day => day,
            Granularity::Month => day.first_of_month(),
            Granularity::Year => day.first_of_year(),
        }
    }
}

/// By which of its days a claim is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateBasis {
    /// When the statement holds, as known on the report day ([`ClaimRef::holding`]).
    Valid,
    /// The day it was on record.
    Reported,
}

/// How many claims there are, by where the entity stands in them. One claim may count in several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ActivityCounts {
    /// As subject of the statement.
    pub subject: usize,
    /// As object of the statement.
    pub object: usize,
    /// In the chain of speakers; a document stands in the chain of what was read in it.
    pub speaker: usize,
}

impl ActivityCounts {
    /// Returns whether nothing was counted.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for ActivityCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} as subject, {} as object, {} as speaker",
            self.subject, self.object, self.speaker
        )
    }
}

impl std::ops::AddAssign for ActivityCounts {
    fn add_assign(&mut self, other: Self) {
        self.subject += other.subject;
        self.object += other.object;
        self.speaker += other.speaker;
    }
}

/// The claims of one entity, counted by period. Nothing is lost: what fits no period has a place of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Activity {
    grain: Granularity,
    periods: BTreeMap<Day, ActivityCounts>,
    spanning: ActivityCounts,
    undated: ActivityCounts,
}

/// Where a claim is counted.
enum Place {
    In(Day),
    Spanning,
    Undated,
}

impl Activity {
    fn new(grain: Granularity) -> Self {
        Self {
            grain,
            periods: BTreeMap::new(),
            spanning: ActivityCounts::default(),
            undated: ActivityCounts::default(),
        }
    }

    fn place(grain: Granularity, by: DateBasis, claim: ClaimRef<'_>) -> Place {
        if by == DateBasis::Reported {
            return Place::In(grain.start(claim.reported_day()));
        }
        let extent = claim.holding().map(|period| period.extent());
        match extent.and_then(|days| days.earliest.zip(days.latest)) {
            None => Place::Undated,
            Some((first, last)) if grain.start(first) == grain.start(last) => {
                Place::In(grain.start(first))
            }
            Some(_) => Place::Spanning,
        }
    }

    fn tally(&mut self, place: &Place) -> &mut ActivityCounts {
        match place {
            Place::In(start) => self.periods.entry(*start).or_default(),
            Place::Spanning => &mut self.spanning,
            Place::Undated => &mut self.undated,
        }
    }

    /// Returns the first day of each period in which something was counted, in order, with the numbers.
    pub fn periods(
        &self,
    ) -> impl DoubleEndedIterator<Item = (Date, ActivityCounts)> + ExactSizeIterator {
        self.periods.iter().map(|(start, tally)| (start.date(), *tally))
    }

    /// Returns the numbers of the period in which the day lies.
    pub fn on(&self, day: Date) -> ActivityCounts {
        self.periods.get(&self.grain.start(day.into())).copied().unwrap_or_default()
    }

    /// Returns claims whose first and last possible day are both known and lie in different periods: what
    /// lasted from June to August, and what happened in one of these months, nobody knows which.
    pub fn spanning(&self) -> ActivityCounts {
        self.spanning
    }

    /// Returns claims of which the first or the last possible day is unknown: "by June", or no time at all.
    pub fn undated(&self) -> ActivityCounts {
        self.undated
    }

    /// Returns the sums over all periods, with the claims that span periods and those without a day.
    pub fn total(&self) -> ActivityCounts {
        let mut sum = self.spanning;
        sum += self.undated;
        self.periods.values().for_each(|tally| sum += *tally);
        sum
    }
}

json_form!(Activity, |it| {
    periods: it.periods().map(|(day, counts)| (day.to_string(), counts)).collect::<BTreeMap<_, _>>(),
    spanning: it.spanning,
    undated: it.undated,
});

/// A line for each period: "2024-10-01: 2 as subject, 0 as object, 1 as speaker".
impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.periods().try_for_each(|(day, counts)| writeln!(f, "{day}: {counts}"))?;
        writeln!(f, "spanning: {}", self.spanning)?;
        writeln!(f, "undated: {}", self.undated)
    }
}

impl<'g> View<'g> {
    /// Returns how many claims of the view have the entity as subject, as object or as speaker, by period.
    /// Claims of every stance count, denials too: narrow the view for others.
    ///
    /// ```
    /// use claimgraph::{date, questions::{DateBasis, Granularity}, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// for valid in ["2024-10-05", "2024-10", "2024-09/2024-11", "../2024-11-05"] {
    ///     graph.insert(Claim::by(russia).asserts(nk, MEETS, russia).valid(valid).reported(date(2024, 12, 1)))?;
    /// }
    /// graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 12, 1)))?;
    /// let activity = graph.view().activity(nk, Granularity::Month, DateBasis::Valid);
    /// assert_eq!(activity.on(date(2024, 10, 31)).subject, 2);
    /// assert_eq!((activity.spanning().subject, activity.undated().subject), (1, 2));
    /// let reports = graph.view().activity(russia, Granularity::Year, DateBasis::Reported);
    /// assert_eq!(reports.periods().next().unwrap().1.to_string(), "0 as subject, 5 as object, 5 as speaker");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn activity(
        &self,
        entity: impl Into<EntityId>,
        grain: Granularity,
        by: DateBasis,
    ) -> Activity {
        let (entity, ledger) = (entity.into(), &self.graph.ledger);
        let mut activity = Activity::new(grain);
        let one = ActivityCounts::default();
        let mut note = |id: ClaimId, count: ActivityCounts| {
            if let Some(claim) = self.get(id) {
                *activity.tally(&Activity::place(grain, by, claim)) += count;
            }
        };
        ledger.with_subject(entity).for_each(|id| note(id, ActivityCounts { subject: 1, ..one }));
        ledger.with_object(entity).for_each(|id| note(id, ActivityCounts { object: 1, ..one }));
        ledger
            .with_speaker(entity)
            .into_iter()
            .for_each(|id| note(id, ActivityCounts { speaker: 1, ..one }));
        activity
    }

    /// Returns the same for every entity at once, in one pass over the claims: entities that some claim of the
    /// view has as subject, object or speaker, in order of insertion.
    pub fn activities(&self, grain: Granularity, by: DateBasis) -> Vec<(EntityId, Activity)> {
        let mut activities: Vec<Option<Activity>> = vec![None; self.graph.registry.len()];
        let one = ActivityCounts::default();
        for claim in self.claims() {
            let place = Activity::place(grain, by, claim);
            let mut count = |entity: EntityId, count: ActivityCounts| {
                if let Some(slot) = activities.get_mut(entity.index()) {
                    *slot.get_or_insert_with(|| Activity::new(grain)).tally(&place) += count;
                }
            };
            claim
                .subject_entity()
                .into_iter()
                .for_each(|entity| count(entity, ActivityCounts { subject: 1, ..one }));
            claim
                .object_entity()
                .into_iter()
                .for_each(|entity| count(entity, ActivityCounts { object: 1, ..one }));
            // Somebody who stands in the chain twice said it once.
            let chain = claim.chain();
            for (place, link) in chain.iter().enumerate() {
                let before = chain.iter().take(place).any(|other| other.source == link.source);
                link.source
                    .filter(|_| !before)
                    .into_iter()
                    .for_each(|who| count(who, ActivityCounts { speaker: 1, ..one }));
            }
        }
        let found = self.graph.registry.ids().zip(activities);
        found.filter_map(|(entity, activity)| Some((entity, activity?))).collect()
    }
}
