//! How often two speakers took the same side: the counts, and the claims behind them.
//!
//! A stance matrix goes in, [`Agreement`]s and [`Comparison`]s come out. The blocs are made of them.

use crate::issue::Issue;
use crate::keys::{claim_key, entity_key};
use crate::matrix::{Cell, StanceMatrix};
use crate::side::{Side, SideTaken};
use claimgraph::{ClaimGraph, ClaimId, Date, EntityId, Finding, Findings};
use indexmap::IndexMap;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU16;
use std::ops::RangeInclusive;

/// The agreement of two speakers: how often each pair of sides came up on the issues on which both took a side.
///
/// Counts come first: a share of agreement says nothing without the number that it is a share of. The JSON has
/// the keys of the two `speakers`, the numbers `both`, `same` and `opposite`, the `share` and the `kappa` if
/// there are any, and `counts` by the side of the first speaker and the side of the second.
#[derive(Clone, Copy)]
pub struct Agreement<'g> {
    graph: &'g ClaimGraph,
    a: EntityId,
    b: EntityId,
    counts: Counts,
}

/// By the side of the one and that of the other.
type Counts = [[u32; 3]; 3];

impl<'g> Agreement<'g> {
    /// Returns the two speakers.
    pub fn speakers(&self) -> (EntityId, EntityId) {
        (self.a, self.b)
    }

    /// Returns on how many issues the first speaker took the one side and the second the other.
    pub fn count(&self, first: Side, second: Side) -> usize {
        let row = self.counts.get(first as usize);
        row.and_then(|row| row.get(second as usize)).map_or(0, |&count| count as usize)
    }

    /// Returns on how many issues both took a side.
    pub fn both(&self) -> usize {
        self.counts.iter().flatten().map(|&count| count as usize).sum()
    }

    /// Returns on how many issues both took the same side.
    pub fn same(&self) -> usize {
        Side::ALL.iter().map(|&side| self.count(side, side)).sum()
    }

    /// Returns on how many issues one was for and one against.
    pub fn opposite(&self) -> usize {
        self.count(Side::For, Side::Against) + self.count(Side::Against, Side::For)
    }

    /// Returns the issues with the same side as a share of those on which both took a side; `None` if there
    /// are none.
    pub fn share(&self) -> Option<f64> {
        let both = self.both();
        (both > 0).then(|| self.same() as f64 / both as f64)
    }

    /// Returns the agreement beyond what the two would have by chance, given how often each takes which side:
    /// Cohen's kappa (1960). It is 1 if they always agree, 0 if agreement is chance, negative below that.
    /// `None` if there is nothing to compare, or if chance alone would have them always agree.
    ///
    /// Roll calls are mostly carried by large majorities, so that in plain shares every speaker agrees with
    /// nearly every other. Kappa tells blocs apart (Häge 2011).
    pub fn kappa(&self) -> Option<f64> {
        let both = self.both() as f64;
        let observed = self.share()?;
        let chance: f64 = Side::ALL
            .iter()
            .map(|&side| {
                let (first, second) = Side::ALL.iter().fold((0, 0), |(first, second), &other| {
                    (first + self.count(side, other), second + self.count(other, side))
                });
                (first as f64 / both) * (second as f64 / both)
            })
            .sum();
        (chance < 1.0).then(|| (observed - chance) / (1.0 - chance))
    }
}

impl PartialEq for Agreement<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph)
            && (self.a, self.b, self.counts) == (other.a, other.b, other.counts)
    }
}

/// "United States and Russia: both on 3665, same 662 (18.1 %), opposite 1880".
impl fmt::Display for Agreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.graph.name_of(self.a), self.graph.name_of(self.b));
        write!(f, "{a} and {b}: both on {}, same {}", self.both(), self.same())?;
        if let Some(share) = self.share() {
            write!(f, " ({:.1} %)", share * 100.0)?;
        }
        write!(f, ", opposite {}", self.opposite())
    }
}

impl fmt::Debug for Agreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agreement({self})")
    }
}

impl Serialize for Agreement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let second = |one| Side::ALL.iter().map(move |&side| (side, self.count(one, side)));
        let counts: IndexMap<Side, IndexMap<Side, usize>> =
            Side::ALL.iter().map(|&one| (one, second(one).collect())).collect();
        let mut fields = serializer.serialize_struct("Agreement", 7)?;
        let speakers = [self.a, self.b].map(|speaker| entity_key(self.graph, speaker));
        fields.serialize_field("speakers", &speakers)?;
        fields.serialize_field("both", &self.both())?;
        fields.serialize_field("same", &self.same())?;
        fields.serialize_field("opposite", &self.opposite())?;
        fields.serialize_field("share", &self.share())?;
        fields.serialize_field("kappa", &self.kappa())?;
        fields.serialize_field("counts", &counts)?;
        fields.end()
    }
}

