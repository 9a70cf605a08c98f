//! Stance matrices: which speaker takes which side on which issue, and how that changed.

use crate::issue::{Issue, Key};
use crate::keys::{entity_key, names};
use crate::side::{Side, SideCounts, SideTaken};
use claimgraph::{ClaimGraph, ClaimId, Date, EntityId, Findings, View};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A side taken by a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Entry {
    pub(crate) speaker: u32,
    pub(crate) issue: u32,
    pub(crate) day: Date,
    pub(crate) side: Side,
    pub(crate) claim: ClaimId,
}

/// The final side of a speaker on an issue; none if it took several sides on its last day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) issue: u32,
    pub(crate) side: Option<Side>,
}

/// The speakers and the issues of a matrix, in order of keys. Matrices made from one share them.
pub(crate) struct Frame<'g> {
    pub(crate) view: View<'g>,
    pub(crate) speakers: Vec<EntityId>,
    pub(crate) issues: Vec<Issue<'g>>,
    pub(crate) rows: FxHashMap<EntityId, u32>,
    pub(crate) columns: IndexMap<Key<'g>, u32>,
}

/// Speakers by issues: who is for an issue, who against, who neutral, in the end and before.
///
/// The speaker is the innermost one of each claim, whose stance it is; [`Side::of`] says which side a stance
/// takes. A claim that makes a statement takes a side on that. A claim that makes none (a dismissal, a
/// confirmation) takes a side on the statements of the claims it answers. The day of a side is that of the
/// utterance, or else of the report. What a speaker said last counts; if it took two sides on that day, neither
/// does.
///
/// Two claims are about the same issue if their `claimgraph::questions::Content` is equal: relation,
/// parties, figure, roles and modality. Nothing is concluded from one statement to another, and time does not
/// tell issues apart. For questions answered with all that the graph implies, use
/// [`stance_matrix_on`](crate::stance_matrix_on); for coarser issues, [`stance_matrix_by`](crate::stance_matrix_by).
///
/// Speakers and issues are in order of keys, the same in every graph with the same claims. The JSON is a list
/// with an `issue` each and its `sides`, an object by speaker key: `"for"`, `"against"`, `"neutral"`, or `null`
/// for two sides on the last day.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{stance_matrix, Side};
/// let mut graph = ClaimGraph::new();
/// let [nk, russia, us] = ["nk", "russia", "us"].map(|key| graph.add(State, key).unwrap());
/// let sent = graph.insert(Claim::by(us).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 23)))?;
/// graph.insert(Claim::by(russia).dismisses(sent).reported(date(2024, 10, 24)))?;
/// graph.insert(Claim::by(russia).acknowledges(sent).reported(date(2025, 4, 26)))?;
/// let matrix = stance_matrix(&graph.view());
/// let [issue] = matrix.issues()[..] else { panic!("one statement") };
/// assert_eq!(issue.to_string(), "nk deploys to russia");
/// let taken = matrix.stances(russia, issue);
/// let sides: Vec<Side> = taken.iter().map(|stance| stance.side()).collect();
/// assert_eq!((sides, matrix.side(russia, issue)), (vec![Side::Against, Side::For], Some(Side::For)));
/// assert_eq!(matrix.agreement(us, russia).same(), 1);
/// let before = matrix.within(date(2024, 1, 1)..=date(2024, 12, 31));
/// assert_eq!(before.agreement(us, russia).opposite(), 1);
/// let json = serde_json::to_value(&before).unwrap();
/// assert_eq!(json[0]["sides"], serde_json::json!({"russia": "against", "us": "for"}));
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct StanceMatrix<'g> {
    frame: Arc<Frame<'g>>,
    /// In order of speaker, issue, day.
    entries: Vec<Entry>,
    /// In order of speaker and issue; those of a speaker lie between two of the starts.
    cells: Vec<Cell>,
    starts: Vec<usize>,
}

/// The speakers with a side on an issue, in order of rows.
type Sides = Vec<(EntityId, Option<Side>)>;

