//! Makes stance matrices: claims of a view go in, a [`StanceMatrix`] comes out.

use crate::issue::{Issue, Key};
use crate::keys::entity_key;
use crate::matrix::{Entry, Frame, StanceMatrix, number};
use crate::side::Side;
use claimgraph::claim::{Basis, Bearing};
use claimgraph::questions::Content;
use claimgraph::{ClaimRef, EntityId, StatementQuery, View};
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// Returns the sides that speakers take on statements, in one pass over the claims of the view. See [`StanceMatrix`]
/// for the rules.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{stance_matrix, Side};
/// let mut graph = ClaimGraph::new();
/// let [nk, russia, ally, us] = ["nk", "russia", "ally", "us"].map(|key| graph.add(State, key).unwrap());
/// let day = date(2024, 10, 24);
/// let denial = graph.insert(Claim::by(russia).denies(nk, DEPLOYS_TO, russia).reported(day))?;
/// graph.insert(Claim::by(ally).confirms(denial).reported(day))?;
/// graph.insert(Claim::by(us).dismisses(denial).reported(day))?;
/// let matrix = stance_matrix(&graph.view());
/// let side = |speaker| matrix.side(speaker, matrix.issues()[0]);
/// assert_eq!([side(russia), side(ally)], [Some(Side::Against); 2]); // to support a denial is to be against
/// assert_eq!(side(us), None);                                       // to dismiss one says nothing of the fact
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn stance_matrix<'g>(view: &View<'g>) -> StanceMatrix<'g> {
    let mut draft = Draft::new(view);
    for claim in view.claims() {
        each_side(view, claim, |_, content, side| {
            let column = draft.column(Issue::statement(view.graph(), content));
            draft.enter(column, claim, side);
        });
    }
    draft.settle()
}

/// Returns the sides that speakers take on topics. `topic` returns the topic of a claim's statement, such as its
/// subject; a statement without a topic is left out. A speaker's sides on a topic are its sides on all statements of
/// the topic, and the last of them counts. Use it for an issue that is put in many words.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{stance_matrix_by, Side};
/// let mut graph = ClaimGraph::new();
/// let [treaty, seoul, russia] = ["treaty", "seoul", "russia"].map(|key| graph.add(State, key).unwrap());
/// graph.insert(Claim::by(seoul).denies(treaty, PROVIDES_AID_TO, russia).reported(date(2024, 10, 24)))?;
/// let matrix = stance_matrix_by(&graph.view(), |claim| claim.subject_entity());
/// assert_eq!(matrix.side(seoul, matrix.issues()[0]), Some(Side::Against));
/// assert_eq!(serde_json::to_string(matrix.issues()[0]).unwrap(), r#"{"topic":"treaty"}"#);
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn stance_matrix_by<'g>(
    view: &View<'g>,
    topic: impl Fn(ClaimRef<'g>) -> Option<EntityId>,
) -> StanceMatrix<'g> {
    let mut draft = Draft::new(view);
    for claim in view.claims() {
        each_side(view, claim, |on, _, side| {
            if let Some(topic) = topic(on) {
                let column = draft.column(Issue::topic(view.graph(), topic));
                draft.enter(column, claim, side);
            }
        });
    }
    draft.settle()
}

/// Returns the sides that speakers take on the given statements, with all that the graph implies. By
/// [`StatementQuery::responses`], a speaker that backs a statement is for it, a speaker that contests it is against it,
/// and a speaker that doubts it is neutral. Each statement has a name of the caller's.
///
/// ```
/// use claimgraph::{date, reporting::*, Claim, ClaimGraph};
/// use claimgraph_analysis::{stance_matrix_on, Side};
/// let mut graph = ClaimGraph::new();
/// let [nk, russia, us] = ["nk", "russia", "us"].map(|key| graph.add(State, key).unwrap());
/// graph.insert(Claim::by(us).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 23)))?;
/// let matrix = stance_matrix_on(&graph.view(), [("presence", graph.statement(nk, PRESENT_IN, russia))]);
/// assert_eq!(matrix.side(us, matrix.issues()[0]), Some(Side::For));      // who deploys is present
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn stance_matrix_on<'a, 'g>(
    view: &View<'g>,
    statements: impl IntoIterator<Item = (&'a str, StatementQuery<'g>)>,
) -> StanceMatrix<'g> {
    let mut draft = Draft::new(view);
    for (name, query) in statements {
        let column = draft.column(Issue::asked(view.graph(), name));
        for position in query.responses().iter().filter(|position| position.certain().is_yes()) {
            let side = match position.bearing() {
                Bearing::Supports | Bearing::Revises => Side::For,
                Bearing::Contests => Side::Against,
                Bearing::Questions => Side::Neutral,
                _ => continue,
            };
            draft.enter(column, position.claim(), side);
        }
    }
    draft.settle()
}

