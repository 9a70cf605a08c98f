//! Who takes which side on what, and how that changed: speakers by matters.

use crate::agreement::matter::{Issue, Key, Side};
use crate::agreement::side_taken::{SideCounts, SideTaken};
use crate::graph::ClaimGraph;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::day::Day;
use crate::model::value::stance::Bearing;
use crate::questions::statement::StatementQuery;
use crate::view::View;
use crate::view::finding::Findings;
use indexmap::IndexMap;
use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// One side taken by one claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Entry {
    speaker: u32,
    matter: u32,
    day: Day,
    side: Side,
    claim: ClaimId,
}

/// Where a speaker stands on a matter in the end: no side where he took several on his last day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) matter: u32,
    pub(crate) side: Option<Side>,
}

/// Speakers by matters: who is for it, who against, who neutral, in the end and before.
///
/// The speaker is the innermost one of each claim, whose stance it is; [`Side::of`] says which side a stance
/// takes. A claim with a statement of its own takes a side on that; one without (a dismissal, a confirmation)
/// on the statements of the claims it answers. The day of a side is that of the utterance, or else of the
/// report. What a speaker said last counts; if he took two sides on that day, none does.
///
/// Two claims are about the same matter if they have the same relation, parties, figure, roles and modality:
/// nothing is concluded from one statement to another, and time does not tell matters apart. For questions
/// answered with all that the graph implies, see [`View::stance_matrix_on`]; for coarser matters,
/// [`View::stance_matrix_by`].
///
/// Speakers and matters are in order of keys, the same in every graph with the same claims.
///
/// ```
/// use claimgraph::{agreement::Side, date, reporting::*, Claim, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// let [nk, russia, us] = ["nk", "russia", "us"].map(|key| graph.add(State, key).unwrap());
/// let sent = graph.insert(Claim::by(us).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 23)))?;
/// graph.insert(Claim::by(russia).dismisses(sent).reported(date(2024, 10, 24)))?;
/// graph.insert(Claim::by(russia).acknowledges(sent).reported(date(2025, 4, 26)))?;
/// let matrix = graph.view().stance_matrix();
/// let [matter] = matrix.matters()[..] else { panic!("one statement") };
/// assert_eq!(matter.to_string(), "nk deploys to russia");
/// let taken = matrix.stances(russia, matter);
/// let sides: Vec<Side> = taken.iter().map(|stance| stance.side()).collect();
/// assert_eq!((sides, matrix.side(russia, matter)), (vec![Side::Against, Side::For], Some(Side::For)));
/// assert_eq!(matrix.agreement(us, russia).same(), 1);
/// let before = matrix.within(date(2024, 1, 1)..=date(2024, 12, 31));
/// assert_eq!(before.agreement(us, russia).opposite(), 1);
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct StanceMatrix<'g> {
    pub(crate) view: View<'g>,
    pub(crate) speakers: Arc<Vec<EntityId>>,
    matters: Arc<Vec<Issue<'g>>>,
    rows: Arc<FxHashMap<EntityId, u32>>,
    columns: Arc<IndexMap<Key, u32, FxBuildHasher>>,
    /// In order of speaker, matter, day.
    entries: Vec<Entry>,
    /// In order of speaker and matter; those of a speaker lie between two of the starts.
    cells: Vec<Cell>,
    starts: Vec<usize>,
}

/// Gathers matters and entries before they are sorted.
struct Draft<'g> {
    view: View<'g>,
    matters: Vec<Issue<'g>>,
    columns: IndexMap<Key, u32, FxBuildHasher>,
    speakers: IndexMap<EntityId, u32, FxBuildHasher>,
    entries: Vec<Entry>,
}

