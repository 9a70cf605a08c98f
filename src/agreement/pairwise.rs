//! How often two speakers took the same side: the counts, and the claims behind them.

use crate::agreement::matrix::{Cell, StanceMatrix};
use crate::agreement::matter::{Issue, Side};
use crate::agreement::side_taken::SideTaken;
use crate::graph::ClaimGraph;
use crate::model::id::{ClaimId, EntityId};
use crate::view::finding::{Finding, Findings};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU16;
use std::ops::RangeInclusive;

/// Two speakers compared over the matters on which both took a side: how often each pair of sides came up.
///
/// Counts first: a share of agreement says nothing without the number it is a share of.
#[derive(Clone, Copy)]
pub struct Agreement<'g> {
    graph: &'g ClaimGraph,
    a: EntityId,
    b: EntityId,
    counts: [[u32; 3]; 3],
}

impl<'g> Agreement<'g> {
    /// The two speakers.
    pub fn speakers(&self) -> (EntityId, EntityId) {
        (self.a, self.b)
    }

    /// On how many matters the first took the one side and the second the other.
    pub fn count(&self, first: Side, second: Side) -> usize {
        let row = self.counts.get(first.place());
        row.and_then(|row| row.get(second.place())).map_or(0, |&count| count as usize)
    }

    /// On how many matters both took a side.
    pub fn both(&self) -> usize {
        self.counts.iter().flatten().map(|&count| count as usize).sum()
    }

    /// On how many both took the same side.
    pub fn same(&self) -> usize {
        Side::ALL.iter().map(|&side| self.count(side, side)).sum()
    }

    /// On how many one was for it and one against.
    pub fn opposite(&self) -> usize {
        self.count(Side::For, Side::Against) + self.count(Side::Against, Side::For)
    }

    /// The same side as a share of all on which both took one; `None` where there is none.
    pub fn share(&self) -> Option<f64> {
        ratio(self.same(), self.both())
    }

    /// Agreement beyond what the two would have by chance, given how often each takes which side: Cohen's
    /// kappa (1960). 1 where they always agree, 0 where it is chance, negative below it. `None` where there
    /// is nothing to compare, or where chance alone would have them always agree.
    ///
    /// Roll calls are mostly carried by large majorities, so that everybody agrees with nearly everybody in
    /// plain shares; this is what tells blocs apart (Häge 2011).
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

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
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

/// One matter on which two speakers took a side, with the claims that count.
#[derive(Clone, Debug)]
pub struct Comparison<'g> {
    matter: Issue<'g>,
    sides: (Side, Side),
    last: (Vec<SideTaken<'g>>, Vec<SideTaken<'g>>),
}

impl<'g> Comparison<'g> {
    /// The matter.
    pub fn matter(&self) -> &Issue<'g> {
        &self.matter
    }

    /// The side of the first speaker and that of the second.
    pub fn sides(&self) -> (Side, Side) {
        self.sides
    }

    /// Whether they are the same.
    pub fn is_same(&self) -> bool {
        self.sides.0 == self.sides.1
    }

    /// Whether one is for it and one against.
    pub fn is_opposite(&self) -> bool {
        matches!(self.sides, (Side::For, Side::Against) | (Side::Against, Side::For))
    }

    /// The last word of the first speaker and that of the second: several claims where they were made on
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
        write!(f, "{}: {}, {}", self.matter, self.sides.0, self.sides.1)
    }
}

/// Steps through two rows where both have a side.
fn shared<'a>(a: &'a [Cell], b: &'a [Cell]) -> impl Iterator<Item = (u32, Side, Side)> + 'a {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            let (one, other) = (a.peek()?, b.peek()?);
            match one.matter.cmp(&other.matter) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    let found = (one.matter, one.side.zip(other.side));
                    a.next();
                    b.next();
                    if let (matter, Some((one, other))) = found {
                        return Some((matter, one, other));
                    }
                }
            }
        }
    })
}

fn add(counts: &mut [[u32; 3]; 3], a: Side, b: Side) {
    let slot = counts.get_mut(a.place()).and_then(|row| row.get_mut(b.place()));
    slot.into_iter().for_each(|count| *count = count.saturating_add(1));
}