/// An issue on which two speakers took a side, with the claims that count.
///
/// The JSON has the `issue`, the two `sides`, and the keys of the `claims` of each speaker.
#[derive(Clone, Debug)]
pub struct Comparison<'g> {
    issue: Issue<'g>,
    sides: (Side, Side),
    last: (Vec<SideTaken<'g>>, Vec<SideTaken<'g>>),
}

impl<'g> Comparison<'g> {
    /// Returns the issue.
    pub fn issue(&self) -> &Issue<'g> {
        &self.issue
    }

    /// Returns the side of the first speaker and that of the second.
    pub fn sides(&self) -> (Side, Side) {
        self.sides
    }

    /// Returns whether the sides are the same.
    pub fn is_same(&self) -> bool {
        self.sides.0 == self.sides.1
    }

    /// Returns whether one speaker is for it and one against.
    pub fn is_opposite(&self) -> bool {
        matches!(self.sides, (Side::For, Side::Against) | (Side::Against, Side::For))
    }

    /// Returns the last word of the first speaker and that of the second: several claims if they were made on
    /// one day.
    pub fn stances(&self) -> (&[SideTaken<'g>], &[SideTaken<'g>]) {
        (&self.last.0, &self.last.1)
    }
}

impl Finding for Comparison<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        self.last.0.iter().chain(&self.last.1).flat_map(Finding::claims).collect()
    }
}

impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.issue, self.sides.0, self.sides.1)
    }
}

impl Serialize for Comparison<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = |taken: &[SideTaken<'_>]| -> Vec<String> {
            taken.iter().map(|t| claim_key(t.claim().graph(), t.claim().id())).collect()
        };
        let mut fields = serializer.serialize_struct("Comparison", 3)?;
        fields.serialize_field("issue", &self.issue)?;
        fields.serialize_field("sides", &self.sides)?;
        fields.serialize_field("claims", &[keys(&self.last.0), keys(&self.last.1)])?;
        fields.end()
    }
}

/// Steps through two rows and returns the issues on which both have a side.
fn shared<'a>(a: &'a [Cell], b: &'a [Cell]) -> impl Iterator<Item = (u32, Side, Side)> + 'a {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            let (one, other) = (*a.peek()?, *b.peek()?);
            match one.issue.cmp(&other.issue) {
                Ordering::Less => drop(a.next()),
                Ordering::Greater => drop(b.next()),
                Ordering::Equal => {
                    a.next();
                    b.next();
                    if let (Some(first), Some(second)) = (one.side, other.side) {
                        return Some((one.issue, first, second));
                    }
                }
            }
        }
    })
}

fn add(counts: &mut Counts, a: Side, b: Side) {
    if let Some(count) = counts.get_mut(a as usize).and_then(|row| row.get_mut(b as usize)) {
        *count += 1;
    }
}

impl<'g> StanceMatrix<'g> {
    /// Returns how often two speakers took the same side.
    pub fn agreement(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> Agreement<'g> {
        let (a, b) = (a.into(), b.into());
        let mut counts = Counts::default();
        shared(self.row(a), self.row(b)).for_each(|(_, one, other)| add(&mut counts, one, other));
        Agreement { graph: self.graph(), a, b, counts }
    }

