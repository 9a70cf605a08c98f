//! Activity: how many claims have an entity as subject, object or speaker, from month to month.
//!
//! A view goes in, an [`Activity`] comes out.

use claimgraph::{ClaimRef, Date, EntityId, View};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

/// The length of the periods in which claims are counted, by the calendar.
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
    fn start(self, day: Date) -> Date {
        match self {
            Granularity::Day => day,
            Granularity::Month => day.first_of_month(),
            Granularity::Year => day.first_of_year(),
        }
    }
}

/// The day by which a claim is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateBasis {
    /// The time at which the statement holds, as known on the report day ([`ClaimRef::holding`]).
    Valid,
    /// The report day.
    Reported,
}

/// The number of claims of one entity, by its place in them. One claim may count in several places.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ActivityCounts {
    /// Claims with the entity as subject.
    pub subject: usize,
    /// Claims with the entity as object.
    pub object: usize,
    /// Claims with the entity in the chain of speakers. A document is in the chain of each claim read in it.
    pub speaker: usize,
}

impl ActivityCounts {
    const NONE: Self = Self { subject: 0, object: 0, speaker: 0 };
    const SUBJECT: Self = Self { subject: 1, ..Self::NONE };
    const OBJECT: Self = Self { object: 1, ..Self::NONE };
    const SPEAKER: Self = Self { speaker: 1, ..Self::NONE };

    /// Returns whether nothing was counted.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
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

impl AddAssign for ActivityCounts {
    fn add_assign(&mut self, other: Self) {
        self.subject += other.subject;
        self.object += other.object;
        self.speaker += other.speaker;
    }
}

/// The claims of one entity, counted by period. Every claim is counted: in a period, as spanning several, or as
/// undated.
///
/// The JSON has `periods`, an object of counts by first day, `spanning` and `undated`; counts have `subject`,
/// `object` and `speaker`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Activity {
    granularity: Granularity,
    by: DateBasis,
    periods: BTreeMap<Date, ActivityCounts>,
    spanning: ActivityCounts,
    undated: ActivityCounts,
}

impl Activity {
    fn new(granularity: Granularity, by: DateBasis) -> Self {
        let (spanning, undated) = (ActivityCounts::NONE, ActivityCounts::NONE);
        Self { granularity, by, periods: BTreeMap::new(), spanning, undated }
    }

    fn add(&mut self, claim: ClaimRef<'_>, counts: ActivityCounts) {
        let days = match self.by {
            DateBasis::Reported => Some((claim.reported(), claim.reported())),
            DateBasis::Valid => {
                let extent = |p: claimgraph::Period| p.start_earliest().zip(p.end_latest());
                claim.holding().and_then(extent)
            }
        };
        let starts = days.map(|(first, last)| [first, last].map(|day| self.granularity.start(day)));
        let counted = match starts {
            None => &mut self.undated,
            Some([first, last]) if first == last => self.periods.entry(first).or_default(),
            Some(_) => &mut self.spanning,
        };
        *counted += counts;
    }

    /// Returns the first day of each period in which something was counted, in order, with the numbers.
    pub fn periods(
        &self,
    ) -> impl DoubleEndedIterator<Item = (Date, ActivityCounts)> + ExactSizeIterator {
        self.periods.iter().map(|(&start, &counts)| (start, counts))
    }

    /// Returns the numbers of the period in which the day lies.
    pub fn on(&self, day: Date) -> ActivityCounts {
        self.periods.get(&self.granularity.start(day)).copied().unwrap_or_default()
    }

    /// Returns the claims whose first and last possible day are known and lie in different periods: it lasted
    /// from June to August, or it happened in one of these months and no more is known.
    pub fn spanning(&self) -> ActivityCounts {
        self.spanning
    }

    /// Returns the claims whose first or last possible day is unknown: "by June", or no time at all.
    pub fn undated(&self) -> ActivityCounts {
        self.undated
    }

