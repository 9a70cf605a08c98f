//! The claims for and against a statement: the responses to a
//! [`StatementQuery`](crate::StatementQuery).

use crate::graph::claim_ref::ClaimRef;
use crate::model::value::answer::Answer;
use crate::model::value::stance::{Modality, Stance};
use crate::questions::entailment::Entailed;
use crate::questions::response::{ContestKind, Response, Responses, latest};
use crate::questions::statement::StatementQuery;
use crate::view::finding::Findings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Stances of one speaker, each with whether it is certain.
pub(crate) type Stances = BTreeSet<(Stance, Answer)>;

impl<'g> StatementQuery<'g> {
    /// Returns all claims for and against the statement: [`backing`](Self::backing) and [`against`](Self::against)
    /// together.
    ///
    /// ```
    /// use claimgraph::{claim::Bearing, date, reporting::*, Claim, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// let day = date(2024, 10, 24);
    /// let (nk, russia) = (graph.add(State, "nk")?, graph.add(State, "russia")?);
    /// graph.insert(Claim::by(russia).asserts(nk, DEPLOYS_TO, russia).reported(day))?;
    /// graph.insert(Claim::by(nk).denies(nk, PRESENT_IN, russia).reported(day))?;
    /// let bearings: Vec<Bearing> = graph.statement(nk, DEPLOYS_TO, russia).responses().iter().map(|r| r.bearing()).collect();
    /// assert!(bearings.contains(&Bearing::Supports) && bearings.contains(&Bearing::Contests));
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn responses(&self) -> Findings<'g, Response<'g>> {
        self.listed(self.with_against(self.backing()))
    }

    /// Returns the claims that back the statement: claims that entail it and whose speakers are committed to them,
    /// and claims that confirm or acknowledge such a claim as a whole. An acknowledgement does not cover a figure or
    /// a role. If the question gives a time, [`certain`](Findings::certain) claims are of that time, and
    /// [`possible`](Findings::possible) ones may be.
    pub fn backing(&self) -> Findings<'g, Response<'g>> {
        let Some(pattern) = self.pattern() else { return self.listed([]) };
        let entailing = self.view.entailing(&pattern, self.modality, self.weakest);
        // In order, because a confirmation backs the statement through the first claim it confirms.
        let entailing = Findings::sorted(&self.view, entailing, |(claim, _)| claim.id());
        self.listed(self.with_confirmations(entailing).into_values())
    }

    /// Returns the claims against the statement: denials of something it entails, and denials, dismissals and
    /// doubts of the claims that back it.
    pub fn against(&self) -> Findings<'g, Response<'g>> {
        self.listed(self.opposed(&self.backing().into_iter().collect()).into_values())
    }

    fn listed(&self, found: impl IntoIterator<Item = Response<'g>>) -> Findings<'g, Response<'g>> {
        Findings::sorted(&self.view, found, |response| response.claim().id())
    }