/// Returns a place as a number. Handles are counted in 32 bits, and so is what is made of them.
pub(crate) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl<'g> StanceMatrix<'g> {
    /// Makes the cells of these entries, which are in order.
    pub(crate) fn of(frame: Arc<Frame<'g>>, entries: Vec<Entry>) -> Self {
        let (mut cells, mut starts) = (Vec::new(), vec![0; frame.speakers.len() + 1]);
        for same in entries.chunk_by(|a, b| (a.speaker, a.issue) == (b.speaker, b.issue)) {
            let Some(last) = same.last() else { continue };
            let mut of_last_day = same.iter().rev().take_while(|entry| entry.day == last.day);
            let clear = of_last_day.all(|entry| entry.side == last.side);
            cells.push(Cell { issue: last.issue, side: clear.then_some(last.side) });
            if let Some(end) = starts.get_mut(last.speaker as usize + 1) {
                *end = cells.len();
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before = before.max(*start);
            *start = before;
        }
        Self { frame, entries, cells, starts }
    }

    fn kept(&self, keep: impl Fn(&Entry) -> bool) -> Self {
        Self::of(self.frame.clone(), self.entries.iter().copied().filter(keep).collect())
    }

    pub(crate) fn graph(&self) -> &'g ClaimGraph {
        self.frame.view.graph()
    }

    pub(crate) fn view(&self) -> &View<'g> {
        &self.frame.view
    }

    /// Returns every speaker, also of the matrix that this one was made from, by row.
    pub(crate) fn rows(&self) -> &[EntityId] {
        &self.frame.speakers
    }

    /// Returns how many columns there are, also without a side.
    pub(crate) fn width(&self) -> usize {
        self.frame.issues.len()
    }

    pub(crate) fn issue_at(&self, issue: u32) -> Option<&Issue<'g>> {
        self.frame.issues.get(issue as usize)
    }

    pub(crate) fn row(&self, speaker: EntityId) -> &[Cell] {
        self.frame.rows.get(&speaker).map_or(&[], |&row| self.row_at(row as usize))
    }

    pub(crate) fn row_at(&self, row: usize) -> &[Cell] {
        let ends = self.starts.get(row).zip(self.starts.get(row + 1));
        ends.and_then(|(&from, &to)| self.cells.get(from..to)).unwrap_or_default()
    }

    /// Returns the day of each entry.
    pub(crate) fn each_day(&self) -> impl Iterator<Item = Date> {
        self.entries.iter().map(|entry| entry.day)
    }

    /// Returns the sides taken on these days, the first and the last included: the matrix of a decade, say. The last
    /// statement within these days counts.
    #[must_use]
    pub fn within(&self, days: RangeInclusive<Date>) -> Self {
        self.kept(|entry| days.contains(&entry.day))
    }

    /// Returns the sides taken on issues for which `wanted` holds.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&Issue<'g>) -> bool) -> Self {
        let wanted: Vec<bool> = self.frame.issues.iter().map(wanted).collect();
        self.kept(|entry| wanted.get(entry.issue as usize).copied().unwrap_or(false))
    }

    /// Returns the sides that these speakers took.
    #[must_use]
    pub fn of_speakers(&self, speakers: &[EntityId]) -> Self {
        let rows: Vec<u32> =
            speakers.iter().filter_map(|speaker| self.frame.rows.get(speaker).copied()).collect();
        self.kept(|entry| rows.contains(&entry.speaker))
    }

    /// Returns the first and the last day on which a side was taken.
    pub fn days(&self) -> Option<RangeInclusive<Date>> {
        Some(self.each_day().min()?..=self.each_day().max()?)
    }

    /// Returns the speakers that took any side, in order of keys.
    pub fn speakers(&self) -> Vec<EntityId> {
        let rows = self.rows().iter().enumerate();
        let spoke = rows.filter(|&(row, _)| !self.row_at(row).is_empty());
        spoke.map(|(_, &speaker)| speaker).collect()
    }

    /// Returns the issues on which any side was taken, in order of keys.
    pub fn issues(&self) -> Vec<&Issue<'g>> {
        let mut met = vec![false; self.width()];
        for cell in &self.cells {
            if let Some(met) = met.get_mut(cell.issue as usize) {
                *met = true;
            }
        }
        let issues = self.frame.issues.iter().zip(met);
        issues.filter(|(_, met)| *met).map(|(issue, _)| issue).collect()
    }

    /// Returns the issue of the claim's own statement.
    pub fn issue_of(&self, claim: ClaimId) -> Option<&Issue<'g>> {
        let content = self.view().content_of(self.graph().claim(claim).ok()?)?;
        let key = Issue::statement(self.graph(), content).key;
        self.frame.columns.get(&key).and_then(|&column| self.issue_at(column))
    }

    /// Returns how many sides were taken, earlier ones counted.
    pub fn stance_count(&self) -> usize {
        self.entries.len()
    }

    /// Returns the speaker's final side on an issue; `None` if it took several sides on its last day, or none
    /// at all. The issue is one of this matrix or of one that this was made from.
    pub fn side(&self, speaker: impl Into<EntityId>, issue: &Issue<'_>) -> Option<Side> {
        let &column = self.frame.columns.get(&issue.key)?;
        let row = self.row(speaker.into());
        let place = row.binary_search_by_key(&column, |cell| cell.issue).ok()?;
        row.get(place)?.side
    }

    /// Returns every side that the speaker took on the issue, the earliest first.
    pub fn stances(
        &self,
        speaker: impl Into<EntityId>,
        issue: &Issue<'_>,
    ) -> Findings<'g, SideTaken<'g>> {
        let graph = self.graph();
        let ends = self.frame.rows.get(&speaker.into()).zip(self.frame.columns.get(&issue.key));
        let taken = ends.map(|(&row, &column)| {
            let from = self.entries.partition_point(|e| (e.speaker, e.issue) < (row, column));
            let to = self.entries.partition_point(|e| (e.speaker, e.issue) <= (row, column));
            self.entries.get(from..to).unwrap_or_default()
        });
        let taken = taken.unwrap_or_default().iter();
        let mut found: Vec<SideTaken<'g>> = taken
            .filter_map(|e| Some(SideTaken::new(graph.claim(e.claim).ok()?, e.side, e.day)))
            .collect();
        graph.sort_findings(&mut found, |taken| taken.claim().id());
        found.sort_by_key(SideTaken::day);
        Findings::of(self.view(), found)
    }

    /// Returns the issues on which the speaker took different sides over time, in order of keys.
    pub fn changed(&self, speaker: impl Into<EntityId>) -> Vec<&Issue<'g>> {
        let Some(&row) = self.frame.rows.get(&speaker.into()) else { return Vec::new() };
        let from = self.entries.partition_point(|e| e.speaker < row);
        let to = self.entries.partition_point(|e| e.speaker <= row);
        let own = self.entries.get(from..to).unwrap_or_default();
        let changed = own
            .chunk_by(|a, b| a.issue == b.issue)
            .filter(|same| same.windows(2).any(|two| matches!(two, [a, b] if a.side != b.side)));
        changed.filter_map(|same| self.issue_at(same.first()?.issue)).collect()
    }

    /// Returns on how many issues the speaker is for, against and neutral.
    pub fn tally(&self, speaker: impl Into<EntityId>) -> SideCounts {
        counted(self.row(speaker.into()))
    }

    /// Returns the counts of all speakers together.
    pub fn totals(&self) -> SideCounts {
        counted(&self.cells)
    }

    /// Returns the speakers and their sides by column.
    fn by_issue(&self) -> Vec<(&Issue<'g>, Sides)> {
        let mut columns: Vec<Sides> = vec![Vec::new(); self.width()];
        for (row, &speaker) in self.rows().iter().enumerate() {
            for cell in self.row_at(row) {
                if let Some(column) = columns.get_mut(cell.issue as usize) {
                    column.push((speaker, cell.side));
                }
            }
        }
        let issues = self.frame.issues.iter().zip(columns);
        issues.filter(|(_, sides)| !sides.is_empty()).collect()
    }
}