/// Handles are counted in 32 bits, and so is what is made of them.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl<'g> Draft<'g> {
    fn new(view: &View<'g>) -> Self {
        let (matters, columns, speakers) = (Vec::new(), IndexMap::default(), IndexMap::default());
        Self { view: view.clone(), matters, columns, speakers, entries: Vec::new() }
    }

    fn column(&mut self, matter: Issue<'g>) -> u32 {
        match self.columns.get(&matter.key) {
            Some(&column) => column,
            None => {
                let column = number(self.matters.len());
                self.columns.insert(matter.key.clone(), column);
                self.matters.push(matter);
                column
            }
        }
    }

    fn enter(&mut self, matter: u32, claim: ClaimRef<'g>, side: Side) {
        let Some(speaker) = claim.speaker() else { return };
        let next = number(self.speakers.len());
        let speaker = *self.speakers.entry(speaker).or_insert(next);
        let day = claim.said().map_or(claim.reported_day(), Day::from);
        self.entries.push(Entry { speaker, matter, day, side, claim: claim.id() });
    }

    /// Numbers speakers and matters by their keys.
    fn settle(mut self) -> StanceMatrix<'g> {
        let graph = self.view.graph;
        let mut speakers: Vec<(EntityId, u32)> =
            self.speakers.iter().map(|(&id, &old)| (id, old)).collect();
        speakers.sort_by_key(|&(id, _)| graph.key_of(id));
        let mut order: Vec<u32> = (0..number(self.matters.len())).collect();
        let matter = |n: u32| self.matters.get(n as usize);
        order.sort_by(|&a, &b| {
            matter(a).zip(matter(b)).map_or(std::cmp::Ordering::Equal, |(a, b)| a.order(b))
        });
        let turned = |old: &mut dyn Iterator<Item = u32>| {
            let mut new = vec![0u32; self.speakers.len().max(self.matters.len())];
            for (place, old) in old.enumerate() {
                new.get_mut(old as usize).into_iter().for_each(|slot| *slot = number(place));
            }
            new
        };
        let rows = turned(&mut speakers.iter().map(|&(_, old)| old));
        let columns = turned(&mut order.iter().copied());
        let at = |new: &[u32], old: u32| new.get(old as usize).copied().unwrap_or(0);
        for entry in &mut self.entries {
            (entry.speaker, entry.matter) = (at(&rows, entry.speaker), at(&columns, entry.matter));
        }
        self.columns.values_mut().for_each(|column| *column = at(&columns, *column));
        let matters = order.iter().filter_map(|&old| matter(old).cloned()).collect();
        let speakers: Vec<EntityId> = speakers.into_iter().map(|(id, _)| id).collect();
        let rows = speakers.iter().enumerate().map(|(row, &id)| (id, number(row))).collect();
        self.entries.sort_unstable();
        let mut matrix = StanceMatrix {
            view: self.view,
            speakers: Arc::new(speakers),
            matters: Arc::new(matters),
            rows: Arc::new(rows),
            columns: Arc::new(self.columns),
            entries: self.entries,
            cells: Vec::new(),
            starts: Vec::new(),
        };
        matrix.index();
        matrix
    }
}

impl ClaimGraph {
    /// Who takes which side on which statement; see [`View::stance_matrix`].
    pub fn stance_matrix(&self) -> StanceMatrix<'_> {
        self.view().stance_matrix()
    }
}

impl<'g> View<'g> {
    /// Who takes which side on which statement. One pass over the claims of the view.
    pub fn stance_matrix(&self) -> StanceMatrix<'g> {
        self.matrix_of(|claim| self.matter(claim))
    }

    /// Who takes which side on which topic, which `topic` says for each statement: its subject, say. Nothing
    /// is said of a statement without one. A speaker's sides on a topic are those on all its statements, the
    /// last of them counts; use it for what is one matter in many words, and
    /// [`StanceMatrix::only`] to look at the statements of a topic one by one.
    ///
    /// ```
    /// use claimgraph::{agreement::Side, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [treaty, seoul, russia] = ["treaty", "seoul", "russia"].map(|key| graph.add(State, key).unwrap());
    /// graph.insert(Claim::by(seoul).denies(treaty, PROVIDES_AID_TO, russia).reported(date(2024, 10, 24)))?;
    /// let matrix = graph.view().stance_matrix_by(|claim| claim.subject_entity());
    /// assert_eq!(matrix.side(seoul, &matrix.matters()[0]), Some(Side::Against));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn stance_matrix_by(
        &self,
        topic: impl Fn(ClaimRef<'g>) -> Option<EntityId>,
    ) -> StanceMatrix<'g> {
        self.matrix_of(|claim| topic(claim).map(|topic| Issue::topic(self.graph, topic)))
    }

    fn matrix_of(&self, matter: impl Fn(ClaimRef<'g>) -> Option<Issue<'g>>) -> StanceMatrix<'g> {
        let mut draft = Draft::new(self);
        for claim in self.claims() {
            for (on, side) in self.sides(claim) {
                if let Some(matter) = matter(on) {
                    let column = draft.column(matter);
                    draft.enter(column, claim, side);
                }
            }
        }
        draft.settle()
    }

    /// Who takes which side on the statements asked about, with all that the graph implies: whoever backs
    /// one is for it, whoever contests it against, whoever doubts it neutral, as
    /// [`StatementQuery::positions`] finds them. The names are the caller's, one for each statement.
    ///
    /// ```
    /// use claimgraph::{agreement::Side, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let [nk, russia, us] = ["nk", "russia", "us"].map(|key| graph.add(State, key).unwrap());
    /// graph.insert(Claim::by(us).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 23)))?;
    /// let matrix = graph.view().stance_matrix_on([("presence", graph.statement(nk, PRESENT_IN, russia))]);
    /// assert_eq!(matrix.side(us, &matrix.matters()[0]), Some(Side::For));      // who deploys is present
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn stance_matrix_on<'a>(
        &self,
        statements: impl IntoIterator<Item = (&'a str, StatementQuery<'g>)>,
    ) -> StanceMatrix<'g> {
        let mut draft = Draft::new(self);
        for (name, inquiry) in statements {
            let column = draft.column(Issue::asked(self.graph, name));
            for position in
                inquiry.positions().iter().filter(|position| position.certain().is_yes())
            {
                let side = match position.bearing() {
                    Bearing::Supports | Bearing::Revises => Side::For,
                    Bearing::Contests => Side::Against,
                    Bearing::Questions => Side::Neutral,
                    Bearing::Withdraws => continue,
                };
                draft.enter(column, position.claim(), side);
            }
        }
        draft.settle()
    }
}