    /// Returns every two speakers that both took a side on at least so many issues, in order of keys, the first
    /// before the second.
    ///
    /// The time grows with the number of pairs of sides on one issue: 27 million of them, of 172 states in
    /// 3,712 roll calls, take a small part of a second.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// use claimgraph_analysis::stance_matrix;
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, c, x] = ["a", "b", "c", "x"].map(|key| graph.add(State, key).unwrap());
    /// for (speaker, other) in [(a, b), (a, c), (b, b), (b, c), (c, b)] {
    ///     graph.insert(Claim::by(speaker).asserts(x, MEETS, other).reported(date(2024, 10, 24)))?;
    /// }
    /// let pairs = stance_matrix(&graph.view()).agreements(2);
    /// assert_eq!((pairs.len(), pairs[0].to_string()), (1, "a and b: both on 2, same 2 (100.0 %), opposite 0".to_owned()));
    /// let json = serde_json::to_value(pairs[0]).unwrap();
    /// assert_eq!((&json["speakers"], &json["counts"]["for"]["for"]), (&serde_json::json!(["a", "b"]), &2.into()));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn agreements(&self, least: usize) -> Vec<Agreement<'g>> {
        let mut found = Vec::new();
        self.each_agreement(least, |_, _, agreement| found.push(agreement));
        found
    }

    /// Compares the sides of one speaker with those of all speakers after it, row by row.
    pub(crate) fn each_agreement(
        &self,
        least: usize,
        mut take: impl FnMut(u32, u32, Agreement<'g>),
    ) {
        // The speakers with a side on each issue, in order of rows.
        let mut columns: Vec<Vec<(u32, Side)>> = vec![Vec::new(); self.width()];
        for row in 0..self.rows().len() {
            for cell in self.row_at(row) {
                if let (Some(column), Some(side)) =
                    (columns.get_mut(cell.issue as usize), cell.side)
                {
                    column.push((row as u32, side));
                }
            }
        }
        // How far each column is used up: up to the speaker of the row.
        let mut used = vec![0usize; columns.len()];
        let mut counts: Vec<Counts> = vec![Counts::default(); self.rows().len()];
        let mut met: Vec<u32> = Vec::new();
        for (row, &a) in self.rows().iter().enumerate() {
            for cell in self.row_at(row) {
                let (Some(side), place) = (cell.side, cell.issue as usize) else { continue };
                let (Some(column), Some(used)) = (columns.get(place), used.get_mut(place)) else {
                    continue;
                };
                *used += 1;
                for &(other, theirs) in column.get(*used..).unwrap_or_default() {
                    let Some(counts) = counts.get_mut(other as usize) else { continue };
                    if *counts == Counts::default() {
                        met.push(other);
                    }
                    add(counts, side, theirs);
                }
            }
            met.sort_unstable();
            for other in met.drain(..) {
                let (Some(&b), Some(counts)) =
                    (self.rows().get(other as usize), counts.get_mut(other as usize))
                else {
                    continue;
                };
                let counts = std::mem::take(counts);
                let agreement = Agreement { graph: self.graph(), a, b, counts };
                if agreement.both() >= least {
                    take(row as u32, other, agreement);
                }
            }
        }
    }

    /// Returns the agreement of two speakers in each period of `years` years. With 10, these are the decades from 1940,
    /// 1950 and so on. In each period, the last side that a speaker took in it counts. Periods without an issue on
    /// which both took a side are left out.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// use claimgraph_analysis::stance_matrix;
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, x] = ["a", "b", "x"].map(|key| graph.add(State, key).unwrap());
    /// graph.insert(Claim::by(a).asserts(a, MEETS, x).reported(date(1959, 1, 1)))?;
    /// graph.insert(Claim::by(b).denies(a, MEETS, x).reported(date(1952, 1, 1)))?;
    /// graph.insert(Claim::by(b).asserts(a, MEETS, x).reported(date(1961, 1, 1)))?;
    /// let decades = stance_matrix(&graph.view()).agreement_by_years(a, b, 10.try_into().unwrap());
    /// let [(fifties, agreement)] = &decades[..] else { panic!("one decade in which both spoke") };
    /// assert_eq!((*fifties.start(), agreement.opposite()), (date(1950, 1, 1), 1));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn agreement_by_years(
        &self,
        a: impl Into<EntityId>,
        b: impl Into<EntityId>,
        years: NonZeroU16,
    ) -> Vec<(RangeInclusive<Date>, Agreement<'g>)> {
        let (a, b) = (a.into(), b.into());
        let pair = self.of_speakers(&[a, b]);
        let stretches = pair.stretches(years).into_iter().map(|days| {
            let agreement = pair.within(days.clone()).agreement(a, b);
            (days, agreement)
        });
        stretches.filter(|(_, agreement)| agreement.both() > 0).collect()
    }

    /// Returns issue by issue the sides of two speakers, with the claims that say so. Its `proof()` is what an
    /// [`Agreement`] rests on.
    pub fn compare(
        &self,
        a: impl Into<EntityId>,
        b: impl Into<EntityId>,
    ) -> Findings<'g, Comparison<'g>> {
        let (a, b) = (a.into(), b.into());
        let last = |speaker: EntityId, issue: &Issue<'g>| {
            let taken: Vec<SideTaken<'g>> = self.stances(speaker, issue).into_iter().collect();
            let day = taken.last().map(SideTaken::day);
            taken.into_iter().filter(|taken| Some(taken.day()) == day).collect()
        };
        let compared = shared(self.row(a), self.row(b)).filter_map(|(issue, one, other)| {
            let issue = self.issue_at(issue)?.clone();
            let last = (last(a, &issue), last(b, &issue));
            Some(Comparison { issue, sides: (one, other), last })
        });
        Findings::of(self.view(), compared.collect())
    }

    /// Returns the stretches of so many years, by the calendar, in which a side was taken.
    pub fn stretches(&self, years: NonZeroU16) -> Vec<RangeInclusive<Date>> {
        let years = i32::from(years.get());
        let first = |day: Date| i32::from(day.year()).div_euclid(years) * years;
        let starts: BTreeSet<i32> = self.each_day().map(first).collect();
        let day = |year: i32, month: i8, day: i8| {
            i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok())
        };
        let stretch = |start: i32| {
            day(start, 1, 1).unwrap_or(Date::MIN)
                ..=day(start + years - 1, 12, 31).unwrap_or(Date::MAX)
        };
        starts.into_iter().map(stretch).collect()
    }
}