fn counted(cells: &[Cell]) -> SideCounts {
    let mut counts = SideCounts::default();
    cells.iter().for_each(|cell| counts.count(cell.side));
    counts
}

/// A line for each issue: who is for it, against, neutral.
impl fmt::Display for StanceMatrix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (issue, sides) in self.by_issue() {
            let all = Side::ALL.iter().map(|&side| (Some(side), side.word()));
            let told = all.chain([(None, "unclear")]).filter_map(|(side, word)| {
                let list: Vec<EntityId> =
                    sides.iter().filter(|taken| taken.1 == side).map(|taken| taken.0).collect();
                (!list.is_empty()).then(|| format!("{word} {}", names(self.graph(), &list)))
            });
            writeln!(f, "{issue}: {}", told.collect::<Vec<_>>().join("; "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for StanceMatrix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StanceMatrix({} speakers, {} cells)", self.rows().len(), self.cells.len())
    }
}

#[derive(Serialize)]
struct Column<'a, 'g> {
    issue: &'a Issue<'g>,
    sides: IndexMap<&'g str, Option<Side>>,
}

impl Serialize for StanceMatrix<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keyed = |(speaker, side)| (entity_key(self.graph(), speaker), side);
        let columns = self.by_issue().into_iter();
        serializer.collect_seq(
            columns.map(|(issue, sides)| Column {
                issue,
                sides: sides.into_iter().map(keyed).collect(),
            }),
        )
    }
}