impl<'g> StanceMatrix<'g> {
    /// The cells from the entries.
    fn index(&mut self) {
        self.cells.clear();
        self.starts = vec![0; self.speakers.len() + 1];
        for entries in self.entries.chunk_by(|a, b| (a.speaker, a.matter) == (b.speaker, b.matter))
        {
            let Some(last) = entries.last() else { continue };
            let clear =
                entries.iter().rev().take_while(|e| e.day == last.day).all(|e| e.side == last.side);
            self.cells.push(Cell { matter: last.matter, side: clear.then_some(last.side) });
            let end = self.cells.len();
            self.starts
                .get_mut(last.speaker as usize + 1)
                .into_iter()
                .for_each(|start| *start = end);
        }
        let mut before = 0;
        for start in &mut self.starts {
            before = before.max(*start);
            *start = before;
        }
    }

    fn kept(&self, keep: impl Fn(&Entry) -> bool) -> Self {
        let entries = self.entries.iter().copied().filter(keep).collect();
        let mut matrix =
            Self { entries, cells: Vec::new(), starts: Vec::new(), ..self.clone_frame() };
        matrix.index();
        matrix
    }

    /// Everything but what was entered.
    fn clone_frame(&self) -> Self {
        Self {
            view: self.view.clone(),
            speakers: self.speakers.clone(),
            matters: self.matters.clone(),
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            entries: Vec::new(),
            cells: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Only the sides taken on these days, the first and the last included: the matrix of a decade. What was
    /// said last within them counts.
    #[must_use]
    pub fn within(&self, days: RangeInclusive<Date>) -> Self {
        let (first, last) = (Day::from(*days.start()), Day::from(*days.end()));
        self.kept(|entry| (first..=last).contains(&entry.day))
    }

    /// Only these matters: those of a topic.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&Issue<'g>) -> bool) -> Self {
        let wanted: Vec<bool> = self.matters.iter().map(wanted).collect();
        self.kept(|entry| wanted.get(entry.matter as usize).copied().unwrap_or(false))
    }

    /// Only what these speakers said.
    #[must_use]
    pub fn of_speakers(&self, speakers: &[EntityId]) -> Self {
        let rows: Vec<u32> =
            speakers.iter().filter_map(|speaker| self.rows.get(speaker).copied()).collect();
        self.kept(|entry| rows.contains(&entry.speaker))
    }

    pub(crate) fn each_day(&self, take: &mut dyn FnMut(Date)) {
        let mut last = None;
        for day in self.entries.iter().map(|entry| entry.day) {
            if last.replace(day) != Some(day) {
                take(day.date());
            }
        }
    }

    /// The first and the last day on which a side was taken.
    pub fn days(&self) -> Option<RangeInclusive<Date>> {
        let days = || self.entries.iter().map(|entry| entry.day);
        Some(days().min()?.date()..=days().max()?.date())
    }

    pub(crate) fn row(&self, speaker: EntityId) -> &[Cell] {
        self.rows.get(&speaker).map_or(&[], |&row| self.row_at(row as usize))
    }

    pub(crate) fn row_at(&self, row: usize) -> &[Cell] {
        let ends = self.starts.get(row).zip(self.starts.get(row + 1));
        ends.and_then(|(&from, &to)| self.cells.get(from..to)).unwrap_or_default()
    }

    pub(crate) fn matter_at(&self, matter: u32) -> Option<&Issue<'g>> {
        self.matters.get(matter as usize)
    }

    pub(crate) fn width(&self) -> usize {
        self.matters.len()
    }

    /// Who took any side, in order of keys.
    pub fn speakers(&self) -> Vec<EntityId> {
        let spoke = |row: &usize| !self.row_at(*row).is_empty();
        (0..self.speakers.len())
            .filter(spoke)
            .filter_map(|row| self.speakers.get(row).copied())
            .collect()
    }

