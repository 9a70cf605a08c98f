//! The claims for and against a claim, a statement or a part of one. Every question about that has the same type of
//! answer. [`StatementQuery`](crate::StatementQuery) and [`View`](crate::View) make them.

use crate::graph::claim_ref::ClaimRef;
use crate::model::id::{ClaimId, EntityId};
use crate::model::time::day::Day;
use crate::model::time::window::Window;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Bearing, Stance};
use crate::model::vocabulary::base::EVIDENCE_FOR;
use crate::questions::contest_kind::ContestKind;
use crate::questions::entailment::Entailed;
use crate::questions::voice::Voice;
use crate::questions::watch::development::Effect;
use crate::view::finding::Finding;
use crate::view::json::{json_form, some};
use crate::view::proof::{Proof, Step};
use crate::view::steps::Steps;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use std::fmt;
use std::sync::Arc;

/// A claim that bears on what was asked about: it supports it, opposes it, or does something else to it.
#[derive(Clone, Debug)]
pub struct Response<'g> {
    claim: ClaimRef<'g>,
    bearing: Bearing,
    kind: Option<ContestKind>,
    certain: Answer,
    in_time: Answer,
    superseded: bool,
    via: Vec<(ClaimId, Answer)>,
    steps: Steps,
    /// Claims that it confirms and rests on: claims that are not in the view, and those that oppose.
    confirmed: Vec<ClaimId>,
    asked: Asked<'g>,
}

/// Responses by their claims.
pub(crate) type Responses<'g> = IndexMap<ClaimId, Response<'g>, FxBuildHasher>;