    /// Returns the claims that back the statement, in no order.
    pub(super) fn supporting(&self) -> Responses<'g> {
        let Some(pattern) = self.pattern() else { return Responses::default() };
        self.with_confirmations(self.view.entailing(&pattern, self.modality, self.weakest))
    }

    /// Returns the claims that back the statement and count, in no order: they are certainly of the time that is asked
    /// about, or the view includes possible ones.
    pub(crate) fn counted_support(&self) -> Responses<'g> {
        let mut supporting = self.supporting();
        supporting.retain(|_, backing| self.view.counts(backing.in_time()));
        supporting
    }

    /// Returns the claims that back the statement and count.
    pub(crate) fn counted_backing(&self) -> Findings<'g, Response<'g>> {
        let mut backing = self.backing();
        backing.items.retain(|backing| self.view.counts(backing.in_time()));
        backing
    }

    /// Returns claims that entail the statement, and those that confirm or acknowledge one of them as a whole.
    fn with_confirmations(
        &self,
        entailing: impl IntoIterator<Item = (ClaimRef<'g>, Entailed)>,
    ) -> Responses<'g> {
        let entailing = entailing.into_iter().filter(|(claim, _)| self.is_told_in_time(*claim));
        let (mut found, mut possible) = (Responses::default(), Vec::new());
        for (claim, Entailed { in_time, steps }) in entailing {
            let backing = Response::backing(claim, None, steps).at(in_time);
            match in_time.is_yes() {
                true => _ = found.insert(claim.id(), backing),
                false => possible.push((claim.id(), backing)),
            }
        }
        // A confirmation is of the time of what it confirms: of several times, of the surest.
        self.add_confirmations(&mut found, 0);
        let certain = found.len();
        for (id, backing) in possible {
            found.entry(id).or_insert(backing);
        }
        self.add_confirmations(&mut found, certain);
        found
    }

    /// Adds the claims that confirm or acknowledge as a whole one of those that were found, from this place on.
    fn add_confirmations(&self, found: &mut Responses<'g>, mut next: usize) {
        let graph = self.view.graph;
        let facets =
            !self.roles.is_empty() || !self.given.is_empty() || self.figure_asked().is_some();
        while let Some((&id, of)) = found.get_index(next) {
            next += 1;
            let in_time = of.in_time();
            let supports = |answer: &ClaimRef<'g>| {
                (answer.stance() == Stance::Confirms
                    || (answer.stance() == Stance::Acknowledges && !facets))
                    && answer.certainty() <= self.weakest
                    && answer.modality() == Modality::Actual
                    && answer.statement().is_none()
                    && answer.responds_to(id).is_yes()
            };
            let answers = graph.ledger.answers(id).into_iter().filter_map(|id| self.view.get(id));
            let mut answers: Vec<ClaimRef<'g>> = answers.filter(supports).collect();
            graph.sort_findings(&mut answers, |answer| answer.id());
            for answer in answers {
                let response = || Response::backing(answer, Some(id), Vec::new()).at(in_time);
                found.entry(answer.id()).or_insert_with(response);
            }
        }
    }

    /// Returns these claims that back the statement, and the claims against it.
    fn with_against(&self, backing: impl IntoIterator<Item = Response<'g>>) -> Vec<Response<'g>> {
        let backing: Arc<[Response<'g>]> = backing.into_iter().collect();
        let against = self.opposed(&backing).into_values();
        backing.iter().cloned().chain(against).collect()
    }

    /// Returns the claims against the statement, in no order, beside the claims that back it.
    fn opposed(&self, backing: &Arc<[Response<'g>]>) -> Responses<'g> {
        let mut found = Responses::default();
        if let Some(said) = self.proposition().filter(|p| p.subject.is_some() && p.object.is_some())
        {
            found.extend(self.view.denials_of(&said, self.modality).map(|(denial, entailed)| {
                let (kind, steps) = (ContestKind::of_denial(denial), entailed.steps);
                (denial.id(), Response::against(denial, kind, steps).at(entailed.in_time))
            }));
        }
        for through in backing.iter() {
            for answer in self.view.graph.ledger.answers(through.claim().id()) {
                let Some(claim) = self.view.get(answer) else { continue };
                let Some(kind) = ContestKind::of_answer(claim) else { continue };
                let new = || Response::against_backing(claim, kind);
                found.entry(answer).or_insert_with(new).through(through, backing);
            }
        }
        found
    }

    /// Returns the stances of the latest responses of each speaker, each with whether it is certain.
    pub(crate) fn latest_stances(&self) -> BTreeMap<Option<&'g str>, Stances> {
        let responses = self.with_against(self.supporting().into_values());
        let mut stances: BTreeMap<Option<&'g str>, Stances> = BTreeMap::new();
        for response in latest(&responses) {
            let stance = (response.stance(), response.certain());
            let speaker = self.view.graph.keyed_entity(response.speaker());
            stances.entry(speaker).or_default().insert(stance);
        }
        stances
    }
}