    /// Returns the sums over all periods, with the claims that span periods and those without a day.
    pub fn total(&self) -> ActivityCounts {
        let mut sum = self.spanning;
        sum += self.undated;
        self.periods.values().for_each(|&counts| sum += counts);
        sum
    }
}

/// A line for each period: "2024-10-01: 2 as subject, 0 as object, 1 as speaker".
impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.periods().try_for_each(|(day, counts)| writeln!(f, "{day}: {counts}"))?;
        writeln!(f, "spanning: {}", self.spanning)?;
        writeln!(f, "undated: {}", self.undated)
    }
}

impl Serialize for Activity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let by_day = self.periods.iter().map(|(day, counts)| (day.to_string(), counts));
        let periods: BTreeMap<String, &ActivityCounts> = by_day.collect();
        let mut fields = serializer.serialize_struct("Activity", 3)?;
        fields.serialize_field("periods", &periods)?;
        fields.serialize_field("spanning", &self.spanning)?;
        fields.serialize_field("undated", &self.undated)?;
        fields.end()
    }
}

/// Returns how many claims of the view have the entity as subject, as object or as speaker, by period.
/// Claims of every stance count, denials too; narrow the view for less.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{activity, DateBasis, Granularity};
/// let mut graph = ClaimGraph::new();
/// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
/// for valid in ["2024-10-05", "2024-10", "2024-09/2024-11", "../2024-11-05"] {
///     graph.insert(Claim::by(russia).asserts(nk, MEETS, russia).valid(valid).reported(date(2024, 12, 1)))?;
/// }
/// graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(date(2024, 12, 1)))?;
/// let by_month = activity(&graph.view(), nk, Granularity::Month, DateBasis::Valid);
/// assert_eq!(by_month.on(date(2024, 10, 31)).subject, 2);
/// assert_eq!((by_month.spanning().subject, by_month.undated().subject), (1, 2));
/// let reports = activity(&graph.view(), russia, Granularity::Year, DateBasis::Reported);
/// assert_eq!(reports.periods().next().unwrap().1.to_string(), "0 as subject, 5 as object, 5 as speaker");
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn activity(
    view: &View<'_>,
    entity: impl Into<EntityId>,
    granularity: Granularity,
    by: DateBasis,
) -> Activity {
    let (entity, mut found) = (entity.into(), Activity::new(granularity, by));
    view.claims_with_subject(entity).for_each(|claim| found.add(claim, ActivityCounts::SUBJECT));
    view.claims_with_object(entity).for_each(|claim| found.add(claim, ActivityCounts::OBJECT));
    view.claims_with_speaker(entity).for_each(|claim| found.add(claim, ActivityCounts::SPEAKER));
    found
}

/// Returns the activity of every entity that is subject, object or speaker of a claim in the view, in order of
/// insertion, in one pass over the claims.
pub fn activities(
    view: &View<'_>,
    granularity: Granularity,
    by: DateBasis,
) -> Vec<(EntityId, Activity)> {
    let mut found: BTreeMap<EntityId, Activity> = BTreeMap::new();
    let mut add = |entity: EntityId, claim: ClaimRef<'_>, counts: ActivityCounts| {
        found.entry(entity).or_insert_with(|| Activity::new(granularity, by)).add(claim, counts);
    };
    for claim in view.claims() {
        if let Some(subject) = claim.subject_entity() {
            add(subject, claim, ActivityCounts::SUBJECT);
        }
        if let Some(object) = claim.object_entity() {
            add(object, claim, ActivityCounts::OBJECT);
        }
        // A speaker that is in the chain twice said it once.
        let mut speakers: Vec<EntityId> =
            claim.chain().iter().filter_map(|link| link.source).collect();
        speakers.sort_unstable();
        speakers.dedup();
        speakers.into_iter().for_each(|speaker| add(speaker, claim, ActivityCounts::SPEAKER));
    }
    found.into_iter().collect()
}