/// The target of a response.
#[derive(Clone, Debug)]
enum Asked<'g> {
    Claim(ClaimId),
    /// A statement or a part of it. If the response is to the claims that back the statement, they come with it.
    Statement(Option<Arc<[Response<'g>]>>),
    /// Something demanded, threatened or forecast, or a condition of it.
    Announcement(Effect),
}

impl<'g> Response<'g> {
    /// Returns a claim that backs a statement. If it confirms another claim as a whole, it backs the statement
    /// through that one.
    pub(crate) fn backing(claim: ClaimRef<'g>, via: Option<ClaimId>, steps: Steps) -> Self {
        let via = via.into_iter().map(|id| (id, Answer::Yes)).collect();
        Self {
            claim,
            bearing: Bearing::Supports,
            kind: None,
            certain: Answer::Yes,
            in_time: Answer::Yes,
            superseded: false,
            via,
            steps,
            confirmed: Vec::new(),
            asked: Asked::Statement(None),
        }
    }

    /// Returns a claim against a statement or a part of it, by what it says.
    pub(crate) fn against(claim: ClaimRef<'g>, kind: ContestKind, steps: Steps) -> Self {
        let bearing = match kind {
            ContestKind::Doubted => Bearing::Questions,
            _ => Bearing::Contests,
        };
        Self { bearing, kind: Some(kind), ..Self::backing(claim, None, steps) }
    }

    /// Returns the response of an answer that does not oppose the claim; `None` if its stance has no bearing on it.
    pub(crate) fn answer(claim: ClaimRef<'g>, to: ClaimId) -> Option<Self> {
        let bearing = claim.stance().bearing()?;
        let certain = claim.responds_to(to);
        let (via, asked) = (vec![(to, certain)], Asked::Claim(to));
        Some(Self { bearing, certain, via, asked, ..Self::backing(claim, None, Steps::default()) })
    }

    /// Returns the response of one who opposes the claim in answer to it, in this way.
    pub(crate) fn opposing(voice: &Voice<'g>, kind: ContestKind, to: ClaimId) -> Self {
        let certain = voice.responds_to(to);
        let (via, asked) = (vec![(to, certain)], Asked::Claim(to));
        Self { certain, via, asked, ..Self::of_voice(voice, kind, Steps::default()) }
    }

    fn of_voice(voice: &Voice<'g>, kind: ContestKind, steps: Steps) -> Self {
        let confirmed = [voice.of.id()].into_iter().filter(|&id| id != voice.claim.id()).collect();
        Self { confirmed, ..Self::against(voice.claim, kind, steps) }
    }

    /// Returns a later claim that has this effect on something demanded, threatened or forecast.
    pub(crate) fn later(
        claim: ClaimRef<'g>,
        effect: Effect,
        certain: Answer,
        steps: Steps,
    ) -> Self {
        let bearing = match effect {
            Effect::Meets | Effect::MeetsLate => Bearing::Supports,
            Effect::Breaks => Bearing::Contests,
            Effect::Postpones => Bearing::Revises,
            Effect::BearsOn => claim.stance().bearing().unwrap_or(Bearing::Questions),
        };
        let (kind, asked) = (ContestKind::of(claim), Asked::Announcement(effect));
        Self { bearing, kind, certain, asked, ..Self::backing(claim, None, steps) }
    }

    /// Returns the response to a claim, not to a statement.
    pub(crate) fn responding_to(self, to: ClaimId) -> Self {
        Self { asked: Asked::Claim(to), ..self }
    }

    /// Says whether what the claim says is of the time that was asked about.
    pub(crate) fn at(self, in_time: Answer) -> Self {
        Self { in_time, certain: self.certain.and(in_time), ..self }
    }

    /// Returns a claim that backs a statement because it entails it.
    pub(crate) fn entailing(claim: ClaimRef<'g>, entailed: Entailed) -> Self {
        let Entailed { in_time, superseded, steps } = entailed;
        Self { superseded, ..Self::backing(claim, None, steps).at(in_time) }
    }

    /// Returns a claim that backs a statement because it confirms a claim that does.
    /// `gone` says that that claim is not in the view.
    pub(crate) fn confirming(claim: ClaimRef<'g>, of: &Self, gone: bool) -> Self {
        let backing = Self::backing(claim, Some(of.claim.id()), of.steps.clone());
        let confirmed = gone.then(|| of.claim.id()).into_iter().collect();
        Self { confirmed, ..backing.at(of.in_time) }
    }

    /// Returns the claim through which it backs a statement; `None` if it does so by its own content.
    pub(crate) fn confirms(&self) -> Option<ClaimId> {
        self.via.first().map(|(claim, _)| *claim)
    }

    /// Says that it confirms these claims, which are not in the view.
    pub(crate) fn confirm_gone(&mut self, gone: Vec<ClaimId>) {
        self.confirmed = gone;
    }

    /// Returns the same, superseded if its own speaker revised it.
    pub(crate) fn superseded_if(self, superseded: bool) -> Self {
        Self { superseded: self.superseded || superseded, ..self }
    }

    /// Returns a claim against a statement, because it denies what that entails.
    pub(crate) fn against_by(voice: &Voice<'g>, kind: ContestKind, entailed: Entailed) -> Self {
        let Entailed { in_time, superseded, steps } = entailed;
        Self { superseded, ..Self::of_voice(voice, kind, steps).at(in_time) }
    }

    /// Returns a claim against a denial, because it entails what that denies.
    pub(crate) fn against_denial(claim: ClaimRef<'g>, entailed: Entailed) -> Self {
        let Entailed { in_time, superseded, steps } = entailed;
        let kind = ContestKind::FactAsserted;
        Self { superseded, ..Self::against(claim, kind, steps).at(in_time) }
    }

    /// Returns a claim that is against a statement only because it answers claims that back it.
    pub(crate) fn against_backing(voice: &Voice<'g>, kind: ContestKind) -> Self {
        Self::of_voice(voice, kind, Steps::default()).at(Answer::No)
    }

    /// Adds a claim that backs the statement and that this one dismisses, doubts or denies.
    pub(crate) fn through(
        &mut self,
        voice: &Voice<'g>,
        backing: &Response<'g>,
        all: &Arc<[Response<'g>]>,
    ) {
        let answers = voice.responds_to(backing.claim.id());
        self.certain = self.certain.max(answers.and(backing.in_time));
        self.in_time = self.in_time.max(backing.in_time);
        self.via.push((backing.claim.id(), answers));
        self.asked = Asked::Statement(Some(all.clone()));
    }

    /// Makes a response surer, because what it says bears on the claim too, in this time and by these steps.
    pub(crate) fn also(&mut self, entailed: Entailed) {
        (self.certain, self.steps) = (self.certain.max(entailed.in_time), entailed.steps);
    }

    /// Returns the claim.
    pub fn claim(&self) -> ClaimRef<'g> {
        self.claim
    }

    /// Returns the speaker of the claim; `None` if it is not named.
    pub fn speaker(&self) -> Option<EntityId> {
        self.claim.speaker()
    }

    /// Returns the stance of the claim.
    pub fn stance(&self) -> Stance {
        self.claim.stance()
    }

    /// Returns the bearing of the claim on what was asked about: it supports, contests or questions it.
    pub fn bearing(&self) -> Bearing {
        self.bearing
    }

    /// Returns how the claim opposes it; `None` if it does not.
    pub fn kind(&self) -> Option<ContestKind> {
        self.kind
    }

    /// Returns the effect of the claim on what was demanded, threatened or forecast; `None` if the question was
    /// about anything else.
    pub fn effect(&self) -> Option<Effect> {
        match self.asked {
            Asked::Announcement(effect) => Some(effect),
            _ => None,
        }
    }

    /// Returns the same steps, to be shared with another response.
    pub(crate) fn steps_shared(&self) -> Steps {
        self.steps.clone()
    }

    /// Returns whether the claim says that what was announced happened, in time or late.
    pub(crate) fn meets(&self) -> bool {
        matches!(self.effect(), Some(Effect::Meets | Effect::MeetsLate))
    }

    /// Returns `Yes` if the claim certainly bears on what was asked. It is `Unknown` if the claim does so in one
    /// reading of the text only, or is only possibly of the time that was asked about. An effect on an announcement is `Unknown` too if the claim leaves open the day, a
    /// figure or a role, is only held possible, was reported the same day, or denies before the time is over.
    pub fn certain(&self) -> Answer {
        self.certain
    }

    /// Returns whether what the claim says is of the time that was asked about: `Yes` certainly, `Unknown` possibly. If
    /// no time was asked about, it is `Yes`.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// let sent = Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).valid("2024-10").reported(date(2024, 11, 2));
    /// graph.insert(sent)?;
    /// let in_time = |period: &str| -> Vec<Answer> {
    ///     let asked = graph.statement(nk, DEPLOYS_TO, russia).valid(period);
    ///     asked.backing().iter().map(|backing| backing.in_time()).collect()
    /// };
    /// assert_eq!(in_time("2024-10"), [Answer::Yes]);
    /// assert_eq!(in_time("2024-10-05"), [Answer::Unknown]);
    /// assert_eq!(in_time("2024-09"), []);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn in_time(&self) -> Answer {
        self.in_time
    }

    /// Returns true if the speaker has since revised what was asked about. Then the claim is listed, and counts for
    /// nothing.
    ///
    /// ```
    /// use claimgraph::{date, reporting::*, Answer, Claim, ClaimGraph, Quantity};
    /// let mut graph = ClaimGraph::new();
    /// let (storm, ministry) = (graph.add(Event, "storm")?, graph.add(Agency, "ministry")?);
    /// let first = graph.insert(Claim::by(ministry).asserts(storm, CAUSES_CASUALTIES, ())
    ///     .quantity(Quantity::stated(12, "dead")).reported(date(2023, 6, 5)))?;
    /// graph.insert(Claim::by(ministry).revises(first).quantity(Quantity::stated(31, "dead")).reported(date(2023, 6, 7)))?;
    /// let dead = |n: i64| graph.statement(storm, CAUSES_CASUALTIES, ()).quantity(Quantity::stated(n, "dead"));
    /// assert!(dead(12).backing()[0].is_superseded());
    /// assert_eq!((dead(12).is_asserted(), dead(31).is_asserted()), (Answer::No, Answer::Yes));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn is_superseded(&self) -> bool {
        self.superseded
    }

    /// Returns the claims through which it bears on what was asked, because it answers them, each with whether it
    /// certainly answers it. If the question was about a claim, it is that claim. If it was about a statement, they
    /// are claims that back the statement. If the claim bears on it by its own content alone, there are none.
    pub fn via(&self) -> &[(ClaimId, Answer)] {
        &self.via
    }

    /// Returns the steps from what the claim says to what was asked. For a denial, the steps lead from what was asked
    /// to what is denied.
    pub fn steps(&self) -> &[Step] {
        self.steps.as_slice()
    }

    /// Returns whether the claim says something else that implies what was asked.
    pub(crate) fn is_implied(&self) -> bool {
        self.steps.before_ways().iter().any(|step| matches!(step, Step::Implied { .. }))
    }

    /// Returns whether the speaker adds evidence of its own.
    pub fn adds_evidence(&self) -> bool {
        self.claim.stance().adds_evidence()
    }
}