impl<'g> StanceMatrix<'g> {
    /// How often two speakers took the same side.
    pub fn agreement(&self, a: impl Into<EntityId>, b: impl Into<EntityId>) -> Agreement<'g> {
        let (a, b) = (a.into(), b.into());
        let mut counts = [[0; 3]; 3];
        shared(self.row(a), self.row(b)).for_each(|(_, one, other)| add(&mut counts, one, other));
        Agreement { graph: self.view.graph, a, b, counts }
    }

    /// Every two speakers who both took a side on at least so many matters, in order of keys, the first
    /// before the second.
    ///
    /// The time goes with the number of pairs of sides on one matter: 27 million of them, of 172 states in
    /// 3,712 roll calls, are a small part of a second.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, c, x] = ["a", "b", "c", "x"].map(|key| graph.add(State, key).unwrap());
    /// for (speaker, other) in [(a, b), (a, c), (b, b), (b, c), (c, b)] {
    ///     graph.insert(Claim::by(speaker).asserts(x, MEETS, other).reported(date(2024, 10, 24)))?;
    /// }
    /// let pairs: Vec<String> = graph.stance_matrix().agreements(2).iter().map(ToString::to_string).collect();
    /// assert_eq!(pairs, ["a and b: both on 2, same 2 (100.0 %), opposite 0"]);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn agreements(&self, least: usize) -> Vec<Agreement<'g>> {
        let mut found = Vec::new();
        self.each_agreement(least, &mut |_, _, agreement| found.push(agreement));
        found
    }

    /// A row at a time: the sides of one speaker against those of everybody after him.
    pub(crate) fn each_agreement(
        &self,
        least: usize,
        take: &mut dyn FnMut(u32, u32, Agreement<'g>),
    ) {
        // Who has a side on each matter, in order of speakers.
        let mut columns: Vec<Vec<(u32, Side)>> = vec![Vec::new(); self.width()];
        for row in 0..self.speakers.len() {
            for cell in self.row_at(row) {
                let column = columns.get_mut(cell.matter as usize).zip(cell.side);
                column.into_iter().for_each(|(column, side)| column.push((row as u32, side)));
            }
        }
        // How far each column is used up: up to the speaker of the row.
        let mut used = vec![0usize; columns.len()];
        let mut counts: Vec<[[u32; 3]; 3]> = vec![[[0; 3]; 3]; self.speakers.len()];
        let mut met: Vec<u32> = Vec::new();
        for (row, &a) in self.speakers.iter().enumerate() {
            for cell in self.row_at(row) {
                let (Some(side), place) = (cell.side, cell.matter as usize) else { continue };
                let (Some(column), Some(used)) = (columns.get(place), used.get_mut(place)) else {
                    continue;
                };
                *used += 1;
                for &(other, theirs) in column.get(*used..).unwrap_or_default() {
                    let Some(counts) = counts.get_mut(other as usize) else { continue };
                    if *counts == [[0; 3]; 3] {
                        met.push(other);
                    }
                    add(counts, side, theirs);
                }
            }
            met.sort_unstable();
            for other in met.drain(..) {
                let (Some(&b), Some(counts)) =
                    (self.speakers.get(other as usize), counts.get_mut(other as usize))
                else {
                    continue;
                };
                let agreement =
                    Agreement { graph: self.view.graph, a, b, counts: std::mem::take(counts) };
                if agreement.both() >= least {
                    take(row as u32, other, agreement);
                }
            }
        }
    }

    /// How often two speakers took the same side in each stretch of so many years: decades for 10, which
    /// begin in 1940, 1950 and so on. Each stretch stands for itself: what was said last in it counts.
    /// Stretches in which they have nothing to compare are left out.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [a, b, x] = ["a", "b", "x"].map(|key| graph.add(State, key).unwrap());
    /// graph.insert(Claim::by(a).asserts(a, MEETS, x).reported(date(1959, 1, 1)))?;
    /// graph.insert(Claim::by(b).denies(a, MEETS, x).reported(date(1952, 1, 1)))?;
    /// graph.insert(Claim::by(b).asserts(a, MEETS, x).reported(date(1961, 1, 1)))?;
    /// let decades = graph.stance_matrix().agreement_by_years(a, b, 10.try_into().unwrap());
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

    /// Matter by matter: the side of each of the two, and the claims that say so. Its `proof()` is what an
    /// [`Agreement`] rests on.
    pub fn compare(
        &self,
        a: impl Into<EntityId>,
        b: impl Into<EntityId>,
    ) -> Findings<'g, Comparison<'g>> {
        let (a, b) = (a.into(), b.into());
        let last = |speaker: EntityId, matter: &Issue<'g>| {
            let taken: Vec<SideTaken<'g>> = self.stances(speaker, matter).into_iter().collect();
            let day = taken.last().map(SideTaken::day);
            taken.into_iter().filter(|taken| Some(taken.day()) == day).collect()
        };
        let compared = shared(self.row(a), self.row(b)).filter_map(|(matter, one, other)| {
            let matter = self.matter_at(matter)?.clone();
            let last = (last(a, &matter), last(b, &matter));
            Some(Comparison { matter, sides: (one, other), last })
        });
        Findings::of(&self.view, compared.collect())
    }

    /// The stretches of so many years, by the calendar, in which a side was taken.
    pub fn stretches(&self, years: NonZeroU16) -> Vec<RangeInclusive<Date>> {
        let years = i32::from(years.get());
        let first = |day: Date| i32::from(day.year()).div_euclid(years) * years;
        let mut starts: BTreeSet<i32> = BTreeSet::new();
        self.each_day(&mut |day| {
            starts.insert(first(day));
        });
        let day = |year: i32, last: bool| match i16::try_from(year).ok() {
            Some(year) if last => Date::new(year, 12, 31).unwrap_or(Date::MAX),
            Some(year) => Date::new(year, 1, 1).unwrap_or(Date::MIN),
            None if last => Date::MAX,
            None => Date::MIN,
        };
        starts.into_iter().map(|start| day(start, false)..=day(start + years - 1, true)).collect()
    }
}
