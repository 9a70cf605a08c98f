//! The change between two views: as of two days, with and without a source, or of two graphs.

pub(crate) mod affected_claims;
pub(crate) mod claim_matching;
pub(crate) mod record;
pub(crate) mod shift;
pub(crate) mod standing;

pub use crate::change::record::{CHANGE_FORMAT_VERSION, ChangeRecord};
pub use crate::change::shift::Shift;

use crate::change::affected_claims::Touched;
use crate::change::claim_matching::Pairing;
use crate::graph::claim_key::ClaimKey;
use crate::graph::claim_ref::ClaimRef;
use crate::model::id::ClaimId;
use crate::model::value::answer::Answer;
use crate::model::value::stance::Stance;
use crate::questions::contest::surest;
use crate::questions::response::Response;
use crate::questions::revision::Revision;
use crate::questions::statement::StatementQuery;
use crate::questions::statement::summary::StatementSummary;
use crate::questions::statement::support::Stances;
use crate::view::View;
use crate::view::finding::{Findings, counted};
use indexmap::IndexMap;
use std::fmt;
use std::sync::Arc;
use std::sync::OnceLock;

/// The difference between two views: the claims that were added and removed, and the effects on other claims.
///
/// [`View::change_to`] makes it. Added and removed claims are found at once. The effects are found on request, from
/// the claims that the added and removed ones can affect. In two graphs, claims with the same [`ClaimKey`] are the
/// same. Print it as text, serialize it as JSON (`docs/CHANGES.md`), and read that back as a [`ChangeRecord`].
#[derive(Clone, Debug)]
pub struct Change<'g> {
    before: View<'g>,
    after: View<'g>,
    pairing: Pairing,
    questions: Vec<(String, [StatementQuery<'g>; 2])>,
    /// The reach in the earlier graph. If there are two graphs, that in the later one comes with it.
    touched: [OnceLock<(Touched<'g>, Option<Touched<'g>>)>; 2],
}

impl<'g> View<'g> {
    /// Returns the change from this view to another one.
    ///
    /// If two views of one graph differ only in their day, the claims reported in between are found without a look at
    /// the rest. The first such question makes an index by report day. Other views are read once.
    ///
    /// ```
    /// use claimgraph::{claim::Quote, date, reporting::*, Answer, Claim, ClaimGraph, Entity};
    /// let mut graph = ClaimGraph::new();
    /// let nk = graph.add(State, Entity::new("nk").named("North Korea"))?;
    /// let russia = graph.add(State, Entity::new("russia").named("Russia"))?;
    /// let seoul = graph.add(State, Entity::new("sk").named("Seoul"))?;
    /// let sent = graph.insert(Claim::by(seoul).asserts(nk, DEPLOYS_TO, russia).reported(date(2024, 10, 24)))?;
    /// graph.insert(Claim::by(russia).dismisses(sent).quote(Quote::fragment("fake news")).reported(date(2024, 10, 25)))?;
    ///
    /// let (monday, friday) = (graph.view().as_of(date(2024, 10, 24)), graph.view().as_of(date(2024, 10, 25)));
    /// let change = monday.change_to(&friday)
    ///     .asking("Is North Korea present in Russia?", |view| view.statement(nk, PRESENT_IN, russia));
    /// assert_eq!((change.added().len(), change.removed().len()), (1, 0));
    /// assert_eq!(change.contested().claims(), [sent]);
    /// let answers = change.answers();
    /// assert_eq!((answers[0].before().contested, answers[0].after().contested), (Answer::No, Answer::Yes));
    /// assert_eq!(change.apply(monday.claim_keys()), friday.claim_keys());
    /// assert!(friday.change_to(&friday).is_empty());
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn change_to(&self, after: &View<'g>) -> Change<'g> {
        let pairing = self.paired_with(after);
        Change {
            before: self.clone(),
            after: after.clone(),
            pairing,
            questions: Vec::new(),
            touched: Default::default(),
        }
    }
}

impl<'g> Change<'g> {
    /// Returns the earlier view.
    pub fn before(&self) -> &View<'g> {
        &self.before
    }

    /// Returns the later view.
    pub fn after(&self) -> &View<'g> {
        &self.after
    }

    /// Returns whether no claim was added or removed.
    pub fn is_empty(&self) -> bool {
        self.pairing.added.is_empty() && self.pairing.removed.is_empty()
    }

    /// Returns the claims that only the later view has, in order of insertion. They belong to the later graph.
    pub fn added(&self) -> impl ExactSizeIterator<Item = ClaimRef<'g>> {
        self.after.graph.keyed(&self.pairing.added).into_iter()
    }

    /// Returns the claims that only the earlier view has, in order of insertion. They belong to the earlier graph.
    pub fn removed(&self) -> impl ExactSizeIterator<Item = ClaimRef<'g>> {
        self.before.graph.keyed(&self.pairing.removed).into_iter()
    }

    /// Applies the change to the keys of the claims of the earlier view, and returns those of the later one, sorted.
    /// Duplicate keys are kept.
    pub fn apply(&self, keys: impl IntoIterator<Item = ClaimKey>) -> Vec<ClaimKey> {
        let key = |claim: ClaimRef<'_>| claim.graph().claim_key(claim.id()).ok();
        let mut gone: Vec<ClaimKey> = self.removed().filter_map(key).collect();
        gone.sort_unstable();
        let mut keys: Vec<ClaimKey> = keys.into_iter().collect();
        keys.sort_unstable();
        let mut gone = gone.into_iter().peekable();
        keys.retain(|key| {
            while gone.next_if(|removed| removed < key).is_some() {}
            gone.next_if_eq(key).is_none()
        });
        keys.extend(self.added().filter_map(key));
        keys.sort_unstable();
        keys
    }

    /// Returns the reach of the change, with or without the topics.
    fn touched(&self, topics: bool) -> (&Touched<'g>, &Touched<'g>) {
        let [claims_only, whole] = &self.touched;
        let kept = if topics { whole } else { claims_only };
        let (before, after) = kept.get_or_init(|| match self.pairing.is_of_one_graph() {
            true => {
                let changed = self.pairing.removed.iter().chain(&self.pairing.added).copied();
                (Touched::by_claims([&self.before, &self.after], changed, topics), None)
            }
            // Affiliations, names and lineage of two graphs may all differ, so all claims are visited.
            false => (Touched::all(&self.before), Some(Touched::all(&self.after))),
        });
        (before, after.as_ref().unwrap_or(before))
    }

    /// Returns the claims that are contested in one of the views and not in the other, or more surely in one. Newly
    /// contested claims are [`is_new`](Shift::is_new). A claim that is in one view only is not contested in the
    /// other.
    pub fn contested(&self) -> Findings<'g, Shift<'g, Answer>> {
        let (before, after) = self.touched(false);
        let was = self.before.contested_among(&before.claims);
        let now = self.after.contested_among(&after.claims);
        let shift = |([earlier, later], contests): Matched<'g, Arc<[Response<'g>]>>| {
            let by = contests.map(Option::unwrap_or_default);
            let [before, after] = by.each_ref().map(|contests| surest(contests));
            let claim = later.or(earlier).filter(|_| before != after)?;
            Some(Shift { of: claim, speaker: None, before, after, by })
        };
        self.sorted(self.matched(was, now).into_iter().filter_map(shift), Shift::claim)
    }

    /// Returns the claims that stand on more than one independent source in one of the views only. Newly corroborated
    /// claims are [`is_new`](Shift::is_new). Their speakers are committed to them, and other speakers say the same,
    /// whatever its roles, figure and time.
    pub fn corroborated(&self) -> Findings<'g, Shift<'g, usize>> {
        let (before, after) = self.touched(true);
        let was = self.before.corroborated_among(&before.topics);
        let now = self.after.corroborated_among(&after.topics);
        let [mut in_earlier, mut in_later] = [&self.before, &self.after].map(Sources::of);
        let shift = |([earlier, later], sources): Matched<'g, (usize, ClaimRef<'g>)>| {
            let [was, now] = sources;
            if was.is_some() && now.is_some() {
                return None;
            }
            let (before, by_before) = in_earlier.of_claim(earlier, was);
            let (after, by) = in_later.of_claim(later, now);
            let (claim, by) = (later.or(earlier)?, [by_before, by]);
            Some(Shift { of: claim, speaker: None, before, after, by })
        };
        self.sorted(self.matched(was, now).into_iter().filter_map(shift), Shift::claim)
    }

    /// Returns the claims of either list, in the earlier and in the later graph, with the values of the lists.
    fn matched<V>(
        &self,
        mut was: IndexMap<ClaimId, V>,
        now: IndexMap<ClaimId, V>,
    ) -> Vec<Matched<'g, V>> {
        let claims = |earlier: Option<ClaimId>, later: Option<ClaimId>| {
            let earlier = earlier.and_then(|id| ClaimRef::new(self.before.graph, id));
            [earlier, later.and_then(|id| ClaimRef::new(self.after.graph, id))]
        };
        let mut found = Vec::new();
        for (id, after) in now {
            let earlier = self.pairing.earlier(id);
            let before = earlier.and_then(|id| was.swap_remove(&id));
            found.push((claims(earlier, Some(id)), [before, Some(after)]));
        }
        let gone = |(id, before)| (claims(Some(id), self.pairing.later(id)), [Some(before), None]);
        found.extend(was.into_iter().map(gone));
        found
    }

    /// Returns the speakers whose latest stance on a topic differs between the two views. Topics that occur in only one
    /// view are ignored. A speaker that repeats its stance is not listed.
    pub fn positions(&self) -> Findings<'g, Shift<'g, Stances>> {
        let (before, after) = self.touched(true);
        let (was, now) = (self.before.standing_on(before), self.after.standing_on(after));
        let both = now.iter().filter_map(|(topic, stand)| Some((stand, was.get(topic)?)));
        let mut found: Vec<Shift<'g, Stances>> =
            both.flat_map(|(stand, before)| stand.shifts_since(before)).collect();
        found.sort_by_key(|shift| shift.of.graph().keyed_entity(shift.speaker));
        self.sorted(found, Shift::claim)
    }

    /// Returns the revisions that were added, with direction and factor. For those that were removed, ask the change
    /// in the other direction.
    pub fn revisions(&self) -> Findings<'g, Revision<'g>> {
        let found = self.added().flat_map(|claim| self.after.revisions_by(claim));
        self.sorted(found, Revision::claim)
    }

    /// Returns the retractions that were added. Their targets are the claims they take back.
    pub fn retractions(&self) -> Findings<'g, ClaimRef<'g>> {
        let retractions = self.added().filter(|claim| claim.stance() == Stance::Retracts);
        self.sorted(retractions, |&claim| claim)
    }

    /// Returns findings in order, claims of the later graph first.
    fn sorted<T>(
        &self,
        found: impl IntoIterator<Item = T>,
        claim: impl Fn(&T) -> ClaimRef<'g>,
    ) -> Findings<'g, T> {
        let (mut later, mut earlier): (Vec<T>, Vec<T>) =
            found.into_iter().partition(|item| std::ptr::eq(claim(item).graph(), self.after.graph));
        self.after.graph.sort_findings(&mut later, |item| claim(item).id());
        self.before.graph.sort_findings(&mut earlier, |item| claim(item).id());
        later.extend(earlier);
        Findings::of(&self.after, later)
    }

    /// Adds a question that is asked of both views. If its answer changed, [`answers`](Self::answers) returns it.
    /// Between two graphs, look entities up in the graph of the view that is asked.
    #[must_use]
    pub fn asking(
        mut self,
        question: impl Into<String>,
        ask: impl Fn(&View<'g>) -> StatementQuery<'g>,
    ) -> Self {
        self.questions.push((question.into(), [ask(&self.before), ask(&self.after)]));
        self
    }

    /// Returns the questions whose answers changed, in the order in which they were asked.
    pub fn answers(&self) -> Vec<Shift<'g, StatementSummary, String>> {
        let shift = |(question, asked): &(String, [StatementQuery<'g>; 2])| {
            let [before, after] = asked.each_ref().map(StatementQuery::summary);
            (before != after).then(|| {
                let by = asked.each_ref().map(|asked| asked.responses().items.into());
                Shift { of: question.clone(), speaker: None, before, after, by }
            })
        };
        self.questions.iter().filter_map(shift).collect()
    }
}