    /// The matters on which any side was taken, in order of keys.
    pub fn matters(&self) -> Vec<&Issue<'g>> {
        let mut met = vec![false; self.matters.len()];
        for cell in &self.cells {
            met.get_mut(cell.matter as usize).into_iter().for_each(|met| *met = true);
        }
        self.matters.iter().zip(met).filter(|(_, met)| *met).map(|(matter, _)| matter).collect()
    }

    /// The matter of the claim's own statement.
    pub fn matter_of(&self, claim: ClaimId) -> Option<&Issue<'g>> {
        let matter = self.view.matter(ClaimRef::new(self.view.graph, claim)?)?;
        self.columns.get(&matter.key).and_then(|&column| self.matter_at(column))
    }

    /// How many sides were taken, earlier ones counted.
    pub fn stance_count(&self) -> usize {
        self.entries.len()
    }

    fn entries_of(&self, speaker: EntityId, matter: &Issue<'_>) -> &[Entry] {
        let (Some(&row), Some(&column)) = (self.rows.get(&speaker), self.columns.get(&matter.key))
        else {
            return &[];
        };
        let from = self.entries.partition_point(|e| (e.speaker, e.matter) < (row, column));
        let to = self.entries.partition_point(|e| (e.speaker, e.matter) <= (row, column));
        self.entries.get(from..to).unwrap_or_default()
    }

    /// Where the speaker stands in the end: the side of his last day, if it is one. The matter is one of
    /// this matrix or of one it was made from.
    pub fn side(&self, speaker: impl Into<EntityId>, matter: &Issue<'_>) -> Option<Side> {
        let &column = self.columns.get(&matter.key)?;
        let row = self.row(speaker.into());
        let place = row.binary_search_by_key(&column, |cell| cell.matter).ok()?;
        row.get(place)?.side
    }

    /// Every side that the speaker took on the matter, the earliest first.
    pub fn stances(
        &self,
        speaker: impl Into<EntityId>,
        matter: &Issue<'_>,
    ) -> Findings<'g, SideTaken<'g>> {
        let graph = self.view.graph;
        let taken = |e: &Entry| Some(SideTaken::new(ClaimRef::new(graph, e.claim)?, e.side, e.day));
        let mut found: Vec<SideTaken<'g>> =
            self.entries_of(speaker.into(), matter).iter().filter_map(taken).collect();
        graph.sort_findings(&mut found, |taken| taken.claim().id());
        found.sort_by_key(SideTaken::day);
        Findings::of(&self.view, found)
    }

    /// Where one speaker took different sides over time: the matters, in order of keys.
    pub fn changed(&self, speaker: impl Into<EntityId>) -> Vec<&Issue<'g>> {
        let Some(&row) = self.rows.get(&speaker.into()) else { return Vec::new() };
        let from = self.entries.partition_point(|e| e.speaker < row);
        let own =
            self.entries.get(from..).unwrap_or_default().iter().take_while(|e| e.speaker == row);
        let own: Vec<Entry> = own.copied().collect();
        let changed = own
            .chunk_by(|a, b| a.matter == b.matter)
            .filter(|c| c.iter().any(|e| Some(e.side) != c.first().map(|f| f.side)));
        changed.filter_map(|c| self.matter_at(c.first()?.matter)).collect()
    }

    /// How many matters the speaker is for, against and neutral on.
    pub fn tally(&self, speaker: impl Into<EntityId>) -> SideCounts {
        let mut counts = SideCounts::default();
        self.row(speaker.into()).iter().for_each(|cell| counts.count(cell.side));
        counts
    }

    /// The same of everybody together.
    pub fn totals(&self) -> SideCounts {
        let mut counts = SideCounts::default();
        self.cells.iter().for_each(|cell| counts.count(cell.side));
        counts
    }
}

/// A line for each matter: who is for it, against, neutral.
impl fmt::Display for StanceMatrix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut columns: Vec<[Vec<EntityId>; 4]> = vec![Default::default(); self.matters.len()];
        for (row, &speaker) in self.speakers.iter().enumerate() {
            for cell in self.row_at(row) {
                let list = columns.get_mut(cell.matter as usize);
                let list = list.and_then(|lists| lists.get_mut(cell.side.map_or(3, Side::place)));
                list.into_iter().for_each(|list| list.push(speaker));
            }
        }
        for (matter, lists) in
            self.matters.iter().zip(&columns).filter(|(_, l)| l.iter().any(|l| !l.is_empty()))
        {
            write!(f, "{matter}: ")?;
            let words = ["for", "against", "neutral", "unclear"];
            let told =
                lists.iter().zip(words).filter(|(list, _)| !list.is_empty()).map(|(list, word)| {
                    let names: Vec<&str> =
                        list.iter().map(|&speaker| self.view.graph.name_of(speaker)).collect();
                    format!("{word} {}", names.join(", "))
                });
            writeln!(f, "{}", told.collect::<Vec<_>>().join("; "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for StanceMatrix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StanceMatrix({} speakers, {} cells)", self.speakers.len(), self.cells.len())
    }
}