impl Finding for Response<'_> {
    fn claims(&self) -> Vec<ClaimId> {
        let via = self.via.iter().map(|(claim, _)| *claim);
        let confirmed = self.confirmed.iter().copied();
        let mut claims: IndexSet<ClaimId> =
            std::iter::once(self.claim.id()).chain(via).chain(confirmed).collect();
        match &self.asked {
            Asked::Claim(asked) => _ = claims.insert(*asked),
            Asked::Statement(_) if self.bearing == Bearing::Supports => {
                claims.extend(self.claim.linked_from(EVIDENCE_FOR));
            }
            Asked::Statement(_) | Asked::Announcement(_) => {}
        }
        claims.into_iter().collect()
    }

    fn support(&self, proof: &mut Proof<'_>) {
        proof.add_steps(self.steps());
        // A revision says what it repeats.
        if let Some(revised) = self.claim.revised() {
            let parts = [revised.statement, revised.figure, revised.period];
            parts.into_iter().for_each(|claim| proof.add_claim(claim));
        }
        let Asked::Statement(Some(backing)) = &self.asked else { return };
        let answered = |claim| self.via.iter().any(|(id, _)| *id == claim);
        // The sentence of a dismissal counts the claims that say so.
        let counted =
            |b: &Response<'_>| self.kind == Some(ContestKind::ClaimDismissed) && b.via.is_empty();
        for backing in backing.iter().filter(|b| counted(b) || answered(b.claim.id())) {
            proof.add_claim(backing.claim.id());
            backing.via.iter().for_each(|(claim, _)| proof.add_claim(*claim));
            proof.add_steps(backing.steps());
        }
    }
}