/// Finds the claims whose statements a claim takes a side on: itself, or, if it makes no statement, the claims
/// it answers. Possible readings do not count, and a dismissal of a denial takes no side on the fact.
fn each_side<'g>(
    view: &View<'g>,
    claim: ClaimRef<'g>,
    mut take: impl FnMut(ClaimRef<'g>, Content<'g>, Side),
) {
    let Some(side) = Side::of(claim) else { return };
    if let Some(content) = view.content_of(claim) {
        return take(claim, content, side);
    }
    for (target, _) in claim.targets().filter(|(_, basis)| *basis != Basis::Possible) {
        let Ok(target) = claim.graph().claim(target) else { continue };
        let side = match (side, Side::of(target)) {
            (_, None) | (Side::Against, Some(Side::Against | Side::Neutral)) => continue,
            (Side::Neutral, _) | (Side::For, Some(Side::Neutral)) => Side::Neutral,
            (Side::For, Some(theirs)) => theirs,
            (Side::Against, Some(Side::For)) => Side::Against,
        };
        if let Some(content) = view.content_of(target) {
            take(target, content, side);
        }
    }
}

/// Issues and entries before they are sorted.
struct Draft<'g> {
    view: View<'g>,
    issues: Vec<Issue<'g>>,
    columns: IndexMap<Key<'g>, u32>,
    speakers: IndexMap<EntityId, u32, FxBuildHasher>,
    entries: Vec<Entry>,
}

impl<'g> Draft<'g> {
    fn new(view: &View<'g>) -> Self {
        let (issues, columns, speakers) = (Vec::new(), IndexMap::default(), IndexMap::default());
        Self { view: view.clone(), issues, columns, speakers, entries: Vec::new() }
    }

    fn column(&mut self, issue: Issue<'g>) -> u32 {
        if let Some(&column) = self.columns.get(&issue.key) {
            return column;
        }
        let column = number(self.issues.len());
        self.columns.insert(issue.key.clone(), column);
        self.issues.push(issue);
        column
    }

    fn enter(&mut self, issue: u32, claim: ClaimRef<'g>, side: Side) {
        let Some(speaker) = claim.speaker() else { return };
        let next = number(self.speakers.len());
        let speaker = *self.speakers.entry(speaker).or_insert(next);
        let said = claim.said().and_then(|said| said.start_earliest().or(said.end_latest()));
        let day = said.unwrap_or(claim.reported());
        self.entries.push(Entry { speaker, issue, day, side, claim: claim.id() });
    }

    /// Numbers speakers and issues by their keys.
    fn settle(mut self) -> StanceMatrix<'g> {
        let graph = self.view.graph();
        let mut speakers: Vec<(EntityId, u32)> =
            self.speakers.iter().map(|(&id, &old)| (id, old)).collect();
        speakers.sort_by_key(|&(id, _)| entity_key(graph, id));
        let mut order: Vec<u32> = (0..number(self.issues.len())).collect();
        let issue = |n: u32| self.issues.get(n as usize);
        order.sort_by_cached_key(|&n| issue(n).map(Issue::sort_key));
        let rows = turned(speakers.iter().map(|&(_, old)| old));
        let columns = turned(order.iter().copied());
        let at = |new: &[u32], old: u32| new.get(old as usize).copied().unwrap_or(0);
        for entry in &mut self.entries {
            (entry.speaker, entry.issue) = (at(&rows, entry.speaker), at(&columns, entry.issue));
        }
        self.columns.values_mut().for_each(|column| *column = at(&columns, *column));
        let issues = order.iter().filter_map(|&old| issue(old).cloned()).collect();
        let speakers: Vec<EntityId> = speakers.into_iter().map(|(id, _)| id).collect();
        let rows: FxHashMap<EntityId, u32> =
            speakers.iter().enumerate().map(|(row, &id)| (id, number(row))).collect();
        self.entries.sort_unstable();
        let frame = Frame { view: self.view, speakers, issues, rows, columns: self.columns };
        StanceMatrix::of(frame.into(), self.entries)
    }
}

/// Returns the new number of each old one, given the old ones in their new order.
fn turned(old: impl ExactSizeIterator<Item = u32>) -> Vec<u32> {
    let mut new = vec![0u32; old.len()];
    for (place, old) in old.enumerate() {
        if let Some(slot) = new.get_mut(old as usize) {
            *slot = number(place);
        }
    }
    new
}