/// A claim in the earlier and in the later graph, with a value in the earlier and in the later view.
type Matched<'g, V> = ([Option<ClaimRef<'g>>; 2], [Option<V>; 2]);

/// The independent sources of claims in a view. The claims that back a proposition are kept by the first claim that
/// states it.
struct Sources<'v, 'g> {
    view: &'v View<'g>,
    backing: IndexMap<ClaimId, Arc<[Response<'g>]>>,
}

impl<'v, 'g> Sources<'v, 'g> {
    fn of(view: &'v View<'g>) -> Self {
        Self { view, backing: IndexMap::new() }
    }

    /// Returns the number of sources. If `known` has a number and the first claim that states the same, the claims that
    /// back it come with it.
    fn of_claim(
        &mut self,
        claim: Option<ClaimRef<'g>>,
        known: Option<(usize, ClaimRef<'g>)>,
    ) -> (usize, Arc<[Response<'g>]>) {
        let Some(claim) = claim else { return (0, Arc::default()) };
        let Some((count, first)) = known else {
            return (self.view.sources_of(claim), Arc::default());
        };
        let all = self.backing.entry(first.id());
        (count, all.or_insert_with(|| self.view.backing_of(first).into()).clone())
    }
}

/// A text for people: added and removed claims, and the effects, a line each.
impl fmt::Display for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [added, removed] = [&self.pairing.added, &self.pairing.removed]
            .map(|claims| counted(claims.len(), "claim"));
        writeln!(f, "{added} added, {removed} removed")?;
        for claim in &self.sorted(self.added(), |&claim| claim) {
            writeln!(f, "+ {claim}")?;
        }
        for claim in &self.sorted(self.removed(), |&claim| claim) {
            writeln!(f, "- {claim}")?;
        }
        let contested = self.contested();
        let now = |surely: bool| {
            let new = contested.iter().filter(|shift| shift.before().is_no());
            new.filter(move |shift| shift.after().is_yes() == surely)
        };
        section(f, "newly contested", now(true))?;
        section(f, "perhaps newly contested", now(false))?;
        let other =
            |shift: &&Shift<'_, Answer>| !shift.before().is_no() && shift.after().is_possible();
        section(f, "contested more or less surely", contested.iter().filter(other))?;
        section(f, "no longer contested", contested.iter().filter(|shift| shift.is_over()))?;
        let corroborated = self.corroborated();
        section(f, "newly corroborated", corroborated.iter().filter(|shift| shift.is_new()))?;
        section(f, "no longer corroborated", corroborated.iter().filter(|shift| !shift.is_new()))?;
        section(f, "figures revised", self.revisions().iter())?;
        section(f, "taken back", self.retractions().iter())?;
        section(f, "positions that changed", self.positions().iter())?;
        section(f, "answers that changed", self.answers().iter())
    }
}

fn section<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    items: impl Iterator<Item = T>,
) -> fmt::Result {
    for (place, item) in items.enumerate() {
        if place == 0 {
            writeln!(f, "{title}:")?;
        }
        writeln!(f, "  {item}")?;
    }
    Ok(())
}