json_form!(Response<'_>, |it| {
    claim: it.claim,
    speaker => it.claim.graph().keyed_entity(it.speaker()),
    stance: it.stance(),
    bearing: it.bearing,
    kind => it.kind,
    effect => it.effect(),
    certain: it.certain,
    superseded => Some(true).filter(|_| it.superseded),
    in_time => Some(it.in_time).filter(|in_time| !in_time.is_yes()),
    via => some(&it.via).map(|via| {
        let graph = it.claim.graph();
        via.iter()
            .filter_map(|&(id, certain)| Some((ClaimRef::new(graph, id)?, certain)))
            .collect::<Vec<_>>()
    }),
    steps => it.claim.graph().keyed_steps(it.steps()),
    text: it.to_string(),
});

/// "Russia dismisses 1 of the 2 claims that say so, as “fake news”". A claim that does not oppose anything is written
/// as its sentence, and a later claim with its effect: "...: meets it".
impl fmt::Display for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(effect) = self.effect() {
            return write!(f, "{}: {}{effect}", self.claim, self.certain.perhaps());
        }
        let Some(kind) = self.kind else {
            let superseded = if self.superseded { "; superseded" } else { "" };
            return write!(f, "{}{superseded}", self.claim);
        };
        let (who, perhaps) = (self.claim.speaker_name(), self.certain.perhaps());
        let does = |phrase: &str| self.claim.graph().does(self.claim.speaker(), phrase);
        match (kind, &self.asked) {
            (ContestKind::ClaimDismissed, Asked::Statement(Some(backing))) => {
                let sure = self.via.iter().filter(|(_, certain)| certain.is_yes()).count();
                let saying = backing.iter().filter(|b| b.via.is_empty()).count();
                let perhaps = if sure == 0 { "perhaps " } else { "" };
                write!(f, "{who} {perhaps}{} ", does("dismisses"))?;
                match (sure, self.via.len(), saying) {
                    (_, _, 1) => f.write_str("the claim that says so")?,
                    (sure, all, _) if 0 < sure && sure < all => {
                        write!(f, "{sure}, perhaps {all}, of the {saying} claims that say so")?;
                    }
                    (_, all, _) => write!(f, "{all} of the {saying} claims that say so")?,
                }
            }
            (ContestKind::FiguresApart | ContestKind::TimesApart, _) => {
                return write!(f, "{}: {kind}", kind.said_by(self.claim));
            }
            _ => write!(f, "{who} {perhaps}{}", does(&kind.to_string()))?,
        }
        self.claim.words_quoted().map_or(Ok(()), |words| write!(f, ", as {words}"))
    }
}

/// Returns the latest responses of each speaker. If a speaker made several on its last day, all are returned.
pub(crate) fn latest<'r, 'g>(responses: &'r [Response<'g>]) -> Vec<&'r Response<'g>> {
    let mut last: IndexMap<Option<EntityId>, (Day, Option<Window>)> = IndexMap::new();
    for response in responses {
        let known = last.entry(response.speaker()).or_insert(response.claim.day_spoken());
        *known = (*known).max(response.claim.day_spoken());
    }
    responses.iter().filter(|r| last.get(&r.speaker()) == Some(&r.claim.day_spoken())).collect()
}
